"""Laboratory tables: labels that name tests, cells with their results, ranges in footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.labs import glue
from extractors.labs.cell import lab_of_cell
from extractors.labs.fact import LabMention
from extractors.labs.footnotes import range_of_note, ranges_of
from extractors.labs.labels import AnalyteLabel, find_analyte
from extractors.labs.unlisted import of_unlisted, unlisted_label
from extractors.tables import Cell, Rank, TableReader

#: "Calcium (mg/day)" may be a drug's name with its dose as well.
_PER_DAY = re.compile(
    r"/\s?(?:d|day|week|wk|month)\b|daily|weekly|supplement|intake|dose|therapy|treatment", re.I
)


@dataclass(frozen=True, slots=True)
class LabLabel:
    """A label's test; `per_day` where it may announce an intake, `printed` the name of an unknown one."""

    test: AnalyteLabel
    per_day: bool = False
    printed: str = ""


def lab_label(text: str) -> LabLabel | None:
    """The test that a label names, None for none."""
    test = find_analyte(text)
    if test is None:
        return None
    told = test.specimen == "urine" and glue.SPECIMENS["urine"].within(text.lower(), 0, len(text))
    return LabLabel(test, not told and bool(_PER_DAY.search(text)))


def _unlisted(text: str, above: str) -> LabLabel | None:
    test = unlisted_label(text, above)
    return LabLabel(test, printed=text[test.start : test.end]) if test is not None else None


def _of_cell(cell: Cell, label: LabLabel) -> Iterator[LabMention]:
    found = lab_of_cell(
        cell.text, cell.start, label.test, time=cell.time, pregnancy=cell.pregnancy,
        reference=cell.reference, unit=cell.unit, flag=cell.flag, note=cell.note,
        limits=range_of_note(cell.label_note) or cell.noted.get(label.test.analyte),
    )  # fmt: skip
    if found is not None and label.printed:
        found = of_unlisted(found, label.printed, cell.unit)
    if found is not None:
        yield found


TABLE = TableReader(
    label=lab_label,
    cell=_of_cell,
    rank=lambda label: Rank.PART if label.per_day else Rank.NAMED,
    measures=True,
    of_caption=lambda label, own, others: None if own or others else label,
    notes=ranges_of,
    unlisted=_unlisted,
)
