"""What happened, and what was only said to."""

from __future__ import annotations

import pytest

from mapper.extraction import events, phrases, sentences
from mapper.schema import EVENT_TYPES

CASES = [
    ("A car bomb exploded", "Remote explosive/landmine/IED"),
    ("killing ten after a car bomb exploded", "Remote explosive/landmine/IED"),
    ("A suicide attacker detonated a car bomb", "Suicide bomb"),
    ("US warplanes fired on targets", "Air/drone strike"),
    ("Police discovered a land attack cruise missile", "Disrupted weapons use"),
    ("A missile was later found", "Disrupted weapons use"),
    ("Police defused a roadside bomb", "Disrupted weapons use"),
    ("troops recaptured the town after clashes", "Government regains territory"),
    ("Gunmen kidnapped an engineer", "Abduction/forced disappearance"),
    ("protesters clashed with police", "Violent demonstration"),
    ("police opened fire on protesters", "Excessive force against protesters"),
    ("police used tear gas to disperse demonstrators", "Protest with intervention"),
    ("a blast was heard", None),
]


@pytest.mark.parametrize(("text", "sub_event_type"), CASES)
def test_type(text: str, sub_event_type: str | None) -> None:
    main = events.main(events.find(sentences.read(text).sentences[0].tokens))
    assert main is not None
    assert main.meaning.sub_event_type == sub_event_type


NOTHING = [
    "The ministry denied that gunmen kidnapped an engineer",
    "Militants threatened to attack the city",
    "He called for protests",
    "Police foiled a plot to bomb the shrine",
    "Troops may storm the town",
    "to commemorate the assassination of the commander",
    "accused of bombing a market",
    "a video showing militants beheading a hostage",
    "A bombing would cut exports",
    "He had a heart attack",
    "Forces are preparing to retake the city",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_happened(text: str) -> None:
    assert events.main(events.find(sentences.read(text).sentences[0].tokens)) is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_lexicon_keeps_to_the_schema(language: str) -> None:
    raw = phrases.load(f"events.{language}.yml")
    subs = {sub for listed in EVENT_TYPES.values() for sub in listed}
    for entry in [*raw["triggers"], *raw["pairs"]]:
        assert entry.get("sub") in subs or entry["type"] in EVENT_TYPES
    for pair in raw["pairs"]:
        named = set(raw["groups"]) | {
            name for entry in raw["triggers"] for name in entry.get("as", ())
        }
        assert {pair["first"], pair["then"]} <= named
