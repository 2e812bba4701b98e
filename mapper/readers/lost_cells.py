"""Cells of a workbook (XLSX) that come out empty: errors, and formulas saved without values."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib

DAMAGES = (OSError, KeyError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What is raised where an archive is not what it says."""

_MOST_BYTES = 500_000_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

_CELL = rb'<(?:x:)?c [^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}'
_FORMULA = rb"<(?:x:)?f\b[^<>]{0,200}(?:/>|>([^<]{0,8192})</(?:x:)?f>)"
_ERROR = re.compile(
    _CELL.replace(b" ", rb' (?=[^<>]{0,200}\bt="e")', 1) + rb">\s{0,9}"
    rb"(?:" + _FORMULA + rb")?\s{0,9}<(?:x:)?v>([^<]{1,20})</"
)
_WITHOUT_VALUE = re.compile(
    _CELL
    + rb">\s{0,9}"
    + _FORMULA
    + rb"\s{0,9}(?:<(?:x:)?v>\s{0,9}</(?:x:)?v>|<(?:x:)?v ?/>)?\s{0,9}"
    rb"</(?:x:)?c>"
)
_SHEET = re.compile(r"<(?:x:)?sheet [^<>]{0,500}>")
_RELATION = re.compile(r"<Relationship [^<>]{0,1000}>")
_NO_TEXT = "(a formula)"


class LostCells:
    """The lost cells of a workbook, sheet by sheet; of other workbooks than XLSX none are known."""

    def __init__(self, data: bytes) -> None:
        self._parts: dict[str, str] = {}
        self._archive: zipfile.ZipFile | None = None
        if not data.startswith(b"PK"):
            return
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = sheet_parts(self._archive)
        except DAMAGES:
            self._archive = None  # damaged, or of another kind: who reads its cells will say so

    def put_back(self, sheet: str, rows: list[list[str]]) -> list[str]:
        """Write the errors and formulas into the rows of a sheet; return what there is to say.

        A formula stands for the value that was never saved: it is no number and no name, and
        its row is told with it instead of vanishing.
        """
        markup = self._markup(sheet)
        errors = _ERROR.findall(markup) if b't="e"' in markup else []
        bare = _WITHOUT_VALUE.findall(markup) if b"<f" in markup or b":f" in markup else []
        for column, row, _, error in errors:
            _put(rows, column, row, error)
        for column, row, formula in bare:
            _put(rows, column, row, b"=" + (formula or _NO_TEXT.encode()))
        if not bare:
            return []
        first = (bare[0][0] + bare[0][1]).decode()
        cells = "1 cell holds a formula" if len(bare) == 1 else f"{len(bare):,} cells hold formulas"
        return [
            f"{cells} whose value is not saved, such as {first}: open the workbook in a "
            "spreadsheet program and save it again"
        ]

    def _markup(self, sheet: str) -> bytes:
        part = self._parts.get(sheet)
        if self._archive is None or part is None:
            return b""
        try:
            if self._archive.getinfo(part).file_size > _MOST_BYTES:
                return b""
            return self._archive.read(part)
        except DAMAGES:
            return b""


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return which part of a workbook (XLSX) holds the cells of each sheet."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {_told(link, "Id"): _told(link, "Target") for link in _RELATION.findall(links)}
    parts = {}
    for sheet in _SHEET.findall(book):
        target = targets.get(_told(sheet, r"\w+:id"), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        parts[_told(sheet, "name")] = path
    return parts


def _told(tag: str, attribute: str) -> str:
    found = re.search(rf'\s(?:{attribute})="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def _put(rows: list[list[str]], column: bytes, row: bytes, value: bytes) -> None:
    at = 0
    for letter in column:
        at = at * 26 + letter - 64
    if not 1 <= int(row) <= _LAST_ROW or at > _LAST_COLUMN:
        return
    rows.extend([] for _ in range(int(row) - len(rows)))
    cells = rows[int(row) - 1]
    cells.extend("" for _ in range(at - len(cells)))
    if not cells[at - 1]:
        cells[at - 1] = html.unescape(value.decode("utf-8", "replace"))
