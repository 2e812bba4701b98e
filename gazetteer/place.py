"""The nouns of the gazetteer: places, their names, and the answers about them.

All are frozen. Coordinates are WGS 84 (EPSG:4326), longitude before latitude.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from gazetteer.errors import LevelError
from gazetteer.frozen import frozen

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


class Level(StrEnum):
    """What kind of area or point a place is."""

    ADM0 = "adm0"
    ADM1 = "adm1"
    ADM2 = "adm2"
    ADM3 = "adm3"
    SETTLEMENT = "settlement"
    SITE = "site"
    REGION = "region"

    __hash__ = str.__hash__  # an Enum's own is much slower, and no str's that it equals

    @classmethod
    def of(cls, value: Level | str | int) -> Level:
        """Read a level written as ``1``, ``"1"``, ``"adm1"`` or ``Level.ADM1``.

        Raises
        ------
        LevelError
            The value names no level.
        """
        text = str(value).strip().lower()
        try:
            return cls(f"adm{text}" if text.isdigit() else text)
        except ValueError:
            known = ", ".join(cls)
            message = (
                f"unknown level {value!r}: use 0 to 3 (country, governorate, district, "
                f"subdistrict) or one of {known}"
            )
            raise LevelError(message, value) from None

    @property
    def is_admin(self) -> bool:
        """Whether places of this level are administrative units."""
        return self.startswith("adm")


class Status(StrEnum):
    """What became of a name."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"
    OUTSIDE = "outside"


class Use(StrEnum):
    """How running text uses a place name."""

    PLACE = "place"
    DATELINE = "dateline"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    PERSON = "person"
    ADJECTIVE = "adjective"


@frozen
class Name:
    """One name of a place.

    ``language`` is ``en``, ``ar``, ``ckb`` (Sorani) or ``kmr`` (Kurmanji). A
    *weak* name is also a common word, or a namesake's, and needs context.
    ``until`` is the year a former name was given up, 0 where that is not known, None of a
    name that is in use; ``since`` the year a former name came up, or None.
    """

    text: str
    language: str = "en"
    weak: bool = False
    until: int | None = None
    since: int | None = None


class Polygons(Protocol):
    """What a place needs of the gazetteer to find its polygon."""

    def smallest_polygon(self, place: Place) -> tuple[Level, BaseGeometry] | None: ...


@frozen
class Place:
    """One place in Iraq.

    ``id`` is a p-code, ``gn:`` and a GeoNames id, or ``x:`` and a slug.
    ``point`` is (longitude, latitude), or None for areas; ``radius_km`` says how
    far from it the place may extend. ``adm1`` to ``adm3`` are the p-codes of the
    units that hold the place, as far as they are known; ``across`` of the
    governorates that a region lies in where these are several; ``told_in`` of
    governorates that claim or administer the place, though it is drawn in another.
    ``kind`` refines the level (``base``, ``quarter``, ``crossing``...).
    ``population`` is a count of people, or None.
    """

    id: str
    name: str
    level: Level
    names: tuple[Name, ...] = field(default=(), repr=False)
    point: tuple[float, float] | None = None
    radius_km: float | None = None
    adm1: str | None = None
    adm2: str | None = None
    adm3: str | None = None
    across: tuple[str, ...] = ()
    told_in: tuple[str, ...] = ()
    kind: str | None = None
    population: int | None = None
    note: str | None = None
    source: str = ""
    _polygons: Polygons | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.name} ({self.id}, {self.level})"

    @property
    def polygon(self) -> BaseGeometry | None:
        """The smallest admin polygon that the installed data has for this place, or None."""
        found = self._smallest_polygon()
        return found[1] if found else None

    @property
    def polygon_level(self) -> Level | None:
        """The level of `polygon`, which may be coarser than the place's own."""
        found = self._smallest_polygon()
        return found[0] if found else None

    def name_in(self, language: str) -> str:
        """Return the first name in a language, or the English display name."""
        return next((n.text for n in self.names if n.language == language), self.name)

    def _smallest_polygon(self) -> tuple[Level, BaseGeometry] | None:
        return self._polygons.smallest_polygon(self) if self._polygons else None


@frozen
class Candidate:
    """A place that a name could mean, how well it fits (0 to 1) and why."""

    place: Place
    score: float
    why: str


@frozen
class Offset:
    """An area told by its distance and direction from known places: "12 km south of Mosul".

    It lies within ``radius_km`` of ``point`` (longitude, latitude). ``anchors``
    are the ids of the places it is told from. A mark of it is of precision
    ``relative``. A stretch between two places also lies within ``width_km`` of the
    line between its ``ends``, which are the points of these.
    """

    point: tuple[float, float]
    radius_km: float
    anchors: tuple[str, ...]
    ends: tuple[tuple[float, float], ...] = ()
    width_km: float | None = None


@frozen
class Match:
    """The gazetteer's answer to one name.

    ``place`` is set only where ``status`` is ``resolved``. ``method`` is the rung
    of the ladder that answered: ``code``, ``exact``, ``variant``, ``fuzzy``,
    ``offset``, ``own`` (the user decided what the name means within a unit; a name of the
    user's that means it anywhere is ``exact``), or empty. ``country`` names the
    country of a place that is ``outside``. ``why`` is one sentence for a person to
    read. Where the name tells an ``area`` off a known place, ``place`` is the known
    place if the area is about it, and otherwise a unit: the smallest that holds
    more than 85% of the area; the only one that it touches, where the rest is
    abroad; without a distance, the known place's governorate, if that holds 40% of
    what is in Iraq, since such places are mostly not far, or for Arabic words that
    may mean a part of the place; between two places, the smallest that holds both;
    and else Iraq. So a part of the area may lie in other units:
    `Gazetteer.touching` says how much in each.
    """

    query: str
    status: Status
    place: Place | None = None
    method: str = ""
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    country: str | None = None
    area: Offset | None = None

    def __bool__(self) -> bool:
        return self.place is not None

    def _repr_html_(self) -> str:
        from gazetteer.showing import match_html  # only notebooks need it

        return match_html(self)


@frozen
class Mention:
    """A place name at ``text[start:end]`` of a running text, and how it is used there."""

    text: str
    start: int
    end: int
    match: Match
    use: Use = Use.PLACE
