"""How much speaks for a telling being of an event that was told before."""

from __future__ import annotations

from dataclasses import replace

from mapper.extraction import agreeing, events, places, tellings, weights
from mapper.extraction.finding import Finding
from mapper.extraction.occurrences import Event, Told, is_generic
from mapper.extraction.places import Spot
from mapper.extraction.sentences import fold


def fit(event: Event, telling: Told, *, is_last: bool) -> float | None:
    """Say how much speaks for a telling being of an event, or None where it cannot be."""
    sentence = telling.finding.sentence
    if event.last_sentence == sentence.index or event.item != sentence.item:
        return None
    finding = _without_loose(event, telling.finding, is_last=is_last)
    if event.is_sum and finding.is_part and not _is_placed_apart(event, finding):
        return 3.0 if agreeing.is_near(event, finding, 3) and kind_fits(event, finding) else None
    if event.is_sum and finding.is_part and finding.toll.is_told and not event.is_title_only:
        return None
    if finding.trigger.word == events.RECOUNT and not _may_be_recounted(event, finding):
        return None
    if _is_another(finding) or (event.is_sum and _is_own_part(event, finding)):
        return None
    if event.is_sum and finding.is_part and _is_of_country(event) and not finding.is_definite:
        return None  # "Bombs killed 40 in Iraq. In Hit one went off in a cafe."
    if _is_apart(event, finding):
        return None
    if _is_across_the_border(event.spot, finding.spot):
        return None
    kind = kind_fits(event, finding)
    if not kind or (
        agreeing.days_differ(event, telling) and not agreeing.same_figures(event, finding)
    ):
        return None
    place = _place_fit(event, finding, exact=kind == "same")
    if place is None:
        return None
    distance = max(0, finding.sentence.index - event.last_sentence - 1)
    if is_last and agreeing.is_bare(finding):
        distance = min(distance, 1)  # Witnesses speak before the count: what is told last is meant.
    cues = 1.5 * finding.is_definite + 2.0 * event.is_title_only
    if finding.is_definite and finding.spot is None and is_last:
        cues += 1.0  # "The attack" is the one told last.
    toll = _toll_fit(event, finding, is_last=is_last)
    exact = kind == "same" and not agreeing.is_bare(finding)  # "Six died": of what is not said
    if agreeing.is_bare(finding) and event.spot is None and not event.is_title_only:
        cues -= 0.5  # A detail of what happened at a place told before it.
    return exact + place + toll + cues - 0.25 * distance


def _may_be_recounted(event: Event, finding: Finding) -> bool:
    """Whether a number that does not say of whom it is may be that of an event's dead."""
    new, known = finding.toll.killed, event.killed
    if new is None:  # "The number of wounded rose to 40."
        return agreeing.is_near(event, finding, 3)
    is_like = known is not None and known > 0 and max(new, known) <= 3 * min(new, known)
    return is_like and agreeing.is_near(event, finding, 3)


def _without_loose(event: Event, finding: Finding, *, is_last: bool) -> Finding:
    """Return a telling without its place where that only says who tells, or whose road it is."""
    spot = finding.spot
    if spot is None or spot.weight > weights.LOOSE or event.spot is None:
        return finding
    is_retold = finding.trigger.meaning.outcome and finding.actor1 is None
    if spot.precision == "relative":  # "Gunmen killed two on the Mosul road" is news of its own
        is_retold = False
    reach = 3 if is_last else 1
    is_retold = (is_retold or finding.is_definite) and agreeing.is_near(event, finding, reach)
    return replace(finding, spot=None) if is_retold else finding


def _is_across_the_border(one: Spot | None, other: Spot | None) -> bool:
    """Whether one of two places is in Iraq, the other abroad."""
    if one is None or other is None or other.is_country:
        return False
    return one.is_outside != other.is_outside


def _is_another(finding: Finding) -> bool:
    """Whether the words say that an event is another; "meanwhile" does not of "the strike"."""
    is_taken_up = finding.is_definite and finding.spot is None and finding.is_elsewhere
    is_taken_up = is_taken_up or finding.toll.is_raised  # "A second bomb raised the toll to six."
    return finding.is_separate and not is_taken_up


def _is_placed_apart(whole: Event, finding: Finding) -> bool:
    """Whether one of several events is told with a place of its own."""
    spot = finding.spot
    if spot is None or spot.is_country:
        return False
    return whole.spot is None or spot.name != whole.spot.name


def _is_of_country(whole: Event) -> bool:
    """Whether a sum of many is told as of a whole country, with their dead."""
    spot = whole.spot
    is_told = whole.killed is not None and not whole.is_title_only
    return is_told and (spot is None or spot.is_country)


def _is_own_part(whole: Event, finding: Finding) -> bool:
    """Whether a telling is of one of several events, with its own place and its own toll."""
    toll = finding.toll
    if whole.is_title_only and whole.killed is None and whole.wounded is None:
        return False
    is_one = not (finding.is_plural or finding.is_joint or finding.is_definite)
    is_counted = toll.is_told and not agreeing.same_toll(whole, finding)
    is_counted = is_counted or (whole.told[0].finding.is_joint and not is_generic(finding))
    return is_one and is_counted and _is_placed_apart(whole, finding)


_VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_CROWD = frozenset({"Protests", "Riots"})
_RUIN = "Looting/property destruction"


def kind_fits(event: Event, finding: Finding) -> str:
    """Say whether two tellings can be of one kind of event: "same", "like" or ""."""
    main = event.main.finding
    one, other = main.trigger.meaning, finding.trigger.meaning
    labels = {main.label, finding.label}
    if len(labels) == 1:
        return "same"
    if _is_raid(main, finding) or labels <= events.TERRITORY:
        return "like"
    both = {one.event_type, other.event_type}
    if one.event_type == "Riots" and finding.label == _RUIN and agreeing.is_next(event, finding):
        return "like"  # "A crowd attacked the offices. They ransacked the building."
    if both <= _CROWD or (_only_spares(finding) and agreeing.is_next(event, finding)):
        return "like"
    is_next = finding.spot is None and agreeing.is_next(event, finding)
    is_untold = event.killed is None and event.wounded is None
    is_fight = one.event_type == "Battles" or one.event_type in _CROWD
    if is_fight and other.event_type in _VIOLENT and is_next and is_untold:
        return "like" if finding.toll.is_told else ""  # The toll of the fight.
    if both <= _VIOLENT:
        if _is_by_others(event, finding):
            return ""
        if is_generic(main) or is_generic(finding):
            return "like"
        if event.is_title_only or agreeing.same_toll(event, finding):
            return "like"
        if one.event_type == other.event_type:
            return "like" if _subs_fit(main, finding) or _is_one_raid(event, finding) else ""
        return "like" if finding.is_definite and finding.kinds & main.kinds else ""
    if both & _CROWD and (is_generic(main) or is_generic(finding)):
        return "like"
    if one.event_type in _CROWD and finding.label == "Armed clash" and finding.spot is None:
        return "like"
    spots = (event.spot, finding.spot)
    if event.is_title_only and both <= _CROWD | _VIOLENT and spots[0] and spots[1]:
        counts_alike = event.killed is not None and event.killed == finding.toll.killed
        is_there = spots[0].name == spots[1].name or places.is_within(spots[1], spots[0])
        return "like" if is_there or counts_alike else ""
    is_ruin = _RUIN in labels
    if is_ruin and both == {"Strategic developments", "Explosions/Remote violence"}:
        return "like"  # A pipeline is destroyed, and by a bomb.
    if one.event_type in _CROWD and finding.label == "Arrests" and finding.spot is None:
        return "like"  # Those detained are of the crowd.
    known = {told.finding.label for told in event.told}
    return "like" if known & finding.kinds or finding.label in main.kinds else ""


def _only_spares(finding: Finding) -> bool:
    """Whether a sentence but says that nobody was harmed: of whatever was told before it."""
    toll = finding.toll
    is_none = toll.is_told and not (toll.killed or toll.wounded) and not toll.is_vague
    return is_none and finding.trigger.meaning.outcome and finding.spot is None


def _is_raid(one: Finding, other: Finding) -> bool:
    """Whether a raid may be the strike told beside it: "raids from the air"."""
    if not (one.trigger.word.startswith("raid") or other.trigger.word.startswith("raid")):
        return False
    kinds = (one.trigger.meaning.sub_event_type, other.trigger.meaning.sub_event_type)
    return "Air/drone strike" in kinds


def _is_by_others(event: Event, finding: Finding) -> bool:
    """Whether a telling names who killed, after a bomb of which it says nothing."""
    if event.is_title_only or finding.is_definite or not finding.trigger.meaning.outcome:
        return False
    is_bomb = event.main.finding.trigger.meaning.event_type == "Explosions/Remote violence"
    doers = {t.finding.actor1 for t in event.told}
    is_apart = finding.actor1 is not None and finding.actor1 not in doers
    return is_bomb and is_apart and finding.toll.is_told and not agreeing.same_toll(event, finding)


def _subs_fit(one: Finding, other: Finding) -> bool:
    subs = {one.trigger.meaning.sub_event_type, other.trigger.meaning.sub_event_type}
    if None in subs or one.trigger.meaning.event_type in ("Battles", "Violence against civilians"):
        return True
    shared = (one.kinds & other.kinds) - {"Attack"}
    return subs <= {"Suicide bomb", "Remote explosive/landmine/IED"} or bool(shared)


def _is_one_raid(event: Event, finding: Finding) -> bool:
    """Whether drones here and missiles there may be one attack on one site, as sources differ."""
    subs = {event.main.finding.label, finding.label}
    spots = (event.spot, finding.spot)
    if not subs <= {"Air/drone strike", "Shelling/artillery/missile attack"}:
        return False
    return finding.is_definite or all(spot and spot.precision == "site" for spot in spots)


def _is_apart(event: Event, finding: Finding) -> bool:
    """Whether a telling counts others at another place, too far behind to be of one event."""
    spot = event.spot
    if not finding.spot or not spot or agreeing.is_near(event, finding, 2):
        return False
    if finding.spot.is_country or spot.is_country:
        return False
    if agreeing.same_toll(event, finding) and (
        agreeing.same_figures(event, finding) or _is_high(finding)
    ):
        return False
    return not _is_at(event, finding.spot)


def _is_high(finding: Finding) -> bool:
    """Whether a count is so high that another event hardly has the same."""
    return (finding.toll.killed or 0) + (finding.toll.wounded or 0) >= _HIGH


_HIGH = 8


def _is_at(event: Event, spot: Spot) -> bool:
    """Whether an event is told to have happened, also, at a place."""
    if event.spot is not None and places.is_same(spot, event.spot):
        return True
    also = [other for t in event.told for other in t.finding.also_at]
    return any(places.is_same(spot, other) for other in also)


def _place_fit(event: Event, finding: Finding, *, exact: bool) -> float | None:
    """Say how much the places speak for one event, or None where they speak against it."""
    spot = event.spot
    if not finding.spot or finding.spot.is_country or not spot or spot.is_country:
        return _open_place_fit(event, finding, exact=exact)
    if _is_at(event, finding.spot):
        return 2.0
    if event.is_title_only and any(places.is_same(other, spot) for other in finding.around):
        return 2.0  # "Bombs on Qandil: planes hit the village of X in Qandil."
    told = [t.finding.spot for t in event.told if t.finding.spot and not t.finding.spot.is_country]
    is_akin = event.is_title_only or finding.is_definite or agreeing.same_toll(event, finding)
    is_akin = is_akin or (exact and agreeing.same_day(event, finding))
    is_next = agreeing.is_next(event, finding)
    if any(places.overlap(finding.spot, other) for other in (spot, *told)):
        is_known = finding.spot.place and spot.place
        is_alone = not finding.toll.is_told or (event.killed is None and event.wounded is None)
        return 1.0 if is_akin or (exact and is_alone and (is_known or is_next)) else None
    if not places.is_near(finding.spot, spot):
        return None
    if event.is_title_only or agreeing.same_toll(event, finding):
        return 0.5
    if finding.is_definite and is_next and exact and not finding.toll.is_told:
        return 0.5  # "The clashes broke out in Dair", in the north of Basra.
    # Two towns are two places, however near; a town and what is told loosely may be one.
    is_open = finding.spot.place is None or _is_unit(spot) or _is_unit(finding.spot)
    is_open = is_open or places.is_around(spot, finding.spot)
    is_finer = exact and finding.spot.place is None and _is_unit(spot)
    return 0.5 if is_open and (is_akin or is_finer) else None


def _is_unit(spot: Spot) -> bool:
    """Whether a place is an area that holds many, told first as news does: "in Kirkuk province"."""
    return spot.precision.startswith("adm")


def _open_place_fit(event: Event, finding: Finding, *, exact: bool) -> float | None:
    """Say how much speaks for one event where only one telling has a place."""
    near = agreeing.is_near(event, finding, 2)
    goes_on = finding.toll.more_killed or finding.toll.more_wounded or finding.is_definite
    is_told_apart = event.spot is not None and not event.spot.is_country
    if is_told_apart and _goes_on_there(event, finding):
        return 2.0
    if finding.spot is None and finding.body and is_told_apart and not goes_on and event.spot:
        if agreeing.same_toll(event, finding):
            return 1.5
        if _is_of_its_toll(event, finding):
            return 1.5
        same = exact and places.is_same(finding.body, event.spot)
        return 1.5 if same else None
    if goes_on or finding.trigger.meaning.outcome:
        return 2.0 if near else 1.5
    if near and finding.spot and not finding.spot.is_country and not event.told[0].finding.also_at:
        # A lead that says only "in northern Iraq" is told again with the town.
        return 1.5
    if finding.spot is None and near and _is_of_crowd(event, finding):
        return 1.75
    if finding.spot is None and agreeing.is_next(event, finding):
        return 1.5
    return 0.75 if near or event.is_title_only else None


def _goes_on_there(event: Event, finding: Finding) -> bool:
    """Whether the next sentence says that it is on the place just told: "a car blew up there"."""
    is_next = finding.spot is None and agreeing.is_next(event, finding)
    return is_next and tellings.points_back(finding.sentence.tokens)


def _is_of_its_toll(event: Event, finding: Finding) -> bool:
    """Whether an office counts those of what was told before: "Babil's health office said 61".

    It revises their number, or tells the first at once, or is that of the place.
    """
    toll, spot = finding.toll, event.spot
    if not (finding.trigger.meaning.outcome and toll.is_told):
        return False
    is_untold = event.killed is None and event.wounded is None
    is_its_own = bool(spot and finding.body and places.is_within(spot, finding.body))
    is_revised = toll.is_raised or toll.is_older
    return is_revised or is_its_own or (is_untold and agreeing.is_next(event, finding))


def _is_of_crowd(event: Event, finding: Finding) -> bool:
    """Whether both tell of a crowd: what it did, and what was done to it, is one affair."""
    types = (event.main.finding.trigger.meaning.event_type, finding.trigger.meaning.event_type)
    return set(types) <= _CROWD


def _toll_fit(event: Event, finding: Finding, *, is_last: bool) -> float:
    """Say how much the numbers speak for one event; accounts of one may differ a little."""
    toll = finding.toll
    if toll.more_killed or toll.more_wounded:
        # "Five others were hurt" goes on about what was told last.
        return 0.5 if is_last or finding.spot else -2.0
    if agreeing.same_toll(event, finding):
        return 2.0
    if adds_others(event, finding):
        return 0.5
    pairs = ((event.killed, toll.killed), (event.wounded, toll.wounded))
    differs = agreeing.counts_differ(event, finding)
    slightly = any(a is not None and b is not None and a != b for a, b in pairs)
    is_revised = toll.is_raised or toll.is_older or event.is_provisional
    if not slightly or event.is_title_only or is_revised:
        return 0.0
    if finding.is_definite:
        return -1.0 if differs else 0.0
    is_detail = toll.killed == 1 and not toll.wounded  # "A priest was shot dead at once."
    is_open = finding.trigger.meaning.outcome or is_detail
    if is_open and (not differs or _goes_on(event, finding)):
        return 0.0
    return -1.0 if _is_coarser(event, finding) and agreeing.same_day(event, finding) else -3.0


def adds_others(event: Event, finding: Finding) -> bool:
    """Whether those killed come on top: the rest of the title's, or "seven soldiers, too".

    "Three brothers and seven soldiers killed" is told again as three, then seven.
    """
    toll = finding.toll
    if not (toll.killed and event.killed) or event.is_title_only or toll.is_raised:
        return False
    titles = [t.finding.toll.killed for t in event.told if t.finding.sentence.is_title]
    if event.killed + toll.killed in titles and event.killed not in titles:
        return True
    before = {head for t in event.told for head in t.finding.toll.heads}
    is_new = bool(before and toll.heads) and before.isdisjoint(toll.heads)
    is_open = any(head.startswith(_ANYBODY) for head in before | toll.heads)
    return toll.also_killed and is_new and not is_open


_ANYBODY = tuple(map(fold, ("کەس", "هاووڵاتی", "هاوڵاتی", "قوربانی", "kes", "welatî", "qurbanî")))


def _is_coarser(event: Event, finding: Finding) -> bool:
    """Whether a telling names the area of the event's place, as others who tell of it do."""
    return bool(event.spot and finding.spot and places.is_within(event.spot, finding.spot))


def _goes_on(event: Event, finding: Finding) -> bool:
    """Whether bare words of harm follow at once: "One Iraqi was killed and another injured"."""
    is_bare = finding.spot is None and finding.when is None and finding.actor1 is None
    return is_bare and agreeing.is_next(event, finding)
