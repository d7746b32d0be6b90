"""Tagged text of Web of Science (`PT J` ... `ER`, `EF`) and RefWorks (`RT Journal Article` ...)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.paper import Source
from pipeline.readers.encoding import decode
from pipeline.readers.entries import again, documents
from pipeline.readers.tagged import Fields

_FIELD = re.compile(r"([A-Z][A-Z0-9]) (.*)")
_BARE = re.compile(r"(?:ER|EF)\s*")
#: the tags with which a record begins
_BEGIN = {"PT": "wos", "RT": "refworks"}


def read(data: bytes, name: str) -> list[Source]:
    """The records of the file. Raises ReadError E01, E02, E06 and E12 (no record inside)."""
    lines = decode(data).lstrip("\ufeff").splitlines()
    tag = next((line[:2] for line in lines if line[:3] in ("PT ", "RT ")), "PT")
    ended = any(_BARE.fullmatch(line) for line in reversed(lines)) and not _BARE.fullmatch(_last(lines))
    return documents(_records(lines, tag), _BEGIN[tag], "wos" if tag == "PT" else "refworks", cut=ended)


def _last(lines: list[str]) -> str:
    return next((line for line in reversed(lines) if line.strip()), "")


def _records(lines: list[str], begin: str) -> Iterator[Fields]:
    """A record ends at ER, or where the next one begins if ER was lost. What precedes the first is none."""
    fields: Fields = {}
    tag = ""
    for line in lines:
        match = _FIELD.match(line)
        if match and not line[:1].isspace():
            tag, value = match.groups()
            if tag == begin or again(fields, tag, _BEGIN[begin]):
                if begin in fields or len(fields) > 2:
                    yield fields
                fields = {}
            fields.setdefault(tag, []).append(value.strip())
        elif _BARE.fullmatch(line):
            if fields:
                yield fields
            fields, tag = {}, ""
        elif tag and line.strip():
            _continued(fields[tag], tag, line.strip())
    if fields:
        yield fields


def _continued(values: list[str], tag: str, line: str) -> None:
    """A further line is one more author, or more words of the same value."""
    if tag in ("AU", "AF", "BA", "BF"):
        values.append(line)
    else:
        values[-1] += " " + line
