"""Place names in running English, Arabic, Sorani and Kurmanji text.

Names are matched word by word, the longest first, never inside a word. What
stands beside a name is read with it: generic words ("town of Kufa") and the
unit that holds it ("Taji, Baghdad"). Names that are also words or persons need
company.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer.choose import NO_CONTEXT, Context, lies_in
from gazetteer.normalise import fold, key_of_folded
from gazetteer.place import Level, Match, Mention, Status
from gazetteer.resolve import Resolver
from gazetteer.toponym import DIRECTIONS, generic_of
from gazetteer.usage import Usage
from gazetteer.words import ARTICLES, Word, cuts, split, word_key

_SURE_LETTERS = 6  # a shorter word that is only spelled like a name may be any word
_PREPOSITIONS = frozenset(
    "in near at from around outside inside of to into towards toward between across through "
    "reach reached left entered لە li ji في من الي قرب قضاء مدينه".split()
)
_SMALL_WORDS = ARTICLES | {"of", "the", "bin", "wa"}
_PROSE = Context(prose=True)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Words ``first`` to ``last`` that spell a name, and the name with its generic words."""

    first: int
    last: int
    start: int
    end: int
    bare: bool  # no generic word about it


class Finder:
    """Finds mentions of places by the names of a resolver."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._usage = Usage.load()
        self._longest = _longest_by_first_word(resolver)

    def find(self, text: str) -> list[Mention]:
        """Return the mentions in the order of the text; they do not overlap."""
        words = split(text)
        spots = self._spots(words, text)
        looks = [self._resolver.resolve(text[spot.start : spot.end], _PROSE) for spot in spots]
        company = frozenset(look.place.adm1 for look in looks if look.place and look.place.adm1)
        mentions = []
        for spot, look in zip(spots, looks, strict=True):
            match = look
            if look.status is Status.AMBIGUOUS and company:
                context = Context(prose=True, company=company)
                match = self._resolver.resolve(text[spot.start : spot.end], context)
            if self._believable(spot, match, look, words):
                mentions.append(Mention(text[spot.start : spot.end], spot.start, spot.end, match))
        mentions = self._with_parents(mentions, text)
        return [replace(m, use=self._usage.of(text, m)) for m in mentions]

    # --- where names are -----------------------------------------------------

    def _spots(self, words: list[Word], text: str) -> list[_Spot]:
        spots: list[_Spot] = []
        at = 0
        while at < len(words):
            spot = self._spot_at(words, at, text)
            if spot is None:
                at += 1
                continue
            spots.append(self._with_generics(spot, words, text, spots[-1].end if spots else 0))
            at = spot.last + 1
            while at < len(words) and words[at].start < spots[-1].end:
                at += 1
        return spots

    def _spot_at(self, words: list[Word], at: int, text: str) -> _Spot | None:
        word = words[at]
        article = word.folded in ARTICLES and at + 1 < len(words) and words[at + 1].text[0].isupper()
        if not (word.may_begin_a_name or article):
            return None
        for cut in cuts(word):
            most = self._longest.get(word_key(cut.folded), 0)
            for count in range(min(most, len(words) - at), 0, -1):
                last = at + count - 1
                if count > 1 and not _run_together(words[at : last + 1], text):
                    continue
                if cut.right and count > 1:
                    continue
                folded = " ".join([cut.folded, *(word.folded for word in words[at + 1 : last + 1])])
                if self._is_name(folded, count):
                    return _Spot(
                        at, last, word.start + cut.left, words[last].end - cut.right, bare=True
                    )
                if count > 1 and (ending := self._ending_of(words[last], folded, count)):
                    return _Spot(at, last, word.start + cut.left, words[last].end - ending, bare=True)
        return None

    def _ending_of(self, last: Word, folded: str, count: int) -> int:
        """Return how many letters of a Kurdish ending stand between words and a name."""
        for cut in cuts(last)[1:]:
            if cut.right:
                stem = folded[: len(folded) - len(last.folded)] + cut.folded
                if self._is_name(stem, count):
                    return cut.right
        return 0

    def _is_name(self, folded: str, count: int) -> bool:
        index = self._resolver.index
        if folded in index.exact or self._resolver.outside.find(folded) is not None:
            return True
        if count == 1 and len(folded) < _SURE_LETTERS:
            return False
        return bool(index.like(folded))

    def _with_generics(
        self, spot: _Spot, words: list[Word], text: str, free_from: int
    ) -> _Spot:
        """Take in the generic words, directions and article about a name."""
        start, end, first, bare = spot.start, spot.end, spot.first, True
        right = spot.last + 1
        if (
            right < len(words)
            and not words[spot.last].possessive
            and text[end : words[right].start] in (" ", "-", "\u00a0")
            and generic_of(words[right].folded)
            and not (right + 1 < len(words) and words[right + 1].folded == "of")
        ):
            end, bare = words[right].end, False
        while first > 0 and words[first - 1].start >= free_from:
            left = words[first - 1]
            gap = text[left.end : start] if start >= left.end else ""
            if gap.strip(" -\u00a0\\\n") or "\n\n" in gap or left.possessive:
                break
            if left.folded in ARTICLES and gap in ("-", " "):
                pass
            elif left.folded == "of" and first > 1 and generic_of(words[first - 2].folded):
                pass
            elif any(generic_of(cut.folded) for cut in cuts(left)):
                bare = False
            elif left.folded not in DIRECTIONS:
                break
            start = left.start + _prefix_of(left)
            first -= 1
        return _Spot(spot.first, spot.last, start, end, bare)

    # --- which are places ----------------------------------------------------

    def _believable(self, spot: _Spot, match: Match, alone: Match, words: list[Word]) -> bool:
        """Whether a spot that spells a name is to be taken for one."""
        before = words[spot.first - 1].folded if spot.first else ""
        introduced = before in _PREPOSITIONS
        if match.status is Status.OUTSIDE:
            foreign = self._resolver.outside.find(fold(match.query))
            return introduced or (foreign is not None and foreign.well_known)
        if match.status is Status.RESOLVED:
            # Company alone makes a place of "Hit" only where the sentence leads up to one.
            return alone.status is Status.RESOLVED or not spot.bare or introduced
        return match.status is Status.AMBIGUOUS and any(
            candidate.score >= 0.8 for candidate in match.candidates
        )

    def _with_parents(self, mentions: list[Mention], text: str) -> list[Mention]:
        """Make one mention of a name and the unit behind its comma that holds it."""
        joined: list[Mention] = []
        for mention in mentions:
            holder = mention.match.place
            if joined and holder and holder.level in (Level.ADM1, Level.ADM2, Level.SETTLEMENT):
                head = joined[-1]
                if text[head.end : mention.start] in (", ", " (", ",\n", "، "):
                    context = Context(parent=_as_unit(mention, self._resolver), prose=True)
                    match = self._resolver.resolve(head.text, context)
                    if match.place and _is_parent(mention.match, match):
                        joined[-1] = Mention(
                            text[head.start : mention.end], head.start, mention.end, match
                        )
                        continue
            joined.append(mention)
        return joined


def _as_unit(mention: Mention, resolver: Resolver):
    return resolver.resolve(mention.text, NO_CONTEXT).place or mention.match.place


def _is_parent(outer: Match, inner: Match) -> bool:
    holder, held = outer.place, inner.place
    if holder is None or held is None or held.id == holder.id:
        return False
    return "although" not in inner.why and lies_in(held, holder)


def _prefix_of(word: Word) -> int:
    """Return how many letters of an Arabic prefix stand before a generic word."""
    return next((cut.left for cut in cuts(word) if generic_of(cut.folded)), 0)


def _run_together(words: Sequence[Word], text: str) -> bool:
    """Whether words can be one name: only spaces or hyphens between, capitals where due."""
    for one, other in zip(words, words[1:], strict=False):
        gap = text[one.end : other.start]
        if gap not in (" ", "-", "\u00a0", "\n", ". ", ".", "‑", ", ") or one.possessive:
            return False
        if not (other.may_begin_a_name or other.folded in _SMALL_WORDS or other.text[0].isdigit()):
            return False
    return True


def _longest_by_first_word(resolver: Resolver) -> dict[str, int]:
    """Return, by the key of a name's first word, how many words such names have at most."""
    longest: dict[str, int] = {}
    for names in (resolver.index.exact, resolver.outside.names()):
        for folded in names:
            words = folded.split()
            key = word_key(words[0])
            longest[key] = max(longest.get(key, 0), len(words))
            if len(words) > 1:
                whole = key_of_folded(folded)
                longest.setdefault(whole, 1)
    return longest
