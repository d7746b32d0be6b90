"""MEDLINE text, as PubMed exports it (.nbib, .txt): `TAG - value`, continued on indented lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.errors import ReadError, warning
from pipeline.paper import Metadata, Source
from pipeline.readers.encoding import decode
from pipeline.readers.entries import again
from pipeline.readers.record import (
    doi_in,
    given_first,
    initials_first,
    language_code,
    pmcid_in,
    pmid_in,
    title_in,
    with_suffixes,
    year_in,
)
from pipeline.readers.tagged import Fields, first, source_of, values

_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)")


def read(data: bytes, name: str) -> list[Source]:
    """The records of a MEDLINE file; one that PubMed wrote and that does not end as PubMed's do says so.

    Raises ReadError E01, E02, E06 and E12 (no record inside).
    """
    sources = [source for fields in _records(decode(data)) if (source := _source(fields)).blocks]
    if not sources:
        raise ReadError("E12", "no MEDLINE record with a title or an abstract")
    return with_suffixes(sources)


def _records(text: str) -> Iterator[Fields]:
    """Records end at the next PMID or second title or abstract; blank lines may also stand inside one."""
    fields: Fields = {}
    tag = ""
    for line in text.splitlines():
        match = _FIELD.match(line)
        if match:
            tag, value = match.groups()
            if again(fields, tag, "tagged") or (tag == "PMID" and ("PMID" in fields or "TI" in fields)):
                yield fields
                fields = {}
            fields.setdefault(tag, []).append(value.strip())
        elif line.strip() and tag and line[:1] in " \t":
            fields[tag][-1] += " " + line.strip()
        elif not line.strip() and "PMID" not in fields and fields:
            yield fields  # records without PMID are told apart by the blank line alone
            fields, tag = {}, ""
    if fields:
        yield fields


def _source(fields: Fields) -> Source:
    authors = [given_first(name) for name in values(fields, "FAU")] or [
        initials_first(name) for name in values(fields, "AU")]
    metadata = Metadata(
        title=title_in(first(fields, "TI", "BTI")),
        authors=tuple([*authors, *values(fields, "CN")]),
        journal=first(fields, "JT", "TA"),
        year=year_in(_electronic(fields)) or year_in(first(fields, "DP", "EDAT", "CRDT")),
        doi=_doi(fields),
        pmid=pmid_in(first(fields, "PMID")),
        pmcid=pmcid_in(first(fields, "PMC")),
        language=language_code(first(fields, "LA")),
        types=tuple(values(fields, "PT")),
        mesh=tuple(_headings(values(fields, "MH"))),
    )
    foreign = [title_in(first(fields, "TT")), *([] if _english_other(fields) else values(fields, "OAB"))]
    abstract = first(fields, "AB") or (first(fields, "OAB") if _english_other(fields) else "")
    return source_of(metadata, abstract, foreign, values(fields, "OT"), _cut(fields))


def _headings(told: Iterable[str]) -> Iterator[str]:
    """The MeSH headings, and each again with each of its qualifiers; * marks the main ones."""
    for heading in told:
        name, *qualifiers = (part.lstrip("*") for part in heading.split("/"))
        yield name
        yield from (f"{name}/{qualifier}" for qualifier in qualifiers)


def _cut(fields: Fields) -> tuple[str, ...]:
    """PubMed's records begin with their status and owner and end with the source (SO)."""
    whole = "SO" in fields or not ("STAT" in fields and "OWN" in fields)
    return () if whole else (warning("E03", "the record has no end (SO)"),)


def _english_other(fields: Fields) -> bool:
    return first(fields, "OABL") in ("eng", "")


def _electronic(fields: Fields) -> str:
    """The date of the online version: DEP, as 20190423."""
    return first(fields, "DEP")[:4]


def _doi(fields: Fields) -> str:
    for tag in ("LID", "AID"):
        for value in fields.get(tag, ()):
            if "[doi]" in value:
                return doi_in(value)
    return ""
