"""The formats that are known: a sample of each, what is read from it and how it is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import gazetteer
from mapper.locating import locate
from mapper.readers import read_table
from mapper.readers.columns import known_formats
from mapper.readers.synonyms import role_of
from mapper.schema import POINT_PRECISIONS

CASES_FOLDER = Path(__file__).parent.parent / "cases"
CASES: dict[str, dict[str, Any]] = yaml.safe_load((CASES_FOLDER / "formats.yml").read_text("utf-8"))
PARTS: dict[str, dict[str, Any]] = yaml.safe_load(
    (CASES_FOLDER / "format_parts.yml").read_text("utf-8")
)
COLUMNS = (
    "incident_id", "date", "date_end", "date_precision", "event_type", "sub_event_type", "place",
    "killed", "wounded", "adm1_pcode", "precision",
)  # fmt: skip


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.load()


@pytest.mark.parametrize("name", CASES)
def test_a_sample(name: str, gaz: gazetteer.Gazetteer) -> None:
    located = locate(read_table(CASES_FOLDER / "formats" / name), gaz)
    told = CASES[name]["format"]
    said = located.attrs["said"][-1]
    assert (f"{told} table" in said) if told else (" table" not in said), said
    assert len(located) == len(CASES[name]["rows"])
    for row, expected in zip(located.itertuples(), CASES[name]["rows"], strict=True):
        found = [_plain(getattr(row, column)) for column in COLUMNS]
        open_ = [at for at in (0, 10) if expected[at] is None]  # an id of ours, or not judged here
        for at in open_:
            found[at] = None
        assert found == expected
        assert (row.geometry is not None) == (row.precision in POINT_PRECISIONS)


@pytest.mark.parametrize("what", PARTS)
def test_what_is_left_of_a_format_claims_no_more(
    what: str, gaz: gazetteer.Gazetteer, tmp_path: Path
) -> None:
    (tmp_path / "part.csv").write_text(PARTS[what]["table"])
    located = locate(read_table(tmp_path / "part.csv"), gaz)
    for column, values in PARTS[what]["read"].items():
        assert [_plain(value) for value in located[column]] == values, column
    assert (located.geometry.notna() == located["precision"].isin(POINT_PRECISIONS)).all()


def test_codes_of_precision_that_nothing_explains_are_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("place,Location precision\nKirkuk,3\nKirkuk,village\nHit,B\n")
    frame = read_table(tmp_path / "t.csv")
    assert frame["geo_precision"].tolist()[1] == "settlement"
    assert any("nothing tells what they mean: '3', 'b'" in line for line in frame.attrs["said"])


def test_every_format_has_a_sample() -> None:
    told = {case["format"] for case in CASES.values()} | {"an incident-map"}
    assert told - {None} == {known.name for known in known_formats()}
    assert {path.name for path in (CASES_FOLDER / "formats").iterdir()} == set(CASES)


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize(
    ("tag", "role"),
    [
        ("#event+num", None),  # of ten letters, as headers that Shapefiles cut off are
        ("#event+id", "incident_id"),
        ("#date+year", "year"),
        ("#date+month+start", "month"),
        ("#adm2+pcode", "admin2_pcode"),
        ("#adm1+code+v_iraq", "admin1_pcode"),
        ("#adm2+name+i_ar+v_ocha", "admin2"),
        ("#affected+killed+ind", "killed"),
        ("#affected+killed+children", None),
    ],
)
def test_tags_are_understood_by_their_attributes(tag: str, role: str | None) -> None:
    assert role_of(tag) == role


def test_a_table_of_tags_alone(tmp_path: Path) -> None:
    text = "#date+year,#date+month,#adm2+pcode,#event+num,#affected+killed\n2024,Feb,IQG15Q05,3,2\n"
    (tmp_path / "t.csv").write_text(text)
    (tmp_path / "u.csv").write_text("Year,Month,District,Events,Dead\n" + text)
    for name, row in (("t.csv", 2), ("u.csv", 3)):
        found = read_table(tmp_path / name).iloc[0]
        assert (str(found["date"])[:10], found["date_precision"]) == ("2024-02-01", "month")
        assert (found["admin2"], found["killed"]) == ("IQG15Q05", 2)
        assert found["incident_id"] == f"{name}:{row}"
