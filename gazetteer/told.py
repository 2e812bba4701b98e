"""Names that are told from another place: "12 km south of Mosul", "Hit, west of Ramadi".

The words are read by `gazetteer.relations`; the area is made by `gazetteer.offsets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from gazetteer.choose import is_well_known
from gazetteer.context import Context
from gazetteer.normalise import fold, folded_words
from gazetteer.offsets import Areas, agrees
from gazetteer.outside import Outside
from gazetteer.place import Candidate, Level, Match, Place, Status
from gazetteer.relations import Relation, relation_before, split_between
from gazetteer.toponym import take_apart

_SPACE = re.compile(r"\s+")
_ROAD = re.compile(
    r"(?:على\s+|عند\s+|لەسەر\s+)?(?:ال)?(?:طريق|[ڕر]ێگا[یى]?)\s+(\S+(?:\s+\S+){1,5})"
)
_MOST_WORDS = 6
_LONGEST_CHAIN = 3  # "Foo, near Bar, 12 km south of Mosul, north of Baghdad"
_NEAR = 0.3  # the score of a place for what is somewhere about it
_ORDERS = tuple(
    (re.compile(pattern, re.IGNORECASE), order)
    for pattern, order in (
        (
            r"(\S.{1,60}?)(?:['’]s?)?\s(outskirts|suburbs|environs|surroundings|periphery|"
            r"countryside)",
            r"\2 of \1",
        ),
        (
            r"(\S{3,12}(?:\s\S{3,12})?)\s(\S.{1,60}?)\sب(?:نحو|حوالي|مسافة)?\s?(\d.{1,30})",
            r"\3 \1 \2",
        ),
    )
)
_NAMED_BEHIND = re.compile(
    r"(\D{0,20}\d.{0,40}?\b(?:of|from)\s\S.{1,40}?),?\s(?:in|at)\s(\S.{1,60})", re.IGNORECASE
)
_CAPITAL = folded_words("capital العاصمة پایتەخت paytext")
_JOINTS = " ,،(-–—"
_SOMETHING = folded_words(
    "a an the in on at some small village town area region place site farm farms farmland "
    "farmlands orchards checkpoint outpost base li di قرية بلدة منطقة مدينة حاجز سيطرة في "
    "گوندێک گوندێکی ناوچەیەک شارۆچکەیەک لە"
)


class _Resolver(Protocol):
    areas: Areas
    outside: Outside

    def resolve(self, name: str, context: Context) -> Match: ...

    def part(self, part: str, context: Context) -> Match | None: ...


def told_from_a_place(resolver: _Resolver, name: str, query: str, context: Context) -> Match | None:
    """Return the match of a name that is told from one place or two, None if it is not.

    A parent that is told holds the area, or some of it; what it is told from may lie elsewhere.
    """
    match = _told(resolver, name, query, context)
    if context.parent is None:
        return match
    if match is None or match.place is None:
        elsewhere = _told(resolver, name, query, replace(context, parent=None))
        match = elsewhere if elsewhere is not None and elsewhere.area is not None else match
    return resolver.areas.inside(match, context.parent) if match and match.area else match


def _told(resolver: _Resolver, name: str, query: str, context: Context) -> Match | None:
    query = _in_order(query)
    named = _named_behind(resolver, name, query, context)
    if named is not None:
        return named
    way = None
    for pair in _pairs(query):
        found = _between(resolver, name, pair, context)
        if found is not None and found.place is not None:
            return found
        way = found if way is None else way
    relations = _relations(query)
    if len(relations) > _LONGEST_CHAIN:  # each link doubles what is to be read
        return way or Match(name, Status.UNRESOLVED, why="it is told from too many places in turn")
    prose = replace(context, prose=True)
    for end, relation in reversed(relations):
        if relation.between:
            continue
        anchor = _anchor(resolver, query[end:], prose)
        head = query[: relation.start].strip(_JOINTS)
        if folded_words(head) <= _SOMETHING:  # "a village near Hawija"
            area = resolver.areas.off(name, relation, anchor)
            if area is None and _is_near_wide(relation, anchor.place):
                anchor = resolver.resolve(query[end:], prose)
                return replace(anchor, query=name, why=f"near that: {anchor.why}")
            if area is None and anchor.place is not None and relation.km is not None:
                return _from_an_area(name, anchor.place)
            is_told = area is None and anchor.status in (Status.AMBIGUOUS, Status.OUTSIDE)
            return replace(anchor, query=name) if is_told else area
        parted = query[: relation.start].rstrip()[-1] in _JOINTS
        match = _Beside(resolver, name, relation, anchor).named(head, parted=parted)
        if match is not None:
            return match
    return way


def _relations(query: str) -> list[tuple[int, Relation]]:
    """Return each relation and where its words end."""
    longest: dict[int, tuple[int, Relation]] = {}  # شمال شرقي is one direction
    for space in _SPACE.finditer(query):
        relation = relation_before(query, space.end())
        if relation is not None:
            longest[relation.start] = space.end(), relation
    return list(longest.values())


def _from_an_area(name: str, anchor: Place) -> Match:
    why = f"{anchor.name} is an area, and from where in it this is told is not known"
    candidates = (Candidate(anchor, _NEAR, "told from here"),)
    return Match(name, Status.UNRESOLVED, candidates=candidates, why=why)


def _in_order(query: str) -> str:
    """Put what tells an area before the name that it is told from, where it stands behind.

    "Mosul outskirts" are the outskirts of Mosul, and غرب الموصل بنحو 30 كم is 30 كم غرب الموصل.
    """
    for pattern, order in _ORDERS:
        found = pattern.fullmatch(query)
        if found:
            return found.expand(order)
    return query


def _named_behind(resolver: _Resolver, name: str, query: str, context: Context) -> Match | None:
    """Return the match of the town in "110 km north of Baghdad in Samarra", if it lies so."""
    found = _NAMED_BEHIND.fullmatch(query)
    match = None
    if found:
        match = told_from_a_place(resolver, name, f"{found[2]}, {found[1]}", context)
    if match is None or match.place is None or match.area is not None:
        return None
    return None if match.place.level in (Level.ADM0, Level.ADM1) else match


def _anchor(resolver: _Resolver, name: str, context: Context) -> Match:
    """Resolve what stands behind "north of", which is a place even if it is called Hit."""
    folded = fold(name)
    anchor = resolver.resolve("Baghdad" if folded in _CAPITAL else name, context)
    if anchor.status is Status.AMBIGUOUS and resolver.outside.find(folded) is None:
        return resolver.resolve(name, replace(context, is_place=True))
    return anchor


def _is_near_wide(relation: Relation, place: Place | None) -> bool:
    """Whether it is told to be near a region without edges: "near the Syrian border"."""
    is_wide = place is not None and place.level is Level.REGION and place.point is None
    return is_wide and relation.km is None and relation.bearing is None


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read two names: in طريق بغداد كركوك nothing parts them."""
    pair = split_between(query)
    if pair:
        yield pair
    elif road := _ROAD.fullmatch(query):
        words = road[1].split()
        for at in range(1, min(len(words), _MOST_WORDS)):
            yield " ".join(words[:at]), " ".join(words[at:])


def _between(
    resolver: _Resolver, name: str, pair: tuple[str, str], context: Context
) -> Match | None:
    """Return the match of the stretch between two names, None if one is not known."""
    if any(split_between(part) for part in pair):
        return None  # a stretch has no stretch for an end
    prose = replace(context, prose=True)
    one, other = (resolver.resolve(part, prose) for part in pair)
    if one.place is None and other.place is not None:  # بلد is also a common word
        one = resolver.resolve(pair[0], replace(prose, company=_company(other.place)))
    elif other.place is None and one.place is not None:
        other = resolver.resolve(pair[1], replace(prose, company=_company(one.place)))
    return resolver.areas.between(name, one, other)


class _Beside:
    """A name with words behind it that tell how its place lies to another one."""

    def __init__(self, resolver: _Resolver, name: str, relation: Relation, anchor: Match) -> None:
        self.resolver = resolver
        self.name = name
        self.relation = relation
        self.anchor = anchor.place
        self.area = resolver.areas.off(name, relation, anchor)

    def named(self, head: str, *, parted: bool) -> Match | None:
        """Return the match of a head's place if it lies so; else of the area it is told in."""
        if self.anchor is None:
            return None
        known = self._known(head)
        if known is not None and known.place is not None:
            if self._agrees(known.place):
                why = f"{known.why}; that fits where it is told to lie from {self.anchor.name}"
                return replace(known, query=self.name, why=why)
            if _is_meant(known, self.anchor):
                why = f"{known.place.name} does not lie where it is told to from {self.anchor.name}"
                return Match(self.name, Status.AMBIGUOUS, candidates=known.candidates, why=why)
        if self.area is None or not (parted or take_apart(fold(head)).generics):
            return None  # "troops west of Mosul" is no name
        return replace(self.area, why=f"no place {head!r} is known there; {self.area.why}")

    def _known(self, head: str) -> Match | None:
        context = Context(prose=True, company=_company(self.anchor))
        known = self.resolver.part(head, context)
        if known is None or known.place is not None:
            return known
        there = [c.place for c in known.candidates if self._agrees(c.place)]
        return self.resolver.part(head, replace(context, parent=there[0])) if there else known

    def _agrees(self, place: Place) -> bool:
        return self.anchor is not None and agrees(place, self.relation, self.anchor)


def _is_meant(known: Match, anchor: Place) -> bool:
    """Whether a place that does not lie as told is meant; a small one far off is a namesake."""
    place = known.place
    if place is None or is_well_known(place):
        return place is not None
    return known.method == "exact" and place.adm1 is not None and place.adm1 == anchor.adm1


def _company(place: Place | None) -> frozenset[str]:
    return frozenset({place.adm1}) if place and place.adm1 else frozenset()
