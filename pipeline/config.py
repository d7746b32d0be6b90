"""What a run needs to know: every default and every bound once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.rules.added import Added

if TYPE_CHECKING:
    from pipeline.only import Only

MEGABYTE = 1024 * 1024
#: with less, a journal PDF of twenty pages fails
MIN_MEMORY_MB = 64
MAX_WORKERS = 256
#: the environment variable that chooses the model of names: a package of extractors/ner/models.csv, or "none"
MODEL_VARIABLE = "CASEBOOK_MODEL"
#: where papers are and tables go if nobody says so
RAW, OUT = Path("data/raw"), Path("data/extracted")
#: in an output folder, what the next run wants to know; in there, what the last one was asked for
STATE = ".casebook"
NOTE = "run.json"
#: patients whose course is drawn by default
MOST_COURSES = 20


class UsageError(Exception):
    """Something is wrong with what the user asked for; the text says what."""


def usable_cpus() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def shown(place: Path) -> str:
    """A folder as the user named it: of a URL, Path has taken slashes away."""
    kind, mark, rest = str(place).partition(":/")
    if not mark or not kind.isalnum() or place.exists():
        return str(place)
    return f"{kind}://{'/' if kind == 'file' else ''}{rest}"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one paper may take: wall time in seconds, memory in MiB on top of the worker's own.

    Raises UsageError for values that make no sense.
    """

    seconds: float = 120.0
    memory_mb: int = 4096

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= 86_400:
            raise UsageError(f"the time limit is {self.seconds:g} s: give more than 0 and at most 86400")
        if not MIN_MEMORY_MB <= self.memory_mb <= 1024 * 1024:
            raise UsageError(
                f"the memory limit is {self.memory_mb} MB: give at least {MIN_MEMORY_MB} and at most 1048576"
            )

    @property
    def seconds_text(self) -> str:
        """The time limit for people."""
        return f"{self.seconds:g} s"

    @property
    def memory_text(self) -> str:
        """The memory limit for people."""
        if self.memory_mb % 1024 == 0:
            return f"{self.memory_mb // 1024} GiB"
        return f"{self.memory_mb} MiB"


@dataclass(frozen=True, slots=True)
class Config:
    """One run: where from, where to, how.

    `review` has the decisions of reviewers (None: the folder `review` beside `raw`).
    `force` reads unchanged papers again; `force_output` writes over files of others that are in the
    way in `out`; `quiet` leaves out progress and the closing summary; `words` are rows of the user's own
    for the vocabularies; `only` says which papers are read (None: all).
    Raises UsageError for a number of workers that makes no sense.
    """

    raw: Path = RAW
    out: Path = OUT
    workers: int = field(default_factory=usable_cpus)
    limits: Limits = field(default_factory=Limits)
    force: bool = False
    force_output: bool = False
    quiet: bool = False
    review: Path | None = None
    words: tuple[Added, ...] = ()
    only: Only | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.workers <= MAX_WORKERS:
            raise UsageError(f"{self.workers} workers: give 1 to {MAX_WORKERS}")

    @property
    def decisions(self) -> Path:
        """The folder with the decisions of reviewers; it need not be there."""
        return self.raw.parent / "review" if self.review is None else self.review

    @property
    def state(self) -> Path:
        """The folder in the output folder that holds what the next run wants to know."""
        return self.out / STATE
