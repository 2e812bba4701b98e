"""Spreadsheets (XLSX, XLSM, XLSB, XLS, ODS) to rows of cells."""

from __future__ import annotations

import datetime as dt
import io

from python_calamine import CalamineWorkbook

from mapper.readers.columns import recognise
from mapper.readers.headers import find_header
from mapper.readers.raw import RawTable, from_rows

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
    """Read one sheet of a workbook; nothing is interpreted but dates, which become ISO text.

    Parameters
    ----------
    data : the workbook
    sheet : its name or number from 1; by default the first sheet with a table in it

    Raises
    ------
    ValueError
        The file is damaged, has no such sheet, or no table; the message says which.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = list(book.sheet_names)
        chosen = _choose(book, names, sheet)
        rows = _rows(book, chosen)
    except ValueError:
        raise
    except Exception as error:  # calamine raises types of its own for each kind of damage
        raise ValueError(
            "the workbook is damaged or has a password: open it in a spreadsheet "
            "program and save it again"
        ) from error
    if not rows:
        raise ValueError(f"sheet {chosen!r} is empty")
    table = from_rows(list(rows), find_header(rows[:_HEAD_ROWS]))
    if len(names) > 1:
        others = ", ".join(repr(name) for name in names if name != chosen)
        table.said.insert(0, f"sheet {chosen!r} (not {others}: choose with --sheet)")
    return table


def _choose(book: CalamineWorkbook, names: list[str], sheet: str | None) -> str:
    if sheet is None:
        return max(names, key=lambda name: _promise(_rows(book, name)[:_HEAD_ROWS]))
    if sheet in names:
        return sheet
    if sheet.isdigit() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    raise ValueError(f"no sheet {sheet!r}: there are {', '.join(map(repr, names))}")


def _promise(head: list[list[str]]) -> tuple[bool, int]:
    """How much a sheet looks like the table: one with rows, and the most headers we know.

    Of equal ones, such as a sheet a month, the first is taken.
    """
    return len(head) > 1, len(recognise(find_header(head).names).columns)


def _rows(book: CalamineWorkbook, name: str) -> list[list[str]]:
    """All rows from the sheet's first, so that their numbers are those a person sees.

    A cell merged over several rows, as governorates often are, counts for each of them.
    """
    sheet = book.get_sheet_by_name(name)
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if column < len(row):
                row[column] = rows[top][column]
    return rows


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return "" if cell is None else str(cell)
