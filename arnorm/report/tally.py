"""Counting what many traces have in common, in memory that does not grow with their number.

A `Part` is what some records give, one after the other; a `Report` takes parts. However the records are cut into parts,
and whichever process made a part, the report is the same: parts are taken in order, and nothing in them depends on
what came before.

What is bounded, and how:

- **Changes** are counted exactly as long as no more than `KEPT` different ones come up. Then the rarer half goes
  (the algorithm of Misra and Gries, many at a time). A change that comes up after that may have been among those that
  went, so its count may be too low, by as much as the most frequent of them had. `Frequent.missed` says how much that
  is; it is less than 2 / `KEPT` of all edits, so that what is frequent is never missing.
- **Samples** are records, for each kind of change the few whose surroundings have the lowest hash: every place has the
  same chance, the same text always gives the same samples, and no sample comes twice. Of long ones a part is kept.
- **Scores** are counted in steps of 1 / `STEPS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from arnorm.report.findings import beside, places
from arnorm.trace import Change, Trace

#: Different changes that are counted at most; chosen for some megabytes, whatever the size of the run.
KEPT = 20_000
#: Samples kept of each kind; some more than a page shows, because several may be of one word.
SAMPLES = 12
#: Steps of a score from 0 to 1.
STEPS = 10_000
#: Characters of a sample; of a longer record, those on each side of the change.
LONGEST_SAMPLE = 600
NEARBY = 240
#: Characters of a change that are kept; longer ones that begin alike are counted as one.
LONGEST = 40

#: What made a change: a pass, by its name, or a repair, by the kind of error; or what is only suggested:
#: ("pass", "fold_alef"), ("repair", "hamza"), ("suggestion", "hamza").
Cause = tuple[str, str]
#: What a repairer notes of an edit: the kind of error, the score in steps, the next best reading.
Repair = tuple[str, int, str]
#: A change that may come up again: passes that made it, kinds of repair, before, after.
Key = tuple[tuple[str, ...], tuple[str, ...], str, str]


class Sample(NamedTuple):
    """A record in which something was changed or suggested."""

    rank: int  #: a hash of one change and its surroundings
    number: int  #: the line or row, in the file at `path`
    source: str  #: the record as it was
    found: list[dict[str, Any]]  #: see `arnorm.report.findings`
    whole: bool  #: or else a part of it
    path: str = ""


class Part(NamedTuple):
    """What became of some records, in order; a plain value, to be sent from one process to another."""

    records: int = 0
    changed: int = 0
    characters: int = 0
    words: int = 0
    keys: list[Key] = []  # noqa: RUF012  (never changed)
    scores: dict[str, Counter[int]] = {}  # noqa: RUF012
    suggested: Counter[str] = Counter()  # noqa: RUF012
    samples: dict[Cause, list[Sample]] = {}  # noqa: RUF012

    def after(self, lines: int) -> Part:
        """The same for records that come after so many *lines*."""
        moved = {
            kind: [sample._replace(number=sample.number + lines) for sample in samples]
            for kind, samples in self.samples.items()
        }
        return self._replace(samples=moved)


#: A number, what became of the text, and what is only suggested for it.
Numbered = tuple[int, Trace] | tuple[int, Trace, Trace | None]


def part_of(traces: Iterable[Numbered], untouched: Iterable[str] = (), *, most: int = SAMPLES) -> Part:
    """The part of numbered *traces*, and of texts that stayed as they were, with *most* samples of each kind."""
    keys: list[Key] = []
    causes: dict[Key, tuple[Key, list[Cause]]] = {}  # one object for equal keys, which pickle then writes once
    scores: dict[str, Counter[int]] = {}
    suggested: Counter[str] = Counter()
    samples = _Reservoir(most)
    records = changed = characters = words = 0
    for text in untouched:
        records += 1
        characters += len(text)
        words += len(text.split())
    for number, trace, *remarks in traces:
        hints = remarks[0] if remarks else None
        records += 1
        changed += bool(trace.edits)
        characters += len(trace.source)
        words += len(trace.source.split())
        for edit in trace.edits:
            repairs = _repairs(edit)
            key = (edit.passes, tuple([r[0] for r in repairs]), short(edit.before), short(edit.after))
            if key not in causes:
                causes[key] = key, causes_of(*key[:2])
            key, of = causes[key]
            keys.append(key)
            for kind, score, _ in repairs:
                scores.setdefault(kind, Counter())[score] += 1
            samples.offer(number, trace, hints, edit, of)
        for edit in hints.edits if hints else ():
            suggested[edit.kind] += 1
            samples.offer(number, trace, hints, edit, [("suggestion", edit.kind)])
    return Part(records, changed, characters, words, keys, scores, suggested, samples.found())


def _repairs(edit: Change) -> list[Repair]:
    """What a judge says of an edit, if one made it."""
    return [(edit.kind, round(edit.score * STEPS), edit.runner_up)] if edit.kind and 0 <= edit.score <= 1 else []


def causes_of(passes: tuple[str, ...], kinds: tuple[str, ...]) -> list[Cause]:
    """What made an edit: repairs of those *kinds*, or, where there are none, the *passes*."""
    return [("repair", kind) for kind in dict.fromkeys(kinds)] or [("pass", name) for name in passes]


def short(text: str, most: int = LONGEST) -> str:
    """*text*, or its beginning if it is longer than *most*.

    >>> short("كتاب جديد", 5)
    'كتاب…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"


# --- Samples -------------------------------------------------------------------------------------------------------


class _Reservoir:
    """For each cause, the samples of lowest rank; of equal ones the first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Cause, dict[int, Sample]] = {}
        self._highest: dict[Cause, int] = {}
        self._trace: Trace | None = None
        self._found: list[dict[str, Any]] = []

    def offer(self, number: int, trace: Trace, hints: Trace | None, edit: Change, causes: list[Cause]) -> None:
        """Take a sample of *edit* if its rank is low enough."""
        rank = _rank(trace.source, edit)
        for cause in causes:
            kept = self._kept.setdefault(cause, {})
            if rank in kept or (len(kept) >= self._most and rank > self._highest[cause]):
                continue
            if self._trace is not trace:  # looked at only for the few texts that give a sample
                self._trace, self._found = trace, beside(trace, hints)
            kept[rank] = _sample(rank, number, trace.source, self._found, edit.span)
            if len(kept) > self._most:
                del kept[self._highest[cause]]
            self._highest[cause] = max(kept, default=0)

    def found(self) -> dict[Cause, list[Sample]]:
        """The samples, by rank."""
        return {cause: sorted(kept.values()) for cause, kept in self._kept.items()}


def _sample(rank: int, number: int, source: str, found: list[dict[str, Any]], span: tuple[int, int]) -> Sample:
    if len(source) <= LONGEST_SAMPLE and all(len(each["after"]) <= LONGEST_SAMPLE for each in found):
        return Sample(rank, number, source, found, whole=True)
    start, end = nearby(source, span[0], min(span[1], span[0] + LONGEST_SAMPLE))
    place = places(source)
    near = [_within(each, source, place(start), place(end)) for each in found]
    return Sample(rank, number, source[start:end], [each for each in near if each is not None], whole=False)


def _within(finding: dict[str, Any], source: str, first: int, last: int) -> dict[str, Any] | None:
    """A *finding*, cut to what is shown of it, by its places in the part; nothing if it is not in that."""
    start, end = finding["start"], finding["end"]
    if not first <= start <= end <= last:
        if not first <= start < last < end:
            return None
        finding = finding | {"before": _utf16(source, start, last)}
        end = last
    return finding | {"start": start - first, "end": end - first, "after": short(finding["after"], LONGEST_SAMPLE)}


def _utf16(text: str, start: int, end: int) -> str:
    """What stands between two places in UTF-16."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def _rank(text: str, edit: Change) -> int:
    start, end = edit.span
    around = f"{text[max(start - 24, 0) : min(end, start + 99) + 24]}\0{edit.before[:99]}\0{edit.after[:99]}"
    return int.from_bytes(blake2b(around.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def nearby(text: str, start: int, end: int, most: int = NEARBY) -> tuple[int, int]:
    """Where a part of *text* around a span begins and ends: *most* characters on each side, cut between words.

    >>> text = "في البيت الكبير كتاب قديم"
    >>> text[slice(*nearby(text, 16, 20, 8))]
    'الكبير كتاب قديم'
    """
    first, last = max(start - most, 0), min(end + most, len(text))
    # Half a word would be joined into another shape: where there is a space, what stands beyond it goes.
    if first:
        first = max(text.find(" ", first, start) + 1, first)
    if last < len(text) and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    return first, last


def _together(first: list[Sample], second: list[Sample], most: int) -> list[Sample]:
    """The samples of lowest rank; of two that are equal the one of *first*."""
    return sorted({sample.rank: sample for sample in (*second, *first)}.values())[:most]


# --- Changes -------------------------------------------------------------------------------------------------------


@dataclass
class Frequent:
    """How often each change came up, of at most *most* changes; see the top of this page."""

    most: int = KEPT
    missed: int = 0  #: how many occurrences a change may have had that are not counted; 0 as long as counts are exact
    _counts: dict[Key, int] = field(default_factory=dict)
    _missed: dict[Key, int] = field(default_factory=dict)

    def extend(self, keys: Iterable[Key]) -> None:
        """Count *keys*, in order."""
        counts, missed = self._counts, self._missed
        for key in keys:
            if key in counts:
                counts[key] += 1
                continue
            counts[key] = 1
            if self.missed:
                missed[key] = self.missed
            if len(counts) > self.most:
                self._prune()

    def _prune(self) -> None:
        """Leave half; what goes may have come up as often as `missed` says from now on."""
        highest = {key: count + self._missed.get(key, 0) for key, count in self._counts.items()}
        going = sorted(highest, key=lambda key: (-highest[key], key))[self.most // 2 :]
        self.missed = highest[going[0]]
        for key in going:
            del self._counts[key]
            self._missed.pop(key, None)

    def ranked(self) -> list[tuple[Key, int, int]]:
        """Changes, the most frequent first, each with its count and how much that may be too low."""
        rows = [(key, count, self._missed.get(key, 0)) for key, count in self._counts.items()]
        return sorted(rows, key=lambda row: (-row[1], row[0]))


# --- The report ----------------------------------------------------------------------------------------------------


@dataclass
class Report:
    """What a run has changed, so far.

    ``scores`` counts, for each kind of repair, its scores in steps, ``suggested`` what is only suggested; `causes_of`
    says what the keys of ``samples`` are.
    """

    most: int = SAMPLES
    records: int = 0
    changed: int = 0
    characters: int = 0
    words: int = 0
    passes: Counter[str] = field(default_factory=Counter)
    scores: dict[str, Counter[int]] = field(default_factory=dict)
    suggested: Counter[str] = field(default_factory=Counter)
    samples: dict[Cause, list[Sample]] = field(default_factory=dict)
    frequent: Frequent = field(default_factory=Frequent)
    edits: int = 0

    def take(self, part: Part, path: str = "") -> None:
        """Take the next *part*, of the file at *path*."""
        self.records += part.records
        self.changed += part.changed
        self.characters += part.characters
        self.words += part.words
        self.edits += len(part.keys)
        for key, count in Counter(part.keys).items():
            for name in key[0]:
                self.passes[name] += count
        for kind, scores in part.scores.items():
            self.scores.setdefault(kind, Counter()).update(scores)
        self.suggested.update(part.suggested)
        for cause, samples in part.samples.items():
            placed = [sample._replace(path=path) for sample in samples]
            self.samples[cause] = _together(self.samples.get(cause, []), placed, self.most)
        self.frequent.extend(part.keys)
