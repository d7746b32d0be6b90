"""Files to sources. What a file is, its first bytes tell, never its name.

Every format module has `read(data: bytes, name: str) -> list[Source]` and is imported when the
first file of its format comes.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import cast

from pipeline.caps import caps
from pipeline.errors import ReadError
from pipeline.files import TooLargeError, read_regular
from pipeline.paper import Source

_HEAD = 4096
#: an export shows within these bytes; search strategies and long abstracts may come first
_EXPORT_HEAD = 65_536

_JATS = re.compile(rb"<(?:\w+:)?(?:pmc-articleset|article|book-part|OAI-PMH)[\s>]")
_JATS_FRONT = re.compile(rb"<article[\s>][^<]*<front[\s>]")
_PUBMED = re.compile(
    rb"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle|MedlineCitationSet|MedlineCitation)[\s>]"
)
_ENDNOTE = re.compile(rb"<records>\s*<record[\s>]")
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(
    rb"</?(?:p|div|span|a|table|tr|td|h[1-6]|br|li|ul|section|b|i|em|strong|sup|sub)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_MHTML = re.compile(
    rb"\A(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location)[ :].*?^Content-Type:\s*"
    rb"multipart/related",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_MEDLINE = re.compile(rb"^PMID- ?\d|^(?:STAT|TI  |OWN |DCOM|AB  )- ", re.MULTILINE)
_OVID = re.compile(rb"^<\d{1,6}>[ \t\r]*$", re.MULTILINE)
_RIS = re.compile(rb"^TY  ?- ", re.MULTILINE)
_XML_START = re.compile(rb"\A\s*<[?!A-Za-z]")


def read(path: Path) -> list[Source]:
    """The records of a file, most often one.

    Raises ReadError with a code of `pipeline.errors`.
    """
    return read_bytes(whole(path), path.name)


def whole(path: Path) -> bytes:
    """The bytes of a file; of one that is too large, or no file, none is read. Raises ReadError."""
    try:
        return read_regular(path, caps().file_bytes)
    except TooLargeError as error:
        raise ReadError("E06", str(error.strerror)) from error
    except OSError as error:
        raise ReadError("E05", error.strerror or type(error).__name__) from error


def read_bytes(data: bytes, name: str) -> list[Source]:
    """The records in the bytes of a file; `name` (its base name) is for messages only."""
    if not data:
        raise ReadError("E01")
    if is_beginning(data):
        raise ReadError("E03", f"only the first {len(data):,} bytes of a file are there")
    module = sniff(data)
    if not module:
        raise ReadError("E02")
    return cast("list[Source]", import_module(f"pipeline.readers.{module}").read(data, name))


def sniff(data: bytes) -> str:
    """Which module of this package reads these bytes; "" where none does."""
    head = data[:_HEAD]
    if _is_pdf(data):
        return "pdf"
    if head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar":
        return "archive"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"[Content_Types].xml" in data or b"word/" in data else "archive"
    if _is_binary(head):
        return ""
    if b"\x00" in head:  # UTF-16 or UTF-32: look at the letters alone
        head = head.replace(b"\x00", b"")
    return _sniff_markup(head, data)


#: the first bytes of formats; a file that ends within them holds nothing yet
_BEGINNINGS = (b"%PDF-1.", b"PK\x03\x04", b"\x1f\x8b\x08", b"<?xml ", b"<!DOCTYPE ", b"<html", b"<article",
               b"<PubmedArticle", b"TY  - ", b"PMID- ", b'{"', b"[{", b"\xef\xbb\xbf", b"From: <Saved by ")
_TAG_OPEN = re.compile(rb"\A\s*<[?!A-Za-z][^>]*\Z")
#: the head of a saved page's archive that never ends
_MAIL_HEAD = re.compile(rb"\A(?:From: <Saved by|MIME-Version: 1\.0)(?!.*\n\r?\n)", re.DOTALL)


def is_beginning(data: bytes) -> bool:
    """Whether a file ends within the first bytes of its format, or within its first tag."""
    start = data.strip()
    if 0 < len(start) < 16 and any(known.lower().startswith(start.lower()) for known in _BEGINNINGS):
        return True
    return len(data) < _HEAD and bool(_TAG_OPEN.match(start) or _MAIL_HEAD.match(start))


def _is_pdf(data: bytes) -> bool:
    """Whether %PDF stands where it counts: first of all, or behind other bytes that are no web page."""
    place = data.find(b"%PDF", 0, 1024)
    if place < 0:
        return False
    before = data[:place].strip(b"\xef\xbb\xbf\x00 \t\r\n")
    return not before or (b" obj" in data and not _HTML.search(before))


def _sniff_markup(head: bytes, data: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    first = start[:1]
    if first == b"<" and _XML_START.match(start):
        return _sniff_xml(start)
    if first in (b"{", b"["):
        return "json_record" if re.match(rb'[\[{]\s*[\[{"}\]]', start) else "text"
    if b"- " in start:
        if _RIS.search(start):
            return "ris"
        if start.startswith(b"PMID- ") or (start[:2048].count(b"- ") > 1 and _MEDLINE.search(start)
                                           and not _OVID.search(start)):
            return "medline"
    export = _export(data)
    if export:
        return export
    if b"multipart/related" in start and _MHTML.search(start):
        return "html"
    if b"<" in start and (_HTML.search(start) or len(_TAG.findall(start)) > 5):
        return "html"
    if b"endobj" in start or b"endobj" in data:  # the inside of a PDF that has lost its beginning
        return "pdf"
    return "text"


def _sniff_xml(start: bytes) -> str:
    if _PUBMED.search(start):
        return "pubmed"
    if _ENDNOTE.search(start):
        return "endnote_xml"
    if _JATS_FRONT.search(start):  # <article> and <body> are tags of HTML as well
        return "jats"
    if _HTML.search(start[:600]):
        return "html"
    if _JATS.search(start):  # <article> is a tag of HTML 5 as well: only after the test above
        return "jats"
    if _HTML.search(start) or len(_TAG.findall(start)) > 2:
        return "html"
    return "jats" if start[:9].lower().startswith((b"<?xml", b"<!doctype")) else "text"


def _export(data: bytes) -> str:
    """Which module reads the export that these bytes are; "" for other text."""
    from pipeline.readers.encoding import decode  # noqa: PLC0415 - not needed for most formats
    from pipeline.readers.exports import module_of  # noqa: PLC0415

    try:
        return module_of(decode(data[:_EXPORT_HEAD]))
    except ReadError:
        return ""


_MAGIC = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"SQLite",
    b"\x00\x00\x01\x00",
    b"RIFF",
    b"OggS",
    b"ID3",
)

#: control bytes that no text has in number; zero bytes are those of UTF-16
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\r\x0b\x0c\x1b\x02"))


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are of no text encoding: known magic numbers or many control bytes."""
    if head.startswith(_MAGIC):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > 0.05 * len(head)
