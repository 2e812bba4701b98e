"""Words that report an event, what kind, and whether it is told as having happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from mapper.extraction import phrases
from mapper.extraction.phrases import Hit, Phrases, expand
from mapper.extraction.sentences import Token
from mapper.schema import EVENT_TYPES


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the lexicon says of a word: see ``lexicon/events.en.yml``."""

    event_type: str
    sub_event_type: str | None
    rank: int
    agent: bool = False
    vague: bool = False
    outcome: bool = False
    target: bool = False
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words at ``tokens[first:last]`` that report an event.

    ``doubt`` says why it did not happen, or not now (``denied``, ``planned``);
    empty for an event that did. ``is_background`` is an event that explains
    another ("after a bombing").
    """

    first: int
    last: int
    meaning: Meaning
    doubt: str = ""
    is_background: bool = False
    word: str = ""

    @property
    def rank(self) -> int:
        """How much the words tell of the type; background tells least."""
        return self.meaning.rank - 60 * self.is_background


@dataclass(frozen=True, slots=True)
class _Entry:
    meanings: tuple[Meaning, ...] = ()
    groups: frozenset[str] = frozenset()
    is_told: bool = True
    """False for words that only look as if they told of an event."""


@dataclass(frozen=True)
class _Lexicon:
    phrases: Phrases[_Entry]
    pairs: tuple[tuple[str, str, int, Meaning], ...]
    grabs: frozenset[str]
    """The first words of those that take a place."""

    openers: frozenset[str]
    """The groups of words with which pairs begin."""


@dataclass(frozen=True)
class _Modality:
    cues: Phrases[tuple[str, int]]
    resets: Phrases[bool]
    background: Phrases[bool]
    former: Phrases[bool]
    afterwards: Phrases[bool]


def find(tokens: Sequence[Token], *, language: str = "en") -> list[Trigger]:
    """Return the words that report events, in order, with their modality."""
    lexicon = _lexicon(language)
    hits = [hit for hit in lexicon.phrases.find(tokens) if hit.value.is_told]
    if not hits:
        return []
    found = [
        Trigger(hit.first, hit.last, meaning, word=_written(tokens, hit))
        for hit in hits
        for meaning in hit.value.meanings
        if not meaning.needs or any(meaning.needs in other.value.groups for other in hits)
    ]
    found += _pairs(hits, lexicon, tokens)
    found.sort(key=lambda trigger: (trigger.first, -trigger.meaning.rank))
    return _judge(found, tokens, language)


def may_seize(tokens: Sequence[Token], *, language: str) -> bool:
    """Whether a verb among the words may take a place: most sentences have none."""
    return not _lexicon(language).grabs.isdisjoint(phrases.words_of(tokens))


def seizures(
    tokens: Sequence[Token], places: Collection[int], *, language: str = "en"
) -> list[Trigger]:
    """Return the verbs that take a place whose name starts at one of some words: "seized Hit"."""
    lexicon = _lexicon(language)
    found = []
    meaning = Meaning("Battles", "Non-state actor overtakes territory", 80)
    for hit in lexicon.phrases.find(tokens):
        if "grabs" in hit.value.groups:
            between = range(hit.last, min(hit.last + 4, len(tokens)))
            at = next((n for n in between if n in places), None)
            if at is not None and all(_is_plain(tokens[n]) for n in range(hit.last, at)):
                found.append(Trigger(hit.first, hit.last, meaning, word=_written(tokens, hit)))
    return _judge(found, tokens, language) if found else []


def _is_plain(token: Token) -> bool:
    """Whether a word only leads to a name: "the town of"."""
    return token.lower in {"the", "of", "city", "town", "village", "district", "all", "nearby"}


def main(triggers: Sequence[Trigger]) -> Trigger | None:
    """Return the trigger that gives a clause its type, of those that happened.

    "Killed" says what an event did; the word that says what it was goes before,
    even from the background ("killed after a bomb exploded").
    """
    doubted = {trigger.meaning.event_type for trigger in triggers if trigger.doubt}
    real = [
        trigger
        for trigger in triggers
        if not trigger.doubt
        and not (trigger.meaning.agent and trigger.meaning.event_type in doubted)
    ]
    events = [t for t in real if not t.meaning.outcome and not t.is_background]
    if any(t.meaning.outcome and not t.is_background for t in real):
        # "In the violence, gunmen killed a judge": the killing, not the violence.
        events = [t for t in events if not t.meaning.vague]
    causes = [t for t in real if not t.meaning.outcome]
    outcomes = [t for t in real if t.meaning.outcome and not t.is_background]
    weak = {"Protests", "Strategic developments"}
    strong_causes = [
        t for t in causes if t.meaning.event_type not in weak or t.is_background is False
    ]
    for group in (events, strong_causes if outcomes else [], outcomes, causes, real):
        if group:
            return max(group, key=lambda t: (t.rank, -t.first))
    return None


def _pairs(hits: list[Hit[_Entry]], lexicon: _Lexicon, tokens: Sequence[Token]) -> list[Trigger]:
    """Return the triggers made by two words together: "found ... missile"."""
    found = []
    for n, hit in enumerate(hits[:-1]):
        if hit.value.groups.isdisjoint(lexicon.openers):
            continue
        for first, then, within, meaning in lexicon.pairs:
            if first not in hit.value.groups:
                continue
            for other in hits[n + 1 :]:
                if other.first - hit.last > within:
                    break
                between = tokens[hit.last : other.first]
                if then in other.value.groups and not _parted(between, _BARS.get(first, _STOPS)):
                    word = tokens[(hit if first == "weapons" else other).last - 1].lower
                    found.append(Trigger(hit.first, other.last, meaning, word=word))
                    break
    return found


def _parted(between: Sequence[Token], bars: frozenset[str]) -> bool:
    return any(token.lower in bars for token in between)


_STOPS = frozenset({";", ":"})
# What may not stand between the words of a pair: "found that a drone had ...".
_BARS = {
    "finds": _STOPS | {"that", "who", "when", "after", "dead"},
    "grabs": _STOPS | {"in", "at", "from", "near", "for", "to", "after", "who", "on"},
}


def _judge(triggers: list[Trigger], tokens: Sequence[Token], language: str) -> list[Trigger]:
    """Give each trigger its doubt and its place in the story."""
    if not triggers:
        return []
    modality = _modality(language)
    resets = [hit.first for hit in modality.resets.find(tokens)]
    cues = modality.cues.find(tokens)
    background = modality.background.find(tokens)
    former = modality.former.find(tokens)
    afterwards = modality.afterwards.find(tokens)
    aside = _aside(tokens)
    is_memory = not _MYSELF.isdisjoint([token.text for token in tokens])
    judged = []
    for trigger in triggers:
        doubt = next(
            (
                cue.value[0]
                for cue in cues
                if cue.last <= trigger.first <= cue.last + cue.value[1]
                and not any(cue.last <= reset < trigger.first for reset in resets)
                and not (cue.last - cue.first == 1 and tokens[cue.first].text in _NAMES)
            ),
            "",
        )
        if not doubt and any(_follows(hit, trigger, tokens) for hit in afterwards):
            doubt = "hypothetical"
        if not doubt and language == "en" and _is_purpose(trigger, tokens):
            doubt = "planned"
        behind = (
            is_memory
            or _is_of_year(trigger, tokens)
            or trigger.last <= aside
            or any(_is_behind(hit, trigger, triggers, tokens) for hit in background)
            or any(_is_said_of(hit, trigger, tokens) for hit in former)
        )
        is_told = not (doubt or behind)
        judged.append(trigger if is_told else replace(trigger, doubt=doubt, is_background=behind))
    return judged


# Somebody tells what became of them, perhaps long ago.
_MYSELF = frozenset({"I", "we", "We", "my", "our"})


def _is_of_year(trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether a year stands before an event as its name: "the 2006 bombing"."""
    if trigger.first < 2:
        return False
    article, before = (token.lower for token in tokens[trigger.first - 2 : trigger.first])
    is_year = len(before) == 4 and before.isdigit() and before.startswith(("19", "20"))
    return is_year and article in {"the", "a", "'s", "its", "this", "that"}


def _aside(tokens: Sequence[Token]) -> int:
    """Return where a clause ends that begins a sentence with "While": what follows is the news."""
    if not tokens or tokens[0].text != "While":
        return 0
    return next((n for n, token in enumerate(tokens) if token.text == ","), 0)


def _is_behind(
    hit: Hit[bool], trigger: Trigger, triggers: Sequence[Trigger], tokens: Sequence[Token]
) -> bool:
    """Whether a trigger only explains another: "after a bombing", "backed by air strikes"."""
    if not hit.last <= trigger.first <= hit.last + 6:
        return False
    if any(tokens[n].text in {",", ";"} for n in range(hit.last, trigger.first)):
        return False
    return hit.value or not any(hit.last <= t.first < trigger.first for t in triggers)


def _is_said_of(hit: Hit[bool], trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether words like "previous" go with an event: "earlier attacks", not "a day earlier"."""
    between = tokens[hit.last : trigger.first]
    if trigger.first < hit.last or len(between) > 2:
        return False
    is_counted = hit.first > 0 and tokens[hit.first - 1].lower in _SPANS
    return not is_counted and all(t.is_word and t.lower not in _ARTICLES for t in between)


_ARTICLES = frozenset({"a", "an", "the", "two", "three", "four"})
_SPANS = frozenset(
    ["minutes", "hour", "hours", "day", "days", "night", "week", "weeks", "month", "months"]
)


def _follows(hit: Hit[bool], trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether what is said of a trigger makes it no event: "a bombing would ..."."""
    between = tokens[trigger.last : hit.first]
    return 0 <= hit.first - trigger.last <= 4 and all(token.is_word for token in between)


_NAMES = frozenset({"May", "Will"})
_CARRIED_OUT = frozenset(
    [
        "continue",
        "continued",
        "continues",
        "continuing",
        "began",
        "begun",
        "begins",
        "start",
        "started",
        "used",
        "managed",
        "forced",
        "went",
        "led",
    ]
)


def _is_purpose(trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether the trigger is a bare infinitive: "to attack", but not "continued to attack"."""
    if trigger.first == 0 or tokens[trigger.first - 1].lower != "to":
        return False
    word = tokens[trigger.first].lower
    if word.endswith(("ed", "ing", "s")) or word in {"death", "fire"}:
        return False
    return trigger.first < 2 or tokens[trigger.first - 2].lower not in _CARRIED_OUT


def _written(tokens: Sequence[Token], hit: Hit[_Entry]) -> str:
    return " ".join(token.lower for token in tokens[hit.first : hit.last])


def is_other_matter(tokens: Sequence[Token], main: Trigger, *, language: str = "en") -> bool:
    """Whether a sentence tells of an accident or of sport, in words that events use too."""
    words = {token.lower for token in tokens}
    matters = _other_matters(language)
    is_accident = main.meaning.outcome and bool(
        matters["accidents"] & words or _mishaps(language).find(tokens)
    )
    return is_accident or len(matters["sports"] & words) > 1


@cache
def _other_matters(language: str) -> dict[str, frozenset[str]]:
    raw = phrases.load(f"events.{language}.yml")["other_matters"]
    return {
        name: frozenset(" ".join(listed).split())
        for name, listed in raw.items()
        if name != "mishaps"
    }


@cache
def _mishaps(language: str) -> Phrases[bool]:
    raw = phrases.load(f"events.{language}.yml")["other_matters"]
    return Phrases((words, True) for words in raw.get("mishaps", ()))


@cache
def _type_of() -> dict[str, str]:
    """Return the event type of each sub-event type."""
    return {sub: kind for kind, subs in EVENT_TYPES.items() for sub in subs}


@cache
def _lexicon(language: str) -> _Lexicon:
    raw = phrases.load(f"events.{language}.yml")
    meanings: dict[tuple[str, ...], list[Meaning]] = {}
    groups: dict[tuple[str, ...], set[str]] = {}
    for entry in raw["triggers"]:
        meaning = _meaning(entry)
        for pattern in entry["words"]:
            for words in expand(str(pattern)):
                meanings.setdefault(words, []).append(meaning)
                groups.setdefault(words, set()).update(entry.get("as", ()))
    for name, listed in raw["groups"].items():
        for pattern in listed:
            for words in expand(str(pattern)):
                groups.setdefault(words, set()).add(name)
    for pattern in raw["none"]:
        for words in expand(str(pattern)):
            meanings[words], groups[words] = [], set()
    entries = [
        (" ".join(words), _entry(meanings.get(words, ()), groups.get(words, ())))
        for words in {**dict.fromkeys(meanings), **dict.fromkeys(groups)}
    ]
    pairs = tuple(
        (pair["first"], pair["then"], int(pair["within"]), _meaning(pair)) for pair in raw["pairs"]
    )
    grabs = frozenset(words[0] for words, names in groups.items() if "grabs" in names)
    return _Lexicon(Phrases(entries), pairs, grabs, frozenset(first for first, *_ in pairs))


def _entry(meanings: Collection[Meaning], groups: Collection[str]) -> _Entry:
    return _Entry(tuple(meanings), frozenset(groups), bool(meanings or groups))


def _meaning(entry: dict[str, Any]) -> Meaning:
    sub = entry.get("sub")
    return Meaning(
        event_type=entry["type"] if "type" in entry else _type_of()[str(sub)],
        sub_event_type=sub,
        rank=int(entry["rank"]),
        agent=bool(entry.get("agent")),
        vague=bool(entry.get("vague")),
        outcome=bool(entry.get("outcome")),
        target=bool(entry.get("target")),
        needs=entry.get("only_with", ""),
    )


@cache
def _modality(language: str) -> _Modality:
    raw = phrases.load(f"modality.{language}.yml")
    cues = [
        (pattern, (name, int(cue["reach"])))
        for name, cue in raw["cues"].items()
        for pattern in cue["words"]
    ]
    return _Modality(
        Phrases(cues),
        Phrases([(word, True) for word in raw["resets"]]),
        Phrases([(w, True) for w in raw["background"]] + [(w, False) for w in raw["support"]]),
        Phrases([(word, True) for word in raw["former"]]),
        Phrases([(word, True) for word in raw["afterwards"]]),
    )
