"""Whether a drug was only thought of, set aside, broken off, stopped or begun again."""

from __future__ import annotations

import re

from extractors.drugs import plan_cues as plans
from extractors.drugs import status_cues as sc
from extractors.drugs.cues import Cue
from extractors.drugs.told import NEAR, Told
from extractors.rules.rule import Glue

_POSITIVE = re.compile(
    r"\b(?:was|were)\s(?:\w+ly\s|also\s|then\s)?(?:given|started|treated|prescribed|administered|commenced|"
    r"switched|initiated|used|offered|proposed|considered|discussed|recommended|advised|suggested|tried)\b"
)
#: After "X was started", these words alone may lead to "stopped" or "never taken" for X itself.
_SAME_THING = re.compile(
    r".*(?:\b(?:but|and|then|yet)|,)\s(?:(?:was|were|had|has|it|this|later|then|therefore|subsequently|"
    r"finally|soon|to|be|been|which|the|treatment|drug|therapy|medication|ultimately|eventually|she|he|"
    r"patient|did|because|after|\d+|\w+ (?:days|weeks|months|doses?))\s)*"
)
OTHER_SUBJECT = re.compile(
    r"\b(?:breast\W?feeding|lactation|nursing|feeding|smoking|corset|brac(?:e|ing)|alcohol|weaning)\b"
)
#: "... and stopped nursing": something else is stopped.
_OTHER_OBJECT = re.compile(
    r"\s(?:(?:her|the|her own)\s)?(?:breast\W?feeding|lactat\w+|nursing|feeding|smoking|alcohol|drinking|"
    r"work(?:ing)?|exercise|exercising|wearing|sports?)\b"
)
_SOMEBODY = re.compile(r"\b(?:she|he|patient|we|i)\b")
#: "... and had never taken": the patient is the subject, although unnamed.
_HAD = re.compile(r"\b(?:had|has|have)\s$")
_OBJECT = re.compile(r"\s(?:it|them|this|these|so)\b")
_CONJUNCTION = re.compile(r"\b(?:but|and|yet)\b|[,:]")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be)\s(?:\w+ly\s|then\s|therefore\s)?$")
#: After "she refused" the drug before is meant only where no other object follows.
_NO_OBJECT = re.compile(
    r"\s?(?:$|[.,;)]|(?:it|them|this|these|so|by|because|as|since|until|due|for|in|out|after|and|to take|"
    r"to have|treatment|therapy|(?:the |self-|daily )?injections?|the drug|the treatment)\b)"
)
#: A drug that was thought of was taken all the same.
_THEN_GIVEN = Glue(
    r"\b(?:and|then|which|who|so|thus|finally|therefore|subsequently|eventually|later|she|he) (?:\w+ ){0,4}?"
    r"(?:given|started|begun|initiated|chos(?:e|en)|accepted|agreed|opted|commenced|administered|received|"
    r"prescribed|selected|decided|added|took|taken|wanted)\b"
)
#: A dose that is reduced step by step comes to its planned end; so does a course that was completed.
_TAPERED = Glue(r"\b(?:taper\w*|wean\w* off|weaned|tail(?:ed|ing) off|phased out)\b")
_COMPLETED = Glue(
    r" (?:[\w-]+ ){0,3}?(?:as (?:planned|scheduled|intended)|(?:after|upon|on|following|at) (?:the |her |"
    r"his )?"
    r"(?:(?:full|successful|uneventful) )?(?:completion|completing|end of)|"
    r"after (?:an? |the )?(?:complete|completed|full|planned|total)\b|[^.;]{0,60}? to complete\b)"
)
#: "Analgesics could be stopped": they had done their work.
_NO_LONGER_NEEDED = Glue(
    r"\bcould (?:\w+ ){0,2}?be\b|\bwas able to be\b|\bno longer (?:needed|required|necessary)\b"
)
#: What breaks a treatment off, however slowly.
_FOR_A_REASON = Glue(
    r"\b(?:because|due to|owing to|on account of|side[- ]effects?|adverse|intoleran\w+|rash|toxicity|"
    r"pregnan\w+|ineffective\w*|fail\w*|suspect\w*|request|wish|cost)\b"
)


def broken_off(told: Told) -> bool:
    """Whether a drug that was begun was not gone on with."""
    if told.before(sc.BROKEN_OFF_BEFORE):
        return True
    found = told.after(sc.BROKEN_OFF_AFTER)
    return found is not None and _same_thing(told.sentence.lower[told.end : found.start])


def not_done(told: Told) -> bool:
    """Whether a drug was not used after all."""
    return _undone(told, told.after(sc.NOT_DONE_AFTER))


def set_aside(told: Told) -> bool:
    """Whether nobody gave a drug now."""
    return _undone(told, told.after(sc.SET_ASIDE_AFTER))


def _undone(told: Told, found: Cue | None) -> bool:
    """Whether the words behind a drug say that it was not used after all."""
    if found is None:
        return False
    rest, start, stop = told.sentence.lower, found.start, found.end
    if not _same_thing(rest[told.end : start]):
        return False
    if found.rule in sc.UNWANTED and not _PASSIVE.search(rest, max(told.end, start - 25), start):
        return bool(_NO_OBJECT.match(rest, stop))
    tail = _CONJUNCTION.split(rest[told.end : start])[-1]
    active = _HAD.search(tail) and "been" not in rest[start:stop]
    if active or _SOMEBODY.search(tail):
        return bool(_OBJECT.match(rest, stop))
    return True


def only_considered(told: Told) -> bool:
    """Whether a drug was thought of and no more is told of it."""
    lower = told.sentence.lower
    if told.before(plans.CONSIDERED_BEFORE, NEAR) and not _THEN_GIVEN.within(lower, told.end, told.right):
        return True
    found = told.after(plans.CONSIDERED_AFTER)
    return found is not None and _same_thing(lower[told.end : found.start])


def stopped(told: Told) -> bool:
    """Whether a drug was broken off before its planned end."""
    lower = told.sentence.lower
    if told.before(sc.STOPPED_BEFORE):
        return not _TAPERED.within(lower, told.left, told.head) or _for_a_reason(told)
    found = told.after(sc.STOPPED_AFTER)
    if found is None or _came_to_its_end(told, found):
        return False
    conjunction = _CONJUNCTION.match(lower, found.start, found.end)
    until = conjunction.end() + 1 if conjunction else found.start
    return _same_thing(lower[told.end : until]) and not _OTHER_OBJECT.match(lower, found.end)


def _came_to_its_end(told: Told, found: Cue) -> bool:
    lower = told.sentence.lower
    if _NO_LONGER_NEEDED.within(lower, told.end, found.end):
        return True
    ended = _TAPERED.within(lower, told.end, found.end) or _COMPLETED.behind(lower, found.end)
    return bool(ended) and not _for_a_reason(told)


def _for_a_reason(told: Told) -> bool:
    return _FOR_A_REASON.within(told.sentence.lower, told.left, told.right) is not None


def again(told: Told) -> bool:
    """Whether a drug was begun anew."""
    found = told.after(sc.AGAIN_AFTER)
    return found is not None and not OTHER_SUBJECT.search(told.sentence.lower, told.end, found.start)


def stopped_by_pronoun(words: str) -> bool:
    """Whether the words of the next clause or sentence say of "it" that it was stopped."""
    return any(found.start == 0 for found in sc.IT_STOPPED.in_text(words, words))


def _same_thing(between: str) -> bool:
    """Whether a verb behind these words still has the drug as its subject or object."""
    if OTHER_SUBJECT.search(between):
        return False
    return _POSITIVE.search(between) is None or bool(_SAME_THING.fullmatch(between))
