"""Choosing among the places that bear one name: by its words, its parent, its level, its company.

Where these do not decide, several places that lie in one another give the
coarsest, which claims least, and others give no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gazetteer import scores
from gazetteer.context import Context
from gazetteer.index import Hit
from gazetteer.nesting import governorates_of, lies_in, nest
from gazetteer.place import Candidate, Level, Match, Place, Status
from gazetteer.strength import Scored, is_sure
from gazetteer.toponym import (
    DISTRICT,
    GOVERNORATE,
    MOUNTAIN,
    QUARTER,
    SUBDISTRICT,
    TOWN,
    VILLAGE,
    Toponym,
)

_LEVELS = {
    VILLAGE: frozenset({Level.SETTLEMENT}),
    GOVERNORATE: frozenset({Level.ADM1}),
    DISTRICT: frozenset({Level.ADM2}),
    SUBDISTRICT: frozenset({Level.ADM3}),
    TOWN: frozenset({Level.SETTLEMENT}),
    QUARTER: frozenset({Level.SETTLEMENT}),
    MOUNTAIN: frozenset({Level.REGION, Level.SITE}),
}
_WELL_KNOWN = 50_000  # people: a namesake of such a town is hardly meant without a word of it
_VILLAGE = 50_000  # people: a place of more is called a village by nobody
_SMALL = 5_000  # people: a place of less is hardly called a town
# What is left of a score where
_UNIT_BY_SEAT = 0.85  # a unit is asked for, and a town of its name is known
_MOUNTAIN_BY_VILLAGE = 0.9  # a mountain is not known, and a village of its name is
_LESS_KNOWN = 0.9  # a governorate has namesakes
_ONE_OF_SEVERAL = 0.9  # namesakes lie in one unit

_WEAK = 0.3
_SPELLED = {"variant": "another spelling of ", "fuzzy": "with one letter wrong "}


def choose(
    query: str,
    hits: Sequence[Scored],
    toponym: Toponym,
    *,
    rung: str,
    context: Context,
    unit_of: Callable[[str], Place | None],
) -> Match:
    """Return the place that a name means among those that bear it, or why none."""
    return _Choice(query, hits, toponym, rung, context, unit_of).made()


def only_one(query: str, hit: Hit) -> Match:
    """Return the place of a name that is written as listed, without context, and one place's."""
    why = _reason(hit)
    candidates = (Candidate(hit.place, scores.EXACT, why),)
    return Match(query, Status.RESOLVED, hit.place, "exact", scores.EXACT, candidates, why)


class _Choice:
    """One name on its way from several hits to one place; each step narrows the hits."""

    def __init__(
        self,
        query: str,
        hits: Sequence[Scored],
        toponym: Toponym,
        rung: str,
        context: Context,
        unit_of: Callable[[str], Place | None],
    ) -> None:
        self.query = query
        self.hits = [hit for hit, _ in hits]
        self.toponym = toponym
        self.rung = rung
        self.context = context
        self.unit_of = unit_of
        self.scores = {hit.place.id: score for hit, score in hits}
        self.doubt = 1.0  # what is left of the score
        self.notes: list[str] = []
        self.candidates = tuple(
            Candidate(hit.place, round(score - _WEAK, 2) if hit.name.weak else score, _reason(hit))
            for hit, score in hits
        )

    def made(self) -> Match:
        for narrow in (self._by_level, self._by_parent, self._by_words, self._by_strength):
            refused = narrow()
            if refused is not None:
                return refused
        return self._one()

    def _by_level(self) -> Match | None:
        level = self.context.level
        if level is not None:
            self.hits = [hit for hit in self.hits if hit.place.level is level]
            if not self.hits:
                return self._no(Status.UNRESOLVED, f"no {level} of this name is known")
        return None

    def _by_parent(self) -> Match | None:
        parent = self.context.parent
        if parent is None:
            return None
        inside = [hit for hit in self.hits if lies_in(hit.place, parent)]
        if not inside:
            return self._contradicted(parent)
        if not self._say_the_parent(parent):
            # What is told to lie in Kirkuk is rather something in it than Kirkuk itself.
            inside = [hit for hit in inside if hit.place.id != parent.id] or inside
        self.hits = inside
        self.notes.append(self._how_inside(parent))
        return None

    def _say_the_parent(self, parent: Place) -> bool:
        """Whether the words ask for a unit of the parent's level, as "Basra province" in Basra."""
        return parent.level.is_admin and any(
            parent.level in _LEVELS[kind] for kind in self.toponym.generics
        )

    def _how_inside(self, parent: Place) -> str:
        if all(parent.id in hit.place.told_in for hit in self.hits):
            return f"{parent.name} claims or administers it"
        if all(hit.place.id == parent.id for hit in self.hits):
            return "it is told as its own parent"
        if parent.level is Level.REGION and not governorates_of(parent):
            return f"where {parent.name} ends is not known"
        return f"it lies in {parent.name}"

    def _contradicted(self, parent: Place) -> Match | None:
        places = [hit.place for hit in self.hits]
        if all(hit.own for hit in self.hits):
            self.notes.append(f"your own name, although it does not lie in {parent.name}")
            return None
        told = "; ".join(f"{place} does not lie in {parent.name}" for place in places[:3])
        return self._no(Status.AMBIGUOUS, f"the parent contradicts the name: {told}")

    def _by_words(self) -> Match | None:
        generics = self.toponym.generics
        if not generics or self.context.level is not None:
            return None
        levels = frozenset[Level]().union(*(_LEVELS[kind] for kind in generics))
        fitting = [hit for hit in self.hits if hit.place.level in levels]
        if VILLAGE in generics and any(self._is_no_village(hit.place) for hit in self.hits):
            villages = self._villages()
            if len(villages) != 1:
                return self._no(Status.AMBIGUOUS, "the words say a village; only a town is known")
            self.hits = villages
            return None
        if TOWN in generics or VILLAGE in generics:
            towns = [hit for hit in fitting if hit.place.kind != "quarter"]
            fitting = towns or self._suburbs()
        elif QUARTER in generics:
            fitting = [hit for hit in fitting if hit.place.kind == "quarter"] or fitting
        if not fitting and GOVERNORATE in generics:
            return self._no(Status.UNRESOLVED, "no governorate of this name is known")
        if not fitting and (DISTRICT in generics or SUBDISTRICT in generics):
            fitting = self._towns_for_districts()
        fitting = fitting or [hit for hit in self.hits if self._claims_less(hit.place)]
        if not fitting and MOUNTAIN in generics:
            fitting = self._governorate_of_villages()
        if not fitting:
            words = " or ".join(sorted(generics))
            return self._no(
                Status.AMBIGUOUS, f"the words say a {words}; none of this name is known"
            )
        self.hits = fitting
        return None

    def _villages(self) -> list[Hit]:
        """Return the villages whose own name this is, far from the units and towns of the name."""
        larger = [hit.place for hit in self.hits if not _is_small(hit.place)]
        return [
            hit
            for hit in self.hits
            if _is_small(hit.place)
            and hit.name.text == hit.place.name
            and all(place.adm2 != hit.place.adm2 for place in larger)
        ]

    def _is_no_village(self, place: Place) -> bool:
        return place.level.is_admin or (place.population or 0) > _VILLAGE

    @staticmethod
    def _claims_less(place: Place) -> bool:
        """Whether a unit may stand for a town of its name that is not known."""
        return place.level in (Level.ADM0, Level.ADM2, Level.ADM3)

    def _suburbs(self) -> list[Hit]:
        """Return the quarters that may be called a town, where nothing else has their name."""
        if VILLAGE in self.toponym.generics or self.rung != "exact":
            return []  # a town of nearly this name is another
        called_so = all(h.place.kind == "quarter" and not h.name.weak for h in self.hits)
        return self.hits if called_so else []

    def _towns_for_districts(self) -> list[Hit]:
        towns = [hit for hit in self.hits if hit.place.level is Level.SETTLEMENT]
        if any(hit.place.kind != "quarter" for hit in towns):
            self.doubt = _UNIT_BY_SEAT
            self.notes.append("its centre stands for the unit, which is not known as such")
        return towns

    def _governorate_of_villages(self) -> list[Hit]:
        """Return the governorate of the villages that a mountain may be called after."""
        villages = [hit for hit in self.hits if _is_small(hit.place) and not hit.name.weak]
        holders = {hit.place.adm1 for hit in villages}
        holder = self.unit_of(holders.pop() or "") if len(holders) == 1 else None
        if holder is None or len(villages) < len(self.hits) or self.rung == "fuzzy":
            return []
        self.scores[holder.id] = min(self.scores[hit.place.id] for hit in villages)
        self.doubt = _MOUNTAIN_BY_VILLAGE
        self.notes.append("a village there; where the mountain lies is not known")
        return [villages[0]._replace(place=holder)]

    def _by_strength(self) -> Match | None:
        context, generics = self.context, self.toponym.generics
        if context.parent or context.level or context.is_place:
            return None
        strong = [hit for hit in self.hits if is_sure(hit, generics)]
        if not strong and context.company:
            strong = [hit for hit in self.hits if hit.place.adm1 in context.company]
        if not strong:
            return self._no(Status.AMBIGUOUS, self._why_weak())
        self.hits = strong
        return None

    def _why_weak(self) -> str:
        if self.toponym.generics and all(hit.place.kind == "quarter" for hit in self.hits):
            return "several towns have a quarter of this name; a parent would decide"
        if all(_is_small(hit.place) for hit in self.hits):
            return (
                "a small place's name, which others may bear, too; its district or governorate "
                "beside it would make sure"
            )
        return "also a common word or another's name; a parent or a word like town would decide"

    def _one(self) -> Match:
        places = [hit.place for hit in self.hits]
        nested = nest(places)
        if nested is None and self.context.company:
            near = [place for place in places if place.adm1 in self.context.company]
            nested = nest(near) if near else None
            self.notes.append("in the company of places near it")
        if nested is None:
            nested = self._most_prominent(places)
        if nested is None:
            holder = self._unit_of_all(places)
            if holder is not None:
                return self._one_of_several(places, holder)
            why = f"{len(places)} places share this name; a parent would decide"
            return self._no(Status.AMBIGUOUS, why)
        place = self._of_namesakes(nested)
        hit = next(hit for hit in self.hits if hit.place is place)
        parent = self.context.parent
        if place.across and parent is not None and parent.adm1 is not None:
            self.notes[:] = [f"the part of it in {parent.name}"]
            self.scores[parent.id] = self.scores[place.id]
            place = parent
        if self.toponym.part:
            self.notes.append(f"its {self.toponym.part} part")
        return Match(
            self.query,
            Status.RESOLVED,
            place,
            "own" if hit.within and self.rung == "exact" else self.rung,
            round(self.scores[place.id] * self.doubt, 2),
            self.candidates,
            "; ".join([_SPELLED.get(self.rung, "") + _reason(hit), *self.notes]),
        )

    def _of_namesakes(self, nested: list[Place]) -> Place:
        """Choose among places that lie in one another."""
        place = nested[0]
        if len(nested) == 1:
            return place
        if self.context.prose:
            seats = [place for place in nested if place.level is Level.SETTLEMENT]
            place = seats[0] if seats else place
        others = ", ".join(str(other) for other in nested if other is not place)
        reason = "prose means the town" if place is not nested[0] else "the wider one claims least"
        self.notes.append(f"shares its name with {others}; {reason}")
        return place

    def _most_prominent(self, places: list[Place]) -> list[Place] | None:
        """A governorate outshines namesakes elsewhere; no other place does."""
        governorates = [place for place in places if place.level is Level.ADM1]
        if len(governorates) != 1:
            return None
        governorate = governorates[0]
        others = ", ".join(str(p) for p in places if not lies_in(p, governorate))
        self.doubt = _LESS_KNOWN
        self.notes.append(f"not {others}, which is less known")
        return nest([place for place in places if lies_in(place, governorate)])

    def _unit_of_all(self, places: list[Place]) -> Place | None:
        """Return the smallest unit that all places lie in, where that is a governorate or less."""
        if self.rung == "fuzzy" or self.context.level is not None:
            return None
        holder = None
        for level in (Level.ADM1, Level.ADM2):
            codes = {getattr(place, level) for place in places}
            code = codes.pop() if len(codes) == 1 else None
            holder = (self.unit_of(code) if code else None) or holder
        parent = self.context.parent
        return None if holder is None or (parent is not None and holder.id == parent.id) else holder

    def _one_of_several(self, places: list[Place], holder: Place) -> Match:
        score = min(self.scores[place.id] for place in places) * _ONE_OF_SEVERAL
        why = f"{len(places)} places share this name, all of them in {holder.name}"
        return Match(
            self.query,
            Status.RESOLVED,
            holder,
            self.rung,
            round(score, 2),
            self.candidates,
            "; ".join([why, *self.notes]),
        )

    def _no(self, status: Status, why: str) -> Match:
        return Match(self.query, status, candidates=self.candidates, why=why)


def _is_small(place: Place) -> bool:
    """Whether a place is a village, as far as is known."""
    is_village = place.level is Level.SETTLEMENT and place.kind != "quarter"
    return is_village and (place.population or 0) < _SMALL


def is_well_known(place: Place) -> bool:
    known = place.level in (Level.ADM1, Level.ADM2)
    return known or (place.population or 0) >= _WELL_KNOWN


def _reason(hit: Hit) -> str:
    name = hit.name
    if name.until is not None:
        when = f" from {name.since}" if name.since else ""
        when += f" until {name.until}" if name.until else ""
        return f"former name{when} of {hit.place.name}: {name.text}"
    return f"a name of {hit.place.name}: {name.text}"
