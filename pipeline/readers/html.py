"""Web pages as saved from journals, PubMed Central, PubMed and Europe PMC; MHTML archives too."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.message import Message

from lxml import etree, html

from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Source, SourceBlock
from pipeline.readers.blocks import block, preamble_aside, with_captions
from pipeline.readers.encoding import decode
from pipeline.readers.html_body import PageReader
from pipeline.readers.html_clean import clean
from pipeline.readers.html_inline import html_role
from pipeline.readers.html_meta import metadata_of
from pipeline.readers.initials import join_in_page
from pipeline.readers.jats_inline import flatten_formulas
from pipeline.readers.limits import MAX_MARKUP, MAX_PARTS
from pipeline.readers.markup import Element, inline, plain

_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\A\s*<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^<>]{0,400}\?>")
_MHTML = re.compile(rb"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_PREFIXED = re.compile(r"[A-Za-z][A-Za-z0-9]{0,20}:([A-Za-z][A-Za-z0-9]{0,30})")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LATIN = frozenset(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii",
                    "ascii"))  # browsers read cp1252


def read(data: bytes, name: str) -> list[Source]:
    """The article of one page.

    Raises ReadError E01, E02, E03, E06 and E12 (a page without article).
    """
    if len(data) > MAX_MARKUP:
        raise ReadError("E06", f"{len(data):,} bytes of HTML, at most {MAX_MARKUP:,}")
    text = _from_mhtml(data) if _MHTML.search(data[:4000]) else _decode(data)
    root = _parse(text)
    flatten_formulas(root)
    join_in_page(root)
    metadata = metadata_of(root)
    body = root.find("body")
    body = root if body is None else body
    heading = next((words for h in body.iter("h1") if (words := plain(inline(h, html_role)))), "")
    title = _longer_title(metadata.title, heading)
    blocks = PageReader(title).read(clean(body))
    blocks = _leveled(preamble_aside(with_captions(blocks)))
    if not any(b.kind in (BlockKind.PARAGRAPH, BlockKind.ABSTRACT, BlockKind.TABLE) for b in blocks):
        raise ReadError("E12", "a web page without an article")
    front = [block(BlockKind.TITLE, title)] if title else []
    if metadata.authors:
        front.append(block(BlockKind.AUTHORS, ", ".join(metadata.authors)))
    return [Source("html", tuple(front + blocks), replace(metadata, title=title),
                   warnings=_missing_tables(blocks))]


_TABLE_CAPTION = re.compile(r"Table\s+[A-Z]?\d{1,2}\b", re.IGNORECASE)


def _missing_tables(blocks: list[SourceBlock]) -> tuple[str, ...]:
    """Some journals show a table's caption alone and the table on a page of its own."""
    missing = []
    for number, current in enumerate(blocks):
        name = _TABLE_CAPTION.match(current.lines[0].text) if current.kind is BlockKind.CAPTION else None
        near = blocks[max(0, number - 1):number] + blocks[number + 1:number + 2]
        if name and not any(b.kind is BlockKind.TABLE for b in near):
            missing.append(f"{name.group()} is not on this page and was not read")
    return tuple(dict.fromkeys(missing))


def _parse(text: str) -> Element:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False,
                             encoding="utf-8")
    clean_text = _NOT_TEXT.sub("", _DECLARATION.sub("", text.lstrip("\ufeff"), count=1))
    try:
        root = html.document_fromstring(clean_text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError("E03", str(error)[:160]) from error
    for element in root.iter():
        prefixed = _PREFIXED.fullmatch(element.tag) if isinstance(element.tag, str) else None
        if prefixed:  # mml:math, m:math
            element.tag = prefixed.group(1)
    return root


def _decode(data: bytes) -> str:
    """Text of a page: byte order mark, then UTF-8 where it is valid, then what the page declares."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and not data.isascii():
        declared = _CHARSET.search(data[:8000]) or _XML_CHARSET.match(data[:500])
        charset = declared.group(1).decode("ascii").lower() if declared else ""
        if charset and charset not in ("utf-8", "utf8", "utf-16", "unicode") and not _is_utf8(data):
            try:
                return data.decode("cp1252" if charset in _LATIN else charset, "replace")
            except (LookupError, ValueError):
                pass
    return decode(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _from_mhtml(data: bytes) -> str:
    """The page inside an MHTML archive: the largest HTML part."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts: list[Message] = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            raise ReadError("E06", f"more than {MAX_PARTS:,} parts")
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            parts.append(part)
    pages = [(page, part.get_content_charset()) for part in parts
             if isinstance(page := part.get_payload(decode=True), bytes)]
    if not pages:
        raise ReadError("E12", "an MHTML archive without a page")
    page, charset = max(pages, key=lambda pair: len(pair[0]))
    try:
        return page.decode(charset) if charset else _decode(page)
    except (LookupError, ValueError):
        return _decode(page)


def _longer_title(stated: str, heading: str) -> str:
    """The heading where it only completes or repeats what the head states, else the head's."""
    if not stated:
        return heading
    return heading if heading and heading.casefold().startswith(stated.casefold()[:40]) else stated


def _leveled(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """Levels of headings from 1 without gaps, whatever h1 to h6 the page begins with."""
    used = sorted({b.level for b in blocks if b.kind is BlockKind.HEADING})
    rank = {level: number for number, level in enumerate(used, 1)}
    return [replace(b, level=rank[b.level]) if b.kind is BlockKind.HEADING else b for b in blocks]
