"""Which kind of reference export a text is: by its first lines, for the dispatcher."""

from __future__ import annotations

import re

_WOS = re.compile(
    r"(?:FN [^\n]*\n(?:VR [^\n]*\n)?\s*)?(?:PT [A-Z]|RT [A-Z][a-z][^\n]*)\s*\n(?:[A-Z][A-Z0-9] |   )")
_REFER = re.compile(r"%0 [^\n]*\n%|(?:%[A-Z@+!] [^\n]*\n){3}")
_REFER_TITLE = re.compile(r"^%[TX] \S", re.MULTILINE)
_BIBTEX = re.compile(
    r"[^@]{0,300}@(?:article|book|booklet|conference|inbook|incollection|inproceedings|manual"
    r"|mastersthesis|misc|online|phdthesis|proceedings|techreport|unpublished|thesis|report|string|comment"
    r"|preamble)\s*[{(]", re.IGNORECASE)
_BIBTEX_FIELD = re.compile(r"^\s*\w+\s*=\s*[{\"\w]|[{,]\s*\w+\s*=\s*[{\"]", re.MULTILINE)


def module_of(text: str) -> str:
    """The module that reads an export which begins like this (some ten thousand characters); "" for none."""
    text = text.lstrip("\ufeff \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
    if _WOS.match(text):
        return "wos"
    if text[:1] == "%" and _REFER.match(text) and _REFER_TITLE.search(text):
        return "endnote"
    if "@" in text[:320] and _BIBTEX.match(text) and _BIBTEX_FIELD.search(text):
        return "bibtex"
    from pipeline.readers import csv_records, labelled, pubmed_text  # noqa: PLC0415 - only where it comes to them

    if pubmed_text.is_pubmed_text(text):
        return "pubmed_text"
    lines = text[:40_000].split("\n")
    if csv_records.head_of(lines) is not None or csv_records.fields_by_row(lines):
        return "csv_records"
    return "labelled" if labelled.is_labelled(text) else ""
