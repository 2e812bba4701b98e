"""How running text uses a place name, told by the words beside it.

The words are compiled from ``names/usage.yml``; the rules are here, the surest first.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.kinds import without_kind
from gazetteer.normalise import folded_words
from gazetteer.place import Level, Match, Use
from gazetteer.words import Words

_DATELINE_END = re.compile(
    r"(?:\s?(?:/|and|&)\s?[^\W\d_a-z][\w'’ -]{2,25}?){0,2}"  # BASRA/NAJAF
    r"(?:,\s(?:[^\n,(.]|(?<=[a-z])\.(?=\s\d)){2,30}){0,3}\s*"  # a full stop only as in "Jan. 26"
    r"(?:\([^)\n]{2,40}\)\s*(?:--|—|–|-|―|:|/)?\s|(?:--|—|–|―|/|:)\s|-\s|\s-)"
)
_DATELINE_GOES_ON = frozenset(",/&d")
_DATELINE_WITHIN = 60  # characters of the start of a line
_BEFORE_DATELINE = ' \t_*>()[]-"“”'
_STOPS = frozenset('.,;:!?()\n"“”،؛؟')
_SENTENCE_END = frozenset('.!?:;\n”"“')
_NEAR = 6  # words that are looked at on either side


@dataclass(frozen=True, slots=True)
class Usage:
    """The words that tell uses, folded."""

    words: dict[str, frozenset[str]]
    adjectives: dict[str, str]
    """Of Baghdadi the name of its place: Baghdad."""
    relation_stems: tuple[str, ...] = ()
    """How words for relations between governments begin: علاق of العلاقات."""

    @classmethod
    def read(cls, content: bytes) -> Usage:
        """Read ``usage.json``."""
        rules = json.loads(content)
        adjectives = rules.pop("adjectives")
        stems = tuple(rules.pop("relation_stems"))
        return cls({rule: frozenset(words) for rule, words in rules.items()}, adjectives, stems)

    def is_adjective(self, words: Words, at: int) -> bool:
        """Whether a word such as Baghdadi is said of people or things and is nobody's name."""
        form, before = words.forms[at], words.forms[at - 1] if at else None
        if before is None or words.gaps[at] != " ":
            return False
        if not form.text.isascii():
            of_him = at > 1 and words.forms[at - 2].folded in self.words["person_titles"]
            both = before.folded.startswith("ال") == form.folded.startswith("ال")
            return both and not of_him and before.folded not in self.words["given_names"]
        if before.folded not in self.words["determiners"] and not before.folded.isdigit():
            return False
        follows = words.forms[at + 1] if at + 1 < len(words) else None
        if form.folded.endswith("s"):
            return True
        return follows is not None and words.gaps[at + 1] == " " and follows.text.islower()

    def of(self, words: Words, first: int, last: int, match: Match) -> Use:
        """Return how a text uses the name that its words ``first`` to ``last`` spell."""
        name = _Named(words, first, last, match)
        if name.is_dateline():
            return Use.DATELINE
        if self._is_person(name):
            return Use.PERSON
        if self._is_organisation(name):
            return Use.ORGANISATION
        return Use.GOVERNMENT if self._is_government(name) else Use.PLACE

    def _is_person(self, name: _Named) -> bool:
        if self._is_given_name(name):
            return True
        at = name.before_article
        if at is None or name.is_country:
            return False
        before, rules = name.words.forms[at], self.words
        if name.words.gaps[at + 1] == ". ":
            return before.folded in rules["short_titles"]
        if before.folded in rules["given_names"] or before.folded in rules["person_titles"]:
            return True
        # "Muqtada al-Sadr", "Qais al-Khazali": a capital word, then the article in small letters.
        if not name.has_small_article or before.folded in _NO_GIVEN_NAMES:
            return False
        return before.text[0].isupper() and not name.starts_sentence(at)

    def _is_given_name(self, name: _Named) -> bool:
        """Whether behind a name stands its bearer's other: "Barzan al-Tikriti", "Soran Omar"."""
        forms, gaps, at = name.words.forms, name.words.gaps, name.last + 1
        if at == len(forms) or gaps[at] not in (" ", "-") or name.is_country:
            return False
        family = forms[at]
        if family.is_article and family.text.islower():
            if family.text in _ENGLISH and gaps[at + 1 : at + 2] != ["-"]:
                return False  # "Mortars Hit Green Zone as Assembly Meets"
            at += 1
            if at == len(forms) or gaps[at] not in (" ", "-"):
                return False
            family = forms[at]
        elif name.folded not in self.words["given_to_places"]:
            return False
        elif not family.text.isascii():
            return family.folded.endswith("ي") or family.folded in self.words["given_names"]
        else:
            return self._is_family_name(name, at)
        return family.text[0].isupper() and family.folded.endswith(("i", "y"))

    def _is_family_name(self, name: _Named, at: int) -> bool:
        """Whether a capital word behind a name is a person's, and not of a thing or day there.

        One that has no ending of descent is a person's only where nothing leads up to a place,
        and not in a headline, where any word is capital.
        """
        family, words = name.words.forms[at], self.words
        if not family.text[0].isupper() or family.folded in words["given_names"]:
            return family.text[0].isupper()
        is_thing = family.generic is not None or family.folded in _NO_GIVEN_NAMES
        is_thing = is_thing or any(family.folded in words[rule] for rule in _THINGS_OF_PLACES)
        if is_thing or without_kind(f"{name.folded} {family.folded}"):
            return False
        if family.folded.endswith(("i", "y")):
            return True
        if family.names or not family.text.istitle() or name.before(0) in _LEADING_TO_PLACES:
            return False
        behind = name.words.forms[at + 1].text if at + 1 < len(name.words) else ""
        return not behind[:1].isupper()

    def _is_organisation(self, name: _Named) -> bool:
        rules = self.words
        if name.capital_after in rules["called_after_places"]:
            return True
        before = name.before(0)
        if before in ("of", "for") or before in rules["organisation_kinds"]:
            before = name.before(1)
        if before in rules["organisation_before"]:
            return True
        for step in range(_NEAR):
            word = name.after(step)
            if word in rules["organisation_after"]:
                return True
            if word not in rules["organisation_between"]:
                return False
        return False

    def _is_government(self, name: _Named) -> bool:
        if name.folded not in _CAPITALS:
            return False
        after, rules = name.after(0), self.words
        if name.is_possessive:
            return after in rules["government_possessed"]
        if after in rules["government_after"] or self._is_party(name):
            return True
        before = name.before(0)
        if before in _PREPOSITIONS:
            return False
        said = not before.isascii() and before.removeprefix("و") in rules["government_verbs"]
        return said or self._governs_verb(name.all_after)  # رفضت بغداد, "Baghdad refused"

    def _governs_verb(self, following: Sequence[str]) -> bool:
        words = self.words
        if len(following) > 2 and following[0] == "and":
            following = following[2:]  # "Tehran and Baghdad signed"
        if not following:
            return False
        if following[0] in words["government_verbs"]:
            return True
        if following[0] in words["government_dealings"]:  # "reached a deal"
            return any(map(self._tells_relation, following[1:4]))
        if following[0] not in words["government_helpers"]:
            return False
        rest = [word for word in following[1:] if word not in ("not", "now", "also", "been")]
        return not rest or rest[0] not in words["place_predicates"]

    def _is_party(self, name: _Named) -> bool:
        """Whether a name is a side: "relations with Baghdad", "between Washington and Baghdad"."""
        last = [name.before(step) for step in range(4)]
        is_with = last[0] in self.words["government_prepositions"]
        if is_with and any(map(self._tells_relation, last[1:])):
            return True
        if _BETWEEN.isdisjoint(last[:3]):
            return False
        before, after = name.all_before, name.all_after
        if any(map(self._tells_relation, before[-5:])):
            return True
        if not self.words["on_the_way"].isdisjoint(before):
            return False  # "a convoy was hit between Baghdad and Erbil"
        others = _CAPITALS.intersection([*last[:3], *after[:3]])
        return bool(others) or any(map(self._tells_relation, after))

    def _tells_relation(self, word: str) -> bool:
        stem = word.removeprefix("و").removeprefix("ال")
        return word in self.words["government_relations"] or stem.startswith(self.relation_stems)


class _Named:
    """A name among the words of a text.

    The words about it are folded, the nearest first, up to the next stop.
    """

    def __init__(self, words: Words, first: int, last: int, match: Match) -> None:
        self.words, self._place = words, match.place
        self._first, self.last = first, last
        forms = words.forms
        if first == last:
            self.folded = forms[first].folded
        else:
            self.folded = " ".join([form.folded for form in forms[first : last + 1]])
        self.is_possessive = forms[last].possessive > 0
        # Nobody's family name is Iraq's.
        self.is_country = match.place is not None and match.place.level is Level.ADM0

    def before(self, step: int) -> str:
        """Return the word so many words before the name, or an empty one behind a stop."""
        words, first = self.words, self._first
        at = first - 1 - step
        if at < 0:
            return ""
        gap = "".join(words.gaps[at + 1 : first + 1]) if step else words.gaps[first]
        return words.forms[at].folded if gap == " " or _STOPS.isdisjoint(gap) else ""

    def after(self, step: int) -> str:
        """Return the word so many words after the name, or an empty one behind a stop."""
        words, next_one = self.words, self.last + 1
        at = next_one + step
        if at >= len(words.forms):
            return ""
        gap = "".join(words.gaps[next_one : at + 1]) if step else words.gaps[next_one]
        return words.forms[at].folded if gap == " " or _STOPS.isdisjoint(gap) else ""

    @property
    def capital_after(self) -> str:
        """The word after the name, if that is a capital one; folded."""
        words, at = self.words, self.last + 1
        is_next = at < len(words.forms) and words.gaps[at] == " " and not self.is_possessive
        return words.forms[at].folded if is_next and words.forms[at].text[0].isupper() else ""

    @property
    def all_before(self) -> list[str]:
        """The words before the name in the order of the text."""
        found = itertools.takewhile(bool, (self.before(step) for step in range(_NEAR)))
        return [*found][::-1]

    @property
    def all_after(self) -> list[str]:
        return [*itertools.takewhile(bool, (self.after(step) for step in range(_NEAR)))]

    @property
    def before_article(self) -> int | None:
        """Which word is before the name and its article, with only a space or hyphen between."""
        at = self._first - (2 if self._article_stands_before() else 1)
        return at if at >= 0 and self.words.gaps[at + 1] in (" ", "-", "\n", ". ") else None

    @property
    def has_small_article(self) -> bool:
        """Whether the name begins with al- in small letters, as listed or before what is listed."""
        first = self.words.forms[self._first]
        small = first.is_article and not first.text[0].isupper()
        return small or self._article_stands_before()

    def _article_stands_before(self) -> bool:
        if self._first == 0 or self.words.gaps[self._first] != "-":
            return False
        form = self.words.forms[self._first - 1]
        return form.is_article and not form.text[0].isupper()

    def starts_sentence(self, at: int) -> bool:
        """Whether a word is the first of its sentence, where any word is capital."""
        lead = self.words.gaps[at].rstrip(" ")
        return lead[-1] in _SENTENCE_END if lead else at == 0

    def is_dateline(self) -> bool:
        """Whether the name says where a report was written: "ERBIL, Kurdistan Region -"."""
        text, start = self.words.text, self.words.starts[self._first]
        line = text.rfind("\n", max(0, start - _DATELINE_WITHIN - 1), start) + 1
        if start - line > _DATELINE_WITHIN:
            return False
        lead = text[line:start].strip(_BEFORE_DATELINE)
        if lead and not (lead[-1] in _DATELINE_GOES_ON and _begins_dateline(lead)):
            return False
        ends = _DATELINE_END.match(text, self.words.ends[self.last]) is not None
        return ends or (not lead and self._is_capital_dateline())

    def _is_capital_dateline(self) -> bool:
        """Whether a dateline has lost its dash: "BAGHDAD US warplanes fired"."""
        text, end = self.words.text, self.words.ends[self.last]
        name = text[self.words.starts[self._first] : end]
        if not name.isupper() or len(name) < 4 or self._place is None:
            return False
        rest = text[end : end + 200].split("\n", 1)[0]
        return bool(re.match(r"\s+[A-Z]", rest)) and any(c.islower() for c in rest)


def _begins_dateline(lead: str) -> bool:
    """Whether what stands before a name in its line is of a dateline: "BAGHDAD and", "Mosul/"."""
    if lead.endswith(","):
        return lead.split(",")[0].replace(" and ", " ").isupper()
    if lead.endswith("/"):
        return lead[0].isupper() and len(lead.split()) < 3
    return lead.endswith((" and", " &")) and lead.removesuffix("and").isupper()


_PREPOSITIONS = folded_words(
    "in at near to from of around outside inside on into through over by "
    "في من إلى الى عن لە بۆ ناو لەناو li ji di bo"
)
_LEADING_TO_PLACES = _PREPOSITIONS | {"the", "and"}
_THINGS_OF_PLACES = ("organisation_after", "organisation_between", "called_after_places", "venues")
_BETWEEN = folded_words("between بين وبين نێوان نێوانی navbera")
_ENGLISH = ("as", "at", "an")  # words that are written as articles are
_NO_GIVEN_NAMES = folded_words(
    "in at near from the of to and city town province district village base camp on by for with "
    "governorate hotel bridge street mount road sunday monday tuesday wednesday thursday friday "
    "january february march april may june july august september october november december "
    "saturday shrine mosque airport dam hill tal tell khan"
)
_CAPITALS = folded_words(
    "washington tehran ankara damascus moscow riyadh london paris beijing amman doha cairo baghdad "
    "erbil irbil arbil beirut jerusalem brussels طهران واشنطن أنقرة بغداد دمشق أربيل الرياض "
    "موسكو عمان الكويت الدوحة القاهرة بيروت لندن بەغدا بەغداد هەولێر ئەنقەرە تاران واشنتۆن دیمەشق "
    "bexda bexdayê bexdadê hewlêr hewlêrê enqere enqereyê tehranê şam waşînton waşîngton"
)
_CAPITALS |= {f"و{name}" for name in _CAPITALS if not name.isascii()}  # "and Baghdad"
