"""BibTeX and BibLaTeX files. Entries are told apart by bibtexparser; a broken one never draws in the next."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import bibtexparser
from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
from bibtexparser.model import Block, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock, String

from pipeline.paper import Source
from pipeline.readers.encoding import decode
from pipeline.readers.entries import documents
from pipeline.readers.latex import plain_text
from pipeline.readers.tagged import Fields

#: what no entry of a literature list is
_NO_RECORDS = frozenset(("string", "preamble", "comment"))
_OPEN = re.compile(r"(?<!\\)[{}]")


def read(data: bytes, name: str) -> list[Source]:
    """The entries of the file. Raises ReadError E01, E02, E06 and E12 (none with a title)."""
    text = decode(data).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    blocks = _blocks(text)
    failed = [block for block in blocks if isinstance(block, ParsingFailedBlock)
              and not isinstance(block, DuplicateFieldKeyBlock)]
    cut = bool(failed) and failed[-1] is blocks[-1]
    lines = ", ".join(str((block.start_line or 0) + 1) for block in (failed[:-1] if cut else failed)[:10])
    told = f"Braces do not match in the entries at lines {lines}; what could be read was read."
    warnings = (told,) if lines else ()
    return documents(_entries(blocks), "bibtex", "bibtex", warnings, cut=cut)


def _blocks(text: str) -> list[Block]:
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # it reports what we report ourselves
    stack = [ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()]
    return list(bibtexparser.parse_string(text, parse_stack=stack).blocks)


def _entries(blocks: list[Block]) -> Iterator[Fields]:
    macros = "\n".join(block.raw or "" for block in blocks if isinstance(block, String))
    for block in blocks:
        if isinstance(block, ParsingFailedBlock):
            inner = block.ignore_error_block
            entry = inner if isinstance(inner, Entry) else _mended(f"{macros}\n{block.raw}")
        else:
            entry = block if isinstance(block, Entry) else None
        if entry is not None and entry.entry_type.casefold() not in _NO_RECORDS:
            yield _fields(entry)


def _mended(raw: str) -> Entry | None:
    """An entry whose braces do not match, read with as many closed at its end as are open."""
    deep = 0
    for match in _OPEN.finditer(raw):
        deep += 1 if match.group() == "{" else -1
    for closed in (raw.rstrip() + "}" * max(deep, 1), raw.rstrip() + "\"" + "}" * max(deep, 1)):
        entries = [block for block in _blocks(closed) if isinstance(block, Entry)]
        if entries:
            return entries[0]
    return None


def _fields(entry: Entry) -> Fields:
    fields: Fields = {}
    for one in entry.fields:
        value = str(one.value).strip()
        if value[:1] == value[-1:] == '"':  # left where a field comes twice
            value = value.strip('"')
        value = plain_text(value)
        if one.key.casefold() == "author":
            value = re.sub(r"\s+and\s+(?:others\b.*)?", "; ", value)
        fields.setdefault(one.key.casefold(), []).append(value)
    return fields
