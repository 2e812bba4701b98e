"""How much a name tells by itself: a weak one is also a word's, a person's or a namesake's."""

from __future__ import annotations

from collections.abc import Sequence, Set

from gazetteer.index import Hit
from gazetteer.normalise import fold
from gazetteer.place import Place
from gazetteer.toponym import DISTRICT, QUARTER, take_apart

Scored = tuple[Hit, float]
"""A place that may be meant, and how sure that is by its name alone."""

_OF_TOWNS = frozenset({QUARTER, DISTRICT})
"""Words for what a town has and is not."""


def is_sure(hit: Hit, generics: Set[str]) -> bool:
    """Whether a name is strong, or the generic words with it make it so.

    A quarter that is weak with its word has namesakes in other towns. And where a word
    says a quarter, or a district, all of which are listed, a town is not meant.
    """
    if not hit.name.weak:
        return True
    if not generics:
        return False
    if hit.place.kind == "quarter":
        return not _is_one_of_many(hit.place)
    return bool(generics - (frozenset() if hit.place.level.is_admin else _OF_TOWNS))


def _is_one_of_many(quarter: Place) -> bool:
    """Whether a quarter is called by its weak name with the word quarter, too."""
    weak = (name.text for name in quarter.names if name.weak)
    return any(QUARTER in take_apart(fold(text)).generics for text in weak)


def strongest(hits: Sequence[Scored]) -> list[Scored]:
    """Keep for each place the hit that asks for the least context, and of those the surest."""
    best: dict[str, Scored] = {}
    for scored in hits:
        id = scored[0].place.id
        old = best.get(id)
        if old is None or _asks_for(old) > _asks_for(scored):
            best[id] = scored
    return list(best.values())


def _asks_for(scored: Scored) -> tuple[bool, bool, float]:
    hit, score = scored
    return hit.name.weak, hit.name.until is not None, -score
