"""Builds arnorm/data/encoding_words.z, the words that the encoding repairs weigh their evidence by.

    python arnorm/data/build_encoding_words.py FILE.txt.xz... --out arnorm/data/encoding_words.z

Reads plain text, one paragraph a line, and leaves the first 2 % of each file's lines out for measuring. Writes,
compressed by zlib, three lists of words separated by an empty line:

1. the most frequent words of the language, as written without marks;
2. words with a lam-alef that are beyond doubt when found swapped: «المجلات» is common, «المجالت» does not occur;
3. words with a lam-alef that are likely when found swapped: «السلام» against a rare «السالم».
"""

from __future__ import annotations

import argparse
import lzma
import re
import zlib
from collections import Counter
from collections.abc import Iterator

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]+")
_WORD = re.compile("[ء-غف-ي]+")
_LAM_ALEF = re.compile("ل([اأإآ])")
_KNOWN = 15_000


def main() -> None:
    """Count, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for name in options.files:
        counts.update(count(name))
    known = sorted(word for word, n in counts.items() if n > 1)
    known = sorted(sorted(known, key=lambda word: -counts[word])[:_KNOWN])
    lists = [
        known,
        sorted(filter(lambda w: sure(w, counts), counts)),
        sorted(filter(lambda w: likely(w, counts), counts)),
    ]
    packed = zlib.compress("\n\n".join(map("\n".join, lists)).encode("iso8859-6"), 9)
    with open(options.out, "wb") as file:
        file.write(packed)
    print(f"{options.out}: {[*map(len, lists)]} words, {len(packed)} bytes")


def count(name: str) -> Counter[str]:
    """The words of one file and how often they occur; single occurrences are not worth keeping."""
    with lzma.open(name, "rt", encoding="utf-8") as file:
        lines = file.read().split("\n")
    counts: Counter[str] = Counter()
    for i in range(len(lines) // 50, len(lines), 20_000):
        counts.update(_WORD.findall(_MARKS.sub("", "\n".join(lines[i : i + 20_000]))))
    return Counter({word: n for word, n in counts.items() if n > 1})


def swapped(word: str) -> str:
    """The word as a careless extraction of its lam-alef ligatures gives it: «سلام» → «سالم»."""
    return _LAM_ALEF.sub(r"\1ل", word)


_PREFIXES = ("", "و", "ف", "ب", "ك", "ل", "س", "لل", "ولل", "وب", "فب", "ول", "ي", "ت", "ن", "أ")
_SUFFIXES = ("", "ة", "ه", "ها", "ون", "ين", "ي", "ية", "ا", "ان", "هم", "نا", "ك", "يا", "ت", "وا", "ته", "تها", "كم")
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "وبال")
_AFTER_ARTICLE = ("", "ة", "ون", "ين", "ي", "ية", "ان")


def stems(word: str) -> Iterator[str]:
    """What *word* may be made of: itself, and without a prefix and a suffix that go together."""
    yield word
    for prefixes, suffixes in ((_PREFIXES, _SUFFIXES), (_ARTICLES, _AFTER_ARTICLE)):
        for prefix in filter(word.startswith, prefixes):
            for suffix in filter(word.endswith, suffixes):
                stem = word[len(prefix) : len(word) - len(suffix)]
                if len(stem) >= 3 and not (suffix and prefix == "" and stem.startswith(_ARTICLES)):
                    yield stem
            if word.endswith("ات"):
                yield word[len(prefix) : -2] + "ة"


def sure(word: str, counts: Counter[str]) -> bool:
    """Whether the swapped word is no word, nor made of one: «المجالت» is not, «العالج» is (عالج, "treated")."""
    if (
        len(word) < 4
        or counts[word] < (100 if len(word) > 4 else 2000)
        or not _LAM_ALEF.search(word)
        or re.match("[وفبك]?لا", word)
    ):
        return False
    return all(counts[stem] <= 2 for stem in stems(swapped(word))) and counts[word] >= 2000 * counts[swapped(word)]


def likely(word: str, counts: Counter[str]) -> bool:
    """Whether, in a text known to be damaged, the swapped word is this one."""
    common = len(word) >= 2 and counts[word] >= 100 and _LAM_ALEF.search(word) is not None
    return common and counts[word] >= 20 * counts[swapped(word)] and not sure(word, counts)


if __name__ == "__main__":
    main()
