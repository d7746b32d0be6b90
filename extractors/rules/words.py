"""Vocabularies as closed data: every CSV says which columns it has and which values are allowed.

A vocabulary is read with its schema. An unknown column or value, a row without a source, a row told
twice is an error that names the file and the line; a typo never switches a rule off in silence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources

#: Separates several values in one cell.
_AND = ";"


class VocabularyError(ValueError):
    """A vocabulary that breaks its schema; the message names file, line and what is wrong."""


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

    @cached_property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """The rows. Raises VocabularyError where the file breaks the schema."""
        text = resources.files(self.package).joinpath(self.file).read_text(encoding="utf-8")
        return tuple(self.checked(text))

    def checked(self, text: str) -> Iterator[Mapping[str, str]]:
        """The rows of a CSV's text, each checked. Raises VocabularyError."""
        reader = csv.DictReader(text.splitlines(), strict=True)
        if tuple(reader.fieldnames or ()) != self.columns:
            raise self._error(1, f"the columns are {', '.join(reader.fieldnames or ())}; "
                                 f"they have to be {', '.join(self.columns)}")  # fmt: skip
        seen: dict[tuple[str, ...], int] = {}
        for row in reader:
            line = reader.line_num
            if None in row or None in row.values():
                raise self._error(line, f"{len(self.columns)} cells are due")
            self._check_cells(row, line)
            key = tuple(row[column] for column in self.key)
            if key in seen:
                raise self._error(line, f"{' | '.join(key)!r} stands in line {seen[key]} already")
            seen[key] = line
            yield row

    def _check_cells(self, row: Mapping[str, str], line: int) -> None:
        for column in self.columns:
            value = row[column]
            if not value and (column in self.filled or column in ("source", *self.key[:1])):
                raise self._error(line, f"{column} is empty")
            allowed = self._allowed(column)
            if allowed is None:
                continue
            for part in value.split(_AND) if column in self.several else (value,):
                if part not in allowed:
                    known = ", ".join(sorted(allowed - {""}))
                    raise self._error(line, f"{column} {part!r} is unknown; it has to be one of {known}")

    def _allowed(self, column: str) -> frozenset[str] | None:
        if column in self.refers:
            other, theirs = self.refers[column]
            return other.values(theirs) | self.allowed.get(column, frozenset())
        return self.allowed.get(column)

    def picked(self, columns: tuple[str, ...]) -> Mapping[tuple[str, ...], list[Mapping[str, str]]]:
        """The rows by their values in some columns. Raises VocabularyError as `rows` does."""
        found = self._picked.get(columns)
        if found is None:
            found = self._picked[columns] = {}
            for row in self.rows:
                found.setdefault(tuple(row[column] for column in columns), []).append(row)
        return found

    @cached_property
    def _picked(self) -> dict[tuple[str, ...], dict[tuple[str, ...], list[Mapping[str, str]]]]:
        return {}

    def values(self, column: str) -> frozenset[str]:
        """All values of a column. Raises VocabularyError where the file breaks the schema."""
        return frozenset(row[column] for row in self.rows)

    def _error(self, line: int, what: str) -> VocabularyError:
        return VocabularyError(f"{self.package.replace('.', '/')}/{self.file}, line {line}: {what}")


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


def spelled(word: str) -> str:
    """The regular expression of a word written with the signs of `Words`. Raises VocabularyError."""
    if not _PLAIN.fullmatch(word):
        raise VocabularyError(f"{word!r}: a word has letters, digits, blanks and ( ) | ? ' / . , & + % * -")
    text = word.replace(".", r"\.").replace("+", r"\+").replace("*", r"\w*")
    return _EITHER.sub(r"(?:\1)", _OPTIONAL.sub(r"(?:\1)?", text))
