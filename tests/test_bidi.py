"""The order of the page undone, beside the bidirectional algorithm (UAX #9) of another library."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm.passes._bidi import reading_order

get_display = pytest.importorskip("bidi").get_display

WORDS = "ذهب الولد إلى المدرسة في عام كتاب جديد، العلم نور. قال: نعم لا؟ الأول".split()
NUMBERS = "5 12 2024 12.5 1,250 10:30 3/4 2025-2027 3-1 04-3337788 27.5% ٢٥ ١٢٫٥ 1.2.3".split()
LATIN = (
    "Windows|iOS 15|Windows 11|C++|Python 3|info@example.org|https://a.org/b|COVID-19|25 MB|HTML5|A|C#|Wi-Fi"
).split("|")
BRACKETS = "(نعم)|«كتاب جديد»|[1]|(2024)|(Python)".split("|")
OTHERS = NUMBERS + LATIN + BRACKETS


def shown(line: str) -> str:
    """*line*, a paragraph from right to left, as the algorithm shows it from left to right."""
    return str(get_display(line, base_dir="R"))


@given(st.lists(st.sampled_from(OTHERS + WORDS), max_size=6), st.lists(st.sampled_from(WORDS), min_size=7, max_size=7))
def test_what_is_shown_is_read_as_it_was_written(pieces: list[str], words: list[str]) -> None:
    line = " ".join(piece for pair in zip(words, [*pieces, *[""] * 7], strict=False) for piece in pair if piece)
    assert reading_order(shown(line)) == line


def test_pieces_that_touch_are_read_as_what_is_shown_so() -> None:
    """Numbers and Latin beside each other are shown in the same way in several orders; one of them is to be found."""
    chosen = random.Random(7)
    right = 0
    for _ in range(500):
        inside = [chosen.choice(chosen.choice((WORDS, WORDS, NUMBERS, LATIN, BRACKETS))) for _ in range(4)]
        line = " ".join([chosen.choice(WORDS), *inside, chosen.choice(WORDS)])
        right += shown(reading_order(shown(line))) == shown(line)
    assert right >= 485
