"""``python -m benchmarks.files --size-mb 200``: workers, formats and memory of ``arnorm normalize`` on large files.

Everything a ratio compares is run in turns, several rounds; medians are printed. The text is made here, no part of it
twice, or taken from a file with ``--text``. Processor seconds stand beside the seconds of the clock, because other
work on the machine disturbs the clock more than it disturbs them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.texts import paragraphs

# What the process that reads and writes used, and what its workers used: a line of JSON behind all else.
MEASURED = """
import json, re, resource, sys, time
from arnorm.cli import main
begun = time.perf_counter()
code = main(sys.argv[1:])
seconds = time.perf_counter() - begun
own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
with open("/proc/self/status") as status:
    peak = int(re.search(r"VmHWM:\\s*(\\d+)", status.read())[1])
cpu = [usage.ru_utime + usage.ru_stime for usage in (own, workers)]
print(json.dumps([seconds, *cpu, peak / 1000, workers.ru_maxrss / 1000]))
sys.exit(code)
"""


class Measure(NamedTuple):
    """Seconds of the clock and of the processor, and the largest memory, in megabytes."""

    seconds: float
    own: float
    workers: float
    peak: float
    worker_peak: float


def measured(*args: str | Path) -> Measure:
    """What ``arnorm`` *args* takes."""
    words = [sys.executable, "-c", MEASURED, *map(str, args)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return Measure(*json.loads(done.stdout.splitlines()[-1]))


def lines(megabytes: float, source: Path | None) -> Iterator[str]:
    """Lines of text that make *megabytes*; of *source*, as far as it reaches, if there is one."""
    left, seed = megabytes * 1e6, 0
    if source is not None:
        with source.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                yield line.rstrip("\r\n")
                left -= len(line.encode())
                if left <= 0:
                    return
    while left > 0:
        seed += 1
        for text in paragraphs(200, seed):
            line = text.replace("\n", " ")
            yield line
            left -= len(line.encode()) + 1
            if left <= 0:
                return


def make_text(path: Path, megabytes: float, source: Path | None) -> Path:
    """A file of plain text."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines(megabytes, source))
    return path


def other_formats(text: Path) -> dict[str, Path]:
    """The same lines in other formats, each with a number and an address beside the text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = {name: text.with_suffix(f".{name}") for name in ("jsonl", "csv", "parquet", "arrow")}
    schema = pa.schema([("id", pa.int64()), ("url", pa.string()), ("text", pa.string())])
    with (
        text.open(encoding="utf-8", newline="\n") as source,
        made["jsonl"].open("w", encoding="utf-8") as jsonl,
        made["csv"].open("w", encoding="utf-8", newline="") as table,
        pq.ParquetWriter(made["parquet"], schema, compression="zstd") as parquet,
        pa.ipc.new_file(made["arrow"], schema) as arrow,
    ):
        table.write("id,url,text\n")
        rows: list[dict[str, object]] = []
        for number, line in enumerate(source):
            row = {"id": number, "url": f"https://example.com/{number}", "text": line.rstrip("\n")}
            jsonl.write(json.dumps(row, ensure_ascii=False) + "\n")
            quoted = line.rstrip("\n").replace('"', '""')
            table.write(f'{number},{row["url"]},"{quoted}"\n')
            rows.append(row)
            if len(rows) == 20_000:
                _group(rows, schema, parquet, arrow)
        _group(rows, schema, parquet, arrow)
    return {"text": text, **made}


def _group(rows: list[dict[str, object]], schema: object, parquet: object, arrow: object) -> None:
    import pyarrow as pa

    batch = pa.RecordBatch.from_pylist(rows, schema=schema)
    parquet.write_batch(batch)  # type: ignore[attr-defined]
    arrow.write_batch(batch)  # type: ignore[attr-defined]
    rows.clear()


def in_turns(runs: dict[str, list[str | Path]], rounds: int) -> dict[str, Measure]:
    """Medians of each run, *rounds* times in turns."""
    found: dict[str, list[Measure]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, args in runs.items():
            found[name].append(measured(*args))
    return {name: Measure(*map(median, zip(*measures, strict=True))) for name, measures in found.items()}


def row(*cells: object) -> None:
    """A row of a table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def header(*cells: str) -> None:
    """The head of a table."""
    print()
    row(*cells)
    row(*("---" for _ in cells))


def workers(command: str, path: Path, out: Path, rounds: int) -> None:
    """One worker against two."""
    runs: dict[str, list[str | Path]] = {str(n): [command, path, "-o", out, "--processes", str(n)] for n in (0, 1, 2)}
    found = in_turns(runs, rounds)
    size = os.path.getsize(path) / 1e6
    header(f"{command}, {size:.3g} MB of text", "s", "MB/s", "against one worker", "CPU s of reading", "CPU s of work")
    for name, m in found.items():
        against = f"{found['1'].seconds / m.seconds:.2f}×"
        label = {"0": "no worker", "1": "one worker", "2": "two workers"}[name]
        row(label, f"{m.seconds:.2f}", f"{size / m.seconds:.2g}", against, f"{m.own:.2f}", f"{m.workers:.2f}")
    two = found["2"]
    print(f"\nBy processor seconds alone: {2 * two.workers / (two.own + two.workers):.2f}× on two free cores")


def formats(paths: dict[str, Path], out: Path, rounds: int) -> None:
    """Other formats against plain text: of the same text, so by time."""
    runs: dict[str, list[str | Path]] = {
        name: ["normalize", path, "-o", out / path.name] for name, path in paths.items()
    }
    found = in_turns(runs, rounds)
    header("normalize, same text", "s", "against plain text", "CPU s", "against plain text", "peak MB")
    text = found["text"]
    for name, m in found.items():
        clock, cpu = text.seconds / m.seconds, text.own / m.own
        row(name, f"{m.seconds:.2f}", f"{clock:.2f}×", f"{m.own:.2f}", f"{cpu:.2f}×", f"{m.peak:.0f}")


def memory(small: Path, large: Path, out: Path) -> None:
    """The largest memory of a large file against that of a small one."""
    header("memory, MB", small.stem, large.stem, "ratio", "of a worker", "of a worker", "ratio")
    for count in ("0", "2"):
        a, b = (measured("normalize", path, "-o", out, "--processes", count) for path in (small, large))
        ratio = b.worker_peak / a.worker_peak if a.worker_peak else 1
        row(
            f"--processes {count}", f"{a.peak:.1f}", f"{b.peak:.1f}", f"{b.peak / a.peak:.2f}×",
            f"{a.worker_peak:.1f}", f"{b.worker_peak:.1f}", f"{ratio:.2f}×",
        )  # fmt: skip


def main() -> None:
    """Makes the files, runs everything, and removes the files."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.files", description=__doc__)
    parser.add_argument("--size-mb", type=float, default=200, help="size of the plain text")
    parser.add_argument(
        "--large-mb", type=float, default=1000, help="size of the file whose memory is measured; 0: none"
    )
    parser.add_argument("--repair-mb", type=float, default=2, help="size of the text that is repaired; 0: none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--text", type=Path, help="a file of plain text to use instead of made text")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="arnorm-bench-") as name:
        folder = Path(name)
        out = folder / "out"
        out.mkdir()
        text = make_text(folder / "a.txt", args.size_mb, args.text)
        workers("normalize", text, out / "a.txt", args.rounds)
        if args.repair_mb:
            workers("repair", make_text(folder / "r.txt", args.repair_mb, args.text), out / "r.txt", args.rounds)
        formats(other_formats(text), out, args.rounds)
        if args.large_mb:
            small = make_text(folder / "10 MB.txt", 10, args.text)
            text.unlink()
            large = make_text(folder / f"{args.large_mb:.0f} MB.txt", args.large_mb, args.text)
            memory(small, large, out / "a.txt")


if __name__ == "__main__":
    main()
