"""What only the system itself can promise of a process: when it ends, and how much it may take.

Linux has all of it. Elsewhere a process ends with its parent only where that one tells it to.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SET_PARENT_DEATH_SIGNAL, _SET_CHILD_SUBREAPER = 1, 36


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit status, or minus the signal; bytes of memory it held at most."""

    code: int
    peak: int

    def __str__(self) -> str:
        return f"signal {-self.code}" if self.code < 0 else f"exit status {self.code}"


def end_with_parent(parent: int) -> None:
    """Have this process killed as soon as `parent`, which forked it, ends however it ends."""
    _prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of what the children of this process leave behind."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def children() -> list[int]:
    """The processes whose parent this one is; none where the system does not tell."""
    try:
        told = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(number) for number in told.split()]


def kill(process: int) -> None:
    """Kill a process that may have ended already."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def wait_for(process: int) -> Ended:
    """Wait for the end of a child. Raises ChildProcessError where it is none."""
    _, status, used = os.wait4(process, 0)
    return Ended(os.waitstatus_to_exitcode(status), _bytes(used.ru_maxrss))


def limit_work(seconds: float) -> None:
    """End this process by SIGPROF after so many seconds of processor time from now; 0: no limit.

    Time in which it is stopped, or waits, does not count: the parent looks after that.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_memory(size: int) -> None:
    """Bound what this process may take on top of what it holds now, in bytes."""
    size += _address_space()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def memory_left() -> int | None:
    """Bytes that the system lets this process take on top of what it holds now (`ulimit -v`); None: any."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    return None if hard == resource.RLIM_INFINITY else max(0, hard - _address_space())


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell (a limit is then the total)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def peak() -> int:
    """Largest resident size of this process so far, in bytes."""
    return _bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _bytes(size: int) -> int:
    return size if sys.platform == "darwin" else size * 1024
