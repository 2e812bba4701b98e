"""When the incidents of a table happened: the columns that tell it, together."""

from __future__ import annotations

import pandas as pd

from mapper.readers.columns import Roles
from mapper.readers.dates import Order, read_dates
from mapper.readers.raw import Column, Columns, no_text
from mapper.readers.single_dates import year_of

_DATE_PARTS = ("year", "month", "day")
_UNREAD, _UNUSED = "date not read: ", "last day not used: "
_SAID = {
    _UNREAD: ("date", "could not be read"),
    _UNUSED: ("last day", "could not be read or came before the first"),
}
_SHORT_YEAR = r"\d{1,2}"


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
    notes = _note(column.cells, dates.unread, _UNREAD)
    notes += _note(ends.cells, dates.unused, _UNUSED) if ends is not None else []
    if not roles.first("date_precision"):
        ours["date_precision"] = dates.precision
        return notes
    told = ours["date_precision"].where(dates.first.notna())
    told = told.mask((told == "day") & (dates.precision != "day"))
    ours["date_precision"] = told.fillna(dates.precision)
    # A format that calls a single day a range means some days around it; the last is not told.
    vague = told.notna() & (told != "day") & (dates.precision == "day")
    alone = vague if ends is None else vague & ends.cells.isna()
    ours["date_end"] = ours["date_end"].mask(alone)
    return notes


def _date_of_parts(cells: pd.DataFrame, roles: Roles) -> pd.Series[str]:
    """Join year, month and day to one date, as far as they are known; 0 is unknown."""
    date, known = no_text(cells.index), pd.Series(True, index=cells.index)
    for role in _DATE_PARTS:
        column = roles.first(role)
        if column is None:
            break
        part = cells[column].astype("str").str.strip().str.removesuffix(".0")
        known &= part.notna() & ~part.isin(("", "0", "00"))
        if role == "year":
            short = part.str.fullmatch(_SHORT_YEAR).fillna(False)
            part = part.mask(short, part[short].map(lambda year: str(year_of(year))))
        part = part.mask(part.str.len() == 1, "0" + part)
        date = date.mask(known, part if role == "year" else date + "-" + part)
    return date


def _note(cells: pd.Series[str], rows: pd.Series[bool], words: str) -> list[pd.Series[str]]:
    if not rows.any():
        return []
    note = no_text(cells.index)
    note[rows] = words + cells[rows].str.slice(0, 80)
    return [note]


def say_unread(notes: pd.Series[str], rejected: pd.Series[str]) -> list[str]:
    """Say how many dates of incidents could not be read."""
    told = notes[rejected.isna() & notes.notna()]
    if not len(told):
        return []
    words = next(words for words in _SAID if told.iloc[0].startswith(words))
    one, what = _SAID[words]
    dates = f"1 {one}" if len(told) == 1 else f"{len(told):,} {one}s"
    example = told.iloc[0].removeprefix(words)[:40]
    return [f"{dates} {what}, such as {example!r}"]
