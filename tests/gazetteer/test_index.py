"""The index: whose name is whose."""

from __future__ import annotations

import pytest

from gazetteer import DataError, Level, Name, Place
from gazetteer.build.collisions import check_collisions
from gazetteer.index import PlaceIndex


def _town(id: str, *names: str, adm1: str = "IQG01", weak: bool = False) -> Place:
    listed = tuple(Name(name, weak=weak) for name in names)
    return Place(id, names[0], Level.SETTLEMENT, listed, adm1=adm1)


def test_strong_namesakes_of_one_level_in_one_governorate_are_refused() -> None:
    with pytest.raises(DataError, match=r"x:a.*x:b"):
        check_collisions([_town("x:a", "Zab"), _town("x:b", "al-Zaab")])


@pytest.mark.parametrize(
    "other",
    [_town("x:b", "Zab", adm1="IQG02"), _town("x:b", "Zab", weak=True), _town("x:b", "Great Zab")],
)
def test_other_namesakes_are_not(other: Place) -> None:
    check_collisions([_town("x:a", "Zab"), other])


def test_a_unit_and_its_seat_are_found_by_either_spelling() -> None:
    district = Place("IQG01Q01", "Al-Falluja", Level.ADM2, (Name("Al-Falluja"),), adm1="IQG01")
    index = PlaceIndex.of([district, _town("x:falluja", "Falluja", "Fallujah")])
    assert {hit.place.id for hit in index.spelled("falluja")} == {"IQG01Q01", "x:falluja"}
    assert not index.spelled("faluja")
    assert {hit.place.id for hit in index.like("faluja")} == {"IQG01Q01", "x:falluja"}


def test_what_a_shared_name_leads_to_is_compiled_with_it() -> None:
    district = Place("IQG01Q01", "Al-Falluja", Level.ADM2, (Name("Al-Falluja"),), adm1="IQG01")
    index = PlaceIndex.of([district, _town("x:falluja", "Falluja"), _town("x:hit", "Hit")])
    keys, shared = index.references.keys, index.references.shared
    assert shared == dict.fromkeys(["al falluja", "falluja"], keys["faluja"])
    assert index.alike("falluja") == index.alike("faluja")


def test_a_name_with_a_generic_word_asks_for_it() -> None:
    nineveh = Place("IQG15", "Nineveh", Level.ADM1, (Name("Mosul Governorate", until=1976),))
    index = PlaceIndex.of([nineveh])
    assert [hit.generics for hit in index.named("mosul")] == [frozenset({"governorate"})]


def test_a_namesake_of_a_weak_name_is_weak() -> None:
    names = (Name("Madina", weak=True),)
    district = Place("IQG02Q04", "Midaina", Level.ADM2, names, adm1="IQG02")
    index = PlaceIndex.of([district, _town("x:midaina", "Al Madinah", adm1="IQG02")])
    assert [hit.name.weak for hit in index.spelled("madina")] == [True, True]
