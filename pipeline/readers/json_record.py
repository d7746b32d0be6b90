"""JSON records of bibliographic services: title, authors, journal, identifiers, an abstract.

Names of fields differ from service to service and are looked up case-insensitively. Text behind
the record (the page it was copied from) is read too; an abstract told there again is dropped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.caps import caps
from pipeline.errors import ReadError, warning
from pipeline.paper import BlockKind, Line, Metadata, Source, SourceBlock
from pipeline.readers import bioc
from pipeline.readers.encoding import decode
from pipeline.readers.json_shapes import RECORD_FIELDS, body_blocks, flat, lowered, spans_body
from pipeline.readers.json_values import Value, depth_of, values_in
from pipeline.readers.record import with_suffixes
from pipeline.readers.text import lines_of, read_text

_BREAKING_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|sec|section|title|abstracttext|jats:p|jats:sec|jats:title)\b"
    r"[^<>]{0,200}>",
    re.IGNORECASE,
)
_POWER = re.compile(r"(?<=10)<sup>\s*([-\u2212\d]+)\s*</sup>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_HEADING_LINE = re.compile(r"[A-Z][A-Za-z ,/&-]{2,40}:?")
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_PMCID = re.compile(r"\bPMC\d{3,9}\b", re.IGNORECASE)
_PMID = re.compile(r"\d{5,9}")

_TITLES = ("title", "articletitle", "article_title", "ti")
_ABSTRACTS = ("abstract", "abstracttext", "abstract_text", "ab", "summary", "description")
_AUTHORS = ("authors", "author", "authorstring", "author_list", "creators", "au")
_JOURNALS = (
    "journal",
    "journaltitle",
    "journal_title",
    "periodicalname",
    "container-title",
    "venue",
    "source",
    "publication",
    "journalinfo",
)
_DATES = (
    "publicationdate",
    "pubdate",
    "pub_date",
    "publication_date",
    "firstpublicationdate",
    "published",
    "year",
    "pubyear",
    "issued",
    "date",
    "epubdate",
)
_BODIES = ("fulltext", "full_text", "body", "text", "content", "paragraphs")
_LISTS = (
    "records",
    "resultlist",
    "results",
    "result",
    "items",
    "articles",
    "article",
    "data",
    "hits",
    "documents",
    "message",
    "collection",
    "collections",
    "pubtator3",
    "papers",
    "response",
    "docs",
    "entries",
    "library",
    "_source",
    "pubmedarticleset",
    "pubmedarticle",
)


def read(data: bytes, name: str) -> list[Source]:
    """The records of a JSON file: one object, a list, JSON lines, or an object with text behind.

    Of a damaged file what is whole is read, and a record that is not whole says so. Text that only
    looks like JSON is read as plain text. Raises ReadError E03 (endless nesting, nothing whole), E06
    (too many records) and E12 for JSON without a title, an abstract or a text.
    """
    text = decode(data).lstrip("\ufeff \t\r\n")
    values, tail = values_in(text)
    if not values:
        return read_text(text)
    sources = [source for value in values for source in _sources(value)]
    if not any(source.blocks for source in sources):
        if tail.strip():
            return read_text(tail)
        if sources:
            raise ReadError("E03", values[0].damage)
        raise ReadError("E12", "JSON without title, abstract or text")
    if len(sources) == 1:
        return [_with_tail(sources[0], tail)]
    if tail.strip():
        behind = f"{len(tail.strip()):,} characters behind the records were not read"
        sources[-1] = _warned(sources[-1], behind)
    return with_suffixes(sources)


def _sources(found: Value) -> list[Source]:
    """The records of a value; what of it is broken or too deep is told by its last record."""
    records = [source for fields in _records(found.value)
               if (source := _source(fields)).blocks and not (found.rescued and _is_title_alone(source))]
    most = caps().json_depth
    if records and depth_of(found.value, most) > most:
        records[-1] = _warned(records[-1], f"values inside more than {most:,} others were not read", "E06")
    if not found.damage:
        return records
    if not records:
        return [Source("json", (), failure=warning("E03", found.damage))]
    return [*records[:-1], _warned(records[-1], f"{found.damage}; what stands before was read")]


def _is_title_alone(source: Source) -> bool:
    """Whether an object may be a reference of a record, not a record."""
    return all(block.kind in (BlockKind.TITLE, BlockKind.AUTHORS) for block in source.blocks)


def _warned(source: Source, detail: str, code: str = "E03") -> Source:
    return replace(source, warnings=(*source.warnings, warning(code, detail)))


def _records(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects with a title or an abstract inside a JSON value, in order."""
    if depth > caps().json_depth:
        return
    if isinstance(value, list):
        for item in value:
            yield from _records(item, depth + 1)
    elif isinstance(value, dict):
        fields = {str(key).lower(): item for key, item in value.items()}
        if _is_record(fields):
            yield fields
            return
        if isinstance(fields.get("uids"), list):  # PubMed's summaries, each under its number
            yield from _records([value[uid] for uid in fields["uids"] if uid in value], depth + 1)
        for key in _LISTS:
            if isinstance(fields.get(key), list | dict):
                yield from _records(fields[key], depth + 1)


def _is_record(fields: dict[str, Any]) -> bool:
    return bool(
        _first(fields, _TITLES)
        or _first(fields, _ABSTRACTS)
        or _first(fields, _BODIES)
        or any(fields.get(name) for name in RECORD_FIELDS)
        or lowered(fields.get("metadata")).get("title")
    )


def _first(fields: dict[str, Any], names: tuple[str, ...]) -> str:
    """The text of the first field that has any."""
    for name in names:
        text = _text(fields.get(name))
        if text:
            return text
    return ""


def _text(value: Any, depth: int = 0) -> str:
    """A field as text: a string, a list of paragraphs, an object with a name or labelled parts."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if depth > caps().json_depth:
        return ""
    if isinstance(value, list):
        return "\n".join(filter(None, (_text(item, depth + 1) for item in value)))
    if isinstance(value, dict):
        fields = {str(key).lower(): item for key, item in value.items()}
        label = _text(fields.get("label") or fields.get("heading"), depth + 1)
        words = _first_nested(
            fields, ("text", "value", "content", "body", "name", "title", "#text", "date-parts"), depth
        )
        return f"{label}: {words}" if label and words else words
    return ""


def _first_nested(fields: dict[str, Any], names: tuple[str, ...], depth: int) -> str:
    for name in names:
        text = _text(fields.get(name), depth + 1)
        if text:
            return text
    return ""


def plain(markup: str) -> list[str]:
    """The paragraphs of a text with HTML tags and entities; raised powers of ten are written `10^9`."""
    if "<" in markup:
        markup = _POWER.sub(r"^\1", markup)
        markup = _TAG.sub("", _BREAKING_TAG.sub("\n", markup))
    text = html.unescape(markup) if "&" in markup else markup
    return _joined_headings([line.strip() for line in text.split("\n") if line.strip()])


def _joined_headings(lines: list[str]) -> list[str]:
    """A heading alone on its line (from <h4> or <title>) is put before its paragraph."""
    result: list[str] = []
    label = ""
    for line in lines:
        heading = _HEADING_LINE.fullmatch(line) is not None and len(line.split()) < 5
        if not heading:
            result.append(f"{label.rstrip(':')}: {line}" if label else line)
            label = ""
            continue
        if label:
            result.append(label)
        label = line
    if label:
        result.append(label)
    return result


def _source(fields: dict[str, Any]) -> Source:
    if isinstance(fields.get("passages"), list):
        return bioc.source_of(fields)
    fields = flat(fields)
    blocks: list[SourceBlock] = []
    title = " ".join(plain(_first(fields, _TITLES)))
    if title:
        blocks.append(SourceBlock(BlockKind.TITLE, (Line(title),)))
    authors = _authors(fields)
    if authors:
        blocks.append(SourceBlock(BlockKind.AUTHORS, (Line(", ".join(authors)),)))
    for paragraph in plain(_first(fields, _ABSTRACTS)):
        blocks.append(SourceBlock(BlockKind.ABSTRACT, (Line(paragraph),)))
    body = _body(fields, blocks)
    return Source("json", (*blocks, *body), _metadata(fields, title, authors), full_text=bool(body))


def _body(fields: dict[str, Any], before: list[SourceBlock]) -> list[SourceBlock]:
    """The body: in sections, as one text with marks, or a text whose parts are still to be found."""
    body = body_blocks(fields) or list(spans_body(fields.get("content")))
    told = {b.kind for b in before}
    body = [b for b in body if b.kind not in told or b.kind not in (BlockKind.TITLE, BlockKind.ABSTRACT)]
    if not body:
        words = "\n\n".join(plain(_first(fields, _BODIES)))
        return [SourceBlock(BlockKind.UNKNOWN, lines_of(words), joined=False)] if words else []
    return body


def _authors(fields: dict[str, Any]) -> tuple[str, ...]:
    for name in _AUTHORS:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            parts = re.split(r"\s*;\s*|\s*,\s*(?:and\s+)?|\s+and\s+", html.unescape(value.strip()))
            return tuple(part for part in parts if part)
        if isinstance(value, list):
            return tuple(filter(None, map(_person, value)))
    return ()


def _person(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        fields = {str(key).lower(): item for key, item in value.items()}
        given = _text(
            fields.get("given") or fields.get("firstname") or fields.get("forename") or fields.get("first")
        )
        family = _text(
            fields.get("family") or fields.get("lastname") or fields.get("surname") or fields.get("last")
        )
        return f"{given} {family}".strip() or _text(fields.get("name") or fields.get("fullname"))
    return ""


def _metadata(fields: dict[str, Any], title: str, authors: tuple[str, ...]) -> Metadata:
    links = " ".join(
        value for value in fields.values() if isinstance(value, str) and value.startswith("http")
    )
    doi = _DOI.search(_text(fields.get("doi")) or links)
    pmcid = _PMCID.search(f"{_text(fields.get('pmcid'))} {_text(fields.get('pmc'))} {links}")
    pmid = _PMID.fullmatch(_text(fields.get("pmid") or fields.get("pubmedid") or fields.get("pubmed_id")))
    year = next((match for key in _DATES if (match := _YEAR.search(_text(fields.get(key))))), None)
    return Metadata(
        title=title,
        authors=authors,
        journal=html.unescape(_first(fields, _JOURNALS).split("\n")[0]),
        year=int(year.group()) if year else None,
        doi=doi.group().rstrip(".,;)").lower() if doi else "",
        pmid=pmid.group() if pmid else "",
        pmcid=pmcid.group().upper() if pmcid else "",
    )


def _with_tail(source: Source, tail: str) -> Source:
    """The text behind a record, less what the record tells already."""
    if not tail.strip():
        return source
    told = _words(" ".join(line.text for block in source.blocks for line in block.lines))
    kept: list[Line] = []
    for line in lines_of(tail):
        words = _words(line.text)
        heading = words in ("abstract", "summary", "background") and len(line.text) < 20
        if heading or (words and f" {words} " in f" {told} "):
            continue
        kept.append(line)
    if not any(line.text.strip() for line in kept):
        return source
    block = SourceBlock(BlockKind.UNKNOWN, tuple(kept), joined=False)
    return replace(source, blocks=(*source.blocks, block))


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
