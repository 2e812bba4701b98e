"""The places of the full data, which are asked where the core data does not know.

The core data's names keep winning: among 21,000 villages somebody's namesake is
always to be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from gazetteer.choose import Context
from gazetteer.index import Hit, Index
from gazetteer.normalise import fold, key_of_folded
from gazetteer.place import Level, Match, Place, Status
from gazetteer.resolve import Resolver
from gazetteer.toponym import SUBDISTRICT, stages

MakeResolver = Callable[[Index, Mapping[str, Place]], Resolver]


class Wider:
    """Resolves names with the core data first, then with the full data.

    Parameters
    ----------
    core : resolves among the places of the core data
    places : reads the places of the full data, by id
    make : makes a resolver of an index and of more places that have codes
    """

    def __init__(
        self, core: Resolver, places: Callable[[], Mapping[str, Place]], make: MakeResolver
    ) -> None:
        self._core = core
        self._read_places = places
        self._make = make

    def resolve_within(
        self, name: str, *, parent: Place | str | None, level: Level | None
    ) -> Match:
        """Resolve a name as `Resolver.resolve_within` does, down to villages."""
        first = self._core.resolve_within(name, parent=parent, level=level)
        context = Context(level=level)
        if parent is None and self._settled(first, context) and not _says_unit(name, level):
            return first
        if not self._places or first.method == "code" or not name.strip():
            return first
        holder = parent if isinstance(parent, Place) or parent is None else self._holder(parent)
        if parent is not None and holder is None:
            return first
        context = Context(parent=holder, level=level)
        if _says_unit(name, level):
            unit = self._units.resolve(name, context)
            if unit.place is not None and _better(unit, first, level):
                return unit
        if self._settled(first, context):
            return first
        second = self._all.resolve(name, context)
        if first.method == "fuzzy" and second.status is Status.AMBIGUOUS and self._lists(name):
            return second  # what looks like an error is the name of a village
        return second if self._believable(second, first, context) else first

    def _holder(self, parent: str) -> Place | None:
        return self.resolve_within(parent, parent=None, level=None).place

    def _lists(self, name: str) -> bool:
        return any(toponym.core in self._all.index.exact for toponym in stages(fold(name)))

    @staticmethod
    def _settled(first: Match, context: Context) -> bool:
        """Whether the core data's answer stands, whatever villages there are."""
        if first.status is Status.OUTSIDE:
            return context.parent is None or context.parent.level is Level.ADM0
        if first.status is Status.AMBIGUOUS:
            return context.parent is None
        return first.status is Status.RESOLVED and first.method != "fuzzy" and first.score > 0.6

    @staticmethod
    def _believable(second: Match, first: Match, context: Context) -> bool:
        if second.place is None:
            return bool(second.candidates) and not first.candidates
        if first.status in (Status.RESOLVED, Status.OUTSIDE):
            return second.method == "exact" and second.score > 0.6
        # One of so many names is always nearly what is written.
        return second.method != "fuzzy" or context.parent is not None

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        return self._read_places()

    @cached_property
    def _units(self) -> Resolver:
        units = (place for place in self._places.values() if place.level is Level.ADM3)
        return self._make(Index(units), self._places)

    @cached_property
    def _all(self) -> Resolver:
        return self._make(_WideIndex(self._core.index, self._places.values()), self._places)


class _WideIndex(Index):
    """An index of all places, in which what a governorate or district is called means that."""

    def __init__(self, core: Index, places: Iterable[Place]) -> None:
        super().__init__(places)
        self.places = (*core.places, *self.places)
        weak = {key_of_folded(name) for name, hits in core.exact.items() if hits[0].name.weak}
        for folded, found in self.exact.items():
            if key_of_folded(folded) in weak:
                self.exact[folded] = [_weakened(hit) for hit in found]
        for folded, hits in core.exact.items():
            units = [hit for hit in hits if _is_known_unit(hit)]
            self.exact[folded] = units or [*hits, *self.exact.get(folded, ())]


def _is_known_unit(hit: Hit) -> bool:
    known = (Level.ADM0, Level.ADM1, Level.ADM2)
    return hit.place.level in known and not hit.name.weak and not hit.generics


def _weakened(hit: Hit) -> Hit:
    return hit._replace(name=replace(hit.name, weak=True))


def _says_unit(name: str, level: Level | None) -> bool:
    """Whether a subdistrict is asked for."""
    if level is not None:
        return level is Level.ADM3
    return any(SUBDISTRICT in toponym.generics for toponym in stages(fold(name)))


def _better(unit: Match, first: Match, level: Level | None) -> bool:
    """Whether a subdistrict is meant rather than what the core data took the name for."""
    if level is Level.ADM3 or first.place is None:
        return True
    return unit.method in ("exact", first.method)


def with_units(places: Mapping[str, Place], units: Mapping[str, list[str | None]]) -> list[Place]:
    """Return those places whose units are known better, with these."""
    return [
        replace(places[id], adm1=codes[0], adm2=codes[1], adm3=codes[2])
        for id, codes in units.items()
        if id in places
    ]
