"""Names with one typing error are found, all of them and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import typos
from gazetteer.typos import Typos

# Two letters make many words that are one error apart.
_WORDS = st.text(alphabet="tk", min_size=5, max_size=9)


@given(st.lists(_WORDS, max_size=40, unique=True), _WORDS)
def test_every_name_one_error_away_is_found(names: list[str], written: str) -> None:
    slowly = [n for n in names if len(n) >= 6 <= len(written) and typos._is_typo(written, n)]
    assert Typos(names).near(written) == slowly


@pytest.mark.parametrize(
    "written", ["bagdad", "baghhdad", "baghdat", "abghdad", "bahgdad", "baghadd", "baghdda"]
)
def test_each_kind_of_error(written: str) -> None:
    assert Typos(["mosul", "baghdad", "baghuz tahtani"]).near(written) == ["baghdad"]


@pytest.mark.parametrize("written", ["baghdad", "baghd", "baghdaaad", "baghdadi"])
def test_what_is_no_single_error(written: str) -> None:
    assert Typos(["baghdad"]).near(written) == []


def test_a_short_name_keeps_its_first_letter() -> None:
    assert Typos(["hetite", "samarra"]).near("petite") == []
    assert Typos(["hetite", "samarra"]).near("damarra") == ["samarra"]


def test_a_father_is_no_clan() -> None:
    assert Typos(["albu hassan", "البو حسن"]).near("abu hassan") == []
    assert Typos(["albu hassan", "البو حسن"]).near("ابو حسن") == []
    assert Typos(["albu hassan"]).near("albu hasan") == ["albu hassan"]
