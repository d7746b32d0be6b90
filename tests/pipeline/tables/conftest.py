"""Helpers: tables as text or as grids of cells, and their facts in short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest

from extractors.base import Mention
from extractors.bmd.fact import BmdMention
from extractors.drugs.fact import DrugMention
from extractors.fractures.fact import FractureMention
from extractors.labs.fact import LabMention
from extractors.onset.fact import OnsetMention
from extractors.person.fact import PersonMention
from pipeline.paper import BlockKind, Line, Paper, Source, SourceBlock, SourceCell
from pipeline.readers.text import read_text
from pipeline.structure import structure
from pipeline.tables import TableFact, open_tables, read_tables

_PERSON = ("years", "sex", "gravida", "para", "height_cm", "weight_kg", "bmi")


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part not in (None, ""))


def _said(m: Mention) -> str:
    if isinstance(m, PersonMention):
        return _words(*(f"{k}={getattr(m, k):g}" if k != "sex" else m.sex for k in _PERSON if getattr(m, k)))
    if isinstance(m, OnsetMention):
        return f"onset {m.days_min}..{m.days_max}"
    if isinstance(m, FractureMention):
        return _words("fracture", m.level or m.site, m.side)
    if isinstance(m, BmdMention):
        return _words(m.site, m.region, m.measure, f"{m.value:g}", m.unit)
    if isinstance(m, LabMention):
        limits = f"[{m.ref_low or ''}..{m.ref_high or ''}]" if (m.ref_low, m.ref_high) != (None, None) else ""
        value = None if m.value is None else f"{m.comparator.strip('=')}{m.value:g}"
        return _words(m.specimen if m.specimen == "urine" else "", m.analyte, value, m.unit, limits, m.flag)
    if not isinstance(m, DrugMention):
        return _rest(m)
    return _words(m.drug, m.status, f"{m.dose:g}" if m.dose else "", m.dose_unit, m.frequency, m.route)


def _rest(m: Mention) -> str:
    """A mention of another table: its kind and what it says."""
    common = {field.name for field in fields(Mention)}
    told = (getattr(m, field.name) for field in fields(m) if field.name not in common)
    kind = type(m).__name__.removesuffix("Mention").lower()
    return _words(kind, *(v for v in told if isinstance(v, str | int) and not isinstance(v, bool)))


def shown(fact: TableFact) -> str:
    """A fact in short: "2: calcium 9.1 mg/dL [8.6..10.2] normal @follow-up+183"."""
    time = fact.mention.time
    when = ""
    if time is not None and not isinstance(fact.mention, OnsetMention):
        days = "" if not time.days_min else f"{time.days_min:+d}"
        when = f"@{time.phase or time.anchor}{days}"
    who = f"{fact.patient}:" if fact.patient is not None else ""
    return _words(who, _said(fact.mention), when)


def facts_of(paper: Paper) -> list[str]:
    """All facts of a paper's tables in short, each quote checked to lie within a table."""
    out = []
    for fact in read_tables(open_tables(paper)):
        m = fact.mention
        quote = paper.text[m.start : m.end]
        block = paper.block_at(m.start)
        assert block is not None and block.kind is BlockKind.TABLE, quote
        assert quote == quote.strip() and quote and m.end <= block.end, quote
        value = getattr(m, "value", None)
        if value is not None:
            assert f"{abs(value):g}" in quote.replace(",", "") or any(c.isdigit() for c in quote)
            assert "\t" not in quote
        out.append(shown(fact))
    return out


@pytest.fixture
def text_facts() -> Callable[[str], list[str]]:
    """The facts of the tables in a text file."""
    return lambda text: facts_of(structure(read_text(text)[0]))


@pytest.fixture
def grid_facts() -> Callable[..., list[str]]:
    """The facts of a table given as rows of cells ("a|b|c"), as a journal's markup would hold it.

    "<2>words" spans two columns, "^2^words" two rows; a cell under such a span is left out as "~".
    """

    def read(rows: str, caption: str = "", note: str = "", heads: int = 1) -> list[str]:
        cells = []
        for number, line in enumerate(rows.strip().splitlines()):
            for column, part in enumerate(line.strip().split("|")):
                words, wide, high = part.strip(), 1, 1
                if words.startswith("<"):
                    wide, words = int(words[1]), words[3:]
                if words.startswith("^"):
                    high, words = int(words[1]), words[3:]
                if words != "~":
                    cells.append(
                        SourceCell(number, column, (Line(words),), high, wide, header=number < heads)
                    )
        blocks = [SourceBlock(BlockKind.TABLE, cells=tuple(cells))]
        if caption:
            blocks.insert(0, SourceBlock(BlockKind.CAPTION, (Line(caption),)))
        if note:
            blocks.append(SourceBlock(BlockKind.FOOTNOTE, (Line(note),)))
        return facts_of(structure(Source("jats", tuple(blocks), full_text=True)))

    return read
