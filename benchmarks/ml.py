"""``python -m benchmarks.ml``: the bridges to ML libraries beside `Pipeline.many` on a list of the same texts.

Everything is measured in one run, functions in turns. A data set is made and mapped in memory, without its cache.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import datasets

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


if __name__ == "__main__":
    main()
