"""Sentences, words and the way back to the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.extraction import sentences

CASES = [
    ("The U.S. Army said so. It left.", ["The U.S. Army said so.", "It left."]),
    (
        "Maj. Gen. Pat Ryder spoke on Jan. 3. He left.",
        ["Maj. Gen. Pat Ryder spoke on Jan. 3.", "He left."],
    ),
    ("It happened in the U.S. The army left.", ["It happened in the U.S.", "The army left."]),
    ("“We fired.” They left.", ["“We fired.”", "They left."]),
    ("Bomb kills two\nA bomb killed two.", ["Bomb kills two", "A bomb killed two."]),
    (
        "Bomb kills two in\nMosul today. Two died.",
        ["Bomb kills two in", "Mosul today.", "Two died."],
    ),
    ("A bomb killed\ntwo people.", ["A bomb killed two people."]),
    ("Iraq #39;s army &amp; police", ["Iraq's army & police"]),
    ("central\\Baghdad  was &lt;b&gt;hit&lt;/b&gt;", ["central Baghdad was  hit "]),
    ("قتل ثلاثة. أصيب اثنان؟ نعم", ["قتل ثلاثة.", "أصيب اثنان؟", "نعم"]),
    ("About 2.5 tons of No. 3 fuel.", ["About 2.5 tons of No. 3 fuel."]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    document = sentences.read(text)
    found = [document.text[s.start : s.end].strip() for s in document.sentences]
    assert found == [sentence.strip() for sentence in expected]


def test_title() -> None:
    document = sentences.read("Bomb kills two\n\nA bomb killed two people. It was big.")
    assert [s.is_title for s in document.sentences] == [True, False, False]


def test_way_back_through_mended_damage() -> None:
    text = "Iraq #39;s army  left\\Kirkuk . It was\nquiet."
    document = sentences.read(text)
    start = document.text.index("Kirkuk")
    assert text[slice(*document.raw_span(start, start + 6))] == "Kirkuk"
    last = document.sentences[-1]
    assert text[slice(*document.raw_span(last.start, last.end))] == "It was\nquiet."


@given(st.text(alphabet="aB. \n#39;&quotlt\\<>“”'\u200f،؟ا", max_size=120))
def test_every_sentence_lies_in_the_text(text: str) -> None:
    document = sentences.read(text)
    last = 0
    for sentence in document.sentences:
        start, end = document.raw_span(sentence.start, sentence.end)
        assert last <= start < end <= len(text)
        last = start
