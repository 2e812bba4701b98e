"""The text of a PDF, in the order in which people read it.

A PDF says where each letter stands, not what follows what. pdfium puts them in
order, but leaves some Arabic words back to front; where their letters stand
on the page tells which.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from typing import Any

from mapper.readers.articles import Article

_MOST_PAGES = 200
_MOST_LETTERS = 400_000
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]")
# Behind Arabic letters, numbers with a hyphen between them stand from right to left.
_RANGE = re.compile(r"[\u0600-\u06ff][^a-zA-Z\n]{0,40}?(?<!\d)(?P<range>\d+(?:-\d+)+)")
_WORD = re.compile(r"[\u05d0-\u05ea\u0620-\u065f\u066e-\u06d3\u06d5-\u06ff\ufb1d-\ufefc]{2,}")


def read_pdf(data: bytes) -> Article:
    """Read the article in a PDF.

    Its title is the first line of its text. A PDF does not tell when its article
    was published, only when the file was made.

    Raises
    ------
    ValueError
        It is damaged, has a password, or holds pictures of text; says which.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError:
        raise ValueError(
            "PDF needs the extra `articles`: pip install 'iraq-incident-mapper[articles]'"
        ) from None
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ValueError(
                "the PDF has a password: save it without one, or copy its text"
            ) from None
        raise ValueError("the PDF is damaged: save it again, or copy its text") from None
    try:
        return _article(document)
    finally:
        document.close()


def _article(document: Any) -> Article:
    pages = len(document)
    texts: list[str] = []
    letters = 0
    for number in range(min(pages, _MOST_PAGES)):
        if letters > _MOST_LETTERS:
            break
        texts.append(_page_text(document, number))
        letters += len(texts[-1])
    text = "\n\n".join(filter(None, texts))
    if sum(map(str.isalpha, text)) < 20 * min(pages, 3):
        raise ValueError(
            "the PDF holds pictures, no text (a scan): recognise its text with an OCR program first"
        )
    said = []
    if len(texts) < pages:
        said.append(f"read only the first {len(texts)} of {pages} pages")
    if _is_printed_page(document):
        said.append(
            "a web page printed to PDF: what stands around its article is read, too; "
            "better save the page itself"
        )
    return Article(text, said=tuple(said))


def _is_printed_page(document: Any) -> bool:
    made = " ".join(document.get_metadata_value(key) for key in ("Creator", "Producer"))
    return bool(_BROWSER.search(made)) and "Google Docs" not in made


_BROWSER = re.compile(r"Mozilla|Firefox|Chrome|Chromium|Safari|Skia/PDF")


def _page_text(document: Any, number: int) -> str:
    import pypdfium2 as pdfium

    try:
        text_page = document[number].get_textpage()
        text = text_page.get_text_range(0, min(text_page.count_chars(), _MOST_LETTERS))
        if _RTL.search(text):
            text = _in_reading_order(text_page)
    except pdfium.PdfiumError:
        return ""  # one damaged page; the others are read
    return _paragraphs([" ".join(line.split()) for line in re.split(r"\r\n?|\n", text)])


def _in_reading_order(text_page: Any) -> str:
    """Return a page's text with those words and ranges turned round that stand back to front."""
    import pypdfium2.raw as raw

    page = text_page.raw
    count = min(text_page.count_chars(), _MOST_LETTERS)
    letters = [chr(raw.FPDFText_GetUnicode(page, at)) for at in range(count)]
    box = [ctypes.c_double() for _ in range(4)]

    def left(at: int) -> float:
        raw.FPDFText_GetCharBox(page, at, *map(ctypes.byref, box))
        return float(box[0].value)

    for word in _WORD.finditer("".join(letters)):
        first, last = word.start(), word.end()
        if left(first) < left(last - 1):
            letters[first:last] = letters[first:last][::-1]
    for numbers in _RANGE.finditer("".join(letters)):
        first, last = numbers.span("range")
        if left(first) < left(last - 1):
            letters[first:last] = "-".join(numbers["range"].split("-")[::-1])
    return unicodedata.normalize("NFKC", "".join(letters))


def _paragraphs(lines: list[str]) -> str:
    """Join lines that only the width of the page broke; a short line ends its paragraph."""
    widths = sorted(len(line) for line in lines if line)
    full = widths[int(len(widths) * 0.8)] * 0.75 if widths else 0
    parts: list[str] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = False
            continue
        if goes_on:
            parts[-1] += " " + line
        else:
            parts.append(line)
        goes_on = len(line) >= full and line[-1] not in ".!?؟"
    return "\n\n".join(parts)
