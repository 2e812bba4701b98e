"""Coordinates, all at once: are they in Iraq, and do the names agree with them?"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Geod, Transformer

from mapper.locating.answers import CONTRADICTED_SCORE, Answer, as_frame, overrule, typed
from mapper.locating.mending import Degrees
from mapper.schema import POINT_PRECISIONS

if TYPE_CHECKING:
    from gazetteer import Gazetteer, Place

_Flags = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]

_PCODES = ("adm1_pcode", "adm2_pcode", "adm3_pcode")
_DEPTH = {"adm1": 1, "adm2": 2, "adm3": 3}
_RADIUS_KM = {"site": 2.0, "settlement": 5.0, "relative": 25.0}
_ROUNDED_KM = {0: 80.0, 1: 8.0}
"""How far off a coordinate may be that is written with so many decimals."""

_APART_KM = 30.0
"""A name's point farther than this from the coordinates contradicts them."""

_APPROXIMATE_KM, _EXACT_KM = 15.0, 2.0
"""So far boundaries may be off: the core data's, and published ones."""

NOWHERE = "its coordinates 0, 0 are not used"
_UNREAD = "coordinates not used: "
ASTRAY = "lie outside Iraq and are not used"
"""What ``why`` says of rows whose coordinates were not taken as they are written."""

_OUTSIDE = Answer("outside", "its coordinates lie outside Iraq", method="coordinates")

_METRES = Transformer.from_crs(4326, 32638, always_xy=True)  # UTM 38N: the middle of Iraq
_GEOD = Geod(ellps="WGS84")


def place_by_coordinates(
    incidents: pd.DataFrame, named: pd.DataFrame, gaz: Gazetteer
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the answers by name, overruled where a row has coordinates that can be used.

    And the coordinates that were mended, by their row; see `Degrees.mended`.

    A pair that lies in Iraq only when swapped is swapped. Of an area the
    coordinates tell the p-codes and no more. Where names and coordinates
    contradict each other the coordinates stay and the contradiction is told; but where
    they lie far outside Iraq, and two names agree on a place in it, the names stay.

    Parameters
    ----------
    incidents : INCIDENTS frame
    named : what the names tell, one row an incident: the columns that LOCATED
        adds, with ``x`` and ``y`` in degrees
    gaz : the gazetteer
    """
    out = named.copy()
    x = incidents["longitude"].to_numpy(dtype=float, na_value=np.nan)
    y = incidents["latitude"].to_numpy(dtype=float, na_value=np.nan)
    _note(out, (x == 0) & (y == 0), NOWHERE)
    unread = incidents["notes"].astype("str").str.contains(_UNREAD, regex=False).fillna(False)
    _note(out, unread.to_numpy(dtype=bool) & np.isnan(x), "its coordinates cannot be used")
    abroad = (named["status"] == "outside") & named["why"].str.startswith("the country column")
    use = has_coordinates(incidents) & ~abroad.to_numpy()
    if not use.any():
        return out, Degrees(x[:0], y[:0], gaz).mended()
    rows = np.flatnonzero(use)
    iraqi = _says_iraq(incidents["country"].iloc[rows], named.iloc[rows])
    degrees = Degrees(x[rows], y[rows], gaz)
    degrees.mend(iraqi)
    here = _Here(named.iloc[rows].reset_index(drop=True), degrees, gaz)
    placed = here.answer(incidents["geo_precision"].iloc[rows].reset_index(drop=True), iraqi)
    placed.index = out.index[rows]
    mended = degrees.mended()
    mended.index = incidents.index[rows[mended.index]]
    return overrule(out, pd.Series(use, index=out.index), placed.reindex(out.index)), mended


def has_coordinates(incidents: pd.DataFrame) -> _Flags:
    """Tell which rows have coordinates that can be used; 0, 0 is what programs write for none."""
    told = incidents["longitude"].notna() & incidents["latitude"].notna()
    nowhere = incidents["longitude"].eq(0) & incidents["latitude"].eq(0)
    return (told & ~nowhere.fillna(False)).to_numpy(dtype=bool)


class _Here:
    """The rows that have coordinates; what they tell, beside what their names tell."""

    def __init__(self, named: pd.DataFrame, degrees: Degrees, gaz: Gazetteer) -> None:
        self.named, self._gaz = named, gaz
        self.x, self.y, self.held = degrees.x, degrees.y, degrees.held
        self.notes = degrees.notes

    def answer(self, claimed: pd.Series, iraqi: _Flags) -> pd.DataFrame:
        """Return the answer of every row."""
        self._stretch_borders(iraqi)
        inside = self.held["adm1_pcode"].notna()
        precision, radius = self._precision(claimed)
        out = self._inside(precision, radius)
        self._contradictions(out)
        wide = precision.isin(("region", "country"))
        out = overrule(out, wide, self._wide(precision))
        outside = as_frame([_OUTSIDE]).take([0] * len(out)).reset_index(drop=True)
        outside["why"] += self.notes
        astray = ~inside & ~(wide & (self.named["status"] == "resolved"))
        return self._astray(overrule(out, astray, outside), astray)

    def _astray(self, out: pd.DataFrame, outside: pd.Series[bool]) -> pd.DataFrame:
        """Weigh coordinates outside Iraq against names in it, which they contradict.

        One name alone may be that of a place abroad. Two that agree, such as the place's and
        its governorate's, are not wrong by the same slip; a digit lost or added is a slip that
        moves a row to another country. Near its place a row may truly lie over the border.
        """
        named = self.named
        known = (named["status"] == "resolved") & named["adm1_pcode"].notna()
        rows = out.index[outside & known & ~named["precision"].isin(("region", "country"))]
        if rows.empty:
            return out
        apart = pd.Series(self._from_afar(rows.to_numpy()), index=rows)
        told = apart.map("{:,.0f} km away".format)
        out = out.copy()
        out.loc[rows, "contradiction_km"] = apart
        there = named.loc[rows, "place_name"] + " is in " + named.loc[rows, "adm1_pcode"] + ", "
        out.loc[rows, "why"] += ("; contradicts its names: " + there + told).astype("str")
        sure = rows[named.loc[rows, "confirmed"] & (apart > _APART_KM)]
        by_name = named.copy()
        by_name["score"] = CONTRADICTED_SCORE
        by_name["contradiction_km"] = out["contradiction_km"]
        words = f"; its coordinates {ASTRAY}, " + told[sure] + ": its names agree with each other"
        by_name.loc[sure, "why"] = (by_name.loc[sure, "why"] + words).astype("str")
        return overrule(out, out.index.to_series().isin(sure), by_name)

    def _from_afar(self, rows: npt.NDArray[np.int64]) -> _Floats:
        """Kilometres to the named place's point or area, however far they are, on the globe."""
        units = self._gaz.boundaries(1)
        shapes = dict(zip(units["pcode"], units.geometry, strict=True))
        areas = np.array([shapes.get(pcode) for pcode in self.named["adm1_pcode"].iloc[rows]])
        lines = shapely.shortest_line(shapely.points(self.x[rows], self.y[rows]), areas)
        ends = shapely.get_point(lines, 1)
        _, _, metres = _GEOD.inv(
            self.x[rows], self.y[rows], shapely.get_x(ends), shapely.get_y(ends)
        )
        distance = self._distance[rows]
        return np.where(np.isnan(distance), np.asarray(metres) / 1000, distance)

    def _stretch_borders(self, iraqi: _Flags) -> None:
        """Let a boundary give way by what it may be off, where the names say so.

        A row that its names put into a governorate stays in it when its
        coordinates lie just outside; a row that is said to be in Iraq goes to
        the nearest governorate when they lie just outside the country.
        """
        units = self._gaz.boundaries(1)
        slack = _APPROXIMATE_KM if self._gaz.library.approximate else _EXACT_KM
        shapes = shapely.transform(units.geometry.to_numpy(), _project)
        position = {pcode: at for at, pcode in enumerate(units["pcode"])}
        named = self.named["adm1_pcode"].map(position).to_numpy(dtype=float, na_value=np.nan)
        held = self.held["adm1_pcode"]
        differ = ~np.isnan(named) & (self.named["adm1_pcode"] != held).to_numpy()
        rows = np.flatnonzero(differ)
        if len(rows):
            unit = named[rows].astype(int)
            near = self._kilometres(rows, shapes[unit]) <= slack
            self._move(rows[near], units["pcode"].to_numpy()[unit[near]])
        rows = np.flatnonzero(self.held["adm1_pcode"].isna().to_numpy() & iraqi)
        if len(rows):
            points = self._points(rows)
            nearest = shapely.STRtree(shapes).nearest(points)
            near = self._kilometres(rows, shapes[nearest]) <= slack
            self._move(rows[near], units["pcode"].to_numpy()[nearest[near]])

    def _move(self, rows: npt.NDArray[np.int64], pcodes: npt.NDArray[np.object_]) -> None:
        self.held.loc[rows, "adm0_pcode"] = "IQ"
        self.held.loc[rows, "adm1_pcode"] = pcodes
        self.held.loc[rows, ["adm2_pcode", "adm3_pcode"]] = np.nan
        self.notes.iloc[rows] += "; just outside the boundary as drawn"

    def _precision(self, claimed: pd.Series) -> tuple[pd.Series, _Floats]:
        """How exact the coordinates are: as the source says, or as it writes and names them."""
        decimals = np.maximum(_decimals(self.x), _decimals(self.y))
        written = np.select([decimals == 0, decimals == 1], ["relative", "settlement"], "exact")
        resolved = (self.named["status"] == "resolved") & (self.named["method"] == "name")
        by_name = self.named["precision"].where(resolved)
        untold = by_name.where(by_name != "exact").fillna(pd.Series(written, index=claimed.index))
        coarse = (written == "relative") & untold.isin(POINT_PRECISIONS).to_numpy()
        precision = claimed.fillna(untold.mask(coarse, "relative"))
        radius = precision.map(_RADIUS_KM).to_numpy(dtype=float, na_value=np.nan)
        rounded = np.select([decimals == 0, decimals == 1], list(_ROUNDED_KM.values()), np.nan)
        return precision, np.fmax(
            radius, np.where(precision.isin(POINT_PRECISIONS), rounded, np.nan)
        )

    def _inside(self, precision: pd.Series, radius: _Floats) -> pd.DataFrame:
        """The answer where the coordinates lie in Iraq and are not those of a region."""
        named, out = self.named, self.named.copy()
        depth = precision.map(_DEPTH).fillna(3)
        agree = named["adm1_pcode"] == self.held["adm1_pcode"]
        for number, column in enumerate(_PCODES, start=1):
            by_name = named[column].where(agree)
            pcodes = self.held[column].fillna(by_name)
            out[column] = pcodes.where(depth >= number)
        points = precision.isin(POINT_PRECISIONS)
        by_name = (named["status"] == "resolved") & (named["method"] == "name")
        told = agree & by_name & points & ~(self._distance > _APART_KM)
        unit = self._finest_units(out)
        for column in unit.columns:
            out[column] = named[column].where(told, unit[column])
        out["status"], out["method"], out["score"] = "resolved", "coordinates", 1.0
        out["precision"], out["radius_km"] = precision, pd.array(radius, dtype="Float64")
        out["candidates"] = np.nan
        out["x"], out["y"] = np.where(points, self.x, np.nan), np.where(points, self.y, np.nan)
        exactly = pd.Series("the source's coordinates", index=out.index)
        area = "the area that holds the source's coordinates, which it knows no more exactly"
        out["why"] = exactly.where(points, area) + self.notes
        return typed(out)

    def _finest_units(self, out: pd.DataFrame) -> pd.DataFrame:
        """The finest known admin unit of each row, as its place."""
        finest = out["adm3_pcode"].fillna(out["adm2_pcode"]).fillna(out["adm1_pcode"])
        units = {pcode: self._known(pcode) for pcode in finest.dropna().unique()}
        fields = {
            "place_id": {pcode: unit.id for pcode, unit in units.items()},
            "place_name": {pcode: unit.name for pcode, unit in units.items()},
            "level": {pcode: str(unit.level) for pcode, unit in units.items()},
        }
        return pd.DataFrame({name: finest.map(values) for name, values in fields.items()})

    def _known(self, pcode: str) -> Place:
        """The unit of a p-code, or the next coarser one that the gazetteer knows."""
        from gazetteer import UnknownPlaceError

        try:
            return self._gaz.place(pcode)
        except UnknownPlaceError:
            return self._known(pcode[:-3])

    def _contradictions(self, out: pd.DataFrame) -> None:
        """Tell where the names of a row lie elsewhere than its coordinates."""
        named = self.named
        known = (named["status"] == "resolved") & ~named["precision"].isin(("region", "country"))
        distance = pd.Series(self._distance, index=out.index)
        other = named["adm1_pcode"].notna() & (named["adm1_pcode"] != out["adm1_pcode"])
        rows = out.index[known & (other | (distance > _APART_KM))]
        if rows.empty:
            return
        elsewhere = " is in " + named.loc[rows, "adm1_pcode"] + ", they in " + out["adm1_pcode"]
        apart = pd.Series(self._apart(rows), index=rows)
        words = elsewhere.where(other[rows], "") + apart.map(", {:.0f} km away".format)
        told = "; contradicts its names: " + named.loc[rows, "place_name"] + words
        out.loc[rows, "why"] = out.loc[rows, "why"] + told.astype("str")
        out.loc[rows, "score"] = CONTRADICTED_SCORE
        out.loc[rows, "contradiction_km"] = apart

    def _apart(self, rows: pd.Index) -> _Floats:
        """Kilometres to the named place's point or, where it is an area, to that area."""
        units = self._gaz.boundaries(1)
        shapes = dict(
            zip(units["pcode"], shapely.transform(units.geometry.to_numpy(), _project), strict=True)
        )
        at = rows.to_numpy()
        areas = np.array([shapes.get(pcode) for pcode in self.named["adm1_pcode"].iloc[at]])
        return np.where(
            np.isnan(self._distance[at]), self._kilometres(at, areas), self._distance[at]
        )

    def _wide(self, precision: pd.Series) -> pd.DataFrame:
        """Of a region or a country the coordinates tell nothing; the names may."""
        out = self.named.copy()
        resolved = (out["status"] == "resolved").to_numpy()
        out["precision"] = precision
        out["status"] = "resolved"
        out["method"] = out["method"].where(resolved, "coordinates")
        out["score"] = out["score"].where(resolved, 0.5)
        why = (
            "the source knows only a "
            + precision.fillna("")
            + ", whose coordinates are not the incident's"
        )
        out["why"] = why.where(~resolved, out["why"].fillna("") + "; " + why)
        out[["x", "y", "radius_km"]] = np.nan
        return out

    @cached_property
    def _distance(self) -> _Floats:
        """Kilometres between a row's coordinates and the point of its named place, where known."""
        x = self.named["x"].to_numpy(dtype=float, na_value=np.nan)
        y = self.named["y"].to_numpy(dtype=float, na_value=np.nan)
        distance = np.full(len(x), np.nan)
        known = np.flatnonzero(~np.isnan(x) & ~np.isnan(y))
        if len(known):
            _, _, metres = _GEOD.inv(self.x[known], self.y[known], x[known], y[known])
            distance[known] = np.asarray(metres) / 1000
        return distance

    def _points(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
        metres = np.column_stack(_METRES.transform(self.x[rows], self.y[rows]))
        return np.asarray(shapely.points(metres))

    def _kilometres(self, rows: npt.NDArray[np.int64], shapes: npt.NDArray[np.object_]) -> _Floats:
        with np.errstate(invalid="ignore"):  # the far side of the earth has no metres here
            return np.asarray(shapely.distance(self._points(rows), shapes)) / 1000


def _note(out: pd.DataFrame, rows: _Flags, words: str) -> None:
    if rows.any():
        out.loc[rows, "why"] = out.loc[rows, "why"].fillna("") + f"; {words}"


def _says_iraq(country: pd.Series, named: pd.DataFrame) -> _Flags:
    """Whether a row says by any name that it is in Iraq."""
    written = country.str.strip().str.lower().isin(("iraq", "irq", "iq", "العراق")).to_numpy()
    return written | (named["status"] == "resolved").to_numpy()


def _decimals(degrees: _Floats) -> npt.NDArray[np.int64]:
    """0, 1, or 2 for two and more decimals."""
    return np.select([degrees == np.round(degrees), degrees == np.round(degrees, 1)], [0, 1], 2)


def _project(coordinates: _Floats) -> _Floats:
    return np.column_stack(_METRES.transform(coordinates[:, 0], coordinates[:, 1]))
