"""Phrases that tell of the same people: "a judge, Ali Hadi", "the driver, a farmer from Hit"."""

from __future__ import annotations

from mapper.extraction import lists
from mapper.extraction.people import People
from mapper.extraction.sentences import Token, Tokens
from mapper.extraction.vocabulary import Words


def is_same(before: People, people: People, tokens: Tokens) -> bool:
    """Whether two phrases are of the same people: "a judge, Ali Hadi", "Ali Hadi, a judge"."""
    between = [token.text for token in tokens[before.last : people.first]]
    if people.named and not before.named and before.head:
        return between in ([], [","], ["-"], ["–"], ["("])
    if before.count == people.count and _says_who_all_are(between, tokens[people.first]):
        return True
    if between in ([",", "the"], [",", "another"]):
        between = [","]  # "Omar Zaki, another activist,"
    if between == ["and"] and before.count == 1 and people.bare and _is_parent(people, tokens):
        return True
    if between == [","] and before.count == 1 and _is_aside(people, tokens):
        return True
    if between in ([","], ["and"]) and before.count == 1 and people.count == 1 and people.bare:
        # "A colonel, the commander of a regiment, was killed" is one; "were" would be two.
        return _verb_behind(people, tokens) in _OF_ONE
    is_role = people.count == 1 and not people.named and people.head != ""
    return before.named and is_role and between in ([","], [])


def _is_aside(people: People, tokens: Tokens) -> bool:
    """Whether commas hold what somebody is: "the driver, a farmer from Hit, was killed"."""
    if people.count != 1 or tokens[people.first].lower not in {"a", "an"}:
        return False
    behind = tokens.words[people.last : people.last + _ASIDE]
    if "," not in behind or "and" in behind[: behind.index(",") + 2]:
        return False
    is_one = _verb_behind(people, tokens) in _OF_ONE | {""}  # "died", "lost his life"
    return is_one and behind[behind.index(",") + 1 :][:1] not in ([], ["a"], ["an"])


def _verb_behind(people: People, tokens: Tokens) -> str:
    """Return the "was" or "were" that is said of people, or nothing."""
    return next((verb for verb in tokens.words[people.last :][:_TO_VERB] if verb in BEING), "")


_ASIDE, _TO_VERB = 7, 12  # words: "a farmer from the north,"
_OF_ONE = frozenset({"was", "is", "has"})


def _says_who_all_are(between: list[str], first: Token) -> bool:
    """Whether words tell who a number of people are: "two of them, both guards,"."""
    return between == [",", "all"] or (between == [","] and first.lower == "both")


def _is_parent(people: People, tokens: Tokens) -> bool:
    """Whether one is told by how many children: "a shopkeeper and father of four"."""
    begin = tokens.words[people.first : people.first + 2]
    return begin in (["father", "of"], ["mother", "of"])


BEING = frozenset({"was", "were", "is", "are", "has", "have"})


def is_of_one(before: People, people: People, tokens: Tokens, lexicon: Words) -> bool:
    """Whether the next person only says whose the one before is, or what else he is."""
    return _is_owner(before, people, tokens, lexicon) or _is_title_of(
        before, people, tokens, lexicon
    )


def _is_owner(before: People, people: People, tokens: Tokens, lexicon: Words) -> bool:
    """Whether the next person only says whose the one before is: "the son of Iraq's top judge"."""
    words = tokens.words[before.last : people.first]
    if words in (["of"], ["to"]):
        return people.count == 1 and before.head not in lexicon.corpse | lexicon.corpses
    if words[:1] != [] and words[0] in lists.EMPLOYED and len(words) <= _EMPLOYER:
        return people.count == 1  # "Two electricians working for a US contractor"
    is_phrase = words[:1] == ["of"] and len(words) < 6 and not {",", "and"} & set(words)
    return people.bare and is_phrase


_EMPLOYER = 3  # words: "working for"


def _is_title_of(before: People, people: People, tokens: Tokens, lexicon: Words) -> bool:
    """Whether Arabic words say of one person what else he is: "the commander Brigadier"."""
    if "و" not in lexicon.breaks or not (before.bare and people.bare) or people.count != 1:
        return False
    between = tokens.words[before.last : people.first]
    if between == ["و"]:
        return _are_one_person(before, people, tokens, lexicon)
    is_fate = people.head in lexicon.fates or people.head in lexicon.more
    return (
        len(between) < 5
        and not is_fate
        and _PARTS.isdisjoint(between)
        and all(
            token.is_word and token.lower not in lexicon.breaks
            for token in tokens[before.last : people.first]
        )
    )


_PARTS = frozenset({"مع", "ضد", "الذي"})


def _are_one_person(before: People, people: People, tokens: Tokens, lexicon: Words) -> bool:
    """Whether Arabic says of one who is named what else she is: "the doctor and the activist X"."""
    named = tokens[people.last : people.last + 1]
    is_named = named != () and named[0].is_word and named[0].lower not in lexicon.no_names
    heads = (tokens[before.last - 1], tokens[people.last - 1])
    is_definite = all(head.end - head.start > len(head.lower) for head in heads)
    return is_definite and is_named and before.count == 1
