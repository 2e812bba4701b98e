"""An Arabic article as a browser prints it to PDF, read back."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

import mapper
from mapper.readers import read_articles

pytestmark = pytest.mark.browser

TITLE = "تفجير في بعقوبة"
LEAD = (
    "أفاد مصدر أمني في محافظة ديالى، يوم الأحد 7/1/2024 بمقتل خمسة أشخاص وإصابة 12 آخرين بانفجار "
    "عبوة ناسفة في قضاء بعقوبة."
)
SECOND = "وقال المصدر إن الإسعاف وصل خلال 10-15 دقيقة عند الساعة 10:30 من صباح اليوم نفسه."


def test_an_arabic_page_printed_to_pdf_reads_as_it_was_written(browser, tmp_path: Path) -> None:
    page = tmp_path / "article.html"
    page.write_text(
        f"<html dir=rtl><meta charset=utf-8><h1>{TITLE}</h1><p>{LEAD}</p><p>{SECOND}</p>", "utf-8"
    )
    browser.driver.get(page.as_uri())
    printed = browser.driver.execute_cdp_cmd("Page.printToPDF", {})
    path = tmp_path / "article.pdf"
    path.write_bytes(base64.b64decode(printed["data"]))
    (article,), _ = read_articles(path.read_bytes(), name="article.pdf")
    assert article.text.split("\n\n") == [TITLE, LEAD, SECOND]
    row = mapper.read(path, published="2024-01-08").iloc[0]
    assert (row["killed"], row["wounded"], str(row["date"])[:10]) == (5, 12, "2024-01-07")
    assert "بعقوبة" in row["place"]
