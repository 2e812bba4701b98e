"""How long a map takes to draw and to open, and how large it is, beside folium's own layers.

    python benchmarks/map.py [--rows 30 2416 100000] [--bare] [--peers]

Incidents are made up: four in five at one of 300 spots, as events of a war come, the
others scattered; notes of 120 letters, of 3,000 words as unevenly frequent as real
ones. MarkerCluster is measured up to 10,000 rows, `explore` as far as ours: per row, the
figures can be compared. A new picture is timed from a change of a filter to the end of the
frame that shows it: words, types, casualties and the time brush, in turn.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from folium.plugins import MarkerCluster

from mapper.drawing import draw, save
from mapper.schema import AREAS, EVENT_TYPES, LOCATED, empty

PEER_LIMIT = 10_000


def main() -> None:
    """Measure and print one line a size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[30, 2_416, 100_000])
    parser.add_argument("--bare", action="store_true", help="no notes")
    parser.add_argument("--peers", action="store_true", help="folium's MarkerCluster too")
    options = parser.parse_args()
    areas = made_up_areas()
    draw(made_up_incidents(10, notes=True), areas)  # imports are not the map's doing
    print(
        f"{'what':<16}{'rows':>10}{'draw+save s':>13}{'MB':>8}{'us/row':>9}{'bytes/row':>11}"
        f"{'open s':>8}{'picture ms: median':>20}{'95%':>6}"
    )
    for rows in options.rows:
        located = made_up_incidents(rows, notes=not options.bare)
        report("ours", rows, partial(draw, located, areas))
        if options.peers:
            few = located.head(PEER_LIMIT)
            report("MarkerCluster", len(few), partial(clustered, few))
            report("explore", rows, partial(explored, located))


def report(what: str, rows: int, make: Any) -> None:
    """Draw, save and open a map, and print what that took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        start = time.perf_counter()
        save(make(), path)
        drawn = time.perf_counter() - start
        size = path.stat().st_size
        opened, pictures = open_in_chromium(path) if what == "ours" else (float("nan"), [])
    median, late = np.percentile(pictures, [50, 95]) if pictures else (float("nan"),) * 2
    print(
        f"{what:<16}{rows:>10,}{drawn:>13.2f}{size / 1e6:>8.2f}{drawn / rows * 1e6:>9.0f}"
        f"{size / rows:>11,.0f}{opened:>8.2f}{median:>20.0f}{late:>6.0f}",
        flush=True,
    )


def made_up_areas() -> gpd.GeoDataFrame:
    """Return 18 squares as an AREAS frame."""
    frame = empty(AREAS, 18)
    frame["pcode"] = pd.Series([f"IQG{n:02}" for n in range(1, 19)], dtype="str")
    frame["name"] = frame["pcode"]
    frame["level"] = pd.Series(["adm1"] * 18, dtype="str")
    for column in ("population", "incidents", "killed", "wounded"):
        frame[column] = pd.Series(range(18), dtype="Int64")
    frame["incidents_per_100k"] = pd.Series([0.5] * 18, dtype="Float64")
    boxes = [
        shapely.box(39 + n % 6 * 1.5, 30 + n // 6 * 2, 40.5 + n % 6 * 1.5, 32 + n // 6 * 2)
        for n in range(18)
    ]
    return gpd.GeoDataFrame(frame, geometry=boxes, crs=4326)


def made_up_incidents(rows: int, *, notes: bool) -> gpd.GeoDataFrame:
    """Return a LOCATED frame."""
    chance = np.random.default_rng(rows)
    spots = np.column_stack([chance.uniform(39, 48, 300), chance.uniform(30, 36, 300)])
    points = spots[np.minimum(chance.geometric(0.02, rows), 300) - 1]
    scattered = chance.random(rows) < 0.2
    points[scattered] += chance.normal(0, 0.2, (int(scattered.sum()), 2))
    days = pd.Timestamp("2004-01-01") + pd.to_timedelta(chance.integers(0, 7_000, rows), unit="D")
    types = np.array(list(EVENT_TYPES))
    texts = {
        "event_type": types[chance.integers(0, len(types), rows)],
        "date_precision": np.full(rows, "day"),
        "place_name": np.char.add("Town ", chance.integers(0, 300, rows).astype(str)),
        "adm1_pcode": np.char.add(
            "IQG", np.char.zfill(chance.integers(1, 19, rows).astype(str), 2)
        ),
        "precision": np.full(rows, "settlement"),
        "status": np.full(rows, "resolved"),
        "source": np.char.add("Paper ", chance.integers(0, 40, rows).astype(str)),
        "actor1": np.char.add("Group ", chance.integers(0, 60, rows).astype(str)),
    }
    if notes:
        texts["notes"] = made_up_notes(chance, rows)
    frame = empty(LOCATED, rows).assign(
        incident_id=pd.Series([f"i{n}" for n in range(rows)], dtype="str"),
        date=pd.Series(days).astype("datetime64[us]"),
        date_end=pd.Series(days).astype("datetime64[us]"),
        killed=pd.Series(chance.poisson(2, rows), dtype="Int64"),
        source_row=pd.Series(range(2, rows + 2), dtype="Int64"),
        score=pd.Series(np.ones(rows), dtype="Float64"),
        **{name: pd.Series(values, dtype="str") for name, values in texts.items()},
    )
    return gpd.GeoDataFrame(frame, geometry=shapely.points(points), crs=4326)


def made_up_notes(chance: np.random.Generator, rows: int) -> np.ndarray[Any, Any]:
    """Return texts of 120 letters."""
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = ["".join(chance.choice(letters, length)) for length in chance.integers(2, 10, 3_000)]
    picked = np.minimum(chance.zipf(1.3, (rows, 30)), 3_000) - 1
    return np.array([" ".join(words[n] for n in row)[:120] for row in picked])


def clustered(located: gpd.GeoDataFrame) -> folium.Map:
    """Draw markers with popups as folium's users do."""
    map_ = folium.Map([33, 44], zoom_start=6)
    cluster = MarkerCluster().add_to(map_)
    columns = (located.geometry.x, located.geometry.y, located["event_type"], located["notes"])
    for x, y, kind, text in zip(*columns, strict=True):
        folium.Marker([y, x], popup=f"{kind}: {text}").add_to(cluster)
    return map_


def explored(located: gpd.GeoDataFrame) -> folium.Map:
    """Draw points with popups as geopandas' users do."""
    columns = ["event_type", "notes", "geometry"]
    return located[columns].explore(popup=True, tooltip=False)


PICTURES = """
const done = arguments[arguments.length - 1];
const frame = () => new Promise((shown) => requestAnimationFrame(() => {
  const after = new MessageChannel();
  after.port1.onmessage = shown;
  after.port2.postMessage(0);
}));
const { filters, timeline } = account_1;
const changes = [];
const change = (part) => changes.push(() => filters.change(part));
for (const text of ["ab", "town 12", "zq", ""]) change({ text });
for (const type of ["Battles", "Riots", "Protests"]) change({ type: new Set([type]) });
change({ type: new Set() });
for (const harm of ["killed", "harmed", "unknown", ""]) change({ harm });
const bars = timeline._starts?.length ?? 0;
for (let to = bars >> 2; to < bars; to++) changes.push(() => timeline._choose(bars >> 2, to));
(async () => {
  const times = [];
  for (const go of changes) {
    await frame();
    const start = performance.now();
    go();
    await frame();
    times.push(performance.now() - start);
  }
  done(times);
})();
"""


def open_in_chromium(path: Path) -> tuple[float, list[float]]:
    """Return the seconds until a page is ready, and the milliseconds of each new picture."""
    if not shutil.which("chromedriver"):
        return float("nan"), []
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_window_size(1366, 768)
    driver.set_script_timeout(120)
    try:
        driver.get("about:blank")
        start = time.perf_counter()
        driver.get(path.as_uri())
        while driver.execute_script("return document.documentElement.dataset.ready") != "true":
            time.sleep(0.01)
        opened = time.perf_counter() - start
        time.sleep(1)  # people look before they touch; the search is made ready meanwhile
        return opened, driver.execute_async_script(PICTURES)
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
