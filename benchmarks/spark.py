"""``python -m benchmarks.spark [FILE...]``: Spark on two cores beside two local workers, and what a terabyte takes.

From file to file, one text a line, everything measured in one run, both sides in turns, medians; start-up is shown
by itself. Give files of plain text, or text is made; needs pyspark, Java, Linux, and some gigabytes of disk and memory.
Processor time is that of all processes, so that it says something on a busy machine too.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from arnorm import Composable, Repairer, profile
from arnorm.integrations.spark import normalize
from arnorm.integrations.spark_training import train_on_spark
from arnorm.spelling import train
from benchmarks.__main__ import header, row
from benchmarks.measure import processor
from benchmarks.texts import paragraphs

ROUNDS = 3
CORES = 2
TERABYTE = 1e6


@contextmanager
def cluster(folder: Path) -> Iterator[Any]:
    """A session with two executors of one core, in processes of their own."""
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local-cluster[{CORES},1,2048]").appName("arnorm")
    for name, value in {
        "driver.host": "127.0.0.1", "driver.memory": "2g", "local.dir": str(folder), "ui.enabled": "false",
        "ui.showConsoleProgress": "false", "executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "sql.warehouse.dir": str(folder / "warehouse"), "sql.shuffle.partitions": "4",
        "sql.files.maxPartitionBytes": "16m", "sql.files.openCostInBytes": "100k",
    }.items():  # fmt: skip
        builder = builder.config(f"spark.{name}", value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()


def lines_of(files: list[str]) -> list[str]:
    """The lines of the files in an order of chance, or lines that are made."""
    if not files:
        return paragraphs(100_000, 1)
    lines = [line for file in files for line in Path(file).read_text(encoding="utf-8").splitlines() if line]
    random.Random(1).shuffle(lines)
    return lines


def write(path: Path, lines: Iterator[str], megabytes: float) -> None:
    """Writes so much of what is left of the lines."""
    size = 0
    with open(path, "w", encoding="utf-8") as file:
        while size < megabytes * 1e6:
            line = next(lines) + "\n"
            size += len(line.encode())
            file.write(line)


def jobs(spark: Any, folder: Path) -> dict[str, tuple[float, Callable[[], None], Callable[[], None]]]:
    """Megabytes to do each job on, and the job here and on Spark."""
    source = folder / "in.txt"

    def mapped(megabytes: float, pipeline: Composable) -> tuple[float, Callable[[], None], Callable[[], None]]:
        def here() -> None:
            with open(source, encoding="utf-8") as lines, open(folder / "out.txt", "w", encoding="utf-8") as out:
                texts = (line.removesuffix("\n") for line in lines)
                out.writelines(text + "\n" for text in pipeline.many(texts, processes=CORES))

        def there() -> None:
            frame = spark.read.text(str(source)).select(normalize("value", pipeline))
            frame.write.mode("overwrite").text(str(folder / "out"))

        return megabytes, here, there

    return {
        "clean": mapped(200, profile("clean")),
        "search": mapped(200, profile("search")),
        "repair, safe": mapped(5, Repairer("safe")),
        "train": (
            30,
            lambda: train([source], folder / "local.model"),
            lambda: train_on_spark([source], folder / "spark.model", spark=spark),
        ),
    }


def compared(fill: Callable[[], None], *runs: Callable[[], None]) -> list[tuple[float, float]]:
    """Median seconds of each, and of processor time, in turns; every round on new text, for caches remember."""
    times: list[list[tuple[float, float]]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        fill()
        for run, found in zip(runs, times, strict=True):
            start, used = perf_counter(), processor()
            run()
            found.append((perf_counter() - start, processor() - used))
    return [(median(wall), median(used)) for wall, used in (zip(*found, strict=True) for found in times)]


def main() -> None:
    lines = cycle(lines_of(sys.argv[1:]))
    with TemporaryDirectory(prefix="arnorm-", ignore_cleanup_errors=True) as name:
        folder, source = Path(name), Path(name, "in.txt")
        begun = perf_counter()
        with cluster(folder) as spark:
            up = perf_counter() - begun
            known = jobs(spark, folder)
            write(source, lines, 0.1)
            known["clean"][2]()
            print(f"start-up: {up:.1f} s for the session, {perf_counter() - begun - up:.1f} s for the first job")
            header("job", "MB", "local, MB/s", "Spark, MB/s", "Spark is", "in processor time",
                   "core hours a terabyte, local", "on Spark")  # fmt: skip
            for job, (megabytes, *runs) in known.items():
                fill = partial(write, source, lines, megabytes)
                (local, local_used), (remote, remote_used) = compared(fill, *runs)
                rates = (f"{megabytes / local:.1f}", f"{megabytes / remote:.1f}")
                hours = (f"{used / megabytes * TERABYTE / 3600:.0f}" for used in (local_used, remote_used))
                row(
                    job,
                    f"{megabytes:.0f}",
                    *rates,
                    f"{local / remote:.2f}×",
                    f"{local_used / remote_used:.2f}×",
                    *hours,
                )
            assert (folder / "local.model").read_bytes() == (folder / "spark.model").read_bytes()


if __name__ == "__main__":
    main()
