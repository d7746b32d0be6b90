"""Bytes to text, whatever the encoding: byte order marks first, then what the bytes allow.

The single-byte code pages cannot be told apart by validity, only by where their letters fall:
a byte that would be a sign in one page and stands between letters is a letter of another page.
"""

from __future__ import annotations

import codecs
import re

from pipeline.errors import ReadError
from pipeline.readers.encoding_signs import better_page

_BOMS: tuple[tuple[bytes, str], ...] = (  # the 32-bit marks begin like the 16-bit ones: first
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
#: bytes by which the code page of an English text is judged, and the most foreign ones it has
_SIGNS_SAMPLE, _FEW = 200_000, 0.1
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\xc0-\xff]{4,}")
_IN_WORD = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?=[a-z])|(?<=[a-z])[\x80-\xff](?![\x80-\xff0-9])")
#: bytes that are Turkish letters in cp1254 and Icelandic ones in cp1252
_TURKISH = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")
#: bytes that are Central European letters in cp1250 and signs in cp1252
_CENTRAL = frozenset(b"\xa3\xa5\xaf\xb3\xb9\xbe\xbf\xa5\x8c\x8f\x9c\x9f")
#: bytes that are letters in Mac Roman and quotes, dashes or controls in cp1252
_MAC = frozenset(b"\x87\x88\x8a\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a")
#: a lone surrogate written as if it were a character
_SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
#: a UTF-8 sequence that was read as cp1252
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
    "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]{1,3}"
)


def decode(data: bytes) -> str:
    """The text of a file; lone surrogates and impossible bytes become U+FFFD.

    Raises ReadError E01 for an empty file and E02 where no encoding gives text.
    """
    if not data.strip(b"\x00 \t\r\n\x0c\xff\xfe"):
        raise ReadError("E01")
    if data.isascii() and b"\x00" not in data:
        text = data.decode("ascii")
    else:
        text = undo_mojibake(_decode_wide(data))
    head = text[:_SAMPLE]
    controls = head.count("\ufffd") + head.count("\x00")
    if b"\x00" in data[:_SAMPLE] or controls:
        controls += len(_CONTROL.findall(head))
    if controls > 0.05 * len(head):
        raise ReadError("E02")
    return text


def _decode_wide(data: bytes) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _without_surrogates(data[len(bom) :].decode(name, "replace"))
    nulls = _encoding_by_nulls(data[:_SAMPLE])
    if nulls:
        return _without_surrogates(data.decode(nulls, "replace"))
    if b"\xed" in data:
        data = _SURROGATE_BYTES.sub(b"\xef\xbf\xbd", data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    if good >= bad:  # UTF-8 with a few broken bytes: whole sequences do not come by chance
        return text
    page = _code_page(data)
    if len(_HIGH.findall(data[:_SIGNS_SAMPLE])) <= _FEW * len(data[:_SIGNS_SAMPLE]):
        page = better_page(data[:_SIGNS_SAMPLE], page)
    return data.decode(page, "replace")


def _encoding_by_nulls(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark shows by zero bytes at fixed places in Latin text."""
    if b"\x00" not in head:
        return ""
    quarter = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
    if min(quarter[1:]) > 0.7 and quarter[0] < 0.2:
        return "utf-32-le"
    if min(quarter[:3]) > 0.7 and quarter[3] < 0.2:
        return "utf-32-be"
    even, odd = (quarter[0] + quarter[2]) / 2, (quarter[1] + quarter[3]) / 2
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return ""


def _code_page(data: bytes) -> str:
    head = data[: _SAMPLE * 16]
    if name := _east_asian(head):
        return name
    return "cp1251" if _looks_cyrillic(head) else _latin_page(head)


def _east_asian(head: bytes) -> str:
    """The code page of a text most of whose bytes are high, "" where none fits."""
    if len(_HIGH.findall(head)) <= 0.25 * len(head):
        return ""
    for name in ("gb18030", "shift_jis", "euc_kr", "big5"):
        try:
            head[: len(head) // 2 * 2 - 64 or None].decode(name)
        except UnicodeDecodeError:
            continue
        if name != "gb18030" or not _looks_cyrillic(head):
            return name
    return ""


def _latin_page(head: bytes) -> str:
    """The code page of a text in Latin letters, by the high bytes within its words."""
    letters = [match.group()[0] for match in _IN_WORD.finditer(head)]
    turkish = sum(1 for byte in letters if byte in _TURKISH)
    central = sum(1 for byte in letters if byte in _CENTRAL)
    mac = sum(1 for byte in letters if byte in _MAC and byte not in _CENTRAL)
    if central > 2 and central > turkish and central > 0.2 * len(letters):
        return "cp1250"
    if mac > 2 and mac > 0.5 * len(letters):
        return "mac_roman"
    return "cp1254" if turkish else "cp1252"


def _looks_cyrillic(head: bytes) -> bool:
    runs = _HIGH_RUN.findall(head)
    return len(runs) > 3 and sum(map(len, runs)) > 0.25 * len(head)


def _without_surrogates(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


def undo_mojibake(text: str) -> str:
    """Repair UTF-8 that somebody has read as cp1252 (`â€“` for a dash, `Â±`, `Ã©`)."""
    if "â" not in text and "Ã" not in text and "Â" not in text and "Î" not in text:
        return text

    def repair(match: re.Match[str]) -> str:
        try:
            return match.group().encode("cp1252").decode("utf-8")
        except UnicodeError:
            return match.group()

    return _MOJIBAKE.sub(repair, text)
