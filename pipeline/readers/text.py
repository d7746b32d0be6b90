"""Plain text: one undecided block whose lines are those of the file; a source each for several articles."""

from __future__ import annotations

import re

from pipeline.caps import caps
from pipeline.errors import ReadError
from pipeline.paper import BlockKind, Line, Source, SourceBlock
from pipeline.quick import any_of
from pipeline.readers.encoding import decode
from pipeline.readers.markup import RAISED_SIGNS, without_raised_marks
from pipeline.readers.record import with_suffixes
from pipeline.readers.several import articles

_RARE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text file. A form feed begins a new line, as a page does."""
    if any_of(text, _RARE_ENDS):
        text = _LINE_END.sub("\n", text.replace("\x0c", "\n\x0c") if "\x0c" in text else text)
    if any_of(text, RAISED_SIGNS):
        return tuple([Line(without_raised_marks(line)) for line in text.split("\n")])
    return tuple([Line(line) for line in text.split("\n")])


def read_text(text: str, warnings: tuple[str, ...] = ()) -> list[Source]:
    """Text that is decoded already: one record, or one for each article in it. Raises ReadError E01, E06."""
    most = caps().text_characters
    if len(text) > most:
        raise ReadError("E06", f"{len(text):,} characters, at most {most:,}")
    if not text or text.isspace():
        raise ReadError("E01")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = [SourceBlock(BlockKind.UNKNOWN, lines_of(part), joined=False) for part in articles(text)]
    return with_suffixes([Source("text", (block,), warnings=warnings) for block in blocks])


def read(data: bytes, name: str) -> list[Source]:
    """Read a text file in any usual encoding; `name` is not used."""
    return read_text(decode(data))
