"""``arnorm export``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arnorm import passes, profile
from arnorm.cli import main
from arnorm.cli.commands.export import NAMELESS
from arnorm.cli.exits import Exit
from arnorm.export import TARGETS, export, portable, refused


def of_ml(target: str) -> list[str]:
    """The profile, without what *target* cannot do."""
    missing = [error.pass_name for error in refused(profile("ml.v1"), target)]
    assert missing
    return ["-p", "ml.v1", *(word for name in missing for word in ("--without", name))]


every_target = pytest.mark.parametrize("target", TARGETS)


@every_target
def test_a_profile_on_standard_output(target: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    name = ["--name", "fold"] if target not in NAMELESS else []
    assert main(["export", "--profile", "lucene.v1", "--to", target, *name]) == Exit.OK
    assert capsysbinary.readouterr() == (export(profile("lucene.v1"), target, name="fold").encode(), b"")


def test_passes_into_a_file(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    out = tmp_path / "rules.txt"
    words = [
        "export",
        "--pass",
        "strip_tashkeel",
        "--pass",
        "squeeze_elongation(most=2)",
        "--to",
        "icu",
        "-o",
        str(out),
    ]
    assert main(words) == Exit.OK
    assert out.read_text(encoding="ascii") == export(passes.strip_tashkeel | passes.squeeze_elongation(), "icu")
    assert capsysbinary.readouterr().out == b""


def test_every_pass_in_the_way_is_named_and_nothing_is_written(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "macro.sql"
    out.write_text("old", encoding="ascii")
    assert main(["export", "-p", "asr.v1", "--to", "duckdb", "-o", str(out)]) == Exit.USAGE
    complaints = capsysbinary.readouterr().err.decode().splitlines()
    assert [line.split()[1] for line in complaints] == [
        error.pass_name for error in refused(profile("asr.v1"), "duckdb")
    ]
    assert all("--without" in line for line in complaints)
    assert out.read_text(encoding="ascii") == "old"


@every_target
def test_what_was_named_can_be_left_out(target: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", *of_ml(target), "--to", target]) == Exit.OK
    assert capsysbinary.readouterr().out


def test_the_portable_form_of_a_profile(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "-p", "clean", "--to", "icu"]) == Exit.USAGE
    assert b"--portable" in capsysbinary.readouterr().err
    assert main(["export", "-p", "clean", "--portable", "--to", "icu"]) == Exit.OK
    assert capsysbinary.readouterr().out == export(portable(profile("clean")), "icu").encode()


def test_protected_spans_are_in_the_way(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "-p", "lucene.v1", "--protect", "urls", "--to", "icu"]) == Exit.USAGE
    assert b"protected" in capsysbinary.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["-p", "lucene.v1"], ["--to", "solr"], ["-p", "lucen", "--to", "icu"], ["--to", "duckdb", "--name", ""]],
)
def test_wrong_usage(words: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", *words]) == Exit.USAGE
    assert capsysbinary.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="the message is POSIX's")
def test_a_file_that_cannot_be_written(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "-p", "lucene.v1", "--to", "icu", "-o", str(tmp_path / "no" / "file")]) == Exit.IO
    assert b"No such file" in capsysbinary.readouterr().err


def test_what_is_written_does_not_depend_on_the_order_of_sets() -> None:
    commands = [["export", *of_ml(target), "--to", target] for target in TARGETS]
    run = [sys.executable, "-c", f"from arnorm.cli import main; print(*map(main, {commands!r}))"]
    root = str(Path(__file__).parents[2])
    environments = [{**os.environ, "PYTHONPATH": root, "PYTHONHASHSEED": seed} for seed in "12"]
    outs = [subprocess.run(run, env=env, capture_output=True, check=True).stdout for env in environments]
    assert outs[0] == outs[1]
    assert outs[0].splitlines()[-1].split() == [b"0"] * len(commands)


def test_the_case_of_words_is_folded_unless_one_says_so(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    words = ["export", "-p", "lucene.v1", "--to", "elasticsearch"]
    for more, filters in (([], ["lowercase"]), (["--no-lowercase"], None)):
        assert main([*words, *more]) == Exit.OK
        analyzer = json.loads(capsysbinary.readouterr().out)["settings"]["analysis"]["analyzer"]["arnorm"]
        assert analyzer.get("filter") == filters
    assert main(["export", "-p", "lucene.v1", "--to", "icu", "--no-lowercase"]) == Exit.USAGE
    assert b"--no-lowercase" in capsysbinary.readouterr().err


def test_settings_are_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "-p", "lucene.v1", "--to", "elasticsearch", "--name", "تطبيع"]) == Exit.OK
    assert "تطبيع" in json.loads(capsysbinary.readouterr().out)["settings"]["analysis"]["analyzer"]
