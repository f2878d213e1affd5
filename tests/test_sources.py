"""The data files are those that SOURCES.toml speaks of."""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from tests.shared import program

DATA = files("arnorm") / "data"
KEPT = tomllib.loads((DATA / "SOURCES.toml").read_text(encoding="utf-8"))
SOURCES, LISTS = KEPT["file"], KEPT["list"]


def test_every_data_file_has_its_sources() -> None:
    kept = {path.name for path in DATA.iterdir() if path.is_file() and not path.name.endswith((".py", ".toml"))}
    assert kept == {source["name"] for source in SOURCES}
    for source in SOURCES:
        data = (DATA / source["name"]).read_bytes()
        assert sha256(data).hexdigest() == source["sha256"]
        assert len(data) == source["bytes"]
        assert source["licence"]
        assert source["command"]


def test_lists_in_the_code_are_where_it_says() -> None:
    for each in LISTS:
        module = import_module(each["module"])
        assert all(getattr(module, constant) for constant in each["constants"])
        assert each["licence"] == "Apache-2.0"
        assert each["rights"].startswith("written by hand")
    assert "_DIALECT" in {constant for each in LISTS for constant in each["constants"]}


ROOT = Path(__file__).parents[1]


def test_the_metadata_cover_code_and_data() -> None:
    """Who reads the wheel's metadata learns of every licence in it, and has the text of each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    of_data = sorted({source["licence"] for source in SOURCES} - {"Apache-2.0"})
    assert project["license"] == " AND ".join(["Apache-2.0", *of_data])
    assert project["license-files"] == ["LICENSE", "LICENSES/*.txt"]
    assert sorted(path.stem for path in (ROOT / "LICENSES").iterdir()) == of_data
    for path in (ROOT / "LICENSES").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "4.0 International Public License" in text


def test_no_source_shares_alike() -> None:
    """What is shipped may be built into anything; facts about letters alone may come from anywhere."""
    assert not [source["name"] for source in SOURCES if re.search("SA|NC|GPL", source["licence"])]
    for source in SOURCES:
        if source.get("rights", "").startswith("facts about letters"):
            continue
        for origin in source["source"]:
            assert not re.search("SA-|NC-|GPL|share-alike", origin["licence"]), (source["name"], origin["name"])
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "LICENSES").iterdir()]
    assert not any("ShareAlike" in text or "NonCommercial" in text for text in texts)


def test_a_notice_stands_beside_the_model_of_the_playground() -> None:
    notice = program(ROOT / "docs" / "playground" / "build.py").notice()
    [model] = [source for source in SOURCES if source["name"] == "spelling.model"]
    for origin in model["source"]:
        assert origin["name"] in notice
    assert (ROOT / "LICENSES" / f"{model['licence']}.txt").read_text(encoding="utf-8") in notice
