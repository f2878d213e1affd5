"""Where the tags of an HTML text are, and what separates the text on either side of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from arnorm.lazy import lazy_pattern

# What begins and ends a line of text: elements that are blocks, list items, table rows or captions by the style sheet
# of the HTML standard (15.3, "Non-replaced elements"), and the options of a form.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup "
    "option p plaintext pre search section summary table tbody tfoot thead title tr ul xmp".split()
)
#: Cells of a table, and what is drawn as a thing of its own in a line: no word goes on behind it.
_CELLS = frozenset("td th img input button select textarea iframe video audio object canvas svg".split())
# Their content is no text.
_RAW = frozenset(["script", "style"])

# «a < b» is no tag: a tag begins with a letter, a slash or an exclamation mark right behind its bracket. A quoted
# value may hold the bracket that closes; no part reaches past the next one that opens, so that every attempt ends
# where the next begins. A comment never reaches past the start of another.
_CLOSE = r">(?!\u0338)"  # «≯» is a bracket and a stroke in decomposed text, and «≮» another
_OTHER = r"[^<>≮≯]"
_TOKEN = lazy_pattern(
    r"<!--(?:[^-<]|-(?!->)|<(?!!--))*+-->"
    rf"|</?([A-Za-z](?![\u0300-\u036f])[^\s<>≮≯/]*+)"
    rf"(?:(?:[^<>≮≯\"']|\"[^\"<≮]*+\"|'[^'<≮]*+')*+{_CLOSE}|{_OTHER}*+{_CLOSE})"
    rf"|<![A-Za-z](?![\u0300-\u036f]){_OTHER}*+{_CLOSE}"
    rf"|<(?=[A-Za-z/!<])|{_CLOSE}"
)
_RAW_END = lazy_pattern(rf"</(script|style){_OTHER}*+{_CLOSE}", re.IGNORECASE)


class Tag(NamedTuple):
    """What is to go, and the name of its element; "" for comments and declarations."""

    start: int
    end: int
    name: str


def tags(text: str) -> list[Tag]:
    """The tags, comments and raw elements of *text*, in order, without those without which the rest would be one."""
    ends: dict[str, list[re.Match[str]]] = {name: [] for name in _RAW}
    for end in _RAW_END.finditer(text):
        ends[end[1].lower()].append(end)
    found: list[Tag] = []
    loose: list[int] = []  # how many tags there were at each bracket that opened and was not closed
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match[0] == "<":
            loose.append(len(found))
        elif match[0] == ">":
            if loose:  # «<b <i>x</i> >», which would be a tag without the tags in it
                del found[loose.pop() :]
        else:
            name = (match[1] or "").lower()
            at = _behind(match, ends.get(name, []) if match[0][1] != "/" else [])
            found.append(Tag(match.start(), at, name))
    return found


def _behind(opening: re.Match[str], ends: list[re.Match[str]]) -> int:
    """The end of an element that begins with *opening*, if one of *ends* closes it; else of *opening*."""
    place = bisect_left(ends, opening.end(), key=re.Match.start)
    return ends[place].end() if place < len(ends) else opening.end()


def without_tags(text: str) -> Iterator[tuple[int, int, str]]:
    """Replacements that delete the tags, with a line end or a space where the text on either side is two."""
    groups = list(_groups(text))
    ends = [0, *(group[-1].end for group in groups)]
    starts = [*(group[0].start for group in groups[1:]), len(text)]
    for group, end, start in zip(groups, ends, starts, strict=False):
        yield from _replaced(group, text[end : group[0].start], text[group[-1].end : start], text)


def _groups(text: str) -> Iterator[list[Tag]]:
    """Tags with nothing but blanks between them."""
    group: list[Tag] = []
    for tag in tags(text):
        if group and text[group[-1].end : tag.start].strip():
            yield group
            group = []
        group.append(tag)
    if group:
        yield group


def _replaced(group: list[Tag], before: str, behind: str, text: str) -> Iterator[tuple[int, int, str]]:
    """The replacements of *group*, which stands between *before* and *behind*."""
    blanks = [text[tag.end : following.start] for tag, following in pairwise(group)]
    blanks += [before[len(before.rstrip()) :], behind[: len(behind) - len(behind.lstrip())]]
    separator = _separator(group, "".join(blanks)) if before.strip() and behind.strip() else ""
    for tag in group:
        here, separator = (separator, "") if _parts(tag.name) else ("", separator)
        yield tag.start, tag.end, here


def _separator(group: list[Tag], blanks: str) -> str:
    """What is wanting between two texts that *group* and *blanks* part."""
    names = [tag.name for tag in group]
    lines = max(names.count("br"), any(name in _BLOCKS for name in names)) - blanks.count("\n")
    return "\n" * lines or (" " if not blanks and any(map(_parts, names)) else "")


def _parts(name: str) -> bool:
    return name == "br" or name in _BLOCKS or name in _CELLS
