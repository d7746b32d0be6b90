"""XML that may be hostile or broken, to a tree: no entities, no network, bounded depth and size."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from pipeline.caps import caps
from pipeline.errors import ReadError, warning
from pipeline.readers.encoding import decode
from pipeline.readers.markup import Element

_DECLARATION = re.compile(r"\A\s*<\?xml\b[^<>]{0,400}\?>")
_DECLARED_ENCODING = re.compile(rb"\A\s*<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_NAMED_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9._-]{0,40});")
_NUMERIC_CONTROL = re.compile(r"&#(?:x(?:0*(?:[0-8BbCcEeFf]|1[0-9A-Fa-f])|[dD][89A-Fa-f][0-9A-Fa-f]{2})"
                              r"|0*(?:[0-8]|1[124-9]|2\d|3[01]));")
_BARE_AMPERSAND = re.compile(r"&(?![A-Za-z#])")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LATER_DECLARATION = re.compile(rb"<\?xml\b[^<>]{0,400}\?>")
_LATER_DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[]{0,2000}(?:\[[^\]]{0,5000}\]\s*)?>")
_FIRST_TAG = re.compile(rb"<([A-Za-z][\w:.-]*)[\s>]")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))


def parse_xml(data: bytes) -> tuple[Element, tuple[str, ...]]:
    """The root element, its tags without namespaces, and a warning where the file is damaged.

    The DOCTYPE is cut off before parsing, so nothing it declares or points to takes effect; named
    entities are those of HTML. Raises ReadError E03 (broken beyond repair, too deep) and E06.
    """
    if len(data) > caps().markup_bytes:
        raise ReadError("E06", f"{len(data):,} bytes of XML, at most {caps().markup_bytes:,}")
    clean = _prepare(_decode(data)).encode("utf-8", "replace")
    warnings: tuple[str, ...] = ()
    root, reason = _strict(clean)
    if reason is not None and (row := _in_a_row(clean, reason)) is not clean:
        clean = row
        root, reason = _strict(clean)
    if reason is not None:
        root = _recover(clean, reason)
        warnings = (warning("E03", f"the XML is damaged, {reason.detail}; what could be read was read"),)
    depth = caps().xml_depth
    if etree.XPath(f"boolean({'/*' * (depth + 1)})")(root):
        raise ReadError("E03", f"elements nested more than {depth:,} deep")
    _drop_namespaces(root)
    return root, warnings


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
                           huge_tree=False, remove_comments=True, remove_pis=True, recover=recover,
                           encoding="utf-8")


def _strict(clean: bytes) -> tuple[Element, ReadError | None]:
    """The root of XML without a fault, else the fault."""
    try:
        return etree.fromstring(clean, _parser(recover=False)), None
    except etree.XMLSyntaxError as error:
        return None, syntax_error(error)


def _in_a_row(clean: bytes, reason: ReadError) -> bytes:
    """Several documents one after the other below a root of their own; anything else as it is."""
    if "Extra content" not in reason.detail and "XML declaration" not in reason.detail:
        return clean
    bare = _LATER_DOCTYPE.sub(b"", _LATER_DECLARATION.sub(b"", clean))
    first = _FIRST_TAG.search(bare)
    again = first is not None and len(re.findall(rb"<" + re.escape(first.group(1)) + rb"[\s>]", bare)) > 1
    return b"<documents>" + bare + b"</documents>" if again else clean


def _recover(clean: bytes, reason: ReadError) -> Element:
    try:
        root = etree.fromstring(clean, _parser(recover=True))
    except etree.XMLSyntaxError as error:
        syntax_error(error)
        root = None
    if root is None:
        raise reason
    return root


def syntax_error(error: etree.LxmlError) -> ReadError:
    """What a parser's error says of the file, as a ReadError E03 to raise.

    Raises MemoryError itself where the parser was out of memory, which says nothing of the file.
    """
    if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError("the parser of markup is out of memory")
    return ReadError("E03", _NOT_XML.sub("", str(getattr(error, "msg", "") or "no element"))[:160])


def _decode(data: bytes) -> str:
    declared = _DECLARED_ENCODING.match(data[:1000])
    if declared and not data.isascii():
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (UnicodeError, LookupError):
            pass
    return decode(data)


def _prepare(text: str) -> str:
    """Cut the declaration and the DOCTYPE off, decode named entities, drop impossible characters."""
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    text = _without_doctype(text)
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
    if "&" in text:
        text = _NAMED_ENTITY.sub(_character, text)
        text = _NUMERIC_CONTROL.sub("", _BARE_AMPERSAND.sub("&amp;", text))
    return text.lstrip()


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name in _XML_ENTITIES:
        return match.group()
    return html5.get(name + ";", "").replace("<", "&lt;").replace("&", "&amp;")


def _without_doctype(text: str) -> str:
    start = text.find("<!DOCTYPE", 0, 10_000)
    if start < 0:
        return text
    bracket, end = text.find("[", start), text.find(">", start)
    if -1 < bracket < end:
        close = re.compile(r"\]\s*>").search(text, bracket)
        end = close.end() - 1 if close else -1
    return text[:start] + text[end + 1:] if end > 0 else text


def _drop_namespaces(root: Element) -> None:
    for element in root.iter("{*}*"):
        if element.tag[0] == "{":
            element.tag = element.tag.partition("}")[2]
