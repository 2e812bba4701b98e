"""Degrees, minutes and seconds in columns of their own: ``Lat_Deg``, ``Lat_Min``, ``Lat_Sec``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import pandas as pd

from mapper.readers.synonyms import any_table, normalise, role_of

AXES = ("latitude", "longitude")
_FINER = ("minutes", "seconds", "hemisphere")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("°º˚", " degrees "),
        **dict.fromkeys("'′’´", " minutes "),
        **dict.fromkeys('"″”', " seconds "),
    }
)
_FRACTION = r"[.,٫]\d*[1-9]"
_MAPS = frozenset({"x", "y"})
"""Of these ``m`` are metres."""


def is_unit(header: str) -> bool:
    """Tell whether a header is nothing but a unit of angles."""
    return normalise(header.translate(_SIGNS)) in _units()


def angles_among(headers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the axis and the unit of each header that tells both.

    A unit of one letter, as in ``LatM``, counts only where degrees and minutes of that axis are
    told; minutes told by a word always, for they are nobody's latitude, nor is a least one.
    """
    found = {header: angle for header in headers if (angle := _axis_and_unit(header))}
    told = {(axis, unit) for axis, unit, _ in found.values()}
    return {
        header: (axis, unit)
        for header, (axis, unit, word) in found.items()
        if len(word) > 1 or {(axis, "degrees"), (axis, "minutes")} <= told
    }


def finer_columns(
    columns: Mapping[str, Sequence[str]], angles: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str | None, ...]]:
    """Return what is beside each column of degrees: minutes, seconds, hemisphere, or None.

    Beside a plain ``Latitude`` minutes alone may be the least one of an area.
    """
    found: dict[str, tuple[str | None, ...]] = {}
    for axis in AXES:
        of_axis = {unit: header for header, (to, unit) in angles.items() if to == axis}
        sure = "degrees" in of_axis or "seconds" in of_axis
        if "minutes" in of_axis and sure and columns.get(axis):
            found[columns[axis][0]] = tuple(map(of_axis.get, _FINER))
    return found


def join_angles(parts: Sequence[pd.Series[str] | None]) -> pd.Series[str]:
    """Write degrees, minutes, seconds and hemisphere as one text, as in ``36 20 24 N``.

    What is not told is 0; but seconds without minutes are not to be read. Degrees with
    decimals are whole without the others, which then tell the same once more.
    """
    degrees, minutes, seconds, hemisphere = (
        None if part is None else part.astype("str").str.strip() for part in parts
    )
    assert degrees is not None and minutes is not None
    untold = pd.Series("0", index=degrees.index, dtype="str")
    if seconds is not None:
        untold = untold.mask(seconds.notna(), "?")
    joined = degrees + " " + minutes.fillna(untold)
    joined += "" if seconds is None else " " + seconds.fillna("0")
    joined = joined.mask(degrees.str.contains(_FRACTION), degrees)
    return joined if hemisphere is None else joined + " " + hemisphere.fillna("")


def _axis_and_unit(header: str) -> tuple[str, str, str] | None:
    """The axis and the unit that a header tells, and the word for the unit."""
    for word, rest in _cuts(normalise(header.translate(_SIGNS)).split()):
        unit = _units().get(word)
        if unit and rest and _MAPS.isdisjoint(rest):
            role = role_of(" ".join(rest))
            if role in AXES:
                return role, unit, word
    return None


def _cuts(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Every word that may be a unit, and the other words: ``lat deg``, ``deg lat``, ``latdeg``."""
    if not words:
        return
    *before, last = words
    yield last, before
    yield words[0], words[1:]
    for unit in _units():
        if last.endswith(unit) and last != unit:
            yield unit, [*before, last.removesuffix(unit)]


@cache
def _units() -> dict[str, str]:
    """Each word for a unit, the longest first -> degrees, minutes, seconds or hemisphere."""
    words = {normalise(word): unit for unit, told in any_table()["angles"].items() for word in told}
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))
