"""Articles in every form they come in, and what is said of those that are none."""

from __future__ import annotations

import base64
import io
import json
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import mapper
from mapper.cli import main
from mapper.errors import ReadError
from mapper.readers import Article, read_articles
from mapper.readers.articles import form_of
from mapper.readers.records import hold_articles

LEAD = (
    "A car bomb exploded in a crowded market in Hilla on Wednesday, killing three people and "
    "wounding seven others, police said."
)
ARABIC = (
    "أفاد مصدر أمني في محافظة ديالى، يوم الأحد، بمقتل خمسة أشخاص وإصابة 12 آخرين بانفجار "
    "عبوة ناسفة في قضاء بعقوبة."
)
MENU = "<nav><ul>" + "<li><a href=/x>Ten killed in Mosul by gunmen</a></li>" * 30 + "</ul></nav>"
HEAD = """<title>Car bomb kills three in Hilla | Example News</title>
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2024-01-04T23:30:00+03:00">
<meta property="article:modified_time" content="2024-02-01T09:00:00+03:00">
<link rel="canonical" href="https://news.example/a1">"""
# An empty page with the password "secret".
SECRET = zlib.decompress(
    base64.b64decode(
        b"eNqNUctuE0EQvM9X9MVHMo+dp7TygSSWEKBYm8AlyqHnZRZZu9F6LCX8JAf+AH6E8QYSK+bASC3NVFdV93Qv1her"
        b"N/ysIYufv77/IBwYjP4raVtC19MY9yFN0DoXEmKMTVyS5ZKkIR444oh783ifgK5xk3aEno/7oQAn9H0fd3ALshI7"
        b"uDuSNifScyy4HTfkyQMO3t2RQP6zFqFd2o37KVRFzVQ6/Zhij2/Hh1qWnbE5OHuKu4P5lGprr93VkfvnQ+MdCEI/"
        b"pGFTvoBkVQdSOOm0Ea4mVv221LHQ64JDxCkSegVtUmij0Nb46CILOTupvcGgVFacWR5DZpFzrZQM0ufgGaokpc7a"
        b"JZQWa++foM3RNU4ZYZ3KGJssWAqa+xCUjBZ9rglnGFNN1BxlQNV4w5LW6IRHbpvj/TxMKRMGmrDnA7V8oyDDM8br"
        b"3+fM8IIpd4Jxbk8xbU4wofkLVibst2max3rdf0u1FdqNY4Fmnj99N+QR+J/7Rd1Ya6VNxtb/G8FDkkL6+pBouWA6"
        b"eGmW/0Ope74cwvR4X0D9XfSu4FTmgUijyGJxebUivwHtS8L0"
    )
)


def page(body: str, head: str = HEAD) -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


ARTICLE_PAGE = page(
    f"{MENU}<article><h1>Car bomb kills three in Hilla</h1><p>{LEAD}</p></article>"
    "<aside><h3>Related</h3><a href=/y>Gunmen kill ten in Mosul</a></aside>"
)


def one(data: bytes, **options: str) -> Article:
    (article,), _ = read_articles(data, name="file", **options)
    return article


def test_a_page_gives_its_text_title_day_source_and_address() -> None:
    article = one(ARTICLE_PAGE)
    assert LEAD in article.text
    assert "Mosul" not in article.text and "Related" not in article.text
    assert article.title == "Car bomb kills three in Hilla"
    assert article.published == date(2024, 1, 4)
    assert (article.source, article.url) == ("Example News", "https://news.example/a1")


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": '
         '"NewsArticle", "datePublished": "2024-01-05T01:00:00Z", "dateModified": "2024-03-01"}]}'
         "</script>", "", "2024-01-05"),
        ("", '<time datetime="2024-01-05T10:00">5 January</time>', "2024-01-05"),
        ("", "<time>5 January 2024</time>", "2024-01-05"),
        ('<meta name="pubdate" content="Fri, 05 Jan 2024 10:00:00 GMT">', "", "2024-01-05"),
        ('<link rel="canonical" href="https://news.example/2024/01/05/a">', "", "2024-01-05"),
        ('<meta property="article:modified_time" content="2024-02-05">', "", None),
        ("", "<footer>Copyright 1995</footer>", None),
        ("", "<p>The invasion began on 2003-03-20.</p>", None),
        ("", "<time>2024-01-05</time><time>2020-01-05</time>", None),
        ('<meta name="date" content="soon">', "", None),
        ("", '<time class="entry-date published" datetime="2024-01-05T09:00:00+03:00">x</time>'
         '<time class="updated" datetime="2024-02-09T09:00:00+03:00">y</time>', "2024-01-05"),
        ("", '<article><time>5 January 2024</time></article><aside><time>7 January 2024</time>'
         "</aside>", "2024-01-05"),
        ("", "<p>The town was taken, people there said to us by telephone, as long ago as on the "
         'last day of <time datetime="2003-03-20">March</time>.</p>', None),
        ('<meta property="article:published_time" content="2024-01-05T23:50:00+03:00">', "",
         "2024-01-05"),
        ('<meta property="article:published_time" content="2024-01-05 10:00:00 +0300">', "",
         "2024-01-05"),
        ('<meta name="pubdate" content="Fri, 05 Jan 2024 23:30:00 -0500">', "", "2024-01-05"),
        ('<meta name="DCTERMS.issued" content="2024-01-05">', "", "2024-01-05"),
        ('<meta name="citation_publication_date" content="2024/01/05">', "", "2024-01-05"),
        ('<meta name="OriginalPublicationDate" content="2024/01/05 08:21:45">', "", "2024-01-05"),
        ('<meta property="article:published_time" content="2094-01-05">', "", None),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', "", None),
        ('<meta property="article:published_time" content="1445-06-23T10:00:00+03:00">', "", None),
        ('<meta property="article:published_time" content="0001-01-01T00:00:00Z">', "", None),
        ('<script type="application/ld+json">//<![CDATA[\n{"@type":"NewsArticle","datePublished":'
         '"2024-01-05"}\n//]]></script>', "", "2024-01-05"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-01-05",}'
         "</script>", "", "2024-01-05"),
        ('<script type="application/ld+json">{"datePublished":"2024-01-05","datePublished":'
         '"2024-01-07",}</script>', "", None),
        ('<script type="application/ld+json">{"@type":"NewsArticle","dateCreated":"2024-01-05"}'
         "</script>", "", "2024-01-05"),
        ('<script type="application/ld+json">{"@type":"VideoObject","dateCreated":"2024-01-05"}'
         "</script>", "", None),
        ('<script type="application/ld+json">{"@type":"WebPage","datePublished":"2019-01-05"}'
         '</script><script type="application/ld+json">{"@type":["NewsArticle"],"datePublished":'
         '"2024-01-05"}</script>', "", "2024-01-05"),
        ("", "<time>٥ كانون الثاني ٢٠٢٤</time>", "2024-01-05"),
        ("", "<time>الجمعة 5 يناير 2024 - 10:30</time>", "2024-01-05"),
        ("", "<time>الجمعة 23 جمادى الآخرة 1445 هـ - 5 يناير 2024 مـ</time>", "2024-01-05"),
        ("", "<time>23 جمادى الآخرة 1445 هـ الموافق 5 يناير 2024</time>", "2024-01-05"),
        ("", "<time>الجمعة 23 جمادى الآخرة 1445 هـ</time>", None),
    ],
)  # fmt: skip
def test_only_a_day_that_the_page_declares_is_its_own(
    head: str, body: str, day: str | None
) -> None:
    found = one(page(f"<p>{LEAD}</p>{body}", head)).published
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings_of_pages_and_texts(encoding: str, declared: bool) -> None:
    meta = f"<meta charset='{encoding.removesuffix('-sig')}'>" if declared else ""
    text = f"<html><head>{meta}</head><body><p>{ARABIC}</p></body></html>"
    assert one(text.encode(encoding)).text == ARABIC
    assert one(ARABIC.encode(encoding)).text == ARABIC
    if not declared and encoding != "utf-16":
        assert one(ARABIC.encode(encoding), charset=encoding).text == ARABIC


@pytest.mark.parametrize("declared", ["windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("real", ["windows-1256", "iso-8859-6"])
def test_the_bytes_tell_which_arabic_encoding_it_is(declared: str, real: str) -> None:
    data = f"<html><meta charset={declared}><body><p>{ARABIC}</p></body></html>".encode(real)
    assert one(data).text == one(data, charset=declared).text == ARABIC


def test_an_accent_makes_no_page_arabic() -> None:
    text = LEAD.replace("market", "café")
    page = f"<html><meta charset=windows-1256><body><p>{text}</p></body></html>".encode("cp1256")
    assert one(page).text == text
    assert one("La voiture créée à côté".encode("cp1252")).text == "La voiture créée à côté"


def test_a_wrong_declaration_does_not_break_a_page() -> None:
    for name in ("utf-8", "nonsense", "ascii"):
        text = f"<html><meta charset={name}><body><p>{ARABIC}</p></body></html>"
        assert one(text.encode("windows-1256" if name == "utf-8" else "utf-8")).text == ARABIC


def test_line_ends_and_plain_text() -> None:
    assert one(b"a\r\nb\rc").text == "a\nb\nc"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b" \n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "not plain text"),
        (page(MENU), "only menus, links or scripts"),
        (page(""), "only menus, links or scripts"),
        (page("<div id=root></div><noscript>Enable JavaScript to see this.</noscript>"),
         "only menus, links or scripts"),
        (b"%PDF-1.7\nbroken", "damaged"),
        (b'[{"text": ""}]', "it has no text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--",
         "without a page"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_said_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read_articles(data, name="a.file")
    assert str(caught.value).startswith("a.file: ") and "\n" not in str(caught.value)


HOSTILE = {
    "deep": "<div>" * 50_000 + LEAD,
    "tags": "<p class=a>x</p>" * 50_000 + LEAD,
    "links": "<a href=/x>menu of things</a>" * 50_000 + LEAD,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + LEAD,
    "entities": "&amp;" * 500_000 + LEAD,
    "open scripts": "<script>" * 100_000 + LEAD,
    "open facts": "<script type=application/ld+json>{}" * 50_000 + LEAD,
    "open comments": "<!--" * 100_000 + LEAD,
    "doctypes": "<!DOCTYPE [ " * 100_000 + LEAD,
    "angles": "<" * 500_000 + LEAD,
    "tables": "<table><tr><td>" * 10_000 + LEAD,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_takes_bounded_time_and_invents_nothing(name: str) -> None:
    begun = time.perf_counter()
    try:
        text = one(page(HOSTILE[name], "")).text
    except ReadError:
        text = ""
    assert time.perf_counter() - begun < 20, "a few seconds on a busy machine"
    assert "menu" not in text and "{}" not in text


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("<div>", "</div>"), ("<div class=a>\n", "\n</div>\n"), ("<span>", ""), ("<section>", "")],
)
def test_a_sentence_below_very_many_tags_is_read(opening: str, closing: str) -> None:
    many = 100_000
    article = one(page(f"{opening * many}<p>{LEAD}</p>{closing * many}<p>They fled.</p>", ""))
    assert article.text.split("\n\n")[0] == LEAD and not article.said


def test_a_page_read_in_part_is_not_said_to_be_all_menu() -> None:
    with pytest.raises(ReadError, match=r"no article in the first 20,000 tags and 3 MB"):
        one(page("<p class=a>x</p>" * 50_000 + LEAD))


def test_markup_shows_nothing_that_is_hidden_or_run() -> None:
    hidden = "<script>'A bomb killed 90 in Mosul.'</script><!-- A bomb killed 80 in Mosul. -->"
    text = one(page(f"<p>{LEAD}</p>{hidden}<style>p{{}}</style>")).text
    assert LEAD in text and "Mosul" not in text


OTHER = "Gunmen killed 50 people in a village near Mosul on Tuesday, an official said by telephone."


@pytest.mark.parametrize(
    "hidden",
    [
        f"<div hidden><p>{OTHER}</p></div>",
        f"<p hidden=''>{OTHER}</p>",
        f"<p style='color: red; DISPLAY:none !important'>{OTHER}</p>",
        f"<section style='visibility: hidden;'><p>{OTHER}</p></section>",
        f"<div aria-hidden='true'><p>{OTHER}</p></div>",
        f"<dialog><p>{OTHER}</p></dialog>",
        f"<p>Nobody claimed it. <span style='display: none'>{OTHER}</span></p>",
        f"<h1 hidden>{OTHER}</h1>",
        f"<blockquote class='twitter-tweet' data-lang=en><p lang=en>{OTHER}</p></blockquote>",
        f"<blockquote class='wide instagram-media'><div><p>{OTHER}</p></div></blockquote>",
    ],
)
def test_what_a_page_hides_or_shows_of_other_sites_is_not_read(hidden: str) -> None:
    article = one(page(f"<article><p>{LEAD}</p>{hidden}<p>The road was closed.</p></article>", ""))
    assert LEAD in article.text and "closed" in article.text
    assert "Gunmen" not in article.text and "Gunmen" not in (article.title or "")
    assert any("1 embedded post of other" in line for line in article.said) == ("block" in hidden)


def teasers(before: str, within: str, behind: str) -> str:
    """Return four beginnings of articles, each in some markup."""
    return "".join(
        f"{before}{within.format(n)}<p>{OTHER} It was the {n}th.</p>{behind}" for n in range(4)
    )


LISTS = [
    teasers("<article class=post>", "<h2 class=t><a href='/n{0}'>News {0}</a></h2>",
            "</article>"),
    teasers("<div class=item><a href='/n'><img src=x></a><div>",
            "<h3><a href='/n{0}'>News {0}</a></h3>", "</div></div>"),
    teasers("<li>", "<h4><a href='https://x.example/{0}'>News {0}</a></h4>", "</li>"),
    teasers("<a href='/n'>", "<h3>News {0}</h3>", "</a>"),
    teasers("<div class=col><article><header>", "<h2><a href='/n{0}'>خبر {0}</a></h2></header>",
            "</article></div>"),
]  # fmt: skip


@pytest.mark.parametrize("listed", LISTS)
def test_a_list_of_articles_is_none_and_no_part_of_one(listed: str) -> None:
    with pytest.raises(ReadError, match="a list of 4 articles, not one"):
        one(page(f"<h1>Security</h1><main>{listed}</main>", ""))
    article = one(page(f"<article><h1>Bomb</h1><p>{LEAD}</p></article><div>{listed}</div>", ""))
    assert article.text.endswith(LEAD) and "Gunmen" not in article.text
    assert article.said == ("left out the beginnings of 4 other articles",)


@pytest.mark.parametrize(
    "heading",
    ["<h2>Part {0}</h2>", "<h2><a href='#p{0}'>Part {0}</a></h2>", "<h2><a id=p{0}>Part</a></h2>",
     "<h2>What <a href='/n{0}'>the army</a> said of the attack</h2>", "<h3>10:{0}0</h3>"],
)  # fmt: skip
def test_parts_with_headings_are_parts_of_the_article(heading: str) -> None:
    parts = teasers("<section>", heading, "</section>")
    article = one(page(f"<article><h1>Bomb</h1><p>{LEAD}</p>{parts}</article>", ""))
    assert article.text.count("Gunmen") == 4


@pytest.mark.parametrize(
    "body",
    [
        f"<body style='visibility: hidden'><p>{LEAD}</p>",
        f"<body><div aria-hidden=true><h1>Bomb</h1><p>{LEAD}</p></div><div role=dialog>Cookies?",
        f"<body><article style='display: block'><p>{LEAD}</p></article>",
        f"<body><article><blockquote><p>{LEAD}</p></blockquote></article>",
    ],
)
def test_a_page_that_waits_for_scripts_or_a_dialog_is_read(body: str) -> None:
    assert LEAD in one(f"<!DOCTYPE html><html><head></head>{body}</html>".encode()).text


def test_no_file_is_read_because_a_page_names_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET WORDS")
    data = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>&x; {LEAD}</p>'
        f'<object data="{secret.as_uri()}"></object></body></html>'
    )
    assert "SECRET" not in one(data.encode()).text


def test_a_day_of_publication_that_cannot_be_is_said() -> None:
    head = '<meta property="article:published_time" content="2094-01-05T10:00:00Z">'
    article = one(page(f"<p>{LEAD}</p><time>5 January 2024</time>", head))
    assert article.published == date(2024, 1, 5)
    assert article.said == ("the page says it was published on 2094-01-05: not taken",)


def test_a_page_is_known_by_what_it_is(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html"):
        (tmp_path / name).write_bytes(ARTICLE_PAGE)
    assert "in spite of its name" in "\n".join(mapper.read(tmp_path / "a.txt").attrs["said"])
    frame = mapper.read(tmp_path / "a.html")
    assert "in spite of" not in "\n".join(frame.attrs["said"])
    plain = tmp_path / "b.html"
    plain.write_text(LEAD)
    assert len(mapper.read(plain)) == 1


def test_a_web_archive() -> None:
    data = (
        b"From: <Saved by Browser>\r\nSnapshot-Content-Location: https://news.example/a1\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page(f"<p>{ARABIC}</p>", "<title>T</title>"))
        + b"\r\n--x--\r\n"
    )
    article = one(data)
    assert (article.text, article.url) == (ARABIC, "https://news.example/a1")


def pdf_of(lines: list[str], made_by: str = "TeX") -> bytes:
    """Return a PDF of one page with lines of English text, written by hand."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {shown} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 800 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R"
        ">>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Producer({made_by})>>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj{content}endobj\n".encode())
    at = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = "trailer<</Size 7/Root 1 0 R/Info 6 0 R>>"
    out.write(f"xref\n0 7\n0000000000 65535 f \n{table}{trailer}\n".encode())
    out.write(f"startxref\n{at}\n%%EOF".encode())
    return out.getvalue()


def test_a_pdf_and_its_broken_lines(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    words = LEAD.split()
    path.write_bytes(
        pdf_of(["Car bomb in Hilla", " ".join(words[:12]), " ".join(words[12:]), "Page 1 of 1"])
    )
    frame = mapper.read(path, published="2024-01-05")
    assert frame["killed"].tolist() == [3] and frame["wounded"].tolist() == [7]
    assert LEAD in frame["quote"][0]
    assert str(frame["date"][0])[:10] == "2024-01-03"


@pytest.mark.parametrize(
    ("made_by", "is_printed"),
    [("Skia/PDF m125", True), ("Mozilla Firefox 126", True), ("TeX", False),
     ("Skia/PDF m126 Google Docs Renderer", False)],
)  # fmt: skip
def test_a_printed_web_page_is_said_to_be_one(made_by: str, is_printed: bool) -> None:
    said = one(pdf_of([LEAD], made_by)).said
    assert any("a web page printed to PDF" in line for line in said) == is_printed


def test_a_scan_and_a_secret_pdf_are_told_apart() -> None:
    with pytest.raises(ReadError, match=r"no text \(a scan\): recognise"):
        one(pdf_of([]))
    with pytest.raises(ReadError, match="has a password"):
        one(SECRET)


RECORDS = [
    {"title": "Bomb in Hilla", "text": LEAD, "published": "2024-01-04", "url": "https://n.example/1",
     "source": "One"},
    {"headline": "خبر", "body": ARABIC, "date": "Mon, 08 Jan 2024 10:00:00 GMT", "link": "https://n.example/2",
     "source": {"id": None, "name": "Two"}},
    {"title": "Empty", "text": None},
    {"content": f"<html><body>{MENU}<p>{LEAD}</p></body></html>", "publishedAt": 1704326400},
]  # fmt: skip


@pytest.mark.parametrize("form", ["lines", "list", "wrapped"])
def test_records(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"news.{'jsonl' if form == 'lines' else 'json'}"
    whole = {"status": "ok", "articles": RECORDS} if form == "wrapped" else RECORDS
    text = "\r\n".join(map(json.dumps, RECORDS)) if form == "lines" else json.dumps(whole)
    path.write_text(text + ("\nnot json\n" if form == "lines" else ""))
    frame = mapper.read(path)
    assert frame["source"].tolist() == ["One", "Two", "news." + path.suffix[1:]]
    assert frame["source_row"].tolist() == [1, 2, 4]
    assert frame["source_url"].fillna("").tolist()[:2] == [
        r.get("url", r.get("link")) for r in RECORDS[:2]
    ]
    assert [str(day)[:10] for day in frame["date"]] == ["2024-01-03", "2024-01-07", "2024-01-03"]
    said = "\n".join(frame.attrs["said"])
    total = 5 if form == "lines" else 4
    assert f"{total} records: 3 articles" in said and "record 3 left out: it has no text" in said
    assert ("record 5 left out: not JSON" in said) == (form == "lines")
    assert len(frame.attrs["left_out"]) == total - 3


def test_rows_of_incidents_in_json_are_a_table(tmp_path: Path) -> None:
    rows = [{"place": "Hilla", "killed": 2, "text": "A bomb."}]
    assert not hold_articles(json.dumps(rows).encode())
    assert hold_articles(json.dumps(RECORDS).encode())
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(rows))
    assert mapper.read(path)["place"].tolist() == ["Hilla"]


def test_published_overrules_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(ARTICLE_PAGE)
    assert str(mapper.read(path)["date"][0])[:10] == "2024-01-03"
    assert str(mapper.read(path, published="2024-02-01")["date"][0])[:10] == "2024-01-31"


def test_every_row_says_where_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(ARTICLE_PAGE)
    row = mapper.read(path).iloc[0]
    assert row["source"] == "Example News" and row["source_url"] == "https://news.example/a1"
    assert row["source_file"] == "a.html" and row["title"] == "Car bomb kills three in Hilla"
    text = one(ARTICLE_PAGE).text
    assert text[row["quote_start"] : row["quote_end"]] in row["quote"]


def test_a_folder_is_read_and_every_file_accounted_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "news"
    (folder / "deep" / "deeper").mkdir(parents=True)
    (folder / "a_files").mkdir()
    (folder / "a.html").write_bytes(ARTICLE_PAGE)
    (folder / "a_files" / "b.html").write_text("<p>an advertisement</p>")
    (folder / "deep" / "b.txt").write_text(ARABIC)
    (folder / "deep" / "deeper" / "table.csv").write_text("place\nMosul\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    (folder / ".hidden").write_text("x")
    frame = mapper.read(folder)
    assert frame["source_file"].tolist() == ["a.html", "deep/b.txt", "deep/deeper/table.csv"]
    said = "\n".join(frame.attrs["said"])
    assert "5 files: 3 read, 1 could not be, 1 neither articles nor tables (.png 1)" in said
    assert "1 pictures and scripts of saved pages passed over" in said
    assert f"left out: {folder / 'broken.pdf'}: the PDF is damaged" in said
    output = str(tmp_path / "map.html")
    assert main(["draw", str(folder), "-o", output]) == 0
    assert "broken.pdf" in capsys.readouterr().out
    assert main(["draw", str(folder), "-o", output, "--strict"]) == 3


def test_a_folder_without_anything(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="a folder without a file in it"):
        mapper.read(tmp_path)


@pytest.mark.parametrize(
    "data", [LEAD.encode(), ARTICLE_PAGE, json.dumps(RECORDS[0]).encode(), pdf_of([LEAD])]
)
def test_standard_input(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    output = tmp_path / "incidents.csv"
    assert main(["extract", "-", "-o", str(output), "--published", "2024-01-05"]) == 0
    assert "2024-01-03" in output.read_text("utf-8-sig")
    assert "standard input: " in capsys.readouterr().out


def test_nothing_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b" \n")))
    assert main(["extract", "-", "-o", "incidents.csv"]) == 2
    assert "standard input: nothing came" in capsys.readouterr().err


class _Site(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        status, kind, body = {
            "/a": (200, "text/html; charset=windows-1256",
                   page(f"<p>{ARABIC}</p>", "").decode().encode("cp1256")),
            "/picture": (200, "image/png", b"\x89PNG"),
            "/gone": (404, "text/html", b"no"),
            "/moved": (302, "text/html", b""),
            "/loop": (302, "text/html", b""),
            "/file": (302, "text/html", b""),
        }[self.path]  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Type", kind)
        targets = {"/moved": "/a", "/loop": "/loop", "/file": "file:///etc/hostname"}
        if self.path in targets:
            self.send_header("Location", targets[self.path])
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    _Site.asked = []
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_asked_once(site: str) -> None:
    frame = mapper.read(f"{site}/a", published="2024-01-08")
    assert frame["killed"].tolist() == [5] and frame["source_url"].tolist() == [f"{site}/a"]
    assert _Site.asked == ["/a"], "one page, none of its pictures"
    assert mapper.read(f"{site}/moved")["source_url"].tolist() == [f"{site}/a"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/picture", "not an article but image/png"),
        ("/gone", "the server refused .404"),
        ("/loop", "refused .302"),
        ("/file", "is not allowed"),
    ],
)
def test_addresses_that_give_no_article(site: str, path: str, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        mapper.read(site + path)
    assert str(caught.value).startswith(site) and "\n" not in str(caught.value)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(ReadError, match="cannot be reached"):
        mapper.read("http://127.0.0.1:9/a")


def test_the_web_does_not_lead_into_the_network_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    from urllib.request import Request

    from mapper.readers import web

    monkeypatch.setattr(web, "_is_private", lambda url: "127.0.0.1" in url)
    redirects = web._Redirects(may_be_private=web._is_private("https://news.example/a"))
    with pytest.raises(ReadError, match="not on the web"):
        redirects.redirect_request(
            Request("https://news.example/a"), None, 302, "", {}, "http://127.0.0.1/admin"
        )


def test_a_very_long_text_is_cut_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(f"{LEAD}\n\n" + "The weather was fine in the whole of the land. " * 200_000)
    begun = time.perf_counter()
    frame = mapper.read(path)
    assert time.perf_counter() - begun < 20
    assert len(frame) == 1
    assert "read only the first 400000" in "\n".join(frame.attrs["said"])


@pytest.mark.parametrize("data", [b"", b"x", b"\xef\xbb\xbf", b"{", b"[", b"<", b"[1, 2]"])
def test_anything_has_a_form(data: bytes) -> None:
    assert form_of(data) in ("text", "page", "archive", "pdf", "records")


@pytest.mark.parametrize(
    ("name", "content", "module"),
    [
        ("a.html", b"<html><body><p>A bomb killed two in Baquba, police said.</p>", "trafilatura"),
        ("a.html", b"<html><body><p>A bomb killed two in Baquba, police said.</p>", "lxml"),
        ("a.pdf", b"%PDF-1.4\n", "pypdfium2"),
    ],
)
def test_what_is_not_installed_is_said(name, content, module, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(content)
    assert main(["extract", str(tmp_path / name), "-o", str(tmp_path / "x.csv")]) == 2
    [line] = capsys.readouterr().err.strip().splitlines()
    assert "iraq-incident-mapper[articles]" in line and not (tmp_path / "x.csv").exists()
