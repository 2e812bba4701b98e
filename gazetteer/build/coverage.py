"""Polygons that tile an area: noded together, so that neighbours share every vertex.

Coordinates are WGS 84 degrees on a grid of `GRID`, about one metre.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from gazetteer.build.artefact import DECIMALS

GRID = 10**-DECIMALS


def retile(
    lines: Iterable[BaseGeometry], owner: Callable[[Point], str | None]
) -> dict[str, Polygon | MultiPolygon]:
    """Cut the plane along lines and give every face to an owner.

    Parameters
    ----------
    lines : lines and polygon outlines that cut the plane
    owner : the owner of the face that a point lies in, or None where there is none

    Returns
    -------
    dict
        Owner to the union of its faces; the faces share all vertices.
    """
    noded = shapely.union_all(shapely.set_precision(list(lines), GRID), grid_size=GRID)
    faces: dict[str, list[Polygon]] = {}
    for face in shapely.polygonize([noded]).geoms:
        name = owner(face.representative_point())
        if name is not None:
            faces.setdefault(name, []).append(face)
    return {name: shapely.coverage_union_all(parts) for name, parts in sorted(faces.items())}


def without_exclaves(
    areas: Mapping[str, BaseGeometry], *, at_most: float = 0.05
) -> dict[str, BaseGeometry]:
    """Give cut-off bits of an area to the neighbour they share most of their edge with.

    A bit is a part smaller than `at_most` of the area it belongs to; the
    largest part always stays. Iterates until nothing moves.
    """
    owned = dict(areas)
    while move := _next_exclave(owned, at_most):
        loser, part, gainer = move
        owned[loser] = shapely.difference(owned[loser], part, grid_size=GRID)
        owned[gainer] = shapely.coverage_union(owned[gainer], part)
    return owned


def _next_exclave(
    areas: Mapping[str, BaseGeometry], at_most: float
) -> tuple[str, BaseGeometry, str] | None:
    for name, area in areas.items():
        for part in sorted(shapely.get_parts(area), key=lambda p: p.area)[:-1]:
            if part.area >= at_most * area.area:
                continue
            shared = {
                other: part.boundary.intersection(areas[other].boundary).length
                for other in areas
                if other != name
            }
            best = max(shared, key=lambda other: shared[other])
            if shared[best] > 0:
                return name, part, best
    return None
