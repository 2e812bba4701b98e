"""Counts by polygon."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import gazetteer
from mapper.counting import count
from mapper.errors import SchemaError
from mapper.locating import locate
from mapper.readers import read_table
from mapper.schema import AREAS, check

TABLE = """place,killed,wounded,geo_precision
Hilla,2,,settlement
Babil,,,adm1
Mosul,1,4,settlement
Babil,3,,adm1
Iraq,9,9,country
Gaza,7,,settlement
Anbar,,,adm1
"""


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.load()


@pytest.fixture(scope="module")
def areas(gaz: gazetteer.Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    path = tmp_path_factory.mktemp("count") / "table.csv"
    path.write_text(TABLE)
    return count(locate(read_table(path), gaz), gaz.boundaries(1))


def test_all_polygons_in_their_order(gaz: gazetteer.Gazetteer, areas: pd.DataFrame) -> None:
    check(areas, AREAS, "areas")
    assert areas["pcode"].tolist() == gaz.boundaries(1)["pcode"].tolist()
    assert areas.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    ("pcode", "incidents", "killed", "wounded"),
    [
        ("IQG07", 3, 5, None),  # known numbers are summed; nobody told of wounded
        ("IQG15", 1, 1, 4),
        ("IQG01", 1, None, None),  # an incident without numbers is not a zero
        ("IQG02", 0, 0, 0),  # nothing happened: zero
    ],
)
def test_counts(
    areas: pd.DataFrame, pcode: str, incidents: int, killed: int | None, wounded: int | None
) -> None:
    row = areas.set_index("pcode").loc[pcode, ["incidents", "killed", "wounded"]]
    assert [None if pd.isna(value) else value for value in row] == [incidents, killed, wounded]


def test_rates(areas: pd.DataFrame) -> None:
    babil = areas.set_index("pcode").loc["IQG07"]
    assert babil["incidents_per_100k"] == pytest.approx(3 / babil["population"] * 100_000)
    assert areas["incidents"].sum() == 5, "country and outside are counted in no governorate"


def test_wrong_polygons_are_named(gaz: gazetteer.Gazetteer, areas: pd.DataFrame) -> None:
    located = locate(read_empty(), gaz)
    with pytest.raises(SchemaError, match="'level' should be adm1, adm2 or adm3, not adm0"):
        count(located, gaz.boundaries(0))
    with pytest.raises(SchemaError, match="no column 'pcode'"):
        count(located, gaz.boundaries(1).drop(columns="pcode"))


def read_empty() -> pd.DataFrame:
    from mapper.schema import INCIDENTS, empty

    return empty(INCIDENTS)


def test_what_a_map_must_say_comes_along(gaz: gazetteer.Gazetteer, areas: pd.DataFrame) -> None:
    boundaries = gaz.boundaries(1)
    assert areas.attrs == boundaries.attrs
    assert areas.attrs["approximate"]
    assert areas["name_ar"].tolist() == boundaries["name_ar"].tolist()


def test_several_levels_at_once_are_each_counted_alone(
    gaz: gazetteer.Gazetteer, areas: pd.DataFrame, shared_data: Path, tmp_path: Path
) -> None:
    fine = gazetteer.load(shared_data / "cod-ab")
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    located = locate(read_table(path), fine)
    levels = [fine.boundaries(level) for level in (1, 2, 3)]
    together = count(located, pd.concat(levels, ignore_index=True))
    one_by_one = pd.concat([count(located, level) for level in levels], ignore_index=True)
    pd.testing.assert_frame_equal(pd.DataFrame(together), pd.DataFrame(one_by_one))
    sums = together.groupby("level")["incidents"].sum()
    assert sums["adm1"] == 5 and sums["adm2"] == 2, "three are known to the governorate only"
