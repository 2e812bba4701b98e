"""The days that words for dates mean.

They are reckoned against the day of publication (a weekday, "yesterday", a date
without its year) or against the day that the text spoke of last ("two days
prior", "the following day").
"""

from __future__ import annotations

from datetime import date, timedelta

from gazetteer.frozen import frozen
from mapper.extraction.dates import DateWords


@frozen
class When:
    """A day or range of days; ``first`` is missing where the year cannot be known."""

    text: str
    first: date | None = None
    last: date | None = None
    precision: str | None = None
    inferred: bool = False


UNKNOWN = When("")


def resolve(words: DateWords, *, published: date | None, context: date | None) -> When:
    """Return the day that words mean, as far as it can be known.

    ``context`` is the day that the text spoke of last, or None.
    """
    try:
        if words.kind == "calendar":
            return _calendar(words, published)
        if words.kind == "context":
            return _day(words, context + timedelta(words.days) if context else None)
        if published is None or words.kind == "lunar":
            return When(words.text)
        return _against_publication(words, published)
    except (ValueError, OverflowError):
        return When(words.text)


def span(one: When, other: When, text: str) -> When | None:
    """Return the time from one day to another, or None where they are no such two."""
    last = other.last or other.first
    if one.first is None or last is None or last <= one.first:
        return None
    return When(text, one.first, last, "range", one.inferred or other.inferred)


def years_of(month: int, day: int, *, weekday: int, years: range) -> list[int]:
    """Return the years in which a day of a month falls on a weekday."""
    return [year for year in years if _weekday(year, month, day) == weekday]


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


def _against_publication(words: DateWords, published: date) -> When:
    if words.kind == "weekday" and words.weekday is not None:
        back = (published.weekday() - words.weekday) % 7
        is_earlier = words.text.lower().startswith("last ") and not back
        return _day(words, published - timedelta(7 if is_earlier else back))
    if words.kind == "overnight":
        return When(words.text, published - timedelta(1), published, "range", True)
    if words.kind == "span":
        return _span(words, published)
    return _day(words, published + timedelta(words.days))


def _day(words: DateWords, day: date | None) -> When:
    if day is None:
        return When(words.text)
    return When(words.text, day, day, "day", True)


def _span(words: DateWords, published: date) -> When:
    unit, earlier, _ = words.span.partition(" before")
    if unit == "weekend":
        sunday = published - timedelta((published.weekday() - 6) % 7)
        return When(words.text, sunday - timedelta(1), sunday, "range", True)
    if unit == "week":
        first = published - timedelta(published.weekday() + (7 if earlier else 0))
        return When(words.text, first, min(first + timedelta(6), published), "range", True)
    if unit == "month":
        first = published.replace(day=1)
        first = (first - timedelta(1)).replace(day=1) if earlier else first
        return When(words.text, first, min(_month_end(first), published), "month", True)
    year = published.year - (1 if earlier else 0)
    return When(words.text, date(year, 1, 1), min(date(year, 12, 31), published), "year", True)


def _calendar(words: DateWords, published: date | None) -> When:
    year, inferred = words.year, False
    if year is None:
        if published is None:
            return When(words.text, precision="no-year")
        year, inferred = _latest_year(words, published), True
    if words.month is None:
        return When(words.text, date(year, 1, 1), date(year, 12, 31), "year", inferred)
    if words.day is None:
        first = date(year, words.month, 1)
        return When(words.text, first, _month_end(first), "month", inferred)
    first = date(year, words.month, words.day)
    if words.swaps and published:
        first = _nearest(first, date(year, words.day, words.month), published)
    if words.last_day is None:
        return When(words.text, first, first, "day", inferred or words.swaps)
    return When(words.text, first, first.replace(day=words.last_day), "range", inferred)


def _nearest(one: date, other: date, published: date) -> date:
    """Return which of two days a report tells of: the last before it was published."""
    told = [day for day in (one, other) if day <= published + timedelta(1)]
    return max(told, default=one)


def _latest_year(words: DateWords, published: date) -> int:
    """Return the year that puts a date before publication, or a day after (time zones)."""
    month, day = words.month or 1, words.day or 1
    too_late = (month, day) > ((limit := published + timedelta(1)).month, limit.day)
    return published.year - 1 if too_late and limit.year == published.year else published.year


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
