"""Frames to files and back."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import gazetteer
from mapper.counting import count
from mapper.errors import OutputError
from mapper.export import write_areas, write_incidents
from mapper.locating import locate
from mapper.readers import read_table
from mapper.reading import read
from mapper.schema import INCIDENTS, LOCATED, empty

# No \r: spreadsheet programs and csv readers disagree on it. No lone surrogates: not text.
text = st.none() | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=9
).map(str.strip).filter(
    lambda value: value.lower() not in {"", "-", "--", "?", "na", "nan", "n/a", ".."}
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "place": text, "notes": text, "quote": text, "actor1": text, "title": text,
            "date": st.none() | st.dates(min_value=pd.Timestamp("1950-01-01").date(),
                                         max_value=pd.Timestamp("2100-01-01").date()).map(pd.Timestamp),
            "killed": st.none() | st.integers(0, 5000),
            "quote_start": st.none() | st.integers(0, 10**6),
            "geo_precision": st.none() | st.sampled_from(["adm1", "settlement"]),
            "event_type": st.none() | st.sampled_from(["Battles", "Riots"]),
            "longitude": st.none() | st.floats(38, 48), "latitude": st.none() | st.floats(29, 37),
        }
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def frame_of(rows_: list[dict[str, object]]) -> pd.DataFrame:
    frame = empty(INCIDENTS, len(rows_))
    for number, row in enumerate(rows_):
        if row["longitude"] is None or row["latitude"] is None:
            row = {**row, "longitude": None, "latitude": None}
        for name, value in row.items():
            if value is not None:
                frame.loc[number, name] = value
    days = frame["date"].notna()
    frame["date_end"], frame["date_precision"] = (
        frame["date"],
        frame["date_precision"].mask(days, "day"),
    )
    frame["date_text"] = frame["date"].dt.strftime("%Y-%m-%d").astype("str")
    frame["incident_id"] = [f"a.txt:{number}" for number in range(len(rows_))]
    frame["source"] = frame["source_file"] = "a.txt"
    return frame


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows_=rows)
def test_a_review_table_comes_back_as_it_went(
    tmp_path: Path, rows_: list[dict[str, object]]
) -> None:
    frame = frame_of(rows_)
    write_incidents(frame, tmp_path / "incidents.csv")
    again = read_table(tmp_path / "incidents.csv")
    assert list(again.columns) == list(frame.columns)
    again["source_row"] = frame["source_row"]  # the rows of the review table itself
    pd.testing.assert_frame_equal(again, frame, check_flags=False)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1+2",
        "@SUM(A1)",
        "'=1+1",
        "''@x",
        "=HYPERLINK(1)",
        "\n=1",
        "＝1+1",
        "－1+1",
        "＋1",
        "＠SUM(1)",
        "'＝1",
    ],
)
def test_formulas_are_defused(tmp_path: Path, cell: str) -> None:
    frame = frame_of([{"place": cell, "longitude": None, "latitude": None}])
    frame[cell] = pd.Series(["\t=1"], dtype="str")
    write_incidents(frame, tmp_path / "a.csv")
    raw = pd.read_csv(tmp_path / "a.csv", dtype=str, keep_default_na=False)
    assert raw["place"][0] == f"'{cell}"
    assert not any(name.startswith(("=", "+", "-", "@")) for name in raw.columns)
    assert raw.iloc[0, -1] == "'\t=1"


def test_located(tmp_path: Path) -> None:
    nowhere = {"longitude": None, "latitude": None}
    frame = frame_of(
        [
            {"place": "Hilla", "geo_precision": "settlement", **nowhere},
            {"place": "Babil", **nowhere},
        ]
    )
    located = locate(frame, gazetteer.load())
    write_incidents(located, tmp_path / "l.csv")
    raw = pd.read_csv(tmp_path / "l.csv")
    assert [column.name for column in LOCATED] == list(raw.columns)
    assert raw["geometry"].fillna("").str.startswith("POINT").tolist() == [True, False]
    write_incidents(located, tmp_path / "l.geojson")
    features = json.loads((tmp_path / "l.geojson").read_text())["features"]
    assert [feature["geometry"] is None for feature in features] == [False, True]
    assert features[0]["properties"]["killed"] is None
    assert len(read_table(tmp_path / "l.csv")) == 2


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "gpkg", "parquet"])
def test_located_incidents_come_back_from_every_format(tmp_path: Path, ending: str) -> None:
    places = [
        {"place": "Hilla", "notes": "=1+1", "killed": 3},
        {"place": "Xyzzy"},
        {"place": "x\x01"},
    ]
    frame = frame_of([{**row, "longitude": None, "latitude": None} for row in places])
    frame["date"] = frame["date_end"] = pd.Timestamp("2024-01-05")
    located = locate(frame, gazetteer.load())
    path = tmp_path / f"l.{ending}"
    write_incidents(located, path)
    again = read_table(path)
    assert again["place"].tolist()[:2] == ["Hilla", "Xyzzy"]
    assert again["notes"].fillna("").tolist() == ["=1+1", "", ""]
    assert again["killed"].tolist() == [3, pd.NA, pd.NA]
    assert again["date"].tolist() == frame["date"].tolist()
    assert again["longitude"].isna().all() and len(again) == 3


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_cell_of_a_spreadsheet_is_a_formula(tmp_path: Path, ending: str) -> None:
    frame = frame_of([{"place": "=HYPERLINK(1)", "longitude": None, "latitude": None}])
    write_incidents(frame, tmp_path / f"a.{ending}")
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
        assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert read_table(tmp_path / f"a.{ending}")["place"].tolist() == ["=HYPERLINK(1)"]


@pytest.mark.parametrize("name", ["a.doc", "none/a.csv", "a"])
def test_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError):
        write_incidents(frame_of([{"longitude": None, "latitude": None}]), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_incidents_have_no_place_in_geojson(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="locate"):
        write_incidents(frame_of([{"longitude": None, "latitude": None}]), tmp_path / "a.geojson")


GAZETTEER = gazetteer.load()
FORMATS = ("csv", "xlsx", "parquet", "geoparquet", "geojson", "gpkg")


@pytest.mark.parametrize("ending", FORMATS)
def test_areas_are_written(tmp_path: Path, ending: str) -> None:
    gaz = gazetteer.load()
    located = locate(frame_of([{"place": "Hilla", "longitude": None, "latitude": None}]), gaz)
    areas = count(located, gaz.boundaries(1))
    write_areas(areas, tmp_path / f"areas.{ending}")
    readers = {"csv": pd.read_csv, "xlsx": pd.read_excel}
    if "parquet" in ending:
        readers[ending] = gpd.read_parquet
    again = readers.get(ending, gpd.read_file)(tmp_path / f"areas.{ending}")
    assert again["pcode"].tolist() == areas["pcode"].tolist()
    assert again["incidents"].tolist() == areas["incidents"].tolist()
    assert ("geometry" in again) == (ending not in readers or "parquet" in ending)
    if "geometry" in again:
        assert again.geometry.geom_equals_exact(areas.geometry, 1e-6).all()


@pytest.mark.parametrize(
    ("name", "cell"),
    [("notes", "x" * 32_768), ("notes", "\U0001f600" * 16_384), ("n" * 32_768, "x")],
)
def test_a_text_that_no_cell_holds_is_refused(tmp_path: Path, name: str, cell: str) -> None:
    frame = frame_of([{"longitude": None, "latitude": None}])
    frame[name] = pd.Series([cell], dtype="str")
    with pytest.raises(OutputError, match="32,768 letters: XLSX holds at most"):
        write_incidents(frame, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_half_a_surrogate_pair_is_no_text(tmp_path: Path) -> None:
    frame = frame_of([{"longitude": None, "latitude": None}])
    frame["own"] = pd.Series(["a\ud800b"], dtype=object)
    for ending in ("csv", "xlsx", "parquet"):
        write_incidents(frame, tmp_path / f"a.{ending}")
        assert read_table(tmp_path / f"a.{ending}")["own"].tolist() == ["a\ufffdb"]


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    frame = frame_of([{"longitude": None, "latitude": None}])
    frame["balance"], frame["large"] = -5, 2**53 + 1
    write_incidents(frame, tmp_path / "a.xlsx")
    row = pd.read_excel(tmp_path / "a.xlsx", engine="openpyxl").iloc[0]
    assert row["balance"] == -5 and str(row["large"]) == "9007199254740993"
    write_incidents(frame, tmp_path / "a.csv")
    assert pd.read_csv(tmp_path / "a.csv")["balance"].tolist() == [-5]


NUMBERS = pd.DataFrame(
    {
        "place": ["Hit", "Hilla", "Kut"],
        "change": [-5.5, 2.25, None],
        "whole": pd.Series([-3, None, 2**40], dtype="Int64"),
        "count": [1, 2, 3],
        "code": ["007", "-5.5", "+964"],
    }
)


@pytest.mark.parametrize("given", ["xlsx", "parquet", "json"])
@pytest.mark.parametrize("written", ["xlsx", "parquet", "gpkg", "geojson"])
def test_numbers_of_the_input_are_numbers_in_the_output(
    tmp_path: Path, given: str, written: str
) -> None:
    source = tmp_path / f"given.{given}"
    if given == "json":
        NUMBERS.to_json(source, orient="records")
    else:
        (NUMBERS.to_excel if given == "xlsx" else NUMBERS.to_parquet)(source, index=False)
    located = locate(read_table(source), GAZETTEER)
    write_incidents(located, tmp_path / f"a.{written}")
    readers = {"xlsx": pd.read_excel, "parquet": pd.read_parquet}
    again = readers.get(written, gpd.read_file)(tmp_path / f"a.{written}")
    for name in ("change", "whole", "count"):
        assert pd.api.types.is_numeric_dtype(again[name]), name
        expected = NUMBERS[name].astype("Float64").fillna(-1).tolist()
        assert again[name].astype("Float64").fillna(-1).tolist() == expected
    codes = read_table(tmp_path / f"a.{written}")["code"]
    assert codes.tolist() == ["007", "-5.5", "+964"]


def test_a_column_that_is_numbers_in_one_input_only_is_text(tmp_path: Path) -> None:
    NUMBERS.to_parquet(tmp_path / "a.parquet")
    (tmp_path / "b.csv").write_text("place,count,change\nHit,many,-1\n")
    frame = read([tmp_path / "a.parquet", tmp_path / "b.csv"])
    assert frame["count"].tolist() == ["1", "2", "3", "many"]
    assert frame["change"].fillna("").tolist() == ["-5.5", "2.25", "", "-1"]


@pytest.mark.parametrize("cell", ["-5", "-5.5", "-1,200.50", "-.5", "-1e-05", "-٥"])
def test_plain_negative_numbers_are_no_formulas(tmp_path: Path, cell: str) -> None:
    frame = frame_of([{"longitude": None, "latitude": None}])
    frame["own"] = cell
    for ending in ("csv", "xlsx"):
        write_incidents(frame, tmp_path / f"a.{ending}")
        assert read_table(tmp_path / f"a.{ending}")["own"].tolist() == [cell]
    assert f",{cell}" in (tmp_path / "a.csv").read_text("utf-8-sig").replace('"', "")


HOSTILE = (
    "=1+1", "'=x", "-5", "+964", "@a", "\tx", "\rx", "a\r\nb", "a\nb", 'say "x"; y, z|w', "007",
    "1.10", "NA", "nan", "true", "2024/01/05", "05/01/2024", "12:30", '{"a": 1}', "[1]", "_x0041_",
    "حلة", "\u202eabc", "  padded ", "x\x01y", "x\x00y", "\U0001f600", "<script>", "",
)  # fmt: skip
NAMES = (
    "Note", "note", "note (2)", "fid", "geom", "Geometry", "=x", "'x", "ملاحظة", "ID", "a b",
    "a  b", "status_original", "ogc_fid", "", " ", "a\nb", "\u202ex", "_x0041_", "x\x01", "n" * 300,
)  # fmt: skip
hostile = st.none() | st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8"), max_size=9)
KINDS = {
    "Int64": st.integers(-(2**63), 2**63 - 1) | st.sampled_from([2**53 - 1, 2**53, 2**53 + 1, 0]),
    "UInt64": st.integers(0, 2**64 - 1),
    "Float64": st.floats(-1e300, 1e300) | st.sampled_from([float("inf"), 0.1 + 0.2]),
    "boolean": st.booleans(),
    "datetime64[us, Asia/Baghdad]": st.datetimes(
        pd.Timestamp("1950-01-01"), pd.Timestamp("2100-01-01"), timezones=st.just(UTC)
    ),
    "category": st.sampled_from(["=a", "b"]),
}
values = st.fixed_dictionaries(
    {kind: st.lists(st.none() | known, min_size=4, max_size=4) for kind, known in KINDS.items()}
)
incident = st.tuples(
    st.none() | st.dates(pd.Timestamp("1950-01-01").date(), pd.Timestamp("2100-01-01").date()),
    st.integers(0, 400),
    st.none() | st.tuples(st.floats(38, 48), st.floats(29, 37)),
    *[hostile] * 5,
)


def as_promised(value: object, ending: str) -> object:
    """What `write_incidents` says becomes of a text that a format cannot hold."""
    if not isinstance(value, str) or value == "":
        return None
    if ending not in ("parquet", "geoparquet"):
        value = "".join("\ufffd" if unwritable(letter) else letter for letter in value)
    return value.replace("\r\n", "\n").replace("\r", "\n") if ending == "xlsx" else value


def unwritable(letter: str) -> bool:
    return (letter < " " and letter not in "\t\n\r") or letter in "\ufffe\uffff"


def is_equal(text: object, value: object, ending: str) -> bool:
    """Whether a value came back, as text that says what it was, as far as the format can."""
    if value is None or value is pd.NaT or (ending == "geojson" and value == float("inf")):
        return pd.isna(text)
    value = getattr(value, "item", lambda: value)()
    if isinstance(value, bool):
        return str(text).lower() == str(value).lower()  # TRUE in spreadsheets
    if isinstance(value, int):
        return int(str(text)) == value
    if isinstance(value, float):
        near = 1e-15 if ending == "xlsx" else 0  # a cell holds 16 digits
        return float(str(text)) == pytest.approx(value, rel=near, abs=0)
    if isinstance(value, pd.Timestamp):
        near = 999 if ending == "gpkg" else 0  # microseconds: it holds milliseconds
        return abs(pd.Timestamp(text) - value) <= timedelta(microseconds=near)
    return text == value


def frame_with(
    table: list[tuple[object, ...]], names: list[str], own: dict[str, list[object]]
) -> pd.DataFrame:
    days, spans, points = ([row[at] for row in table] for at in range(3))
    frame = frame_of(
        [dict(zip(("longitude", "latitude"), at or (None, None), strict=True)) for at in points]
    )
    known = [f"text {at}" for at in range(3)]
    for at, name in enumerate(["notes", "title", *known], start=3):
        frame[name] = pd.Series([row[at] for row in table], dtype="str")
    for kind, cells in own.items():
        frame[kind] = pd.Series(cells[: len(table)], dtype=kind)
    frame["date"] = pd.Series(days, dtype="datetime64[us]")
    frame["date_end"] = frame["date"] + pd.to_timedelta(spans, unit="D")
    told = ["range" if span else "day" for span in spans]
    frame["date_precision"] = pd.Series(told, dtype="str").where(frame["date"].notna())
    return frame.rename(columns=dict(zip(known, names, strict=True)))


@pytest.mark.parametrize("ending", FORMATS)
@settings(
    max_examples=10,
    phases=(Phase.generate,),
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    table=st.lists(incident, min_size=1, max_size=4),
    names=st.lists(st.sampled_from(NAMES), min_size=3, max_size=3, unique=True),
    own=values,
    is_located=st.booleans(),
)
def test_any_frame_comes_back_from_every_format(
    tmp_path: Path,
    ending: str,
    table: list[tuple[object, ...]],
    names: list[str],
    own: dict[str, list[object]],
    *,
    is_located: bool,
) -> None:
    frame = frame_with(table, names, own)
    if is_located or ending in ("geojson", "gpkg"):
        frame = locate(frame, GAZETTEER)
    path = tmp_path / f"a.{ending}"
    write_incidents(frame, path)
    again = read_table(path)
    texts, kinds = [*names, "category"], [kind for kind in own if kind != "category"]
    first = again.columns.get_loc(next(iter(own))) - len(names)
    theirs = again.iloc[:, first : first + len(names) + len(own)].set_axis([*names, *own], axis=1)
    for name in ("notes", "title", *texts):
        wanted = [as_promised(value, ending) for value in frame[name].astype(object)]
        found = again[name] if name in ("notes", "title") else theirs[name]
        assert [None if pd.isna(value) else value for value in found] == wanted, name
    for name in kinds:
        for text, value in zip(theirs[name], frame[name], strict=True):
            assert is_equal(text, None if value is pd.NA else value, ending), (name, text, value)
    for name in ("date", "date_end", "date_precision", "killed", "incident_id"):
        pd.testing.assert_series_equal(again[name], frame[name])
    near = 1e-15 if ending == "xlsx" else 0
    for name in ("longitude", "latitude"):
        pd.testing.assert_series_equal(again[name], frame[name], rtol=near, atol=0)
    if "geometry" in frame and ending in ("csv", "xlsx"):
        shapes = gpd.GeoSeries.from_wkt(again["geometry_original"])
        assert shapes.geom_equals_exact(frame.geometry, 1e-13).sum() == shapes.notna().sum()
        assert shapes.isna().tolist() == frame.geometry.isna().tolist()


@pytest.mark.parametrize("ending", ["csv", "parquet", "geojson", "gpkg"])
def test_a_very_long_text_comes_back(tmp_path: Path, ending: str) -> None:
    frame = frame_of([{"longitude": None, "latitude": None}])
    name = "n" * 40_000
    frame[name] = pd.Series(["x" * 32_768], dtype="str")
    write_incidents(locate(frame, GAZETTEER), tmp_path / f"a.{ending}")
    again = read_table(tmp_path / f"a.{ending}")
    assert again[name].tolist() == frame[name].tolist()


@pytest.mark.parametrize("kind", ["timedelta64[us]", "complex128", "float16", "category", "object"])
def test_every_kind_of_column_is_written(tmp_path: Path, kind: str) -> None:
    frame = locate(frame_of([{"longitude": None, "latitude": None}]), GAZETTEER)
    frame["own"] = pd.Series([3], dtype=kind)
    for ending in FORMATS:
        write_incidents(frame, tmp_path / f"a.{ending}")
        assert read_table(tmp_path / f"a.{ending}")["own"].tolist() == [str(frame["own"][0])]


def test_a_moment_of_another_zone_is_the_day_it_was_in_iraq(tmp_path: Path) -> None:
    told = pd.Timestamp("2024-01-04 21:30", tz="UTC")
    pd.DataFrame({"place": ["Hilla"], "date": [told]}).to_parquet(tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet")["date"].tolist() == [pd.Timestamp("2024-01-05")]


def test_more_columns_than_a_database_holds_are_refused(tmp_path: Path) -> None:
    frame = locate(frame_of([{"longitude": None, "latitude": None}]), GAZETTEER)
    wide = frame.join(pd.DataFrame(0, index=frame.index, columns=[f"c{at}" for at in range(2000)]))
    with pytest.raises(OutputError, match="GeoPackage holds at most"):
        write_incidents(wide, tmp_path / "a.gpkg")
