"""The points of the compass as writers spell them, in four languages."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.normalise import fold


def bearing_of(words: Sequence[str]) -> float | None:
    """Return the bearing, in degrees, that folded words tell together, or None: "north east"."""
    return _BEARINGS.get("".join(map(_plain, words)))


def is_wind(folded: str) -> bool:
    """Whether a folded word of the Arabic script is a direction, which is no name of a place."""
    return not folded.isascii() and _plain(folded) in _BEARINGS


def _plain(folded: str) -> str:
    """Return a wind as `_BEARINGS` has it: without article, prefix and case."""
    if folded.isascii():
        return _KURMANJI_WINDS.get(folded, folded)
    stem = folded.removesuffix("ي")
    for prefix in ("ال", "بال", "لل", "و", "ب", "ل", "ف"):
        if stem.startswith(prefix) and stem[len(prefix) :] in _BEARINGS:
            return stem[len(prefix) :]
    return stem


_WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_BEARINGS = {wind: 45.0 * step for step, wind in enumerate(_WINDS)}
_BEARINGS |= {"n": 0.0, "ne": 45.0, "e": 90.0, "se": 135.0, "s": 180.0, "sw": 225.0, "w": 270.0}
_BEARINGS |= {"nw": 315.0, "northnortheast": 22.5, "northnorthwest": 337.5, "southsoutheast": 157.5}
_BEARINGS |= {"southsouthwest": 202.5, "eastnortheast": 67.5, "eastsoutheast": 112.5}
_BEARINGS |= {"westnorthwest": 292.5, "westsouthwest": 247.5}
for _compass in (
    ("شمال", "شرق", "جنوب", "غرب"),
    ("باكوور", "ڕۆژههڵات", "باشوور", "ڕۆژئاوا"),
    ("باكور", "رۆژههڵات", "باشور", "رۆژئاوا"),
    ("باكوور", "ڕۆژههلات", "باشوور", "ڕۆژئاوا"),
    ("باكوور", "خۆرههڵات", "باشوور", "خۆرئاوا"),
    ("bakur", "rojhilat", "basur", "rojava"),
):
    _north, _east, _south, _west = map(fold, _compass)
    _BEARINGS |= {_north: 0.0, _east: 90.0, _south: 180.0, _west: 270.0}
    _BEARINGS |= {_north + _east: 45.0, _south + _east: 135.0}
    _BEARINGS |= {_south + _west: 225.0, _north + _west: 315.0}
_KURMANJI_WINDS = {
    "bakure": "bakur", "basure": "basur", "rojhilate": "rojhilat", "rojavaye": "rojava",
}  # fmt: skip
