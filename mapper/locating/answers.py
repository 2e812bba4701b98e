"""What is found out about where a row lies, one by one and as a frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

CONTRADICTED_SCORE = 0.6
"""Of a place that something else in its row contradicts."""

_DTYPES = {
    "status": "str",
    "place_id": "str",
    "place_name": "str",
    "level": "str",
    "adm1_pcode": "str",
    "adm2_pcode": "str",
    "adm3_pcode": "str",
    "precision": "str",
    "radius_km": "Float64",
    "method": "str",
    "score": "Float64",
    "why": "str",
    "candidates": "str",
    "contradiction_km": "Float64",
    "x": "float64",
    "y": "float64",
    "confirmed": "bool",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a row lies, and why we think so. ``x`` and ``y`` are the point's degrees, if any.

    ``confirmed``: another column names what holds the place, so two names agree.
    """

    status: str
    why: str
    place_id: str | None = None
    place_name: str | None = None
    level: str | None = None
    adm1_pcode: str | None = None
    adm2_pcode: str | None = None
    adm3_pcode: str | None = None
    precision: str | None = None
    radius_km: float | None = None
    method: str | None = None
    score: float | None = None
    candidates: str | None = None
    contradiction_km: float | None = None
    x: float | None = None
    y: float | None = None
    confirmed: bool = False


def as_frame(answers: Iterable[Answer]) -> pd.DataFrame:
    """Return answers as a frame, one row an answer, one column a field."""
    return typed(pd.DataFrame([asdict(answer) for answer in answers], columns=list(_DTYPES)))


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns their types, which pandas loses where all values are missing."""
    return frame.astype(_DTYPES)


def overrule(frame: pd.DataFrame, rows: pd.Series[bool], by: pd.DataFrame) -> pd.DataFrame:
    """Return a frame in which some rows come from another frame of the same index."""
    if not rows.any():
        return frame
    if rows.all():
        return by
    return typed(
        pd.DataFrame({name: frame[name].where(~rows, by[name]) for name in _DTYPES}, frame.index)
    )
