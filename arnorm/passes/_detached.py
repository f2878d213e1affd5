"""Glyphs that a program hands over beside the run of letters that they belong to, and so cut it in two.

A font that draws «أ» as an alef and a hamza, or a mark as a glyph of its own, parts a line there: of «صباح أمس
الحديقة» a program that turns each run by itself makes «مس الحديقةاأ صباح». Each such glyph is one private character
here, so that the pieces on either side of it can be exchanged as those around a number are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from arnorm.chars import ARTICLES, HARAKA, PROCLITICS
from arnorm.lazy import lazy_pattern
from arnorm.passes._bidi import LETTERS

#: The private characters, one for each glyph. Inside of a character class.
HIDDEN = "\ue0a0-\ue0bf"
_FIRST = 0xE0A0
_OWN = lazy_pattern("[\ue000-\uf8ff]")
_ALEFS = "أإآ"
_alef = lazy_pattern(f"ا[{_ALEFS}](?![{LETTERS}])")
# Behind a space, before two, and a tanween right before a letter that is no alef: no text has marks so.
_odd_mark = lazy_pattern(f"[{HARAKA}](?:(?<=[ \n].)|(?=  )|(?<=[\u064b-\u064d])(?=[{LETTERS}])(?![اى]))", re.DOTALL)
#: So many such places prove it; where they are so large a part of all places of a mark, it is detached in all of them.
#: Chosen on pages in Amiri, which has such glyphs, and on vocalized text.
_PROVEN, _PART = 3, 0.3
_TANWEEN = "\u064b\u064c\u064d"


def alefs(text: str) -> bool:
    """Whether alefs with their hamza end words, as in no text, so often that it is no slip."""
    return text.count("اأ ") + text.count("اإ ") >= _PROVEN


def detached(text: str) -> re.Pattern[str] | None:
    """What finds the glyphs of *text* that cut its runs, with the spaces around them; None where none do."""
    if _OWN.search(text):
        return None
    kinds = []
    if len(_alef.findall(text)) >= _PROVEN:
        kinds.append(rf"ا([{_ALEFS}]) ?")
    odd = _odd_mark.findall(text)
    marks = [m for m in sorted(set(odd)) if odd.count(m) >= _PROVEN]
    always = "".join(m for m in marks if odd.count(m) >= _PART * text.count(m))
    at_times = "".join(m for m in marks if m not in always)
    if always:
        kinds.append(rf" ?([{always}]) {{0,2}}")
    if at_times:
        kinds.append(rf" ([{at_times}]) {{0,2}}|([{at_times}])  ")
    return re.compile("|".join(kinds)) if kinds else None


def hidden(line: str, glyphs: re.Pattern[str]) -> str:
    """*line* with a private character for each of the *glyphs*."""
    return glyphs.sub(lambda m: chr(_FIRST + _GLYPHS.index(m[m.lastindex or 0])), line)


_GLYPHS = _ALEFS + "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
_hidden = lazy_pattern(f"([{HIDDEN}])")
_shown = lazy_pattern(f"([{LETTERS}]*)( ?)([{HIDDEN}])( *)(?=(.?))")
_PREFIXES = frozenset((*PROCLITICS, *ARTICLES, ""))


def in_order(run: str, inner: Callable[[str], str]) -> str:
    """A *run* of a line with hidden glyphs in the order of reading, its last part first; each part by *inner*."""
    if not _hidden.search(run):
        return run
    return _shown.sub(_attached, "".join(inner(part) for part in reversed(_hidden.split(run))))


def _attached(found: re.Match[str]) -> str:
    before, space, glyph, spaces, behind = found.groups()
    glyph = _GLYPHS[ord(glyph) - _FIRST]
    if glyph in _ALEFS:  # begins a word or follows its article; the word goes on
        return before + ("" if before in _PREFIXES and not (space and not before) else " ") + glyph
    return before + glyph + (spaces or (" " if glyph in _TANWEEN and behind.isalpha() else ""))
