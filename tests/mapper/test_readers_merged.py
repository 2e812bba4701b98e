"""Workbooks: cells merged over rows, and cells that lie far from the table."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mapper.errors import ReadError
from mapper.readers import read_table

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
MANIFEST = f'<m:manifest xmlns:m="{OFFICE.format("manifest")}"/>'
HEADER = ["Governorate", "Place", "Date", "Killed", "Wounded"]


def cell(value: object = "", attributes: str = "") -> str:
    if value == "":
        return f"<table:table-cell{attributes}/>"
    kind = "string" if isinstance(value, str) else "float"
    told = f' office:value-type="{kind}"' + f' office:value="{value}"' * (kind == "float")
    return f"<table:table-cell{told}{attributes}><text:p>{value}</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


def ods(path: Path, *rows: str) -> Path:
    names = "".join(
        f' xmlns:{name}="{OFFICE.format(name)}"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
    return path


def xlsx(path: Path, rows: Sequence[Sequence[object]], *merged: str, far: str = "") -> Path:
    book = openpyxl.Workbook()
    for values in rows:
        book.active.append(list(values))
    for cells in merged:
        book.active.merge_cells(cells)
    if far:
        book.active[far] = "x"
    book.save(path)
    return path


def numbers(values: pd.Series) -> list[int]:
    return values.fillna(-1).tolist()


@pytest.mark.parametrize("places", [("Hilla", "Musayyib", "Hashimiyah"), ("Hilla",) * 3])
def test_a_count_merged_over_rows_counts_once_or_not_at_all(
    tmp_path: Path, places: tuple[str, ...]
) -> None:
    rows = [["Babil", place, f"2024-01-0{day}", 10, day] for day, place in enumerate(places, 1)]
    path = xlsx(
        tmp_path / "a.xlsx", [HEADER, *rows, ["Babil", "Hilla", "2024-01-09", 2, 0]], "D2:D4"
    )
    frame = read_table(path)
    one_place = len(set(places)) == 1
    assert numbers(frame["killed"]) == [10 if one_place else -1, -1, -1, 2]
    assert numbers(frame["wounded"]) == [1, 2, 3, 0]
    assert frame["Killed"].astype("Float64").sum() == 12, "its own column has it once"
    assert (
        frame["notes"].str.contains("Killed 10 stands for rows 2 to 4").tolist()[:3] == [True] * 3
    )
    assert pd.isna(frame["notes"][3])
    assert any("1 count is merged over several rows" in line for line in frame.attrs["said"])


def test_merged_counts_in_parts_of_a_sum_and_in_one_column_for_both(tmp_path: Path) -> None:
    header = ["Place", "Date", "Killed (civilians)", "Killed (police)"]
    rows = [["Hilla", "2024-01-01", 4, 1], ["Mosul", "2024-01-02", None, 2]]
    frame = read_table(xlsx(tmp_path / "a.xlsx", [header, *rows], "C2:C3"))
    assert numbers(frame["killed"]) == [-1, 2]
    rows = [["Hilla", "2024-01-01", "3 / 7"], ["Mosul", "2024-01-02", None]]
    frame = read_table(
        xlsx(tmp_path / "b.xlsx", [["Place", "Date", "Killed / wounded"], *rows], "C2:C3")
    )
    assert numbers(frame["killed"]) == numbers(frame["wounded"]) == [-1, -1]


def test_merged_counts_of_sheets_read_together(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for month in (1, 2):
        sheet = book.create_sheet(f"M{month}")
        for values in (HEADER, ["Babil", "Hilla", f"2024-0{month}-01", month, 0],
                       ["Babil", "Hilla", f"2024-0{month}-02", None, 0]):  # fmt: skip
            sheet.append(values)
        sheet.merge_cells("D2:D3")
    book.save(tmp_path / "book.xlsx")
    assert numbers(read_table(tmp_path / "book.xlsx")["killed"]) == [1, -1, 2, -1]


def test_merged_cells_of_ods_stand_for_each_row(tmp_path: Path) -> None:
    spanned = ' table:number-rows-spanned="2"'
    covered = "<table:covered-table-cell/>"
    path = ods(
        tmp_path / "a.ods",
        row(cell("Weekly report")),
        row(attributes=' table:number-rows-repeated="2"'),
        row(*map(cell, HEADER)),
        row(cell("Diyala", spanned), cell("Baqubah"), cell("2024-01-05"), cell(7, spanned)),
        row(covered, cell("Muqdadiya"), cell("2024-01-06"), covered, cell(0)),
        row(cell("Babil"), cell("Hilla"), cell("2024-01-07"), cell(1), cell(0)),
        row(cell("", ' table:number-columns-repeated="16384"'),
            attributes=' table:number-rows-repeated="1048000"'),
    )  # fmt: skip
    frame = read_table(path)
    assert frame["admin1"].tolist() == ["Diyala", "Diyala", "Babil"]
    assert numbers(frame["killed"]) == [-1, -1, 1]
    assert "rows 5 to 6" in frame["notes"][0]


@pytest.mark.parametrize("far", ["XFD1048576", "GR200000", "AMK90000"])
def test_a_cell_far_from_the_table_is_told_and_takes_no_memory(tmp_path: Path, far: str) -> None:
    rows = [HEADER, ["Babil", "Hilla", "2024-01-01", 1, 0]]
    with pytest.raises(ReadError, match=r"reaches to row .* delete what lies far from the table"):
        read_table(xlsx(tmp_path / "far.xlsx", rows, far=far))
    assert len(read_table(xlsx(tmp_path / "near.xlsx", rows, far="AB900"))) == 2


def test_cells_repeated_without_end_are_told(tmp_path: Path) -> None:
    table = [
        row(*map(cell, HEADER)),
        row(cell("Babil"), cell("Hilla"), cell("2024-01-01"), cell(1)),
    ]
    many = row(cell("x", ' table:number-columns-repeated="9999"'),
               attributes=' table:number-rows-repeated="99999"')  # fmt: skip
    with pytest.raises(ReadError, match="reaches to row 100,001, column 9,999"):
        read_table(ods(tmp_path / "a.ods", *table, many))
    assert read_table(ods(tmp_path / "b.ods", *table))["place"].tolist() == ["Hilla"]


def test_styled_cells_without_a_value_are_not_far(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADER, ["Babil", "Hilla", "2024-01-01", 1, 0]])
    book = openpyxl.load_workbook(path)
    for name in ("XFD1", "XFD1048576"):
        book.active[name].font = openpyxl.styles.Font(bold=True)
    book.save(path)
    assert read_table(path)["place"].tolist() == ["Hilla"]
