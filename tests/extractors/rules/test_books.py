"""One test for every rule of every book: its sentences are its truth, and nothing holds it back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from random import Random
from typing import Any

import pytest
from fixtures.drawn import Drawn

from extractors import registry
from extractors.rules.book import Book, Bound
from extractors.rules.rule import Relation
from extractors.text import View
from pipeline.cases import rules as cases
from pipeline.paper import BlockKind, Line, Paper, Source, SourceBlock, SourceCell
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import roles, structure
from pipeline.tables import open_tables, read_tables, rules

#: Those of the extractors, and those of the pipeline's own labels.
BOOKS = (*registry.books(), *rules.BOOKS, *roles.BOOKS, *cases.BOOKS)
ALL = [(book, bound) for book in BOOKS for bound in book.bound]
RULES = [pytest.param(book, bound, id=f"{book.name}/{bound.rule.name}") for book, bound in ALL]
SAYS = [
    pytest.param(book, bound, sentence, said, id=f"{book.name}/{bound.rule.name}: {sentence[:40]}")
    for book, bound in ALL
    for sentence, said in bound.rule.says.items()
]


def words(bound: Bound, text: str) -> str:
    view = View(text)
    return view.folded if bound.rule.printed else view.lower


def matches(bound: Bound, text: str) -> list[re.Match[str]]:
    return list(bound.pattern.finditer(words(bound, text)))


@pytest.mark.parametrize(("book", "bound", "sentence", "said"), SAYS)
def test_rule_says(book: Book, bound: Bound, sentence: str, said: object) -> None:
    readings = [bound.rule.read(m) for m in matches(bound, sentence)]
    assert said in readings


@pytest.mark.parametrize(("book", "bound", "sentence", "said"), SAYS)
def test_rule_is_not_shadowed(book: Book, bound: Bound, sentence: str, said: object) -> None:
    view = View(sentence)
    won = [found.rule.name for s in view.sentences for found, _ in book.apart(view, s)]
    assert bound.rule.name in won


@pytest.mark.parametrize(("book", "bound"), RULES)
def test_rule_has_sentences_and_is_silent_on_near_misses(book: Book, bound: Bound) -> None:
    assert bound.rule.says, "a rule without a sentence"
    assert bound.rule.silent, "a rule without a near miss"
    loud = [s for s in bound.rule.silent for m in matches(bound, s) if bound.rule.read(m) is not None]
    assert not loud


@pytest.mark.parametrize(("book", "bound"), RULES)
def test_rule_is_never_gated_away(book: Book, bound: Bound) -> None:
    drawn, found = Drawn(bound.pattern, Random(bound.rule.name)), set[str]()
    for _ in range(130):
        seen = words(bound, drawn.text()).replace("\n", " ")
        if seen not in found and bound.pattern.search(seen):
            found.add(seen)
            low = seen.lower()
            assert all(any(part in low for part in clause) for clause in bound.needs), seen
    assert found, "no text was drawn that the rule matches"


RELATIONS = [
    pytest.param(component, relation, id=f"{component}/{relation.name}")
    for component, package in registry.packages().items()
    for book in registry.books_of(package)
    for relation in book.relations
]


def made(component: str, relation: Relation, words: str) -> list[Any]:
    """What a relation makes of a sentence, a table or a paper: its mentions, or the values of its rows."""
    if relation.of == "paper":
        rows = extract(structure(read_text(words)[0]), "doc")
        of_all = [row for table in rows.values() for row in table]
        return [row for row in of_all if row["extractor"] == f"{component}/{relation.name}"]
    if relation.of == "table":
        facts = [f.mention for f in read_tables(open_tables(table_of(words))) if f.component == component]
    else:
        facts = [m for m in registry.component(component).find(View(words)) if m.context.about_patient]
    return [asdict(mention) for mention in facts if mention.rule == relation.name]


def table_of(words: str) -> Paper:
    cells = [
        SourceCell(row, column, (Line(cell.strip()),), header=row == 0)
        for row, line in enumerate(words.splitlines())
        for column, cell in enumerate(line.split("|"))
    ]
    return structure(Source("jats", (SourceBlock(BlockKind.TABLE, cells=tuple(cells)),), full_text=True))


@pytest.mark.parametrize(("component", "relation"), RELATIONS)
def test_relation_says(component: str, relation: Relation) -> None:
    assert relation.says, "a relation without a sentence"
    for words, fields in relation.says.items():
        told = made(component, relation, words)
        assert any(fields.items() <= one.items() for one in told), (words, told)


@pytest.mark.parametrize(("component", "relation"), RELATIONS)
def test_relation_is_silent_on_near_misses(component: str, relation: Relation) -> None:
    assert relation.silent, "a relation without a near miss"
    for words in relation.silent:
        assert not made(component, relation, words), words


@pytest.mark.parametrize(("component", "package"), registry.packages().items())
def test_names_of_a_component_s_rules_are_plain_and_stand_once(component: str, package: str) -> None:
    names = [rule.name for book in registry.books_of(package) for rule in (*book.rules, *book.relations)]
    assert not [name for name, times in Counter(names).items() if times > 1]
    assert not [name for name in names if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 +-]*", name)]
