"""JSON that may be cut off or damaged: every whole value, what is left of the rest, where it broke."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from pipeline.errors import ReadError

#: what begins a value, not a citation "[1]" or a word in brackets
_BEGINS = re.compile(r'[\[{]\s*(?:[\[{"}\]]|$)')
#: where the next value may begin behind a damaged one: on a line of its own
_NEXT_LINE = re.compile(r"\n(?=[\[{])")
#: where the next object of a list may begin behind a damaged one
_NEXT_OBJECT = re.compile(r'(?:\}\s*,|[\n\[,])\s*(?=\{\s*")')
_CONTROL = re.compile("[\x00-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: the next record behind lines that are no JSON
_NEXT_RECORD = re.compile(r'\n(?=\{\s*")')
#: places that may be broken, each of which costs a look at what follows
_MOST_FAILURES = 1000
#: what may stand between values; a bracket too many loses nothing
_BETWEEN = " \t\r\n,;]}"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a file. `damage` tells where a broken one broke; what stands before is in `value`.

    `rescued`: an object found behind the break, which may be a record or a part of one.
    """

    value: Any
    damage: str = ""
    rescued: bool = False


def values_in(text: str) -> tuple[list[Value], str]:
    """The values at the beginning of a text, and what follows the last of them.

    A broken value is followed by the whole objects behind the break, each a value of its own. Raises
    ReadError E03 for endless nesting.
    """
    scanner = _Scanner(text)
    while scanner.next():
        pass
    return scanner.found, text[scanner.position:]


class _Scanner:
    """Walks over a text value by value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Value] = []
        self.position = 0
        self._end = len(text.rstrip())
        self._decode = json.JSONDecoder(strict=False).raw_decode
        self._line, self._counted = 1, 0
        self._failures = 0

    def next(self) -> bool:
        """Read one value or step over what is none; False where neither follows."""
        if self.position >= self._end:
            return False
        if self._failures > _MOST_FAILURES:
            where = f"more than {_MOST_FAILURES:,} places; line {self._line_at(self.position):,}"
            self.found.append(Value(None, f"the JSON is damaged in {where} and what follows were not read"))
            self.position = len(self.text)
            return False
        if self.text[self.position] not in "{[":
            return self._step_over()
        try:
            value, self.position = self._decode(self.text, self.position)
            self.found.append(Value(_whole_characters(value)))
        except RecursionError as error:
            raise ReadError("E03", "JSON inside JSON without end") from error
        except json.JSONDecodeError as error:
            if not _BEGINS.match(self.text, self.position):
                return False
            following = _NEXT_LINE.search(self.text, self.position + 1)
            self._save(error.pos, following.end() if following else len(self.text))
        self._skip()
        return True

    def _skip(self) -> None:
        while self.position < self._end and self.text[self.position] in _BETWEEN:
            self.position += 1

    def _step_over(self) -> bool:
        """Past lines that are no JSON, to the next record if there is one."""
        following = _NEXT_RECORD.search(self.text, self.position) if self.found else None
        if following is None:
            return False
        try:
            self._decode(self.text, following.end())
        except (json.JSONDecodeError, RecursionError):
            return False
        self.found.append(Value(None, f"line {self._line_at(self.position):,} is no JSON"))
        self.position = following.end()
        return True

    def _save(self, broken: int, end: int) -> None:
        """What is left of the value that begins here, breaks at `broken` and ends before `end`."""
        self._failures += 1
        start, broken = self.position, min(broken, end)
        what = "cut off" if broken >= self._end or not self.text[broken:end].strip() else "damaged"
        damage = (f"the JSON that begins on line {self._line_at(start):,} is {what} after "
                  f"{broken - start:,} characters")
        self.found.append(Value(_before(self.text[start:end]), damage))
        position = broken
        while self._failures <= _MOST_FAILURES and (match := _NEXT_OBJECT.search(self.text, position, end)):
            position = match.end()
            try:
                value, after = self._decode(self.text, position)
            except (json.JSONDecodeError, RecursionError):
                self._failures += 1
                continue
            position = after
            if after <= end:
                self.found.append(Value(_whole_characters(value), rescued=True))
        self.position = end

    def _line_at(self, position: int) -> int:
        """The number of the line (1-based); positions are asked in ascending order."""
        self._line += self.text.count("\n", self._counted, position)
        self._counted = position
        return self._line


def _before(broken: str) -> Any:
    """The value that a broken text begins with; None where there is none."""
    for text in (broken, _CONTROL.sub(" ", broken)):
        try:
            return _whole_characters(from_json(text, allow_partial="trailing-strings"))
        except ValueError:
            continue
    return None


def _whole_characters(value: Any) -> Any:
    """The value with U+FFFD for halves of surrogate pairs, which escapes in JSON can spell."""
    written = json.dumps(value, ensure_ascii=False)
    whole = _SURROGATE.sub("\ufffd", written)
    return value if whole == written else json.loads(whole)


def depth_of(value: Any, most: int) -> int:
    """How many lists and objects lie inside one another, counted to `most` + 1."""
    level, depth = [value], 0
    while level and depth <= most:
        level = [inner for outer in level if isinstance(outer, list | dict)
                 for inner in (outer.values() if isinstance(outer, dict) else outer)
                 if isinstance(inner, list | dict)]
        depth += 1
    return depth
