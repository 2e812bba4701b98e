"""Pack columns into compressed text that a page carries and its script unpacks.

Layout, before compression: four bytes with the length of the head, the head (JSON
in UTF-8), then the columns' bytes, each beginning at a multiple of eight. The head
says where each column begins and of what kind it is:

``i32``
    integers; the smallest one stands for a missing value
``f32``, ``f64``
    numbers; NaN stands for a missing one
``choice``
    ``u8``, ``u16`` or ``u32`` numbers of entries in a list of distinct strings; 0 is missing
``text``
    the ends of the strings as ``u32``, then their UTF-8, one after the other

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

MISSING_INTEGER = -(2**31)
"""What stands for a missing integer."""

LONGEST_TEXT = 4000
"""Longer strings are cut, and say so."""

# Control characters and overrides of the writing direction: neither is ever part of a name or
# a sentence, and both can make a reader see what is not written.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufff9-\ufffb]")


class Packer:
    """Columns on their way into a page."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._columns: dict[str, dict[str, Any]] = {}
        self._parts: list[bytes] = []
        self._length = 0

    def integers(self, name: str, values: pd.Series[Any]) -> None:
        """Add a column of integers; values beyond 31 bits are cut to the nearest that fits."""
        known = pd.to_numeric(values, errors="coerce").astype("Float64")
        whole = known.clip(MISSING_INTEGER + 1, 2**31 - 1).fillna(MISSING_INTEGER)
        self._add(name, "i32", whole.to_numpy(dtype="float64").astype("<i4"))

    def numbers(self, name: str, values: pd.Series[Any] | np.ndarray[Any, Any]) -> None:
        """Add a column of numbers of six or seven digits."""
        known = pd.to_numeric(pd.Series(values), errors="coerce").astype("Float64")
        self._add(name, "f32", known.to_numpy(dtype="<f4", na_value=np.nan))

    def texts(self, name: str, values: pd.Series[Any]) -> None:
        """Add a column of strings, as a list of choices where many are the same."""
        codes, distinct = pd.factorize(values.astype(object), use_na_sentinel=True)
        if len(distinct) > max(32, self._rows // 2):
            self._add_long(name, values)
            return
        kind = "<u1" if len(distinct) < 2**8 else "<u2" if len(distinct) < 2**16 else "<u4"
        self._add(name, "choice", (codes + 1).astype(kind))
        self._columns[name]["size"] = np.dtype(kind).itemsize
        self._columns[name]["choices"] = [clean(text) for text in distinct]

    def pack(self, extra: Mapping[str, Any]) -> str:
        """Return all columns, and what else the page should know, as base64 text."""
        head = {"rows": self._rows, "columns": self._columns, **extra}
        # Lone surrogates cannot be written as UTF-8: JSON's own escapes carry them.
        text = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode()
        start = -(4 + len(text)) % 8
        body = b"".join([len(text).to_bytes(4, "little"), text, b" " * start, *self._parts])
        # No file name and no time in it: the same input gives the same bytes.
        return base64.b64encode(gzip.compress(body, compresslevel=6, mtime=0)).decode()

    def _add_long(self, name: str, values: pd.Series[Any]) -> None:
        missing = values.isna().to_numpy()
        texts = [
            b"" if gone else clean(text).encode("utf-8", "replace")
            for text, gone in zip(values.tolist(), missing, strict=True)
        ]
        ends = np.cumsum([len(text) for text in texts], dtype="<u4")
        self._add(name, "text", ends)
        self._columns[name]["bytes"] = self._append(b"".join(texts))

    def _add(self, name: str, kind: str, values: np.ndarray[Any, Any]) -> None:
        self._columns[name] = {"kind": kind, "at": self._append(values.tobytes())}

    def _append(self, data: bytes) -> int:
        at = self._length
        padded = data + b"\0" * (-len(data) % 8)
        self._parts.append(padded)
        self._length += len(padded)
        return at


def clean(text: object) -> str:
    """Make a string fit to show: no control characters, no endless length."""
    words = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", str(text))
    if len(words) <= LONGEST_TEXT:
        return words
    return f"{words[:LONGEST_TEXT]} \N{HORIZONTAL ELLIPSIS} [+{len(words) - LONGEST_TEXT:,}]"
