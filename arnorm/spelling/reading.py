"""The best reading of a sentence: what each word may be, in its context, and the best way through all of it.

The way is found by `decode` (Viterbi with a narrow beam), one island of doubtful words at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp
from operator import itemgetter
from typing import NamedTuple

from arnorm.lazy import Cache
from arnorm.spelling.candidates import NOBODY, NUMBER, Candidate, Candidates, Edge, Joiner, Meanings, neighbour
from arnorm.spelling.kinds import AS_WRITTEN
from arnorm.spelling.likelihood import PRICE
from arnorm.spelling.model.context import MASK, ContextModel, choice_features
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.model.pairs import END_LOG, Bigrams, Way
from arnorm.spelling.model.shelves import BORDER
from arnorm.spelling.sentence import OCCUPIED, TOUCHING, Sentence, sentences

#: How much of the classifier's log-odds counts beside the language model.
CONTEXT = 0.3
#: How much of the odds of a form, and the most that is believed of them, in nats.
FORM, LIMIT = 0.8, 6.0
#: So many neighbours on each side has a word in the eyes of the classifiers.
_SIDE = 5
#: So many words are remembered with their neighbours: a page or two.
_REMEMBERED = 1_000
#: So many ways to a place are followed further; set by hand, between time and the rare sentence that needs more.
BEAM = 4
#: The meanings of a word, and the neighbours, the word itself in the middle.
_Around = tuple[Meanings, *tuple[int, ...]]


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


class Reading(NamedTuple):
    """The best reading of a sentence."""

    meanings: list[Meanings]  #: each word by itself
    edges: list[Sequence[Edge]]  #: what there was to choose from, by the place of the word
    steps: list[PathStep]  #: what was chosen, where there was a choice
    tally: dict[str, int]  #: how many changes there are of each kind
    taken: dict[int, str]  #: the words that it changes, by their place
    scores: dict[int, list[float]]  #: those of what there was to choose from, at words that alone were in doubt


class Reader:
    """Reads sentences: candidates, context, the best path."""

    def __init__(self, lexicon: Lexicon, bigrams: Bigrams, context: ContextModel, candidates: Candidates) -> None:
        self._lexicon = lexicon
        self._bigrams = bigrams
        self._context = context
        self.candidates = candidates
        self.joiner = Joiner(lexicon, candidates)
        #: What there is to choose from at a word with neighbours: most is asked again when the sentence is repaired.
        self._chosen = Cache(self._in_context, _REMEMBERED)
        self._inflected = Cache(self._with_endings, _REMEMBERED)

    def read(self, sentence: Sentence) -> Reading:
        """Return the best reading of a sentence, which does not depend on a policy."""
        if not self._lexicon:  # whoever knows no word judges none
            return Reading([], [], [], {}, {}, {})
        meanings = self._meanings(sentence)
        edges = self._edges(sentence, meanings)
        scores: dict[int, list[float]] = {}
        steps = self._steps(edges, scores)
        tally: dict[str, int] = {}
        taken: dict[int, str] = {}
        for start, _, candidate in steps:
            if candidate.kind != AS_WRITTEN:
                tally[candidate.kind] = tally.get(candidate.kind, 0) + 1
                taken[start] = candidate.text
        return Reading(meanings, edges, steps, tally, taken, scores)

    def endings(self, sentence: Sentence, meanings: Sequence[Meanings]) -> dict[int, list[Edge]]:
        """Return by place the candidates with another ending, by the odds that the neighbours give to it."""
        found: dict[int, list[Edge]] = {}
        asking = [i for i, one in enumerate(meanings) if one.inflected]
        if asking:
            neighbours, places = self._surroundings(sentence, meanings)
            for i in asking:
                around = neighbours[places[i] - _SIDE : places[i] + _SIDE + 1]
                found[i] = self._inflected[meanings[i], *around]
        return found

    def ranked(self, word: str, before: str = "", after: str = "") -> list[tuple[str, str, float]]:
        """Return (text, kind, share of the probability) for the readings of *word* between two texts."""
        text = f"{before} {word} {after}"
        place = len(before) + 1
        for sentence in sentences(text):
            for k, found in enumerate(sentence.words):
                if found.start == place and found.plain == word:
                    return self._ranked(sentence, k)
        return []

    def _ranked(self, sentence: Sentence, k: int) -> list[tuple[str, str, float]]:
        """Return the readings of word *k* of a *sentence*, the likeliest first, with its kind and its probability."""
        edges = self._edges(sentence, self._meanings(sentence))
        scores = []
        for length, candidate in edges[k]:
            if length == 1:
                path = [*edges[:k], [(1, candidate)], *edges[k + 1 :]]
                path = [row if i == k else row[:1] for i, row in enumerate(path)]
                scores.append((self._path_score(with_places(self._steps(path, {}), range(len(path)), path)), candidate))
        if not scores:
            return []  # a lone «و» belongs to the next word, whatever that is
        top = max(score for score, _ in scores)
        weights = [(exp((score - top) / PRICE), candidate) for score, candidate in scores]
        total = sum(weight for weight, _ in weights)
        ranked = sorted(weights, key=lambda pair: -pair[0])
        return [(candidate.text, candidate.kind, weight / total) for weight, candidate in ranked]

    def _path_score(self, steps: Sequence[PathStep]) -> float:
        total, last = 0.0, BORDER
        for _, _, candidate in steps:
            total -= PRICE * candidate.cost
            for i, log in zip(candidate.ids, candidate.logs, strict=True):
                total += self._bigrams.score(last, i, log)
                last = i
        return total

    def _steps(self, edges: Sequence[Sequence[Edge]], scores: dict[int, list[float]]) -> list[PathStep]:
        """Decode the sentence, one island of doubtful words at a time; return what was read on them.

        The scores of an island of one word are put into *scores*.
        """
        steps: list[PathStep] = []
        n, along = len(edges), self._bigrams.along
        j = 0
        for i in [i for i, row in enumerate(edges) if len(row) > 1 or row[0][0] > 1]:
            if i < j:
                continue
            j, reach = i, i + 1
            while j < n and (j < reach or len(edges[j]) > 1 or edges[j][-1][0] > 1):
                reach = max(reach, j + edges[j][-1][0])
                j += 1
            place = between(edges[i - 1][0][1] if i else None, edges[j][0][1] if j < n else None, self._bigrams)
            if reach == i + 1:  # what `decode` would find, but quicker
                row = edges[i]
                _, left, right, log = place
                scores[i] = found = [along(left, c.ids, c.logs, right, log) - PRICE * c.cost for _, c in row]
                steps.append(PathStep(i, j, row[found.index(max(found))][1]))
            else:
                steps += [PathStep(i + start, i + end, made) for start, end, made in decode(edges[i:j], place)]
        return steps

    def _meanings(self, sentence: Sentence) -> list[Meanings]:
        meanings = self.candidates.meanings
        return [meanings[word.plain] for word in sentence.words]

    def _edges(self, sentence: Sentence, meanings: Sequence[Meanings]) -> list[Sequence[Edge]]:
        """Return for each word what it, or it and the next, may have been: (words covered, candidate)."""
        edges: list[Sequence[Edge]] = [one.edges for one in meanings]
        asking = [i for i, one in enumerate(meanings) if one.asks]
        if asking:
            neighbours, places = self._surroundings(sentence, meanings)
            for i in asking:
                around = neighbours[places[i] - _SIDE : places[i] + _SIDE + 1]
                edges[i] = self._chosen[meanings[i], *around]
        self.joiner.join(sentence, meanings, edges)
        return edges

    def _with_endings(self, place: _Around) -> list[Edge]:
        """Return the candidates with another ending at the costs that the neighbours give to them."""
        one, *around = place
        return [(1, self._in_sentence(candidate, around)) for candidate in one.inflected]

    def _in_context(self, place: _Around) -> list[Edge]:
        """Return the candidates with what the neighbours say taken off their costs; the word is in the middle."""
        one, *around = place
        hashes = [neighbour >> 32 for neighbour in around]
        del hashes[_SIDE]
        features = choice_features(hashes, (around[4] & MASK, around[6] & MASK))
        scores = {word: self._context.score(features, word) for word in one.options}
        best = max(scores.values(), default=0.0)
        low = min(scores.values(), default=0.0)
        row: list[Edge] = []
        for length, candidate in one.edges:
            if candidate.chosen:
                margin = scores.get(candidate.text, low) - best
                text, ids, logs, cost, kind, chosen, _, found, odds = candidate
                cost -= CONTEXT * margin
                candidate = Candidate(text, ids, logs, cost, kind, chosen, margin, found, odds)
            elif candidate.form is not None:
                candidate = self._in_sentence(candidate, around)
            row.append((length, candidate))
        return row

    def _in_sentence(self, candidate: Candidate, around: Sequence[int]) -> Candidate:
        """Return a candidate with another ending at the cost that the sentence gives to it."""
        assert candidate.form is not None
        hashes = [neighbour >> 32 for neighbour in around]
        del hashes[_SIDE]
        odds = self._context.odds(hashes, [around[place] & MASK for place in (3, 4, 6)], candidate.form)
        return candidate._replace(cost=candidate.cost - FORM * max(-LIMIT, min(LIMIT, odds)), odds=odds)

    def _surroundings(self, sentence: Sentence, meanings: Sequence[Meanings]) -> tuple[list[int], Sequence[int]]:
        """Return the neighbours in a row, and the place of each word in it.

        A lone «و» counts as part of the next word, and a number stands for itself.
        """
        words, joints = sentence
        row = [NOBODY] * _SIDE
        if OCCUPIED not in joints and "و" not in [one.skeleton for one in meanings]:
            row += [one.neighbour for one in meanings]
            row += [NOBODY] * (_SIDE + 1)
            return row, range(_SIDE, len(row))
        places = []
        waw = ""
        last = len(words) - 1
        for i, one in enumerate(meanings):
            if joints[i] == OCCUPIED:
                row.append(NUMBER)
            places.append(len(row))
            if one.skeleton == "و" and i < last and joints[i + 1] == TOUCHING:
                waw = "و"
                continue
            row.append(neighbour(waw + one.skeleton, self._lexicon) if waw else one.neighbour)
            waw = ""
        row += [NOBODY] * (_SIDE + 1)
        return row, places


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


def with_places(steps: list[PathStep], places: Iterable[int], edges: Sequence[Sequence[Edge]]) -> list[PathStep]:
    """Return the steps, and those of the places where there is no choice."""
    read = {i for start, end, _ in steps for i in range(start, end)}
    more = [PathStep(i, i + 1, edges[i][0][1]) for i in places if i not in read]
    return sorted([*steps, *more], key=itemgetter(0)) if more else steps
