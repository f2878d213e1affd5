"""Mapping a pipeline over many texts with worker processes, in order and a few chunks ahead.

Used by `arnorm.core.Composable.many`; `at_hand` is for the bridges to columns, which have a list at a time. The
pipeline is pickled once and sent to each worker once; after that only texts travel, *chunk* of them at a time, because
sending one costs as much as normalizing it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from multiprocessing import connection
from multiprocessing.context import BaseContext
from typing import Any, TypeVar, cast

from arnorm.errors import NotSerializableError, WorkerLostError

T = TypeVar("T")
S = TypeVar("S")
R = TypeVar("R")

#: Chunks in work for each process: one being worked on, one waiting, one being read back.
AHEAD = 3


def ordered_map(
    function: Callable[[T], R],
    items: Iterable[T],
    processes: int,
    chunk: int = 1000,
    *,
    context: BaseContext | None = None,
    inherit: bool = False,
) -> Iterator[R]:
    """``map(function, items)`` with *processes* worker processes: same results, same order, as an iterator.

    *items* are read as results are taken, at most ``3 * processes`` chunks of *chunk* ahead. No process starts before
    the first result is asked for; all have ended when the iterator is exhausted, closed or fails. *context* is
    a start method (``multiprocessing.get_context("spawn")``); the platform's own by default. With *inherit*, workers
    that are forked use *function* itself, and share with it what it has loaded, instead of loading a copy each.

    Raises at once `ValueError` for numbers below 1 and `NotSerializableError` for a function that cannot be
    pickled; while iterating, what the function or the items raise (an error of the items only after the results of
    all items before it), and `WorkerLostError` when a worker dies.
    """
    if processes < 1 or chunk < 1:
        raise ValueError(f"processes and chunk are at least 1, not {processes} and {chunk}")
    payload = _pickled(function)
    forked = (context or multiprocessing).get_start_method() == "fork"
    return _results(payload, function if inherit and forked else None, iter(items), processes, chunk, context)


def paired(
    function: Callable[[T], R], items: Iterable[S], part: Callable[[S], T], processes: int
) -> Iterator[tuple[S, R]]:
    """Each of *items* with ``function(part(item))``, in order: items stay here, only their parts go to the workers.

    With no *processes* all is done here, an item at a time. Else it is done as `ordered_map` does it, with chunks of
    one item, and with workers that inherit *function* where they are forked.

    >>> list(paired(str.upper, [("a", 1), ("b", 2)], lambda item: item[0], processes=0))
    [(('a', 1), 'A'), (('b', 2), 'B')]
    """
    if not processes:
        return ((item, function(part(item))) for item in items)
    forked = multiprocessing.get_start_method() == "fork"
    return _results(_pickled(function), function if forked else None, iter(items), processes, 1, None, part)


def _pickled(function: Callable[..., object]) -> bytes:
    try:
        return pickle.dumps(function, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise NotSerializableError(
            f"{function!r} cannot be sent to worker processes ({error}); "
            "define the functions it calls at the top level of a module, or run without processes"
        ) from error


def _results(
    payload: bytes,
    function: Callable[[Any], Any] | None,
    items: Iterator[T],
    processes: int,
    chunk: int,
    context: BaseContext | None,
    part: Callable[[T], object] | None = None,
) -> Iterator[Any]:
    """What *function* gives for each of *items* or, with *part*, each item with what it gives for that part of it."""
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_start, initargs=(payload, function))
    chunks = _Chunks(items, chunk)
    waiting: deque[tuple[list[Any], Future[list[Any]]]] = deque()  # with the items, where they are wanted again
    try:
        if function is not None:
            pool.submit(_run, [])  # forks now, before the items open files and start threads
        while True:
            while len(waiting) < AHEAD * processes and (taken := chunks.next()):
                if part is None:
                    waiting.append(([], pool.submit(_run, taken)))
                else:
                    waiting.append((taken, pool.submit(_run, [part(item) for item in taken])))
            if not waiting:
                break
            given, future = waiting.popleft()
            yield from future.result() if part is None else zip(given, future.result(), strict=True)
    except BrokenProcessPool as error:
        raise WorkerLostError from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    if chunks.error is not None:
        raise chunks.error


class _Chunks:
    """Takes chunks from an iterator; an error of the iterator ends it, and waits its turn in ``error``."""

    def __init__(self, items: Iterator[Any], size: int) -> None:
        self.items, self.size = items, size
        self.error: Exception | None = None
        self.ended = False

    def next(self) -> list[Any]:
        """The next chunk; an empty one at the end, and after an error."""
        taken: list[Any] = []
        if not self.ended:
            try:
                taken.extend(islice(self.items, self.size))
            except Exception as error:  # raised by `_results` once what came before it is done
                self.error = error
            self.ended = len(taken) < self.size
        return taken


class _Pool:
    """The workers that `at_hand` keeps, from call to call."""

    def __init__(self, processes: int) -> None:
        self.processes, self.parent = processes, os.getpid()
        self.executor = ProcessPoolExecutor(processes, initializer=_start, initargs=(b"", None))

    def serves(self, processes: int) -> bool:
        """Whether it has that many workers, and is not one that a fork has left behind."""
        return (self.processes, self.parent) == (processes, os.getpid())


_pool: _Pool | None = None
_pool_lock = threading.Lock()
_SHARES = 4  # of a list for each worker: one may be slower than another


def at_hand(function: Callable[[T], R], items: Sequence[T], processes: int | None) -> list[R]:
    """``list(map(function, items))`` with worker processes, which stay for the next call; a short list is done here.

    Before the first workers start, *function* is called here, so that workers that are forked share what it loads.
    Raises as `ordered_map` does.

    >>> at_hand(str.upper, ["a", "b"], processes=2)
    ['A', 'B']
    """
    if processes is not None and type(processes) is not int:
        raise TypeError(f"processes is a number, not {type(processes).__name__}")
    if processes is not None and processes < 1:
        raise ValueError(f"processes is at least 1, not {processes}")
    if not processes or processes == 1 or len(items) < 2 * processes:
        return list(map(function, items))
    payload, first = _pickled(function), function(items[0])
    executor = _workers(processes)
    size = max(1, min(1000, len(items) // (_SHARES * processes)))
    rest = range(1, len(items), size)
    try:
        made = [executor.submit(_run_other, payload, [*items[start : start + size]]) for start in rest]
        return [first, *(result for future in made for result in future.result())]
    except BrokenProcessPool as error:
        _drop(executor)
        raise WorkerLostError from error


def _workers(processes: int) -> ProcessPoolExecutor:
    global _pool
    with _pool_lock:
        if _pool is None or not _pool.serves(processes):
            if _pool is not None and _pool.parent == os.getpid():
                _pool.executor.shutdown(wait=False)  # once what others have asked of it is done
            _pool = _Pool(processes)
        return _pool.executor


def _drop(executor: ProcessPoolExecutor) -> None:
    global _pool
    with _pool_lock:
        if _pool is not None and _pool.executor is executor:
            _pool = None


# In a worker. The function stays pickled until the first chunk, so that a failure to load it is that chunk's error and
# reaches the caller, where a failing initializer would only break the pool.
_payload: bytes = b""
_function: Callable[[Any], Any] | None = None


def _start(payload: bytes, function: Callable[[Any], Any] | None) -> None:
    global _payload, _function
    _payload, _function = payload, function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; only the parent answers it
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End the worker when the parent was killed: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@lru_cache(maxsize=4)
def _loaded(payload: bytes) -> Callable[[Any], Any]:
    return cast(Callable[[Any], Any], pickle.loads(payload))


def _run_other(payload: bytes, items: list[Any]) -> list[Any]:
    return list(map(_loaded(payload), items))


def _run(texts: list[Any]) -> list[Any]:
    global _function
    if _function is None:
        _function = pickle.loads(_payload)
    return [_function(text) for text in texts]
