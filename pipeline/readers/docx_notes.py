"""What stands beside the paragraphs of a DOCX file: footnotes, endnotes and text boxes."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.readers.docx_styles import value
from pipeline.readers.markup import Element

#: notes that are lines between text and notes
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


class Notes:
    """Footnotes and endnotes by their numbers; each is given once, at its first mark."""

    def __init__(self, footnotes: Element | None, endnotes: Element | None) -> None:
        self._notes: dict[tuple[str, str], Element] = {}
        for kind, root in (("footnote", footnotes), ("endnote", endnotes)):
            for note in root.iter(kind) if root is not None else ():
                if value(note, "type") not in _SEPARATORS:
                    self._notes[kind, value(note, "id")] = note

    def of(self, paragraph: Element) -> list[Element]:
        """The notes that a paragraph (or a table) refers to and that were not given yet, in order."""
        if not self._notes:
            return []
        found = []
        for mark in paragraph.iter("footnoteReference", "endnoteReference"):
            note = self._notes.pop((mark.tag.removesuffix("Reference"), value(mark, "id")), None)
            if note is not None:
                found.append(note)
        return found

    def rest(self) -> list[Element]:
        """Notes to which no mark was found."""
        left = list(self._notes.values())
        self._notes.clear()
        return left


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of the text boxes anchored in a paragraph, each once.

    Word writes a box twice, for new and for old programs (`Choice`, `Fallback`); boxes in boxes come with
    the outer one.
    """
    for box in paragraph.iter("txbxContent"):
        inside = False
        for above in box.iterancestors():
            if above is paragraph:
                break
            if above.tag == "txbxContent" or (above.tag == "Fallback" and _has_box_before(above)):
                inside = True
                break
        if not inside:
            yield box


def _has_box_before(fallback: Element) -> bool:
    return any(next(choice.iter("txbxContent"), None) is not None
               for choice in fallback.itersiblings("Choice", preceding=True))
