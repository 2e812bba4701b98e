"""Areas told by distance and direction: "12 km south of Mosul", "near Hawija", "between X and Y".

Their words are read by `gazetteer.relations`; what the area touches is asked of
the polygons. Points are geodesic, on WGS 84.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from math import atan2, cos, degrees, radians
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from geographiclib.geodesic import Geodesic  # what geopy measures with, whose import takes 0.1 s

from gazetteer.nesting import governorates_of, lies_in
from gazetteer.place import Candidate, Level, Match, Offset, Place, Status
from gazetteer.relations import Relation

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.library import Library

_SOME_WAY_KM = 20.0  # "south of X" without a distance: mostly within twice this
_ABOUT_KM = 15.0  # farther from a place its units need not be those of the place
_MOST = 0.85  # of an area in one unit: then that is as sure as the score says
# Of villages that lie so to a town, with so much of the area in the town's governorate, 83 of 100
# lie there, too: who says "north of X" mostly means not far.
_OWN = 0.4
_ABROAD = 0.15  # of an area in Iraq: with less it lies outside, however coarse the border is
_TOUCHED = 0.05  # of an area in a unit: less is within the error of coarse borders
_WINDING = 0.1  # of a stretch: how far a road may run off the line between its ends
_HERE = 0.5  # of an area in Iraq, and all of that in one unit: it is there, or abroad
_SCORE = 0.85
_FAR_KM = 450.0  # "Mosul, north of Baghdad": no farther from what it is told from
_NEAR_KM = 30.0  # "Balad, near Samarra"
_ASKEW = 67.5  # degrees: the wind beside the one told, and half the next
_KM_OF_DEGREE = 111.2
_DETAIL = 0.01  # degrees: about a kilometre

Point = tuple[float, float]


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
        if relation.km is not None and relation.km < 0:
            candidates = (Candidate(place, 0.3, "told from here"),)
            why = f"{relation.km:g} km from {place.name} is no distance"
            return Match(query, Status.AMBIGUOUS, candidates=candidates, why=why)
        edge = place.radius_km or 2.0
        if relation.beside and relation.km is None:
            area = Offset(place.point, round(edge + _SOME_WAY_KM, 1), (place.id,))
            unit = self._places.place(place.adm1 or "IQ")
            return _match(query, unit, area, [place], f"in {place.name} or beside it")
        if relation.bearing is None:
            radius = relation.km * 1.1 if relation.km else relation.beyond_km
            area = Offset(place.point, round(edge + radius, 1), (place.id,))
            told = f"an area about {place.name}"
            if radius > _ABOUT_KM:  # it is about the place no more
                return self._held(query, area, place, told)
            return _match(query, place, area, [place], told)
        km = relation.km
        if km is None:
            point = _destination(place.point, relation.bearing, edge + _SOME_WAY_KM)
            area = Offset(point, round(edge + _SOME_WAY_KM, 1), (place.id,))
            told = f"an area beside {place.name}; no distance is told"
        else:
            # Eight winds tell a bearing to 22 degrees, which is 0.4 of the distance at worst; a
            # quarter holds most. And some count from the middle of a town, some from its edge.
            point = _destination(place.point, relation.bearing, km)
            area = Offset(
                point, round(max(2.0, km * relation.spread) + min(edge, km), 1), (place.id,)
            )
            told = f"{round(km, 1):g} km from {place.name}"
        own = place.adm1 if km is None else None
        return self._held(query, area, place, told, own=own)

    def between(self, query: str, one: Match, other: Match) -> Match | None:
        """Return the match of the stretch between two anchors, or None if one has no point.

        Where one is abroad or not known, so is how far the stretch goes from the other.
        """
        places = [match.place for match in (one, other) if match.place is not None]
        if len(places) == 1:
            far = other if one.place is not None else one
            candidates = (Candidate(places[0], 0.3, "one end of it"),)
            why = f"between {places[0].name} and {far.query}: {far.why}"
            return Match(query, Status.AMBIGUOUS, candidates=candidates, why=why)
        points = [place.point for place in places if place.point is not None]
        if len(points) != 2 or places[0].id == places[1].id:
            return None
        middle, half = _middle(points[0], points[1])
        width = 2.0 + _WINDING * 2 * half
        area = Offset(
            middle,
            round(half + 2.0, 1),
            tuple(place.id for place in places),
            ends=(points[0], points[1]),
            width_km=round(width, 1),
        )
        units = _common(places)
        unit = self._places.place(units or "IQ")
        why = f"between {places[0].name} and {places[1].name}"
        return _match(query, unit, area, places, f"{why}; both lie in {unit.name}")

    def inside(self, match: Match, parent: Place) -> Match:
        """Return the match of an area that is told to lie in a parent, or why it does not."""
        area, place = match.area, match.place
        held = governorates_of(parent)
        if area is None or place is None or not held or lies_in(place, parent):
            return match
        level = parent.level if parent.level in self._library.levels else Level.ADM1
        units = {parent.id} if level is parent.level else set(held)
        if sum(s for pcode, s in self.touching(area, level).items() if pcode in units) < _TOUCHED:
            why = f"the parent contradicts the name: {match.why}; none of it lies in {parent.name}"
            return Match(match.query, Status.AMBIGUOUS, candidates=match.candidates, why=why)
        unit = parent if parent.level.is_admin else place
        return replace(match, place=unit, why=f"{match.why}; the part of it in {parent.name}")

    def touching(self, area: Offset, level: Level) -> dict[str, float]:
        """Return the p-codes of the polygons that an area touches: what part of it lies in each."""
        shape = _shape(area)
        shares = {
            pcode: polygon.intersection(shape).area / shape.area
            for pcode, polygon in _polygons(self._library, level)
            if polygon.intersects(shape)
        }
        return dict(sorted(shares.items(), key=lambda item: -item[1]))

    def _held(
        self, query: str, area: Offset, anchor: Place, told: str, *, own: str | None = None
    ) -> Match:
        """Return the match of an area by the unit that holds it, or one outside Iraq."""
        unit, why = self._holder(area, own)
        if unit is None and area.point == anchor.point:  # no direction is told
            unit = self._places.place("IQ")
        if unit is None:
            candidates = (Candidate(anchor, 0.3, "told from here"),)
            why = f"{told}; {why}"
            return Match(query, Status.OUTSIDE, None, "offset", _SCORE, candidates, why)
        return _match(query, unit, area, [anchor], f"{told}; {why}")

    def _find_holder(self, area: Offset, own: str | None) -> tuple[Place | None, str]:
        """Return the smallest unit that holds most of an area, None abroad, and what it touches.

        ``own`` is the governorate of what the area is told from, where no distance is: it will
        do with less of the area.
        """
        shares: dict[str, float] = {}
        for level in reversed(self._library.levels):
            if level is Level.ADM0:
                continue
            shares = self.touching(area, level)
            names = [self._places.place(pcode).name for pcode in shares]
            if shares and max(shares.values()) > _MOST:
                unit = self._places.place(next(iter(shares)))
                others = f" and touches {', '.join(names[1:])}" if names[1:] else ""
                return unit, f"it lies in {names[0]}{others}"
        in_iraq = sum(shares.values())
        if in_iraq < _ABROAD:
            return None, "that lies outside Iraq"
        if len(shares) == 1 and in_iraq >= _HERE:
            return self._places.place(next(iter(shares))), f"it lies in {names[0]} or abroad"
        if own is not None and shares.get(own, 0.0) >= _OWN * in_iraq:
            unit = self._places.place(own)
            elsewhere = [name for name in names if name != unit.name] or ["abroad"]
            return unit, f"it lies in {unit.name}, as that does, or in {', '.join(elsewhere)}"
        return self._places.place("IQ"), f"it touches {', '.join(names)}"


def agrees(place: Place, relation: Relation, anchor: Place) -> bool:
    """Whether a place lies to another as it is told, as roughly as writers tell it.

    Units and regions have no point; of them it is only known whether they share a governorate.
    """
    if place.id == anchor.id:
        return False
    if place.point is None or anchor.point is None:
        return not set(governorates_of(place)).isdisjoint(governorates_of(anchor))
    km = _distance(place.point, anchor.point)
    slack = (place.radius_km or 2.0) + (anchor.radius_km or 2.0) + _SOME_WAY_KM / 2
    farthest = _NEAR_KM if relation.bearing is None else _FAR_KM
    if relation.km is not None:
        farthest = relation.km * 1.5
    nearest = 0.0 if relation.km is None else relation.km / 2
    if not nearest - slack <= km <= farthest + slack:
        return False
    if relation.bearing is None or km < slack:
        return True
    askew = (_bearing(anchor.point, place.point) - relation.bearing + 180) % 360 - 180
    return abs(askew) <= _ASKEW


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
    there = Geodesic.WGS84.Direct(point[1], point[0], bearing, km * 1000)
    return round(there["lon2"], 5), round(there["lat2"], 5)


def _distance(one: Point, other: Point) -> float:
    between = Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0], Geodesic.DISTANCE)
    return float(between["s12"]) / 1000


def _bearing(one: Point, other: Point) -> float:
    """Return the bearing from one point to another in degrees; the earth is flat nearby."""
    east = (other[0] - one[0]) * cos(radians((one[1] + other[1]) / 2))
    return degrees(atan2(east, other[1] - one[1]))


@lru_cache(maxsize=4096)
def _middle(one: Point, other: Point) -> tuple[Point, float]:
    half = _distance(one, other) / 2
    # Within Iraq the mean of the degrees is off the geodesic's middle by less than 2 km.
    return (round((one[0] + other[0]) / 2, 5), round((one[1] + other[1]) / 2, 5)), half


def _shape(area: Offset) -> BaseGeometry:
    """Return what an area covers: a disc, and of a stretch what is near its line."""
    from shapely import LineString
    from shapely import Point as PointGeometry
    from shapely.affinity import scale

    x, y = area.point
    wide = 1 / cos(radians(y))  # as many degrees east are a kilometre as one is north
    flat = PointGeometry(x, y).buffer(area.radius_km / _KM_OF_DEGREE, quad_segs=4)
    if area.ends and area.width_km is not None:
        line = scale(LineString(area.ends), xfact=1 / wide, origin=(x, y))
        flat &= line.buffer(area.width_km / _KM_OF_DEGREE, quad_segs=4)
    return scale(flat, xfact=wide, origin=(x, y))


def _polygons(library: Library, level: Level) -> list[tuple[str, BaseGeometry]]:
    """Return the polygons of a level, coarse: an area is vaguer than their detail."""

    def read() -> list[tuple[str, BaseGeometry]]:
        import shapely

        if library.approximate and level is Level.ADM1:  # our own file: no need of frames
            features = json.loads(library.polygon_file(level))["features"]
            pcodes = [feature["properties"]["pcode"] for feature in features]
            shapes = shapely.from_geojson([json.dumps(f["geometry"]) for f in features])
        else:
            from gazetteer import boundaries  # imports frames

            frame = boundaries.read(library, level)
            pcodes, shapes = frame["pcode"], frame.geometry.to_numpy()
        return sorted(zip(pcodes, shapely.simplify(shapes, _DETAIL), strict=True), key=_pcode)

    return library.keep(("coarse polygons", level), read)


_pcode = itemgetter(0)
