"""One event, one incident: the tellings of an article that belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mapper.extraction import places
from mapper.extraction.dates import When
from mapper.extraction.findings import Finding
from mapper.extraction.places import Spot


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event with its date worked out."""

    finding: Finding
    when: When


@dataclass(frozen=True)
class Event:
    """One real event: its tellings in the order of the text.

    ``carried`` is a place taken over from the sentence before, where the event's
    own sentences name none; ``carried_when`` its day, where they tell none.
    """

    told: tuple[Told, ...]
    carried: Spot | None = None
    carried_when: When | None = None

    @cached_property
    def spot(self) -> Spot | None:
        """The finest place that a telling gives, or None."""
        body_first = sorted(self.told, key=lambda told: told.finding.sentence.is_title)
        own = [told.finding.spot for told in body_first if told.finding.spot]
        named = [spot for spot in own if not spot.is_country]
        if not named:
            return self.carried or (own[0] if own else None)
        finest = next((spot for spot in named if not spot.is_loose), named[0])
        for spot in named:
            if places.is_within(spot, finest) or (finest.place is None and spot.place is not None):
                finest = spot
        return finest

    @cached_property
    def main(self) -> Told:
        """The telling whose words say most of what kind of event it was."""
        kind = next(
            (t.finding.trigger.meaning.event_type for t in self.told if not _is_generic(t.finding)),
            self.told[0].finding.trigger.meaning.event_type,
        )
        alike = [t for t in self.told if t.finding.trigger.meaning.event_type == kind]
        return max(alike, key=lambda t: (t.finding.trigger.rank, not t.finding.sentence.is_title))

    @property
    def killed(self) -> int | None:
        """The number killed by the fullest telling, or None."""
        return _toll([(t.finding.toll.killed, t.finding.toll.more_killed, t) for t in self.told])

    @property
    def wounded(self) -> int | None:
        """The number wounded by the fullest telling, or None."""
        return _toll([(t.finding.toll.wounded, t.finding.toll.more_wounded, t) for t in self.told])

    @cached_property
    def when(self) -> When:
        """The most exact date that a telling gives."""
        own = min((told.when for told in self.told), key=_vagueness)
        return self.carried_when or own

    @property
    def is_title_only(self) -> bool:
        """Whether only the title has told of the event so far."""
        return all(told.finding.sentence.is_title for told in self.told)

    @property
    def last_sentence(self) -> int:
        """Where the event was last told of."""
        return self.told[-1].finding.sentence.index


def merge(told: Sequence[Told]) -> list[Event]:
    """Join the tellings of each event; a telling that fits none is a new event."""
    found: list[Event] = []
    for telling in told:
        if telling.finding.is_total or _is_retold(telling, told):
            continue
        at = _best_fit(found, telling)
        if at is None:
            found.append(Event((telling,), _carried(found[-3:], telling)))
        elif len(found[at].told) < _MOST_TELLINGS:
            found[at] = replace(found[at], told=(*found[at].told, telling))
    return [
        event for n, event in enumerate(found) if not _sums_up(event, found[n + 1 : n + _REACH])
    ]


def _is_retold(joint: Told, told: Sequence[Told]) -> bool:
    """Whether what a telling sums up is told one by one behind it."""
    if not joint.finding.is_joint:
        return False
    index = joint.finding.sentence.index
    behind = [
        t
        for t in told
        if index < t.finding.sentence.index <= index + 4
        and t.finding.spot
        and not t.finding.is_total
    ]
    return len(behind) > 1


def _sums_up(event: Event, behind: Sequence[Event]) -> bool:
    """Whether an event is only the sum of those told behind it: "attacks kill 30 in Iraq".

    A sum is told once, in the plural or of several places, and no part exceeds it.
    """
    telling = event.told[0].finding
    if len(event.told) > 1 and not all(t.finding.sentence.is_title for t in event.told[:-1]):
        return False
    if not (telling.is_plural or telling.also_at or event.told[-1].finding.is_plural):
        return False
    counts = [other.killed for other in behind if other.killed]
    if event.killed and len(counts) > 1 and sum(counts) == event.killed:
        return True
    parts = [other for other in behind if _is_part(event, other)]
    enough = 1 if event.is_title_only else 2
    tolls = [part.killed for part in parts if part.killed is not None]
    total = event.killed
    if len(parts) < enough or (total is None and event.wounded is None and not parts):
        return False
    if total is None:
        return event.is_title_only or (not telling.toll.is_told and bool(tolls))
    return bool(tolls) and sum(tolls) <= total and (len(tolls) > 1 or event.is_title_only)


def _is_part(whole: Event, part: Event) -> bool:
    finding = part.told[0].finding
    if not _kind_fits(whole, finding) or _dates_differ(whole.when, part.when):
        return False
    if whole.spot is None or whole.spot.is_country or part.spot is None:
        return part.spot is not None
    around = [whole.spot, *(spot for t in whole.told for spot in t.finding.also_at)]
    is_wide = bool(whole.told[0].finding.also_at)
    return is_wide or any(places.is_same(part.spot, spot) for spot in around)


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
    for n in range(len(found) - 1, max(-1, len(found) - 1 - _REACH), -1):
        score = _fit(found[n], telling, is_last=n == len(found) - 1)
        if score is not None and (score > best or (at is None and score == best)):
            best, at = score, n
        if best >= _CERTAIN:
            break
    return at


def _fit(event: Event, telling: Told, *, is_last: bool) -> float | None:
    """Say how much speaks for a telling being of an event, or None where it cannot be."""
    finding = telling.finding
    if finding.is_separate or event.last_sentence == finding.sentence.index:
        return None
    kind = _kind_fits(event, finding)
    if not kind or (_dates_differ(event.when, telling.when) and not event.is_title_only):
        return None
    place = _place_fit(event, finding, exact=kind == "same")
    if place is None:
        return None
    distance = max(0, finding.sentence.index - event.last_sentence - 1)
    cues = 1.5 * finding.is_definite + 2.0 * event.is_title_only
    if finding.is_definite and finding.spot is None and is_last:
        cues += 1.0  # "The attack" is the one told last.
    return (kind == "same") + place + _toll_fit(event, finding) + cues - 0.25 * distance


def _kind_fits(event: Event, finding: Finding) -> str:
    """Say whether two tellings can be of one kind of event: "same", "like" or ""."""
    main = event.main.finding
    one, other = main.trigger.meaning, finding.trigger.meaning
    if main.label == finding.label:
        return "same"
    violent = {"Battles", "Explosions/Remote violence", "Violence against civilians"}
    crowd = {"Protests", "Riots"}
    both = {one.event_type, other.event_type}
    if both <= crowd:
        return "like"
    if both <= violent:
        if _is_generic(main) or _is_generic(finding):
            return "like"
        if one.event_type == other.event_type:
            return "like" if event.is_title_only or _subs_fit(main, finding) else ""
        return "like" if finding.is_definite and finding.kinds & main.kinds else ""
    if both & crowd and (_is_generic(main) or _is_generic(finding)):
        return "like"
    if one.event_type in crowd and finding.label == "Armed clash" and finding.spot is None:
        return "like"
    spots = (event.spot, finding.spot)
    if event.is_title_only and both <= crowd | violent and spots[0] and spots[1]:
        return "like" if spots[0].name == spots[1].name else ""
    known = {told.finding.label for told in event.told}
    return "like" if known & finding.kinds or finding.label in main.kinds else ""


def _is_generic(finding: Finding) -> bool:
    """Whether the words leave the type of event open: "killed", "attack", "violence"."""
    meaning = finding.trigger.meaning
    return meaning.outcome or meaning.target or meaning.vague


def _subs_fit(one: Finding, other: Finding) -> bool:
    subs = {one.trigger.meaning.sub_event_type, other.trigger.meaning.sub_event_type}
    if None in subs or one.trigger.meaning.event_type in ("Battles", "Violence against civilians"):
        return True
    shared = (one.kinds & other.kinds) - {"Attack"}
    return subs <= {"Suicide bomb", "Remote explosive/landmine/IED"} or bool(shared)


def _place_fit(event: Event, finding: Finding, *, exact: bool) -> float | None:
    """Say how much the places speak for one event, or None where they speak against it."""
    spot, near = event.spot, finding.sentence.index - event.last_sentence <= 2
    if not finding.spot or finding.spot.is_country or not spot or spot.is_country:
        return _open_place_fit(event, finding, exact=exact)
    known = [spot, *(other for t in event.told for other in t.finding.also_at)]
    if any(places.is_same(finding.spot, other) for other in known):
        return 2.0
    is_akin = event.is_title_only or finding.is_definite or _same_toll(event, finding)
    is_akin = is_akin or (exact and _same_day(event, finding))
    is_loose = finding.spot.is_loose or spot.is_loose
    if near and is_akin and (is_loose or places.is_near(finding.spot, spot)):
        return 0.5
    return None


def _same_day(event: Event, finding: Finding) -> bool:
    """Whether a telling names the day that the event's own tellings name."""
    named = {t.finding.when.text.lower() for t in event.told if t.finding.when}
    return finding.when is not None and finding.when.text.lower() in named


def _open_place_fit(event: Event, finding: Finding, *, exact: bool) -> float | None:
    """Say how much speaks for one event where only one telling has a place."""
    near = finding.sentence.index - event.last_sentence <= 2
    goes_on = finding.toll.more_killed or finding.toll.more_wounded or finding.is_definite
    is_told_apart = event.spot is not None and not event.spot.is_country
    if finding.spot is None and finding.body and is_told_apart and not goes_on and event.spot:
        if _same_toll(event, finding):
            return 1.5
        same = exact and places.is_same(finding.body, event.spot)
        return 1.5 if same else None
    if goes_on or finding.trigger.meaning.outcome:
        return 2.0 if near else 1.5
    if near and finding.spot and not finding.spot.is_country and not event.told[0].finding.also_at:
        # A lead that says only "in northern Iraq" is told again with the town.
        return 1.5
    if finding.spot is None and finding.sentence.index - event.last_sentence == 1:
        return 1.5
    return 0.75 if near or event.is_title_only else None


def _toll_fit(event: Event, finding: Finding) -> float:
    """Say how much the numbers speak for one event; accounts of one may differ a little."""
    toll = finding.toll
    if toll.more_killed or toll.more_wounded:
        return 0.5
    if _same_toll(event, finding):
        return 2.0
    pairs = ((event.killed, toll.killed), (event.wounded, toll.wounded))
    differs = any(a is not None and b is not None and not _is_about(a, b) for a, b in pairs)
    slightly = any(a is not None and b is not None and a != b for a, b in pairs)
    if not slightly or event.is_title_only or toll.is_raised:
        return 0.0
    if finding.is_definite:
        return -1.0 if differs else 0.0
    return 0.0 if finding.trigger.meaning.outcome and not differs else -3.0


def _is_about(one: int, other: int) -> bool:
    """Whether two counts may be of the same people, by two who counted."""
    return min(one, other) >= 0.6 * max(one, other)


def _same_toll(event: Event, finding: Finding) -> bool:
    """Whether two tellings count as many people."""
    toll = finding.toll
    counted = ((event.killed, toll.killed), (event.wounded, toll.wounded))
    told = [(one, other) for one, other in counted if one is not None and other is not None]
    return any(one > 1 for one, _ in told) and all(one == other for one, other in told)


def _dates_differ(one: When, other: When) -> bool:
    if "year" in (one.precision, other.precision):
        # A bare year often dates what a sentence says beside its event.
        return False
    if one.first and other.first:
        return one.first != other.first and not (one.last and one.first <= other.first <= one.last)
    return bool(
        one.text
        and other.text
        and one.precision == other.precision == "no-year"
        and one.text != other.text
    )


def _carried(found: Sequence[Event], telling: Told) -> Spot | None:
    """Return the place of the sentence before, for an event with a toll and no place of its own."""
    finding = telling.finding
    if finding.spot or finding.is_elsewhere or not finding.toll.is_told:
        return None
    if finding.sentence.is_title:
        return None
    if finding.trigger.is_background or finding.is_total:
        return None
    before = [
        event
        for event in found
        if finding.sentence.index - event.last_sentence <= 1
        and event.spot
        and not event.told[-1].finding.is_plural
    ]
    spot = before[-1].spot if before else None
    return spot if spot and not spot.is_country else None


def _vagueness(when: When) -> int:
    if when.first is None:
        return 8 if not when.text else 6 + bool(_COUNTED.search(when.text))
    if when.precision == "day":
        return 1 if _COUNTED.search(when.text) else 0
    return {"range": 2, "month": 4, "year": 5}.get(when.precision or "", 5)


_COUNTED = re.compile(
    r"prior|earlier|later|before|after|yesterday|\bday\b|\bago\b|أمس|التالي", re.IGNORECASE
)


def _toll(counts: Sequence[tuple[int | None, bool, Told]]) -> int | None:
    """Return the body's highest count, else the title's, plus what came on top."""
    known = [(count, more, told) for count, more, told in counts if count is not None]
    if not known:
        return None
    firm = [count for count, more, told in known if not more and not told.finding.sentence.is_title]
    titles = [count for count, more, told in known if not more and told.finding.sentence.is_title]
    added = [count for count, more, _ in known if more]
    base = max(firm) if firm else (titles[0] if titles else None)
    if base is None:
        return sum(added)
    if base == 0 and any(t.finding.toll.is_vague for _, _, t in counts):
        return None
    return base + sum(added) if firm else base


def disagreements(event: Event) -> list[str]:
    """Return one sentence for each number or object that the accounts tell differently."""
    notes = []
    for what in ("killed", "wounded"):
        told = [
            getattr(t.finding.toll, what)
            for t in event.told
            if getattr(t.finding.toll, what) is not None
            and not getattr(t.finding.toll, f"more_{what}")
        ]
        if len(set(told)) > 1:
            notes.append(
                f"accounts differ on the {what}: {', '.join(str(n) for n in dict.fromkeys(told))}"
            )
    things = dict.fromkeys(
        t.finding.trigger.word
        for t in event.told
        if t.finding.trigger.meaning.sub_event_type == "Disrupted weapons use"
    )
    if len(things) > 1:
        notes.append(f"accounts differ on what it was: {', '.join(things)}")
    return notes
