"""The command line and jq: what would change, as JSON a line; decisions made by a filter, and carried out."""

import subprocess
import sys
import tempfile
from pathlib import Path

arnorm = [sys.executable, "-m", "arnorm"]
path = Path(tempfile.mkdtemp()) / "letter.txt"
path.write_text("سألت احمد عن المسئول\n", encoding="utf-8")


def run(*command: str, given: str = "") -> str:
    """What a command prints."""
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout


rows = run(*arnorm, "repair", "--json", str(path))
print(run("jq", "-r", '.changes[], .suggestions[] | "\\(.before) → \\(.after) \\(.kind)"', given=rows), end="")
decided = run("jq", "-c", '(.suggestions[] | select(.kind == "variant") | .decision) = "replace"', given=rows)
path.with_name("decisions.jsonl").write_text(decided, encoding="utf-8")
print(run(*arnorm, "repair", "--apply", str(path.with_name("decisions.jsonl")), str(path)), end="")

# احمد → أحمد class
# المسئول → المسؤول variant
# سألت أحمد عن المسؤول
