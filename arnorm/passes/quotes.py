"""Quotation marks: «» “” „ ‟ ‹› ‘’ ‚ `` '' ‘‘ ’’ << >> ″ and straight " to one style.

`fold_quotes_to_ascii` is a table, blind. `unify_quotes` pairs the marks of each line first, and changes only
what it has paired: an opening mark with its closing one, one level of nesting with another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from arnorm import spans
from arnorm.chars import DIGIT
from arnorm.core import CharMap, Judge
from arnorm.errors import UnknownNameError
from arnorm.passes._text import BREAK, LETTERS, compiled, may_hold_url
from arnorm.trace import Replacement, Span, apply

__all__ = ["fold_quotes_to_ascii", "unify_quotes"]

_TABLE = {
    **dict.fromkeys("«»“”„‟″‶〝〞〟＂❝❞", '"'),
    **dict.fromkeys("‹›‘’‚‛′‵＇❛❜", "'"),
}

#: «قال: «نعم»» → «قال: "نعم"»: one sign for one sign, whatever stands around it.
fold_quotes_to_ascii = CharMap(
    "fold_quotes_to_ascii",
    _TABLE,
    summary="every quotation mark, apostrophe and prime to straight \" or '",
    leaves="Doubled signs (`` and ''), which are ASCII, and the letters ʼ ʾ ʿ. Which mark opened is lost, and so is "
    "the difference between inches and quotes.",
    examples=(("«نعم»", '"نعم"'), ("“نعم”", '"نعم"'), ("l’homme", "l'homme")),
)

#: Outer and inner marks of each style. Arabic books nest “ ” in « ».
_STYLES = {
    "guillemets": ("«", "»", "“", "”"),
    "curly": ("“", "”", "‘", "’"),
    "ascii": ('"', '"', "'", "'"),
}

_LINE = f"[^{BREAK}]++"
# What looks like code, where a quote is syntax: a tag, an assignment, a call, a list, a key, a row of a table. Two
# angle brackets in a row may be a quotation mark.
_CODE = (
    r"[{}=≠≮≯]|(?<!<)<(?!<)|(?<!>)>(?!>)|<<<|>>>|\\(?:[A-Za-z](?![\u0300-\u036f])|[\"'])|\);|[A-Za-z_]\([\"']|\[[\"']|[\"']\]|[\"'],[\"']"
    r"|^\s*+(?:\"[^\"]*+\"|'[^']*+'|[A-Za-z_]\w*+)\s*+:\s*+[\"'\[]|^\s*+\"[^\"]*+\",\s*+\Z"
)
_FENCE = r"```[\s\S]*?```"
_INLINE = r"(?<!`)`(?!`)[^`\n]++`(?!`)"
_TOKEN = r"``|''|‘‘|’’|<<|>>|[«»“”„‟\"″‹›‘’‚‛']"
_BRACKETS = r"\(\((?=[^()]*+\)\))|\)\)"  # «((نعم))», as it is typed around sayings; quotes only for those who say so
_HINT = r"[«»“”„‟\"″‹›‘’‚‛']|<<|>>"
_HINT_WITH_BRACKETS = rf"{_HINT}|\(\("
_OPERATORS = frozenset(["<<", ">>", "((", "))"])  # between anything but Arabic words
_SINGLES = "'‘’‚‛"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c"
_SKIPPED = frozenset(_INVISIBLE + "«»“”„‟\"″‹›‘’‚‛'`")
# A quote opens after these or at the start of the line, and closes before those or at its end. A dash does both.
_OPENS_AFTER = r"[\s(\[{:/\-‐-―]"
_CLOSES_BEFORE = r"[\s)\]}.,:;!?،؛؟۔…/\-‐-―]"

_ANY = "[«»“”„‟\"″‹›‘’‚‛']"
_INSIDE = rf"[^«»“”„‟\"″‹›‘’‚‛']*+(?<![{_OPENS_AFTER[1:-1]}{_INVISIBLE}{DIGIT}])"
_PLAIN = (
    rf"(?:^|(?<={_OPENS_AFTER}))(?:(?:\"(?P<straight>)|«(?P<guillemet>)|“(?P<curly>))(?![{_CLOSES_BEFORE[1:-1]}{_INVISIBLE}])"
    rf"|(?:'(?P<single>)|‘(?P<high>))(?=[{LETTERS}])){_INSIDE}"
    rf"(?:(?(straight)\"|(?(guillemet)»|(?(curly)”|(?(single)'|’)))))(?={_CLOSES_BEFORE}|\Z)"
)


class _Mark(NamedTuple):
    """A quotation mark: its place, which of the line's marks it is, its sign, and its role.

    The role is what its neighbours say of it: it opens "O", it closes "C", it may be either "N", or it stands
    behind a digit and closes if something is open, and is the sign for inches otherwise, "D".
    """

    start: int
    end: int
    order: int
    sign: str
    role: str


_Pair = tuple[_Mark, _Mark]


@dataclass(frozen=True)
class _Unify:
    """Plans the quotes of a text in *style*; with *brackets*, doubled ones are quotes too."""

    style: str
    brackets: bool

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        fences = list(compiled(_FENCE).finditer(text)) if "```" in text else []
        at = 0
        for line in compiled(_LINE).finditer(text):
            while at < len(fences) and fences[at].end() <= line.start():
                at += 1
            if at == len(fences) or fences[at].start() >= line.end():
                start = line.start()
                yield from ((r.start + start, r.end + start, r.text) for r in self._line(line[0]))

    def _line(self, line: str) -> list[Replacement]:
        """The replacements of one line: none, unless in every style it would be read as the same pairs.

        That makes the pass idempotent, and one style after another the same as the other alone.
        """
        token = compiled(f"{_BRACKETS}|{_TOKEN}" if self.brackets else _TOKEN)
        if not token.search(line) or not _is_prose(line):
            return []
        plain = _plain(line, token, self.style)
        return self._judged(line, token) if plain is None else plain

    def _judged(self, line: str, token: re.Pattern[str]) -> list[Replacement]:
        pairs = _pairs(line, token)
        styled = {style: _restyled(pairs, style) for style in _STYLES}
        if not styled[self.style]:
            return []
        shape = _shape(pairs)
        outs = [apply(line, changes) for changes in styled.values() if changes]
        return styled[self.style] if all(_is_prose(out) and _shape(_pairs(out, token)) == shape for out in outs) else []


def _plain(line: str, token: re.Pattern[str], style: str) -> list[Replacement] | None:
    """What `_Unify._judged` finds, at a tenth of the time, where nothing has to be judged; None where it has.

    That is a line of nothing but pairs one behind the other, each opened by a mark that stands apart from what is
    before it and closed by the like: whatever the style, it is read so.
    """
    if "`" in line or may_hold_url(line):
        return None
    pairs = list(compiled(_PLAIN).finditer(line))
    if 2 * len(pairs) != len(token.findall(line)):
        return None
    opening, closing = _STYLES[style][:2]
    if all(line[pair.start()] == opening for pair in pairs):
        return []
    ascii_out = compiled(_ANY).sub('"', line)  # the only style that may make code of it
    if ascii_out != line and not _is_prose(ascii_out):
        return None
    found: list[Replacement] = []
    for pair in pairs:
        start, end = pair.span()
        if line[start] != opening:
            found += (Replacement(start, start + 1, opening), Replacement(end - 1, end, closing))
    return found


def _restyled(pairs: Sequence[tuple[_Pair, int]], style: str) -> list[Replacement]:
    signs = _STYLES[style]
    return sorted(
        Replacement(mark.start, mark.end, signs[2 * level + side])
        for pair, level in pairs
        for side, mark in enumerate(pair)
        if mark.sign != signs[2 * level + side]
    )


def _is_prose(line: str) -> bool:
    return bool(compiled(f"[{LETTERS}]").search(line)) and not compiled(_CODE).search(line)


def _shape(pairs: Sequence[tuple[_Pair, int]]) -> list[tuple[int, int, int]]:
    """Which of a line's marks are paired with which, at what level."""
    return [(pair[0].order, pair[1].order, level) for pair, level in pairs]


def _marks(line: str, token: re.Pattern[str]) -> list[_Mark]:
    """The quotation marks of *line*, without apostrophes and what is in URLs or code."""
    kept = _kept(line)
    found = []
    at = 0
    for order, match in enumerate(token.finditer(line)):
        start, end = match.span()
        while at < len(kept) and kept[at][1] <= start:
            at += 1
        if at < len(kept) and kept[at][0] < end:
            continue
        before, after = _near(line, start - 1, -1), _near(line, end, 1)
        role = _role(before, after)
        if match[0] in _OPERATORS and role == "N" and not compiled(f"[{LETTERS}]{{2}}").match(before + after):
            continue
        if not _is_apostrophe(match[0], before, after, line[end : end + 3]):
            found.append(_Mark(start, end, order, match[0], role))
    return found


def _kept(line: str) -> list[Span]:
    patterns = [compiled(_INLINE)] if "`" in line else []
    if may_hold_url(line):
        patterns.append(spans.compiled("urls"))
    return spans.find(patterns, line)


def _near(line: str, at: int, way: int) -> str:
    """The nearest character from *at* on that is neither a quotation mark nor invisible; "" at the edge."""
    for _ in range(8):
        if not 0 <= at < len(line):
            return ""
        if line[at] not in _SKIPPED:
            return line[at]
        at += way
    return line[at] if 0 <= at < len(line) else ""


def _is_apostrophe(sign: str, before: str, after: str, ahead: str) -> bool:
    """«don't», «l’homme», «Qur’an», «’90s»; but «و'نعم'», between two Arabic letters, may be a quotation mark."""
    if sign not in _SINGLES:
        return False
    if sign in "'’" and re.fullmatch(rf"[{DIGIT}]{{2}}(?:s|\W)?", ahead) and not _is_word(before):
        return True
    arabic = compiled(f"[{LETTERS}]")
    return _is_word(before) and _is_word(after) and not (arabic.match(before) and arabic.match(after))


def _is_word(character: str) -> bool:
    return not (_opens_after(character) or _closes_before(character))


def _opens_after(character: str) -> bool:
    return character == "" or compiled(_OPENS_AFTER).match(character) is not None


def _closes_before(character: str) -> bool:
    return character == "" or compiled(_CLOSES_BEFORE).match(character) is not None


@lru_cache(2_000)
def _role(before: str, after: str) -> str:
    opens, closes = _opens_after(before), _closes_before(after)
    if not opens and before in "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹":
        return "D"
    if opens == closes:
        return "N"
    return "O" if opens else "C"


def _pairs(line: str, token: re.Pattern[str]) -> list[tuple[_Pair, int]]:
    """The marks of *line* that are sure to belong together, with 0 or, inside another pair, 1.

    None at all when pairs cross, or nest deeper than that.
    """
    marks = _marks(line, token)
    doubles = _doubles([m for m in marks if m.sign not in _SINGLES + "‹›"])
    doubles += _guillemets([m for m in marks if m.sign in "‹›"], "‹", "›") or []
    singles = _singles([m for m in marks if m.sign in _SINGLES])
    nested = _nested(doubles + singles)
    if nested is None:
        return _nested(doubles) or []
    # A whole name or remark in single marks is a quote in Arabic, and may be anything in Latin: «‘Umar’s».
    single = set(singles)
    unsure = {p for p, level in nested if p in single and not level and not _is_arabic(line, p)}
    return (_nested([p for p, _ in nested if p not in unsure]) or []) if unsure else nested


def _is_arabic(line: str, pair: _Pair) -> bool:
    return compiled(f"[{LETTERS}]").match(_near(line, pair[0].end, 1)) is not None


def _nested(pairs: Sequence[_Pair]) -> list[tuple[_Pair, int]] | None:
    """*pairs* in order with their levels; None when two cross, or one is inside two."""
    nested = []
    stack: list[int] = []
    for pair in sorted(pairs):
        while stack and stack[-1] < pair[0].start:
            stack.pop()
        if len(stack) > 1 or (stack and stack[-1] < pair[1].start):
            return None
        nested.append((pair, len(stack)))
        stack.append(pair[1].start)
    return nested


def _doubles(marks: Sequence[_Mark]) -> list[_Pair]:
    """Pairs of double marks: each family by itself, then what is left of all of them together."""
    pairs: list[_Pair] = []
    left: list[_Mark] = []
    for signs, pairing in _FAMILIES:
        family = [m for m in marks if m.sign in signs]
        found = pairing(family)
        if found is None:
            left += family
        else:
            pairs += found
    if left and all(m.role in "OC" for m in left):  # «“نعم"»: opened in one fashion and closed in another
        pairs += _by_place(sorted(left)) or []
    return pairs


def _directed(marks: Sequence[_Mark], opening: str | tuple[str, ...]) -> list[_Pair] | None:
    """Pairs by what the signs are; None when they do not balance."""
    pairs, stack = [], []
    for mark in marks:
        if mark.sign in opening:
            stack.append(mark)
        elif stack:
            pairs.append((stack.pop(), mark))
        else:
            return None
    return None if stack else pairs


def _by_place(marks: Sequence[_Mark]) -> list[_Pair] | None:
    """Pairs by where the marks stand, inches left out; None when that does not balance."""
    pairs: list[_Pair] = []
    stack: list[_Mark] = []
    for mark in marks:
        if mark.role == "O" or (mark.role == "N" and not stack):
            stack.append(mark)
        elif stack:
            pairs.append((stack.pop(), mark))
        elif mark.role == "C":
            return None
    return None if stack or _is_doubled(pairs) else pairs


def _is_doubled(pairs: Sequence[_Pair]) -> bool:
    """Whether two like marks are side by side: one sign typed twice, or quoted in a table; not two levels."""
    return any(a[0].end == b[0].start or b[1].end == a[1].start for a, b in pairwise(sorted(pairs)))


def _guillemets(marks: Sequence[_Mark], opening: str = "«", closing: str = "»") -> list[_Pair] | None:
    """«نص», or »نص« where the first mark of the line is sure to be that way round, and no other against it."""
    found = _directed(marks, opening)
    if found is None and marks[0].role == "O" and all(m.role != ("C" if m.sign == closing else "O") for m in marks):
        return _directed(marks, closing)
    return found


def _curly(marks: Sequence[_Mark]) -> list[_Pair] | None:
    """“نص”, or else by place: „نص“, ”نص”, “نص“."""
    sure = all(m.role != ("O" if m.sign == "”" else "C") for m in marks)  # else „نص“ و”نص” would cross
    found = _directed(marks, "“„‟") if sure else None
    return _by_place(marks) if found is None else found


def _tight(marks: Sequence[_Mark]) -> list[_Pair] | None:
    """<<نص>>, >>نص<<, ((نص)): only where each stands close to what it quotes, and apart from what it does not."""
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    whole = all(a.sign != b.sign and a.role in "ON" and b.role in "CND" for a, b in pairs)
    return pairs if whole and len(marks) % 2 == 0 else None


def _typed(marks: Sequence[_Mark]) -> list[_Pair] | None:
    """``نص'', or ''نص'' by place."""
    if any(m.sign == "``" for m in marks):
        return _directed(marks, ("``",))
    return _by_place(marks)


def _curly_twice(marks: Sequence[_Mark]) -> list[_Pair] | None:
    """‘‘نص’’."""
    return _directed(marks, ("‘‘",))


_FAMILIES = (
    (("«", "»"), _guillemets),
    (("“", "”", "„", "‟"), _curly),
    (("``", "''"), _typed),
    (("‘‘", "’’"), _curly_twice),
    (("<<", ">>"), _tight),
    (("((", "))"), _tight),
    (('"', "″"), _by_place),
)


def _singles(marks: Sequence[_Mark]) -> list[_Pair]:
    """Pairs of single marks; a curly one without its like is an apostrophe (students’, ’tis, ‘Umar) and stays."""
    pairs: list[_Pair] = []
    stack: list[_Mark] = []
    for mark in marks:
        if mark.sign in "‚‛" or (mark.sign == "‘" and not (stack and stack[-1].sign == "‚")):
            stack.append(mark)
        elif mark.sign in "‘’" and stack:
            pairs.append((stack.pop(), mark))
    straight = [m for m in marks if m.sign == "'" and m.role != "D"]
    return ([] if _is_doubled(pairs) else pairs) + (_by_place(straight) or [])


def unify_quotes(style: str = "guillemets", brackets: bool = False) -> Judge:
    """Quotation marks in Arabic text to one *style*: "guillemets" «“”», "curly" “‘’”, or "ascii" "''".

    Pairs are found line by line: «», “”, „“, ‹›, ‘’, ‘‘’’, ``'' by their signs, straight ones and those typed the
    wrong way round (»نص«, ”نص”) by what stands beside them, <<نص>> and >>نص<< by both. *brackets* says that doubled
    ones quote too: ((نص)). An outer pair takes the first two signs of the style, a pair
    inside it the others; opening and closing in logical order, as the Unicode bidirectional algorithm wants it.

    Left alone: a mark without its like, and with it all of its kind on the line; pairs that cross or nest three
    deep; inches and minutes (5", 6'2"); apostrophes (don't, l’homme, ’90s, al-Ma’mun); single marks around Latin
    words; lines without an Arabic letter, and lines that look like code. The number of quotes never changes, a second
    run changes nothing, and a style followed by another gives what the other gives.

    Raises `UnknownNameError` for another style. Source of the levels: the usage of Arabic publishers; CLDR has “ ”
    and ‘ ’ for ar.

    >>> unify_quotes()('قال: "قرأت كتاب “الأيام” على شاشة 5" أمس".')
    'قال: "قرأت كتاب “الأيام” على شاشة 5" أمس".'
    >>> unify_quotes()('قال: "قرأت كتاب “الأيام” أمس".')
    'قال: «قرأت كتاب “الأيام” أمس».'
    >>> unify_quotes("ascii")("«الأيام» و“الأرض”")
    '"الأيام" و"الأرض"'
    >>> unify_quotes(brackets=True)("قال: ((الدين النصيحة))")
    'قال: «الدين النصيحة»'
    """
    if not isinstance(style, str) or style not in _STYLES:
        raise UnknownNameError("style of quotes", style, _STYLES)
    a, b, c, d = _STYLES[style]
    return Judge(
        "unify_quotes",
        _Unify(style, brackets),
        hint=_HINT_WITH_BRACKETS if brackets else _HINT,
        lossy=False,
        summary=f"pairs of quotation marks in Arabic text to {a} {b}, those inside them to {c} {d}",
        leaves="Marks without their like, apostrophes, inches and minutes, single marks around Latin words, and lines "
        "without Arabic letters or with code.",
        examples=(
            ('قال "نعم" ثم مضى', f"قال {a}نعم{b} ثم مضى"),
            ("كتاب »الأيام« و“الأرض”", f"كتاب {a}الأيام{b} و{a}الأرض{b}"),
            ("قال: “قرأت ‘الأيام’ أمس”", f"قال: {a}قرأت {c}الأيام{d} أمس{b}"),
            ('شاشة 5" كبيرة', 'شاشة 5" كبيرة'),
        ),
        args=(("style", style), ("brackets", brackets)),
    )
