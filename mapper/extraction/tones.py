"""What whole sentences are about that tell of no event: figures, a trial, a commemoration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from mapper.extraction import phrases
from mapper.extraction.dates import DateWords
from mapper.extraction.finding import Finding
from mapper.extraction.phrases import Hit, Phrases
from mapper.extraction.sentences import Sentence

_LEAD = 3


class Tones:
    """Follows a text; what a sentence is about colours those behind it too.

    A trial or a commemoration colours them only where the article begins with
    it, and until a sentence tells of a day.
    """

    def __init__(self) -> None:
        self._carried: set[str] = set()

    def take(
        self, sentence: Sentence, findings: Sequence[Finding], written: Sequence[DateWords]
    ) -> list[Finding]:
        """Return the findings of the next sentence, those of no event marked as totals."""
        hits = _words(sentence.language).find(sentence.tokens)
        own = {hit.value for hit in hits}
        if _denies_news(sentence):
            own.add("denied")
        if "worship" in own:
            own -= {"worship", "memory"}
        if "count" in own:
            own -= {"count", "figures"}  # "By the first figures" of what was just told
        has_day = any(_is_day(words) for words in written)
        if has_day and not own:
            self._carried.clear()
        is_news = any(_is_news(finding) for finding in findings)
        if is_news and not own and sentence.index >= _LEAD:
            self._carried.discard("figures")
        tones = own | self._carried
        if sentence.index < _LEAD or "figures" in own:
            of_news = {"figures"} | ({"court"} if has_day else set())
            self._carried |= own - {"habit"} - (of_news if is_news else set())
        if not tones:
            return list(findings)
        remembered = [hit.first for hit in hits if hit.value == "memory"]
        return [
            replace(finding, is_total=True)
            if _is_coloured(finding, tones - _of_asides(finding, hits, self._carried))
            or _is_remembered(finding, remembered)
            else finding
            for finding in findings
        ]


def _is_remembered(finding: Finding, remembered: Sequence[int]) -> bool:
    """Whether Arabic words for memory lead to an event: "the memory of the shelling"."""
    if finding.sentence.language != "ar" or finding.trigger.meaning.event_type in _CROWDS:
        return False
    return any(first < finding.trigger.first for first in remembered)


_CROWDS = ("Protests", "Riots")


def _is_news(finding: Finding) -> bool:
    """Whether words say what happened, and where, beside any figures."""
    meaning = finding.trigger.meaning
    is_open = meaning.outcome or meaning.target or meaning.vague
    return not is_open and finding.spot is not None and not finding.spot.is_country


def _of_asides(finding: Finding, hits: Sequence[Hit[str]], carried: set[str]) -> set[str]:
    """Return the tones of words behind news: "fell near where they marked the anniversary"."""
    if not _is_news(finding) or any(hit.first < finding.trigger.first for hit in hits):
        return set()
    return {"memory"} - carried


def _is_coloured(finding: Finding, tones: set[str]) -> bool:
    meaning = finding.trigger.meaning
    is_generic = meaning.outcome or meaning.target or meaning.vague
    if tones & _FIRM:
        return True  # whatever day the court sat, or the ministry denied it
    if finding.when is not None and _is_day(finding.when):
        return False
    if meaning.event_type in _CROWDS:
        # People protest on anniversaries and against verdicts.
        return bool(tones - {"figures", "memory", "court"})
    return bool(tones - {"figures"}) or ("figures" in tones and is_generic)


_FIRM = frozenset({"verdict", "denied"})


def _is_day(words: DateWords) -> bool:
    if words.bound or words.kind == "span":
        return False
    return words.kind != "calendar" or words.day is not None


def _denies_news(sentence: Sentence) -> bool:
    """Whether an Arabic sentence begins by denying that something happened, as ministries do."""
    words = sentence.tokens.words[:_OPENING]
    at = next((n for n, word in enumerate(words[:_SPEAKER]) if word in _DENIES), None)
    return at is not None and not _NEWS.isdisjoint(words[at:])


_OPENING, _SPEAKER = 20, 6
_DENIES = frozenset({"نفي", "نفت", "ينفي", "تنفي"})
_NEWS = frozenset(
    {"انباء", "وقوع", "حدوث", "سقوط", "شائعات", "تداولته", "تداولتها", "اخبار", "تداوله"}
)


@cache
def _words(language: str) -> Phrases[str]:
    raw = phrases.load(f"modality.{language}.yml")["tones"]
    return Phrases((pattern, name) for name, listed in raw.items() for pattern in listed)
