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
