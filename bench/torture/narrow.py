"""Runs on narrow machines and in odd settings: a known end, no traceback, the tables whole or not there."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bench.torture.place import COMMAND, PATIENCE, Place, Results, environment, run, visible

_MEGABYTE = 1 << 20
#: exit states of the command
_ENDS = (0, 2)


@dataclass(frozen=True)
class Setting:
    """How a run is starved or set otherwise. `same`: it has to give the undisturbed tables."""

    name: str
    limits: Mapping[int, int] = field(default_factory=dict)
    options: Sequence[str] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    streams: str = ""  # redirections of the shell
    same: bool = False


def settings(folder: Path) -> list[Setting]:
    """All settings; `folder` is scratch."""
    return [*_harmless(folder), *_starving()]


def _harmless(folder: Path) -> Iterator[Setting]:
    for count in (1, 3, 7):
        yield Setting(f"workers {count}", options=("--workers", str(count)), same=True)
    for seed in ("0", "77"):
        yield Setting(f"hash seed {seed}", variables={"PYTHONHASHSEED": seed}, same=True)
    for name in ("C", "", "tr_TR.UTF-8", "de_DE.ISO-8859-1"):
        plain = {"LC_ALL": name, "LANG": name, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        yield Setting(f"locale {name or 'none'}", variables=plain, same=True)
    for zone in ("Asia/Kolkata", "UTC-14"):
        yield Setting(f"time zone {zone}", variables={"TZ": zone}, same=True)
    long = folder / ("x" * 100)
    long.mkdir(exist_ok=True)
    yield Setting("TMPDIR long", variables={"TMPDIR": str(long)}, same=True)
    yield Setting("TMPDIR missing", variables={"TMPDIR": str(folder / "nowhere")}, same=True)
    yield Setting("no PATH", variables={"PATH": ""}, same=True)
    yield Setting("no HOME", variables={"HOME": "/nonexistent"}, same=True)
    for streams in ("2>&-", ">&-", "<&-", "<&- >&- 2>&-", "2>/dev/full", ">/dev/full", "2>&1 | true"):
        yield Setting(f"streams {streams}", streams=streams, same=True)


def _starving() -> Iterator[Setting]:
    for size in (200, 600, 1000, 2000, 4000):
        yield Setting(f"address space of {size} MB", {resource.RLIMIT_AS: size * _MEGABYTE})
    for count in (8, 12, 20, 40, 80):
        yield Setting(f"{count} open files", {resource.RLIMIT_NOFILE: count})
    for size in (0, 4096, 100_000):
        yield Setting(f"files of {size} bytes", {resource.RLIMIT_FSIZE: size})
    for seconds in (1, 3):
        yield Setting(f"{seconds} s of CPU", {resource.RLIMIT_CPU: seconds})
    for size in (512, 2048):
        yield Setting(f"stack of {size} kB", {resource.RLIMIT_STACK: size * 1024})
    for size in ("1", "64", "256", "512", "1024"):
        yield Setting(f"--memory {size}", options=("--memory", size))
    for seconds in ("0.01", "0.3", "2"):
        yield Setting(f"--timeout {seconds}", options=("--timeout", seconds))


def narrow(place: Place, chosen: Sequence[Setting], side_by_side: int = 2) -> Results:
    """One run in each setting; after those that starve it an ordinary run, which gives the usual tables."""
    results = Results()
    with ThreadPoolExecutor(side_by_side) as pool:
        outcomes = pool.map(lambda setting: _narrow(place, setting), chosen)
        for setting, (status, fault) in zip(chosen, outcomes, strict=True):
            kind = "odd settings" if setting.same else "narrow limits"
            results.counts[kind, "fault" if fault else f"ends with {status}"] += 1
            if fault:
                results.faults.append(f"{setting.name}: {fault}")
    return results


def _narrow(place: Place, setting: Setting) -> tuple[int, str]:
    out = place.folder / f"narrow {setting.name}".replace("/", "-")
    script = f'"$0" "$@" --quiet {" ".join(setting.options)} {setting.streams}'
    command = ["/bin/sh", "-c", script, *COMMAND, "run", str(place.raw), str(out)]
    try:
        done = subprocess.run(
            command, cwd=place.folder, capture_output=True, timeout=PATIENCE, check=False,
            preexec_fn=_limiter(setting.limits), env=environment(**setting.variables),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return -1, "the run does not end"
    said = done.stderr.decode("utf-8", "replace")
    return done.returncode, _fault(place, setting, out, done.returncode, said)


def _fault(place: Place, setting: Setting, out: Path, status: int, said: str) -> str:
    found = visible(out)
    if "Traceback" in said:
        return "a traceback: " + said.strip().splitlines()[-1][:200]
    if setting.same:
        return "" if found == place.new else f"other tables ({status}, {len(found)} files): {said[-200:]}"
    if status not in _ENDS and resource.RLIMIT_CPU not in setting.limits:
        return f"ends with {status}: {said[-200:]}"
    tables = {name for name in place.new if "/" not in name}
    if found and not tables <= set(found):
        return f"half of the tables ({status}, {len(found)} files)"
    again = run(place.raw, out, place.folder)
    if again.returncode != 0 or visible(out) != place.new:
        return f"an ordinary run afterwards ({again.returncode}) differs: {again.stderr[-200:]}"
    return ""


def _limiter(limits: Mapping[int, int]) -> Callable[[], None]:
    def limit() -> None:
        for which, size in limits.items():
            resource.setrlimit(which, (size, size))

    return limit
