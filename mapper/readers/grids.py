"""Positions in the military grid (MGRS) and in UTM to degrees.

Source: the definition of the grid (NGA.STND.0037), whose letters and zones are
few enough to be read here; the projection is pyproj's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapper.readers.raw import no_text

_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
"""The letters of the squares from west to east, in every third zone."""

_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_SQUARE, _CYCLE, _FALSE_NORTHING = 100_000, 2_000_000, 10_000_000
_LOOKED_AT = 20
_METRES_A_DEGREE = 111_000
_HOME_ZONES, _HOME_BAND = range(37, 40), "S"
"""Iraq's: there a square's first letter tells its zone, so reports leave the zone out."""

_PRECISION_OF_DIGITS = {0: "region", 1: "relative", 2: "site"}
"""What a square of 100, 10 and 1 km is exact enough for; smaller ones are a spot."""

_MGRS = re.compile(
    r"(?:(?P<zone>\d{1,2})[\s-]*(?P<band>[C-HJ-NP-X])[\s-]*)?"
    r"(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])[\s-]*(?P<digits>\d[\d\s-]*)?"
)
_UTM = re.compile(
    r"(?P<zone>\d{1,2})\s*(?P<band>[C-HJ-NP-X])?[\s,;]+(?P<east>\d{6}(?:\.\d+)?)\s*M?\s*E?"
    r"[\s,;]+(?P<north>\d{7}(?:\.\d+)?)\s*M?\s*N?"
)


@dataclass(frozen=True, slots=True)
class GridPositions:
    """Degrees, and the precision of those that a coarse square tells."""

    longitude: pd.Series[float]
    latitude: pd.Series[float]
    precision: pd.Series[str]


@dataclass(frozen=True, slots=True)
class _Position:
    zone: int
    south: bool
    easting: float
    northing: float
    precision: str | None = None


def read_grid(cells: pd.Series[str]) -> GridPositions:
    """Read a column of MGRS (``38S MB 41234 86543``) or UTM (``38N 441234 3686543``).

    A square is told by its middle. Without a zone a square is taken for one in
    Iraq, where its letters are unique. What is neither form stays missing.
    """
    found = {text: _position(text) for text in cells.dropna().unique()}
    known = {text: position for text, position in found.items() if position}
    places: dict[str, tuple[float, float]] = {}
    for zone, south in {(position.zone, position.south) for position in known.values()}:
        texts = [text for text, at in known.items() if (at.zone, at.south) == (zone, south)]
        east = np.array([known[text].easting for text in texts])
        north = np.array([known[text].northing for text in texts])
        x, y = _degrees(zone, south, east, north)
        places |= dict(zip(texts, zip(x, y, strict=True), strict=True))
    longitude = cells.map({text: x for text, (x, _) in places.items()}).astype("float64")
    latitude = cells.map({text: y for text, (_, y) in places.items()}).astype("float64")
    coarse = {text: position.precision for text, position in known.items() if position.precision}
    precision = cells.map(coarse).astype("str") if coarse else no_text(cells.index)
    return GridPositions(longitude, latitude, precision)


def looks_like_grid(text: str) -> bool:
    """Tell whether a text is a whole grid position, with its zone."""
    bare = text.strip().upper()
    found = _MGRS.fullmatch(bare)
    return bool((found and found["zone"] and found["digits"]) or _UTM.fullmatch(bare))


def holds_grid(cells: pd.Series[str]) -> bool:
    """Tell whether a column holds grid positions, by its first cells."""
    sample = cells.dropna().iloc[:_LOOKED_AT]
    return any(_position(text) is not None for text in sample)


def _position(text: str) -> _Position | None:
    bare = " ".join(text.upper().split())
    found = _MGRS.fullmatch(bare)
    if found:
        return _of_square(found)
    found = _UTM.fullmatch(bare)
    if not found or not 1 <= int(found["zone"]) <= 60:
        return None
    # "S" is both a band and the word for south: the band is Iraq's.
    south = bool(found["band"]) and found["band"] < "N"
    return _Position(int(found["zone"]), south, float(found["east"]), float(found["north"]))


def _of_square(found: re.Match[str]) -> _Position | None:
    column, row = found["square"][0], found["square"][1]
    digits = re.sub(r"\D", "", found["digits"] or "")
    groups = re.findall(r"\d+", found["digits"] or "")
    half = len(digits) // 2
    if len(digits) % 2 or half > 5 or (len(groups) == 2 and len(groups[0]) != half):
        return None
    zone = int(found["zone"]) if found["zone"] else _home_zone(column)
    band = found["band"] or _HOME_BAND
    if not 1 <= zone <= 60 or column not in _COLUMNS[zone % 3]:
        return None
    cell = _SQUARE / 10**half
    east = (_COLUMNS[zone % 3].index(column) + 1) * _SQUARE + (int(digits[:half] or 0) + 0.5) * cell
    first = 5 if zone % 2 == 0 else 0  # the rows of even zones begin at F
    north = (_ROWS.index(row) - first) % len(_ROWS) * _SQUARE
    north += (int(digits[half:] or 0) + 0.5) * cell
    south = band < "N"
    middle = (_BANDS.index(band) * 8 - 76) * _METRES_A_DEGREE + (_FALSE_NORTHING if south else 0)
    north += round((middle - north) / _CYCLE) * _CYCLE
    return _Position(zone, south, east, north, _PRECISION_OF_DIGITS.get(half))


def _home_zone(column: str) -> int:
    return next((zone for zone in _HOME_ZONES if column in _COLUMNS[zone % 3]), 0)


def _degrees(
    zone: int, south: bool, east: np.ndarray, north: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    from pyproj import Transformer  # only those tables that need it wait for it

    utm = Transformer.from_crs((32700 if south else 32600) + zone, 4326, always_xy=True)
    x, y = utm.transform(east, north)
    inside = np.isfinite(x) & np.isfinite(y)
    return np.where(inside, x, np.nan), np.where(inside, y, np.nan)
