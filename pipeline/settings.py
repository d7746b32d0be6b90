"""Settings of one review: the file `casebook.toml` beside the folder with its papers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pipeline.config import Limits, UsageError

FILE = "casebook.toml"
#: the table of the file, and its keys -> fields of Limits with the types that they may have
_TABLE = "limits"
_KEYS: dict[str, tuple[str, tuple[type, ...]]] = {
    "seconds": ("seconds", (int, float)),
    "memory": ("memory_mb", (int,)),
}


def limits_for(raw: Path, seconds: float | None = None, memory_mb: int | None = None) -> Limits:
    """What one paper may take: as given here, else as the file beside `raw` says, else the default.

    `seconds` of wall time, `memory_mb` in MiB. Raises UsageError, with the file's name, for a file that
    is no TOML or has an unknown name in it, and for values that make no sense.
    """
    place = raw.absolute().parent / FILE
    found = _told(place)
    try:
        Limits(**found)
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from None
    given = {"seconds": seconds, "memory_mb": memory_mb}
    return Limits(**found | {name: value for name, value in given.items() if value is not None})


def _told(place: Path) -> dict[str, Any]:
    """The fields of Limits that a file has; none where there is no file."""
    try:
        read = tomllib.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # no TOML and no UTF-8 are ValueErrors
        raise UsageError(f"{place}: {error}") from error
    for name, table in read.items():
        if name != _TABLE or not isinstance(table, dict):
            raise UsageError(f"{place}: there is no {name}: only the table [{_TABLE}] may be in it")
    found = {}
    for key, value in read.get(_TABLE, {}).items():
        if key not in _KEYS:
            raise UsageError(f"{place}: [{_TABLE}] has no {key}: there are {', '.join(_KEYS)}")
        field, types = _KEYS[key]
        if type(value) not in types:  # true is an int
            raise UsageError(f"{place}: {key} is {value!r}: give a number")
        found[field] = value
    return found
