"""EndNote XML (`<xml><records><record>`), as EndNote, Zotero and Mendeley write it."""

from __future__ import annotations

from pipeline.paper import Source
from pipeline.readers.entries import documents
from pipeline.readers.markup import Element, Role, inline
from pipeline.readers.tagged import Fields
from pipeline.readers.xmltree import parse_xml

#: where a record's fields stand -> their names in the dialect `label`
_PATHS = (("titles/title", "title"), ("titles/translated-title", "translated title"),
          ("contributors/authors/author", "authors"), ("titles/secondary-title", "journal"),
          ("periodical/full-title", "journal"), ("dates/year", "year"), ("dates/pub-dates/date", "date"),
          ("electronic-resource-num", "doi"), ("accession-num", "pmid"), ("custom2", "pmcid"),
          ("urls/related-urls/url", "url"), ("language", "language"), ("abstract", "abstract"),
          ("translated-abstract", "foreign abstract"), ("keywords/keyword", "keywords"))


def read(data: bytes, name: str) -> list[Source]:
    """The records of the file. Raises ReadError E03 (broken XML), E06 and E12 (no record inside)."""
    root, warnings = parse_xml(data)
    return documents(map(_fields, root.iter("record")), "label", "endnote", warnings, cut=bool(warnings))


def _fields(record: Element) -> Fields:
    fields: Fields = {}
    for path, name in _PATHS:
        for element in record.iterfind(path):
            text = inline(element, _role).replace("\r\n", "\n").replace("\r", "\n").strip()
            if text:
                fields.setdefault(name, []).append(text)
    return fields


def _role(element: Element) -> Role:
    face = element.get("face", "")
    return Role.SUP if "superscript" in face else Role.SUB if "subscript" in face else Role.TEXT
