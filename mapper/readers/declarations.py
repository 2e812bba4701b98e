"""What a web page tells of itself: in its head, in facts for programs, in marked times."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from mapper.readers.articles import days
from mapper.readers.bylines import days_shown


def declared(markup: str) -> list[dict[str, Any]]:
    """Return what the page declares of itself as JSON-LD: its articles first."""
    found: list[dict[str, Any]] = []
    for opening in islice(_JSON_LD.finditer(markup), 20):
        end = markup.find("</script", opening.end(), opening.end() + _LONGEST_FACTS)
        try:
            found += _objects(json.loads(markup[opening.end() : max(end, 0)], strict=False))
        except (ValueError, RecursionError):
            found += _spelled_out(markup[opening.end() : max(end, 0)])
    return sorted(found, key=lambda fact: "article" not in str(fact.get("@type", "")).lower())


_JSON_LD = re.compile(r"<script[^<>]{0,300}application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
_LONGEST_FACTS = 500_000


def _spelled_out(facts: str) -> list[dict[str, Any]]:
    """Return the day that facts tell which are no JSON, as many are: in a comment, a comma more."""
    told = set(_DAY_FACT.findall(facts))
    return [{"@type": "Article", "datePublished": told.pop()}] if len(told) == 1 else []


_DAY_FACT = re.compile(r'"datePublished"\s{0,20}:\s{0,20}"([^"<>]{4,60})"')


def _objects(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(node, list):
        for one in node[:200]:
            yield from _objects(one, depth + 1)
    elif isinstance(node, dict):
        yield node
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(node.get(name), depth + 1)


def meta(tree: Any, *names: str) -> str | None:
    """Return the first of some declarations in the page's head that is there."""
    told: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = plain(meta.get("content") or "")
        if name and content:
            told.setdefault(name.lower(), content[:500])
    return next((told[name] for name in names if name in told), None)


_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article.published",
    "dcterms.issued",
    "citation_publication_date",
    "citation_date",
    "originalpublicationdate",
    "date",
)


# Before it there was no web; programs write the first day of 1970 where they know none.
_FIRST_DAY = date(1990, 1, 1)


def published(
    tree: Any, facts: list[dict[str, Any]], address: str | None
) -> tuple[date | None, tuple[str, ...]]:
    """Return the day of publication that a page declares, shows as such, or has in its address.

    Only what the page declares or shows so is taken: a guess from any date on it would date the
    events wrongly. The day is that of the place where it was published, not of
    Greenwich. A day that cannot be true is told as a remark, and not taken.
    """
    articles = [fact for fact in facts if "article" in str(fact.get("@type", "")).lower()]
    marked = [
        element.get("datetime") or element.get("content") or element.text_content()
        for element in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]")[:5]
    ]
    path = _DAY_IN_PATH.search(urlsplit(address or "").path)
    doubts: list[str] = []
    candidates: tuple[Sequence[str | None], ...] = (
        [str(fact["datePublished"]) for fact in facts if fact.get("datePublished")][:1],
        [meta(tree, *_PUBLISHED)],
        marked,
        [str(fact["dateCreated"]) for fact in articles if fact.get("dateCreated")][:1],
        *_times(tree),
        *days_shown(tree),
        ["-".join(path.groups())] if path else [],
    )
    for told in candidates:
        found = _only_day(told)
        if found and _FIRST_DAY <= found <= date.today() + timedelta(1):
            return found, tuple(doubts)
        if found:
            doubts.append(f"the page says it was published on {found}: not taken")
    return None, tuple(doubts)


def _times(tree: Any) -> tuple[list[str | None], list[str | None]]:
    """Return the times that a page shows as those of publication, and all that may be."""
    sure: list[str | None] = []
    other: list[str | None] = []
    for time in list(tree.iter("time"))[:50]:
        kind = f"{time.get('class', '')} {time.get('itemprop', '')}".lower()
        written = time.get("datetime") or time.text_content()
        if "publish" in kind:
            sure.append(written)
        elif not _NOT_PUBLISHED.search(kind) and not _is_beside(time):
            other.append(written)
    return sure, other


_NOT_PUBLISHED = re.compile(r"updated|modified|event|comment")
_BESIDE = frozenset({"aside", "nav", "footer", "li"})


def _is_beside(time: Any) -> bool:
    """Whether a time is another article's, or a word of a sentence."""
    around = [time, *islice(time.iterancestors(), 30)]
    if any(element.tag in _BESIDE for element in around):
        return True
    parent = time.getparent()
    text = len(plain(time.text_content()))
    is_word = parent is not None and parent.tag == "p"
    return is_word and len(plain(parent.text_content())) > text + _LONGEST_BYLINE


_LONGEST_BYLINE = 80
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-])")


def _only_day(texts: Sequence[str | None]) -> date | None:
    """Return the day that all of some texts tell, or None."""
    told = [plain(text) for text in texts if text]
    found = {day for day in days(told) if day} if told else set()
    return found.pop() if len(found) == 1 else None


def plain(text: str) -> str:
    """Return a text with single blanks."""
    return " ".join(text.split())
