"""The body of JATS: sections, paragraphs, tables, figures and lists, in reading order."""

from __future__ import annotations

import re

from pipeline.paper import BlockKind, SourceBlock
from pipeline.readers.blocks import block, captioned
from pipeline.readers.grids import html_table
from pipeline.readers.jats_inline import FLOATS, jats_role
from pipeline.readers.jats_meta import words
from pipeline.readers.markup import BLOCK, Element, inline, plain
from pipeline.readers.titles import is_boilerplate_title

_BOILERPLATE_TYPES = frozenset(("coi-statement", "conflict", "data-availability", "ethics-statement",
                                "author-contributions", "contributions", "supplementary-material", "funding",
                                "financial-disclosure", "abbreviations", "display-objects-supplementary"))
_BOILERPLATE_TAGS = frozenset(("ack", "fn-group", "notes", "bio", "glossary", "author-notes", "funding-group",
                               "supplementary-material", "media", "fn", "kwd-group"))
_SECTION_TAGS = frozenset(("sec", "app", "boxed-text", "statement", "ack", "app-group"))
_IGNORED = frozenset(("title", "label", "sec-meta", "graphic", "disp-formula", "disp-formula-group",
                      "object-id", "permissions", "sub-article", "response", "alt-text", "processing-meta",
                      "kwd-group"))
_END = re.compile(r"[.?!:;]$")


class BodyReader:
    """Collects the blocks of one article.

    `floats` are tables and figures that stand at the end of the file: each is set after the first
    paragraph that refers to it, as in print.
    """

    def __init__(self, floats: list[Element]) -> None:
        self.blocks: list[SourceBlock] = []
        self.warnings: list[str] = []
        self._floats = {element.get("id", f"#{number}"): element for number, element in enumerate(floats)}

    def read(self, parent: Element, level: int = 1, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """The children of a body, back or section; `level` is that of the headings inside."""
        for child in parent:
            self._child(child, level, kind)

    def remaining_floats(self) -> None:
        """The tables and figures that no paragraph refers to."""
        for element in self._floats.values():
            self._child(element, 1, BlockKind.PARAGRAPH)
        self._floats = {}

    def _child(self, element: Element, level: int, kind: BlockKind) -> None:
        tag = element.tag
        if tag in _IGNORED or tag == "caption":
            return
        if tag in ("table-wrap", "table"):
            self._table_wrap(element)
        elif tag in ("fig", "fig-group", "table-wrap-group"):
            self._caption(element)
            if tag != "fig":
                self.read(element, level, kind)
        elif tag == "ref-list":
            self._references(element, level)
        elif tag in ("list", "def-list"):
            self._list(element, level, kind)
        elif tag in _BOILERPLATE_TAGS:
            self._section(element, level, BlockKind.BOILERPLATE)
        elif tag in _SECTION_TAGS:
            self._section(element, level, kind)
        elif tag != "p" and any(c.tag in FLOATS or c.tag in ("p", "sec", "list") for c in element):
            self.read(element, level, kind)
        else:
            self._paragraph(element, level, kind)

    def _section(self, element: Element, level: int, kind: BlockKind) -> None:
        title = words(element.find("title")) or words(element.find("caption/title"))
        label = words(element.find("label"))
        if label and any(c.isalpha() for c in label) and len(label) > 2 and label not in title:
            title = captioned(label, title)
        if element.get("sec-type", "") in _BOILERPLATE_TYPES or (title and is_boilerplate_title(title)):
            kind = BlockKind.BOILERPLATE
        if title and element.tag != "fn":
            self.blocks.append(block(BlockKind.HEADING, title, level))
        caption = element.find("caption")
        if caption is not None:
            self.read(caption, level + 1, kind)
        self.read(element, level + 1, kind)

    def _paragraph(self, element: Element, level: int, kind: BlockKind) -> None:
        inner: list[Element] = []
        pieces = inline(element, jats_role, inner).split(BLOCK)
        text, waiting = pieces[0], []
        for child, following in zip(inner, pieces[1:], strict=True):
            if child.tag in FLOATS:  # the paragraph runs on, the float follows it
                waiting.append(child)
                text += " " + following
                continue
            self._flush(text, waiting, level, kind)
            self._child(child, level, kind)
            text, waiting = following, []
        if self._floats:
            cited = [xref.get("rid", "") for xref in element.iter("xref")]
            waiting += [self._floats.pop(rid) for rid in dict.fromkeys(cited) if rid in self._floats]
        self._flush(text, waiting, level, kind)

    def _flush(self, marked: str, waiting: list[Element], level: int, kind: BlockKind) -> None:
        text = plain(marked)
        if text and any(c.isalnum() for c in text):
            self.blocks.append(block(kind, text))
        for element in waiting:
            self._child(element, level, kind)

    def _list(self, element: Element, level: int, kind: BlockKind) -> None:
        title = words(element.find("title"))
        if title:
            self.blocks.append(block(kind, title))
        for item in element:
            if item.tag == "def-item":
                text = ": ".join(filter(None, (words(item.find("term")),
                                               " ".join(map(words, item.iterfind("def/p"))))))
                if text:
                    self.blocks.append(block(kind, text))
            elif item.tag == "list-item":
                self.read(item, level, kind)

    def _table_wrap(self, wrap: Element) -> None:
        self._caption(wrap)
        tables = [wrap] if wrap.tag == "table" else list(wrap.iter("table"))
        read = 0
        for element in tables:
            grid = html_table(element, jats_role)
            if grid is not None:
                self.blocks.append(grid)
                read += 1
        if not read and wrap.find(".//graphic") is not None:
            name = words(wrap.find("label")) or "a table"
            self.warnings.append(f"{name} is an image and was not read")
        for foot in wrap.iterfind("table-wrap-foot"):
            for note in foot:
                self._note(note)

    def _note(self, note: Element) -> None:
        if note.tag in ("fn-group", "attrib-group"):
            for inner in note:
                self._note(inner)
            return
        label = words(note.find("label"))
        paragraphs = list(note.iterfind("p")) if note.tag != "p" else [note]
        texts = [plain(inline(p, jats_role), notes=True) for p in (paragraphs or [note])]
        text = " ".join(filter(None, (label if paragraphs else "", *texts)))
        if text:
            self.blocks.append(block(BlockKind.FOOTNOTE, text))

    def _caption(self, wrap: Element) -> None:
        """Label, title and paragraphs of a caption as one block: "Table 1. Title. Words"."""
        parts = []
        caption = wrap.find("caption")
        if caption is not None:
            parts = [text for child in caption if child.tag in ("title", "p") for text in (words(child),)
                     if text]
            if not parts:
                parts = [words(caption)]
        text = ""
        for part in parts:
            text += (" " if not text or _END.search(text) else ". ") + part
        text = captioned(words(wrap.find("label")), text)
        if text:
            self.blocks.append(block(BlockKind.CAPTION, text))

    def _references(self, element: Element, level: int) -> None:
        self.blocks.append(block(BlockKind.HEADING, words(element.find("title")) or "References", level))
        for child in element:
            if child.tag == "ref":
                text = _reference(child)
                if text:
                    self.blocks.append(block(BlockKind.REFERENCE, text))
            elif child.tag == "ref-list":
                self._references(child, level + 1)
            elif child.tag == "p":
                self._paragraph(child, level, BlockKind.BOILERPLATE)


def _reference(ref: Element) -> str:
    """A reference as printed; one of bare elements is put together with commas."""
    texts = []
    for citation in ref:
        if citation.tag == "label":
            continue
        if citation.tag == "element-citation" or (not (citation.text or "").strip() and not any(
                (child.tail or "").strip() for child in citation)):
            texts.append(", ".join(filter(None, map(_reference_part, citation))))
        else:
            texts.append(words(citation))
    return " ".join(filter(None, [words(ref.find("label")), *texts]))


def _reference_part(element: Element) -> str:
    if element.tag in ("person-group", "name", "string-name"):
        names = [element] if element.tag != "person-group" else list(element)
        return ", ".join(filter(None, (" ".join(" ".join(name.itertext()).split()) for name in names)))
    return words(element)
