"""Vocabularies as closed data: every CSV says which columns it has and which values are allowed.

A vocabulary is read with its schema. An unknown column or value, a row without a source, a row told
twice is an error that names the file and the line; a typo never switches a rule off in silence.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources

from extractors.rules.added import Added, added

#: Separates several values in one cell.
_AND = ";"


class VocabularyError(ValueError):
    """A vocabulary that breaks its schema; the message names file, line and what is wrong."""


_Index = dict[tuple[str, ...], list[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class _Read:
    """The rows of a vocabulary, and those that were asked for by the values of some columns."""

    rows: tuple[Mapping[str, str], ...]
    picked: dict[tuple[str, ...], _Index] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A CSV beside the code (UTF-8, header row), with its schema.

    `columns` in the file's order; `key` columns whose values together stand once; `allowed` the values of
    closed columns ("" has to be among them where a cell may be empty), of which a cell may hold several
    with ";" between if its column is in `several`; `filled` columns that may not be empty (`source`
    always, where there is one); `refers` columns whose values have to stand in another vocabulary's column.
    """

    package: str
    file: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    refers: Mapping[str, tuple[Vocabulary, str]] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """The rows, and those that a user adds. Raises VocabularyError where a file breaks the schema."""
        return self._now.rows

    @property
    def _now(self) -> _Read:
        """What was read, with the rows that are added now."""
        own = added(self.package, self.file)
        if own not in self._read:
            text = resources.files(self.package).joinpath(self.file).read_text(encoding="utf-8")
            parts = ((text, ""), *((a.text, a.place) for a in own))
            seen: dict[tuple[str, ...], str] = {}
            found = (row for text, place in parts for row in self.checked(text, place, seen))
            self._read[own] = _Read(tuple(found))
        return self._read[own]

    @cached_property
    def _read(self) -> dict[tuple[Added, ...], _Read]:
        return {}

    def checked(
        self, text: str, place: str = "", seen: dict[tuple[str, ...], str] | None = None
    ) -> Iterator[Mapping[str, str]]:
        """The rows of a CSV's text, each checked. Raises VocabularyError.

        `place` names the text in errors (the vocabulary's own file without it); `seen` has the keys of rows
        that stand elsewhere, with their places, and gets those of these rows.
        """
        name = place or f"{self.package.replace('.', '/')}/{self.file}"
        seen = {} if seen is None else seen
        reader = csv.DictReader(text.splitlines(), strict=True)
        if tuple(reader.fieldnames or ()) != self.columns:
            raise VocabularyError(f"{name}, line 1: the columns are {', '.join(reader.fieldnames or ())}; "
                                  f"they have to be {', '.join(self.columns)}")  # fmt: skip
        for row in _told(reader, name):
            here = f"{name}, line {reader.line_num}"
            if None in row or None in row.values():
                raise VocabularyError(f"{here}: {len(self.columns)} cells are due")
            self._check_cells(row, here)
            if place and not _PLAIN.fullmatch(row.get("word", "-")):  # the user's: a pattern tells no line
                raise VocabularyError(f"{here}: {_unspelled(row['word'])}")
            key = tuple(row[column] for column in self.key)
            if key in seen:
                raise VocabularyError(f"{here}: {' | '.join(key)!r} stands in {seen[key]} already")
            seen[key] = here
            yield row

    def _check_cells(self, row: Mapping[str, str], here: str) -> None:
        for column in self.columns:
            value = row[column]
            if not value and (column in self.filled or column in ("source", *self.key[:1])):
                raise VocabularyError(f"{here}: {column} is empty")
            allowed = self._allowed(column)
            if allowed is None:
                continue
            for part in value.split(_AND) if column in self.several else (value,):
                if part not in allowed:
                    known = ", ".join(sorted(allowed - {""}))
                    raise VocabularyError(
                        f"{here}: {column} {part!r} is unknown; it has to be one of {known}"
                    )

    def _allowed(self, column: str) -> frozenset[str] | None:
        if column in self.refers:
            other, theirs = self.refers[column]
            return other.values(theirs) | self.allowed.get(column, frozenset())
        return self.allowed.get(column)

    def picked(self, columns: tuple[str, ...]) -> Mapping[tuple[str, ...], list[Mapping[str, str]]]:
        """The rows by their values in some columns. Raises VocabularyError as `rows` does."""
        picked = self._now.picked
        found = picked.get(columns)
        if found is None:
            found = picked[columns] = {}
            for row in self.rows:
                found.setdefault(tuple(row[column] for column in columns), []).append(row)
        return found

    def values(self, column: str) -> frozenset[str]:
        """All values of a column. Raises VocabularyError where the file breaks the schema."""
        return frozenset(row[column] for row in self.rows)


def _told(reader: csv.DictReader[str], place: str) -> Iterator[dict[str, str]]:
    """What a reader gives. Raises VocabularyError where it cannot go on."""
    try:
        yield from reader
    except csv.Error as error:
        raise VocabularyError(f"{place}, line {reader.line_num + 1}: {error}") from error


@dataclass(frozen=True, eq=False)
class Words:
    """A vocabulary's words as a rule's slot: `where` picks rows by column.

    Words are written as they are spoken, with five signs: "c(a)esarean" has an optional "a",
    "deliver(y|ies)" either ending, "child-?birth" an optional hyphen, "supplement*" any ending, a blank
    is any white space.
    """

    vocabulary: Vocabulary
    where: Mapping[str, str] = field(default_factory=dict)
    column: str = "word"

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words as written; raises VocabularyError where no row fits."""
        rows = self.vocabulary.picked(tuple(self.where)).get(tuple(self.where.values()), ())
        found = tuple(row[self.column] for row in rows)
        if not found:
            raise VocabularyError(f"{self.vocabulary.file}: no row has {dict(self.where)}")
        return found

    @cached_property
    def pattern(self) -> str:
        """The words as one alternation, longer words first."""
        return "|".join(sorted(map(spelled, self.words), key=len, reverse=True))


_OPTIONAL = re.compile(r"\(([^()|?]*)\)")
_EITHER = re.compile(r"\((?!\?)([^()]*\|[^()]*)\)")
_PLAIN = re.compile(r"[\w ()|?'/.,&+%*-]+")


def _unspelled(word: str) -> str:
    return f"{word!r}: a word has letters, digits, blanks and ( ) | ? ' / . , & + % * -"


def spelled(word: str) -> str:
    """The regular expression of a word written with the signs of `Words`. Raises VocabularyError."""
    if not _PLAIN.fullmatch(word):
        raise VocabularyError(_unspelled(word))
    text = word.replace(".", r"\.").replace("+", r"\+").replace("*", r"\w*")
    return _EITHER.sub(r"(?:\1)", _OPTIONAL.sub(r"(?:\1)?", text))


def check_added() -> None:
    """See whether what is added now fits the vocabularies that are loaded. Raises VocabularyError."""
    top = __name__.rpartition(".rules.")[0]
    loaded = [module for name, module in sys.modules.items() if name.startswith(f"{top}.")]
    known = {(v.package, v.file): v for m in loaded for v in vars(m).values() if isinstance(v, Vocabulary)}
    for own in added():
        if (own.package, own.file) not in known:
            raise VocabularyError(f"{own.place}: no vocabulary {own.package}/{own.file} is in use")
        _ = known[own.package, own.file].rows
