"""What a person sees and does on the map, in a Chromium without a network."""

from __future__ import annotations

import base64
import io
import re
from importlib import resources
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from folium.plugins import MarkerCluster

from mapper.counting import count
from mapper.drawing import AreaLayer, IncidentLayer, draw, save
from mapper.drawing.classes import class_limits
from mapper.schema import AREAS, LOCATED, POINT_PRECISIONS, empty
from mapper.style import LANGUAGES, Backdrop, MapStyle

pytestmark = pytest.mark.browser

LAPTOP, PHONE = (1366, 768), (390, 844)


def backdrop() -> Backdrop:
    around = shapely.box(36, 27, 52, 40).difference(shapely.box(41, 31, 47, 35))
    return Backdrop(
        neighbours=gpd.GeoDataFrame({"name": ["Neighbour"]}, geometry=[around], crs=4326),
        towns=gpd.GeoDataFrame(
            {"name": ["Bigtown"], "population": [5_000_000]},
            geometry=[shapely.Point(45.9, 34.2)],
            crs=4326,
        ),
        credits=("Borders: a source (public domain)",),
        approximate=True,
    )


def test_counts_marks_badges_and_the_rest(browser, show, squares):
    located = squares.located(
        {"at": (42, 33), "adm1_pcode": "IQG01"},
        {"at": (46, 34), "adm1_pcode": "IQG03", "precision": "exact"},
        {"at": (44, 33), "precision": "adm1"},
        {"at": None, "precision": "adm2"},
        {"at": None, "precision": "country", "adm1_pcode": None},
        {"at": None, "status": "unresolved", "precision": None, "adm1_pcode": None},
    )
    said = show(draw(located, squares.areas(), title="A test", backdrop=backdrop()))
    expected = {"incidents": "6", "marks": "2", "badges": "2", "unplaced": "2", "areas": "3"}
    assert expected.items() <= said.items()
    assert "6 incidents: 2 on the map by place, 2 by area, 2 not placed" in browser.text(
        ".im-account"
    )
    assert "Approximate boundaries" in browser.text(".im-credits")
    assert "public domain" in browser.text(".im-credits")
    browser.assert_quiet()


def test_an_area_is_never_a_pin(browser, show, squares):
    located = squares.located({"at": (44.9, 34.9), "precision": "adm1", "title": "Somewhere"})
    show(draw(located, squares.areas()))
    assert browser.marks() == []
    assert browser.run("return document.querySelectorAll('.im-badge').length") == 1
    box = browser.run(
        "const b = document.querySelector('.im-badge-box').getBoundingClientRect();"
        "return [b.left + b.width / 2, b.top + b.height / 2]"
    )
    inside = browser.run(
        "return document.elementsFromPoint(...arguments[0]).some((e) => e.dataset.area === '1')",
        box,
    )
    assert inside, "the badge stands outside its area"
    browser.click_at(*box)
    assert browser.console() == []
    assert "Somewhere" in browser.text(".im-drawer")
    assert "Midland" in browser.text(".im-drawer h2")
    browser.assert_quiet()


def test_only_what_has_a_spot_gets_a_ring(browser, show, squares):
    show(draw(squares.located({}), squares.areas()))
    assert set(browser.run("return Object.keys(IncidentMaps.symbols.RINGS)")) == POINT_PRECISIONS
    drawn = browser.run(
        """
        const inked = (precision) => {
          const options = { type: "", colour: "#777777", precision };
          const { picture, mark } = IncidentMaps.symbols;
          const canvas = picture(30, (c, x, y) => mark(c, x, y, options));
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let dark = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200 && data[i] < 60) dark++;
          return dark;
        };
        return arguments[0].map(inked);
        """,
        ["exact", "settlement", "relative", "adm1", "country", ""],
    )
    assert drawn[0] > drawn[1] > drawn[2] > 0
    assert drawn[3:] == [0, 0, 0]
    browser.assert_quiet()


def test_a_popup_says_what_when_where_how_sure_and_who_says_so(browser, show, squares):
    located = squares.located(
        {
            "event_type": "Explosions/Remote violence",
            "sub_event_type": "Air/drone strike",
            "title": "Strike on a depot",
            "date": pd.Timestamp("2024-01-04"),
            "date_end": pd.Timestamp("2024-01-04"),
            "date_precision": "day",
            "date_inferred": True,
            "place": "Al-Hilla",
            "place_name": "Hilla",
            "why": "“Al-Hilla” is a spelling of Hilla",
            "score": 0.95,
            "killed": 2,
            "actor1": "One side",
            "actor2": "Other side",
            "quote": "Two men died, the police said.",
            "source": "A newspaper",
            "source_url": "https://example.org/report?a=1&b=2",
            "source_file": "article.txt",
            "source_row": 7,
        }
    )
    show(draw(located, squares.areas()))
    [mark] = browser.marks()
    browser.click_at(mark["x"], mark["y"])
    popup = browser.text(".leaflet-popup")
    for words in (
        "Explosions/Remote violence",
        "Air/drone strike",
        "Strike on a depot",
        "4 January 2024",
        "worked out, not told",
        "Hilla",
        "town or village",
        "“Al-Hilla” as the source writes it",
        "sure: “Al-Hilla” is a spelling of Hilla",
        "Killed\n2",
        "Wounded\nunknown",
        "One side",
        "Other side",
        "Two men died, the police said.",
        "article.txt",
        "row 7",
    ):
        assert words in popup, popup
    link = browser.run("const a = document.querySelector('.leaflet-popup footer a'); return a.href")
    assert link == "https://example.org/report?a=1&b=2"
    browser.assert_quiet()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "date not known"),
        ({"date_text": "last winter"}, "last winter"),
        (
            {"date": pd.Timestamp("2024-03-01"), "date_precision": "month"},
            "March 2024",
        ),
        ({"date": pd.Timestamp("2024-01-01"), "date_precision": "year"}, "2024"),
        (
            {"date": pd.Timestamp("2024-01-05"), "date_precision": "no-year"},
            "5 January (year not known)",
        ),
        (
            {
                "date": pd.Timestamp("2024-01-05"),
                "date_end": pd.Timestamp("2024-01-07"),
                "date_precision": "range",
            },
            "5 January 2024 – 7 January 2024",
        ),
        ({"date": pd.Timestamp("1958-07-14"), "date_precision": "day"}, "14 July 1958"),
    ],
)
def test_dates_claim_no_more_than_is_known(browser, show, squares, row, words):
    show(draw(squares.located(row), squares.areas()))
    [mark] = browser.marks()
    browser.click_at(mark["x"], mark["y"])
    assert browser.text(".leaflet-popup .im-when") == words


def test_marks_at_one_spot_fan_out(browser, show, squares):
    rows = [{"title": f"number {n}"} for n in range(5)]
    show(draw(squares.located(*rows), squares.areas()))
    [cluster] = browser.marks()
    assert len(cluster["rows"]) == 5
    browser.click_at(cluster["x"], cluster["y"])
    legs = browser.marks()
    assert sorted(row for leg in legs for row in leg["rows"]) == list(range(5))
    seen = set()
    for row in range(5):
        browser.run("offline_map_1.closePopup()")
        browser.settle()
        [leg] = [leg for leg in browser.marks() if leg["rows"] == [row]]
        browser.click_at(leg["x"], leg["y"])
        seen.add(browser.text(".leaflet-popup .im-title"))
    assert seen == {f"number {n}" for n in range(5)}
    browser.assert_quiet()


def test_clusters_open_until_each_incident_is_seen(browser, show, squares):
    spots = [(44 + n * 0.01, 33 + n * 0.007) for n in range(30)]
    show(draw(squares.located(*[{"at": spot} for spot in spots]), squares.areas()))
    assert len(browser.marks()) < 30
    total = sum(len(mark["rows"]) for mark in browser.marks())
    assert total == 30
    biggest = max(browser.marks(), key=lambda mark: len(mark["rows"]))
    before = browser.run("return offline_map_1.getZoom()")
    browser.click_at(biggest["x"], biggest["y"])
    browser.until(f"return offline_map_1.getZoom() > {before + 0.5}")
    browser.assert_quiet()


def test_what_is_not_on_the_map_is_listed_with_its_reason(browser, show, squares):
    gone = {"at": None, "precision": None, "adm1_pcode": None}
    located = squares.located(
        {**gone, "status": "ambiguous", "title": "A", "why": "two towns", "candidates": "Ur; Uruk"},
        {**gone, "status": "unresolved", "title": "B", "why": "no such name"},
        {**gone, "status": "outside", "title": "C", "why": "Gaza is in Palestine"},
        {**gone, "status": "rejected", "title": "D", "rejected": "no date and no place"},
        {**gone, "precision": "country", "title": "E"},
        {**gone, "precision": "region", "title": "F"},
    )
    show(draw(located, squares.areas()))
    browser.run("document.querySelectorAll('.im-buttons button')[2].click()")
    words = browser.text(".im-drawer")
    assert words.startswith("6 not on the map")
    for reason in (
        "The name fits several places. two towns",
        "No known place has this name. no such name",
        "Outside Iraq. Gaza is in Palestine",
        "The row cannot be read as an incident. no date and no place",
        "Known only to the country",
        "Known only to a region",
    ):
        assert reason in words
    browser.run("document.querySelector('.im-drawer details').open = true")
    browser.until("return document.querySelector('.im-drawer .im-card')")
    assert "Ur; Uruk" in browser.text(".im-drawer .im-card")
    browser.assert_quiet()


def test_areas_tell_their_numbers_and_never_a_zero_for_unknown(browser, show, squares):
    show(draw(squares.located({}), squares.areas()))
    labels = browser.run(
        "return [...document.querySelectorAll('[data-area]')].map((e) => e.ariaLabel)"
    )
    assert labels == [
        "Westland Incidents 0 Killed unknown Wounded unknown Incidents per 100,000 people 0",
        "Midland Incidents 1 Killed 0 Wounded 2 Incidents per 100,000 people 0.05",
        "Eastland Incidents 5 Killed 7 Wounded unknown Incidents per 100,000 people unknown",
    ]


def test_zero_and_no_data_look_like_no_class(browser, show, squares):
    show(draw(squares.located({}), squares.areas(), style=MapStyle(measure="killed")))
    fills = browser.run(
        "return [...document.querySelectorAll('[data-area]')].map((e) => getComputedStyle(e).fill)"
    )
    assert "url(" in fills[0], "an area without data is hatched"
    assert len(set(fills)) == 3
    assert browser.text(".im-swatches") == "none\n1–7\nno data"


def test_the_legend_names_whole_numbers(browser, show, squares):
    areas = squares.areas(incidents=pd.Series([3, 12, 1204], dtype="Int64"))
    show(draw(squares.located({}), areas, style=MapStyle(classes=3)))
    assert browser.text(".im-swatches") == "none\n1–3\n4–12\n13–1,204"


def test_areas_can_be_used_with_the_keyboard(browser, show, squares):
    show(draw(squares.located({"title": "By key"}), squares.areas()))
    browser.run("document.querySelector('[data-area=\"1\"]').focus()")
    browser.press("Tab")
    assert browser.run("return document.activeElement.dataset.area") == "2"
    browser.run("document.querySelector('[data-area=\"1\"]').focus()")
    browser.press("Enter")
    assert "By key" in browser.text(".im-drawer")
    browser.press("Escape")
    assert browser.run("return document.querySelector('.im-drawer').hidden")


def test_a_line_of_a_list_leads_to_its_mark(browser, show, squares):
    located = squares.located({"title": "West", "at": (44, 32)}, {"title": "East", "at": (44, 34)})
    show(draw(located, squares.areas()))
    browser.run("area_layer_1.open(1)")
    browser.run("document.querySelectorAll('.im-drawer button.im-row')[1].click()")
    assert browser.text(".leaflet-popup .im-title") == "East"
    browser.assert_quiet()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1366, 768), PHONE])
def test_nothing_sticks_out_in_any_language(browser, show, squares, language, size):
    located = squares.located({"title": "x" * 300}, {"precision": "adm1", "at": None})
    show(
        draw(
            located,
            squares.areas(),
            title="A long title " * 8,
            backdrop=backdrop(),
            language=language,
        ),
        size=size,
    )
    browser.run("document.querySelector('.im-buttons button').click()")
    wide = browser.run("return document.documentElement.scrollWidth")
    assert wide <= size[0]
    root = browser.run("const e = document.documentElement; return [e.lang, e.dir]")
    assert root == [language, "rtl" if language in ("ar", "ckb") else "ltr"]
    outside = browser.run(
        "return [...document.querySelectorAll('.im-panel, .im-drawer')].filter((e) => {"
        " const b = e.getBoundingClientRect();"
        " return b.left < 0 || b.right > innerWidth || b.bottom > innerHeight + 1;"
        "}).map((e) => e.className)"
    )
    assert outside == []
    browser.assert_quiet()


def test_panels_do_not_cover_each_other_on_a_phone(browser, show, squares):
    show(draw(squares.located({}), squares.areas(), backdrop=backdrop()), size=PHONE)
    boxes = browser.run(
        "return [...document.querySelectorAll('.im-panel, .leaflet-bar, .im-home')]"
        ".map((e) => e.getBoundingClientRect())"
        ".map(({left, top, right, bottom}) => [left, top, right, bottom])"
    )
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (a, b)


def test_on_a_phone_an_incident_opens_where_there_is_room(browser, show, squares):
    located = squares.located({"title": "Small page", "at": (46, 34)})
    show(draw(located, squares.areas()), size=PHONE)
    [mark] = browser.marks()
    browser.click_at(mark["x"], mark["y"])
    assert "Small page" in browser.text(".im-drawer")
    [mark] = browser.marks()
    top = browser.run("return document.querySelector('.im-drawer').getBoundingClientRect().top")
    assert 0 < mark["y"] < top, "the mark stays in sight"
    browser.assert_quiet()


def test_dark_pages_are_dark(browser, show, squares):
    map_ = draw(squares.located({}), squares.areas(), backdrop=backdrop())
    show(map_, dark=True)
    dark = browser.run("return getComputedStyle(document.querySelector('.im-panel')).background")
    show(map_)
    light = browser.run("return getComputedStyle(document.querySelector('.im-panel')).background")
    assert dark != light


# ---- safety

HOSTILE = (
    "<script>window.__pwned = 1</script>",
    "</script><script>window.__pwned = 1</script>",
    "<img src=x onerror='window.__pwned = 1'>",
    "\"><svg onload='window.__pwned = 1'>",
    "javascript:window.__pwned=1",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "`${window.__pwned = 1}`",
    "a\u2028b\u2029c\x00d\x1be",
    "\u202eevil\u202c \u2066isolated",
    "'; window.__pwned = 1; //",
    "<!-- <![CDATA[ ]]> -->",
    "x" * 1_000_000,
    "lone \ud800 surrogate",
)

TEXTS = [column.name for column in LOCATED if column.kind == "text" and not column.allowed]


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: repr(words)[:24])
def test_nothing_hostile_runs(browser, show, squares, words):
    spoilt = {name: words for name in TEXTS if not name.endswith("_pcode")}
    located = squares.located(
        spoilt,
        {**spoilt, "precision": "adm1", "at": None},
        {**spoilt, "status": "ambiguous", "at": None},
        {**spoilt, "status": "rejected", "at": None},
    )
    areas = squares.areas(name=pd.Series([words] * 3, dtype=object))
    around = backdrop()
    neighbours, towns = (
        frame.assign(name=pd.Series([words] * len(frame), index=frame.index, dtype=object))
        for frame in (around.neighbours, around.towns)
    )
    around = Backdrop(neighbours, towns, (words,), True)
    show(draw(located, areas, title=words, backdrop=around))
    use_everything(browser)
    assert browser.run("return window.__pwned") is None
    assert (
        browser.run(
            "return document.querySelectorAll('.folium-map img, .folium-map svg svg').length"
        )
        == 0
    )
    links = browser.run("return [...document.querySelectorAll('a[href]')].map((a) => a.protocol)")
    assert set(links) <= {"http:", "https:", "file:"}
    assert browser.run("return document.querySelectorAll('a[href^=\"javascript:\" i]').length") == 0
    browser.assert_quiet()


def use_everything(browser: Any) -> None:
    """Open every popup, list, table, area and badge there is; sort, filter and download."""
    for mark in browser.marks():
        browser.click_at(mark["x"], mark["y"])
        browser.run("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    for button in range(
        browser.run("return document.querySelectorAll('.im-buttons button').length")
    ):
        browser.run("document.querySelectorAll('.im-buttons button')[arguments[0]].click()", button)
        browser.run("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    browser.run("document.querySelectorAll('.im-badge').forEach((badge) => badge.click())")
    browser.run("document.querySelectorAll('[data-area]').forEach((area) => area.focus())")
    browser.run("document.querySelectorAll('.im-drawer details').forEach((d) => (d.open = true))")
    browser.run("document.querySelectorAll('.im-table-head button').forEach((b) => b.click())")
    browser.run("[...document.querySelectorAll('.im-table-space .im-table-row')].at(-1).click()")
    browser.run("document.querySelectorAll('.im-files button').forEach((b) => b.click())")
    browser.run("area_layer_1.open(0)")
    browser.run("document.querySelectorAll('.im-buttons button')[1].click()")
    browser.run("document.querySelectorAll('.im-drawer [type=checkbox]').forEach((b) => b.click())")
    browser.run("account_1.filters.change({ text: arguments[0] })", "<script>'`{{ \u2028")
    browser.run("account_1.filters.reset()")
    browser.run("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")


def test_hostile_codes_and_files(browser, show, squares):
    """What is not shown as text: p-codes, levels of areas, names of files, candidates."""
    words = "'\"><img src=x onerror=window.__pwned=1>`${1}`{{ 7 }}"
    areas = nested(
        squares, pcode=pd.Series(["IQG01", f"{words}2", f"{words}3", "x", "y"], dtype="str")
    )
    areas["parent"] = pd.Series(["IQ", "IQ", "IQG01", "IQG01", f"{words}3"], dtype="str")
    located = squares.located(
        {**UPLAND, "adm2_pcode": f"{words}3", "precision": "adm2", "source_file": words},
        {"adm1_pcode": f"{words}2", "candidates": words, "place_id": words},
    )
    show(draw(located, areas))
    use_everything(browser)
    browser.run("area_layer_1.go('adm2', null)")
    browser.until("return location.hash.length > 1")
    assert browser.run("return window.__pwned") is None
    assert browser.run("return document.querySelectorAll('.folium-map img').length") == 0
    browser.assert_quiet()


def test_the_page_may_not_ask_the_network_for_anything(browser, show, squares):
    show(draw(squares.located({}), squares.areas()))
    refused = browser.driver.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        const refused = [];
        const note = (event) => refused.push(event.effectiveDirective);
        document.addEventListener("securitypolicyviolation", note);
        new Image().src = "https://example.org/a.png";
        fetch("https://example.org/b").catch(() => {});
        const script = document.createElement("script");
        script.src = "https://example.org/c.js";
        document.body.append(script);
        const inline = document.createElement("script");
        inline.textContent = "window.__pwned = 1";
        document.body.append(inline);
        const button = document.createElement("button");
        button.setAttribute("onclick", "window.__pwned = 1");
        document.body.append(button);
        button.click();
        setTimeout(() => done(refused), 200);
        """
    )
    assert {"img-src", "connect-src", "script-src-elem", "script-src-attr"} <= set(refused)
    assert browser.run("return window.__pwned") is None
    browser.console(), browser.requests()


def test_a_base_map_shows_through_the_areas(browser, show, squares):
    show(draw(squares.located({}), squares.areas(), style=MapStyle(tiles="OpenStreetMap Mapnik")))
    opacity = "return getComputedStyle(document.querySelector('[data-area]')).fillOpacity"
    assert float(browser.run(opacity)) < 1
    assert any("openstreetmap" in url for url in browser.requests()), (
        "here the network is asked for"
    )
    browser.console()


# ---- for everyone


def serious(browser: Any, state: str) -> list[str]:
    """Return what axe-core finds grave on the page as it is now."""
    script = resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    browser.run(script)
    found = browser.driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations))"
    )
    return [
        f"{state}: {finding['id']}: {node['html'][:120]}"
        for finding in found
        if finding["impact"] in ("serious", "critical") or finding["id"] == "landmark-one-main"
        for node in finding["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "size", "dark"),
    [("en", LAPTOP, False), ("en", LAPTOP, True), ("ar", LAPTOP, False), ("ckb", PHONE, True)],
)
def test_axe_finds_nothing_serious(browser, show, squares, language, size, dark):
    long = "A long note, in which much is told. " * 40
    days = [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")]
    rows = [
        {
            **TOWN,
            "date": days[0],
            "date_precision": "day",
            "quote": long,
            "source": "A",
            "killed": 1,
        },
        {**UPLAND, "date": days[1], "date_precision": "day", "event_type": "Riots", "notes": long},
        {"status": "unresolved", "at": None, "adm1_pcode": None, "precision": None, "why": "?"},
    ]
    located, areas = counted(squares, *rows)
    show(draw(located, areas, backdrop=backdrop(), language=language), size=size, dark=dark)
    found = serious(browser, "at first")
    button = "document.querySelectorAll('.im-buttons button')[{}].click()"
    steps = {
        "filters": button.format(1),
        "not on the map": button.format(2),
        "area": "area_layer_1.open(0)",
        "closed": "document.querySelector('.im-close').click()",
        "table": button.format(0),
        "incident": "incident_layer_1.visit(0)",
    }
    for state, script in steps.items():
        browser.run(script)
        found += serious(browser, state)
    assert found == []


def test_a_popup_is_scrolled_and_closed_by_key(browser, show, squares):
    show(draw(squares.located({"title": "By key"}), squares.areas()))
    browser.run("document.querySelector('.im-buttons button').click()")
    browser.press("Enter")
    focused = "return document.activeElement.className"
    assert "leaflet-popup-content" in browser.run(focused)
    browser.press("Escape")
    assert browser.run("return document.querySelector('.leaflet-popup')") is None
    assert browser.run(focused) == "im-table"


def test_paper_holds_map_legend_account_and_sources_on_one_page(browser, show, squares):
    map_ = draw(squares.located({}, {"at": (46, 34)}), squares.areas(), backdrop=backdrop())
    show(map_, dark=True)
    before = browser.run("return [offline_map_1.getZoom(), offline_map_1.getCenter()]")
    browser.run("document.querySelector('.im-buttons button').click()")
    pdf = browser.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
    assert len(re.findall(rb"/Type /Page\b", base64.b64decode(pdf["data"]))) == 1
    assert browser.run("return [offline_map_1.getZoom(), offline_map_1.getCenter()]") == before
    browser.run("dispatchEvent(new Event('beforeprint'))")
    sheet = browser.run("return document.querySelector('.folium-map').getBoundingClientRect()")
    assert (sheet["width"], sheet["height"]) == (1040, 700), "what A4 across leaves"
    shown = browser.run(
        "const box = (e) => e.getBoundingClientRect().toJSON();"
        "const areas = [...document.querySelectorAll('[data-area]')].map(box);"
        "return { areas, legend: box(document.querySelector('.im-legend')) }"
    )
    assert all(area["right"] <= shown["legend"]["left"] + 1 for area in shown["areas"])
    assert all(area["left"] >= 0 and area["bottom"] <= 701 for area in shown["areas"])
    assert not browser.run("return IncidentMaps.dark()"), "paper is white"
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.run("return IncidentMaps.dark()")
    browser.assert_quiet()


# ---- beside other maps and elements


def test_two_maps_on_one_page(browser, show, squares):
    first = draw(squares.located({}, {}), squares.areas())
    second = draw(squares.located({}), squares.areas(), language="ar")
    second.add_to(first.get_root())
    show(first)
    counts = browser.run(
        "return [...document.querySelectorAll('.folium-map')].map((e) => e.dataset.marks)"
    )
    assert counts == ["2", "1"]
    browser.assert_quiet()


def test_folium_elements_may_be_added(browser, show, squares):
    map_ = draw(squares.located({}), squares.areas())
    folium.Marker([33, 42]).add_to(map_)
    folium.Circle([33, 46], radius=40_000).add_to(map_)
    said = show(map_)
    assert said["marks"] == "1"
    assert browser.run("return document.querySelectorAll('.leaflet-marker-icon').length") >= 1
    browser.assert_quiet()


def test_our_layers_on_a_map_of_ones_own(browser, tmp_path, squares):
    """Two of our pairs beside a plugin and a control of folium's, one switched off and on."""
    map_ = folium.Map([33, 44], zoom_start=6, tiles=None)
    map_.options["maxZoom"] = 16  # else the base-map, which this map has not, would tell
    coarse = nested(squares)
    for name, areas in (("A", squares.areas()), ("B", coarse)):
        AreaLayer(areas, name=f"Areas {name}").add_to(map_)
        rows = [{}, {"at": (42, 32)}] if name == "A" else [UPLAND, TOWN, TOWN]
        incidents = IncidentLayer(squares.located(*rows), areas, name=f"Incidents {name}")
        incidents.add_to(map_)
    cluster = MarkerCluster([[32, 44], [32.01, 44], [34, 45]], name="Theirs").add_to(map_)
    folium.LayerControl(collapsed=False).add_to(map_)
    path = tmp_path / "own.html"
    path.write_text(with_libraries(map_.get_root().render()), encoding="utf-8")
    browser.open(path)
    drawn = "return [incident_layer_1, incident_layer_2].map((layer) => layer.tally)"
    assert browser.run(drawn) == [[2, 0, 0], [2, 1, 0]]
    assert browser.run("return document.querySelectorAll('.marker-cluster').length") == 1
    assert browser.run(f"return {cluster.get_name()}.getLayers().length") == 3
    paths = "return document.querySelectorAll('[data-area]').length"
    assert browser.run(paths) == 3 + 2
    browser.run("area_layer_2.open(0)")
    assert browser.run(paths) == 3 + 3
    boxes = "document.querySelectorAll('.leaflet-control-layers-overlays input')"
    labels = browser.run(f"return [...{boxes}].map((box) => box.parentElement.innerText.trim())")
    for name, left in (("Areas B", 3), ("Incidents B", 3), ("Incidents B", 3), ("Areas B", 3 + 3)):
        browser.run(f"{boxes}[{labels.index(name)}].click()")
        browser.until(f"{paths} === {left}")
    names = "return [...document.querySelectorAll('.im-governorate')].length"
    assert browser.run(names) == 3 + 2 + 2, "each once, also after they were switched off and on"
    assert browser.run("return incident_layer_1._sheet._container.isConnected")
    assert [line for line in browser.console() if "SEVERE" in line or "Uncaught" in line] == []


def with_libraries(page: str) -> str:
    """Return a plain folium page with what it would load from the network put into it."""
    from xstatic.pkg import leaflet_markercluster

    from mapper.drawing.page import _leaflet

    folder = Path(leaflet_markercluster.BASE_DIR)
    script = (folder / "leaflet.markercluster.js").read_text(encoding="utf-8")
    script = script.replace("//# sourceMappingURL", "//")
    page = re.sub(r'<(script|link)[^>]*(src|href)="https?://[^>]*>(</script>)?', "", page)
    return page.replace("<head>", f"<head>{_leaflet()}<script>{script}</script>", 1)


def test_in_jupyter_the_map_is_offline_too(browser, tmp_path, squares):
    shown = draw(squares.located({}, {}), squares.areas())._repr_html_()
    page = tmp_path / "notebook.html"
    page.write_text(
        "<!DOCTYPE html><title>n</title><script>document.documentElement.dataset.ready = 1</script>"
        f'<div class="folium-map">{shown}</div>',
        encoding="utf-8",
    )
    browser.open(page)
    browser.until(
        "const frame = document.querySelector('iframe').contentDocument;"
        "return frame.documentElement.dataset.ready === 'true'"
    )
    marks = browser.run(
        "return document.querySelector('iframe').contentDocument"
        ".querySelector('.folium-map').dataset.marks"
    )
    assert marks == "2"
    browser.assert_quiet()


# ---- going down to districts and back


def nested(squares: Any, **columns: Any) -> gpd.GeoDataFrame:
    """Return two governorates; the first has two districts, one of which has a subdistrict."""
    codes = ["IQG01", "IQG02", "IQG01Q01", "IQG01Q02", "IQG01Q01N01"]
    boxes = [
        (41, 31, 44, 35),
        (44, 31, 47, 35),
        (41, 31, 44, 33),
        (41, 33, 44, 35),
        (41, 31, 44, 33),
    ]
    frame = empty(AREAS, 5).assign(
        pcode=pd.Series(codes, dtype="str"),
        name=pd.Series(["Upland", "Lowland", "South", "North", "Quarter"], dtype="str"),
        level=pd.Series(["adm1", "adm1", "adm2", "adm2", "adm3"], dtype="str"),
        parent=pd.Series(["IQ", "IQ", "IQG01", "IQG01", "IQG01Q01"], dtype="str"),
        population=pd.Series([1_000_000, 500_000, None, None, None], dtype="Int64"),
    )
    shapes = [shapely.box(*sides) for sides in boxes]
    return gpd.GeoDataFrame(frame.assign(**columns), geometry=shapes, crs=4326)


def counted(squares: Any, *rows: dict[str, Any]) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    located = squares.located(*rows)
    return located, count(located, nested(squares))


UPLAND = {"adm1_pcode": "IQG01", "at": None, "precision": "adm1"}
SOUTH = {**UPLAND, "adm2_pcode": "IQG01Q01", "precision": "adm2"}
QUARTER = {**SOUTH, "adm3_pcode": "IQG01Q01N01", "precision": "adm3"}
TOWN = {**QUARTER, "at": (42, 32), "precision": "settlement"}


def shades(browser: Any) -> dict[str, str]:
    """Return the value of each area that is drawn, in the order of the keyboard."""
    return dict(
        browser.run(
            "return [...document.querySelectorAll('[data-area]')].map((path) => "
            "[area_layer_1.name(path.dataset.area), "
            "path.classList.contains('im-around') ? 'around' : path.dataset.value])"
        )
    )


def badges(browser: Any) -> dict[str, int]:
    found = browser.run(
        "return [...document.querySelectorAll('.im-badge:not([hidden])')]"
        ".map((badge) => [badge.innerText || badge.textContent, badge.ariaLabel])"
    )
    return {label.split(":")[0]: int(label.split(": ")[1].split()[0]) for _, label in found}


def test_one_goes_down_and_back_by_mouse(browser, show, squares):
    located, areas = counted(squares, UPLAND, UPLAND, SOUTH, QUARTER, TOWN, {"adm1_pcode": "IQG02"})
    show(draw(located, areas))
    assert shades(browser) == {"Upland": "5", "Lowland": "1"}
    assert badges(browser) == {"Upland": 4}
    assert browser.run("return document.querySelector('.im-crumbs')") is None
    browser.run("window.__at = [...document.querySelectorAll('[data-area]')][0]")
    spot = "const b = __at.getBoundingClientRect(); return [b.left + b.width / 2, b.top + 20]"
    browser.click_at(*browser.run(spot))
    assert shades(browser) == {"Lowland": "around", "South": "3", "North": "0"}
    assert badges(browser) == {"South": 2}, "not those that are known to the governorate only"
    crumbs = browser.text(".im-crumbs")
    assert crumbs.split("\n")[-1] == "2 known only to the governorate"
    assert browser.run("return document.querySelector('.im-levels').value") == "adm2"
    browser.run("area_layer_1.open(2)")
    assert shades(browser) == {"Lowland": "around", "North": "around", "Quarter": "2"}
    assert "2 known only to the governorate\n1 known only to the district" in browser.text(
        ".im-crumbs"
    ).replace("\n\n", "\n")
    browser.run("document.querySelector('.im-crumbs p button').click()")
    assert browser.run("return document.querySelectorAll('.im-drawer li').length") == 2
    browser.until("return location.hash === '#in=IQG01Q01'")
    browser.run("document.querySelectorAll('.im-crumbs li button')[1].click()")
    assert "South" in shades(browser)
    browser.run("document.querySelector('.im-crumbs li button').click()")
    assert shades(browser) == {"Upland": "5", "Lowland": "1"}
    browser.assert_quiet()


def test_one_goes_down_and_back_by_key(browser, show, squares):
    show(draw(*counted(squares, UPLAND, TOWN)))
    browser.run("document.querySelector('[data-area=\"0\"]').focus()")
    browser.press("Enter")
    assert set(shades(browser)) == {"Lowland", "South", "North"}
    assert "Upland" in browser.text(".im-drawer h2")
    browser.press("Escape")
    focused = "return area_layer_1.name(document.activeElement.dataset.area)"
    assert browser.run(focused) == "South", "the first of what is new"
    browser.press("Enter")
    browser.press("Escape")
    assert browser.run(focused) == "Quarter"
    browser.press("Escape")
    browser.press("Escape")
    assert set(shades(browser)) == {"Upland", "Lowland"}
    browser.assert_quiet()


def test_the_whole_country_can_be_shaded_by_a_finer_level(browser, show, squares):
    show(draw(*counted(squares, UPLAND, SOUTH, TOWN)))
    choose(browser, ".im-levels", "adm2")
    assert shades(browser) == {"Lowland": "around", "South": "2", "North": "0"}
    assert "1 known only to the governorate" in browser.text(".im-crumbs")
    browser.until("return location.hash === '#level=adm2'")
    choose(browser, ".im-chooser:not(.im-levels)", "incidents per_100k")
    assert shades(browser)["South"] == "", "no population is known: no rate, its own swatch"
    assert "no data" in browser.text(".im-swatches")
    browser.assert_quiet()


def test_areas_are_counted_anew_at_every_level(browser, show, squares):
    located, areas = counted(squares, UPLAND, SOUTH, QUARTER, {**TOWN, "killed": 3})
    show(draw(located, areas))
    browser.run("incident_layer_1.keep(Uint8Array.from([1, 1, 1, 0])); area_layer_1.open(0)")
    assert shades(browser) == {"Lowland": "around", "South": "2", "North": "0"}
    browser.run("area_layer_1.show('killed', false)")
    assert shades(browser)["South"] == "", "whether people were killed is not known"
    browser.run("incident_layer_1.keep(Uint8Array.from([0, 0, 0, 1]))")
    assert shades(browser)["South"] == "3"
    browser.run("incident_layer_1.keep(Uint8Array.from([1, 1, 1, 1]))")
    assert shades(browser)["South"] == "3"
    browser.assert_quiet()


def test_a_part_of_the_country_can_be_sent(browser, squares, tmp_path):
    path = tmp_path / "map.html"
    save(draw(*counted(squares, UPLAND, TOWN)), path)
    browser.open(path)
    browser.driver.get("about:blank")
    browser.driver.get(path.as_uri() + "#in=IQG01&shade=killed_per_100k&level=nonsense")
    browser.until("return document.documentElement.dataset.ready === 'true'")
    assert set(shades(browser)) == {"Lowland", "South", "North"}
    chosen = "return document.querySelector('.im-chooser:not(.im-levels)').value"
    assert browser.run(chosen) == "killed per_100k"
    browser.run("location.hash = 'in=IQG01Q01'")
    browser.until("return document.querySelector('.im-levels').value === 'adm3'")
    browser.assert_quiet()


@pytest.mark.parametrize("scheme", ["natural", "quantiles", "equal"])
def test_the_page_cuts_classes_as_the_program_does(browser, show, squares, scheme):
    show(draw(squares.located({}), squares.areas()))
    chance = np.random.default_rng(5)
    tables = [
        chance.integers(0, top, size).tolist() for top in (4, 30, 5000) for size in (3, 18, 101)
    ]
    found = browser.run(
        "return arguments[0].map((values) => IncidentMaps.classLimits(values, arguments[1], 5))",
        tables,
        scheme,
    )
    assert found == [class_limits(values, scheme, 5) for values in tables]


def test_classes_of_ones_own_stay_when_a_filter_counts_anew(browser, show, squares):
    located, areas = counted(squares, UPLAND, SOUTH, TOWN, {"adm1_pcode": "IQG02"})
    show(draw(located, areas, style=MapStyle(breaks=(1, 2))))
    assert browser.text(".im-swatches") == "none\n1\n2\n3"
    browser.run("incident_layer_1.keep(Uint8Array.from([1, 0, 0, 1]))")
    assert browser.text(".im-swatches") == "none\n1\n2"
    browser.assert_quiet()


# ---- measures, filters, time


def choose(browser: Any, selector: str, value: str) -> None:
    browser.run(
        "const box = document.querySelector(arguments[0]); box.value = arguments[1];"
        "box.dispatchEvent(new Event('change'))",
        selector,
        value,
    )


def state(browser: Any) -> dict[str, str]:
    return browser.run("return {...document.querySelector('.folium-map').dataset}")


def test_areas_can_be_shaded_by_another_measure(browser, show, squares):
    show(draw(squares.located({}), squares.areas()))
    assert browser.text(".im-swatches") == "none\n1\n2–5"
    choose(browser, ".im-chooser:not(.im-levels)", "killed ")
    assert browser.text(".im-swatches") == "none\n1–7\nno data"
    choose(browser, ".im-chooser:not(.im-levels)", "incidents per_100k")
    values = browser.run(
        "return [...document.querySelectorAll('[data-area]')].map((e) => e.dataset.value)"
    )
    assert values == ["0", "0.05", ""], "no population, no rate"
    browser.assert_quiet()


def test_a_measure_of_which_nothing_is_known_is_not_offered(browser, show, squares):
    areas = squares.areas(wounded=pd.Series([None] * 3, dtype="Int64"))
    show(draw(squares.located({}), areas))
    offered = browser.run(
        "return [...document.querySelectorAll('.im-chooser:not(.im-levels) option')]"
        ".map((o) => o.value)"
    )
    assert offered == ["incidents ", "incidents per_100k", "killed ", "killed per_100k"]


def test_filters_count_anew(browser, show, squares):
    located = squares.located(
        {"killed": 3}, {"killed": None}, {"at": None, "precision": "adm1"}, {"adm1_pcode": "IQG03"}
    )
    show(draw(located, squares.areas()))
    browser.run("incident_layer_1.keep(Uint8Array.from([1, 0, 0, 1]))")
    assert {"incidents": "2", "marks": "2", "badges": "0"}.items() <= state(browser).items()
    labels = browser.run(
        "return [...document.querySelectorAll('[data-area]')].map((e) => e.ariaLabel)"
    )
    assert labels[1].startswith("Midland Incidents 1 Killed 3 Wounded unknown")
    assert labels[2].startswith("Eastland Incidents 1 Killed unknown")
    browser.assert_quiet()


FILTERED = (
    {"event_type": "Battles", "killed": 2, "title": "alpha", "source": "Daily", "actor1": "Us"},
    {"event_type": "Battles", "killed": 0, "title": "بغداد", "source": "Weekly", "actor2": "Us"},
    {"event_type": "Protests", "wounded": 4, "title": "gamma Ĝ", "source": "Daily"},
    {"title": "delta", "at": None, "precision": "adm1"},
)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("{ type: new Set(['Battles']) }", [0, 1]),
        ("{ type: new Set(['']) }", [3]),
        ("{ type: new Set(['Battles', 'Protests']), source: new Set(['Daily']) }", [0, 2]),
        ("{ actor: new Set(['Us']) }", [0, 1]),
        ("{ harm: 'killed' }", [0]),
        ("{ harm: 'harmed' }", [0, 2]),
        ("{ harm: 'unknown' }", [3]),
        ("{ text: 'ALPHA' }", [0]),
        ("{ text: 'بَغداد' }", [1]),
        ("{ text: 'gamma g' }", [2]),
        ("{ precision: new Set(['adm1']) }", [3]),
    ],
)
def test_filters_combine(browser, show, squares, change, left):
    show(draw(squares.located(*FILTERED), squares.areas()))
    kept = browser.run(
        "const filters = new IncidentMaps.Filters(incident_layer_1);"
        f"filters.change({change}); return [...incident_layer_1.kept]"
    )
    assert [row for row, stays in enumerate(kept) if stays] == left
    browser.assert_quiet()


def test_filters_in_the_page_show_numbers_and_can_be_undone(browser, show, squares):
    show(draw(squares.located(*FILTERED), squares.areas()))
    browser.run("document.querySelectorAll('.im-buttons button')[1].click()")
    words = browser.text(".im-drawer")
    assert "Battles2" in words.replace("\n", "").replace(" ", "")
    browser.run("document.querySelector('[data-value=\"Battles\"]').click()")
    assert state(browser)["incidents"] == "2"
    assert "Shown: 2 of 4" in browser.text(".im-account")
    assert "4 incidents" in browser.text(".im-account"), "the account stays whole"
    browser.until("return location.hash === '#type=Battles'")
    browser.run("document.querySelector('.im-drawer .im-more').click()")
    assert state(browser)["incidents"] == "4"
    browser.assert_quiet()


def test_a_view_can_be_sent(browser, squares, tmp_path):
    path = tmp_path / "map.html"
    save(draw(squares.located(*FILTERED), squares.areas()), path)
    browser.open(path)
    browser.driver.get("about:blank")
    browser.driver.get(path.as_uri() + "#type=Battles&harm=killed&type=Nonsense&days=x")
    browser.until("return document.documentElement.dataset.ready === 'true'")
    assert state(browser)["incidents"] == "1"
    browser.assert_quiet()


def test_time_can_be_chosen_by_dragging_and_by_key(browser, show, squares):
    days = [pd.Timestamp(f"2024-01-{day:02}") for day in range(1, 11)]
    rows = [{"date": day, "date_end": day, "date_precision": "day"} for day in days]
    rows.append({"date": days[0], "date_end": days[9], "date_precision": "range"})
    show(draw(squares.located(*rows, {}), squares.areas()))
    assert "1 Jan 2024 – 10 Jan 2024" in browser.text(".im-time")
    left, top, width = browser.run(
        "const b = document.querySelector('.im-bars').getBoundingClientRect();"
        "return [b.left, b.top + b.height / 2, b.width]"
    )
    browser.drag((left + width * 0.25, top), (left + width * 0.45, top))
    assert "3 Jan 2024 – 5 Jan 2024" in browser.text(".im-time")
    assert state(browser)["incidents"] == "4", "three days, and what lasted all the while"
    browser.run("document.querySelector('.im-time-head button:last-child').click()")
    assert state(browser)["incidents"] == "12", "also what has no date"
    browser.run(
        "const s = document.querySelectorAll('.im-slider')[1]; s.value = 0;"
        "s.dispatchEvent(new Event('input'))"
    )
    assert state(browser)["incidents"] == "2"
    browser.assert_quiet()


def test_time_plays_to_its_end(browser, show, squares):
    days = [pd.Timestamp(f"2024-01-{day:02}") for day in range(1, 4)]
    rows = [{"date": day, "date_end": day, "date_precision": "day"} for day in days]
    show(draw(squares.located(*rows), squares.areas()))
    seen = set()
    browser.run("document.querySelector('.im-time-head button').click()")
    while browser.text(".im-time-head button") == "■":
        seen.add(browser.text(".im-range"))
    assert len(seen) >= 3
    browser.assert_quiet()


def test_one_date_needs_no_timeline(browser, show, squares):
    day = {"date": pd.Timestamp("2024-01-01"), "date_precision": "day"}
    show(draw(squares.located(day, day), squares.areas()))
    assert browser.run("return document.querySelector('.im-time')") is None


def table_column(browser: Any, number: int) -> list[str]:
    return browser.run(
        "return [...document.querySelectorAll('.im-table-space .im-table-row')]"
        ".map((row) => row.children[arguments[0]].textContent)",
        number,
    )


def test_the_table_can_be_sorted_by_each_column(browser, show, squares):
    rows = [
        {"title": "b", "date": pd.Timestamp("2024-01-02"), "killed": 1, "place_name": "Ur"},
        {"title": "a", "date": pd.Timestamp("2024-01-03"), "place_name": "Eridu"},
        {"title": "c", "date": None, "killed": 9, "place_name": None},
    ]
    show(draw(squares.located(*rows), squares.areas()))
    browser.run("document.querySelector('.im-buttons button').click()")
    assert table_column(browser, 6) == ["b", "a", "c"], "first as in the source"
    expected = {
        0: (["b", "a", "c"], ["a", "b", "c"]),
        2: (["a", "b", "c"], ["b", "a", "c"]),
        4: (["c", "b", "a"], ["b", "c", "a"]),
        6: (["a", "b", "c"], ["c", "b", "a"]),
    }
    for column, (once, twice) in expected.items():
        head = f"document.querySelectorAll('.im-table-head button')[{column}]"
        browser.run(f"{head}.click()")
        assert table_column(browser, 6) == once, f"column {column}; what is missing comes last"
        browser.run(f"{head}.click()")
        assert table_column(browser, 6) == twice, f"column {column}"
        browser.run(f"{head}.click()")
        assert table_column(browser, 6) == ["b", "a", "c"], "and back to the source's order"
    browser.assert_quiet()


def test_table_and_map_lead_to_each_other(browser, show, squares):
    located = squares.located(
        {"title": "West", "at": (42, 32)},
        {"title": "Wide", "at": None, "precision": "adm1"},
        {"title": "East", "at": (46, 34)},
    )
    show(draw(located, squares.areas()))
    browser.run("document.querySelector('.im-buttons button').click()")
    browser.run("document.querySelectorAll('.im-table-space .im-table-row')[2].click()")
    assert browser.text(".leaflet-popup .im-title") == "East"
    browser.run("document.querySelectorAll('.im-table-space .im-table-row')[1].click()")
    assert "Wide" in browser.text(".im-drawer .im-title"), "what has no mark shows its words"
    browser.run("document.querySelector('.im-drawer .im-close').click()")
    browser.run("offline_map_1.setView([33, 44], 6)")
    browser.settle()
    [west] = [mark for mark in browser.marks() if mark["rows"] == [0]]
    browser.click_at(west["x"], west["y"])
    chosen = "return document.querySelector('.im-table-row[aria-selected=true]').innerText"
    assert "West" in browser.run(chosen)
    browser.run("document.querySelector('.im-table').focus()")
    browser.press("ArrowDown")
    browser.press("ArrowDown")
    assert "East" in browser.run(chosen)
    browser.press("Enter")
    assert browser.text(".leaflet-popup .im-title") == "East"
    browser.press("Escape")  # closes the popup
    browser.press("Escape")
    assert browser.run("return document.querySelector('.im-dock').hidden")
    browser.assert_quiet()


def test_a_long_table_makes_only_the_rows_in_sight(browser, show, squares):
    rows = [{"title": f"number {n}", "event_type": "Riots" if n % 2 else None} for n in range(500)]
    show(draw(squares.located(*rows), squares.areas()))
    browser.run("document.querySelector('.im-buttons button').click()")
    assert len(table_column(browser, 6)) < 60
    browser.run("document.querySelector('.im-table').scrollTop = 1e9")
    browser.until(
        "return document.querySelector('.im-table-space').innerText.includes('number 499')"
    )
    browser.run("document.querySelectorAll('.im-buttons button')[1].click()")
    browser.run("document.querySelector('[data-value=\"Riots\"]').click()")
    assert "250 incidents" in browser.text(".im-dock h2")
    assert "number 498" not in browser.text(".im-table-space")
    browser.assert_quiet()


def test_lists_can_be_ordered(browser, show, squares):
    rows = [
        {"title": "first", "date": pd.Timestamp("2024-01-02"), "killed": 1},
        {"title": "second", "date": pd.Timestamp("2024-01-03")},
        {"title": "third", "date": None, "killed": 9},
    ]
    show(draw(squares.located(*rows), squares.areas()))
    browser.run("area_layer_1.open(1)")
    expected = {
        "source": ["first", "second", "third"],
        "newest": ["second", "first", "third"],
        "oldest": ["first", "second", "third"],
        "killed": ["third", "first", "second"],
    }
    for order, titles in expected.items():
        choose(browser, ".im-order select", order)
        found = browser.run(
            "return [...document.querySelectorAll('.im-drawer .im-line strong')]"
            ".map((e) => e.textContent)"
        )
        assert found == titles, order


def test_what_is_listed_can_be_taken_away(browser, show, squares):
    located = squares.located(
        {"title": "=cmd()", "quote": 'He said "no",\nthen left', "killed": 2, "at": (44, 33.5)},
        {"title": "wide", "at": (44, 33), "precision": "adm1"},
    )
    show(draw(located, squares.areas()))
    csv, features = browser.run(
        "const { csv, geojson, record } = IncidentMaps.downloads;"
        "const rows = [0, 1]; const found = rows.map((row) => record(incident_layer_1, row));"
        "return [csv(found), JSON.parse(geojson(incident_layer_1, rows, found)).features]"
    )
    table = pd.read_csv(io.StringIO(csv.removeprefix("\ufeff")))
    assert list(table["title"]) == ["'=cmd()", "wide"]
    assert table["quote"][0] == 'He said "no",\nthen left'
    assert list(table["latitude"].isna()) == [False, True], "an area gets no coordinates"
    assert [feature["geometry"] for feature in features] == [
        {"type": "Point", "coordinates": [44, 33.5]},
        None,
    ]
    browser.run("document.querySelector('.im-buttons button').click()")
    browser.run("document.querySelectorAll('.im-files button').forEach((b) => b.click())")
    browser.assert_quiet()
