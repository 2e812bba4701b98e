"""geopy both ways: the gazetteer as a geocoder, and geocoders behind it, on loopback."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import geopandas as gpd
import pytest
import shapely
from geopy.distance import distance
from geopy.exc import ConfigurationError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

import gazetteer
from gazetteer import DataError, Gazetteer
from gazetteer.geocoder import OfflineGeocoder, OnlineFallback


@pytest.fixture(scope="module")
def coder() -> OfflineGeocoder:
    return OfflineGeocoder()


def test_a_town_has_its_point_and_its_parents(coder: OfflineGeocoder) -> None:
    location = coder.geocode("Falluja city")
    assert location.address.endswith("Iraq")
    assert location.latitude == pytest.approx(33.35, abs=0.05)
    assert location.longitude == pytest.approx(43.78, abs=0.05)
    assert location.raw["level"] == "settlement"
    assert location.raw["online"] is False


def test_an_area_gives_a_point_in_it_and_says_so(coder: OfflineGeocoder) -> None:
    location = coder.geocode("Babylon")
    assert location.raw["level"] == "adm1"
    polygon = coder.gaz.place("IQG07").polygon
    assert polygon is not None
    assert polygon.contains(shapely.Point(location.longitude, location.latitude))


@pytest.mark.parametrize("name", ["Fallujah", "Ramadi", "Mosul", "Samarra", "Rutba", "IQG16Q06"])
def test_a_district_is_located_at_its_town_and_says_how_far_it_reaches(
    coder: OfflineGeocoder, name: str
) -> None:
    location = coder.geocode(name)
    unit = coder.gaz.place(location.raw["id"])
    town = coder.gaz.resolve(unit.name, level="settlement").place
    assert town is not None
    assert town.point == (location.longitude, location.latitude)
    assert location.raw["level"] == "adm2"
    polygon = unit.polygon
    assert polygon is not None
    rim = shapely.get_coordinates(polygon)
    farthest = max(distance((y, x), (location.latitude, location.longitude)).km for x, y in rim)
    assert farthest <= location.raw["radius_km"] < 2 * farthest


def test_no_unit_is_located_at_a_namesake_elsewhere(coder: OfflineGeocoder) -> None:
    for place in coder.gaz.places():
        if place.level.is_admin and place.polygon is not None:
            located = coder.geocode(place.id)
            assert place.polygon.distance(shapely.Point(located.longitude, located.latitude)) < 0.05


@pytest.mark.parametrize("name", ["Gaza", "Hamas", "", None, float("nan")])
def test_what_cannot_be_told_has_no_location(coder: OfflineGeocoder, name: str) -> None:
    assert coder.geocode(name) is None


def test_what_is_no_text_is_refused_by_its_type(coder: OfflineGeocoder) -> None:
    with pytest.raises(TypeError, match="a name is a text, not dict"):
        coder.geocode({"city": "Mosul"})


def twins(folder: Path) -> Gazetteer:
    path = folder / "names.csv"
    path.write_text("name,lon,lat\nTwin Hill,43.0,36.3\nTwin Hill,44.4,33.3\n", encoding="utf-8")
    return gazetteer.load(names=path)


def test_all_candidates_of_a_shared_name(coder: OfflineGeocoder, tmp_path: Path) -> None:
    shared = OfflineGeocoder(twins(tmp_path))
    assert shared.geocode("Twin Hill") is None
    assert len(shared.geocode("Twin Hill", exactly_one=False)) == 2
    assert shared.geocode("Twin Hill", within="Baghdad").longitude == 44.4
    assert coder.geocode("Gaza", exactly_one=False) is None


def test_distances_are_read(coder: OfflineGeocoder) -> None:
    location = coder.geocode("12 km south of Mosul")
    assert location.raw["level"] == "relative"
    assert location.latitude < 36.3


def test_reverse_names_the_units(coder: OfflineGeocoder) -> None:
    assert coder.reverse((33.3, 44.4)).address == "Baghdad, Iraq"
    assert [x.raw["id"] for x in coder.reverse("33.3, 44.4", exactly_one=False)] == ["IQG08", "IQ"]
    assert coder.reverse((51.5, 0.0)) is None


def test_geopandas_takes_it_for_a_provider() -> None:
    names = ["Mosul", "Gaza", "Basra"]
    frame = gpd.tools.geocode(names, provider=OfflineGeocoder)
    assert frame.geometry.is_empty.to_list() == [False, True, False]
    back = gpd.tools.reverse_geocode([shapely.Point(44.4, 33.3)], provider=OfflineGeocoder)
    assert back["address"].to_list() == ["Baghdad, Iraq"]


def test_the_rate_limiter_takes_it(coder: OfflineGeocoder) -> None:
    limited = RateLimiter(coder.geocode, min_delay_seconds=0)
    assert limited("Mosul").raw["adm1"] == "IQG15"


def test_the_gazetteer_itself_imports_no_geocoder() -> None:
    code = "import sys, gazetteer; gazetteer.load(); print('geopy.geocoders' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# --- online ------------------------------------------------------------------------


class Server(ThreadingHTTPServer):
    daemon_threads = True
    answers: dict[str, list[tuple[str, float, float]]]
    body = ""  # what it answers instead
    statuses: list[int]
    after: str
    asked: list[tuple[str, str, float]]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        name = parse_qs(urlparse(self.path).query)["q"][0]
        self.server.asked.append((name, self.headers["User-Agent"], time.monotonic()))
        code = self.server.statuses.pop(0) if self.server.statuses else 200
        if code == 0:
            time.sleep(1.5)
        found = self.server.answers.get(name, [])
        body = json.dumps([{"display_name": n, "lat": y, "lon": x} for n, y, x in found]).encode()
        body = self.server.body.encode() or body
        self.send_response(code or 200)
        if self.server.after:
            self.send_header("Retry-After", self.server.after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.answers = {
        "Zzyzx Farm": [("Zzyzx, USA", 35.1, -116.1), ("Zzyzx Farm, Iraq", 33.3, 44.4)],
        "Qwertz Farm": [("Qwertz, Syria", 35.0, 38.0)],
    }
    server.statuses, server.asked, server.after = [], [], ""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def online(server: Server, folder: Path, *, pause: float = 0.0, tries: int = 2) -> OfflineGeocoder:
    address = f"127.0.0.1:{server.server_port}"
    service = Nominatim(domain=address, scheme="http", user_agent="a study of farms")
    fallback = OnlineFallback(
        [service], cache=folder / "cache" / "names.sqlite", pause=pause, timeout=0.4, tries=tries
    )
    return OfflineGeocoder(twins(folder), online=fallback)


def test_an_unknown_name_is_asked_for_and_believed_in_iraq(server: Server, tmp_path: Path) -> None:
    coder = online(server, tmp_path)
    location = coder.geocode("Zzyzx Farm")
    assert location.address == "Zzyzx Farm, Iraq"
    assert location.raw["online"] is True
    assert location.raw["provider"].startswith("Nominatim")
    assert coder.geocode("Qwertz Farm") is None
    assert {agent for _, agent, _ in server.asked} == {"a study of farms"}


@pytest.mark.parametrize(
    ("within", "found"),
    [("Baghdad", True), ("IQG08Q06", True), (None, True), ("Basra", False), ("Zzyzx", False)],
)
def test_an_answer_lies_in_what_was_told_to_hold_it(
    within: str | None, found: bool, server: Server, tmp_path: Path
) -> None:
    location = online(server, tmp_path).geocode("Zzyzx Farm", within=within)
    assert (location is not None) is found


@pytest.mark.parametrize(
    "name",
    [
        "Mosul",
        "Gaza",
        "Twin Hill",
        "Hamas",
        "حزب الله",
        "battle",
        "police",
        "12345",
        "IQG99",
        "12 km south of Foobarville",
        "near Qwertz",
    ],
)
def test_what_the_gazetteer_can_judge_is_not_asked(
    name: str, server: Server, tmp_path: Path
) -> None:
    online(server, tmp_path).geocode(name)
    assert server.asked == []


def test_answers_are_kept_on_disk(server: Server, tmp_path: Path) -> None:
    for _ in range(2):  # a new geocoder each time
        assert online(server, tmp_path).geocode("Zzyzx Farm") is not None
        assert online(server, tmp_path).geocode("Nowhere Farm") is None
    assert [name for name, *_ in server.asked] == ["Zzyzx Farm", "Nowhere Farm"]


def test_questions_keep_their_distance(server: Server, tmp_path: Path) -> None:
    coder = online(server, tmp_path, pause=0.3)
    coder.geocode("Zzyzx Farm")
    coder.geocode("Qwertz Farm")
    (_, _, first), (_, _, second) = server.asked
    assert second - first >= 0.25


@pytest.mark.parametrize("code", [429, 500, 0])
def test_a_failure_is_tried_again_and_not_kept(code: int, server: Server, tmp_path: Path) -> None:
    server.statuses = [code]
    assert online(server, tmp_path).geocode("Zzyzx Farm") is not None
    server.statuses = [code] * 20
    with pytest.raises(GeocoderServiceError):
        online(server, tmp_path).geocode("Qwertz Farm")
    server.statuses = []
    server.asked.clear()
    assert online(server, tmp_path).geocode("Qwertz Farm") is None
    assert server.asked


@pytest.mark.parametrize(("code", "after"), [(429, "0"), (503, "0"), (500, ""), (0, "")])
def test_a_geocoder_is_asked_as_often_as_told(
    code: int, after: str, server: Server, tmp_path: Path
) -> None:
    server.statuses, server.after = [code] * 20, after
    with pytest.raises(GeocoderServiceError):
        online(server, tmp_path, tries=2).geocode("Qwertz Farm")
    assert len(server.asked) == 2


@pytest.mark.parametrize(("latitude", "longitude"), [(133.0, 44.0), (float("nan"), 44.0)])
def test_an_answer_that_is_nowhere_on_earth_is_an_error_of_the_service(
    latitude: float, longitude: float, server: Server, tmp_path: Path
) -> None:
    server.answers["Zzyzx Farm"] = [("Zzyzx", latitude, longitude)]
    with pytest.raises(GeocoderServiceError, match="Nominatim"):
        online(server, tmp_path).geocode("Zzyzx Farm")


@pytest.mark.parametrize("body", ['[{"foo": 1}]', "[[1]]", '["x"]', '{"a": {"b": 1}}', "[null]"])
def test_an_answer_of_another_shape_is_an_error_of_the_service(
    body: str, server: Server, tmp_path: Path
) -> None:
    server.body = body
    with pytest.raises(GeocoderServiceError, match="Nominatim"):
        online(server, tmp_path).geocode("Zzyzx Farm")


def test_a_file_that_is_no_cache_is_named(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "names.sqlite"
    path.parent.mkdir()
    path.write_text("a list of names, and no database" * 50, encoding="utf-8")
    with pytest.raises(DataError, match=r"names\.sqlite: no cache of answers"):
        online(server, tmp_path)
    path.unlink()
    coder = online(server, tmp_path)
    assert coder.geocode("Zzyzx Farm") is not None
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("update answers set answer = '[[1'")
    with pytest.raises(DataError, match="no cache of answers"):
        coder.geocode("Zzyzx Farm")


def test_a_user_agent_is_required(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="user_agent"):
        OnlineFallback([OfflineGeocoder()], cache=tmp_path / "x.sqlite")
