"""Which language a sentence and a text are in, by their letters and small words."""

from __future__ import annotations

import re
from collections import Counter

READ = {"en": "English", "ar": "Arabic", "ckb": "Sorani", "kmr": "Kurmanji"}
"""The languages that are read."""

KURDISH = frozenset({"ckb", "kmr"})

_OTHERS = {
    "fa": "Persian",
    "ur": "Urdu",
    "ru": "Russian or another Cyrillic language",
    "zh": "Chinese or Japanese",
    "ko": "Korean",
    "el": "Greek",
    "he": "Hebrew",
    "hy": "Armenian",
    "hi": "an Indian language",
    "tr": "Turkish",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "id": "Indonesian or Malay",
    "az": "Azerbaijani",
    "und": "a language that is not known",
}
_SCRIPTS = (
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("zh", re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("hi", re.compile(r"[\u0900-\u0dff]")),
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_FOREIGN = re.compile(r"[\u0370-\uffff]+")  # all that the scripts hold
_SORANI = re.compile("[ەێۆڵڕ]")
_OF_ARABIC = "ةأإ"  # which Persian and Urdu have hardly
_NOT_ARABIC = re.compile("[ەێۆڵڕپچژڤگ]")
_KURMANJI = re.compile("[êîûşç]")
_WORD = re.compile(r"[a-z]+(?![^\W\d_])|[^\W\d_]+")  # most are of these letters alone
_SMALL = {
    "en": "the of and in to a was were by on that with for said at from has",
    "kmr": "li di û ji bi ku de ya yên hatin hate hat bûn kir kirin lê jî bo ser kes wan ew",
    "tr": "ve bir bu için ile da de olarak olan çok daha sonra kişi oldu etti ırak iki üç dört beş "
    "dün öldü ölü yaralı yaralandı saldırı asker güvenlik göre tarafından düzenlenen",
    "fr": "le la les des et du une dans est que par pour sur qui au aux ont été sont selon près "
    "à après contre avec leur ses moins deux trois cinq morts tués blessés",
    "de": "der die das und den von zu mit ist im auf ein eine nicht dem bei sind wurde wurden "
    "worden nach einem einer sich für über drei zwei dass auch",
    "es": "el los las que en del una por con para se su fue y según tres dos muertos menos "
    "tras fueron han desde",
    "it": "il che di la un una per sono con del della nel gli è secondo tre almeno alla dopo "
    "contro morti delle dei stati",
    "pt": "os que da em para com não uma na por mais dos foi segundo três após são foram ao pela "
    "pelo pessoas",
    "nl": "de het een en dat te zijn voor niet waarbij meldt wordt naar ook bij aan drie werd "
    "werden door",
    "pl": "w na z się że nie jest po od przez oraz trzy osoby został zginęły zginęło",
    "id": "yang dan di dari untuk dengan pada itu ini dalam tidak akan kata sebuah orang oleh "
    "telah tiga dua tewas menewaskan",
    "az": "və bu bir ilə üçün də olub edib görə nəfər günü isə olan ki üç iki",
    "ar": "في من على إلى أن عن التي الذي هذا وقد ان الى بعد مع قال يوم",
    "fa": "از که است را این با برای در به شد آن می های شده بود کرد یک دو سه پنج ده تن کشته زخمی "
    "شدند کردند گفت نیروهای",
    "ur": "کے کی میں ہے اور سے کا کو نے پر ہیں",
}
_SMALL_WORDS = {
    word: [language for language, small in _SMALL.items() if word in small.split()]
    for word in " ".join(_SMALL.values()).split()
}
_LATIN = ("en", "kmr", "tr", "fr", "de", "es", "it", "pt", "nl", "pl", "id", "az")
# Letters of languages not read that those read hardly have.
_OWN_LETTERS = {
    "tr": "ığöü", "az": "ə", "fr": "éèàœ", "de": "äß", "es": "óáñ", "pt": "ãõ", "pl": "łążź",
    "it": "ìò", "ur": "ےںہٹ",
}  # fmt: skip
_OWN = {
    language: re.compile(rf"[^\W\d_]*[{letters}][^\W\d_]*")
    for language, letters in _OWN_LETTERS.items()
}
_ANY_OWN = re.compile(f"[{''.join(_OWN_LETTERS.values())}]")
# A text of so many words without small words known here is in none of these languages,
# unless it is a list in English.
_ENOUGH_WORDS = 30
_PART, _PARTS = 500, 5


def of_sentence(text: str) -> str:
    """Return the one of the languages read that a sentence is most likely in."""
    if text.isascii():
        return "en"
    sample = text[:400]
    arabic = len(_ARABIC.findall(sample))
    if arabic * 3 > len(sample):
        return "ckb" if len(_NOT_ARABIC.findall(sample)) * 25 > arabic else "ar"
    if len(_KURMANJI.findall(sample.lower())) < 2:
        return "en"
    told = _small_words(_WORD.findall(sample.lower()))
    return "kmr" if told["kmr"] >= told["en"] else "en"


def of_text(text: str) -> str:
    """Return the language that most of a text is in: a code, in `READ` where it is read.

    Few words in a foreign language do not make a text foreign; where nothing
    tells, it is taken for one that is read.
    """
    sample = _sample(text)
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    foreign = "" if sample.isascii() else "".join(_FOREIGN.findall(sample))
    for language, script in _SCRIPTS if foreign else ():
        if len(script.findall(foreign)) * 2 > letters > 20:
            return language
    told = _small_words(words)
    is_known = sum(told.values()) * 30 > len(words)
    if not sample.isascii() and _ANY_OWN.search(sample):
        told.update({name: len(own.findall(sample)) for name, own in _OWN.items()})
    arabic = len(_ARABIC.findall(foreign))
    if arabic * 2 > letters:
        if len(_SORANI.findall(sample)) * 25 > arabic:
            return "ckb"
        told["ar"] += sum(map(sample.count, _OF_ARABIC))
        rivals = {name: told[name] for name in ("ar", "fa", "ur")}
    else:
        if len(words) > _ENOUGH_WORDS and not is_known and _has_accents(sample, letters):
            return "und"
        rivals = {name: told[name] for name in _LATIN}
    best = max(rivals, key=lambda name: rivals[name])
    known = max(rivals.get("en", 0), rivals.get("kmr", 0), rivals.get("ar", 0))
    # Of a sentence or two, three words tell, where they are no few of them.
    enough = 3 if rivals[best] * 5 >= len(words) else 5
    if best not in READ and (rivals[best] < enough or rivals[best] < 2 * known):
        best = "en" if "en" in rivals else "ar"
    return best if rivals[best] else ("en" if "en" in rivals else "ar")


def _sample(text: str) -> str:
    """Return a few stretches of a long text, from its beginning to its end."""
    if len(text) <= _PARTS * _PART:
        return text
    step = (len(text) - _PART) // (_PARTS - 1)
    return " ".join(text[n * step : n * step + _PART] for n in range(_PARTS))


def _has_accents(text: str, letters: int) -> bool:
    return len(_ACCENTED.findall(text)) * 50 > letters


_ACCENTED = re.compile("[\u00c0-\u024f]")


def name(language: str) -> str:
    """Return a language's English name."""
    return READ.get(language) or _OTHERS[language]


def _small_words(words: list[str]) -> Counter[str]:
    """Count the small words of each language among words in small letters."""
    told = Counter[str]()
    counted = Counter(words)
    for word in _SMALL_WORDS.keys() & counted.keys():
        for language in _SMALL_WORDS[word]:
            told[language] += counted[word]
    return told
