"""Which governorate holds each place that a sentence names, as its words tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.place import Level, Place
from mapper.extraction.places import Spot, is_far, is_near
from mapper.extraction.sentences import Tokens
from mapper.extraction.weights import Beside

PROVINCE = frozenset({"province", "governorate"})


def with_admin1(context: Beside, found: list[Spot]) -> list[Spot]:
    """Give each place the governorate that the words beside it, or the sentence, tell for it."""
    units = [spot for spot in found if spot.place and spot.place.level is Level.ADM1]
    return [
        _within(context, spot, others=[other for other in found if other is not spot], units=units)
        for spot in found
    ]


def _within(context: Beside, spot: Spot, *, others: Sequence[Spot], units: Sequence[Spot]) -> Spot:
    if spot.is_outside or (spot.place and spot.place.level is Level.ADM1):
        return spot
    tokens = context.tokens
    town = next(
        (o for o in others if _is_part_of(tokens, spot, o) or _is_told_near(tokens, spot, o)), None
    )
    if town and town.place and (spot.place is None or spot.place.adm1 != town.place.adm1):
        # A quarter's name is many a town's: the town that is told says which.
        unit = context.gaz.place(town.place.adm1) if town.place.adm1 else None
        return _with_unit(replace(spot, place=None, words=spot.words), unit) if unit else spot
    for unit_spot in units:
        if spot.place and unit_spot.place and spot.place.adm1 == unit_spot.place.id:
            return _with_unit(spot, unit_spot.place)
    told = next((unit for unit in units if _is_told_in(context, spot, unit)), None)
    if told and told.place and spot.place and spot.place.adm1:
        # "Albu Hassan village in Diyala" is another than the one known elsewhere.
        found = context.gaz.resolve(spot.name, within=told.place.id).place
        is_inside = found is not None and found.adm1 == told.place.id
        return _with_unit(replace(spot, place=found if is_inside else None), told.place)
    if spot.place is None and len({unit.name for unit in units}) == 1 and units[0].place:
        return _with_unit(spot, units[0].place)
    if spot.place is None and not units:
        around = {other.place.adm1 for other in others if _is_firm(other) and other.place}
        only = around.pop() if len(around) == 1 else None
        return _with_unit(spot, context.gaz.place(only)) if only else spot
    if (
        spot.place
        and spot.place.adm1
        and spot.precision in _POINTS
        and context.gaz.resolve(spot.name).place is None
    ):
        return _with_unit(spot, context.gaz.place(spot.place.adm1))
    return spot


def _is_firm(spot: Spot) -> bool:
    """Whether something is told to happen in a known town or at a known site."""
    return spot.weight >= _INSIDE and spot.precision in ("settlement", "site") and not spot.is_body


_INSIDE = 1.0
_POINTS = frozenset({"settlement", "site", "relative"})


def _is_part_of(tokens: Tokens, part: Spot, town: Spot) -> bool:
    """Whether a name is told as a part of the one beside it: "Sumer quarter in Nasiriyah"."""
    if town.place is None or not town.is_in_iraq or town.is_loose:
        return False
    if town.place.level in (Level.ADM1, Level.REGION, Level.ADM0) or part.is_country:
        return False
    if part.last <= town.first <= part.last + 4:
        between = tokens.words[part.last : town.first]
        # "In Mosul, Baquba and Basra" lists; "Islah village, Baquba" tells where.
        is_told = bool({"in", "of"} & set(between)) or (part.place is None and "," in between)
        return is_told and set(between) <= _PART_WORDS
    if town.last <= part.first <= town.last + 2:
        return set(tokens.words[town.last : part.first]) == {"'s"}
    return False


def _is_told_in(context: Beside, spot: Spot, unit: Spot) -> bool:
    """Whether a governorate stands right behind a place as what holds it."""
    if not spot.last <= unit.first <= spot.last + _HOLDER or spot.precision not in _POINTS:
        return False
    between = context.tokens.words[spot.last : unit.first]
    is_unit = context.tokens[unit.last - 1].lower in PROVINCE
    return set(between) <= _PART_WORDS and ("in" in between or (is_unit and between == [","]))


def _is_told_near(tokens: Tokens, spot: Spot, town: Spot) -> bool:
    """Whether a place is told as near a town from which the one known by its name is far."""
    if spot.place is None or town.place is None or spot.is_country or town.is_country:
        return False
    between = tokens.words[spot.last : town.first + 1]
    is_near_it = between[:1] in (["near"], [","]) and "near" in between and len(between) < 5
    is_off = town.area is not None and [t.text for t in tokens[spot.last : town.first]] == [","]
    return (is_near_it and not is_near(spot, town)) or (is_off and is_far(spot, town))


_HOLDER = 6  # words: "in Iraq's restive eastern province of"
_PART_WORDS = frozenset(
    {"in", "of", ",", "the", "city", "town", "district", "central", "neighborhood"}
    | {"neighbourhood", "area", "quarter", "village", "sub", "subdistrict"}
    | {"northern", "southern", "eastern", "western", "north", "south", "east", "west", "centre"}
    | {"center", "middle", "heart", "outskirts", "iraq", "iraqi", "'s", "province", "governorate"}
    | {"restive", "volatile"}
)


def _with_unit(spot: Spot, unit: Place) -> Spot:
    """Return a place with its governorate, where even a name nobody knows can be put."""
    weight = 4.5 if spot.place is None and spot.weight >= 3 else spot.weight
    return replace(spot, admin1=unit.name, weight=weight)
