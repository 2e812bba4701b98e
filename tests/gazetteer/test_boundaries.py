"""Admin polygons as frames, alike whoever published them; bad geometry is refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal

from gazetteer import boundaries
from gazetteer.errors import DataError, LevelError
from gazetteer.library import Library
from gazetteer.place import Level, Name, Place

COLUMNS = [
    "pcode",
    "name",
    "name_en",
    "name_ar",
    "name_ckb",
    "name_kmr",
    "parent",
    "level",
    "population",
    "geometry",
]
BABIL = Place(
    "IQG07",
    "Babil",
    Level.ADM1,
    (
        Name("Hilla Liwa", "en", until=1976),
        Name("لواء الحلة", "ar", until=1976),
        Name("بابل", "ar"),
        Name("بابیل", "ckb"),
    ),
    adm1="IQG07",
    population=2_482_324,
)


def square(x: float = 44, y: float = 32, side: float = 1) -> dict[str, Any]:
    return shapely.geometry.mapping(shapely.box(x, y, x + side, y + side))


def folder_with(
    folder: Path, *features: tuple[dict[str, Any], dict[str, Any] | None], level: int = 1
) -> Library:
    """Write COD-AB's file of a level and return its library."""
    content = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }
    path = folder / f"irq_admbnda_adm{level}.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    return Library.at(folder)


def unit(pcode: str | None = "IQG07", name: str = "Babil", arabic: str | None = "بابل") -> dict:
    return {"ADM1_PCODE": pcode, "ADM1_EN": name, "ADM1_AR": arabic, "ADM0_PCODE": "IQ"}


# --- frames ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "rows", "parent"), [(Level.ADM0, 1, None), (Level.ADM1, 18, "IQ")]
)
def test_core_frames(level: Level, rows: int, parent: str | None) -> None:
    frame = boundaries.frame(Library.core(), level=level, places={"IQG07": BABIL})
    assert list(frame) == COLUMNS
    assert len(frame) == rows
    assert frame.crs == "EPSG:4326"
    assert frame["pcode"].is_monotonic_increasing
    assert (frame["level"] == level).all()
    assert frame["parent"].isna().all() if parent is None else (frame["parent"] == parent).all()
    assert set(frame.geom_type) == {"Polygon"}


def test_names_and_people_come_from_the_places() -> None:
    frame = boundaries.frame(Library.core(), level=Level.ADM1, places={"IQG07": BABIL})
    row = frame.set_index("pcode").loc["IQG07"]
    assert row["name"] == row["name_en"] == "Babil"
    assert row["name_ar"] == "بابل"  # not the name given up in 1976
    assert row["name_ckb"] == "بابیل"
    assert pd.isna(row["name_kmr"])
    assert row["population"] == 2_482_324


def test_missing_is_not_zero() -> None:
    frame = boundaries.frame(Library.core(), level=Level.ADM1, places={})
    assert frame["population"].isna().all()
    assert frame["population"].dtype == "Int64"
    assert frame["name_ckb"].isna().all()
    assert frame["name"].notna().all()


def test_cod_ab_columns(tmp_path: Path) -> None:
    library = folder_with(tmp_path, (unit("IQG07"), square()), (unit("IQG01", "Anbar"), square(42)))
    frame = boundaries.frame(library, level=Level.ADM1, places={})
    assert frame["pcode"].to_list() == ["IQG01", "IQG07"]
    assert frame["name"].to_list() == ["Anbar", "Babil"]
    assert frame["name_ar"].to_list() == ["بابل", "بابل"]
    assert frame["parent"].to_list() == ["IQ", "IQ"]


PUBLISHED = [
    (1, {"adm1_pcode": "IQG07", "adm1_name": "Babil", "adm1_name1": "بابل"}, "IQG07"),
    (1, {"shapeName": "Babil Governorate", "shapeISO": "IQ-BB"}, "IQG07"),
    (1, {"shapeName": "Babil", "shapeISO": ""}, "IQG07"),
    (2, {"shapeName": "Chamchamal", "shapeISO": ""}, "IQG06Q02"),
    (1, {"GID_1": "IRQ.2_1", "NAME_1": "Al-Basrah"}, "IQG02"),
    (2, {"GID_2": "IRQ.15.2_1", "NAME_1": "As-Sulaymaniyah", "NAME_2": "Chamchamal"}, "IQG06Q02"),
]


@pytest.mark.parametrize(("level", "properties", "pcode"), PUBLISHED)
def test_columns_of_each_publisher(
    level: int, properties: dict[str, Any], pcode: str, tmp_path: Path
) -> None:
    library = folder_with(tmp_path, (properties, square()), level=level)
    frame = boundaries.read(library, Level.of(level))
    assert frame["pcode"].to_list() == [pcode]


def test_a_name_that_tells_no_unit_is_refused(tmp_path: Path) -> None:
    library = folder_with(tmp_path, ({"shapeName": "Freedonia", "shapeISO": ""}, square()))
    with pytest.raises(DataError, match=r"which adm1 is each.*Freedonia"):
        boundaries.read(library, Level.ADM1)


@pytest.mark.parametrize(("level", "rows"), [(0, 1), (1, 18), (2, 101), (3, 294)])
def test_the_real_files(level: int, rows: int, shared_data: Path) -> None:
    library = Library.at(shared_data / "cod-ab")
    frame = boundaries.frame(library, level=Level.of(level), places={})
    assert list(frame) == COLUMNS
    assert len(frame) == rows
    assert frame["name_ar"].notna().all()
    assert frame.is_valid.all()


def test_a_frame_is_the_callers_own() -> None:
    library = Library.core()
    first = boundaries.frame(library, level=Level.ADM1, places={})
    untouched = first.copy()
    first["pcode"] = "spoiled"
    first.loc[0, "geometry"] = shapely.Point(0, 0)
    assert_frame_equal(boundaries.frame(library, level=Level.ADM1, places={}), untouched)


def test_a_level_that_is_not_installed_is_refused() -> None:
    with pytest.raises(LevelError, match="no polygons of adm2"):
        boundaries.frame(Library.core(), level=Level.ADM2, places={})


def test_a_level_that_has_no_polygons_at_all_is_refused() -> None:
    with pytest.raises(LevelError, match="settlement"):
        boundaries.frame(Library.core(), level=Level.SETTLEMENT, places={})


# --- bad files ---------------------------------------------------------------

BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[44, 32], [45, 33], [45, 32], [44, 33], [44, 32]]],
}
LINE = {"type": "LineString", "coordinates": [[44, 32], [45, 33]]}
FLAT = {"type": "Polygon", "coordinates": [[[44, 32], [45, 33], [44, 32], [44, 32]]]}


def test_a_polygon_that_crosses_itself_is_repaired(tmp_path: Path) -> None:
    library = folder_with(tmp_path, (unit(), BOW_TIE))
    shape = boundaries.read(library, Level.ADM1).geometry[0]
    assert shape.is_valid
    assert shape.area == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([(unit(), None)], r"Babil \(IQG07\) has no polygon"),
        (
            [(unit(), square()), (unit("IQG08", "Baghdad"), LINE)],
            r"Baghdad \(IQG08\) is not a poly",
        ),
        ([(unit(), FLAT)], r"Babil \(IQG07\) is not a polygon"),
        ([(unit(), square(32, 44))], r"Babil \(IQG07\) .* swapped\?"),
        ([(unit(), square(544, 32))], r"Babil \(IQG07\) .* outside Iraq"),
        ([(unit(), square()), (unit(), square(42))], r"Babil \(IQG07\) occurs twice"),
        (
            [(unit(), square()), (unit(None), square(42))],
            r"Babil \(no p-code\): not a p-code of adm1",
        ),
        ([(unit("IQG07Q01"), square())], "not a p-code of adm1"),
        ([({"label": "Babil"}, square())], "no known publisher: label"),
        ([], "no polygon|no known publisher"),
    ],
)
def test_bad_features_are_refused_by_name(
    features: list[tuple[dict[str, Any], dict[str, Any] | None]], said: str, tmp_path: Path
) -> None:
    library = folder_with(tmp_path, *features)
    with pytest.raises(DataError, match=said):
        boundaries.read(library, Level.ADM1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\xff binary",
        b"<html>404</html>",
        b'{"type": "FeatureCollection"',
        b"[]",
        b"{}",
    ],
)
def test_files_that_are_not_polygons_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "irq_admbnda_adm1.geojson").write_bytes(content)
    with pytest.raises(DataError, match="adm1"):
        boundaries.read(Library.at(tmp_path), Level.ADM1)


# --- the smallest polygon of a place -----------------------------------------


def place(id: str, level: Level, **units: Any) -> Place:
    return Place(id, id, level, **units)


CORE_CASES = [
    (place("IQ", Level.ADM0), Level.ADM0),
    (BABIL, Level.ADM1),
    (place("IQG07Q02", Level.ADM2, adm1="IQG07", adm2="IQG07Q02"), Level.ADM1),
    (place("gn:1", Level.SETTLEMENT, adm1="IQG07", point=(44.42, 32.46)), Level.ADM1),
    (place("x:halabja-governorate", Level.ADM1, adm1="IQG06"), Level.ADM1),
    (place("x:taji-district", Level.ADM2, adm1="IQG08"), Level.ADM1),
    (place("x:northern-iraq", Level.REGION), None),
    (place("x:unknown-unit", Level.SETTLEMENT, adm1="IQG99"), None),
]


@pytest.mark.parametrize(("of", "level"), CORE_CASES, ids=[case[0].id for case in CORE_CASES])
def test_the_smallest_polygon_in_the_core_data(of: Place, level: Level | None) -> None:
    found = boundaries.smallest_polygon(Library.core(), of)
    assert (found[0] if found else None) == level


def test_halabja_borrows_sulaymaniyahs_polygon() -> None:
    library = Library.core()
    halabja = place("x:halabja-governorate", Level.ADM1, adm1="IQG06")
    borrowed = boundaries.smallest_polygon(library, halabja)
    lender = boundaries.smallest_polygon(library, place("IQG06", Level.ADM1, adm1="IQG06"))
    assert borrowed == lender


@pytest.mark.parametrize(
    ("of", "level", "pcode"),
    [
        (place("IQG07Q02", Level.ADM2, adm1="IQG07", adm2="IQG07Q02"), Level.ADM2, "IQG07Q02"),
        (place("IQG07", Level.ADM1, adm1="IQG07", point=(44.42, 32.46)), Level.ADM1, "IQG07"),
        (
            place("gn:1", Level.SETTLEMENT, adm1="IQG07", adm2="IQG07Q02", point=(44.9, 36.0)),
            Level.ADM2,
            "IQG07Q02",
        ),
    ],
    ids=["a district", "a governorate with a point", "a point that contradicts the p-codes"],
)
def test_p_codes_decide(of: Place, level: Level, pcode: str, shared_data: Path) -> None:
    library = Library.at(shared_data / "cod-ab")
    polygons = boundaries.read(library, level).set_index("pcode").geometry
    assert boundaries.smallest_polygon(library, of) == (level, polygons[pcode])


@pytest.mark.parametrize("district", [None, "x:hilla-district"])
def test_the_point_decides_where_p_codes_end(district: str | None, shared_data: Path) -> None:
    library = Library.at(shared_data / "cod-ab")
    hilla = place("gn:1", Level.SETTLEMENT, adm1="IQG07", adm2=district, point=(44.42, 32.46))
    found = boundaries.smallest_polygon(library, hilla)
    assert found is not None
    assert found[0] is Level.ADM3
    assert found[1].intersects(shapely.Point(44.42, 32.46))
