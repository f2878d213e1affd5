"""The functions that arnorm adds to SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arnorm import all_profiles, passes
from tests.integrations.columns import SENTENCES, columns, knowing, plainly, repaired, text_of

duckdb = pytest.importorskip("duckdb")
bridge = pytest.importorskip("arnorm.integrations.duckdb")
pa = pytest.importorskip("pyarrow")

NAMES = [p.full_name for p in all_profiles()] + ["clean", "mine"]
MINE = passes.fold_alef | passes.strip_tatweel


@pytest.fixture(scope="module")
def con() -> Iterator[Any]:
    with duckdb.connect() as con:
        bridge.register(con, {"mine": MINE})
        yield con


def asked(con: Any, query: str, **table: list[str | None]) -> list[tuple[Any, ...]]:
    con.register("given", pa.table({name: pa.array(values, pa.string()) for name, values in table.items()}))
    return con.execute(query).fetchall()  # type: ignore[no-any-return]


@given(values=columns, name=st.sampled_from(NAMES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_column_is_what_plain_calls_give(con: Any, values: list[str | None], name: str) -> None:
    rows = asked(con, f"SELECT arnorm_normalize(t), arnorm_normalize(t, '{name}') FROM given", t=values)
    assert [row[0] for row in rows] == plainly(values)
    assert [row[1] for row in rows] == plainly(values, MINE if name == "mine" else name)


@given(rows=st.lists(st.tuples(st.none() | st.sampled_from(["أ", "إِلَى", "مدرسة"]), st.none() | st.sampled_from(NAMES))))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_profile_may_be_a_column(con: Any, rows: list[tuple[str | None, str | None]]) -> None:
    query = "SELECT arnorm_normalize(t, p), arnorm_trace(t, p).text FROM given"
    out = asked(con, query, t=[t for t, _ in rows], p=[p for _, p in rows])
    expected = [None if t is None or p is None else plainly([t], MINE if p == "mine" else p)[0] for t, p in rows]
    assert out == [(text, text) for text in expected]


@given(values=columns)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_traces(con: Any, values: list[str | None]) -> None:
    rows = asked(con, "SELECT arnorm_trace(t, 'search') FROM given", t=values)
    assert [text_of(row[0], value) for row, value in zip(rows, values, strict=True)] == plainly(values, "search")


def test_more_rows_than_one_vector(con: Any) -> None:
    con.execute("CREATE TEMP TABLE many AS SELECT 'أ' || i % 10 AS t FROM range(9999) r(i)")
    query = "SELECT count(*), count(DISTINCT arnorm_normalize(t, 'search')) FROM many"
    assert con.execute(query).fetchall() == [(9999, 10)]


def test_repair(con: Any) -> None:
    rows = asked(con, "SELECT arnorm_repair(t), arnorm_repair(t, 'balanced') FROM given", t=SENTENCES)
    assert rows == list(zip(repaired(SENTENCES), repaired(SENTENCES, "balanced"), strict=True))


def test_a_repairer_of_ones_own_and_registering_again() -> None:
    with duckdb.connect() as con:
        bridge.register(con)
        bridge.register(con, lexicon=knowing().lexicon)
        assert con.execute("SELECT arnorm_repair('في المدرسه')").fetchone() == ("في المدرسه",)


def test_null_and_enum(con: Any) -> None:
    assert con.execute("SELECT arnorm_normalize(NULL), arnorm_normalize('أ', NULL)").fetchone() == (None, None)
    rows = con.execute("SELECT arnorm_normalize(unnest(['أ', NULL, 'ا'])::ENUM ('أ', 'ا'), 'search')").fetchall()
    assert rows == [("ا",), (None,), ("ا",)]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("arnorm_normalize('أ', 'serch')", "no profile is named 'serch'; did you mean 'search.v1'"),
        ("arnorm_trace('أ', 'serch')", "no profile is named 'serch'; did you mean 'search.v1'"),
        ("arnorm_repair('أ', 'saef')", "no policy is named 'saef'; did you mean 'safe'"),
        ("arnorm_normalize(1)", "a column of text is needed, not of int32"),
        ("arnorm_normalize('أ', 'clean', 'ml')", "arnorm_normalize takes a text and one name, not 3 arguments"),
    ],
)
def test_errors_say_what_is_wrong(con: Any, call: str, says: str) -> None:
    with pytest.raises(duckdb.InvalidInputException, match=says):
        con.execute(f"SELECT {call}").fetchall()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((None,), "a connection to DuckDB, not NoneType"),
        (("search",), "a connection to DuckDB, not str"),
        ((..., "search"), "by name, as {...}, not str"),
        ((..., b"search"), "by name, as {...}, not bytes"),
        ((..., {"mine": 5}), "a name, a pass or a pipeline, not int"),
        ((..., None, "القاهرة"), "an iterable of str"),
    ],
)
def test_wrong_values_are_named(con: Any, args: tuple[Any, ...], said: str) -> None:
    with pytest.raises(TypeError, match=re.escape(said)):
        bridge.register(*(con if arg is ... else arg for arg in args))
