"""Which places lie in one another, as far as their units are known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gazetteer.place import Level, Place

RANK = {level: rank for rank, level in enumerate(Level)}
"""The coarser a level, the less."""


def rank_told(place: Place | None) -> int | None:
    """Return how coarse a place is among those it is told with; a region is as large as a unit."""
    if place is None:
        return None
    if place.level is Level.REGION:
        return RANK[Level.ADM1 if place.across else Level.ADM2]
    return RANK[place.level]


def lies_in(place: Place, parent: Place) -> bool:
    """Whether a place is another or lies in it, as far as their units are known."""
    if place.id == parent.id or parent.level is Level.ADM0:
        return True
    if parent.level is Level.REGION:
        return place.adm1 is not None and place.adm1 in governorates_of(parent)
    if RANK[place.level] < RANK[parent.level] or parent.adm1 is None:
        return False
    if place.adm1 is None:
        return parent.adm1 in place.across  # a part of it does
    return all(
        own is None or theirs is None or own == theirs
        for own, theirs in zip(_units(place), _units(parent), strict=True)
    )


def nest(places: Sequence[Place]) -> list[Place] | None:
    """Return namesakes, coarsest first, if each lies in the one before; otherwise None."""
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


def _units(place: Place) -> tuple[str | None, str | None, str | None]:
    return place.adm1, place.adm2, place.adm3
