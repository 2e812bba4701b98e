"""Pairs of numbers that are no degrees: metres, or degrees that lost their decimal point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_WEST, _SOUTH, _EAST, _NORTH = 38.0, 28.5, 49.5, 38.0
_MERCATOR = ((4_230_000, 5_520_000), (3_310_000, 4_590_000))
_UTM = ((100_000, 900_000), (3_150_000, 4_220_000))
"""Where Iraq lies: east and north, in metres."""

_MOST = 0.9
_DIGITS = range(4, 10)

_Floats = npt.NDArray[np.floating[Any]]
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Mended:
    """Degrees, the rows whose pairs are metres of UTM, and what there is to say."""

    x: pd.Series[float]
    y: pd.Series[float]
    utm: pd.Series[bool]
    said: tuple[str, ...] = ()


def mend(x: pd.Series[float], y: pd.Series[float], *, zoned: bool = False) -> Mended:
    """Turn pairs that are no degrees into degrees where they can only be one thing.

    Web Mercator, as web maps have it; or degrees whose decimal point was lost, as
    spreadsheets lose it, which for Iraq stands behind the second digit, unless all may
    have minutes there. A pair is taken so only where nearly all that are no degrees
    fit, and lie in Iraq then.
    ``zoned``: the table tells zones of UTM, which settles what large numbers are.
    """
    east, north = x.to_numpy(dtype=float), y.to_numpy(dtype=float)
    none = pd.Series(False, index=x.index)
    if _farthest(east) <= 180 and _farthest(north) <= 180:
        return Mended(x, y, none)
    odd = (np.abs(east) > 180) | (np.abs(north) > 180)
    odd &= np.isfinite(east) & np.isfinite(north)
    if not odd.any():
        return Mended(x, y, none)
    pointed = _with_point(east), _with_point(north)
    lost = _fit(odd, *pointed, ((_WEST, _EAST), (_SOUTH, _NORTH)))
    metres = _fit(odd, east, north, _MERCATOR)
    utm = _fit(odd, east, north, _UTM)
    if zoned and utm.any():
        return Mended(x, y, pd.Series(utm, index=x.index))
    example = f"{_number(north[odd][0])}, {_number(east[odd][0])}"
    if lost.any() and (metres.any() or utm.any()):
        said = f"numbers such as {example} may be metres or degrees without their point: not used"
        said += "; if they are UTM, add their zone as a column `utm zone`" * bool(utm.any())
        return Mended(x, y, none, (said,))
    if lost.any() and _may_be_minutes(east[lost]) and _may_be_minutes(north[lost]):
        said = f"numbers such as {example} may be degrees without their point, or degrees and "
        said += "minutes: not used; write them with a point, or with blanks between the parts"
        return Mended(x, y, none, (said,))
    if lost.any():
        at = f"{pointed[1][lost][0]:.6g}, {pointed[0][lost][0]:.6g}"
        said = f"{_pairs(lost)} without a decimal point, such as {example}: taken for {at}"
        return Mended(_where(lost, pointed[0], x), _where(lost, pointed[1], y), none, (said,))
    if metres.any():
        lon, lat = _of_mercator(east, north)
        said = f"{_pairs(metres)} in metres of Web Mercator (EPSG:3857), taken to degrees"
        return Mended(_where(metres, lon, x), _where(metres, lat, y), none, (said,))
    return Mended(x, y, pd.Series(utm, index=x.index))


def may_be_degrees(x: _Floats, y: _Floats) -> _Flags:
    """Tell which pairs may be degrees; swapped pairs of Iraq are among them."""
    if _farthest(x) <= 180 and _farthest(y) <= 90:
        return np.ones(len(x), dtype=bool)
    return (np.abs(x) <= 180) & (np.abs(y) <= 90)


def _farthest(numbers: _Floats) -> float:
    """How far the farthest of some numbers is from 0, without a copy of them; NaN where one is."""
    return max(-numbers.min(), numbers.max()) if len(numbers) else 0.0


def _fit(
    odd: _Flags, east: _Floats, north: _Floats, box: tuple[tuple[float, float], tuple[float, float]]
) -> _Flags:
    """Which of the odd pairs lie in a box; none, unless nearly all do."""
    (west, right), (south, top) = box
    with np.errstate(invalid="ignore"):
        inside = odd & (east >= west) & (east <= right) & (north >= south) & (north <= top)
    return inside if inside.sum() >= _MOST * odd.sum() else np.zeros_like(odd)


def _where(rows: _Flags, new: _Floats, old: pd.Series[float]) -> pd.Series[float]:
    return old.mask(pd.Series(rows, index=old.index), pd.Series(new, index=old.index))


def _with_point(numbers: _Floats) -> _Floats:
    """Whole numbers with a point behind their second digit."""
    with np.errstate(invalid="ignore", divide="ignore"):
        digits = np.floor(np.log10(np.abs(numbers))) + 1
        whole = (numbers == np.round(numbers)) & np.isin(digits, _DIGITS)
    return np.where(whole, numbers / 10 ** (np.where(whole, digits, 2) - 2), np.nan)


def _may_be_minutes(numbers: _Floats) -> bool:
    """Whether all may be degrees and minutes, or these and seconds, written as one number."""
    whole = np.abs(numbers).astype(np.int64)
    long = whole >= 100_000
    digits = np.isin(np.floor(np.log10(whole)), (3, 5))
    minutes = np.where(long, whole // 100, whole) % 100
    seconds = np.where(long, whole % 100, 0)
    return bool((digits & (minutes < 60) & (seconds < 60)).all())


def _of_mercator(east: _Floats, north: _Floats) -> tuple[_Floats, _Floats]:
    from pyproj import Transformer  # only those tables that need it wait for it

    lon, lat = Transformer.from_crs(3857, 4326, always_xy=True).transform(east, north)
    return np.asarray(lon), np.asarray(lat)


def _pairs(rows: _Flags) -> str:
    number = int(rows.sum())
    return "1 row has coordinates" if number == 1 else f"{number:,} rows have coordinates"


def _number(value: float) -> str:
    return f"{value:.10g}"
