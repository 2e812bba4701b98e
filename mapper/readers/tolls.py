"""Killed and wounded told in one cell: ``3 killed / 2 injured``, ``قتيلان و3 جرحى``."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from mapper.readers.numbers import UNKNOWN, plain_digits, spelled
from mapper.readers.raw import Column
from mapper.readers.synonyms import role_of

_LONGEST, _SHOWN = 200, 80
_CLAUSES = re.compile(r"[/;|&،]|,(?!\d{3}(?!\d))| \+ |\band\b| و(?= |\d)")
_ALEFS = str.maketrans("أإآ", "ااا")
_AND_WORD = re.compile(r" و([^\W\d_]+)")
_NUMBER_OR_WORD = re.compile(
    r"(?P<low>\d{1,7}(?:[,.]\d{3})*)(?P<more>\+|\s?(?:-|–|to)\s?\d{1,7})?|(?P<word>[^\W\d_]+)"
)
_LETTERS = {"k": "killed", "w": "wounded", "inj": "wounded"}
_WORDS: dict[str, dict[str, int | None]] = {
    "killed": {
        "قتيل": 1, "شهيد": 1, "قتيلان": 2, "قتيلين": 2, "شهيدان": 2, "شهيدين": 2, "مقتل": None,
        "استشهاد": None,
    },
    "wounded": {
        "جريح": 1, "مصاب": 1, "جريحان": 2, "جريحين": 2, "مصابان": 2, "اصابة": None, "جرح": None,
    },
}  # fmt: skip
"""Words that head no column, and how many an Arabic noun is by its form."""

_ABOUT = re.compile(r"\b(?:at least|about|over|more than|some|nearly|up to)\b|[~≈><]|على الاقل|نحو")
_NOBODY = frozenset(("no casualties", "without casualties", "لا خسائر", "بدون خسائر", "بلا خسائر"))


@dataclass(frozen=True, slots=True)
class Toll:
    """Killed and wounded of one cell, and whether its words say more than the numbers."""

    killed: int | None
    wounded: int | None
    vague: bool = False


def read_tolls(column: Column, order: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read a column of cells that tell killed and wounded, each clause by its words.

    Parameters
    ----------
    column : the cells
    order : what the two numbers of ``3/2`` are, where the header tells it

    Returns
    -------
    ``killed`` and ``wounded`` (Int64), and ``notes`` where the words say more, or nothing sure
    """
    codes, texts = column.apart
    read = [read_toll(text, order) for text in texts]
    notes = [_note(text, toll) for text, toll in zip(texts, read, strict=True)]
    found = pd.DataFrame(
        {
            "killed": pd.array([toll.killed if toll else None for toll in read], dtype="Int64"),
            "wounded": pd.array([toll.wounded if toll else None for toll in read], dtype="Int64"),
            "notes": pd.array(notes, dtype="str"),
        }
    )
    whole = {name: found[name].array.take(codes, allow_fill=True) for name in found}
    return pd.DataFrame(whole, index=column.cells.index)


def read_toll(text: str, order: tuple[str, ...] = ()) -> Toll | None:
    """Read one cell; None where its words do not settle who was killed and who wounded.

    A number is told by the word in its own clause; clauses of others, such as ``4 arrested``,
    are passed over. See `read_tolls`.
    """
    if len(text) > _LONGEST:
        return None
    bare = " ".join(plain_digits(text).lower().translate(_ALEFS).replace("\n", " / ").split())
    if bare in _NOBODY:
        return Toll(0, 0)
    bare = _AND_WORD.sub(lambda found: f" / {found[1]}" if _role(found[1]) else found[0], bare)
    clauses = [_Clause.of(part) for part in _CLAUSES.split(bare) if part.strip()]
    told: dict[str, int] = {}
    for clause in clauses:
        pairs = clause.pairs()
        if pairs is None or any(role in told for role, _ in pairs):
            return None
        told |= dict(pairs)
    alone = [clause.numbers[0] for clause in clauses if clause.is_number]
    if len(alone) == len(clauses) == len(order):
        told = dict(zip(order, alone, strict=True))
    elif alone:
        return None
    vague = bool(_ABOUT.search(bare)) or any(clause.vague for clause in clauses)
    return Toll(told.get("killed"), told.get("wounded"), vague) if told else None


@dataclass(frozen=True, slots=True)
class _Clause:
    """The numbers and the words for killed and wounded of a clause, in the order they stand in."""

    numbers: tuple[int, ...]
    roles: tuple[str, ...]
    counted: tuple[int | None, ...]
    forms: str
    vague: bool

    @classmethod
    def of(cls, text: str) -> _Clause:
        """Take a clause apart; ``forms`` has an n, r or o for each number, role or other word."""
        numbers: list[int] = []
        roles: list[str] = []
        counted: list[int | None] = []
        forms, vague = "", False
        for found in _NUMBER_OR_WORD.finditer(text):
            word = found["word"]
            number = spelled(word) if word else int(re.sub(r"\D", "", found["low"]))
            role = _role(word) or (_LETTERS.get(word) if forms.endswith("n") else None)
            vague |= bool(found["more"])
            if role:
                roles.append(role)
                counted.append(_WORDS[role].get(word.removesuffix("ا")))
            elif number is not None:
                numbers.append(number)
            forms += "r" if role else "n" if number is not None else "o"
        return cls(tuple(numbers), tuple(roles), tuple(counted), forms, vague)

    @property
    def is_number(self) -> bool:
        """Whether it is a number, of whom nothing tells."""
        return self.forms == "n"

    def pairs(self) -> list[tuple[str, int]] | None:
        """Who and how many; None where that is not sure."""
        telling = self.forms.replace("o", "")
        if not self.roles:
            return []
        if len(set(self.roles)) < len(self.roles):
            return None
        if telling == "r" and self.counted[0] is not None:
            return [(self.roles[0], self.counted[0])]
        if telling in ("nr", "rn", "nrnr", "rnrn"):
            return list(zip(self.roles, self.numbers, strict=True))
        return None


def _role(word: str | None) -> str | None:
    for form in (word, word.removesuffix("ا")) if word else ():
        told = next((role for role, words in _WORDS.items() if form in words), role_of(form))
        if told in _WORDS:
            return told
    return None


def _note(text: str, toll: Toll | None) -> str | None:
    if toll is None:
        bare = plain_digits(text).strip().lower()
        return None if bare in UNKNOWN else f"{text[:_SHOWN]!r} does not tell killed and wounded"
    return f"{text[:_SHOWN]!r} in the source" if toll.vague else None
