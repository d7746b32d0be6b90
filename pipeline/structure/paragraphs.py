"""Lines to blocks: where a paragraph, caption, table, heading or reference begins and ends."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.paper import BlockKind
from pipeline.structure import front, references, shapes
from pipeline.structure.drafts import OTHER_TYPE, Draft, Piece
from pipeline.tables.lines import find as tables

#: lines longer than this are whole paragraphs, not lines of a column
_WRAP_LIMIT = 170
#: among this many first blocks may be names and addresses
_TITLE_LINES = 4
_FRONT_DRAFTS = 9
_ENTRY_MARK = re.compile(r"[,;]|\d{4}|\. ")
#: kinds that may stand in the middle of a sentence of the prose around them
_INTERRUPTING = frozenset(
    (BlockKind.TABLE, BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.BOILERPLATE, BlockKind.FOREIGN)
)


def group(items: list[Draft | Piece]) -> list[Draft]:
    """Drafts of all blocks in the order of the source. Kinds: paragraphs, headings, captions, tables with
    their notes, boilerplate lines, and references as far as their shape tells."""
    return _Grouper(items).run()


class _Grouper:
    """One pass over the items of a source."""

    def __init__(self, items: list[Draft | Piece]) -> None:
        self.items = items
        self.drafts: list[Draft] = []
        self.open: Draft | None = None  # the draft that the next line may continue
        self.width = 0  # of the run of lines at hand, in characters
        self.column = 0  # of the run before it
        self.in_references = False
        self.repeated = _repeated_lines(items)
        self.runs = tables.Runs(items)

    def run(self) -> list[Draft]:
        i, items, total = 0, self.items, len(self.items)
        chunk_end = 0
        while i < total:
            item = items[i]
            if isinstance(item, Draft):
                self._known(item)
                i += 1
                continue
            if item.glued and self.open is not None:
                self._continue(item)
                i += 1
                continue
            if i >= chunk_end:
                chunk_end = self._chunk(i)
            i = self._line(i, item)
        return self.drafts

    def _known(self, draft: Draft) -> None:
        if draft.kind in (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.PARAGRAPH) and shapes.label(
            draft.text
        ):
            draft.kind = BlockKind.BOILERPLATE
        if draft.kind is BlockKind.HEADING:
            found = shapes.heading(draft.text)
            draft.role = found.role if found else draft.role
            if (
                self.in_references
                and not found
                and (_ENTRY_MARK.search(draft.text) or references.begins(draft.text))
            ):
                draft.kind = BlockKind.REFERENCE  # an entry that is set like a heading
            else:
                self.in_references = draft.role == "references"
        elif draft.kind is not BlockKind.BOILERPLATE:
            self.in_references = False
        self.drafts.append(draft)
        self.open = None

    def _chunk(self, start: int) -> int:
        """The end of the run of lines without a gap, and its width."""
        items = self.items
        end, width = start + 1, len(items[start].text)
        while end < len(items):
            piece = items[end]
            if isinstance(piece, Draft) or piece.gap:
                break
            width = max(width, len(piece.text))
            end += 1
        self.column, self.width = self.width, width
        return end

    def _line(self, i: int, piece: Piece) -> int:
        """Take the line at `i`; the index of the next one to look at."""
        text = piece.text
        after = self._next(i)
        alone = after is None or after.gap
        starts = (
            piece.gap
            or self.open is None
            or shapes.sentence_ends(self.open.pieces[-1].text)
            or self.open.kind is not BlockKind.PARAGRAPH
        )
        found = shapes.caption(text)
        if found and (found.marked or found.bare or piece.gap) and self._may_interrupt(piece, starts):
            return self._caption(i, found)
        if len(text) <= 90 and self._is_heading(piece, after, alone, starts):
            return i + 1
        if len(text) <= 90 and self._is_noise(piece, alone):
            self._add(Draft(BlockKind.BOILERPLATE, [piece]), close=True)
            return i + 1
        if tables.separated(text) and (end := self.runs.table_end(i)):
            self.drafts.extend(tables.delimited(self.items[i:end]))
            self.open = None
            return end
        if starts and shapes.boilerplate(text) and len(text) < 400:
            self._add(Draft(BlockKind.BOILERPLATE, [piece]), close=len(text) < 60 or alone)
        else:
            self._prose(piece, alone)
        return i + 1

    def _prose(self, piece: Piece, alone: bool) -> None:
        """A line of a paragraph or of the references; `alone`: what follows stands apart from it."""
        if self.in_references:
            self._reference(piece)
        elif self._joins(piece):
            self._continue(piece)
        else:
            before = self.open
            kind = BlockKind.REFERENCE if references.entry(piece.text) else BlockKind.PARAGRAPH
            self._add(Draft(kind, [piece], gap=piece.gap))
            if alone and before is not None and _in_other_type(before, piece):
                self.open = before  # a label of a figure in the middle of a sentence

    def _next(self, i: int) -> Piece | None:
        after = self.items[i + 1] if i + 1 < len(self.items) else None
        return after if isinstance(after, Piece) else None

    def _may_interrupt(self, piece: Piece, starts: bool) -> bool:
        """A caption in the middle of prose: not where the line before leads into it (`shown in`)."""
        if self.open is None or self.open.kind is not BlockKind.PARAGRAPH:
            return True
        last = self.open.pieces[-1].text
        if not piece.gap:
            return starts
        return starts or not last.endswith(("in", "in the", "see", "(see", "and", "(", "to"))

    def _caption(self, i: int, found: shapes.Caption) -> int:
        piece = self.items[i]
        assert isinstance(piece, Piece)
        if found.table:
            result = tables.read_table(self.items, i)
            if result:
                drafts, end = result
                self.drafts.extend(drafts)
                self.open = None
                self.in_references = False
                return end
        self.in_references = False
        self._add(Draft(BlockKind.CAPTION, [piece]))
        after = self._next(i)
        if found.bare and after is not None and not shapes.caption(after.text):
            self._continue(after)
            return i + 2
        return i + 1

    def _is_heading(self, piece: Piece, after: Piece | None, alone: bool, starts: bool) -> bool:
        """Add a heading if the line is one."""
        text = piece.text
        known = shapes.heading(text)
        if known is None:
            return piece.gap and alone and self._is_shaped(piece, after)
        if not (piece.gap or starts or text.isupper() or piece.bold) or references.are_limits(text, after):
            return False
        if known.role == "part" and not (piece.gap or piece.bold or text.isupper() or text.endswith(":")):
            return False
        self._add(Draft(BlockKind.HEADING, [piece], level=known.level, role=known.role), close=True)
        self.in_references = known.role == "references"
        return True

    def _is_shaped(self, piece: Piece, after: Piece | None) -> bool:
        text = piece.text
        if self.in_references or after is None or not shapes.shaped_heading(text) or not self.drafts:
            return False
        if not (after.text[0].isupper() or after.text[0] in "\"'(") or len(after.text) < 30:
            return False
        if self.open is not None and shapes.open_end(self.open.pieces[-1].text):
            return False
        self._add(Draft(BlockKind.HEADING, [piece], level=2, role="other"), close=True)
        return True

    def _is_noise(self, piece: Piece, alone: bool) -> bool:
        text = piece.text
        noise_before = (
            bool(self.drafts) and self.drafts[-1].kind is BlockKind.BOILERPLATE and self.open is None
        )
        if (piece.gap or noise_before) and (shapes.label(text) or shapes.page_number(text)):
            return True
        if text.strip("0123456789 ") in self.repeated:
            return True
        return piece.gap and alone and shapes.running_head(text)

    def _reference(self, piece: Piece) -> None:
        """A line of a reference list: a new entry or more of the last one."""
        last = self.open
        if last is not None and last.kind is BlockKind.REFERENCE and not piece.gap:
            by_number = references.numbered(last.pieces[0].text)
            new = references.numbered(piece.text) if by_number else references.begins(piece.text)
            if not new or shapes.open_end(last.pieces[-1].text):
                self._continue(piece)
                return
        elif (
            last is not None
            and last.kind is BlockKind.REFERENCE
            and not references.begins(piece.text)
            and piece.text[0].islower()
        ):
            self._continue(piece)
            return
        self._add(Draft(BlockKind.REFERENCE, [piece]))

    def _joins(self, piece: Piece) -> bool:
        """Whether a line goes on with the open paragraph or caption."""
        last = self.open
        if last is None:
            return False
        before = last.pieces[-1]
        text = before.text
        if shapes.hyphenated(text) and (piece.text[0].islower() or not piece.gap):
            return True
        ended = shapes.sentence_ends(text)
        if last.kind is BlockKind.BOILERPLATE:
            return not piece.gap and not ended and self._fills(before, piece, ended)
        if self._begins_affiliation(text, piece.text):
            return False
        set_in = bool(piece.indent and not before.indent)
        if last.kind is BlockKind.CAPTION:
            return not piece.gap and not set_in and self._fills(before, piece, ended)
        if piece.gap:
            return not ended and self._bridges(last, piece)
        if set_in and ended:
            return False
        if last.kind is BlockKind.REFERENCE:
            return not references.begins(piece.text)
        return not shapes.in_list_of_drugs(text, piece.text) and self._fills(before, piece, ended)

    def _begins_affiliation(self, before: str, text: str) -> bool:
        """Whether the authors' addresses begin with a line near the top."""
        top = len(self.drafts) < _FRONT_DRAFTS
        return top and front.is_affiliation(text) and not front.is_affiliation(before)

    def _fills(self, before: Piece, piece: Piece, ended: bool) -> bool:
        """Within a chunk: the line before was as full as the column allows, or its sentence goes on."""
        first = piece.text[0]
        space = piece.text.find(" ")
        word = space if space > 0 else len(piece.text)
        needed = len(before.text) + 1 + word
        width = self._local_width(piece)
        if width > _WRAP_LIMIT:
            return not ended and first.islower()
        if ended:
            return needed > width
        if first.islower() or shapes.open_end(before.text):
            return needed > 0.45 * width
        return needed > 0.75 * width

    def _local_width(self, piece: Piece) -> int:
        """The column's width here: the chunk's, or less where a wider text stands in the same chunk."""
        assert self.open is not None
        own = max([len(piece.text), *[len(p.text) for p in self.open.pieces[-6:]]])
        return own if 1.5 * own < self.width else self.width

    def _bridges(self, last: Draft, piece: Piece) -> bool:
        """Across a blank line: an unfinished sentence that plainly goes on."""
        if _in_other_type(last, piece):
            return False  # small print below an unfinished column, an abstract below addresses
        text = last.pieces[-1].text
        if len(last.pieces) == 1 and len(text.split()) < 5:
            return False
        first = piece.text[0]
        if first.islower():
            return True
        if references.entry(piece.text):
            return False
        if shapes.open_end(text):
            return True
        if self.drafts[0] is last and len(last.pieces) <= _TITLE_LINES and ". " not in last.text:
            return False  # a title of several lines above its first paragraph
        if len(last.pieces) > 1:
            return len(text) > 0.75 * max([len(p.text) for p in last.pieces])
        return first in "(0123456789" and len(text) > 0.7 * self.column and text.count(" ") > 4

    def _add(self, draft: Draft, close: bool = False) -> None:
        self.drafts.append(draft)
        self.open = None if close else draft
        if draft.kind is BlockKind.HEADING:
            self.in_references = False

    def _continue(self, piece: Piece) -> None:
        assert self.open is not None
        self.open.pieces.append(piece)


def _in_other_type(last: Draft, piece: Piece) -> bool:
    """Whether a line is set in larger or smaller type than the paragraph before it."""
    before = last.pieces[-1].size
    return bool(before and piece.size) and abs((before or 0) - (piece.size or 0)) > OTHER_TYPE


def _repeated_lines(items: list[Draft | Piece]) -> frozenset[str]:
    """Running heads: short lines that come at least three times but for a number at either end."""
    if len(items) < 60:
        return frozenset()
    counts = Counter(
        [
            item.text.strip("0123456789 ")
            for item in items
            if isinstance(item, Piece) and item.gap and 8 < len(item.text) < 100
        ]
    )
    return frozenset(
        line
        for line, count in counts.items()
        if count > 2
        and len(line) > 8
        and not any(c.isdigit() for c in line)
        and line[-1] not in ".:"
        and shapes.heading(line) is None
    )


def rejoin(drafts: list[Draft]) -> list[Draft]:
    """Prose that a table, a figure, a running head or a foreign abstract has torn apart, made whole; what
    stood between comes after it."""
    result: list[Draft] = []
    open_at = -1  # where in the result an unfinished paragraph stands
    between = False
    for draft in drafts:
        if draft.kind is BlockKind.PARAGRAPH and not draft.known:
            if open_at >= 0 and between and _goes_on(result[open_at], draft):
                result[open_at].pieces += draft.pieces
            else:
                result.append(draft)
                open_at = len(result) - 1
            between = False
            if shapes.sentence_ends(draft.pieces[-1].text):
                open_at = -1
            continue
        if draft.kind in _INTERRUPTING:
            between = True
        else:
            open_at = -1
        result.append(draft)
    return result


def _goes_on(first: Draft, second: Draft) -> bool:
    text = first.pieces[-1].text
    start = second.pieces[0].text[0]
    if start.islower() or shapes.open_end(text):
        return len(first.pieces) > 1 or len(text.split()) > 4
    if len(first.pieces) < 2:
        return False
    return len(text) > 0.7 * max([len(p.text) for p in first.pieces])


def mark_references(drafts: list[Draft]) -> None:
    """Whole paragraphs that are entries of a reference list by their shape, or stand between two such."""
    last = len(drafts) - 1
    for i, draft in enumerate(drafts):
        if (
            draft.kind is not BlockKind.PARAGRAPH
            or draft.known
            or not references.begins(draft.pieces[0].text)
        ):
            continue
        text = draft.text
        if len(text) > 900:
            continue
        between = 0 < i < last and drafts[i - 1].kind is drafts[i + 1].kind is BlockKind.REFERENCE
        if between or references.entry(text):
            draft.kind = BlockKind.REFERENCE
