"""Areas told by distance and direction: "12 km south of Mosul", "near Hawija", "between X and Y".

The words are read here, in English, Arabic and Sorani; what the area touches is
asked of the polygons. Points are geodesic, on WGS 84.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING, Protocol

from gazetteer.normalise import fold, folded_words
from gazetteer.place import Candidate, Level, Match, Offset, Place, Status

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.library import Library

_NEAR_KM = 10.0  # "near" a town: within so much of its edge
_OUTSKIRTS_KM = 5.0
_SOME_WAY_KM = 20.0  # "south of X" without a distance: mostly within twice this
_NEARLY_ALL = 0.95  # of an area: so much in one unit is in it, as far as boundaries are known
_SCORE = 0.85
_KM_OF_DEGREE = 111.2
_DETAIL = 0.01  # degrees: about a kilometre

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Relation:
    """How an area lies to its anchors: ``start`` is where its words begin in the text read.

    ``km`` is None where no distance is told, ``bearing`` (degrees) where no
    direction is. ``between`` relates to two anchors. ``beside``: the area may
    also be a part of the anchor, as with Arabic شرقي بغداد.
    """

    start: int
    km: float | None = None
    bearing: float | None = None
    beyond_km: float = 0.0
    between: bool = False
    beside: bool = False


def relation_before(text: str, end: int) -> Relation | None:
    """Return the relation that is told by the words that end at ``text[end]``, or None.

    ``text[end:]`` begins with the anchor's name.
    """
    start = max(0, end - _LOOK_BACK)
    lead = text[start:end]
    if not may_tell_area(fold(lead)):  # most names have no such words before them
        return None
    for pattern in (_FAR, _FAR_ARABIC, _FAR_SORANI):
        found = pattern.search(lead)
        if found is None or not (found["number"] or found["direction"]):
            continue
        if found["direction"] or not found[0].rstrip().endswith(" of"):  # not "12 km of Mosul"
            return _far(found, start)
    for pattern, km in _NEAR:
        found = pattern.search(lead)
        if found:
            return Relation(start + found.start(), beyond_km=km)
    found = _BETWEEN.search(lead)
    return Relation(start + found.start(), between=True) if found else None


def may_tell_area(folded: str) -> bool:
    """Whether folded words have a part of one that `relation_before` understands."""
    return any(hint in folded for hint in _HINTS) or folded in ("k", "m")  # of "k.m."


def split_between(text: str) -> tuple[str, str] | None:
    """Return the two names of "road between X and Y" or "X-Y road", or None."""
    for pattern in _TWO_NAMES:
        found = pattern.fullmatch(text)
        if found:
            return found[1], found[2]
    return None


class Areas:
    """Makes areas of relations, and asks the installed polygons what holds them."""

    def __init__(self, library: Library, places: _Places) -> None:
        self._library = library
        self._places = places
        self._holder = lru_cache(maxsize=4096)(self._find_holder)  # news repeats itself

    def off(self, query: str, relation: Relation, anchor: Match) -> Match | None:
        """Return the match of an area off one anchor, or None if the anchor has no point."""
        place = anchor.place
        if place is None or place.point is None:
            return None
        edge = place.radius_km or 2.0
        if relation.beside and relation.km is None:
            area = Offset(place.point, round(edge + _SOME_WAY_KM, 1), (place.id,))
            unit = self._places.place(place.adm1 or "IQ")
            return _match(query, unit, area, [place], f"in {place.name} or beside it")
        if relation.bearing is None:
            radius = relation.km * 1.1 if relation.km else relation.beyond_km
            area = Offset(place.point, round(edge + radius, 1), (place.id,))
            return _match(query, place, area, [place], f"an area about {place.name}")
        km = relation.km
        if km is None:
            point = _destination(place.point, relation.bearing, edge + _SOME_WAY_KM)
            area = Offset(point, round(edge + _SOME_WAY_KM, 1), (place.id,))
            told = f"an area beside {place.name}; no distance is told"
        else:
            # Eight winds tell a bearing to 22 degrees, which is 0.4 of the distance at worst; a
            # quarter holds most. And some count from the middle of a town, some from its edge.
            point = _destination(place.point, relation.bearing, km)
            area = Offset(point, round(max(2.0, km / 4) + min(edge, km), 1), (place.id,))
            told = f"{km:g} km from {place.name}"
        unit, why = self._holder(area)
        return _match(query, unit, area, [place], f"{told}; {why}")

    def between(self, query: str, one: Match, other: Match) -> Match | None:
        """Return the match of the stretch between two anchors, or None if one has no point."""
        places = [match.place for match in (one, other) if match.place is not None]
        points = [place.point for place in places if place.point is not None]
        if len(points) != 2 or places[0].id == places[1].id:
            return None
        middle, half = _middle(points[0], points[1])
        area = Offset(middle, round(half + 2.0, 1), tuple(place.id for place in places))
        units = _common(places)
        unit = self._places.place(units or "IQ")
        why = f"between {places[0].name} and {places[1].name}"
        return _match(query, unit, area, places, f"{why}; both lie in {unit.name}")

    def _find_holder(self, area: Offset) -> tuple[Place, str]:
        """Return the smallest unit that holds nearly all of an area, and what it touches."""
        disc = _disc(area)
        touched: list[str] = []
        for level in reversed(self._library.levels):
            if level is Level.ADM0:
                continue
            touched = []
            for pcode, polygon in _polygons(self._library, level):
                if not polygon.intersects(disc):
                    continue
                unit = self._places.place(pcode)
                touched.append(unit.name)
                if polygon.intersection(disc).area > _NEARLY_ALL * disc.area:
                    return unit, f"it lies in {unit.name}"
        return self._places.place("IQ"), f"it touches {', '.join(touched) or 'no governorate'}"


class _Places(Protocol):
    def place(self, id: str) -> Place: ...


def _match(query: str, place: Place, area: Offset, anchors: Iterable[Place], why: str) -> Match:
    candidates = tuple(Candidate(anchor, _SCORE, "told from here") for anchor in anchors)
    return Match(query, Status.RESOLVED, place, "offset", _SCORE, candidates, why, None, area)


def _common(places: list[Place]) -> str | None:
    """Return the smallest unit that two places share."""
    one, other = places
    for unit, its in ((one.adm3, other.adm3), (one.adm2, other.adm2), (one.adm1, other.adm1)):
        if unit is not None and unit == its:
            return unit
    return None


# --- on the globe --------------------------------------------------------------


@lru_cache(maxsize=4096)
def _destination(point: Point, bearing: float, km: float) -> Point:
    from geopy.distance import geodesic  # slow to import; few names need it

    there = geodesic(kilometers=km).destination((point[1], point[0]), bearing)
    return round(there.longitude, 5), round(there.latitude, 5)


@lru_cache(maxsize=4096)
def _middle(one: Point, other: Point) -> tuple[Point, float]:
    from geopy.distance import geodesic

    half = geodesic((one[1], one[0]), (other[1], other[0])).km / 2
    # Within Iraq the mean of the degrees is off the geodesic's middle by less than 2 km.
    return (round((one[0] + other[0]) / 2, 5), round((one[1] + other[1]) / 2, 5)), half


def _disc(area: Offset) -> BaseGeometry:
    from shapely import Point as PointGeometry
    from shapely.affinity import scale

    x, y = area.point
    circle = PointGeometry(x, y).buffer(area.radius_km / _KM_OF_DEGREE, quad_segs=4)
    return scale(circle, xfact=1 / cos(radians(y)), yfact=1.0, origin=(x, y))


def _polygons(library: Library, level: Level) -> list[tuple[str, BaseGeometry]]:
    """Return the polygons of a level, coarse: an area is vaguer than their detail."""
    from gazetteer import boundaries

    def read() -> list[tuple[str, BaseGeometry]]:
        frame = boundaries.read(library, level)
        return list(zip(frame["pcode"], frame.geometry.simplify(_DETAIL), strict=True))

    return library.keep(("coarse polygons", level), read)


# --- the words -----------------------------------------------------------------

_LOOK_BACK = 90
_WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_BEARINGS = {wind: 45.0 * step for step, wind in enumerate(_WINDS)}
_BEARINGS |= {
    "شمال": 0.0,
    "شمالشرق": 45.0,
    "شرق": 90.0,
    "جنوبشرق": 135.0,
    "جنوب": 180.0,
    "جنوبغرب": 225.0,
    "غرب": 270.0,
    "شمالغرب": 315.0,
    "باكوور": 0.0,
    "باشوور": 180.0,
    "ڕۆژههلات": 90.0,
    "ڕۆژهەڵات": 90.0,
    "ڕۆژئاوا": 270.0,
    "باکوور": 0.0,
    "باکوورڕۆژهەڵات": 45.0,
    "باکوورڕۆژئاوا": 315.0,
    "باشوورڕۆژهەڵات": 135.0,
    "باشوورڕۆژئاوا": 225.0,
}
_KM_OF_UNIT = {"mi": 1.609344, "mile": 1.609344, "miles": 1.609344, "ميل": 1.609344, "m": 0.001}
_KM_OF_UNIT |= dict.fromkeys(("metre", "metres", "meter", "meters", "متر", "مترا", "مەتر"), 0.001)
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_NUMBER = r"(?P<number>[\d٠-٩۰-۹]+(?:[.,][\d٠-٩۰-۹]+)?|" + "|".join(_NUMBERS) + ")"
_UNIT = r"(?P<unit>kilomet(?:er|re)s?|kms?|k\.m\.|miles?|mi|met(?:er|re)s?|m)\b\.?"
_WIND = r"(?P<direction>(?:north|south)(?:[ -]?(?:east|west))?|east|west)(?:ern)?"
_PLACE_WORDS = r"(?:the\s+)?(?:(?:holy\s+|nearby\s+)?(?:capital|city|town|village)\s+(?:of\s+)?)?"
_HINTS = folded_words(
    "north south east west km k.m kilo mile meter metre near outs edge subur periph close adjac "
    "vicin between linking connecting شمال جنوب شرق غرب كم كلم كيلو ميل متر قرب قريب ضواحي طراف "
    "مشارف خارج محيط بين نزيك دهوروبهر نێوان باكوور باشوور ڕۆژ"
)
_FAR = re.compile(
    rf"(?:\b(?:about|around|some|roughly|nearly|almost|approximately|just|over)\s+)?"
    rf"(?:\b{_NUMBER}[\s-]*{_UNIT}(?:\s*\([^)]{{1,20}}\))?(?:\s+away)?,?\s+)?"
    rf"(?:(?:to|in|on)\s+the\s+|just\s+)?(?:\b{_WIND}\s+(?:side\s+)?)?"
    rf"(?:of|from|outside)\s+{_PLACE_WORDS}$",
    re.IGNORECASE,
)
_FAR_ARABIC = re.compile(
    r"(?:(?:على\s+)?(?:بعد|مسافة)\s+)?(?:(?:نحو|حوالي|قرابة)\s+)?"
    r"(?:(?P<number>[\d٠-٩]+(?:[.,][\d٠-٩]+)?)\s*"
    r"(?P<unit>كيلومترات|كيلومترا|كيلو متر|كيلومتر|كلم|كم|ميل|مترا|متر)\s+)?"
    r"(?:(?:إلى|الى)\s+)?\b(?P<direction>(?:ال)?(?:شمال|جنوب)ي?(?:\s+(?:ال)?(?:شرق|غرب)ي?)?|(?:ال)?(?:شرق|غرب)ي?)"
    r"\s+(?:من\s+)?$"
)
_FAR_SORANI = re.compile(
    r"(?:(?P<number>[\d٠-٩۰-۹]+(?:[.,][\d٠-٩۰-۹]+)?)\s*(?P<unit>کیلۆمەتر|کیلۆمەتری|کم|کلم|مەتر)\s+)?(?:لە\s+)?"
    r"\b(?P<direction>(?:باکوور|باشوور)ی?(?:\s+(?:ڕۆژهەڵات|ڕۆژئاوا)ی?)?|(?:ڕۆژهەڵات|ڕۆژئاوا)ی?)\s+$"
)
_NEAR = (
    (
        re.compile(
            rf"\b(?:(?:on|in|at|to)\s+)?(?:the\s+)?(?:(?:northern|southern|eastern|western)\s+)?"
            rf"(?:outskirts|edge|suburbs|periphery)\s+of\s+{_PLACE_WORDS}$",
            re.IGNORECASE,
        ),
        _OUTSKIRTS_KM,
    ),
    (
        re.compile(
            rf"\b(?:near|nearby|outside|close\s+to|adjacent\s+to|in\s+the\s+(?:vicinity|area)\s+of|"
            rf"not\s+far\s+from)\s+{_PLACE_WORDS}$",
            re.IGNORECASE,
        ),
        _NEAR_KM,
    ),
    (re.compile(r"\b(?:ضواحي|أطراف|اطراف|مشارف)\s+$"), _OUTSKIRTS_KM),
    (re.compile(r"\b(?:بالقرب\s+من|قرب|قريب\s+من|خارج|محيط)\s+$"), _NEAR_KM),
    (re.compile(r"\b(?:نزیک|نزیکی|دەوروبەری)\s+$"), _NEAR_KM),
)
_BETWEEN = re.compile(
    r"(?:\b(?:main\s+)?(?:road|highway|motorway|route|area|desert|stretch)\s+)?"
    r"\b(?:between|linking|connecting)\s+(?:the\s+)?$|(?:\bالطريق\s+(?:الرابط\s+)?)?\bبين\s+(?:مدينتي\s+)?$|\bنێوان\s+$",
    re.IGNORECASE,
)
_TWO_NAMES = (
    re.compile(r"(?:.{0,30}\s)?(?:between|linking|connecting)\s+(.+?)\s+(?:and|to)\s+(.+)", re.I),
    re.compile(r"(?:road|highway|route)\s+from\s+(.+?)\s+to\s+(.+)", re.IGNORECASE),
    re.compile(r"(?:the\s+)?(.+?)\s*(?:[-–—/]|\sto\s)\s*(.+?)\s+(?:road|highway|route)", re.I),
    re.compile(r"(?:(?:ال)?طريق\s+)?(?:ال\S+\s+)?بين\s+(.+?)\s+و\s?(.+)"),
    re.compile(r"(?:ال)?طريق\s+(.+?)\s*[-–—]\s*(.+)"),
    re.compile(r"(?:ڕێگای\s+)?نێوان\s+(.+?)\s+و\s+(.+)"),
)


def _far(found: re.Match[str], start: int) -> Relation:
    number, unit, direction = found["number"], found["unit"], found["direction"]
    km = None
    if number:
        plain = _NUMBERS.get(number.lower())
        value = float(plain if plain is not None else number.replace(",", "."))
        km = value * _KM_OF_UNIT.get(unit.lower().rstrip("."), 1.0)
    bearing = _BEARINGS[_wind(direction)] if direction else None
    beside = bool(direction) and direction.endswith(("ي", "ی"))
    return Relation(start + found.start(), km, bearing, beside=beside)


def _wind(words: str) -> str:
    if words.isascii():
        return re.sub(r"[\s-]", "", words.lower()).replace("ern", "")
    parts = [re.sub(r"^ال|[يی]$", "", part) for part in words.split()]
    return "".join(parts)
