"""DOCX manuscripts: paragraphs by their styles, tables, notes, text boxes; tracked deletions left out."""

from __future__ import annotations

import io
import zipfile

from pipeline.caps import caps
from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Metadata, Source, SourceBlock
from pipeline.readers.blocks import block, preamble_aside, with_captions
from pipeline.readers.docx_body import DocumentReader
from pipeline.readers.docx_notes import Notes
from pipeline.readers.docx_parts import BROKEN, Package, Part
from pipeline.readers.docx_styles import read_styles
from pipeline.readers.record import doi_in, language_code, year_in

#: titles that word processors make up
_NO_TITLES = frozenset(
    ("", "document", "untitled", "word document", "microsoft ", "word", "manuscript", "title", "titre")
)


def read(data: bytes, name: str) -> list[Source]:
    """The manuscript. Raises ReadError E02 (a ZIP that is none), E03, E04 (encrypted), E06 and E12."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [_read(archive)]
    except BROKEN as error:
        raise ReadError("E03", f"DOCX: {error}") from error


def _read(archive: zipfile.ZipFile) -> Source:
    if len(archive.infolist()) > caps().archive_parts:
        raise ReadError("E06", f"more than {caps().archive_parts:,} parts")
    package = Package(archive)
    main = package.main()
    body = main.root.find("body")
    if body is None:
        raise ReadError("E12", "a DOCX file without text")
    styles, footnotes, endnotes = map(package.beside, ("styles", "footnotes", "endnotes"))
    notes = Notes(footnotes and footnotes.root, endnotes and endnotes.root)
    blocks = with_captions(DocumentReader(read_styles(styles.root if styles else None), notes).read(body))
    if not blocks:
        raise ReadError("E12", "a DOCX file without text")
    stated = _stated(package.beside("core-properties"))
    blocks = _titled(blocks, stated.get("title", ""))
    metadata = _metadata(stated, blocks)
    told = (warning for part in (main, footnotes, endnotes) if part for warning in part.warnings)
    warnings = tuple(dict.fromkeys([*told, *package.lost]))
    return Source("docx", tuple(blocks), metadata, warnings=warnings)


def _titled(blocks: list[SourceBlock], stated: str) -> list[SourceBlock]:
    """Find the title where no style tells it: the words stated in the properties, else a short first line."""
    if not any(b.kind is BlockKind.TITLE for b in blocks):
        for number, candidate in enumerate(blocks[:4]):
            text = candidate.lines[0].text if candidate.lines else ""
            same = bool(stated) and text.casefold().rstrip(".") == stated.casefold().rstrip(".")
            first = number == 0 and 20 < len(text) < 250 and text[-1] not in ".:;,"
            if candidate.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and (same or first):
                blocks[number] = block(BlockKind.TITLE, text)
                return blocks[: number + 1] + preamble_aside(blocks[number + 1 :])
        return blocks
    number = next(n for n, b in enumerate(blocks) if b.kind is BlockKind.TITLE)
    return blocks[: number + 1] + preamble_aside(blocks[number + 1 :])


def _stated(core: Part | None) -> dict[str, str]:
    """The document's properties, without titles that the word processor made up."""
    stated = {child.tag: " ".join((child.text or "").split()) for child in core.root} if core else {}
    title = stated.get("title", "").casefold()
    if title in _NO_TITLES or title.startswith("microsoft word") or len(title) < 12:
        stated["title"] = ""
    return stated


def _metadata(stated: dict[str, str], blocks: list[SourceBlock]) -> Metadata:
    title = next((b.lines[0].text for b in blocks if b.kind is BlockKind.TITLE), "")
    first_page = " ".join(
        b.lines[0].text for b in blocks[:12] if b.lines and b.kind is not BlockKind.REFERENCE
    )
    return Metadata(
        title=title or stated.get("title", ""),
        year=year_in(stated.get("issued")),
        doi=doi_in(stated.get("identifier")) or doi_in(first_page),
        language=language_code(stated.get("language")),
    )
