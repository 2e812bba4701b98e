"""The year of a date that is told without one, and the publication day that a dateline tells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from mapper.extraction import datelines, dates, events, reckoning
from mapper.extraction.dates import DateWords
from mapper.extraction.occurrences import Event, Told
from mapper.extraction.reckoning import When
from mapper.extraction.sentences import Document, Sentence, Tokens

_Day = tuple[DateWords, date]


def published(document: Document) -> date | None:
    """Return the day that a dateline or a line above the text tells in full, or None.

    "BASRA, Aug 25, 2004 (AFP) -", "Published: 25 August 2004". Where several days head
    the parts of a text, they are those of what happened.
    """
    for day_in in (_day_in_dateline, _day_in_byline):
        found = [day for s in document.sentences[:_HEAD] if (day := day_in(document, s))]
        if found:
            is_one = len({day for _, day in found}) == 1
            return found[0][1] if is_one and not _is_chronology(document, *found[0]) else None
    return None


# So many sentences from the beginning a text may tell of itself: title, writer, day.
_HEAD = 5


def _day_in_dateline(document: Document, sentence: Sentence) -> _Day | None:
    line = sentence.tokens.part(0, datelines.dateline_end(sentence))
    # "Hilla, May 12, 2004: a bomb killed three", "On May 12, 2004 - a Sunday": what happened.
    if not line or line[-1].text == ":" or line[0].lower == "on":
        return None
    if events.find(line, language=sentence.language):
        return None
    return next(_full_days(document, sentence.start, line), None)


def _day_in_byline(document: Document, sentence: Sentence) -> _Day | None:
    tokens = sentence.tokens
    if not datelines.may_be_byline(sentence, document.text):
        return None
    if events.find(tokens, language=sentence.language):
        return None
    updated = next((t.start for t in tokens if t.lower in datelines.UPDATED), sentence.end)
    days = [day for day in _full_days(document, sentence.start, tokens) if day[0].start < updated]
    if len(days) != 1:
        return None
    words = days[0][0]
    before = [token for token in tokens if token.end <= words.start]
    behind = [token for token in tokens if words.end <= token.start < updated]
    return days[0] if datelines.is_byline(before, behind, is_title=sentence.is_title) else None


def _full_days(document: Document, start: int, tokens: Tokens) -> Iterator[_Day]:
    """Yield the words that tell a day with its year, and the day."""
    text, end = document.text, tokens[-1].end
    for words in dates.find(text, start, end, folded=document.folded, tokens=tokens):
        found = reckoning.resolve(words, published=None, context=None)
        if found.first and found.precision == "day" and not found.inferred:
            yield words, found.first


def _is_chronology(document: Document, words: DateWords, day: date) -> bool:
    """Whether a day that begins its line is one of several, each the head of what happened then."""
    heads = [s for s in document.sentences if datelines.begins_line(s, document.text)]
    if all(sentence.start != words.start for sentence in heads):
        return False
    for sentence in heads:
        first = sentence.tokens.part(0, 10)
        told = next(_full_days(document, sentence.start, first), None)
        if told and told[0].start == sentence.start and told[1] != day:
            return True
    return False


def worked_out(event: Event, named: Collection[int], full: Collection[date]) -> When:
    """Return an event's date, with its year where weekdays and the text leave only one.

    "On Friday", "two days prior" and "Jan. 3" make a Wednesday of Jan. 3; a
    year that the text names and that fits is taken, and marked as inferred. ``named``
    are the years that it names, ``full`` the days that it tells with their year.
    """
    when = event.when
    if when.precision != "no-year":
        return when
    told = _yearless(event)
    if told is None:
        return when
    when, month, day = told
    beside = _year_beside(month, day, full)
    if beside:
        return replace(when, first=beside, last=beside, precision="day", inferred=True)
    weekday = _weekday(event.told)
    if weekday is None:
        return when
    if not named:
        return when
    fitting = [
        year
        for year in range(min(named), max(named) + 1)
        if year in reckoning.years_of(month, day, weekday=weekday, years=range(year, year + 1))
    ]
    if len(fitting) != 1 or fitting[0] not in named:
        return when
    found = date(fitting[0], month, day)
    return replace(when, first=found, last=found, precision="day", inferred=True)


def named_in(text: str) -> frozenset[int]:
    """Return the years that a text names."""
    return frozenset(map(int, _YEAR.findall(text)))


_YEAR = re.compile(r"(?:19|20)(?<!\w..)\d\d\b")  # digits come first: a search for them is fast


def _yearless(event: Event) -> tuple[When, int, int] | None:
    """Return an event's date without its year, its month and its day.

    A headline may have the month only, "ten days in January", and a telling the day.
    """
    months = [t.finding.when.month for t in event.told if t.when is event.when and t.finding.when]
    for telling in sorted(event.told, key=lambda told: told.when is not event.when):
        words = telling.finding.when
        is_own = telling.when is event.when or not telling.finding.trigger.is_background
        if is_own and words and words.day and words.month and words.month in months:
            return telling.when, words.month, words.day
    return None


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
