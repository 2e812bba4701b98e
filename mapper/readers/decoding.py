"""Bytes of unknown encoding to text."""

from __future__ import annotations

import codecs
import re
import struct
from itertools import pairwise

from mapper.readers.files import Text
from mapper.readers.parallel import in_parallel, number_of_parts

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1_000_000
_BINARY_SAMPLE = 2**17
_STRAY_LIMIT = 0.3
"""Above this share of broken characters a text is not UTF-8 with some damaged bytes.

In other encodings nearly all letters beyond ASCII are broken as UTF-8."""

_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_PIECE = 2**18
_FASTER = 16
"""A part of a file is known to be UTF-8 so many times as fast as it is cut."""


def decode(data: bytes) -> tuple[str, str]:
    """Decode text of unknown encoding.

    Tried in this order: a byte order mark; UTF-16 without one; UTF-8; UTF-8
    with a few damaged bytes, which become U+FFFD; ISO-8859-6 and Windows-1256 (Arabic) where
    bytes above 127 come in runs, as they do in Arabic words; Windows-1252
    where they stand alone, as accented letters do; but lines of UTF-8 among
    them stay what they are.

    Returns
    -------
    text
    encoding
        In words for a person, such as ``"UTF-8"`` or ``"Windows-1256 (guessed)"``.

    Raises
    ------
    ValueError
        The bytes are not text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _without_marks(data.decode(encoding, errors="replace")), _title(encoding)
    wide = _utf16_without_mark(data)
    if wide:
        return data.decode(wide, errors="replace"), "UTF-16"
    if is_binary(data):
        raise ValueError("not text")
    try:
        return _without_marks(data.decode("utf-8")), "UTF-8"
    except UnicodeDecodeError:
        return _decode_broken(data)


def as_utf8(data: Text) -> tuple[Text, str]:
    """Return text of unknown encoding as UTF-8, and its encoding as `decode` does.

    What is UTF-8 already is not copied: a table may be large.

    Raises
    ------
    ValueError
        The bytes are not text.
    """
    mark = len(codecs.BOM_UTF8)
    bare = data[mark:] if data[:mark] == codecs.BOM_UTF8 else data
    if not is_binary(bare) and _is_utf8(bare):
        return _without_mark_bytes(bare), "UTF-8"
    text, encoding = decode(bytes(data))
    return text.encode("utf-8", "replace"), encoding


def _without_mark_bytes(data: Text) -> Text:
    """Do what `_without_marks` does to UTF-8 that is not decoded."""
    first = data.find(codecs.BOM_UTF8[:1])  # one byte is found much faster
    if first >= 0 and data.find(codecs.BOM_UTF8, first) >= 0:
        data = bytes(data).replace(codecs.BOM_UTF8, b"")
    return bytes(data).replace(b"\x00", "\ufffd".encode()) if data.find(b"\x00") >= 0 else data


def _is_utf8(data: Text) -> bool:
    """Tell whether bytes are UTF-8; the text itself is not needed, and would fill memory."""
    try:
        import pyarrow as pa
    except ImportError:
        return _decodes(data)
    buffer = pa.py_buffer(data)

    def is_part_utf8(bounds: tuple[int, int]) -> bool:
        ends = pa.py_buffer(struct.pack("=qq", *bounds))
        cell = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, buffer])
        try:
            cell.validate(full=True)
        except pa.ArrowInvalid:
            return False
        return True

    number = number_of_parts(len(data) // _FASTER)
    cuts = {data.find(b"\n", at * len(data) // number) + 1 for at in range(1, number)}
    return all(in_parallel(is_part_utf8, list(pairwise(sorted({0, *cuts, len(data)})))))


def _decodes(data: Text) -> bool:
    decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(data)
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(view[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def is_wide(data: bytes) -> bool:
    """Tell whether bytes are text in two or four bytes a character."""
    marks = [mark for mark, encoding in _BOMS if encoding != "utf-8-sig"]
    return data.startswith(tuple(marks)) or _utf16_without_mark(data) is not None


def is_binary(data: Text) -> bool:
    """Tell whether bytes are something else than text in a one-byte encoding or UTF-8."""
    sample = data[:_BINARY_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return sample.count(b"\x00") > max(len(sample) / 50, 1) or controls > max(len(sample) / 100, 5)


def _without_marks(text: str) -> str:
    """Take away byte order marks, also those inside, where files were joined; and stray NULs."""
    if "\ufeff" in text:
        text = text.replace("\ufeff", "")
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


def _title(encoding: str) -> str:
    return encoding.removesuffix("-sig").upper()


def _utf16_without_mark(data: bytes) -> str | None:
    """In UTF-16 the delimiters, digits and line ends leave every second byte zero."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    rare, often = sorted((even, odd))
    if rare > often / 20 or often < len(sample) / 40:
        return None
    encoding, line_end = ("utf-16-be", b"\x00\n") if even > odd else ("utf-16-le", b"\n\x00")
    stray = sample.count(b"\n") > 2 * sample.count(line_end)
    return None if stray else encoding


def _decode_broken(data: bytes) -> tuple[str, str]:
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(len(run) for run in re.findall(r"[^\x00-\x7f]+", text))
    stray = text.count("\ufffd")
    if stray <= max(beyond_ascii * _STRAY_LIMIT, 1) and stray < beyond_ascii / 2:
        return _without_marks(text), f"UTF-8, with {stray:,} damaged characters shown as \ufffd"
    runs = re.findall(rb"[\x80-\xff]+", data[:_SAMPLE])
    in_runs = sum(len(run) for run in runs if len(run) > 1)
    encoding, title = "cp1252", "Windows-1252"
    if is_iso_arabic(data):
        encoding, title = "iso8859-6", "ISO-8859-6"
    elif in_runs > sum(len(run) for run in runs) / 2:
        encoding, title = "cp1256", "Windows-1256"
    lines = data.split(b"\n")
    others = sum(not line.isascii() and _decodes(line) for line in lines)
    if not others:
        return data.decode(encoding, errors="replace"), f"{title} (guessed)"
    # Files of two encodings were put together: a line of UTF-8 is hardly ever one by chance.
    text = "\n".join(
        line.decode("utf-8" if _decodes(line) else encoding, errors="replace") for line in lines
    )
    return _without_marks(text), f"{title} (guessed), {others:,} lines of it UTF-8"


def is_iso_arabic(data: bytes) -> bool:
    """Tell whether bytes are Arabic in ISO-8859-6, and not in Windows-1256.

    They are only such as it knows, which leaves out some of the commonest letters of the
    other; among them are letters that would be French ones there; and they come in runs.
    """
    beyond_ascii = data[:_SAMPLE].translate(None, bytes(range(0x80)))
    if beyond_ascii.translate(None, _ISO_ARABIC) or not _ONLY_ISO_ARABIC & set(beyond_ascii):
        return False
    runs = re.findall(rb"[\x80-\xff]{2,}", data[:_SAMPLE])
    return sum(map(len, runs)) > len(beyond_ascii) / 2


_ISO_ARABIC = bytes([0xA0, 0xA4, 0xAC, 0xAD, 0xBB, 0xBF, *range(0xC1, 0xDB), *range(0xE0, 0xF3)])
_ONLY_ISO_ARABIC = frozenset([0xE2, 0xE7, 0xE8, 0xE9, 0xEA])
