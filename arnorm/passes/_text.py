"""What the passes that read a sign in its context know of the text around it: letters, digits, line ends, addresses."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from arnorm import forms, spans
from arnorm.chars import LETTER, MARK, TATWEEL
from arnorm.core import Bound
from arnorm.trace import Replacement, Span, apply

# The insides of character classes.

#: All that an Arabic word is written with, presentation forms included. The spelling is part of the fingerprints of
#: ml.v1 and social.v1, and stays.
LETTERS = f"{LETTER}{MARK}{TATWEEL}\ufb50-\ufd3d\ufd50-\ufdfc\ufdfd\ufe70-\ufefc"
#: Letters of other scripts, and the accents of decomposed ones. Not U+037E, which NFC makes a semicolon, nor U+0338,
#: which is on no letter but is the stroke of «≠» and its kin.
FOREIGN = (
    "A-Za-zªµºÀ-ÖØ-öø-\u02af\u0300-\u0337\u0339-\u037d\u037f-\u058f\u05d0-\u05ea\u0900-\u1fff\u2c00-\u2dff\u3040-\u9fff"
    "\ua000-\ud7ff\uff21-\uff3a\uff41-\uff5a\U00020000-\U0003ffff"
)
#: Patterns of a run of either. What is on a letter belongs to it, an accent on «ب» and a fatha on «u»: decomposed text
#: has them in another order.
ARABIC_RUN = f"[{LETTERS}][{LETTERS}\u0300-\u036f]*+"
FOREIGN_RUN = f"[{FOREIGN}][{FOREIGN}{MARK}\u0338]*+"
#: What ends a line.
BREAK = "\n\r\x0b\f\x85\u2028\u2029"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """*pattern*, compiled at its first use: importing the passes compiles nothing that is not needed."""
    return re.compile(pattern)


Plan = Callable[[str], Iterable[tuple[Any, ...]]]


def reads_composed(plan: Plan) -> Bound:
    """*plan*, which reads letters beside numbers and words, told of every text in NFC.

    In decomposed text «ؤ٣» begins with a «و», as «و٣» does, and «12≠» ends with an equals sign.
    """
    return Bound(_planned_composed, (plan,))


def _planned_composed(plan: Plan, text: str) -> Iterator[tuple[Any, ...]]:
    if unicodedata.is_normalized("NFC", text):
        yield from plan(text)
        return
    changes = forms.replacements("NFC", text)
    place = _places(changes)
    for start, end, *rest in plan(apply(text, changes)):
        yield place(start)[0], place(end)[1], *rest


def _places(changes: list[Replacement]) -> Callable[[int], Span]:
    """Where a place of the changed text was before: from and to, which differ inside what was changed."""
    begins: list[int] = []
    shift = 0
    for change in changes:
        begins.append(change.start + shift)
        shift += len(change.text) - (change.end - change.start)

    def place(at: int) -> Span:
        last = bisect_right(begins, at) - 1
        if last < 0:
            return at, at
        start, end, new = changes[last][:3]
        into = at - begins[last]
        if 0 < into < len(new):
            return start, end
        before = start if not into else end + into - len(new)
        return before, before

    return place


def may_hold_url(text: str) -> bool:
    """A quick answer: whether there is anything that a URL begins with."""
    return "//" in text or "w." in text or "W." in text


def addresses(text: str, *, code: bool) -> list[Span]:
    """URLs, e-mail addresses, mentions and, if asked for, *code*: what is in them is part of an identity, or syntax."""
    names = []
    if may_hold_url(text):
        names.append("urls")
    if "@" in text or "＠" in text:
        names += ["emails", "mentions"]
    if code and "`" in text:
        names.append("code")
    return spans.find(map(spans.compiled, names), text) if names else []


# «{هذا}», «{ نعم }»: braces around Arabic are brackets, all others are syntax.
_ARABIC_BRACES = rf"\{{(?= *+[{LETTERS}«“(])[^{{}}=<>`|;\\\"]*+\}}"


def without_arabic_braces(line: str) -> str:
    """*line* without the braces that are brackets around Arabic, for rules that take braces for code."""
    return compiled(_ARABIC_BRACES).sub("", line) if "{" in line else line
