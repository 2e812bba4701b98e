"""Counts of people, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapper.readers.raw import Column, as_column, no_text
from mapper.schema import is_held_by_pyarrow

UNKNOWN = frozenset(
    (
        "", "-", "--", "?", "n/a", "na", "nan", "none", "null", "nil", "unknown", "unk",
        "not known", "not available", "tbd", "tbc", "..", "...", "—", "–", "غير معروف", "مجهول",
        "لا يوجد", "نەزانراو", "#n/a", "#value!", "#ref!",
        "#div/0!", "#name?", "#null!", "#num!",
    )
)  # fmt: skip
"""What people write where they know nothing."""

_NONE = frozenset(("none", "nil", "لا يوجد"))
"""Of people they may mean that there were none."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫−", "01234567890123456789.-") | dict.fromkeys(
    map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
_LETTERS = str.maketrans("أإآٱىیک", "اااايي\u0643") | {ord("\u0640"): None}
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
_ARTICLES = frozenset(("a", "an"))
"""One only before what is counted."""

_TENFOLD = {"hundred": 100, "thousand": 1000, "مئة": 100, "مائة": 100, "الف": 1000, "dozen": 12}
_TEENS = (
    (re.compile(r"\b(?:احد|احدي) ?عشرة?\b"), "eleven"),
    (re.compile(r"\b(?:اثنا|اثني|اثنتا|اثنتي) ?عشرة?\b"), "twelve"),
)
_TWO = frozenset(
    (
        "شخصان", "شخصين", "جنديان", "جنديين", "شرطيان", "طفلان", "طفلين", "طفلتان", "طفلتين",
        "رجلان", "رجلين", "امراتان", "امراتين", "عنصران", "عنصرين", "ضابطان", "ضابطين", "مواطنان",
        "مدنيان", "منتسبان", "مقاتلان", "عاملان", "مسلحان", "شابان", "شابين", "شقيقان", "شقيقين",
        "متظاهران", "ارهابيان", "صحفيان", "فتاتان", "فتاتين", "حارسان", "حارسين", "قتيلان",
        "قتيلين", "شهيدان", "شهيدين", "جريحان", "جريحين", "مصابان",
    )
)  # fmt: skip
"""People whose Arabic form tells that they are two, and which is no plural."""

_NOBODY = re.compile(
    r"nobody|no[ -]one|ولا واحد|و?لا احد|هيچ كەس"
    r"|(?P<told>none reported|no casualties(?: reported)?)"
)
_PERSON_AND_ONE = re.compile(r"(?!و?لا |غير |ليس |اكثر |اقل )[^\W\d_]+(?: [^\W\d_]+){0,2} واحدة?")
_PERSONS = re.compile(r"([^\W\d_]+)(?: (?!و)[^\W\d_]+){0,3}")
_KINDS = {
    word: (sort, kind)
    for sort, kinds in {
        "side": {
            "civilians": "civ civs civilian civilians cvl مدني مدنيا مدنيين مدنيون",
            "security": "isf",
            "police": "ip ips police policeman policemen شرطي شرطة",
            "army": "ia army soldier soldiers جندي جنود",
            "militia": "pmf pmu",
            "peshmerga": "peshmerga pesh بيشمركة",
            "coalition": "cf coalition us",
            "enemy": "aif enemy insurgent insurgents militant militants isis isil terrorist"
            " terrorists",
        },
        "age": {
            "women": "woman women امراة نساء",
            "men": "man men رجل رجال",
            "children": "child children طفل اطفال",
        },
    }.items()
    for kind, words in kinds.items()
    for word in words.split()
}
"""People counted apart, such as in ``2 ISF; 1 civ``: of one sort, nobody is of two kinds."""

_WITHIN = {"security": {"police", "army", "militia", "peshmerga"}}
_BETWEEN = re.compile(r"\s?[;/+&]\s?|, | and | و ?(?=\d)")
_PART = re.compile(r"(\d{1,6}) ?x? ?([^\W\d_]+)")

_WORDS = r"(?: [^\W\d][^\d+<>~-]*)?"
_LOWER = re.compile(
    r"(?:between |from |بين |من )?(?P<low>\d{1,7}) ?(?:\+|or more|and more|plus|على الاقل"
    r"|(?:-|–|—|to|or|and|الي|و) ?(?P<high>\d{1,7}))" + _WORDS
)
_PREFIXED = re.compile(
    r"(?:at least|>=?|≥|more than|over|min(?:imum)?\.?|not less than|~|≈|c\.|ca\.?|circa|about"
    r"|around|some|nearly|almost|approx(?:imately|\.)?|على الاقل|اكثر من|حوالي|نحو)"
    r" ?(?P<low>\d{1,7}) ?\+?" + _WORDS
)
_WITH_WORDS = re.compile(r"(?P<low>\d{1,7})(?:[?*]| ?\([^()]*\)| [^\W\d][^\d+<>~-]*)")
_COUNT = re.compile(r"\d{1,9}|\d{1,3}(?:[, \u00a0]\d{3}){1,2}")
_NO_DATA = re.compile(r"-9+(?:\.0+)?")
"""What statistics programs write where they know nothing."""

_BELOW_ZERO = re.compile(r"-\d+(?:\.0+)?")
_WORDS_IN_ROW = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_LONGEST_NUMBER = 5
_MOST = 10_000_000
_LONGEST = 200


def tell_nothing(texts: pd.Series[str]) -> pd.Series[bool]:
    """Tell which texts are what people write where they know nothing."""
    words = texts.str.strip().str.lower()
    if not is_held_by_pyarrow(words):
        return words.isin(UNKNOWN)
    import pyarrow as pa
    from pyarrow import compute  # pandas takes longer to convert the words it looks for

    found = compute.is_in(pa.array(words.array), value_set=pa.array(UNKNOWN, pa.large_string()))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=texts.index)


def plain_digits(text: str) -> str:
    """Return a text with digits of any of our scripts as 0 to 9, a plain minus, no bidi marks."""
    return text.translate(_DIGITS)


def plain_letters(text: str) -> str:
    """Return a text with one letter for each that Arabic and Persian keyboards have several of."""
    return text.translate(_LETTERS)


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
    counts = None if column.numbers is None else _as_counts(column.numbers)
    if counts is not None:
        return Counts(counts, no_text(index))
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


def _as_counts(numbers: pd.Series[float]) -> pd.Series[int] | None:
    """Return plain numbers as counts where all are; None where one is broken, or below zero."""
    values = numbers.to_numpy()
    missing = np.isnan(values)
    told = np.where(missing, 0, values)
    if len(told) and (told.min() < 0 or told.max() > _MOST):
        return None
    whole = told.astype(np.int64)
    if (whole != told).any():
        return None
    return pd.Series(pd.arrays.IntegerArray(whole, missing), index=numbers.index, copy=False)


def _read_count(text: str, what: str) -> tuple[int | None, str | None]:
    bare = " ".join(plain_letters(plain_digits(text[:_LONGEST]).lower()).split())
    bare = bare.removeprefix("'")  # as spreadsheets mark a number that is text
    if bare in _NONE and text.strip() != "None":  # which Python writes where it knows nothing
        return None, f"{what}: {text!r} in the source may be none, or not known"
    if bare in UNKNOWN or _NO_DATA.fullmatch(bare):
        return None, None
    if _BELOW_ZERO.fullmatch(bare):
        return None, f"{what}: {text!r} in the source is below zero"
    if _COUNT.fullmatch(bare):
        return int(re.sub(r"\D", "", bare)), None
    whole = re.fullmatch(r"(\d{1,9})[.,]0+", bare)
    if whole:
        return int(whole[1]), None
    for words, word in _TEENS:
        bare = words.sub(word, bare)
    in_words = spelled(bare)
    if in_words is not None and bare not in _ARTICLES:
        return in_words, None
    nobody = _NOBODY.fullmatch(bare)
    if nobody:
        return 0, f"{what}: {text!r} in the source" if nobody["told"] else None
    digits = _WORDS_IN_ROW.sub(_in_digits, bare)
    for form in (_LOWER, _PREFIXED, _WITH_WORDS):
        found = form.fullmatch(digits)
        if found and int(found.groupdict().get("high") or 10**7) >= int(found["low"]):
            return int(found["low"]), f"{what}: {text!r} in the source"
    told = _people(bare) or _sum_of_kinds(digits)
    if told:
        return told, f"{what}: {text!r} in the source"
    return None, f"{what}: {text!r} in the source is not a number"


def _in_digits(found: re.Match[str]) -> str:
    """Words in a row, the numbers among them in digits: each as long as it can be."""
    words, told = found[0].split(), list[str]()
    while words:
        for length in range(min(_LONGEST_NUMBER, len(words)), 0, -1):
            number = spelled(" ".join(words[:length]))
            if number is not None and (length > 1 or len(words[0]) > 2):  # no article
                break
        else:
            number = None
        told.append(words[0] if number is None else str(number))
        words = words[length:]
    return " ".join(told)


def _people(bare: str) -> int | None:
    """How many an Arabic noun tells without a number: one, or two by its form."""
    if _PERSON_AND_ONE.fullmatch(bare):
        return 1
    persons = _PERSONS.fullmatch(bare)
    return 2 if persons and persons[1] in _TWO else None


def _sum_of_kinds(digits: str) -> int | None:
    """The sum of people who are counted apart, where nobody can be counted twice."""
    parts = [_PART.fullmatch(part) for part in _BETWEEN.split(digits)]
    counted = [(int(part[1]), _KINDS[part[2]]) for part in parts if part and part[2] in _KINDS]
    kinds = {kind for _, (_, kind) in counted}
    if len(parts) < 2 or not len(parts) == len(counted) == len(kinds):
        return None
    twice = any(whole in kinds and kinds & parts for whole, parts in _WITHIN.items())
    sorts = {sort for _, (sort, _) in counted}
    return None if twice or len(sorts) > 1 else sum(number for number, _ in counted)


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
