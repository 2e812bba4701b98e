"""``python -m gazetteer.build``: write the core data, or ``--check`` what is committed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gazetteer.build import governorates, names, neighbours, outside, places, usage, words
from gazetteer.build.artefact import Artefact, manifest
from gazetteer.errors import DataError

DATA = Path(__file__).parents[1] / "data"
BUILDERS = (governorates, neighbours, outside, places, usage, words)
BY_HAND = {"NOTICE.md"}


def main(argv: list[str] | None = None) -> int:
    """Build or check the core data; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m gazetteer.build", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed data, write nothing"
    )
    arguments = parser.parse_args(argv)
    try:
        built = build_all()
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if arguments.check:
        return check(built, DATA)
    write(built, DATA)
    return 0


def build_all() -> dict[str, bytes]:
    """Build every file of the core data, and the manifest, in memory."""
    artefacts: list[Artefact] = [builder.build() for builder in BUILDERS]
    files = {artefact.file: artefact for artefact in artefacts}
    artefacts += names.build(files["places.json"], files["outside.json"])
    contents = {artefact.file: artefact.content for artefact in artefacts}
    return {**contents, "manifest.json": manifest(artefacts)}


def write(built: dict[str, bytes], folder: Path) -> None:
    """Write built files into a folder, and say which."""
    folder.mkdir(exist_ok=True)
    for name, content in built.items():
        (folder / name).write_bytes(content)
        print(f"{folder / name}: {len(content):,} bytes")


def check(built: dict[str, bytes], folder: Path) -> int:
    """Compare built files with a folder's; print what differs; return the exit code."""
    committed = {path.name for path in folder.iterdir()} - BY_HAND
    differing = [
        *(f"{name}: not committed" for name in sorted(set(built) - committed)),
        *(f"{name}: nothing builds it" for name in sorted(committed - set(built))),
        *(
            f"{name}: differs from what the sources give"
            for name in sorted(set(built) & committed)
            if built[name] != (folder / name).read_bytes()
        ),
    ]
    for line in differing:
        print(line)
    if not differing:
        print(f"{len(built)} files are as the sources give them")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
