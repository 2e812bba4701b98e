"""How running text uses a place name, told by the words beside it.

The words are in ``names/usage.yml``; the rules are here, the surest first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from gazetteer.normalise import fold
from gazetteer.place import Level, Mention, Use

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_AFTER = 60  # characters that tell a use
_DATELINE = re.compile(
    r"(?:,[^\n,(]{2,30}){0,2}\s*(?:\([^)\n]{2,40}\)\s*)?(?:--|—|–|-|―|:|/)\s|\s*\([^)\n]{2,30}\)\s"
)
_LINE_START = re.compile(r"(?:^|\n)[\s_*\"“”>()\[\]-]*$")
_CAPITAL = re.compile(r"\s+(?:_\s*)?[A-Z]")


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

    def of(self, text: str, mention: Mention) -> Use:
        """Return how a text uses a mention."""
        if self._is_dateline(text, mention):
            return Use.DATELINE
        before = [w[0] for w in _WORD.finditer(text[max(0, mention.start - 60) : mention.start])]
        gap = text[:mention.start][-1:]
        after = text[mention.end : mention.end + _AFTER]
        if self._is_person(before, gap, text, mention):
            return Use.PERSON
        if self._is_organisation(before, after):
            return Use.ORGANISATION
        if self._is_government(before, after, mention, text):
            return Use.GOVERNMENT
        return Use.PLACE

    def _is_dateline(self, text: str, mention: Mention) -> bool:
        line = text.rfind("\n", 0, mention.start) + 1
        lead = text[line : mention.start]
        if not _LINE_START.search(text[:mention.start][-20:]):
            # "ERBIL, Kurdistan Region -": a later part of the same dateline
            if not re.fullmatch(r"[\s_]*[^\W\d_a-z][\w' .-]{1,30},\s*", lead) or not (
                lead.strip(" _").split(",")[0].isupper()
            ):
                return False
            return bool(_DATELINE.match(text, mention.end))
        if _DATELINE.match(text, mention.end):
            return True
        if not mention.text.isupper():
            return False
        rest = text[mention.end :].split("\n", 1)[0]
        return any(c.islower() for c in rest) and bool(_CAPITAL.match(text, mention.end))

    def _is_person(self, before: list[str], gap: str, text: str, mention: Mention) -> bool:
        if not before or gap not in (" ", "-", "\n"):
            return False
        last = fold(before[-1])
        words = self.words
        named = last in words["given_names"] or last in words["person_titles"]
        if named and not text[mention.start - 1 - len(before[-1]) : mention.start].startswith(","):
            return True
        lowercase_article = re.match(r"(?:al|el|ad|an|ar|as|at|az)-[A-Z]", mention.text)
        if lowercase_article is None or len(before) < 1:
            return False
        return before[-1][0].isupper() and len(before) > 1 and before[-1].isalpha() and (
            last not in _CAPITALISED_BUT_NO_NAME and not self._starts_sentence(text, mention, before)
        )

    @staticmethod
    def _starts_sentence(text: str, mention: Mention, before: list[str]) -> bool:
        lead = text[: mention.start].rstrip()
        lead = lead[: len(lead) - len(before[-1])].rstrip()
        return not lead or lead[-1] in ".!?:;\n”\"“"

    def _is_organisation(self, before: list[str], after: str) -> bool:
        words = self.words
        if before[-1:] and fold(before[-1]) in words["organisation_before"]:
            return True
        if len(before) > 1 and fold(before[-1]) in ("of", "for"):
            if fold(before[-2]) in words["organisation_before"]:
                return True
        if not after.startswith((" ", "-")):
            return False
        for word in _WORD.findall(re.split(r"[.,;:!?()\n]", after)[0])[:5]:
            folded = fold(word)
            if folded in words["organisation_after"]:
                return True
            if folded not in words["organisation_between"]:
                return False
        return False

    def _is_government(self, before: list[str], after: str, mention: Mention, text: str) -> bool:
        if not _can_govern(mention):
            return False
        words = self.words
        following = [fold(word) for word in _WORD.findall(re.split(r"[.;:!?()\n]", after)[0])]
        possessive = re.match(r"['’](?:s\b)?\s", after)
        if possessive:
            return bool(following[1:] and following[1] in words["government_possessed"])
        if not following:
            following = [""]
        if after.startswith(" ") and following[0] in words["government_after"]:
            return True
        if self._is_party(before, following, text, mention):
            return True
        introduced = bool(before) and fold(before[-1]) in _PREPOSITIONS
        if introduced or not after.startswith((" ", ",")):
            return False
        return self._governs_verb(following)

    def _governs_verb(self, following: list[str]) -> bool:
        words = self.words
        if following[0] == "and" and len(following) > 2:
            following = following[2:]  # "Tehran and Baghdad signed"
        if following[0] in words["government_verbs"]:
            return True
        if following[0] not in words["government_helpers"]:
            return False
        rest = [word for word in following[1:] if word not in ("not", "now", "also", "been")][:1]
        return not rest or rest[0] not in words["place_predicates"]

    def _is_party(
        self, before: list[str], following: list[str], text: str, mention: Mention
    ) -> bool:
        """"relations with Baghdad", "between Washington and Baghdad"."""
        words = self.words
        lately = [fold(word) for word in before[-6:]]
        if lately[-1:] and lately[-1] in words["government_prepositions"]:
            if any(word in words["government_relations"] for word in lately[:-1][-3:]):
                return True
        if "between" not in lately[-3:]:
            return False
        around = lately + following[:6]
        return any(word in words["government_relations"] for word in around) or (
            any(fold(word) in _CAPITALS for word in before[-3:] + following[:3])
        )


_PREPOSITIONS = frozenset("in at near to from of around outside inside on into through over".split())
_CAPITALISED_BUT_NO_NAME = frozenset(
    "in at near from the of to and city town province district village base camp on by for with "
    "monday tuesday wednesday thursday friday saturday sunday governorate hotel bridge street".split()
)
_CAPITALS = frozenset(
    "washington tehran ankara damascus moscow riyadh london paris beijing amman doha cairo "
    "baghdad erbil irbil beirut jerusalem brussels طهران واشنطن انقره بغداد دمشق".split()
)


def _can_govern(mention: Mention) -> bool:
    return fold(mention.text) in _CAPITALS
