"""Geometries written as text (WKT, WKB in hexadecimal digits, GeoJSON) to positions."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_LONGEST = 50_000
_BEGINS = re.compile(
    r"\s*(?:\{|(?:00|01)[0-9a-f]{40,}\s*$"
    r"|(?:SRID=4326;)?\s*(?:(?:MULTI)?(?:LINESTRING|POLYGON)|MULTIPOINT|GEOMETRYCOLLECTION)\b)",
    re.IGNORECASE,
)
KM_A_DEGREE = 111.2
_WIDTHS = ((2.0, "site"), (5.0, "settlement"), (25.0, "relative"))
"""A shape that is no wider around its middle is as exact as these."""

Position = tuple[float, float, str | None]
"""Longitude, latitude, and how exact it is, unless it is a point."""


def read_geometry(text: str) -> Position | None:
    """Read a point, or the middle of a line or an area that is small enough to have one.

    None where it is no geometry, or one so wide that its middle tells nothing.
    """
    if len(text) > _LONGEST or not _BEGINS.match(text):
        return None
    shape = _shape(text.strip())
    return None if shape is None else middle(shape)


def middle(shape: BaseGeometry) -> Position | None:
    """Return the middle of a shape in degrees, if it is small enough to have one."""
    west, south, east, north = shape.bounds if not shape.is_empty else (np.nan,) * 4
    x, y = (west + east) / 2, (south + north) / 2
    if not np.isfinite(x + y):
        return None
    if shape.geom_type == "Point":
        return x, y, None
    width, height = (east - west) * np.cos(np.radians(y)), north - south
    around = KM_A_DEGREE * float(np.hypot(width, height)) / 2
    precision = next((told for most, told in _WIDTHS if around <= most), None)
    return (x, y, precision) if precision else None


def _shape(text: str) -> BaseGeometry | None:
    import shapely  # only those tables that need it wait for it

    with contextlib.suppress(shapely.GEOSException, ValueError):
        if text.startswith("{"):
            return shapely.from_geojson(text)
        if text[0] in "01":
            found = shapely.from_wkb(text)
            return found if shapely.get_srid(found) in (0, 4326) else None
        return shapely.from_wkt(text.split(";")[-1])
    return None
