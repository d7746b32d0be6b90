"""PubMed's "Abstract (text)" and "Summary (text)": numbered records as they are shown on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Metadata, Source
from pipeline.readers.blocks import block
from pipeline.readers.encoding import decode
from pipeline.readers.entries import cut_off, persons
from pipeline.readers.record import doi_in, pmcid_in, pmid_in, title_in, with_suffixes, year_in
from pipeline.readers.tagged import source_of

_JOURNAL = r"[A-Z][^.\n]{1,90}(?:\.[^.\s\d][^.\n]{0,60}){0,2}"
_DATE = r"(?:1[89]|20)\d\d(?:[ /-](?:[A-Z][a-z]{2,8}|\d)[^;.\n]{0,18})?"
#: "1. J Bone Miner Res. 2016 Mar;31(3):1-4." or "1. In: StatPearls [Internet]. Treasure Island ..."
_CITATION = re.compile(
    rf"(?:(\d{{1,6}})\. )?(?:{_JOURNAL}\.\s{_DATE}[;.:\n]|(?:In: )?[^\n]{{3,150}}\[Internet\]\.)")
_SUMMARY = re.compile(rf"(\d{{1,6}}): \S[^\n]*(?:\n(?!\n)[^\n]+)*?\.\s{_DATE}[;.]")
_NUMBERED = re.compile(r"^\W{0,3}(?=\d{1,6}\. \S)", re.MULTILINE)
_PMID = re.compile(r"^PMID: (\d{1,9})\b", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)*")
_IDENTIFIERS = re.compile(r"(?:DOI|PMID|PMCID): ?\S")
_AUTHOR = r"[^\W\d_][\w'’ .-]{0,40}?(?: [A-Z]{1,4})?(?: (?:Jr|Sr|2nd|3rd))?(?:\([\d,)( ]*\))*"
_AUTHORS = re.compile(rf"{_AUTHOR}(?:[,;]\s{_AUTHOR})*(?:[;,] et al)?\.")
_INITIALED = re.compile(r" [A-Z]{1,4}(?: (?:Jr|Sr|2nd|3rd))?(?:\([\d)(,]*\))*(?=[,.;]|$)")
#: paragraphs beside title, authors and abstract
_BESIDE = re.compile(
    r"(?:Author information|Collaborators?:|Comment (?:in|on)|Erratum (?:in|for)|Update (?:in|of)|Republished"
    r"|Retraction (?:in|of)|Original Report|Expression of concern|Summary for patients|Conflict of interest"
    r"|Copyright|©|\(c\) \d{4}|Publisher:|Trial registration|Reprinted)")
_KIND_OF_ARTICLE = re.compile(r"\[(?:Article|Case report|Title|Abstract)\b[^\]]*\]", re.IGNORECASE)
_NOTES = re.compile(r"\(\d[\d,)( ]*\)")
_SUMMARY_TAIL = re.compile(
    rf"(?P<title>.*?[.?!\]])\s+(?P<journal>{_JOURNAL})\.\s(?P<date>{_DATE})[;.]", re.DOTALL)


def read(data: bytes, name: str) -> list[Source]:
    """The records of the file. Raises ReadError E01, E02, E06 and E12 (no record inside)."""
    text = "\n".join(decode(data).lstrip("\ufeff \t\r\n").splitlines())
    if _SUMMARY.match(text):
        sources = [_summary(record) for record in _summaries(text)]
    else:
        sources = [source for record in _records(text) if (source := _source(record)).blocks]
    if not sources:
        raise ReadError("E12", "no PubMed record with a title or an abstract")
    return with_suffixes(sources)


def is_pubmed_text(text: str) -> bool:
    """Whether a text begins as such a file does: number and journal line, or no number but a PMID."""
    match = _CITATION.match(text)
    if match and not match.group(1):
        return bool(_PMID.search(text)) and "\n\n" in text
    return bool(match) or bool(_SUMMARY.match(text))


def _records(text: str) -> Iterator[list[str]]:
    """The paragraphs of each record: number and journal line begin one, after the PMID of the last."""
    starts = [0]
    number = 0
    for match in _NUMBERED.finditer(text):
        cited = _CITATION.match(text, match.end())
        if not cited:
            continue
        found = int(cited.group(1))
        closed = _PMID.search(text, starts[-1], match.start()) is not None
        if match.start() and (closed or found == number + 1):
            starts.append(match.start())
        number = found
    for start, end in pairwise([*starts, len(text)]):
        yield from _closed([p for p in _PARAGRAPH.split(text[start:end]) if p.strip()])


def _closed(paragraphs: list[str]) -> Iterator[list[str]]:
    """Nothing but notes stands behind a PMID: other words are those of a record whose first line was lost."""
    record: list[str] = []
    closed = False
    for paragraph in paragraphs:
        if closed and not (_BESIDE.match(paragraph) or _IDENTIFIERS.match(paragraph)):
            yield record
            record, closed = [], False
        record.append(paragraph)
        closed = closed or _PMID.search(paragraph) is not None
    if record:
        yield record


def _source(record: list[str]) -> Source:
    citation, rest = _cited(record)
    identifiers = "\n".join(p for p in rest if _IDENTIFIERS.match(p))
    rest = [p for p in rest if p.strip() and not _IDENTIFIERS.match(p)]
    title = title_in(" ".join(rest[0].split())) if rest else ""
    body = rest[1:]
    authors = _authors(body.pop(0)) if body and _is_authors(body[0]) else ()
    abstract, beside = _told(body)
    metadata = _identified(Metadata(title=title, authors=authors), citation, identifiers)
    source = source_of(metadata, "", (), ())
    blocks = (*source.blocks, *(block(BlockKind.ABSTRACT, text) for text in abstract),
              *(block(BlockKind.BOILERPLATE, text) for text in beside))
    return replace(source, blocks=blocks, warnings=() if metadata.pmid else (cut_off(),))


def _cited(record: list[str]) -> tuple[str, list[str]]:
    """The citation that a record begins with, "" without one, and its other paragraphs."""
    cited = _CITATION.match(record[0].lstrip("\"' "))
    citation = " ".join(record[0].split()) if cited else ""
    if cited and cited.group(1):
        _, _, citation = citation.partition(". ")
    rest = record[1:] if cited else record
    return citation, [_KIND_OF_ARTICLE.sub("", p).strip() if _KIND_OF_ARTICLE.fullmatch(p.strip()) else p
                      for p in rest]


def _authors(paragraph: str) -> tuple[str, ...]:
    return persons(_NOTES.sub("", " ".join(paragraph.split())).rstrip(".").split(", "))


def _identified(metadata: Metadata, citation: str, identifiers: str) -> Metadata:
    """With journal, year and identifiers, from the citation and the lines "PMID: ..." and so on."""
    journal, _, dated = citation.partition(". ")
    pmcid = re.search(r"^PMCID: ?(PMC\d+)", identifiers, re.MULTILINE)
    pmid = _PMID.search(identifiers)
    return replace(
        metadata, journal=journal.removeprefix("In: "), year=year_in(dated),
        doi=doi_in("".join(re.findall(r"^DOI: ?(.+)", identifiers, re.MULTILINE)[:1])) or doi_in(citation),
        pmid=pmid_in(pmid.group(1)) if pmid else "", pmcid=pmcid_in(pmcid.group(1)) if pmcid else "")


def _told(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """The parts of the abstract, and what stands beside it: addresses, notes, copyright."""
    abstract: list[str] = []
    beside: list[str] = []
    addresses = False
    for paragraph in paragraphs:
        addresses = paragraph.startswith("Author information") or (addresses and paragraph.startswith("("))
        if addresses or _BESIDE.match(paragraph):
            beside.append(" ".join(paragraph.split()))
        else:
            abstract += _parts(paragraph)
    return abstract, beside


_PART = re.compile(r"\n(?=[A-Z][A-Z,&/() -]{3,50}: )")


def _parts(paragraph: str) -> list[str]:
    """The parts of a structured abstract, each of which begins a line; wrapped lines are joined."""
    return [" ".join(part.split()) for part in _PART.split(paragraph) if part.strip()]


def _is_authors(paragraph: str) -> bool:
    """Names with initials, parted by commas, closed by a full stop."""
    text = " ".join(paragraph.split())
    if not _AUTHORS.fullmatch(text):
        return False
    names = text.split(", ")
    return len(_INITIALED.findall(text)) * 2 > len(names)


def _summaries(text: str) -> Iterator[str]:
    for paragraph in _PARAGRAPH.split(text):
        if paragraph.strip():
            yield " ".join(paragraph.split())


def _summary(record: str) -> Source:
    """One line: authors, title, journal, date, identifiers."""
    _, _, words = record.partition(": ")
    head, _, rest = words.partition(". ")
    authors: tuple[str, ...] = ()
    if _is_authors(head + "."):
        authors = persons(head.split(", "))
    else:
        rest = words
    tail = _SUMMARY_TAIL.match(rest)
    title, journal, date = tail.group("title", "journal", "date") if tail else (rest, "", "")
    pmid = re.search(r"\bPMID: ?(\d{1,9})", rest)
    pmcid = re.search(r"\bPMCID: ?(PMC\d+)", rest)
    return source_of(Metadata(
        title=title_in(title), authors=authors, journal=journal, year=year_in(date),
        doi=doi_in(rest.partition("doi:")[2]), pmid=pmid.group(1) if pmid else "",
        pmcid=pmcid.group(1) if pmcid else ""), "", (), ())
