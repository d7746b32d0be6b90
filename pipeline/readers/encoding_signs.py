"""Which code page the few foreign bytes of an English text are of: the one in which they make sense.

A dash, a quotation mark or a unit's sign stands where such signs stand, a letter inside a word. In the wrong
page the same bytes are letters beside digits and signs inside words.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

#: signs that English papers have in number, whatever stands beside them
_SIGNS = frozenset("–—−－±×÷≥≤≈µμ°℃•·…α β γ δ κ λ Δ ω χ ™ ® © § † ‡ ≠ → ² ³ ½ £ €".replace(" ", ""))
_OPENING, _CLOSING = frozenset("“‘«"), frozenset("”’»")
#: letters of Latin script that are no plain ones; ideographs and the like lie above
_LATIN_END = 0x250
#: tried in this order; multi-byte ones only where every byte fits
_PAGES = ("cp1252", "cp1250", "mac_roman", "gb18030", "big5", "shift_jis", "euc_kr", "cp437")
#: a page has to be better than the one that was taken by more than this
_CLEARLY = 1.5


def better_page(data: bytes, taken: str) -> str:
    """The code page in which the foreign bytes make most sense; `taken` unless another is clearly better."""
    best, most = taken, _sense(data.decode(taken, "replace"))
    for name in _PAGES:
        try:
            sense = _sense(codecs.getincrementaldecoder(name)().decode(data))  # the end may be cut
        except UnicodeDecodeError:
            continue
        if sense > most + _CLEARLY:
            best, most = name, sense
    return best


def _sense(text: str) -> float:
    return sum(_worth(text, at) for at in _foreign(text))


def _foreign(text: str) -> Iterable[int]:
    return (at for at, sign in enumerate(text) if sign > "\x7f")


def _out_of_place(sign: str, before: str, after: str) -> bool:
    """No power of a metre or of ten, no sum of money: a sign or letter of another page."""
    return (sign in "²³" and before not in tuple("mM0")) or (sign in "£€" and after.isalpha())


def _in_word(sign: str, before: str, after: str) -> bool:
    """Whether a letter stands in a word as letters do: at no digit, no capital behind a small one."""
    beside_digit = before.isdigit() or after.isdigit()
    inside = before.isalpha() or after.isalpha()
    return inside and not beside_digit and not (sign.isupper() and before.islower())


def _worth(text: str, at: int) -> float:
    """How much a character speaks for its code page: less than 0 where it makes no sense in its place."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _OPENING:
        return 1.5 if not before.isalnum() and after.strip() else -1.0
    if sign in _CLOSING:
        return 1.5 if before.strip() and not before.isspace() else -1.0
    if _out_of_place(sign, before, after):
        return -1.0
    if sign in _SIGNS:
        return 1.5
    if ord(sign) < _LATIN_END and sign.isalpha():
        return 1.0 if _in_word(sign, before, after) else -2.0
    ideographs = [other for other in (before, after) if other and ord(other) > 0x2E80]
    return 0.3 if ord(sign) > 0x2E80 and ideographs else -2.0
