"""Edits, how they compose, and the trace that maps every character of an output back to its source.

A pass reports what it does as replacements: ``(start, end, text)``, ascending and disjoint, in code points of
its own input. `compose` joins the replacements of one pass with those of the next, in one sweep, so a trace
over any number of passes costs time linear in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from arnorm.shapes import visual_lines

Span = tuple[int, int]
Unit = Literal["codepoint", "utf-8", "utf-16"]


Decision = Literal["replace", "suggest", "keep"]


class Replacement(NamedTuple):
    """Put ``text`` where ``start:end`` was: what a pass says of its own input. Offsets count code points.

    The other fields are those that spelling repair fills; a `Change` is made of them.
    """

    start: int
    end: int
    text: str
    kind: str = ""
    score: float = 1.0
    runner_up: str = ""
    decision: Decision = "replace"


class Note(NamedTuple):
    """What a judge says of a change: the kind of error, how sure it is (0 to 1), and the next best reading.

    >>> from arnorm import Judge
    >>> guess = Judge("guess", lambda text: [(0, 2, "إن", Note("class", 0.9, "أن"))], lossy=False)
    >>> [(edit.after, edit.kind, edit.score, edit.runner_up) for edit in guess.trace("ان").edits]
    [('إن', 'class', 0.9, 'أن')]
    """

    kind: str
    score: float = 1.0
    runner_up: str = ""


#: An edit without its strings: (start, end, out_start, out_end, makers), a maker being the name of a pass and its
#: note. A plain tuple, because the garbage collector stops looking at plain tuples of plain values; with a class
#: of its own, tracing a long text would be quadratic in full collections.
Link = tuple[int, int, int, int, tuple[tuple[str, object], ...]]


# Not frozen, because that takes six times as long to make, and a long text has a hundred thousand.
@dataclass(slots=True, unsafe_hash=True)
class Change:
    """One change of a text, made or only suggested: the same in traces, in plans of repair, and in JSON.

    ``before`` stands at ``start:end`` of the source, in code points, and ``after`` is to stand there. A pass that
    judges says why: ``kind`` is the kind of error ("class": letters of one class taken for one another), ``score``
    the probability that the change is right, ``runner_up`` the next best reading; of passes that apply a rule,
    ``kind`` is empty. ``decision`` is "replace" or "suggest"; "keep" says what is left alone, in a plan that was
    asked for it. ``passes`` are those that made it, in order; more than one where a later one changed again what an
    earlier one had made, and what the last judge said counts. ``output`` is the place in the output.

    A value: compare it, hash it, and do not change it.

    >>> change = Change(0, 1, "أ", "ا", passes=("fold_alef",), output=(0, 1))
    >>> change.span, change.as_dict()["after"]
    ((0, 1), 'ا')
    """

    start: int
    end: int
    before: str
    after: str
    kind: str = ""
    score: float = 1.0
    decision: Decision = "replace"
    runner_up: str = ""
    passes: tuple[str, ...] = ()
    output: Span = (0, 0)

    @property
    def span(self) -> Span:
        """``(start, end)``, in the source."""
        return self.start, self.end

    @property
    def text(self) -> str:
        """``after``: a plan reads as a list of replacements, each a text for a place."""
        return self.after

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON: every field by its name.

        >>> Change(0, 1, "أ", "ا", passes=("fold_alef",), output=(0, 1)).as_dict()["passes"]
        ['fold_alef']
        """
        return {
            "start": self.start, "end": self.end, "before": self.before, "after": self.after, "kind": self.kind,
            "score": self.score, "decision": self.decision, "runner_up": self.runner_up, "passes": [*self.passes],
            "output": [*self.output],
        }  # fmt: skip


def apply(text: str, replacements: Iterable[Replacement | Change]) -> str:
    """*text* with the *replacements* made that are not mere suggestions: of a pass, a plan of repair, or a trace.

    >>> apply("مدرسه", [Replacement(4, 5, "ة")])
    'مدرسة'
    >>> import arnorm
    >>> apply("ذهب الى المدرسه", arnorm.Repairer().plan("ذهب الى المدرسه"))
    'ذهب إلى المدرسة'
    """
    pieces: list[str] = []
    last = 0
    for replacement in replacements:
        if replacement.decision == "replace":
            pieces += (text[last : replacement.start], replacement.text)
            last = replacement.end
    return "".join([*pieces, text[last:]]) if pieces else text


def fit(replacements: Iterable[Replacement | Change], start: int, end: int) -> bool:
    """Whether *replacements* are ascending, disjoint and between the offsets *start* and *end*.

    >>> fit([Replacement(0, 1, "ا"), Replacement(1, 3, "")], 0, 3), fit([Replacement(0, 4, "")], 0, 3)
    (True, False)
    """
    for replacement in replacements:
        if not start <= replacement.start <= replacement.end <= end:
            return False
        start = replacement.end
    return True


def link(name: str, replacements: Sequence[Replacement], notes: Sequence[object] = ()) -> list[Link]:
    """The links of one pass, with a note for each replacement, where it has any."""
    links: list[Link] = []
    plain, shift = ((name, None),), 0
    for i, (start, end, new, *_) in enumerate(replacements):
        out_start = start + shift
        links.append((start, end, out_start, out_start + len(new), ((name, notes[i]),) if notes else plain))
        shift += len(new) - (end - start)
    return links


def compose(steps: Sequence[Sequence[Link]]) -> Sequence[Link]:
    """Links from the input of the first of *steps* to the output of the last.

    Neighbours are joined two by two until one is left: joining is associative, and so no long list is walked
    once for every step.
    """
    steps = [step for step in steps if step] or [()]
    while len(steps) > 1:
        paired = [join(*steps[i : i + 2]) for i in range(0, len(steps) - 1, 2)]
        steps = paired + [steps[-1]] * (len(steps) % 2)
    return steps[0]


def join(first: Sequence[Link], second: Sequence[Link]) -> list[Link]:
    """Links from the input of *first* to the output of *second*, whose input is the output of *first*.

    Two links join where they overlap in the text between them; links that only touch stay apart, so that
    «أَ» keeps one edit for its hamza and one for its fatha.
    """
    joined: list[Link] = []
    i = j = 0
    # How far source and output lie from the text between them, behind the links handled so far.
    to_source = to_output = 0
    while i < len(first) and j < len(second):
        start, end, low, high, made = first[i]
        low_2, high_2, out_start, out_end, remade = second[j]
        if high <= low_2 and (low, high) <= (low_2, high_2):
            joined.append((start, end, low + to_output, high + to_output, made))
            to_source = end - high
            i += 1
        elif high_2 <= low:
            joined.append((low_2 + to_source, high_2 + to_source, out_start, out_end, remade))
            to_output = out_end - high_2
            j += 1
        else:
            group, i, j, to_source, to_output = _group(first, i, second, j, to_source, to_output)
            joined.append(group)
    joined += [(start, end, low + to_output, high + to_output, made) for start, end, low, high, made in first[i:]]
    joined += [(low + to_source, high + to_source, start, end, made) for low, high, start, end, made in second[j:]]
    return joined


def _group(
    first: Sequence[Link], i: int, second: Sequence[Link], j: int, to_source: int, to_output: int
) -> tuple[Link, int, int, int, int]:
    """One link for all that overlap, beginning with ``first[i]`` and ``second[j]``; what `join` goes on with."""
    low = high = min(first[i][2], second[j][0])
    start, out_start = low + to_source, low + to_output
    made: dict[tuple[str, object], None] = {}
    remade: dict[tuple[str, object], None] = {}
    grew = True
    while grew:  # what the second gave may reach more of the first, which alone may reach more of the second
        grew = False
        while i < len(first) and (first[i][2] < high or not made):
            high, to_source = max(high, first[i][3]), first[i][1] - first[i][3]
            made |= dict.fromkeys(first[i][4])
            i, grew = i + 1, True
        while j < len(second) and (second[j][0] < high or not remade):
            high, to_output = max(high, second[j][1]), second[j][3] - second[j][1]
            remade |= dict.fromkeys(second[j][4])
            j += 1
    link: Link = (start, high + to_source, out_start, high + to_output, tuple(made | remade))
    return link, i, j, to_source, to_output


def trace_of(source: str, text: str, links: Iterable[Link]) -> Trace:
    """The trace from *source* to *text*; links that put back what was there are left out."""
    edits = []
    for start, end, out_start, out_end, makers in links:
        before, after = source[start:end], text[out_start:out_end]
        if before != after:
            passes = tuple(dict.fromkeys([name for name, _ in makers if name]))
            note = _NOTHING
            for _, said in makers:
                note = said if isinstance(said, Note) else note
            kind, score, runner_up = note
            place = (out_start, out_end)
            edits.append(Change(start, end, before, after, kind, score, "replace", runner_up, passes, place))
    return Trace(source, text, tuple(edits))


_NOTHING = Note("")


def planned(text: str, replacements: Iterable[Replacement], name: str) -> list[Change]:
    """What the pass called *name* would change in *text*, and what it only suggests, as changes of it."""
    changes: list[Change] = []
    shift = 0
    for start, end, new, kind, score, runner_up, decision in replacements:
        size = len(new) if decision == "replace" else end - start
        place = (start + shift, start + shift + size)
        changes.append(
            Change(start, end, text[start:end], new, kind, round(score, 4), decision, runner_up, (name,), place)
        )
        shift += size - (end - start)
    return changes


@dataclass(frozen=True)
class Trace:
    """What a pipeline made of one text, and how: ``source`` → ``text`` by ``edits``.

    ``edits`` are in order and disjoint, in the source and in the output; everything between them is the same
    in both. Spans are ``(start, end)`` in code points (`as_dict` gives UTF-8 or UTF-16 units too). ``str`` of a
    trace is its text; `arnorm.render` draws it, and a notebook shows it drawn.

    >>> from arnorm import passes
    >>> trace = (passes.strip_tatweel | passes.fold_alef).trace("أهـــلا")
    >>> trace.text
    'اهلا'
    >>> [(edit.span, edit.before, edit.after, edit.passes) for edit in trace.edits[:1]]
    [((0, 1), 'أ', 'ا', ('fold_alef',))]
    >>> trace.to_source((2, 4))
    (5, 7)
    """

    source: str
    text: str
    edits: tuple[Change, ...]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in self.counts().items())
        return f"<Trace {shortened(self.source)} → {shortened(self.text)}: {counts or 'no change'}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the text with its changes marked, by itself, in its own direction."""
        from arnorm import render  # which imports this

        return render.fragment(self)

    @property
    def changed(self) -> bool:
        """Whether the text is another than the source."""
        return self.text != self.source

    def to_source(self, span: Span) -> Span:
        """The span of the input that *span* of the output came from.

        What was deleted belongs to the character before it, so that the words found in a stripped text are
        found with their vowels, and at the start to the first one: the whole output stands for the whole source.
        An end inside a change takes in the whole change. Time: logarithmic. Raises `ValueError` for a span that does
        not lie in the output.

        >>> from arnorm import passes
        >>> passes.strip_tatweel.trace("أهـــلا").to_source((2, 4))
        (5, 7)
        """
        return _carried(span, self._to_source, self._output_starts, len(self.text))

    def to_output(self, span: Span) -> Span:
        """The span of the output that *span* of the input became; the mirror of `to_source`.

        >>> from arnorm import passes
        >>> passes.strip_tatweel.trace("أهـــلا").to_output((0, 5))
        (0, 2)
        """
        return _carried(span, self._to_output, self._source_starts, len(self.source))

    def undo(self, *edits: Change) -> str:
        """The text without *edits*; with none given, without any of them: the source again.

        >>> from arnorm import passes
        >>> trace = (passes.fold_alef | passes.fold_teh_marbuta).trace("أسرة")
        >>> trace.undo(trace.edits[0])
        'أسره'
        >>> trace.undo()
        'أسرة'
        """
        for edit in edits:
            if not isinstance(edit, Change):
                raise TypeError(f"undo takes edits of this trace, as undo(*edits), not {type(edit).__name__}")
        unwanted = set(edits or self.edits)
        if stranger := unwanted.difference(self.edits):
            raise ValueError(f"not an edit of this trace: {stranger.pop()!r}")
        chosen = (edit for edit in self.edits if edit in unwanted)
        return apply(self.text, (Replacement(*edit.output, edit.before) for edit in chosen))

    def counts(self) -> dict[str, int]:
        """How many edits each pass made or had a part in, most first.

        >>> from arnorm import passes
        >>> (passes.fold_alef | passes.strip_tatweel).trace("أهـلا وأبا").counts()
        {'fold_alef': 2, 'strip_tatweel': 1}
        """
        return dict(Counter(name for edit in self.edits for name in edit.passes).most_common())

    @property
    def in_visual_order(self) -> tuple[Span, ...]:
        """The lines of the output whose presentation forms prove that they are in visual order, as a page shows them.

        They were left as they are; the profile ``pdf``, given the source, puts them right.

        >>> from arnorm import profile
        >>> profile("clean").trace("ﺗﻤﺖ\\nﻡﻼﺳ ﻦﻣ").in_visual_order
        ((4, 10),)
        """
        return tuple(visual_lines(self.text))

    def as_dict(self, unit: Unit = "codepoint") -> dict[str, Any]:
        """Plain data for JSON: source, text, counts, and the edits with spans in *unit*; `in_visual_order`, if any.

        *unit* is "codepoint" (Python), "utf-8" (bytes: Rust, Go, Elasticsearch) or "utf-16" (JavaScript, Java).

        >>> from arnorm import passes
        >>> edit = passes.fold_alef.trace("😀أ").as_dict("utf-16")["edits"][0]
        >>> edit["start"], edit["end"], edit["output"]
        (2, 3, [2, 3])
        """
        edits = as_dicts(self.edits, self.source, self.text, unit)
        shown = {"source": self.source, "text": self.text, "unit": unit, "counts": self.counts(), "edits": edits}
        visual = _offsets(self.text, self.in_visual_order, unit)
        return shown | {"in_visual_order": visual} if visual else shown

    @cached_property
    def _to_output(self) -> list[tuple[Span, Span]]:
        return [(edit.span, edit.output) for edit in self.edits]

    @cached_property
    def _to_source(self) -> list[tuple[Span, Span]]:
        return [(edit.output, edit.span) for edit in self.edits]

    @cached_property
    def _source_starts(self) -> list[int]:
        return [edit.start for edit in self.edits]

    @cached_property
    def _output_starts(self) -> list[int]:
        return [edit.output[0] for edit in self.edits]


def as_dicts(changes: Sequence[Change], source: str, text: str, unit: Unit = "codepoint") -> list[dict[str, Any]]:
    """The *changes* from *source* to *text* as plain data, with their places in *unit*."""
    if unit == "codepoint":
        return [change.as_dict() for change in changes]
    spans, outputs = (
        _offsets(source, (c.span for c in changes), unit),
        _offsets(text, (c.output for c in changes), unit),
    )
    return [
        change.as_dict() | {"start": start, "end": end, "output": output}
        for change, (start, end), output in zip(changes, spans, outputs, strict=True)
    ]


#: Characters of a text that `repr` shows.
_SHOWN = 40


def shortened(text: str) -> str:
    """*text* as `repr` shows it, cut where it is long."""
    return repr(text) if len(text) <= _SHOWN else f"{text[:_SHOWN]!r}… ({len(text)})"


def _carried(span: Span, pairs: list[tuple[Span, Span]], starts: list[int], size: int) -> Span:
    if not isinstance(span, Sequence) or len(span) != 2 or not all(isinstance(offset, int) for offset in span):
        raise TypeError(f"a span is (start, end), not {span!r}")
    start, end = span
    if not 0 <= start <= end <= size:
        raise ValueError(f"a span here is (start, end) with 0 <= start <= end <= {size}, not {span!r}")
    return _boundary(start, pairs, starts)[0] if start else 0, _boundary(end, pairs, starts)[1]


def _boundary(offset: int, pairs: list[tuple[Span, Span]], starts: list[int]) -> Span:
    """Where the boundary at *offset* lies on the other side: as a start, and as an end."""
    index = bisect_right(starts, offset) - 1
    if index < 0:
        return offset, offset
    (low, high), (other_low, other_high) = pairs[index]
    if offset >= high:
        exact = other_high + offset - high
        return exact, exact
    return (other_low, other_low) if offset == low else (other_low, other_high)


def _offsets(text: str, spans: Iterable[Span], unit: Unit) -> list[list[int]]:
    """The *spans*, ascending, in *unit* instead of code points; one sweep over *text*."""
    if unit == "codepoint":
        return [[*span] for span in spans]
    if unit not in ("utf-8", "utf-16"):
        raise ValueError(f"unit is 'codepoint', 'utf-8' or 'utf-16', not {unit!r}")
    codec, width = ("utf-8", 1) if unit == "utf-8" else ("utf-16-le", 2)
    converted, at, units = [], 0, 0
    for span in spans:
        pair = []
        for offset in span:
            units += len(text[at:offset].encode(codec, "surrogatepass")) // width
            at = offset
            pair.append(units)
        converted.append(pair)
    return converted
