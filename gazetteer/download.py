"""Download files whole and as they should be, from servers that stall, cut off or refuse.

The only module that uses the network. The standard library's urllib does what
is needed (ranges, time limits, streaming), so that no dependency is added for it.
"""

from __future__ import annotations

import hashlib
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from gazetteer.archives import MOST_BYTES
from gazetteer.errors import FetchError

_BLOCK = 1 << 16
_SAFE = "%:/?#[]@!$&'()*+,;=~"  # what an address may hold as it is


@dataclass(frozen=True)
class Servers:
    """Where the data is, and how patiently to ask there.

    ``patience`` is how many seconds a server may be silent, ``tries`` how often
    one file is asked for, ``pause`` the seconds before the second time, which
    double with each further one up to ``longest_pause``.
    """

    hdx: str = "https://data.humdata.org"
    geoboundaries: str = "https://www.geoboundaries.org"
    geonames: str = "https://download.geonames.org"
    patience: float = 30.0
    tries: int = 5
    pause: float = 1.0
    longest_pause: float = 60.0
    sleep: Callable[[float], None] = field(default=time.sleep, compare=False)


class NotThereError(FetchError):
    """The server says that there is no such file."""


class _Again(Exception):
    """The request failed in a way that may pass; ``after`` seconds if the server said so."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Download:
    """Downloads files whole, going on where it was interrupted."""

    def __init__(self, servers: Servers, folder: Path, say: Callable[[str], None]) -> None:
        self.servers = servers
        self._folder = folder
        self._say = say

    def get(self, url: str, *, size: int | None = None, digest: str = "") -> bytes:
        """Return the content of a file.

        Parameters
        ----------
        url : its address
        size, digest : number of bytes and MD5 or SHA-256, where they are known

        Raises
        ------
        FetchError
            It does not come, or is not what it should be.
        """
        if not url.startswith(("https://", "http://")):
            raise FetchError(f"{url}: not a web address", url)
        url = urllib.parse.quote(url, safe=_SAFE)  # a publisher's file may be called خريطة.zip
        self._folder.mkdir(parents=True, exist_ok=True)
        part = _Part(self._folder / hashlib.sha256(url.encode()).hexdigest()[:24])
        why, pause = "", self.servers.pause
        for attempt in range(self.servers.tries):
            if attempt:
                self._say(f"{url}: {why}; trying again")
            try:
                content = self._tried(url, part, size)
                _check(content, url, size, digest)
            except _Again as again:
                why = str(again)
                wait = pause if again.after is None else max(again.after, pause)
                if attempt + 1 < self.servers.tries:
                    self.servers.sleep(min(wait, self.servers.longest_pause))
                pause *= 2
            except FetchError:
                part.forget()  # what is wrong must not be gone on with
                raise
            else:
                return content
        raise FetchError(f"{url}: {why}; gave up after {self.servers.tries} tries", url)

    def _tried(self, url: str, part: _Part, size: int | None) -> bytes:
        have = part.size
        if have and size is not None and have >= size:
            return part.content.read_bytes()
        headers = {"User-Agent": "iraq-gazetteer", "Accept-Encoding": "identity"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": part.edition}
        try:
            request = urllib.request.Request(url, headers=headers)
            with urllib.request.urlopen(request, timeout=self.servers.patience) as answer:
                goes_on = answer.status == 206 and _begins_at(answer, have)
                self._receive(answer, part, have if goes_on else 0)
        except urllib.error.HTTPError as error:
            with error:
                _refused(error, url, part)
        except ValueError as error:
            raise FetchError(f"{url}: not a web address: {error}", url) from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise _Again(f"the connection failed ({reason})") from error
        return part.content.read_bytes()

    def _receive(self, answer: HTTPResponse, part: _Part, have: int) -> None:
        told = answer.headers.get("Content-Length", "")
        length = number(told)
        whole = None if length is None else have + length
        deadline = time.monotonic() + max(self.servers.patience * 20, 60)
        if not have:
            part.begin(_edition(answer))
        with part.content.open("r+b") as file:
            file.seek(have)
            file.truncate()
            while block := answer.read1(_BLOCK):
                file.write(block)
                have += len(block)
                if have > MOST_BYTES:
                    raise FetchError(f"{answer.url}: more than {MOST_BYTES} bytes", have)
                if time.monotonic() > deadline:
                    raise _Again("it comes too slowly")
        if whole is not None and have < whole:
            raise _Again(f"cut off after {have} of {whole} bytes")


class _Part:
    """What has come of a file, and of which edition, so that no other one is gone on with."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self._edition = content.with_suffix(".edition")

    @property
    def edition(self) -> str:
        """What the server calls the edition; nothing where it does not tell editions apart."""
        return self._edition.read_text("latin-1") if self._edition.is_file() else ""

    @property
    def size(self) -> int:
        """How many bytes have come that can be gone on from."""
        return self.content.stat().st_size if self.content.is_file() and self.edition else 0

    def begin(self, edition: str) -> None:
        """Forget what has come, and note the edition of what comes now."""
        self.forget()
        self.content.write_bytes(b"")
        self._edition.write_text(edition, "latin-1")

    def forget(self) -> None:
        self._edition.unlink(missing_ok=True)
        self.content.unlink(missing_ok=True)


def _edition(answer: HTTPResponse) -> str:
    tag = str(answer.headers.get("ETag") or "")
    return tag if tag and not tag.startswith("W/") else str(answer.headers.get("Last-Modified", ""))


def _begins_at(answer: HTTPResponse, have: int) -> bool:
    return str(answer.headers.get("Content-Range", "")).startswith(f"bytes {have}-")


def _refused(error: urllib.error.HTTPError, url: str, part: _Part) -> None:
    if error.code == 416:  # what is here is more than there is: begin again
        part.forget()
        raise _Again("the file has changed") from error
    if error.code == 429 or error.code >= 500:
        after = _seconds(str(error.headers.get("Retry-After") or ""))
        raise _Again(f"the server answers {error.code}", after) from error
    if error.code in (404, 410):
        raise NotThereError(f"{url}: the server has no such file", url) from error
    raise FetchError(f"{url}: the server answers {error.code}", url) from error


def _seconds(after: str) -> float | None:
    """Return the seconds until what Retry-After says, which may be a date."""
    seconds = number(after)
    if seconds is not None:
        return float(seconds)
    try:
        return max(parsedate_to_datetime(after).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None


def number(text: str) -> int | None:
    """Return a count that a server sent, None where it is none: ² is a digit to `str.isdigit`."""
    return int(text) if re.fullmatch("[0-9]{1,15}", text) else None


def _check(content: bytes, url: str, size: int | None, digest: str) -> None:
    if content[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise FetchError(f"{url}: a web page came instead: is a login or a filter between?", url)
    if content.startswith(b"version https://git-lfs"):
        raise FetchError(f"{url}: a note of where the file is came, not the file", url)
    if size is not None and len(content) != size:
        raise FetchError(f"{url}: {len(content)} bytes came, {size} were announced", url)
    name = {32: "md5", 64: "sha256"}.get(len(digest))
    if name and hashlib.new(name, content, usedforsecurity=False).hexdigest() != digest.lower():
        raise FetchError(f"{url}: the content does not fit its {name} hash", url)
