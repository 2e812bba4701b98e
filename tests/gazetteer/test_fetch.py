"""Fetching the full data from servers that stall, lie, cut off and refuse; and from files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

import gazetteer
from gazetteer.cli import main
from gazetteer.download import Servers
from gazetteer.errors import DataError, FetchError
from gazetteer.fetch import default_folder, fetch, install_from

Answer = Callable[["Handler"], None]


def polygon_file(level: int = 1, names: tuple[str, str] = ("ADM{n}_PCODE", "ADM{n}_EN")) -> bytes:
    square = [[[43, 32], [45, 32], [45, 34], [43, 34], [43, 32]]]
    codes = {1: "IQG07", 2: "IQG07Q01", 3: "IQG07Q01N01"}
    values = (codes[level], "Somewhere")
    properties = {name.format(n=level): v for name, v in zip(names, values, strict=True)}
    geometry = {"type": "Polygon", "coordinates": square}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Range")))
        queue = self.server.answers.get(self.path, [])
        answer = queue.pop(0) if len(queue) > 1 else queue[0] if queue else status(404)
        answer(self)

    def log_message(self, *_: object) -> None:
        pass


class Site(ThreadingHTTPServer):
    """A server whose answers to each address are listed, the last for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.waited: list[float] = []
        self.servers = Servers(
            *[self.base] * 3, patience=0.5, tries=3, pause=0.25, sleep=self.waited.append
        )

    def serves_cod_ab(self, *answers: Answer, **about: object) -> None:
        """List a file of COD-AB that is answered so."""
        resource = {"format": "GeoJSON", "download_url": f"{self.base}/cod.zip", **about}
        package = {"resources": [resource], "dataset_date": "[2019-06-03T00:00:00 TO *]"}
        listing = json.dumps({"success": True, "result": package}).encode()
        self.answers["/api/3/action/package_show?id=cod-ab-irq"] = [content(listing)]
        self.answers["/cod.zip"] = list(answers)


def content(
    body: bytes, *, told: int | None = None, sent: int | None = None, edition: str = '"one"'
) -> Answer:
    """Answer with a body, in ranges if asked; lie about its length, or cut it off."""

    def answer(handler: Handler) -> None:
        wanted = handler.headers.get("Range")
        if handler.headers.get("If-Range") != edition:
            wanted = None
        first = int(wanted[6:-1]) if wanted else 0
        rest = body[first:]
        handler.send_response(206 if wanted else 200)
        if wanted:
            handler.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
        handler.send_header("Content-Length", str(len(rest) if told is None else told))
        if edition:
            handler.send_header("ETag", edition)
        handler.end_headers()
        handler.wfile.write(rest[:sent])

    return answer


def status(code: int, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def stall(handler: Handler) -> None:
    time.sleep(2)


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


COD = zipped(irq_admbnda_adm1__geojson=polygon_file(1), irq_admbnda_adm3__geojson=polygon_file(3))


BESIDE = ["GeoNames", "Population census of Iraq"]
"""Whom the core data names, which is used beside what is installed."""


def test_cod_ab_is_installed_and_says_what_it_is(site: Site, tmp_path: Path) -> None:
    digest = hashlib.md5(COD, usedforsecurity=False).hexdigest()
    site.serves_cod_ab(content(COD), size=len(COD), hash=digest)
    folder = fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    gaz = gazetteer.load(folder)
    assert gaz.library.levels == ("adm1", "adm3")
    credit, *beside = gaz.library.credits
    assert [other.what.split(",")[0] for other in beside] == BESIDE
    assert (credit.what, credit.date) == ("OCHA COD-AB boundaries", "2019-06-03")
    assert credit.url == f"{site.base}/cod.zip"
    assert gaz.place("IQG07Q01N01").name == "Somewhere"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    "first",
    [
        status(429, Retry_After="7"),
        status(500),
        status(503),
        stall,
        content(COD, sent=100),
        content(COD, told=len(COD) + 50),
    ],
    ids=["429", "500", "503", "stall", "cut off", "longer than it is"],
)
def test_what_may_pass_is_tried_again(first: Answer, site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(first, content(COD), size=len(COD))
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert gazetteer.load(tmp_path / "data").library.levels == ("adm1", "adm3")
    assert len(site.waited) <= 1


def test_a_server_may_say_how_long_to_wait(site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(status(429, Retry_After="7"), status(429, Retry_After="9999"), content(COD))
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert site.waited == [7.0, 60.0]


def test_a_download_goes_on_where_it_was_cut_off(site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(content(COD, sent=100), content(COD))
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert site.asked[-1] == ("/cod.zip", "bytes=100-")


def test_a_download_goes_on_another_day(site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(content(COD, sent=100), status(500))
    with pytest.raises(FetchError, match="answers 500; gave up after 3 tries"):
        fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert not (tmp_path / "data").exists()
    site.answers["/cod.zip"] = [content(COD)]
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert site.asked[-1] == ("/cod.zip", "bytes=100-")


@pytest.mark.parametrize(
    ("answer", "about", "message"),
    [
        (content(COD), {"size": len(COD) - 1}, "bytes came"),
        (content(COD), {"hash": "0" * 32}, "does not fit its md5 hash"),
        (content(b"PK damaged"), {}, "a damaged or locked zip"),
        (content(b"<html>sign in</html>"), {}, "a web page came instead"),
        (content(b"version https://git-lfs.github.com/spec/v1"), {}, "a note of where the file is"),
        (content(zipped(notes__txt=b"nothing")), {}, "no polygons in it"),
        (content(zipped(adm1__geojson=b"{}")), {}, "not a readable file|no polygon"),
        (status(404), {}, "no such file"),
        (status(403), {}, "answers 403"),
        (stall, {}, "gave up after 3 tries"),
        (content(COD), {"download_url": "file:///etc/passwd"}, "not a web address"),
    ],
)
def test_what_is_wrong_leaves_what_was_installed(
    answer: Answer, about: dict[str, object], message: str, site: Site, tmp_path: Path
) -> None:
    site.serves_cod_ab(content(COD))
    folder = fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    site.serves_cod_ab(answer, **about)
    with pytest.raises((FetchError, DataError), match=message):
        fetch("cod-ab", folder=folder, servers=site.servers)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert not list(tmp_path.glob(".data-*"))


DUMP = (
    "1\tWādī Sakrān\tWadi Sakran\t\t33.0\t44.0\tP\tPPL\tIQ\t\t01\t\t\t\t0\t\t1\tA\t2020\n".encode()
)
NAMES = "9\t1\tar\tوادي سكران\t\t\t\t\t\t\n".encode()


def test_geonames_comes_beside_the_polygons(site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(content(COD))
    site.answers["/export/dump/IQ.zip"] = [content(zipped(IQ__txt=DUMP))]
    site.answers["/export/dump/alternatenames/IQ.zip"] = [content(zipped(IQ__txt=NAMES))]
    folder = tmp_path / "data"
    fetch("geonames", folder=folder, servers=site.servers)
    library = gazetteer.load(folder).library
    assert library.approximate
    assert [c.what.split(" ")[0] for c in library.credits][:2] == ["GeoNames", "Natural"]
    fetch("cod-ab", folder=folder, servers=site.servers)
    gaz = gazetteer.load(folder)
    assert gaz.place("gn:1").adm3 == "IQG07Q01N01"
    found = gaz.resolve("وادي سكران", within="Babil").place
    assert found is not None
    assert found.id == "gn:1"
    what = [credit.what.split(",")[0] for credit in gaz.library.credits]
    assert what == ["GeoNames", "OCHA COD-AB boundaries", *BESIDE]


def test_files_on_a_stick_install_the_same(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "cod.zip").write_bytes(COD)
    (stick / "IQ.zip").write_bytes(zipped(IQ__txt=DUMP))
    (stick / "alternate.zip").write_bytes(zipped(IQ__txt=NAMES))
    gaz = gazetteer.load(install_from(stick, folder=tmp_path / "data"))
    assert gaz.place("gn:1").adm3 == "IQG07Q01N01"
    assert str(gaz.library.credits[0]) == "OCHA COD-AB boundaries (CC BY-IGO)"


def test_nothing_to_install_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    with pytest.raises(DataError, match="neither polygons nor places"):
        install_from(tmp_path, folder=tmp_path / "data")
    with pytest.raises(DataError, match="no such file or folder"):
        install_from(tmp_path / "none", folder=tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_said(site: Site, tmp_path: Path) -> None:
    (tmp_path / "cod.zip").write_bytes(COD)
    (tmp_path / "file").write_text("no folder")
    folder = tmp_path / "file" / "data"
    with pytest.raises(DataError, match="cannot be written: "):
        install_from(tmp_path / "cod.zip", folder=folder)
    site.serves_cod_ab(content(COD))
    with pytest.raises(DataError, match="cannot be written"):
        fetch("cod-ab", folder=folder, servers=site.servers)
    assert main(["fetch", "--from", str(tmp_path / "cod.zip"), "--to", str(folder)]) == 2


def test_a_damaged_receipt_is_not_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (tmp_path / "cod.zip").write_bytes(COD)
    install_from(tmp_path / "cod.zip", folder=folder)
    (folder / "installed.json").write_text("[[", encoding="utf-8")
    with pytest.raises(DataError, match="damaged: remove it"):
        install_from(tmp_path / "cod.zip", folder=folder)


@pytest.mark.parametrize("url", ["http://[::1/x", "http://127.0.0.1:port/x", "http://a b/ü"])
def test_what_is_no_address_is_refused(url: str, site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(content(COD), download_url=url)
    with pytest.raises(FetchError):
        fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)


def test_an_address_may_be_in_any_script(site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(content(COD), download_url=f"{site.base}/حدود العراق.zip")
    site.answers[f"/{quote('حدود العراق')}.zip"] = [content(COD)]
    folder = fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert gazetteer.load(folder).library.levels == ("adm1", "adm3")


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"result":' * 50_000])
def test_json_too_deep_to_read_is_refused(body: bytes, site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(content(COD))
    site.answers["/api/3/action/package_show?id=cod-ab-irq"] = [content(body)]
    with pytest.raises(FetchError, match="not the JSON expected"):
        fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)


@pytest.mark.parametrize("after", ["²", "9" * 5000, "Mon, 01 Jan 99999 00:00:00 GMT", "-5", "soon"])
def test_an_odd_time_to_wait_is_not_waited_for(after: str, site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(status(429, Retry_After=after), content(COD), size="²")
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert site.waited == [site.servers.pause]


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert default_folder() == tmp_path / "iraq-gazetteer"


def test_the_command_installs_and_info_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cod.zip").write_bytes(COD)
    folder = str(tmp_path / "data")
    assert main(["fetch", "--from", str(tmp_path / "cod.zip"), "--to", folder]) == 0
    capsys.readouterr()
    assert main(["info", "--data", folder, "--json"]) == 0
    installed = json.loads(capsys.readouterr().out)["installed"]
    assert installed[0]["from"].endswith("cod.zip")
    assert main(["fetch", "--from", str(tmp_path / "none"), "--to", folder]) == 2


# --- editions, redirects, other publishers ----------------------------------------------


def test_another_edition_is_not_gone_on_with(site: Site, tmp_path: Path) -> None:
    """What had come of an older file must not be joined to the rest of a newer one."""
    older = COD + b"older"
    site.serves_cod_ab(content(older, sent=100), content(COD, edition='"two"'))
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert site.asked[-1] == ("/cod.zip", "bytes=100-")
    assert gazetteer.load(tmp_path / "data").library.levels == ("adm1", "adm3")


def test_a_server_that_tells_no_editions_apart_is_asked_for_all(site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(content(COD, sent=100, edition=""), content(COD, edition=""))
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert site.asked[-1] == ("/cod.zip", None)


def test_a_server_may_name_the_hour_to_come_back(site: Site, tmp_path: Path) -> None:
    when = formatdate(time.time() + 30, usegmt=True)
    site.serves_cod_ab(status(429, Retry_After=when), status(429, Retry_After="soon"), content(COD))
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    assert site.waited[0] == pytest.approx(30, abs=2)
    assert site.waited[1] == 0.5


def test_redirects_are_followed_to_the_web_only(site: Site, tmp_path: Path) -> None:
    site.serves_cod_ab(status(302, Location="/elsewhere.zip"))
    site.answers["/elsewhere.zip"] = [content(COD)]
    fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)
    site.serves_cod_ab(status(302, Location="file:///etc/passwd"))
    with pytest.raises(FetchError, match=r"answers 302|not allowed"):
        fetch("cod-ab", folder=tmp_path / "data", servers=site.servers)


def shapes(level: int, *names: str, side: float = 1.0) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {
                "shapeName": name,
                "shapeISO": "",
                "shapeGroup": "IRQ",
                "shapeType": f"ADM{level}",
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[x, 33], [x + side, 33], [x + side, 33 + side], [x, 33 + side], [x, 33]]
                ],
            },
        }
        for x, name in enumerate(names, start=43)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def serve_geoboundaries(site: Site, level: int, body: bytes, **about: object) -> None:
    address = f"/raw/geoBoundaries-IRQ-ADM{level}.geojson"
    answer = {
        "boundaryISO": "IRQ",
        "boundaryLicense": "CC BY 3.0 IGO",
        "boundaryYearRepresented": "2019",
        "gjDownloadURL": site.base + address,
        **about,
    }
    site.answers[f"/api/current/gbOpen/IRQ/ADM{level}/"] = [content(json.dumps(answer).encode())]
    site.answers[address] = [content(body)]


def test_geoboundaries_is_installed_with_what_must_be_said(site: Site, tmp_path: Path) -> None:
    serve_geoboundaries(site, 1, shapes(1, "Baghdad", "Diyala", side=0.3), admUnitCount="2")
    serve_geoboundaries(site, 2, shapes(2, "Balad Ruz"))
    serve_geoboundaries(site, 3, shapes(3, "Qwertz", "Zxcvb"))
    gaz = gazetteer.load(fetch("geoboundaries", folder=tmp_path / "data", servers=site.servers))
    assert gaz.library.levels == ("adm1", "adm2")
    assert gaz.boundaries(1)["pcode"].to_list() == ["IQG08", "IQG10"]
    assert [(c.what, c.licence, c.date) for c in gaz.library.credits[:1]] == [
        ("geoBoundaries", "CC BY 3.0 IGO", "2019")
    ]
    remarks = "\n".join(gaz.library.remarks)
    assert "Baghdad is drawn with" in remarks
    assert "which adm3 is each? Qwertz" in remarks


def test_fewer_units_than_announced_are_refused(site: Site, tmp_path: Path) -> None:
    serve_geoboundaries(site, 1, shapes(1, "Baghdad", "Diyala"), admUnitCount="18")
    with pytest.raises(FetchError, match="2 units came, 18 were announced"):
        fetch("geoboundaries", folder=tmp_path / "data", servers=site.servers)


def test_polygons_of_another_publisher_take_the_place_of_the_old(
    site: Site, tmp_path: Path
) -> None:
    site.serves_cod_ab(content(COD))
    serve_geoboundaries(site, 1, shapes(1, "Baghdad", "Diyala"))
    folder = tmp_path / "data"
    fetch("cod-ab", folder=folder, servers=site.servers)
    fetch("geoboundaries", folder=folder, servers=site.servers)
    library = gazetteer.load(folder).library
    assert library.levels == ("adm1",)
    what = [credit.what.split(",")[0] for credit in library.credits]
    assert what == ["geoBoundaries", *BESIDE]


# --- killed ---------------------------------------------------------------------------


def killed_once(arguments: list[str], when: Callable[[], bool]) -> int | None:
    """Run the command and kill it as soon as something is so; return its code if it ended."""
    program = [sys.executable, "-m", "gazetteer.cli", *arguments]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        until = time.monotonic() + 30
        while run.poll() is None and time.monotonic() < until:
            if when():
                run.kill()
                break
            time.sleep(0.001)
        run.wait()
        return run.returncode


@pytest.mark.parametrize("moment", ["copied", "compiled"])
def test_a_run_that_was_killed_leaves_a_whole_folder(moment: str, tmp_path: Path) -> None:
    (tmp_path / "cod.zip").write_bytes(COD)
    (tmp_path / "IQ.zip").write_bytes(zipped(IQ__txt=DUMP))
    folder = install_from(tmp_path / "cod.zip", folder=tmp_path / "data")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    signs = {"copied": "*/new/geonames_iq.txt", "compiled": "*/new/installed.json"}

    def is_there() -> bool:
        return any(tmp_path.glob(f".data-{signs[moment]}"))

    arguments = ["fetch", "--from", str(tmp_path / "IQ.zip"), "--to", str(folder)]
    code = killed_once(arguments, is_there)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after == before or code == 0 or "geonames_iq.txt" in after
    gaz = gazetteer.load(install_from(tmp_path / "IQ.zip", folder=folder))
    assert gaz.place("gn:1").name == "Wādī Sakrān"
    assert gaz.library.levels == ("adm1", "adm3")


def test_what_a_killed_run_moved_aside_is_put_back(tmp_path: Path) -> None:
    (tmp_path / "cod.zip").write_bytes(COD)
    folder = install_from(tmp_path / "cod.zip", folder=tmp_path / "data")
    left = tmp_path / ".data-killed"
    left.mkdir()
    folder.rename(left / "old")
    (tmp_path / "IQ.zip").write_bytes(zipped(IQ__txt=DUMP))
    gaz = gazetteer.load(install_from(tmp_path / "IQ.zip", folder=folder))
    assert gaz.library.levels == ("adm1", "adm3")
    os.utime(left, (0, 0))
    install_from(tmp_path / "IQ.zip", folder=folder)
    assert not left.exists()


def test_a_download_that_was_killed_goes_on(site: Site, tmp_path: Path) -> None:
    def half(handler: Handler) -> None:
        content(COD, sent=100)(handler)
        handler.wfile.flush()
        time.sleep(2)

    site.serves_cod_ab(half)
    folder = tmp_path / "data"
    code = (
        "from gazetteer import fetch, download; from pathlib import Path;"
        f"fetch.fetch('cod-ab', folder=Path({str(folder)!r}),"
        f" servers=download.Servers(*[{site.base!r}] * 3))"
    )
    partial = tmp_path / "data.partial"
    with subprocess.Popen([sys.executable, "-c", code]) as run:
        until = time.monotonic() + 30
        while time.monotonic() < until and not any(
            path.stat().st_size == 100 for path in partial.glob("*") if path.suffix != ".edition"
        ):
            time.sleep(0.01)
        run.kill()
    site.serves_cod_ab(content(COD))
    fetch("cod-ab", folder=folder, servers=site.servers)
    assert site.asked[-1] == ("/cod.zip", "bytes=100-")
    assert not partial.exists()


def test_own_columns_are_mapped_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "districts.geojson"
    path.write_bytes(polygon_file(2, ("CODE", "LABEL")))
    folder = str(tmp_path / "data")
    assert main(["info", "--data", str(path)]) == 2
    assert "Say which are which" in capsys.readouterr().err
    assert main(["info", "--data", str(path), "--boundary-column", "pcode=CODE", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["polygons"] == ["adm2"]
    fetched = ["fetch", "--from", str(path), "--to", folder, "--boundary-column", "pcode=CODE"]
    assert main(fetched) == 0
    assert gazetteer.load(folder).library.levels == ("adm2",)
