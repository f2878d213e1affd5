"""Endings that the sentence asks for."""

from __future__ import annotations

import pytest

from arnorm import repair
from arnorm.spelling.arabic.affixes import word_form
from arnorm.spelling.model.context import KEYS

LEXICON = {"واضح", "واضحا", "مسلمون", "مسلمين", "يكتبون", "يكتبوا", "يكتبين", "كتابها", "كتابه", "سما", "سماء"}


def known(word: str, other: str) -> bool:
    return other in LEXICON


@pytest.mark.parametrize(
    ("word", "kind", "full"),
    [
        ("مسلمون", "plural", True),
        ("مسلمين", "plural", False),
        ("يكتبون", "verb", True),
        ("يكتبوا", "verb", False),
    ],
)
def test_both_forms_of_a_pair_share_a_stem(word: str, kind: str, full: bool) -> None:
    found = word_form(word, known)
    assert found is not None
    assert (found.kind, found.full) == (kind, full)
    others = [word_form(other, known) for other in LEXICON]
    pair = [f for f in others if f is not None and f.kind == kind and f.stem == found.stem]
    assert {f.full for f in pair} == {True, False}


@pytest.mark.parametrize("word", ["واضح", "واضحا", "كتابها", "كتابه", "سما", "يكتبين", "", "ا", "كلمة"])
def test_other_words_have_no_partner(word: str) -> None:
    assert word_form(word, known) is None


def test_every_kind_has_an_odd_key() -> None:
    assert all(key % 2 for key in KEYS.values())
    assert len(set(KEYS.values())) == len(KEYS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("هم يلعبوا في الشارع", "هم يلعبون في الشارع"),
    ],
)
def test_the_sentence_decides(written: str, meant: str) -> None:
    assert repair(written, "thorough") == meant
    assert repair(meant, "thorough") == meant
