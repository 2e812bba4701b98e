"""Place names in running text: which, how far they reach, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from gazetteer import Gazetteer, Mention, Status


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return gazetteer.load()


def _told(mentions: list[Mention]) -> list[tuple[str, str | None]]:
    """What was found: the words, and the place's id or the country's name."""
    return [(m.text, m.match.place.id if m.match.place else m.match.country) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # in prose a name shared by a unit and its seat is the seat
        ("clashes in Fallujah", [("Fallujah", "gn:99454")]),
        ("clashes in Fallujah district", [("Fallujah district", "IQG01Q01")]),
        ("an airstrike in Baghdad", [("Baghdad", "gn:98182")]),
        ("across Baghdad province", [("Baghdad province", "IQG08")]),
        ("the town of Kufa", [("town of Kufa", "gn:99135")]),
        ("in the Salahuddin governorate", [("Salahuddin governorate", "IQG16")]),
        ("in western Anbar", [("western Anbar", "IQG01")]),
        ("the western province of Anbar", [("western province of Anbar", "IQG01")]),
        ("in Saladin province of Iraq", [("Saladin province", "IQG16"), ("Iraq", "IQ")]),
        # parents behind a comma, an "in", an "of"
        ("a raid in Taji, Baghdad, killed", [("Taji, Baghdad", "gn:98414")]),
        ("home in the Yarmouk area of Baghdad", [("Yarmouk area of Baghdad", "gn:7798653")]),
        ("in the Yarmouk area of Mosul", [("Yarmouk area of Mosul", "x:mosul-yarmouk")]),
        ("a Dora suburb near Baghdad", [("Dora suburb", "x:baghdad-dora"), ("near Baghdad", "gn:98182")]),  # noqa: E501
        ("he died in Hit, Anbar province.", [("Hit, Anbar province", "gn:95788")]),
        ("the Dora district of Baghdad", [("Dora district of Baghdad", "x:baghdad-dora")]),
        ("in Baghdad, Mosul and Basra", [("Baghdad", "gn:98182"), ("Mosul", "gn:99072"), ("Basra", "gn:99532")]),  # noqa: E501
        # typography and damage
        ("Iraq's army and Baghdad’s streets", [("Iraq", "IQ"), ("Baghdad", "gn:98182")]),
        ("heard in central\\Baghdad on", [("central\\Baghdad", "gn:98182")]),
        ("al-Qa'im and Tal-Afar", [("al-Qa'im", "gn:92138"), ("Tal-Afar", "gn:90393")]),
        ("MOSUL UNDER FIRE", [("MOSUL", "gn:99072")]),
        ("in Abu\nGhraib", [("Abu\nGhraib", "gn:100077")]),
        ("Car bombs strike Baghdad\nAt least ten", [("Baghdad", "gn:98182")]),
        # longest match; the Iraqi capital
        ("in Sadr City", [("Sadr City", "gn:7802746")]),
        ("from the Iraqi capital", [("Iraqi capital", "gn:98182")]),
        # of an area, over a hyphen and the end of a line, in capitals
        ("the Salahaddin area of Erbil", [("Salahaddin area of Erbil", "gn:91696")]),
        ("in the al-Shirqat area of Salahuddin", [("al-Shirqat area of Salahuddin", "gn:91057")]),
        ("clashes in Abu-\nGhraib", [("Abu-\nGhraib", "gn:100077")]),
        ("GUNMEN KILL FIVE IN MOSUL AS TIKRIT BURNS", [("MOSUL", "gn:99072"), ("TIKRIT", "gn:90150")]),  # noqa: E501
        ("Baghdad's Karrada district", [("Baghdad", "gn:98182"), ("Karrada district", "x:baghdad-karrada")]),  # noqa: E501
        ("Balad air base and the town of Balad", [("Balad air base", "x:balad-air-base"), ("town of Balad", "gn:98112")]),  # noqa: E501
        ("He cut the cake. Kut was quiet.", [("Kut", "gn:99131")]),
        ("hit by a car in Hit, Anbar", [("Hit, Anbar", "gn:95788")]),
        # quarters that are known with that word only
        ("The Karama neighbourhood of Mosul", [("Karama neighbourhood of Mosul", "x:mosul-karama")]),  # noqa: E501
        ("The Karama neighbourhood of Kirkuk", [("Kirkuk", "gn:94787")]),
        ("The Zuhur neighbourhood of Kirkuk", [("Kirkuk", "gn:94787")]),
        ("The Karama neighbourhood burnt", []),
        # words that a list or what holds them shows to be places
        ("Hit and Ramadi were shelled", [("Hit", "gn:95788"), ("Ramadi", "gn:98717")]),
        ("crowds filled Tahrir Square in central Baghdad", [("Tahrir Square", "x:tahrir-square"), ("central Baghdad", "gn:98182")]),  # noqa: E501
        ("crowds filled Tahrir Square in Cairo", [("Cairo", "Egypt")]),
        # abroad
        ("missiles at Al-Tanf in Syria", [("Al-Tanf", "Syria"), ("Syria", "Syria")]),
        ("U.S. and Turkish troops", [("U.S.", "United States")]),
        ("Fighting broke out in Rabia, Syria.", [("Rabia", "Syria"), ("Syria", "Syria")]),
        ("clashes in Rabia in Latakia", [("Rabia", "Syria"), ("Latakia", "Syria")]),
        ("Two men died in Babylon, New York.", [("Babylon", "United States"), ("New York", "United States")]),  # noqa: E501
        ("A fire in Nineveh, Indiana, killed two", [("Nineveh", "United States")]),
        ("natives of Basra, Ohio", [("Basra", "United States")]),
        ("انفجار في شارع الرشيد في غزة", [("شارع الرشيد", "Palestine"), ("غزة", "Palestine")]),
        # two spaces in a name
        ("the Faw  peninsula and Abu  Ghraib", [("Faw  peninsula", "x:faw-peninsula"), ("Abu  Ghraib", "gn:100077")]),  # noqa: E501
        ("the Rashid district of Baghdad", [("Rashid district", "x:baghdad-rashid"), ("Baghdad", "gn:98182")]),  # noqa: E501
        # a list, another's deed, and a town that everybody knows
        ("attacks in Rabia, Syria and Turkey", [("Rabia", "gn:383608"), ("Syria", "Syria"), ("Turkey", "Turkey")]),  # noqa: E501
        ("In Rabia, Turkey bombed a house", [("Rabia", "gn:383608"), ("Turkey", "Turkey")]),
        ("Fight for Rabia, U.S. says", [("Rabia", "gn:383608"), ("U.S.", "United States")]),
        ("marches for Mosul in London", [("Mosul", "gn:99072"), ("London", "United Kingdom")]),
        # initials among small letters
        ("FAO staff in Mosul", [("Mosul", "gn:99072")]),
        ("FAO, Iraq - Rockets landed", [("FAO", "gn:99446"), ("Iraq", "IQ")]),
        ("GUNMEN ATTACKED FAO", [("FAO", "gn:99446")]),
        ("a tanker off Fao", [("Fao", "gn:99446")]),
        # a word leads up to a village that is called like a man
        ("Gunmen in Bashir killed two near Kirkuk", [("Bashir", "gn:97518"), ("near Kirkuk", "gn:94787")]),  # noqa: E501
        ("a shop in the Hay al-Nasr area of Kirkuk", [("Hay al-Nasr area of Kirkuk", "x:kirkuk-nasr")]),  # noqa: E501
    ],
)  # fmt: skip
def test_english(gaz: Gazetteer, text: str, expected: list[tuple[str, str]]) -> None:
    assert _told(gaz.find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They hit the target. Hit by a bomb, he fell.",
        "Ana said that Rania and Hamza met Hero.",
        "the mosulite school; basra in small letters; subbaghdad; Baghdadology",
        "Write to baghdad@example.org or see https://example.org/Baghdad/Mosul and #Basra @Erbil",
        "Could Nice people keep Reading in a Van of Mary?",
        "Muqtada al-Sadr and Qasem Soleimani",
        "Laid to Rest in Ohio's hills; the Hit area and the rural area",
        "Bashir told police he had seen it.",
        "Barzan Ibrahim was hanged on Monday.",
        "Basheer Ali was shot.",
        "FAO staff fled",
        "the FAO's office and FAW lorries",
        "ANA soldiers on patrol",
        "A bomb in Al-Shuhada neighborhood killed two.",
        "انفجار في حي العامل أمس",
        "Hamas, Hezbollah, ISIS and the Popular Mobilization Forces",
        "ارتفع عدد القتلى إلى عشرة في مدينة كبيرة",
        "Serok Barzanî got",
        "Ehmed Kerkûkî û Azad Hewlêrî gotin",
        "سەرۆک بارزانی وتی",
        "داوای لە بارزانی کرد",
        "ئەحمەد کەرکووکی گوتی",
        "التقى الكاظمي بالأعظمي",
        "",
    ],
)
def test_what_is_no_place_is_not_found(gaz: Gazetteer, text: str) -> None:
    assert _told(gaz.find(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انفجار بمدينة الصدر في بغداد", [("مدينة الصدر", "gn:7802746"), ("بغداد", "gn:98182")]),
        ("زيارة للبصرة والناصرية وكربلاء", [("بصرة", "gn:99532"), ("الناصرية", "gn:98854"), ("كربلاء", "gn:94824")]),  # noqa: E501
        ("في محافظة صلاح الدين", [("محافظة صلاح الدين", "IQG16")]),
        ("وببغداد وبالموصل", [("بغداد", "gn:98182"), ("الموصل", "gn:99072")]),
        ("طهران ودمشق", [("طهران", "Iran"), ("دمشق", "Syria")]),
        ("لە هەولێر و لە شاری کەرکووکدا", [("هەولێر", "gn:95446"), ("شاری کەرکووک", "gn:94787")]),
        ("پارێزگای دهۆک", [("پارێزگای دهۆک", "IQG09")]),
        ("في البصرة وبالناصرية فكركوك كالموصل", [("البصرة", "gn:99532"), ("الناصرية", "gn:98854"), ("كركوك", "gn:94787"), ("الموصل", "gn:99072")]),  # noqa: E501
        ("لە بەغداوە بۆ هەولێر", [("بەغدا", "gn:98182"), ("هەولێر", "gn:95446")]),
        ("لە موسڵدا", [("موسڵ", "gn:99072")]),
        ("لەموسڵیش", [("موسڵ", "gn:99072")]),
        ("لەشاری کەرکووکی", [("شاری کەرکووک", "gn:94787")]),
        ("لەیلان", [("لەیلان", "gn:94001")]),
        ("قصف القائم وراوة", [("القائم", "gn:92138"), ("راوة", "gn:92004")]),
        ("والقائم وراوة", [("القائم", "gn:92138"), ("راوة", "gn:92004")]),
        ("النزاع القائم في الأنبار", [("الأنبار", "IQG01")]),
        ("ساحة التحرير وسط العاصمة بغداد", [("ساحة التحرير", "x:tahrir-square"), ("العاصمة بغداد", "gn:98182")]),  # noqa: E501
        ("شارەکانی هەولێر و سلێمانی", [("شارەکانی هەولێر", "gn:95446"), ("سلێمانی", "gn:98463")]),
        ("قەندیلیان بۆردومان کرد", [("قەندیل", "x:qandil")]),
        ("لە هەولێری پایتەخت", [("هەولێر", "gn:95446")]),
        ("شاری کەرکووکی", [("شاری کەرکووک", "gn:94787")]),
        ("تۆپخانەی سوپا سنووری سیدەکانی بۆردومان کرد", [("سیدەکان", "gn:90727")]),
        ("پێشمەرگە شنگالی ئازاد کرد", [("شنگال", "gn:448149")]),
        ("شاری هەولێرە", [("شاری هەولێر", "gn:95446")]),
        ("ji Mûsilê ber bi Hewlêrê ve", [("Mûsil", "gn:99072"), ("Hewlêr", "gn:95446")]),
        ("انفجار في الدورة في بغداد", [("الدورة", "x:baghdad-dora"), ("بغداد", "gn:98182")]),
        ("Li Hewlêrê û li Kerkûkê", [("Hewlêr", "gn:95446"), ("Kerkûk", "gn:94787")]),
    ],
)  # fmt: skip
def test_arabic_and_kurdish(gaz: Gazetteer, text: str, expected: list[tuple[str, str]]) -> None:
    assert _told(gaz.find(text)) == expected


def test_a_shared_name_goes_with_its_company(gaz: Gazetteer) -> None:
    [first, *_] = [p for p in gaz.places() if p.id == "gn:95788"]
    mentions = gaz.find("Fighters left Ramadi and entered Hit on Friday.")
    assert mentions[-1].match.place == first


def test_a_village_told_from_a_city_abroad_is_left_open(gaz: Gazetteer) -> None:
    [village, city] = gaz.find("Bazwaya, 20 km southeast of Aleppo, was bombed.")
    assert (village.match.place, village.match.status) == (None, Status.AMBIGUOUS)
    assert "Aleppo" in village.match.why
    assert city.match.country == "Syria"


def test_nothing_of_it_is_found_alone(gaz: Gazetteer) -> None:
    assert _told(gaz.find("He entered Hit on Friday.")) == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Baghdad", "al-Qa'im", "near", "12 km", "south of", "Hit", ",", "province", "بغداد", "و", "ل",  # noqa: E501
             "between", "and", "Mosul", "of", "the", "(", ")", "\n", "’s", "Anbar", "-", "road", "هەولێر", "Li", "district", "..."]  # noqa: E501
        ),
        max_size=25,
    ),
    st.sampled_from([" ", "", "  "]),
)  # fmt: skip
def test_mentions_are_in_order_apart_and_quote_the_text(words: list[str], space: str) -> None:
    _check_mentions(space.join(words))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    _check_mentions(text)


def _check_mentions(text: str) -> None:
    end = 0
    for mention in _shared().find(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.match.status is not Status.UNRESOLVED
        end = mention.end


def _shared(kept: list[Gazetteer] = []) -> Gazetteer:  # noqa: B006
    if not kept:
        kept.append(gazetteer.load())
    return kept[0]


@pytest.mark.parametrize(
    "piece",
    ["between Samarra and ", "Baghdad, Mosul and ", "12 km south of ", "al-", "(", "A", "9", "'s ",
     "a@b", "@", "#x ", "http://", "و", "ب", "الموصل ", "محافظة ", "a\u0301", "Mosul\u200b",
     "Baghdadi ", "a Baghdadi in Mosul ", "Abu ", "“", "of the ", "road from ", "10 to "],
)  # fmt: skip
def test_time_grows_with_the_text(gaz: Gazetteer, piece: str) -> None:
    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        times = []
        for _ in range(3):
            start = time.process_time()
            gaz.find(text)
            times.append(time.process_time() - start)
        return min(times)

    seconds(2_000)
    # Were time to grow with the square of the length, it would be sixteenfold.
    assert seconds(40_000) < 8 * seconds(10_000) + 0.05
