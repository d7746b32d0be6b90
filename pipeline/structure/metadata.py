"""The bibliographic record, as far as the paper itself states it; never from its references."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.paper import BlockKind, Metadata
from pipeline.structure.drafts import Draft
from pipeline.structure.front import person_names
from pipeline.structure.normalise import one_line

_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>,;]+)", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s*(\d{5,9})", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC(?:ID:?\s*PMC)?\s?(\d{4,9})\b")
_DATED = re.compile(
    r"(?:Published|Publication date|Accepted|Received|Available online|\u00a9|Copyright|First published)"
    r"[^\d]{0,40}(?:\d{1,2}[ ./-](?:[A-Z][a-z]+|\d{1,2})[ ./-])?((?:19|20)\d\d)"
)
_CITATION = re.compile(
    r"(?P<journal>[A-Z][\w&' .-]{3,60}?)[.,]?\s*\(?(?P<year>(?:19|20)\d\d)\)?(?: [A-Z][a-z]{2})?[;,:]\s?"
    r"\d{1,4}\s?(?:\(|:|,)"
)
_JOURNAL_LIST = re.compile(r"Journal List\s*>\s*(?P<journal>[^>]+?)\s*>\s*v\.\s?\d+")
_LED_TITLE = re.compile(
    r"(?:[A-Z][\w'-]+(?:, (?:and )?|,? and )){1,30}[A-Z][\w'-]+: (?P<title>[A-Z].+)", re.DOTALL
)
_FRONT = 12


def complete(metadata: Metadata, drafts: list[Draft], language: str) -> Metadata:
    """Fill the empty fields of a record from the paper's first and last lines."""
    title, authors = metadata.title, metadata.authors
    if not title:
        draft = next((d for d in drafts if d.kind is BlockKind.TITLE), None)
        if draft:
            title = " ".join(draft.text.split())
            if title.count(",") > 1 and (match := _LED_TITLE.fullmatch(title)):
                authors = authors or person_names(title[: match.start("title")].rstrip(": "))
                title = match["title"]
    if not authors:
        draft = next((d for d in drafts[:_FRONT] if d.kind is BlockKind.AUTHORS), None)
        authors = person_names(draft.text) if draft else ()
    body = next(
        (i for i, d in enumerate(drafts) if d.kind in (BlockKind.PARAGRAPH, BlockKind.ABSTRACT)), _FRONT
    )
    lines = [
        d.text
        for i, d in enumerate(drafts)
        if d.kind is BlockKind.BOILERPLATE
        or (i < body and d.kind in (BlockKind.TITLE, BlockKind.REFERENCE, BlockKind.AUTHORS))
    ]
    found = _from_lines("\n".join(lines), "\n".join(lines[:_FRONT])) if lines else Metadata()
    return replace(
        metadata,
        title=one_line(title),
        authors=tuple(filter(None, map(one_line, authors))),
        journal=one_line(metadata.journal or found.journal),
        year=metadata.year or found.year,
        doi=metadata.doi or found.doi,
        pmid=metadata.pmid or found.pmid,
        pmcid=metadata.pmcid or found.pmcid,
        language=metadata.language or language,
    )


def _from_lines(lines: str, front: str) -> Metadata:
    doi = _DOI.search(front) if "10." in front else None
    doi = doi or (_DOI.search(lines) if "10." in lines else None)
    pmid = _PMID.search(lines) if "PMID" in lines else None
    pmcid = _PMCID.search(lines) if "PMC" in lines else None
    citation = _JOURNAL_LIST.search(front) or (
        _CITATION.search(front) if "19" in front or "20" in front else None
    )
    groups = citation.groupdict() if citation else {}
    dated = _DATED.search(lines) if "19" in lines or "20" in lines else None
    year = groups.get("year") or (dated[1] if dated else None)
    return Metadata(
        journal=(groups.get("journal") or "").strip(" .,"),
        year=int(year) if year else None,
        doi=doi[1].rstrip(".)").lower() if doi else "",
        pmid=pmid[1] if pmid else "",
        pmcid=f"PMC{pmcid[1]}" if pmcid else "",
    )
