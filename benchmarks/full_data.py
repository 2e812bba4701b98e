"""What the full data adds: names right, wrong and abstained, and the time it takes.

Usage: ``python benchmarks/full_data.py FOLDER``, the folder of the test data
(``dev/ucdp_ged_iraq_dev.csv``, ``cod-ab/``, ``wof/``), which is installed in a
temporary folder first.
"""

from __future__ import annotations

import random
import string
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

import pandas as pd
import yaml

import gazetteer
from gazetteer import Gazetteer, Match
from gazetteer.fetch import install_from
from gazetteer.normalise import fold

CASES = Path(__file__).parents[1] / "tests" / "cases"


def main() -> None:
    """Install the full data and print all figures."""
    source = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as temporary:
        start = perf_counter()
        folder = Path(temporary) / "full"
        for part in ("cod-ab", "wof"):
            install_from(source / part, folder=folder)
        print(f"installed in {perf_counter() - start:.1f} s")
        gaz = gazetteer.load(folder)
        _ucdp(gaz, pd.read_csv(source / "dev" / "ucdp_ged_iraq_dev.csv"))
        _cases(gaz)
        _villages(gaz)
        _typos(gaz)
        _speed(gaz, folder)


def _ucdp(gaz: Gazetteer, rows: pd.DataFrame) -> None:
    """Measure UCDP's places against the polygons that their precise rows lie in."""
    held = gaz.containing(rows["longitude"], rows["latitude"])
    rows = rows.assign(adm1=held["adm1_pcode"].to_numpy(), adm2=held["adm2_pcode"].to_numpy())
    _distinct(gaz, rows)
    precise = rows[rows["where_prec"] <= 2]
    first = Counter(
        _outcome(gaz.resolve(str(name)), "adm1", set(group["adm1"]))
        for name, group in precise.groupby("where_coordinates")
    )
    print("UCDP, distinct precise names, ADM1:", dict(first))
    matches = [gaz.resolve(str(name)) for name in precise["where_coordinates"]]
    second = Counter(
        _outcome(m, "adm2", {code}) for m, code in zip(matches, precise["adm2"], strict=True)
    )
    print(f"UCDP, {len(precise)} precise rows, ADM2:", dict(second))


def _distinct(gaz: Gazetteer, rows: pd.DataFrame) -> None:
    """Count all distinct names: those whose rows tell a governorate, and regions, which tell none.

    Of a name whose rows tell none, right is a region, the country or no answer: no governorate.
    A region that lies across the governorate told is counted apart: it is not wrong, and no answer.
    """
    governorates, regions = Counter[str](), Counter[str]()
    for name, group in rows.groupby("where_coordinates"):
        place = gaz.resolve(str(name)).place
        unit = place.adm1 if place is not None else None
        if group["adm_1"].isna().all():
            regions["right" if unit is None else "wrong"] += 1
        elif unit is not None:
            governorates["right" if unit in set(group["adm1"]) else "wrong"] += 1
        else:
            across = place is not None and not set(place.across).isdisjoint(group["adm1"])
            governorates["a region across it" if across else "abstained"] += 1
    count = governorates.total() + regions.total()
    right = governorates["right"] + regions["right"]
    print(f"UCDP, {count} distinct names: {right} right, of them")
    print(f"  {governorates.total()} with a governorate in their rows:", dict(governorates))
    print(f"  {regions.total()} with none, which have no governorate:", dict(regions))


def _outcome(match: Match, level: str, truth: set[str]) -> str:
    unit = getattr(match.place, level) if match.place is not None else None
    return "abstained" if unit is None else "right" if unit in truth else "wrong"


def _cases(gaz: Gazetteer) -> None:
    """Measure our own lists: awkward spellings, and what is no place in Iraq."""
    names = yaml.safe_load((CASES / "names.yml").read_text(encoding="utf-8"))
    spelled = Counter(
        _outcome(gaz.resolve(str(name)), "adm1", {str(gaz.place(id).adm1)})
        for id, listed in names.items()
        if gaz.place(id).adm1
        for name in listed
    )
    print("awkward spellings, ADM1:", dict(spelled))
    nothing = yaml.safe_load((CASES / "not_places.yml").read_text(encoding="utf-8"))
    listed = [str(name) for group in nothing.values() for name in group]
    taken = [name for name in listed if (p := gaz.resolve(name).place) and p.level != "adm0"]
    print(f"no places in Iraq: {len(listed)} names, accepted: {taken}")


def _villages(gaz: Gazetteer, count: int = 1000) -> None:
    """Measure villages by their names, alone and within their district."""
    dice = random.Random(2024)
    villages = [p for p in gaz.places() if p.id.startswith("gn:") and p.adm2 and not p.population]
    chosen = dice.sample(villages, count)
    for what, within in (("alone", False), ("within their district", True)):
        answers = ((p, gaz.resolve(p.name, within=p.adm2 if within else None)) for p in chosen)
        found = Counter(
            "abstained" if not m.place else "right" if m.place.id == p.id else "another"
            for p, m in answers
        )
        print(f"{count} villages {what}:", dict(found))


def _typos(gaz: Gazetteer, count: int = 3000) -> None:
    """Measure names of six letters and more that are known, with one random edit."""
    dice = random.Random(2024)
    names = [p.name for p in gaz.places() if len(fold(p.name)) >= 6]
    known = [name for name in dice.sample(names, 5 * count) if gaz.resolve(name).place][:count]
    outcomes: Counter[str] = Counter()
    for name in known:
        at = dice.randrange(1, len(name))
        written = name[:at] + dice.choice(string.ascii_lowercase) + name[at + dice.randrange(2) :]
        meant, read = gaz.resolve(name).place, gaz.resolve(written).place
        same = read is not None and meant is not None and read.id == meant.id
        outcomes["abstained" if read is None else "right" if same else "wrong"] += 1
        if read is not None and meant is not None and not same:
            there = read.adm2 is not None and read.adm2 == meant.adm2
            outcomes["of the wrong in the same district"] += there
    print(f"{len(known)} names with a typing error:", dict(outcomes))


def _speed(gaz: Gazetteer, folder: Path) -> None:
    start = perf_counter()
    gazetteer.load(folder).resolve("Wadi Nowhere")
    print(f"first name that the core data does not know: {perf_counter() - start:.2f} s")
    names = [f"Wadi Nowher{n}" for n in range(1000)]
    start = perf_counter()
    for name in names:
        gaz.resolve(name)
    print(f"one unknown name: {perf_counter() - start:.3f} ms")
    command = ["resolve", "--data", str(folder), "Babil"]
    code = "import sys; from gazetteer.cli import main; sys.exit(main(sys.argv[1:]))"
    start = perf_counter()
    subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True)
    print(f"gazetteer resolve Babil, cold: {perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
