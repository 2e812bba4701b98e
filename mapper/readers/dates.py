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

from mapper.readers.numbers import UNKNOWN
from mapper.readers.raw import no_text

Order = Literal["day", "month"]
"""Which number comes first in 3/4/2024."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan يناير كانون_الثاني kanun_al-thani rêbendan çile",
            "february feb فبراير شباط reşemî sibat",
            "march mar مارس آذار اذار adar",
            "april apr أبريل ابريل نيسان nîsan",
            "may مايو أيار ايار gulan",
            "june jun يونيو حزيران hezîran pûşper",
            "july jul يوليو تموز tîrmeh",
            "august aug أغسطس اغسطس آب اب tebax",
            "september sept sep سبتمبر أيلول ايلول îlon rezber",
            "october oct أكتوبر اكتوبر تشرين_الأول تشرين_الاول cotmeh",
            "november nov نوفمبر تشرين_الثاني mijdar",
            "december dec ديسمبر كانون_الأول كانون_الاول berfanbar",
        ),
        start=1,
    )
    for name in names.replace("_", " ").split(" ")
    if name not in ("كانون", "تشرين", "الثاني", "الأول", "الاول", "al-thani", "kanun")
} | {
    "كانون الثاني": 1,
    "كانون الأول": 12,
    "كانون الاول": 12,
    "تشرين الأول": 10,
    "تشرين الاول": 10,
    "تشرين الثاني": 11,
}
_MONTH = "(?P<name>" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")\.?"
_TIME = (
    r"(?:[T,\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_YEARS = range(1900, 2101)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_WEEKDAY + text + _TIME, re.IGNORECASE)


_YEAR_FIRST = _pattern(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_TWO_NUMBERS = _pattern(r"(?P<a>\d{1,2})[-/. ](?P<b>\d{1,2})[-/. ](?P<y>\d{4}|\d{2})")
_DAY_NAME = _pattern(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[-/. ]*" + _MONTH + r"[-/., ]*(?P<y>\d{4}|\d{2})"
)
_NAME_DAY = _pattern(_MONTH + r"[-/. ]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/., ]+(?P<y>\d{4})")
_YEAR_NAME = _pattern(r"(?P<y>\d{4})[-/., ]+" + _MONTH + r"[-/. ]+(?P<d>\d{1,2})")
_MONTH_ONLY = (
    re.compile(_MONTH + r"[-/., ]*(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<y>\d{4})[-/., ]+" + _MONTH, re.IGNORECASE),
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})[-/](?P<y>\d{4})"),
    re.compile(_MONTH + r"-(?P<y>\d{2})", re.IGNORECASE),
)
_YEAR_ONLY = re.compile(r"(?P<y>(?:19|20)\d{2})(?:\.0)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DAY_SPAN = re.compile(
    r"(?P<d>\d{1,2})\s*(?:-|–|—|to|/)\s*(?P<d2>\d{1,2})\s+(?P<rest>\D+\d{4})", re.IGNORECASE
)
_SPAN = re.compile(
    r"\s+(?:to|until|till|through|–|—|-|/|إلى|الى|حتى)\s+|(?<=\d{4})\s*[–—]\s*", re.IGNORECASE
)
_ISO_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    return [_bare(text) for text in cells.dropna().unique() if not _ISO_DAY.fullmatch(text)]


def _read_spans(
    cells: pd.Series[str], answers: _Answers
) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp], pd.Series[str]]:
    """Read each distinct text once, and plain ISO days all together."""
    codes, values = pd.factorize(cells)
    texts = pd.Series(values, dtype="str")
    first = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
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
    return " ".join(text.translate(_DIGITS).replace("\u200f", "").replace("\u200e", "").split())


def _decide_order(texts: Iterable[str]) -> tuple[Order | None, str]:
    """Decide the order of day and month, and say how in words."""
    day_first = month_first = open_ = 0
    example = ""
    for text in texts:
        for part in _SPAN.split(text):
            found = _TWO_NUMBERS.fullmatch(part.strip())
            if not found:
                continue
            a, b = int(found["a"]), int(found["b"])
            day_first += a > 12 >= b
            month_first += b > 12 >= a
            if a <= 12 and b <= 12 and a != b:
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
        return self._one(text) or self._span(text)

    def _one(self, text: str) -> _Span | None:
        for pattern in (_YEAR_FIRST, _COMPACT, _DAY_NAME, _NAME_DAY, _YEAR_NAME):
            found = pattern.fullmatch(text)
            if found:
                return _day(found)
        found = _TWO_NUMBERS.fullmatch(text)
        if found:
            return self._two_numbers(found)
        for pattern in _MONTH_ONLY:
            found = pattern.fullmatch(text)
            if found:
                return _month(found)
        found = _YEAR_ONLY.fullmatch(text)
        if found:
            year = int(found["y"])
            return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"
        if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
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
        iso = _ISO_SPAN.fullmatch(text)
        days = _DAY_SPAN.fullmatch(text)
        if iso:
            ends = [iso[1], iso[2]]
        elif days:
            ends = [f"{days['d']} {days['rest']}", f"{days['d2']} {days['rest']}"]
        else:
            ends = [part.strip() for part in _SPAN.split(text)]
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
    return _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["m"])


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
