"""Where an event happened, among the places that its sentence names.

A dateline, a government spoken of by its capital, an organisation's name, the
place where somebody spoke, an origin or a destination are not the event's
place. When no place is left there is none: a wrong place is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from gazetteer.place import Level, Match, Mention, Place, Status, Use
from mapper.extraction import phrases
from mapper.extraction.events import Trigger
from mapper.extraction.sentences import Sentence, Token, fold

_NEVER = frozenset({Use.DATELINE, Use.PERSON})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that an event may have, as the text tells it.

    ``weight`` says how surely the words put the event there. ``words`` are the
    name with what qualifies it ("near Ramadi").
    """

    name: str
    first: int
    last: int
    precision: str
    weight: float
    place: Place | None = None
    is_outside: bool = False
    is_body: bool = False
    words: str = ""
    admin1: str | None = None

    @property
    def is_country(self) -> bool:
        """Whether only Iraq or a part of it that has no border is known."""
        return self.precision in ("country", "region")

    @property
    def is_loose(self) -> bool:
        """Whether only a direction from the name is known: "northwest of the capital"."""
        return (
            self.precision == "relative"
            and bool(_LOOSE.search(self.words))
            and not re.search(r"\d", self.words)
        )


_LOOSE = re.compile(r"(?:^|\s)(?:north|south|east|west)\w*\s+of\s", re.IGNORECASE)


def spots(
    sentence: Sentence,
    mentions: Sequence[Mention],
    *,
    text: str,
    capital: Match | None = None,
    place_of: Callable[[str], Place],
    triggers: Sequence[Trigger] = (),
    language: str = "en",
) -> list[Spot]:
    """Return the places of a sentence with the weight of each as an event's place.

    ``capital`` is what "the capital" stands for, or None where the text is not
    about Iraq; ``place_of`` gives the place of an id. A name right before or behind a trigger's words is its place
    ("Baghdad car bombs", "withdrew from Hit").
    """
    objects = frozenset(
        t.last - 1
        for t in triggers
        if sentence.tokens[t.last - 1].lower in {"from", "of", "control"}
    )
    starts = frozenset(t.first for t in triggers if not t.meaning.outcome)
    words = _lexicon(language)
    context = _Words(text, sentence.tokens, objects, starts, place_of, words)
    found = []
    for mention in mentions:
        if sentence.start <= mention.start < sentence.end and mention.use not in _NEVER:
            span = _token_span(sentence.tokens, mention.start, mention.end)
            if span and not _is_dateline(sentence, span):
                found.append(_spot(context, span, mention))
    if capital and capital.place:
        found += _capitals(context, capital.place, found)
    found += _unknown(context, found)
    return _with_admin1(sorted(found, key=lambda spot: spot.first), sentence.tokens)


def choose(
    found: Sequence[Spot], first: int, last: int, *, tokens: Sequence[Token] = ()
) -> Spot | None:
    """Return the place of an event told by ``tokens[first:last]``, or None.

    Of places one in the other the finer one is taken. A place on the other side
    of "as" or "while" is another matter's, if this side has one.
    """
    parts = _parts(tokens)
    candidates = [spot for spot in found if spot.weight > 0 and not spot.is_body]
    aside = [spot for spot in candidates if parts.get(spot.first) == parts.get(first)]
    if any(spot.weight >= 1 for spot in aside):
        candidates = aside
    if not candidates:
        return None
    best = max(candidates, key=lambda spot: (_score(spot, first, last), -spot.first))
    finer = [
        spot
        for spot in candidates
        if spot.weight >= 2.5
        and not spot.is_outside
        and abs(spot.first - best.first) < 15
        and is_within(spot, best)
    ]
    return max(finer, key=lambda spot: _score(spot, first, last)) if finer else best


def _parts(tokens: Sequence[Token]) -> dict[int, int]:
    """Number the parts of a sentence between "as", "while" and semicolons."""
    part = 0
    numbered = {}
    for n, token in enumerate(tokens):
        part += token.lower in {"as", "while", ";", "فيما", "بينما"}
        numbered[n] = part
    return numbered


def coordinated(found: Sequence[Spot], chosen: Spot, tokens: Sequence[Token]) -> list[Spot]:
    """Return the places joined to one by commas and "and": "in Fallujah, Samarra and Tal Afar"."""
    chain = [chosen]
    for spot in found:
        between = {token.lower for token in tokens[chain[-1].last : spot.first]}
        if (
            spot.first >= chain[-1].last
            and between
            and between <= {",", "and", "،", "و", "as", "well", "in", "both"}
        ):
            if spot.place and spot.place.level is not Level.ADM0 and not is_same(spot, chain[-1]):
                chain.append(spot)
    if len(chain) > 1 and any(
        token.lower == "and" for token in tokens[chosen.last : chain[-1].first]
    ):
        return chain
    return [chosen]


def is_same(one: Spot, other: Spot) -> bool:
    """Whether two names can be of one event's place: equal, one in the other, or a city's quarter."""
    if one.place is None or other.place is None:
        return one.name.lower() == other.name.lower()
    if one.place.id == other.place.id:
        return True
    return is_within(one, other) or is_within(other, one)


def is_within(part: Spot, whole: Spot) -> bool:
    """Whether a place lies in another, as far as their units tell."""
    if part.place is None or whole.place is None or part.place.id == whole.place.id:
        return False
    inner, outer = part.place, whole.place
    if outer.level is Level.ADM1 or outer.level is Level.ADM2 or outer.level is Level.ADM3:
        return outer.id in (inner.adm1, inner.adm2, inner.adm3)
    if outer.level is Level.SETTLEMENT and (outer.population or 0) > (inner.population or 0) * 2:
        return inner.adm1 == outer.adm1 and _kilometres(inner, outer) < 12
    return False


def _kilometres(one: Place, other: Place) -> float:
    if one.point is None or other.point is None:
        return 999.0
    x1, y1, x2, y2 = (radians(value) for value in (*one.point, *other.point))
    a = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a))


def _score(spot: Spot, first: int, last: int) -> float:
    distance = min(abs(spot.first - last), abs(first - spot.last))
    return spot.weight - 0.12 * distance - 3 * spot.is_country


def _token_span(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    inside = [n for n, token in enumerate(tokens) if token.start < end and token.end > start]
    return (inside[0], inside[-1] + 1) if inside else None


def _is_dateline(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether a name stands in "BAGHDAD, Iraq (Reuters) -" at the start of a report."""
    return span[0] < dateline_end(sentence)


def dateline_end(sentence: Sentence) -> int:
    """Return the number of words that are a dateline; they name where it was written."""
    tokens = sentence.tokens
    if sentence.is_title or sentence.index > 3 or not tokens[0].is_word:
        return 0
    if not tokens[0].text[0].isupper():
        return 0
    for n, token in enumerate(tokens[:16]):
        if token.text in {"-", "--", "–", "—"} and n:
            head = tokens[:n]
            return n + 1 if all(t.text[0].isupper() or not t.text.isalpha() for t in head) else 0
        if token.text in {".", ";"} and n > 1:
            break
    return _capital_dateline(tokens)


def _capital_dateline(tokens: Sequence[Token]) -> int:
    """Count the words of a dateline that lost its dash: "BAGHDAD US warplanes fired"."""
    end = 0
    while end < min(3, len(tokens)) and tokens[end].text.isupper() and len(tokens[end].text) > 4:
        end += 1
    if not end or end >= len(tokens) or tokens[end].text.isupper() and len(tokens[end].text) > 4:
        return 0
    return end + 1 if tokens[end].text == ":" else end


@cache
def _lexicon(language: str) -> dict[str, Any]:
    raw = phrases.load(f"places.{language}.yml")
    return {
        name: frozenset(fold(str(word)) for word in listed) if isinstance(listed, list) else listed
        for name, listed in raw.items()
    }


class _Words(NamedTuple):
    """The words of a sentence, and which of them stand beside a trigger."""

    text: str
    tokens: Sequence[Token]
    objects: frozenset[int]
    starts: frozenset[int]
    place_of: Callable[[str], Place]
    lexicon: dict[str, Any]


def _spot(context: _Words, span: tuple[int, int], mention: Mention) -> Spot:
    tokens = context.tokens
    match = mention.match
    span = span if match.area else _without_preposition(tokens, span)
    name = context.text[tokens[span[0]].start : min(mention.end, tokens[span[1] - 1].end)]
    weight, is_near = _weight(context, span, mention)
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
    place = context.place_of(match.area.anchors[0]) if match.area else match.place
    if match.area:
        name = _CAPITAL.sub("", re.sub(r"^(?:on|in|at)\s+", "", name))
    if precision == "region" and match.place and match.place.level is Level.ADM0:
        name = _qualified(context, first, last)
    return Spot(
        name=name if match.area else _bare(name, precision),
        first=first,
        last=last,
        precision=precision,
        weight=max(weight, 0.0),
        place=place,
        is_outside=outside,
        is_body=is_body,
        words=_qualified(context, first, last) if is_near and not match.area else name,
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
    """on in at and or after before as when while where during since by with from to for of that which who
    killing wounding injuring leaving is was were has have had monday tuesday wednesday thursday friday
    saturday sunday yesterday today early late overnight killed kills""".split()
)


_GENERIC = re.compile(
    r"^(?:in |the )*(?:[\w-]+ ){0,3}?(?:city|town|village|province|governorate|district|slum|suburb|neighbou?rhood"
    r"|area|capital|port|region) of (?:the )?(?=\w)",
    re.IGNORECASE,
)


def _bare(name: str, precision: str) -> str:
    """Return a name without the words that only say what it is: "northern city of Kirkuk"."""
    if precision in ("region", "site"):
        return name
    bare = re.sub(r"^(?:the|in)\s+", "", _GENERIC.sub("", name), flags=re.IGNORECASE)
    return _PARTS.sub("", bare).strip() or name


_CAPITAL = re.compile(r"(?<=of )the (?:\w+ )?capital (?:city )?(?:of )?", re.IGNORECASE)
_PARTS = re.compile(
    r"\s+(?:neighbou?rhoods?|districts|areas?|suburbs?|slums?)(?: of)?$", re.IGNORECASE
)


def _weight(context: _Words, span: tuple[int, int], mention: Mention) -> tuple[float, bool]:
    """Return how surely an event is at a name (below 0: a body's name), and whether only near it."""
    words, tokens = context.lexicon, context.tokens
    first, last = span
    after = tokens[last].lower if last < len(tokens) else ""
    if mention.use is Use.ADJECTIVE and after in words["bodies"]:
        return -1.0, False
    at = first - 1
    is_near = any(_says_near(context, n) for n in range(first, last))
    while at >= 0 and tokens[at].lower in words["between"] | words["beside"]:
        is_near = is_near or _says_near(context, at)
        if tokens[at].lower in {"near", "outside", "off"}:
            return _placed(context, at, 4.0), True
        at -= 1
    before = tokens[at].lower if at >= 0 else ""
    if tokens[first].lower in words["here"] | words["beside"]:
        return _placed(context, first, 4.0), is_near
    passed = [token.lower for token in tokens[at + 1 : first]]
    if before in words["strikes"]:
        return 5.0, is_near
    if before in words["titles"]:
        return -1.0, False
    if after in words["bodies"] and before not in words["here"]:
        return (-1.0, False) if after != "'s" else (0.5, False)
    if before == "of" or (passed and passed[0] == "of"):
        return _of(context, at if before == "of" else at + 1, is_near)
    if before in words["here"]:
        return _placed(context, at, 4.0), is_near
    if "of" in passed or is_near:
        return 3.5, is_near
    if before in words["elsewhere"]:
        return (2.0, False) if before == "and" else (0.0, False)
    return _bare_weight(context, span, mention), False


_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest kilometers kilometres km miles".split()
)


def _says_near(context: _Words, at: int) -> bool:
    """Whether a word puts the event off the place: "south of", but not "south Baghdad"."""
    word = context.tokens[at].lower
    if word in _DIRECTIONS:
        after = context.tokens[at + 1 : at + 2]
        return bool(after) and after[0].lower in {"of", "from"}
    return word in context.lexicon["beside"]


def _of(context: _Words, at: int, is_near: bool) -> tuple[float, bool]:
    """Weigh "X of NAME": a village of it is there, its governor need not be."""
    words = context.lexicon
    head = context.tokens[at - 1].lower if at else ""
    if head in words["offices"]:
        return 1.0, is_near
    return (3.0 if head not in words["kinds"] else 4.0), is_near


def _placed(context: _Words, at: int, weight: float) -> float:
    """Weigh "in NAME": the place where somebody spoke, or set out from, is not the event's."""
    words, tokens = context.lexicon, context.tokens
    before = [token.lower for token in tokens[max(0, at - 3) : at]]
    if before and (before[-1] in words["speech"] or before[-1] in words["leaving"]):
        return 0.3
    if len(before) > 1 and before[-1] == "reporters" and before[-2] in words["speech"]:
        return 0.3
    return weight


def _bare_weight(context: _Words, span: tuple[int, int], mention: Mention) -> float:
    """Weigh a name without preposition: "Baghdad car bombs kill", "Ramadi mosques"."""
    words, tokens = context.lexicon, context.tokens
    first, last = span
    after = tokens[last] if last < len(tokens) else None
    before = tokens[first - 1].lower if first else ""
    if before in words["leaving"]:
        return 0.0
    if mention.use is Use.GOVERNMENT or mention.match.status is Status.OUTSIDE:
        return 0.0
    if before == "," and first > 1 and tokens[first - 2].text[0].isupper():
        return 3.0
    if after is None:
        return 2.0
    if after.lower == "'s":
        return 2.5
    if after.text in {":", "-"} and first == 0:
        return 3.0
    if after.is_word and after.lower not in words["bodies"]:
        return 2.8
    return 1.0


def _precision(context: _Words, span: tuple[int, int], match: Match, *, is_near: bool) -> str:
    tokens = context.tokens
    place = match.place
    if match.area is not None:
        return "relative"
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


def _has_direction(context: _Words, span: tuple[int, int]) -> bool:
    tokens = context.tokens
    first, last = span
    around = [
        token.lower for token in (*tokens[max(0, first - 1) : last], *tokens[last : last + 2])
    ]
    return bool(
        context.lexicon["directions"] & set(around[:-1] if around[-1:] != ["north"] else around)
    )


def _qualified(context: _Words, first: int, last: int) -> str:
    """Return a name with the words that qualify it: "12 km south of Mosul"."""
    words, tokens = context.lexicon, context.tokens
    at = first
    while at > 0 and (
        tokens[at - 1].lower in words["beside"] | words["between"]
        or tokens[at - 1].text[0].isdigit()
    ):
        at -= 1
    while at < first and tokens[at].lower in {"the", "a", "of", "'s", "is"}:
        at += 1
    return context.text[tokens[at].start : tokens[last - 1].end]


def _capitals(context: _Words, capital: Place, found: Sequence[Spot]) -> list[Spot]:
    """Return "the capital" as a spot, where no name beside it says which."""
    added = []
    tokens = context.tokens
    before = context.lexicon["capital"]["before"]
    for n, token in enumerate(tokens):
        if token.lower != "capital" or n == 0 or tokens[n - 1].lower not in before:
            continue
        if any(spot.first <= n < spot.last or 0 <= spot.first - n <= 3 for spot in found):
            continue
        mention = Mention(
            token.text, token.start, token.end, Match(token.text, Status.RESOLVED, capital)
        )
        span = (n, n + 1)
        weight, is_near = _weight(context, span, mention)
        precision = "relative" if is_near else str(capital.level)
        added.append(
            Spot(
                capital.name,
                n,
                n + 1,
                precision,
                max(weight, 0.0),
                capital,
                words=_qualified(context, n, n + 1),
            )
        )
    return added


def _unknown(context: _Words, found: Sequence[Spot]) -> list[Spot]:
    """Return names of places that the gazetteer does not know: "the village of Albu Eifan"."""
    added = []
    words, tokens, text = context.lexicon, context.tokens, context.text
    n = 1
    while n < len(tokens) - 1:
        begins = tokens[n].lower == "of" and tokens[n - 1].lower in words["kinds"]
        end = n + 1
        while (
            begins
            and end < len(tokens)
            and tokens[end].text[0].isupper() | (tokens[end].lower in {"al", "-"})
        ):
            end += 1
        if end > n + 1 and not any(spot.first < end and n < spot.last for spot in found):
            name = text[tokens[n + 1].start : tokens[end - 1].end]
            added.append(Spot(name, n + 1, end, "settlement", 3.2, words=name))
        n = end
    return added


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
    """Return a place with its governorate; a name nobody knows can then be placed at least there."""
    weight = 4.5 if spot.place is None and spot.weight >= 3 else spot.weight
    return replace(spot, admin1=unit.name, weight=weight)
