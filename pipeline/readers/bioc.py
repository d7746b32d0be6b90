"""BioC JSON: documents of passages, as PubMed Central's BioC service and PubTator give them."""

from __future__ import annotations

import re
from typing import Any

from pipeline.paper import BlockKind, Metadata, Source, SourceBlock
from pipeline.readers.blocks import RawCell, block, table, with_captions
from pipeline.readers.json_shapes import Object, kind_of, lowered, table_in
from pipeline.readers.record import doi_in, pmcid_in, pmid_in, title_in, year_in

#: `section_type` of passages that tell nothing of a patient
_BESIDE = frozenset(("ACK_FUND", "COMP_INT", "AUTH_CONT", "ABBR", "KEYWORD", "REVIEW_INFO"))
_NAME = re.compile(r"surname:([^;]+)(?:;given-names:([^;]+))?")


def source_of(document: Object) -> Source:
    """The paper in a document (its names in lower case); one without words has no blocks."""
    passages = [lowered(passage) for passage in document.get("passages") or () if isinstance(passage, dict)]
    blocks: list[SourceBlock] = []
    label = ""
    for passage in passages:
        infons = lowered(passage.get("infons"))
        text = _text(passage)
        kind = str(infons.get("type") or "").lower()
        if kind.startswith("abstract_title"):
            label = text.rstrip(" .:")
            continue
        for one in _blocks(kind, str(infons.get("section_type") or "").upper(), text, infons):
            labelled = one.kind is BlockKind.ABSTRACT and label
            blocks.append(block(BlockKind.ABSTRACT, f"{label}: {text}") if labelled else one)
            label = ""
    metadata = _metadata(document, [lowered(passage.get("infons")) for passage in passages], blocks)
    if metadata.authors:
        at = 1 if blocks and blocks[0].kind is BlockKind.TITLE else 0
        blocks.insert(at, block(BlockKind.AUTHORS, ", ".join(metadata.authors)))
    full = any(b.kind in (BlockKind.PARAGRAPH, BlockKind.TABLE) for b in blocks)
    return Source("json", tuple(with_captions(_sectioned(blocks))), metadata, full_text=full)


def _text(passage: Object) -> str:
    text = passage.get("text")
    if not isinstance(text, str) or not text.strip():
        sentences = passage.get("sentences")
        parts = [lowered(one).get("text") for one in sentences] if isinstance(sentences, list) else []
        text = " ".join(part for part in parts if isinstance(part, str))
    return text.strip()


def _blocks(kind: str, section: str, text: str, infons: Object) -> list[SourceBlock]:
    """What a passage is by its type and the section it stands in."""
    if kind == "table":
        grid = table_in(infons.get("xml")) or _tabbed(text)
        return [grid] if grid is not None else []
    if not text:
        return []
    words = " ".join(text.split())
    if section in _BESIDE or kind == "footnote":
        return [block(BlockKind.BOILERPLATE, words)]
    if section == "REF" or kind == "ref":
        return [block(BlockKind.HEADING if kind.startswith("title") else BlockKind.REFERENCE, words, 1)]
    if kind in ("front", "title") or section == "TITLE":
        return [block(BlockKind.TITLE, words)]
    if kind.startswith("title"):
        return [block(BlockKind.HEADING, words, int(kind[-1]) if kind[-1:].isdecimal() else 1)]
    if "caption" in kind:
        return [block(BlockKind.CAPTION, words)]
    if kind.startswith("table"):
        return [block(BlockKind.FOOTNOTE, words)]
    return [
        block(
            BlockKind.ABSTRACT if "abstract" in kind or section == "ABSTRACT" else BlockKind.PARAGRAPH, words
        )
    ]


def _tabbed(text: str) -> SourceBlock | None:
    """A table as lines of cells parted by tabs."""
    rows = [
        [RawCell([cell.strip()] if cell.strip() else []) for cell in line.split("\t")]
        for line in text.split("\n")
        if line.strip()
    ]
    return table(rows) if len(rows) > 1 and max(map(len, rows)) > 1 else None


def _sectioned(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """Paragraphs below the heading of references, thanks and the like are of that kind."""
    kind = BlockKind.PARAGRAPH
    result = []
    for one in blocks:
        if one.kind is BlockKind.HEADING:
            kind = kind_of(one.lines[0].text)
        beside = one.kind is BlockKind.PARAGRAPH and kind in (BlockKind.REFERENCE, BlockKind.BOILERPLATE)
        result.append(SourceBlock(kind, one.lines) if beside else one)
    return result


def _stated(*values: object) -> str:
    """The first value that says something."""
    return str(next(filter(None, values), ""))


def _number(identifier: str) -> str:
    return identifier if identifier.isdecimal() else ""


def _pmc(identifier: str) -> str:
    return identifier if identifier.upper().startswith("PMC") else ""


def _authors(front: Object) -> tuple[str, ...]:
    """ "surname:Weber;given-names:A" of the front passage, given names first."""
    names = [_NAME.match(str(value)) for key, value in front.items() if re.fullmatch(r"name_\d+", key)]
    return tuple(" ".join(f"{m.group(2) or ''} {m.group(1)}".split()) for m in names if m)


def _metadata(document: Object, infons: list[Object], blocks: list[SourceBlock]) -> Metadata:
    front: dict[str, Any] = infons[0] if infons else {}
    title = next((b.lines[0].text for b in blocks if b.kind is BlockKind.TITLE), "")
    number = str(document.get("id") or "")
    journal = _stated(front.get("journal-title"), document.get("journal"), front.get("journal"))
    dates = (front.get("year"), document.get("date"), journal)
    return Metadata(
        title=title_in(title),
        authors=_authors(front),
        journal=re.split(r"[.;]\s+\d|;", journal)[0].strip(" ."),
        year=next((year for date in dates if (year := year_in(_stated(date)))), None),
        doi=doi_in(_stated(front.get("article-id_doi"), document.get("doi"))),
        pmid=pmid_in(_stated(front.get("article-id_pmid"), document.get("pmid"), _number(number))),
        pmcid=pmcid_in(_stated(front.get("article-id_pmc"), document.get("pmcid"), _pmc(number))),
    )
