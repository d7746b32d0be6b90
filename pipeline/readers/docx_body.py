"""The paragraphs and tables of a DOCX file in order, with the notes and text boxes that belong to them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.paper import BlockKind, SourceBlock
from pipeline.readers.blocks import (
    RawCell,
    block,
    is_caption,
    span_of,
    table,
)
from pipeline.readers.docx_notes import Notes, text_boxes
from pipeline.readers.docx_styles import Style, style_of_name, value
from pipeline.readers.markup import BREAK, SUB, SUB_END, SUP, SUP_END, Element, plain, plain_lines
from pipeline.readers.titles import is_abstract_title, is_boilerplate_title, is_references_title
from pipeline.structure import references

#: wrappers whose content counts as if they were not there
_TRANSPARENT = frozenset(("ins", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml",
                          "dir", "bdo", "moveTo"))
_SKIPPED = frozenset(("del", "moveFrom", "footnoteReference", "endnoteReference", "commentReference",
                      "instrText", "delText", "drawing", "pict", "object", "pPr", "rPr", "proofErr",
                      "annotationRef"))
_SIGNS = {"tab": " ", "br": BREAK, "cr": BREAK, "noBreakHyphen": "\u2011", "softHyphen": "", "ptab": " "}


class DocumentReader:
    """Turns the body of a document into blocks; headings decide what the paragraphs below them are."""

    def __init__(self, styles: dict[str, Style], notes: Notes | None = None) -> None:
        self._styles = styles
        self._notes = notes or Notes(None, None)
        self._initial = ""  # a drop cap, which stands in a paragraph of its own
        self._blocks: list[SourceBlock] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._label = ""

    def read(self, body: Element) -> list[SourceBlock]:
        """The blocks in reading order; notes that no mark points to come last."""
        self._flow(body)
        for note in self._notes.rest():
            self._note(note, BlockKind.PARAGRAPH)
        return self._blocks

    def _flow(self, parent: Element) -> None:
        for element in _content(parent):
            if element.tag == "tbl":
                grid = table(_rows(element))
                if grid is not None:
                    self._blocks.append(grid)
            else:
                self._paragraph(element)
                for box in text_boxes(element):
                    self._aside(box)
            for note in self._notes.of(element):
                self._note(note, BlockKind.FOOTNOTE if element.tag == "tbl" else BlockKind.PARAGRAPH)

    def _aside(self, parent: Element) -> None:
        """A text box: a piece of its own, which changes nothing of the text around it."""
        state = self._kind, self._level, self._label
        self._kind, self._level, self._label = BlockKind.PARAGRAPH, 0, ""
        self._flow(parent)
        self._kind, self._level, self._label = state

    def _note(self, note: Element, kind: BlockKind) -> None:
        """A note's words, right behind the paragraph that points to it; citations are references."""
        for paragraph in _content(note):
            text = plain(runs(paragraph)) if paragraph.tag == "p" else ""
            if text:
                self._blocks.append(block(BlockKind.REFERENCE if references.entry(text) else kind, text))

    def _paragraph(self, element: Element) -> None:
        marked = runs(element)
        if _is_drop_cap(element):
            self._initial = marked.strip()
            return
        marked, self._initial = self._initial + marked, ""
        text = plain(marked)
        if not text:
            return
        style = self._style(element)
        if style.title and not any(b.kind is BlockKind.TITLE for b in self._blocks):
            self._blocks.append(block(BlockKind.TITLE, text))
        elif style.level and not is_caption(text):
            self._heading(text, style.level)
        elif _is_bare_heading(element, text):
            self._heading(text, 3 if self._level else 1)
        elif style.caption or (self._kind is not BlockKind.PARAGRAPH and is_caption(text)):
            self._blocks.append(block(BlockKind.CAPTION, text))
        elif self._after_table() and _is_note(text, marked):
            self._blocks.append(block(BlockKind.FOOTNOTE, plain(marked, notes=True)))
        elif style.reference or self._kind is BlockKind.REFERENCE:
            self._blocks.append(block(BlockKind.REFERENCE, text))
        else:
            if self._label:
                text, self._label = f"{self._label}: {text}", ""
            kind = BlockKind.BOILERPLATE if _is_keywords(text) else self._kind
            self._blocks.append(block(kind, text))

    def _style(self, element: Element) -> Style:
        named = element.find("pPr/pStyle")
        if named is not None:
            style_id = value(named, "val")
            return self._styles.get(style_id) or style_of_name(style_id)
        outline = element.find("pPr/outlineLvl")
        if outline is not None and value(outline, "val")[:1].isdecimal() and value(outline, "val")[:2] != "9":
            return Style(level=int(value(outline, "val")[:1]) + 1)
        return Style()

    def _heading(self, text: str, level: int) -> None:
        if self._kind is BlockKind.ABSTRACT and level > self._level and not is_references_title(text):
            self._label = text.rstrip(" .:")
            return
        if self._kind is not BlockKind.PARAGRAPH and level > self._level > 0:
            self._blocks.append(block(BlockKind.HEADING, text, level))
            return
        self._level, self._label = level, ""
        if is_abstract_title(text) and not any(b.kind is BlockKind.HEADING for b in self._blocks):
            self._kind = BlockKind.ABSTRACT
            return
        self._kind = (BlockKind.REFERENCE if is_references_title(text) else
                      BlockKind.BOILERPLATE if is_boilerplate_title(text) else BlockKind.PARAGRAPH)
        self._blocks.append(block(BlockKind.HEADING, text, level))

    def _after_table(self) -> bool:
        return bool(self._blocks) and self._blocks[-1].kind in (BlockKind.TABLE, BlockKind.FOOTNOTE)


def _is_drop_cap(element: Element) -> bool:
    frame = element.find("pPr/framePr")
    return frame is not None and value(frame, "dropCap") in ("drop", "margin")


def _is_keywords(text: str) -> bool:
    return text[:12].casefold().startswith(("keyword", "key word"))


def _is_note(text: str, marked: str) -> bool:
    """Whether a paragraph right below a table is a note of it: a mark, or a list of abbreviations."""
    if is_caption(text):
        return False
    first = marked.lstrip()
    marked_note = first[:1] in "*\u2020\u2021\u00a7#" or first.startswith(SUP)
    named = text[:13].casefold().startswith(("abbreviation", "note:", "notes:", "note.", "reference r",
                                             "normal ra"))
    signs = text.count(":") + text.count("=") + text.count(";")
    defined = len(text) < 400 and signs >= 2 and "," in text[:12]
    return marked_note or named or defined


def _is_bare_heading(element: Element, text: str) -> bool:
    """A short paragraph all in bold type without a full stop, as authors write who know no styles."""
    if len(text) > 80 or text[-1] in ".,;:?!" or is_caption(text) or element.find("pPr/numPr") is not None:
        return False
    spoken = [run for run in element.iter("r") if "".join(run.itertext("t")).strip()]
    return bool(spoken) and any(c.isalpha() for c in text) and all(_is_on(run, "b") for run in spoken)


def _is_on(run: Element, switch: str) -> bool:
    element = run.find(f"rPr/{switch}")
    return element is not None and value(element, "val") not in ("0", "false", "off", "none")


def _content(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, those inside content controls and text boxes' fallbacks included."""
    for child in parent:
        if child.tag in ("p", "tbl"):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _content(child)


def runs(element: Element) -> str:
    """The words of a paragraph with marks for what is raised, lowered or broken."""
    pieces: list[str] = []
    for child in element:
        tag = child.tag
        if tag == "r":
            pieces.append(_run(child))
        elif tag in _TRANSPARENT:
            pieces.append(runs(child))
        elif tag in ("oMath", "oMathPara"):
            pieces.append("".join(child.itertext("t")))
    return "".join(pieces).replace(SUP_END + SUP, "").replace(SUB_END + SUB, "")


def _run(run: Element) -> str:
    if _is_on(run, "vanish") or _is_on(run, "strike") or _is_on(run, "dstrike"):
        return ""
    pieces = []
    for child in run:
        if child.tag == "t":
            pieces.append(child.text or "")
        elif child.tag == "sym":
            pieces.append(_symbol(child))
        elif child.tag not in _SKIPPED:
            pieces.append(_SIGNS.get(child.tag, ""))
    text = "".join(pieces)
    place = _place(run)
    if text and place == "superscript":
        return f"{SUP}{text}{SUP_END}"
    return f"{SUB}{text}{SUB_END}" if text and place == "subscript" else text


def _place(run: Element) -> str:
    """Whether a run is raised or lowered: by its own look, a style named so, or by hand in small type."""
    look = run.find("rPr/vertAlign")
    if look is not None:
        return value(look, "val")
    style = run.find("rPr/rStyle")
    named = value(style, "val").casefold() if style is not None else ""
    if "superscript" in named or named in ("footnotereference", "endnotereference"):
        return "superscript"
    lift = run.find("rPr/position")
    height = value(lift, "val") if lift is not None and run.find("rPr/sz") is not None else ""
    return ("subscript" if height.startswith("-") else "superscript") if height.strip("+-0") else ""


#: Adobe's Symbol font, which old manuscripts use for Greek letters and signs
_SYMBOL_FONT = {0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "µ", 0x6B: "κ", 0x6C: "λ", 0xB1: "±",
                0xB3: "≥",
                0xA3: "≤", 0xB4: "×", 0xB0: "°", 0x2D: "−", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xAD: "↑",
                0xAF: "↓"}


def _symbol(element: Element) -> str:
    try:
        code = int(value(element, "char"), 16)
    except ValueError:
        return ""
    if value(element, "font").casefold() == "symbol":
        return _SYMBOL_FONT.get(code & 0xFF, "")
    return "" if 0xE000 <= code <= 0xF8FF or code > 0xFFFF or 0xD800 <= code <= 0xDFFF else chr(code)


def _rows(element: Element, depth: int = 0) -> Iterator[list[RawCell]]:
    """The rows of a table; cells merged downwards are given to the first of them."""
    grid = [_row_cells(row) for row in element.iter("tr") if _owner(row) is element]
    for number, (header, cells) in enumerate(grid):
        row = []
        for column, cell, wide, merge in cells:
            if merge == "continue" and number:
                continue
            tall = 1
            if merge == "restart":
                while number + tall < len(grid) and any(
                        c == column and m == "continue" for c, _, _, m in grid[number + tall][1]):
                    tall += 1
            row.append(RawCell(_cell_lines(cell), span_of(str(tall)), wide, header, column))
        yield row


def _owner(row: Element) -> Element | None:
    return next(row.iterancestors("tbl"), None)


def _row_cells(row: Element) -> tuple[bool, list[tuple[int, Element, int, str]]]:
    """Whether a row is repeated as header, and (column, cell, width, vertical merge) of its cells."""
    before = row.find("trPr/gridBefore")
    column = span_of(value(before, "val")) if before is not None else 0
    cells = []
    for cell in _cells(row):
        span = cell.find("tcPr/gridSpan")
        wide = span_of(value(span, "val")) if span is not None else 1
        merged = cell.find("tcPr/vMerge")
        merge = "" if merged is None else value(merged, "val") or "continue"
        cells.append((column, cell, wide, merge))
        column += wide
    head = row.find("trPr/tblHeader")
    return head is not None and value(head, "val") not in ("0", "false", "off"), cells


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == "tc":
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _cells(child)


def _cell_lines(cell: Element) -> list[str]:
    lines: list[str] = []
    for paragraph in cell.iter("p"):
        lines.extend(plain_lines(runs(paragraph)))
    return lines
