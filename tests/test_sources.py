"""The data files are those that SOURCES.toml speaks of."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from importlib.resources import files

DATA = files("arnorm") / "data"
SOURCES = tomllib.loads((DATA / "SOURCES.toml").read_text(encoding="utf-8"))["file"]


def test_every_data_file_has_its_sources() -> None:
    kept = {path.name for path in DATA.iterdir() if path.is_file() and not path.name.endswith((".py", ".toml"))}
    assert kept == {source["name"] for source in SOURCES}
    for source in SOURCES:
        data = (DATA / source["name"]).read_bytes()
        assert sha256(data).hexdigest() == source["sha256"]
        assert len(data) == source["bytes"]
        assert source["licence"]
        assert source["command"]
