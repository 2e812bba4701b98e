"""Where incidents are placed, how exactly, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from mapper.errors import SchemaError
from mapper.locating import locate
from mapper.readers import read_table
from mapper.schema import INCIDENTS, LOCATED, POINT_PRECISIONS, PRECISIONS, STATUSES, check, empty

BAGHDAD = (44.3661, 33.3152)
MOSUL = (43.1301, 36.3402)


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.load()


def incidents(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = empty(INCIDENTS, len(rows))
    frame["incident_id"] = [f"i{number}" for number in range(len(rows))]
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name == "at":
                frame.loc[number, ["longitude", "latitude"]] = value
            else:
                frame.loc[number, name] = value
    return frame


def place(gaz: gazetteer.Gazetteer, **row: Any) -> pd.Series:
    located = locate(incidents(row), gaz)
    check(located, LOCATED, "located")
    return located.iloc[0]


@pytest.mark.parametrize(
    ("row", "status", "precision", "adm1", "method"),
    [
        ({"place": "Babil"}, "resolved", "adm1", "IQG07", "name"),
        ({"place": "بابل"}, "resolved", "adm1", "IQG07", "name"),
        ({"place": "Baghdad"}, "resolved", "adm1", "IQG08", "name"),
        ({"place": "Baghdad", "geo_precision": "settlement"},
         "resolved", "settlement", "IQG08", "name"),
        ({"place": "Hilla", "geo_precision": "adm1"}, "resolved", "adm1", "IQG07", "name"),
        ({"place": "Hilla", "admin1": "Babil", "geo_precision": "settlement"},
         "resolved", "settlement", "IQG07", "name"),
        ({"place": "Hilla", "geo_precision": "relative"}, "resolved", "relative", "IQG07", "name"),
        ({"admin1": "Anbar"}, "resolved", "adm1", "IQG01", "parent"),
        ({"place": "Xyzzy", "admin1": "Anbar"}, "resolved", "adm1", "IQG01", "parent"),
        ({"place": "Qamishli", "admin1": "Duhok"}, "resolved", "adm1", "IQG09", "parent"),
        ({"place": "Mosul", "admin1": "Basra"}, "resolved", "adm1", "IQG02", "parent"),
        ({"country": "Iraq"}, "resolved", "country", None, "parent"),
        ({"place": "Iraq"}, "resolved", "country", None, "name"),
        ({"place": "Xyzzy", "country": "Iraq"}, "unresolved", None, None, None),
        ({"place": "Gaza"}, "outside", None, None, None),
        ({"place": "Hamas"}, "unresolved", None, None, None),
        ({"place": "Mosul", "country": "Jordan"}, "outside", None, None, None),
        ({"place": "12 km south of Mosul"}, "resolved", "relative", "IQG15", "name"),
        ({"place": "12 km south of Mosul", "geo_precision": "adm1"},
         "resolved", "adm1", "IQG15", "name"),
        ({"place": "12 km south of Mosul", "admin1": "Nineveh", "geo_precision": "settlement"},
         "resolved", "relative", "IQG15", "name"),
        ({"place": "south of Baghdad", "admin1": "Babil"},
         "resolved", "relative", "IQG07", "name"),
        ({"place": "south of Baghdad", "admin1": "Basra"}, "resolved", "adm1", "IQG02", "parent"),
        ({"place": "between Ramadi and Rutba", "admin1": "Anbar"},
         "resolved", "adm1", "IQG01", "name"),
        ({"place": "Muthanna Square, Najaf"}, "resolved", "adm1", "IQG04", "parent"),
        ({"place": "ساحة المثنى، النجف"}, "resolved", "adm1", "IQG04", "parent"),
        ({"place": "Xyzzy, Hilla, Babil"}, "resolved", "adm2", "IQG07", "parent"),
        ({"place": "Xyzzy (Kirkuk)", "geo_precision": "settlement"},
         "resolved", "adm1", "IQG13", "parent"),
        ({"place": "Xyzzy Square, Najaf", "admin1": "Basra"},
         "resolved", "adm1", "IQG02", "parent"),
        ({"place": "Xyzzy, Iraq"}, "unresolved", None, None, None),
        ({"place": "Xyzzy, Syria"}, "outside", None, None, None),
        ({}, "unresolved", None, None, None),
        ({"at": BAGHDAD}, "resolved", "exact", "IQG08", "coordinates"),
        ({"at": BAGHDAD, "geo_precision": "settlement"},
         "resolved", "settlement", "IQG08", "coordinates"),
        ({"at": BAGHDAD, "geo_precision": "adm1"}, "resolved", "adm1", "IQG08", "coordinates"),
        ({"at": BAGHDAD, "geo_precision": "region"}, "resolved", "region", None, "coordinates"),
        ({"at": BAGHDAD, "geo_precision": "country"}, "resolved", "country", None, "coordinates"),
        ({"at": BAGHDAD[::-1]}, "resolved", "exact", "IQG08", "coordinates"),
        ({"at": (35.93, 31.95)}, "outside", None, None, "coordinates"),
        ({"at": (35.93, 31.95), "country": "Jordan"}, "outside", None, None, None),
        ({"at": (0.0, 0.0), "admin1": "Anbar"}, "resolved", "adm1", "IQG01", "parent"),
        ({"at": (0.0, 0.0)}, "unresolved", None, None, None),
        ({"at": MOSUL, "place": "Nineveh"}, "resolved", "adm1", "IQG15", "coordinates"),
        ({"at": (44.4, 33.3)}, "resolved", "settlement", "IQG08", "coordinates"),
        ({"at": (44.0, 33.0)}, "resolved", "relative", None, "coordinates"),
        ({"at": MOSUL, "place": "Basra", "admin1": "Basra"},
         "resolved", "settlement", "IQG15", "coordinates"),
    ],
)  # fmt: skip
def test_placed(
    gaz: gazetteer.Gazetteer, row: dict[str, Any], status: str, precision: str | None,
    adm1: str | None, method: str | None,
) -> None:  # fmt: skip
    found = place(gaz, **row)
    told = found[["status", "precision", "adm1_pcode", "method"]]
    if row.get("at") == (44.0, 33.0):  # whole degrees: which governorate is not the point
        told["adm1_pcode"] = None
    assert [None if pd.isna(value) else value for value in told] == [
        status,
        precision,
        adm1,
        method,
    ]
    assert found["why"]
    assert (found["geometry"] is not None) == (precision in POINT_PRECISIONS)


@pytest.mark.parametrize(
    ("row", "place_id", "precision"),
    [
        ({"place": "Mosul"}, "gn:99072", "settlement"),
        ({"place": "الموصل"}, "gn:99072", "settlement"),
        ({"place": "Fallujah"}, "gn:99454", "settlement"),
        ({"place": "Nasiriyah", "admin1": "Dhi Qar"}, "gn:98854", "settlement"),
        ({"place": "Mosul, Nineveh Province"}, "gn:99072", "settlement"),
        ({"place": "Mosul district"}, "IQG15Q05", "adm2"),
        ({"place": "قضاء الموصل"}, "IQG15Q05", "adm2"),
        ({"place": "Mosul", "geo_precision": "adm2"}, "IQG15Q05", "adm2"),
        ({"place": "Sinjar district", "admin1": "Nineveh", "admin2": "Sinjar"},
         "IQG15Q07", "adm2"),
        ({"place": "Sinjar", "admin1": "Nineveh", "admin2": "Sinjar"}, "gn:448149", "settlement"),
        ({"admin1": "Nineveh", "admin2": "Mosul"}, "IQG15Q05", "adm2"),
        ({"place": "Baghdad"}, "IQG08", "adm1"),
        ({"place": "Najaf"}, "IQG04", "adm1"),
        ({"place": "Najaf", "admin1": "Najaf"}, "gn:98860", "settlement"),
        ({"place": "Basra", "admin1": "Basra"}, "gn:99532", "settlement"),
        ({"place": "Najaf governorate", "admin1": "Najaf"}, "IQG04", "adm1"),
        ({"place": "Nineveh", "admin1": "Nineveh"}, "IQG15", "adm1"),
    ],
)  # fmt: skip
def test_of_a_unit_and_its_town_the_place_column_means_the_town(
    gaz: gazetteer.Gazetteer, row: dict[str, Any], place_id: str, precision: str
) -> None:
    found = place(gaz, **row)
    assert (found["place_id"], found["precision"]) == (place_id, precision)


def test_it_is_said_that_the_town_was_taken(gaz: gazetteer.Gazetteer) -> None:
    assert "rather than the district" in place(gaz, place="Mosul")["why"]


def test_a_swapped_pair_is_mended_and_said(gaz: gazetteer.Gazetteer) -> None:
    found = place(gaz, at=BAGHDAD[::-1])
    assert (found["geometry"].x, found["geometry"].y) == BAGHDAD
    assert "swapped" in found["why"]


def test_mended_coordinates_are_in_our_columns_and_the_source_s_in_their_own(
    gaz: gazetteer.Gazetteer, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    rows = "Mosul,43.13,36.34,by night\nMosul,36.34,-43.13,\nMosul,36.34,43.13,\n,33.5,36.3,\n"
    path.write_text(f"place,latitude,longitude,notes\n{rows}Zakho,x,,\n", "utf-8")
    located = locate(read_table(path), gaz)
    assert located["latitude"].tolist()[:4] == [36.34] * 3 + [33.5]
    assert located["longitude"].tolist()[:4] == [43.13] * 3 + [36.3]
    assert located["latitude_original"].tolist() == ["43.13", "36.34", "36.34", "33.5", "x"]
    assert located["notes"].iloc[0].startswith("by night; latitude and longitude were swapped")
    assert "a minus" in located["notes"].iloc[1] and pd.isna(located["notes"].iloc[2])
    again = locate(located, gaz)
    assert again["notes"].iloc[:4].equals(located["notes"].iloc[:4])
    assert again.geometry.iloc[:3].geom_equals(located.geometry.iloc[:3]).all()


def test_a_contradiction_keeps_the_coordinates_and_tells_the_distance(
    gaz: gazetteer.Gazetteer,
) -> None:
    found = place(gaz, at=MOSUL, place="Basra", admin1="Basra")
    assert (found["geometry"].x, found["geometry"].y) == MOSUL
    assert "Basra is in IQG02, they in IQG15" in found["why"] and "km away" in found["why"]
    assert found["score"] < 0.7


@pytest.mark.parametrize(
    ("row", "status", "kilometres"),
    [
        ({"place": "Hilla", "admin1": "Babil", "at": (35.93, 31.95)}, "resolved", 802),
        ({"place": "Hilla", "admin1": "Babil", "at": (4.442, 32.48)}, "resolved", 3735),
        ({"place": "Hilla", "admin1": "Babil", "at": (0.0, 32.48)}, "resolved", 4144),
        ({"place": "Mosul", "country": "Iraq", "at": (4.313, 36.34)}, "resolved", 3460),
        ({"admin1": "Babil", "country": "Iraq", "at": (35.93, 31.95)}, "resolved", 772),
        ({"place": "Hilla", "at": (35.93, 31.95)}, "outside", 802),
        ({"admin1": "Babil", "at": (35.93, 31.95)}, "outside", 772),
        ({"place": "Hilla", "admin1": "Anbar", "country": "Iraq", "at": (35.93, 31.95)},
         "outside", 293),
        ({"place": "Albu Kamal", "at": (40.92, 34.45)}, "outside", None),
        ({"place": "Xyzzy", "country": "Iraq", "at": (35.93, 31.95)}, "outside", None),
    ],
)  # fmt: skip
def test_coordinates_abroad_are_weighed_against_names_in_iraq(
    gaz: gazetteer.Gazetteer, row: dict[str, Any], status: str, kilometres: int | None
) -> None:
    found = place(gaz, **row)
    assert found["status"] == status
    apart = found["contradiction_km"]
    assert kilometres is None if pd.isna(apart) else abs(apart - kilometres) < 20
    assert ("lie outside Iraq and are not used" in found["why"]) == (status == "resolved")
    assert ("contradicts its names" in found["why"]) == (status == "outside" and pd.notna(apart))
    if status == "resolved":
        point = found["geometry"]
        assert found["score"] < 0.7 and (point is None or point.x > 40)


def test_a_place_just_over_the_border_is_not_brought_home(gaz: gazetteer.Gazetteer) -> None:
    safwan = place(gaz, place="Safwan", admin1="Basra")["geometry"]
    found = place(gaz, place="Safwan", admin1="Basra", at=(safwan.x, safwan.y - 0.2))
    assert (found["status"], round(found["contradiction_km"])) == ("outside", 22)


def test_coordinates_that_are_out_of_range_leave_the_names(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "place,governorate,lat,lon\nHilla,Babil,95.3,44.43\nHilla,Babil,132.48,44.43\n"
        "Hilla,Babil,32.48,1044.43\nHilla,Babil,44.43,32.48\n",
        "utf-8",
    )
    located = locate(read_table(path), gazetteer.load())
    assert located["status"].eq("resolved").all()
    assert located["method"].tolist() == ["name", "name", "name", "coordinates"]
    assert located["notes"][1].startswith("coordinates not used: 132.48, 44.43 are out of range")


def test_a_district_that_does_not_hold_the_place_is_told(gaz: gazetteer.Gazetteer) -> None:
    found = place(gaz, place="Mosul", admin1="Nineveh", admin2="Telafar")
    assert "not in Tal Afar" in found["why"] and found["score"] < 0.7
    for admin2 in ("Mosul", "Xyzzy"):
        assert "not in" not in place(gaz, place="Mosul", admin1="Nineveh", admin2=admin2)["why"]
    assert "not in" not in place(gaz, place="Nineveh", admin1="Nineveh", admin2="Mosul")["why"]


@pytest.mark.parametrize(
    ("names", "status", "words"),
    [
        ({"admin1": "Erbil", "admin2": "Sinjar"}, "ambiguous", "Sinjar (IQG15Q07, adm2) does not"),
        ({"admin1": "Anbar", "admin2": "Basra", "place": "Xyzzy"}, "ambiguous", "not lie in Anbar"),
        ({"admin1": "Erbil", "admin2": "Sinjar", "place": "Shaqlawa"}, "resolved", "contradict"),
        ({"admin1": "Dohuk", "admin2": "Akre"}, "resolved", "only Akre"),  # told in both
        ({"admin1": "Baghdad", "admin2": "Xyzzy"}, "resolved", "only Baghdad"),
    ],
)
def test_a_district_of_another_governorate_is_told(
    gaz: gazetteer.Gazetteer, names: dict[str, str], status: str, words: str
) -> None:
    found = place(gaz, **names)
    assert found["status"] == status and words in found["why"]
    assert status == "resolved" or "IQG" in found["candidates"]


def test_names_that_do_not_contradict_are_not_flagged(gaz: gazetteer.Gazetteer) -> None:
    found = place(gaz, at=MOSUL, place="Mosul", admin1="Nineveh", geo_precision="settlement")
    assert "contradicts" not in found["why"] and found["score"] == 1.0
    assert found["place_name"] == "Mosul"


def test_coordinates_just_over_the_drawn_border_stay_in_iraq(gaz: gazetteer.Gazetteer) -> None:
    corners = gaz.boundaries(1).get_coordinates()
    tip = corners.loc[corners["x"] == corners["x"].min()].iloc[0]
    told = place(gaz, at=(tip.x - 0.03, tip.y), country="Iraq")
    untold = place(gaz, at=(tip.x - 0.03, tip.y))
    assert (told["status"], told["adm1_pcode"]) == ("resolved", "IQG01")
    assert "just outside" in told["why"]
    assert untold["status"] == "outside"


def test_rejected_rows_stay_rejected(gaz: gazetteer.Gazetteer) -> None:
    found = place(gaz, place="Mosul", at=MOSUL, rejected="a total, not an incident")
    assert (found["status"], found["why"]) == ("rejected", "a total, not an incident")
    assert found["geometry"] is None and pd.isna(found["place_id"])


def test_a_wrong_frame_is_named(gaz: gazetteer.Gazetteer) -> None:
    with pytest.raises(SchemaError, match="place"):
        locate(incidents({}).drop(columns="place"), gaz)


def test_nothing_in_nothing_out(gaz: gazetteer.Gazetteer) -> None:
    located = locate(empty(INCIDENTS), gaz)
    assert located.empty and isinstance(located, gpd.GeoDataFrame)


def test_own_columns_and_what_was_said_go_on(gaz: gazetteer.Gazetteer) -> None:
    frame = incidents({"place": "Mosul"}).assign(mine=["x"])
    frame.attrs["said"] = ["read"]
    located = locate(frame, gaz)
    assert located["mine"].tolist() == ["x"] and located.attrs["said"] == ["read"]
    again = locate(located, gaz)
    assert again["place_id"].tolist() == located["place_id"].tolist()


names = st.sampled_from(
    [
        "Babil",
        "Mosul",
        "Hilla",
        "Gaza",
        "Xyzzy",
        "Baghdad",
        "Anbar",
        "Iraq",
        "بغداد",
        "<b>",
        "IQG07",
        "",
        None,
    ]
)
degrees = st.none() | st.floats(-180, 180) | st.sampled_from([0.0, 33.3, 44.4, 36.34, 43.13])
row = st.fixed_dictionaries(
    {
        "place": names, "admin1": names, "admin2": names,
        "country": st.sampled_from(["Iraq", "Syria", None]),
        "longitude": degrees, "latitude": degrees,
        "geo_precision": st.none() | st.sampled_from(PRECISIONS),
        "rejected": st.sampled_from([None, None, None, "broken"]),
    }
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(row, min_size=1, max_size=12))
def test_every_row_is_accounted_for_and_no_point_invented(
    gaz: gazetteer.Gazetteer, rows: list[dict[str, Any]]
) -> None:
    given_ = incidents(*({k: v for k, v in row.items() if v is not None} for row in rows))
    located = locate(given_, gaz)
    check(located, LOCATED, "located")
    assert located["incident_id"].tolist() == given_["incident_id"].tolist()
    assert located["status"].isin(STATUSES).all()
    pointed = located.geometry.notna()
    assert not (pointed & ~located["precision"].isin(POINT_PRECISIONS)).any()
    assert not (pointed & (located["status"] != "resolved")).any()
    resolved = located["status"] == "resolved"
    assert (located["precision"].notna() == resolved).all()
    claimed = located["geo_precision"].map(PRECISIONS.index, na_action="ignore")
    reached = located["precision"].map(PRECISIONS.index, na_action="ignore")
    assert not (reached < claimed).any(), "finer than the source claims"


def test_the_real_table(gaz: gazetteer.Gazetteer, shared_data: Any) -> None:
    frame = read_table(shared_data / "dev" / "ucdp_ged_iraq_dev.csv")
    truth = gazetteer.load(shared_data / "cod-ab").containing(frame["longitude"], frame["latitude"])
    has_one = (~frame["geo_precision"].isin(("region", "country"))).to_numpy()
    bare = frame.assign(longitude=pd.array([pd.NA] * len(frame), dtype="Float64"))
    for rows, bar in ((frame, 0.995), (bare, 0.97)):
        located = locate(rows, gaz)
        right = (located["adm1_pcode"] == truth["adm1_pcode"]).to_numpy()[has_one]
        assert right.mean() >= bar
        vague = located["geo_precision"].isin(("adm1", "region", "country"))
        assert located[vague].geometry.isna().all()


def test_a_wrong_minus_is_mended_where_names_say_iraq(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "place,country,lat,lon\nMosul,,36.34,-43.13\n,Iraq,-33.31,44.36\n,,36.34,-43.13\n", "utf-8"
    )
    located = locate(read_table(path), gazetteer.load())
    assert located["status"].tolist() == ["resolved", "resolved", "outside"]
    assert located["adm1_pcode"].tolist()[:2] == ["IQG15", "IQG08"]
    assert "without the minus they would lie in it" in located["why"][2]
    assert any("2 rows" in line and "minus" in line for line in located.attrs["said"])


def test_own_columns_called_as_ours_are_kept_beside_them(gaz: gazetteer.Gazetteer) -> None:
    own = incidents({"place": "Mosul"}).assign(status="verified", why="checked", geometry="here")
    located = locate(own, gaz)
    check(located, LOCATED, "located")
    told = located[["status", "status_original", "why_original", "geometry_original"]].iloc[0]
    assert told.tolist() == ["resolved", "verified", "checked", "here"]
    again = locate(located, gaz)
    assert again.columns.tolist() == located.columns.tolist()
    assert again["status_original"].tolist() == ["verified"]


def test_a_name_is_placed_where_its_line_within_the_told_unit_says(tmp_path: Path) -> None:
    names = "name,within,id,longitude,latitude\nMosul,Basra,,47.5,30.5\nHilla,Basra,IQG15Q05,,\n"
    (tmp_path / "names.csv").write_text(names)
    rows = "place,admin1\nMosul,\nMosul,Basra\nMosul,Ninewa\nHilla,Basra\nHilla,Babil\n"
    (tmp_path / "rows.csv").write_text(rows)
    decided = gazetteer.load("core", names=tmp_path / "names.csv")
    located = locate(read_table(tmp_path / "rows.csv"), decided)
    expected = ["gn:99072", "x:own-1", "gn:99072", "IQG15Q05", "gn:99347"]
    assert located["place_id"].tolist() == expected
    assert located["precision"].tolist() == ["settlement"] * 3 + ["adm2", "settlement"]
    assert located["radius_km"].iloc[1] == 1


@pytest.mark.parametrize(
    ("place", "pcode", "precision"),
    [
        ("Muthanna Square, Najaf", "IQG04", "adm1"),
        ("Blue Bakery Street, Khanaqin, Diyala", "IQG10", "adm2"),
        ("مقهى الوردة الزرقاء، كركوك", "IQG13", "adm1"),
        ("Blue Bakery Street, Nowhereville", None, None),
        ("Blue Bakery Street, Iraq", None, None),
        ("Blue Bakery Street, Amman", None, None),
    ],
)
def test_an_unknown_place_is_counted_on_the_unit_it_is_written_with(
    gaz: gazetteer.Gazetteer, place: str, pcode: str | None, precision: str | None, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(f'place\n"{place}"\n', encoding="utf-8")
    row = locate(read_table(tmp_path / "t.csv"), gaz).iloc[0]
    told = [None if pd.isna(row[name]) else row[name] for name in ("adm1_pcode", "precision")]
    assert told == [pcode, precision], row["why"]
    assert row["geometry"] is None
    assert row["method"] == "parent" or pcode is None


TOLD_AND_COLUMNS = [  # place, admin1, admin2, the unit it is counted on, its score, words of why
    ("Blue Bakery, Tal Afar", "", "", "IQG15Q08", 0.9, "Tal Afar, which it is told with, holds it"),
    ("Blue Bakery, Tal Afar", "Ninewa", "", "IQG15Q08", 0.9, "told with, holds it"),
    ("Blue Bakery (Tal Afar)", "Ninewa", "", "IQG15Q08", 0.9, "told with, holds it"),
    ("Blue Bakery - Baghdad", "", "", "IQG08", 0.9, "Baghdad, which it is told with, holds it"),
    ("Tal Afar (blue bakery)", "", "", "IQG15Q08", 0.9, "told with, holds it"),
    ("Blue Bakery, Ninewa", "Ninewa", "Tal Afar", "IQG15Q08", 0.9, "parent column says Tal Afar"),
    ("Blue Bakery, Hilla", "Ninewa", "", "IQG15", 0.6, "says Nineveh, not Hilla, which it is told"),
    ("Blue Bakery - Hilla", "", "Sinjar", "IQG15Q07", 0.6, "says Sinjar, not Hilla"),
    ("Blue Bakery, Hilla, Ninewa", "", "", None, None, "no place 'Blue Bakery' in Hilla is known"),
    ("Blue Bakery-Baghdad", "Ninewa", "", "IQG15", 0.9, "parent column says Nineveh"),
]


@pytest.mark.parametrize(("place", "admin1", "admin2", "unit", "score", "why"), TOLD_AND_COLUMNS)
def test_an_unknown_place_is_counted_on_the_finer_of_what_agrees(
    gaz: gazetteer.Gazetteer, place: str, admin1: str, admin2: str, unit: str | None,
    score: float | None, why: str,
) -> None:  # fmt: skip
    row = locate(incidents({"place": place, "admin1": admin1, "admin2": admin2}), gaz).iloc[0]
    told = [None if pd.isna(row[name]) else row[name] for name in ("place_id", "score")]
    assert told == [unit, score]
    assert why in row["why"] and "known only elsewhere" not in row["why"]
    assert row["geometry"] is None
