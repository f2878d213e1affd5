"""Punctuation and brackets that stand on the wrong side: subtitles, and text copied out of a left-to-right program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arnorm.chars import ARABIC_DIGIT, ARABIC_LETTER, BLOCK_LETTER, DIGIT, HARAKA
from arnorm.lazy import lazy_pattern

_Plan = Iterator[tuple[int, int, str]]

_ARABIC = BLOCK_LETTER
_CLOSING = "!؟?.،,؛:…"
_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")

# ---- punctuation of the end of a line at its start ----

# «!(اسمع يا (سامي»: what stood at the end, and a bracket before it. Two full stops or more are an ellipsis.
_start = lazy_pattern(
    rf"[ \t]*(?:[-–—][ \t]*)?([{_CLOSING}]{{1,4}}[()\[\]«»\"]*)(?=[{_ARABIC}(\[«\"]|(?<=[!؟?،؛…])[{DIGIT}])"
)
_end = lazy_pattern(rf"[{_CLOSING}][)\]»\"]*[ \t]*\Z")
_arabic = lazy_pattern(f"[{_ARABIC}]")
_EACH = (("(", ")"), ("[", "]"), ("«", "»"), ("{", "}"))


def misplaced_ends(text: str) -> _Plan:
    """Lines whose last signs stand at their start, where more lines stand so than end as they should."""
    found = []
    ends = at = 0
    for line in text.split("\n"):
        body = line.rstrip("\r")
        match = _start.match(body)
        if match and not _end.search(body) and _arabic.search(body) and not match[1].startswith(".."):
            found.append((at, body, match))
        elif _end.search(body) and _arabic.search(body):
            ends += 1
        at += len(line) + 1
    if len(found) <= ends:
        return
    for start, body, match in found:
        signs = _of_the_end(match[1], body[match.end() :])
        cut = match.start(1) + len(signs)
        rest = body[cut:].rstrip(" \t")
        new = body[: match.start(1)] + rest + signs[::-1].translate(_MIRROR)
        yield start, start + len(body), new + body[cut + len(rest) :]


def _of_the_end(signs: str, rest: str) -> str:
    """The *signs* at the start that belong to the end; a bracket does where the *rest* leaves one open."""
    kept = len(signs)
    while kept and signs[kept - 1] not in _CLOSING:
        sign = signs[kept - 1]
        opens = next((rest.count(a) - rest.count(b) for a, b in _EACH if sign in (a, b)), 0)
        if opens > 0 or (sign == '"' and rest.count('"') % 2):
            break
        kept -= 1
    return signs[:kept]


# ---- brackets turned round ----


def _turned(opening: str, closing: str) -> re.Pattern[str]:
    a, b = re.escape(opening), re.escape(closing)
    inside = rf"[^{a}{b}\n]{{0,200}}"
    # «و)الفاو(»: a particle of one letter touches its word.
    before, behind = r"(?:(?<![^\s«\"'(\[{])|(?<=\s[وفبكل]))", r"(?![^\s.,،؛:!؟?»\"')\]}…])"
    return re.compile(rf"{before}{b}(?=\S)({inside}[^{a}{b}\s]){a}{behind}")


_BRACKETS = [(opening, closing, _turned(opening, closing)) for opening, closing in _EACH]


def turned_brackets(text: str) -> _Plan:
    """Pairs of brackets that close before a word and open behind it: «)كحيل(»."""
    found = []
    for opening, closing, pattern in _BRACKETS:
        if opening in text and closing in text:
            done = 0
            for match in pattern.finditer(text):
                if _lonely(text, match, opening, closing, done):
                    done = match.end()
                    found.append((match.start(), match.start() + 1, opening))
                    found.append((match.end() - 1, match.end(), closing))
    yield from sorted(found)


def _lonely(text: str, match: re.Match[str], opening: str, closing: str, done: int) -> bool:
    """Whether no bracket of the line before opens for the first of the pair, and none behind closes for the last.

    Pairs before the place *done* have been turned.
    """
    line = text[max(done, text.rfind("\n", 0, match.start()) + 1) : match.start()]
    if line.rfind(opening) > line.rfind(closing):
        return False
    end = text.find("\n", match.end())
    line = text[match.end() : end if end >= 0 else len(text)]
    close, open_ = line.find(closing), line.find(opening)
    return close < 0 or 0 <= open_ < close or _particle.search(line, 0, close) is not None


_particle = lazy_pattern(r"(?:\A|\s)[وفبكل]?\Z")


# ---- lines that a page broke ----

#: No page has wider lines; what is longer is a paragraph already.
_WIDEST = 140
#: A line as long as this part of the longest ones was broken because it was full.
_FULL = 0.7
_item = lazy_pattern(rf"\s*(?:[-–—•*·▪◦]|[(\[]?[0-9{ARABIC_DIGIT}]{{1,3}}[.)\]\-–:]|[{ARABIC_LETTER}][.)\-–]\s)")
_sentence_end = lazy_pattern(r"[.!؟?:…][»\")\]]*\Z")
_last_word = lazy_pattern(rf"[{_ARABIC}{HARAKA}]+\Z")
_first_word = lazy_pattern(f"[{_ARABIC}{HARAKA}]+")
_hyphen = lazy_pattern(r"[A-Za-z]{2}[-\u00ad\u2010]\Z")


def wrapped_lines(text: str) -> _Plan:
    """The line ends that stand where a page was full, replaced by a space, or by nothing inside a word."""
    new = text
    while True:
        joined = _joined(new)
        if joined == new:
            break
        new = joined
    at = k = 0
    for match in re.finditer(r"[ \t]*\r?\n[ \t]*|[-\u00ad\u2010]\r?\n[ \t]*", text):
        # What lies between two breaks is the same in both texts, so that one walk finds what became of each.
        k += match.start() - at
        at = match.end()
        found = match[0]
        if new.startswith(found, k):
            k += len(found)
        elif new.startswith(" ", k):
            yield match.start(), match.end(), " "
            k += 1
        else:
            yield match.start(), match.end(), ""


#: The line that is as long as the page is wide: nine of ten lines are no longer; a heading may be.
_FULL = 0.9


def _joined(text: str) -> str:
    """*text* with the lines of a paragraph joined.

    A line is full if it is nearly as wide as most (`_FULL`); what follows a full line goes on with it, a short line
    ends the paragraph.
    """
    lines = text.split("\n")
    lengths = sorted(n for line in lines if (n := len(line.strip())))
    if len(lengths) < 2 or lengths[0] == lengths[-1] == 0:
        return text
    full = min(lengths[int(len(lengths) * _FULL)], _WIDEST)
    out = [lines[0]]
    width = len(lines[0].strip())
    for line in lines[1:]:
        if _goes_on(out[-1], line, width, full):
            out[-1] = _join(out[-1].rstrip(), line.lstrip(" \t"))
        else:
            out.append(line)
        width = len(line.strip())
    return "\n".join(out)


def _goes_on(before: str, line: str, width: int, full: int) -> bool:
    """Whether *line* goes on with the paragraph of the line *before*, which is *width* wide."""
    body = before.rstrip()
    if not body or not line.strip() or "\f" in line or width < _FULL * full or width > _WIDEST or full < 20:
        return False
    return not _item.match(line) and not _sentence_end.search(body)


def _join(before: str, line: str) -> str:
    """*line* behind *before*: without the hyphen of a cut Latin word, without a space in a cut Arabic one."""
    if _hyphen.search(before) and line[:1].islower():
        return before[:-1] + line
    last, first = _last_word.search(before), _first_word.match(line)
    if last and first:
        from arnorm.passes._order import is_one_word

        if is_one_word(last[0], first[0]):
            return before + line
    return f"{before} {line}"
