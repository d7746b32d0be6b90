"""Which pages of a PDF are damaged. PDFium reads on over every break and says nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.readers.pdf.marks import in_order
from pipeline.readers.pdf.objects import Objects
from pipeline.readers.pdf.streams import is_whole, streams_in


@dataclass(frozen=True, slots=True)
class Damage:
    """`pages` (1-based) are damaged or lack their content; `parts` broken streams belong to no known page;
    `disorder`: the file's marks of its parts do not agree, so that some may not be found."""

    pages: tuple[int, ...] = ()
    parts: int = 0
    disorder: bool = False


def damage_of(data: bytes, count: int, blank: Sequence[int]) -> Damage:
    """What is damaged in a file of `count` pages, of which `blank` show nothing at all.

    Streams of encrypted files are not looked into.
    """
    streams = list(streams_in(data))
    broken = [] if b"/Encrypt" in data else [start for start in streams if not is_whole(data, start)]
    disorder = not in_order(data, streams)
    if not broken and not blank:
        return Damage(disorder=disorder)
    objects = Objects(data)
    numbers = {number for start in broken if (number := objects.number_before(start)) is not None}
    pages = objects.pages()
    if len(pages) != count:
        return Damage(parts=len(broken), disorder=disorder)
    damaged = []
    for number, page in enumerate(pages, 1):
        lacking = number in blank and objects.lacks_content(page)
        if lacking or (numbers and numbers & objects.used_by(page)):
            damaged.append(number)
    return Damage(tuple(damaged), 0 if damaged else len(numbers), disorder)
