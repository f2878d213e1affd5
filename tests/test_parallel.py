"""`arnorm.parallel`: order, laziness, errors and the end of the workers."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from arnorm.core import CharMap
from arnorm.errors import NotSerializableError, WorkerLostError
from arnorm.parallel import ordered_map, paired

FOLD = CharMap("fold", {"أ": "ا", "إ": "ا"})
METHODS = multiprocessing.get_all_start_methods()


def test_results_in_order() -> None:
    texts = [f"أ{n}" for n in range(1000)]
    assert list(ordered_map(FOLD, iter(texts), 2, 7)) == [f"ا{n}" for n in range(1000)]


@pytest.mark.parametrize("method", METHODS)
def test_every_start_method(method: str) -> None:
    context = multiprocessing.get_context(method)
    assert list(ordered_map(FOLD, ["أ", "إب", ""], 2, 1, context=context)) == ["ا", "اب", ""]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_chunk_boundaries(count: int) -> None:
    assert list(ordered_map(FOLD, ["أ"] * count, 1, 2)) == ["ا"] * count


def test_many_uses_it() -> None:
    assert list(FOLD.many((t for t in "أإب"), processes=2, chunk=1)) == ["ا", "ا", "ب"]


def test_reads_only_a_few_chunks_ahead() -> None:
    taken = itertools.count()

    def endless() -> Iterator[str]:
        while True:
            next(taken)
            yield "أ"

    results = ordered_map(FOLD, endless(), 2, 10)
    assert next(taken) == 0  # nothing is read before the first result is asked for
    assert next(results) == "ا"
    assert next(taken) <= 2 * 3 * 10 + 1  # three chunks of ten for each of two
    results.close()  # type: ignore[attr-defined]


class _CountsLoads:
    """Says whether it is a copy."""

    def __init__(self, copies: int = 0) -> None:
        self.copies = copies

    def __reduce__(self) -> tuple[object, ...]:
        return _CountsLoads, (self.copies + 1,)

    def __call__(self, text: str) -> int:
        return self.copies


def children() -> set[Any]:
    """The child processes of these tests; other packages may keep some of their own."""
    return set(multiprocessing.active_children()) - FOREIGN


FOREIGN: set[Any] = set()


@pytest.fixture(autouse=True)
def only_ours() -> None:
    FOREIGN.clear()
    FOREIGN.update(multiprocessing.active_children())


@pytest.mark.parametrize("method", METHODS)
def test_forked_workers_may_inherit_the_function(method: str) -> None:
    context = multiprocessing.get_context(method)
    copied = list(ordered_map(_CountsLoads(), "أب", 2, 1, context=context))
    inherited = list(ordered_map(_CountsLoads(), "أب", 2, 1, context=context, inherit=True))
    assert (copied, inherited) == ([1, 1], [0, 0] if method == "fork" else [1, 1])


def test_closing_ends_the_workers() -> None:
    results = ordered_map(FOLD, itertools.repeat("أ"), 2, 10)
    next(results)
    assert children()
    results.close()  # type: ignore[attr-defined]
    assert not children()


def test_an_error_of_the_items_comes_after_the_results_before_it() -> None:
    def texts() -> Iterator[str]:
        yield from ["أ"] * 25
        raise OSError("the disk is gone")

    results = ordered_map(FOLD, texts(), 2, 10)
    assert list(itertools.islice(results, 25)) == ["ا"] * 25
    with pytest.raises(OSError, match="the disk is gone"):
        next(results)
    assert not children()


def test_an_error_of_the_function_arrives() -> None:
    with pytest.raises(TypeError, match="takes a str, not int"):
        list(ordered_map(FOLD, ["أ", 3], 1, 1))  # type: ignore[arg-type]


def test_a_worker_that_dies_is_an_error() -> None:
    with pytest.raises(WorkerLostError, match="ended before its work did"):
        list(ordered_map(os._exit, [3] * 100, 2, 10))
    assert not children()


class _LoadsNowhere:
    """Pickles well, and fails to load."""

    def __reduce__(self) -> tuple[object, ...]:
        return int, ("no number",)

    def __call__(self, text: str) -> str:
        raise AssertionError("never reached")


def test_a_function_that_does_not_load_is_that_error() -> None:
    with pytest.raises(ValueError, match="no number"):
        list(ordered_map(_LoadsNowhere(), ["أ"], 1, 1))


def test_a_function_that_does_not_pickle_is_refused_at_once() -> None:
    with pytest.raises(NotSerializableError, match="top level of a module"):
        ordered_map(lambda text: text, ["أ"], 1, 1)


@pytest.mark.parametrize(("processes", "chunk"), [(0, 1), (-1, 1), (1, 0)])
def test_numbers_below_one_are_refused_at_once(processes: int, chunk: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        ordered_map(FOLD, ["أ"], processes, chunk)


ORPHANS = """
import itertools, multiprocessing, time
from arnorm.core import CharMap
from arnorm.parallel import ordered_map
results = ordered_map(CharMap("fold", {"a": "b"}), itertools.repeat("a"), 2, 10)
next(results)
print(*(child.pid for child in multiprocessing.active_children()), flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_workers_leave_with_a_killed_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        workers = parent.stdout.readline().split()
        assert len(workers) == 2
        parent.kill()
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in workers):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)


def _alive(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_what_comes_back_is_paired_with_what_was_given(processes: int) -> None:
    """A part of each item goes to the workers; the rest, which no pickle could hold, stays here."""
    items = [(lambda: None, text) for text in ("أ", "إب", "")]
    found = list(paired(FOLD, iter(items), itemgetter(1), processes))
    assert found == [(item, made) for item, made in zip(items, ("ا", "اب", ""), strict=True)]
