"""The best sentence through the lattice of candidates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from arnorm.spelling.candidates import PRICE, Candidate
from arnorm.spelling.language import Bigrams
from arnorm.spelling.lexicon import BORDER


class Step(NamedTuple):
    """Tokens `start` to `end` of the sentence, read as a candidate."""

    start: int
    end: int
    candidate: Candidate


Edges = Sequence[Sequence[tuple[int, Candidate]]]
BEAM = 4


def decode(edges: Edges, bigrams: Bigrams, left: int = BORDER, right: Candidate | None = None) -> list[Step]:
    """Return the best path; `edges[i]` lists the (end, candidate) that begin at token i."""
    n = len(edges)
    gain = bigrams.gain
    # states at a position: last id -> (score, back)
    states: list[dict[int, tuple]] = [{} for _ in range(n + 1)]
    states[0] = {left: (0.0, None)}
    for i in range(n):
        here = states[i]
        if len(here) > BEAM:
            here = dict(sorted(here.items(), key=lambda item: -item[1][0])[:BEAM])
        for end, cand in edges[i]:
            ids, logs = cand[1], cand[2]
            first, log = ids[0], logs[0]
            inner = -PRICE * cand[3]
            for a, b, lb in zip(ids, ids[1:], logs[1:]):
                inner += gain(a, b, lb)
            best = None
            best_score = -1e9
            for last, back in here.items():
                score = back[0] + gain(last, first, log)
                if score > best_score:
                    best_score, best = score, back
            best_score += inner
            target = states[end]
            last = ids[-1]
            old = target.get(last)
            if old is None or best_score > old[0]:
                target[last] = (best_score, best, i, end, cand)
    close, log = (BORDER, -3.0) if right is None else (right.ids[0], right.logs[0])
    node = max(states[n].items(), key=lambda item: item[1][0] + gain(item[0], close, log))[1]
    path = []
    while node[1] is not None:
        path.append(Step(node[2], node[3], node[4]))
        node = node[1]
    path.reverse()
    return path
