"""The whole Qur'an in two encodings: what a lossless profile may not lose, and what a query has to find.

The text is read where it lies beside the checkout, and nothing of it is copied here; without it the tests skip.
"""

from __future__ import annotations

import lzma
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from arnorm import normalize
from arnorm.chars import TATWEEL

TEXTS = Path(__file__).parents[1].parent / "shared" / "field" / "quran"
#: The joiners by which one of the encodings sets its small alef free.
JOINERS = "\u200a\u2060"

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="the text is not beside the checkout")


@cache
def verses(name: str) -> tuple[str, ...]:
    return tuple(lzma.open(TEXTS / f"{name}.txt.xz", "rt", encoding="utf-8").read().splitlines())


def without(characters: str, text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, characters)))


@pytest.mark.parametrize("profile", ["clean", "ml"])
@pytest.mark.parametrize("name", ["uthmani", "uthmani_kfgqpc"])
def test_no_letter_and_no_mark_is_lost_made_or_moved(name: str, profile: str) -> None:
    assert len(verses(name)) == 6236
    for verse in verses(name):
        out = normalize(verse, profile)
        assert without(TATWEEL, out) == without(TATWEEL, without(JOINERS, unicodedata.normalize("NFC", verse)))
        assert normalize(out, profile) == out
