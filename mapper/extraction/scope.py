"""Whether a text is about Iraq, as the places and words in it tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gazetteer.place import Level, Match, Mention, Place, Status
from mapper.extraction.sentences import Document, fold


def is_about_iraq(document: Document, mentions: Sequence[Mention]) -> bool:
    """Whether a text is about Iraq; a village's name alone is no sign where it names a country."""
    found = [m.match for m in mentions if m.match.status in (Status.RESOLVED, Status.AMBIGUOUS)]
    known = any(match.place and _is_well_known(match.place) for match in found)
    known = known or any(
        m.match.status is Status.RESOLVED and fold(m.text).startswith(_UNITS) for m in mentions
    )
    abroad = any(
        _is_abroad(mention.match) and not _is_actor(document.text, mention.start)
        for mention in mentions
    )
    words = (token.lower for sentence in document.sentences for token in sentence.tokens)
    if known or (bool(found) and not abroad) or _are_neighbours(found):
        return True
    return any(word in _IRAQ for word in words)


def with_namesakes_abroad(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, a name outside Iraq where that behind it is: "in Babylon, New York"."""
    found = list(mentions)
    for n, (one, other) in enumerate(pairwise(mentions)):
        behind = mentions[n + 2].start if n + 2 < len(mentions) else None
        if _is_told_abroad(text, one, other) and behind != other.end + len(", "):
            found[n] = replace(one, match=replace(other.match, query=one.match.query))
    return found


def _is_told_abroad(text: str, one: Mention, other: Mention) -> bool:
    if other.match.status is not Status.OUTSIDE or text[one.end : other.start] != ", ":
        return False
    is_country = one.match.place is not None and one.match.place.level is Level.ADM0
    is_placed = _PLACED.search(text, max(0, one.start - 10), one.start)
    return bool(is_placed) and not is_country and bool(_ENDS.match(text, other.end))


# Not "In Sinjar, Turkey on Sunday ...", nor "in Mosul, Aleppo and Raqqa".
_PLACED = re.compile(r"\b(?:in|at|near|from|of|outside)\s$")
_ENDS = re.compile(r"\s*$|[.;:)]|,?\s(?:on|when|where|after|by|who|which|last|this)\b|,\s(?!and\b)")


def _is_abroad(match: Match) -> bool:
    """Whether a place is elsewhere; whose troops and papers are in Iraq too says nothing."""
    return match.status is Status.OUTSIDE and match.country not in _PRESENT


# Countries whose forces and agencies any news on Iraq may name.
_PRESENT = frozenset(
    {"United States", "United Kingdom", "France", "Germany", "Italy", "Australia", "Poland"}
    | {"Japan", "Denmark", "Netherlands", "Spain", "Belgium", "Switzerland", "Canada"}
)


# What Iraq calls its units, before their names.
_UNITS = tuple(
    map(fold, ("ناحية ", "قضاء ", "ناحیەی ", "قەزای ", "nahiyeya ", "navçeya ", "qezaya "))
)


def _is_actor(text: str, start: int) -> bool:
    """Whether a country is only whose planes or army came, or where a road in Iraq leads.

    Kurdish puts it so: "drones of".
    """
    if _ROAD_TO.search(text, max(0, start - 30), start):
        return True
    before = fold(text[max(0, start - 40) : start]).split()
    while before and before[-1] in _LINKS:
        before.pop()  # "The base of Turkey", "yesterday's shelling of Turkey"
    return bool(before) and before[-1].startswith(_TITLES)


_ROAD_TO = re.compile(r"\b(?:road|highway|route|border|crossing|frontier) (?:to|with|into) $")
_LINKS = frozenset(map(fold, ("ya", "yê", "yên", "a", "ê", "ên", "دوێنێی", "ئەمڕۆی", "ئێستای")))
# Of their inflected forms, the beginnings.
_PLANES = ("فڕۆکە", "درۆن", "سوپا", "تۆپ", "هێز", "بۆردومان", "مووشەک", "موشەک", "پەهباد")
_TITLES = (
    *map(fold, _PLANES),
    *("firoke", "balafir", "dron", "artêş", "top", "hêz", "leşker", "bombebaran", "mûşek", "sîha"),
)


def _are_neighbours(found: Sequence[Match]) -> bool:
    """Whether two places are of one governorate, which no two names abroad are by chance."""
    towns = {match.place.id: match.place.adm1 for match in found if match.place}
    units = [unit for unit in towns.values() if unit]
    return len(set(units)) < len(units)


def _is_well_known(place: Place) -> bool:
    # No other country has a site of the name "Basra Palace".
    is_wide = place.level in (Level.ADM0, Level.ADM1, Level.ADM2, Level.REGION, Level.SITE)
    return is_wide or (place.population or 0) >= 50_000


_IRAQ = frozenset({"iraqi", "iraqis", "iraq", "iraqê", "îraq", "iraqa"}) | frozenset(
    map(fold, ("العراق", "عراقي", "العراقية", "العراقي", "عراقية", "عێراق", "عیراق"))
)
# What only Iraq has.
_OWN = ("الحشد", "للحشد", "والحشد", "البيشمركة", "للبيشمركة", "بيشمركة", "الپيشمركة")
_OWN_KURDISH = ("حەشدی", "پێشمەرگە", "پێشمەرگەی", "pêşmerge", "pêşmergeyan", "heşda")
_IRAQ |= frozenset(map(fold, _OWN + _OWN_KURDISH))
