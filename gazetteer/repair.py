"""Admin polygons as they should be: repaired where that can be done, refused by name where not.

Imports shapely: not for the way from a name to a place.
"""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from gazetteer.errors import DataError
from gazetteer.place import Level

_PCODES = {
    Level.ADM0: re.compile("IQ"),
    Level.ADM1: re.compile(r"IQG\d\d"),
    Level.ADM2: re.compile(r"IQG\d\dQ\d\d"),
    Level.ADM3: re.compile(r"IQG\d\dQ\d\dN\d\d"),
}
_REACH = shapely.box(36.0, 27.0, 52.0, 40.0)  # no part of Iraq lies outside
_FLAT = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def repaired(polygons: gpd.GeoDataFrame, level: Level, *, source: str) -> gpd.GeoDataFrame:
    """Check the units of one level, repair their polygons and sort them by p-code.

    Parameters
    ----------
    polygons : ``pcode``, ``name``, ``name_ar`` and geometry, EPSG:4326
    source : what the polygons come from, for messages

    Raises
    ------
    DataError
        A unit has no p-code of the level or another one's, or has no polygon
        in Iraq; names it.
    """
    labels = (
        polygons["name"].fillna("?") + " (" + polygons["pcode"].fillna("no p-code") + ")"
    ).to_list()
    for pcode, label in zip(polygons["pcode"], labels, strict=True):
        if not isinstance(pcode, str) or not _PCODES[level].fullmatch(pcode):
            raise DataError(f"{source}: {label}: not a p-code of {level}", pcode)
    twice = polygons["pcode"].duplicated()
    if twice.any():
        label = labels[int(np.argmax(twice))]
        raise DataError(f"{source}: {label} occurs twice", label)
    _refuse(
        _lacks_numbers(polygons.geometry.to_numpy()),
        labels,
        f"{source}: {{}} has a coordinate that is no number",
    )
    shapes = _made_valid(polygons.geometry.to_numpy())
    _refuse(
        shapely.is_missing(shapes) | shapely.is_empty(polygons.geometry.to_numpy()),
        labels,
        f"{source}: {{}} has no polygon",
    )
    _refuse(
        shapely.is_empty(shapes), labels, f"{source}: {{}} is not a polygon and cannot be made one"
    )
    shapely.prepare(_REACH)
    _refuse(
        ~shapely.contains(_REACH, shapes),
        labels,
        f"{source}: {{}} lies far outside Iraq: are longitude and latitude swapped?",
    )
    return polygons.set_geometry(gpd.GeoSeries(shapes, index=polygons.index, crs=4326)).sort_values(
        "pcode", ignore_index=True
    )


def _refuse(bad: NDArray[np.bool_], labels: list[str], message: str) -> None:
    if bad.any():
        label = labels[int(np.argmax(bad))]
        raise DataError(message.format(label), label)


def _lacks_numbers(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    points, shape = shapely.get_coordinates(shapes, return_index=True)
    lacks = np.zeros(len(shapes), dtype=bool)
    lacks[shape[~np.isfinite(points).all(axis=1)]] = True
    return lacks


def _made_valid(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return valid polygons on a plane; empty ones where there is no area."""
    shapes = shapely.force_2d(shapes)
    flat = np.isin(shapely.get_type_id(shapes), _FLAT)
    astray = ~(shapely.is_valid(shapes) & flat) & ~shapely.is_missing(shapes)
    for at in np.flatnonzero(astray):
        parts = shapely.get_parts(shapely.make_valid(shapes[at]))
        while (shapely.get_type_id(parts) == shapely.GeometryType.GEOMETRYCOLLECTION).any():
            parts = shapely.get_parts(parts)
        shapes[at] = shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _FLAT)])
    return shapes
