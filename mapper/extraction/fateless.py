"""Words for what became of people that tell it of nobody where they stand: "without a shot"."""

from __future__ import annotations

from mapper.extraction.phrases import Hit
from mapper.extraction.sentences import Tokens


def is_none(hit: Hit[tuple[str, str]], tokens: Tokens) -> bool:
    """Whether words tell no fate where they stand: "sentenced to death", "without a shot"."""
    if tokens.words[max(0, hit.first - 1) : hit.last] in (["a", "shot"], ["one", "shot"]):
        return True
    if hit.value[0] == "killed" and _is_superlative(hit, tokens):
        return True
    if (
        hit.first
        and tokens.words[hit.first : hit.last] == ["dead"]
        and tokens[hit.first - 1].lower in _WHOSE
    ):
        return True  # "Women came to bury their dead": those told elsewhere
    if tokens[hit.last - 1].lower in _HOSPITALS and hit.last - hit.first == _TO_HOSPITAL:
        return not _is_sent(hit, tokens)
    is_end = tokens.words[hit.first : hit.last] == ["to", "death"]
    return is_end and not _IN_COURT.isdisjoint(tokens.words[max(0, hit.first - 4) : hit.first])


def _is_superlative(hit: Hit[tuple[str, str]], tokens: Tokens) -> bool:
    """Whether a victim is told again as the greatest: ", the most senior official slain since"."""
    before = tokens.words[max(0, hit.first - _RANKED) : hit.first]
    at = max((n for n, word in enumerate(before) if word == ","), default=-1)
    lead = before[at + 1 :] if at >= 0 else []
    is_most = len(lead) > 1 and (lead[1].endswith("est") or lead[1] in {"most", "first", "third"})
    return is_most and lead[0] == "the" and _WAS.isdisjoint(lead)


def _is_sent(hit: Hit[tuple[str, str]], tokens: Tokens) -> bool:
    """Whether those in hospital were hurt: "the blast sent fifteen to", "ten others in"."""
    before = tokens.words[max(0, hit.first - _FAR) : hit.first]
    if tokens[hit.first].lower == "in" and before[-1:] in (["others"], ["more"]):
        return True
    at = next((n for n, word in enumerate(before) if word in _SENT), None)
    if at is None:
        return False
    start = max(0, hit.first - _FAR) + at
    is_put = before[at].startswith(("put", "land"))
    return is_put or not _SENDERS.isdisjoint(tokens.words[max(0, start - _FAR) : start])


_RANKED = 9  # words: ", the highest-ranking Iraqi official"
_WAS = frozenset({"was", "were", "been"})
_HOSPITALS = frozenset({"hospital", "hospitals"})
_TO_HOSPITAL = 2  # words: "to hospital"
# Others may go to hospital unhurt: whom a ministry sends.
_SENDERS = frozenset(
    {"blast", "blasts", "explosion", "explosions", "bomb", "bombs", "attack", "attacks", "shooting"}
    | {"rocket", "rockets", "mortar", "mortars", "gunfire", "clash", "clashes", "which", "that"}
    | {"shells", "shell", "strike", "raid", "crossfire", "grenade", "bombing", "beating"}
)
_SENT = frozenset({"sent", "sends", "sending", "put", "puts", "putting", "landed", "landing"})
_FAR = 8  # words: "sent at least fifteen young men"
_WHOSE = frozenset({"the", "their", "its", "our"})
_IN_COURT = frozenset({"sentenced", "condemned", "sentencing", "sentences"})


def is_of_part(tokens: Tokens, predicate: int) -> bool:
    """Whether it names one of a toll told elsewhere: "a judge was among the dead"."""
    before = tokens.words[max(0, predicate - 2) : predicate]
    return before in _AMONG or before[-1:] == ["among"]


_AMONG = [["among", "the"], ["among", "those"], ["amongst", "the"], ["amongst", "those"]]
