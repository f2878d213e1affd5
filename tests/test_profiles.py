"""Profiles: what they do, and that a version never changes it."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path

import pytest

from arnorm import CharMap, Pipeline, all_profiles, normalize, passes, profile

FROZEN = tomllib.loads((Path(__file__).parent / "golden" / "profiles_frozen.toml").read_text(encoding="utf-8"))
every = pytest.mark.parametrize("p", all_profiles(), ids=lambda p: p.full_name)


@every
def test_a_version_never_changes(p: Pipeline) -> None:
    """A change here breaks somebody's index: make a new version instead."""
    frozen = FROZEN[p.full_name]  # type: ignore[attr-defined]
    assert p.fingerprint == frozen["fingerprint"]
    assert [p(text) for text in FROZEN["inputs"]] == frozen["outputs"]


def test_a_name_without_version_is_the_newest() -> None:
    assert profile("search") is profile("search.v1")
    assert normalize("أ", "search") == normalize("أ", profile="search.v1") == "ا"


@every
def test_profiles_say_what_they_are(p: Pipeline) -> None:
    assert p.full_name == f"{p.name}.v{p.version}"  # type: ignore[attr-defined]
    assert p.summary  # type: ignore[attr-defined]
    assert p.destroys.endswith(".")  # type: ignore[attr-defined]
    assert repr(p) == f"<Profile {p.full_name}>"  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(p)) is p


def test_a_profile_joins_and_changes_like_a_pipeline() -> None:
    p = profile("search") | passes.fold_hamza_to_hamza
    assert p("مسئول") == p("مسؤول") == "مسءول"
    assert profile("search").without("fold_teh_marbuta")("إلى مدرسة") == "الي مدرسة"


def test_normalize_takes_any_pass() -> None:
    assert normalize("أب", passes.fold_alef) == "اب"
    assert normalize("xب", CharMap("x", {"x": "y"})) == "yب"


def test_clean_keeps_what_a_reader_would_miss() -> None:
    text = (
        "قال: «إنَّ الكِتابَ، يا عليُّ، على الرَّفِّ؛ أليس كذلك؟» — ١٢٫٥٪ (1,234.5)… 2019–2023 “نعم” "
        "https://example.com/أ?b=ة #وسم @سارة ١٤٤٣هـ الـBBC ﷺ علی گروه "
        "می\u200cخواهم ①ﬁ😀👨\u200d👩\u200d👧\tx\n\n  نهاية"
    )
    assert normalize(text) is text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("شكراً", "شكرا"),
        ("شكرًا", "شكرا"),
        ("جداً", "جدا"),
        ("إذاً", "إذا"),
        ("١٢٫٥", "12.5"),
        ("۱۲٫۵", "12.5"),
        ("مدرسة", "مدرسه"),
        ("أحمد", "احمد"),
        ("على", "علي"),
        ("الرحمٰن", "الرحمن"),
        ("سو\u0654ال", "سؤال"),
        ("ﷲ", "الله"),
        ("ﻻ", "لا"),
        ("ﻵن", "لان"),
        ("کتاب", "كتاب"),
        ("مدرسۃ", "مدرسة"),
        ("جميـــل", "جميل"),
        ("كتا\u200cب", "كتاب"),
        ("ك\u200fتاب", "كتاب"),
    ],
)
def test_search_brings_together(one: str, other: str) -> None:
    assert normalize(one, "search.v1") == normalize(other, "search.v1")


@pytest.mark.parametrize(("one", "other"), [("سأل", "سال"), ("كتاب", "كتب"), ("درس", "درّسها"), ("12.5", "125")])
def test_search_keeps_apart(one: str, other: str) -> None:
    same = normalize(one, "search.v1") == normalize(other, "search.v1")
    assert same == (one == "سأل")  # hamza on alef is folded, whatever the word


def test_asr_hears_words_only() -> None:
    assert normalize("«قال»: أهلاً، يا BBC! (نعم؟)", "asr.v1") == "قال اهلا يا bbc نعم"


def test_social_masks_who_and_where() -> None:
    text = "@sara رااااائع!!! 😍 https://example.com/x #كرة_القدم"
    assert normalize(text, "social.v1") == "[مستخدم] رائع! 😍 [رابط] كرة القدم"


def test_ml_keeps_letters_and_marks() -> None:
    assert normalize("  قالَ &quot;نعم&quot;  \n\n\n\nأهلاً  ", "ml.v1") == 'قالَ "نعم"\n\nأهلًا'
