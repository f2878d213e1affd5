"""Pipelines as JSON, and back.

A ready-made pass is written by its name and arguments, a pass of yours by its table or pattern. A pass that runs
a function of yours has no JSON form; it is named, and given to `loads` again by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from arnorm import passes
from arnorm.core import CharMap, Composable, Form, Pass, Pipeline, Protected, Rewrite
from arnorm.errors import ArnormError, InvalidRecipeError, NotSerializableError, UnknownNameError

_VERSION = 1


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
    `InvalidRecipeError` for JSON that is no pipeline, `UnknownNameError` for a pass that this version does not
    have. Nothing is imported or run that the JSON names.

    >>> loads('{"arnorm": 1, "passes": ["strip_tatweel"]}')("قــال")
    'قال'
    """
    try:
        data = json.loads(text)
        if data["arnorm"] != _VERSION:
            raise InvalidRecipeError(f"written by another version: {data['arnorm']!r}, this one reads {_VERSION}")
        return _made(data["passes"], custom or {})
    except (UnknownNameError, InvalidRecipeError):
        raise
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise InvalidRecipeError(f"not a pipeline written by arnorm.dumps: {error!r}") from error


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


def _made(listed: list[Any], custom: Mapping[str, Pass]) -> Pipeline:
    return Pipeline([_read(item, custom) for item in listed])


def _read(item: Any, custom: Mapping[str, Pass]) -> Composable:
    if isinstance(item, str):
        return custom[item] if item in custom else passes.get(item)
    if not isinstance(item, dict):
        raise InvalidRecipeError(f"not a pass: {item!r}")
    about = dict(item)
    if "pass" in item:
        return passes.get(item["pass"], **item["args"])
    if "protecting" in item:
        spans = [s if isinstance(s, str) else re.compile(s["pattern"], s["flags"]) for s in item["protecting"]]
        return _made(item["passes"], custom).protecting(*spans)
    if "charmap" in item:
        return CharMap(about.pop("charmap"), **about)
    if "form" in item:
        return Form(about.pop("form"), about.pop("to"), **about)
    if "rewrite" in item:
        return Rewrite(about.pop("rewrite"), needles=tuple(about.pop("needles")), **about)
    raise InvalidRecipeError(f"not a pass: {item!r}")
