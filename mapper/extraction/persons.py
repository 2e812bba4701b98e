"""People told by name: "Sheikh Hamid", "Ali Hadi"."""

from __future__ import annotations

from mapper.extraction.sentences import Token, Tokens
from mapper.extraction.vocabulary import Words


def is_title_and_name(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether a rank goes with a name: "Sheikh Hamid"; the first of several ranks counts."""
    name = name_begin(tokens, at)
    if name >= len(tokens) or not tokens[at].text[0].isupper():
        return False
    after = tokens[name]
    is_first = at == 0 or tokens[at - 1].lower not in lexicon.titles
    return is_first and after.text[0].isupper() and not after.text.isupper()


def name_begin(tokens: Tokens, at: int) -> int:
    """Return where the name behind a rank begins: "Gen. Hamid", "Sheikh Hamid"."""
    is_short = at + 1 < len(tokens) and tokens[at + 1].text == "."
    return at + 1 + is_short


def is_full_name(tokens: Tokens, at: int, lexicon: Words, *, is_person: bool = False) -> bool:
    """Whether two or more capital words are a person's name: "Ali Hadi", no "Red Cross".

    ``is_person`` where the words before say that a person follows.
    """
    end = name_end(tokens, at, lexicon)
    if end < at + 2:
        return False
    names = [token for token in tokens[at:end] if token.text[0].isupper()]
    after = tokens[end].lower if end < len(tokens) else ""
    before = tokens[at - 1].lower if at else ""
    is_person = is_person or before in _FATES
    if tokens[at].lower.endswith("ing") and len(tokens[at].text) > _KING:
        return False  # "Four policemen killed defusing a bomb", as headlines write it
    if len(names) < 2 or after == "'s" or (after in lexicon.bodies and not is_person):
        return False
    if before == "the" or before[:1].isdigit():
        return False
    return all(len(token.text) > 2 and not token.text.isupper() for token in names)


_KING = 5  # letters: no longer name ends so


def name_end(tokens: Tokens, at: int, lexicon: Words) -> int:
    """Return where a run of capital words ends, with the "al" and "bin" between them."""
    end = at
    while end < len(tokens) and (
        _is_of_name(tokens[end], lexicon) or (end > at and _is_after_initial(tokens, end))
    ):
        end += 1
    while end > at and not tokens[end - 1].text[0].isupper():
        end -= 1
    return max(end, at + 1)


def _is_after_initial(tokens: Tokens, at: int) -> bool:
    """Whether a full stop only shortens a name: "Ahmed T. Salman"."""
    before, behind = tokens[at - 1].text, tokens[at + 1 : at + 2]
    is_short = tokens[at].text == "." and len(before) == 1 and before.isupper()
    return is_short and behind != () and behind[0].is_word


def past_age(tokens: Tokens, end: int, lexicon: Words) -> int:
    """Return where a person with an age behind ends: "Ali Hadi, 43, a judge", "a boy of 13"."""
    following = tokens.words[end : end + 3]
    if following[:1] == ["aged"] and len(following) > 1 and _is_age(following[1]):
        return end + 2
    if following[:1] == ["of"] and len(following) > 1:
        # "A boy of 9 died", but "a member of 9 families"
        is_age = not following[2:] or following[2] not in lexicon.people | lexicon.things
        is_number = following[1] in lexicon.numbers or _is_age(following[1])
        return end + 2 if is_age and is_number else end
    if [token.text for token in tokens[end : end + 3 : 2]] != [",", ","]:
        return end
    return end + 2 if tokens[end + 1].text.isdigit() and len(tokens[end + 1].text) < 3 else end


def has_age_behind(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether one capital word is a person for the age behind it: "Sara, 12, and two others"."""
    behind = [token.text for token in tokens[at + 1 : at + 4]]
    if len(behind) < 3 or behind[::2] != [",", ","] or not _is_age(behind[1]):
        return False
    if at and tokens[at - 1].lower in lexicon.breaks:
        return False  # "In Ramadi, 30, most of them soldiers, were killed."
    return _is_of_name(tokens[at], lexicon) and tokens[at].text[0].isupper()


def ages(tokens: Tokens, lexicon: Words) -> set[int]:
    """Return which numbers are ages of several: "aged 8 and 10", "two girls, 6 and 9,"."""
    found: set[int] = set()
    words = tokens.words
    for n in [n for n, word in enumerate(words) if word in _LEADS_AGES]:
        if words[n] in _AGED:
            found |= set(_numbers(tokens, n + 1, lexicon))
        elif n and words[n - 1] in lexicon.people:
            numbers = _numbers(tokens, n + 1, lexicon)
            end = numbers[-1] + 1 if len(numbers) > 1 else len(tokens)
            if end < len(tokens) and tokens[end].text in {",", ")"}:
                found |= set(numbers)
    return found


def _numbers(tokens: Tokens, at: int, lexicon: Words) -> list[int]:
    """Return the numbers that are told one by one from a word on."""
    found: list[int] = []
    for n in range(at, min(at + _LISTED, len(tokens))):
        word = tokens[n].lower
        if _is_age(word) or word in lexicon.numbers:
            if found and tokens[n + 1 : n + 2] and tokens[n + 1].lower in lexicon.people:
                break  # "a boy aged 12 and three women"
            found.append(n)
        elif word not in _BETWEEN_AGES:
            break
    return found


def _is_age(word: str) -> bool:
    return word.isdigit() and len(word) < 3


_AGED = frozenset({"aged", "ages"})
_LEADS_AGES = _AGED | {","}
_BETWEEN_AGES = frozenset({",", "and", "to", "or", "-", "–", "between", "from"})
_LISTED = 12  # words that a list of ages may have


def list_behind(tokens: Tokens, at: int, lexicon: Words, *, count: int | None) -> tuple[int, int]:
    """Return where the names of a number of people end, and how many are named.

    "Two fighters, identified as Ali Hadi and Omar Zaki"; ``count`` is their number
    where it is told. One name alone, with nothing that says so, is not theirs.
    """
    begin = _names_begin(tokens, at)
    end, names = begin, 0
    while begin < len(tokens) and (count is None or names < count):
        last = _one_name_end(tokens, begin, lexicon)
        if last is None:
            break
        end, names = last, names + 1
        begin = end
        while begin < len(tokens) and tokens[begin].lower in {",", "and"}:
            begin += 1
        if begin == end:
            break
    if names > 1:
        return end, names
    is_said = begin > at and count is not None and _NAMED & set(tokens.words[at:begin])
    return (_verb_behind(tokens, begin), count or 0) if is_said else (at, 0)


def _verb_behind(tokens: Tokens, at: int) -> int:
    """Return where the next verb stands: names of a kind that is not known end before it."""
    behind = range(at, min(at + 20, len(tokens)))
    return next((n for n in behind if tokens[n].lower in _VERBS), at)


_VERBS = frozenset({"was", "were", "are", "is", "have", "has", "had", "died", "lost"})


def _names_begin(tokens: Tokens, at: int) -> int:
    """Return where the names begin: behind a mark, or behind "from the town, identified as"."""
    for n in range(at, min(at + 7, len(tokens) - 1)):
        if tokens[n].lower in _NAMED and (n == at or tokens[n].lower != "called"):
            return n + 1 + (tokens[n + 1].lower == "as")
        if not (tokens[n].is_word or tokens[n].text == ","):
            break
    return at + (at < len(tokens) and tokens[at].text in {",", ":", "(", "-", "–", "—"})


_FATES = frozenset({"killed", "killing", "kill", "kills", "assassinated", "murdered", "wounded"})
_NAMED = frozenset({"identified", "named", "namely", "called"})


def _one_name_end(tokens: Tokens, at: int, lexicon: Words) -> int | None:
    if is_title_and_name(tokens, at, lexicon) and tokens[at].lower in lexicon.titles:
        return past_age(tokens, name_end(tokens, name_begin(tokens, at), lexicon), lexicon)
    if tokens[at].text[0].isupper() and is_full_name(tokens, at, lexicon, is_person=True):
        return past_age(tokens, name_end(tokens, at, lexicon), lexicon)
    return None


def _is_of_name(token: Token, lexicon: Words) -> bool:
    if token.lower in INNER and token.text.islower():
        return token.lower != "as"
    if not token.text[0].isupper():
        return False
    return token.lower not in lexicon.no_names


# What stands in small letters within a name.
INNER = frozenset({"al", "el", "bin", "ibn", "ul", "ad", "as", "ar"})
