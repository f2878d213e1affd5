"""Showing a trace: a coloured diff for the terminal, and a self-contained right-to-left page.

Edits that touch one word are shown together, as the word before and the word after, because Arabic letters join:
«كَتَبَ» is one change to «كتب» for a reader, though three marks were deleted.

>>> from arnorm.core import CharMap
>>> fold = CharMap("fold_alef", {"أ": "ا"}) | CharMap("strip_tatweel", {"ـ": ""})
>>> print(ansi(fold.trace("قال أهــلا بكم"), color=False))
قال [-أهــلا-]{+اهلا+} بكم

What cannot be seen is drawn: a space as ␣, a mark without a letter on ◌, the rest by its short name, ⟨ZWNJ⟩.
Control characters, bidirectional overrides and lone surrogates of the text are always drawn so and never sent on,
so that no text can move the cursor, reorder the page or fail to encode.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from typing import NamedTuple

from arnorm.errors import text_of
from arnorm.trace import Change, Span, Trace

#: Short names of what cannot be seen, as Unicode's charts print them.
SHORT_NAMES = {
    0x09: "TAB", 0x0A: "LF", 0x0D: "CR", 0x1B: "ESC", 0x85: "NEL", 0xA0: "NBSP", 0xAD: "SHY", 0x034F: "CGJ",
    0x061C: "ALM", 0x180E: "MVS", 0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM",
    0x2007: "FIGURE SPACE", 0x2009: "THIN SPACE", 0x2028: "LINE SEP", 0x2029: "PARA SEP",
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO", 0x202F: "NNBSP",
    0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0x3000: "IDEOGRAPHIC SPACE",
    0xFEFF: "BOM",
}  # fmt: skip

# Never sent on, wherever they stand: they would steer the terminal, reorder what follows, end the line, or not encode.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u206a-\u206f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# Drawn inside an edit, where it has to be seen that they were there.
_BLANK = re.compile("[ \t\n\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u202f\u205f\u2060-\u2064\u3000\ufeff]")
_FRAMES = {" ": "␣", "\n": "⟨LF⟩\n"}
_LONE_MARK = "\N{DOTTED CIRCLE}"


def name_of(character: str) -> str:
    """Code point and Unicode name of a character.

    >>> name_of("ة")
    'U+0629 ARABIC LETTER TEH MARBUTA'
    """
    code = ord(character)
    return f"U+{code:04X} {unicodedata.name(character, SHORT_NAMES.get(code, '(no name)'))}"


def safe(text: str, *, breaks: bool = True) -> str:
    """*text* for showing: everything as it is, but what could steer a terminal or reorder a page is drawn.

    Line feeds and tabs stay, unless *breaks* is false.

    >>> safe("a\\x1b[31m\\u202e")
    'a⟨ESC⟩[31m⟨RLO⟩'
    """
    text = _UNSAFE.sub(_label, text)
    return text if breaks else text.replace("\n", "⟨LF⟩").replace("\t", "⟨TAB⟩")


def isolated(text: str) -> str:
    """*text* with the marks around it that keep its direction from its neighbours (FSI and PDI).

    >>> ascii(isolated("ان"))
    "'\\\\u2068\\\\u0627\\\\u0646\\\\u2069'"
    """
    return f"\u2068{text}\u2069"


def drawn(text: str) -> str:
    """*text* for showing inside an edit: `safe`, and what leaves no ink is drawn too.

    >>> drawn("\\u200c"), drawn("\\N{ARABIC FATHA}"), drawn("دَ")
    ('⟨ZWNJ⟩', '◌َ', 'دَ')
    """
    pieces, last = [], " "
    for character in text:
        if unicodedata.combining(character) and _bears_no_mark(last):
            pieces.append(_LONE_MARK)
        pieces.append(character)
        last = character
    return _BLANK.sub(_frame, _UNSAFE.sub(_label, "".join(pieces)))


def _bears_no_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "ZC"


def _label(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"⟨{SHORT_NAMES.get(code) or f'U+{code:04X}'}⟩"


def _frame(match: re.Match[str]) -> str:
    return _FRAMES.get(match[0]) or _label(match)


# --- Grouping ------------------------------------------------------------------------------------------------------


class Group(NamedTuple):
    """Neighbouring edits as a reader sees them: one stretch of words, before and after."""

    source: Span
    output: Span
    edits: tuple[Change, ...]


#: The letters taken in on each side of an edit at most; what is longer is not a word, and would hide the edit.
REACH = 32


def changes(trace: Trace) -> list[Group]:
    """The edits of *trace*, grouped by the words they touch; linear in the number of edits.

    >>> from arnorm.core import CharMap
    >>> fold = CharMap("fold", {"أ": "ا", "ة": "ه"})
    >>> [len(change.edits) for change in changes(fold.trace("أسرة ومدرسة"))]
    [2, 1]
    """
    groups: list[tuple[int, int, list[Change]]] = []
    touched = reached = 0
    for edit in trace.edits:
        start, end = _reach(trace.source, edit, touched, reached)
        if groups and (start < reached or edit.start == touched):
            groups[-1][2].append(edit)
            groups[-1] = groups[-1][0], max(reached, end), groups[-1][2]
        else:
            groups.append((start, end, [edit]))
        touched, reached = edit.end, groups[-1][1]
    return [_change(*group) for group in groups]


def _change(start: int, end: int, edits: list[Change]) -> Group:
    before, after = edits[0].output[0] - edits[0].start, edits[-1].output[1] - edits[-1].end
    return Group((start, end), (start + before, end + after), tuple(edits))


def _reach(text: str, edit: Change, touched: int, reached: int) -> Span:
    """The span of *text* that the word or words of *edit* take up; its own where it only touches them.

    «كتاب ,» → «كتاب،» shows the comma; «كتــاب» shows the word. The edit before ended at *touched* and its words at
    *reached*: what was looked at for it is not looked at again.
    """
    start, end = edit.span
    if any(map(_in_word, (*edit.before[:1], *edit.after[:1]))):
        low = max(touched, start - REACH)
        while start > low and _in_word(text[start - 1]):
            start -= 1
    if any(map(_in_word, (*edit.before[-1:], *edit.after[-1:]))):
        high = min(len(text), end + REACH)
        end = max(end, min(reached, high))
        while end < high and _in_word(text[end]):
            end += 1
    return start, end


@cache
def _in_word(character: str) -> bool:
    """Letters, marks, digits, tatweel and joiners; not spaces, punctuation or symbols."""
    return unicodedata.category(character) in {"Lo", "Lm", "Ll", "Lu", "Lt", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Cf"}


def look_alike(before: str, after: str) -> bool:
    """Whether two drawings cannot be told apart by eye: «أ» in one code point or in two, «ﻻ» and «لا»."""
    return unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", after)


def codes(text: str, most: int = 4) -> str:
    """The code points of *text*, the first of them if there are many.

    >>> codes("أب")
    'U+0623 U+0628'
    """
    return " ".join(f"U+{ord(c):04X}" for c in text[:most]) + (" …" if len(text) > most else "")


def difference(change: Group) -> str:
    """The code points of the first edit of a change."""
    edit = change.edits[0]
    return f"{codes(edit.before)} → {codes(edit.after)}" + (" …" if len(change.edits) > 1 else "")


# --- Terminal ------------------------------------------------------------------------------------------------------

_STYLES = {"before": "\x1b[31;9m", "after": "\x1b[32;1m", "note": "\x1b[2m"}


def paint(text: str, style: str, *, color: bool) -> str:
    """*text* in a style ("before", "after", "note") of the terminal, or as it is."""
    return f"{_STYLES[style]}{text}\x1b[0m" if color and text else text


def ansi(trace: Trace, *, color: bool = True, context: int | None = None) -> str:
    """The text of a trace for the terminal, each change as before and after.

    With *color* in red and green, without it as ``[-before-]{+after+}``. *context* is how many unchanged characters
    to keep on each side of a change; by default all of them.
    """
    _must_be_a_trace(trace)
    if context is not None and type(context) is not int:
        raise TypeError(f"context is a number of characters, not {type(context).__name__}")
    pieces: list[str] = []
    last = 0
    for change in changes(trace):
        pieces += (
            _between(trace.source[last : change.source[0]], context, last == 0, False),
            _shown(trace, change, color),
        )
        last = change.source[1]
    pieces.append(_between(trace.source[last:], context, last == 0, True))
    return "".join(pieces)


def _shown(trace: Trace, change: Group, color: bool) -> str:
    before, after = drawn(trace.source[slice(*change.source)]), drawn(trace.text[slice(*change.output)])
    note = paint(f"({difference(change)})", "note", color=color) if look_alike(before, after) else ""
    if color:
        return paint(before, "before", color=True) + paint(after, "after", color=True) + note
    return (f"[-{before}-]" if before else "") + (f"{{+{after}+}}" if after else "") + note


def _between(text: str, context: int | None, first: bool, final: bool) -> str:
    """Unchanged text, cut to its ends where it is long; nothing is kept before the *first* or after the *final*."""
    if context is None or len(text) <= (context + 1) * (2 - first - final) + 1:
        return safe(text)
    head = "" if first else text[:context]
    tail = "" if final or not context else text[-context:]
    # Between words where there is a space: half a word would be joined into another shape.
    return f"{safe(head[: head.rfind(' ') + 1] or head)}…{safe(tail[max(tail.find(' '), 0) :])}"


# --- Page ----------------------------------------------------------------------------------------------------------

_HEAD = """<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="arnorm">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --ink: #1b1b1b; --paper: #fdfdfb; --dim: #595959; --line: #d5d5d0;
  --del: #8c1010; --del-paper: #ffe5e2; --ins: #0b5a26; --ins-paper: #dcf5e1; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #ececec; --paper: #16181a; --dim: #a8a8a8; --line: #3a3d40;
  --del: #ffb3aa; --del-paper: #4a1714; --ins: #a5ecb9; --ins-paper: #10391d; }} }}
body {{ margin: 0 auto; padding: 1.5rem; max-width: 60rem; color: var(--ink); background: var(--paper);
  font: 1.2rem/2.1 "Noto Naskh Arabic", "Amiri", "Geeza Pro", "Segoe UI", "Times New Roman", serif; }}
h1 {{ font-size: 1.2rem; }}
h2 {{ margin: 0; font: .8rem/1.4 ui-monospace, monospace; color: var(--dim); }}
section {{ padding: .6rem 0; border-top: 1px solid var(--line); }}
p {{ margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }}
del, ins {{ padding: .1em .2em; border-radius: .2em; }}
del {{ color: var(--del); background: var(--del-paper); text-decoration: line-through; }}
ins {{ color: var(--ins); background: var(--ins-paper); text-decoration: none; font-weight: 600; }}
small {{ font: .7rem ui-monospace, monospace; color: var(--dim); }}
table {{ border-collapse: collapse; font: .9rem/1.8 ui-monospace, monospace; }}
caption, th, td {{ text-align: start; padding-inline-end: 2rem; }}
/* For screen readers, which seldom say that text is deleted or inserted. */
del::before, ins::before {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }}
del::before {{ content: " حذف: "; }}
ins::before {{ content: " إضافة: "; }}
</style>
</head>
<body>
<main>
<h1><bdi dir="auto">{title}</bdi></h1>
"""
_FOOT = "</main>\n</body>\n</html>\n"


def html(trace: Trace, *, title: str = "arnorm") -> str:
    """A whole HTML page with the text of a trace, each change as ``<del>`` and ``<ins>``.

    Right to left, dark or light as the reader has set, without scripts or anything from the network; the passes
    and code points of a change are in its *title*. Everything from the text is escaped and isolated.
    """
    _must_be_a_trace(trace)
    return "".join(page([("", trace)], title=text_of(title, "title")))


def _must_be_a_trace(value: object) -> None:
    if not isinstance(value, Trace):
        raise TypeError(f"this draws the trace of a text, p.trace(text), not {type(value).__name__}")


def fragment(trace: Trace) -> str:
    """The text of a trace in HTML to be put into a page of others, as notebooks do.

    Its direction and its style are its own, and touch nothing around it. What did not change is cut short, and so is
    a long list of changes.
    """
    found = changes(trace)
    pieces, last = [_OPEN], 0
    for change in found[:_MOST_OF_FRAGMENT]:
        before, after = trace.source[slice(*change.source)], trace.text[slice(*change.output)]
        unchanged = _between(trace.source[last : change.source[0]], _NEAR_IN_FRAGMENT, last == 0, False)
        pieces += (escape(unchanged, quote=False), marked_up(before, after, about(change), difference(change)))
        last = change.source[1]
    pieces.append(escape(_between(trace.source[last:], _NEAR_IN_FRAGMENT, last == 0, True), quote=False))
    rest = len(found) - _MOST_OF_FRAGMENT
    pieces.append(f'<p lang="en" dir="ltr">{rest} more</p>' if rest > 0 else "")
    return "".join([*pieces, "</div>"])


#: Changes, and unchanged characters on each side of one, that a notebook shows; chosen, some screens.
_MOST_OF_FRAGMENT, _NEAR_IN_FRAGMENT = 200, 120
# A light ground of its own, so that its colours are read on a dark page too.
_OPEN = (
    "<style>.arnorm-trace { unicode-bidi: isolate; white-space: pre-wrap; color: #1b1b1b; background: #fdfdfb; "
    "padding: .5em; font-size: 1.1em; line-height: 2; } "
    ".arnorm-trace del { color: #8c1010; background: #ffe5e2; } "
    ".arnorm-trace ins { color: #0b5a26; background: #dcf5e1; text-decoration: none; } "
    ".arnorm-trace small { font: .7em monospace; }</style>"
    '<div class="arnorm-trace" dir="auto">'
)


def page(rows: Iterable[tuple[str, Trace]], *, title: str = "arnorm") -> Iterator[str]:
    """The page of `html` for many traces, each with its heading, in pieces: for reports that do not fit in memory."""
    yield _HEAD.format(title=escape(safe(title, breaks=False)))
    counts: Counter[str] = Counter()
    for heading, trace in rows:
        counts.update(trace.counts())
        yield _section(heading, trace)
    yield _table(counts)
    yield _FOOT


def _section(heading: str, trace: Trace) -> str:
    """A text of the page of the diff, with its *heading*."""
    pieces = ["<section>\n"]
    if heading:
        pieces.append(f'<h2><bdi dir="auto">{escape(safe(heading, breaks=False))}</bdi></h2>\n')
    pieces.append('<p dir="auto">')
    last = 0
    for change in changes(trace):
        before, after = trace.source[slice(*change.source)], trace.text[slice(*change.output)]
        pieces.append(escape(safe(trace.source[last : change.source[0]]), quote=False))
        pieces.append(marked_up(before, after, about(change), difference(change)))
        last = change.source[1]
    pieces += (escape(safe(trace.source[last:]), quote=False), "</p>\n</section>\n")
    return "".join(pieces)


def marked_up(before: str, after: str, about: str, difference: str) -> str:
    """A change in HTML: *about* is what its ``title`` says, *difference* is shown where the eye sees none."""
    before, after, about = drawn(before), drawn(after), escape(about).replace("\n", "&#10;")
    marked = [
        f'<{tag} title="{about}"><bdi dir="auto">{escape(shown, quote=False)}</bdi></{tag}>'
        for tag, shown in (("del", before), ("ins", after))
        if shown
    ]
    if look_alike(before, after):
        marked.append(f'<small dir="ltr">{difference}</small>')
    return "".join(marked)


def about(change: Group, most: int = 8) -> str:
    """Which passes made a change and of which characters, a line for each edit."""
    lines = [f"{', '.join(e.passes)}: {_named(e.before)} → {_named(e.after)}" for e in change.edits[:most]]
    if len(change.edits) > most:
        lines.append(f"… {len(change.edits) - most} more")
    return "\n".join(lines)


def _named(text: str, most: int = 6) -> str:
    names = [name_of(c) for c in text[:most]] + (["…"] if len(text) > most else [])
    return " + ".join(names) or "nothing"


def _table(counts: Counter[str]) -> str:
    """How many edits each pass made, as a table of the page."""
    if not counts:
        return '<p lang="en" dir="ltr">No changes.</p>\n'
    rows = "".join(
        f'<tr><th scope="row"><bdi dir="auto">{escape(safe(name, breaks=False))}</bdi></th><td>{n}</td></tr>\n'
        for name, n in counts.most_common()
    )
    return (
        '<section lang="en" dir="ltr">\n<table>\n<caption>Edits by pass</caption>\n'
        f'<tr><th scope="col">Pass</th><th scope="col">Edits</th></tr>\n{rows}</table>\n</section>\n'
    )
