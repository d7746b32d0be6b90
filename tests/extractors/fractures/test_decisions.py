"""Each decision decides its own sentences, and the relations say theirs."""

from __future__ import annotations

import pytest

from extractors.fractures.cues import cues_in, tells_fracture
from extractors.fractures.decisions import BOOK, DECISIONS, Decision, decided
from extractors.fractures.judge import Statement
from extractors.fractures.levels import levels_in
from extractors.fractures.read import Vertebrae
from extractors.fractures.sites import BOOK as SITES
from extractors.rules.rule import Relation
from extractors.text import View

SAYS = [(d, text, levels) for d in DECISIONS for text, levels in d.says.items()]
DENIES = [(d, text, levels) for d in DECISIONS for text, levels in d.denies.items()]
RELATIONS = [*BOOK.relations, *SITES.relations]


def judged(text: str) -> dict[str, tuple[str, bool]]:
    """The levels of a text's last sentence with the decision on each, and whether it is fractured."""
    view = View(text)
    *before, last = view.sentences
    told = any(tells_fracture(cues_in(view, s)) for s in before)
    statement = Statement(last.lower, levels_in(view, last), cues_in(view, last), told)
    out: dict[str, tuple[str, bool]] = {}
    for place in statement.places:
        decision, verdict = decided(place)
        for level in place.ref.levels:
            out[level] = (decision.name if decision else "", verdict is not None)
    return out


@pytest.mark.parametrize(("decision", "text", "levels"), SAYS, ids=[text for _, text, _ in SAYS])
def test_decision_finds_fractured(decision: Decision, text: str, levels: str) -> None:
    found = judged(text)
    assert {level: found[level] for level in levels.split()} == {
        level: (decision.name, True) for level in levels.split()
    }


@pytest.mark.parametrize(("decision", "text", "levels"), DENIES, ids=[text for _, text, _ in DENIES])
def test_decision_finds_not_fractured(decision: Decision, text: str, levels: str) -> None:
    found = judged(text)
    assert {level: found[level] for level in levels.split()} == {
        level: (decision.name, False) for level in levels.split()
    }


def test_every_decision_has_its_sentence() -> None:
    assert all(d.says if d.tells else d.denies for d in DECISIONS)
    assert not any(d.says for d in DECISIONS if not d.tells)


@pytest.mark.parametrize("relation", RELATIONS, ids=[r.name for r in RELATIONS])
def test_relation_says(relation: Relation) -> None:
    for text, fields in relation.says.items():
        mine = [m for m in Vertebrae().find(View(text)) if m.rule == relation.name]
        assert any(all(getattr(m, name) == value for name, value in fields.items()) for m in mine), text
    for text in relation.silent:
        assert not [m for m in Vertebrae().find(View(text)) if m.rule == relation.name], text
