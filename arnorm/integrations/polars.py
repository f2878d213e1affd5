"""Polars: `.arnorm` on expressions and on Series, for String, Categorical and Enum columns.

>>> import polars as pl
>>> import arnorm.integrations.polars
>>> df = pl.DataFrame({"t": ["إِلَى المَدْرَسَةِ", None]})
>>> df.lazy().select(pl.col("t").arnorm.normalize("search")).collect()["t"].to_list()
['الي المدرسه', None]

The data type is kept and nulls stay null; an Enum gets the categories that its own become. Equal values of a batch
are computed once. A column of another type is a `TypeError`, which a lazy query reports as an error of its own.
Several columns are one expression: ``pl.col("title", "body").arnorm.normalize("search")``.

*processes* is how many worker processes share the work; they stay for the next call. It is worth it for repair and for
many long texts: a text takes as long to travel as to normalize.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import compress
from typing import Any

from arnorm.core import Composable
from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.integrations._columns import EDIT_FIELDS, changes, each, traces
from arnorm.literals import PolicyName, ProfileName
from arnorm.repairer import Repairer
from arnorm.spelling.policy import Policy

pl = require("polars", "polars")

_TYPES = {int: pl.Int64, float: pl.Float64, str: pl.String, list[str]: pl.List(pl.String)}
#: The type of a trace: the text, and its edits in order. Offsets count code points.
TRACE = pl.Struct({"text": pl.String, "edits": pl.List(pl.Struct({k: _TYPES[t] for k, t in EDIT_FIELDS.items()}))})


class _Namespace:
    def normalize(self, profile: ProfileName | Composable = "clean", *, processes: int | None = None) -> Any:
        """The column normalized by a *profile*, given by name or as any pass or pipeline.

        >>> pl.Series(["أب", None]).arnorm.normalize("search").to_list()
        ['اب', None]
        """
        return self._apply(partial(_mapped, pipeline_of(profile), processes))

    def repair(
        self,
        policy: PolicyName | Policy = "safe",
        lexicon: Iterable[str] | None = None,
        model: str | None = None,
        *,
        processes: int | None = None,
    ) -> Any:
        """The column with its spelling repaired; the arguments before the star are those of `arnorm.Repairer`.

        >>> pl.Series(["ذهب الى المدرسه"]).arnorm.repair("balanced").to_list()
        ['ذهب إلى المدرسة']
        """
        return self._apply(partial(_mapped, Repairer(policy, lexicon, model), processes))

    def trace(self, profile: ProfileName | Composable = "clean", *, processes: int | None = None) -> Any:
        """What a *profile* makes of each text and how: a column of structs of type `TRACE`.

        >>> [edit["after"] for edit in pl.Series(["أب"]).arnorm.trace("search")[0]["edits"]]
        ['ا']
        """
        return self._apply(partial(_traced, pipeline_of(profile), processes), TRACE)

    def _apply(self, function: Callable[[Any], Any], dtype: Any = None) -> Any:
        raise NotImplementedError


@pl.api.register_expr_namespace("arnorm")
class ArnormExpr(_Namespace):
    """What ``pl.col("text").arnorm`` offers; works in lazy, streaming and grouped queries.

    >>> frame = pl.DataFrame({"t": ["أب", "إب"]})
    >>> frame.select(pl.col("t").arnorm.normalize("search"))["t"].to_list()
    ['اب', 'اب']
    """

    def __init__(self, expr: Any) -> None:
        self._expr = expr

    def _apply(self, function: Callable[[Any], Any], dtype: Any = None) -> Any:
        # Without a type, polars tries the function to see what becomes of an Enum, and has its own say of an error in
        # it. So the column is looked at first, by a function whose errors reach the user.
        checked = self._expr.map_batches(_checked, return_dtype=pl.self_dtype(), is_elementwise=True)
        return checked.map_batches(function, return_dtype=dtype, is_elementwise=True)


@pl.api.register_series_namespace("arnorm")
class ArnormSeries(_Namespace):
    """What ``series.arnorm`` offers.

    >>> pl.Series(["كتـــاب"]).arnorm.normalize().to_list()
    ['كتاب']
    """

    def __init__(self, series: Any) -> None:
        self._series = series

    def _apply(self, function: Callable[[Any], Any], dtype: Any = None) -> Any:
        return function(_checked(self._series))


def _is_text(series: Any) -> bool:
    return series.dtype in (pl.String, pl.Categorical, pl.Enum, pl.Null)


def _checked(series: Any) -> Any:
    if _is_text(series):
        return series
    if series.dtype in (pl.List, pl.Array):
        kind = "list" if series.dtype == pl.List else "arr"
        way = f"pl.col({series.name!r}).{kind}.eval(pl.element().arnorm.normalize())"
        raise TypeError(f"{series.name!r} is no column of text but of {series.dtype}: what is in it goes with {way}")
    raise TypeError(f"{series.name!r} is no column of text but of {series.dtype}; cast it to pl.String first")


def _mapped(pipeline: Composable, processes: int | None, series: Any) -> Any:
    """*series* put through *pipeline*, of the same type; an enumeration gets the categories that come out."""
    if not _is_text(series):
        return series  # polars only tries
    texts, dtype = series.cast(pl.String), series.dtype
    if dtype == pl.Enum:
        after = each(pipeline, dtype.categories.to_list(), processes)
        made = texts.replace_strict(dtype.categories, after, return_dtype=pl.String)
        return made.cast(pl.Enum(list(dict.fromkeys(after))))
    distinct = texts.unique(maintain_order=True)
    done, differs = changes(pipeline, distinct.to_list(), processes)
    if True not in differs:
        return series
    if len(done) == len(texts):
        made = pl.Series(series.name, done, pl.String)
    else:
        made = texts.replace(distinct.filter(pl.Series(differs)), pl.Series(compress(done, differs), dtype=pl.String))
    return made.cast(dtype)


def _traced(pipeline: Composable, processes: int | None, series: Any) -> Any:
    texts = series.cast(pl.String)
    distinct = texts.unique(maintain_order=True)
    made = pl.Series(series.name, traces(pipeline, distinct.to_list(), processes), TRACE)
    return made.gather(texts.replace_strict(distinct, pl.int_range(len(distinct), eager=True)).cast(pl.UInt32))
