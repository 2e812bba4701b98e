"""Whether dates such as 24-01-05 begin or end with their year: decided a column at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from mapper.readers.single_dates import SHORT, Order, day_of, year_of

_FEW = 3
"""Of fewer dates the numbers that vary say nothing."""

_Parts = tuple[int, int, int]


def years_lead(
    texts: Iterable[str], order: Order | None, ending_marks: Collection[str]
) -> tuple[bool | None, list[str]]:
    """Decide it from the dates that can be read in one way only, or that vary as days do.

    Nothing that is told has happened after next year. What is open is settled by ``order``,
    which the user tells, or by ``ending_marks``, those in the column's dates that end with all
    four digits of their year: the same marks stand in dates of the same form.

    Returns
    -------
    whether years come first; None where that is open
    what there is to say
    """
    found = {text: parts for text in texts if (parts := SHORT.match(text))}
    if not found:
        return False, []
    numbers = [(int(parts[1]), int(parts[3]), int(parts[4])) for parts in found.values()]
    leading, ending = map(_may_lead, numbers), map(_may_end, numbers)
    ways = set(zip(leading, ending, strict=True))
    example = next(iter(found))
    only_lead, only_end = (True, False) in ways, (False, True) in ways
    if only_lead != only_end:
        lead: bool | None = only_lead
    elif only_lead:
        lead = None
    else:
        lead = _by_variety(numbers)
        marks = {parts[2] for parts in found.values()}
        if lead is None and (order or marks.issubset(ending_marks) or marks == {"."}):
            lead = False
    if lead:
        return True, [f"year first, such as {example!r}"]
    open_ = (
        f"nothing tells whether {example!r} begins or ends with its year: {len(found):,} distinct "
        "dates of two digits are left out; settle it with --dates day-first or --dates "
        "month-first, or write them as 2024-01-31"
    )
    return lead, [open_] * (lead is None)


def _may_lead(parts: _Parts) -> bool:
    return _has_been(parts[0], parts[1], parts[2])


def _may_end(parts: _Parts) -> bool:
    one, other, year = parts
    return _has_been(year, other, one) or _has_been(year, one, other)


def _has_been(year: int, month: int, day: int) -> bool:
    whole = year_of(f"{year:02}")
    return whole <= dt.date.today().year + 1 and day_of(whole, month, day) is not None


def _by_variety(numbers: list[_Parts]) -> bool | None:
    """Days are many and years few: tell which are which, if it is plain."""
    first, last = (len({parts[at] for parts in numbers}) for at in (0, 2))
    if len(numbers) < _FEW or max(first, last) < 2 * min(first, last):
        return None
    return last > first
