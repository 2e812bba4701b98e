"""The names of one row, its place and parents, to one answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.normalise import fold
from gazetteer.toponym import take_apart
from mapper.locating.answers import CONTRADICTED_SCORE, Answer
from mapper.schema import PRECISIONS

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.place import Match, Offset, Place

KEYS = ("place", "admin1", "admin2", "admin3", "country", "geo_precision")
"""The columns of INCIDENTS that tell a place by name, in the order `NameReader` takes them."""

_ADMIN = ("adm1", "adm2", "adm3")
_UNIT = {"adm2": "district of its name", "adm3": "subdistrict of its name"}
_RADIUS_KM = {"site": 2.0, "settlement": 5.0, "relative": 25.0}
_WIDEST_KM = 50.0
"""An area told by distance that is wider than this is no spot on a map."""

_BESIDE = re.compile(r"[,،;؛()\[\]]|\s[-–—/]\s")
_PARENT_SCORE = 0.9
_DECIDED = "own"
"""The gazetteer's method where the user decided what a name means that is told to lie there."""


class NameReader:
    """Asks the gazetteer about names, each distinct parent once."""

    def __init__(self, gaz: Gazetteer) -> None:
        self._gaz = gaz
        self._parents: dict[tuple[str, ...], tuple[tuple[Place, ...], Place | None]] = {}
        self._countries: dict[str, str | None] = {}
        self._iraqi: dict[str, bool] = {}
        self._holders: dict[str, Place | None] = {}

    def answer(
        self, place: str, admin1: str, admin2: str, admin3: str, country: str, wanted: str,
        has_coordinates: str = "",
    ) -> Answer:  # fmt: skip
        """Return what the names of one row tell; an empty name is not told.

        ``wanted`` is the precision that the source claims, or empty; the answer
        never claims more.
        """
        abroad = self._abroad(country)
        if abroad:
            return Answer("outside", f"the country column says {abroad}")
        parents, stray = self._resolve_parents(admin1, admin2, admin3)
        if place:
            told = self._of_place_told(place, parents, country, wanted, bool(has_coordinates))
        else:
            told = self._of_parents(parents, (admin3, admin2, admin1), country, wanted)
        return _with_stray(told, stray, parents) if stray else told

    def _of_place_told(
        self, place: str, parents: tuple[Place, ...], country: str, wanted: str, settled: bool
    ) -> Answer:
        match = self._resolve(place, parents, wanted, settled=settled)
        if match.place and not wanted and match.method != _DECIDED:
            match = self._rather_town(place, match, match.place)
        if match.place:
            answer = self._of_match(match, match.place, wanted, parents)
            return replace(answer, confirmed=bool(parents) or self._is_iraq(country))
        holder = self._told_holder(place) if str(match.status) == "unresolved" else None
        if parents or holder:
            return self._of_unknown(place, match, holder, parents[-1] if parents else None, wanted)
        if str(match.status) == "outside" and self._is_iraq(country):
            why = f"{match.why}, though the country column says Iraq"
            return Answer("unresolved", why, candidates=_candidates(match))
        return Answer(
            str(match.status), match.why, score=match.score or None, candidates=_candidates(match)
        )

    def _resolve(
        self, place: str, parents: tuple[Place, ...], wanted: str, *, settled: bool
    ) -> Match:
        """Try the levels that the row asks for, then any; the finest parent first, then coarser.

        A name that is found, but not in what the parents say, is not taken: it
        is another place of that name, or the row is wrong.
        """
        levels: list[str | None] = [None]
        if wanted in _ADMIN:
            levels = [wanted, None]
        elif wanted or settled:
            levels = ["site" if wanted == "site" else "settlement", None]
        if wanted in ("region", "country"):
            levels = [None]
        if not wanted and _says_what_it_is(place):
            itself = self._gaz.resolve(place)  # "Sinjar district" in the district Sinjar
            if itself.place in parents:
                return itself
        match: Match | None = None
        for level in levels:
            for parent in (*reversed(parents), *([] if parents else [None])):
                found = self._gaz.resolve(place, within=parent, level=level)
                if found.place and (parent is None or found.method == _DECIDED):
                    return found
                if found.place and parent and _lies_in(found, found.place, parent):
                    return found
                match = match if match and match.place else found
        assert match is not None
        return replace(match, place=None, why="contradicts its parents") if match.place else match

    def _of_unknown(
        self, name: str, match: Match, told: Place | None, column: Place | None, wanted: str
    ) -> Answer:
        """The answer of a name that is not known: the unit that it, or its parent column, tells.

        Of two that agree the finer; the parent column where they contradict each other.
        """
        agree = told and column and (_holds(told, column) or _holds(column, told))
        if told and (column is None or _holds(column, told)):
            answer = self._of_place(told, wanted, "parent", _PARENT_SCORE)
            why = f"{match.why}; {told.name}, which it is told with, holds it"
            candidates = _candidates(match, beside=told)
            return replace(answer, why=why, candidates=candidates, confirmed=bool(column))
        assert column is not None
        answer = self._of_place(column, wanted, "parent", _PARENT_SCORE)
        why = f"{_why_not(name, match)}; its parent column says {column.name}"
        if told and not agree:
            why += f", not {told.name}, which it is told with"
            answer = replace(answer, score=CONTRADICTED_SCORE)
        return replace(answer, why=why, candidates=_candidates(match), confirmed=bool(agree))

    def _told_holder(self, place: str) -> Place | None:
        """The finest unit that a name tells beside its place: "Muthanna Square, Najaf".

        Mostly it stands behind; "Tal Afar (unknown)" begins with it. None where
        the units contradict each other.
        """
        first, *rest = _BESIDE.split(place)
        units = [unit for part in rest if (unit := self._unit_called(part))]
        if rest and not units:
            units = [unit for unit in [self._unit_called(first)] if unit]
        finest = max(units, key=lambda unit: _ADMIN.index(str(unit.level)), default=None)
        return finest if finest and all(_holds(unit, finest) for unit in units) else None

    def _unit_called(self, name: str) -> Place | None:
        """The governorate or district of exactly this name, or of the town of this name."""
        if name not in self._holders:
            match = self._gaz.resolve(name)
            exact = match.place and match.method in ("exact", "code") and not match.area
            unit = self._unit(match.place, "adm2") if match.place and exact else None
            self._holders[name] = unit if unit and str(unit.level) in _ADMIN else None
        return self._holders[name]

    def _rather_town(self, name: str, match: Match, unit: Place) -> Match:
        """Of a district and its town take the town: who means the district has a column for it.

        Not where the name itself says "district"; and not of a governorate,
        whose name alone often stands for all of it.
        """
        if str(unit.level) not in ("adm2", "adm3") or match.area or _says_what_it_is(name):
            return match
        town = self._gaz.resolve(name, within=unit.adm1, level="settlement")
        if town.place is None or town.place.adm1 != unit.adm1 or town.score < match.score:
            return match
        return replace(town, why=f"{town.why}; the town rather than the {_UNIT[unit.level]}")

    def _resolve_parents(self, *names: str) -> tuple[tuple[Place, ...], Place | None]:
        """The parents that are known, coarsest first; and one that contradicts a coarser."""
        if names not in self._parents:
            found: list[Place] = []
            stray: Place | None = None
            for level, name in enumerate(names, start=1):
                if not name:
                    continue
                match = self._gaz.resolve(name, within=found[-1] if found else None, level=level)
                if match.place:
                    found.append(match.place)
                elif found and str(match.status) == "ambiguous":
                    units = (candidate.place for candidate in match.candidates)
                    same = (unit for unit in units if str(unit.level) == f"adm{level}")
                    stray = next(same, stray)
            self._parents[names] = tuple(found), stray
        return self._parents[names]

    def _of_parents(
        self, parents: tuple[Place, ...], names: tuple[str, ...], country: str, wanted: str
    ) -> Answer:
        told = next((name for name in names if name), "")
        if parents:
            answer = self._of_place(parents[-1], wanted, "parent", _PARENT_SCORE)
            confirmed = len(parents) > 1 or self._is_iraq(country)
            why = f"no place is told, only {parents[-1].name}"
            return replace(answer, why=why, confirmed=confirmed)
        if told:
            match = self._gaz.resolve(told)
            if match.place:
                return self._of_match(match, match.place, wanted)
            return Answer(str(match.status), match.why, candidates=_candidates(match))
        if self._is_iraq(country):
            iraq = self._gaz.place("IQ")
            answer = self._of_place(iraq, wanted, "parent", _PARENT_SCORE)
            return replace(answer, why="no place is told, only the country")
        return Answer("unresolved", "no place is told")

    def _of_match(
        self, match: Match, place: Place, wanted: str, parents: tuple[Place, ...] = ()
    ) -> Answer:
        if match.area:
            unit = parents[-1] if parents and str(place.level) == "adm0" else place
            answer = self._of_area(match.area, unit, wanted, match.score)
        else:
            answer = self._of_place(place, wanted, "name", match.score)
        answer = replace(answer, why=match.why, candidates=_candidates(match, beside=place))
        finest = parents[-1] if parents else None
        if finest is None or _agree(match, place, finest):
            return answer
        why = f"{match.why}; not in {finest.name}, as its column for that says"
        return replace(answer, why=why, score=min(answer.score or 0, CONTRADICTED_SCORE))

    def _of_area(self, area: Offset, unit: Place, wanted: str, score: float) -> Answer:
        """The answer of "12 km south of Mosul", which lies in a unit, or touches several."""
        answer = self._of_place(unit, wanted, "name", score)
        if wanted and PRECISIONS.index(wanted) > PRECISIONS.index("relative"):
            return answer
        if area.radius_km > _WIDEST_KM:  # a mark for it would say nothing
            return replace(answer, precision="region") if answer.level == "adm0" else answer
        x, y = area.point
        return replace(answer, precision="relative", radius_km=area.radius_km, x=x, y=y)

    def _of_place(self, place: Place, wanted: str, method: str, score: float) -> Answer:
        """The answer that a place gives, no more exact than the source claims."""
        own = {"adm0": "country"}.get(str(place.level), str(place.level))
        precision = max(own, wanted or own, key=PRECISIONS.index)
        if precision in _ADMIN and precision != own:
            place = self._unit(place, precision) or place
            precision = {"adm0": "country"}.get(str(place.level), precision)
        units = self._units(place, precision)
        point = place.point if precision in ("site", "settlement", "relative") else None
        if point is None and precision in ("site", "settlement", "relative"):
            precision = next((level for level in reversed(_ADMIN) if units[level]), "region")
        radius = None
        if point:
            radius = max(place.radius_km or 0, _RADIUS_KM[precision])
            if precision != "relative" and place.radius_km:
                radius = place.radius_km
        return Answer(
            status="resolved",
            why="",
            place_id=place.id,
            place_name=place.name,
            level=str(place.level),
            adm1_pcode=units["adm1"],
            adm2_pcode=units["adm2"],
            adm3_pcode=units["adm3"],
            precision=precision,
            radius_km=radius,
            method=method,
            score=round(score, 3),
            x=point[0] if point else None,
            y=point[1] if point else None,
        )

    def _unit(self, place: Place, precision: str) -> Place | None:
        """The admin unit of that level that holds a place, or the next coarser one known."""
        units = self._units(place, precision)
        pcode = next((units[level] for level in reversed(_ADMIN) if units[level]), None)
        return self._gaz.place(pcode) if pcode else None

    def _units(self, place: Place, precision: str) -> dict[str, str | None]:
        """The p-codes of the units that hold a place, down to what the precision allows."""
        units = dict(zip(_ADMIN, (place.adm1, place.adm2, place.adm3), strict=True))
        if str(place.level) in units:
            units[str(place.level)] = units[str(place.level)] or place.id
        deepest = _ADMIN.index(precision) if precision in _ADMIN else len(_ADMIN)
        return {
            level: pcode if at <= deepest else None
            for at, (level, pcode) in enumerate(units.items())
        }

    def _abroad(self, country: str) -> str | None:
        """The name of a country that is not Iraq, or None."""
        if country not in self._countries:
            match = self._gaz.resolve(country) if country else None
            outside = match is not None and str(match.status) == "outside"
            self._countries[country] = country if outside else None
        return self._countries[country]

    def _is_iraq(self, country: str) -> bool:
        if country not in self._iraqi:
            match = self._gaz.resolve(country) if country else None
            place = match.place if match else None
            self._iraqi[country] = place is not None and str(place.level) == "adm0"
        return self._iraqi[country]


def _with_stray(told: Answer, stray: Place, parents: tuple[Place, ...]) -> Answer:
    """The answer of a row whose district, say, lies in another governorate than its column says.

    Where nothing but these tells the place, nothing tells which of them is right.
    """
    why = f"its columns contradict each other: {stray} does not lie in {parents[-1].name}"
    if told.method == "parent":
        other = f"{parents[-1].name} ({parents[-1].id}); {stray.name} ({stray.id})"
        return Answer("ambiguous", why, candidates=other)
    score = None if told.score is None else min(told.score, CONTRADICTED_SCORE)
    return replace(told, why=f"{told.why}; {why}", score=score)


def _why_not(name: str, match: Match) -> str:
    """Why a name did not place its row, in words."""
    if str(match.status) == "unresolved":  # its candidates are of other names
        return match.why
    known = "; ".join(str(candidate.place) for candidate in match.candidates[:3])
    return f"{name} is known only elsewhere: {known}" if known else match.why


def _says_what_it_is(name: str) -> bool:
    """Whether a name has a generic word: "Mosul district", not "Mosul, Nineveh Province"."""
    return bool(take_apart(fold(re.split(r"[,،;؛(]", name)[0])).generics)


def _lies_in(match: Match, place: Place, parent: Place) -> bool:
    """Whether a place lies in a unit, as far as the gazetteer knows its units."""
    if match.area and str(place.level) == "adm0":  # it touches several
        return True
    known = (place.adm1, place.adm2, place.adm3)
    if parent.id == place.id or parent.id in known or parent.id in place.told_in:
        return True
    coarser = place.adm2 is None and str(parent.level) != "adm1"
    return coarser and place.adm1 == parent.adm1


def _holds(unit: Place, other: Place) -> bool:
    """Whether an admin unit is another one or holds it."""
    return unit.id in (other.id, other.adm1, other.adm2)


def _agree(match: Match, place: Place, unit: Place) -> bool:
    """Whether a place lies in a unit, or holds it."""
    return _lies_in(match, place, unit) or place.id in (unit.adm1, unit.adm2)


def _candidates(match: Match, beside: Place | None = None) -> str | None:
    """The other places that a name could mean, in words."""
    others = [
        f"{candidate.place.name} ({candidate.place.id})"
        for candidate in match.candidates
        if beside is None or candidate.place.id != beside.id
    ]
    return "; ".join(others) or None
