"""Words of the user's own: CSV files that the table [vocabulary] of `casebook.toml` names.

Each holds rows for one of the vocabularies in `extractors`, with the same columns and rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.rules.added import Added
from pipeline.config import UsageError
from pipeline.settings import VOCABULARY, place_for, table_of

#: the key for a folder that is laid out as `extractors`: drugs/drugs.csv, labs/analytes.csv
_FOLDER = "folder"
_EXTRACTORS = Path(__file__).resolve().parent.parent / "extractors"


def words_for(raw: Path) -> tuple[Added, ...]:
    """The rows that the file beside `raw` adds to vocabularies; they are checked where these are read.

    Raises UsageError, with the file's name, for what is no vocabulary and for a file that cannot be read.
    """
    settings = place_for(raw)
    found: list[Added] = []
    for key, value in table_of(settings, VOCABULARY).items():
        if not isinstance(value, str) or not value:
            raise UsageError(f"{settings}: {key} is {value!r}: give the name of a file")
        place = settings.parent / value
        parts = _in_folder(place) if key == _FOLDER else [(key, place)]
        found += [_read(settings, name, file) for name, file in parts]
    return tuple(sorted(found, key=lambda a: (a.package, a.file, a.place)))


def _in_folder(folder: Path) -> Iterator[tuple[str, Path]]:
    """The vocabularies in a folder: their names ("drugs/drugs") and files."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder: it has to hold CSV files as drugs/drugs.csv")
    for path in sorted(folder.rglob("*.csv")):
        yield path.relative_to(folder).with_suffix("").as_posix(), path


def _read(settings: Path, name: str, place: Path) -> Added:
    folder, _, stem = _full(settings, name).partition("/")
    try:
        text = place.read_text(encoding="utf-8-sig")  # spreadsheets begin a file with a mark
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{place}: {getattr(error, 'strerror', '') or 'this is no UTF-8'}") from error
    return Added(f"extractors.{folder}", f"{stem}.csv", str(place), text)


def _full(settings: Path, name: str) -> str:
    """The name of a vocabulary with its folder, which may be left out where it is the only one so named."""
    known = [path.relative_to(_EXTRACTORS).with_suffix("").as_posix() for path in _EXTRACTORS.glob("*/*.csv")]
    meant = [full for full in sorted(known) if name in (full, full.partition("/")[2])]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UsageError(f"{settings}: {name} may be {', '.join(meant)}: give one of them in quotes")
    raise UsageError(f"{settings}: there is no vocabulary {name}: there are {', '.join(sorted(known))}")
