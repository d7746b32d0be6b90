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
#: "Berg A, Holm BC. Journal of Bones 2008; 3:45": what a paper says of itself in its first lines.
_PERSON = r"[A-Z][\w'-]+(?: [a-z]{2,3})?(?: [A-Z][a-z'-]+)?,? (?:(?:[A-Z]\.-?){1,3}|[A-Z]{1,3})"
_OWN_CITATION = re.compile(
    rf"(?P<authors>{_PERSON}(?:(?:, (?:and )?| and | & ){_PERSON}){{0,20}}+(?:,? et al)?)\.? "
    r"(?=(?P<journal>[A-Z][\w&' .-]{3,60}?)[.,]?\s*\(?(?P<year>(?:19|20)\d\d))"
)
#: Characters of such a line at the most.
_LONGEST_CITATION = 600
_JOURNAL_LIST = re.compile(r"Journal List\s*>(?P<journal>[^>]++)>\s*v\.\s?\d+")
_LED_TITLE = re.compile(
    r"(?:[A-Z][\w'-]+(?:, (?:and )?| and )){1,30}[A-Z][\w'-]+: (?P<title>[A-Z].+)", re.DOTALL
)
_ALONE = re.compile(r"(\w), ((?:[A-Z]\.?){1,3}(?![a-z]))")  # "Berg, A" is one name
_FRONT, _OWN = 12, 4  # lines that may hold the record; those among which its own citation is
#: Fields that a record tells best, else the paper's own lines.
_IDENTIFIERS = ("year", "doi", "pmid", "pmcid")


def complete(metadata: Metadata, drafts: list[Draft], language: str) -> Metadata:
    """Fill the empty fields of a record from the paper's first and last lines."""
    title, authors = metadata.title, metadata.authors
    if not title:
        title, led = _title(drafts)
        authors = authors or led
    if not authors:
        draft = next((d for d in drafts[:_FRONT] if d.kind is BlockKind.AUTHORS), None)
        authors = person_names(draft.text) if draft else ()
    lines = _record_lines(drafts)
    own = _own_citation(lines)
    if own is not None and not authors:
        authors = person_names(_ALONE.sub(r"\1 \2", own["authors"]).replace(".", ""))
    found = _from_lines("\n".join(lines), "\n".join(lines[:_FRONT])) if lines else Metadata()
    told = {
        name: getattr(metadata, name) or getattr(found, name) for name in ("year", "doi", "pmid", "pmcid")
    }
    if own is not None and not told["year"]:
        told["year"] = int(own["year"])
    return replace(
        metadata,
        title=one_line(title),
        authors=tuple(filter(None, map(one_line, authors))),
        journal=one_line(metadata.journal or (own["journal"] if own else "") or found.journal),
        language=metadata.language or language,
        **told,
    )


def _own_citation(lines: list[str]) -> re.Match[str] | None:
    """The citation that the paper gives of itself."""
    for line in lines[:_OWN]:
        if len(line) < _LONGEST_CITATION and line[:1].isupper() and ("19" in line or "20" in line):
            match = _OWN_CITATION.match(line)
            if match is not None:
                return match
    return None


def _title(drafts: list[Draft]) -> tuple[str, tuple[str, ...]]:
    """The printed title, and the authors where they lead it ("Berg A, Holm B: A case of ...")."""
    draft = next((d for d in drafts if d.kind is BlockKind.TITLE), None)
    title = " ".join(draft.text.split()) if draft else ""
    match = _LED_TITLE.fullmatch(title) if title.count(",") > 1 else None
    if match is None:
        return title, ()
    return match["title"], person_names(title[: match.start("title")].rstrip(": "))


def _record_lines(drafts: list[Draft]) -> list[str]:
    """Lines that may tell journal, year and identifiers: boilerplate anywhere, others before the body."""
    prose = (BlockKind.PARAGRAPH, BlockKind.ABSTRACT)
    body = next((i for i, d in enumerate(drafts) if d.kind in prose), _FRONT)
    front = (BlockKind.TITLE, BlockKind.REFERENCE, BlockKind.AUTHORS)
    return [
        d.text
        for i, d in enumerate(drafts)
        if d.kind is BlockKind.BOILERPLATE or (i < body and d.kind in front)
    ]


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
        journal=(groups.get("journal") or "").strip().strip(" .,"),
        year=int(year) if year else None,
        doi=doi[1].rstrip(".)").lower() if doi else "",
        pmid=pmid[1] if pmid else "",
        pmcid=f"PMC{pmcid[1]}" if pmcid else "",
    )
