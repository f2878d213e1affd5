"""Models made by hand: of no words, of a few, and of sections that do not fit together."""

from __future__ import annotations

import math
import struct
import zlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm.spelling import realword
from arnorm.spelling.boost import Forest
from arnorm.spelling.candidates import Candidates, persons
from arnorm.spelling.company import HEAD
from arnorm.spelling.confusion import is_variant, skeleton
from arnorm.spelling.judge import dump
from arnorm.spelling.lexicon import Lexicon
from arnorm.spelling.model import ModelError, Packed, write
from arnorm.spelling.policy import Policy
from arnorm.spelling.repairer import Repairer, default
from arnorm.spelling.tabulate import tabulated
from arnorm.words import plain
from tests.spelling.test_candidates import distance_one
from tests.spelling.test_laws import noisy
from tests.strategies import any_text

#: Makes every change that is proposed.
CREDULOUS = Policy("credulous", 0.0, 0.0, 0.0, 0.0, real_words=0.0)


def packed(*words: str) -> Packed:
    """A model that knows `words`, all equally frequent, and whose judge agrees to everything."""
    count = len(words) + 3
    yes = Forest(9.0, 1, [0], [0.0], [0.0, 0.0])
    given = Packed(
        {
            "words": zlib.compress("\n".join(words).encode()),
            "unigrams": bytes([60]) * count,
            "books": bytes([60]) * count,
            "backoff": bytes(count),
            "letters": bytes([60]) * 38**3,
            "bigram_rows": zlib.compress(struct.pack(f"<{count + 1}I", *[0] * (count + 1))),
            "bigram_ids": b"",
            "bigram_scores": zlib.compress(b""),
            "context": bytes([128]) * 2**22,
            "choices": zlib.compress(b""),
            "inflection": zlib.compress(bytes([128]) * 2**18),
            "company_head": HEAD.pack(3, 24, 0, 1.0),
            "company_zones": b"",
            **{f"company_{name}": zlib.compress(b"") for name in ("rows", "targets", "neighbours", "shapes")},
            **dump(yes),
            **dump(yes, realword.SECTION),
        },
        {},
    )
    return tabulated(given)


@cache
def repairer(folder: Path, *words: str) -> Repairer:
    path = folder / "small.model"
    write(path, packed(*words))
    return Repairer.load(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def test_a_few_words_are_enough_to_repair(folder: Path) -> None:
    assert repairer(folder, "مدرسة", "أحمد").repair("احمد المدرسه مدرسه", CREDULOUS) == "أحمد المدرسة مدرسة"


@given(text=noisy | any_text)
def test_who_knows_no_word_changes_none(folder: Path, text: str) -> None:
    plan = repairer(folder).plan(text, CREDULOUS)
    assert all(plain(text[r.start : r.end]) == plain(r.text) for r in plan)  # only tatweel is taken away


letters = st.text("اأإآبتةهىيوؤئءسم", min_size=2, max_size=5)


def respelt(word: str) -> st.SearchStrategy[str]:
    """Spellings of the skeleton of `word`."""
    classes = ("اأإآ", "هة", "يى", "ءؤئ")
    choices = [next((c for c in classes if letter in c), letter) for letter in word]
    return st.tuples(*map(st.sampled_from, choices)).map("".join)


def near(alphabet: str, word: str) -> st.SearchStrategy[str]:
    """Strings that one slip makes of `word`."""
    at, letter = st.integers(0, len(word) - 1), st.sampled_from(alphabet)
    return st.one_of(
        st.builds(lambda i, c: word[:i] + c + word[i:], at, letter),
        st.builds(lambda i, c: word[:i] + c + word[i + 1 :], at, letter),
        st.builds(lambda i: word[:i] + word[i + 1 :], at),
        st.builds(lambda i: word[:i] + word[i : i + 2][::-1] + word[i + 2 :], at),
        st.just(word + alphabet[0]),
    )


@given(st.data(), letters)
def test_every_spelling_of_the_class_is_a_candidate(data: st.DataObject, word: str) -> None:
    words = data.draw(st.lists(letters | respelt(word), min_size=4, max_size=20, unique=True))
    candidates = Candidates(Lexicon.load(packed(*words)))
    generated = {text: source for text, _, source in candidates._generate(word, candidates.log(word))}
    brothers = {other for other in words if skeleton(other) == skeleton(word)}
    assert brothers <= generated.keys()
    for text, source in generated.items():
        if source == "class" and text in words and len(text) == len(word):
            assert skeleton(text) == skeleton(word)
        assert source != "variant" or is_variant(word, text)


ALPHABET = "ابتدسمنهوي"


@given(st.data(), st.text(ALPHABET, min_size=4, max_size=6))
def test_an_unknown_word_may_be_any_word_one_slip_away(data: st.DataObject, word: str) -> None:
    """What brute force finds at distance one is generated.

    But for a first letter too many, which may be a clitic, and another person of the same verb.
    """
    drawn = data.draw(st.lists(near(ALPHABET, word), min_size=4, max_size=20, unique=True))
    words = [other for other in drawn if other != word]
    candidates = Candidates(Lexicon.load(packed(*words)))
    generated = {text for text, _, _ in candidates._generate(word, -30.0)}
    dropped_first = {word[1:]} if word[0] != word[1] else set()
    sound = {*dropped_first, *persons(word)}
    assert {other for other in words if distance_one(word, other)} - sound <= generated


@given(st.text("اأإآبتةهىيوؤئءسملك", min_size=1, max_size=8), noisy, noisy)
def test_shares_of_suggestions_are_finite(word: str, before: str, after: str) -> None:
    found = default().suggest(word, (before, after), limit=100)
    assert all(math.isfinite(s.score) and 0 <= s.score <= 1 for s in found)
    assert not found or abs(sum(s.score for s in found) - 1) < 0.01


SECTIONS = sorted(packed("مدرسة").sections)
#: Decoded when the first word is suggested; the checksum guards them.
LATER = {"company_rows", "company_zones", "company_targets", "company_neighbours", "company_shapes"}


@pytest.mark.parametrize("content", [b"", b"\x07junk!"], ids=["empty", "junk"])
@pytest.mark.parametrize("name", [name for name in SECTIONS if name not in LATER])
def test_sections_that_do_not_fit_are_noticed(name: str, content: bytes, tmp_path: Path) -> None:
    """Also where somebody has written a checksum over them."""
    model = packed("مدرسة", "أحمد")
    if model.sections[name] == content:
        pytest.skip("empty by right")
    write(tmp_path / "unfit.model", Packed({**model.sections, name: content}, {}))
    with pytest.raises(ModelError, match="unfit"):
        Repairer.load(tmp_path / "unfit.model")


@pytest.mark.parametrize("name", [name for name in SECTIONS if name not in LATER])
def test_a_missing_section_is_named(name: str, tmp_path: Path) -> None:
    model = packed("مدرسة")
    del model.sections[name]
    write(tmp_path / "lacking.model", model)
    with pytest.raises(ModelError, match=name):
        Repairer.load(tmp_path / "lacking.model")
