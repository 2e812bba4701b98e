"""Tables in HTML, which many systems write under the name of a spreadsheet, to rows of cells."""

from __future__ import annotations

import re

from mapper.readers.files import Text
from mapper.readers.headers import find_header
from mapper.readers.raw import RawTable, from_rows

_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)


def is_html_table(text: Text) -> bool:
    """Tell whether a text, in UTF-8, is a page with a table in it."""
    return text[:100].lstrip()[:1] == b"<" and bool(_TABLE.search(text))


def read_html_table(text: bytes) -> RawTable:
    """Read the longest table of a page.

    Raises
    ------
    ValueError
        It holds no rows; or what reads pages is not installed.
    """
    try:
        from lxml import html
    except ImportError:
        raise ValueError(
            "a web page under another name: it needs the extra `articles`: "
            "pip install 'iraq-incident-mapper[articles]'"
        ) from None

    parser = html.HTMLParser(encoding="utf-8")
    page = html.fromstring(text, parser=parser)
    tables = [
        [
            [" ".join(cell.text_content().split()) for cell in row.iterchildren("td", "th")]
            for row in table.iter("tr")
        ]
        for table in page.iter("table")
    ]
    rows = max(tables, key=len, default=[])
    found = from_rows(list(rows), find_header(rows))
    found.said.insert(0, "a web page under another name; its longest table")
    return found
