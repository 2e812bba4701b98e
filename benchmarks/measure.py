"""Run the benchmarks and write what they print into the documentation.

    python benchmarks/measure.py FOLDER [NAME...]

FOLDER holds the test data (``cod-ab/``, ``dev/``, ``wof/``). With names of
benchmarks, only those are run, and the others' figures stay as they are on the
page. It takes a quarter of an hour; nothing else should run meanwhile.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "measurements.md"

HEAD = """# Measurements

Written by `benchmarks/measure.py`; nothing on this page is typed by hand. Figures
of accuracy stand beside the number of cases. Figures of speed depend on the
machine and on what else it does: read the ratios to other packages, measured in
the same run, rather than the seconds.

The data: 2,416 conflict events of UCDP GED with coordinates and place names; 33
labelled news items, 78 without an incident; OCHA's boundaries (COD-AB, 2019);
21,543 places of Who's On First; and the tables of awkward cases in `tests/cases`.

## What is not measured

- News of other kinds: the labelled items are short reports of agencies. Long
  analyses, opinion and social media are read worse.
- News that the rules were not made with, and Kurdish news: these labelled items are what
  the rules were made with. [Limits](explanation/limits.md) says what to expect of others.
- Whether a source is right. A map of wrong reports is a wrong map.
"""


@dataclass(frozen=True)
class Run:
    """One benchmark: its heading on the page, its script and its arguments."""

    heading: str
    script: str
    arguments: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The script without its ending."""
        return self.script.removesuffix(".py")


def runs(data: Path) -> tuple[Run, ...]:
    """Return all benchmarks, in the order of the page."""
    return (
        Run("Names, with the core data", "names.py", (str(data),)),
        Run("Names, with full data", "full_data.py", (str(data),)),
        Run("Names in running text", "find.py", (str(data / "dev"),)),
        Run("Incidents in articles", "extraction.py", (str(data), "--quiet")),
        Run("Tables", "tables.py"),
        Run("A large table", "size.py", ("1000000",)),
        Run("Boundaries", "boundaries.py", (str(data / "cod-ab"),)),
        Run("Points in areas", "containment.py", (str(data / "cod-ab"),)),
        Run("The map", "map.py", ("--peers",)),
    )


def main() -> None:
    """Run what was asked for and write the page."""
    data, wanted = Path(sys.argv[1]), set(sys.argv[2:])
    known = runs(data)
    if unknown := wanted - {run.name for run in known}:
        sys.exit(f"no such benchmark: {', '.join(sorted(unknown))}")
    before = _sections(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    sections = [HEAD]
    for run in known:
        if not wanted or run.name in wanted:
            print(f"{run.name}...", file=sys.stderr)
            sections.append(_measured(run, data))
        elif run.heading in before:
            sections.append(before[run.heading])
    PAGE.write_text("\n".join(sections), encoding="utf-8")


def _measured(run: Run, data: Path) -> str:
    command = [sys.executable, str(HERE / run.script), *run.arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parent)
    if done.returncode:
        sys.exit(f"{run.script} failed:\n{done.stderr}")
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    shown = " ".join([f"python benchmarks/{run.script}", *run.arguments]).replace(str(data), "DATA")
    output = "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())
    return (
        f"## {run.heading}\n\n`{shown}`, {date.today().isoformat()}, {machine}:\n\n"
        f"```text\n{output}\n```\n"
    )


def _sections(page: str) -> dict[str, str]:
    """Return the measured sections of a page by their headings."""
    parts = re.split(r"^(?=## )", page, flags=re.M)
    return {part.splitlines()[0].removeprefix("## "): part.rstrip() + "\n" for part in parts[1:]}


if __name__ == "__main__":
    main()
