"""When a text says that it was published: in a dateline, or in a line above it."""

from __future__ import annotations

from datetime import date

import pytest

import gazetteer
from mapper.extraction import extract, sentences, years

LEAD = "A car bomb exploded in a market in Hilla on Monday, killing three people, police said."
ARABIC = "قتل ثلاثة أشخاص بانفجار سيارة مفخخة في مدينة الحلة يوم الاثنين، بحسب الشرطة."
SORANI = "سێ کەس لە تەقینەوەی ئۆتۆمبێلێکی بۆمبڕێژکراودا لە شاری کەرکوک کوژران."
KURMANJI = "Sê kes li bajarê Kerkûkê di teqîna trimbêleke bombekirî de hatin kuştin."

TOLD = [
    f"Bomb in Hilla\r\n\r\nBAGHDAD, May 14, 2024 (Reuters) -\r\n{LEAD}",
    f"BAGHDAD, May 14, 2024 (Reuters)\n{LEAD}",
    f"Baghdad, May 14, 2024 / INA —\r\n{LEAD}",
    f"Bomb in Hilla\nBAGHDAD, Iraq (AP) — May 14, 2024\n\n{LEAD}",
    f"HILLA, Iraq (AP) -- Tuesday, May 14, 2024 -- {LEAD}",
    f"Bomb in Hilla\nMay 14, 2024\n{LEAD}",
    f"Bomb in Hilla\n\nTuesday, 14 May 2024\n\n{LEAD}",
    f"Bomb in Hilla\n14 May 2024 | 10:43 GMT\n\n{LEAD}",
    f"Bomb in Hilla\nBy John Smith\nMay 14, 2024 10:43 a.m.\n\n{LEAD}",
    f"2024-05-14\nBomb in Hilla\n{LEAD}",
    f"Bomb in Hilla\nShafaq News / Baghdad | 14.05.2024 09:15\n{LEAD}",
    f"Bomb in Hilla\nPosted on May 14, 2024\n{LEAD}",
    f"Bomb in Hilla\nBy Ahmed Ali | Published May 14, 2024\n{LEAD}",
    f"Bomb\n\nPublished on: May 14, 2024 | Last Updated: May 16, 2024\n\n{LEAD}",
    f"بعقوبة (العراق) 14 مايو 2024 (أ ف ب) - {ARABIC}",
    f"تفجير\nبعقوبة (العراق) 14 مايو 2024 (أ ف ب) -\n{ARABIC}",
    f"بغداد، 14 أيار 2024 - {ARABIC}",
    f"بغداد ١٤ أيار/مايو ٢٠٢٤ (رويترز) - {ARABIC}",
    f"تفجير\nبغداد / 14 أيار 2024 / واع - {ARABIC}",
    f"تفجير\nالثلاثاء 14 مايو 2024\n{ARABIC}",
    f"تفجير\nتاريخ النشر 14 أيار 2024 - 10:30\n{ARABIC}",
    f"تەقینەوە\n14ی ئایاری 2024\n{SORANI}",
    f"هەولێر، 14ی ئایاری 2024 (رووداو) - {SORANI}",
    f"Teqîn\n14ê Gulana 2024an\n{KURMANJI}",
    f"Teqîn\nHewlêr - 14.05.2024\n{KURMANJI}",
]


@pytest.mark.parametrize("text", TOLD)
def test_the_day_of_publication_that_a_text_tells(text: str) -> None:
    assert years.published(sentences.read(text)) == date(2024, 5, 14)


@pytest.mark.parametrize(
    "text",
    [
        f"Bomb in Hilla\nOn May 12, 2024, a car bomb killed three people in Hilla. {LEAD}",
        f"Bomb in Hilla\n{LEAD} It was the worst since May 12, 2024.",
        "Bomb in Hilla\nMay 12, 2024: a bomb killed three people in Hilla.",
        "Attacks\nHilla, 12 May 2024: a car bomb killed three people.",
        "May 12, 2024 - A bomb killed three in Hilla.\nMay 13, 2024 - Gunmen killed two in Mosul.",
        "Chronology\n\nMay 12, 2024\nA bomb killed three in Hilla.\n\nMay 13, 2024\nGunmen killed "
        "two in Mosul.",
        "On 12 May 2024 - a Sunday - a bomb killed three people in Hilla.",
        "Hilla Massacre, May 12, 2024 - Witnesses recalled how three people died.",
        f"Three killed in Hilla on May 12, 2024\n\n{LEAD}",
        f"Bomb\nLast updated: May 16, 2024\n{LEAD}",
        f"Bomb\nUN report of May 12, 2024\n{LEAD}",
        f"Bomb\nThe report published on May 12, 2024\n\n{LEAD}",
        f"Bomb\nFile photo: Hilla, 12 May 2024\n\n{LEAD}",
        f"Bomb\nHilla Protesters, May 12, 2024\n{LEAD}",
        "Bomb\nPolice in Hilla said that on Sunday,\n12 May 2024,\na bomb killed three people.",
        "تفجير\nفي 12 مايو 2024 قتل ثلاثة أشخاص بانفجار سيارة مفخخة في الحلة.",
        "تفجير\nيوم 12 مايو 2024 - الذي قتل فيه ثلاثة - كان داميا.",
        f"قتل ثلاثة في الحلة 12 مايو 2024 - {ARABIC}",
        f"تفجير الحلة 12 مايو 2024 - {ARABIC}",
        f"خبر\n12 أيار 2024، يوم أسود في الحلة\n{ARABIC}",
        f"Bomb in Hilla\n05/06/2024\n\n{LEAD}",
    ],
)
def test_a_day_inside_the_story_is_none_of_publication(text: str) -> None:
    assert years.published(sentences.read(text)) is None


@pytest.mark.parametrize(
    "text", [text for text in TOLD if "Kerkûk" not in text and "ک" not in text]
)
def test_weekdays_are_counted_from_it(text: str) -> None:
    frame = extract(text, gazetteer.load())
    assert frame["date"].astype("str").tolist() == ["2024-05-13"]
    assert frame["date_inferred"].tolist() == [True] and frame["killed"].tolist() == [3]


def test_the_day_of_a_telling_goes_before_the_month_of_a_headline() -> None:
    for text, told in (
        ("Rockets on Ain al-Asad: ten days in January\n\nOn Jan. 20, a Saturday, militants "
         "launched rockets at Ain al-Asad air base and wounded a soldier.", "Jan. 20, a Saturday"),
        ("Bombing in Hilla kills nine in May\n\nA car bomb killed nine people in Hilla late on 12 "
         "May, police said.", "12 May"),
        ("تفجير في الحلة يقتل تسعة في شهر أيار\n\nقتل تسعة أشخاص بانفجار سيارة مفخخة في الحلة في "
         "12 أيار، بحسب الشرطة.", "12 أيار"),
    ):  # fmt: skip
        frame = extract(text, gazetteer.load())
        assert frame["date_text"].tolist() == [told]
        assert frame["date_precision"].tolist() == ["no-year"]


def test_a_weekday_told_beside_a_day_gives_its_year() -> None:
    text = "On Jan. 20, a Saturday, gunmen killed two people in Mosul. The war of 2024 goes on."
    frame = extract(text, gazetteer.load())
    assert frame["date"].astype("str").tolist() == ["2024-01-20"]
    assert frame["date_inferred"].tolist() == [True]
    frame = extract(text, gazetteer.load(), published="2024-03-05")
    assert frame["date"].astype("str").tolist() == ["2024-01-20"]
