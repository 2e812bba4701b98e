"""Getting at the bytes of an input, or saying in one line why not."""

from __future__ import annotations

import contextlib
import gzip
import io
import mmap
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from mapper.errors import ReadError

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
PACKED = (_GZIP, _ZIP)
"""How packed files begin."""

_WHOLES = frozenset({"[Content_Types].xml", "content.xml"})
"""Parts that make a zip file a workbook."""

_EMPTY_ZIP = b"PK\x05\x06"
_BESIDE_MAPS = frozenset({".kml", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".dae"})
_MOST_BYTES = 2 * 10**9

_LARGE = 2**20
"""A file of fewer bytes is read as fast as it is mapped."""

Text = bytes | mmap.mmap
"""A file's bytes, read or mapped: both can be sliced, searched with ``find``, and decoded."""


def is_address(text: str) -> bool:
    """Whether an input is a web address, not a file."""
    return bool(re.match(r"(?i)https?://", text))


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    ReadError
        There is no such file, it is a folder, may not be read, or is empty.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file: check the name and the folder", str(path)) from None
    except IsADirectoryError:
        raise ReadError(f"{path}: a folder: name the files in it", str(path)) from None
    except PermissionError:
        raise ReadError(f"{path}: may not be read: ask for permission to it", str(path)) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ReadError(f"{path}: cannot be read ({reason})", str(path)) from error
    if not data:
        raise ReadError(f"{path}: the file is empty", str(path))
    return data


def map_large(path: Path) -> mmap.mmap | None:
    """Map a large file into memory, which takes half the time of reading it; None if it is none."""
    with contextlib.suppress(OSError, ValueError):
        if path.is_file() and path.stat().st_size >= _LARGE:
            with path.open("rb") as file:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return None


@contextmanager
def tells_damage() -> Iterator[None]:
    """Say in one line, as a `ValueError`, why a packed file cannot be unpacked."""
    try:
        yield
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise ValueError("damaged: it cannot be unpacked") from error
    except (RuntimeError, NotImplementedError) as error:
        raise ValueError("has a password, or is packed in an unusual way: unpack it") from error


@tells_damage()
def unpack(name: str, data: bytes, *, part: str | None = None) -> tuple[str, bytes]:
    """Return the file that a gzip or zip file holds, and its name; any other as it is.

    Parameters
    ----------
    name : the file's name
    data : its bytes
    part : name of one of several files in a zip

    Raises
    ------
    ValueError
        It is damaged, too large, encrypted, or holds none or several files; says which.
    """
    if data.startswith(_GZIP):
        with gzip.open(io.BytesIO(data)) as file:
            return name.removesuffix(".gz"), _limited(file.read(_MOST_BYTES + 1))
    if data.startswith(_EMPTY_ZIP):
        raise ValueError("it holds no file")
    if data.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = _only_file(archive, part)
            if member is not None:
                refuse_large(archive.getinfo(member).file_size)
                with archive.open(member) as file:
                    return PurePosixPath(member).name, _limited(file.read(_MOST_BYTES + 1))
    return name, data


@tells_damage()
def unpack_several(
    data: bytes, suffixes: Collection[str]
) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Return the files of a zip that end as tables do, with their names, and the other names.

    None are returned of a file that is no zip, or is a table as a whole, or holds but one file.

    Raises
    ------
    ValueError
        It is damaged, too large or encrypted.
    """
    if not data.startswith(_ZIP):
        return [], []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = files_in(archive)
        if _is_whole(names) or len(names) < 2:
            return [], []
        bare = {name: PurePosixPath(name.lower().removesuffix(".gz")) for name in names}
        tables = [name for name in names if bare[name].suffix in suffixes]
        refuse_large(sum(archive.getinfo(name).file_size for name in tables))
        hidden = [name for name in archive.namelist() if PurePosixPath(name).suffix in suffixes]
        others = [name for name in (*names, *hidden) if name not in tables and _is_named(name)]
        others = list(dict.fromkeys(others))
        return [(name, archive.read(name)) for name in tables], others


_HIDDEN = (".", "__MACOSX")


def files_in(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of the files in a zip, without hidden ones and what a Mac adds."""
    return [
        name
        for name in archive.namelist()
        if not name.endswith("/")
        and not any(part != ".." and part.startswith(_HIDDEN) for part in PurePosixPath(name).parts)
    ]


def _is_named(name: str) -> bool:
    """Whether a person gave a file its name, and not a Mac, which adds one to each."""
    path = PurePosixPath(name)
    return "__MACOSX" not in path.parts and not path.name.startswith("._")


def _is_whole(names: Collection[str]) -> bool:
    return any(name in _WHOLES or name.lower().endswith(".shp") for name in names)


def _only_file(archive: zipfile.ZipFile, part: str | None) -> str | None:
    """The file to read; None where the archive as a whole is one: a workbook, a Shapefile."""
    names = files_in(archive)
    if _is_whole(names):
        return None
    maps = [name for name in names if name.lower().endswith(".kml")]
    if maps and all(PurePosixPath(name).suffix.lower() in _BESIDE_MAPS for name in names):
        names = maps[:1]  # KMZ: the map's pictures lie beside it
    if part is not None:
        names = [name for name in names if part in (name, PurePosixPath(name).name)]
    if len(names) == 1:
        return names[0]
    if not names:
        raise ValueError(f"it holds no file {part!r}" if part else "it holds no file")
    listed = ", ".join(names[:5]) + (" and more" if len(names) > 5 else "")
    raise ValueError(f"it holds {len(names)} files ({listed}): choose one with --sheet")


def _limited(data: bytes) -> bytes:
    refuse_large(len(data))
    return data


def refuse_large(size: int) -> None:
    if size > _MOST_BYTES:  # a bomb, or more than memory holds as a table
        raise ValueError("unpacked, it is larger than 2 GB: split it")
