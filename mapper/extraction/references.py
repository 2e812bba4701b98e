"""How Arabic and Kurdish refer to an event: as told before ("the blast"), or as another one.

The article and the endings that say so are part of the words; the rest is in the
lexicon (``referring`` in ``modality.*.yml``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from mapper.extraction import phrases
from mapper.extraction.events import Trigger
from mapper.extraction.phrases import Phrases
from mapper.extraction.sentences import Tokens, fold


class Reference(NamedTuple):
    """How a clause refers to its event; all False where nothing is said, as in English."""

    is_definite: bool = False
    is_separate: bool = False
    is_elsewhere: bool = False
    is_part: bool = False
    is_plural: bool = False
    goes_on: bool = False


_NOTHING = Reference()


def of(tokens: Tokens, span: tuple[int, int], main: Trigger, *, language: str) -> Reference:
    """Return how a clause ``tokens[span]`` refers to the event of its main trigger."""
    if language == "en":
        return _NOTHING
    told = _words(language)
    opening = tokens.part(span[0], span[0] + _OPENING)
    kinds = {hit.value for hit in told.find(opening)}
    before = {hit.value for hit in told.find(tokens.part(max(span[0], main.first - 2), main.first))}
    reach = _OTHER[language]
    end = min(span[1], main.last + reach)
    behind = {hit.value for hit in told.find(tokens.part(main.last, end))}
    noun = tokens.part(main.first, main.last)
    is_known = any(_is_known(tokens, n, language) for n in range(main.first, main.last))
    is_known = is_known and not main.meaning.agent
    is_elsewhere = "elsewhere" in kinds
    # "Killed another two" is no other killing.
    is_counted = bool({"next", "another"} & behind) and not main.meaning.outcome
    is_plural = any(hit.value == "several" for hit in told.find(noun))
    scene = [hit for hit in told.find(tokens.part(span[0], span[1])) if hit.value in _SCENES]
    is_known = is_known or any(
        hit.value == "scene"
        or _is_known(tokens, span[0] + hit.first, language)
        or (language == "kmr" and fold(tokens[span[0] + hit.first].text) == "bûyer")
        for hit in scene
    )
    is_definite = is_known or "this" in before
    return Reference(
        is_definite=is_definite and not is_elsewhere,
        is_separate=is_elsewhere or (is_counted and not is_definite),
        is_elsewhere=is_elsewhere,
        is_part=bool({"first", "next"} & behind),
        is_plural=is_plural and not main.meaning.agent,
        goes_on=not is_counted and "first" not in behind and _goes_on(told, opening),
    )


def _goes_on(told: Phrases[str], opening: Tokens) -> bool:
    """Whether the teller goes on about what he told: "The source added that ..."."""
    first = [hit for hit in told.find(opening.part(0, 2)) if hit.value == "further"]
    return bool(first) and opening[0].start > 0


# How many words behind an event may say that it is another; Kurdish has "other" close by.
_OTHER = {"ar": 3, "ckb": 2, "kmr": 2}
# How many words of a clause may say that it moves on to something else.
_OPENING = 6


# "At the scene of the attack"; "in the incident", where the word is written as known.
_SCENES = ("scene", "happening")


def _is_known(tokens: Tokens, at: int, language: str) -> bool:
    """Whether a word is written as known: with the article in Arabic, its ending in Sorani.

    Kurmanji has none but where it says "in": "di êrîşê de", in the attack; one is "êrîşekê".
    """
    token = tokens[at]
    written = fold(token.text)
    if language == "kmr":
        is_inside = tokens.words[at + 1 : at + 2] in (["de"], ["da"])
        is_with = tokens.words[max(0, at - 1) : at] == ["bi"]  # "With drones"
        is_known = written.endswith("ê") and not written.endswith("ekê")
        return is_inside and is_known and not is_with
    if language == "ar":
        whole = token.end - token.start
        article = written[-whole:].removesuffix(token.lower)
        return article in {"ال", "ل"} and whole > len(token.lower)
    return language == "ckb" and bool(_KNOWN.search(written))


_ENDINGS = "|".join(map(fold, ("ی", "دا", "یان", "یش", "یشی")))
_KNOWN = re.compile(f"{fold('ەکە')}(?:{_ENDINGS})?$")


@cache
def _words(language: str) -> Phrases[str]:
    raw = phrases.load(f"modality.{language}.yml")["referring"]
    return Phrases((pattern, name) for name, listed in raw.items() for pattern in listed)
