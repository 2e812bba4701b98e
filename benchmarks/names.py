"""How many names are found, how many wrongly, and how fast, beside hdx-python-country and localis.

Usage: ``python benchmarks/names.py [FOLDER]``, the folder of the test data
(``dev/ucdp_ged_iraq_dev.csv``, ``cod-ab/``). Without it only our own tables of
cases are measured. The other packages are measured where they are installed.
"""

from __future__ import annotations

import random
import sys
import timeit
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import yaml

import gazetteer
from gazetteer import Gazetteer
from gazetteer.normalise import fold

CASES = Path(__file__).parents[1] / "tests" / "cases"
LATIN, ARABIC = "abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"

Finder = Callable[[str], str | None]
"""From a name to the p-code of a governorate, or None."""


def main() -> None:
    """Print all figures."""
    gaz = gazetteer.load("core")
    finders: dict[str, Finder] = {"gazetteer": lambda name: _governorate(gaz, name), **_others(gaz)}
    names = yaml.safe_load((CASES / "names.yml").read_text(encoding="utf-8"))
    truth = {name: gaz.place(id).adm1 for id, listed in names.items() for name in listed}
    _report("awkward spellings, governorate", truth, finders)
    no_places = yaml.safe_load((CASES / "not_places.yml").read_text(encoding="utf-8"))
    nothing = {str(name): None for listed in no_places.values() for name in listed}
    _report("no places in Iraq", nothing, finders)
    _typos(gaz)
    if len(sys.argv) > 1:
        _ucdp(gaz, Path(sys.argv[1]), finders)
    _speed(gaz)


def _governorate(gaz: Gazetteer, name: str) -> str | None:
    place = gaz.resolve(name).place
    return place.adm1 or "IQ" if place is not None else None


def _report(title: str, truth: dict[str, str | None], finders: dict[str, Finder]) -> None:
    print(f"\n{title}: {len(truth)} names")
    for finder, find in finders.items():
        outcomes = Counter(_outcome(find(name), expected) for name, expected in truth.items())
        print(f"  {finder:20}", dict(sorted(outcomes.items())))


def _outcome(answer: str | None, expected: str | None) -> str:
    """Right, wrong or abstained; of what has no governorate "IQ" and no answer are right."""
    if expected is None:
        return "right" if answer in (None, "IQ") else "wrong"
    if answer is None or (answer == "IQ" and expected != "IQ"):
        return "abstained"
    return "right" if answer == expected else "wrong"


# --- UCDP's places -------------------------------------------------------------


def _ucdp(gaz: Gazetteer, folder: Path, finders: dict[str, Finder]) -> None:
    """Measure the distinct places of UCDP's rows, and the rows, at the first level."""
    rows = pd.read_csv(folder / "dev" / "ucdp_ged_iraq_dev.csv")
    units = gpd.read_file(folder / "cod-ab" / "irq_admbnda_adm1.geojson")
    points = gpd.GeoDataFrame(
        rows, geometry=gpd.points_from_xy(rows["longitude"], rows["latitude"]), crs=4326
    )
    rows["held"] = gpd.sjoin(points, units[["ADM1_PCODE", "geometry"]], how="left")["ADM1_PCODE"]
    labels = {name: _governorate(gaz, name) for name in rows["adm_1"].dropna().unique()}
    truth: dict[str, set[str]] = {}
    for name, group in rows.groupby("where_coordinates"):
        exact = group[group["where_prec"] <= 2]
        told = {label for label in map(labels.get, group["adm_1"].dropna()) if label}
        truth[str(name)] = told | set(exact["held"].dropna() if len(exact) == len(group) else ())
    print(f"\nUCDP's places, governorate: {len(truth)} names, {len(rows)} rows")
    for finder, find in finders.items():
        outcome = {name: _ucdp_outcome(find(name), told) for name, told in truth.items()}
        by_row = rows["where_coordinates"].map(outcome).value_counts().to_dict()
        print(f"  {finder:20}", dict(sorted(Counter(outcome.values()).items())), "rows:", by_row)


def _ucdp_outcome(answer: str | None, told: set[str]) -> str:
    if not told:
        return _outcome(answer, None) if answer is not None else "abstained"
    if answer in (None, "IQ"):
        return "abstained"
    return "right" if answer in told else "wrong"


# --- typing errors and speed -----------------------------------------------------


def _typos(gaz: Gazetteer, count: int = 3000) -> None:
    """Measure strong names of six letters and more with one random edit."""
    dice = random.Random(2024)
    listed = sorted(
        {
            name.text
            for place in gaz.places()
            for name in place.names
            if not name.weak and len(fold(name.text)) >= 6 and gaz.resolve(name.text).place
        }
    )
    outcomes: Counter[str] = Counter()
    for name in dice.sample(listed, min(count, len(listed))):
        meant, match = gaz.resolve(name).place, gaz.resolve(edited(name, dice))
        read = match.place
        if read is None:
            outcomes["abstained"] += 1
        else:
            same = meant is not None and (read.adm1, read.adm2) == (meant.adm1, meant.adm2)
            outcomes["right" if same else "wrong"] += 1
    print(f"\none typing error: {sum(outcomes.values())} names\n  {dict(sorted(outcomes.items()))}")


def edited(name: str, dice: random.Random) -> str:
    """Return a name with one letter added, left out or replaced, or two swapped."""
    at = dice.randrange(len(name) - 1)
    letter = dice.choice(ARABIC if any(c > "\u0600" for c in name) else LATIN)
    return dice.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def _speed(gaz: Gazetteer) -> None:
    listed = [name.text for place in gaz.places() for name in place.names]
    typed = [f"{name[:3]}x{name[3:]}" for name in listed if len(name) >= 6][:500]
    resolver = gaz._resolver  # without the memory of earlier answers
    print("\nspeed, one core")
    print(f"  exact name, asked first    {_microseconds(resolver.resolve, listed):8.1f} µs")
    print(f"  exact name, second round   {_microseconds(resolver.resolve, listed):8.1f} µs")
    print(f"  exact name, asked again    {_microseconds(gaz.resolve, ['Babil'] * 10_000):8.1f} µs")
    print(f"  misspelled name            {_microseconds(resolver.resolve, typed):8.1f} µs")
    many = [listed[at % 1000] for at in range(1_000_000)]
    # The first time the system has to find the memory; the machine's other work is not ours.
    first, *again = [_seconds(lambda: gaz.resolve_many(many)) for _ in range(4)]
    print(f"  1,000,000 rows, 1,000 names {first:7.2f} s, again {min(again):.2f} s")
    article = _article()
    gaz.find(article)
    seconds = _seconds(lambda: [gaz.find(article) for _ in range(100)])
    kilobytes = 100 * len(article.encode()) / 4096
    print(f"  articles of 4 kB           {kilobytes / seconds:8.0f} a second")


def _article() -> str:
    """Return news of the usual kind and density of names."""
    text = (
        "BAGHDAD (AFP) - A car bomb exploded near a market in Baquba, northeast of Baghdad, on "
        "Tuesday, killing at least six people and wounding eleven others, a police officer and a "
        "medical source said. The attack came a day after gunmen killed two soldiers at a "
        "checkpoint in Hawija, in the province of Kirkuk. No group has claimed responsibility for "
        "the blast, but the jihadists have carried out many such attacks in the past, and the "
        "government in Baghdad has promised to bring those who plan them to justice before long. "
    )
    return "\n\n".join([text] * 8)


def _microseconds(ask: Callable[[str], object], names: Iterable[str]) -> float:
    names = list(names)
    ask(names[0])
    return _seconds(lambda: [ask(name) for name in names]) / len(names) * 1e6


def _seconds(work: Callable[[], object]) -> float:
    """Time work once, without looking for garbage among what the peers have loaded."""
    return timeit.timeit(work, number=1)


# --- the others ------------------------------------------------------------------


def _others(gaz: Gazetteer) -> dict[str, Finder]:
    found = {"hdx-python-country": _hdx, "localis": _localis}
    finders = {}
    for name, make in found.items():
        try:
            finders[name] = make(gaz)
        except ImportError:
            print(f"{name} is not installed")
    return finders


def _hdx(gaz: Gazetteer) -> Finder:
    from hdx.location.adminlevel import AdminLevel

    units = [
        {"Location": "IRQ", "P-Code": p.id, "Name": p.name, "Admin Level": "1"}
        for p in gaz.places()
        if p.level == "adm1" and p.id.startswith("IQ")
    ]
    level = AdminLevel(admin_level=1)
    level.setup_from_iterable(units, ["IRQ"])
    return lambda name: level.get_pcode("IRQ", name)[0]


def _localis(gaz: Gazetteer) -> Finder:
    from localis import subdivisions

    def find(name: str) -> str | None:
        best = next((unit for unit, _ in subdivisions.search(name, limit=1)), None)
        if best is None or best.country.alpha2 != "IQ":
            return None
        code = best.iso_code or getattr(best.parent, "iso_code", None)
        return _governorate(gaz, code) if code else None

    return find


if __name__ == "__main__":
    main()
