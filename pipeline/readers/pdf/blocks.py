"""Lines of one column -> paragraphs, headings, captions."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.paper import BlockKind
from pipeline.readers.pdf.captions import is_caption
from pipeline.readers.pdf.lines import TextLine

_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_ITEM = re.compile(r"^[\[(]?(\d{1,3})(?:[\])]|\.(?!\d))\s*\S")
_KEYWORDS = re.compile(r"(?:key\s?-?words?|index terms|mesh terms)\b", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•‣▪●○■□◦–—*·-]\s|\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]\s)")


@dataclass(slots=True)
class Chunk:
    """Lines that belong together, before their kind is final."""

    lines: list[TextLine]
    page: int
    kind: BlockKind = BlockKind.UNKNOWN
    table: object = None
    level: int = 0
    sheet: tuple[float, float] = (0.0, 0.0)  # width and height of the page, for turned text
    at_edge: str = ""  # "head" or "foot": stands at the edge of its page
    pages: list[int] = field(default_factory=list)  # of each line, where a paragraph was merged

    @property
    def text(self) -> str:
        """The words on one line."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """Dominant type size."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0] if sizes else 0.0

    @property
    def bold(self) -> bool:
        """Whether all lines are bold."""
        return all(line.bold for line in self.lines) if self.lines else False


def paragraphs(lines: Sequence[TextLine], page: int) -> list[Chunk]:
    """Cut the lines of a column (top to bottom) into chunks."""
    if not lines:
        return []
    leading = _leading(lines)
    left = _edge([line.x0 for line in lines])
    right = max(line.x1 for line in lines)
    chunks = [Chunk([lines[0]], page)]
    numbered = _numbered_items(lines)
    for i, (previous, line) in enumerate(itertools.pairwise(lines), 1):
        if numbered and numbered[0] < i <= numbered[-1]:
            starts = i in numbered
        elif numbered and i > numbered[-1] and chunks[-1].lines[0] is lines[numbered[-1]]:
            starts = abs(line.size - previous.size) > 0.5 or line.baseline - previous.baseline > 1.5 * leading
        else:
            starts = _starts(chunks[-1].lines, previous, line, leading, left, right)
        if starts:
            chunks.append(Chunk([line], page))
        else:
            chunks[-1].lines.append(line)
    return chunks


def _numbered_items(lines: Sequence[TextLine]) -> list[int]:
    """Indices of lines that open the items of a numbered list (references), when there are three or more."""
    found: list[int] = []
    expected = 0
    for i, line in enumerate(lines):
        match = _ITEM.match(line.text)
        if not match or (
            i + 1 < len(lines) and (line.bold, line.size) != (lines[i + 1].bold, lines[i + 1].size)
        ):
            continue  # no number, or that of a heading
        number = int(match[1])
        if not found or number == expected:
            found.append(i)
            expected = number + 1
    return found if len(found) >= 3 else []


def _leading(lines: Sequence[TextLine]) -> float:
    steps = Counter(
        round((b.baseline - a.baseline) * 2) / 2
        for a, b in itertools.pairwise(lines)
        if 0 < b.baseline - a.baseline < 40
    )
    return steps.most_common(1)[0][0] if steps else 12.0


def _edge(values: list[float]) -> float:
    """The most common left edge."""
    return Counter(round(v) for v in values).most_common(1)[0][0]


@dataclass(frozen=True)
class _Step:
    """From a paragraph's last line to the next line of its column, whose text spans [left, right]."""

    current: list[TextLine]
    previous: TextLine
    line: TextLine
    leading: float
    left: float
    right: float

    @property
    def size(self) -> float:
        """The size of the paragraph's type, in points."""
        return max(self.previous.size, 1.0)

    def ends_before(self, sizes: float) -> bool:
        """Whether the last line ends so many type sizes before the column's right edge."""
        return self.previous.x1 < self.right - sizes * self.size

    @property
    def full_stop(self) -> bool:
        """Whether the last line ends a sentence."""
        return _ENDS.search(self.previous.text) is not None


def _starts(
    current: list[TextLine], previous: TextLine, line: TextLine, leading: float, left: float, right: float
) -> bool:
    """Whether `line` opens a new paragraph."""
    step = _Step(current, previous, line, leading, left, right)
    if _is_apart(step) or _is_other_type(step) or _is_other_kind(step):
        return True
    indented = _by_indent(step)
    return _behind_short_line(step) if indented is None else indented


def _is_apart(step: _Step) -> bool:
    """Another size, or more than a line's distance."""
    down = step.line.baseline - step.previous.baseline
    if abs(step.line.size - step.previous.size) > 0.07 * step.size:
        return True
    usual = step.leading if abs(step.leading) > 0.9 * step.size else 1.2 * step.size
    return down > 1.32 * max(usual, step.size) and down > usual + 2.0


def _is_other_type(step: _Step) -> bool:
    """A line set apart in running text is a heading, unless its words just run on."""
    previous, line = step.previous, step.line
    if (line.bold == previous.bold and line.font == previous.font) or line.italic or previous.italic:
        return False
    if line.bold and not previous.bold and not _runs_on(previous):
        return True
    uniform = all(x.font == previous.font for x in step.current)
    return len(step.current) <= 3 and uniform and not _runs_on_bold(previous, step.right)


def _is_other_kind(step: _Step) -> bool:
    """Behind a heading in capitals or a list of keywords; a caption; an item of a list."""
    previous, line = step.previous, step.line
    capitals = previous.text.isupper() and not line.text.isupper() and len(previous.text) > 4
    if capitals and len(step.current) == 1 and step.ends_before(4):
        return True
    if is_caption(line.text) and not _runs_on(previous):
        return True
    if _KEYWORDS.match(step.current[0].text) and step.ends_before(3) and line.text[:1].isupper():
        return True  # a list of keywords has no full stop
    item = bool(_BULLET.match(line.text)) and step.full_stop
    return item and line.x0 <= previous.x0 + 0.3 * step.size


def _by_indent(step: _Step) -> bool | None:
    """What the line's indentation says; None where it says nothing."""
    size, previous, line = step.size, step.previous, step.line
    indent = line.x0 - previous.x0
    hangs = _hangs(step.current)
    if 0.6 * size <= indent <= 5 * size and abs(previous.x0 - step.left) < 1.5 and not hangs:
        return step.full_stop or step.ends_before(2) or line.text[:1].isupper()
    back = indent <= -0.6 * size
    if back and len(step.current) >= 2 and hangs:
        return True
    return True if back and len(step.current) == 1 and step.ends_before(4) and step.full_stop else None


def _behind_short_line(step: _Step) -> bool:
    """Whether the line before ends short: a sentence's end, or a line that stands alone."""
    width = step.right - step.left
    opens = step.line.text[:1].isupper() or step.line.text[:1].isdigit()
    alone = len(step.current) == 1 and step.previous.x1 < step.right - 0.45 * width
    if alone and opens and not _runs_on(step.previous):
        return True  # a heading in plain type, keywords, an article's kind
    short = step.previous.x1 < step.right - max(0.2 * width, 3 * step.size)
    return short and step.full_stop and opens and not step.previous.text.endswith(":")


def _hangs(current: list[TextLine]) -> bool:
    """Whether the paragraph so far has a hanging indent (list items, references)."""
    return len(current) >= 2 and current[1].x0 - current[0].x0 > 0.6 * current[0].size


def _runs_on(line: TextLine) -> bool:
    """Whether the line's sentence is clearly not finished."""
    return line.text.endswith((",", "-", ";")) or line.text.rsplit(" ", 1)[-1].lower() in {
        "the",
        "of",
        "and",
        "in",
        "a",
        "an",
        "with",
        "to",
        "for",
        "by",
        "see",
        "or",
        "from",
        "on",
        "at",
    }


def _runs_on_bold(line: TextLine, right: float) -> bool:
    return line.text.endswith(("-", ",")) or (line.x1 > right - 2 * line.size and not _ENDS.search(line.text))


def is_heading(chunk: Chunk, body: float, font: str) -> bool:
    """Whether a chunk looks like a heading: short, set apart by weight, size or capitals."""
    text = chunk.text.strip()
    if len(chunk.lines) > 3 or not _reads_as_heading(text):
        return False
    numbered = _NUMBERED_HEADING.match(text) is not None
    if text.endswith(".") and not (numbered and chunk.bold) and len(text) > 60:
        return False
    if chunk.bold or chunk.size > body * 1.1 + 0.2 or _in_other_font(chunk, body, font):
        return True
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 3 and all(c.isupper() for c in letters) and len(text) < 80:
        return True
    italic = all(line.italic for line in chunk.lines)
    return italic and (numbered or (len(text) < 70 and not text.endswith(".")))


_NUMBERED_HEADING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+\D")


def _reads_as_heading(text: str) -> bool:
    """Whether words, most of them letters, may be a heading's: no end that goes on, no small beginning."""
    letters = sum(c.isalpha() for c in text)
    if not 2 < len(text) <= 140 or not letters or letters < 0.5 * len(text.replace(" ", "")):
        return False
    return not text.endswith((",", ";", "-")) and not re.match(r"(?:\W*\d+[.)]\s*)?[a-z]", text)


def _in_other_font(chunk: Chunk, body: float, font: str) -> bool:
    """Whether a short chunk is set in another font than the body: not all fonts tell that they are bold."""
    if abs(chunk.size - body) >= 1.0 or len(chunk.text.strip()) >= 90 or _ENDS.search(chunk.text.strip()):
        return False
    return all(line.font != font and not line.italic for line in chunk.lines)
