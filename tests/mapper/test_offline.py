"""Nothing in the file asks for anything outside it, and nothing in it makes markup of text."""

from __future__ import annotations

import re
from importlib import resources

import folium
import pytest

from mapper.drawing import draw
from mapper.drawing.page import _SCRIPTS, _STYLES
from mapper.style import MapStyle

ASSETS = resources.files("mapper.drawing") / "assets"
SCRIPTS = [path for path in ASSETS.iterdir() if path.name.endswith(".js")]


@pytest.fixture(scope="module")
def page(squares) -> str:
    located = squares.located({"source_url": "https://example.org", "title": "<b>{{ 1 }}</b>"})
    return draw(located, squares.areas(), title="</title><script>{{ 7*7 }}").get_root().render()


def test_no_file_outside_is_named(page):
    assert re.findall(r"<link\b|<script[^>]+src|@import|<iframe|<img", page) == []
    urls = re.findall(r"url\((?!#|data:|&)[^)]*\)", page)
    assert [url for url in urls if url not in ("url(#default#VML)", "url(#${this._hatch})")] == []
    assert "sourceMappingURL" not in page


def test_the_policy_allows_no_outside_source(page):
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in policy and "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_base_map_must_be_asked_for(squares):
    online = draw(
        squares.located({}), squares.areas(), style=MapStyle(tiles="OpenStreetMap Mapnik")
    )
    page = online.get_root().render()
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert "img-src data: blob: https://tile.openstreetmap.org;" in policy, "that host and no other"
    assert policy.count("http") == 1
    again = draw(squares.located({}), squares.areas(), style=MapStyle(tiles="OpenStreetMap Mapnik"))
    assert again.get_root().render() == page


def test_text_is_no_markup_and_no_template(page):
    assert "<title>&lt;/title&gt;&lt;script&gt;{{ 7*7 }}</title>" in page
    assert "<b>" not in page and "49" not in re.findall(r"<title>.*?</title>", page)[0]


def test_folium_elements_beside_ours_may_hold_braces_no_data(squares):
    map_ = draw(squares.located({}), squares.areas())
    folium.Circle([33, 44], radius=10).add_to(map_)
    assert "L.circle(" in map_.get_root().render()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_make_no_markup_of_text(path):
    text = path.read_text(encoding="utf-8")
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTML"
    assert re.findall(ways, text) == []
    assert "</script" not in text and "{{" not in text and "{%" not in text and "{#" not in text


def test_every_script_and_style_sheet_is_in_the_page():
    shipped = {path.name for path in ASSETS.iterdir() if path.name.endswith((".js", ".css"))}
    assert {*_SCRIPTS, *_STYLES} == shipped
