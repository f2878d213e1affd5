"""Builds arnorm/data/readings.z, the spellings that have several readings, by which strip_predictable_marks judges.

    python -m arnorm.data.build_readings FILE.txt.xz... --out arnorm/data/readings.z

Reads vocalized text, one paragraph a line, and leaves the first 2 % of each file's lines out for measuring. Writes,
compressed by zlib, three lists separated by an empty line:

1. a spelling with its shaddas, and the vowels of each of its readings: "a", "u", "i" or "." for each letter but the
   last, "n" behind that of a noun, "!" behind the one that is nearly always meant;
2. nouns that begin as a passive verb does, «تُراب»;
3. nouns that end in a letter which at the end of others says who is meant, «بيت», «ملك».
"""

from __future__ import annotations

import argparse
import lzma
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from arnorm.chars import ENCLITICS, LETTER, MARK
from arnorm.passes._vocalization import (
    HEADS,
    Unit,
    article,
    key,
    marked,
    passive_imperfect,
    passive_perfect,
    spelled,
    unit,
)

_WORD = re.compile(f"[{LETTER}][{LETTER}{MARK}]*+")
_UNIT = re.compile(f"([{LETTER}])([{MARK}]*)")
_SUN = frozenset("تثدذرزسشصضطظلن")
#: How often a reading was met at least, and in what share of its spelling; less is an editor's slip.
_LEAST, _SHARE = 2, 0.02
#: The reading with this share is the one that is read where nothing is written.
_USUAL = 0.9
#: A word that is met so often is listed with its one reading, too, so that a rare one is seen to be another.
_COMMON = 20
#: How often a noun was met with an article or a tanween.
_SEEN = 3


def main() -> None:
    """Count, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    words: Counter[str] = Counter()
    for name in options.files:
        with lzma.open(name, "rt", encoding="utf-8") as file:
            lines = file.read().split("\n")
        for line in lines[len(lines) // 50 :]:
            words.update(_WORD.findall(line))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    nominal: Counter[tuple[str, str]] = Counter()
    nouns: Counter[tuple[str, bool, bool]] = Counter()
    for word, count in words.items():
        tally(word, count, found, nominal, nouns)
    add_joined(found)
    rows = sorted(filter(None, (row(spelling, found, nominal) for spelling in found)))
    like_verbs = sorted({noun for (noun, verb, _), n in nouns.items() if verb and n >= _SEEN})
    like_persons = sorted({noun for (noun, _, person), n in nouns.items() if person and n >= _SEEN})
    packed = zlib.compress("\n\n".join(map("\n".join, (rows, like_verbs, like_persons))).encode(), 9)
    Path(options.out).write_bytes(packed)
    print(f"{options.out}: {len(rows)} spellings, {len(like_verbs)} and {len(like_persons)} nouns, {len(packed)} bytes")


def tally(
    word: str,
    count: int,
    found: dict[str, Counter[str]],
    nominal: Counter[tuple[str, str]],
    nouns: Counter[tuple[str, bool, bool]],
) -> None:
    """Count one spelling of a text: its reading, and that it is a noun."""
    letters = _UNIT.findall(word)
    units = [unit(*one) for one in letters]
    behind = article(units) if _has_article(units) else 0
    stem = units[behind:]
    if behind:
        stem[0] = stem[0]._replace(doubled=False)
    tanween = any(one.vowel == "n" for one in units)
    if (behind or tanween) and len(stem) > 1:
        noun = spelled(stem).removesuffix("ا") if tanween else spelled(stem)
        nouns[noun, bool(passive_imperfect(stem)), noun[-1] in "تك"] += count
    vowels = reading(stem)
    if vowels and not passive_perfect(stem) and not passive_imperfect(stem):
        found[key(stem)][vowels] += count
        if behind or tanween:
            nominal[key(stem), vowels] += count
        if tanween and spelled(stem).endswith("ا"):  # «دَرْسًا» is «دَرْس», too
            found[key(stem[:-1])][vowels[:-1]] += count
            nominal[key(stem[:-1]), vowels[:-1]] += count


def _has_article(units: Sequence[Unit]) -> bool:
    """Whether the marks say that what looks like an article is one."""
    behind = article(units)
    if not behind:
        return False
    first = units[behind]
    return first.doubled if first.letter in _SUN else units[behind - 1].vowel in ("", ".")


def reading(units: Sequence[Unit]) -> str:
    """The vowels of a word of which each letter says its own, or ""."""
    shown = marked(units)
    vowels = ""
    for place, one in enumerate(shown):
        letter, before = units[place].letter, units[place - 1].vowel if place else ""
        long = letter in "اىآ" or (letter == "و" and before in ("u", "a")) or (letter == "ي" and before in ("i", "a"))
        if one == "?" and not long:
            return ""
        vowels += "." if one == "?" else one
    return vowels


def add_joined(found: dict[str, Counter[str]]) -> None:
    """Count what stands behind «و» or «ف» as a word too, where it is one by itself at least as often."""
    totals = {spelling: sum(counts.values()) for spelling, counts in found.items()}
    for spelling in [s for s in found if s[0] in "وف" and len(s) > _STEM and s[1:] in totals]:
        if totals[spelling[1:]] >= totals[spelling]:
            found[spelling[1:]].update({vowels[1:]: n for vowels, n in found[spelling].items() if vowels[0] == "a"})


_STEM = 3  # letters of a word of which what is joined to it is taken off


def row(spelling: str, found: dict[str, Counter[str]], nominal: Counter[tuple[str, str]]) -> str:
    """The line of a spelling, or "" where there is nothing to tell apart, or something is joined to it."""
    total = sum(found[spelling].values())
    if any(sum(found[stem].values()) >= total / 10 for stem in stems(spelling) if stem in found):
        return ""
    kept = [(vowels, n) for vowels, n in found[spelling].most_common() if n >= max(_LEAST, _SHARE * total)]
    if len(kept) < 2 and total < _COMMON:
        return ""
    shown = (v + "n" * (nominal[spelling, v] > _SEEN) + "!" * (n >= _USUAL * total) for v, n in kept)
    return " ".join([spelling, *shown])


def stems(word: str) -> Iterator[str]:
    """What *word* may be with something joined to it.

    >>> sorted(stems("وخالته"))
    ['خالة', 'خالت', 'خالته', 'وخالة', 'وخالت']
    """
    for head in ("", *HEADS):
        for tail in ("", *ENCLITICS):
            if word.startswith(head) and word.endswith(tail) and (head or tail):
                stem = word[len(head) : len(word) - len(tail)]
                if len(stem) >= _STEM:
                    yield stem
                    if tail and stem.endswith("ت"):
                        yield stem[:-1] + "ة"


if __name__ == "__main__":
    main()
