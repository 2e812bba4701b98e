"""`Gazetteer`: ids, frames, levels."""

from __future__ import annotations

import time

import pandas as pd
import pytest

import gazetteer
from gazetteer import Gazetteer, Level, LevelError, UnknownPlaceError
from gazetteer.library import Library


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return gazetteer.load()


@pytest.mark.parametrize("id", ["IQG07", "IQ-BB", "gn:98227"])
def test_place_by_its_codes(gaz: Gazetteer, id: str) -> None:
    assert gaz.place(id).name == "Babil"


@pytest.mark.parametrize("id", ["IQG99", "", "Babil", None])
def test_unknown_ids_are_refused_by_name(gaz: Gazetteer, id: str) -> None:
    with pytest.raises(UnknownPlaceError, match=f"{id!r}") as error:
        gaz.place(id)
    assert error.value.value == id


def test_halabja_borrows_a_polygon_and_says_so(gaz: Gazetteer) -> None:
    halabja = gaz.place("x:halabja-governorate")
    assert (halabja.level, halabja.adm1) == (Level.ADM1, "IQG06")
    assert halabja.polygon_level is Level.ADM1
    assert halabja.polygon == gaz.place("IQG06").polygon
    assert "borrows" in (halabja.note or "")


def test_a_town_has_its_governorates_polygon(gaz: Gazetteer) -> None:
    town = gaz.place("gn:99454")
    assert (town.polygon_level, town.polygon) == (Level.ADM1, gaz.place("IQG01").polygon)


def test_boundaries_and_containing(gaz: Gazetteer) -> None:
    frame = gaz.boundaries(1)
    assert len(frame) == 18
    assert frame.set_index("pcode").loc["IQG08", "population"] == 9_780_429
    held = gaz.containing([44.4, 43.1, 35.9], [33.3, 36.3, 31.9])
    assert held["adm1_pcode"].tolist()[:2] == ["IQG08", "IQG15"]
    assert pd.isna(held["adm1_pcode"].iloc[2])


def test_no_polygons_of_a_level_is_said(gaz: Gazetteer) -> None:
    with pytest.raises(LevelError):
        gaz.boundaries(3)


def test_resolve_many_keeps_order_and_rows(gaz: Gazetteer) -> None:
    names = ["Babil", None, "Gaza", "Babil", "Mosul", "nowhere", float("nan"), ""]
    frame = gaz.resolve_many(names)
    assert list(frame.columns) == [
        *("query", "status", "place_id", "place_name", "level"),
        *("adm1_pcode", "adm2_pcode", "adm3_pcode", "longitude", "latitude", "radius_km"),
        *("method", "score", "why", "candidates"),
    ]
    assert frame["status"].tolist() == [
        *("resolved", "unresolved", "outside", "resolved", "resolved"),
        *("unresolved", "unresolved", "unresolved"),
    ]
    assert frame["place_id"].iloc[0] == frame["place_id"].iloc[3] == "IQG07"
    assert "gn:99072" in frame["candidates"].iloc[4]


def test_resolve_many_pairs_names_with_parents(gaz: Gazetteer) -> None:
    names = ["Salahaddin", "Salahaddin", "Salahaddin", "Hit"]
    frame = gaz.resolve_many(names, within=["Erbil", None, "Erbil", "Anbar"])
    assert frame["adm1_pcode"].tolist() == ["IQG11", "IQG16", "IQG11", "IQG01"]
    same = gaz.resolve_many(names, within=gaz.place("IQG11"))
    assert same["adm1_pcode"].iloc[0] == "IQG11"


def test_resolve_many_agrees_with_resolve(gaz: Gazetteer) -> None:
    names = [name.text for place in gaz.places()[::7] for name in place.names]
    frame = gaz.resolve_many(names)
    for name, row in zip(names, frame.itertuples(), strict=True):
        match = gaz.resolve(name)
        assert row.status == match.status
        assert row.why == match.why
        assert (row.place_id if match.place else None) == (match.place.id if match.place else None)


def test_resolve_many_takes_a_column_with_gaps(gaz: Gazetteer) -> None:
    column = pd.Series(["Mosul", None, "Mosul", float("nan"), "Babil"], index=[9, 8, 7, 6, 5])
    frame = gaz.resolve_many(column)
    assert frame["place_id"].fillna("").tolist() == ["IQG15Q05", "", "IQG15Q05", "", "IQG07"]
    assert frame["query"].isna().tolist() == [False, True, False, True, False]


def test_resolve_many_of_nothing_has_its_columns(gaz: Gazetteer) -> None:
    assert len(gaz.resolve_many([])) == 0
    assert "place_id" in gaz.resolve_many([]).columns


def test_resolve_many_refuses_parents_of_another_length(gaz: Gazetteer) -> None:
    with pytest.raises(ValueError, match="2 names, but 1 parents"):
        gaz.resolve_many(["Babil", "Mosul"], within=["IQG07"])


def test_resolve_many_resolves_distinct_names_once(gaz: Gazetteer) -> None:
    start = time.process_time()
    gaz.resolve_many(["Babil", "Mosul", "near Hawija"] * 50_000)
    assert time.process_time() - start < 5


def test_resolve_many_takes_all_missing_values_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    resolve = Gazetteer.resolve
    monkeypatch.setattr(
        Gazetteer, "resolve", lambda self, name, **more: asked.append(name) or resolve(self, name)
    )
    missing = [*(float(word) for word in ("nan",) * 5), None, pd.NA, pd.NaT]
    frame = gazetteer.load("core").resolve_many(["Mosul", *missing, "Mosul"])
    assert asked == ["Mosul", ""]
    assert frame["query"].isna().tolist() == [False, *[True] * len(missing), False]


def test_a_listed_name_does_not_wait_for_those_abroad(monkeypatch: pytest.MonkeyPatch) -> None:
    files = []
    core_file = Library.core_file
    monkeypatch.setattr(
        Library, "core_file", lambda self, file: files.append(file) or core_file(self, file)
    )
    gaz = gazetteer.load("core")
    assert gaz.resolve("Babil").place
    assert gaz.resolve("القائم").place  # also a common word
    assert "outside.json" not in files
    assert gaz.resolve("Gaza").status == "outside"
    assert "outside.json" in files


def test_what_is_no_list_no_text_and_no_area_is_refused_by_its_type() -> None:
    gaz = gazetteer.load("core")
    with pytest.raises(TypeError, match="put it in a list"):
        gaz.resolve_many("Mosul")
    with pytest.raises(TypeError, match="a text is needed, not NoneType"):
        gaz.find(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="an area is needed"):
        gaz.touching(None)  # type: ignore[arg-type]
