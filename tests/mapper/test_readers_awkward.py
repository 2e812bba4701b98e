"""Tables as colleagues send them: read rightly, or refused in one line that says why."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import gazetteer
import mapper
from mapper.errors import ReadError
from mapper.readers import holds_table, read_table

HEADER = "Date,Location,Killed\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def said(frame: pd.DataFrame) -> str:
    return "\n".join(frame.attrs["said"])


@pytest.mark.parametrize("mark", ["|", "\t", ";", ","])
def test_a_table_under_the_name_of_a_text(tmp_path: Path, mark: str) -> None:
    lines = HEADER + "2024-01-05,Mosul,3\n2024-01-06,Hit,1\n"
    frame = mapper.read(write(tmp_path, "export.txt", lines.replace(",", mark)))
    assert frame["place"].tolist() == ["Mosul", "Hit"]


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    prose = (
        "A bomb exploded in the area, killed three people, and wounded five.\n\n"
        "The date, the place and the number of killed, officials said, were not clear.\n"
        "It was the second attack in Mosul this week.\n"
    )
    frame = mapper.read(write(tmp_path, "news.txt", prose), published="2024-01-05")
    assert "an article" in said(frame)
    headed = "Date, place, killed\n" + "Police told of an attack in Mosul.\n" * 4
    assert not holds_table(headed.encode())  # as of standard input, which has no name


@pytest.mark.parametrize(
    "content",
    [
        {"date": ["2024-01-05", "2024-01-06"], "place": ["Mosul", "Hit"], "killed": [3, 1]},
        {"date": {"0": "2024-01-05", "1": "2024-01-06"}, "place": {"0": "Mosul", "1": "Hit"},
         "killed": {"0": 3, "1": 1}},
        {"status": 200, "messages": [], "data": [
            {"date": "2024-01-05", "place": "Mosul", "killed": 3},
            {"date": "2024-01-06", "place": "Hit", "killed": 1}]},
    ],
)  # fmt: skip
def test_json_by_columns_or_in_an_answer(tmp_path: Path, content: dict[str, Any]) -> None:
    frame = read_table(write(tmp_path, "table.json", json.dumps(content)))
    assert frame["place"].tolist() == ["Mosul", "Hit"]
    assert frame["killed"].tolist() == [3, 1] and frame["date"].notna().all()


def test_one_record_of_json_is_one_row(tmp_path: Path) -> None:
    record = {"place": "Mosul", "killed": 3, "sources": ["a", "b"]}
    frame = read_table(write(tmp_path, "table.json", json.dumps(record)))
    assert frame["place"].tolist() == ["Mosul"]


def test_a_line_under_the_header_is_no_incident(tmp_path: Path) -> None:
    table = "| Date | Location | Killed |\n|:---|------|----:|\n| 2024-01-05 | Mosul | 3 |\n"
    frame = read_table(write(tmp_path, "table.csv", table))
    assert frame["rejected"].isna().tolist() == [False, True]
    assert frame["place"].tolist()[1] == "Mosul" and frame["killed"].tolist()[1] == 3


def test_a_feature_without_anything_is_not_rejected(tmp_path: Path) -> None:
    feature = {"type": "Feature", "properties": {"place": None}, "geometry": None}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    frame = read_table(write(tmp_path, "table.geojson", content))
    assert frame["rejected"].isna().all()


def test_marks_of_direction_and_apostrophes_before_numbers(tmp_path: Path) -> None:
    table = (
        "\u200fالتاريخ\u200f,\u202bالموقع\u202c,القتلى\n"
        "\u200f25/01/2024,الموصل,\u200f3\n26/01/2024,هيت,'4\n"
    )
    frame = read_table(write(tmp_path, "table.csv", table))
    assert frame["killed"].tolist() == [3, 4] and frame["date"].notna().all()


def test_files_of_two_encodings_put_together(tmp_path: Path) -> None:
    rows = f"{HEADER}2024-01-05,الموصل,3\n".encode() + "2024-01-06,هيت,1\n".encode("cp1256")
    frame = read_table(write(tmp_path, "table.csv", rows))
    assert frame["place"].tolist() == ["الموصل", "هيت"]
    assert "Windows-1256 (guessed), 1 lines of it UTF-8" in said(frame)


def test_empty_columns_at_the_end_are_no_other_table(tmp_path: Path) -> None:
    frame = read_table(
        write(tmp_path, "table.csv", "Date,Location,Killed,,,\n2024-01-05,Hit,3,,,\n")
    )
    assert "another table" not in said(frame)


def test_many_columns_of_one_name(tmp_path: Path) -> None:
    # More combinations of empty and filled than a number can tell apart.
    width = 100
    filled = [",".join("x" if at == place else "" for at in range(width)) for place in (99, 98)]
    table = "Location" + ",Notes" * width + "".join(f"\nHit,{row}" for row in filled * 2)
    frame = read_table(write(tmp_path, "table.csv", table.replace("x", "told")))
    assert len(frame) == 4 and frame["place"].tolist() == ["Hit"] * 4


@pytest.fixture
def shapes(tmp_path: Path) -> dict[str, bytes]:
    """The parts of a Shapefile."""
    frame = gpd.GeoDataFrame(
        {"date": ["2024-01-05", "2024-01-06"], "place": ["Mosul", "Hit"]},
        geometry=gpd.points_from_xy([43.13, 42.83], [36.34, 33.64]),
        crs=4326,
    )
    folder = tmp_path / "shapes"
    folder.mkdir()
    frame.to_file(folder / "inc.shp")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def packed(folder: Path, parts: dict[str, bytes], name: str = "packed.zip") -> Path:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for inner, data in parts.items():
            archive.writestr(inner, data)
    return write(folder, name, held.getvalue())


@pytest.mark.parametrize("folder", ["", "data/", "data/of the desk/"])
def test_a_zipped_shapefile_in_a_folder(
    tmp_path: Path, shapes: dict[str, bytes], folder: str
) -> None:
    parts = {folder + name: data for name, data in shapes.items()}
    path = packed(tmp_path, parts | {"__MACOSX/data/._inc.shp": b"x", "read me.txt": b"hello"})
    frame = read_table(path)
    assert frame["place"].tolist() == ["Mosul", "Hit"]
    assert frame["longitude"].round(2).tolist() == [43.13, 42.83]


def test_an_incomplete_shapefile_is_refused(tmp_path: Path, shapes: dict[str, bytes]) -> None:
    path = packed(tmp_path, {"inc.shp": shapes["inc.shp"], "inc.dbf": shapes["inc.dbf"]})
    with pytest.raises(ReadError, match=r"a Shapefile without inc\.shx: pack all"):
        read_table(path)


def test_kmz(tmp_path: Path) -> None:
    kml = (
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
        "<name>Mosul</name><Point><coordinates>43.13,36.34,220</coordinates></Point>"
        "</Placemark></Document></kml>"
    )
    path = packed(tmp_path, {"doc.kml": kml.encode(), "files/pin.png": b"\x89PNG"}, "map.kmz")
    assert mapper.read(path)["latitude"].tolist() == [36.34]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("wide.csv", "a," * 20_000, "a header of more than 16,384 cells"),
        ("page.csv", "%PDF-1.4\n1 0 obj\n", "a PDF under another name"),
        ("old.xls", "<?xml version='1.0'?>\n<Workbook><Table><Row/></Table></Workbook>", "XML"),
        ("rich.csv", "{\\rtf1 Mosul}\n", "rich text under another name"),
        ("empty.kml", "<kml xmlns='http://www.opengis.net/kml/2.2'><Document/></kml>",
         "it holds no rows"),
        ("typeless.json", '{"coordinates": [43.1, 36.3]}', "holds no rows"),
        ("empty.zip", b"PK\x05\x06" + b"\0" * 18, "it holds no file"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, name: str, content: str | bytes, words: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(ReadError) as refused:
        mapper.read(path)
    assert words in str(refused.value) and "\n" not in str(refused.value)
    assert str(refused.value).startswith(str(path))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"0" * 1_000)
    # The size that the list of contents tells is what is looked at.
    data = held.getvalue()
    told = (1_000).to_bytes(4, "little")
    at = data.rindex(told, 0, data.rindex(b"bomb.csv"))
    data = data[:at] + (2_500_000_000).to_bytes(4, "little") + data[at + 4 :]
    with pytest.raises(ReadError, match="larger than 2 GB"):
        read_table(write(tmp_path, "bomb.zip", data))


def test_a_row_of_a_million_cells_costs_itself_only(tmp_path: Path) -> None:
    frame = read_table(
        write(tmp_path, "table.csv", HEADER + "2024-01-05,Hit,3\n" + "a," * 1_000_000)
    )
    assert frame["rejected"].isna().tolist() == [True, False]


def test_years_of_two_digits_in_a_column_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("year,month,day,place\n24,3,1,Mosul\n2024,3,20,Mosul\n99,3,2,Mosul\n", "utf-8")
    frame = read_table(path)
    days = [f"{day:%Y-%m-%d}" for day in frame["date"]]
    assert days == ["2024-03-01", "2024-03-20", "1999-03-02"]
    assert not any("day first" in line for line in frame.attrs["said"])


def test_a_last_day_that_is_not_used_is_told(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("date,end date,place\n2024-01-05,2024-01-02,Mosul\n", "utf-8")
    frame = read_table(path)
    assert frame["date_end"][0] == frame["date"][0]
    assert frame["notes"][0] == "last day not used: 2024-01-02"
    assert any("1 last day could not be read or came before" in x for x in frame.attrs["said"])


def test_two_positions_of_a_row_that_differ_are_told(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    square = "38SMB4123486543"
    path.write_text(
        f"report,mgrs,latitude,longitude\n1,{square},36.34,43.13\n2,{square},33.316,44.368\n"
        f"3,{square},44.368,33.316\n4,{square},,\n5,38S MB 4 8,33.36,44.45\n6,,33.3,44.4\n",
        "utf-8",
    )
    frame = read_table(path)
    assert frame["notes"].notna().tolist() == [True] + [False] * 5
    assert frame["notes"][0] == "'mgrs' tells a position 355 km away, not used"
    assert any("1 row has another position in 'mgrs'" in line for line in frame.attrs["said"])


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, place in (("a", "Hilla"), ("b", "Kut")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.csv").write_text(f"place,date\n{place},2024-01-01\n")
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for folder in ("a", "b"):
            archive.write(tmp_path / folder / "x.csv", f"{folder}/x.csv")
    files = [tmp_path / folder / "x.csv" for folder in ("a", "b")]
    (tmp_path / "both.zip").rename(tmp_path.parent / "both.zip")
    for inputs, names in (
        (tmp_path.parent / "both.zip", ["both.zip/a/x.csv", "both.zip/b/x.csv"]),
        (tmp_path, ["a/x.csv", "b/x.csv"]),
        (files, ["x.csv", "b/x.csv"]),
    ):
        frame = mapper.read(inputs)
        assert frame["source_file"].tolist() == names
        assert frame["source"].tolist() == names
        assert frame["incident_id"].tolist() == [f"{name}:2" for name in names]
        assert [
            f"{name}: place from 'place', date from 'date'" in frame.attrs["said"] for name in names
        ]


def test_tables_packed_twice_and_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = gzip.compress(b"place,date\nHilla,2024-01-01\n")
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("a.csv.gz", table)
    assert mapper.read(tmp_path / "one.zip")["place"].tolist() == ["Hilla"]
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv.gz", table)
        archive.writestr("b.csv", "place\nKut\n")
    assert mapper.read(tmp_path / "two.zip")["place"].tolist() == ["Hilla", "Kut"]
    data = (tmp_path / "two.zip").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert mapper.read("-")["place"].tolist() == ["Hilla", "Kut"]


def test_one_column_is_not_said_to_be_cut(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("place\nHilla\n")
    assert mapper.read(tmp_path / "a.csv").attrs["said"][0] == "a.csv: UTF-8 text, one column"


def test_files_of_one_name_keep_theirs_apart_wherever_they_lie(tmp_path: Path) -> None:
    for n, place in enumerate(("Hilla", "Kut", "Hit")):
        folder = tmp_path / "xyz"[n] / "data"
        folder.mkdir(parents=True)
        table = f"place,date\n{place},2024-01-01\n".encode()
        write(folder, "k.csv", table)
        packed(tmp_path, {"a.csv": table, "b.csv": table}, f"z{n}.zip")
    files = [tmp_path / part / "data" / "k.csv" for part in "xyz"]
    inputs: list[tuple[list[Path], list[str]]] = [
        (files, ["k.csv", "data/k.csv", "z/data/k.csv"]),
        ([file.parent for file in files], ["k.csv", "data/k.csv", "z/data/k.csv"]),
        (
            [tmp_path / "z0.zip", tmp_path / "z1.zip"],
            ["a.csv", "b.csv", "z1.zip/a.csv", "z1.zip/b.csv"],
        ),
    ]
    for paths, names in inputs:
        frame = mapper.read(paths)
        assert frame["source_file"].tolist() == frame["source"].tolist() == names
        assert frame["incident_id"].tolist() == [f"{name}:2" for name in names]


ARTICLES = "\n".join(
    json.dumps({"text": f"A bomb killed {n} people in {town} on Monday.", "date": "2024-01-09"})
    for n, town in ((4, "Mosul"), (6, "Tikrit"))
).encode()
TABLE = json.dumps([{"place": "Kut", "date": "2024-01-08"}]).encode()


@pytest.mark.parametrize(
    ("parts", "files", "places"),
    [
        ({"a.jsonl": ARTICLES}, ["p.zip/a.jsonl"] * 2, ["Mosul", "Tikrit"]),
        (
            {"a.jsonl": ARTICLES, "b.txt": b"A bomb killed two people in Kut."},
            ["p.zip/a.jsonl"] * 2 + ["p.zip/b.txt"],
            ["Mosul", "Tikrit", "Kut"],
        ),
        ({"a.jsonl": ARTICLES, "b.json": TABLE}, ["a.jsonl"] * 2 + ["b.json"],
         ["Mosul", "Tikrit", "Kut"]),
        ({"a.jsonl": ARTICLES, "b.csv": b"place\nKut\n"}, ["a.jsonl"] * 2 + ["b.csv"],
         ["Mosul", "Tikrit", "Kut"]),
        ({"b.json": TABLE}, ["p.zip"], ["Kut"]),
    ],
)  # fmt: skip
def test_json_in_a_zip_is_read_as_what_it_holds(
    tmp_path: Path, parts: dict[str, bytes], files: list[str], places: list[str]
) -> None:
    frame = mapper.read(packed(tmp_path, parts, "p.zip"))
    assert frame["place"].tolist() == places and frame["source_file"].tolist() == files
    assert not frame.attrs["left_out"]


@pytest.mark.parametrize(("data", "places"), [(ARTICLES, ["Mosul", "Tikrit"]), (TABLE, ["Kut"])])
def test_json_in_a_gzip_file_is_read_as_what_it_holds(
    tmp_path: Path, data: bytes, places: list[str]
) -> None:
    frame = mapper.read(write(tmp_path, "news.json.gz", gzip.compress(data)))
    assert frame["place"].tolist() == places


@pytest.mark.parametrize(
    "last", ["2024-01-05,Mos\0ul", "2024-01-05,Mos\0ul,3\n", "2024-01-05,Mosu\0l,3"]
)
def test_a_stray_nul_in_a_short_table_costs_its_letter_only(tmp_path: Path, last: str) -> None:
    (tmp_path / "t.csv").write_text(f"date,place,killed\n{last}", encoding="utf-8")
    frame = read_table(tmp_path / "t.csv")
    assert frame["place"].tolist() == [last.split(",")[1].replace("\0", "\ufffd")]
    assert frame["date"].notna().all()


def test_hidden_files_of_a_zip_are_named_and_paths_up_are_read(tmp_path: Path) -> None:
    table = b"Place,Date\nMosul,2024-01-01\n"
    names = ("a.csv", "x/../b.csv", ".hidden.csv", "__MACOSX/._a.csv", ".DS_Store", "c.jpg")
    frame = mapper.read(packed(tmp_path, dict.fromkeys(names, table), "all.zip"))
    assert len(frame) == 2
    assert "2 tables read; no tables, and left out: c.jpg, .hidden.csv" in said(frame)
    assert "MACOSX" not in said(frame) and "DS_Store" not in said(frame)


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.xls"])
def test_text_named_as_a_workbook_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Weekly report")
    with pytest.raises(ReadError, match="no workbook, in spite of its name"):
        read_table(tmp_path / name)
    (tmp_path / name).write_text("Place,Date\nMosul,2024-01-01\n")
    assert read_table(tmp_path / name)["place"].tolist() == ["Mosul"]


def test_what_is_wrong_with_coordinates_is_counted_by_kind(tmp_path: Path) -> None:
    rows = "Xyzzy,95,44\nXyzzy,abc,44\nMosul,33.3,\nMosul,36.3,43.1\n"
    frame = read_table(write(tmp_path, "a.csv", f"place,lat,lon\n{rows}"))
    assert "1 row: coordinates not used: 95, 44 are out of range" in said(frame)
    assert "2 rows, such as: coordinates not used: abc, 44 are no position" in said(frame)
    why = mapper.locate(frame, gazetteer.load("core"))["why"]
    assert why.str.contains("its coordinates cannot be used").tolist() == [True] * 3 + [False]
