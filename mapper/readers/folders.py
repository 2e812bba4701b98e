"""Which files a folder, a pattern or standard input means, and what their endings say."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from mapper.errors import ReadError
from mapper.readers.files import is_address

STREAM = "standard input"
ARTICLES = frozenset(
    {".txt", ".text", ".html", ".htm", ".xhtml", ".xht", ".mhtml", ".mht", ".pdf", ".docx", ".eml"}
)
TEXTS = frozenset({".txt", ".text"})
RECORDS = frozenset({".json", ".jsonl", ".ndjson"})
TABLES = RECORDS | frozenset(
    (
        ".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".geojson",
        ".geojsonl", ".gpkg", ".shp", ".kml", ".kmz", ".fgb", ".parquet", ".geoparquet", ".zip",
        ".gz",
    )
)  # fmt: skip
PACKED = frozenset({".zip", ".gz"})
_NOT_READ = {
    ".doc": "save the article as .docx or text, the table as CSV",
    ".rtf": "save the article as .docx or text, the table as CSV",
    ".odt": "save the article as .docx or text, the table as CSV",
}
_BESIDE_SHAPES = frozenset({".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix"})
_LOOKED_AT, _LINES = 50_000, 20
_MOST_STREAM = 200_000_000


def looks_cut(data: bytes) -> bool:
    """Tell whether most first lines of a text have the same number of a mark between cells.

    A first look, before what reads tables is imported: many programs export tables as text.
    """
    lines = [line for line in data[:_LOOKED_AT].splitlines() if line.strip()][:_LINES]
    for mark in (b"\t", b"|", b";", b","):
        cuts = Counter(line.count(mark) for line in lines if mark in line)
        if len(lines) > 1 and 2 * max(cuts.values(), default=0) > len(lines):
            return True
    return False


def refuse(path: Path, suffix: str) -> None:
    """Refuse a file of an ending that is not read, with the remedy."""
    if suffix in _NOT_READ:
        raise ReadError(f"{path}: {suffix} files are not read: {_NOT_READ[suffix]}", str(path))
    known = ", ".join(sorted(ARTICLES | TABLES))
    raise ReadError(f"{path}: not known by its ending: name it as one of {known}", str(path))


def stream() -> bytes:
    """Return what comes on standard input, refused if it is nothing or too much."""
    data = sys.stdin.buffer.read(_MOST_STREAM + 1)
    if len(data) > _MOST_STREAM:
        raise ReadError(f"{STREAM}: more than {_MOST_STREAM // 10**6} MB: give files", "-")
    if not data.strip():
        raise ReadError(f"{STREAM}: nothing came: give an article or a table", "-")
    return data


def files_in(folder: Path) -> tuple[list[Path], int]:
    """Return the files in a folder and below, and how many only belong to saved pages."""
    found: list[Path] = []
    pages_own = 0
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        pages = {Path(name).stem for name in names if name.lower().endswith((".html", ".htm"))}
        for name in [n for n in folders if n.endswith("_files") and n[:-6] in pages]:
            folders.remove(name)  # what a browser saves beside a page
            pages_own += sum(path.is_file() for path in Path(parent, name).rglob("*"))
        shapes = {Path(name).stem for name in names if name.lower().endswith(".shp")}
        found += [
            Path(parent, name)
            for name in sorted(names)
            if not name.startswith(".")
            and not (Path(name).suffix.lower() in _BESIDE_SHAPES and Path(name).stem in shapes)
        ]
    return found, pages_own


def is_readable(path: Path) -> bool:
    """Whether a path is a file of an ending that is read."""
    return path.suffix.lower() in ARTICLES | TABLES and path.is_file()


def matching(path: Path) -> list[Path]:
    """The files that a pattern such as ``reports/*.csv`` means; of any other path, itself."""
    if not set("*?[") & set(str(path)) or path.exists():
        return [path]
    root = Path(path.anchor)
    found = sorted(root.glob(str(path.relative_to(root))))
    if not found:
        raise ReadError(f"{path}: no file is called so: check the pattern", str(path))
    return found


def files_meant(inputs: Iterable[str]) -> Iterator[Path]:
    """All files that some inputs mean, read or not."""
    for named in inputs:
        if named == "-" or is_address(named):
            continue
        if Path(named).is_dir():
            yield from files_in(Path(named))[0]
        else:
            with contextlib.suppress(ReadError):  # is told when it is read
                yield from matching(Path(named))
