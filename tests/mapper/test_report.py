"""The account: it closes, it tells reasons, and it is safe to show."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import gazetteer
import mapper
from mapper.locating import locate
from mapper.report import Report
from mapper.schema import INCIDENTS, empty


@pytest.fixture(scope="module")
def report() -> Report:
    rows = [
        {"place": "Hilla", "geo_precision": "settlement"},
        {"place": "Babil"},
        {"place": "Iraq"},
        {"place": "<script>alert(1)</script>"},
        {"place": "<script>alert(1)</script>"},
        {"place": "Gaza"},
        {"place": "Mosul", "rejected": "a total, not an incident"},
    ]
    frame = empty(INCIDENTS, len(rows))
    frame["source_file"], frame["source_row"] = "x.csv", pd.array(range(2, 9), dtype="Int64")
    for number, row in enumerate(rows):
        for name, value in row.items():
            frame.loc[number, name] = value
    frame.attrs["said"] = ["x.csv: <b>read</b>"]
    return Report.of(locate(frame, gazetteer.load()))


def test_it_closes(report: Report) -> None:
    assert report.closes and not report.complete
    assert report.rows_in == 7
    assert dict(report.statuses) == {
        "resolved": 3, "ambiguous": 0, "unresolved": 2, "outside": 1, "rejected": 1,
    }  # fmt: skip
    assert list(report.shown.values()) == [1, 1, 1, 4]


def test_the_text_tells_rows_and_reasons(report: Report) -> None:
    text = str(report.with_outputs("map.html"))
    for words in (
        "7 rows in",
        "1 rejected: a total",
        "2 x <script>",
        "Gaza",
        "Wrote map.html",
        "read",
    ):
        assert words in text


def test_unplaced_rows_keep_file_and_row(report: Report) -> None:
    assert report.unplaced["row"].tolist() == [5, 6, 7, 8]
    assert report.unplaced["reason"].notna().all()
    assert report.unplaced["reason"].tolist()[-1] == "a total, not an incident"


def test_html_is_escaped(report: Report) -> None:
    html = report._repr_html_()
    assert "<script>" not in html and "<b>read" not in html and "&lt;script&gt;" in html


def test_it_goes_into_json(report: Report) -> None:
    again = json.loads(json.dumps(report.as_dict(), default=str))
    assert again["rows_in"] == 7 and len(again["unplaced"]) == 4


def test_it_cannot_be_changed(report: Report) -> None:
    with pytest.raises(AttributeError):
        report.rows_in = 0  # type: ignore[misc]
    with pytest.raises(TypeError):
        report.statuses["resolved"] = 9  # type: ignore[index]


def test_an_empty_account_closes() -> None:
    report = Report.of(locate(empty(INCIDENTS), gazetteer.load()))
    assert report.closes and report.complete and "0 rows in" in str(report)


def test_a_name_known_only_by_its_governorate_is_there_to_decide() -> None:
    frame = empty(INCIDENTS, 3)
    frame["source_file"], frame["source_row"] = "x.csv", pd.array([2, 3, 4], dtype="Int64")
    frame["place"] = pd.Series(["Camp Nowhere", "Camp Nowhere", None], dtype="str")
    frame["admin1"] = "Ninewa"
    report = Report.of(locate(frame, gazetteer.load("core")))
    assert report.complete and "2 rows by district or governorate" in str(report)
    [decide] = report.to_decide().to_dict("records")
    assert (decide["name"], decide["rows"]) == ("Camp Nowhere", 2)


def test_every_line_of_the_list_to_decide_goes_back_as_a_name(tmp_path: Path) -> None:
    rows = "Camp Sunrise,Ninewa,\n,,1\n,,2\nXyzzy,,\n"
    (tmp_path / "a.csv").write_text(f"place,governorate,killed\n{rows}", "utf-8")
    (tmp_path / "b.csv").write_text("place,killed\nXyzzy,1\n,2\n", "utf-8")
    frame = mapper.read([tmp_path / "a.csv", tmp_path / "b.csv"])
    report = Report.of(locate(frame, gazetteer.load("core")))
    todo = report.to_decide()
    assert todo[["name", "source_rows"]].to_numpy().tolist() == [
        ["Xyzzy", "a.csv: 5; b.csv: 2"], ["Camp Sunrise", "a.csv: 2"],
    ]  # fmt: skip
    todo.assign(id="IQG15").to_csv(tmp_path / "todo.csv", index=False)
    decided = locate(frame, gazetteer.load("core", names=tmp_path / "todo.csv"))
    assert decided["status"].tolist().count("resolved") == 3
    told = str(Report.of(decided))
    assert "2 rejected: only one cell is filled, and not with a place (a.csv: 3, 4)" in told
    assert "1 x (no place): no place is told (b.csv: 3)" in told


def test_rows_without_a_number_or_a_file_are_told_without() -> None:
    frame = empty(INCIDENTS, 2)
    frame["place"], frame["source_file"] = "Xyzzy", pd.Series(["a.txt", "a.txt"], dtype="str")
    gaz = gazetteer.load("core")
    assert str(Report.of(locate(frame, gaz))).endswith("no place of this name is known (a.txt)")
    bare = frame.assign(source_file=pd.Series([None, None], dtype="str"))
    assert str(Report.of(locate(bare, gaz))).endswith("no place of this name is known")


def test_many_rows_of_one_name_are_not_all_listed() -> None:
    frame = empty(INCIDENTS, 500)
    frame["source_file"], frame["place"] = "x.csv", "Xyzzy"
    frame["source_row"] = pd.array(range(2, 502), dtype="Int64")
    report = Report.of(locate(frame, gazetteer.load("core")))
    assert "20, 21, ...)" in str(report) and len(str(report)) < 300
