"""Which files a run reads, and the doc_id of each.

The walk and the keys depend on the names in the raw folder alone, never on the order in which
the file system lists them or on what else is going on.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import stat
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import readers
from pipeline.errors import ReadError

#: files that editors and systems leave behind; names in lower case
_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
_JUNK_STARTS = (".", "~$", "readme")
_JUNK_ENDS = ("~", ".part", ".crdownload", ".tmp")
_EXTENSIONS = frozenset(
    ".pdf .txt .text .xml .nxml .htm .html .xhtml .mht .mhtml .json .docx .nbib .medline .ris .gz".split()
)
#: reader module -> format, as in documents.csv
_FORMATS = {"json_record": "json", "pubmed": "medline", "ris": "medline", "archive": "archive"}
_MAX_ID = 120
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Planned:
    """One file to read. `shown` is its path in documents.csv; `problem` says why it cannot be read at all."""

    doc_id: str
    path: Path
    shown: str
    problem: str = ""


def plan(raw: Path, skip: Path | None = None) -> list[Planned]:
    """Every paper under a folder, in the order of doc_id.

    Folders named as papers, links out of the folder and the like are planned with a problem, so
    that nothing goes missing. `skip` is a folder not to look into (the output, if it is inside).
    """
    root = raw.resolve()
    found = sorted(
        _walk(root, root, skip.resolve() if skip else None), key=lambda pair: _shown(pair[0], root)
    )
    ids = assign_ids([path for path, _ in found], root)
    planned = [
        Planned(doc_id, raw / path.relative_to(root), _shown(path, root), problem)
        for (path, problem), doc_id in zip(found, ids, strict=True)
    ]
    return sorted(planned, key=lambda p: p.doc_id)


def _walk(folder: Path, root: Path, skip: Path | None) -> Iterator[tuple[Path, str]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield folder, str(ReadError("E05", f"folder: {error.strerror}"))
        return
    for entry in entries:
        path = Path(entry.path)
        if _is_junk(entry.name) or path == skip:
            continue
        if entry.is_symlink():
            problem = _link_problem(path, root)
            if problem:
                yield path, problem
            elif path.is_file():
                yield path, ""
            # a link to a folder inside: its files are found where they are
        elif entry.is_dir(follow_symlinks=False):
            if path.suffix.lower() in _EXTENSIONS:
                yield path, str(ReadError("E05", "it is a folder"))
            yield from _walk(path, root, skip)
        else:
            yield path, _kind_problem(entry)


def _is_junk(name: str) -> bool:
    lower = name.lower()
    return lower in _JUNK or lower.startswith(_JUNK_STARTS) or lower.endswith(_JUNK_ENDS)


def _link_problem(path: Path, root: Path) -> str:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return str(ReadError("E05", "a link to nothing"))
    if not target.is_relative_to(root):
        return str(ReadError("E05", "a link that leads out of the raw folder"))
    return ""


def _kind_problem(entry: os.DirEntry[str]) -> str:
    """Why a directory entry must not even be opened: reading a pipe would wait for ever."""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return str(ReadError("E05", error.strerror or type(error).__name__))
    return "" if stat.S_ISREG(mode) else str(ReadError("E05", "no regular file"))


def _shown(path: Path, root: Path) -> str:
    """The path relative to the raw folder; bytes that are no UTF-8 are shown as escapes."""
    return path.relative_to(root).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def slug(name: str) -> str:
    """A file's name without extension, in the letters a-z0-9._- ("Müller 2020.pdf.gz" -> "muller-2020")."""
    stem = Path(name)
    if stem.suffix.lower() == ".gz" and stem.stem:
        stem = Path(stem.stem)
    return slug_text(stem.stem, name)


def slug_text(text: str, name: str) -> str:
    """Any text in the letters of a doc_id; what leaves nothing, or is too long, gets a digest of `name`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    plain = re.sub(r"[^a-z0-9._-]+", "-", plain)
    plain = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", plain)).strip("-._")
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    if not plain:
        return f"paper-{digest}"
    return plain if len(plain) <= _MAX_ID else f"{plain[: _MAX_ID - 9].rstrip('-._')}-{digest}"


def assign_ids(paths: Iterable[Path], root: Path) -> list[str]:
    """The doc_id of each path, in the order of `paths`.

    Files that share a stem get their format as a suffix; those that still collide a number.
    """
    order = list(paths)
    ids = [slug(path.name) for path in order]
    shared = _clashes(ids)
    taken = {ids[i] for i in range(len(ids)) if i not in shared}
    for i in sorted(shared, key=lambda i: _shown(order[i], root)):
        stem = f"{ids[i]}-{_format(order[i])}"
        ids[i] = stem
        number = 1
        while ids[i] in taken:
            number += 1
            ids[i] = f"{stem}-{number}"
        taken.add(ids[i])
    return ids


def _clashes(ids: list[str]) -> set[int]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, doc_id in enumerate(ids):
        places[doc_id].append(index)
    return {index for group in places.values() if len(group) > 1 for index in group}


def _format(path: Path) -> str:
    """What a file is, from its first bytes; from its extension where they cannot be had."""
    by_name = slug_text(path.suffix.removeprefix("."), path.suffix) if path.suffix else "file"
    try:
        if not path.is_file():
            return by_name
        with path.open("rb") as handle:
            head = handle.read(_HEAD)
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(path) as unpacked:
                head = unpacked.read(_HEAD)
    except (OSError, EOFError, zlib.error):
        return by_name
    module = readers.sniff(head) if head else ""
    return _FORMATS.get(module, module) or by_name
