"""What stands in a page and is not its article: what is hidden, menus, what others wrote."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from mapper.readers.declarations import plain


def drop_hidden(tree: Any) -> None:
    """Drop what the page shows to nobody.

    The page itself stays, though it be hidden until its scripts have run, and what
    lies behind an open dialog with its main heading.
    """
    for element in tree.xpath(_MAYBE_HIDDEN):
        if element.tag not in _WHOLE and _is_hidden(element):
            element.drop_tree()


_MAYBE_HIDDEN = "//*[@hidden or @style or @aria-hidden] | //dialog[not(@open)]"
_WHOLE = frozenset({"html", "head", "body"})
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE
)


def _is_hidden(element: Any) -> bool:
    if element.tag == "dialog" or element.get("hidden") is not None:
        return True
    if _HIDING.search(element.get("style", "")):
        return True
    is_silent = element.get("aria-hidden", "").strip().lower() == "true"
    return is_silent and next(element.iter("h1", "main", "article"), None) is None


def drop_posts(tree: Any) -> int:
    """Drop the posts of others that a page shows from other sites; return how many."""
    posts = [quote for quote in tree.iter("blockquote") if _POST.search(quote.get("class", ""))]
    for post in posts:
        post.drop_tree()
    return len(posts)


# What the sites tell everybody to paste.
_POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|fb-xfbml-\S+"
    r"|text-post-media|reddit-(?:card|embed-bq)|mastodon-embed)(?:\s|$)",
    re.IGNORECASE,
)


def drop_menus(tree: Any) -> None:
    """Drop links that stand together with little else: menus, and lists of other articles."""
    for parent in {link.getparent() for link in tree.iter("a")}:
        links = [child for child in parent if child.tag == "a"]
        linked = sum(len(plain(link.text_content())) for link in links)
        if parent.tag != "h1" and linked >= 0.8 * len(plain(parent.text_content())):
            for link in links:
                link.drop_tree()


def drop_teasers(tree: Any) -> int:
    """Drop the beginnings of other articles, as lists show them; return how many.

    Each has a heading that is a link, and there are several side by side. A heading that
    leads to a place in a page, as those of a live report do, is its own.
    """
    found: dict[tuple[Any, str], list[Any]] = {}
    for heading in list(islice(tree.iter("h2", "h3", "h4", "h5"), _MOST_HEADINGS)):
        entry = _entry(heading) if _leads_on(heading) else None
        if entry is not None:
            found.setdefault((entry.getparent(), entry.tag), []).append(entry)
    teasers = [entry for entries in found.values() if len(entries) >= _FEWEST for entry in entries]
    for teaser in teasers:
        teaser.drop_tree()
    return len(teasers)


_FEWEST = 3
_MOST_HEADINGS = 1_000


def _leads_on(heading: Any) -> bool:
    links = [
        link
        for link in [*heading.iter("a"), *islice(heading.iterancestors("a"), 1)]
        if "#" not in (link.get("href") or "#")
    ]
    linked = sum(len(plain(link.text_content())) for link in links)
    return bool(links) and linked >= 0.8 * len(plain(heading.text_content()))


def _entry(heading: Any) -> Any:
    """Return what holds a heading and its excerpt only: the largest part with this one heading."""
    entry = heading
    for around in islice(heading.iterancestors(), 8):
        if around.tag in _WHOLE or len(list(islice(around.iter(*_HEADINGS), 2))) > 1:
            break
        entry = around
    is_short = len(plain(entry.text_content())) <= _LONGEST_TEASER
    return entry if entry is not heading and is_short else None


_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_LONGEST_TEASER = 800
