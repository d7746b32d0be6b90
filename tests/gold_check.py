"""Compares the tables of a run with gold annotations, fact by fact.

    python tests/gold_check.py TABLES GOLD [--errors] [--confidence]

TABLES is the output folder of a run; GOLD holds one JSON file per paper, named after its doc_id without
the file's extension. A fact is a key, and keys are compared exactly:

    age        the age in years
    onset      days from delivery; the two intervals have to meet
    fractures  the level, or the site of another bone
    bmd        measure, site, value
    labs       analyte, value (or the flag of a result without value)
    drugs      drug, whether it was taken

Gold names in lists are alternatives; a gold fact marked `optional` counts neither as found nor as missed.
Patients are paired so that most facts agree; what a patient without a partner has is missed or wrong.
A folder without tables or without their gold is an error. `casebook accuracy` tells more, against papers
that were reviewed: columns as phase, months and status too. This one stays for the gold of these tests, which
has alternatives and optional facts and is held against one paper in every format.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.pop(0)  # the folder extractors beside this file would hide the package of that name

from extractors import registry

Row = Mapping[str, str]
TABLES = ("age", "onset", "fractures", "bmd", "labs", "drugs")
_CSV = {"age": "cases"}
_PERMUTED = 7  # up to so many patients all pairings are tried
_SIDES = ("left ", "right ", "bilateral ")
_WIDEST = 130  # days; a wider interval says nothing on the onset
_EXTENSION = re.compile(r"\.(?:txt|pdf|n?xml|html?|jsonl?|nbib|ris|docx)(?=$|-)")
_BANDS = (0.95, 0.9, 0.8, 0.6, 0.0)  # lower ends of bands of confidence


@dataclass(frozen=True, slots=True)
class Fact:
    """A gold fact: the keys of which any one is right."""

    keys: frozenset[tuple[Any, ...]]
    optional: bool = False


@dataclass(slots=True)
class Score:
    """Counts of one table over all papers. Ratios are 1.0 where there is nothing to find."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Right ones among the rows."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Found ones among the gold facts."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = 2 * self.found + self.wrong + self.missed
        return 2 * self.found / total if total else 1.0

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        self.found += other.found
        self.wrong += other.wrong
        self.missed += other.missed


@dataclass(slots=True)
class Report:
    """Scores by table, of patients, and every disagreement as one line."""

    tables: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in TABLES})
    patients: Score = field(default_factory=Score)
    errors: list[str] = field(default_factory=list)
    #: lower end of a band of confidence -> rows that are right, all rows
    bands: dict[float, list[int]] = field(default_factory=lambda: {band: [0, 0] for band in _BANDS})

    @property
    def micro(self) -> Score:
        """All tables together."""
        total = Score()
        for score in self.tables.values():
            total.add(score)
        return total

    def confidence(self) -> str:
        """How often rows of each band of confidence are right, as a Markdown table."""
        lines = ["| confidence | rows | right |", "| --- | --- | --- |"]
        upper = " and above"
        for band, (right, total) in self.bands.items():
            share = f"{right / total:.0%}" if total else ""
            lines.append(f"| {f'{band:.2f}{upper}' if band else 'less'} | {total} | {share} |")
            upper = f" to below {band:.2f}"
        return "\n".join(lines)

    def __str__(self) -> str:
        lines = [f"{'table':10} {'P':>6} {'R':>6} {'F1':>6} {'found':>6} {'wrong':>6} {'missed':>6}"]
        for name, s in {**self.tables, "patients": self.patients, "all facts": self.micro}.items():
            lines.append(
                f"{name:10} {s.precision:6.3f} {s.recall:6.3f} {s.f1:6.3f} "
                f"{s.found:6} {s.wrong:6} {s.missed:6}"
            )
        return "\n".join(lines)


# ------------------------------------------------------------------------------------------ gold
def gold_facts(case: Mapping[str, Any], table: str) -> list[Fact]:
    """The facts of one gold patient for one table, without repetitions."""
    return list(dict.fromkeys(_gold(case, table)))


def _gold(case: Mapping[str, Any], table: str) -> Iterator[Fact]:
    if table == "age":
        ages = [case.get("age_years"), *case.get("alt_age_years", [])]
        if ages[0] is not None:
            yield Fact(frozenset((_age(age),) for age in ages))
    elif table == "onset":
        for name in ("onset", "onset_optional"):
            for onset in case.get(name, []):
                spans = frozenset(_spans(onset))
                if spans:
                    yield Fact(spans, optional=name != "onset" or onset.get("optional", False))
    elif table == "fractures":
        for name in ("fractures", "other_fractures"):
            yield from (Fact(frozenset({(_site(s),)})) for s in case.get(name, []))
            yield from (Fact(frozenset({(_site(s),)}), True) for s in case.get(f"{name}_optional", []))
    else:
        for item in case.get(table, []):
            keys = frozenset(_item_keys(item, table))
            if keys:
                yield Fact(keys, item.get("optional", False))


def _item_keys(item: Mapping[str, Any], table: str) -> Iterator[tuple[Any, ...]]:
    if table == "drugs":
        for name in _names(item["drug"]):
            yield name, item.get("status") != "denied"
        return
    values = [v for v in [item.get("value"), *item.get("alt_values", [])] if v is not None]
    if table == "bmd":
        yield from ((item["measure"], site, _number(v)) for site in _names(item["site"]) for v in values)
        return
    told = [_number(v) for v in values] or ([item["flag"]] if item.get("flag") else [])
    yield from ((name, v) for name in _names(item["analyte"]) for v in told)


def _spans(onset: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """Days from delivery that a gold onset allows, delivery taken at 40 weeks."""
    for days in [onset.get("days"), *onset.get("alt_days", [])]:
        if days is not None:
            slack = max(3, 0.1 * abs(days))
            yield days - slack, days + slack
    if "gestation_weeks" in onset:
        yield (onset["gestation_weeks"] - 40) * 7 - 7, (onset["gestation_weeks"] - 40) * 7 + 7
    if "gestation_months" in onset:
        yield (onset["gestation_months"] - 1) * 30.44 - 280, onset["gestation_months"] * 30.44 - 270
    if "trimester" in onset:
        yield {1: (-280, -189), 2: (-196, -84), 3: (-91, 0)}[int(onset["trimester"])]


# ------------------------------------------------------------------------------------------ rows
def row_keys(rows: Iterable[Row], table: str) -> set[tuple[Any, ...]]:
    """The keys of one patient's rows."""
    return {key for row in rows if (key := _row_key(row, table)) is not None}


def _row_key(row: Row, table: str) -> tuple[Any, ...] | None:
    match table:
        case "age":
            return (_age(row["age_years"]),) if row["age_years"] else None
        case "onset":
            return float(row["days_from_delivery_min"]), float(row["days_from_delivery_max"])
        case "fractures":
            return (_site(row["level"] or row["site"]),)
        case "bmd":
            return row["measure"], row["site"], _number(row["value"])
        case "labs":
            return row["analyte"], _number(row["value"]) if row["value"] else row["flag"]
        case "drugs":
            return row["drug"], row["status"] != "denied"
        case _:  # a table without gold: the columns that say which fact it is
            return tuple(row[name] for name in _identities()[table])


@cache
def _identities() -> dict[str, tuple[str, ...]]:
    """The columns that say which fact a row is, by table."""
    return {fact.table: fact.identity or tuple(c.name for c in fact.columns) for fact in registry.facts()}


def _agree(table: str, gold: Fact, key: tuple[Any, ...]) -> bool:
    if table != "onset":
        return key in gold.keys
    low, high = key
    return high - low <= _WIDEST and any(low <= last and first <= high for first, last in gold.keys)


def _number(value: object) -> str:
    return format(float(str(value)), "g")


def _age(value: object) -> str:
    """Years to the month: 1.08 and 1.0833 are one age."""
    return format(float(str(value)), ".1f")


def _names(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _site(name: str) -> str:
    plain = name.split(" (", maxsplit=1)[0]
    for side in _SIDES:
        plain = plain.removeprefix(side)
    return plain


# --------------------------------------------------------------------------------------- scoring
def compare(facts: Sequence[Fact], keys: set[tuple[Any, ...]], table: str) -> tuple[Score, list[str]]:
    """One patient's gold facts beside the keys of the rows; the disagreements in words."""
    hit = {fact: any(_agree(table, fact, key) for key in keys) for fact in facts}
    wrong = [key for key in keys if not any(_agree(table, fact, key) for fact in facts)]
    required = [fact for fact in facts if not fact.optional]
    missed = [fact for fact in required if not hit[fact]]
    words = [f"wrong  {table:9} {' | '.join(map(str, key))}" for key in sorted(wrong, key=str)]
    words += [f"missed {table:9} {sorted(fact.keys, key=str)}" for fact in missed]
    return Score(len(required) - len(missed), len(wrong), len(missed)), words


def _pairs(agreement: list[list[int]]) -> list[tuple[int, int]]:
    """Which gold patient is which extracted one: the pairing with most agreement, in order where equal."""
    golds, have = len(agreement), len(agreement[0]) if agreement else 0
    if not golds or not have:
        return []
    if max(golds, have) > _PERMUTED:
        return [(i, i) for i in range(min(golds, have))]
    if golds <= have:
        best = max(
            permutations(range(have), golds),
            key=lambda p: (sum(agreement[g][h] for g, h in enumerate(p)), _kept(p)),
        )
        return list(enumerate(best))
    best = max(
        permutations(range(golds), have),
        key=lambda p: (sum(agreement[g][h] for h, g in enumerate(p)), _kept(p)),
    )
    return [(g, h) for h, g in enumerate(best)]


def _kept(order: Sequence[int]) -> int:
    return sum(i == j for i, j in enumerate(order))


def check(rows: Mapping[str, Sequence[Row]], gold: Path) -> Report:
    """Score the rows of a run (by CSV table) against every paper of a gold folder.

    Raises ValueError where there is no gold: nothing to find would be all found.
    """
    report = Report()
    paths = sorted(gold.glob("*.json"))
    if not paths:
        raise ValueError(f"no gold in {gold}")
    for path in paths:
        paper = json.loads(path.read_text(encoding="utf-8"))
        _check_paper(report, rows, paper["doc"], paper["cases"])
    return report


def _check_paper(
    report: Report, rows: Mapping[str, Sequence[Row]], doc: str, cases: list[dict[str, Any]]
) -> None:
    ids = [row["case_id"] for row in rows["cases"] if gold_name(row["doc_id"]) == doc]
    keys = [
        {t: row_keys((r for r in rows[_CSV.get(t, t)] if r["case_id"] == case_id), t) for t in TABLES}
        for case_id in ids
    ]
    facts = [{t: gold_facts(case, t) for t in TABLES} for case in cases]
    agreement = [[sum(compare(f[t], k[t], t)[0].found for t in TABLES) for k in keys] for f in facts]
    pairs = _pairs(agreement)
    nobody: dict[str, set[tuple[Any, ...]]] = {t: set() for t in TABLES}
    nothing: dict[str, list[Fact]] = {t: [] for t in TABLES}
    matched = [(facts[g], keys[h], ids[h]) for g, h in pairs]
    matched += [
        (f, nobody, f"{doc} gold {g + 1}") for g, f in enumerate(facts) if g not in {g for g, _ in pairs}
    ]
    matched += [(nothing, k, ids[h]) for h, k in enumerate(keys) if h not in {h for _, h in pairs}]
    report.patients.add(Score(len(pairs), len(ids) - len(pairs), len(cases) - len(pairs)))
    for wanted, have, who in matched:
        for table in TABLES:
            score, words = compare(wanted[table], have[table], table)
            report.tables[table].add(score)
            report.errors += [f"{who:40} {line}" for line in words]
            for row in rows[_CSV.get(table, table)]:
                if row["case_id"] == who and row.get("confidence"):
                    _count(report, row, table, wanted[table])


def _count(report: Report, row: Row, table: str, facts: Sequence[Fact]) -> None:
    key = _row_key(row, table)
    if key is not None:
        band = report.bands[next(b for b in _BANDS if float(row["confidence"]) >= b)]
        band[0] += any(_agree(table, fact, key) for fact in facts)
        band[1] += 1


def read_rows(out: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of every CSV table in an output folder."""
    tables = {}
    for path in sorted(out.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            tables[path.stem] = list(csv.DictReader(handle))
    return tables


def gold_name(doc_id: str) -> str:
    """The name of a paper's gold: its doc_id without the extension, so that a set may come in any format."""
    return _EXTENSION.sub("", doc_id)


def main() -> int:
    """Print the scores, and with --errors every disagreement."""
    parser = argparse.ArgumentParser(description="Compares the tables of a run with gold annotations.")
    parser.add_argument("tables", type=Path, help="output folder of a run")
    parser.add_argument("gold", type=Path, help="folder with one JSON file per paper")
    parser.add_argument("--errors", action="store_true", help="print every disagreement")
    parser.add_argument(
        "--confidence", action="store_true", help="print how often rows of each confidence are right"
    )
    options = parser.parse_args()
    rows = read_rows(options.tables)
    papers = {gold_name(row["doc_id"]) for row in rows.get("documents", ())}
    gold = {json.loads(path.read_text(encoding="utf-8"))["doc"] for path in options.gold.glob("*.json")}
    if not papers & gold:
        parser.error(f"none of the papers in {options.tables} has its gold in {options.gold}")
    report = check(rows, options.gold)
    if options.errors:
        print("\n".join(report.errors))
    print(report)
    if options.confidence:
        print(report.confidence())
    return 0


if __name__ == "__main__":
    sys.exit(main())
