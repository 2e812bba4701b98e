"""Counts of people, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from mapper.readers.raw import no_text

UNKNOWN = frozenset(
    (
        "", "-", "--", "?", "n/a", "na", "nan", "none", "null", "nil", "unknown", "unk",
        "not known", "not available", "tbd", "tbc", "..", "...", "—", "–", "غير معروف", "مجهول",
        "لا يوجد", "نەزانراو", "#n/a", "#value!", "#ref!",
    )
)  # fmt: skip
"""What people write where they know nothing."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫−", "01234567890123456789.-")
_UNITS = dict(
    zero=0, no=0, a=1, an=1, one=1, two=2, three=3, four=4, five=5, six=6, seven=7, eight=8, nine=9,
    ten=10, eleven=11, twelve=12, thirteen=13, fourteen=14, fifteen=15, sixteen=16, seventeen=17,
    eighteen=18, nineteen=19, twenty=20, thirty=30, forty=40, fifty=50, sixty=60, seventy=70,
    eighty=80, ninety=90,
) | {
    form: number
    for number, forms in {
        0: "صفر", 1: "واحد واحدة", 2: "اثنان اثنين اثنتان اثنتين", 3: "ثلاثة ثلاث", 4: "اربعة اربع",
        5: "خمسة خمس", 6: "ستة ست", 7: "سبعة سبع", 8: "ثمانية ثماني ثمان", 9: "تسعة تسع",
        10: "عشرة عشر", 20: "عشرون عشرين", 30: "ثلاثون ثلاثين", 40: "اربعون اربعين",
        50: "خمسون خمسين", 60: "ستون ستين", 70: "سبعون سبعين", 80: "ثمانون ثمانين",
        90: "تسعون تسعين",
    }.items()
    for form in forms.split()
}  # fmt: skip
_TENFOLD = {"hundred": 100, "thousand": 1000, "مئة": 100, "مائة": 100, "الف": 1000, "dozen": 12}
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENFOLD)
"""The words that numbers are read from; compounds are made of them."""

_WORDS = r"(?: [^\W\d][^\d+<>~-]*)?"
_LOWER = re.compile(
    r"(?:between |from |بين |من )?(?P<low>\d{1,7}) ?"
    r"(?:\+|(?:-|–|—|to|or|and|الى|إلى|و) ?(?P<high>\d{1,7})|or more|and more|plus|على الاقل)" + _WORDS
)
_PREFIXED = re.compile(
    r"(?:at least|>=?|≥|more than|over|min(?:imum)?\.?|not less than|~|≈|c\.|ca\.?|circa|about|around|some"
    r"|nearly|almost|approx(?:imately|\.)?|على الاقل|اكثر من|حوالي|نحو) ?(?P<low>\d{1,7}) ?\+?" + _WORDS
)
_WITH_WORDS = re.compile(r"(?P<low>\d{1,7})(?:[?*]| ?\([^()]*\)| [^\W\d][^\d+<>~-]*)")
_COUNT = re.compile(r"\d{1,9}|\d{1,3}(?:[, \u00a0]\d{3}){1,2}")
_MOST = 10_000_000


def plain_digits(text: str) -> str:
    """Return a text with the digits of any of our scripts as 0 to 9, and a plain minus."""
    return text.translate(_DIGITS)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts (Int64) and, where the words say more or less than the number, a note."""

    values: pd.Series[int]
    notes: pd.Series[str]


def read_counts(cells: pd.Series[str], what: str) -> Counts:
    """Read counts of people; what is not a number is missing and noted, never zero.

    A range or "5+" gives its lower end and a note with the source's words.
    """
    plain = pd.to_numeric(cells, errors="coerce")
    whole = plain.where((plain >= 0) & (plain <= _MOST) & (plain == plain.round()))
    values = whole.astype("Int64")
    notes = no_text(cells.index)
    odd = cells[whole.isna() & cells.notna()].astype("str")
    if len(odd):
        answers = {text: _read_count(text, what) for text in odd.unique()}
        values.loc[odd.index] = odd.map(lambda text: answers[text][0]).astype("Int64")
        notes.loc[odd.index] = odd.map(lambda text: answers[text][1]).astype("str")
    return Counts(values, notes)


def _read_count(text: str, what: str) -> tuple[int | None, str | None]:
    bare = " ".join(plain_digits(text).lower().replace("أ", "ا").split())
    if bare in UNKNOWN or re.fullmatch(r"-\d+(\.0+)?", bare):
        return None, None
    if _COUNT.fullmatch(bare):
        return int(re.sub(r"\D", "", bare)), None
    whole = re.fullmatch(r"(\d{1,9})[.,]0+", bare)
    if whole:
        return int(whole[1]), None
    spelled = _spelled(bare)
    if spelled is not None:
        return spelled, None
    digits = re.sub(r"[^\W\d_]{3,}(?:-[^\W\d_]+)?", _in_digits, bare)
    for form in (_LOWER, _PREFIXED, _WITH_WORDS):
        found = form.fullmatch(digits)
        if found and int(found.groupdict().get("high") or 10**7) >= int(found["low"]):
            return int(found["low"]), f"{what}: {text!r} in the source"
    return None, f"{what}: {text!r} in the source is not a number"


def _in_digits(found: re.Match[str]) -> str:
    number = _spelled(found[0])
    return found[0] if number is None else str(number)


def _spelled(text: str) -> int | None:
    """The number that words spell (``twenty-five``, ``two hundred``, ``خمسة وعشرون``), or None."""
    words = re.sub(r" و ?(?=\w)| and ", " ", text.replace("-", " ")).split()
    number = 0
    for word in words:
        if word in _TENFOLD:
            number = max(number, 1) * _TENFOLD[word]
        elif word in _UNITS and (number == 0 or _goes_on(number, _UNITS[word], arabic=word > "\u0600")):
            number += _UNITS[word]
        else:
            return None
    return number if words else None


def _goes_on(number: int, more: int, *, arabic: bool) -> bool:
    """Twenty, five; a hundred, five; and in Arabic five, twenty or three, ten."""
    smaller = more < 10 and number >= 20 and number % 10 == 0
    return smaller or number % 100 == 0 or (arabic and 0 < number % 100 < 10 and more % 10 == 0)
