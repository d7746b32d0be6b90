"""The objects of a PDF as their own marks show them, without the file's table, which may be what is broken.

Only for files in which something is wrong; everything is bounded, whatever the file says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.readers.pdf.streams import dictionary_before, inflated, streams_in

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,8})\s+\d{1,5}\s+obj\b")
_REFERENCE = re.compile(rb"(?<![0-9])(\d{1,8})\s+\d{1,5}\s+R\b")
_ROOT = re.compile(rb"/Root\s+(\d{1,8})\s+\d{1,5}\s+R\b")
_PAGES = re.compile(rb"/Pages\s+(\d{1,8})\s+\d{1,5}\s+R\b")
_KIDS = re.compile(rb"/Kids\s*(?:\[([^\]]*)\]|(\d{1,8})\s+\d{1,5}\s+R\b)")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[([^\]]*)\]|(\d{1,8})\s+\d{1,5}\s+R\b)")
#: what a page refers to and does not show
_ELSEWHERE = re.compile(
    rb"/(?:Parent|P|Dest|Metadata|Thumb|StructTreeRoot)\s+\d+\s+\d+\s+R\b"
    rb"|/(?:Annots|B)\s*(?:\[[^\]]*\]|\d+\s+\d+\s+R\b)"
)
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
#: These bound what is looked at to say which page of a damaged file it is: no text is lost by them. A broken
#: part that belongs to no page by what was looked at is told as a part of the file.
_MOST_OBJECTS = 500_000
_MOST_PAGES = 100_000
_MOST_USED = 2_000  # objects that one page may refer to
_LONGEST = 65_536  # bytes of one object that are looked at, streams aside


class Objects:
    """Finds objects by number. Of several with one number the last is the valid one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        marks = islice(_OBJECT.finditer(data), _MOST_OBJECTS)
        self._places = {int(mark[1]): mark.end() for mark in marks}
        self._packed = dict(_packed_in(data))

    def number_before(self, stream: int) -> int | None:
        """The number of the object whose stream begins at `stream`; None for an older version."""
        length = len(dictionary_before(self._data, stream))
        marks = list(_OBJECT.finditer(self._data, max(0, stream - length - 32), stream))
        number = int(marks[-1][1]) if marks else None
        return number if number is not None and self._places.get(number) == marks[-1].end() else None

    def head(self, number: int) -> bytes | None:
        """What stands between an object's mark and its stream or end; None for one that is not there."""
        if number in self._places:
            start = self._places[number]
            words = self._data[start : start + _LONGEST]
            return re.split(rb"\bendobj\b|(?<![a-z])stream\r?\n", words, maxsplit=1)[0]
        return self._packed.get(number)

    def pages(self) -> list[bytes]:
        """The dictionaries of the pages in order."""
        roots = [int(number) for number in _ROOT.findall(self._data)]
        for root in reversed(roots):
            tree = _PAGES.search(self.head(root) or b"")
            if tree:
                return list(self._below(int(tree[1])))
        return []

    def _below(self, top: int) -> Iterator[bytes]:
        waiting, seen = [top], {top}
        while waiting and len(seen) < _MOST_PAGES:
            head = self.head(waiting.pop())
            kids = _KIDS.search(head) if head is not None else None
            if kids is None:
                yield head or b""
                continue
            listed = kids[1] if kids[1] is not None else self.head(int(kids[2])) or b""
            numbers = [n for n in map(int, _REFERENCE.findall(listed)) if n not in seen]
            seen.update(numbers)
            waiting += reversed(numbers)

    def contents(self, page: bytes) -> list[int]:
        """The numbers of a page's content streams."""
        stated = _CONTENTS.search(page)
        if stated is None:
            return []
        if stated[1] is not None:
            return [int(number) for number in _REFERENCE.findall(stated[1])]
        number = int(stated[2])
        listed = (self.head(number) or b"").strip()
        if listed.startswith(b"["):
            return [int(number) for number in _REFERENCE.findall(listed)]
        return [number]

    def lacks_content(self, page: bytes) -> bool:
        """Whether a page names content that is not in the file, or in no way that can be read."""
        numbers = self.contents(page)
        return b"/Contents" in page if not numbers else any(self.head(number) is None for number in numbers)

    def used_by(self, page: bytes) -> set[int]:
        """The numbers of all objects that a page needs to be shown."""
        waiting, seen = [page], set[int]()
        while waiting and len(seen) < _MOST_USED:
            head = _ELSEWHERE.sub(b"", waiting.pop())
            for number in map(int, _REFERENCE.findall(head)):
                if number not in seen:
                    seen.add(number)
                    waiting.append(self.head(number) or b"")
        return seen


def _packed_in(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects inside object streams, which hold no streams themselves."""
    for start in streams_in(data):
        head = dictionary_before(data, start)
        if not _PACKED.search(head):
            continue
        words = inflated(data, start)
        first = re.search(rb"/First\s+(\d{1,9})", head)
        if words is None or first is None:
            continue
        numbers = [int(word) for word in words[: int(first[1])].split() if word.isdigit()]
        places = [int(first[1]) + offset for offset in numbers[1::2]]
        for number, place, end in zip(numbers[::2], places, [*places[1:], len(words)], strict=False):
            yield number, words[place : min(end, place + _LONGEST)]
