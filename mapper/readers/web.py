"""One article from the web, at an address that the user gave: the only asking of the network."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from mapper.errors import ReadError
from mapper.readers.files import is_address

_MOST_BYTES = 40_000_000
_SECONDS_SILENT = 20
_SECONDS_IN_ALL = 60
_MOST_REDIRECTS = 5
_READABLE = re.compile(
    r"(?:text/|application/(?:xhtml\+xml|pdf|json|x-ndjson|ndjson|jsonl|octet-stream)|multipart/related)"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the bytes, the encoding that the server told, the final address."""

    data: bytes
    charset: str | None
    url: str


def fetch(url: str) -> Fetched:
    """Fetch one page: one request, no cookies, bounded in time, size and redirects.

    A redirect from the public web into a private network is not followed.

    Raises
    ------
    ReadError
        It cannot be had, or is no article; one line that names the address.
    """
    opener = urllib.request.build_opener(_Redirects(_is_private(url)))
    request = urllib.request.Request(url, headers={"User-Agent": "iraq-incident-mapper"})
    try:
        with opener.open(request, timeout=_SECONDS_SILENT) as answer:
            kind = answer.headers.get_content_type()
            if not _READABLE.match(kind):
                raise ReadError(f"{url}: not an article but {kind}: give the article's page", url)
            return Fetched(_body(answer, url), answer.headers.get_content_charset(), answer.url)
    except ReadError:
        raise
    except urllib.error.HTTPError as error:
        raise ReadError(
            f"{url}: the server refused ({error.code} {str(error.reason).splitlines()[0]}): check "
            "the address, or save the page in a browser and give its file",
            url,
        ) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ReadError(
            f"{url}: cannot be reached ({reason}): check the address and the network", url
        ) from None


def _body(answer: Any, url: str) -> bytes:
    begun = time.monotonic()
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > _MOST_BYTES:
            raise ReadError(f"{url}: larger than {_MOST_BYTES // 10**6} MB: save its text", url)
        if time.monotonic() - begun > _SECONDS_IN_ALL:
            raise ReadError(f"{url}: takes longer than {_SECONDS_IN_ALL} seconds: save it", url)
    return b"".join(parts)


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _MOST_REDIRECTS
    max_repeats = 2

    def __init__(self, may_be_private: bool) -> None:
        self._may_be_private = may_be_private

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if not is_address(newurl) or (not self._may_be_private and _is_private(newurl)):
            raise ReadError(
                f"{req.full_url}: it leads to {newurl}, which is not on the web", req.full_url
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_private(url: str) -> bool:
    """Whether an address is on this machine or in a private network."""
    try:
        found = socket.getaddrinfo(urlsplit(url).hostname, None)
        return any(
            not ipaddress.ip_address(str(one[4][0]).split("%")[0]).is_global for one in found
        )
    except (OSError, ValueError):
        return False  # the request will say what is wrong
