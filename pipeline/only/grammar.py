"""A filter's expression, from words to a tree: lark reads it, and says where it cannot be read.

Fields come in front (`title:osteopor*`) or behind as in PubMed (`osteopor*[ti]`).
"""

from __future__ import annotations

import re
from typing import Any as Anything
from typing import cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedEOF, UnexpectedInput, UnexpectedToken, VisitError

from pipeline.config import UsageError
from pipeline.only.fold import kind, words
from pipeline.only.told import FIELDS
from pipeline.only.tree import All, Any, Node, Not, Term, Years
from pipeline.readers.record import language_code

_GRAMMAR = r"""
start: series
series: part (link part)*
link: AND NOT? | OR NOT? | NOT
part: NOT* term
term: "(" series ")"            -> bracket
    | FIELD? (WORD | PHRASE) TAG?  -> words
FIELD.3: /[A-Za-z]+:(?!\s)/
AND.2: /and(?=[\s()"]|$)/i
OR.2: /or(?=[\s()"]|$)/i
NOT.2: /not(?=[\s()"]|$)/i
TAG: /\[[^\[\]]*\]/
PHRASE: /"[^"]*"/
WORD: /[^\s()\[\]":]+/
%ignore /\s+/
"""
#: names of fields as they are written, PubMed's tags among them -> the field
_NAMES = {
    **{name: name for name in FIELDS},
    "ti": "title",
    "ab": "abstract",
    "ot": "keyword",
    "mh": "mesh",
    "pt": "type",
    "la": "language",
    "tw": "text",
    "year": "year",
    "dp": "year",
}
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
#: letters before the * of a word that may go on: with fewer it would be nearly every word
_LEAST = 3
_MOST_CHARACTERS, _MOST_BRACKETS = 10_000, 50
#: characters of an expression that a message shows
_SHOWN = 40


class ExpressionError(UsageError):
    """An expression that cannot be meant; the text tells the place, on one line."""

    def __init__(self, expression: str, place: int, what: str) -> None:
        rest = " ".join(expression[place:].split())
        shown = f"{rest[:_SHOWN]}..." if len(rest) > _SHOWN else rest
        where = f'at character {place + 1}: "{shown}"' if rest else "at the end"
        super().__init__(f"--only: {what}, {where}")


def parsed(expression: str) -> Node:
    """The tree of an expression. Raises ExpressionError."""
    if len(expression) > _MOST_CHARACTERS:
        raise ExpressionError(expression, _MOST_CHARACTERS, f"more than {_MOST_CHARACTERS:,} characters")
    _check_brackets(expression)
    try:
        tree = Lark(_GRAMMAR, parser="lalr", lexer="basic", propagate_positions=True).parse(expression)
        return cast("Node", _Tree(expression).transform(tree))
    except VisitError as error:
        if isinstance(error.orig_exc, UsageError):
            raise error.orig_exc from None
        raise
    except UnexpectedInput as error:
        raise ExpressionError(expression, _place(error, expression), _what(error, expression)) from None


def _check_brackets(expression: str) -> None:
    """Brackets in pairs, outside of quotes: the parser would see a missing one late."""
    opened: list[int] = []
    quote: int | None = None
    for place, character in enumerate(expression):
        if character == '"':
            quote = place if quote is None else None
        elif quote is None and character == "(":
            opened.append(place)
            if len(opened) > _MOST_BRACKETS:
                raise ExpressionError(expression, place, f"more than {_MOST_BRACKETS} brackets in each other")
        elif quote is None and character == ")":
            if not opened:
                raise ExpressionError(expression, place, "this bracket closes none")
            opened.pop()
    if quote is not None:
        raise ExpressionError(expression, quote, "this quote has no end")
    if opened:
        raise ExpressionError(expression, opened[-1], "this bracket is not closed")


def _place(error: UnexpectedInput, expression: str) -> int:
    if isinstance(error, UnexpectedEOF) or (
        isinstance(error, UnexpectedToken) and error.token.type == "$END"
    ):
        return len(expression)
    return cast("int", error.pos_in_stream)


def _what(error: UnexpectedInput, expression: str) -> str:
    if not expression.strip():
        return "the expression has no words"
    kinds = {"AND", "OR", "RPAR"}
    token = error.token if isinstance(error, UnexpectedToken) else None
    if token is None:
        return "this character means nothing here (put quotes around the words that it is in)"
    if token.type == "$END":
        return "a word is missing at the end"
    if token.type in kinds:
        return "a word is missing before this"
    if token.type == "TAG":
        return "a field's name in brackets stands behind one word or phrase"
    return "put AND, OR or NOT between two words, or quotes around a phrase"


@v_args(meta=True)
class _Tree(Transformer[Token, Anything]):
    """From lark's tree to ours."""

    def __init__(self, expression: str) -> None:
        super().__init__()
        self._expression = expression

    def start(self, meta: Anything, children: list[Node]) -> Node:
        return children[0]

    def bracket(self, meta: Anything, children: list[Node]) -> Node:
        return children[0]

    def part(self, meta: Anything, children: list[Anything]) -> Node:
        node: Node = children[-1]
        return node if len(children) % 2 else Not(node)

    def link(self, meta: Anything, children: list[Token]) -> tuple[str, bool, int]:
        """AND or OR, whether NOT is behind it, and the place."""
        word = children[0].type
        return "OR" if word == "OR" else "AND", children[-1].type == "NOT", meta.start_pos

    def series(self, meta: Anything, children: list[Anything]) -> Node:
        """Parts with one operator between all of them: databases differ in which of two binds first."""
        nodes, links = [children[0]], children[1::2]
        for (word, negated, place), node in zip(links, children[2::2], strict=True):
            if word != links[0][0]:
                raise self._error(place, "AND (or NOT) and OR side by side: put brackets around one of them")
            nodes.append(Not(node) if negated else node)
        if not links:
            return cast("Node", nodes[0])
        return Any(tuple(nodes)) if links[0][0] == "OR" else All(tuple(nodes))

    def words(self, meta: Anything, children: list[Token]) -> Node:
        """One word or phrase, with a field in front of it or behind."""
        found = {token.type: token for token in children}
        value = found.get("WORD") or found["PHRASE"]
        if "FIELD" in found and "TAG" in found:
            raise self._error(found["TAG"].start_pos, "a field in front of a word and another behind it")
        named = found.get("FIELD") or found.get("TAG")
        field = self._field(named) if named else "text"
        text = str(value).strip('"')
        if field == "year":
            return self._years(value, text)
        return self._term(value, field, text)

    def _field(self, named: Token) -> str:
        name = named.strip("[]:").strip().lower()
        if name not in _NAMES:
            known = ", ".join(sorted(_NAMES))
            raise self._error(named.start_pos, f"there is no field {name!r}: there are {known}")
        return _NAMES[name]

    def _years(self, value: Token, text: str) -> Node:
        match = _YEARS.fullmatch(text.strip())
        if not match:
            raise self._error(value.start_pos, "a year is four digits, several are 2010-2020")
        return Years(int(match[1]), int(match[2] or match[1]))

    def _term(self, value: Token, field: str, text: str) -> Node:
        cut = text.endswith("*")
        text = text.removesuffix("*")
        if "*" in text:
            raise self._error(value.start_pos, "* may stand at the end alone")
        folded = kind(text) if field == "type" and not cut else words(text)
        if not folded:
            raise self._error(value.start_pos, "this has no letter and no digit")
        if cut and (len(folded.rpartition(" ")[2]) < _LEAST or not text[-1].isalnum()):
            raise self._error(value.start_pos, f"give at least {_LEAST} letters before *")
        if field == "language" and not cut:
            folded = language_code(text) or folded
        return Term(field, folded, cut)

    def _error(self, place: int | None, what: str) -> ExpressionError:
        return ExpressionError(self._expression, place or 0, what)  # None: of tokens that lark did not read
