"""EndNote's tagged text (refer, .enw): `%0 Journal Article`, `%A author`, `%X abstract`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.paper import Source
from pipeline.readers.encoding import decode
from pipeline.readers.entries import again, documents
from pipeline.readers.tagged import Fields

_FIELD = re.compile(r"(%[0-9A-Z@!#$*+?&()<>\[\]~^|=,.-])(?: (.*)|$)")


def read(data: bytes, name: str) -> list[Source]:
    """The records of the file. Raises ReadError E01, E02, E06 and E12 (no record inside)."""
    return documents(_records(decode(data).lstrip("\ufeff").splitlines()), "refer", "endnote")


def _records(lines: list[str]) -> Iterator[Fields]:
    """A record begins with %0; without it, with the first tag behind a blank line once it has a title."""
    fields: Fields = {}
    tag = ""
    blank = False
    for line in lines:
        match = _FIELD.match(line)
        if not match:
            blank = blank or not line.strip()
            if tag and line.strip():
                fields[tag][-1] += "\n" + line.strip()
            continue
        tag = match.group(1)
        if (tag == "%0" and fields) or again(fields, tag, "refer") or (
                blank and "%0" not in fields and "%T" in fields):
            yield fields
            fields = {}
        blank = False
        fields.setdefault(tag, []).append((match.group(2) or "").strip())
    if fields:
        yield fields
