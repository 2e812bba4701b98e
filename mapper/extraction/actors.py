"""Who acted and who was acted upon, by the reviewed list of actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from mapper.extraction import arabic, phrases
from mapper.extraction.events import Trigger
from mapper.extraction.languages import KURDISH
from mapper.extraction.phrases import Hit, Phrases
from mapper.extraction.sentences import Tokens, fold


@dataclass(frozen=True, slots=True)
class Actor:
    """One entry of the reviewed list. ``is_vague`` entries ("gunmen") give way to named ones."""

    name: str
    side: str
    is_vague: bool


_BY = frozenset(
    map(
        fold,
        (
            "by",
            "رصاص",
            "برصاص",
            "نيران",
            "بنيران",
            "يد",
            "قبل",
            "نفذه",
            "نفذها",
            "نفذته",
            "شنه",
            "شنها",
            "شنته",
        ),
    )
) | frozenset(map(fold, ("لەلایەن", "لە لایەن", "aliyê", "alîyê", "hêla", "destê")))
_BEING = frozenset({"was", "were", "been", "being", "are", "is"})


def read(
    tokens: Tokens,
    trigger: Trigger,
    span: tuple[int, int],
    *,
    told_by: Sequence[tuple[int, int]] = (),
    language: str = "en",
) -> tuple[Actor | None, Actor | None]:
    """Return who acted and who was acted upon in a clause, each None where not told.

    ``trigger`` is the first word of the clause ``tokens[span]`` that reports an event;
    ``told_by`` are the words that only say who tells.
    """
    hits = [
        hit
        for hit in _actors().find(tokens)
        if span[0] <= hit.first < span[1]
        if not any(first <= hit.first < last for first, last in told_by)
        if _is_name(tokens, hit) and not _speaks(tokens, hit)
    ]
    by = next((hit for hit in hits if _is_agent(tokens, hit)), None)
    before = [hit for hit in hits if hit.first < trigger.first]
    after = [hit for hit in hits if hit.first >= trigger.first and hit is not by]
    if language in KURDISH and trigger.meaning.outcome and trigger.word not in _words("kills"):
        return by and by.value, _best([hit for hit in before if hit is not by])
    if by is None and language in KURDISH and before and not after:
        return _verb_last(before, trigger)
    if by is None and after and language != "en":
        # "The attack of", and in Arabic the verb, stand before who did it.
        reach = _SUBJECT if trigger.word in _words("verbs") else 0
        # Those inside the words of an arrest are taken: "toppled three terrorists".
        least = 0 if trigger.meaning.sub_event_type == "Arrests" else -_SUBJECT
        by = next((h for h in after[:1] if least <= h.first - trigger.last <= reach), None)
        after = [hit for hit in after if hit is not by]
    if by is not None:
        victims = [hit for hit in before if hit is not by] or after
        return by.value, _best(victims)
    if _is_passive(tokens, trigger):
        return None, _best(before)
    first = _best(before[-2:])
    others = [hit for hit in after if first is None or hit.value.name != first.name]
    return first, _best(others[:2][::-1])


# How many words may stand between an Arabic verb and who did it: "a number of gunmen of".
_SUBJECT = 3


def _verb_last(before: list[Hit[Actor]], trigger: Trigger) -> tuple[Actor | None, Actor | None]:
    """Return who acted and who was acted upon before a Kurdish verb, in this order."""
    # "Gunmen of Islamic State" are Islamic State.
    before = [
        hit
        for n, hit in enumerate(before)
        if not (hit.value.is_vague and any(other.first == hit.last for other in before[n + 1 :]))
    ]
    first, last = before[0].value, before[-1].value
    if first.name != last.name:
        return first, last
    is_object = trigger.meaning.outcome or (
        trigger.meaning.sub_event_type == "Arrests" and first.side == "insurgent"
    )
    return (None, first) if is_object else (first, None)


def fighters() -> frozenset[str]:
    """Return the nouns for people who fight, and what is theirs."""
    return _words("fighters")


def names_post(tokens: Tokens) -> bool:
    """Whether Arabic or Kurdish words name a post, convoy or base of those who fight."""
    return bool(_posts().find(tokens))


@cache
def _posts() -> Phrases[bool]:
    return Phrases((words, True) for words in phrases.load("actors.yml")["posts"])


def _is_agent(tokens: Tokens, hit: Hit[Actor]) -> bool:
    """Whether "by" makes an actor the one who acted, not one who helped: "backed by"."""
    before = tokens.words[max(0, hit.first - 2) : hit.first]
    if before[-1:] == ["ل"] and before[0] in _words("deeds"):
        return True  # In Arabic: "an attack of".
    first = hit.first - (2 + (before[:1] == ["the"]))  # "by the Kurdish peshmerga"
    for at in range(max(0, first), hit.first):
        if tokens[at].lower in _BY:
            return at == 0 or tokens[at - 1].lower not in _HELPED
    return False


_HELPED = frozenset(
    [
        "backed",
        "supported",
        "led",
        "followed",
        "aided",
        "accompanied",
        "flanked",
        "helped",
        "joined",
        "guarded",
        "used",
    ]
)


def _best(hits: list[Hit[Actor]]) -> Actor | None:
    """Return the last of the named actors, else of all."""
    named = [hit for hit in hits if not hit.value.is_vague]
    chosen = (named or hits)[-1:]
    return chosen[0].value if chosen else None


_GOES_ON = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "after",
        "when",
        "near",
        "outside",
        "during",
        "while",
        "as",
        "and",
        ",",
        ".",
        ";",
        ":",
        "-",
    ]
)


def _is_passive(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether what stands before the trigger suffered it: "was killed", "killed in"."""
    word = tokens[trigger.last - 1].lower
    if word in _words("dying"):
        return True  # "Two soldiers died": they did nothing.
    if tokens[trigger.first].lower in _PARTICIPLES:
        word = "taken"  # "was taken into custody"
    if not word.endswith(("ed", "dead", "shot", "slain", "hostage", "hurt", "hit", "taken")):
        return False
    window = set(tokens.words[max(0, trigger.first - 3) : trigger.first])
    after = tokens[trigger.last].lower if trigger.last < len(tokens) else "."
    return bool(_BEING & window) or (trigger.meaning.event_type != "Battles" and after in _GOES_ON)


_PARTICIPLES = frozenset({"taken", "led", "rounded", "picked"})


def _speaks(tokens: Tokens, hit: Hit[Actor]) -> bool:
    """Whether an actor is only the one who tells: "police said", "a US military spokesman"."""
    after = tokens.words[hit.last : hit.last + 2]
    before = tokens.words[max(0, hit.first - 2) : hit.first]
    return not _words("speech").isdisjoint((*after, *before[-1:])) or "according" in before


def _is_name(tokens: Tokens, hit: Hit[Actor]) -> bool:
    """Whether "IS" and "US" are written as names, not the words "is" and "us"."""
    word = tokens[hit.first]
    return hit.last - hit.first > 1 or word.lower not in {"is", "us"} or word.text.isupper()


@cache
def _actors() -> Phrases[Actor]:
    raw = phrases.load("actors.yml")["actors"]
    return Phrases(
        (arabic.as_split(words), Actor(entry["name"], entry["side"], bool(entry.get("vague"))))
        for entry in raw
        for words in entry["words"]
    )


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases.load("actors.yml")[name])
