"""``Series.arnorm``, for every data type that holds text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Composable, Pipeline, UnknownNameError
from tests.integrations.columns import (
    SENTENCES,
    Counted,
    columns,
    knowing,
    plainly,
    profiles,
    repaired,
    text_of,
    without,
)
from tests.strategies import any_text, pipelines

pd = pytest.importorskip("pandas")
pytest.importorskip("arnorm.integrations.pandas")
pa = pytest.importorskip("pyarrow")

DTYPES = [
    object,
    "str",
    pd.StringDtype("python"),
    pd.StringDtype("pyarrow"),
    pd.ArrowDtype(pa.string()),
    pd.ArrowDtype(pa.large_string()),
]
if pd.__version__ >= "3":
    DTYPES += [pd.StringDtype("python", na_value=float("nan")), pd.StringDtype("pyarrow", na_value=float("nan"))]
every_dtype = pytest.mark.parametrize("dtype", DTYPES, ids=str)


def series_of(values: list[str | None], dtype: Any) -> Any:
    index = pd.Index([f"r{i}" for i in range(len(values))])
    return pd.Series(values, index=index, name="نص", dtype=object if dtype == "str" and None in values else dtype)


def listed(series: Any) -> list[Any]:
    """The values, with None for whatever stands for a missing one."""
    return [None if pd.isna(value) is True else value for value in series]


def same_but_for_text(out: Any, series: Any) -> None:
    assert out.dtype == series.dtype
    assert out.index.equals(series.index)
    assert out.name == series.name
    gone = [value for value in series if not isinstance(value, str)]
    assert all(a is b for a, b in zip(gone, [v for v in out if not isinstance(v, str)], strict=True))


@every_dtype
@given(values=columns, profile=profiles)
def test_a_series_is_what_plain_calls_give(dtype: Any, values: list[str | None], profile: str | Composable) -> None:
    series = series_of(values, dtype)
    out = series.arnorm.normalize(profile)
    assert listed(out) == plainly(values, profile)
    same_but_for_text(out, series)


@given(values=st.lists(st.none() | any_text), pipeline=pipelines())
def test_objects_may_be_any_strings(values: list[str | None], pipeline: Pipeline) -> None:
    """Lone surrogates too, which an Arrow column cannot hold."""
    out = pd.Series(values, dtype=object).arnorm.normalize(pipeline)
    assert out.tolist() == plainly(values, pipeline)


@given(data=st.data(), values=columns, profile=profiles, ordered=st.booleans())
def test_categories(data: st.DataObject, values: list[str | None], profile: str | Composable, ordered: bool) -> None:
    categories = list(dict.fromkeys(v for v in [*values, "أخرى"] if v is not None))
    kind = data.draw(st.sampled_from([object, "str", pd.ArrowDtype(pa.string())]))
    dtype = pd.CategoricalDtype(pd.Index(categories, dtype=kind), ordered)
    series = pd.Series(values, dtype=dtype, index=range(5, 5 + len(values)), name="فئة")
    out = series.arnorm.normalize(profile)
    assert listed(out) == plainly(values, profile)
    assert out.cat.categories.tolist() == list(dict.fromkeys(plainly([*categories], profile)))
    assert out.cat.categories.dtype == series.cat.categories.dtype
    assert (out.cat.ordered, out.name) == (ordered, "فئة")
    assert out.index.equals(series.index)


def test_missing_values_stay_what_they_are() -> None:
    values = [None, float("nan"), pd.NA, pd.NaT, "أ"]
    out = pd.Series(values, dtype=object).arnorm.normalize("search").tolist()
    assert all(a is b for a, b in zip(out[:4], values, strict=False))
    assert out[4] == "ا"


@pytest.mark.parametrize("dtype", ["float64", "datetime64[ns]", object, "category", "Int64"])
def test_nothing_but_missing_values(dtype: str) -> None:
    series = pd.Series([None, None], dtype=dtype)
    pd.testing.assert_series_equal(series.arnorm.normalize(), series)
    pd.testing.assert_series_equal(series[:0].arnorm.normalize(), series[:0])
    assert listed(series.arnorm.trace()) == [None, None]


@pytest.mark.parametrize("dtype", [object, "category"])
def test_what_is_not_text_is_an_error_that_names_the_row(dtype: str) -> None:
    series = pd.Series(["أ", None, 7], index=["x", "y", "z"], dtype=dtype)
    for run in (series.arnorm.normalize, series.arnorm.trace, series.arnorm.repair):
        with pytest.raises(TypeError, match=r"row 2 \(label 'z'\) is int, not str"):
            run()
    with pytest.raises(TypeError, match=r"row 0 \(label 0\) is list, not str"):
        pd.Series([["أ"]]).arnorm.normalize()
    with pytest.raises(TypeError, match=r"row 0 \(label 0\) is int, not str"):
        pd.Series([1, 2]).arnorm.normalize()
    with pytest.raises(TypeError, match="not of int64"):
        pd.Series([1, 2], dtype=pd.ArrowDtype(pa.int64())).arnorm.normalize()


def test_a_category_that_is_not_text_is_an_error_even_unused() -> None:
    with pytest.raises(TypeError, match="is int, not str"):
        pd.Series(["أ"], dtype=pd.CategoricalDtype(["أ", 7])).arnorm.normalize()


@pytest.mark.parametrize("dtype", [*DTYPES, "category"], ids=str)
def test_equal_values_are_computed_once(dtype: Any) -> None:
    counted = Counted()
    series = pd.Series(["ab", "cd", "ab", "ab"], dtype=dtype)
    assert series.arnorm.normalize(counted.upper).tolist() == ["AB", "CD", "AB", "AB"]
    assert sorted(counted.seen) == ["ab", "cd"]


@pytest.mark.parametrize("dtype", [*DTYPES, "category"], ids=str)
@given(values=columns, profile=profiles)
def test_traces(dtype: Any, values: list[str | None], profile: str | Composable) -> None:
    series = series_of(values, dtype)
    out = series.arnorm.trace(profile)
    assert out.index.equals(series.index)
    assert out.name == series.name
    assert list(map(text_of, listed(out), values)) == plainly(values, profile)
    assert listed(out.struct.field("text")) == plainly(values, profile)


@pytest.mark.parametrize("dtype", [*DTYPES, "category"], ids=str)
def test_repair(dtype: Any) -> None:
    series = series_of(SENTENCES, dtype)
    assert listed(series.arnorm.repair()) == repaired(SENTENCES)
    assert listed(series.arnorm.repair("balanced")) == repaired(SENTENCES, "balanced")
    assert series.arnorm.repair(lexicon=knowing().lexicon).iloc[0] == knowing().repair(SENTENCES[0] or "")


def test_an_unknown_name_has_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="search.v1"):
        pd.Series(["أ"]).arnorm.normalize("serch")


def test_attributes_and_a_repeated_index_are_kept() -> None:
    series = pd.Series(["أ", "ب"], index=[1, 1])
    series.attrs["source"] = "x"
    out = series.arnorm.normalize("search")
    assert out.attrs == {"source": "x"}
    assert out.index.tolist() == [1, 1]


def test_a_trace_of_lone_surrogates_is_an_error() -> None:
    with pytest.raises(UnicodeEncodeError):
        pd.Series(["\ud800"], dtype=object).arnorm.trace()


def test_without_pyarrow_all_but_traces_work() -> None:
    code = """
import pandas as pd, arnorm, arnorm.integrations.pandas
for dtype in (object, "string", "category"):
    print(ascii(pd.Series(["أ", None], dtype=dtype).arnorm.normalize("search").tolist()))
try:
    pd.Series(["أ"]).arnorm.trace()
except arnorm.MissingPackageError as error:
    print(error.extra)
"""
    said = without("pyarrow", code).split("\n")
    assert said == ["['\\u0627', None]", "['\\u0627', <NA>]", "['\\u0627', nan]", "arrow", ""]


def test_several_columns_of_a_frame() -> None:
    frame = pd.DataFrame({"n": [1, 2], 7: ["أَب", None], "b": ["إلى", "ة"]}, index=["x", "y"])
    out = frame.arnorm.normalize([7, "b"], "search")
    assert out.columns.tolist() == ["n", 7, "b"]
    assert (out["n"].tolist(), out["b"].tolist(), listed(out[7])) == ([1, 2], ["الي", "ه"], ["اب", None])
    assert out.index.equals(frame.index)
    assert frame["b"].tolist() == ["إلى", "ة"]
    assert frame.arnorm.repair(["b"])["b"].tolist() == repaired(["إلى", "ة"])
    assert frame.arnorm.trace(["b"], "search")["b"].struct.field("text").tolist() == ["الي", "ه"]
    with pytest.raises(KeyError, match="title"):
        frame.arnorm.normalize(["title"])
    with pytest.raises(TypeError, match="a list of names"):
        frame.arnorm.normalize("b")
    with pytest.raises(TypeError, match="row 0"):
        frame.arnorm.normalize(["n"])


def test_traces_come_back_from_parquet(tmp_path: Any) -> None:
    series = pd.Series(["أَب", None], index=["x", "y"], name="t").arnorm.trace("search")
    series.to_frame().to_parquet(tmp_path / "t.parquet")
    again = pd.read_parquet(tmp_path / "t.parquet", dtype_backend="pyarrow")["t"]
    assert again.to_dict() == series.to_dict()
