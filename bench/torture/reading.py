"""Mutants of every format, each read the whole way. What must hold of each is `check`."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from bench.torture.mutants import mutant
from bench.torture.seeds import CHECKED, ENDED, families, seeds
from pipeline.nlp import load
from pipeline.process import records
from pipeline.record import Record
from pipeline.schema import UNREAD

#: seconds and bytes for one mutant of a few kilobytes
_SECONDS = 30
_MEMORY = 3 << 30
#: share of a file's words whose loss has to be told where damage shows
_MUCH = 0.1
_CHUNK = 40


@dataclass
class Outcome:
    """Counts by format and outcome, and every fault with the seed that makes it again."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def add(self, other: Outcome) -> None:
        """Take another's counts and faults in."""
        self.counts += other.counts
        self.faults += other.faults
        self.slowest = max(self.slowest, other.slowest)


def torture(each: int, processes: int, first: int = 0) -> Outcome:
    """Read `each` mutants of every format (shared by the files that stand for it), from seed `first` on."""
    load()  # the workers are forked and need not load it again
    total = Outcome()
    tasks: list[tuple[str, int, int]] = []
    for names in families().values():
        share = -(-each // len(names))
        for name in names:
            starts = range(first, first + share, _CHUNK)
            tasks += [(name, start, min(start + _CHUNK, first + share)) for start in starts]
    while tasks:
        lost: list[tuple[str, int, int]] = []
        with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
            for task, future in [(task, pool.submit(_chunk, *task)) for task in tasks]:
                try:
                    total.add(future.result())
                except BrokenProcessPool:
                    lost.append(task)
        tasks = list(_halves(lost, total))
    return total


def _halves(lost: list[tuple[str, int, int]], total: Outcome) -> Iterator[tuple[str, int, int]]:
    """The tasks of a pool that broke, cut smaller, down to the one that breaks it."""
    for name, start, end in lost:
        if end - start == 1 and len(lost) == 1:
            total.counts[name, "died"] += 1
            total.faults.append(f"{name} {start}: the process died")
        elif end - start == 1:
            yield name, start, end
        else:
            middle = (start + end) // 2
            yield name, start, middle
            yield name, middle, end


def _chunk(name: str, start: int, end: int) -> Outcome:
    whole = seeds()[name]
    known = _words(_read(whole))
    outcome = Outcome()
    for seed in range(start, end):
        kind, data = mutant(whole, name, seed)
        began = time.perf_counter()
        result, fault = check(name, kind, data, known)
        outcome.counts[name, result] += 1
        outcome.slowest = max(outcome.slowest, (time.perf_counter() - began, f"{name} {seed} ({kind})"))
        if fault:
            outcome.faults.append(f"{name} {seed} ({kind}): {fault}")
    return outcome


def check(name: str, kind: str, data: bytes, known: Counter[str]) -> tuple[str, str]:
    """What became of a mutant, and what is wrong with that ("" if nothing).

    `known` are the words of the whole file. Nothing may raise, hang or be an unexpected error (E13);
    every quote is text[start:end]; every row belongs to a patient; much that is lost is told wherever
    damage of this kind shows in this format.
    """
    try:
        found = _read(data)
    except _TooLong:
        return "slow", f"longer than {_SECONDS} s"
    except MemoryError:
        return "memory", f"more than {_MEMORY:,} bytes"
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"
    for record in found:
        fault = _fault_of(record)
        if fault:
            return "wrong", fault
    statuses = {record.document["status"] for record in found}
    told = bool(statuses - {"ok"})
    lost = (known - _words(found)).total()
    if lost > _MUCH * known.total() and not told and (name in CHECKED or (kind == "cut" and name in ENDED)):
        return "silent", f"{lost} of {known.total()} words are gone without a word"
    return "failed" if statuses == {"failed"} else "warning" if told else "ok", ""


def _fault_of(record: Record) -> str:
    message = record.document.get("message") or ""
    if record.document["status"] not in ("ok", "warning", "failed"):
        return f"status {record.document['status']}"
    if "E13" in message or (record.document["status"] == "failed") != (record.text is None):
        return message or "failed without a message"
    text = record.text or ""
    cases = {row["case_id"] for row in record.rows["cases"]}
    for table, rows in record.rows.items():
        for row in rows:
            of_several = table == UNREAD.name and not row["case_id"]
            if row["case_id"] not in cases and not of_several:
                return f"{table}: a row of no patient"
            if row.get("quote") is not None and text[row["start"] : row["end"]] != row["quote"]:
                return f"{table}: a quote that is not its place: {row['quote'][:40]!r}"
    return ""


class _TooLong(BaseException):
    """A mutant took longer than the limit."""


def _read(data: bytes) -> list[Record]:
    """A file's records, within the limits of time and memory."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise _TooLong

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    signal.signal(signal.SIGALRM, stop)
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        signal.alarm(_SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (size + _MEMORY, hard))
        try:
            return list(records(Path(file.name), "paper", "paper"))
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
            signal.alarm(0)


def _words(found: list[Record]) -> Counter[str]:
    return Counter(word for record in found for word in (record.text or "").split())
