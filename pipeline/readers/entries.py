"""The records of an export: fields by the names of a dialect, turned into one document each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Metadata, Source, SourceBlock
from pipeline.readers.fields import names
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
from pipeline.readers.text import lines_of

_PMID_IN_LINK = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})"
                           r"|\b(?:PMID|PUBMED):? ?(\d{1,8})\b")
_PMCID = re.compile(r"\bPMC\d{3,9}\b", re.IGNORECASE)
_LABEL_LINE = re.compile(r"^[ \t]*([A-Z][A-Z &/-]{2,40}[A-Z]):?[ \t]*\n+(?=[ \t]*\S)", re.MULTILINE)
#: "Bone. 12(3):1-4, 2016 Mar." and "Bone (2016) 12:3": the journal is what stands before the numbers
_CITATION = re.compile(r"[.,;]?\s+(?:vol(?:ume|\.)?\s*)?[(\[]?\d.*", re.DOTALL | re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}(?:Jr|Sr|II|III)?\.?")
_SURNAME_INITIALS = re.compile(r"\S.*? (?:[A-Z]\.?-?){1,4}(?: Jr| Sr| 2nd| 3rd)?\.?")


def documents(entries: Iterable[Fields], dialect: str, form: str, warnings: tuple[str, ...] = (),
              *, cut: bool = False) -> list[Source]:
    """One source for each entry, told apart by suffixes. `warnings` go to the first, a cut end to the last.

    Raises ReadError E06 (too many) and E12 (none with a title or an abstract).
    """
    sources, empty = [], 0
    for entry in entries:
        source = document(entry, dialect, form)
        if source.blocks:
            sources.append(source)
        elif any(value.strip() for listed in entry.values() for value in listed):
            empty += 1
    if not sources:
        raise ReadError("E12", "no record with a title or an abstract")
    if empty:
        warnings = (*warnings, f"Left out because they have neither title nor abstract: {empty:,} records.")
    if warnings:
        sources[0] = replace(sources[0], warnings=(*sources[0].warnings, *warnings))
    if cut:
        sources[-1] = replace(sources[-1], warnings=(*sources[-1].warnings, cut_off()))
    return with_suffixes(sources)


def again(fields: Fields, name: str, dialect: str) -> bool:
    """Whether a field comes again of which a record has one: then the mark between two records was lost."""
    known = names(dialect)
    once = name in known["title"] or name in known["abstract"]
    return once and any(value.strip() for value in fields.get(name, ()))


def cut_off() -> str:
    """The warning of a record whose end is missing."""
    return ReadError("E03", "the end of the last record is missing").message


def document(fields: Fields, dialect: str, form: str) -> Source:
    """An entry as a source; one without title, abstract and text has no blocks."""
    known = names(dialect)
    title = title_in(first(fields, *known["title"]))
    translated = title_in(first(fields, *known.get("translated", ())))
    links = " ".join(_all(fields, (*known.get("links", ()), *known["doi"])))
    abstract = abstract_in("\n".join(_all(fields, [n for n in known["abstract"] if _told(fields, n)][:1])))
    if not (title or translated or abstract):
        return Source(form, ())
    metadata = Metadata(
        title=title or translated,
        authors=persons(values(fields, *known["authors"])),
        journal=_CITATION.sub("", first(fields, *known["journal"])).strip(" .,;"),
        year=_year(fields, known["year"]) or year_in(first(fields, *known["journal"])),
        doi=doi_in(" ".join(fields.get(known["doi"][0], ()))) or doi_in(links),
        pmid=_pmid(values(fields, *known["pmid"]) if "pmid" in known else [], links),
        pmcid=_pmcid(fields, known.get("pmcid", ()), links),
        language=language_code(re.split(r"[,;]", first(fields, *known.get("language", ())))[0]),
    )
    foreign = values(fields, *known.get("foreign", ()))
    if title and translated != title:
        foreign.insert(0, translated)
    source = source_of(metadata, abstract, foreign, values(fields, *known["keywords"]), form=form)
    text = "\n\n".join(_all(fields, known.get("text", ())))
    if text:
        body = SourceBlock(BlockKind.UNKNOWN, lines_of(text), joined=False)
        source = replace(source, blocks=(*source.blocks, body), full_text=None)
    return source


def _all(fields: Fields, tags: Iterable[str]) -> list[str]:
    return [value for tag in tags for value in fields.get(tag, ()) if value.strip()]


def _told(fields: Fields, name: str) -> bool:
    return any(value.strip() for value in fields.get(name, ()))


def abstract_in(text: str) -> str:
    """An abstract's words; a label on a line of its own ("METHODS") is joined to its part."""
    return first({"": [_LABEL_LINE.sub(r"\1: ", text)]}, "")


def persons(listed: list[str]) -> tuple[str, ...]:
    """Authors, given names first, from a list of names or from one line of them all."""
    return tuple(given_first(name) if "," in name else initials_first(name)
                 for line in listed for name in _split(line))


def _split(line: str) -> list[str]:
    """The names on a line: parted by semicolons, else by "and", else by commas that part no name."""
    line = line.strip().rstrip(";")
    return _parted(line) or _by_commas(line) or ([line] if line else [])


def _parted(line: str) -> list[str]:
    """Names with a mark between that is no comma; none where there is no such mark."""
    for mark in (r"\s*;\s*", r"\s+and\s+(?=[^,]+,|\S+ )", r"\s*\|+\s*"):
        parts = [part.strip(" ,") for part in re.split(mark, line) if part.strip(" ,")]
        if len(parts) > 1:
            stop = all(part.endswith(".") for part in parts)  # of initials, not of the line
            return parts if stop else [*parts[:-1], parts[-1].rstrip(".")]
    return []


def _by_commas(line: str) -> list[str]:
    """Names with commas between: "Weber A, Ito B", "Weber, A., Ito, B.", or whole names of three and more."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    if len(parts) > 2 and len(parts) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in parts[1::2]):
        return [f"{surname}, {given}" for surname, given in zip(parts[::2], parts[1::2], strict=True)]
    if len(parts) > 1 and all(_SURNAME_INITIALS.fullmatch(part) for part in parts):
        return [part.rstrip(".") if " " in part else part for part in parts]
    return parts if len(parts) > 2 else []


def _year(fields: Fields, tags: tuple[str, ...]) -> int | None:
    """The first year that any of the tags holds."""
    return next((year for tag in tags for value in fields.get(tag, ()) if (year := year_in(value))), None)


def _pmid(stated: list[str], links: str) -> str:
    """Digits alone in a field for it, else a PubMed address or "PMID: ..." among the links."""
    for value in stated:
        digits = value.strip().removesuffix(".0")  # a spreadsheet's number
        if digits.isascii() and digits.isdigit() and len(digits) <= 8:
            return pmid_in(digits)
        links = f"{links} {value}"
    match = _PMID_IN_LINK.search(links)
    return (match.group(1) or match.group(2)) if match else ""


def _pmcid(fields: Fields, tags: tuple[str, ...], links: str) -> str:
    match = _PMCID.search(" ".join([*values(fields, *tags), links]))
    return pmcid_in(match.group()) if match else ""
