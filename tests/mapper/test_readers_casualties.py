"""Killed and wounded where a table tells both in one cell."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mapper.readers import read_table
from mapper.readers.casualties import COUNTS
from mapper.readers.numbers import plain_digits, spelled
from mapper.readers.tolls import read_toll

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "tables.yml").read_text("utf-8"))


def read(folder: Path, *lines: str) -> pd.DataFrame:
    path = folder / "table.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_table(path)


def counts(frame: pd.DataFrame) -> list[tuple[object, object]]:
    told = zip(frame["killed"], frame["wounded"], strict=True)
    return [tuple(None if pd.isna(count) else count for count in pair) for pair in told]


@pytest.mark.parametrize(("written", "killed", "wounded"), CASES["tolls"])
def test_a_cell(written: str, killed: int | None, wounded: int | None) -> None:
    toll = read_toll(written)
    assert ((toll.killed, toll.wounded) if toll else (None, None)) == (killed, wounded)


ALEFS = str.maketrans("أإآ", "ااا")
# Arabic nouns whose form tells how many they are.
ONE_OR_TWO = {
    "قتيل": 1, "شهيد": 1, "جريح": 1, "مصاب": 1, "قتيلا": 1, "شهيدا": 1, "جريحا": 1, "مصابا": 1,
    "قتيلان": 2, "قتيلين": 2, "شهيدان": 2, "شهيدين": 2, "جريحان": 2, "جريحين": 2, "مصابان": 2,
}  # fmt: skip


@given(st.text(max_size=30) | st.lists(st.sampled_from(
    ["3", "12", "killed", "wounded", "and", "/", ",", "و", "جرحى", "5+", "-", "two", "shops",
     "قتلى", "٤", "ثلاثة", "مقتل", "إصابة", *ONE_OR_TWO]
)).map(" ".join))  # fmt: skip
def test_nobody_is_invented(text: str) -> None:
    bare = re.sub(r"(?<=\d)[.,](?=\d{3})", "", plain_digits(text).lower().translate(ALEFS))
    told = {int(digits) for digits in re.findall(r"\d+", bare)}
    for word in re.findall(r"[^\W\d_]+", f"{bare} {bare.replace(' و', ' ')}"):
        told |= {spelled(word), ONE_OR_TWO.get(word)}
    toll = read_toll(text)
    assert not toll or {toll.killed, toll.wounded} <= told | {0, None}


@pytest.mark.parametrize(
    "header", ["Casualties", "Killed / Injured", "KIA & WIA", "القتلى والجرحى"]
)
def test_a_column_for_both(tmp_path: Path, header: str) -> None:
    frame = read(tmp_path, f"date,place,{header}", "2024-01-05,Mosul,3 killed / 2 injured",
                 "2024-01-06,Hit,5 injured", "2024-01-07,Tikrit,unknown")  # fmt: skip
    assert counts(frame) == [(3, 2), (None, 5), (None, None)]
    assert frame["notes"].isna().all()


def test_a_pair_of_numbers_is_read_as_the_header_says(tmp_path: Path) -> None:
    for header, expected in (("Killed/Wounded", (3, 2)), ("Wounded/Killed", (2, 3))):
        frame = read(tmp_path, f"date,place,{header}", "2024-01-05,Mosul,3/2")
        assert counts(frame) == [expected]


def test_numbers_of_casualties_are_neither(tmp_path: Path) -> None:
    frame = read(tmp_path, "date,place,Casualties", "2024-01-05,Mosul,3", "2024-01-06,Hit,4")
    assert counts(frame) == [(None, None)] * 2
    assert "do not tell killed from wounded" in " ".join(frame.attrs["said"])


def test_a_column_of_killed_that_tells_the_wounded_too(tmp_path: Path) -> None:
    frame = read(tmp_path, "date,place,Killed", "2024-01-05,Mosul,3 killed / 2 injured",
                 "2024-01-06,Hit,4", "2024-01-07,Tikrit,5 injured")  # fmt: skip
    assert counts(frame) == [(3, 2), (4, None), (None, 5)]


def test_a_column_of_its_own_goes_before(tmp_path: Path) -> None:
    frame = read(tmp_path, "date,place,Killed,Casualties", "2024-01-05,Mosul,1,3 killed 2 injured",
                 "2024-01-06,Hit,,3 killed 2 injured")  # fmt: skip
    assert counts(frame) == [(1, 2), (3, 2)]


@pytest.mark.parametrize(
    ("headers", "killed", "wounded"),
    [
        ("Killed (ISF),Killed (Civ),Injured (ISF),Injured (Civ)", 3, 7),
        ("KIA - CF,civilians_killed,WIA - CF,Civilian WIA", 3, 7),
        ("قتلى مدنيين,قتلى الجيش,جرحى مدنيين,جرحى الشرطة", 3, 7),
        ("Men killed,Women killed,Males injured,Females injured", 3, 7),
        ("ISF killed,Police killed,WIA,Civilian WIA", None, 3),  # police are of the ISF
        ("Civilians killed,Children killed,Civilians injured,note", None, None),
        ("Killed,Killed (Civ),Injured (min),Injured (max)", 1, 3),
    ],
)
def test_columns_of_groups_add_up(
    tmp_path: Path, headers: str, killed: int | None, wounded: int | None
) -> None:
    (tmp_path / "t.csv").write_text(f"Exact Location,{headers}\nJalawla,1,2,3,4\n")
    found = read_table(tmp_path / "t.csv")
    assert found["place"].tolist() == ["Jalawla"]
    read = [found[role].astype(object).where(found[role].notna(), None)[0] for role in COUNTS]
    assert read == [killed, wounded]
    summed = [line for line in found.attrs["said"] if "is the sum of" in line]
    assert bool(summed) == ((killed, wounded) == (3, 7))


def test_a_part_of_a_sum_that_is_not_told_is_noted(tmp_path: Path) -> None:
    lines = ("2024-01-05,Mosul,2,", "2024-01-06,Hit,unknown,3", "2024-01-07,Kut,1,2")
    frame = read(tmp_path, "date,place,Killed (ISF),Killed (Civ)", *lines, "2024-01-08,Ana,,")
    assert counts(frame) == [(2, None), (3, None), (3, None), (None, None)]
    notes = frame["notes"].fillna("")
    without = [re.findall(r"without '(.*?)', not told", note) for note in notes]
    assert without == [["Killed (Civ)"], ["Killed (ISF)"], [], []]
