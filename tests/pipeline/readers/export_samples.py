# ruff: noqa: E501 - samples of exports are easier to read unbroken
"""Invented records, written out as reference managers and databases export them."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Told:
    """What every export of a record is to give back."""

    title: str
    authors: tuple[tuple[str, str], ...]  # (initials, surname)
    journal: str
    year: int
    doi: str
    pmid: str
    abstract: str


PAIR = (
    Told("Collapse of two vertebrae while nursing", (("U", "Tamsin"), ("KB", "Ordway")), "Acta Ficta", 2015, "10.5555/af.15.7", "91230001",
         "A 33-year-old woman had back pain two months after delivery. Films showed a fracture of T8. Risedronate 35 mg weekly was given."),
    Told("A painful hip in late pregnancy", (("L", "Quarry"),), "Annals of Imagined Bone", 2019, "10.5555/aib.19.2", "91230002",
         "A 27-year-old woman limped at 33 weeks of gestation. MRI showed a fracture of the right femoral neck. Serum calcium was 9.3 mg/dL."),
)


def many(count: int) -> list[Told]:
    """As many records as wanted; each has its own age and PMID."""
    return [Told(f"Case number {n} of a long list", (("A", "Author"),), "Acta Ficta", 2001, f"10.5555/many.{n}", str(92000000 + n),
                 f"A woman of {20 + n % 25} years, number {n}, broke a vertebra. " * 4 + f"She was record {n}.")
            for n in range(count)]


def _wrap(text: str, indent: str = "", width: int = 80) -> str:
    return textwrap.fill(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def pubmed_abstract(records: Sequence[Told]) -> str:
    parts = []
    for n, r in enumerate(records, 1):
        names = ", ".join(f"{s} {i}({k})" for k, (i, s) in enumerate(r.authors, 1))
        places = "\n".join(f"({k})Department of Bones, University of Nowhere, 19{k}0 Elbonia." for k in range(1, len(r.authors) + 1))
        parts.append(f"{n}. {r.journal}. {r.year} Mar;31(3):1-4. doi: {r.doi}. Epub {r.year} \nJan 5.\n\n{_wrap(r.title + '.')}\n\n{names}.\n\n"
                     f"Author information:\n{places}\n\nComment in\n    Bone J. 1990 Jan;1(1):2.\n\n{_wrap(r.abstract)}\n\n"
                     f"Copyright © {r.year} Nobody.\n\nDOI: {r.doi}\nPMID: {r.pmid}  [Indexed for MEDLINE]\n")
    return "\n\n".join(parts)


def pubmed_summary(records: Sequence[Told]) -> str:
    return "\n\n".join(f"{n}: {', '.join(f'{s} {i}' for i, s in r.authors)}. {r.title}. {r.journal}. {r.year} Mar;31(3):1-4. "
                       f"doi: {r.doi}. PMID: {r.pmid}." for n, r in enumerate(records, 1)) + "\n"


def wos(records: Sequence[Told]) -> str:
    parts = ["FN Clarivate Analytics Web of Science\nVR 1.0"]
    for r in records:
        names = "\n   ".join(f"{s}, {i}" for i, s in r.authors)
        parts.append(f"PT J\nAU {names}\nTI {_wrap(r.title, '   ', 40)}\nSO {r.journal}\nLA English\nAB {_wrap(r.abstract, '   ')}\nPY {r.year}\n"
                     f"DI {r.doi}\nPM {r.pmid}\nUT WOS:000{r.pmid}\nER\n")
    return "\n".join([*parts, "EF"])


def wos_table(records: Sequence[Told]) -> str:
    rows = ["PT\tAU\tAF\tTI\tSO\tLA\tAB\tPY\tDI\tPM\tUT"]
    rows += [f"J\t{'; '.join(f'{s}, {i}' for i, s in r.authors)}\t\t{r.title}\t{r.journal}\tEnglish\t{r.abstract}\t{r.year}\t{r.doi}\t{r.pmid}\tWOS:1"
             for r in records]
    return "\n".join(rows) + "\n"


def refworks(records: Sequence[Told]) -> str:
    return "\n".join("RT Journal Article\nSR Electronic\n" + "".join(f"A1 {s}, {i}\n" for i, s in r.authors) +
                     f"T1 {r.title}\nJF {r.journal}\nYR {r.year}\nAB {r.abstract}\nDO {r.doi}\nUL https://pubmed.ncbi.nlm.nih.gov/{r.pmid}/\nLA English\n"
                     for r in records)


def bibtex(records: Sequence[Told]) -> str:
    return "\n".join(f"@article{{{r.authors[0][1]}{r.year}{r.pmid},\n  author = {{{' and '.join(f'{s}, {i}' for i, s in r.authors)}}},\n  title = {{{{{r.title}}}}},\n"
                     f"  journal = {{{r.journal}}},\n  year = {{{r.year}}},\n  doi = {{{r.doi}}},\n  pmid = {{{r.pmid}}},\n  language = {{eng}},\n  abstract = {{{r.abstract}}}\n}}\n"
                     for r in records)


def endnote(records: Sequence[Told]) -> str:
    return "\n".join("%0 Journal Article\n" + "".join(f"%A {s}, {i}\n" for i, s in r.authors) +
                     f"%T {r.title}\n%J {r.journal}\n%D {r.year}\n%R {r.doi}\n%M {r.pmid}\n%G English\n%X {r.abstract}\n" for r in records)


def endnote_xml(records: Sequence[Told]) -> str:
    def styled(text: object) -> str:
        return f'<style face="normal" font="default" size="100%">{escape(str(text))}</style>'

    rows = "".join(f'<record><database name="x.enl">x.enl</database><rec-number>{n}</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors>'
                   + "".join(f"<author>{styled(f'{s}, {i}')}</author>" for i, s in r.authors) +
                   f"</authors></contributors><titles><title>{styled(r.title)}</title><secondary-title>{styled(r.journal)}</secondary-title></titles>"
                   f"<dates><year>{styled(r.year)}</year></dates><accession-num>{styled(r.pmid)}</accession-num><electronic-resource-num>{styled(r.doi)}</electronic-resource-num>"
                   f"<language>{styled('eng')}</language><abstract>{styled(r.abstract)}</abstract></record>" for n, r in enumerate(records, 1))
    return f'<?xml version="1.0" encoding="UTF-8" ?><xml><records>{rows}</records></xml>'


def ovid(records: Sequence[Told]) -> str:
    head = "Database: Ovid MEDLINE(R) <1946 to January 2020>\nSearch Strategy:\n" + "-" * 80 + "\n1     exp Osteoporosis/ (1234)\n\n***************************\n\n"
    return head + "".join(
        f"<{n}>\nUnique Identifier\n  {r.pmid}\nStatus\n  MEDLINE\nAuthors\n  {'; '.join(f'{s} {i}' for i, s in r.authors)}\nInstitution\n  {r.authors[0][1]}. Bone Unit, Nowhere.\n"
        f"Title\n  {r.title}.\nSource\n  {r.journal}. 12(3):1-4, {r.year} Mar.\nMeSH Subject Headings\n    *Osteoporosis\n    Adult\nAbstract\n  {r.abstract}\n"
        f"Digital Object Identifier\n  https://dx.doi.org/{r.doi}\nLanguage\n  English\n\n" for n, r in enumerate(records, 1))


def ovid_tags(records: Sequence[Told]) -> str:
    return "".join(f"<{n}>\nVN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\nUI  - {r.pmid}\n" + "".join(f"AU  - {s} {i}\n" for i, s in r.authors) +
                   f"TI  - {r.title}.\nSO  - {r.journal}. 12(3):1-4, {r.year} Mar.\nAB  - {r.abstract}\nDO  - https://dx.doi.org/{r.doi}\nLG  - English\nYR  - {r.year}\n\n"
                   for n, r in enumerate(records, 1))


def cochrane(records: Sequence[Told]) -> str:
    return "\n".join(f"Record #{n} of {len(records)}\nID: CN-0{n}\n" + "".join(f"AU: {s} {i}\n" for i, s in r.authors) +
                     f"TI: {r.title}\nSO: {r.journal}\nYR: {r.year}\nPM: PUBMED {r.pmid}\nLA: English\nDOI: {r.doi}\nAB: {r.abstract}\n\n" for n, r in enumerate(records, 1))


def proquest(records: Sequence[Told]) -> str:
    rule = "_" * 60
    return f"{rule}\n\n" + f"\n\n{rule}\n\n".join(
        f"Document {n} of {len(records)}\n\nTitle: {r.title}\n\nAuthor: {'; '.join(f'{s}, {i}' for i, s in r.authors)}.\n\nPublication title: {r.journal}\n\nPublication year: {r.year}\n\n"
        f"PMID: {r.pmid}\n\nDOI: https://doi.org/{r.doi}\n\nLanguage: English\n\nAbstract: {r.abstract}" for n, r in enumerate(records, 1)) + "\n"


def ris(records: Sequence[Told]) -> str:
    return "\n".join("TY  - JOUR\n" + "".join(f"AU  - {s}, {i}\n" for i, s in r.authors) +
                     f"TI  - {r.title}\nJF  - {r.journal}\nPY  - {r.year}\nAB  - {r.abstract}\nDO  - {r.doi}\nAN  - {r.pmid}\nLA  - eng\nER  - \n" for r in records)


def nbib(records: Sequence[Told]) -> str:
    return "\n".join(f"PMID- {r.pmid}\nOWN - NLM\nTI  - {_wrap(r.title + '.', '      ')}\nLID - {r.doi} [doi]\nAB  - {_wrap(r.abstract, '      ')}\n"
                     + "".join(f"FAU - {s}, {i}\nAU  - {s} {i}\n" for i, s in r.authors) + f"LA  - eng\nDP  - {r.year} Mar\nJT  - {r.journal}\nSO  - {r.journal}. {r.year} Mar.\n"
                     for r in records)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def scopus(records: Sequence[Told]) -> str:
    return _table(["Authors", "Author full names", "Title", "Year", "Source title", "Volume", "DOI", "Link", "Abstract", "Author Keywords", "PubMed ID",
                   "Language of Original Document", "Document Type", "EID"],
                  [["; ".join(f"{s} {i}." for i, s in r.authors), "", r.title, r.year, r.journal, 12, r.doi, "https://www.scopus.com/x", r.abstract, "bone; birth", r.pmid,
                    "English", "Article", "2-s2.0-1"] for r in records])


def semicolons(records: Sequence[Told]) -> str:
    """As a spreadsheet of continental Europe saves it."""
    return "sep=;\r\n" + _table(["Title", "Authors", "Abstract Note", "Publication Title", "Publication Year", "DOI", "PMID", "Language"],
                                [[r.title, "; ".join(f"{s}, {i}" for i, s in r.authors), r.abstract, r.journal, r.year, r.doi, r.pmid, "eng"] for r in records], ";")


def by_rows(records: Sequence[Told]) -> str:
    """A field a row, as Embase exports them."""
    return "\n".join(_table(["TITLE", r.title], [["AUTHOR NAMES", *(f"{s} {i}." for i, s in r.authors)], ["SOURCE", f"{r.journal} ({r.year}) 12:3 (1-4)"],
                                                  ["PUBLICATION YEAR", r.year], ["ABSTRACT", r.abstract], ["LANGUAGE OF ARTICLE", "English"], ["MEDLINE PMID", r.pmid],
                                                  ["DOI", r.doi]]) for r in records)


def tabs(records: Sequence[Told]) -> str:
    return _table(["pmid", "title", "author_names", "journal", "pub_year", "doi", "abstract", "language"],
                  [[r.pmid, r.title, "; ".join(f"{s} {i}" for i, s in r.authors), r.journal, r.year, r.doi, r.abstract, "en"] for r in records], "\t", "\n")


#: with abstracts; the language is told in all but PubMed's own texts
WRITERS: dict[str, Callable[[Sequence[Told]], str]] = {
    "pubmed": pubmed_abstract, "wos": wos, "wos-table": wos_table, "refworks": refworks, "bibtex": bibtex, "endnote": endnote, "endnote-xml": endnote_xml,
    "ovid": ovid, "ovid-tags": ovid_tags, "cochrane": cochrane, "proquest": proquest, "scopus": scopus, "semicolons": semicolons, "tabs": tabs, "by-rows": by_rows, "ris": ris, "nbib": nbib,
}
FORMATS = {"pubmed": "medline", "wos": "wos", "wos-table": "wos", "refworks": "refworks", "bibtex": "bibtex", "endnote": "endnote", "endnote-xml": "endnote",
           "ovid": "ovid", "ovid-tags": "ovid", "cochrane": "references", "proquest": "references", "scopus": "csv", "semicolons": "csv", "tabs": "csv", "by-rows": "csv", "ris": "medline", "nbib": "medline"}
