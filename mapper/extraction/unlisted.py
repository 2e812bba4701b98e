"""Places told in other words than the gazetteer's: "the capital", a village nobody lists."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.place import Match, Mention, Place, Status
from mapper.extraction import naming
from mapper.extraction.phrases import words_of
from mapper.extraction.places import Spot
from mapper.extraction.sentences import Token
from mapper.extraction.weights import Beside, weigh


def capitals(context: Beside, capital: Place, found: Sequence[Spot]) -> list[Spot]:
    """Return "the capital" as a spot, where no name beside it says which."""
    added: list[Spot] = []
    tokens = context.tokens
    told = context.lexicon["capital"]
    word, before = told.get("word", "capital"), told["before"]
    if word not in words_of(tokens):
        return added
    for n, token in enumerate(tokens):
        is_known = tokens[n - 1].lower in before if word == "capital" else _is_iraqs(tokens, n)
        if token.lower != word or n == 0 or not is_known:
            continue
        if any(spot.first <= n < spot.last or 0 <= spot.first - n <= 3 for spot in found):
            continue
        mention = Mention(
            token.text, token.start, token.end, Match(token.text, Status.RESOLVED, capital)
        )
        span = (n, n + 1)
        weight, is_near = weigh(context, span, mention)
        precision = "relative" if is_near else str(capital.level)
        added.append(
            Spot(
                capital.name,
                n,
                n + 1,
                precision,
                max(weight, 0.0),
                capital,
                words=naming.qualified(context, n, n + 1),
            )
        )
    return added


def _is_iraqs(tokens: Sequence[Token], at: int) -> bool:
    """Whether an Arabic "the capital" stands alone, or is called Iraqi."""
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    is_other = after.endswith("يه") and after not in {"عراقيه", "العراقيه"}
    return tokens[at].end - tokens[at].start > len(tokens[at].lower) and not is_other


def unknown(context: Beside, found: Sequence[Spot]) -> list[Spot]:
    """Return names of places that the gazetteer does not know: "the village of Albu Eifan"."""
    added = []
    words, tokens, text = context.lexicon, context.tokens, context.text
    written, kinds = words_of(tokens), words["kinds"]
    free = 1
    for n in [n for n, word in enumerate(written[:-1]) if word == "of"]:
        if n < free or written[n - 1] not in kinds:
            continue
        end = n + 1
        while end < len(tokens) and _is_of_name(tokens[end]):
            end += 1
        is_abroad = any(spot.is_outside and 0 <= n - spot.last <= 3 for spot in found)
        if end > n + 1 and not is_abroad and not _is_known(found, n, end):
            name = text[tokens[n + 1].start : tokens[end - 1].end]
            added.append(Spot(name, n + 1, end, "settlement", 3.2, words=name))
        free = end
    return added


def _is_of_name(token: Token) -> bool:
    return token.text[0].isupper() or token.lower in {"al", "-"}


def _is_known(found: Sequence[Spot], first: int, last: int) -> bool:
    return any(spot.first < last and first < spot.last for spot in found)
