"""RIS records, as reference managers and publishers export them: `TY  - JOUR` ... `ER  - `."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import ReadError, warning
from pipeline.paper import Metadata, Source
from pipeline.readers.encoding import decode
from pipeline.readers.record import (
    doi_in,
    given_first,
    language_code,
    pmcid_in,
    pmid_in,
    title_in,
    with_suffixes,
    year_in,
)
from pipeline.readers.tagged import Fields, first, source_of, values

_FIELD = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)")
_BEGIN = re.compile(r"^\ufeff?TY {1,2}-", re.MULTILINE)
_END = re.compile(r"^ER {1,2}-", re.MULTILINE)
_PUBMED_URL = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})")
#: fields of which a record has one
_ONCE = frozenset(("TI", "T1", "AB", "N2"))
_PMC = re.compile(r"\bPMC\d{3,9}\b", re.IGNORECASE)


def read(data: bytes, name: str) -> list[Source]:
    """The records of a RIS file; the last one without its ER line says so.

    Raises ReadError E01, E02, E06 and E12 (no record inside).
    """
    text = decode(data)
    sources = [source for fields in _records(text) if (source := _source(fields)).blocks]
    if not sources:
        raise ReadError("E12", "no RIS record with a title or an abstract")
    begins, ends = list(_BEGIN.finditer(text)), list(_END.finditer(text))
    if not ends or (begins and ends[-1].start() < begins[-1].start()):
        sources[-1] = replace(sources[-1], warnings=(warning("E03", "the record has no end (ER)"),))
    return with_suffixes(sources)


def _records(text: str) -> Iterator[Fields]:
    """A record ends at ER, at the next TY where ER was lost, or where a title or abstract comes again."""
    fields: Fields = {}
    tag = ""
    for line in text.splitlines():
        match = _FIELD.match(line.lstrip("\ufeff"))
        if match:
            tag = match.group(1)
            if tag in ("TY", "ER") or (tag in _ONCE and any(fields.get(tag, ()))):
                if fields:
                    yield fields
                fields = {}
            if tag != "ER":
                fields.setdefault(tag, []).append((match.group(2) or "").strip())
            else:
                tag = ""
        elif tag and line.strip():
            fields[tag][-1] += " " + line.strip()
    if fields:
        yield fields


def _source(fields: Fields) -> Source:
    everything = " ".join(value for tag in ("DO", "UR", "M3", "L2", "LK") for value in fields.get(tag, ()))
    metadata = Metadata(
        title=title_in(first(fields, "TI", "T1", "CT")),
        authors=tuple(given_first(name) for name in values(fields, "AU", "A1")),
        journal=first(fields, "JF", "JO", "T2", "JA", "J2", "BT"),
        year=year_in(first(fields, "PY", "Y1", "DA")),
        doi=doi_in(everything),
        pmid=_pmid(fields),
        pmcid=_pmcid(fields),
        language=language_code(first(fields, "LA")),
    )
    foreign = [title_in(first(fields, "TT"))]
    return source_of(metadata, first(fields, "AB", "N2"), foreign, values(fields, "KW"))


def _pmid(fields: Fields) -> str:
    accession = first(fields, "AN")
    if accession.isdecimal() and len(accession) <= 8:
        return pmid_in(accession)
    for tag in ("UR", "L1", "L2", "AN", "C1", "N1"):
        for value in fields.get(tag, ()):
            match = _PUBMED_URL.search(value) or re.search(r"\bPMID:? ?(\d{1,8})\b", value)
            if match:
                return match.group(1)
    return ""


def _pmcid(fields: Fields) -> str:
    for tag in ("C2", "C1", "UR", "L1", "L2", "AN", "ID"):
        for value in fields.get(tag, ()):
            match = _PMC.search(value)
            if match:
                return pmcid_in(match.group())
    return ""
