"""Which places lie in one another, as far as their units are known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gazetteer.place import Level, Place

RANK = {level: rank for rank, level in enumerate(Level)}
"""The coarser a level, the less."""

_CITY_KM = 15.0  # no other city of Iraq reaches so far from its middle


def rank_told(place: Place | None) -> float | None:
    """Return how coarse a place is among those it is told with; the coarser, the less.

    A region is as large as a unit, a quarter smaller than any town. A city that several
    districts are parts of is larger than a district.
    """
    if place is None:
        return None
    if place.level is Level.REGION:
        return RANK[Level.ADM1 if place.across else Level.ADM2]
    if _has_districts(place):
        return RANK[Level.ADM2] - 0.5
    return RANK[place.level] + 0.5 * (place.level is Level.SETTLEMENT and place.kind == "quarter")


def lies_in(place: Place, parent: Place) -> bool:
    """Whether a place is another or lies in it, as far as their units are known.

    Where a region such as northern Iraq ends is not known; and what a governorate claims or
    administers is told to lie in it.
    """
    if place.id == parent.id or parent.level is Level.ADM0:
        return True
    if parent.level is Level.REGION:
        held = governorates_of(parent)
        return not held or (place.adm1 is not None and place.adm1 in held)
    if parent.id in place.told_in:
        return True
    least = RANK[Level.ADM2 if _has_districts(parent) else parent.level]
    if RANK[place.level] < least or parent.adm1 is None:
        return False
    if place.adm1 is None:
        return parent.adm1 in place.across  # a part of it does
    if place.adm1 != parent.adm1 or _has_districts(parent):
        return place.adm1 == parent.adm1
    known = (place.adm2, parent.adm2), (place.adm3, parent.adm3)
    return all(own is None or theirs is None or own == theirs for own, theirs in known)


def nest(places: Sequence[Place]) -> list[Place] | None:
    """Return namesakes, coarsest first, if each lies in the one before; otherwise None."""
    if len(places) == 1:
        return list(places)
    ordered = sorted(places, key=lambda place: RANK[place.level])
    for outer, inner in pairwise(ordered):
        if outer.level is inner.level or not outer.level.is_admin:
            return None
        # A district is called after its seat, even where the list draws the seat beside it.
        seat = outer.level is Level.ADM2 and outer.adm1 == inner.adm1
        if not (seat or lies_in(inner, outer)):
            return None
    return ordered


def governorates_of(place: Place) -> tuple[str, ...]:
    """Return the p-codes of the governorates that a place lies in, as far as they are known."""
    return place.across or ((place.adm1,) if place.adm1 else ())


def _has_districts(place: Place) -> bool:
    """Whether a place is a city that several districts are parts of, as Baghdad is."""
    return place.level is Level.SETTLEMENT and (place.radius_km or 0) >= _CITY_KM
