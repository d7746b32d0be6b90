"""Records of labelled lines: Ovid (`<1>`, `Title`, its value below), Cochrane, ProQuest and the like.

A label stands alone with its value indented below it, or before a colon ("Title: ..."), or is a tag of
two to four capitals ("TI  - ", "TI: "). Records are parted by `<1>`, "Record 1 of 9", a ruled line, or by
the label with which each begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from pipeline.paper import Source
from pipeline.readers.encoding import decode
from pipeline.readers.entries import again, documents
from pipeline.readers.fields import label, meanings
from pipeline.readers.tagged import Fields

_OVID = re.compile(r"<\d{1,6}>")
_OVID_LINE = re.compile(r"^<\d{1,6}>[ \t]*$", re.MULTILINE)
_COUNTED = re.compile(r"(?:record|document|reference|item|article|result)\s*#?\s*\d{1,6}"
                      r"(?:\s*(?:of|/)\s*\d{1,6})?[.:]?", re.IGNORECASE)
_RULE = re.compile(r"[_=*\-\u2500\u2014]{8,}")
_NUMBER = re.compile(r"\d{1,6}\.")
_PARTINGS = (_OVID, _COUNTED, _RULE, _NUMBER)
_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3})(?: {0,3}- ?|: )(.*)")
_LABEL = re.compile(r"([A-Za-z][\w /()#&-]{1,40}?)\s*:(?:\s+(.*)|)")
_INDENTED = re.compile(r"[ \t]+\S")
#: a title and two of these make a record
_TELLING = frozenset(("abstract", "authors", "journal", "doi", "pmid", "year"))


def read(data: bytes, name: str) -> list[Source]:
    """The records of the file. Raises ReadError E01, E02, E06 and E12 (no record inside)."""
    lines = decode(data).lstrip("\ufeff").splitlines()
    dialect, entries = _entries(lines)
    ovid = any(_OVID.fullmatch(line.strip()) for line in lines)
    return documents(entries, dialect, "ovid" if ovid else "references")


def _entries(lines: list[str]) -> tuple[str, Iterator[Fields]]:
    """How the lines name their fields (`tagged` or `label`), and the records."""
    chunks = _chunks(lines)
    if sum(_is_tagged(chunk) for chunk in chunks[:100]) * 2 > len(chunks[:100]):
        return "tagged", (fields for chunk in chunks for fields in _tagged_fields(chunk))
    return "label", (fields for chunk in chunks for fields in _labelled_fields(chunk))


def is_labelled(text: str) -> bool:
    """Whether a text's beginning (some ten thousand characters) is that of such an export.

    `<1>` before labels is enough; else two records with a title and an abstract must be seen, so that one
    paper whose parts are labelled stays a paper.
    """
    titles = text.count("itle") + text.count("TITLE") + text.count("\nTI") + text.startswith("TI")
    if titles < 2 and not ("<" in text and _OVID_LINE.search(text)):
        return False
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines) if line[:1] == "<" and _OVID.fullmatch(line.strip())]
    if any(_known(lines[n + 1:n + 8]) for n in starts):
        return True
    dialect, entries = _entries(lines)
    full = 0
    for entry in islice(entries, 4):
        fields = {meanings(dialect).get(name) for name in entry}
        full += "title" in fields and len(fields & _TELLING) > 1
    return full > 1


def _known(lines: list[str]) -> bool:
    tags = [match.group(1) for line in lines if (match := _TAG.match(line))]
    return any(tag in meanings("tagged") for tag in tags) or any(
        label(line) in meanings("label") or _label_of(line, False) for line in lines if line.strip())


def _chunks(lines: list[str]) -> list[list[str]]:
    """The lines of each record, without the line that parts it from the one before."""
    for parting in _PARTINGS:
        at = [n for n, line in enumerate(lines) if len(line) < 100 and parting.fullmatch(line.strip())]
        bounds = [*(-1 for _ in at[:1] if parting is _RULE), *at, len(lines)]
        chunks = [lines[start + 1:end] for start, end in pairwise(bounds)]
        chunks = [chunk for chunk in chunks if _known(chunk)]
        if chunks and (len(chunks) > 1 or parting is _OVID):
            return chunks
    return list(_by_first_label(lines))


def _by_first_label(lines: list[str]) -> Iterator[list[str]]:
    """Parted before each line that has the label of the first labelled line."""
    first = ""
    chunk: list[str] = []
    for line in lines:
        match = _TAG.match(line) or _LABEL.match(line)
        name = match.group(1) if match else ""
        known = bool(match) and (name in meanings("tagged") or label(name) in meanings("label"))
        first = first or (name if known else "")
        if known and name == first and chunk:
            yield chunk
            chunk = []
        if first:
            chunk.append(line)
    if chunk:
        yield chunk


def _is_tagged(chunk: Iterable[str]) -> bool:
    """Whether more lines have a tag of capitals than a label of words."""
    tags = labels = 0
    for line in chunk:
        tag, worded = _TAG.match(line), _LABEL.match(line)
        if tag:
            tags += tag.group(1) in meanings("tagged")
        elif worded:
            labels += label(worded.group(1)) in meanings("label")
    return tags > max(labels, 1)


def _tagged_fields(chunk: Iterable[str]) -> Iterator[Fields]:
    fields: Fields = {}
    tag = ""
    for line in chunk:
        match = _TAG.match(line)
        if match:
            tag = match.group(1)
            if again(fields, tag, "tagged"):
                yield fields
                fields = {}
            fields.setdefault(tag, []).append(match.group(2).strip())
        elif tag and line.strip() and not _RULE.fullmatch(line.strip()):
            fields[tag][-1] += " " + line.strip()
    if fields:
        yield fields


def _labelled_fields(chunk: list[str]) -> Iterator[Fields]:
    """Labels with their values; where values are indented, every other line is a label, known or not."""
    indented = sum(1 for line in chunk if _INDENTED.match(line)) > 1
    fields: Fields = {}
    name = ""
    for line in chunk:
        if not line.strip() or _RULE.fullmatch(line.strip()):
            continue
        inside = indented and _INDENTED.match(line)
        found = None if inside else _label_of(line, indented)
        if found is not None:
            name, value = found
            if again(fields, name, "label"):
                yield fields
                fields = {}
            fields.setdefault(name, []).append(value)
        elif name:
            fields[name][-1] = f"{fields[name][-1]}\n{line.strip()}".strip("\n")
    if fields:
        yield fields


def _label_of(line: str, indented: bool) -> tuple[str, str] | None:
    """The label of a line and the value behind it; None for words of a value."""
    match = _LABEL.match(line)
    if match and (label(match.group(1)) in meanings("label") or indented):
        return label(match.group(1)), (match.group(2) or "").strip()
    if len(line) < 60 and (indented or label(line) in meanings("label")):
        return label(line), ""
    return None
