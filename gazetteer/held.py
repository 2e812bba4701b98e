"""Names that are written with what holds them: "Taji, Baghdad Province", "TajiBaghdad Province".

The text is taken apart by `gazetteer.parents`; here its parts are resolved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from gazetteer import parents
from gazetteer.context import NO_CONTEXT, Context
from gazetteer.index import Index
from gazetteer.nesting import lies_in, rank_told
from gazetteer.normalise import fold
from gazetteer.place import Candidate, Level, Match, Place, Status
from gazetteer.toponym import QUARTER, TOWN, VILLAGE, take_apart

_WHOLE = 0.8  # the score of a city for what is told to be a part of it


class _Resolver(Protocol):
    index: Index
    of_code: Callable[[str], Place | None]

    def one_name(self, name: str, query: str, context: Context) -> Match | None: ...

    def as_spelled(self, name: str, query: str, context: Context) -> Match | None: ...

    def part(self, part: str, context: Context = ...) -> Match | None: ...


def resolve_in_parents(
    resolver: _Resolver, name: str, query: str, context: Context
) -> Match | None:
    """Resolve "Taji, Baghdad Province", "Mosul (Nineveh)", "TajiBaghdad Province"."""
    parts = parents.marked_parts(query)
    if len(parts) < 2:
        parts = parents.unglued(parts[0] if parts else query, _holds(resolver, Level.ADM1))
    if len(parts) < 2:
        one = resolver.one_name(name, parts[0], context)
        one = one or _in_by_prefix(resolver, name, query, context)
        return one or _loosely(resolver, name, query, context)
    known = [_holder(resolver, part) if n else resolver.part(part) for n, part in enumerate(parts)]
    first, last = (rank_told(m.place if m else None) for m in (known[0], known[-1]))
    ends_abroad = known[-1] is not None and known[-1].status is Status.OUTSIDE
    if first is not None and not ends_abroad and (last is None or first < last):
        # "Iraq, Anbar, Hit"
        parts.reverse()
        known.reverse()
    holders = [match.place for match in known[1:] if match is not None and match.place]
    holders += _governorates_called(resolver, parts[1:])
    abroad = next((m for m in known if m is not None and m.status is Status.OUTSIDE), None)
    told_here = known[0] is abroad and any(place.adm1 for place in holders)
    if abroad is not None and not told_here:
        return replace(abroad, query=name)
    if not holders:
        return None
    return _held(resolver, name, parts, holders, context)


def _holder(resolver: _Resolver, part: str) -> Match | None:
    """Resolve what is told to hold a place; of "western Iraq" only Iraq is sure."""
    match = resolver.part(part)
    place = match.place if match is not None else None
    if match is None or place is None or place.level is not Level.REGION:
        return match
    return replace(match, place=resolver.of_code("IQ")) if place.name.endswith(" Iraq") else match


def _governorates_called(resolver: _Resolver, parts: list[str]) -> list[Place]:
    """Return the governorates with such a name: "Kut Governorate" is Wasit."""
    hits = [hit for part in parts for hit in resolver.index.named(fold(part)) if hit.generics]
    return [hit.place for hit in hits if hit.place.level is Level.ADM1]


def _held(
    resolver: _Resolver, name: str, parts: list[str], holders: list[Place], context: Context
) -> Match:
    """Resolve a name in the first of the units told that holds such a place."""
    head = parts[0]
    answers = []
    # All lies in Iraq: that must not hide that it does not lie in what else is told.
    for holder in [place for place in holders if place.level is not Level.ADM0] or holders:
        match = resolver.part(head, replace(context, parent=holder))
        if match is not None and match.place is not None and lies_in(match.place, holder):
            return replace(match, query=name)
        if match is not None and match.candidates:
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


def _in_by_prefix(resolver: _Resolver, name: str, query: str, context: Context) -> Match | None:
    """Resolve السعدية بديالى, if there is such a place in what follows the preposition."""
    for head, tail in parents.parts_at_prefix(query):
        holder = resolver.one_name(tail, tail, NO_CONTEXT)
        if holder is None or holder.place is None or holder.method != "exact":
            continue
        match = resolver.one_name(name, head, replace(context, parent=holder.place))
        if match is not None and match.place is not None and match.place != holder.place:
            return match
    return None


def _loosely(resolver: _Resolver, name: str, query: str, context: Context) -> Match | None:
    """Resolve "Hit Anbar", "Baghdad-Karkh", "Mosul Iraq", if there is such a place in it."""
    for head, tail in parents.loose_parts(query, _holds(resolver, Level.ADM0, Level.ADM1)):
        holder = resolver.as_spelled(tail, tail, NO_CONTEXT)
        if holder is None or holder.place is None or not holder.place.level.is_admin:
            continue
        match = resolver.one_name(name, head, replace(context, parent=holder.place))
        if match is None or match.place is None or match.method not in ("exact", "variant"):
            continue
        if match.place != holder.place and lies_in(match.place, holder.place):
            return match
    return None


def split_in_two(resolver: _Resolver, part: str, context: Context) -> Match | None:
    pieces = parents.unglued(part, _holds(resolver, Level.ADM1))
    if len(pieces) != 2:
        return None
    holder = resolver.one_name(pieces[1], pieces[1], NO_CONTEXT)
    if holder is None or holder.place is None:
        return None
    return resolver.one_name(part, pieces[0], replace(context, parent=holder.place))


def _holds(resolver: _Resolver, *levels: Level) -> parents.IsGovernorate:
    """Return what tells whether a folded text names a unit of one of these levels."""
    return lambda folded: any(hit.place.level in levels for hit in resolver.index.named(folded))


def _tell_a_quarter(parts: list[str]) -> bool:
    """Whether the first part is of a town that the second is: "Mosul city (Tamuz quarter)"."""
    inner, outer = (take_apart(fold(part)).generics for part in parts[:2])
    return VILLAGE not in inner and (QUARTER in inner or TOWN in outer)
