"""How many people an event killed and wounded, as its sentences tell it.

A number that is not told stays None: missing is not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from mapper.extraction import phrases, quantities, vocabulary
from mapper.extraction.phrases import Hit, Phrases, words_of
from mapper.extraction.quantities import People
from mapper.extraction.sentences import Token, fold
from mapper.extraction.vocabulary import Words


@dataclass(frozen=True, slots=True)
class Toll:
    """The killed and wounded told by some words, with doubts as ``notes``.

    ``more_killed`` and ``more_wounded`` say that the number comes on top of
    those told before ("another six"); ``is_raised`` numbers replace them ("the toll rose to").
    ``is_vague`` tolls hold an amount that is no number ("dozens"). ``heads`` are
    the nouns for the people.
    """

    killed: int | None = None
    wounded: int | None = None
    more_killed: bool = False
    more_wounded: bool = False
    is_raised: bool = False
    is_vague: bool = False
    notes: tuple[str, ...] = ()
    is_told: bool = False
    heads: frozenset[str] = frozenset()


def read(
    tokens: Sequence[Token],
    *,
    language: str = "en",
    skip: frozenset[int] = frozenset(),
    ignore: frozenset[int] = frozenset(),
) -> Toll:
    """Return the toll that some words tell.

    ``skip`` are words of dates, which are no numbers of people; ``ignore`` words
    of other events ("in revenge for the deaths of four").
    """
    lexicon = vocabulary.words(language)
    hits = [
        hit
        for hit in _predicates(language).find(tokens)
        if hit.first not in ignore and not _is_part(tokens, hit.first)
    ]
    if not hits and lexicon.fates.isdisjoint(words_of(tokens)):
        return Toll()
    people = _without_speakers(quantities.find(tokens, lexicon, skip=skip), tokens, lexicon)
    counted = [hit for hit in hits if hit.value[0] != "none" and not _is_counted(hit, people)]
    toll = _Reader(tokens, lexicon, counted, people, language).toll()
    return toll if len(counted) == len(hits) else _with_nobody(toll, hits)


def _is_counted(hit: Hit[tuple[str, str]], people: Sequence[People]) -> bool:
    """Whether a word is itself the head of those counted: the "bodies" of "34 bodies"."""
    return any(group.first < hit.first < group.last and group.head in _BODIES for group in people)


def _with_nobody(toll: Toll, hits: Sequence[Hit[tuple[str, str]]]) -> Toll:
    """Add the zeros of "no casualties" and "nobody was hurt", where no number is told."""
    told = {hit.value[1] for hit in hits if hit.value[0] == "none"}
    killed, wounded = toll.killed, toll.wounded
    if killed is None and told & {"killed", "both"}:
        killed = 0
    if wounded is None and told & {"wounded", "both"}:
        wounded = 0
    return replace(toll, killed=killed, wounded=wounded, is_told=True)


def _is_part(tokens: Sequence[Token], predicate: int) -> bool:
    """Whether it names one of a toll told elsewhere: "a judge was among the dead"."""
    return [token.lower for token in tokens[max(0, predicate - 2) : predicate]] in _AMONG


_AMONG = [["among", "the"], ["among", "those"], ["amongst", "the"], ["amongst", "those"]]


def _without_speakers(
    people: list[People], tokens: Sequence[Token], lexicon: Words
) -> list[People]:
    """Leave out those who only tell: "wounded 40, a policeman and a doctor said"."""
    kept: list[People] = []
    after: People | None = None
    for group in reversed(people):
        follows = tokens[group.last].lower if group.last < len(tokens) else ""
        is_joined = after is not None and _is_and(tokens[group.last : after.first])
        if not group.more and (follows in _SPEECH or is_joined):
            after = group
        else:
            kept.append(group)
            after = None
    return kept[::-1]


_SPEECH = frozenset({"said", "says", "told", "added", "announced", "reported", "confirmed"})


def _is_and(between: Sequence[Token]) -> bool:
    return [token.lower for token in between] == ["and"]


@cache
def _predicates(language: str) -> Phrases[tuple[str, str]]:
    raw = phrases.load(f"people.{language}.yml")
    entries = [
        (phrase, (kind, mode))
        for kind, modes in raw["predicates"].items()
        for mode, listed in modes.items()
        for phrase in listed
    ]
    entries += [(phrase, ("both", "either")) for phrase in raw["killed_or_wounded"]]
    entries += [(phrase, ("total", "")) for phrase in raw["total"]]
    entries += [
        (phrase, ("none", which))
        for which, listed in raw.get("none", {}).items()
        for phrase in listed
    ]
    return Phrases(entries)


@cache
def _auxiliaries(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases.load(f"people.{language}.yml")["auxiliaries"])


_BODIES = frozenset({"bodies", "corpses", "جثث", "جثه", "جثتين", "جثتان"})
_BODY = frozenset({"body", "corpse"})
_FOUND = frozenset({"found", "discovered", "recovered", "dumped", "retrieved", "pulled", "riddled"})
_QUOTES = frozenset({'"', "“", "”", "'"})
_BEING = frozenset({"was", "were", "been", "are", "is", "be", "being"})


class _Reader:
    """Gives each number of people to the word that says what became of them."""

    def __init__(
        self,
        tokens: Sequence[Token],
        lexicon: Words,
        hits: list[Hit[tuple[str, str]]],
        people: list[People],
        language: str,
    ) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._hits = hits
        self._people = people
        self._taken: set[int] = set()
        self._language = language

    def toll(self) -> Toll:
        told: dict[str, list[People]] = {"killed": [], "wounded": [], "shot": [], "both": []}
        self._add_named(told)
        totals = [hit for hit in self._hits if hit.value[0] == "total"]
        for n, hit in enumerate(self._hits):
            kind, mode = hit.value
            if kind == "total":
                continue
            if kind != "both" and any(t.last <= hit.first <= t.last + 8 for t in totals):
                continue
            groups = self._group(n, hit, mode)
            if self._is_also(hit):
                groups = [replace(group, more=True) for group in groups]
            told[kind] += self._not_repeated(groups, told[kind])
        self._add_bodies(told)
        raised = bool(totals) or any(hit.value[1] == "toll" for hit in self._hits)
        return replace(_sum(told), is_raised=raised)

    def _is_also(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a predicate adds to what was told: "the blast also killed four"."""
        return "also" in {token.lower for token in self._tokens[max(0, hit.first - 2) : hit.first]}

    def _not_repeated(self, groups: list[People], told: list[People]) -> list[People]:
        """Leave out what a long Arabic sentence tells a second time with the same number."""
        known = {group.count for group in told}
        is_again = self._language == "ar" and bool(groups) and groups[0].count in known - {None, 1}
        return [] if is_again else groups

    def _add_named(self, told: dict[str, list[People]]) -> None:
        """Add those whose noun tells what became of them, whatever the verb: "25 dead"."""
        for kind, nouns in (("killed", self._lexicon.dead), ("wounded", self._lexicon.hurt)):
            groups = [group for group in self._people if group.head in nouns and not group.part]
            told[kind] += self._take([group for group in groups if not group.bare])

    def _add_bodies(self, told: dict[str, list[People]]) -> None:
        found = _FOUND & {token.lower for token in self._tokens}
        for group in self._people:
            is_one = group.head in _BODY and found and not told["killed"]
            is_body = group.head in _BODIES or is_one
            if is_body and group.first not in self._taken:
                self._taken.add(group.first)
                told["killed"].append(group)

    def _group(self, n: int, hit: Hit[tuple[str, str]], mode: str) -> list[People]:
        """Return the people that a predicate speaks of."""
        if mode == "toll":
            spoken = {token.lower for token in self._tokens[: hit.first]}
            return self._behind(n, hit) if "toll" in spoken else []
        if mode == "object":
            return self._behind(n, hit)
        if mode == "subject":
            return self._ahead(n, hit)
        if self._is_passive(hit):
            return self._ahead(n, hit)
        return self._behind(n, hit) or self._ahead(n, hit)

    def _is_passive(self, hit: Hit[tuple[str, str]]) -> bool:
        at = hit.first - 1
        auxiliaries = _auxiliaries(self._language)
        while at >= 0 and self._tokens[at].lower in auxiliaries:
            if self._tokens[at].lower in _BEING:
                return True
            at -= 1
        return False

    def _behind(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return the people right behind a predicate, and those joined to them by "and"."""
        limit = self._hits[n + 1].first if n + 1 < len(self._hits) else len(self._tokens)
        chain: list[People] = []
        for group in self._people:
            if group.first < hit.last or group.part or group.first in self._taken:
                continue
            if not chain:
                if group.first > limit or not self._is_adjacent(hit.last, group.first):
                    break
            elif (
                not quantities.is_joined(self._tokens, chain[-1], group, self._lexicon)
                or self._belongs_to_next(n, group)
                or group.bare
            ):
                break
            chain.append(group)
        return self._take(chain[: quantities.ends_list(self._tokens, chain)])

    def _is_adjacent(self, last: int, first: int) -> bool:
        """Whether only fillers, or the name and rank of somebody, stand between two words."""
        between = self._tokens[last:first]
        fillers = self._lexicon.fillers | _QUOTES
        if all(token.lower in fillers for token in between):
            return True
        # In Arabic the subject stands between: "shot masked gunmen on a motorcycle a judge".
        longest = 7 if self._language == "ar" else 4
        return len(between) <= longest and all(
            (token.is_word or token.text in _QUOTES)
            and token.lower not in self._lexicon.breaks - fillers
            for token in between
        )

    def _belongs_to_next(self, n: int, group: People) -> bool:
        """Whether a number starts the next predicate: "killed two and six were wounded"."""
        if n + 1 >= len(self._hits):
            return False
        following = self._hits[n + 1]
        if following.value[1] == "object":
            return False
        between = self._tokens[group.last : following.first]
        auxiliaries = _auxiliaries(self._language) | self._lexicon.people | self._lexicon.more
        return group.last <= following.first and all(
            token.lower in auxiliaries for token in between
        )

    def _ahead(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return the people that a predicate follows, and those joined to them by "and"."""
        start = 0
        for before in self._hits[:n]:
            if before.value[0] != "total":
                start = before.last
        chain: list[People] = []
        for group in reversed(self._people):
            if group.last > hit.first or group.part or group.first in self._taken:
                continue
            if group.first < start or hit.first - group.last > (30 if group.named else 14):
                break
            if chain and not quantities.is_joined(self._tokens, group, chain[-1], self._lexicon):
                break
            if not chain and not self._reaches(group, hit):
                break
            chain.append(group)
        return self._take(chain[::-1])

    def _reaches(self, group: People, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a subject's verb is this predicate, not another clause's."""
        between = [token.lower for token in self._tokens[group.last : hit.first]]
        if group.named and not self._is_said_of_name(between):
            return False
        between = [word for word in between if word not in self._lexicon.more]
        if (
            group.bare
            and not group.head
            and between
            and between[0] not in _auxiliaries(self._language)
        ):
            return False
        if between[-2:-1] == [";"] or between[-1:] == [";"]:
            # Notes in telegram style go on about the same people: "abducted; later found dead".
            between = [word for word in between if word != ";"]
        return not ({";", "as", "while", "but"} | _SPEECH) & set(between)

    def _is_said_of_name(self, between: list[str]) -> bool:
        """Whether a verb is said of the name before it, an aside in commas perhaps between."""
        auxiliaries = _auxiliaries(self._language)
        while between and between[-1] in auxiliaries:
            between = between[:-1]
        return not between or (between[0] == "," and between[-1] in {",", "who"})

    def _take(self, chain: list[People]) -> list[People]:
        self._taken |= {group.first for group in chain}
        return chain


def _sum(told: dict[str, list[People]]) -> Toll:
    notes = []
    if told["both"] and not told["killed"] and not told["wounded"]:
        count = _count(told["both"])
        if count is not None:
            notes.append(f"{count} killed or wounded, not told apart")
    if told["shot"] and not told["killed"] and not told["wounded"]:
        told["wounded"] = told["shot"]
    for kind in ("killed", "wounded"):
        vague = next((group for group in told[kind] if group.count is None), None)
        if vague and vague.head:
            notes.append(f"{kind}: {'also ' * (_count(told[kind]) is not None)}{vague.head}")
    if any(group.attacker for group in told["killed"]):
        notes.append("the killed include the attacker")
    return Toll(
        killed=_count(told["killed"]),
        wounded=_count(told["wounded"]),
        more_killed=any(group.more for group in told["killed"]),
        # "Killed two and wounded five others": other people than the killed.
        more_wounded=any(group.more for group in told["wounded"]) and not told["killed"],
        notes=tuple(notes),
        is_told=any(told.values()),
        is_vague=any(group.count is None for groups in told.values() for group in groups),
        heads=frozenset(group.head for groups in told.values() for group in groups if group.head),
    )


def _count(groups: list[People]) -> int | None:
    known = [group.count for group in groups if group.count is not None]
    return sum(known) if known else None
