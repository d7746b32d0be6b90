"""Lists of tests and of values that belong together by position."""

from __future__ import annotations

from itertools import pairwise

from extractors.labs import glue
from extractors.labs.relations import LIST
from extractors.labs.scan import fits
from extractors.labs.sentence import Name, Reading, Scan, Value


def changed_together(scan: Scan, listed: list[Name], chain: list[Value]) -> list[Reading]:
    """As in "A and B fell from 9 and 80 ng/mL to 2 and 30 ng/mL": both before and after."""
    half = len(listed)
    between = scan.low[chain[half - 1].end : chain[half].start].strip()
    from_ = glue.CHANGE_FROM.within(scan.low, 0, chain[0].start)
    if between not in ("to", "→", "->") or not from_:
        return []
    if not all(fits(n, v, scan) for n, v in zip(listed * 2, chain, strict=True)):
        return []
    before, after = readings_of_pairs(listed, chain[:half], 1.0), readings_of_pairs(listed, chain[half:], 1.0)
    for reading in before:
        reading.earlier = True
    for reading in after:
        reading.later = True
    return before + after


def is_slashed(scan: Scan, listed: list[Name], chain: list[Value]) -> bool:
    """As in "Hb/Hct 10.2/31", "PT/INR: 14 s/1.1": as many values around strokes as names."""
    between = glue.BARE_TIES.fills(scan.low, listed[-1].end, chain[0].start)
    named = {scan.text[a.end : b.start].strip() for a, b in pairwise(listed)}
    valued = {scan.text[a.quantity.end : b.start].strip() for a, b in pairwise(chain)}
    return between is not None and valued == {"/"} and named <= {"/", "&"}


def readings_of_pairs(names: list[Name], values: list[Value], certainty: float) -> list[Reading]:
    """One reading a pair; the time behind the last value is the time of all."""
    when = (values[-1].start, values[-1].end)
    pairs = zip(names, values, strict=True)
    return [Reading(n, v, certainty=certainty, relation=LIST, when=when) for n, v in pairs]
