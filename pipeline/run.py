"""One run: every paper under a raw folder into the tables of an output folder."""

from __future__ import annotations

import json
import logging
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from extractors.rules.added import adding
from pipeline.assemble import Totals, assemble
from pipeline.cache import Cache, Head
from pipeline.config import NOTE, STATE, Config, UsageError
from pipeline.errors import OutputError
from pipeline.files import write_whole
from pipeline.fingerprint import fingerprint
from pipeline.lock import locked
from pipeline.logs import NAME
from pipeline.plan import Planned, planned
from pipeline.pool import Pool
from pipeline.progress import Progress
from pipeline.record import failed
from pipeline.report import closing
from pipeline.review.store import read_all
from pipeline.signals import Stopped, stopping_in_order
from pipeline.voice import Voice
from pipeline.worker import Process, Setup, read_paper
from pipeline.write.manifest import refuse_foreign
from pipeline.write.switch import settle

_LOG = logging.getLogger(NAME)


class Interrupted(Exception):
    """Ctrl-C, or another signal to end. What was read is kept; the tables are as before."""

    def __init__(self, done: int, total: int | None, number: int = signal.SIGINT) -> None:
        self.done, self.total, self.number = done, total, number
        of = "" if total is None else f" of {total}"
        super().__init__(f"stopped after {done}{of} papers; the next run goes on from there")

    @property
    def exit_status(self) -> int:
        """As a shell tells of a program that ended by the signal: 130 for Ctrl-C."""
        return 128 + self.number


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run wrote, how many files it had to read for that, how many invented ones it left out."""

    totals: Totals
    read: int
    samples: int = 0

    @property
    def exit_status(self) -> int:
        """Of a strict run: 0 when every paper was read, 1 when some failed."""
        return 1 if self.totals.failures else 0


def run(config: Config, stream: TextIO | None, process: Process = read_paper) -> Outcome:
    """Read what is new or changed, and write all tables. Progress and summary go to `stream`, if they can.

    Raises UsageError for folders that cannot be meant and decisions that cannot be followed, Busy where
    another run is at work there, OutputError where the output folder cannot be written (its tables are
    then as before), PoolError where the extractors do not load, Interrupted for Ctrl-C.
    """
    check_folders(config)
    decisions = read_all(config.decisions)
    start = time.monotonic()
    if not config.state.exists():  # nothing is made in a folder that is refused
        check_output(config)
    with stopping_in_order(), locked(config.state), adding(config.words):
        settle_output(config)
        check_output(config)
        cache = Cache(config.state / "papers", fingerprint(config.words, config.only))
        cache.prepare()
        note_raw(config)
        papers, samples = planned(config.raw)
        heads: dict[str, list[Head]] = {}
        try:
            waiting = _unread(papers, cache, config, heads)
            _LOG.info("%d papers in %s, %d of them to read", len(papers), config.raw, len(waiting))
            _LOG.debug("%d workers; for a paper %s", config.workers, config.limits)
            _read(waiting, cache, config, heads, stream, process)
            cache.prune({paper.doc_id for paper in papers})
            totals = assemble(config, cache, papers, heads, decisions)
            if config.only:
                totals.left_out = sum(cache.left_out(paper.doc_id) for paper in papers)
            _LOG.info("tables written to %s", config.out)
        except KeyboardInterrupt as error:
            number = error.number if isinstance(error, Stopped) else signal.SIGINT
            raise Interrupted(len(heads), len(papers), number) from None
    if not config.quiet:
        seconds = time.monotonic() - start
        Voice(stream).write(closing(config, totals, len(waiting), seconds, samples) + "\n")
    return Outcome(totals, len(waiting), samples)


def check_folders(config: Config) -> None:
    """See that the folders of a run can be meant. Raises UsageError."""
    if not config.raw.is_dir():
        what = "is not a folder" if config.raw.exists() else "does not exist"
        raise UsageError(f"{config.raw} {what}: give the folder that holds the papers")
    if config.out.exists() and not config.out.is_dir():
        raise UsageError(f"{config.out} is not a folder: give a folder for the tables")
    if _within(config.out, config.raw) or _within(config.raw, config.out):
        raise UsageError(f"{config.raw} and {config.out} overlap: neither may be in the other")
    for folder in (config.raw, config.out):
        if _within(config.decisions, folder) or _within(folder, config.decisions):
            raise UsageError(f"{folder} and {config.decisions} overlap: neither may be in the other")
    if (config.raw / STATE).is_dir():
        raise UsageError(f"{config.raw} holds tables of casebook: give the folder that holds the papers")


def _within(inner: Path, outer: Path) -> bool:
    """Whether a folder, there or not yet, is another one or inside it, by whatever name."""
    if not outer.exists():
        return False
    place = inner.resolve()
    return any(folder.exists() and folder.samefile(outer) for folder in (place, *place.parents))


def check_output(config: Config) -> None:
    """See that tables may be written to the output folder. Raises UsageError, OutputError."""
    try:
        refuse_foreign(config.out, config.state, config.force_output)
    except OSError as error:
        raise OutputError.of(error, config.out) from error


def settle_output(config: Config) -> None:
    """Finish, or take back, what a killed run was putting in place. Raises OutputError."""
    try:
        settle(config.out, config.state)
    except OSError as error:
        raise OutputError.of(error, config.out) from error


def note_raw(config: Config) -> None:
    """Keep where the papers are and which are read, for commands that come later. Raises OutputError."""
    place = config.state / NOTE
    noted = {"raw": str(config.raw.resolve()), "only": config.only.expression if config.only else None}
    try:
        write_whole(place, json.dumps(noted).encode())
    except OSError as error:
        raise OutputError.of(error, place) from error


def _unread(
    papers: list[Planned], cache: Cache, config: Config, heads: dict[str, list[Head]]
) -> list[Planned]:
    """The papers that have to be read. The others' heads are filled in, as are those that cannot be."""
    waiting = []
    for paper in papers:
        if paper.problem:
            record = failed(paper.doc_id, paper.shown, "", paper.problem)
            heads[paper.doc_id] = [cache.store_failure(paper, record, None)]
            continue
        found = None if config.force else cache.check(paper, config.limits)
        if found is None:
            waiting.append(paper)
        else:
            heads[paper.doc_id] = found
            _LOG.debug("unchanged: %s", paper.shown)
    return waiting


def _read(
    waiting: list[Planned],
    cache: Cache,
    config: Config,
    heads: dict[str, list[Head]],
    stream: TextIO | None,
    process: Process,
) -> None:
    setup = Setup(process, cache, config.limits, config.state / "tmp", config.words, config.only)
    progress = Progress(len(heads) + len(waiting), len(heads), stream, config.quiet)
    try:
        for result in Pool(config.workers, setup).run(waiting):
            if result is not None:
                heads[result.planned.doc_id] = result.heads
                _log(result.planned, result.heads)
                progress.add(any(head.document["status"] == "failed" for head in result.heads))
            progress.show()
    finally:
        progress.clear()


def _log(paper: Planned, heads: list[Head]) -> None:
    for head in heads:
        told = head.document
        _LOG.info("read: %s %s %s", told["status"], paper.shown, told["message"] or "")
