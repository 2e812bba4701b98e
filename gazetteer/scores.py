"""How sure a match is: the share of such matches that were right.

The shares were measured by ``benchmarks/names.py`` on names as they are listed, the
same with a typing error, and as many names of other places, which are not listed:
of 100 matches that score 0.9 about 90 are right. What tells is the rung of the ladder,
how many letters there are to go wrong, and how much of the listed name they repeat.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from gazetteer.normalise import plain_consonants, without_article

CODE = 1.0
EXACT = 0.98  # a namesake that is not listed may be meant

_VARIANT = {  # by likeness, and by letters: up to 6, 7, up to 9, more
    0.9: (0.75, 0.9, 0.93, 0.97),
    0.8: (0.5, 0.7, 0.8, 0.9),
    0.7: (0.3, 0.4, 0.5, 0.6),
    0.0: (0.1, 0.1, 0.1, 0.2),
}
_TOO_SHORT, _SHORT = 3, 5  # letters
_SOFT = re.compile(r"[aeiouwy ]|h\b")
_DOUBLED = re.compile(r"(.)\1+")
_FUZZY = (0.7, 0.85, 0.94, 0.97, 0.99)  # by letters: under 6, 6, 7, up to 9, more


def of_variant(written: str, listed: str) -> float:
    """Return the score of a folded text that has the key of a listed name."""
    written, listed = (without_article(name) for name in (written, listed))
    letters = min(len(written), len(listed))
    if letters < _TOO_SHORT or (letters < _SHORT and _hard(written) != _hard(listed)):
        return 0.1  # "cut" is not Kut
    written, listed = _plain(written), _plain(listed)
    likeness = SequenceMatcher(None, written, listed, autojunk=False).ratio()
    shares = next(shares for least, shares in _VARIANT.items() if likeness >= least)
    letters = min(len(written.replace(" ", "")), len(listed.replace(" ", "")))
    return shares[0 if letters < 7 else 1 if letters == 7 else 2 if letters < 10 else 3]


def _plain(folded: str) -> str:
    """Return a folded name with one spelling for what is hardly heard apart: ss, ee, ou, y."""
    text = plain_consonants(folded)
    if len(folded) <= _SHORT:  # "hour" is not Hurr
        return text
    text = text.replace("ee", "i").replace("ou", "u").replace("o", "u").replace("y", "i")
    return _DOUBLED.sub(r"\1", text)


def _hard(folded: str) -> str:
    """Return the consonants of a folded name as they are spelled, each once."""
    return _DOUBLED.sub(r"\1", _SOFT.sub("", folded))


def of_fuzzy(written: str) -> float:
    """Return the score of a folded text with a typing error in it."""
    letters = len(without_article(written).replace(" ", ""))
    return _FUZZY[0 if letters < 6 else letters - 5 if letters < 8 else 3 if letters < 10 else 4]
