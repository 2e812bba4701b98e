"""Articles in Word documents, e-mails and packed files, and what is said of bad ones."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import mapper
from mapper.errors import ReadError
from mapper.readers import read_articles
from mapper.readers.articles import Article, form_of

LEAD = (
    "A car bomb exploded in a crowded market in Hilla on Wednesday, killing three people and "
    "wounding seven others, police said."
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FACTS = (
    "<cp:coreProperties><dcterms:created xsi:type='dcterms:W3CDTF'>2019-05-06T07:08:09Z"
    "</dcterms:created></cp:coreProperties>"
)


def word(body: str, *, before: str = "", facts: str = FACTS) -> bytes:
    """Return a Word document with some XML as its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("docProps/core.xml", facts)
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{WORD}" '
            f'xmlns:mc="http://x"><w:body>{body}</w:body></w:document>',
        )
    return out.getvalue()


def paragraph(text: str) -> str:
    half = len(text) // 2
    runs = (f"<w:r><w:t>{escape(part)}</w:t></w:r>" for part in (text[:half], text[half:]))
    return f"<w:p>{''.join(runs)}</w:p>"


def one(data: bytes) -> Article:
    (article,), _ = read_articles(data, name="file")
    return article


def test_a_word_document(tmp_path: Path) -> None:
    body = paragraph("Bomb in Hilla & more") + paragraph(LEAD)
    body += "<w:p><w:r><w:delText>A bomb killed ninety in Mosul.</w:delText></w:r></w:p>"
    body += "<w:p><w:r><w:t>They</w:t><w:tab/><w:t>fled.</w:t><w:br/><w:t>All</w:t></w:r></w:p>"
    body += "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Choice>"
    body += "<mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    article = one(word(body))
    assert article.text.split("\n\n") == ["Bomb in Hilla & more", LEAD, "They fled.\nAll", "Box"]
    assert article.published is None
    assert article.said == ("made 2019-05-06, which need not be its day of publication",)
    (tmp_path / "report.docx").write_bytes(word(body))
    frame = mapper.read(tmp_path / "report.docx", published="2024-01-05")
    assert frame["killed"].tolist() == [3] and str(frame["date"][0])[:10] == "2024-01-03"


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (word(""), "holds no text"),
        (word(paragraph("x"))[:-300], "not plain text"),
        (word("<w:p>"), "damaged"),
        (word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", before=BOMB), "declares entities"),
        (word("<w:p><w:r><w:t>" + "a" * 61_000_000), "larger than any article"),
        (b"{\\rtf1\\ansi A bomb killed five in Mosul.}", "RTF is not read"),
        (b"From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\nContent-Type: image/png\n\n",
         "without a text"),
    ],
    ids=["empty", "cut", "broken", "entities", "bomb", "rtf", "picture"],
)  # fmt: skip
def test_what_is_no_article_is_said_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        one(data)
    assert str(caught.value).startswith("file: ") and "\n" not in str(caught.value)


def mail(kind: str, body: str) -> bytes:
    return (
        "Received: from a.example by b.example\nFrom: News <desk@news.example>\n"
        "To: reader@x.example\nSubject: =?utf-8?q?Bomb_in?= Hilla\n"
        "Date: Thu, 04 Jan 2024 23:30:00 +0300\nMIME-Version: 1.0\n"
        f"Content-Type: {kind}; charset=utf-8\n\n{body}"
    ).encode()


@pytest.mark.parametrize(
    ("kind", "body"), [("text/plain", LEAD), ("text/html", f"<html><body><p>{LEAD}</p>")]
)
def test_an_e_mail(kind: str, body: str, tmp_path: Path) -> None:
    (tmp_path / "alert.eml").write_bytes(mail(kind, body))
    article = one(mail(kind, body))
    assert (article.title, article.published) == ("Bomb in Hilla", date(2024, 1, 4))
    frame = mapper.read(tmp_path / "alert.eml")
    assert frame["killed"].tolist() == [3] and str(frame["date"][0])[:10] == "2024-01-03"


def test_a_text_that_only_begins_like_an_e_mail() -> None:
    assert form_of(f"Subject: news\n\n{LEAD}".encode()) == "text"


def test_packed_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(LEAD.encode()))
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("2024/one.txt", LEAD)
        archive.writestr("2024/two.html", f"<html><body><p>{LEAD.replace('Hilla', 'Kut')}</p>")
        archive.writestr("2024/empty.txt", "")
        archive.writestr("2024/picture.png", "x")
        archive.writestr("__MACOSX/._one.txt", "x")
    frame = mapper.read([tmp_path / "a.txt.gz", tmp_path / "news.zip"])
    assert frame["source_file"].tolist() == [
        "a.txt.gz/a.txt", "news.zip/2024/one.txt", "news.zip/2024/two.html",
    ]  # fmt: skip
    said = "\n".join(frame.attrs["said"])
    assert "1 of its files are no articles" in said and "empty.txt: the file is empty" in said
    assert any("empty.txt" in line for line in frame.attrs["left_out"])


def test_packed_tables_are_tables(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as archive:
        archive.writestr("data.csv", "date,place\n2024-01-05,Hilla\n")
    assert len(mapper.read(tmp_path / "data.zip")) == 1
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("data.csv", "date,place\n2024-01-05,Hilla\n")
        archive.writestr("readme.txt", LEAD)
    frame = mapper.read(tmp_path / "both.zip")
    assert len(frame) == 1 and "readme.txt" in "\n".join(frame.attrs["said"])


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt.gz", gzip.compress(b" " * 61_000_000), "larger than 60 MB"),
        ("a.txt.gz", gzip.compress(LEAD.encode())[:-20], "cannot be unpacked"),
        ("a.zip", b"PK\x03\x04 broken", "cannot be unpacked"),
    ],
    ids=["bomb", "cut", "broken"],
)
def test_packed_files_that_cannot_be_read(
    name: str, data: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=words) as caught:
        mapper.read(tmp_path / name)
    assert name in str(caught.value) and "\n" not in str(caught.value)
