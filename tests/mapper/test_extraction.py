"""Articles in, incidents out: the table of cases, the sample article, and what must always hold."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
import mapper
from mapper import schema
from mapper.extraction import extract

CASES = [
    case
    for name in (
        *("articles.yml", "tolls_and_days.yml", "places_and_crowds.yml"),
        *("told_in_passing.yml", "told_together.yml", "long_articles.yml", "rarer_words.yml"),
        *("aid_and_hostages.yml", "aid_and_protests.yml", "kurdish.yml", "kurdish_words.yml"),
        "arabic_words.yml",
    )
    for case in yaml.safe_load((Path(__file__).parent.parent / "cases" / name).read_text("utf-8"))
]


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.load()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases(case: dict[str, Any], gaz: gazetteer.Gazetteer) -> None:
    frame = extract(case["text"], gaz, published=case.get("published"))
    told = frame[["place", "event_type", "killed", "wounded", "quote"]].to_string()
    assert len(frame) == len(case["expect"]), told
    for expected, (_, row) in zip(case["expect"], frame.iterrows(), strict=True):
        for column, value in expected.items():
            assert _agrees(column, row[column], value), f"{column}: {row[column]!r}, not {value!r}"


def _agrees(column: str, found: Any, wanted: Any) -> bool:
    if wanted is None:
        return bool(pd.isna(found))
    if column == "notes":
        return wanted in str(found)
    if column == "date":
        return str(found)[:10] == str(wanted)
    return not pd.isna(found) and bool(found == wanted)


def test_cases_cover_the_languages_and_have_names_of_their_own() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 60
    assert all(case["trap"] for case in CASES)


def test_sample_article_is_its_two_incidents(shared_data: Path, gaz: gazetteer.Gazetteer) -> None:
    text = (shared_data / "article" / "iranian-missile-babil.txt").read_text(encoding="utf-8")
    frame = extract(text, gaz, published="2024-01-05", source="a paper")
    assert list(frame["sub_event_type"]) == ["Disrupted weapons use", "Air/drone strike"]
    assert [str(day)[:10] for day in frame["date"]] == ["2024-01-03", "2024-01-04"]
    assert list(frame["geo_precision"]) == ["adm1", "settlement"]
    assert frame.loc[0, ["killed", "wounded"]].isna().all()
    assert tuple(frame.loc[1, ["killed", "wounded"]]) == (2, 6)
    assert tuple(frame.loc[1, ["place", "actor1", "actor2"]]) == (
        "Baghdad",
        "United States",
        "Harakat al-Nujaba",
    )
    assert set(frame["source"]) == {"a paper"}


def test_no_year_is_invented(shared_data: Path, gaz: gazetteer.Gazetteer) -> None:
    text = (shared_data / "article" / "iranian-missile-babil.txt").read_text(encoding="utf-8")
    frame = extract(text, gaz)
    assert frame["date"].isna().all()
    assert frame.loc[0, "date_precision"] == "no-year"
    assert frame.loc[0, "date_text"] == "Jan. 3"


def test_year_is_worked_out_where_the_text_leaves_one(gaz: gazetteer.Gazetteer) -> None:
    text = (
        "The army said on Friday that police found a missile in Babil two days prior, its first"
        " find of 2024.\n\n“On Jan. 3, police in Babil discovered a missile,” it said."
    )
    frame = extract(text, gaz)
    assert str(frame.loc[0, "date"])[:10] == "2024-01-03"
    assert frame.loc[0, "date_inferred"]


def test_dateline_tells_the_day_of_publication(gaz: gazetteer.Gazetteer) -> None:
    frame = extract(
        "BASRA, Aug 25, 2004 (AFP) -- A bomb killed two people in Mosul on Tuesday.", gaz
    )
    assert str(frame.loc[0, "date"])[:10] == "2004-08-24"


def test_title_given_apart(gaz: gazetteer.Gazetteer) -> None:
    text = "At least 10 people were killed when it went off outside a bank, police said on Monday."
    frame = extract(text, gaz, title="Car bomb strikes Ramadi", published=date(2008, 3, 4))
    assert list(frame["place"]) == ["Ramadi"]
    assert frame.loc[0, "killed"] == 10
    assert frame.loc[0, "quote"] == text[frame.loc[0, "quote_start"] : frame.loc[0, "quote_end"]]


def test_texts_without_incident_give_an_empty_frame(gaz: gazetteer.Gazetteer) -> None:
    for text in ("", " \n\n ", "Home | News | Sport | Log in", "عاجل", "🙂" * 10, "Baghdad"):
        frame = extract(text, gaz)
        assert len(frame) == 0
        schema.check(frame, schema.INCIDENTS, "INCIDENTS")


def test_false_claims_on_other_news(shared_data: Path, gaz: gazetteer.Gazetteer) -> None:
    lines = (
        (shared_data / "dev" / "news_dev_negatives.jsonl").read_text(encoding="utf-8").splitlines()
    )
    texts = [json.loads(line)["text"] for line in lines]
    claimed = [text for text in texts if len(extract(text, gaz))]
    assert len(claimed) <= 0.05 * len(texts), claimed


_WORDS = st.sampled_from(
    [
        "bomb",
        "car",
        "killed",
        "wounded",
        "in",
        "at",
        "near",
        "Baghdad",
        "Mosul",
        "Iraq",
        "Anbar",
        "province",
        "police",
        "on",
        "Monday",
        "Jan.",
        "3",
        ",",
        ".",
        ";",
        "and\n",
        "",
        "",
        "",
        "after",
        '"',
        "“",
        "”",
        "(",
        ")",
        "12",
        "two",
        "dozens",
        "people",
        "soldiers",
        "said",
        "threatened",
        "the",
        "capital",
        "of",
        "from",
        "to",
        "#39;",
        "&lt;b&gt;",
        "\n",
        "\n\n\n",
        "",
        "",
        "",
        "another",
        "including",
        "himself",
        "toll",
        "rises",
        "to",
        "km",
        "south",
        "2024",
        "-",
        "--",
        "قتل",
        "في",
        "بغداد",
        "أمس",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=60).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_a_valid_frame_that_quotes_exactly(text: str) -> None:
    frame = extract(text, _shared_gaz(), published="2024-01-05", source="x")
    schema.check(frame, schema.INCIDENTS, "INCIDENTS")
    assert frame["incident_id"].is_unique
    assert frame["longitude"].isna().all()
    for _, row in frame.iterrows():
        whole = text[row["quote_start"] : row["quote_end"]]
        parts = str(row["quote"]).split(" … ")
        assert whole.startswith(parts[0]) or " … " in whole
        assert all(part in whole for part in parts) or " … " in whole
        known = schema.EVENT_TYPES[row["event_type"]]
        assert pd.isna(row["sub_event_type"]) or row["sub_event_type"] in known


_LOADED: list[gazetteer.Gazetteer] = []


def _shared_gaz() -> gazetteer.Gazetteer:
    if not _LOADED:
        _LOADED.append(gazetteer.load())
    return _LOADED[0]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "<",
        "&lt;",
        "Baghdad, ",
        "killed and ",
        "12 ",
        "bomb ",
        "On Monday ",
        "“",
        "\n",
        ". ",
        "و",
        "U.S. ",
        "killed 3 in Baghdad on Monday and ",
        "A bomb killed 3 in Mosul on Monday. ",
        "said Tuesday, ",
        "&lt;b ",
        "as capital of ",
    ],
)
def test_time_is_bounded_on_hostile_text(piece: str, gaz: gazetteer.Gazetteer) -> None:
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    extract(text, gaz, published="2024-01-05")
    assert time.process_time() - start < 10


def test_what_is_left_out_is_said(gaz: gazetteer.Gazetteer) -> None:
    figures = "According to the figures, 120 people were killed in Basra."
    said = extract(figures, gaz).attrs["said"]
    assert said == [f"left out, no single event: {figures}"]


def test_only_the_beginning_of_an_endless_text_is_read(gaz: gazetteer.Gazetteer) -> None:
    text = "A bomb killed two people in Mosul on Monday. " + "Nothing more is known. " * 20_000
    frame = extract(text, gaz)
    assert len(frame) == 1
    assert frame.attrs["said"] == [f"read only the first 400000 of {len(text)} characters"]


def test_a_day_of_publication_that_is_none_is_refused_with_an_example(gaz):
    with pytest.raises(mapper.ReadError, match="such as 2024-01-05"):
        mapper.extract("A bomb exploded in Mosul on Friday.", gaz, published="5/1/2024")
