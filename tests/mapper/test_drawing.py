"""Maps as folium elements: what they are made of, what stands for each incident, their bytes."""

from __future__ import annotations

import base64
import gzip
import itertools
import json
import re
import string
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import folium
import numpy as np
import pandas as pd
import pytest
import shapely
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from mapper.drawing import AreaLayer, IncidentLayer, draw, save
from mapper.drawing.classes import class_limits, level_limits
from mapper.drawing.columns import LARGEST, LONGEST_TEXT, Packer, clean
from mapper.drawing.placing import BADGE, MARK, NO_AREA, REASONS, UNPLACED, place_marks
from mapper.drawing.shapes import GRID, anchors, rings, simplified_levels
from mapper.drawing.words import LOCALES, words
from mapper.errors import OutputError, SchemaError
from mapper.pipeline import all_boundaries
from mapper.schema import EVENT_TYPES, POINT_PRECISIONS, PRECISIONS
from mapper.style import LANGUAGES, MapStyle

ASSETS = Path(str(resources.files("mapper.drawing"))) / "assets"


def page_of(map_: folium.Map) -> str:
    return map_.get_root().render()


# ---- the map


def test_a_map_is_a_folium_map(squares):
    assert isinstance(draw(squares.located({}), squares.areas()), folium.Map)


def test_the_same_input_gives_the_same_bytes(squares):
    located = squares.located({"title": "x"}, {"precision": "adm1", "at": None})
    first = draw(located, squares.areas(), title="t")
    second = draw(located.copy(), squares.areas(), title="t")
    assert page_of(first) == page_of(second) == page_of(first)


def test_the_page_says_by_which_version_it_was_made_and_when(squares, monkeypatch):
    def made() -> str:
        map_ = draw(squares.located({}), squares.areas())
        return re.findall(r"Map: iraq-incident-mapper[^\"]*", page_of(map_))[0]

    installed = metadata.version("iraq-incident-mapper")
    assert re.fullmatch(rf"Map: iraq-incident-mapper {installed}, 20\d\d-\d\d-\d\d", made())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1704412800")
    assert made().endswith(", 2024-01-05"), "as builds that are compared to the byte ask for"


def test_drawing_changes_no_frame(squares):
    located, areas = squares.located({}), squares.areas()
    before = located.copy(), areas.copy()
    page_of(draw(located, areas))
    pd.testing.assert_frame_equal(pd.DataFrame(located), pd.DataFrame(before[0]))
    pd.testing.assert_frame_equal(pd.DataFrame(areas), pd.DataFrame(before[1]))


def test_other_maps_of_the_process_are_left_alone(squares):
    def plain() -> str:
        return re.sub(r"[0-9a-f]{32}", "id", page_of(folium.Map([33, 44])))

    before, lists = plain(), (list(folium.Map.default_js), list(folium.Map.default_css))
    page_of(draw(squares.located({}), squares.areas()))
    assert plain() == before
    assert (folium.Map.default_js, folium.Map.default_css) == lists


def test_layers_go_on_a_map_of_ones_own_beside_others(squares):
    map_ = folium.Map([33, 44], tiles=None)
    layers = [AreaLayer(squares.areas()), AreaLayer(squares.areas(), style=MapStyle(classes=2))]
    for layer in layers:
        layer.add_to(map_)
    IncidentLayer(squares.located({}), squares.areas()).add_to(map_)
    folium.Marker([33, 44]).add_to(map_)
    page = page_of(map_)
    for name in ("area_layer_1", "area_layer_2", "incident_layer_1"):
        assert page.count(f'id="{name}_data"') == 1
        assert f"{name}.addTo({map_.get_name()})" in page
    assert page.count("IncidentMaps.Table = class Table") == 1


def test_a_layer_on_no_map_says_so(squares):
    with pytest.raises(ValueError, match="AreaLayer is on no map yet"):
        AreaLayer(squares.areas()).render()


def test_what_users_put_on_the_page_stays_when_it_is_rendered_again(squares):
    map_ = draw(squares.located({}), squares.areas())
    map_.get_root().html.add_child(folium.Element("<p>mine</p>"))
    assert page_of(map_).count("<p>mine</p>") == 1
    assert page_of(map_).count("<p>mine</p>") == 1


@pytest.mark.parametrize("count", [0, 1])
def test_few_or_no_incidents(squares, count):
    assert page_of(draw(squares.located(*[{}] * count), squares.areas()))


def test_no_areas_at_all(squares):
    assert page_of(draw(squares.located({}), squares.areas().head(0)))


def test_frames_are_checked(squares):
    with pytest.raises(SchemaError, match="located has no column 'status'"):
        draw(squares.located({}).drop(columns="status"), squares.areas())
    with pytest.raises(SchemaError, match="areas has no column 'pcode'"):
        draw(squares.located({}), squares.areas().drop(columns="pcode"))


def test_an_unknown_language_names_the_known(squares):
    with pytest.raises(ValueError, match="use one of en, ar, ckb, kmr"):
        draw(squares.located({}), squares.areas(), language="fr")


# ---- what stands for an incident


@pytest.mark.parametrize(
    ("row", "stands", "area", "reason"),
    [
        ({}, MARK, 1, "placed"),
        ({"precision": "exact", "adm1_pcode": None}, MARK, NO_AREA, "placed"),
        ({"precision": "relative"}, MARK, 1, "placed"),
        ({"precision": "adm1"}, BADGE, 1, "placed"),
        ({"precision": "adm3", "at": None}, BADGE, 1, "placed"),
        ({"precision": "settlement", "at": None}, BADGE, 1, "placed"),
        ({"precision": None}, BADGE, 1, "placed"),
        ({"precision": "adm1", "adm1_pcode": "IQG99"}, UNPLACED, NO_AREA, "no_shape"),
        ({"precision": "adm2", "adm1_pcode": "IQG99", "adm2_pcode": "IQG03"}, BADGE, 2, "placed"),
        ({"precision": "country", "adm1_pcode": None}, UNPLACED, NO_AREA, "country_only"),
        ({"precision": "region", "adm1_pcode": None}, UNPLACED, NO_AREA, "region_only"),
        ({"precision": "region"}, BADGE, 1, "placed"),  # a region inside one governorate
        ({"status": "ambiguous"}, UNPLACED, NO_AREA, "ambiguous"),
        ({"status": "unresolved", "at": None}, UNPLACED, NO_AREA, "unresolved"),
        ({"status": "outside"}, UNPLACED, NO_AREA, "outside"),
        ({"status": "rejected", "at": None}, UNPLACED, NO_AREA, "rejected"),
    ],
)
def test_a_mark_never_claims_more_than_the_source(squares, row, stands, area, reason):
    [placed] = place_marks(squares.located(row), squares.areas()).to_dict("records")
    assert (placed["stands"], placed["area"], REASONS[placed["reason"]]) == (stands, area, reason)
    assert np.isfinite(placed["longitude"]) == (stands == MARK)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "status": st.sampled_from(("resolved", "ambiguous", "unresolved", "outside")),
                "precision": st.sampled_from((*PRECISIONS, None)),
                "adm1_pcode": st.sampled_from(("IQG01", "IQG99", None)),
                "at": st.sampled_from(((44.0, 33.0), None)),
            }
        ),
        max_size=20,
    )
)
def test_every_incident_stands_somewhere_once(squares, rows):
    placed = place_marks(squares.located(*rows), squares.areas())
    assert len(placed) == len(rows)
    for row, (_, found) in zip(rows, placed.iterrows(), strict=True):
        if found["stands"] == MARK:
            assert row["precision"] in POINT_PRECISIONS and row["status"] == "resolved"
        assert (found["stands"] == UNPLACED) == (REASONS[int(found["reason"])] != "placed")


# ---- classes


@pytest.mark.parametrize("scheme", ["natural", "quantiles", "equal"])
@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([], []),
        ([0, 0, 0], []),
        ([np.nan, np.nan], []),
        ([0, np.nan, 7], [7]),
        ([4, 4, 4, 4], [4]),
        ([1, 2, 3], [1, 2, 3]),
        ([1, 1, 2, 2, 9, 9, np.nan, 0], [1, 2, 9]),
    ],
)
def test_small_or_odd_data_have_a_class_for_each_value(values, scheme, limits):
    assert class_limits(values, scheme, 5) == limits


def test_natural_breaks_find_the_gaps():
    values = [1, 2, 2, 3, 20, 21, 22, 100, 101, 900]
    assert class_limits(values, "natural", 4) == [3, 22, 101, 900]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 10_000), max_size=60),
    st.sampled_from(["natural", "quantiles", "equal"]),
    st.integers(1, 7),
)
def test_limits_hold_every_value_and_occur_in_the_data(values, scheme, classes):
    limits = class_limits(values, scheme, classes)
    positive = [value for value in values if value > 0]
    assert limits == sorted(set(limits)) and set(limits) <= set(positive)
    assert len(limits) <= classes
    assert (max(positive) == limits[-1]) if positive else (limits == [])


def test_classes_of_ones_own_are_for_the_measure_that_the_style_names(squares):
    style = MapStyle(breaks=(2, 4), measure="incidents")
    limits = level_limits(squares.areas(), style)["adm1"]
    assert limits["incidents"] == [2, 4, 5], "one more, as far as the greatest value"
    assert limits["killed"] == [7]
    assert level_limits(squares.areas(), MapStyle(breaks=(9,)))["adm1"]["incidents"] == [9]


# ---- columns


def unpack(packed: str) -> tuple[dict[str, Any], bytes]:
    body = gzip.decompress(base64.b64decode(packed))
    length = int.from_bytes(body[:4], "little")
    return json.loads(body[4 : 4 + length]), body[4 + length :]


def read_column(head: dict[str, Any], body: bytes, name: str) -> list[Any]:
    """Read a column as the page's script does, but slowly."""
    column = head["columns"][name]
    rows, at = column["rows"], column.get("at")
    if column["kind"] == "f32":
        return np.frombuffer(body, "<f4", rows, at).tolist()
    if column["kind"] == "text":
        parts = body[at : at + column["size"]].split(b"\0")
        assert len(parts) == rows + 1
        return [part.decode() or None for part in parts[:-1]]
    size = column.get("size", 0)
    planes = [body[at + byte * rows :][:rows] for byte in range(size)]
    codes = [
        sum(plane[row] << 8 * byte for byte, plane in enumerate(planes)) for row in range(rows)
    ]
    if column["kind"] == "choice":
        return [column["choices"][code - 1] if code else None for code in codes]
    values = [code - 1 + column["low"] if code else None for code in codes]
    return np.cumsum(values).tolist() if column["kind"] == "steps" else values


printable = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.none() | printable, max_size=80))
def test_texts_come_back_as_they_went_in(values):
    packer = Packer()
    packer.texts("words", pd.Series(values, dtype="str"))
    head, body = unpack(packer.pack({}))
    assert read_column(head, body, "words") == values


@settings(deadline=None, max_examples=60)
@given(st.lists(st.none() | st.integers(-(2**40), 2**40), max_size=30))
def test_integers_come_back_or_are_the_nearest_that_fit(values):
    packer = Packer()
    packer.integers("n", pd.Series(values, dtype="Int64"))
    expected = [value if value is None else min(max(value, -LARGEST), LARGEST) for value in values]
    assert read_column(*unpack(packer.pack({})), "n") == expected


def test_missing_numbers_are_not_zero():
    packer = Packer()
    packer.numbers("x", pd.Series([None, 0.0], dtype="Float64"))
    missing, zero = read_column(*unpack(packer.pack({})), "x")
    assert missing is None and zero == 0


def test_ascending_numbers_are_written_as_steps():
    packer = Packer()
    values = [70_000, 70_001, 70_005, 70_005, *range(70_006, 71_000)]
    packer.integers("n", pd.Series(values, dtype="Int64"))
    head, body = unpack(packer.pack({}))
    assert head["columns"]["n"]["kind"] == "steps"
    assert read_column(head, body, "n") == values


def test_many_different_fractions_come_back_to_six_figures():
    packer = Packer()
    values = np.linspace(0, 1, 10_000)
    packer.numbers("x", pd.Series(values, dtype="Float64"))
    assert np.allclose(read_column(*unpack(packer.pack({})), "x"), values, rtol=1e-6, atol=1e-7)


def test_a_column_without_values_takes_no_bytes():
    packer = Packer()
    packer.integers("n", pd.Series([None] * 9, dtype="Int64"))
    packer.texts("t", pd.Series([None] * 9, dtype="str"))
    head, body = unpack(packer.pack({}))
    assert body == b""
    assert read_column(head, body, "n") == read_column(head, body, "t") == [None] * 9


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.none() | st.tuples(st.floats(38.5, 49), st.floats(28, 38)), min_size=1, max_size=30)
)
def test_marks_stay_within_a_metre(squares, spots):
    rows = [{"at": spot, "precision": "exact" if spot else "adm1"} for spot in spots]
    layer = IncidentLayer(squares.located(*rows), squares.areas())
    head, body = unpack(layer._packed)
    places = read_column(head, body, "spot")
    longitudes, latitudes = (
        read_column(head, body, f"spot_{name}") for name in ("longitude", "latitude")
    )
    for spot, place in zip(spots, places, strict=True):
        if spot is None:
            assert place is None
        else:
            assert abs(longitudes[place - 1] / head["spotGrid"] - spot[0]) < 6e-6
            assert abs(latitudes[place - 1] / head["spotGrid"] - spot[1]) < 6e-6


def test_long_text_is_cut_and_says_so():
    assert clean("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    cut = clean("x" * 1_000_000)
    assert cut.endswith("… [+996,000]") and len(cut) < LONGEST_TEXT + 20


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\u202e", "\u202a", "\x85"])
def test_signs_that_mislead_are_made_visible(sign):
    assert clean(f"a{sign}b") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("text", ["كركوك", "سلێمانی\u200cیە", "a\tb\nc", "\u200fabc"])
def test_signs_that_scripts_need_stay(text):
    assert clean(text) == text


# ---- shapes


@settings(deadline=None, max_examples=60)
@given(st.integers(-170, 170), st.integers(-80, 80), st.integers(1, 9))
def test_steps_lead_round_the_ring(x, y, size):
    [[steps]] = rings(shapely.box(x, y, x + size, y + size))
    walk = np.cumsum(np.reshape(steps, (-1, 2)), axis=0) / GRID
    assert shapely.Polygon(walk).equals(shapely.box(x, y, x + size, y + size))


def edges(shapes: Any) -> set[frozenset[tuple[int, int]]]:
    found: set[frozenset[tuple[int, int]]] = set()
    for steps in (ring for shape in shapes for part in rings(shape) for ring in part):
        walk = [tuple(spot) for spot in np.cumsum(np.reshape(steps, (-1, 2)), axis=0).tolist()]
        found |= {frozenset(edge) for edge in itertools.pairwise(walk)}
    return {edge for edge in found if len(edge) == 2}


def test_a_border_is_the_same_line_at_every_level(shared_data):
    gaz = gazetteer.load(shared_data / "cod-ab")
    areas = all_boundaries(gaz)
    drawn = simplified_levels(areas)
    lines = {level: edges(drawn[areas["level"] == level]) for level in ("adm1", "adm2", "adm3")}
    assert lines["adm1"] < lines["adm2"] < lines["adm3"]
    for level in lines:
        assert shapely.coverage_is_valid(drawn[areas["level"] == level]), "no gaps, no overlaps"
    assert len(lines["adm3"]) < 20_000


def test_parts_that_do_not_tile_their_area_leave_it_its_own_shape(squares):
    parts = squares.areas(
        pcode=pd.Series(["IQG01", "IQG02", "IQG02Q01"], dtype="str"),
        level=pd.Series(["adm1", "adm1", "adm2"], dtype="str"),
        parent=pd.Series(["IQ", "IQ", "IQG02"], dtype="str"),
    )
    parts = parts.set_geometry(
        [shapely.box(0, 0, 2, 2), shapely.box(2, 0, 4, 2), shapely.box(2, 0, 3, 2)]
    )
    drawn = simplified_levels(parts)
    assert [shape.area for shape in drawn] == [4, 4, 2]


@pytest.mark.parametrize("shape", [None, shapely.Polygon()])
def test_a_missing_shape_is_drawn_nowhere(shape):
    assert rings(shape) == [] and anchors(shape) == []


def test_labels_stand_inside_even_a_ring():
    ring = shapely.Point(44, 33).buffer(2).difference(shapely.Point(44, 33).buffer(1.5))
    spots = anchors(ring)
    assert len(spots) > 3
    assert all(ring.contains(shapely.Point(spot)) for spot in spots)


# ---- words


def table() -> dict[str, dict[str, str]]:
    return yaml.safe_load((ASSETS / "words.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", table())
def test_every_word_is_in_every_language_with_the_same_gaps(key):
    forms = table()[key]
    assert set(forms) == set(LANGUAGES)
    gaps = {
        language: {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for language, text in forms.items()
    }
    if not key.endswith("_one"):
        assert len(set(map(frozenset, gaps.values()))) == 1, gaps
    assert all(text.strip() for text in forms.values())


def test_scripts_use_only_words_that_there_are():
    keys = set(table())
    for path in ASSETS.iterdir():
        if path.name.endswith(".js"):
            used = re.findall(r'\bword\("([a-z_0-9]+)"', path.read_text(encoding="utf-8"))
            assert set(used) <= keys, path.name


def test_every_word_is_used():
    program = [path for path in ASSETS.parent.rglob("*") if path.suffix in (".js", ".py")]
    written = "".join(path.read_text(encoding="utf-8") for path in program)
    made = (
        *("precision_", "reason_", "event_", "measure_", "country_", "filter_", "harm_", "sort_"),
        *("level_", "open_", "coarse_", "sub_"),
    )
    # These are put together where they are used, or used by a template.
    for key in set(table()) - {"zoom_in", "zoom_out", "type_unknown", "month_unknown"}:
        assert key.startswith(made) or f'"{key}' in written or f"words.{key}" in written, key


def test_every_precision_and_reason_has_words():
    for precision in PRECISIONS:
        assert f"precision_{precision}" in words("en")
    for reason in REASONS[1:]:
        assert f"reason_{reason}" in words("en")
    assert set(LOCALES) == set(LANGUAGES)


def test_every_event_type_of_the_schema_has_words():
    for event, kinds in EVENT_TYPES.items():
        assert {f"event_{event}", *(f"sub_{kind}" for kind in kinds)} <= set(words("ar"))


# ---- files


def test_saving_replaces_the_whole_file_or_nothing(squares, tmp_path, monkeypatch):
    target = tmp_path / "map.html"
    target.write_text("old")
    map_ = draw(squares.located({}), squares.areas())
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "disk full")))
        with pytest.raises(OutputError, match="disk full"):
            save(map_, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
    save(map_, target)
    assert target.read_text(encoding="utf-8") == page_of(map_)


def test_a_folder_that_is_not_there(squares, tmp_path):
    with pytest.raises(OutputError, match="no folder"):
        save(draw(squares.located({}), squares.areas()), tmp_path / "none" / "map.html")


def test_lone_surrogates_do_not_stop_saving(squares, tmp_path):
    map_ = draw(squares.located({"title": "\ud800"}), squares.areas(), title="A \ud800 title")
    save(map_, tmp_path / "map.html")
    written = (tmp_path / "map.html").read_text(encoding="utf-8")  # strict: it is UTF-8
    assert re.search("<title>A .{1,6} title</title>", written)
