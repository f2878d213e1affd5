"""On a real Spark of two workers: columns, frames, and training that gives the local trainer's bytes."""

from __future__ import annotations

import gzip
import lzma
import os
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arnorm
from arnorm import Custom, Repairer, passes, profile
from arnorm.spelling import train
from arnorm.spelling.model.company import REACH

np = pytest.importorskip("numpy")
pytest.importorskip("pyarrow")
pyspark = pytest.importorskip("pyspark")
ROOT = Path(arnorm.__file__).parents[1]
pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),  # the socket of a session that has ended
    pytest.mark.timeout(600),
]
TEXTS = ["ذهب الى المدرسه", None, "إِلَى المَدْرَسَةِ", "", "نصٌّ جديـــد 😀 ١٢", "خرج الى السوق"]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java, and there is none: install a JRE of version 17 or newer")
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": str(ROOT),
            "spark.local.dir": str(tmp_path_factory.mktemp("spark")),
            "spark.sql.files.maxPartitionBytes": "20000",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "170",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("arnorm")
        session = builder.config(map=settings).getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        work = Path(pyspark.__file__).parent / "work" / session.sparkContext.applicationId
        yield session
        session.stop()
        shutil.rmtree(work, ignore_errors=True)  # local clusters leave their logs beside Spark


@pytest.fixture(scope="module")
def frame(spark: Any) -> Any:
    rows = [(number, text) for number, text in enumerate(TEXTS)]
    return spark.createDataFrame(rows, "n int, text string").repartition(3).persist()


def column(frame: Any, made: Any) -> list[Any]:
    return [row[1] for row in sorted(frame.select("n", made).collect(), key=lambda row: row.n)]


def expected(function: Any) -> list[Any]:
    return [None if text is None else function(text) for text in TEXTS]


def columns(frame: Any, **made: Any) -> dict[str, list[Any]]:
    selected = frame.select("n", *(column.alias(name) for name, column in made.items()))
    rows = sorted(selected.collect(), key=lambda row: row.n)
    return {name: [row[name] for row in rows] for name in made}


def test_normalize(frame: Any) -> None:
    from arnorm.integrations.spark import normalize

    fold = passes.fold_alef | passes.strip_tashkeel
    tidy = passes.strip_tatweel | Repairer.load()
    found = columns(frame, clean=normalize("text"), search=normalize(frame.text, "search.v1"),
                    fold=normalize("text", fold), tidy=normalize("text", tidy))  # fmt: skip
    functions = {"clean": arnorm.normalize, "search": profile("search.v1"), "fold": fold, "tidy": tidy}
    assert found == {name: expected(function) for name, function in functions.items()}
    assert frame.select(normalize(frame.text)).columns == ["normalize(text)"]


def test_an_unknown_profile_is_named_before_any_job(spark: Any) -> None:
    from arnorm.integrations.spark import normalize

    with pytest.raises(arnorm.UnknownNameError, match="did you mean 'search.v1'"):
        normalize("text", "serch.v1")


def test_a_column_that_is_not_text_is_refused_when_the_job_is_planned(spark: Any, frame: Any) -> None:
    from pyspark.errors import AnalysisException

    from arnorm.integrations.spark import normalize, normalize_frame, register, repair, trace

    for make in (normalize, repair, trace):
        with pytest.raises(AnalysisException, match='"n" has the type "INT"'):
            frame.select(make("n"))
        with pytest.raises(AnalysisException, match='requires the "ARRAY" type'):
            frame.select(make("text", arrays=True))
    with pytest.raises(TypeError, match="n is of int, cast it first"):
        normalize_frame(frame, "n")
    register(spark)
    with pytest.raises(Exception, match="a column of text is needed"):
        frame.selectExpr("arnorm_normalize(n)").collect()


def test_a_query_in_sql_is_checked_before_any_job(spark: Any, frame: Any) -> None:
    from arnorm.integrations.spark import checked, register

    register(spark, {"own": passes.fold_alef})
    frame.createOrReplaceTempView("checked")
    sound = """SELECT arnorm_normalize(text, 'own'), upper(arnorm_trace(text).text), arnorm_repair(cast(n AS string)),
        arnorm_normalize(NULL), n FROM checked"""
    query = spark.sql(sound)
    assert checked(query) is query
    for name, wrong in {
        "arnorm_normalize": "SELECT upper(arnorm_normalize(n)) FROM checked",
        "arnorm_repair": "SELECT n FROM checked WHERE arnorm_repair(array(text)) IS NOT NULL",
        "arnorm_trace": "WITH t AS (SELECT arnorm_trace(cast(text AS binary)) FROM checked) SELECT * FROM t",
    }.items():
        with pytest.raises(
            TypeError, match=f"{name} takes a column of text; .* is of (int|array<string>|binary), cast"
        ):
            checked(spark.sql(wrong))
    with pytest.raises(TypeError, match="arnorm_normalize takes"):
        checked(spark.sql("SELECT (SELECT max(arnorm_normalize(n)) FROM checked) AS most"))


def test_arrays_of_texts(frame: Any) -> None:
    from pyspark.sql import functions as f

    from arnorm.integrations.spark import normalize, normalize_frame, repair, trace

    lists = frame.withColumn("tokens", f.when(f.col("n") % 2 == 0, f.array("text", f.lit("أب"), f.lit(None))))
    wanted = [None if n % 2 else [text and profile("search")(text), "اب", None] for n, text in enumerate(TEXTS)]
    folded, how = normalize("tokens", "search", arrays=True), trace("tokens", "search", arrays=True)
    found = columns(lists, folded=folded, how=how, repaired=repair("tokens", arrays=True))
    assert found["folded"] == wanted
    assert [some and [one and one.text for one in some] for some in found["how"]] == wanted
    assert found["repaired"][0][0] == arnorm.repair(TEXTS[0] or "")
    both = normalize_frame(lists, "tokens", "search", trace="how")
    assert both.schema["tokens"].dataType == lists.schema["tokens"].dataType
    assert columns(both, tokens=both.tokens)["tokens"] == wanted
    assert [some and [one and one.text for one in some] for some in columns(both, how=both.how)["how"]] == wanted


def test_columns_in_structures_and_names_with_dots(frame: Any) -> None:
    from pyspark.sql import functions as f

    from arnorm.integrations.spark import normalize, normalize_frame

    wide = frame.select("n", f.struct("text").alias("doc"), f.col("text").alias("a.b"))
    wanted = expected(profile("search"))
    either = columns(wide, a=normalize("doc.text", "search"), b=normalize("`a.b`", "search"))
    assert either == {"a": wanted, "b": wanted}
    inside = normalize_frame(wide, "doc.text", "search", into="key", trace="how.so")
    assert inside.columns == ["n", "doc", "a.b", "key", "how.so"]
    assert columns(inside, key=inside.key, doc=inside.doc.text) == {"key": wanted, "doc": TEXTS}
    dotted = normalize_frame(wide, "`a.b`", "search")
    assert dotted.columns == wide.columns
    assert columns(dotted, found=dotted["`a.b`"])["found"] == wanted
    with pytest.raises(ValueError, match="doc.text is in a structure: name with into="):
        normalize_frame(wide, "doc.text")


def test_functions_of_sql(spark: Any, frame: Any) -> None:
    from arnorm.integrations.spark import register

    register(spark, {"own": passes.fold_alef | passes.strip_tashkeel}, lexicon=["المدرسه"])
    frame.createOrReplaceTempView("news")
    query = """SELECT n, arnorm_normalize(text) AS clean, arnorm_normalize(text, 'search') AS key,
        arnorm_normalize(text, 'own') AS own, arnorm_repair(text, 'balanced') AS sound,
        arnorm_trace(text, 'search').text AS traced, arnorm_normalize(text, if(n = 0, 'own', 'search')) AS either
        FROM news ORDER BY n"""
    rows = spark.sql(query).collect()
    own = passes.fold_alef | passes.strip_tashkeel
    assert [row.clean for row in rows] == expected(arnorm.normalize)
    assert [row.key for row in rows] == [row.traced for row in rows] == expected(profile("search"))
    assert [row.own for row in rows] == expected(own)
    assert [row.sound for row in rows] == expected(Repairer("balanced", ["المدرسه"]).repair)
    assert [row.either for row in rows] == [own(TEXTS[0] or ""), *expected(profile("search"))[1:]]
    with pytest.raises(Exception, match="serch"):
        spark.sql("SELECT arnorm_normalize('نص', 'serch')").collect()


def traced(pipeline: Any) -> list[Any]:
    def one(text: str) -> tuple[str, list[Any]]:
        trace = pipeline.trace(text)
        return trace.text, [([*e.passes], *e.span, *e.output, e.before, e.after, None, None) for e in trace.edits]

    return expected(one)


def plain(traces: list[Any]) -> list[Any]:
    return [some and (some.text, [tuple(edit) for edit in some.edits]) for some in traces]


def test_trace(frame: Any) -> None:
    from arnorm.integrations.spark import TRACE, trace

    found = columns(frame, folded=trace("text", "search"), repaired=trace("text", Repairer.load()))
    assert plain(found["folded"]) == traced(profile("search"))
    assert [some.text for some in found["repaired"] if some] == [
        arnorm.repair(text) for text in TEXTS if text is not None
    ]
    [edit] = found["repaired"][5].edits
    assert (edit.before, edit.after, edit.kind) == ("الى", "إلى", "class")
    assert edit.score > 0.9
    assert frame.select(trace("text")).schema[0].dataType == TRACE


def test_frame(frame: Any) -> None:
    from arnorm.integrations.spark import normalize_frame

    folded = normalize_frame(frame, "text", "search")
    assert folded.schema == frame.schema
    assert column(folded, "text") == expected(profile("search"))
    both = normalize_frame(frame, "text", "search", into="folded", trace="how")
    assert both.columns == ["n", "text", "folded", "how"]
    found = columns(both, text=both.text, folded=both.folded, how=both.how)
    assert found["text"] == TEXTS
    assert found["folded"] == expected(profile("search"))
    assert plain(found["how"]) == traced(profile("search"))


def test_repair(frame: Any) -> None:
    from arnorm.integrations.spark import repair

    found = columns(frame, safe=repair("text"), balanced=repair(frame.text, "balanced"))
    assert found == {name: expected(lambda t: arnorm.repair(t, policy=name)) for name in ("safe", "balanced")}  # noqa: B023
    assert found["safe"] != TEXTS


def test_the_model_and_the_words_of_a_repairer_travel_along(frame: Any, tmp_path: Path) -> None:
    from arnorm.integrations.spark import repair

    path = tmp_path / "own.model"
    shutil.copy(ROOT / "arnorm" / "data" / "spelling.model", path)
    own = Repairer.load(path, lexicon=["المدرسه"])
    repaired = repair("text", lexicon=["المدرسه"], model=str(path))
    wanted = expected(own.repair)
    path.unlink()  # the executors do not have the driver's files
    assert column(frame, repaired) == wanted
    assert wanted[0] == "ذهب إلى المدرسه"


class Loaded:
    """Says in a file that it was unpickled, and by which process."""

    def __init__(self, log: str) -> None:
        self.log = log

    def __call__(self, text: str) -> str:
        return f"{text} {os.getpid()}"

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        with open(self.log, "a") as log:
            log.write(f"{os.getpid()}\n")


def test_a_pipeline_is_loaded_once_by_each_worker(spark: Any, tmp_path: Path) -> None:
    from pyspark import cloudpickle

    from arnorm.integrations.spark import normalize

    # As for a class of a notebook: the executors cannot import this module.
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    made = normalize("text", Custom("mine", Loaded(str(tmp_path / "log"))))
    cloudpickle.unregister_pickle_by_value(sys.modules[__name__])
    rows = spark.range(0, 4000, 1, 8).selectExpr("cast(id as string) as text", "spark_partition_id() as part")
    for _ in range(3):
        found = rows.select("part", made.alias("out")).collect()
    tasks = {(row.part, row.out.split()[1]) for row in found}
    loads = Counter((tmp_path / "log").read_text().split())
    workers = {pid for _, pid in tasks}
    assert len(tasks) == 8  # of three batches each, in each of three jobs
    assert set(loads) >= workers
    assert len(loads) == 2  # executors, of one core and so of one worker each
    assert set(loads.values()) == {1}


WORDS = """
    ذهب وصل أحمد إلى ألى الى على علي المدرسة المدرسه الأستاذ الاستاذ يشكر يشكل يسكر ملك ملكا فلك قلب كلب قلم علم
    ان أن إن مسلمون مسلمين كتبوا كتبو قال كان وزير الوزير مدينة المدينة الأسرة الاسرة 1990 word . ، !
    عبدالله مسئول لايزال يزال
""".split()


def lines(count: int, seed: int, bare: float) -> list[str]:
    rng = random.Random(seed)
    weights = [1 / rank for rank in range(1, len(WORDS) + 1)]

    def line() -> str:
        words = rng.choices(WORDS, weights, k=rng.choice((0, 3, 8, 20)))
        return " ".join(w.translate({ord("أ"): "ا", ord("إ"): "ا"}) if rng.random() < bare else w for w in words)

    return [line() for _ in range(count)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("corpus")
    files = [folder / name for name in ("edited.txt", "other.txt", "packed.txt.gz", "packed.txt.xz", "tiny.txt")]
    texts = ["\n".join(lines(*args)) for args in ((2000, 1, 0.0), (1200, 2, 0.9), (500, 3, 0.1), (300, 4, 0.5))]
    texts.append("\ufeffكتب الولد\r\nوكتبت البنت\rالدرس")
    for file, text in zip(files, texts, strict=True):
        pack = {".gz": gzip.compress, ".xz": lzma.compress}.get(file.suffix, bytes)
        file.write_bytes(pack(text.encode()))
    return files


def test_training_gives_the_bytes_of_the_local_trainer(spark: Any, corpus: list[Path], tmp_path: Path) -> None:
    from arnorm.integrations.spark_training import train_on_spark

    train(corpus, tmp_path / "local.model", hold_out=0.03)
    stages: list[str] = []
    train_on_spark(
        corpus, tmp_path / "spark.model", spark=spark, hold_out=0.03, progress=lambda stage, _: stages.append(stage)
    )
    assert (tmp_path / "spark.model").read_bytes() == (tmp_path / "local.model").read_bytes()
    assert [stage for i, stage in enumerate(stages) if stage != stages[i - 1]] == STAGES


STAGES = ["count", "clean", "bigrams", "rivals", "context", "endings", "company", "judge", "real words", "done"]


def test_training_on_frames(spark: Any, corpus: list[Path], tmp_path: Path) -> None:
    from arnorm.integrations.spark_training import train_on_spark

    rows = corpus[0].read_text(encoding="utf-8").split("\n")
    frame = spark.createDataFrame([(row or None, 1) for row in rows], "text string, n int")
    assert frame.rdd.getNumPartitions() > 1
    train([corpus[0], corpus[4]], tmp_path / "local.model")
    train_on_spark([frame, corpus[4]], tmp_path / "spark.model", spark=spark)
    assert (tmp_path / "spark.model").read_bytes() == (tmp_path / "local.model").read_bytes()


def test_training_on_frames_that_are_partitioned_alike(spark: Any, tmp_path: Path) -> None:
    from arnorm.integrations.spark_training import train_on_spark

    frames, files = [], []
    for seed in (5, 6):
        frame = spark.createDataFrame([(line,) for line in lines(600, seed, 0.2)], "text string")
        frames.append(frame.repartition(2, "text").localCheckpoint())
        files.append(tmp_path / f"{seed}.txt")
        files[-1].write_text("".join(row.text + "\n" for row in frames[-1].collect()), encoding="utf-8")
    train(files, tmp_path / "local.model", hold_out=0.05)
    train_on_spark(frames, tmp_path / "spark.model", hold_out=0.05)
    assert (tmp_path / "spark.model").read_bytes() == (tmp_path / "local.model").read_bytes()


def test_training_by_the_command(
    spark: Any, corpus: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from arnorm.cli import main

    train(corpus[4:], tmp_path / "local.model")
    out = str(tmp_path / "spark.model")
    assert main(["train", "--engine", "spark", str(corpus[4]), "-o", out]) == 0
    assert (tmp_path / "spark.model").read_bytes() == (tmp_path / "local.model").read_bytes()
    assert main(["train", "--engine", "spark", str(tmp_path / "none.txt"), "-o", out]) == 65
    assert "none.txt" in capsys.readouterr().err


def test_training_without_arabic_text(spark: Any, tmp_path: Path) -> None:
    from arnorm.integrations.spark_training import train_on_spark

    (tmp_path / "empty.txt").write_text("no Arabic here\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no Arabic text"):
        train_on_spark([tmp_path / "empty.txt"], tmp_path / "out.model")


LINES = st.lists(st.lists(st.integers(0, 6), max_size=9), max_size=40)


@given(LINES, st.sets(st.integers(0, 40)))
def test_what_is_counted_does_not_depend_on_the_partitions(lines: list[list[int]], cuts: set[int]) -> None:
    """Blocks of a text, in any order, sum to what `counting.Stream` makes of the whole."""
    from arnorm.integrations import _spark_stream as pieces
    from arnorm.spelling.training import company as vectors
    from arnorm.spelling.training.counting import NumberedFile, Stream

    numbered = [np.array([*line, 0], np.int32) for line in [[3], *lines]]
    whole = Stream([NumberedFile(np.concatenate(numbered), [])], [np.arange(7, dtype=np.int32)])
    blocks, begin = [], 0
    for low, high in pairwise([0, *sorted(cuts), 41]):
        ids = np.concatenate([np.zeros(0, np.int32), *numbered[low:high]])
        blocks.append((begin, ids))
        begin += len(ids)
    blocks.reverse()

    counts: Counter[int] = Counter()
    for keys, times in pieces.counted(blocks, 7):
        counts.update(dict(zip(keys.tolist(), times.tolist(), strict=True)))
    keys, times = whole.pairs(7)
    assert {k: n for k, n in counts.items() if n > 1} == dict(zip(keys.tolist(), times.tolist(), strict=True))

    chances = np.array([0, 0, 0, 0.2, 0.5, 0.9, 1.0])
    text, places = whole.sample(chances, np.random.default_rng(3))
    around = [text[place - REACH : place + REACH + 1] for place in places]
    rows = sorted(pieces.sampled(blocks, chances, np.random.default_rng(3), begin))
    found = np.frombuffer(b"".join(data for _, [data] in rows), np.int32).reshape(-1, 2 * REACH + 1)
    assert [near(window) for window in found] == [near(window) for window in around]

    rows_of = np.array([4, 4, 4, 0, 1, 2, 3], np.int32)
    look = partial(vectors._met, row_of=rows_of, size=4, marks=3, distances=(1, 3), sides=(True, False))
    total = np.zeros(12, np.int64)
    for numbers, times in pieces.seen(blocks, look, begin):
        total[numbers] += times
    assert (total == whole.tallied(look, 12)).all()


def near(window: Any) -> list[int]:
    """A window without what lies beyond a border."""
    before, after = window[REACH - 1 :: -1].tolist(), window[REACH + 1 :].tolist()
    sides = [side[: side.index(0)] if 0 in side else side for side in (before, after)]
    return [int(window[REACH]), *sides[0], -1, *sides[1]]


def test_the_page(spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of docs/spark.md prints what the page says that it does."""
    page = ROOT / "docs" / "spark.md"
    if not page.exists():
        pytest.skip("the documentation is not here")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text("\n".join(lines(300, 7, 0.0)), encoding="utf-8")
    blocks = re.findall(r"^```(python3|text)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    printed = ""
    for kind, block in blocks:
        if kind == "text":
            assert printed.split() == block.split()
        else:
            with redirect_stdout(StringIO()) as out:
                exec(block.replace("news.txt", str(tmp_path / "news.txt")), names)  # Spark began in another folder
            printed = out.getvalue()
    assert [kind for kind, _ in blocks].count("text") >= 2
