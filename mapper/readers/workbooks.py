"""Spreadsheets (XLSX, XLSM, XLSB, XLS, ODS) to rows of cells."""

from __future__ import annotations

import contextlib
import datetime as dt
import io

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from mapper.readers.columns import recognise
from mapper.readers.extents import Block, Extents
from mapper.readers.headers import find_header
from mapper.readers.lost_cells import LostCells
from mapper.readers.raw import RawTable, from_rows
from mapper.readers.sheets import join_sheets, listed
from mapper.readers.synonyms import normalise

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})

_HEAD_ROWS = 50
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_WORKBOOK_PARTS = (b"xl/workbook", b"content.xml", b"[Content_Types].xml")


def is_workbook(data: bytes) -> bool:
    """Tell whether a file's bytes are a workbook, whatever its name."""
    if data.startswith(_OLE2):
        return True
    return data.startswith(_ZIP) and any(part in data for part in _WORKBOOK_PARTS)


def read_workbook(data: bytes, *, sheet: str | None = None) -> RawTable:
    """Read a workbook; nothing is interpreted but dates, which become ISO text.

    Parameters
    ----------
    data : the workbook
    sheet : name of the sheet, or its number from 1; by default the one that looks most like a
        table of incidents, and those whose headers are the same, such as one a month

    Raises
    ------
    ValueError
        The file is damaged, has no such sheet, or no table; the message says which.
    """
    try:
        book = _Book(data)
        chosen = [book.find(sheet)] if sheet is not None else book.alike()
        rows = {name: book.rows(name) for name in chosen}
    except ValueError:
        raise
    except Exception as error:  # calamine raises types of its own for each kind of damage
        raise ValueError(
            "the workbook is damaged or has a password: open it in a spreadsheet "
            "program and save it again"
        ) from error
    if not rows[chosen[0]]:
        raise ValueError(f"sheet {chosen[0]!r} is empty")
    tables = {chosen[0]: _table(rows[chosen[0]], chosen[0], book.merged[chosen[0]])}
    for name in chosen[1:]:
        with contextlib.suppress(ValueError):  # a header alone, as of a month to come
            tables[name] = _table(rows[name], name, book.merged[name])
    table, said = join_sheets(tables)
    said += [line for name in tables for line in book.lost[name]]
    others = [name for name in book.names if name not in tables]
    if len(tables) == 1 and others:
        said.insert(0, f"sheet {chosen[0]!r} (not {listed(others)}: choose with --sheet)")
    elif others:
        said.append(f"not read: {listed(others)} (choose with --sheet)")
    table.said = [*said, *table.said]
    return table


def _table(rows: list[list[str]], sheet: str, merged: list[Block]) -> RawTable:
    table = from_rows(list(rows), find_header(rows[:_HEAD_ROWS]))
    names = table.cells.columns
    table.merged = [
        (sheet, str(names[column]), top + 1, bottom + 1)
        for top, bottom, column in merged
        if column < len(names)
    ]
    kept = [rows[row - 1] for row in table.rows.tolist()]
    for at, name in enumerate(table.cells.columns):
        cells = [cell for row in kept for cell in row[at : at + 1] if cell]
        if cells and all(isinstance(cell, _Number) for cell in cells):
            whole = "Int64" if len(cells) < len(table.rows) else "int64"
            table.kinds[name] = whole if all(map(str.isdigit, _unsigned(cells))) else "float64"
    return table


def _unsigned(numbers: list[str]) -> list[str]:
    return [number.removeprefix("-") for number in numbers]


class _Number(str):
    """A number, as text."""

    __slots__ = ()


class _Book:
    """The sheets of a workbook, each read once.

    ``lost`` tells which of its cells have no value, ``merged`` which stand for several rows.
    """

    def __init__(self, data: bytes) -> None:
        self._extents = Extents(data)
        self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.names = list(self._book.sheet_names)
        self.lost: dict[str, list[str]] = {}
        self.merged: dict[str, list[Block]] = {}
        self._lost_cells = LostCells(data)
        self._rows: dict[str, list[list[str]]] = {}

    def find(self, sheet: str) -> str:
        """Return the name of a sheet that is asked for by name or number."""
        if sheet in self.names:
            return sheet
        if sheet.isdecimal() and 1 <= int(sheet) <= len(self.names):
            return self.names[int(sheet) - 1]
        raise ValueError(f"no sheet {sheet!r}: there are {listed(self.names)}")

    def alike(self) -> list[str]:
        """Return the sheet that looks most like the table, and those with the same headers.

        Hidden sheets are taken only where no other has a table.
        """
        shown = [
            sheet.name
            for sheet in self._book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        ]
        usual = [name for name in self.names if name in shown and self._promise(name)[1]]
        names = usual or self.names
        best = max(names, key=self._promise)
        headers = self._headers(best)
        same = [name for name in names if name != best and self._headers(name) == headers]
        return [best, *same] if len(headers) > 1 else [best]

    def _headers(self, name: str) -> frozenset[str]:
        head = find_header(self.rows(name)[:_HEAD_ROWS]).names
        return frozenset(normalise(cell) for cell in head if cell.strip())

    def _promise(self, name: str) -> tuple[bool, int]:
        """How much a sheet looks like the table: one with rows, and the most headers we know."""
        head = self.rows(name)[:_HEAD_ROWS]
        return len(head) > 1, len(recognise(find_header(head).names).columns)

    def rows(self, name: str) -> list[list[str]]:
        """Return all rows from the sheet's first, so that their numbers are those a person sees.

        A cell merged over several rows, as governorates often are, counts for each of them.
        """
        if name not in self._rows:
            extent = self._extents.of(name)
            extent.require_room(name)
            sheet = self._book.get_sheet_by_name(name)
            rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            self.lost[name] = self._lost_cells.put_back(name, rows)
            ranges = sheet.merged_cell_ranges or ()
            merged = [(top, bottom, column) for (top, column), (bottom, _) in ranges]
            self.merged[name] = [*merged, *extent.merged]
            for top, bottom, column in self.merged[name]:
                for row in rows[top + 1 : bottom + 1]:
                    if column < len(row):
                        row[column] = rows[top][column]
            self._rows[name] = rows
        return self._rows[name]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int):
        return _Number(cell)
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return _Number(int(cell)) if whole else _Number(repr(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return "" if cell is None else str(cell)
