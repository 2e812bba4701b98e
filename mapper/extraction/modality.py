"""Whether the event words of a sentence tell what happened, and now: not denied, not background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction import phrases, vocabulary
from mapper.extraction.languages import KURDISH
from mapper.extraction.phrases import Hit, Phrases
from mapper.extraction.sentences import Tokens, fold

if TYPE_CHECKING:
    from mapper.extraction.events import Trigger


@dataclass(frozen=True)
class _Modality:
    cues: Phrases[tuple[str, int]]
    resets: Phrases[bool]
    background: Phrases[bool | None]
    former: Phrases[bool]
    afterwards: Phrases[bool]
    harm: frozenset[str]


def judge(triggers: list[Trigger], tokens: Tokens, language: str) -> list[Trigger]:
    """Give each trigger its doubt and its place in the story."""
    if not triggers:
        return []
    modality = _modality(language)
    cues = modality.cues.find(tokens)
    resets = [hit.first for hit in modality.resets.find(tokens)] if cues else []
    background = [hit for hit in modality.background.find(tokens) if hit.value is not None]
    former = modality.former.find(tokens)
    afterwards = [
        hit for hit in modality.afterwards.find(tokens) if not _is_of_harm(hit, tokens, modality)
    ]
    aside = _aside(tokens)
    is_memory = not _MYSELF_FOLDED.isdisjoint(tokens.words) and any(
        token.text in _MYSELF and not _is_of_paper(tokens, n) for n, token in enumerate(tokens)
    )
    judged: list[Trigger] = []
    for trigger in triggers:
        doubt = _doubt(cues, trigger, triggers, resets, tokens) if cues else ""
        if doubt == _TRIED and language in KURDISH and trigger.meaning.sub_event_type == "Arrests":
            doubt = ""  # The verb stands behind: "arrested on charges of terror".
        if doubt in _DEEDS and _is_outcome_of(trigger, judged, cues):
            doubt = ""  # "Stopped a teacher and shot him dead"
        if not doubt and any(_follows(hit, trigger, tokens, language) for hit in afterwards):
            doubt = "hypothetical"
        if not doubt and language == "en" and _is_purpose(trigger, tokens):
            doubt = "planned"
        behind = (
            is_memory
            or _is_of_year(trigger, tokens)
            or trigger.last <= aside
            or any(_is_behind(hit, trigger, triggers, tokens, language) for hit in background)
            or any(_is_said_of(hit, trigger, tokens) for hit in former)
        )
        is_told = not (doubt or behind)
        judged.append(trigger if is_told else replace(trigger, doubt=doubt, is_background=behind))
    is_court = not _COURT.isdisjoint(tokens.words)
    return _with_outcomes(judged, tokens) if is_court else judged


def _with_outcomes(judged: list[Trigger], tokens: Tokens) -> list[Trigger]:
    """Take who died in what a court tries for no news: "convicted of a massacre, in which many"."""
    found: list[Trigger] = []
    for trigger in judged:
        before = found[-1] if found else None
        if before and before.doubt == _TRIED and trigger.meaning.outcome:
            between = tokens.words[before.last : trigger.first]
            if "which" in between and {"and", "but", ";"}.isdisjoint(between):
                trigger = replace(trigger, doubt=_TRIED)
        found.append(trigger)
    return found


_TRIED = "tried"
_COURT = frozenset({"court", "courts", "convicted", "sentenced", "jailed", "judges"})


# Somebody tells what became of them, perhaps long ago.
_MYSELF = frozenset({"I", "we", "We", "my", "our"})
_MYSELF_FOLDED = frozenset(map(str.lower, _MYSELF))


def _is_of_paper(tokens: Tokens, at: int) -> bool:
    """Whether "our" goes with those who report: "told our agency"."""
    behind = set(tokens.words[at + 1 : at + 3])
    return tokens[at].lower == "our" and not _PAPERS.isdisjoint(behind)


_PAPERS = frozenset(
    {"agency", "correspondent", "reporter", "newspaper", "website", "channel", "paper", "network"}
)


def _doubt(
    cues: Sequence[Hit[tuple[str, int]]],
    trigger: Trigger,
    triggers: Sequence[Trigger],
    resets: Sequence[int],
    tokens: Tokens,
) -> str:
    """Return why the words before a trigger put it in doubt, or nothing."""
    for cue in cues:
        name, reach = cue.value
        if (
            cue.last <= trigger.first <= cue.last + reach
            and not any(
                cue.last <= reset < trigger.first
                and not (name == _REMEMBERED and tokens[reset].lower == "who")
                for reset in resets
            )
            and not (cue.last - cue.first == 1 and tokens[cue.first].text in _NAMES)
            and not _is_would_be(tokens, cue.first)
            and not _is_past(cue, trigger, tokens)
            and not (name == _ASSEMBLED and _is_of_people(trigger))
            and not _is_thought(cue, tokens)
            and not (name == _FOILED and _was_before(trigger, tokens))
            and not _is_hers(cue, tokens)
            and not _is_of_aside(cue, trigger, tokens)
            and not _is_next_deed(cue, trigger, tokens)
            and not (name == _PLANNED and _is_past_infinitive(cue, trigger, tokens))
            and not (name == _REMEMBERED and _befell_mourners(cue, trigger, tokens))
            and not (name == _CALLED_FOR and _says_of_whom(trigger, tokens))
            and not (name == _CALLED_FOR and _is_where(trigger, tokens))
            and not _came_of_it(cue, trigger, triggers, tokens)
            and not (name == _TRIED and _befell_the_accused(cue, trigger, tokens))
        ):
            return name
    return ""


def _is_hers(cue: Hit[tuple[str, int]], tokens: Tokens) -> bool:
    """Whether the Kurmanji "will" is the "her" that is written alike: "keça wê", her daughter."""
    before = tokens[max(0, cue.first - 1) : cue.first]
    is_alike = cue.last - cue.first == 1 and tokens[cue.first].lower == "wê"
    return is_alike and before != () and before[0].text.endswith(("a", "ê", "ên"))


def _says_of_whom(trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a participle says what befell people: "the release of two engineers abducted in"."""
    is_past = tokens[trigger.first].lower.endswith(("ed", "held", "taken", "shot"))
    before = tokens[trigger.first - 1].lower if trigger.first else ""
    return is_past and before in vocabulary.words("en").people


def _is_where(trigger: Trigger, tokens: Tokens) -> bool:
    """Whether an event is where something was said: "calls rang out at a protest"."""
    return tokens.words[max(0, trigger.first - 2) : trigger.first] in (["at", "a"], ["at", "the"])


def _came_of_it(
    cue: Hit[tuple[str, int]], trigger: Trigger, triggers: Sequence[Trigger], tokens: Tokens
) -> bool:
    """Whether a participle tells what came of a deed before the cue.

    "A shell aimed at a base fell short, killing two", but "planned to bomb it, killing two".
    """
    word = tokens[trigger.first].lower
    is_result = word.endswith("ing") and trigger.first > cue.last
    is_result = is_result and tokens[trigger.first - 1].lower == "," and trigger.meaning.outcome
    deeds = [t for t in triggers if not t.meaning.outcome]
    is_led = any(t.first < cue.first for t in deeds)
    return is_result and is_led and not any(cue.last <= t.first < trigger.first for t in deeds)


def _is_next_deed(cue: Hit[tuple[str, int]], trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a verb goes on about those who did what the cue says: "asked his name and shot"."""
    if cue.value[0] not in _DEEDS or tokens.words[trigger.first - 1 : trigger.first] != ["and"]:
        return False
    return trigger.first > cue.last and tokens[trigger.first].lower.endswith((*_PAST, "shot"))


def _is_outcome_of(
    trigger: Trigger, judged: Sequence[Trigger], cues: Sequence[Hit[tuple[str, int]]]
) -> bool:
    """Whether a word tells what came of the deed before it, which no cue puts in doubt."""
    if not (trigger.meaning.outcome and judged) or judged[-1].doubt:
        return False
    deed = judged[-1]
    return not deed.meaning.outcome and not any(
        deed.last <= cue.first < trigger.first or trigger.first <= cue.first for cue in cues
    )


_DEEDS = frozenset({"called for", "threatened", "planned", "foiled", "tried"})


def _is_past_infinitive(cue: Hit[tuple[str, int]], trigger: Trigger, tokens: Tokens) -> bool:
    """Whether the verb stands between: "men waiting to be hired were among those killed"."""
    is_to_be = tokens.words[cue.last - 2 : cue.last] == ["to", "be"]
    return is_to_be and not _WAS.isdisjoint(tokens.words[cue.last : trigger.first])


def _befell_mourners(cue: Hit[tuple[str, int]], trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a verb is of those on their way: "four men travelling to a funeral were killed"."""
    is_funeral = tokens[cue.first].lower.startswith("funeral")
    return is_funeral and not _WAS.isdisjoint(tokens.words[cue.last : trigger.first])


_PLANNED = "planned"
_REMEMBERED = "remembered"  # "a memorial to those who died"
_CALLED_FOR = "called for"
_FOILED = "foiled"


def _was_before(trigger: Trigger, tokens: Tokens) -> bool:
    """Whether people had died before what is ended: "ending clashes in which ten had died"."""
    is_past = trigger.first > 0 and tokens[trigger.first - 1].lower in {"had", "have"}
    return trigger.meaning.outcome and is_past


def _is_of_aside(cue: Hit[tuple[str, int]], trigger: Trigger, tokens: Tokens) -> bool:
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


def _befell_the_accused(cue: Hit[tuple[str, int]], trigger: Trigger, tokens: Tokens) -> bool:
    """Whether it happened to who is accused: "a boy accused of shooting was beaten to death"."""
    between = set(tokens.words[cue.last : trigger.first])
    is_passive = trigger.first > cue.last and tokens[trigger.first - 1].lower in _WAS
    return is_passive and between.isdisjoint(_CLAUSES) and tokens[cue.last - 1].lower == "of"


_WAS = frozenset({"was", "were"})
_CLAUSES = frozenset({"which", "that", "when", "where", "who", ",", "and"})

# Who "destroyed a house and killed two" made no killing, as they make a bomb.
_ASSEMBLED = "assembled"


def _is_of_people(trigger: Trigger) -> bool:
    """Whether an event is done to people: no bomb that is carried, planted or taken apart."""
    return trigger.meaning.outcome or trigger.meaning.event_type == "Violence against civilians"


def _is_thought(cue: Hit[tuple[str, int]], tokens: Tokens) -> bool:
    """Whether "to be" only says what somebody seemed: "a man believed to be a guard"."""
    words = tokens.words[max(0, cue.first - 1) : cue.last]
    is_doing = cue.last < len(tokens) and tokens[cue.last].lower.endswith("ing")
    return words[-2:] == ["to", "be"] and words[0] in _THOUGHT and not is_doing


_THOUGHT = frozenset({"believed", "thought", "said", "presumed", "known", "claiming", "claimed"})


def _is_of_year(trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a year stands before an event as its name: "the 2006 bombing"."""
    if trigger.first < 2:
        return False
    before = tokens[trigger.first - 1].lower
    is_year = len(before) == 4 and before.isdigit() and before.startswith(("19", "20"))
    article = tokens[trigger.first - 2].lower
    return is_year and article in {"the", "a", "'s", "its", "this", "that"}


def _aside(tokens: Tokens) -> int:
    """Return where a clause ends that begins a sentence with "While": what follows is the news."""
    if not tokens or tokens[0].text != "While":
        return 0
    return next((n for n, token in enumerate(tokens) if token.text == ","), 0)


def _is_behind(
    hit: Hit[bool | None],
    trigger: Trigger,
    triggers: Sequence[Trigger],
    tokens: Tokens,
    language: str,
) -> bool:
    """Whether a trigger only explains another: "after a bombing", "backed by air strikes"."""
    if not hit.last <= trigger.first <= hit.last + 6:
        return False
    if hit.first and tokens[hit.first].lower == "after" and tokens[hit.first - 1].lower in _SHORTLY:
        return False  # What happened "hours after" another event is as new as that.
    if any(tokens[n].text in _PAUSES for n in range(hit.last, trigger.first)):
        return False
    if trigger.meaning.outcome and not _IN_IT.isdisjoint(tokens.words[hit.last : trigger.last + 1]):
        return False  # Arabic: "after battles in which ten died"
    is_verb = trigger.word.split(" ", 1)[0].endswith(_PAST)
    if not hit.value and is_verb:
        return False  # "Troops backed by aircraft recaptured the town."
    if language in KURDISH and all(not token.is_word for token in tokens[trigger.last :]):
        return False  # The verb at the end is the sentence's own.
    return bool(hit.value) or not any(hit.last <= t.first < trigger.first for t in triggers)


_PAST = ("ed", "took", "drove", "fought")
_PAUSES = frozenset({",", ";", "،", "؛"})


_IN_IT = frozenset({"فيه", "فيها", "خلاله", "خلالها"})
_SHORTLY = frozenset({"hours", "hour", "minutes", "moments", "shortly", "soon", "immediately"})


def _is_said_of(hit: Hit[bool], trigger: Trigger, tokens: Tokens) -> bool:
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


def _follows(hit: Hit[bool], trigger: Trigger, tokens: Tokens, language: str) -> bool:
    """Whether what is said of a trigger makes it no event: "a bombing would ..."."""
    if tokens[hit.first].text in _NAMES or _is_would_be(tokens, hit.first):
        return False
    between = tokens.part(trigger.last, hit.first)
    if trigger.meaning.sub_event_type == "Disrupted weapons use":
        is_found = not {"that", "foiled", "thwarted", "averted", "prevented"}.isdisjoint(
            tokens.words[trigger.last : hit.last]
        )
        if is_found:
            return False  # "They defused a bomb that could have killed dozens."
    # In Kurdish the verb stands at the end.
    reach = 8 if language in KURDISH else 6
    return 0 <= hit.first - trigger.last <= reach and all(token.is_word for token in between)


def _is_of_harm(hit: Hit[bool], tokens: Tokens, modality: _Modality) -> bool:
    """Whether only the harm is denied, in Kurdish: "shot down, and there were no casualties"."""
    before = set(tokens.words[max(0, hit.first - _OF_HARM) : hit.first])
    return not modality.harm.isdisjoint(before)


_OF_HARM = 4  # words


def _is_past(cue: Hit[tuple[str, int]], trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a comma ends how long ago something was: "Ten years after the war, families"."""
    is_span = tokens[cue.last - 1].lower == "after"
    return is_span and any(token.text == "," for token in tokens[cue.last : trigger.first])


def _is_would_be(tokens: Tokens, at: int) -> bool:
    """Whether "would be" goes with a noun: "two would-be bombers"."""
    if tokens[at].lower != "would" or at + 2 >= len(tokens) or tokens[at + 1].lower != "be":
        return False
    who = tokens[at + 2].lower
    is_person = who in vocabulary.words("en").people and not who.endswith(("ed", "dead"))
    return who in _WOULD_BE or is_person


_WOULD_BE = frozenset(
    ["bomber", "bombers", "attacker", "attackers", "assassin", "assassins", "suicide", "kidnappers"]
)
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


def _is_purpose(trigger: Trigger, tokens: Tokens) -> bool:
    """Whether the trigger is a bare infinitive: "to attack", but not "continued to attack"."""
    if trigger.first == 0 or tokens[trigger.first - 1].lower != "to":
        return False
    word = tokens[trigger.first].lower
    if word.endswith(("ed", "ing", "s")) or word in {"death", "fire"}:
        return False
    return trigger.first < 2 or tokens[trigger.first - 2].lower not in _CARRIED_OUT


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
        Phrases(
            [
                *((words, True) for words in raw["background"]),
                *((words, False) for words in raw["support"]),
                *((words, None) for words in raw.get("times", ())),
            ]
        ),
        Phrases([(word, True) for word in raw["former"]]),
        Phrases([(word, True) for word in raw["afterwards"]]),
        frozenset(fold(word) for word in raw.get("harm", ())),
    )
