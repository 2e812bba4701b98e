"""The words for people and numbers of a language, from its reviewed lexicon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from mapper.extraction import arabic, kurdish, phrases
from mapper.extraction.languages import KURDISH
from mapper.extraction.sentences import fold


@dataclass(frozen=True)
class Words:
    """The words for people and numbers of one language."""

    numbers: dict[str, int]
    multipliers: dict[str, int]
    vague: frozenset[str]
    people: frozenset[str]
    singular: frozenset[str]
    pairs: dict[str, int]
    kin: frozenset[str]
    """Kurdish nouns of which one is meant where two are told together: "father and mother"."""

    things: frozenset[str]
    more: frozenset[str]
    ordinals: frozenset[str]
    by: frozenset[str]
    """Kurdish words behind which stand those who did it."""

    titles: frozenset[str]
    stops: frozenset[str]
    attackers: frozenset[str]
    one: frozenset[str]
    owners: frozenset[str]
    of: frozenset[str]
    pronouns: frozenset[str]
    subjects: frozenset[str]
    body_parts: frozenset[str]
    breaks: frozenset[str]
    fillers: frozenset[str]
    bodies: frozenset[str]
    corpse: frozenset[str]
    """English nouns for one body, which tell of a death only where it was found."""

    corpses: frozenset[str]
    """Nouns for bodies, in other languages for one, too: the dead, wherever they are counted."""

    dead: frozenset[str]
    hurt: frozenset[str]
    """Nouns that say what became of those they count: "three wounded" in Arabic."""

    leads: frozenset[str]
    """Words behind which such a noun counts one: "left a dead"."""

    fates: frozenset[str]
    """Both of these."""

    tens_first: bool
    leaders: frozenset[str]
    """English nouns that are of people only before "of": "the head of the union"."""

    numbered: frozenset[str]
    """What a number behind is the name of, in English."""

    no_people: frozenset[str]
    """English nouns that are never of people; none where only those listed are."""

    harming: frozenset[str]
    """English verbs of harm, behind which "a" and a noun that no list has are one person."""

    no_one: frozenset[str]
    """Nouns that are not one person even there: animals, and what is many."""

    no_names: frozenset[str]
    """Words that are of no person's name, even where they are capital."""

    @cached_property
    def articles(self) -> frozenset[str]:
        """Words that begin another noun phrase."""
        return self.one | {"the"} if self.no_people else frozenset()

    @cached_property
    def cues(self) -> frozenset[str]:
        """Words that may begin a phrase of people; besides, numerals and capital words may."""
        kinds = (self.numbers, self.multipliers, self.vague, self.singular, self.pairs)
        return frozenset({"another", "half"}).union(
            self.leaders,
            self.kin,
            *kinds,
            self.titles,
            self.attackers,
            self.one,
            self.owners,
            self.pronouns,
            self.subjects,
        )


@cache
def words(language: str) -> Words:
    """Return the words of a language from its reviewed lexicon."""
    raw = phrases.load(f"people.{language}.yml")
    people = _set(raw["people"])
    plural, titles = _set(raw["plural"]), _set(raw["titles"])
    if language in KURDISH:
        people |= kurdish.plural_words(language)
    pairs = {fold(w): int(n) for w, n in raw["groups"].items()}
    if language == "ar":
        forms, duals = arabic.people_forms()
        people, pairs = people | forms, duals | pairs
    dead, hurt = _set(raw.get("dead", ())), _set(raw.get("hurt", ()))
    breaks, fillers, bodies = (_set(raw.get(part, ())) for part in ("breaks", "fillers", "bodies"))
    return Words(
        numbers={fold(w): int(n) for n, forms in raw["numbers"].items() for w in forms},
        multipliers={fold(w): int(n) for w, n in raw["multipliers"].items()},
        vague=_set(raw["vague"]),
        people=people,
        singular=frozenset(
            w
            for w in people
            if language not in KURDISH  # there the ending tells one from many
            and w not in plural
            and not (language == "en" and w.endswith("s"))
        ),
        pairs=pairs,
        kin=_set(raw.get("kin", ())),
        things=_set(raw["things"]),
        more=_set(raw["more"]),
        ordinals=_set(raw["ordinals"]),
        by=_set(raw.get("by", ())),
        titles=titles,
        stops=_set(raw["stops"]),
        attackers=_set(raw["attackers"]),
        one=_set(raw["one"]),
        owners=_set(raw["owners"]),
        of=_set(raw["of"]),
        pronouns=_set(raw.get("pronouns", ())),
        subjects=_set(raw.get("subjects", ())),
        body_parts=_set(raw.get("body_parts", ())),
        breaks=breaks,
        fillers=fillers,
        bodies=bodies,
        corpse=_set(raw.get("corpse", ())),
        corpses=_set(raw["corpses"]),
        dead=dead,
        hurt=hurt,
        leads=_set(raw.get("leads", ())),
        fates=dead | hurt,
        tens_first="tens_first" in raw,
        leaders=_set(raw.get("leaders", ())),
        numbered=_set(raw.get("numbered", ())),
        no_people=_event_words() | _set(raw["things"]) if language == "en" else frozenset(),
        harming=_set(raw.get("harming", ())),
        no_one=_set(raw.get("no_one", ())),
        no_names=bodies | breaks | fillers | people - titles,
    )


def _event_words() -> frozenset[str]:
    found: set[str] = set()
    raw = phrases.load("events.en.yml")
    phrases.collect([raw["triggers"], raw["groups"], raw["none"]], found)
    return frozenset(
        word for pattern in found for words in phrases.expand(pattern) for word in words
    )


def _set(raw: Any) -> frozenset[str]:
    listed = raw.split() if isinstance(raw, str) else [str(word) for word in raw]
    return frozenset(fold(word) for word in listed)
