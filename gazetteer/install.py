"""Install data so that a folder is always whole: the old one, or the new one, never half."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from gazetteer import full_places, place_lists
from gazetteer.errors import DataError
from gazetteer.library import CORE, RECEIPT, Library, read_receipt
from gazetteer.sources import DUMP_FILE, NAMES_FILE, TABLE_FILE, Part

_ABANDONED = 3600.0  # seconds: what lies so long is of a run that was killed


def install(part: Part, folder: Path, *, say: Callable[[str], None]) -> None:
    """Build the new folder beside the old one, check it, then put it in its place.

    Raises
    ------
    DataError
        What is to be installed is no good; nothing is changed then.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    recover(folder)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        new, old = Path(temporary) / "new", Path(temporary) / "old"
        if folder.is_dir():
            shutil.copytree(folder, new)
        new.mkdir(exist_ok=True)
        if part.has_polygons:
            for other in new.glob("irq_admbnda_*.geojson"):
                other.unlink()
        for name, content in part.files.items():
            (new / name).write_bytes(content)
        say(f"checking {part.what}")
        remarks = [*part.remarks, *_compile(new)]
        _write_receipt(new, replace(part, remarks=tuple(remarks)))
        try:
            if folder.is_dir():
                folder.replace(old)
            new.replace(folder)
        except BaseException:  # stopped, too, must leave what was there
            if old.is_dir() and not folder.exists():
                old.replace(folder)
            raise
    for remark in remarks:
        say(f"note: {remark}")
    say(f"installed {part.what} in {folder}")


def recover(folder: Path) -> None:
    """Put back what a run moved aside that was killed just then, and clear what it left."""
    for left in sorted(folder.parent.glob(f".{folder.name}-*")):
        if not folder.exists() and (left / "old").is_dir():
            (left / "old").replace(folder)
        if time.time() - left.stat().st_mtime > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def _compile(folder: Path) -> list[str]:
    """Read everything once, which checks it, and compile the places; return what to tell of it."""
    from gazetteer import api, boundaries  # imports frames

    library = Library(folder)
    for level in library.levels:
        boundaries.read(library, level)
    listed = []
    dump, table = folder / DUMP_FILE, folder / TABLE_FILE
    if dump.is_file():
        names = folder / NAMES_FILE
        listed += list(place_lists.of_geonames(dump.read_bytes(), names.read_bytes()))
    if table.is_file():
        known = {record["id"] for record in listed}
        found = place_lists.of_table(table.read_bytes(), "Who's On First")
        listed += [record for record in found if record["id"] not in known]
    if not (library.levels or listed):
        raise DataError("there is nothing to install", folder)
    polygons = library if library.levels else Library.core()
    core = api.load(CORE).places()
    remarks: list[str] = []
    files = full_places.compiled(polygons, listed, core, say=remarks.append)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return remarks


def _write_receipt(folder: Path, part: Part) -> None:
    path = folder / RECEIPT
    old = read_receipt(path.read_bytes()) if path.is_file() else []
    entry = {
        "what": part.what,
        "licence": part.licence,
        "date": part.date,
        "url": part.url,
        "remarks": list(part.remarks),
        "files": {n: hashlib.sha256(c).hexdigest() for n, c in sorted(part.files.items())},
    }
    kept = [other for other in old if not _is_replaced(other, part)]
    text = json.dumps([*kept, entry], ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")


def _is_replaced(entry: dict[str, Any], part: Part) -> bool:
    files = entry["files"]
    polygons = any(str(name).endswith(".geojson") for name in files)
    return bool(set(files) & set(part.files)) or (polygons and part.has_polygons)
