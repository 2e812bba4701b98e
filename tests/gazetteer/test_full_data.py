"""The full data: polygons down to subdistricts and 20,000 places, behind the core data's names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import gazetteer
from gazetteer import DataError, Gazetteer, Level, Status
from gazetteer.compiled import NAMES_FILE, PLACES_FILE
from gazetteer.full_places import compiled
from gazetteer.installed import UNITS_FILE
from gazetteer.library import RECEIPT, Library
from gazetteer.place_lists import of_geonames, of_table

HEADER = "wof_id,placetype,name,names_eng,names_ara,names_kur,lat,lon,gn_id,population\n"


@pytest.fixture(scope="module")
def cod_ab(shared_data: Path) -> Gazetteer:
    return gazetteer.load(shared_data / "cod-ab")


@pytest.fixture(scope="module")
def full(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("full")
    for path in (shared_data / "cod-ab").glob("*.geojson"):
        shutil.copyfile(path, folder / path.name)
    listed = of_table((shared_data / "wof" / "wof_iq_places.csv").read_bytes(), "Who's On First")
    made = compiled(Library.at(folder), listed, gazetteer.load().places(), say=print)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return gazetteer.load(folder)


def test_names_go_down_to_subdistricts(cod_ab: Gazetteer) -> None:
    place = cod_ab.resolve("Al-Jadwal Al-Ghrabi").place
    assert place is not None
    assert (place.level, place.adm2, place.polygon_level) == ("adm3", place.id[:8], "adm3")
    assert cod_ab.resolve(place.id).place == place
    assert cod_ab.place(place.id) == place
    assert place in cod_ab.places()


@pytest.mark.parametrize("name", ["Al-Kifil", "الكفل", "Kifl subdistrict", "ناحية الكفل"])
def test_a_level_asked_for_is_given(full: Gazetteer, name: str) -> None:
    match = full.resolve(name, level=3)
    assert match.place is not None, match.why
    assert match.place.id.startswith("IQG07Q")
    assert match.place.level == "adm3"


def test_the_word_subdistrict_asks_for_one(full: Gazetteer) -> None:
    for name in ("Kifl subdistrict", "Nahiyat al-Kifl", "ناحية الكفل"):
        place = full.resolve(name).place
        assert place is not None
        assert place.level == "adm3", name


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("Babil", None, "IQG07"),
        ("Baghdad", None, "IQG08"),
        ("Ramadi", None, "IQG01Q03"),
        ("Mazhar Khadir al 'Azawi", "Baghdad", None),  # it lies in another governorate
        ("Mazhar Khadir al 'Azawi", "Salah al-Din", "gn:6782936"),
        ("مزهر خضير العزاوي", "IQG16", "gn:6782936"),
        ("Ziyārat village", "IQG11Q06", None),  # there are two
        ("Ḩamdānīyah village", "IQG13Q01", "gn:6770317"),
        ("Salahiyah", "IQG15Q03", "gn:6860761"),
    ],
)
def test_core_names_win_and_parents_tell_villages_apart(
    full: Gazetteer, name: str, within: str | None, expected: str | None
) -> None:
    match = full.resolve(name, within=within)
    assert (match.place.id if match.place else None) == expected, match.why


def test_namesakes_without_a_parent_are_ambiguous(full: Gazetteer) -> None:
    match = full.resolve("Aş Şalāḩīyah town")
    assert match.status is Status.AMBIGUOUS
    assert len(match.candidates) > 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ḩamdānīyah village", "gn:6770317"),  # not the district, nor its seat
        ("Hamdaniyah", "IQG15Q03"),
        ("Hamdaniyah district", "IQG15Q03"),
        ("Ramadi village", None),
        ("Ahmad Awah mountians", "IQG06"),  # after one of the villages there
        ("Jabal Salahiyah", None),  # villages in several governorates
    ],
)
def test_the_words_tell_a_village_from_a_district(
    full: Gazetteer, name: str, expected: str | None
) -> None:
    match = full.resolve(name)
    assert (match.place.id if match.place else None) == expected, match.why


@pytest.mark.parametrize(
    ("name", "expected", "district"),
    [
        ("Baghdad city (Adhamiyah quarter)", "x:baghdad-adhamiyah", "IQG08Q01"),
        ("Baghdad city (Green Zone)", "x:green-zone", "IQG08Q03"),
        ("Sadr City, Baghdad city", "IQG08Q07", "IQG08Q07"),
    ],
)
def test_quarters_are_found_in_a_city_of_several_districts(
    full: Gazetteer, name: str, expected: str, district: str
) -> None:
    match = full.resolve(name)
    assert match.place is full.place(expected), match.why
    assert match.place.adm2 == district


def test_namesakes_in_one_governorate_tell_it_and_no_more(full: Gazetteer) -> None:
    match = full.resolve("Ziyārat village")
    assert match.place is full.place("IQG11")
    assert match.why == "3 places share this name, all of them in Erbil"
    assert {candidate.place.level for candidate in match.candidates} == {Level.SETTLEMENT}


def test_a_villages_name_is_not_taken_for_an_error_in_another(full: Gazetteer) -> None:
    assert gazetteer.load().resolve("Qadsiyah").method == "fuzzy"
    assert full.resolve("Qadsiyah").status is Status.AMBIGUOUS


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Naziriyat alKhudariyah", "gn:6788362"),
        ("Kird Suwaylah Maysh", "gn:417298"),
        ("Gamish zappe", "gn:96674"),
        ("Abu Wali", None),  # others of nearly this name are known, and it is short
        ("Umm Zba'", None),
    ],
)
def test_a_typing_error_in_a_villages_name_is_forgiven_where_it_is_long(
    full: Gazetteer, typed: str, expected: str | None
) -> None:
    place = full.resolve(typed).place
    assert (place.id if place else None) == expected


def test_villages_have_units_and_polygons(full: Gazetteer) -> None:
    place = full.place("gn:6782936")
    assert place.adm3 is not None
    assert place.adm3.startswith(place.adm2 or "-")
    assert place.polygon_level == "adm3"
    assert len(full.places()) > 20_000


@pytest.mark.parametrize(
    "name",
    [
        "Taliban",
        "Arab",
        "Jasim Muhammad",
        "Muhammad Ali",
        "Abu Bakr",
        "Hama",
        "Baghdadi",
        "Al-Talaba",
    ],
)
def test_a_persons_or_groups_name_is_no_village(full: Gazetteer, name: str) -> None:
    assert full.resolve(name).place is None


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a folder with two villages, as `gazetteer fetch` leaves it."""
    rows = (
        "1,locality,Wadi Sakran Gharbi,,,,33.2,43.5,1,\n"
        "2,locality,Kulah Sur Darwish,,,,35.3,45.9,2,\n"
    )
    made = compiled(Library.core(), records(rows), gazetteer.load().places(), say=print)
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / RECEIPT).write_text("[]", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / NAMES_FILE).unlink(),
        lambda folder: (folder / NAMES_FILE).write_bytes(b'{"of": '),
        lambda folder: (folder / NAMES_FILE).write_bytes(b'{"of": "another", "names": {}}'),
        lambda folder: (folder / PLACES_FILE).write_text(
            json.dumps(json.loads((folder / PLACES_FILE).read_bytes()))
        ),
    ],
)
def test_an_index_that_is_not_of_these_places_is_made_again(
    spoil: Callable[[Path], object], installed: Path
) -> None:
    good = {name: (installed / name).read_bytes() for name in (NAMES_FILE, PLACES_FILE)}
    spoil(installed)
    place = gazetteer.load(installed).resolve("Wadi Sakran Gharbi").place
    assert place is not None
    assert place.id == "gn:1"
    assert {name: (installed / name).read_bytes() for name in good} == good
    assert {path.name for path in installed.iterdir()} == {*good, UNITS_FILE, RECEIPT}


def test_an_index_that_fits_is_read_and_not_made(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazetteer.installed.written_names", None)
    assert gazetteer.load(installed).resolve("Kulah Sur Darwish").place is not None


def test_damaged_places_are_told(installed: Path) -> None:
    (installed / PLACES_FILE).write_bytes(b'{"places": [1')
    with pytest.raises(DataError, match=r"places\.json is damaged: fetch"):
        gazetteer.load(installed).resolve("Wadi Sakran Gharbi")


def records(rows: str) -> list[dict[str, object]]:
    return list(of_table((HEADER + rows).encode(), "table"))


def compile_core(rows: str) -> dict[str, Mapping[str, object]]:
    core = gazetteer.load()
    made = compiled(Library.core(), records(rows), core.places(), say=print)
    return {place["id"]: place for place in json.loads(made[PLACES_FILE])["places"]}


def test_a_table_gives_names_by_language() -> None:
    row = "7,locality,Kulah,Kūlah|Other name,كولة,Gułe Xane|گوڵە خانە,35.3,45.9,12,\n"
    (record,) = records(row)
    assert record["id"] == "gn:12"
    assert record["point"] == [45.9, 35.3]
    assert [name[:2] for name in record["names"]] == [  # type: ignore[attr-defined]
        ["Kulah", "en"],
        ["Other name", "en"],
        ["كولة", "ar"],
        ["Gułe Xane", "kmr"],
        ["گوڵە خانە", "ckb"],
    ]


def test_hostile_names_are_left_out() -> None:
    assert records("7,locality,<script>alert(1)</script>,=1+1,,,35.3,45.9,12,\n") == []


def test_twins_are_one_and_places_abroad_are_left_out() -> None:
    made = compile_core(
        "1,locality,Wadi Twin,,,,33.00,44.60,1,\n"
        "2,locality,Wadi Twin,,وادي توأم,,33.01,44.61,2,\n"
        "3,locality,Wadi Twin,,,,33.60,43.00,3,\n"
        "4,locality,Far Away,,,,25.00,44.00,4,\n"
        "5,locality,Baghdad,,,,33.34,44.40,5,\n"
    )
    assert sorted(made) == ["gn:1", "gn:3"]
    assert len(made["gn:1"]["names"]) == 2  # type: ignore[arg-type]


def test_geonames_dump_and_alternate_names() -> None:
    tail = "IQ\t\t01\t\t\t\t900\t\t10\tAsia/Baghdad\t2020-01-01"
    dump = (
        f"1\tWādī Sakrān\tWadi Sakran\tx,y\t34.0\t42.5\tP\tPPL\t{tail}\n"
        f"2\tOld\tOld\t\t34.0\t42.5\tP\tPPLH\t{tail}\n3\tHill\tHill\t\t34\t42\tT\tHLL\t{tail}\n"
    )
    alternate = "9\t1\tar\tوادي سكران\t\t\t\t\t\t\n8\t1\tlink\thttps://x\t\t\t\t\t\t\n"
    (record,) = of_geonames(dump.encode(), alternate.encode())
    assert [name[0] for name in record["names"]] == ["Wādī Sakrān", "وادي سكران"]
    assert (record["id"], record["population"]) == ("gn:1", 900)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name,lat\nx,1\n", "the column lon is missing"),
        (HEADER.encode() + b"7,locality,Kulah,,,,north,45.9,12,\n", "row 2: 45.9, north are no"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_bad_table_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        list(of_table(content, "table"))


def test_a_bad_dump_is_refused() -> None:
    with pytest.raises(DataError, match="line 1: 2 columns of 15"):
        list(of_geonames(b"1\tx\n", None))


def test_places_that_lie_in_no_unit_are_told() -> None:
    said: list[str] = []
    header = "name,lat,lon,placetype,gn_id\n"
    rows = "Here Sakran,33.3,44.4,locality,1\nThere Sakran,44.4,33.3,locality,2\n"
    listed = list(of_table((header + rows).encode(), "table"))
    compiled(Library.core(), listed, gazetteer.load("core").places(), say=said.append)
    told = "1 of 2 places lie in no unit of Iraq and are left out: There Sakran (longitude 33.3"
    assert [message[: len(told)] for message in said] == [told]


@pytest.mark.parametrize("name", ["Abu Nabil", "Abu Tahsin", "Abu Hajar"])
def test_a_father_is_no_misspelled_village(full: Gazetteer, name: str) -> None:
    assert full.resolve(name).place is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jida' Harash", "gn:6817621"),
        ("Qaryat Kahriz", "gn:6804336"),
        ("Rashid", None),
        ("Jeddah", None),
    ],
)
def test_a_village_by_its_whole_name_goes_before_a_part_of_it_abroad(
    full: Gazetteer, name: str, expected: str | None
) -> None:
    match = full.resolve(name)
    told = [match.place.id] if match.place else [c.place.id for c in match.candidates]
    assert expected in told if expected else match.place is None


def test_why_a_village_is_not_taken_is_said(full: Gazetteer) -> None:
    match = full.resolve("Kalakan")
    assert match.place is None
    assert "a small place's name" in match.why
    assert full.resolve("Kalakan", within=match.candidates[0].place.adm1).place is not None
