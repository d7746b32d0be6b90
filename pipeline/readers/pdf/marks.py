"""Whether a PDF's own marks agree with one another: its table of objects, their beginnings and ends.

PDFium finds objects by their marks where the table is wrong, and leaves out what it does not find.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_START = re.compile(rb"startxref\s+(\d{1,12})")
_TABLE = re.compile(rb"\s*xref\b\s*")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_SECTION = re.compile(rb"(\d{1,9})\s+(\d{1,9})\s*?\r?\n?")
_PREVIOUS = re.compile(rb"/(?:Prev|XRefStm)\s+(\d{1,12})")
_ENTRY = 20  # bytes
_MOST_ENTRIES = 200_000  # that are checked; PDFium reads all
_ZEROS = bytes(16)


def in_order(data: bytes, streams: Sequence[int]) -> bool:
    """Whether every part is where the file says and begins and ends with its marks.

    `streams` are the places where streams begin.
    """
    if len(streams) != data.count(b"endstream") or data.count(b" obj") < data.count(b"endobj"):
        return False
    return not _is_holed(data, streams) and _table_holds(data)


def _is_holed(data: bytes, streams: Sequence[int]) -> bool:
    """Whether zero bytes, as lost blocks of a disk have, stand between the streams."""
    end = 0
    for start in streams:
        if start >= end:
            if data.find(_ZEROS, end, start) >= 0:
                return True
            end = data.find(b"endstream", start)
            if end < 0:
                return False
    return data.find(_ZEROS, end) >= 0


def _table_holds(data: bytes) -> bool:
    """Whether the tables of objects, from the last one back, stand where they are said to and are right."""
    stated = _START.findall(data[-2048:])
    if not stated:
        return False
    base = max(0, data.find(b"%PDF", 0, 1024))  # some files count from there
    waiting, seen = [int(stated[-1])], set[int]()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        for begin in {place, place + base}:
            table = _TABLE.match(data, begin)
            if table:
                end = _entries_hold(data, table.end(), begin - place)
                if end < 0:
                    return False
                waiting += map(int, _PREVIOUS.findall(data, end, end + 2000))
                break
            if _OBJECT.match(data, begin):
                waiting += map(int, _PREVIOUS.findall(data, begin, begin + 2000)[:1])
                break
        else:
            return False
    return True


def _entries_hold(data: bytes, place: int, base: int) -> int:
    """Where a table ends; -1 where one of its objects is not at its place."""
    read = 0
    while (section := _SECTION.match(data, place)) and read < _MOST_ENTRIES:
        place = section.end()
        first = int(section[1])
        for number in range(first, first + min(int(section[2]), _MOST_ENTRIES)):
            entry = data[place : place + _ENTRY]
            place += _ENTRY
            read += 1
            if entry[17:18] == b"n" and not _is_object(data, entry[:10], number, base):
                return -1
            if len(entry) < _ENTRY - 1:
                return -1
    return place


def _is_object(data: bytes, stated: bytes, number: int, base: int) -> bool:
    if not stated.isdigit():
        return False
    words = data[int(stated) + base : int(stated) + base + 40].split(None, 3)
    return len(words) > 2 and words[0] == b"%d" % number and words[2][:3] == b"obj"
