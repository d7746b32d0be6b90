"""Walks the article of a page: headings, paragraphs, lists, tables, figures and references in order."""

from __future__ import annotations

import re
from functools import cache

from extractors.rules.words import Vocabulary
from pipeline.caps import caps
from pipeline.paper import BlockKind, SourceBlock
from pipeline.readers.blocks import (
    block,
    is_caption,
    is_label,
)
from pipeline.readers.grids import html_table, rows_of
from pipeline.readers.html_clean import is_reference_list, names_of
from pipeline.readers.html_inline import html_role, is_control
from pipeline.readers.markup import (
    BREAK,
    CITE,
    CITE_END,
    SUB,
    SUB_END,
    SUP,
    SUP_END,
    Element,
    Role,
    inline,
    plain,
)
from pipeline.readers.titles import is_abstract_title, is_boilerplate_title, is_references_title

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption",
    "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main", "nav", "ol", "p", "pre",
    "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "body", *_HEADINGS,
))
_TABLE_WRAP = re.compile(r"\b(?:nlm )?(?:tables?|tbl|tw)(?: ?(?:wrap\w*|container|expansion|group|box|content"
                         r"|section|inline"
                         r"|fig|figure|article|block|panel|viewer|full|c|html))*\b|\bxtable\b"
                         r"|\bc article table\b")
_NOTES = re.compile(r"\b(?:(?:table|tbl\w*|tw|t)? ?foot(?:er|s|note|notes)?|fn(?: group)?|legends?"
                    r"|table notes?|tfoot|notes)\b")
_CAPTION = re.compile(r"\b(?:captions?|figcaption|fig(?:ure)? (?:caption|legend|title)|table (?:caption|title"
                      r"|label|heading))\b")
_FIGURE = re.compile(r"^ ?(?:fig|figure|fig wrap|figure wrap|nlm fig|article figure"
                     r"|c article figure\w*)(?: .*)?$")
_ABSTRACT = re.compile(r"\b(?:abstracts?|abstract (?:content|text|section)|trans abstract)\b")
_KEYWORDS = re.compile(r"(?:key ?-?words?|index terms|mesh terms)\b", re.IGNORECASE)
_KEYWORD_LIST = re.compile(r"\b(?:key ?words?|kwd group|key words section)\b")
_EMPTY_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?[\[(][\s,|]*[\])]")
#: What journal pages put beside an article, by the first words of its sections' titles.
BESIDE = Vocabulary("pipeline.readers", "page_sections.csv", ("title", "source"), key=("title",))
#: two line ends in a row part paragraphs on pages without any markup for them
_EMPTY_LINE = re.compile(rf"(?:{BREAK}\s*){{2,}}")
_TABLE_PROSE = 4000


@cache
def _beside_article() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(row['title'] for row in BESIDE.rows)})\b.{{0,40}}", re.IGNORECASE)


class PageReader:
    """Collects the blocks below one element.

    What a paragraph is depends on where it stands: `_scope` is set by elements (an abstract, a list
    of references, the notes of a table), `_section` by the last heading.
    """

    def __init__(self, title: str) -> None:
        self.blocks: list[SourceBlock] = []
        self._title = _key(title)
        self._scopes: list[BlockKind] = []
        self._section: BlockKind | None = BlockKind.PARAGRAPH  # None: nothing of the article
        self._section_level = 0
        self._label = ""  # title of an abstract's part, to stand before its words
        self._outer: set[Element] = set()
        self._depth, self._deepest = 0, caps().html_depth

    def read(self, root: Element) -> list[SourceBlock]:
        """The blocks of the article."""
        for element in root.iter(*_BLOCKS):
            parent = element.getparent()
            while parent is not None and parent not in self._outer:
                self._outer.add(parent)
                parent = parent.getparent()
        self._flow(root)
        return self.blocks

    def _flow(self, element: Element) -> None:
        """The children of an element: runs of words become paragraphs, blocks are read on their own."""
        self._depth += 1
        if self._depth > self._deepest:
            self._emit(" ".join(element.itertext()))
            self._depth -= 1
            return
        marked, waiting = element.text or "", []
        for child in element:
            if not self._is_block(child):
                marked += _run(child)
            elif self._is_float(child) and marked.strip() and _goes_on(child.tail):
                waiting.append(child)  # the paragraph runs on, the float follows it
                marked += " "
            else:
                self._flush(marked, waiting)
                self._block(child)
                marked, waiting = "", []
            marked += child.tail or ""
        self._flush(marked, waiting)
        self._depth -= 1

    def _flush(self, marked: str, waiting: list[Element]) -> None:
        for paragraph in _EMPTY_LINE.split(marked):
            self._emit(paragraph)
        for element in waiting:
            self._block(element)

    def _is_block(self, element: Element) -> bool:
        return element.tag in _BLOCKS or element in self._outer

    @staticmethod
    def _is_float(element: Element) -> bool:
        return element.tag in ("table", "figure") or bool(_FIGURE.match(names_of(element))) or (
            element.tag in ("div", "section") and element.find(".//table") is not None)

    def _block(self, element: Element) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag == "table":
            self._table(element)
        elif tag == "figcaption" or (tag != "caption" and _CAPTION.search(names_of(element))
                                     and element.find(".//table") is None):
            self._caption(element)
        elif tag != "hr":
            scope = self._scope_of(element)
            if scope is not None:
                self._scopes.append(scope)
            if self._kind() is BlockKind.REFERENCE and (tag == "li" or element not in self._outer):
                self._emit(inline(element, _reference_role).replace(BREAK, " "))
            elif tag == "p" or (tag in ("li", "dd", "dt") and element not in self._outer):
                self._paragraph(element)
            elif tag != "td" or not _is_menu(element):
                self._flow(element)
            if scope is not None:
                self._scopes.pop()

    def _scope_of(self, element: Element) -> BlockKind | None:
        names = names_of(element)
        outer = self._scopes[-1] if self._scopes else None
        if outer is BlockKind.REFERENCE or (not outer and self._section is BlockKind.REFERENCE):
            return BlockKind.REFERENCE if element.tag == "li" else None
        if element.tag in ("ol", "ul", "div", "section") and is_reference_list(element):
            return BlockKind.REFERENCE
        if _wraps_table(element, names) or (element.tag == "figure" and element.find(".//table") is None):
            return BlockKind.CAPTION
        if outer is BlockKind.CAPTION:
            return BlockKind.FOOTNOTE if names and _NOTES.search(names) else None
        return self._named_scope(element, names)

    def _named_scope(self, element: Element, names: str) -> BlockKind | None:
        """What an element is by the names that its page gives it."""
        if names and _KEYWORD_LIST.search(names) and len("".join(element.itertext())) < 1500:
            return BlockKind.BOILERPLATE
        if element.tag in ("section", "div") and names and _ABSTRACT.search(names) and self._near_top():
            return BlockKind.ABSTRACT
        return None

    def _near_top(self) -> bool:
        return not any(b.kind is BlockKind.PARAGRAPH and len(b.lines[0].text) > 600 for b in self.blocks)

    def _kind(self) -> BlockKind | None:
        return self._scopes[-1] if self._scopes else self._section

    def _heading(self, element: Element, level: int) -> None:
        text = plain(inline(element, html_role))
        if not text or is_control(text):
            return
        scope = self._scopes[-1] if self._scopes else None
        if self._title and self._title in _key(text) and len(text) < len(self._title) + 80:
            self._restart()
            return
        if scope is BlockKind.CAPTION or is_label(text):
            self._emit(text)
            return
        if scope is BlockKind.ABSTRACT or (self._section is BlockKind.ABSTRACT
                                           and level > self._section_level):
            if not is_abstract_title(text):
                self._label = text.rstrip(" .:")
            return
        if self._section is not BlockKind.PARAGRAPH and level > self._section_level:
            if self._section is not None:
                self.blocks.append(block(BlockKind.HEADING, text, level))
            return
        self._section_level = level
        self._section = _section_kind(text)
        if self._section is BlockKind.ABSTRACT and not self._near_top():
            self._section = BlockKind.PARAGRAPH  # a "Summary" that ends the article
        if self._section is not None and self._section is not BlockKind.ABSTRACT:
            self.blocks.append(block(BlockKind.HEADING, text, level))

    def _restart(self) -> None:
        """The article begins with its title: what stood above was the page's."""
        if not any(b.kind is BlockKind.PARAGRAPH and len(b.lines[0].text) > 300 for b in self.blocks):
            self.blocks = [b for b in self.blocks if b.kind is BlockKind.ABSTRACT]

    def _paragraph(self, element: Element) -> None:
        bold = [child for child in element if child.tag in ("b", "strong")]
        alone = (len(bold) == 1 and len(element) == 1 and not (element.text or "").strip()
                 and not (bold[0].tail or "").strip())
        if alone and element not in self._outer and not self._scopes and self._section is not None:
            text = plain(inline(element, html_role))
            if 2 < len(text) < 80 and text[-1] not in ".?!:;," and not is_label(text):
                self._heading(element, 6)
                return
        self._flow(element)

    def _emit(self, marked: str) -> None:
        text = plain(marked)
        kind = self._kind()
        if not text or kind is None or is_control(text) or not any(c.isalnum() for c in text):
            return
        if kind is BlockKind.CAPTION and self.blocks and self._table_done() and not is_caption(text):
            kind = BlockKind.FOOTNOTE
        if kind is BlockKind.FOOTNOTE:
            text = self._named_note(plain(marked, notes=True))
        elif kind is BlockKind.REFERENCE:
            kind, text = _reference(text)
        elif kind in (BlockKind.PARAGRAPH, BlockKind.ABSTRACT) and _KEYWORDS.match(text):
            kind = BlockKind.BOILERPLATE
        elif kind is BlockKind.ABSTRACT and self._label:
            text, self._label = f"{self._label}: {text}", ""
        self.blocks.append(block(kind, text))

    def _named_note(self, text: str) -> str:
        """A note with its name, where that stood alone before it."""
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.kind is BlockKind.FOOTNOTE and len(last.lines[0].text) <= 3:
            return f"{self.blocks.pop().lines[0].text} {text}"
        return text

    def _table_done(self) -> bool:
        return self.blocks[-1].kind in (BlockKind.TABLE, BlockKind.FOOTNOTE)

    def _caption(self, element: Element) -> None:
        if self._kind() is None:
            return
        text = plain(inline(element, _caption_role).replace(BREAK, " "))
        if text and not is_control(text):
            self.blocks.append(block(BlockKind.CAPTION, text))

    def _table(self, element: Element) -> None:
        named = element.find("caption") is not None or (
            bool(self.blocks) and self.blocks[-1].kind is BlockKind.CAPTION)
        if self._kind() is None or (self._kind() is BlockKind.REFERENCE and not named):
            for row in rows_of(element):
                self._emit(" ".join(inline(cell, _caption_role).replace(BREAK, " ") for cell in row))
            return
        if _is_layout(element):
            self._flow(element)
            return
        caption = element.find("caption")
        if caption is not None:
            self._caption(caption)
        notes = [row for row in rows_of(element) if _is_note_row(row)]
        for row in notes:
            row.getparent().remove(row)
        grid = html_table(element, html_role)
        if grid is not None:
            self.blocks.append(grid)
        for row in notes:
            text = plain(inline(row, _caption_role).replace(BREAK, " "), notes=True)
            if text:
                self.blocks.append(block(BlockKind.FOOTNOTE, text))


def _reference(text: str) -> tuple[BlockKind, str]:
    """An entry of the list of references, or the caption of a table that is printed behind them."""
    text = _EMPTY_BRACKETS.sub("", text)
    return (BlockKind.CAPTION if is_caption(text) else BlockKind.REFERENCE), text


def _section_kind(title: str) -> BlockKind | None:
    if is_references_title(title):
        return BlockKind.REFERENCE
    if is_boilerplate_title(title):
        return BlockKind.BOILERPLATE
    if is_abstract_title(title):
        return BlockKind.ABSTRACT
    return None if _beside_article().fullmatch(title) else BlockKind.PARAGRAPH


def _wraps_table(element: Element, names: str) -> bool:
    """Whether an element holds a table of data with its caption and notes, and little else."""
    wraps = element.tag in ("div", "section") and _TABLE_WRAP.search(names)
    if element.tag != "figure" and not wraps:
        return False
    inner = element.find(".//table")
    return inner is not None and not _is_layout(inner) and _prose_beside_tables(element) < _TABLE_PROSE


_WRAPS = {Role.SUP: (SUP, SUP_END), Role.SUB: (SUB, SUB_END)}


def _run(element: Element) -> str:
    """An inline element with its own role, as marked text."""
    if not isinstance(element.tag, str):
        return ""
    role = html_role(element)
    if role is Role.SKIP:
        return ""
    if role is Role.BREAK:
        return BREAK
    if role is Role.CITE:
        return CITE + "".join(element.itertext()).strip() + CITE_END
    left, right = _WRAPS.get(role, ("", ""))
    return left + inline(element, html_role) + right


def _caption_role(element: Element) -> Role:
    """Inside a caption or a note row, what stands in blocks is set apart by blanks."""
    return Role.LINE if element.tag in _BLOCKS else html_role(element)


def _reference_role(element: Element) -> Role:
    """A list of references has links that are words and links of the page, but cites nothing."""
    role = _caption_role(element)
    if element.tag == "span" and role is Role.TEXT:
        return Role.LINE
    return Role.TEXT if role is Role.CITE else role


def _is_menu(cell: Element) -> bool:
    """Whether a cell that only places a part of the page holds little but links."""
    linked = sum(len("".join(link.itertext())) for link in cell.iter("a"))
    return linked > 0.7 * len("".join(cell.itertext()).strip()) > 0


def _goes_on(tail: str | None) -> bool:
    """Whether the words behind a float go on with the sentence before it."""
    words = (tail or "").strip()
    return bool(words) and (words[0].islower() or words[0] in ",.;)")


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _prose_beside_tables(element: Element) -> int:
    inside = sum(len("".join(table.itertext())) for table in element.iter("table"))
    return len("".join(element.itertext())) - inside


def _is_layout(table: Element) -> bool:
    """Whether a table only places parts of the page: it holds headings, tables or long prose."""
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find(".//table") is not None or any(table.find(f".//{tag}") is not None
                                                 for tag in ("h1", "h2", "article")):
        return True
    cells = [cell for row in rows_of(table) for cell in row]
    longest = max((len("".join(cell.itertext())) for cell in cells), default=0)
    return len(cells) <= 2 and longest > 400


def _is_note_row(row: Element) -> bool:
    """A row of one cell across the whole foot of a table is a note, not data."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return row.getparent().tag == "tfoot" and len(cells) == 1
