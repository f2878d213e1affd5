"""tokenizers: normalizers that do what the profile does, and know where each character is from."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arnorm
from arnorm import Custom, NotExpressibleError, Pipeline, Repairer, all_profiles, passes
from tests.integrations.processes import ROOT, error_without, run
from tests.strategies import ALL_OF_BMP, SPOKEN_OF, arabic_text, pipelines

pytest.importorskip("tokenizers")

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from arnorm.integrations.tokenizers import _Traced, custom, native, normalizer

PROFILES: dict[str, Pipeline] = {profile.full_name: profile for profile in all_profiles()}
of_each_profile = pytest.mark.parametrize("name", PROFILES)
CUSTOM = {name: custom(profile) for name, profile in PROFILES.items()}
EITHER = {name: normalizer(profile) for name, profile in PROFILES.items()}

# Text as UTF-8 can hold it: no lone surrogates.
arabic = arabic_text.map(lambda text: text.encode("utf-8", "ignore").decode())
of_the_bmp = st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF, exclude_categories=["Cn"]), max_size=30)


def written() -> list[str]:
    """Texts as people wrote them, or might have."""
    golden = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "tests" / "golden").glob("*.toml")]
    inputs = [case["input"] for file in golden for case in file.get("case", []) if isinstance(case.get("input"), str)]
    return [text.encode("utf-8", "ignore").decode() for text in inputs]


def by_characters(one: Any) -> Tokenizer:
    """A tokenizer whose tokens are the characters that the normalizer gives."""
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.normalizer = one
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("(?m:.)"), "isolated")
    return tokenizer


@of_each_profile
def test_real_text(name: str) -> None:
    texts = written()
    assert len(texts) > 200
    wanted = [PROFILES[name](text) for text in texts]
    assert [CUSTOM[name].normalize_str(text) for text in texts] == wanted
    assert [EITHER[name].normalize_str(text) for text in texts] == wanted


@given(st.sampled_from([*PROFILES]), arabic | of_the_bmp)
def test_random_text(name: str, text: str) -> None:
    wanted = PROFILES[name](text)
    assert CUSTOM[name].normalize_str(text) == wanted
    assert EITHER[name].normalize_str(text) == wanted


@of_each_profile
@pytest.mark.parametrize("blocks", [SPOKEN_OF, pytest.param(ALL_OF_BMP, marks=pytest.mark.long)], ids=["some", "all"])
def test_every_character_of_the_bmp(name: str, blocks: tuple[range, ...]) -> None:
    every = [chr(code) for block in blocks for code in block]
    for start in range(0, len(every), 1024):
        text = "".join(f"{c}ب{c} " for c in every[start : start + 1024])
        assert CUSTOM[name].normalize_str(text) == PROFILES[name](text)
        # Of what one of two Unicode versions does not know yet, the package and Python may think differently.
        known = "".join(c for c in text if unicodedata.category(c) != "Cn")
        assert EITHER[name].normalize_str(known) == PROFILES[name](known)


@given(pipelines(), arabic)
def test_any_pipeline(pipeline: Any, text: str) -> None:
    wanted = pipeline(text)
    try:
        wanted.encode("utf-8")
    except UnicodeEncodeError:
        return  # a table that writes lone surrogates
    assert custom(pipeline).normalize_str(text) == wanted


@given(st.sampled_from([*PROFILES]), arabic)
def test_offsets_lead_to_the_original(name: str, text: str) -> None:
    trace = PROFILES[name].trace(text)
    offsets = by_characters(CUSTOM[name]).encode(text).offsets
    assert len(offsets) == len(trace.text)
    for place, (start, end) in enumerate(offsets):
        low, high = trace.to_source((place, place + 1))
        assert low <= start <= end <= high or low == high, (place, trace)
        if (start, end) == (low, low + 1) and not any(e.start <= low < e.end for e in trace.edits):
            assert text[start:end] == trace.text[place]
    assert offsets == sorted(offsets)


def test_words_are_found_in_the_original() -> None:
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "المدرسه": 1}, unk_token="[UNK]"))
    tokenizer.normalizer = custom("search.v1")
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    text = "ﷺ ذهبت إِلَى المَدْرَســـةِ اليوم"
    encoded = tokenizer.encode(text)
    start, end = encoded.offsets[encoded.ids.index(1)]
    assert text[start:end].rstrip("\N{ARABIC KASRA}") == "المَدْرَســـة"


def insert(before: str, after: str) -> Any:
    return custom(passes.squeeze_elongation(1) | Custom("insert", lambda text: f"{before}{text}{after}"))


@pytest.mark.parametrize("text", ["ب", "بت", "حححح"])
@pytest.mark.parametrize(("before", "after"), [("<", ""), ("", ">"), ("<<", ">>"), ("\U000f0000", "\U000f0001")])
def test_insertions(text: str, before: str, after: str) -> None:
    assert insert(before, after).normalize_str(text) == f"{before}{'ح' if 'ح' in text else text}{after}"


def test_all_of_a_text_may_go() -> None:
    assert insert("<", ">").normalize_str("") == ""
    assert custom(passes.strip_tatweel | Custom("insert", "<{}>".format)).normalize_str("ـ") == "<>"
    assert CUSTOM["search.v1"].normalize_str("ـــ") == ""
    assert by_characters(CUSTOM["search.v1"]).encode("ـــ").ids == []


def test_repair_and_other_normalizers_beside_it() -> None:
    repair = custom(Repairer("balanced"))
    assert repair.normalize_str("ذهب الى المدرسه") == "ذهب إلى المدرسة"
    both = normalizers.Sequence([normalizers.Strip(), repair, custom("search.v1")])
    assert both.normalize_str("  ذهب الى المدرسه ") == "ذهب الي المدرسه"
    assert by_characters(both).encode("  إلى ").offsets == [(2, 3), (3, 4), (4, 5)]


def test_batches_and_training() -> None:
    texts = ["المَدْرَسَة والجامِعة", "إلى المدرسه"] * 50
    for one in (normalizer("lucene.v1"), CUSTOM["search.v1"]):
        tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
        tokenizer.normalizer = one
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        trainer = trainers.BpeTrainer(special_tokens=["[UNK]"], show_progress=False)
        tokenizer.train_from_iterator(texts, trainer)
        assert tokenizer.token_to_id("المدرسه") is not None
        assert not {"أ", "ة", "َ"} & set("".join(tokenizer.get_vocab()))
        assert [e.tokens for e in tokenizer.encode_batch(texts)] == [tokenizer.encode(text).tokens for text in texts]


LOADED = """
import sys
sys.modules["arnorm"] = None
from tokenizers import Tokenizer
print(Tokenizer.from_file(sys.argv[1]).normalizer.normalize_str(sys.argv[2]))
"""


def test_a_native_one_is_saved_and_needs_no_arnorm(tmp_path: Path) -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = native("lucene.v1")
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    assert run(LOADED, str(tmp_path / "tokenizer.json"), "إِلَى المَدْرَسَةِ").strip() == "الي المدرسه"


def test_a_custom_one_is_not_saved() -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = custom("lucene.v1")
    with pytest.raises(Exception, match="Custom Normalizer cannot be serialized"):
        tokenizer.to_str()
    tokenizer.normalizer = normalizers.Sequence([])
    again = Tokenizer.from_str(tokenizer.to_str())
    again.normalizer = custom("lucene.v1")
    assert again.normalizer.normalize_str("أَ") == "ا"


def test_the_native_one_is_preferred_where_it_has_a_few_steps() -> None:
    assert isinstance(EITHER["lucene.v1"], normalizers.Sequence)
    assert isinstance(native("search.v1"), normalizers.Sequence)
    assert not isinstance(EITHER["search.v1"], normalizers.Sequence)
    assert not isinstance(CUSTOM["lucene.v1"], normalizers.Sequence)


@pytest.mark.parametrize("name", ["search.v1", "lucene.v1"])
def test_ordinary_text_is_spared_the_trace(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def traced(*_: Any) -> None:
        raise AssertionError("traced")

    monkeypatch.setattr(Pipeline, "trace", traced)
    text = "إلى المدرسة، كَتَبَ ١٢ سطرا"
    assert custom(name).normalize_str(text) == PROFILES[name](text)


@pytest.mark.parametrize("name", ["search.v1", "lucene.v1"])
def test_what_makes_one_grapheme_with_a_key_is_kept(name: str) -> None:
    """The map of the package takes a grapheme of less than six bytes as a whole where it begins with a key."""
    joining = "\u0301\u0654\u064e\u200d\ufe0f🏽"
    for text in (f"{a}{b}{c}ب" for a in "أةى٪٣\u064eب,\r" for b in (*joining, "\n") for c in ("", *joining)):
        assert CUSTOM[name].normalize_str(text) == PROFILES[name](text)


@given(
    st.sampled_from(["search.v1", "clean.v1", "lucene.v1"]),
    st.text("أإىةا بت1٢\u064e\u0651،ﻻ\u0301\u0654\r\n", max_size=20),
)
def test_offsets_are_the_same_with_and_without_a_trace(name: str, text: str) -> None:
    always = _Traced(PROFILES[name])
    assert always.simple
    always.simple = None
    traced = by_characters(normalizers.Normalizer.custom(always)).encode(text)
    assert by_characters(CUSTOM[name]).encode(text).offsets == traced.offsets


def test_what_is_not_expressible_is_named() -> None:
    fold = passes.fold_alef | Custom("upper", str.upper)
    with pytest.raises(NotExpressibleError, match="upper"):
        native(fold)
    assert normalizer(fold).normalize_str("أa") == "اA"
    with pytest.raises(arnorm.UnknownNameError, match="search.v1"):
        normalizer("serch")


def test_without_the_package_the_extra_is_named() -> None:
    assert "pip install 'arnorm[tokenizers]'" in error_without("tokenizers", "tokenizers")
