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
    ("Doctors said the clinic took in nine bodies and treated 14 wounded.", 9, 14),
    ("Hospital officials said they had received 12 bodies and treated nine people.", 12, 9),
    (
        "The morgue received 24 bodies and more than 200 people were treated for bullet wounds.",
        24,
        200,
    ),
    ("Three of the soldiers and a boy lost their lives; local medics treated fifteen.", 4, 15),
    ("Eleven people, one of them a woman, were killed in the attack.", 11, None),
    ("Seven soldiers, two of them officers, were wounded by a bomb.", None, 7),
    ("Nine passers-by, five of them children, died.", 9, None),
    ("Two embassy officials and their Iraqi driver were killed when gunmen opened fire.", 3, None),
    ("Two Italian consulate employees and their Iraqi guard were shot dead.", 3, None),
    ("A soldier who tried to keep them apart was killed and nine people were hurt.", 1, 9),
    ("A policeman who had come to help was killed and three others were wounded.", 1, 3),
    ("Seven agents were killed and an eighth escaped with light wounds.", 7, 1),
    ("Two contractors died and a third was hurt.", 2, 1),
    ("One nurse was hit in the shoulder.", None, 1),
    ("One staff member sustained minor injuries from glass.", None, 1),
    ("Two of the staff were bruised.", None, 2),
    ("A Polish soldier died and five were hurt on Sunday.", 1, 5),
    ("A mine killed a deminer and blinded his colleague in one eye.", 1, 1),
    ("Windows were smashed and a guard was cut by flying glass.", None, 1),
    ("killing him and two guards near Baiji", 3, None),
    ("The two clans lost three men.", 3, None),
    ("600 people have fallen ill since the attack.", None, 600),
    ("Ten others are in hospital.", None, 10),
    ("Fourteen others were taken to hospital.", None, 14),
    ("Three protesters were shot dead later and twelve were injured.", 3, 12),
    ("Four Kurds died, officials said, while sixteen were injured, among them guards.", 4, 16),
    ("A teenager was shot in the head outside his home.", None, 1),
    ("A newsreader was found with four bullets in her head.", 1, None),
    (
        "The deputy governor was ambushed and shot dead, and four of his bodyguards were wounded.",
        1,
        4,
    ),
    ("There were no victims.", 0, 0),
    ("No staff were harmed.", 0, 0),
    ("Some 25 people, most of them policemen, were hurt in the first riot", None, 25),
    ("The blast left 12 people dead and twice as many wounded.", 12, None),
    ("Four people were killed, two of them women, and nine, including a child, wounded.", 4, 9),
    ("A woman, 34, and her two daughters, 6 and 9, were killed.", 3, None),
    ("The bodies of five men, all shot in the head, were dumped.", 5, None),
    ("Gunmen killed a barber, his assistant and three customers.", 5, None),
    ("The explosion killed the mayor as well as two of his guards and hurt six others.", 3, 6),
    ("The attack killed five, bringing to 20 the number of dead this week.", 5, None),
    ("A dozen people were hurt, three critically.", None, 12),
    ("Five people were killed and as many wounded.", 5, None),
    ("The pilot ejected safely.", None, None),
    ("Ten soldiers and 14 militants were killed and 20 soldiers wounded.", 24, 20),
    ("Two of the wounded died overnight.", 2, None),
    ("A blast wounded half a dozen people.", None, 6),
    ("Half a dozen soldiers were killed.", 6, None),
    ("Between 10 and 12 people were killed.", 10, None),
    ("Three or four people were wounded.", None, 3),
    ("Between five and seven soldiers were hurt.", None, 5),
    ("10 to 12 people were killed.", 10, None),
    ("Five or six militants were killed.", 5, None),
    ("Sara, 12, and two classmates were killed.", 3, None),
    ("Mohammed, 16, and two cousins were wounded.", None, 3),
    ("A shopkeeper and father of four was shot dead.", 1, None),
    ("Ali Hadi, a father of five, was killed.", 1, None),
    ("A mother of three was killed when a rocket hit her home.", 1, None),
    ("A blast wounded eleven, two of whom later died.", 2, 9),
    ("Two of the wounded died in hospital.", 2, None),
    ("Three people sustained injuries.", None, 3),
    ("The driver is in critical condition.", None, 1),
    ("Two men are in critical condition.", None, 2),
    ("Six people were dead, including the attacker.", 6, None),
    ("A bomb killed two people and injured between 10 and 15.", 2, 10),
    ("The attack killed at least a half-dozen people.", 6, None),
    ("A roadside bomb killed a pair of soldiers.", 2, None),
    ("A mortar killed a family of six.", 6, None),
    ("Two boys aged 8 and 10 were killed.", 2, None),
    ("Two children, 4 and 7, were wounded.", None, 2),
    ("A 5-year-old girl and her brother, 7, were hurt.", None, 2),
    ("Gunmen killed four men aged between 20 and 35.", 4, None),
    ("Police found 14 bodies, all bound and shot.", 14, None),
    ("A bomb killed Lt. Ali Hassan and three of his men.", 4, None),
    ("A blast killed one and hurt 10 others.", 1, 10),
    ("As many as 20 people may have been killed.", 20, None),
    ("killing four civilians, injuring 12", 4, 12),
    ("killing 3 and injuring a further 7", 3, 7),
    # One told by whose he is, or by which of several he is.
    ("A gun attack in Basra, wounding Norway's senior consul", None, 1),
    ("killing Kirkuk's deputy governor and two guards", 3, None),
    ("A fourth Briton was badly hurt.", None, 1),
    ("Nadia Hasan, one of six women on the council, died on Sunday.", 1, None),
    ("The principal, one of four teachers of the village, was killed.", 1, None),
    ("The watchman, a farmer from Rawa, was killed.", 1, None),
    ("A cook, a Bulgarian, was killed; a judge, a lawyer, a driver were hurt.", 1, 3),
    # Others than the whole are only part of it.
    ("Nine people, including clerks and a tea seller, died when a bomb exploded.", 9, None),
    ("Six people, among them policemen and two girls, were wounded.", None, 6),
    ("A father and his two sons are among the eight villagers who died", 8, None),
    ("Three more corpses were found, bringing to 41 the bodies recovered this month.", 3, None),
    # Spoken of, not counted.
    ("Two women had come to bury their dead.", None, None),
    ("Twelve masked men led away the clerks and killed them.", None, None),
    ("Gunmen stopped five bakers and executed them.", 5, None),
    ("Group Claims Green Zone Hotel Blast; 5 Dead, 12 Hurt", 5, 12),
    # By what only a phrase says.
    ("slicing the hand of a plumber", None, 1),
    ("An interpreter was grazed in the leg.", None, 1),
    ("The explosion sent eleven shoppers to hospital.", None, 11),
    ("The governor drove to hospital.", None, None),
    ("with four drivers losing their lives and six more being treated for burns", 4, 6),
    ("Five clerks were lined up and shot one by one", 5, None),
    ("A student was hit on the head with a rifle butt", None, 1),
    ("Two men were thrown off a roof.", 2, None),
    ("but his driver did not survive the blast", 1, None),
    (
        "Gunmen killed a judge and two guards on Friday, the most senior jurist slain in years.",
        3,
        None,
    ),
    ("Nine men were dragged from their beds and shot before dawn.", 9, None),
    ("Two men were led out and shot in the legs.", None, 2),
    ("The reporter was pistol-whipped.", None, 1),
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
