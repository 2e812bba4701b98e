"""One date as people write it, to its first and last day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass
from typing import Literal

from mapper.readers import date_forms as forms
from mapper.readers.numbers import plain_digits, plain_letters

Order = Literal["day", "month"]
"""Which number comes first in 3/4/2024."""

ZONE = "Asia/Baghdad"
YEARS = range(1900, 2101)
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 60_000)

_SECONDS = range(1_000_000_000, 2_200_000_000)
"""From 2001 to 2039."""

SHORT = re.compile(r"(\d{2})([-/.])(\d{2})\2(\d{2})(?!\d)")
"""A date of three numbers of two digits, one of them the year."""

Span = tuple[dt.date, dt.date, str]
"""First day, last day and precision."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A date without what stands around it.

    ``minutes`` are those since midnight in Greenwich, where a time of another zone is told;
    ``about`` marks what is told as inexact, ``counted`` what was seconds since 1970.
    """

    text: str
    minutes: int | None = None
    about: bool = False
    counted: bool = False

    @classmethod
    def of(cls, written: str) -> Bare:
        """Free a date from its time, zone, era and the words before it."""
        text = " ".join(plain_letters(plain_digits(written)).split())
        seconds = forms.SECONDS.fullmatch(text)
        if seconds and int(seconds[1]) in _SECONDS:
            day = dt.datetime.fromtimestamp(int(seconds[1]), zoneinfo.ZoneInfo(ZONE)).date()
            return cls(day.isoformat(), counted=True)
        rest = _behind(forms.ABOUT, text)
        about = rest != text
        rest = forms.ERA.sub("", _behind(forms.HOUR_OF_DAY, rest))
        spaced = forms.SPACED.match(rest)
        if spaced:
            rest = spaced[1] + spaced[2] + spaced[3] + spaced[2] + spaced[4] + rest[spaced.end() :]
        group = forms.GROUP.fullmatch(rest)
        timed = group or forms.COMPACT_TIME.fullmatch(rest) or forms.ZONED.fullmatch(rest)
        if not timed:
            return cls(rest, about=about)
        date = f"{timed['d']} {timed['rest']}" if group else timed["rest"]
        return cls(date, _minutes(timed), about)

    def in_iraq(self, span: Span) -> tuple[dt.date, dt.date | None, str]:
        """Return a span as the day that it was in Iraq, and as inexact as it is told.

        Of about a day the last is not known.
        """
        first, last, precision = span
        if precision != "day":
            return span
        if self.minutes is not None:
            there = dt.datetime(first.year, first.month, first.day, tzinfo=dt.UTC)
            there += dt.timedelta(minutes=self.minutes)
            first = last = there.astimezone(zoneinfo.ZoneInfo(ZONE)).date()
        return (first, None, "range") if self.about else (first, last, precision)


def _behind(pattern: re.Pattern[str], text: str) -> str:
    """What follows a pattern, or all of the text where it does not begin so."""
    found = pattern.match(text)
    return text[found.end() :] if found else text


def _minutes(timed: re.Match[str]) -> int | None:
    """Minutes since midnight in Greenwich; None where the time is Iraq's or no time."""
    parts = timed.groupdict()
    zone = (parts["zone"] or "J").upper()
    hour, minute = int(parts["hour"]), int(parts["minute"])
    if zone == "J" or hour > 24 or minute > 59:
        return None
    half = (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + 12 * (half[0] in ("p", "م"))
    found = re.search(r"([+-])(\d\d):?(\d\d)", zone)
    ahead = 60 * forms.ZONES.get(zone, 0)
    if found:
        ahead = (60 * int(found[2]) + int(found[3])) * (-1 if found[1] == "-" else 1)
    return 60 * hour + minute - ahead


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads one text under a decided order.

    ``years_lead``: whether 24-01-05 begins with its year; None where that is open.
    """

    order: Order | None
    years_lead: bool | None = False

    def read(self, text: str) -> Span | None:
        """Return the span that a text tells, or None."""
        if forms.DAY_ZERO.fullmatch(text):
            return None
        return self._one(text) or _part(text) or self._span(text)

    def _one(self, text: str) -> Span | None:
        for pattern in (
            forms.YEAR_FIRST,
            forms.COMPACT,
            forms.DAY_NAME,
            forms.NAME_DAY,
            forms.YEAR_NAME,
        ):
            found = pattern.fullmatch(text)
            if found and int(found["d"]):
                return _day(found)
        found = forms.SHORT_YEAR_FIRST.fullmatch(text)
        if found and self.years_lead:
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

    def _two_numbers(self, found: re.Match[str]) -> Span | None:
        if self.years_lead is None and len(found["a"]) == len(found["y"]) == 2:
            return None
        a, b, year = int(found["a"]), int(found["b"]), year_of(found["y"])
        if a == b or (a <= 12 < b) or self.order == "month":
            month, day = (a, b) if b > 12 or a == b or self.order == "month" else (b, a)
        elif a > 12 or self.order == "day":
            day, month = a, b
        else:
            return None
        if month > 12:
            day, month = month, day
        return _checked(year, month, day)

    def _span(self, text: str) -> Span | None:
        text = _behind(forms.FROM, text)
        within = forms.DAYS_OF_MONTH.fullmatch(text)
        if within:
            return DateReader("day")._days_of_month(within)
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

    def _days_of_month(self, found: re.Match[str]) -> Span | None:
        first, last = (self._one(found[name] + found["rest"]) for name in ("d", "d2"))
        return (first[0], last[0], "range") if first and last and first[0] < last[0] else None


def _part(text: str) -> Span | None:
    """A part of a month (its first, middle or last ten days), a week, or a quarter."""
    week = forms.WEEK.fullmatch(text)
    if week:
        return _week(week)
    quarter = forms.QUARTER.fullmatch(text)
    if quarter:
        year = int(quarter["y"] or quarter["y2"])
        last = 3 * int(quarter["q"] or quarter["q2"] or quarter["q3"])
        if year not in YEARS:
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


def _week(found: re.Match[str]) -> Span | None:
    year, week = int(found["y"] or found["y2"]), int(found["w"] or found["w2"])
    if year not in YEARS:
        return None
    try:
        first = dt.date.fromisocalendar(year, week, int(found["d"] or 1))
    except ValueError:
        return None
    if found["d"]:
        return first, first, "day"
    return first, first + dt.timedelta(days=6), "range"


def _day(found: re.Match[str]) -> Span | None:
    return _checked(year_of(found["y"]), _month_number(found), int(found["d"]))


def _month(found: re.Match[str]) -> Span | None:
    year, month = year_of(found["y"]), _month_number(found)
    if year not in YEARS or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, 1), dt.date(year, month, last), "month"


def _month_number(found: re.Match[str]) -> int:
    parts = found.groupdict()
    return forms.MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["m"])


def year_of(text: str) -> int:
    """Return a year as it is written: two digits are of this century up to 69, as POSIX has it."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 70 else 1900)


def _checked(year: int, month: int, day: int) -> Span | None:
    found = day_of(year, month, day)
    return (found, found, "day") if found else None


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """Return a day of the years that tables tell of, or None."""
    if year not in YEARS:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
