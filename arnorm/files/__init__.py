"""Files put through a pipeline: read in their format, changed, and replaced as a whole or not at all.

    import arnorm.files

    arnorm.files.normalize("news.jsonl", "search", output="folded.jsonl", fields=["body"])

`normalize` and `repair` are what the commands of the same name do; `transform` takes any pipeline. Plain text, JSON
lines, CSV, subtitles, HTML, Word, Parquet and Arrow, packed or not, are known by their names.

Inside, in the order of a run: `options` (what is asked), `jobs` (which files), `planning` (without those that are done,
by the `manifest`), `run` (opens them and has their pieces worked on, by `work`), `writing` (to `outputs`, which are
`unfinished` until all is written; `journal` keeps the pieces of what has no use before its end), `telling` (how far it
is, and what was wrong).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from arnorm.core import Composable

if TYPE_CHECKING:
    from arnorm.files.options import Options
    from arnorm.files.run import FileRun

__all__ = ["Summary", "normalize", "repair", "transform"]

_log = logging.getLogger("arnorm.files")


@dataclass(frozen=True)
class Summary:
    """What became of the files of a run.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "a.txt")
    ...     _ = path.write_text("كتـــاب\\nكتاب", encoding="utf-8")
    ...     summary = normalize(path, in_place=True)
    >>> summary.files, summary.records, summary.changed
    (1, 2, 1)
    """

    files: int  #: that were read to their end
    records: int  #: lines, rows or texts
    changed: int  #: of them
    bad: int  #: records that cannot be read, and stayed as they were
    failed: dict[str, str]  #: names of files that were given up, and why


def transform(
    pipeline: Composable,
    files: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    output: str | PathLike[str] | None = None,
    in_place: bool = False,
    resume: bool = False,
    follow_links: bool = False,
    format: str | None = None,  # noqa: A002  (as the option of the command line)
    fields: Sequence[str] = (),
    delimiter: str | None = None,
    track_changes: bool = False,
    encoding: str = "utf-8",
    to: str | None = None,
    rejects: str | PathLike[str] | None = None,
    max_record: int | None = None,
    processes: int = 0,
    strict: bool = True,
) -> Summary:
    """Put every text of the *files* through *pipeline*, and write them to *output* or, *in_place*, where they were.

    *output* is a file, or a directory in which each file has its own. With *resume* (directories only) files that an
    earlier run has done are left out. *format* is one of "text", "jsonl", "csv", "tsv", "subtitles", "html", "docx",
    "pdf", "parquet", "arrow"; by default the name of each file says it. *fields* are the fields or columns of records
    that hold text, by default ``text``. With *track_changes* what changes in Word files is to be accepted or rejected
    there. *encoding* is that of text ("auto": what each file looks like), *to* the one to write. Records that cannot be
    read stay as they are; *rejects* names a file to list them in. A line of more than *max_record* bytes (64 MB) is
    one. *processes* is how many to work with.

    *strict* raises the first error, of a file or of a record; without it the other files go on, and the `Summary` says
    which failed. A file is replaced when all of it is written, keeps its rights, and stays as it was otherwise.

    Raises `UsageError` for what cannot be done (two files that would be one, a field of plain text), and of one file
    `OSError`, `FormatError`, `FieldError` and `UndecodableInputError`.

    >>> import tempfile, pathlib
    >>> from arnorm import passes
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "a.txt")
    ...     _ = path.write_text("كتـــاب", encoding="utf-8")
    ...     transform(passes.strip_tatweel, path, in_place=True), path.read_text(encoding="utf-8")
    (Summary(files=1, records=1, changed=1, bad=0, failed={}), 'كتاب')
    """
    from arnorm.files.options import Options
    from arnorm.files.options import field as named
    from arnorm.formats.encodings import encoding_of

    options = Options(
        files=_names(files),
        output=None if output is None else os.fspath(output),
        in_place=in_place,
        resume=resume,
        follow_links=follow_links,
        format=format,
        field=[named(name) for name in fields] or None,
        delimiter=delimiter,
        track_changes=track_changes,
        encoding=encoding_of(encoding),
        to=None if to is None else encoding_of(to, output=True),
        rejects=None if rejects is None else os.fspath(rejects),
        max_record=max_record,
        processes=processes,
        strict=strict,
        quiet=True,
        tell=_log.warning,
    )
    return _run(pipeline, options)


def normalize(
    files: str | PathLike[str] | Iterable[str | PathLike[str]], profile: str = "clean", **how: object
) -> Summary:
    """Normalize *files* by a *profile*; *how* are the other arguments of `transform`, such as ``output=``.

    Raises `arnorm.UnknownNameError` for a profile that does not exist, and what `transform` raises.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "a.jsonl")
    ...     _ = path.write_text('{"id": 1, "text": "إِلَى"}', encoding="utf-8")
    ...     _ = normalize(path, "search", in_place=True)
    ...     path.read_text(encoding="utf-8")
    '{"id": 1, "text": "الي"}'
    """
    from arnorm.profiles import profile as named

    return transform(named(profile), files, **how)  # type: ignore[arg-type]


def repair(
    files: str | PathLike[str] | Iterable[str | PathLike[str]],
    policy: str = "safe",
    *,
    lexicon: Iterable[str] | None = None,
    **how: object,
) -> Summary:
    """Repair the spelling of *files*; *how* are the other arguments of `transform`, such as ``in_place=``.

    *policy* and *lexicon* are those of `arnorm.Repairer`, whose errors it raises, with those of `transform`.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "a.txt")
    ...     _ = path.write_text("ذهب الى المدرسه", encoding="utf-8")
    ...     _ = repair(path, "balanced", in_place=True)
    ...     path.read_text(encoding="utf-8")
    'ذهب إلى المدرسة'
    """
    from arnorm.repairer import Repairer

    return transform(Repairer(policy, lexicon), files, **how)  # type: ignore[arg-type]


def _names(files: str | PathLike[str] | Iterable[str | PathLike[str]]) -> list[str]:
    return [os.fspath(files)] if isinstance(files, (str, PathLike)) else [os.fspath(path) for path in files]


def _run(pipeline: Composable, options: Options) -> Summary:
    """Run *pipeline* over the files of *options*; where nothing says where the result goes, a `UsageError`."""
    from arnorm.files.errors import UsageError
    from arnorm.files.planning import planned
    from arnorm.files.work import Work
    from arnorm.files.writing import write

    if options.output is None and not options.in_place:
        raise UsageError("where does the result go? name output=, or set in_place=True")
    with planned(pipeline, options) as plan:
        run = plan.run(Work(pipeline), options)
        write(run, plan.manifests)
        run.notices.report()
    return _summary(run)


def _summary(run: FileRun) -> Summary:
    return Summary(run.files, run.records, run.changed, run.rejects.left, run.failed)
