"""Places in a form that nothing need be worked out of: a place a line, and names that lead there.

To read thousands of places and to work out what they are called by would take
longer than the question that is asked of them. So `PLACES_FILE` has a record a
line, in the order of the ids, and `NAMES_FILE` leads from names and keys to the
lines. Both the core data and the full data come so.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from gazetteer.index import PlaceIndex, References
from gazetteer.place import Place, Polygons
from gazetteer.records import Record, place_of

PLACES_FILE = "places.json"
NAMES_FILE = "names.json"

Contents = tuple[bytes, Mapping[str, Any]]
"""What is in `PLACES_FILE`, and in `NAMES_FILE`."""
Units = Mapping[str, Sequence[str | None]]
"""By the id of a place the p-codes of ``adm1`` to ``adm3``."""


class CompiledPlaces(Mapping[str, Place]):
    """Places by id, and by name; nothing is read before it is asked for.

    Parameters
    ----------
    read : returns what is in the two files
    polygons : gives the places their polygons
    units : of places whose units are known better than their records have them
    """

    def __init__(
        self, read: Callable[[], Contents], polygons: Polygons, *, units: Units | None = None
    ) -> None:
        self._read = read
        self._polygons = polygons
        self._units = units or {}
        self._by_line: dict[int, Place] = {}

    def __getitem__(self, id: str) -> Place:
        line = bisect_left(self._ids, id)
        if line == len(self._ids) or self._ids[line] != id:
            raise KeyError(id)
        return self._at(line)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    @cached_property
    def index(self) -> PlaceIndex:
        """Whose name is whose."""
        references = (self._contents[1][field] for field in References._fields)
        return PlaceIndex(self._at, References(*references))

    @property
    def codes(self) -> Mapping[str, str]:
        """The ids of the places that have other codes, too."""
        codes: Mapping[str, str] = self._contents[1]["codes"]
        return codes

    @property
    def _ids(self) -> Sequence[str]:
        ids: Sequence[str] = self._contents[1]["ids"]
        return ids

    @cached_property
    def _lines(self) -> list[str]:
        return self._contents[0].decode().split("\n")[1 : len(self) + 1]

    @cached_property
    def _contents(self) -> Contents:
        return self._read()

    def _at(self, line: int) -> Place:
        place = self._by_line.get(line)
        if place is None:
            record = json.loads(self._lines[line].removesuffix(","))
            units = self._units.get(record["id"])
            if units is not None:
                record.update(zip(("adm1", "adm2", "adm3"), units, strict=True))
            place = self._by_line[line] = place_of(record, self._polygons)
        return place


def written_places(records: Iterable[Record]) -> bytes:
    """Return the content of `PLACES_FILE`: JSON with a record a line, in the order of the ids."""
    ordered = sorted(records, key=lambda record: str(record["id"]))
    lines = (json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in ordered)
    return ('{"places":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def digest(content: bytes) -> str:
    """Return what tells one content of a file from another."""
    return hashlib.sha256(content).hexdigest()


def written_names(places: bytes, *, of: str) -> bytes:
    """Return the content of `NAMES_FILE` for that of a `PLACES_FILE`.

    ``ids`` are those of the places, ``codes`` lead to ids; ``of`` tells by what it was
    made; the rest are `References`.
    """
    records = json.loads(places)["places"]
    names = ([(name[0], name[2]) for name in record["names"]] for record in records)
    content = {
        "of": of,
        "ids": [record["id"] for record in records],
        "codes": {code: record["id"] for record in records for code in record.get("codes", ())},
        **References.of(names)._asdict(),
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
