"""Pipelines on their way to Spark's executors.

What is broadcast reaches an executor once, and is unpickled once by each of its Python workers: there a pipeline is
built and a model read, however many tasks and batches follow.
"""

from __future__ import annotations

import io
import pickle
from collections import ChainMap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from arnorm.core import Composable
from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.literals import ProfileName
from arnorm.repairer import Repairer
from arnorm.spelling.policy import Policy

sql = require("pyspark.sql", "spark")
Pickler = require("pyspark.cloudpickle", "spark").CloudPickler

__all__ = ["broadcast"]


def broadcast(profile: ProfileName | Composable) -> Any:
    """The broadcast, by the active session, of a pipeline or of the profile of that name."""
    return sql.SparkSession.active().sparkContext.broadcast(_Carried(pipeline_of(profile)))


class _Carried:
    """Pickles a pipeline for workers that have neither the driver's files nor its notebook; unpickles as that."""

    def __init__(self, pipeline: Composable) -> None:
        self.pipeline = pipeline

    def __reduce__(self) -> tuple[object, ...]:
        out = io.BytesIO()
        _Pickler(out).dump(self.pipeline)
        return pickle.loads, (out.getvalue(),)


def _with_its_model(repairer: Repairer) -> Any:
    reduced: Any = repairer.__reduce__()
    policy, words, path = reduced[1]
    return reduced if path is None else (_repairer, (Path(path).read_bytes(), policy, words))


def _repairer(model: bytes, policy: Policy, words: tuple[str, ...] | None) -> Repairer:
    with TemporaryDirectory(prefix="arnorm-") as folder:
        path = Path(folder, "spelling.model")
        path.write_bytes(model)
        return Repairer.load(path, policy, words)


_Pickler = type(
    "_Pickler", (Pickler,), {"dispatch_table": ChainMap({Repairer: _with_its_model}, Pickler.dispatch_table)}
)
