"""What uses the words of events and is none: accidents, crimes, sport, a weapon only named."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mapper.extraction import events, phrases
from mapper.extraction.events import Trigger
from mapper.extraction.phrases import Phrases, RuleWords
from mapper.extraction.sentences import Tokens, fold

_words = RuleWords("matters")


def is_other_matter(tokens: Tokens, main: Trigger, *, language: str = "en") -> bool:
    """Whether a sentence tells of an accident or of sport, in words that events use too."""
    words = tokens.words
    matters = _other_matters(language)
    is_ruin = main.meaning.sub_event_type == "Looting/property destruction"
    is_open = main.meaning.outcome or is_ruin or main.word in _words["sweeps"]
    is_body = main.word.startswith("جث")  # found in a river, of one who drowned
    is_accident = (is_open or is_body) and not matters["accidents"].isdisjoint(words)
    if is_open or (language != "en" and main.meaning.sub_event_type in ("Attack", None)):
        is_accident = is_accident or bool(_mishaps(language).find(tokens))
    if is_accident and not _words["fired"].isdisjoint(words):
        is_accident = False  # "A rocket crashed into a house."
    is_crime = main.meaning.sub_event_type == "Arrests" and (
        not matters["crimes"].isdisjoint(words) or bool(_mishaps(language).find(tokens))
    )
    is_crime = is_crime and _words["terror"].isdisjoint(words)
    is_canvass = main.word in _words["rallies"] and not matters.get("canvass", _NONE).isdisjoint(
        words
    )
    is_match = len(matters["sports"].intersection(words)) > 1 and _is_played(main, matters)
    is_match = is_match and _words["dead"].isdisjoint(words)
    is_penalty = main.word in _words["put_to_death"] and not matters.get(
        "penalties", _NONE
    ).isdisjoint(words)
    return is_accident or is_crime or is_canvass or is_match or is_penalty


def is_thing(word: str, language: str) -> bool:
    """Whether a word that reports events only names a weapon, or those harmed."""
    return word in _things(language)


@cache
def _things(language: str) -> frozenset[str]:
    return frozenset(map(fold, phrases.load(f"events.{language}.yml").get("things", ())))


def tells_of_mishap(tokens: Tokens) -> bool:
    """Whether an English sentence tells of an accident, and of nothing that somebody did."""
    triggers = events.find(tokens)
    if any(not (t.meaning.outcome or t.meaning.vague) for t in triggers):
        return False
    is_accident = not _other_matters("en")["accidents"].isdisjoint(tokens.words)
    return is_accident or bool(_mishaps("en").find(tokens))


def tells_of_violence(tokens: Tokens) -> bool:
    """Whether an English sentence tells of something that somebody did to others."""
    return any(not (t.meaning.outcome or t.meaning.vague or t.doubt) for t in events.find(tokens))


def _is_played(main: Trigger, matters: Mapping[str, frozenset[str]]) -> bool:
    """Whether reports on sport use the word too; bodies in a stadium are no sport.

    Where a lexicon does not list such words, they are those that leave open what happened.
    """
    meaning = main.meaning
    if "played" in matters:
        is_open = main.word.startswith(tuple(matters["played"]))
    else:
        is_open = meaning.target or meaning.vague or meaning.sub_event_type is None
    return is_open or meaning.event_type == "Protests"


_NONE: frozenset[str] = frozenset()


@cache
def _other_matters(language: str) -> dict[str, frozenset[str]]:
    raw = phrases.load(f"events.{language}.yml")["other_matters"]
    return {
        name: frozenset(fold(" ".join(listed)).split())
        for name, listed in raw.items()
        if name != "mishaps"
    }


@cache
def _mishaps(language: str) -> Phrases[bool]:
    raw = phrases.load(f"events.{language}.yml")["other_matters"]
    return Phrases((words, True) for words in raw.get("mishaps", ()))
