"""Pipelines as JSON, and back.

A ready-made pass is written by its name and arguments, a pass of yours by its table or pattern. A pass that runs
a function of yours has no JSON form; it is named, and given to `loads` again by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from arnorm import passes
from arnorm.core import CharMap, Composable, Form, Pass, Pipeline, Protected, Rewrite
from arnorm.errors import (
    ArnormError,
    InvalidPassError,
    InvalidRecipeError,
    NotSerializableError,
    UnknownNameError,
)
from arnorm.spans import compile_pattern

_VERSION = 1
#: Characters of a recipe, passes of it, pipelines in pipelines, and characters that tables make of one: far above what
#: a pipeline has that somebody made for text, and far below what a machine cannot hold.
_LONGEST, _MOST_PASSES, _DEEPEST, _MOST_OF_ONE = 4_000_000, 1_000, 20, 1_000

T = TypeVar("T")


def dumps(pipeline: Composable, *, indent: int | None = None) -> str:
    """*pipeline* as JSON text; `loads` gives an equal one back.

    Raises `NotSerializableError` for a pass that holds a function of yours (a `Custom`, a `Judge`, a `Rewrite`
    with a function), naming it.

    >>> from arnorm import passes
    >>> print(dumps(passes.fold_alef | passes.mask_urls("<url>")))
    {"arnorm": 1, "passes": ["fold_alef", {"pass": "mask_urls", "args": {"token": "<url>"}}]}
    """
    return json.dumps({"arnorm": _VERSION, "passes": _listed(Pipeline((pipeline,)))}, ensure_ascii=False, indent=indent)


def loads(text: str | bytes, *, custom: Mapping[str, Pass] | None = None) -> Pipeline:
    """The pipeline that `dumps` wrote as *text*.

    *custom* gives passes of yours by name; they take precedence over ready-made ones. Raises
    `InvalidRecipeError` for JSON that is no pipeline, `UnknownNameError` for a pass or a span that this version does
    not have. Nothing is imported or run that the JSON names, and everything is checked now, not at the first text. A
    recipe of more than four million characters or a thousand passes, one nested more than twenty deep, and tables that
    make more than a thousand characters of one, are refused.

    What a recipe cannot be checked for is how long its patterns take: where it comes from somebody whom you do not
    trust with code, refuse those that hold "rewrite" or a span with a "pattern".

    >>> loads('{"arnorm": 1, "passes": ["strip_tatweel"]}')("قــال")
    'قال'
    """
    if len(text) > _LONGEST:
        raise InvalidRecipeError(f"a recipe of more than {_LONGEST} characters; no pipeline is as long")
    try:
        data = json.loads(text)
        listed, version = data["passes"], data["arnorm"]
        if type(version) is not int or version != _VERSION:
            raise InvalidRecipeError(f"written by another version: {version!r}, this one reads {_VERSION}")
        pipeline = _Reader(custom or {}).pipeline(listed, 0)
    except (UnknownNameError, InvalidRecipeError):
        raise
    except InvalidPassError as error:
        raise InvalidRecipeError(str(error)) from error
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise InvalidRecipeError(f"not a pipeline written by arnorm.dumps: {error!r}") from error
    _check_growth(pipeline)
    return pipeline


def _listed(pipeline: Pipeline) -> list[Any]:
    return [_written(value) for value in pipeline.passes]


def _written(value: Pass) -> Any:
    if _is_ready_made(value):
        return {"pass": value.name, "args": dict(value.args)} if value.args else value.name
    about = {"lossy": value.lossy, "summary": value.summary, "leaves": value.leaves}
    match value:
        case CharMap():
            return {"charmap": value.name, "table": dict(value.table), **about}
        case Form():
            return {"form": value.name, "to": value.form, **about}
        case Rewrite(replacement=str()):
            pattern = {"pattern": value.pattern, "flags": value.flags, "needles": [*value.needles]}
            return {"rewrite": value.name, **pattern, "replacement": value.replacement, **about}
        case Protected():
            spans = [s if isinstance(s, str) else {"pattern": s.pattern, "flags": int(s.flags)} for s in value.spans]
            return {"protecting": spans, "passes": _listed(value.inner)}
    raise NotSerializableError(
        f"{value.name} runs a function, which JSON cannot hold: pickle the pipeline, or leave the pass out and "
        "join it again with |"
    )


def _is_ready_made(value: Pass) -> bool:
    try:
        return passes.get(value.name, **dict(value.args)) == value
    except ArnormError:
        return False


class _Reader:
    """Makes passes of plain data, and believes nothing of it."""

    def __init__(self, custom: Mapping[str, Pass]) -> None:
        self._custom = custom
        self._left = _MOST_PASSES

    def pipeline(self, listed: Any, depth: int) -> Pipeline:
        if depth > _DEEPEST:
            raise InvalidRecipeError(f"pipelines nested more than {_DEEPEST} deep")
        items = _of_type(listed, list, "passes")
        self._left -= len(items)
        if self._left < 0:
            raise InvalidRecipeError(f"more than {_MOST_PASSES} passes")
        return Pipeline([self._read(item, depth) for item in items])

    def _read(self, item: Any, depth: int) -> Composable:
        if isinstance(item, str):
            return self._custom[item] if item in self._custom else passes.get(item)
        left = dict(_of_type(item, dict, "a pass"))
        for kind, make in _KINDS.items():
            if kind in left:
                return make(_of_type(left.pop(kind), str, "a name"), left)
        if "protecting" in left:
            _only(left, ("protecting", "passes"))
            spans = [_span(span) for span in _of_type(left["protecting"], list, "spans")]
            return self.pipeline(left["passes"], depth + 1).protecting(*spans)
        raise InvalidRecipeError(f"not a pass: {item!r:.200}")


def _ready_made(name: str, given: dict[str, Any]) -> Composable:
    _only(given, ("args",))
    return passes.get(name, **_of_type(given["args"], dict, "arguments"))


def _charmap(name: str, given: dict[str, Any]) -> Composable:
    table = _of_type(given.pop("table"), dict, "a table")
    return CharMap(name, table, **_about(given))


def _form(name: str, given: dict[str, Any]) -> Composable:
    return Form(name, given.pop("to"), **_about(given))


def _rewrite(name: str, given: dict[str, Any]) -> Composable:
    pattern = {key: given.pop(key) for key in ("pattern", "flags")}
    replacement = _of_type(given.pop("replacement"), str, "a replacement")
    needles = tuple(_of_type(given.pop("needles"), list, "needles"))
    return Rewrite(name, pattern["pattern"], replacement, needles=needles, flags=pattern["flags"], **_about(given))


_KINDS = {"pass": _ready_made, "charmap": _charmap, "form": _form, "rewrite": _rewrite}


def _about(given: dict[str, Any]) -> dict[str, Any]:
    """What a pass says of itself: all that may be left of it."""
    kinds = {"lossy": bool, "summary": str, "leaves": str}
    _only(given, kinds)
    return {key: _of_type(value, kinds[key], key) for key, value in given.items()}


def _only(given: Iterable[str], known: Iterable[str]) -> None:
    unknown = [key for key in given if key not in known]
    if unknown:
        raise InvalidRecipeError(f"unknown: {', '.join(unknown):.200}")


def _span(span: Any) -> str | re.Pattern[str]:
    if isinstance(span, str):
        return span
    _only(_of_type(span, dict, "a span"), ("pattern", "flags"))
    return compile_pattern("protecting", span["pattern"], span["flags"])


def _of_type(value: Any, wanted: type[T], what: str) -> T:
    if type(value) is not wanted:
        raise InvalidRecipeError(f"{what} should be of type {wanted.__name__}, not {value!r:.200}")
    return value


def _check_growth(pipeline: Pipeline) -> None:
    """Tables that follow each other are made one, and ten that each double a letter make a thousand of it."""
    sizes: dict[str, int] = {}
    for table in reversed([*_tables(pipeline)]):
        sizes.update({key: sum(sizes.get(c, 1) for c in value) for key, value in table.items()})
        if max(sizes.values(), default=0) > _MOST_OF_ONE:
            raise InvalidRecipeError(f"its tables make more than {_MOST_OF_ONE} characters of one")


def _tables(pipeline: Pipeline) -> Iterator[Mapping[str, str]]:
    for value in pipeline.passes:
        if isinstance(value, CharMap):
            yield value.table
        elif isinstance(value, Protected):
            yield from _tables(value.inner)
