"""What the chunks of a paper are, where type and place make it clear."""

from __future__ import annotations

import re

from pipeline.paper import BlockKind
from pipeline.readers.pdf.blocks import Chunk, is_heading
from pipeline.readers.pdf.captions import is_caption
from pipeline.readers.pdf.furniture import IMPRINT
from pipeline.structure import shapes

_ARTICLE_TYPE = re.compile(
    r"^(?:(?:original |research |review |brief |short |special )?"
    r"(?:article|report|communication|paper|research|review)|"
    r"(?:clinical )?(?:case|image|picture|vignette)s?(?: (?:report|series|study)s?)?|"
    r"letter to the editor|open access)$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^[\[(]?\d{1,3}[\]).]\s")


def classify(chunks: list[Chunk], body: float, font: str) -> None:
    """Say what the chunks are, where type and place make it clear."""
    for i, chunk in enumerate(chunks):
        if chunk.kind is not BlockKind.UNKNOWN:
            continue
        text = chunk.text
        if is_caption(text):
            chunk.kind = BlockKind.CAPTION
        elif chunk.at_edge == "foot" or (
            chunk.at_edge and chunk.size < body - 0.4 and IMPRINT.search(text) and not _ENTRY.match(text)
        ):
            chunk.kind = BlockKind.BOILERPLATE
        elif (
            i
            and chunks[i - 1].kind in {BlockKind.TABLE, BlockKind.FOOTNOTE}
            and chunk.size < body - 0.3
            and chunk.page == chunks[i - 1].page
        ):
            chunk.kind = BlockKind.FOOTNOTE
        elif is_heading(chunk, body, font):
            chunk.kind = BlockKind.HEADING
            chunk.level = 1 if chunk.size > body * 1.1 or text.isupper() else 2
    _complete_captions(chunks, body)
    _title(chunks, body)


def _complete_captions(chunks: list[Chunk], body: float) -> None:
    """Lines below a caption's first one that belong to it: its words below a bare "Table 2", further
    lines in another font."""
    for i in range(len(chunks) - 2, -1, -1):
        caption, chunk = chunks[i], chunks[i + 1]
        if caption.kind is not BlockKind.CAPTION or chunk.page != caption.page:
            continue
        if chunk.kind not in {BlockKind.UNKNOWN, BlockKind.HEADING} or not chunk.lines:
            continue
        step = chunk.lines[0].baseline - caption.lines[-1].baseline
        bare = len(caption.text) < 12
        before_table = i + 2 < len(chunks) and chunks[i + 2].kind is BlockKind.TABLE
        alike = abs(chunk.size - caption.size) < 0.6 and (chunk.size < body - 0.3 or before_table)
        if 0 < step <= 1.6 * caption.size and len(chunk.lines) <= 6 and (bare or alike):
            caption.lines += chunks.pop(i + 1).lines


def _title(chunks: list[Chunk], body: float) -> None:
    """The largest text of some length on page one, and the names below it."""
    first = [
        c for c in chunks if c.page == 1 and c.kind in {BlockKind.HEADING, BlockKind.UNKNOWN} and c.lines
    ]
    candidates = [c for c in first if len(c.text.split()) >= 3 and c.size > body + 0.8 and len(c.text) < 400]
    if not candidates:
        return
    best = max(candidates, key=lambda c: (round(c.size, 1), -chunks.index(c)))
    best.kind, best.level = BlockKind.TITLE, 0
    start = chunks.index(best)
    while (
        start + 1 < len(chunks)
        and chunks[start + 1] in first
        and abs(chunks[start + 1].size - best.size) < 0.6
    ):
        best.lines += chunks.pop(start + 1).lines  # a title of several lines, one in italics
    if len(best.lines) > 1 and _ARTICLE_TYPE.match(best.lines[0].text):
        chunks.insert(start, Chunk([best.lines.pop(0)], best.page))
        start += 1
    authors = next((c for c in chunks[start + 1 : start + 4] if _is_authors(c)), None)
    if authors is not None:
        authors.kind = BlockKind.AUTHORS
        at = chunks.index(authors) + 1
        while at < len(chunks) and authors.text.endswith(",") and _is_authors(chunks[at]):
            authors.lines += chunks.pop(at).lines  # names on several lines, widely set


_NO_AUTHORS = re.compile(r"abstract|introduction|university|hospital|department", re.IGNORECASE)


def _is_authors(chunk: Chunk) -> bool:
    """Whether a chunk below the title is names."""
    text = chunk.text
    if chunk.page != 1 or chunk.kind not in {BlockKind.UNKNOWN, BlockKind.HEADING} or len(text) >= 600:
        return False
    names = len(re.findall(r"\b[A-Z][\w'’.-]*", text))
    if names < 2 or names < 0.55 * len([w for w in re.split(r"[\s,]+", text) if w]):
        return False
    return shapes.heading(text) is None and not _ARTICLE_TYPE.match(text) and not _NO_AUTHORS.search(text)
