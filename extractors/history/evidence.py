"""Whether a condition that is named is said to be there or not to be there."""

from __future__ import annotations

import re

from extractors.base import Context
from extractors.history.fact import ABSENT, PRESENT
from extractors.history.vocabulary import BESIDE, CONDITION, DONE, HABIT, IS, IS_NOT
from extractors.rules.rule import Glue
from extractors.text import Sentence

#: So many characters before a condition the word may stand that says she has it: a list is between.
_REACH = 170
#: So near before a condition (characters) a word may stand that makes it none.
_NEAR = 40
#: So many characters before that word it may be said to be a doubt: "the risk of an underlying ...".
_DOUBT = 20
#: What says that she has it, and a list that goes on up to the place.
_HAS = Glue(r"\b{has}\b(?:(?!\b(?:{no disease}|no|not|without|denied|never|nor)\b)[^;.]){0,140}$", BESIDE)
#: The same right before it.
_WITH = Glue(r"(?:\bhistory[:,-]|\bwith|\bwith an?|\bfor) (?:(?:her|his|mild|severe|chronic|the) )?$")
#: Between one condition and the next of a list.
_LIST = Glue(
    r"(?: (?:in|since|at) (?:[\w-]+ ){0,2}[\w-]+)?(?: \([^()]{1,40}\))?(?:,? and|,? or|,|/|;)(?: "
    r"an?)?(?: [\w-]+)? "
)
_TOLD_BEHIND = Glue(
    r"(?: \([^()]{1,40}\))?(?: (?:also|since|first|well|with \w+))? {told behind}\b|"
    r" (?:for|since) (?:the (?:past|last) )?\w+ (?:years?|months?)\b| since (?:19|20)\d\d\b|"
    r" (?:in|on|under|receiving) (?:(?:hormone|thyroid|thyroxine|adequate|stable|regular|drug) "
    r")?(?:replacement|"
    r"substitution|substitutive|treatment|therapy|medication|levothyroxine|l-?thyroxine|thyroxine|metformin|"
    r"insulin)\b",
    BESIDE,
)
#: Before "anti-epileptic": a drug, no illness.
_ANTI = Glue(r"\banti-?$")
#: A note that names an illness and what is taken for it: "Mild asthma (salbutamol)".
_NOTE = Glue(r"^(?:(?:mild|moderate|severe|chronic|known|stable|childhood) )?$")
_ON_DRUGS = Glue(r" \((?:on |under |treated with )?[a-z][^()]{2,40}\)[.;,]?")
#: A note's sign behind a name: "smoking (-), asthma (+)".
_SIGN = Glue(r" ?\((?:(?P<minus>-|–|−|no|none|nil|denied|absent)|\+|yes|present)\)")
#: Behind a name that is none: "celiac antibodies", "diabetes clinic", "malignancy-associated".
_OF_A_TEST = Glue(
    r"(?: disease)?[ -](?:{of a test})\b|-(?:associated|related|induced|like|free|specific)", BESIDE
)
#: Between a denial and what it denies: it denies something else.
_OTHERWISE = Glue(r"\b{no treatment}\b", BESIDE)
_NO_DISEASE = Glue(r"\b{no disease}\b", BESIDE)
_FOR = Glue(
    r"\b(?:for|due to|because of|despite|after|regarding|secondary to) (?:(?:his|her|the|an?) )?(?:[\w-]+ )?$"
)
_TREATED_FOR = Glue(r"\b{no treatment} (?:for|of|against)\b", BESIDE)
#: Behind a term: it is somebody else's.
_ANOTHER_S = Glue(r" (?:mother|father|parents?|couple|husband|partner|donor|women|patients)\b")
#: Between the members of a list.
_SEPARATOR = re.compile(r",|\band\b|\bor\b|\bnor\b")
#: Before a condition: a laboratory result of it alone.
_TEST_FOR = Glue(
    r"\b(?:serolog\w*|antibod\w*|screen\w*|tests?|tested|testing|markers?|panel) (?:for|of) [^.;]{0,80}$"
)
_OF_FAMILY = Glue(r"\b(?:family|familial)\b(?! or personal| or previous| or past)")
_PERSONAL = Glue(r"\b(?:personal|individual|previous|past|own)\b")


def status_of(
    sentence: Sentence, kind: str, start: int, end: int, context: Context, listed: bool
) -> str | None:
    """PRESENT or ABSENT for a term at [start, end) of its sentence, None where neither is said; `listed`: it
    stands in a list behind one that is said to be there."""
    lower = sentence.lower
    if context.uncertain or context.planned or _OF_A_TEST.behind(lower, end):
        return None
    if _ANTI.within(lower, start - 6, start):
        return None
    if _ANOTHER_S.behind(lower, end) or (kind == CONDITION and _TEST_FOR.within(lower, start - 110, start)):
        return None
    sign = _SIGN.behind(lower, end)
    if sign and kind in (CONDITION, HABIT, IS):
        return ABSENT if sign["minus"] else PRESENT
    if kind == IS_NOT:
        return None if context.negated else ABSENT
    if context.negated:
        return ABSENT if _is_denied(sentence, start, end, context) else None
    if kind in (IS, DONE) or listed:
        return PRESENT
    if context.historical and _NO_DISEASE.within(lower, start - _NEAR, start) is None:
        return PRESENT
    return PRESENT if _is_told(lower, kind, start, end) else None


def _is_told(lower: str, kind: str, start: int, end: int) -> bool:
    """Whether words around a condition or a habit say that it is there."""
    if kind == CONDITION and _TOLD_BEHIND.behind(lower, end):
        return True
    if kind == CONDITION and _NOTE.fills(lower, 0, start) and _ON_DRUGS.behind(lower, end):
        return True
    if kind == CONDITION and _WITH.within(lower, start - 20, start):
        return _NO_DISEASE.within(lower, start - _NEAR, start) is None
    has = _HAS.within(lower, start - _REACH, start) if kind in (CONDITION, HABIT) else None
    return has is not None and _NO_DISEASE.within(lower, has.start() - _DOUBT, has.start()) is None


def _is_denied(sentence: Sentence, start: int, end: int, context: Context) -> bool:
    """Whether what is negated is the condition itself, and the patient's own."""
    base, lower = sentence.start, sentence.lower
    for begin, stop in context.cues:
        behind = stop - base > start
        between = lower[end : begin - base] if behind else lower[stop - base : start]
        item = _SEPARATOR.split(between)[0 if behind else -1]
        of_family = _OF_FAMILY.within(between, 0, len(between)) and not _PERSONAL.within(
            between, 0, len(between)
        )
        otherwise = _OTHERWISE.within(item, 0, len(item)) or _TREATED_FOR.within(between, 0, len(between))
        if of_family or otherwise or (not behind and _FOR.within(between, 0, len(between))):
            return False
    return True


def goes_on(lower: str, end: int, start: int) -> bool:
    """Whether [end, start) is what stands between two members of a list."""
    return _LIST.fills(lower, end, start) is not None
