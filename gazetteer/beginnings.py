"""How listed names begin: what tells `gazetteer.find` which words of a text to look at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gazetteer.normalise import key_of_folded

BEGINNINGS_FILE = "beginnings.json"


class Beginnings(NamedTuple):
    """The beginnings of some names.

    ``reach`` tells by the key of a name's first word how many words such names have at
    most; ``several`` are the first two words, the first three and so on, of names that have
    as many or more.
    """

    reach: Mapping[str, int]
    several: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str], *, keys: Iterable[str]) -> Beginnings:
        """Return the beginnings of some folded names, which may also be written in one word.

        Parameters
        ----------
        names : folded names
        keys : tolerant keys of those that somebody writes so
        """
        reach: dict[str, int] = {}
        several: set[str] = set()
        for name in names:
            words = name.split()
            key = key_of_folded(words[0])
            reach[key] = max(reach.get(key, 0), len(words))
            several.update(" ".join(words[:count]) for count in range(2, len(words) + 1))
        for key in keys:
            reach.setdefault(key, 1)
        return cls(reach, frozenset(several))

    @classmethod
    def read(cls, content: bytes) -> Beginnings:
        """Read `BEGINNINGS_FILE`."""
        values = json.loads(content)
        return cls(values["reach"], frozenset(values["several"]))

    def written(self) -> bytes:
        """Return the content of `BEGINNINGS_FILE`."""
        values = {"reach": dict(sorted(self.reach.items())), "several": sorted(self.several)}
        return (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode()

    def joined(self, other: Beginnings) -> Beginnings:
        """Return the beginnings of the names of both."""
        longer = {key: max(n, self.reach.get(key, 0)) for key, n in other.reach.items()}
        return Beginnings({**self.reach, **longer}, self.several | other.several)
