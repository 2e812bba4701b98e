"""Distances in words or figures: "12 km", "two and a half miles", "خمسة عشر كيلومترا"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gazetteer.normalise import fold

_EXACTLY, _ROUGHLY = 0.25, 0.75  # of a distance: how far from it the place may be
_MOST_WORDS = 4  # "three quarters of a", "two and a half"


class Distance(NamedTuple):
    """Kilometres, None for "a few km"; the part by which they may be off; the words it took."""

    km: float | None
    spread: float
    words: int


def distance_of(words: Sequence[str]) -> Distance | None:
    """Read the distance that the last of some folded words tell, or None if they tell none."""
    unit = next((count for count in (2, 1) if _unit(words, count) in _KM_OF), 0)
    if not unit:
        return None
    size = _KM_OF[_unit(words, unit)]
    number = _number_before(words, len(words) - unit)
    if number is None:
        is_dual = words[-1].endswith(("ترين", "تران", "ميلين"))
        return Distance(2.0 * size, _EXACTLY, unit) if is_dual else None
    value, used, phrase = number
    if value is None:
        return Distance(None, _EXACTLY, unit + used)
    at = len(words) - unit - used
    low = _number_before(words, at - 1) if at > 1 and words[at - 1] in _TO else None
    if low is not None and low[0] is not None and low[0] < value:  # "10 to 15"
        middle = (low[0] + value) / 2
        spread = _EXACTLY + (value - low[0]) / 2 / middle
        return Distance(middle * size, spread, unit + used + 1 + low[1])
    return Distance(value * size, _ROUGHLY if phrase in _VAGUE else _EXACTLY, unit + used)


def is_unit(folded: str) -> bool:
    """Whether a folded word is a unit of length, or a part of one."""
    return folded in _KM_OF or folded == "k"  # of "k.m."


def _unit(words: Sequence[str], count: int) -> str:
    return " ".join(words[-count:]) if len(words) >= count else ""


def _number_before(words: Sequence[str], end: int) -> tuple[float | None, int, str] | None:
    """Return the number that ends there, None for a few, with how many words it has and which."""
    for count in range(min(_MOST_WORDS, end), 0, -1):
        phrase = " ".join(words[end - count : end])
        if phrase in _FEW:
            return None, count, phrase
        value = _SPELLED.get(phrase, _figures(phrase) if count == 1 else None)
        if value is not None:
            return value, count, phrase
    return None


def _figures(word: str) -> float | None:
    """Read "12", "1.5", "2½" or "1/2"."""
    whole, fraction = word, 0.0
    if word[-1] in _FRACTIONS:
        whole, fraction = word[:-1], _FRACTIONS[word[-1]]
    one, slash, other = whole.replace(",", ".").replace("٫", ".").partition("/")
    try:
        value = float(one or "0") / (float(other) if slash else 1.0)
    except (ValueError, ZeroDivisionError):
        return None
    return value + fraction if value < 10_000 else None


_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ARABIC_ONES = ["واحد", "اثن", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"]
_ARABIC_TENS = ["عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
_KURDISH = {
    "یەک": 1, "دوو": 2, "سێ": 3, "چوار": 4, "پێنج": 5, "شەش": 6, "حەوت": 7, "هەشت": 8, "نۆ": 9,
    "دە": 10, "دوازدە": 12, "پازدە": 15, "بیست": 20, "سی": 30, "چل": 40, "پەنجا": 50, "شەست": 60,
    "yek": 1, "du": 2, "sê": 3, "çar": 4, "pênc": 5, "şeş": 6, "heft": 7, "heşt": 8, "neh": 9,
    "deh": 10, "panzdeh": 15, "bîst": 20, "sî": 30, "çil": 40, "pêncî": 50,
}  # fmt: skip
_FEW = frozenset(map(fold, ("a few", "several", "few", "عدة", "بضعة", "بضع", "چەند", "çend")))
_VAGUE = frozenset(map(fold, ("a couple of", "couple of", "dozens of", "tens of", "عشرات")))
_TO = frozenset(map(fold, ("to", "or", "and", "إلى", "بۆ", "heta", "تا"))) | {"-"}
_FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75}


def _english() -> dict[str, float]:
    found: dict[str, float] = dict(zip(_ONES, range(1, 20), strict=True))
    for ten, word in enumerate(_TENS, start=2):
        found[word] = ten * 10
        found |= {f"{word} {one}": ten * 10 + at for at, one in enumerate(_ONES[:9], start=1)}
    found |= {f"{word} and a half": value + 0.5 for word, value in found.items() if value < 20}
    found |= {f"{word} dozen": at * 12 for at, word in enumerate(_ONES[:9], start=1)}
    found |= {"a": 1, "an": 1, "half a": 0.5, "half": 0.5, "a quarter of a": 0.25, "a dozen": 12}
    found |= {"three quarters of a": 0.75, "a hundred": 100, "one hundred": 100}
    return found | {"a couple of": 2, "couple of": 2, "dozens of": 40, "tens of": 40}


def _arabic() -> dict[str, float]:
    found: dict[str, float] = {"نصف": 0.5, "مئة": 100, "مائة": 100, "عشرات": 40}
    tens = {f"{word}{end}": at * 10 for at, word in enumerate(_ARABIC_TENS, 2) for end in _PLURAL}
    for value, stem in enumerate(_ARABIC_ONES, start=1):
        for one in (stem, f"{stem}ة", f"{stem}ي", f"{stem}ا", f"{stem}ان"):
            found[one] = value
            if value < 10:
                found |= {f"{one} عشر": 10 + value, f"{one} عشرة": 10 + value}
                found |= {f"{one} و{ten}": much + value for ten, much in tens.items()}
    return found | tens


_PLURAL = ("ين", "ون")
_SPELLED = {fold(words): float(n) for words, n in (_english() | _arabic() | _KURDISH).items()}
_UNITS = {
    1.0: "km kms kilometre kilometres kilometer kilometers كيلومتر كيلومترا كيلومترات كيلومترين "
    "كيلومتران كيلو كلم كم "
    "کیلۆمەتر کیلۆمەتری کیلۆمەترێک کیلۆمەترەوە kîlometre kîlometreyan kîlometir",
    1.609344: "mi mile miles ميل ميلا أميال ميلين mîl میلی",
    0.001: "m metre metres meter meters متر مترا أمتار مەتر مەتری metir",
    0.0009144: "yard yards",
}
_KM_OF = {fold(word): size for size, words in _UNITS.items() for word in words.split()}
_KM_OF |= dict.fromkeys(("k m", "كيلو متر", "كيلو مترا", "كيلو مترات"), 1.0)
