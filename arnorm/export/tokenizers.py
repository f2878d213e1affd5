"""The JSON of a normalizer of Hugging Face tokenizers: a sequence of forms and replacements.

A replacement there is a fixed string, so what a match keeps has to be looked at, not captured.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from arnorm.core import Composable
from arnorm.errors import NotExpressibleError
from arnorm.export.lowering import lowered
from arnorm.export.patterns import Dialect, runs_replaced
from arnorm.export.sets import CharSet
from arnorm.export.steps import Item, Run, Squeeze, Step, Sub, Table, ToForm

__all__ = ["document", "written"]


def document(pipeline: Composable) -> dict[str, Any]:
    """The normalizer that does what *pipeline* does, for the key "normalizer" of a tokenizer.json.

    Raises `NotExpressibleError`.

    >>> from arnorm import passes
    >>> document(passes.nfc | passes.strip_tatweel)["normalizers"][1]
    {'type': 'Replace', 'pattern': {'String': 'ـ'}, 'content': ''}
    """
    made = [normalizer for step in lowered(pipeline, "tokenizers") for normalizer in _normalizers(step)]
    return {"type": "Sequence", "normalizers": made}


def written(pipeline: Composable, name: str) -> str:
    """`document` as JSON; a normalizer has no name."""
    return json.dumps(document(pipeline), ensure_ascii=True, indent=1) + "\n"


def _normalizers(step: Step) -> Iterator[dict[str, Any]]:
    match step:
        case Table():
            yield from _table(step)
        case ToForm():
            yield {"type": step.form}
        case Squeeze():
            repeated = rf"\1{{{step.least - step.most},}}"
            yield _replace(f"({_ONIG.set(step.chars)})" + rf"\1{{{step.most - 1}}}\K" + repeated, "")
        case Run():
            for pattern, new in runs_replaced(_ONIG, step, keep=r"{}\K"):
                yield _replace(pattern, new)
        case Sub():
            yield from _kept(step)


def _kept(step: Sub) -> Iterator[dict[str, Any]]:
    """Replacements that only look at what stays before and behind."""
    head, new, tail = step.kept
    if head < 0:
        raise NotExpressibleError(step.name, "tokenizers", "it moves letters, and a replacement there is a fixed text")
    items = [_ONIG.item(item) for item in step.items]
    middle = len(items) - tail
    before = _ONIG.behind(step.before) + "".join(items[:head]) + (r"\K" if head else "")
    if head == middle and tail:  # nothing but put in, which breaks down at the start of a text: replace the next letter
        ahead = "".join(items[middle + 1 :]) + _ONIG.ahead(step.after)
        for char in _letters(step, step.items[middle]):
            yield _replace(f"{before}{_ONIG.set(CharSet.of(char))}" + (f"(?={ahead})" if ahead else ""), new + char)
        return
    ahead = "".join(items[middle:]) + _ONIG.ahead(step.after)
    yield _replace(before + "".join(items[head:middle]) + (f"(?={ahead})" if tail else ahead), new)


def _letters(step: Sub, item: Item) -> CharSet:
    if not item.fixed or item.least != 1 or len(item.chars) > _MOST:
        raise NotExpressibleError(step.name, "tokenizers", "it puts something before too many letters")
    return item.chars


#: Letters that something is put before, each by a replacement of its own, since a replacement there is a fixed string.
_MOST = 16


def _table(step: Table) -> Iterator[dict[str, Any]]:
    """One replacement for each value, those first whose keys others write: so none is replaced twice."""
    keys: dict[str, str] = {}
    for key, value in step.table.items():
        keys[value] = keys.get(value, "") + key
    written_by = _writers(keys)
    sorter = TopologicalSorter(dict.fromkeys(keys, ()))
    for value in keys:
        for writer in dict.fromkeys(w for key in keys[value] for w in written_by.get(key, ()) if w != value):
            sorter.add(writer, value)
    try:
        order = [*sorter.static_order()]
    except CycleError:
        raise NotExpressibleError(step.name, "tokenizers", "its table exchanges characters") from None
    for value in order:
        if len(keys[value]) == 1:
            yield {"type": "Replace", "pattern": {"String": keys[value]}, "content": value}
        else:
            yield _replace(_ONIG.set(CharSet.of(keys[value])), value)


def _writers(keys: Mapping[str, str]) -> dict[str, list[str]]:
    """For each character, the values that hold it."""
    writers: dict[str, list[str]] = {}
    for value in keys:
        for char in value:
            writers.setdefault(char, []).append(value)
    return writers


def _replace(pattern: str, new: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": new}


_ONIG = Dialect(escape=lambda n: f"\\x{{{n:x}}}", literal=str, group="")
