"""The noun that heads a phrase of people: the "officer" of "a senior police officer"."""

from __future__ import annotations

from mapper.extraction.sentences import Token, Tokens
from mapper.extraction.vocabulary import Words


def is_rank_alone(tokens: Tokens, head: int, lexicon: Words) -> bool:
    """Whether a word that is also an adjective is a person: "a major and", not "a major attack"."""
    after = tokens[head + 1] if head + 1 < len(tokens) else None
    is_end = after is None or not after.is_word or after.lower in lexicon.breaks
    return is_end and tokens[head].lower in _ADJECTIVES_TOO


_ADJECTIVES_TOO = frozenset(
    {"major", "general", "suspect", "captive", "minor", "private", "american", "christian"}
    | {"turk", "arab", "kurd", "syrian", "iranian", "jordanian", "egyptian", "italian", "korean"}
    | {"iraqi", "shiite", "sunni", "yazidi", "lebanese", "japanese"}
)


def head(tokens: Tokens, at: int, lexicon: Words) -> int | None:
    """Return the noun that ends the noun phrase at a word, if it is of people or counted things.

    What is killed or hurt are people, so that in English another plural is of them too.
    """
    head, index = None, at
    for index in range(at, min(at + 7, len(tokens))):
        word = tokens[index].lower
        if is_age(tokens, index) or _is_of_group(tokens, index, lexicon):
            continue
        if "would" in (word, tokens[index - 1].lower) and word in {"would", "be"}:
            continue  # "two would-be bombers"
        if word in lexicon.people or word in lexicon.things:
            head = index
            if lexicon.tens_first and word in lexicon.things:
                break  # Kurdish "two caves of gunmen"
        elif word == "'s":
            head = None  # "two women's-rights trainers": who comes behind
        elif word in "()\"'" or _tells_whose(tokens, index, head, lexicon):
            continue
        elif word in lexicon.breaks or not tokens[index].is_word or head is not None:
            break
        elif lexicon.tens_first and index > at and word in lexicon.numbers:
            break  # Kurdish "two hours four soldiers".
        elif index > at and word in lexicon.articles:
            break  # "A crowd lynched a teenager."
    else:
        return head
    is_open = head is None and index > at and _may_be_people(tokens[index - 1], lexicon)
    return index - 1 if is_open else head


def _tells_whose(tokens: Tokens, at: int, head: int | None, lexicon: Words) -> bool:
    """Whether a word says whose people they are: "Iraqi army officers", "UN and NGO staff"."""
    if head is None:
        return _joins_bodies(tokens, at, lexicon)
    return _is_of_whom(tokens, at, head, lexicon)


def _is_of_whom(tokens: Tokens, at: int, head: int, lexicon: Words) -> bool:
    """Whether a word stands between whose people they are and who: "two Iraqi army officers"."""
    if not tokens[head].text[0].isupper() or tokens[at].lower in lexicon.breaks:
        return False
    is_noun = tokens[at].is_word and tokens[at].text[0].islower()
    is_noun = is_noun and not tokens[at].lower.endswith(("ing", "ed"))
    behind = tokens[at + 1 : at + 2]
    return is_noun and behind != () and behind[0].lower in lexicon.people


def _joins_bodies(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether "and" joins whose people they are: "22 UN and NGO staff"."""
    behind = tokens[at + 1 : at + 3]
    if tokens[at].lower != "and" or len(behind) < 2:
        return False
    are_names = tokens[at - 1].text[0].isupper() and behind[0].text[0].isupper()
    return are_names and behind[1].lower in lexicon.people


def _may_be_people(token: Token, lexicon: Words) -> bool:
    """Whether a noun that no list has may be of people: "five beekeepers were killed"."""
    word = token.text
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return bool(lexicon.no_people) and is_plural and word not in lexicon.no_people


def _is_of_group(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether a word is the "IS" of "four IS fighters", which is no "is"."""
    behind = tokens[at + 1 : at + 2]
    return tokens[at].text == "IS" and bool(behind) and behind[0].lower in lexicon.people


def is_age(tokens: Tokens, at: int) -> bool:
    """Whether a word is the "year" of "a 12-year-old boy"."""
    pair = tokens.words[at : at + 2]
    return pair in (["year", "old"], ["years", "old"])


def follows_name(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether a noun for one person only heads a longer noun phrase ("police chief").

    In Arabic the head stands first: "an officer of police".
    """
    if "و" in lexicon.breaks and not lexicon.tens_first:
        behind = tokens.words[at + 1 : at + 2]  # "The body of a driver": he is counted
        is_of_whom = not (lexicon.people | lexicon.numbers.keys()).isdisjoint(behind)
        return tokens[at].lower in lexicon.corpses and is_of_whom
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    is_name = tokens[at].text[0].isupper() and tokens[at + 1 : at + 2] != ()
    is_name = is_name and tokens[at + 1].text[0].isupper() and after not in lexicon.breaks
    return is_name or after in lexicon.people or after in lexicon.things
