"""Rows that repeat an earlier one are flagged, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import mapper
from mapper.locating import locate
from mapper.report import Report

ROWS = """id,date,place,governorate,killed,victim
1,2024-01-05,Mosul,Nineveh,3,a
2,2024-01-05,Mosul,Nineveh,3,a
3,2024-01-05,Mosul,Nineveh,3,b
4,2024-01-06,Hit,Anbar,1,c
"""


def repeats(*files: Path) -> list[str | None]:
    frame = mapper.read(list(files))
    ids = frame["duplicate_of"].astype(object)
    return [None if pd.isna(told) else told for told in ids]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_row_that_differs_in_its_number_only_repeats_another(tmp_path: Path) -> None:
    assert repeats(write(tmp_path, "a.csv", ROWS)) == [None, "1", None, None]


def test_the_same_table_twice(tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.csv", ROWS), write(tmp_path, "b.csv", ROWS)
    assert repeats(first, second) == [
        None, "a.csv/1", None, None, "a.csv/1", "a.csv/1", "a.csv/3", "a.csv/4",
    ]  # fmt: skip


def test_overlapping_exports_share_the_ids_of_the_source(tmp_path: Path) -> None:
    header = "event_id_cnty,event_date,location,admin1,latitude,longitude,notes\n"
    row = "IRQ{},2024-01-05,Mosul,Ninewa,36.34,43.13,{}\n"
    first = write(tmp_path, "a.csv", header + row.format(1, "x") + row.format(2, "y"))
    second = write(tmp_path, "b.csv", header + row.format(2, "y corrected") + row.format(3, "z"))
    assert repeats(first, second) == [None, None, "a.csv/IRQ2", None]


def test_totals_and_other_days_repeat_nothing(tmp_path: Path) -> None:
    text = "date,place,killed\n2024-01-05,Mosul,1\n2024-01-06,Mosul,1\nTotal,,2\nTotal,,2\n"
    assert repeats(write(tmp_path, "a.csv", text)) == [None] * 4


def test_they_are_counted_and_kept(tmp_path: Path) -> None:
    import gazetteer

    frame = mapper.read(write(tmp_path, "a.csv", ROWS))
    report = Report.of(locate(frame, gazetteer.load()))
    assert report.rows_in == 4 and report.closes
    assert report.flags["repeat an earlier row"] == 1
    assert "1 repeat an earlier row" in str(report)
