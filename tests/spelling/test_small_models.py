"""Models made by hand: of no words, of a few, and of sections that do not fit together."""

from __future__ import annotations

import hashlib
import json
import math
import struct
import tracemalloc
import zlib
from array import array
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arnorm import Repairer, suggest
from arnorm.spelling import realword
from arnorm.spelling.arabic import is_variant, skeleton_of
from arnorm.spelling.candidates import Candidates
from arnorm.spelling.likelihood import persons
from arnorm.spelling.model import (
    MAGIC,
    VERSION,
    ModelError,
    Packed,
    UnsuitedModelError,
    in_planes,
    pairs,
    shelves,
    write,
)
from arnorm.spelling.model.company import HEAD, SHAPES, ZONES
from arnorm.spelling.model.forest import Forest, dump
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.model.shelves import shelve
from arnorm.spelling.policy import Policy
from arnorm.spelling.speller import Speller
from arnorm.spelling.terms import terms
from arnorm.spelling.training.tabulate import tabulated
from arnorm.spelling.view import view
from arnorm.words import plain
from tests.spelling.test_candidates import distance_one
from tests.spelling.test_laws import noisy
from tests.strategies import any_text

#: Makes every change that is proposed.
CREDULOUS = Policy("credulous", 0.0, 0.0, 0.0, 0.0, real_words=0.0)


def packed(*words: str) -> Packed:
    """A model that knows `words`, all equally frequent, on a shelf each, and whose judge agrees to everything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "_WIDTH", 1)
        return _packed(*words)


def _packed(*words: str) -> Packed:
    count = len(words) + 3
    yes = Forest(9.0, 1, [0], [0.0], [0.0, 0.0])
    given = Packed(
        {
            **shelve(words)[0],
            "unigrams": bytes([60]) * count,
            "books": bytes([60]) * count,
            "backoff": bytes(count),
            "letters": bytes([60]) * 38**3,
            **pairs.dump([0] * (count + 1), array("I"), b""),
            "context": bytes([128]) * 2**22,
            "choices": zlib.compress(b""),
            "inflection": zlib.compress(bytes([128]) * 2**18),
            "company_head": HEAD.pack(3, 24, 0, 1.0),
            "company_zones": bytes(2 * len(ZONES) * 24 * 24),
            "company_shapes": bytes([128]) * SHAPES * 24,
            "company_rows": zlib.compress(b""),
            "company_targets": b"",
            "company_neighbours": b"",
            **dump(yes),
            **dump(yes, realword.SECTION),
        },
        {"terms": terms()},
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
    assert all(plain(view(text[r.start : r.end]).text) == plain(r.text) for r in plan)  # only tatweel is taken away


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
    generated = {text: source for text, _, source in candidates.rivals._generate(word, candidates.likelihood.log(word))}
    brothers = {other for other in words if skeleton_of(other) == skeleton_of(word)}
    assert brothers <= generated.keys()
    for text, source in generated.items():
        if source == "class" and text in words and len(text) == len(word):
            assert skeleton_of(text) == skeleton_of(word)
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
    generated = {text for text, _, _ in candidates.rivals._generate(word, -30.0)}
    dropped_first = {word[1:]} if word[0] != word[1] else set()
    sound = {*dropped_first, *persons(word)}
    assert {other for other in words if distance_one(word, other)} - sound <= generated


@given(st.text("اأإآبتةهىيوؤئءسملك", min_size=1, max_size=8), noisy, noisy)
def test_shares_of_suggestions_are_finite(word: str, before: str, after: str) -> None:
    found = suggest(word, before, after, limit=100)
    assert all(math.isfinite(s.score) and 0 <= s.score <= 1 for s in found)
    assert not found or abs(sum(s.score for s in found) - 1) < 0.01


SECTIONS = sorted(packed("مدرسة").sections)


@pytest.mark.parametrize("content", [b"", b"\x07junk!"], ids=["empty", "junk"])
@pytest.mark.parametrize("name", SECTIONS)
def test_sections_that_do_not_fit_are_noticed(name: str, content: bytes, tmp_path: Path) -> None:
    """Also where somebody has written a checksum over them."""
    model = packed("مدرسة", "أحمد")
    if model.sections[name] == content:
        pytest.skip("empty by right")
    write(tmp_path / "unfit.model", Packed({**model.sections, name: content}, model.meta))
    with pytest.raises(ModelError, match="unfit"):
        Repairer.load(tmp_path / "unfit.model")


@pytest.mark.parametrize("name", SECTIONS)
def test_a_missing_section_is_named(name: str, tmp_path: Path) -> None:
    model = packed("مدرسة")
    del model.sections[name]
    write(tmp_path / "lacking.model", model)
    with pytest.raises(ModelError, match=name):
        Repairer.load(tmp_path / "lacking.model")


# --- models that somebody has made to do harm, with a sound checksum -------------------------------------------------


def refused(folder: Path, model: Packed, error: type[ModelError] = ModelError) -> str:
    """Why a model is not loaded."""
    write(folder / "hostile.model", model)
    with pytest.raises(error) as caught:
        Repairer.load(folder / "hostile.model")
    return str(caught.value)


def changed(name: str, content: bytes, *words: str) -> Packed:
    model = packed(*(words or ("مدرسة", "أحمد")))
    return Packed({**model.sections, name: content}, model.meta)


def trees(base: float = 1.0, depth: int = 1, features: bytes = b"\0", cut: float = 0.0, leaf: float = 0.0) -> Packed:
    sections = {
        "judge_head": struct.pack("<fII", base, depth, 1),
        "judge_features": features,
        "judge_cuts": struct.pack("<f", cut) * len(features),
        "judge_leaves": struct.pack("<f", leaf) * (2**depth),
    }
    return Packed({**packed("مدرسة").sections, **sections}, packed("مدرسة").meta)


#: The words of the model that `changed` changes, a shelf each.
SHELVES = zlib.decompress(packed("مدرسة", "أحمد").sections["words"])

HOSTILE = {
    "a feature that there is not": trees(features=bytes([250])),
    "a cut that is no number": trees(cut=math.nan),
    "a leaf that has no end": trees(leaf=math.inf),
    "leaves without an exponential": trees(leaf=-1e30),
    "a base without an exponential": trees(base=-750.0),
    "a tree too deep to be read": trees(depth=12, features=bytes(2**12 - 1)),
    "a tree of no depth": trees(depth=0, features=b""),
    "rows that end behind the pairs": changed("bigram_rows", zlib.compress(struct.pack("<6I", 0, 9, 0, 0, 0, 9))),
    "more pairs than there can be": changed("bigram_rows", zlib.compress(struct.pack("<6I", 0, 9, 0, 0, 0, 2**31))),
    "pairs that are nowhere": changed("bigram_places", struct.pack("<II", 0, 9)),
    "pairs of what is no word": changed("bigram_places", struct.pack("<II", 9, 0)),
    "too few rows": changed("bigram_rows", zlib.compress(struct.pack("<5I", 0, 0, 0, 0, 0))),
    "a word of nothing": changed("words", zlib.compress(SHELVES + b"\n")),
    "words of nothing": changed("words", zlib.compress(SHELVES.replace(b"\t", b"\n\t"))),
    "a word of two": changed("words", zlib.compress(SHELVES.replace(b"\t", b" "))),
    "a word of digits": changed("words", zlib.compress(b"12\t" + SHELVES.split(b"\t")[1])),
    "words of no letters": changed("words", zlib.compress(b"\xd9\t\x85")),
    "shelves without names": changed("words_shelves", zlib.compress(b"")),
    "no sieve": changed("words_sieve", b""),
    "a sieve that is not whole": changed("words_sieve", bytes(3)),
    "words without ids": changed("words_steps", zlib.compress(bytes(3))),
    "a rival that is no word": changed("rivals_more", zlib.compress(b"https")),
    "a rival that is nothing": changed("rivals_more", zlib.compress("مدرسة\n".encode())),
    "a cost that is no number": changed("rivals_costs", struct.pack("<d", math.nan)),
    "a cost below nothing": changed("rivals_costs", struct.pack("<d", -1e300)),
    "rivals of more words than there are": changed("rivals_counts", bytes(9)),
    "vectors of no width": changed("company_head", HEAD.pack(3, 0, 0, 1.0)),
    "vectors too wide": changed("company_head", HEAD.pack(3, 2**31, 0, 1.0)),
    "vectors of more words than there are": changed("company_head", HEAD.pack(3, 24, 2**31, 1.0)),
    "a unit that is no number": changed("company_head", HEAD.pack(3, 24, 0, math.nan)),
    "matrices out of bounds": changed("company_zones", struct.pack("<h", 2**15 - 1) * len(ZONES) * 24 * 24),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_content_is_refused_at_loading(case: str, tmp_path: Path) -> None:
    assert "hostile.model" in refused(tmp_path, HOSTILE[case])


@pytest.mark.parametrize(("text", "price", "kind"), [(2, 0, 0), (2**23, 0, 0), (0, 9, 0), (0, 0, 127), (0, 0, 255)])
def test_rows_of_what_is_not_there(text: int, price: int, kind: int, tmp_path: Path) -> None:
    model = packed("مدرسة", "أحمد")
    model.sections |= {
        "rivals_counts": bytes([0, 0, 0, 1, 0]),
        "rivals_texts": text.to_bytes(3, "little"),
        "rivals_prices": bytes([price]),
        "rivals_kinds": bytes([kind]),
        "rivals_costs": struct.pack("<d", 1.0),
    }
    assert "not" in refused(tmp_path, model)


def test_a_word_that_is_there_twice_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "_WIDTH", 1)
    model = packed("مدرسة", "أحمد", "كتاب")
    write(tmp_path / "twice.model", Packed(model.sections | shelve(["مدرسة", "أحمد", "مدرسة"])[0], model.meta))
    assert Repairer.load(tmp_path / "twice.model").repair("احمد مدرسه", CREDULOUS) == "أحمد مدرسة"


@pytest.mark.parametrize("step", [2**23, 2])
def test_words_with_ids_of_no_word_are_not_known(step: int, tmp_path: Path) -> None:
    """Or with those of others: whatever is loaded repairs."""
    model = changed("words_steps", zlib.compress(in_planes(struct.pack("<2I", step, step), 4, 3)))
    write(tmp_path / "odd.model", model)
    assert Repairer.load(tmp_path / "odd.model").repair("احمد مدرسه", CREDULOUS) in ("احمد مدرسه", "أحمد مدرسة")


@pytest.mark.parametrize("steps", [(0,), (3, 0), (3, 2**32 - 1), (2**20,)])
def test_vectors_of_what_is_no_word(steps: tuple[int, ...], tmp_path: Path) -> None:
    model = changed("company_head", HEAD.pack(3, 24, len(steps), 1.0))
    model.sections["company_rows"] = zlib.compress(struct.pack(f"<{len(steps)}I", *steps))
    for name in ("targets", "neighbours"):
        model.sections["company_" + name] = bytes([128]) * 24 * len(steps)
    assert "no word" in refused(tmp_path, model)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_loaded_repairs(data: st.DataObject, tmp_path: Path) -> None:
    """Random bytes in some section of the right size: refused by a `ModelError`, or a model that never raises."""
    model = packed("مدرسة", "أحمد", "احمد", "مدرسه")
    name = data.draw(st.sampled_from(SECTIONS))
    content = bytearray(model.sections[name] if name not in COMPRESSED else zlib.decompress(model.sections[name]))
    for _ in range(data.draw(st.integers(1, 8))):
        if content:
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.none() | st.integers(0, len(content)))]
    packed_again = zlib.compress(bytes(content)) if name in COMPRESSED else bytes(content)
    write(tmp_path / "any.model", Packed({**model.sections, name: packed_again}, model.meta))
    try:
        loaded = Repairer.load(tmp_path / "any.model")
    except ModelError:
        return
    text = "سافر احمد الى المدرسه. مدرسه احمد، والمدرسة"
    loaded.repair(text, CREDULOUS)
    loaded.plan(text, CREDULOUS)
    loaded.suggest("احمد", "سافر ", " الى")


COMPRESSED = {
    "rivals_careless", "rivals_more", "words", "words_shelves", "words_steps", "bigram_rows", "choices", "inflection",
    "company_rows", "company_known",
}  # fmt: skip


@pytest.mark.parametrize("name", ["words", "words_steps", "company_rows"])
def test_a_bomb_is_not_unpacked(name: str, tmp_path: Path) -> None:
    """No more is unpacked than a section may hold, whatever would come of it."""
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(2**6)) + packer.flush()
    tracemalloc.start()
    try:
        assert "more than" in refused(tmp_path, changed(name, bomb))
        assert tracemalloc.get_traced_memory()[1] < 2**27
    finally:
        tracemalloc.stop()


def test_sections_that_are_bombs_together(tmp_path: Path) -> None:
    model = packed("مدرسة")
    many = {f"own_{number}": bytes(2**25) for number in range(5)}
    assert "more than" in refused(tmp_path, Packed({**model.sections, **many}, model.meta))


HEADERS = {
    "no JSON": b"{",
    "no object": b"[]",
    "no sections": b'{"meta": {}}',
    "sections of another kind": b'{"sections": [], "meta": {}}',
    "a section that is nowhere": b'{"sections": {"words": null}, "meta": {}}',
    "a section before its start": b'{"sections": {"words": [-9, 9, false]}, "meta": {}}',
    "a section behind its end": b'{"sections": {"words": [0, 99999999, false]}, "meta": {}}',
    "meta of another kind": b'{"sections": {}, "meta": 3}',
    "nested without end": b'{"sections": ' + b"[" * 100_000,
    "half a character": b'{"sections": {}, "meta": "\xd9"}',
}


@pytest.mark.parametrize("case", HEADERS)
def test_a_table_of_sections_that_is_none(case: str, tmp_path: Path) -> None:
    rest = struct.pack("<I", len(HEADERS[case])) + HEADERS[case]
    head = struct.pack("<8sHI32s", MAGIC, VERSION, len(rest), hashlib.sha256(rest).digest())
    (tmp_path / "hostile.model").write_bytes(head + rest)
    with pytest.raises(ModelError):
        Repairer.load(tmp_path / "hostile.model")


# --- what a model was trained with -----------------------------------------------------------------------------------


def test_features_are_found_by_name_whatever_their_order(tmp_path: Path) -> None:
    model = packed("مدرسة")
    names = model.meta["terms"]["features"]["judge"]
    at = names.index("cost")
    forest = Forest(0.0, 1, [at], [0.5], [-1.0, 1.0])
    moved = [*names[at:], *names[:at]]
    again = json.loads(json.dumps(model.meta))
    again["terms"]["features"]["judge"] = moved
    forests = []
    for meta, feature in ((model.meta, at), (again, 0)):
        tree = dump(Forest(forest.base, 1, [feature], [0.5], [-1.0, 1.0]))
        write(tmp_path / "moved.model", Packed({**model.sections, **tree}, meta))
        forests.append(Speller.load(tmp_path / "moved.model")._probability)
    row = [0.0] * len(names)
    for cost in (0.0, 1.0):
        row[at] = cost
        assert forests[0](row) == forests[1](row) == 1 / (1 + math.exp(1.0 if not cost else -1.0))


def differing(**terms_of_model: object) -> Packed:
    model = packed("مدرسة")
    return Packed(model.sections, {"terms": {**model.meta["terms"], **terms_of_model}})


def test_a_kind_of_error_that_the_model_does_not_know(tmp_path: Path) -> None:
    kinds = terms()["kinds"]
    assert "'tanween'" in refused(tmp_path, differing(kinds=[k for k in kinds if k != "tanween"]), UnsuitedModelError)
    assert "'dialect'" in refused(tmp_path, differing(kinds=["dialect", *kinds]), UnsuitedModelError)


def test_kinds_of_error_that_are_numbered_otherwise(tmp_path: Path) -> None:
    """The table of rivals in a model speaks of kinds by number."""
    assert "numbers" in refused(tmp_path, differing(kinds=terms()["kinds"][::-1]), UnsuitedModelError)


def test_features_that_differ(tmp_path: Path) -> None:
    features = terms()["features"]
    for section, names in features.items():
        for other in (names[1:], [*names, "mood"]):
            reason = refused(tmp_path, differing(features={**features, section: other}), UnsuitedModelError)
            assert section in reason
            assert repr(names[0]) in reason or "'mood'" in reason


def test_constants_that_differ(tmp_path: Path) -> None:
    for name in terms()["constants"]:
        other = {**terms()["constants"], name: 0}
        assert name in refused(tmp_path, differing(constants=other), UnsuitedModelError)


@pytest.mark.parametrize("said", [None, 3, {}, {"kinds": 3, "features": 3, "constants": 3}])
def test_a_model_that_does_not_say_what_it_was_trained_with(said: object, tmp_path: Path) -> None:
    assert "train it again" in refused(tmp_path, Packed(packed("مدرسة").sections, {"terms": said}))


def test_names_that_are_there_twice(tmp_path: Path) -> None:
    kinds = terms()["kinds"]
    assert "twice" in refused(tmp_path, differing(kinds=[kinds[0], *kinds]))
