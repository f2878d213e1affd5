"""Running a pipeline over files: the one place that every command which changes text goes through.

A command adds the options with `add_file_options`, builds its pipeline, and calls `run_over_files` with both.

A command that has remarks on what it leaves as it is gives a second pass, *remarks*, that would change it: its edits
are shown by ``--diff`` and ``--json``, and never made.
"""

from __future__ import annotations

from collections.abc import Iterator

from arnorm import __version__, console
from arnorm.cli import views
from arnorm.cli.conflicts import agree
from arnorm.cli.reporting import closing, code_of, in_figures, reported
from arnorm.cli.request import Request
from arnorm.core import Composable, Pipeline
from arnorm.files.outputs import sink
from arnorm.files.planning import planned
from arnorm.files.run import FileRun
from arnorm.files.work import Work
from arnorm.files.writing import finish, write


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
