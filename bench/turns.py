"""Two commands that take turns: what one costs more than the other on a machine whose speed comes and goes.

    python bench/turns.py "COMMAND" "COMMAND" [--slot SECONDS] [--cwd DIR DIR]

Both are started, but one always stands still (SIGSTOP) while the other works, a few seconds each, so that
what the machine does in between meets both. Printed are the seconds each was awake and its processor time. Do
it in both orders: the first starts on a colder machine. Linux only.
"""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from corpus import ROOT
from watching import descendants

_SLOT = 2.5
_LOOK = 0.1
#: of /proc/PID/stat, behind the name: the state; ticks of the user and of the system
_STATE, _TICKS = 0, slice(11, 13)


class Side:
    """One of the two: a process and all below it."""

    def __init__(self, command: str, cwd: Path) -> None:
        self.command, self.awake = command, 0.0
        self._process = subprocess.Popen(shlex.split(command), cwd=cwd, stdout=subprocess.DEVNULL)
        self._cpu: dict[int, float] = {}
        self.stop()

    @property
    def ended(self) -> bool:
        """Whether it has come to its end. Raises SystemExit where that was a bad one."""
        if self._process.poll():
            raise SystemExit(f"{self.command}: exit status {self._process.returncode}")
        return self._process.returncode is not None

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, of all its processes."""
        return sum(self._cpu.values())

    def work(self, seconds: float) -> None:
        """Go on for so long, then stand still."""
        self._send(signal.SIGCONT)
        start = time.monotonic()
        while time.monotonic() - start < seconds and not self.ended:
            time.sleep(_LOOK)
            self._look()
        self.awake += time.monotonic() - start
        if not self.ended:
            self.stop()

    def stop(self) -> None:
        """Let all its processes stand still, those as well that are being started just now."""
        while any(self._stat(pid)[_STATE] not in "TZ" for pid in self._send(signal.SIGSTOP)):
            time.sleep(0.001)

    def _send(self, what: signal.Signals) -> list[int]:
        pids = [self._process.pid, *descendants(self._process.pid)]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, what)
        return pids

    def _look(self) -> None:
        for pid in (self._process.pid, *descendants(self._process.pid)):
            own = sum(map(int, self._stat(pid)[_TICKS])) / os.sysconf("SC_CLK_TCK")
            self._cpu[pid] = max(own, self._cpu.get(pid, 0.0))

    def _stat(self, pid: int) -> list[str]:
        """What /proc tells of a process; of one that has ended, that it has."""
        with suppress(OSError):
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return ["Z", *["0"] * 20]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("commands", nargs=2, metavar="COMMAND")
    arguments.add_argument("--slot", type=float, default=_SLOT)
    arguments.add_argument("--cwd", nargs=2, type=Path, default=(ROOT, ROOT), metavar="DIR")
    options = arguments.parse_args()
    sides = [Side(command, cwd) for command, cwd in zip(options.commands, options.cwd, strict=True)]
    working = list(sides)
    while working:
        side = working.pop(0)
        side.work(options.slot)
        if not side.ended:
            working.append(side)
    for side in sides:
        print(f"{side.awake:8.1f} s awake {side.cpu:8.1f} s CPU  {side.command}")
    first, second = sides
    print(f"the second took {100 * (second.awake / first.awake - 1):+.1f} % of time, ", end="")
    print(f"{100 * (second.cpu / first.cpu - 1):+.1f} % of processor time")


if __name__ == "__main__":
    main()
