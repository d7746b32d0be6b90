"""Which files a run reads, and the doc_id of each.

The walk and the keys depend on the names in the raw folder alone, never on the order in which
the file system lists them or on what else is going on.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.caps import caps
from pipeline.config import STATE
from pipeline.errors import ReadError
from pipeline.files import TooLargeError
from pipeline.keys import doc_ids
from pipeline.samples import left_out

#: files that editors and systems leave behind; names in lower case
_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
_JUNK_STARTS = (".", "~$", "readme")
_JUNK_ENDS = ("~", ".part", ".crdownload", ".tmp")
_EXTENSIONS = frozenset(
    ".pdf .txt .text .xml .nxml .htm .html .xhtml .mht .mhtml .json .docx .nbib .medline .ris .gz".split()
)
#: what must not get into a table or onto a terminal: C0, delete, C1, the line ends of Unicode
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: what is said of a folder that an earlier run wrote
OUTPUT = str(ReadError("E05", "a folder with tables of casebook; move it out of the raw folder"))


@dataclass(frozen=True, slots=True)
class Planned:
    """One file to read. `shown` is its path in documents.csv; `problem` says why it cannot be read at all."""

    doc_id: str
    path: Path
    shown: str
    problem: str = ""


def plan(raw: Path) -> list[Planned]:
    """Every paper under a folder, in the order of doc_id.

    Folders named as papers, links out of the folder and the like are planned with a problem, so
    that nothing goes missing. The invented papers count only while they are alone.
    """
    return planned(raw)[0]


def planned(raw: Path) -> tuple[list[Planned], int]:
    """The papers of `plan`, and how many invented ones were left out beside the user's own."""
    root = raw.resolve()
    walked = list(walk(root))
    samples = left_out(root, (path for path, _ in walked))
    found = [(path, problem) for path, problem in walked if path not in samples]
    shown = [shown_path(path, root) for path, _ in found]
    papers = [
        Planned(doc_id, raw / path.relative_to(root), name, problem)
        for (path, problem), name, doc_id in zip(found, shown, doc_ids(shown), strict=True)
    ]
    return sorted(papers, key=lambda p: p.doc_id), len(samples)


def walk(root: Path) -> Iterator[tuple[Path, str]]:
    """Every path to plan with its problem, if any. However deep folders are nested, the stack is not."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(folder)
        except OSError as error:
            yield folder, str(ReadError("E05", f"folder: {error.strerror}"))
            continue
        for entry in entries:  # one by one: a folder may hold a million
            if not is_junk(entry.name):
                yield from _entry(entry, root, folders)


def _entry(entry: os.DirEntry[str], root: Path, folders: list[Path]) -> Iterator[tuple[Path, str]]:
    """What is to plan of an entry; a folder to look into is added to `folders`."""
    path = Path(entry.path)
    if entry.is_symlink():
        problem = _link_problem(path, root)
        if problem is not None:
            yield path, problem
    elif entry.is_dir(follow_symlinks=False):
        problem = _folder_problem(path)
        if problem:
            yield path, problem
        if problem != OUTPUT:
            folders.append(path)
    else:
        yield path, _kind_problem(entry)


def _folder_problem(path: Path) -> str:
    """What is to be told of a folder itself; one with tables of casebook is not looked into."""
    if (path / STATE).is_dir():
        return OUTPUT
    return str(ReadError("E05", "it is a folder")) if path.suffix.lower() in _EXTENSIONS else ""


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is none of the user's papers."""
    lower = name.lower()
    return lower in _JUNK or lower.startswith(_JUNK_STARTS) or lower.endswith(_JUNK_ENDS)


def _link_problem(path: Path, root: Path) -> str | None:
    """Why a link must not be followed, "" for one to a paper; None where its files are found elsewhere."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return str(ReadError("E05", "a link to nothing"))
    if not target.is_relative_to(root):
        return str(ReadError("E05", "a link that leads out of the raw folder"))
    if target.is_file():
        return _size_problem(target, target.stat().st_size)
    if not target.is_dir():
        return str(ReadError("E05", "a link to no regular file"))
    hidden = any(is_junk(part) for part in target.relative_to(root).parts)
    return str(ReadError("E05", "a link to a hidden folder")) if hidden else None


def _kind_problem(entry: os.DirEntry[str]) -> str:
    """Why a directory entry must not even be opened: reading a pipe would wait for ever."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError as error:
        return str(ReadError("E05", error.strerror or type(error).__name__))
    if not stat.S_ISREG(found.st_mode):
        return str(ReadError("E05", "no regular file"))
    return _size_problem(Path(entry.path), found.st_size)


def _size_problem(path: Path, size: int) -> str:
    """Why a file is too large to be opened at all, "" for any other."""
    most = caps().file_bytes
    return str(ReadError("E06", str(TooLargeError(path, most).strerror))) if size > most else ""


def shown_path(path: Path, root: Path) -> str:
    """The path relative to the raw folder, the same under every locale."""
    return printable(str(path.relative_to(root)))


def printable(name: str) -> str:
    """A name without what no table may hold: bytes that are no UTF-8 and control characters are escapes."""
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    return _CONTROLS.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), name)
