"""What one sentence reports: events with their place, date, toll and actors."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer.place import Level, Status
from mapper.extraction import (
    actors,
    arabic,
    casualties,
    clauses,
    coordination,
    datelines,
    dating,
    events,
    frames,
    gapping,
    kinds,
    kurdish,
    matters,
    phrases,
    places,
    references,
    spotting,
    tellings,
    totals,
)
from mapper.extraction.casualties import Toll
from mapper.extraction.contexts import Context
from mapper.extraction.dates import DateWords
from mapper.extraction.events import Trigger
from mapper.extraction.languages import KURDISH
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Document, Sentence, Token


@dataclass(frozen=True, slots=True)
class Finding:
    """One telling of one event, in one sentence.

    ``kinds`` are the sub-event types of all its words. ``spot`` is its place,
    ``body`` the place in the name of an organisation that the sentence speaks
    of; of an event abroad it is kept, so that what goes on about it is not put in Iraq.
    ``when`` dates the event, ``spoken`` the telling. ``is_definite`` events
    were told before ("the strike"); ``is_separate`` ones were not ("another"), and
    ``is_elsewhere`` ones happened in a place of their own. ``is_plural`` words
    tell of several ("attacks").
    ``is_joint`` tellings sum up two or more that may follow one by one; ``is_part``
    ones tell of one of those ("the first blast"). ``before`` is the one place of the
    sentence before, which tells of no event.
    """

    sentence: Sentence
    trigger: Trigger
    kinds: frozenset[str]
    spot: Spot | None
    toll: Toll
    when: DateWords | None = None
    spoken: DateWords | None = None
    body: Spot | None = None
    also_at: tuple[Spot, ...] = ()
    actor1: str | None = None
    actor2: str | None = None
    is_definite: bool = False
    is_separate: bool = False
    is_elsewhere: bool = False
    is_plural: bool = False
    is_total: bool = False
    is_joint: bool = False
    is_part: bool = False
    before: Spot | None = None

    @property
    def label(self) -> str:
        """The sub-event type, or the event type where the words do not tell more."""
        return self.trigger.meaning.sub_event_type or self.trigger.meaning.event_type


def _start(token: Token) -> int:
    return token.start


def in_parts(sentence: Sentence) -> Sentence:
    """Return a sentence with its words as the lexicons list them, where a language inflects."""
    if sentence.language == "ar":
        return replace(sentence, tokens=arabic.split(sentence.tokens))
    if sentence.language in KURDISH:
        return replace(sentence, tokens=kurdish.split(sentence.tokens, sentence.language))
    return sentence


def find(
    document: Document, sentence: Sentence, context: Context, *, written: Sequence[DateWords]
) -> list[Finding]:
    """Return the events that a sentence reports as having happened in Iraq.

    The sentence is one `in_parts`; ``written`` are the words for dates in it.
    """
    language = sentence.language
    if context.language != language:
        context = replace(context, language=language)
    tokens = sentence.tokens
    if tokens[-1].text in "?؟":
        return []  # A question reports nothing.
    begin = datelines.dateline_end(sentence)
    triggers = [
        t
        for t in events.find(tokens, language=context.language, is_crowd=context.is_crowd)
        if t.first >= begin
    ]
    triggers = _with_seizures(triggers, sentence, context)
    if events.main(triggers) is None:
        return []
    spots = _spots(document, sentence, context, triggers)
    told_by = frames.find(tokens, triggers, language=language)
    spots = frames.weaken(spots, told_by)
    if not (begin and tokens[begin - 1].text == ":"):  # "March 22, 2007: a rocket landed"
        written = [
            words for words in written if words.start >= tokens[min(begin, len(tokens) - 1)].start
        ]
    found: list[Finding] = []
    if language == "en":
        parts = clauses.split(tokens, triggers, spots)
    else:
        parts = coordination.split(tokens, triggers, spots, language=language)
    for first, last in parts:
        is_sequel = first > 0 and tokens[first - 1].lower in clauses.BEFORE
        told = clauses.reported(triggers, first - 1) if is_sequel else triggers
        finding = _clause(sentence, (first, last), told, spots, written, context, told_by)
        if finding and any(other.toll.is_told for other in found):
            # "A bomb killed four in Hilla, while three others died in Kut": on top of none.
            own = replace(finding.toll, more_killed=False, more_wounded=False)
            finding = replace(finding, toll=own)
        if finding:
            found.append(finding)
        if finding and finding.spot and language == "en":
            gaps = gapping.find(tokens, (first, last), finding.spot, spots)
            found = [*found[:-1], *_with_gaps(finding, gaps)] if gaps else found
    if language != "en" and found and found[0].is_total:
        # What stands behind the sum of a month are its parts.
        found = [replace(finding, is_total=True) for finding in found]
    return found


def _with_gaps(finding: Finding, gaps: Sequence[gapping.Gap]) -> list[Finding]:
    """Return a telling, and what its clause counts at further places as events of their own."""
    counted = {gap.spot.name for gap in gaps}
    rest = tuple(spot for spot in finding.also_at if spot.name not in counted)
    whole = [] if gaps[0].spot is finding.spot else [replace(finding, also_at=rest)]
    parts = [
        replace(
            finding,
            spot=gap.spot,
            also_at=(),
            toll=Toll(
                killed=gap.number if gap.fate == "killed" else None,
                wounded=gap.number if gap.fate == "wounded" else None,
                is_told=True,
                heads=finding.toll.heads,
            ),
        )
        for gap in gaps
    ]
    return [*whole, *parts]


def _with_seizures(triggers: list[Trigger], sentence: Sentence, context: Context) -> list[Trigger]:
    """Add the verbs that take a place which the sentence names: "seized Hit"."""
    tokens = sentence.tokens
    if not events.may_seize(tokens, language=context.language):
        return triggers
    named = {
        mention.start: mention.end
        for mention in context.within(sentence.start, sentence.end)
        if mention.match.status is Status.RESOLVED
    }
    starts = {n: named[token.start] for n, token in enumerate(tokens) if token.start in named}
    if not starts:
        return triggers
    names = {n: bisect_left(tokens, end, key=_start) for n, end in starts.items()}
    added = {t.first: t for t in events.seizures(tokens, names, language=context.language)}
    kept = [t for t in triggers if t.first not in added or t.meaning.event_type == "Battles"]
    taken = {t.first for t in kept}
    return sorted(
        [*kept, *(t for t in added.values() if t.first not in taken)],
        key=lambda trigger: trigger.first,
    )


def _clause(
    sentence: Sentence,
    span: tuple[int, int],
    triggers: Sequence[Trigger],
    spots: Sequence[Spot],
    written: Sequence[DateWords],
    context: Context,
    told_by: Sequence[tuple[int, int]],
) -> Finding | None:
    first, last = span
    tokens = sentence.tokens
    clause = tokens if span == (0, len(tokens)) else tokens[first:last]
    inside = [trigger for trigger in triggers if first <= trigger.first < last]
    main = events.main(inside)
    if main is None or matters.is_other_matter(tokens, main, language=context.language):
        return None
    if context.is_mishap and main.meaning.outcome:
        return None
    if tellings.is_release(tokens, main, written):
        return None
    if main.is_background and any(t.meaning.outcome and not t.is_background for t in inside):
        # "Two died after a bomb went off": the bomb is the news.
        main = replace(main, is_background=False)
    nearby = [spot for spot in spots if first <= spot.first < last]
    spot = places.choose(
        nearby, main.first, main.last, tokens=tokens, is_title=_is_headline(sentence)
    )
    if (spot is None or spot.is_country or spot.weight < 1) and _names_town(clause):
        spot = _town_meant(nearby) or spot
    if spot and spot.is_outside:
        spot = _told_nearer(spot, nearby)
        if spot.is_outside and spot.weight < _FIRM:
            return None
    if spot and spot.weight < 1:
        spot = None
    if context.leads_with_mishap and main.meaning.outcome and spot is None:
        return None
    own_dates = [
        words for words in written if tokens[first].start <= words.start < tokens[last - 1].end
    ]
    if own_dates and all(words.kind == "context" and words.bound for words in own_dates):
        own_dates = list(written)  # "A day after gunmen shot two in X, a bomb on Monday"
    if first and not own_dates:
        # "Over the weekend a bomb killed four in Hit, and gunmen shot five in Ana."
        own_dates = [words for words in written[:1] if words.start < tokens[_LEAD].start]
    if spot is None and context.language == "ar":
        spot = frames.beat(nearby, tokens, context.gaz)
    doubted = [t for t in triggers if t.doubt]
    own_dates, is_own = frames.own_dates(own_dates, tokens, told_by)
    when, spoken = dating.dates_of(own_dates, tokens, main, doubted)
    spoken = spoken if is_own else spoken or when
    if when and main.is_background and when.kind != "context":
        # "On Monday he spoke, after a bombing": the day is the speech's.
        passed = {t.lower for t in tokens[: main.first] if t.start >= when.end}
        when = None if clauses.BEFORE & passed or "since" in passed else when
    of_dates = [
        n
        for words in written
        for n in range(
            bisect_left(clause, words.start, key=_start), bisect_left(clause, words.end, key=_start)
        )
    ]
    toll = casualties.read(
        clause,
        language=context.language,
        skip=frozenset(of_dates),
        ignore=frozenset(
            n - first for n in tellings.words_of_others(inside, tokens, main, written)
        ),
    )
    if context.language == "en" and toll.is_told:
        toll = _in_order(toll, tokens, span, main)
    if not toll.is_told and _only_names_victims(tokens, main):
        return None
    if toll.killed and main.meaning.sub_event_type == "Abduction/forced disappearance":
        main = replace(main, meaning=replace(main.meaning, sub_event_type="Attack"))
    active = [t for t in inside if not t.doubt and not t.meaning.agent] or [main]
    actor1, actor2 = actors.read(
        tokens, min(active, key=lambda t: t.first), span, told_by=told_by, language=context.language
    )
    if context.language == "en":
        is_on_post = kinds.meets_troops(phrases.words_of(tokens), main, span)
    else:
        is_aimed = main.meaning.target or main.meaning.sub_event_type == "Attack"
        is_on_post = is_aimed and actors.names_post(tokens[main.first : last])
    main = kinds.of_strike(main, inside, toll)
    main = kinds.of_doers(main, toll, actor1)
    if not (sentence.is_title and not toll.heads):  # "Three Shot Dead": the body says who
        is_of_aid = kinds.speaks_of_aid(phrases.words_of(clause))
        main = kinds.of_fighters(main, toll, actor2, is_on_post=is_on_post, is_of_aid=is_of_aid)
    main = kinds.of_civilians(main, toll, actor2, phrases.words_of(clause))
    main = kinds.of_stones(main, inside)
    if context.is_crowd:
        main = kinds.of_crowds(main, toll, (actor1, actor2))
    if actor2 and actor2.is_vague and main.meaning.event_type == "Strategic developments":
        actor2 = None
    body = next((spot for spot in nearby if spot.is_body and not spot.is_outside), None)
    is_open = main.meaning.target or main.meaning.vague
    refers = references.of(tokens, span, main, language=context.language)
    goes_on = refers.goes_on and not (spot and toll.is_told)
    is_count = context.language == "en" and tellings.is_count(tokens, span, main)
    if is_count:
        main = replace(main, meaning=replace(main.meaning, outcome=True))
    is_definite = refers.is_definite or goes_on or tellings.is_definite(tokens, main)
    is_definite = is_definite or (is_count and spot is None)
    is_unknown = spot is None and not of_dates and tellings.opens_with_name(tokens, span)
    is_crowd = main.meaning.event_type == "Protests" and not toll.is_told
    is_alone = spot is None or spot.is_country or (context.language != "en" and not is_crowd)
    also_at = places.coordinated(nearby, spot, tokens)[1:] if spot and not is_alone else []
    is_dated = when is not None and (is_definite or not is_open)
    if not (spot or toll.is_told or toll.is_of_one or body or sentence.is_title or is_dated):
        # "Attacks on troops", told of nobody, nowhere, never, are no event's telling.
        return None
    return Finding(
        sentence=sentence,
        trigger=main,
        kinds=frozenset(
            t.meaning.sub_event_type or t.meaning.event_type for t in inside if not t.doubt
        ),
        spot=spot,
        toll=toll,
        when=when,
        spoken=spoken,
        body=body,
        also_at=tuple(also_at),
        actor1=actor1.name if actor1 else None,
        actor2=actor2.name if actor2 else None,
        is_definite=is_definite,
        is_separate=is_unknown
        or refers.is_separate
        or tellings.is_separate(tokens, span, main, toll),
        is_elsewhere=is_unknown or refers.is_elsewhere or tellings.is_elsewhere(tokens, span),
        is_plural=refers.is_plural or tellings.is_plural(tokens, main),
        is_total=(len(also_at) >= _MANY and when is None and spoken is None and not toll.is_told)
        or totals.is_total(tokens, span, main, own_dates, toll, language=context.language),
        is_joint=tellings.is_joint(tokens, span),
        is_part=refers.is_part or tellings.is_part(tokens, span, main),
    )


def _in_order(toll: Toll, tokens: Sequence[Token], span: tuple[int, int], main: Trigger) -> Toll:
    """Return a toll as it goes with those told before: a sum of them, or on top of them."""
    if tellings.sums_up(tokens, span):
        toll = replace(toll, is_raised=True)
    if tellings.adds_next(tokens, main):
        toll = replace(
            toll,
            more_killed=toll.more_killed or toll.killed is not None,
            more_wounded=toll.more_wounded or toll.wounded is not None,
        )
    return toll


def _only_names_victims(tokens: Sequence[Token], main: Trigger) -> bool:
    """Whether English words only speak of those hurt: "doctors treated the wounded"."""
    before = tokens[main.first - 1].lower if main.first else ""
    return before == "the" and main.word in _VICTIMS


_VICTIMS = frozenset({"wounded", "dead", "injured", "bodies", "corpses"})


def place_of(document: Document, sentence: Sentence, context: Context) -> Spot | None:
    """Return the one place where a sentence that tells of no event puts what it tells, or None."""
    mentions = context.within(sentence.start, sentence.end)
    if not mentions or sentence.language != "en":
        return None
    found = _spots(document, sentence, context, ())
    firm = [
        s for s in found if s.weight >= _FIRM and not (s.is_outside or s.is_country or s.is_body)
    ]
    firm = [spot for spot in firm if not spot.is_loose]
    names = {spot.place.id if spot.place else spot.name for spot in firm}
    return firm[0] if len(names) == 1 else None


# Words at the head of a sentence, whose date is of all that it tells.
_LEAD = 3
# "In Hawija", "residents of Hawija": nothing less puts there what follows.
_FIRM = 3.3


def _spots(
    document: Document, sentence: Sentence, context: Context, triggers: Sequence[Trigger]
) -> list[Spot]:
    return spotting.spots(
        sentence,
        context.within(sentence.start, sentence.end),
        text=document.text,
        capital=context.capital,
        home=context.home,
        gaz=context.gaz,
        triggers=triggers,
        language=context.language,
    )


# So many places in one breath, on no day, are where things happen, not where one did.
_MANY = 3


def _is_headline(sentence: Sentence) -> bool:
    """Whether a sentence is a headline: a title, or a lone line without a full stop."""
    return sentence.is_title or (sentence.index == 0 and sentence.tokens[-1].text not in ".!?…")


_TOWN = frozenset({"there", "city", "town", "village"})


def _told_nearer(abroad: Spot, nearby: Sequence[Spot]) -> Spot:
    """Return the Iraqi place that says which namesake is meant, if any: "Medina, near Qurna"."""
    behind = (s for s in nearby if 0 <= s.first - abroad.last <= _BESIDE and not s.is_outside)
    return next((spot for spot in behind if not spot.is_country), abroad)


_BESIDE = 2  # words


def _names_town(clause: Sequence[Token]) -> bool:
    return not _TOWN.isdisjoint(phrases.words_of(clause))


def _town_meant(nearby: Sequence[Spot]) -> Spot | None:
    """Return the town that "the city" means: the only one named before."""
    towns = [
        spot
        for spot in nearby
        if not spot.is_outside
        and not spot.is_country
        and not spot.is_body
        and spot.place is not None
    ]
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


def is_admin1(spot: Spot) -> bool:
    """Whether a place is a governorate."""
    return spot.place is not None and spot.place.level is Level.ADM1
