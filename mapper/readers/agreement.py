"""Where two columns of a table tell two positions of one row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mapper.readers.coordinates import Coordinates
from mapper.readers.geometries import KM_A_DEGREE
from mapper.readers.raw import no_text

_APART_KM = 10.0
_SQUARE_KM = {"relative": 10.0, "region": 100.0}
"""How wide the squares of a coarse grid are."""


def tell_apart(taken: Coordinates, other: Coordinates, name: str) -> tuple[pd.Series[str], str]:
    """Find the rows of which another column, ``name``, tells a position far off.

    Farther, that is, than its grid is wide.

    Returns
    -------
    a remark for each such row
    what there is to say of all of them; empty if there are none
    """
    x, y = _numbers(taken.longitude), _numbers(taken.latitude)
    x2, y2 = _numbers(other.longitude), _numbers(other.latitude)
    # Latitude and longitude that are only swapped are mended where rows are located.
    apart = np.fmin(_kilometres(x, y, x2, y2), _kilometres(y, x, x2, y2))
    wide = other.precision.map(_SQUARE_KM).fillna(0.0).to_numpy(dtype=float)
    rows = apart > _APART_KM + wide
    notes = no_text(taken.longitude.index)
    if not rows.any():
        return notes, ""
    told = [f"{name!r} tells a position {km:,.0f} km away, not used" for km in apart[rows]]
    notes = pd.Series(told, notes.index[rows], dtype="str").reindex(notes.index)
    count = "1 row has" if rows.sum() == 1 else f"{int(rows.sum()):,} rows have"
    said = f"{count} another position in {name!r}, up to {apart[rows].max():,.0f} km away: not used"
    return notes, said


def _numbers(column: pd.Series[float]) -> np.ndarray:
    return column.to_numpy(dtype=float, na_value=np.nan)


def _kilometres(x: np.ndarray, y: np.ndarray, x2: np.ndarray, y2: np.ndarray) -> np.ndarray:
    """Distances on a plane, which is exact enough to tell a slip from a rounding."""
    east = (x - x2) * np.cos(np.radians(y2))
    return np.asarray(KM_A_DEGREE * np.hypot(east, y - y2))
