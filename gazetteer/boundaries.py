"""Admin polygons as frames, whichever publisher's columns they come with.

Imports geopandas: not for the way from a name to a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from gazetteer.errors import DataError
from gazetteer.library import ADMIN_LEVELS, Library
from gazetteer.place import Level, Name, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.api import Gazetteer

_PCODE_LENGTHS = dict(zip(ADMIN_LEVELS, (2, 5, 8, 11), strict=True))
_REACH = shapely.box(36.0, 27.0, 52.0, 40.0)  # no part of Iraq lies outside


def frame(library: Library, *, level: Level, places: Mapping[str, Place]) -> gpd.GeoDataFrame:
    """Return the admin polygons of one level, with the names that the gazetteer knows.

    Parameters
    ----------
    library : the installed data
    level : ``adm0`` to ``adm3``
    places : places by id; what they say of a p-code's name and population goes
        before what the file says

    Returns
    -------
    GeoDataFrame
        One row a polygon, in the order of the p-codes, EPSG:4326: ``pcode``,
        ``name`` (for display), ``name_en``, ``name_ar``, ``name_ckb``,
        ``name_kmr``, ``parent`` (a p-code), ``level``, ``population`` (people)
        and ``geometry``. Names and population are missing where not known, the
        parent for the country. ``attrs`` holds what a map must say of them:
        ``credits`` (lines) and ``approximate``.

    Raises
    ------
    LevelError
        The library has no polygons of this level.
    DataError
        A file is damaged or its columns are of no known publisher.
    """
    polygons = read(library, level)
    known = [places.get(pcode) for pcode in polygons["pcode"]]
    names = [place.name if place else None for place in known]
    name = pd.Series(names, dtype="str").fillna(polygons["name"])
    columns = {
        "pcode": polygons["pcode"],
        "name": name,
        "name_en": name,
        "name_ar": _names_in("ar", known).fillna(polygons["name_ar"]),
        "name_ckb": _names_in("ckb", known),
        "name_kmr": _names_in("kmr", known),
        "parent": pd.Series([pcode[:-3] or None for pcode in polygons["pcode"]], dtype="str"),
        "level": pd.Series(str(level), index=polygons.index, dtype="str"),
        "population": pd.array([place.population if place else None for place in known], "Int64"),
    }
    polygons_named = gpd.GeoDataFrame(columns, geometry=polygons.geometry)
    polygons_named.attrs = {
        "credits": [str(credit) for credit in library.credits],
        "approximate": library.approximate,
    }
    return polygons_named


def read(library: Library, level: Level) -> gpd.GeoDataFrame:
    """Return a level's polygons as the library's file has them.

    Returns
    -------
    GeoDataFrame
        ``pcode``, ``name``, ``name_ar`` (the Arabic name in the file, missing
        where it has none) and ``geometry``, in the order of the p-codes,
        EPSG:4326. A new frame each time.

    Raises
    ------
    LevelError
        The library has no polygons of this level.
    DataError
        The file is damaged or its columns are of no known publisher.
    """
    return library.keep(("polygons", level), lambda: _read(library, level)).copy()


def smallest_polygon(library: Library, place: Place) -> tuple[Level, BaseGeometry] | None:
    """Return the smallest admin polygon that the library has for a place, and its level.

    A place's own p-codes decide. Of a settlement or site that has a point, the
    point decides what the p-codes leave open, unless it contradicts them.
    """
    pcodes = _pcodes(place)
    if not pcodes:
        return None
    if place.point is not None and not place.level.is_admin:
        pcodes = _refined(library, pcodes, place.point)
    for level in reversed(library.levels):
        found = _by_pcode(library, level).get(pcodes.get(level, ""))
        if found is not None:
            return level, found
    return None


def pcode_at(level: Level, pcode: str) -> str | None:
    """Return the code of the unit of a level that holds a unit; None where that is finer.

    OCHA's p-codes begin with the code of the unit they are part of: IQG07Q02
    is a district of IQG07.
    """
    length = _PCODE_LENGTHS[level]
    return pcode[:length] if len(pcode) >= length else None


def _pcodes(place: Place) -> dict[Level, str]:
    """Return the p-codes of the units that hold a place, by level; newer units have none."""
    own = place.id if place.level.is_admin else None
    units = [*zip(ADMIN_LEVELS[1:], (place.adm1, place.adm2, place.adm3), strict=True)]
    units.append((place.level, own))
    return {level: unit for level, unit in units if unit and unit.startswith("IQ")}


def _refined(
    library: Library, pcodes: dict[Level, str], point: tuple[float, float]
) -> dict[Level, str]:
    from gazetteer.containment import containing  # imports this module

    held = containing(library, *point).iloc[0]
    by_point = {
        level: held[f"{level}_pcode"]
        for level in ADMIN_LEVELS
        if isinstance(held[f"{level}_pcode"], str)
    }
    agrees = all(by_point.get(level, pcode) == pcode for level, pcode in pcodes.items())
    return {**by_point, **pcodes} if agrees else pcodes


def _by_pcode(library: Library, level: Level) -> dict[str, BaseGeometry]:
    def index() -> dict[str, BaseGeometry]:
        polygons = read(library, level)
        return dict(zip(polygons["pcode"], polygons.geometry, strict=True))

    return library.keep(("by p-code", level), index)


def _names_in(language: str, places: Iterable[Place | None]) -> pd.Series[str]:
    """Return the first name that each place still has in a language, missing where it has none."""
    names = [_first(place.names if place else (), language) for place in places]
    return pd.Series(names, dtype="str")


def _first(names: Iterable[Name], language: str) -> str | None:
    current = (name.text for name in names if name.language == language and name.until is None)
    return next(current, None)


# --- publishers' columns -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Publisher:
    """How a publisher names its columns; ``{n}`` is the number of the level.

    A publisher without p-codes has another code, such as ISO's, or none; then
    the names tell which unit each polygon is, in the unit of ``parent`` if given.
    """

    pcode: str
    name: str
    arabic: str
    has_pcodes: bool = True
    parent: str = ""


_PUBLISHERS = (
    _Publisher("pcode", "name", "name_ar"),  # the core data
    _Publisher("ADM{n}_PCODE", "ADM{n}_EN", "ADM{n}_AR"),  # COD-AB to 2024
    _Publisher("adm{n}_pcode", "adm{n}_name", "adm{n}_name1"),  # COD-AB since
    _Publisher("shapeISO", "shapeName", "", has_pcodes=False),  # geoBoundaries
    _Publisher("GID_{n}", "NAME_{n}", "NL_NAME_{n}", has_pcodes=False, parent="NAME_1"),  # GADM
)


def _read(library: Library, level: Level) -> gpd.GeoDataFrame:
    if library.approximate and level is Level.ADM0:
        return _country(read(library, Level.ADM1))
    source = f"{library!r} {level}"
    content = library.polygon_file(level)
    try:
        published = gpd.read_file(BytesIO(content))
    except (ValueError, RuntimeError, TypeError) as error:
        reason = str(error).splitlines()[0]
        raise DataError(f"{source}: not a readable file of polygons: {reason}", level) from error
    if not isinstance(published, gpd.GeoDataFrame) or published.empty:
        raise DataError(f"{source}: the file holds no polygon", level)
    return _checked(_renamed(published.to_crs(epsg=4326), level, source), level, source)


def _country(governorates: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    outline = shapely.coverage_union_all(governorates.geometry.to_numpy())
    return _of_columns(
        pd.DataFrame({"pcode": ["IQ"], "name": ["Iraq"], "name_ar": [None]}), [outline]
    )


def _renamed(published: gpd.GeoDataFrame, level: Level, source: str) -> gpd.GeoDataFrame:
    """Return a publisher's frame with our column names."""
    for publisher in _PUBLISHERS:
        pcode, name, arabic = (
            column.format(n=level[-1])
            for column in (publisher.pcode, publisher.name, publisher.arabic)
        )
        if {pcode, name} <= set(published.columns):
            columns = {"pcode": published[pcode], "name": published[name]}
            columns["name_ar"] = published.get(arabic)
            if not publisher.has_pcodes:
                parent = published.get(publisher.parent) if level is not Level.ADM1 else None
                columns["parent"] = parent if parent is not None else [None] * len(published)
                columns["pcode"] = [
                    _pcode_told(*told, level=level, source=source)
                    for told in zip(*(columns[c] for c in ("pcode", "name", "parent")), strict=True)
                ]
                del columns["parent"]
            return _of_columns(pd.DataFrame(columns, index=published.index), published.geometry)
    has = ", ".join(map(str, published.columns))
    raise DataError(f"{source}: the columns are of no known publisher: {has}", level)


@lru_cache(maxsize=1)
def _core() -> Gazetteer:
    from gazetteer.api import load  # imports this module

    return load()


def _pcode_told(code: object, name: object, parent: object, *, level: Level, source: str) -> str:
    """Return the p-code of the unit that another code or a name tells."""
    gaz = _core()
    if level is Level.ADM0:
        return "IQ"
    if isinstance(code, str) and code.upper().startswith("IQ-"):
        coded = gaz.resolve(code).place
        if coded is not None and coded.level is level:
            return coded.id
    within = gaz.resolve(str(parent), level=1).place if isinstance(parent, str) else None
    match = gaz.resolve(str(name), within=within, level=level)
    if match.place is None or match.method not in ("exact", "variant"):
        why = f"{source}: which {level} is {name}? {match.why}; give it a column of p-codes"
        raise DataError(why, name)
    return match.place.id


def _of_columns(columns: pd.DataFrame, geometry: Iterable[BaseGeometry]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns.astype("str"), geometry=list(geometry), crs=4326)


def _checked(polygons: gpd.GeoDataFrame, level: Level, source: str) -> gpd.GeoDataFrame:
    """Repair what can be repaired, refuse the rest by name; sort by p-code."""
    labels = polygons["name"].fillna("?") + " (" + polygons["pcode"].fillna("no p-code") + ")"
    for pcode, label in zip(polygons["pcode"], labels, strict=True):
        if not isinstance(pcode, str) or len(pcode) != _PCODE_LENGTHS[level]:
            raise DataError(f"{source}: {label}: not a p-code of {level}", pcode)
    twice = labels[polygons["pcode"].duplicated()]
    if not twice.empty:
        raise DataError(f"{source}: {twice.iloc[0]} occurs twice", twice.iloc[0])
    repaired = [
        _repaired(geometry, f"{source}: {label}")
        for geometry, label in zip(polygons.geometry, labels, strict=True)
    ]
    valid = _of_columns(polygons.drop(columns="geometry"), repaired)
    return valid.sort_values("pcode", ignore_index=True)


def _repaired(geometry: BaseGeometry | None, label: str) -> BaseGeometry:
    if geometry is None or geometry.is_empty:
        raise DataError(f"{label} has no polygon", label)
    if not geometry.is_valid:
        parts = shapely.get_parts(shapely.make_valid(shapely.force_2d(geometry)))
        flat = [part for part in parts if part.geom_type in ("Polygon", "MultiPolygon")]
        geometry = shapely.union_all(flat)
    if geometry.is_empty or geometry.geom_type not in ("Polygon", "MultiPolygon"):
        raise DataError(f"{label} is not a polygon and cannot be made one", label)
    if not geometry.within(_REACH):
        raise DataError(
            f"{label} lies far outside Iraq: are longitude and latitude swapped?", label
        )
    return geometry
