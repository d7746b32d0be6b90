"""Whether a drug was given, taken before, planned, refused or stopped; None: no fact about the patient."""

from __future__ import annotations

import re

from extractors.base import Context
from extractors.drugs import patterns as p

#: How far a cue may stand from the name, in characters.
_NEAR, _PASSIVE_WITHIN, _FAR = 70, 110, 160
_POSITIVE = re.compile(
    r"\b(?:was|were)\s(?:\w+ly\s|also\s|then\s)?(?:given|started|treated|prescribed|administered|"
    r"commenced|switched|initiated|used|"
    r"offered|proposed|considered|discussed|recommended|advised|suggested|tried)\b"
)
#: After "X was started", these words alone may lead to "stopped" or "never taken" for X itself.
_SAME_THING = re.compile(
    r".*(?:\b(?:but|and|then|yet)|,)\s(?:(?:was|were|had|has|it|this|later|then|therefore|subsequently|"
    r"finally|soon|to|be|been|which|"
    r"the|treatment|drug|therapy|medication|ultimately|eventually|she|he|patient|did|because|after|\d+|"
    r"\w+ (?:days|weeks|months|doses?))\s)*"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:breast\W?feeding|lactation|nursing|feeding|smoking|corset|brac(?:e|ing)|alcohol|weaning)\b"
)
_SOMEBODY = re.compile(r"\b(?:she|he|patient|we|i)\b")
#: "... and had never taken": the patient is the subject, although unnamed.
_HAD = re.compile(r"\b(?:had|has|have)\s$")
_OBJECT = re.compile(r"\s(?:it|them|this|these|so)\b")
_CONJUNCTION = re.compile(r"\b(?:but|and|yet)\b|[,:]")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be)\s(?:\w+ly\s|then\s|therefore\s)?$")
#: After "she refused" the drug before is meant only where no other object follows.
_NO_OBJECT = re.compile(
    r"\s?(?:$|[.,;)]|(?:it|them|this|these|so|by|because|as|since|until|"
    r"due|for|in|out|after|and|to take|to have|treatment|"
    r"therapy|(?:the |self-|daily )?injections?|the drug|the treatment)\b)"
)
_REFUSAL = re.compile(r"refus|declin|prefer|accept|wish|want|deferr|avoid|reject|turned|decided")


def status_of(before: str, rest: str, limit: int, context: Context) -> str | None:
    """The status of a drug from the words of its clause before it and of its sentence behind it.

    All are lower-case; the next drug that is not in the same list begins at `limit` of `rest`.
    """
    if context.family or context.general or p.PRESENT_AFTER.match(rest):
        return None
    near, far, following = before[-_NEAR:], before[-_FAR:], rest[: min(_FAR, limit)]
    if context.negated or p.REFUSED_BEFORE.search(near) or _not_done(rest, len(following)):
        return "denied"
    stopped = p.STOPPED_AFTER.search(following)
    if p.STOPPED_BEFORE.search(near) or (stopped and _same_thing(following[: stopped.start()])):
        return "stopped"
    if p.NOW_BEFORE.search(near):
        return "given"
    if p.STARTED.search(near) and not p.FORMERLY.search(near):
        return "given"
    if (
        context.planned
        or p.PLANNED_BEFORE.search(near)
        or p.PLANNED_AFTER.search(following[:_PASSIVE_WITHIN])
    ):
        return "planned"
    if p.STILL.search(far):
        return "given"
    if context.historical or p.PRIOR_BEFORE.search(far) or p.PRIOR_AFTER.search(following):
        return "prior"
    return "given"


def stopped_by_pronoun(words: str) -> bool:
    """Whether the words of the next clause or sentence say of "it" that it was stopped."""
    return p.IT_STOPPED.match(words) is not None


def _not_done(rest: str, limit: int) -> bool:
    """Whether the words behind a drug say that it was not used after all."""
    found = p.NOT_DONE_AFTER.search(rest, 0, limit)
    if not found or not _same_thing(rest[: found.start()]):
        return False
    refusal = _REFUSAL.search(found.group())
    if refusal and not _PASSIVE.search(rest, max(0, found.start() - 25), found.start()):
        return bool(_NO_OBJECT.match(rest, found.end()))
    tail = _CONJUNCTION.split(rest[: found.start()])[-1]
    active = _HAD.search(tail) and "been" not in found.group()
    if active or _SOMEBODY.search(tail):
        return bool(_OBJECT.match(rest, found.end()))
    return True


def _same_thing(between: str) -> bool:
    """Whether a verb behind these words still has the drug as its subject or object."""
    if _OTHER_SUBJECT.search(between):
        return False
    return _POSITIVE.search(between) is None or bool(_SAME_THING.fullmatch(between))
