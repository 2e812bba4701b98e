"""The ladder from a written name to a place: code, exact, variant; context; abstention.

A rung answers only when the ones above it know nothing. Whatever the rung,
several places that fit are told apart by what the name says of its kind, by
the level asked for and by the parent; where these do not decide, the answer is
the coarsest of places that lie in one another, and otherwise none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gazetteer.index import Hit, Index, strongest
from gazetteer.normalise import fold, key_of_folded
from gazetteer.outside import Outside
from gazetteer.place import Candidate, Level, Match, Place, Status
from gazetteer.toponym import DISTRICT, GOVERNORATE, QUARTER, SUBDISTRICT, TOWN, Toponym, take_apart

SCORES = {"code": 1.0, "exact": 0.98, "variant": 0.92}
_RANK = {level: rank for rank, level in enumerate(Level)}
_CODE = re.compile(r"(?i)iq(?:g\d\d(?:q\d\d(?:n\d\d)?)?|-[a-z]{2})?|irq|(?:gn|x):[\w-]+")
_LEVELS_OF_GENERIC = {
    GOVERNORATE: frozenset({Level.ADM1}),
    DISTRICT: frozenset({Level.ADM2}),
    SUBDISTRICT: frozenset({Level.ADM3}),
    TOWN: frozenset({Level.SETTLEMENT}),
    QUARTER: frozenset({Level.SETTLEMENT}),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a name beside itself.

    ``parent`` is the place it should lie in. ``level`` is required, ``prefer``
    is taken where the name has it. ``company`` are the ids of units that other
    places of the same text lie in. ``bare`` accepts a weak name on its own.
    """

    parent: Place | None = None
    level: Level | None = None
    prefer: Level | None = None
    company: frozenset[str] = frozenset()


_NO_CONTEXT = Context()


class Resolver:
    """Resolves names against an index."""

    def __init__(self, index: Index, outside: Outside, codes: dict[str, Place]) -> None:
        self._index = index
        self._outside = outside
        self._codes = codes

    def resolve(self, name: str, context: Context = _NO_CONTEXT) -> Match:
        """Return the place that a name means, or why it cannot be told."""
        query = name.strip()
        if not query:
            return Match(name, Status.UNRESOLVED, why="there is no name")
        if _CODE.fullmatch(query):
            return self._by_code(name, query)
        folded = fold(query)
        toponym = take_apart(folded)
        for rung, hits, read_as in self._rungs(folded, toponym):
            if hits:
                return _choose(name, rung, strongest(hits), read_as, context)
            if rung == "exact":
                foreign = self._abroad(name, folded, toponym)
                if foreign is not None:
                    return foreign
        return Match(name, Status.UNRESOLVED, why="no place of this name is known")

    def resolve_within(
        self, name: str, *, parent: Place | str | None = None, level: Level | None = None
    ) -> Match:
        """Resolve a name whose parent is a Place, or again a name or code."""
        if parent is None or isinstance(parent, Place):
            return self.resolve(name, Context(parent=parent, level=level))
        holder = self.resolve(parent)
        if holder.status is Status.OUTSIDE:
            return replace(holder, query=name, why=f"{parent}: {holder.why}")
        match = self.resolve(name, Context(parent=holder.place, level=level))
        if holder.place is None:
            return replace(match, why=f"{match.why}; the parent {parent!r} is not known")
        return match

    def knows(self, folded: str) -> bool:
        """Whether a folded text is a name, so that resolving it is worth the while."""
        core = take_apart(folded).core
        return core in self._index.exact or self._outside.find(core) is not None

    def _by_code(self, name: str, code: str) -> Match:
        place = self._codes.get(code) or self._codes.get(code.upper()) or self._codes.get(code.lower())
        if place is None:
            return Match(name, Status.UNRESOLVED, why=f"no place has the code {code}")
        return Match(
            name, Status.RESOLVED, place, "code", 1.0, (Candidate(place, 1.0, "its code"),), "its code"
        )

    def _rungs(
        self, folded: str, toponym: Toponym
    ) -> Sequence[tuple[str, list[Hit], Toponym]]:
        whole = Toponym(folded)
        exact, variant = self._index.exact, self._index.variant
        rungs: list[tuple[str, list[Hit], Toponym]] = [("exact", exact.get(folded, []), whole)]
        if toponym.core != folded:
            rungs.append(("exact", exact.get(toponym.core, []), toponym))
        rungs.append(("variant", variant.get(key_of_folded(folded), []), whole))
        if toponym.core != folded:
            rungs.append(("variant", variant.get(key_of_folded(toponym.core), []), toponym))
        return rungs

    def _abroad(self, name: str, folded: str, toponym: Toponym) -> Match | None:
        found = self._outside.find(folded) or self._outside.find(toponym.core)
        if not found:
            return None
        place, country = found
        where = place if place == country else f"{place}, {country}"
        return Match(
            name, Status.OUTSIDE, method="exact", score=0.95, why=f"{where} is not in Iraq", country=country
        )


def _choose(
    name: str, rung: str, hits: list[Hit], toponym: Toponym, context: Context
) -> Match:
    """Choose among the places that bear a name."""
    score = SCORES[rung]
    hits = [hit for hit in hits if not hit.generics or hit.generics & toponym.generics]
    candidates = tuple(
        Candidate(hit.place, round(score - 0.3 * hit.name.weak, 2), _reason(hit)) for hit in hits
    )
    if not hits:
        return Match(name, Status.UNRESOLVED, why="no place of this name and kind is known")

    def no(status: Status, why: str) -> Match:
        return Match(name, status, candidates=candidates, why=why)

    if context.level and not (hits := [h for h in hits if h.place.level == context.level]):
        return no(Status.UNRESOLVED, f"no {context.level} of this name is known")
    notes = []
    if context.parent:
        inside = [hit for hit in hits if _lies_in(hit.place, context.parent)]
        if not inside:
            return _contradicted(no, hits, context.parent)
        hits = inside
        notes.append(f"in {context.parent.name}")
    if toponym.generics and not context.level:
        levels = frozenset().union(*(_LEVELS_OF_GENERIC[g] for g in toponym.generics))
        fitting = [hit for hit in hits if hit.place.level in levels]
        if not fitting and GOVERNORATE in toponym.generics:
            return no(Status.UNRESOLVED, "no governorate of this name is known")
        hits = fitting or [hit for hit in hits if hit.place.level is not Level.ADM1]
        if not hits:
            return no(Status.AMBIGUOUS, "only a governorate has this name, and the words say a town")
    elif context.prefer:
        hits = [hit for hit in hits if hit.place.level == context.prefer] or hits
    if not (context.parent or toponym.generics or context.company):
        strong = [hit for hit in hits if not hit.name.weak]
        if not strong:
            return no(Status.AMBIGUOUS, "also a common word or another's name: needs a parent or a generic word")
        hits = strong
    if len(hits) > 1 and context.company:
        hits = [hit for hit in hits if hit.place.adm1 in context.company] or hits
    if len(hits) > 1:
        nested = _nested(hits)
        if nested is None:
            return no(Status.AMBIGUOUS, f"{len(hits)} places share this name; a parent would decide")
        smaller = ", ".join(str(place) for place in nested[1:])
        notes.append(f"the name is shared with {smaller}; the area claims least")
        place = nested[0]
    else:
        place = hits[0].place
    hit = next(hit for hit in hits if hit.place is place)
    why = _reason(hit)
    if toponym.part:
        notes.append(f"the {toponym.part} part of it")
    return Match(
        name, Status.RESOLVED, place, rung, score, candidates, "; ".join([why, *notes])
    )


def _reason(hit: Hit) -> str:
    name = hit.name
    if name.until is not None:
        when = f" until {name.until}" if name.until else ""
        return f"former name{when} of {hit.place.name}: {name.text}"
    return f"a name of {hit.place.name}: {name.text}"


def _contradicted(no: Callable[[Status, str], Match], hits: list[Hit], parent: Place) -> Match:
    where = "; ".join(f"{hit.place} is not in {parent.name}" for hit in hits[:3])
    return no(Status.AMBIGUOUS, f"the parent contradicts the name: {where}")


def _lies_in(place: Place, parent: Place) -> bool:
    return (
        place.id == parent.id
        or parent.level is Level.ADM0
        or parent.id in (place.adm1, place.adm2, place.adm3)
        or (parent.adm2 is None and parent.adm1 is not None and parent.adm1 == place.adm1)
    )


def _nested(hits: list[Hit]) -> list[Place] | None:
    """Return places, coarsest first, if each lies in the one before; otherwise None."""
    places = sorted((hit.place for hit in hits), key=lambda place: _RANK[place.level])
    for outer, inner in zip(places, places[1:], strict=False):
        if outer.level == inner.level or not outer.level.is_admin:
            return None
        if outer.adm1 != inner.adm1 and outer.level is not Level.ADM0:
            return None
        if outer.level is Level.ADM2 and inner.adm2 not in (None, outer.id):
            return None
    return places
