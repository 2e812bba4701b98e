"""Texts and pages that are made to be slow take time in proportion to their length.

Each is read short and four times as long, in the same run; what takes more than
four times the time, and more than an honest text of that length, is not linear.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

import gazetteer
from mapper.errors import ReadError
from mapper.extraction import extract
from mapper.merging import clues
from mapper.readers import read_articles

HONEST = "A car bomb killed three people and wounded seven in Hilla on Wednesday, police said. "
TOWNS = ["Mosul", "Basra", "Kirkuk", "Tikrit", "Ramadi", "Baquba", "Samarra", "Najaf"]
REPEATED = {
    "digits": "9",
    "grouped digits": "1,234.",
    "quotation marks": '"',
    "apostrophes": "'",
    "curly apostrophes": "’",
    "commas": ",",
    "full stops": ".",
    "sentences of nothing": ". ",
    "open brackets": "(",
    "closed brackets": ")",
    "names": "Ali Hadi ",
    "one word": "a",
    "one capital word": "A",
    "capital words": "BAGHDAD ",
    "blanks": " ",
    "tabs": "\t",
    "line ends": "\n",
    "blank lines": " \n",
    "lines of a word": "a\n",
    "angle brackets": "<",
    "tags that never end": "<a",
    "escaped tags that never end": "&lt;a",
    "entities": "&quot;",
    "broken entities": "#39;",
    "ampersands": "&",
    "backslashes": "\\",
    "hyphens": "-",
    "articles": "al-",
    "initials": "a.",
    "abbreviations": "U.S. ",
    "no characters": "\x00",
    "invisible characters": "\u200b",
    "vowel signs": "ب\u064e",
    "accents": "e\u0301",
    "letters that grow in lower case": "İraq ",
    "pictures": "💥",
    "Arabic without a full stop": "انفجار في بغداد ",
    "Arabic prefixes": "و",
    "Arabic prefixed words": "وبالوبالوبال ",
    "Sorani": "کوژران لە هەولێر ",
    "Sorani letters": "ێ",
    "Kurmanji": "li Hewlêrê hatin kuştin û ",
    "tolls": "killed five and ",
    "wounded": "five wounded, ",
    "places": "bombs in Mosul and ",
    "offsets": "12 km south of ",
    "directions": "north of Baghdad ",
    "between": "between Mosul and Tikrit ",
    "villages": "village of Albu ",
    "the capital": "the capital ",
    "relative clauses": "which in Mosul ",
    "days": "on January 5, 2004 and ",
    "months": "January ",
    "weekdays": "last last Monday ",
    "half a date": "2004-01-0",
    "speech": "said on Monday, ",
    "parts": "five of his guards, including ",
    "numbers": "two hundred thousand ",
    "dozens": "dozens of ",
    "retellings": "The attack came after the attack. ",
    "events": "A bomb killed five in Mosul. ",
}
TEXTS: dict[str, Callable[[int], str]] = {
    name: (lambda n, piece=piece: piece * (n // len(piece)))  # type: ignore[misc]
    for name, piece in REPEATED.items()
} | {
    "blanks between": lambda n: "killed" + " " * n + "Baghdad",
    "full stops and a word": lambda n: "." * n + "killed",
    "brackets in brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "an event a sentence": lambda n: " ".join(
        f"A bomb killed {at % 90 + 2} in {TOWNS[at % 8]}." for at in range(n // 28)
    ),
    "a title and a list": lambda n: "x" * 200 + "\n" + "b " * (n // 2),
}
LEAD = f"<p>{HONEST}</p>"
PAGES = {
    "deep": "<div>",
    "deep lists": "<ul><li>",
    "deep tables": "<table><tr><td>",
    "crossed tags": "<b><p></b>",
    "open forms of text": "<i><b><u><p>",
    "paragraphs of a letter": "<p class=a>x</p>",
    "paragraphs": "<p>one two three four five six seven ",
    "line ends": "<br>",
    "links": "<a href=/x>menu of things</a>",
    "links in links": "<div><a href=/x>menu</a>",
    "declarations": "<meta property='a' content='b'>",
    "titles": "<title>a | b</title>",
    "headings": "<h1>a</h1>",
    "times": "<time datetime='2024-01-05'>x</time>",
    "entities": "&amp;",
    "broken entities": "&",
    "open scripts": "<script>",
    "script ends": "</script",
    "open facts": "<script type=application/ld+json>{}",
    "open comments": "<!--",
    "sections": "<![CDATA[",
    "doctypes": "<!DOCTYPE [ ",
    "angle brackets": "<",
    "tags that never end": "<a",
    "templates": "<template><p>x",
    "options": "<select><option>x",
}
LONGER = 4
# Quadratic time would be sixteen times; a busy machine makes a ratio of four uncertain.
SUSPECT = 9


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.load("core")


@pytest.mark.parametrize("name", TEXTS)
def test_time_for_a_text_grows_with_its_length_only(name: str, gaz: gazetteer.Gazetteer) -> None:
    def seconds(text: str) -> float:
        begun = time.process_time()
        extract(text, gaz, published="2024-01-05")
        return time.process_time() - begun

    text = TEXTS[name]
    _assert_linear(seconds, text, honest=HONEST * (6_000 // len(HONEST)))


@pytest.mark.parametrize("name", PAGES)
def test_time_for_a_page_grows_with_its_length_only(name: str) -> None:
    def seconds(markup: str) -> float:
        begun = time.process_time()
        with suppress(ReadError):  # said in one line, which other tests read
            read_articles(f"<html><body>{markup}{LEAD}".encode(), name="a page")
        return time.process_time() - begun

    def markup(length: int) -> str:
        return PAGES[name] * (2 * length // len(PAGES[name]))

    _assert_linear(seconds, markup, honest=LEAD * (12_000 // len(LEAD)))


def _assert_linear(
    seconds: Callable[[str], float], hostile: Callable[[int], str], *, honest: str
) -> None:
    seconds(honest)  # what is read once, such as the lexicons
    short, long = seconds(hostile(6_000)), seconds(hostile(LONGER * 6_000))
    if long > SUSPECT * short:  # a second look, as another program may have interfered
        short, long = seconds(hostile(6_000)), min(long, seconds(hostile(LONGER * 6_000)))
    assert long < SUSPECT * short or long < 2 * LONGER * seconds(honest)


@pytest.mark.parametrize("number", ["9" * 6000, "0" * 6000, "٣" * 6000, "²", "③", "½"])
@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed {n} civilians in Mosul on Monday, police in Iraq said.",
        "A total of {n} people died in {n} bombings in Baghdad in {n} days.",
        "قتل {n} مدنيين في الموصل يوم {n} كانون الثاني {n}",
    ],
)
def test_digits_that_are_no_number(gaz: gazetteer.Gazetteer, text: str, number: str) -> None:
    text = text.replace("{n}", number)
    assert len(extract(text, gaz)) <= 1
    clues.read(text, place="Mosul", actor="", sub_event_type="Arrests")
