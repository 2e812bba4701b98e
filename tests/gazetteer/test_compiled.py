"""Compiled places: read when they are asked for, and never by an index of other places."""

from __future__ import annotations

import json

from gazetteer.api import Gazetteer
from gazetteer.compiled import NAMES_FILE, PLACES_FILE
from gazetteer.library import Library


class _Changed(Library):
    """The core data with a place more, of which the names beside it know nothing."""

    def core_file(self, name: str) -> bytes:
        content = super().core_file(name)
        if name != PLACES_FILE:
            return content
        records = json.loads(content)["places"]
        new = {"id": "A", "name": "Qaqa Nowhere", "level": "site", "source": "test"}
        new["names"] = [["Qaqa Nowhere", "en", False, None]]
        lines = ",\n".join(map(json.dumps, [new, *records]))
        return f'{{"places":[\n{lines}\n]}}\n'.encode()


def test_names_of_other_places_are_not_gone_by() -> None:
    gaz = Gazetteer(_Changed())
    assert [gaz.resolve(name).place.id for name in ("Qaqa Nowhere", "Babil")] == ["A", "IQG07"]


def test_only_the_places_that_are_asked_for_are_read() -> None:
    gaz = Gazetteer(Library.core())
    gaz.resolve("Fallujah")
    assert 0 < len(gaz._core._by_line) < 10
    assert len(gaz.places()) == len(gaz._core._by_line)


def test_the_index_says_of_which_places_it_is() -> None:
    names = json.loads(Library.core().core_file(NAMES_FILE))
    gaz = Gazetteer(Library.core())
    assert names["ids"] == sorted(place.id for place in gaz.places())
    assert all(gaz.place(code).id == id for code, id in names["codes"].items())
