"""What the rows of one patient tell in a few words each, with the time it is told for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.figures.people import shown_analyte
from pipeline.schema import FACT_TABLES, PROVENANCE

Row = Mapping[str, Any]
#: days of a month, as in the tables
MONTH = 30.44
_PHASES = {"history": "before", "baseline": "at presentation", "follow-up": "later"}
_ORDER = tuple(_PHASES.values())
_ARROWS = {"low": " ↓", "high": " ↑", "normal": ""}
_MEASURES = {"bmd": "", "t_score": "T ", "z_score": "Z ", "bmd_change": "change "}
#: columns that say when, to whom or how sure, not what
_ASIDE = frozenset(
    {"doc_id", "case_id", "phase", "time_text", "pregnancy", *(column.name for column in PROVENANCE)}
)
#: what was said not to be is no event of a course
_NOT = frozenset({"denied", "absent"})
#: and that it was so goes without saying
_SO = ("present", "done")


@dataclass(frozen=True, slots=True)
class Event:
    """Something told of a patient: months from delivery (first and last possible), None where not told."""

    table: str
    words: str
    begin: float | None
    end: float | None
    phase: str

    @property
    def order(self) -> tuple[int, float, str]:
        """Sorts what was before, the first presentation and what came later, each in order of time."""
        rank = _ORDER.index(self.phase) if self.phase in _ORDER else 1
        return (rank, self.begin if self.begin is not None else float("-inf"), self.words)


def events(tables: Mapping[str, pd.DataFrame]) -> list[Event]:
    """The events of one patient's frames, table by table, in order of time.

    Of every table of facts but the first, which says who the patient is; a table that casebook does not
    know by name is told by its own columns.
    """
    found = []
    for table in FACT_TABLES[1:]:
        if table.name in tables:
            own = [e for e in _of(table.name, tables[table.name]) if e.words]
            found += sorted(own, key=lambda event: event.order)
    return found


def _of(table: str, rows: pd.DataFrame) -> Iterator[Event]:
    """Rows of one time that a table tells together become one event."""
    groups: dict[tuple[float | None, float | None, str], list[Row]] = {}
    for row in rows.to_dict("records"):
        if row.get("status") not in _NOT:
            groups.setdefault((*_time(row), _phase(row)), []).append(row)
    for (begin, end, phase), own in groups.items():
        if table in _TOGETHER:
            yield Event(table, _TOGETHER[table](own), begin, end, phase)
        else:
            for words in dict.fromkeys(_ALONE.get(table, _plain)(row) for row in own):
                yield Event(table, words, begin, end, phase)


def _time(row: Row) -> tuple[float | None, float | None]:
    """Months from delivery, from whichever columns tell them."""
    days = [row[n] for n in ("days_from_delivery_min", "days_from_delivery_max") if _is(row.get(n))]
    told = [d / MONTH for d in days] or [
        float(value) for name, value in row.items() if name.endswith("months_from_delivery") and _is(value)
    ]
    return (min(told), max(told)) if told else (None, None)


def _phase(row: Row) -> str:
    if row.get("status") == "prior":
        return _PHASES["history"]
    return _PHASES.get(row["phase"], "") if _is(row.get("phase")) else ""


def _is(value: Any) -> bool:
    return value is not None and not pd.isna(value)


def _number(value: Any) -> str:
    return f"{value:g}".replace("-", "−")


def _fractures(rows: list[Row]) -> str:
    levels = dict.fromkeys(str(row["level"]) for row in rows if _is(row["level"]))
    sites = dict.fromkeys(
        " ".join(str(row[n]) for n in ("side", "site") if _is(row[n]))
        for row in rows
        if not _is(row["level"])
    )
    return ", ".join([*levels, *sites])


def _bmd(rows: list[Row]) -> str:
    sites: dict[str, list[str]] = {}
    for row in rows:
        unit = f" {row['unit']}" if _is(row["unit"]) and row["unit"] != "SD" else ""
        value = f"{_MEASURES[row['measure']]}{_number(row['value'])}{unit}"
        sites.setdefault(str(row["site"]) if _is(row["site"]) else "site not told", []).append(value)
    return "; ".join(f"{site} {', '.join(dict.fromkeys(values))}" for site, values in sites.items())


def _labs(rows: list[Row]) -> str:
    """The results with their values; of the normal ones only how many there are."""
    parts = [_lab(row) for flags in (("low", "high"), ()) for row in rows if _shown(row, flags)]
    normal = sum(row["flag"] == "normal" for row in rows)
    return "; ".join(dict.fromkeys([*([f"{normal} normal"] if normal else []), *parts]))


def _shown(row: Row, flags: tuple[str, ...]) -> bool:
    """Whether a result has one of the flags; without flags, whether it has none."""
    return row["flag"] in flags if flags else not _is(row["flag"])


def _lab(row: Row) -> str:
    name = shown_analyte(row["analyte"]) + (_ARROWS[row["flag"]] if _is(row["flag"]) else "")
    if not _is(row["value"]):
        return name
    beyond = row["comparator"] if _is(row["comparator"]) and row["comparator"] != "=" else ""
    return f"{name} {beyond}{_number(row['value'])}" + (f" {row['unit']}" if _is(row["unit"]) else "")


def _drug(row: Row) -> str:
    dose = (
        f"{_number(row['dose'])} {row['dose_unit'] if _is(row['dose_unit']) else ''}"
        if _is(row["dose"])
        else ""
    )
    words = [row["drug"], dose.strip(), *(row[n] for n in ("frequency", "duration_text") if _is(row[n]))]
    status = "" if row["status"] in ("given", "prior") else f" ({row['status']})"
    return " ".join(str(w) for w in words if w) + status


def _onset(row: Row) -> str:
    return str(row["symptom"]) if _is(row["symptom"]) else "symptoms"


def _plain(row: Row) -> str:
    """A row of any table: its own columns that hold something."""
    own = {n: v for n, v in row.items() if n not in _ASIDE and "months_from" not in n and _is(v)}
    return ", ".join(_cell(name, value) for name, value in own.items() if value not in _SO)


def _cell(name: str, value: Any) -> str:
    """A value, with its column's name where it alone would not say what it is."""
    if isinstance(value, str) and value not in ("yes", "no"):
        return value
    shown = value if isinstance(value, str) else _number(value)
    return shown if name == "value" else f"{name.replace('_', ' ')} {shown}"


_TOGETHER: dict[str, Callable[[list[Row]], str]] = {"fractures": _fractures, "bmd": _bmd, "labs": _labs}
_ALONE: dict[str, Callable[[Row], str]] = {"onset": _onset, "drugs": _drug}
