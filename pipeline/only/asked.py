"""What a paper tells of itself, for a filter to ask."""

from __future__ import annotations

from pipeline.only.fold import kind, texts
from pipeline.only.told import Told
from pipeline.paper import BlockKind, Paper

#: which text a block belongs to; headings, references, affiliations and licences to none
_KINDS = {
    BlockKind.TITLE: "title",
    BlockKind.ABSTRACT: "abstract",
    BlockKind.FOREIGN: "abstract",
    BlockKind.PARAGRAPH: "body",
    BlockKind.TABLE: "body",
    BlockKind.CAPTION: "body",
    BlockKind.FOOTNOTE: "body",
}


def told_by(paper: Paper) -> Told:
    """What a paper tells of itself: its record, and its blocks by kind."""
    meta = paper.metadata
    found: dict[str, list[str]] = {"title": [meta.title], "abstract": [], "body": []}
    for block in paper.blocks:
        if block.kind in _KINDS:
            found[_KINDS[block.kind]].append(paper.text[block.start : block.end])
    return Told(
        title=texts(found["title"]),
        abstract=texts(found["abstract"]),
        keywords=texts(meta.keywords),
        mesh=texts(meta.mesh),
        types=texts(map(kind, meta.types)),
        language=texts((meta.language,)),
        body=texts(found["body"]),
        year=meta.year,
    )
