"""Delimited text that is cut in parts comes out as if it were cut as a whole."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.errors import ReadError
from mapper.readers import decoding, delimited, files, parallel, read_table
from mapper.readers.raw import RawTable

pytest.importorskip("pyarrow")

WORDS = st.sampled_from(
    ["Mosul", "", '"a, b"', '"two\nlines"', '"x ""y"" z"', '5" gun', '"\n"', '"ends\n"', "9", 'a"']
)
ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=40)


def cut(text: str, monkeypatch: pytest.MonkeyPatch, *, least: int) -> RawTable | str:
    monkeypatch.setattr(parallel, "_LEAST_PART", least)
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    try:
        return delimited.read_delimited(text.encode(), "UTF-8")
    except ValueError as error:
        return str(error)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_parts_are_as_the_whole(
    monkeypatch: pytest.MonkeyPatch, rows: list[tuple[str, ...]], end: str, ended: bool
) -> None:
    lines = ["place,notes,killed", *(",".join(row) for row in rows)]
    text = end.join(lines) + end * ended
    whole, parts = (cut(text, monkeypatch, least=least) for least in (10**9, 8))
    if isinstance(whole, str) or isinstance(parts, str):
        assert whole == parts
        return
    pd.testing.assert_frame_equal(whole.cells, parts.cells)
    assert whole.rows.tolist() == parts.rows.tolist()
    assert whole.rejected == parts.rejected


def test_a_part_never_ends_within_a_quoted_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_LEAST_PART", 8)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    data = b'place,notes\nHit,"one\ntwo\nthree\nfour\nfive"\nMosul,a\nTikrit,b\n'
    ends = delimited._part_ends(data)
    assert ends == [data.index(b"Mosul"), len(data)]


def test_a_part_that_ended_within_a_cell_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    # A quote that opens nothing misleads the count; what follows looks like rows of its own.
    text = 'place,notes\nHit 5" gun,"one' + "\nMosul,two" * 20 + '"\nTikrit,b\n'
    whole, parts = (cut(text, monkeypatch, least=least) for least in (10**9, 8))
    assert isinstance(whole, RawTable) and isinstance(parts, RawTable)
    assert (
        whole.cells["place"].tolist() == parts.cells["place"].tolist() == ['Hit 5" gun', "Tikrit"]
    )


@pytest.mark.parametrize("line", range(9))
def test_the_encoding_of_every_part_is_checked(monkeypatch: pytest.MonkeyPatch, line: int) -> None:
    monkeypatch.setattr(parallel, "_LEAST_PART", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    lines = ["الموصل,1".encode() for _ in range(9)]
    assert decoding.as_utf8(b"\n".join(lines)) == (b"\n".join(lines), "UTF-8")
    lines[line] += b"\xe9"
    assert decoding.as_utf8(b"\n".join(lines))[1] != "UTF-8"


LINES = "place,date,notes\n" + 'Mosul,2024-01-02,"a\nb"\nالموصل,2024-01-03,é\n' * 3
LARGE = {
    "utf-8": LINES.encode(),
    "mark": b"\xef\xbb\xbf" + LINES.encode(),
    "marks within": LINES.encode() + b"\xef\xbb\xbf" + LINES.encode(),
    "zero byte": LINES.encode() + b"Hit\x00,2024-01-04,x\n",
    "utf-16": LINES.encode("utf-16"),
    "cp1256": LINES.replace("é", "").encode("cp1256"),
    "unclosed": LINES.encode() + b'Hit,2024-01-04,"x\nMosul,2024-01-02,a\n',
    "packed": gzip.compress(LINES.encode()),
    "page": b"<table><tr><td>place</td><td>date</td></tr><tr><td>Mosul</td><td>2024</td></table>",
    "blank": b" \n" * 9,
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9,
    "json": b'{"place": "Mosul"}\n' * 3,
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_mapped_file_is_read_as_its_bytes_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    def read(data: bytes | None) -> pd.DataFrame | str:
        try:
            return read_table(path, data=data)
        except ReadError as error:
            return str(error)

    path = tmp_path / "large.csv"
    path.write_bytes(LARGE[kind])
    monkeypatch.setattr(files, "_LARGE", 1)
    assert files.map_large(path) is not None
    mapped, whole = read(None), read(LARGE[kind])
    if isinstance(mapped, str) or isinstance(whole, str):
        assert mapped == whole
        return
    pd.testing.assert_frame_equal(mapped, whole)
    assert mapped.attrs == whole.attrs
