"""What the formats of reference managers (MEDLINE, RIS, Web of Science, BibTeX, ...) have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.paper import BlockKind, Metadata, Source, SourceBlock
from pipeline.readers.blocks import block
from pipeline.readers.markup import untagged
from pipeline.readers.record import abstract_parts

#: the fields of a record: tag -> values in order
Fields = dict[str, list[str]]


def first(fields: Fields, *tags: str) -> str:
    """The first value that is not empty, tags tried in order, as plain text."""
    for tag in tags:
        for value in fields.get(tag, ()):
            if value.strip():
                return untagged(value)
    return ""


def values(fields: Fields, *tags: str) -> list[str]:
    """All values of the first of the tags that the record has, as plain text."""
    for tag in tags:
        found = [text for value in fields.get(tag, ()) if (text := untagged(value))]
        if found:
            return found
    return []


def source_of(metadata: Metadata, abstract: str, foreign: Sequence[str], keywords: Sequence[str],
              warnings: tuple[str, ...] = (), form: str = "medline") -> Source:
    """A record as a source: title, authors, abstract, foreign titles and abstracts, keywords.

    `form` is its format in documents.csv.
    """
    blocks: list[SourceBlock] = []
    if metadata.title:
        blocks.append(block(BlockKind.TITLE, metadata.title))
    if metadata.authors:
        blocks.append(block(BlockKind.AUTHORS, ", ".join(metadata.authors)))
    blocks.extend(block(BlockKind.ABSTRACT, part) for part in abstract_parts(abstract))
    blocks.extend(block(BlockKind.FOREIGN, text) for text in foreign if text)
    if keywords:
        blocks.append(block(BlockKind.BOILERPLATE, "Keywords: " + ", ".join(keywords)))
        metadata = replace(metadata, keywords=tuple(keywords))
    return Source(form, tuple(blocks), metadata, full_text=False, warnings=warnings)
