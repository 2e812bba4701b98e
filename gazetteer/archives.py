"""Unpack zips that may be damaged, or made to fill a disk or to write where they should not."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from pathlib import Path

from gazetteer.errors import DataError

MOST_BYTES = 400_000_000
"""No file of Iraq is larger; what claims to be is wrong or hostile."""


def unpack(archive: Path, folder: Path, *, endings: tuple[str, ...]) -> list[Path]:
    """Write the files of a zip that end so into a folder, and return them in their order.

    Folders within the zip are left out, so that no name can lead out of
    `folder`; of files of one name the first is taken.

    Raises
    ------
    DataError
        The zip is damaged or encrypted, or would unpack to more than `MOST_BYTES`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(archive) as opened:
            infos = [i for i in opened.infolist() if i.filename.lower().endswith(endings)]
            if sum(info.file_size for info in infos) > MOST_BYTES:
                raise DataError(f"{archive.name}: unpacks to more than {MOST_BYTES} bytes", archive)
            return [written for info in infos if (written := _write(opened, info, folder))]
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise DataError(f"{archive.name}: a damaged or locked zip: {error}", archive) from error
    except NotImplementedError as error:
        raise DataError(f"{archive.name}: packed in an unknown way: {error}", archive) from error


def _write(opened: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path) -> Path | None:
    name = info.filename.replace("\\", "/").rsplit("/", 1)[-1]
    target = folder / name
    if not name or name.startswith(".") or target.exists():
        return None
    with opened.open(info) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file)  # zipfile reads no more than the size that it announced
    return target
