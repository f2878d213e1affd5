"""What there is to do in a run: its files, without those that an earlier run has done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from arnorm.core import Composable
from arnorm.files.agreement import agree_with_formats
from arnorm.files.errors import UsageError
from arnorm.files.jobs import Job, jobs_of
from arnorm.files.leftovers import can_be_taken_up
from arnorm.files.manifest import BegunFile, DoneFile, Manifest, recipe_of
from arnorm.files.options import Options
from arnorm.files.run import FileRun
from arnorm.files.work import Work


class Plan(NamedTuple):
    """The files of a run."""

    left: list[Job]  #: to do
    done: dict[Job, DoneFile]  #: by an earlier run
    begun: dict[Job, BegunFile]  #: by an earlier run, of those that are left
    manifests: dict[str, Manifest]  #: by directory

    def run(self, work: Work, options: Options) -> FileRun:
        """The run over what is left, which counts the bad records of the rest."""
        run = FileRun(self.left, work, options, self.begun)
        run.rejects.before = sum(file.bad for file in self.done.values() if not (file.listed and options.rejects))
        run.rejects.before += 0 if options.rejects else sum(file.bad for file in self.begun.values())
        return run


@contextmanager
def planned(transform: Composable, options: Options) -> Iterator[Plan]:
    """The files that *options* name. Raises `UsageError` for what cannot be done with them."""
    jobs = jobs_of(options)
    if options.resume and not all(job.root for job in jobs):
        raise UsageError("--resume is for directories, with -o DIR or with -i")
    agree_with_formats(options, jobs)
    with _manifests(transform, options, jobs) as manifests:
        done = {job: done for job in jobs if (done := _done_of(job, manifests, options)) is not None}
        left = [job for job in jobs if job not in done]
        begun = {job: begun for job in left if (begun := _begun_of(job, manifests)) is not None}
        yield Plan(left, done, begun, manifests)


@contextmanager
def _manifests(transform: Composable, options: Options, jobs: list[Job]) -> Iterator[dict[str, Manifest]]:
    """The manifest of each directory that has one, if the run is one to be taken up."""
    found: dict[str, Manifest] = {}
    try:
        for root in dict.fromkeys(job.root for job in jobs if job.root and options.resume):
            found[root] = Manifest(root, recipe_of(transform, options))
        yield found
    finally:
        for manifest in found.values():
            manifest.close()


def _begun_of(job: Job, manifests: dict[str, Manifest]) -> BegunFile | None:
    """What an earlier run has begun of a file, if it can go on; what it has left behind goes, if it cannot."""
    if job.root not in manifests or job.output is None:
        return None
    manifest, folder = manifests[job.root], os.path.dirname(os.path.realpath(job.output))
    with suppress(OSError):
        begun = manifest.begun(job.name, os.stat(job.path))
        if begun is not None and can_be_taken_up(os.path.join(folder, begun.part), begun.written):
            return begun
        part = os.path.join(folder, manifest.part(job.name))
        if can_be_taken_up(part, 0):
            os.unlink(part)
    return None


def _done_of(job: Job, manifests: dict[str, Manifest], options: Options) -> DoneFile | None:
    """What is known of a file that is done; None for one that is not, or whose bad records are still to be listed."""
    if job.root not in manifests or not os.path.exists(job.output or ""):
        return None
    try:
        done = manifests[job.root].find(job.name, os.stat(job.path))
    except OSError:
        return None  # reading it will say what is wrong
    return None if done is not None and done.bad and options.rejects and not done.listed else done
