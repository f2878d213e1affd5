"""``python -m benchmarks.exports [PROFILE...]``: what exported profiles cost in each engine, beside Python.

1,000 rows of 290 characters, every fifth vocalized, the milliseconds of processor time that each engine takes for
them: medians, in turns. The first call in a session, which makes plans and compiles patterns, is measured by itself.
With ``--write`` the table goes into docs/export.md. Needs PostgreSQL, duckdb, PyICU and tokenizers, and Linux.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from os import sysconf
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, NamedTuple

import duckdb
import icu
import psycopg
from tokenizers.normalizers import NFC, BertNormalizer, Sequence

from arnorm import Pipeline, profile
from arnorm.export import export, portable, refused
from arnorm.export import icu as for_icu
from arnorm.integrations import duckdb as own_functions
from arnorm.integrations.tokenizers import custom, native
from benchmarks.measure import told
from benchmarks.texts import text
from tests.export.engines import Engines, postgresql_server

ROWS, LENGTH, ROUNDS = 1000, 290, 5
PROFILES = ("lucene", "clean", "search", "quran", "names")
ENGINES = (
    *("Python", "PostgreSQL", "DuckDB macro", "DuckDB macro, of 10,000 rows", "DuckDB UDF", "ICU", "ICU, asked first"),
    *("tokenizers, native", "tokenizers, custom"),
    "Elasticsearch's filters",
)
PAGE = Path(__file__).parents[1] / "docs" / "export.md"


class Work(NamedTuple):
    """A run over all rows, and the clock in seconds of the process that does it."""

    run: Callable[[list[str]], object]
    clock: Callable[[], float] = process_time


def rows(seed: int) -> list[str]:
    """The texts."""
    return [text(LENGTH, seed * 10_007 + i, vocalized=i % 5 == 0) for i in range(ROWS)]


def of_process(number: int) -> Callable[[], float]:
    """Seconds of processor time of another process, which has one thread."""
    file = Path(f"/proc/{number}/schedstat")
    return lambda: int(file.read_text().split()[0]) / 1e9


@contextmanager
def postgresql() -> Iterator[Any]:
    """A connection, and a table of the texts in `texts`."""
    with postgresql_server() as server, psycopg.connect(server, autocommit=True) as con:
        con.execute("CREATE TABLE texts (n int, t text)")
        con.execute("SET max_parallel_workers_per_gather = 0")
        con.cursor().executemany("INSERT INTO texts VALUES (%s, %s)", [*enumerate(rows(1))])
        con.execute("ANALYZE texts")
        yield con


def in_postgresql(con: Any, function: str) -> Work:
    query = f"SELECT sum(length({function}(t))) FROM texts"
    return Work(lambda _: con.execute(query).fetchone(), of_process(con.info.backend_pid))


def in_duckdb(expression: str, *made: str, pipeline: Pipeline | None = None, times: int = 1) -> Work:
    """Over the rows, so many *times* as many of them, of which one part is counted."""
    con = duckdb.connect(config={"threads": 1})
    if pipeline is not None:
        own_functions.register(con, {"own": pipeline})
    for statement in ("SET enable_progress_bar = false", "CREATE TABLE texts (t VARCHAR)", *made):
        con.execute(statement)
    con.executemany("INSERT INTO texts VALUES (?)", [[t] for t in rows(1)])
    query = f"SELECT sum(length({expression})) FROM texts, range({times})"
    return Work(lambda _: con.execute(query).fetchone(), lambda: process_time() / times)


def in_icu(pipeline: Pipeline) -> Work:
    made = icu.Transliterator.createFromRules("x", export(pipeline, "icu"), icu.UTransDirection.FORWARD)
    return Work(lambda texts: [made.transliterate(t) for t in texts])


def in_icu_asked_first(pipeline: Pipeline) -> Work:
    asked, rules = for_icu.quick(pipeline)
    rare = icu.UnicodeSet(asked)
    rare.freeze()
    quick, whole = (
        icu.Transliterator.createFromRules("x", text, icu.UTransDirection.FORWARD)
        for text in (rules, export(pipeline, "icu"))
    )
    return Work(lambda texts: [(quick if rare.containsNone(t) else whole).transliterate(t) for t in texts])


def in_tokenizers(normalizer: Any) -> Work:
    return Work(lambda texts: [normalizer.normalize_str(t) for t in texts])


def ticks(number: int) -> Callable[[], float]:
    """Seconds of processor time of another process, all its threads."""
    file = Path(f"/proc/{number}/stat")
    return lambda: sum(map(int, file.read_text().rpartition(")")[2].split()[11:13])) / sysconf("SC_CLK_TCK")


def in_java(engines: Engines, pipeline: Pipeline) -> Work:
    """The filters as `tests/export/Analyzer.java` runs them, in Java with its regular expressions."""
    run = engines.run("elasticsearch", export(pipeline, "elasticsearch"))
    return Work(run, ticks(engines.process("java")))


def written_whole(name: str) -> Pipeline:
    """The portable form of the profile, without what cannot be written."""
    found = portable(profile(name))  # type: ignore[arg-type]
    for error in refused(found, "postgresql"):
        found = found.without(error.pass_name)
    return found


def works(name: str, con: Any, engines: Engines) -> dict[str, Work]:
    """What is measured for a profile."""
    pipeline = written_whole(name)
    con.execute(export(pipeline, "postgresql", name=name))
    made = [
        Work(lambda texts: [pipeline(t) for t in texts]),
        in_postgresql(con, name),
        in_duckdb("arnorm(t)", export(pipeline, "duckdb")),
        in_duckdb("arnorm(t)", export(pipeline, "duckdb"), times=10),
        in_duckdb("arnorm_normalize(t, 'own')", pipeline=pipeline),
        in_icu(pipeline),
        in_icu_asked_first(pipeline),
        in_tokenizers(native(pipeline)),
        in_tokenizers(custom(pipeline)),
        in_java(engines, pipeline),
    ]
    return dict(zip(ENGINES, made, strict=True))


def timed(work: Work, texts: list[str]) -> float:
    """Milliseconds."""
    gc.collect()
    start = work.clock()
    work.run(texts)
    return (work.clock() - start) * 1e3


def measured(things: dict[str, Work], rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """The first time and the median of the others."""
    first = {name: timed(work, rows(1)) for name, work in things.items()}
    times: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, work in things.items():
            times[name].append(timed(work, rows(1)))
    return {name: (first[name], median(values)) for name, values in times.items()}


def beside(con: Any) -> dict[str, Work]:
    """What the engines have of their own, Arabic analysis where there is one."""
    con.execute("CREATE EXTENSION unaccent")
    con.execute("SET default_text_search_config = 'arabic'")
    caseless = icu.Normalizer2.getNFKCCasefoldInstance()
    return {
        "PostgreSQL `lower`": in_postgresql(con, "lower"),
        "PostgreSQL `unaccent`": in_postgresql(con, "unaccent"),
        "PostgreSQL `to_tsvector`, arabic: words, folded and stemmed": in_postgresql(con, "to_tsvector"),
        "DuckDB `strip_accents`": in_duckdb("strip_accents(t)"),
        "ICU NFKC_Casefold": Work(lambda texts: [caseless.normalize(t) for t in texts]),
        "tokenizers `Sequence([])`": in_tokenizers(Sequence([])),
        "tokenizers `NFC`": in_tokenizers(NFC()),
        "tokenizers `BertNormalizer`": in_tokenizers(BertNormalizer()),
    }


def a_second(milliseconds: float) -> str:
    """Documents a second, of a run over all of them."""
    return f"{ROWS / milliseconds * 1e3:,.0f}"


def table(names: tuple[str, ...]) -> Iterator[str]:
    """The lines of the table."""
    yield f"| | {' | '.join(ENGINES)} |"
    yield "|---" * (len(ENGINES) + 1) + "|"
    with ExitStack() as stack:
        con = stack.enter_context(postgresql())
        engines = stack.enter_context(closing(Engines()))
        for name in names:
            times = measured(works(name, con, engines))
            base = times["Python"][1]
            cells = [f"{times[e][1]:.0f}" + (f" ({times[e][1] / base:.1f}×)" if e != "Python" else "") for e in ENGINES]
            yield f"| {name} | {' | '.join(cells)} |"
            yield f"| {name}, documents a second | {' | '.join(a_second(times[e][1]) for e in ENGINES)} |"
            yield f"| {name}, the first call | {' | '.join(f'{times[e][0]:.0f}' for e in ENGINES)} |"
        own = measured(beside(con))
        yield ""
        yield "| the engines' own | ms | documents a second |"
        yield "|---|---|---|"
        yield from (f"| {name} | {ms:.1f} | {a_second(ms)} |" for name, (_, ms) in own.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("profiles", nargs="*", default=PROFILES)
    parser.add_argument("--write", action="store_true", help="into docs/export.md")
    given = parser.parse_args()
    told(table(tuple(given.profiles)), PAGE if given.write else None, "speeds")


if __name__ == "__main__":
    main()
