"""Whose name a name is inside a parent that is told, where it is nobody's, or another's, elsewhere.

"Karama, Mosul" is the quarter that is listed as Hayy al-Karama, and "Furat, Baghdad" its
Al-Furat, although a subdistrict of Anbar is Furat to the letter.
"""

from __future__ import annotations

from gazetteer import scores
from gazetteer.index import Index
from gazetteer.nesting import lies_in
from gazetteer.normalise import without_article
from gazetteer.place import Place
from gazetteer.strength import Scored
from gazetteer.toponym import QUARTER, Toponym, take_apart
from gazetteer.variants import likely_and_rivals


def hits_inside(index: Index, toponym: Toponym, parent: Place) -> list[Scored]:
    """Return who bears a name, or nearly, among what lies in a parent and is not it."""
    words = toponym.generics | {QUARTER}  # of what lies in a town one need not say that
    found: list[Scored] = []
    for hit in (*index.spelled(toponym.core), *index.like(toponym.core)):
        fits = not hit.generics or hit.generics & words
        if fits and hit.place.id != parent.id and lies_in(hit.place, parent):
            listed = take_apart(hit.folded).core if hit.generics else hit.folded
            found.append((hit, _score(toponym.core, listed)))
    return likely_and_rivals(found)


def _score(written: str, listed: str) -> float:
    if without_article(written) == without_article(listed):
        return scores.EXACT
    return scores.of_variant(written, listed)
