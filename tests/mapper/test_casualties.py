"""Numbers of people, as news tells them."""

from __future__ import annotations

import pytest

from mapper.extraction import casualties, sentences

CASES = [
    ("killing at least 11 people, including an American soldier, and wounding 16", 11, 16),
    ("A car bomb killed two people and six others were wounded.", 2, 6),
    ("The strike killed two people, including a commander.", 2, None),
    ("Another six people were wounded in the strike.", None, 6),
    ("A couple and their child were killed when a mortar hit their home.", 3, None),
    ("Gunmen killed a woman and two children.", 3, None),
    ("a dozen people died", 12, None),
    ("Two dozen soldiers were injured", None, 24),
    ("dozens were killed and 30 wounded", None, 30),
    ("The bomber blew himself up, killing himself and five policemen.", 6, None),
    ("The bodies of 12 men were found in Mosul.", 12, None),
    ("Police found 14 bodies in Baghdad.", 14, None),
    ("leaving 5 dead and 10 wounded", 5, 10),
    ("Six killed, 12 wounded in Baghdad bombing", 6, 12),
    ("Baghdad bombs kill at least 25", 25, None),
    ("Gunmen kill police chief in Mosul", 1, None),
    ("US Soldier Killed in Baghdad", 1, None),
    ("leaving at least 17 militants killed and destroying three of their vehicles", 17, None),
    ("At least eight civilians were abducted and shot dead in Saladin", 8, None),
    ("Four more protesters have been killed during clashes in Baghdad", 4, None),
    ("The deaths raise the total number of those killed in the latest unrest to five", None, None),
    ("A UN agency national staff member was shot in his home on the outskirts", None, 1),
    ("1 IFI national staff driver seriously wounded in a shooting in Baghdad", None, 1),
    ("The corpses of 50 soldiers of Iraq's new army have been discovered", 50, None),
    ("10 NGO national staff injured by glass when NGO office in Nassriyah damaged", None, 10),
    ("resulted in one national staff member being wounded.", None, 1),
    ("killing 37 people and wounding more than 50, officials said", 37, 50),
    ("At least 10 people were killed and 76 injured when one exploded", 10, 76),
    ("killed at least 25 people as Iraq's most influential cleric headed to Najaf", 25, None),
    ("16 people killed, wounded in blast", None, None),
    ("Twenty-five people, including five children, were killed and 40 others were injured", 25, 40),
    (
        "three policemen and two civilians were killed and seven people, among them a child, were wounded",  # noqa: E501
        5,
        7,
    ),
    ("killed an Iraqi policeman and injured three of his bodyguards", 1, 3),
    ("An attack claimed the lives of 23 people", 23, None),
    (
        "Two bombs exploded near a convoy of three vehicles, killing one hundred and five people",
        105,
        None,
    ),
    ("A 12-year-old boy was killed", 1, None),
    ("killing a 45 year old woman and her two sons", 3, None),
    ("Bombs in Baghdad killed 18 people as the US Defence Secretary declared", 18, None),
    ("1 UN national staff shot and killed in Baghdad", 1, None),
    ("One person was killed and another wounded", 1, 1),
    ("killed four people and wounded 12, five of them seriously", 4, 12),
    ("The attack left 14 people dead, police said.", 14, None),
    ("with three dead and five injured", 3, 5),
    ("Suicide bomber kills at least 12 in north Baghdad: officials", 12, None),
    ("Car bomb kills 25, including lawmaker, in Baghdad", 25, None),
    ("two soldiers were killed and a third was wounded", 2, 1),
    (
        "militants who purportedly killed two American hostages and are threatening to execute a Briton",  # noqa: E501
        2,
        None,
    ),
    ("gunmen shot dead two policemen and wounded a third", 2, 1),
    ("roadside bomb wounded two soldiers, one seriously", None, 2),
    ("Gunmen in a car shot and wounded the deputy governor of Diyala", None, 1),
    ("killed three people, two of them children, and injured ten", 3, 10),
]


@pytest.mark.parametrize(("text", "killed", "wounded"), CASES, ids=[case[0][:40] for case in CASES])
def test_toll(text: str, killed: int | None, wounded: int | None) -> None:
    toll = casualties.read(sentences.read(text).sentences[0].tokens)
    assert (toll.killed, toll.wounded) == (killed, wounded)


def test_vague_amounts_are_noted() -> None:
    toll = casualties.read(sentences.read("Dozens were killed in Mosul.").sentences[0].tokens)
    assert toll.killed is None
    assert toll.notes == ("killed: dozens",)


def test_attackers_count_and_are_noted() -> None:
    text = "The bomber blew himself up, killing himself and five policemen."
    toll = casualties.read(sentences.read(text).sentences[0].tokens)
    assert toll.killed == 6
    assert "attacker" in toll.notes[0]


def test_people_added_to_those_told_before() -> None:
    toll = casualties.read(sentences.read("Another six people were wounded.").sentences[0].tokens)
    assert toll.more_wounded
    assert not toll.more_killed
