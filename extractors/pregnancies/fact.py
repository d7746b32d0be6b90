"""Pregnancies, their deliveries and breastfeeding: the mention type and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from extractors.base import Mention
from extractors.fact import PREGNANCY, Fact, Patient, Record, Row, Summary, integer, joined, string
from extractors.placed import Placed, told
from extractors.timeline.moments import NUMBERED, WEANED, Moment

OUTCOMES = ("live birth", "stillbirth", "miscarriage", "abortion", "ongoing")
LIVE, STILLBIRTH, MISCARRIAGE, ABORTION, ONGOING = OUTCOMES
MODES = ("vaginal", "caesarean", "instrumental")
YES, NO = "yes", "no"
#: Outcomes of pregnancies that are told beside the one that the paper is about.
_LOST = frozenset({MISCARRIAGE, ABORTION, STILLBIRTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class PregnancyMention(Mention):
    """What is told of one pregnancy; `pregnancy` is which one, None for the one that the text is about.

    `of_all`: told of every pregnancy of the patient up to the one of that number, of all without a number;
    `known`: only that there were so many is told; `later`: of one after the disease; `index`: this is the
    number of the one that the text is about. Days count from delivery, `gestation_days` from the first day
    of the last period.
    """

    pregnancy: int | None = None
    outcome: str = ""
    delivery_mode: str = ""
    gestation_days: int | None = None
    infants: int | None = None
    infant_weight_g: int | None = None
    breastfeeding: str = ""
    breastfeeding_days: int | None = None
    weaned_days_from_delivery: int | None = None
    recurrence: str = ""
    of_all: bool = False
    index: bool = False
    known: bool = False
    later: bool = False


_COMMON = {field.name for field in fields(Mention)}
#: The fields that say something of a pregnancy.
_TELLING = tuple(
    field.name
    for field in fields(PregnancyMention)
    if field.name not in {*_COMMON, "pregnancy", "of_all", "index", "known", "later"}
)


def _says(mention: PregnancyMention) -> int:
    """How many fields say something."""
    return sum(getattr(mention, name) not in ("", None) for name in _TELLING)


def _is_index(number: int, found: list[Placed[PregnancyMention]]) -> bool:
    return any(p.mention.index and p.mention.pregnancy == number for p in found)


Told = list[Placed[PregnancyMention]]


def _together(found: Told) -> list[tuple[int | None, Told]]:
    """The tellings of each pregnancy, with its number; what is told without a number is of the one that the
    text is about, but for a pregnancy that was lost."""
    later = [p for p in found if p.mention.later and p.mention.pregnancy is None]
    numbered, open_ended, lost = _sorted([p for p in found if p not in later])
    _counted_both_ways(numbered, open_ended, found)
    about = next((n for n in sorted(numbered, reverse=True) if _is_index(n, found)), None)
    about = about if about is not None else next(iter(numbered), None)
    _spread(numbered, found)
    if about is not None:
        numbered[about].extend(open_ended)
    elif not numbered:
        open_ended += [p for p in found if p.mention.of_all and p.mention.pregnancy is None]
    groups: list[tuple[int | None, Told]] = list(sorted(numbered.items()))
    groups += [(None, members) for members in (*lost.values(), later) if members]
    return [(None, open_ended), *groups] if open_ended and about is None else groups


def _sorted(found: Told) -> tuple[dict[int, Told], Told, dict[str, Told]]:
    """The tellings of each number, those without one, those of lost pregnancies by their outcome."""
    numbered: dict[int, Told] = {}
    open_ended: Told = []
    lost: dict[str, Told] = {}
    for p in found:
        m = p.mention
        if m.known or (m.of_all and m.pregnancy is None):
            continue
        if m.pregnancy is not None:
            for number in range(1, m.pregnancy + 1) if m.of_all else (m.pregnancy,):
                numbered.setdefault(number, []).append(p)
        elif m.outcome in _LOST:
            lost.setdefault(m.outcome, []).append(p)
        else:
            open_ended.append(p)
    return numbered, open_ended, lost


def _spread(numbered: dict[int, Told], found: Told) -> None:
    """Give each pregnancy what is told of all ("she has two children and nursed both")."""
    every = [p for p in found if p.mention.of_all and p.mention.pregnancy is None]
    births = [p for p in found if p.mention.known]
    most = max([p.mention.pregnancy or 0 for p in births], default=0)
    for number in range(1, most + 1) if every else ():
        numbered.setdefault(number, [])
    for number, members in numbered.items():
        members.extend([p for p in births if (p.mention.pregnancy or 0) >= number])
        members.extend(every)


def _counted_both_ways(numbered: dict[int, Told], open_ended: Told, found: Told) -> None:
    """ "Gravida 5", delivered of her fourth child: one pregnancy, whose number is left open."""
    gravida = [n for n in numbered if _is_index(n, found)]
    others = [n for n in numbered if n not in gravida]
    if len(gravida) == len(others) == 1 and not any(p.mention.of_all for p in numbered[others[0]]):
        bare = all(_says(p.mention) == 0 for p in numbered[gravida[0]])
        if bare and others[0] < gravida[0]:
            open_ended += numbered.pop(others[0])
            open_ended += numbered.pop(gravida[0])


def _kept(records: list[Record[PregnancyMention]]) -> list[Record[PregnancyMention]]:
    """Pregnancies of which something is told."""
    return [r for r in records if any(r.values[name] not in ("", None) for name in _TELLING)]


def _values(record: Record[PregnancyMention], number: int | None) -> Row:
    """Each value from the telling that has it; who was nursed was born alive."""
    members = sorted(record.members, key=lambda p: (p.source != "text", p.mention.start))
    row: Row = {name: _first(members, name) for name in _TELLING}
    row["pregnancy"] = number
    lost = next((p.mention.outcome for p in members if p.mention.outcome in _LOST), "")
    alive = row["breastfeeding"] == YES or row["infant_weight_g"] is not None
    row["outcome"] = lost or (LIVE if alive else row["outcome"])
    if row["breastfeeding"] == YES and row["weaned_days_from_delivery"] is None:
        row["weaned_days_from_delivery"] = row["breastfeeding_days"]
    return row


def _first(members: list[Placed[PregnancyMention]], name: str) -> Any:
    values = [getattr(p.mention, name) for p in members]
    said = [value for value in values if value not in ("", None)]
    if not said:
        return values[0]
    if name == "infants":
        return max(said)
    return YES if name == "breastfeeding" and YES in said else said[0]


def _records(found: list[Placed[PregnancyMention]], patient: Patient) -> list[Record[PregnancyMention]]:
    """The pregnancies in order."""
    made = []
    groups = _together(told(found))
    for number, members in groups:
        chosen = max(members, key=lambda p: (_says(p.mention), p.source == "text", -p.mention.start))
        record = Record(chosen, members)
        record.values.update(_values(record, number))
        if record.values["breastfeeding"] == YES and (
            number is None or number == max(n or 0 for n, _ in groups)
        ):
            _weaned(record, patient)
        after_another = number is not None and any(n is not None and n < number for n, _ in groups)
        _nursed(record)
        if not (after_another or any(p.mention.later for p in members)):
            record.values["recurrence"] = ""  # nothing can come again in the pregnancy of the disease itself
        made.append(record)
    return _kept(made)


def _weaned(record: Record[PregnancyMention], patient: Patient) -> None:
    """When the child was weaned by the course of the patient, where no telling says it."""
    later = any(p.mention.later for p in record.members)
    if record.values["weaned_days_from_delivery"] is None and not later:
        record.values["weaned_days_from_delivery"] = patient.timeline.weaned()


def _nursed(record: Record[PregnancyMention]) -> None:
    """A child that was nursed from its birth was nursed until it was weaned."""
    row = record.values
    if row["breastfeeding"] == YES and row["breastfeeding_days"] is None:
        row["breastfeeding_days"] = row["weaned_days_from_delivery"]


def _list(rows: Sequence[Row], name: str) -> str:
    return joined([str(row[name]) for row in rows if row[name] not in ("", None)])


def _moments(placed: Placed[PregnancyMention]) -> Iterator[Moment]:
    """The weaning of a child that was nursed for so long."""
    m = placed.mention
    number = str(m.pregnancy or "")
    if number and not m.of_all:
        yield Moment(m.start, placed.source, NUMBERED, name=number)
    days = m.weaned_days_from_delivery or m.breastfeeding_days
    if days is not None and not (m.of_all or m.later):
        yield Moment(m.start, placed.source, WEANED, days=(days, days), name=number)


FACT = Fact(
    table="pregnancies",
    row="pregnancy of a patient of which anything is told",
    component="pregnancies",
    mention=PregnancyMention,
    columns=(
        PREGNANCY,
        string("outcome", "How it ended", values=OUTCOMES),
        string("delivery_mode", "How the child was delivered", values=MODES),
        integer("gestation_days", "Gestation at delivery or end", unit="day"),
        integer("infants", "Children born of it"),
        integer("infant_weight_g", "Birth weight (of the first child told)", unit="g"),
        string("breastfeeding", "Whether the child was breastfed", values=(YES, NO)),
        integer("breastfeeding_days", "How long the child was breastfed", unit="day"),
        integer("weaned_days_from_delivery", "When breastfeeding ended, from delivery", unit="day"),
        string(
            "recurrence",
            "Whether fracture or pain came again in this pregnancy, one after the disease",
            values=(YES, NO),
        ),
    ),
    same=lambda a, b: a.mention.pregnancy == b.mention.pregnancy,
    better=lambda p: p.mention.certainty,
    records=_records,
    moments=_moments,
    identity=("pregnancy",),
    summary=(
        Summary(
            string("delivery_mode", "How children were delivered, '; ' between"),
            lambda rows: _list(rows, "delivery_mode"),
        ),
        Summary(
            string("breastfeeding", "Whether children were breastfed, '; ' between"),
            lambda rows: _list(rows, "breastfeeding"),
        ),
    ),
)
