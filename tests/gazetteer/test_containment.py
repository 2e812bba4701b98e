"""Points to p-codes: the same answer as geopandas' ``sjoin``, however many at a time."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import containment
from gazetteer.boundaries import read
from gazetteer.containment import containing
from gazetteer.library import Library
from gazetteer.place import Level

CORE = Library.core()
GOVERNORATES = read(CORE, Level.ADM1)

longitudes = st.floats(38.0, 50.0) | st.sampled_from([np.nan, np.inf, -np.inf, 0.0, 500.0])
latitudes = st.floats(28.0, 38.5) | st.sampled_from([np.nan, 0.0, -90.0])


def by_sjoin(polygons: gpd.GeoDataFrame, x: np.ndarray, y: np.ndarray) -> list[str]:
    """Return the first p-code of the polygons that intersect each point, slowly."""
    usable = np.isfinite(x) & np.isfinite(y)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x[usable], y[usable]), crs=4326)
    points.index = np.flatnonzero(usable)
    joined = points.sjoin(polygons[["pcode", "geometry"]], predicate="intersects")
    first = joined["pcode"].groupby(level=0).min()
    return first.reindex(range(len(x))).fillna("").to_list()


def found(library: Library, level: Level, x: np.ndarray, y: np.ndarray) -> list[str]:
    return containing(library, x, y)[f"{level}_pcode"].fillna("").to_list()


# --- awkward points ----------------------------------------------------------

CASES = [
    ("Baghdad", 44.40, 33.34, "IQG08"),
    ("Hilla", 44.42, 32.46, "IQG07"),
    ("Rutba, in the desert", 40.29, 33.04, "IQG01"),
    ("Damascus", 36.3, 33.5, None),
    ("the Gulf", 49.5, 29.0, None),
    ("swapped", 33.34, 44.40, None),
    ("longitude missing", np.nan, 33.34, None),
    ("latitude missing", 44.40, np.nan, None),
    ("infinite", np.inf, 33.34, None),
]


@pytest.mark.parametrize(("what", "x", "y", "pcode"), CASES, ids=[case[0] for case in CASES])
def test_a_point_is_in_its_governorate(what: str, x: float, y: float, pcode: str | None) -> None:
    row = containing(CORE, x, y)
    assert len(row) == 1
    assert row["adm1_pcode"].fillna("").to_list() == [pcode or ""]
    assert row["adm0_pcode"].fillna("").to_list() == ["IQ" if pcode else ""]
    assert row[["adm2_pcode", "adm3_pcode"]].isna().all(axis=None)


def test_no_points_give_no_rows_and_all_columns() -> None:
    empty = containing(CORE, [], [])
    assert empty.empty
    assert list(empty) == ["adm0_pcode", "adm1_pcode", "adm2_pcode", "adm3_pcode"]


def test_series_keep_their_order_and_the_rows_are_numbered() -> None:
    frame = pd.DataFrame({"x": [44.4, 10.0, 44.42], "y": [33.34, 10.0, 32.46]}, index=[7, 3, 5])
    answer = containing(CORE, frame["x"], frame["y"])
    assert list(answer.index) == [0, 1, 2]
    assert answer["adm1_pcode"].fillna("").to_list() == ["IQG08", "", "IQG07"]


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        containing(CORE, [44.0, 45.0, 46.0], [33.0, 34.0])
    for longitude, latitude in (([44.0, 45.0], [33.0]), ([44.0], [33.0, 34.0]), (44.0, [33.0])):
        with pytest.raises(ValueError, match="one length"):
            containing(CORE, longitude, latitude)


def test_tables_of_points_are_refused() -> None:
    with pytest.raises(ValueError, match="flat"):
        containing(CORE, [[44.0, 45.0]], [[33.0, 34.0]])


# --- against sjoin -----------------------------------------------------------


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(longitudes, latitudes), min_size=1, max_size=30))
def test_few_points_are_as_sjoin_has_them(points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).T
    assert found(CORE, Level.ADM1, x, y) == by_sjoin(GOVERNORATES, x, y)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_points_on_and_beside_boundaries_are_as_sjoin_has_them(seed: int) -> None:
    random = np.random.default_rng(seed)
    vertices = shapely.get_coordinates(GOVERNORATES.geometry.to_numpy())
    picked = vertices[random.integers(0, len(vertices), 50)]
    between = (picked + np.roll(picked, 1, axis=0)) / 2
    x, y = np.concatenate([picked, between, np.nextafter(picked, random.uniform(20, 60))]).T
    library = Library.core()
    by_one = found(library, Level.ADM1, x, y)
    assert by_one == by_sjoin(GOVERNORATES, x, y)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(containment, "_FEW", 0)
        assert found(library, Level.ADM1, x, y) == by_one


def rectangles() -> st.SearchStrategy[list[tuple[float, float, float, float]]]:
    """Return boxes that may overlap, touch, nest, or be slivers."""
    side = st.sampled_from([1e-7, 0.001, 0.25, 1.0, 3.0])
    return st.lists(
        st.tuples(st.integers(40, 46), st.integers(30, 35), side, side), min_size=1, max_size=8
    )


class Boxes(Library):
    """A library with made-up polygons."""

    def __init__(self, boxes: list[tuple[float, float, float, float]]) -> None:
        super().__init__(Path("made-up"))
        self.has = (Level.ADM1,)
        shapes = [shapely.box(x, y, x + dx, y + dy) for x, y, dx, dy in boxes]
        pcodes = [f"IQG{n:02}" for n in range(len(shapes))]
        columns = {"pcode": pcodes, "name": pcodes, "name_ar": pcodes}
        frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)
        self.keep(("polygons", Level.ADM1), lambda: frame)

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.has


@settings(deadline=None, max_examples=60)
@given(rectangles(), st.integers(0, 2**32 - 1))
def test_the_grid_is_as_sjoin_has_it_for_any_polygons(
    boxes: list[tuple[float, float, float, float]], seed: int
) -> None:
    library = Boxes(boxes)
    random = np.random.default_rng(seed)
    corners = shapely.get_coordinates(read(library, Level.ADM1).geometry.to_numpy())
    near = corners[random.integers(0, len(corners), 100)] + random.normal(0, 1e-6, (100, 2))
    anywhere = random.uniform((39, 29), (50, 39), (300, 2))
    x, y = np.concatenate([corners, near, anywhere]).T
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(containment, "_FEW", 0)
        answer = found(library, Level.ADM1, x, y)
    assert answer == by_sjoin(read(library, Level.ADM1), x, y)


def test_many_points_are_as_sjoin_has_them_down_to_subdistricts(shared_data: Path) -> None:
    library = Library.at(shared_data / "cod-ab")
    polygons = read(library, Level.ADM3)
    random = np.random.default_rng(7)
    west, south, east, north = polygons.total_bounds
    x, y = random.uniform(west, east, 40_000), random.uniform(south, north, 40_000)
    vertices = shapely.get_coordinates(polygons.geometry.to_numpy())
    on = vertices[random.integers(0, len(vertices), 5_000)]
    x, y = np.append(x, on[:, 0]), np.append(y, on[:, 1])
    assert found(library, Level.ADM3, x, y) == by_sjoin(polygons, x, y)


def test_coarser_codes_are_the_parents(shared_data: Path) -> None:
    library = Library.at(shared_data / "cod-ab")
    random = np.random.default_rng(8)
    rows = containing(library, random.uniform(42, 46, 2_000), random.uniform(31, 36, 2_000))
    rows = rows[rows["adm3_pcode"].notna()]
    assert len(rows) > 1_000
    for finer, coarser in (("adm3", "adm2"), ("adm2", "adm1"), ("adm1", "adm0")):
        assert (rows[f"{finer}_pcode"].str[:-3] == rows[f"{coarser}_pcode"]).all()


def test_a_coarser_level_decides_where_no_finer_polygon_is() -> None:
    """A country whose one governorate covers half of it."""
    library = Boxes([(44, 33, 1, 1)])
    country = read(library, Level.ADM1).assign(pcode="IQ", geometry=[shapely.box(43, 32, 46, 35)])
    library.keep(("polygons", Level.ADM0), lambda: country)
    library.has = (Level.ADM0, Level.ADM1)
    rows = containing(library, [44.5, 43.5, 10.0], [33.5, 32.5, 10.0])
    assert rows["adm0_pcode"].fillna("").to_list() == ["IQ", "IQ", ""]
    assert rows["adm1_pcode"].fillna("").to_list() == ["IQG00", "", ""]
