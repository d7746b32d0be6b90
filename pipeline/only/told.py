"""What a filter may ask of a paper: its texts, folded, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.only.fold import kind, texts
from pipeline.paper import BlockKind, Paper

#: field -> which texts it is; "text" is asked where none is named
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "abstract": ("abstract",),
    "tiab": ("title", "abstract"),
    "keyword": ("keywords",),
    "mesh": ("mesh",),
    "type": ("types",),
    "language": ("language",),
    "text": ("title", "abstract", "keywords", "mesh", "body"),
}
#: fields of entries: what is asked for must be the whole of one
ENTRIES = frozenset(("mesh", "type", "language"))
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


@dataclass(frozen=True, slots=True)
class Told:
    """The texts of a paper as `fold.texts` gives them; `year` of publication."""

    title: str = ""
    abstract: str = ""
    keywords: str = ""
    mesh: str = ""
    types: str = ""
    language: str = ""
    body: str = ""
    year: int | None = None

    def of(self, field: str) -> str:
        """The text of a field (a key of `FIELDS`)."""
        return "".join(getattr(self, name) for name in FIELDS[field])


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
