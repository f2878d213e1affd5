"""Reviews of a text, and the decisions that somebody makes on it: in Python, in files, on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from arnorm import Change, InvalidDecisionsError, Repairer
from arnorm.cli import main
from arnorm.review import Decisions, Review

TEXT = "سألت احمد عن المسئول هناك"
REPAIRED = "سألت أحمد عن المسئول هناك"
SUGGESTED = "سألت احمد عن المسؤول هناك"
BOTH = "سألت أحمد عن المسؤول هناك"


@pytest.fixture(scope="module")
def review() -> Review:
    return Repairer("safe").review(TEXT)


def test_what_a_review_gives(review: Review) -> None:
    assert (review.source, review.text, str(review), review.changed) == (TEXT, REPAIRED, REPAIRED, True)
    assert [(c.start, c.decision) for c in review.all] == [(5, "replace"), (13, "suggest")]
    assert review.all == (*review.changes, *review.suggestions)
    assert not Repairer().review("سافر أحمد").changed


def test_a_review_is_short_to_look_at(review: Review) -> None:
    assert repr(review) == f"<Review {TEXT!r}: 1 changes, 1 suggestions>"
    assert len(repr(Repairer().review(TEXT * 100))) < 120
    shown = review._repr_html_()
    assert shown.count("<del") == shown.count("<ins") == 2
    assert "replace: " in shown
    assert "suggest: " in shown


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, REPAIRED), ([], TEXT), ([5], REPAIRED), ({13}, SUGGESTED), (iter([5, 13]), BOTH),
        ({13: "الرجل"}, "سألت احمد عن الرجل هناك"),
        (lambda change: change.kind == "variant", SUGGESTED), (lambda change: change.score > 0.5, BOTH),
    ],
)  # fmt: skip
def test_decisions_in_python(review: Review, accept: Any, wanted: str) -> None:
    assert review.apply(accept) == wanted


@pytest.mark.parametrize("accept", [[4], {99: "x"}, ["5"]])
def test_a_start_at_which_there_is_nothing(review: Review, accept: Any) -> None:
    with pytest.raises(InvalidDecisionsError, match="there is nothing to decide at"):
        review.apply(accept)


@pytest.mark.parametrize("accept", [5, 1.5, b"x", object()])
def test_what_accepts_nothing(review: Review, accept: Any) -> None:
    with pytest.raises(TypeError, match="accept is a function, starts, or a file of decisions, not"):
        review.apply(accept)


@pytest.mark.parametrize("unit", ["codepoint", "utf-8", "utf-16"])
def test_a_review_as_json(unit: Any) -> None:
    text = f"😀 {TEXT}"
    data = json.loads(json.dumps(Repairer().review(text).as_dict(unit)))
    assert [*data] == ["source", "text", "unit", "changes", "suggestions"]
    coded = text.encode({"codepoint": "utf-32-le", "utf-8": "utf-8", "utf-16": "utf-16-le"}[unit])
    size = {"codepoint": 4, "utf-8": 1, "utf-16": 2}[unit]
    for change in data["changes"] + data["suggestions"]:
        piece = coded[change["start"] * size : change["end"] * size]
        assert (
            piece.decode({"codepoint": "utf-32-le", "utf-8": "utf-8", "utf-16": "utf-16-le"}[unit]) == change["before"]
        )


# --- Files ---------------------------------------------------------------------------------------------------------


def test_decisions_are_made_for_lines(tmp_path: Path) -> None:
    text = f"عنوان\n{TEXT}\n\n{TEXT} 😀 {TEXT}\n"
    review = Repairer().review(text)
    decisions = review.decisions(lambda change: change.kind == "variant")
    assert [row["line"] for row in decisions] == [2, 4]
    for row in decisions:
        for change in row["changes"]:
            assert row["source"][change["start"] : change["end"]] == change["before"]
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(decisions), encoding="utf-8")
    assert review.apply(path) == review.apply(str(path)) == review.apply(Decisions.read(path)) == text.replace("ئ", "ؤ")
    path.write_text(json.dumps(review.decisions()), encoding="utf-8")
    assert review.apply(path) == review.text


def rows(**change: Any) -> list[dict[str, Any]]:
    right = {"start": 5, "end": 9, "before": "احمد", "after": "أحمد", "decision": "replace"}
    return [{"source": TEXT, "changes": [{key: value for key, value in (right | change).items() if value != ...}]}]


def beside(**change: Any) -> list[dict[str, Any]]:
    """Two changes of one text, of which the second is another."""
    return [{"source": TEXT, "changes": rows()[0]["changes"] + rows(**change)[0]["changes"]}]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (3, "decisions are a list"), ("[]", "decisions are a list"), ([3], r"\[0\]: a text is given as its source"),
        ([{"changes": []}], "a text is given as its source"), ([{"source": TEXT, "changes": 3}], "changes is a list"),
        ([{"source": TEXT, "changes": [3]}], "a change is an object"),
        (rows(start=...), "'start' is of type int, not None"),
        (rows(start="5"), "'start' is of type int"), (rows(start=True), "'start' is of type int"),
        (rows(decision="yes"), "a decision is replace, keep, suggest; not 'yes'"), (rows(decision=...), "'decision'"),
        (rows(start=6), "at 6 to 9 there is 'حمد', not 'احمد'"),
        (rows(end=999), "there is"), (rows(start=-20), "there is"),
        ([{**rows()[0], "unit": "utf-8"}], "places are counted in code points"),
        (rows() + rows(after="حمد"), "two decisions"),
        (beside(decision="keep"), "two decisions"), (beside(end=8, before="احم"), "overlap"),
    ],
)  # fmt: skip
def test_what_is_no_decision(given: Any, said: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidDecisionsError, match=said):
        Decisions(given)
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    with pytest.raises(InvalidDecisionsError, match=f"{path}.*{said}"):
        Repairer().review(TEXT).apply(path)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_file_of_decisions(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    path.write_bytes(content)
    with pytest.raises(InvalidDecisionsError, match=str(path)):
        Decisions.read(path)


# --- The command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(f"{TEXT}\nسافر أحمد\n{TEXT}\n", encoding="utf-8")
    return path


def test_what_json_writes_is_what_apply_takes(
    text: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["repair", "--json", str(text)]) == 0
    written = capfdbinary.readouterr().out.decode()
    for name in ("review.jsonl", "review.json"):
        path = tmp_path / name
        path.write_text(written, encoding="utf-8")
        assert main(["repair", "--apply", str(path), str(text)]) == 0
        assert capfdbinary.readouterr().out.decode() == f"{REPAIRED}\nسافر أحمد\n{REPAIRED}\n"
    path.write_text(written.replace('"replace"', '"keep"').replace('"suggest"', '"replace"'), encoding="utf-8")
    assert main(["repair", "--apply", str(path), "-i", str(text)]) == 0
    assert text.read_text("utf-8") == f"{SUGGESTED}\nسافر أحمد\n{SUGGESTED}\n"


def test_a_table_of_decisions(text: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    review = Repairer().review(text.read_text("utf-8"))
    for suffix, delimiter in ((".csv", ","), (".tsv", "\t")):
        path = tmp_path / f"decisions{suffix}"
        with open(path, "w", encoding="utf-8-sig", newline="") as file:
            table = csv.DictWriter(
                file,
                ["source", "start", "end", "before", "after", "decision"],
                delimiter=delimiter,
                extrasaction="ignore",
            )
            table.writeheader()
            for row in review.decisions(lambda change: True):
                table.writerows({**change, "source": row["source"]} for change in row["changes"])
        assert main(["repair", "--apply", str(path), str(text)]) == 0
        assert capfdbinary.readouterr().out.decode() == f"{BOTH}\nسافر أحمد\n{BOTH}\n"


def test_decisions_on_another_text(text: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(Repairer().review("كتب احمد").decisions()), encoding="utf-8")
    assert main(["repair", "--apply", str(path), str(text)]) == 65
    out = capfdbinary.readouterr()
    assert out.out.decode() == text.read_text("utf-8")
    assert out.err.decode() == f"arnorm: {path}: not in the text, which may have changed since: 'كتب احمد'\n"


@pytest.mark.parametrize(
    "option", [["--policy", "safe"], ["--lexicon", "a"], ["--protect", "urls"], ["--processes", "2"], ["--model", "m"]]
)
def test_apply_needs_no_repairer(text: Path, option: list[str], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["repair", "--apply", "x.json", *option, str(text)]) == 2
    assert f"it does not go with {option[0]}" in capfdbinary.readouterr().err.decode()


def test_a_file_that_is_none_on_the_command_line(text: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["repair", "--apply", str(text), str(text)]) == 65
    assert main(["repair", "--apply", "none.json", str(text)]) == 74
    capfdbinary.readouterr()


def test_a_change_is_exported() -> None:
    assert isinstance(Repairer().review(TEXT).changes[0], Change)
