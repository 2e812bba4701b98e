"""Names with one typing error: a letter too many, too few, wrong, or two letters swapped.

One error leaves one half of a name as it was, unless two letters are swapped that
stand in the middle. Each name is listed under both its halves; so a lookup costs as
many steps as there are names with such a half, however many names there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazetteer.normalise import without_article

_LEAST = 6  # letters, without articles: of shorter names too many are one error apart
_SURE = 8  # letters: from here on the last letter may be any other
_VOWELS = frozenset("aeiouywh")  # a final h is hardly heard
# A man is Abu Hassan, a clan and its village are Albu Hassan.
_OTHER_KIN = ({"abu", "albu"}, {"ابو", "البو"})
_DESCENT = ("i", "y", "ی", "ي", "iya", "ian")
_LOST_BEFORE_DESCENT = ("", "a", "ah", "e", "eh", "iya", "iyah", "iyyah", "ه", "ا", "يه")


class Typos:
    """Names that can be found despite one error."""

    def __init__(self, names: Iterable[str]) -> None:
        self._long: dict[str, int] = {}  # and which they are in order
        self._heads: dict[tuple[int, str], list[str]] = {}
        self._tails: dict[tuple[int, str], list[str]] = {}
        for name in names:
            if _is_long(name):
                length, middle = len(name), len(name) // 2
                self._long[name] = len(self._long)
                self._heads.setdefault((length, name[:middle]), []).append(name)
                self._tails.setdefault((length, name[middle:]), []).append(name)

    def near(self, written: str) -> list[str]:
        """Return the names that a folded text is one typing error away from, as listed."""
        if not _is_long(written) or self._is_descent(written):
            return []
        found = {name for name in self._candidates(written) if _is_typo(written, name)}
        return sorted(found, key=self._long.__getitem__)

    def _candidates(self, written: str) -> Iterator[str]:
        for length in range(len(written) - 1, len(written) + 2):
            middle = length // 2
            yield from self._heads.get((length, written[:middle]), ())
            yield from self._tails.get((length, written[middle - length :]), ())
        middle = len(written) // 2
        before, one, other = written[: middle - 1], written[middle - 1], written[middle]
        swapped = before + other + one + written[middle + 1 :]
        if swapped in self._long:
            yield swapped

    def _is_descent(self, written: str) -> bool:
        """Whether a text is a name and an ending that makes a person of it: a Baghdadi."""
        return any(name in self._long for name in _origins(written))


def _origins(written: str) -> Iterator[str]:
    """Yield the places that somebody may be called after by this name: al-Basri after Basra."""
    bare = without_article(written)
    for ending in _DESCENT:
        if bare.endswith(ending):
            stem = bare.removesuffix(ending)
            for final in _LOST_BEFORE_DESCENT:
                yield from (stem + final, f"al {stem}{final}", f"ال{stem}{final}")


def _is_long(folded: str) -> bool:
    if len(folded) < _LEAST:
        return False
    has_no_article = folded.isascii() and " " not in folded
    return has_no_article or len(without_article(folded)) >= _LEAST - 1


def _is_typo(written: str, name: str) -> bool:
    """Whether a text is a name with one error in it, rather than another word."""
    if not _one_error(written, name) or {written.split()[0], name.split()[0]} in _OTHER_KIN:
        return False
    one, other = without_article(written), without_article(name)
    if min(len(one), len(other)) <= _LEAST and one[0] != other[0]:
        return False  # fetish is no Hetite: who errs in a short name does so further on
    swapped = sorted(written) == sorted(name)
    if len(name) >= _SURE or swapped or written[-1] == name[-1]:
        return True
    # In a short word another vowel at the end makes another word: Ramadi, Ramada.
    return not (written[-1] in _VOWELS or name[-1] in _VOWELS)


def _one_error(one: str, other: str) -> bool:
    """Whether two texts differ by one letter added, left out or replaced, or two swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    rest, others = one[same:], other[same:]
    if len(rest) == len(others):
        swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
        return rest[1:] == others[1:] or swapped
    return rest[1:] == others or rest == others[1:]
