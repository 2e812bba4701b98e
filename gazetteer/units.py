"""Which unit each polygon of a table is: by its p-code, or by its name and where it lies.

Imports geopandas: not for the way from a name to a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from gazetteer.errors import DataError
from gazetteer.library import CORE
from gazetteer.normalise import is_arabic_script
from gazetteer.place import Level, Place
from gazetteer.publishers import Layout

if TYPE_CHECKING:
    from gazetteer.api import Gazetteer

_IRAQ = frozenset({"iq", "irq", "iraq"})
_NAMED_SURELY = ("code", "exact", "variant")  # how a name must be matched to tell a unit
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Units:
    """Polygons with p-codes, and what the user should know of how they came by them."""

    polygons: gpd.GeoDataFrame
    remarks: tuple[str, ...] = ()


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
        strange = _strange(found["pcode"].dropna(), layout.level)
        return Units(_frame(found), (*remarks, *(f"{source}: {remark}" for remark in strange)))
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
    said = [*newer, *_strange(joined["pcode"], layout.level)]
    return Units(_frame(joined), (*remarks, *(f"{source}: {one}" for one in said)))


_REMEDY = "a column of p-codes would tell"


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


def _strange(pcodes: Iterable[str], level: Level) -> list[str]:
    """Say which units the list of p-codes does not have, and which of it are missing.

    Of subdistricts it has none: their districts are compared.
    """
    compared = Level.ADM2 if level is Level.ADM3 else level
    what = "districts of subdistricts" if level is Level.ADM3 else "units"
    known = {place.id for place in core().places() if place.level is compared}
    known = {pcode for pcode in known if pcode.startswith("IQ")}
    given = {pcode[: len("IQG07Q01")] for pcode in pcodes}
    unknown, missing = sorted(given - known), sorted(known - given)
    remarks = [f"{what} not in the list of p-codes: {_some(unknown)}"] if unknown else []
    if missing:
        remarks.append(f"{len(missing)} of {len(known)} {what} are missing: {_some(missing)}")
    return remarks


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
    from gazetteer.api import load  # imports this module

    return load(CORE)


def _frame(found: pd.DataFrame) -> gpd.GeoDataFrame:
    columns = found[["pcode", "name", "name_ar"]].astype("str")
    return gpd.GeoDataFrame(columns, geometry=found["geometry"].to_list(), crs=4326)
