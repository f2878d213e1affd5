"""Presentation forms: which shapes of letters there are, and what they say of the order of a line.

What fonts of the eighties and text taken out of PDFs hold is one character for each shape of a letter. A shape says how
its letter is joined, and so which other one may stand right behind it: «ﻦﻣ», which begins with a final form, is «ﻣﻦ» in
the order in which a page shows it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from arnorm.chars import LETTER, MARK, TATWEEL

_ZWJ = "\N{ZERO WIDTH JOINER}"

#: Shapes of one letter, and those of two and three letters (not the marks between them).
SHAPES = (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD))
ALL_SHAPES = (*SHAPES, *range(0xFC00, 0xFC5E), *range(0xFC64, 0xFCF2), *range(0xFCF5, 0xFD3E), *range(0xFD50, 0xFDC8))

# The insides of character classes.

#: Letters, as shapes of one letter too; and shapes of several.
SHAPED_LETTER = f"{LETTER}\ufb50-\ufbb1\ufbd3-\ufbff\ufe80-\ufefc"
LIGATURES = "\ufc00-\ufc5d\ufc64-\ufcf1\ufcf5-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7"


def shaped(codes: Iterable[int], *kinds: str) -> str:
    """The characters of *codes* that are forms of these *kinds*, as Unicode calls them.

    >>> shaped(range(0xFE8F, 0xFE93), "<initial>", "<medial>")
    'ﺑﺒ'
    """
    return "".join(form for form in map(chr, codes) if unicodedata.decomposition(form).startswith(kinds))


#: Letters in the shapes they have before another letter.
INITIAL, MEDIAL = (shaped(SHAPES, kind) for kind in ("<initial>", "<medial>"))


@cache
def _visual_line() -> re.Pattern[str]:
    """A line whose presentation forms prove that it is in visual order; built where a text has such forms.

    In the order of reading a medial form has no initial one behind it, nor a final form a medial one, even in a word
    that was broken in two; other pairs say so only of a line that holds no sign of the order of reading.
    """
    between = f"[{MARK}{TATWEEL}{_ZWJ}]*+"
    letter = f"[{SHAPED_LETTER}{LIGATURES}]"
    word_start = f"(?<![{SHAPED_LETTER}{LIGATURES}{MARK}{TATWEEL}{_ZWJ}])[{MARK}]*+"
    initial, medial, final, isolated, joins_before = (
        f"[{shaped(ALL_SHAPES, *kinds)}]"
        for kinds in (("<initial>",), ("<medial>",), ("<final>",), ("<isolated>",), ("<medial>", "<final>"))
    )

    def any_of(*pairs: tuple[str, str], or_else: str) -> str:
        return "|".join([*(f"{one}{between}{other}" for one, other in pairs), or_else])

    turned = any_of((final, medial), or_else=f"{medial}{between}{initial}")
    begins_joined = f"{word_start}{joins_before}{between}{letter}"
    seems_turned = any_of((isolated, final), (initial, isolated), or_else=begins_joined)
    two_letters = f"{word_start}{initial}{between}{final}{between}(?!{letter})"
    in_order = any_of((initial, medial), (medial, final), (final, isolated), (isolated, initial), or_else=two_letters)
    somewhere = r"[^\n]*?"
    proof = f"(?={somewhere}(?:{turned})|(?={somewhere}(?:{seems_turned}))(?!{somewhere}(?:{in_order})))"
    return re.compile(rf"^{proof}[^\n]++", re.MULTILINE)


_has_shapes = re.compile("[\ufb50-\ufbff\ufc00-\ufdc7\ufe80-\ufefc]").search


@dataclass(frozen=True)
class VisualLines:
    """Lines in visual order, as `Composable.protecting` takes a pattern.

    Each line is judged by itself, so that a text gives the same whole and line by line.
    """

    pattern: str = "lines in visual order, by their presentation forms"
    flags: int = 0

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """A match for each line of *text* that its presentation forms prove to be in visual order."""
        return _visual_line().finditer(text) if _has_shapes(text) else iter(())


def visual_lines(text: str) -> list[tuple[int, int]]:
    """Where the lines of *text* are that are in visual order by their presentation forms.

    >>> visual_lines("سلام\\nﻡﻼﺳ ﻦﻣ\\nﻣﻦ ﺳﻼﻡ")
    [(5, 11)]
    """
    return [found.span() for found in VisualLines().finditer(text)]
