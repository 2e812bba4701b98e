"""Pack columns into compressed text that a page carries and its script unpacks.

Layout, before compression: four bytes with the length of the head, the head (JSON
in UTF-8), then the columns' bytes. The head says where each column begins, how many
values it has, and of what kind it is:

``int``
    whole numbers of ``size`` bytes, counted from ``low``; 0 is missing, 1 is ``low``
``steps``
    the same, of the differences from one value to the next; the first from 0
``choice``
    numbers of entries in ``choices``, a list of distinct strings or numbers; 0 is missing
``f32``
    numbers; NaN stands for a missing one
``text``
    the strings' UTF-8, each ended by a zero byte, which no string holds

A whole number's bytes lie apart, all the lowest first: the higher ones are mostly alike
and vanish when compressed. A column that is missing throughout has no bytes.

Strings stay bytes until a popup wants one of them: a page with a million rows opens
without making a million strings.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

LARGEST = 2**31 - 1
"""The largest whole number that is kept as it is, and the smallest with a minus before it."""

LONGEST_TEXT = 4000
"""Longer strings are cut, and say so."""

_MOST_NUMBERS = 4096
"""More distinct fractions than that are written one by one."""

# Control characters and overrides of the writing direction: neither is ever part of a name or
# a sentence, and both can make a reader see what is not written.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufff9-\ufffb]")


class Packer:
    """Columns on their way into a page."""

    def __init__(self) -> None:
        self._columns: dict[str, dict[str, Any]] = {}
        self._parts: list[bytes] = []
        self._length = 0

    def integers(self, name: str, values: pd.Series[Any] | np.ndarray[Any, Any]) -> None:
        """Add a column of whole numbers; those beyond 31 bits are cut to the nearest that fits."""
        known = pd.to_numeric(pd.Series(values), errors="coerce").astype("Float64")
        gone = known.isna().to_numpy()
        whole = known.clip(-LARGEST, LARGEST).fillna(0).to_numpy(dtype="float64").astype("int64")
        if gone.all():
            self._columns[name] = {"kind": "int", "rows": len(whole), "low": 0}
            return
        kind = "int"
        if not gone.any() and _steady(whole):
            kind, whole = "steps", np.diff(whole, prepend=0)
        low = int(whole[~gone].min())
        self.codes(name, np.where(gone, 0, whole - low + 1), kind=kind, low=low)

    def codes(self, name: str, codes: np.ndarray[Any, Any], **told: Any) -> None:
        """Add whole numbers from one up, their bytes apart; zero is missing."""
        largest = int(codes.max(initial=0))
        size = max(1, -(-largest.bit_length() // 8))
        planes = codes.astype("<i8").view("u1").reshape(-1, 8)[:, :size].T
        at = self._append(np.ascontiguousarray(planes).tobytes())
        self._columns[name] = {
            "rows": len(codes),
            "at": at,
            "size": size,
            "kind": "int",
            "low": 1,
            **told,
        }

    def numbers(self, name: str, values: pd.Series[Any]) -> None:
        """Add a column of numbers of six or seven digits."""
        known = pd.to_numeric(values, errors="coerce").astype("Float64")
        exact = known.to_numpy(dtype="float64", na_value=np.nan)
        codes, distinct = pd.factorize(exact)
        if len(distinct) <= _MOST_NUMBERS:
            choices = [float(f"{number:.7g}") for number in distinct]
            self.codes(name, codes + 1, kind="choice", choices=choices)
        else:
            at = self._append(exact.astype("<f4").tobytes())
            self._columns[name] = {"kind": "f32", "rows": len(exact), "at": at}

    def texts(self, name: str, values: pd.Series[Any]) -> None:
        """Add a column of strings, as a list of choices where many are the same."""
        if values.isna().all():
            self._columns[name] = {"kind": "choice", "rows": len(values), "choices": []}
            return
        codes, distinct = pd.factorize(values, use_na_sentinel=True)
        if len(distinct) > max(32, len(values) // 2):
            data = b"".join(
                _ended(text) for text in values.astype(object).where(values.notna(), "")
            )
            at = self._append(data)
            self._columns[name] = {"kind": "text", "rows": len(values), "at": at, "size": len(data)}
        else:
            choices = [clean(text) for text in distinct]
            self.codes(name, codes + 1, kind="choice", choices=choices)

    def pack(self, extra: Mapping[str, Any]) -> str:
        """Return all columns, and what else the page should know, as base64 text."""
        head = {"columns": self._columns, **extra}
        # Lone surrogates cannot be written as UTF-8: JSON's own escapes carry them.
        text = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode()
        body = b"".join([len(text).to_bytes(4, "little"), text, *self._parts])
        # No file name and no time in it: the same input gives the same bytes.
        return base64.b64encode(gzip.compress(body, compresslevel=6, mtime=0)).decode()

    def _append(self, data: bytes) -> int:
        at = self._length
        self._parts.append(data)
        self._length += len(data)
        return at


def clean(text: object) -> str:
    """Make a string fit to show: no control characters, no endless length."""
    words = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", str(text))
    if len(words) <= LONGEST_TEXT:
        return words
    return f"{words[:LONGEST_TEXT]} \N{HORIZONTAL ELLIPSIS} [+{len(words) - LONGEST_TEXT:,}]"


def _ended(text: object) -> bytes:
    return clean(text).encode("utf-8", "replace") + b"\0"


def _steady(values: np.ndarray[Any, np.dtype[np.int64]]) -> bool:
    """Whether neighbours lie so close together that their differences are shorter to write."""
    if len(values) < 2:
        return False
    return bool(np.abs(np.diff(values)).mean() * 4 < np.ptp(values))
