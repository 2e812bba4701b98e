"""Dates as people write them in tables, read a column at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.readers import date_forms as forms
from mapper.readers.numbers import tell_nothing
from mapper.readers.raw import Column, as_column, by_combination, iso_days, text_where
from mapper.readers.short_years import years_lead
from mapper.readers.single_dates import SHORT, YEARS, ZONE, Bare, DateReader
from mapper.readers.single_dates import Order as Order

_PLAIN = r"[0-9]{{1,2}}{0}[0-9]{{1,2}}{0}[0-9]{{4}}"
"""A day, month and year of digits, between marks."""

_ISO = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
_FIRST_DAY, _LAST_DAY = (
    np.datetime64(f"{YEARS[0]}-01-01", "us"),
    np.datetime64(f"{YEARS[-1]}-12-31", "us"),
)
_LONGEST = 200
"""A longer text is no date, and would be looked at for long."""


@dataclass(frozen=True, slots=True)
class Dates:
    """First and last day, precision, and what there is to say about the columns.

    ``unread`` marks the cells that hold something that could not be read, ``unused`` the
    rows whose last day could not, or comes before the first.
    """

    first: pd.Series[pd.Timestamp]
    last: pd.Series[pd.Timestamp]
    precision: pd.Series[str]
    unread: pd.Series[bool]
    unused: pd.Series[bool]
    said: tuple[str, ...] = ()


def read_dates(
    cells: Column | pd.Series[str],
    ends: Column | pd.Series[str] | None = None,
    *,
    order: Order | None = None,
) -> Dates:
    """Read a column of dates, and the column of last days beside it, if there is one.

    Whether the day or the month comes first in 3/4/2024 is decided for both
    columns together, from values that can be read in one way only; where they
    do not settle it, ``order`` does; without it, dates that can be read in two
    ways are left missing and that is said. Times of another zone are taken to
    Iraq's, and their day with them.
    """
    columns = [as_column(column) for column in (cells, ends) if column is not None]
    plain = [days for column in columns if (days := _plain_days(column)) is not None]
    if len(plain) == len(columns):
        return _of_plain_days(*plain)
    said: list[str] = []

    def read(distinct: list[pd.Series[str]]) -> list[pd.Series[Any]]:
        answers, told = _read_distinct(*distinct, order=order)
        said.extend(told)
        return answers

    first, last, precision, unread, unused = by_combination(columns, read)
    return Dates(first, last, precision, unread, unused, tuple(said))


def _plain_days(column: Column) -> pd.Series[pd.Timestamp] | None:
    """The days of a whole column where all are in ISO form, and of our years or missing."""
    days = column.days
    if days is None or not (days.min() >= _FIRST_DAY and days.max() <= _LAST_DAY):
        return None
    return days


def _of_plain_days(
    first: pd.Series[pd.Timestamp], end: pd.Series[pd.Timestamp] | None = None
) -> Dates:
    """Do as `_read_distinct` does where there is nothing to decide, but for all rows at once."""
    precision, never = text_where(first.notna(), "day"), pd.Series(False, index=first.index)
    if end is None:
        return Dates(first, first, precision, never, never)
    usable = end >= first
    return Dates(
        first,
        first.mask(usable, end),
        precision.mask(end > first, "range"),
        never,
        first.notna() & end.notna() & ~usable,
    )


def _read_distinct(
    cells: pd.Series[str], ends: pd.Series[str] | None = None, *, order: Order | None
) -> tuple[list[pd.Series[Any]], list[str]]:
    columns = [_Column(column) for column in (cells, ends) if column is not None]
    lead, said = _decide_year(columns, order)
    order, words = _decide_order(columns, order, lead)
    first, last, precision = columns[0].read(order, lead)
    untold = cells.notna() & first.isna()
    unread = unused = pd.Series(False, index=cells.index)
    if untold.any():
        rest = cells[untold]
        unread = unread.copy()
        unread[rest.index] = ~tell_nothing(rest)
    if ends is not None:
        _, end, end_precision = columns[1].read(order, lead)
        usable = end.notna() & first.notna() & (end >= first)
        left = ends[ends.notna() & ~usable & first.notna()]
        if len(left):
            unused = unused.copy()
            unused[left.index] = ~tell_nothing(left)
        precision = precision.mask(usable & ((end > last) | (end_precision != "day")), "range")
        precision = precision.mask(usable & (end == first), "day")
        last = last.mask(usable, end)
    last = first if last.equals(first) else last  # of single days
    said += [words, *columns[0].say(), *_say_other_calendar(cells, unread)]
    return [first, last, precision, unread, unused], [line for line in said if line]


class _Column:
    """The distinct texts of a column: those in plain form read all together, the others one by one.

    ``day`` and ``month`` hold the days that plain texts mean with the day first and
    with the month first, of ISO days the same; ``odd`` the other texts, by position;
    ``ending_marks`` what stands between the numbers of days that end with their year.
    """

    def __init__(self, cells: pd.Series[str]) -> None:
        self._index = cells.index
        self._codes, values = pd.factorize(cells)
        self.texts = pd.Series(values, dtype="str")
        self.day = _parse(self.texts)
        self._moved = 0
        self.month = self.day
        self.odd: dict[int, Bare] = {}
        self.ending_marks: set[str] = set()
        if self.day.isna().any():
            self._read_other_forms()

    def _read_other_forms(self) -> None:
        rest = self.texts[self.day.isna()]
        rest = rest[rest.str.len() <= _LONGEST]
        if rest.str.contains(":", regex=False).any():
            rest = rest.str.replace(forms.TIME_AFTER, "", regex=True)
            self.day[rest.index] = _parse(rest)
            self._move_to_iraq()
        self.month = self.day.copy()
        for mark in "/-. ":
            rest = rest[self.day[rest.index].isna() & self.month[rest.index].isna()]
            if rest.empty:
                break
            plain = rest[rest.str.fullmatch(_PLAIN.format(re.escape(mark)))]
            if len(plain):
                self.ending_marks.add(mark)
                parts = [text.split(mark) for text in plain.tolist()]
                one, other, year = np.array(parts).astype(np.int64).T
                self.day[plain.index] = _days_of(year, other, one)
                self.month[plain.index] = _days_of(year, one, other)
        odd = (self.day.isna() & self.month.isna()).to_numpy()
        self.odd = {
            at: Bare.of(text)
            for at, text in zip(np.flatnonzero(odd).tolist(), self.texts[odd], strict=True)
            if len(text) <= _LONGEST
        }

    def _move_to_iraq(self) -> None:
        """Read the days with a time of another zone as the days they were in Iraq."""
        timed = self.texts[self.day.isna() & (self.texts.str.len() <= _LONGEST)]
        timed = timed[timed.str.fullmatch(forms.TIMED)] if len(timed) else timed
        if len(timed):
            iso = timed.str.replace(r"\s?(?:UTC|GMT)$", "Z", regex=True).str.replace(",", ".")
            told = pd.to_datetime(iso, utc=True, format="ISO8601", errors="coerce")
            days = told.dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
            self.day[timed.index] = days.astype("datetime64[us]")
            written = _parse(timed.str.slice(0, 10))
            self._moved = int((days.notna() & (days != written)).sum())

    def say(self) -> list[str]:
        """Say how many days are others in Iraq than where their clock stood, or were counted."""
        counted = sum(bare.counted for bare in self.odd.values())
        seconds = f"{counted:,} distinct numbers are seconds since 1970, taken as days in Iraq"
        count = f"{self._moved:,} distinct times are of another zone and of another day"
        moved = f"{count} in Iraq, which is taken"
        return [moved] * bool(self._moved) + [seconds] * bool(counted)

    def read(
        self, order: Order | None, lead: bool | None
    ) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp], pd.Series[str]]:
        """Return first days, last days and precisions of the whole column."""
        one, other = (self.month, self.day) if order == "month" else (self.day, self.month)
        first = one if one.equals(other) else one.fillna(other)
        if order is None and first is not one:
            first = first.mask(one.notna() & other.notna() & (one != other))
        first = first.where(_are_of_our_years(first))
        last = first.copy()
        precision = text_where(first.notna(), "day")
        if self.odd:
            reader, at = DateReader(order, lead), pd.Index(list(self.odd))
            spans = [self._read_odd(bare, reader) for bare in self.odd.values()]
            starts, stops, words = zip(*spans, strict=True)
            first[at] = pd.to_datetime(pd.Series(starts, at)).astype("datetime64[us]")
            last[at] = pd.to_datetime(pd.Series(stops, at)).astype("datetime64[us]")
            precision[at] = pd.Series(words, at, dtype="str")
        if len(self.texts) == len(self._codes):  # each text is there once
            return first, last, precision
        spread = (
            pd.Series(column.array.take(self._codes, allow_fill=True), index=self._index)
            for column in (first, last, precision)
        )
        return cast(
            "tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp], pd.Series[str]]",
            tuple(spread),
        )

    def _read_odd(self, bare: Bare, reader: DateReader) -> tuple[Any, Any, str | None]:
        span = reader.read(bare.text)
        if span is None:
            return None, None, None
        found = bare.in_iraq(span)
        self._moved += found[0] != span[0]
        return found


def _parse(texts: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Read the days that are in ISO form; only these are tried, since failing takes long.

    Where all are, pyarrow finds out faster.
    """
    days = iso_days(texts)
    if days is not None and _are_of_our_years(days).all():
        return days
    iso = texts[texts.str.fullmatch(_ISO)]
    found = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    return found.reindex(texts.index)


def _are_of_our_years(days: pd.Series[pd.Timestamp]) -> npt.NDArray[np.bool_]:
    """Tell which days are of years that tables tell of: 1436 is one of another calendar."""
    told = days.to_numpy()
    return (told >= _FIRST_DAY) & (told <= _LAST_DAY)


def _days_of(
    year: npt.NDArray[np.int64], month: npt.NDArray[np.int64], day: npt.NDArray[np.int64]
) -> npt.NDArray[np.datetime64]:
    """Days of the calendar, all at once; those that it does not have are missing."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    is_one = (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    return np.where(is_one, days, np.datetime64("NaT")).astype("datetime64[us]")


def _say_other_calendar(cells: pd.Series[str], unread: pd.Series[bool]) -> list[str]:
    if not unread.any():
        return []
    texts = cells[unread]
    other = texts[texts.str.slice(0, _LONGEST).str.fullmatch(forms.OTHER_CALENDAR)]
    if other.empty:
        return []
    days = f"{len(other):,} distinct days of another calendar, such as {other.iloc[0]!r}"
    return [f"{days}, are not converted: write them as 2024-01-31"]


def _decide_year(columns: Sequence[_Column], order: Order | None) -> tuple[bool | None, list[str]]:
    """Decide whether short years come first: the day first or the month first means that not."""
    marks = set[str]().union(*(column.ending_marks for column in columns))
    return years_lead(_odd_texts(columns), order, marks)


def _odd_texts(columns: Sequence[_Column]) -> list[str]:
    return [bare.text for column in columns for bare in column.odd.values()]


def _decide_order(
    columns: Sequence[_Column], wanted: Order | None, lead: bool | None
) -> tuple[Order | None, str]:
    """Decide the order of day and month, and say how in words."""
    day_first = month_first = open_ = 0
    example = ""
    for column in columns:
        if column.day.equals(column.month):
            continue
        day_first += int((column.day.notna() & column.month.isna()).sum())
        month_first += int((column.month.notna() & column.day.isna()).sum())
        both = column.day.notna() & column.month.notna() & (column.day != column.month)
        open_ += int(both.sum())
        example = example or "".join(column.texts[both].iloc[:1])
    for text in _odd_texts(columns):
        for part in forms.SPAN.split(text):
            found = forms.TWO_NUMBERS.fullmatch(part.strip())
            if not found or (lead is not False and SHORT.match(part.strip())):
                continue
            a, b = int(found["a"]), int(found["b"])
            day_first += a > 12 >= b
            month_first += b > 12 >= a
            if 0 < a <= 12 and 0 < b <= 12 and a != b:
                open_ += 1
                example = example or part.strip()
    if bool(day_first) != bool(month_first):
        return ("day", "day first") if day_first else ("month", "month first")
    if not open_:
        return None, ""
    mixed = "some dates have the day first, others the month"
    if wanted:
        told = f"{open_:,} distinct dates such as {example!r} with the {wanted} first, as you say"
        return wanted, (f"{mixed}: " if day_first else "") + told
    why = (
        mixed if day_first else f"nothing tells whether {example!r} has the day or the month first"
    )
    return None, (
        f"{why}: {open_:,} distinct dates such as {example!r} are left out; settle it with --dates "
        "day-first or --dates month-first, or write them as 2024-01-31"
    )
