"""Columns shared among worker processes: the same results, in workers that stay."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

import arnorm
from arnorm import Custom, parallel
from arnorm.errors import NotSerializableError, WorkerLostError
from arnorm.integrations._columns import changes, each, each_once
from tests.integrations.columns import plainly, repaired

Bridge = Callable[[int | None], Any]
VALUES: list[str | None] = [f"أَبٌ {n % 7} إلى" if n % 5 else None for n in range(40)] + ["ـ", ""]


def who(text: str) -> str:
    return f"{text} {os.getpid()}"


def killed(text: str) -> str:
    if text == "x":
        os.kill(os.getpid(), signal.SIGKILL)
    return text


def pandas(processes: int | None) -> Any:
    pd = pytest.importorskip("pandas")
    pytest.importorskip("arnorm.integrations.pandas")
    series = pd.Series(VALUES, index=range(100, 100 + len(VALUES)), name="t", dtype=object)
    return series, series.arnorm.normalize("search", processes=processes)


def polars(processes: int | None) -> Any:
    pl = pytest.importorskip("polars")
    pytest.importorskip("arnorm.integrations.polars")
    series = pl.Series("t", VALUES)
    return series, series.to_frame().lazy().select(
        pl.col("t").arnorm.normalize("search", processes=processes)
    ).collect()["t"]


def pyarrow(processes: int | None) -> Any:
    pa = pytest.importorskip("pyarrow")
    arrow = pytest.importorskip("arnorm.integrations.arrow")
    array = pa.array(VALUES)
    return array, arrow.normalize(array, "search", processes=processes)


def duckdb(processes: int | None) -> Any:
    con = pytest.importorskip("duckdb").connect()
    pytest.importorskip("arnorm.integrations.duckdb").register(con, processes=processes)
    query = "SELECT arnorm_normalize(t, 'search') FROM (SELECT unnest($1::VARCHAR[]) AS t)"
    return None, [row[0] for row in con.execute(query, [VALUES]).fetchall()]


def listed(column: Any) -> list[str | None]:
    if isinstance(column, list):
        return column
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column.to_list())


BRIDGES = [pandas, polars, pyarrow, duckdb]


@pytest.mark.parametrize("bridge", BRIDGES)
def test_a_column_is_what_plain_calls_give(
    bridge: Callable[[int | None], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared: list[int | None] = []
    at_hand = parallel.at_hand

    def noted(function: Any, items: Any, processes: int | None) -> Any:
        shared.append(processes)
        return at_hand(function, items, processes)

    monkeypatch.setattr(parallel, "at_hand", noted)
    before, after = bridge(2)
    assert listed(after) == plainly(VALUES, "search")
    assert set(shared) == {2}
    shared.clear()
    bridge(None)
    assert not shared
    if bridge is pandas:
        assert after.index.equals(before.index)
        assert after.name == before.name


def test_repair_and_traces_too() -> None:
    pd = pytest.importorskip("pandas")
    pytest.importorskip("arnorm.integrations.pandas")
    values = ["ذهب احمد الى المدرسه", None, *(f"عاد احمد {n}" for n in range(9))]
    series = pd.Series(values, dtype=object)
    assert series.arnorm.repair(processes=2).tolist() == repaired(values)
    pytest.importorskip("pyarrow")
    assert series.arnorm.trace("search", processes=2).equals(series.arnorm.trace("search"))


def test_the_lists_beneath() -> None:
    fold = arnorm.profile("search")
    wanted = plainly(VALUES, "search")
    assert each(fold, VALUES, 2) == each_once(fold, VALUES, 2) == changes(fold, VALUES, 2)[0] == wanted
    assert each(fold, [], 2) == []
    with pytest.raises(ValueError, match="at least 1"):
        each(fold, VALUES, 0)
    with pytest.raises(NotSerializableError):
        each(Custom("local", lambda text: text), VALUES, 2)


def test_workers_are_others_and_stay() -> None:
    texts = list("ابتثجحخد")
    first = {int(text.split()[1]) for text in parallel.at_hand(who, texts, 2)[1:]}
    again = {int(text.split()[1]) for text in parallel.at_hand(who, texts, 2)[1:]}
    assert os.getpid() not in first
    assert len(first | again) <= 2


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")
def test_a_worker_that_dies_is_told_and_others_come_in_its_place() -> None:
    with pytest.raises(WorkerLostError):
        parallel.at_hand(killed, ["", *"abcdefgx"], 2)
    assert parallel.at_hand(str.upper, list("abcdefgh"), 2) == list("ABCDEFGH")
