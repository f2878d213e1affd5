"""Words that may be pieces of one: «الم عطف», the lone «و» of «و محمد», and letters set apart, «م ه م»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from arnorm.spelling.arabic.affixes import LONGEST
from arnorm.spelling.arabic.classes import class_cost, skeleton_of
from arnorm.spelling.cache import Cache
from arnorm.spelling.candidates import Candidates, Meanings
from arnorm.spelling.decoder import Edge
from arnorm.spelling.kinds import AS_WRITTEN
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.sentence import TOUCHING, Sentence
from arnorm.words import Word

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
