"""From a written name to a place, or to an honest no."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from gazetteer import Gazetteer, LevelError, Match, Status

CASES = Path(__file__).parents[1] / "cases"
NAMES = yaml.safe_load((CASES / "names.yml").read_text(encoding="utf-8"))
NOT_PLACES = yaml.safe_load((CASES / "not_places.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return gazetteer.load()


def _id(match: Match) -> str | None:
    return match.place.id if match.place is not None else None


def test_no_name_is_listed_twice() -> None:
    listed = Counter(
        str(name) for case in (NAMES, NOT_PLACES) for names in case.values() for name in names
    )
    assert [name for name, times in listed.items() if times > 1] == []


@pytest.mark.parametrize("place", NAMES)
def test_awkward_spellings(gaz: Gazetteer, place: str) -> None:
    answers = {name: _id(gaz.resolve(name)) for name in NAMES[place]}
    assert answers == dict.fromkeys(NAMES[place], place)


@pytest.mark.parametrize("kind", NOT_PLACES)
def test_what_is_no_place_in_iraq_is_not_accepted(gaz: Gazetteer, kind: str) -> None:
    answers = {name: gaz.resolve(name) for name in map(str, NOT_PLACES[kind])}
    assert {name: str(match.place) for name, match in answers.items() if match.place} == {}
    if kind == "outside":
        wrong = [name for name, match in answers.items() if match.status is not Status.OUTSIDE]
        assert wrong == []


@pytest.mark.parametrize(
    ("name", "within", "level", "expected"),
    [
        ("Baghdad", None, None, "IQG08"),
        ("Baghdad", None, 1, "IQG08"),
        ("Baghdad", None, "settlement", "gn:98182"),
        ("Basra", None, "settlement", "gn:99532"),
        ("Kirkuk", "Kirkuk", None, "IQG13Q04"),
        ("Mosul", "Nineveh", "settlement", "gn:99072"),
        ("Mosul", "IQG15", 2, "IQG15Q05"),
        ("Salahaddin", None, None, "IQG16"),
        ("Salahaddin", "Erbil", None, "gn:91696"),
        ("Salahaddin", "هەولێر", None, "gn:91696"),
        ("Hit", "Anbar", None, "IQG01Q07"),
        ("Hit", None, "settlement", "gn:95788"),
        ("Tameem", "Kirkuk", 1, "IQG13"),
        ("Halabja", "Sulaymaniyah", "settlement", "gn:96205"),
        ("Babil", None, "settlement", None),
        ("Mosul", None, 1, None),
    ],
)
def test_level_and_parent_decide(
    gaz: Gazetteer, name: str, within: str | None, level: int | str | None, expected: str | None
) -> None:
    assert _id(gaz.resolve(name, within=within, level=level)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Taji, Baghdad Province", "gn:98414"),
        ("TajiBaghdad Province", "gn:98414"),
        ("Iraq, Tal AfarNinawa Province", "IQG15Q08"),
        ("Mosul (Nineveh)", "IQG15Q05"),
        ("Ramadi, Anbar, Iraq", "IQG01Q03"),
        ("Iraq, Anbar, Ramadi", "IQG01Q03"),
        ("Fallujah / Anbar", "IQG01Q01"),
        ("الرمادي، الأنبار", "IQG01Q03"),
        ("Hit, Anbar", "IQG01Q07"),
        ("Baghdad, Iraq", "IQG08"),
        ("Doura district of southern Baghdad", "x:baghdad-dora"),
        ("Dora area of Baghdad", "x:baghdad-dora"),
        ("Karrada neighbourhood of Baghdad", "x:baghdad-karrada"),
        ("Nowhere district of Baghdad", None),
        ("Iraq > Anbar > Ramadi", "IQG01Q03"),
        ("RamadiAl Anbar Province", "IQG01Q03"),
        (
            "Medina, Basra",
            "IQG02Q04",
        ),  # Midaina, as it is written, too; Saudi Arabia has none there
        ("Baghdad Street", None),
        ("Basra Museum", None),
        ("Ali Kirkuk", None),
    ],
)
def test_parents_written_with_the_name_come_apart(
    gaz: Gazetteer, name: str, expected: str | None
) -> None:
    assert _id(gaz.resolve(name)) == expected


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("Basra province", "Basra", "IQG02"),
        ("Dahūk province", "Dahūk province", "IQG09"),
        ("محافظة النجف", "النجف", "IQG04"),
        ("پارێزگای هەولێر", "هەولێر", "IQG11"),
        ("Muthanna Governorate", "Muthanna", "IQG03"),
        ("Karbala Governorate, Karbala", None, "IQG12"),
        ("Fallujah district", "Fallujah district", "IQG01Q01"),
        ("Tikrit District", "Tikrit", "IQG16Q06"),
        ("قضاء هيت", "قضاء هيت", "IQG01Q07"),
        ("Fallujah", "Fallujah district", "gn:99454"),  # rather something in it
        ("Mosul city", "Mosul", "gn:99072"),
        ("Basra province", "Kirkuk", None),
    ],
)
def test_a_unit_may_be_told_as_its_own_parent(
    gaz: Gazetteer, name: str, within: str | None, expected: str | None
) -> None:
    assert _id(gaz.resolve(name, within=within)) == expected


@pytest.mark.parametrize("code", ["IQG07", "iqg07", "IQ-BB", "gn:98227"])
def test_codes(gaz: Gazetteer, code: str) -> None:
    match = gaz.resolve(code)
    assert (_id(match), match.method, match.score) == ("IQG07", "code", 1.0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Turaibil crossing", "x:trebil"),
        ("Muntheria border crossing", "x:munthiriya-crossing"),
        ("Ameriyat Al-Fallujah IDP camp", "x:aaf-camp"),
        ("Hassan Sham IDP camp", "x:hasansham-camp"),
        ("Zurbatiya border gate", "x:zurbatiyah-crossing"),
        ("Rashid district of Baghdad", "x:baghdad-rashid"),
        ("Rashid district", "x:baghdad-rashid"),
        ("Khadamiya", "IQG08Q02"),
        ("Al-Uzaym, Diyala", "gn:98958"),
        ("Tureibil border crossing point", "x:trebil"),
        ("معبر طريبيل", "x:trebil"),
        ("Ein al-Assad base", "x:ain-al-asad"),
        ("Ain al-Assad military base", "x:ain-al-asad"),
        ("Rumaylah oilfield", "x:rumaila"),
        ("Trebil base", None),  # there is none
        ("Mosul base", None),
        ("Haditha prison", None),
        ("Khor Abdullah", "x:khor-abdullah"),
        ("خور عبد الله", "x:khor-abdullah"),
        ("Army Canal", "x:army-canal"),
        ("Golden Mosque", "x:askari-shrine"),
        ("Bab Jadid, Mosul", "x:mosul-bab-al-jadid"),
        ("Tal al-Ruman", "x:mosul-tal-al-rumman"),
        ("Farouq, Mosul", "x:mosul-farouq"),
        ("Khanaqa, Erbil", "x:erbil-khanaqa"),  # and no village of the governorate
    ],
)
def test_sites_and_quarters_as_reports_call_them(
    gaz: Gazetteer, name: str, expected: str | None
) -> None:
    assert _id(gaz.resolve(name)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("IQG-15", "IQG15"), ("iq g15", "IQG15"), ("IQG-15-Q-05", "IQG15Q05"), ("IQ.15", "IQG15"),
     ("IZ15", "IQG15"), ("iz07", "IQG08"), ("IQ.07", "IQG08"), ("IZ18", "IQG16")],
)  # fmt: skip
def test_old_and_other_codes(gaz: Gazetteer, code: str, expected: str) -> None:
    match = gaz.resolve(code)
    assert (_id(match), match.method) == (expected, "code")


def test_the_code_of_the_kurdistan_region(gaz: Gazetteer) -> None:
    assert _id(gaz.resolve("IQ-KR")) == "x:kurdistan-region"


@pytest.mark.parametrize("code", ["IQG99", "IQ-ZZ", "IZ99", "gn:1", "x:nowhere", "98227"])
def test_codes_of_nothing(gaz: Gazetteer, code: str) -> None:
    assert gaz.resolve(code).status is Status.UNRESOLVED


def test_a_contradicted_governorate_is_not_taken(gaz: Gazetteer) -> None:
    match = gaz.resolve("Nineveh", within="Basra")
    assert match.status is Status.AMBIGUOUS
    assert "contradicts" in match.why


@pytest.mark.parametrize(
    ("name", "within"),
    [("Ramadi", "Kirkuk"), ("Mosul", "Basra"), ("Basra", "Mosul"), ("Taji", "Salah al-Din"),
     ("Ramadi, Kirkuk", None), ("Basra, Mosul", None), ("Mosul, Basra, Iraq", None)],
)  # fmt: skip
def test_which_half_of_a_contradiction_is_wrong_is_not_guessed(
    gaz: Gazetteer, name: str, within: str | None
) -> None:
    match = gaz.resolve(name, within=within)
    assert match.status is Status.AMBIGUOUS
    assert "the parent contradicts the name" in match.why
    assert match.candidates


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("Akre, Dohuk", None, "IQG15Q01"),
        ("Akre", "Nineveh", "IQG15Q01"),
        ("Sheikhan", "Duhok", "IQG15Q06"),
        ("Bardarash", "Dahuk", "x:bardarash-district"),
        ("Makhmour", "Ninewa", "IQG11Q04"),
        ("Makhmour", "Erbil", "IQG11Q04"),
        ("Kifri", "Sulaymaniyah", "IQG10Q06"),
        ("Kalak", "Erbil", "gn:96833"),
        ("Khabat", "Nineveh", "gn:96833"),
        ("Kifri", "Basra", None),
    ],
)
def test_who_claims_or_administers_a_district_does_not_contradict_it(
    gaz: Gazetteer, name: str, within: str | None, expected: str | None
) -> None:
    assert _id(gaz.resolve(name, within=within)) == expected


def test_who_administers_a_district_is_told(gaz: Gazetteer) -> None:
    match = gaz.resolve("Akre", within="Duhok")
    assert "Duhok claims or administers it" in match.why
    assert match.place is not None
    assert match.place.adm1 == "IQG15"  # where it is drawn


@pytest.mark.parametrize(
    ("name", "within"),
    [("Mosul", "Northern Iraq"), ("Tikrit", "north Iraq"), ("Karbala", "Southern Iraq"),
     ("Baghdad", "Central Iraq"), ("Rutba", "Western Iraq")],
)  # fmt: skip
def test_a_region_whose_ends_nobody_told_contradicts_nothing(
    gaz: Gazetteer, name: str, within: str
) -> None:
    for parent in (within, gaz.resolve(within).place):
        match = gaz.resolve(name, within=parent)
        assert _id(match) == _id(gaz.resolve(name))
        assert "ends is not known" in match.why
        assert "it lies in" not in match.why


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("Karama, Mosul", None, "x:mosul-karama"),
        ("Tahrir", "Mosul", "x:mosul-tahrir"),
        ("Jihad, Baghdad", None, "x:baghdad-jihad"),
        ("Shuhada, Fallujah", None, "x:fallujah-shuhada"),
        ("الكرامة، الموصل", None, "x:mosul-karama"),
        ("Adel, Baghdad", None, "x:baghdad-adil"),  # not the subdistrict Adel of Maysan
        ("Furat, Baghdad", None, "x:baghdad-furat"),
        ("Qadisiya", "Baghdad", "x:baghdad-qadisiyah"),  # not the governorate
        ("al-Rifai, Mosul", None, "x:mosul-rifai"),  # not the district of Dhi Qar
        ("Aden, Baghdad", None, "x:baghdad-hayy-aden"),  # not Yemen's
        ("Karama", None, None),
        ("Mithaq", "Basra", None),
    ],
)
def test_a_name_is_looked_for_in_the_parent_before_elsewhere(
    gaz: Gazetteer, name: str, within: str | None, expected: str | None
) -> None:
    assert _id(gaz.resolve(name, within=within)) == expected


@pytest.mark.parametrize(
    ("name", "within"), [("Aden", "Mosul"), ("Nablus", "IQG15Q05"), ("Khalkhal", "Wasit")]
)
def test_a_namesake_abroad_of_what_is_told_to_lie_in_iraq_is_no_place_abroad(
    gaz: Gazetteer, name: str, within: str
) -> None:
    match = gaz.resolve(name, within=within)
    assert match.status is Status.UNRESOLVED
    assert "no place of this name in" in match.why
    assert "is not in Iraq" in match.why
    assert gaz.resolve(name, within="Iraq").status is Status.OUTSIDE


def test_a_parent_with_a_little_known_namesake_abroad_leaves_it_open(gaz: Gazetteer) -> None:
    match = gaz.resolve("Dora", within="Khalkhal")  # who knows the one in Iran
    assert match.status is Status.AMBIGUOUS
    assert gaz.resolve("Zzyzx", within="Khalkhal").status is Status.OUTSIDE
    assert gaz.resolve("Hit", within="Damascus").status is Status.OUTSIDE


def test_a_parent_abroad_puts_the_name_abroad(gaz: Gazetteer) -> None:
    match = gaz.resolve("Hit", within="Syria")
    assert (match.status, match.country) == (Status.OUTSIDE, "Syria")


def test_a_weak_name_needs_context(gaz: Gazetteer) -> None:
    match = gaz.resolve("Hit")
    assert match.status is Status.AMBIGUOUS
    assert {candidate.place.id for candidate in match.candidates} == {"IQG01Q07", "gn:95788"}


def test_the_namesake_that_was_not_chosen_is_told(gaz: Gazetteer) -> None:
    match = gaz.resolve("Baghdad")
    assert "gn:98182" in {candidate.place.id for candidate in match.candidates}
    assert "gn:98182" in match.why


def test_former_names_tell_until_when(gaz: Gazetteer) -> None:
    assert "former name from 1976 until 2006 of Kirkuk" in gaz.resolve("At-Ta'mim").why
    assert "former name until 2004 of Camp Taji" in gaz.resolve("Camp Cooke").why
    assert "former name of Saadiya" in gaz.resolve("Qizil Rabat").why
    assert _id(gaz.resolve("Mosul Governorate")) == "IQG15"
    assert _id(gaz.resolve("Ramadi province")) == "IQG01"
    assert _id(gaz.resolve("Ramadi")) == "IQG01Q03"
    assert _id(gaz.resolve("Mosul Vilayet")) == "x:mosul-vilayet"  # held half of the north


def test_regions_are_no_governorates(gaz: Gazetteer) -> None:
    for name in ("Iraq", "Northern Iraq", "Southern Iraq", "north Iraq", "شمال العراق"):
        place = gaz.resolve(name).place
        assert place is not None
        assert place.adm1 is None, name


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("Nasiriyaah", "IQG17Q04"), ("Faljujah", "IQG01Q01"), ("Sulaymaniyha", "IQG06"), ("Bablyon", "IQG07"),  # noqa: E501
     ("Kirkkuk", "IQG13"), ("Baghdda", "IQG08"), ("السليمنية", "IQG06")],
)  # fmt: skip
def test_one_typing_error_is_forgiven(gaz: Gazetteer, typed: str, expected: str) -> None:
    match = gaz.resolve(typed)
    assert (_id(match), match.method) in ((expected, "fuzzy"), (expected, "variant"))


@pytest.mark.parametrize("name", ["Baghdadi", "Tikriti", "Ramada", "Karbalai", "بغدادي"])
def test_another_word_is_no_typing_error(gaz: Gazetteer, name: str) -> None:
    assert gaz.resolve(name).place is None or gaz.resolve(name).method in ("exact", "variant")


def test_every_listed_strong_name_finds_its_place_or_namesakes(gaz: Gazetteer) -> None:
    lost = []
    for place in gaz.places():
        for name in place.names:
            match = gaz.resolve(name.text)
            known = {candidate.place.id for candidate in match.candidates}
            if not name.weak and place.id not in known:
                lost.append((place.id, name.text, match.why))
    assert lost == []


def test_a_score_is_the_share_of_matches_that_are_right(gaz: Gazetteer) -> None:
    """Of the spellings, typing errors and near misses of our tables; the benchmark has more."""
    dice = random.Random(7)
    judged = [
        (gaz.resolve(name), place) for place, names in NAMES.items() for name in map(str, names)
    ]
    for match, place in judged * 4:
        at = dice.randrange(1, len(match.query))
        typed = match.query[:at] + dice.choice("abdeiklmnorstu") + match.query[at + 1 :]
        judged.append((gaz.resolve(typed), place))
    judged += [(gaz.resolve(str(n)), "nothing") for names in NOT_PLACES.values() for n in names]
    for least in (0.95, 0.85, 0.7):
        right = [_id(m) == place for m, place in judged if m.place and m.score >= least]
        assert len(right) > 100
        assert sum(right) / len(right) >= least
    answered = [(m.score, _id(m) == place) for m, place in judged if m.place]
    surest = [right for score, right in answered if score > 0.9]
    others = [right for score, right in answered if score <= 0.9]
    assert sum(surest) / len(surest) > sum(others) / len(others)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_an_answer_with_a_reason(text: str) -> None:
    match = _shared().resolve(text)
    assert match.query == text
    assert match.why
    assert (match.place is not None) == (match.status is Status.RESOLVED)
    assert 0.0 <= match.score <= 1.0


def _shared(kept: list[Gazetteer] = []) -> Gazetteer:  # noqa: B006
    if not kept:
        kept.append(gazetteer.load())
    return kept[0]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_a_missing_name_or_parent_of_a_table_is_none(gaz: Gazetteer, missing: Any) -> None:
    match = gaz.resolve(missing)
    assert (match.status, match.why) == (Status.UNRESOLVED, "there is no name")
    assert gaz.resolve("Mosul", within=missing) == gaz.resolve("Mosul")


@pytest.mark.parametrize("value", [5, 2.5, b"Mosul", ["Mosul"], {"name": "Mosul"}])
def test_what_is_no_text_is_refused(gaz: Gazetteer, value: Any) -> None:
    with pytest.raises(TypeError, match="a name is a text, not"):
        gaz.resolve(value)
    with pytest.raises(TypeError, match="a name is a text, not"):
        gaz.resolve("Mosul", within=value)


def test_unknown_levels_are_refused(gaz: Gazetteer) -> None:
    with pytest.raises(LevelError):
        gaz.resolve("Baghdad", level="county")


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("Balad", None, "IQG16Q04"),
        ("بلد", None, None),
        ("Babel", None, "IQG07"),
        ("شێخان", None, "IQG15Q06"),
        ("Jazira", None, None),
        ("Jazīra", "Wasit", None),
        ("Al-Hamza", None, None),
        ("Al-Hamza", "Babil", "gn:99107"),
        ("Al-Hamza", "Qadisiyah", "IQG05Q03"),
        ("Al-Hurriya", None, None),
        ("Hurriya", "Baghdad", "gn:9253683"),
        ("Hurriya neighbourhood", None, "gn:9253683"),
        ("Hay al-Askari", None, None),
        ("Hay al-Askari", "Fallujah", "gn:9166647"),
        ("Hay al-Askari", "Kirkuk", "gn:9167034"),
        ("Gogjali town", None, "x:mosul-gogjali"),
        ("Karama district", "Mosul", "x:mosul-karama"),
        ("Karama district, Mosul", None, "x:mosul-karama"),
        ("Karama district", "Anbar", "x:garma-district"),
        ("Adhamiyah district", "Baghdad", "IQG08Q01"),
        ("Karrada village", None, None),
        ("Dawrah town", None, None),
    ],
)
def test_namesakes_and_words_are_told_apart(
    gaz: Gazetteer, name: str, within: str | None, expected: str | None
) -> None:
    assert _id(gaz.resolve(name, within=within)) == expected


@pytest.mark.parametrize("word", ["القائم", "الدور", "هيت"])
def test_a_common_word_alone_may_be_a_place_but_not_in_prose(gaz: Gazetteer, word: str) -> None:
    assert gaz.resolve(word).place is not None
    assert gaz.find(f"قال المتحدث إن الوضع {word} لا يطمئن") == []


@pytest.mark.parametrize("name", ["Khalidiya", "الخالدية", "Saadiyah", "السعدية", "Jamhuriya"])
def test_names_that_places_we_do_not_list_share_need_a_parent(gaz: Gazetteer, name: str) -> None:
    match = gaz.resolve(name)
    assert match.status is Status.AMBIGUOUS
    assert gaz.resolve(name, within=match.candidates[0].place.adm1).place is not None


@pytest.mark.parametrize(
    "name",
    [
        "Hay al-Mu'allimin", "Al-Shuhada neighborhood", "Zahra neighbourhood", "Nasr quarter",
        "حي العامل", "حي المأمون", "گەڕەکی ئازادی", "گەڕەکی شۆڕش", "Shuhada district", "FAO", "FAW",
        "Yarmouk district", "Hayy al-Jamia", "Fadhiliya", "Al-Amiriyah", "Salamiyah", "Az Zawiyah",
        "Bashir", "Barzan",
    ],
)  # fmt: skip
def test_what_several_towns_or_people_are_called_needs_a_parent(gaz: Gazetteer, name: str) -> None:
    match = gaz.resolve(name)
    assert match.status is Status.AMBIGUOUS
    assert match.candidates


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("Hay al-Mu'allimin", "Fallujah", "x:fallujah-muallimin"),
        ("حي العامل", "بغداد", "x:baghdad-amil"),
        ("حي العامل", "نينوى", "x:mosul-aamil"),
        ("Fadhiliya", "Baghdad", "gn:96827"),
        ("Amiriyah", "Anbar", "gn:6782272"),
        ("Amiriyah", "Baghdad", "x:baghdad-amiriyah"),
        ("FAO", "Basra", "IQG02Q03"),
        ("Salamiyah", "Nineveh", "gn:91686"),
        ("Bashir", "Kirkuk", "gn:97518"),
        ("Mansour district", None, "x:baghdad-mansour"),
        ("Jolan quarter", None, "x:fallujah-jolan"),
        ("Karrada neighborhood", None, "x:baghdad-karrada"),
        ("Karama district", None, None),  # no misspelling of Karma
    ],
)
def test_a_parent_tells_which_of_them(
    gaz: Gazetteer, name: str, within: str | None, expected: str | None
) -> None:
    assert _id(gaz.resolve(name, within=within)) == expected


def test_a_weak_name_makes_no_strong_one_of_its_namesake(gaz: Gazetteer) -> None:
    assert gaz.resolve("Madinah").place is None  # Midaina's town has it without the article, too


@pytest.mark.parametrize(
    ("name", "place", "part"),
    [
        ("Hamrin Mountains, Kirkuk", "IQG13", "the part of it in Kirkuk"),
        ("Hammar marshes, Basra", "IQG02", "the part of it in Basra"),
        ("Erbil, Kurdistan Region", "IQG11", "it lies in Kurdistan Region"),
        ("Kalar, Garmian", "IQG06Q06", "it lies in Garmian"),
    ],
)
def test_a_region_agrees_with_the_governorates_it_lies_in(
    gaz: Gazetteer, name: str, place: str, part: str
) -> None:
    match = gaz.resolve(name)
    assert _id(match) == place
    assert part in match.why


def test_a_region_contradicts_other_governorates(gaz: Gazetteer) -> None:
    assert gaz.resolve("Hamrin Mountains, Basra").status is Status.AMBIGUOUS
    assert gaz.resolve("Basra, Garmian").place is None


def test_a_place_abroad_is_not_turned_into_its_country_in_a_namesake(gaz: Gazetteer) -> None:
    assert gaz.resolve("Balad, Syria").status is Status.OUTSIDE


def test_a_district_does_not_lie_in_a_town_that_is_told(gaz: Gazetteer) -> None:
    assert gaz.resolve("Kifri, Mosul").status is Status.AMBIGUOUS


@pytest.mark.parametrize("word", ["hour", "hood", "kiss", "Verdie", "الجدرية"])
def test_a_short_word_is_no_spelling_of_a_small_place(gaz: Gazetteer, word: str) -> None:
    assert gaz.resolve(word).place is None


def test_a_likely_spelling_goes_before_an_unlikely_one(gaz: Gazetteer) -> None:
    assert _id(gaz.resolve("Qayyarrah")) == "gn:99003"
    assert gaz.resolve("Siniya").status is Status.AMBIGUOUS  # Siniyah hardly more than Sinniyah


def test_how_a_name_is_spelled_is_told(gaz: Gazetteer) -> None:
    assert gaz.resolve("Hadittha").why.startswith("with one letter wrong a name of Haditha")
    assert gaz.resolve("Al-Rifa'ee").why.startswith("another spelling of a name of Rifai")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Baghdad city (Hay Foobar neighborhood)", "gn:98182"),
        ("Foobar Street, Basra city", "gn:99532"),
        ("Foobar village, Mosul city", None),
        ("Foobar, Mosul", None),
    ],
)
def test_an_unknown_quarter_of_a_city_tells_the_city(name: str, expected: str | None) -> None:
    match = gazetteer.load().resolve(name)
    assert (match.place.id if match.place else None) == expected
    assert "is known" in match.why
