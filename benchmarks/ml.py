"""``python -m benchmarks.ml [FILE]``: the bridges to ML libraries beside `Pipeline.many` on a list of the same texts.

Everything is measured in one run, functions in turns. A data set is made and mapped in memory, without its cache. Then
a tokenizer is trained, on the lines of FILE, plain text, or on text that is made, with each normalizer and with none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import datasets
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from tokenizers.normalizers import NFC

from arnorm import Composable, NotExpressibleError, profile
from arnorm.integrations import tokenizers
from arnorm.integrations.datasets import Normalize
from arnorm.integrations.sklearn import ArabicNormalizer
from benchmarks.__main__ import header, row
from benchmarks.contestants import FOLDING
from benchmarks.measure import compare_lists
from benchmarks.texts import paragraphs

Run = Callable[[list[str]], object]


def mapped(pipeline: Composable) -> Run:
    change = Normalize("text", pipeline)
    return lambda texts: datasets.Dataset.from_dict({"text": texts}).map(change, batched=True)


def tokenized(normalizer: object) -> Run:
    run: Callable[[str], str] = normalizer.normalize_str  # type: ignore[attr-defined]
    return lambda texts: [run(text) for text in texts]


def bridges(pipeline: Composable) -> dict[str, Run]:
    runs: dict[str, Run] = {
        "many": lambda texts: list(pipeline.many(texts)),
        "sklearn": ArabicNormalizer(pipeline).transform,
        "datasets": mapped(pipeline),
        "custom": tokenized(tokenizers.custom(pipeline)),
    }
    with suppress(NotExpressibleError):
        runs["native"] = tokenized(tokenizers.native(pipeline))
    return runs


def trained(normalizer: Any) -> Run:
    """A tokenizer of byte pairs, with 30,000 entries."""

    def run(texts: list[str]) -> None:
        tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        if normalizer is not None:
            tokenizer.normalizer = normalizer
        trainer = trainers.BpeTrainer(vocab_size=30_000, special_tokens=["[UNK]"], show_progress=False)
        tokenizer.train_from_iterator(texts, trainer)

    return run


def training(texts: list[str]) -> None:
    normalizers: dict[str, Any] = {"none": None, "the package's NFC": NFC()}
    normalizers |= {name: tokenizers.normalizer(name) for name in ("lucene", "clean", "search")}
    times = compare_lists({name: trained(one) for name, one in normalizers.items()}, texts, 3)
    header("training a tokenizer with", "ns/char", "of that with none")
    for name, time in times.items():
        row(name, f"{time:.0f}", f"{time / times['none']:.2f}×")


def main() -> None:
    datasets.disable_progress_bars()
    datasets.disable_caching()
    print("Speed beside `many` on a list, which is 1×: above, the bridge is quicker.")
    header(
        "texts", "pipeline", "`many`, ns/char", "scikit-learn", "datasets", "tokenizers, custom", "tokenizers, native"
    )
    pipelines: dict[str, Composable] = {"clean": profile("clean"), "search": profile("search"), "one table": FOLDING}
    for kind, vocalized in (("bare", False), ("vocalized", True)):
        texts = paragraphs(2_000, 1 + vocalized, vocalized=vocalized)
        for name, pipeline in pipelines.items():
            times = compare_lists(bridges(pipeline), texts, 5)
            base = times["many"]
            rest = (
                f"{base / times[n]:.2f}×" if n in times else "–" for n in ("sklearn", "datasets", "custom", "native")
            )
            row(kind, name, f"{base:.1f}", *rest)
    given = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if sys.argv[1:] else paragraphs(10_000, 5)
    training(given)


if __name__ == "__main__":
    main()
