"""What columns are by what is in them, where their headers say nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from mapper.readers.columns import WHERE, Roles, recognise
from mapper.readers.coordinates import guess_where
from mapper.readers.dates import read_dates
from mapper.readers.headers import is_number_like
from mapper.readers.numbers import UNKNOWN
from mapper.readers.raw import RawTable, name_headers
from mapper.readers.synonyms import tells_elsewhere

LevelsOf = Callable[[Sequence[str]], Sequence[str | None]]
"""Names -> the level of the place that each means (``adm1``, ``settlement``...), ``ambiguous``
or ``outside``, or None where it is no place's name."""

_ROWS, _FIRST_ROWS, _DISTINCT = 5_000, 200, 60
_ENOUGH = 0.9
_ENOUGH_PLACES, _ENOUGH_IN_IRAQ = 0.7, 0.4
_LONG, _LONGEST_NAME = 40, 60
_WORDS = 5
_MOST_IN_QUESTION = 12
"""Of more columns of a kind nothing tells which is meant, and each pair takes time to compare."""

_ANONYMOUS = re.compile(
    r"(?:column|col|field|var|variable|unnamed|f|v|c|x|الحقل|حقل|العمود|عمود|ستون|خانة|champ|colonne"
    r"|stûn)?[\W_]*\d*|[A-Z]{1,2}|unnamed: ?\d+(?: level \d+)?",
    re.IGNORECASE,
)
_SERIAL_DAYS = (36_526, 54_789)
"""Days as spreadsheets count them, from 2000 to 2049."""


def take_back_header(raw: RawTable, levels_of: LevelsOf | None) -> None:
    """Make a row of the header that is none, lest the first row be lost."""
    cells = raw.heading.names
    if not cells or len(cells) != raw.cells.shape[1] or recognise(cells).columns:
        return
    row = _Row.of(cells, levels_of)
    if not any(
        row.is_like(cell, raw.cells[name])
        for cell, name in zip(cells, raw.cells.columns, strict=True)
        if cell.strip()
    ):
        return
    names = name_headers([""] * len(cells))
    first = pd.DataFrame([[cell or None for cell in cells]], columns=names, dtype="str")
    raw.cells = pd.concat([first, raw.cells.set_axis(names, axis=1)], ignore_index=True)
    raw.rows = pd.Index([raw.heading.end]).append(pd.Index(raw.rows)).to_numpy()
    raw.rejected = {at + 1: reason for at, reason in raw.rejected.items()}
    raw.sheets = {name: at + bool(at) for name, at in raw.sheets.items()}
    raw.said = [line for line in raw.said if line not in raw.heading.said]
    raw.said.append(f"no row of headers: its columns are called {names[0]!r} to {names[-1]!r}")


def guess_roles(
    raw: RawTable, roles: Roles, levels_of: LevelsOf | None
) -> tuple[dict[str, str], list[str]]:
    """Find the columns of places, days and remarks by what is in them.

    Only roles that no header tells are looked for, and only one column in
    question is taken; of columns whose headers speak of another place or day,
    such as ``Place of birth``, none.

    Returns
    -------
    roles and their columns
    what there is to say
    """
    taken = {column for columns in roles.columns.values() for column in columns}
    free = [name for name in raw.cells.columns if name not in taken]
    samples = {name: sample_of(raw.cells[name]) for name in free}
    samples = {name: sample for name, sample in samples.items() if sample}
    found: dict[str, str] = {}
    doubts: list[str] = []
    if not any(roles.first(role) for role in WHERE):
        found = guess_where(raw.cells[list(samples)])
        if levels_of:
            rest = {name: sample for name, sample in samples.items() if name not in found.values()}
            places, doubts = _guess_places(raw.cells, rest, levels_of)
            found |= places
    if not any(roles.first(role) for role in ("date", "year", "month", "day")):
        known = _days_among(itertools.chain.from_iterable(samples.values()))
        days = [
            name
            for name, sample in samples.items()
            if name not in found.values() and _are_days(name, sample, known)
        ]
        day = days[0] if len(days) == 1 else _earliest(raw.cells, days)
        found |= {"date": day} if day else {}
        doubts += [_doubt("date", days)] if days and not day else []
    if not roles.first("notes"):
        texts = [
            name for name in samples if name not in found.values() and are_texts(samples[name])
        ]
        anonymous = [name for name in texts if _ANONYMOUS.fullmatch(name)]
        found |= {"notes": anonymous[0]} if len(anonymous) == 1 else {}
    said: list[str] = []
    counts = [name for name in samples if name not in found.values() and _are_counts(name, samples)]
    if found and counts and not roles.first("killed"):
        said.append(
            f"numbers in {_listed(counts)}, of what nothing tells: if they are people killed, "
            f"--column killed={counts[0]!r}"
        )
    return found, said + doubts


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row of cells tells: asked for all of them at once, which is as quick as for one."""

    days: frozenset[str]
    places: frozenset[str]
    levels_of: LevelsOf | None

    @classmethod
    def of(cls, cells: Sequence[str], levels_of: LevelsOf | None) -> _Row:
        """Find the days and the names of places among the cells."""
        names = [cell for cell in cells if cell.strip() and len(cell) <= _LONGEST_NAME]
        levels = levels_of(names) if levels_of and names else [None] * len(names)
        known = (name for name, level in zip(names, levels, strict=True) if level is not None)
        return cls(_days_among(cells), frozenset(known), levels_of)

    def is_like(self, cell: str, column: pd.Series[str]) -> bool:
        """Whether a cell over a column is of the same kind as what is in it."""
        sample = sample_of(column)
        if not sample:
            return False
        if cell in self.days:
            return share_of_days(sample) >= _ENOUGH
        if is_number_like(cell):
            year = re.fullmatch(r"\s*(?:19|20)\d\d\s*", cell)  # often heads a column of counts
            return not year and _share(map(is_number_like, sample)) >= _ENOUGH
        if self.levels_of is None or cell not in self.places or not _may_be_names(sample):
            return False
        return _are_places(self.levels_of(sample))


def sample_of(column: pd.Series[str], most: int = _DISTINCT) -> list[str]:
    """The first distinct cells that say something, so many at most."""
    if column.dtype != "str":
        return []
    sample: list[str] = []
    for rows in (_FIRST_ROWS, _ROWS):  # often the first rows tell enough
        distinct = column.array[:rows].unique().tolist()
        texts = (text.strip() for text in distinct if isinstance(text, str))
        telling = (text for text in texts if text.lower() not in UNKNOWN)
        sample = list(itertools.islice(telling, most))
        if len(sample) == most:
            break
    return sample


def _guess_places(
    cells: pd.DataFrame, samples: Mapping[str, list[str]], levels_of: LevelsOf
) -> tuple[dict[str, str], list[str]]:
    """Which column holds places; beside it one of governorates, and one of districts."""
    likely = {
        name: sample
        for name, sample in samples.items()
        if _may_be_names(sample) and not tells_elsewhere(name, "elsewhere")
    }
    names = list(dict.fromkeys(itertools.chain.from_iterable(likely.values())))
    level = dict(zip(names, levels_of(names), strict=True)) if names else {}
    levels = {name: [level[text] for text in sample] for name, sample in likely.items()}
    places = {name: found for name, found in levels.items() if _are_places(found)}
    found: dict[str, str] = {}
    for role in ("admin1", "admin2") if len(places) <= _MOST_IN_QUESTION else ():
        coarse = [
            name
            for name in places
            if _all_are(places[name], "adm" + role[-1]) and _holds_others(cells, name, places)
        ]
        if len(places) > 1 and len(coarse) == 1:
            found[role] = coarse[0]
            del places[coarse[0]]
    if len(places) == 1:
        found["place"] = next(iter(places))
    return found, [_doubt("place", places)] if len(places) > 1 else []


def _holds_others(cells: pd.DataFrame, name: str, others: Collection[str]) -> bool:
    """Whether each value of the other columns goes with one of a column, and none is the same."""
    head = cells.head(_ROWS)
    return all(
        bool((head.groupby(other)[name].nunique() <= 1).all())
        and not set(head[other].dropna()) & set(head[name].dropna())
        for other in others
        if other != name
    )


def _may_be_names(sample: Sequence[str]) -> bool:
    return (
        not any(map(is_number_like, sample)) and max(map(len, sample), default=0) <= _LONGEST_NAME
    )


def _are_places(levels: Sequence[str | None]) -> bool:
    in_iraq = _share(level not in (None, "adm0", "ambiguous", "outside") for level in levels)
    known = _share(level not in (None, "adm0") for level in levels)
    return known >= _ENOUGH_PLACES and in_iraq >= _ENOUGH_IN_IRAQ


def _all_are(levels: Sequence[str | None], level: str) -> bool:
    return _share(found == level for found in levels) >= _ENOUGH


def _are_days(name: str, sample: Sequence[str], known: Collection[str]) -> bool:
    return not tells_elsewhere(name, "other_days") and (
        _share(text in known for text in sample) >= _ENOUGH or _are_serials(sample)
    )


def share_of_days(sample: Sequence[str]) -> float:
    """How many texts are days, months or spans, and no mere numbers."""
    known = _days_among(sample)
    return _share(text in known for text in sample)


def _days_among(texts: Iterable[str]) -> frozenset[str]:
    """The texts that are days, of many columns at once, which is as quick as of one."""
    telling = [text for text in dict.fromkeys(texts) if _may_be_day(text)]
    if not telling:
        return frozenset()
    found = read_dates(pd.Series(telling, dtype="str"), order="day").first.notna()
    return frozenset(text for text, day in zip(telling, found, strict=True) if day)


def _may_be_day(text: str) -> bool:
    number = re.fullmatch(r"\d+(?:\.\d+)?", text)
    return bool(re.search(r"\d", text) and (not number or re.fullmatch(r"(?:19|20)\d{6}", text)))


def _are_serials(sample: Sequence[str]) -> bool:
    """Whether all are days as spreadsheets count them, and not numbers of rows."""
    if not all(re.fullmatch(r"\d{5}(?:\.\d+)?", text) for text in sample):
        return False
    numbers = [float(text) for text in sample]
    steps = {later - earlier for earlier, later in itertools.pairwise(numbers)}
    within = all(_SERIAL_DAYS[0] <= number <= _SERIAL_DAYS[1] for number in numbers)
    return within and (steps != {1.0} or len(numbers) < 3)


def _earliest(cells: pd.DataFrame, names: Sequence[str]) -> str | None:
    """Of several columns of days the one that is never later than another: what happened first."""
    if len(names) > _MOST_IN_QUESTION:
        return None
    days = {name: read_dates(cells[name].head(_ROWS), order="day").first for name in names}
    first = [
        name
        for name in names
        if all(bool((days[name] <= other)[other.notna()].all()) for other in days.values())
    ]
    return first[0] if first else None


def are_texts(sample: Sequence[str]) -> bool:
    total = len(sample)
    words, letters = sum(len(text.split()) for text in sample), sum(map(len, sample))
    return total > 0 and letters >= _LONG * total and words >= _WORDS * total


def _are_counts(name: str, samples: Mapping[str, list[str]]) -> bool:
    """Whether a column without a telling header holds small whole numbers, not running ones."""
    sample = samples[name]
    if not _ANONYMOUS.fullmatch(name) or not all(map(_is_small, sample)):
        return False
    numbers = [int(text) for text in sample]
    running = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return not (running and len(numbers) > 1)


def _is_small(text: str) -> bool:
    return text.isdecimal() and len(text) < _DIGITS


_DIGITS = 5  # a number of so many is no toll; one of thousands, Python refuses to read


def _doubt(role: str, names: Collection[str]) -> str:
    return f"{role} may be in {_listed(names)}: say which with --column {role}=HEADER"


def _listed(names: Collection[str]) -> str:
    return " or ".join(map(repr, list(names)[:6]))


def _share(flags: Iterable[bool]) -> float:
    told = list(flags)
    return sum(told) / len(told) if told else 0.0
