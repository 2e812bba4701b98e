"""Whole tables to INCIDENTS: forms of files, known formats, rows that are no incidents."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.errors import ReadError
from mapper.readers import read_table
from mapper.readers.columns import known_formats
from mapper.schema import EVENT_TYPES, INCIDENTS, check

HEADER = "Date,Location,Governorate,Killed,Notes"


def write(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, *lines: str, name: str = "table.csv") -> pd.DataFrame:
    frame = read_table(write(folder, "\n".join(lines), name))
    check(frame, INCIDENTS, "incidents")
    return frame


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, ending: str) -> None:
    lines = [HEADER, "2024-01-05,Mosul,Nineveh,3,", "2024-01-06,Hit,Anbar,,x"]
    text = ending.join(lines).replace(",", delimiter)
    frame = read_table(write(tmp_path, text))
    assert frame["place"].tolist() == ["Mosul", "Hit"]
    assert frame["killed"].tolist() == [3, pd.NA]
    assert frame["source_row"].tolist() == [2, 3]


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    frame = read(tmp_path, "place;lat;lon", "Mosul;36,34;43,13", "Hit;33,64;42,83")
    assert frame["latitude"].tolist() == [36.34, 33.64]


def test_quoted_cells(tmp_path: Path) -> None:
    frame = read(tmp_path, HEADER, '2024-01-05,"Hit, west",Anbar,1,"two\nlines ""quoted"""',
                 "2024-01-06,Mosul,Nineveh,2,")  # fmt: skip
    assert frame["place"].tolist() == ["Hit, west", "Mosul"]
    assert frame["notes"][0] == 'two\nlines "quoted"'
    assert frame["source_row"].tolist() == [2, 3]


def test_the_columns_are_said(tmp_path: Path) -> None:
    frame = read(tmp_path, "المكان,التاريخ,القتلى", "الموصل,25/12/2023,٣")
    said = " ".join(frame.attrs["said"])
    assert "place from 'المكان'" in said and "date from 'التاريخ'" in said and "day first" in said
    assert (frame["place"][0], frame["killed"][0]) == ("الموصل", 3)


def test_own_columns_follow_untouched(tmp_path: Path) -> None:
    frame = read(tmp_path, "place,killed,status,shoe size", "Mosul, 3 ,open,007")
    own = list(frame.columns)[len(INCIDENTS) :]
    assert own == ["place_original", "killed_original", "status_original", "shoe size"]
    assert frame.iloc[0][own].tolist()[2:] == ["open", "007"]


def test_own_numbers_are_written_as_they_were(tmp_path: Path) -> None:
    frame = read(tmp_path, "place,killed,lat,lon", "Mosul,3,36.34,43.13", "Hit,,33,42", "Rutba,2,,")
    assert frame["killed_original"].astype("str").fillna("").tolist() == ["3", "", "2"]
    assert frame["killed"].tolist() == [3, pd.NA, 2]
    assert frame["latitude"].tolist() == [36.34, 33.0, pd.NA]


def test_a_column_may_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, "where it was,place\nMosul,7\n")
    assert read_table(path)["place"][0] == "7"
    assert read_table(path, columns={"place": "where it was"})["place"][0] == "Mosul"


@pytest.mark.parametrize(
    ("columns", "words"),
    [({"place": "Nowhere"}, "no column 'Nowhere'"), ({"sheep": "place"}, "'sheep' is nothing")],
)
def test_a_wrong_choice_is_told(tmp_path: Path, columns: dict[str, str], words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read_table(write(tmp_path, "place,x\nMosul,1\n"), columns=columns)


def test_headers_that_repeat_or_are_empty(tmp_path: Path) -> None:
    frame = read(tmp_path, "place,note,note,", "Mosul,a,b,c")
    assert frame.iloc[0][["note", "note (2)", "column 4"]].tolist() == ["a", "b", "c"]


def test_rows_before_the_header(tmp_path: Path) -> None:
    frame = read(tmp_path, "Weekly report", "", HEADER, "2024-01-05,Mosul,Nineveh,3,")
    assert (frame["place"].tolist(), frame["source_row"].tolist()) == (["Mosul"], [4])
    assert any("header found in row 3" in line for line in frame.attrs["said"])


def test_rows_that_are_no_incidents_stay_and_say_why(tmp_path: Path) -> None:
    frame = read(
        tmp_path, HEADER, "2024-01-05,Mosul,Nineveh,3,", "", "2024-01-06,Hit,Anbar,1,a,b,c",
        "Total,,,4,", ",,,,by the police", "2024-01-07,Hit,Anbar,1,x",
    )  # fmt: skip
    assert frame["source_row"].tolist() == [2, 4, 5, 6, 7]
    why = frame["rejected"].fillna("").tolist()
    assert why == ["", "it has 7 cells, the header 5", "a total, not an incident",
                   "only one cell is filled, and not with a place", ""]  # fmt: skip


def test_a_quote_that_never_closes_costs_its_own_row_only(tmp_path: Path) -> None:
    frame = read(tmp_path, HEADER, '2024-01-05,"Mosul,Nineveh,3,', "2024-01-06,Hit,Anbar,1,",
                 "2024-01-07,Rutba,Anbar,1,")  # fmt: skip
    assert frame["rejected"].notna().tolist() == [True, False, False]
    assert frame["place"].tolist()[1:] == ["Hit", "Rutba"]
    assert frame["source_row"].tolist() == [2, 3, 4]


def test_a_cell_far_beyond_the_header_is_seen(tmp_path: Path) -> None:
    frame = read(tmp_path, "place,killed", "Mosul,1", "Hit,2,,,lost?")
    assert frame["rejected"].tolist()[1] == "it has 5 cells, the header 2"


def test_a_quote_that_closes_rows_later_costs_its_own_row_only(tmp_path: Path) -> None:
    frame = read(tmp_path, HEADER, '2024-01-05,"Mosul,Nineveh,3,', "2024-01-06,Hit,Anbar,1,",
                 '2024-01-07,Rutba,Anbar,1,"a, b, c, d, e"', "2024-01-08,Hit,Anbar,1,")  # fmt: skip
    assert frame["rejected"].notna().tolist() == [True, False, False, False]
    assert frame["notes"].tolist()[2] == "a, b, c, d, e"


def test_missing_is_not_zero(tmp_path: Path) -> None:
    frame = read(tmp_path, HEADER, "2024-01-05,Mosul,Nineveh,,", "2024-01-05,Mosul,Nineveh,N/A,",
                 "2024-01-05,Mosul,Nineveh,many,")  # fmt: skip
    assert frame["killed"].isna().all()
    assert frame["notes"].tolist()[2] == "killed: 'many' in the source is not a number"


def test_hxl_tags(tmp_path: Path) -> None:
    frame = read(tmp_path, "A,B,C", "#date,#adm1+name,#affected+killed", "2024-01-05,Nineveh,3")
    assert (frame["admin1"].tolist(), frame["killed"].tolist()) == (["Nineveh"], [3])
    assert frame["source_row"].tolist() == [3]


def test_pcodes_serve_where_names_are_missing(tmp_path: Path) -> None:
    frame = read(tmp_path, "admin1,admin1Pcode,x", "Nineveh,IQG15,1", ",IQG07,2")
    assert frame["admin1"].tolist() == ["Nineveh", "IQG07"]


def workbook(folder: Path, rows: list[list[object]], *, sheets: int = 1) -> Path:
    book = openpyxl.Workbook()
    for number in range(1, sheets):
        book.create_sheet(f"extra {number}", 0)
    for row in rows:
        book["Sheet"].append(row)
    path = folder / "book.xlsx"
    book.save(path)
    return path


def test_workbook(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [["Report"], [], ["Date", "Town", "Killed", "ok"],
         [dt.date(2024, 1, 5), "Mosul", 3, True],
         [dt.datetime(2024, 1, 6, 8, 30), "Hit", 2.5, None]],
        sheets=3,
    )  # fmt: skip
    frame = read_table(path)
    assert frame["date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-05", "2024-01-06"]
    assert frame["source_row"].tolist() == [4, 5]
    assert frame["killed"].tolist() == [3, pd.NA] and "2.5" in frame["notes"][1]
    assert frame["ok"].tolist()[0] == "TRUE"
    assert "sheet 'Sheet'" in frame.attrs["said"][0]
    assert read_table(path, sheet="3")["place"].tolist() == ["Mosul", "Hit"]
    with pytest.raises(ReadError, match="no sheet 'Other': there are 'extra 2'"):
        read_table(path, sheet="Other")


def test_a_merged_cell_counts_for_all_its_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = [["Governorate", "Town", "Killed"], ["Nineveh", "Mosul", 1], [None, "Tal Afar", 2]]
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "merged.xlsx")
    assert read_table(tmp_path / "merged.xlsx")["admin1"].tolist() == ["Nineveh", "Nineveh"]


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Town", "Killed"], ["Mosul", 1]]).rename(tmp_path / "book.csv")
    frame = read_table(path)
    assert frame["place"].tolist() == ["Mosul"] and "workbook" in frame.attrs["said"][0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("spaces.csv", b"  \n \n", "empty"),
        ("header.csv", b"place,killed\n", "no row follows"),
        ("header.csv", b"place,killed\n\n,,\n", "no row follows"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "not a text table"),
        ("damaged.xlsx", b"PK\x03\x04" + b"[Content_Types].xml" * 9, "damaged"),
        ("damaged.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        ("packed.csv", gzip.compress(b"size,colour\n7,red\n", mtime=0), "--column place="),
        ("shoes.csv", b"size,colour\n7,red\n", "--column place="),
    ],
)
def test_refused_in_one_line(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = write(tmp_path, content, name)
    with pytest.raises(ReadError) as caught:
        read_table(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and words in message and "\n" not in message


def test_missing_folder_and_forbidden(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(ReadError, match="a folder"):
        read_table(tmp_path)
    with pytest.raises(ReadError, match=r"no such file|cannot be read"):
        read_table("a\0b.csv")
    path = write(tmp_path, "place\nMosul\n")
    path.chmod(0)
    if not os.access(path, os.R_OK):  # root may read everything
        with pytest.raises(ReadError, match="may not be read"):
            read_table(path)


UCDP = (
    "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,"
    "country,date_prec,date_start,date_end,best,source_headline"
)
ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,"
    "admin2,location,latitude,longitude,geo_precision,source,notes,fatalities"
)


def test_ucdp(tmp_path: Path) -> None:
    frame = read(
        tmp_path, UCDP,
        "1,1,Government of Iraq,IS,1,Sinjar town,Ninewa,Sinjar,36.32,41.87,Iraq,1,"
        "2015-03-01,2015-03-01,50,Fight",
        "2,3,IS,Civilians,4,Anbar province,Anbar,,33,42,Iraq,2,2015-03-01,2015-03-02,0,",
        "3,2,A,B,5,Northern Iraq,,,36,43,Iraq,5,2015-01-01,2015-12-31,7,",
    )  # fmt: skip
    assert frame["geo_precision"].tolist() == ["settlement", "adm1", "region"]
    assert frame["event_type"].tolist() == ["Battles", "Violence against civilians", "Battles"]
    assert frame["date_precision"].tolist() == ["day", "range", "range"]
    assert frame["killed"].tolist() == [50, 0, 7] and frame["wounded"].isna().all()
    assert any("UCDP GED" in line for line in frame.attrs["said"])


def test_gtd(tmp_path: Path) -> None:
    frame = read(
        tmp_path,
        "eventid,iyear,imonth,iday,country_txt,provstate,city,latitude,longitude,specificity,"
        "summary,attacktype1_txt,gname,nkill,nwound",
        "201401050001,2014,1,5,Iraq,Nineveh,Mosul,36.34,43.13,1,x,Bombing/Explosion,Unknown,3,7",
        "201402000002,2014,2,0,Iraq,Anbar,Unknown,33.0,42.0,4,y,Armed Assault,ISIL,,2.0",
        "201400000003,2014,0,0,Iraq,Anbar,Hit,33.6,42.8,2,z,Assassination,ISIL,1,0",
    )
    assert "a GTD table" in frame.attrs["said"][-1]
    assert frame["date"].dt.strftime("%Y-%m-%d").tolist() == [
        "2014-01-05", "2014-02-01", "2014-01-01",
    ]  # fmt: skip
    assert frame["date_precision"].tolist() == ["day", "month", "year"]
    assert frame["geo_precision"].tolist() == ["settlement", "adm1", "adm2"]
    assert frame["killed"].tolist() == [3, pd.NA, 1]
    assert frame["wounded"].tolist() == [7, 2, 0]
    assert frame["place"].isna().tolist() == [False, True, False]
    assert frame["event_type"].fillna("").tolist() == [
        "Explosions/Remote violence", "", "Violence against civilians",
    ]  # fmt: skip


def test_awsd(tmp_path: Path) -> None:
    frame = read(
        tmp_path,
        "Incident ID,Year,Month,Day,Country,Region,District,City,Total killed,Total wounded,"
        "Total kidnapped,Means of attack,Attack context,Location,Latitude,Longitude,Actor name",
        "11,2014,1,5,Iraq,Nineveh,Mosul,Mosul,1,0,0,Shooting,Ambush,Road,36.34,43.13,Unknown",
        "12,2014,1,,Iraq,Anbar,,,0,0,2,Kidnapping,Unknown,Office,,,",
    )
    assert "an AWSD table" in frame.attrs["said"][-1]
    assert frame["place"].fillna("").tolist() == ["Mosul", ""], "Road is no place"
    assert frame["date_precision"].tolist() == ["day", "month"]
    assert frame["killed"].tolist() == [1, 0]


def test_iraq_body_count(tmp_path: Path) -> None:
    frame = read(
        tmp_path,
        "IBC code,Start Date,End Date,Time,Location,Target,Weapons,Reported Minimum,"
        "Reported Maximum,Sources",
        "k1,5 Jan 2006,5 Jan 2006,AM,central Baghdad,police patrol,car bomb,4,6,A B",
        "k2,1 Jan 2006,31 Jan 2006,,Baghdad morgue,,gunfire,10,12,C",
    )
    assert "an Iraq Body Count table" in frame.attrs["said"][-1]
    assert frame["killed"].tolist() == [4, 10]
    assert frame["date_precision"].tolist() == ["day", "range"]


def test_year_month_and_day_in_columns_of_any_table(tmp_path: Path) -> None:
    frame = read(tmp_path, "place,Year,Month,Day", "Mosul,2014,3,9", "Hit,2014,3,", "Hit,,,")
    assert frame["date_precision"].fillna("").tolist() == ["day", "month", ""]
    assert frame["date"].dt.day.fillna(0).tolist() == [9, 1, 0]
    assert read(tmp_path, "place,Day", "Mosul,2014-03-09")["date"].dt.day.tolist() == [9]


def test_acled(tmp_path: Path) -> None:
    frame = read(
        tmp_path, ACLED,
        "IRQ1,05 January 2024,1,Battles,Armed clash,A,B,"
        "Iraq,Ninewa,Mosul,Mosul,36.34,43.13,1,X,n,2",
        "IRQ2,06 January 2024,2,Protests,Peaceful protest,P,,"
        "Iraq,Ninewa,Mosul,Mosul,36.34,43.13,3,X,n,0",
    )  # fmt: skip
    assert frame["geo_precision"].tolist() == ["settlement", "adm1"]
    assert frame["sub_event_type"].tolist() == ["Armed clash", "Peaceful protest"]
    assert frame["date_precision"].tolist() == ["day", "range"]
    assert frame["date_end"].isna().tolist() == [False, True]
    assert frame["incident_id"].tolist() == ["IRQ1", "IRQ2"]


def test_every_code_of_a_format_is_one_of_our_words() -> None:
    allowed = {column.name: column.allowed for column in INCIDENTS}
    for known in known_formats():
        roles = {column.name for column in INCIDENTS} | {"year", "month", "day", "coordinates"}
        assert set(known.columns) <= roles and set(known.values) <= roles, known.name
        for role, codes in known.values.items():
            subs = {sub for subs in EVENT_TYPES.values() for sub in subs}
            words = subs if role == "sub_event_type" else set(allowed[role])
            assert set(codes.values()) <= words, (known.name, role)


def test_the_real_table(shared_data: Path) -> None:
    frame = read_table(shared_data / "dev" / "ucdp_ged_iraq_dev.csv")
    check(frame, INCIDENTS, "incidents")
    assert len(frame) == 2416 and frame["incident_id"].is_unique
    assert frame["date"].notna().all() and frame["rejected"].isna().all()


def test_every_awkward_file_is_read_or_refused_in_one_line(shared_data: Path) -> None:
    files = [path for path in sorted((shared_data / "fixtures").rglob("*")) if path.is_file()]
    assert len(files) > 100
    for path in files:
        try:
            check(read_table(path), INCIDENTS, path.name)
        except ReadError as error:
            assert str(error).startswith(f"{path}: ") and "\n" not in str(error)


cell = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["Mosul", "2024-01-05", "3/4/2024", "5+", "33.3", '"', ",", "=1+1", "<b>", "\u2028"]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(cell, max_size=7), min_size=1, max_size=8),
    st.binary(max_size=6),
    st.integers(0, 400),
)
def test_no_row_is_lost_whatever_comes(
    tmp_path: Path, rows: list[list[str]], noise: bytes, at: int
) -> None:
    """Read with all rows there and a schema that holds, or refused in one line."""
    data = "\n".join([HEADER, *(",".join(row) for row in rows)]).encode()
    data = data[:at] + noise + data[at:]
    path = write(tmp_path, data)
    try:
        frame = read_table(path)
    except ReadError as error:
        assert "\n" not in str(error)
        return
    check(frame, INCIDENTS, "incidents")
    assert frame["source_row"].is_monotonic_increasing and frame["incident_id"].is_unique


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=12))
def test_a_well_formed_table_comes_back_cell_by_cell(
    tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    cells = pd.DataFrame(rows, columns=["place", "own", "other"])
    path = tmp_path / "table.csv"
    cells.to_csv(path, index=False, quoting=csv.QUOTE_ALL)
    blank = (cells == "").all(axis=1)
    try:
        frame = read_table(path)
    except ReadError as error:
        told = str(error)
        assert ("no row follows" in told and blank.all()) or "not a text table" in told
        return
    kept = cells[~blank].reset_index(drop=True)
    assert len(frame) == len(kept)
    for name in ("own", "other"):
        assert frame[name].fillna("").tolist() == kept[name].tolist()


def test_a_very_long_cell_is_read_and_the_csv_module_left_as_it_was(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    note = "x" * (limit + 10)
    # A row with too many cells takes the slow way, which goes by the csv module's limit.
    frame = read(tmp_path, HEADER, f"2024-01-05,Mosul,Nineveh,3,{note}", "a,b,c,d,e,f")
    assert frame.loc[0, "notes"] == note
    assert csv.field_size_limit() == limit


def test_a_web_page_or_text_under_the_name_of_a_spreadsheet(tmp_path: Path) -> None:
    page = "<table><tr><th>Town</th><th>Killed</th></tr><tr><td>Mosul</td><td>3</td></tr></table>"
    for content in (page, "Town,Killed\nMosul,3\n", "Town\tKilled\nMosul\t3\n".encode("utf-16")):
        frame = read_table(write(tmp_path, content, "table.xls"))
        assert (frame["place"].tolist(), frame["killed"].tolist()) == (["Mosul"], [3])


def test_marks_and_zero_bytes_inside_a_table(tmp_path: Path) -> None:
    frame = read(
        tmp_path, HEADER, "\ufeff2024-01-05,Mosul,Nineveh,3,a long enough\0 note to be text"
    )
    assert (
        frame["date"].notna().all() and frame["notes"][0] == "a long enough\ufffd note to be text"
    )


def test_of_several_sheets_the_one_with_the_table_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Cover page"], ["Made by the desk"]):
        book.active.append(row)
    sheet = book.create_sheet("Data")
    for row in (["Date", "Town", "Killed"], ["2024-01-05", "Mosul", 3]):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    assert read_table(tmp_path / "book.xlsx")["place"].tolist() == ["Mosul"]


def test_coordinates_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    frame = read(
        tmp_path, "when,a,b,n", "2024-01-05,36.3412,43.1301,3", "2024-01-06,33.6416,42.8251,1"
    )
    assert frame["latitude"].tolist() == [36.3412, 33.6416]
    assert any("latitude from 'a' (by what is in it)" in line for line in frame.attrs["said"])
    frame = read(tmp_path, "thing,n", '"36.3412, 43.1301",3', "38SMB4123486543,1")
    assert frame["longitude"].notna().all()
    with pytest.raises(ReadError, match="--column place="):  # two pairs: which?
        read(tmp_path, "a,b,c,n", "36.3412,43.1301,36.4413,3", "33.6416,42.8251,33.7417,1")
    with pytest.raises(ReadError, match="--column place="):  # ages are not degrees
        read(tmp_path, "a,b", "36,43", "33,42")


@pytest.mark.parametrize(
    "ids",
    [
        ("3", "1", "2"),
        ("1", "01", "1.0"),
        ("9007199254740992", "9007199254740993", "9007199254740994"),
        ("1", "inf", "nan"),
        ("1", "x", "-1"),
    ],
)
def test_ids_that_differ_stay(tmp_path: Path, ids: tuple[str, ...]) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("event_id,place,date\n" + "".join(f"{i},Mosul,2024-01-05\n" for i in ids))
    frame = read_table(path)
    assert tuple(frame["incident_id"]) == ids
    assert not any("repeat" in line for line in frame.attrs["said"])


def test_an_id_that_repeats_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("event_id,place,date\n" + "".join(f"{i},Mosul,2024-01-05\n" for i in (2, 1, 2)))
    frame = read_table(path)
    assert frame["incident_id"].tolist() == ["ids.csv:2", "ids.csv:3", "ids.csv:4"]
    assert any("1 row repeats an id" in line for line in frame.attrs["said"])


def test_every_cell_may_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "id,place,date,killed,longitude,latitude\n"
        "1,Mosul,2024-01-05,3,43.1,36.3\n2,Hit,2024-01-06,4,42.8,33.6\n"
    )
    frame = read_table(path)
    before = frame.copy()
    for name in frame.columns:
        frame.loc[1, name] = frame[name].iloc[0]
        others = frame.columns[frame.columns.get_loc(name) + 1 :]
        pd.testing.assert_frame_equal(frame[others], before[others])
