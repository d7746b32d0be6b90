"""The parts of a DOCX archive, found by their relationships: their names are the writing program's choice."""

from __future__ import annotations

import lzma
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from pipeline.caps import caps
from pipeline.errors import ReadError, warning
from pipeline.readers.archive import may_expand_to
from pipeline.readers.markup import Element
from pipeline.readers.xmltree import parse_xml

#: where the parts stand when no relationship tells
_USUAL = {
    "officeDocument": "word/document.xml",
    "styles": "word/styles.xml",
    "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml",
    "core-properties": "docProps/core.xml",
}
#: what other office files call their main part's root element -> what to do about them
_OTHERS = {"workbook": "an Excel workbook; save it as CSV", "presentation": "a presentation; save its text"}

#: what zipfile raises for a damaged archive, or a damaged part of one
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    ValueError,
    OverflowError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Part:
    """An XML part: its root, and the warnings of a damaged one."""

    root: Element
    warnings: tuple[str, ...] = ()


class Package:
    """An open archive whose parts are asked for by what they are: `officeDocument`, `styles`, ...

    `lost` are the warnings of parts beside the document that are too broken to be read.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.lost: list[str] = []
        self._names = {_key(info.filename): info for info in archive.infolist()}
        self._related = {**self._relations("", "_rels/.rels")}
        self._main = self._related.get("officeDocument", _USUAL["officeDocument"])
        folder, name = posixpath.split(self._main)
        self._related.update(self._relations(folder, posixpath.join(folder, "_rels", f"{name}.rels")))

    def main(self) -> Part:
        """The document itself. Raises ReadError E02 where the archive is no Word document."""
        part = self._read(self._main)
        if part is None or part.root.tag != "document":
            root = part.root.tag if part is not None else ""
            raise ReadError("E02", _OTHERS.get(root, "an archive without a Word document; unpack it"))
        return part

    def beside(self, kind: str) -> Part | None:
        """The part of a kind (the last word of its relationship's type), read no further than the limits.

        A broken one is none, and a warning. Raises ReadError E04 (encrypted) and E06 (too large).
        """
        name = self._related.get(kind) or _USUAL.get(kind, "")
        return self._read_if_whole(name) if name else None

    def _read_if_whole(self, name: str) -> Part | None:
        try:
            return self._read(name)
        except ReadError as error:
            if error.code != "E03":
                raise
        except BROKEN:
            pass
        self.lost.append(warning("E03", f"the part {name} cannot be read"))
        return None

    def _relations(self, folder: str, name: str) -> dict[str, str]:
        part = self._read_if_whole(name)
        found: dict[str, str] = {}
        for relation in part.root.iter("Relationship") if part is not None else ():
            target = unquote(relation.get("Target", ""))
            if target and relation.get("TargetMode", "") != "External":
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found.setdefault(relation.get("Type", "").rpartition("/")[2], posixpath.normpath(path))
        return found

    def _read(self, name: str) -> Part | None:
        info = self._names.get(_key(name))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError("E04")
        limit = min(caps().markup_bytes, may_expand_to(info.compress_size))
        with self._archive.open(info) as part:
            content = part.read(limit + 1)
        if len(content) > limit:
            raise ReadError("E06", f"{name} expands to more than {limit:,} bytes")
        return Part(*parse_xml(content))


def _key(name: str) -> str:
    """Part names do not tell large letters from small ones; some writers use backslashes."""
    return name.replace("\\", "/").lstrip("/").casefold()
