"""Counts of people, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from mapper.readers.raw import Column, as_column, no_text

UNKNOWN = frozenset(
    (
        "", "-", "--", "?", "n/a", "na", "nan", "none", "null", "nil", "unknown", "unk",
        "not known", "not available", "tbd", "tbc", "..", "...", "—", "–", "غير معروف", "مجهول",
        "لا يوجد", "نەزانراو", "#n/a", "#value!", "#ref!",
    )
)  # fmt: skip
"""What people write where they know nothing."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫−", "01234567890123456789.-") | dict.fromkeys(
    map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
_UNITS = {
    form: number
    for number, forms in {
        0: "zero no صفر", 1: "a an one واحد واحدة", 2: "two اثنان اثنين اثنتان اثنتين",
        3: "three ثلاثة ثلاث", 4: "four اربعة اربع", 5: "five خمسة خمس", 6: "six ستة ست",
        7: "seven سبعة سبع", 8: "eight ثمانية ثماني ثمان", 9: "nine تسعة تسع", 10: "ten عشرة عشر",
        11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
        17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty عشرون عشرين",
        30: "thirty ثلاثون ثلاثين", 40: "forty اربعون اربعين", 50: "fifty خمسون خمسين",
        60: "sixty ستون ستين", 70: "seventy سبعون سبعين", 80: "eighty ثمانون ثمانين",
        90: "ninety تسعون تسعين",
    }.items()
    for form in forms.split()
}  # fmt: skip
_TENFOLD = {"hundred": 100, "thousand": 1000, "مئة": 100, "مائة": 100, "الف": 1000, "dozen": 12}

_WORDS = r"(?: [^\W\d][^\d+<>~-]*)?"
_LOWER = re.compile(
    r"(?:between |from |بين |من )?(?P<low>\d{1,7}) ?(?:\+|or more|and more|plus|على الاقل"
    r"|(?:-|–|—|to|or|and|الى|إلى|و) ?(?P<high>\d{1,7}))" + _WORDS
)
_PREFIXED = re.compile(
    r"(?:at least|>=?|≥|more than|over|min(?:imum)?\.?|not less than|~|≈|c\.|ca\.?|circa|about"
    r"|around|some|nearly|almost|approx(?:imately|\.)?|على الاقل|اكثر من|حوالي|نحو)"
    r" ?(?P<low>\d{1,7}) ?\+?" + _WORDS
)
_WITH_WORDS = re.compile(r"(?P<low>\d{1,7})(?:[?*]| ?\([^()]*\)| [^\W\d][^\d+<>~-]*)")
_COUNT = re.compile(r"\d{1,9}|\d{1,3}(?:[, \u00a0]\d{3}){1,2}")
_MOST = 10_000_000
_LONGEST = 200


def plain_digits(text: str) -> str:
    """Return a text with digits of any of our scripts as 0 to 9, a plain minus, no bidi marks."""
    return text.translate(_DIGITS)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts (Int64) and, where the words say more or less than the number, a note."""

    values: pd.Series[int]
    notes: pd.Series[str]


def read_counts(cells: Column | pd.Series[str], what: str) -> Counts:
    """Read counts of people; what is not a number is missing and noted, never zero.

    A range or "5+" gives its lower end and a note with the source's words.
    """
    column = as_column(cells)
    index = column.cells.index
    if column.numbers is not None and _are_counts(column.numbers):
        return Counts(column.numbers.astype("Int64"), no_text(index))
    codes, texts = column.apart
    plain = pd.to_numeric(texts, errors="coerce")
    whole = plain.where((plain >= 0) & (plain <= _MOST) & (plain == plain.round()))
    values, notes = whole.astype("Int64"), no_text(texts.index)
    for at in texts.index[whole.isna()]:
        values[at], notes[at] = _read_count(texts[at], what)
    spread = no_text(index)
    if notes.notna().any():
        spread = pd.Series(notes.array.take(codes, allow_fill=True), index=index)
    counts = pd.Series(values.array.take(codes, allow_fill=True), index=index)
    return Counts(counts, spread)


def _are_counts(numbers: pd.Series[float]) -> bool:
    told = numbers.fillna(0)
    return bool(((told >= 0) & (told <= _MOST) & (told == told.round())).all())


def _read_count(text: str, what: str) -> tuple[int | None, str | None]:
    bare = " ".join(plain_digits(text[:_LONGEST]).lower().replace("أ", "ا").split())
    bare = bare.removeprefix("'")  # as spreadsheets mark a number that is text
    if bare in UNKNOWN or re.fullmatch(r"-\d+(\.0+)?", bare):
        return None, None
    if _COUNT.fullmatch(bare):
        return int(re.sub(r"\D", "", bare)), None
    whole = re.fullmatch(r"(\d{1,9})[.,]0+", bare)
    if whole:
        return int(whole[1]), None
    in_words = spelled(bare)
    if in_words is not None:
        return in_words, None
    digits = re.sub(r"[^\W\d_]{3,}(?:-[^\W\d_]+)?", _in_digits, bare)
    for form in (_LOWER, _PREFIXED, _WITH_WORDS):
        found = form.fullmatch(digits)
        if found and int(found.groupdict().get("high") or 10**7) >= int(found["low"]):
            return int(found["low"]), f"{what}: {text!r} in the source"
    return None, f"{what}: {text!r} in the source is not a number"


def _in_digits(found: re.Match[str]) -> str:
    number = spelled(found[0])
    return found[0] if number is None else str(number)


def spelled(text: str) -> int | None:
    """Return the number that words spell (``twenty-five``, ``خمسة وعشرون``), or None."""
    words = re.sub(r" و ?(?=\w)| and ", " ", text.replace("-", " ")).split()
    if len(words) > 1 and 0 in map(_UNITS.get, words):
        return None  # "no one" is nobody
    number = 0
    for word in words:
        if word in _TENFOLD:
            number = max(number, 1) * _TENFOLD[word]
        elif word not in _UNITS:
            return None
        elif number == 0 or _goes_on(number, _UNITS[word], arabic=word > "\u0600"):
            number += _UNITS[word]
        else:
            return None
    return number if words else None


def _goes_on(number: int, more: int, *, arabic: bool) -> bool:
    """Twenty, five; a hundred, five; and in Arabic five, twenty or three, ten."""
    smaller = more < 10 and number >= 20 and number % 10 == 0
    return smaller or number % 100 == 0 or (arabic and 0 < number % 100 < 10 and more % 10 == 0)
