"""What the best sentence would change, and what speaks for each change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from arnorm.spelling.candidates import PRICE, Candidate, Candidates
from arnorm.spelling.confusion import class_cost, skeleton
from arnorm.spelling.decoder import Step, decode
from arnorm.spelling.context import NOTHING, Context, mix, shape_hash, word_hash
from arnorm.spelling.language import Bigrams
from arnorm.spelling.lexicon import BORDER, OTHER, Lexicon
from arnorm.spelling.sentence import OCCUPIED, TOUCHING, Sentence

_FOREIGN = [Candidate("", (OTHER,), (-5.0,), 0.0, "as written")]
#: Sources whose candidates the context classifier knows.
CHOSEN = frozenset(("as written", "class", "tanween", "waw alef", "case"))
LAMBDA = 0.3
LONE = frozenset("وفبلك") | {"ال"}


class Proposal(NamedTuple):
    """Words `start` to `end` of a sentence read as `candidate`."""

    start: int
    end: int
    candidate: Candidate
    features: tuple[float, ...]


SOURCES = (
    "class", "elongation", "waw alef", "tanween", "hamza", "shift", "repeated", "extra", "transposed", "letter",
    "missing", "split", "merge", "lone waw", "idiom", "case",
)  # fmt: skip
_SOURCE_INDEX = {name: i for i, name in enumerate(SOURCES)}
FEATURES = (
    "gain", "gap", "log_new", "log_old", "known_old", "unseen_old", "cost", "length",
    "left_new", "left_old", "right_new", "right_old", "book_new", "book_old",
    "style", "style_same", "words", "left_edited", "right_edited",
    "hamza_added", "hamza_removed", "teh", "ya", "first", "last", "initial_alef", "alternatives", "an", "margin", "margin_old",
    *("source_" + name.replace(" ", "_") for name in SOURCES),
)  # fmt: skip


class Proposer:
    def __init__(self, lexicon: Lexicon, bigrams: Bigrams, context: Context) -> None:
        self.context = context
        self.hashes: dict[str, tuple[int, int]] = {}
        self.lexicon = lexicon
        self.bigrams = bigrams
        self.candidates = Candidates(lexicon)

    def __call__(self, sentence: Sentence) -> list[Proposal]:
        steps, edges = self.read(sentence)
        return self._judgeable(sentence, steps, edges)

    def read(self, sentence: Sentence) -> tuple[list[Step], list[list[tuple[int, Candidate]]]]:
        """Decode the sentence, one island of doubtful words at a time."""
        edges = self._edges(sentence)
        steps: list[Step] = []
        n = len(edges)
        i = 0
        left = BORDER
        while i < n:
            here = edges[i]
            if len(here) == 1 and here[0][0] == i + 1:
                steps.append(Step(i, i + 1, here[0][1]))
                i += 1
                left = here[0][1].ids[-1]
                continue
            j, reach = i, i + 1
            while j < n and (j < reach or len(edges[j]) > 1 or edges[j][-1][0] > j + 1):
                reach = max(reach, edges[j][-1][0])
                j += 1
            island = [[(end - i, c) for end, c in e] for e in edges[i:j]] if i else edges[:j]
            right = edges[j][0][1] if j < n else None
            path = decode(island, self.bigrams, left, right)
            steps += [Step(s.start + i, s.end + i, s.candidate) for s in path]
            left = path[-1].candidate.ids[-1]
            i = j
        return steps, edges

    def _edges(self, sentence: Sentence) -> list[list[tuple[int, Candidate]]]:
        words, joints = sentence
        candidates = self.candidates
        edges = []
        n = len(words)
        around = None
        for i, word in enumerate(words):
            found = candidates(word.plain)
            row = [(i + 1, c) for c in found]
            if len(row) > 1:
                own = found[0].logs[0]
                options = [
                    c.text for c in found
                    if c.source in ("as written", "class")
                    or (c.source in CHOSEN and min(own, c.logs[0]) > -14.4 and abs(own - c.logs[0]) < 5.8)
                ]
                if sum(o in self.context.choices for o in options) > 1:
                    if around is None:
                        around = self._around(sentence)
                    features = mix(*around[i])
                    margins = self.context.margins(features, options)
                    low = min(margins.values())
                    row = [(i + 1, c._replace(cost=c.cost - LAMBDA * margins.get(c.text, low), margin=margins.get(c.text, low))
                      if c.source in CHOSEN else c) for c in found]
            if i + 1 < n and joints[i + 1] == TOUCHING:
                merged = list(self._merges(word.plain, words[i + 1].plain))
                if merged and word.plain == "و":
                    row = []
                row += [(i + 2, c) for c in merged]
            edges.append(row)
        return edges

    def _around(self, sentence: Sentence) -> list[tuple[list[int], tuple[int, int]]]:
        """Return the hashed neighbours of each word; a lone «و» counts as part of the next word."""
        words, joints = sentence
        row: list[tuple[int, int]] = [(NOTHING, NOTHING)] * 5
        place = []
        waw = ""
        for i, word in enumerate(words):
            if joints[i] == OCCUPIED:
                row.append((NOTHING + 2, NOTHING + 2))
            if word.plain == "و" and i + 1 < len(words) and joints[i + 1] == TOUCHING:
                waw = "و"
                place.append(len(row))
                continue
            place.append(len(row))
            row.append(self._hash(waw + word.plain))
            waw = ""
        row += [(NOTHING, NOTHING)] * 6
        return [
            ([h for h, _ in row[k - 5 : k] + row[k + 1 : k + 6]], (row[k - 1][1], row[k + 1][1])) for k in place
        ]

    def _hash(self, word: str) -> tuple[int, int]:
        found = self.hashes.get(word)
        if found is None:
            bones = skeleton(word)
            known = bones in self.lexicon.skeletons
            found = (word_hash(bones), shape_hash(bones)) if known else (NOTHING + 1, NOTHING + 1)
            if len(self.hashes) > 200_000:
                self.hashes.clear()
            self.hashes[word] = found
        return found

    def _merges(self, left: str, right: str) -> Iterator[Candidate]:
        """Yield the words that `left` and `right` may be the halves of."""
        lexicon = self.lexicon
        if left == "و":
            if len(right) < 2:
                return
            for c in self.candidates(left + right):
                if c.source in ("as written", "class", "waw alef"):
                    yield c._replace(source="lone waw", cost=c.cost)
            return
        old_left, old_right = lexicon.score(left), lexicon.score(right)
        if (
            old_left is None or old_right is None or len(left) < 2 or len(right) < 2 or left in LONE
            or old_left < -11 or old_right < -11
        ):  # fmt: skip
            joined = left + right
            if len(joined) >= (2 if 1 in (len(left), len(right)) else 4) and skeleton(joined) in lexicon.skeletons:
                for text in lexicon.siblings(skeleton(joined)):
                    if lexicon.logs[lexicon.ids[text]] > (-16 if len(text) > 3 else -11):
                        yield self.candidates.single(text, 4.0 + class_cost(joined, text), "merge")

    # -- evidence -----------------------------------------------------------------------------
    def _judgeable(self, sentence: Sentence, steps: list[Step], edges) -> list[Proposal]:
        words, joints = sentence
        changed = [
            step for step in steps if step.candidate.source != "as written"
        ]
        if not changed:
            return []
        n = len(words)
        by_source: dict[str, int] = {}
        for step in changed:
            by_source[step.candidate.source] = by_source.get(step.candidate.source, 0) + 1
        out = []
        at = {step.start: k for k, step in enumerate(steps)}
        for step in changed:
            k = at[step.start]
            before = steps[k - 1] if k else None
            after = steps[k + 1] if k + 1 < len(steps) else None
            out.append(self._weigh(sentence, step, before, after, edges, len(changed), by_source))
        return out

    def _weigh(self, sentence, step, before, after, edges, changes, by_source) -> Proposal:
        words, joints = sentence
        start, end, new = step
        gain = self.bigrams.gain
        left = BORDER if before is None else before.candidate.ids[-1]
        right = BORDER if after is None else after.candidate.ids[0]
        right_log = -3.0 if after is None else after.candidate.logs[0]
        old = [self.candidates(w.plain)[0] for w in words[start:end]]
        old_ids = [c.ids[0] for c in old]
        old_logs = [c.logs[0] for c in old]

        def path(ids, logs):
            total, last = 0.0, left
            for i, log in zip(ids, logs):
                total += gain(last, i, log)
                last = i
            return total + gain(last, right, right_log)

        score_new = path(new.ids, new.logs)
        score_old = path(old_ids, old_logs)
        rivals = [
            path(c.ids, c.logs) - PRICE * c.cost
            for e, c in edges[start]
            if e == end and c is not new and c.source != "as written"
        ]
        log_new, log_old = sum(new.logs), sum(old_logs)
        observed = " ".join(w.plain for w in words[start:end])
        text = new.text
        bones_old, bones_new = skeleton(observed), skeleton(text)
        added = sum(a == "ا" and b in "أإآ" for a, b in zip(observed, text)) if len(observed) == len(text) else 0
        removed = sum(b == "ا" and a in "أإآ" for a, b in zip(observed, text)) if len(observed) == len(text) else 0
        prefix = _common_prefix(bones_old, bones_new)
        suffix = _common_prefix(bones_old[::-1], bones_new[::-1])
        book = self.lexicon.books
        n = len(words)
        features = [
            score_new - score_old, score_new - PRICE * new.cost - max(rivals, default=score_new - PRICE * new.cost - 20.0),
            log_new, log_old, float(min(old_ids) > 2), float(min(old_ids) <= 2 and min(old_logs) > -19.0), new.cost,
            len(observed),
            gain(left, new.ids[0], new.logs[0]) - new.logs[0], gain(left, old_ids[0], old_logs[0]) - old_logs[0],
            gain(new.ids[-1], right, right_log) - right_log, gain(old_ids[-1], right, right_log) - right_log,
            min(book[i] for i in new.ids), min(book[i] for i in old_ids),
            (changes - 1) / (n + 3), (by_source[new.source] - 1) / (n + 3), n,
            float(before is not None and before.candidate.source != "as written"),
            float(after is not None and after.candidate.source != "as written"),
            added, removed, float(observed[-1:] == "ه" and text[-1:] == "ة") - float(observed[-1:] == "ة" and text[-1:] == "ه"),
            float(observed[-1:] == "ي" and text[-1:] == "ى") - float(observed[-1:] == "ى" and text[-1:] == "ي"),
            float(prefix == 0), float(suffix == 0), float(observed[:1] == "ا" and text[:1] in "أإآ"), len(rivals),
            float(observed[1:] == "ن" or observed[1:2] == "ن" and len(observed) < 5),
            new.margin, edges[start][0][1].margin,
        ]  # fmt: skip
        onehot = [0.0] * len(SOURCES)
        onehot[_SOURCE_INDEX[new.source]] = 1.0
        return Proposal(start, end, new, tuple(features + onehot))


def _common_prefix(a: str, b: str) -> int:
    n = 0
    for x, y in zip(a, b):
        if x != y:
            break
        n += 1
    return n
