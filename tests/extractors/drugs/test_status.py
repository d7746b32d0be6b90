"""The decisions on a drug's status: each decides its sentences, and their order is held in place."""

from __future__ import annotations

import pytest

from extractors.drugs import read, status
from extractors.drugs.names import name_hits
from extractors.drugs.status import DECISIONS, Decision, Told
from extractors.text import View

SAYS = [pytest.param(d, sentence, id=f"{d.name}: {sentence}") for d in DECISIONS for sentence in d.says]
OVER = [
    pytest.param(d, sentence, later, id=f"{d.name} over {later}: {sentence}")
    for d in DECISIONS
    for sentence, later in d.over.items()
]


def told(monkeypatch: pytest.MonkeyPatch, text: str) -> Told:
    """What the extractor hands over for decision."""
    asked: list[Told] = []

    def keep(words: Told) -> Decision:
        asked.append(words)
        return status.decide(words)

    monkeypatch.setattr(read, "decide", keep)
    view = View(text)
    assert len(name_hits(view)) == 1
    read.Drugs().find(view)
    assert len(asked) == 1
    return asked[0]


@pytest.mark.parametrize(("decision", "sentence"), SAYS)
def test_decision_says(monkeypatch: pytest.MonkeyPatch, decision: Decision, sentence: str) -> None:
    assert status.decide(told(monkeypatch, sentence)).name == decision.name


@pytest.mark.parametrize(("decision", "sentence", "later"), OVER)
def test_decision_goes_before_a_later_one(
    monkeypatch: pytest.MonkeyPatch, decision: Decision, sentence: str, later: str
) -> None:
    words = told(monkeypatch, sentence)
    names = [d.name for d in DECISIONS]
    assert names.index(later) > names.index(decision.name)
    assert status.decide(words).name == decision.name
    assert DECISIONS[names.index(later)].holds(words)


def test_every_decision_but_the_last_two_goes_before_another() -> None:
    assert all(d.over for d in DECISIONS[:-2])
