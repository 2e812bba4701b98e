"""Dates as people write them in tables, read a column at a time."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal, cast

import pandas as pd

from mapper.readers import date_forms as forms
from mapper.readers.numbers import UNKNOWN, plain_digits
from mapper.readers.raw import no_text

Order = Literal["day", "month"]
"""Which number comes first in 3/4/2024."""

_YEARS = range(1900, 2101)
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 60_000)

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


def read_dates(cells: pd.Series[str], ends: pd.Series[str] | None = None) -> Dates:
    """Read a column of dates, and the column of last days beside it, if there is one.

    Whether the day or the month comes first in 3/4/2024 is decided for both
    columns together, from values that can be read in one way only; where there
    is none, dates that can be read in two ways are left missing and that is said.
    """
    odd = _not_iso(cells) + (_not_iso(ends) if ends is not None else [])
    order, words = _decide_order(odd)
    read = partial(_read_spans, answers=_Answers(order))
    first, last, precision = read(cells)
    rest = cells[cells.notna() & first.isna()]
    unread = pd.Series(False, index=cells.index)
    unread[rest.index] = ~rest.str.strip().str.lower().isin(UNKNOWN)
    if ends is not None:
        _, end, end_precision = read(ends)
        usable = end.notna() & first.notna() & (end >= first)
        precision = precision.mask(usable & ((end > last) | (end_precision != "day")), "range")
        precision = precision.mask(usable & (end == first), "day")
        last = last.mask(usable, end)
    said = [words] if words else []
    return Dates(first, last, precision, unread, tuple(said))


def _not_iso(cells: pd.Series[str]) -> list[str]:
    return [_bare(text) for text in cells.dropna().unique() if not forms.ISO_DAY.fullmatch(text)]


def _read_spans(
    cells: pd.Series[str], answers: _Answers
) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp], pd.Series[str]]:
    """Read each distinct text once, and plain ISO days all together."""
    codes, values = pd.factorize(cells)
    texts = pd.Series(values, dtype="str")
    first = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    first = first.where(first.dt.year.isin(_YEARS))  # 1436 is a year of another calendar
    last = first.copy()
    precision = no_text(texts.index).mask(first.notna(), "day")
    odd = texts[first.isna()]
    if len(odd):
        spans = [answers.read(_bare(text)) or (None, None, None) for text in odd]
        starts, stops, words = zip(*spans, strict=True)
        first[odd.index] = pd.to_datetime(pd.Series(starts, odd.index)).astype("datetime64[us]")
        last[odd.index] = pd.to_datetime(pd.Series(stops, odd.index)).astype("datetime64[us]")
        precision[odd.index] = pd.Series(words, odd.index, dtype="str")
    spread = (
        pd.Series(column.array.take(codes, allow_fill=True), index=cells.index)
        for column in (first, last, precision)
    )
    return cast(
        "tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp], pd.Series[str]]", tuple(spread)
    )


def _bare(text: str) -> str:
    return " ".join(plain_digits(text).replace("\u200f", "").replace("\u200e", "").split())


def _decide_order(texts: Iterable[str]) -> tuple[Order | None, str]:
    """Decide the order of day and month, and say how in words."""
    day_first = month_first = open_ = 0
    example = ""
    for text in texts:
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
    if day_first and month_first:
        return None, (
            f"some dates have the day first, others the month: {open_:,} distinct dates such as "
            f"{example!r} can be read both ways and are left out"
            if open_
            else ""
        )
    if day_first or month_first:
        return ("day", "day first") if day_first else ("month", "month first")
    if open_:
        return None, (
            f"nothing tells whether {example!r} has the day or the month first: "
            f"{open_:,} distinct dates are left out; write them as 2024-01-31"
        )
    return None, ""


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
    """A part of a month (its first, middle or last ten days), or a quarter."""
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
