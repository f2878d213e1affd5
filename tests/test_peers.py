"""The same work as other packages do, except where tests/peers_differences.toml says otherwise, and why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Composable, Pipeline, passes, profile
from tests.strategies import any_text, vocalized_words

DATA = tomllib.loads((Path(__file__).parent / "peers_differences.toml").read_text(encoding="utf-8"))["peer"]
# The blocks of the Arabic script, general punctuation, and those beyond the BMP.
BEYOND = [*map(chr, [*range(0x10E60, 0x10F00), *range(0x1EC70, 0x1ED50), *range(0x1EE00, 0x1EF00)])]
BLOCKS = (range(0x5F0, 0x700), range(0x750, 0x780), range(0x860, 0x900), range(0x2000, 0x2070), range(0xFB50, 0xFF00))
ARABIC = [*(chr(point) for block in BLOCKS for point in block), *BEYOND]


def name_of(peer: dict[str, Any]) -> str:
    return " ".join([peer["call"].replace(":", "."), *map("{0[0]}={0[1]}".format, peer.get("args", {}).items())])


every_peer = pytest.mark.parametrize("peer", DATA, ids=name_of)


def theirs(peer: dict[str, Any]) -> Callable[[str], str]:
    module, attribute = peer["call"].split(":")
    found = getattr(pytest.importorskip(module), attribute)
    if "method" in peer:
        return getattr(found(**peer["args"]), peer["method"])  # type: ignore[no-any-return]
    return partial(found, **peer.get("args", {}))


def ours(peer: dict[str, Any]) -> Pipeline:
    return Pipeline([passes.get(name) for name in peer["ours"].split(" | ")])


def points_of(ranges: str) -> list[str]:
    spans = [[int(end, 16) for end in span.split("-")] for span in ranges.split()]
    return [chr(point) for span in spans for point in range(span[0], span[-1] + 1)]


def table_of(peer: dict[str, Any]) -> dict[str, str]:
    """What the points that come out differently become with theirs."""
    differs = [d for d in peer.get("differs", []) if "points" in d]
    return {c: c if d["theirs"] == "=" else d["theirs"] for d in differs for c in points_of(d["points"])}


def excuse(peer: dict[str, Any]) -> Callable[[str], object]:
    """Whether a text is one on which the two are not compared: an input theirs refuses, or a pattern written down."""
    patterns = [re.compile(d["pattern"], re.DOTALL) for d in peer.get("differs", []) if "pattern" in d]
    refused = set(points_of(peer.get("refuses", "")))
    only = re.compile(peer.get("only", "(?s:.*)"))
    return lambda text: (
        not refused.isdisjoint(text) or not only.fullmatch(text) or any(p.search(text) for p in patterns)
    )


def differing(peer: dict[str, Any], points: list[str]) -> dict[tuple[str, str], str]:
    """The characters that come out differently, with what is around them, and what theirs makes of it."""
    their, our, excused = theirs(peer), ours(peer), excuse(peer)
    texts = {(c, edge): edge + c + edge for c in points for edge in ("", "ب")}
    return {key: their(text) for key, text in texts.items() if not excused(text) and their(text) != our(text)}


def documented(peer: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(c, edge): edge + new + edge for c, new in table_of(peer).items() for edge in ("", "ب")}


@every_peer
def test_every_arabic_character_alone_and_between_letters(peer: dict[str, Any]) -> None:
    assert differing(peer, ARABIC) == documented(peer)


@every_peer
def test_every_other_character_among_letters(peer: dict[str, Any]) -> None:
    if "only" in peer:
        pytest.skip("made for Arabic words")
    their, our, refused = theirs(peer), ours(peer), points_of(peer.get("refuses", ""))
    points = sorted({*map(chr, range(0x10000))}.difference(refused, ARABIC))
    for start in range(0, len(points), 64):
        text = "ب".join(points[start : start + 64])
        assert their(text) == our(text)


@pytest.mark.long
@every_peer
def test_every_character_of_the_bmp_alone_and_between_letters(peer: dict[str, Any]) -> None:
    assert differing(peer, [*map(chr, range(0x10000)), *BEYOND]) == documented(peer)


def compare(peer: dict[str, Any], text: str) -> None:
    if excuse(peer)(text):
        return
    our, table = ours(peer), table_of(peer)
    points = re.compile(f"([{''.join(map(re.escape, table))}])" if table else "((?!))")
    pieces = points.split(text)
    pieces[::2] = [our(piece) for piece in pieces[::2]]
    pieces[1::2] = [table[c] for c in pieces[1::2]]
    assert theirs(peer)(text) == "".join(pieces)


@every_peer
@given(data=st.data())
def test_any_text(peer: dict[str, Any], data: st.DataObject) -> None:
    theirs(peer)
    texts = st.from_regex(peer["only"], fullmatch=True) if "only" in peer else any_text | vocalized_words
    points = st.sampled_from([*table_of(peer), "ب"])
    compare(peer, data.draw(texts | st.lists(points | vocalized_words).map("".join)))


EXAMPLES = [(peer, d) for peer in DATA for d in peer.get("differs", [])]


@pytest.mark.parametrize(("peer", "differs"), EXAMPLES, ids=lambda part: part.get("why", "")[:40] or name_of(part))
def test_examples_of_each_difference(peer: dict[str, Any], differs: dict[str, Any]) -> None:
    text, their_output, our_output = differs["example"]
    assert differs["why"].endswith(".")
    assert their_output != our_output
    assert re.search(differs.get("pattern") or f"[{''.join(points_of(differs['points']))}]", text)
    assert ours(peer)(text) == our_output
    assert theirs(peer)(text) == their_output


@pytest.mark.parametrize("peer", [peer for peer in DATA if "refuses" in peer], ids=name_of)
def test_what_theirs_refuses_ours_takes(peer: dict[str, Any]) -> None:
    for c in points_of(peer["refuses"]):
        assert ours(peer)(c) == c
        with pytest.raises(UnicodeError):
            theirs(peer)(c)


# Lucene's org.apache.lucene.analysis.ar.ArabicNormalizer, from its documented rule: it goes over an array of UTF-16
# units, deletes tatweel and the eight harakat, and puts alef, yeh and heh for six letters.

DELETED = {0x640, *range(0x64B, 0x653)}
REPLACED = {0x622: 0x627, 0x623: 0x627, 0x625: 0x627, 0x649: 0x64A, 0x629: 0x647}
LUCENE: list[Composable] = [profile("lucene.v1"), passes.lucene_arabic]
every_lucene = pytest.mark.parametrize("p", LUCENE, ids=["lucene.v1", "lucene_arabic"])


def units(text: str) -> list[int]:
    data = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[i : i + 2], "little") for i in range(0, len(data), 2)]


def lucene(text: str) -> list[int]:
    return [REPLACED.get(unit, unit) for unit in units(text) if unit not in DELETED]


@every_lucene
@given(text=any_text | vocalized_words | st.text(st.characters(codec=None, categories=["Cs"]) | st.sampled_from("أى")))
def test_lucene_on_any_text(p: Composable, text: str) -> None:
    assert units(p(text)) == lucene(text)


@every_lucene
@pytest.mark.parametrize("end", [0x800, pytest.param(0x10000, marks=pytest.mark.long)])
def test_lucene_on_every_character(p: Composable, end: int) -> None:
    for c in map(chr, range(end)):
        assert units(p(c)) == lucene(c)
    text = "".join(map(chr, range(0x110000)))
    assert units(p(text)) == lucene(text)
