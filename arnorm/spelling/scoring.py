"""How good a correction is, counted in word edits.

An edit is a span of words of the source and what it becomes. An edit of the hypothesis counts as right if the gold
has the same span with the same words. This is stricter than MaxMatch, which looks for the grouping of the
edits that suits the gold best.

    >>> score = evaluate(["ذهب الى المدرسه"], ["ذهب إلى المدرسة"], ["ذهب إلى المدرسه"])
    >>> score.precision, score.recall
    (1.0, 0.5)
    >>> score.kinds["hamza"], score.kinds["teh marbuta"]
    (Count(right=1, proposed=1, gold=1), Count(right=0, proposed=0, gold=1))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from arnorm.spelling.arabic import skeleton_of
from arnorm.words import plain

Edit = tuple[int, int, tuple[str, ...]]


class Count(NamedTuple):
    """Edits of the hypothesis that are right, edits it has, edits there should be."""

    right: int
    proposed: int
    gold: int


class Score(NamedTuple):
    """The figures over all edits, and the counts by kind of edit."""

    precision: float
    recall: float
    f1: float
    f05: float
    total: Count
    kinds: dict[str, Count]


def evaluate(source: Iterable[str], gold: Iterable[str], hypothesis: Iterable[str]) -> Score:
    """Compare lines of a hypothesis with lines of gold, both made from the lines of *source*.

    Raises `ValueError` if they have different numbers of lines.
    """
    right: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for line, good, ours in zip(source, gold, hypothesis, strict=True):
        words = line.split()
        expected = set(edits(words, good.split()))
        made = set(edits(words, ours.split()))
        right.update(_kind(words, e) for e in expected & made)
        proposed.update(_kind(words, e) for e in made)
        wanted.update(_kind(words, e) for e in expected)
    total = Count(right.total(), proposed.total(), wanted.total())
    kinds = {kind: Count(right[kind], proposed[kind], wanted[kind]) for kind in sorted(wanted | proposed)}
    return Score(*figures(total), total, kinds)


def figures(count: Count) -> tuple[float, float, float, float]:
    """Return precision, recall, F1 and F0.5; no edits proposed is precision 1."""
    precision = count.right / count.proposed if count.proposed else 1.0
    recall = count.right / count.gold if count.gold else 1.0

    def f(beta: float) -> float:
        below = beta**2 * precision + recall
        return (1 + beta**2) * precision * recall / below if below else 0.0

    return precision, recall, f(1.0), f(0.5)


def edits(source: Sequence[str], target: Sequence[str]) -> list[Edit]:
    """Return the differing spans of words, as small as they can be told apart.

    >>> edits("ذهب الى المدرسه".split(), "ذهب إلى المدرسة".split())
    [(1, 2, ('إلى',)), (2, 3, ('المدرسة',))]
    """
    out: list[Edit] = []
    for op, i, end, j, stop in SequenceMatcher(None, source, target, autojunk=False).get_opcodes():
        if op == "replace" and end - i == stop - j:
            out += [(i + k, i + k + 1, (target[j + k],)) for k in range(end - i) if source[i + k] != target[j + k]]
        elif op != "equal":
            out += _finer(source, target, (i, end, j, stop))
    return out


def _finer(source: Sequence[str], target: Sequence[str], span: tuple[int, int, int, int]) -> list[Edit]:
    """Cut a differing stretch where source and target have spelled the same number of letters."""
    i, end, j, stop = span
    out: list[Edit] = []
    a, b = i, j
    left = right = 0
    for k in range(i, end):
        left += len(source[k])
        while b < stop and right + len(target[b]) <= left + 1:
            right += len(target[b])
            b += 1
        if abs(left - right) <= 1 and b > j:
            new = tuple(target[j:b])
            if new != tuple(source[a : k + 1]):
                out.append((a, k + 1, new))
            a, j, left, right = k + 1, b, 0, 0
    if a < end or j < stop:
        out.append((a, end, tuple(target[j:stop])))
    return out


def _kind(words: Sequence[str], edit: Edit) -> str:
    """Return what kind of error an *edit* mends, by the letters that differ: «hamza», «teh marbuta», «split»."""
    start, end, new = edit
    old_text, new_text = " ".join(words[start:end]), " ".join(new)
    old, meant = plain(old_text.replace(" ", "")), plain(new_text.replace(" ", ""))
    if not old_text or not new_text:
        return "word added" if new_text else "word dropped"
    if len(new) != end - start:
        return "split" if len(new) > end - start else "merge"
    if skeleton_of(old) == skeleton_of(meant):
        differ = {(a, b) for a, b in zip(old, meant, strict=True) if a != b}
        if not differ:
            return "marks"
        if all(a in "اأإآٱ" for a, _ in differ):
            return "hamza"
        if all(a in "ةه" for a, _ in differ):
            return "teh marbuta"
        if all(a in "ىيی" for a, _ in differ):
            return "yeh"
        return "hamza seat" if all(a in "ءؤئ" for a, _ in differ) else "several letters"
    return "one letter" if abs(len(old) - len(meant)) < 2 else "other"
