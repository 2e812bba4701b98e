"""Where an event happened, among the places that its sentence names.

When no place fits there is none: a wrong place is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import asin, atan2, cos, degrees, radians, sin, sqrt

from gazetteer.frozen import frozen
from gazetteer.place import Level, Offset, Place
from mapper.extraction import vocabulary
from mapper.extraction.sentences import Token, Tokens


@frozen
class Spot:
    """A place that an event may have, as the text tells it.

    ``weight`` says how surely the words put the event there. ``words`` are the
    name with what qualifies it ("near Ramadi"). ``area`` is where a distance or
    direction from a known place puts it.
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
    area: Offset | None = None

    @property
    def is_country(self) -> bool:
        """Whether only Iraq or a part of it that has no border is known."""
        if self.precision == "region":
            return bool(_PART_OF_IRAQ.search(self.name))
        return self.precision == "country"

    @property
    def is_in_iraq(self) -> bool:
        """Whether a place in Iraq is told, by more than the name of an organisation."""
        return not (self.is_outside or self.is_country or self.is_body)

    @property
    def is_governorate(self) -> bool:
        return self.place is not None and self.place.level is Level.ADM1

    @property
    def is_loose(self) -> bool:
        """Whether only a direction from the name is known: "northwest of the capital"."""
        return (
            self.precision == "relative"
            and bool(_LOOSE.search(self.words))
            and not re.search(r"\d", self.words)
        )


FIRM = 3.3
"""The weight of "in Hawija", "residents of Hawija": nothing less puts there what follows."""

_PART_OF_IRAQ = re.compile(r"iraq|kurdistan|العراق|كردستان|عێراق|کوردستان", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?:^|\s)(?:(?:north|south|east|west)\w*\s+of|(?:شمال|جنوب|شرق|غرب)ي?|باکو+ری|باشو+ری"
    r"|(?:bakur|başûr|rojhilat|rojava)[êya]+)\s",
    re.IGNORECASE,
)


_NO_WORDS = Tokens(())


def choose(
    found: Sequence[Spot],
    first: int,
    last: int,
    *,
    tokens: Tokens = _NO_WORDS,
    is_title: bool = False,
) -> Spot | None:
    """Return the place of an event told by ``tokens[first:last]``, or None.

    Of places one in the other the finer one is taken. A place on the other side
    of "as" or "while" is another matter's, if this side has one.
    """
    candidates = [
        replace(spot, weight=spot.weight - 2.5) if _is_aside(tokens, spot, first) else spot
        for spot in found
        if spot.weight > 0 and not spot.is_body
    ]
    if len(candidates) > 1:
        parts = _parts(tokens, is_title=is_title)
        aside = [spot for spot in candidates if parts.get(spot.first) == parts.get(first)]
        if any(spot.weight >= 1 and (is_title or not spot.is_country) for spot in aside):
            candidates = aside
    candidates = [
        replace(spot, weight=0.5) if only_tells_where(tokens, spot, candidates) else spot
        for spot in candidates
    ]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
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


def _is_aside(tokens: Tokens, spot: Spot, first: int) -> bool:
    """Whether a name stands in a clause that only describes: "which carries oil to Baiji"."""
    at = spot.first - 1
    while at >= 0 and tokens and tokens[at].text not in {",", ";"}:
        if tokens[at].lower == "since" and first < at:
            return True  # "The deadliest attack since the army took Hit."
        is_who = tokens[at].lower == "who" and first < at and spot.first - at < _WHO_REACH
        is_who = is_who or (tokens[at].lower == "who" and _is_closed(tokens, at, spot, first))
        if is_who or tokens[at].lower in _WHICH:
            goes_on = spot.first < first < spot.first + 8 and not any(
                token.text == "," for token in tokens[spot.first : first]
            )
            return not at < first < spot.first and not goes_on
        at -= 1
    return False


def _is_closed(tokens: Tokens, at: int, spot: Spot, first: int) -> bool:
    """Whether an aside ends before the event: "the cleric, who fled to X in May, was shot"."""
    is_aside = at > 0 and tokens[at - 1].text == ","
    return is_aside and any(tokens[n].text == "," for n in range(spot.last, first))


def only_tells_where(tokens: Tokens, spot: Spot, others: Sequence[Spot]) -> bool:
    """Whether an offset only says where the place named before it lies: "Jalula, north of X"."""
    if spot.precision != "relative" or not tokens:
        return False
    for other in others:
        if other.weight < 1 or other.place is None or other.is_country:
            continue
        if other.last <= spot.first <= other.last + _LIES_WITHIN:
            between = set(tokens.words[other.last : spot.first])
            if all(word in _LIES or word[0].isdigit() for word in between):
                return True
    return False


# "Mosul, 360 kilometers (225 miles) northwest of the capital" is the longest.
_LIES_WITHIN = 12
_LIES = frozenset(
    {",", "about", "some", "around", "which", "that", "sits", "lies", "is", "located", "just"}
    | {"itself", "a", "an", "town", "village", "city", "market", "farming", "desert", "border"}
    | {"kilometers", "kilometres", "km", "miles", "(", ")", "-", "–", "to", "the", "of", "from"}
    | {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
    | {"،", "علي", "بعد", "نحو", "حوالي", "مسافه", "التي", "تبعد", "تقع", "الواقعه", "الي"}
    | {"كيلومترا", "كيلومتر", "كم", "كلم", "ميلا", "شمالي", "جنوبي", "شرقي", "غربي"}
    | {"شمال", "جنوب", "شرق", "غرب"}
)
_WHICH = frozenset({"which", "whose", "whom"})
_WHO_REACH = 5  # words: "a militant who fought in Falluja"


def _parts(tokens: Tokens, *, is_title: bool) -> dict[int, int]:
    """Number the parts of a sentence between "as", "while" and semicolons; in titles, commas."""
    part = 0
    numbered = {}
    for n, token in enumerate(tokens):
        part += token.lower in {"as", "while", ";", "فيما", "بينما"}
        part += is_title and token.text == ","
        numbered[n] = part
    return numbered


def coordinated(found: Sequence[Spot], chosen: Spot, tokens: Tokens) -> list[Spot]:
    """Return the places joined to one by commas and "and": "in Fallujah, Samarra and Tal Afar".

    The chosen one comes first, the others in the order of the text.
    """
    at = next((n for n, spot in enumerate(found) if spot is chosen), None)
    chain = [chosen]
    for spot in reversed(found[:at] if at else ()):
        if _is_joined(spot, chain[0], tokens):
            chain.insert(0, spot)
    for spot in found[at + 1 :] if at is not None else found:
        if _is_joined(chain[-1], spot, tokens):
            chain.append(spot)
    joined = set(tokens.words[chain[0].last : chain[-1].first])
    is_joined = bool(_ANDS & joined) or _has_and(tokens[chain[-1].first], chain[-1])
    if len(chain) > 1 and is_joined:
        return [chosen, *(spot for spot in chain if spot is not chosen)]
    return [chosen]


def _is_joined(one: Spot, other: Spot, tokens: Tokens) -> bool:
    """Whether only commas, "and" and what a place is stand between two places."""
    between = set(tokens.words[one.last : other.first])
    if other.first == one.last and _has_and(tokens[other.first], other):
        between = {"و"}
    is_listed = other.first >= one.last and between & {",", "and", "،", "و"} and between <= _JOINED
    is_listed = is_listed or _joins_targets(
        tokens.words[one.last : other.first + (tokens[other.first].lower in _AT)]
    )
    places = (one.place, other.place)
    is_place = all(place is not None and place.level is not Level.ADM0 for place in places)
    return bool(is_listed) and is_place and not is_same(other, one)


def _joins_targets(words: Sequence[str]) -> bool:
    """Whether words only name what else was hit: "a church in Mosul and one in Kirkuk"."""
    if words[:1] != ["and"] or not 2 < len(words) <= _TARGET or words[1] not in _ANOTHER:
        return False
    where = next((n for n, word in enumerate(words) if word in _AT), len(words))
    named = words[2:where]
    is_named = where < len(words) and set(words[where:]) <= _JOINED | _AT
    return is_named and not any(
        word in vocabulary.words("en").people or word.endswith(("ed", "ing")) for word in named
    )


_TARGET = 8  # words
_ANOTHER = frozenset({"a", "an", "the", "one", "another", "two", "three", "four", "others"})
_AT = frozenset({"in", "at", "near", "outside", "neighboring", "neighbouring"})
_ANDS = frozenset({"and", "و", "û"})


def _has_and(token: Token, spot: Spot) -> bool:
    """Whether "and" is written together with a name, in Arabic."""
    return token.text.startswith("و") and not spot.name.startswith("و")


_JOINED = frozenset(
    [
        ",",
        "and",
        "،",
        "و",
        "as",
        "well",
        "in",
        "both",
        "the",
        "of",
        "town",
        "towns",
        "city",
        "cities",
        "province",
        "provinces",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "nearby",
    ]
)


def is_same(one: Spot, other: Spot) -> bool:
    """Whether two names can be of one event's place: equal, or one in the other."""
    if one.place is None or other.place is None:
        return one.name.lower() == other.name.lower()
    if one.area and other.area:
        # Both are off a place: on one side of it?
        reach = max(one.area.radius_km, other.area.radius_km)
        return _apart(one.area.point, other.area.point) <= reach
    if one.place.id == other.place.id:
        return not (_is_off(one) or _is_off(other))
    return is_within(one, other) or is_within(other, one)


def _is_off(spot: Spot) -> bool:
    """Whether a place is told as away from the known one: "south of Baghdad", not "near" it."""
    if spot.area is None or spot.place is None or spot.place.point is None:
        return False
    return _apart(spot.area.point, spot.place.point) > _REACH


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


def is_near(one: Spot, other: Spot) -> bool:
    """Whether two places are of one governorate or close by, one perhaps told coarsely."""
    if one.place is None or other.place is None:
        return one.place is not other.place and _units_fit(one, other)
    if one.place.adm1 is not None and one.place.adm1 == other.place.adm1:
        return True
    return _kilometres(one.place, other.place) < _CLOSE


def is_far(place: Spot, area: Spot) -> bool:
    """Whether a known place lies well off the area that is told for it."""
    (here, _), (there, reach) = _extent(place), _extent(area)
    return here is not None and there is not None and _apart(here, there) > reach + _CLOSE


def is_around(one: Spot, other: Spot) -> bool:
    """Whether one of two places of a district is its chief town, which may stand for it."""
    if one.place is None or other.place is None or one.place.adm2 is None:
        return False
    small, big = sorted((one.place.population or 0, other.place.population or 0))
    return one.place.adm2 == other.place.adm2 and big > 3 * small


# How far apart, in km, two towns are that may stand for one place.
_CLOSE = 40.0


def _units_fit(one: Spot, other: Spot) -> bool:
    """Whether the governorates told for two places, if any, are one."""
    units = {spot.admin1 or _unit_of(spot) for spot in (one, other)}
    return None in units or len(units) == 1


def _unit_of(spot: Spot) -> str | None:
    is_unit = spot.place is not None and spot.place.level is Level.ADM1
    return spot.place.name if spot.place and is_unit else None


def overlap(one: Spot, other: Spot) -> bool:
    """Whether two places, one told as off another, can be one: "north of Baghdad" and Taji."""
    if not {"relative", "region"} & {one.precision, other.precision}:
        return False
    if one.place is None or other.place is None:
        return is_near(one, other)
    if _is_towards(one, other) or _is_towards(other, one):
        return True
    for part, whole in ((one, other), (other, one)):
        if part.area and whole.precision.startswith("adm"):
            return _reaches(part.area, whole)
    (here, reach), (there, extent) = _extent(one), _extent(other)
    return here is not None and there is not None and _apart(here, there) <= reach + extent


def _reaches(area: Offset, unit: Spot) -> bool:
    """Whether an area told off a place lies in a governorate or district, at least in part."""
    polygon = unit.place.polygon if unit.place else None
    if polygon is None:
        return False
    from shapely import Point  # only few texts need it

    return bool(polygon.distance(Point(area.point)) * _DEGREE <= area.radius_km)


# Kilometres a degree, roughly, at Iraq's latitude.
_DEGREE = 100.0


def _is_towards(loose: Spot, other: Spot) -> bool:
    """Whether a place lies in a direction told without a distance, which may be a long way."""
    if not loose.is_loose or loose.place is None or loose.place.point is None:
        return False
    start, (there, _) = loose.place.point, _extent(other)
    is_big = (loose.place.population or 0) > 1_000_000
    if there is None or _apart(start, there) > (_FAR if is_big else _FAR / 3):
        return False
    if loose.area is None:
        return True
    turn = abs(_bearing(start, loose.area.point) - _bearing(start, there))
    return min(turn, 360 - turn) <= 60


# How many km "north of Baghdad" may be; off a lesser town it is a third.
_FAR = 180.0
# How far any town may reach.
_REACH = 10.0


def _extent(spot: Spot) -> tuple[tuple[float, float] | None, float]:
    """Return the middle of a place and how far, in km, it reaches."""
    if spot.area:
        return spot.area.point, spot.area.radius_km
    if spot.place is None:
        return None, 0.0
    reach = 2.5 * _REACH if spot.precision == "region" else _REACH
    return spot.place.point, max(spot.place.radius_km or 0.0, reach)


def _bearing(start: tuple[float, float], end: tuple[float, float]) -> float:
    east = (end[0] - start[0]) * cos(radians(start[1]))
    return degrees(atan2(east, end[1] - start[1]))


def _kilometres(one: Place, other: Place) -> float:
    if one.point is None or other.point is None:
        return 999.0
    return _apart(one.point, other.point)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    x1, y1, x2, y2 = (radians(value) for value in (*one, *other))
    a = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a))


def _score(spot: Spot, first: int, last: int) -> float:
    distance = min(abs(spot.first - last), abs(first - spot.last))
    return spot.weight - 0.12 * distance - 3 * spot.is_country
