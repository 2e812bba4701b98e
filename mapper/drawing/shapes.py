"""Polygons and points in the form that the page draws."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

GRID = 10_000
"""Coordinates are whole numbers of a ten-thousandth of a degree (11 m)."""

_MOST_ANCHORS = {"adm1": 48, "adm2": 16, "adm3": 8}
"""Places to try for a label: a governorate also finds room for its badge between marks."""

_TOLERANCE = 0.002
"""Degrees by which a drawn outline may differ from the data: a pixel on a country map."""

_SAME_AREA = 1e-4
"""The share by which an area may differ from its parts that tile it."""


def simplified(frame: gpd.GeoDataFrame) -> Any:
    """Return the polygons with fewer vertices, borders between them still shared."""
    shapes = np.asarray(frame.geometry.array)
    if len(shapes) and shapely.coverage_is_valid(shapes):
        return shapely.coverage_simplify(shapes, _TOLERANCE)
    return shapely.simplify(shapes, _TOLERANCE)


def simplified_levels(areas: gpd.GeoDataFrame) -> Any:
    """Return the polygons of several levels with fewer vertices, borders still shared.

    Areas that others of the next level tile are put together from these, so that a border
    is the same line at every level.

    Parameters
    ----------
    areas : ``pcode``, ``level``, ``parent`` and polygons, EPSG:4326
    """
    drawn = np.empty(len(areas), dtype=object)
    levels = areas["level"].to_numpy(dtype=object)
    sizes = shapely.area(np.asarray(areas.geometry.array))
    for level in sorted(set(levels), reverse=True):
        rows = np.flatnonzero(levels == level)
        drawn[rows] = simplified(areas.iloc[rows])
        children = areas["parent"].groupby(areas["parent"]).indices
        for row in rows:
            parts = children.get(areas["pcode"].iloc[row], [])
            if len(parts) and abs(sizes[parts].sum() / sizes[row] - 1) < _SAME_AREA:
                drawn[row] = shapely.coverage_union_all(drawn[parts])
    return drawn


def rings(shape: Any) -> list[list[list[int]]]:
    """Return a shape's polygons, each a list of rings, each x and y, then steps from there."""
    if shape is None or shapely.is_empty(shape):
        return []
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return [[_steps(ring) for ring in (part.exterior, *part.interiors)] for part in parts]


def anchors(shape: Any, level: str = "adm1", columns: int = 11) -> list[list[float]]:
    """Return points well inside a shape where its label may stand, the best first."""
    if shape is None or shapely.is_empty(shape):
        return []
    best = shapely.point_on_surface(shape)
    middle = shapely.centroid(shape)
    first = middle if shapely.contains(shape, middle) else best
    west, south, east, north = shape.bounds
    grid = np.meshgrid(
        np.linspace(west, east, columns + 2)[1:-1], np.linspace(south, north, columns + 2)[1:-1]
    )
    spots = shapely.points(grid[0].ravel(), grid[1].ravel())
    # Not too near the border: a label there could be read as the neighbour's.
    width = min(east - west, north - south)
    for share in (0.06, 0.02, 0.0):
        kept = spots[shapely.contains(shapely.buffer(shape, -share * width), spots)]
        if len(kept) > 3:
            break
    ordered = kept[np.argsort(shapely.distance(kept, first), kind="stable")]
    most = _MOST_ANCHORS.get(level, _MOST_ANCHORS["adm1"])
    return [[round(point.x, 3), round(point.y, 3)] for point in (first, *ordered[:most])]


def _steps(ring: Any) -> list[int]:
    spots = np.round(shapely.get_coordinates(ring) * GRID).astype(int)
    steps = np.diff(spots, axis=0, prepend=0)
    kept = steps[(steps != 0).any(axis=1)]
    return [int(value) for value in kept.ravel()]
