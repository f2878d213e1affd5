"""Running a pipeline over files: the one place that every command which changes text goes through.

A command adds the options with `add_file_options`, builds its pipeline, and calls `run_over_files` with both.

A command that has remarks on what it leaves as it is gives a second pass, *remarks*, that would change it: its edits
are shown by ``--diff`` and ``--json``, and never made.
"""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from arnorm import __version__, console
from arnorm.cli import views
from arnorm.cli.exits import Exit, exit_of
from arnorm.cli.request import Request, agree
from arnorm.core import Composable, Pipeline, Protected
from arnorm.files.outputs import sink
from arnorm.files.planning import planned
from arnorm.files.run import FileRun
from arnorm.files.work import Work
from arnorm.files.writing import finish, write

if TYPE_CHECKING:
    from arnorm.report.decide import Language
    from arnorm.report.page import About, PassRow


def run_over_files(transform: Composable, request: Request, remarks: Composable | None = None) -> int:
    """Run *transform* over the files of *request*, do with the result what it asks, and return the exit code.

    The edits that *remarks* would make to a record are shown beside the changes, and count for nothing else.
    """
    agree(request)
    with planned(transform, request) as plan:
        run = plan.run(_work(transform, request, remarks), request)
        with reported(transform, run, request, len(plan.done)):
            if request.shows or request.check:
                _show(run, request)
            else:
                write(run, plan.manifests)
        run.notices.report()
        run.rejects.report()
        directories = any(job.root for job in (*plan.left, *plan.done))
        if request.progress or (directories and not request.quiet):
            console.complain(closing(run, len(plan.done)))
    return code_of(run)


def _work(transform: Composable, request: Request, remarks: Composable | None) -> Work:
    """What is done with each piece: no more is found out than *request* shows."""
    # A report in figures says nothing of what is only suggested, which takes as long to find as what is changed.
    asked = request.shows or (request.report is not None and not in_figures(request.report))
    return Work(
        transform,
        remarks if asked else None,
        writes=not request.shows and not request.check,
        traces=request.shows,
        every=request.json,
        counts=request.report is not None,
    )


def _show(run: FileRun, request: Request) -> None:
    """What would change, instead of the text."""
    if not run.jobs:
        return
    with sink(request.output if request.html is None else request.html) as out:
        if request.html is not None:
            views.send(out, _page(run, request))
        elif request.diff:
            views.send(out, views.diffs(run, console.colored(_wished(request))))
        elif request.json:
            views.send(out, views.objects(run, request.unit or "codepoint"))
        else:
            views.send(out, views.names(run))
        finish(run, out)


def _page(run: FileRun, request: Request) -> Iterator[str]:
    from arnorm.report.decide import page, summary

    title = f"arnorm {request.command}"
    language = request.language or "en"
    steps = [value for value in Pipeline((run.work.transform,)).passes if value.summary]
    summaries = {value.name: summary(value.name, value.summary, language) for value in steps}
    return page(views.rows(run), title=title, language=language, summaries=summaries, version=__version__)


def _wished(request: Request) -> str:
    """The colours asked for; none in a file that is not asked to have them."""
    wish = request.color or "auto"
    return "never" if request.output and wish == "auto" else wish


def in_figures(report: str) -> bool:
    """Whether the file called *report* is to hold figures for programs, and no page."""
    return report.lower().endswith(".json")


@contextmanager
def reported(transform: Composable, run: FileRun, request: Request, before: int) -> Iterator[None]:
    """Write the report that *request* asks for when the block ends, unless by an error; *before* files were done.

    That it can be written is known before anything is changed.
    """
    if run.report is None:
        yield
        return
    assert request.report is not None
    with sink(request.report) as out:
        begun = time.monotonic()
        yield
        if in_figures(request.report):
            counts = _counts(transform, run, request, before) | {"seconds": round(time.monotonic() - begun, 3)}
            out.write(json.dumps(counts, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n")
        else:
            from arnorm.report.page import page

            views.send(out, page(run.report, _about(transform, run, request, before)))
        out.commit()


def _counts(transform: Composable, run: FileRun, request: Request, before: int) -> dict[str, Any]:
    """The run in figures, for programs."""
    assert run.report is not None
    return {
        "arnorm": __version__,
        "python": platform.python_version(),
        "command": request.command,
        "fingerprint": Pipeline((transform,)).fingerprint,
        "exit": int(code_of(run)),
        "files": run.files,
        "files_done_before": before,
        "files_failed": run.failed,
        "bytes": run.bytes,
        "records": run.records,
        "changed": run.changed,
        "bad": run.rejects.count,
        "bad_before": run.rejects.before,
        "edits": run.report.edits,
        "passes": dict(run.report.passes.most_common()),
        "repairs": {kind: scores.total() for kind, scores in run.report.scores.items()},
    }


def code_of(run: FileRun) -> Exit:
    """The exit code of a run that has come to its end: the one of the first error, if there was one."""
    if run.errors:
        return exit_of(run.errors[0])
    if run.rejects.left and not run.options.rejects:
        return Exit.DATA
    return Exit.CHANGES if run.options.check and run.changed else Exit.OK


def closing(run: FileRun, before: int) -> str:
    """What was done, in a line."""
    parts = [_of(run.files, "file"), _of(run.records, "record"), f"{run.changed:,} changed"]
    parts += [f"{_of(run.rejects.left, 'bad record')}"] if run.rejects.left else []
    parts += [f"{_of(len(run.failed), 'file')} given up"] if run.failed else []
    parts += [f"{_of(before, 'file')} done before"] if before else []
    return f"{', '.join(parts)}; {run.progress.spent()}"


def _of(count: int, what: str) -> str:
    """«1,234 files», «1 file»."""
    return f"{count:,} {what}{'s' * (count != 1)}"


def _about(transform: Composable, run: FileRun, request: Request, before: int) -> About:
    """What the head and the foot of the page of ``--report`` say of the run."""
    from arnorm.report.page import About

    language = request.language or "en"
    steps, protected = _described(Pipeline((transform,)), language)
    return About(
        command=f"arnorm {request.command}",
        steps=steps,
        protected=protected,
        made=not (request.check or request.shows),
        kept=not request.in_place,
        language=language,
        files=[console.argument(path) for path in request.files if path != "-"],
        failed=[*run.failed],
        before=before,
        bad=run.rejects.count,
        fingerprint=Pipeline((transform,)).fingerprint,
        version=__version__,
    )


def _described(pipeline: Pipeline, language: Language) -> tuple[list[PassRow], list[str]]:
    """The passes of a pipeline, within protection too, and what is protected."""
    from arnorm.report.decide import summary
    from arnorm.report.page import PassRow

    steps: list[PassRow] = []
    protected: list[str] = []
    for value in pipeline.passes:
        if isinstance(value, Protected):
            inner, more = _described(value.inner, language)
            steps += inner
            protected += [span if isinstance(span, str) else span.pattern for span in value.spans] + more
        else:
            steps.append(PassRow(value.name, summary(value.name, value.summary, language), value.lossy))
    return steps, protected
