"""Builds arnorm/data/words.z, by which passes tell words: elongations, and a last yeh without dots.

    python -m arnorm.data.build_words FILE.txt.xz... --out arnorm/data/words.z

Counts as build_encoding_words.py does. Writes, compressed by zlib, three lists of words separated by an empty line:

1. the most frequent words of the language, as written without marks;
2. words whose last letter is ى beyond doubt: «مستشفى» is common, «مستشفي» hardly occurs;
3. words whose last letter is ي beyond doubt.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Mapping

from arnorm.data.build_encoding_words import count

_KNOWN = 50_000
# Occurrences from which a word counts, and how many times as often as its twin: «إلى» is 57 times as often as «إلي».
_LEAST, _RATIO = 20, 50


def main() -> None:
    """Count, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for name in options.files:
        counts.update(count(name))
    write(counts, options.out)


def write(counts: Mapping[str, int], out: str) -> None:
    """The three lists of *counts* to the file *out*."""
    known = sorted(sorted(counts, key=lambda word: (-counts[word], word))[:_KNOWN])
    lists = [known, _ending(counts, "ى", "ي"), _ending(counts, "ي", "ى")]
    packed = zlib.compress("\n\n".join(map("\n".join, lists)).encode("iso8859-6"), 9)
    with open(out, "wb") as file:
        file.write(packed)
    print(f"{out}: {[*map(len, lists)]} words, {len(packed)} bytes")


def _ending(counts: Mapping[str, int], letter: str, twin: str) -> list[str]:
    """The words in *letter* that are surely not in *twin*."""
    words = (word for word, n in counts.items() if word.endswith(letter) and len(word) > 1 and n >= _LEAST)
    return sorted(word for word in words if counts[word] >= _RATIO * counts.get(word[:-1] + twin, 0))


if __name__ == "__main__":
    main()
