"""The points of the compass as writers spell them, in four languages."""

from __future__ import annotations

import re
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


_INITIAL = re.compile("[nsew](?=orth|outh|ast|est)")
_WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_BETWEEN_WINDS = (
    "northnortheast", "eastnortheast", "eastsoutheast", "southsoutheast",
    "southsouthwest", "westsouthwest", "westnorthwest", "northnorthwest",
)  # fmt: skip
_BEARINGS = {wind: 45.0 * step for step, wind in enumerate(_WINDS)}
_BEARINGS |= {wind: 22.5 + 45.0 * step for step, wind in enumerate(_BETWEEN_WINDS)}
_BEARINGS |= {"".join(_INITIAL.findall(wind)): bearing for wind, bearing in _BEARINGS.items()}
LETTERS_OF_WINDS = frozenset(wind for wind in _BEARINGS if 1 < len(wind) < 4)
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
