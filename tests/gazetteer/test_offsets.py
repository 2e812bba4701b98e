"""Areas told by distance and direction."""

from __future__ import annotations

import pytest
from geopy.distance import geodesic

import gazetteer
from gazetteer import Gazetteer, Match
from gazetteer.offsets import relation_before, split_between


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
        ("road between Kirkuk and Tikrit", None),
        ("Baghdad-Kirkuk road", None),
        ("بين بلد وسامراء", "IQG16"),
        ("بالقرب من الحويجة", "IQG13"),
    ],
)
def test_only_what_holds_all_of_it_is_claimed(gaz: Gazetteer, text: str, adm1: str | None) -> None:
    place = gaz.resolve(text).place
    assert place is not None
    assert place.adm1 == adm1


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


@pytest.mark.parametrize("text", ["Taji north of Baghdad", "Foo village near Hawija"])
def test_something_named_is_not_put_beside_its_anchor(gaz: Gazetteer, text: str) -> None:
    area = gaz.resolve(text).area
    assert area is None
