"""The places that a sentence names, each with its precision and its weight as an event's place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import Gazetteer
from gazetteer.place import Level, Match, Mention, Place, Status, Use
from mapper.extraction import datelines, naming, unlisted
from mapper.extraction.events import Trigger
from mapper.extraction.places import Spot, is_far, is_near
from mapper.extraction.sentences import Sentence, Token
from mapper.extraction.weights import REMEMBERED, Beside, lexicon, weigh


def spots(
    sentence: Sentence,
    mentions: Sequence[Mention],
    *,
    text: str,
    capital: Match | None = None,
    home: Place | None = None,
    gaz: Gazetteer,
    triggers: Sequence[Trigger] = (),
    language: str = "en",
) -> list[Spot]:
    """Return the places of a sentence with the weight of each as an event's place.

    ``capital`` is what "the capital" stands for, or None where the text is not
    about Iraq; ``home`` is what "here" is. A name right before or
    behind a trigger's words is its place ("Baghdad car bombs", "withdrew from Hit").
    """
    objects = frozenset(
        t.last - 1
        for t in triggers
        if sentence.tokens[t.last - 1].lower in {"from", "of", "control", "for", "over"}
    )
    is_english = language == "en"
    starts = frozenset(t.first for t in triggers if is_english and not t.meaning.outcome)
    words = lexicon(language)
    context = Beside(text, sentence.tokens, objects, starts, gaz, words)
    begin = datelines.dateline_end(sentence) if mentions else 0
    found = []
    for mention in mentions:
        is_head = sentence.opens_item or _is_topic(text, mention)
        # "Camp Taji, north of Baghdad, was hit" begins with a place, not with a dateline.
        is_plain = not begin and not mention.text.isupper()
        is_named = mention.use is not Use.DATELINE or is_head or is_plain
        if sentence.start <= mention.start < sentence.end and is_named:
            span = _token_span(sentence.tokens, mention.start, mention.end)
            if span and span[0] >= begin and not _is_person(context, span, mention):
                spot = _spot(context, span, mention)
                is_head = is_head and mention.use is Use.DATELINE
                found.append(replace(spot, weight=_OF_ENTRY) if is_head else spot)
    if capital and capital.place:
        found += unlisted.capitals(context, capital.place, found)
    found += unlisted.unknown(context, found)
    if language == "en":
        found += unlisted.here(context, home) if home else []
        found += unlisted.named_before_kind(context, found)
        found += unlisted.routes(context, sorted(found, key=_first))
    in_order = sorted(found, key=_first)
    return _with_admin1(context, _with_owner(sentence.tokens, in_order, words["between"]))


def _first(spot: Spot) -> int:
    return spot.first


def _is_topic(text: str, mention: Mention) -> bool:
    """Whether a colon makes a name what is spoken of: "Karbala: gunmen ...", no "BASRA: ..."."""
    return text[mention.end : mention.end + 1] == ":" and not mention.text.isupper()


# The place at the head of an entry is the event's where the entry tells no other.
_OF_ENTRY = 1.0


def _with_owner(
    tokens: Sequence[Token], found: Sequence[Spot], between: frozenset[str]
) -> list[Spot]:
    """Give a name that another one owns its weight: "in Baghdad's southern Dora district"."""
    weighed: list[Spot] = []
    for spot in found:
        owner = weighed[-1] if weighed else None
        passed = [token.lower for token in tokens[owner.last : spot.first]] if owner else []
        if owner and passed[:1] == ["'s"] and between.issuperset(passed) and not spot.is_body:
            spot = replace(spot, weight=max(spot.weight, owner.weight) + 0.5)
            weighed[-1] = replace(owner, weight=max(0.0, owner.weight - 1))
        elif owner and _is_origin(tokens, owner) and passed in _LIES_IN:
            # "From Hilla in Babil", "from Hilla and Kufa": neither is the place.
            spot = replace(spot, weight=0.0)
        weighed.append(spot)
    return weighed


_LIES_IN = (["in"], ["in", "the"], ["and"], ["في"], ["ب"], ["ضمن"])


def _is_origin(tokens: Sequence[Token], spot: Spot) -> bool:
    at = spot.first - 1
    is_of_kind = at > 0 and tokens[at].lower in {"ناحيه", "قضاء", "قريه", "منطقه", "محافظه"}
    return spot.weight == 0 and at >= 0 and tokens[at - is_of_kind].lower in {"from", "من"}


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
    match = _without_centre(mention.match, context)
    span = span if match.area else _without_preposition(tokens, span)
    name = context.text[
        max(mention.start, tokens[span[0]].start) : min(mention.end, tokens[span[1] - 1].end)
    ]
    weight, is_near = weigh(context, span, mention)
    outside = match.status is Status.OUTSIDE
    if outside and weight > 0 and not _is_location(tokens, span):
        weight = 0.0
    if not context.objects.isdisjoint(range(max(0, span[0] - 3), span[0])):
        weight = 5.0
    if _comes_from(tokens, span[1], mention):
        weight = 0.0
    if span[1] in context.starts and not outside and weight != REMEMBERED:
        weight = max(weight, 4.0)
    is_body = weight < 0 or (mention.use in (Use.ORGANISATION, Use.GOVERNMENT) and weight < 3.5)
    if is_body and _is_of_victim(context, span):
        is_body, weight = False, 1.0
    is_near = is_near or match.area is not None
    precision = _precision(context, span, match, is_near=is_near)
    first, last = span
    place = context.gaz.place(match.area.anchors[0]) if match.area else match.place
    if match.area and place and _SIDE.search(name):
        # "The eastern side of Mosul" is in Mosul, not off it.
        inner = replace(mention, match=replace(match, area=None, place=place))
        return replace(_spot(context, span, inner), name=place.name, precision=str(place.level))
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
        area=match.area,
    )


def _comes_from(tokens: Sequence[Token], last: int, mention: Mention) -> bool:
    """Whether a Sorani name has the ending of an origin: "were launched from Bartella"."""
    token, behind = tokens[last - 1], tokens[last : last + 3]
    is_origin = token.end > mention.end and token.text.endswith("ەوە")
    return is_origin and any(word.text.startswith(_LAUNCHED) for word in behind)


_LAUNCHED = ("هاوێژ", "ئاراستە", "ئاڕاستە", "هاتوو", "گەیشت", "تەقێن")


def _without_centre(match: Match, context: Beside) -> Match:
    """Return what an Arabic "centre of" a unit is the centre of, where that alone is known."""
    if match.status is not Status.AMBIGUOUS or not match.query.startswith("مركز "):
        return match
    return context.gaz.resolve(match.query.removeprefix("مركز "))


def _is_of_victim(context: Beside, span: tuple[int, int]) -> bool:
    """Whether a name goes with the office of somebody who does not speak: "the mayor of Rutba"."""
    tokens, first = context.tokens, span[0]
    before = [token.lower for token in tokens[max(0, first - 2) : first]]
    speaks = context.lexicon["speech"] & {t.lower for t in tokens[span[1] : span[1] + 4]}
    return before[-1:] == ["of"] and before[0] in _HOLDERS and not speaks


_HOLDERS = frozenset(
    ["mayor", "governor", "bishop", "archbishop", "chief", "judge", "imam", "mukhtar", "commander"]
)
_SIDE = re.compile(
    r"\b(?:side|half|bank|part|parts|districts?|neighbou?rhoods?|suburbs?|quarters?) of\b"
    r"|\bin the (?:(?:north|south)[- ]?(?:east|west)?|east|west|centre|center|middle|heart) of\b",
    re.IGNORECASE,
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
    is_owner = after is not None and (after.lower == "'s" or after.text == "-")
    if before in {"a", "an", "and"} or is_owner:
        return False  # "Egypt's envoy", "the U.S.-run camp"
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
    is_town = place is not None and place.level is Level.SETTLEMENT and not is_near
    if is_town and any(t.lower in _PROVINCE for t in tokens[max(0, span[0] - 2) : span[1] + 1]):
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


def _with_admin1(context: Beside, found: list[Spot]) -> list[Spot]:
    """Give each place the governorate that the words beside it, or the sentence, tell for it."""
    units = [spot for spot in found if spot.place and spot.place.level is Level.ADM1]
    return [
        _within(context, spot, others=[other for other in found if other is not spot], units=units)
        for spot in found
    ]


def _within(context: Beside, spot: Spot, *, others: Sequence[Spot], units: Sequence[Spot]) -> Spot:
    if spot.is_outside or (spot.place and spot.place.level is Level.ADM1):
        return spot
    tokens = context.tokens
    town = next(
        (o for o in others if _is_part_of(tokens, spot, o) or _is_told_near(tokens, spot, o)), None
    )
    if town and town.place and (spot.place is None or spot.place.adm1 != town.place.adm1):
        # A quarter's name is many a town's: the town that is told says which.
        unit = context.gaz.place(town.place.adm1) if town.place.adm1 else None
        return _with_unit(replace(spot, place=None, words=spot.words), unit) if unit else spot
    for unit_spot in units:
        if spot.place and unit_spot.place and spot.place.adm1 == unit_spot.place.id:
            return _with_unit(spot, unit_spot.place)
    told = next((unit for unit in units if _is_told_in(context, spot, unit)), None)
    if told and told.place and spot.place and spot.place.adm1:
        # "Albu Hassan village in Diyala" is another than the one known elsewhere.
        found = context.gaz.resolve(spot.name, within=told.place.id).place
        is_inside = found is not None and found.adm1 == told.place.id
        return _with_unit(replace(spot, place=found if is_inside else None), told.place)
    if spot.place is None and len({unit.name for unit in units}) == 1 and units[0].place:
        return _with_unit(spot, units[0].place)
    if spot.place is None and not units:
        around = {other.place.adm1 for other in others if _is_firm(other) and other.place}
        only = around.pop() if len(around) == 1 else None
        return _with_unit(spot, context.gaz.place(only)) if only else spot
    if (
        spot.place
        and spot.place.adm1
        and spot.precision in _POINTS
        and context.gaz.resolve(spot.name).place is None
    ):
        return _with_unit(spot, context.gaz.place(spot.place.adm1))
    return spot


def _is_firm(spot: Spot) -> bool:
    """Whether something is told to happen in a known town or at a known site."""
    return spot.weight >= _INSIDE and spot.precision in ("settlement", "site") and not spot.is_body


_INSIDE = 1.0
_POINTS = frozenset({"settlement", "site", "relative"})


def _is_part_of(tokens: Sequence[Token], part: Spot, town: Spot) -> bool:
    """Whether a name is told as a part of the one beside it: "Sumer quarter in Nasiriyah"."""
    if town.place is None or town.is_outside or town.is_country or town.is_body or town.is_loose:
        return False
    if town.place.level in (Level.ADM1, Level.REGION, Level.ADM0) or part.is_country:
        return False
    if part.last <= town.first <= part.last + 4:
        between = [token.lower for token in tokens[part.last : town.first]]
        # "In Mosul, Baquba and Basra" lists; "Islah village, Baquba" tells where.
        is_told = bool({"in", "of"} & set(between)) or (part.place is None and "," in between)
        return is_told and set(between) <= _PART_WORDS
    if town.last <= part.first <= town.last + 2:
        return {token.lower for token in tokens[town.last : part.first]} == {"'s"}
    return False


def _is_told_in(context: Beside, spot: Spot, unit: Spot) -> bool:
    """Whether a governorate stands right behind a place as what holds it."""
    if not spot.last <= unit.first <= spot.last + 3 or spot.precision not in _POINTS:
        return False
    between = [token.lower for token in context.tokens[spot.last : unit.first]]
    is_unit = context.tokens[unit.last - 1].lower in _PROVINCE
    return set(between) <= _PART_WORDS and ("in" in between or (is_unit and between == [","]))


def _is_told_near(tokens: Sequence[Token], spot: Spot, town: Spot) -> bool:
    """Whether a place is told as near a town from which the one known by its name is far."""
    if spot.place is None or town.place is None or spot.is_country or town.is_country:
        return False
    between = [token.lower for token in tokens[spot.last : town.first + 1]]
    is_near_it = between[:1] in (["near"], [","]) and "near" in between and len(between) < 5
    is_off = town.area is not None and [t.text for t in tokens[spot.last : town.first]] == [","]
    return (is_near_it and not is_near(spot, town)) or (is_off and is_far(spot, town))


_PART_WORDS = frozenset(
    {"in", "of", ",", "the", "city", "town", "district", "central", "neighborhood"}
    | {"neighbourhood", "area", "quarter", "village", "sub", "subdistrict"}
    | {"northern", "southern", "eastern", "western", "north", "south", "east", "west", "centre"}
    | {"center", "middle", "heart", "outskirts"}
)


def _with_unit(spot: Spot, unit: Place) -> Spot:
    """Return a place with its governorate, where even a name nobody knows can be put."""
    weight = 4.5 if spot.place is None and spot.weight >= 3 else spot.weight
    return replace(spot, admin1=unit.name, weight=weight)
