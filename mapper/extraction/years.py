"""The year of a date that is told without one, and the publication day that a dateline tells."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from mapper.extraction import datelines, dates, reckoning
from mapper.extraction.occurrences import Event, Told
from mapper.extraction.reckoning import When
from mapper.extraction.sentences import Document, Tokens


def published(document: Document) -> date | None:
    """Return the day that a dateline tells in full ("BASRA, Aug 25, 2004 (AFP) -"), or None."""
    for sentence in document.sentences[:3]:
        end = datelines.dateline_end(sentence)
        if not end:
            continue
        line = Tokens(sentence.tokens[:end])
        begin, stop = sentence.start, line[-1].end
        for words in dates.find(document.text, begin, stop, folded=document.folded, tokens=line):
            found = reckoning.resolve(words, published=None, context=None)
            if found.precision == "day":
                return found.first
    return None


def worked_out(event: Event, document: Document, full: Collection[date]) -> When:
    """Return an event's date, with its year where weekdays and the text leave only one.

    "On Friday", "two days prior" and "Jan. 3" make a Wednesday of Jan. 3; a
    year that the text names and that fits is taken, and marked as inferred. ``full``
    are the days that the text tells with their year.
    """
    when = event.when
    if when.precision != "no-year":
        return when
    words = next((t.finding.when for t in event.told if t.when is when), None)
    if words is None or words.month is None or words.day is None:
        return when
    beside = _year_beside(words.month, words.day, full)
    if beside:
        return replace(when, first=beside, last=beside, precision="day", inferred=True)
    weekday = _weekday(event.told)
    if weekday is None:
        return when
    named = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", document.text)}
    if not named:
        return when
    fitting = [
        year
        for year in range(min(named), max(named) + 1)
        if year
        in reckoning.years_of(words.month, words.day, weekday=weekday, years=range(year, year + 1))
    ]
    if len(fitting) != 1 or fitting[0] not in named:
        return when
    day = date(fitting[0], words.month, words.day)
    return replace(when, first=day, last=day, precision="day", inferred=True)


def _year_beside(month: int, day: int, full: Collection[date]) -> date | None:
    """Return a day of the year that all full dates have, if it is near one of them."""
    years = {known.year for known in full}
    if len(years) != 1:
        return None
    try:
        found = date(next(iter(years)), month, day)
    except ValueError:
        return None
    return found if any(abs((found - known).days) <= _BESIDE for known in full) else None


# How many days off a full date another one of its text is taken to be of the same year.
_BESIDE = 60


def _weekday(told: tuple[Told, ...]) -> int | None:
    """Return the weekday of an event's day, told or counted from the day of the telling."""
    found = set()
    for telling in told:
        own, spoken = telling.finding.when, telling.finding.spoken
        if own and own.weekday is not None:
            found.add(own.weekday)
        elif own and own.kind == "context" and spoken and spoken.weekday is not None:
            found.add((spoken.weekday + own.days) % 7)
    return found.pop() if len(found) == 1 else None
