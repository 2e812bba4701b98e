"""Tables as people lay them out: where the header is, which rows are no incidents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.readers import read_table
from mapper.readers.headers import find_header
from mapper.schema import INCIDENTS, check


def read(folder: Path, *lines: str) -> pd.DataFrame:
    path = folder / "table.csv"
    path.write_text("\n".join(lines), "utf-8")
    frame = read_table(path)
    check(frame, INCIDENTS, "incidents")
    return frame


def said(frame: pd.DataFrame) -> str:
    return "\n".join(frame.attrs["said"])


@pytest.mark.parametrize(
    ("rows", "names", "at", "end"),
    [
        # a header on its own, below a title, below lines of names and values
        (["Date,Town", "1,Mosul"], "Date,Town", 0, 1),
        (["Weekly report", "", "Date,Town", "1,Mosul"], "Date,Town", 2, 3),
        (["Prepared by:,Desk", "On:,2024-02-01", "Date,Town", "1,x"], "Date,Town", 2, 3),
        (["Prepared by,Desk", "Date,Town,Killed", "1,x,2"], "Date,Town,Killed", 0, 2),
        # groups above
        (["Date,Where,,Casualties,", ",Governorate,Town,Killed,Wounded", "1,a,b,2,3"],
         "Date,Governorate,Town,Killed,Wounded", 0, 2),
        (["#,Date,Place,,Casualties,,Notes", ",,Governorate,Town,Killed,Wounded,", "1,,a,b,2,3,"],
         "#,Date,Governorate,Town,Killed,Wounded,Notes", 0, 2),
        # a part that two groups have needs its group
        (["Date,Town,Police,,Civilians,", ",,Killed,Wounded,Killed,Wounded", "1,x,1,2,3,4"],
         "Date,Town,Police Killed,Police Wounded,Civilians Killed,Civilians Wounded", 0, 2),
        # cells merged from the row above into the next, as workbooks have them
        (["Date,Place,", "Date,Governorate,Town", "1,a,b"], "Date,Governorate,Town", 0, 2),
        # a row of values that happens to hold such words is no header
        (["Date,Town", "1,Location"], "Date,Town", 0, 1),
        (["x,y z", "1,2"], "x,y z", 0, 1),
        ([], "", 0, 0),
    ],
)  # fmt: skip
def test_where_the_header_is(rows: list[str], names: str, at: int, end: int) -> None:
    header = find_header([row.split(",") if row else [] for row in rows])
    assert (",".join(header.names), header.at, header.end) == (names, at, end)


def test_groups_and_parts_make_one_header(tmp_path: Path) -> None:
    frame = read(tmp_path, "Date,Location,,Casualties,", ",Governorate,Town,Killed,Wounded",
                 "14/01/2024,Nineveh,Mosul,3,2")  # fmt: skip
    row = frame.iloc[0]
    assert (row["admin1"], row["place"], row["killed"], row["wounded"]) == (
        "Nineveh", "Mosul", 3, 2,
    )  # fmt: skip
    assert row["source_row"] == 3 and "header found in rows 1 to 2" in said(frame)


def test_casualties_of_two_groups_are_added_up_and_one_is_not_all(
    tmp_path: Path,
) -> None:
    frame = read(tmp_path, "Date,Town,Police,,Civilians,", ",,Killed,Wounded,Killed,Wounded",
                 "14/01/2024,Mosul,1,2,3,4")  # fmt: skip
    assert frame["killed"].tolist() == [4] and frame["Civilians Killed"].tolist() == ["3"]
    assert "killed is the sum of 'Police Killed' and 'Civilians Killed'" in said(frame)
    alone = read(tmp_path, "Date,Town,Civilians Killed", "14/01/2024,Mosul,3")
    assert alone["killed"].isna().all()


def test_a_weekly_report_in_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["WEEKLY SECURITY REPORT"],
        ["14 to 20 January 2024"],
        [],
        ["#", "Date", "Location", None, "Casualties", None, "Description"],
        [None, None, "Governorate", "Town", "Killed", "Wounded", None],
        [1, dt.date(2024, 1, 14), "Nineveh", "Mosul", 3, 2, "IED"],
        [2, dt.date(2024, 1, 15), "Salah al-Din", "Tikrit", 0, 1, "SAF"],
        [None, "Total", None, None, 3, 3, None],
        ["Source: field offices; figures are provisional."],
    ):
        book.active.append(row)
    for merged in ("A1:G1", "A4:A5", "B4:B5", "C4:D4", "E4:F4", "G4:G5"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "report.xlsx")
    frame = read_table(tmp_path / "report.xlsx")
    assert frame["place"].fillna("").tolist() == ["Mosul", "Tikrit", "", ""]
    assert frame["killed"].fillna(-1).tolist()[:2] == [3, 0]
    assert frame["rejected"].fillna("").tolist() == [
        "", "", "a total, not an incident", "a note beside the table, not an incident",
    ]  # fmt: skip
    assert "could not be read" not in said(frame), "rows that are none have no dates"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Date,Location,Gov,Killed", "the header again, not an incident"),
        ("Date, Location ,,Killed", "the header again, not an incident"),
        ("Total,,,3", "a total, not an incident"),
        (",Total:,,3", "a total, not an incident"),
        ("Grand total,,,3", "a total, not an incident"),
        (",Sub-total Nineveh,,3", "a total, not an incident"),
        ("المجموع الكلي,,,3", "a total, not an incident"),
        ("الإجمالي,,,3", "a total, not an incident"),
        ("Source: police,,,", "a note beside the table, not an incident"),
        ("* approximate,,,", "a note beside the table, not an incident"),
        ("(1) provisional,,,", "a note beside the table, not an incident"),
        ("ملاحظة: أولية,,,", "a note beside the table, not an incident"),
        ("Printed on 1/2/2024,,,", "a note beside the table, not an incident"),
        ("end of list,,,", "only one cell is filled, and not with a place"),
        (",Anbar,,", "only a place is filled: a heading, not an incident"),
        (",Anbar,,1", ""),
        ("15/01/2024,Total gas station,,1", ""),
        (",Mosul,Nineveh,", ""),
    ],
)
def test_rows_that_are_no_incidents(tmp_path: Path, row: str, reason: str) -> None:
    days = [f"{day}/01/2024,Mosul,Nineveh,1" for day in range(14, 20)]
    frame = read(tmp_path, "Date,Location,Gov,Killed", *days[:3], row, *days[3:])
    assert frame["rejected"].fillna("").tolist() == ["", "", "", reason, "", "", ""]
    assert len(frame) == 7 and frame["source_row"].tolist() == list(range(2, 9))


def test_units_below_the_header(tmp_path: Path) -> None:
    frame = read(tmp_path, "Date,Location,Lat,Lon", "dd/mm/yyyy,name,degrees,degrees",
                 "14/01/2024,Mosul,36.34,43.13")  # fmt: skip
    assert frame["rejected"].fillna("").tolist() == [
        "the units of the columns, not an incident", "",
    ]  # fmt: skip
    assert frame["place"].fillna("").tolist() == ["", "Mosul"]


def test_another_table_below_is_not_read_and_said(tmp_path: Path) -> None:
    frame = read(tmp_path, "Date,Town,Killed", "2024-01-14,Mosul,3", "2024-01-15,Tikrit,0", "",
                 "Summary by governorate,,", "Governorate,Incidents,", "Nineveh,1,",
                 "Salah al-Din,1,")  # fmt: skip
    assert frame["rejected"].notna().tolist() == [False, False, True, True, True, True]
    assert frame["place"].fillna("").tolist() == ["Mosul", "Tikrit", "", "", "", ""]
    assert "another table begins in row 6, with the columns 'Governorate', 'Incidents'" in said(
        frame
    )


def test_an_index_and_empty_columns_on_the_left(tmp_path: Path) -> None:
    frame = read(tmp_path, ",,,,", ",,Date,Town,Killed", ",0,14/01/2024,Mosul,3")
    assert (frame["place"][0], frame["killed"][0], frame["source_row"][0]) == ("Mosul", 3, 3)


@given(st.lists(st.lists(st.sampled_from(["", "Date", "Town", "Killed", "x", "3", "Total"]),
                         max_size=5), max_size=6))  # fmt: skip
def test_the_header_is_made_of_its_rows(rows: list[list[str]]) -> None:
    header = find_header(rows)
    assert 0 <= header.at <= header.end <= len(rows) and header.end - header.at <= 3
    cells = {cell for row in rows[header.at : header.end] for cell in row}
    assert all(any(part in name for part in cells) for name in header.names)


def test_a_table_beside_another_is_not_taken_for_its_columns(tmp_path: Path) -> None:
    frame = read(tmp_path, "Date,Town,,Governorate,n", "2024-01-14,Mosul,,Anbar,10",
                 "2024-01-15,Tikrit,,Diyala,4", "2024-01-16,Kirkuk,,,")  # fmt: skip
    assert frame["admin1"].isna().all() and frame["Governorate"].tolist()[0] == "Anbar"
    assert "of another table, and not read: 'Governorate', 'n'" in said(frame)
    spaced = read(tmp_path, "Date,Town,,Governorate", "2024-01-14,Mosul,,Nineveh")
    assert spaced["admin1"].tolist() == ["Nineveh"]


def test_columns_that_are_not_understood_are_named(tmp_path: Path) -> None:
    frame = read(tmp_path, "Date,Town,Vehicles,Shoe size", "14/01/2024,Mosul,3 killed,7")
    assert "kept, and not understood: 'Vehicles', 'Shoe size'" in said(frame)
    assert "not understood" not in said(read(tmp_path, "Date,Town", "14/01/2024,Mosul"))
