"""What the header of a column means, whatever table it heads."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

_HXL_TAG = re.compile(r"\s*#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*\s*", re.IGNORECASE)
_SYNONYMS_FILE = "any-table"
_HARMLESS = frozenset(
    ("en", "ar", "ku", "fr", "text", "total", "all", "main", "ind", "persons", "people", "official")
)
"""Attributes of HXL tags that leave their meaning as it is; ``+f``, women only, does not."""

_VERSION = re.compile(r"[vi]_(?!pcode$).*")
"""Attributes that tell whose names or codes, and which language."""

_PUNCTUATION = re.compile(r"[\W_]+")
_BEGINNING = re.compile(r"[A-Za-z0-9]{1,3}")
_AXES = frozenset({"latitude", "longitude", "lat", "lon", "lng", "long"})
VAGUE = 9
"""As if so many words were left out; of two such columns neither is taken."""

_GROUP = re.compile(
    r"(?:group|section|casualties|victims|incident|event|details|general|location|page)[_ ]?\w*",
    re.IGNORECASE,
)
"""What groups of questions are called, which say nothing of the question."""

_HALVES = re.compile(r"[/|\\&+,-]|\band\b|\s+و", re.IGNORECASE)
_CUT = 10
_TATWEEL = "\u0640"
_REMEMBERED = 2**16
"""So many headers: cells are asked, too, and a table may hold millions."""


def role_of(header: str) -> str | None:
    """Return the role that a header alone tells, or None.

    Cells are asked, too, whether they are headers: nearly all are not, and their first
    letters tell so.
    """
    begun = _BEGINNING.search(header) if header.isascii() else None
    if header.isascii() and (not begun or begun[0].lower() not in _beginnings()):
        return None
    found = ranked_role(header)
    return found[0] if found else None


def is_tag_row(cells: Iterable[str]) -> bool:
    """Tell whether a row holds HXL tags (``#date``, ``#adm1+name``) and nothing else."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) > 1 and all(_HXL_TAG.fullmatch(cell) for cell in filled)


def usual_words(role: str) -> Mapping[str, str]:
    """Return what words that any table may use for a role's values mean in ours."""
    words: Mapping[str, str] = any_table()["values"].get(role, {})
    return words


def tells_elsewhere(header: str, what: str) -> bool:
    """Tell whether a header speaks of another place or day than the incident's.

    ``what`` is ``elsewhere`` or ``other_days``.
    """
    words = set(normalise(header).split())
    return bool(words & {normalise(word) for word in any_table()[what]})


def tells_middle(header: str) -> bool:
    """Tell whether a header speaks of the middle of an area: ``centroid_lat``."""
    return not {normalise(word) for word in any_table()["middles"]}.isdisjoint(
        normalise(header).split()
    )


@lru_cache(_REMEMBERED)
def normalise(header: str) -> str:
    """Return the form in which headers are compared."""
    if header.lstrip().startswith("#") and _HXL_TAG.fullmatch(header):
        tag, *attributes = re.sub(r"\s+", "", header).lower().split("+")
        telling = {"code" if name == "pcode" else name for name in attributes} - _HARMLESS
        return "+".join([tag, *sorted(name for name in telling if not _VERSION.fullmatch(name))])
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    bare = unicodedata.normalize("NFKD", spaced.replace(_TATWEEL, ""))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter)).lower()
    return " ".join(_PUNCTUATION.sub(" ", bare).split())


@lru_cache(_REMEMBERED)
def ranked_role(header: str) -> tuple[str, int, int] | None:
    """The role of a header, and how sure that is: the fewer words left out, the surer."""
    tries = [attempt for form in forms(header) for attempt in (form, _without_filler(form))]
    for left_out, attempt in enumerate(tries):
        if attempt in _synonyms():
            role, rank = _synonyms()[attempt]
            return role, left_out, rank
    if tries[0].startswith("#"):
        return None
    both = "casualties" if killed_and_wounded(header) else None
    only = both or _of_parts(header) or _of_beginning(header)
    if only:
        return only, len(tries), 0
    axis = _of_last_word(tries[0])
    return (axis, VAGUE, 0) if axis else None


def killed_and_wounded(header: str) -> tuple[str, ...]:
    """Return the roles of the halves of ``Killed / Wounded`` in their order, if it is such."""
    parts = [part for part in _HALVES.split(header) if part.strip()]
    found = tuple(map(role_of, parts)) if len(parts) == 2 else ()
    return tuple(filter(None, found)) if set(found) == {"killed", "wounded"} else ()


def _of_parts(header: str) -> str | None:
    """The role that all parts of ``Town/City`` have, but not those of ``Town/District``.

    In ``casualties/killed``, as forms on phones write it, the group tells nothing.
    """
    parts = [part for part in re.split(r"[/|\\]", header) if part.strip()]
    if len(parts) < 2:
        return None
    telling = [part for part in parts[:-1] if not _GROUP.fullmatch(part.strip())] + parts[-1:]
    roles = {told[0] if told else None for told in map(ranked_role, telling)}
    return roles.pop() if len(roles) == 1 else None


def _of_last_word(form: str) -> str | None:
    """``location gps latitude`` is a latitude, whatever goes before."""
    *before, last = form.split() or [""]
    found = ranked_role(last) if before and last in _AXES else None
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


@lru_cache(_REMEMBERED)
def forms(header: str) -> tuple[str, ...]:
    """A header as compared, and each half of one in two scripts, Latin and Arabic."""
    form = normalise(header)
    halves = (re.sub(r"[\u0600-\u06ff]+", " ", form), re.sub(r"[^\u0600-\u06ff]+", " ", form))
    latin, arabic = (" ".join(half.split()) for half in halves)
    return (form, latin, arabic) if latin and arabic else (form,)


@cache
def _synonyms() -> dict[str, tuple[str, int]]:
    """Each known header, as compared -> its role, and its rank among the role's headers."""
    entry = any_table()
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
def any_table() -> dict[str, Any]:
    """Return what any table may call its columns and their values, for all to share."""
    source = resources.files("mapper.readers") / "formats" / f"{_SYNONYMS_FILE}.yml"
    entry: dict[str, Any] = yaml.safe_load(source.read_text("utf-8"))
    return entry


def _without_filler(form: str) -> str:
    return " ".join(word for word in form.split() if word not in _filler())


@cache
def late() -> frozenset[str]:
    """Return the headers, as compared, of days that may be later than the incident's."""
    return frozenset(normalise(word) for word in any_table()["late"])


@cache
def _filler() -> frozenset[str]:
    return frozenset(normalise(word) for word in any_table()["filler"])
