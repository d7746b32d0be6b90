"""DOCX manuscripts: paragraphs by their styles, tables, lists; tracked deletions and footnotes left out."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Metadata, Source, SourceBlock
from pipeline.readers.blocks import block, preamble_aside, with_captions
from pipeline.readers.docx_body import DocumentReader
from pipeline.readers.docx_styles import read_styles
from pipeline.readers.limits import MAX_MARKUP, MAX_PARTS, MAX_RATIO, MIN_SUSPICIOUS
from pipeline.readers.markup import Element
from pipeline.readers.record import doi_in, language_code, year_in
from pipeline.readers.xmltree import parse_xml

_BODY = "word/document.xml"
#: titles that word processors make up
_NO_TITLES = frozenset(("", "document", "untitled", "word document", "microsoft ", "word", "manuscript",
                        "title", "titre"))


def read(data: bytes, name: str) -> list[Source]:
    """The manuscript. Raises ReadError E02 (a ZIP that is none), E03, E04 (encrypted), E06 and E12."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [_read(archive)]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError,
            OSError) as error:
        raise ReadError("E03", f"DOCX: {error}") from error


def _read(archive: zipfile.ZipFile) -> Source:
    if len(archive.infolist()) > MAX_PARTS:
        raise ReadError("E06", f"more than {MAX_PARTS:,} parts")
    main = _part(archive, _BODY)
    if main is None:
        raise ReadError("E02", "a ZIP archive without word/document.xml")
    root, warnings = main
    body = root.find("body")
    if body is None:
        raise ReadError("E12", "a DOCX file without text")
    styles = _part(archive, "word/styles.xml")
    blocks = with_captions(DocumentReader(read_styles(styles[0] if styles else None)).read(body))
    if not blocks:
        raise ReadError("E12", "a DOCX file without text")
    stated = _stated(archive)
    blocks = _titled(blocks, stated.get("title", ""))
    metadata = _metadata(stated, blocks)
    return Source("docx", tuple(blocks), metadata, warnings=warnings)


def _part(archive: zipfile.ZipFile, name: str) -> tuple[Element, tuple[str, ...]] | None:
    """An XML part of the archive, read no further than the limits allow."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise ReadError("E04")
    limit = min(MAX_MARKUP, max(MIN_SUSPICIOUS, info.compress_size * MAX_RATIO))
    with archive.open(info) as part:
        content = part.read(limit + 1)
    if len(content) > limit:
        raise ReadError("E06", f"{name} expands to more than {limit:,} bytes")
    return parse_xml(content)


def _titled(blocks: list[SourceBlock], stated: str) -> list[SourceBlock]:
    """Find the title where no style tells it: the words stated in the properties, else a short first line."""
    if not any(b.kind is BlockKind.TITLE for b in blocks):
        for number, candidate in enumerate(blocks[:4]):
            text = candidate.lines[0].text if candidate.lines else ""
            same = bool(stated) and text.casefold().rstrip(".") == stated.casefold().rstrip(".")
            first = number == 0 and 20 < len(text) < 250 and text[-1] not in ".:;,"
            if candidate.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and (same or first):
                blocks[number] = block(BlockKind.TITLE, text)
                return blocks[:number + 1] + preamble_aside(blocks[number + 1:])
        return blocks
    number = next(n for n, b in enumerate(blocks) if b.kind is BlockKind.TITLE)
    return blocks[:number + 1] + preamble_aside(blocks[number + 1:])


def _stated(archive: zipfile.ZipFile) -> dict[str, str]:
    """The document's properties, without titles that the word processor made up."""
    core = _part(archive, "docProps/core.xml")
    stated = {child.tag: " ".join((child.text or "").split()) for child in core[0]} if core else {}
    title = stated.get("title", "").casefold()
    if title in _NO_TITLES or title.startswith("microsoft word") or len(title) < 12:
        stated["title"] = ""
    return stated


def _metadata(stated: dict[str, str], blocks: list[SourceBlock]) -> Metadata:
    title = next((b.lines[0].text for b in blocks if b.kind is BlockKind.TITLE), "")
    first_page = " ".join(b.lines[0].text for b in blocks[:12] if b.lines
                          and b.kind is not BlockKind.REFERENCE)
    return Metadata(title=title or stated.get("title", ""), year=year_in(stated.get("issued")),
                    doi=doi_in(stated.get("identifier")) or doi_in(first_page),
                    language=language_code(stated.get("language")))
