"""Names with one typing error: a letter too many, too few, wrong, or two letters swapped.

Each name is listed under itself and under each form that lacks one of its
letters; two names that are one error apart share such a form. So a lookup
costs as many steps as the name has letters, however many names there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gazetteer.normalise import without_article

_LEAST = 6  # letters, without articles: of shorter names too many are one error apart
_SURE = 8  # letters: from here on the last letter may be any other
_VOWELS = frozenset("aeiouywh")  # a final h is hardly heard
_LATIN = "abcdefghijklmnopqrstuvwxyz "
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ئؤپچژگڤڕڵۆێ"
_DESCENT = ("i", "y", "ی", "ي", "iya", "ian")
_LOST_BEFORE_DESCENT = ("", "a", "ah", "ه")


class Typos:
    """Names that can be found despite one error."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_form: dict[str, list[str]] = {}
        for name in names:
            if _is_long(name):
                for form in {name, *_shortened(name)}:
                    self._by_form.setdefault(form, []).append(name)

    def near(self, written: str) -> list[str]:
        """Return the names that a folded text is one typing error away from."""
        if not _is_long(written) or self._is_descent(written):
            return []
        found: dict[str, None] = {}
        for form in (written, *_shortened(written)):
            for name in self._by_form.get(form, ()):
                if name not in found and _is_typo(written, name):
                    found[name] = None
        return list(found)

    def _is_descent(self, written: str) -> bool:
        """Whether a text is a name and an ending that makes a person of it: a Baghdadi."""
        return any(name in self._by_form.get(name, ()) for name in _origins(written))


def near_in(written: str, names: Mapping[str, object]) -> list[str]:
    """Return the names that a folded text is one typing error away from, without an index.

    Tries every text that is one error away: dearer than `Typos` for each
    question, and free for as many names as there are until the first.
    """
    if not _is_long(written):
        return []
    if any(name in names for name in _origins(written)):
        return []
    found = names.keys() & _one_error_away(written)
    return sorted(name for name in found if _is_long(name) and _is_typo(written, name))


def _origins(written: str) -> Iterator[str]:
    """Yield the places that somebody may be called after by this name: al-Basri after Basra."""
    bare = without_article(written)
    for ending in _DESCENT:
        if bare.endswith(ending):
            stem = bare.removesuffix(ending)
            for final in _LOST_BEFORE_DESCENT:
                yield from (stem + final, f"al {stem}{final}", f"ال{stem}{final}")


def _one_error_away(written: str) -> set[str]:
    letters = _LATIN if written.isascii() else _ARABIC
    forms = set()
    for at in range(len(written)):
        head, rest, tail = written[:at], written[at:], written[at + 1 :]
        forms.add(head + tail)
        forms.add(head + rest[1::-1] + rest[2:])
        forms.update([head + letter + rest for letter in letters])
        forms.update([head + letter + tail for letter in letters])
    forms.update([written + letter for letter in letters])
    return forms


def _is_long(folded: str) -> bool:
    return len(folded) >= _LEAST and len(without_article(folded)) >= _LEAST - 1


def _shortened(name: str) -> Iterator[str]:
    return (name[:at] + name[at + 1 :] for at in range(len(name)))


def _is_typo(written: str, name: str) -> bool:
    """Whether a text is a name with one error in it, rather than another word."""
    if not _one_error(written, name):
        return False
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
