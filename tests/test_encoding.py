"""Encoding: the laws of its passes, damage and repair, and what ftfy does otherwise."""

from __future__ import annotations

import unicodedata
from random import Random

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm.core import Pass
from arnorm.passes import encoding, encoding_repair
from arnorm.passes._codepages import PAIRS, Pair
from arnorm.passes._lexicon import lexicon, swap_lam_alef

PLAIN = [getattr(encoding, name) for name in encoding.__all__]
JUDGED = [getattr(encoding_repair, name) for name in encoding_repair.__all__]
SENTENCES = (
    "ذهب الولد الصغير إلى المدرسة مع أخيه الكبير",
    "قالت الحكومة اليوم إن العمل في المدينة الجديدة بدأ",
    "كان الرجل يعرف أن الحياة في القرية ليست مثل الحياة في المدينة",
)
SOUND = (
    *SENTENCES,
    "لا إله إلا الله، أولا وثانيا؛ قال: «نعم»؟",
    "Où êtes-vous ? L'été à Noël, ÇA VA… «É»",
    "Größe, Straße, „Spaß“, ÄÖÜ",
    "Þetta er íslenska. São Paulo, coração, NÃO",
    "SLÚŽI ÚŽASNÝ Řekl příliš žluťoučký kůň",
    "İstanbul'da güneş, Şişli ÖĞÜT",
    "the quick brown fox, isn't it? rhythm & myths",
    "mar7aba ya 7abibi, kifak? sho akhbarak",
    "Đường phố Hà Nội rất đông vào buổi sáng",
    "Мой дом стоит на берегу реки; ОН БОЛЬШОЙ. Їжак і ґанок",
    "Ο δρόμος προς την πόλη είναι μακρύς",
    "┌───┬───┐ │ ░▒▓█ │ ╔══╗ ╪╪╪ ┘┘┘",
    "خانه‌ی ما کنار رودخانه است و پنجره‌هایش بزرگ‌اند",
    "for i in range(10): x[i] = {'hrm': 'hmn'}; if html: pass",
    "∀x ∈ ℝ: x² ± 3 × 2 ≤ ½ ∴ ¬p",
    "👨\u200d👩\u200d👧 😀 中文，日本語。한국어 שלום Привет",
)
# Every character these passes speak of, and some they do not.
anything = st.text(
    st.sampled_from(
        "ابتةىوالأإآلمنسﻵﺎﺒﺣﮎﷲﷺﷴ\ufe76\ufe77\ufc60\ufcf2\ufe73\u064e\u0654\u0651ـ&#;amplt1605 "
        "ØÙÃÂ…§Š\u0081ãÑÍÈÇطظ±گÿß'();.,lvpfhg\n\u200d\u200b\u202a\u2028\0😀\ud800"
    )
    | st.characters(),
    max_size=40,
)
words = st.lists(st.sampled_from(SENTENCES).map(str.split).flatmap(st.sampled_from), min_size=6, max_size=12)


def misread(text: str, codec: str = "cp1252", source: str = "utf-8") -> str:
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode(source))


@pytest.mark.parametrize("p", PLAIN + JUDGED, ids=lambda p: p.name)
@given(text=anything)
def test_once_is_enough(p: Pass, text: str) -> None:
    out = p(text)
    assert p(out) == out
    assert p.trace(text).text == out


@pytest.mark.parametrize("p", [p for p in PLAIN if p.kind != "form"], ids=lambda p: p.name)
@given(text=anything)
def test_composed_and_decomposed_text_are_alike(p: Pass, text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert unicodedata.normalize("NFC", p(composed)) == unicodedata.normalize("NFC", p(decomposed))


@pytest.mark.parametrize("p", JUDGED, ids=lambda p: p.name)
@pytest.mark.parametrize("text", SOUND)
def test_sound_text_comes_back_as_the_same_object(p: Pass, text: str) -> None:
    assert p(text) is text
    assert p(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("p", PLAIN + JUDGED, ids=lambda p: p.name)
@pytest.mark.parametrize(
    "unit", ["ا", "لا", "\u064e", "Ã", "ÂÃ", "&", "&amp;", "a", "Ç ", "ة ", "\u200d", "('", "l;", "ﺎﺒ"]
)
def test_a_long_run_of_one_thing_ends(p: Pass, unit: str) -> None:
    out = p(unit * (100_000 // len(unit)))
    assert isinstance(out, str)


@given(text=words.map(lambda some: " ".join(["السلام", *some])))
@pytest.mark.parametrize(
    "codec", ["cp1252", "latin-1", "cp1250", "cp1251", "cp1254", "cp1256", "cp437", "cp850", "mac_roman"]
)
def test_utf8_misread_is_read_again(codec: str, text: str) -> None:
    repair = encoding_repair.repair_utf8_mojibake
    assert repair(misread(text, codec)) == text
    assert repair(f"كذا: {misread(text, codec)}") == f"كذا: {text}"


@given(text=words.map(" ".join), times=st.integers(2, 3))
def test_mojibake_of_mojibake(text: str, times: int) -> None:
    damaged = text
    for _ in range(times):
        damaged = misread(damaged)
    assert encoding_repair.repair_utf8_mojibake(damaged) == text


def test_mojibake_without_end_is_left_as_it_was() -> None:
    damaged = "السلام عليكم"
    for _ in range(7):
        damaged = misread(damaged)
        assert encoding_repair.repair_utf8_mojibake(damaged) == "السلام عليكم"
    damaged = misread(damaged)
    assert encoding_repair.repair_utf8_mojibake(damaged) is damaged


@given(text=words.map(lambda some: " ".join(["السلام عليكم", *some])))
@pytest.mark.parametrize("pair", [p for p in PAIRS if p.was != "cp864"], ids=lambda p: f"{p.was} as {p.read[-1]}")
def test_a_code_page_misread_is_read_again(pair: Pair, text: str) -> None:
    for codec in pair.read:
        shown = misread(text, codec, pair.was)
        assert encoding_repair.repair_codepage_mojibake(shown) == text
        assert encoding_repair.repair_codepage_mojibake(f"a\n{shown}\nb") == f"a\n{text}\nb"


def test_shapes_of_cp864_are_read_as_letters() -> None:
    shapes = [bytes([byte]).decode("cp864", "ignore") for byte in range(0x80, 0x100)]
    shape_of = {unicodedata.normalize("NFKC", shape): shape for shape in shapes}
    drawn = "".join(shape_of.get(c, c) if c != " " else c for c in "قال الولد كل يوم")
    shown = misread(drawn, "cp1252", "cp864")
    assert encoding_repair.repair_codepage_mojibake(shown) == "قال الولد كل يوم"


def test_short_lines_are_read_beside_sure_ones() -> None:
    repair = encoding_repair.repair_codepage_mojibake
    short, long = misread("ما من", "cp1252", "cp1256"), misread(SENTENCES[0], "cp1252", "cp1256")
    assert repair(short) is short
    assert repair(f"{short}\n{long}") == f"ما من\n{SENTENCES[0]}"


@pytest.mark.parametrize("lost", ["\u00ad", "\x81", "\u00ad\x81"])
def test_bytes_that_were_lost_are_read_where_they_make_a_word(lost: str) -> None:
    text = "في صباح يوم جديد خرج الفلاح إلى الحقل"
    shown = "".join(c for c in misread(text) if c not in lost)
    assert encoding_repair.repair_utf8_mojibake(shown) == text


def test_arabic_of_a_macintosh_is_no_chinese() -> None:
    shown = misread("البيت، ثم السوق", "cp1252", "mac_arabic")
    assert encoding_repair.repair_utf8_mojibake(shown) is shown
    assert encoding_repair.repair_codepage_mojibake(shown) == "البيت، ثم السوق"


@pytest.mark.parametrize("text", SENTENCES)
def test_reversed_lines_are_turned_round(text: str) -> None:
    repair = encoding_repair.repair_visual_order
    assert repair(text[::-1]) == text
    assert repair(f"{text}\n{text[::-1]}\n") == f"{text}\n{text}\n"


@pytest.mark.parametrize("text", SENTENCES)
@given(random=st.randoms())
def test_vowels_are_turned_round_with_their_letters(text: str, random: Random) -> None:
    first, rest = text.split(" ", 1)
    vowels = ("", "", "\u064e", "\u064f\u0651")
    vocalized = f"{first}\u064e " + "".join(c if c in " اأإلةى" else c + random.choice(vowels) for c in rest)
    assert encoding_repair.repair_visual_order(vocalized[::-1]) == vocalized


def test_decomposed_reversed_text_is_turned_round_too() -> None:
    line = unicodedata.normalize("NFD", SENTENCES[0])
    clusters = unicodedata.normalize("NFD", SENTENCES[0][::-1])
    assert encoding_repair.repair_visual_order(clusters) == line


def test_doubtful_lam_alefs_need_a_damaged_text() -> None:
    repair = encoding_repair.repair_lam_alef_order
    assert repair("السالم") == "السالم"
    text = "السلام والإسلام والأول والمجلات والأرض"
    assert repair(swap_lam_alef(text)) == text
    assert repair(unicodedata.normalize("NFD", swap_lam_alef(text))) == text


def test_no_known_word_is_called_damaged() -> None:
    assert lexicon().known.isdisjoint(lexicon().sure)
    assert len(lexicon().known) == 15_000


def test_single_letters_of_every_presentation_form_agree_with_unicode() -> None:
    for form, letters in encoding.unify_presentation_forms.pairs:
        assert unicodedata.normalize("NFKC", form) == letters
        assert " " not in letters


# What ftfy 6.3 does with the same text, and why it differs here.
DIFFERENCES = [
    ("Ù…Ø±Ø\xadØ¨Ø§", "مرحبا", True),  # the same
    ("un cafÃ© noir", "un café noir", True),
    ("OÙ… est-il ?", "OÙ… est-il ?", True),
    ("ظ…ط±ط\xadط¨ط§", "مرحبا", False),  # ftfy has no cp1256
    ("السلام عليكم".encode().decode("mac_roman"), "السلام عليكم", True),
]


@pytest.mark.parametrize(("text", "ours", "same"), DIFFERENCES)
def test_against_ftfy(text: str, ours: str, same: bool) -> None:
    assert encoding_repair.repair_utf8_mojibake(text) == ours
    assert (ftfy.fix_encoding(text) == ours) is same
