"""The words of a model, on shelves: a shelf is read when a word of it is first asked for.

A page needs a small part of the words, and making 360,000 strings takes longer than to repair it. On a shelf stand a
dozen words whose skeletons follow one another in the alphabet, so that a word and its siblings stand together, in the
order of their ids. Most strings that are asked for are no words: a `Sieve` says so of 99 in 100 without reading a
shelf. The place of a word counts the words before it on all shelves.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from codecs import charmap_decode
from collections.abc import Callable, Collection, Container, Sequence
from itertools import accumulate, chain, compress, groupby
from operator import is_not, ne
from typing import Protocol

from arnorm.spelling.arabic import skeleton_of, skeletons_of, word_hash, word_hashes
from arnorm.spelling.model import Packed, in_planes, pack

#: Ids that are not words: the border of a sentence, any unknown word, any number or foreign word.
BORDER, UNKNOWN, OTHER = 0, 1, 2
RESERVED = ["", "\x01", "\x02"]
#: Two ids fit into one number of 40 bits, as which pairs are remembered.
MOST_IDS = 1 << 20
#: So many bytes has an id, or the place of a word, in a model.
ID_BYTES = 3

#: The letters of words, a byte each from here on: all of `arnorm.words.ARABIC`.
_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ"
_FIRST = ord("A")
_DECODING = "".join(map(chr, range(_FIRST))) + _LETTERS
_ENCODING = {letter: byte for byte, letter in enumerate(_LETTERS, _FIRST)}
_ALLOWED = bytes(range(_FIRST, _FIRST + len(_LETTERS)))
#: What stands between words of a shelf, and between shelves.
_WORD, _SHELF = b"\n", b"\t"
#: So many shelves are read at once: of all of them the passing strings would fill the memory with holes.
_AT_ONCE = 2_000
#: When one of so many shelves was read, the text is a long one, and will need most of the others.
_ENOUGH = 8
#: Words of a shelf, at least: few, so that few are read beside the one that is asked for.
_WIDTH = 12
#: Bits of a sieve for each skeleton, at least: of a hundred strings that are none one or two fall through.
_MESHES = 64
#: Bits of the numbers that a sieve knows skeletons by.
_HASH = 32


class Sieve:
    """Says of most strings that they are no skeletons: each skeleton sets a bit, which few other strings share."""

    def __init__(self, bits: bytes) -> None:
        self._bits = bits
        self._shift = _HASH - (8 * len(bits)).bit_length() + 1
        if not bits or len(bits) != 1 << _HASH - 3 >> self._shift:
            raise ValueError("the sieve of skeletons is not whole")

    @classmethod
    def of(cls, skeletons: Collection[str]) -> bytes:
        """Return the bits of a sieve that lets *skeletons* through.

        >>> sieve = Sieve(Sieve.of(["مدرسه", "كتاب"]))
        >>> sieve.passes("مدرسه"), sieve.passes("مدرصه")
        (True, False)
        """
        shift = _HASH - max(3, (_MESHES * len(skeletons) - 1).bit_length())
        bits = bytearray(1 << _HASH - 3 >> shift)
        for number in map(word_hash, skeletons):
            bits[number >> shift + 3] |= 1 << (number >> shift & 7)
        return bytes(bits)

    def passes(self, text: str) -> bool:
        """Say whether a string may be a skeleton."""
        number = word_hash(text) >> self._shift
        return bool(self._bits[number >> 3] >> (number & 7) & 1)

    def passing(self, texts: Sequence[str]) -> list[str]:
        """Return those of *texts*, none of them empty, that may be skeletons."""
        if not texts:
            return []
        bits, byte, bit = self._bits, self._shift + 3, self._shift
        numbers = zip(texts, word_hashes(texts), strict=True)
        return [text for text, number in numbers if bits[number >> byte] >> (number >> bit & 7) & 1]


def shelve(words: Sequence[str]) -> tuple[dict[str, bytes], dict[str, int]]:
    """Return the sections of words that are given in the order of their ids, and the place of each."""
    skeletons = skeletons_of("\n".join(words)).split("\n") if words else []
    rows: list[list[int]] = []
    firsts: list[str] = []
    for skeleton, group in groupby(sorted(range(len(words)), key=skeletons.__getitem__), skeletons.__getitem__):
        if not rows or len(rows[-1]) >= _WIDTH:
            rows.append([])
            firsts.append(skeleton)
        rows[-1] += group
    rows = [sorted(row) for row in rows]
    block = _SHELF.join(_WORD.join(bytes(map(_ENCODING.__getitem__, words[i])) for i in row) for row in rows)
    steps = array("I", [b - a for row in rows for a, b in zip([-len(RESERVED), *row], row, strict=False)])
    sections = {
        "words": pack(block),
        "words_shelves": pack("\n".join(firsts).encode()),
        "words_sieve": Sieve.of({*skeletons}),
        "words_steps": pack(in_planes(steps.tobytes(), steps.itemsize, ID_BYTES)),
    }
    return sections, {words[i]: place for place, i in enumerate(i for row in rows for i in row)}


def unshelved(packed: Packed) -> list[str]:
    """Return the words of a model in the order of their ids, without the reserved ones."""
    found = Shelves(packed)
    found.read_all()
    return sorted(found.ids, key=found.ids.__getitem__)


class Words(Protocol):
    """Which words there are, and which of them have a skeleton."""

    #: The id of a word, None if there is no such word.
    number: Callable[[str], int | None]

    def siblings(self, skeleton: str) -> tuple[str, ...]:
        """Return the words of a skeleton, that which is its own skeleton first."""
        ...

    def has(self, skeleton: str) -> bool:
        """Say whether any word has this skeleton."""
        ...

    def among(self, texts: list[str]) -> set[str]:
        """Return those of *texts*, none of them empty, that are skeletons of words, given that all are skeletons."""
        ...


class Shelves:
    """The words of a model."""

    def __init__(self, packed: Packed) -> None:
        block = packed.unpacked("words")
        if block.translate(None, _ALLOWED + _WORD + _SHELF) or _has_gaps(block):
            raise ValueError("some of the words are no Arabic words")
        self._shelves = block.split(_SHELF) if block else []
        #: The first skeleton of each shelf, in the order of the alphabet.
        self._firsts = packed.text("words_shelves").split("\n") if self._shelves else []
        self._sieve = Sieve(packed.blob("words_sieve"))
        self._steps = packed.numbers("words_steps", "I", compressed=True, planes=ID_BYTES)
        #: The place of the first word of each shelf, and behind the last.
        self._starts = [*accumulate((row.count(_WORD) + 1 for row in self._shelves), initial=0)]
        #: How many words there are.
        self.count = self._starts[-1]
        if len(self._firsts) != len(self._shelves) or len(self._steps) != self.count:
            raise ValueError("the words, their shelves and their ids differ in number")
        if self.count >= MOST_IDS - len(RESERVED):
            raise ValueError("the words are too many")
        #: The ids of the words that were read.
        self.ids: dict[str, int] = {}
        #: The words of a skeleton where they are more than one, or where the one is not the skeleton itself.
        self._groups: dict[str, str | tuple[str, ...]] = {}
        #: The words that were read, by their places.
        self._words = [""] * self.count
        #: The numbers of the shelves that are still to be read.
        self._unread = {*range(len(self._shelves))}
        self.number: Callable[[str], int | None] = self._number

    def _number(self, word: str) -> int | None:
        found = self.ids.get(word)
        if found is None and self._on_unread(skeleton_of(word)):
            found = self.ids.get(word)
        return found

    def siblings(self, skeleton: str) -> tuple[str, ...]:
        """Return the words of a skeleton, that which is its own skeleton first."""
        if self._unread:
            self._on_unread(skeleton)
        found = self._groups.get(skeleton)
        if found is None:
            return (skeleton,) if skeleton in self.ids else ()
        return (found,) if isinstance(found, str) else found

    def has(self, skeleton: str) -> bool:
        """Say whether any word has this skeleton."""
        if self._unread:
            self._on_unread(skeleton)
        return skeleton in self.ids or skeleton in self._groups

    def among(self, texts: list[str]) -> set[str]:
        """Return those of *texts*, none of them empty, that are skeletons of words, given that all are skeletons."""
        if self._unread:
            texts = self._sieve.passing(texts)
            for text in texts:
                self._on_unread(text)
        return (self.ids.keys() & texts) | (self._groups.keys() & texts)

    def at(self, place: int) -> str:
        """Return the word at a place."""
        if not self._words[place]:
            self._read([bisect_right(self._starts, place) - 1])
        return self._words[place]

    def _on_unread(self, skeleton: str) -> bool:
        """Read the shelf of what may be a skeleton, or all of a long text; say whether it was still unread."""
        if not self._sieve.passes(skeleton):
            return False
        number = bisect_right(self._firsts, skeleton) - 1
        if number not in self._unread:
            return False
        if _ENOUGH * (len(self._shelves) - len(self._unread)) < len(self._shelves):
            self._read([number])
        else:
            self.read_all()
        return True

    def read_all(self) -> None:
        """Read all shelves, so that no question has to ask any more whether they are read."""
        left = sorted(self._unread)
        for first in range(0, len(left), _AT_ONCE):
            self._read(left[first : first + _AT_ONCE])
        self.number = self.ids.get

    def _read(self, shelves: Sequence[int]) -> None:
        """Read some shelves. Done twice, as threads may do, it does no harm.

        They count as unread until all is known of them, so that whoever asks for a word of theirs reads them too.
        """
        text = charmap_decode(_WORD.join([self._shelves[shelf] for shelf in shelves]), "strict", _DECODING)[0]
        words = text.split("\n")
        places = [(self._starts[shelf], self._starts[shelf + 1]) for shelf in shelves]
        ids = [*chain.from_iterable(accumulate(self._steps[start:end]) for start, end in places)]
        if max(ids) < self.count + len(RESERVED):  # or else some are of no words
            self.ids.update(zip(words, ids, strict=True))
            self._groups.update(_groups(words, skeletons_of(text).split("\n"), self.ids))
        at = 0
        for shelf, (start, end) in zip(shelves, places, strict=True):
            self._words[start:end] = words[at : at + end - start]
            at += end - start
            self._unread.discard(shelf)


def _groups(words: Sequence[str], skeletons: Sequence[str], known: Container[str]) -> dict[str, str | tuple[str, ...]]:
    """Return by skeleton the words that have it, itself first, but where it is itself the only one.

    *known* are all words, these among them, which stand in the order of their ids.
    """
    differ = [*map(ne, words, skeletons)]
    others, of = [*compress(words, differ)], [*compress(skeletons, differ)]
    found: dict[str, str | tuple[str, ...]] = dict(zip(of, others, strict=True))
    # Most skeletons have one word. Where an earlier one was lost, or the skeleton is a word itself, there are several.
    several = {*compress(of, map(is_not, map(found.__getitem__, of), others)), *filter(known.__contains__, of)}
    rows: dict[str, tuple[str, ...]] = {}
    for skeleton, word in compress(zip(of, others, strict=True), map(several.__contains__, of)):
        rows[skeleton] = (*(rows.get(skeleton) or ((skeleton,) if skeleton in known else ())), word)
    found.update(rows)
    return found


def _has_gaps(block: bytes) -> bool:
    """Say whether there are words of no letters."""
    edges = block[:1] + block[-1:]
    return any(pair in block for pair in (b"\n\n", b"\n\t", b"\t\n", b"\t\t")) or any(c in b"\n\t" for c in edges)


class Wider:
    """Words of a reader's own beside those of a model."""

    def __init__(self, known: Words, words: Sequence[str], first: int) -> None:
        self._known = known
        self._ids = dict(zip(words, range(first, first + len(words)), strict=True))
        self._groups: dict[str, list[str]] = {}
        for word in words:
            self._groups.setdefault(skeleton_of(word), []).append(word)
        self.number: Callable[[str], int | None] = self._number

    def _number(self, word: str) -> int | None:
        found = self._known.number(word)
        return self._ids.get(word) if found is None else found

    def siblings(self, skeleton: str) -> tuple[str, ...]:
        """Return the words of a skeleton, that which is its own skeleton first."""
        own, known = self._groups.get(skeleton), self._known.siblings(skeleton)
        if own is None:
            return known
        both = (*known, *own)
        return (skeleton, *(word for word in both if word != skeleton)) if skeleton in both else both

    def has(self, skeleton: str) -> bool:
        """Say whether any word has this skeleton."""
        return skeleton in self._groups or self._known.has(skeleton)

    def among(self, texts: list[str]) -> set[str]:
        """Return those of *texts*, none of them empty, that are skeletons of words, given that all are skeletons."""
        return self._known.among(texts) | (self._groups.keys() & texts)
