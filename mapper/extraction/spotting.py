"""The places that a sentence names, each with its precision and its weight as an event's place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import Gazetteer
from gazetteer.place import Level, Match, Mention, Status, Use
from mapper.extraction import datelines, naming, unlisted
from mapper.extraction.events import Trigger
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Sentence, Token
from mapper.extraction.weights import Beside, lexicon, weigh


def spots(
    sentence: Sentence,
    mentions: Sequence[Mention],
    *,
    text: str,
    capital: Match | None = None,
    gaz: Gazetteer,
    triggers: Sequence[Trigger] = (),
    language: str = "en",
) -> list[Spot]:
    """Return the places of a sentence with the weight of each as an event's place.

    ``capital`` is what "the capital" stands for, or None where the text is not
    about Iraq. A name right before or
    behind a trigger's words is its place ("Baghdad car bombs", "withdrew from Hit").
    """
    objects = frozenset(
        t.last - 1
        for t in triggers
        if sentence.tokens[t.last - 1].lower in {"from", "of", "control"}
    )
    starts = frozenset(t.first for t in triggers if not t.meaning.outcome)
    words = lexicon(language)
    context = Beside(text, sentence.tokens, objects, starts, gaz, words)
    found = []
    for mention in mentions:
        if sentence.start <= mention.start < sentence.end and mention.use is not Use.DATELINE:
            span = _token_span(sentence.tokens, mention.start, mention.end)
            if span and not (
                datelines.is_dateline(sentence, span) or _is_person(context, span, mention)
            ):
                found.append(_spot(context, span, mention))
    if capital and capital.place:
        found += unlisted.capitals(context, capital.place, found)
    found += unlisted.unknown(context, found)
    return _with_admin1(sorted(found, key=lambda spot: spot.first), sentence.tokens)


def _token_span(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    first = bisect_right(tokens, start, key=_end)
    last = bisect_left(tokens, end, lo=first, key=_start)
    return (first, last) if first < last else None


def _start(token: Token) -> int:
    return token.start


def _end(token: Token) -> int:
    return token.end


_IN = frozenset(
    {"in", "at", "near", "outside", "inside", "across", "في", "ب", "داخل", "قرب", "علي"}
)


def _is_person(context: Beside, span: tuple[int, int], mention: Mention) -> bool:
    """Whether a name is a person's; nobody is killed "in" a person."""
    before = context.tokens[span[0] - 1].lower if span[0] else ""
    return mention.use is Use.PERSON and before not in _IN


def _spot(context: Beside, span: tuple[int, int], mention: Mention) -> Spot:
    tokens = context.tokens
    match = mention.match
    span = span if match.area else _without_preposition(tokens, span)
    name = context.text[
        max(mention.start, tokens[span[0]].start) : min(mention.end, tokens[span[1] - 1].end)
    ]
    weight, is_near = weigh(context, span, mention)
    outside = match.status is Status.OUTSIDE
    if outside and weight > 0 and not _is_location(tokens, span):
        weight = 0.0
    if any(n in context.objects for n in range(max(0, span[0] - 3), span[0])):
        weight = 5.0
    if span[1] in context.starts and not outside:
        weight = max(weight, 4.0)
    is_body = weight < 0 or (mention.use in (Use.ORGANISATION, Use.GOVERNMENT) and weight < 3.5)
    is_near = is_near or match.area is not None
    precision = _precision(context, span, match, is_near=is_near)
    first, last = span
    place = context.gaz.place(match.area.anchors[0]) if match.area else match.place
    if match.area:
        name = naming.CAPITAL.sub("", re.sub(r"^(?:on|in|at)\s+", "", name))
    if precision == "region" and match.place and match.place.level is Level.ADM0:
        name = naming.qualified(context, first, last)
    bare = name if match.area else naming.bare(name, precision)
    return Spot(
        name=naming.resolvable((bare, name), place, context) if not match.area else name,
        first=first,
        last=last,
        precision=precision,
        weight=max(weight, 0.0),
        place=place,
        is_outside=outside,
        is_body=is_body,
        words=naming.qualified(context, first, last) if is_near and not match.area else name,
    )


def _without_preposition(tokens: Sequence[Token], span: tuple[int, int]) -> tuple[int, int]:
    """Return the words of a name without a small word that only looks like its article."""
    first, last = span
    while first < last - 1 and tokens[first].text in {"as", "at", "in", "on", "an", "the", "of"}:
        first += 1
    return first, last


def _is_location(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a country's name stands for the country: "in Syria", but not "a US convoy"."""
    first, last = span
    before = tokens[first - 1].lower if first else ""
    after = tokens[last] if last < len(tokens) else None
    if before in {"a", "an", "and"}:
        return False
    return after is None or not after.is_word or after.lower in _FUNCTION_WORDS


_FUNCTION_WORDS = frozenset(
    [
        "on",
        "in",
        "at",
        "and",
        "or",
        "after",
        "before",
        "as",
        "when",
        "while",
        "where",
        "during",
        "since",
        "by",
        "with",
        "from",
        "to",
        "for",
        "of",
        "that",
        "which",
        "who",
        "killing",
        "wounding",
        "injuring",
        "leaving",
        "is",
        "was",
        "were",
        "has",
        "have",
        "had",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "early",
        "late",
        "overnight",
        "killed",
        "kills",
    ]
)


def _precision(context: Beside, span: tuple[int, int], match: Match, *, is_near: bool) -> str:
    tokens = context.tokens
    place = match.place
    if match.area is not None:
        return "relative"
    beside = {t.lower for t in tokens[max(0, span[0] - 2) : span[1] + 1] if t.is_word}
    if place and place.level is Level.SETTLEMENT and beside & _PROVINCE and not is_near:
        named = [
            t.lower
            for t in (*tokens[max(0, span[0] - 2) : span[0]], *tokens[span[1] - 1 : span[1] + 1])
        ]
        if named[:2] in (["province", "of"], ["governorate", "of"]) or named[-1] in _PROVINCE:
            return "adm1"
    if place is None and tokens[span[0]].lower in {"iraq", "iraqi"}:
        return "country"
    if place is None:
        return "relative" if is_near else "settlement"
    if place.level is Level.ADM0:
        return "region" if _has_direction(context, span) else "country"
    if place.level is Level.REGION:
        return "region"
    if is_near:
        return "relative"
    return str(place.level)


_PROVINCE = frozenset({"province", "governorate"})


def _has_direction(context: Beside, span: tuple[int, int]) -> bool:
    tokens = context.tokens
    first, last = span
    around = [
        token.lower for token in (*tokens[max(0, first - 1) : last], *tokens[last : last + 2])
    ]
    return bool(
        context.lexicon["directions"] & set(around[:-1] if around[-1:] != ["north"] else around)
    )


def _with_admin1(found: list[Spot], tokens: Sequence[Token]) -> list[Spot]:
    """Give each place the governorate that the sentence tells for it."""
    units = [spot for spot in found if spot.place and spot.place.level is Level.ADM1]
    told: list[Spot] = []
    for spot in found:
        unit = next(
            (
                unit
                for unit in units
                if unit is not spot and spot.place is not None and spot.place.adm1 == unit.place.id  # type: ignore[union-attr]
            ),
            None,
        )
        if unit is None and spot.place is None and not spot.is_outside:
            unit = units[0] if len({unit.name for unit in units}) == 1 else None
        told.append(_with_unit(spot, unit) if unit else spot)
    return told


def _with_unit(spot: Spot, unit: Spot) -> Spot:
    """Return a place with its governorate, where even a name nobody knows can be put."""
    weight = 4.5 if spot.place is None and spot.weight >= 3 else spot.weight
    return replace(spot, admin1=unit.name, weight=weight)
