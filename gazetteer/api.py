"""`Gazetteer`: everything the package answers, over one set of installed data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import own_names
from gazetteer.beginnings import BEGINNINGS_FILE, Beginnings
from gazetteer.compiled import (
    NAMES_FILE,
    PLACES_FILE,
    CompiledPlaces,
    Contents,
    digest,
    written_names,
)
from gazetteer.errors import UnknownPlaceError
from gazetteer.find import Finder
from gazetteer.index import Index, PlaceIndex
from gazetteer.installed import installed_places, installed_units
from gazetteer.library import CORE, Library
from gazetteer.normalise import fold, keys_of_folded
from gazetteer.offsets import Areas
from gazetteer.outside import Outside
from gazetteer.own_names import OwnIndex, OwnName
from gazetteer.place import Level, Match, Mention, Offset, Place
from gazetteer.resolve import Resolver
from gazetteer.usage import Usage
from gazetteer.wider import Wider

if TYPE_CHECKING:  # frames cost half a second to import; a name needs none
    import geopandas
    import pandas as pd
    from numpy.typing import ArrayLike
    from shapely.geometry.base import BaseGeometry


def load(
    path: str | Path | None = None,
    *,
    names: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
) -> Gazetteer:
    """Open the gazetteer.

    Parameters
    ----------
    path : folder of fetched data, or any file, zip or folder of admin polygons
        (GeoJSON, GeoPackage, shapefile) by COD-AB, geoBoundaries or GADM; by
        default what `gazetteer fetch` has installed, and where it has nothing, the
        data that the package carries. ``"core"``: that alone, whatever is installed
    names : CSV file of the user's own names, which go before everything:
        ``name``, and ``id`` (such as a p-code) or ``longitude`` and ``latitude``;
        ``within``, if the name means that in one unit only
    columns : what the columns of your own polygons are: ``pcode`` or ``name``,
        and ``arabic``, ``parent`` (governorate), ``level``; as ``{"pcode": "CODE"}``

    Raises
    ------
    DataError
        There is no such file or folder, it holds no polygons, or the data is damaged;
        a row of own names is no good.
    """
    if path is None:
        library = Library.default()
    else:
        library = Library.core() if path == CORE else Library.at(path, columns=columns)
    return Gazetteer(library, own=() if names is None else own_names.read(names))


def _no_name(value: object) -> str:
    """Return the empty name for a missing value of a table, and refuse any other."""
    is_nan = isinstance(value, float) and value != value
    if value is None or is_nan or type(value).__name__ in ("NAType", "NaTType"):  # of pandas
        return ""
    raise TypeError(f"a name is a text, not {type(value).__name__}: {value!r:.80}")


class Gazetteer:
    """Places of Iraq: by name, in running text, by coordinates, by id."""

    def __init__(self, library: Library, *, own: Iterable[OwnName] = ()) -> None:
        self.library = library
        units = installed_units(library)
        self._core = CompiledPlaces(self._read_core, self, units=units)
        self._own_places: dict[str, Place] = {}
        self._remarks: list[str] = []
        self._own = own_names.hits_of(
            own,
            find=self.place,
            resolve=lambda *told, **more: self._without_own.resolve(*told, **more),
            units_at=self._units_at,
            polygons=self,
            say=self._remarks.append,
        )
        self._own_places = {hit.place.id: hit.place for hits in self._own.values() for hit in hits}

    @cached_property
    def _without_own(self) -> Gazetteer:
        """The places without the user's names, which are decided by them."""
        return Gazetteer(self.library)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a user must know of the data, and of the own names that decide nothing."""
        return *self.library.remarks, *self._remarks

    def place(self, id: str) -> Place:
        """Return the place of an id or another code of it (ISO 3166-2, GeoNames).

        Raises
        ------
        UnknownPlaceError
            No place has it.
        """
        place = self._known(id) or self._installed.get(id) if isinstance(id, str) else None
        if place is None:
            raise UnknownPlaceError(f"no place has the id {id!r}", id)
        return place

    def places(self) -> tuple[Place, ...]:
        """Return all places, in the order of their ids."""
        places = {**self._installed, **self._core, **self._own_places}
        return tuple(sorted(places.values(), key=lambda place: place.id))

    def resolve(
        self,
        name: str | float | None,
        *,
        within: Place | str | float | None = None,
        level: Level | str | int | None = None,
    ) -> Match:
        """Tell which place a name means, or why that cannot be told.

        Parameters
        ----------
        name : a place name or code, with or without generic words and parents; None
            or NaN, as tables have it, is no name
        within : p-code, name or Place that should hold the place; None or NaN if not known
        level : the level the place must have, such as 1 or "settlement"

        Raises
        ------
        LevelError, TypeError
            `level` names no level; `name` or `within` is of another type.
        """
        wanted = None if level is None else Level.of(level)
        if not isinstance(name, str):
            name = _no_name(name)
        if isinstance(within, Place):
            return self._wider.resolve_within(name, parent=within, level=wanted)
        if within is not None and not isinstance(within, str):
            within = _no_name(within) or None
        return self._resolve_again(name, within, wanted)  # tables repeat their names

    def resolve_many(
        self,
        names: Iterable[str | None],
        *,
        within: Iterable[str | None] | str | Place | None = None,
        level: Level | str | int | None = None,
    ) -> pd.DataFrame:
        """Resolve many names, each distinct one once.

        Parameters
        ----------
        names : names, missing ones among them
        within : one parent for all, or one for each name
        level : the level the places must have

        Returns
        -------
        DataFrame
            One row a name, in input order: query, status, place_id, place_name,
            level, adm1_pcode, adm2_pcode, adm3_pcode, longitude, latitude,
            radius_km, method, score, why, candidates. EPSG:4326.

        Raises
        ------
        LevelError, ValueError, TypeError
            `level` names no level; `within` and `names` differ in length; `names` is one text.
        """
        from gazetteer.many import resolve_many

        return resolve_many(self, names, within=within, level=level)

    def is_word(self, name: str) -> bool:
        """Tell whether a name is a common word or that of a group, and so of no place unknown."""
        return self._resolver.outside.is_word(fold(name))

    def find(self, text: str) -> list[Mention]:
        """Find the place names in running English, Arabic or Kurdish text, in order.

        Raises
        ------
        TypeError
            It is no text.
        """
        if not isinstance(text, str):
            raise TypeError(f"a text is needed, not {type(text).__name__}: {text!r:.80}")
        return self._finder.find(text)

    def boundaries(self, level: Level | str | int = 1) -> geopandas.GeoDataFrame:
        """Return all admin polygons of a level, one row each, in the order of the p-codes.

        Returns
        -------
        GeoDataFrame
            pcode, name, name_en, name_ar, name_ckb, name_kmr, parent, level,
            population, geometry. EPSG:4326.

        Raises
        ------
        LevelError, DataError
            There is no such level, or no installed polygons of it; their file is damaged.
        """
        from gazetteer import boundaries

        return boundaries.frame(self.library, level=Level.of(level), places=self._core)

    def containing(self, longitude: ArrayLike, latitude: ArrayLike) -> pd.DataFrame:
        """Return ``adm0_pcode`` to ``adm3_pcode`` of the units that hold points, one row each.

        A point on a boundary belongs to the polygon whose p-code comes first.

        Parameters
        ----------
        longitude, latitude : degrees, WGS 84; two numbers, or two arrays of one length

        Raises
        ------
        ValueError
            They are not.
        """
        from gazetteer import containment

        return containment.containing(self.library, longitude, latitude)

    def touching(self, area: Offset, *, level: Level | str | int = 1) -> dict[str, float]:
        """Tell in which polygons an area such as ``match.area`` lies: p-code and part of the area.

        Parameters
        ----------
        area : an area told by distance and direction, or the stretch between two places
        level : the level of the polygons

        Returns
        -------
        dict
            The most covered first. The parts add up to less than 1 beyond Iraq's border.

        Raises
        ------
        LevelError, DataError
            There is no such level, or no installed polygons of it; their file is damaged.
        TypeError
            It is no area: ``match.area`` is None where a name tells none.
        """
        if not isinstance(area, Offset):
            raise TypeError(f"an area is needed, such as match.area, not {type(area).__name__}")
        return self._areas.touching(area, Level.of(level))

    def smallest_polygon(self, place: Place) -> tuple[Level, BaseGeometry] | None:
        """Return the smallest installed admin polygon that a place is or lies in, and its level."""
        from gazetteer import boundaries

        return boundaries.smallest_polygon(self.library, place)

    def _repr_html_(self) -> str:
        from gazetteer.showing import gazetteer_html  # only notebooks need it

        return gazetteer_html(self)

    def _units_at(self, point: tuple[float, float]) -> list[str | None]:
        held = self.containing(*point).iloc[0]
        codes = [held[f"{level}_pcode"] for level in ("adm1", "adm2", "adm3")]
        return [code if isinstance(code, str) else None for code in codes]

    @cached_property
    def _resolve_again(self) -> Callable[[str, str | None, Level | None], Match]:
        resolver = self._wider

        @lru_cache(maxsize=32768)
        def resolve(name: str, parent: str | None, level: Level | None) -> Match:
            return resolver.resolve_within(name, parent=parent, level=level)

        return resolve

    @cached_property
    def _wider(self) -> Wider:
        return Wider(self._resolver, self._installed, self._resolver_of)

    @cached_property
    def _resolver(self) -> Resolver:
        if not self._own:
            return self._resolver_of(self._core.index, {})
        anywhere = [hit.place for hits in self._own.values() for hit in hits if not hit.within]
        places = {**self._core, **{place.id: place for place in anywhere}}.values()
        return self._resolver_of(OwnIndex(PlaceIndex.of(places), self._own), {})

    @cached_property
    def _areas(self) -> Areas:
        return Areas(self.library, self)

    def _resolver_of(self, index: Index, more: Mapping[str, Place]) -> Resolver:
        outside = Outside(self.library.core_file)
        return Resolver(
            index,
            outside=outside,
            of_code=lambda code: self._known(code) or more.get(code),
            areas=self._areas,
        )

    @cached_property
    def _installed(self) -> CompiledPlaces:
        return installed_places(self.library, self)

    def _known(self, code: str) -> Place | None:
        """Return the place of the core data or of the user's names that has a code."""
        id = self._core.codes.get(code, code)
        return self._own_places.get(id) or self._core.get(id)

    def _read_core(self) -> Contents:
        places = self.library.core_file(PLACES_FILE)
        names = json.loads(self.library.core_file(NAMES_FILE))
        if names["of"] != digest(places):  # a working copy in which one was changed
            names = json.loads(written_names(places, of=""))
        return places, names

    @cached_property
    def _finder(self) -> Finder:
        beginnings = Beginnings.read(self.library.core_file(BEGINNINGS_FILE))
        if self._own:
            own = [fold(name.text) for place in self._own_places.values() for name in place.names]
            keys = [key for name in own for key in keys_of_folded(name)]
            beginnings = beginnings.joined(Beginnings.of(own, keys=keys))
        usage = Usage.read(self.library.core_file("usage.json"))
        return Finder(self._resolver, beginnings=beginnings, usage=usage)
