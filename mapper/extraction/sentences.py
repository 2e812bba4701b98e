"""Running text -> sentences and words, with their places in the text as it was given.

The text is mended first (`mending`); every offset leads back to the text as given, so
that quotes stay exact.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate, repeat
from operator import attrgetter
from typing import NamedTuple

from gazetteer.frozen import frozen
from mapper.extraction import entries, languages, mending

Span = tuple[int, int]
"""Words of a sentence, from the one to before the other: ``tokens[first:last]``."""


class Token(NamedTuple):
    """One word or mark. ``lower`` is the form that the lexicons are compared with."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether this is a word or number, not a punctuation mark."""
        return self.text[0].isalnum()


token_start, token_end = attrgetter("start"), attrgetter("end")
"""Where a word begins and ends, as keys to look it up by."""


class Tokens(tuple[Token, ...]):
    """The words of a sentence, which every lexicon looks through."""

    words: list[str]
    """The form of each that the lexicons are compared with."""

    def __new__(cls, tokens: Iterable[Token]) -> Tokens:
        """Keep words; what they are compared with is asked for so often that it is made once."""
        made = super().__new__(cls, tokens)
        made.words = [token.lower for token in made]
        return made

    def part(self, first: int = 0, last: int | None = None) -> Tokens:
        """Return some of the words, as a slice does."""
        made = super().__new__(Tokens, self[first:last])
        made.words = self.words[first:last]
        return made


@frozen
class Sentence:
    """One sentence of a mended text: ``text[start:end]`` of its document.

    ``item`` numbers the entries of a list of news ("MOSUL - A bomb ..."); 0 is none.
    """

    index: int
    start: int
    end: int
    is_title: bool
    tokens: Tokens
    language: str = "en"
    item: int = 0
    opens_item: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A text, mended and split; ``folded`` is what the lexicons are compared with."""

    raw: str
    text: str
    folded: str
    sentences: tuple[Sentence, ...]
    _mended: tuple[tuple[int, int], ...] = field(repr=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` lies in the text as it was given."""
        return self._raw_offset(start), self._raw_offset(end - 1) + 1

    def _raw_offset(self, offset: int) -> int:
        at = bisect_right(self._mended, (offset, len(self.raw))) - 1
        clean, raw = self._mended[at]
        return raw + offset - clean


def read(text: str) -> Document:
    """Mend a text and split it into sentences and words.

    A first line without closing punctuation is the title. Reading takes time in
    proportion to the text, whatever it holds.
    """
    clean, mended = mending.mend(text)
    folded = fold_in_place(clean)
    sentences: list[Sentence] = []
    tokens = tokens_of(clean, folded)
    first = last = 0
    for start, end, is_title in _spans(clean):
        first, last = last, bisect_left(tokens, end, lo=last, key=token_start)
        for n in range(first, last, _LONGEST):
            part = Tokens(tokens[n : min(n + _LONGEST, last)])
            begin = start if n == first else part[0].start
            stop = end if n + _LONGEST >= last else part[-1].end
            language = languages.of_sentence(clean[begin:stop])
            is_first = is_title and n == first
            sentences.append(Sentence(len(sentences), begin, stop, is_first, part, language))
    return Document(text, clean, folded, tuple(entries.numbered(sentences)), mended)


# A "sentence" of more words is a table or a list; cut up, it costs no more than prose.
_LONGEST = 300

_ABBREVIATIONS = frozenset(
    [
        "u.s",
        "u.n",
        "u.k",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "cpl",
        "brig",
        "adm",
        "sen",
        "rep",
        "gov",
        "no",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "ltd",
        "corp",
        "inc",
        "co",
        "vs",
        "prof",
        "rev",
        "hon",
        "cmdr",
        "pvt",
        "spc",
        "km",
        "approx",
        "inj",
        "incl",
        "expl",
        "det",
        "dist",
        "acc",
        "rd",
        "bldg",
        "govt",
        "dir",
        "natl",
        "intl",
        "est",
        "vol",
        "vols",
        "org",
        "hosp",
        "hq",
        "hqs",
        "bldgs",
        "pers",
        "dept",
        "ft",
        "a.m",
        "p.m",
        "i.e",
        "e.g",
        "al",
    ]
)
# It begins with a set of letters, which are searched for ten times as fast as alternatives;
# of a row of full stops only the first is looked at.
_END = re.compile(
    r"[.!?؟…\n؛](?:(?<=\n)|(?<=؛)(?=\s)"
    r"|(?<=[.!?؟…])(?<![.!?؟…]{2})[.!?؟…]*+[\"'”’)\]]*+(?=\s|$))"
)
# "The village of Tiskhara? (sp.), near": a doubt of the writer's; "the group 'Bread for...' said".
_GOES_ON = re.compile(r"\?[ ]\((?:sp|sic)\b|(?:\.{2,3}|…)[\"'”’]?[ ][a-z]")
_STARTERS = frozenset(
    [
        "the",
        "in",
        "on",
        "at",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "his",
        "their",
        "but",
        "and",
        "when",
        "after",
        "as",
        "this",
    ]
)


def _spans(text: str) -> list[tuple[int, int, bool]]:
    """Return (start, end, is title) of each sentence, trimmed."""
    spans = []
    start = 0
    headline = _headline_end(text)
    for mark in _END.finditer(text):
        if mark.group().startswith(".") and _is_abbreviation(text, mark):
            continue
        if _GOES_ON.match(text, mark.start()):
            continue
        if mark.group() == "؛" and mark.end() < headline:
            continue  # A headline has no sentences.
        spans.append((start, mark.end()))
        start = mark.end()
    spans.append((start, len(text)))
    trimmed = [_trim(text, *span) for span in spans]
    trimmed = [span for span in trimmed if span[0] < span[1]]
    return [
        (begin, end, n == 0 and len(trimmed) > 1 and _is_title(text, begin, end))
        for n, (begin, end) in enumerate(trimmed)
    ]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _headline_end(text: str) -> int:
    """Return where the first line ends, if it may be a title."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return end if end > 0 and _is_title(text, start, end) else 0


def _is_title(text: str, start: int, end: int) -> bool:
    return text[end - 1] not in ".!?؟…" and end - start < 250 and text[end : end + 1] == "\n"


def _is_abbreviation(text: str, mark: re.Match[str]) -> bool:
    if len(mark.group()) > 1:
        return False
    before = _LAST_WORD.search(text[max(0, mark.start() - 12) : mark.start()])
    if before is None:
        return False
    word = before.group().lower()
    if len(word) == 1 and word.isalpha():
        return True
    if word not in _ABBREVIATIONS:
        return False
    after = _NEXT_WORD.match(text[mark.end() : mark.end() + 30])
    # "in the U.S. The army ..." ends a sentence; "U.S. Marines" does not.
    return (
        after is None or after.group(1).lower() not in _STARTERS or not after.group(1)[0].isupper()
    )


_LAST_WORD = re.compile(r"[\w.]{1,12}$")
_NEXT_WORD = re.compile(r"\s+([\w'’]+)")
_TOKEN = re.compile(
    r"(?=\S)([A-Za-z]{2,}+(?![\w'’])"  # most are, so they come first
    r"|[^\W\d_]{2,}+(?:['’](?!s\b)[^\W\d_]++)*+"
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?!\w)"
    r"|[A-Za-z]\.(?:[A-Za-z]\.)+"
    r"|[^\W\d_](?:['’](?!s\b)[^\W\d_]++)*+"
    r"|['’]s\b|\d+|[^\w\s-]|(?<!\w)-+|-{2,}|-(?!\w)|_)"
)
_FOLD = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه"}
    # Sorani is also written with the letters of an Arabic keyboard, and without its marks.
    | {"ە": "ه", "ھ": "ه", "ڕ": "ر", "ڵ": "ل"}
    | {chr(0x660 + n): str(n) for n in range(10)}
    | {chr(0x6F0 + n): str(n) for n in range(10)}
)
_FOLDED = re.compile(f"[{''.join(map(chr, _FOLD))}]")


def fold(word: str) -> str:
    """Return the form of a word that lexicons are compared with: lower case, one alef, one yeh."""
    lower = word.lower()
    if lower.isascii():
        return lower
    lower = lower.replace("’", "'")  # which English has too; the rest only Arabic and Kurdish
    return lower.translate(_FOLD) if _FOLDED.search(lower) else lower


def fold_in_place(text: str) -> str:
    """Fold a text without moving its characters."""
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(fold(c)[:1] or c for c in text)


_new = tuple.__new__  # a named tuple's own takes twice as long


def tokens_of(text: str, folded: str) -> list[Token]:
    """Return the words and marks of a text."""
    parts = _TOKEN.split(text)  # gap, token, gap, ... token, gap
    bounds = list(accumulate(map(len, parts)))
    starts, ends = bounds[0:-1:2], bounds[1::2]
    lower = [folded[a:b] for a, b in zip(starts, ends, strict=True)]
    return list(map(_new, repeat(Token), zip(parts[1::2], lower, starts, ends, strict=True)))
