"""Which people a word for a fate speaks of: those before "were killed", those behind "killing"."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from mapper.extraction import lists, phrases
from mapper.extraction.people import People
from mapper.extraction.phrases import Hit, RuleWords
from mapper.extraction.sentences import Token, Tokens, fold
from mapper.extraction.vocabulary import Words

_words = RuleWords("grouping")

_ALONG = 9  # how far behind the dead, or those told, others may be told with them
_QUOTES = frozenset({'"', "“", "”", "'"})
# How far behind "the number of killed" the number may stand: "in the blast that ... rose to 22".
_OF_COUNT = 20
_FEW = 10
_NEAR, _FAR = 18, 30  # words between people and what became of them
_PRESENT = ("ي", "ت")  # how an Arabic verb begins that tells as headlines do
_NOUNS = frozenset({"تصفيه", "تحييد"})  # which begin so, too
_WHERE = frozenset({"in", "at", "on", "near", "nearby", "outside"})
# "That at least two" is the longest lead.
_BEHIND_THAT = 3


@cache
def _auxiliaries(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in phrases.load(f"people.{language}.yml")["auxiliaries"])


def has_article(token: Token) -> bool:
    """Whether an Arabic word has its article, cut off or not."""
    return token.end - token.start > len(token.lower) or token.lower.startswith("ال")


def is_new_toll(tokens: Tokens, hit: Hit[tuple[str, str]]) -> bool:
    """Whether a number is told behind a word as the toll: "the toll rose to six"."""
    return hit.value[1] == "toll" and any(
        token.lower in {"toll", "number"} for token in tokens[: hit.first]
    )


def speech() -> frozenset[str]:
    """Return the verbs of those who tell."""
    return _words["speech"]


@dataclass(slots=True)
class Groups:
    """The people of some words, each of whom one word for a fate takes.

    ``hits`` are the words for fates; ``taken`` is where those begin who have been told.
    """

    tokens: Tokens
    lexicon: Words
    hits: list[Hit[tuple[str, str]]]
    people: list[People]
    language: str
    taken: set[int] = field(default_factory=set)

    def is_definite(self, group: People) -> bool:
        """Whether one Arabic word with its article counts: "the two bodies", "the four"."""
        word = self.tokens[group.first]
        is_word = group.last - group.first == 1 and not word.lower.isdigit()
        return self.language == "ar" and is_word and has_article(word)

    def of(self, n: int, hit: Hit[tuple[str, str]], mode: str) -> list[People]:
        """Return the people that a predicate speaks of."""
        if mode == "count":
            return self._counted_behind(n, hit)
        if mode == "toll":
            return self._behind(n, hit) if is_new_toll(self.tokens, hit) else []
        if mode == "object":
            groups = self._behind(n, hit) or self._named_before(n, hit)
            groups += self._with(groups[-1].last) if groups else []
            if self.tokens[hit.first].lower in _words["claiming"]:
                groups = [group for group in groups if not group.named]  # "Claims Green Zone Blast"
            return [] if self._is_of_those(hit, groups) else groups
        if mode == "subject" or self._is_passive(hit):
            return self._ahead(n, hit) + self._together(hit)
        if self.tokens.words[hit.last : hit.last + 1] == ["them"]:
            # "Ten armed men led away the guards and shot them": not those who did it.
            return [g for g in self._ahead(n, hit) if not self._is_armed(g)]
        if self._is_between_two(n, hit):
            return self._ahead(n, hit)
        behind = self._behind(n, hit)
        if behind:
            return behind + self._with(behind[-1].last)
        ahead = self._ahead(n, hit)
        return ahead + self._together(hit) if ahead else []

    def _is_armed(self, group: People) -> bool:
        """Whether people are those who act, and armed: nobody stands before them."""
        words = self.tokens.words[group.first : group.last]
        is_first = self.lexicon.people.isdisjoint(self.tokens.words[: group.first])
        return is_first and (group.attacker or not _words["armed"].isdisjoint(words))

    def _is_between_two(self, n: int, hit: Hit[tuple[str, str]]) -> bool:
        """Whether each number stands before its word: "2 labourers killed 1 wounded"."""
        starts = {group.last for group in self.people if group.last == hit.first}
        after = next((group for group in self.people if group.first >= hit.last), None)
        following = self.hits[n + 1] if n + 1 < len(self.hits) else None
        is_next = after is not None and following is not None and after.last == following.first
        return bool(starts) and is_next and after is not None and after.first == hit.last

    def _named_before(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return those of whom an Arabic sentence says "that": "said that a soldier ... died"."""
        if self.language != "ar":
            return []
        start = self.hits[n - 1].last if n else 0
        that = [at for at in range(start, hit.first) if self.tokens[at].lower == "ان"]
        before = [group for group in self.people if that and group.first > that[-1]]
        verb = self.tokens[hit.first]
        if not (that or start) and verb.text[0] in _PRESENT and verb.lower not in _NOUNS:
            # "A woman is killed in a raid", as headlines begin.
            that, before = [-1], list(self.people)
        is_next = bool(before) and before[0].first - that[-1] <= _BEHIND_THAT
        return self._ahead(n, hit) if is_next and before[0].last <= hit.first else []

    def _is_of_those(self, hit: Hit[tuple[str, str]], groups: list[People]) -> bool:
        """Whether Arabic bodies are of some told before: "the bodies of eight of them"."""
        if self.tokens[hit.first].lower not in self.lexicon.corpses or not groups:
            return False
        last = groups[-1].last
        behind = self.tokens.words[last - 1 : last + 2]
        is_of_told = "من" in behind and not _words["told_already"].isdisjoint(behind)
        return is_of_told or not self.lexicon.stops.isdisjoint(behind[1:2])

    def _is_passive(self, hit: Hit[tuple[str, str]]) -> bool:
        at = hit.first - 1
        auxiliaries, being = _auxiliaries(self.language), _words["being"]
        while at >= 0 and self.tokens[at].lower in auxiliaries:
            if self.tokens[at].lower in being:
                return self.tokens[at].text != "IS"  # "IS has executed 32 civilians"
            at -= 1
        return False

    def _behind(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return the people right behind a predicate, and those joined to them by "and"."""
        limit = self.hits[n + 1].first if n + 1 < len(self.hits) else len(self.tokens)
        chain: list[People] = []
        for group in self.people:
            if group.first < hit.last or group.part or group.first in self.taken:
                continue
            if not chain:
                if group.first > limit or not self._is_adjacent(hit.last, group.first):
                    break
            elif (
                not lists.is_joined(self.tokens, chain[-1], group, self.lexicon)
                or self._belongs_to_next(n, group)
                or (group.bare and not self._is_one_more(chain[-1], group))
            ):
                break
            chain.append(group)
        return self.take(chain[: self._ends_list(n, chain)])

    def _is_one_more(self, before: People, group: People) -> bool:
        """Whether a noun without a number is of a list: "five passengers and the driver"."""
        if group.attacker or self.language == "ar":
            return True
        between = self.tokens.words[before.last : group.first]
        behind = self.tokens.words[group.last : group.last + 1]
        is_one = group.head in self.lexicon.singular and between == ["and", "the"]
        return is_one and speech().isdisjoint(behind)

    def _ends_list(self, n: int, chain: list[People]) -> int:
        """Return how many are told, also where "and" leads on: "a man, a boy and wounding"."""
        number = lists.ends_list(self.tokens, chain)
        if number < len(chain) == 2 and n + 1 < len(self.hits):
            between = self.tokens.words[chain[-1].last : self.hits[n + 1].first]
            return 2 if between == ["and"] else number
        return number

    def _counted_behind(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return the number that is told of "the number of killed", a verb or whose between."""
        limit = self.hits[n + 1].first if n + 1 < len(self.hits) else len(self.tokens)
        limit = min(limit, hit.last + _OF_COUNT)
        behind = (group for group in self.people if hit.last <= group.first < limit)
        counted = (group for group in behind if group.count is not None and not group.attacker)
        # In Arabic "the four attacks" have their number, with an article, behind them.
        few = (g for g in counted if not (self.is_definite(g) and (g.count or 0) <= _FEW))
        group = next(few, None)
        return self.take([group]) if group and group.first not in self.taken else []

    def _is_adjacent(self, last: int, first: int) -> bool:
        """Whether only fillers, or the name and rank of somebody, stand between two words."""
        between = self.tokens[last:first]
        fillers = self.lexicon.fillers | _QUOTES
        if self.tokens.words[last:first] == ["as"]:
            return False  # "One killed as 1,000 clash with police".
        if all(token.lower in fillers for token in between):
            return True
        breaks = self.lexicon.breaks - fillers
        # In Arabic the subject stands between: "shot masked gunmen on a motorcycle a judge".
        longest = 7 if self.language == "ar" else 4
        return len(between) <= longest and all(
            (token.is_word or token.text in _QUOTES) and token.lower not in breaks
            for token in between
        )

    def _belongs_to_next(self, n: int, group: People) -> bool:
        """Whether a number starts the next predicate: "killed two and six were wounded"."""
        if n + 1 >= len(self.hits):
            return False
        following = self.hits[n + 1]
        if following.value[1] == "object":
            return False
        between = self.tokens[group.last : following.first]
        known = (_auxiliaries(self.language), self.lexicon.people, self.lexicon.more)
        return group.last <= following.first and all(
            any(token.lower in words for words in known) for token in between
        )

    def _ahead(self, n: int, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return the people that a predicate follows, and those joined to them by "and"."""
        start = 0
        for before in self.hits[:n]:
            is_toll = before.value[1] == "toll" and not is_new_toll(self.tokens, before)
            if before.value[0] != "total" and not is_toll:
                start = before.last
        # Notes in telegram style: "A director seized from her car in X, 19 October; murdered".
        goes_on = hit.first > 0 and self.tokens[hit.first - 1].text == ";"
        chain: list[People] = []
        for group in reversed(self.people):
            if group.last > hit.first:
                continue
            is_object = group.head in self.lexicon.pronouns
            is_he = group.head in self.lexicon.subjects
            if is_he and (chain or hit.value[0] != "wounded" or not self._is_passive(hit)):
                break  # "He was killed" tells again of somebody told before.
            if group.part or is_object or group.first in self.taken:
                continue
            is_far = hit.first - group.last > (_FAR if group.named or goes_on else _NEAR)
            if group.first < start or (is_far and not chain):
                break
            if chain and not lists.is_joined(self.tokens, group, chain[-1], self.lexicon):
                break
            if not chain and not self._reaches(group, hit):
                if self.lexicon.tens_first and group.bare and not group.head:
                    continue  # Kurdish "wounded in both (two) legs"
                break
            chain.append(group)
        return self.take(chain[::-1])

    def _together(self, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return those told behind a passive: "was killed along with four soldiers"."""
        return self.take(self._with(hit.last) or self._and_others(hit))

    def _and_others(self, hit: Hit[tuple[str, str]]) -> list[People]:
        """Return others without a verb of their own: "two guards died, and ten others nearby"."""
        behind = next((group for group in self.people if group.first >= hit.last), None)
        lead = self.tokens.words[hit.last : behind.first] if behind else []
        if not behind or behind.head not in {"others", "other"} or behind.first in self.taken:
            return []
        is_led = "and" in lead[:2] and set(lead) <= self.lexicon.fillers | {",", "and"}
        end = self.tokens[behind.last : behind.last + 1]
        is_end = not end or not end[0].is_word or end[0].lower in _WHERE
        own = any(behind.last <= other.first <= behind.last + _FEW for other in self.hits)
        return [behind] if is_led and is_end and not own else []

    def _with(self, at: int) -> list[People]:
        """Return those who are told with others that end, or died, near a word."""
        words = self.tokens.words[at : at + _ALONG]
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
        for group in self.people:
            if group.first < begin or group.part or group.first in self.taken:
                continue
            is_next = (
                lists.is_joined(self.tokens, chain[-1], group, self.lexicon)
                if chain
                else (group.first <= begin + 2)
            )
            # "Besides the wounding of eleven": they have a word of their own.
            if not is_next or any(begin <= hit.first < group.first for hit in self.hits):
                break
            chain.append(group)
        return chain[: lists.ends_list(self.tokens, chain)] if chain else []

    def _reaches(self, group: People, hit: Hit[tuple[str, str]]) -> bool:
        """Whether a subject's verb is this predicate, not another clause's."""
        between = self.tokens.words[group.last : hit.first]
        if between[:1] == [","] and set(between[1:2]) & _words["asides"]:
            end = next((n for n in range(1, len(between)) if between[n] == ","), 0)
            between = between[end + 1 :] if end else between
        if group.named and not self._is_said_of_name(between):
            return False
        if between[-2:] == ["and", "others"] and group.count == 1:
            return False
        if between[-2:] == ["and", "others"]:
            between = between[:-2]
        if set(between) <= _auxiliaries(self.language):
            return True
        is_of_others = between[:1] != [] and between[0] in self.lexicon.more
        between = [word for word in between if word not in self.lexicon.more]
        if (
            group.bare
            and not group.head
            and not is_of_others
            and between
            and between[0] not in _auxiliaries(self.language)
        ):
            return False
        if between[-2:-1] == [";"] or between[-1:] == [";"]:
            # Notes in telegram style go on about the same people: "abducted; later found dead".
            between = [word for word in between if word != ";"]
        return not ({";", "as", "while", "but"} | speech()) & set(between)

    def _is_said_of_name(self, between: list[str]) -> bool:
        """Whether a verb is said of the name before it, an aside in commas perhaps between."""
        auxiliaries = _auxiliaries(self.language)
        while between and between[-1] in auxiliaries:
            between = between[:-1]
        is_aside = bool(between) and between[0] in _words["leads_aside"]
        return not between or (is_aside and between[-1] in {",", "who"})

    def take(self, chain: list[People]) -> list[People]:
        """Mark people as told, and return them."""
        self.taken |= {group.first for group in chain}
        return chain
