"""How much speaks for two rows telling of one event, and what speaks against it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

import pandas as pd
from geopy.distance import great_circle

from mapper.merging.clues import Clues, Kinds

ENOUGH = 3
"""So much speaks for one event."""

DOUBTFUL = 2
"""So much leaves it open whether it is one."""

TOLLS = ("killed", "wounded")

_COARSE = frozenset({"adm1", "region", "country"})
_KIN = (
    frozenset({"Suicide bomb", "Remote explosive/landmine/IED"}),
    frozenset({"Armed clash", "Attack"}),
    frozenset({"Air/drone strike", "Shelling/artillery/missile attack"}),
    frozenset({"Peaceful protest", "Protest with intervention"}),
)
OPEN_KINDS = frozenset({"Armed clash", "Attack"})
_CROWDS = frozenset({"Protests", "Riots"})
# In a town that reaches so far several events of one kind on one day are rare; in a city they
# are not, so that the place speaks for nothing.
_TOWN_KM, _CITY_KM = 5.0, 8.0
# Longer than this a span of days says no day.
_MOST_DAYS = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One row, and what is compared of it."""

    at: int
    article: tuple[Any, ...]
    cells: dict[Hashable, Any]
    clues: Clues
    _known: dict[Hashable, Any] = field(init=False, repr=False, default_factory=dict)

    def known(self, name: str) -> Any:
        """Return a cell's value, or None where it is missing."""
        if name not in self._known:  # asking pandas is slow, and rows are compared often
            value = self.cells[name]
            self._known[name] = None if pd.isna(value) else value
        return self._known[name]

    @cached_property
    def days(self) -> tuple[Any, Any] | None:
        """The first and last day, or None where no day is told."""
        first = self.known("date")
        if first is None:
            return None
        last = self.known("date_end") or first
        return (first, last) if last - first <= _MOST_DAYS else None

    @cached_property
    def hours(self) -> tuple[Any, Any] | None:
        """When it began and ended, as far as day and hour are told."""
        if self.days is None:
            return None
        first, last = (day.to_pydatetime() for day in self.days)  # much faster to compare
        if self.clues.hours is None or first != last:
            return first, last + _DAY
        begin, end = self.clues.hours
        return first + timedelta(hours=begin), first + timedelta(hours=end)


def agreement(one: Row, other: Row) -> int | None:
    """Weigh what speaks for one event; None where something excludes it."""
    if not _times_meet(one, other):
        return None
    place, kind, dead, hurt = (
        _place(one, other),
        _kind(one, other),
        _toll(one.known("killed"), other.known("killed")),
        _toll(one.known("wounded"), other.known("wounded")),
    )
    if place is None or kind is None or dead is None or hurt is None:
        return None
    if any(_differ(a, b) for a, b in _excluding(one.clues, other.clues)):
        return None
    weight = place + kind + dead + hurt + _people(one.clues.who, other.clues.who)
    weight += _shared(one.clues.number - _ONE, other.clues.number - _ONE)
    weight += _shared(one.clues.weapon - _GUN, other.clues.weapon - _GUN)
    weight += _shared(one.clues.site, other.clues.site) + 2 * _is_copy(one.clues, other.clues)
    weight += _hours_agree(one, other)
    weight -= 3 * _differ(one.clues.weapon, other.clues.weapon)
    weight -= 2 * _differ(one.clues.site, other.clues.site)
    if one.known("event_type") in _CROWDS:
        weight += _shared(one.clues.matter, other.clues.matter)
        weight -= 2 * _differ(one.clues.matter, other.clues.matter)
    return weight - _tolls_pass_by(one, other) - _has_no_day(one, other)


_GUN, _ONE = frozenset({"gun"}), frozenset({"1"})


def _excluding(one: Clues, other: Clues) -> tuple[tuple[Kinds, Kinds], ...]:
    """Return what no two accounts of one event tell differently."""
    names = ("who", "sex", "side", "number")
    return tuple((getattr(one, name), getattr(other, name)) for name in names)


def _differ(one: Kinds, other: Kinds) -> bool:
    return bool(one and other and not one & other)


def _shared(one: Kinds, other: Kinds) -> int:
    return int(bool(one & other))


def _people(one: Kinds, other: Kinds) -> int:
    """2: both tell of the same trade; 1: those hurt may be the same; 0: anybody may be."""
    if not one & other or max(len(one), len(other)) > _ANYBODY:
        return 0
    is_exact = max(len(one), len(other)) == 1 and not one & _MANY
    return 2 if is_exact else 1


_ANYBODY = 12  # "Civilians" and "a woman" may be of any trade
# People who are hurt so often that they say little.
_MANY = frozenset({"police", "soldier", "suspect", "peshmerga", "militia", "child"})


def _is_copy(one: Clues, other: Clues) -> bool:
    """Whether one text was taken over from the other."""
    both = one.words | other.words
    return bool(both) and len(one.words & other.words) >= 0.95 * len(both)


def _has_no_day(one: Row, other: Row) -> bool:
    return one.days is None or other.days is None


def _times_meet(one: Row, other: Row) -> bool:
    """Whether the hours meet; a day that is not told is made up for by the same dead."""
    spans = one.hours, other.hours
    if spans[0] is None or spans[1] is None:
        same = _toll(one.known("killed"), other.known("killed"))
        return _dates_meet(one, other) and bool(same)
    return bool(spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1])


def _hours_agree(one: Row, other: Row) -> bool:
    """Whether both tell an hour, which meet, or they would not be compared."""
    return one.clues.hours is not None and other.clues.hours is not None


def _dates_meet(one: Row, other: Row) -> bool:
    """Whether a month or a year holds the other's day, where both are told."""
    begins = [row.known("date") for row in (one, other)]
    if None in begins:
        return True
    ends = [row.known("date_end") or row.known("date") for row in (one, other)]
    return bool(begins[0] <= ends[1] and begins[1] <= ends[0])


def _place(one: Row, other: Row) -> int | None:
    """Weigh the same place by how small it is; None: two places."""
    if one.known("place_id") is not None and one.known("place_id") == other.known("place_id"):
        return _of_size(one)
    if _is_wide(one) or _is_wide(other):
        return 0 if one.known("adm1_pcode") is not None else None
    points = [row.cells["geometry"] for row in (one, other)]
    if all(point is not None for point in points):
        reach = max(row.known("radius_km") or 0.0 for row in (one, other))
        return 0 if _km(*points) <= reach else None
    units = [row.known("adm2_pcode") for row in (one, other)]
    return 0 if units[0] is not None and units[0] == units[1] else None


def _is_wide(row: Row) -> bool:
    """Whether a row's place may be anywhere in its governorate."""
    if row.known("precision") in _COARSE:
        return True
    unit = row.known("adm2_pcode")
    has_no_bounds = unit is None or ":" in unit  # a new district, which has no p-code
    return row.cells["geometry"] is None and has_no_bounds


def _of_size(row: Row) -> int:
    if row.known("precision") in _COARSE:
        return 0
    if row.known("precision") == "relative":
        return 2  # the land around a town
    reach = row.known("radius_km") or 0.0
    return 2 if reach <= _TOWN_KM else int(reach < _CITY_KM)


def _kind(one: Row, other: Row) -> int | None:
    """1: the same kind of event; 0: akin; None: another."""
    kinds = {row.known("sub_event_type") for row in (one, other)}
    types = {row.known("event_type") for row in (one, other)}
    if len(kinds) == 1:
        return int(None not in kinds) if len(types) == 1 else None
    if any(kinds <= kin for kin in _KIN):
        return 0
    if None in kinds and len(types) == 1:
        return int(None not in types)  # an explosion, and a bomb
    is_open = None in kinds or _is_open(one) != _is_open(other)
    return 0 if is_open and _are_violent(one, other) else None


def _is_open(row: Row) -> bool:
    """Whether a row says only that there was an attack, not with what."""
    return row.known("sub_event_type") in OPEN_KINDS and not row.clues.weapon


def _are_violent(*rows: Row) -> bool:
    return all(row.known("event_type") in _VIOLENT for row in rows)


_VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})


def _toll(one: int | None, other: int | None) -> int | None:
    """Weigh the same number by how rare it is; 0: close, or not told; None: too far apart."""
    if one is None or other is None:
        return 0
    if one == other:
        return sum(one >= least for least in _RARE_TOLLS)
    return 0 if abs(one - other) <= max(2, 0.4 * max(one, other)) else None


# That one was killed is told of most events.
_RARE_TOLLS = (2, 3, 8)


def _tolls_pass_by(one: Row, other: Row) -> bool:
    """Whether one tells only the killed and the other only the wounded: no number to compare."""
    told = [{name for name in TOLLS if row.known(name) is not None} for row in (one, other)]
    return all(told) and not told[0] & told[1]


def _km(one: Any, other: Any) -> float:
    return float(great_circle((one.y, one.x), (other.y, other.x)).km)
