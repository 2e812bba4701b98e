"""Whose columns a table of polygons has, which level it is of, and which unit each polygon is.

COD-AB of all years, geoBoundaries, GADM, and columns that the user names.
Imports geopandas: not for the way from a name to a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from gazetteer.errors import DataError
from gazetteer.library import ADMIN_LEVELS
from gazetteer.normalise import is_arabic_script
from gazetteer.place import Level, Place

if TYPE_CHECKING:
    from gazetteer.api import Gazetteer

MAPPED = ("pcode", "name", "arabic", "parent", "level")
"""What a user can say of the columns; ``level`` is a level, or a column of levels."""

_IRAQ = frozenset({"iq", "irq", "iraq"})
_NAMED_SURELY = ("code", "exact", "variant")  # how a name must be matched to tell a unit
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns say what, and of which level the polygons are.

    ``codes`` and ``parents`` may lack; ``names`` are tried in their order, and
    ``country`` tells which rows are of Iraq.
    """

    publisher: str
    licence: str
    level: Level
    codes: str | None
    names: tuple[str, ...]
    parents: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """Polygons with p-codes, and what the user should know of how they came by them."""

    polygons: gpd.GeoDataFrame
    remarks: tuple[str, ...] = ()


def layout_of(
    published: pd.DataFrame, *, hint: str = "", mapping: Mapping[str, str] | None = None
) -> Layout | None:
    """Recognise a publisher's columns; None where they are of none that is known.

    Parameters
    ----------
    published : the table of polygons
    hint : its name, which tells the level where the columns do not
    mapping : the user's word for what the columns are, by `MAPPED`

    Raises
    ------
    DataError
        The mapping names a column that is not there, or leaves the level open.
    """
    if mapping:
        return _mapped(published, mapping, hint)
    columns = {str(column).lower(): str(column) for column in published.columns}
    return (
        _core(columns, hint)
        or _cod_ab(columns)
        or _geoboundaries(columns, published, hint)
        or _gadm(columns)
    )


def units(published: gpd.GeoDataFrame, layout: Layout, *, source: str) -> Units:
    """Return ``pcode``, ``name``, ``name_ar`` and geometry of the units of Iraq.

    Where there are no p-codes, names tell the unit; several of one name are
    told apart by the parent, or by the governorate that their polygon lies in.
    A newer unit is joined to the one it was part of when p-codes were given.

    Raises
    ------
    DataError
        Most units cannot be told, or none is of Iraq.
    """
    remarks = []
    rows = published
    if layout.country is not None:
        ours = published[layout.country].astype("str").str.strip().str.lower().isin(_IRAQ)
        if not ours.all():
            rows = published[ours]
            remarks.append(f"{source}: {int((~ours).sum())} features are of other countries")
    if rows.empty:
        raise DataError(f"{source}: no feature is of Iraq", source)
    found = _described(rows, layout)
    given = found["code"].notna().to_numpy() & _look_like_pcodes(found["code"])
    if given.any():
        found["pcode"] = found["code"].where(given)
        return Units(_frame(found), tuple(remarks))
    told = [_unit_told(row, layout.level) for row in found.itertuples(index=False)]
    failed = [
        f"{name}: {why}"
        for name, why in zip(found["name"], told, strict=True)
        if isinstance(why, str)
    ]
    if len(failed) * 2 > len(found):
        which = f"{source}: which {layout.level} is each? {_some(failed)}; {_REMEDY}"
        raise DataError(which, source)
    if failed:
        left_out = f"{len(failed)} of {len(found)} left out: {_some(failed)}; {_REMEDY}"
        remarks.append(f"{source}: {left_out}")
    joined, newer = _joined(found, told, layout.level)
    return Units(_frame(joined), (*remarks, *(f"{source}: {one}" for one in newer)))


_REMEDY = "a column of p-codes would tell"


# --- whose columns ---------------------------------------------------------------


def _core(columns: Mapping[str, str], hint: str) -> Layout | None:
    level = _level_in(hint)
    if not {"pcode", "name"} <= set(columns) or level is None:
        return None
    names = tuple(columns[c] for c in ("name", "name_ar") if c in columns)
    return Layout("Admin boundaries", _UNKNOWN, level, columns["pcode"], names)


_UNKNOWN = "as its publisher says"
_COD_CODE = re.compile(r"adm(?:in)?([0-3])_?pcode")
_COD_NAMES = (
    "_en",
    "_name",
    "_name1",
    "_name2",
    "_name3",
    "_ref_name",
    "_ar",
    "_ku",
    "name",
    "name_en",
    "name_ar",
    "name_e",
    "name_a",
    "refn",
    "refname",
    "altnm",
    "altn",
    "altnam",
)


def _cod_ab(columns: Mapping[str, str]) -> Layout | None:
    """COD-AB: ``ADM1_PCODE``, ``admin1Pcode``, and since 2025 ``adm1_pcode`` with ``adm1_name``."""
    codes = {found[1]: column for column in columns if (found := _COD_CODE.fullmatch(column))}
    if not codes:
        return None
    number = max(codes)
    stems = (f"adm{number}", f"admin{number}")
    names = [stem + end for end in _COD_NAMES for stem in stems if stem + end in columns]
    country = columns[codes["0"]] if "0" in codes else None
    return Layout(
        "OCHA COD-AB boundaries",
        "CC BY-IGO",
        ADMIN_LEVELS[int(number)],
        columns[codes[number]],
        tuple(columns[name] for name in names),
        country=country,
    )


def _geoboundaries(columns: Mapping[str, str], published: pd.DataFrame, hint: str) -> Layout | None:
    if "shapename" not in columns:
        return None
    types = published[columns["shapetype"]].dropna().unique() if "shapetype" in columns else []
    level = _level_in(str(types[0])) if len(types) == 1 else _level_in(hint)
    if level is None:
        raise DataError(f"{hint}: of which level are its polygons? Say level=2 (or 1, 3)", hint)
    return Layout(
        "geoBoundaries",
        "CC BY",
        level,
        columns.get("shapeiso"),
        (columns["shapename"],),
        country=columns.get("shapegroup"),
    )


def _gadm(columns: Mapping[str, str]) -> Layout | None:
    """GADM: ``GID_1, NAME_1`` since 3.0, ``ID_1, NAME_1`` before."""
    numbers = [n for n in "3210" if f"gid_{n}" in columns or f"id_{n}" in columns]
    if not numbers:
        return None
    number = numbers[0]
    names = [f"name_{number}", f"varname_{number}", f"nl_name_{number}", "country", "name_0"]
    return Layout(
        "GADM",
        "not for commercial use",
        ADMIN_LEVELS[int(number)],
        None,
        tuple(columns[name] for name in names[: 5 if number == "0" else 3] if name in columns),
        parents=columns.get("name_1") if number in "23" else None,
        country=columns.get("gid_0") or columns.get("iso"),
    )


def _mapped(published: pd.DataFrame, mapping: Mapping[str, str], hint: str) -> Layout:
    has = list(map(str, published.columns))
    stray = sorted(set(mapping) - set(MAPPED))
    if stray:
        raise DataError(f"boundaries have no {stray[0]!r}: there are {', '.join(MAPPED)}", stray)
    for what in ("pcode", "name", "arabic", "parent"):
        if what in mapping and mapping[what] not in has:
            columns = ", ".join(column for column in has if column != "geometry")
            raise DataError(f"{hint}: no column {mapping[what]!r}: it has {columns}", mapping[what])
    if not {"pcode", "name"} & set(mapping):
        raise DataError("say which column has the p-codes (pcode=) or the names (name=)", mapping)
    names = tuple(mapping[what] for what in ("name", "arabic") if what in mapping)
    level = _mapped_level(published, mapping) or _level_in(hint)
    if level is None:
        raise DataError(f"{hint}: of which level are its polygons? Say level=2 (or 1, 3)", hint)
    codes, parents = mapping.get("pcode"), mapping.get("parent")
    return Layout("Admin boundaries", _UNKNOWN, level, codes, names, parents=parents)


def _mapped_level(published: pd.DataFrame, mapping: Mapping[str, str]) -> Level | None:
    if "level" in mapping:
        said = Level.of(mapping["level"])
        if not said.is_admin:
            raise DataError(f"{said} has no polygons: levels are 0 to 3", said)
        return said
    codes = published[mapping["pcode"]].dropna().astype("str") if "pcode" in mapping else []
    lengths = {len(code.strip()) for code in codes}
    return (
        {2: Level.ADM0, 5: Level.ADM1, 8: Level.ADM2, 11: Level.ADM3}.get(*lengths)
        if len(lengths) == 1
        else None
    )


_LEVEL = re.compile(
    r"(?:adm|admin|level|adm_adm)[ _-]?([0-3])(?!\d)|_([0-3])(?:\.|$)", re.IGNORECASE
)


def _level_in(text: str) -> Level | None:
    found = _LEVEL.findall(text)
    return ADMIN_LEVELS[int("".join(found[-1]))] if found else None


# --- which unit ------------------------------------------------------------------


def _described(rows: gpd.GeoDataFrame, layout: Layout) -> gpd.GeoDataFrame:
    """Return the code, names and parent of each row as texts, missing where there is none."""
    spellings = pd.DataFrame({name: _texts(rows, name) for name in layout.names}, index=rows.index)
    latin, arabic = [], []
    for texts in spellings.itertuples(index=False):
        known = [text for text in texts if isinstance(text, str)]
        latin.append(next((text for text in known if not is_arabic_script(text)), None))
        arabic.append(next((text for text in known if is_arabic_script(text)), None))
    described = pd.DataFrame(
        {
            "code": _texts(rows, layout.codes),
            "name": pd.Series(latin, index=rows.index, dtype="str"),
            "name_ar": pd.Series(arabic, index=rows.index, dtype="str"),
            "parent": _texts(rows, layout.parents),
        },
        index=rows.index,
    )
    described["name"] = described["name"].fillna(described["name_ar"]).fillna(described["code"])
    described["spellings"] = [
        [part.strip() for text in texts if isinstance(text, str) for part in text.split("|")]
        for texts in spellings.itertuples(index=False)
    ]
    return gpd.GeoDataFrame(described, geometry=rows.geometry)


def _texts(rows: pd.DataFrame, column: str | None) -> pd.Series[str]:
    if column is None:
        return pd.Series([None] * len(rows), index=rows.index, dtype="str")
    texts = rows[column].astype("str").str.strip()
    return texts.mask(texts.isin(["", "NA", "None", "nan"]))


def _look_like_pcodes(codes: pd.Series[str]) -> pd.Series[bool]:
    return codes.str.fullmatch(r"IQ(G\d.*)?").fillna(False)


def _unit_told(row: Any, level: Level) -> Place | str:
    """Return the unit that a code or name tells, or why it tells none."""
    gaz, why = core(), "it has no name"
    code, parent, shape = row.code, row.parent, row.geometry
    if level is Level.ADM0:
        return gaz.place("IQ")
    if isinstance(code, str):
        coded = gaz.resolve(code)
        if coded.method == "code" and coded.place is not None and coded.place.level is level:
            return coded.place
    within = gaz.resolve(parent, level=1).place if isinstance(parent, str) else None
    for name in row.spellings:
        match = gaz.resolve(_spaced(name), within=within, level=level)
        if match.place is None and match.candidates and within is None:
            about = _governorate_at(shape)
            match = gaz.resolve(_spaced(name), within=about, level=level) if about else match
        if match.place is not None and match.method in _NAMED_SURELY and match.place.level is level:
            return match.place
        why = match.why
    return why


def _spaced(name: str) -> str:
    """Part words that GADM writes as one: "SaladAd-Din"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _governorate_at(shape: BaseGeometry | None) -> str | None:
    if shape is None or shape.is_empty:
        return None
    inner = shape.representative_point()
    held = core().containing(inner.x, inner.y)["adm1_pcode"].iloc[0]
    return held if isinstance(held, str) else None


def _joined(
    found: gpd.GeoDataFrame, told: list[Place | str], level: Level
) -> tuple[pd.DataFrame, list[str]]:
    """Return the units that have p-codes, newer ones joined to those that they were part of."""
    rows: dict[int, dict[str, object]] = {}
    newer: list[tuple[Place, BaseGeometry]] = []
    for at, (row, place) in enumerate(zip(found.to_dict("records"), told, strict=True)):
        if isinstance(place, Place) and place.id.startswith("IQ"):
            rows[at] = {**row, "pcode": place.id}
        elif isinstance(place, Place):
            newer.append((place, row["geometry"]))
    remarks = []
    for place, shape in newer:
        older = getattr(place, str(level))
        holders = [row for row in rows.values() if row["pcode"] == older]
        if len(holders) == 1:
            holders[0]["geometry"] = unary_union([holders[0]["geometry"], shape])
            remarks.append(f"{place.name} is newer than the p-codes: joined to {older}")
        else:
            remarks.append(f"{place.name} is newer than the p-codes: left out")
    return pd.DataFrame(list(rows.values()), columns=[*found.columns, "pcode"]), remarks


def _some(texts: Iterable[str]) -> str:
    listed = list(texts)
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return "; ".join(listed[:_SHOWN]) + more


@lru_cache(maxsize=1)
def core() -> Gazetteer:
    """Return the gazetteer over the core data, which knows all names and codes of units."""
    from gazetteer.api import Gazetteer
    from gazetteer.library import Library

    return Gazetteer(Library.core())


def _frame(found: pd.DataFrame) -> gpd.GeoDataFrame:
    columns = found[["pcode", "name", "name_ar"]].astype("str")
    return gpd.GeoDataFrame(columns, geometry=found["geometry"].to_list(), crs=4326)
