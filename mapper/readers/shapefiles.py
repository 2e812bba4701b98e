"""Shapefiles in zip files, as people pack them: in folders, with what a Mac adds, incomplete."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from mapper.readers.files import refuse_large

_NEEDED = (".shx", ".dbf")


def shapes_in_zip(data: bytes) -> bytes:
    """Return a zip file with its Shapefiles and nothing else, none in a folder.

    Raises
    ------
    ValueError
        It is damaged, too large, or lacks a part of a Shapefile; says which.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if _is_shown(part)]
            stems = {
                str(PurePosixPath(part.filename).with_suffix(""))
                for part in parts
                if part.filename.lower().endswith(".shp")
            }
            own = [
                part for part in parts if str(PurePosixPath(part.filename).with_suffix("")) in stems
            ]
            _require_all(own, stems)
            refuse_large(sum(part.file_size for part in own))
            return _flat(archive, own)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise ValueError("damaged: it cannot be unpacked") from error
    except (RuntimeError, NotImplementedError) as error:
        raise ValueError("has a password, or is packed in an unusual way: unpack it") from error


def _is_shown(part: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(part.filename)
    return not part.is_dir() and not name.name.startswith(".") and "__MACOSX" not in name.parts


def _require_all(parts: list[zipfile.ZipInfo], stems: set[str]) -> None:
    """Require the index and the table beside each shape."""
    have = {part.filename.lower() for part in parts}
    for stem in sorted(stems):
        lacking = [ending for ending in _NEEDED if stem.lower() + ending not in have]
        if lacking:
            name = PurePosixPath(stem).name
            told = " and ".join(name + ending for ending in lacking)
            raise ValueError(f"a Shapefile without {told}: pack all of its files together")


def _flat(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bytes:
    """Pack the parts again without folders; a name that two folders have keeps its folder."""
    names = [PurePosixPath(part.filename) for part in parts]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as flat:
        for part, name in zip(parts, names, strict=True):
            alone = sum(other.name == name.name for other in names) == 1
            flat.writestr(name.name if alone else "_".join(name.parts), archive.read(part))
    return packed.getvalue()
