"""No two places may share a name that nothing would tell apart."""

from __future__ import annotations

from collections.abc import Iterable

from gazetteer.errors import DataError
from gazetteer.index import Hit, PlaceIndex
from gazetteer.normalise import key_of_folded
from gazetteer.place import Level, Place


def check_collisions(places: Iterable[Place]) -> None:
    """Refuse two places of one level in one governorate that share a strong name.

    Raises
    ------
    DataError
        Names both places and the name.
    """
    index = PlaceIndex.of(places)
    seen: dict[tuple[str, Level, str | None], Hit] = {}
    problems = []
    for folded in index.references.names:
        for hit in index.named(folded):
            if hit.name.weak or hit.generics:
                continue
            where = (key_of_folded(folded), hit.place.level, hit.place.adm1)
            other = seen.setdefault(where, hit)
            if other.place.id != hit.place.id:
                names = f"{other.name.text!r} / {hit.name.text!r}"
                problems.append(f"{other.place} and {hit.place} share {names}")
    if problems:
        raise DataError("names that two places share:\n" + "\n".join(problems), problems)
