"""The engines that pipelines are exported to: each makes, of an exported text, a function from texts to results."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

Run = Callable[[list[str]], list[str]]


class Engines:
    """Starts each engine when it is first asked for, and stops them all; skips a test whose engine is missing."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._started: dict[str, Any] = {}

    def close(self) -> None:
        self._stack.close()

    def run(self, target: str, exported: str, name: str = "arnorm") -> Run:
        return getattr(self, f"_{target}")(exported, name)  # type: ignore[no-any-return]

    def _once(self, key: str, start: Callable[[], Any]) -> Any:
        if key not in self._started:
            self._started[key] = start()
        return self._started[key]

    def process(self, key: str) -> int:
        """The number of the process of an engine that was started."""
        return self._started[key].pid  # type: ignore[no-any-return]

    def keep(self, target: str) -> None:
        """Makes a table, in an engine that has tables, for `assert_kept` to look for."""
        if con := self._connection(target):
            con.execute("CREATE TABLE IF NOT EXISTS kept (n int)")

    def assert_kept(self, target: str) -> None:
        """What was run since has left the table alone, and has made nothing but functions."""
        if con := self._connection(target):
            query = "SELECT table_name FROM information_schema.tables WHERE table_schema IN ('public', 'main')"
            assert con.execute(query).fetchall() == [("kept",)]

    def _connection(self, target: str) -> Any:
        if target in ("duckdb", "postgresql"):
            self.run(target, f"SELECT 1 AS {target}")
            return self._started[target]
        return None

    def _icu(self, rules: str, _: str) -> Run:
        module = pytest.importorskip("icu")
        made = module.Transliterator.createFromRules("exported", rules, module.UTransDirection.FORWARD)
        return lambda texts: [made.transliterate(text) for text in texts]

    def _tokenizers(self, document: str, _: str) -> Run:
        module = pytest.importorskip("tokenizers")
        bare = {"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {}, "merges": []}}
        made = module.Tokenizer.from_str(json.dumps({**bare, "normalizer": json.loads(document)})).normalizer
        return lambda texts: [made.normalize_str(text) for text in texts]

    def _duckdb(self, statement: str, name: str) -> Run:
        con = self._once("duckdb", pytest.importorskip("duckdb").connect)
        con.execute(statement)
        query = f"SELECT {_quoted(name)}(t) FROM (SELECT unnest($1) AS t, generate_subscripts($1, 1) AS n) ORDER BY n"
        return lambda texts: [row[0] for row in con.execute(query, [texts]).fetchall()]

    def _postgresql(self, statement: str, name: str) -> Run:
        psycopg = pytest.importorskip("psycopg")

        def start() -> Any:
            dsn = self._stack.enter_context(postgresql_server())
            return self._stack.enter_context(psycopg.connect(dsn, autocommit=True))

        con = self._once("postgresql", start)
        con.execute(statement)
        query = f"SELECT {_quoted(name)}(t) FROM unnest(%s::text[]) WITH ORDINALITY AS x(t, n) ORDER BY n"
        return lambda texts: [row[0] for row in con.execute(query, [texts]).fetchall()]

    def _elasticsearch(self, settings: str, name: str) -> Run:
        if not shutil.which("java"):
            pytest.skip("Java is not installed")
        java = self._once("java", lambda: self._stack.enter_context(java_analyzer()))
        analysis = json.loads(settings)["settings"]["analysis"]
        filters = [analysis["char_filter"][key] for key in analysis["analyzer"][name]["char_filter"]]

        def run(texts: list[str]) -> list[str]:
            lines = ["new", *map(_filter_line, filters), *(f"text {_encoded(text)}" for text in texts), "flush"]
            java.stdin.write("\n".join(lines) + "\n")
            java.stdin.flush()
            return [_decoded(java.stdout.readline().rstrip("\n")) for _ in texts]

        return run


def _quoted(name: str) -> str:
    """*name* in SQL."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A server of its own in a new directory, reached by a socket there; gives the string to connect with."""
    installed = sorted(Path("/", "usr", "lib", "postgresql").glob("*/bin/initdb"), key=lambda p: (len(str(p)), p))
    tool = shutil.which("initdb") or str(next(reversed(installed), ""))
    if not tool:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="pg") as place:  # a socket's path has to be short
        user: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = {"user": "nobody", "extra_groups": []}
            shutil.chown(place, "nobody")
        data = str(Path(place, "data"))
        quiet: dict[str, Any] = {"check": True, "cwd": place, "stdout": subprocess.DEVNULL, **user}
        subprocess.run([tool, "-D", data, "-E", "UTF8", "--locale=C", "--no-sync", "-A", "trust", "-U", "t"], **quiet)
        options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
        control = [str(Path(tool).with_name("pg_ctl")), "-D", data, "-w", "-l", str(Path(place, "log"))]
        subprocess.run([*control, "-o", options, "start"], **quiet)
        try:
            yield f"host={place} user=t dbname=postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


@contextmanager
def java_analyzer() -> Iterator[subprocess.Popen[str]]:
    """A process of `Analyzer.java`, which reads filters and texts a line each."""
    source = Path(__file__).with_name("Analyzer.java")
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "ascii"}
    with subprocess.Popen(["java", str(source)], **pipes) as java:
        yield java


def _filter_line(made: dict[str, Any]) -> str:
    kind = made["type"]
    if kind == "mapping":
        fields = made["mappings"]
    elif kind == "pattern_replace":
        fields = [made["pattern"], made["replacement"]]
    else:
        fields = [made["name"].upper()[:-1] + {"compose": "C", "decompose": "D"}[made["mode"]]]
    return " ".join([kind, *map(_encoded, fields)])


def _encoded(text: str) -> str:
    return text.encode("utf-16-be").hex() or "-"


def _decoded(line: str) -> str:
    return bytes.fromhex(line.replace("-", "")).decode("utf-16-be")
