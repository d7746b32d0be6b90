"""The facts in order: the only list of them, and what the pipeline takes from their folders.

A folder outside casebook brings its fact by an entry point of the group `casebook.facts`
("smoking = casebook_smoking.fact:FACT"); it stands behind casebook's own.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from extractors.fact import Fact

if TYPE_CHECKING:
    from types import ModuleType

    from extractors.base import Mention
    from extractors.factory import Component
    from extractors.rules.book import Book
    from extractors.rules.lexicon import Lexicon
    from extractors.tables import TableReader

#: The folders of the facts, in the order of the tables.
_FACTS = (
    "extractors.person",
    "extractors.onset",
    "extractors.fractures",
    "extractors.bmd",
    "extractors.labs",
    "extractors.drugs",
    "extractors.history",
    "extractors.pregnancies",
    "extractors.procedures",
    "extractors.course",
)
#: The group of entry points by which another package brings a fact.
GROUP = "casebook.facts"
#: Components that bring no table: what runs before the facts' own, and behind them.
_BEFORE = {"abbreviations": "extractors.abbreviations"}
_BEHIND = {"ner": "extractors.ner", "timeline": "extractors.timeline"}
#: Folders with books and words that all extractors share.
_SHARED = ("extractors.language", "extractors.time")


class RegistryError(ValueError):
    """Two facts that cannot stand beside each other."""


@cache
def facts() -> tuple[Fact[Any], ...]:
    """Every fact, in the order of the tables. Raises RegistryError where two have one table or component."""
    own = [import_module(f"{package}.fact").FACT for package in _FACTS]
    found = (*own, *(e.load() for e in sorted(entry_points(group=GROUP), key=lambda e: e.name)))
    for what in ("table", "component", "mention"):
        names = [getattr(fact, what) for fact in found]
        twice = next((n for n in names if names.count(n) > 1), None)
        if twice is not None:
            raise RegistryError(f"two facts have the {what} {twice}")
    return found


@cache
def _by_mention() -> dict[type[Mention], Fact[Any]]:
    return {fact.mention: fact for fact in facts()}


def fact_of(mention: Mention) -> Fact[Any]:
    """The fact whose rows a mention makes; raises KeyError for a type of mention that no fact has."""
    return _by_mention()[type(mention)]


@cache
def packages() -> dict[str, str]:
    """The folder of each component, by its name without "casebook.", in the order of running."""
    return {**_BEFORE, **{fact.component: fact.package for fact in facts()}, **_BEHIND}


def component(name: str) -> Component:
    """A new component, by its name without "casebook."."""
    module = import_module(f"{packages()[name]}.read")
    made: Component = module.create(None, f"casebook.{name}")
    return made


def register() -> tuple[str, ...]:
    """Make every component known to spaCy, installed or not; the names for `add_pipe` in order of running."""
    for package in packages().values():
        import_module(f"{package}.read")
    return tuple(f"casebook.{name}" for name in packages())


@cache
def table_readers() -> dict[Fact[Any], TableReader[Any, Any]]:
    """The facts that are read from tables, in order, with their readers."""
    found = ((fact, f"{fact.package}.table") for fact in facts())
    return {fact: import_module(name).TABLE for fact, name in found if find_spec(name) is not None}


def _rules(package: str) -> ModuleType | None:
    """A folder's `rules` module, None where it has neither phrases nor words."""
    return import_module(f"{package}.rules") if find_spec(f"{package}.rules") is not None else None


def books_of(package: str) -> tuple[Book, ...]:
    """The books of a folder."""
    rules = _rules(package)
    return rules.BOOKS if rules is not None else ()


@cache
def books() -> tuple[Book, ...]:
    """Every book of rules: the shared ones, then those of the extractors in order."""
    return tuple(book for package in _folders() for book in books_of(package))


@cache
def lexicons() -> tuple[Lexicon[Any], ...]:
    """Every vocabulary that is looked for in prose."""
    rules = filter(None, map(_rules, _folders()))
    return tuple(lexicon for module in rules for lexicon in module.lexicons())


def _folders() -> tuple[str, ...]:
    return (*_SHARED, *packages().values())
