"""The places that a sentence names, each with its precision and its weight as an event's place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import Gazetteer
from gazetteer.place import Level, Match, Mention, Place, Status, Use
from mapper.extraction import datelines, naming, parents, places, unlisted
from mapper.extraction.events import Trigger
from mapper.extraction.parents import PROVINCE
from mapper.extraction.phrases import RuleWords
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Sentence, Tokens, token_end, token_start
from mapper.extraction.weights import LOOSE, REMEMBERED, WHO_LIVE, Beside, lexicon, weigh

_words = RuleWords("spotting")


def spots(
    sentence: Sentence,
    mentions: Sequence[Mention],
    *,
    text: str,
    capital: Match | None = None,
    home: Place | None = None,
    topic: Place | None = None,
    gaz: Gazetteer,
    triggers: Sequence[Trigger] = (),
    language: str = "en",
) -> list[Spot]:
    """Return the places of a sentence with the weight of each as an event's place.

    ``capital`` is what "the capital" stands for, or None where the text is not
    about Iraq; ``home`` is what "here" is, ``topic`` the town of the headline. A name right
    before or behind a trigger's words is its place ("Baghdad car bombs", "withdrew from Hit").
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
    entry = begin if _heads_entry(sentence.tokens.words[:begin]) else 0
    found = []
    for mention in mentions:
        is_head = sentence.opens_item or _is_topic(text, mention)
        # "Camp Taji, north of Baghdad, was hit" begins with a place, not with a dateline.
        is_plain = not begin and not mention.text.isupper()
        is_named = mention.use is not Use.DATELINE or is_head or is_plain
        is_of_log = bool(entry) and not mention.text.isupper()
        if sentence.start <= mention.start < sentence.end and (is_named or is_of_log):
            span = _token_span(sentence.tokens, mention.start, mention.end)
            if span and is_of_log and span[0] < entry:
                # "Qayyarah, 2 May: residents ...", as logs begin
                found.append(replace(_spot(context, span, mention), weight=_OF_ENTRY))
            elif span and is_named and span[0] >= begin and not _is_person(context, span, mention):
                spot = _spot(context, span, mention)
                is_head = is_head and mention.use is Use.DATELINE
                found.append(replace(spot, weight=_OF_ENTRY) if is_head else spot)
    if capital and capital.place:
        found += unlisted.capitals(context, capital.place, found)
    found += unlisted.unknown(context, found)
    if is_english:
        found += unlisted.abroad(context)
        topic = topic if home in (None, topic) else None  # the dateline's town is "the city"
        is_alone = all(spot.is_country for spot in found)
        is_home = bool(begin) and is_alone
        found += unlisted.here(context, home, is_alone=is_home) if home else []
        found += unlisted.the_town(context, topic) if topic and is_alone else []
        found += unlisted.named_before_kind(context, found)
        found += unlisted.routes(context, sorted(found, key=_first))
    in_order = sorted(found, key=_first)
    if is_english:
        in_order = _without_namesakes(context, in_order)
    return parents.with_admin1(context, _with_owner(context, in_order))


def _heads_entry(words: Sequence[str]) -> bool:
    """Whether a log's entry is begun: "Qayyarah, 2 May 2019:"; agencies give no year."""
    return words[-1:] == [":"] and any(len(word) == _YEAR and word.isdigit() for word in words)


_YEAR = 4  # digits


def _first(spot: Spot) -> int:
    return spot.first


def _is_topic(text: str, mention: Mention) -> bool:
    """Whether a colon makes a name what is spoken of: "Karbala: gunmen ...", no "BASRA: ..."."""
    return text[mention.end : mention.end + 1] == ":" and not mention.text.isupper()


# The place at the head of an entry is the event's where the entry tells no other.
_OF_ENTRY = 1.0


def _with_owner(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Give a name that another one owns its weight: "in Baghdad's southern Dora district"."""
    tokens, between = context.tokens, context.lexicon["between"]
    weighed: list[Spot] = []
    for spot in found:
        owner = weighed[-1] if weighed else None
        passed = tokens.words[owner.last : spot.first] if owner else []
        if owner and passed[:1] == ["'s"] and between.issuperset(passed) and not spot.is_body:
            is_abroad = spot.is_outside or (owner.is_outside and spot.place is None)
            weight = max(spot.weight, owner.weight) + 0.5
            spot = replace(spot, weight=weight, is_outside=is_abroad)
            weighed[-1] = replace(owner, weight=max(0.0, owner.weight - 1))
        elif owner and 0 < owner.weight < 1 and passed in ([","], ["and"], [",", "and"]):
            spot = replace(spot, weight=owner.weight)  # "In hospitals in Dohuk and Zakho"
        elif owner and _is_origin(context, owner) and passed in _LIES_IN:
            # "From Hilla in Babil", "visited Hilla and Kufa": neither is the place.
            spot = replace(spot, weight=0.0)
        weighed.append(spot)
    return weighed


_LIES_IN = (["in"], ["in", "the"], ["and"], ["في"], ["ب"], ["ضمن"])


def _without_namesakes(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Leave out the place in a site's name that is told to be elsewhere: "the X base in Y"."""
    tokens, sites = context.tokens, context.lexicon.get("sites", frozenset())
    kept: list[Spot] = []
    for n, spot in enumerate(found):
        site = tokens[spot.last].lower if spot.last < len(tokens) else ""
        if site in sites and tokens[spot.first - 1].lower == "the" and spot.first > 0:
            behind = next((s for s in found[n + 1 :] if s.first <= spot.last + _WHERE_IT_IS), None)
            leads = tokens.words[spot.last + 1 : behind.first + 1] if behind else ()
            if behind and not places.is_within(behind, spot) and "in" in leads:
                continue
        kept.append(spot)
    return kept


_WHERE_IT_IS = 4  # words: "the Muthanna base in the Iraqi capital"


def _is_origin(context: Beside, spot: Spot) -> bool:
    tokens, at = context.tokens, spot.first - 1
    is_of_kind = at > 0 and tokens[at].lower in {"ناحيه", "قضاء", "قريه", "منطقه", "محافظه"}
    leaving = context.lexicon["leaving"] | {"from", "من"}
    return spot.weight == 0 and at >= 0 and tokens[at - is_of_kind].lower in leaving


def _token_span(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    first = bisect_right(tokens, start, key=token_end)
    last = bisect_left(tokens, end, lo=first, key=token_start)
    return (first, last) if first < last else None


def _is_person(context: Beside, span: tuple[int, int], mention: Mention) -> bool:
    """Whether a name is a person's; nobody is killed "in" a person."""
    before = context.tokens[span[0] - 1].lower if span[0] else ""
    return mention.use is Use.PERSON and before not in _words["before_places"]


def _spot(context: Beside, span: tuple[int, int], mention: Mention) -> Spot:
    tokens = context.tokens
    match = _without_centre(mention.match, context)
    span = span if match.area else _without_preposition(tokens, span)
    name = context.text[
        max(mention.start, tokens[span[0]].start) : min(mention.end, tokens[span[1] - 1].end)
    ]
    weight, is_near = weigh(context, span, mention)
    outside = match.status is Status.OUTSIDE
    is_one = span[0] > 0 and tokens[span[0] - 1].lower in {"a", "an"}
    is_led = span[1] in context.starts and not is_one  # "Jeddah clashes", no "a US helicopter"
    if outside and weight > 0 and not (is_led or _is_location(tokens, span)):
        weight = 0.0
    if not context.objects.isdisjoint(range(max(0, span[0] - 3), span[0])):
        weight = 5.0
    if _comes_from(tokens, span[1], mention):
        weight = 0.0
    # "The mayor of Hit survived an attempt": the office's place need not be that.
    head = tokens[span[0] - 2].lower if span[0] > 1 else ""
    is_office = weight <= 1 and tokens[span[0] - 1].lower == "of" and head not in WHO_LIVE
    if span[1] in context.starts and not outside and weight != REMEMBERED:
        weight = max(weight, LOOSE if is_office else 4.0)
    is_named = mention.use in (Use.ORGANISATION, Use.GOVERNMENT) and not is_office
    is_body = weight < 0 or (is_named and weight < 3.5)
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
        if span[0] and tokens[span[0] - 1].lower == "في" and name[0] > "\u0600":
            alone = context.gaz.resolve(name).place
            # "In the east of Baghdad" is a part of it; "east of Baghdad" need not be.
            name = name if alone == match.place else f"في {name}"
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


def _comes_from(tokens: Tokens, last: int, mention: Mention) -> bool:
    """Whether a Sorani name has the ending of an origin: "were launched from Bartella".

    So has "from Ranya towards Erbil".
    """
    token, behind = tokens[last - 1], tokens[last : last + 3]
    is_origin = token.end > mention.end and token.text.endswith("ەوە")
    return is_origin and any(word.text.startswith(_LAUNCHED) for word in behind)


_LAUNCHED = ("هاوێژ", "ئاراستە", "ئاڕاستە", "هاتوو", "گەیشت", "تەقێن", "بەرەو", "بۆ")


def _without_centre(match: Match, context: Beside) -> Match:
    """Return what an Arabic "centre of" a unit is the centre of, where that alone is known."""
    if match.status is not Status.AMBIGUOUS or not match.query.startswith("مركز "):
        return match
    return context.gaz.resolve(match.query.removeprefix("مركز "))


def _is_of_victim(context: Beside, span: tuple[int, int]) -> bool:
    """Whether a name goes with the office of somebody who does not speak: "the mayor of Rutba"."""
    tokens, first = context.tokens, span[0]
    before = tokens.words[max(0, first - 2) : first]
    speaks = context.lexicon["speech"] & set(tokens.words[span[1] : span[1] + 4])
    return before[-1:] == ["of"] and before[0] in _words["holders"] and not speaks


_SIDE = re.compile(
    r"\b(?:side|half|bank|part|parts|districts?|neighbou?rhoods?|suburbs?|quarters?) of\b"
    r"|\bin the (?:(?:north|south)[- ]?(?:east|west)?|east|west|centre|center|middle|heart) of\b",
    re.IGNORECASE,
)


def _without_preposition(tokens: Tokens, span: tuple[int, int]) -> tuple[int, int]:
    """Return the words of a name without a small word that only looks like its article."""
    first, last = span
    while first < last - 1 and tokens[first].text in {"as", "at", "in", "on", "an", "the", "of"}:
        first += 1
    return first, last


def _is_location(tokens: Tokens, span: tuple[int, int]) -> bool:
    """Whether a country's name stands for the country: "in Syria", but not "a US convoy"."""
    first, last = span
    before = tokens[first - 1].lower if first else ""
    after = tokens[last] if last < len(tokens) else None
    is_owner = after is not None and (after.lower == "'s" or after.text == "-")
    if before in {"a", "an", "and"} or is_owner:
        return False  # "Egypt's envoy", "the U.S.-run camp"
    is_told = before in _words["towns"] or (after is not None and after.lower in _words["winds"])
    return after is None or not after.is_word or after.lower in _words["function_words"] or is_told


def _precision(context: Beside, span: tuple[int, int], match: Match, *, is_near: bool) -> str:
    tokens = context.tokens
    place = match.place
    if match.area is not None:
        return "relative"
    is_town = place is not None and place.level is Level.SETTLEMENT and not is_near
    if is_town and any(t.lower in PROVINCE for t in tokens[max(0, span[0] - 2) : span[1] + 1]):
        named = [
            t.lower
            for t in (*tokens[max(0, span[0] - 2) : span[0]], *tokens[span[1] - 1 : span[1] + 1])
        ]
        if named[:2] in (["province", "of"], ["governorate", "of"]) or named[-1] in PROVINCE:
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


def _has_direction(context: Beside, span: tuple[int, int]) -> bool:
    tokens = context.tokens
    first, last = span
    around = [
        token.lower for token in (*tokens[max(0, first - 1) : last], *tokens[last : last + 2])
    ]
    return bool(
        context.lexicon["directions"] & set(around[:-1] if around[-1:] != ["north"] else around)
    )
