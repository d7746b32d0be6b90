"""Every word list is closed data with a schema, and none of its words is dead."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import extractors
import pipeline
from extractors import registry
from extractors.rules.book import Book
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.parts import sre
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


SLOTS = {(book.name, name, printed): words for book in BOOKS for name, words, printed in used_slots(book)}


def texts_of(parsed: Iterable[tuple[Any, Any]]) -> list[str]:
    """Every text of a word's pattern; an ending that is left open (`*`) is none, and one of all kinds."""
    texts = [""]
    for kind, what in parsed:
        texts = [before + part for before in texts for part in texts_of_part(kind, what)]
    return texts


def texts_of_part(kind: Any, what: Any) -> list[str]:
    if kind == sre.LITERAL:
        return [chr(what)]
    if kind == sre.SUBPATTERN:
        return texts_of(what[-1])
    if kind == sre.BRANCH:
        return [text for branch in what[1] for text in texts_of(branch)]
    if kind == sre.IN:
        return [text for part in what for text in texts_of_part(*part)]
    assert kind == sre.MAX_REPEAT, kind
    least, most, part = what
    return ["", "aZ_9"] if most == sre.MAXREPEAT else [*texts_of(part), *([""] if least == 0 else [])]


@pytest.mark.parametrize(("text", "texts"), [
    ("bone", {"bone"}),
    ("scan(s) (of|for) it", {f"scan{s} {of} it" for s in ("", "s") for of in ("of", "for")}),
    ("(a|b)? fractur*", {f"{a} fractur{end}" for a in ("", "a", "b") for end in ("", "aZ_9")}),
])  # fmt: skip
def test_texts_of_a_word_are_all_there(text: str, texts: set[str]) -> None:
    assert set(texts_of(sre.parse(spelled(text)))) == texts


@pytest.mark.parametrize(("book", "slot", "printed"), list(SLOTS))
def test_words_of_a_slot_are_reached(book: str, slot: str, printed: bool) -> None:
    """A rule sees text folded and, unless it is matched as printed, in lower case."""
    missed = [(word, text) for word in SLOTS[book, slot, printed].words for text in unseen(word, printed)]
    assert not missed


def test_a_word_in_capitals_is_seen_only_as_printed() -> None:
    assert unseen("DXA(s)", False) == ["DXA", "DXAs"]
    assert unseen("DXA(s)", True) == []


@cache
def unseen(word: str, printed: bool) -> list[str]:
    """The texts of a word in which it is not seen, with a space or a line's end between its parts."""
    spoken = spelled(word)
    pattern = re.compile(spoken.replace(" ", r"\s"))
    texts = {text.replace(" ", gap) for text in texts_of(sre.parse(spoken)) for gap in " \n\t"}
    views = ((text, View(text)) for text in sorted(texts))
    return [text for text, view in views if not pattern.fullmatch(view.folded if printed else view.lower)]


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
