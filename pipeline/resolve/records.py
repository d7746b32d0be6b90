"""All mentions of a paper to the rows of its tables, with provenance."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from extractors.base import Mention
from extractors.bmd.fact import BmdMention
from extractors.drugs import class_members
from extractors.drugs.fact import DrugMention
from extractors.fractures.fact import FractureMention
from extractors.labs.fact import LabMention
from extractors.onset.fact import OnsetMention
from extractors.person.fact import PersonMention
from pipeline.cases import CaseMap
from pipeline.paper import BlockKind, Paper
from pipeline.resolve import facts
from pipeline.resolve.course import settled
from pipeline.resolve.person import person_values
from pipeline.resolve.placed import Placed, confidence
from pipeline.schema import FACT_TABLES

Row = dict[str, Any]
_SOURCES = {
    BlockKind.TITLE: "title",
    BlockKind.ABSTRACT: "abstract",
    BlockKind.CAPTION: "caption",
    BlockKind.TABLE: "table",
    BlockKind.FOOTNOTE: "table",
}
_TABLE_OF = {
    PersonMention: "cases",
    OnsetMention: "onset",
    FractureMention: "fractures",
    BmdMention: "bmd",
    LabMention: "labs",
    DrugMention: "drugs",
}


class Records:
    """The rows of one paper, table by table."""

    def __init__(self, paper: Paper, doc_id: str, cases: CaseMap) -> None:
        self.paper, self.doc_id, self.cases = paper, doc_id, cases
        self.rows: dict[str, list[Row]] = {table.name: [] for table in FACT_TABLES}
        self._ids: set[str] = set()

    def place(self, mention: Mention, component: str) -> Placed[Any]:
        """Add the part of the paper that a mention stands in."""
        block = self.paper.block_at(mention.start)
        source = _SOURCES.get(block.kind, "text") if block else "text"
        section = block.section if block else ""
        return Placed(mention, component, source, section, self.paper.page_at(mention.start))

    def add(
        self, table: str, case_id: str, values: Row, chosen: Placed[Any], members: list[Placed[Any]]
    ) -> None:
        """Add one row with its provenance."""
        m = chosen.mention
        self.rows[table].append(
            {
                "doc_id": self.doc_id,
                "case_id": case_id,
                **values,
                "record_id": self._record_id(table, case_id, values, m),
                "source": chosen.source,
                "section": chosen.section,
                "page": chosen.page,
                "start": m.start,
                "end": m.end,
                "quote": self.paper.text[m.start : m.end],
                "extractor": f"{chosen.component}/{m.rule}",
                "confidence": confidence(members, chosen),
            }
        )

    def _record_id(self, table: str, case_id: str, values: Row, mention: Mention) -> str:
        """Stable as long as the paper's text and the record itself stay the same."""
        key = "|".join(
            [
                table,
                case_id,
                str(mention.start),
                str(mention.end),
                *(str(v) for v in list(values.values())[:5]),
            ]
        )
        for n in range(1000):
            digest = hashlib.sha256(f"{key}|{n}".encode()).hexdigest()[:16]
            if digest not in self._ids:
                self._ids.add(digest)
                return digest
        raise AssertionError("a thousand equal records")


def resolve(
    paper: Paper, doc_id: str, cases: CaseMap, found: Iterable[tuple[str, Mention, tuple[int, ...] | None]]
) -> dict[str, list[Row]]:
    """Rows of every fact table. `found` holds (component, mention, patients); patients None: by offset."""
    records = Records(paper, doc_id, cases)
    by_case: list[dict[str, list[Placed[Any]]]] = [{t.name: [] for t in FACT_TABLES} for _ in cases.cases]
    for component, mention, owners in found:
        if not mention.context.about_patient:
            continue
        placed = records.place(mention, component)
        for index in cases.at(mention.end - 1) if owners is None else owners:
            by_case[index][_TABLE_OF[type(mention)]].append(placed)
    for index, case in enumerate(cases.cases):
        _case_rows(records, f"{doc_id}-{index + 1}", case.label, settled(by_case[index]), index)
    return records.rows


def _case_rows(
    records: Records, case_id: str, label: str, found: dict[str, list[Placed[Any]]], index: int
) -> None:
    values, quoted = person_values(found["cases"])
    if quoted is None:
        # a patient without any word on age or sex: the words that introduce the case
        start = records.cases.cases[index].start
        block = records.paper.block_at(start)
        end = min(block.end if block else start + 1, start + 60)
        quoted = records.place(PersonMention(start=start, end=end, rule="introduced", certainty=0.7), "cases")
    records.add("cases", case_id, {"label": label, **values}, quoted, [quoted])
    presentation = facts.presentation_day(found["onset"])
    tables: tuple[tuple[str, list[facts.Fact[Any]]], ...] = (
        ("onset", facts.onset_facts(found["onset"])),
        ("fractures", facts.fracture_facts(found["fractures"])),
        ("bmd", facts.bmd_facts(found["bmd"], presentation)),
        ("labs", facts.lab_facts(found["labs"], presentation)),
        ("drugs", facts.drug_facts(found["drugs"], class_members)),
    )
    for table, made in tables:
        for fact in sorted(made, key=lambda f: (f.chosen.mention.start, f.chosen.mention.end, str(f.values))):
            records.add(table, case_id, fact.values, fact.chosen, fact.group)
