"""Settings of an Elasticsearch or OpenSearch index: character filters, and an analyzer that uses them.

Tables are filters of the type `mapping`, searches of the type `pattern_replace` (Java's regular expressions), and
Unicode normalization is `icu_normalizer`, which needs the plugin analysis-icu.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from arnorm.core import Composable
from arnorm.errors import InvalidPassError
from arnorm.export.lowering import lowered
from arnorm.export.patterns import Dialect, runs_replaced, searched
from arnorm.export.steps import Run, Squeeze, Step, Table, ToForm

__all__ = ["settings", "written"]

Filter = dict[str, Any]


def settings(pipeline: Composable, name: str = "arnorm", *, lowercase: bool = True) -> dict[str, Any]:
    """The settings of an index with an analyzer called *name*.

    Raises `NotExpressibleError`, and `InvalidPassError` for a name that Elasticsearch would not take, or take apart.
    The analyzer cuts words with the standard tokenizer. With *lowercase* it folds the case of Latin and other words, as
    the built-in ones do, so that «iPhone» finds «iphone»; more filters of tokens are yours to add behind it.

    >>> from arnorm import passes
    >>> settings(passes.strip_tatweel, "plain")["settings"]["analysis"]["char_filter"]
    {'plain_1': {'type': 'mapping', 'mappings': ['\\\\u0640=>']}}
    """
    if not name or name.startswith("_") or any(c == "." or "\ud800" <= c <= "\udfff" for c in name):
        raise InvalidPassError(
            f"{name!r} cannot be the name of an analyzer: it is empty, begins with _, or holds a full stop, which "
            "parts settings, or a lone surrogate"
        )
    filters: dict[str, Filter] = {}
    for step in lowered(pipeline, "elasticsearch"):
        for made in _filters(step):
            filters[f"{name}_{len(filters) + 1}"] = made
    analyzer: dict[str, Any] = {"type": "custom", "char_filter": [*filters], "tokenizer": "standard"}
    if lowercase:
        analyzer["filter"] = ["lowercase"]
    return {"settings": {"analysis": {"char_filter": filters, "analyzer": {name: analyzer}}}}


def written(pipeline: Composable, name: str, *, lowercase: bool = True) -> str:
    """`settings` as JSON, in ASCII."""
    return json.dumps(settings(pipeline, name, lowercase=lowercase), indent=1) + "\n"


def _filters(step: Step) -> Iterator[Filter]:
    match step:
        case Table():
            yield {"type": "mapping", "mappings": [f"{_units(k)}=>{_units(v)}" for k, v in step.table.items()]}
        case ToForm():
            mode = "compose" if step.form.endswith("C") else "decompose"
            name = "nfkc" if "K" in step.form else "nfc"
            yield {"type": "icu_normalizer", "name": name, "mode": mode}
        case Squeeze():
            pattern = f"({_JAVA.set(step.chars)})\\1{{{step.least - 1},}}"
            yield _replace(pattern, "$1" * step.most)
        case Run():
            for pattern, new in runs_replaced(_JAVA, step):
                yield _replace(pattern, new)
        case _:
            yield _replace(*searched(_JAVA, step))


def _replace(pattern: str, new: str) -> Filter:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": new}


def _units(text: str) -> str:
    """UTF-16, as escapes: a space or an arrow would be read as part of the rule."""
    data = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[i] << 8 | data[i + 1]:04x}" for i in range(0, len(data), 2))


def _literal(text: str) -> str:
    """A replacement; Java's has two special characters."""
    return text.replace("\\", "\\\\").replace("$", "\\$")


_JAVA = Dialect(escape=lambda n: f"\\x{{{n:x}}}", literal=_literal, group="${}")
