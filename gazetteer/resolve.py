"""The ladder from a written name to a place: code, exact, variant; abstention.

A rung answers only when the ones above it know nothing. `gazetteer.choose`
decides among several places of one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gazetteer.choose import NO_CONTEXT, RANK, Context, choose
from gazetteer.index import Hit, Index, strongest
from gazetteer.normalise import fold
from gazetteer.outside import Outside
from gazetteer.place import Candidate, Level, Match, Place, Status
from gazetteer.toponym import GOVERNORATE, Toponym, take_apart

SCORES = {"code": 1.0, "exact": 0.98, "variant": 0.9}
_CODE = re.compile(r"(?i)iq(?:g\d\d(?:q\d\d(?:n\d\d)?)?|-[a-z]{2})?|irq|(?:gn|x):[\w-]+")
_PARTS = re.compile(r"[,،;؛()\[\]/|\n]+| [-–—] ")
_GLUED = re.compile(r"(?<=[a-zāīūáíúâîûêşçḥʿʾ])(?=[A-ZĀĪŪÂÎÛÊŞÇ])")


class Resolver:
    """Resolves names against an index."""

    def __init__(self, index: Index, outside: Outside, codes: dict[str, Place]) -> None:
        self.index = index
        self.outside = outside
        self._codes = codes

    def resolve(self, name: str, context: Context = NO_CONTEXT) -> Match:
        """Return the place that a name means, or why it cannot be told."""
        query = name.strip()
        if not query:
            return Match(name, Status.UNRESOLVED, why="there is no name")
        if _CODE.fullmatch(query):
            return self._by_code(name, query)
        match = self._as_one_name(name, query, context)
        if match is None:
            match = self._with_parents(name, query, context)
        if match is None:
            return Match(name, Status.UNRESOLVED, why="no place of this name is known")
        return match

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

    def _by_code(self, name: str, code: str) -> Match:
        spellings = (code, code.upper(), code.lower())
        place = next((self._codes[c] for c in spellings if c in self._codes), None)
        if place is None:
            return Match(name, Status.UNRESOLVED, why=f"no place has the code {code}")
        candidates = (Candidate(place, 1.0, "its code"),)
        return Match(name, Status.RESOLVED, place, "code", 1.0, candidates, "its code")

    def _as_one_name(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve a name that is written without parents; None if it is not known."""
        folded = fold(query)
        whole = self.index.spelled(folded)
        if whole:  # most names end here
            return self._choose(name, whole, Toponym(folded), "exact", context)
        toponym = take_apart(folded)
        for rung, hits, read_as in self._rungs(folded, toponym):
            if hits:
                return self._choose(name, hits, read_as, rung, context)
            if rung == "exact":
                foreign = self._abroad(name, folded, toponym)
                if foreign is not None:
                    return foreign
        return None

    def _rungs(
        self, folded: str, toponym: Toponym
    ) -> Iterator[tuple[str, list[Hit], Toponym]]:
        yield "exact", self.index.spelled(toponym.core), toponym
        yield "variant", self.index.like(folded), Toponym(folded)
        if toponym.core != folded:
            yield "variant", self.index.like(toponym.core), toponym

    def _choose(
        self, name: str, hits: list[Hit], toponym: Toponym, rung: str, context: Context
    ) -> Match:
        found = strongest(hits)
        return choose(
            name, found, toponym, rung=rung, score=SCORES[rung], context=context
        )

    def _abroad(self, name: str, folded: str, toponym: Toponym) -> Match | None:
        found = self.outside.find(folded) or self.outside.find(toponym.core)
        if found is None:
            return None
        where = found.place if found.place == found.country else f"{found.place}, {found.country}"
        why = f"{where} is not in Iraq"
        return Match(name, Status.OUTSIDE, None, "exact", 0.95, (), why, found.country)

    def _with_parents(self, name: str, query: str, context: Context) -> Match | None:
        """Resolve "Taji, Baghdad Province", "Mosul (Nineveh)", "TajiBaghdad Province"."""
        parts = [part.strip() for part in _PARTS.split(query) if part.strip()]
        if len(parts) < 2:
            parts = self._unglued(query)
        if len(parts) < 2:
            return None
        known = [self._part(part) for part in parts]
        abroad = next((m for m in known if m is not None and m.status is Status.OUTSIDE), None)
        if abroad is not None:
            return replace(abroad, query=name)
        first, last = (_rank(match) for match in (known[0], known[-1]))
        if first is not None and (last is None or first < last):  # "Iraq, Anbar, Hit"
            parts.reverse()
            known.reverse()
        head, above = parts[0], known[1:]
        holder = next((match.place for match in above if match is not None and match.place), None)
        if holder is None:
            return None
        match = self._part(head, replace(context, parent=holder))
        if match is None:
            candidates = (Candidate(holder, 0.3, "holds a place of this name, as told"),)
            why = f"no place {head!r} in {holder.name} is known"
            return Match(name, Status.UNRESOLVED, candidates=candidates, why=why)
        return replace(match, query=name)

    def _part(self, part: str, context: Context = NO_CONTEXT) -> Match | None:
        match = self._as_one_name(part, part, context)
        return self._split_in_two(part, context) if match is None else match

    def _split_in_two(self, part: str, context: Context) -> Match | None:
        pieces = self._unglued(part)
        if len(pieces) != 2:
            return None
        holder = self._as_one_name(pieces[1], pieces[1], NO_CONTEXT)
        if holder is None or holder.place is None:
            return None
        return self._as_one_name(part, pieces[0], replace(context, parent=holder.place))

    def _unglued(self, text: str) -> list[str]:
        """Split "TajiBaghdad Province" and "Taji Baghdad Province" before the governorate."""
        spaced = _GLUED.sub(" ", text)
        words = spaced.split()
        for at in range(1, len(words)):
            tail = take_apart(fold(" ".join(words[at:])))
            if GOVERNORATE in tail.generics or spaced != text:
                hits = self.index.exact.get(tail.core, ())
                if any(hit.place.level is Level.ADM1 for hit in hits):
                    return [" ".join(words[:at]), " ".join(words[at:])]
        return [text]


def _rank(match: Match | None) -> int | None:
    return RANK[match.place.level] if match is not None and match.place is not None else None
