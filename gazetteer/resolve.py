"""The ladder from a written name to a place: code, exact, variant, fuzzy; abstention.

A rung answers only when the ones above it know nothing. `gazetteer.choose`
decides among several places of one name.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gazetteer import parents, scores
from gazetteer.choose import Scored, choose, only_one, strongest
from gazetteer.context import NO_CONTEXT, Context
from gazetteer.index import Hit, Index
from gazetteer.nesting import lies_in, rank_told
from gazetteer.normalise import fold
from gazetteer.offsets import Areas
from gazetteer.outside import Outside
from gazetteer.place import Candidate, Level, Match, Place, Status
from gazetteer.told import told_from_a_place
from gazetteer.toponym import (
    DIRECTIONS,
    DISTRICT,
    GOVERNORATE,
    QUARTER,
    SUBDISTRICT,
    TOWN,
    VILLAGE,
    Toponym,
    generic_of,
    stages,
    take_apart,
    without_endings,
)
from gazetteer.variants import is_likely, likely_and_rivals, sure_enough

_PCODE = re.compile(r"(?i)iq[ ._-]?g\d\d(?:[ ._-]?q\d\d(?:[ ._-]?n\d\d)?)?")
_CODE_MARKS = re.compile(r"[ ._-]")
_CODE = re.compile(rf"{_PCODE.pattern}|iq(?:-[a-z]{{2}})?|irq|(?:gn|x):[\w-]+")
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
        self._of_code = of_code

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
        for step in (self._as_spelled, self._as_offset, self._as_one_name, self._with_parents):
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
        for step in (self._with_parents, self._as_one_name):
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
            return replace(holder, query=name, why=f"{parent}: {holder.why}")
        match = self.resolve(name, Context(parent=holder.place, level=level))
        if holder.place is None:
            return replace(match, why=f"{match.why}; the parent {parent!r} is not known")
        return match

    def _told_within(self, parent: Place | None) -> Resolver:
        """The same, with the names that the user decided within a parent."""
        index = self.index.within(parent)
        if index is self.index:
            return self
        told = copy.copy(self)
        told.index = index
        return told

    def _by_code(self, name: str, code: str) -> Match:
        spelled = _CODE_MARKS.sub("", code) if _PCODE.fullmatch(code) else code
        spellings = (spelled, spelled.upper(), spelled.lower())
        place = next((p for c in spellings if (p := self._of_code(c)) is not None), None)
        if place is None:
            return Match(name, Status.UNRESOLVED, why=f"no place has the code {code}")
        candidates = (Candidate(place, 1.0, "its code"),)
        return Match(name, Status.RESOLVED, place, "code", 1.0, candidates, "its code")

    def _as_spelled(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve a name that is written as one that is listed; most names end here."""
        folded = fold(query)
        hits = self.index.spelled(folded)
        if not hits:
            return None
        if len(hits) == 1 and context is NO_CONTEXT:
            hit = hits[0]
            if not (hit.generics or hit.name.weak):
                return only_one(name, hit)
        toponym = Toponym(folded)
        scored = _exact(_fitting(hits, toponym))
        return self._choose(name, scored, toponym, "exact", context) if scored else None

    def _as_offset(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve "12 km south of Mosul" and "Hit, west of Ramadi"."""
        return told_from_a_place(self, name, query, context)

    def _as_one_name(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve a name that is written without parents; None if it is not known."""
        self = self._told_within(context.parent)
        spelled = self._as_spelled(name, query, context)
        if spelled is not None:
            return spelled
        folded = fold(query)
        found = stages(folded)
        if not found[-1].core or generic_of(folded) or folded in DIRECTIONS:
            return None  # "district" is no name
        for rung, look in (
            ("exact", self._exactly),
            ("variant", self._alike),
            ("fuzzy", self._misspelled),
        ):
            for read_as, hits in look(found):
                if hits:
                    return self._choose(name, hits, read_as, rung, context)
            if rung == "exact" and self._is_word(found):
                return self._abroad(name, found, by_alias=True)
            if rung == "exact":
                inflected = self._inflected(name, query, context)
                if inflected is not None:
                    return inflected
            # An Iraqi spelling goes before an alias of a small town abroad, not before its name.
            foreign = self._abroad(name, found, by_alias=rung != "exact")
            if foreign is not None:
                return foreign
        unit = self._as_unit(name, found[-1], context)
        bare = next(without_endings(query), None) if unit is None else None
        return self._as_one_name(name, bare, context) if bare else unit

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
                if _UNITS.get(hit.place.level) in hit.generics and hit.name.until is None
            ]
            likely = [(hit, score) for hit, score in units if is_likely(hit, score)]
            if likely:
                return self._choose(name, likely, toponym, rung, context)
        return None

    def _exactly(self, found: list[Toponym]) -> Readings:
        named = next((t for t in found if self.index.named(t.core)), found[-1])
        yield named, _exact(_fitting(self.index.spelled(named.core), named))

    def _alike(self, found: list[Toponym]) -> Readings:
        """Yield the hits of the tolerant key whose name looks like the query, too.

        Moselle and Musalla have one key, but nobody spells the one like the other.
        """
        for toponym in _whole_and_core(found):
            alike: list[Scored] = []
            for hit in _fitting(self.index.like(toponym.core), toponym):
                listed = take_apart(hit.folded).core if hit.generics else hit.folded
                score = scores.of_variant(toponym.core, listed)
                alike.append((hit, score))
            yield toponym, likely_and_rivals(alike)

    def _misspelled(self, found: list[Toponym]) -> Readings:
        if any(VILLAGE in toponym.generics for toponym in found):
            return  # of villages most are not listed: one of nearly this name is another
        for toponym in _whole_and_core(found):
            score = scores.of_fuzzy(toponym.core)
            hits = _fitting(self.index.misspelled(toponym.core), toponym)
            yield toponym, [(hit, score) for hit in sure_enough(hits, score)]

    def _choose(
        self, name: str, hits: list[Scored], toponym: Toponym, rung: str, context: Context
    ) -> Match:
        found = strongest(hits)
        if not context.prose and self.outside.is_name_alone(toponym.core):
            context = replace(context, is_place=True)
        return choose(name, found, toponym, rung=rung, context=context, unit_of=self._of_code)

    def _abroad(self, name: str, found: list[Toponym], *, by_alias: bool) -> Match | None:
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
        return Match(name, Status.OUTSIDE, None, "exact", 0.95, (), why, foreign.country)

    def _with_parents(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve "Taji, Baghdad Province", "Mosul (Nineveh)", "TajiBaghdad Province"."""
        parts = parents.marked_parts(query)
        if len(parts) < 2:
            parts = parents.unglued(parts[0] if parts else query, self._is_governorate)
        if len(parts) < 2:
            one = self._as_one_name(name, parts[0], context)
            one = one or self._in_by_prefix(name, query, context)
            return one or self._loosely(name, query, context)
        known = [self._holder(part) if n else self.part(part) for n, part in enumerate(parts)]
        first, last = (rank_told(m.place if m else None) for m in (known[0], known[-1]))
        ends_abroad = known[-1] is not None and known[-1].status is Status.OUTSIDE
        if first is not None and not ends_abroad and (last is None or first < last):
            # "Iraq, Anbar, Hit"
            parts.reverse()
            known.reverse()
        holders = [match.place for match in known[1:] if match is not None and match.place]
        holders += self._governorates_called(parts[1:])
        abroad = next((m for m in known if m is not None and m.status is Status.OUTSIDE), None)
        told_here = known[0] is abroad and any(place.adm1 for place in holders)
        if abroad is not None and not told_here:
            return replace(abroad, query=name)
        if not holders:
            return None
        return self._held(name, parts, holders, context)

    def _holder(self, part: str) -> Match | None:
        """Resolve what is told to hold a place; of "western Iraq" only Iraq is sure."""
        match = self.part(part)
        place = match.place if match is not None else None
        if match is None or place is None or place.level is not Level.REGION:
            return match
        return replace(match, place=self._of_code("IQ")) if place.name.endswith(" Iraq") else match

    def _governorates_called(self, parts: list[str]) -> list[Place]:
        """Return the governorates with such a name: "Kut Governorate" is Wasit."""
        hits = [hit for part in parts for hit in self.index.named(fold(part)) if hit.generics]
        return [hit.place for hit in hits if hit.place.level is Level.ADM1]

    def _held(self, name: str, parts: list[str], holders: list[Place], context: Context) -> Match:
        """Resolve a name in the first of the units told that holds such a place."""
        head = parts[0]
        answers = []
        for holder in holders:
            match = self.part(head, replace(context, parent=holder))
            if match is not None and match.place is not None and lies_in(match.place, holder):
                return replace(match, query=name)
            if match is not None and match.status is not Status.OUTSIDE:
                answers.append(match)
        if answers:
            return replace(answers[0], query=name)
        why = f"no place {head!r} in {holders[0].name} is known"
        if holders[0].level is Level.SETTLEMENT and _tell_a_quarter(parts):
            why += "; the whole of it is told"
            whole = (Candidate(holders[0], _WHOLE, why),)
            return Match(name, Status.RESOLVED, holders[0], "exact", _WHOLE, whole, why)
        candidates = (Candidate(holders[0], 0.3, "holds a place of this name, as told"),)
        return Match(name, Status.UNRESOLVED, candidates=candidates, why=why)

    def _in_by_prefix(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve السعدية بديالى, if there is such a place in what follows the preposition."""
        for head, tail in parents.parts_at_prefix(query):
            holder = self._as_one_name(tail, tail, NO_CONTEXT)
            if holder is None or holder.place is None or holder.method != "exact":
                continue
            match = self._as_one_name(name, head, replace(context, parent=holder.place))
            if match is not None and match.place is not None and match.place != holder.place:
                return match
        return None

    def _loosely(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve "Hit Anbar", "Baghdad-Karkh", "Mosul Iraq", if there is such a place in it."""
        for head, tail in parents.loose_parts(query, self._is_governorate_or_iraq):
            holder = self._as_spelled(tail, tail, NO_CONTEXT)
            if holder is None or holder.place is None or not holder.place.level.is_admin:
                continue
            match = self._as_one_name(name, head, replace(context, parent=holder.place))
            if match is None or match.place is None or match.method not in ("exact", "variant"):
                continue
            if match.place != holder.place and lies_in(match.place, holder.place):
                return match
        return None

    def _is_governorate(self, folded: str) -> bool:
        return any(hit.place.level is Level.ADM1 for hit in self.index.named(folded))

    def _is_governorate_or_iraq(self, folded: str) -> bool:
        known = (Level.ADM0, Level.ADM1)
        return any(hit.place.level in known for hit in self.index.named(folded))

    def part(self, part: str, context: Context = NO_CONTEXT) -> Match | None:
        match = self._as_one_name(part, part, context)
        return self._split_in_two(part, context) if match is None else match

    def _split_in_two(self, part: str, context: Context) -> Match | None:
        pieces = parents.unglued(part, self._is_governorate)
        if len(pieces) != 2:
            return None
        holder = self._as_one_name(pieces[1], pieces[1], NO_CONTEXT)
        if holder is None or holder.place is None:
            return None
        return self._as_one_name(part, pieces[0], replace(context, parent=holder.place))


def _exact(hits: list[Hit]) -> list[Scored]:
    return [(hit, scores.EXACT) for hit in hits]


def _whole_and_core(found: list[Toponym]) -> list[Toponym]:
    return found if len(found) == 1 else [found[0], found[-1]]


def _fitting(hits: Sequence[Hit], toponym: Toponym) -> list[Hit]:
    """Drop what is only called so with a generic word that is not there: Mosul *Governorate*."""
    return [hit for hit in hits if not hit.generics or hit.generics & toponym.generics]


def _tell_a_quarter(parts: list[str]) -> bool:
    """Whether the first part is of a town that the second is: "Mosul city (Tamuz quarter)"."""
    inner, outer = (take_apart(fold(part)).generics for part in parts[:2])
    return VILLAGE not in inner and (QUARTER in inner or TOWN in outer)


_WHOLE = 0.8  # the score of a city for what is told to be a part of it
_UNITS = {Level.ADM1: GOVERNORATE, Level.ADM2: DISTRICT, Level.ADM3: SUBDISTRICT}
