"""What one sentence reports: events with their place, date, toll and actors."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from gazetteer.place import Status
from mapper.extraction import (
    arabic,
    clauses,
    coordination,
    datelines,
    events,
    frames,
    gapping,
    kurdish,
    places,
    reported,
    revisions,
    spotting,
    vocabulary,
)
from mapper.extraction.casualties import Toll
from mapper.extraction.contexts import LEAD, Context
from mapper.extraction.dates import OF_THE_NEWS, DateWords
from mapper.extraction.events import Trigger
from mapper.extraction.finding import Finding
from mapper.extraction.languages import KURDISH
from mapper.extraction.places import Spot
from mapper.extraction.reported import Clause
from mapper.extraction.sentences import Document, Sentence, token_start


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
        for t in events.find(tokens, language=context.language, given=context.given)
        if t.first >= begin
    ]
    triggers = _with_seizures(triggers, sentence, context)
    if events.main(triggers) is None:
        is_body = language == "en" and not sentence.is_title
        new = revisions.recount(tokens, vocabulary.words("en")) if is_body else None
        if new is None:
            return []
        triggers = [events.recount(new.at)]
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
        finding = reported.read(
            Clause(sentence, (first, last), told, spots, written, context, told_by)
        )
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
    when = finding.when
    # Parts of a day's sum are events, those of a month's sums of their own.
    is_of_day = when is not None and (when.kind in OF_THE_NEWS or when.day is not None)
    counted = {gap.spot.name for gap in gaps}
    rest = tuple(spot for spot in finding.also_at if spot.name not in counted)
    whole = [] if gaps[0].spot is finding.spot else [replace(finding, also_at=rest)]
    parts = [
        replace(
            finding,
            spot=gap.spot,
            also_at=(),
            is_total=finding.is_total and not is_of_day,
            is_plural=False,
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
        if mention.match.status is Status.RESOLVED and not mention.match.area
    }
    starts = {n: named[token.start] for n, token in enumerate(tokens) if token.start in named}
    if not starts:
        return triggers
    names = {n: bisect_left(tokens, end, key=token_start) for n, end in starts.items()}
    added = {t.first: t for t in events.seizures(tokens, names, language=context.language)}
    kept = [t for t in triggers if t.first not in added or t.meaning.event_type == "Battles"]
    taken = {t.first for t in kept}
    return sorted(
        [*kept, *(t for t in added.values() if t.first not in taken)],
        key=lambda trigger: trigger.first,
    )


def place_of(document: Document, sentence: Sentence, context: Context) -> Spot | None:
    """Return the one place where a sentence that tells of no event puts what it tells, or None."""
    mentions = context.within(sentence.start, sentence.end)
    if not mentions or sentence.language != "en":
        return None
    found = _spots(document, sentence, context, ())
    firm = [spot for spot in found if spot.weight >= places.FIRM and spot.is_in_iraq]
    firm = [spot for spot in firm if not spot.is_loose or len(found) == 1]
    firm = [spot for spot in firm if not places.only_tells_where(sentence.tokens, spot, found)]
    firm = [spot for spot in firm if spot.place] or firm  # "In Mosul, a house in the X district"
    names = {spot.place.id if spot.place else spot.name for spot in firm}
    return firm[0] if len(names) == 1 else None


def _spots(
    document: Document, sentence: Sentence, context: Context, triggers: Sequence[Trigger]
) -> list[Spot]:
    return spotting.spots(
        sentence,
        context.within(sentence.start, sentence.end),
        text=document.text,
        capital=context.capital,
        home=context.home,
        topic=context.topic if 0 < sentence.index < LEAD else None,
        gaz=context.gaz,
        triggers=triggers,
        language=context.language,
    )
