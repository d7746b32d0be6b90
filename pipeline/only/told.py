"""What a filter may ask of a paper: its texts, folded, field by field."""

from __future__ import annotations

from dataclasses import dataclass

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
