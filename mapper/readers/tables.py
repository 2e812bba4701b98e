"""A table to INCIDENTS: which column is what, and what each cell says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Literal

import pandas as pd

from mapper.errors import ColumnError, ReadError
from mapper.readers.choosing import choose_roles
from mapper.readers.columns import WHERE, Roles, recognise
from mapper.readers.dates import Order
from mapper.readers.decoding import as_utf8, is_binary, is_wide
from mapper.readers.delimited import read_delimited, read_header
from mapper.readers.files import PACKED, Text, map_large, read_bytes, unpack
from mapper.readers.frames import is_frame, read_frame
from mapper.readers.guessing import LevelsOf, take_back_header
from mapper.readers.html_tables import is_html_table, read_html_table
from mapper.readers.merged import count_once
from mapper.readers.raw import RawTable
from mapper.readers.rows import mark_layout
from mapper.readers.synonyms import is_tag_row
from mapper.readers.understanding import read_ahead, understand
from mapper.readers.workbooks import WORKBOOK_SUFFIXES, is_workbook, read_workbook

DateOrder = Literal["day-first", "month-first"]
_BEGINNING = 1_000
_DELIMITED_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".psv", ".txt"})
_NOT_DELIMITED = {b"%pdf-": "a PDF", b"{\\rtf": "rich text", b"<?xml": "XML"}
_ORDERS: dict[DateOrder, Order] = {"day-first": "day", "month-first": "month"}


def read_table(
    path: str | Path,
    *,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    levels_of: LevelsOf | None = None,
    data: bytes | None = None,
) -> pd.DataFrame:
    """Read a table of incidents.

    CSV and its kin (delimiter and encoding are found out), workbooks (XLSX,
    XLSB, XLS, ODS), mapping formats (GeoJSON, GeoPackage, Shapefile, KML, KMZ,
    FlatGeobuf, GeoParquet), Parquet, and JSON rows; each may be packed with
    gzip or zip. Known formats, such as UCDP GED and ACLED, are known by their
    columns; in any other table columns are recognised by their headers, in
    English, Arabic and Kurdish, and by what is in them.

    Parameters
    ----------
    path : the file
    sheet : name or number of a workbook's sheet, by default the one with the table and
        those with the same headers; or the name of a layer, or of a file in a zip file
    columns : a role (``place``, ``date``...) -> the header of its column, where
        recognition is wrong
    dates : ``"day-first"`` or ``"month-first"``: how 3/4/2024 is read where its column
        does not tell
    levels_of : tells which names are places, so that a column of places is known
        by what is in it; by default only headers tell that
    data : the file's bytes, where they have been read already

    Returns
    -------
    INCIDENTS frame
        In the order of the file, its own columns behind ours as text, and as numbers
        and flags where it holds them so, as CSV does not; one whose name is ours is
        called ``<name>_original``. Rows that cannot be an incident stay, with the reason
        in ``rejected``.
        ``attrs["said"]`` holds what was understood, one line a fact.

    Raises
    ------
    ReadError
        The file cannot be read as a table of places; one line that names the
        file and the remedy.
    """
    path = Path(path)
    try:
        raw = _read_large(path) if data is None and sheet is None else None
        if raw is None:
            raw = _read_raw(path, read_bytes(path) if data is None else data, sheet)
        tags = _take_tag_row(raw)
        if not tags:
            take_back_header(raw, levels_of)
        roles = choose_roles(raw, tags=tags, chosen=columns, levels_of=levels_of)
        count_once(raw, roles)
        if not roles.is_own:
            read_ahead(raw.columns, roles)
            mark_layout(raw, roles)
        _reject_shapes(raw, roles)
    except ValueError as error:
        if isinstance(error, ColumnError):
            raise ColumnError(f"{path}: {error}", error.value) from error
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{path}: {error}", str(path)) from error
    return understand(raw, roles, path, order=_ORDERS[dates] if dates else None)


def holds_table(data: bytes) -> bool:
    """Tell whether bytes without a name are a table, by their form or their header; not JSON."""
    if is_workbook(data) or data.startswith(PACKED) or is_frame(data):
        return True
    try:
        header = read_header(as_utf8(data)[0])
    except ValueError:
        return False
    roles = recognise(header).columns
    return len(roles) > 1 and any(role in roles for role in WHERE)


def _read_large(path: Path) -> RawTable | None:
    """Read a large file of delimited text, as its name and beginning say; None if it is none."""
    mapped = map_large(path) if path.suffix.lower() in _DELIMITED_SUFFIXES else None
    if mapped is None:
        return None
    head = mapped[:_BEGINNING]
    other = is_workbook(head) or head.startswith(PACKED) or is_frame(head) or is_binary(mapped)
    return None if other else _read_text(mapped)


def _read_raw(path: Path, data: bytes, sheet: str | None) -> RawTable:
    name, data = unpack(path.name, data, part=sheet)
    if data.startswith(PACKED) and not is_workbook(data):  # packed twice
        name, data = unpack(name, data)
    suffix = PurePath(name).suffix.lower()
    if is_workbook(data):
        raw = read_workbook(data, sheet=None if sheet == name else sheet)
        if suffix not in WORKBOOK_SUFFIXES:
            raw.said.insert(0, "a workbook, in spite of its name")
        return raw
    if suffix in WORKBOOK_SUFFIXES and is_binary(data) and not is_wide(data):
        raise ValueError(
            "the workbook is damaged: open it in a spreadsheet program and save it again"
        )
    if framed := read_frame(path.with_name(name), data, layer=sheet):
        return framed
    try:
        raw = _read_text(data)
    except ValueError as error:
        if suffix in WORKBOOK_SUFFIXES:
            raise ValueError(f"no workbook, in spite of its name; read as text: {error}") from error
        raise
    if sheet and sheet != name:
        raw.said.append(f"no workbook: there is no sheet {sheet!r} to look for")
    return raw


def _read_text(data: Text) -> RawTable:
    try:
        text, encoding = as_utf8(data)
    except ValueError:
        raise ValueError(
            "not a text table, whatever its name says: save it as CSV or XLSX"
        ) from None
    if not text[:_BEGINNING].strip() and not bytes(text).strip():
        raise ValueError("the file is empty")
    beginning = text[:_BEGINNING].lstrip().lower()
    for mark, kind in _NOT_DELIMITED.items():
        if beginning.startswith(mark) and b"<html" not in beginning:
            raise ValueError(f"{kind} under another name, not a table: save it as CSV or XLSX")
    if is_html_table(text):
        return read_html_table(bytes(text))
    return read_delimited(text, encoding)


def _reject_shapes(raw: RawTable, roles: Roles) -> None:
    """Reject lines and areas of which no column says where they are."""
    named = [column for role in WHERE[:4] for column in roles.columns.get(role, ())]
    for at, kind in raw.shapes.items():
        if raw.cells[named].iloc[at].isna().all():
            raw.rejected[at] = f"a {kind}, not a point, and no column names a place"


def _take_tag_row(raw: RawTable) -> list[str]:
    """Take the row of HXL tags, if there is one, from the cells; it is not an incident."""
    first = [cell if isinstance(cell, str) else "" for cell in raw.cells.iloc[0]]
    if not is_tag_row(first):
        return []
    raw.cells = raw.cells.iloc[1:].reset_index(drop=True)
    raw.rows = raw.rows[1:]
    raw.rejected = {at - 1: reason for at, reason in raw.rejected.items() if at > 0}
    raw.sheets = {name: max(at - 1, 0) for name, at in raw.sheets.items()}
    raw.said.append("row of HXL tags used")
    if raw.cells.empty:
        raise ValueError("only headers: no row follows them")
    return first
