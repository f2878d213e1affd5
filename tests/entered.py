"""Which files and functions of arnorm a call goes through: what somebody has to read who follows it.

    python -m tests.entered               files and functions of the three calls of CONTRIBUTING
    python -m tests.entered repair        each file of one of them, and how many of its functions

Each call runs in a process of its own, the first of it, so that nothing is remembered from an earlier one. What only
runs while a module is imported is not counted: nobody follows a call there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

import arnorm

PACKAGE = Path(arnorm.__file__).parent
#: What repair mends under the policy that is the default.
TEXT = "ذهب الى المدرسه"


def _normalize(_: Path) -> None:
    arnorm.normalize("إِلَى المَدْرَسَةِ")


def _repair(_: Path) -> None:
    arnorm.repair(TEXT)


def _files(folder: Path) -> None:
    from arnorm.cli import main

    source, result = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "text": TEXT}), encoding="utf-8")
    main(["repair", str(source), "-o", str(result)])
    assert result.read_bytes() != source.read_bytes()


#: `normalize("…")`, `repair("…")`, and `arnorm repair in.jsonl -o out.jsonl`.
CALLS: dict[str, Callable[[Path], None]] = {"normalize": _normalize, "repair": _repair, "files": _files}


def entered(call: str) -> Counter[str]:
    """The files that a call goes through, as paths below the package, and how many functions of each."""
    run = [sys.executable, "-m", "tests.entered", call, "--json"]
    told = subprocess.run(run, cwd=Path(__file__).parents[1], check=True, stdout=subprocess.PIPE)
    return Counter(json.loads(told.stdout))


def _entered_here(call: str) -> Counter[str]:
    seen: set[CodeType] = set()
    with tempfile.TemporaryDirectory() as folder, _watched(seen):
        CALLS[call](Path(folder))
    return Counter(Path(code.co_filename).relative_to(PACKAGE).as_posix() for code in seen)


@contextmanager
def _watched(seen: set[CodeType]) -> Iterator[None]:
    """Adds to *seen* the code of every function of arnorm that is entered, but for what an import enters."""
    importing: list[FrameType] = []

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "return" and importing and importing[-1] is frame:
            importing.pop()
        elif event == "call" and frame.f_code.co_filename.startswith(str(PACKAGE)):
            if frame.f_code.co_name == "<module>":
                importing.append(frame)
            elif not importing:
                seen.add(frame.f_code)

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(None)


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("call", nargs="?", choices=CALLS)
    parser.add_argument("--json", action="store_true", help="for the process that started this one")
    args = parser.parse_args()
    if args.json:
        print(json.dumps(_entered_here(args.call)))
        return
    for call in [args.call] if args.call else CALLS:
        files = entered(call)
        if args.call:
            print(*(f"{count:5} {path}" for path, count in sorted(files.items())), sep="\n")
        spelling = sum(path.startswith("spelling/") for path in files)
        print(f"{call}: {len(files)} files, {spelling} of them in spelling; {files.total()} functions")


if __name__ == "__main__":
    main()
