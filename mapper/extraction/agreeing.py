"""Whether two tellings agree: in their days, in the people they count, in where they stand."""

from __future__ import annotations

import re

from mapper.extraction import tellings
from mapper.extraction.finding import Finding
from mapper.extraction.occurrences import Event, Told
from mapper.extraction.reckoning import When


def days_differ(event: Event, telling: Told) -> bool:
    if event.is_title_only:
        return False
    finding = telling.finding
    is_new = counts_differ(event, finding) or _is_news_far_behind(event, finding)
    if is_new and _is_other_day(event.when, telling.when):
        return True
    if _moves_to_another_day(finding):
        return True
    if _counts_from_known(finding):
        return True
    if not dates_differ(event.when, telling.when):
        return False
    # "The attack followed arrests a day earlier": the day is the arrests'.
    words = finding.when
    is_counted = words is not None and words.kind == "context" and finding.is_definite
    return not is_counted


def _is_news_far_behind(event: Event, finding: Finding) -> bool:
    """Whether words tell at length, far behind an event, of one that they don't call known."""
    is_new = not finding.is_definite and finding.spot is not None and finding.toll.is_told
    return is_new and not is_near(event, finding, 2)


def _counts_from_known(finding: Finding) -> bool:
    """Whether an event is dated from others told before: "Five days before his death a bomb"."""
    words = finding.when
    is_counted = words is not None and words.kind == "context" and words.bound and words.days
    return bool(is_counted) and not finding.is_definite


def _moves_to_another_day(finding: Finding) -> bool:
    """Whether a sentence begins by moving to another day: "The night before, a crowd burned"."""
    words, tokens = finding.when, finding.sentence.tokens
    is_moved = bool(words and words.days) and tellings.moves_on(words, tokens)
    toll = finding.toll
    goes_on = toll.is_raised or toll.is_older or toll.more_killed or toll.more_wounded
    return is_moved and not (is_bare(finding) and (goes_on or finding.is_definite))


def _is_other_day(one: When, other: When) -> bool:
    """Whether one of two days is told by its weekday, the other by its date: "On December 8"."""
    if one.first is not None and other.first is not None:
        return False
    pairs = ((one, other), (other, one))
    return any(_WEEKDAY.search(a.text) and _is_dated(b) for a, b in pairs)


def _is_dated(when: When) -> bool:
    is_day = when.precision in ("no-year", "day") and not _WEEKDAY.search(when.text)
    return is_day and bool(_DATE.search(when.text))


_DATE = re.compile(r"[A-Za-z]{3,}\.? \d|\d [A-Za-z]{3,}")


def dates_differ(one: When, other: When) -> bool:
    """Whether two tellings are of different days, as far as they tell."""
    if "year" in (one.precision, other.precision):
        # A bare year often dates what a sentence says beside its event.
        return False
    if one.first and other.first:
        is_later = other.first > (one.last or one.first)
        # "This week" may be the day told before; "this month" tells of what was before it.
        ends = other.last if other.precision == "range" else other.first
        return is_later or one.first > (ends or other.first)
    if _is_of_past_month(one, other) or _is_of_past_month(other, one):
        return True
    if not (one.first or other.first):
        days = [_WEEKDAY.search(when.text) for when in (one, other)]
        if days[0] and days[1]:
            return days[0].group().lower() != days[1].group().lower()
    return bool(
        one.text
        and other.text
        and one.precision == other.precision == "no-year"
        and one.text != other.text
    )


_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def _is_of_past_month(one: When, other: When) -> bool:
    """Whether a month of a year is told beside a day of the week, which is the news'."""
    is_month = one.precision == "month" and _YEAR.search(one.text) is not None
    return is_month and other.first is None and _WEEKDAY.search(other.text) is not None


_YEAR = re.compile(r"(?:19|20)\d\d")


def same_day(event: Event, finding: Finding) -> bool:
    """Whether a telling names the day that the event's own tellings name."""
    named = {_day_of(t.finding) for t in event.told} - {""}
    return _day_of(finding) in named


def _day_of(finding: Finding) -> str:
    when = finding.when
    if when and when.weekday is not None:
        return f"weekday {when.weekday}"
    if when and when.kind == "published":
        return f"{when.days} days"
    words = when.text.lower().split() if when else []
    return " ".join(word for word in words if word not in _HOURS)


_HOURS = frozenset({"early", "late", "morning", "afternoon", "evening", "night", "on"})


def counts_differ(event: Event, finding: Finding) -> bool:
    """Whether two tellings count others, by more than two accounts of one event do."""
    pairs = ((event.killed, finding.toll.killed), (event.wounded, finding.toll.wounded))
    return any(a is not None and b is not None and not _is_about(a, b) for a, b in pairs)


def _is_about(one: int, other: int) -> bool:
    """Whether two counts may be of the same people, by two who counted."""
    return min(one, other) >= 0.6 * max(one, other)


def same_toll(event: Event, finding: Finding) -> bool:
    """Whether two tellings count as many people."""
    killed, wounded = finding.toll.killed, finding.toll.wounded
    if killed is None and wounded is None:
        return False
    dead = killed if event.killed is not None else None
    hurt = wounded if event.wounded is not None else None
    is_many = (dead or 0) > 1 or (hurt or 0) > 1
    return is_many and dead in (None, event.killed) and hurt in (None, event.wounded)


def same_figures(event: Event, finding: Finding) -> bool:
    """Whether two tellings count as many killed and as many wounded: hardly by chance."""
    toll = finding.toll
    if event.killed is None or event.wounded is None:
        return False
    is_same = (event.killed, event.wounded) == (toll.killed, toll.wounded)
    return is_same and event.killed + event.wounded > _FEW


_FEW = 4  # killed and wounded: two events may well have so many


def is_bare(finding: Finding) -> bool:
    """Whether words only count the dead or hurt, of what was told before."""
    return finding.trigger.meaning.outcome and finding.spot is None


def is_near(event: Event, finding: Finding, reach: int) -> bool:
    return finding.sentence.index - event.last_sentence <= reach


def is_next(event: Event, finding: Finding) -> bool:
    """Whether a sentence is the one behind an event's last."""
    return finding.sentence.index - event.last_sentence == 1
