"""Settings of one review: the file `casebook.toml` beside the folder with its papers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pipeline.config import Limits, UsageError

FILE = "casebook.toml"
#: the tables of the file
_LIMITS, VOCABULARY = "limits", "vocabulary"
#: keys of its limits -> fields of Limits with the types that they may have
_KEYS: dict[str, tuple[str, tuple[type, ...]]] = {
    "seconds": ("seconds", (int, float)),
    "memory": ("memory_mb", (int,)),
}


def limits_for(raw: Path, seconds: float | None = None, memory_mb: int | None = None) -> Limits:
    """What one paper may take: as given here, else as the file beside `raw` says, else the default.

    `seconds` of wall time, `memory_mb` in MiB. Raises UsageError, with the file's name, for a file that
    is no TOML or has an unknown name in it, and for values that make no sense.
    """
    place = place_for(raw)
    found = _fields(place, table_of(place, _LIMITS))
    try:
        Limits(**found)
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from None
    given = {"seconds": seconds, "memory_mb": memory_mb}
    return Limits(**found | {name: value for name, value in given.items() if value is not None})


def place_for(raw: Path) -> Path:
    """Where the settings for a folder of papers are, if there are any."""
    return raw.absolute().parent / FILE


def table_of(place: Path, name: str) -> dict[str, Any]:
    """A table of the file, empty where there is none. Raises UsageError for what is no file of settings."""
    try:
        read = tomllib.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # no TOML and no UTF-8 are ValueErrors
        raise UsageError(f"{place}: {error}") from error
    for found, table in read.items():
        if found not in (_LIMITS, VOCABULARY) or not isinstance(table, dict):
            known = f"[{_LIMITS}] and [{VOCABULARY}]"
            raise UsageError(f"{place}: there is no {found}: only the tables {known} may be in it")
    return dict(read.get(name, {}))


def _fields(place: Path, limits: dict[str, Any]) -> dict[str, Any]:
    """The fields of Limits that the file has."""
    found = {}
    for key, value in limits.items():
        if key not in _KEYS:
            raise UsageError(f"{place}: [{_LIMITS}] has no {key}: there are {', '.join(_KEYS)}")
        field, types = _KEYS[key]
        if type(value) not in types:  # true is an int
            raise UsageError(f"{place}: {key} is {value!r}: give a number")
        found[field] = value
    return found
