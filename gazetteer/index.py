"""From the key of a name to the places that bear it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from gazetteer import toponym
from gazetteer.normalise import fold, keys_of_folded
from gazetteer.place import Name, Place
from gazetteer.typos import Typos


class Hit(NamedTuple):
    """A place that a key leads to, by which of its names.

    ``generics`` are the kinds of generic words of which the query must have
    one: "Mosul Governorate" once was Nineveh, "Mosul" never was. ``own``: the
    user says so; of a name told to lie ``within`` a unit, where one is given.
    """

    place: Place
    name: Name
    generics: frozenset[str] = frozenset()
    own: bool = False
    within: Place | None = None

    @property
    def folded(self) -> str:
        """The name as it is compared."""
        return fold(self.name.text)

    def weakened(self) -> Hit:
        """The same by a weak name."""
        return self._replace(name=replace(self.name, weak=True))


class Index(ABC):
    """Whose name is whose."""

    @abstractmethod
    def named(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a folded name."""

    @abstractmethod
    def alike(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a name with the first known key of a folded one."""

    @abstractmethod
    def near(self, folded: str) -> Sequence[str]:
        """Return the folded names that a folded text is one typing error away from."""

    def within(self, _parent: Place | None) -> Index:
        """Return the index of what names mean that are told to lie in a place."""
        return self

    def spelled(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a folded name, and namesakes that hold them or lie in them.

        A district may be listed as Al-Falluja only, and its seat as Falluja
        too: whoever writes the one may mean the other.
        """
        hits = self.named(folded)
        alike = self.alike(folded) if hits else ()
        if len(alike) <= len(hits):
            return hits
        found = list(hits)
        known = {hit.place.id for hit in hits}
        weak = all(hit.name.weak for hit in hits)
        for hit in alike:
            if hit.place.id not in known and any(_lie_together(hit.place, h.place) for h in found):
                found.append(hit.weakened() if weak else hit)
        return found

    def like(self, folded: str) -> list[Hit]:
        """Return the places that have a name with a key of this one, and their namesakes."""
        generics = {hit.folded: hit.generics for hit in self.alike(folded)}
        return [
            hit._replace(generics=generics[name]) if generics[name] else hit
            for name in generics
            for hit in self.spelled(name)
        ]

    def misspelled(self, folded: str) -> list[Hit]:
        """Return the places one of whose names a folded text is one typing error away from."""
        found = []
        for name in self.near(folded):
            found += [hit for hit in self.spelled(name) if not hit.name.weak]
        return found


class PlaceIndex(Index):
    """The names of a set of places, each reference to one followed when it is asked for.

    Parameters
    ----------
    place_at : returns the place of a number
    references : from names to those numbers
    """

    def __init__(self, place_at: Callable[[int], Place], references: References) -> None:
        self._place_at = place_at
        self.references = references
        self._spelled: dict[str, Sequence[Hit]] = {}

    @classmethod
    def of(cls, places: Iterable[Place]) -> PlaceIndex:
        """Compile the names of some places."""
        listed = list(places)
        names = ([(name.text, name.weak) for name in place.names] for place in listed)
        return cls(listed.__getitem__, References.of(names))

    def named(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a folded name."""
        return self._hits(self.references.names.get(folded, ""))

    def alike(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a name with the first known key of a folded one."""
        shared = self.references.shared.get(folded)
        return self._hits(shared or _of_first_key(folded, self.references.keys))

    def near(self, folded: str) -> Sequence[str]:
        """Return the folded names that a folded text is one typing error away from."""
        return self._typos.near(folded)

    def spelled(self, folded: str) -> Sequence[Hit]:
        """Return what `Index.spelled` does; of the few names that others share, worked out once."""
        names, _, shared = self.references
        if folded not in shared:
            return self._hits(names.get(folded, ""))
        found = self._spelled.get(folded)
        if found is None:
            found = self._spelled[folded] = super().spelled(folded)
        return found

    def _hits(self, refs: str) -> list[Hit]:
        hits = []
        for ref in refs.split():
            line, name = ref.split(".")
            place = self._place_at(int(line))
            if name.isdigit():
                hits.append(Hit(place, place.names[int(name)]))
                continue
            digits = name.rstrip(_ALL_LETTERS)
            generics = frozenset(_KINDS[letter] for letter in name[len(digits) :])
            hits.append(Hit(place, place.names[int(digits)], generics))
        return hits

    @cached_property
    def _typos(self) -> Typos:
        return Typos(self.references.names)


class References(NamedTuple):
    """From names to places, in plain values that a file can hold.

    ``names`` leads from folded names, ``keys`` from tolerant keys, to references parted by
    spaces: number of the place, number of its name, and a letter for each kind of generic
    word of which one must stand with it, as ``12.0dg``. ``shared`` leads from the names whose
    key leads to other places, too, to what that leads to.
    """

    names: Mapping[str, str]
    keys: Mapping[str, str]
    shared: Mapping[str, str]

    @classmethod
    def of(cls, listed: Iterable[Sequence[tuple[str, bool]]]) -> References:
        """Compile the names of places: of each place the names, and whether they are weak."""
        names: dict[str, list[str]] = {}
        for line, texts in enumerate(listed):
            seen = set()
            for folded, at, generics in folded_names([text for text, _ in texts]):
                letters = "".join(sorted(_LETTERS[kind] for kind in generics))
                entry = (folded, texts[at][1], letters)
                if entry not in seen:
                    seen.add(entry)
                    names.setdefault(folded, []).append(f"{line}.{at}{letters}")
        keys: dict[str, list[str]] = {}
        for folded, refs in names.items():
            for key in keys_of_folded(folded):
                keys.setdefault(key, []).extend(refs)
        by_name, by_key = (
            {name: " ".join(refs) for name, refs in found.items()} for found in (names, keys)
        )
        by_first_key = {name: _of_first_key(name, by_key) for name in by_name}
        shared = {n: refs for n, refs in by_first_key.items() if _lines(refs) > _lines(by_name[n])}
        return cls(by_name, by_key, shared)


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
_ALL_LETTERS = "".join(_KINDS)


def _of_first_key(folded: str, keys: Mapping[str, str]) -> str:
    return next((keys[key] for key in keys_of_folded(folded) if key in keys), "")


def _lines(refs: str) -> set[str]:
    return {ref.partition(".")[0] for ref in refs.split()}


def folded_names(texts: Sequence[str]) -> Iterator[tuple[str, int, frozenset[str]]]:
    """Yield what the names of one place are found by: folded text, which name, generic words.

    A name with generic words is found by the rest of it, too, where those are asked for.
    """
    cores = set()
    longer = []
    for at, text in enumerate(texts):
        folded = fold(text)
        apart = toponym.take_apart(folded)
        yield folded, at, frozenset()
        if apart.generics:
            longer.append((apart, at))
        else:
            cores.add(folded)
    for apart, at in longer:
        if apart.core not in cores:
            yield apart.core, at, apart.generics


def _lie_together(one: Place, other: Place) -> bool:
    return (
        one.adm1 == other.adm1
        and one.level is not other.level
        and (one.level.is_admin or other.level.is_admin)
    )
