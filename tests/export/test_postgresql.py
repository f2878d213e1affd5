"""What the page about exports shows in SQL, run by a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arnorm import profile
from arnorm.export import export
from tests.export.engines import postgresql_server

PAGE = Path(__file__).parents[2] / "docs" / "export.md"


@pytest.fixture
def con() -> Iterator[Any]:
    """A database in which letters of all scripts are letters."""
    psycopg = pytest.importorskip("psycopg")
    with postgresql_server() as server:
        with psycopg.connect(server, autocommit=True) as first:
            first.execute("CREATE DATABASE texts TEMPLATE template0 LOCALE 'C.UTF-8'")
        with psycopg.connect(server.replace("dbname=postgres", "dbname=texts"), autocommit=True) as con:
            yield con


def shown() -> Iterator[tuple[str, list[str]]]:
    """Each statement, and the lines that it is said to give."""
    for block in re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for statement, lines in re.findall(r"(.*?;)\n((?:--> [^\n]*\n)*)", block, re.DOTALL):
            yield statement, [line.removeprefix("--> ") for line in lines.splitlines()]


def test_the_page(con: Any) -> None:
    con.execute(export(profile("search.v1"), "postgresql", name="fold_arabic"))
    asked = 0
    for statement, lines in shown():
        rows = con.execute(statement)
        if statement.startswith("SELECT"):
            assert [str(row[0]) for row in rows.fetchall()] == lines, statement
            asked += 1
    assert asked == 5


def test_the_indexes_are_used(con: Any) -> None:
    con.execute(export(profile("search.v1"), "postgresql", name="fold_arabic"))
    for statement, _ in shown():
        con.execute(statement)
    con.execute("SET enable_seqscan = off")
    for statement, lines in shown():
        if lines and "similarity" not in statement:
            plan = "\n".join(row[0] for row in con.execute("EXPLAIN " + statement).fetchall())
            assert "Index" in plan, plan
