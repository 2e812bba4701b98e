"""Counts of people and coordinates, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
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
_NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_WORDS = {word: number for number, word in enumerate(_NUMBER_WORDS)} | {"no": 0, "a": 1, "an": 1}
_COUNT = re.compile(r"\d{1,9}|\d{1,3}(?:[, \u00a0]\d{3}){1,2}")
_MOST = 10_000_000


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
    bare = " ".join(text.translate(_DIGITS).lower().split())
    if bare in UNKNOWN or re.fullmatch(r"-\d+(\.0+)?", bare):
        return None, None
    if bare in _WORDS:
        return _WORDS[bare], None
    if _COUNT.fullmatch(bare):
        return int(re.sub(r"\D", "", bare)), None
    note = f"{what}: {text!r} in the source"
    whole = re.fullmatch(r"(\d{1,9})[.,]0+", bare)
    if whole:
        return int(whole[1]), None
    lower = re.fullmatch(
        r"(?:at least |>= ?|≥ ?)?(\d{1,7}) ?(?:\+|(?:-|–|—|to|or) ?\d{1,7}|or more)", bare
    )
    lower = lower or re.fullmatch(r"(?:at least|>=|≥) ?(\d{1,7})", bare)
    if lower:
        return int(lower[1]), note
    return None, f"{what}: {text!r} in the source is not a number"


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Degrees (Float64), and a note where a coordinate cannot be used."""

    longitude: pd.Series[float]
    latitude: pd.Series[float]
    notes: pd.Series[str]


def read_coordinates(longitude: pd.Series[str], latitude: pd.Series[str]) -> Coordinates:
    """Read two columns of degrees. A half or impossible pair is not used, and noted."""
    return _pair(longitude, latitude, _read_degrees(longitude), _read_degrees(latitude))


def read_joint_coordinates(cells: pd.Series[str]) -> Coordinates:
    """Read one column that holds both: ``33.3, 44.4`` (latitude first) or ``POINT (44.4 33.3)``."""
    wkt = cells.str.extract(
        r"^\s*(?:SRID=4326;)?\s*POINT\s*(?:Z\s*)?\(\s*(\S+)\s+([^\s)]+)", flags=re.IGNORECASE
    )
    pair = cells.str.translate(_DIGITS).str.extract(
        r"^\s*[(\[]?\s*([^,;\s()\[\]]+(?:\s*°?\s*[NS])?)\s*[,;\s]\s*([^,;\s()\[\]]+(?:\s*°?\s*[EW])?)\s*[)\]]?\s*$"
    )
    longitude, latitude = wkt[0].fillna(pair[1]), wkt[1].fillna(pair[0])
    return _pair(cells, cells, _read_degrees(longitude), _read_degrees(latitude))


def _pair(
    x_text: pd.Series[str], y_text: pd.Series[str], x: pd.Series[float], y: pd.Series[float]
) -> Coordinates:
    within = x.abs().le(180) & y.abs().le(90)
    within |= x.abs().le(90) & y.abs().le(180)  # may be swapped: locating looks into it
    notes = no_text(x.index)
    rest = x.index[~within]
    told = rest[~(_says_nothing(x_text[rest]) & _says_nothing(y_text[rest]))]
    if len(told):
        words = y_text[told].astype("str").fillna("nothing")
        if x_text is not y_text:
            words += ", " + x_text[told].astype("str").fillna("nothing")
        notes[told] = (
            "coordinates not used: " + words + " are not degrees of latitude and longitude"
        )
    return Coordinates(x.where(within).astype("Float64"), y.where(within).astype("Float64"), notes)


def _says_nothing(cells: pd.Series[Any]) -> pd.Series[bool]:
    if cells.dtype != "str":
        return cells.isna()
    return cells.isna() | cells.str.strip().str.lower().isin(UNKNOWN)


def _read_degrees(cells: pd.Series[str]) -> pd.Series[float]:
    plain = pd.to_numeric(cells, errors="coerce").astype("float64")
    odd = cells[plain.isna() & cells.notna()].astype("str")
    if len(odd):
        answers = {text: _degrees(text) for text in odd.unique()}
        plain.loc[odd.index] = odd.map(answers).astype("float64")
    return plain.where(np.isfinite(plain))


_DMS = re.compile(
    r"(?P<sign>[-+])?\s*(?P<before>[NSEW])?\s*(?P<degrees>\d+(?:\.\d+)?)\s*(?:°|º|deg|d|:|\s)?\s*"
    r"(?:(?P<minutes>\d+(?:\.\d+)?)\s*(?:'|′|’|m|:|\s)?\s*)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)\s*(?:\"|″|”|''|s)?\s*)?(?P<after>[NSEW])?",
    re.IGNORECASE,
)


def _degrees(text: str) -> float:
    bare = text.translate(_DIGITS).strip()
    if re.fullmatch(r"[-+]?\d+,\d+\s*(°?\s*[NSEW]?)", bare, re.IGNORECASE):
        bare = bare.replace(",", ".")
    found = _DMS.fullmatch(bare)
    if not found or (found["before"] and found["after"]):
        return float("nan")
    minutes, seconds = float(found["minutes"] or 0), float(found["seconds"] or 0)
    if minutes >= 60 or seconds >= 60:
        return float("nan")
    degrees = float(found["degrees"]) + minutes / 60 + seconds / 3600
    letter = (found["before"] or found["after"] or "").upper()
    negative = (found["sign"] == "-") != (letter in ("S", "W") and bool(letter))
    return -degrees if negative else degrees
