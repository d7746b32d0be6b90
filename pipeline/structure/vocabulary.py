"""The word lists of this package: CSV files beside the modules, each with its schema."""

from __future__ import annotations

from functools import cache

from extractors.rules.words import Vocabulary


def _words(file: str, columns: tuple[str, ...], *key: str, **allowed: str) -> Vocabulary:
    """A file of this package; `allowed` are the values of closed columns, ";" between."""
    closed = {column: frozenset(values.split(";")) for column, values in allowed.items()}
    return Vocabulary("pipeline.structure", file, columns, key, closed)


#: How lines begin that are no part of the article, lower case.
BOILERPLATE = _words("boilerplate.csv", ("start", "source"), "start")
#: Words that may be a whole cell of a table, lower case.
CELL_WORDS = _words("cell_words.csv", ("word", "source"), "word")
#: Headings, lower case, and what they lead to; `bare` ones may stand before their text with nothing between
#: ("Discussion Osteoporosis of ...").
HEADINGS = _words(
    "headings.csv",
    ("heading", "role", "bare", "source"),
    "heading",
    role="abbreviations;abstract;boilerplate;case;conclusion;discussion;figures;foreign;introduction;keywords;"
    "methods;part;references;results",
    bare="yes;",
)
#: Parts of compounds that keep their hyphen at a line's end.
HYPHEN_PARTS = _words("hyphen_parts.csv", ("part", "place", "source"), "part", "place", place="head;tail")
#: Function words by language (ISO 639-1).
LANGUAGES = _words(
    "languages.csv",
    ("language", "word", "source"),
    "language",
    "word",
    language="cs;da;de;el;en;es;fr;hr;hu;id;it;nl;pl;pt;ro;ru;sv;tr;uk",
)
#: Words that tell how a line goes on, lower case: a raised number may stick to a `short` one, more must
#: follow an `open end`, and a `suspending` one leaves the hyphen before it.
LINE_WORDS = _words(
    "line_words.csv", ("word", "kind", "source"), "word", "kind", kind="short;open end;suspending"
)


@cache
def line_words(kind: str) -> frozenset[str]:
    """The words of a kind of line_words.csv."""
    return frozenset(row["word"] for row in LINE_WORDS.rows if row["kind"] == kind)


#: Words that a number may belong to without a space, lower case, and why.
NUMBER_WORDS = _words(
    "number_words.csv",
    ("word", "why", "source"),
    "word",
    why="name;label;time;scale;value follows;level of the spine;genetics;obstetric formula;therapy;"
    "address;ECG",
)
