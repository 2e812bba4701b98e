"""Dates as people write them in tables, read a column at a time."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np
import pandas as pd

from mapper.readers import date_forms as forms
from mapper.readers.numbers import UNKNOWN, plain_digits
from mapper.readers.raw import Column, by_combination, no_text

Order = Literal["day", "month"]
"""Which number comes first in 3/4/2024."""

_YEARS = range(1900, 2101)
_ZONE = "Asia/Baghdad"
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 60_000)

_PLAIN = r"[0-9]{{1,2}}{0}[0-9]{{1,2}}{0}[0-9]{{4}}"
"""A day, month and year of digits, between marks."""

_LONGEST = 200
"""A longer text is no date, and would be looked at for long."""

_Span = tuple[dt.date, dt.date, str]


@dataclass(frozen=True, slots=True)
class Dates:
    """First and last day, precision, and what there is to say about the columns.

    ``unread`` marks the cells that hold something that could not be read.
    """

    first: pd.Series[pd.Timestamp]
    last: pd.Series[pd.Timestamp]
    precision: pd.Series[str]
    unread: pd.Series[bool]
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
    columns = [cells] if ends is None else [cells, ends]
    said: list[str] = []

    def read(distinct: list[pd.Series[str]]) -> list[pd.Series[Any]]:
        answers, told = _read_distinct(*distinct, order=order)
        said.extend(told)
        return answers

    first, last, precision, unread = by_combination(columns, read)
    return Dates(first, last, precision, unread, tuple(said))


def _read_distinct(
    cells: pd.Series[str], ends: pd.Series[str] | None = None, *, order: Order | None
) -> tuple[list[pd.Series[Any]], list[str]]:
    columns = [_Column(column) for column in (cells, ends) if column is not None]
    order, words = _decide_order(columns, order)
    first, last, precision = columns[0].read(order)
    rest = cells[cells.notna() & first.isna()]
    unread = pd.Series(False, index=cells.index)
    if len(rest):
        unread[rest.index] = ~rest.str.strip().str.lower().isin(UNKNOWN)
    if ends is not None:
        _, end, end_precision = columns[1].read(order)
        usable = end.notna() & first.notna() & (end >= first)
        precision = precision.mask(usable & ((end > last) | (end_precision != "day")), "range")
        precision = precision.mask(usable & (end == first), "day")
        last = last.mask(usable, end)
    last = first if last.equals(first) else last  # of single days
    said = [words, *columns[0].say_moved(), *_say_other_calendar(cells[unread])]
    return [first, last, precision, unread], [line for line in said if line]


class _Column:
    """The distinct texts of a column: those in plain form read all together, the others one by one.

    ``day`` and ``month`` hold the days that plain texts mean with the day first and
    with the month first, of ISO days the same; ``odd`` the other texts, by position.
    """

    def __init__(self, cells: pd.Series[str]) -> None:
        self._index = cells.index
        self._codes, values = pd.factorize(cells)
        self.texts = pd.Series(values, dtype="str")
        self.day = _parse(self.texts, "%Y-%m-%d")
        self._moved = 0
        self.month = self.day
        self.odd: dict[int, str] = {}
        if self.day.isna().any():
            self._read_other_forms()

    def _read_other_forms(self) -> None:
        rest = self.texts[self.day.isna()]
        rest = rest[rest.str.len() <= _LONGEST]
        rest = rest.str.replace(forms.TIME_AFTER, "", regex=True)
        self.day[rest.index] = _parse(rest, "%Y-%m-%d")
        self._move_to_iraq()
        self.month = self.day.copy()
        for mark in "/-. ":
            rest = rest[self.day[rest.index].isna() & self.month[rest.index].isna()]
            if rest.empty:
                break
            plain = rest[rest.str.fullmatch(_PLAIN.format(re.escape(mark)))]
            if len(plain):
                self.day[plain.index] = _parse(plain, f"%d{mark}%m{mark}%Y")
                self.month[plain.index] = _parse(plain, f"%m{mark}%d{mark}%Y")
        odd = (self.day.isna() & self.month.isna()).to_numpy()
        self.odd = {
            at: _bare(text)
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
            days = told.dt.tz_convert(_ZONE).dt.tz_localize(None).dt.normalize()
            self.day[timed.index] = days.astype("datetime64[us]")
            written = _parse(timed.str.slice(0, 10), "%Y-%m-%d")
            self._moved = int((self.day[timed.index] != written).sum())

    def say_moved(self) -> list[str]:
        """Say how many days are others in Iraq than where their clock stood."""
        count = f"{self._moved:,} distinct times are of another zone and of another day"
        return [f"{count} in Iraq, which is taken"] * bool(self._moved)

    def read(
        self, order: Order | None
    ) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp], pd.Series[str]]:
        """Return first days, last days and precisions of the whole column."""
        one, other = (self.month, self.day) if order == "month" else (self.day, self.month)
        first = one if one.equals(other) else one.fillna(other)
        if order is None and first is not one:
            first = first.mask(one.notna() & other.notna() & (one != other))
        first = first.where(first.dt.year.isin(_YEARS))  # 1436 is a year of another calendar
        last = first.copy()
        precision = no_text(first.index).mask(first.notna(), "day")
        if self.odd:
            answers, at = _Answers(order), pd.Index(list(self.odd))
            spans = [answers.read(text) or (None, None, None) for text in self.odd.values()]
            starts, stops, words = zip(*spans, strict=True)
            first[at] = pd.to_datetime(pd.Series(starts, at)).astype("datetime64[us]")
            last[at] = pd.to_datetime(pd.Series(stops, at)).astype("datetime64[us]")
            precision[at] = pd.Series(words, at, dtype="str")
        spread = (
            pd.Series(column.array.take(self._codes, allow_fill=True), index=self._index)
            for column in (first, last, precision)
        )
        return cast(
            "tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp], pd.Series[str]]",
            tuple(spread),
        )


def _parse(texts: pd.Series[str], form: str) -> pd.Series[pd.Timestamp]:
    return pd.to_datetime(texts, format=form, errors="coerce").astype("datetime64[us]")


def _bare(text: str) -> str:
    return " ".join(plain_digits(text).split())


def _say_other_calendar(unread: pd.Series[str]) -> list[str]:
    if unread.empty:
        return []
    other = unread[unread.str.slice(0, _LONGEST).str.fullmatch(forms.OTHER_CALENDAR)]
    if other.empty:
        return []
    days = f"{len(other):,} distinct days of another calendar, such as {other.iloc[0]!r}"
    return [f"{days}, are not converted: write them as 2024-01-31"]


def _decide_order(columns: Sequence[_Column], wanted: Order | None) -> tuple[Order | None, str]:
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
    for text in (text for column in columns for text in column.odd.values()):
        for part in forms.SPAN.split(text):
            found = forms.TWO_NUMBERS.fullmatch(part.strip())
            if not found:
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


@dataclass(frozen=True, slots=True)
class _Answers:
    """Reads one text under a decided order."""

    order: Order | None

    def read(self, text: str) -> _Span | None:
        return self._one(text) or _part(text) or self._span(text)

    def _one(self, text: str) -> _Span | None:
        for pattern in (
            forms.YEAR_FIRST,
            forms.COMPACT,
            forms.GROUP,
            forms.DAY_NAME,
            forms.NAME_DAY,
            forms.YEAR_NAME,
        ):
            found = pattern.fullmatch(text)
            if found and int(found["d"]):
                return _day(found)
        found = forms.TWO_NUMBERS.fullmatch(text)
        if found and int(found["a"]):
            return self._two_numbers(found)
        for pattern in forms.MONTH_ONLY:
            found = pattern.fullmatch(text)
            whole = _month(found) if found else None
            if whole:
                return whole
        found = forms.YEAR_ONLY.fullmatch(text)
        if found:
            year = int(found["y"])
            return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"
        if forms.SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
            day = _EXCEL_EPOCH + dt.timedelta(days=int(float(text)))
            return day, day, "day"
        return None

    def _two_numbers(self, found: re.Match[str]) -> _Span | None:
        a, b, year = int(found["a"]), int(found["b"]), _year(found["y"])
        if a == b or (a <= 12 < b) or self.order == "month":
            month, day = (a, b) if b > 12 or a == b or self.order == "month" else (b, a)
        elif a > 12 or self.order == "day":
            day, month = a, b
        else:
            return None
        if month > 12:
            day, month = month, day
        return _checked(year, month, day)

    def _span(self, text: str) -> _Span | None:
        iso = forms.ISO_SPAN.fullmatch(text)
        days = forms.DAY_SPAN.fullmatch(text)
        names = forms.NAME_SPAN.fullmatch(text)
        if iso:
            ends = [iso[1], iso[2]]
        elif days:
            ends = [f"{days['d']} {days['rest']}", f"{days['d2']} {days['rest']}"]
        elif names and bool(names["d"]) == bool(names["d2"]) and (names["b"] or names["d"]):
            last = names["b"] or names["a"]
            ends = [f"{names['d'] or ''} {names['a']} {names['y']}".strip()]
            ends += [f"{names['d2'] or ''} {last} {names['y']}".strip()]
        else:
            ends = [part.strip() for part in forms.SPAN.split(text)]
        if len(ends) != 2:
            return None
        first, last = self._one(ends[0]), self._one(ends[1])
        if (
            first is None
            and last is not None
            and re.fullmatch(r"\D+|\d{1,2}\s+\D+|\D+\s\d{1,2}", ends[0])
        ):
            first = self._one(f"{ends[0]} {last[1].year}")
        if first is None or last is None or last[1] < first[0]:
            return None
        return first[0], last[1], "day" if first[0] == last[1] else "range"


def _part(text: str) -> _Span | None:
    """A part of a month (its first, middle or last ten days), a week, or a quarter."""
    week = forms.WEEK.fullmatch(text)
    if week:
        return _week(week)
    quarter = forms.QUARTER.fullmatch(text)
    if quarter:
        year = int(quarter["y"] or quarter["y2"])
        last = 3 * int(quarter["q"] or quarter["q2"] or quarter["q3"])
        if year not in _YEARS:
            return None
        end = dt.date(year, last, calendar.monthrange(year, last)[1])
        return dt.date(year, last - 2, 1), end, "range"
    for pattern, first, last in forms.PARTS_OF_MONTH:
        found = pattern.fullmatch(text)
        months = [form.fullmatch(found["rest"]) for form in forms.MONTH_ONLY] if found else []
        whole = next((_month(month) for month in months if month), None)
        if whole:
            end = whole[1].replace(day=min(last, whole[1].day))
            return whole[0].replace(day=first), end, "range"
    return None


def _week(found: re.Match[str]) -> _Span | None:
    year, week = int(found["y"] or found["y2"]), int(found["w"] or found["w2"])
    if year not in _YEARS:
        return None
    try:
        first = dt.date.fromisocalendar(year, week, int(found["d"] or 1))
    except ValueError:
        return None
    if found["d"]:
        return first, first, "day"
    return first, first + dt.timedelta(days=6), "range"


def _day(found: re.Match[str]) -> _Span | None:
    return _checked(_year(found["y"]), _month_number(found), int(found["d"]))


def _month(found: re.Match[str]) -> _Span | None:
    year, month = _year(found["y"]), _month_number(found)
    if year not in _YEARS or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, 1), dt.date(year, month, last), "month"


def _month_number(found: re.Match[str]) -> int:
    parts = found.groupdict()
    return forms.MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["m"])


def _year(text: str) -> int:
    """Two digits are of this century up to 69, as POSIX has it."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 70 else 1900)


def _checked(year: int, month: int, day: int) -> _Span | None:
    if year not in _YEARS:
        return None
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found, found, "day"
