"""From plain text to cleaned counts. Needs numpy; used by `arnorm.spelling.training` only."""

from __future__ import annotations

import gzip
import lzma
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from os import PathLike, fspath
from typing import IO, Any, NamedTuple, cast

import numpy as np

from arnorm.chars import ARABIC, ARABIC_DIGIT, FOLDED, GLUED_PARTICLES
from arnorm.errors import MissingPackageError
from arnorm.spelling.arabic import modern
from arnorm.spelling.model.company import REACH
from arnorm.spelling.model.shelves import BORDER, OTHER, UNKNOWN
from arnorm.words import SILENT

Array = Any

_TOKEN = re.compile(f"[{ARABIC}]+|[.!?؟؛:…\n]|[0-9{ARABIC_DIGIT}A-Za-z]+")
#: Lines read at once.
_BLOCK = 20_000
#: About so many lines of each file are not counted but spoilt, to train the judge on text that the counts have not
#: seen: of a library every fiftieth will do, of a small file it is more, so that its kind of text is heard too.
_FOR_THE_JUDGE, _OFTENEST, _SELDOMEST = 6_000, 8, 50
#: Of a long line the judge gets what stands before the first end of a sentence behind so many letters.
_OPENING = re.compile(r".{400,}?[.!?؟؛…](?= )")
#: Compounds that are written either way, or always as one.
COMPOUNDS = frozenset(("مالك", "لاحق", "لابد", "مازال", "مادام", "لازال", "ماذا", "مالي", "ماله", "لانه"))


class NumberedFile(NamedTuple):
    """One numbered file: its running text as type numbers, and the lines kept for the judge."""

    stream: Array
    kept: list[str]


class Types(dict[str, int]):
    """Numbers words as they come; borders and foreign tokens share one number each."""

    def __init__(self) -> None:
        super().__init__()
        self.names = ["", "\x01", "\x02"]

    def __missing__(self, token: str) -> int:
        if token in ".!?؟؛:…\n":
            number = BORDER
        elif token[0] < "\u0600" or "٠" <= token[0] <= "٩":
            number = OTHER
        else:
            number = len(self.names)
            self.names.append(token)
        self[token] = number
        return number


def open_text(path: str | PathLike[str]) -> IO[str]:
    """Open plain, .gz, .xz or .zst text."""
    name = fspath(path)
    if name.endswith(".gz"):
        return cast(IO[str], gzip.open(name, "rt", encoding="utf-8"))
    if name.endswith(".xz"):
        return lzma.open(name, "rt", encoding="utf-8")
    if name.endswith(".zst"):
        try:
            import zstandard
        except ImportError:
            raise MissingPackageError("zstandard", "train") from None
        return cast(IO[str], zstandard.open(name, "rt", encoding="utf-8"))
    return open(name, encoding="utf-8")


def read(path: str | PathLike[str], types: Types, hold_out: float) -> NumberedFile:
    """Number the words of a file, one paragraph a line, leaving out the first *hold_out* of its lines."""
    with open_text(path) as file:
        total = sum(1 for _ in file)
    skip = int(total * hold_out)
    every = judge_every(total - skip)
    parts, kept = [], []
    with open_text(path) as file:
        for start, block in _blocks(file, skip):
            counted, spared = shared_out(block, start, every)
            kept += spared
            parts.append(number("".join(counted), types))
    return NumberedFile(np.concatenate(parts) if parts else np.zeros(0, np.int32), kept)


def judge_every(lines: int) -> int:
    """Return how many lines of a text there are for each one that the judge gets, given how many there are.

    >>> judge_every(700_000), judge_every(120_000), judge_every(900)
    (50, 20, 8)
    """
    return max(_OFTENEST, min(_SELDOMEST, lines // _FOR_THE_JUDGE))


def shared_out(lines: Sequence[str], first: int, every: int) -> tuple[list[str], list[str]]:
    """Return what is counted of lines, and what is kept for the judge; *first* is the number of the first of them.

    >>> shared_out(["كتاب\\n", "قلم\\n", "دفتر\\n"], 5, 8)
    (['كتاب\\n', 'قلم\\n'], ['دفتر\\n'])
    """
    counted, kept = [], []
    for at, line in enumerate(lines, first + 1):
        if at % every:
            counted.append(line)
        elif (opening := _OPENING.match(line)) and len(line) - opening.end() > 1:
            kept.append(opening[0] + "\n")
            counted.append(line[opening.end() :])
        else:
            kept.append(line)
    return counted, kept


def number(text: str, types: Types) -> Array:
    """Number the words of whole lines of text. A line ends with two borders, for no reader misses that it ends."""
    tokens = _TOKEN.findall(modern(SILENT.sub("", text)).replace("\n", "\n\n"))
    return np.fromiter(map(types.__getitem__, tokens), dtype=np.int32, count=len(tokens))


def _blocks(file: IO[str], skip: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines behind the first *skip*, some thousands at a time, each time with the number of the first."""
    block: list[str] = []
    start = 0
    for number, line in enumerate(file):
        if number < skip:
            continue
        block.append(line if line.endswith("\n") else line + "\n")
        if len(block) == _BLOCK:
            yield start, block
            start, block = start + _BLOCK, []
    if block:
        yield start, block


class Cleaning(NamedTuple):
    """What each type counts as, in edited and in other files; UNKNOWN where that cannot be told."""

    edited: Array
    other: Array
    is_edited: list[bool]


def clean(counts: Sequence[Array], names: Sequence[str]) -> Cleaning:
    """Find the edited files, and what their spelling says of the errors of the others; of the counts by file.

    One spelling that holds over 99 % of its skeleton group in edited text corrects the others of its
    group. A bare spelling that is rare in edited text, while its group is ambiguous, counts for nothing:
    «ان» in news may be «أن» or «إن».
    """
    size = len(names)
    groups = defaultdict(list)
    for i in range(3, size):
        groups[names[i].translate(FOLDED)].append(i)
    crowds = [group for group in groups.values() if len(group) > 1]
    is_edited = _edited(counts, crowds, names)
    books = cast(Array, sum(c for c, e in zip(counts, is_edited, strict=True) if e))
    others = cast(Array, sum((c for c, e in zip(counts, is_edited, strict=True) if not e), np.zeros(size, np.int64)))
    edited_map = np.arange(size, dtype=np.int32)
    other_map = edited_map.copy()
    for group in crowds:
        _clean_group(group, names, books, others, edited_map, other_map)
    for table in (edited_map, other_map):
        for _ in range(3):
            table[:] = table[table]
    return Cleaning(edited_map, other_map, is_edited)


def _edited(counts: Sequence[Array], crowds: Sequence[list[int]], names: Sequence[str]) -> list[bool]:
    """Say which files leave off few hamzas: at most three times the share of the best."""
    pooled = cast(Array, sum(counts))
    pairs = []
    for group in crowds:
        top = max(group, key=lambda i: pooled[i])
        if pooled[top] >= 1000 and ("أ" in names[top] or "إ" in names[top]):
            pairs += [(top, i) for i in group if i != top and names[i] == names[top].translate(FOLDED)]
    if not pairs:
        return [True] * len(counts)
    tops, bares = np.array(pairs).T
    shares = [c[bares].sum() / max(1, c[bares].sum() + c[tops].sum()) for c in counts]
    return [share <= _TIMES * min(shares) + _MORE for share in shares]


_BARER = frozenset((("ا", "أ"), ("ا", "إ"), ("ا", "آ"), ("ه", "ة"), ("ي", "ى"), ("ى", "ي")))


#: A group of spellings is judged by edited text that has so many of it; one spelling with this share of them is the
#: right one, and one with less than `_DOUBTED` may be an error.
_ENOUGH, _SETTLED, _DOUBTED = 20, 0.99, 0.04
#: Without edited text, a fuller spelling is meant where it is this much as frequent as the barer one.
_FULLER = 0.3
#: A file is edited whose share of bare alefs is at most so many times the least, and so much more.
_TIMES, _MORE = 3, 0.001


def barer(word: str, full: str) -> bool:
    """Say whether *word* is *full* with hamzas or dots left off."""
    return all(a == b or (a, b) in _BARER for a, b in zip(word, full, strict=True))


def _clean_group(
    group: list[int], names: Sequence[str], books: Array, others: Array, edited: Array, other: Array
) -> None:
    """Write into *edited* and *other* what the types of a group count as."""
    total = sum(books[i] for i in group)
    top = max(group, key=lambda i: books[i])
    if total >= _ENOUGH and books[top] >= _SETTLED * total:
        for i in group:
            if i != top:
                other[i] = top
                if barer(names[i], names[top]):
                    edited[i] = top
    elif total >= _ENOUGH:
        around = sum(others[i] for i in group)
        for i in group:
            share = books[i] / total
            if (
                others[i]
                and share < _DOUBTED
                and others[i] > 2 * share * around
                and any(j != i and barer(names[i], names[j]) for j in group)
            ):
                other[i] = UNKNOWN
    else:
        for i in group:
            fuller = [
                j for j in group
                if j != i and "ا" in names[i] and barer(names[i], names[j])
                and names[j].count("ه") == names[i].count("ه")
                and books[j] + others[j] >= _FULLER * (books[i] + others[i])
            ]  # fmt: skip
            if fuller:
                edited[i] = other[i] = max(fuller, key=lambda j: (books[j] + others[j], -j))


class Vocabulary(NamedTuple):
    """The lexicon, how often its words occur, in edited files too, and the number of each type in each file."""

    words: list[str]
    counts: Array
    books: Array
    tables: list[Array]


def vocabulary(
    counts: Sequence[Array], names: Sequence[str], cleaning: Cleaning, *, most: int, least: int
) -> Vocabulary:
    """Choose the lexicon, whose words are numbered from three, behind the reserved ids."""
    size = len(names)
    maps = [cleaning.edited if edited else cleaning.other for edited in cleaning.is_edited]
    totals = _added(maps, counts, size)
    chosen = [i for i in range(3, size) if totals[i] >= least and len(names[i]) <= 18]
    glued = _glued([names[i] for i in chosen], {names[i]: int(totals[i]) for i in chosen})
    chosen = [i for i in chosen if names[i] not in glued]
    chosen.sort(key=lambda i: (-totals[i], names[i]))
    del chosen[most:]
    numbers = np.full(size, UNKNOWN, dtype=np.int32)
    numbers[[BORDER, OTHER]] = BORDER, OTHER
    numbers[chosen] = np.arange(3, len(chosen) + 3)
    tables = [numbers[table] for table in maps]
    books = _added(tables, [c * e for c, e in zip(counts, cleaning.is_edited, strict=True)], len(chosen) + 3)
    return Vocabulary([names[i] for i in chosen], _added(tables, counts, len(chosen) + 3), books, tables)


def _added(tables: Sequence[Array], counts: Sequence[Array], size: int) -> Array:
    """Add up how often each number occurs, given that of each type and its number in each file."""
    total = np.zeros(size, np.int64)
    for table, count in zip(tables, counts, strict=True):
        np.add.at(total, table, count)
    return total


def _glued(words: Sequence[str], totals: dict[str, int]) -> set[str]:
    """Find the words that are a particle and a much commoner word run together."""
    return {word for word in words if _compound(word) and any(_is_glued(word, p, totals) for p in GLUED_PARTICLES)}


def _compound(word: str) -> bool:
    """Say whether a word could be two, and is not one that people write together."""
    return word not in COMPOUNDS and not word.startswith("ماز")


def _is_glued(word: str, particle: str, totals: dict[str, int]) -> bool:
    rest = word[len(particle) :]
    if not word.startswith(particle) or len(rest) < 3:
        return False
    calls = particle in ("يا", "ويا")
    times = totals.get(rest, 0) / totals[word]
    verbal = rest[0] in ("يتنأأإا" if calls else "يتنأ")
    return (times > 40 and verbal) or (times > 100 and calls)


#: How many places are looked at at a time.
_PART = 4_000_000


class Stream:
    """The running text in the numbers of the lexicon, in the memory of this process.

    What the models are fitted to is asked of it, so that a text that lies elsewhere can answer as well.
    """

    def __init__(self, files: Sequence[NumberedFile], tables: Sequence[Array]) -> None:
        self.ids = np.concatenate([table[file.stream] for file, table in zip(files, tables, strict=True)])

    def pairs(self, size: int) -> tuple[Array, Array]:
        """Return the pairs of neighbours that occur twice or more and their counts, ascending.

        A pair is its first id times *size* plus its second.
        """
        keys, counts = pairs(self.ids, size)
        return keys[counts > 1], counts[counts > 1]

    def sample(self, chances: Array, rng: Any) -> tuple[Array, Array]:
        """Choose places, each with the chance of its id; return a text and where in it they are, in order.

        The text has at least what is within `REACH` places, borders included. No place is so near to its ends.
        """
        places = np.flatnonzero(chances[self.ids] > rng.random(len(self.ids)))
        return self.ids, places[(places >= REACH) & (places < len(self.ids) - REACH)]

    def tallied(self, look: Callable[[Array, int, int], Array], size: int) -> Array:
        """Count the numbers under *size* that *look* returns for the places from a first to a last of a text.

        What it returns for a place may depend on what is within `REACH` places, but not past a border.
        """
        total = np.zeros(size, dtype=np.int32)
        for low in range(REACH, len(self.ids) - REACH, _PART):
            total += np.bincount(look(self.ids, low, min(low + _PART, len(self.ids) - REACH)), minlength=size)
        return total


def pairs(stream: Array, size: int) -> tuple[Array, Array]:
    """Count the pairs of neighbours, but those with an unknown word; borders in a row are one."""
    once = np.ones(len(stream), bool)
    once[1:] = ~((stream[1:] == BORDER) & (stream[:-1] == BORDER))
    stream = stream[once]
    first, second = stream[:-1], stream[1:]
    keys, counts = [], []
    # A quarter of the first words at a time: sorting is what takes the memory. Frequent words come first.
    borders = [0, 40, 2000, 30000, size] if size > 30000 else [0, size]
    for low, high in pairwise(borders):
        part = (first >= low) & (first < high) & (first != UNKNOWN) & (second != UNKNOWN)
        key, count = np.unique(first[part].astype(np.int64) * size + second[part], return_counts=True)
        keys.append(key)
        counts.append(count)
    return np.concatenate(keys), np.concatenate(counts)
