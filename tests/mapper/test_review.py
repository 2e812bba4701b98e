"""The review table: what was found, corrected in a spreadsheet, comes back as it was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import mapper
from mapper.cli import main
from mapper.export import write_incidents

TEXTS = (
    "A car bomb exploded near a market in Baqubah on Monday, killing five people and wounding 12, "
    "police said.\n\nGunmen killed dozens in Mosul on Jan. 3.",
    "أفاد مصدر أمني بمقتل خمسة أشخاص وإصابة 12 آخرين بانفجار سيارة مفخخة في بعقوبة يوم الاثنين.",
)
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    records = [
        {"text": text, "date": "2024-01-09", "source": FORMULA, "title": "+Bomb -- @x"}
        for text in TEXTS
    ]
    path.write_text("\n".join(map(json.dumps, records)))
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_what_nobody_edited_comes_back_as_it_was(news: Path, ending: str) -> None:
    found = mapper.read(news)
    review = news.with_name(f"incidents.{ending}")
    write_incidents(found, review)
    pd.testing.assert_frame_equal(mapper.read(review), found, check_dtype=False)


def test_a_spreadsheet_runs_nothing_and_reads_arabic(news: Path) -> None:
    review = news.with_name("incidents.csv")
    write_incidents(mapper.read(news), review)
    assert review.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = pd.read_csv(review, dtype=str, keep_default_na=False)
    assert not cells.map(lambda cell: cell.startswith(("=", "+", "@", "-"))).any(axis=None)
    assert cells["source"].tolist() == ["'" + FORMULA] * 3
    assert "بعقوبة" in cells["quote"][2]


def test_corrections_count(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review, output = news.with_name("incidents.csv"), news.with_name("map.html")
    assert main(["extract", str(news), "-o", str(review)]) == 0
    cells = pd.read_csv(review, dtype=str, keep_default_na=False)
    cells.loc[0, ["place", "date", "killed"]] = ["Tikrit", "2024-01-05", ""]
    cells.loc[1, ["wounded", "notes"]] = ["many", "asked the mayor"]
    added = pd.DataFrame([{"place": "Najaf", "date": "2024-01-07", "killed": "1"}])
    pd.concat([cells.drop(index=2), added]).to_csv(review, index=False, encoding="utf-8-sig")
    frame = mapper.read(review)
    assert frame["place"].tolist() == ["Tikrit", "Mosul", "Najaf"]
    assert [str(day)[:10] for day in frame["date_end"]] == [
        "2024-01-05",
        "2024-01-03",
        "2024-01-07",
    ]
    assert frame["killed"].isna().tolist() == [True, True, False]
    assert frame["notes"][1] == "asked the mayor; wounded: 'many' in the source is not a number"
    assert frame["source_file"].tolist() == ["news.jsonl"] * 2 + ["incidents.csv"]
    assert frame["source_row"].tolist() == [1, 1, 4]
    assert main(["draw", str(review), "-o", str(output)]) == 0
    assert "3 rows in" in capsys.readouterr().out
