"""Pandas: ``Series.arnorm`` and ``DataFrame.arnorm``, after ``import arnorm.integrations.pandas``.

>>> import pandas as pd
>>> import arnorm.integrations.pandas
>>> pd.Series(["إِلَى المَدْرَسَةِ", "١٢"], name="text").arnorm.normalize("search").tolist()
['الي المدرسه', '12']

Data type, index and name are kept; missing values stay what they are (None, NaN, NA). Equal values are computed once.
In a category the categories are normalized; those that become equal become one, in the place of the first.
A value that is neither text nor missing is a `TypeError` that names its row.

*processes* is how many worker processes share the work; they stay for the next call. It is worth it for repair and for
many long texts: a text takes as long to travel as to normalize.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any

from arnorm.core import Composable
from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.integrations._columns import each_once
from arnorm.literals import PolicyName, ProfileName
from arnorm.repairer import Repairer
from arnorm.spelling.policy import Policy

pd = require("pandas", "pandas")


@pd.api.extensions.register_series_accessor("arnorm")
class ArnormAccessor:
    """What ``series.arnorm`` offers.

    >>> pd.Series(["كتـــاب"]).arnorm.normalize().tolist()
    ['كتاب']
    """

    def __init__(self, series: Any) -> None:
        self._series = series

    def normalize(self, profile: ProfileName | Composable = "clean", *, processes: int | None = None) -> Any:
        """The series normalized by a *profile*, given by name or as any pass or pipeline.

        >>> pd.Series(["أب", "إب"]).arnorm.normalize("search").tolist()
        ['اب', 'اب']
        """
        return _mapped(self._series, pipeline_of(profile), processes)

    def repair(
        self,
        policy: PolicyName | Policy = "safe",
        lexicon: Iterable[str] | None = None,
        model: str | None = None,
        *,
        processes: int | None = None,
    ) -> Any:
        """The series with its spelling repaired; the arguments before the star are those of `arnorm.Repairer`.

        >>> pd.Series(["ذهب الى المدرسه"]).arnorm.repair("balanced").tolist()
        ['ذهب إلى المدرسة']
        """
        return _mapped(self._series, Repairer(policy, lexicon, model), processes)

    def trace(self, profile: ProfileName | Composable = "clean", *, processes: int | None = None) -> Any:
        """What a *profile* makes of each text and how: a series of structs (needs pyarrow).

        The fields are ``text`` and ``edits``; see `arnorm.integrations.arrow.TRACE`. From Parquet it comes back with
        ``pd.read_parquet(path, dtype_backend="pyarrow")``. Text with lone surrogates, which Arrow cannot hold, is a
        `UnicodeEncodeError`.

        >>> [edit["after"] for edit in pd.Series(["أب"]).arnorm.trace("search")[0]["edits"]]
        ['ا']
        """
        return _traced(self._series, pipeline_of(profile), processes)


@pd.api.extensions.register_dataframe_accessor("arnorm")
class ArnormFrameAccessor:
    """What ``frame.arnorm`` offers: the same for several *columns*, in a new frame with the others as they are.

    >>> pd.DataFrame({"text": ["أب"], "n": [1]}).arnorm.normalize(["text"], "search").values.tolist()
    [['اب', 1]]
    """

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def normalize(
        self,
        columns: Iterable[Hashable],
        profile: ProfileName | Composable = "clean",
        *,
        processes: int | None = None,
    ) -> Any:
        """The frame with these *columns* normalized. Raises `KeyError` for a column that it has not.

        >>> frame = pd.DataFrame({"title": ["أب"], "body": ["إلى"], "n": [1]})
        >>> frame.arnorm.normalize(["title", "body"], "search").values.tolist()
        [['اب', 'الي', 1]]
        """
        return self._with(columns, partial(_mapped, pipeline=pipeline_of(profile), processes=processes))

    def repair(
        self,
        columns: Iterable[Hashable],
        policy: PolicyName | Policy = "safe",
        lexicon: Iterable[str] | None = None,
        model: str | None = None,
        *,
        processes: int | None = None,
    ) -> Any:
        """The frame with the spelling of these *columns* repaired, as `arnorm.Repairer` does with these arguments.

        >>> frame = pd.DataFrame({"text": ["ذهب الى المدرسه"], "n": [1]})
        >>> frame.arnorm.repair(["text"], "balanced").values.tolist()
        [['ذهب إلى المدرسة', 1]]
        """
        repairer = Repairer(policy, lexicon, model)
        return self._with(columns, partial(_mapped, pipeline=repairer, processes=processes))

    def trace(
        self,
        columns: Iterable[Hashable],
        profile: ProfileName | Composable = "clean",
        *,
        processes: int | None = None,
    ) -> Any:
        """The frame with the traces of these *columns* in their place (needs pyarrow).

        >>> frame = pd.DataFrame({"text": ["أب"], "n": [1]})
        >>> frame.arnorm.trace(["text"], "search")["text"][0]["text"]
        'اب'
        """
        return self._with(columns, partial(_traced, pipeline=pipeline_of(profile), processes=processes))

    def _with(self, columns: Iterable[Hashable], function: Callable[[Any], Any]) -> Any:
        if isinstance(columns, str):
            raise TypeError(f"columns are a list of names, not the str {columns!r}")
        made = {name: function(self._frame[name]) for name in columns}
        frame = self._frame.copy(deep=False)
        for name, series in made.items():
            frame[name] = series
        return frame


def _traced(series: Any, pipeline: Composable, processes: int | None) -> Any:
    from arnorm.integrations import arrow
    from arnorm.integrations._arrow import pa

    texts = pa.array(_texts(series.astype(object)), pa.large_string())
    return _like(series, arrow.trace(texts, pipeline, processes=processes), pd.ArrowDtype(arrow.TRACE))


def _like(series: Any, values: Any, dtype: Any) -> Any:
    return pd.Series(values, index=series.index, name=series.name, dtype=dtype).__finalize__(series)


def _mapped(series: Any, pipeline: Composable, processes: int | None) -> Any:
    """*series* put through *pipeline*, of the same dtype, index and name.

    Each distinct text is worked on once. What is missing stays the very value that it was (None, NaN or NA).
    """
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        values = _recoded(series, pipeline, processes)
        return _like(series, values, values.dtype)
    if isinstance(dtype, pd.ArrowDtype) or getattr(dtype, "storage", "").startswith("pyarrow"):
        from arnorm.integrations import arrow
        from arnorm.integrations._arrow import pa

        done = arrow.normalize(pa.array(series.array), pipeline, processes=processes)
        return _like(series, dtype.__from_arrow__(done), dtype)
    texts = _texts(series)
    done = each_once(pipeline, texts, processes)
    if None in texts:
        done = [old if text is None else new for old, text, new in zip(series.array, texts, done, strict=True)]
    return _like(series, done, dtype)


def _texts(series: Any) -> list[str | None]:
    """The values, None where one is missing."""
    values = series.to_numpy(object)
    texts = [None if missing else value for value, missing in zip(values, pd.isna(values), strict=True)]
    for row, text in enumerate(texts):
        if not (text is None or isinstance(text, str)):
            raise TypeError(f"row {row} (label {series.index[row]!r}) is {type(text).__name__}, not str")
    return texts


def _recoded(series: Any, pipeline: Composable, processes: int | None) -> Any:
    """The categories normalized; equal ones become one."""
    before = series.cat.categories
    try:
        after = _mapped(pd.Series(before, dtype=before.dtype), pipeline, processes)
    except TypeError:
        _texts(series.astype(object))  # names the row, if the category at fault is in use
        raise
    places, categories = pd.factorize(after)
    codes = pd.Series([*places, -1]).to_numpy()[series.cat.codes.to_numpy()]  # a missing value has the code -1
    return pd.Categorical.from_codes(codes, pd.Index(categories, dtype=before.dtype), ordered=series.cat.ordered)
