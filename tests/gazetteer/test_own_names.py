"""The user's own names go before everything, and bad rows are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from gazetteer import DataError, Status
from gazetteer.cli import main
from gazetteer.own_names import left_open, read


def written(folder: Path, text: str) -> Path:
    path = folder / "my_names.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> gazetteer.Gazetteer:
    rows = """name;pcode;lon;lat;level
Depot Seven;;44.4;33.3;site
Mosul;gn:99072;;;
Gaza;IQG07;;;
The Bend;IQG07;;;
مخزن سبعة;;44.4;33.3;
Twin Hill;;43.0;36.3;
Twin Hill;;44.42;33.31;
"""
    return gazetteer.load(names=written(tmp_path_factory.mktemp("own"), rows))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Depot Seven", "Depot Seven"),
        ("DEPOT-SEVEN", "Depot Seven"),
        ("Depot Seven, Baghdad", "Depot Seven"),
        ("مخزن سبعة", "مخزن سبعة"),
        ("Gaza", "Babil"),  # a foreign place otherwise
        ("The Bend", "Babil"),
        ("Babil", "Babil"),
        ("IQG07", "Babil"),
        ("Falluja", "Fallujah"),
    ],
)
def test_own_names_go_first(own: gazetteer.Gazetteer, name: str, expected: str) -> None:
    match = own.resolve(name)
    assert match.place is not None, match.why
    assert match.place.name == expected


def test_an_own_name_means_its_place_alone(own: gazetteer.Gazetteer) -> None:
    """Mosul is also a district of that name, which would claim less."""
    match = own.resolve("Mosul")
    assert [candidate.place.id for candidate in match.candidates] == ["gn:99072"]
    assert gazetteer.load().resolve("Mosul").place != match.place


def test_a_point_has_its_units_and_an_id(own: gazetteer.Gazetteer) -> None:
    place = own.resolve("Depot Seven").place
    assert place is not None
    assert (place.level, place.adm1, place.point) == ("site", "IQG08", (44.4, 33.3))
    assert own.place(place.id) is place
    assert place.polygon_level == "adm1"
    assert place in own.places()
    assert own.resolve(place.id).place is place


def test_a_named_place_keeps_its_codes(own: gazetteer.Gazetteer) -> None:
    assert own.place("IQ-BB") is own.place("IQG07")
    assert "The Bend" in [name.text for name in own.place("IQG07").names]


def test_two_rows_of_one_name_are_told_apart_by_their_parent(own: gazetteer.Gazetteer) -> None:
    assert own.resolve("Twin Hill").status is Status.AMBIGUOUS
    place = own.resolve("Twin Hill", within="Baghdad").place
    assert place is not None
    assert place.adm1 == "IQG08"


@pytest.mark.parametrize("within", ["Basra", "IQG02", None])
def test_an_own_name_goes_before_the_parent_that_is_told(
    own: gazetteer.Gazetteer, within: str | None
) -> None:
    match = own.resolve("Depot Seven" if within else "Depot Seven, Basra", within=within)
    assert match.place is not None
    assert match.place.adm1 == "IQG08"
    assert "your own name, although it does not lie in Basra" in match.why


def test_own_names_are_found_in_text(own: gazetteer.Gazetteer) -> None:
    mentions = own.find("A rocket fell near Depot Seven on Monday.")
    assert [mention.match.candidates[0].place.name for mention in mentions] == ["Depot Seven"]


BAD = {
    "name,id\n,IQG07\n": "row 2: there is no name",
    "name,id\n\nBend,IQG99\n": "row 3: no place has the id 'IQG99'",
    "name,id,level\nBend,IQG07,adm2\n": "row 2: Babil .* is not of level adm2",
    "name,id,level\nBend,IQG07,hamlet\n": "row 2: unknown level 'hamlet'",
    "name,id\nBend,\n": "row 2: 'Bend' has neither an id nor coordinates",
    "name,lon,lat\nBend,44.4\n": "row 2: 'Bend' has a longitude but no latitude",
    "name,id,lon,lat\nBend,IQG07,,33\n": "row 2: 'Bend' has a latitude but no longitude",
    "name,id,lon,lat\nBend,IQG07,44,33\n": "row 2: 'Bend' has an id and coordinates: give one",
    "name,lon,lat\nBend,,\n": "row 2: 'Bend' has neither an id nor coordinates",
    "name,lon,lat\nBend,33.3,44.4\n": "row 2: .* not in Iraq: are they swapped",
    "name,lon,lat\nBend,48.0,29.4\n": "row 2: longitude 48, latitude 29.4 is not in Iraq",  # Kuwait
    "name,lon,lat\nBend,48.5,32\n": "row 2: longitude 48.5, latitude 32 is not in Iraq",  # Iran
    "name,lon,lat\nBend,40,30\n": "row 2: longitude 40, latitude 30 is not in Iraq",
    "name,lon,lat\nBend,41.0,36.5\n": "row 2: longitude 41, latitude 36.5 is not in Iraq",  # Syria
    "name,lon,lat\nBend,nan,33\n": "row 2: .* not in Iraq",
    "name,lon,lat\nBend,44°,33\n": "row 2: 44°, 33 are not decimal degrees",
    "name,lon,lat,level\nBend,44.4,33.3,adm3\n": "row 2: a point is no adm3",
    "name,lon\nBend,44\n": "needs the columns name, and id or longitude and latitude",
    "id,name,pcode\nIQG07,Bend,IQG07\n": "several columns are the id",
    "": "the file is empty",
    f"name,id\n{'x' * 200_000},IQG07\n": "row 2: field larger than field limit",
}


@pytest.mark.parametrize(("text", "message"), BAD.items())
def test_bad_rows_are_named(text: str, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(DataError, match=message) as refused:
        gazetteer.load(names=path)
    assert str(path) in str(refused.value)


def test_a_point_hardly_over_the_border_is_of_the_governorate_there(tmp_path: Path) -> None:
    gaz = gazetteer.load(names=written(tmp_path, "name,lon,lat\nGate,48.02,30.52\n"))  # Shalamcheh
    assert gaz.containing(48.02, 30.52)["adm1_pcode"].isna().all()
    place = gaz.resolve("Gate").place
    assert place is not None
    assert (place.adm1, place.adm2) == ("IQG02", None)


@pytest.mark.parametrize("code", ["iqg07", "IQG07", "Iqg07", "iq-bb", "GN:98227"])
def test_a_code_may_be_in_small_letters(code: str, tmp_path: Path) -> None:
    place = gazetteer.load(names=written(tmp_path, f"name,id\nBend,{code}\n")).resolve("Bend").place
    assert place is not None
    assert place.id == "IQG07"


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.csv: no such file"):
        read(tmp_path / "none.csv")
    path = tmp_path / "old.csv"
    path.write_bytes("name,id\nالموصل,IQG07\n".encode("cp1256"))
    with pytest.raises(DataError, match="line 2: not UTF-8"):
        read(path)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text("name,id\n" + text, encoding="utf-8", errors="replace")
    try:
        names = read(path)
    except DataError as error:
        assert str(path) in str(error)
    else:
        assert all(name.text and name.id for name in names)


def test_the_command_takes_own_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "name,id\nThe Bend,IQG07\n")
    assert main(["resolve", "--json", "--names", str(path), "The Bend"]) == 0
    assert json.loads(capsys.readouterr().out)["place"]["id"] == "IQG07"
    path.write_text("name,id\nThe Bend,IQG77\n")
    assert main(["resolve", "--names", str(path), "The Bend"]) == 2
    assert "row 2" in capsys.readouterr().err


TODO = "name;within;rows;reason;candidates;id;longitude;latitude\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_list_half_decided_and_saved_by_a_spreadsheet(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "todo.csv"
    rows = "مخيم الأمل;;2;not known;;;43,22;36,41\nAtlantis;;1;not known;;;;\nBend;;1;;;IQG07;;\n"
    path.write_bytes((TODO + rows).replace(";", separator).encode(encoding))
    assert [(name.text, name.point) for name in read(path)] == [
        ("مخيم الأمل", (43.22, 36.41)),
        ("Bend", None),
    ]
    assert "1 name has neither an id nor coordinates yet" in left_open(path)[0]


def test_a_workbook_of_names_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "todo.xlsx").write_bytes(b"PK\x03\x04 and more")
    with pytest.raises(DataError, match="save its sheet as CSV UTF-8"):
        read(tmp_path / "todo.xlsx")


def test_nothing_is_measured_from_an_own_name_of_an_area(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,id\nSector Nine,IQG08Q02\nPost Nine,gn:98414\n", encoding="utf-8")
    gaz = gazetteer.load("core", names=path)
    match = gaz.resolve("12 km south of Sector Nine")
    assert match.place is None
    assert "is an area" in match.why
    assert [candidate.place.id for candidate in match.candidates] == ["IQG08Q02"]
    assert gaz.resolve("12 km south of Post Nine").area is not None


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> gazetteer.Gazetteer:
    rows = """name,within,id,longitude,latitude
Mosul,Basra,,47.5,30.5
Camp Sunrise,Ninewa,,43.22,36.41
Kut,"Hawija, Kirkuk, Iraq",gn:99107,,
Hilla,Basra,IQG15Q05,,
Depot Nine,Iraq,,44.4,33.3
Depot Ten,Atlantis,,44.4,33.3
Foobar,"Atlantis, Iraq",IQG02,,
Falluja,,,47.5,30.5
"""
    return gazetteer.load("core", names=written(tmp_path_factory.mktemp("decided"), rows))


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("Mosul", None, "IQG15Q05"),
        ("Mosul", "Basra", "x:own-1"),
        ("Mosul", "Ninewa", "IQG15Q05"),
        ("Mosul, Basra", None, "x:own-1"),
        ("Camp Sunrise", None, None),
        ("Camp Sunrise", "Ninewa", "x:own-2"),
        ("camp-sunrise", "IQG15Q05", "x:own-2"),  # a district of it
        ("Camp Sunrise, Nineveh", None, "x:own-2"),
        ("Camp Sunrise", "Basra", None),
        ("Kut", None, "IQG18Q02"),
        ("Kut", "Hawija", "gn:99107"),
        ("Kut", "Kirkuk", None),  # wider than what is decided
        ("Hilla", "Basra", "IQG15Q05"),
        ("Depot Nine", None, "x:own-5"),
        ("Depot Nine", "Iraq", "x:own-5"),
        ("Depot Ten", None, None),  # it is told to lie in what is not known
        ("Depot Ten", "Baghdad", None),
        ("Depot Ten", "Atlantis", None),
        ("Foobar", None, None),
        ("Foobar", "Basra", None),
        ("Falluja", None, "x:own-8"),
        ("Falluja", "Basra", "x:own-8"),
        ("Falluja", "Anbar", "IQG01Q01"),
    ],
)
def test_a_name_decided_within_a_unit_means_that_only_there(
    decided: gazetteer.Gazetteer, name: str, within: str | None, expected: str | None
) -> None:
    place = decided.resolve(name, within=within).place
    assert (place.id if place else None) == expected


def test_a_line_that_decides_nothing_is_said(
    decided: gazetteer.Gazetteer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [remark.split(": ", 1)[1] for remark in decided.remarks] == [
        "'Depot Ten' decides nothing: its within, 'Atlantis', is not known",
        "'Foobar' decides nothing: its within, 'Atlantis, Iraq', is not known",
    ]
    path = written(tmp_path, "name,within,id\nDepot Ten,Atlantis,IQG07\n")
    main(["resolve", "--data", "core", "--names", str(path), "Depot Ten"])
    assert f"note: {path}, row 2: 'Depot Ten' decides nothing" in capsys.readouterr().err


def test_what_was_decided_within_a_unit_is_told_so(decided: gazetteer.Gazetteer) -> None:
    methods = [
        decided.resolve(name, within=within).method
        for name, within in (("Hilla", "Basra"), ("Hilla", "Babil"), ("Falluja", "Basra"))
    ]
    assert methods == ["own", "exact", "exact"]
