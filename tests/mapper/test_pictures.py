"""Pictures: what stands on the sheet, in which form, and that none of it is markup of others."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import mapper
from mapper.cli import main
from mapper.counting import count
from mapper.drawing import Part, divide, draw_picture
from mapper.drawing.panel import NO_DATA, ZERO, area_fills
from mapper.drawing.picture import _class_labels
from mapper.errors import OutputError
from mapper.schema import EVENT_TYPES, PRECISIONS
from mapper.style import LANGUAGES, Backdrop

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = Path(__file__).parents[2] / "examples"


def drawn(squares, *rows, **options):
    return draw_picture([Part("", squares.located(*rows), squares.areas())], **options).svg


def texts(svg):
    return [(element.text or "") for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_sheet_says_what_a_reader_needs(squares):
    backdrop = Backdrop(credits=("Own survey (CC BY)",), approximate=True)
    svg = drawn(
        squares,
        {"precision": "settlement", "event_type": "Protests"},
        {"precision": "adm1", "adm1_pcode": "IQG02", "geometry": None},
        title="Two incidents",
        backdrop=backdrop,
    )
    told = " ".join(texts(svg))
    for words in ("Two incidents", "2 incidents: 1 on the map by place, 1 by area", "100 km"):
        assert words in told
    for words in ("Westland", "no data", "Protests", "known only to the area"):
        assert words in told
    assert "Approximate boundaries. Sources:" in told and "Own survey (CC BY)" in told
    assert "iraq-incident-mapper" in told  # by which version it was made


@pytest.mark.parametrize("precision", PRECISIONS)
def test_only_what_has_a_point_gets_a_mark(squares, precision):
    svg = drawn(squares, {"precision": precision, "event_type": "Battles", "radius_km": 20})
    signs = len(re.findall(r'<g transform="translate', svg))
    in_legend = {"exact": 3, "site": 3, "settlement": 3, "relative": 3}.get(precision, 0)
    points = precision in ("exact", "site", "settlement", "relative")
    badge = precision in ("adm1", "adm2", "adm3", "region")  # in one governorate
    assert signs == (1 + in_legend if points else 2 if badge else 0)


def test_incidents_on_one_spot_become_one_sign_with_their_number(squares):
    one = {"precision": "settlement", "event_type": "Battles"}
    assert "7" in texts(drawn(squares, *[one] * 7))


def test_zero_and_no_data_have_colours_of_their_own():
    assert area_fills([0, None, 1, 9], [1, 9])[:2] == [ZERO, NO_DATA]
    assert len(set(area_fills([0, None, 1, 9], [1, 9]))) == 4


@pytest.mark.parametrize(
    ("limits", "labels"),
    [
        ([1, 2, 3], ["1", "2", "3"]),
        ([1, 5, 20], ["1", "2–5", "6–20"]),
        ([0.5, 2], ["≤ 0.5", "≤ 2"]),
        ([], []),
    ],
)
def test_the_legend_names_each_class(limits, labels):
    assert _class_labels(limits) == labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_words_and_side(squares, language):
    svg = drawn(squares, {"precision": "settlement"}, language=language)
    legend = [e for e in ET.fromstring(svg).iter(f"{SVG}text") if "text-anchor" in e.attrib]
    from_right = [e for e in legend if e.attrib["text-anchor"] == "end"]
    assert bool(from_right) == (language in ("ar", "ckb"))


def test_the_same_input_gives_the_same_bytes(squares):
    rows = [{"precision": "settlement", "event_type": kind} for kind in EVENT_TYPES]
    assert drawn(squares, *rows) == drawn(squares, *rows)


HOSTILE = [
    "</text><script>alert(1)</script>",
    '" onload="alert(1)',
    "\x00\x1b\ufffe]]>",
    "&#x26;{{ 7*7 }}",
    "\u202egnp.exe",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "x" * 100_000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_markup(squares, words):
    areas = squares.areas(name=pd.Series([words] * 3, dtype="str"))
    located = squares.located({"precision": "settlement", "source_file": words})
    part = Part(words, located, areas)
    for parts in ([part], [part, part]):
        svg = draw_picture(parts, title=words, backdrop=Backdrop(credits=(words,))).svg
        tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()}
        assert tags <= {"svg", "title", "rect", "text", "g", "path", "circle", "clipPath"}
        assert not [a for e in ET.fromstring(svg).iter() for a in e.attrib if a.startswith("on")]
        assert "\u202e" not in svg


# --- small maps ----------------------------------------------------------------


def dated(squares, *dates):
    rows = [
        {
            "precision": "settlement",
            "date": pd.Timestamp(first) if first else pd.NaT,
            "date_end": pd.Timestamp(last) if last else pd.NaT,
            "date_precision": kind,
        }
        for first, last, kind in dates
    ]
    return squares.located(*rows)


def test_months_follow_without_gap_and_the_unknown_comes_last(squares):
    located = dated(
        squares,
        ("2024-01-05", "2024-01-05", "day"),
        ("2024-03-01", "2024-03-31", "month"),
        ("2024-01-30", "2024-02-02", "range"),
        ("2024-01-01", "2024-12-31", "year"),
        (None, None, None),
    )
    parts = divide(located, "month")
    assert [(name, len(rows)) for name, rows in parts] == [
        ("2024-01", 1),
        ("2024-02", 0),
        ("2024-03", 1),
        ("month not known", 3),
    ]


def test_every_incident_is_under_one_heading(squares):
    located = squares.located(*[{"event_type": kind} for kind in (*EVENT_TYPES, None)])
    for by in ("month", "year", "type"):
        assert sum(len(rows) for _, rows in divide(located, by)) == len(located)
    names = [name for name, _ in divide(located, "type", language="ar")]
    assert names[0] == "معارك" and len(names) == 7


def test_too_many_small_maps_are_refused_with_a_remedy(squares):
    located = dated(squares, ("2000-01-01", None, "day"), ("2024-01-01", None, "day"))
    with pytest.raises(OutputError, match=r"289 small maps .* divide by year"):
        divide(located, "month")


def test_small_maps_share_their_classes(squares):
    busy = squares.located(*[{"precision": "settlement", "adm1_pcode": "IQG02"}] * 8)
    quiet = squares.located({"precision": "settlement", "adm1_pcode": "IQG02"})
    parts = [
        Part(str(n), rows, count(rows, squares.areas())) for n, rows in enumerate((busy, quiet))
    ]
    svg = draw_picture(parts).svg
    fills = re.findall(r'<path d="M[^"]*" fill="(#\w+)" stroke="#9aa5ad"', svg)
    middle = [fills[1], fills[4]]
    assert middle[0] != middle[1] and middle[0] == area_fills([8], [1, 8])[0]


# --- files ---------------------------------------------------------------------


def test_the_command_writes_svg_and_png(tmp_path):
    source = str(EXAMPLES / "incidents.csv")
    for name, head in (("a.svg", b"<svg"), ("a.png", b"\x89PNG")):
        assert main(["draw", source, "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(head)
    assert main(["draw", source, "-o", str(tmp_path / "b.svg"), "--by", "year"]) == 0
    assert "2019 · 1" in texts((tmp_path / "b.svg").read_text(encoding="utf-8"))


def test_small_maps_are_for_pictures(tmp_path, capsys):
    target = tmp_path / "a.html"
    assert main(["draw", str(EXAMPLES / "incidents.csv"), "-o", str(target), "--by", "year"]) == 2
    assert "name the output .svg or .png" in capsys.readouterr().err and not target.exists()


def test_png_without_the_extra_says_what_to_install(tmp_path, capsys, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "resvg_py", None)
    target = tmp_path / "a.png"
    assert main(["draw", str(EXAMPLES / "incidents.csv"), "-o", str(target)]) == 2
    assert "iraq-incident-mapper[pictures]" in capsys.readouterr().err and not target.exists()


def test_a_picture_has_two_endings(squares, tmp_path):
    picture = draw_picture([Part("", squares.located({}), squares.areas())])
    with pytest.raises(OutputError, match=r"\.svg or \.png"):
        mapper.save(picture, tmp_path / "map.jpg")
    assert list(tmp_path.iterdir()) == []
    assert picture._repr_svg_() == picture.svg


def test_an_empty_frame_is_a_map_of_nothing(squares):
    located = squares.located()
    assert "0 incidents" in " ".join(texts(draw_picture([Part("", located, squares.areas())]).svg))
    assert isinstance(located, gpd.GeoDataFrame)


def test_many_files_are_not_all_named(squares):
    rows = [{"source_file": f"report-{n}.txt"} for n in range(200)]
    told = " ".join(texts(drawn(squares, *rows)))
    assert "report-0.txt" in told and "report-199.txt" not in told
