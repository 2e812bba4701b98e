"""One event that several articles tell becomes one row; two events stay two."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import gazetteer
import mapper
from mapper.cli import main
from mapper.locating import locate
from mapper.report import Report

ONE = (
    "A car bomb exploded near a market in Baqubah on Monday, killing five people and wounding 12, "
    "police said."
)
SAME = [
    "A bomb in a parked car killed five people and wounded 12 others at a market in "
    "Baqubah on Monday, a medic said.",
    "أفاد مصدر أمني بمقتل خمسة أشخاص وإصابة 12 آخرين بانفجار سيارة مفخخة في بعقوبة يوم الاثنين.",
    "A car bomb exploded near a market in Baqubah on Monday, killing seven people "
    "and wounding 12, officials said.",
]  # fmt: skip
OTHERS = [
    "A car bomb exploded near a market in Baqubah on Sunday, killing five people and "
    "wounding 12, police said.",
    "A car bomb exploded near a market in Mosul on Monday, killing five people and "
    "wounding 12, police said.",
    "Gunmen shot dead five people in Baqubah on Monday and wounded 12, police said.",
    "A car bomb exploded near a school in Baqubah on Monday, killing 45 people, police said.",
    "A car bomb exploded in Baqubah on Monday, wounding a policeman, the army said.",
    "A car bomb exploded in Baqubah, the army said, killing one person.",
]  # fmt: skip


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.load()


def read(folder: Path, gaz: gazetteer.Gazetteer, *texts: str) -> pd.DataFrame:
    path = folder / "news.jsonl"
    records = [
        {
            "text": text,
            "date": "2024-01-09",
            "source": f"Agency {n}",
            "url": f"https://n.example/{n}",
        }
        for n, text in enumerate(texts, start=1)
    ]
    path.write_text("\n".join(map(json.dumps, records)))
    frame = mapper.read(path, gaz=gaz)
    assert len(frame) == len(texts), frame["quote"].tolist()
    return frame


@pytest.mark.parametrize("text", SAME)
def test_retellings_become_one_row(text: str, tmp_path: Path, gaz: gazetteer.Gazetteer) -> None:
    merged = mapper.merge(read(tmp_path, gaz, ONE, text), gaz)
    assert len(merged) == 1
    row = merged.iloc[0]
    assert set(row["source"].split("; ")) == {"Agency 1", "Agency 2"}
    assert "also told by: Agency" in row["notes"] and "https://n.example/" in row["notes"]
    assert "Agency" in row["merged_quotes"] and row["wounded"] == 12
    assert ("accounts differ on the killed: 5 (Agency 1), 7 (Agency 2)" in row["notes"]) == (
        "seven" in text
    )


@pytest.mark.parametrize("text", OTHERS)
def test_other_events_stay_rows_of_their_own(
    text: str, tmp_path: Path, gaz: gazetteer.Gazetteer
) -> None:
    merged = mapper.merge(read(tmp_path, gaz, ONE, text), gaz)
    assert len(merged) == 2 and merged["merged_from"].isna().all()


def test_the_account_closes(tmp_path: Path, gaz: gazetteer.Gazetteer) -> None:
    incidents = read(tmp_path, gaz, ONE, *SAME, *OTHERS)
    merged = mapper.merge(incidents, gaz)
    report = Report.of(locate(merged, gaz))
    assert report.closes and report.rows_in == len(incidents) == 10
    assert report.merged == report.as_dict()["merged"] == 10 - len(merged) >= 3
    assert "merged into another row" in str(report) and "merged: 4 rows tell of 1 event" in str(
        report
    )
    ids = "; ".join([*merged["incident_id"], *merged["merged_from"].dropna()]).split("; ")
    assert sorted(ids) == sorted(incidents["incident_id"]), "no telling is lost"


def test_rows_of_tables_and_of_one_article_are_left_alone(
    tmp_path: Path, gaz: gazetteer.Gazetteer
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("place,date,killed\nHilla,2024-01-05,2\nHilla,2024-01-05,2\n")
    assert len(mapper.merge(mapper.read([table, table]), gaz)) == 4


def test_the_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a.txt", ONE), ("b.txt", SAME[0])):
        (tmp_path / name).write_text(text)
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--published", "2024-01-09"]
    review, output = str(tmp_path / "incidents.csv"), str(tmp_path / "map.html")
    assert main(["extract", *files, "--merge", "-o", review]) == 0
    assert len(pd.read_csv(review)) == 1
    assert main(["draw", *files, "--merge", "-o", output]) == 0
    assert "1 merged into another row" in capsys.readouterr().out
    assert main(["draw", review, "-o", output]) == 0
