"""The JSON of a normalizer of Hugging Face tokenizers: a sequence of forms and replacements.

A replacement there is a fixed string, so what a match keeps has to be looked at, not captured.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from arnorm.core import Composable
from arnorm.errors import NotExpressibleError
from arnorm.export.charsmap import charsmap, joined
from arnorm.export.guards import FREQUENT, absent_behind
from arnorm.export.lowering import lowered
from arnorm.export.patterns import Dialect, runs_replaced
from arnorm.export.sets import CharSet
from arnorm.export.steps import Item, Run, Side, Squeeze, Step, Sub, Table, ToForm

__all__ = ["document", "written"]


def document(pipeline: Composable) -> dict[str, Any]:
    """The normalizer that does what *pipeline* does, for the key "normalizer" of a tokenizer.json.

    Raises `NotExpressibleError`.

    >>> from arnorm import passes
    >>> document(passes.nfc | passes.strip_tatweel)["normalizers"][1]
    {'type': 'Replace', 'pattern': {'String': 'ـ'}, 'content': ''}
    """
    made: list[dict[str, Any]] = []
    absent = CharSet()
    for step in lowered(pipeline, "tokenizers"):
        made += _normalizers(step, absent)
        absent = absent_behind(step, absent)
    return {"type": "Sequence", "normalizers": made}


def written(pipeline: Composable, name: str) -> str:
    """`document` as JSON; a normalizer has no name."""
    return json.dumps(document(pipeline), ensure_ascii=True, indent=1) + "\n"


def _normalizers(step: Step, absent: CharSet) -> Iterator[dict[str, Any]]:
    """What does *step* to a text that holds none of *absent*."""
    match step:
        case Table():
            yield from _mapped(step, absent) or _table(step)
        case ToForm():
            yield {"type": step.form}
        case Squeeze():
            repeated = rf"\1{{{step.least - step.most},}}"
            yield _replace(f"({_ONIG.set(step.chars)})" + rf"\1{{{step.most - 1}}}\K" + repeated, "")
        case Run():
            for pattern, new in runs_replaced(_ONIG, step, keep=r"{}\K"):
                yield _replace(_looked_for(step.chars) + pattern, new)
        case Sub():
            yield from _kept(step)


def _kept(step: Sub) -> Iterator[dict[str, Any]]:
    """Replacements that only look at what stays before and behind."""
    head, new, tail = step.kept
    if head < 0:
        raise NotExpressibleError(step.name, "tokenizers", "it moves letters, and a replacement there is a fixed text")
    items = [_ONIG.item(item) for item in step.items]
    middle = len(items) - tail
    before = (_looked_for(step.first) if step.before else "") + _ONIG.behind(step.before)
    before += "".join(items[:head]) + (r"\K" if head else "")
    if head == middle and tail:  # nothing but put in, which breaks down at the start of a text: replace the next letter
        ahead = "".join(items[middle + 1 :]) + _ONIG.ahead(step.after)
        for char in _letters(step, step.items[middle]):
            yield _replace(f"{before}{_ONIG.set(CharSet.of(char))}" + (f"(?={ahead})" if ahead else ""), new + char)
        return
    ahead = "".join(items[middle:]) + _ONIG.ahead(step.after)
    yield _replace(before + "".join(items[head:middle]) + (f"(?={ahead})" if tail else ahead), new)


def _looked_for(first: CharSet) -> str:
    """A look at whether a match may begin here, before a look behind, which takes longer; where most places fail it."""
    return "" if first & FREQUENT else _ONIG.ahead(Side(first, edge=False))


def _letters(step: Sub, item: Item) -> CharSet:
    if not item.fixed or item.least != 1 or len(item.chars) > _MOST:
        raise NotExpressibleError(step.name, "tokenizers", "it puts something before too many letters")
    return item.chars


#: Letters that something is put before, each by a replacement of its own, since a replacement there is a fixed string.
_MOST = 16


def _mapped(step: Table, absent: CharSet) -> list[dict[str, Any]]:
    """A table of many values as one map, which goes over the text once; nothing where it would do something else.

    What would be taken as one with a key (see `charsmap`) is kept apart by a character that no text holds, or that the
    table takes out; keys that join what is behind them are replaced before.
    """
    table = {key: value for key, value in step.table.items() if key not in _BEFORE}
    early = {key: value for key, value in step.table.items() if key in _BEFORE}
    marker = next((c for c in _MARKERS if c in absent or table.get(c) == ""), "")
    values = "".join(step.table.values())
    if len(dict.fromkeys(table.values())) <= _FEW or not marker or "\0" in values or any(c in early for c in values):
        return []
    if any(c in table for value in early.values() for c in value):
        return []
    made = [*_table(Table(step.name, early))] if early else []
    keys, gone, stays = joined(table)
    at_key = _ONIG.set(keys) + (f"{_ONIG.set(gone)}*+" if gone else "")
    made.append(_replace(rf"{at_key}\K(?={_ONIG.set(stays)})", marker))
    first = CharSet.of(key for key, value in table.items() if not value)
    if first:  # the package loses account of offsets where a map takes out the first character
        made.append(_replace(rf"\A{_ONIG.set(first)}+", ""))
    data = b64encode(charsmap({**table, marker: ""})).decode("ascii")
    return [*made, {"type": "Precompiled", "precompiled_charsmap": data}]


#: Values that are replaced one by one, at most: measured, a map takes as long as four replacements.
_FEW = 4
#: What parts two characters for the package; controls, of which a text of letters has none.
_MARKERS = "\x01\x02\x03\x04\x05\x06\x07\x08"
# A NUL ends the keys of a map; the others make one grapheme with whatever is behind them, a carriage return with «\n».
_BEFORE = CharSet.spanning([(0, 0), (0x0D, 0x0D), (0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891),
                            (0x8E2, 0x8E2), (0xD4E, 0xD4E), (0x1100, 0x11FF), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
                            (0x10000, 0x10FFFF)])  # fmt: skip


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
