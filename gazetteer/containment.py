"""Points to p-codes, many at a time.

A grid over the polygons knows, of every cell that no boundary touches, which
polygon holds it; only the points in the other cells are tested one by one.
Imports pandas and shapely: not for the way from a name to a place.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from gazetteer.boundaries import pcode_at, read
from gazetteer.library import ADMIN_LEVELS, Library

_FEW = 10_000  # so many points are tested one by one sooner than a grid is built
_CELLS = 1024  # a side of the grid
_SLACK = 1e-6  # of a cell: far above rounding, far below what matters
_RIM = 2  # cells around the grid
_NOWHERE, _MIXED = -1, -2

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Units = NDArray[np.int32]
Tested = Callable[[Floats, Floats], Units]


def containing(library: Library, longitude: ArrayLike, latitude: ArrayLike) -> pd.DataFrame:
    """Find the admin units that hold points.

    Parameters
    ----------
    library : the installed data
    longitude, latitude : degrees, WGS 84; two numbers, or two arrays of one length

    Returns
    -------
    DataFrame
        One row a point, in input order: ``adm0_pcode`` to ``adm3_pcode``,
        missing where no polygon of the installed data holds the point, and
        where a coordinate is missing. The finest level decides and the coarser
        codes are its parents'; a coarser level decides only where no finer
        polygon is. A point on a boundary belongs to the polygon whose p-code
        sorts first.

    Raises
    ------
    ValueError
        The arrays are not of one length.
    """
    x, y = (np.asarray(degrees, dtype=np.float64) for degrees in (longitude, latitude))
    if x.shape != y.shape or x.ndim > 1:
        raise ValueError(
            f"longitude and latitude must be two numbers or two flat arrays of one length, "
            f"not of shapes {x.shape} and {y.shape}"
        )
    x, y = np.atleast_1d(x), np.atleast_1d(y)
    units = library.keep("units", lambda: _Units(library))
    held = units.holding(x, y)
    held[held == _NOWHERE] = units.nowhere  # pandas takes negative indices slowly
    return pd.DataFrame(
        {f"{level}_pcode": units.codes[level].take(held) for level in ADMIN_LEVELS}, copy=False
    )


class _Units:
    """All polygons of a library, finest level first, each level in the order of its p-codes."""

    def __init__(self, library: Library) -> None:
        self._levels = []
        pcodes: list[str] = []
        for level in reversed(library.levels):
            polygons = read(library, level)
            self._levels.append(_Level(polygons.geometry.to_numpy(), first=len(pcodes)))
            pcodes += polygons["pcode"].to_list()
        self.nowhere = len(pcodes)
        self.codes = {
            level: pd.array([*(pcode_at(level, pcode) for pcode in pcodes), None], dtype="str")
            for level in ADMIN_LEVELS
        }
        self._grid: _Grid | None = None

    def holding(self, x: Floats, y: Floats) -> Units:
        """Return the index of the unit that holds each point, or `_NOWHERE`."""
        if self._grid is None and len(x) < _FEW:
            return self._tested(x, y)
        if self._grid is None:
            shapes = np.concatenate([level.shapes for level in self._levels])
            self._grid = _Grid(shapes, self._tested)
        held = self._grid.look_up(x, y)
        mixed = np.flatnonzero(held == _MIXED)
        held[mixed] = self._tested(x[mixed], y[mixed])
        return held

    def _tested(self, x: Floats, y: Floats) -> Units:
        """Test points one by one, against coarser levels those that no finer one holds."""
        held = np.full(len(x), _NOWHERE, dtype=np.int32)
        left = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        for level in self._levels:
            held[left] = level.holding(x[left], y[left])
            left = left[held[left] == _NOWHERE]
        return held


class _Level:
    """The polygons of one level; ``first`` is the index of its first unit among all."""

    def __init__(self, shapes: NDArray[np.object_], *, first: int) -> None:
        self.shapes = shapes
        self._first = first
        self._tree = shapely.STRtree(shapes)
        shapely.prepare(shapes)

    def holding(self, x: Floats, y: Floats) -> Units:
        """Return the index of the first unit that holds each point, or `_NOWHERE`."""
        beyond = self._first + len(self.shapes)
        held = np.full(len(x), beyond, dtype=np.int32)
        point, shape = self._tree.query(shapely.points(x, y))  # by their boxes
        inside = shapely.intersects_xy(self.shapes[shape], x[point], y[point])
        np.minimum.at(held, point[inside], (shape[inside] + self._first).astype(np.int32))
        held[held == beyond] = _NOWHERE
        return held


class _Grid:
    """Cells over polygons: the unit that holds a whole cell, `_NOWHERE`, or `_MIXED`."""

    def __init__(self, shapes: NDArray[np.object_], tested: Tested) -> None:
        west, south, east, north = shapely.total_bounds(shapes)
        self._origin = (west, south)
        self._scale = (_CELLS / (east - west), _CELLS / (north - south))
        touched = self._touched(shapes)
        # A run of untouched cells in one row lies on one side of every boundary,
        # so that the middle of its first cell speaks for all of it.
        starts = ~touched
        starts[:, 1:] &= touched[:, :-1]
        row, column = np.nonzero(starts)
        held = tested(west + (column + 0.5) / self._scale[0], south + (row + 0.5) / self._scale[1])
        self._cells = np.full((_CELLS + 2 * _RIM,) * 2, _NOWHERE, dtype=np.int32)
        self._cells[1:-1, 1:-1] = _MIXED  # points on the outermost edge may fall beside the grid
        inner = self._cells[_RIM:-_RIM, _RIM:-_RIM]
        inner[~touched] = held[(np.cumsum(starts) - 1).reshape(touched.shape)[~touched]]

    def look_up(self, x: Floats, y: Floats) -> Units:
        """Return what is known of the cells that points fall in; missing points are nowhere."""
        column, row = (
            (np.fmin(np.fmax(place, -_RIM), _CELLS + 1) + _RIM).astype(np.int32)
            for place in self._place(x, y)
        )
        return self._cells.ravel().take(row * (_CELLS + 2 * _RIM) + column)

    def _place(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return the grid coordinates of points, in which cells are one by one."""
        return (x - self._origin[0]) * self._scale[0], (y - self._origin[1]) * self._scale[1]

    def _touched(self, shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Return the cells that a boundary touches, or would but for rounding."""
        rings = shapely.get_rings(shapely.get_parts(shapes))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        x, y = self._place(points[:, 0], points[:, 1])
        start = np.flatnonzero(ring[1:] == ring[:-1])
        row, left, right = _passages(x[start], y[start], x[start + 1], y[start + 1])
        # Mark where each passage begins and ends, then sum along the row.
        row, left, right = (np.clip(index, 0, _CELLS - 1) for index in (row, left, right))
        width = _CELLS + 1
        begins, ends = (
            np.bincount(row * width + column, minlength=_CELLS * width)
            for column in (left, right + 1)
        )
        change = (begins - ends).reshape(_CELLS, width)
        return np.cumsum(change, axis=1)[:, :-1] > 0


def _passages(x1: Floats, y1: Floats, x2: Floats, y2: Floats) -> tuple[Indices, Indices, Indices]:
    """Return rows that segments pass through, each with its first and last column there."""
    low, high = np.minimum(y1, y2) - _SLACK, np.maximum(y1, y2) + _SLACK
    lowest = np.floor(low).astype(np.int64)
    passed = np.floor(high).astype(np.int64) - lowest + 1
    segment = np.repeat(np.arange(len(x1)), passed)
    row = lowest[segment] + np.arange(len(segment)) - np.repeat(np.cumsum(passed) - passed, passed)
    rise = np.where(y1 == y2, 1.0, y2 - y1)
    ends = []
    for edge in (row - _SLACK, row + 1 + _SLACK):
        share = np.clip((edge - y1[segment]) / rise[segment], 0, 1)
        ends.append(x1[segment] + share * (x2 - x1)[segment])
    level = (y1 == y2)[segment]
    ends = [np.where(level, x1[segment], ends[0]), np.where(level, x2[segment], ends[1])]
    left = np.floor(np.minimum(*ends) - _SLACK).astype(np.int64)
    right = np.floor(np.maximum(*ends) + _SLACK).astype(np.int64)
    return row, left, right
