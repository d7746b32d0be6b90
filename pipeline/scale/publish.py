"""New tables for the former ones, on a disk or in a bucket, so that a run that dies leaves tables to read.

Parts are brought under the state folder first. When all are there, one file says what is to be put in
place; from then on the change is finished, by this run or by the next one (`settle`). Parts have names of
their own (see `spool`): new ones stand beside the former, `datapackage.json` says which count, and only
then the former ones go. So `casebook.load`, which asks it, finds one run's tables at every moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.config import STATE, UsageError
from pipeline.scale.spool import Part
from pipeline.scale.storage import Storage
from pipeline.schema import TABLES
from pipeline.write.about import NAME as RUN
from pipeline.write.datapackage import FOLDER, parts_in
from pipeline.write.datapackage import NAME as PACKAGE

#: in an output folder: the parts that wait, and what is to be done with them
_WAITING, _SWITCH = f"{STATE}/parts", f"{STATE}/switch.json"
#: bytes of a list of parts; none is near that
_MOST = 1 << 28

#: table -> its parts, and the files beside them by name
Beside = Callable[[dict[str, list[str]]], dict[str, str]]


def check(out: Storage) -> None:
    """See that an output folder may take Parquet tables. Raises UsageError, ReadError."""
    if any(out.exists(f"{table.name}.csv") for table in TABLES):
        raise UsageError(f"{out.url} holds tables as CSV: choose another folder, or give --format csv")
    if out.exists(PACKAGE):
        listed(out)


def listed(out: Storage) -> dict[str, list[str]]:
    """table -> the names of its parts, as datapackage.json tells. Raises UsageError where it does not."""
    found = parts_in(out.read(PACKAGE, _MOST))
    if found is None:
        raise UsageError(f"{out.place(PACKAGE)} tells of no Parquet tables: give another folder")
    return found


def settle(out: Storage) -> None:
    """Finish what a killed run was putting in place, and remove what it had not. Raises OutputError."""
    if out.exists(_SWITCH):
        _switch(out, json.loads(out.read(_SWITCH, _MOST)))
    for found in list(out.list(_WAITING)):
        out.remove(found.name)


def publish(out: Storage, parts: Iterable[Part], beside: Beside) -> None:
    """Put the parts in place, whose local files go, and then the files beside them. Raises OutputError."""
    settle(out)
    former = {name for names in listed(out).values() for name in names} if out.exists(PACKAGE) else set()
    there = {found.name for found in out.list(FOLDER)} & former
    tables: dict[str, list[str]] = {}

    def new() -> Iterator[tuple[Path, str]]:
        for part in parts:
            name = f"{FOLDER}/{part.name}"
            tables.setdefault(part.table, []).append(name)
            if name in there:
                part.local.unlink()
            else:
                yield part.local, f"{_WAITING}/{part.name}"

    out.put_all(new())
    kept = {name for names in tables.values() for name in names}
    told = {"gone": sorted(former - kept), "files": beside(tables)}
    out.write(_SWITCH, json.dumps(told).encode())
    _switch(out, told)


def _switch(out: Storage, told: dict[str, Any]) -> None:
    """What is done once is no harm when it is done again."""
    waiting = sorted(found.name for found in out.list(_WAITING))
    out.move_all((name, FOLDER + name.removeprefix(_WAITING)) for name in waiting)
    for name in sorted(told["files"], key=lambda n: (n != RUN, n)):  # the list of parts comes last
        out.write(name, told["files"][name].encode())
    for name in told["gone"]:
        out.remove(name)
    out.remove(_SWITCH)
