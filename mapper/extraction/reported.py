"""What one clause reports: its event, where and when that was, what it cost, who did it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mapper.extraction import (
    actors,
    casualties,
    clauses,
    dating,
    events,
    frames,
    kinds,
    matters,
    places,
    references,
    tellings,
    totals,
)
from mapper.extraction.actors import Actor
from mapper.extraction.casualties import Toll
from mapper.extraction.contexts import Context
from mapper.extraction.dates import DateWords
from mapper.extraction.events import Trigger
from mapper.extraction.finding import Finding
from mapper.extraction.grouping import speech
from mapper.extraction.languages import KURDISH
from mapper.extraction.places import FIRM, Spot
from mapper.extraction.sentences import Sentence, Tokens, token_start
from mapper.extraction.weights import LOOSE, WHO_LIVE

_TOWN = frozenset({"there", "city", "town", "village"})
_CARE = ("treat", "condition", "intensive care")
_VICTIMS = frozenset({"wounded", "dead", "injured", "bodies", "corpses"})
_BESIDE = 2  # words
_LEAD = 3  # words at the head of a sentence, whose date is of all that it tells
_MANY = 3  # places in one breath, on no day: where things happen, not where one did


@dataclass(slots=True)
class Clause:
    """The words ``span`` of a sentence, and what has been found in the whole of it.

    ``triggers`` are its words for events, ``spots`` its places, ``written`` its words for
    dates, ``told_by`` the words that only say who tells it. ``tokens`` are the sentence's words,
    ``words`` those of the clause, of which ``words_of_dates`` tell dates; ``inside`` are the
    triggers, ``nearby`` the places within the clause.
    """

    sentence: Sentence
    span: tuple[int, int]
    triggers: Sequence[Trigger]
    spots: Sequence[Spot]
    written: Sequence[DateWords]
    context: Context
    told_by: Sequence[tuple[int, int]]
    tokens: Tokens = field(init=False)
    is_english: bool = field(init=False)
    words: Tokens = field(init=False)
    words_of_dates: frozenset[int] = field(init=False)
    inside: list[Trigger] = field(init=False)
    nearby: list[Spot] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.sentence.tokens
        self.is_english = self.context.language == "en"
        first, last = self.span
        is_whole = self.span == (0, len(self.tokens))
        self.words = self.tokens if is_whole else self.tokens.part(first, last)
        self.inside = [t for t in self.triggers if first <= t.first < last]
        self.nearby = [spot for spot in self.spots if first <= spot.first < last]
        self.words_of_dates = frozenset(
            n
            for date in self.written
            for n in range(
                bisect_left(self.words, date.start, key=token_start),
                bisect_left(self.words, date.end, key=token_start),
            )
        )


def read(clause: Clause) -> Finding | None:
    """Return the event that a clause reports as having happened in Iraq, or None."""
    main = _event(clause)
    if main is None:
        return None
    spot = _place(clause, main)
    if spot and _is_told_from(spot, clause):
        spot = None
    if spot and spot.is_outside and spot.weight < FIRM:
        return None
    is_cared_for = main.meaning.outcome and any(word in main.word for word in _CARE)
    if spot and (spot.weight < 1 or is_cared_for):
        spot = None  # Where the wounded are treated, nothing happened.
    if spot is None and clause.context.leads_with_mishap and main.meaning.outcome:
        return None
    own_dates, is_own = _own_dates(clause)
    when, spoken = _days(clause, main, own_dates, is_own=is_own)
    if spot is None and clause.context.language == "ar":
        spot = frames.beat(clause.nearby, clause.tokens, clause.context.gaz)
    toll = _toll(clause, main)
    if not toll.is_told and _only_names_victims(clause.tokens, main):
        return None
    if when and _only_counts(main, spot, toll) and dating.is_of_telling(when, clause.tokens, main):
        when, spoken = None, when
    main, actor1, actor2 = _kind(clause, main, toll)
    finding = Finding(
        sentence=clause.sentence,
        trigger=main,
        kinds=frozenset(
            t.meaning.sub_event_type or t.meaning.event_type for t in clause.inside if not t.doubt
        ),
        spot=spot,
        around=tuple(s for s in clause.nearby if s.weight > 0 and s.is_in_iraq),
        toll=toll,
        when=when,
        spoken=spoken,
        body=_body(clause),
        actor1=actor1.name if actor1 else None,
        actor2=actor2.name if actor2 else None,
    )
    told = _as_told(clause, finding, own_dates)
    is_of_person = clause.is_english and tellings.is_of_person(clause.tokens, main)
    if told and is_of_person and spot and spot.is_country:
        return replace(told, is_total=True)  # who somebody was: left out, which is said
    return told


def _is_told_from(spot: Spot, clause: Clause) -> bool:
    """Whether a place abroad is only where somebody told it: "Some 22 were hurt, he said in X"."""
    before = clause.tokens.words[max(0, spot.first - 2) : spot.first]
    return spot.is_outside and before in (["said", "in"], ["said", "from"])


def _only_counts(main: Trigger, spot: Spot | None, toll: Toll) -> bool:
    """Whether a clause only tells how many, of what was told before: "said six had died"."""
    is_count = main.meaning.outcome or main.word in _VICTIMS
    return is_count and toll.is_told and (spot is None or spot.weight == LOOSE)


def _body(clause: Clause) -> Spot | None:
    """Return the body of a place that acts or tells; in Kurdish mostly police or a hospital."""
    if clause.context.language in KURDISH:
        return None
    return next((s for s in clause.nearby if s.is_body and not s.is_outside), None)


def _event(clause: Clause) -> Trigger | None:
    """Return the word for the event that the clause is about, or None if it reports none."""
    main = _event_before(clause) or events.main(clause.inside)
    context = clause.context
    if main is None:
        return None
    words = _part(clause.tokens, main) if clause.is_english else clause.tokens
    if matters.is_other_matter(words, main, language=context.language):
        return None
    if context.is_mishap and main.meaning.outcome:
        return None
    if tellings.is_release(clause.tokens, main, clause.written):
        return None
    if tellings.is_unharmed_release(clause.tokens, main):
        return None
    if main.is_background and any(t.meaning.outcome and not t.is_background for t in clause.inside):
        # "Two died after a bomb went off": the bomb is the news.
        return replace(main, is_background=False)
    return main


def _event_before(clause: Clause) -> Trigger | None:
    """Return what the news is dated from: "The blast came ten days after a bomb in X"."""
    words = clause.tokens.words
    if not clause.is_english or _CAME.isdisjoint(words):
        return None
    for counted in clause.written:
        at = bisect_left(clause.tokens, counted.start, key=token_start)
        if counted.kind == "context" and counted.bound and counted.days:
            behind = [t for t in clause.inside if t.first > at and not t.doubt]
            if not _CAME.isdisjoint(words[max(0, at - 2) : at]) and behind:
                return events.main([replace(t, is_background=False) for t in behind])
    return None


_CAME = frozenset({"came", "comes", "occurred", "happened"})


def _part(tokens: Tokens, main: Trigger) -> Tokens:
    """Return the words up to a semicolon behind a trigger: "Ten died; the building collapsed"."""
    if ";" not in tokens.words:
        return tokens
    end = next((n for n in range(main.last, len(tokens)) if tokens[n].text == ";"), len(tokens))
    return tokens if end == len(tokens) else Tokens(tokens[:end])


# --- where ---------------------------------------------------------------------------


def _place(clause: Clause, main: Trigger) -> Spot | None:
    nearby = clause.nearby
    spot = places.choose(
        nearby,
        main.first,
        main.last,
        tokens=clause.tokens,
        is_title=_is_headline(clause.sentence),
    )
    if (spot is None or spot.is_country or spot.weight < 1) and _names_town(clause.words):
        spot = _town_meant(nearby) or spot
    if spot is None and clause.is_english and main.meaning.event_type in _OF_CROWDS:
        spot = _of_those_who_gathered(clause, main)
    return _told_nearer(spot, nearby) if spot and spot.is_outside else spot


def _is_headline(sentence: Sentence) -> bool:
    """Whether a sentence is a headline: a title, or a lone line without a full stop."""
    return sentence.is_title or (sentence.index == 0 and sentence.tokens[-1].text not in ".!?…")


def _told_nearer(abroad: Spot, nearby: Sequence[Spot]) -> Spot:
    """Return the Iraqi place that says which namesake is meant, if any: "Medina, near Qurna"."""
    behind = (s for s in nearby if 0 <= s.first - abroad.last <= _BESIDE and not s.is_outside)
    return next((spot for spot in behind if not spot.is_country), abroad)


def _of_those_who_gathered(clause: Clause, main: Trigger) -> Spot | None:
    """Return the town of those who protest, or of its police: "Basra graduates blocked a road"."""
    for spot in clause.nearby:
        behind = clause.tokens.words[spot.last : main.first]
        is_subject = spot.is_body and not spot.is_outside and spot.place is not None
        if is_subject and behind[:1] != [] and behind[0] in _LOCALS and speech().isdisjoint(behind):
            return replace(spot, weight=1.0, is_body=False)
    return None


_OF_CROWDS = ("Protests", "Riots")
_LOCALS = WHO_LIVE | frozenset(
    {
        "farmers",
        "teachers",
        "graduates",
        "workers",
        "employees",
        "drivers",
        "shopkeepers",
        "traders",
        "doctors",
        "lawyers",
        "police",
    }
)


def _names_town(words: Tokens) -> bool:
    return not _TOWN.isdisjoint(words.words)


def _town_meant(nearby: Sequence[Spot]) -> Spot | None:
    """Return the town that "the city" means: the only one named before."""
    towns = [spot for spot in nearby if spot.place is not None and spot.is_in_iraq]
    names = {spot.place.id for spot in towns if spot.place}
    if len(names) != 1:
        return None
    town = towns[0]
    return Spot(
        town.name,
        town.first,
        town.last,
        town.precision,
        2.0,
        town.place,
        words=town.words,
        admin1=town.admin1,
    )


# --- when ----------------------------------------------------------------------------


def _own_dates(clause: Clause) -> tuple[list[DateWords], bool]:
    """Return the words for dates that are of this clause, and whether they date its event."""
    first, last = clause.span
    tokens, written = clause.tokens, clause.written
    own = [words for words in written if tokens[first].start <= words.start < tokens[last - 1].end]
    if first and tokens[first - 1].lower in clauses.BEFORE:
        # "Troops retook Baiji, two days after a bomber killed ten in Tikrit."
        own += [words for words in written if words.end == tokens[first - 1].end]
    if own and all(words.kind == "context" and words.bound for words in own):
        own = list(written)  # "A day after gunmen shot two in X, a bomb on Monday"
    if first and not own:
        # "Over the weekend a bomb killed four in Hit, and gunmen shot five in Ana."
        own = [words for words in written[:1] if words.start < tokens[_LEAD].start]
    return frames.own_dates(own, tokens, clause.told_by)


def _days(
    clause: Clause, main: Trigger, own: list[DateWords], *, is_own: bool
) -> tuple[DateWords | None, DateWords | None]:
    """Return the words that date the event, and those that date the telling."""
    tokens = clause.tokens
    doubted = [t for t in clause.triggers if t.doubt]
    when, spoken = dating.dates_of(own, tokens, main, doubted)
    spoken = spoken if is_own else spoken or when
    if when and main.is_background and when.kind != "context":
        # "On Monday he spoke, after a bombing": the day is the speech's.
        passed = {t.lower for t in tokens[: main.first] if t.start >= when.end}
        when = None if clauses.BEFORE & passed or "since" in passed else when
    return when, spoken


# --- what it cost --------------------------------------------------------------------


def _toll(clause: Clause, main: Trigger) -> Toll:
    first, tokens = clause.span[0], clause.tokens
    others = tellings.words_of_others(clause.inside, tokens, main, clause.written)
    toll = casualties.read(
        clause.words,
        language=clause.context.language,
        skip=clause.words_of_dates,
        ignore=frozenset(n - first for n in others),
    )
    return _in_order(toll, clause, main) if clause.is_english and toll.is_told else toll


def _in_order(toll: Toll, clause: Clause, main: Trigger) -> Toll:
    """Return a toll as it goes with those told before: a sum of them, or on top of them."""
    if tellings.sums_up(clause.tokens, clause.span):
        toll = replace(toll, is_raised=True)
    if tellings.died_of_wounds(clause.tokens, main):
        toll = replace(toll, is_of_wounded=True)
    if tellings.adds_next(clause.tokens, main):
        toll = replace(
            toll,
            more_killed=toll.more_killed or toll.killed is not None,
            more_wounded=toll.more_wounded or toll.wounded is not None,
        )
    return toll


def _only_names_victims(tokens: Tokens, main: Trigger) -> bool:
    """Whether English words only speak of those hurt: "doctors treated the wounded"."""
    before = tokens[main.first - 1].lower if main.first else ""
    return before == "the" and main.word in _VICTIMS


# --- of what kind, and by whom -------------------------------------------------------


def _kind(clause: Clause, main: Trigger, toll: Toll) -> tuple[Trigger, Actor | None, Actor | None]:
    """Return the event with the kind that toll and actors make of it, and those actors."""
    context = clause.context
    if toll.killed and main.meaning.sub_event_type == "Abduction/forced disappearance":
        main = replace(main, meaning=replace(main.meaning, sub_event_type="Attack"))
    active = [t for t in clause.inside if not t.doubt and not t.meaning.agent] or [main]
    doing = min(active, key=lambda t: t.first)
    actor1, actor2 = actors.read(
        clause.tokens, doing, clause.span, told_by=clause.told_by, language=context.language
    )
    words = clause.words.words
    is_on_post = _is_on_post(clause, main)
    main = kinds.of_strike(main, clause.inside, toll)
    main = kinds.of_raid(main, clause.inside, toll, actor1)
    main = kinds.of_doers(main, toll, actor1)
    if not (clause.sentence.is_title and not toll.heads):  # "Three Shot Dead": the body says who
        is_of_aid = kinds.speaks_of_aid(words)
        main = kinds.of_fighters(main, toll, actor2, is_on_post=is_on_post, is_of_aid=is_of_aid)
    main = kinds.of_civilians(main, toll, actor2, words)
    main = kinds.of_stones(main, clause.inside)
    if context.is_crowd:
        main = kinds.of_crowds(main, toll, (actor1, actor2))
    if actor2 and actor2.is_vague and main.meaning.event_type == "Strategic developments":
        actor2 = None
    return main, actor1, actor2


def _is_on_post(clause: Clause, main: Trigger) -> bool:
    """Whether what was attacked are troops or their post."""
    if clause.is_english:
        return kinds.meets_troops(clause.tokens.words, main, clause.span)
    is_aimed = main.meaning.target or main.meaning.sub_event_type == "Attack"
    return bool(is_aimed) and actors.names_post(clause.tokens.part(main.first, clause.span[1]))


# --- how it goes with what was told before -------------------------------------------


def _turns_violent(tokens: Tokens, span: tuple[int, int], main: Trigger) -> bool:
    """Whether those told before riot: "The demonstrators threw stones at a convoy"."""
    opening = tokens.words[span[0] : span[0] + 2]
    is_crowd = opening[:1] == ["the"] and opening[-1] in kinds.crowd()
    return is_crowd and main.meaning.event_type == "Riots" and not main.is_background


def _as_told(clause: Clause, finding: Finding, own_dates: list[DateWords]) -> Finding | None:
    """Return a telling with what its words say of other tellings; None if it is of no event."""
    tokens, span, context = clause.tokens, clause.span, clause.context
    main, spot, toll = finding.trigger, finding.spot, finding.toll
    is_open = main.meaning.target or main.meaning.vague
    is_turn = clause.is_english and context.is_crowd and _turns_violent(tokens, span, main)
    refers = references.of(tokens, span, main, language=context.language)
    goes_on = refers.goes_on and not (spot and toll.is_told)
    is_count = context.language != "ar" and tellings.is_count(tokens, span, main)
    if is_count:
        main = replace(main, meaning=replace(main.meaning, outcome=True))
    is_definite = refers.is_definite or goes_on or tellings.is_definite(tokens, main)
    is_definite = is_definite or (is_count and spot is None)
    is_definite = is_definite or (is_turn and spot is None)
    is_unknown = (
        spot is None and not clause.words_of_dates and tellings.opens_with_name(tokens, span)
    )
    is_crowd = main.meaning.event_type == "Protests" and not toll.is_told
    also_at: list[Spot] = []
    if spot and not spot.is_country and (clause.is_english or is_crowd):
        also_at = places.coordinated(clause.nearby, spot, tokens)[1:]
    is_dated = finding.when is not None and (is_definite or not is_open)
    is_told = spot or toll.is_told or toll.is_of_one or finding.body or is_turn
    if not (is_told or clause.sentence.is_title or is_dated):
        # "Attacks on troops", told of nobody, nowhere, never, are no event's telling.
        return None
    is_undated = finding.when is None and finding.spoken is None
    return replace(
        finding,
        trigger=main,
        also_at=tuple(also_at),
        is_definite=is_definite,
        is_separate=is_unknown
        or _event_before(clause) is not None
        or refers.is_separate
        or tellings.is_separate(tokens, span, main, toll),
        is_elsewhere=is_unknown or refers.is_elsewhere or tellings.is_elsewhere(tokens, span),
        is_plural=refers.is_plural or tellings.is_plural(tokens, main),
        is_total=(len(also_at) >= _MANY and is_undated and not toll.is_told)
        or (len(also_at) > 1 and tellings.is_over_days(clause.words))
        or totals.is_total(tokens, span, main, own_dates, toll, language=context.language),
        is_joint=tellings.is_joint(tokens, span, main)
        or (clause.is_english and tellings.is_of_two(clause.inside, tokens, clause.nearby, toll)),
        is_part=refers.is_part or (not toll.is_older and tellings.is_part(tokens, span, main)),
    )
