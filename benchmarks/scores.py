"""What a score is worth: of the matches in a band of scores, how many are right.

Usage: ``python benchmarks/scores.py FOLDER``, the folder of the test data
(``dev/ucdp_ged_iraq_dev.csv``, ``cod-ab/``, ``wof/``).

Asked are the names of the core data as they are listed, each with one typing
error, UCDP's places, what is no place in Iraq (right is no answer), and as many
names of villages that are not listed. An answer is right if it is the place
asked for: the same district, or a point so near as the two places are large.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd
import yaml
from names import CASES, edited

import gazetteer
from gazetteer import Gazetteer, Match, Place
from gazetteer.normalise import fold

COUNT = 4000
_BANDS = (0.0, 0.6, 0.75, 0.85, 0.95, 1.01)
_NEAR_KM = 10.0
Judged = tuple[Match, bool]


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    gaz = gazetteer.load("core")
    units = gazetteer.load(folder / "cod-ab")
    dice = random.Random(2024)
    judged = [
        *_listed(gaz, dice),
        *_unlisted(gaz, units, folder, dice),
        *_ucdp(gaz, units, folder),
        *_nothing(gaz),
    ]
    print("rung      score          answers  mean score  right")
    for rung in ("exact", "variant", "fuzzy", ""):
        of_rung = [(m, right) for m, right in judged if rung in ("", m.method) and m.place]
        for least, most in pairwise(_BANDS):
            band = [(m.score, right) for m, right in of_rung if least <= m.score < most]
            if band:
                mean = sum(score for score, _ in band) / len(band)
                share = sum(right for _, right in band) / len(band)
                title = f"{rung or 'all':8}  {least:.2f} to {min(most, 1):.2f}"
                print(f"{title}  {len(band):7}  {mean:10.2f}  {share:5.2f}")


def _listed(gaz: Gazetteer, dice: random.Random) -> Iterator[Judged]:
    names = sorted({name.text for place in gaz.places() for name in place.names})
    for name in dice.sample(names, COUNT):
        meant = gaz.resolve(name)
        if meant.place is None:
            continue
        yield meant, True
        match = gaz.resolve(edited(name, dice))
        if match.place is not None:
            same = (match.place.adm1, match.place.adm2) == (meant.place.adm1, meant.place.adm2)
            yield match, same


def _unlisted(
    gaz: Gazetteer, units: Gazetteer, folder: Path, dice: random.Random
) -> Iterator[Judged]:
    known = {place.id for place in gaz.places()}
    with (folder / "wof" / "wof_iq_places.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if f"gn:{row['gn_id']}" not in known]
    asked = []
    for row in rows:
        texts = {row["name"], *(t for c in _NAMES for t in row[c].split("|"))} - {""}
        asked += [(text, float(row["lon"]), float(row["lat"])) for text in sorted(texts)]
    chosen = dice.sample(asked, 2 * COUNT)
    held = units.containing([x for _, x, _ in chosen], [y for _, _, y in chosen])
    columns = [held[f"adm{level}_pcode"].to_list() for level in (1, 2, 3)]
    for (name, x, y), codes in zip(chosen, zip(*columns, strict=True), strict=True):
        match = gaz.resolve(name)
        if match.place is not None:
            yield match, _is_there(match.place, (x, y), codes)


_NAMES = ("names_eng", "names_ara", "names_kur")


def _is_there(place: Place, point: tuple[float, float], codes: tuple[str, ...]) -> bool:
    if place.point is None:
        return place.level == "adm0" or place.id in codes
    x = (place.point[0] - point[0]) * math.cos(math.radians(point[1]))
    return 111.2 * math.hypot(x, place.point[1] - point[1]) <= (place.radius_km or 0) + _NEAR_KM


def _ucdp(gaz: Gazetteer, units: Gazetteer, folder: Path) -> Iterator[Judged]:
    rows = pd.read_csv(folder / "dev" / "ucdp_ged_iraq_dev.csv")
    rows = rows[rows["where_prec"] <= 2]
    held = units.containing(rows["longitude"], rows["latitude"])["adm1_pcode"].to_numpy()
    for name, group in rows.assign(held=held).groupby("where_coordinates"):
        match = gaz.resolve(str(name))
        if match.place is not None:
            yield match, match.place.adm1 in set(group["held"])


def _nothing(gaz: Gazetteer) -> Iterator[Judged]:
    listed = yaml.safe_load((CASES / "not_places.yml").read_text(encoding="utf-8"))
    for names in listed.values():
        for name in names:
            match = gaz.resolve(str(name))
            if match.place is not None and fold(str(name)) != "iraq":
                yield match, False


if __name__ == "__main__":
    main()
