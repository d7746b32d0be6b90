"""Visits side by side: which of the times of rows or columns is the baseline."""

from __future__ import annotations

from dataclasses import replace

from extractors.base import Since, TimeRef
from extractors.time.dates import DATE


def in_order(times: dict[int, TimeRef], anchor: str) -> dict[int, TimeRef]:
    """Visits side by side: the earliest is the baseline, the others follow up.

    Times counted "after delivery" in the caption or a note get that anchor. A date alone says
    nothing; of several, the first is the baseline and the others are counted from it.
    """
    dates = {c: t for c, t in times.items() if t.anchor == DATE}
    timed = {c: t for c, t in times.items() if t.anchor != DATE and t.days_min is not None}
    out = dict(times)
    if len(timed) > 1:
        earliest = min(t.days_min for t in timed.values() if t.days_min is not None)
        for c, t in timed.items():
            counted = anchor if anchor and t.anchor == "baseline" and t.phase != "baseline" else t.anchor
            out[c] = replace(t, phase="baseline" if t.days_min == earliest else "follow-up", anchor=counted)
    first = min((t.days_min for t in dates.values() if t.days_min is not None), default=0)
    for c, t in dates.items():
        since = (t.days_min or first) - first
        if len(dates) < 2:
            del out[c]
        else:
            phase = "follow-up" if since else "baseline"
            counted_from = Since("visit", since, since)
            out[c] = replace(
                t, anchor="baseline", days_min=since, days_max=since, phase=phase, since=counted_from
            )
    return out
