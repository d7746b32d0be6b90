"""What this program wrote into an output folder: nothing else is ever replaced or removed there."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import files
from pipeline.config import UsageError
from pipeline.schema import TABLES
from pipeline.write.about import NAME as RUN
from pipeline.write.datapackage import NAME as PACKAGE

NAME = "manifest.json"
TEXT = "text"
#: what a run writes at the top of an output folder
TOP = frozenset({f"{table.name}.csv" for table in TABLES} | {PACKAGE, RUN})
#: what systems leave in every folder they show
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of the last run, by name relative to the output folder, with the SHA-256 of each."""

    out: Path
    digests: Mapping[str, str] = field(default_factory=dict)

    def owns(self, name: str) -> bool:
        """Whether this program wrote a file, and nobody changed it since."""
        digest = self.digests.get(name)
        try:
            return digest is not None and digest == files.sha256(self.out / name, sys.maxsize)
        except OSError:
            return False


def read_manifest(out: Path, state: Path) -> Manifest | None:
    """The manifest of an output folder; None where there is none, or no whole one."""
    try:
        parsed = json.loads(files.read_regular(state / NAME, sys.maxsize))
        digests = parsed["files"]
        if all(isinstance(part, str) for pair in digests.items() for part in pair):
            return Manifest(out, digests)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None


def manifest_bytes(digests: Mapping[str, str]) -> bytes:
    """A manifest as it is kept."""
    return json.dumps({"files": dict(sorted(digests.items()))}, indent=0).encode("ascii") + b"\n"


def refuse_foreign(out: Path, state: Path, force: bool) -> None:
    """See that a run into `out` touches nothing of others, before any paper is read.

    `force` lets it write over files in its way, never over folders, links or devices. Raises
    UsageError that names what is in the way, OSError where the folder cannot be looked into.
    """
    if not out.is_dir():
        return
    manifest = read_manifest(out, state)
    blocked, foreign = [], []
    with os.scandir(out) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name in TOP or entry.name in (TEXT, state.name):
                if not _as_expected(entry, folder=entry.name not in TOP):
                    blocked.append(entry.name)
                elif entry.name == TEXT and manifest is None:
                    foreign += [f"{TEXT}/{name}" for name in sorted(os.listdir(entry.path))]
                elif entry.name in TOP and not (manifest and manifest.owns(entry.name)):
                    foreign.append(entry.name)
            elif manifest is None and not entry.name.startswith(".") and entry.name.lower() not in _LITTER:
                foreign.append(entry.name)
    if blocked:
        raise UsageError(f"{out} cannot take the tables: {_named(blocked)} in the way; move it away")
    if foreign and not force:
        raise UsageError(
            f"{out} holds what casebook did not write, or what was changed since: {_named(foreign)}. "
            "Nothing was touched. Choose another folder for the tables, move these files away, or give "
            "--force-output to write over those that are in the way (copies are kept). For corrections that "
            "outlive a run: casebook review"
        )


def _as_expected(entry: os.DirEntry[str], folder: bool) -> bool:
    return entry.is_dir(follow_symlinks=False) if folder else entry.is_file(follow_symlinks=False)


def _named(names: list[str]) -> str:
    shown = ", ".join(ascii(name)[1:-1] for name in names[:_MOST_NAMED])
    return shown + (f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else "")
