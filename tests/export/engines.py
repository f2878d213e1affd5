"""The engines that pipelines are exported to, as functions from a list of texts to the list of their results."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Texts = list[str]
Engine = Callable[[str], Callable[[Texts], Texts]]


def icu(rules: str) -> Callable[[Texts], Texts]:
    module = pytest.importorskip("icu")
    made = module.Transliterator.createFromRules("exported", rules, module.UTransDirection.FORWARD)
    return lambda texts: [made.transliterate(text) for text in texts]


def tokenizers(document: str) -> Callable[[Texts], Texts]:
    module = pytest.importorskip("tokenizers")
    bare = {"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {}, "merges": []}}
    made = module.Tokenizer.from_str(json.dumps({**bare, "normalizer": json.loads(document)})).normalizer
    return lambda texts: [made.normalize_str(text) for text in texts]


def duckdb(statement: str) -> Callable[[Texts], Texts]:
    con = pytest.importorskip("duckdb").connect()
    con.execute(statement)

    def run(texts: Texts) -> Texts:
        query = "SELECT arnorm(t) FROM (SELECT unnest($1) AS t, generate_subscripts($1, 1) AS n) ORDER BY n"
        return [row[0] for row in con.execute(query, [texts]).fetchall()]

    return run


def postgresql(statement: str, dsn: str) -> Callable[[Texts], Texts]:
    psycopg = pytest.importorskip("psycopg")

    def run(texts: Texts) -> Texts:
        with psycopg.connect(dsn) as con:
            con.execute(statement)
            query = "SELECT arnorm(t) FROM unnest(%s::text[]) WITH ORDINALITY AS x(t, n) ORDER BY n"
            return [row[0] for row in con.execute(query, [texts]).fetchall()]

    return run


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A server of its own in a new directory, reached by a socket there; gives the string to connect with."""
    binaries = sorted(Path("/", "usr", "lib", "postgresql").glob("*/bin"))
    tool = shutil.which("initdb") or next(
        (str(b / "initdb") for b in reversed(binaries) if (b / "initdb").exists()), ""
    )
    if not tool:
        pytest.skip("PostgreSQL is not installed")
    # A socket's path has to be short, which a test's own directory may not be.
    with tempfile.TemporaryDirectory(prefix="pg") as place:
        user: dict[str, Any] = {}
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = {"user": "nobody", "extra_groups": []}
            shutil.chown(place, "nobody")
        data = Path(place, "data")
        quiet: dict[str, Any] = {"check": True, "cwd": place, "stdout": subprocess.DEVNULL, **user}
        subprocess.run([tool, "-D", data, "-E", "UTF8", "--locale=C", "--no-sync", "-A", "trust", "-U", "t"], **quiet)
        options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
        control = [str(Path(tool).with_name("pg_ctl")), "-D", data, "-w", "-l", str(Path(place, "log"))]
        subprocess.run([*control, "-o", options, "start"], **quiet)
        try:
            yield f"host={place} user=t dbname=postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


def elasticsearch(settings: str) -> Callable[[Texts], Texts]:
    """The character filters of an analyzer, run by `Analyzer.java` with Java's regular expressions and normalizer."""
    if not shutil.which("java"):
        pytest.skip("Java is not installed")
    analysis = json.loads(settings)["settings"]["analysis"]
    names = analysis["analyzer"]["arnorm"]["char_filter"]
    filters = [analysis["char_filter"][name] for name in names]

    def run(texts: Texts) -> Texts:
        with tempfile.TemporaryDirectory() as place:
            given, taken = Path(place, "in"), Path(place, "out")
            given.write_text("\n".join(_lines(filters, texts)), encoding="ascii")
            source = Path(__file__).with_name("Analyzer.java")
            subprocess.run(["java", source, given, taken], check=True)
            return [_decoded(line) for line in taken.read_text(encoding="ascii").split("\n")[:-1]]

    return run


def _lines(filters: list[dict[str, Any]], texts: Texts) -> Iterator[str]:
    """What `Analyzer.java` reads: a filter or a text a line, its fields as hexadecimal UTF-16, parted by spaces."""
    for made in filters:
        kind = made["type"]
        if kind == "mapping":
            fields = made["mappings"]
        elif kind == "pattern_replace":
            fields = [made["pattern"], made["replacement"]]
        else:
            fields = [made["name"].upper()[:-1] + {"compose": "C", "decompose": "D"}[made["mode"]]]
        yield " ".join([kind, *map(_encoded, fields)])
    yield from (f"text {_encoded(text)}" for text in texts)


def _encoded(text: str) -> str:
    return text.encode("utf-16-be").hex() or "-"


def _decoded(line: str) -> str:
    return bytes.fromhex(line.replace("-", "")).decode("utf-16-be")
