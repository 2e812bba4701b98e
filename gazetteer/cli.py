"""The command ``gazetteer``: resolve names, find them in a text, tell what is installed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gazetteer
from gazetteer.arguments import Parser, pair
from gazetteer.errors import GazetteerError
from gazetteer.place import Level, Match, Mention, Offset, Place


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0, or 2 for bad input."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except (GazetteerError, _BadInput) as error:
        print(f"gazetteer: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("gazetteer: stopped; nothing was changed", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
    return 0


class _BadInput(Exception):
    """What the user gave cannot be read."""


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="gazetteer", description="Place names in Iraq, offline.")
    library = Parser(add_help=False)
    library.add_argument(
        "--data",
        metavar="PATH",
        help="fetched data, or a file or folder of polygons (GeoJSON, GeoPackage, shapefile; "
        "COD-AB, geoBoundaries, GADM); core: the package's alone; by default what was fetched, "
        "if anything",
    )
    mapping = Parser(add_help=False)
    mapping.add_argument(
        "--boundary-column",
        dest="columns",
        action="append",
        default=[],
        type=pair,
        metavar="WHAT=COLUMN",
        help="what a column of your own polygons is: pcode, name, arabic or parent (governorate); "
        "level=2 says their level; may be repeated",
    )
    library.add_argument("--json", action="store_true", help="print JSON, one object a line")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    resolve = commands.add_parser(
        "resolve", parents=[library, mapping], help="tell which place each name means"
    )
    resolve.add_argument("names", nargs="+", metavar="NAME", help="such as Hilla or بابل")
    resolve.add_argument("--within", metavar="PLACE", help="name or p-code that holds the places")
    resolve.add_argument(
        "--names", dest="own_names", metavar="FILE", help="CSV of your own names, which go first"
    )
    resolve.add_argument("--level", help="level they must have: 0 to 3, settlement, site, region")
    resolve.set_defaults(run=_resolve)

    find = commands.add_parser(
        "find", parents=[library, mapping], help="find place names in a text"
    )
    find.add_argument("file", metavar="FILE", help="a text file, UTF-8; - reads what is piped in")
    find.set_defaults(run=_find)

    info = commands.add_parser(
        "info", parents=[library, mapping], help="tell which data is installed"
    )
    info.set_defaults(run=_info)

    fetch = commands.add_parser(
        "fetch", parents=[mapping], help="install polygons or places: the only use of network"
    )
    fetch.add_argument(
        "source",
        nargs="?",
        choices=("cod-ab", "geoboundaries", "geonames"),
        default="cod-ab",
        help="OCHA's polygons (the default), geoBoundaries' polygons, or GeoNames' places",
    )
    fetch.add_argument(
        "--from", dest="path", metavar="PATH", help="a file, zip or folder, no network"
    )
    fetch.add_argument("--to", metavar="FOLDER", help="where to; by default your data folder")
    fetch.set_defaults(run=_fetch)
    return parser


def _load(arguments: argparse.Namespace, *, names: str | None = None) -> gazetteer.Gazetteer:
    gaz = gazetteer.load(arguments.data, names=names, columns=dict(arguments.columns))
    for remark in gaz.remarks:
        print(f"gazetteer: note: {remark}", file=sys.stderr)
    return gaz


# --- commands ------------------------------------------------------------------


def _resolve(arguments: argparse.Namespace) -> None:
    gaz = _load(arguments, names=arguments.own_names)
    matches = [
        gaz.resolve(name, within=arguments.within, level=arguments.level)
        for name in arguments.names
    ]
    if arguments.json:
        _print_json(_match_values(match, gaz) for match in matches)
        return
    _print_table(
        ("name", "status", "place", "level", "id", "governorate", "score", "why"),
        [
            (m.query, str(m.status), *_place_cells(m.place), f"{m.score:.2f}", _why(m))
            for m in matches
        ],
    )


def _find(arguments: argparse.Namespace) -> None:
    gaz = _load(arguments)
    mentions = gaz.find(_read(arguments.file))
    if arguments.json:
        _print_json(_mention_values(mention, gaz) for mention in mentions)
        return
    rows = [
        (f"{m.start}-{m.end}", m.text, m.use, m.match.status, *_place_cells(m.match.place))
        for m in mentions
    ]
    _print_table(("where", "text", "use", "status", "place", "level", "id", "governorate"), rows)


def _info(arguments: argparse.Namespace) -> None:
    gaz = gazetteer.load(arguments.data, columns=dict(arguments.columns))
    places = gaz.places()
    counts: dict[str, int] = {}
    for place in places:
        counts[place.level] = counts.get(place.level, 0) + 1
    values = {
        "version": gazetteer.version(),
        "places": len(places),
        "names": sum(len(place.names) for place in places),
        "places by level": counts,
        "polygons": [str(level) for level in gaz.library.levels],
        "approximate boundaries": gaz.library.approximate,
        "sources": [str(credit) for credit in gaz.library.credits],
        "remarks": list(gaz.remarks),
        "installed": [
            {"what": c.what, "from": c.url, "date": c.date, "licence": c.licence}
            for c in gaz.library.credits
        ],
    }
    if arguments.json:
        _print_json([values])
        return
    del values["sources"], values["remarks"], values["installed"]
    rows = []
    for key, value in values.items():
        if isinstance(value, dict):
            value = ", ".join(f"{n} {level}" for level, n in value.items())
        elif isinstance(value, list):
            value = ", ".join(map(str, value))
        rows.append((key, "yes" if value is True else "no" if value is False else str(value)))
    rows += [("data", f"{credit}, from {credit.url}") for credit in gaz.library.credits]
    rows += [("note", remark) for remark in gaz.remarks]
    _print_table(("what", "installed"), rows)


def _fetch(arguments: argparse.Namespace) -> None:
    from gazetteer import fetch  # nothing else needs what talks to servers

    folder = Path(arguments.to) if arguments.to else None

    def say(what: str) -> None:
        print(f"gazetteer: {what}", file=sys.stderr)

    if arguments.path is not None:
        folder = fetch.install_from(
            arguments.path, folder=folder, columns=dict(arguments.columns), say=say
        )
    else:
        folder = fetch.fetch(arguments.source, folder=folder, say=say)
    print(folder)


def _read(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise _BadInput(f"{name}: {_remedy(error)}") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _BadInput(f"{name}, line {line}: not UTF-8 text; save it as UTF-8") from None


def _remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file: check the name and the folder; a name alone is for gazetteer resolve"
    return error.strerror or str(error)


# --- what is printed -----------------------------------------------------------


def _place_cells(place: Place | None) -> tuple[str, str, str, str]:
    if place is None:
        return "", "", "", ""
    return place.name, str(place.level), place.id, place.adm1 or ""


def _why(match: Match) -> str:
    if match.area is not None:
        longitude, latitude = match.area.point
        where = f"longitude {longitude:.3f}, latitude {latitude:.3f}"
        return f"{match.why}; relative: within {match.area.radius_km:g} km of {where}"
    if match.place is not None or not match.candidates:
        return match.why
    return f"{match.why}: {', '.join(str(candidate.place) for candidate in match.candidates)}"


def _match_values(match: Match, gaz: gazetteer.Gazetteer) -> dict[str, Any]:
    place = match.place
    return {
        "query": match.query,
        "status": str(match.status),
        "place": _place_values(place) if place else None,
        "method": match.method,
        "score": match.score,
        "why": match.why,
        "country": match.country,
        "area": _area_values(match.area, gaz) if match.area else None,
        "candidates": [
            {"id": c.place.id, "name": c.place.name, "score": c.score, "why": c.why}
            for c in match.candidates
        ],
    }


def _place_values(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "level": str(place.level),
        "point": place.point,
        "radius_km": place.radius_km,
        "adm1": place.adm1,
        "adm2": place.adm2,
        "adm3": place.adm3,
        "note": place.note,
    }


def _area_values(area: Offset, gaz: gazetteer.Gazetteer) -> dict[str, Any]:
    """Return where an area is, and by the level of the polygons what part of it each holds."""
    levels = [level for level in gaz.library.levels if level is not Level.ADM0]
    return {
        "precision": "relative",
        "point": area.point,
        "radius_km": area.radius_km,
        "ends": area.ends or None,
        "width_km": area.width_km,
        "anchors": area.anchors,
        "touching": {
            str(level): {
                pcode: round(share, 3) for pcode, share in gaz.touching(area, level=level).items()
            }
            for level in levels
        },
    }


def _mention_values(mention: Mention, gaz: gazetteer.Gazetteer) -> dict[str, Any]:
    return {
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "use": str(mention.use),
        **{k: v for k, v in _match_values(mention.match, gaz).items() if k != "query"},
    }


def _print_json(values: Any) -> None:
    for value in values:
        print(json.dumps(value, ensure_ascii=False))


def _print_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:  # nothing is cut off in a pipe, however long
        widest = sum(max(len(row[i]) for row in [header, *rows]) + 3 for i in range(len(header)))
        console = Console(highlight=False, width=widest + 10, color_system=None)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in header:
        table.add_column(title, overflow="fold", no_wrap=not console.is_terminal)
    for row in rows:
        table.add_row(*(Text(_plain(cell)) for cell in row))
    console.print(table)


def _plain(cell: str) -> str:
    """Leave out control characters: a name must not move the cursor."""
    return "".join(c if c.isprintable() else " " for c in cell)
