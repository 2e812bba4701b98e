"""The places of the full data, which are asked where the core data does not know.

The core data's names keep winning: among 21,000 villages somebody's namesake is
always to be found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from gazetteer.compiled import CompiledPlaces
from gazetteer.context import Context
from gazetteer.index import Hit, Index, PlaceIndex
from gazetteer.normalise import fold, key_of_folded
from gazetteer.place import Level, Match, Place, Status
from gazetteer.resolve import Resolver
from gazetteer.toponym import SUBDISTRICT, stages

_LONG = 8  # letters of a name that is not taken for another by accident
_SURE = 0.8  # of another spelling of one of so many names

MakeResolver = Callable[[Index, Mapping[str, Place]], Resolver]


class Wider:
    """Resolves names with the core data first, then with the full data.

    Parameters
    ----------
    core : resolves among the places of the core data
    places : the places that are installed beside it
    make : makes a resolver of an index and of more places that have codes
    """

    def __init__(self, core: Resolver, places: CompiledPlaces, make: MakeResolver) -> None:
        self._core = core
        self._places = places
        self._make = make

    def resolve_within(
        self, name: str, *, parent: Place | str | None, level: Level | None
    ) -> Match:
        """Resolve a name as `Resolver.resolve_within` does, down to villages."""
        first = self._core.resolve_within(name, parent=parent, level=level)
        if not self._places or first.method in ("code", "own") or not name.strip():
            return first
        context = Context(level=level)
        if parent is None and first.status is Status.OUTSIDE:
            listed = self._listed_whole(name, context)
            return first if listed is None else listed
        if parent is None and self._settled(first, context) and not _says_unit(name, level):
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
        if second.method == "fuzzy" and parent is None and self._is_of_a_father(name):
            return first  # Abu Nabil is a man before he is the village Abu Naml
        return second if self._believable(second, first, context) else first

    def _is_of_a_father(self, name: str) -> bool:
        """Whether a name is told as a man's is, after his child: Abu Nabil."""
        father, _, child = fold(name).partition(" ")
        return father in ("abu", "ابو") and self._all.outside.is_word(child)

    def _listed_whole(self, name: str, context: Context) -> Match | None:
        """Resolve a village by its whole name, of which a little-known town abroad may have a part.

        Jida' Harash is not Jeddah, and Qaryat Kahriz not the Kahriz in Iran.
        """
        foreign = self._all.outside.find(fold(name))
        if foreign is not None and foreign.well_known:
            return None
        return self._all.as_spelled(name, name, context)

    def _holder(self, parent: str) -> Place | None:
        return self.resolve_within(parent, parent=None, level=None).place

    def _lists(self, name: str) -> bool:
        return any(bool(self._all.index.named(toponym.core)) for toponym in stages(fold(name)))

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
        if second.method == "fuzzy" and context.parent is None:
            # One of so many names is always nearly what is written, unless that is long.
            return len(key_of_folded(fold(second.query))) >= _LONG
        return second.method != "variant" or context.parent is not None or second.score > _SURE

    @cached_property
    def _units(self) -> Resolver:
        units = [self._places[id] for id in self._places if id.startswith("IQ")]
        return self._make(PlaceIndex.of(units), self._places)

    @cached_property
    def _all(self) -> Resolver:
        return self._make(WideIndex(self._core.index, self._places.index), self._places)


class WideIndex(Index):
    """An index of all places, in which what a governorate or district is called means that."""

    def __init__(self, core: Index, installed: Index) -> None:
        self._core = core
        self._installed = installed

    def named(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a folded name, those of the core data first."""
        hits = self._core.named(folded)
        units = [hit for hit in hits if _is_known_unit(hit)]
        if units:
            return units
        more = self._installed.named(folded)
        return [*hits, *self._weakened(folded, more)] if more else hits

    def _weakened(self, folded: str, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Return the hits, weak ones where the core data knows the name for a weak one."""
        known = self._core.alike(folded)
        return [hit.weakened() for hit in hits] if any(hit.name.weak for hit in known) else hits

    def alike(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a name with the first known key of a folded one."""
        return [*self._core.alike(folded), *self._installed.alike(folded)]

    def near(self, folded: str) -> Sequence[str]:
        """Return the folded names that a folded text is one typing error away from."""
        found = [*self._core.near(folded), *self._installed.near(folded)]
        return list(dict.fromkeys(found))


def _is_known_unit(hit: Hit) -> bool:
    known = (Level.ADM0, Level.ADM1, Level.ADM2)
    return hit.place.level in known and not hit.name.weak and not hit.generics


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
