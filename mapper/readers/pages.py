"""An article out of a saved web page: its text without menus, and what the page tells of it.

trafilatura finds the text; `declarations` reads what the page tells of itself.
Whatever the page holds, the time for it is bounded: markup that shows nothing
is taken away first, and only so much of the rest is looked at.
"""

from __future__ import annotations

import codecs
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from mapper.readers.articles import Article
from mapper.readers.clutter import drop_hidden, drop_menus, drop_posts, drop_teasers
from mapper.readers.declarations import declared, meta, plain, published
from mapper.readers.decoding import decode, is_iso_arabic

_MOST_BYTES = 40_000_000
_MOST_MARKUP = 3_000_000
_MOST_TAGS = 20_000
_LONGEST_TAG = 2_000
_SHORTEST_ARTICLE = 60

_NEEDED = "web pages need the extra `articles`: pip install 'iraq-incident-mapper[articles]'"


def read_page(data: bytes, *, charset: str | None = None, url: str | None = None) -> Article:
    """Read the article of an HTML page.

    Parameters
    ----------
    data : the page
    charset : its encoding as a server told it; else a mark, or the page itself, tells
    url : its address, where that is known; else the page tells

    Raises
    ------
    ValueError
        It holds no article, or only one that is built by its scripts; says which.
    """
    if len(data) > _MOST_BYTES:
        raise ValueError(
            f"larger than {_MOST_BYTES // 10**6} MB, which no article is: save its text"
        )
    markup = _decode(data, charset)
    facts = declared(markup)
    shown, is_cut = _shown(markup)
    tree = _parse(shown)
    address = url or _address(tree, markup)
    day, doubts = published(tree, facts, address)
    drop_hidden(tree)
    title, posts = _title(tree, facts), drop_posts(tree)
    teasers = drop_teasers(tree)
    source = _first(meta(tree, "og:site_name", "application-name"), _publisher(facts))
    text = _text(tree)
    if len(text) < _SHORTEST_ARTICLE and is_cut:
        raise ValueError(
            f"no article in the first {_MOST_TAGS:,} tags and {_MOST_MARKUP // 10**6} MB of the "
            "page, which are read: save its text"
        )
    if len(text) < _SHORTEST_ARTICLE and teasers:
        raise ValueError(f"a list of {teasers:,} articles, not one: open each and save it")
    if len(text) < _SHORTEST_ARTICLE:
        raise ValueError(
            "no article in the page, only menus, links or scripts: open it and save its text"
        )
    said = [*doubts]
    if is_cut:
        said.append(f"read only the first {_MOST_TAGS:,} tags of the page")
    if posts:
        said.append(f"left out {posts:,} embedded post{'s'[: posts > 1]} of other sites")
    if teasers:
        said.append(f"left out the beginnings of {teasers:,} other articles")
    source = source or _host(address)
    return Article(text, title, day, source, address, said=tuple(said))


def _host(address: str | None) -> str | None:
    return (urlsplit(address or "").hostname or "").removeprefix("www.") or None


def _decode(data: bytes, charset: str | None) -> str:
    """Decode a page as browsers do: a mark, the server, the page itself, and then the bytes."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        told = _CHARSET.search(data[:4096])
        for name in (charset, told and told.group(1).decode("ascii", "replace")):
            try:
                return data.decode(_as_browsers(name, data)) if name else decode(data)[0]
            except (UnicodeDecodeError, LookupError):
                continue
            except ValueError:
                break
    try:
        return decode(data)[0]
    except ValueError:
        raise ValueError("not a web page, whatever its name says: save the article again") from None


_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})""")


def _as_browsers(name: str, data: bytes) -> str:
    found = codecs.lookup(name).name
    if found == "cp1256" and is_iso_arabic(data):
        return "iso8859-6"
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(found, found)


_UNSHOWN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|svg|noscript|template|iframe|object|select)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>?")
# Tags within tags with nothing between them show no more than the first of them.
_MOST_SAME = 50
_SAME_TAGS = re.compile(rf"(</?[a-zA-Z]{{1,10}}\b[^<>]{{0,200}}>)(?:\s*+\1){{{_MOST_SAME},}}+")


def _shown(markup: str) -> tuple[str, bool]:
    """Return the part of the markup that can show text, and whether some of it was cut off."""
    markup = _UNSHOWN.sub(" ", markup[: 10 * _MOST_MARKUP])
    markup = _SAME_TAGS.sub(lambda run: run.group(1) * _MOST_SAME, markup)
    parts: list[str] = []
    size = last = 0
    for tags, tag in enumerate(_TAG.finditer(markup)):
        if tags > _MOST_TAGS or size > _MOST_MARKUP:
            return "".join(parts), True
        written = tag.group() if len(tag.group()) < _LONGEST_TAG else _without_attributes(tag)
        parts += [markup[last : tag.start()], written]
        size += tag.start() - last + len(written)
        last = tag.end()
    parts.append(markup[last : last + _MOST_MARKUP])
    return "".join(parts), False


def _without_attributes(tag: re.Match[str]) -> str:
    name = re.match(r"</?[\w-]{1,20}", tag.group())
    return f"{name.group()}>" if name else " "


def _parse(shown: str) -> Any:
    try:
        from lxml import html
    except ImportError:
        raise ValueError(_NEEDED) from None
    try:
        return html.document_fromstring(shown.encode("utf-8", "replace"), parser=_utf8(html))
    except (html.etree.ParserError, ValueError):
        raise ValueError("an empty page: save the article again") from None


def _utf8(html: Any) -> Any:
    return html.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)


def _text(tree: Any) -> str:
    """Return the text of the article, a paragraph a block; empty where there is none."""
    try:
        import trafilatura
    except ImportError:
        raise ValueError(_NEEDED) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    drop_menus(tree)
    _say_line_ends(tree)
    found = trafilatura.extract(
        tree, include_comments=False, include_tables=False, deduplicate=False, fast=False
    )
    lines = [line.strip().removeprefix("- ") for line in (found or "").splitlines()]
    kept = [line for line in lines if line]
    prose = [line for line in kept if len(line.split()) > _LONGEST_LABEL]
    return "\n\n".join(kept) if prose else ""


# A line of a menu is shorter than a sentence.
_LONGEST_LABEL = 5


def _say_line_ends(tree: Any) -> None:
    """Keep apart what a page sets apart by line breaks, which trafilatura joins."""
    for line_end in tree.iter("br"):
        line_end.tail = "\n" + (line_end.tail or "")


def _title(tree: Any, facts: list[dict[str, Any]]) -> str | None:
    """Return the headline: as declared, or the page's only main heading, or its title."""
    heads = [plain(h1.text_content()) for h1 in tree.iter("h1")]
    titles = [plain(title.text_content()) for title in tree.iter("title")]
    declared = next((str(fact["headline"]) for fact in facts if fact.get("headline")), None)
    heading = heads[0] if len(heads) == 1 else None
    cut = re.split(r"\s+[|–—-]\s+(?=[^|–—]{1,40}$)", titles[0])[0] if titles else None
    found = _first(declared, meta(tree, "og:title", "twitter:title"), heading, cut)
    return plain(found)[:300] if found else None


def _address(tree: Any, markup: str) -> str | None:
    """Return the address that the page gives as its own."""
    links = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    saved = _SAVED_FROM.search(markup[:5000])
    found = _first(*links, meta(tree, "og:url"), saved.group(1) if saved else None)
    return found.strip() if found and _WEB.match(found.strip()) else None


_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_WEB = re.compile(r"https?://[^\s<>\"']+\Z", re.IGNORECASE)


def _publisher(facts: list[dict[str, Any]]) -> str | None:
    for fact in facts:
        publisher = fact.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return plain(name)[:100]
    return None


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value and value.strip()), None)
