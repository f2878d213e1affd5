"""Quotation marks: «» “” „ ‟ ‹› ‘’ ‚ `` '' ‘‘ ’’ << >> ″ and straight " to one style.

`fold_quotes_to_ascii` is a table, blind. `unify_quotes` pairs the marks of each line first, and changes only
what it has paired: an opening mark with its closing one, one level of nesting with another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from arnorm import spans
from arnorm.chars import DIGIT
from arnorm.core import CharMap, Judge
from arnorm.errors import UnknownNameError
from arnorm.passes._text import BREAK, LETTERS, compiled, may_hold_url
from arnorm.trace import Replacement, Span

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
    "ascii": ('"', '"', "'", "'"),  # first, for it is the one in which marks may be read otherwise
    "guillemets": ("«", "»", "“", "”"),
    "curly": ("“", "”", "‘", "’"),
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
_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_SINGLES = "'‘’‚‛"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c"
_IN_RUN = f"«»“”„‟\"″‹›‘’‚‛'`{_INVISIBLE}"
_RUN = f"[{_IN_RUN}]++"  # the neighbours of a mark are those of the whole run
_OPERATOR = r"<<|>>|\(\(|\)\)"
_BESIDE_OPERATOR = rf"[{_IN_RUN}](?:{_OPERATOR})|(?:{_OPERATOR})(?:[{_IN_RUN}]|{_OPERATOR})"
_YEAR = rf"[{DIGIT}]{{2}}(?:s|\W|\Z)"  # behind an apostrophe: «’90s»
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


class _Marks(NamedTuple):
    """The quotation marks of a line, without apostrophes and what is in URLs or code; each has one index in every list.

    The role is what its neighbours say of a mark: it opens "O", it closes "C", it may be either "N", or it stands
    behind a digit and closes if something is open, and is the sign for inches otherwise, "D". Its neighbour after it is
    the nearest character that is neither a quotation mark nor invisible, "" at the edge. The order is its number among
    all marks of the line, those that are left out here too.
    """

    places: list[Span]
    signs: list[str]
    roles: list[str]
    after: list[str]
    orders: list[int]


_Pair = tuple[int, int]  # two indexes in `_Marks`


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
        """What changes in a *line*: nothing, unless the result is read back as the same pairs of marks.

        Each style is tried, for what is read one way in straight marks may be read another way in «these».
        """
        marks = _marks(line, token)
        pairs = _pairs(marks)
        slots = sorted((mark, 2 * level + side) for pair, level in pairs for side, mark in enumerate(pair))
        found = _restyled(marks, slots, _STYLES[self.style])
        if not found:
            return []
        read, gaps = token.findall(line), token.split(line)
        fixed, plain = _neighbours_stay(line, marks), _is_plainly_paired(marks, pairs)
        for signs in _STYLES.values():
            now, changed = read[:], marks.signs[:]
            for mark, to in slots:
                now[marks.orders[mark]] = changed[mark] = signs[to]
            if now == read:
                continue
            out = "".join(chain.from_iterable(zip(gaps, [*now, ""], strict=True)))
            if compiled(_CODE).search(out):
                return []
            same = fixed and _are_read_as(out, now, marks, slots, signs, token)
            if not (same and plain):
                again = marks._replace(signs=changed) if same else _marks(out, token)
                if _shape(again, _pairs(again)) != _shape(marks, pairs):
                    return []
        return found


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


def _restyled(marks: _Marks, slots: Sequence[_Pair], signs: Sequence[str]) -> list[Replacement]:
    """The marks in *slots* become those of the four *signs* that stand beside them there."""
    return [Replacement(*marks.places[mark], signs[to]) for mark, to in slots if marks.signs[mark] != signs[to]]


def _is_prose(line: str) -> bool:
    return bool(compiled(f"[{LETTERS}]").search(line)) and not compiled(_CODE).search(line)


def _shape(marks: _Marks, pairs: Sequence[tuple[_Pair, int]]) -> list[tuple[int, int, int]]:
    """Which of a line's marks are paired with which, at what level."""
    orders = marks.orders
    return [(orders[first], orders[second], level) for (first, second), level in pairs]


def _marks(line: str, token: re.Pattern[str]) -> _Marks:
    """The quotation marks of *line*, found run by run."""
    marks = _Marks([], [], [], [], [])
    count = run_start = run_end = 0
    for match in compiled(f"{_RUN}|{token.pattern}").finditer(line):
        start, end = left, right = match.span()
        if match[0] in _OPERATORS:
            left = run_start if run_end == start else start
            beside = compiled(_RUN).match(line, end)
            right = beside.end() if beside else end
        else:
            run_start, run_end = start, end
        before, after = line[left - 1 : left], line[right : right + 1]
        year = after in _DIGITS and compiled(_YEAR).match(line, end) is not None
        read = _read if end - start <= 8 else _read.__wrapped__
        found = read(match[0], before, after, year, token)
        marks.places.extend([(start + a, start + b) for a, b in found.places])
        marks.signs.extend(found.signs)
        marks.roles.extend(found.roles)
        marks.after.extend(found.after)
        marks.orders.extend([count + order for order in found.orders[:-1]])
        count += found.orders[-1]
    kept = _kept(line)
    return _without(marks, kept) if kept else marks


@lru_cache(10_000)
def _read(run: str, before: str, after: str, year: bool, token: re.Pattern[str]) -> _Marks:
    """The marks of a *run* of them between two characters; at the end of its orders stands how many all are.

    With a *year* behind it («’90s») the last one is an apostrophe.
    """
    role = _role(before, after)
    if run in _OPERATORS:
        is_mark = role != "N" or (_is_letter(before) and _is_letter(after))
        signs, places, orders, count = ([run], [(0, len(run))], [0], 1) if is_mark else ([], [], [], 1)
    else:
        matches = [*token.finditer(run)]
        kept = [
            (order, m)
            for order, m in enumerate(matches)
            if not _is_apostrophe(m[0], before, after, year and m.end() == len(run))
        ]
        signs, places = [m[0] for _, m in kept], [m.span() for _, m in kept]
        orders, count = [order for order, _ in kept], len(matches)
    return _Marks(places, signs, [role] * len(signs), [after] * len(signs), [*orders, count])


def _without(marks: _Marks, kept: Sequence[Span]) -> _Marks:
    """*marks* without those that touch one of the spans that are *kept*."""
    left = []
    at = 0
    for mark, (start, end) in enumerate(marks.places):
        while at < len(kept) and kept[at][1] <= start:
            at += 1
        if at == len(kept) or kept[at][0] >= end:
            left.append(mark)
    return _Marks(
        [marks.places[mark] for mark in left],
        [marks.signs[mark] for mark in left],
        [marks.roles[mark] for mark in left],
        [marks.after[mark] for mark in left],
        [marks.orders[mark] for mark in left],
    )


def _kept(line: str) -> list[Span]:
    patterns = [compiled(_INLINE)] if "`" in line else []
    if may_hold_url(line):
        patterns.append(spans.compiled("urls"))
    return spans.find(patterns, line)


def _is_apostrophe(sign: str, before: str, after: str, year: bool) -> bool:
    """«don't», «l’homme», «Qur’an», «’90s»; but «و'نعم'», between two Arabic letters, may be a quotation mark."""
    if sign not in _SINGLES:
        return False
    if sign in "'’" and year and not _is_word(before):
        return True
    return _is_word(before) and _is_word(after) and not (_is_letter(before) and _is_letter(after))


def _is_letter(character: str) -> bool:
    return compiled(f"[{LETTERS}]").match(character) is not None


def _is_word(character: str) -> bool:
    return not (_opens_after(character) or _closes_before(character))


def _opens_after(character: str) -> bool:
    return character == "" or compiled(_OPENS_AFTER).match(character) is not None


def _closes_before(character: str) -> bool:
    return character == "" or compiled(_CLOSES_BEFORE).match(character) is not None


@lru_cache(2_000)
def _role(before: str, after: str) -> str:
    opens, closes = _opens_after(before), _closes_before(after)
    if not opens and before in _DIGITS:
        return "D"
    if opens == closes:
        return "N"
    return "O" if opens else "C"


def _neighbours_stay(line: str, marks: _Marks) -> bool:
    """Whether what stands beside the *marks* is the same in every style.

    It is, but for URLs and code, which may end elsewhere, and for operators that stand beside a mark: «"<<نعم>>"».
    """
    operators = not _OPERATORS.isdisjoint(marks.signs) and compiled(_BESIDE_OPERATOR).search(line)
    return not (operators or may_hold_url(line) or ("`" in line and compiled(_INLINE).search(line)))


def _are_read_as(
    out: str, read: list[str], marks: _Marks, slots: Sequence[_Pair], signs: Sequence[str], token: re.Pattern[str]
) -> bool:
    """Whether the marks of a line are *read* in *out* too, where the *slots* have taken these *signs*.

    Two may have become one («''» for «'“»), or one an apostrophe.
    """
    return (
        token.findall(out) == read
        and not ("`" in out and compiled(_INLINE).search(out))
        and (signs[2] not in _SINGLES or all(to < 2 or _is_surely_quoting(marks, mark) for mark, to in slots))
    )


def _is_surely_quoting(marks: _Marks, mark: int) -> bool:
    """Whether a mark would be none that is an apostrophe, whatever its sign."""
    return marks.roles[mark] in "OC" and marks.after[mark] not in _DIGITS


def _is_plainly_paired(marks: _Marks, pairs: Sequence[tuple[_Pair, int]]) -> bool:
    """Whether the pairs are found again in every style that reads the same marks.

    So it is where no mark is without its like, and none is surely the other way round.
    """
    roles = marks.roles
    return 2 * len(pairs) == len(roles) and all(
        roles[first] in "ON" and roles[second] in ("CN" if level else "CND") for (first, second), level in pairs
    )


def _pairs(marks: _Marks) -> list[tuple[_Pair, int]]:
    """The *marks* that are sure to belong together, with 0 or, inside another pair, 1.

    None at all when pairs cross, or nest deeper than that.
    """
    doubles, singles = _doubles(marks), _singles(marks)
    nested = _nested(doubles + singles)
    if nested is None:
        return _nested(doubles) or []
    # A whole name or remark in single marks is a quote in Arabic, and may be anything in Latin: «‘Umar’s».
    single = set(singles)
    unsure = {p for p, level in nested if not level and p in single and not _is_letter(marks.after[p[0]])}
    return (_nested([p for p, _ in nested if p not in unsure]) or []) if unsure else nested


def _nested(pairs: Sequence[_Pair]) -> list[tuple[_Pair, int]] | None:
    """*pairs* in order with their levels; None when two cross, or one is inside two."""
    nested = []
    outer = inner = -1  # where the pairs end that are open
    for pair in sorted(pairs):
        first, second = pair
        if first > outer:
            nested.append((pair, 0))
            outer = second
        elif first > inner and second < outer:
            nested.append((pair, 1))
            inner = second
        else:
            return None
    return nested


def _of(marks: _Marks, signs: Iterable[str]) -> list[int]:
    return [mark for mark, sign in enumerate(marks.signs) if sign in signs]


def _doubles(marks: _Marks) -> list[_Pair]:
    """Pairs of double marks: each family by itself, then what is left of all of them together."""
    there = set(marks.signs)
    pairs: list[_Pair] = []
    left: list[int] = []
    for signs, pairing in _FAMILIES:
        if not there.isdisjoint(signs):
            family = _of(marks, signs)
            found = pairing(marks, family)
            if found is None:
                left += family
            else:
                pairs += found
    if left and all(marks.roles[mark] in "OC" for mark in left):  # «“نعم"»: opened in one fashion and closed in another
        pairs += _by_place(marks, sorted(left)) or []
    return pairs + (_guillemets(marks, _of(marks, "‹›"), "‹", "›") or [] if there & {"‹", "›"} else [])


def _directed(marks: _Marks, family: Sequence[int], opening: str | tuple[str, ...]) -> list[_Pair] | None:
    """Pairs by what the signs are; None when they do not balance."""
    pairs, stack = [], []
    for mark in family:
        if marks.signs[mark] in opening:
            stack.append(mark)
        elif stack:
            pairs.append((stack.pop(), mark))
        else:
            return None
    return None if stack else pairs


def _by_place(marks: _Marks, family: Sequence[int]) -> list[_Pair] | None:
    """Pairs by where the marks stand, inches left out; None when that does not balance."""
    pairs: list[_Pair] = []
    stack: list[int] = []
    roles = marks.roles
    for mark in family:
        role = roles[mark]
        if role == "O" or (role == "N" and not stack):
            stack.append(mark)
        elif stack:
            pairs.append((stack.pop(), mark))
        elif role == "C":
            return None
    return None if stack or _is_doubled(marks, pairs) else pairs


def _is_doubled(marks: _Marks, pairs: Sequence[_Pair]) -> bool:
    """Whether two like marks are side by side: one sign typed twice, or quoted in a table; not two levels."""
    places = marks.places
    return any(
        places[a[0]][1] == places[b[0]][0] or places[b[1]][1] == places[a[1]][0] for a, b in pairwise(sorted(pairs))
    )


def _guillemets(marks: _Marks, family: Sequence[int], opening: str = "«", closing: str = "»") -> list[_Pair] | None:
    """«نص», or »نص« where the first mark of the line is sure to be that way round, and no other against it."""
    found = _directed(marks, family, opening)
    if found is not None or marks.roles[family[0]] != "O":
        return found
    turned = all(marks.roles[mark] != ("C" if marks.signs[mark] == closing else "O") for mark in family)
    return _directed(marks, family, closing) if turned else None


def _curly(marks: _Marks, family: Sequence[int]) -> list[_Pair] | None:
    """“نص”, or else by place: „نص“, ”نص”, “نص“."""
    # Were one of them the other way round, „نص“ و”نص” would cross.
    sure = all(marks.roles[mark] != ("O" if marks.signs[mark] == "”" else "C") for mark in family)
    found = _directed(marks, family, "“„‟") if sure else None
    return _by_place(marks, family) if found is None else found


def _tight(marks: _Marks, family: Sequence[int]) -> list[_Pair] | None:
    """<<نص>>, >>نص<<, ((نص)): only where each stands close to what it quotes, and apart from what it does not."""
    signs, roles = marks.signs, marks.roles
    pairs = list(zip(family[::2], family[1::2], strict=False))
    whole = all(signs[a] != signs[b] and roles[a] in "ON" and roles[b] in "CND" for a, b in pairs)
    return pairs if whole and len(family) % 2 == 0 else None


def _typed(marks: _Marks, family: Sequence[int]) -> list[_Pair] | None:
    """``نص'', or ''نص'' by place."""
    if any(marks.signs[mark] == "``" for mark in family):
        return _directed(marks, family, ("``",))
    return _by_place(marks, family)


def _curly_twice(marks: _Marks, family: Sequence[int]) -> list[_Pair] | None:
    """‘‘نص’’."""
    return _directed(marks, family, ("‘‘",))


_FAMILIES = (
    (("«", "»"), _guillemets),
    (("“", "”", "„", "‟"), _curly),
    (("``", "''"), _typed),
    (("‘‘", "’’"), _curly_twice),
    (("<<", ">>"), _tight),
    (("((", "))"), _tight),
    (('"', "″"), _by_place),
)


def _singles(marks: _Marks) -> list[_Pair]:
    """Pairs of single marks; a curly one without its like is an apostrophe (students’, ’tis, ‘Umar) and stays."""
    pairs: list[_Pair] = []
    stack: list[int] = []
    family = _of(marks, _SINGLES)
    for mark in family:
        sign = marks.signs[mark]
        if sign in "‚‛" or (sign == "‘" and not (stack and marks.signs[stack[-1]] == "‚")):
            stack.append(mark)
        elif sign in "‘’" and stack:
            pairs.append((stack.pop(), mark))
    straight = [mark for mark in family if marks.signs[mark] == "'" and marks.roles[mark] != "D"]
    return ([] if _is_doubled(marks, pairs) else pairs) + (_by_place(marks, straight) or [])


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
        revision=2,
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
