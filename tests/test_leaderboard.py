"""The normalizer of the Open Universal Arabic ASR Leaderboard, by its published rules, one after the other."""

from __future__ import annotations

from hypothesis import given

from arnorm import profile
from tests.strategies import any_text

ITS = profile("arabic_asr_leaderboard.v1")
MERGED = ("پب", "ڤف", "آا", "أا", "إا", "ؤو", "ئي")
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~،؛؟"


def by_its_rules(text: str) -> str:
    """Punctuation, U+064B to U+0652 and hamza go; letters merge; digits turn ASCII; the edges are stripped."""
    gone = PUNCTUATION + "".join(map(chr, range(0x64B, 0x653))) + "ء"
    text = "".join(c for c in text if c not in gone)
    for pair in MERGED:
        text = text.replace(*pair)
    for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩"):
        text = text.replace(digit, str(number))
    return text.strip()


@given(any_text)
def test_its_rules_on_any_text(text: str) -> None:
    assert ITS(text) == by_its_rules(text)


def test_its_rules_on_every_character() -> None:
    every = list(map(chr, range(0x11000)))
    assert [ITS(f"س{c}س") for c in every] == [by_its_rules(f"س{c}س") for c in every]
    assert [ITS(c) for c in every] == [by_its_rules(c) for c in every]
