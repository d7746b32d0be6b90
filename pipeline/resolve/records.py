"""All mentions of a paper to the rows of its tables, with provenance. No fact is known by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extractors import registry
from extractors.doubts import BETWEEN
from extractors.fact import Fact, Patient, Record, Row
from extractors.placed import Placed
from extractors.timeline.moments import Moment
from extractors.timeline.timeline import Timeline
from extractors.timeline.told import EventMention
from pipeline.cases import CaseMap, Whose
from pipeline.keys import record_key
from pipeline.paper import BlockKind, Paper
from pipeline.resolve.confidence import confidence
from pipeline.resolve.course import Found, settled
from pipeline.write.values import cell

_SOURCES = {
    BlockKind.TITLE: "title",
    BlockKind.ABSTRACT: "abstract",
    BlockKind.CAPTION: "caption",
    BlockKind.TABLE: "table",
    BlockKind.FOOTNOTE: "table",
}
#: Letters of the words that introduce a patient of whom nothing else is told.
_INTRODUCTION = 60


class Records:
    """The rows of one paper, table by table."""

    def __init__(self, paper: Paper, doc_id: str, cases: CaseMap) -> None:
        self.paper, self.doc_id, self.cases = paper, doc_id, cases
        self.rows: dict[str, list[Row]] = {fact.table: [] for fact in registry.facts()}
        self._ids: set[str] = set()

    def place(self, told: Whose) -> Placed[Any]:
        """Add the part of the paper that a mention stands in."""
        mention = told.mention
        block = self.paper.block_at(mention.start)
        source = _SOURCES.get(block.kind, "text") if block else "text"
        section = block.section if block else ""
        page = self.paper.page_at(mention.start)
        return Placed(mention, told.component, source, section, page, told.presents, told.certainty)

    def add(self, fact: Fact[Any], case_id: str, record: Record[Any]) -> None:
        """Add one row with its provenance."""
        chosen, m = record.chosen, record.chosen.mention
        quote = self.paper.text[m.start : m.end]
        self.rows[fact.table].append(
            {
                "doc_id": self.doc_id,
                "case_id": case_id,
                **record.values,
                **fact.codes.of({**record.values, "quote": quote}),
                "record_id": self._record_id(fact, case_id, record.values),
                "source": chosen.source,
                "section": chosen.section,
                "page": chosen.page,
                "start": m.start,
                "end": m.end,
                "quote": quote,
                "extractor": f"{chosen.component}/{m.rule}",
                "confidence": confidence(record.members, chosen),
                "check": BETWEEN.join(fact.doubts_of(record)),
                "reviewed": "",
                "origin": "extracted",
            }
        )

    def _record_id(self, fact: Fact[Any], case_id: str, values: Row) -> str:
        names = tuple(values) if fact.identity is None else fact.identity
        return record_key(fact.table, case_id, {name: cell(values[name]) for name in names}, self._ids)


def resolve(paper: Paper, doc_id: str, cases: CaseMap, found: Iterable[Whose]) -> dict[str, list[Row]]:
    """Rows of every fact table."""
    records = Records(paper, doc_id, cases)
    by_case: list[Found] = [{fact: [] for fact in registry.facts()} for _ in cases.cases]
    moments: list[list[Moment]] = [[] for _ in cases.cases]
    for told in found:
        if not told.counts:
            continue
        placed = records.place(told)
        for index in cases.at(told.mention.end - 1) if told.patients is None else told.patients:
            if isinstance(told.mention, EventMention):
                moments[index].append(told.mention.moment(placed.source))
            else:
                by_case[index][registry.fact_of(told.mention)].append(placed)
    for index in range(len(cases.cases)):
        _case_rows(records, index, settled(by_case[index]), moments[index])
    return records.rows


def _case_rows(records: Records, index: int, found: Found, moments: list[Moment]) -> None:
    """The rows of one patient; `moments` are the events of her course that no fact tells."""
    case_id, case = f"{records.doc_id}-{index + 1}", records.cases.cases[index]
    days = (fact.first_visit(placed) for fact, placed in found.items())
    of_facts = (m for fact, placed in found.items() for p in placed for m in fact.moments(p))
    timeline = Timeline.of([*of_facts, *moments])
    patient = Patient(case.label, next((day for day in days if day is not None), None), timeline)
    for fact, placed in found.items():
        own = [*placed, *_introduction(records, fact, case.start)]
        for record in fact.rows(own, patient):
            records.add(fact, case_id, record)


def _introduction(records: Records, fact: Fact[Any], start: int) -> list[Placed[Any]]:
    """The words that introduce a patient, for a fact that needs them where nothing else is told."""
    if fact.introduced is None:
        return []
    block = records.paper.block_at(start)
    end = min(block.end if block else start + 1, start + _INTRODUCTION)
    return [records.place(Whose(fact.component, fact.introduced(start, end)))]
