"""What the best reading of a sentence would change, and what speaks for each change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp
from typing import NamedTuple

from arnorm.spelling.candidates import PRICE, Candidate, Candidates, Reading
from arnorm.spelling.company import Company
from arnorm.spelling.confusion import class_cost, skeleton
from arnorm.spelling.context import NOTHING, Context, mix, shape_hash, word_hash
from arnorm.spelling.decoder import END_LOG, Edge, Step, decode
from arnorm.spelling.language import Bigrams
from arnorm.spelling.lexicon import BORDER, Lexicon
from arnorm.spelling.model import Packed
from arnorm.spelling.realword import RealWords
from arnorm.spelling.sentence import OCCUPIED, TOUCHING, Sentence, sentences

#: How much of the classifier's log-odds counts beside the language model.
CONTEXT = 0.3
#: What is known of a neighbour: the number of its skeleton and of its shape.
Neighbour = tuple[int, int]
_NOBODY: Neighbour = (NOTHING, NOTHING)
_STRANGER: Neighbour = (NOTHING + 1, NOTHING + 1)
_NUMBER: Neighbour = (NOTHING + 2, NOTHING + 2)

SOURCES = (
    "class", "elongation", "waw alef", "tanween", "hamza", "shift", "repeated", "extra", "transposed", "letter",
    "missing", "split", "merge", "lone waw", "idiom", "case", "ending",
    "variant",
)  # fmt: skip
_ONE_HOT = {name: tuple(float(name == other) for other in SOURCES) for name in SOURCES}
#: What the judge looks at. No feature tells which word it is.
FEATURES = (
    "gain", "gap", "log_new", "log_old", "known_old", "unseen_old", "cost", "length",
    "left_new", "left_old", "right_new", "right_old", "book_new", "book_old",
    "style", "style_same", "words", "left_edited", "right_edited",
    "hamza_added", "hamza_removed", "teh", "ya", "first", "last", "initial_alef", "alternatives", "an",
    "margin", "margin_old", *("source_" + name for name in SOURCES),
)  # fmt: skip

#: Costs of joining two words: «الم عطف», and the lone «و» of «و محمد».
MERGE = 4.0


class Proposal(NamedTuple):
    """Words `start` to `end` of a sentence read as `candidate`, and the judge's evidence."""

    start: int
    end: int
    candidate: Candidate
    runner_up: str
    features: tuple[float, ...]


class Proposer:
    """Reads sentences: candidates, context, the best path, and the changes on it."""

    def __init__(
        self,
        lexicon: Lexicon,
        bigrams: Bigrams,
        context: Context,
        company: Company,
        protected: frozenset[str] = frozenset(),
    ) -> None:
        self._lexicon = lexicon
        self._bigrams = bigrams
        self._context = context
        self._company = company
        self._candidates = Candidates(lexicon, context.choices, protected)
        self._neighbours: dict[str, Neighbour] = {}
        self.real_words = RealWords(lexicon, bigrams, company, protected)

    @classmethod
    def load(cls, packed: Packed) -> Proposer:
        """Read the parts of a model that propose."""
        return cls(Lexicon.load(packed), Bigrams(packed), Context(packed), Company(packed))

    def knowing(self, words: frozenset[str]) -> Proposer:
        """Return a proposer that knows `words` too and leaves them alone."""
        return Proposer(self._lexicon.knowing(words), self._bigrams, self._context, self._company, words)

    def __call__(self, sentence: Sentence) -> list[Proposal]:
        """Return the changes of the best reading, in order."""
        if not self._lexicon.skeletons:
            return []  # whoever knows no word judges none
        edges = self.edges(sentence)
        if all(len(row) == 1 for row in edges):
            return []
        steps = self._read(edges)
        changed = [step for step in steps if step.candidate.source != "as written"]
        if not changed:
            return []
        tally: dict[str, int] = {}
        for step in changed:
            tally[step.candidate.source] = tally.get(step.candidate.source, 0) + 1
        out = []
        last = len(steps) - 1
        for k, step in enumerate(steps):
            if step.candidate.source != "as written":
                before = steps[k - 1].candidate if k else None
                after = steps[k + 1].candidate if k < last else None
                out.append(self._weigh(sentence, step, before, after, edges[step.start], len(changed), tally))
        return out

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
        edges = self.edges(sentence)
        scores = []
        for length, candidate in edges[k]:
            if length == 1:
                path = [*edges[:k], [(1, candidate)], *edges[k + 1 :]]
                around = self._read([row if i == k else row[:1] for i, row in enumerate(path)])
                scores.append((self._path_score(around), candidate))
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

    # -- reading ------------------------------------------------------------------------------

    def _read(self, edges: Sequence[Sequence[Edge]]) -> list[Step]:
        """Decode the sentence, one island of doubtful words at a time."""
        steps: list[Step] = []
        n = len(edges)
        i, left = 0, BORDER
        while i < n:
            here = edges[i]
            if len(here) == 1 and here[0][0] == 1:
                candidate = here[0][1]
                steps.append(Step(i, i + 1, candidate))
                left = candidate.ids[-1]
                i += 1
                continue
            j, reach = i, i + 1
            while j < n and (j < reach or len(edges[j]) > 1 or edges[j][-1][0] > 1):
                reach = max(reach, j + edges[j][-1][0])
                j += 1
            right = edges[j][0][1] if j < n else None
            if j == i + 1 and here[-1][0] == 1:
                candidate = self._best(here, left, right)
                steps.append(Step(i, j, candidate))
                left = candidate.ids[-1]
                i = j
                continue
            for start, end, candidate in decode(edges[i:j], self._bigrams, left, right):
                steps.append(Step(i + start, i + end, candidate))
            left = steps[-1].candidate.ids[-1]
            i = j
        return steps

    def _best(self, row: Sequence[Edge], left: int, right: Candidate | None) -> Candidate:
        """Return the best candidate of a word between two that are settled: what `decode` would, but quicker."""
        score = self._bigrams.score
        close, close_log = (BORDER, END_LOG) if right is None else (right.ids[0], right.logs[0])
        best, chosen = -1e30, row[0][1]
        for _, candidate in row:
            _, ids, logs, cost, _, _, _ = candidate
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

    def edges(self, sentence: Sentence) -> list[Sequence[Edge]]:
        """Return for each word what it, or it and the next, may have been: (words covered, candidate)."""
        words, joints = sentence
        candidates = self._candidates
        readings = [candidates(word.plain) for word in words]
        neighbours: list[Neighbour] = []
        places: list[int] = []
        edges: list[Sequence[Edge]] = []
        last = len(words) - 1
        for i, reading in enumerate(readings):
            row: Sequence[Edge] = reading.edges
            if reading.options:
                if not places:
                    neighbours, places = self._surroundings(sentence)
                row = self._in_context(reading, neighbours, places[i])
            if i < last and joints[i + 1] == TOUCHING and (reading.fragile or readings[i + 1].fragile):
                merged = self._merges(words[i].plain, words[i + 1].plain)
                if merged:
                    row = merged if words[i].plain == "و" else [*row, *merged]
            edges.append(row)
        return edges

    def _in_context(self, reading: Reading, neighbours: Sequence[Neighbour], k: int) -> list[Edge]:
        """Return the candidates with what the neighbours say taken off their costs."""
        around = neighbours[k - 5 : k] + neighbours[k + 1 : k + 6]  # type: ignore[operator]
        features = mix([h for h, _ in around], (neighbours[k - 1][1], neighbours[k + 1][1]))
        scores = {word: self._context.score(features, word) for word in reading.options}
        best = max(scores.values())
        low = min(scores.values())
        row: list[Edge] = []
        for length, candidate in reading.edges:
            if candidate.chosen:
                margin = scores.get(candidate.text, low) - best
                text, ids, logs, cost, source, _, _ = candidate
                candidate = Candidate(text, ids, logs, cost - CONTEXT * margin, source, True, margin)
            row.append((length, candidate))
        return row

    def _surroundings(self, sentence: Sentence) -> tuple[list[Neighbour], list[int]]:
        """Return the neighbours in a row, and the place of each word in it.

        A lone «و» counts as part of the next word, and a number stands for itself.
        """
        words, joints = sentence
        row = [_NOBODY] * 5
        places = []
        waw = ""
        last = len(words) - 1
        for i, word in enumerate(words):
            if joints[i] == OCCUPIED:
                row.append(_NUMBER)
            places.append(len(row))
            if word.plain == "و" and i < last and joints[i + 1] == TOUCHING:
                waw = "و"
                continue
            row.append(self._neighbour(waw + word.plain))
            waw = ""
        row += [_NOBODY] * 6
        return row, places

    def _neighbour(self, word: str) -> Neighbour:
        found = self._neighbours.get(word)
        if found is None:
            bones = skeleton(word)
            found = (word_hash(bones), shape_hash(bones)) if bones in self._lexicon.skeletons else _STRANGER
            if len(self._neighbours) > 100_000:
                self._neighbours.clear()
            self._neighbours[word] = found
        return found

    def _merges(self, left: str, right: str) -> list[Edge]:
        """Return the words that `left` and `right` may be the halves of."""
        if left == "و":
            if len(right) < 2:
                return []
            joined = self._candidates(left + right).edges
            return [
                (2, c._replace(source="lone waw"))
                for _, c in joined if c.source in ("as written", "class", "waw alef", "variant")
            ]  # fmt: skip
        lexicon = self._lexicon
        joined_word = left + right
        if len(joined_word) < (2 if 1 in (len(left), len(right)) else 4):
            return []
        floor = -16.0 if len(joined_word) > 3 else -11.0
        return [
            (2, self._candidates.single(text, MERGE + class_cost(joined_word, text), "merge"))
            for text in lexicon.siblings(skeleton(joined_word))
            if lexicon.logs[lexicon.ids[text]] > floor
        ]

    # -- evidence -----------------------------------------------------------------------------

    def _weigh(
        self,
        sentence: Sentence,
        step: Step,
        before: Candidate | None,
        after: Candidate | None,
        row: Iterable[Edge],
        changes: int,
        tally: dict[str, int],
    ) -> Proposal:
        """Collect the evidence for a change, with its neighbours as they were read."""
        words = sentence.words[step.start : step.end]
        start, end, new = step
        left = BORDER if before is None else before.ids[-1]
        right, right_log = (BORDER, END_LOG) if after is None else (after.ids[0], after.logs[0])
        score = self._bigrams.score
        old = [self._candidates(word.plain).edges[0][1] for word in words]
        old_ids = [c.ids[0] for c in old]
        old_logs = [c.logs[0] for c in old]

        def path(ids: Sequence[int], logs: Sequence[float]) -> float:
            total, last = 0.0, left
            for i, log in zip(ids, logs, strict=True):
                total += score(last, i, log)
                last = i
            return total + score(last, right, right_log)

        score_new = path(new.ids, new.logs)
        runner_up, rival_score, rivals = "", -1e9, 0
        own_margin = 0.0
        for length, rival in row:
            if rival.source == "as written":
                own_margin = rival.margin
            elif length == end - start and rival is not new:
                rivals += 1
                rival_path = path(rival.ids, rival.logs) - PRICE * rival.cost
                if rival_path > rival_score:
                    runner_up, rival_score = rival.text, rival_path
        written = " ".join(word.plain for word in words)
        paid = score_new - PRICE * new.cost
        books = self._lexicon.books
        count = len(sentence.words)
        features = (
            score_new - path(old_ids, old_logs), paid - rival_score if rivals else 20.0,
            sum(new.logs), sum(old_logs), float(min(old_ids) > 2), float(min(old_ids) <= 2 and min(old_logs) > -19.0),
            new.cost, float(len(written)),
            score(left, new.ids[0], new.logs[0]) - new.logs[0], score(left, old_ids[0], old_logs[0]) - old_logs[0],
            score(new.ids[-1], right, right_log) - right_log, score(old_ids[-1], right, right_log) - right_log,
            float(min(books[i] for i in new.ids)), float(min(books[i] for i in old_ids)),
            (changes - 1) / (count + 3), (tally[new.source] - 1) / (count + 3), float(count),
            float(before is not None and before.source != "as written"),
            float(after is not None and after.source != "as written"),
            *_letters(written, new.text), float(rivals), float("ن" in (written[1:], written[1:2]) and len(written) < 5),
            new.margin, own_margin, *_ONE_HOT[new.source],
        )  # fmt: skip
        return Proposal(start, end, new, runner_up or written, features)


def _letters(old: str, new: str) -> tuple[float, ...]:
    """Return what happens to the letters: hamzas on and off, teh marbuta, yeh, first and last letter, initial alef."""
    added = removed = 0
    if len(old) == len(new):
        for a, b in zip(old, new, strict=True):
            added += a == "ا" and b in "أإآ"
            removed += b == "ا" and a in "أإآ"
    bones_old, bones_new = skeleton(old), skeleton(new)
    ends = old[-1:] + new[-1:]
    return (
        float(added), float(removed), float((ends == "هة") - (ends == "ةه")), float((ends == "يى") - (ends == "ىي")),
        float(bones_old[:1] != bones_new[:1]), float(bones_old[-1:] != bones_new[-1:]),
        float(old[:1] == "ا" and new[:1] in "أإآ"),
    )  # fmt: skip
