"""The maps that users get, from file to page: nothing lost on the way, nothing asked outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import mapper

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def numbers(said: dict[str, str]) -> tuple[int, int, int]:
    """Return how many incidents are marks, badges and lines of a list."""
    return int(said["marks"]), int(said["badges"]), int(said["unplaced"])


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_examples(browser: Any, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "map.html"
    inputs = [EXAMPLES / "january-2024.txt", EXAMPLES / "incidents.csv"]
    mapper.make_map(inputs, path, published="2024-01-26")
    rows = len(mapper.read(inputs, published="2024-01-26"))
    said = browser.open(path, size=size)
    assert sum(numbers(said)) == rows == int(said["incidents"])
    assert said["areas"] == "18"
    assert browser.text(".im-credits strong") == "Approximate boundaries"
    assert path.stat().st_size < 1_000_000
    names = browser.run(
        "return [...document.querySelectorAll('.im-label:not([hidden])')].map((e) => e.innerText)"
    )
    assert {"Nineveh", "Baghdad"} <= set(names), "areas and towns are named"
    assert {"IRAN", "SYRIA", "SAUDI ARABIA"} & set(names), "neighbours are named"
    browser.assert_quiet()


def test_a_town_is_named_at_its_dot(browser: Any, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("date,place\n2024-01-02,Muthanna governorate\n", encoding="utf-8")
    path = tmp_path / "map.html"
    mapper.make_map(rows, path)
    for size in ((1366, 768), (1366, 625), (1000, 900), (390, 844)):
        browser.open(path, size=size)
        astray = browser.run(
            "return [...document.querySelectorAll('.im-town:not([hidden])')]"
            ".filter((e) => e.nextElementSibling.hidden).map((e) => e.innerText)"
        )
        assert not astray, "a name beside another name that covers its dot seems to stand elsewhere"


def test_the_article(browser: Any, tmp_path: Path, shared_data: Path) -> None:
    path = tmp_path / "map.html"
    article = shared_data / "article" / "iranian-missile-babil.txt"
    mapper.make_map(article, path, published="2024-01-05")
    said = browser.open(path)
    assert numbers(said)[1] == 1, "the missile is known to its governorate only"
    assert said["incidents"] == "2"
    browser.run("document.querySelector('.im-badge').click()")
    browser.run("document.querySelector('.im-drawer details').open = true")
    browser.until("return document.querySelector('.im-drawer .im-card')")
    card = browser.text(".im-drawer .im-card")
    for words in ("3 January 2024", "Babil (governorate)", "Killed\nunknown", "Disrupted weapons"):
        assert words in card
    browser.assert_quiet()


def test_the_table(browser: Any, tmp_path: Path, shared_data: Path) -> None:
    path = tmp_path / "map.html"
    mapper.make_map(shared_data / "dev" / "ucdp_ged_iraq_dev.csv", path)
    said = browser.open(path)
    assert sum(numbers(said)) == 2416
    drawn = browser.run("return incident_layer_1._groups.reduce((n, g) => n + g.rows.length, 0)")
    assert drawn == numbers(said)[0]
    browser.assert_quiet()
