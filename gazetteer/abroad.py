"""Names that a running text puts abroad: "Zawiya, Libya", "Nineveh, Virginia"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from gazetteer.choose import is_well_known
from gazetteer.lookups import Lookups
from gazetteer.place import Level, Match, Place, Status
from gazetteer.relations import relation_before
from gazetteer.spots import Spot
from gazetteer.words import Words

_IN = frozenset((" in ", " في ", " لە ", " li ", " (", ", in ", "، في "))
_COMMAS = frozenset((", ", "، "))
_LONGEST_GAP = 40  # characters: ", about 20 kilometres to the southeast of "
# "In Rabia, Turkey bombed a house" and "in Rabia, Turkey and Iran" tell nothing of where Rabia is.
_ENDS = re.compile(r"\s*(?:[.;:)!?]|[,،](?!\s*[^\W\d_a-z])|$|on\s)")

Found = tuple[Spot, Match]


def with_told_abroad(found: Sequence[Found], words: Words, lookups: Lookups) -> list[Found]:
    """Return what was found; a namesake of what the text puts abroad is not in Iraq."""
    told, text = [*found], words.text
    for at in [at for at, (spot, _) in enumerate(found) if text.startswith(", ", spot.end)]:
        spot, match = found[at]
        state = _state_behind(spot, words, lookups) if _is_in_iraq(match.place) else ""
        if state:
            told[at] = spot, _outside(match, f"it is told to be in {state}", "United States")
    for at in [at for at, (_, match) in enumerate(found) if match.status is Status.OUTSIDE]:
        spot, match = told[at - 1]
        if at and _is_in_iraq(match.place):
            told[at - 1] = spot, _beside(spot, match, match.place, found[at], text)
    return told


def _is_in_iraq(place: Place | None) -> TypeGuard[Place]:
    return place is not None and place.level is not Level.ADM0


def _state_behind(spot: Spot, words: Words, lookups: Lookups) -> str:
    """Return the state of the United States that stands behind a name's comma."""
    first, forms = spot.last + 1, words.forms
    if words.starts[first : first + 1] != [spot.end + 2] or not forms[first].text[0].isupper():
        return ""
    for last in (first + 1, first):
        folded = " ".join([form.folded for form in forms[first : last + 1]])
        if last < len(forms) and lookups.is_state(folded):
            return words.text[words.starts[first] : words.ends[last]]
    return ""


def _beside(spot: Spot, match: Match, place: Place, other: Found, text: str) -> Match:
    """Return the match of a name before a place abroad, which may hold it.

    A place that everybody knows is meant whatever stands beside it.
    """
    abroad, foreign = other
    gap = text[spot.end : abroad.start]
    if len(gap) > _LONGEST_GAP or is_well_known(place):
        return match
    why = f"it is told to be in {foreign.query}: {foreign.why}"
    if gap in _IN:
        return _outside(match, why, foreign.country)
    is_country = foreign.why == f"{foreign.country} is not in Iraq"
    is_short = text[abroad.start : abroad.end].replace(".", "").isupper()  # "Balad, U.S. says"
    if gap in _COMMAS and is_country and not is_short and place.level is Level.SETTLEMENT:
        return _outside(match, why, foreign.country) if _ENDS.match(text, abroad.end) else match
    relation = None if is_country else relation_before(text, abroad.start)
    if relation is None or relation.bearing is None or text[spot.end : relation.start].strip(" ,("):
        return match
    why = f"it is told from {foreign.query}: {foreign.why}"
    return replace(match, status=Status.AMBIGUOUS, place=None, method="", score=0.0, why=why)


def _outside(match: Match, why: str, country: str | None) -> Match:
    return Match(match.query, Status.OUTSIDE, None, "exact", match.score, (), why, country)
