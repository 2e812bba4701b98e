"""One event, one incident: the tellings of an article that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mapper.extraction import agreeing, events, fitting, places, tellings
from mapper.extraction.occurrences import BLAST, Event, Told
from mapper.extraction.phrases import RuleWords
from mapper.extraction.places import Spot

_words = RuleWords("merging")


def merge(told: Sequence[Told]) -> list[Event]:
    """Join the tellings of each event; a telling that fits none is a new event."""
    found: list[Event] = []
    whole: Told | None = None  # what summed up the events told one by one behind it
    for telling in told:
        if telling.finding.is_total:
            found = [event for event in found if not _is_headline_of(event, telling)]
            continue
        if _is_retold(telling, told):
            whole = telling
            continue
        if _is_sum_of(found[-_REACH:], telling):
            continue
        at = _best_fit(found, telling)
        if at is None:
            telling = _of_the_sum(found, telling, whole)
            telling = _of_the_kind_before(found, telling)
            found.append(Event((telling,), _carried(found[-3:], telling)))
        elif len(found[at].told) < _MOST_TELLINGS:
            telling = _on_top(found[at], telling)
            joined = replace(found[at], told=(*found[at].told, telling))
            is_placed = joined.spot is not None or telling.finding.before is None
            found[at] = joined if is_placed else replace(joined, carried=telling.finding.before)
    return [
        _without_places_of(found[n + 1 : n + _REACH], event)
        for n, event in enumerate(found)
        if not _sums_up(event, found[n + 1 : n + _REACH])
    ]


def _without_places_of(behind: Sequence[Event], event: Event) -> Event:
    """Leave out places that are told of an event again, one by one, with their own tolls.

    "Bombs hit churches in Baghdad and Mosul. Ten died in Baghdad; one died in Mosul."
    """
    if not any(t.finding.also_at for t in event.told):
        return event
    last = event.last_sentence + 1
    parts = [e for e in behind if e.told[0].finding.sentence.index <= last and e.killed is not None]
    spots = [e.spot for e in parts if e.spot and fitting.kind_fits(event, e.told[0].finding)]
    told = (
        replace(t, finding=replace(t.finding, also_at=_without(t.finding.also_at, spots)))
        for t in event.told
    )
    return replace(event, told=tuple(told)) if spots else event


def _without(also: Sequence[Spot], spots: Sequence[Spot]) -> tuple[Spot, ...]:
    return tuple(s for s in also if not any(places.is_same(s, spot) for spot in spots))


def _on_top(event: Event, telling: Told) -> Told:
    """Tell those killed as more than those before, where they are others."""
    if not fitting.adds_others(event, telling.finding):
        return telling
    toll = replace(telling.finding.toll, more_killed=True)
    return replace(telling, finding=replace(telling.finding, toll=toll))


def _is_sum_of(found: Sequence[Event], telling: Told) -> bool:
    """Whether a toll only adds up the last few events told: "In all, seven died"."""
    tokens = telling.finding.sentence.tokens
    if not tellings.sums_up(tokens, (0, len(tokens))):
        return False
    total, summed = telling.finding.toll.killed, 0
    for n, event in enumerate(reversed(found), start=1):
        summed += event.killed or 0
        if not total or event.killed is None or summed > total:
            return False
        if n > 1 and summed == total:
            return True
    return False


def _of_the_sum(found: Sequence[Event], telling: Told, joint: Told | None) -> Told:
    """Tell what happened where only the dead are counted: "bombs hit Baghdad. Eight died in"."""
    finding = telling.finding
    meaning = finding.trigger.meaning
    is_open = meaning.outcome or (meaning.target and finding.is_part)
    if not (is_open and finding.spot) or finding.actor1:
        return telling
    near = [e for e in found if finding.sentence.index - e.last_sentence <= _PARTS]
    wholes = [e.main.finding for e in near[-1:] if e.is_sum or _is_of_blast(e)]
    if joint and finding.sentence.index - joint.finding.sentence.index <= _PARTS:
        wholes.append(joint.finding)
    whole = next((w for w in wholes if w.trigger.meaning.event_type == BLAST), None)
    if whole is None:
        return telling
    trigger = replace(finding.trigger, meaning=whole.trigger.meaning)
    return replace(telling, finding=replace(finding, trigger=trigger))


def _of_the_kind_before(found: Sequence[Event], telling: Told) -> Told:
    """Tell what another strike or blast was where only the one before is told in full."""
    finding = telling.finding
    meaning = finding.trigger.meaning
    is_open = meaning.outcome or meaning.target or meaning.vague
    is_another = is_open and any(
        one in _words["another"] and other in _words["strikes"]
        for one, other in pairwise(finding.sentence.tokens.words)
    )
    if not (found and is_another and finding.sentence.index - found[-1].last_sentence <= 1):
        return telling
    before = found[-1].main.finding.trigger.meaning
    if before.event_type != BLAST:
        return telling
    return replace(
        telling, finding=replace(finding, trigger=replace(finding.trigger, meaning=before))
    )


def _is_of_blast(event: Event) -> bool:
    """Whether only the dead of an event are counted, which a sum before says were of a bomb."""
    trigger = event.main.finding.trigger
    return trigger.meaning.event_type == BLAST and trigger.word in _words["deaths"]


_PARTS = 2  # sentences behind a sum within which its parts follow


def _is_headline_of(event: Event, total: Told) -> bool:
    """Whether a title only gives the sum with which the article begins."""
    toll, counted = total.finding.toll, (event.killed, event.wounded)
    same = counted != (None, None) and counted == (toll.killed, toll.wounded)
    return event.is_title_only and same


def _is_retold(joint: Told, told: Sequence[Told]) -> bool:
    """Whether what a telling sums up is told one by one behind it."""
    if not joint.finding.is_joint:
        return False
    index = joint.finding.sentence.index
    behind = [
        t
        for t in told
        if index < t.finding.sentence.index <= index + _RETOLD
        and t.finding.spot
        and not t.finding.is_total
    ]
    whole = joint.finding.spot
    if whole is None or whole.is_country or whole.precision == "relative":
        return len(behind) > 1
    # "A string of car bombs rocked Mosul" is not told again by what happened in Ramadi.
    spots = [t.finding.spot for t in behind if t.finding.spot]
    parts = [s for s in spots if places.is_within(s, whole) or places.is_same(s, whole)]
    return len(behind) > 1 and len(parts) > (not whole.precision.startswith("adm"))


_RETOLD = 8  # sentences


def _sums_up(event: Event, behind: Sequence[Event]) -> bool:
    """Whether an event is only the sum of those told behind it: "attacks kill 30 in Iraq".

    A sum is told once, in the plural or of several places, and no part exceeds it.
    """
    telling = event.told[0].finding
    is_wide = any(t.finding.also_at for t in event.told)
    if telling.is_part:
        return False
    if not (event.is_sum or is_wide or telling.is_plural or event.told[-1].finding.is_plural):
        return False
    if len(event.told) > 1 and not (
        event.is_sum or is_wide or all(t.finding.sentence.is_title for t in event.told[:-1])
    ):
        return False
    counts = [other.killed for other in behind if other.killed]
    if event.killed and len(counts) > 1 and sum(counts) == event.killed:
        return True
    parts = [other for other in behind if _is_part(event, other)]
    enough = 1 if event.is_title_only else 2
    tolls = [part.killed for part in parts if part.killed is not None]
    total = event.killed
    if len(parts) < enough:
        return False
    if total is None:
        return event.is_title_only or (not telling.toll.is_told and bool(tolls))
    return bool(tolls) and sum(tolls) <= total and (len(tolls) > 1 or event.is_title_only)


def _is_part(whole: Event, part: Event) -> bool:
    finding = part.told[0].finding
    if not fitting.kind_fits(whole, finding) or agreeing.dates_differ(whole.when, part.when):
        return False
    if whole.spot is None or whole.spot.is_country or part.spot is None:
        return part.spot is not None
    around = [whole.spot, *(spot for t in whole.told for spot in t.finding.also_at)]
    own = part.spot
    return any(places.is_same(own, spot) or places.is_within(own, spot) for spot in around)


# What bounds the time on a text of any length; no article comes near.
_REACH = 25
_MOST_TELLINGS = 20
# How much must speak for two tellings being of one event.
_ENOUGH = 1.5
# So much that no other event need be compared.
_CERTAIN = 4.0


def _best_fit(found: Sequence[Event], telling: Told) -> int | None:
    """Return which of the events before a telling is told again, or None."""
    best, at = _ENOUGH, None
    last = _last_placed(found)
    for n in range(len(found) - 1, max(-1, len(found) - 1 - _REACH), -1):
        score = fitting.fit(found[n], telling, is_last=n >= last)
        if score is not None and (score > best or (at is None and score == best)):
            best, at = score, n
        if best >= _CERTAIN:
            break
    return at


def _last_placed(found: Sequence[Event]) -> int:
    """Return which event with a place was told last; details told of it behind have none."""
    near = range(len(found) - 1, max(-1, len(found) - 1 - _DETAILS), -1)
    return next((n for n in near if found[n].spot), len(found) - 1)


_DETAILS = 3


def _carried(found: Sequence[Event], telling: Told) -> Spot | None:
    """Return the place of the sentence before, for an event with a toll and no place of its own."""
    finding = telling.finding
    if finding.spot or finding.is_elsewhere or finding.sentence.is_title:
        return None
    if finding.trigger.is_background or finding.is_total:
        return None
    if finding.trigger.word == events.RECOUNT:
        return None
    tokens = finding.sentence.tokens
    goes_on = tellings.points_back(tokens) or tellings.moves_on(finding.when, tokens)
    if not (finding.toll.is_told or goes_on):
        return None
    reach = _THERE if goes_on else 1
    before = [
        event
        for event in found
        if finding.sentence.index - event.last_sentence <= reach
        and event.spot
        and not event.told[-1].finding.is_plural
    ]
    spot = before[-1].spot if before else finding.before
    return spot if spot and not spot.is_country else None


_THERE = 3  # how many sentences back "there" may be
