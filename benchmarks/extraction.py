"""Score extraction over labelled news, printing each error so that it can be read.

Run ``python benchmarks/extraction.py [folder of real data] [--quiet]``. The labels'
rules are in ``dev/news_dev.md`` of that folder: doubtful and unlocated events
count neither as missed nor as false.
"""

from __future__ import annotations

import argparse
import json
import time
import timeit
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

import pandas as pd

import gazetteer
from gazetteer import Gazetteer
from mapper.extraction import extract

HERE = Path(__file__).parent


@dataclass
class Rate:
    """Right ones among all, with the errors."""

    name: str
    bar: str
    right: int = 0
    total: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, ok: bool, error: str) -> None:
        self.total += 1
        self.right += ok
        if not ok:
            self.errors.append(error)

    def __str__(self) -> str:
        if not self.total:
            return f"{self.name:<34} none"
        low, high = wilson(self.right, self.total)
        share = self.right / self.total
        return (
            f"{self.name:<34} {share:6.3f}  ({self.right}/{self.total}, "
            f"95% {low:.2f} to {high:.2f}; bar {self.bar})"
        )


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's 95% interval of a share."""
    share = right / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)


def main() -> None:
    """Score all sets and print the rates, the errors and the speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "data", nargs="?", type=Path, default=HERE.parent.parent / "shared" / "data"
    )
    parser.add_argument("--quiet", action="store_true", help="rates only")
    options = parser.parse_args()
    gaz = gazetteer.load("core")
    rates = [*score_news(options.data, gaz), score_negatives(options.data, gaz)]
    rates += score_headlines(options.data, gaz)
    for rate in rates:
        print(rate)
        for error in [] if options.quiet else rate.errors[:40]:
            print("     ", error)
    print_speed(options.data, gaz)


def score_news(data: Path, gaz: Gazetteer) -> list[Rate]:
    """Score the labelled items."""
    rates = {
        name: Rate(name, bar)
        for name, bar in (
            ("found, of those told", "0.85"),
            ("told, of those found", "0.90"),
            ("ADM1", "0.95"),
            ("event type", "0.85"),
            ("sub-event type", "-"),
            ("killed", "0.90"),
            ("wounded", "0.85"),
            ("date words", "0.90"),
            ("claimed where there is none", "at most 0.05"),
        )
    }
    for item in _lines(data / "dev" / "news_dev.jsonl"):
        frame = extract(item["text"], gaz)
        found = [dict(row) for _, row in frame.iterrows()]
        left = _match(item["incidents"], found, gaz)
        for label, row in left["pairs"]:
            if not label["doubtful"]:
                rates["found, of those told"].add(True, "")
                _compare(label, row, gaz, item["id"], rates)
            rates["told, of those found"].add(True, "")
        for label in left["missed"]:
            if not label["doubtful"]:
                rates["found, of those told"].add(False, f"{item['id']}: {label['places']}")
        for row in left["false"]:
            if row["geo_precision"] in ("country", "region") and item["unlocated"]:
                continue
            rates["told, of those found"].add(False, f"{item['id']}: {_brief(row)}")
        if not item["incidents"] and not item["unlocated"]:
            rates["claimed where there is none"].add(bool(found), "")
    return list(rates.values())


def score_negatives(data: Path, gaz: Gazetteer) -> Rate:
    """Score the items that hold no incident in Iraq; the rate is of false claims."""
    rate = Rate("claimed in items on other matters", "at most 0.05")
    for item in _lines(data / "dev" / "news_dev_negatives.jsonl"):
        frame = extract(item["text"], gaz)
        rate.total += 1
        rate.right += bool(len(frame))
        rate.errors += [f"{item['id']}: {_brief(dict(row))}" for _, row in frame.iterrows()]
    return rate


def score_headlines(data: Path, gaz: Gazetteer) -> list[Rate]:
    """Score UCDP's headlines where the headline holds the place and the number of deaths."""
    rows = pd.read_csv(data / "dev" / "ucdp_ged_iraq_dev.csv", low_memory=False)
    rows = rows[rows["source_headline"].notna() & (rows["best"] > 0)]
    rates = [
        Rate("headlines: incident", "-"),
        Rate("headlines: ADM1", "-"),
        Rate("headlines: killed", "-"),
    ]
    seen = set()
    for row in rows.itertuples():
        unit = gaz.resolve(str(row.adm_1), level=1).place
        for headline in str(row.source_headline).split(";"):
            if headline in seen or unit is None or not _holds(headline, unit, int(row.best), gaz):
                continue
            seen.add(headline)
            frame = extract(headline, gaz, published=str(row.source_date)[:10])
            rates[0].add(len(frame) == 1, f"{len(frame)} from: {headline}")
            if len(frame):
                first = dict(frame.iloc[0])
                rates[1].add(
                    unit.id in _adm1(first, gaz), f"{first['place']} not in {unit.name}: {headline}"
                )
                same = not pd.isna(first["killed"]) and first["killed"] == row.best
                rates[2].add(same, f"{first['killed']} not {row.best}: {headline}")
    return rates


def print_speed(data: Path, gaz: Gazetteer) -> None:
    """Time articles of 4 kB: the processor's time, the least of many, as others use it too."""
    article = (data / "article" / "iranian-missile-babil.txt").read_text(encoding="utf-8")
    article = (article + "\n\n" + article)[:4000]
    extract(article, gaz)
    seconds = min(
        timeit.repeat(lambda: extract(article, gaz), timer=time.process_time, number=1, repeat=60)
    )
    print(f"{'articles of 4 kB a second':<34} {1 / seconds:6.0f}  (bar 100)")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _holds(headline: str, unit: gazetteer.Place, deaths: int, gaz: Gazetteer) -> bool:
    """Whether a headline names a place in the governorate, and the number of deaths."""
    if str(deaths) not in headline.replace(",", "").split():
        return False
    found = [mention.match.place for mention in gaz.find(headline)]
    return any(place is not None and unit.id in (place.id, place.adm1) for place in found)


def _match(
    labels: list[dict[str, Any]], found: list[dict[str, Any]], gaz: Gazetteer
) -> dict[str, Any]:
    """Pair labels with rows, one to one, those first that agree in most."""
    placed = [row for row in found if not pd.isna(row["place"])]
    scores = [
        (_agreement(label, row, gaz), -n, -m)
        for n, label in enumerate(labels)
        for m, row in enumerate(placed)
    ]
    pairs: dict[int, int] = {}
    for score, n, m in sorted(scores, reverse=True):
        if score > 0 and -n not in pairs and -m not in pairs.values():
            pairs[-n] = -m
    taken = [placed[m] for m in pairs.values()]
    return {
        "pairs": [(labels[n], placed[m]) for n, m in pairs.items()],
        "missed": [label for n, label in enumerate(labels) if n not in pairs],
        "false": [row for row in found if not any(row is other for other in taken)],
    }


def _agreement(label: dict[str, Any], row: dict[str, Any], gaz: Gazetteer) -> float:
    """Say how much a row agrees with a label; nothing where neither governorate nor type does."""
    is_there = label["adm1"] is None or label["adm1"] in _adm1(row, gaz)
    is_kind = label["event_type"] == row["event_type"]
    if not (is_there or is_kind):
        return 0.0
    words = " ".join(label["places"]).casefold()
    is_named = row["place"].casefold() in words
    is_counted = not pd.isna(row["killed"]) and row["killed"] == label["killed"]
    return 4.0 * is_there + 2.0 * is_named + 1.5 * is_kind + 1.0 * is_counted


def _adm1(row: dict[str, Any], gaz: Gazetteer) -> set[str | None]:
    """Return the governorates that a row's place can lie in."""
    if pd.isna(row["place"]):
        return set()
    parent = None if pd.isna(row["admin1"]) else row["admin1"]
    match = gaz.resolve(row["place"], within=parent) if parent else gaz.resolve(row["place"])
    if match.place is None:
        match = gaz.resolve(parent, level=1) if parent else match
    if match.place is not None:
        return {match.place.adm1 or match.place.id}
    return {candidate.place.adm1 for candidate in match.candidates}


def _compare(
    label: dict[str, Any], row: dict[str, Any], gaz: Gazetteer, item: str, rates: dict[str, Rate]
) -> None:
    if label["adm1"]:
        rates["ADM1"].add(
            label["adm1"] in _adm1(row, gaz), f"{item}: {row['place']} not {label['places']}"
        )
    rates["event type"].add(
        row["event_type"] == label["event_type"],
        f"{item}: {row['event_type']} not {label['event_type']}",
    )
    if label["sub_event_type"]:
        rates["sub-event type"].add(
            row["sub_event_type"] == label["sub_event_type"],
            f"{item}: {row['sub_event_type']} not {label['sub_event_type']}",
        )
    for what in ("killed", "wounded"):
        same = label[what] is None if pd.isna(row[what]) else row[what] == label[what]
        rates[what].add(same, f"{item}: {row[what]} not {label[what]}")
    if label["date_expr"]:
        told = "" if pd.isna(row["date_text"]) else row["date_text"]
        rates["date words"].add(
            label["date_expr"] in told, f"{item}: {told!r} not {label['date_expr']!r}"
        )


def _brief(row: dict[str, Any]) -> str:
    return " | ".join(
        str(row[name])
        for name in ("place", "sub_event_type", "killed", "wounded", "date_text", "quote")
    )


if __name__ == "__main__":
    main()
