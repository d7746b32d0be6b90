"""The structure stage: a source's blocks become a paper whose text never changes again.

In `Paper.text` a paragraph is one line, blocks are separated by a blank line, and a table's rows
are lines with tabs between the cells; nothing else holds line ends or tabs.
"""

from __future__ import annotations

from pipeline.paper import BlockKind, Paper, Source
from pipeline.structure import front, layout, metadata, paragraphs, running, sections, shapes
from pipeline.structure.drafts import Draft, Piece, open_source
from pipeline.structure.hyphens import Joiner

#: an article without a heading of a body's section and with less prose than this (characters) is an abstract
_ABSTRACT_CHARACTERS = 3500
_BODY_ROLES = frozenset(("introduction", "case", "discussion", "methods", "results"))


def structure(source: Source) -> Paper:
    """The paper in a source: characters repaired, blocks told apart, tables read into grids."""
    items = open_source(source)
    drafts = paragraphs.group(items)
    paragraphs.mark_references(drafts)
    front.mark_front(drafts)
    language = sections.mark_foreign(drafts)
    drafts = running.told_apart(drafts, next((d.text for d in drafts if d.kind is BlockKind.TITLE), ""))
    drafts = paragraphs.rejoin(drafts)
    drafts = sections.split_run_ins(drafts)
    sections.assign(drafts)
    coverage = _coverage(source, drafts)
    page = layout.Layout(Joiner(_all_lines(items)))
    for draft in drafts:
        page.add(draft)
    text = page.finish()
    return Paper(
        text=text,
        blocks=tuple(page.blocks),
        tables=layout.attach(page.blocks, page.tables, text),
        metadata=metadata.complete(source.metadata, drafts, language),
        format=source.format,
        pages=source.pages,
        coverage=coverage,
        page_starts=tuple(page.page_starts),
        boxes=tuple(page.boxes),
        warnings=source.warnings,
    )


def _all_lines(items: list[Draft | Piece]) -> str:
    """Every line of the source, for the words that decide about hyphens."""
    return "\n".join(
        [item.text if isinstance(item, Piece) else "\n".join([p.text for p in item.pieces]) for item in items]
    )


def _coverage(source: Source, drafts: list[Draft]) -> str:
    """Whether the source holds the article, its abstract or the record alone."""
    prose = [d for d in drafts if d.kind in (BlockKind.PARAGRAPH, BlockKind.TABLE)]
    abstract = any(d.kind is BlockKind.ABSTRACT for d in drafts)
    if not prose:
        return "abstract" if abstract else "metadata"
    if source.full_text is not None:
        return "full_text" if source.full_text else "abstract"
    headed = abstract or any(d.kind is BlockKind.HEADING and d.role in _BODY_ROLES for d in drafts)
    length = sum(len(d.text) for d in prose)
    if not headed and length < _ABSTRACT_CHARACTERS and _role(prose[0]) == "part":
        return "abstract"
    if headed or len(prose) > 1 or length > _ABSTRACT_CHARACTERS or _has_body(prose):
        return "full_text"
    if _is_record(drafts):
        prose[0].kind = BlockKind.ABSTRACT
    return "abstract"


def _has_body(prose: list[Draft]) -> bool:
    """Whether a table or a section of a body is among the blocks."""
    return any(d.kind is BlockKind.TABLE or _role(d) in _BODY_ROLES for d in prose)


def _role(draft: Draft) -> str:
    """What the heading that runs into a block leads to."""
    found = shapes.heading(draft.section) if draft.section else None
    return found.role if found is not None else ""


def _is_record(drafts: list[Draft]) -> bool:
    """Whether title, authors or references stand around one paragraph: an abstract without its word."""
    kinds = {d.kind for d in drafts}
    named = kinds & {BlockKind.TITLE, BlockKind.AUTHORS}
    return bool(named and kinds & {BlockKind.REFERENCE, BlockKind.AUTHORS})


def outline(paper: Paper) -> str:
    """The blocks of a paper for reading by eye: kind, offsets, section, first words; tables as grids."""
    lines = [f"{paper.format} {paper.coverage} {paper.metadata}"]
    tables = {table.start: table for table in paper.tables}
    for block in paper.blocks:
        words = paper.text[block.start : block.end]
        shown = words if len(words) <= 110 else f"{words[:70]} ... {words[-35:]}"
        lines.append(
            f"{block.start:>7}-{block.end:<7} {block.kind.value:<11} [{block.section}] {shown!r}"
            if block.start not in tables
            else f"{block.start:>7}-{block.end:<7} {block.kind.value:<11} [{block.section}]"
        )
        table = tables.get(block.start)
        if table:
            if table.caption:
                lines.append(f"    caption: {paper.text[slice(*table.caption)][:100]}")
            for cell in table.cells:
                span = (
                    f" span {cell.row_span}x{cell.col_span}"
                    if (cell.row_span, cell.col_span) != (1, 1)
                    else ""
                )
                lines.append(
                    f"    ({cell.row},{cell.col}){'H' if cell.header else ' '}{span} "
                    f"{paper.text[cell.start : cell.end]!r}"
                )
            lines += [f"    note: {paper.text[a:b]}" for a, b in table.notes]
    return "\n".join(lines)
