"""Social passes: arguments, optional packages, properties."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import InvalidPassError, MissingPackageError, passes
from tests.strategies import any_text
from tests.strategies import words as arabic_words


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


_html = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<p>", "</p>", "<br>", "<td>", "<script>", "</script>", "<!--", "-->", "<", ">", "/"]
    )
    | st.sampled_from(["ا", "b", " ", "\n", '"', "'", "!", "-", "<a x='", "</", "<style>", "</style>"]),
    max_size=14,
).map("".join)


@given(_html)
def test_no_tag_is_made_of_what_tags_leave(text: str) -> None:
    once = passes.strip_html_tags(text)
    assert passes.strip_html_tags(once) == once


@given(st.lists(arabic_words, min_size=2, max_size=6), st.sampled_from(["p", "div", "li", "td", "h2", "tr"]))
def test_no_two_words_are_joined_by_tags_that_part(words: list[str], name: str) -> None:
    text = "".join(f"<{name}>{word}</{name}>" for word in words)
    assert passes.strip_html_tags(text).split() == words
    assert passes.strip_html_tags("<br>".join(words)).split() == words
