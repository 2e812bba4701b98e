"""A sheet of SVG: shapes and texts at places in pixels, every text escaped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from html import escape
from typing import Any

import shapely

from mapper.drawing.columns import clean

_LATIN = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif"
_ARABIC = "'Noto Sans Arabic', 'Noto Naskh Arabic', 'Geeza Pro', 'DejaVu Sans', sans-serif"

_LETTER_WIDTH = 0.56
"""Mean width of a letter as a share of its size. Fonts differ: lines are broken a little early."""

_EMBEDDED = "\u2067{}\u2069"
"""Isolates a text whose direction is right to left, whatever stands beside it."""


# Characters that XML has no way to write.
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Sheet:
    """SVG elements, in the order in which they are drawn."""

    def __init__(self, width: float, *, rtl: bool = False) -> None:
        self.width, self.rtl = width, rtl
        self._elements: list[str] = []

    def add(self, tag: str, content: str = "", /, **attributes: object) -> None:
        """Add an element; ``stroke_width=2`` becomes ``stroke-width="2"``."""
        self._elements.append(element(tag, content, **attributes))

    def raw(self, markup: str) -> None:
        """Add markup that is made of escaped parts."""
        self._elements.append(markup)

    def text(
        self, x: float, y: float, words: object, *, size: float = 14, **attributes: object
    ) -> None:
        """Add a line of text that begins at x, or ends there where one reads from the right."""
        self.raw(text(x, y, words, size=size, rtl=self.rtl, **attributes))

    def paragraph(self, x: float, y: float, words: str, *, size: float, width: float) -> float:
        """Add lines of text no wider than `width`; return where the next line would stand."""
        for line in _broken(words, int(width / (size * _LETTER_WIDTH))):
            self.text(x, y, line, size=size, fill="#56626e")
            y += size * 1.4
        return y

    def side(self, x: float, width: float = 0) -> float:
        """Return where something at x stands on this sheet, which may be read from the right."""
        return self.width - x - width if self.rtl else x

    def svg(self, height: float, title: str) -> str:
        """Return the sheet as a document of its own."""
        head = element("title", _escaped(title))
        paper = element("rect", width="100%", height="100%", fill="#ffffff")
        return element(
            "svg",
            "\n".join(("", head, paper, *self._elements, "")),
            xmlns="http://www.w3.org/2000/svg",
            width=_number(self.width),
            height=_number(height),
            viewBox=f"0 0 {_number(self.width)} {_number(height)}",
            font_family=_ARABIC if self.rtl else _LATIN,
            fill="#14202c",
        )


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """Return an element; its content is markup, its attributes are escaped."""
    written = "".join(
        f' {name.replace("_", "-")}="{escape(_value(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def text(
    x: float, y: float, words: object, *, size: float, rtl: bool = False, **attributes: object
) -> str:
    """Return a line of text that begins at x, or ends there where one reads from the right."""
    shown = _escaped(words)
    beginning = {"text_anchor": "end"} if rtl else {}
    place: dict[str, object] = {"x": _number(x), "y": _number(y), "font_size": _number(size)}
    content = _EMBEDDED.format(shown) if rtl else shown
    return element("text", content, **place, **(beginning | attributes))


def path(shape: Any) -> str:
    """Return the path of the polygons of a shape whose coordinates are pixels."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    rings = (ring for part in parts for ring in (part.exterior, *part.interiors))
    return "".join(f"M{_pairs(shapely.get_coordinates(ring)[:-1])}Z" for ring in rings)


def text_width(words: str, size: float) -> float:
    """Return about how wide a text is, in pixels."""
    return len(words) * size * _LETTER_WIDTH


def _escaped(words: object) -> str:
    line = " ".join(clean(words).split())
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", line), quote=False)


def _pairs(points: Iterable[Any]) -> str:
    return "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _value(value: object) -> str:
    return _number(value) if isinstance(value, float) else str(value)


def _broken(words: str, letters: int) -> list[str]:
    """Break a text into lines of at most so many letters; a longer word is cut."""
    return textwrap.wrap(clean(words), max(letters, 8))
