"""Columns of the killed of each side, or sex, which add up to all killed: ``Killed (ISF)``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import combinations

from mapper.readers.casualties import COUNTS
from mapper.readers.synonyms import any_table, normalise, role_of


def parts_that_add_up(headers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the columns that add up to a role, for each that is told only so.

    Groups add up if they are of one kind, such as sides, and none is told twice or is part
    of another, as the army is of the security forces.
    """
    found: dict[str, dict[str, tuple[str, str]]] = {role: {} for role in COUNTS}
    for header in headers:
        told = _group_of(normalise(header))
        if told:
            role, kind, group = told
            found[role][header] = kind, group
    return {role: tuple(groups) for role, groups in found.items() if _add_up(list(groups.values()))}


def _add_up(groups: list[tuple[str, str]]) -> bool:
    one_kind = len({kind for kind, _ in groups}) == 1
    overlap = any(
        f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")
        for (_, one), (_, other) in combinations(groups, 2)
    )
    return len(groups) > 1 and one_kind and not overlap


def _group_of(form: str) -> tuple[str, str, str] | None:
    """The role, kind and group that a header tells, as compared."""
    spaced = f" {form} "
    for words, (kind, group) in _groups().items():
        if words in spaced:
            rest = spaced.replace(words, " ", 1).strip()
            if (role := role_of(rest)) in COUNTS:
                return role, kind, group
    return None


@cache
def _groups() -> dict[str, tuple[str, str]]:
    """The words for each group, between blanks, the longest first -> kind and group."""
    listed = {
        f" {normalise(word)} ": (kind, group)
        for kind, groups in any_table()["groups"].items()
        for group, words in groups.items()
        for word in words
    }
    return dict(sorted(listed.items(), key=lambda item: -len(item[0])))
