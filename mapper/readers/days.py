"""When the incidents of a table happened: the columns that tell it, together."""

from __future__ import annotations

import pandas as pd

from mapper.readers.columns import Roles
from mapper.readers.dates import Order, read_dates
from mapper.readers.raw import Column, Columns, no_text

_DATE_PARTS = ("year", "month", "day")
_UNREAD = "date not read: "


def find_days(
    ours: pd.DataFrame,
    columns: Columns,
    roles: Roles,
    said: list[str],
    *,
    order: Order | None,
) -> list[pd.Series[str]]:
    """Fill in the days of the incidents; return remarks on those that could not be read."""
    name, end = roles.first("date"), roles.first("date_end")
    parts = None
    if name is None and roles.first("year"):
        name = " ".join(filter(None, map(roles.first, _DATE_PARTS)))
        parts = Column(_date_of_parts(columns.frame, roles))
    # Without a year beside them, they are called so only.
    name = name or roles.first("day") or roles.first("month")
    if name is None:
        said.append("no column of dates was recognised: name one with --column date=HEADER")
        return []
    column, ends = parts or columns[name], columns[end] if end else None
    if ends is not None and roles.is_own:
        # Who corrects the day of an incident need not correct its last day too.
        ends = Column(ends.cells.mask(ours["date_precision"] == "day"))
    dates = read_dates(column, ends, order=order)
    said += [f"dates in {name!r}: {line}" for line in dates.said]
    ours["date"], ours["date_end"] = dates.first, dates.last
    ours["date_text"] = column.cells
    if not roles.first("date_precision"):
        ours["date_precision"] = dates.precision
        return _note_unread_dates(column.cells, dates.unread)
    told = ours["date_precision"].where(dates.first.notna())
    told = told.mask((told == "day") & (dates.precision != "day"))
    ours["date_precision"] = told.fillna(dates.precision)
    # A format that calls a single day a range means some days around it; the last is not told.
    if end is None:
        vague = told.notna() & (told != "day") & (dates.precision == "day")
        ours["date_end"] = ours["date_end"].mask(vague)
    return _note_unread_dates(column.cells, dates.unread)


def _date_of_parts(cells: pd.DataFrame, roles: Roles) -> pd.Series[str]:
    """Join year, month and day to one date, as far as they are known; 0 is unknown."""
    date, known = no_text(cells.index), pd.Series(True, index=cells.index)
    for role in _DATE_PARTS:
        column = roles.first(role)
        if column is None:
            break
        part = cells[column].astype("str").str.strip().str.removesuffix(".0")
        known &= part.notna() & ~part.isin(("", "0", "00"))
        part = part.mask(part.str.len() == 1, "0" + part)
        date = date.mask(known, part if role == "year" else date + "-" + part)
    return date


def _note_unread_dates(cells: pd.Series[str], unread: pd.Series[bool]) -> list[pd.Series[str]]:
    if not unread.any():
        return []
    note = no_text(cells.index)
    note[unread] = _UNREAD + cells[unread].str.slice(0, 80)
    return [note]


def say_unread(notes: pd.Series[str], rejected: pd.Series[str]) -> list[str]:
    """Say how many dates of incidents could not be read."""
    told = notes[rejected.isna() & notes.notna()]
    if not len(told):
        return []
    dates = "1 date" if len(told) == 1 else f"{len(told):,} dates"
    example = told.iloc[0].removeprefix(_UNREAD)[:40]
    return [f"{dates} could not be read, such as {example!r}"]
