"""The spelling of the Qur'an, for those who look for it in ordinary spelling.

The rules are in `arnorm.passes._uthmani`. They read the marks of the text, so they come before any that deletes marks.
"""

from __future__ import annotations

from arnorm.core import Joined, Pipeline
from arnorm.passes import _uthmani

__all__ = ["fold_uthmani", "fold_silent_alef"]

fold_uthmani = Joined(
    "fold_uthmani",
    Pipeline(_uthmani.RULES),
    summary="write the Uthmani spelling of the Qur'an as ordinary spelling: small alefs and letters, silent letters",
    leaves="Vowels, and words that both write alike. What has no small letters, no tatweel with a hamza and no silent "
    "letters is ordinary text, and stays but for a floating hamza: «ءَا» is «آ».",
    examples=(
        ("ٱلْكِتَـٰبُ", "ٱلْكِتَابُ"),
        ("ٱلرَّحْمَـٰنِ", "ٱلرَّحْمَنِ"),
        ("ٱلصَّلَوٰةَ", "ٱلصَّلَاةَ"),
        ("يَـٰٓأَيُّهَا", "يَا أَيُّهَا"),
        ("كتاب", "كتاب"),
    ),
)

# «قَالُوا۟» and «يَدْعُوا۟» have the same alef in the mushaf, «قالوا» and «يدعو» not.
fold_silent_alef = Joined(
    "fold_silent_alef",
    Pipeline(_uthmani.BARE_RULES),
    summary="an alef behind the last waw of a word off, «قالوا» → «قالو», «ءا» as a bare alef, a last «ائ» as «اء»",
    leaves="Any other alef, and text with marks: it comes behind strip_all_marks. Merges «يدعو» and «يدعوا».",
    examples=(("قالوا", "قالو"), ("قرءان", "قران"), ("سوار", "سوار")),
)
