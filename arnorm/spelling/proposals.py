"""What the best reading of a sentence would change, and what speaks for each change."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import pairwise
from math import exp
from operator import itemgetter
from typing import NamedTuple

from arnorm.spelling.affixes import LONGEST
from arnorm.spelling.cache import Cache
from arnorm.spelling.candidates import (
    NOBODY,
    NUMBER,
    PRICE,
    Candidate,
    Candidates,
    Reading,
    neighbour,
)
from arnorm.spelling.company import REACH, Company
from arnorm.spelling.confusion import class_cost, skeleton
from arnorm.spelling.context import MASK, Context, mix
from arnorm.spelling.decoder import END_LOG, Edge, Step, decode
from arnorm.spelling.evidence import Proposal, weigh
from arnorm.spelling.inflection import Inflection
from arnorm.spelling.language import Bigrams
from arnorm.spelling.lexicon import BORDER, Lexicon
from arnorm.spelling.model import Packed
from arnorm.spelling.policy import CLOSE, ENDINGS
from arnorm.spelling.realword import RealWords
from arnorm.spelling.sentence import OCCUPIED, TOUCHING, Sentence, sentences
from arnorm.spelling.table import Table
from arnorm.words import Word

#: How much of the classifier's log-odds counts beside the language model.
CONTEXT = 0.3
#: How much of the odds of a form, and the most that is believed of them.
FORM, LIMIT = 0.8, 6.0
#: How many nats behind the best reading still comes close.
BEHIND = 3.0
#: Costs of joining two words: «الم عطف», and the lone «و» of «و محمد».
MERGE = 4.0
#: So many pairs of words that might be one are remembered.
_MERGED = 60_000


class Read(NamedTuple):
    """The best reading of a sentence: each word by itself, what there was to choose from at it, what was chosen where
    there was a choice, the kinds of change, and by place the words that it changes."""

    readings: list[Reading]
    edges: list[Sequence[Edge]]
    steps: list[Step]
    tally: dict[str, int]
    taken: dict[int, str]


class Proposer:
    """Reads sentences: candidates, context, the best path, and the changes on it."""

    def __init__(
        self,
        lexicon: Lexicon,
        bigrams: Bigrams,
        context: Context,
        company: Company,
        inflection: Inflection,
        table: Table | None = None,
        protected: frozenset[str] = frozenset(),
    ) -> None:
        self.lexicon = lexicon
        self._bigrams = bigrams
        self._context = context
        self._company = company
        self._inflection = inflection
        self._merged = Cache(self._joined, _MERGED)
        self._candidates = Candidates(lexicon, context.choices, protected, table=table)
        self.real_words = RealWords(lexicon, bigrams, company, protected)

    @classmethod
    def load(cls, packed: Packed) -> Proposer:
        """Read the parts of a model that propose; raises `ValueError` where they are of different sizes."""
        words = {len(packed.blob(name)) for name in ("unigrams", "books", "backoff")}
        if len(words) > 1:
            raise ValueError("words and counts differ in number")
        lexicon = Lexicon.load(packed)
        table = Table(packed, lexicon.words)
        return cls(
            lexicon,
            Bigrams(packed),
            Context(packed, lexicon.ids),
            Company(packed, lexicon.ids),
            Inflection(packed),
            table,
        )

    def knowing(self, words: frozenset[str]) -> Proposer:
        """Return a proposer that knows `words` too and leaves them alone."""
        wider = self.lexicon.knowing(words)  # whose rivals are others than those of the table
        return Proposer(wider, self._bigrams, self._context, self._company, self._inflection, protected=words)

    def __call__(self, sentence: Sentence) -> list[Proposal]:
        """Return the changes of the best reading, in order, and behind them all that come close to it."""
        read = self.read(sentence)
        return [*self.changes(sentence, read), *self.others(sentence, read, CLOSE)]

    def read(self, sentence: Sentence) -> Read:
        """Return the best reading of a sentence, which does not depend on a policy."""
        if not self.lexicon.skeletons:  # whoever knows no word judges none
            return Read([], [], [], {}, {})
        readings = self._readings(sentence)
        edges = self._edges(sentence, readings)
        steps = self._read(edges)
        tally: dict[str, int] = {}
        taken: dict[int, str] = {}
        for start, _, candidate in steps:
            if candidate.source != "as written":
                tally[candidate.source] = tally.get(candidate.source, 0) + 1
                taken[start] = candidate.text
        return Read(readings, edges, steps, tally, taken)

    def changes(self, sentence: Sentence, read: Read) -> list[Proposal]:
        """Return the changes that a reading makes, in order."""
        tally = read.tally
        if not tally:
            return []
        return [
            self._weigh(sentence, read, step, around, read.edges[step.start], _without(tally, step.candidate.source))
            for step, around in _flanked(read.steps, read.edges)
            if step.candidate.source != "as written"
        ]

    def others(self, sentence: Sentence, read: Read, effort: int, settled: Container[int] = ()) -> Iterator[Proposal]:
        """Yield changes that a reading does not make, but at places that are settled.

        They are, with the effort `ENDINGS`, other endings of words that it keeps, and with `CLOSE` all that come close.
        """
        readings, edges, steps, tally, _ = read
        if effort < ENDINGS:
            return
        inflected = self._endings(sentence, readings)
        if effort < CLOSE and not inflected:
            return
        for step, around in _flanked(_with(steps, inflected, edges), edges):
            at = step.start
            if step.end > at + 1 or at in settled:
                continue
            row = edges[at] if effort >= CLOSE else edges[at][:1]
            if at in inflected and step.candidate.source == "as written":
                row = [*row, *inflected[at]]
            if len(row) > 1:
                second = self._second(row, step.candidate, *around)
                if second is not None:
                    others = _without(tally, step.candidate.source)
                    yield self._weigh(sentence, read, Step(at, step.end, second), around, row, others)

    def _second(
        self, row: Sequence[Edge], first: Candidate, before: Candidate | None, after: Candidate | None
    ) -> Candidate | None:
        """Return the best change of a word that was not taken, where it comes close to what was."""
        left = BORDER if before is None else before.ids[-1]
        close, close_log = (BORDER, END_LOG) if after is None else (after.ids[0], after.logs[0])
        score = self._bigrams.score
        best, second = -1e30, None
        taken = 0.0
        for length, candidate in row:
            if length == 1:
                _, ids, logs, cost, source, *_ = candidate
                last = ids[0]
                total = score(left, last, logs[0]) - PRICE * cost
                if len(ids) > 1:
                    for i, log in zip(ids[1:], logs[1:], strict=True):
                        total += score(last, i, log)
                        last = i
                total += score(last, close, close_log)
                if candidate is first:
                    taken = total
                elif source != "as written" and total > best:
                    best, second = total, candidate
        return second if best > taken - BEHIND else None

    def readings(self, word: str, before: str = "", after: str = "") -> list[tuple[str, str, float]]:
        """Return (text, source, share of the probability) for the readings of `word` between two texts."""
        text = f"{before} {word} {after}"
        place = len(before) + 1
        for sentence in sentences(text):
            for k, found in enumerate(sentence.words):
                if found.start == place and found.plain == word:
                    return self._ranked(sentence, k)
        return []

    def _ranked(self, sentence: Sentence, k: int) -> list[tuple[str, str, float]]:
        edges = self._edges(sentence, self._readings(sentence))
        scores = []
        for length, candidate in edges[k]:
            if length == 1:
                path = [*edges[:k], [(1, candidate)], *edges[k + 1 :]]
                path = [row if i == k else row[:1] for i, row in enumerate(path)]
                scores.append((self._path_score(_with(self._read(path), range(len(path)), path)), candidate))
        if not scores:
            return []  # a lone «و» belongs to the next word, whatever that is
        top = max(score for score, _ in scores)
        weights = [(exp((score - top) / PRICE), candidate) for score, candidate in scores]
        total = sum(weight for weight, _ in weights)
        ranked = sorted(weights, key=lambda pair: -pair[0])
        return [(candidate.text, candidate.source, weight / total) for weight, candidate in ranked]

    def _path_score(self, steps: Sequence[Step]) -> float:
        total, last = 0.0, BORDER
        for _, _, candidate in steps:
            total -= PRICE * candidate.cost
            for i, log in zip(candidate.ids, candidate.logs, strict=True):
                total += self._bigrams.score(last, i, log)
                last = i
        return total

    def _spaced(self, words: Sequence[Word], joints: Sequence[int]) -> dict[int, int]:
        """Return the places of words with their letters apart, «م ه م», «ت أك د وا»: the first with the end of the run.

        Such a run is one word or none. Its pairs overlap, and which of them is left when another is refused would
        depend on the threshold.
        """
        ends: dict[int, int] = {}
        at = -1
        for i in [i for i, word in enumerate(words) if len(word.plain) == 1]:
            if i < at:
                continue
            stop = alone = i + 1
            while stop < len(words) and joints[stop] == TOUCHING and stop - i < LONGEST:
                size = len(words[stop].plain)
                if size > 3:
                    break
                stop += 1
                if size == 1 and stop == alone + 1:
                    alone = stop
                if size == 3:
                    break
            before = i - (i > max(at, 0) and joints[i] == TOUCHING and len(words[i - 1].plain) == 2)
            first, at = self._longest(words, before, i, stop) or (i, alone)
            if at - first > 2:
                ends.update({k: k for k in range(first, at)})
                ends[first] = at
        return ends

    def _longest(self, words: Sequence[Word], before: int, first: int, stop: int) -> tuple[int, int] | None:
        """Return the longest run of pieces, two single letters among them, that is a word."""
        for start in dict.fromkeys((before, first)):
            for end in range(stop, start + 2, -1):
                pieces = [word.plain for word in words[start:end]]
                if sum(len(piece) == 1 for piece in pieces) > 1 and self._merges(*pieces):
                    return start, end
        return None

    def _weigh(
        self,
        sentence: Sentence,
        read: Read,
        step: Step,
        around: tuple[Candidate | None, Candidate | None],
        row: Iterable[Edge],
        others: dict[str, int],
    ) -> Proposal:
        old = [reading.edges[0][1] for reading in read.readings[step.start : step.end]]
        fit = self._fit(sentence, read.taken, step.start)
        return weigh(sentence, step, old, around, row, others, self._bigrams.score, self.lexicon.books, fit)

    def _fit(self, sentence: Sentence, taken: dict[int, str], at: int) -> Callable[[str], float]:
        """Return what says how well a word fits at a place; the words around are only looked at when it is asked."""
        company = self._company
        zones: list[tuple[int, array[int]]] = []

        def fit(word: str) -> float:
            if not zones:
                low = max(at - REACH, 0)
                around = enumerate(sentence.words[low : at + REACH + 1], low)
                zones.extend(company.zones([taken.get(i) or found.plain for i, found in around], at - low))
            return sum(company.evidence(word, zones))

        return fit

    # -- reading ------------------------------------------------------------------------------

    def _read(self, edges: Sequence[Sequence[Edge]]) -> list[Step]:
        """Decode the sentence, one island of doubtful words at a time; return what was read on them."""
        steps: list[Step] = []
        n = len(edges)
        j = 0
        for i in [i for i, row in enumerate(edges) if len(row) > 1 or row[0][0] > 1]:
            if i < j:
                continue
            j, reach = i, i + 1
            while j < n and (j < reach or len(edges[j]) > 1 or edges[j][-1][0] > 1):
                reach = max(reach, j + edges[j][-1][0])
                j += 1
            left = edges[i - 1][0][1].ids[-1] if i else BORDER
            right = edges[j][0][1] if j < n else None
            if reach == i + 1:
                steps.append(Step(i, j, self._best(edges[i], left, right)))
            else:
                for start, end, candidate in decode(edges[i:j], self._bigrams, left, right):
                    steps.append(Step(i + start, i + end, candidate))
        return steps

    def _best(self, row: Sequence[Edge], left: int, right: Candidate | None) -> Candidate:
        """Return the best candidate of a word between two that are settled: what `decode` would, but quicker."""
        score = self._bigrams.score
        close, close_log = (BORDER, END_LOG) if right is None else (right.ids[0], right.logs[0])
        best, chosen = -1e30, row[0][1]
        for _, candidate in row:
            _, ids, logs, cost, *_ = candidate
            last = ids[0]
            total = score(left, last, logs[0]) - PRICE * cost
            if len(ids) > 1:
                for i, log in zip(ids[1:], logs[1:], strict=True):
                    total += score(last, i, log)
                    last = i
            total += score(last, close, close_log)
            if total > best:
                best, chosen = total, candidate
        return chosen

    def _readings(self, sentence: Sentence) -> list[Reading]:
        readings = self._candidates.readings
        return [readings[word.plain] for word in sentence.words]

    def _edges(self, sentence: Sentence, readings: Sequence[Reading]) -> list[Sequence[Edge]]:
        """Return for each word what it, or it and the next, may have been: (words covered, candidate)."""
        words, joints = sentence
        edges: list[Sequence[Edge]] = [reading.edges for reading in readings]
        asking = [i for i, reading in enumerate(readings) if reading.asks]
        if asking:
            neighbours, places = self._surroundings(sentence, readings)
            for i in asking:
                edges[i] = self._in_context(readings[i], neighbours[places[i] - 5 : places[i] + 6])
        spaced = self._spaced(words, joints)
        for i, end in spaced.items():
            edges[i] = [*edges[i], *self._merges(*(word.plain for word in words[i:end]))]
        for i, (left, right) in enumerate(pairwise(readings)):
            if (
                (left.fragile or right.fragile or right.tail)
                and joints[i + 1] == TOUCHING
                and i not in spaced
                and i + 1 not in spaced
                and self._may_join(left, right)
            ):
                merged = self._merges(words[i].plain, words[i + 1].plain)
                if merged:
                    edges[i] = merged if words[i].plain == "و" else [*edges[i], *merged]
        return edges

    def _in_context(self, reading: Reading, around: Sequence[int]) -> list[Edge]:
        """Return the candidates with what the neighbours say taken off their costs; the word is in the middle."""
        hashes = [neighbour >> 32 for neighbour in around]
        del hashes[5]
        features = mix(hashes, (around[4] & MASK, around[6] & MASK))
        scores = {word: self._context.score(features, word) for word in reading.options}
        best = max(scores.values(), default=0.0)
        low = min(scores.values(), default=0.0)
        row: list[Edge] = []
        for length, candidate in reading.edges:
            if candidate.chosen:
                margin = scores.get(candidate.text, low) - best
                text, ids, logs, cost, source, chosen, _, found, odds = candidate
                cost -= CONTEXT * margin
                candidate = Candidate(text, ids, logs, cost, source, chosen, margin, found, odds)
            elif candidate.form is not None:
                candidate = self._in_sentence(candidate, around)
            row.append((length, candidate))
        return row

    def _endings(self, sentence: Sentence, readings: Sequence[Reading]) -> dict[int, list[Edge]]:
        """Return by place the candidates with another ending, by the odds that the neighbours give to it."""
        found: dict[int, list[Edge]] = {}
        asking = [i for i, reading in enumerate(readings) if reading.inflected]
        if asking:
            neighbours, places = self._surroundings(sentence, readings)
            for i in asking:
                around = neighbours[places[i] - 5 : places[i] + 6]
                found[i] = [(1, self._in_sentence(candidate, around)) for candidate in readings[i].inflected]
        return found

    def _in_sentence(self, candidate: Candidate, around: Sequence[int]) -> Candidate:
        """Return a candidate with another ending at the cost that the sentence gives to it."""
        assert candidate.form is not None
        hashes = [neighbour >> 32 for neighbour in around]
        del hashes[5]
        odds = self._inflection.odds(hashes, [around[place] & MASK for place in (3, 4, 6)], candidate.form)
        return candidate._replace(cost=candidate.cost - FORM * max(-LIMIT, min(LIMIT, odds)), odds=odds)

    def _surroundings(self, sentence: Sentence, readings: Sequence[Reading]) -> tuple[list[int], Sequence[int]]:
        """Return the neighbours in a row, and the place of each word in it.

        A lone «و» counts as part of the next word, and a number stands for itself.
        """
        words, joints = sentence
        row = [NOBODY] * 5
        if OCCUPIED not in joints and "و" not in [reading.bones for reading in readings]:
            row += [reading.neighbour for reading in readings]
            row += [NOBODY] * 6
            return row, range(5, len(row))
        places = []
        waw = ""
        last = len(words) - 1
        for i, reading in enumerate(readings):
            if joints[i] == OCCUPIED:
                row.append(NUMBER)
            places.append(len(row))
            if reading.bones == "و" and i < last and joints[i + 1] == TOUCHING:
                waw = "و"
                continue
            row.append(neighbour(waw + reading.bones, self.lexicon) if waw else reading.neighbour)
            waw = ""
        row += [NOBODY] * 6
        return row, places

    def _may_join(self, left: Reading, right: Reading) -> bool:
        """Say, quickly, whether two words may be pieces of one."""
        if not (left.fragile or right.fragile or right.tail):
            return False
        known = left.known and right.known
        return not known or left.bones == "و" or left.bones + right.bones in self.lexicon.skeletons

    def _merges(self, *parts: str) -> Sequence[Edge]:
        """Return the words that `parts` may be the pieces of."""
        return self._merged[parts]

    def _joined(self, parts: tuple[str, ...]) -> Sequence[Edge]:
        joined_word = "".join(parts)
        count = len(parts)
        if count == 2 and parts[0] == "و":
            if len(parts[1]) < 2:
                return []
            joined = self._candidates.readings[joined_word].edges
            return [
                (2, c._replace(source="lone waw"))
                for _, c in joined if c.source in ("as written", "class", "waw alef", "variant")
            ]  # fmt: skip
        lexicon = self.lexicon
        if len(joined_word) < (2 if 1 in map(len, parts) else 4) or len(joined_word) > LONGEST:
            return []
        floor = -16.0 if len(joined_word) > 3 else -11.0
        siblings = lexicon.siblings(skeleton(joined_word))
        pieces = any(part not in lexicon.ids for part in parts)
        if not siblings and pieces and len(joined_word) > 4 and self._candidates.unseen(joined_word) > -19.0:
            # «المندس ين», of a word with clitics
            return [(count, self._candidates.single(joined_word, MERGE, "merge"))]
        return [
            (count, self._candidates.single(text, MERGE + class_cost(joined_word, text), "merge"))
            for text in siblings
            if lexicon.logs[lexicon.ids[text]] > floor
        ]


def _flanked(
    steps: Sequence[Step], edges: Sequence[Sequence[Edge]]
) -> Iterator[tuple[Step, tuple[Candidate | None, Candidate | None]]]:
    """Yield each step with what was read before and after it; beside the steps there is no choice."""
    starts = {step.start: step.candidate for step in steps}
    ends = {step.end: step.candidate for step in steps}
    for step in steps:
        start, end, _ = step
        before = ends.get(start) or (edges[start - 1][0][1] if start else None)
        after = starts.get(end) or (edges[end][0][1] if end < len(edges) else None)
        yield step, (before, after)


def _with(steps: list[Step], places: Iterable[int], edges: Sequence[Sequence[Edge]]) -> list[Step]:
    """Return the steps, and those of the places where there is no choice."""
    read = {i for start, end, _ in steps for i in range(start, end)}
    more = [Step(i, i + 1, edges[i][0][1]) for i in places if i not in read]
    return sorted([*steps, *more], key=itemgetter(0)) if more else steps


def _without(tally: dict[str, int], source: str) -> dict[str, int]:
    """Return the tally with one of `source` taken away, if it has any."""
    return {**tally, source: tally[source] - 1} if source in tally else tally
