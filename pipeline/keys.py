"""The doc_id of every file and of every record of a file with many, and the record_id of a row.

A key depends on the path under the raw folder alone: not on the format of the file, the system's
locale or what else is there. Only paths that differ in nothing a key can show carry a part of
their digest behind it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

#: letters of a path's key and, with what may come behind it, of a record's: less than a file name may have
_MAX_SLUG, _MAX_RECORD = 120, 220
#: letters of a path's digest: as many as the contract says, more only where these clash again
_DIGEST = 6
DIGESTS = (_DIGEST, 16, 64)


def slug(path: str, longest: int = _MAX_SLUG) -> str:
    """A path in the letters a-z0-9._- ("Series B/Müller 2020.PDF" -> "series-b-muller-2020.pdf").

    A name of which nothing is left, and a path that is too long, carry letters of its digest.
    """
    folder, _, name = path.rpartition("/")
    stem, dot, rest = name.partition(".")
    if not _plain(stem):
        path = f"{folder}/paper-{_digest(path, _DIGEST)}{dot}{rest}"
    plain = _plain(path)
    if len(plain) <= longest:
        return plain
    return f"{plain[: longest - _DIGEST - 1].rstrip('-._')}-{_digest(path, _DIGEST)}"


def _plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    dashed = re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9._-]+", "-", ascii_only))
    return re.sub(r"-*\.[.-]*", ".", dashed).strip("-._")


def _digest(path: str, letters: int) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:letters]


def doc_ids(paths: Sequence[str]) -> list[str]:
    """The doc_id of each path, in the order of `paths` (relative, `/` between, no path twice).

    All paths with one slug carry letters of their digest, so that no order decides who keeps it.
    """
    slugs = [slug(path) for path in paths]
    ids = list(slugs)
    for letters in DIGESTS:
        counts = Counter(ids)
        clashing = [index for index, doc_id in enumerate(ids) if counts[doc_id] > 1]
        if not clashing:
            break
        for index in clashing:
            ids[index] = with_digest(paths[index], letters)
    return ids


def with_digest(path: str, letters: int) -> str:
    """The doc_id of a path whose slug another one has too, with so many letters of its digest."""
    return f"{slug(path)}-{_digest(path, letters)}"


class Taken(Protocol):
    """The names that are given already: a set, or what is kept on the disk."""

    def __contains__(self, name: str, /) -> bool: ...

    def add(self, name: str, /) -> object:
        """Let a name be given."""


def record_ids(files: Iterable[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    """doc_id of a file -> those of its records, unique over the run, in the order of the records.

    `files` has each file's doc_id with the names that its records want. A file with one record has
    the planned one; a record of many might want the name of another file, or of a record with the
    same number, and then gets a number of its own.
    """
    wanted = [(file, [wanted_id(name) for name in names]) for file, names in files]
    return dict(given_ids(wanted, {file for file, names in wanted if file in names}))


def wanted_id(name: str) -> str:
    """The doc_id that a record would have if nothing else had it."""
    return slug(name, _MAX_RECORD)


def given_ids(files: Iterable[tuple[str, Sequence[str]]], taken: Taken) -> Iterator[tuple[str, list[str]]]:
    """The same, file by file, for names as `wanted_id` makes them.

    `taken` has the files of which a record wants the file's own doc_id.
    """
    numbers: Counter[str] = Counter()
    for file, names in files:
        found: list[str] = []
        own = True
        for name in names:
            chosen = name
            if name == file and own:
                own = False
            else:
                while chosen in taken:
                    numbers[name] += 1  # remembered: a thousand records of one name are no quadratic search
                    chosen = f"{name}-{numbers[name] + 1}"
            taken.add(chosen)
            found.append(chosen)
        yield file, found


def record_key(table: str, case_id: str, fact: Mapping[str, str], taken: set[str]) -> str:
    """The record_id of a row, added to `taken`: it hangs on the fact (its cells by column) and the patient.

    Neither where the row stands counts nor what else it tells. Rows of one fact (a fracture seen twice)
    are numbered as they come.
    """
    told = "|".join([table, case_id, *(f"{name}={value}" for name, value in fact.items())])
    number = 1
    while (key := hashlib.sha256(f"{told}|{number}".encode()).hexdigest()[:16]) in taken:
        number += 1
    taken.add(key)
    return key
