"""The ladder from a written name to a place: code, exact, variant, fuzzy; abstention.

A rung answers only when the ones above it know nothing. `gazetteer.choose`
decides among several places of one name.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from gazetteer import parents, scores
from gazetteer.choose import choose, only_one
from gazetteer.context import NO_CONTEXT, Context
from gazetteer.held import resolve_in_parents, split_in_two
from gazetteer.index import Hit, Index
from gazetteer.inside import hits_inside
from gazetteer.kinds import with_kinds, without_kind
from gazetteer.nesting import governorates_of, lies_in
from gazetteer.normalise import fold
from gazetteer.offsets import Areas
from gazetteer.outside import Outside
from gazetteer.place import Candidate, Level, Match, Place, Status
from gazetteer.strength import Scored, strongest
from gazetteer.told import told_from_a_place
from gazetteer.toponym import (
    DIRECTIONS,
    DISTRICT,
    GOVERNORATE,
    QUARTER,
    SUBDISTRICT,
    VILLAGE,
    Toponym,
    generic_of,
    stages,
    take_apart,
    without_endings,
)
from gazetteer.variants import is_likely, is_of_descent, likely_and_rivals, sure_enough

_MARK = "[ ._-]"
_PCODE = rf"iq{_MARK}?g{_MARK}?\d\d(?:{_MARK}?q{_MARK}?\d\d(?:{_MARK}?n{_MARK}?\d\d)?)?"
_CODE = re.compile(  # most names are none, which is told by their first letter
    rf"(?=[igx])(?:{_PCODE}|iq(?:-[a-z]{{2}})?|iq\.\d\d|iz\d\d|irq|(?:gn|x):[\w-]+)", re.IGNORECASE
)
_INITIALS = 4  # letters
Readings = Iterator[tuple[Toponym, list[Scored]]]
"""Ways to read a name, and whose name it is read so."""


class Resolver:
    """Resolves names against an index."""

    def __init__(
        self,
        index: Index,
        *,
        outside: Outside,
        of_code: Callable[[str], Place | None],
        areas: Areas,
    ) -> None:
        self.index = index
        self.outside = outside
        self.areas = areas
        self.of_code = of_code

    def resolve(self, name: str, context: Context = NO_CONTEXT) -> Match:
        """Return the place that a name means, or why it cannot be told."""
        self = self._told_within(context.parent)
        query = name.strip()
        if not query:
            return Match(name, Status.UNRESOLVED, why="there is no name")
        if _CODE.fullmatch(query):
            return self._by_code(name, query)
        if parents.is_marked(query):
            return self._of_parts(name, query, context)
        match = self.as_spelled(name, query, context)
        if match is not None:
            return match
        for step in (self._as_offset, self.one_name, self._in_parents):
            match = step(name, query, context)
            if match is not None:
                return match
        return Match(name, Status.UNRESOLVED, why="no place of this name is known")

    def _of_parts(self, name: str, query: str, context: Context) -> Match:
        """Resolve what a comma or bracket parts: "Hay, Wasit" is not "Hay Wasit"."""
        listed = self.index.spelled(fold(query))
        if any(parents.is_marked(hit.name.text) for hit in listed):
            return self._choose(name, _exact([*listed]), Toponym(fold(query)), "exact", context)
        said = self._as_offset(name, query, context)
        if said is not None:
            return said
        for step in (self._in_parents, self.one_name):
            match = step(name, query, context)
            if match is not None and match.place is not None:
                return match
            said = match if said is None else said
        if said is None:
            return Match(name, Status.UNRESOLVED, why="no place of this name is known")
        return said

    def resolve_within(
        self, name: str, *, parent: Place | str | None = None, level: Level | None = None
    ) -> Match:
        """Resolve a name whose parent is a Place, or again a name or code."""
        if parent is None and level is None:
            return self.resolve(name)
        if parent is None or isinstance(parent, Place):
            return self.resolve(name, Context(parent=parent, level=level))
        holder = self.resolve(parent)
        if holder.status is Status.OUTSIDE:
            return self._held_abroad(name, parent, holder, Context(level=level))
        match = self.resolve(name, Context(parent=holder.place, level=level))
        if holder.place is None:
            return replace(match, why=f"{match.why}; the parent {parent!r} is not known")
        return match

    def _held_abroad(self, name: str, parent: str, holder: Match, context: Context) -> Match:
        """Resolve a name whose parent is called like a place abroad, which may be a namesake."""
        why = f"{parent}: {holder.why}"
        foreign = self.outside.find(fold(parent))
        if foreign is not None and not foreign.well_known:
            match = self.resolve(name, context)
            if match.candidates:
                why = f"{match.candidates[0].place} is in Iraq; {why}"
                return Match(name, Status.AMBIGUOUS, candidates=match.candidates, why=why)
        return replace(holder, query=name, why=why)

    def _told_within(self, parent: Place | None) -> Resolver:
        """The same, with the names that the user decided within a parent."""
        index = self.index.within(parent)
        if index is self.index:
            return self
        told = copy.copy(self)
        told.index = index
        return told

    def _by_code(self, name: str, code: str) -> Match:
        spelled = re.sub(_MARK, "", code) if re.fullmatch(_PCODE, code, re.IGNORECASE) else code
        spellings = (spelled, spelled.upper(), spelled.lower())
        place = next((p for c in spellings if (p := self.of_code(c)) is not None), None)
        if place is None:
            return Match(name, Status.UNRESOLVED, why=f"no place has the code {code}")
        candidates = (Candidate(place, 1.0, "its code"),)
        return Match(name, Status.RESOLVED, place, "code", 1.0, candidates, "its code")

    def as_spelled(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve a name that is written as one that is listed; most names end here."""
        folded = fold(query)
        hits = self.index.spelled(folded)
        if not hits:
            return None
        if len(hits) == 1 and context is NO_CONTEXT:
            hit = hits[0]
            if not (hit.generics or hit.name.weak):
                return only_one(name, hit)
        if len(query) <= _INITIALS and query.isupper() and self.outside.is_initials(query):
            hits = [hit.weakened() for hit in hits]
        scored = [(hit, scores.EXACT) for hit in hits if not hit.generics]
        return self._choose(name, scored, Toponym(folded), "exact", context) if scored else None

    def _as_offset(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve "12 km south of Mosul" and "Hit, west of Ramadi"."""
        return told_from_a_place(self, name, query, context)

    def one_name(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve a name that is written without parents; None if it is not known."""
        self = self._told_within(context.parent)
        spelled = self.as_spelled(name, query, context)
        if spelled is not None:
            return spelled
        folded = fold(query)
        found = stages(folded)
        if not found[-1].core or generic_of(folded) or folded in DIRECTIONS:
            return None  # "district" is no name
        for rung, look in (
            ("exact", partial(self._exactly, parent=context.parent)),
            ("variant", self._alike),
            ("fuzzy", partial(self._misspelled, is_told=context.parent is not None)),
        ):
            for read_as, hits in look(found):
                if hits:
                    return self._choose(name, hits, read_as, rung, context)
            inside = self._inside(name, found, context) if rung == "exact" else None
            if inside is not None:
                return inside
            if rung == "exact" and self._is_word(found):
                return self._abroad(name, found, context, by_alias=True)
            if rung == "exact":
                inflected = self._inflected(name, query, context)
                if inflected is not None:
                    return inflected
            # An Iraqi spelling goes before an alias of a small town abroad, not before its name.
            foreign = self._abroad(name, found, context, by_alias=rung != "exact")
            if foreign is not None:
                return foreign
        site = self._as_site(name, folded, context)
        if site is not None:
            return site
        unit = self._as_unit(name, found[-1], context)
        bare = next(without_endings(query), None) if unit is None else None
        return self.one_name(name, bare, context) if bare else unit

    def _inside(self, name: str, found: list[Toponym], context: Context) -> Match | None:
        """Resolve what is called so, or nearly so, in the parent that is told."""
        parent = context.parent
        if parent is None or not governorates_of(parent):
            return None
        for toponym in _whole_and_core(found):
            hits = hits_inside(self.index, toponym, parent)
            if hits:
                rung = "exact" if hits[0][1] == scores.EXACT else "variant"
                return self._choose(name, hits, toponym, rung, context)
        return None

    def _in_parents(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve "Taji, Baghdad Province"."""
        return resolve_in_parents(self, name, query, context)

    def _is_word(self, found: list[Toponym]) -> bool:
        return any(self.outside.is_word(toponym.core) for toponym in found)

    def _inflected(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve a Kurdish name with the ending of its case: Bajarê Mûsilê, کەرکووکدا."""
        for bare in without_endings(query):
            for read_as in stages(fold(bare)):
                hits = _fitting(self.index.spelled(read_as.core), read_as)
                if hits:
                    return self._choose(name, _exact(hits), read_as, "exact", context)
        return None

    def _as_site(self, name: str, folded: str, context: Context) -> Match | None:
        """Resolve a site's name with a word for what it is, which the list has otherwise."""
        for bare, kinds in without_kind(folded).items():
            for listed in (bare, *with_kinds(bare, kinds)):
                sites = [hit for hit in self.index.spelled(listed) if hit.place.kind in kinds]
                if sites:
                    return self._choose(name, _exact(sites), Toponym(listed), "exact", context)
        return None

    def _as_unit(self, name: str, toponym: Toponym, context: Context) -> Match | None:
        """Resolve the bare name of a unit that is listed with its generic word only.

        Bardarash is Bardarash District. But Mosul is not what was Mosul Governorate.
        """
        if toponym.generics:
            return None
        for rung, hits in (
            ("exact", self.index.spelled(toponym.core)),
            ("variant", self.index.like(toponym.core)),
        ):
            units = [
                (
                    hit._replace(generics=frozenset()),
                    scores.of_variant(toponym.core, take_apart(hit.folded).core),
                )
                for hit in hits
                if _UNITS.get(hit.place.level) in hit.generics
                and hit.name.until is None
                and not is_of_descent(toponym.core, hit.folded)
            ]
            likely = [(hit, score) for hit, score in units if is_likely(hit, score)]
            if likely:
                return self._choose(name, likely, toponym, rung, context)
        return None

    def _exactly(self, found: list[Toponym], *, parent: Place | None) -> Readings:
        named = next((t for t in found if self.index.named(t.core)), found[-1])
        hits = self.index.spelled(named.core)
        if parent is not None and DISTRICT in named.generics and not _fitting(hits, named):
            # All units that are called districts are known: in a town it is a quarter.
            quarter = replace(named, generics=frozenset({QUARTER}))
            yield quarter, _exact([h for h in _fitting(hits, quarter) if lies_in(h.place, parent)])
        yield named, _exact(_fitting(hits, named))

    def _alike(self, found: list[Toponym]) -> Readings:
        """Yield the hits of the tolerant key whose name looks like the query, too.

        Moselle and Musalla have one key, but nobody spells the one like the other.
        """
        for toponym in _whole_and_core(found):
            alike: list[Scored] = []
            for hit in _fitting(self.index.like(toponym.core), toponym):
                if not toponym.generics and is_of_descent(toponym.core, hit.folded):
                    continue
                listed = take_apart(hit.folded).core if hit.generics else hit.folded
                score = scores.of_variant(toponym.core, listed)
                alike.append((hit, score))
            yield toponym, likely_and_rivals(alike)

    def _misspelled(self, found: list[Toponym], *, is_told: bool) -> Readings:
        if any(VILLAGE in toponym.generics for toponym in found):
            return  # of villages most are not listed: one of nearly this name is another
        if not is_told and self.index.named(found[-1].core):
            return  # what is listed with other words is spelled right: Karama is no Karma
        for toponym in _whole_and_core(found):
            score = scores.of_fuzzy(toponym.core)
            hits = _fitting(self.index.misspelled(toponym.core), toponym)
            yield toponym, [(hit, score) for hit in sure_enough(hits, score)]

    def _choose(
        self, name: str, hits: list[Scored], toponym: Toponym, rung: str, context: Context
    ) -> Match:
        found = strongest(hits)
        parent = context.parent
        if parent is not None and not any(lies_in(hit.place, parent) for hit, _ in found):
            inside = self._inside(name, [toponym], context)
            if inside is not None:
                return inside
        weak = not context.prose and any(hit.name.weak for hit, _ in found)
        if weak and self.outside.is_name_alone(toponym.core):
            context = replace(context, is_place=True)
        return choose(name, found, toponym, rung=rung, context=context, unit_of=self.of_code)

    def _abroad(
        self, name: str, found: list[Toponym], context: Context, *, by_alias: bool
    ) -> Match | None:
        known = ((t.core, f) for t in found if (f := self.outside.find(t.core)) is not None)
        core, foreign = next(known, ("", None))
        if foreign is None:
            return None
        if not (foreign.well_known or by_alias or fold(foreign.place) == core):
            return None
        where = foreign.place
        if foreign.country != where:
            where = f"{where}, {foreign.country}"
        why = f"{where} is not in Iraq"
        parent = context.parent
        if parent is not None and governorates_of(parent):
            why = f"no place of this name in {parent.name} is known; {why}"
            return Match(name, Status.UNRESOLVED, why=why)
        return Match(name, Status.OUTSIDE, None, "exact", 0.95, (), why, foreign.country)

    def part(self, part: str, context: Context = NO_CONTEXT) -> Match | None:
        match = self.one_name(part, part, context)
        return split_in_two(self, part, context) if match is None else match


def _exact(hits: list[Hit]) -> list[Scored]:
    return [(hit, scores.EXACT) for hit in hits]


def _whole_and_core(found: list[Toponym]) -> list[Toponym]:
    return found if len(found) == 1 else [found[0], found[-1]]


def _fitting(hits: Sequence[Hit], toponym: Toponym) -> list[Hit]:
    """Drop what is only called so with a generic word that is not there: Mosul *Governorate*."""
    return [hit for hit in hits if not hit.generics or hit.generics & toponym.generics]


_UNITS = {Level.ADM1: GOVERNORATE, Level.ADM2: DISTRICT, Level.ADM3: SUBDISTRICT}
