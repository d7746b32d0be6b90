"""The data model: what readers hand over (`Source`) and what every later stage sees (`Paper`).

A reader knows its format and nothing of medicine: it returns a `Source`, an ordered list of
blocks as they stand in the file. The structure stage repairs the characters, decides what the
undecided blocks are, and lays everything out once in one string, `Paper.text`, which is never
changed afterwards: all offsets, from tables to quotes, point into it.

Coordinates are PDF points with the origin at the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from extractors.section import Section
from extractors.values import fixed


class BlockKind(StrEnum):
    """What a block of a paper is. `UNKNOWN` leaves the decision to the structure stage."""

    UNKNOWN = "unknown"
    TITLE = "title"
    AUTHORS = "authors"
    ABSTRACT = "abstract"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"  # of a table: units, abbreviations, footnote letters
    REFERENCE = "reference"
    BOILERPLATE = "boilerplate"  # running heads, licences, acknowledgements, navigation
    FOREIGN = "foreign"  # a part in another language than the body


#: Kinds whose words may state a fact about the patient. Everything else never yields a row.
FACTUAL = frozenset(
    {BlockKind.TITLE, BlockKind.ABSTRACT, BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.CAPTION,
     BlockKind.FOOTNOTE}
)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (1-based) that shows the characters [start, end) of a text."""

    start: int
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@fixed(frozen=True, slots=True)
class Line:
    """One printed line, or one line of a text file.

    `boxes` (PDF only) locate words or runs of words; their offsets count from this line's start.
    `size` is the dominant font size in points; `page` is 1-based.
    """

    text: str
    page: int | None = None
    size: float | None = None
    bold: bool = False
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell of a table as read; `row` and `col` are those of its top left corner."""

    row: int
    col: int
    lines: tuple[Line, ...]
    row_span: int = 1
    col_span: int = 1
    header: bool = False  # known to be a header (<th>, <thead>, a ruled head)

    @property
    def text(self) -> str:
        """The cell's words on one line."""
        return " ".join(line.text.strip() for line in self.lines if line.text.strip())


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A run of lines that belong together, or a table (then `cells` is filled, `lines` empty).

    A reader that knows the paper's markup (JATS, HTML, JSON) says the kind. A PDF or text reader
    says `UNKNOWN` for prose and the structure stage finds headings, captions and references.
    `level` is a heading's depth (1 = top). `joined` tells that the lines are one running
    paragraph; False for lines of a text file, whose paragraphs are still to be found.
    """

    kind: BlockKind
    lines: tuple[Line, ...] = ()
    cells: tuple[SourceCell, ...] = ()
    level: int = 0
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Metadata:
    """The bibliographic record as far as the file itself states it; empty = not stated."""

    title: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    year: int | None = None
    doi: str = ""  # lower case, without resolver
    pmid: str = ""
    pmcid: str = ""  # with the prefix PMC
    language: str = ""  # ISO 639-1 of the body
    types: tuple[str, ...] = ()  # as the file has them: "case-report" (JATS), "Case Reports" (PubMed)
    keywords: tuple[str, ...] = ()  # the authors' own
    mesh: tuple[str, ...] = ()  # headings, and again with each qualifier: "Osteoporosis/drug therapy"


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader found in one record of one file.

    `record_suffix` is set where a file holds several records (`<stem>-<pmid>`). `format` is one
    of the contract's: pdf, text, jats, medline, html, json, docx. `full_text` is False where the
    format carries an abstract only, None where that is to be seen from the text. `warnings` are
    plain sentences for the `message` column of documents.csv. `failure` is such a sentence for a
    record of which nothing could be read; it becomes a failed row.
    """

    format: str
    blocks: tuple[SourceBlock, ...]
    metadata: Metadata = field(default_factory=Metadata)
    pages: int | None = None
    full_text: bool | None = None
    record_suffix: str = ""
    warnings: tuple[str, ...] = ()
    failure: str = ""


@fixed(frozen=True, slots=True)
class Block:
    """A block of `Paper.text`: characters [start, end), its kind and the heading it stands under.

    `role` is what its section is for; a heading's own is that of the section it opens.
    """

    kind: BlockKind
    start: int
    end: int
    section: str = ""  # the nearest heading's words, "" before the first
    level: int = 0
    role: Section = Section.PLAIN


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, as offsets into `Paper.text`. An empty cell has start == end."""

    row: int
    col: int
    start: int
    end: int
    row_span: int = 1
    col_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table's grid. `caption` and `notes` are offsets of the words that belong to it."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    caption: tuple[int, int] | None = None
    notes: tuple[tuple[int, int], ...] = ()
    section: str = ""

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return max((c.col + c.col_span for c in self.cells), default=0)

    def cell_at(self, row: int, col: int) -> Cell | None:
        """The cell that covers a grid position, spans included."""
        for c in self.cells:
            if c.row <= row < c.row + c.row_span and c.col <= col < c.col + c.col_span:
                return c
        return None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper after the structure stage. `text` never changes again.

    `page_starts` holds (offset, page) pairs in order, for PDFs; `boxes` map characters to places
    on the page. `coverage` is full_text, abstract or metadata.
    """

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    format: str = "text"
    pages: int | None = None
    coverage: str = "full_text"
    page_starts: tuple[tuple[int, int], ...] = ()
    boxes: tuple[Box, ...] = ()
    warnings: tuple[str, ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """The block that holds a character, or None between blocks."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.blocks) and self.blocks[low].start <= offset:
            return self.blocks[low]
        return None

    def page_at(self, offset: int) -> int | None:
        """The 1-based page that a character was printed on (PDFs), else None."""
        page = None
        for start, number in self.page_starts:
            if start > offset:
                break
            page = number
        return page

    def boxes_of(self, start: int, end: int) -> Iterator[Box]:
        """The boxes on the page that show the characters [start, end)."""
        return (box for box in self.boxes if box.start < end and box.end > start)
