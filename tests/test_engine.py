"""The engine's ways through a text: chunks, pieces, foreign characters dense and sparse."""

from __future__ import annotations

import codecs
import random

import pytest

from arnorm import engine

TABLE = {"أ": "ا", "ة": "ه", "\N{ARABIC FATHA}": "", "ﷲ": "الله", "\0": "", "漢": "ح", "😀": ":)"}
LONG = engine._CHUNK * 2 + 7


def expected(text: str) -> str:
    return "".join(TABLE.get(c, c) for c in text)


def mixed(alphabet: str, foreign: str, every: int, length: int) -> str:
    choose = random.Random(length + every)
    return "".join(choose.choice(foreign if i % every == every - 1 else alphabet) for i in range(length))


@pytest.mark.parametrize("every", [2, 20, 300, 10**9])
@pytest.mark.parametrize("length", [0, 1, 7, engine._PIECE + 1, engine._CHUNK, LONG])
@pytest.mark.parametrize("foreign", ["😀", "漢字", "ﷲ", "\ud800", "é", "\ufffe\uffff"])
def test_any_length_with_any_share_of_foreign_characters(every: int, length: int, foreign: str) -> None:
    text = mixed("ابأةَ \0x.", foreign, every, length)
    assert engine.fold(TABLE)(text) == expected(text)


def test_tables_that_do_not_fit_the_alphabet() -> None:
    table = {chr(point): chr(point + 1) for point in range(0x4E00, 0x4E00 + 600, 2)}
    text = "أب" + "".join(table) * 3 + "نص"
    assert engine.fold(table)(text) == "".join(table.get(c, c) for c in text)


def test_open_tables_do_not_replace_their_own_replacements() -> None:
    swap = {"ا": "ب", "ب": "ا"}
    assert not engine.is_closed(swap)
    assert engine.fold(swap)("اب😀اب") == "با😀با"


def test_fusing_runs_values_through_later_tables() -> None:
    fused = engine.fuse([{"ﷲ": "الله", "x": "y"}, {"ل": "", "y": "x"}, {"ا": "أ"}])
    assert fused == {"ﷲ": "أه", "ل": "", "y": "x", "ا": "أ"}


def test_unchanged_text_is_the_same_object() -> None:
    for text in ("نص لا يتغير", "نص 🙂 لا يتغير", "x" * LONG, "字" * LONG, ""):
        assert engine.fold(TABLE)(text) is text
        assert engine.translated(TABLE)(text) is text
        assert engine.fold({})(text) is text


def test_a_python_without_the_fast_map_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codecs, "charmap_build", lambda alphabet: {})
    fold = engine.fold(TABLE)
    text = mixed("ابأةَ \0x.", "😀漢ﷲ", 5, 500)
    assert fold(text) == expected(text)


@pytest.mark.parametrize("every", [2, 20, 300])
def test_large_tables_are_split_at_foreign_characters(every: int) -> None:
    table = {**TABLE, **{chr(point): "" for point in range(0x6D6, 0x6D6 + 100)}, "\ufffe": "b"}
    text = mixed("ابأةَ \0x.ۖۗ", "😀漢字\ufffe\uffff", every, 3000)
    assert engine.fold(table)(text) == "".join(table.get(c, c) for c in text)


@pytest.mark.parametrize("value", ["", "x", "xyz"])
def test_tables_that_speak_of_the_engines_own_noncharacters(value: str) -> None:
    table = {"\uffff": value, "\ufffe": value, "أ": "ا"}
    assert engine.fold(table)("أ\uffffأ\ufffeأ") == f"ا{value}ا{value}ا"


class Recorded:
    """A step that says when it runs."""

    def __init__(self, ran: list[str], name: str, step: engine.Runner) -> None:
        self.ran, self.name, self.step = ran, name, step

    def __call__(self, text: str) -> str:
        self.ran.append(self.name)
        return self.step(text)


@pytest.mark.parametrize(
    ("text", "ran", "out"),
    [
        ("بيت ab", "c", "بيت ab"),
        ("بيت\u00ad", "abc", "بيت"),
        ("بيت\u00a0", "abc", "بيت "),
        ("بيت\u3000", "abc", "بيت "),  # what the first makes is the second's
    ],
)
def test_steps_for_rare_characters_wait_until_one_of_them_is_there(text: str, ran: str, out: str) -> None:
    said: list[str] = []
    first, second = {"\u00ad": "", "\u3000": "\u00a0"}, {"\u00a0": " "}
    steps = [
        (Recorded(said, "a", engine.fold(first)), frozenset(first)),
        (Recorded(said, "b", engine.fold(second)), frozenset(second)),
        (Recorded(said, "c", engine.fold({"x": ""})), frozenset("x")),
    ]
    assert engine.chain([step for step, _ in engine.grouped(steps)])(text) == out
    assert "".join(said) == ran


def test_a_step_that_nothing_is_known_of_parts_a_group() -> None:
    table = {"\u00ad": ""}
    rare = engine.fold(table)
    made = engine.grouped([(rare, frozenset(table)), (lambda text: text + "\u00ad", None), (rare, frozenset(table))])
    assert len(made) == 3
    assert engine.chain([step for step, _ in made])("ب\u00ad") == "ب"


#: As many rare signs as make a look at the text worth its while.
RARE = frozenset("\u2060\u2061\u2062\u2063\u2064\ufeff")


@pytest.mark.parametrize(
    ("text", "ran", "out"),
    [
        ("بيت", "", "بيت"),
        ("بيت\ufeff", "abcd", "بيت"),  # another look, for steps of few signs, takes longer than they do
        ("بيت😀", "a", "بيت😀"),  # not told apart from what it looks for
        ("بَيت", "bcd", "بيت"),
        ("بيت .. ؟!", "cd", "بيت . !"),
        ("بيت . ؟ !", "", "بيت . ؟ !"),  # pairs side by side
        ("بيت .😀.", "ac", "بيت .😀."),
    ],
)
def test_steps_are_sieved_by_one_look_at_the_text(text: str, ran: str, out: str) -> None:
    said: list[str] = []
    steps = [
        (Recorded(said, "a", engine.fold(dict.fromkeys(RARE, ""))), RARE),
        (Recorded(said, "b", engine.fold({"\N{ARABIC FATHA}": ""})), frozenset("\N{ARABIC FATHA}")),
        (Recorded(said, "c", lambda text: text.replace("..", ".")), frozenset({".."})),
        (Recorded(said, "d", lambda text: text.replace("؟!", "!")), frozenset({"؟!"})),
    ]
    assert engine.sieved(steps)(text) == out
    assert "".join(said) == ran


def test_a_text_is_looked_at_again_when_it_changed() -> None:
    said: list[str] = []
    steps = [
        (Recorded(said, "a", engine.fold({"ة": "ه\ufeff"})), RARE | {"ة"}),
        (Recorded(said, "b", engine.fold(dict.fromkeys(RARE, ""))), RARE),
        (Recorded(said, "c", lambda text: text + "!"), None),
        (Recorded(said, "d", engine.fold({"!": "."})), RARE | {"!"}),
    ]
    assert engine.sieved(steps)("بيتة") == "بيته."
    assert "".join(said) == "abcd"


def test_what_a_table_brings_counts_without_another_look() -> None:
    said: list[str] = []
    table = Recorded(said, "a", engine.fold({"ة": "!", "\N{ARABIC FATHA}": ""}))
    steps = [
        (table, RARE | {"ة", "\N{ARABIC FATHA}"}),
        (Recorded(said, "b", engine.fold(dict.fromkeys(RARE, ""))), RARE),
        (Recorded(said, "c", engine.fold({"!": "."})), frozenset("!")),
        (Recorded(said, "d", lambda text: text.replace("..", ".")), frozenset({".."})),
    ]
    run = engine.sieved(steps[:3], {table: "!"})
    assert run("بيتة") == "بيت."
    assert "".join(said) == "ac"
    said.clear()
    # What it deletes may have parted a pair.
    assert engine.sieved([*steps[:2], steps[3]], {table: "!"})("بيت.\N{ARABIC FATHA}.") == "بيت."
    assert "".join(said) == "ad"


def test_marks_side_by_side_are_not_taken_for_the_same_mark_twice() -> None:
    said: list[str] = []
    marks = "\u064e\u064f\u0650\u0651\u0652\u064b"
    twice = frozenset(mark * 2 for mark in marks)
    run = engine.sieved([(Recorded(said, name, str), twice) for name in "ab"])
    run("مُدَرِّسٌ")
    assert not said
    for mark in marks:
        run(f"ب{mark}{mark}ت")
    assert "".join(said) == "ab" * len(marks)


def test_other_signs_stand_for_all_that_is_not_common() -> None:
    said: list[str] = []
    steps = [(Recorded(said, name, str), RARE | {engine.OTHERS}) for name in "ab"]
    run = engine.sieved(steps)
    run("بيت Abc، ١٢ «»\n")
    assert not said
    run("漢")
    assert said == ["a", "b"]


def test_a_python_without_the_fast_map_runs_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codecs, "charmap_build", lambda alphabet: {})
    said: list[str] = []
    engine.sieved([(Recorded(said, name, str), RARE | set(name)) for name in "ab"])("بيت")
    assert said == ["a", "b"]


@pytest.mark.parametrize(("text", "ran"), [("بيت", "ab"), ("xبيت", "aba"), ("yبيت", "aba"), ("xyبيت", "aba")])
def test_a_step_runs_again_only_on_what_it_did_not_leave_alone(text: str, ran: str) -> None:
    said: list[str] = []
    one = Recorded(said, "a", engine.fold({"x": ""}))
    two = Recorded(said, "b", engine.fold({"y": "x"}))
    assert engine.sieved([(one, None), (two, None), (one, None)])(text) == "بيت"
    assert "".join(said) == ran
