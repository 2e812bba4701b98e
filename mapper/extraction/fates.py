"""What became of people: each number given to the word that says so, "killed", "were hurt"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mapper.extraction import grouping, numberless, phrases
from mapper.extraction.grouping import Groups
from mapper.extraction.people import People
from mapper.extraction.phrases import Hit, Phrases, RuleWords

_words = RuleWords("fates")


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


_LIVES = frozenset({"ارواح", "روح"})
_NOT_TAKEN = frozenset({"في", "ب", "علي", "ل", "الي"})
# As the object of a verb, wherever that stands: "the shells left ... one dead".
_ONE_DEAD = frozenset({"قتيلا", "شهيدا", "جريحا"})
_GOING_ON = (["and", "later"], ["and", "then"], ["and", "subsequently"], ["but", "later"])
_IN_HANDS = 12  # words: "dragged from their homes in the village of X and"
_TO_SUM = 4  # words: "bringing the number to"
_TO_VERB = 3  # words between those who died and what says so: "later", "on Sunday"


class Fates:
    """Gives each number of people to the word that says what became of them."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._tokens, self._people = groups.tokens, groups.people
        self._hits, self._lexicon, self._language = groups.hits, groups.lexicon, groups.language

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
            if self._is_of_lives(hit):
                continue
            groups = self._groups.of(n, hit, mode)
            if self._is_also(hit):
                groups = [replace(group, more=True) for group in groups]
            if kind == "wounded":  # "20 bodies and 40 people who were treated"
                self._groups.taken -= {
                    group.first for group in groups if group.head in self._lexicon.corpses
                }
                groups = [group for group in groups if group.head not in self._lexicon.corpses]
            if kind == "shot" and (self._is_left_dead(n, groups) or self._is_put_to_death(hit)):
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
            if kind == "wounded" and not (groups or told["wounded"]):
                told["wounded"] += self._some_of(hit)
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

    def _some_of(self, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return those of an uncounted crowd: "pedestrians, four of whom were hurt"."""
        near = (g for g in self._people if g.part and hit.first - _TO_VERB <= g.last <= hit.first)
        some = next(near, None)
        is_alone = not any(group.count and not group.part for group in self._people)
        return [replace(some, part=False)] if some and is_alone and not some.head else []

    @property
    def is_raised(self) -> bool:
        """Whether the numbers replace those told before: "the toll rose to"."""
        if any(hit.value[1] == "count" for hit in self._hits):
            return True
        if numberless.revises(self._tokens, language=self._language):
            return True
        return any(
            self._is_total(hit) or grouping.is_new_toll(self._tokens, hit) for hit in self._hits
        )

    def _is_total(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a word raises a toll: "bringing the number of dead to six", no "bring it on"."""
        around = set(self._tokens.words[hit.first : hit.last + 9])
        is_english = self._language == "en"
        return hit.value[0] == "total" and not (is_english and around.isdisjoint(_words["tolls"]))

    def _is_also(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a predicate adds to what was told: "the blast also killed four"."""
        return "also" in self._tokens.words[max(0, hit.first - 2) : hit.first]

    def _is_aimed(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether nobody need have been hit: "shooting at his car", but "shot at least six"."""
        behind = self._tokens.words[hit.last : hit.last + 2]
        return behind[:1] == ["at"] and behind[1:] != ["least"]

    @property
    def is_of_one(self) -> bool:
        """Whether one person told before, in another sentence perhaps, died."""
        return any(hit.value[0] == "killed" and self._names_him(hit) for hit in self._hits)

    def _names_him(self, hit: Hit[tuple[str, str]]) -> bool:
        before = set(self._tokens.words[max(0, hit.first - 3) : hit.first])
        return hit.value[1] == "subject" and not before.isdisjoint(self._lexicon.subjects)

    def _is_said_of_him(self, hit: Hit[tuple[str, str]], told: dict[str, list[People]]) -> bool:
        """Whether one person told before is he who died: "and (he) died in hospital"."""
        if self._names_him(hit):
            return True
        hurt = [*told["shot"], *told["wounded"]]
        if hit.value[1] == "subject" and len(hurt) == 1 and self._is_subject(hurt[0], hit):
            return True
        lead = self._tokens.words[max(0, hit.first - 2) : hit.first]
        goes_on = bool(lead) and (lead[-1] in {"and", ";"} or lead in _GOING_ON)
        return goes_on and hit.value[1] == "subject" and [group.count for group in hurt] == [1]

    def _is_subject(self, group: People, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a verb is of one whom a clause describes: "a man who was hit in X died"."""
        is_described = self._tokens.words[group.last : group.last + 1] == ["who"]
        between = self._tokens.words[group.last : hit.first]
        return is_described and {",", ";", "and", "when"}.isdisjoint(between)

    def _is_nth(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a death only counts those before: "in the ninth killing of a cleric"."""
        before = self._tokens[hit.first - 1].lower if hit.first else ""
        is_noun = self._tokens[hit.last - 1].lower == "of"
        return is_noun and (before in self._lexicon.ordinals or before.endswith("th"))

    def _is_of_lives(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether Arabic "lives" are not what was taken: "losses in lives", "for the souls of"."""
        before = self._tokens.words[max(0, hit.first - 1) : hit.first]
        return self._tokens[hit.first].lower in _LIVES and not _NOT_TAKEN.isdisjoint(before)

    def _is_left_dead(self, n: int, groups: list[People]) -> bool:
        """Whether those shot died: "shot a guard dead", "the bodies of two who had been shot"."""
        if any(group.head in self._lexicon.corpses for group in groups):
            return True
        if not groups or n + 1 >= len(self._hits):
            return False
        following = self._hits[n + 1]
        between = self._tokens.words[self._hits[n].last : following.first]
        is_next = following.first == groups[-1].last or between in (["them"], ["them", "all"])
        return following.value[0] == "killed" and is_next

    def _is_put_to_death(self, hit: Hit[tuple[str, str]]) -> bool:
        """Whether those shot were in the hands of others: "dragged from their homes and shot"."""
        before = self._tokens.words[max(0, hit.first - _IN_HANDS) : hit.first]
        return before[-1:] == ["and"] and not _words["in_hands"].isdisjoint(before)

    def _fatal(self, groups: list[People], at: int) -> tuple[list[People], list[People]]:
        """Part those of whom some died from the others: "three guards shot, one fatally"."""
        some = next((group for group in self._people if at <= group.first <= at + 2), None)
        known = groups[0].count if len(groups) == 1 else None
        is_fatal = some is not None and self._tokens[some.last : some.last + 1] != ()
        if not (some and known and some.count and is_fatal and some.count <= known):
            return [], groups
        if self._tokens[some.last].lower != "fatally":
            return [], groups
        self._groups.taken.add(some.first)
        left = known - some.count
        return [some], [replace(groups[0], count=left)] if left else []

    def _is_inner(self, n: int, hit: Hit[tuple[str, str]]) -> bool:
        """Whether an Arabic predicate tells of a part: "38 killed, among them 28 in Hilla"."""
        if self._language != "ar" or not n:
            return False
        between = set(self._tokens.words[self._hits[n - 1].last : hit.first])
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
                told["both"] += self._groups.take(both)
                groups = [group for group in groups if group not in both]
            told[kind] += self._groups.take([group for group in groups if self._is_counted(group)])

    def _is_counted(self, group: People) -> bool:
        """Whether a noun such as "dead" counts people: "3 dead", in Arabic "left a dead and 20"."""
        if self._language != "ar":
            return not group.bare
        if grouping.has_article(self._tokens[group.last - 1]):
            return False  # "The dead", "the two wounded": told before.
        before = self._tokens[group.first - 1].lower if group.first else ""
        is_of_one = before in self._lexicon.singular  # "A soldier dead".
        is_of_one = is_of_one or (group.head in _ONE_DEAD and before != "و")
        return not group.bare or before in self._lexicon.leads or is_of_one

    def _add_bodies(self, told: dict[str, list[People]]) -> None:
        found = _words["found"] & set(self._tokens.words)
        for group in self._people:
            if self._is_summed(group):
                continue
            is_one = group.head in self._lexicon.corpse and found and not told["killed"]
            is_body = (group.head in self._lexicon.corpses and group.count is not None) or is_one
            if is_body and group.first not in self._groups.taken and not self._is_known(group):
                self._groups.taken.add(group.first)
                told["killed"].append(group)

    def _is_summed(self, group: People) -> bool:
        """Whether a number sums up those before: "bringing to 57 the bodies found this month"."""
        totals = (hit for hit in self._hits if self._is_total(hit))
        return any(hit.last <= group.first <= hit.last + _TO_SUM for hit in totals)

    def _add_lives(self, told: dict[str, list[People]]) -> None:
        """Add those of whom only the lives are counted: "a blast that claimed 27 lives"."""
        for group in self._people:
            if group.head == "lives" and group.first not in self._groups.taken:
                before = set(self._tokens.words[max(0, group.first - 3) : group.first])
                if before & _words["claimed"]:
                    self._groups.taken.add(group.first)
                    told["killed"].append(group)

    def _is_of_both(self, group: People) -> bool:
        """Whether a number counts dead and hurt together: "nine dead and wounded"."""
        behind = self._tokens.words[group.last : group.last + 2]
        is_counted = not group.bare and group.last - group.first > 1
        is_joined = behind[:1] == ["و"] and len(behind) > 1
        return is_counted and is_joined and behind[1] in self._lexicon.fates

    def _is_known(self, group: People) -> bool:
        """Whether an Arabic body is one told before: "the body", "the body of the victim"."""
        if self._groups.is_definite(group) and any(
            body.count == group.count and body.last <= group.first and body.head == group.head
            for body in self._people
        ):
            return True
        behind = self._tokens[group.last - 1 : group.last + 1]
        is_counted = group.last - group.first > 1 or not group.bare
        return self._language == "ar" and not is_counted and any(map(grouping.has_article, behind))
