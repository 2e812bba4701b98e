"""Words that stand between a verb and its people, in Arabic and Kurdish: dates, brackets, quotes.

"Killed, on Sunday, (9) gunmen" tells the same as "killed 9 gunmen".
"""

from __future__ import annotations

from itertools import pairwise

from mapper.extraction import arabic, vocabulary
from mapper.extraction.fates import predicates
from mapper.extraction.languages import KURDISH
from mapper.extraction.sentences import Token, Tokens, fold
from mapper.extraction.vocabulary import Words


def without(
    tokens: Tokens, dates: frozenset[int], ignore: frozenset[int], language: str
) -> tuple[Tokens, frozenset[int]]:
    """Return the words without those asides, and where the words to ``ignore`` stand then."""
    left_out = {
        *dates,
        *_commas(tokens, dates),
        *_brackets(tokens),
        *_ranks(tokens),
        *_ages(tokens),
    }
    left_out |= _between(tokens) | (_of_them(tokens, language) if language in KURDISH else set())
    left_out |= {n for n, token in enumerate(tokens) if token.text in _QUOTES}
    left_out |= _besides(tokens)
    left_out |= {n for n in range(1, len(tokens)) if _says_two(tokens, n)}
    kept = [n for n in range(len(tokens)) if n not in left_out]
    kept = _numbers_first(kept, tokens)
    moved = {n: at for at, n in enumerate(kept)}
    return Tokens(tokens[n] for n in kept), frozenset(moved[n] for n in ignore if n in moved)


def _says_two(tokens: Tokens, at: int) -> bool:
    """Whether Arabic says "two" of a noun that is of two already: "شرطيين اثنين"."""
    return tokens[at].lower in _TWO and tokens[at - 1].lower in arabic.people_forms()[1]


def _numbers_first(kept: list[int], tokens: Tokens) -> list[int]:
    """Put a number before those it counts, where Arabic has it behind: "and her children three"."""
    order = list(kept)
    for at in range(1, len(order) - 1):
        before, noun, number = (tokens[n] for n in order[at - 1 : at + 2])
        is_definite = number.text.startswith("ال") and number.lower in _FEW
        is_theirs = is_definite and before.lower == "و" and noun.lower.endswith(_WHOSE)
        is_pair = number.lower in _TWO and noun.lower.endswith("ين") and before.lower == "و"
        if is_theirs or is_pair:
            order[at : at + 2] = [order[at + 1], order[at]]
    return order


_TWO = frozenset({"اثنين", "اثنان", "اثنتين", "اثنتان"})
_FEW = frozenset(
    {"ثلاثه", "ثلاث", "اربعه", "اربع", "خمسه", "خمس", "سته", "ست", "سبعه", "سبع", "ثمانيه", "تسعه"}
)
_WHOSE = ("ه", "ها", "هم", "هما")

_QUOTES = frozenset({'"', "“", "”", "«", "»", "'"})
_COMMAS = frozenset({",", "،"})


def _commas(tokens: Tokens, dates: frozenset[int]) -> set[int]:
    """Return the commas around a date that parts a verb from its people."""
    found: set[int] = set()
    for n in dates:
        if n - 1 in dates:
            continue
        end = next(at for at in range(n, len(tokens) + 1) if at not in dates)
        is_parted = end < len(tokens) and tokens[end].text in _COMMAS
        if is_parted and (n < _LEAD or tokens[n - 1].text in _COMMAS):
            found |= {at for at in (n - 1, end) if at >= 0 and tokens[at].text in _COMMAS}
    return found


# A date among the first words parts nothing else.
_LEAD = 5


def _brackets(tokens: Tokens) -> set[int]:
    """Return the brackets, and what they hold where that is not short or tells a place."""
    found: set[int] = set()
    start: int | None = None
    for n, token in enumerate(tokens):
        if token.text == "(":
            start = n
        elif token.text == ")" and start is not None:
            inside = set(tokens.words[start + 1 : n])
            is_number = n - start == 2 and tokens[start + 1].lower.isdigit()
            found |= {start, n} if is_number or inside & _COUNTED else set(range(start, n + 1))
            start = None
    return found


# Nouns of those whom brackets may count: "(5 dead and 12 wounded)".
_COUNTED = frozenset({"قتلي", "قتيلا", "قتيل", "جريحا", "جريح", "جرحي", "شهداء", "شهيدا", "اخرين"})


def _between(tokens: Tokens) -> set[int]:
    """Return Arabic words between a verb and its people: "in front", "in the blast"."""
    found = set()
    for n, token in enumerate(tokens):
        if token.lower == "امام":
            after = tokens[n + 1].lower if n + 1 < len(tokens) else ""
            found |= set() if after in _IMAM else {n}
        elif token.lower in _IN and n and tokens[n - 1].lower in _BEFORE_NTH:
            after = tokens[n + 1].lower if n + 1 < len(tokens) else ""
            found |= {n, n + 1} if after in _EVENT else set()
        elif token.lower in _SO_MUCH and n and tokens[n - 1].lower == "ما":
            found |= {n - 1, n, n + 1}  # "up to 26", "a so-called commander"
        elif token.lower in _NTH and not (n and tokens[n - 1].lower in _BEFORE_NTH):
            found.add(n)
    return found


_SO_MUCH = frozenset({"يصل", "يسمي", "تسمي"})
_IN = frozenset({"في", "ب", "خلال", "جراء", "اثر"})
_EVENT = frozenset({"هجوم", "انفجار", "تفجير", "حادث", "قصف", "اشتباكات", "اشتباك", "غاره", "كمين"})
_IMAM = frozenset({"جامع", "مسجد", "حسينيه", "و", "خطيب", "جمعه"})
_NTH = frozenset({"ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "ثالثا", "رابعا", "خامسا"})
_BEFORE_NTH = frozenset(
    {"اصيب", "اصابه", "اصاب", "اصابت", "جرح", "جرحت", "قتل", "قتلت", "مقتل", "استشهد", "استشهاد"}
)


def _of_them(tokens: Tokens, language: str) -> set[int]:
    """Return what Kurdish says of some of them between commas: ", among them a woman,".

    ", of whom 15 are police,", ", four of them medics,"; not what became of some of them.
    """
    lexicon, fates = vocabulary.words(language), predicates(language)
    found: set[int] = set()
    commas = [n for n, token in enumerate(tokens) if token.text in _COMMAS]
    for n in commas:
        if n in found:
            continue
        words = tokens.words[n + 1 : n + 1 + _ASIDE]
        is_said_of = words[:1] == ["ku"] and "wan" in words
        if not (is_said_of or _is_part(tokens.part(n + 1, n + 1 + _ASIDE), lexicon)):
            continue
        behind = [m for m in commas if n < m <= n + _ASIDE]
        joined = [m for m in behind if tokens[m + 1 : m + 2] and tokens[m + 1].lower in _AND]
        ends = (m for m in joined[:1] + behind[:1] if not fates.find(tokens.part(n + 1, m)))
        found |= set(range(n, next(ends, n - 1) + 1))
    return found


def _besides(tokens: Tokens) -> set[int]:
    """Return the Sorani words that put others beside those told: "besides those, seven"."""
    pairs = pairwise(tokens.words)
    return {at for n, pair in enumerate(pairs) if pair == _BESIDES for at in (n, n + 1)}


_BESIDES = (fold("جگە"), fold("لەوانە"))


def _is_part(tokens: Tokens, lexicon: Words) -> bool:
    """Whether words begin by saying that they are of some of those told before."""
    words = tokens.words[:_PART]
    is_told = any(word in lexicon.stops for word in words[:2])
    is_told = is_told or any(" ".join(pair) in lexicon.stops for pair in pairwise(words))
    # "Yekêkyan", one of them; "yekêkyan birîndar e" tells what became of one.
    is_counted = bool(words) and words[0] in lexicon.numbers and tokens[0].text.endswith(_THEIRS)
    return is_told or is_counted


_THEIRS = "یان"
_AND = frozenset({"و", "û"})
_PART = 4  # words: "among them", "four of them"
_ASIDE = 14  # words


def _ranks(tokens: Tokens) -> set[int]:
    """Return the words for somebody's rank, "an officer in the rank of captain", and "shot"."""
    found: set[int] = set()
    for n, token in enumerate(tokens[1:], 1):
        if token.lower == "رصاص" and tokens[n - 1].lower == "ب":
            found |= {n - 1, n}
        if token.lower in _RANK and tokens[n - 1].lower in _IN_RANK:
            found |= {n - 1, n, n + 1}
            if n + 2 < len(tokens) and tokens[n + 2].lower in _GRADES:
                found.add(n + 2)
    return found


_RANK = frozenset({"رتبه", fold("پلەی")})
_IN_RANK = frozenset({"ب", fold("بە")})
_GRADES = frozenset({"اول", "ثان", "ثاني", "ركن", "طيار", fold("یەکەم")})


def _ages(tokens: Tokens) -> set[int]:
    """Return a number of years and its word, which are somebody's age beside people."""
    found = {
        at
        for n, token in enumerate(tokens)
        if token.lower in _YEARS and n and tokens[n - 1].lower.isdigit()
        for at in (n - 1, n)
    }
    for n, token in enumerate(tokens):
        if token.lower in _OF_AGE and n and tokens[n - 1].lower == "من":
            # "A boy in the thirteenth of his age"
            begin = next((m for m in range(n - 2, max(-1, n - 7), -1) if _is_in(tokens[m])), n)
            found |= set(range(begin, n + 1))
    return found


_OF_AGE = frozenset({"عمره", "عمرها"})


def _is_in(token: Token) -> bool:
    return token.lower == "في"


_YEARS = frozenset(map(fold, ("ساڵ", "ساڵان", "ساڵە", "عاما", "sal", "salî")))
