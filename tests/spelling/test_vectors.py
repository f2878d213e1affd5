"""The vectors of words learn what company the words keep."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from arnorm.spelling.model import Packed
from arnorm.spelling.model.company import HEAD, Company
from arnorm.spelling.model.shelves import BORDER, RESERVED
from arnorm.spelling.training import company as vectors
from arnorm.spelling.training.counting import NumberedFile, Stream

numpy = pytest.importorskip("numpy")

#: Words of which none is a relative of another.
WORDS = ["".join(letters) for letters in product("دذرز", "شصضط", "عغقج", "خث")]
LAND, SEA = WORDS[:60], WORDS[60:120]
ONE, OTHER = WORDS[120:122]


def whole(ids: Any) -> Stream:
    return Stream([NumberedFile(ids, [])], [numpy.arange(ids.max() + 1, dtype=numpy.int32)])


def text(rng: Any) -> tuple[Any, list[str], Any]:
    """Sentences about the land, with ONE in their midst, and about the sea, with OTHER."""
    names = [*RESERVED, *WORDS]
    ids = {word: i for i, word in enumerate(names)}
    stream: list[int] = []
    for _ in range(4_500):
        topic, middle = (LAND, ONE) if rng.random() < 0.5 else (SEA, OTHER)
        around = rng.choice(topic, 12)
        stream += [*(ids[w] for w in around[:6]), ids[middle], *(ids[w] for w in around[6:]), BORDER]
    numbers = numpy.array(stream, dtype=numpy.int32)
    return numbers, names, numpy.bincount(numbers, minlength=len(names))


def fitted(seed: int) -> dict[str, bytes]:
    stream, names, counts = text(numpy.random.default_rng(3))
    rivals: list[list[int]] = [[] for _ in names]
    one, other = names.index(ONE), names.index(OTHER)
    rivals[one], rivals[other] = [other], [one]
    return vectors.fit(whole(stream), names, counts, rivals, len(names), seed)


def test_company_is_learnt() -> None:
    sections, names = fitted(1), [*RESERVED, *WORDS]
    ids = {word: i for i, word in enumerate(names)}
    company = Company(Packed({**sections, "unigrams": bytes(len(names))}, {}), ids.get)
    for topic, right, wrong in ((LAND, ONE, OTHER), (SEA, OTHER, ONE)):
        sentence = [*topic[:4], right, *topic[4:8]]
        zones = company.zones(sentence, 4)
        assert sum(company.evidence(right, zones)) > sum(company.evidence(wrong, zones)) + 0.5


def test_the_same_text_gives_the_same_bytes() -> None:
    assert fitted(2) == fitted(2)


def test_too_little_text_gives_no_vectors() -> None:
    names = [*RESERVED, "كتب", "كتاب"]
    stream = numpy.array([3, 4, 0] * 100, dtype=numpy.int32)
    sections = vectors.fit(whole(stream), names, numpy.bincount(stream, minlength=5), [[]] * 3 + [[4], [3]], 5, 1)
    company = Company(Packed({**sections, "unigrams": bytes(len(names))}, {}), {"كتب": 3, "كتاب": 4}.get)
    assert HEAD.unpack(sections["company_head"])[2] == 0
    assert company.evidence("كتب", company.zones(["كتب", "كتاب"], 0)) == [0.0] * 5
