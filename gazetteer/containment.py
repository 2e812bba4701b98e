"""Points to p-codes, many at a time.

A grid over a level's polygons knows, of every cell that no boundary touches,
which polygon holds it; only the points in the other cells are tested one by
one. Imports pandas and shapely: not for the way from a name to a place.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from gazetteer.boundaries import pcode_at, read
from gazetteer.library import ADMIN_LEVELS, Library
from gazetteer.place import Level

_FEW = 10_000  # so many points are tested one by one sooner than a grid is built
_CELLS = 1024  # a side of the grid
_SLACK = 1e-6  # of a cell: far above rounding, far below what matters
_NOWHERE, _MIXED = -1, -2

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


def containing(library: Library, longitude: ArrayLike, latitude: ArrayLike) -> pd.DataFrame:
    """Find the admin units that hold points.

    Parameters
    ----------
    library : the installed data
    longitude, latitude : degrees, WGS 84; numbers, or arrays of one length

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
    x, y = np.broadcast_arrays(
        np.atleast_1d(np.asarray(longitude, dtype=np.float64)),
        np.atleast_1d(np.asarray(latitude, dtype=np.float64)),
    )
    if x.ndim != 1:
        raise ValueError("longitude and latitude must be numbers or flat arrays")
    rows = np.full(len(x), _NOWHERE, dtype=np.int64)
    pcodes: list[str] = []
    for level in reversed(library.levels):
        left = np.flatnonzero(rows == _NOWHERE)
        if not len(left):
            break
        units = _units(library, level)
        held = units.holding(x[left], y[left])
        rows[left] = np.where(held == _NOWHERE, _NOWHERE, held + len(pcodes))
        pcodes += units.pcodes
    return _chains(pcodes, rows)


def _chains(pcodes: list[str], rows: Indices) -> pd.DataFrame:
    """Return the p-codes that rows point at, and those of the units that hold them."""
    return pd.DataFrame(
        {
            f"{level}_pcode": pd.array(
                [*(pcode_at(level, pcode) for pcode in pcodes), None], dtype="str"
            ).take(rows)  # the last is nowhere's
            for level in ADMIN_LEVELS
        }
    )


def _units(library: Library, level: Level) -> _Units:
    def make() -> _Units:
        polygons = read(library, level)
        return _Units(polygons["pcode"].to_list(), polygons.geometry.to_numpy())

    return library.keep(("units", level), make)


class _Units:
    """The polygons of one level, ready to be asked which of them holds a point."""

    def __init__(self, pcodes: list[str], polygons: NDArray[np.object_]) -> None:
        self.pcodes = pcodes
        self._polygons = polygons
        self._tree = shapely.STRtree(polygons)
        self._grid: _Grid | None = None
        shapely.prepare(polygons)

    def holding(self, x: Floats, y: Floats) -> Indices:
        """Return the index of the first polygon that holds each point, or `_NOWHERE`."""
        if self._grid is None and len(x) < _FEW:
            return self._tested(x, y)
        if self._grid is None:
            self._grid = _Grid(self._polygons, self._tested)
        held = self._grid.look_up(x, y)
        mixed = np.flatnonzero(held == _MIXED)
        held[mixed] = self._tested(x[mixed], y[mixed])
        return held

    def _tested(self, x: Floats, y: Floats) -> Indices:
        """Test each point against the polygons whose boxes it falls in."""
        held = np.full(len(x), len(self._polygons), dtype=np.int64)
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        near, polygon = self._tree.query(shapely.points(x[known], y[known]))
        near = known[near]
        inside = shapely.intersects_xy(self._polygons[polygon], x[near], y[near])
        np.minimum.at(held, near[inside], polygon[inside])
        held[held == len(self._polygons)] = _NOWHERE
        return held


class _Grid:
    """Cells over polygons: the polygon that holds a whole cell, `_NOWHERE`, or `_MIXED`."""

    def __init__(
        self, polygons: NDArray[np.object_], tested: Callable[[Floats, Floats], Indices]
    ) -> None:
        west, south, east, north = shapely.total_bounds(polygons)
        self._origin = (west, south)
        self._scale = (_CELLS / (east - west), _CELLS / (north - south))
        touched = self._touched(polygons)
        # A run of untouched cells in one row lies on one side of every boundary,
        # so that its first cell's middle speaks for all of it.
        starts = ~touched
        starts[:, 1:] &= touched[:, :-1]
        row, column = np.nonzero(starts)
        x = west + (column + 0.5) / self._scale[0]
        y = south + (row + 0.5) / self._scale[1]
        run = np.cumsum(starts.ravel()) - 1
        self._cells = np.where(touched.ravel(), _MIXED, tested(x, y)[run]).astype(np.int32)

    def look_up(self, x: Floats, y: Floats) -> Indices:
        """Return what the cells of points hold."""
        column, row = self._place(x, y)
        with np.errstate(invalid="ignore"):
            on = (column >= 0) & (column < _CELLS) & (row >= 0) & (row < _CELLS)
        held = np.full(len(x), _NOWHERE, dtype=np.int64)
        held[on] = self._cells[row[on].astype(np.int64) * _CELLS + column[on].astype(np.int64)]
        # Points on the outermost edge fall just beyond the last cell.
        rim = on ^ ((column >= -1) & (column <= _CELLS + 1) & (row >= -1) & (row <= _CELLS + 1))
        held[rim] = _MIXED
        return held

    def _place(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return the grid coordinates of points: cells are one by one."""
        return (x - self._origin[0]) * self._scale[0], (y - self._origin[1]) * self._scale[1]

    def _touched(self, polygons: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Return the cells that a boundary touches, or may touch but for rounding."""
        points, line = shapely.get_coordinates(
            shapely.get_parts(shapely.boundary(polygons)), return_index=True
        )
        x, y = self._place(points[:, 0], points[:, 1])
        same = np.flatnonzero(line[1:] == line[:-1])
        x1, y1, x2, y2 = x[same], y[same], x[same + 1], y[same + 1]
        low, high = np.minimum(y1, y2) - _SLACK, np.maximum(y1, y2) + _SLACK
        first = np.floor(low).astype(np.int64)
        rows = np.floor(high).astype(np.int64) - first + 1  # that each segment passes
        segment = np.repeat(np.arange(len(same)), rows)
        row = first[segment] + np.arange(len(segment)) - np.repeat(np.cumsum(rows) - rows, rows)
        left, right = _passage(x1, y1, x2, y2, segment, row)
        change = np.zeros((_CELLS, _CELLS + 1), dtype=np.int32)
        row = np.clip(row, 0, _CELLS - 1)
        np.add.at(change, (row, np.clip(left, 0, _CELLS - 1)), 1)
        np.add.at(change, (row, np.clip(right, 0, _CELLS - 1) + 1), -1)
        return np.cumsum(change, axis=1)[:, :-1] > 0


def _passage(
    x1: Floats, y1: Floats, x2: Floats, y2: Floats, segment: Indices, row: Indices
) -> tuple[Indices, Indices]:
    """Return the first and last column that segments pass through in rows."""
    height = y2 - y1
    level = np.abs(height) < _SLACK
    slope = (x2 - x1) / np.where(level, 1, height)

    def at(edge: Floats) -> Floats:
        y = np.clip(edge, np.minimum(y1, y2)[segment], np.maximum(y1, y2)[segment])
        return x1[segment] + (y - y1[segment]) * slope[segment]

    a, b = at(row - _SLACK), at(row + 1 + _SLACK)
    a = np.where(level[segment], x1[segment], a)
    b = np.where(level[segment], x2[segment], b)
    left = np.floor(np.minimum(a, b) - _SLACK).astype(np.int64)
    right = np.floor(np.maximum(a, b) + _SLACK).astype(np.int64)
    return left, right
