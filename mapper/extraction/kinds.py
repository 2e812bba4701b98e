"""The type of an event as who did it and who suffered it make it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapper.extraction import actors
from mapper.extraction.actors import Actor
from mapper.extraction.casualties import Toll
from mapper.extraction.events import Trigger


def of_fighters(
    main: Trigger, toll: Toll, target: Actor | None, *, is_on_post: bool = False
) -> Trigger:
    """Turn an attack on people who fight, or on their post, into a battle, as ACLED does."""
    meaning = main.meaning
    is_open = meaning.outcome or meaning.target or main.word in _SHOOTING
    if not is_open or meaning.event_type != "Violence against civilians":
        return main
    fought = actors.fighters() & toll.heads
    if is_on_post and not fought:
        return main if toll.heads & _UNARMED else _battle(main)
    if not fought and (toll.heads or target is None or target.side in ("civilian", "")):
        return main
    return _battle(main)


def _battle(main: Trigger) -> Trigger:
    battle = replace(main.meaning, event_type="Battles", sub_event_type="Armed clash")
    return replace(main, meaning=battle)


# Those whose harm shows that an attack was on others than fighters.
_UNARMED = frozenset(
    {"مدني", "مدنيا", "مدنيين", "مدنيون", "مدنيان", "مواطن", "مواطنا", "مواطنين", "طفل", "طفله"}
    | {"اطفال", "امراه", "نساء", "عامل", "عمال", "فلاح", "فلاحين", "سائق", "سائقين", "زوار"}
)


def of_strike(main: Trigger, inside: Sequence[Trigger], toll: Toll) -> Trigger:
    """Turn arms found after a strike or fight, told in one breath with it, into that."""
    if main.meaning.sub_event_type != "Disrupted weapons use":
        return main
    apart = [t for t in inside if not (main.first <= t.first < main.last) and not t.doubt]
    kinds = {"Air/drone strike", "Armed clash"} if toll.killed else {"Air/drone strike"}
    real = [t for t in apart if t.meaning.sub_event_type in kinds and not t.is_background]
    return max(real, key=lambda t: t.rank, default=main)


def of_doers(main: Trigger, toll: Toll, actor: Actor | None) -> Trigger:
    """Turn a raid or arrest by gunmen into what ACLED calls it, and a town taken by the state."""
    meaning, side = main.meaning, actor.side if actor else ""
    sub = meaning.sub_event_type
    if sub == "Non-state actor overtakes territory" and side in ("state", "foreign"):
        sub = "Government regains territory"
    elif sub == "Arrests" and side == "insurgent":
        sub = "Abduction/forced disappearance"
    elif sub == "Other" and main.word.startswith("raid") and side == "insurgent":
        sub = "Attack"
    elif toll.killed and (sub in ("Other", "Arrests") or _is_fight(sub, toll)):
        sub = "Armed clash"
    kinds = {"Government regains territory": "Battles", "Armed clash": "Battles"}
    violent = {"Attack", "Abduction/forced disappearance"}
    kind = kinds.get(sub or "", "Violence against civilians" if sub in violent else "")
    if sub == meaning.sub_event_type:
        return main
    return replace(main, meaning=replace(meaning, event_type=kind, sub_event_type=sub))


def _is_fight(sub: str | None, toll: Toll) -> bool:
    """Whether weapons were taken from people who died: "destroyed six tunnels, killed three"."""
    return sub == "Disrupted weapons use" and bool(_INSURGENTS & toll.heads)


_INSURGENTS = frozenset(
    [
        "militant",
        "militants",
        "insurgent",
        "insurgents",
        "gunman",
        "gunmen",
        "fighter",
        "fighters",
        "terrorist",
        "terrorists",
        "jihadist",
        "jihadists",
        "rebels",
    ]
)
_SHOOTING = frozenset(
    {
        "shot dead",
        "shot and killed",
        "gunned down",
        "opened fire",
        "shot",
        "shooting",
        "opening fire",
        "shot and wounded",
    }
)
