"""``.arnorm`` on the expressions and the Series of polars."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from arnorm import Composable, UnknownNameError
from tests.integrations.columns import SENTENCES, Counted, columns, knowing, plainly, profiles, repaired, text_of

pl = pytest.importorskip("polars")
bridge = pytest.importorskip("arnorm.integrations.polars")

KINDS = ("String", "Categorical", "Enum")
every_kind = pytest.mark.parametrize("kind", KINDS)


def series_of(values: list[str | None], kind: str) -> Any:
    if kind == "Enum":
        return pl.Series("t", values, pl.Enum(list(dict.fromkeys(v for v in [*values, "أخرى"] if v is not None))))
    return pl.Series("t", values, getattr(pl, kind))


@every_kind
@given(values=columns, profile=profiles)
def test_a_series_is_what_plain_calls_give(kind: str, values: list[str | None], profile: str | Composable) -> None:
    series = series_of(values, kind)
    out = series.arnorm.normalize(profile)
    assert out.to_list() == plainly(values, profile)
    assert out.name == "t"
    if kind == "Enum":
        entries = plainly(series.dtype.categories.to_list(), profile)
        assert out.dtype == pl.Enum(list(dict.fromkeys(entries)))
    else:
        assert out.dtype == series.dtype


@every_kind
@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
@given(values=columns, profile=profiles)
def test_a_lazy_column(kind: str, engine: str, values: list[str | None], profile: str | Composable) -> None:
    frame = series_of(values, kind).to_frame().lazy()
    query = frame.select(pl.col("t").arnorm.normalize(profile), trace=pl.col("t").arnorm.trace(profile))
    out = query.collect(engine=engine)
    assert out.schema == query.collect_schema()
    assert out["t"].to_list() == plainly(values, profile)
    assert list(map(text_of, out["trace"].to_list(), values)) == plainly(values, profile)


@every_kind
@given(values=columns, profile=profiles)
def test_traces(kind: str, values: list[str | None], profile: str | Composable) -> None:
    out = series_of(values, kind).arnorm.trace(profile)
    assert (out.dtype, out.name) == (bridge.TRACE, "t")
    assert list(map(text_of, out.to_list(), values)) == plainly(values, profile)


def test_in_the_contexts_of_a_query() -> None:
    frame = pl.DataFrame({"g": [1, 2, 1, 2], "t": ["أ", "ب", "ا", None]})
    folded = pl.col("t").arnorm.normalize("search")
    grouped = frame.lazy().group_by("g", maintain_order=True).agg(folded, n=folded.n_unique()).collect()
    assert grouped.rows() == [(1, ["ا", "ا"], 1), (2, ["ب", None], 2)]
    assert frame.group_by(folded.alias("k"), maintain_order=True).len().rows() == [("ا", 2), ("ب", 1), (None, 1)]
    assert frame.filter(folded == "ا").height == 2
    assert frame.with_columns(folded.count().over("g").alias("n"))["n"].to_list() == [2, 1, 2, 1]
    assert frame.select(pl.col("t").implode().list.eval(pl.element().arnorm.normalize("search"))).item(0, 0)[2] == "ا"
    assert frame.lazy().with_columns(pl.col(pl.String).arnorm.normalize("search")).collect()["t"][0] == "ا"


def test_a_large_column_in_streaming() -> None:
    values = [f"أ{i % 1000}" for i in range(200_000)]
    frame = pl.LazyFrame({"t": values}).select(pl.col("t").arnorm.normalize("search"))
    assert frame.collect(engine="streaming")["t"].to_list() == plainly([*values], "search")


@every_kind
def test_equal_values_are_computed_once(kind: str) -> None:
    counted = Counted()
    series = pl.Series("t", ["ab", None, "ab", "cd"], pl.Enum(["ab", "cd"]) if kind == "Enum" else getattr(pl, kind))
    assert series.arnorm.normalize(counted.upper).to_list() == ["AB", None, "AB", "CD"]
    assert sorted(counted.seen) == ["ab", "cd"]


def test_a_series_in_which_nothing_changes_is_the_same_object() -> None:
    series = pl.Series(["نص", None])
    assert series.arnorm.normalize() is series


def test_nothing_but_null() -> None:
    for dtype in (pl.Null, pl.String, pl.Categorical, pl.Enum(["أ"])):
        for values in ([], [None, None]):
            series = pl.Series("t", values, dtype)
            assert series.arnorm.normalize().to_list() == values
            assert series.arnorm.trace().to_list() == values
    assert pl.Series([None]).arnorm.normalize().dtype == pl.Null


def test_a_column_of_something_else_is_an_error() -> None:
    frame = pl.DataFrame({"n": [1]})
    for function in ("normalize", "trace", "repair"):
        with pytest.raises(TypeError, match="'n' is no column of text but of Int64"):
            getattr(frame["n"].arnorm, function)()
        with pytest.raises((TypeError, pl.exceptions.PolarsError), match="'n' is no column of text but of Int64"):
            frame.lazy().select(getattr(pl.col("n").arnorm, function)()).collect()


def test_repair_and_its_trace() -> None:
    frame = pl.DataFrame({"t": SENTENCES})
    assert frame.select(pl.col("t").arnorm.repair())["t"].to_list() == repaired(SENTENCES)
    assert frame["t"].arnorm.repair("balanced").to_list() == repaired(SENTENCES, "balanced")
    assert frame["t"].arnorm.repair(lexicon=knowing().lexicon)[0] == knowing().repair(SENTENCES[0] or "")
    edit = frame["t"].arnorm.trace(knowing())[0]["edits"][0]
    assert (edit["before"], edit["after"], edit["kind"]) == ("احمد", "أحمد", "class")


def test_an_unknown_name_has_a_suggestion_when_the_query_is_written() -> None:
    with pytest.raises(UnknownNameError, match="search.v1"):
        pl.col("t").arnorm.normalize("serch")
    with pytest.raises(UnknownNameError, match="did you mean 'safe'"):
        pl.col("t").arnorm.repair("saef")


def test_lists_of_texts_go_by_their_elements() -> None:
    frame = pl.DataFrame({"tokens": [["أَب", None], [], None]})
    with pytest.raises(TypeError, match=r"col\('tokens'\).list.eval\(pl.element\(\).arnorm"):
        frame["tokens"].arnorm.normalize("search")
    done = frame.select(pl.col("tokens").list.eval(pl.element().arnorm.normalize("search")))
    assert done["tokens"].to_list() == [["اب", None], [], None]


def test_several_columns_are_one_expression() -> None:
    frame = pl.DataFrame({"a": ["أ"], "b": ["إلى"], "n": [1]})
    assert frame.with_columns(pl.col("a", "b").arnorm.normalize("search")).rows() == [("ا", "الي", 1)]
