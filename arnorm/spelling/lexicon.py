"""Which words exist, how frequent they are, and which share a skeleton."""

from __future__ import annotations

from arnorm.spelling.confusion import skeletons
from arnorm.spelling.model import Packed

#: Ids that are not words: the border of a sentence, any unknown word, any number or foreign word.
BORDER, UNKNOWN, OTHER = 0, 1, 2
_RESERVED = ["", "\x01", "\x02"]

#: Scores are stored in twelfths of a nat.
STEP = 1 / 12


class Lexicon:
    def __init__(self, packed: Packed) -> None:
        block = packed.text("words")
        self.words = _RESERVED + block.split("\n")
        self.ids = {word: i for i, word in enumerate(self.words)}
        self.unigrams = packed.blob("unigrams")
        self.logs = [-STEP * value for value in self.unigrams]
        self.books = packed.blob("book")
        self.by_skeleton: dict[str, list[str]] = {}
        classes = self.by_skeleton
        all_bones = skeletons(block).split("\n")
        self.skeletons = frozenset(all_bones)
        for word, bones in zip(self.words[3:], all_bones, strict=True):
            if word != bones:
                if bones in classes:
                    classes[bones].append(word)
                else:
                    classes[bones] = [word]

    def siblings(self, bones: str) -> list[str]:
        """Return the words of the skeleton `bones`."""
        found = self.by_skeleton.get(bones, [])
        return [bones, *found] if bones in self.ids else found

    def score(self, word: str) -> float | None:
        i = self.ids.get(word)
        return None if i is None else self.logs[i]
