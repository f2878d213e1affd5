"""What a URL, an e-mail address, a mention, a hashtag, a number or a piece of code is: the one definition.

`Pipeline.protecting` keeps such spans byte for byte; the passes of `arnorm.passes.social` remove or mask them.
Each pattern is linear in the text, and takes less rather than more: a full stop that ends the sentence is not
part of the URL before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, islice, repeat
from typing import Any

from arnorm.chars import DIGIT, MARK, STRUCK, TATWEEL, UNSEEN
from arnorm.errors import InvalidPassError, UnknownNameError
from arnorm.lazy import lazy_pattern
from arnorm.trace import Replacement, Span

# Ends a URL inside Arabic text; none of these can stand unescaped in one (RFC 3986), save ASCII punctuation,
# which is left out only at the end. «≮» and «≯» are «<» and «>» with a stroke on, in decomposed text.
_URL_END = r"\s<>≮≯\"«»“”،؛؟"
_TRAILING = rf".,:;!?)\]}}'…*_{UNSEEN}"

# Marks are not in `\\w`, but vocalized names hold them («@لُقِّب»), and decomposed ones of other scripts («é»).
_MARKS = f"{MARK}\u0300-\u036f"
_NAME = rf"[\w{_MARKS}]"
# What a span may not begin behind; «≠» and its kin are a sign and the mark U+0338 in decomposed text.
_LETTER = rf"\w{_MARKS}{STRUCK}"

_VOWEL = "[\u064e\u0650]"
#: What is written together with the next word: words of one letter, alone or two in a row, and the article: «و@sara»,
#: «لِ@sara», «ال#وسم».
_CLITICS = (
    *(f"{one}{vowel}" for one in ("[وفبلك]", "[وف][بلك]", f"[وف]{_VOWEL}[بلك]") for vowel in ("", _VOWEL)),
    *("ال", "[وفبك]ال", "[وف][بك]ال", "لل", "[وف]لل"),
)
#: A stroke that hands on to what follows: «لـ@sara», «الـ@sara».
_STROKES = (TATWEEL, TATWEEL + _VOWEL)


def _outset(glued: str, sign: str = "") -> str:
    """Asserts, behind *sign*, that a span may begin with it: behind nothing of *glued*, no letter and no mark.

    A mark belongs to the letter before it, which may have been composed with it («é@a» is the same either way).
    What Arabic writes together with the next word may stand there.
    """
    edges = (rf"[^{_LETTER}{glued}]", r"\A")
    behind = [f"{edge}{clitic}" for clitic in _CLITICS for edge in edges] + list(_STROKES)
    return rf"(?:(?<![{_LETTER}{glued}]{sign})|{'|'.join(f'(?<={b}{sign})' for b in behind)})"


_AT, _HASH = "[@＠]", "[#＃]"
_TAG = rf"(?=(?:[{UNSEEN}]|{_NAME})*[^\W\d_])(?:[{UNSEEN}]*+{_NAME})++"

#: Source of each named span, for `re`.
PATTERNS: dict[str, str] = {
    "urls": rf"(?i:https?://|ftp://|www\.)[^{_URL_END}]*[^{_URL_END}{_TRAILING}]",
    # One label at a time, so that the pattern cannot backtrack over a long run of letters.
    "emails": rf"{_outset('.+-')}[A-Za-z0-9_.+-]{{1,64}}@(?:[A-Za-z0-9-]{{1,63}}\.)+[A-Za-z]{{2,24}}(?![\w{_MARKS}-])",
    # «@a@b» is neither: an address, or a typing error.
    "mentions": rf"{_AT}{_outset('@＠./', _AT)}(?:[{UNSEEN}]*+{_NAME})++(?!{_AT})",
    # Several run together count as one. There is a letter in a hashtag: «#1» is a place in a list.
    "hashtags": rf"{_HASH}{_outset('#＃&/', _HASH)}{_TAG}(?:{_HASH}{_TAG})*+",
    # Fenced blocks, then inline code, as in Markdown; never across a line for the inline kind.
    "code": r"```[\s\S]*?```|`[^`\n]+`",
    # Digits of one number or identifier with what holds them together: 12.5  ١٢٫٥  1,234  10:30  2024-05-01  +966
    "numbers": rf"(?<![\w{_MARKS}])[+-]?[{DIGIT}]+(?:[.,٫٬:/-][{DIGIT}]+)*+[%٪]?",
}


@cache
def compiled(name: str) -> re.Pattern[str]:
    """The compiled pattern of a named span.

    >>> compiled("urls").findall("انظر https://example.com/a_b.")
    ['https://example.com/a_b']
    """
    if name not in PATTERNS:
        raise UnknownNameError("kind of span", name, PATTERNS)
    return re.compile(PATTERNS[name])


def pattern_of(spec: str | re.Pattern[str]) -> re.Pattern[str]:
    """*spec* itself if it is compiled, else the named span."""
    if isinstance(spec, str):
        return compiled(spec)
    if not hasattr(spec, "finditer"):
        raise InvalidPassError(f"a span is a name or a compiled pattern, not {spec!r}")
    return spec


#: Flags that a pattern may have; LOCALE is not for text, and DEBUG prints.
_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.ASCII | re.UNICODE


def compile_pattern(name: str, pattern: Any, flags: Any = 0) -> re.Pattern[str]:
    """*pattern* compiled for *name*; whatever is wrong with it is an `InvalidPassError`.

    >>> compile_pattern("mine", "x{2,1}")
    Traceback (most recent call last):
    ...
    arnorm.errors.InvalidPassError: mine: min repeat greater than max repeat at position 2
    """
    if not isinstance(pattern, str):
        raise InvalidPassError(f"{name}: a pattern is a str, not {pattern!r}")
    if not isinstance(flags, int) or isinstance(flags, bool) or flags & ~_FLAGS:
        raise InvalidPassError(f"{name}: flags are some of {_FLAGS!r}, not {flags!r}")
    try:
        return re.compile(pattern, flags)
    except (re.error, OverflowError, ValueError, RecursionError) as error:
        raise InvalidPassError(f"{name}: {error}") from error


def find(patterns: Iterable[re.Pattern[str]], text: str) -> list[Span]:
    """The spans that match any of *patterns*, in order; those that overlap or touch are joined."""
    spans = sorted(m.span() for pattern in patterns for m in pattern.finditer(text) if m.end() > m.start())
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


# The private-use characters: no table, letter class or rule speaks of them.
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
_SIGN = lazy_pattern("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def mask(text: str, spans: Sequence[Span]) -> list[Replacement]:
    """Replacements that put, for each span, one private-use character that *text* does not hold.

    The characters differ, so that a span is found again even if a pass reorders the text. Where there are
    more spans than such characters, the last ones get none, and `unmask` says so.
    """
    taken = set(_SIGN.findall(text))
    free = (c for c in map(chr, chain(*_PRIVATE)) if c not in taken)
    signs = chain(islice(free, len(spans)), repeat(""))
    return [Replacement(*span, sign) for span, sign in zip(spans, signs, strict=False)]


def unmask(out: str, text: str, mask: Sequence[Replacement]) -> list[Replacement] | None:
    """Replacements that put the spans of *text* back into *out*; None when one of them was lost or doubled."""
    original = {r.text: text[r.start : r.end] for r in mask}
    back = [Replacement(m.start(), m.end(), original[m[0]]) for m in _SIGN.finditer(out) if m[0] in original]
    complete = len(back) == len(mask) == len({out[r.start] for r in back})
    return back if complete else None
