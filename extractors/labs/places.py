"""Names and values in two lists with "respectively", where a name of the list is in no vocabulary."""

from __future__ import annotations

import re

from extractors.labs import glue
from extractors.labs.relations import LIST
from extractors.labs.scan import fits
from extractors.labs.sentence import Name, Reading, Scan, Value, blanked
from extractors.labs.unknown import name_of

_ITEMS = re.compile(r",? (?:and|as well as) (?:also )?|, ?|/")
_BRACKETS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")
_VERB = re.compile(
    r" ?(?:\b(?:(?:levels?|concentrations?|values?|titers?|both|all) ){0,15}(?:were|was|are|is|came|measured|"
    r"reached|at|of)\b[^,]*|[:=(] *)$"
)


def by_place(scan: Scan, names: list[Name], chain: list[Value]) -> list[Reading] | None:
    """As many readings of names as have a place among the values; None where the lists do not match."""
    last = chain[-1].end
    if len(chain) < 2 or not glue.RESPECTIVELY.within(scan.lower, last, last + 25):
        return None
    items = _items(scan, names, chain)
    if items is None:
        return None
    out: list[Reading] = []
    when = (chain[-1].start, chain[-1].end)
    for (start, end), value in zip(items, chain, strict=True):
        known = [n for n in names if start <= n.head[0] and n.head[1] <= end]
        name = known[-1] if known else name_of(scan, start, end)
        if len(known) > 1 or (known and not fits(known[0], value, scan)):
            return None
        if name is not None and (known or value.quantity.unit):
            out.append(Reading(name, value, certainty=0.95, relation=LIST, when=when))
    return out


def _items(scan: Scan, names: list[Name], chain: list[Value]) -> list[tuple[int, int]] | None:
    """The places of the list of names: as many as there are values, with every name that stands near."""
    text = scan.low[: chain[0].start]
    for bracket in _BRACKETS.finditer(text):
        text = blanked(text, *bracket.span())
    for result in scan.results:
        if names[0].start < result.start and result.end <= len(text):
            text = blanked(text, result.start, result.end)
    stop = _stop(text)
    if stop is None:
        return None
    begin = max(text.rfind(";", 0, stop), text.rfind(":", 0, stop)) + 1
    cuts = list(_ITEMS.finditer(text, begin, stop))
    starts = [begin, *(c.end() for c in cuts)]
    ends = [*(c.start() for c in cuts), stop]
    if len(starts) < len(chain):
        return None
    items = list(zip(starts, ends, strict=True))[-len(chain) :]
    first = items[0][0]
    others = [n for n in names if n.start < first and first - n.end < 4]
    inside = [n for n in names if n.start >= first]
    return items if inside and not others else None


def _stop(text: str) -> int | None:
    """Where the list of names ends before "were", a colon or a bracket."""
    verb = _VERB.search(text, max(0, len(text) - 60))
    return verb.start() if verb else None
