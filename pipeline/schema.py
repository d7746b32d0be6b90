"""The tables: every column once, with type, unit and meaning.

CSV headers, validation, `datapackage.json` and the data dictionary all come from here. The
contract with analysts: names and meanings below never change without a new major version;
columns may be added at the end of a table's own columns.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors import registry
from extractors.doubts import BETWEEN, REASONS
from extractors.fact import Column, integer, number, string


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: its columns in order, what a row is, and the primary key."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The CSV header."""
        return tuple(c.name for c in self.columns)


_DOC = string("doc_id", "Key of the paper: the file's path under the raw folder as a slug", required=True)
_CASE = string("case_id", "Key of the patient: <doc_id>-<n>, n in order of first appearance", required=True)

_DUPLICATE_OF = string(
    "duplicate_of", "case_id of the same patient in another file; such rows are not counted"
)

_PLACE = (
    string("source", "Part of the paper", values=("text", "table", "caption", "title", "abstract")),
    string("section", "Nearest heading above the words"),
    integer("page", "Page of the PDF, from 1"),
    integer("start", "First character of the quote in text/<doc_id>.txt, from 0", required=True),
    integer("end", "Character after the last one of the quote", required=True),
    string("quote", "The words that carry the value: exactly text[start:end]", required=True),
)
PROVENANCE: tuple[Column, ...] = (
    string("record_id", "Stable key of the row", required=True),
    *_PLACE,
    string("extractor", "The rule that found it: component/rule", required=True),
    number("confidence", "How sure the row is, 0 to 1 (see docs/accuracy.md)", required=True),
    string("check", f"Why the row needs a look, '{BETWEEN}' between: {', '.join(REASONS)}"),
    string("reviewed", "Who has signed the row, '; ' between; empty: nobody (see docs/review.md)"),
    string("origin", "How the row came about", values=("extracted", "corrected", "added"), required=True),
    _DUPLICATE_OF,
)

#: of documents.csv; docs/formats.md says what each is
FORMATS = (
    "pdf",
    "text",
    "jats",
    "medline",
    "html",
    "json",
    "docx",
    "wos",
    "refworks",
    "bibtex",
    "endnote",
    "ovid",
    "csv",
    "references",
)

DOCUMENTS = TableSchema(
    "documents",
    "input file (or record of a file with several), failed ones included",
    (
        _DOC,
        string("path", "Path relative to the raw folder", required=True),
        string("sha256", "SHA-256 of the file's bytes"),
        string("format", "What the content is", values=FORMATS),
        string("title", "Title of the paper"),
        string("authors", "Authors as printed, separated by '; '"),
        string("journal", "Journal as printed"),
        integer("year", "Year of publication"),
        string("doi", "Digital Object Identifier, lower case, without resolver"),
        string("pmid", "PubMed identifier"),
        string("pmcid", "PubMed Central identifier with the prefix PMC"),
        string("language", "Language of the body, ISO 639-1"),
        string("coverage", "How much of the paper there is", values=("full_text", "abstract", "metadata")),
        integer("pages", "Pages of a PDF"),
        integer("characters", "Characters of the normalised text"),
        integer("cases", "Patients described individually"),
        integer("check", "Rows that need a look (see `check` in the tables of facts)"),
        integer("unread", "Numbers of the case that no row accounts for: rows of unread.csv"),
        string("status", "Whether it was read", values=("ok", "warning", "failed"), required=True),
        string("message", "Why it failed, or what needs a look"),
    ),
    ("doc_id",),
)

#: What numbers may be that no row accounts for (see `pipeline.check.unread`).
UNREAD_KINDS = ("density", "laboratory", "dose", "percentage", "score", "level", "time")
#: Columns of any table that follow from the row's others.
CODES = frozenset(column.name for fact in registry.facts() for column in fact.codes.columns)
#: The tables of facts in the order of the contract; the first has a row for every patient.
FACT_TABLES = tuple(
    TableSchema(
        fact.table, fact.row, (_DOC, _CASE, *fact.columns, *fact.codes.columns, *PROVENANCE), fact.key
    )
    for fact in registry.facts()
)

SUMMARY = TableSchema(
    "summary",
    "patient, wide: one line per case for a review's table 1",
    (
        _DOC,
        _CASE,
        string("authors", "First author, et al."),
        integer("year", "Year of publication"),
        *(summary.column for fact in registry.facts() for summary in fact.summary),
        _DUPLICATE_OF,
    ),
    ("case_id",),
)

UNREAD = TableSchema(
    "unread",
    "number in a paper's case parts that no row accounts for",
    (
        _DOC,
        string("case_id", "The patient, where the paper has one only"),
        string("kind", "What it looks like", values=UNREAD_KINDS, required=True),
        *_PLACE,
    ),
    ("doc_id", "start"),
)
#: of a large run, whose texts are no files of their own
TEXTS = TableSchema(
    "texts",
    "paper that has a text",
    (
        _DOC,
        string("text", "The normalised text that `start` and `end` of every quote point into", required=True),
    ),
    ("doc_id",),
)
TABLES = (DOCUMENTS, *FACT_TABLES, SUMMARY, UNREAD)
BY_NAME = {table.name: table for table in TABLES}
