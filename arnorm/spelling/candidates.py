"""What the words of a sentence could have been, each with a cost and a kind: one by one, and several as pieces of one.

Costs are nats: the negative logarithm of how often such a slip is made, roughly. The word as it is
written is always the first candidate. «الم عطف», the lone «و» of «و محمد», and letters set apart, «م ه م», are pieces.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from arnorm.chars import ENCLITICS, PROCLITICS
from arnorm.lazy import Cache
from arnorm.spelling.arabic import class_cost, shape_hash, skeleton_of, word_hash
from arnorm.spelling.arabic.affixes import LONGEST, WordForm, word_form
from arnorm.spelling.kinds import AS_WRITTEN, having
from arnorm.spelling.likelihood import Likelihood
from arnorm.spelling.model.context import NOTHING
from arnorm.spelling.model.lexicon import LOGS, Lexicon
from arnorm.spelling.model.shelves import UNKNOWN
from arnorm.spelling.model.table import RivalTable
from arnorm.spelling.rivals import Rivals, is_of_the_mushaf
from arnorm.spelling.sentence import TOUCHING, Sentence
from arnorm.words import Word

#: Nats added to a spelling of the lexicon, which is meant more often than its frequency says; set by hand.
KNOWN = -1.0
#: Nats added to «as written», so that the best reading changes more words than are wrong («ان» to «أن» where it may be
#: «إن»), and the judge decides on each. Set by hand; change it only with a retraining.
HANDICAP = 1.2
_KNOWN = HANDICAP + KNOWN
#: So many words are remembered with their meanings, a kilobyte or less each.
REMEMBERED = 40_000
#: A word less frequent than this may be a piece of another.
COMMON_PIECE = -11.0

#: What it costs to join pieces, in nats: «الم عطف».
MERGE = 4.0
#: So many pairs of words that might be one are remembered.
_MERGED = 30_000
#: How frequent a word must be to be put together from pieces, and one of three letters or less; log-probabilities.
_KNOWN_WHOLE, _SHORT_WHOLE = -16.0, -11.0
#: How likely a word that the lexicon lacks must be: «المندس ين», of a word with clitics.
_UNKNOWN_WHOLE = -19.0
#: The kinds of the word behind a lone «و» that are believed.
_BEHIND_WAW = frozenset((AS_WRITTEN, "class", "waw alef", "variant"))

#: What is written as a word by itself is more often the end of the word before: «كل ها».
TAILS = frozenset(ENCLITICS) - {"هم", "هن", "كم", "هما"}
#: Kinds of forms that only the sentence can tell from each other.
_INFLECTED = having("another_form")
#: Kinds whose candidates the context classifier was trained to tell apart.
_CHOSEN = frozenset((AS_WRITTEN, "class"))


#: A neighbour is the number of its skeleton and, in the lower half, that of its shape; these stand for no word, for
#: one that nobody knows, and for a number.
NOBODY, STRANGER, NUMBER = (number << 32 | number for number in (NOTHING, NOTHING + 1, NOTHING + 2))


class Candidate(NamedTuple):
    """A spelling that may have been meant.

    `ids` and `logs` are those of its words, `chosen` says whether the context classifier may speak of it, and
    `margin` how far, in its opinion, it lies under the best.
    """

    text: str
    ids: tuple[int, ...]
    logs: tuple[float, ...]
    cost: float
    kind: str
    chosen: bool = False
    margin: float = 0.0
    form: WordForm | None = None
    odds: float = 0.0


#: How many words a candidate covers, and the candidate.
Edge = tuple[int, Candidate]


@dataclass(slots=True, eq=False)
class Meanings:
    """What a word may have been meant to be, whatever its sentence."""

    #: Its candidates as edges that cover one word, itself first.
    edges: list[Edge]
    #: Its skeleton, and whether the lexicon has it as it is written.
    skeleton: str
    known: bool
    #: What it is to those beside it.
    neighbour: int
    #: Whether it may be a piece of another word, and whether it may be the end of the word before.
    fragile: bool = False
    tail: bool = False
    #: The candidates between which the context decides, if there are several.
    options: tuple[str, ...] = ()
    #: The candidates with another ending, of which only the sentence can tell.
    inflected: tuple[Candidate, ...] = ()
    #: Whether the sentence has a say in the costs.
    asks: bool = False


def neighbour(skeleton: str, lexicon: Lexicon) -> int:
    """Return what a word with the skeleton *skeleton* is to those beside it."""
    return _neighbour(skeleton) if lexicon.words.has(skeleton) else STRANGER


def _neighbour(skeleton: str) -> int:
    return word_hash(skeleton) << 32 | shape_hash(skeleton)


class Candidates:
    """Makes the candidates of words, and remembers them: text is Zipfian."""

    def __init__(
        self,
        lexicon: Lexicon,
        choices: Collection[int] = (),
        protected: Collection[str] = (),
        table: RivalTable | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._choices = choices
        self._protected = protected
        self._table = table
        self._logs = {log: (log,) for log in LOGS}
        self.likelihood = Likelihood(lexicon)
        #: What else a word may be, worked out anew.
        self.rivals = Rivals(lexicon, self.likelihood)
        #: The meanings of a word, a spelling without marks.
        self.meanings = Cache(self._meanings_of, REMEMBERED)

    def _meanings_of(self, word: str) -> Meanings:
        """Return what a word may be read as: itself first, then its rivals, cheapest first.

        Of a word of the user's own, with a clitic before it or not, and of a spelling of the mushaf: only itself.
        """
        lexicon = self._lexicon
        number = lexicon.words.number(word)
        known = number is not None
        skeleton = skeleton_of(word)
        own = self.single(word, _KNOWN if known else HANDICAP, AS_WRITTEN)
        beside = _neighbour(skeleton) if known or lexicon.words.has(skeleton) else STRANGER
        meanings = Meanings([(1, own)], skeleton, known, beside)
        if self._is_protected(word):
            return meanings
        meanings.tail = word in TAILS
        meanings.fragile = not known or own.logs[0] < COMMON_PIECE or word == "ال" or len(word) == 1
        rows = self._table and self._table.find(word, number)
        if rows is None:
            rows = self.rivals(word)
        if rows:
            rivals = [self.candidate(*row[:3]) for row in rows if not row.inflected]
            inflected = [self.candidate(*row[:3]) for row in rows if row.inflected]
            meanings.inflected = tuple(c for c in inflected if c.form is not None)  # a table may say what is not so
            meanings.edges += [(1, c) for c in rivals]
            chosen = [c.text for c in (own, *rivals) if c.chosen and c.ids[0] in self._choices]
            meanings.options = tuple(chosen) if len(chosen) > 1 else ()
            meanings.asks = bool(meanings.options) or any(c.form is not None for c in rivals)
        return meanings

    def _is_protected(self, word: str) -> bool:
        if is_of_the_mushaf(word) or not self._protected:
            return is_of_the_mushaf(word)
        heads = ("", *PROCLITICS)
        return any(word.startswith(head) and word[len(head) :] in self._protected for head in heads)

    def single(self, text: str, cost: float, kind: str) -> Candidate:
        """Return a candidate of one word."""
        lexicon = self._lexicon
        number = lexicon.words.number(text)
        if number is None:
            number, logs = UNKNOWN, (self.likelihood.unseen(text),)
        else:
            logs = self._logs[lexicon.logs[number]]
            number = number if number < lexicon.counted else UNKNOWN
        found = word_form(text, self.likelihood.both_common) if kind in _INFLECTED else None
        return Candidate(text, (number,), logs, cost, kind, kind in _CHOSEN, 0.0, found)

    def candidate(self, text: str, cost: float, kind: str) -> Candidate:
        """Return a candidate of one word or several."""
        return self.several(text.split(" "), cost, kind) if " " in text else self.single(text, cost, kind)

    def several(self, texts: list[str], cost: float, kind: str) -> Candidate:
        """Return a candidate of several words."""
        ids = tuple(self._lexicon.id(text) for text in texts)
        return Candidate(" ".join(texts), ids, tuple(map(self.likelihood.log, texts)), cost, kind)


class Joiner:
    """Finds the words that two or more words of a sentence may be the pieces of."""

    def __init__(self, lexicon: Lexicon, candidates: Candidates) -> None:
        self._lexicon = lexicon
        self._candidates = candidates
        self._merged = Cache(self._joined, _MERGED)

    def join(self, sentence: Sentence, meanings: Sequence[Meanings], edges: list[Sequence[Edge]]) -> None:
        """Add to the edges of a sentence those that cover several words; a lone «و» has no other."""
        words, joints = sentence
        spaced = self._spaced(words, joints)
        for i, end in spaced.items():
            edges[i] = [*edges[i], *self.merges(*(word.plain for word in words[i:end]))]
        for i, (left, right) in enumerate(pairwise(meanings)):
            if (
                (left.fragile or right.fragile or right.tail)
                and joints[i + 1] == TOUCHING
                and i not in spaced
                and i + 1 not in spaced
                and self._may_join(left, right)
            ):
                merged = self.merges(words[i].plain, words[i + 1].plain)
                if merged:
                    edges[i] = merged if words[i].plain == "و" else [*edges[i], *merged]

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
                if sum(len(piece) == 1 for piece in pieces) > 1 and self.merges(*pieces):
                    return start, end
        return None

    def _may_join(self, left: Meanings, right: Meanings) -> bool:
        """Say, quickly, whether two words may be pieces of one."""
        known = left.known and right.known
        return not known or left.skeleton == "و" or self._lexicon.words.has(left.skeleton + right.skeleton)

    def merges(self, *parts: str) -> Sequence[Edge]:
        """Return the words that *parts* may be the pieces of."""
        return self._merged[parts]

    def _joined(self, parts: tuple[str, ...]) -> Sequence[Edge]:
        """Return the words that *parts* may be when the spaces between them go: «الم درسة» for «المدرسة».

        «و» belongs to the next word whatever that is. A whole that nobody knows has to look like an Arabic word, and be
        longer than four letters.
        """
        joined_word = "".join(parts)
        count = len(parts)
        if count == 2 and parts[0] == "و":
            if len(parts[1]) < 2:
                return []
            joined = self._candidates.meanings[joined_word].edges
            return [(2, c._replace(kind="lone waw")) for _, c in joined if c.kind in _BEHIND_WAW]
        lexicon = self._lexicon
        if len(joined_word) < (2 if 1 in map(len, parts) else 4) or len(joined_word) > LONGEST:
            return []
        floor = _KNOWN_WHOLE if len(joined_word) > 3 else _SHORT_WHOLE
        siblings = lexicon.siblings(skeleton_of(joined_word))
        pieces = any(not lexicon.knows(part) for part in parts)
        if (
            not siblings
            and pieces
            and len(joined_word) > 4
            and self._candidates.likelihood.unseen(joined_word) > _UNKNOWN_WHOLE
        ):
            # «المندس ين», of a word with clitics
            return [(count, self._candidates.single(joined_word, MERGE, "merge"))]
        return [
            (count, self._candidates.single(text, MERGE + class_cost(joined_word, text), "merge"))
            for text in siblings
            if lexicon.log(text) > floor
        ]
