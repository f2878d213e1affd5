"""What the best reading of a sentence would change, and what speaks for each change."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import zip_longest
from operator import itemgetter

from arnorm.spelling.candidates import Candidate, Candidates, Edge
from arnorm.spelling.evidence import Proposal, weigh
from arnorm.spelling.kinds import AS_WRITTEN
from arnorm.spelling.model import Packed
from arnorm.spelling.model.company import REACH, Company
from arnorm.spelling.model.context import ContextModel
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.model.pairs import Bigrams
from arnorm.spelling.model.shelves import Shelves
from arnorm.spelling.model.table import RivalTable
from arnorm.spelling.policy import CLOSE, ENDINGS
from arnorm.spelling.reading import PathStep, Reader, Reading, between, with_places
from arnorm.spelling.realword import RealWords
from arnorm.spelling.sentence import Sentence, repeats

#: What was read before a step and after it.
_Sides = tuple[Candidate | None, Candidate | None]

#: How many nats behind the best reading still comes close; the same for a word that nobody knows, of which the judge
#: gets so many candidates besides.
BEHIND, FAR_BEHIND, MORE = 3.0, 6.0, 3


class Proposer:
    """Proposes changes of sentences: those of the best reading, and others that come close."""

    def __init__(
        self,
        lexicon: Lexicon,
        bigrams: Bigrams,
        context: ContextModel,
        company: Company,
        table: RivalTable | None = None,
        protected: frozenset[str] = frozenset(),
    ) -> None:
        self.lexicon = lexicon
        self._bigrams = bigrams
        self._context = context
        self._company = company
        candidates = Candidates(lexicon, context.choices, protected, table=table)
        self.reader = Reader(lexicon, bigrams, context, candidates)
        #: The best reading of a sentence, and the readings of a word between two texts.
        self.read, self.ranked = self.reader.read, self.reader.ranked
        self.real_words = RealWords(lexicon, bigrams, company, protected)

    @classmethod
    def load(cls, packed: Packed) -> Proposer:
        """Read the parts of a model that propose; raises `ValueError` where they are of different sizes."""
        words = {len(packed.blob(name)) for name in ("unigrams", "books", "backoff")}
        if len(words) > 1:
            raise ValueError("words and counts differ in number")
        shelves = Shelves(packed)
        lexicon = Lexicon.load(packed, shelves)
        table = RivalTable(packed, shelves)
        return cls(
            lexicon,
            Bigrams(packed),
            ContextModel(packed),
            Company(packed, shelves.number),
            table,
        )

    def knowing(self, words: frozenset[str]) -> Proposer:
        """Return a proposer that knows *words* too and leaves them alone."""
        wider = self.lexicon.knowing(words)  # whose rivals are others than those of the table
        return Proposer(wider, self._bigrams, self._context, self._company, protected=words)

    def __call__(self, sentence: Sentence) -> list[Proposal]:
        """Return the changes of the best reading, in order, and behind them all that come close to it."""
        reading = self.read(sentence)
        return [*self.changes(sentence, reading), *self.others(sentence, reading, CLOSE)]

    def changes(self, sentence: Sentence, reading: Reading) -> list[Proposal]:
        """Return the changes that a reading makes, in order."""
        if not reading.tally:
            return []
        weigh_at = self._weigher(sentence, reading)
        return [
            weigh_at(step, around, reading.edges[step.start], reading.scores.get(step.start, ()))
            for step, around in _flanked(reading.steps, reading.edges)
            if step.candidate.kind != AS_WRITTEN
        ]

    def others(
        self, sentence: Sentence, reading: Reading, effort: int, settled: Container[int] = ()
    ) -> Iterator[Proposal]:
        """Yield changes that a reading does not make, but at places that are settled.

        They are, with the effort `ENDINGS`, other endings of words that it keeps and what else a word may be that
        nobody knows, and with `CLOSE` all that come close.
        """
        meanings, edges, steps, _, _, scores = reading
        if effort < ENDINGS:
            return
        inflected = self.reader.endings(sentence, meanings)
        if effort < CLOSE and not inflected and all(one.known for one in meanings):
            return
        weigh_at = self._weigher(sentence, reading)
        for step, around in _flanked(with_places(steps, inflected, edges), edges):
            at = step.start
            if step.end > at + 1 or at in settled:
                continue
            unknown = not meanings[at].known
            row = edges[at] if effort >= CLOSE or unknown else edges[at][:1]
            known = scores.get(at, ())[: len(row)]
            if at in inflected and step.candidate.kind == AS_WRITTEN:
                row = [*row, *inflected[at]]
            if len(row) > 1:
                for second in self._seconds(row, step.candidate, around, known, unknown=unknown):
                    yield weigh_at(PathStep(at, step.end, second), around, row, known, step.candidate.kind)

    def _seconds(
        self, row: Sequence[Edge], first: Candidate, around: _Sides, scores: Sequence[float], *, unknown: bool
    ) -> list[Candidate]:
        """Return the best changes of a word that were not taken, where they come close to what was.

        Of a word that nobody knows they are several, of another one. *scores* are those of the first of the row, as far
        as they are known.
        """
        place = between(*around, self._bigrams)
        taken = 0.0
        scored: list[tuple[float, Candidate]] = []
        for (length, candidate), total in zip_longest(row, scores):
            if length == 1:
                if total is None:
                    total = place.score(candidate)
                if candidate is first:
                    taken = total
                elif candidate.kind != AS_WRITTEN:
                    scored.append((total, candidate))
        behind, most = (FAR_BEHIND, MORE) if unknown else (BEHIND, 1)
        scored.sort(key=itemgetter(0), reverse=True)
        return [candidate for total, candidate in scored[:most] if total > taken - behind]

    def _weigher(self, sentence: Sentence, reading: Reading) -> Callable[..., Proposal]:
        """Return what weighs a step by its neighbours and what there was to choose from, in place of one of a kind.

        In a sentence that repeats itself the same step among the same words is weighed once.
        """
        words = [reading.taken.get(i) or word.plain for i, word in enumerate(sentence.words)]
        again = repeats(sentence)
        known: dict[tuple[object, ...] | None, Proposal] = {}

        def weigh_at(
            step: PathStep,
            around: _Sides,
            row: Sequence[Edge],
            scores: Sequence[float],
            instead_of: str | None = None,
        ) -> Proposal:
            start, end, candidate = step
            low = max(start - REACH, 0)
            window = words[low : start + REACH + 1]
            old = reading.meanings[start:end]
            key = (*_same(candidate, around, row), instead_of, start - low, *map(id, old), *window) if again else None
            found = known.get(key)
            if found is None:
                written = [one.edges[0][1] for one in old]
                others = _without(reading.tally, instead_of or candidate.kind)
                fit = self._fit(window, start - low)
                bigrams, books = self._bigrams, self.lexicon.books
                found = weigh(sentence, step, written, around, row, scores, others, bigrams, books, fit)
                if again:
                    known[key] = found
            return found if found.start == start else found._replace(start=start, end=end)

        return weigh_at

    def _fit(self, window: Sequence[str], at: int) -> Callable[[str], float]:
        """Return what says how well a word fits at a place; the words around are only looked at when it is asked."""
        company = self._company
        zones: list[tuple[int, array[int]]] = []

        def fit(word: str) -> float:
            if not zones:
                zones.extend(company.zones(window, at))
            return sum(company.evidence(word, zones))

        return fit


def _same(candidate: Candidate, around: _Sides, row: Sequence[Edge]) -> tuple[object, ...]:
    """Return what is equal where the same was to choose from; all of it belongs to meanings, which keep it alive."""
    return id(candidate), *map(id, around), len(row), *map(id, row)


def _flanked(steps: Sequence[PathStep], edges: Sequence[Sequence[Edge]]) -> Iterator[tuple[PathStep, _Sides]]:
    """Yield each step with what was read before and after it; beside the steps there is no choice."""
    starts = {step.start: step.candidate for step in steps}
    ends = {step.end: step.candidate for step in steps}
    for step in steps:
        start, end, _ = step
        before = ends.get(start) or (edges[start - 1][0][1] if start else None)
        after = starts.get(end) or (edges[end][0][1] if end < len(edges) else None)
        yield step, (before, after)


def _without(tally: dict[str, int], kind: str) -> dict[str, int]:
    """Return the tally with one of *kind* taken away, if it has any."""
    return {**tally, kind: tally[kind] - 1} if kind in tally else tally
