"""A map as a picture for a report: title, map, legend, scale, account and sources on one sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from mapper.drawing import symbols
from mapper.drawing.classes import level_limits, shaded_values
from mapper.drawing.credits import credit_lines
from mapper.drawing.panel import NO_DATA, ZERO, Frame, area_fills, draw_panel
from mapper.drawing.placing import BADGE, MARK, place_marks
from mapper.drawing.sheet import Sheet, text_width
from mapper.drawing.words import words
from mapper.errors import OutputError
from mapper.schema import AREAS, LOCATED, check
from mapper.style import EVENT_COLOURS, RIGHT_TO_LEFT, Backdrop, MapStyle, ramp

_WIDTH, _EDGE, _LEGEND = 1400.0, 40.0, 300.0
_COLUMNS = 4
"""Small maps beside one another."""


@dataclass(frozen=True, slots=True)
class Part:
    """One map of a picture: a heading, and the LOCATED and AREAS frames that it shows."""

    heading: str
    located: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture. ``svg`` is the document; a notebook shows it as it is."""

    svg: str

    def png(self, *, scale: float = 2) -> bytes:
        """Return the picture as PNG, `scale` pixels for each of the sheet's.

        Raises
        ------
        OutputError
            What draws pixels is not installed.
        """
        return _renderer()(svg_string=self.svg, zoom=scale)

    def _repr_svg_(self) -> str:
        return self.svg


def require_png() -> None:
    """Check, before the work starts, that pictures can be written as PNG.

    Raises
    ------
    OutputError
        What draws pixels is not installed.
    """
    _renderer()


def draw_picture(
    parts: Sequence[Part],
    *,
    title: str | None = None,
    backdrop: Backdrop | None = None,
    style: MapStyle | None = None,
    language: str = "en",
) -> Picture:
    """Draw one map, or small ones side by side, as a picture.

    Parameters
    ----------
    parts : what each map shows; LOCATED and AREAS frames, EPSG:4326. All have the same
        classes, so that they can be compared
    title : the heading
    backdrop : neighbours, towns, credits
    style : measure and classes
    language : one of `mapper.style.LANGUAGES`

    Raises
    ------
    SchemaError
        A column is missing or of another type; names it.
    ValueError
        There are no words in that language.
    """
    for part in parts:
        check(part.located, LOCATED, "located")
        check(part.areas, AREAS, "areas")
    parts = [replace(part, areas=_coarsest(part.areas)) for part in parts]
    style, backdrop = style or MapStyle(), backdrop or Backdrop()
    spoken = words(language)
    sheet = Sheet(_WIDTH, rtl=language in RIGHT_TO_LEFT)
    everything = pd.concat([part.located for part in parts])
    placed = [place_marks(part.located, part.areas) for part in parts]
    heading = title or spoken["map"]
    y = _write_heading(sheet, heading, _account(placed, spoken))
    values = [shaded_values(part.areas, style) for part in parts]
    (limits,) = level_limits(pd.concat([part.areas for part in parts]), style).values()
    classes = limits[style.shaded_by]
    bottom = y
    frames = _frames(sheet, len(parts), y)
    for part, frame, known in zip(parts, frames, values, strict=True):
        if frame.small:
            start = frame.x + frame.width if sheet.rtl else frame.x
            number = f"{len(part.located):,}"
            label = f"{part.heading} \N{MIDDLE DOT} {number}"
            sheet.text(start, frame.y - 8, label, size=15, font_weight="600")
        draw_panel(
            sheet,
            frame,
            part.located,
            part.areas,
            fills=area_fills(known, classes),
            backdrop=backdrop,
            language=language,
        )
        bottom = max(bottom, frame.y + frame.height)
    bottom = max(bottom, _write_legend(sheet, y, classes, everything, placed, style, spoken))
    told = [f"{spoken['sources']}: " + "; ".join(credit_lines(everything, backdrop, language))]
    credits = ". ".join([spoken["approximate"]] * backdrop.approximate + told)
    height = _write_credits(sheet, bottom + 28, credits)
    return Picture(sheet.svg(height, heading))


def _renderer() -> Callable[..., bytes]:
    try:
        import resvg_py
    except ImportError:
        raise OutputError(
            "PNG pictures need the extra `pictures`: pip install 'iraq-incident-mapper[pictures]', "
            "or write .svg",
            ".png",
        ) from None
    return resvg_py.svg_to_bytes


def _coarsest(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the areas of one level: on paper nobody can drill down."""
    return areas[areas["level"] == areas["level"].min()].reset_index(drop=True)


def _frames(sheet: Sheet, count: int, y: float) -> list[Frame]:
    room = sheet.width - 3 * _EDGE - _LEGEND
    if count == 1:
        return [Frame(sheet.side(_EDGE, room), y, room)]
    columns = min(count, _COLUMNS)
    gap = 18.0
    width = min((room - gap * (columns - 1)) / columns, 460.0)
    row = Frame(0, 0, width).height + 44
    return [
        Frame(
            sheet.side(_EDGE + (n % columns) * (width + gap), width),
            y + 22 + (n // columns) * row,
            width,
            small=True,
        )
        for n in range(count)
    ]


def _account(placed: Sequence[pd.DataFrame], spoken: dict[str, str]) -> str:
    stands = pd.concat([frame["stands"] for frame in placed])
    marks, badges = int((stands == MARK).sum()), int((stands == BADGE).sum())
    key = "incidents_n_one" if len(stands) == 1 else "incidents_n"
    return spoken["account"].format(
        all=spoken[key].format(n=f"{len(stands):,}"),
        marks=f"{marks:,}",
        badges=f"{badges:,}",
        rest=f"{len(stands) - marks - badges:,}",
    )


def _write_heading(sheet: Sheet, heading: str, account: str) -> float:
    size = min(30.0, 30 * (sheet.width - 2 * _EDGE) / max(text_width(heading, 30), 1))
    sheet.text(sheet.side(_EDGE), 58, heading, size=max(size, 12), font_weight="700")
    sheet.text(sheet.side(_EDGE), 86, account, size=16, fill="#56626e")
    return 108


def _write_legend(
    sheet: Sheet,
    y: float,
    limits: Sequence[float],
    located: pd.DataFrame,
    placed: Sequence[pd.DataFrame],
    style: MapStyle,
    spoken: dict[str, str],
) -> float:
    """Write what the shades, marks, rings and badges mean; return where it ends."""
    x = sheet.width - _EDGE - _LEGEND
    stands = pd.concat([frame["stands"] for frame in placed]).to_numpy()
    marks = located[stands == MARK]

    def line(sign: str, label: str, height: float = 28) -> None:
        nonlocal y
        sheet.raw(sign)
        sheet.text(sheet.side(x + 38), y + 5, label)
        y += height

    def swatch(fill: str, label: str) -> None:
        sheet.add(
            "rect",
            x=sheet.side(x, 26),
            y=y - 8,
            width="26",
            height="16",
            fill=fill,
            stroke="#9aa5ad",
            stroke_width="0.8",
        )
        line("", label, 22)

    def title(label: str) -> None:
        nonlocal y
        y += 12
        sheet.text(sheet.side(x), y + 5, label, font_weight="600")
        y += 26

    per = f" {spoken['per_100k']}" if style.per_100k else ""
    title(spoken[f"measure_{style.measure}"] + per)
    swatch(ZERO, spoken["zero"])
    for colour, label in zip(ramp(len(limits)), _class_labels(limits), strict=True):
        swatch(colour, label)
    swatch(NO_DATA, spoken["no_data"])
    middle = sheet.side(x + 13)
    kinds = marks["event_type"].astype(object).where(marks["event_type"].notna(), "")
    if len(kinds):
        title(spoken["mark_types"])
        order = [*EVENT_COLOURS, ""]
        for kind in sorted(set(kinds), key=order.index):
            label = spoken[f"event_{kind}" if kind else "type_unknown"]
            line(symbols.mark(middle, y, kind, ""), label)
        title(spoken["mark_precision"])
        rings = {"exact": "exact", "site": "exact", "settlement": "settlement"}
        rings |= {"relative": "relative"}
        used = {rings[precision] for precision in marks["precision"]}
        for ring in ("exact", "settlement", "relative"):
            if ring in used:
                line(symbols.mark(middle, y, None, ring), spoken[f"ring_{ring}"])
        line(symbols.cluster(middle, y + 2, ["Battles", "Riots", "Battles"]), spoken["several"], 34)
    if (stands == BADGE).any():
        line(symbols.badge(middle, y, 3), spoken["badge"])
    return y


def _class_labels(limits: Sequence[float]) -> list[str]:
    """Return the values of each class, such as "3 to 7": whole where they are whole."""
    whole = all(limit == int(limit) for limit in limits)
    labels, above = [], 0.0
    for limit in limits:
        if not whole:
            labels.append(f"\N{LESS-THAN OR EQUAL TO} {limit:,.3g}")
        elif limit - above <= 1:
            labels.append(f"{limit:,.0f}")
        else:
            labels.append(f"{above + 1:,.0f}\N{EN DASH}{limit:,.0f}")
        above = limit
    return labels


def _write_credits(sheet: Sheet, y: float, credits: str) -> float:
    end = sheet.paragraph(sheet.side(_EDGE), y, credits, size=12.5, width=sheet.width - 2 * _EDGE)
    return math.ceil(end + 12)
