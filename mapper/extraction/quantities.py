"""How many people a phrase speaks of: "at least 25", "a couple and their child"."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from mapper.extraction import appositions, arabic, kin, lists, nouns, numerals, persons, wholes
from mapper.extraction.people import People
from mapper.extraction.sentences import Token, Tokens
from mapper.extraction.vocabulary import Words


def find(tokens: Tokens, lexicon: Words, *, skip: frozenset[int] = frozenset()) -> list[People]:
    """Return the numbers of people among the words; ``skip`` are words of dates and the like."""
    found: list[People] = []
    free = 0
    skip = skip | persons.ages(tokens, lexicon) | numerals.outgrown(tokens, lexicon)
    for at in _beginnings(tokens, lexicon):
        if at < free or at in skip:
            continue
        is_listed = bool(found) and _introduces(found[-1], tokens.part(found[-1].last, at))
        people = _people(tokens, at, lexicon, is_listed=is_listed)
        if people is None:
            continue
        people = _with_names(people, tokens, lexicon)
        before = found[-1] if found else None
        if before and appositions.is_same(before, people, tokens):
            is_named = before.named or people.named
            found[-1] = replace(before, last=people.last, named=is_named and before.count == 1)
        elif before and appositions.is_of_one(before, people, tokens, lexicon):
            found[-1] = replace(before, last=people.last)
        else:
            found.append(wholes.in_context(people, tokens, before, lexicon))
        free = people.last
    return wholes.with_parts(found, tokens)


def _beginnings(tokens: Tokens, lexicon: Words) -> list[int]:
    """Return which words may begin a phrase of people: most cannot."""
    cues = lexicon.cues
    return [
        n
        for n, token in enumerate(tokens)
        if token.lower in cues or token.lower[-1].isdigit() or _is_of_name(token)
    ]


def _is_of_name(token: Token) -> bool:
    """Whether a word may begin a person's name."""
    return token.text[0].isupper() or token.lower in persons.INNER


def _with_names(people: People, tokens: Tokens, lexicon: Words) -> People:
    """Take in the age or names behind: "Ali Hadi, 43"; "his guards Ali Hadi and Omar Zaki"."""
    if people.named or people.count == 1:
        people = replace(people, last=persons.past_age(tokens, people.last, lexicon))
    if people.named:
        return people
    if people.count == 1 or people.head not in lexicon.people:
        return people
    last, names = persons.list_behind(tokens, people.last, lexicon, count=people.count)
    return replace(people, last=last, count=people.count or names) if names else people


def _introduces(before: People, between: Tokens) -> bool:
    """Whether a name goes on a list of names, or stands behind what somebody is: "activist X"."""
    if not between:
        return before.count == 1 and before.head != ""
    return before.named and all(token.lower in {",", "and"} for token in between)


def _people(tokens: Tokens, at: int, lexicon: Words, *, is_listed: bool = False) -> People | None:
    word = tokens[at].lower
    if word not in lexicon.cues and not word[-1].isdigit():
        is_harmed = at > 0 and tokens[at - 1].lower in lexicon.harming
        owned = _owned(tokens, at, lexicon) if is_harmed else None
        return owned or _named(tokens, at, lexicon, is_person=is_listed)
    if word in lexicon.attackers and word.endswith(("self", "selves")):
        return People(at, at + 1, 1 if word.endswith("self") else None, word, attacker=True)
    if _is_role(tokens, at) or wholes.is_of_others(tokens, at):
        return None
    if word in lexicon.pairs:
        return People(at, at + 1, lexicon.pairs[word], word)
    if word in lexicon.kin:
        last = kin.end_of_one(tokens, at, lexicon)
        return People(at, last, 1, word) if last else None
    if word in lexicon.vague and (_is_about(tokens, at) or _is_sum(tokens, at)):
        return None
    if word in lexicon.vague and _is_before_multiplier(tokens, at, lexicon):
        head = nouns.head(tokens, at + 2, lexicon)
        return People(at, (at + 1 if head is None else head) + 1, None, word)
    if word in lexicon.vague and not _is_before_number(tokens, at, lexicon):
        return _vague(tokens, at, lexicon)
    count, end = numerals.read(tokens, at, lexicon)
    if count is not None:
        end = numerals.past_range(tokens, at, end, count, lexicon)
        return _counted(tokens, at, end, count, lexicon)
    if word in lexicon.subjects or (word in lexicon.leaders and _is_of_body(tokens, at)):
        return People(at, at + 1, 1, word)
    if word in lexicon.pronouns and _is_object(tokens, at, lexicon):
        return People(at, at + 1, 1, word)
    if word in lexicon.one or word in lexicon.owners:
        return _one(tokens, at, lexicon)
    if word == "another" and _is_alone(tokens, at, lexicon):
        return People(at, at + 1, 1, word, more=True)
    if word in lexicon.titles and persons.is_title_and_name(tokens, at, lexicon):
        begin = persons.name_begin(tokens, at)
        return People(at, persons.name_end(tokens, begin, lexicon), 1, word, named=True)
    is_name = _is_of_name(tokens[at])
    named = _named(tokens, at, lexicon, is_person=is_listed) if is_name else None
    if named is not None:
        return named
    is_counted = at > 0 and tokens[at - 1].lower in lexicon.ordinals
    # "Kill Assyrian couple"
    is_counted = is_counted or not lexicon.pairs.keys().isdisjoint(tokens.words[at + 1 : at + 2])
    if word in lexicon.singular and not is_counted and not nouns.follows_name(tokens, at, lexicon):
        return People(at, at + 1, 1, word, attacker=word in lexicon.attackers, bare=True)
    return None


def _is_role(tokens: Tokens, at: int) -> bool:
    """Whether words only say what else somebody is: "his brother, also a doctor, was"."""
    before = tokens.words[max(0, at - 3) : at]
    if before[-1:] in (["a"], ["an"], ["the"]):
        before = before[:-1]
    return before[-2:] == [",", "also"] and "," in tokens.words[at + 1 : at + 4]


def _owned(tokens: Tokens, at: int, lexicon: Words) -> People | None:
    """Return one told by whose he is, behind a verb of harm: "wounding Bahrain's top envoy"."""
    end = next((n for n in range(at + 1, at + _OWNER) if tokens.words[n : n + 1] == ["'s"]), 0)
    head = nouns.head(tokens, end + 1, lexicon) if end else None
    if head is None or tokens[head].lower not in lexicon.singular:
        return None
    return People(at, head + 1, 1, tokens[head].lower)


_OWNER = 4  # words: "the Al Rafidain bank's"


def _named(tokens: Tokens, at: int, lexicon: Words, *, is_person: bool) -> People | None:
    if lexicon.tens_first:
        return None  # Kurdish writes more than names with capitals.
    if persons.has_age_behind(tokens, at, lexicon):
        return People(at, at + 1, 1, named=True)
    if not persons.is_full_name(tokens, at, lexicon, is_person=is_person):
        return None
    return People(at, persons.name_end(tokens, at, lexicon), 1, named=True)


def _is_of_body(tokens: Tokens, at: int) -> bool:
    """Whether a head leads something: "the head of the union", no "in the head of a guard"."""
    if at + 1 >= len(tokens) or tokens[at + 1].lower != "of":
        return False
    before = tokens.words[max(0, at - 2) : at]
    is_nationality = bool(before) and tokens[at - 1].text[0].isupper()  # "Belgian head of mission"
    leads = is_nationality or before[-1:] in (
        [],
        ["the"],
        ["deputy"],
        ["former"],
        ["acting"],
        [";"],
        [":"],
    )
    return leads and before[:1] not in (["in"], ["to"], ["through"])


def _is_alone(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether "another" stands for one more person: "killed and another wounded"."""
    return nouns.head(tokens, at + 1, lexicon) is None and not _is_before_number(
        tokens, at, lexicon
    )


def _is_about(tokens: Tokens, at: int) -> bool:
    """Whether a vague word only compares: the "many" of "as many as 90"."""
    around = [token.lower for token in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])]
    return around == ["as", "as"]


def _is_sum(tokens: Tokens, at: int) -> bool:
    """Whether "number" heads a sum that is told behind: "the number of wounded rose to nine"."""
    return tokens[at].lower == "number" and at > 0 and tokens[at - 1].lower == "the"


def _is_before_multiplier(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether a vague word makes a number vague: "several dozen"."""
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    return after in lexicon.multipliers and tokens[at].lower not in {"some", "number"}


def _is_before_number(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether a vague word only rounds a number: "some 78"."""
    after = (
        at + 2
        if at + 1 < len(tokens) and tokens[at + 1].text in lists.JOINTS - {",", "and"}
        else at + 1
    )
    return numerals.read(tokens, after, lexicon)[0] is not None


def _vague(tokens: Tokens, at: int, lexicon: Words) -> People | None:
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    head = nouns.head(tokens, at + 1, lexicon)
    if head is not None and tokens[head].lower in lexicon.things:
        return None
    goes_on = after in lexicon.breaks or after in lexicon.of or after in lexicon.more
    if head is None and not goes_on:
        return None
    return People(at, (at if head is None else head) + 1, None, tokens[at].lower)


def _counted(tokens: Tokens, at: int, end: int, count: int, lexicon: Words) -> People | None:
    before = tokens[at - 1].lower if at else ""
    is_joined = bool(at) and tokens[at - 1].end == tokens[at].start
    if is_joined and tokens[at - 1].is_word and before not in arabic.PREFIXES:
        return None  # The number of a name: "Kurdistan24".
    is_of_time = is_joined and tokens[at - 1].text in {"/", ":"}
    if before in {"$", "£", "€", "no", "no."} or is_of_time:
        return None
    following = tokens[end].lower if end < len(tokens) else ""
    if nouns.is_age(tokens, end):
        return None
    is_both = count == 2 and tokens[at].lower == "both" and following not in lexicon.of
    if is_both and nouns.head(tokens, end, lexicon) is None:
        return None
    if following in {"%", "m", "million", "billion", "p", "am"}:
        return None
    if following in lexicon.of and end + 1 < len(tokens):
        return _number_of(tokens, at, end, count, lexicon)
    head = nouns.head(tokens, end, lexicon)
    if head is not None and tokens[head].lower in lexicon.things:
        return None
    if head is None and before in lexicon.numbered and tokens[at].text.isdigit():
        return None
    name = tokens[head].lower if head is not None else ""
    last = end if head is None else head + 1
    return People(at, last, count, name, attacker=name in lexicon.attackers, bare=head is None)


def _number_of(tokens: Tokens, at: int, end: int, count: int, lexicon: Words) -> People | None:
    """Read "three of his guards"; "three of them" were told already."""
    after = tokens[end + 1].lower
    if count == 1 and numerals.read(tokens, end + 1, lexicon)[0] is not None:
        return None  # "One of three people killed": the three are told.
    if after in wholes.WHOLE:
        is_part = bool(at) and tokens[at - 1].text in {",", "(", "-", "–", "—"}
        last = _past_kind(tokens, end + 2, lexicon) if is_part else end + 2
        return People(at, last, count, part=is_part)
    if after == "the" and end + 2 < len(tokens) and tokens[end + 2].lower in _HURT:
        return People(at, end + 3, count, tokens[end + 2].lower, part=True)
    head = nouns.head(tokens, end + 1, lexicon)
    if head is None and "و" in lexicon.breaks:
        # Arabic tells whose they are: "two of his companions".
        return People(at, end + 1, count)
    if head is None and after in lexicon.owners:
        return People(at, end + 3, count)  # "nine of their kin"
    if head is None and after == "the" and _is_group(tokens, end + 2, lexicon):
        return People(at, end + 3, count, tokens[end + 2].lower)
    if head is None or tokens[head].lower not in lexicon.people:
        return None
    return People(at, head + 1, count, tokens[head].lower)


def _is_group(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether a word is what some of it were in: "five of the crowd were killed"."""
    pair = tokens[at : at + 2]
    is_noun = len(pair) > 1 and pair[0].text.isalpha() and pair[0].lower not in lexicon.things
    return is_noun and pair[1].lower in appositions.BEING


_HURT = frozenset({"wounded", "injured"})


def _past_kind(tokens: Tokens, at: int, lexicon: Words) -> int:
    """Return where words end that say what those before are: "one of them a woman"."""
    begin = at + (tokens[at : at + 1] != () and tokens[at].lower in lexicon.articles)
    head = nouns.head(tokens, begin, lexicon)
    return at if head is None else head + 1


def _one(tokens: Tokens, at: int, lexicon: Words) -> People | None:
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if after in lexicon.ordinals and nouns.head(tokens, at + 2, lexicon) is None:
        return People(at, at + 2, 1, after, more=True)
    count, end = numerals.read(tokens, at + 1, lexicon)
    is_age = count is not None and nouns.is_age(tokens, end)  # "his 12-year-old son"
    if is_age and nouns.head(tokens, end + 2, lexicon) is None:
        return People(at, end + 2, 1, "child")  # "killed a 16-year-old and"
    if count is not None and not is_age and tokens[at].lower in lexicon.owners:
        return _counted(tokens, at, end, count, lexicon)
    if after in lexicon.body_parts and tokens[at].lower in lexicon.owners - {"their"}:
        return People(at, at + 2, 1, after)  # "Wounding his leg": him.
    if after in lexicon.pairs:
        return People(at, at + 2, lexicon.pairs[after], after)
    if after in lexicon.multipliers and tokens[at].lower in {"a", "an"}:
        count = lexicon.multipliers[after]
        return _counted(tokens, at, at + 2, count, lexicon)
    head = nouns.head(tokens, at + 1, lexicon)
    if _shares_noun(tokens, at, lexicon):
        return People(at, at + 2, 1, after)
    if head is None or tokens[head].lower not in lexicon.people:
        return _one_harmed(tokens, at, lexicon) if head is None else None
    name = tokens[head].lower
    count = 1 if name in lexicon.singular else None
    if name == "family" and head + 2 < len(tokens) and tokens[head + 1].lower in lexicon.of:
        members, end = numerals.read(tokens, head + 2, lexicon)
        return People(at, end, members, name) if members else None
    if count is None and nouns.is_rank_alone(tokens, head, lexicon):
        count = 1
    if count is None and tokens[at].lower in lexicon.owners:
        return People(at, head + 1, 2 if name == "parents" else None, name)
    return People(at, head + 1, count, name, attacker=name in lexicon.attackers) if count else None


def _shares_noun(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether one is told by an adjective before another one: "a Polish and a Latvian soldier"."""
    is_two = tokens.words[at + 2 : at + 4] in (["and", "a"], ["and", "an"])
    is_name = is_two and tokens[at + 1].text[0].isupper() and tokens[at + 1].text.isalpha()
    return is_name and nouns.head(tokens, at + 4, lexicon) is not None


def _one_harmed(tokens: Tokens, at: int, lexicon: Words) -> People | None:
    """Return one of whom only the verb says that they are of people: "injuring a storekeeper"."""
    if tokens[at].lower not in lexicon.one:
        return None
    phrase = list(takewhile(lambda token: _goes_on(token, lexicon), tokens[at + 1 : at + 5]))
    words = [token.lower for token in phrase]
    if not words or words[-1] in lexicon.no_people or not lexicon.no_one.isdisjoint(words):
        return None
    end = at + 1 + len(phrase)
    behind = tokens.words[end : end + 2]
    is_object = at > 0 and tokens[at - 1].lower in lexicon.harming
    is_object = is_object and behind[:1] not in ([], ["of"])
    is_object = is_object and (behind[0] in lexicon.breaks or not tokens[end].is_word)
    # "And a US trainer were wounded": the last of a list.
    is_subject = behind[:1] in (["was"], ["were"]) and behind[-1] in lexicon.harming
    return People(at, end, 1, words[-1]) if is_object or is_subject else None


def _goes_on(token: Token, lexicon: Words) -> bool:
    return token.text.isalpha() and token.text.islower() and token.lower not in lexicon.breaks


def _is_object(tokens: Tokens, at: int, lexicon: Words) -> bool:
    """Whether "him" or "her" is one hurt: "killing her and two guards", not "her two guards"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or not after.is_word:
        return True
    return after.lower in lexicon.breaks or after.lower in _INSTANTLY


_INSTANTLY = frozenset({"instantly", "immediately", "seriously", "critically", "severely", "dead"})
