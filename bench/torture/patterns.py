"""Every pattern of the program, as the program uses it, on strings made from itself: time grows linearly."""

from __future__ import annotations

import importlib
import multiprocessing
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.torture.strings import strings

ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("extractors", "pipeline")
#: of the methods of a pattern, those that begin anew at every character
_SCANNING = frozenset(("search", "finditer", "findall", "sub", "subn", "split"))
_ANCHORED = frozenset(("match", "fullmatch"))
_LENGTHS = (1_600, 6_400, 25_600, 100_000)
_FACTOR = 4 * 2.2  # the string is four times as long; four times the time, and room for the machine
_NEGLIGIBLE = 0.03  # seconds
_SECONDS = 60  # for one pattern


@dataclass(frozen=True)
class Use:
    """A pattern, its flags, how it is used ("scan", "match" or "fullmatch") and where it is made."""

    pattern: str
    flags: int
    how: str
    where: str


class _Watched:
    """A pattern that notes how it is used."""

    def __init__(self, pattern: re.Pattern[Any], where: str, noted: set[Use]) -> None:
        self._pattern, self._where, self._noted = pattern, where, noted

    def __getattr__(self, name: str) -> Any:
        if name in _SCANNING or name in _ANCHORED:
            how = "scan" if name in _SCANNING else name
            self._noted.add(Use(self._pattern.pattern, self._pattern.flags, how, self._where))
        return getattr(self._pattern, name)

    def __reduce__(self) -> Any:
        return re.compile, (self._pattern.pattern, self._pattern.flags)


def watched() -> set[Use]:
    """The uses of all patterns while the shipped papers are read. For a process of its own: patches `re`."""
    noted: set[Use] = set()
    compile_ = re.compile

    def compile_watched(pattern: Any, flags: Any = 0) -> Any:
        made = compile_(pattern, flags)
        caller = sys._getframe(1)
        module = str(caller.f_globals.get("__name__", ""))
        if not module.startswith(_PACKAGES) or not isinstance(made.pattern, str):
            return made
        return _Watched(made, f"{module}:{caller.f_lineno}", noted)

    re.compile = compile_watched  # type: ignore[assignment]
    try:
        _read_everything()
    finally:
        re.compile = compile_
    return noted


def _read_everything() -> None:
    for name in _PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)
    process = importlib.import_module("pipeline.process").process
    folders = (ROOT / "data/raw/samples", *(ROOT / "tests/gold").glob("*/raw"))
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        process(path, "paper", "paper")


def collect() -> list[Use]:
    """The same from a process of its own, in order."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found = pool.apply(watched)
    used = {use.pattern for use in found}
    found |= {use for use in of_books() if use.pattern not in used}
    return sorted(found, key=lambda use: (use.where, use.pattern, use.how))


def of_books() -> set[Use]:
    """The rules of all books, those too that the shipped papers never try."""
    from extractors import registry  # noqa: PLC0415
    from pipeline.cases import rules as cases  # noqa: PLC0415

    books = (*registry.books(), *cases.BOOKS)
    return {
        Use(b.expression, 0, "scan", f"extractors.{book.name}/{b.rule.name}")
        for book in books
        for b in book.bound
    }


def faults_of(uses: Sequence[Use], processes: int) -> list[str]:
    """What is wrong with these, each with its place and pattern."""
    with ThreadPoolExecutor(processes) as pool:
        found = zip(uses, pool.map(fault_of, uses), strict=True)
        return [f"{use.where} {use.how} {use.pattern[:120]!r}: {fault}" for use, fault in found if fault]


def fault_of(use: Use) -> str:
    """What is wrong with the growth of a pattern's time ("" if nothing); never hangs."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_measure, args=(use, sender))
    process.start()
    sender.close()
    try:
        return str(receiver.recv()) if receiver.poll(_SECONDS) else f"longer than {_SECONDS} s"
    except EOFError:
        return "the process died"
    finally:
        process.kill()
        process.join()


def _measure(use: Use, sender: Any) -> None:
    sender.send(next(_slow(use), ""))


def _slow(use: Use) -> Iterator[str]:
    pattern = re.compile(use.pattern, use.flags)
    run: Callable[[str], object] = {"match": pattern.match, "fullmatch": pattern.fullmatch}.get(
        use.how, lambda text: [None for _ in pattern.finditer(text)]
    )
    count = sum(1 for _ in strings(pattern, 100))
    for number in range(count):
        before = 0.0
        for length in _LENGTHS:
            text = list(strings(pattern, length))[number]
            spent = min(_seconds(run, text) for _ in range(2)) if before < 1 else _seconds(run, text)
            if before and spent > _NEGLIGIBLE and spent > _FACTOR * before:
                how = f"{spent / before:.0f} times the time for 4 times the text"
                yield f"{how} ({spent:.2f} s), as in {text[:30]!r}"
                break
            before = max(spent, _NEGLIGIBLE / 16)


def _seconds(run: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    run(text)
    return time.process_time() - began
