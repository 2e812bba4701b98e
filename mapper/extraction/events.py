"""Words that report an event, what kind, and whether it is told as having happened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from gazetteer.frozen import frozen
from mapper.extraction import modality, phrases
from mapper.extraction.phrases import Hit, Phrases, RuleWords, expand
from mapper.extraction.sentences import Token, Tokens
from mapper.schema import EVENT_TYPES

_words = RuleWords("events")

TERRITORY = frozenset(
    {
        "Non-violent transfer of territory",
        "Government regains territory",
        "Non-state actor overtakes territory",
    }
)
"""The sub-event types of a place that changes hands."""


@frozen
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


@frozen
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


_Pair = tuple[str, str, int, Meaning, frozenset[str]]
"""The groups of two words, how far apart they may stand, what they mean together, what bars it."""


@frozen
class _Entry:
    meanings: tuple[Meaning, ...] = ()
    groups: frozenset[str] = frozenset()
    pairs: tuple[_Pair, ...] = ()
    """Those that it may begin."""

    is_told: bool = True
    """False for words that only look as if they told of an event."""


@dataclass(frozen=True)
class _Lexicon:
    phrases: Phrases[_Entry]
    grabs: frozenset[str]
    """The first words of those that take a place."""


def find(
    tokens: Tokens, *, language: str = "en", given: frozenset[str] = frozenset()
) -> list[Trigger]:
    """Return the words that report events, in order, with their modality.

    ``given`` are groups of words that others need and that the text told before: `subjects`.
    """
    lexicon = _lexicon(language)
    hits = [hit for hit in lexicon.phrases.find(tokens) if hit.value.is_told]
    if not hits:
        return []
    found = [
        Trigger(hit.first, hit.last, meaning, word=_written(tokens, hit))
        for hit in hits
        for meaning in hit.value.meanings
        if not meaning.needs
        or (
            (meaning.needs in given or _is_told(meaning.needs, hits))
            and _is_of_people(meaning, tokens)
        )
    ]
    found += _pairs(hits, tokens, given)
    found.sort(key=lambda trigger: (trigger.first, -trigger.meaning.rank))
    return modality.judge(found, tokens, language)


def _is_told(group: str, hits: Sequence[Hit[_Entry]]) -> bool:
    """Whether a sentence has words of a group, beside which alone others mean something."""
    return any(group in hit.value.groups for hit in hits)


def _is_of_people(meaning: Meaning, tokens: Tokens) -> bool:
    """Whether words that only tell of hostages may do so here: goods and steps are taken, too."""
    return meaning.needs != HOSTAGES or _words["goods"].isdisjoint(tokens.words)


RECOUNT = "(number)"
"""The word of a trigger that only sets anew a number told before: "it rose to 23"."""


def recount(at: int) -> Trigger:
    """Return what a number set anew at a word reports: what came of an event told before."""
    return Trigger(at, at + 1, _outcome(), word=RECOUNT)


@cache
def _outcome() -> Meaning:
    triggers = phrases.load("events.en.yml")["triggers"]
    return next(_meaning(entry) for entry in triggers if entry.get("outcome"))


def subjects(tokens: Tokens, *, language: str = "en") -> frozenset[str]:
    """Return which groups a sentence makes the subject of a text: a protest, or hostages."""
    found = set()
    for hit in _lexicon(language).phrases.find(tokens):
        if not _CROWD.isdisjoint(hit.value.groups) and not _is_any_crowd(tokens, hit):
            found.add(PROTEST)
        if HOSTAGES in hit.value.groups:
            found.add(HOSTAGES)
    return frozenset(found)


PROTEST = "protest"
_CROWD = frozenset({PROTEST, "crowd"})
HOSTAGES = "captors"


def _is_any_crowd(tokens: Tokens, hit: Hit[_Entry]) -> bool:
    """Whether a crowd only is where something happens: "into a crowd", "a crowd of shoppers"."""
    before = tokens.words[max(0, hit.first - 2) : hit.first]
    if "since" in before:
        return True  # "The first killing since protests broke out."
    if tokens[hit.last - 1].lower not in {"crowd", "crowds"}:
        return False
    after = tokens[hit.last].lower if hit.last < len(tokens) else ""
    return after == "of" or not _INTO.isdisjoint(before)


_INTO = frozenset({"into", "in", "drew", "among", "amid", "through", "at", "near", "hit", "of"})


def may_seize(tokens: Tokens, *, language: str) -> bool:
    """Whether a verb among the words may take a place: most sentences have none."""
    return not _lexicon(language).grabs.isdisjoint(tokens.words)


def seizures(tokens: Tokens, places: Mapping[int, int], *, language: str = "en") -> list[Trigger]:
    """Return the verbs that take a place, active or passive: "seized Hit", "Hit was captured".

    ``places`` leads from where the names of places begin to where they end.
    """
    lexicon = _lexicon(language)
    ends = {last: first for first, last in places.items()}
    found = []
    for hit in lexicon.phrases.find(tokens):
        if hit.value.groups.isdisjoint(_SEIZING):
            continue
        between = range(hit.last, min(hit.last + 4, len(tokens)))
        at = next((n for n in between if n in places), None)
        takes = at is not None and all(_is_plain(tokens[n]) for n in range(hit.last, at))
        if ("grabs" in hit.value.groups and takes) or _is_taken(tokens, hit, ends):
            found.append(Trigger(hit.first, hit.last, _TAKEN, word=_written(tokens, hit)))
    return modality.judge(found, tokens, language) if found else []


_SEIZING = frozenset({"grabs", "grabbed"})
_TAKEN = Meaning("Battles", "Non-state actor overtakes territory", 80)


def _is_taken(tokens: Tokens, verb: Hit[_Entry], ends: Mapping[int, int]) -> bool:
    """Whether a passive's subject is a place itself: "the town of Hit was later seized".

    ``ends`` leads from where names of places end to where they begin.
    """
    at = verb.first
    while at and tokens[at - 1].lower in _HELPERS:
        at -= 1
    if tokens[at].lower not in _HELPERS or at not in ends:
        return False
    lead = ends[at] - 1
    while lead >= 0 and _is_plain(tokens[lead]):
        lead -= 1
    if lead > 0 and tokens[lead - 1].lower == "the" and tokens[lead + 1].lower != "of":
        lead -= 2  # "the western town of"
    return lead < 0 or not tokens[lead].is_word or tokens[lead].lower in _OPENINGS


_HELPERS = frozenset(
    {"was", "were", "been", "being", "has", "have", "had", "is", "are", "also", "later", "finally"}
    | {"then", "quickly", "first", "since", "briefly", "reportedly", "soon", "partially"}
)
_OPENINGS = frozenset(
    {"that", "as", "after", "when", "before", "since", "while", "and", "but", "where", "once"}
    | {"said", "most", "parts", "half", "much", "because", "nearby", "saying"}
)


def _is_plain(token: Token) -> bool:
    """Whether a word only leads to a name: "the town of"."""
    return token.lower in _PLAIN


_PLAIN = frozenset({"the", "of", "city", "town", "village", "district", "all", "nearby"})


def main(triggers: Sequence[Trigger]) -> Trigger | None:
    """Return the trigger that gives a clause its type, of those that happened.

    "Killed" says what an event did; the word that says what it was goes before,
    even from the background ("killed after a bomb exploded").
    """
    if not triggers or (len(triggers) == 1 and triggers[0].doubt):
        return None
    if len(triggers) == 1 and not triggers[0].meaning.vague:
        return triggers[0]
    doubted = {trigger.meaning.event_type for trigger in triggers if trigger.doubt}
    real = [
        trigger
        for trigger in triggers
        if not trigger.doubt
        and not (trigger.meaning.agent and trigger.meaning.event_type in doubted)
    ]
    if any(not t.meaning.agent for t in real):
        real = [t for t in real if not t.meaning.agent or t.meaning.event_type in _BY_THING]
    feud = next((t for t in real if t.meaning.needs == _DEATHS), None)
    if feud is not None:
        return feud  # "Shot after a quarrel between two clans": the clans fought.
    events = [t for t in real if not t.meaning.outcome and not t.is_background]
    if any(t.meaning.outcome and not t.is_background for t in real):
        # "In the violence, gunmen killed a judge": the killing, not the violence.
        real = [t for t in real if not t.meaning.vague]
        events = [t for t in events if not t.meaning.vague]
    if events and not all(t.word in _ATTEMPTS for t in events):
        return _telling(events)
    causes = [t for t in real if not t.meaning.outcome]
    outcomes = [t for t in real if t.meaning.outcome and not t.is_background]
    weak = {"Protests", "Strategic developments"}
    strong = [t for t in causes if t.meaning.event_type not in weak or not t.is_background]
    if events and strong:
        return _telling(strong)  # "Survived an attempt on his life after a bomb went off".
    for group in (strong if outcomes else [], outcomes, causes, real):
        if group:
            return _telling(group)
    return None


def _telling(triggers: Sequence[Trigger]) -> Trigger:
    """Return the one that tells most of what happened, the first of several."""
    return max(triggers, key=lambda t: (t.rank, -t.first)) if len(triggers) > 1 else triggers[0]


# A bomb or a crowd tells of an event though no verb does.
_BY_THING = frozenset({"Explosions/Remote violence", "Protests"})
_DEATHS = "deaths"  # what words for a quarrel need to tell of violence
_ATTEMPTS = frozenset(
    [
        "assassination attempt",
        "assassination",
        "assassinated",
        "attempt on the life",
        "murder attempt",
        "survived an assassination",
    ]
)


def _pairs(hits: list[Hit[_Entry]], tokens: Tokens, given: frozenset[str]) -> list[Trigger]:
    """Return the triggers made by two words together: "found ... missile"."""
    found = []
    for n, hit in enumerate(hits[:-1]):
        for first, then, within, meaning, bars in hit.value.pairs:
            needs = meaning.needs
            if needs and needs not in given and not _is_told(needs, hits):
                continue
            for other in hits[n + 1 :]:
                if other.first - hit.last > within:
                    break
                if then not in other.value.groups:
                    continue
                between = _without_aside(tokens.words[hit.last : other.first])
                if bars.isdisjoint(between):
                    word = tokens[(hit if first in _TOLD_BY_THING else other).last - 1].lower
                    found.append(Trigger(hit.first, other.last, meaning, word=word))
                    break
    return found


def _without_aside(words: list[str]) -> list[str]:
    """Leave out what stands between commas at once: "youths, led by a cleric, set fire"."""
    if words[:1] != [","] or "," not in words[1:]:
        return words
    return words[words.index(",", 1) + 1 :]


# Pairs of which the first word says what it was: arms that were found, a road that was closed.
_TOLD_BY_THING = frozenset({"weapons", "roads"})


def _written(tokens: Tokens, hit: Hit[_Entry]) -> str:
    return " ".join(tokens.words[hit.first : hit.last])


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
    _inherit(meanings, groups)
    for pattern in raw["none"]:
        for words in expand(str(pattern)):
            meanings[words], groups[words] = [], set()
    pairs = [
        (pair["first"], pair["then"], int(pair["within"]), _meaning(pair), _bars(raw, pair))
        for pair in raw["pairs"]
    ]
    entries = [
        (" ".join(words), _entry(meanings.get(words, ()), groups.get(words, ()), pairs))
        for words in {**dict.fromkeys(meanings), **dict.fromkeys(groups)}
    ]
    grabs = frozenset(words[0] for words, names in groups.items() if names & _SEIZING)
    return _Lexicon(Phrases(entries), grabs)


def _bars(raw: dict[str, Any], pair: dict[str, str]) -> frozenset[str]:
    """Return what may not stand between the words of a pair: "found that a drone had ..."."""
    return frozenset(raw.get("bars", {}).get(pair["first"], (";", ":")))


def _inherit(
    meanings: dict[tuple[str, ...], list[Meaning]], groups: Collection[tuple[str, ...]]
) -> None:
    """Let what is only half of a pair mean what it begins with: "torched the offices", "torched".

    The longest phrase at a word hides the shorter ones.
    """
    for words in [words for words in groups if words not in meanings]:
        begun = [words[:n] for n in range(len(words) - 1, 0, -1)]
        ended = [words[n:] for n in range(1, len(words) - 1)]  # "was set ablaze"
        shorter = next((phrase for phrase in (*begun, *ended) if phrase in meanings), ())
        if shorter:
            meanings[words] = meanings[shorter]


def _entry(meanings: Collection[Meaning], groups: Collection[str], pairs: list[_Pair]) -> _Entry:
    begun = tuple(pair for pair in pairs if pair[0] in groups)
    return _Entry(tuple(meanings), frozenset(groups), begun, bool(meanings or groups))


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
