"""The command ``incident-map``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from gazetteer.arguments import Parser, pair
from mapper.errors import MapperError, NothingToDrawError
from mapper.progress import Step, on_terminal
from mapper.style import DIVISIONS, LANGUAGES, MEASURES, SCHEMES, MapStyle

if TYPE_CHECKING:
    import pandas as pd

    from gazetteer import Gazetteer
    from mapper.report import Report

BAD_INPUT, NOT_ALL_PLACED, INTERRUPTED = 2, 3, 130
"""Exit codes besides 0."""

_STEPS = 6
"""Steps that the bar of the longest command, `draw`, has."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except KeyboardInterrupt:
        print("incident-map: stopped; nothing was written", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; nobody is left to tell
        return 0
    except _refusals() as error:
        print(f"incident-map: {_one_line(error)}", file=sys.stderr)
        return BAD_INPUT


def _draw(options: argparse.Namespace) -> int:
    from mapper.counting import count
    from mapper.drawing import save
    from mapper.locating import locate
    from mapper.pipeline import all_boundaries, draw, is_picture, picture
    from mapper.report import Report
    from mapper.writing import require_target

    require_target(options.output)
    _require_apart(options, options.output, options.unplaced)
    style = _style(options)
    as_picture = is_picture(options.output)
    if options.by and not as_picture:
        raise MapperError("--by makes small maps of a picture: name the output .svg or .png")
    with on_terminal(_STEPS) as step:
        gaz = _gazetteer(options)
        incidents = _read(options, gaz, step)
        step("finding the places")
        located = locate(incidents, gaz)
        step("counting by area")
        areas = count(located, all_boundaries(gaz))
        step("drawing the map")
        look = {"title": options.title, "style": style, "language": options.language}
        map_ = (
            picture(located, areas, by=options.by, **look)
            if as_picture
            else draw(located, areas, **look)
        )
        step("writing the file")
        save(map_, options.output)
    report = Report.of(located).with_outputs(options.output)
    return _account(report, options, left_out=bool(incidents.attrs["left_out"]))


def _style(options: argparse.Namespace) -> MapStyle:
    measure, _, per_100k = options.measure.partition("-")
    return MapStyle(
        measure=measure, per_100k=bool(per_100k), tiles=options.tiles, **dict([options.classes])
    )


def _extract(options: argparse.Namespace) -> int:
    from mapper.export import require_output, write_incidents

    require_output(options.output)
    _require_apart(options, options.output)
    with on_terminal(_STEPS) as step:
        incidents = _read(options, _gazetteer(options), step)
        write_incidents(incidents, options.output)
    if options.json:
        said = list(incidents.attrs["said"])
        print(json.dumps({"incidents": len(incidents), "said": said, "outputs": [options.output]}))
        return 0
    print("\n".join(incidents.attrs["said"]))
    found = "1 incident" if len(incidents) == 1 else f"{len(incidents):,} incidents"
    print(f"Wrote {options.output}: {found} to check and correct.")
    return 0


def _locate(options: argparse.Namespace) -> int:
    from mapper.counting import count
    from mapper.export import require_output, write_areas, write_incidents
    from mapper.locating import locate
    from mapper.pipeline import all_boundaries
    from mapper.report import Report

    outputs = [name for name in (options.output, options.areas) if name]
    for name in outputs:
        require_output(name)
    _require_apart(options, *outputs, options.unplaced)
    with on_terminal(_STEPS) as step:
        gaz = _gazetteer(options)
        incidents = _read(options, gaz, step)
        step("finding the places")
        located = locate(incidents, gaz)
        write_incidents(located, options.output)
        if options.areas:
            step("counting by area")
            write_areas(count(located, all_boundaries(gaz)), options.areas)
    report = Report.of(located).with_outputs(*outputs)
    return _account(report, options, left_out=bool(incidents.attrs["left_out"]))


def _formats(options: argparse.Namespace) -> int:
    from mapper.readers.columns import known_formats

    for known in known_formats():
        print(f"{known.name} table: {'; '.join(known.remarks) or 'read as it is'}")
        told = (" or ".join(names) for names in known.recognised_by)
        print(f"  known by its columns {', '.join(told)}")
    print("any table with a row of HXL tags (#date, #adm1+name): the tags tell its columns")
    print("any other table: columns are recognised by their headers; --column overrules")
    return 0


_COMMANDS = {"draw": _draw, "extract": _extract, "locate": _locate, "formats": _formats}


def _read(options: argparse.Namespace, gaz: Gazetteer, step: Step) -> pd.DataFrame:
    from mapper.pipeline import merge, nothing_found
    from mapper.reading import read

    step("reading")
    incidents = read(
        options.inputs,
        published=options.published,
        gaz=gaz,
        sheet=options.sheet,
        columns=dict(options.column),
        dates=options.dates,
    )
    if incidents.empty:
        raise NothingToDrawError(nothing_found(incidents))
    return merge(incidents, gaz) if options.merge else incidents


def _gazetteer(options: argparse.Namespace) -> Gazetteer:
    import gazetteer
    from gazetteer.own_names import left_open

    gaz = gazetteer.load(
        options.boundaries, names=options.names, columns=dict(options.boundary_column)
    )
    open_names = left_open(options.names) if options.names else []
    for remark in (*gaz.remarks, *open_names):
        print(f"incident-map: note: {remark}", file=sys.stderr)
    return gaz


def _require_apart(options: argparse.Namespace, *outputs: str | None) -> None:
    from mapper.readers.folders import files_meant
    from mapper.writing import require_apart, require_target

    named = [name for name in outputs if name]
    for name in named:
        require_target(name)
    inputs = files_meant([*options.inputs, options.names or "-", options.boundaries or "-"])
    require_apart(named, inputs)


def _account(report: Report, options: argparse.Namespace, *, left_out: bool) -> int:
    if options.unplaced is not None:
        from mapper.export import write_csv

        write_csv(report.to_decide(), options.unplaced)
        report = report.with_outputs(options.unplaced)
    if options.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
    else:
        print(report)
    return NOT_ALL_PLACED if options.strict and (left_out or not report.complete) else 0


def _refusals() -> tuple[type[Exception], ...]:
    from gazetteer.errors import GazetteerError

    return MapperError, GazetteerError


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="incident-map",
        description="From news articles and tables of incidents in Iraq to a map in one HTML file "
        "that opens without a network.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    draw = commands.add_parser(
        "draw",
        help="draw a map",
        description="Read articles and tables, find where each incident happened, and draw a map: "
        "a page (.html), or a picture for a report (.svg, or .png with the extra pictures).",
        epilog="example: incident-map draw article.txt incidents.xlsx -o map.html",
    )
    draw.add_argument("--title", help="the map's heading")
    draw.add_argument(
        "--language",
        choices=LANGUAGES,
        default="en",
        help="of the map's words and names: English, Arabic, Sorani or Kurmanji",
    )
    draw.add_argument(
        "--measure",
        choices=[f"{measure}{per}" for measure in MEASURES for per in ("", "-per-100k")],
        default="incidents",
        help="what areas are shaded by at first; the map lets people change it",
    )
    draw.add_argument(
        "--classes",
        type=_classes,
        default="natural",
        metavar="HOW",
        help="how its values are cut into classes: natural (natural breaks, the default), "
        "quantiles, equal, or your own upper limits such as 1,5,20,100",
    )
    draw.add_argument(
        "--by",
        choices=DIVISIONS,
        help="small maps side by side, one for each month, year or event type; for pictures",
    )
    draw.add_argument(
        "--tiles",
        type=_tiles,
        metavar="NAME",
        help="a base-map of xyzservices under the areas, such as 'OpenStreetMap Mapnik'; the map "
        "then asks its server, and none else, for pictures whenever it is opened",
    )
    extract = commands.add_parser(
        "extract",
        help="list the incidents found, for you to check",
        description="Write the incidents found as a table, each with the sentences it was read "
        "from. Correct it in a spreadsheet program, then give it to `incident-map draw`.",
        epilog="example: incident-map extract article.txt -o incidents.csv",
    )
    locate = commands.add_parser(
        "locate",
        help="write where each incident happened",
        description="Write the incidents with the place found for each, how sure that is and why, "
        "as a table (.csv, .xlsx, .parquet) or for mapping programs (.geojson, .gpkg).",
        epilog="example: incident-map locate incidents.xlsx -o located.csv",
    )
    locate.add_argument(
        "--areas",
        metavar="FILE",
        help="write the counts by governorate too, and by district where there are polygons, in "
        "the same formats",
    )
    commands.add_parser("formats", help="list the data sets whose tables are known")
    for command, output in (
        (draw, "map.html"),
        (extract, "incidents.csv"),
        (locate, "located.csv"),
    ):
        _add_common(command, output)
    for command in (draw, locate):
        command.add_argument(
            "--strict",
            action="store_true",
            help="exit with code 3 when a row is not placed, or a file of a folder not read",
        )
        command.add_argument(
            "--unplaced",
            metavar="FILE",
            help="write the names that you should decide, such as todo.csv: fill in an id, or "
            "longitude and latitude, and give it back as --names; lines without either stay open",
        )
    return parser


def _add_common(command: argparse.ArgumentParser, output: str) -> None:
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="article (.txt, .html, .pdf, .jsonl...), table (.csv, .xlsx, .ods, .json, "
        ".parquet...) or mapping format (.geojson, .gpkg, .shp, .kml...); a folder of them; a "
        "pattern such as '*.csv'; - for standard input; or a web address "
        "(https://...), the one thing that asks the network",
    )
    command.add_argument("-o", "--output", required=True, metavar="FILE", help=f"such as {output}")
    command.add_argument(
        "--published",
        type=_day,
        metavar="DATE",
        help="day the articles were published, such as 2024-01-05, whatever their pages tell; "
        "says what `Friday` was",
    )
    command.add_argument(
        "--column",
        action="append",
        default=[],
        type=pair,
        metavar="WHAT=HEADER",
        help="what a table's column is, where that was not recognised, such as place=Location "
        "(place, admin1 for the governorate, admin2 for the district, date, killed, wounded...); "
        "may be repeated",
    )
    command.add_argument(
        "--merge",
        action="store_true",
        help="make one row of an event that several articles tell; it names all its sources, and "
        "both accounts where they differ",
    )
    command.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        help="how 3/4/2024 is read in a table whose other dates do not tell",
    )
    command.add_argument("--sheet", help="sheet of a workbook: its name, or its number from 1")
    command.add_argument(
        "--boundaries",
        metavar="PATH",
        help="exact boundaries of governorates, districts and subdistricts: a file, zip or folder "
        "of GeoJSON, GeoPackage or shapefiles as the UN publishes them (COD-AB), geoBoundaries or "
        "GADM; without it, what `gazetteer fetch` installed, or approximate ones",
    )
    command.add_argument(
        "--boundary-column",
        action="append",
        default=[],
        type=pair,
        metavar="WHAT=COLUMN",
        help="what a column of your own boundaries is: pcode, name, arabic or parent "
        "(governorate); level=2 says their level; may be repeated",
    )
    command.add_argument(
        "--names",
        metavar="FILE",
        help="your own names, which go first: CSV with name, id or longitude and latitude, and "
        "within where a name means that in one unit only",
    )
    command.add_argument("--json", action="store_true", help="print the account for a program")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2024-01-05") from None


def _classes(text: str) -> tuple[str, str | tuple[float, ...]]:
    """Return what a `MapStyle` is told of its classes."""
    if text in SCHEMES:
        return "scheme", text
    try:
        breaks = tuple(float(limit) for limit in text.split(","))
        MapStyle(breaks=breaks)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is none of {', '.join(SCHEMES)}, nor ascending limits such as 1,5,20,100"
        ) from None
    return "breaks", breaks


def _tiles(text: str) -> str:
    try:
        MapStyle(tiles=text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text
