"""Columns without telling headers, known by what is in them; and tables without a header."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import mapper
from mapper.errors import ReadError
from mapper.readers import read_table

LEVELS = {
    "Mosul": "adm2", "Tikrit": "adm2", "Hit": "ambiguous", "Kirkuk": "adm1", "Basra": "adm1",
    "Nineveh": "adm1", "Anbar": "adm1", "Zummar": "settlement", "Iraq": "adm0", "Aleppo": "outside",
}  # fmt: skip


def levels_of(names: Sequence[str]) -> list[str | None]:
    return [LEVELS.get(name) for name in names]


def read(folder: Path, *lines: str, **options: object) -> pd.DataFrame:
    path = folder / "table.csv"
    path.write_text("\n".join(lines), "utf-8")
    return read_table(path, levels_of=levels_of, **options)  # type: ignore[arg-type]


def columns(frame: pd.DataFrame) -> str:
    return str(frame.attrs["said"][-1]).removeprefix("table.csv: ")


@pytest.mark.parametrize(
    ("lines", "understood"),
    [
        (["col1,col2,col3", "1,2024-01-14,Mosul", "2,2024-01-15,Tikrit"],
         "place from 'col3' (by what is in it), date from 'col2' (by what is in it)"),
        (["A,B,C", "14/1/2024,Nineveh,Mosul", "15/1/2024,Anbar,Hit", "16/1/2024,Anbar,Zummar"],
         "admin1 from 'B' (by what is in it), place from 'C' (by what is in it), "
         "date from 'A' (by what is in it)"),
        (["الحقل 1;الحقل 2", "Mosul;١٤ كانون الثاني ٢٠٢٤", "Tikrit;١٥ شباط ٢٠٢٤"],
         "place from 'الحقل 1' (by what is in it), date from 'الحقل 2' (by what is in it)"),
        (["Unnamed: 0,Unnamed: 1", "45305,Mosul", "45309,Tikrit"],
         "place from 'Unnamed: 1' (by what is in it), date from 'Unnamed: 0' (by what is in it)"),
        (["F1,F2,F3", "20240114,36.3412,43.1301", "20240115,34.6071,43.6782"],
         "longitude from 'F3' (by what is in it), latitude from 'F2' (by what is in it), "
         "date from 'F1' (by what is in it)"),
        (["v1,v2", 'POINT (43.13 36.34),2024-01-14', 'POINT (43.68 34.61),2024-01-15'],
         "coordinates from 'v1' (by what is in it), date from 'v2' (by what is in it)"),
        # a header that what is below it contradicts
        (["Location;Remark", "36.34, 43.13;a", "34.61, 43.68;b"], "coordinates from 'Location'"),
        # what a header tells is not guessed; what it tells otherwise neither
        (["Town,x", "Mosul,2024-01-14", "Tikrit,2024-01-15"],
         "place from 'Town', date from 'x' (by what is in it)"),
        (["Town,Date of birth", "Mosul,1980-01-14", "Tikrit,1990-01-15"], "place from 'Town'"),
        # what happened goes before what was written down of it
        (["x,y,Town", "2024-01-16,2024-01-14,Mosul", "2024-01-15,2024-01-15,Tikrit"],
         "place from 'Town', date from 'y' (by what is in it)"),
        (["x,y,Town", "2024-01-16,2024-01-14,Mosul", "2024-01-15,2024-01-18,Tikrit"],
         "place from 'Town'"),
    ],
)  # fmt: skip
def test_columns_are_known_by_what_is_in_them(
    tmp_path: Path, lines: list[str], understood: str
) -> None:
    frame = read(tmp_path, *lines)
    assert columns(frame) == understood
    assert len(frame) == len(lines) - 1


@pytest.mark.parametrize(
    "lines",
    [
        ["Name,Place of birth", "Ali,Mosul", "Omar,Tikrit"],
        ["Name,Destination", "Ali,Mosul", "Omar,Tikrit"],
        ["a,b", "Mosul,Tikrit", "Zummar,Mosul"],  # two columns: which?
        ["a,b", "x,Iraq", "y,Iraq"],
        ["a,b", "x,Aleppo", "y,Aleppo"],
        ["a,b", "Mosul,1", "x,2", "y,3"],  # most are no places
    ],
)
def test_a_column_in_doubt_is_not_taken(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(ReadError, match="no column tells where"):
        read(tmp_path, *lines)


def test_a_choice_goes_before_a_guess(tmp_path: Path) -> None:
    lines = ["a,b,c", "Mosul,Tikrit,2024-01-14", "Zummar,Mosul,2024-01-15"]
    frame = read(tmp_path, *lines, columns={"place": "b"})
    assert frame["place"].tolist() == ["Tikrit", "Mosul"]
    assert columns(frame) == "place from 'b', date from 'c' (by what is in it)"


def test_numbers_without_a_name_are_not_taken_for_people_killed(tmp_path: Path) -> None:
    frame = read(tmp_path, "a,b", "Mosul,3", "Tikrit,0")
    assert frame["killed"].isna().all()
    assert any("numbers in 'b', of what nothing tells" in line for line in frame.attrs["said"])


@pytest.mark.parametrize(
    "lines",
    [
        ["14/01/2024,Mosul,3", "15/01/2024,Tikrit,0", "16/01/2024,Hit,1"],
        ["Mosul", "Tikrit", "Zummar"],
        ["q,Mosul", "r,Tikrit"],
        ["36.3412,43.1301", "34.6071,43.6782"],
        ["Mosul;36,3412;43,1301", "Tikrit;34,6071;43,6782"],
    ],
)
def test_a_table_without_a_header_keeps_its_first_row(tmp_path: Path, lines: list[str]) -> None:
    frame = read(tmp_path, *lines)
    assert len(frame) == len(lines) and frame["source_row"].tolist()[0] == 1
    assert any("no row of headers" in line for line in frame.attrs["said"])
    if "Mosul" in lines[0]:
        assert frame["place"][0] == "Mosul"


@pytest.mark.parametrize(
    "lines",
    [
        ["Town,2020,2021", "Mosul,3,4", "Tikrit,1,2"],  # years head columns of counts
        ["a,b", "Mosul,3", "Tikrit,0"],
        ["Spot,n", "Mosul,3"],
    ],
)
def test_a_header_is_not_taken_for_a_row(tmp_path: Path, lines: list[str]) -> None:
    assert len(read(tmp_path, *lines)) == len(lines) - 1


def test_the_gazetteer_tells_what_is_a_place(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "a,b,c\nHassan,Fallujah,drone strike\nOmar,الموصل,IED\nZahra,near Tikrit,police\n", "utf-8"
    )
    frame = mapper.read(path)
    assert frame["place"].tolist() == ["Fallujah", "الموصل", "near Tikrit"]


@pytest.mark.parametrize(
    ("header", "date"),
    [
        ("Date,Time,Town", "Date"),
        ("Report Date,Incident Date,Town", "Incident Date"),
        ("Date reported,Date of incident,Town", "Date of incident"),
        ("Timestamp,When did it happen?,Town", "When did it happen?"),
        ("Timestamp,n,Town", "Timestamp"),
    ],
)
def test_the_day_of_the_incident_goes_before_that_of_the_report(
    tmp_path: Path, header: str, date: str
) -> None:
    frame = read(tmp_path, header, "14/01/2024,15/01/2024,Mosul")
    assert f"date from {date!r}" in columns(frame)


def test_of_two_headers_that_only_end_alike_neither_is_taken(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no column tells where"):
        read(tmp_path, "from_lat,from_lon,to_lat,to_lon", "36.3,43.1,34.6,43.7")
    frame = read(tmp_path, "_gps_latitude,_gps_longitude", "36.34,43.13")
    assert frame["longitude"].tolist() == [43.13]


@pytest.mark.parametrize("cell", ["Mosul", "Basra", "2024-01-05", "33.3152"])
def test_a_thousand_columns_of_a_kind_are_in_doubt_and_soon_told(tmp_path: Path, cell: str) -> None:
    headers = ",".join(f"c{number}" for number in range(1_000))
    lines = [",".join([cell] * 1_000)] * 2
    start = time.process_time()
    with pytest.raises(ReadError, match="no column tells where"):
        read(tmp_path, headers, *lines)
    assert time.process_time() - start < 10
