"""Draws the maps of the gallery while the documentation is built, so that none is out of date."""

from __future__ import annotations

from pathlib import Path

import gazetteer
import mapper

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
PICTURES, LIVE = HERE / "gallery", HERE / "live" / "maps"

ARTICLE_AND_TABLE = [EXAMPLES / "january-2024.txt", EXAMPLES / "incidents.csv"]
PRACTICE = [EXAMPLES / "practice-2025.csv"]


def draw_all() -> None:
    """Write every picture and every live map of the gallery."""
    PICTURES.mkdir(exist_ok=True)
    LIVE.mkdir(parents=True, exist_ok=True)
    gaz = gazetteer.load("core")
    _draw(gaz, "article-and-table", ARTICLE_AND_TABLE, "Iraq: an article and a table")
    _draw(gaz, "arabic", ARTICLE_AND_TABLE, "العراق: مقال وجدول", language="ar")
    _draw(gaz, "practice", PRACTICE, "Invented incidents, for practice")
    located, areas = _located(gaz, PRACTICE)
    months = mapper.picture(located, areas, by="month", title="Invented incidents, by month")
    mapper.save(months, PICTURES / "months.svg")


def _draw(
    gaz: gazetteer.Gazetteer, name: str, inputs: list[Path], title: str, *, language: str = "en"
) -> None:
    located, areas = _located(gaz, inputs)
    look = {"title": title, "language": language}
    mapper.save(mapper.draw(located, areas, **look), LIVE / f"{name}.html")
    mapper.save(mapper.picture(located, areas, **look), PICTURES / f"{name}.svg")


def _located(gaz: gazetteer.Gazetteer, inputs: list[Path]):
    incidents = mapper.read(inputs, published="2024-01-26", gaz=gaz)
    located = mapper.locate(incidents, gaz)
    return located, mapper.count(located, gaz.boundaries(1))
