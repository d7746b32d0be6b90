"""How right today's extraction is, against the papers that reviewers have finished: the user's own gold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.review.decision import own_columns
from pipeline.review.lay import Item, Laid
from pipeline.review.rows import CASES, same_fact
from pipeline.schema import PROVENANCE


@dataclass(slots=True)
class Column:
    """A column over the rows that were found: how often it holds what the reviewer signed."""

    right: int = 0
    told: int = 0


@dataclass(slots=True)
class Score:
    """A table over the finished papers. A row is right if its fact and its patient are."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    whole: int = 0
    undecided: int = 0
    columns: dict[str, Column] = field(default_factory=dict)

    @property
    def precision(self) -> float | None:
        """Right ones among the extracted rows that were decided; None without any."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Right ones among the rows that reviewers let stand or added; None without any."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def score(scores: dict[str, Score], laid: Laid) -> list[str]:
    """Add a finished paper to the scores, table by table; returns what was wrong or missed, in words."""
    faults = []
    for item in laid.items:
        table = scores.setdefault(item.table, Score())
        fault = _judge(table, item)
        if fault:
            faults.append(f"{item.table}: {fault}")
    return faults


def _judge(table: Score, item: Item) -> str:
    """Count one row; why it is not right, "" where it is."""
    d = item.verdict.decision if item.verdict else None
    if d is None:
        table.undecided += item.extracted is not None
        return ""
    if d.do == "reject":
        table.wrong += item.extracted is not None
        return f"wrong {_words(item.extracted or {})}" if item.extracted else ""
    if item.final is None:
        return ""
    if item.extracted is None:
        table.missed += 1
        return f"missed {_words(item.final)}"
    hers = item.table == CASES or item.extracted["case_id"] == item.final["case_id"]
    if not hers or not same_fact(item.table, item.extracted, item.final):
        table.wrong += 1
        table.missed += 1
        return f"wrong {_words(item.extracted)}, right is {_words(item.final)}"
    table.right += 1
    table.whole += _cells(table, item)
    return ""


def _cells(table: Score, item: Item) -> bool:
    """Count the cells of a row that was found; whether all are right."""
    whole = True
    for column in own_columns(item.table):
        extracted, signed = (row.get(column.name, "") for row in (item.extracted or {}, item.final or {}))
        if extracted or signed:
            count = table.columns.setdefault(column.name, Column())
            count.told += 1
            count.right += extracted == signed
            whole &= extracted == signed
    return whole


def _words(row: dict[str, str]) -> str:
    hidden = {"doc_id", "case_id", *(column.name for column in PROVENANCE)}
    return f"{row.get('case_id', '')} " + ", ".join(v for k, v in row.items() if v and k not in hidden)


def lines(scores: dict[str, Score], papers: int) -> Iterable[str]:
    """The scores as a table in Markdown, then the columns."""
    undecided = sum(s.undecided for s in scores.values())
    yield f"{papers} finished papers. Rows that nobody decided on do not count ({undecided})."
    yield ""
    yield "| table | right | wrong | missed | P | R | F1 | all cells right |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    total = Score()
    for name, s in scores.items():
        yield _line(name, s)
        for part in ("right", "wrong", "missed", "whole"):
            setattr(total, part, getattr(total, part) + getattr(s, part))
    yield _line("all", total)
    yield ""
    yield "| column, in rows that are right | right | of |"
    yield "| --- | --- | --- |"
    for name, s in scores.items():
        for column, count in s.columns.items():
            yield f"| {name}.{column} | {_printed(_share(count.right, count.told))} | {count.told} |"


def _line(name: str, s: Score) -> str:
    shares = (s.precision, s.recall, s.f1, _share(s.whole, s.right))
    return f"| {name} | {s.right} | {s.wrong} | {s.missed} | {' | '.join(_printed(x) for x in shares)} |"


def _printed(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
