"""Damaged versions of a file, each made from a seed alone, so that every one can be made again."""

from __future__ import annotations

import random
from collections.abc import Callable

Change = Callable[[bytes, random.Random], bytes]

#: what copies, programs and keyboards put between letters
_ODD = (
    *"\0\a\b\t\n\v\f\r\x1b\x7f\x85\xa0\xad\u200b\u2009\u2028\u2029\u202e\u3000\ufeff\ufffd\ufffe",
    *"\u00b2\u2463\u0663\u00bd\u2212\u2013\u03bc\U0001d7d9",
    *(
        "&#12;",
        "&#0;",
        "&#x1b;",
        "&#10;",
        "&amp;lt;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<sup>",
        "</p>",
        "<b>",
    ),
    *('"', "\\", "\\u12", "{", "}", "[", "]", "%PDF-", "\x1b[2J", "\xed\xa0\x80", "\n\n\f", "|", "\t|\t"),
)


def _span(data: bytes, rng: random.Random) -> tuple[int, int]:
    """A stretch of bytes, from one to a quarter of the file."""
    size = min(len(data), rng.choice((1, 4, 16, 64, 256, 1024, max(1, len(data) // 4))))
    start = rng.randrange(len(data) - size + 1)
    return start, start + size


def _bits(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _zeros(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + bytes(end - start) + data[end:]


def _removed(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _replaced(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + rng.randbytes(end - start) + data[end:]


def _doubled(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 1, 3, 50 if end - start < 300 else 1)) + data[end:]


def _swapped(data: bytes, rng: random.Random) -> bytes:
    first, second, third = sorted(rng.randrange(len(data) + 1) for _ in range(3))
    return data[:first] + data[second:third] + data[first:second] + data[third:]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _inserted(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 2, 5, 20))):
        place = rng.randrange(len(data) + 1)
        data = data[:place] + rng.choice(_ODD).encode("utf-8", "surrogatepass") + data[place:]
    return data


def _lines(data: bytes, rng: random.Random) -> bytes:
    """Lines lost, doubled, joined or out of order."""
    lines = data.splitlines(keepends=True)
    for _ in range(rng.choice((1, 3))):
        place = rng.randrange(len(lines))
        what = rng.randrange(4)
        if what == 0 and len(lines) > 1:
            del lines[place]
        elif what == 1:
            lines.insert(place, rng.choice(lines))
        elif what == 2:
            lines[place] = lines[place].rstrip(b"\r\n") + b" "
        else:
            rng.shuffle(lines)
    return b"".join(lines)


def _recoded(data: bytes, rng: random.Random) -> bytes:
    """The same in another encoding, or with other line ends; wrong ones among them."""
    text = data.decode("utf-8", "replace")
    how = rng.choice(
        (
            "utf-16",
            "utf-32",
            "utf-8-sig",
            "utf-16-be",
            "cp1252",
            "mac-roman",
            "gb18030",
            "cr",
            "crlf",
            "twice",
        )
    )
    if how == "cr":
        return data.replace(b"\n", b"\r")
    if how == "crlf":
        return data.replace(b"\n", b"\r\n")
    if how == "twice":
        return text.encode().decode("latin-1").encode()
    return text.encode(how, "replace")


#: name -> change; a mutant's seed picks one in turn
CHANGES: dict[str, Change] = {
    "bits": _bits,
    "zeros": _zeros,
    "removed": _removed,
    "replaced": _replaced,
    "doubled": _doubled,
    "swapped": _swapped,
    "cut": _cut,
    "inserted": _inserted,
    "lines": _lines,
    "recoded": _recoded,
}
_KINDS = tuple(CHANGES)


def mutant(data: bytes, name: str, seed: int) -> tuple[str, bytes]:
    """The kind and the bytes of one damaged version; `name` is the format's."""
    kind = _KINDS[seed % len(_KINDS)]
    return kind, CHANGES[kind](data, random.Random(f"{name} {seed}"))
