"""A drug that goes on by another route: "intravenously for 4 weeks, then orally for 2 weeks"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.drugs.anchors import Anchor
from extractors.drugs.durations import Duration
from extractors.drugs.placing import Item
from extractors.drugs.routes import Route

#: Between the first route's regimen and the next route.
_THEN = re.compile(
    r"\)?,?\s(?:and\s|but\s)?(?:then|thereafter|subsequently|afterwards|later|next|followed by|switched to|"
    r"changed to)\s"
    r"(?:(?!(?:she|he|we|they|with|discharged|underwent|surgery|pain)\b)[\w-]+\s){0,5}"
)
#: What follows it where no other treatment's name does.
_CLOSED = re.compile(
    r"\s?(?:[,.;)]|$)|\s(?:for|until|at|after|over|once|twice|daily|therapy|treatment|route|form|"
    r"administration|"
    r"antibiotics?)\b"
)


def add_switches(lower: str, anchors: Sequence[Anchor], items: Sequence[Item]) -> None:
    """Add what is told of a second route as a later regimen of the same drug."""
    for number, anchor in enumerate(anchors):
        if anchor.route is None or anchor.route.form or anchor.steps:
            continue
        until = anchors[number + 1].start if number + 1 < len(anchors) else len(lower)
        route = next((x for x in items if isinstance(x, Route) and anchor.end <= x.start < until), None)
        if route is None or route.form or route.text == anchor.route.text:
            continue
        if _THEN.fullmatch(lower, anchor.end, route.start) and _CLOSED.match(lower, route.end):
            anchor.steps.append(_step(lower, anchor, route, items))


def _step(lower: str, anchor: Anchor, route: Route, items: Sequence[Item]) -> Anchor:
    step = Anchor(route.start, route.end, anchor.name_start, anchor.name_end, route=route)
    for item in items:
        if isinstance(item, Duration) and anchor.end <= item.start:
            first, last = sorted(((item.start, item.end), (route.start, route.end)))
            if len(lower[first[1] : last[0]].split()) <= 1:
                step.duration = item
                step.widen(item.start, item.end)
                break
    return step
