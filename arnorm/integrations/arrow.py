"""Arrow columns: `normalize`, `repair` and `trace` for `pyarrow.Array` and `ChunkedArray`, `Table` and `RecordBatch`.

They take ``string``, ``large_string``, ``string_view`` and dictionaries of these, and give the same type, with the
same chunks; nulls stay null, and equal values are computed once, over all chunks. A column in which nothing changes
comes back as the same object. Any other type is a `TypeError`. Of a table, *columns* are done, by default all of text;
the others, and the schema's metadata, stay. A scalar gives a scalar.

*processes* is how many worker processes share the work; they stay for the next call. It is worth it for repair and for
many long texts: a text takes as long to travel as to normalize.

>>> import pyarrow as pa
>>> normalize(pa.array(["إِلَى المَدْرَسَةِ", None]), "search").to_pylist()
['الي المدرسه', None]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from arnorm.core import Composable
from arnorm.integrations import pipeline_of
from arnorm.integrations._arrow import distinct_of, is_text, mapped, pa, places_of, plain, spread
from arnorm.integrations._columns import EDIT_FIELDS, traces
from arnorm.literals import PolicyName, ProfileName
from arnorm.repairer import Repairer
from arnorm.spelling.policy import Policy

_TYPES = {int: pa.int64(), float: pa.float64(), str: pa.string(), list[str]: pa.list_(pa.string())}
#: The type of a trace: the text, and its edits in order. Offsets count code points.
TRACE = pa.struct(
    {"text": pa.large_string(), "edits": pa.list_(pa.struct({k: _TYPES[t] for k, t in EDIT_FIELDS.items()}))}
)


def normalize(
    data: Any,
    profile: ProfileName | Composable = "clean",
    *,
    columns: Iterable[str] | None = None,
    processes: int | None = None,
) -> Any:
    """*data* normalized by a *profile*, given by name or as any pass or pipeline.

    >>> words = pa.array(["أب", "اب", "أب"]).dictionary_encode()
    >>> normalize(words, "search").dictionary.to_pylist()  # equal entries become one
    ['اب']
    >>> normalize(pa.table({"n": [1], "text": ["أب"]}), "search").to_pylist()
    [{'n': 1, 'text': 'اب'}]
    """
    return _each_column(data, columns, partial(mapped, pipeline=pipeline_of(profile), processes=processes))


def repair(
    data: Any,
    policy: PolicyName | Policy = "safe",
    lexicon: Iterable[str] | None = None,
    model: str | None = None,
    *,
    columns: Iterable[str] | None = None,
    processes: int | None = None,
) -> Any:
    """*data* with its spelling repaired; the arguments before the star are those of `arnorm.Repairer`.

    >>> repair(pa.array(["ذهب الى المدرسه"])).to_pylist()
    ['ذهب إلى المدرسة']
    """
    repairer = Repairer(policy, lexicon, model)
    return _each_column(data, columns, partial(mapped, pipeline=repairer, processes=processes))


def trace(
    data: Any,
    profile: ProfileName | Composable = "clean",
    *,
    columns: Iterable[str] | None = None,
    processes: int | None = None,
) -> Any:
    """What a *profile* makes of each text and how: structs of type `TRACE`, null where *data* is.

    >>> trace(pa.array(["أب"]), "search")[0].as_py()["edits"][0]["after"]
    'ا'
    """
    return _each_column(data, columns, partial(_traced, pipeline=pipeline_of(profile), processes=processes))


def _traced(array: Any, pipeline: Composable, processes: int | None) -> Any:
    texts = plain(array)
    distinct = distinct_of(texts)
    made = pa.array(traces(pipeline, distinct.to_pylist(), processes), TRACE)
    return spread(made, places_of(texts, distinct), array, TRACE)


def _each_column(data: Any, columns: Iterable[str] | None, function: Callable[[Any], Any]) -> Any:
    """*data* with *function* of its column, or of the *columns* of a table. Raises `TypeError` for another kind."""
    if isinstance(data, pa.Table | pa.RecordBatch):
        return _with_columns(data, columns, function)
    if columns is not None:
        raise TypeError(f"columns are those of a Table or RecordBatch, not of {type(data).__name__}")
    if isinstance(data, pa.Array | pa.ChunkedArray):
        return function(data)
    if isinstance(data, pa.Scalar):
        return function(pa.array([data.as_py()], data.type))[0]
    raise TypeError(
        f"a pyarrow Array, ChunkedArray, Table, RecordBatch or Scalar is needed, not {type(data).__name__}; "
        "of str make one with pyarrow.array, or use Pipeline.many"
    )


def _with_columns(table: Any, columns: Iterable[str] | None, function: Callable[[Any], Any]) -> Any:
    chosen = [*columns] if columns is not None else [field.name for field in table.schema if is_text(field.type)]
    if unknown := [name for name in chosen if name not in table.schema.names]:
        raise KeyError(f"there is no column {unknown[0]!r}; the columns are {', '.join(map(repr, table.schema.names))}")
    made = [function(c) if f.name in chosen else c for f, c in zip(table.schema, table.columns, strict=True)]
    fields = [field.with_type(column.type) for field, column in zip(table.schema, made, strict=True)]
    return type(table).from_arrays(made, schema=pa.schema(fields, table.schema.metadata))
