"""Compile what is asked of names at run time out of the lists of places, here and abroad."""

from __future__ import annotations

import json

from gazetteer.beginnings import BEGINNINGS_FILE, Beginnings
from gazetteer.build.artefact import Artefact
from gazetteer.compiled import NAMES_FILE, digest, written_names


def build(places: Artefact, outside: Artefact) -> list[Artefact]:
    """Compile ``names.json`` and ``beginnings.json``."""
    names = written_names(places.content, of=digest(places.content))
    abroad = json.loads(outside.content)
    ours = json.loads(names)
    listed = [*ours["names"], *abroad["well_known"], *abroad["cities"]]
    return [
        Artefact(
            NAMES_FILE,
            names,
            what="from names and their spellings to the places that bear them",
            licence=places.licence,
            packages=places.packages,
            reviewed=places.reviewed,
        ),
        Artefact(
            BEGINNINGS_FILE,
            Beginnings.of(listed, keys=ours["keys"]).written(),
            what="the words that names begin with, of places here and abroad",
            licence=places.licence,
            packages=places.packages,
            reviewed=places.reviewed,
        ),
    ]
