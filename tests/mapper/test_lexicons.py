"""The lexicons: no list holds a phrase twice, none is left over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from mapper.extraction import phrases

NAMES = sorted(
    file.name
    for file in files("mapper.extraction").joinpath("lexicon").iterdir()
    if file.name.endswith(".yml")
)


@pytest.mark.parametrize("name", NAMES)
def test_no_list_holds_a_phrase_twice(name: str) -> None:
    twice = {
        path: repeated
        for path, listed in lists_of(phrases.load(name))
        if (repeated := [phrase for phrase, n in Counter(listed).items() if n > 1])
    }
    assert not twice


def lists_of(node: object, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of phrases, and every text of many words, each as it is compared."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from lists_of(value, f"{path}/{key}")
    elif isinstance(node, list):
        texts = [text for text in node if isinstance(text, str)]
        yield path, [" ".join(words) for text in texts for words in phrases.expand(text)]
        for n, value in enumerate(node):
            if not isinstance(value, str):
                yield from lists_of(value, f"{path}/{n}")
    elif isinstance(node, str):
        yield path, [" ".join(words) for word in node.split() for words in phrases.expand(word)]


def test_the_words_of_rules_are_those_that_rules_ask_for() -> None:
    modules = {file.name: file for file in files("mapper.extraction").iterdir()}
    for module, lists in phrases.load("rules.yml").items():
        asked = re.findall(r'_words\["(\w+)"\]', modules[f"{module}.py"].read_text("utf-8"))
        assert set(asked) == set(lists), module
