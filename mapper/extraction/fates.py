"""What became of people: each number given to the word that says so, "killed", "were hurt"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from mapper.extraction import lists, numberless, phrases
from mapper.extraction.people import People
from mapper.extraction.phrases import Hit, Phrases, RuleWords
from mapper.extraction.sentences import Token, fold
from mapper.extraction.vocabulary import Words

_words = RuleWords("fates")


def speech() -> frozenset[str]:
    """Return the verbs of those who tell."""
    return _words["speech"]


@cache
def predicates(language: str) -> Phrases[tuple[str, str]]:
    """Return the words that say what became of people: which, and where the people stand."""
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


def _has_article(token: Token) -> bool:
    return token.end - token.start > len(token.lower) or token.lower.startswith("ال")


_GOING_ON = (["and", "later"], ["and", "then"], ["and", "subsequently"], ["but", "later"])
_ALONG = 7  # how far behind the dead, or those told, others may be told with them
_QUOTES = frozenset({'"', "“", "”", "'"})
_TO_VERB = 3  # words between those who died and what says so: "later", "on Sunday"
# How far behind "the number of killed" the number may stand: "in the blast that ... rose to 22".
_OF_COUNT = 20
_FEW = 10
# "That at least two" is the longest lead.
_BEHIND_THAT = 3


class Fates:
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

    def told(self) -> dict[str, list[People]]:
        """Return the people of whom each fate is told."""
        told: dict[str, list[People]] = {"killed": [], "wounded": [], "shot": [], "both": []}
        self._add_named(told)
        totals = [hit for hit in self._hits if self._is_total(hit)]
        for n, hit in enumerate(self._hits):
            kind, mode = hit.value
            if kind == "total":
                continue
            if kind != "both" and any(t.last <= hit.first <= t.last + 8 for t in totals):
                continue
            if self._is_inner(n, hit) and told[kind]:
                continue
            if (kind == "shot" and self._is_aimed(hit)) or self._is_nth(hit):
                continue
            groups = self._group(n, hit, mode)
            if self._is_also(hit):
                groups = [replace(group, more=True) for group in groups]
            if kind == "wounded":  # "20 bodies and 40 people who were treated"
                self._taken -= {
                    group.first for group in groups if group.head in self._lexicon.corpses
                }
                groups = [group for group in groups if group.head not in self._lexicon.corpses]
            if kind == "shot" and self._is_left_dead(n, groups):
                kind = "killed"
            if kind == "killed" and not groups and self._is_said_of_him(hit, told):
                # "Shot an activist; he died in hospital", "was shot and died of his wounds."
                fate = "shot" if told["shot"] else "wounded"
                told["killed"] += told[fate]
                told[fate] = []
            if kind in ("shot", "wounded"):
                fatal, groups = self._fatal(groups, hit.last)
                told["killed"] += fatal
                kind = "wounded" if fatal else kind
            told[kind] += self._not_repeated(groups, told[kind])
            if hit.value == ("killed", "subject") and not groups:
                self._add_died_of_wounds(hit, told)
        self._add_bodies(told)
        self._add_lives(told)
        return told

    def _add_died_of_wounds(self, hit: Hit[tuple[str, str]], told: dict[str, list[People]]) -> None:
        """Count those dead who are told first as hurt: "wounded eleven, two of whom died"."""
        near = (g for g in self._people if g.part and hit.first - _TO_VERB <= g.last <= hit.first)
        some = next(near, None)
        if some is None or not some.count:
            return
        if some.head:  # "two of the wounded": of those told before
            told["killed"].append(replace(some, part=False, more=True))
            return
        hurt = told["wounded"][-1] if told["wounded"] else None
        if hurt and hurt.count and hurt.count >= some.count and hurt.last <= some.first:
            told["killed"].append(replace(some, part=False))
            told["wounded"][-1] = replace(hurt, count=hurt.count - some.count)

    @property
    def is_raised(self) -> bool:
        """Whether the numbers replace those told before: "the toll rose to"."""
        if any(hit.value[1] == "count" for hit in self._hits):
            return True
        if numberless.revises(self._tokens, language=self._language):
            return True
        return any(self._is_total(hit) or self._is_new_toll(hit) for hit in self._hits)

    def _is_total(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a word raises a toll: "bringing the number of dead to six", no "bring it on"."""
        around = {token.lower for token in self._tokens[hit.first : hit.last + 9]}
        is_english = self._language == "en"
        return hit.value[0] == "total" and not (is_english and around.isdisjoint(_words["tolls"]))

    def _is_new_toll(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a number is told behind a word as the toll: "the toll rose to six"."""
        return hit.value[1] == "toll" and any(
            token.lower in {"toll", "number"} for token in self._tokens[: hit.first]
        )

    def _is_also(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a predicate adds to what was told: "the blast also killed four"."""
        return "also" in {token.lower for token in self._tokens[max(0, hit.first - 2) : hit.first]}

    def _is_aimed(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether nobody need have been hit: "shooting at his car", but "shot at least six"."""
        behind = [token.lower for token in self._tokens[hit.last : hit.last + 2]]
        return behind[:1] == ["at"] and behind[1:] != ["least"]

    @property
    def is_of_one(self) -> bool:
        """Whether one person told before, in another sentence perhaps, died."""
        return any(hit.value[0] == "killed" and self._names_him(hit) for hit in self._hits)

    def _names_him(self, hit: Hit[tuple[str, str]]) -> bool:
        before = {t.lower for t in self._tokens[max(0, hit.first - 3) : hit.first]}
        return hit.value[1] == "subject" and not before.isdisjoint(self._lexicon.subjects)

    def _is_said_of_him(self, hit: Hit[tuple[str, str]], told: dict[str, list[People]]) -> bool:
        """Whether one person told before is he who died: "and (he) died in hospital"."""
        if self._names_him(hit):
            return True
        hurt = [*told["shot"], *told["wounded"]]
        lead = [t.lower for t in self._tokens[max(0, hit.first - 2) : hit.first]]
        goes_on = bool(lead) and (lead[-1] in {"and", ";"} or lead in _GOING_ON)
        return goes_on and hit.value[1] == "subject" and [group.count for group in hurt] == [1]

    def _is_nth(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a death only counts those before: "in the ninth killing of a cleric"."""
        before = self._tokens[hit.first - 1].lower if hit.first else ""
        is_noun = self._tokens[hit.last - 1].lower == "of"
        return is_noun and (before in self._lexicon.ordinals or before.endswith("th"))

    def _is_left_dead(self, n: int, groups: list[People]) -> bool:
        """Whether those shot died: "shot a guard dead", "the bodies of two who had been shot"."""
        if any(group.head in self._lexicon.corpses for group in groups):
            return True
        if not groups or n + 1 >= len(self._hits):
            return False
        following = self._hits[n + 1]
        return following.value[0] == "killed" and following.first == groups[-1].last

    def _fatal(self, groups: list[People], at: int) -> tuple[list[People], list[People]]:
        """Part those of whom some died from the others: "three guards shot, one fatally"."""
        some = next((group for group in self._people if at <= group.first <= at + 2), None)
        known = groups[0].count if len(groups) == 1 else None
        is_fatal = some is not None and self._tokens[some.last : some.last + 1] != ()
        if not (some and known and some.count and is_fatal and some.count <= known):
            return [], groups
        if self._tokens[some.last].lower != "fatally":
            return [], groups
        self._taken.add(some.first)
        left = known - some.count
        return [some], [replace(groups[0], count=left)] if left else []

    def _is_inner(self, n: int, hit: Hit[tuple[str, str]]) -> bool:
        """Whether an Arabic predicate tells of a part: "38 killed, among them 28 in Hilla"."""
        if self._language != "ar" or not n:
            return False
        between = {token.lower for token in self._tokens[self._hits[n - 1].last : hit.first]}
        return not between.isdisjoint(self._lexicon.stops)

    def _not_repeated(self, groups: list[People], told: list[People]) -> list[People]:
        """Leave out what a long Arabic sentence tells a second time with the same number."""
        known = {group.count for group in told}
        is_again = self._language == "ar" and bool(groups) and groups[0].count in known - {None, 1}
        return [] if is_again else groups

    def _add_named(self, told: dict[str, list[People]]) -> None:
        """Add those whose noun tells what became of them, whatever the verb: "25 dead"."""
        for kind, nouns in (("killed", self._lexicon.dead), ("wounded", self._lexicon.hurt)):
            groups = [group for group in self._people if group.head in nouns and not group.part]
            if self._language == "ar":
                both = [group for group in groups if self._is_of_both(group)]
                told["both"] += self._take(both)
                groups = [group for group in groups if group not in both]
            told[kind] += self._take([group for group in groups if self._is_counted(group)])

    def _is_counted(self, group: People) -> bool:
        """Whether a noun such as "dead" counts people: "3 dead", in Arabic "left a dead and 20"."""
        if self._language != "ar":
            return not group.bare
        if _has_article(self._tokens[group.last - 1]):
            return False  # "The dead", "the two wounded": told before.
        before = self._tokens[group.first - 1].lower if group.first else ""
        is_of_one = before in self._lexicon.singular  # "A soldier dead".
        return not group.bare or before in self._lexicon.leads or is_of_one

    def _add_bodies(self, told: dict[str, list[People]]) -> None:
        found = _words["found"] & {token.lower for token in self._tokens}
        for group in self._people:
            is_one = group.head in self._lexicon.corpse and found and not told["killed"]
            is_body = (group.head in self._lexicon.corpses and group.count is not None) or is_one
            if is_body and group.first not in self._taken and not self._is_known(group):
                self._taken.add(group.first)
                told["killed"].append(group)

    def _add_lives(self, told: dict[str, list[People]]) -> None:
        """Add those of whom only the lives are counted: "a blast that claimed 27 lives"."""
        for group in self._people:
            if group.head == "lives" and group.first not in self._taken:
                before = {t.lower for t in self._tokens[max(0, group.first - 3) : group.first]}
                if before & _words["claimed"]:
                    self._taken.add(group.first)
                    told["killed"].append(group)

    def _is_of_both(self, group: People) -> bool:
        """Whether a number counts dead and hurt together: "nine dead and wounded"."""
        behind = [token.lower for token in self._tokens[group.last : group.last + 2]]
        is_counted = not group.bare and group.last - group.first > 1
        is_joined = behind[:1] == ["و"] and len(behind) > 1
        return is_counted and is_joined and behind[1] in self._lexicon.fates

    def _is_known(self, group: People) -> bool:
        """Whether an Arabic body is one told before: "the body", "the body of the victim"."""
        if self._is_definite(group) and any(
            body.count == group.count and body.last <= group.first and body.head == group.head
            for body in self._people
        ):
            return True
        behind = self._tokens[group.last - 1 : group.last + 1]
        is_counted = group.last - group.first > 1 or not group.bare
        return self._language == "ar" and not is_counted and any(map(_has_article, behind))

    def _is_definite(self, group: People) -> bool:
        """Whether one Arabic word with its article counts: "the two bodies", "the four"."""
        word = self._tokens[group.first]
        is_word = group.last - group.first == 1 and not word.lower.isdigit()
        return self._language == "ar" and is_word and _has_article(word)

    def _group(self, n: int, hit: Hit[tuple[str, str]], mode: str) -> list[People]:
        """Return the people that a predicate speaks of."""
        if mode == "count":
            return self._counted_behind(n, hit)
        if mode == "toll":
            return self._behind(n, hit) if self._is_new_toll(hit) else []
        if mode == "object":
            groups = self._behind(n, hit) or self._named_before(n, hit)
            groups += self._with(groups[-1].last) if groups else []
            return [] if self._is_of_those(hit, groups) else groups
        if mode == "subject" or self._is_passive(hit):
            return self._ahead(n, hit) + self._together(hit)
        if self._is_between_two(n, hit):
            return self._ahead(n, hit)
        behind = self._behind(n, hit)
        if behind:
            return behind + self._with(behind[-1].last)
        ahead = self._ahead(n, hit)
        return ahead + self._together(hit) if ahead else []

    def _is_between_two(self, n: int, hit: Hit[tuple[str, str]]) -> bool:
        """Whether each number stands before its word: "2 labourers killed 1 wounded"."""
        starts = {group.last for group in self._people if group.last == hit.first}
        after = next((group for group in self._people if group.first >= hit.last), None)
        following = self._hits[n + 1] if n + 1 < len(self._hits) else None
        is_next = after is not None and following is not None and after.last == following.first
        return bool(starts) and is_next and after is not None and after.first == hit.last

    def _named_before(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return those of whom an Arabic sentence says "that": "said that a soldier ... died"."""
        if self._language != "ar":
            return []
        start = self._hits[n - 1].last if n else 0
        that = [at for at in range(start, hit.first) if self._tokens[at].lower == "ان"]
        before = [group for group in self._people if that and group.first > that[-1]]
        is_next = bool(before) and before[0].first - that[-1] <= _BEHIND_THAT
        return self._ahead(n, hit) if is_next and before[0].last <= hit.first else []

    def _is_of_those(self, hit: Hit[tuple[str, str]], groups: list[People]) -> bool:
        """Whether Arabic bodies are of some told before: "the bodies of eight of them"."""
        if self._tokens[hit.first].lower not in self._lexicon.corpses or not groups:
            return False
        last = groups[-1].last
        behind = [t.lower for t in self._tokens[last - 1 : last + 2]]
        is_of_told = "من" in behind and not _words["told_already"].isdisjoint(behind)
        return is_of_told or not self._lexicon.stops.isdisjoint(behind[1:2])

    def _is_passive(self, hit: Hit[tuple[str, str]]) -> bool:
        at = hit.first - 1
        auxiliaries, being = _auxiliaries(self._language), _words["being"]
        while at >= 0 and self._tokens[at].lower in auxiliaries:
            if self._tokens[at].lower in being:
                return self._tokens[at].text != "IS"  # "IS has executed 32 civilians"
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
                not lists.is_joined(self._tokens, chain[-1], group, self._lexicon)
                or self._belongs_to_next(n, group)
                or (group.bare and not group.attacker and self._language != "ar")
            ):
                break
            chain.append(group)
        return self._take(chain[: self._ends_list(n, chain)])

    def _ends_list(self, n: int, chain: list[People]) -> int:
        """Return how many are told, also where "and" leads on: "a man, a boy and wounding"."""
        number = lists.ends_list(self._tokens, chain)
        if number < len(chain) == 2 and n + 1 < len(self._hits):
            between = self._tokens[chain[-1].last : self._hits[n + 1].first]
            return 2 if [token.lower for token in between] == ["and"] else number
        return number

    def _counted_behind(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return the number that is told of "the number of killed", a verb or whose between."""
        limit = self._hits[n + 1].first if n + 1 < len(self._hits) else len(self._tokens)
        limit = min(limit, hit.last + _OF_COUNT)
        behind = (group for group in self._people if hit.last <= group.first < limit)
        counted = (group for group in behind if group.count is not None and not group.attacker)
        # In Arabic "the four attacks" have their number, with an article, behind them.
        few = (g for g in counted if not (self._is_definite(g) and (g.count or 0) <= _FEW))
        group = next(few, None)
        return self._take([group]) if group and group.first not in self._taken else []

    def _is_adjacent(self, last: int, first: int) -> bool:
        """Whether only fillers, or the name and rank of somebody, stand between two words."""
        between = self._tokens[last:first]
        fillers = self._lexicon.fillers | _QUOTES
        if [token.lower for token in between] == ["as"]:
            return False  # "One killed as 1,000 clash with police".
        if all(token.lower in fillers for token in between):
            return True
        breaks = self._lexicon.breaks - fillers
        # In Arabic the subject stands between: "shot masked gunmen on a motorcycle a judge".
        longest = 7 if self._language == "ar" else 4
        return len(between) <= longest and all(
            (token.is_word or token.text in _QUOTES) and token.lower not in breaks
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
        known = (_auxiliaries(self._language), self._lexicon.people, self._lexicon.more)
        return group.last <= following.first and all(
            any(token.lower in words for words in known) for token in between
        )

    def _ahead(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return the people that a predicate follows, and those joined to them by "and"."""
        start = 0
        for before in self._hits[:n]:
            is_toll = before.value[1] == "toll" and not self._is_new_toll(before)
            if before.value[0] != "total" and not is_toll:
                start = before.last
        chain: list[People] = []
        for group in reversed(self._people):
            if group.last > hit.first:
                continue
            is_object = group.head in self._lexicon.pronouns
            is_he = group.head in self._lexicon.subjects
            if is_he and (chain or hit.value[0] != "wounded" or not self._is_passive(hit)):
                break  # "He was killed" tells again of somebody told before.
            if group.part or is_object or group.first in self._taken:
                continue
            if group.first < start or hit.first - group.last > (30 if group.named else 14):
                break
            if chain and not lists.is_joined(self._tokens, group, chain[-1], self._lexicon):
                break
            if not chain and not self._reaches(group, hit):
                break
            chain.append(group)
        return self._take(chain[::-1])

    def _together(self, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return those told behind a passive: "was killed along with four soldiers"."""
        return self._take(self._with(hit.last))

    def _with(self, at: int) -> list[People]:
        """Return those who are told with others that end, or died, near a word."""
        words = [token.lower for token in self._tokens[at : at + _ALONG]]
        while words and words[0] in _words["days"]:
            at, words = at + 1, words[1:]  # "died on Monday with two others"
        together, beside = _words["together"], _words["together"] | _words["with"]
        ends = range(1, len(words) + 1)
        begin = next((at + n for n in ends if " ".join(words[:n]) in beside), None)
        if begin is None:
            begin = next(
                (at + n for n in ends if " ".join(words[max(0, n - 2) : n]) in together), None
            )
            if begin is None or _words["parting"] & set(words[: begin - at - 2]):
                return []
        chain: list[People] = []
        for group in self._people:
            if group.first < begin or group.part or group.first in self._taken:
                continue
            is_next = (
                lists.is_joined(self._tokens, chain[-1], group, self._lexicon)
                if chain
                else (group.first <= begin + 2)
            )
            # "Besides the wounding of eleven": they have a word of their own.
            if not is_next or any(begin <= hit.first < group.first for hit in self._hits):
                break
            chain.append(group)
        return chain[: lists.ends_list(self._tokens, chain)] if chain else []

    def _reaches(self, group: People, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a subject's verb is this predicate, not another clause's."""
        between = [token.lower for token in self._tokens[group.last : hit.first]]
        if between[:1] == [","] and set(between[1:2]) & _words["asides"]:
            end = next((n for n in range(1, len(between)) if between[n] == ","), 0)
            between = between[end + 1 :] if end else between
        if group.named and not self._is_said_of_name(between):
            return False
        if between[-2:] == ["and", "others"] and group.count == 1:
            return False
        if between[-2:] == ["and", "others"]:
            between = between[:-2]
        if set(between) <= _auxiliaries(self._language):
            return True
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
        return not ({";", "as", "while", "but"} | speech()) & set(between)

    def _is_said_of_name(self, between: list[str]) -> bool:
        """Whether a verb is said of the name before it, an aside in commas perhaps between."""
        auxiliaries = _auxiliaries(self._language)
        while between and between[-1] in auxiliaries:
            between = between[:-1]
        is_aside = bool(between) and between[0] in _words["leads_aside"]
        return not between or (is_aside and between[-1] in {",", "who"})

    def _take(self, chain: list[People]) -> list[People]:
        self._taken |= {group.first for group in chain}
        return chain
