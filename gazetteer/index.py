"""From the key of a name to the places that bear it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from gazetteer.errors import DataError
from gazetteer.normalise import fold, key_of_folded, keys_of_folded
from gazetteer.place import Level, Name, Place
from gazetteer.toponym import take_apart
from gazetteer.typos import Typos


class Hit(NamedTuple):
    """A place that a key leads to, by which of its names.

    ``generics`` are the kinds of generic words of which the query must have
    one: "Mosul Governorate" once was Nineveh, "Mosul" never was. ``own``: the
    user says so.
    """

    place: Place
    name: Name
    generics: frozenset[str] = frozenset()
    own: bool = False

    @property
    def folded(self) -> str:
        """The name as it is compared."""
        return fold(self.name.text)


class Index:
    """All names of a set of places."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        self._spelled: dict[str, Sequence[Hit]] = {}
        self.exact: dict[str, list[Hit]] = {}
        for place in self.places:
            self._add(place)

    @cached_property
    def variant(self) -> dict[str, list[Hit]]:
        """Hits by tolerant key."""
        found: dict[str, list[Hit]] = {}
        for folded, hits in self.exact.items():
            for key in keys_of_folded(folded):
                found.setdefault(key, []).extend(hits)
        return found

    def named(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a folded name."""
        return self.exact.get(folded, ())

    def spelled(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a folded name, and namesakes that hold them or lie in them.

        A district may be listed as Al-Falluja only, and its seat as Falluja
        too: whoever writes the one may mean the other.
        """
        found = self._spelled.get(folded)
        if found is None:
            found = self._spelled[folded] = self._with_namesakes(folded, self.named(folded))
        return found

    def like(self, folded: str) -> list[Hit]:
        """Return the places that have a name with a key of this one, and their namesakes."""
        generics = {hit.folded: hit.generics for hit in self._of_key(folded)}
        return [
            hit._replace(generics=generics[name]) if generics[name] else hit
            for name in generics
            for hit in self.spelled(name)
        ]

    def misspelled(self, folded: str) -> list[Hit]:
        """Return the places one of whose names a folded text is one typing error away from."""
        found = []
        for name in self._near(folded):
            found += [hit for hit in self.spelled(name) if not hit.name.weak]
        return found

    def _with_namesakes(self, folded: str, hits: Sequence[Hit]) -> Sequence[Hit]:
        alike = self._of_key(folded) if hits else ()
        if len(alike) <= len(hits):
            return hits
        found = list(hits)
        known = {hit.place.id for hit in hits}
        for hit in alike:
            if hit.place.id not in known and any(_lie_together(hit.place, h.place) for h in found):
                found.append(hit)
        return found

    def _of_key(self, folded: str) -> Sequence[Hit]:
        """Return the places that have a name with the first known key of a folded one."""
        variant = self.variant
        for key in keys_of_folded(folded):
            if key in variant:
                return variant[key]
        return ()

    def _near(self, folded: str) -> Sequence[str]:
        """Return the names that a folded text is one typing error away from."""
        return self._typos.near(folded)

    @cached_property
    def _typos(self) -> Typos:
        return Typos(self.exact)

    def check_collisions(self) -> None:
        """Refuse two places of one level in one governorate that share a strong name.

        Raises
        ------
        DataError
            Names both places and the name.
        """
        seen: dict[tuple[str, Level, str | None], Hit] = {}
        problems = []
        for folded, hits in self.exact.items():
            for hit in hits:
                if hit.name.weak or hit.generics:
                    continue
                where = (key_of_folded(folded), hit.place.level, hit.place.adm1)
                other = seen.setdefault(where, hit)
                if other.place.id != hit.place.id:
                    names = f"{other.name.text!r} / {hit.name.text!r}"
                    problems.append(f"{other.place} and {hit.place} share {names}")
        if problems:
            raise DataError("names that two places share:\n" + "\n".join(problems), problems)

    def _add(self, place: Place) -> None:
        for folded, at, generics in folded_names([name.text for name in place.names]):
            self._append(folded, Hit(place, place.names[at], generics))

    def _append(self, folded: str, hit: Hit) -> None:
        hits = self.exact.setdefault(folded, [])
        if not any(_same(other, hit) for other in hits):
            hits.append(hit)


def folded_names(texts: Sequence[str]) -> Iterator[tuple[str, int, frozenset[str]]]:
    """Yield what the names of one place are found by: folded text, which name, generic words.

    A name with generic words is found by the rest of it, too, where those are asked for.
    """
    cores = set()
    longer = []
    for at, text in enumerate(texts):
        folded = fold(text)
        toponym = take_apart(folded)
        yield folded, at, frozenset()
        if toponym.generics:
            longer.append((toponym, at))
        else:
            cores.add(folded)
    for toponym, at in longer:
        if toponym.core not in cores:
            yield toponym.core, at, toponym.generics


def _lie_together(one: Place, other: Place) -> bool:
    return (
        one.adm1 == other.adm1
        and one.level is not other.level
        and (one.level.is_admin or other.level.is_admin)
    )


def _same(one: Hit, other: Hit) -> bool:
    return (
        one.place.id == other.place.id
        and one.name.weak == other.name.weak
        and one.generics == other.generics
    )
