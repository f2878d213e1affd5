"""Social passes: arguments, optional packages, properties."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given

from arnorm import InvalidPassError, MissingPackageError, passes
from tests.strategies import any_text


@pytest.mark.parametrize("make", [passes.mask_urls, passes.mask_emails, passes.mask_mentions, passes.mask_hashtags])
def test_a_token_must_not_be_what_it_masks(make: object) -> None:
    with pytest.raises(InvalidPassError, match="token"):
        make("x https://a.org a@b.org @c #d_e x")  # type: ignore[operator]
    with pytest.raises(InvalidPassError, match="token"):
        make(3)  # type: ignore[operator]


def test_emoji_tokens() -> None:
    with pytest.raises(InvalidPassError, match="without emoji"):
        passes.mask_emoji("🎉")
    assert passes.mask_emoji("<e>")("أ🎉🎉") == "أ<e><e>"


def test_tokens_are_literal() -> None:
    assert passes.mask_urls(r"\1\g<0>\n")("https://example.com") == r"\1\g<0>\n"


def test_elongation_takes_one_or_two() -> None:
    with pytest.raises(InvalidPassError, match="1 or 2"):
        passes.squeeze_elongation(3)


def test_names_of_emoji_need_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    p = passes.name_emoji("en")
    assert p("x 🎉") == "x :party_popper:"
    monkeypatch.setitem(sys.modules, "emoji", None)
    assert p("لا رمز هنا") == "لا رمز هنا"
    with pytest.raises(MissingPackageError, match=r"pip install 'arnorm\[emoji\]'") as caught:
        p("x 🎉")
    assert (caught.value.package, caught.value.extra) == ("emoji", "emoji")


@given(any_text)
def test_masking_leaves_no_url_behind(text: str) -> None:
    masked = passes.mask_urls()(text)
    assert passes.strip_urls(masked) == masked
