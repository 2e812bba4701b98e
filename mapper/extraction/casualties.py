"""How many people an event killed and wounded, as its sentences tell it.

A number that is not told stays None: missing is not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.frozen import frozen
from mapper.extraction import (
    accounts,
    asides,
    fateless,
    fates,
    grouping,
    numberless,
    quantities,
    revisions,
    vocabulary,
)
from mapper.extraction.fates import Fates
from mapper.extraction.grouping import Groups
from mapper.extraction.languages import KURDISH
from mapper.extraction.people import People
from mapper.extraction.phrases import Hit
from mapper.extraction.sentences import Tokens
from mapper.extraction.vocabulary import Words


@frozen
class Toll:
    """The killed and wounded told by some words, with doubts as ``notes``.

    ``more_killed`` and ``more_wounded`` say that the number comes on top of
    those told before ("another six"); ``is_raised`` numbers replace them ("the toll rose to"),
    ``is_older`` ones are replaced by others ("police first said").
    ``others_wounded`` are others than the killed, told perhaps in the sentence before.
    ``also_killed`` says that other people died, too, in Kurdish: those told before are others.
    The wounded of ``is_shot`` tolls were shot, and may be told dead later.
    ``is_vague`` tolls hold an amount that is no number ("dozens"). ``is_of_one`` ones say
    only that one person told before died: "She died at the scene." ``is_of_wounded``
    ones tell of the death of all who had been wounded. ``heads`` are the nouns for the people.
    """

    killed: int | None = None
    wounded: int | None = None
    more_killed: bool = False
    more_wounded: bool = False
    also_killed: bool = False
    is_raised: bool = False
    is_older: bool = False
    is_vague: bool = False
    is_shot: bool = False
    is_of_one: bool = False
    is_of_wounded: bool = False
    others_wounded: bool = False
    notes: tuple[str, ...] = ()
    is_told: bool = False
    heads: frozenset[str] = frozenset()


def read(
    tokens: Tokens,
    *,
    language: str = "en",
    skip: frozenset[int] = frozenset(),
    ignore: frozenset[int] = frozenset(),
) -> Toll:
    """Return the toll that some words tell.

    ``skip`` are words of dates, which are no numbers of people; ``ignore`` words
    of other events ("in revenge for the deaths of four").
    """
    at = accounts.second(tokens, vocabulary.words(language)) if language == "en" else None
    if at is not None:
        halves = [
            _read(
                tokens.part(first, last),
                language=language,
                skip=_within(skip, first, last),
                ignore=_within(ignore, first, last),
            )
            for first, last in ((0, at), (at, len(tokens)))
        ]
        if _tell_the_same(*halves):
            return _fuller(*halves)
    replaced = revisions.older(tokens) if language == "en" else []
    if replaced:
        return _newest(tokens, replaced, skip, ignore)
    return _read(tokens, language=language, skip=skip, ignore=ignore)


def _newest(
    tokens: Tokens,
    replaced: Sequence[tuple[int, int]],
    skip: frozenset[int],
    ignore: frozenset[int],
) -> Toll:
    """Read the toll that stands, where words also give an older one, or that one if it is all."""
    gone = {n for first, last in replaced for n in range(first, last)}
    parts = [[n for n in range(len(tokens)) if (n in gone) is old] for old in (False, True)]
    parts[1] = [n for n in parts[1] if not revisions.is_adverb(tokens[n])]
    newer, old = (
        _read(
            Tokens(tokens[n] for n in part),
            language="en",
            skip=frozenset(m for m, n in enumerate(part) if n in skip),
            ignore=frozenset(m for m, n in enumerate(part) if n in ignore),
        )
        for part in parts
    )
    if newer.is_told:
        return newer
    last = revisions.bare_count(Tokens(tokens[n] for n in parts[0]), vocabulary.words("en"))
    if last is not None and old.killed is not None:
        return replace(old, killed=last, is_raised=True)  # "First 75 had died, then 82."
    return replace(old, is_older=True) if old.is_told else newer


def _within(words: frozenset[int], first: int, last: int) -> frozenset[int]:
    return frozenset(n - first for n in words if first <= n < last)


def _tell_the_same(one: Toll, other: Toll) -> bool:
    """Whether two accounts both count the killed, or the wounded."""
    pairs = ((one.killed, other.killed), (one.wounded, other.wounded))
    return any(a is not None and b is not None for a, b in pairs)


def _fuller(one: Toll, other: Toll) -> Toll:
    """Join two accounts of one toll: the higher counts stand, both are said."""
    notes = [*one.notes, *other.notes]
    counts: dict[str, int | None] = {}
    for fate in ("killed", "wounded"):
        told = [n for n in (getattr(one, fate), getattr(other, fate)) if n is not None]
        counts[fate] = max(told, default=None)
        if len(set(told)) > 1:
            notes.append(f"accounts differ on the {fate}: {told[0]}, {told[1]}")
    return replace(
        one,
        killed=counts["killed"],
        wounded=counts["wounded"],
        is_vague=one.is_vague or other.is_vague,
        notes=tuple(notes),
        heads=one.heads | other.heads,
    )


def _read(tokens: Tokens, *, language: str, skip: frozenset[int], ignore: frozenset[int]) -> Toll:
    lexicon = vocabulary.words(language)
    if language != "en":
        tokens, ignore = asides.without(tokens, skip, ignore, language)
        skip = frozenset()
    if language == "ar":
        tokens = numberless.before_revision(tokens)
    hits = [
        hit
        for hit in fates.predicates(language).find(tokens)
        if hit.first not in ignore and not fateless.is_of_part(tokens, hit.first)
    ]
    alone = numberless.implied(tokens, lexicon, language=language, ignore=ignore)
    spared = numberless.spared(tokens, language=language)
    nouns = lexicon.fates | (lexicon.corpses if language != "en" else lexicon.corpse)
    if not (hits or alone or spared) and nouns.isdisjoint(tokens.words):
        return _recounted(Toll(), tokens, lexicon) if language == "en" else Toll()
    people = _without_speakers(quantities.find(tokens, lexicon, skip=skip), tokens)
    people = [group for group in people if not _is_doer(group, tokens, lexicon, language)]
    counted = [
        hit
        for hit in hits
        if hit.value[0] != "none"
        and not _is_counted(hit, people, lexicon)
        and not fateless.is_none(hit, tokens)
    ]
    found = Fates(Groups(tokens, lexicon, counted, people, language))
    told = found.told()
    for kind, people_meant in alone:
        is_open = not (told[kind] or told["both"])
        if is_open or _is_besides(people_meant, told[kind], tokens, lexicon):
            told[kind].append(people_meant)
            if language == "ar":  # the verb stands before all whom it tells of
                told[kind] += numberless.with_him(tokens, people_meant, people)
    toll = _sum(told, tokens, is_raised=found.is_raised)
    toll = _with_attacker(toll, told["killed"], people)
    if not toll.is_told and found.is_of_one:
        toll = replace(toll, is_of_one=True)
    if toll.killed and any(_is_told_too(group, tokens) for group in told["killed"][:1]):
        toll = replace(toll, also_killed=language in KURDISH)
    spared |= {hit.value[1] for hit in hits if hit.value[0] == "none"}
    toll = _with_nobody(toll, spared) if spared else toll
    return _recounted(toll, tokens, lexicon) if language == "en" else toll


def _recounted(toll: Toll, tokens: Tokens, lexicon: Words) -> Toll:
    """Return a toll with the number that words set anew: "raised the number of dead to 52"."""
    new = revisions.recount(tokens, lexicon)
    if new is None:
        return toll
    dead, hurt = toll.killed, toll.wounded
    if new.fate == "wounded" and dead == new.number:
        dead = None  # the one number, read as of the dead
    return replace(
        toll,
        killed=new.number if new.fate == "killed" else dead,
        wounded=new.number if new.fate == "wounded" else hurt,
        is_raised=True,
        is_told=True,
    )


def _is_counted(hit: Hit[tuple[str, str]], people: Sequence[People], lexicon: Words) -> bool:
    """Whether a word is itself the head of those counted: the "bodies" of "34 bodies"."""
    return any(
        group.first < hit.first < group.last and group.head in lexicon.corpses for group in people
    )


def _with_nobody(toll: Toll, told: set[str]) -> Toll:
    """Add the zeros of "no casualties" and "nobody was hurt", where no number is told."""
    killed, wounded = toll.killed, toll.wounded
    if told == {"unharmed"}:
        return toll if toll.is_told else replace(toll, wounded=0, is_told=True)
    if killed is None and told & {"killed", "both"}:
        killed = 0
    if wounded is None and told & {"wounded", "both"}:
        wounded = 0
    return replace(toll, killed=killed, wounded=wounded, is_told=True)


def _is_besides(one: People, told: Sequence[People], tokens: Tokens, lexicon: Words) -> bool:
    """Whether Kurdish words tell others besides one: "he was killed, and two others died"."""
    behind = (group.first > one.first and tokens[group.last : group.last + 1] for group in told)
    are_others = all(after and after[0].lower in lexicon.more for after in behind)
    return lexicon.tens_first and bool(told) and are_others


def _is_told_too(group: People, tokens: Tokens) -> bool:
    """Whether Kurdish words say "also" of people: "pêşmergeş", "pêşmerge jî"."""
    last = tokens[group.last - 1]
    behind = tokens[group.last : group.last + 1]
    is_ending = last.text.endswith("ش") and not last.lower.endswith("ش")
    return is_ending or (behind != () and behind[0].lower == "jî")


def _is_doer(group: People, tokens: Tokens, lexicon: Words, language: str) -> bool:
    """Whether words lead to those who did it: "taken away by ten armed men and found dead"."""
    before = tokens.words[max(0, group.first - 2) : group.first]
    if language == "en":
        is_by = before[-1:] == ["by"] and group.count is not None
        return is_by and _WITH_BY.isdisjoint(before) and not group.named
    return before[-1:] != [] and (before[-1] in lexicon.by or " ".join(before) in lexicon.by)


# "A judge, accompanied by two guards, was killed": they were with him.
_WITH_BY = frozenset({"accompanied", "guarded", "escorted", "joined", "followed", "flanked"})


def _without_speakers(people: list[People], tokens: Tokens) -> list[People]:
    """Leave out those who only tell: "wounded 40, a policeman and a doctor said"."""
    kept: list[People] = []
    after: People | None = None
    for group in reversed(people):
        follows = tokens[group.last].lower if group.last < len(tokens) else ""
        is_joined = after is not None and _is_and(tokens.part(group.last, after.first))
        if not group.more and (follows in grouping.speech() or is_joined):
            after = group
        else:
            kept.append(group)
            after = None
    return kept[::-1]


def _is_and(between: Tokens) -> bool:
    return between.words == ["and"]


def _sum(told: dict[str, list[People]], tokens: Tokens, *, is_raised: bool) -> Toll:
    notes = []
    if told["both"] and not told["killed"] and not told["wounded"]:
        count = _count(told["both"])
        if count is not None:
            notes.append(f"{count} killed or wounded, not told apart")
    is_shot = bool(told["shot"]) and not told["killed"] and not told["wounded"]
    if is_shot:
        told["wounded"] = told["shot"]
    for kind in ("killed", "wounded"):
        vague = next((group for group in told[kind] if group.count is None), None)
        if vague and vague.head:
            known = _count(told[kind])
            is_listed = any(
                group.last + 1 == vague.first and tokens[group.last].lower == "and"
                for group in told[kind]
            )
            behind = set(tokens.words[vague.last : vague.last + _OWN_VERB])
            is_listed = is_listed and behind.isdisjoint(_HARM)
            if known is not None and vague.head in _MANY and is_listed:
                # "Killing an ayatollah and scores of others": one is not how many.
                told[kind] = [vague]
                notes.append(f"{kind}: {known} and {vague.head}")
            else:
                notes.append(f"{kind}: {'also ' * (known is not None)}{vague.head}")
    if any(group.attacker for group in told["killed"]):
        notes.append(_ATTACKER)
    return Toll(
        killed=_count(told["killed"]),
        wounded=_count(told["wounded"]),
        more_killed=_is_more(told["killed"]),
        # "Killed two and wounded five others": other people than the killed.
        more_wounded=_is_more(told["wounded"]) and not told["killed"],
        is_raised=is_raised,
        is_shot=is_shot,
        others_wounded=any(group.head in _OTHERS for group in told["wounded"]),
        notes=tuple(notes),
        is_told=any(told.values()),
        is_vague=any(group.count is None for groups in told.values() for group in groups),
        heads=frozenset(group.head for groups in told.values() for group in groups if group.head),
    )


_OWN_VERB = 5  # words: "dozens of others were wounded"
_HARM = frozenset({"wounded", "injured", "hurt", "killed", "died", "missing"})
_MANY = frozenset({"dozens", "scores", "hundreds", "thousands"})
_OTHERS = frozenset({"others", "other"})


def _with_attacker(toll: Toll, killed: Sequence[People], people: Sequence[People]) -> Toll:
    """Note that the killed hold the attacker: "six dead, including the bomber"."""
    whole: People | None = None
    for group in people:
        if not group.part:
            whole = group
        elif group.attacker and whole in killed and _ATTACKER not in toll.notes:
            return replace(toll, notes=(*toll.notes, _ATTACKER))
    return toll


_ATTACKER = "the killed include the attacker"


def _is_more(groups: list[People]) -> bool:
    """Whether those told first are others than those before; "a judge and two others" are not."""
    return bool(groups) and groups[0].more


def _count(groups: list[People]) -> int | None:
    known = [group.count for group in groups if group.count is not None]
    return sum(known) if known else None
