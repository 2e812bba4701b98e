"""Which places of nearly that name may be meant."""

from __future__ import annotations

import pytest

from gazetteer import Level, Name, Place
from gazetteer.index import Hit
from gazetteer.variants import likely_and_rivals


def _hit(id: str) -> Hit:
    return Hit(Place(id, id, Level.SETTLEMENT, adm1="IQG01"), Name(id))


@pytest.mark.parametrize(
    ("scores", "kept"),
    [
        ({"x:a": 0.9, "x:b": 0.5}, ["x:a"]),  # what is so much less likely is not meant
        ({"x:a": 0.75, "x:b": 0.5}, ["x:a", "x:b"]),
        ({"x:a": 0.6, "x:b": 0.5}, []),
    ],
)
def test_a_rival_is_hardly_less_likely(scores: dict[str, float], kept: list[str]) -> None:
    alike = [(_hit(id), score) for id, score in scores.items()]
    assert [hit.place.id for hit, _ in likely_and_rivals(alike)] == kept


def test_an_unlikely_name_of_a_likely_place_does_not_count() -> None:
    assert [score for _, score in likely_and_rivals([(_hit("x:a"), 0.9), (_hit("x:a"), 0.6)])] == [
        0.9
    ]
