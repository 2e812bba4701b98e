"""What the two commands share in reading their arguments."""

from __future__ import annotations

import argparse
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """A parser that refuses in one line: the whole usage would hide what is wrong."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and exit with code 2."""
        plain = message.removeprefix("the following arguments are required: ")
        if plain != message:
            message = f"missing: {plain}"
        self.exit(2, f"{self.prog}: {message.removeprefix('argument ')}; see {self.prog} --help\n")


def pair(text: str) -> tuple[str, str]:
    """Return the two halves of WHAT=COLUMN.

    Raises
    ------
    argparse.ArgumentTypeError
        It has no such halves.
    """
    what, _, column = (half.strip() for half in text.partition("="))
    if not (what and column):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not of the form WHAT=COLUMN, as in name=Town"
        )
    return what, column
