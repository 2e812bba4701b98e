"""Every example in the README and the documentation runs, and nothing lacks a line there.

What is done with the blocks of a page, top to bottom, in one folder of its own:

| block | what is done |
|---|---|
| ``console`` | lines after ``$`` run in a shell; what they print must be what follows |
| ``sh`` | runs in a shell; must succeed |
| ``pycon`` | runs as a doctest |
| ``python`` | runs; names live on from block to block of the page |
| ``{code-block}`` with ``:caption: FILE`` | is written to that file |
| ``text`` and the rest | is shown only |

``...`` in what is printed stands for anything. ``make`` is left to ``.ci/run``, which runs it.
"""

from __future__ import annotations

import argparse
import doctest
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import gazetteer.cli
import mapper.cli
from gazetteer.place import Level, Status, Use
from mapper import schema

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
WITHOUT = {
    *("CONTRIBUTING", "api", "columns", "commands", "gallery", "index", "limits", "measurements"),
    *("precision", "words"),
}
"""Pages that have nothing to run."""

PARSERS = {"gazetteer": gazetteer.cli._parser(), "incident-map": mapper.cli._parser()}


def _commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    [commands] = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(commands.choices)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.stem not in WITHOUT], ids=lambda page: page.stem
)
def test_the_examples_of_a_page_run(page, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    _write_stick(tmp_path / "stick")
    monkeypatch.chdir(tmp_path)
    assert run(page, tmp_path) > 0


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.stem in WITHOUT], ids=lambda page: page.stem
)
def test_a_page_without_examples_has_none(page, tmp_path):
    assert run(page, tmp_path) == 0


@pytest.mark.parametrize(
    "block",
    [
        "```console\n$ echo one\ntwo\n```\n",
        "```console\n$ echo kept; exit 2\n```\n",
        "```sh\nfalse\n```\n",
        "```pycon\n>>> 1 + 1\n3\n```\n",
        "```python\nassert False\n```\n",
        "```bash\ntrue\n```\n",
    ],
)
def test_a_wrong_example_fails(block, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(block, encoding="utf-8")
    with pytest.raises(AssertionError):
        run(page, tmp_path)


@pytest.mark.parametrize(
    ("program", "command", "parser"),
    [
        (program, command, parser)
        for program, top in PARSERS.items()
        for command, parser in _commands_of(top).items()
    ],
)
def test_every_command_and_option_is_documented(program, command, parser):
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert f"{{command-help}} {program} {command}\n" in page
    assert [action.dest for action in parser._actions if not action.help] == []


@pytest.mark.parametrize("frame", ["INCIDENTS", "LOCATED", "AREAS"])
def test_every_column_is_documented(frame):
    page = (DOCS / "reference" / "columns.md").read_text(encoding="utf-8")
    assert f"{{frame-columns}} {frame}\n" in page
    assert [column.name for column in getattr(schema, frame) if not column.meaning] == []


@pytest.mark.parametrize(
    "value",
    [
        *schema.PRECISIONS,
        *schema.STATUSES,
        *schema.DATE_PRECISIONS,
        *schema.METHODS,
        *("code", "exact", "variant", "fuzzy", "own", "offset", "online"),
        *(str(value) for kind in (Level, Status, Use) for value in kind),
    ],
)
def test_every_word_the_program_answers_with_is_explained(value):
    page = (DOCS / "reference" / "words.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{re.escape(value)}` \| \S", page, re.M)


@pytest.mark.parametrize(
    "name",
    [f"{package.__name__}.{name}" for package in (gazetteer, mapper) for name in package.__all__],
)
def test_every_public_name_is_in_the_reference(name):
    page = (DOCS / "reference" / "api.md").read_text(encoding="utf-8")
    assert re.search(rf"^\.\. auto\w+:: {re.escape(name)}$", page, re.M)


def _write_stick(folder: Path) -> None:
    """Write boundaries with the columns of OCHA's, as somebody would carry them."""
    names = {"pcode": "ADM1_PCODE", "name_en": "ADM1_EN", "name_ar": "ADM1_AR"}
    columns = [*names.values(), "ADM0_PCODE", "geometry"]
    boundaries = gazetteer.load("core").boundaries(1).rename(columns=names)
    folder.mkdir()
    boundaries.assign(ADM0_PCODE="IQ")[columns].to_file(folder / "irq_admbnda_adm1.geojson")


# --- running a page ------------------------------------------------------------

_MATCHING = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_SHOWN = ("text", "yaml", "{")
"""Blocks that are there to be read, and directives."""

_RUN = ("console", "sh", "pycon", "python")

_SHELL_SECONDS = 120


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text and the line it begins at."""

    language: str
    text: str
    line: int


def blocks_of(page: Path) -> list[Block]:
    """Return the fenced blocks of a Markdown page, in order."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    return [
        Block(token.info.strip(), token.content, token.map[0] + 1)
        for token in tokens
        if token.type == "fence" and token.map
    ]


def run(page: Path, folder: Path) -> int:
    """Run the page's examples in `folder`, and return how many blocks of them there were.

    Raise `AssertionError` at the first that fails.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    blocks = 0
    for block in blocks_of(page):
        where = f"{page.name}:{block.line}"
        if block.language == "console":
            for command, expected in _commands(block.text):
                _check(expected, _shell(command, folder, where), f"{where}: {command}")
        elif block.language == "sh":
            _shell(re.sub(r"^make .*", "", block.text, flags=re.M), folder, where)
        elif block.language == "pycon":
            _doctest(block, names, where)
        elif block.language == "python":
            exec(compile(block.text, where, "exec"), names)
        elif caption := re.match(r":caption: (\S+)\n+", block.text):
            (folder / caption[1]).write_text(block.text[caption.end() :], encoding="utf-8")
        else:  # a misspelt language would keep an example from ever being run
            assert block.language.startswith(_SHOWN), f"{where}: {block.language!r} is not run"
        blocks += block.language in _RUN
    return blocks


def _commands(text: str) -> list[tuple[str, str]]:
    """Split a console block into commands and what each prints."""
    pairs: list[tuple[str, str]] = []
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        lines = part.splitlines(keepends=True)
        end = next(i for i, line in enumerate(lines) if not line.endswith("\\\n")) + 1
        pairs.append(("".join(lines[:end]), "".join(lines[end:])))
    return pairs


def _shell(command: str, folder: Path, where: str) -> str:
    """Run a command as a reader would who has the project installed; return what it prints.

    A line ``# exit code 2`` in the page says that the command is expected to refuse.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-ec", command],
        cwd=folder,
        env={
            **os.environ,
            "PATH": path,
            "COLUMNS": "100",
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "installed"),  # for this page alone
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=_SHELL_SECONDS,
    )
    told = re.search(r"# exit code (\d+)", command)
    wanted = int(told[1]) if told else 0
    assert done.returncode == wanted, f"{where}: {command}\n{done.stdout}"
    return done.stdout


def _check(expected: str, got: str, where: str) -> None:
    checker = doctest.OutputChecker()
    if expected.strip() and not checker.check_output(expected, got, _MATCHING):
        raise AssertionError(f"{where}expected:\n{expected}\ngot:\n{got}")


def _doctest(block: Block, names: dict[str, Any], where: str) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, names, where, where, block.line)
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=_MATCHING)
    runner.run(test, out=told.append, clear_globs=False)
    assert not runner.failures, "".join(told)
    names.update(test.globs)
