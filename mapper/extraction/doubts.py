"""Words that put an event in doubt, and what makes them no doubt of it: "asked his name and shot".

A cue reaches some words further; how far, the lexicon says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mapper.extraction import vocabulary
from mapper.extraction.phrases import Hit
from mapper.extraction.sentences import Tokens

if TYPE_CHECKING:
    from mapper.extraction.events import Trigger

Cue = Hit[tuple[str, int]]
"""Words that put in doubt what stands behind them: why, and how many words further."""

TRIED = "tried"
PAST = ("ed", "took", "drove", "fought")
"""How verbs of the past end."""


def doubt(
    cues: Sequence[Cue],
    trigger: Trigger,
    triggers: Sequence[Trigger],
    resets: Sequence[int],
    tokens: Tokens,
) -> str:
    """Return why the words before a trigger put it in doubt, or nothing."""
    for cue in cues:
        name, reach = cue.value
        if not cue.last <= trigger.first <= cue.last + reach:
            continue
        if _is_ended(cue, trigger, resets, tokens) or _came_of_it(cue, trigger, triggers, tokens):
            continue
        if not any(spares(cue, trigger, tokens) for spares in (*_SPARING, *_SPARING_OF[name])):
            return name
    return ""


def _is_ended(cue: Cue, trigger: Trigger, resets: Sequence[int], tokens: Tokens) -> bool:
    """Whether a clause of its own begins between; no "who" of "a memorial to those who died"."""
    between = (reset for reset in resets if cue.last <= reset < trigger.first)
    is_memorial = cue.value[0] == "remembered"
    return any(not (is_memorial and tokens[reset].lower == "who") for reset in between)


def _is_hers(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether the Kurmanji "will" is the "her" that is written alike: "keça wê", her daughter."""
    before = tokens[max(0, cue.first - 1) : cue.first]
    is_alike = cue.last - cue.first == 1 and tokens[cue.first].lower == "wê"
    return is_alike and before != () and before[0].text.endswith(("a", "ê", "ên"))


def _says_of_whom(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a participle says what befell people: "the release of two engineers abducted in"."""
    is_past = tokens[trigger.first].lower.endswith(("ed", "held", "taken", "shot"))
    before = tokens[trigger.first - 1].lower if trigger.first else ""
    return is_past and before in vocabulary.words("en").people


def _is_where(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether an event is where something was said: "calls rang out at a protest"."""
    return tokens.words[max(0, trigger.first - 2) : trigger.first] in (["at", "a"], ["at", "the"])


def _came_of_it(cue: Cue, trigger: Trigger, triggers: Sequence[Trigger], tokens: Tokens) -> bool:
    """Whether a participle tells what came of a deed before the cue.

    "A shell aimed at a base fell short, killing two", but "planned to bomb it, killing two".
    """
    word = tokens[trigger.first].lower
    is_result = word.endswith("ing") and trigger.first > cue.last
    is_result = is_result and tokens[trigger.first - 1].lower == "," and trigger.meaning.outcome
    deeds = [t for t in triggers if not t.meaning.outcome]
    is_led = any(t.first < cue.first for t in deeds)
    return is_result and is_led and not any(cue.last <= t.first < trigger.first for t in deeds)


def _is_next_deed(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a verb goes on about those who did what the cue says: "asked his name and shot"."""
    if cue.value[0] not in DEEDS or tokens.words[trigger.first - 1 : trigger.first] != ["and"]:
        return False
    return trigger.first > cue.last and tokens[trigger.first].lower.endswith((*PAST, "shot"))


def is_outcome_of(trigger: Trigger, judged: Sequence[Trigger], cues: Sequence[Cue]) -> bool:
    """Whether a word tells what came of the deed before it, which no cue puts in doubt."""
    if not (trigger.meaning.outcome and judged) or judged[-1].doubt:
        return False
    deed = judged[-1]
    return not deed.meaning.outcome and not any(
        deed.last <= cue.first < trigger.first or trigger.first <= cue.first for cue in cues
    )


DEEDS = frozenset({"called for", "threatened", "planned", "foiled", "tried"})


def _is_past_infinitive(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether the verb stands between: "men waiting to be hired were among those killed"."""
    is_to_be = tokens.words[max(0, cue.last - 2) : cue.last] == ["to", "be"]
    return is_to_be and not _WAS.isdisjoint(tokens.words[cue.last : trigger.first])


def _is_of_missile(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether words only say at what something flew: "a rocket aimed at the airport killed"."""
    before = tokens.words[max(0, cue.first - 2) : cue.first]
    return tokens[cue.first].lower == "aimed" and not _MISSILES.isdisjoint(before)


_MISSILES = frozenset(
    {"rocket", "rockets", "missile", "missiles", "shell", "shells", "mortar", "mortars", "round"}
    | {"rounds", "drone", "drones", "bomb", "bombs", "fire", "grenade", "grenades", "blast"}
)


def _befell_mourners(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a verb is of those on their way: "four men travelling to a funeral were killed"."""
    is_funeral = tokens[cue.first].lower.startswith("funeral")
    return is_funeral and not _WAS.isdisjoint(tokens.words[cue.last : trigger.first])


def _was_before(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether people had died before what is ended: "ending clashes in which ten had died"."""
    is_past = trigger.first > 0 and tokens[trigger.first - 1].lower in {"had", "have"}
    return trigger.meaning.outcome and is_past


def _is_of_aside(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether words only say something of somebody: "teachers, who are not paid, marched".

    "In what he called an attempt to divide the city, gunmen killed two."
    """
    if tokens.words[:2] == ["in", "what"] and "," in tokens.words[cue.last : trigger.first]:
        return True
    before = tokens.words[max(0, cue.first - _ASIDE) : cue.first]
    is_closed = "," in tokens.words[cue.last : trigger.first]
    is_none = before[-1:] == [","] and tokens[cue.first].lower == "none"
    return is_closed and (is_none or not {"who", "which", "whose"}.isdisjoint(before))


_ASIDE = 5  # words: "whose fields have had no"


def _befell_the_accused(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether it happened to who is accused: "a boy accused of shooting was beaten to death"."""
    between = set(tokens.words[cue.last : trigger.first])
    is_passive = trigger.first > cue.last and tokens[trigger.first - 1].lower in _WAS
    return is_passive and between.isdisjoint(_CLAUSES) and tokens[cue.last - 1].lower == "of"


_WAS = frozenset({"was", "were"})
_CLAUSES = frozenset({"which", "that", "when", "where", "who", ",", "and"})


def _is_of_people(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether an event is done to people: no bomb that is carried, planted or taken apart.

    Who "destroyed a house and killed two" made no killing, as they make a bomb.
    """
    return trigger.meaning.outcome or trigger.meaning.event_type == "Violence against civilians"


def _is_thought(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether "to be" only says what somebody seemed: "a man believed to be a guard"."""
    words = tokens.words[max(0, cue.first - 1) : cue.last]
    is_doing = cue.last < len(tokens) and tokens[cue.last].lower.endswith("ing")
    return words[-2:] == ["to", "be"] and words[0] in _THOUGHT and not is_doing


_THOUGHT = frozenset({"believed", "thought", "said", "presumed", "known", "claiming", "claimed"})


def _is_past(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a comma ends how long ago something was: "Ten years after the war, families"."""
    is_span = tokens[cue.last - 1].lower == "after"
    return is_span and any(token.text == "," for token in tokens[cue.last : trigger.first])


def is_would_be(tokens: Tokens, at: int) -> bool:
    """Whether "would be" goes with a noun: "two would-be bombers"."""
    if tokens[at].lower != "would" or at + 2 >= len(tokens) or tokens[at + 1].lower != "be":
        return False
    who = tokens[at + 2].lower
    is_person = who in vocabulary.words("en").people and not who.endswith(("ed", "dead"))
    return who in _WOULD_BE or is_person


_WOULD_BE = frozenset(
    ["bomber", "bombers", "attacker", "attackers", "assassin", "assassins", "suicide", "kidnappers"]
)
NAMES = frozenset({"May", "Will"})


def _is_name(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a cue is a month or a man: "May", "Will"."""
    return cue.last - cue.first == 1 and tokens[cue.first].text in NAMES


def _goes_with_noun(cue: Cue, trigger: Trigger, tokens: Tokens) -> bool:
    return is_would_be(tokens, cue.first)


_Spares = Callable[["Cue", "Trigger", "Tokens"], bool]
# What keeps an event out of doubt though a cue reaches it: whatever the cue, and for each kind.
_SPARING: tuple[_Spares, ...] = (
    *(_is_name, _goes_with_noun, _is_past, _is_thought, _is_hers, _is_of_aside, _is_next_deed),
)
_SPARING_OF: defaultdict[str, tuple[_Spares, ...]] = defaultdict(
    tuple,
    {
        "assembled": (_is_of_people,),
        "called for": (_says_of_whom, _is_where),
        "foiled": (_was_before,),
        "planned": (_is_past_infinitive, _is_of_missile),
        "remembered": (_befell_mourners,),
        TRIED: (_befell_the_accused,),
    },
)
