"""Whether the event words of a sentence tell what happened, and now: not denied, not background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction import doubts, phrases, vocabulary
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
        token.text in _MYSELF and not _is_of_reporters(tokens, n) for n, token in enumerate(tokens)
    )
    judged: list[Trigger] = []
    for trigger in triggers:
        doubt = doubts.doubt(cues, trigger, triggers, resets, tokens) if cues else ""
        is_arrest = trigger.meaning.sub_event_type == "Arrests"
        if doubt == doubts.TRIED and language in KURDISH and is_arrest:
            doubt = ""  # The verb stands behind: "arrested on charges of terror".
        if doubt in doubts.DEEDS and doubts.is_outcome_of(trigger, judged, cues):
            doubt = ""  # "Stopped a teacher and shot him dead"
        if not doubt and any(_follows(hit, trigger, tokens, language) for hit in afterwards):
            doubt = "hypothetical"
        if not doubt and language == "en" and _is_purpose(trigger, tokens):
            doubt = "planned"
        behind = (
            is_memory
            or _is_of_year(trigger, tokens)
            or (language == "en" and _only_counts(trigger, tokens))
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
        if before and before.doubt == doubts.TRIED and trigger.meaning.outcome:
            between = tokens.words[before.last : trigger.first]
            if "which" in between and {"and", "but", ";"}.isdisjoint(between):
                trigger = replace(trigger, doubt=doubts.TRIED)
        found.append(trigger)
    return found


_COURT = frozenset({"court", "courts", "convicted", "sentenced", "jailed", "judges"})


# Somebody tells what became of them, perhaps long ago.
_MYSELF = frozenset({"I", "we", "We", "my", "our"})
_MYSELF_FOLDED = frozenset(map(str.lower, _MYSELF))


def _is_of_reporters(tokens: Tokens, at: int) -> bool:
    """Whether those who report speak of themselves: "told our agency", "our driver was taken"."""
    behind = set(tokens.words[at + 1 : at + 4])
    if tokens[at].lower == "we":
        return not _STATES.isdisjoint(behind)
    return tokens[at].lower == "our" and not (_PAPERS | _STAFF).isdisjoint(behind)


_PAPERS = frozenset(
    {"agency", "correspondent", "reporter", "newspaper", "website", "channel", "paper", "network"}
)

# Whom an aid agency speaks of, and how it does.
_STAFF = frozenset(
    {"colleague", "colleagues", "staff", "partner", "partners", "driver", "drivers", "guard"}
    | {"guards", "team", "teams", "office", "offices", "delegation", "compound", "guesthouse"}
    | {"convoy", "vehicle", "vehicles", "warehouse", "managers", "manager", "volunteers"}
    | {"volunteer", "engineer", "engineers", "nurse", "nurses", "employees", "employee", "thoughts"}
)
_STATES = frozenset({"confirm", "regret", "condemn", "deplore", "announce", "report", "mourn"})


def _is_of_year(trigger: Trigger, tokens: Tokens) -> bool:
    """Whether a year stands before an event as its name: "the 2006 bombing"."""
    if trigger.first < 2:
        return False
    before = tokens[trigger.first - 1].lower
    is_year = len(before) == 4 and before.isdigit() and before.startswith(("19", "20"))
    article = tokens[trigger.first - 2].lower
    return is_year and article in {"the", "a", "'s", "its", "this", "that"}


def _only_counts(trigger: Trigger, tokens: Tokens) -> bool:
    """Whether an aside only counts: "shot in Hit, the second doctor slain in Anbar since May"."""
    before = tokens.words[max(0, trigger.first - _COUNTED) : trigger.first]
    at = next((n for n, word in enumerate(before) if word in vocabulary.words("en").ordinals), 0)
    is_aside = at > 1 and before[at - 1] == "the" and before[at - 2] in {",", "-", "–", "—"}
    is_counted = at + 1 < len(before)  # "the second doctor slain", not "the second killed five"
    behind = tokens.words[trigger.last : trigger.last + _SPAN]
    return is_aside and is_counted and not _SINCE.isdisjoint(behind)


_COUNTED, _SPAN = 8, 8  # words
_SINCE = frozenset({"since", "this", "within"})


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
    is_verb = trigger.word.split(" ", 1)[0].endswith(doubts.PAST)
    if not hit.value and is_verb:
        return False  # "Troops backed by aircraft recaptured the town."
    if language in KURDISH and all(not token.is_word for token in tokens[trigger.last :]):
        return False  # The verb at the end is the sentence's own.
    return bool(hit.value) or not any(hit.last <= t.first < trigger.first for t in triggers)


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
    if tokens[hit.first].text in doubts.NAMES or doubts.is_would_be(tokens, hit.first):
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
