"""What does not go together: options that would be ignored, or would destroy what they are to protect.

An option that has no effect is a mistake of who wrote it, and often a costly one: a ``--field`` that is dropped changes
every field. So nothing is ignored; what cannot be done is refused, before any file is opened for writing.
"""

from __future__ import annotations

import os

from arnorm import console
from arnorm.cli.request import Request
from arnorm.files.errors import UsageError


def agree(request: Request) -> None:
    """Refuse options that do not go together. Raises `UsageError`."""
    wished = {"--diff": request.diff, "--json": request.json, "--check": request.check, "--html": request.html}
    shows = [option for option, wish in wished.items() if wish]
    if request.unit and not request.json:
        raise UsageError("--unit is of the offsets in --json; it does not go without it")
    if request.language and request.html is None and request.report is None:
        raise UsageError("--language is for the pages of --html and --report")
    if request.color and not request.diff:
        raise UsageError("--color is for --diff; nothing else has colours")
    if request.in_place and (request.output is not None or shows):
        raise UsageError(f"-i changes the files; it does not go with {shows[0] if shows else '-o'}")
    if request.output is None and not request.in_place:
        for path in filter(console.is_appending_to, request.files):
            raise UsageError(f"{path} is both input and output; write with -o, or use -i")
    if request.html is not None and request.output is not None:
        raise UsageError("--html FILE names the output; it does not go with -o")
    if request.to and shows:
        raise UsageError(f"--to is for text; {shows[0]} writes UTF-8")
    if request.resume and (shows or not (request.in_place or request.output)):
        raise UsageError("--resume is for directories, with -o DIR or with -i")
    others = (*request.files, request.output, request.html)
    if request.rejects is not None and _is_one_of(request.rejects, *others):
        raise UsageError(f"{console.argument(request.rejects)}: bad records need a file of their own")
    if request.report is not None and _is_one_of(request.report, "-", *others, request.rejects):
        raise UsageError(f"{console.argument(request.report)}: the report needs a file of its own")


def _is_one_of(path: str, *others: str | None) -> bool:
    """Whether *path* names the same file as one of *others*, however that is spelt."""
    return os.path.realpath(path) in [os.path.realpath(other) for other in others if other is not None]
