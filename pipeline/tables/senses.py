"""What a label of a table means, and several labels of one cell together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from extractors import registry
from extractors.base import TimeRef
from extractors.fact import Fact
from extractors.tables import Rank, TableReader
from extractors.values import fixed

#: What a label says to each fact that understands it.
Says = Mapping[Fact[Any], Any]


@fixed(frozen=True, slots=True)
class Sense:
    """Everything that a label's words say about the cells below or beside them; None = nothing.

    `label` is the patient's label as printed. `role` is "value", "reference", "unit", "flag", "patient"
    (the column holds patients' labels), "nobody" (a relative, a control, a mean) or "". `prose`: the cells
    are sentences or clauses. `mark` is the footnote letter of the label.
    """

    patient: int | None = None
    label: str = ""
    pregnancy: int | None = None
    time: TimeRef | None = None
    role: str = ""
    mark: str = ""
    prose: bool = False
    says: Says = field(default_factory=dict)

    @property
    def claims(self) -> list[tuple[Fact[Any], TableReader[Any, Any], Any]]:
        """The facts that understand the label, in their order, each with its reader and its own label."""
        readers = registry.table_readers()
        return [(fact, reader, self.says[fact]) for fact, reader in readers.items() if fact in self.says]

    @property
    def told(self) -> bool:
        """Whether the label announces something of its own, more than a kind of content."""
        return any(reader.rank(label) > Rank.KIND for _, reader, label in self.claims)

    @property
    def measured(self) -> Says:
        """What the label says to the facts that measure."""
        return {fact: label for fact, reader, label in self.claims if reader.measures}

    @property
    def names_measure(self) -> bool:
        """Whether the label names what is measured, not just where."""
        return any(r.measures and r.rank(label) > Rank.PART for _, r, label in self.claims)


def undated(sense: Sense, anchor: str) -> Sense:
    """A sense without its time where that is told by an anchor that says nothing by itself."""
    return replace(sense, time=None) if sense.time is not None and sense.time.anchor == anchor else sense


def merged(*senses: Sense) -> Sense:
    """Several labels of one cell taken together; the nearer (later) ones win, those of one fact combine."""
    told = Sense()
    for sense in senses:
        told = Sense(
            patient=told.patient if sense.patient is None else sense.patient,
            label=sense.label or told.label,
            pregnancy=told.pregnancy if sense.pregnancy is None else sense.pregnancy,
            time=sense.time or told.time,
            role=sense.role or told.role,
            mark=sense.mark or told.mark,
            prose=sense.prose or told.prose,
            says=_together(told.says, sense.says),
        )
    return told


def _together(outer: Says, inner: Says) -> Says:
    readers = registry.table_readers()
    out = dict(outer)
    for fact, label in inner.items():
        combined = readers[fact].combined
        out[fact] = combined(out[fact], label) if combined is not None and fact in out else label
    return out
