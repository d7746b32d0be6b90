"""Web pages as saved from journals, PubMed Central, PubMed and Europe PMC; MHTML archives too."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree, html

from pipeline.caps import caps
from pipeline.errors import ReadError, warning
from pipeline.paper import BlockKind, Metadata, Source, SourceBlock
from pipeline.readers.blocks import block, preamble_aside, with_captions
from pipeline.readers.encoding import decode
from pipeline.readers.html_articles import articles_in, title_of
from pipeline.readers.html_body import PageReader
from pipeline.readers.html_clean import clean
from pipeline.readers.html_inline import html_role
from pipeline.readers.html_meta import metadata_of
from pipeline.readers.initials import join_in_page
from pipeline.readers.jats_inline import flatten_formulas
from pipeline.readers.markup import Element, inline, plain
from pipeline.readers.mhtml import is_mhtml, page_in
from pipeline.readers.record import with_suffixes
from pipeline.readers.xmltree import syntax_error

_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\A\s*<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^<>]{0,400}\?>")
_PREFIXED = re.compile(r"[A-Za-z][A-Za-z0-9]{0,20}:([A-Za-z][A-Za-z0-9]{0,30})")
#: what no tree may hold; a form feed stands between words
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]0*(?P<hex>[0-9a-fA-F]{1,6})|0*(?P<number>[0-9]{1,7}));?")
_LATIN = frozenset(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii",
                    "ascii"))  # browsers read cp1252


def read(data: bytes, name: str) -> list[Source]:
    """The article of one page, or its articles where it holds several.

    Raises ReadError E01, E02, E03, E06 and E12 (a page without article).
    """
    most = caps().markup_bytes
    if len(data) > most:
        raise ReadError("E06", f"{len(data):,} bytes of HTML, at most {most:,}")
    text, warnings = _page(data)
    root, stopped = _parse(text)
    flatten_formulas(root)
    join_in_page(root)
    metadata = metadata_of(root)
    body = root.find("body")
    body = root if body is None else body
    several = [] if metadata.doi or metadata.pmid or metadata.authors else articles_in(body, metadata.title)
    if not several:
        return [_source(body, metadata, warnings + stopped)]
    stated = [Metadata(title=title_of(article), language=metadata.language) for article in several]
    return with_suffixes([_source(_alone(article), own, warnings + stopped)
                          for article, own in zip(several, stated, strict=True)])


def _alone(article: Element) -> Element:
    """A body that holds nothing but one article of the page."""
    body = etree.Element("body")
    article.tail = ""
    body.append(article)
    return body


def _source(body: Element, metadata: Metadata, warnings: tuple[str, ...]) -> Source:
    heading = next((words for h in body.iter("h1") if (words := plain(inline(h, html_role)))), "")
    title = _longer_title(metadata.title, heading)
    blocks = PageReader(title).read(clean(body))
    blocks = _leveled(preamble_aside(with_captions(blocks)))
    if not any(b.kind in (BlockKind.PARAGRAPH, BlockKind.ABSTRACT, BlockKind.TABLE) for b in blocks):
        raise ReadError("E12", "a web page without an article")
    front = [block(BlockKind.TITLE, title)] if title else []
    if metadata.authors:
        front.append(block(BlockKind.AUTHORS, ", ".join(metadata.authors)))
    return Source("html", tuple(front + blocks), replace(metadata, title=title),
                  warnings=warnings + _missing_tables(blocks))


_OPENED = re.compile(r"<(html|body|article|main|section|div|table)\b")
_CLOSED = re.compile(r"</(?:html|body)\s*>")
_IN_TAG = re.compile(r"<[a-z/!?][^<>]*\Z")
#: what swallows all that follows where its end is missing
_SWALLOWING = {"<!--": "-->", **{f"<{tag}": f"</{tag}" for tag in ("script", "style", "textarea", "title")}}


def _page(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a page, and a warning where its end is missing."""
    page, charset, warnings = page_in(data) if is_mhtml(data) else (data, "", ())
    try:
        text = page.decode(charset) if charset else _decode(page)
    except (LookupError, ValueError):
        text = _decode(page)
    if _is_cut(text.lower()):
        warnings += (warning("E03", "the end of the page is missing"),)
    return text, warnings


def _is_cut(lower: str) -> bool:
    """Whether a page stops in a tag, or opens its outermost element and never closes it.

    The rules let pages leave closing tags out; no browser or journal that saves one does.
    """
    if _IN_TAG.search(lower, max(0, len(lower) - 2000)):
        return True
    if any(lower.rfind(begin) > lower.rfind(end) for begin, end in _SWALLOWING.items()):
        return True
    opened = _OPENED.search(lower)
    return opened is not None and not _CLOSED.search(lower) and f"</{opened[1]}" not in lower


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


def _parse(text: str) -> tuple[Element, tuple[str, ...]]:
    """The tree of a page, and a warning where the parser gave up."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False,
                             encoding="utf-8")
    try:
        root = html.document_fromstring(_clean(text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise syntax_error(error) from error
    stopped = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    for element in root.iter():
        prefixed = _PREFIXED.fullmatch(element.tag) if isinstance(element.tag, str) else None
        if prefixed:  # mml:math, m:math
            element.tag = prefixed.group(1)
    if not stopped:
        return root, ()
    return root, (warning("E06", "elements nested too deep or too long a text; what follows was not read"),)


def _clean(text: str) -> str:
    """A page without its XML declaration and the characters, spelled out or not, that no tree may hold."""
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    if "&#" in text:
        text = _REFERENCE.sub(_referred, text)
    return _NOT_TEXT.sub("", text.replace("\x0c", "\n"))


def _referred(match: re.Match[str]) -> str:
    code = int(match["hex"], 16) if match["hex"] else int(match["number"])
    if code == 0x0C:
        return "\n"
    return match.group() if code <= 0x10FFFF and not _NOT_TEXT.match(chr(code)) else ""


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
