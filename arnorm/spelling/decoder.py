"""The best sentence through the lattice of candidates (Viterbi with a narrow beam)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from arnorm.spelling.candidates import Candidate
from arnorm.spelling.likelihood import PRICE
from arnorm.spelling.model.pairs import Bigrams, Way
from arnorm.spelling.model.shelves import BORDER

#: How many words a candidate covers, and the candidate.
Edge = tuple[int, Candidate]

#: So many ways to a place are followed further; set by hand, between time and the rare sentence that needs more.
BEAM = 4
#: How likely a sentence is to end at a place, as a log-probability: one word in twenty is the last.
END_LOG = -3.0


class PathStep(NamedTuple):
    """Words `start` to `end`, read as a candidate."""

    start: int
    end: int
    candidate: Candidate


class Place(NamedTuple):
    """A place between two words that are settled: the word before, and the word after with its log-probability."""

    bigrams: Bigrams
    left: int
    right: int
    right_log: float

    def path(self, ids: Sequence[int], logs: Sequence[float]) -> tuple[float, float, float]:
        """Return how likely words are here, and how much likelier each side makes them.

        The first word is likelier by the word before, and the word after by the last.
        """
        bigrams, left, right, log = self
        return bigrams.flanked(left, ids, logs, right, log)

    def score(self, candidate: Candidate) -> float:
        """Return how likely a candidate is here, less what it costs: by this one number candidates are compared."""
        bigrams, left, right, log = self
        return bigrams.along(left, candidate.ids, candidate.logs, right, log) - PRICE * candidate.cost


def between(before: Candidate | None, after: Candidate | None, bigrams: Bigrams) -> Place:
    """Return the place between two words as they are read; None is the border of the sentence."""
    left = BORDER if before is None else before.ids[-1]
    right, log = (BORDER, END_LOG) if after is None else (after.ids[0], after.logs[0])
    return Place(bigrams, left, right, log)


def decode(edges: Sequence[Sequence[Edge]], place: Place) -> list[PathStep]:
    """Return the best path through a place.

    `edges[i]` lists what begins at word i. The path ends where the edges do.
    """
    count = len(edges)
    score, behind = place.bigrams.score, place.bigrams.behind
    # The best way to each place by the last word taken: the next word depends on no more. A way is its score, the way
    # before its last step, and that step: where from, where to, and as what.
    places: list[dict[int, Way]] = [{} for _ in range(count + 1)]
    places[0] = {place.left: (0.0, None, 0, 0, None)}
    for i, row in enumerate(edges):
        states = list(places[i].items())
        if not states:
            continue
        if len(states) > BEAM:
            states.sort(key=lambda item: -item[1][0])
            del states[BEAM:]
        for length, candidate in row:
            ids, logs = candidate.ids, candidate.logs
            best, back = behind(states, ids[0], logs[0])
            best -= PRICE * candidate.cost
            for k in range(1, len(ids)):
                best += score(ids[k - 1], ids[k], logs[k])
            target = places[i + length]
            old = target.get(ids[-1])
            if old is None or best > old[0]:
                target[ids[-1]] = (best, back, i, i + length, candidate)
    _, right, log = place[1:]
    ways = places[count].items()
    _, back, start, end, chosen = max(ways, key=lambda item: item[1][0] + score(item[0], right, log))[1]
    path = []
    while chosen is not None:
        path.append(PathStep(start, end, chosen))
        _, back, start, end, chosen = back
    path.reverse()
    return path
