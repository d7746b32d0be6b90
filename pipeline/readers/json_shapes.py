"""Shapes of JSON records: where CORD-19, S2ORC, Europe PMC, PubMed and others keep what a record has.

`flat` brings their nested fields up to the names that `json_record` knows; `body_blocks` reads a body that is
told in sections; `spans_body` one that is a single text with marks beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from pipeline.caps import caps
from pipeline.paper import BlockKind, SourceBlock
from pipeline.readers.blocks import block, with_captions
from pipeline.readers.grids import html_table
from pipeline.readers.html_inline import html_role
from pipeline.readers.titles import is_abstract_title, is_boilerplate_title, is_references_title

#: an object: names of fields in lower case -> values
Object = dict[str, Any]

#: fields by which an object is a record though it has no title of its own
RECORD_FIELDS = frozenset(("passages", "body_text", "pdf_parse", "medlinecitation"))
_BODIES = ("body_text", "sections", "full_text", "fulltext", "body", "paragraphs", "content", "text")
_HEADINGS = (
    "section",
    "heading",
    "title",
    "section_title",
    "section_name",
    "header",
    "sec_title",
    "name",
    "label",
)
_WORDS = ("text", "paragraphs", "content", "body", "paragraph", "sentences", "value", "p")
_INNER = ("sections", "subsections", "children", "secs", "sec")
_ABSTRACT_WORDS = re.compile(r"abstract|summary", re.IGNORECASE)
_IDS = {
    "doi": "doi",
    "pubmed": "pmid",
    "pmid": "pmid",
    "pubmedcentral": "pmcid",
    "pmc": "pmcid",
    "pmcid": "pmcid",
}


def lowered(value: Any) -> Object:
    """An object with its names in lower case; empty for anything else."""
    return {str(key).lower(): item for key, item in value.items()} if isinstance(value, dict) else {}


def flat(fields: Object) -> Object:
    """The record with the fields that services nest brought to the top; those that stand there win."""
    found: Object = {}
    found.update(_citation(lowered(fields.get("medlinecitation"))))
    found.update(lowered(fields.get("metadata")))
    parsed = lowered(fields.get("pdf_parse"))
    found.update(
        {
            key: parsed[key]
            for key in ("body_text", "back_matter", "ref_entries", "abstract")
            if parsed.get(key)
        }
    )
    journal = lowered(lowered(fields.get("journalinfo")).get("journal"))
    found["journal"] = journal.get("title") or fields.get("fulljournalname") or found.get("journal")
    for name in ("externalids", "ids", "identifiers"):
        found.update(
            {_IDS[key]: item for key, item in lowered(fields.get(name)).items() if key in _IDS and item}
        )
    for one in _objects(fields.get("articleids")):
        found[_IDS.get(str(one.get("idtype", "")).lower(), "")] = one.get("value")
    if not fields.get("authors"):
        found["authors"] = lowered(fields.get("authorlist")).get("author") or found.get("authors")
    if isinstance(fields.get("abstract_inverted_index"), dict):
        found["abstract"] = _uninverted(fields["abstract_inverted_index"])
    return {**found, **{key: item for key, item in fields.items() if item not in (None, "", [], {})}}


def _citation(citation: Object) -> Object:
    """PubMed's XML as converters write it in JSON."""
    article = lowered(citation.get("article"))
    if not article:
        return {}
    journal = lowered(article.get("journal"))
    issue = lowered(lowered(journal.get("journalissue")).get("pubdate"))
    return {
        "title": _words(article.get("articletitle")),
        "abstract": lowered(article.get("abstract")).get("abstracttext"),
        "pmid": _words(citation.get("pmid")),
        "journal": _words(journal.get("title")),
        "year": _words(issue.get("year")),
        "authors": lowered(article.get("authorlist")).get("author"),
    }


def _words(value: Any) -> str:
    """A string, or the words of an element as converters write it (`{"#text": ...}`, `{"_": ...}`)."""
    if isinstance(value, dict):
        value = value.get("#text") or value.get("_") or value.get("content") or value.get("value")
    return str(value).strip() if isinstance(value, str | int) else ""


def _objects(value: Any) -> Iterator[Object]:
    if isinstance(value, list):
        yield from (lowered(item) for item in value if isinstance(item, dict))


def _uninverted(index: dict[str, Any]) -> str:
    """OpenAlex tells an abstract as the places of each word."""
    placed = [
        (place, word)
        for word, places in index.items()
        if isinstance(places, list)
        for place in places
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(placed))


def body_blocks(fields: Object) -> list[SourceBlock]:
    """The body of a record that is told in sections, with captions and tables; [] where it is none."""
    blocks: list[SourceBlock] = []
    for name in _BODIES:
        value = fields.get(name)
        if isinstance(value, list | dict) and _has_sections(value):
            blocks = list(_sections(value, 1))
            break
    if not blocks:
        return []
    blocks += _sections(fields.get("back_matter"), 1)
    blocks += _floats(fields.get("ref_entries"))
    return with_captions(_once_headed(blocks))


def _has_sections(value: list[Any] | dict[str, Any]) -> bool:
    """Whether any part has words of its own below a name, as a section has."""
    if isinstance(value, dict):
        parts = lowered(value)
        if any(parts.get(key) for key in _INNER):
            return True
        return (
            "annotations" not in parts
            and not any(key in parts for key in _WORDS)
            and any(isinstance(item, str | list) and item for item in parts.values())
        )
    return any(
        isinstance(item, dict) and any(key in lowered(item) for key in (*_WORDS, *_INNER)) for item in value
    )


def _sections(value: Any, level: int) -> Iterator[SourceBlock]:
    """Sections as a list of objects, as an object of title and words, or a list of paragraphs."""
    if level > caps().json_depth:
        return
    if isinstance(value, str):
        yield from _paragraphs(value)
    elif isinstance(value, list):
        for item in value:
            yield from _section(lowered(item), level) if isinstance(item, dict) else _sections(item, level)
    elif isinstance(value, dict):
        parts = lowered(value)
        if any(parts.get(key) for key in (*_INNER, *_WORDS)):
            yield from _section(parts, level)
        else:
            for title, words in value.items():
                yield from _headed(_as_title(str(title)), list(_sections(words, level + 1)), level)


def _as_title(name: str) -> str:
    """A field's name as a heading: "case_report" is "Case report"."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _section(parts: Object, level: int) -> Iterator[SourceBlock]:
    title = next((text for key in _HEADINGS if isinstance(text := parts.get(key), str) and text.strip()), "")
    inside = [b for key in (*_WORDS, *_INNER) for b in _sections(parts.get(key), level + 1)]
    yield from _headed(title, inside, level)


def _headed(title: str, inside: list[SourceBlock], level: int) -> Iterator[SourceBlock]:
    """A section below its title, its paragraphs of the kind that the title says."""
    title = " ".join(title.split())
    if not inside:
        return
    kind = kind_of(title)
    if title and kind is not BlockKind.ABSTRACT:
        yield block(BlockKind.HEADING, title, level)
    for one in inside:
        plain = one.kind is BlockKind.PARAGRAPH and kind is not BlockKind.PARAGRAPH
        yield SourceBlock(kind, one.lines) if plain else one


def kind_of(title: str) -> BlockKind:
    """What the paragraphs below a section's title are."""
    if is_references_title(title):
        return BlockKind.REFERENCE
    if is_boilerplate_title(title):
        return BlockKind.BOILERPLATE
    return BlockKind.ABSTRACT if title and is_abstract_title(title) else BlockKind.PARAGRAPH


def _paragraphs(text: str) -> Iterator[SourceBlock]:
    from pipeline.readers.json_record import plain  # noqa: PLC0415 - it imports this module

    yield from (block(BlockKind.PARAGRAPH, line) for line in plain(text))


def _once_headed(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """A section whose every paragraph names it has one heading."""
    kept: list[SourceBlock] = []
    last = ""
    for one in blocks:
        if one.kind is BlockKind.HEADING:
            if one.lines[0].text == last:
                continue
            last = one.lines[0].text
        kept.append(one)
    return kept


def _floats(entries: Any) -> Iterator[SourceBlock]:
    """Captions of figures and tables, and the tables where their markup is kept."""
    for name, entry in (lowered(entries)).items():
        parts = lowered(entry)
        kind = str(parts.get("type") or parts.get("type_str") or name).lower()
        caption = str(parts.get("text") or parts.get("caption") or "").strip()
        if "tab" not in kind and "fig" not in kind:
            continue
        if caption and caption.upper() not in ("TABLE", "FIGURE"):
            number = _words(parts.get("num") or parts.get("fig_num"))
            label = f"{'Table' if 'tab' in kind else 'Figure'} {number}. " if number else ""
            yield block(BlockKind.CAPTION, label + " ".join(caption.split()))
        grid = table_in(parts.get("html") or parts.get("content"))
        if grid is not None:
            yield grid


def table_in(markup: Any) -> SourceBlock | None:
    """The grid of the first table in a piece of HTML or XML; None where there is none."""
    if not isinstance(markup, str) or "<t" not in markup:
        return None
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    element = next(root.iter("table"), None)
    return html_table(element, html_role) if element is not None else None


def spans_body(content: Any) -> Iterator[SourceBlock]:
    """S2ORC's later form: one text, and beside it where its titles, paragraphs and references stand.

    The marks are lists of `{"start": ..., "end": ...}`, often as JSON inside a string.
    """
    parts = lowered(content)
    text, marks = parts.get("text"), lowered(parts.get("annotations"))
    if not isinstance(text, str) or not marks:
        return
    placed = sorted(
        (start, end, name) for name in _SPANS for start, end in _spans(marks.get(name), len(text))
    )
    kind = BlockKind.PARAGRAPH
    abstract_end = max((end for _, end, name in placed if name == "abstract"), default=0)
    done = 0
    for start, end, name in placed:
        words = " ".join(text[start:end].split())
        if start < done or not words:
            continue
        done = end
        if name == "sectionheader":
            kind = kind_of(words)
            if kind is not BlockKind.ABSTRACT:
                yield block(BlockKind.HEADING, words, 1)
        elif name == "paragraph" and end <= abstract_end:
            yield block(BlockKind.ABSTRACT, words)
        else:
            yield block(kind if name == "paragraph" else _SPANS[name], words)


_SPANS = {
    "title": BlockKind.TITLE,
    "abstract": BlockKind.ABSTRACT,
    "sectionheader": BlockKind.HEADING,
    "paragraph": BlockKind.PARAGRAPH,
    "figurecaption": BlockKind.CAPTION,
    "tablecaption": BlockKind.CAPTION,
    "bibentry": BlockKind.REFERENCE,
}


def _spans(value: Any, length: int) -> Iterator[tuple[int, int]]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return
    for one in _objects(value):
        start, end = str(one.get("start")), str(one.get("end"))
        if start.isdecimal() and end.isdecimal() and int(start) < int(end) <= length:
            yield int(start), int(end)
