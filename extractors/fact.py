"""A table of facts, as the folder of its extractor declares it.

A folder brings one `FACT` in its `fact.py`; `read.py` beside it is the spaCy component (`create`),
`rules.py` its phrases and vocabularies (`BOOKS`, `lexicons()`). Nothing else has to be told anywhere:
schema, merging, confidence, summary and tests take it from here.

Importing a `fact.py` has to be quick (the command line needs the columns): what loads spaCy or
vocabularies is imported by the functions that need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic

from extractors.placed import M, Placed, best, first, group, told, two_phases
from extractors.timeline.moments import BONE, TIME, Moment
from extractors.timeline.timeline import RESULT, Timeline
from extractors.values import fixed

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is Frictionless's, `unit` a printed unit or "", `values` an enumeration."""

    name: str
    type: str
    description: str
    unit: str = ""
    values: tuple[str, ...] = ()
    required: bool = False


def string(name: str, meaning: str, *, values: tuple[str, ...] = (), required: bool = False) -> Column:
    """A column of words; `values` are the only ones it may hold."""
    return Column(name, "string", meaning, values=values, required=required)


def number(name: str, meaning: str, *, unit: str = "", required: bool = False) -> Column:
    """A column of decimal numbers."""
    return Column(name, "number", meaning, unit, required=required)


def integer(name: str, meaning: str, *, unit: str = "", required: bool = False) -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", meaning, unit, required=required)


PHASES = ("baseline", "follow-up", "history")


def phase(values: tuple[str, ...] = PHASES) -> Column:
    """The column that tells the first presentation from later visits (and from earlier history)."""
    about = "Whether the statement is about the first presentation, a later visit or earlier history"
    return string("phase", about, values=values)


PREGNANCY = integer("pregnancy", "Which pregnancy of the patient it belongs to, where the text tells")
#: When a measurement was made; `when` gives the values.
WHEN = (
    phase(PHASES[:2]),
    string("time_text", "When it was, in the paper's words"),
    number(
        "months_from_delivery",
        "When it was, counted from delivery (negative before), where it can be worked out",
        unit="month",
    ),
    PREGNANCY,
    number(
        "months_from_treatment",
        "When it was, counted from the begin of the main bone treatment (negative before), where it can be "
        "worked out",
        unit="month",
    ),
)


@dataclass(frozen=True, slots=True)
class Patient:
    """What is known of a patient when the rows are made: the printed label, the first visit, the course.

    `first_visit` is its day from delivery, None where the paper does not tell exactly one.
    """

    label: str = ""
    first_visit: int | None = None
    timeline: Timeline = field(default_factory=Timeline)


@fixed(frozen=True, slots=True)
class Record(Generic[M]):
    """A row to be: the telling to quote, all tellings of it, and the values of the table's own columns."""

    chosen: Placed[M]
    members: list[Placed[M]]
    values: Row = field(default_factory=dict)

    def first(self, name: str) -> Any:
        """The chosen telling's value of a field, else the first telling's that has one."""
        return first(self.members, self.chosen, name)


@dataclass(frozen=True, slots=True)
class Summary(Generic[M]):
    """A column of the wide table: what one patient's rows of a table say together."""

    column: Column
    read: Callable[[Sequence[Row]], Any]


@dataclass(frozen=True, slots=True)
class Codes:
    """Columns with codes of public terminologies: they follow from a row's other cells, so nobody sets them.

    `of` gives them from the cells of a row with its quote, as values or as printed; "" where none is sure.
    """

    columns: tuple[Column, ...]
    of: Callable[[Mapping[str, Any]], dict[str, str]]


def only(column: Column) -> Summary[Any]:
    """The value of the patient's one row."""
    return Summary(column, lambda rows: rows[0][column.name])


def timed(placed: Placed[Any]) -> Iterable[Moment]:
    """The time of a statement about the course itself: what follows may be counted from it."""
    time, context = placed.mention.time, placed.mention.context
    if time is not None and time.text and time.phase != "history" and not context.historical:
        yield Moment(placed.mention.start, placed.source, TIME, time)


def timed_of_bone(placed: Placed[Any]) -> Iterable[Moment]:
    """The same of a finding of bone: where there is one, calcium and vitamin D may be its treatment."""
    yield from timed(placed)
    yield Moment(placed.mention.start, placed.source, BONE)


def no_values(record: Record[Any], patient: Patient) -> Row:
    """No column differs from the mention's field of its name."""
    return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Fact(Generic[M]):
    """A table of facts and how its rows come about.

    `table` and `row` (what one row is) are for the reader; `component` is the spaCy component without
    "casebook."; `mention` what it finds. Each of the `columns` takes the mention's field of its name
    (the chosen telling's, else the first that tells it), except those that `values` gives.

    Tellings of one thing become one row: `same` says which two are one (by what they say, never by where
    they stand), `better` how precise a telling is (the highest is quoted). Where that is not enough:
    `counted` picks the tellings that count, `together` puts them in groups, `kept` looks at all records of
    a patient at last; `records` stands in for all of it. `introduced` makes a mention of the words that
    introduce a patient; with it every patient has a row.

    A patient's course: `first_visit` tells the day of the first visit from delivery, `begins` whether a
    mention is one of the first visit or of a treatment's begin, `always_later` whether it is known later
    only, `treats` whether a treatment is given, `moments` what a mention adds to the time axis.
    `in_clauses`: cells of a table that are clauses are read for it as prose.

    `identity`: the columns that say which fact of the patient a row is, all of them where it is None. The
    `record_id` hangs on these alone, so that a rule that learns to tell more keeps the key. `derived` gives
    the cells that follow from the others of a row, as printed, for a row that a person has corrected.
    `codes` are columns behind the others that nobody sets.

    `doubts` tells the reasons of `extractors.doubts` for which a row needs a look, `doubts_of` those that
    the row does not show, from its tellings; `measured` are the
    columns that say what its value is of and when: two rows alike in them with two values need one. `signs`
    are what of a row tells how sure it is (see `pipeline.confidence`): numbers by name.
    """

    table: str
    row: str
    component: str
    mention: type[M]
    columns: tuple[Column, ...]
    same: Callable[[Placed[M], Placed[M]], bool]
    better: Callable[[Placed[M]], float]
    values: Callable[[Record[M], Patient], Row] = no_values
    counted: Callable[[list[Placed[M]]], list[Placed[M]]] = told
    together: Callable[[list[Placed[M]]], list[list[Placed[M]]]] | None = None
    kept: Callable[[list[Record[M]]], list[Record[M]]] = list
    records: Callable[[list[Placed[M]], Patient], list[Record[M]]] | None = None
    introduced: Callable[[int, int], M] | None = None
    first_visit: Callable[[list[Placed[M]]], int | None] = lambda found: None
    begins: Callable[[M], bool] = lambda mention: False
    always_later: Callable[[M], bool] = lambda mention: False
    treats: Callable[[M], bool] = lambda mention: False
    moments: Callable[[Placed[M]], Iterable[Moment]] = timed
    in_clauses: bool = True
    summary: tuple[Summary[M], ...] = ()
    identity: tuple[str, ...] | None = None
    derived: Callable[[Mapping[str, str]], dict[str, str]] | None = None
    codes: Codes = Codes((), lambda row: {})
    doubts: Callable[[Row], Iterable[str]] = lambda row: ()
    doubts_of: Callable[[Record[M]], Iterable[str]] = lambda record: ()
    measured: tuple[str, ...] = ()
    signs: Callable[[Row], Mapping[str, float]] = lambda row: {}
    key: tuple[str, ...] = ("record_id",)

    @property
    def package(self) -> str:
        """The folder, as a package: that of the mention type."""
        return self.mention.__module__.rpartition(".")[0]

    def rows(self, found: list[Placed[M]], patient: Patient) -> list[Record[M]]:
        """The records of one patient's mentions, in the order of the text."""
        if self.records is not None:
            return self.records(found, patient)
        counted = self.counted(found)
        groups = self.together(counted) if self.together is not None else group(counted, self.same)
        made = self.kept([self._record(members, patient) for members in groups])
        return sorted(made, key=lambda record: (record.chosen.mention.start, record.chosen.mention.end))

    def _record(self, members: list[Placed[M]], patient: Patient) -> Record[M]:
        record = Record(best(members, self.better), members)
        own = self.values(record, patient)
        for name in self._names:
            record.values[name] = own[name] if name in own else record.first(name)
        return record

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def when(record: Record[Any], patient: Patient, kind: str = RESULT) -> Row:
    """The values of `WHEN`, from the telling that tells a time: the chosen one, else the first.

    The months are those of the first telling of which they can be worked out; `kind` as of
    `Timeline.months`.
    """
    timed = next((p for p in [record.chosen, *record.members] if p.mention.time is not None), record.chosen)
    from_delivery, from_treatment = months(record, patient, kind)
    return {
        "phase": two_phases(timed, patient.first_visit),
        "time_text": timed.mention.time.text if timed.mention.time else "",
        "months_from_delivery": from_delivery,
        "months_from_treatment": from_treatment,
    }


def months(record: Record[Any], patient: Patient, kind: str = RESULT) -> tuple[float | None, float | None]:
    """When a record was: months from the delivery and from the begin of the main bone treatment."""
    told = [record.chosen, *record.members]
    told.sort(key=lambda placed: placed.mention.time is None)
    found = [patient.timeline.months(p.mention, p.source, kind) for p in told]
    return (
        next((birth for birth, _ in found if birth is not None), None),
        next((begun for _, begun in found if begun is not None), None),
    )


def joined(parts: Sequence[str]) -> str:
    """Words for one cell of the wide table: each once, "; " between."""
    return "; ".join(dict.fromkeys(parts))
