"""PubMed XML: `PubmedArticleSet` and its parts, one source for each record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Metadata, Source, SourceBlock
from pipeline.readers.blocks import block
from pipeline.readers.jats_inline import flatten_formulas
from pipeline.readers.markup import Element, Role, inline, plain
from pipeline.readers.record import doi_in, language_code, pmcid_in, pmid_in, title_in, with_suffixes, year_in
from pipeline.readers.xmltree import parse_xml

_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
_ROLES = {"sup": Role.SUP, "sub": Role.SUB, "br": Role.BREAK, "tex-math": Role.SKIP}
_NO_LABEL = frozenset(("", "UNLABELLED", "UNLABELED", "UNASSIGNED", "ABSTRACT"))


def read(data: bytes, name: str) -> list[Source]:
    """The records of a PubMed XML file.

    Raises ReadError E03 (broken XML), E06 (too large, too many) and E12 (no record inside).
    """
    root, warnings = parse_xml(data)
    flatten_formulas(root)
    records = [root] if root.tag in _RECORDS else list(root.iter("PubmedArticle", "PubmedBookArticle"))
    records = records or list(root.iter("MedlineCitation"))
    sources = [source for record in records if (source := _source(record, warnings)).blocks]
    if not sources:
        raise ReadError("E03" if warnings else "E12", "no PubMed record with a title or an abstract")
    return with_suffixes(sources)


def _source(record: Element, warnings: tuple[str, ...]) -> Source:
    metadata = _metadata(record)
    blocks: list[SourceBlock] = []
    if metadata.title:
        blocks.append(block(BlockKind.TITLE, metadata.title))
    vernacular = title_in(_words(record.find(".//VernacularTitle")))
    if vernacular and vernacular != metadata.title:
        blocks.append(block(BlockKind.FOREIGN, vernacular))
    if metadata.authors:
        blocks.append(block(BlockKind.AUTHORS, ", ".join(metadata.authors)))
    for abstract in record.iter("Abstract", "OtherAbstract"):
        other = abstract.tag == "OtherAbstract" and language_code(abstract.get("Language")) not in ("", "en")
        kind = BlockKind.FOREIGN if other else BlockKind.ABSTRACT
        blocks.extend(block(kind, text) for part in abstract.iterfind("AbstractText")
                      if (text := _part(part)))
    keywords = ", ".join(filter(None, map(_words, record.iter("Keyword"))))
    if keywords:
        blocks.append(block(BlockKind.BOILERPLATE, f"Keywords: {keywords}"))
    return Source("medline", tuple(blocks), metadata, full_text=False, warnings=warnings)


def _part(element: Element) -> str:
    text, label = _words(element), " ".join(element.get("Label", "").split()).rstrip(":")
    return f"{label}: {text}" if text and label.upper() not in _NO_LABEL else text


def _words(element: Element | None) -> str:
    return plain(inline(element, _role)) if element is not None else ""


def _role(element: Element) -> Role:
    return _ROLES.get(element.tag, Role.TEXT)


def _metadata(record: Element) -> Metadata:
    """The bibliographic record. A title of none but brackets is that of a translated one."""
    title = _words(record.find(".//ArticleTitle"))
    return Metadata(
        title=title_in(title or _words(record.find(".//BookTitle"))),
        authors=_authors(record),
        journal=_words(record.find(".//Journal/Title")) or _words(record.find(".//ISOAbbreviation"))
        or _words(record.find(".//MedlineTA")),
        year=_year(record),
        doi=_identifier(record, "doi", doi_in),
        pmid=pmid_in(_words(record.find(".//PMID"))),
        pmcid=_identifier(record, "pmc", pmcid_in),
        language=language_code(_words(record.find(".//Language"))),
        types=tuple(filter(None, map(_words, record.iter("PublicationType")))),
        keywords=tuple(filter(None, map(_words, record.iter("Keyword")))),
        mesh=tuple(_headings(record)),
    )


def _headings(record: Element) -> Iterator[str]:
    """The MeSH headings, and each again with each of its qualifiers."""
    for heading in record.iter("MeshHeading"):
        name = _words(heading.find("DescriptorName"))
        yield name
        yield from (f"{name}/{_words(qualifier)}" for qualifier in heading.iterfind("QualifierName"))


def _authors(record: Element) -> tuple[str, ...]:
    names = []
    for group in record.iter("AuthorList"):
        if group.get("Type", "authors") != "authors":
            continue
        for author in group.iterfind("Author"):
            given = _words(author.find("ForeName")) or _words(author.find("Initials"))
            parts = (given, _words(author.find("LastName")), _words(author.find("Suffix")))
            name = " ".join(filter(None, parts)) or _words(author.find("CollectiveName"))
            if name and author.get("ValidYN", "Y") == "Y":
                names.append(name)
    return tuple(names)


def _year(record: Element) -> int | None:
    """The year of publication: online (`ArticleDate`) first, then that of the issue."""
    for path in (".//ArticleDate/Year", ".//JournalIssue/PubDate/Year", ".//JournalIssue/PubDate/MedlineDate",
                 ".//PubDate/Year"):
        year = year_in(_words(record.find(path)))
        if year is not None:
            return year
    return None


def _identifier(record: Element, kind: str, clean: Callable[[str], str]) -> str:
    """An identifier of the record itself, not of the references that are listed with it."""
    paths = (f".//ELocationID[@EIdType='{kind}']", f"PubmedData/ArticleIdList/ArticleId[@IdType='{kind}']",
             f"PubmedBookData/ArticleIdList/ArticleId[@IdType='{kind}']",
             f".//BookDocument/ArticleIdList/ArticleId[@IdType='{kind}']")
    for path in paths:
        found = clean(_words(record.find(path)))
        if found:
            return found
    return ""
