"""Compile words that are not to be taken for a place's name into ``data/words.json``."""

from __future__ import annotations

from typing import Any

import yaml

from gazetteer.build.artefact import Artefact, to_json
from gazetteer.build.places import NAMES
from gazetteer.normalise import fold


def build() -> Artefact:
    """Compile ``words.json``: common words and persons' names; and what tells of some of them."""
    reviewed = _read("not_places.yml")
    other = map(fold, [*reviewed["other_words"], *reviewed["groups"]])
    content = {
        "words": sorted(common() | people() | frozenset(other)),
        "states": sorted(map(fold, reviewed["states"])),
        "initials": sorted(reviewed["initials"]),
        "alone": sorted(map(fold, reviewed["names_alone"])),
    }
    return Artefact(
        "words.json",
        to_json(content, indent=0),
        what="common words and persons' names, not to be taken for Iraqi places",
        licence="MIT",
        reviewed=("gazetteer/names/not_places.yml", "gazetteer/names/usage.yml"),
    )


def common() -> frozenset[str]:
    """Return the common words, folded."""
    return frozenset(map(fold, _read("not_places.yml")["common_words"]))


def people() -> frozenset[str]:
    """Return the given names of persons, folded."""
    return frozenset(fold(str(name)) for name in _read("usage.yml")["given_names"])


def _read(file: str) -> Any:
    return yaml.safe_load((NAMES / file).read_text(encoding="utf-8"))
