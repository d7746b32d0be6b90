"""Whether a drug was given, taken before, planned, refused or stopped; None: no fact about the patient."""

from __future__ import annotations

import re

from extractors.base import Context
from extractors.drugs import patterns as p

#: How far a cue may stand from the name, in characters.
_NEAR, _FAR = 70, 160
_POSITIVE = re.compile(
    r"\b(?:was|were)\s(?:\w+ly\s|also\s|then\s)?(?:given|started|treated|prescribed|administered|commenced|switched|initiated|used)\b"
)


def status_of(before: str, after: str, context: Context) -> str | None:
    """The status of a drug from the words of its clause before it and of its sentence after it.

    Both are lower-case; `after` ends where the next drug that is not in the same list begins.
    """
    if context.family or context.general:
        return None
    near, far = before[-_NEAR:], before[-_FAR:]
    if context.negated or p.REFUSED_BEFORE.search(near):
        return "denied"
    not_done = p.NOT_DONE_AFTER.search(after[:_FAR])
    if not_done and not _POSITIVE.search(after, 0, not_done.start()):
        return "denied"
    if not_done and re.search(r"\b(?:but|and)\s(?:she|he|the patient|was never|never|did not)\b", after[: not_done.start()]):
        return "denied"
    stopped = p.STOPPED_AFTER.search(after[:_FAR])
    if p.STOPPED_BEFORE.search(near) or (stopped and not _POSITIVE.search(after, 0, stopped.start())):
        return "stopped"
    if p.STARTED.search(near):
        return "given"
    if context.planned or p.PLANNED_BEFORE.search(near) or p.PLANNED_AFTER.search(after[:_NEAR]):
        return "planned"
    if context.historical or p.PRIOR_BEFORE.search(far) or p.PRIOR_AFTER.search(after[:_FAR]):
        return "prior"
    return "given"
