"""A run whose papers are read by the workers of a Dask cluster; input and output may be in buckets.

As in a plain run (see `pipeline.run`), what was found is kept, so that the next run reads what is new or
changed, and the tables stay as they were until all is read.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from extractors.rules.added import adding
from pipeline.config import Config, UsageError, shown
from pipeline.fingerprint import fingerprint
from pipeline.lock import locked
from pipeline.logs import NAME
from pipeline.progress import Progress
from pipeline.report import closing
from pipeline.review.store import read_all
from pipeline.run import Interrupted, Outcome, check_folders, check_output, note_raw, settle_output
from pipeline.scale import finish, publish
from pipeline.scale.bundle import Bundles
from pipeline.scale.connect import connected
from pipeline.scale.disk import Disk
from pipeline.scale.sources import shards
from pipeline.scale.storage import Storage, storage
from pipeline.scale.work import Job
from pipeline.signals import Stopped, stopping_in_order
from pipeline.voice import Voice, plain
from pipeline.worker import Process, read_paper

_LOG = logging.getLogger(NAME)
#: papers that a worker reads in one go: a crash costs no more, and the last ones wait for no longer
SHARD = 100


def run_cluster(
    config: Config, address: str, form: str | None, stream: TextIO | None, process: Process = read_paper
) -> Outcome:
    """Read what is new or changed on the cluster at an address (see `connected`), and write all tables.

    `form` is "parquet" (None: the same) or "csv". Raises what `pipeline.run.run` raises, ClusterError where
    the cluster cannot do the work, and ReadError for a storage that cannot be read.
    """
    form = form or finish.FORMATS[0]
    out = storage(shown(config.out) if _is_url(config.out) else str(config.out.resolve()))
    _check(config, out, form)
    decisions = read_all(config.decisions)
    start = time.monotonic()
    words, only = config.words, config.only
    program = fingerprint(words, only)
    job = Job("", out.url, program, config.limits, config.force, process, words=words, only=only)
    with stopping_in_order(), _alone(config, out, form), adding(words):
        progress = Progress(None, 0, stream, config.quiet)
        keys: list[str] = []
        try:
            read, left_out = _read(config, address, job, keys, progress, Voice(stream))
            _LOG.info("%d papers in %s, %d of them read", progress.done, shown(config.raw), read)
            bundles = Bundles(out, job.program)
            readers = {key: bundles.reader(key) for key in keys}
            scratch = config.state if isinstance(out, Disk) else None
            totals = finish.finish(readers, finish.Job(config, out, job.program, decisions, form, scratch))
            totals.left_out = left_out
            for key in set(bundles.listed()) - set(keys):
                bundles.remove(key)
        except KeyboardInterrupt as error:
            number = error.number if isinstance(error, Stopped) else signal.SIGINT
            raise Interrupted(progress.done, None, number) from None
    if not config.quiet:
        Voice(stream).write(closing(config, totals, read, time.monotonic() - start) + "\n")
    return Outcome(totals, read)


def _read(
    config: Config, address: str, job: Job, keys: list[str], progress: Progress, voice: Voice
) -> tuple[int, int]:
    """Read all shards, whose keys are added to `keys`.

    Returns how many papers were read for that, and how many records do not fit `--only`.
    """
    read, left_out, out = 0, 0, storage(job.out)
    raw = shown(config.raw) if _is_url(config.raw) else str(config.raw.resolve())

    def say(sentence: str) -> None:
        progress.clear()
        voice.write(plain(f"casebook: {sentence}\n"))

    try:
        with connected(address, config.workers) as client:
            from pipeline.scale.spread import Spread  # noqa: PLC0415 - Dask may not be installed

            for done in Spread(client, job, shards(raw, out, config.only, SHARD), say).run():
                if done is not None:
                    keys.append(done.key)
                    read += done.told.read
                    left_out += done.told.left_out
                    progress.add(done.told.failed, done.told.papers, done.told.papers - done.told.read)
                progress.show()
    finally:
        progress.clear()
    return read, left_out


def _is_url(place: Path) -> bool:
    return "://" in shown(place)


def _check(config: Config, out: Storage, form: str) -> None:
    """See that input and output can be meant. Raises UsageError, ReadError."""
    if form not in finish.FORMATS:
        raise UsageError(f"--format {form}: with --cluster give one of {', '.join(finish.FORMATS)}")
    if form == "csv" and not isinstance(out, Disk):
        raise UsageError(f"{out.url} is no folder of this machine: give --format parquet")
    if not _is_url(config.raw) and not _is_url(config.out):
        check_folders(config)
    if form == "parquet":
        publish.check(out)
    elif not config.state.exists():  # nothing is made in a folder that is refused
        check_output(config)


@contextmanager
def _alone(config: Config, out: Storage, form: str) -> Iterator[None]:
    """One run at a time on a folder of this machine; nobody can promise that for a bucket."""
    if not isinstance(out, Disk):
        publish.settle(out)
        yield
        return
    with locked(config.state):
        if form == "parquet":
            publish.settle(out)
        else:
            settle_output(config)
            check_output(config)
        if not _is_url(config.raw):
            note_raw(config)
        yield
