"""Which rows tell of one event, and which may."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from mapper.merging.agreement import DOUBTFUL, ENOUGH, Row, agreement

# Where a governorate has more events on one day than this, a row is compared with the last of
# them, and with the first tellings of each: time stays in proportion to the rows.
_MOST_GROUPS = 60
_MOST_TELLINGS = 5
_DAY = timedelta(days=1)


@dataclass(eq=False)
class Group:
    """The rows of one event, and other groups that may tell of the same one."""

    rows: list[Row] = field(default_factory=list)
    doubts: list[Group] = field(default_factory=list)
    articles: set[tuple[Any, ...]] = field(default_factory=set)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        self.articles.add(row.article)

    @property
    def first(self) -> Row:
        """The row that stands first in the input, whose place the event's row takes."""
        return min(self.rows, key=lambda row: row.at)


def grouped(rows: Sequence[Row]) -> list[Group]:
    """Put each row to the one event that it fits best, if it fits all that is told of it.

    Those that tell most come first: what fits several of their events equally well is
    left apart, as is what fits one without enough to say that it is the same.
    """
    blocks: dict[Hashable, list[Group]] = {}
    groups: list[Group] = []
    for row in sorted(rows, key=_vagueness):
        keys = list(_blocks(row))
        near = {id(group): group for key in keys for group in blocks.get(key, ())[-_MOST_GROUPS:]}
        weighed = [(_weight(row, group), group) for group in near.values()]
        best = max((weight for weight, _ in weighed), default=0)
        fitting = [group for weight, group in weighed if weight == best >= DOUBTFUL]
        if best >= ENOUGH and len(fitting) == 1:
            group = fitting[0]
        else:
            group = Group()
            groups.append(group)
            for other in fitting:
                group.doubts.append(other)
                other.doubts.append(group)
        group.add(row)
        for key in keys:
            inside = blocks.setdefault(key, [])
            if group not in inside[-_MOST_GROUPS:]:
                inside.append(group)
    return groups


def _vagueness(row: Row) -> tuple[float, int, int]:
    clues = row.clues
    told = (clues.who, clues.sex, clues.weapon, clues.site, clues.side, clues.hours)
    cells = ("date", "killed", "wounded", "actor1")
    known = sum(map(bool, told)) + sum(row.known(name) is not None for name in cells)
    return row.known("radius_km") or math.inf, -known, row.at


def _blocks(row: Row) -> Iterator[Hashable]:
    """Yield under what a row is looked for: each of its days, and its number of dead.

    Only by that number may it be the event of a row that tells no day.
    """
    admin1, hours, killed = row.known("adm1_pcode"), row.hours, row.known("killed")
    if hours is not None:
        day, end = hours[0].replace(hour=0), hours[1]
        while day < end:
            yield admin1, day
            day += _DAY
    if killed is not None and killed > 1:
        yield admin1, killed


def _weight(row: Row, group: Group) -> int:
    """Return what speaks for a row being of a group: as much as for the telling it fits least."""
    if row.article in group.articles:  # it tells of both, so that they are two events
        return -1
    weights = [agreement(row, other) for other in group.rows[:_MOST_TELLINGS]]
    return min(-1 if weight is None else weight for weight in weights)
