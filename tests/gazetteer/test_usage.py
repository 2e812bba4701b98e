"""How a text uses a name, told by the words beside it."""

from __future__ import annotations

import pytest

import gazetteer
from gazetteer import Gazetteer, Use
from gazetteer.normalise import fold
from gazetteer.usage import Usage


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return gazetteer.load()


CASES = {
    Use.DATELINE: [
        "*ERBIL*, Kurdistan Region - The army said on Friday",
        "*BAGHDAD* (Reuters) - A bomb killed five",
        " *NAJAF*, Iraq (Reuters) - A mortar attack",
        "Bombs kill ten\n*BAGHDAD* US warplanes fired on targets",
        "*MOSUL*, Iraq (AP) — Militants attacked",
        "*WASHINGTON* -- The army may shorten tours",
        "*BAGHDAD*: Twin blasts killed 12",
        "*AMMAN*, Mar. 9 - Rockets hit a market",
        "*BASRA*, Iraq, Sept. 25, 2004 (AFP) - Oil spilled",
        "*MOSUL*/ERBIL, Iraq (Reuters) - Iraqi forces",
        "MOSUL/*ERBIL*, Iraq (Reuters) - Iraqi forces",
        "MOSUL/ERBIL, *Iraq* (Reuters) - Iraqi forces",
        "BAGHDAD and *MOSUL* (AP) — Gunmen",
        "BAGHDAD and MOSUL, *Iraq* (AP) — Gunmen",
        "*Baghdad*/Erbil (Rudaw) - The army",
        "*بغداد* - أعلنت الوزارة مقتل خمسة",
        "*Baghdad* (AFP) – Gunmen killed",
    ],
    Use.GOVERNMENT: [
        "troops stay, but *Baghdad* is not happy about the strikes",
        "any cooperation exists between *Washington* and Baghdad regarding the militias",
        "cooperation between Washington and *Baghdad* regarding the militias",
        "*Baghdad* authorities have denied coordinating",
        "*Tehran* denied the claim",
        "in response to *Washington*’s support for Israel",
        "a dispute with *Baghdad* over oil",
        "*Baghdad* is now taking the first steps",
        "Talks between *Erbil* and Baghdad stalled",
        "talks between Baghdad and *Erbil* after the attack",
        "a compromise between *Baghdad* and Erbil",
        "*Baghdad* and Erbil reached a deal",
        "Baghdad and *Erbil* reached a deal",
        "*Ankara* resumed negotiations",
        "رفضت *بغداد* الطلب",
        "وأعلنت *أنقرة* العملية",
        "أدانت *بغداد* التفجير الذي وقع في العاصمة الأردنية",
        "*بغداد* تؤكد موقفها",
        "العلاقات بين *بغداد* وأربيل متوترة",
        "الخلافات بين بغداد و*أربيل*",
        "بموجب الاتفاق مع *بغداد*",
        "*بەغدا* ڕەتیکردەوە",
        "*هەولێر* ڕایگەیاند",
        "رێککەوتنی نێوان *هەولێر* و بەغدا",
        "*Bexda* razî nabe",
        "*Hewlêr*ê red kir",
        "Peymana di navbera *Bexda* û Hewlêrê",
        "danûstandinên di navbera Hewlêr û *Bexdayê* de",
    ],
    Use.ORGANISATION: [
        "*Babil* Police Command said on Wednesday",
        "deputy commander of the *Baghdad* Belt Operations",
        "the *Basra* Oil Company said",
        "workers of *Najaf* municipality",
        "the governor of *Anbar* said",
        "students of the University of *Basra*",
        "محافظ *نينوى* زار",
        "the *Kirkuk* provincial council voted",
        "*Erbil* SC lost again",
        "*Erbil* Sports Club won the cup",
        "*Basra* crude rose by a dollar",
        "the *Babylon* film festival opened",
        "*Najaf*'s marjaiya called for calm",
        "the *Anbar* Salvation Council met",
        "*Basrah* Light fell to 70 dollars",
        "the price of *Basra* Heavy",
        "exports of *Basrah* medium sour crude",
        "shots on *Baghdad* Street in Damascus",
        "Radio *Basra* was told",
        "the *Nineveh Plains* Protection Units",
        "*Karbala* Satellite Channel showed it",
        "Bishop of the *Kirkuk* diocese",
        "*Soran* University was closed",
        "قالت منظمة *الفاو* الاثنين",
        "وكالة *بغداد* للأنباء",
        "عمليات *بغداد* تعلن",
        "شرطة محافظة *كركوك* تعتقل",
        "فاز نادي *أربيل* أمس",
        "قرر مجلس *البصرة* ذلك",
        "پارێزگاری *کەرکووک* گوتی",
        "پۆلیسی *هەولێر* گوتی",
        "Zanîngeha *Dihok*ê vebû",
        "Parêzgarê *Kerkûk*ê got",
        "the USS *Fallujah* sailed",
        "A bomb hit the *Mosul* hotel in Erbil",
        "the *Mosul* Grand Palace hotel in central Erbil",
        "a *Basra* restaurant in Mosul's Zuhur",
        "the *Karbala* cinema in Kirkuk",
        "*Baghdad* Gate in Kirkuk",
        "the *Mosul* hotel in Cairo",
        "فندق *الموصل* في أربيل",
        "قرب مطعم *البصرة* في الموصل",
        "سينما *كربلاء* وسط كركوك",
        "هۆتێلی *موسڵ* لە هەولێر",
        "شەقامی *بەغدا* لە کەرکووک",
        "Otêla *Mûsil*ê li Hewlêrê",
    ],
    Use.PERSON: [
        "and Sheikh *Basra* spoke",
        "Hamid *al-Fallujah* was arrested",
        "spokesman Omar *al-Samarra* told reporters",
        "Zakaria *Amara* was arrested",
        "Captain Firas *Balad* spoke",
        "The court hanged *Soran* al-Tikriti",
        "Mr. *Hilla* said",
        "Gen. *Mosul* spoke",
        "Sara *Sinjar* said",
        "Serok *Soran* got",
        "سەرۆک *بارزان* وتی",
        "Gunmen shot dead *Soran* Omar, a journalist",
        "*Nimrud* Baito said so",
        "*Amara* Diouf was hurt",
        "*Safwan* Ahmed, 20, was killed in Mosul",
        "قتل الصحفي *سوران* محمد في الموصل",
        "*Salah al-Din* al-Ayyubi took the city",
        "a statue of *Salahuddin* Ayyubi",
        "تمثال *صلاح الدين* الأيوبي",
    ],
    Use.ADJECTIVE: [
        "He spoke with a *Baghdadi* accent",
        "the *Basrawi* poet recited",
        "three *Moslawi* families returned",
        "two *Anbari* sheikhs met",
        "a *Tikriti* officer of the old army",
        "songs of the *Baghdadis*",
        "the *Iraqi* army said",
        "لهجة *بغدادية* قديمة",
        "المواطن *الموصلي* عاد",
        "العتبة *الكربلائية* المقدسة",
        "الجيش *العراقي* يتقدم",
    ],
    Use.PLACE: [
        "He left Iraq. *Mosul* fell",
        "Gunmen attacked *Safwan* on Monday",
        "*Safwan* Residents Flee Fighting",
        "Protesters in *Amara* Tuesday burned tyres",
        "Shelling hit *Nimrud*. Iraqi troops fled",
        "*Amara Prison* was stormed",
        "the *Soran* Teachers went on strike",
        "A bomb hit the *Mosul* hotel in Nineveh",
        "a *Baghdad* market in Sadr City",
        "a *Mosul* hotel was bombed",
        "مستشفى *الموصل* في نينوى",
        "شهدت *بغداد* انفجارا",
        "هزت *بغداد* انفجارات",
        "قالت الشرطة في *بغداد* إن",
        "لە *بەغدا* وتی",
        "Li *Bexdayê* got",
        "*Baghdad* held its breath",
        "*Baghdad* and Erbil were hit by rockets",
        "Roads to BAGHDAD and *MOSUL* (closed) opened",
        "in Mosul/*Erbil* on Monday",
        "an airstrike in *Baghdad*, targeting",
        "*Baghdad* was rocked by explosions",
        "Twin blasts in *Baghdad*'s Sadr City",
        "Iraqi police in *Babylon* discovered",
        "police found a missile in *Babil province* two days prior",
        "Car bombs strike *Baghdad*",
        "gunmen in *Mosul* attacked police",
        "In *al-Qa'im*, police said",
        "roads between *Mosul* and Erbil",
        "*Kirkuk*, Iraq's oil city, saw protests",
        "an *Erbil*-based journalist",
        "the *Baghdad*-based analyst said",
        "*Basra*'s residents",
        "من *بغداد* إلى البصرة",
        "لە *موسڵ*دا کوژرا",
        "ji *Mûsil*ê hatin",
    ],
}


@pytest.mark.parametrize(
    ("use", "marked"), [(use, text) for use, texts in CASES.items() for text in texts]
)
def test_use(gaz: Gazetteer, use: Use, marked: str) -> None:
    start = marked.index("*")
    text = marked.replace("*", "")
    found = [m for m in gaz.find(text) if m.start <= start < m.end]
    assert [m.use for m in found] == [use]


@pytest.mark.parametrize(
    "text",
    [
        "Abu Bakr al-Baghdadi was killed",
        "Saddam Hussein al-Tikriti fled",
        "Grand Ayatollah Ali al-Sistani said",
        "the leader, Baghdadi, died",
        "Omar al-Anbari and Ahmed al-Basrawi",
        "قال أبو بكر البغدادي",
        "صدام حسين التكريتي",
        "اعتقال محمد الموصلي",
        "القوات الهندية والشركات الصينية",
        "تهجير قسري للعائلات",
        "غرق السفينة",
    ],
)
def test_a_surname_and_a_common_word_are_no_places(gaz: Gazetteer, text: str) -> None:
    assert gaz.find(text) == []


def test_every_rule_has_its_folded_words_in_the_data(gaz: Gazetteer) -> None:
    words = Usage.read(gaz.library.core_file("usage.json")).words
    assert {"organisation_after", "government_verbs", "given_names", "person_titles"} <= set(words)
    assert all(word and word == fold(word) for group in words.values() for word in group)
