"""From a name as somebody wrote it to the keys by which names are compared.

Two keys, both made of small pure steps in a list. `fold` forgives only what a
keyboard or a typesetter changes: case, accents, apostrophes, hyphens, vowel
signs, presentation forms. `key` also forgives what writers choose between when
they spell an Arabic or Kurdish name: the article, -a/-ah, iy/i, q/k, ch/j,
u/o/w, doubled letters. One letter of the original may be spelled dh, th, z or
d, or q or g, while others are d or g and nothing else: `keys` lists what a name
with such a letter may be compared as.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

Step = Callable[[str], str]

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")


def is_arabic_script(text: str) -> bool:
    """Whether a text has a letter of the Arabic script, which Sorani uses too."""
    return bool(_ARABIC.search(text))


def fold(text: str) -> str:
    """Return the strict key: equal for texts that differ only in typography."""
    if text.isascii():  # most names; the general way takes twice as long
        return b" ".join(text.encode().translate(_ASCII, _NO_ASCII).split()).decode()
    return _spaces(_compose(text).translate(_FOLDED))


def folded_words(text: str) -> frozenset[str]:
    """Return the words of a text, each folded: a short way to write a set of them."""
    return frozenset(map(fold, text.split()))


def key(text: str) -> str:
    """Return the tolerant key: equal for the common spellings of one name."""
    return key_of_folded(fold(text))


def key_of_folded(folded: str) -> str:
    """Return the tolerant key of a text that `fold` has been applied to."""
    return keys_of_folded(folded)[0]


def keys(text: str) -> tuple[str, ...]:
    """Return all keys that a name may be compared by, its own first."""
    return keys_of_folded(fold(text))


@lru_cache(maxsize=65536)
def keys_of_folded(folded: str) -> tuple[str, ...]:
    """Return all keys of a text that `fold` has been applied to, its own first."""
    if not folded.isascii() and is_arabic_script(folded):
        return (_apply(ARABIC_KEY_STEPS, folded),)
    text = _apply(LATIN_KEY_STEPS, folded)
    found = [text.translate(_AS_WRITTEN)]
    if "8" in text:
        found += [text.replace("8", sound).translate(_AS_WRITTEN) for sound in "d9"]
    if "9" in text:
        found.append(text.replace("9", "t").translate(_AS_WRITTEN))
    if "7" in text:
        found.append(text.replace("7", "5").translate(_AS_WRITTEN))
    if "q" in text:
        found.append(text.replace("q", "g").translate(_AS_WRITTEN))
    return tuple(dict.fromkeys(key.replace("q", "k") for key in found))


_AS_WRITTEN = str.maketrans({"8": "z", "7": "j"})


def _apply(steps: tuple[Step, ...], text: str) -> str:
    for step in steps:
        text = step(text)
    return text


# --- steps of `fold` -------------------------------------------------------

_INVISIBLE = dict.fromkeys(
    [
        0x00AD,  # soft hyphen
        0x0640,  # tatweel
        *range(0x200B, 0x2010),  # zero-width space, joiners, direction marks
        *range(0x202A, 0x202F),  # direction embeddings
        *range(0x2060, 0x2070),  # word joiner, direction isolates
        0xFEFF,  # byte order mark
        *range(0x064B, 0x0660),  # Arabic vowel signs
        0x0670,
        *range(0x0610, 0x061B),
        *range(0x06D6, 0x06ED),
    ]
)
_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "ڪ": "ك",
        "ھ": "ه",
        "ہ": "ه",
        "ە": "ه",
        "ة": "ه",
        "ۀ": "ه",
        "ۃ": "ه",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "ə": "a",
        "æ": "ae",
        "ẍ": "x",
        # German and library transliterations have one letter for what others spell with two.
        "š": "sh",
        "č": "ch",
        "ǧ": "j",
        "ġ": "gh",
        "ḫ": "kh",
        "ṯ": "th",
        "ḏ": "dh",
    }
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_APOSTROPHES = dict.fromkeys(map(ord, "'`´ʹʻʼʽʾʿˈ‘’‛′´ˋ＇ʿʾ\u0313\u0314ʕʔء"))
_SEPARATORS = str.maketrans(dict.fromkeys('-_/\\,.;:()[]{}"“”„«»‐‑‒–—―־،؛؟!?|*+#&~^<>=·•', " "))


def _compose(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _case(text: str) -> str:
    return text.casefold()


_MARKS = {**_INVISIBLE, **_LETTERS, **_DIGITS, **_APOSTROPHES, **_SEPARATORS}
# Arabic letters with a hamza or a Kurdish mark would lose what tells them apart.
_ACCENTED = re.compile("[\u0080-\u05ff\u1e00-\U0010ffff]+")


def _marks(text: str) -> str:
    return text.translate(_MARKS)


def _drop_accents(text: str) -> str:
    plain = _ACCENTED.sub(_without_accents, text)
    # Dotless i and its like come to light once their accents are gone.
    return text if plain == text else _marks(plain)


def _without_accents(found: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFD", found[0])
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _spaces(text: str) -> str:
    return " ".join(text.split())


# Of a composed text each letter goes through these steps by itself, whatever stands beside it.
_LETTER_STEPS: tuple[Step, ...] = (
    _case,
    _marks,
    _drop_accents,
)
FOLD_STEPS: tuple[Step, ...] = (_compose, *_LETTER_STEPS, _spaces)


class _FoldedLetters(dict[int, str]):
    """What each letter becomes, worked out when it is first met, and kept if it is of a script."""

    def __missing__(self, letter: int) -> str:
        folded = _apply(_LETTER_STEPS, chr(letter))
        if letter < _PICTURES:
            self[letter] = folded
        return folded


_PICTURES = 0x10000  # from here on there are no letters of living scripts
_FOLDED = _FoldedLetters()
_ASCII = bytes(ord(_FOLDED[code].strip() or " ") for code in range(128)).ljust(256)
_NO_ASCII = bytes(code for code in range(128) if not _FOLDED[code])

# --- steps of `key` for Latin letters ---------------------------------------

_ARTICLE = re.compile(
    r"\b(?:[aeiu]l|ash(?= ?sh)|a[sz](?= ?[sz])|an(?= n)|ar(?= r)|e[rsnzdt](?= [rsnzdt])"
    r"|at(?:h)?(?= t)|[au]d(?:h)?(?= d))\s(?=\S)"
)
_DIN = re.compile(r"(?<=[a-z]{3})(?:[aeiu]l?|al)d+(?:i|ee|e|ii)n\b")


def plain_consonants(folded: str) -> str:
    """Return a folded Latin name with one letter for q, g and k, and for each digraph."""
    return _digraphs(_FRENCH_W.sub("w", folded)).translate(_ONE_LETTER)


_FRENCH_W = re.compile("ou(?=[aei])")
_ONE_LETTER = str.maketrans({"7": "j", "8": "z", "9": "t", "q": "k", "g": "k"})


def without_article(folded: str) -> str:
    """Return a folded name without its articles, in either script."""
    return _ARABIC_ARTICLE.sub("", _drop_article(folded))


def _drop_article(text: str) -> str:
    return _ARTICLE.sub("", text)


def _join_din(text: str) -> str:
    # Salah al-Din, Salahuddin, Saladdin: the article is spelled into the word.
    return _DIN.sub(" din", text)


def _digraphs(text: str) -> str:
    for spelled, sound in _DIGRAPHS:
        text = text.replace(spelled, sound)
    return text


_DIGRAPHS = (
    ("dsch", "j"),
    ("sch", "5"),
    ("tch", "j"),
    ("ch", "7"),  # j, or sh as the French write it
    ("dj", "j"),
    ("kh", "x"),
    ("gh", "0"),
    ("sh", "5"),
    ("dh", "8"),  # may be z, d or th
    ("th", "9"),
    ("ph", "f"),
    ("ck", "k"),
)
_CONSONANTS = str.maketrans({"c": "k", "v": "w", "p": "b"})


def _consonants(text: str) -> str:
    return text.translate(_CONSONANTS)


_ENDING = re.compile(r"(?:iyyah|iyya|iyah|iya|iyeh|iye|iah|ia|eya|eyah|ieh)\b")
_FINAL_A = re.compile(r"(?<=[a-z0-9])(?:ah|eh|(?<!e)e|aa|a)\b")
_LONG_I = re.compile(r"ee|iy+|ii|ey|ei|ie|y")
_LONG_U = re.compile(r"oo|ou|uw|ow|uu|o|w(?![aeiuo])")
_AI = re.compile(r"a(?:[iy]+|ee|e(?=[a-z]))")
_AU = re.compile(r"a[uow]+(?![aeiou])")


def _endings(text: str) -> str:
    return _FINAL_A.sub("a", _ENDING.sub("ia", text))


def _vowels(text: str) -> str:
    text = _AI.sub("ai", text)
    text = _AU.sub("au", text)
    text = _LONG_I.sub("i", text)
    text = _LONG_U.sub("u", text)
    return text.replace("w", "u").replace("e", "a")


_DOUBLED = re.compile(r"(.)\1+")


def _doubled(text: str) -> str:
    return _DOUBLED.sub(r"\1", text)


def _join(text: str) -> str:
    return text.replace(" ", "")


LATIN_KEY_STEPS: tuple[Step, ...] = (
    _drop_article,
    _join_din,
    _endings,
    _digraphs,
    _consonants,
    _vowels,
    _join,
    _doubled,
)

# --- steps of `key` for Arabic letters --------------------------------------

_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{2})")
_ARABIC_FOLDED = str.maketrans(
    {
        "ئ": "ي",
        "ؤ": "و",
        "ێ": "ي",
        "ۆ": "و",
        "ۇ": "و",
        "ڕ": "ر",
        "ڵ": "ل",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
        "گ": "ك",
        "ژ": "ز",
        "ڎ": "د",
    }
)


def _drop_arabic_article(text: str) -> str:
    return _ARABIC_ARTICLE.sub("", text)


def _arabic_letters(text: str) -> str:
    return text.translate(_ARABIC_FOLDED)


def _drop_inner_article(text: str) -> str:
    # صلاحالدين has lost the space that told its second word from the article.
    return _INNER_ARTICLE.sub("", text)


_INNER_ARTICLE = re.compile(r"(?<=\w{2})ال(?=\w{3})")

ARABIC_KEY_STEPS: tuple[Step, ...] = (
    _drop_arabic_article,
    _arabic_letters,
    _join,
    _drop_inner_article,
    _doubled,
)
