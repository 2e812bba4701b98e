"""How running text uses a place name, told by the words beside it.

The words are in ``names/usage.yml``; the rules are here, the surest first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from gazetteer.normalise import fold, folded_words
from gazetteer.place import Match, Use
from gazetteer.words import Word

_DATELINE_END = re.compile(
    r"(?:,\s[^\n,(.]{2,30}){0,2}\s*"
    r"(?:\([^)\n]{2,40}\)\s*(?:--|—|–|-|―|:|/)?\s|(?:--|—|–|―|/|:)\s|-\s|\s-)"
)
_DATELINE_START = re.compile(r"(?:^|\n)[ \t_*\"“”>()\[\]-]*$")
_DATELINE_HEAD = re.compile(r"(?:^|\n)[ \t_*]*[^\W\d_a-z]{3}[^\n,.]{0,30},\s*$")
_STOP = re.compile(r"[.,;:!?()\n\"“”]")
_FULL_STOP = re.compile(r"[.;:!?()\n]")
_SENTENCE_END = frozenset('.!?:;\n”"“')
_NEAR = 6  # words that are looked at on either side


@dataclass(frozen=True, slots=True)
class Usage:
    """The words that tell uses, folded."""

    words: dict[str, frozenset[str]]

    @classmethod
    def load(cls) -> Usage:
        """Read the words that the package carries."""
        import yaml  # only running text needs it

        content = yaml.safe_load((files("gazetteer") / "names" / "usage.yml").read_bytes())
        return cls({name: frozenset(map(fold, words)) for name, words in content.items()})

    def of(self, text: str, words: Sequence[Word], first: int, last: int, match: Match) -> Use:
        """Return how a text uses the name that its words ``first`` to ``last`` spell."""
        name = _Named(text, words, first, last, match)
        if name.is_dateline():
            return Use.DATELINE
        if self._is_person(name):
            return Use.PERSON
        if self._is_organisation(name):
            return Use.ORGANISATION
        return Use.GOVERNMENT if self._is_government(name) else Use.PLACE

    def _is_person(self, name: _Named) -> bool:
        before = name.word_before
        if before is None:
            return False
        words = self.words
        if before.folded in words["given_names"] or before.folded in words["person_titles"]:
            return True
        # "Muqtada al-Sadr", "Qais al-Khazali": a capital word, then the article in small letters.
        capital = before.form.text[0].isupper() and before.folded not in _NO_GIVEN_NAMES
        return name.has_small_article and capital and not name.starts_sentence(before)

    def _is_organisation(self, name: _Named) -> bool:
        words = self.words
        before = name.before
        head = before[-2:-1] if before[-1:] in (["of"], ["for"]) else before[-1:]
        if head and head[0] in words["organisation_before"]:
            return True
        for word in name.after:
            if word in words["organisation_after"]:
                return True
            if word not in words["organisation_between"]:
                return False
        return False

    def _is_government(self, name: _Named) -> bool:
        if name.folded not in _CAPITALS:
            return False
        words, after = self.words, name.after
        if name.is_possessive:
            return bool(after) and after[0] in words["government_possessed"]
        if after and after[0] in words["government_after"]:
            return True
        if self._is_party(name):
            return True
        introduced = bool(name.before) and name.before[-1] in _PREPOSITIONS
        return not introduced and self._governs_verb(name.after_comma)

    def _governs_verb(self, following: Sequence[str]) -> bool:
        words = self.words
        if len(following) > 2 and following[0] == "and":
            following = following[2:]  # "Tehran and Baghdad signed"
        if not following:
            return False
        if following[0] in words["government_verbs"]:
            return True
        if following[0] not in words["government_helpers"]:
            return False
        rest = [word for word in following[1:] if word not in ("not", "now", "also", "been")]
        return not rest or rest[0] not in words["place_predicates"]

    def _is_party(self, name: _Named) -> bool:
        """Whether a name is a side: "relations with Baghdad", "between Washington and Baghdad"."""
        words, before = self.words, name.before
        relations = words["government_relations"]
        with_it = before[-1:] and before[-1] in words["government_prepositions"]
        if with_it and any(word in relations for word in before[-4:-1]):
            return True
        if "between" not in before[-3:]:
            return False
        others = {*before[-3:], *name.after[:3]} & _CAPITALS
        return bool(others or relations & {*before, *name.after})


class _Named:
    """A name among the words of a text."""

    def __init__(
        self, text: str, words: Sequence[Word], first: int, last: int, match: Match
    ) -> None:
        self._text, self._words, self._match = text, words, match
        self._first, self._last = first, last
        self._start, self._end = words[first].start, words[last].end
        self.folded = " ".join(word.folded for word in words[first : last + 1])
        self.is_possessive = bool(words[last].form.possessive)

    @cached_property
    def before(self) -> list[str]:
        """The words before the name, folded, back to the last stop."""
        found: list[str] = []
        at, start = self._first - 1, self._start
        while at >= 0 and len(found) < _NEAR:
            word = self._words[at]
            gap = self._text[word.end : start]
            if gap != " " and _STOP.search(gap):
                break
            found.append(word.folded)
            at, start = at - 1, word.start
        return found[::-1]

    @cached_property
    def after(self) -> list[str]:
        """The words behind the name, folded, up to the next stop."""
        return self._following(_STOP)

    @property
    def after_comma(self) -> list[str]:
        """The words behind the name, or behind the comma that follows it."""
        return self._following(_FULL_STOP)

    def _following(self, stop: re.Pattern[str]) -> list[str]:
        found: list[str] = []
        end = self._end
        for word in self._words[self._last + 1 : self._last + 1 + _NEAR]:
            gap = self._text[end : word.start]
            if gap != " " and stop.search(gap):
                break
            found.append(word.folded)
            end = word.end
        return found

    @property
    def word_before(self) -> Word | None:
        """The word that the name follows with only a space or hyphen between."""
        at = self._first - 1
        if at < 0:
            return None
        word = self._words[at]
        gap = self._text[word.end : self._start]
        if gap in (" ", "-", "\n") and not word.form.possessive:
            if word.form.is_article and at and not word.form.text[0].isupper():
                return self._words[at - 1]  # the name was listed without its article
            return word
        return None

    @property
    def has_small_article(self) -> bool:
        """Whether the name begins with al- in small letters, within it or before it."""
        first = self._words[self._first].form
        before = self._words[self._first - 1].form if self._first else None
        for form in (first, before):
            if form is not None and form.is_article and not form.text[0].isupper():
                return True
        return False

    def starts_sentence(self, word: Word) -> bool:
        """Whether a word is the first of its sentence, where any word is capital."""
        lead = self._text[: word.start].rstrip(" ")
        return not lead or lead[-1] in _SENTENCE_END

    def is_dateline(self) -> bool:
        """Whether the name says where a report was written: "ERBIL, Kurdistan Region -"."""
        lead = self._text[max(0, self._start - 60) : self._start]
        ends = _DATELINE_END.match(self._text, self._end) is not None
        if _DATELINE_START.search(lead) and (self._start < 60 or "\n" in lead):
            return ends or self._is_capital_dateline()
        head = _DATELINE_HEAD.search(lead)
        return ends and head is not None and head[0].strip(" _*\n").split(",")[0].isupper()

    def _is_capital_dateline(self) -> bool:
        """Whether a dateline has lost its dash: "BAGHDAD US warplanes fired"."""
        name = self._text[self._start : self._end]
        if not name.isupper() or len(name) < 4 or self._match.place is None:
            return False
        rest = self._text[self._end : self._end + 200].split("\n", 1)[0]
        return bool(re.match(r"\s+[A-Z]", rest)) and any(c.islower() for c in rest)


_PREPOSITIONS = folded_words("in at near to from of around outside inside on into through over by")
_NO_GIVEN_NAMES = folded_words(
    "in at near from the of to and city town province district village base camp on by for with "
    "governorate hotel bridge street mount road sunday monday tuesday wednesday thursday friday "
    "saturday shrine mosque airport dam hill tal tell khan"
)
_CAPITALS = folded_words(
    "washington tehran ankara damascus moscow riyadh london paris beijing amman doha cairo baghdad "
    "erbil irbil arbil beirut jerusalem brussels طهران واشنطن أنقرة بغداد دمشق أربيل الرياض"
)
