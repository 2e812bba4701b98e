"""Two Sphinx directives that print the program's own words, so that they cannot fall behind it.

``command-help`` prints the help of a command, ``frame-columns`` the columns of a frame.
"""

from __future__ import annotations

import argparse
import os

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList

import gazetteer.cli
import mapper.cli
from mapper import schema

_PROGRAMS = {"gazetteer": gazetteer.cli, "incident-map": mapper.cli}


def parser_of(program: str, command: str | None = None) -> argparse.ArgumentParser:
    """Return the argument parser of a program, or of one of its commands."""
    parser: argparse.ArgumentParser = _PROGRAMS[program]._parser()
    return commands_of(parser)[command] if command else parser


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the commands of a program and the parser of each."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


class CommandHelp(Directive):
    """``{command-help} incident-map draw``: what ``--help`` prints, 88 columns wide."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        os.environ["COLUMNS"] = "88"  # argparse wraps at the width of the terminal
        text = parser_of(*self.arguments[0].split()).format_help()
        return [nodes.literal_block(text, text, language="text")]


class FrameColumns(Directive):
    """``{frame-columns} INCIDENTS``: a table of name, kind of values and meaning."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        lines = ["| column | values | meaning |", "|---|---|---|"]
        for column in getattr(schema, self.arguments[0]):
            values = column.kind + "".join(f", `{value}`" for value in column.allowed)
            lines.append(f"| `{column.name}` | {values} | {column.meaning} |")
        holder = nodes.section()
        self.state.nested_parse(StringList(lines), self.content_offset, holder)
        return holder.children


def setup(app: object) -> dict[str, bool]:
    """Register the directives with Sphinx."""
    app.add_directive("command-help", CommandHelp)  # type: ignore[attr-defined]
    app.add_directive("frame-columns", FrameColumns)  # type: ignore[attr-defined]
    return {"parallel_read_safe": True}
