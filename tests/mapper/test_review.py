"""The review table: what was found, corrected in a spreadsheet, comes back as it was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import gazetteer
import mapper
from mapper.cli import main
from mapper.export import write_incidents
from mapper.schema import LOCATED

TEXTS = (
    "A car bomb exploded near a market in Baqubah on Monday, killing five people and wounding 12, "
    "police said.\n\nGunmen killed dozens in Mosul on Jan. 3.",
    "أفاد مصدر أمني بمقتل خمسة أشخاص وإصابة 12 آخرين بانفجار سيارة مفخخة في بعقوبة يوم الاثنين.",
)
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    records = [
        {"text": text, "date": "2024-01-09", "source": FORMULA, "title": "+Bomb -- @x"}
        for text in TEXTS
    ]
    path.write_text("\n".join(map(json.dumps, records)))
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_what_nobody_edited_comes_back_as_it_was(news: Path, ending: str) -> None:
    found = mapper.read(news)
    review = news.with_name(f"incidents.{ending}")
    write_incidents(found, review)
    pd.testing.assert_frame_equal(mapper.read(review), found, check_dtype=False)


def test_a_spreadsheet_runs_nothing_and_reads_arabic(news: Path) -> None:
    review = news.with_name("incidents.csv")
    write_incidents(mapper.read(news), review)
    assert review.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = pd.read_csv(review, dtype=str, keep_default_na=False)
    assert not cells.map(lambda cell: cell.startswith(("=", "+", "@", "-"))).any(axis=None)
    assert cells["source"].tolist() == ["'" + FORMULA] * 3
    assert "بعقوبة" in cells["quote"][2]


def test_corrections_count(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review, output = news.with_name("incidents.csv"), news.with_name("map.html")
    assert main(["extract", str(news), "-o", str(review)]) == 0
    cells = pd.read_csv(review, dtype=str, keep_default_na=False)
    cells.loc[0, ["place", "date", "killed"]] = ["Tikrit", "2024-01-05", ""]
    cells.loc[1, ["wounded", "notes"]] = ["many", "asked the mayor"]
    added = pd.DataFrame([{"place": "Najaf", "date": "2024-01-07", "killed": "1"}])
    pd.concat([cells.drop(index=2), added]).to_csv(review, index=False, encoding="utf-8-sig")
    frame = mapper.read(review)
    assert frame["place"].tolist() == ["Tikrit", "Mosul", "Najaf"]
    assert [str(day)[:10] for day in frame["date_end"]] == [
        "2024-01-05",
        "2024-01-03",
        "2024-01-07",
    ]
    assert frame["killed"].isna().tolist() == [True, True, False]
    assert frame["notes"][1] == "asked the mayor; wounded: 'many' in the source is not a number"
    assert frame["source_file"].tolist() == ["news.jsonl"] * 2 + ["incidents.csv"]
    assert frame["source_row"].tolist() == [1, 1, 4]
    assert main(["draw", str(review), "-o", str(output)]) == 0
    assert "3 rows in" in capsys.readouterr().out


HEADERS = (
    ("Place", "Date", "Killed", "Latitude", "Longitude", "Notes"),
    ("PLACE", "DATE", "KILLED", "LATITUDE", "LONGITUDE", "NOTES"),
    ("Location", "Event date", "Fatalities", "Lat", "Lon", "Remarks"),
    ("place", "date", "killed", "latitude", "longitude", "notes"),
)
TOLD = "Mosul,2024-01-05,2,36.34,43.13,x\nHilla,2024-01-06,1,,,\n"
CORRECTED = {
    "place": "Basra", "date": "2024-02-07", "killed": 9,
    "latitude": 30.51, "longitude": 47.78, "notes": "by phone",
}  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_corrections_go_before_the_source_s_own_columns(
    tmp_path: Path, header: tuple[str, ...], ending: str
) -> None:
    source, review = tmp_path / "source.csv", tmp_path / f"review.{ending}"
    source.write_text(",".join(header) + "\n" + TOLD)
    frame = mapper.read(source)
    for name, value in CORRECTED.items():
        frame.loc[0, name] = pd.Timestamp(str(value)) if name == "date" else value
    write_incidents(frame, review)
    again = mapper.read(review)
    assert {name: again[name][0] for name in CORRECTED if name != "date"} == {
        name: value for name, value in CORRECTED.items() if name != "date"
    }
    assert again["date"][0] == again["date_end"][0] == pd.Timestamp("2024-02-07")


TABLES = {
    "squares": "MGRS,Latitude,Longitude,Date,KIA\n38SMB4413087570,,,2006-01-01,1\n"
    "38SLF3311523660,,,2006-01-02,2\n",
    "positions that cannot be": 'place,coordinates,date\nMosul,"99.9, 200",2024-01-01\n'
    'Mosul,36.34,2024-01-02\nMosul,"36.34, 43.13",2024-01-03\n',
    "one row three times": "id,Place,Date,Killed\n1,Mosul,2024-01-05,3\n1,Mosul,2024-01-05,3\n"
    "2,Mosul,2024-01-05,3\n3,Hilla,2024-01-05,3\n",
    "weeks and months": "event_id_cnty,event_date,time_precision,location,admin1,fatalities,"
    "geo_precision\nIRQ1,14 January 2019,1,Mosul,Ninewa,3,1\n"
    "IRQ2,15 January 2019,2,Mosul,Ninewa,,1\nIRQ3,16 January 2019,3,Anbar,Anbar,,3\n",
    "numbers in words": "Place,Date,Killed,Wounded\nMosul,2024-01-01,2-3,5+\n"
    'Mosul,2024-01-02,dozens,"2 civilians, 1 soldier"\n',
    "years in a column": "Place,Year,Month,Killed\nMosul,2024,1,2\nMosul,2023,,1\n",
}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "geojson", "gpkg"])
@pytest.mark.parametrize("table", TABLES)
def test_what_was_located_is_located_alike_from_what_was_written(
    tmp_path: Path, table: str, ending: str
) -> None:
    gaz = gazetteer.load("core")
    source, written = tmp_path / "source.csv", tmp_path / f"located.{ending}"
    source.write_text(TABLES[table])
    located = mapper.locate(mapper.read(source), gaz)
    write_incidents(located, written)
    again = mapper.locate(mapper.read(written), gaz)
    ours = [column.name for column in LOCATED[:-1]]
    pd.testing.assert_frame_equal(
        pd.DataFrame(again[ours]), pd.DataFrame(located[ours]), check_dtype=False
    )
    assert again.geometry.geom_equals_exact(located.geometry, 1e-9).sum() == sum(
        located.geometry.notna()
    )
