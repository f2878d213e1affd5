"""The best sentence through the lattice of candidates (Viterbi with a narrow beam)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from arnorm.spelling.candidates import Candidate
from arnorm.spelling.likelihood import PRICE
from arnorm.spelling.model.pairs import Bigrams
from arnorm.spelling.model.shelves import BORDER

#: How many words a candidate covers, and the candidate.
Edge = tuple[int, Candidate]

BEAM = 4
END_LOG = -3.0


class Step(NamedTuple):
    """Words `start` to `end`, read as a candidate."""

    start: int
    end: int
    candidate: Candidate


def along(
    score: Callable[[int, int, float], float],
    left: int,
    ids: Sequence[int],
    logs: Sequence[float],
    right: int,
    right_log: float,
) -> float:
    """Return how likely words are after the word `left`, and the word `right` after them."""
    last = ids[0]
    total = score(left, last, logs[0])
    for k in range(1, len(ids)):
        total += score(last, ids[k], logs[k])
        last = ids[k]
    return total + score(last, right, right_log)


#: The score of a way to a place, the way before its last step, and that step: where from, where to, and as what.
_Way = tuple[float, Any, int, int, "Candidate | None"]


def decode(edges: Sequence[Sequence[Edge]], bigrams: Bigrams, left: int, right: Candidate | None) -> list[Step]:
    """Return the best path between the word id `left` and the candidate `right` (or the end).

    `edges[i]` lists what begins at word i. The path ends where the edges do.
    """
    count = len(edges)
    score = bigrams.score
    # The best way to each place by the last word taken: the next word depends on no more.
    places: list[dict[int, _Way]] = [{} for _ in range(count + 1)]
    places[0] = {left: (0.0, None, 0, 0, None)}
    for i, row in enumerate(edges):
        states = list(places[i].items())
        if not states:
            continue
        if len(states) > BEAM:
            states.sort(key=lambda item: -item[1][0])
            del states[BEAM:]
        for length, candidate in row:
            _, ids, logs, cost, *_ = candidate
            first, log = ids[0], logs[0]
            best, back = -1e30, None
            for last, way in states:
                total = way[0] + score(last, first, log)
                if total > best:
                    best, back = total, way
            best -= PRICE * cost
            for k in range(1, len(ids)):
                best += score(ids[k - 1], ids[k], logs[k])
            target = places[i + length]
            old = target.get(ids[-1])
            if old is None or best > old[0]:
                target[ids[-1]] = (best, back, i, i + length, candidate)
    close, log = (BORDER, END_LOG) if right is None else (right.ids[0], right.logs[0])
    _, back, start, end, chosen = max(places[count].items(), key=lambda item: item[1][0] + score(item[0], close, log))[
        1
    ]
    path = []
    while chosen is not None:
        path.append(Step(start, end, chosen))
        _, back, start, end, chosen = back
    path.reverse()
    return path
