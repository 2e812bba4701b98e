"""A table to INCIDENTS: which column is what, and what each cell says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from mapper.errors import ReadError
from mapper.readers.columns import WHERE, Roles, is_tag_row, recognise
from mapper.readers.dates import read_dates
from mapper.readers.decoding import decode, is_binary
from mapper.readers.delimited import read_delimited
from mapper.readers.files import read_bytes
from mapper.readers.numbers import (
    UNKNOWN,
    Coordinates,
    read_coordinates,
    read_counts,
    read_joint_coordinates,
)
from mapper.readers.raw import RawTable, no_text
from mapper.readers.workbooks import WORKBOOK_SUFFIXES, is_workbook, read_workbook
from mapper.schema import DATE_PRECISIONS, EVENT_TYPES, INCIDENTS, LOCATED, PRECISIONS, empty

_TEXTS = (
    "place", "admin1", "admin2", "admin3", "country", "actor1", "actor2", "title", "notes", "quote",
    "source", "source_url",
)  # fmt: skip
_CODED = {
    "geo_precision": PRECISIONS,
    "date_precision": DATE_PRECISIONS,
    "event_type": tuple(EVENT_TYPES),
    "sub_event_type": tuple(sub for subs in EVENT_TYPES.values() for sub in subs),
}
# The apostrophe that our own tables have before what a spreadsheet would run as a formula.
_DEFUSED = re.compile(r"^'(?='*[=+\-@\t\r])")
_TOTALS = frozenset(
    (
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sum",
        "المجموع",
        "الاجمالي",
        "الإجمالي",
        "کۆ",
        "tevahî",
    )
)


def read_table(
    path: str | Path, *, sheet: str | None = None, columns: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Read a table of incidents.

    CSV and its kin (delimiter and encoding are found out) and workbooks (XLSX,
    XLSB, XLS, ODS). UCDP GED and ACLED are known by their columns; in any other
    table columns are recognised by their headers, in English, Arabic and Kurdish.

    Parameters
    ----------
    path : the file
    sheet : name or number of a workbook's sheet; by default the first with a table
    columns : a role (``place``, ``date``...) -> the header of its column, where
        recognition is wrong

    Returns
    -------
    INCIDENTS frame
        In the order of the file, its own columns behind ours as text; one
        whose name is ours is called ``<name>_original``. Rows that cannot be
        an incident stay, with the reason in ``rejected``.
        ``attrs["said"]`` holds what was understood, one line a fact.

    Raises
    ------
    ReadError
        The file cannot be read as a table of places; one line that names the
        file and the remedy.
    """
    path = Path(path)
    try:
        raw = _read_raw(path, sheet)
        tags = _take_tag_row(raw)
        roles = recognise(list(raw.cells.columns), tags=tags, chosen=columns)
        _require_where(roles, raw)
    except ValueError as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{path}: {error}", str(path)) from error
    return _understand(raw, roles, path)


def _read_raw(path: Path, sheet: str | None) -> RawTable:
    data = read_bytes(path)
    if is_workbook(data):
        raw = read_workbook(path, sheet=sheet)
        if path.suffix.lower() not in WORKBOOK_SUFFIXES:
            raw.said.insert(0, "a workbook, in spite of its name")
        return raw
    if path.suffix.lower() in WORKBOOK_SUFFIXES and is_binary(data):
        raise ValueError(
            "the workbook is damaged: open it in a spreadsheet program and save it again"
        )
    try:
        text, encoding = decode(data)
    except ValueError:
        raise ValueError(
            "not a text table, whatever its name says: save it as CSV or XLSX"
        ) from None
    if not text.strip():
        raise ValueError("the file is empty")
    return read_delimited(text, encoding)


def _take_tag_row(raw: RawTable) -> list[str]:
    """Take the row of HXL tags, if there is one, from the cells; it is not an incident."""
    first = raw.cells.iloc[0].fillna("")
    if not is_tag_row(first):
        return []
    raw.cells = raw.cells.iloc[1:].reset_index(drop=True)
    raw.rows = raw.rows[1:]
    raw.rejected = {at - 1: reason for at, reason in raw.rejected.items() if at > 0}
    raw.said.append("row of HXL tags used")
    if raw.cells.empty:
        raise ValueError("only headers: no row follows them")
    return [str(tag) for tag in first]


def _require_where(roles: Roles, raw: RawTable) -> None:
    if any(roles.first(role) for role in WHERE):
        return
    seen = ", ".join(map(repr, list(raw.cells.columns)[:12]))
    raise ValueError(
        f"no column tells where incidents happened among {seen}: "
        "name one with --column place=HEADER"
    )


def _understand(raw: RawTable, roles: Roles, path: Path) -> pd.DataFrame:
    cells = raw.cells
    own = roles.format is not None and roles.format.own
    if own:
        cells = cells.apply(lambda column: column.str.replace(_DEFUSED, "", regex=True))
    ours = empty(INCIDENTS, len(cells))
    said = list(raw.said)
    for role in _TEXTS:
        ours[role] = _text(cells, roles, role)
    for role, allowed in _CODED.items():
        ours[role] = _coded(cells, roles, role, allowed)
    notes = [ours["notes"]]
    notes += _dates(ours, cells, roles, said)
    notes += _counts(ours, cells, roles)
    notes += _coordinates(ours, cells, roles)
    ours["notes"] = _join(notes)
    for number in range(1, 4):
        code = _text(cells, roles, f"admin{number}_pcode")
        ours[f"admin{number}"] = ours[f"admin{number}"].fillna(code)
    ours["source_file"], ours["source_row"] = path.name, pd.array(raw.rows, dtype="Int64")
    ours["source"] = ours["source"].fillna(path.name)
    ours["rejected"] = _rejected(raw, roles, ours)
    ours["incident_id"] = _identify(cells, roles, path, raw, said)
    if own:
        _restore_own(ours, cells, roles)
    said.append(_say_columns(roles, path))
    frame = pd.concat([ours, _own_columns(cells, roles)], axis=1)
    frame.attrs["said"] = [f"{path.name}: {line}" for line in said if line]
    return frame


def _text(cells: pd.DataFrame, roles: Roles, role: str) -> pd.Series[str]:
    """The first of the role's columns that says something, row by row."""
    if roles.format and roles.format.own:
        return cells[role] if role in cells else no_text(cells.index)
    found = no_text(cells.index)
    for column in roles.columns.get(role, ()):
        stripped = cells[column].str.strip()
        stripped = stripped.mask(stripped.str.lower().isin(UNKNOWN))
        found = stripped if found.isna().all() else found.fillna(stripped)
    return found


def _coded(
    cells: pd.DataFrame, roles: Roles, role: str, allowed: tuple[str, ...]
) -> pd.Series[str]:
    """Values in our own words, or in a known format's codes; others stay in their column only."""
    column = roles.first(role)
    if column is None:
        return no_text(cells.index)
    codes = roles.format.values.get(role, {}) if roles.format else {}
    words = {word.lower(): word for word in allowed} | {
        str(code): word for code, word in codes.items()
    }
    text = cells[column].str.strip().str.lower().str.removesuffix(".0")
    return text.map(words).astype("str")


def _dates(
    ours: pd.DataFrame, cells: pd.DataFrame, roles: Roles, said: list[str]
) -> list[pd.Series[str]]:
    column, end = roles.first("date"), roles.first("date_end")
    if column is None:
        said.append("no column of dates was recognised: name one with --column date=HEADER")
        return []
    dates = read_dates(cells[column], cells[end] if end else None)
    said += [f"dates in {column!r}: {line}" for line in dates.said]
    ours["date"], ours["date_end"] = dates.first, dates.last
    ours["date_text"] = cells[column].str.strip()
    told = ours["date_precision"].where(dates.first.notna())
    told = told.mask((told == "day") & (dates.precision != "day"))
    ours["date_precision"] = told.fillna(dates.precision)
    # A format that calls a single day a range means some days around it; the last is not told.
    vague = told.notna() & (told != "day") & (dates.precision == "day")
    if end is None:
        ours["date_end"] = ours["date_end"].mask(vague)
    unread = dates.unread
    if not unread.any():
        return []
    example = cells.loc[unread, column].iloc[0]
    said.append(
        f"{int(unread.sum()):,} dates in {column!r} could not be read, such as {example[:40]!r}"
    )
    note = no_text(cells.index)
    note[unread] = "date not read: " + cells.loc[unread, column].str.slice(0, 80)
    return [note]


def _counts(ours: pd.DataFrame, cells: pd.DataFrame, roles: Roles) -> list[pd.Series[str]]:
    notes = []
    for role in ("killed", "wounded"):
        column = roles.first(role)
        if column is not None:
            counts = read_counts(cells[column], role)
            ours[role] = counts.values
            notes.append(counts.notes)
    return notes


def _coordinates(ours: pd.DataFrame, cells: pd.DataFrame, roles: Roles) -> list[pd.Series[str]]:
    longitude, latitude, joint = map(roles.first, ("longitude", "latitude", "coordinates"))
    found: Coordinates
    if longitude and latitude:
        found = read_coordinates(cells[longitude], cells[latitude])
    elif joint:
        found = read_joint_coordinates(cells[joint])
    else:
        return []
    ours["longitude"], ours["latitude"] = found.longitude, found.latitude
    return [found.notes]


def _join(notes: list[pd.Series[str]]) -> pd.Series[str]:
    """The source's remarks and ours, in one text."""
    joined = notes[0]
    for more in notes[1:]:
        new = more.notna()
        if new.any():
            before = joined[new].fillna("")
            joined = joined.copy()
            joined[new] = before + np.where(before == "", "", "; ") + more[new]
    return joined


def _rejected(raw: RawTable, roles: Roles, ours: pd.DataFrame) -> pd.Series[str]:
    reasons = no_text(ours.index)
    for position, reason in raw.rejected.items():
        reasons.iloc[position] = reason
    where = [roles.first(role) for role in (*WHERE, "country") if roles.first(role)]
    filled = raw.cells.notna()
    lone = (filled.sum(axis=1) == 1) & ~filled[where].any(axis=1) & (filled.shape[1] > 2)
    reasons = reasons.mask(reasons.isna() & lone, "only one cell is filled, and not with a place")
    undated = ours["date"].isna()
    if bool(undated.any()):
        first = raw.cells[undated].bfill(axis=1).iloc[:, 0].str.strip().str.lower().str.rstrip(":")
        totals = first.isin(_TOTALS).reindex(ours.index, fill_value=False)
        reasons = reasons.mask(reasons.isna() & totals, "a total, not an incident")
    return reasons


def _identify(
    cells: pd.DataFrame, roles: Roles, path: Path, raw: RawTable, said: list[str]
) -> pd.Series[str]:
    """The source's own numbers where they are there and differ; else file and row."""
    made = pd.Series([f"{path.name}:{row}" for row in raw.rows], index=cells.index, dtype="str")
    column = roles.first("incident_id")
    if column is None:
        return made
    ids = cells[column].str.strip()
    repeated = int(ids.dropna().duplicated().sum())
    if repeated:
        said.append(f"{repeated:,} rows repeat an id in {column!r}: file and row are used instead")
        return made
    return ids.fillna(made)


def _restore_own(ours: pd.DataFrame, cells: pd.DataFrame, roles: Roles) -> None:
    """Take back what only our own tables hold, and keep where a row first came from."""
    readers: dict[str, Callable[[pd.Series[str]], pd.Series]] = {
        "date_text": lambda values: values,
        "sub_event_type": lambda values: values,
        "rejected": lambda values: values.fillna(ours["rejected"]),
        "date_inferred": lambda values: values.str.lower().isin(("true", "1", "yes")).astype(bool),
        "quote_start": lambda values: read_counts(values, "quote_start").values,
        "quote_end": lambda values: read_counts(values, "quote_end").values,
        "source_file": lambda values: values.fillna(ours["source_file"]),
    }
    for role, read in readers.items():
        column = roles.first(role)
        if column is not None:
            ours[role] = read(cells[column])


def _own_columns(cells: pd.DataFrame, roles: Roles) -> pd.DataFrame:
    """The input's columns as they are; in our own table those with our names are ours already."""
    names = {column.name for column in LOCATED}
    if roles.format and roles.format.own:
        incident_names = {column.name for column in INCIDENTS}
        cells = cells.drop(columns=[name for name in cells.columns if name in incident_names])
    renamed = {name: f"{name}_original" for name in cells.columns if name in names}
    while set(renamed.values()) & set(cells.columns):
        renamed = {
            name: f"{new}_" if new in cells.columns else new for name, new in renamed.items()
        }
    return cells.rename(columns=renamed)


def _say_columns(roles: Roles, path: Path) -> str:
    if roles.format:
        remarks = "".join(f"; {remark}" for remark in roles.format.remarks)
        return f"a {roles.format.name} table{remarks}"
    told = [f"{role} from {roles.first(role)!r}" for role in roles.columns]
    return ", ".join(told)
