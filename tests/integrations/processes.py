"""Running Python code in another process, as a user's next session would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(code: str, *args: str, seed: int = 0) -> str:
    """What *code* prints when run with *args*; *seed* is that of the hashes of strings."""
    env = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code, *args]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def error_without(package: str, bridge: str) -> str:
    """The message of the error when *bridge* is imported where *package* is not installed."""
    return run(
        f"import sys; sys.modules[{package!r}] = None\nimport arnorm\n"
        f"try: import arnorm.integrations.{bridge}\nexcept arnorm.MissingPackageError as error: print(error)"
    )
