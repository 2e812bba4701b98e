"""Files of polygons of any publisher, format and coordinate system; odd ones are refused."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

import gazetteer
from gazetteer import archives
from gazetteer.errors import DataError, GazetteerError
from gazetteer.polygon_files import read_polygons

BABIL, BASRA = shapely.box(44.0, 32.0, 45.0, 33.0), shapely.box(47.0, 30.0, 48.0, 31.0)
CHAMCHAMAL = shapely.box(44.6, 35.3, 45.0, 35.7)


def frame(
    *rows: tuple[dict[str, Any], shapely.Geometry], crs: int | None = 4326
) -> gpd.GeoDataFrame:
    values, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame(list(values), geometry=list(shapes), crs=crs)


def written(folder: Path, polygons: gpd.GeoDataFrame, name: str = "areas.geojson") -> Path:
    polygons.to_file(folder / name)
    return folder / name


def zipped(folder: Path, stem: str, suffix: str = "") -> Path:
    """Zip the files of one stem, as publishers do, in a folder within the zip."""
    path = folder / f"{stem}{suffix}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.glob(f"{stem}.*")):
            if file != path:
                archive.write(file, f"inner/{file.name}")
    return path


LAYOUTS = {
    "COD-AB 2014, as a shapefile cuts it": (
        1,
        {"admin1Pcod": "IQG07", "admin1Name": "Babil", "admin1AltN": "بابل"},
    ),
    "COD-AB 2014": (1, {"admin1Pcode": "IQG07", "admin1Name": "Babil", "admin1AltN": "بابل"}),
    "COD-AB 2019": (1, {"ADM1_PCODE": "IQG07", "ADM1_EN": "Babil", "ADM1_AR": "بابل"}),
    "COD-AB 2025": (1, {"adm1_pcode": "IQG07", "adm1_name": "Babil", "adm1_name1": "بابل"}),
    "COD-AB 2025, Arabic first": (
        1,
        {"adm1_pcode": "IQG07", "adm1_name": "بابل", "adm1_name1": "Babil", "lang": "ar"},
    ),
    "geoBoundaries with codes": (
        1,
        {
            "shapeName": "Babylon Governorate",
            "shapeISO": "IQ-BB",
            "shapeGroup": "IRQ",
            "shapeType": "ADM1",
        },
    ),
    "geoBoundaries": (
        2,
        {"shapeName": "Chamchamal", "shapeISO": "", "shapeGroup": "IRQ", "shapeType": "ADM2"},
    ),
    "GADM 3.6": (
        1,
        {
            "GID_0": "IRQ",
            "NAME_0": "Iraq",
            "GID_1": "IRQ.3_1",
            "NAME_1": "Babil",
            "VARNAME_1": "Babylon",
            "NL_NAME_1": "بابل",
        },
    ),
    "GADM 4.1": (
        2,
        {
            "GID_2": "IRQ.17.2_1",
            "GID_0": "IRQ",
            "COUNTRY": "Iraq",
            "GID_1": "IRQ.17_1",
            "NAME_1": "As-Sulaymaniyah",
            "NAME_2": "Chamchamal",
            "VARNAME_2": "NA",
            "NL_NAME_2": "NA",
        },
    ),
    "GADM 4.1, its own spelling": (
        1,
        {"GID_1": "IRQ.3_1", "GID_0": "IRQ", "COUNTRY": "Iraq", "NAME_1": "Al-Muthannia"},
    ),
    "GADM 4.1, words in one": (
        1,
        {
            "GID_1": "IRQ.16_1",
            "GID_0": "IRQ",
            "COUNTRY": "Iraq",
            "NAME_1": "SaladAd-Din",
            "VARNAME_1": "Salahal-Din|Salah Al Deen",
            "NL_NAME_1": "NA",
        },
    ),
}
PCODES = {1: "IQG07", 2: "IQG06Q02"}


@pytest.mark.parametrize("publisher", LAYOUTS)
def test_columns_of_each_publisher(publisher: str, tmp_path: Path) -> None:
    level, values = LAYOUTS[publisher]
    path = written(tmp_path, frame((values, BABIL if level == 1 else CHAMCHAMAL)))
    read = read_polygons(path)
    (units,) = read.levels.values()
    assert list(read.levels) == [f"adm{level}"]
    expected = {"one": "IQG16", "spelling": "IQG03"}.get(publisher.split()[-1], PCODES[level])
    assert units["pcode"].to_list() == [expected]
    assert list(units) == ["pcode", "name", "name_ar", "geometry"]
    if "بابل" in values.values():
        assert units["name"].to_list() == ["Babil"]
        assert units["name_ar"].to_list() == ["بابل"]


MAPPINGS = [
    ({"CODE": "IQG07Q02", "LABEL": "Hilla"}, {"pcode": "CODE", "name": "LABEL"}),
    ({"CODE": "IQG07Q02"}, {"pcode": "CODE"}),
    ({"LABEL": "Hilla"}, {"name": "LABEL", "level": "2"}),
    (
        {"LABEL": "الحلة", "GOV": "Babil"},
        {"arabic": "LABEL", "name": "LABEL", "level": "adm2", "parent": "GOV"},
    ),
]


@pytest.mark.parametrize(("values", "mapping"), MAPPINGS)
def test_columns_that_the_user_maps(
    values: dict[str, str], mapping: dict[str, str], tmp_path: Path
) -> None:
    path = written(tmp_path, frame((values, BABIL)))
    gaz = gazetteer.load(path, columns=mapping)
    assert gaz.boundaries(2)["pcode"].to_list() == ["IQG07Q02"]
    assert gaz.containing(44.5, 32.5)["adm2_pcode"].to_list() == ["IQG07Q02"]
    assert not gaz.library.approximate


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({}, r"no known publisher: .*CODE.*Say which are which"),
        ({"pcode": "WRONG"}, "no column 'WRONG': it has CODE, LABEL"),
        ({"name": "LABEL"}, "of which level"),
        ({"label": "LABEL"}, "no 'label': there are pcode"),
        ({"level": "2"}, "which column has the p-codes"),
        ({"name": "LABEL", "level": "village"}, "village"),
    ],
)
def test_a_mapping_that_does_not_fit_says_what_would(
    mapping: dict[str, str], said: str, tmp_path: Path
) -> None:
    path = written(tmp_path, frame(({"CODE": "IQG07Q02", "LABEL": "Hilla"}, BABIL)))
    with pytest.raises(GazetteerError, match=said):
        gazetteer.load(path, columns=mapping)


COD = {"ADM1_PCODE": "IQG07", "ADM1_EN": "Babil", "ADM1_AR": "بابل"}


@pytest.mark.parametrize("name", ["areas.geojson", "areas.gpkg", "areas.shp"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "zipped"])
@pytest.mark.parametrize("crs", [4326, 32638, 3857])
def test_formats_and_coordinate_systems(name: str, packed: bool, crs: int, tmp_path: Path) -> None:
    path = written(tmp_path, frame((COD, BABIL)).to_crs(crs), name)
    read = read_polygons(zipped(tmp_path, "areas") if packed else path)
    units = read.levels[next(iter(read.levels))]
    assert units.crs.equals("EPSG:4326")
    assert units["name_ar"].to_list() == ["بابل"]
    assert units.geometry[0].symmetric_difference(BABIL).area < 1e-4


def test_a_file_without_a_coordinate_system_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, frame((COD, BABIL)), "areas.shp")
    path.with_suffix(".prj").unlink()
    with pytest.raises(DataError, match=r"areas\.shp: does not say its coordinate system"):
        read_polygons(path)


def test_all_levels_of_one_file_are_read(tmp_path: Path) -> None:
    path = tmp_path / "gadm41_IRQ.gpkg"
    for level, (values, shape) in {
        1: (LAYOUTS["GADM 3.6"][1], BABIL),
        2: (LAYOUTS["GADM 4.1"][1], CHAMCHAMAL),
    }.items():
        frame((values, shape)).to_file(path, layer=f"ADM_ADM_{level}")
    gaz = gazetteer.load(path)
    assert gaz.library.levels == ("adm1", "adm2")
    assert gaz.library.credits[0].what == "GADM"


def test_hdxs_zip_of_several_files(tmp_path: Path) -> None:
    for level in (1, 2):
        codes = {f"adm{n}_pcode": "IQG07Q02"[: 2 + 3 * n] for n in range(level + 1)}
        values = {f"adm{level}_name": "Somewhere", **codes, "valid_on": "2024-05-06"}
        for end in ("", "_em"):
            written(tmp_path, frame((values, BABIL)), f"irq_admin{level}{end}.geojson")
    written(tmp_path, frame(({"adm1_pcode": "IQG07"}, BABIL.centroid)), "irq_adminpoints.geojson")
    archive = tmp_path / "sent" / "irq_admin_boundaries.geojson.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w") as opened:
        for file in sorted(tmp_path.glob("*.geojson")):
            opened.write(file, file.name)
    read = read_polygons(archive)
    assert list(read.levels) == ["adm1", "adm2"]
    assert (read.what, read.date) == ("OCHA COD-AB boundaries", "2024-05-06")


def test_two_files_of_one_level_are_refused(tmp_path: Path) -> None:
    written(tmp_path, frame((COD, BABIL)), "one.geojson")
    written(tmp_path, frame((COD, BABIL)), "two.geojson")
    with pytest.raises(DataError, match=r"one\.geojson and two\.geojson are both of adm1"):
        read_polygons(tmp_path)


# --- units -------------------------------------------------------------------------


def gb(name: str, group: str = "IRQ") -> dict[str, str]:
    return {"shapeName": name, "shapeISO": "", "shapeGroup": group, "shapeType": "ADM1"}


def test_units_of_other_countries_are_left_out_and_said(tmp_path: Path) -> None:
    damascus = shapely.box(36, 33, 37, 34)
    path = written(tmp_path, frame((gb("Babil"), BABIL), (gb("Damascus", "SYR"), damascus)))
    gaz = gazetteer.load(path)
    assert gaz.boundaries(1)["pcode"].to_list() == ["IQG07"]
    assert any("1 features are of other countries" in remark for remark in gaz.library.remarks)


def test_names_that_tell_no_unit_are_left_out_and_said(tmp_path: Path) -> None:
    rows = [(gb("Babil"), BABIL), (gb("Basra"), BASRA), (gb("Freedonia"), CHAMCHAMAL)]
    read = read_polygons(written(tmp_path, frame(*rows)))
    assert read.levels[next(iter(read.levels))]["pcode"].to_list() == ["IQG02", "IQG07"]
    assert any("1 of 3 left out: Freedonia" in remark for remark in read.remarks)


def test_a_newer_unit_is_joined_to_the_one_it_was_part_of(tmp_path: Path) -> None:
    halabja = shapely.box(45.8, 35.1, 46.2, 35.4)
    sulaymaniyah = shapely.box(45.0, 35.1, 45.8, 36.0)
    rows = [(gb("Halabja"), halabja), (gb("Sulaymaniyah"), sulaymaniyah)]
    read = read_polygons(written(tmp_path, frame(*rows)))
    (units,) = read.levels.values()
    assert units["pcode"].to_list() == ["IQG06"]
    assert units.geometry[0].intersects(shapely.Point(46, 35.2))
    assert any("Halabja is newer than the p-codes: joined to IQG06" in r for r in read.remarks)


def test_a_name_of_two_districts_is_told_by_where_it_lies(tmp_path: Path) -> None:
    """There is a Shirqat of Salah al-Din, and names that several governorates have."""
    gaz = gazetteer.load()
    shared = [
        p for p in gaz.places() if p.level == "adm2" and gaz.resolve(p.name, level=2).candidates
    ]
    for place in shared[:3]:
        within = gaz.resolve(place.name, level=2, within=place.adm1).place
        if within is None or not place.id.startswith("IQ"):
            continue
        polygon = gaz.place(str(place.adm1)).polygon
        assert polygon is not None
        inner = polygon.representative_point().buffer(0.01)
        values = {"shapeName": place.name, "shapeGroup": "IRQ", "shapeType": "ADM2"}
        read = read_polygons(written(tmp_path, frame((values, inner)), f"{place.id}.geojson"))
        (units,) = read.levels.values()
        assert units["pcode"].to_list() == [place.id]


def test_a_missing_or_unknown_unit_is_said(tmp_path: Path) -> None:
    rows = [({"ADM1_PCODE": code}, shape) for code, shape in (("IQG07", BABIL), ("IQG77", BASRA))]
    first, second = read_polygons(written(tmp_path, frame(*rows))).remarks[:2]
    assert first == "areas.geojson: units not in the list of p-codes: IQG77"
    assert second.startswith("areas.geojson: 17 of 18 units are missing: IQG01; IQG02;")
    rows = [({"ADM3_PCODE": "IQG07Q01N01"}, BABIL), ({"ADM3_PCODE": "IQG07Q77N01"}, BASRA)]
    first, second = read_polygons(written(tmp_path, frame(*rows))).remarks
    assert first.endswith("districts of subdistricts not in the list of p-codes: IQG07Q77")
    assert "100 of 101 districts of subdistricts are missing: IQG01Q01;" in second


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (shapely.box(44.5, 32.0, 45.5, 33.0), "overlap, by 50% of the smaller"),
        (shapely.box(44.2, 32.2, 44.4, 32.4), "overlap, by 100% of the smaller"),
        (BABIL, "overlap, by 100% of the smaller"),
        (shapely.box(45.0, 32.0, 46.0, 33.0), None),  # beside it
        (shapely.box(44.999, 32.0, 46.0, 33.0), None),  # a sliver
    ],
)
def test_units_that_overlap_are_said(
    other: shapely.Polygon, said: str | None, tmp_path: Path
) -> None:
    rows = [({"ADM1_PCODE": code}, shape) for code, shape in (("IQG07", BABIL), ("IQG02", other))]
    overlaps = [r for r in read_polygons(written(tmp_path, frame(*rows))).remarks if "overlap" in r]
    assert len(overlaps) == (said is not None)
    assert not said or (said in overlaps[0] and "IQG02 and IQG07" in overlaps[0])


def test_the_real_files_need_no_remark(shared_data: Path) -> None:
    for level in (1, 2, 3):
        path = shared_data / "cod-ab" / f"irq_admbnda_adm{level}.geojson"
        assert read_polygons(path).remarks == ()


def test_a_coordinate_that_is_no_number_is_refused_with_its_feature(tmp_path: Path) -> None:
    path = written(tmp_path, frame(({"ADM1_PCODE": "IQG07", "ADM1_EN": "Babil"}, BABIL)))
    path.write_text(path.read_text().replace("44.0, 33.0", "NaN, 33.0"), encoding="utf-8")
    with pytest.raises(DataError, match=r"Babil \(IQG07\) has a coordinate that is no number"):
        read_polygons(path)


@pytest.mark.parametrize(
    "ring", ["[[44, 32], [NaN, 32], [45, 33], [44, 33]]", "[[44, 32], [45, 32]]"]
)
def test_a_ring_that_is_none_is_refused_with_its_feature(ring: str, tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    shape = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    feature = '{"type": "Feature", "properties": {"ADM1_PCODE": "IQG07", "ADM1_EN": "Babil"}, '
    path.write_text(
        f'{{"type": "FeatureCollection", "features": [{feature}"geometry": {shape}}}]}}',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"Babil \(IQG07\) has"):
        read_polygons(path)


def test_a_baghdad_that_is_its_city_only_is_said(tmp_path: Path) -> None:
    city = shapely.box(44.25, 33.2, 44.55, 33.45)
    read = read_polygons(written(tmp_path, frame((gb("Baghdad"), city), (gb("Babil"), BABIL))))
    assert [r for r in read.remarks if r.startswith("Baghdad is drawn with")]
    assert not [r for r in read.remarks if r.startswith("Babil")]


# --- hostile and awkward files -------------------------------------------------------


def test_a_zip_that_would_fill_the_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("adm1.geojson", b" " * 10_000_000)
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000_000)
    with pytest.raises(DataError, match="unpacks to more than"):
        read_polygons(path)


def test_names_in_a_zip_do_not_lead_out_of_it(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    content = written(tmp_path, frame((COD, BABIL))).read_bytes()
    path = inner / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        absolute = str(tmp_path / "evil-absolute.geojson")
        for name in ("../../evil.geojson", absolute, "..\\evil.geojson"):
            archive.writestr(name, content)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(DataError, match="both of adm1"):
        read_polygons(path)
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("content", [b"PK\x03\x04 damaged", b"", b"<html>", b"\x00" * 64])
@pytest.mark.parametrize("name", ["x.zip", "x.geojson", "x.gpkg", "x.shp", "x.csv"])
def test_what_is_no_file_of_polygons_is_refused(content: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=r"x\."):
        read_polygons(tmp_path / name)


def test_awkward_geojson_is_read_or_refused_and_never_breaks(shared_data: Path) -> None:
    files = sorted((shared_data / "fixtures").rglob("*.geojson"))
    assert len(files) > 40
    for file in files:
        for mapping in (None, {"name": "name", "level": "1"}):
            try:
                read_polygons(file, mapping=mapping)
            except GazetteerError as error:
                assert str(error)


def test_the_real_files_in_another_format_and_system(tmp_path: Path, shared_data: Path) -> None:
    """COD-AB's districts, as a zipped shapefile in UTM without p-codes, are told by their names."""
    official = gpd.read_file(shared_data / "cod-ab" / "irq_admbnda_adm2.geojson")
    named = official.rename(columns={"ADM2_EN": "label", "ADM1_EN": "gov"})[
        ["label", "gov", "geometry"]
    ].to_crs(32638)
    written(tmp_path, named, "areas.shp")
    mapping = {"name": "label", "parent": "gov", "level": "2"}
    read = read_polygons(zipped(tmp_path, "areas"), mapping=mapping)
    (units,) = read.levels.values()
    by_name = official.set_index("ADM2_PCODE")["ADM2_EN"]
    assert len(units) >= 99, read.remarks
    assert units["name"].to_list() == by_name.reindex(units["pcode"]).to_list()
