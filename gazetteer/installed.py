"""The places that are installed beside the core data, each read when it is asked for.

There may be 20,000 of them, with three names each: to read them all and to make
an index would take seconds. So `PLACES_FILE` has a record a line, in the order of
the ids, and `NAMES_FILE` leads from names and keys to the lines. It is written
when places are installed, and again when it is not of these places or compares
names by other rules than this version of the package.
"""

from __future__ import annotations

import hashlib
import json
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from gazetteer import toponym
from gazetteer.errors import DataError
from gazetteer.index import Hit, folded_names
from gazetteer.library import Library
from gazetteer.normalise import keys_of_folded
from gazetteer.place import Place, Polygons
from gazetteer.place_lists import of_units
from gazetteer.records import Record, place_of
from gazetteer.typos import near_in

PLACES_FILE = "places.json"
NAMES_FILE = "names.json"
UNITS_FILE = "units.json"
"""Of places of the core data, the p-codes of the units that installed polygons put them in."""

_KINDS = {
    "g": toponym.GOVERNORATE,
    "d": toponym.DISTRICT,
    "s": toponym.SUBDISTRICT,
    "t": toponym.TOWN,
    "v": toponym.VILLAGE,
    "q": toponym.QUARTER,
    "m": toponym.MOUNTAIN,
}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
_RULES = ("normalise.py", "toponym.py", "index.py")  # what names are compared by


class InstalledPlaces(Mapping[str, Place]):
    """Places by id, and by name; nothing is read before it is asked for."""

    def __init__(self, library: Library, polygons: Polygons) -> None:
        self._library = library
        self._polygons = polygons
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

    def named(self, folded: str) -> list[Hit]:
        """Return the places that have a folded name."""
        return self._hits(self._names["names"].get(folded, ""))

    def alike(self, folded: str) -> list[Hit]:
        """Return the places that have a name with the first known key of a folded one."""
        keys = self._names["keys"]
        refs = next((keys[key] for key in keys_of_folded(folded) if key in keys), "")
        return self._hits(refs)

    def near(self, folded: str) -> list[str]:
        """Return the folded names that a folded text is one typing error away from."""
        return near_in(folded, self._names["names"])

    @property
    def _ids(self) -> Sequence[str]:
        ids: list[str] = self._names["ids"]
        return ids

    @cached_property
    def _lines(self) -> list[bytes]:
        return self._contents[0].split(b"\n")[1:-1]

    @cached_property
    def _names(self) -> dict[str, Any]:
        return self._contents[1]

    @cached_property
    def _contents(self) -> tuple[bytes, dict[str, Any]]:
        places = self._library.installed_file(PLACES_FILE)
        if places is None:  # polygons that nobody installed
            listed = of_units(self._library) if self._library.folder is not None else ()
            places = written_places(listed)
            return places, json.loads(written_names(places))
        try:
            names = json.loads(self._library.installed_file(NAMES_FILE) or b"{}")
        except ValueError:
            names = {}
        if names.get("of") != _fingerprint(places):
            places, names = self._compiled_again(places)
        return places, names

    def _compiled_again(self, places: bytes) -> tuple[bytes, dict[str, Any]]:
        try:
            places = written_places(json.loads(places)["places"])
            names = written_names(places)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            path = f"{self._library.folder}/{PLACES_FILE}"
            raise DataError(f"{path} is damaged: fetch the data again", path) from error
        if self._library.folder is not None:
            _write(self._library.folder / PLACES_FILE, places)
            _write(self._library.folder / NAMES_FILE, names)
        return places, json.loads(names)

    def _at(self, line: int) -> Place:
        place = self._by_line.get(line)
        if place is None:
            record = json.loads(self._lines[line].removesuffix(b","))
            place = self._by_line[line] = place_of(record, self._polygons)
        return place

    def _hits(self, refs: str) -> list[Hit]:
        hits = []
        for ref in refs.split():
            line, _, rest = ref.partition(".")
            name = rest.rstrip("abcdefghijklmnopqrstuvwxyz")
            place = self._at(int(line))
            generics = frozenset(_KINDS[letter] for letter in rest[len(name) :])
            hits.append(Hit(place, place.names[int(name)], generics))
        return hits


def written_places(records: Iterable[Record]) -> bytes:
    """Return the content of `PLACES_FILE`: JSON with a record a line, in the order of the ids."""
    ordered = sorted(records, key=lambda record: str(record["id"]))
    lines = (json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in ordered)
    return ('{"places":[\n' + ",\n".join(lines) + "\n]}").encode()


def written_names(places: bytes) -> bytes:
    """Return the content of `NAMES_FILE` for that of a `PLACES_FILE`.

    ``names`` and ``keys`` lead to references: number of the line, number of the
    name, and a letter for each kind of generic word that must stand with it.
    """
    records = json.loads(places)["places"]
    names: dict[str, list[str]] = {}
    for line, record in enumerate(records):
        for folded, at, generics in folded_names([name[0] for name in record["names"]]):
            letters = "".join(sorted(_LETTERS[kind] for kind in generics))
            names.setdefault(folded, []).append(f"{line}.{at}{letters}")
    keys: dict[str, list[str]] = {}
    for folded, refs in names.items():
        for key in keys_of_folded(folded):
            keys.setdefault(key, []).extend(refs)
    content = {
        "of": _fingerprint(places),
        "ids": [record["id"] for record in records],
        "names": {name: " ".join(refs) for name, refs in names.items()},
        "keys": {key: " ".join(refs) for key, refs in keys.items()},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _fingerprint(places: bytes) -> str:
    digest = hashlib.sha256(places)
    for module in _RULES:
        source = files("gazetteer") / module
        digest.update(source.read_bytes() if source.is_file() else b"")
    return digest.hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Put a file in the place of the old one; where that is forbidden, do without."""
    new = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
