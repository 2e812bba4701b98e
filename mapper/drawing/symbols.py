"""How incidents look in a picture: the signs of ``assets/symbols.js``, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from mapper.drawing.sheet import element, text
from mapper.style import EVENT_COLOURS, UNKNOWN_EVENT_COLOUR

RADIUS = 8.0
INK, PAPER = "#14202c", "#ffffff"

_OUTLINED = {"stroke": PAPER, "stroke_width": "1.8", "stroke_linecap": "round", "fill": "none"}
_SIGNS = {
    "Battles": element("path", d="M-3-3L3 3M-3 3L3-3", **_OUTLINED),
    "Explosions/Remote violence": element(
        "path", d="M0-4.2V4.2M-3.7-2.1L3.7 2.1M-3.7 2.1L3.7-2.1", **_OUTLINED
    ),
    "Violence against civilians": element("path", d="M0-4.2L3.6 0 0 4.2-3.6 0Z", fill=PAPER),
    "Protests": element("path", d="M0-4L4 3H-4Z", fill=PAPER),
    "Riots": element("path", d="M-3-3H3V3H-3Z", fill=PAPER),
    "Strategic developments": element("path", d="M-3.5-2H3.5M-3.5 2H3.5", **_OUTLINED),
}
_UNKNOWN_SIGN = element("circle", r="2", fill=PAPER)
_RINGS = {"exact": None, "site": None, "settlement": "3.2 2.4", "relative": "1 2.6"}


def colour_of(event_type: object) -> str:
    """Return the colour of an event type, which may be missing."""
    return EVENT_COLOURS.get(str(event_type), UNKNOWN_EVENT_COLOUR)


def mark(x: float, y: float, event_type: object, precision: str, *, scale: float = 1) -> str:
    """Return one incident: a disc with its type's sign, and a ring that tells the precision."""
    parts = [
        element("circle", r=RADIUS + 4.5, fill=PAPER),
        element("circle", r=RADIUS, fill=colour_of(event_type)),
        _SIGNS.get(str(event_type), _UNKNOWN_SIGN),
    ]
    if precision in _RINGS:
        ring = {"fill": "none", "stroke": INK, "stroke_width": "1.5"}
        dashes = _RINGS[precision]
        parts.append(element("circle", r=RADIUS + 2.6, stroke_dasharray=dashes, **ring))
    return _at(x, y, scale, parts)


def cluster(x: float, y: float, event_types: Sequence[object], *, scale: float = 1) -> str:
    """Return several incidents: their number, in a ring of their types' shares."""
    count, radius = len(event_types), cluster_radius(len(event_types))
    parts = [element("circle", r=radius + 2, fill=PAPER)]
    begin = 0.0
    for colour, share in _shares(event_types):
        parts.append(_slice(radius, begin, begin + share / count, colour))
        begin += share / count
    parts.append(element("circle", r=radius - 4.5, fill=PAPER))
    parts.append(_number(f"{count:,}", 0, INK))
    return _at(x, y, scale, parts)


def badge(x: float, y: float, count: int, *, scale: float = 1) -> str:
    """Return the number of incidents known only to an area, on that area."""
    label = f"{count:,}"
    width = 14 + 8 * len(label)
    box = element("rect", x=-width / 2, y=-10.0, width=float(width), height=20.0, rx="3", fill=INK)
    outline = element(
        "rect", x=-width / 2 - 2, y=-12.0, width=width + 4.0, height=24.0, rx="4", fill=PAPER
    )
    return _at(x, y, scale, [outline, box, _number(label, 0, PAPER)])


def reach(x: float, y: float, radius: float, event_type: object) -> str:
    """Return the circle within which an incident "near" a place happened."""
    colour = colour_of(event_type)
    halo = {"fill": "none", "stroke": PAPER, "stroke_opacity": "0.7", "stroke_width": "2.4"}
    line = {"stroke": colour, "stroke_opacity": "0.7", "stroke_dasharray": "4 4"}
    place = {"cx": float(x), "cy": float(y), "r": float(radius)}
    disc = element("circle", fill=colour, fill_opacity="0.1", **place, **line)
    return element("circle", **place, **halo) + disc  # seen on dark areas too


def cluster_radius(count: int) -> float:
    """Return the radius in pixels of the sign of so many incidents."""
    return RADIUS + 4 if count == 1 else min(28.0, 13 + 1.5 * math.log2(count))


def _shares(event_types: Sequence[object]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for event_type in event_types:
        colour = colour_of(event_type)
        counts[colour] = counts.get(colour, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _slice(radius: float, begin: float, end: float, colour: str) -> str:
    if end - begin > 0.999:  # an arc that ends where it begins is not drawn
        return element("circle", r=radius, fill=colour)
    (x1, y1), (x2, y2) = (
        (radius * math.sin(math.tau * share), -radius * math.cos(math.tau * share))
        for share in (begin, end)
    )
    wide = int(end - begin > 0.5)
    arc = f"M0 0L{x1:.2f} {y1:.2f}A{radius:.1f} {radius:.1f} 0 {wide} 1 {x2:.2f} {y2:.2f}Z"
    return element("path", d=arc, fill=colour)


def _number(label: str, x: float, colour: str) -> str:
    style: dict[str, Any] = {"fill": colour, "font_weight": "600", "text_anchor": "middle"}
    return text(x, 4.5, label, size=12.5, **style)


def _at(x: float, y: float, scale: float, parts: list[str]) -> str:
    size = f" scale({scale:g})" if scale != 1 else ""
    return element("g", "".join(parts), transform=f"translate({x:.1f} {y:.1f}){size}")
