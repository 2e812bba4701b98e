"""The text of a Word document (.docx), which is a zip file of XML, and of an e-mail.

A document is read as it comes, never as a whole tree, and only so much of it: one
that unpacks to more than any article, or that declares entities, is refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from io import BytesIO
from xml.parsers import expat

from mapper.readers.articles import Article

_BODY = "word/document.xml"
_FACTS = "docProps/core.xml"
_MOST_XML = 60_000_000
_MADE = re.compile(rb"<dcterms:created[^>]{0,200}>(\d{4}-\d\d-\d\d)")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_DAMAGED = "the Word document is damaged: save it again, or copy its text"


def is_document(data: bytes) -> bool:
    """Tell whether bytes are a Word document."""
    if not data.startswith(b"PK"):
        return False
    with suppress(zipfile.BadZipFile, OSError, ValueError), _opened(data) as archive:
        return _BODY in archive.namelist()
    return False


def read_document(data: bytes) -> Article:
    """Read the paragraphs of a Word document, without what was deleted in it.

    It does not tell when its article was published, only when the file was made.

    Raises
    ------
    ValueError
        It is damaged, has a password, is too large, or holds no text; says which.
    """
    try:
        with _opened(data) as archive:
            xml = _part(archive, _BODY, _MOST_XML)
            facts = _part(archive, _FACTS, 100_000) if _FACTS in archive.namelist() else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError):
        raise ValueError(_DAMAGED) from None
    except (RuntimeError, NotImplementedError):
        raise ValueError("the Word document has a password: save it without one") from None
    paragraphs = _Paragraphs().read(xml)
    if not paragraphs:
        raise ValueError("the Word document holds no text: recognise its pictures' text first")
    made = _MADE.search(facts)
    said = (f"made {made[1].decode()}, which need not be its day of publication",) if made else ()
    return Article("\n\n".join(paragraphs), said=said)


def _opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(data))


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as file:
        found = file.read(most + 1)
    if len(found) > most:
        raise ValueError("larger than any article when it is unpacked: copy its text")
    return found


class _Paragraphs:
    """Gathers the paragraphs of a document while its XML is read."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._parts: list[str] = []
        self._is_text = False
        self._copies = 0
        """How many copies for older programs, which tell a text a second time, are open."""

    def read(self, xml: bytes) -> list[str]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        try:
            parser.Parse(xml, True)
        except expat.ExpatError:
            raise ValueError(_DAMAGED) from None
        self._close()
        return self._found

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = _tag(name)
        self._copies += name.endswith(" Fallback")
        self._is_text = tag == "t"
        if tag in ("br", "cr"):
            self._parts.append("\n")
        elif tag == "tab":
            self._parts.append(" ")

    def _end(self, name: str) -> None:
        self._copies -= name.endswith(" Fallback")
        self._is_text = False
        if _tag(name) == "p":
            self._close()

    def _take(self, text: str) -> None:
        if self._is_text and not self._copies:
            self._parts.append(text)

    def _close(self) -> None:
        text = "".join(self._parts).strip()
        self._parts.clear()
        if text:
            self._found.append(text)


def _tag(name: str) -> str:
    """Return the name of a tag of word processing; empty for all others."""
    return (
        name.removeprefix(_WORD).removeprefix(_STRICT) if name.startswith((_WORD, _STRICT)) else ""
    )


def _refuse(*_: object) -> None:
    raise ValueError("the Word document declares entities, which no program writes: copy its text")


def read_mail(data: bytes) -> Article:
    """Read an e-mail: its subject, its text, and the day on which it was sent.

    Raises
    ------
    ValueError
        It holds no text.
    """
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    content = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(content, bytes) or not content.strip():
        raise ValueError("an e-mail without a text in it: save the article that it brought")
    title = " ".join(str(message.get("Subject") or "").split())[:300] or None
    sent = None
    with suppress(ValueError, TypeError):
        sent = parsedate_to_datetime(str(message["Date"])).date()
    charset = body.get_content_charset()
    if body.get_content_type() == "text/html":
        from mapper.readers.pages import read_page

        page = read_page(content, charset=charset)
        return Article(page.text, title or page.title, sent, page.source, page.url, said=page.said)
    from mapper.readers.decoding import decode

    try:
        text = content.decode(charset) if charset else decode(content)[0]
    except (UnicodeDecodeError, LookupError):
        text = decode(content)[0]
    return Article(text.replace("\r\n", "\n").replace("\r", "\n"), title, sent)
