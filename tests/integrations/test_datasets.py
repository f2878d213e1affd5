"""Hugging Face datasets: columns are normalized, and the cache of `map` finds results again in another process."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import arnorm
from arnorm import CharMap, Custom, Repairer, passes

datasets = pytest.importorskip("datasets")

from datasets.fingerprint import Hasher  # noqa: E402

from arnorm.integrations.datasets import Normalize  # noqa: E402
from arnorm.spelling import model  # noqa: E402
from tests.integrations.processes import error_without, run  # noqa: E402
from tests.spelling.test_small_models import packed  # noqa: E402

FOLD = passes.fold_alef | passes.strip_tashkeel
ROWS = {
    "text": ["إِلى المدرسة", None, "مَدرسة", ""] * 10,
    "tokens": [["أ", "إ"], None, [None, "آ"], []] * 10,
    "id": list(range(40)),
}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


def rows() -> Any:
    return datasets.Dataset.from_dict(ROWS)


def folded(value: Any) -> Any:
    if isinstance(value, list):
        return [folded(item) for item in value]
    return value if value is None else arnorm.normalize(value, "search.v1")


@pytest.mark.parametrize("batched", [True, False])
def test_named_columns_are_normalized_and_nulls_kept(batched: bool) -> None:
    source = rows()
    out = source.map(Normalize(["text", "tokens"], "search.v1"), batched=batched, batch_size=7)
    assert out.to_dict() == {**ROWS, "text": folded(ROWS["text"]), "tokens": folded(ROWS["tokens"])}
    assert out.features == source.features


def test_the_source_can_be_kept() -> None:
    out = rows().map(Normalize({"text": "plain"}, FOLD), batched=True)
    assert out.column_names == ["text", "tokens", "id", "plain"]
    assert out["text"][:] == ROWS["text"]
    assert out["plain"][:3] == ["الى المدرسة", None, "مدرسة"]


def test_spelling_is_repaired_before_the_profile_folds() -> None:
    one = datasets.Dataset.from_dict({"text": ["ذهب الى المدرسه", None]})
    out = one.map(Normalize("text", passes.fold_teh_marbuta, repair="balanced"), batched=True)
    assert out["text"][:] == ["ذهب إلى المدرسه", None]


# `multiprocess` forks while libraries of the data set have threads; Python 3.12 and later warn of it.
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_several_processes() -> None:
    change = Normalize("text", passes.fold_alef, repair="safe")
    assert rows().map(change, batched=True, num_proc=2).to_dict() == rows().map(change, batched=True).to_dict()


def test_streams_and_other_formats() -> None:
    out = rows().to_iterable_dataset().map(Normalize("text", "search.v1"), batched=True, batch_size=3)
    assert [row["text"] for row in out] == folded(ROWS["text"])
    arrays = rows().with_format("numpy").map(Normalize("text", "search.v1"), batched=True)
    assert arrays.with_format(None)["text"][:] == folded(ROWS["text"])
    with pytest.raises(TypeError, match=r"not Table: use dataset.with_format\(None\)"):
        rows().with_format("arrow").map(Normalize("text"), batched=True)


def test_mistakes_are_named() -> None:
    with pytest.raises(arnorm.UnknownNameError, match="no column is named 'txt'; did you mean 'text'"):
        rows().map(Normalize("txt"), batched=True)
    with pytest.raises(TypeError, match="not int"):
        rows().map(Normalize("id"), batched=True)
    with pytest.raises(arnorm.UnknownNameError, match="search.v1"):
        Normalize("text", "serch")
    with pytest.raises(arnorm.UnknownNameError, match="balanced"):
        Normalize("text", repair="balance")


def kinds() -> dict[str, Normalize]:
    """Transforms that all do something else."""
    return {
        "default": Normalize(),
        "search": Normalize("text", "search.v1"),
        "another column": Normalize("other", "search.v1"),
        "to another column": Normalize({"text": "other"}, "search.v1"),
        "two columns": Normalize(["text", "other"], "search.v1"),
        "passes": Normalize("text", FOLD),
        "around URLs": Normalize("text", FOLD.protecting("urls")),
        "safe": Normalize(repair="safe"),
        "balanced": Normalize(repair="balanced"),
        "words": Normalize("text", Repairer(lexicon=["بلانار", "كذا", "زيدون", "عمروش"])),
        "other words": Normalize("text", Repairer(lexicon=["بلانار"])),
        "upper": Normalize("text", Custom("case", str.upper)),
        "lower": Normalize("text", Custom("case", str.lower)),
    }


def test_equal_ones_hash_alike_and_others_differ() -> None:
    hashes = {name: Hasher.hash(value) for name, value in kinds().items()}
    assert len(set(hashes.values())) == len(hashes)
    for name, value in kinds().items():
        value({"text": "ذهـب", "other": "إلى"})  # what a first call builds is not part of it
        again = pickle.loads(pickle.dumps(value))
        assert again == value
        assert hash(again) == hash(value)
        assert Hasher.hash(value) == Hasher.hash(again) == hashes[name]
    assert Hasher.hash(Normalize("text", arnorm.loads(arnorm.dumps(FOLD)))) == hashes["passes"]
    assert Hasher.hash(Normalize("text", "search")) == hashes["search"]
    assert Normalize() != 1


def test_it_does_not_matter_how_a_pipeline_was_made() -> None:
    def mine() -> CharMap:
        return CharMap("mine", {"ہ": "ه"})

    one = mine()
    shared, apart = one | FOLD | one, mine() | FOLD | mine()
    assert Hasher.hash(Normalize("text", shared)) == Hasher.hash(Normalize("text", apart))


HASHES = """
import json
from datasets.fingerprint import Hasher
from tests.integrations.test_datasets import kinds
print(json.dumps({name: Hasher.hash(value) for name, value in kinds().items()}))
"""


def test_hashes_are_the_same_in_another_process() -> None:
    assert json.loads(run(HASHES, seed=7)) == {name: Hasher.hash(value) for name, value in kinds().items()}


def test_another_model_is_another_transform(tmp_path: Path) -> None:
    def trained(year: int) -> str:
        small = packed("مدرسة")
        small.meta["year"] = year
        model.write(tmp_path / "my.model", small)
        return Hasher.hash(Normalize("text", Repairer.load(tmp_path / "my.model")))

    assert trained(1) == trained(1) != trained(2)


MAPPED = """
import json, sys
from datasets import disable_progress_bars, load_from_disk
from arnorm.integrations.datasets import Normalize

folder, profile, may_run = sys.argv[1:]
if may_run == "no":
    Normalize.__call__ = None  # called in vain, unless the cache has it all
disable_progress_bars()
change = Normalize("text", profile)
print(json.dumps(load_from_disk(folder).map(change, batched=True)["text"][:]))
"""


def test_the_cache_of_map_is_found_by_another_process(tmp_path: Path) -> None:
    datasets.Dataset.from_dict({"text": ["إلى المَدْرَسَةِ", None, "ﻫﻼ"]}).save_to_disk(tmp_path / "rows")

    def cached() -> set[str]:
        return {path.name for path in (tmp_path / "rows").glob("cache-*.arrow")}

    first = json.loads(run(MAPPED, str(tmp_path / "rows"), "clean", "yes", seed=1))
    assert first == ["إلى المَدْرَسَةِ", None, "هلا"]
    [name] = cached()
    assert json.loads(run(MAPPED, str(tmp_path / "rows"), "clean", "no", seed=2)) == first
    assert cached() == {name}
    assert json.loads(run(MAPPED, str(tmp_path / "rows"), "search", "yes", seed=3))[0] == "الي المدرسه"
    assert len(cached()) == 2


def test_without_the_package_the_extra_is_named() -> None:
    assert "pip install 'arnorm[datasets]'" in error_without("datasets", "datasets")
