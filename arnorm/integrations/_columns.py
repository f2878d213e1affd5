"""What the bridges to columns share: which pipeline is meant, and how a list of values goes through it.

In these lists ``None`` stands for a missing value, and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import ne
from typing import Any

from arnorm.core import Composable
from arnorm.trace import Change

Values = Sequence[str | None]

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


def each(pipeline: Composable, values: Values) -> list[str | None]:
    """Every value normalized."""
    texts = [value for value in values if value is not None]
    done = pipeline.many(texts)
    if len(texts) == len(values):
        return list(done)
    return [None if value is None else next(done) for value in values]


def each_once(pipeline: Composable, values: Values) -> list[str | None]:
    """Every value normalized, equal ones together.

    >>> from arnorm import passes
    >>> each_once(passes.fold_alef, ["أب", None, "أب"])
    ['اب', None, 'اب']
    """
    distinct = list(dict.fromkeys(values))
    done = each(pipeline, distinct)
    if len(distinct) == len(values):
        return done
    known = dict(zip(distinct, done, strict=True))
    return [known[value] for value in values]


def changes(pipeline: Composable, values: Values) -> tuple[list[str | None], list[bool]]:
    """Every value normalized, and whether that changed it."""
    done = each(pipeline, values)
    return done, list(map(ne, values, done))


def traces(pipeline: Composable, values: Values) -> list[dict[str, Any] | None]:
    """The trace of every value as plain data: ``text``, and ``edits`` with `EDIT_FIELDS`."""
    return [None if value is None else _traced(pipeline, value) for value in values]


def _traced(pipeline: Composable, text: str) -> dict[str, Any]:
    trace = pipeline.trace(text)
    return {"text": trace.text, "edits": [_edit(edit) for edit in trace.edits]}


def _edit(edit: Change) -> dict[str, Any]:
    kind, score = (edit.kind, edit.score) if edit.kind else (None, None)
    values = ([*edit.passes], *edit.span, *edit.output, edit.before, edit.after, kind, score)
    return dict(zip(EDIT_FIELDS, values, strict=True))
