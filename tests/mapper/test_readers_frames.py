"""Mapping formats, Parquet, JSON rows, and packed files to INCIDENTS."""

from __future__ import annotations

import builtins
import gzip
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from mapper.errors import ReadError
from mapper.pipeline import read
from mapper.readers import read_table
from mapper.readers.shapefiles import shapes_in_zip
from mapper.schema import INCIDENTS, check

ROWS = pd.DataFrame(
    {
        "place": ["Mosul", None, "Hit"],
        "date": ["2024-01-05", "2024-01-06", None],
        "killed": [3, None, 0],
        "x": [330000.0, 1.0, 2.0],
        "y": [4020000.0, 1.0, 2.0],
    }
)
POINTS = [shapely.Point(43.13, 36.34), shapely.Point(44.37, 33.32), None]
CSV = "place,killed\nMosul,3\nHit,\n"


def features(crs: int = 4326) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(ROWS, geometry=POINTS, crs=4326).to_crs(crs)


def write(frame: gpd.GeoDataFrame, path: Path) -> Path:
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path, engine="pyogrio")
    return path


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.shp", "a.fgb", "a.parquet"])
@pytest.mark.parametrize("crs", [4326, 32638])
def test_mapping_formats(tmp_path: Path, name: str, crs: int) -> None:
    frame = features(crs)
    if name == "a.fgb":
        frame = frame.iloc[:2]  # its index of places leaves out what has none
    found = read_table(write(frame, tmp_path / name))
    check(found, INCIDENTS, "incidents")
    found = found.sort_values("longitude").reset_index(drop=True)  # some formats sort
    assert found["longitude"].round(4).tolist()[:2] == [43.13, 44.37]
    assert found["latitude"].round(4).tolist()[:2] == [36.34, 33.32]
    assert found["place"].fillna("").tolist() == ["Mosul", "", "Hit"][: len(found)]
    assert found["killed"].fillna(-1).tolist() == [3, -1, 0][: len(found)]
    assert found["date"].dt.day.fillna(0).tolist() == [5, 6, 0][: len(found)]


def geojson(crs: str, *, is_last: bool = False) -> str:
    point = {"type": "Feature", "properties": {"place": "Mosul"}}
    point["geometry"] = {"type": "Point", "coordinates": [43.13, 36.34]}
    members = {"type": "FeatureCollection", "features": [point]}
    named = {"crs": {"type": "name", "properties": {"name": crs}}}
    return json.dumps(members | named if is_last else named | members)


@pytest.mark.parametrize("is_last", [False, True])
@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:EPSG::999999", "our grid"])
def test_a_system_that_nobody_knows_is_refused(tmp_path: Path, crs: str, is_last: bool) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(geojson(crs, is_last=is_last))
    with pytest.raises(ReadError, match=f"{re.escape(crs)}.*no known system: save as EPSG:4326"):
        read_table(path)


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "CRS84", "EPSG:4326"])
def test_degrees_under_any_name(tmp_path: Path, crs: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(geojson(crs))
    assert read_table(path)["longitude"].tolist() == [43.13]


def test_kml(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><ExtendedData>'
        '<Data name="place"><value>Mosul</value></Data></ExtendedData>'
        "<Point><coordinates>43.13,36.34,0</coordinates></Point></Placemark></Document></kml>"
    )
    found = read_table(path)
    assert found[["longitude", "latitude"]].to_numpy().tolist() == [[43.13, 36.34]]
    assert found["place"].tolist() == ["Mosul"]


def test_a_zipped_shapefile(tmp_path: Path) -> None:
    write(features(), tmp_path / "a.shp")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in tmp_path.glob("a.[sdpc]*"):
            archive.write(part, part.name)
    assert read_table(tmp_path / "a.zip")["longitude"].round(2).tolist()[:2] == [43.13, 44.37]


def test_a_shapefile_without_its_other_files_is_refused(tmp_path: Path) -> None:
    write(features(), tmp_path / "a.shp")
    for part in ("a.shx", "a.dbf", "a.prj", "a.cpg"):
        (tmp_path / part).unlink(missing_ok=True)
    with pytest.raises(ReadError, match=r"a\.shp: damaged"):
        read_table(tmp_path / "a.shp")


def test_areas_are_placed_by_their_columns_or_rejected(tmp_path: Path) -> None:
    shapes = [shapely.box(43, 36, 44, 37), shapely.LineString([(43, 33), (44, 34)])]
    frame = gpd.GeoDataFrame({"place": ["Mosul", None], "n": [1, 2]}, geometry=shapes, crs=4326)
    found = read_table(write(frame, tmp_path / "a.geojson"))
    assert found["longitude"].isna().all()
    assert found["rejected"].fillna("").tolist() == [
        "",
        "a LineString, not a point, and no column names a place",
    ]
    assert any("2 not points" in line for line in found.attrs["said"])


def test_a_coordinate_system_that_is_not_named_is_refused(tmp_path: Path) -> None:
    write(features(32638), tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    with pytest.raises(ReadError, match="save as EPSG:4326"):
        read_table(tmp_path / "a.shp")


@pytest.mark.parametrize(
    "content",
    [
        '[{"place": "Mosul", "killed": 3}, {"place": "Hit"}]',
        '{"place": "Mosul", "killed": 3}\n\n{"place": "Hit"}\n',
        '{"meta": 1, "rows": [{"place": "Mosul", "killed": 3}, {"place": "Hit"}]}',
    ],
)
def test_json_rows(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    found = read_table(path)
    assert found["place"].tolist() == ["Mosul", "Hit"]
    assert found["killed"].tolist() == [3, pd.NA]


def test_a_broken_line_of_json_is_rejected_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"place": "Mosul"}\n{"place": \n[1]\n{"place": "Hit"}\n')
    found = read_table(path)
    assert found["rejected"].fillna("").tolist() == [
        "", "not valid JSON", "not a row of names and values", "",
    ]  # fmt: skip
    assert found["source_row"].tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize("content", ['{"a": [', "[" * 100_000, "[]", "{}", '["a"]', "null", "3"])
def test_broken_json_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(ReadError):
        read_table(path)


def test_parquet_and_what_is_said_without_its_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ROWS.assign(date=pd.to_datetime(ROWS["date"])).to_parquet(tmp_path / "a.parquet")
    found = read_table(tmp_path / "a.parquet")
    assert found["date"].dt.day.fillna(0).tolist() == [5, 6, 0]
    assert found["killed_original"].fillna(-1).tolist() == [3, -1, 0]
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ReadError, match=r"pip install .*\[parquet\]"):
        read_table(tmp_path / "a.parquet")


def test_gzip_and_zip(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("deep/a.csv", CSV)
        archive.writestr("__MACOSX/._a.csv", "x")
    for name in ("a.csv.gz", "a.zip"):
        assert read_table(tmp_path / name)["place"].tolist() == ["Mosul", "Hit"]


def test_of_several_files_in_a_zip_one_is_chosen(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", CSV)
        archive.writestr("b.csv", CSV.replace("Hit", "Rutba"))
    with pytest.raises(ReadError, match=r"holds 2 files \(a.csv, b.csv\): choose one"):
        read_table(tmp_path / "a.zip")
    assert read_table(tmp_path / "a.zip", sheet="b.csv")["place"].tolist() == ["Mosul", "Rutba"]
    with pytest.raises(ReadError, match=r"no file 'c\.csv'"):
        read_table(tmp_path / "a.zip", sheet="c.csv")


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(CSV.encode(), mtime=0)[:-9],
        b"\x1f\x8b\x08" + b"x" * 99,
        b"PK\x03\x04" + b"x" * 99,
    ],
)
def test_damaged_packed_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(content)
    with pytest.raises(ReadError, match="damaged"):
        read_table(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapper.readers.files._MOST_BYTES", 1_000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a" * 10_000))
    with pytest.raises(ReadError, match="larger than"):
        read_table(tmp_path / "a.csv.gz")


def test_patterns(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "c.tsv"):
        (tmp_path / name).write_text(CSV)
    assert read(tmp_path / "*.csv")["source_file"].tolist() == ["a.csv"] * 2 + ["b.csv"] * 2
    with pytest.raises(ReadError, match="no file is called so"):
        read(tmp_path / "*.xlsx")
    (tmp_path / "odd[1].csv").write_text(CSV)
    assert len(read(tmp_path / "odd[1].csv")) == 2


def test_our_own_geojson_comes_back_without_points_that_we_gave(tmp_path: Path) -> None:
    import gazetteer
    from mapper.export import write_incidents
    from mapper.locating import locate

    (tmp_path / "a.csv").write_text(CSV)
    located = locate(read(tmp_path / "a.csv"), gazetteer.load())
    write_incidents(located, tmp_path / "l.geojson")
    again = read(tmp_path / "l.geojson")
    assert again["longitude"].isna().all(), "a town's centre is not where it happened"
    assert json.loads((tmp_path / "l.geojson").read_text())["features"][0]["geometry"]


def test_awkward_files(shared_data: Path) -> None:
    for path in (shared_data / "fixtures").rglob("*"):
        if path.is_file():
            try:
                check(read_table(path), INCIDENTS, "incidents")
            except ReadError as error:
                assert str(error).startswith(str(path)) and "\n" not in str(error)


def test_every_folder_of_a_kml_is_read(tmp_path: Path) -> None:
    mark = "<Placemark><name>{}</name><Point><coordinates>{},0</coordinates></Point></Placemark>"
    folders = [
        mark.format("a", "43.13,36.34"),
        f"<Folder>{mark.format('b', '42.82,33.64')}</Folder>",
    ]
    body = "".join(f"<Folder>{folder}</Folder>" for folder in folders)
    path = tmp_path / "a.kml"
    path.write_text(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'
    )
    assert sorted(read_table(path)["longitude"]) == [42.82, 43.13]


def test_a_shape_that_is_damaged_is_rejected_and_one_of_one_point_is_a_point(
    tmp_path: Path,
) -> None:
    shapes = [
        {"type": "Polygon", "coordinates": [[[43, 36], [44, 36], [44, 37]]]},
        {"type": "MultiPoint", "coordinates": [[43.1, 36.3]]},
        None,
    ]
    features = [{"type": "Feature", "properties": {"n": 1, "m": 2}, "geometry": s} for s in shapes]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = read_table(path)
    assert found["rejected"].fillna("").str.contains("damaged Polygon").tolist() == [
        True,
        False,
        False,
    ]
    assert found["longitude"].tolist() == [pd.NA, 43.1, pd.NA]


def test_half_characters_and_lists_in_json(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"place": "Mosul", "note": "\\ud800"}\n{"place": "Hit"}\n')
    assert read_table(tmp_path / "a.jsonl")["place"].tolist() == ["Mosul", "Hit"]
    (tmp_path / "b.json").write_text('[["place", "killed"], ["Mosul", 3]]')
    assert read_table(tmp_path / "b.json")["killed"].tolist() == [3]


def test_the_ids_are_of_the_column_that_tells_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("incident_id,incident_id_original,place,date\nx1,old9,Mosul,2024-01-05\n")
    frame = read_table(path)
    assert frame[frame.attrs["id_column"]].tolist() == ["x1"]


def test_shapefiles_of_two_folders_keep_all_their_parts(tmp_path: Path) -> None:
    write(features(), tmp_path / "a.shp")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in tmp_path.glob("a.*"):
            archive.write(part, f"one/X{part.suffix}")
            if part.suffix in (".shp", ".shx", ".dbf"):
                archive.write(part, f"two/{'x' if part.suffix == '.dbf' else 'X'}{part.suffix}")
    with zipfile.ZipFile(io.BytesIO(shapes_in_zip(packed.getvalue()))) as flat:
        names = set(flat.namelist())
    assert {"one_X.prj", "one_X.shp", "two_X.shp", "two_X.dbf"} <= names


ENCODED = {
    "utf-8": (["الحلة", "الموصل"], "UTF-8"),
    "cp1256": (["الحلة", "الموصل"], "Windows-1256 (guessed)"),
    "cp1252": (["Hillé", "Mossoul café"], "Windows-1252 (guessed)"),
    "ascii": (["Hilla", "Mosul"], None),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("encoding", ENCODED)
def test_a_shapefile_that_does_not_tell_its_encoding(
    tmp_path: Path, encoding: str, *, packed: bool
) -> None:
    places, told = ENCODED[encoding]
    points = gpd.points_from_xy([44.4, 43.1], [32.5, 36.3])
    frame = gpd.GeoDataFrame({"place": places, "note": ["a", None]}, geometry=points, crs=4326)
    frame.to_file(tmp_path / "a.shp", encoding=encoding)
    (tmp_path / "a.cpg").unlink(missing_ok=True)
    path = tmp_path / "a.shp"
    if packed:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for part in tmp_path.glob("a.[!z]*"):
                archive.write(part, part.name)
    found = read_table(path)
    assert found["place"].tolist() == places
    assert found["note"].fillna("").tolist() == ["a", ""]
    said = [line for line in found.attrs["said"] if "no .cpg file" in line]
    assert [told in line for line in said] == ([True] if told else [])
    assert found["longitude"].tolist() == [44.4, 43.1]


def test_a_shapefile_that_tells_its_encoding_is_believed(tmp_path: Path) -> None:
    points = gpd.points_from_xy([44.4], [32.5])
    frame = gpd.GeoDataFrame({"موقع": ["الحلة"]}, geometry=points, crs=4326)
    frame.to_file(tmp_path / "a.shp", encoding="utf-8")
    found = read_table(tmp_path / "a.shp")
    assert found["place"].tolist() == ["الحلة"]
    assert not any(".cpg" in line for line in found.attrs["said"])
    (tmp_path / "a.cpg").unlink()
    assert read_table(tmp_path / "a.shp")["place"].tolist() == ["الحلة"]


def test_names_moments_and_spans_of_a_kml(tmp_path: Path) -> None:
    point = "<Point><coordinates>43.1,36.3</coordinates></Point>"
    mark = f"<Placemark><name>{{}}</name>{{}}{point}</Placemark>"
    moment = "<TimeStamp><when>2024-01-05</when></TimeStamp>"
    span = "<TimeSpan><begin>2024-02-01</begin><end>2024-02-03</end></TimeSpan>"
    data = '<ExtendedData><Data name="Headline"><value>Told</value></Data></ExtendedData>'
    for name, more, titles in (("a", "", ["Bomb", "Clash"]), ("b", data, ["Told", "Told"])):
        marks = mark.format("Bomb", moment + more) + mark.format("Clash", span + more)
        path = tmp_path / f"{name}.kml"
        path.write_text(
            f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'
        )
        frame = read_table(path)
        assert frame["date"].dt.strftime("%m-%d").tolist() == ["01-05", "02-01"]
        assert frame["date_end"].dt.strftime("%m-%d").tolist() == ["01-05", "02-03"]
        assert frame["title"].tolist() == titles
