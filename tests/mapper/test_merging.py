"""One event that several articles tell becomes one row; two events stay two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

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


CASES = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "retellings.yml").read_text("utf-8")
)
# Retellings that too little is told of to merge them.
LEFT_APART = {"day-of-telling", "port", "overrun-post", "recruits"}


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.load()


def read(
    folder: Path, gaz: gazetteer.Gazetteer, *texts: str, published: str = "2024-01-09"
) -> pd.DataFrame:
    path = folder / "news.jsonl"
    records = [
        {
            "text": text,
            "date": published,
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


@pytest.mark.parametrize("tellings", [1, 4, 9])
def test_two_rows_of_one_article_are_never_merged(
    tellings: int, tmp_path: Path, gaz: gazetteer.Gazetteer
) -> None:
    bomb = (
        "{} car bomb exploded near a market in Baqubah on Monday, killing {} people, police said."
    )
    both = f"{bomb.format('A', 'nine')} {bomb.format('Another', 'eight')}"
    path = tmp_path / "news.jsonl"
    texts = [bomb.format("A", "nine")] * tellings + [both]
    path.write_text("\n".join(json.dumps({"text": text, "date": "2024-01-09"}) for text in texts))
    incidents = mapper.read(path, gaz=gaz)
    merged = mapper.merge(incidents, gaz)
    assert len(incidents) == tellings + 2 and merged["killed"].tolist() == [9, 8]
    assert merged["merged_from"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("titles", "is_one_event"),
    [
        (("Explosion near a market in Baghdad", "Explosion near a market in Baghdad"), True),
        (("Explosion near a market in Baghdad", "Explosion near a church in Baghdad"), False),
        (("Explosion in Baghdad", "Explosion near a church in Baghdad"), False),
    ],
)
def test_headlines_tell_of_events_of_no_told_kind(
    titles: tuple[str, str], is_one_event: bool, tmp_path: Path, gaz: gazetteer.Gazetteer
) -> None:
    texts = [
        "An explosion killed three people in Baghdad on Monday, police said.",
        "Three people died on Monday when an explosion shook Baghdad, a medic said.",
    ]
    told = zip(titles, texts, strict=True)
    path = tmp_path / "news.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"title": title, "text": text, "date": "2024-01-09"}) for title, text in told
        )
    )
    incidents = mapper.read(path, gaz=gaz)
    assert len(incidents) == 2 and incidents["title"].tolist() == list(titles)
    assert incidents["sub_event_type"].isna().all()
    assert (len(mapper.merge(incidents, gaz)) == 1) == is_one_event


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


@pytest.mark.parametrize("case", CASES["one_event"], ids=lambda case: case["id"])
def test_two_accounts_of_one_event(
    case: dict[str, Any], tmp_path: Path, gaz: gazetteer.Gazetteer
) -> None:
    incidents = read(tmp_path, gaz, *case["texts"], published="2024-05-15")
    merged = mapper.merge(incidents, gaz)
    assert (len(merged) == 1) == (case["id"] not in LEFT_APART), incidents["quote"].tolist()


@pytest.mark.parametrize("case", CASES["two_events"], ids=lambda case: case["id"])
def test_two_events_that_resemble_one_another(
    case: dict[str, Any], tmp_path: Path, gaz: gazetteer.Gazetteer
) -> None:
    merged = mapper.merge(read(tmp_path, gaz, *case["texts"], published="2024-05-15"), gaz)
    assert len(merged) == 2 and merged["merged_from"].isna().all()


def test_what_may_be_one_event_is_left_apart_and_said(
    tmp_path: Path, gaz: gazetteer.Gazetteer
) -> None:
    bombs = [
        "A bomb exploded in Baghdad on Monday, killing two people, police said.",
        "Two people died in Baghdad on Monday when a bomb went off near a bank, a medic said.",
    ]
    merged = mapper.merge(read(tmp_path, gaz, *bombs), gaz)
    assert len(merged) == 2
    first, second = merged["incident_id"]
    assert f"may be the same event as {second} (Agency 2)" in merged["notes"][0]
    assert f"may be the same event as {first} (Agency 1)" in merged["notes"][1]
    assert any("left apart: 2 rows" in said for said in merged.attrs["said"])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_what_fits_two_events_is_put_to_neither(
    order: tuple[int, ...], tmp_path: Path, gaz: gazetteer.Gazetteer
) -> None:
    texts = [
        "A bomb killed three people in the Mansour district of Baghdad on Monday, police said.",
        "A bomb killed three people in the Dora district of Baghdad on Monday, police said.",
        "A bomb killed three people in Baghdad on Monday, a medic said.",
    ]
    merged = mapper.merge(read(tmp_path, gaz, *(texts[n] for n in order)), gaz)
    assert len(merged) == 3
    assert merged["notes"][order.index(2)].count("(Agency") == 2


def test_accounts_that_differ_are_both_told(tmp_path: Path, gaz: gazetteer.Gazetteer) -> None:
    texts = [
        "An attack on a checkpoint near Samarra killed three policemen late on Sunday.",
        "Four policemen were killed early on Monday when a suicide bomber hit a checkpoint near "
        "Samarra.",
    ]
    merged = mapper.merge(read(tmp_path, gaz, *texts), gaz)
    assert len(merged) == 1
    notes, kind = merged["notes"][0], merged["sub_event_type"][0]
    assert "on the killed: 3 (Agency 1), 4 (Agency 2)" in notes
    assert "on the day: 2024-01-07 (Agency 1), 2024-01-08 (Agency 2)" in notes
    assert "on the kind: " in notes and kind == "Suicide bomb"


def test_the_kinds_of_people_that_clues_name_are_declared() -> None:
    path = Path(mapper.__file__).parent / "merging" / "clues.yml"
    clues = yaml.safe_load(path.read_text("utf-8"))
    named = [*clues["civilian"], *clues["may_be"], *clues["acting"].values()]
    named += [kind for kinds in clues["may_be"].values() for kind in kinds]
    assert set(named) <= set(clues["who"])
