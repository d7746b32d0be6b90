"""Risk factors and background conditions: the mention type and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.base import Mention
from extractors.fact import PREGNANCY, Fact, Patient, Record, Row, Summary, joined, number, string
from extractors.placed import Placed, filled

PRESENT, ABSENT = "present", "absent"
FAMILY_OSTEOPOROSIS, FAMILY_FRACTURE = "family history of osteoporosis", "family history of fracture"
PREVIOUS_FRACTURE, TRAUMA, GENE = "previous fracture", "trauma", "gene variant"
#: The closed list of what reviews of this disease tabulate.
FACTORS = (
    "smoking", "alcohol", FAMILY_OSTEOPOROSIS, FAMILY_FRACTURE, PREVIOUS_FRACTURE, TRAUMA, "eating disorder",
    "amenorrhea", "low body weight", "low calcium intake", "vegetarian or vegan diet", "immobilisation",
    "physical inactivity", "strenuous exercise", "assisted reproduction", "celiac disease", "malabsorption",
    "thyroid disease", "hyperparathyroidism", "kidney disease", "kidney stones", "liver disease", "diabetes",
    "malignancy", "rheumatic disease", "asthma", "epilepsy", "thrombophilia", "connective tissue disorder",
    GENE, "multiple pregnancy", "pre-eclampsia",
)  # fmt: skip
#: Of these several may be told of one patient, each with words of its own.
_SEVERAL = frozenset({PREVIOUS_FRACTURE, GENE})


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryMention(Mention):
    """A factor (one of `FACTORS`) that is present or absent; `relative` whose it is in family history.

    `value` and `unit` hold a number that is told (10, cigarettes/day).
    """

    factor: str
    status: str = PRESENT
    detail: str = ""
    value: float | None = None
    unit: str = ""
    relative: str = ""
    pregnancy: int | None = None


def _same(a: Placed[HistoryMention], b: Placed[HistoryMention]) -> bool:
    x, y = a.mention, b.mention
    if (x.factor, x.status, x.relative) != (y.factor, y.status, y.relative):
        return False
    if x.factor in _SEVERAL and x.status == PRESENT and x.detail and y.detail:
        return x.detail in y.detail or y.detail in x.detail
    return True


def _kept(records: list[Record[HistoryMention]]) -> list[Record[HistoryMention]]:
    """Nothing absent where another telling has it; a family's factor without a relative only where no
    relative is named for it."""
    present = {r.values["factor"] for r in records if r.values["status"] == PRESENT}
    by_relative = {r.values["factor"] for r in records if r.values["relative"]}
    return [
        r
        for r in records
        if not (r.values["status"] == ABSENT and r.values["factor"] in present)
        and (r.values["relative"] or r.values["factor"] not in by_relative)
    ]


def _values(record: Record[HistoryMention], patient: Patient) -> Row:
    """The unit belongs to the value, whichever telling has it."""
    of_value = next(
        (p.mention for p in [record.chosen, *record.members] if p.mention.value is not None), None
    )
    return {"value": None, "unit": ""} if of_value is None else {
        "value": of_value.value, "unit": of_value.unit
    }  # fmt: skip


def _derived(row: Mapping[str, str]) -> dict[str, str]:
    """No unit without a value."""
    return {} if row["value"] else {"unit": ""}


def _told(rows: Sequence[Row], status: str) -> str:
    return joined([_named(row) for row in rows if row["status"] == status])


def _named(row: Row) -> str:
    return f"{row['factor']} ({row['relative']})" if row["relative"] else str(row["factor"])


FACT = Fact(
    table="history",
    row="risk factor or background condition of a patient, present or absent",
    component="history",
    mention=HistoryMention,
    columns=(
        string("factor", "Risk factor or background condition", values=FACTORS, required=True),
        string("status", "Whether the patient has or had it", values=(PRESENT, ABSENT), required=True),
        string("detail", "The words that specify it"),
        number("value", "A number that is told of it (10 of 10 cigarettes a day)"),
        string("unit", "Unit of the value (cigarettes/day, pack-years, ...)"),
        string("relative", "Whose it is, where it is family history (mother, maternal grandmother, ...)"),
        PREGNANCY,
    ),
    same=_same,
    better=lambda p: filled(p, "detail", "value", "relative") + p.mention.certainty,
    values=_values,
    counted=list,  # what is denied is a row, too
    kept=_kept,
    identity=("factor", "status", "detail", "relative"),
    derived=_derived,
    summary=(
        Summary(
            string("history_present", "Risk factors and background conditions told, '; ' between"),
            lambda rows: _told(rows, PRESENT),
        ),
        Summary(
            string("history_absent", "Risk factors and background conditions denied, '; ' between"),
            lambda rows: _told(rows, ABSENT),
        ),
    ),
)
