"""The declared columns and their check."""

from __future__ import annotations

import pandas as pd
import pytest

from mapper.errors import SchemaError
from mapper.schema import AREAS, INCIDENTS, LOCATED, check, empty, same_text


@pytest.mark.parametrize("columns", [INCIDENTS, LOCATED[:-1], AREAS[:-1]])
@pytest.mark.parametrize("rows", [0, 3])
def test_an_empty_frame_passes(columns: tuple, rows: int) -> None:
    frame = empty(columns, rows)
    check(frame, columns, "frame")
    assert len(frame) == rows


@pytest.mark.parametrize("rows", [0, 1, 2**16 - 1, 2**16, 2**17 + 3])
@pytest.mark.parametrize("text", ["a.csv", None])
def test_every_row_has_the_same_text(rows: int, text: str | None) -> None:
    column = same_text(text, pd.RangeIndex(rows))
    pd.testing.assert_series_equal(column, pd.Series([text] * rows, dtype="str"))


@pytest.mark.parametrize("column", INCIDENTS, ids=lambda column: column.name)
def test_every_missing_column_is_named(column: object) -> None:
    with pytest.raises(SchemaError, match=f"incidents has no column {column.name!r}"):
        check(empty(INCIDENTS).drop(columns=column.name), INCIDENTS, "incidents")


@pytest.mark.parametrize(
    ("name", "value"),
    [("killed", "three"), ("date", "2024-01-05"), ("longitude", "44.4"), ("date_inferred", "no")],
)
def test_a_wrong_kind_is_named(name: str, value: object) -> None:
    frame = empty(INCIDENTS, 1).assign(**{name: [value]})
    with pytest.raises(SchemaError, match=f"{name!r} should hold"):
        check(frame, INCIDENTS, "incidents")


def test_a_word_that_is_not_ours_is_named() -> None:
    frame = empty(INCIDENTS, 2).assign(geo_precision=pd.Series(["adm1", "town"], dtype="str"))
    with pytest.raises(SchemaError, match="row 1: 'town' is none of exact, site"):
        check(frame, INCIDENTS, "incidents")


def test_every_column_says_what_it_means() -> None:
    for column in (*LOCATED, *AREAS):
        assert column.meaning and column.kind in {
            "text",
            "count",
            "number",
            "flag",
            "date",
            "geometry",
        }
