"""Areas told by distance and direction."""

from __future__ import annotations

import dataclasses

import pytest
from geopy.distance import geodesic

import gazetteer
from gazetteer import Gazetteer, LevelError, Match, Status
from gazetteer.context import Context
from gazetteer.relations import relation_before, split_between
from gazetteer.resolve import Resolver


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return gazetteer.load()


@pytest.mark.parametrize(
    ("lead", "km", "bearing"),
    [
        ("12 km south of ", 12, 180),
        ("about 20 kilometres west of ", 20, 270),
        ("some 60 miles (95 km) north-west of the city of ", 96.6, 315),
        ("ten kilometers to the northeast of ", 10, 45),
        ("1.5km east of ", 1.5, 90),
        ("just north of ", None, 0),
        ("southeast of the capital ", None, 135),
        ("على بعد 12 كم جنوب ", 12, 180),
        ("على بعد ١٥ كيلومترا شمال غرب ", 15, 315),
        ("5 km from ", 5, None),
    ],
)
def test_distance_and_direction(lead: str, km: float | None, bearing: float | None) -> None:
    relation = relation_before(lead + "X", len(lead))
    assert relation is not None
    assert relation.km == (pytest.approx(km, abs=0.1) if km is not None else None)
    assert relation.bearing == bearing


@pytest.mark.parametrize(
    "lead", ["the governor of ", "killed in ", "people from ", "12 km of ", "west ", "north and south ", ""]  # noqa: E501
)  # fmt: skip
def test_no_distance_and_no_direction(lead: str) -> None:
    assert relation_before(lead + "X", len(lead)) is None


@pytest.mark.parametrize(
    "text",
    ["between Balad and Samarra", "Road between Balad and Samarra", "the Balad-Samarra road",
     "Balad–Samarra highway", "road from Balad to Samarra"],
)  # fmt: skip
def test_two_names(text: str) -> None:
    assert split_between(text) == ("Balad", "Samarra")


def _km_from(gaz: Gazetteer, match: Match, anchor: str) -> float:
    assert match.area is not None
    point = gaz.place(anchor).point
    assert point is not None
    return float(geodesic(point[::-1], match.area.point[::-1]).km)


def test_the_point_lies_as_far_as_told(gaz: Gazetteer) -> None:
    match = gaz.resolve("40 km south of Mosul")
    assert match.method == "offset"
    assert match.area is not None
    assert match.area.anchors == ("gn:99072",)
    assert _km_from(gaz, match, "gn:99072") == pytest.approx(40, abs=0.01)
    assert match.area.point[1] < 36
    assert match.area.radius_km >= 10


def test_near_is_about_the_place(gaz: Gazetteer) -> None:
    match = gaz.resolve("near Hawija")
    assert match.place is not None
    assert match.place.adm1 == "IQG13"
    assert _km_from(gaz, match, "gn:390188") == 0


def test_between_is_about_the_middle(gaz: Gazetteer) -> None:
    match = gaz.resolve("between Balad and Samarra")
    assert match.place == gaz.place("IQG16")
    one, other = (_km_from(gaz, match, anchor) for anchor in ("gn:98112", "gn:91597"))
    assert one == pytest.approx(other, rel=0.02)
    assert match.area is not None
    assert match.area.radius_km >= one


@pytest.mark.parametrize(
    ("text", "adm1"),
    [
        ("12 km south of Mosul", "IQG15"),
        ("20 kilometres west of Ramadi", "IQG01"),
        ("on the outskirts of Basra", "IQG02"),
        ("northeast of Baghdad", None),
        ("north of Falluja", "IQG01"),  # most of that is in Anbar; no distance is told
        ("شرق ناحية امرلي", "IQG16"),
        ("west of Qaim", "IQG01"),  # or in Syria
        ("north of Hit", "IQG01"),
        ("40 km south of Baghdad", None),
        ("road between Kirkuk and Tikrit", None),
        ("Kirkuk-Baiji oil pipeline", None),
        ("Baghdad-Kirkuk road", None),
        ("بين بلد وسامراء", "IQG16"),
        ("بالقرب من الحويجة", "IQG13"),
    ],
)
def test_only_what_holds_all_of_it_is_claimed(gaz: Gazetteer, text: str, adm1: str | None) -> None:
    place = gaz.resolve(text).place
    assert place is not None
    assert place.adm1 == adm1


@pytest.mark.parametrize(
    "name",
    ["Kirkuk-Banias pipeline", "Haifa-Kirkuk pipeline", "Baghdad-Amman highway",
     "Mosul–Aleppo road", "Kirkuk-Nowhere pipeline", "road between Mosul and Aleppo"],
)  # fmt: skip
def test_the_way_to_a_place_abroad_is_not_at_its_other_end(gaz: Gazetteer, name: str) -> None:
    match = gaz.resolve(name)
    assert match.status is Status.AMBIGUOUS
    assert match.place is None
    assert len(match.candidates) == 1
    found = gaz.find(f"A bomb hit the {name} on Friday.")
    assert [m.match.place for m in found if m.match.place] == []


@pytest.mark.parametrize(
    ("name", "status"), [("near Amman", "outside"), ("near Riyadh", "ambiguous")]
)
def test_beside_what_is_not_in_iraq_is_not_in_iraq(gaz: Gazetteer, name: str, status: str) -> None:
    assert gaz.resolve(name).status == status


def test_what_an_area_touches_is_told(gaz: Gazetteer) -> None:
    why = gaz.resolve("northeast of Baghdad").why
    assert "Baghdad" in why
    assert "Diyala" in why


@pytest.mark.parametrize("text", ["12 km south of Nowhere", "near Gaza", "between Foo and Bar"])
def test_unknown_anchors_give_nothing(gaz: Gazetteer, text: str) -> None:
    assert gaz.resolve(text).place is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("A bomb 12 km south of Mosul killed two.", "12 km south of Mosul"),
        ("attacked near Hawija, police said", "near Hawija"),
        ("in southwest of the city of Fallujah", "southwest of the city of Fallujah"),
        ("the road between Balad and Samarra was", "road between Balad and Samarra"),
        ("on the Baghdad-Kirkuk road today", "Baghdad-Kirkuk road"),
        ("عبوة على بعد 12 كم جنوب الموصل", "على بعد 12 كم جنوب الموصل"),
    ],
)
def test_running_text(gaz: Gazetteer, text: str, span: str) -> None:
    [mention] = [m for m in gaz.find(text) if m.match.area is not None]
    assert mention.text == span


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("village near Hawija", ("gn:390188",)),
        ("a village south of Tikrit", ("gn:90150",)),
        ("town south of Kirkuk", ("gn:94787",)),
        ("an area west of Ramadi", ("gn:98717",)),
        ("farmland near Jalawla", ("gn:95297",)),
        ("قرية قرب الحويجة", ("gn:390188",)),
        ("قرية جنوب كركوك", ("gn:94787",)),
        ("شمال شرقي بعقوبة", ("gn:97990",)),
        ("گوندێک لە باشووری کەرکووک", ("gn:94787",)),
        ("نێوان کەرکووک و هەولێر", ("gn:94787", "gn:95446")),
    ],
)
def test_something_unnamed_lies_off_its_anchor(
    gaz: Gazetteer, text: str, anchors: tuple[str, ...]
) -> None:
    match = gaz.resolve(text)
    assert match.area is not None
    assert match.area.anchors == anchors


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hit, west of Ramadi", "Heet"),
        ("Taji north of Baghdad", "Taji"),
        ("Hay, south of Kut", "Hayy"),
        ("the town of Baiji, north of Tikrit", "Baiji"),
        ("Balad, 80 km north of Baghdad", "Balad"),
        ("Rashad, south of Kirkuk", "Rashad (Kirkuk)"),
        ("منطقة الرشاد جنوبي كركوك", "Rashad (Kirkuk)"),
        ("قضاء الحويجة جنوب غربي كركوك", "Hawija"),
    ],
)
def test_a_name_that_is_told_from_another_place_means_the_one_there(
    gaz: Gazetteer, text: str, place: str
) -> None:
    match = gaz.resolve(text)
    assert match.place is not None
    assert match.place.name == place
    assert match.area is None
    assert "told to lie" in match.why


@pytest.mark.parametrize("text", ["شرق ناحية آمرلي", "شرقي آمرلي"])
def test_the_side_of_an_arabic_unit_is_mostly_in_it(gaz: Gazetteer, text: str) -> None:
    place = gaz.resolve(text).place
    assert place is not None
    assert place.name == "Salah al-Din"


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Foo village near Hawija", "gn:390188"),
        ("Foobad, 12 km south of Mosul", "gn:99072"),
        ("Karrada, 12 km south of Mosul", "gn:99072"),  # not the one in Baghdad
        ("قرية البو فلان جنوب كركوك", "gn:94787"),
        ("55 km (35 miles) north of the capital", "gn:98182"),
    ],
)
def test_an_unknown_name_lies_in_the_area_it_is_told_in(
    gaz: Gazetteer, text: str, anchor: str
) -> None:
    area = gaz.resolve(text).area
    assert area is not None
    assert area.anchors == (anchor,)


@pytest.mark.parametrize(
    "text", ["Baghdad, 10 km north of Mosul", "Karbala, north of Mosul", "troops west of Mosul"]
)
def test_neither_a_well_known_place_elsewhere_nor_people_are_put_there(
    gaz: Gazetteer, text: str
) -> None:
    assert gaz.resolve(text).place is None


@pytest.mark.parametrize(
    "text",
    ["on the Baghdad–Kirkuk road", "طريق بغداد كركوك", "طريق بغداد - كركوك",
     "على طريق بغداد كركوك", "along the main Baghdad-Kirkuk motorway",
     "على الطريق الرابط بين بغداد وكركوك", "على الطريق الدولي الرابط بين بغداد وكركوك",
     "rêya Bexda-Kerkûk", "li ser rêya Bexda-Kerkûkê", "ڕێگای بەغدا-کەرکووک",
     "لەسەر ڕێگەی نێوان بەغدا و کەرکووک", "li ser rêya di navbera Bexda û Kerkûk de"],
)  # fmt: skip
def test_a_road_is_the_stretch_between_its_ends(gaz: Gazetteer, text: str) -> None:
    area = gaz.resolve(text).area
    assert area is not None
    assert area.anchors == ("gn:98182", "gn:94787")


@pytest.mark.parametrize(
    ("text", "km", "bearing"),
    [
        # numbers in words, fractions, ranges
        ("twenty km south of Mosul", 20, 180),
        ("twenty-five kilometres east of Tikrit", 25, 90),
        ("a dozen miles west of Ramadi", 19.3, 270),
        ("half a mile north of Balad", 0.8, 0),
        ("two and a half kilometres south of Kirkuk", 2.5, 180),
        ("2½ km south of Kirkuk", 2.5, 180),
        ("10 to 15 km north of Baiji", 12.5, 0),
        ("10-15 km north of Baiji", 12.5, 0),
        ("between 20 and 30 miles south of Baghdad", 40.2, 180),
        ("some 30 miles north-east of Baghdad", 48.3, 45),
        ("an estimated 40 k.m. southwest of Kirkuk", 40, 225),
        ("800 metres from Karbala", 0.8, None),
        # units, winds, links
        ("35km SW of Mosul", 35, 225),
        ("15 km north-northwest of Baiji", 15, 337.5),
        ("15 km SSW of Kirkuk", 15, 202.5),
        ("NW of Mosul", None, 315),
        ("NNW of Tikrit", None, 337.5),
        ("ESE of Ramadi", None, 112.5),
        ("about 45 miles (72 km) to the south of the capital Baghdad", 72.4, 180),
        ("100 km away from Basra", 100, None),
        ("20 km outside Kirkuk", 20, None),
        ("12 km from the outskirts of Mosul", 12, None),
        ("just to the west of the holy city of Karbala", None, 270),
        ("several kilometres north of Tikrit", None, 0),
        # Arabic
        ("على بعد 20 كم شمال بغداد", 20, 0),
        ("على بعد ٤٥ كيلومترا إلى الجنوب الغربي من مدينة كركوك", 45, 225),
        ("١٠ كيلو مترات جنوب الموصل", 10, 180),
        ("نحو خمسة عشر كيلومترا شرق بعقوبة", 15, 90),
        ("على بعد خمسة وعشرين كيلومترا غرب الرمادي", 25, 270),
        ("على مسافة كيلومترين من تكريت", 2, None),
        ("جنوب بغداد", None, 180),
        # Sorani and Kurmanji
        ("٢٠ کیلۆمەتر لە باشووری کەرکووک", 20, 180),
        ("١٠ کم لە باکووری ڕۆژهەڵاتی تکریت", 10, 45),
        ("لە ڕۆژئاوای موسڵ", None, 270),
        ("20km li başûrê Mûsilê", 20, 180),
        ("15 km li bakurê rojhilatê Kerkûkê", 15, 45),
        ("li rojavayê Mûsilê", None, 270),
    ],
)  # fmt: skip
def test_distances_in_four_languages(
    gaz: Gazetteer, text: str, km: float | None, bearing: float | None
) -> None:
    [mention] = gaz.find(text)
    assert mention.match.area is not None
    relation = relation_before(text, text.rindex(text.split()[-1]))
    assert relation is not None
    assert (relation.km, relation.bearing) == (km and pytest.approx(km, abs=0.1), bearing)
    place = gaz.place(mention.match.area.anchors[0])
    if km is not None and bearing is not None:
        assert _km_from(gaz, mention.match, place.id) == pytest.approx(km, abs=0.1)
    # the same words are the name of a place in a table, too
    alone = gaz.resolve(text.removeprefix("لە "))
    assert alone.area == mention.match.area


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("it fell within 10 km of Tikrit, he said", "within 10 km of Tikrit"),
        ("at a checkpoint on the outskirts of Fallujah.", "on the outskirts of Fallujah"),
        ("just outside Samarra on Monday", "just outside Samarra"),
        ("not far from Hawija", "far from Hawija"),
        ("a base next to Habbaniyah", "next to Habbaniyah"),
        ("at the southern entrance of Kirkuk", "at the southern entrance of Kirkuk"),
        ("on the road from Baghdad to Hilla", "road from Baghdad to Hilla"),
        ("on the highway linking Baghdad with Kut", "highway linking Baghdad with Kut"),
        ("midway between Balad and Samarra", "midway between Balad and Samarra"),
        ("between the towns of Balad and Samarra", "between the towns of Balad and Samarra"),
        ("عبوة بالقرب من الحويجة", "بالقرب من الحويجة"),
        ("هجوم في أطراف مدينة كركوك", "أطراف مدينة كركوك"),
        ("انفجار على الطريق بين بلد وسامراء", "الطريق بين بلد وسامراء"),
        ("في المنطقة الواقعة بين تكريت وكركوك", "بين تكريت وكركوك"),
        ("لە نزیک کەرکووک", "نزیک کەرکووک"),
        ("لە نێوان کەرکووک و تکریت", "لە نێوان کەرکووک و تکریت"),
        ("di navbera Kerkûk û Hewlêrê de", "di navbera Kerkûk û Hewlêr"),
        ("li nêzîkî Hewlêrê", "nêzîkî Hewlêr"),
        ("A convoy was hit between Baghdad and Erbil.", "between Baghdad and Erbil"),
        ("Flights between Baghdad and Erbil resumed", "between Baghdad and Erbil"),
        ("انفجار بين بغداد وأربيل", "بين بغداد وأربيل"),
        ("کاروانێک لە نێوان هەولێر و بەغدا", "لە نێوان هەولێر و بەغدا"),
        ("Karwanek di navbera Bexda û Hewlêrê de", "di navbera Bexda û Hewlêr"),
        ("troops massed around Tikrit", "around Tikrit"),
        ("a raid around the town of Baiji.", "around the town of Baiji"),
        ("teqînek li ser rêya Hewlêr-Kerkûkê", "rêya Hewlêr-Kerkûk"),
        ("لەسەر ڕێگای هەولێر-کەرکووک ڕوودا", "ڕێگای هەولێر-کەرکووک"),
        ("لەسەر ڕێگەی سلێمانی - کەرکووک", "ڕێگەی سلێمانی - کەرکووک"),
    ],
)
def test_areas_near_and_between(gaz: Gazetteer, text: str, span: str) -> None:
    assert [m.text for m in gaz.find(text) if m.match.area is not None] == [span]


@pytest.mark.parametrize(
    "text",
    [
        "on the eastern side of Mosul", "in northern Babil", "the western part of Mosul",
        "the southern districts of Baghdad", "the mayor of nearby Hawija", "he drove to Ramadi",
        "South Korea and North Carolina", "the road to Basra", "killed 12 km", "20 km of Baghdad",
        "ten miles. From Basra came", "relations between Erbil and Baghdad", "two of Mosul",
        "the Balad area of Salahuddin", "عشرة من بغداد", "في مدينة بغداد",
    ],
)  # fmt: skip
def test_no_area_is_told(gaz: Gazetteer, text: str) -> None:
    assert [m.text for m in gaz.find(text) if m.match.area is not None] == []


@pytest.mark.parametrize(
    "text",
    ["-5 km south of Mosul", "−5 km south of Mosul", "a village (-12.5 km from Tikrit",
     "-3 miles west of Ramadi", "-10 كم جنوب الموصل"],
)  # fmt: skip
def test_less_than_no_distance_leads_nowhere(gaz: Gazetteer, text: str) -> None:
    assert gaz.resolve(text).place is None
    [mention] = gaz.find(text)
    assert mention.match.status is Status.AMBIGUOUS


@pytest.mark.parametrize("text", ["Mosul-5 km south of Tikrit", "10-15 km south of Tikrit"])
def test_a_hyphen_is_no_minus(text: str) -> None:
    relation = relation_before(text, text.rindex("Tikrit"))
    assert relation is not None
    assert relation.km is not None
    assert relation.km > 0


@pytest.mark.parametrize(
    ("text", "place"),
    [("near the Iraqi-Syrian border", "x:iraq-syria-border"), ("near the Syrian border", None)],
)
def test_near_a_region_is_as_sure_as_the_region(
    gaz: Gazetteer, text: str, place: str | None
) -> None:
    match = gaz.resolve(text)
    assert (match.place.id if match.place else None) == place
    assert match.status is gaz.resolve(text.removeprefix("near ")).status


@pytest.mark.parametrize(
    ("text", "place"),
    [("NW Mosul", "Mosul"), ("NE Baghdad", "Baghdad"), ("NW Kirkuk", "Kirkuk"),
     ("SSE Fallujah", "Fallujah"), ("Mosul (NW)", "Mosul"), ("NE outskirts of Mosul", "Mosul")],
)  # fmt: skip
def test_letters_of_a_wind_are_no_part_of_a_name(gaz: Gazetteer, text: str, place: str) -> None:
    match = gaz.resolve(text)
    assert match.place is not None
    assert match.place.name == place


def test_small_letters_are_no_wind_in_running_text(gaz: Gazetteer) -> None:
    assert [m.text for m in gaz.find("shelling of NE Baghdad; ne Mosul")] == ["NE Baghdad", "Mosul"]


def test_an_area_beyond_the_border_is_outside(gaz: Gazetteer) -> None:
    match = gaz.resolve("300 km west of Rutba")
    assert match.status is Status.OUTSIDE
    assert match.place is None
    assert "outside Iraq" in match.why
    [mention] = gaz.find("Drones fell 300 km west of Rutba on Monday.")
    assert mention.match.status is Status.OUTSIDE


def test_the_polygons_of_an_area(gaz: Gazetteer) -> None:
    area = gaz.resolve("60 km south of Mosul").area
    assert area is not None
    shares = gaz.touching(area)
    assert next(iter(shares)) == "IQG15"
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert 0.9 < sum(shares.values()) <= 1.001
    with pytest.raises(LevelError):
        gaz.touching(area, level=3)


def test_a_far_circle_is_not_of_its_middle(gaz: Gazetteer) -> None:
    place = gaz.resolve("100 km away from Hilla").place
    assert place == gaz.place("IQ")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mosul outskirts", "Mosul"),
        ("Basra's outskirts", "Basra"),
        ("جزيرة سامراء", "Samarra"),
        ("بمحاذاة قضاء بلد", "Balad"),
        ("غرب الموصل بنحو 30 كيلومترا", "Nineveh"),
    ],
)
def test_the_words_of_an_area_may_stand_behind_its_name(
    gaz: Gazetteer, text: str, place: str
) -> None:
    match = gaz.resolve(text)
    assert match.place is not None
    assert match.place.name == place
    assert match.area is not None


def test_a_town_may_be_named_after_what_it_is_told_from(gaz: Gazetteer) -> None:
    match = gaz.resolve("110 kilometres (70 miles) north of Baghdad in Samarra")
    assert match.place is not None
    assert match.place.id == "gn:91597"
    elsewhere = gaz.resolve("110 kilometres north of Baghdad in Basra")
    assert elsewhere.place is None or elsewhere.place.adm1 != "IQG02"


def test_an_area_that_is_partly_abroad_lies_in_the_one_governorate_it_touches(
    gaz: Gazetteer,
) -> None:
    match = gaz.resolve("30 miles north of Basra")
    assert match.place is not None
    assert match.place.id == "IQG02"
    assert match.why == "48.3 km from Basra; it lies in Basra or abroad"


def test_a_border_has_no_point_but_governorates(gaz: Gazetteer) -> None:
    match = gaz.resolve("Zakho district, near the Turkish border")
    assert match.place is not None
    assert match.place.id == "IQG09Q04"
    assert gaz.resolve("Basra, near the Turkish border").place is None


@pytest.mark.parametrize(
    "text",
    [
        "12 km south of " * 10 + "Mosul",
        "near " * 10,
        "Foo near " * 10 + "Mosul",
        "جنوب " * 10 + "الموصل",
        "شمال شرقي " * 8 + "بعقوبة",
        ("Foo near " + "old " * 12) * 3 + "Foo",
        "between Hit and " * 10 + "Mosul",
        "between A and between B and " * 6,
        "Kut-" * 10 + "Foo" + " road" * 10,
    ],
)
def test_a_long_chain_is_told_from_nothing_and_soon(
    gaz: Gazetteer, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    resolve = Resolver.resolve

    def counted(self: Resolver, name: str, *context: Context) -> Match:
        asked.append(name)
        return resolve(self, name, *context)

    monkeypatch.setattr(Resolver, "resolve", counted)
    assert gaz.resolve(text).place is None
    gaz.find(text)
    assert len(asked) < 40


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("near near near Hawija", "gn:390188"),
        ("Foo village, near Hawija, south of Kirkuk, north of Baghdad", "gn:98182"),
    ],
)
def test_a_short_chain_is_read(gaz: Gazetteer, text: str, anchor: str) -> None:
    area = gaz.resolve(text).area
    assert area is not None
    assert area.anchors == (anchor,)


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("30 km north of Baghdad", "Diyala", "IQG10"),
        ("25 km south of Baghdad", "Babil", "IQG07"),
        ("جنوب بغداد", "بابل", "IQG07"),
        ("on the Baghdad–Kirkuk road", "Diyala", "IQG10"),
        ("Baghdad-Mosul highway", "Salah al-Din", "IQG16"),
        ("between Balad and Samarra", "Salah al-Din", "IQG16"),
        ("10 km south of Mosul", "Mosul", "IQG15Q05"),
        ("20 km west of Kirkuk", "Northern Iraq", "IQG13"),
        ("west of Ramadi", "Iraq", "IQG01"),
        ("between Balad and Samarra", "Basra", None),
        ("10 km south of Mosul", "Basra", None),
        ("on the Baghdad–Kirkuk road", "Nineveh", None),
        ("near Baiji", "Kirkuk", None),
    ],
)
def test_a_parent_holds_the_area_and_not_what_it_is_told_from(
    gaz: Gazetteer, name: str, within: str, expected: str | None
) -> None:
    match = gaz.resolve(name, within=within)
    assert (match.place.id if match.place else None) == expected
    assert match.place is not None or match.status is Status.AMBIGUOUS


@pytest.mark.parametrize(
    "name",
    [
        "Qayyarah, 6 km south of Mosul",
        "Taji, 300 km south of Baghdad",
        "Hawija, 15 km southwest of Kirkuk",
        "Bashiqa, 100 km south of Mosul",
        "Jurf al-Sakhar, 300 km north of Hilla",
    ],
)
def test_a_town_that_is_told_where_it_is_not_is_left_open(gaz: Gazetteer, name: str) -> None:
    match = gaz.resolve(name)
    assert (match.status, match.area) == (Status.AMBIGUOUS, None)
    assert match.candidates[0].place.name == name.split(",")[0]


def test_a_small_namesake_elsewhere_does_not_contradict(gaz: Gazetteer) -> None:
    match = gaz.resolve("Rashid, 12 km south of Mosul")  # one is known, south of Baghdad
    assert match.place is not None
    assert match.place.id == "IQG15"


def test_a_stretch_touches_what_is_near_its_line(gaz: Gazetteer) -> None:
    area = gaz.resolve("Baghdad-Kirkuk road").area
    assert area is not None
    assert area.width_km is not None
    assert area.width_km < area.radius_km / 3
    told = {pcode for pcode, share in gaz.touching(area).items() if share > 0.05}
    assert told == {"IQG08", "IQG10", "IQG13", "IQG16"}
    disc = dataclasses.replace(area, ends=(), width_km=None)
    assert told < set(gaz.touching(disc))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("vic. Samarra", "gn:91597"),
        ("IVO Samarra", "gn:91597"),
        ("vicinity Samarra", "gn:91597"),
        ("VIC BAQUBAH", "gn:97990"),
        ("IVO Tal Afar", "gn:90393"),
        ("li nêzîkî Mûsilê", "gn:99072"),
        ("li derdora Şingalê", "gn:448149"),
        ("li navbera Mûsil û Hewlêrê", "IQ"),
        ("di navbera Kerkûk û Hewlêrê de", "IQ"),
    ],
)
def test_near_as_soldiers_and_kurds_write_it(gaz: Gazetteer, name: str, place: str) -> None:
    match = gaz.resolve(name)
    assert (match.place and match.place.id, match.method) == (place, "offset")


def test_near_as_soldiers_write_it_in_running_text(gaz: Gazetteer) -> None:
    found = gaz.find("An IED detonated vic. Samarra. Another IVO Balad. Vic went to Kut.")
    assert [m.text for m in found] == ["vic. Samarra", "IVO Balad", "Kut"]
