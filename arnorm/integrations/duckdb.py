"""DuckDB: `register` makes ``arnorm_normalize``, ``arnorm_repair`` and ``arnorm_trace`` usable in SQL.

>>> import duckdb
>>> with duckdb.connect() as con:
...     register(con)
...     con.execute("SELECT arnorm_normalize('إِلَى المَدْرَسَةِ', 'search')").fetchone()
('الي المدرسه',)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from arnorm.core import Composable
from arnorm.errors import texts_of
from arnorm.extras import require
from arnorm.integrations import by_name, pipeline_of
from arnorm.integrations._columns import EDIT_FIELDS
from arnorm.literals import ProfileName
from arnorm.repairer import Repairer

duckdb = require("duckdb", "duckdb")
pa = require("pyarrow", "duckdb")
pc = require("pyarrow.compute", "duckdb")

_TYPES = {int: "BIGINT", float: "DOUBLE", str: "VARCHAR", list[str]: "VARCHAR[]"}
_EDIT = ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in EDIT_FIELDS.items())
#: The type of a trace in SQL: the text, and its edits in order. Offsets count code points.
TRACE = f'STRUCT("text" VARCHAR, "edits" STRUCT({_EDIT})[])'


def register(
    con: Any,
    profiles: Mapping[str, ProfileName | Composable] | None = None,
    lexicon: Iterable[str] | None = None,
    model: str | None = None,
    *,
    processes: int | None = None,
) -> None:
    """Give *con* three functions, in place of those that an earlier call gave.

    ``arnorm_normalize(text [, profile])`` and ``arnorm_trace(text [, profile])`` take the name of a profile, ``clean``
    by default, or one of *profiles*, your own passes and pipelines by name. ``arnorm_repair(text [, policy])`` repairs
    spelling, with the policy ``safe`` by default; *lexicon* and *model* are as `arnorm.Repairer` takes them. NULL
    gives NULL. What goes wrong in a function, an unknown name say, is a `duckdb.InvalidInputException`.

    DuckDB's threads take turns in Python. With *processes*, so many workers share each batch of 2,048 rows, which is
    worth it for repair and for long texts. Raises `TypeError` for what is no connection, and what `arnorm.Repairer`
    raises for a lexicon.

    >>> with duckdb.connect() as con:
    ...     register(con)
    ...     con.execute("SELECT arnorm_repair('ذهب الى المدرسه', 'balanced')").fetchone()
    ('ذهب إلى المدرسة',)
    """
    from arnorm.integrations import arrow

    if not isinstance(con, duckdb.DuckDBPyConnection):
        raise TypeError(f"register takes a connection to DuckDB, not {type(con).__name__}")
    words = None if lexicon is None else [*texts_of(lexicon, "a lexicon")]
    own = {name: pipeline_of(profile) for name, profile in by_name(profiles).items()}

    def by_profile(name: Any) -> Composable:
        return own[name] if name in own else pipeline_of(name)

    def by_policy(name: Any) -> Composable:
        return Repairer(name, words, model)

    normalize, trace = (partial(function, processes=processes) for function in (arrow.normalize, arrow.trace))
    _add(con, "arnorm_normalize", normalize, by_profile, "clean", "VARCHAR")
    _add(con, "arnorm_repair", normalize, by_policy, "safe", "VARCHAR")
    _add(con, "arnorm_trace", trace, by_profile, "clean", TRACE)


def _add(
    con: Any,
    name: str,
    run: Callable[[Any, Composable], Any],
    pass_of: Callable[[str], Composable],
    default: str,
    result: str,
) -> None:
    """Register a function called *name*, of a text and, if given, the name of what to do with it, by default *default*.

    *run* does it to an Arrow array, *pass_of* looks the name up, *result* is the SQL type.
    """

    def function(*columns: Any) -> Any:
        texts, *more = columns
        if len(more) > 1:
            raise TypeError(f"{name} takes a text and one name, not {1 + len(more)} arguments")
        chosen = more[0].unique().to_pylist() if more else [default]
        if len(chosen) < 2:
            return run(texts, pass_of(*chosen or [default]))
        # The name is a column: each name in it gets the rows that ask for it.
        nothing = pa.scalar(None, texts.type)
        return pc.coalesce(*(run(pc.if_else(pc.equal(more[0], n), texts, nothing), pass_of(n)) for n in chosen))

    with suppress(duckdb.InvalidInputException):  # there is none of that name yet
        con.remove_function(name)
    con.create_function(name, function, None, result, type="arrow")
