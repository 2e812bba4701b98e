"""Degrees, minutes and seconds in columns of their own are put together, or not taken at all."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mapper.errors import ReadError
from mapper.readers import read_table

SIXTIETHS = [
    "Lat_Deg,Lat_Min,Lat_Sec,Lon_Deg,Lon_Min,Lon_Sec",
    "Latitude (deg),Latitude (min),Latitude (sec),Longitude (deg),Longitude (min),Longitude (sec)",
    "LatD,LatM,LatS,LonD,LonM,LonS",
    "LATDEG,LATMIN,LATSEC,LONDEG,LONMIN,LONSEC",
    "Degrees Lat,Minutes Lat,Seconds Lat,Degrees Long,Minutes Long,Seconds Long",
    "Latitude °,Latitude ′,Latitude ″,Longitude °,Longitude ′,Longitude ″",
    "Latitude,Lat Min,Lat Sec,Longitude,Lon Min,Lon Sec",
    "خط العرض درجة,خط العرض دقيقة,خط العرض ثانية,خط الطول درجة,خط الطول دقيقة,خط الطول ثانية",
]


def degrees(folder: Path, table: str) -> list[tuple[float, float] | None]:
    """The coordinates of each row, latitude first."""
    path = folder / "table.csv"
    path.write_text(table, "utf-8")
    frame = read_table(path)
    pairs = zip(frame["latitude"], frame["longitude"], strict=True)
    return [None if pd.isna(y) or pd.isna(x) else (round(y, 4), round(x, 4)) for y, x in pairs]


@pytest.mark.parametrize("header", SIXTIETHS)
def test_degrees_minutes_and_seconds_are_put_together(tmp_path: Path, header: str) -> None:
    rows = "36,33,24,43,44,48,1\n30,30,,47,47,,2\n30,75,0,47,47,0,3\n30,,20,47,47,0,4\n"
    told = degrees(tmp_path, f"{header},killed\n{rows}")
    assert told == [(36.5567, 43.7467), (30.5, 47.7833), None, None]


def test_minutes_with_decimals_and_hemispheres(tmp_path: Path) -> None:
    header = "Lat Deg,Lat Min,Lat Dir,Long Deg,Long Min,Long Dir"
    rows = "36,20.4,N,43,7.8,E\n36,20.4,S,43,7.8,E\n36.34,20.4,N,43.13,7.8,E\n"
    told = degrees(tmp_path, f"{header}\n{rows}")
    assert told == [(36.34, 43.13), (-36.34, 43.13), (36.34, 43.13)]


def test_degrees_alone_are_as_they_are(tmp_path: Path) -> None:
    assert degrees(tmp_path, "Lat (deg),Lon (deg)\n36.34,43.13\n") == [(36.34, 43.13)]


@pytest.mark.parametrize(
    "header", ["Lat_Min,Lat_Max,Lon_Min,Lon_Max", "Lat Min,Lat Sec,Lon Min,Lon Sec"]
)
def test_neither_minutes_nor_the_least_of_an_area_are_coordinates(
    tmp_path: Path, header: str
) -> None:
    rows = "33.1,33.4,44.2,44.5\n33.2,33.5,44.1,44.3\n"
    with pytest.raises(ReadError, match="no column tells where"):
        degrees(tmp_path, f"{header}\n{rows}")
    beside = f"{header},Latitude,Longitude\n33.1,33.4,44.2,44.5,33.3152,44.3661\n"
    assert degrees(tmp_path, beside) == [(33.3152, 44.3661)]


def test_metres_are_not_minutes(tmp_path: Path) -> None:
    assert degrees(tmp_path, "X (d),Y (d),X (m),Y (m),lat,lon\n1,2,3,4,36.34,43.13\n") == [
        (36.34, 43.13)
    ]


@pytest.mark.parametrize("units", [("Deg", "Min", "Sec"), ("D", "M", "S"), ("°", "'", '"')])
def test_units_below_a_merged_header(tmp_path: Path, units: tuple[str, str, str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Place", "Latitude", None, None, "Longitude", None, None, "Date"])
    sheet.append([None, *units, *units, None])
    sheet.append(["Tel Kaif", 36, 33, 24, 43, 44, 48, "2024-01-05"])
    for cells in ("B1:D1", "E1:G1"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "book.xlsx")
    frame = read_table(tmp_path / "book.xlsx")
    assert frame["latitude"].round(4).tolist() == [36.5567] and frame["rejected"].isna().all()
