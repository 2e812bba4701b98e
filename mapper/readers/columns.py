"""What each column of a table is: known formats, and names any table may use."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

HXL_TAG = re.compile(r"\s*#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*\s*", re.IGNORECASE)
WHERE = (
    "place", "admin1", "admin2", "admin3", "coordinates", "latitude",
    "admin1_pcode", "admin2_pcode", "admin3_pcode", "easting",
)  # fmt: skip
"""A table with none of these cannot be mapped."""

_SYNONYMS_FILE = "any-table"
_HARMLESS = frozenset(
    ("en", "ar", "ku", "fr", "i_en", "i_ar", "i_ku", "text", "num", "total", "all", "main")
)
"""Attributes of HXL tags that leave their meaning as it is; ``+f``, women only, does not."""

_PUNCTUATION = re.compile(r"[\W_]+")
_BEGINNING = re.compile(r"[A-Za-z0-9]{1,3}")
_AXES = frozenset({"latitude", "longitude", "lat", "lon", "lng", "long"})
_VAGUE = 9
"""As if so many words were left out; of two such columns neither is taken."""

_GROUP = re.compile(
    r"(?:group|section|casualties|victims|incident|event|details|general|location|page)[_ ]?\w*",
    re.IGNORECASE,
)
"""What groups of questions are called, which say nothing of the question."""

_CUT = 10
_LATE = 10
_TATWEEL = "\u0640"


@dataclass(frozen=True, slots=True)
class Format:
    """A form of table that we know: its columns, its codes and what they mean.

    ``recognised_by`` are the headers that tell it, each with its other
    spellings. ``columns`` maps a role (a column of INCIDENTS, or
    ``coordinates``) to the headers that may fill it, best first; ``sums`` to
    those that add up to it. ``values`` maps a role's codes to our words;
    ``always`` tells what is true of each row where no column tells it. ``own``
    marks this program's own tables, whose headers are the roles.
    """

    name: str
    recognised_by: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]]
    sums: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column fills which role, and the format that says so, if one does.

    ``guessed`` are the roles whose columns are known by what is in them only.
    """

    columns: Mapping[str, tuple[str, ...]]
    format: Format | None = None
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guessed: frozenset[str] = frozenset()

    def first(self, role: str) -> str | None:
        """Return the best column of a role, or None."""
        columns = self.columns.get(role, ())
        return columns[0] if columns else None


@cache
def known_formats() -> tuple[Format, ...]:
    """Return the known formats, those with the most telling columns first."""
    folder = resources.files("mapper.readers") / "formats"
    files = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yml"))
    found = [_format(yaml.safe_load((folder / name).read_text("utf-8"))) for name in files]
    named = [known for known in found if known.recognised_by]
    return tuple(sorted(named, key=lambda known: -len(known.recognised_by)))


def recognise(
    headers: Sequence[str], *, tags: Sequence[str] = (), chosen: Mapping[str, str] | None = None
) -> Roles:
    """Find the role of each column.

    Parameters
    ----------
    headers : the table's headers
    tags : its HXL tags, column by column, if it has them
    chosen : role -> header, the user's own choice, which goes before everything

    Raises
    ------
    ValueError
        A chosen header is not in the table, or a chosen role is none of ours.
    """
    known = _known_format(headers)
    columns = _by_format(known, headers) if known else _by_synonym(headers, tags)
    for role, header in (chosen or {}).items():
        columns = overrule(columns, role, header, headers)
    sums = _sums(known, headers) if known else {}
    left = {role: names for role, names in sums.items() if role not in columns}
    return Roles(columns, known, left)


def overrule(
    columns: Mapping[str, tuple[str, ...]], role: str, header: str, headers: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Give a role to a column, whatever else it was taken for; see `recognise`."""
    roles = _any_table()["columns"]
    if role not in roles:
        raise ValueError(
            f"{role!r} is nothing that a column can be: write WHAT=HEADER, with one of "
            f"{', '.join(roles)}"
        )
    match = next((name for name in headers if name == header), None) or next(
        (name for name in headers if normalise(name) == normalise(header)), None
    )
    if match is None:
        raise ValueError(f"no column {header!r}: the table has {', '.join(map(repr, headers))}")
    others = {
        other: tuple(name for name in names if name != match) for other, names in columns.items()
    }
    return {**{other: names for other, names in others.items() if names}, role: (match,)}


def role_of(header: str) -> str | None:
    """Return the role that a header alone tells, or None.

    Cells are asked, too, whether they are headers: nearly all are not, and their first
    letters tell so.
    """
    begun = _BEGINNING.search(header) if header.isascii() else None
    if header.isascii() and (not begun or begun[0].lower() not in _beginnings()):
        return None
    found = _role_of(header)
    return found[0] if found else None


def is_tag_row(cells: Iterable[str]) -> bool:
    """Tell whether a row holds HXL tags (``#date``, ``#adm1+name``) and nothing else."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) > 1 and all(HXL_TAG.fullmatch(cell) for cell in filled)


def usual_words(role: str) -> Mapping[str, str]:
    """Return what words that any table may use for a role's values mean in ours."""
    words: Mapping[str, str] = _any_table()["values"].get(role, {})
    return words


@cache
def normalise(header: str) -> str:
    """Return the form in which headers are compared."""
    if header.lstrip().startswith("#") and HXL_TAG.fullmatch(header):
        tag, *attributes = re.sub(r"\s+", "", header).lower().split("+")
        return "+".join([tag, *sorted(set(attributes) - _HARMLESS)])
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    bare = unicodedata.normalize("NFKD", spaced.replace(_TATWEEL, ""))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter)).lower()
    return " ".join(_PUNCTUATION.sub(" ", bare).split())


def _format(entry: dict[str, Any]) -> Format:
    return Format(
        name=entry["name"],
        recognised_by=_spellings(entry["recognised_by"]),
        columns={role: tuple(names) for role, names in entry["columns"].items()},
        values=entry["values"],
        sums={role: _spellings(names) for role, names in entry.get("sums", {}).items()},
        always=entry.get("always", {}),
        remarks=tuple(entry["remarks"]),
        own=entry.get("own", False),
    )


def _spellings(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.split("|")) for name in names)


def _known_format(headers: Sequence[str]) -> Format | None:
    present = {form for header in headers for form in _forms(header)}
    return next(
        (
            known
            for known in known_formats()
            if all(present.intersection(map(normalise, names)) for names in known.recognised_by)
        ),
        None,
    )


def _by_format(known: Format, headers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if known.own:
        return {header.strip().lower(): (header,) for header in headers}
    by_name = _by_form(headers)
    found = {
        role: tuple(by_name[normalise(name)] for name in names if normalise(name) in by_name)
        for role, names in known.columns.items()
    }
    return {role: columns for role, columns in found.items() if columns}


def _by_form(headers: Sequence[str]) -> dict[str, str]:
    """Every form of each header -> the header; the first of two of a form."""
    return {form: header for header in reversed(headers) for form in reversed(_forms(header))}


def _sums(known: Format, headers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The columns that add up to a role, in the spelling that this table has of each."""
    by_name = _by_form(headers)
    return {
        role: tuple(
            by_name[form] for names in parts for form in map(normalise, names) if form in by_name
        )
        for role, parts in known.sums.items()
    }


def _by_synonym(headers: Sequence[str], tags: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Give each header at most one role, and each role its headers, best first."""
    ranked: dict[str, list[tuple[int, int, int, str]]] = {}
    for position, header in enumerate(headers):
        tag = tags[position] if position < len(tags) else ""
        found = (_role_of(tag) if tag else None) or _role_of(header)
        if found:
            role, left_out, rank = found
            left_out += _LATE * (normalise(tag or header) in _late())
            ranked.setdefault(role, []).append((left_out, rank, position, header))
    return {
        role: tuple(header for *_, header in sorted(found))
        for role, found in ranked.items()
        if min(found)[0] != _VAGUE or len(found) == 1
    }


@cache
def _forms(header: str) -> tuple[str, ...]:
    """A header as compared, and each half of one in two scripts, Latin and Arabic."""
    form = normalise(header)
    halves = (re.sub(r"[\u0600-\u06ff]+", " ", form), re.sub(r"[^\u0600-\u06ff]+", " ", form))
    latin, arabic = (" ".join(half.split()) for half in halves)
    return (form, latin, arabic) if latin and arabic else (form,)


@cache
def _role_of(header: str) -> tuple[str, int, int] | None:
    """The role of a header, and how sure that is: the fewer words left out, the surer."""
    tries = [attempt for form in _forms(header) for attempt in (form, _without_filler(form))]
    for left_out, attempt in enumerate(tries):
        if attempt in _synonyms():
            role, rank = _synonyms()[attempt]
            return role, left_out, rank
    only = _of_parts(header) or _of_beginning(header)
    if only:
        return only, len(tries), 0
    axis = _of_last_word(tries[0])
    return (axis, _VAGUE, 0) if axis else None


def _of_parts(header: str) -> str | None:
    """The role that all parts of ``Town/City`` have, but not those of ``Town/District``.

    In ``casualties/killed``, as forms on phones write it, the group tells nothing.
    """
    parts = [part for part in re.split(r"[/|\\]", header) if part.strip()]
    if len(parts) < 2:
        return None
    telling = [part for part in parts[:-1] if not _GROUP.fullmatch(part.strip())] + parts[-1:]
    roles = {told[0] if told else None for told in map(_role_of, telling)}
    return roles.pop() if len(roles) == 1 else None


def _of_last_word(form: str) -> str | None:
    """``location gps latitude`` is a latitude, whatever goes before."""
    *before, last = form.split() or [""]
    found = _role_of(last) if before and last in _AXES else None
    return found[0] if found else None


def _of_beginning(header: str) -> str | None:
    """The role of a header that a Shapefile cut off after ten letters."""
    if len(header) != _CUT or " " in header:
        return None
    begun = _without_filler(normalise(header)).replace(" ", "")
    whole = normalise(header).replace(" ", "")
    found = [
        (len(name), role)
        for name, (role, _) in _synonyms().items()
        for start in (begun, whole)
        if len(start) > _CUT / 2 and _breaks_off(name, start)
    ]
    roles = {role for length, role in found if length == min(found)[0]}
    return roles.pop() if len(roles) == 1 else None


def _breaks_off(name: str, start: str) -> bool:
    """Whether a name, without its blanks, goes on in the middle of a word after some letters."""
    ends = itertools.accumulate(map(len, name.split()))
    return name.replace(" ", "").startswith(start) and len(start) not in ends


@cache
def _synonyms() -> dict[str, tuple[str, int]]:
    """Each known header, as compared -> its role, and its rank among the role's headers."""
    entry = _any_table()
    return {
        normalise(name): (role, rank)
        for role, names in entry["columns"].items()
        for rank, name in enumerate(names)
    }


@cache
def _beginnings() -> frozenset[str]:
    """The first letters of all words of known headers."""
    words = " ".join([*_synonyms(), *_filler()])
    return frozenset(word[:3] for word in _PUNCTUATION.sub(" ", words).split())


@cache
def _any_table() -> dict[str, Any]:
    source = resources.files("mapper.readers") / "formats" / f"{_SYNONYMS_FILE}.yml"
    entry: dict[str, Any] = yaml.safe_load(source.read_text("utf-8"))
    return entry


def _without_filler(form: str) -> str:
    return " ".join(word for word in form.split() if word not in _filler())


@cache
def _late() -> frozenset[str]:
    return frozenset(normalise(word) for word in _any_table()["late"])


def tells_elsewhere(header: str, what: str) -> bool:
    """Tell whether a header speaks of another place or day than the incident's.

    ``what`` is ``elsewhere`` or ``other_days``.
    """
    words = set(normalise(header).split())
    return bool(words & {normalise(word) for word in _any_table()[what]})


@cache
def _filler() -> frozenset[str]:
    return frozenset(normalise(word) for word in _any_table()["filler"])
