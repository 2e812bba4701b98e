"""Numbers in words and figures: "twenty-five", "one hundred and five", "1,200"."""

from __future__ import annotations

from mapper.extraction.sentences import Tokens, fold
from mapper.extraction.vocabulary import Words


def read(tokens: Tokens, at: int, lexicon: Words) -> tuple[int | None, int]:
    """Read the number that starts at a word; return it and where it ends, or None."""
    total: int | None = None
    end = at
    if at < len(tokens) and tokens[at].lower == "half":
        return _half(tokens, at, lexicon)
    while end < len(tokens):
        value = _value(tokens[end].lower, lexicon)
        multiplier = lexicon.multipliers.get(tokens[end].lower)
        if multiplier and total is not None:
            total = total * multiplier
        elif value is not None and _adds_up(total, value, lexicon):
            total = (total or 0) + value
        elif multiplier is not None and total is None:
            total = multiplier if end > at or tokens[end].lower == "dozen" else None
            if total is None:
                break
        elif tokens[end].lower in {"and", "و", "û"} and _continues(tokens, end, total, lexicon):
            pass
        else:
            break
        end += 1
    return total, end


def _half(tokens: Tokens, at: int, lexicon: Words) -> tuple[int | None, int]:
    """Read "half a dozen" and "half-dozen"."""
    end = at + 1
    while end < len(tokens) and tokens[end].lower in {"a", "-"}:
        end += 1
    dozen = lexicon.multipliers.get(tokens[end].lower) if end < len(tokens) else None
    return (dozen // 2, end + 1) if dozen else (None, at)


def past_range(tokens: Tokens, at: int, end: int, count: int, lexicon: Words) -> int:
    """Return where a number ends with a higher one behind that it may be: "10 to 12".

    But "from 10 to 12" tells of what grew.
    """
    before = tokens[at - 1].lower if at else ""
    joint = tokens[end].lower if end < len(tokens) else ""
    is_range = joint in _TO or (joint in _AND and before in _BETWEEN)
    if not is_range or before in _FROM or end + 1 >= len(tokens):
        return end
    higher, last = read(tokens, end + 1, lexicon)
    return last if higher is not None and higher > count else end


def outgrown(tokens: Tokens, lexicon: Words) -> set[int]:
    """Return the numbers that a higher one replaced: the 10 of "rose from 10 to 12"."""
    found: set[int] = set()
    words = tokens.words
    for n in [n for n, word in enumerate(words[:-3], 1) if word in _FROM]:
        if _value(words[n], lexicon) is not None:
            _, end = read(tokens, n, lexicon)
            is_grown = end + 1 < len(tokens) and tokens[end].lower in _TO
            if is_grown and read(tokens, end + 1, lexicon)[0] is not None:
                found |= set(range(n, end))
    return found


_TO = frozenset(map(fold, ("to", "or", "-", "–", "إلى", "أو", "بۆ", "تا", "heta", "yan")))
_AND = frozenset(map(fold, ("and", "و", "û")))
_BETWEEN = frozenset(map(fold, ("between", "بين", "نێوان", "navbera")))
_FROM = frozenset(map(fold, ("from", "من", "لە", "ji")))


def _adds_up(total: int | None, value: int, lexicon: Words) -> bool:
    """Whether a number word goes on with another: "twenty five", in Arabic "five ten"."""
    if total is None or (value < total and total % 10 == 0):
        return True
    return "و" in lexicon.breaks and total % 100 < 10 <= value < 100


def _continues(tokens: Tokens, end: int, total: int | None, lexicon: Words) -> bool:
    """Whether "one hundred and" goes on with a number below the hundred."""
    if lexicon.tens_first and total and end + 1 < len(tokens):
        # Kurdish: "twenty and five", "hundred and twenty".
        after = _value(tokens[end + 1].lower, lexicon)
        return after is not None and total > after and total % (10 if after < 10 else 100) == 0
    if "و" in lexicon.breaks and total and end + 1 < len(tokens):
        after = _value(tokens[end + 1].lower, lexicon)
        rest = total % 100
        return after is not None and after < 100 and (rest == 0 or rest < 10 <= after - 10)
    if not total or total % 100 or tokens[end - 1].lower not in lexicon.multipliers:
        return False
    value = _value(tokens[end + 1].lower, lexicon) if end + 1 < len(tokens) else None
    return value is not None and value < 100


def _value(word: str, lexicon: Words) -> int | None:
    if word in lexicon.numbers:
        return lexicon.numbers[word]
    digits = word.replace(",", "")
    if digits.isascii() and digits.isdigit() and len(digits) < 7:
        return int(digits)
    return None
