"""Articles as JSON: one a line, or a list of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from mapper.readers.articles import Article, days, form_of
from mapper.readers.decoding import decode

_TEXT = (
    "text", "body", "content", "articlebody", "maintext", "fulltext", "bodytext", "articletext",
    "article", "story", "cleanedtext", "plaintext",
)  # fmt: skip
_TITLE = ("title", "headline", "heading")
_PUBLISHED = (
    "published", "datepublished", "publishedat", "publisheddate", "publishedon", "publicationdate",
    "publishdate", "pubdate", "datepublish", "date", "datetime", "publishedtime", "publishtime",
    "timestamp", "createdat",
)  # fmt: skip
_URL = ("url", "link", "sourceurl", "weburl", "permalink", "canonicalurl", "articleurl")
_SOURCE = (
    "source", "publisher", "sourcename", "sitename", "site", "outlet", "agency", "newspaper",
    "sourcedomain", "domain", "publication", "feed",
)  # fmt: skip
_WHERE = frozenset({"place", "latitude", "lat", "admin1", "longitude", "lon", "wherecoordinates"})
_LISTS = ("articles", "results", "items", "documents", "docs", "news", "data", "hits", "response")
_SHOWN = 20


def hold_records(data: bytes) -> bool:
    """Tell whether bytes are JSON, of articles or of anything else."""
    return form_of(data) == "records"


def hold_articles(data: bytes) -> bool:
    """Tell whether JSON holds articles, with a text to read, and not rows of incidents."""
    if form_of(data) != "records":
        return False
    try:
        text = decode(data)[0].lstrip("\ufeff \t\r\n")
        first, _ = json.JSONDecoder().raw_decode(text.removeprefix("[").lstrip())
    except (ValueError, RecursionError):
        return False
    if isinstance(first, dict) and (listed := _listed(first)):
        first = listed[0]
    keys = {_key(name) for name in first} if isinstance(first, dict) else set()
    return bool(keys & set(_TEXT)) and not keys & _WHERE


def read_records(data: bytes) -> tuple[list[Article], list[str]]:
    """Read JSON records, one a line or in a list, as articles.

    The names of their fields are those of news collections: ``text``, ``body``
    or ``content``; ``title``; ``published`` or ``date``; ``url``; ``source``.
    A text that is a web page is read as one.

    Returns
    -------
    articles
    said
        What was left out, by its line or place, and how many were read.

    Raises
    ------
    ValueError
        No record is an article.
    """
    articles: list[Article] = []
    left_out: list[str] = []
    number = 0
    for number, record in _records(decode(data)[0]):
        try:
            articles.append(_article(record, number))
        except ValueError as error:
            left_out.append(f"record {number} left out: {error}")
    if not articles:
        why = left_out[0] if left_out else "it holds no records"
        raise ValueError(f"no article among its {number:,} records ({why}): name the text `text`")
    said = [f"{len(articles) + len(left_out):,} records: {len(articles):,} articles"]
    said += left_out[:_SHOWN]
    if len(left_out) > _SHOWN:
        said.append(f"and {len(left_out) - _SHOWN:,} more records left out")
    return articles, said


def _records(text: str) -> Iterator[tuple[int, Any]]:
    """Yield each record with its number; None for a line that is no JSON."""
    try:
        whole = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, list):
        yield from enumerate(whole, start=1)
    elif isinstance(whole, dict):
        yield from enumerate(_listed(whole) or [whole], start=1)
    else:
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip("\ufeff \t"):
                yield number, _line(line)


def _line(line: str) -> Any:
    try:
        return json.loads(line.strip("\ufeff \t"))
    except (ValueError, RecursionError):
        return None


def _listed(node: dict[str, Any], depth: int = 0) -> list[Any]:
    """Return the records of an answer that wraps them: ``{"articles": [...]}``."""
    for name in _LISTS:
        inside = node.get(name)
        if isinstance(inside, list) and inside and isinstance(inside[0], dict):
            return inside
        if isinstance(inside, dict) and depth < 2:
            return _listed(inside, depth + 1)
    return []


def _article(record: Any, number: int) -> Article:
    if not isinstance(record, dict):
        raise ValueError("not JSON of names and values")
    fields = {_key(name): value for name, value in record.items()}
    text = _told(fields, _TEXT)
    if text is None:
        raise ValueError("it has no text")
    published = next((day for name in _PUBLISHED if (day := _day(fields.get(name)))), None)
    article = Article(
        text.replace("\r\n", "\n").replace("\r", "\n"),
        _told(fields, _TITLE),
        published,
        _told(fields, _SOURCE),
        _told(fields, _URL),
        number,
    )
    return _without_markup(article) if form_of(text[:4096].encode()) == "page" else article


def _without_markup(article: Article) -> Article:
    from mapper.readers.pages import read_page

    page = read_page(article.text.encode("utf-8", "replace"), charset="utf-8", url=article.url)
    return Article(
        page.text,
        article.title or page.title,
        article.published or page.published,
        article.source or page.source,
        page.url,
        article.row,
        page.said,
    )


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", str(name)).lower()


def _told(fields: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """Return the first of some fields that holds words; of an object, its name."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _day(value: Any) -> date | None:
    """Read a day: as people write it, or as seconds or milliseconds since 1970."""
    if isinstance(value, dict):
        value = value.get("$date")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        seconds = value / 1000 if value > 1e11 else value
        return datetime.fromtimestamp(seconds, UTC).date() if 1e8 < seconds < 4e9 else None
    text = str(value).strip()[:60]
    iso = re.match(r"\d{4}-\d\d-\d\d", text)
    try:
        return date.fromisoformat(iso.group()) if iso else days([text])[0]
    except ValueError:
        return None
