"""What speaks for a change, in numbers: all that the judge gets to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from arnorm.spelling.arabic.classes import skeleton
from arnorm.spelling.candidates import Candidate
from arnorm.spelling.decoder import END_LOG, Edge, Step, along
from arnorm.spelling.kinds import AS_WRITTEN, KINDS, having
from arnorm.spelling.likelihood import PRICE
from arnorm.spelling.model.lexicon import BORDER
from arnorm.spelling.sentence import Sentence

_ONE_HOT = {name: tuple(float(name == other) for other in KINDS) for name in KINDS}
#: What the judge looks at. No feature tells which word it is.
FEATURES = (
    "gain", "gap", "log_new", "log_old", "known_old", "unseen_old", "cost", "length",
    "left_new", "left_old", "right_new", "right_old", "book_new", "book_old",
    "style", "style_same", "words", "left_edited", "right_edited",
    "hamza_added", "hamza_removed", "teh", "ya", "first", "last", "initial_alef", "alternatives", "an",
    "margin", "margin_old", "lead", "odds", "company", "company_rival", *("source_" + name for name in KINDS),
)  # fmt: skip

#: Where the best change is this near to the next, the company of words further away is asked too.
_NEAR = 6.0
#: Kinds that give another word altogether, for which it is always asked.
_OTHER_WORDS = having("another_word")


class Proposal(NamedTuple):
    """Words `start` to `end` of a sentence read as `candidate`, and the judge's evidence."""

    start: int
    end: int
    candidate: Candidate
    runner_up: str
    features: tuple[float, ...]


def weigh(
    sentence: Sentence,
    step: Step,
    old: Sequence[Candidate],
    around: tuple[Candidate | None, Candidate | None],
    row: Iterable[Edge],
    others: dict[str, int],
    score: Callable[[int, int, float], float],
    books: bytes,
    fit: Callable[[str], float],
) -> Proposal:
    """Return a change with the evidence for it.

    `old` are its words as they are written, `around` its neighbours as they were read, `row` what else was there to
    choose from, and `others` the other changes of the sentence by source. `fit` says how well a word keeps company with
    the words around.
    """
    before, after = around
    words = sentence.words[step.start : step.end]
    start, end, new = step
    left = BORDER if before is None else before.ids[-1]
    right, right_log = (BORDER, END_LOG) if after is None else (after.ids[0], after.logs[0])
    old_ids = [c.ids[0] for c in old]
    old_logs = [c.logs[0] for c in old]

    def path(ids: Sequence[int], logs: Sequence[float]) -> float:
        return along(score, left, ids, logs, right, right_log)

    score_new, score_old = path(new.ids, new.logs), path(old_ids, old_logs)
    runner_up, rival_score, rivals = "", -1e9, 0
    own_margin = own_cost = 0.0
    for length, rival in row:
        if rival.source == AS_WRITTEN:
            own_margin, own_cost = rival.margin, rival.cost
        elif length == end - start and rival is not new:
            rivals += 1
            rival_path = path(rival.ids, rival.logs) - PRICE * rival.cost
            if rival_path > rival_score:
                runner_up, rival_score = rival.text, rival_path
    written = " ".join(word.plain for word in words)
    paid = score_new - PRICE * new.cost
    gap = paid - rival_score if rivals else 20.0
    fit_old = fit_rival = 0.0
    if end == start + 1 and " " not in new.text and (gap < _NEAR or new.source in _OTHER_WORDS):
        fitting = fit(new.text)
        fit_old = fitting - fit(written)
        fit_rival = fitting - fit(runner_up) if runner_up and " " not in runner_up else fit_old
    count = len(sentence.words)
    features = (
        score_new - score_old, gap,
        sum(new.logs), sum(old_logs), float(min(old_ids) > 2), float(min(old_ids) <= 2 and min(old_logs) > -19.0),
        new.cost, float(len(written)),
        score(left, new.ids[0], new.logs[0]) - new.logs[0], score(left, old_ids[0], old_logs[0]) - old_logs[0],
        score(new.ids[-1], right, right_log) - right_log, score(old_ids[-1], right, right_log) - right_log,
        float(min(books[i] for i in new.ids)), float(min(books[i] for i in old_ids)),
        sum(others.values()) / (count + 3), others.get(new.source, 0) / (count + 3), float(count),
        float(before is not None and before.source != AS_WRITTEN),
        float(after is not None and after.source != AS_WRITTEN),
        *_letters(written, new.text), float(rivals), float("ن" in (written[1:], written[1:2]) and len(written) < 5),
        new.margin, own_margin, paid - score_old + PRICE * own_cost, new.odds, fit_old, fit_rival,
        *_ONE_HOT[new.source],
    )  # fmt: skip
    return Proposal(start, end, new, runner_up or written, features)


def _letters(old: str, new: str) -> tuple[float, ...]:
    """Return what happens to the letters: hamzas on and off, teh marbuta, yeh, first and last letter, initial alef."""
    added = removed = 0
    if len(old) == len(new):
        for a, b in zip(old, new, strict=True):
            added += a == "ا" and b in "أإآ"
            removed += b == "ا" and a in "أإآ"
    ends = old[-1:] + new[-1:]
    firsts, lasts = skeleton(old[:1] + new[:1]), skeleton(ends)
    return (
        float(added), float(removed), float((ends == "هة") - (ends == "ةه")), float((ends == "يى") - (ends == "ىي")),
        float(firsts[:1] != firsts[1:]), float(lasts[:1] != lasts[1:]),
        float(old[:1] == "ا" and new[:1] in "أإآ"),
    )  # fmt: skip
