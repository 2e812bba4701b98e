"""Workbooks with several sheets: one a month, hidden ones, one of all months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import gazetteer
import mapper
from mapper.readers import read_table
from mapper.report import Report

HEADER = ["Date", "Town", "Killed"]
JANUARY = [[dt.date(2024, 1, 5), "Mosul", 3], [dt.date(2024, 1, 6), "Hit", 1]]
FEBRUARY = [[dt.date(2024, 2, 7), "Tikrit", 2]]
Rows = Sequence[Sequence[object]]


def write(folder: Path, hidden: str = "", **sheets: Rows) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name == hidden:
            sheet.sheet_state = "hidden"
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def said(frame: pd.DataFrame) -> str:
    return "\n".join(frame.attrs["said"])


def test_sheets_with_the_same_headers_are_read_as_one_table(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        Cover=[["Incidents of 2024"], ["by the desk"]],
        Jan=[HEADER, *JANUARY],
        Feb=[["February"], [], ["town ", "DATE", "Killed"], ["Tikrit", dt.date(2024, 2, 7), 2]],
        Mar=[HEADER],
    )
    frame = read_table(path)
    assert frame["place"].tolist() == ["Mosul", "Hit", "Tikrit"]
    assert frame["source_file"].tolist() == ["book.xlsx/Jan"] * 2 + ["book.xlsx/Feb"]
    assert frame["source_row"].tolist() == [2, 3, 4]
    assert frame["incident_id"].tolist()[-1] == "book.xlsx/Feb:4"
    assert frame["date"].notna().all() and frame["killed"].tolist() == [3, 1, 2]
    assert "book.xlsx: sheets read as one table: 'Jan', 'Feb'" in frame.attrs["said"]
    assert "not read: 'Cover', 'Mar'" in said(frame)
    assert read_table(path, sheet="Feb")["source_file"].tolist() == ["book.xlsx"]


def test_sheets_with_other_headers_are_named(tmp_path: Path) -> None:
    path = write(tmp_path, Jan=[HEADER, *JANUARY], Staff=[["Name", "Town"], ["A", "Hit"]])
    frame = read_table(path)
    assert len(frame) == 2 and "sheet 'Jan' (not 'Staff'" in said(frame)
    assert frame["source_file"].tolist() == ["book.xlsx"] * 2


@pytest.mark.parametrize("last", [True, False])
def test_a_sheet_of_all_months_is_not_counted_twice(tmp_path: Path, last: bool) -> None:
    months = {"Jan": [HEADER, *JANUARY], "Feb": [HEADER, *FEBRUARY]}
    every = {"All": [HEADER, *JANUARY, *FEBRUARY]}
    frame = read_table(write(tmp_path, **({**months, **every} if last else {**every, **months})))
    assert len(frame) == 3 and "left out, as their rows are in 'All', too" in said(frame)


def test_a_hidden_sheet_is_not_read_beside_others(tmp_path: Path) -> None:
    sheets = {"Old": [HEADER, *FEBRUARY], "Jan": [HEADER, *JANUARY]}
    frame = read_table(write(tmp_path, hidden="Old", **sheets))
    assert frame["place"].tolist() == ["Mosul", "Hit"] and "not 'Old'" in said(frame)


def test_notes_below_a_sheet_end_with_it(tmp_path: Path) -> None:
    below = [[], ["Town", "Population", "Killed"], ["Hit", 9, None]]
    path = write(tmp_path, Jan=[HEADER, *JANUARY, *below], Feb=[HEADER, *FEBRUARY])
    frame = read_table(path)
    assert frame["rejected"].notna().tolist() == [False, False, True, True, False]


def test_the_account_of_several_sheets_closes(tmp_path: Path) -> None:
    path = write(tmp_path, Jan=[HEADER, *JANUARY, ["Total", None, 4]], Feb=[HEADER, *FEBRUARY])
    report = Report.of(mapper.locate(mapper.read(path), gazetteer.load("core")))
    assert report.closes and report.rows_in == 4


def test_headers_that_differ_by_case_alone_are_two_columns(tmp_path: Path) -> None:
    header = ["Date", "Town", "Name", "NAME"]
    path = write(
        tmp_path,
        Jan=[header, [dt.date(2024, 1, 5), "Mosul", "a", "b"]],
        Feb=[["Date", "Town", "NAME", "Name"], [dt.date(2024, 2, 7), "Tikrit", "d", "c"]],
    )
    frame = read_table(path)
    assert frame["place"].tolist() == ["Mosul", "Tikrit"]
    assert frame["Name"].tolist() == ["a", "c"] and frame["NAME"].tolist() == ["b", "d"]


def test_a_sheet_of_nothing_but_tags_is_empty(tmp_path: Path) -> None:
    tags = ["#date", "#loc+name", "#affected+killed"]
    path = write(tmp_path, Jan=[HEADER, tags, *JANUARY], Feb=[HEADER, ["#date", "#loc", "#x"]])
    assert read_table(path)["place"].dropna().tolist() == ["Mosul", "Hit"]


def with_errors(folder: Path, *rows: Sequence[tuple[str, str]]) -> Path:
    """Write a workbook of which some cells are errors (``e``) or formulas never calculated."""
    book = openpyxl.Workbook()
    book.active.append(["Town", "Date", "Killed"])
    for at, row in enumerate(rows, start=2):
        for column, (kind, value) in enumerate(row, start=1):
            cell = book.active.cell(at, column)
            if kind:
                cell.value = value
                cell.data_type = kind
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def test_rows_of_errors_and_uncalculated_formulas_do_not_vanish(tmp_path: Path) -> None:
    path = with_errors(
        tmp_path,
        [("s", "Mosul"), ("s", "2024-01-05"), ("f", "=1+1")],
        [("e", "#REF!"), ("", ""), ("e", "#N/A")],
        [("f", '=VLOOKUP("a",D1:E9,2)&"<"'), ("f", "=TODAY()"), ("e", "#DIV/0!")],
        [("e", "#NAME?"), ("s", "2024-01-06"), ("n", "2")],
    )
    frame = read_table(path)
    assert frame["source_row"].tolist() == [2, 3, 4, 5] and frame["rejected"].isna().all()
    assert frame["place"].isna().tolist() == [False, True, False, True]
    assert frame["place"][2] == '=VLOOKUP("a",D1:E9,2)&"<"'
    assert frame["killed"].isna().tolist() == [True, True, True, False]
    assert "killed: '=1+1' in the source" in frame["notes"][0]
    assert frame["Killed"].tolist() == ["=1+1", "#N/A", "#DIV/0!", "2"]
    assert "3 cells hold formulas whose value is not saved, such as C2" in said(frame)


def test_errors_at_the_end_of_a_sheet_are_rows_too(tmp_path: Path) -> None:
    path = with_errors(tmp_path, [("s", "Hit"), ("", ""), ("n", "1")], [("e", "#REF!")] * 3)
    frame = read_table(path)
    assert frame["source_row"].tolist() == [2, 3] and "formula" not in said(frame)
