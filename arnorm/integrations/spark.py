"""Spark: columns and frames normalized, repaired and traced, batch by batch through Arrow.

``normalize``, ``repair`` and ``trace`` give a ``Column`` of a string column, or of a column of arrays of strings;
``normalize_frame`` maps whole record batches of a frame, for a text and its trace in one go; ``register`` makes
functions of SQL. A column is named as Spark names it: "text", "doc.text" in a structure, "`a.b`". Nulls stay null.

The pipeline is broadcast: it reaches each executor once, with the models and the functions of yours that it holds, and
is built once by each Python worker, however many tasks and batches that one runs. Training on Spark is in
`arnorm.integrations.spark_training`.

Needs a session with a ``SparkContext`` (not Spark Connect), and arnorm on the executors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate
from typing import Any

from arnorm.core import Composable
from arnorm.errors import texts_of
from arnorm.extras import require
from arnorm.integrations import arrow, by_name, pipeline_of
from arnorm.integrations._arrow import mapped
from arnorm.integrations._spark_broadcast import broadcast
from arnorm.literals import PolicyName, ProfileName
from arnorm.repairer import Repairer
from arnorm.spelling.policy import POLICIES, Policy

pa = require("pyarrow", "spark")
pc = require("pyarrow.compute", "spark")
functions = require("pyspark.sql.functions", "spark")
sql_types = require("pyspark.sql.types", "spark")
types = require("pyspark.sql.pandas.types", "spark")

__all__ = ["TRACE", "checked", "normalize", "normalize_frame", "register", "repair", "trace"]

_TRACE = pa.struct({"text": pa.string(), "edits": arrow.TRACE.field("edits").type})
#: The type of a column of traces: the text, and its edits in order. Offsets count code points.
TRACE = types.from_arrow_type(_TRACE)


def normalize(column: Any, profile: ProfileName | Composable = "clean", *, arrays: bool = False) -> Any:
    """A column with the text of *column*, or of the column of that name, normalized; with *arrays*, of arrays of texts.

    *profile* is a name, a pass or a pipeline. Raises `UnknownNameError` for a name that does not exist. A column of
    another type is an ``AnalysisException``, when the job is planned.
    """
    return _udf("normalize", _texts, profile, types.from_arrow_type(pa.string()), column, arrays)


def repair(
    column: Any,
    policy: PolicyName | Policy = "safe",
    lexicon: Iterable[str] | None = None,
    model: str | None = None,
    *,
    arrays: bool = False,
) -> Any:
    """A column with the spelling of *column* repaired; the arguments before the star are those of `arnorm.Repairer`.

    A model of yours and a lexicon travel along to the executors.
    """
    repairer = Repairer(policy, lexicon, model)
    return _udf("repair", _texts, repairer, types.from_arrow_type(pa.string()), column, arrays)


def trace(column: Any, profile: ProfileName | Composable = "clean", *, arrays: bool = False) -> Any:
    """A column of type `TRACE`: what *profile* makes of each text, and by which edits."""
    return _udf("trace", _traces, profile, TRACE, column, arrays)


def register(
    spark: Any,
    profiles: Mapping[str, ProfileName | Composable] | None = None,
    lexicon: Iterable[str] | None = None,
    model: str | None = None,
) -> None:
    """Give the session *spark* three functions of SQL, in place of those that an earlier call gave.

    ``arnorm_normalize(text [, profile])`` and ``arnorm_trace(text [, profile])`` take the name of a profile, ``clean``
    by default, or one of *profiles*, your own by name; ``arnorm_repair(text [, policy])`` takes a policy, ``safe`` by
    default; *lexicon* and *model* are as `arnorm.Repairer` takes them. SQL does not say what a function takes: a column
    that is not of strings, and an unknown name, fail the job. `checked` finds such a column before.
    """
    words = None if lexicon is None else [*texts_of(lexicon, "a lexicon")]
    own = {name: broadcast(profile) for name, profile in by_name(profiles).items()}
    repairers = {name: broadcast(Repairer(policy, words, model)) for name, policy in POLICIES.items()}
    string = types.from_arrow_type(pa.string())
    spark.udf.register("arnorm_normalize", _by_name("arnorm_normalize", _texts, own, "clean", string))
    spark.udf.register("arnorm_trace", _by_name("arnorm_trace", _traces, own, "clean", TRACE))
    spark.udf.register("arnorm_repair", _by_name("arnorm_repair", _texts, repairers, "safe", string))


def checked(frame: Any) -> Any:
    """*frame*, of a query whose functions from `register` are all given text; no job is started to find that out.

    ``checked(spark.sql("SELECT arnorm_normalize(text) FROM news"))``. Raises `TypeError`, naming the function and the
    type that it is given. Names of profiles are not looked at, for they may be a column.
    """
    for expression in _expressions(frame._jdf.queryExecution().analyzed()):
        if expression.nodeName() == "PythonUDF" and expression.name() in _IN_SQL:
            given = expression.children().head()
            if given.dataType().typeName() not in ("string", "void"):
                kind = given.dataType().simpleString()
                raise TypeError(
                    f"{expression.name()} takes a column of text; {given.sql()} is of {kind}, cast it first"
                )
    return frame


_IN_SQL = ("arnorm_normalize", "arnorm_trace", "arnorm_repair")


def _expressions(plan: Any) -> Iterator[Any]:
    """The expressions of a plan of Spark's, those within others and in queries of their own too."""
    waiting = [*_listed(plan.expressions())]
    while waiting:
        expression = waiting.pop()
        yield expression
        waiting += _listed(expression.children())
    for inner in (*_listed(plan.children()), *_listed(plan.innerChildren())):
        yield from _expressions(inner)


def _listed(sequence: Any) -> Iterator[Any]:
    """What is in a sequence of Scala's."""
    items = sequence.iterator()
    while items.hasNext():
        yield items.next()


def normalize_frame(
    frame: Any,
    column: str,
    profile: ProfileName | Composable = "clean",
    *,
    into: str | None = None,
    trace: str | None = None,
) -> Any:
    """*frame* with the text of *column* normalized: in its place, or in a column called *into*.

    *trace* names a further column, of type `TRACE`; no text is gone through twice for it. A column of arrays of strings
    gives arrays. Raises `TypeError` at once for a column of another type, and `ValueError` for one in a structure
    without *into*.
    """
    field = frame.select(functions.col(column)).schema[0]
    arrays = field.dataType.typeName() == "array"
    if (field.dataType.elementType if arrays else field.dataType).typeName() != "string":
        kind = field.dataType.simpleString()
        raise TypeError(f"a column of text, or of arrays of it, is needed; {column} is of {kind}, cast it first")
    target = into or _top_level(frame, column)
    shared = broadcast(profile)
    wide = frame.withColumn(target, functions.col(column))
    traced = types.from_arrow_type(pa.list_(_TRACE) if arrays else _TRACE)
    wide = wide.withColumn(trace, functions.lit(None).cast(traced)) if trace else wide
    names = wide.columns
    place = next(at for at, name in enumerate(names) if name.lower() == target.lower())

    def run(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            columns = batch.columns
            texts = columns[place]
            if trace:
                columns[-1] = _in_arrays(texts, partial(_traces, pipeline=shared.value))
                columns[place] = _in_arrays(columns[-1], lambda traces: pc.struct_field(traces, "text"))
            else:
                columns[place] = _in_arrays(texts, partial(_texts, pipeline=shared.value))
            yield pa.RecordBatch.from_arrays(columns, batch.schema.names)

    # Of a name with a dot in it, mapInArrow thinks that it leads into a structure.
    numbered = wide.toDF(*(f"c{at}" for at in range(len(names))))
    return numbered.mapInArrow(run, numbered.schema).toDF(*names)


def _top_level(frame: Any, column: str) -> str:
    """The name of *column* among those of *frame*."""
    quoted = column.startswith("`")
    bare = column[1:-1].replace("``", "`") if quoted else column
    if quoted or "." not in column:
        for name in frame.columns:
            if name.lower() == bare.lower():
                return str(name)
    raise ValueError(f"{column} is in a structure: name with into= the column that its text goes to")


def _texts(texts: Any, pipeline: Composable) -> Any:
    return mapped(texts, pipeline).cast(pa.string())


def _traces(texts: Any, pipeline: Composable) -> Any:
    return arrow.trace(texts, pipeline).cast(_TRACE)


def _in_arrays(column: Any, function: Callable[[Any], Any]) -> Any:
    """*function* of a column of texts, or of what is in its arrays."""
    if not (pa.types.is_list(column.type) or pa.types.is_large_list(column.type)):
        return function(column)
    lengths = pc.list_value_length(column)
    starts = pa.array(accumulate(pc.fill_null(lengths, 0).to_pylist(), initial=0), pa.int32())
    made = function(column.flatten())
    return pa.ListArray.from_arrays(starts, made, mask=pc.is_null(column))


def _udf(
    name: str,
    function: Callable[[Any, Composable], Any],
    profile: ProfileName | Composable,
    returns: Any,
    column: Any,
    arrays: bool,
) -> Any:
    """A column of Spark: *function* of each text of *column*, or of its *arrays*, by *profile*."""
    shared = broadcast(profile)

    def run(texts: Any) -> Any:
        return _in_arrays(texts, lambda plain: function(plain, shared.value))

    run.__annotations__ = {"texts": pa.Array, "return": pa.Array}  # by these Spark tells kinds of function apart
    given = functions.col(column) if isinstance(column, str) else column
    # `collate` takes strings only, and says so when the job is planned; a function in Python is not asked.
    checked = functions.transform(given, _strings) if arrays else _strings(given)
    made = functions.arrow_udf(run, sql_types.ArrayType(returns) if arrays else returns)(checked)
    return made.alias(f"{name}({column if isinstance(column, str) else str(column)[8:-2]})")


def _strings(column: Any) -> Any:
    return functions.collate(column, "UTF8_BINARY")


def _by_name(
    name: str, function: Callable[[Any, Composable], Any], known: Mapping[str, Any], default: str, returns: Any
) -> Any:
    """A function of SQL called *name*, of a text and, if given, one of the *known* names, by default *default*.

    A name that is null gives null.
    """

    def run(*columns: Any) -> Any:
        texts, *more = columns
        if len(more) > 1:
            raise TypeError(f"{name} takes a text and one name, not {1 + len(more)} arguments")
        names = more[0].unique().to_pylist() if more else [default]
        if len(names) == 1:
            return function(texts, _known(names[0], known))
        # The name is a column: each name in it gets the rows that ask for it.
        nothing = pa.scalar(None, texts.type)
        made = (function(pc.if_else(pc.equal(more[0], n), texts, nothing), _known(n, known)) for n in names if n)
        return pc.coalesce(*made)

    run.__name__ = name
    run.__annotations__ = {"columns": pa.Array, "return": pa.Array}
    return functions.arrow_udf(run, returns)


def _known(name: str, known: Mapping[str, Any]) -> Composable:
    return known[name].value if name in known else pipeline_of(name)  # type: ignore[arg-type]
