"""Which of the places whose names are spelled nearly so may be meant."""

from __future__ import annotations

from gazetteer.choose import is_well_known
from gazetteer.index import Hit
from gazetteer.strength import Scored

_LIKELY = 0.7  # another spelling that is less so is another name,
_LIKELY_OF_KNOWN = 0.5  # but for a place that everybody knows
_RIVAL = 0.6  # of the best score: what is less so is not meant
_SURE_OF_ANY = 0.8  # a name with an error that is less so is taken only for a well-known place


def likely_and_rivals(alike: list[Scored]) -> list[Scored]:
    """Keep the variants that are likely, and other places that may be meant as well."""
    likely = {hit.place.id: score for hit, score in alike if is_likely(hit, score)}
    if not likely:
        return []
    least = max(likely.values()) * _RIVAL
    return [
        (hit, score)
        for hit, score in alike
        if is_likely(hit, score) or (score >= least and hit.place.id not in likely)
    ]


def is_likely(hit: Hit, score: float) -> bool:
    """Whether a variant is this name: what everybody knows is meant by less."""
    return score >= (_LIKELY_OF_KNOWN if is_well_known(hit.place) else _LIKELY)


def is_of_descent(written: str, listed: str) -> bool:
    """Whether a folded Arabic name is a family's, after a place: الدهوكي of دهوك.

    A place has its article or has none; who is called after it has one.
    """
    is_family = written.startswith("ال") and written.endswith("ي")
    return is_family and not listed.startswith("ال")


def sure_enough(misspelled: list[Hit], score: float) -> list[Hit]:
    """Keep of the places of short names with an error those that everybody knows, and theirs."""
    if score >= _SURE_OF_ANY:
        return misspelled
    known = {hit.place.adm1 for hit in misspelled if is_well_known(hit.place)}
    return [hit for hit in misspelled if hit.place.adm1 in known]
