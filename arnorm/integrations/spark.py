"""Spark: columns and frames normalized, repaired and traced, batch by batch through Arrow.

``normalize``, ``repair`` and ``trace`` give a ``Column`` of a string column; ``normalize_frame`` maps whole record
batches of a frame, for a text and its trace in one go. Nulls stay null. The pipeline is broadcast: it reaches each
executor once, with the models and the functions of yours that it holds, and is built once by each Python worker,
however many tasks and batches that one runs. Training on Spark is in `arnorm.integrations.spark_training`.

Needs a session with a ``SparkContext`` (not Spark Connect), and arnorm on the executors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from arnorm.core import Composable
from arnorm.extras import require
from arnorm.integrations import arrow
from arnorm.integrations._arrow import mapped
from arnorm.integrations.spark_broadcast import broadcast
from arnorm.names import PolicyName, ProfileName
from arnorm.repairer import Repairer
from arnorm.spelling.policy import Policy

pa = require("pyarrow", "spark")
pc = require("pyarrow.compute", "spark")
functions = require("pyspark.sql.functions", "spark")
types = require("pyspark.sql.pandas.types", "spark")

__all__ = ["TRACE", "normalize", "normalize_frame", "repair", "trace"]

_TRACE = pa.struct({"text": pa.string(), "edits": arrow.TRACE.field("edits").type})
#: The type of a column of traces: the text, and its edits in order. Offsets count code points.
TRACE = types.from_arrow_type(_TRACE)


def normalize(column: Any, profile: ProfileName | Composable = "clean") -> Any:
    """A column with the text of *column*, or of the column of that name, normalized.

    *profile* is a name, a pass or a pipeline. Raises `UnknownNameError` for a name that does not exist; in the job,
    `TypeError` for a column that is not of strings.
    """
    return _udf("normalize", _texts, profile, "string")(column)


def repair(
    column: Any,
    policy: PolicyName | Policy = "safe",
    lexicon: Iterable[str] | None = None,
    model: str | None = None,
) -> Any:
    """A column with the spelling of *column* repaired; the arguments are those of `arnorm.Repairer`.

    A model of yours and a lexicon travel along to the executors.
    """
    return _udf("repair", _texts, Repairer(policy, lexicon, model), "string")(column)


def trace(column: Any, profile: ProfileName | Composable = "clean") -> Any:
    """A column of type `TRACE`: what *profile* makes of each text, and by which edits."""
    return _udf("trace", _traces, profile, TRACE)(column)


def normalize_frame(
    frame: Any,
    column: str,
    profile: ProfileName | Composable = "clean",
    *,
    into: str | None = None,
    trace: str | None = None,
) -> Any:
    """*frame* with the text of *column* normalized: in its place, or in a column called *into*.

    *trace* names a further column, of type `TRACE`; no text is gone through twice for it.
    """
    shared = broadcast(profile)
    wide = frame.withColumn(into or column, functions.col(column))
    wide = wide.withColumn(trace, functions.lit(None).cast(TRACE)) if trace else wide

    def run(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            columns = dict(zip(batch.schema.names, batch.columns, strict=True))
            texts = columns[column]
            if trace:
                traces = _traces(texts, shared.value)
                columns |= {into or column: pc.struct_field(traces, "text"), trace: traces}
            else:
                columns[into or column] = _texts(texts, shared.value)
            yield pa.RecordBatch.from_pydict(columns)

    return frame.mapInArrow(run, wide.schema)


def _texts(texts: Any, pipeline: Composable) -> Any:
    return mapped(texts, pipeline).cast(pa.string())


def _traces(texts: Any, pipeline: Composable) -> Any:
    return arrow.trace(texts, pipeline).cast(_TRACE)


def _udf(name: str, function: Callable[[Any, Composable], Any], profile: ProfileName | Composable, returns: Any) -> Any:
    shared = broadcast(profile)

    def run(texts: Any) -> Any:
        return function(texts, shared.value)

    run.__name__ = name  # heads the column, where it is not renamed
    run.__annotations__ = {"texts": pa.Array, "return": pa.Array}  # by these Spark tells kinds of function apart
    return functions.arrow_udf(run, returns)
