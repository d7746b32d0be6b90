"""Every word list is closed data with a schema, and none of its words is dead."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractors
import pipeline
from extractors import registry
from extractors.rules.book import Book
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.words import Vocabulary, Words, spelled
from extractors.text import View
from pipeline.cases import rules as cases
from pipeline.structure import roles
from pipeline.tables import rules

ROOT = Path(__file__).parents[3]
_SLOT = re.compile(r"\{(?:[a-z]\w*:)?([a-z][\w ]*)\}")


def declared() -> dict[str, Vocabulary]:
    """The vocabularies that modules keep as constants, by the path of their file."""
    found = {}
    for package in (extractors, pipeline):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Vocabulary):
                    found[f"{value.package.replace('.', '/')}/{value.file}"] = value
    return found


DECLARED = declared()
BOOKS = (*registry.books(), *rules.BOOKS, *roles.BOOKS, *cases.BOOKS)
PARTS = (ROOT / "extractors", ROOT / "pipeline")
FILES = sorted(path.relative_to(ROOT).as_posix() for part in PARTS for path in part.rglob("*.csv"))


@pytest.mark.parametrize("path", FILES)
def test_vocabulary_has_a_schema_and_keeps_it(path: str) -> None:
    assert path in DECLARED, "no module has a Vocabulary for this file"
    assert DECLARED[path].rows
    assert "source" in DECLARED[path].columns


def used_slots(book: Book) -> Iterator[tuple[str, Words, bool]]:
    """The slots of words that a book's phrases use, and whether a phrase is read as printed."""
    for rule in book.rules:
        names, seen = _SLOT.findall(rule.phrase), set()
        while names:
            name = names.pop()
            if name in seen:
                continue
            seen.add(name)
            filler = book.slots[name]
            if isinstance(filler, Words):
                yield name, filler, rule.printed
            elif isinstance(filler, str):
                names += _SLOT.findall(filler)


WORDS = {
    (book.name, name, word, printed): words
    for book in BOOKS
    for name, words, printed in used_slots(book)
    for word in words.words
}


@pytest.mark.parametrize(("book", "slot", "word", "printed"), list(WORDS))
def test_word_of_a_slot_is_reached(book: str, slot: str, word: str, printed: bool) -> None:
    """A rule sees text folded and, unless it is matched as printed, in lower case."""

    pattern = spelled(word).replace(" ", r"\s")
    signs = [char for char in word if not char.isascii()]
    letters = st.characters(max_codepoint=127, include_characters=signs)

    @settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(pattern, fullmatch=True, alphabet=letters))
    def check(text: str) -> None:
        view = View(text)
        seen = view.folded if printed else view.lower
        assert re.fullmatch(pattern, seen), (word, seen)

    check()


def test_words_of_the_books_are_all_used() -> None:
    """Books of one field share their slots: one of them has to use each."""
    books = registry.books()
    used = {words for book in books for _, words, _ in used_slots(book)}
    offered = {
        filler: name for book in books for name, filler in book.slots.items() if isinstance(filler, Words)
    }
    assert not [name for words, name in offered.items() if words not in used]


LEXICONS = registry.lexicons()


@pytest.mark.parametrize("lexicon", LEXICONS)
def test_entry_of_a_lexicon_is_found_in_a_sentence(lexicon: Lexicon[Any]) -> None:
    dead = [entry for group in lexicon.grouped.values() for entry in group if not found(lexicon, entry)]
    assert not dead


def found(lexicon: Lexicon[Any], entry: Entry[Any]) -> bool:
    view = View(f"Now {entry.phrase} here")
    hits = [hit for sentence in view.sentences for hit in lexicon.in_sentence(view, sentence)]
    return any(hit.value == entry.value for hit in hits)
