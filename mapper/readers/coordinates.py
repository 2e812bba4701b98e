"""Columns of coordinates, as people write them, to degrees."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from mapper.readers.geometries import read_geometry
from mapper.readers.grids import looks_like_grid, read_grid
from mapper.readers.numbers import plain_digits, tell_nothing
from mapper.readers.projections import may_be_degrees, mend
from mapper.readers.raw import Column, as_column, no_text
from mapper.schema import is_held_by_pyarrow

_WEST, _SOUTH, _EAST, _NORTH = 38.0, 28.5, 49.5, 38.0
"""Iraq with a margin. Its degrees of latitude and of longitude do not overlap."""

_LOOKED_AT, _GLANCED_AT = 1_000, 50
_PARTED = re.compile(r"\d\D")
"""Degrees with decimals, minutes or letters have this, and counts do not."""

_LONGEST, _LONGEST_HALF = 160, 80
_AXES = ("longitude", "latitude")

_WKT = re.compile(
    r"\s*(?:SRID=4326;)?\s*(?:MULTI)?POINT\s*(?:ZM?|M)?\s*\(+\s*(\S+)\s+([^\s,)]+)[^,()]*\)+\s*",
    re.IGNORECASE,
)
_NUMBER = r"\d+(?:[.,]\d+)?"
_PLAIN = r"\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\s*"
_DMS = re.compile(
    rf"(?P<sign>[-+])?\s*(?P<before>[NSEW])?\s*(?P<degrees>{_NUMBER})\s*(?:°|:|-|\s)?\s*"
    rf"(?:(?P<minutes>{_NUMBER})\s*(?:'|:|-|\s)?\s*)?"
    rf"(?:(?P<seconds>{_NUMBER})\s*\"?\s*)?(?P<after>[NSEW])?"
)
_UNITS = re.compile(
    rf"({_NUMBER})\s*D(?:EG)?\s*({_NUMBER})\s*M(?:IN)?(?:\s*({_NUMBER})\s*S(?:EC)?)?"
)
_GLUED = re.compile(r"(.*[\"'])\s*(\d+°.*)")
_WITH_HEIGHT = re.compile(r"(-?\d+\.\d+)[\s,]+(-?\d+\.\d+)(?:[\s,]+-?\d+(?:\.\d+)?){1,2}")
"""As field apps write a position: latitude, longitude, height, error."""

_ALL_COMMAS = re.compile(r"(-?\d{1,3},\d+),\s*(-?\d{1,3},\d+)")
"""``33,3152,44,3661``."""

_PACKED = re.compile(
    r"(?P<degrees>\d{2,3})(?P<minutes>\d{2})(?P<seconds>\d{2}(?:\.\d+)?)[NSEW]"
    r"|(?P<degrees2>\d{2,3})(?P<minutes2>\d{2}\.\d+)[NSEW]"
)
_THOUSANDS = re.compile(r"-?\d{2}\.\d{3}\.\d{3}")
"""Degrees in millionths whose spreadsheet put points between thousands."""

_LINK = re.compile(r"(?:[@=]|GEO:|LOC:)(-?\d+\.\d+)(?:,|%2C)\s*(-?\d+\.\d+)")
"""The position in the address of a map in the web."""

_SIGNS = str.maketrans(
    {**dict.fromkeys("º˚⁰∘", "°"), **dict.fromkeys("′’‘´`ʹ‵", "'"), **dict.fromkeys("″”“„ʺ‶", '"')}
)
_DIRECTIONS = (
    (re.compile(r"\bNORTH\b|\bNORD\b|شمالا?ً?"), "N"),
    (re.compile(r"\bEAST\b|\bEST\b|شرقا?ً?"), "E"),
    (re.compile(r"\bSOUTH\b|\bSUD\b|جنوبا?ً?"), "S"),
    (re.compile(r"\bWEST\b|\bOUEST\b|غربا?ً?"), "W"),
    (re.compile(r"\s*،"), ","),
    (re.compile(r"\bLAT(?:ITUDE)?\b\s*[:=]?|\bLON(?:G|GITUDE)?\b\s*[:=]?"), ""),
)


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Degrees (Float64), how exact a coarse grid is, and notes where a pair cannot be used.

    ``said`` is about the whole column.
    """

    longitude: pd.Series[float]
    latitude: pd.Series[float]
    notes: pd.Series[str]
    precision: pd.Series[str]
    said: tuple[str, ...] = ()

    def filled_from(self, other: Coordinates) -> Coordinates:
        """Return these, and the other's in the rows that have none here."""
        lacks = self.longitude.isna() | self.latitude.isna()
        took = lacks & other.longitude.notna() & other.latitude.notna()
        return Coordinates(
            self.longitude.mask(took, other.longitude),
            self.latitude.mask(took, other.latitude),
            self.notes.mask(took).fillna(other.notes.where(lacks)),
            self.precision.mask(took, other.precision),
            (*self.said, *other.said),
        )


def read_coordinates(
    east: Column | pd.Series[str],
    north: Column | pd.Series[str],
    zones: pd.Series[str] | None = None,
) -> Coordinates:
    """Read two columns of degrees. A half or impossible pair is not used, and noted.

    Metres of Web Mercator, and degrees that lost their point, are taken for what they
    are; metres of UTM where ``zones`` tells the zone.
    """
    columns = as_column(east), as_column(north)
    x, y = map(_read_degrees, columns)
    longitude, latitude = (column.cells for column in columns)
    mended = mend(x, y, zoned=zones is not None)
    read = _pair(longitude, latitude, mended.x, mended.y, said=mended.said)
    if not mended.utm.any():
        return read
    if zones is not None:
        texts = zones.str.removesuffix(".0") + " " + longitude.astype("str")
        texts = texts + " " + latitude.astype("str")
        return read_joint_coordinates(texts.where(mended.utm)).filled_from(read)
    example = f"{longitude[mended.utm].iloc[0]}, {latitude[mended.utm].iloc[0]}"
    said = (
        f"{int(mended.utm.sum()):,} rows look like metres of UTM, such as {example}: not "
        "used, for nothing tells their zone; add it as a column `utm zone`"
    )
    return replace(read, said=(*read.said, said))


def read_joint_coordinates(cells: pd.Series[str]) -> Coordinates:
    """Read one column that holds both.

    ``33.3, 44.4`` or ``44.4 33.3`` (the order in which most of the column's
    pairs lie in Iraq; latitude first where that is open), degrees and minutes,
    ``POINT (44.4 33.3)`` and other geometries, MGRS and UTM. Of lines and areas their
    middle is taken, no more exact than they are wide; of wide ones none.
    """
    codes, values = pd.factorize(cells)
    texts = pd.Series(values, dtype="str")
    grid = read_grid(texts)
    pairs = [_both(text) for text in texts]
    nothing = (np.nan, np.nan, False)
    both = pd.DataFrame([pair or nothing for pair in pairs], columns=["first", "second", "told"])
    first, second = both["first"].astype("float64"), both["second"].astype("float64")
    told = both["told"].astype(bool)
    turned = _turned(first[~told], second[~told])
    y, x = (first, second) if not turned else (first.where(told, second), second.where(told, first))
    x, y, precision = grid.longitude.fillna(x), grid.latitude.fillna(y), grid.precision
    shapes = {at: shape for at, text in enumerate(texts) if (shape := read_geometry(text))}
    if shapes:
        found = pd.DataFrame.from_dict(shapes, orient="index", columns=["x", "y", "precision"])
        x, y = (column.fillna(found[name]) for name, column in (("x", x), ("y", y)))
        precision = precision.fillna(found["precision"].astype("str"))
    spread = [
        pd.Series(column.array.take(codes, allow_fill=True), index=cells.index)
        for column in (x, y, precision)
    ]
    said = ["longitude comes first"] if turned else []
    squares = int(np.isin(codes, np.flatnonzero(grid.longitude.notna())).sum())
    said += [f"{squares:,} of MGRS or UTM"] if squares else []
    return _pair(cells, cells, *spread, said=tuple(said))


def guess_where(cells: pd.DataFrame) -> dict[str, str]:
    """Find the columns of coordinates by what is in them, where headers tell nothing.

    Returns
    -------
    ``coordinates``, or ``longitude`` and ``latitude``, and their columns; nothing
    unless exactly one column, or pair, comes into question.
    """
    head = cells.head(_LOOKED_AT).astype("str")
    names = [str(name) for name in head]
    joint = [name for name in names if holds_positions(head[name])]
    if joint:
        return {"coordinates": joint[0]} if len(joint) == 1 else {}
    kinds = {name: _holds_degrees(head[name]) for name in names}
    found = {kind: [name for name in kinds if kinds[name] == kind] for kind in _AXES}
    alone = all(len(held) == 1 for held in found.values())
    return {kind: held[0] for kind, held in found.items()} if alone else {}


def holds_positions(cells: pd.Series[str]) -> bool:
    """Tell whether a column holds both coordinates, by what is in its first cells.

    Nearly all must be positions in Iraq that nothing else could be: with
    decimals or minutes, WKT, or whole grid positions.
    """
    sample = [text for text in cells.dropna().unique()[:50] if text.strip()]
    if not sample:
        return False
    found = sum(looks_like_grid(text) or _is_home(_both(text), text) for text in sample)
    return found >= 0.9 * len(sample)


def _holds_degrees(cells: pd.Series[Any]) -> str | None:
    """Tell by its values whether a column holds Iraq's latitudes or its longitudes.

    Only where nearly all values have decimals: counts and ages do not.
    """
    if not any(_PARTED.search(text) for text in cells.dropna().unique()[:_GLANCED_AT]):
        return None  # which of thousands of columns is found out fast
    degrees = _read_degrees(Column(cells.astype("str"))).dropna()
    exact = degrees[(degrees != degrees.round(2)).to_numpy()]
    if len(degrees) < 0.9 * cells.notna().sum() or len(exact) < max(0.9 * len(degrees), 1):
        return None
    if degrees.between(_SOUTH, _NORTH).mean() >= 0.9:
        return "latitude"
    return "longitude" if degrees.between(_WEST, _EAST).mean() >= 0.9 else None


_Two = tuple[float, float, bool]
"""Two halves in degrees, and whether the text tells that latitude comes first."""


def _pair(
    x_text: pd.Series[str],
    y_text: pd.Series[str],
    x: pd.Series[float],
    y: pd.Series[float],
    precision: pd.Series[str] | None = None,
    *,
    said: tuple[str, ...] = (),
) -> Coordinates:
    within = may_be_degrees(x.to_numpy(), y.to_numpy())
    notes = no_text(x.index)
    coarse = notes if precision is None else precision
    if within.all():
        return Coordinates(x.astype("Float64"), y.astype("Float64"), notes, coarse, said)
    rest = x.index[~within]
    told = rest[~(_says_nothing(x_text[rest]) & _says_nothing(y_text[rest]))]
    if len(told):
        words = y_text[told].astype("str").str.slice(0, _LONGEST_HALF).fillna("nothing")
        if x_text is not y_text:
            words += ", " + x_text[told].astype("str").fillna("nothing")
        notes = notes.copy()
        read = x[told].notna() & y[told].notna()
        why = pd.Series(" are no position that can be read", index=told, dtype="str")
        why = why.mask(read, " are out of range: latitudes go to 90, longitudes to 180")
        notes[told] = "coordinates not used: " + words + why
    return Coordinates(
        x.where(within).astype("Float64"), y.where(within).astype("Float64"), notes, coarse, said
    )


def _says_nothing(cells: pd.Series[Any]) -> pd.Series[bool]:
    if cells.dtype != "str":
        return cells.isna()
    return cells.isna() | tell_nothing(cells)


def _turned(first: pd.Series[float], second: pd.Series[float]) -> bool:
    """Whether the pairs that lie in Iraq have their longitude first."""
    straight = first.between(_SOUTH, _NORTH) & second.between(_WEST, _EAST)
    turned = second.between(_SOUTH, _NORTH) & first.between(_WEST, _EAST)
    return int(turned.sum()) > int(straight.sum())


def _is_home(pair: _Two | None, text: str) -> bool:
    if pair is None or not re.search(r"[.,٫]\d\d|[°']|POINT", text, re.IGNORECASE):
        return False
    low, high = sorted(pair[:2])
    return _SOUTH <= low <= _NORTH and _WEST <= high <= _EAST


def _both(text: str) -> _Two | None:
    """The two halves of one text: of WKT and where letters tell it, latitude first."""
    if len(text) > _LONGEST:  # no position, but perhaps the address of a map
        link = _LINK.search(text.upper())
        return (float(link[1]), float(link[2]), False) if link else None
    found = _WKT.fullmatch(text)
    if found:
        x, y = (_degrees(half) for half in found.groups())
        return (y, x, True) if np.isfinite(x) and np.isfinite(y) else None
    bare = _tidy(text)
    for one, other in _cuts(bare):
        first, second = _degrees(one), _degrees(other)
        if np.isfinite(first) and np.isfinite(second):
            letters = re.findall("[NSEW]", one), re.findall("[NSEW]", other)
            if set(letters[0]) & set("EW") or set(letters[1]) & set("NS"):
                return second, first, True
            return first, second, bool(letters[0] or letters[1])
    return None


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a text into two halves, the likeliest first."""
    bare = text.strip(" ()[]{}")
    link = _LINK.search(bare)
    if link:
        yield link[1], link[2]
    with_height = _WITH_HEIGHT.fullmatch(bare)
    if with_height:
        yield with_height[1], with_height[2]
    for mark in (";", "|", "/", ", ", " ,", ","):
        if bare.count(mark) == 1:
            one, other = bare.split(mark)
            yield one, other
    commas = _ALL_COMMAS.fullmatch(bare)
    if commas:
        yield commas[1], commas[2]
    letters = [found.start() for found in re.finditer("[NSEW]", bare)]
    if len(letters) == 2:
        at = letters[1] if letters[0] == 0 else letters[0] + 1
        yield bare[:at].rstrip(" ,"), bare[at:].lstrip(" ,")
    glued = _GLUED.fullmatch(bare)
    if glued:
        yield glued[1], glued[2]
    words = bare.split()
    if len(words) % 2 == 0:
        middle = len(words) // 2
        yield " ".join(words[:middle]), " ".join(words[middle:])


def _read_degrees(column: Column) -> pd.Series[float]:
    if column.numbers is not None:
        return column.numbers.copy()  # which may be written to, as pyarrow's may not
    cells = column.cells
    plain = _plain_numbers(cells)
    unread = plain.isna()
    odd = cells[unread & cells.notna()].astype("str") if unread.any() else cells.iloc[:0]
    if len(odd):
        answers = {text: _degrees(text) for text in odd.unique()}
        plain.loc[odd.index] = odd.map(answers).astype("float64")
    return plain.where(np.isfinite(plain))


def _plain_numbers(cells: pd.Series[str]) -> pd.Series[float]:
    """The numbers among the cells: all at once where all are, which is much faster."""
    if is_held_by_pyarrow(cells):
        plain = cells.str.fullmatch(_PLAIN)
        with contextlib.suppress(ValueError):
            return cells.where(plain).str.strip().astype("Float64").astype("float64")
    texts = cells.to_numpy(dtype=object, na_value=np.nan)
    with contextlib.suppress(ValueError, TypeError):
        if not cells.str.contains("_", regex=False).any():  # which Python has in numbers
            return pd.Series(texts.astype("float64"), index=cells.index)
    return pd.to_numeric(cells, errors="coerce").astype("float64")


def _tidy(text: str) -> str:
    """One typography for degrees, minutes, seconds and directions."""
    bare = " ".join(plain_digits(text).upper().translate(_SIGNS).replace("''", '"').split())
    for words, letter in _DIRECTIONS:
        bare = words.sub(letter, bare)
    return _UNITS.sub(_in_signs, bare).strip()


def _in_signs(found: re.Match[str]) -> str:
    """``33d18m54s`` with signs, lest its last letter be taken for the south."""
    return f"{found[1]}°{found[2]}'" + (f'{found[3]}"' if found[3] else "")


def _degrees(text: str) -> float:
    if len(text) > _LONGEST_HALF:
        return float("nan")
    bare = _tidy(text)
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "", 2)
        bare = f"{bare[:-6]}.{bare[-6:]}"
    packed = _PACKED.fullmatch(bare.replace(" ", ""))
    found = packed or _DMS.fullmatch(bare)
    if not found:
        return float("nan")
    told = {name.rstrip("2"): part for name, part in found.groupdict().items() if part}
    parts = {name: told.get(name, "") for name in ("sign", "before", "degrees", "minutes")}
    parts |= {"seconds": told.get("seconds", ""), "after": told.get("after", "")}
    if packed:
        parts["after"] = bare[-1:]
    if parts["before"] and parts["after"]:
        return float("nan")
    degrees, minutes, seconds = (
        float((parts[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")
    )
    broken = degrees % 1 > 0 and bool(minutes or seconds)  # only the last may have decimals
    broken = broken or (minutes % 1 > 0 and seconds > 0)
    if minutes >= 60 or seconds >= 60 or broken:
        return float("nan")
    value = degrees + minutes / 60 + seconds / 3600
    letter = parts["before"] or parts["after"]
    return -value if (parts["sign"] == "-") != (letter in ("S", "W") and bool(letter)) else value
