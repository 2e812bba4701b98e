"""How running text uses a place name, told by the words beside it.

The words are compiled from ``names/usage.yml``; the rules are here, the surest first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.normalise import folded_words
from gazetteer.place import Level, Match, Use
from gazetteer.words import Word

_DATELINE_END = re.compile(
    r"(?:,\s(?:[^\n,(.]|(?<=[a-z])\.(?=\s\d)){2,30}){0,3}\s*"  # a full stop only as in "Jan. 26"
    r"(?:\([^)\n]{2,40}\)\s*(?:--|—|–|-|―|:|/)?\s|(?:--|—|–|―|/|:)\s|-\s|\s-)"
)
_DATELINE_WITHIN = 60  # characters of the start of a line
_BEFORE_DATELINE = ' \t_*>()[]-"“”'
_STOPS = frozenset('.,;:!?()\n"“”،؛؟')
_FULL_STOPS = frozenset('.,;:!?()\n"“”،؛؟')
_SENTENCE_END = frozenset('.!?:;\n”"“')
_NEAR = 6  # words that are looked at on either side


@dataclass(frozen=True, slots=True)
class Usage:
    """The words that tell uses, folded."""

    words: dict[str, frozenset[str]]

    @classmethod
    def read(cls, content: bytes) -> Usage:
        """Read ``usage.json``."""
        return cls({rule: frozenset(words) for rule, words in json.loads(content).items()})

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
        if before is None or name.is_country:
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
    """A name among the words of a text.

    ``before`` and ``after`` are the folded words about it, up to the next stop;
    ``after_comma`` goes on behind a comma.
    """

    def __init__(
        self, text: str, words: Sequence[Word], first: int, last: int, match: Match
    ) -> None:
        self._text, self._words, self._match = text, words, match
        self._first, self._last = first, last
        self._start, self._end = words[first].start, words[last].end
        self.folded = " ".join([word.form.folded for word in words[first : last + 1]])
        self.is_possessive = bool(words[last].form.possessive)
        self.before = self._preceding()
        self.after = self._following(_STOPS)

    @property
    def after_comma(self) -> list[str]:
        return self._following(_FULL_STOPS)

    def _preceding(self) -> list[str]:
        found: list[str] = []
        start = self._start
        for word in self._words[max(0, self._first - _NEAR) : self._first][::-1]:
            gap = self._text[word.end : start]
            if gap != " " and not _STOPS.isdisjoint(gap):
                break
            found.append(word.form.folded)
            start = word.start
        return found[::-1]

    def _following(self, stops: frozenset[str]) -> list[str]:
        found: list[str] = []
        end = self._end
        for word in self._words[self._last + 1 : self._last + 1 + _NEAR]:
            gap = self._text[end : word.start]
            if gap != " " and not stops.isdisjoint(gap):
                break
            found.append(word.form.folded)
            end = word.end
        return found

    @property
    def is_country(self) -> bool:
        """Whether the name is Iraq's, which is nobody's family name."""
        place = self._match.place
        return place is not None and place.level is Level.ADM0

    @property
    def word_before(self) -> Word | None:
        """The word before the name and its article, with only a space or hyphen between."""
        at = self._first - (2 if self._article_stands_before() else 1)
        if at < 0:
            return None
        word, behind = self._words[at], self._words[at + 1]
        gap = self._text[word.end : behind.start]
        return word if gap in (" ", "-", "\n") and not word.form.possessive else None

    @property
    def has_small_article(self) -> bool:
        """Whether the name begins with al- in small letters, as listed or before what is listed."""
        first = self._words[self._first].form
        small = first.is_article and not first.text[0].isupper()
        return small or self._article_stands_before()

    def _article_stands_before(self) -> bool:
        if self._first == 0:
            return False
        word = self._words[self._first - 1]
        joined = word.end + 1 == self._start and self._text[word.end] == "-"
        return joined and word.form.is_article and not word.form.text[0].isupper()

    def starts_sentence(self, word: Word) -> bool:
        """Whether a word is the first of its sentence, where any word is capital."""
        lead = self._text[: word.start].rstrip(" ")
        return not lead or lead[-1] in _SENTENCE_END

    def is_dateline(self) -> bool:
        """Whether the name says where a report was written: "ERBIL, Kurdistan Region -"."""
        line = self._text.rfind("\n", 0, self._start) + 1
        if self._start - line > _DATELINE_WITHIN:
            return False
        lead = self._text[line : self._start].strip(_BEFORE_DATELINE)
        if lead and not (lead.endswith(",") and lead.split(",")[0].isupper()):
            return False
        ends = _DATELINE_END.match(self._text, self._end) is not None
        return ends or (not lead and self._is_capital_dateline())

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
