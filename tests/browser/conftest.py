"""A headless Chromium that writes down every request and every word on its console."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import folium
import pytest

from mapper.drawing import save

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
)

LAPTOP, PHONE = (1366, 768), (390, 844)


class Browser:
    """One tab, cut off from the network."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        driver.execute_cdp_cmd("Network.enable", {})
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)

    def open(
        self, path: Path, *, size: tuple[int, int] = LAPTOP, dark: bool = False
    ) -> dict[str, str]:
        """Open a page, wait until it is ready, and return what its map says of itself."""
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, still]})
        self.driver.get("about:blank")
        self.console(), self.requests()
        self.driver.get(path.resolve().as_uri())
        self.until("return document.documentElement.dataset.ready")
        return self.run("return {...document.querySelector('.folium-map').dataset}")

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def until(self, script: str, seconds: float = 20) -> Any:
        """Wait until a script returns something true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := self.run(script):
                return found
            time.sleep(0.02)
        raise AssertionError(f"never true: {script}; console: {self.console()}")

    def settle(self) -> None:
        """Wait until the map has stopped moving."""
        place = (
            "const m = offline_map_1; return [m.getCenter().lat, m.getCenter().lng, m.getZoom()]"
        )
        before, now = None, self.run(place)
        while now != before:
            time.sleep(0.1)
            before, now = now, self.run(place)

    def click_at(self, x: float, y: float) -> None:
        """Click at a point of the window, as a hand would."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            if kind == "mouseMoved":
                event = {"type": kind, "x": x, "y": y}
            self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag from one point of the window to another."""
        steps = [("mousePressed", start), ("mouseMoved", end), ("mouseReleased", end)]
        for kind, (x, y) in steps:
            event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
            self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def press(self, key: str) -> None:
        """Press a key, such as ``Tab`` or ``Enter``."""
        code = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40}[key]
        for kind in ("rawKeyDown", "char", "keyUp"):
            event = {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}
            if key == "Enter":
                event["text"] = "\r"
            elif kind == "char":
                continue
            self.driver.execute_cdp_cmd("Input.dispatchKeyEvent", event)

    def marks(self) -> list[dict[str, Any]]:
        """Return what is drawn on the canvas: how many incidents each, and where in the window."""
        return self.run(
            """
            const layer = window.incident_layer_1;
            return layer._items.map(({rows, x, y}) => {
              const point = layer._map.layerPointToContainerPoint([x, y]);
              return {rows, x: point.x, y: point.y};
            });
            """
        )

    def text(self, selector: str) -> str:
        """Return the visible words of the first element that fits."""
        return self.run("return document.querySelector(arguments[0]).innerText", selector)

    def console(self) -> list[str]:
        """Return the warnings and errors on the console since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Return the addresses outside the page that it asked for since the last call."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))]

    def assert_quiet(self) -> None:
        """Fail if the page asked for anything outside or complained."""
        assert self.requests() == []
        assert self.console() == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium for the whole session; skip where there is none, fail on CI."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    chromedriver = shutil.which("chromedriver")
    if not (chromium and chromedriver):
        if os.environ.get("CI"):
            pytest.fail("no chromium and chromedriver on this CI machine")
        pytest.skip("no chromium and chromedriver on this machine")
    from selenium import webdriver

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options, webdriver.ChromeService(chromedriver))
        try:
            yield Browser(driver)
        finally:
            driver.quit()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Return a function that saves a map and opens it."""

    def open_map(map_: folium.Map, **how: Any) -> dict[str, str]:
        path = tmp_path / "map.html"
        save(map_, path)
        return browser.open(path, **how)

    return open_map
