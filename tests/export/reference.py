"""What steps mean, in Python: the definition that lowering is held to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from arnorm.export.sets import CharSet
from arnorm.export.steps import Run, Side, Squeeze, Step, Sub, Table, ToForm
from arnorm.forms import normalizer


def run(steps: Iterable[Step], text: str) -> str:
    """*text* through *steps*."""
    for step in steps:
        text = _one(step, text)
    return text


def _one(step: Step, text: str) -> str:
    match step:
        case Table():
            return text.translate(_ordinals(step))
        case ToForm():
            return normalizer(step.form)(text)
        case Squeeze():
            pattern = f"({_set(step.chars)})\\1{{{step.least - 1},}}"
            return re.sub(pattern, lambda m: m[1] * step.most, text)
        case Run():
            behind = f"(?<={_set(step.before)})" if step.before else ""
            return re.sub(f"{behind}{_set(step.chars)}+", lambda m: _in_run(step, m[0]), text)
    return _sub(step, text)


def _in_run(step: Run, run: str) -> str:
    if step.need and sum(c in step.need for c in run) < 2:
        return run
    return run.translate(_ordinals(step))


def _ordinals(step: Table | Run) -> dict[int, str]:
    return {ord(key): value for key, value in step.table.items()}


def _sub(step: Sub, text: str) -> str:
    items = [f"({_set(i.chars)}{{{i.least},{'' if i.most is None else i.most}}})" for i in step.items]
    pattern = _look("(?<", step.before) + "".join(items) + _look("(?", step.after)
    return re.sub(pattern, lambda m: "".join(p if isinstance(p, str) else m[p + 1] for p in step.template), text)


def _look(start: str, side: Side | None) -> str:
    if side is None:
        return ""
    return f"{start}!{_set(~side.chars)})" if side.edge else f"{start}={_set(side.chars)})"


def _set(chars: CharSet) -> str:
    return chars.written(lambda n: f"\\U{n:08x}")
