"""Shapefiles in zip files, as people pack them: in folders, with what a Mac adds, incomplete."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from mapper.readers.files import files_in, refuse_large, tells_damage

_NEEDED = (".shx", ".dbf")


@tells_damage()
def shapes_in_zip(data: bytes) -> bytes:
    """Return a zip file with its Shapefiles and nothing else, none in a folder.

    Raises
    ------
    ValueError
        It is damaged, too large, or lacks a part of a Shapefile; says which.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.getinfo(name) for name in files_in(archive)]
        stems = {
            _stem(part).lower(): _stem(part)
            for part in parts
            if part.filename.lower().endswith(".shp")
        }
        own = [part for part in parts if _stem(part).lower() in stems]
        _require_all(own, stems)
        refuse_large(sum(part.file_size for part in own))
        return _flat(archive, own, stems)


def _stem(part: zipfile.ZipInfo) -> str:
    return str(PurePosixPath(part.filename).with_suffix(""))


def _require_all(parts: list[zipfile.ZipInfo], stems: Mapping[str, str]) -> None:
    """Require the index and the table beside each shape."""
    have = {part.filename.lower() for part in parts}
    for folded, stem in sorted(stems.items()):
        lacking = [ending for ending in _NEEDED if folded + ending not in have]
        if lacking:
            name = PurePosixPath(stem).name
            told = " and ".join(name + ending for ending in lacking)
            raise ValueError(f"a Shapefile without {told}: pack all of its files together")


def _flat(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], stems: Mapping[str, str]
) -> bytes:
    """Pack the parts again without folders; a name that two folders have keeps its folder.

    All parts of a Shapefile are called as its ``.shp``.
    """
    named = Counter(PurePosixPath(folded).name for folded in stems)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as flat:
        for part in parts:
            stem = PurePosixPath(stems[_stem(part).lower()])
            name = stem.name if named[stem.name.lower()] == 1 else "_".join(stem.parts)
            flat.writestr(name + PurePosixPath(part.filename).suffix, archive.read(part))
    return packed.getvalue()
