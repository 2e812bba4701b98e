"""The compiled places: complete, consistent, and where the polygons say they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import yaml

import gazetteer
from gazetteer import DataError, Gazetteer, Level
from gazetteer.build import places as build

NAMES = files("gazetteer") / "names"


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return gazetteer.load()


def test_all_units_of_the_p_code_list_are_there(gaz: Gazetteer) -> None:
    listed = [place for place in gaz.places() if place.id.startswith("IQ")]
    assert [sum(p.level is level for p in listed) for level in list(Level)[:3]] == [1, 18, 101]


def test_population_is_the_census(gaz: Gazetteer) -> None:
    governorates = [p for p in gaz.places() if p.level is Level.ADM1]
    assert sum(p.population or 0 for p in governorates) == 46_118_793
    assert gaz.place("IQ").population == 46_118_793


def test_governorates_have_names_in_four_languages(gaz: Gazetteer) -> None:
    for place in gaz.places():
        if place.level is Level.ADM1:
            assert {name.language for name in place.names} == {"en", "ar", "ckb", "kmr"}, place


def test_points_have_a_radius_and_lie_in_iraq(gaz: Gazetteer) -> None:
    for place in gaz.places():
        if place.level in (Level.SETTLEMENT, Level.SITE):
            assert place.point is not None, place
            assert place.radius_km, place
            assert place.adm1, place
        if place.point is not None:
            assert 38.7 < place.point[0] < 48.9, place
            assert 29.0 < place.point[1] < 37.5, place


def test_units_are_nested_and_known(gaz: Gazetteer) -> None:
    for place in gaz.places():
        units = [unit for unit in (place.adm1, place.adm2, place.adm3) if unit]
        assert all(inner.startswith(outer) for outer, inner in pairwise(units)), place
        for unit in units[:2]:
            gaz.place(unit)


def test_no_airport_codes_and_no_transliterations(gaz: Gazetteer) -> None:
    texts = {name.text for place in gaz.places() for name in place.names}
    assert not texts & {"BGW", "EBL", "abw ghryb", "albsrt", "bghdad", "mosuli", "Viloati Arbil"}


def test_the_town_lists_mistakes_are_not_taken_over(gaz: Gazetteer) -> None:
    karbala = {name.text for name in gaz.place("gn:94824").names}
    assert "Nainawa" not in karbala
    with pytest.raises(gazetteer.UnknownPlaceError):
        gaz.place("gn:10303650")


def test_every_twin_and_wrong_alias_is_in_the_list() -> None:
    review = yaml.safe_load((NAMES / "not_places.yml").read_text(encoding="utf-8"))
    records = json.loads((files("gazetteer") / "data" / "places.json").read_bytes())["places"]
    known = {record["id"] for record in records}
    assert set(review["same_place"].values()) <= known
    assert not set(review["same_place"]) & known


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Return a function that reads one reviewed file, given as text."""

    def read(text: str) -> Any:
        (tmp_path / "some.yml").write_text(text, encoding="utf-8")
        return [build._record_of_entry(entry) for entry in build._reviewed(tmp_path)]

    return read


def test_an_entry_is_read_with_its_units_and_former_names(compiled: Callable[[str], Any]) -> None:
    [record] = compiled(
        "- {id: 'x:a', name: A, level: site, in: IQG08Q02, point: [44, 33], radius_km: 2,"
        " names: {en: [A, B], ar: [ا]}, weak: [B], former: {B: 2003}, sources: [GeoNames, OCHA]}"
    )
    assert (record["adm1"], record["adm2"]) == ("IQG08", "IQG08Q02")
    assert record["names"] == [
        ["A", "en", False, None],
        ["B", "en", True, 2003],
        ["ا", "ar", False, None],
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: 'x:a', name: A}", "level, names, sources missing"),
        ("- {id: 'x:a', name: A, level: site, names: {en: [A]}, sources: [a]}", "radius_km, in"),
        ("- {id: 'x:a', name: A, level: region, names: {en: [A]}, sources: [a], colour: red}", "colour"),  # noqa: E501
        ("- {id: 'x:a', name: A, level: region, names: {fr: [A]}, sources: [a]}", "fr"),
        ("- {id: 'x:a', name: A, level: region, names: {en: [A]}, weak: [B], sources: [a]}", "weak"),  # noqa: E501
        ("- {id: 'x:a', name: A, level: county, names: {en: [A]}, sources: [a]}", "county"),
    ],
)  # fmt: skip
def test_an_incomplete_entry_is_refused(
    compiled: Callable[[str], Any], text: str, message: str
) -> None:
    with pytest.raises((DataError, gazetteer.LevelError), match=message):
        compiled(text)


def test_points_lie_where_their_p_codes_say(gaz: Gazetteer, shared_data: Path) -> None:
    frame = gpd.read_file(shared_data / "cod-ab" / "irq_admbnda_adm1.geojson").to_crs(32638)
    shapes = dict(zip(frame["ADM1_PCODE"], frame.geometry, strict=True))
    placed = [place for place in gaz.places() if place.point is not None and place.adm1]
    points = gpd.GeoSeries.from_xy(
        *zip(*(place.point for place in placed), strict=True), crs=4326
    ).to_crs(32638)
    # Boundaries are disputed and points are rounded; farther off than this is a mistake.
    astray = [
        (str(place), place.adm1, round(shapes[place.adm1].distance(point) / 1000))
        for place, point in zip(placed, points, strict=True)
        if shapes[place.adm1].distance(point) > 5_000
    ]
    assert len(astray) <= len(placed) * 0.005, astray
