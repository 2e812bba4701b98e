"""Who acted and who was acted upon, by the reviewed list of actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from mapper.extraction import phrases
from mapper.extraction.events import Trigger
from mapper.extraction.phrases import Hit, Phrases
from mapper.extraction.sentences import Token, fold


@dataclass(frozen=True, slots=True)
class Actor:
    """One entry of the reviewed list. ``is_vague`` entries ("gunmen") give way to named ones."""

    name: str
    side: str
    is_vague: bool


_BY = frozenset({"by", "من", "لەلایەن"})
_BEING = frozenset({"was", "were", "been", "being", "are", "is"})


def read(tokens: Sequence[Token], trigger: Trigger) -> tuple[str | None, str | None]:
    """Return who acted and who was acted upon in a clause, each None where not told."""
    hits = [hit for hit in _actors().find(tokens) if not _speaks(tokens, hit) and _is_name(tokens, hit)]
    by = next((hit for hit in hits if hit.first and tokens[hit.first - 1].lower in _BY), None)
    before = [hit for hit in hits if hit.last <= trigger.first]
    after = [hit for hit in hits if hit.first >= trigger.first and hit is not by]
    if by is not None:
        victim = before[-1] if before else (after[0] if after else None)
        return by.value.name, victim.value.name if victim else None
    if _is_passive(tokens, trigger):
        return None, _best(before)
    first = _best(before[-2:])
    second = next((hit.value.name for hit in after if hit.value.name != first), None)
    return first, second


def _best(hits: list[Hit[Actor]]) -> str | None:
    named = [hit for hit in hits if not hit.value.is_vague]
    chosen = (named or hits)[-1:]
    return chosen[0].value.name if chosen else None


def _is_passive(tokens: Sequence[Token], trigger: Trigger) -> bool:
    window = [token.lower for token in tokens[max(0, trigger.first - 3) : trigger.first]]
    return bool(_BEING & set(window)) and tokens[trigger.first].lower.endswith(("ed", "en", "shot", "und"))


def _speaks(tokens: Sequence[Token], hit: Hit[Actor]) -> bool:
    """Whether an actor is only the one who tells: "police said", "a US military spokesman"."""
    after = [token.lower for token in tokens[hit.last : hit.last + 2]]
    before = [token.lower for token in tokens[max(0, hit.first - 2) : hit.first]]
    return any(word in _speech() for word in (*after, *before[-1:])) or "according" in before


def _is_name(tokens: Sequence[Token], hit: Hit[Actor]) -> bool:
    """Whether "IS" and "US" are written as names, not the words "is" and "us"."""
    word = tokens[hit.first]
    return hit.last - hit.first > 1 or word.lower not in {"is", "us"} or word.text.isupper()


@cache
def _actors() -> Phrases[Actor]:
    raw = phrases.load("actors.yml")["actors"]
    return Phrases(
        (str(words), Actor(entry["name"], entry["side"], bool(entry.get("vague"))))
        for entry in raw
        for words in entry["words"]
    )


@cache
def _speech() -> frozenset[str]:
    return frozenset(fold(word) for word in phrases.load("actors.yml")["speech"])
