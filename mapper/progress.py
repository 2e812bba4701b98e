"""What is being done, shown while it is done: on a terminal and in a notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

Step = Callable[[str], object]
"""Is told what begins now, in a few words."""


@contextmanager
def on_terminal(steps: int) -> Iterator[Step]:
    """Show a bar on a terminal; say nothing where the errors go to a file or a pipe."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=steps)
        yield lambda words: bar.update(task, description=words, advance=1)


@contextmanager
def in_notebook(steps: int) -> Iterator[Step]:
    """Show a bar in a notebook; elsewhere say nothing.

    It is the browser's own, since rich's and tqdm's need widgets that not every
    notebook has.
    """
    if not _is_notebook():
        yield silent
        return
    from IPython.display import HTML, display

    shown = display(HTML(""), display_id=True)
    done = 0

    def step(words: str) -> None:
        nonlocal done
        shown.update(HTML(f"<progress max='{steps}' value='{done}'></progress> {escape(words)}"))
        done += 1

    try:
        yield step
    finally:
        shown.update(HTML(""))


def _is_notebook() -> bool:
    if "ipykernel" not in sys.modules:
        return False
    from IPython import get_ipython

    return hasattr(get_ipython(), "kernel")  # imported is not yet run in


def silent(words: str) -> None:
    """Show nothing."""
