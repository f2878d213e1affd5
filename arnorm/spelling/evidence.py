"""The features of a change: numbers by which the judge tells how probable it is that it is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from arnorm.chars import ARTICLES
from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.candidates import Candidate, Edge
from arnorm.spelling.kinds import AS_WRITTEN, KINDS, having
from arnorm.spelling.likelihood import PRICE
from arnorm.spelling.model.pairs import WORST, Bigrams
from arnorm.spelling.reading import PathStep, Place, between
from arnorm.spelling.sentence import Sentence

_ONE_HOT = {name: tuple(float(name == other) for other in KINDS) for name in KINDS}
#: What the judge looks at. No feature tells which word it is.
FEATURES = (
    "gain", "gap", "log_new", "log_old", "known_old", "unseen_old", "cost", "length",
    "left_new", "left_old", "right_new", "right_old", "book_new", "book_old",
    "style", "style_same", "words", "left_edited", "right_edited",
    "hamza_added", "hamza_removed", "teh", "ya", "first", "last", "initial_alef", "alternatives", "an",
    "margin", "margin_old", "lead", "odds", "company", "company_rival", "log_per_letter", "article",
    *("source_" + name for name in KINDS),
)  # fmt: skip

#: Where the best change is this near to the next, the company of words further away is asked too.
_NEAR = 6.0
#: The gap of a change that has no rival, in nats: more than any rival leaves.
_NO_RIVAL = 20.0
#: A word that nobody knows looks like one above this log-probability.
_LIKE_A_WORD = -19.0
#: Kinds that give another word altogether, for which it is always asked.
_OTHER_WORDS = having("another_word")


class Proposal(NamedTuple):
    """Words `start` to `end` of a sentence read as `candidate`, and the judge's evidence."""

    start: int
    end: int
    candidate: Candidate
    runner_up: str
    features: tuple[float, ...]


class _Rivals(NamedTuple):
    """What else there was to choose from at a step."""

    runner_up: str  #: the best of it
    paid: float  #: log-probability of its path, less its cost
    number: int  #: of the others
    margin: float  #: of the word as it is written
    cost: float  #: of the word as it is written


def weigh(
    sentence: Sentence,
    step: PathStep,
    old: Sequence[Candidate],
    around: tuple[Candidate | None, Candidate | None],
    row: Sequence[Edge],
    scores: Sequence[float],
    others: dict[str, int],
    bigrams: Bigrams,
    books: bytes,
    fit: Callable[[str], float],
) -> Proposal:
    """Return a change with the evidence for it.

    *old* are its words as they are written, *around* its neighbours as they were read, *row* what else was there to
    choose from, with the scores of the first of it as far as they are known, and *others* the other changes of the
    sentence by kind. *fit* says how well a word keeps company with the words around.
    """
    start, end, new = step
    place = between(*around, bigrams)
    old_ids, old_logs = [c.ids[0] for c in old], [c.logs[0] for c in old]
    score_new, left_new, right_new = place.path(new.ids, new.logs)
    score_old, left_old, right_old = place.path(old_ids, old_logs)
    rivals = _rivals(step, row, scores, place)
    written = " ".join(word.plain for word in sentence.words[start:end])
    paid = score_new - PRICE * new.cost
    gap = paid - rivals.paid if rivals.number else _NO_RIVAL
    far = end == start + 1 and (gap < _NEAR or new.kind in _OTHER_WORDS)
    fits = _fits(new.text, written, rivals.runner_up, fit) if far else (0.0, 0.0)
    count = len(sentence.words)
    features = (
        score_new - score_old, gap,
        sum(new.logs), sum(old_logs), float(min(old_ids) > 2),
        float(min(old_ids) <= 2 and min(old_logs) > _LIKE_A_WORD),
        new.cost, float(len(written)), left_new, left_old, right_new, right_old,
        float(min(books[i] for i in new.ids)), float(min(books[i] for i in old_ids)),
        sum(others.values()) / (count + 3), others.get(new.kind, 0) / (count + 3), float(count),
        *(float(c is not None and c.kind != AS_WRITTEN) for c in around), *_letters(written, new.text),
        float(rivals.number), float("ن" in (written[1:], written[1:2]) and len(written) < 5),
        new.margin, rivals.margin, paid - score_old + PRICE * rivals.cost, new.odds, *fits,
        sum(old_logs) / len(written), float(written.startswith(ARTICLES)), *_ONE_HOT[new.kind],
    )  # fmt: skip
    return Proposal(start, end, new, rivals.runner_up or written, features)


def _rivals(step: PathStep, row: Sequence[Edge], scores: Sequence[float], place: Place) -> _Rivals:
    """Return the best of the other readings of the place of a *step*, how many there are, and what is written."""
    runner_up, best, count = "", WORST, 0
    margin = cost = 0.0
    for (length, rival), paid in zip_longest(row, scores):
        if rival.kind == AS_WRITTEN:
            margin, cost = rival.margin, rival.cost
        elif length == step.end - step.start and rival is not step.candidate:
            count += 1
            if paid is None:
                paid = place.score(rival)
            if paid > best:
                runner_up, best = rival.text, paid
    return _Rivals(runner_up, best, count, margin, cost)


def _fits(new: str, written: str, runner_up: str, fit: Callable[[str], float]) -> tuple[float, float]:
    """Return how much better company a word keeps than what is written, and than the next best; of single words.

    >>> fit = {"قلب": 5.0, "كلب": 2.0, "قلت": 1.0}.get
    >>> _fits("قلب", "كلب", "قلت", fit), _fits("قلب", "كلب", "", fit), _fits("قل به", "كلب", "قلت", fit)
    ((3.0, 4.0), (3.0, 3.0), (0.0, 0.0))
    """
    if " " in new:
        return 0.0, 0.0
    fitting = fit(new)
    better = fitting - fit(written)
    return better, fitting - fit(runner_up) if runner_up and " " not in runner_up else better


def _letters(old: str, new: str) -> tuple[float, ...]:
    """Return what happens to the letters: hamzas on and off, teh marbuta, yeh, first and last letter, initial alef.

    >>> _letters("احمد", "أحمد"), _letters("ساب", "سرب")[:2]
    ((1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0), (0.0, 0.0))
    >>> [_letters(old, new)[2] for old, new in (("كلمه", "كلمة"), ("كلمة", "كلمه"), ("كلمه", "كلمي"))]
    [1.0, -1.0, 0.0]
    """
    added = removed = 0
    if len(old) == len(new):
        for a, b in zip(old, new, strict=True):
            added += a == "ا" and b in "أإآ"
            removed += b == "ا" and a in "أإآ"
    ends = old[-1:] + new[-1:]
    firsts, lasts = skeleton_of(old[:1] + new[:1]), skeleton_of(ends)
    return (
        float(added), float(removed), float((ends == "هة") - (ends == "ةه")), float((ends == "يى") - (ends == "ىي")),
        float(firsts[:1] != firsts[1:]), float(lasts[:1] != lasts[1:]),
        float(old[:1] == "ا" and new[:1] in "أإآ"),
    )  # fmt: skip
