"""What a result word says of which tests."""

from __future__ import annotations

from extractors.labs.sentence import Name
from extractors.labs.vocabulary import OPEN
from extractors.labs.words import plain

#: What a kind of result word says of any test.
_OF_ANY = {
    "high": "high", "changed-high": "high", "noun-high": "high", "normal": "normal", "back": "normal",
    "clean": "normal",
}  # fmt: skip
#: What the other kinds say, and of which kinds of tests.
_RISING = frozenset({"enzyme", "marker"})
_OF_SOME = {
    "none": ("normal", frozenset({"panel", "qual", "ab"})),
    "absence": ("normal", frozenset({"qual"})),
    "negative": ("normal", frozenset({"ab", "micro", "qual", "panel", "marker", OPEN})),
    "positive": ("high", frozenset({"ab", "micro", "qual", OPEN})),
    "rise": ("high", _RISING),
    "noun-rise": ("high", _RISING),
}
#: Words of a result that are said of some other tests as well.
_TOLD = {
    "negative": "told negative", "positive": "told positive", "rise": "told to rise",
    "noun-rise": "told to rise",
}  # fmt: skip
_LOW = frozenset({"low", "changed-low", "noun-low"})


def result_flag(kind: str, name: Name) -> str:
    """What a result word says of this test: low, normal or high; "" where it does not apply."""
    if kind in _OF_ANY:
        return _OF_ANY[kind] if name.analyte.kind != "micro" else ""
    if kind in _LOW:
        return "" if name.analyte.kind in ("ab", "micro") else "low"
    flag, kinds = _OF_SOME.get(kind, ("", frozenset()))
    if name.analyte.kind in kinds or (kind in _TOLD and name.analyte.name in plain(_TOLD[kind])):
        return flag
    return ""
