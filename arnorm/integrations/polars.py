"""Polars: `.arnorm` on expressions and on Series, for String, Categorical and Enum columns.

>>> import polars as pl
>>> import arnorm.integrations.polars
>>> df = pl.DataFrame({"t": ["إِلَى المَدْرَسَةِ", None]})
>>> df.lazy().select(pl.col("t").arnorm.normalize("search")).collect()["t"].to_list()
['الي المدرسه', None]

The data type is kept and nulls stay null; an Enum gets the categories that its own become. Equal values of a batch
are computed once. A column of another type is a `TypeError`, which a lazy query reports as an error of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from arnorm.core import Composable
from arnorm.integrations import require
from arnorm.integrations._columns import EDIT_FIELDS, changes, each, pipeline_of, repair_pass, traces

if TYPE_CHECKING:
    from arnorm.spelling.policy import Policy
    from arnorm.spelling.repairer import Repairer

pl = require("polars", "polars")

_TYPES = {int: pl.Int64, float: pl.Float64, str: pl.String, list[str]: pl.List(pl.String)}
#: The type of a trace: the text, and its edits in order. Offsets count code points.
TRACE = pl.Struct({"text": pl.String, "edits": pl.List(pl.Struct({k: _TYPES[t] for k, t in EDIT_FIELDS.items()}))})


class _Namespace:
    def normalize(self, profile: str | Composable = "clean") -> Any:
        """The column normalized by a *profile*, given by name or as any pass or pipeline."""
        return self._apply(partial(_mapped, pipeline_of(profile)))

    def repair(self, policy: str | Policy = "safe", repairer: Repairer | None = None) -> Any:
        """The column with its spelling repaired, by the model that comes with arnorm or a *repairer* of yours."""
        return self._apply(partial(_mapped, repair_pass(policy, repairer)))

    def trace(self, profile: str | Composable = "clean") -> Any:
        """What a *profile* makes of each text and how: a column of structs of type `TRACE`."""
        return self._apply(partial(_traced, pipeline_of(profile)), TRACE)

    def _apply(self, function: Callable[[Any], Any], dtype: Any = None) -> Any:
        raise NotImplementedError


@pl.api.register_expr_namespace("arnorm")
class ArnormExpr(_Namespace):
    """What ``pl.col("text").arnorm`` offers; works in lazy, streaming and grouped queries."""

    def __init__(self, expr: Any) -> None:
        self._expr = expr

    def _apply(self, function: Callable[[Any], Any], dtype: Any = None) -> Any:
        # Without a type, polars asks the function what becomes of an Enum.
        return self._expr.map_batches(function, return_dtype=dtype, is_elementwise=True)


@pl.api.register_series_namespace("arnorm")
class ArnormSeries(_Namespace):
    """What ``series.arnorm`` offers."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def _apply(self, function: Callable[[Any], Any], dtype: Any = None) -> Any:
        return function(self._series)


def _plain(series: Any) -> Any:
    if series.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        raise TypeError(f"{series.name!r} is no column of text but of {series.dtype}; cast it to pl.String first")
    return series.cast(pl.String)


def _mapped(pipeline: Composable, series: Any) -> Any:
    texts, dtype = _plain(series), series.dtype
    if dtype == pl.Enum:
        after = each(pipeline, dtype.categories.to_list())
        made = texts.replace_strict(dtype.categories, after, return_dtype=pl.String)
        return made.cast(pl.Enum(list(dict.fromkeys(after))))
    distinct = texts.unique(maintain_order=True)
    differs, changed = changes(pipeline, distinct.to_list())
    if not changed:
        return series
    new = pl.Series(series.name, changed, pl.String)
    made = new if len(new) == len(texts) else texts.replace(distinct.filter(pl.Series(differs)), new)
    return made.cast(dtype)


def _traced(pipeline: Composable, series: Any) -> Any:
    texts = _plain(series)
    distinct = texts.unique(maintain_order=True)
    made = pl.Series(series.name, traces(pipeline, distinct.to_list()), TRACE)
    return made.gather(texts.replace_strict(distinct, range(len(distinct)), return_dtype=pl.UInt32))
