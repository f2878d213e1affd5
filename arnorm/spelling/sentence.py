"""A text as sentences of words, and what may stand between two words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import partial
from itertools import accumulate, groupby, pairwise
from operator import or_
from typing import NamedTuple

from arnorm.chars import BLANKS, LETTER, MARK, TATWEEL
from arnorm.words import SILENT, Word, words

#: A word after one of these does not depend on the word before it.
_STOP = re.compile(r"[.!?؟؛:…\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INHABITED = re.compile(r"\w")
_BLANK = re.compile(f"[{BLANKS}]+")
#: Without any of these, `words` finds all runs of letters.
_FOREIGN = re.compile("[A-Za-z_@#＠＃]")
_LETTERS = re.compile(f"[{LETTER}]+")
_WORD = re.compile(f"([{LETTER}][{LETTER}{MARK}{TATWEEL}]*)")
_word = partial(tuple.__new__, Word)

APART, TOUCHING, OCCUPIED, STOPPED = range(4)

#: A paragraph is taken for one that was wrapped if it has so many lines, or more, whose ends mean nothing.
_WRAPPED = 3
#: Its lines are so wide, in characters: narrower ones are lists of words, wider ones are paragraphs themselves.
_NARROWEST, _WIDEST = 20, 100


class Sentence(NamedTuple):
    """Words that depend on each other.

    `joints[i]` says what lies between word i-1 and word i: only spaces (TOUCHING: the two could be one
    word), a tab, punctuation or the end of a line that was full (APART), or a number or foreign word (OCCUPIED).
    """

    words: list[Word]
    joints: list[int]


def repeats(sentence: Sentence) -> bool:
    """Say whether most words of a sentence stand in it twice or more, so that it pays to remember what was worked out.

    >>> [repeats(next(sentences(text))) for text in ("لا " * 9, "ذهب الولد إلى المدرسة")]
    [True, False]
    """
    words = sentence.words
    return len(words) > 2 * len({word.plain for word in words})


def joint(gap: str) -> int:
    """Classify what lies between two words.

    >>> kinds = {APART: "apart", TOUCHING: "touching", OCCUPIED: "occupied", STOPPED: "stopped"}
    >>> [kinds[joint(gap)] for gap in (" ", "  ", "\\t", "، ", " 5 ", ". ", "\\n")]
    ['touching', 'touching', 'apart', 'apart', 'occupied', 'stopped', 'stopped']
    """
    if gap == " ":
        return TOUCHING
    if _STOP.search(gap):
        return STOPPED
    if _INHABITED.search(gap):
        return OCCUPIED
    return TOUCHING if _BLANK.fullmatch(gap) else APART


def sentences(text: str, soft: Container[int] | None = None) -> Iterator[Sentence]:
    """Yield the sentences of *text* in order; *soft* are line ends that end none, if not those of `soft_ends`."""
    found, gaps = _glued(text) if _FOREIGN.search(text) else _pure(text)
    joints = [TOUCHING if gap == " " else joint(gap) for gap in gaps]
    if soft is None:
        soft = soft_ends(text)
    if soft:
        for i, gap in enumerate(gaps):
            if "\n" in gap and gap.isspace() and found[i].start - len(gap) + gap.index("\n") in soft:
                joints[i] = APART
    first = 0
    for end in [*(i for i, kind in enumerate(joints) if kind == STOPPED), len(found)]:
        if end > first:
            joints[first] = APART
            yield Sentence(found[first:end], joints[first:end])
            first = end


def soft_ends(text: str) -> set[int]:
    """Return where lines end only because they were full: in paragraphs that somebody wrapped at a width.

    There each line would have been too long with the first word of the next one, but where a sentence ends with it.

    >>> sorted(soft_ends("ذهب الأولاد إلى المدرسة\\nفي صباح اليوم الماطر ثم\\nعادوا إلى بيوتهم مساء ثم\\nناموا"))
    [23, 47, 72]
    >>> soft_ends("كتاب\\nقلم\\nدفتر\\nمسطرة")
    set()
    """
    found: set[int] = set()
    if text.count("\n") < _WRAPPED:
        return found
    at = 0
    for inhabited, lines in groupby(text.split("\n"), _inhabited):
        block = list(lines)
        if inhabited and len(block) > _WRAPPED:
            found.update(_soft_ends(block, at))
        at += sum(map(len, block)) + len(block)
    return found


def _inhabited(line: str) -> bool:
    return line != "" and not line.isspace()


def _soft_ends(block: Sequence[str], at: int) -> Iterator[int]:
    """Yield where the lines of a paragraph that begins at *at* end, if it was wrapped, but where a sentence ends."""
    bare = [line.strip() for line in block]
    width = max(map(len, bare))
    if not _NARROWEST <= width <= _WIDEST:
        return
    ended = [_STOP.search(line[-2:]) is not None for line in bare[:-1]]
    full = [len(line) + 1 + len(after.split(None, 1)[0]) > width for line, after in pairwise(bare)]
    if ended.count(False) >= _WRAPPED and all(map(or_, full, ended)):
        for line, end in zip(block, ended, strict=False):
            at += len(line)
            if not end:
                yield at
            at += 1


def _glued(text: str) -> tuple[list[Word], list[str]]:
    """Return the words of a text, and what lies before each."""
    found = list(words(text))
    ends = [0, *(word.end for word in found)]
    return found, [text[end : word.start] for end, word in zip(ends, found, strict=False)]


def _pure(text: str) -> tuple[list[Word], list[str]]:
    """Return the same for a text without anything that could make a name of an Arabic word, three times as fast."""
    parts = _WORD.split(text)
    borders = list(accumulate(map(len, parts)))
    plain = _LETTERS.findall(SILENT.sub("", text)) if SILENT.search(text) else parts[1::2]
    return list(map(_word, zip(borders[::2], borders[1::2], plain, strict=False))), parts[:-1:2]
