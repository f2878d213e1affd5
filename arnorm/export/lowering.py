"""From passes to steps: what each pass is in terms that every engine has, or the reason why it is not.

Tables and forms are steps as they are. Every other pass brings its portable steps (see `arnorm.portable`), which are
translated one by one; without any it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arnorm import engine
from arnorm.core import CharMap, Composable, Custom, Form, Joined, Judge, Pass, Pipeline, Protected, Rewrite
from arnorm.errors import NotExpressibleError
from arnorm.export import guards
from arnorm.export.sets import CharSet
from arnorm.export.steps import Run, Squeeze, Step, Sub, Table, ToForm
from arnorm.export.translating import translated
from arnorm.portable import Around, NoStepsError

#: The characters that a pass may use as markers, where no text holds them.
_MARKERS = "\x01\x02\x03\x04"


def lowered(pipeline: Composable, target: str) -> list[Step]:
    """The steps of *pipeline*. Raises `NotExpressibleError`, naming the pass and *target*.

    >>> from arnorm import passes
    >>> lowered(passes.fold_alef | passes.fold_teh_marbuta, "icu")[0].name
    'fold_alef, fold_teh_marbuta'
    """
    steps: list[Step] = []
    values = [*_parts(Pipeline((pipeline,)))]
    for (value, name), (following, _) in zip(values, (*values[1:], (None, "")), strict=False):
        try:
            steps += map(_of_whole_characters, _steps(value, Around(following, _absent(steps))))
        except NoStepsError as reason:
            raise NotExpressibleError(name, target, str(reason)) from None
    return list(guards.living(_fused(steps)))


def _parts(pipeline: Pipeline) -> Iterator[tuple[Pass, str]]:
    """The passes, those that are joined under one name each by itself; with the name that the pipeline knows."""
    for value in pipeline.passes:
        if isinstance(value, Joined) and not value.portable:
            yield from ((part, value.name) for part, _ in _parts(value.inner))
        else:
            yield value, value.name


def _steps(value: Pass, around: Around) -> Iterable[Step]:
    match value:
        case CharMap():
            return [Table(value.name, value.table)]
        case Form():
            return [ToForm(value.name, value.form)]
        case Rewrite() | Judge() | Custom():
            if isinstance(value.steps, str):
                raise NoStepsError(value.steps or _why_none(value))
            return [translated(s, value.name) for s in (value.steps(around) if callable(value.steps) else value.steps)]
        case Protected():
            raise NoStepsError("spans that are protected cannot be kept apart")
        case Joined():
            raise NoStepsError("it looks at whole lines; its portable form (`portable`, --portable) does not")
    raise NoStepsError(f"a {value.kind} has no counterpart")


def _why_none(value: Pass) -> str:
    if not isinstance(value, Rewrite):
        return "it is a Python function, which reads more than a pattern can"
    if not isinstance(value.replacement, str):
        return "its replacement is a Python function"
    return "its pattern is for Python alone; one made of an arnorm.portable.Search (Rewrite.of) is for all engines"


_SURROGATES = CharSet(((0xD800, 0xDFFF),))


def _of_whole_characters(step: Step) -> Step:
    """*step* for text without lone surrogates, which no other engine holds: some would find one in half of «😀»."""
    if isinstance(step, Table):
        step = Table(step.name, {key: value for key, value in step.table.items() if key not in _SURROGATES})
    named = [chars & _SURROGATES for chars in _sets_of(step)]
    if any(c in _SURROGATES for c in _written_by(step)) or any(s and s != _SURROGATES for s in named):
        raise NoStepsError("it holds a lone surrogate, which is no character to other engines")
    return step


def _sets_of(step: Step) -> Iterator[CharSet]:
    match step:
        case Squeeze():
            yield step.chars
        case Run():
            yield from (step.chars, step.before, step.need, CharSet.of(step.table))
        case Sub():
            yield from (item.chars for item in step.items)
            yield from (side.chars for side in (step.before, step.after) if side)


def _absent(steps: Iterable[Step]) -> str:
    """The markers that no text can hold behind *steps*."""
    absent = ""
    for step in steps:
        written = _written_by(step)
        absent = "".join(m for m in _MARKERS if m not in written and (m in absent or m in _taken_by(step)))
    return absent


def _taken_by(step: Step) -> Iterable[str]:
    return step.table if isinstance(step, Table) else ()


def _written_by(step: Step) -> str:
    if isinstance(step, Table | Run):
        return "".join(step.table.values())
    return "".join(part for part in step.template if isinstance(part, str)) if isinstance(step, Sub) else ""


def _fused(steps: Iterable[Step]) -> Iterator[Step]:
    """*steps*, with neighbouring tables as one."""
    waiting: list[Table] = []
    for step in steps:
        if isinstance(step, Table):
            waiting.append(step)
            continue
        yield from _one(waiting)
        waiting = []
        yield step
    yield from _one(waiting)


def _one(tables: list[Table]) -> Iterator[Table]:
    table = engine.fuse(step.table for step in tables)
    if table:
        yield Table(", ".join(dict.fromkeys(step.name for step in tables)), table)
