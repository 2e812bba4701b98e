"""Place names in running text."""

from __future__ import annotations

import re

from gazetteer.normalise import fold, is_arabic_script
from gazetteer.place import Level, Mention, Status
from gazetteer.resolve import Context, Resolver

_WORD = re.compile(r"[^\W_]+(?:['’ʿʾ‘`][^\W_]+)*")
_MOST_WORDS = 6


class Finder:
    """Finds mentions of places by the names of an index."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def find(self, text: str) -> list[Mention]:
        """Return the mentions in the order of the text; they do not overlap."""
        words = list(_WORD.finditer(text))
        mentions = []
        at = 0
        while at < len(words):
            mention = self._longest(text, words, at)
            if mention is None:
                at += 1
                continue
            mentions.append(mention)
            while at < len(words) and words[at].start() < mention.end:
                at += 1
        return mentions

    def _longest(self, text: str, words: list[re.Match[str]], at: int) -> Mention | None:
        first = words[at]
        if not (is_arabic_script(first[0]) or first[0][0].isupper()):
            return None
        for last in range(min(at + _MOST_WORDS, len(words)) - 1, at - 1, -1):
            end = words[last].end()
            written = text[first.start() : end]
            plain = re.sub(r"['’]s?$", "", written)
            end -= len(written) - len(plain)
            if not self._resolver.knows(fold(plain)):
                continue
            match = self._resolver.resolve(plain, Context(prefer=Level.SETTLEMENT))
            if match.status in (Status.RESOLVED, Status.OUTSIDE, Status.AMBIGUOUS):
                return Mention(plain, first.start(), end, match)
        return None
