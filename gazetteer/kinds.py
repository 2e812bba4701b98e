"""Words that say what kind of site a name is of: "Turaibil crossing", معبر طريبيل.

Whoever lists a base as Ain al-Asad need not list Ain al-Asad base, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gazetteer.normalise import fold

_WORDS = {
    "airport": ("international airport", "airport", "مطار"),
    "base": (
        "military air base", "military airbase", "military base", "army base", "air base",
        "airbase", "airfield", "base", "camp", "قاعدة", "معسكر",
    ),
    "bridge": ("bridge", "جسر"),
    "camp": ("refugee camp", "displacement camp", "idp camp", "camp", "مخيم", "کەمپی"),
    "crossing": (
        "border crossing point", "border crossing", "crossing point", "border point",
        "border gate", "border post", "crossing", "منفذ", "معبر",
    ),
    "dam": ("hydroelectric dam", "dam", "سد"),
    "field": ("oil field", "oilfield", "gas field", "gasfield", "حقل"),
    "hospital": ("hospital", "مستشفى"),
    "plant": ("power plant", "power station", "محطة"),
    "port": ("seaport", "port", "ميناء"),
    "prison": ("central prison", "prison", "jail", "سجن"),
    "refinery": ("oil refinery", "refinery", "مصفاة", "مصفى"),
    "shrine": ("holy shrine", "shrine", "مرقد", "ضريح"),
    "university": ("university", "جامعة"),
}  # fmt: skip
_KIND_WORDS = [(fold(word), kind) for kind, words in _WORDS.items() for word in words]


def without_kind(folded: str) -> dict[str, set[str]]:
    """Return what is left of a folded name without a word for a kind, and the kinds it says.

    The word stands behind an English name and before one in Arabic or Kurdish.
    """
    found: dict[str, set[str]] = {}
    for word, kind in _KIND_WORDS:
        affix = f" {word}" if word.isascii() else f"{word} "
        bare = folded.removesuffix(affix) if word.isascii() else folded.removeprefix(affix)
        if bare != folded:
            found.setdefault(bare, set()).add(kind)
    return found


def with_kinds(bare: str, kinds: Collection[str]) -> Iterator[str]:
    """Yield a folded name with each word for some kinds, as a list may have it."""
    for word, kind in _KIND_WORDS:
        if kind in kinds and word.isascii() == bare.isascii():
            yield f"{bare} {word}" if word.isascii() else f"{word} {bare}"
