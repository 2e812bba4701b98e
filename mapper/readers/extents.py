"""How far the cells of a sheet reach (XLSX, ODS), found out before room is made for them all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from mapper.readers.lost_cells import DAMAGES, sheet_parts

_ROOM, _SHARE = 5_000_000, 0.1
"""A sheet with room for more cells must have this share of them filled."""

_PIECE, _LONGEST_CELL = 2**24, 1_000
_FILLED = re.compile(
    rb'<(?:\w{1,20}:)?c\b[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}>\s{0,9}<(?:\w{1,20}:)?'
    rb"(?:v|is|f)\b"
)
_FAR_RIGHT = re.compile(rb'\br="[A-Z]{2,3}\d')
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "

Block = tuple[int, int, int]
"""Cells merged over several rows: the first and the last row, and the column, from 0."""


@dataclass(slots=True)
class Extent:
    """The last row and column with something in it, from 1, and how many cells have it.

    ``merged`` are cells merged over several rows, where these are looked for.
    """

    rows: int = 0
    columns: int = 0
    filled: int = 0
    merged: list[Block] = field(default_factory=list)

    def require_room(self, sheet: str) -> None:
        """Check that a sheet is not nearly empty and wide as no memory is."""
        room = self.rows * self.columns
        if room > _ROOM and self.filled < _SHARE * room:
            raise ValueError(
                f"sheet {sheet!r} reaches to row {self.rows:,}, column {self.columns:,} with "
                f"{self.filled:,} cells filled: delete what lies far from the table, or choose "
                "another with --sheet"
            )


class Extents:
    """The extents of the sheets of a workbook; of other kinds than XLSX and ODS none are known."""

    def __init__(self, data: bytes) -> None:
        self._ods: dict[str, Extent] = {}
        self._parts: dict[str, str] = {}
        if not data.startswith(b"PK"):
            return
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            if "content.xml" in self._archive.namelist():
                self._ods = _Ods(self._archive).sheets
            else:
                self._parts = sheet_parts(self._archive)
        except (*DAMAGES, expat.ExpatError):
            return  # who reads its cells will say so
        for name, extent in self._ods.items():  # all are read when the workbook is opened
            extent.require_room(name)

    def of(self, sheet: str) -> Extent:
        """Return how far a sheet reaches."""
        if sheet in self._ods or sheet not in self._parts:
            return self._ods.get(sheet, Extent())
        try:
            return _of_xlsx(self._archive, self._parts[sheet])
        except DAMAGES:
            return Extent()


def _of_xlsx(archive: zipfile.ZipFile, part: str) -> Extent:
    """Look for the filled cells, unless none is far to the right: rows alone take little room."""
    if not any(_FAR_RIGHT.search(piece) for piece in _pieces(archive, part)):
        return Extent()
    extent = Extent()
    for piece in _pieces(archive, part):
        cells = _FILLED.findall(piece)
        extent.filled += len(cells)
        for column in {column for column, _ in cells}:
            extent.columns = max(extent.columns, _number(column))
        extent.rows = max(extent.rows, max((int(row) for _, row in cells), default=0))
    return extent


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part of the archive, a piece at a time, none of which ends within a cell."""
    rest = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            whole = rest + piece
            end = max(whole.rfind(b"</", len(whole) - _LONGEST_CELL), 0) or len(whole)
            yield whole[:end]
            rest = whole[end:]
    yield rest


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


class _Ods:
    """Reads the content of an ODS workbook: which cells are filled, and which are merged."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.sheets: dict[str, Extent] = {}
        self._sheet = Extent()
        self._row = self._column = self._rows = self._depth = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        with archive.open("content.xml") as file:
            parser.ParseFile(file)

    def _start(self, name: str, told: dict[str, str]) -> None:
        if not name.startswith(_TABLE):
            return
        kind = name.removeprefix(_TABLE)
        if kind == "table":
            self._depth += 1  # a cell may hold a table of its own
            if self._depth == 1:
                self._sheet = self.sheets.setdefault(told.get(_TABLE + "name", ""), Extent())
                self._row = 0
        elif self._depth > 1:
            return
        elif kind == "table-row":
            self._column, self._rows = 0, _times(told, "number-rows-repeated")
        elif kind in ("table-cell", "covered-table-cell"):
            self._cell(told)

    def _cell(self, told: dict[str, str]) -> None:
        start = self._column
        self._column += _times(told, "number-columns-repeated")
        if any(attribute.endswith(" value-type") for attribute in told):
            self._sheet.filled += 1
            self._sheet.rows = max(self._sheet.rows, self._row + self._rows)
            self._sheet.columns = max(self._sheet.columns, self._column)
            spanned = _times(told, "number-rows-spanned")
            if spanned > 1:
                self._sheet.merged.append((self._row, self._row + spanned - 1, start))

    def _end(self, name: str) -> None:
        if name == _TABLE + "table":
            self._depth -= 1
        elif name == _TABLE + "table-row" and self._depth == 1:
            self._row += self._rows


def _times(told: dict[str, str], attribute: str) -> int:
    number = told.get(_TABLE + attribute, "1")
    return int(number) if number.isdecimal() and len(number) < 9 else 1
