"""The day of publication that a page shows to its readers only."""

from __future__ import annotations

from datetime import date

import pytest

from mapper.readers import read_articles

LEAD = (
    "A car bomb exploded in a crowded market in Hilla on Wednesday, killing three people and "
    "wounding seven others, police said. The market was full of people."
)


def day_of(above: str, below: str = "") -> date | None:
    body = f"<h1>Bomb in Hilla</h1>{above}<div><p>{LEAD}</p><p>{LEAD}</p></div>{below}"
    data = f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>"
    (article,), _ = read_articles(data.encode(), name="page")
    return article.published


@pytest.mark.parametrize(
    "above",
    [
        "<p>Published: 14 May 2024</p>",
        "<div>Posted on May 14, 2024</div>",
        "<div><b>Published:</b> <span>May 14, 2024</span></div>",
        "<span class=date>14 May 2024</span>",
        "<div class=byline>By Ali Hasan | May 14, 2024</div>",
        "<p class=meta>By Ali Hasan | Published: 14 May 2024 | Updated: 16 May 2024</p>",
        "<p>Published 14 May 2024 10:43 GMT</p>",
        "<p>Posted by admin on May 14, 2024 in News</p>",
        "<ul class=meta><li>By X</li><li>Published: Tuesday, 14 May 2024</li></ul>",
        "<div>نشر في: 14 مايو 2024</div>",
        "<div>تاريخ النشر: 14/05/2024 10:30</div>",
        "<span>الثلاثاء 14 أيار/مايو 2024 - 10:30</span>",
        "<span>تاريخ النشر</span><span>١٤ أيار ٢٠٢٤</span>",
        "<div>بڵاوکراوەتەوە: 14-05-2024</div>",
        "<div>Weşandin: 14 Gulan 2024</div>",
        "<p>Published on 2024-05-14T10:00</p>",
        "<div>14.05.2024</div>",
        "<div>Date: 14th May 2024</div>",
        "<div>Originally published May 14, 2024 at 10:43 a.m.</div>",
        "<div>Updated:</div><div>16 May 2024</div><div>Published:</div><div>14 May 2024</div>",
        "<time>14 May 2024 10:43</time>",
        "<div>Posted on 14 May 2024 - News</div>",
        "<div>Date: 14 May 2024 - 10:43</div>",
    ],
)
def test_a_day_above_the_text(above: str) -> None:
    assert day_of(above) == date(2024, 5, 14)


@pytest.mark.parametrize(
    "above",
    [
        "<p>On May 12, 2024 a bomb killed three.</p>",
        "<p>Updated: 16 May 2024</p>",
        "<div>Updated</div><div>16 May 2024</div>",
        "<aside>Published: 3 May 2024</aside>",
        "<p>Published on May 12, 2024, the report says that dozens were killed.</p>",
        "<p>The report, published May 12, 2024, says dozens died</p>",
        "<div>05/06/2024</div>",
        "<div>12 May 2024</div><div>13 May 2024</div>",
        "<figure><figcaption>12 May 2024</figcaption></figure>",
        "<p>Last modified on May 16, 2024</p>",
        "<p>May 12, 2024 was a black day.</p>",
        "<p>Date: 12 May 2024 - attack on a market in Hilla</p>",
        "<p>التاريخ: 12 مايو 2024 – انفجار في الحلة</p>",
        "<div>انفجار 12 مايو 2024</div>",
        "<p>Copyright 2024</p>",
    ],
)
def test_a_day_of_something_else_above_the_text(above: str) -> None:
    assert day_of(above) is None


OTHERS = [
    "<div class=related><h3>Other</h3><div>3 May 2024</div></div>",
    "<p>May 12, 2024</p>",
    "<footer>Published: 3 May 2024</footer>",
    "<div class=comments><p>Posted on May 12, 2024, 10:30</p><p>Posted on May 15, 2024</p></div>",
    "<p>Related</p><div>3 May 2024</div>",
]


@pytest.mark.parametrize("below", OTHERS)
def test_days_below_the_text_are_those_of_others(below: str) -> None:
    assert day_of("", below) is None
    assert day_of("<p>Published: 14 May 2024</p>", below) == date(2024, 5, 14)
    assert day_of("<p>14 May 2024</p>", below) == date(2024, 5, 14)


def test_published_below_the_text_is_taken_where_it_is_said_once() -> None:
    assert day_of("", "<p>Published: 14 May 2024</p>") == date(2024, 5, 14)
