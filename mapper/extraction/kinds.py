"""The type of an event as who did it and who suffered it make it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from mapper.extraction import actors
from mapper.extraction.actors import Actor
from mapper.extraction.casualties import Toll
from mapper.extraction.events import Trigger
from mapper.extraction.phrases import RuleWords

_words = RuleWords("kinds")


def of_fighters(
    main: Trigger,
    toll: Toll,
    target: Actor | None,
    *,
    is_on_post: bool = False,
    is_of_aid: bool = False,
) -> Trigger:
    """Turn an attack on people who fight, or on their post, into a battle, as ACLED does.

    ``is_of_aid`` says that an aid agency is spoken of, whose officers and guards do not fight.
    """
    meaning = main.meaning
    is_open = meaning.outcome or meaning.target or main.word in _words["shooting"] or is_on_post
    if not is_open or meaning.event_type != "Violence against civilians":
        return main
    fought = actors.fighters() & toll.heads
    if is_of_aid:
        fought -= {"officer", "officers", "guard", "guards"}
    if is_on_post and not fought:
        return main if toll.heads & _words["unarmed"] else _battle(main)
    heads = toll.heads - _words["anybody"]
    if not fought and (heads or target is None or target.side in ("civilian", "")):
        return main
    return _battle(main)


def _battle(main: Trigger) -> Trigger:
    battle = replace(main.meaning, event_type="Battles", sub_event_type="Armed clash")
    return replace(main, meaning=battle)


def speaks_of_aid(words: Sequence[str]) -> bool:
    """Whether words name an aid agency."""
    return not _words["aid"].isdisjoint(words)


def meets_troops(words: Sequence[str], main: Trigger, span: tuple[int, int]) -> bool:
    """Whether the English words of an attack say that it aimed at those on duty."""
    aimed = _aimed_at(words, main, span)
    return bool(_words["on_duty"] & set(aimed) or _words["troops"] & set(aimed[:_NEAR]))


def _aimed_at(words: Sequence[str], main: Trigger, span: tuple[int, int]) -> Sequence[str]:
    """Return the words that say at whom an event of a clause aims: behind its own, mostly.

    Those who were "fired on near Balad" stand before.
    """
    first, last = span
    beside = _words["beside"]
    behind = list(takewhile(lambda word: word not in beside, words[main.last : last][:_AIM]))
    if main.word.endswith((" on", " at")) and (not behind or behind[0] in _words["where"]):
        return words[max(first, main.first - 2) : main.first]
    return behind


# How many words behind "fired at" may say at what is manned by those who fight, or at whom.
_AIM, _NEAR = 7, 4


def of_civilians(
    main: Trigger, toll: Toll, target: Actor | None, words: Sequence[str] = ()
) -> Trigger:
    """Turn shots that met nobody who fights into an attack: "small arms fire wounded a cook".

    ``words`` are those of its clause.
    """
    if main.meaning.event_type != "Battles" or main.word not in _words["under_fire"]:
        return main
    met = (toll.heads - actors.fighters() - _words["anybody"]) or _words["aid"] & set(words)
    is_fought = bool(actors.fighters() & toll.heads) or (target and target.side in _FORCES)
    is_met = met or (target is not None and target.side == "civilian" and not toll.heads)
    if not is_met or is_fought:
        return main
    attack = replace(main.meaning, event_type="Violence against civilians", sub_event_type="Attack")
    return replace(main, meaning=attack)


def of_crowds(main: Trigger, toll: Toll, met: Sequence[Actor | None]) -> Trigger:
    """Turn clashes, fires and deaths in a text on protests into what happens there."""
    sides = {actor.side for actor in met if actor}
    meaning = main.meaning
    sub = meaning.sub_event_type
    if sides & {"insurgent", "militia", "foreign"}:
        return main
    if sub == "Looting/property destruction" and main.word.startswith(tuple(_words["burning"])):
        kind, sub = "Riots", "Violent demonstration"
    elif actors.fighters() & toll.heads:
        return main
    elif sub == "Armed clash" and main.word.startswith(tuple(_words["crowded"])):
        kind, sub = "Riots", "Violent demonstration"
    elif sub == "Attack" and (meaning.outcome or main.word in _words["shooting"]):
        if toll.heads and toll.heads.isdisjoint(_words["crowd"]):
            return main  # "Oil engineer gunned down"
        kind, sub = "Protests", "Excessive force against protesters"
    else:
        return main
    return replace(main, meaning=replace(meaning, event_type=kind, sub_event_type=sub))


def crowd() -> frozenset[str]:
    """Return the words for those who may be of a crowd."""
    return _words["crowd"]


def of_stones(main: Trigger, told: Sequence[Trigger]) -> Trigger:
    """Turn shots at people who threw stones, or sound bombs, into the riot that it was."""
    is_shot_at = main.meaning.sub_event_type == _SHOT_AT or main.word in _words["shooting"]
    is_driven_off = main.meaning.sub_event_type == _DRIVEN_OFF
    is_driven_off = is_driven_off or main.word.startswith(_HARMLESS)
    riots = [t for t in told if t.meaning.event_type == "Riots" and not t.doubt]
    if not is_driven_off:
        riots = [t for t in riots if is_shot_at and t.meaning.sub_event_type == _RIOT]
    return replace(main, meaning=riots[0].meaning) if riots else main


_SHOT_AT, _DRIVEN_OFF = "Excessive force against protesters", "Protest with intervention"
_RIOT = "Violent demonstration"
_HARMLESS = ("sound bomb", "stun grenade")


def of_strike(main: Trigger, inside: Sequence[Trigger], toll: Toll) -> Trigger:
    """Turn arms found, or would-be bombers killed, in a strike or fight into that."""
    of_arms = main.meaning.sub_event_type == "Disrupted weapons use"
    if not (of_arms or (main.meaning.sub_event_type == "Armed clash" and main.rank > _BATTLE)):
        return main
    apart = [t for t in inside if not (main.first <= t.first < main.last) and not t.doubt]
    went_off = [t for t in inside if t.word.startswith(tuple(_words["went_off"])) and not t.doubt]
    if of_arms and toll.killed and went_off:
        return went_off[0]  # "Killed when a shell that they had found exploded"
    kinds = {"Air/drone strike"} | ({"Armed clash"} if toll.killed and of_arms else set())
    real = [t for t in apart if t.meaning.sub_event_type in kinds and not t.is_background]
    return max(real, key=lambda t: t.rank, default=main)


_BATTLE = 99  # a clash that ranks higher is that would-be bombers were killed, however that was


def of_raid(main: Trigger, inside: Sequence[Trigger], toll: Toll, actor: Actor | None) -> Trigger:
    """Turn what forces stormed into the arrests that they made there, where nobody died."""
    is_raid = main.word.startswith("storm") and actor is not None and actor.side in _STATES
    if not is_raid or toll.killed or toll.wounded:
        return main
    made = (t for t in inside if t.meaning.sub_event_type == "Arrests" and not t.doubt)
    return next(made, main)


_STATES = ("state", "foreign")


def of_doers(main: Trigger, toll: Toll, actor: Actor | None) -> Trigger:
    """Turn a raid or arrest by gunmen into what ACLED calls it, and a town taken by the state."""
    meaning, side = main.meaning, actor.side if actor else ""
    sub = meaning.sub_event_type
    if sub == "Non-state actor overtakes territory" and side in _STATES:
        sub = "Government regains territory"
    elif sub == "Arrests" and side == "insurgent":
        sub = "Abduction/forced disappearance"
    elif toll.killed and main.word.startswith("defus"):
        sub = "Remote explosive/landmine/IED"  # "Two sappers died defusing a device."
    elif _is_attack(main, toll, side):
        sub = "Attack"
    elif toll.killed and (sub in ("Other", "Arrests") or _is_fight(sub, toll)):
        sub = "Armed clash"
    kinds = {"Government regains territory": "Battles", "Armed clash": "Battles"}
    kinds["Remote explosive/landmine/IED"] = "Explosions/Remote violence"
    violent = {"Attack", "Abduction/forced disappearance"}
    kind = kinds.get(sub or "", "Violence against civilians" if sub in violent else "")
    if sub == meaning.sub_event_type:
        return main
    return replace(main, meaning=replace(meaning, event_type=kind, sub_event_type=sub))


def _is_attack(main: Trigger, toll: Toll, side: str) -> bool:
    """Whether words for something less tell of an attack: "killing five and torching a car"."""
    sub, is_by_gunmen = main.meaning.sub_event_type, side == "insurgent"
    if toll.killed and main.word.startswith(tuple(_words["thefts"])):
        return True
    if sub == "Looting/property destruction":
        return bool(toll.killed)
    is_raid = sub == "Other" and main.word.startswith("raid")
    return is_by_gunmen and (is_raid or sub == "Excessive force against protesters")


def _is_fight(sub: str | None, toll: Toll) -> bool:
    """Whether weapons were taken from people who died: "destroyed six tunnels, killed three"."""
    return sub == "Disrupted weapons use" and bool(_words["insurgents"] & toll.heads)


_FORCES = frozenset({"state", "foreign", "militia"})
