"""What the bridges to columns share: which pipeline is meant, and how a list of values goes through it.

In these lists ``None`` stands for a missing value, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import ne
from typing import Any

from arnorm.core import Composable
from arnorm.trace import Change

Texts = Sequence[str | None]

#: What a trace column says of each edit, in this order, with the Python type of each field.
#: `kind` and `score` are those of a repair, and missing for other passes.
EDIT_FIELDS: dict[str, Any] = {
    "passes": list[str],
    "start": int,
    "end": int,
    "out_start": int,
    "out_end": int,
    "before": str,
    "after": str,
    "kind": str,
    "score": float,
}


def each(pipeline: Composable, values: Texts, processes: int | None = None) -> list[str | None]:
    """Every value normalized, by *processes* workers, if any."""
    texts = [value for value in values if value is not None]
    done: Iterator[str] = pipeline.many(texts) if processes is None else iter(_shared(pipeline, texts, processes))
    if len(texts) == len(values):
        return list(done)
    return [None if value is None else next(done) for value in values]


def each_once(pipeline: Composable, values: Texts, processes: int | None = None) -> list[str | None]:
    """Every value normalized, equal ones together.

    >>> from arnorm import passes
    >>> each_once(passes.fold_alef, ["أب", None, "أب"])
    ['اب', None, 'اب']
    """
    distinct = list(dict.fromkeys(values))
    done = each(pipeline, distinct, processes)
    if len(distinct) == len(values):
        return done
    known = dict(zip(distinct, done, strict=True))
    return [known[value] for value in values]


def changes(pipeline: Composable, values: Texts, processes: int | None = None) -> tuple[list[str | None], list[bool]]:
    """Every value normalized, and whether that changed it."""
    done = each(pipeline, values, processes)
    return done, list(map(ne, values, done))


def traces(pipeline: Composable, values: Texts, processes: int | None = None) -> list[dict[str, Any] | None]:
    """The trace of every value as plain data: ``text``, and ``edits`` with `EDIT_FIELDS`."""
    trace = partial(_trace_of, pipeline)
    return list(map(trace, values)) if processes is None else _shared(trace, values, processes)


def _shared(function: Callable[[Any], Any], values: Sequence[Any], processes: int) -> list[Any]:
    from arnorm.parallel import at_hand  # imports multiprocessing, which few need

    return at_hand(function, values, processes)


def _trace_of(pipeline: Composable, value: str | None) -> dict[str, Any] | None:
    return None if value is None else _traced(pipeline, value)


def _traced(pipeline: Composable, text: str) -> dict[str, Any]:
    trace = pipeline.trace(text)
    return {"text": trace.text, "edits": [_edit(edit) for edit in trace.edits]}


def _edit(edit: Change) -> dict[str, Any]:
    kind, score = (edit.kind, edit.score) if edit.kind else (None, None)
    values = ([*edit.passes], *edit.span, *edit.output, edit.before, edit.after, kind, score)
    return dict(zip(EDIT_FIELDS, values, strict=True))
