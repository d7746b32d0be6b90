"""The gates of patterns, kept beside Python's own compiled files: working them out takes seconds.

Like those files they can be deleted at any time, are left out where the folder is read-only, and are
not believed where what they were derived by has changed.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from extractors.rules import parts, triggers
from extractors.rules.triggers import Clause, clauses

_NAME = "gates.json"


class Gates:
    """Gates by pattern; `path` is where they are kept, None for this process alone."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._kept = _read(path) if path is not None else {}
        self._asked: dict[str, tuple[Clause, ...]] = {}

    def of(self, pattern: str) -> tuple[Clause, ...]:
        """The gate of a pattern, as `triggers.clauses` derives it."""
        found = self._asked.get(pattern)
        if found is None:
            kept = self._kept.get(_key(pattern))
            found = clauses(pattern) if kept is None else tuple(map(frozenset, kept))
            self._asked[pattern] = found
        return found

    def keep(self) -> None:
        """Write the gates that were asked for, if any is new; where that is not possible, nothing happens."""
        made = {_key(pattern): [sorted(c) for c in gate] for pattern, gate in self._asked.items()}
        if self._path is None or made.keys() <= self._kept.keys():
            return
        self._kept = made
        own = self._path.with_name(f"{_NAME}.{os.getpid()}")
        with suppress(OSError):
            try:
                own.parent.mkdir(parents=True, exist_ok=True)
                own.write_text(json.dumps({"by": _derivation(), "gates": made}), encoding="utf-8")
                own.replace(self._path)
            finally:
                own.unlink(missing_ok=True)


@cache
def gates() -> Gates:
    """The gates of this process, kept for the next one where Python keeps its compiled files."""
    return Gates(Path(cache_from_source(__file__)).with_name(_NAME))


def _key(pattern: str) -> str:
    return sha256(pattern.encode()).hexdigest()[:32]


@cache
def _derivation() -> str:
    """What a gate depends on beside its pattern: Python's parser of patterns, the code that derives it."""
    digest = sha256(sys.version.encode())
    for module in (parts, triggers):
        assert module.__file__ is not None
        digest.update(Path(module.__file__).read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, list[list[str]]]:
    """What is kept, nothing where it is missing, damaged or derived by other code."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["by"] == _derivation() and all(_is_gate(gate) for gate in found["gates"].values()):
            return dict(found["gates"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        pass
    return {}


def _is_gate(gate: object) -> bool:
    return isinstance(gate, list) and all(
        isinstance(clause, list) and clause and all(isinstance(text, str) and text for text in clause)
        for clause in gate
    )
