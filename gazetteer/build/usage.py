"""Compile the words that tell how a text uses a name into ``data/usage.json``."""

from __future__ import annotations

import yaml

from gazetteer.build.artefact import Artefact, to_json
from gazetteer.build.places import NAMES
from gazetteer.normalise import fold


def build() -> Artefact:
    """Compile ``usage.json``: by rule, folded words."""
    content = yaml.safe_load((NAMES / "usage.yml").read_text(encoding="utf-8"))
    adjectives = content.pop("adjectives")
    folded: dict[str, object] = {
        rule: sorted(set(map(fold, words))) for rule, words in content.items()
    }
    folded["adjectives"] = {
        fold(word): place for place, words in adjectives.items() for word in words
    }
    return Artefact(
        "usage.json",
        to_json(folded, indent=1),
        what="words beside a place name that tell how running text uses it",
        licence="MIT",
        reviewed=("gazetteer/names/usage.yml",),
    )
