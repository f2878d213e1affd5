"""Notices that are given once a run, with the number of files that they are true of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from arnorm.console import argument

#: What is said where `unify_forms_in_order` met lines that it leaves.
VISUAL = "lines in visual order are left as they are; -p pdf puts them right"


class Notices:
    """Says each thing of the first file that it is true of, and at the end of how many more it was."""

    def __init__(self, tell: Callable[[object], None], *, quiet: bool = False) -> None:
        self._tell, self._quiet = tell, quiet
        self._files: Counter[str] = Counter()

    def __call__(self, path: str, what: str) -> None:
        """*what* is true of the file at *path*."""
        self._files[what] += 1
        if not self._quiet and self._files[what] == 1:
            self._tell(f"{argument(path)}: {what}")

    def report(self) -> None:
        """Say how many more files there were."""
        for what, files in self._files.items():
            if not self._quiet and files > 1:
                self._tell(f"{files - 1} more file{'s' * (files > 2)}: {what}")
