"""How fast names are found in running text, beside a plain search for the same names.

    python benchmarks/find.py [FOLDER]

FOLDER holds articles as ``*.jsonl`` with a ``text`` each; by default the shared
development data. The texts are cut into articles of 4,000 characters. The peer
is one compiled alternation of all names of the gazetteer, whole words, longest
first: it finds strings, knows no other spelling and tells nothing of them.
Processor time, one core, the best of several rounds.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import gazetteer

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "dev"
_LENGTH = 4000
_ROUNDS = 7


def main() -> None:
    """Print both rates and their ratio."""
    texts = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
    gaz = gazetteer.load()
    names = {name.text for place in gaz.places() for name in place.names}
    ordered = sorted(map(re.escape, names), key=len, reverse=True)
    peer = re.compile(rf"\b(?:{'|'.join(ordered)})\b")
    first = _seconds(lambda text: gaz.find(text), texts, rounds=1)
    ours = _seconds(lambda text: gaz.find(text), texts)
    theirs = _seconds(lambda text: peer.findall(text), texts[:5], rounds=1) / 5 * len(texts)
    found = sum(len(gaz.find(text)) for text in texts)
    print(f"{len(texts)} articles of {_LENGTH} characters, {found} mentions, {len(names)} names")
    print(f"first reading   {len(texts) / first:8.0f} articles a second")
    print(f"read again      {len(texts) / ours:8.0f} articles a second")
    print(f"alternation     {len(texts) / theirs:8.0f} articles a second")
    print(f"ratio           {theirs / ours:8.1f}")


def articles(folder: Path) -> list[str]:
    """Return the texts of a folder, one behind another, cut into articles of one length."""
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.open()]
    text = "\n\n".join(json.loads(line)["text"] for line in lines)
    cut = [text[at : at + _LENGTH] for at in range(0, len(text), _LENGTH)]
    return cut[:-1] or cut


def _seconds(search: Callable[[str], object], texts: list[str], rounds: int = _ROUNDS) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for text in texts:
            search(text)
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    main()
