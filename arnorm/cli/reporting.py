"""``--report``: the page about a run, written when the run has come to its end."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from arnorm import __version__
from arnorm.cli import console, views
from arnorm.cli.outputs import sink
from arnorm.core import Composable, Pipeline, Protected

if TYPE_CHECKING:
    from arnorm.cli.run import Run
    from arnorm.report.page import About, Step


@contextmanager
def reported(transform: Composable, run: Run, args: Namespace, before: int) -> Iterator[None]:
    """Writes the report that *args* ask for when the block ends, unless by an error; *before* files were done before.

    That it can be written is known before anything is changed.
    """
    if run.report is None:
        yield
        return
    from arnorm.report.page import page

    with sink(args.report) as out:
        yield
        views.send(out, page(run.report, _about(transform, run, args, before)))
        out.commit()


def _about(transform: Composable, run: Run, args: Namespace, before: int) -> About:
    from arnorm.report.page import About

    steps, protected = _described(Pipeline((transform,)))
    return About(
        command=f"arnorm {args.command}",
        steps=steps,
        protected=protected,
        made=not (args.check or args.diff or args.json or args.html),
        files=[console.argument(path) for path in args.files if path != "-"],
        failed=run.failed,
        before=before,
        bad=run.rejects.count,
        fingerprint=Pipeline((transform,)).fingerprint,
        version=__version__,
    )


def _described(pipeline: Pipeline) -> tuple[list[Step], list[str]]:
    """The passes of a pipeline, within protection too, and what is protected."""
    from arnorm.report.page import Step

    steps: list[Step] = []
    protected: list[str] = []
    for value in pipeline.passes:
        if isinstance(value, Protected):
            inner, more = _described(value.inner)
            steps += inner
            protected += [span if isinstance(span, str) else span.pattern for span in value.spans] + more
        else:
            steps.append(Step(value.name, value.summary, value.lossy))
    return steps, protected
