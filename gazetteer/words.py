"""Running text as words: where they stand, how they are folded, what may be cut off them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from gazetteer.normalise import fold, folded_words, is_arabic_script, key_of_folded
from gazetteer.relations import may_end_relation, may_relate
from gazetteer.toponym import DIRECTIONS, generic_of
from gazetteer.winds import LETTERS_OF_WINDS

_WORD = re.compile(r"(\w++(?:[\u064b-\u065f\u200c'’‘`´]+\w++)*+)")  # never steps back: faster
_POSSESSIVE = re.compile(r"['’ʼ´`]s$", re.IGNORECASE)
_MARKER = re.compile(r"://|www\.|@|#[^\W\d]")
_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|@\w+|#[^\W\d]\w*", re.IGNORECASE)
ARTICLES = folded_words("al el an ar as ash at ath az ad adh ed er es ez ul")
_SMALL_WORDS = ARTICLES | {"of", "the", "bin", "wa"}
_ARABIC_PREFIXES = ("وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ك", "ل")
SORANI_IN = "لە"  # written to the name too
_SORANI_ENDINGS = ("ەکانی", "یان", "یەوە", "ەوە", "وە", "یدا", "یش", "دا", "ی", "ش", "ە")
_KURMANJI_ENDINGS = ("yê", "ya", "ê")  # but for the î of descent: Kerkûkî is a man
_ABOUT = 3  # words on either side
_KEPT_WORDS = 65_536
_KEPT_LETTERS = 60  # no word that texts share is longer


class Cut(NamedTuple):
    """A word without a prefix of ``left`` letters and an ending of ``right`` letters.

    ``reach`` is how many words the names that begin with it have at most.
    """

    folded: str
    left: int
    right: int
    reach: int


class Form(NamedTuple):
    """What is to be known of a word wherever it stands.

    ``cuts`` are what it may be a form of, itself first; none where it cannot
    begin a name, as a Latin word in small letters. ``names`` are those cuts
    that are a name or that a longer one begins with. ``possessive`` counts the letters of an 's,
    which are not part of the text. ``small``: no word of a name that has many
    spellings. ``generic`` is the kind of a generic word; ``before_generic``
    counts the letters of a prefix before one, None where there is none.
    ``leads``: it may be told with the name that it stands before.
    ``relates``: it may tell a distance, a direction or a nearness, and
    ``ends_relation``: do so right before a name. ``adjective_of``: Baghdadi's Baghdad.
    """

    text: str
    folded: str
    cuts: tuple[Cut, ...]
    names: tuple[Cut, ...]
    is_article: bool
    possessive: int
    small: bool
    generic: str | None
    before_generic: int | None
    is_direction: bool
    leads: bool
    relates: bool
    ends_relation: bool
    adjective_of: str | None
    is_notable: bool


class Words:
    """The words of a text, without those of addresses, handles and tags.

    ``starts``, ``ends`` and ``forms`` have one item a word; an end is before a
    possessive. ``gaps[i]`` is what stands between the word before and word i.
    ``notable`` are the words that may begin a name, tell of a place or are possessive.
    """

    __slots__ = ("ends", "forms", "gaps", "notable", "starts", "text")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        parts = _WORD.split(text)  # gap, word, gap, ... word, gap
        bounds = list(accumulate(map(len, parts)))
        self.starts = bounds[0:-1:2]
        self.ends = bounds[1::2]
        self.gaps = parts[0::2]
        self.forms = list(map(vocabulary.__getitem__, parts[1::2]))
        self.notable = self._notable()
        for at in self.notable:
            form = self.forms[at]
            if form.possessive:
                self.ends[at] -= form.possessive
                self.gaps[at + 1] = text[self.ends[at] : bounds[2 * at + 2]]
        barred = list(_addresses(text)) if _has_address(text) else []
        if barred:
            self._leave_out(barred)
            self.notable = self._notable()

    def is_capital_about(self, at: int) -> bool:
        """Whether the words about one are in capitals, too, so that its own tell nothing."""
        about = self.forms[max(0, at - _ABOUT) : at + _ABOUT + 1]
        return len(about) > 1 and all(form.text.upper() == form.text for form in about)

    def _notable(self) -> list[int]:
        return [at for at, form in enumerate(self.forms) if form.is_notable]

    def __len__(self) -> int:
        return len(self.forms)

    def _leave_out(self, spans: list[tuple[int, int]]) -> None:
        """Forget the words in some spans of the text, which are in order."""
        kept = []
        spans = [*spans, (len(self.text) + 1, 0)]
        which = 0
        for at, start in enumerate(self.starts):
            while start >= spans[which][1] and start >= spans[which][0]:
                which += 1
            if start < spans[which][0]:
                kept.append(at)
        self.starts = [self.starts[at] for at in kept]
        self.ends = [self.ends[at] for at in kept]
        self.forms = [self.forms[at] for at in kept]
        before = [0, *self.ends]
        after = [*self.starts, len(self.text)]
        self.gaps = [self.text[end:start] for end, start in zip(before, after, strict=True)]


class Vocabulary(dict[str, Form]):
    """The forms of words as they are written, each worked out once.

    ``reach`` tells by the key of a name's first word how many words such names have at most,
    ``is_name`` whether a folded word alone is one, ``is_word`` whether it is a common word or
    a person's name, of which nothing is cut off.
    """

    def __init__(
        self,
        reach: Mapping[str, int],
        adjectives: Mapping[str, str],
        is_name: Callable[[str], bool],
        is_word: Callable[[str], bool],
    ) -> None:
        super().__init__()
        self._reach = reach
        self._is_name = is_name
        self._is_word = is_word
        self._adjectives = adjectives

    def __missing__(self, written: str) -> Form:
        form = self._form_of(written)
        if len(written) <= _KEPT_LETTERS:
            if len(self) >= _KEPT_WORDS:
                self.clear()
            self[written] = form
        return form

    def _form_of(self, written: str) -> Form:
        possessive = _POSSESSIVE.search(written) if len(written) > 2 else None
        text = written[: possessive.start()] if possessive else written
        folded = fold(text)
        is_article = folded in ARTICLES
        begins = text[0].isupper() or is_arabic_script(text) or is_article
        cuts = tuple(self._cuts(text, folded)) if begins else ()
        kind = generic_of(folded)
        before_generic = 0 if kind and not begins else None
        if begins:
            before_generic = next((cut.left for cut in cuts if generic_of(cut.folded)), None)
        direction = folded in DIRECTIONS and text.isascii()
        direction = direction and (text.isupper() or folded not in LETTERS_OF_WINDS)
        may_be = cuts[:1] if self._is_word(folded) else cuts
        names = tuple(c for c in may_be if c.reach > 1 or (c.reach and self._is_name(c.folded)))
        adjective_of = self._adjectives.get(folded) if begins else None
        return Form(
            text,
            folded,
            cuts,
            names,
            is_article,
            len(written) - len(text),
            not (begins or folded in _SMALL_WORDS or text[0].isdigit()),
            kind,
            before_generic,
            direction,
            is_article or direction or folded == "of" or before_generic is not None,
            may_relate(folded),
            may_end_relation(folded),
            adjective_of,
            bool(names or possessive or adjective_of),
        )

    def _cuts(self, text: str, folded: str) -> Iterator[Cut]:
        """Yield a word as it is and without Arabic prefixes or Kurdish endings."""
        yield self._cut(folded)
        if not is_arabic_script(text):
            if not text.isascii():
                for ending in _KURMANJI_ENDINGS:
                    if text.endswith(ending) and len(text) - len(ending) > 3:
                        yield self._cut(fold(text[: -len(ending)]), right=len(ending))
            return
        for prefix in _ARABIC_PREFIXES:
            rest = text[len(prefix) :]
            if text.startswith(prefix) and len(rest) > 2:
                yield self._cut(fold(rest), left=len(prefix))
                if prefix.endswith("ل") and rest.startswith("ل"):  # للموصل is to al-Mosul
                    yield self._cut(fold(rest[1:]), left=len(prefix) + 1)
        left = len(SORANI_IN) if text.startswith(SORANI_IN) and len(text) > 4 else 0
        if left:
            yield self._cut(fold(text[left:]), left=left)
        for ending in _SORANI_ENDINGS:
            if text.endswith(ending) and len(text) - len(ending) > 2:
                right = len(ending)
                yield self._cut(fold(text[:-right]), right=right)
                if left and len(text) - left - right > 2:
                    yield self._cut(fold(text[left:-right]), left=left, right=right)

    def _cut(self, folded: str, *, left: int = 0, right: int = 0) -> Cut:
        reach = self._reach.get(key_of_folded(folded), 0)
        return Cut(folded, left, right, min(reach, 1) if right else reach)


def _has_address(text: str) -> bool:
    return "@" in text or "#" in text or "://" in text or "www." in text


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses, handles and tags stand, in order."""
    done = 0
    for marker in _MARKER.finditer(text):
        if marker.start() < done:
            continue
        line = text.rfind("\n", done, marker.start()) + 1
        done = text.find("\n", marker.end())
        done = len(text) if done < 0 else done
        for chunk in _CHUNK.finditer(text, line, done):
            if "@" in chunk[0][1:-1]:
                yield chunk.span()
            else:
                yield from (found.span() for found in _ADDRESS.finditer(text, *chunk.span()))
