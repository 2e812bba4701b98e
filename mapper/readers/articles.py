"""Articles out of files, streams and web pages, whatever form they come in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mapper.errors import ReadError
from mapper.readers.decoding import decode

Form = Literal["text", "page", "archive", "pdf", "document", "mail", "records"]

_FORM_WORDS: dict[Form, tuple[str, tuple[str, ...]]] = {
    "page": ("a web page", (".html", ".htm", ".xhtml", ".xht")),
    "archive": ("a saved web page with its pictures", (".mhtml", ".mht")),
    "pdf": ("a PDF", (".pdf",)),
    "document": ("a Word document", (".docx",)),
    "mail": ("an e-mail", (".eml",)),
    "records": ("JSON", (".json", ".jsonl", ".ndjson")),
}


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text, and what is told about it.

    ``published`` is the day that its page or record tells, not one worked out
    from its text. ``row`` is its line or place in a file that holds several.
    ``said`` are remarks for a person about how it was read.
    """

    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    row: int | None = None
    said: tuple[str, ...] = ()


def read_articles(
    data: bytes, *, name: str, charset: str | None = None, suffix: str = ""
) -> tuple[list[Article], list[str]]:
    """Read the articles that some bytes hold: text, a web page, PDF, Word, e-mail or JSON.

    Parameters
    ----------
    data : the whole file
    name : what to call it in a message
    charset : the encoding that a web server told, which goes before the page's own
    suffix : the ending of its name; what the bytes are goes before what it promises

    Returns
    -------
    articles
        In the order of the file; several only from records.
    said
        Remarks on the file, and on each record that is no article.

    Raises
    ------
    ReadError
        There is no text of an article in it; one line with the reason and the remedy.
    """
    try:
        form = form_of(data)
        articles, said = _READERS[form](data, charset)
    except ValueError as error:
        raise ReadError(f"{name}: {error}", name) from error
    if form != "text" and suffix and suffix not in _FORM_WORDS[form][1]:
        said.insert(0, f"{_FORM_WORDS[form][0]}, in spite of its name")
    return articles, said


def form_of(data: bytes) -> Form:
    """Tell by its first characters what form an article has; plain text where nothing tells."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        from mapper.readers.documents import is_document

        return "document" if is_document(data) else "text"
    if _MAIL.match(head) and _ARCHIVE.search(data[:_LONGEST_HEADERS]):
        return "mail"
    if _ARCHIVE.search(head) and b"multipart/related" in head:
        return "archive"
    if b"\x00" in head:
        with suppress(ValueError):  # UTF-16, or no text at all
            head = decode(data[:4096])[0].lstrip("\ufeff \t\r\n").encode()
    if _PAGE.match(head):
        return "page"
    if head[:1] in (b"{", b"[") and _RECORDS.match(head):
        return "records"
    return "text"


_ARCHIVE = re.compile(rb"(?im)^mime-version:")
# An e-mail tells who was to get it, or by which way it came; a page that was saved does not.
_MAIL = re.compile(
    rb"(?is)[a-z][a-z-]{1,40}: ?(?=.{0,4000}\n(?:to|received|message-id|delivered-to):)"
)
_LONGEST_HEADERS = 30_000
_PAGE = re.compile(
    rb"(?is)(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|div|meta|title|main|section|p|h1|script)\b"
)
_RECORDS = re.compile(rb'\[?\s*\{\s*"')


def _read_text(data: bytes, charset: str | None) -> tuple[list[Article], list[str]]:
    try:
        text = data.decode(charset) if charset else decode(data)[0]
    except (UnicodeDecodeError, LookupError):
        return _read_text(data, None)
    except ValueError:
        raise ValueError(
            "not plain text, whatever its name says: save the article as text"
        ) from None
    if not text.strip():
        raise ValueError("the file is empty")
    if text.startswith("{\\rtf"):
        raise ValueError("RTF is not read: save the article as .docx or text")
    return [Article(text.replace("\r\n", "\n").replace("\r", "\n"))], []


def _read_page(data: bytes, charset: str | None) -> tuple[list[Article], list[str]]:
    from mapper.readers.pages import read_page

    return [read_page(data, charset=charset)], []


def _read_archive(data: bytes, charset: str | None) -> tuple[list[Article], list[str]]:
    """Read the page in a web archive (MHTML), which has the form of an e-mail."""
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    from mapper.readers.pages import read_page

    message = message_from_bytes(data, policy=policy.default)
    parts = (part for part in message.walk() if part.get_content_type() == "text/html")
    page = next(parts, None)
    content = page.get_payload(decode=True) if isinstance(page, EmailMessage) else None
    if page is None or not isinstance(content, bytes):
        raise ValueError("a web archive without a page in it: save the page again as HTML")
    url = page.get("Content-Location") or message.get("Snapshot-Content-Location")
    return [read_page(content, charset=page.get_content_charset(), url=url)], []


def _read_pdf(data: bytes, charset: str | None) -> tuple[list[Article], list[str]]:
    from mapper.readers.pdf import read_pdf

    return [read_pdf(data)], []


def _read_document(data: bytes, charset: str | None) -> tuple[list[Article], list[str]]:
    from mapper.readers.documents import read_document

    return [read_document(data)], []


def _read_mail(data: bytes, charset: str | None) -> tuple[list[Article], list[str]]:
    from mapper.readers.documents import read_mail

    return [read_mail(data)], []


def _read_records(data: bytes, charset: str | None) -> tuple[list[Article], list[str]]:
    from mapper.readers.records import read_records

    return read_records(data)


_READERS = {
    "text": _read_text,
    "page": _read_page,
    "archive": _read_archive,
    "pdf": _read_pdf,
    "document": _read_document,
    "mail": _read_mail,
    "records": _read_records,
}


def days(texts: Sequence[str | None]) -> list[date | None]:
    """Read the days that people wrote, without their hours; None for what is no single day."""
    import pandas as pd

    from mapper.readers.dates import read_dates

    bare = [_HOUR.sub("", HIJRI.sub("", text)).strip() if text else None for text in texts]
    read = read_dates(pd.Series(bare, dtype="str"))
    return [
        day.date() if precision == "day" and not pd.isna(day) else None
        for day, precision in zip(read.first, read.precision, strict=True)
    ]


_HOUR = re.compile(r"(?:T|\s*[,،|@–-]?\s)\d{1,2}:\d\d.*$|\s*مـ?\s*$", re.DOTALL)
# Arabic papers write the day of the Islamic calendar beside ours: "23 Jumada 1445 - 5 January".
HIJRI = re.compile(
    r"\d{1,2}[\s،,/-]{1,3}(?:محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|ذو|ذي)(?:\s+ال\w{1,10})?"
    r"[\s،,/-]{1,3}1[34]\d\d(?:\s*هـ?)?(?:\s*[-–/|،,(]\s*|\s+الموافق\s+)?"
)
