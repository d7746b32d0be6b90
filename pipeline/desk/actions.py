"""What a click means: a request of the page to decisions that can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.desk.shelf import NotThere, Papers, key_of
from pipeline.desk.views import View
from pipeline.review import store
from pipeline.review.anchor import Words
from pipeline.review.decision import (
    ADDS,
    PAPER,
    BadDecision,
    Decision,
    PatientRef,
    check,
    check_cells,
    now,
    own_columns,
)
from pipeline.review.lay import Item, Laid
from pipeline.review.rows import CASES, Cells, span
from pipeline.review.verdicts import active

_PLACE = ("source", "section", "page", "extractor")


class Stale(Exception):
    """The page shows something that has changed meanwhile (another tab, another program)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper under the reviewer's hands while a request is answered."""

    papers: Papers
    doc_id: str
    reviewer: str
    laid: Laid
    view: View | None

    def base(self, do: str, **more: Any) -> Decision:
        """A decision of this reviewer on this paper."""
        return Decision(do, self.reviewer, now(), self.papers.shelf.refs[self.doc_id], **more)

    def item(self, key: str) -> Item:
        """A row by its key. Raises NotThere."""
        for item in self.laid.items:
            if (item.extracted or item.said) and key_of(item) == key:
                return item
        raise NotThere("the row is not there any more: load the page again")

    def patient(self, case_id: str) -> PatientRef:
        """How a decision names a patient. Raises NotThere."""
        for item in self.laid.items:
            row = item.extracted or item.final
            if item.table != CASES or row is None or row["case_id"] != case_id:
                continue
            if item.extracted is None:
                return PatientRef(added=item.said[0].id)
            return PatientRef(Words.at(self.laid.text, *span(row)), row["label"])
        raise NotThere(f"no patient {case_id}")


def decide(asked: Asked, said: Mapping[str, Any]) -> list[Decision]:
    """Keep what a request says, and give what was kept.

    Raises BadDecision for what cannot be, NotThere and Stale for what is gone, OSError for a disk that takes
    nothing more.
    """
    do = _word(said, "do")
    if do == "undo":
        made = [_undo(asked)]
    elif do in PAPER or do == "note":
        made = [asked.base(do, why=_word(said, "why"))]
    elif do == "merge":
        made = [_merge(asked, said)]
    elif do in ADDS:
        made = [_add(asked, do, said)]
    elif do == "accept all":
        made = _accept_all(asked, said)
    else:
        made = [_on_row(asked, do, asked.item(_word(said, "key")), said)]
    if made:
        store.append(asked.papers.config.decisions, asked.doc_id, made)
    return made


def _on_row(asked: Asked, do: str, item: Item, said: Mapping[str, Any]) -> Decision:
    last = item.said[-1] if item.said else None
    if (last.id if last else "") != _word(said, "last"):
        raise Stale("this row was decided meanwhile, in another window or by another program")
    found = item.extracted or (last.found if last else {})
    row = {column.name: found.get(column.name, "") for column in own_columns(item.table)}
    if do == "move" and last is not None:
        row |= last.row
    if do == "correct":
        row |= _derived(item.table, row, _cells(said, item.table))
    was = {n: found.get(n, "") for n, value in row.items() if value != found.get(n, "")}
    if item.extracted is None and last is not None:
        return _again(asked, do, last, row, said)
    if item.extracted is None:
        raise NotThere("the row is not there any more")
    place = {name: item.extracted[name] for name in _PLACE if item.extracted[name]}
    return asked.base(
        do,
        table=item.table,
        words=Words.at(asked.laid.text, *span(item.extracted)),
        row=row,
        was=was,
        patient=asked.patient(item.extracted["case_id"]),
        to=_to(asked, do, last, said),
        place=place,
        why=_word(said, "why"),
        replaces=last.id if last else "",
    )


def _to(asked: Asked, do: str, last: Decision | None, said: Mapping[str, Any]) -> PatientRef | None:
    """The patient a row goes to: the one that is asked for, else the one it went to before."""
    if do == "move":
        return asked.patient(_word(said, "to"))
    return last.to if last is not None and do != "reject" else None


def _again(asked: Asked, do: str, last: Decision, row: Cells, said: Mapping[str, Any]) -> Decision:
    """A row that a reviewer added, decided once more: corrected it is still added, rejected it is undone."""
    if do == "reject":
        return asked.base("undo", replaces=last.id)
    kept = replace(last, by=asked.reviewer, at=now(), id=asked.base(do).id, replaces=last.id)
    if do == "move":
        return replace(kept, patient=asked.patient(_word(said, "to")), to=None)
    return replace(kept, row=row)


def _add(asked: Asked, do: str, said: Mapping[str, Any]) -> Decision:
    table, text = _word(said, "table"), asked.laid.text
    start, end = said.get("start"), said.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise BadDecision("select the words that say it in the paper first")
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise BadDecision("select the words that say it in the paper first")
    place = _place(asked.view, start)
    if table == CASES:
        owner = None if do == "add" else asked.patient(_word(said, "patient"))
    else:
        owner = asked.patient(_word(said, "patient"))
    decision = asked.base(do, table=table, words=Words.at(text, start, end), patient=owner, place=place)
    check(replace(decision, do="accept"))  # the table and the words, before its columns are looked up
    empty = {column.name: "" for column in own_columns(table)}
    return replace(decision, row={**empty, **_derived(table, empty, _cells(said, table))})


def _place(view: View | None, start: int) -> dict[str, str]:
    """Where added words stand, as far as the paper's structure tells."""
    if view is None:
        return {}
    kinds = {"footnote": "table", **{kind: kind for kind in ("title", "abstract", "caption", "table")}}
    section, source = "", "text"
    for kind, begin, end, _ in view["blocks"]:
        if begin > start:
            break
        if kind == "heading":
            section = " ".join(view["text"][begin:end].split())
        if begin <= start < end:
            source = kinds.get(kind, "text")
    page = next((str(box[2]) for box in view["boxes"] if box[1] > start), "")
    return {k: v for k, v in {"source": source, "section": section, "page": page}.items() if v}


def _merge(asked: Asked, said: Mapping[str, Any]) -> Decision:
    one, to = asked.patient(_word(said, "patient")), _word(said, "to")
    doc_id = to.rpartition("-")[0]
    if doc_id == asked.doc_id:
        if to == _word(said, "patient"):
            raise BadDecision("a patient cannot be merged into herself")
        return asked.base("merge", patient=one, to=asked.patient(to))
    other = Asked(asked.papers, doc_id, asked.reviewer, asked.papers.laid(doc_id, asked.reviewer), None)
    paper = asked.papers.shelf.refs[doc_id]
    return asked.base("merge", patient=one, to=other.patient(to), into_paper=paper)


def _undo(asked: Asked) -> Decision:
    own = [k.decision for k in active(_mine(asked))]
    if not own:
        raise NotThere("nothing to undo in this paper")
    return asked.base("undo", replaces=own[-1].id)


def _mine(asked: Asked) -> list[store.Kept]:
    kept = asked.papers.decisions().get(asked.doc_id, ())
    return [k for k in kept if k.decision.by == asked.reviewer]


def _accept_all(asked: Asked, said: Mapping[str, Any]) -> list[Decision]:
    """Every row of a patient, or of all, that has no decision yet."""
    wanted = _word(said, "patient")
    items = [i for i in asked.laid.items if i.extracted and not i.said]
    items = [i for i in items if i.extracted and wanted in ("", i.extracted["case_id"])]
    return [_on_row(asked, "accept", item, {}) for item in items]


def _cells(said: Mapping[str, Any], table: str) -> Cells:
    row = said.get("row")
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise BadDecision("the row is no set of cells")
    cells = {name: " ".join(value.split()) for name, value in row.items()}
    check_cells(table, cells)
    return cells


def _derived(table: str, before: Cells, cells: Cells) -> Cells:
    """The cells with what follows from them, where the reviewer has not set that otherwise."""
    from extractors import registry  # noqa: PLC0415

    fact = next(fact for fact in registry.facts() if fact.table == table)
    if fact.derived is None or all(before.get(n, "") == value for n, value in cells.items()):
        return cells
    follows = fact.derived({**before, **cells})
    return {**cells, **{n: v for n, v in follows.items() if cells.get(n, "") == before.get(n, "")}}


def _word(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise BadDecision(f"{key} is no text")
    return value
