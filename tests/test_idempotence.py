"""Profiles run twice change nothing more: every short text of the characters that passes treat.

What goes wrong between passes goes wrong between neighbours, so that three characters show nearly all of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import product

import pytest

from arnorm import Profile, profile

#: One or a few of every kind that some pass treats apart.
LETTERS = "بالهوىيةأءكآٱہکی"
MARKS = (
    "\u064b\u064e\u0650\u0651\u0652\u0670\u0653\u0654\u0655\u06d6\u06e5\u06df\u08f0\u0610\u0301\u0307"  # on a letter
    "\ufc60\ufcf3\ufe70\ufe71\ufe73\ufe77\ufe7c"  # as characters of their own, and the tail of seen
)
JOINING = "\u0640\u200b\u200c\u200d\u200e\u200f\u061c\u202b\u202c\u2067\u2069\ufeff\u00ad"
BLANKS = " \t\n\r\u00a0\u2028\x0b\x85\x00\x1f"
SIGNS = "،؛؟.!:-_«\"'@#&;/"
FORMS = "\ufeeb\ufee3\ufefb\ufdf2\ufdfa\ufd3c"
ALL = LETTERS + MARKS + JOINING + BLANKS + SIGNS + FORMS + "0٣۳aB😀"
#: One of each kind: few enough to try all triples every time.
FEW = "باىأ\u064b\u064e\u0651\u0654\u06e5\ufc60\ufe71\ufe73\u0640\u200b\u200d\u200f \n.@#٣a\ufee3\ufd3c"

#: All but `lucene`, which is one table, and the leaderboard's, which does what another program does.
NAMES = ("clean", "search", "quran", "names", "ml", "asr", "social", "tts", "ocr", "pdf")
profiles = pytest.mark.parametrize("p", [*map(profile, NAMES)], ids=NAMES)


def restless(p: Profile, texts: Iterable[str]) -> list[str]:
    """Those of *texts* that *p* goes on changing. Many become the same, which is then tried once."""
    found = []
    still: set[str] = set()
    for text in texts:
        once = p(text)
        if once is not text and once not in still:
            if p(once) == once:
                still.add(once)
            else:
                found.append(text)
    return found


def sample(length: int, size: int) -> Iterator[str]:
    rng = random.Random(length)
    return ("".join(rng.choices(ALL, k=length)) for _ in range(size))


@profiles
def test_triples_of_every_kind(p: Profile) -> None:
    assert restless(p, map("".join, product(FEW, repeat=3))) == []


@profiles
def test_pairs_of_all(p: Profile) -> None:
    assert restless(p, map("".join, product(ALL, repeat=2))) == []


@profiles
@pytest.mark.parametrize(("length", "size"), [(3, 3_000), (4, 3_000), (7, 1_000)])
def test_a_sample_of_longer_ones(p: Profile, length: int, size: int) -> None:
    assert restless(p, sample(length, size)) == []


#: Longer ones that went on changing: a mark behind a hamza at a word's end, a space between marks or beside a sign that
#: is two letters, which goes late, and a single space that was two.
LONGER = (
    "ا\u0301ي\u0654", "آي\u0655\u0655", "ب\u0610\u00a0\u064e\ufeeb", "ك\u00a0\ufd3c\ufeeb", "ه\u0654\x1f\u0670و",
    "\ufd3c\u0653\u064bء", "\ufeeb\u00a0\u00a0ي\ufe73", "\ufc60\x85\t«\u08f0",
)  # fmt: skip


@profiles
def test_what_a_late_pass_brings_together(p: Profile) -> None:
    assert restless(p, LONGER) == []


@pytest.mark.long
@profiles
@pytest.mark.parametrize("part", range(4))
def test_triples_of_all(p: Profile, part: int) -> None:
    assert restless(p, map("".join, product(ALL[part::4], ALL, ALL))) == []


@pytest.mark.long
@profiles
@pytest.mark.parametrize("length", [4, 5, 9])
def test_many_longer_ones(p: Profile, length: int) -> None:
    assert restless(p, sample(length, 100_000)) == []
