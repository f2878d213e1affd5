"""What an extraction from PDF did to a text, and how to undo it: one verdict on the document, then line by line.

Numbers without an origin of their own are chosen, not fitted: on pages that seven programs printed and eleven took out
(docs/how-to/documents.md), beside news in the order of reading, which has to stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from arnorm.chars import ARABIC_DIGIT, BIDI_CONTROL, HARAKA, INNER_HARAKA, OTHER_VOWELS
from arnorm.lazy import lazy_pattern
from arnorm.passes import _detached, _glyphs, _order
from arnorm.passes._bidi import LETTERS, MARKS, marks_behind, reading_order, shown_order
from arnorm.passes._lexicon import lexicon
from arnorm.passes._mending import lam_alefs, mended, parted_letters, swaps
from arnorm.shapes import visual_lines

_Plan = Iterator[tuple[int, int, str]]

#: Orders that a text may be in; "reading" is the right one.
ORDERS = ("reading", "letters", "each word", "words", "pieces", "quoted pieces")

_EMBEDDED = f"[{BIDI_CONTROL}]"
_embedded = lazy_pattern(_EMBEDDED)
_controls = lazy_pattern(f"[\u200e\u200f\u061c{BIDI_CONTROL}]")
_FORMS = lazy_pattern("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdfb\ufe70-\ufefc]")
_letter = lazy_pattern(f"[{LETTERS}]")
_body = lazy_pattern(r"(\s*)(.*?)(\s*)\Z", re.DOTALL)

#: So much, in nats, has to speak for reading a line backwards by itself; about one in 20,000 to be wrong.
_SURE = 10.0
#: The same for a text of two words, which may well be of another language.
_SURE_OF_TWO = 12.5
#: The same for the words of a line that is the whole text: their order is freer.
_SURER = 12.0
#: The same where the order of pieces around a number is in doubt: a mistake moves a few words.
_LIKELY = 4.0
#: What has to speak for lam-alefs that were kept, more than one word can say.
_SWAPS = 10.0


class _Line(NamedTuple):
    """A line without its line end, and what speaks for reading it backwards and for reading its words backwards."""

    text: str
    backwards: float
    kept: float
    words: float


def repaired(text: str, order: str = "") -> str:
    """*text* in the order of reading, if it was not; mended where its extraction is proven by its order."""
    hidden = _glyphs.hidden(text)
    text = _glyphs.read(hidden) if hidden is not text else text
    alefs = _glyphs.one_alef(text)
    if alefs:
        text = text.replace("أ", "ا")
    new = _reordered(text, order, damaged=hidden is not text or alefs)
    new = _glyphs.with_hamzas(new) if alefs else new
    return _glyphs.shown(new) if hidden is not text else new


def _reordered(text: str, order: str, *, damaged: bool) -> str:
    """*text* in reading order: *order* says how it stands, or, if empty, the lines themselves do.

    Each line is weighed, then all together: a line that says little follows its neighbours. What shows no sign of
    having been extracted comes back as it is, unless it is known to be *damaged*.
    """
    shown = text.split("\n")
    if swaps(text) and text.count("ة ") >= text.count(" ة"):  # letters in order: words are weighed as what they are
        text = lam_alefs(text)
    pieces = [_unfolded(line) if _holds_order(line) else line for line in text.split("\n")]
    lines = [_weighed(line) for line in pieces]
    cuts = _cuts(text)
    orders = [order] * len(lines) if order else _orders(lines, cuts)
    style = _Style(_keeps_lam_alef(lines, orders), _marks_first(lines, orders), cuts)
    if runs_shown(text):
        orders = ["runs" if how == "reading" else how for how in orders]
    out = [_turned(line, how, style) for line, how in zip(lines, orders, strict=True)]
    extracted = damaged or out != shown or len(_FORMS.findall(text)) * 3 > len(_letter.findall(text)) or _damaged(text)
    return (
        mended("\n".join(out), digits=any(how not in ("reading", "letters", "each word") for how in orders))
        if extracted
        else text
    )


def extracted_text(text: str, order: str = "") -> _Plan:
    """What `repaired` replaces, line by line where the lines are as many as before."""
    if not order and not _suspicious(text):
        return
    new = repaired(text, order)
    if new == text:
        return
    before, after = text.split("\n"), new.split("\n")
    if len(before) != len(after):
        yield 0, len(text), new
        return
    at = 0
    for old, line in zip(before, after, strict=True):
        if old != line:
            yield at, at + len(old), line
        at += len(old) + 1


def _damaged(text: str) -> bool:
    """Whether *text* shows what only an extraction does, though its order is right."""
    if swaps(text) or parted_letters(text):
        return True
    return _is_page(text) and (runs_shown(text) or _parted_marks(text) or _detached.alefs(text))


def _parted_marks(text: str) -> bool:
    """Whether marks stand behind a space, parted from their letter, more often than a typist's slip."""
    return len(_parted_mark.findall(text)) >= _MANY


_parted_mark = lazy_pattern(f"[{HARAKA}](?<=[ \n].)", re.DOTALL)
#: Marks behind a space: a typist leaves one or two, a program that parts marks from letters leaves them on every line.
_MANY = 4


# ---- a glance ----

#: Words of a line that the glance looks at, and one line in how many, for the order of words.
_GLANCE, _EVERY = 6, 6
#: What the order of these words has to say against them, in nats; reversed words say 2.3 a pair.
_ODD = 4.0
_LONG = 160  # characters of a line that are looked at
#: In a text of so many lines each is weighed for itself; in a longer one its neighbours have to say the same.
_FEW = 8
#: What a line in the order of reading says against those before it, in nats.
_FORWARD = 2.0
#: Characters between two lines that are near each other.
_NEAR = 1000
#: One letter in so many is a form in a text that is written in forms; single ones are signs, as in «١٤٤٣ﻫ».
_SOME = 10
_L, _M = f"[{LETTERS}]", f"[{MARKS}]*+"
_ALONE = f"(?<![{LETTERS}{MARKS}])"
# What reversed lines have hardly any of: words with an article, words that end in a teh marbuta, and the commonest.
_FORWARDS = (
    f"{_ALONE}(?:[وفبك]{_M})?ا{_M}ل{_M}{_L}{_M}{_L}|ة{_M}(?!{_L})"
    f"|{_ALONE}(?:في|من|على|إلى|عن|أن|إن|هذا|هذه|كان|هو|هي|أو|ما|ثم|بين|بعد|غير|لكن|أنا|انا|كيف|مش|بس)(?![{LETTERS}{MARKS}])"
)
_forwards = lazy_pattern(_FORWARDS)
# No word begins with a teh marbuta, and so none goes on behind one.
_backwards = lazy_pattern(f"ة{_M}{_L}")
# An Arabic word with a number or Latin right behind it, and with a space between; looked for from the rarer side.
_any_glued = lazy_pattern(f"[0-9A-Za-z«»\\[\\]](?<=[{LETTERS}{MARKS}].)(?:(?<=[0-9A-Za-z])|(?={_L}))")
_any_parted = lazy_pattern(f"[0-9A-Za-z«](?<=[{LETTERS}{MARKS}] .)")
_any_mark = lazy_pattern(f"[{MARKS}]")
_opening = lazy_pattern("\n[ \t]*+[.،:!؟؛]")


def _suspicious(text: str) -> bool:
    """Whether *text* is worth weighing: what nearly every sound text answers with no, at little cost."""
    if "\u202b" in text or "\u2067" in text or "(cid:" in text or _glyphs.one_alef(text) or _holds_forms(text):
        return True
    lines = text.split("\n")
    if _some_backwards(lines):
        return True
    found = _backwards.search(text)
    while found:
        if _backward_gain(_line_at(text, found.start())):
            return True
        found = _backwards.search(text, found.start() + _LONG // 2)
    doubt = 0.0
    for line in lines[::_EVERY]:
        if " " in line:
            doubt = max(0.0, doubt - _order.pairs(line.lstrip()[:_LONG].split()[:_GLANCE], enough=_ODD))
            if doubt > _ODD:
                return True
    glued = _any_glued.findall(text)
    if glued and len(glued) > len(_any_parted.findall(text)):
        return True
    return _opens_oddly(text, few=len(lines) <= _FEW) or _damaged(text)


def _some_backwards(lines: Sequence[str]) -> bool:
    """Whether lines may stand backwards: any of a few, and of many so much in a row that it speaks for itself."""
    wanted = 0.0 if len(lines) <= _FEW else _SURE
    spoken = 0.0
    for line in lines:
        forwards = "ة " in line or (" ة" not in line and _forwards.search(line))
        gain = 0.0 if forwards else _backward_gain(line)
        if gain:
            spoken += gain
            if spoken > wanted:
                return True
        elif spoken and _letter.search(line):
            spoken = max(0.0, spoken - _FORWARD)
    return False


def _opens_oddly(text: str, *, few: bool) -> bool:
    """Whether lines begin with a sign: any of a few, and of many two that are near each other."""
    starts = [found.start() for found in _opening.finditer(text)]
    return bool(starts) and (few or any(b - a < _NEAR for a, b in pairwise(starts)))


def _holds_forms(text: str) -> bool:
    """Whether *text* is written in presentation forms, or has a line that they prove to be in visual order."""
    if not _FORMS.search(text):
        return False
    many = len(_FORMS.findall(text)) * _SOME
    if not any(islice(_letter.finditer(text), many - 1, many)):  # fewer letters than that
        return True
    return bool(visual_lines("\n".join(line for line in text.split("\n") if _FORMS.search(line))))


def _line_at(text: str, at: int) -> str:
    """The line around the place *at*, no more of it than is looked at."""
    start = text.rfind("\n", max(at - _LONG, 0), at) + 1 or max(at - _LONG, 0)
    return text[start : start + _LONG].partition("\n")[0]


def _backward_gain(line: str) -> float:
    """What speaks for reading *line* backwards; 0 where fewer of its common words are words from its end."""
    line = line[:_LONG]
    known = lexicon().known
    here, there = len(known.intersection(line.split())), len(known.intersection(line[::-1].split()))
    if not here and _any_mark.search(line):
        line = _marks.sub("", line)
        here, there = len(known.intersection(line.split())), len(known.intersection(line[::-1].split()))
    if there < here or not _letter.search(line):
        return 0.0
    weighed = _weighed(line)
    return max(weighed.backwards, weighed.kept, 0.0)


# ---- the evidence ----


#: Nats for each letter whose shape says which side of it is joined: proof, but for a font that has few shapes.
_SHAPE_SPEAKS = 6.0
#: Nats for a sign that cannot open a line: as much as a pair of words that is twenty times as frequent as its turn.
_SIGN_SPEAKS = 3.0
#: Nats that a line may add when its pieces are turned, if no number glued to a word proves that they stand so.
_UNPROVEN = 2.0
#: Nats that a line counts at most for its neighbours, that all lines count at most for one, and that those around do.
_LINE_AT_MOST, _ALL_AT_MOST, _AROUND_AT_MOST = 40.0, 8.0, 12.0


def _weighed(text: str) -> _Line:
    """A line with what its words, as they stand and backwards, say of its order; nothing of a foreign one."""
    words = [_order.plain(w) for w in _order.word.findall(text)]
    words = [w for w in words if w]
    if not words or _foreign_mark.search(text) or 8 * sum(1 for w in words if _order.foreign(w)) >= len(words):
        return _Line(text, 0.0, 0.0, 0.0)
    shape = _shape(text) * _SHAPE_SPEAKS
    readings = [_order.backwards(w) for w in dict.fromkeys(words)]  # one word again and again says no more than once
    more = shape + (_COLON if _colon_ahead.search(text) else 0.0) - (_CLOSED if _closed.search(text) else 0.0)
    back = _agreed([r.plain for r in readings]) + more
    kept = _agreed([r.kept for r in readings]) + more
    return _Line(text, back, kept, -_order.pairs(words) if max(back, kept) < 0 else 0.0)


#: «5556677 :فتاهلا»: a colon that touches the word behind it and none before; some type it so, one in seven perhaps.
_COLON = 2.0
_colon_ahead = lazy_pattern(f"(?:^|(?<=\\s)):(?=[{LETTERS}])")
#: «صلان:», a sign behind the last word: what stands backwards has it before the first.
_CLOSED = 2.0
_closed = lazy_pattern(f"[{LETTERS}{MARKS}][.:،؛!؟](?=\\s*\\Z)")
#: Vowels of other languages in Arabic script.
_foreign_mark = lazy_pattern(f"[{OTHER_VOWELS}]")


def _agreed(gains: list[float]) -> float:
    """The sum of *gains*; not enough for a verdict by itself where the words do not agree."""
    total = sum(gains)
    agree = sum(1 for g in gains if g > 0) >= 3 * sum(1 for g in gains if g < 0)
    return total if agree else min(total, _SURE / 2)


# An initial or medial form joins what follows, a medial or final one what precedes: a word that begins with a final
# form, «ﻦﻣ», stands backwards.
_JOINS_BEFORE: frozenset[str]
_JOINS_AFTER: frozenset[str]


def _joining() -> tuple[frozenset[str], frozenset[str]]:
    """The presentation forms that join what is before them, and those that join what is behind: «ـب» and «بـ»."""
    import unicodedata

    before, after = set(), set()
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFD3E), *range(0xFE80, 0xFEFD)):
        tag = unicodedata.decomposition(chr(code)).partition(" ")[0]
        if tag in ("<final>", "<medial>"):
            before.add(chr(code))
        if tag in ("<initial>", "<medial>"):
            after.add(chr(code))
    return frozenset(before), frozenset(after)


_JOINS_BEFORE, _JOINS_AFTER = _joining()
_marks = lazy_pattern(f"[{MARKS}]+")


def _shape(text: str) -> int:
    """How many words more begin with a form that joins what precedes, or end with one that joins what follows."""
    if not _FORMS.search(text):
        return 0
    total = 0
    for word in _order.word.findall(text):
        bare = _marks.sub("", word)
        if bare:
            first, last = bare[0], bare[-1]
            total += (first in _JOINS_BEFORE) + (last in _JOINS_AFTER)
            total -= (first in _JOINS_AFTER and len(bare) > 1) + (last in _JOINS_BEFORE and len(bare) > 1)
    return total


# ---- the verdict ----


_two_words = lazy_pattern(f"[{LETTERS}]+ [{LETTERS}]+")


def _orders(lines: Sequence[_Line], cuts: Mapping[str, _Cut]) -> list[str]:
    """In which order each line is: by what speaks in it, in its neighbours and in the whole document."""
    scores = [max(line.backwards, line.kept) for line in lines]
    letters = _smoothed(scores)
    sure = _SURE_OF_TWO if len(lines) == 1 and _two_words.fullmatch(lines[0].text) else _SURE
    reading = [k for k, s in enumerate(letters) if s < sure]
    orders = ["letters"] * len(lines)
    words = _smoothed([lines[k].words for k in reading])
    for k, score in zip(reading, words, strict=True):
        orders[k] = "words" if score >= (_SURE if len(lines) > 1 else _SURER) else "reading"
    turned = [k for k, how in enumerate(orders) if how == "letters"]
    each = _smoothed([_each_word(lines[k].text) for k in turned])
    for k, score in zip(turned, each, strict=True):
        if score >= _SURE:
            orders[k] = "each word"
    reading = [k for k, how in enumerate(orders) if how == "reading"]
    for k, how in zip(reading, _pieces([lines[k].text for k in reading], cuts), strict=True):
        orders[k] = how
    return orders


#: So many lines with a glyph that stands apart, and so large a part of them, have to read better with their parts
#: exchanged.
_BETTER, _BETTER_OF = 4, 0.7
#: Words of a line for each glyph that may cut it.
_A_FEW = 3


def _pieces(lines: Sequence[str], cuts: Mapping[str, _Cut]) -> list[str]:
    """Which of the lines in reading order are in pieces, and cut at what."""
    best = [("reading", 0.0)] * len(lines)
    for how, cut in cuts.items():
        at = [k for k, line in enumerate(lines) if _may_be_cut(line, cut)]
        scores = [_in_pieces(lines[k], cut) for k in at]
        better = sum(1 for score in scores if score > 0)
        if cut.glyphs and (better < _BETTER or better < _BETTER_OF * len(scores)):
            continue  # the glyphs stand apart for another reason
        for k, score in zip(at, _smoothed(scores), strict=True):
            if score >= _LIKELY and score > best[k][1]:
                best[k] = how, score
    return [how for how, _ in best]


def _each_word(text: str) -> float:
    """What speaks for words that are turned each by itself: turned, they follow each other as they stand."""
    words = [_order.plain(w) for w in _order.word.findall(text)]
    return _order.pairs([w[::-1] if _order.backwards(w).kept > 0 else w for w in words if w])


_sign_ahead = lazy_pattern(r"\s*[^\w\s]")


def _may_be_cut(line: str, cut: _Cut) -> bool:
    """Whether there are pieces of both kinds in *line*, or signs before its first word."""
    if _letter.search(line) is None:
        return False
    if cut.glyphs:  # a vocalized line has one in each word, wherever it stands
        return 0 < _A_FEW * len(cut.glyphs.findall(line)) <= len(line.split())
    return cut.other.search(line) is not None or _sign_ahead.match(line) is not None


def _in_pieces(text: str, cut: _Cut) -> float:
    """What speaks for a line whose pieces around numbers, Latin and quotes are in the order of the page."""
    turned = _pieces_turned(text, cut)
    score = _order.follows(turned) - _order.follows(text)
    score += _SIGN_SPEAKS * (bool(_opens_badly.match(text)) - bool(_opens_badly.match(turned)))
    glued = len(cut.glued.findall(text)) + bool(_number_behind.match(text))
    proven = cut.glyphs is not None or glued > len(cut.parted.findall(text))
    return score if proven else min(score, _UNPROVEN)


_opens_badly = lazy_pattern(r"\s*[،؛:.!؟%٪]")
_number_behind = lazy_pattern(rf"\s*[،؛:.!؟]?[%٪]?[0-9{ARABIC_DIGIT}]")


def _smoothed(scores: Sequence[float]) -> list[float]:
    """Each score with what its neighbours and the whole say: a heading follows its page."""
    clipped = [max(-_LINE_AT_MOST, min(_LINE_AT_MOST, s)) for s in scores]
    prior = max(-_ALL_AT_MOST, min(_ALL_AT_MOST, sum(clipped) / 20))
    out = []
    for k, own in enumerate(clipped):
        around = sum(clipped[max(0, k - 3) : k]) + sum(clipped[k + 1 : k + 4])
        near = max(-_AROUND_AT_MOST, min(_AROUND_AT_MOST, around / 6))
        out.append(own + near + prior)
    return out


def _keeps_lam_alef(lines: Sequence[_Line], orders: Sequence[str]) -> bool:
    """Whether the lam-alefs of the reversed lines stand in order, as one glyph gives them."""
    gain = sum(line.kept - line.backwards for line, how in zip(lines, orders, strict=True) if how == "letters")
    return gain > _SWAPS


class _Style(NamedTuple):
    """How a program wrote reversed text: lam-alefs in order, marks before their letters (from left to right)."""

    lam_alefs_kept: bool
    marks_first: bool
    cuts: Mapping[str, _Cut]


_LEADING = lazy_pattern(f"(?<![{LETTERS}\u0640{MARKS}])[{MARKS}]+[{LETTERS}]|[اىإآأ][{INNER_HARAKA}]+(?=[{LETTERS}])")
_TRAILING = lazy_pattern(f"[{LETTERS}][{MARKS}]+(?![{LETTERS}\u0640{MARKS}])|[{INNER_HARAKA}]+[اىإآأ]")


def _marks_first(lines: Sequence[_Line], orders: Sequence[str]) -> bool:
    """Whether marks stand before their letters, as characters turned one by one do: at the edges of words, by alefs."""
    turned = [
        line.text for line, how in zip(lines, orders, strict=True) if how == "letters" and _marks.search(line.text)
    ]
    leading = sum(len(_LEADING.findall(text)) for text in turned)
    return leading >= sum(len(_TRAILING.findall(text)) for text in turned)


# ---- the inverse ----


def _turned(line: _Line, order: str, style: _Style) -> str:
    """A *line* that stands in *order*, in reading order; spaces at its edges stay there."""
    if order == "reading":
        return line.text
    if not _letter.search(line.text):
        return _signs_behind(line.text)
    found = _body.match(line.text)
    assert found
    lead, body, tail = found.groups()
    if order == "letters":
        body = reading_order(marks_behind(body) if style.marks_first else body)
        if style.lam_alefs_kept:
            body = _order.word.sub(_lam_alefs, body)
    elif order == "each word":
        body = _order.word.sub(_each_turned, body)
    elif order == "words":
        body = _words_turned(body)
    elif order == "runs":
        body = _run.sub(_run_turned, body)
    else:
        return _pieces_turned(line.text, style.cuts[order])
    return lead + body + tail


_signs_ahead = lazy_pattern(rf"\s*[.،؛:!؟]?[%٪]?[0-9{ARABIC_DIGIT}][0-9{ARABIC_DIGIT}.,:/%٪-]*\s*\Z")


def _signs_behind(line: str) -> str:
    """The end of a sentence that wrapped, «.%12», turned; other lines without letters may stand as they should."""
    found = _body.match(line)
    assert found
    lead, body, tail = found.groups()
    return lead + reading_order(body) + tail if body[:1] in ".،؛:!؟%٪" and _signs_ahead.match(body) else line


def _each_turned(found: re.Match[str]) -> str:
    word = found[0]
    reading = _order.backwards(_order.plain(word))
    return shown_order(word) if reading.plain > 0 else word


# ---- pieces ----


class _Cut(NamedTuple):
    """What parts a line into pieces: the pieces of Arabic, and a sign of the others.

    An Arabic word and what comes behind it are *glued* in pieces, since the space between them went elsewhere, and
    *parted* in a line as it was written.
    """

    arabic: re.Pattern[str]
    other: re.Pattern[str]
    glued: re.Pattern[str]
    parted: re.Pattern[str]
    glyphs: re.Pattern[str] | None = None  #: what cuts it besides, one private character each


# What starts a piece from left to right: numbers of Europe and Latin, for some also percent signs, for others the
# quotes and brackets of Europe.
_SIGNS = "0-9A-Za-z\u00c0-\u024f"


def _cut(other: str) -> _Cut:
    edge = f"{LETTERS}{MARKS}،؛؟{ARABIC_DIGIT}"
    return _Cut(
        re.compile(f"[{edge}](?:[^{other}\\n]*[{edge}])?+(?:(?<=[{LETTERS}{MARKS}])[.:!](?=[{_SIGNS}]))?"),
        re.compile(f"[{other}]"),
        re.compile(f"[{LETTERS}{MARKS}]{{2}}(?:[{_SIGNS}]|[«»\\[\\]](?=[{LETTERS}]))"),
        re.compile(f'[{LETTERS}{MARKS}،؛؟:] +[("]?[{_SIGNS}«\\[]'),
    )


_CUTS = {"pieces": _cut(_SIGNS + "%٪"), "quoted pieces": _cut(_SIGNS + "«»\\[\\]{}")}


def _cuts(text: str) -> Mapping[str, _Cut]:
    """What may part the lines of *text*: numbers, quotes, and in some texts glyphs that stand beside their word."""
    glyphs = _detached.detached(text)
    if glyphs is None:
        return _CUTS
    return _CUTS | {f"{how}, parted": cut._replace(glyphs=glyphs) for how, cut in _CUTS.items()}


_prefix = lazy_pattern(rf"(?:^|[^{LETTERS}{MARKS}])[وفبلكﻭﻑﺏﻝﻙ]\Z")


def _pieces_turned(line: str, cut: _Cut) -> str:
    """*line* with its pieces from the last to the first.

    An extraction that turns each run of Arabic by itself leaves the runs in the order of the page; the signs behind a
    run on the page come before it.
    """
    if cut.glyphs is None:
        return _in_order(line, cut)
    inner = (lambda part: _in_order(part, cut)) if "«" in cut.other.pattern and cut.other.search(line) else str
    return _run_between.sub(lambda m: _detached.in_order(m[0], inner), _detached.hidden(line, cut.glyphs))


#: What stands between numbers and Latin, with no space around it.
_run_between = lazy_pattern(f"(?:\\A *|(?! ))[^{_SIGNS}\\n]+(?<! )")


def _in_order(line: str, cut: _Cut) -> str:
    """A *line* whose runs stand left to right, in reading order; a sign goes with the run that it touches."""
    out: list[str] = []
    at = 0
    found = list(cut.arabic.finditer(line))
    for k, piece in enumerate(found):
        between = line[at : piece.start()]
        behind = line[piece.end() : found[k + 1].start() if k + 1 < len(found) else len(line)]
        own = ""
        if behind and not behind[0].isspace() and piece[0][0] not in "،؛؟":
            between, own = _shared(between, cut, joined=_prefix.search(piece[0]) is not None)
        out.append(reading_order(between))
        out.append(own + piece[0])
        at = piece.end()
    out.append(reading_order(line[at:]))
    return "".join(reversed(out))


def _shared(between: str, cut: _Cut, joined: bool) -> tuple[str, str]:
    """What belongs to the number before, and what to the Arabic behind, of the signs between them.

    The first space is the number's, unless the Arabic ends in a letter *joined* to the number: «وAndroid».
    """
    signs = [m.end() for m in cut.other.finditer(between)]
    end = signs[-1] if signs else 0
    at = end if joined or not signs else end + between[end:].find(" ") + 1
    return between[:at], between[at:]


# ---- runs of numbers and Latin, each as the page shows it, word by word from the right ----

#: «عام ،2019», «بنسبة .%12»: so many, and twice as many as signs behind a number, prove it in the lines of a page; not
#: where the signs stand so before letters too, as some type them.
_SIGNS_AHEAD = 3
#: So many lines at least make a page, and no line is longer than this.
_PAGE, _WIDEST = 4, 160
_sign_ahead_of_number = lazy_pattern(f"[،.](?=[%٪]?[0-9])(?:(?<=[{LETTERS}{MARKS}] .)|(?<=\n.))")
_sign_behind_number = lazy_pattern(r"[0-9](?:،|[%٪]?\.(?!\S))")
_sign_ahead_of_letter = lazy_pattern(f"[،.](?=[{LETTERS}])(?<= .)")
_run = lazy_pattern(f"(?:^|(?<=[{LETTERS}{MARKS}،؛:])) *[0-9A-Za-z.،%$@][0-9A-Za-z.,،:/%$@+ -]*(?= |$)", re.MULTILINE)
_closing_sign = lazy_pattern(r"[.،:!؟]\Z")


def runs_shown(text: str) -> bool:
    """Whether the numbers and the Latin of *text* stand as on the page, though its letters are in order."""
    if not _is_page(text):
        return False
    ahead = len(_sign_ahead_of_number.findall(text))
    if ahead < _SIGNS_AHEAD or _embedded.search(text):
        return False
    behind = len(_sign_behind_number.findall(text))
    return ahead > 2 * behind and 2 * len(_sign_ahead_of_letter.findall(text)) < ahead


def _is_page(text: str) -> bool:
    return text.count("\n") >= _PAGE - 1 and max(map(len, text.split("\n"))) <= _WIDEST


def _run_turned(found: re.Match[str]) -> str:
    run = found[0]
    body = run.strip(" ")
    end = _closing_sign.search(body)
    sign = end[0] if end and body[0] not in ".،%" else ""
    words = body[: len(body) - len(sign)].split(" ")
    return run.replace(body, reading_order(" ".join(reversed(words))) + sign) if body else run


# ---- lam-alefs and signs of a turned line ----

_ALEF_LAM = lazy_pattern("[اأإآ]ل")


def _lam_alefs(found: re.Match[str]) -> str:
    """A word turned letter by letter, whose lam-alefs stood in order before: the likeliest of the ways it may read."""
    word = found[0]
    if len(word) > _order.LONGEST or not _ALEF_LAM.search(word):
        return word
    letters = _order.plain(word)
    shown = letters[::-1]
    best = max((letters, *_order.ways(shown)[::-1]), key=_order.log)
    return best if len(letters) == len(word) and best != letters else word


_closing = lazy_pattern(f"([{LETTERS}\u0640{MARKS}]+)([،؛؟.:!]+)(?=\\s|\\Z)")


def _words_turned(body: str) -> str:
    return reading_order(shown_order(_closing.sub(r"\2\1", body)))


# ---- embedding controls ----


_outside = lazy_pattern("[\u202b\u2067][^\u202b\u2067\n]*[\u202c\u2069]")


def _holds_order(line: str) -> bool:
    """Whether all Arabic of *line* is embedded from right to left, as a program does it that knows the order."""
    if "\u202b" not in line and "\u2067" not in line:
        return False
    return not _letter.search(_outside.sub("", line))


def _unfolded(line: str) -> str:
    """*line* with its embeddings undone: what is embedded from right to left reads so, what surrounds it is shown."""
    parts: list[tuple[bool, str]] = []
    depth: list[str] = []
    now: list[str] = []
    inner: list[str] = []
    for c in line:
        if c in "\u202a\u202b\u2066\u2067\u2068\u202d\u202e":
            if not depth:
                parts.append((False, "".join(now)))
                now = []
            elif len(depth) == 1:
                now.append("".join(inner))
                inner = []
            depth.append(c)
        elif c in "\u202c\u2069":
            if not depth:
                continue
            kind = depth.pop()
            if len(depth) >= 1:
                text = "".join(inner)
                inner = []
                now.append(reading_order(text) if kind in "\u202a\u2066\u202d" else text)
            else:
                parts.append((kind in "\u202b\u2067\u202e\u2068", "".join(now)))
                now = []
        elif len(depth) > 1:
            inner.append(c)
        else:
            now.append(c)
    now += inner
    if now:
        parts.append((bool(depth) and depth[0] in "\u202b\u2067", "".join(now)))
    parts = [(rtl, text) for rtl, text in parts if text]
    if not any(rtl for rtl, _ in parts):
        return "".join(text for _, text in parts)
    out = [text if rtl else reading_order(text) for rtl, text in parts]
    return "".join(reversed(out))
