"""Whether a drug was given, taken before, planned, refused or stopped; None: no fact about the patient.

The decisions stand in order: the first that holds says the status.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from extractors.drugs import arrival_cues as ac
from extractors.drugs import endings
from extractors.drugs import plan_cues as plans
from extractors.drugs import prior_cues as pc
from extractors.drugs import status_cues as sc
from extractors.drugs.cues import after
from extractors.drugs.endings import OTHER_SUBJECT
from extractors.drugs.mothers import of_a_mother
from extractors.drugs.told import FAR, LONG, NEAR, Told
from extractors.drugs.vocabulary import cue_words
from extractors.rules.rule import Glue

#: How far a passive may stand from the name, in characters.
_PASSIVE_WITHIN = 110
#: "A was given, and she | was then scheduled": the plan is about somebody.
_SUBJECT = re.compile(r"\b(?:she|he|they|we|patient)\s$")
#: What a drug is taken for that is the illness itself in a mother with fractures, and not an older one.
_PAIN = Glue(
    r"(?:(?!\band\b)[^,;.]){0,60}?"
    r"\bfor (?:(?:the|her|this|severe|acute|presumed|suspected|persistent|low|lower|mechanical|simple) ){0,3}"
    r"(?:back ?pain|back ?ache|lumbago|lumbar (?:pain|strain)|(?<=the )pain|(?<=her )pain|(?<=this )pain)\b"
)
_LONG_BEFORE = Glue(
    r"\b(?:before|prior to|until|till|pre-?pregnan\w*|years?|chronic|childhood|adolescen\w*|migraine|"
    r"previous(?:ly)?|history)\b"
)
#: Of a list's last member alone: "A and B is known to".
_SINGULAR = re.compile(r"s$|^has\b|\bhas been$")
_INTRODUCTION = Glue(
    r"[ -](?:(?<=\w.)(?:year|month|week|day)s?[- ]old\b|(?<=\bwe )(?:report|describe|present)\b|"
    r"(?:(?<=\bcase )|(?<=\breport )|(?<=\bpatient ))of\b)"
)
#: What is denied is an effect of a drug, or the need of one; no cue of a finding ("negative") denies a drug.
_EFFECT = Glue(
    r"\b{effect}\b|\b(?:at|after) [\w-]+ (?:week|month|year)s? (?:on|of|with)\b|\bat $",
    {"effect": cue_words("effect")},
)
_NEED = Glue(r"\b{need}\b", {"need": cue_words("need")})
_FINDING = Glue(r"\b(?:negative|normal|absent|unremarkable|free)\b")
#: A note's sign behind a name: "Corticosteroids (-), heparin (no)".
_CROSSED_OUT = Glue(
    r"(?: (?:use|intake|exposure|therapy|treatment))? ?\((?:-|–|−|no|none|nil|denied|never)\)"
)
#: "Negative for the use of A", "history was negative for A": of taking it.
_OF_TAKING = Glue(
    r" (?:for|of) (?:(?:any|the|prior|previous|past|chronic|long-term|prolonged|regular|current|recent) "
    r"){0,3}"
    r"(?:use|intake|exposure|ingestion|treatment|therapy|administration|medications?|drugs?)\b"
)
_TOLD_OF_LIFE = Glue(r"\b(?:history|anamnesis|hx)\b[^.;,]{0,30}$")
_LIFE_WITHIN = 60
_EFFECT_WITHIN, _OF_NEITHER_WITHIN = 25, 60
#: Right before a drug: it comes to its end before what is planned ("A is planned after completion of B").
_AFTER_ITS_END = Glue(
    r"\b(?:when|once|after|as soon as) (?:she|he|the patient) (?:has |had )?(?:finish|complet|end)(?:e?s|ed) "
    r"(?:(?:the|her|his|treatment|therapy|with|a|course|of) ){0,4}$|"
    r"\b(?:after|following|upon|on|at|once) (?:(?:the|her|his) )?"
    r"(?:completi(?:on|ng)|finish(?:ing)?|end(?:ing)?|conclusion|cessation|discontinuation|stopping|"
    r"\w+ (?:weeks?|months?|years?))(?: of)? (?:(?:the|her|his|treatment|therapy|with|a|course|of|\w+-\w+) "
    r"){0,4}$"
)
#: Behind a drug that is handed over or told of: it is still to be taken.
_TO_BE_BEGUN = Glue(
    r"[^.;]{0,60}?,? (?:which (?:was|is) )?to be (?:started|begun|commenced|initiated|introduced) "
    r"(?:after|once|when|as soon as|following|from|only|if|later|at|in)\b"
)


def _about_others(told: Told) -> bool:
    return told.context.family or told.context.general


def _as_such(told: Told) -> bool:
    lower = told.sentence.lower
    if after(told.view, told.sentence, sc.GENERAL_AFTER, told.end, len(lower)) is not None:
        return True
    if told.tail <= told.end:
        return False
    of_all = after(told.view, told.sentence, sc.GENERAL_AFTER, told.tail, len(lower))
    return of_all is not None and not _SINGULAR.search(lower, of_all.start, of_all.end)


def _negated(told: Told) -> bool:
    crossed = _CROSSED_OUT.behind(told.sentence.lower, told.end) is not None
    return crossed or _is_denied(told) or told.before(sc.REFUSED_BEFORE)


def _not_needed(told: Told) -> bool:
    """Whether the words only say that a drug was not needed: nobody thought of giving it."""
    return told.context.negated and any(_NEED.within(*gap) for gap in _negations(told))


def _is_denied(told: Told) -> bool:
    """Whether a negation is about taking the drug, not about its effect or a finding ("no response to A",
    "A did not help", "the test with A was negative")."""
    return told.context.negated and any(not _EFFECT.within(*gap) for gap in _negations(told))


def _negations(told: Told) -> Iterator[tuple[str, int, int]]:
    """For each word that may deny a drug the words that say what it denies: those between it and the drug's
    list, or those behind it where it stands behind the name."""
    lower, base = told.sentence.lower, told.sentence.start
    for start, end in told.context.cues:
        first, last = start - base, end - base
        if _FINDING.within(lower, first, last) and not (
            _OF_TAKING.behind(lower, last) or _TOLD_OF_LIFE.within(lower, max(0, first - _LIFE_WITHIN), first)
        ):
            continue
        if lower.startswith(("neither", "nor"), first):
            yield lower, first, told.end + _OF_NEITHER_WITHIN
        else:
            yield (lower, first, told.head) if last <= told.head else (lower, first, last + _EFFECT_WITHIN)


def _now(told: Told) -> bool:
    return told.before(sc.NOW_BEFORE)


def _started(told: Told) -> bool:
    begun = told.before(sc.STARTED_BEFORE) and not told.before(pc.FORMERLY_BEFORE)
    return (
        begun
        and not told.in_youth
        and not _elsewhere(told)
        and not _of_a_pregnancy(told)
        and not (of_a_mother(told.view) and told.after(pc.FOR_THE_PREGNANCY, NEAR))
    )


def _of_a_pregnancy(told: Told) -> bool:
    """Whether a mother took the drug for an illness of her pregnancy."""
    return of_a_mother(told.view) and told.before(pc.ILLNESS_OF_PREGNANCY, FAR)


def _elsewhere(told: Told) -> bool:
    """Whether others gave the drug, before the patient came."""
    return told.before(pc.ELSEWHERE, FAR) or told.after(pc.ELSEWHERE, NEAR) is not None


def _planned(told: Told) -> bool:
    lower = told.sentence.lower
    if _AFTER_ITS_END.within(lower, told.left, told.head):
        return False
    if told.context.planned or told.to_follow or told.before(plans.PLANNED_BEFORE):
        return True
    if _TO_BE_BEGUN.behind(lower, told.end):
        return True
    found = told.after(plans.PLANNED_AFTER, _PASSIVE_WITHIN)
    return found is not None and not _SUBJECT.search(told.sentence.lower, told.end, found.start)


def _brought(told: Told) -> bool:
    """Whether somebody came with the drug, or what brought the patient arose under it."""
    introduced = told.before(ac.INTRODUCED_BEFORE, LONG) and told.after(ac.CAME_AFTER, LONG) is not None
    return introduced or (_tells_of_a_case(told) and told.before(ac.AROSE_BEFORE, LONG))


def _tells_of_a_case(told: Told) -> bool:
    """Whether a sentence introduces a patient, so that what arose in it is the illness reported."""
    return _INTRODUCTION.within(told.sentence.lower, 0, len(told.sentence.lower)) is not None


def _ongoing(told: Told) -> bool:
    return told.before(pc.ONGOING_BEFORE, FAR) and not told.asleep and not _for_the_pain(told)


def _comorbid(told: Told) -> bool:
    """Whether the drug is for a lasting illness that the patient has besides."""
    if _tells_of_a_case(told):
        return False
    if told.before(ac.COMORBID_BEFORE, FAR):
        return True
    return told.before(ac.TAKEN_BEFORE) and told.after(ac.COMORBID_AFTER, NEAR) is not None


def _still(told: Told) -> bool:
    return told.before(sc.STILL_BEFORE, FAR)


def _for_the_pain(told: Told) -> bool:
    """Whether a mother took the drug for the pain of her fractures, found or not, whoever gave it."""
    lower = told.sentence.lower
    return (
        of_a_mother(told.view)
        and _PAIN.behind(lower, max(told.end, told.tail)) is not None
        and _LONG_BEFORE.within(lower, 0, len(lower)) is None
    )


def _prior(told: Told) -> bool:
    if _for_the_pain(told):
        return False
    if pc.BY_THEN.behind(told.sentence.lower, 0) or pc.SO_FAR.within(told.sentence.lower, 0, told.head):
        return False
    if pc.AT_DISCHARGE.within(told.sentence.lower, 0, told.head):
        return False
    if told.context.historical or told.in_youth or told.before(pc.PRIOR_BEFORE, FAR):
        return True
    if _elsewhere(told) or _of_a_pregnancy(told):
        return True
    found = told.after(pc.PRIOR_AFTER)
    if of_a_mother(told.view):
        if told.before(pc.IN_PREGNANCY_BEFORE, FAR):
            return True
        found = found or told.after(pc.IN_PREGNANCY_AFTER)
    return found is not None and not OTHER_SUBJECT.search(told.sentence.lower, told.end, found.start)


@dataclass(frozen=True)
class Decision:
    """One reason for a status. `says` are sentences that it decides, `over` those of them in which a later
    decision would say otherwise: they hold the order in place."""

    name: str
    status: str | None
    holds: Callable[[Told], bool]
    says: tuple[str, ...]
    over: Mapping[str, str] = field(default_factory=dict)  # sentence -> the later decision's name
    again: bool = False  # holds whatever was told of the drug before
    aside: bool = False  # says nothing where the drug was taken at another time


DECISIONS = (
    Decision(
        "of somebody else",
        None,
        _about_others,
        says=("Her mother took alendronate.",),
        over={"Her mother had never taken alendronate.": "negated"},
    ),
    Decision(
        "the drug as such",
        None,
        _as_such,
        says=("Heparin is a known cause of bone loss.",),
        over={"Heparin can rarely be stopped.": "stopped"},
    ),
    Decision(
        "set aside",
        "denied",
        endings.set_aside,
        says=("Alendronate was withheld.", "Denosumab was not restarted."),
        over={"Denosumab was not restarted.": "negated"},
        aside=True,
    ),
    Decision(
        "broken off",
        "stopped",
        endings.broken_off,
        says=("Codeine made her sick and was not continued.", "She could not tolerate alendronate."),
        over={"Codeine made her sick and was not continued.": "negated"},
    ),
    Decision(
        "not needed",
        None,
        _not_needed,
        says=("She did not require heparin.", "There was no need for heparin."),
        over={"She did not require heparin.": "negated"},
    ),
    Decision(
        "negated",
        "denied",
        _negated,
        says=("She refused to take alendronate.", "She had never taken heparin."),
        over={"She had never been on heparin.": "prior"},
    ),
    Decision(
        "not done",
        "denied",
        endings.not_done,
        says=("Alendronate was prescribed, but she did not take it.",),
        over={"Alendronate was planned but never started.": "planned"},
    ),
    Decision(
        "only considered",
        None,
        endings.only_considered,
        says=("Denosumab was considered.", "Previously denosumab was considered."),
        over={"Previously denosumab was considered.": "prior"},
    ),
    Decision(
        "begun again",
        "given",
        endings.again,
        says=("Alendronate was restarted.", "Heparin was stopped and was resumed a day later."),
        over={"Heparin was stopped and was resumed a day later.": "stopped"},
        again=True,
    ),
    Decision(
        "stopped",
        "stopped",
        endings.stopped,
        says=("Alendronate was stopped.", "She stopped taking alendronate."),
        over={"Heparin was stopped before conception.": "prior"},
    ),
    Decision(
        "now",
        "given",
        _now,
        says=("She is now on teriparatide.",),
        over={"She is currently on teriparatide.": "ongoing"},
    ),
    Decision(
        "brought",
        "prior",
        _brought,
        says=(
            "A 60-year-old man on warfarin presented with haematuria.",
            "A 30-year-old woman developed hepatitis after starting phenytoin.",
        ),
        over={"A 60-year-old man who was started on carbamazepine developed a rash.": "started"},
    ),
    Decision(
        "started",
        "given",
        _started,
        says=("She was started on teriparatide.",),
        over={"She was started on teriparatide, which was recommended.": "planned"},
    ),
    Decision(
        "planned",
        "planned",
        _planned,
        says=("Teriparatide will be given.", "We advised teriparatide."),
        over={"At follow-up we advised teriparatide.": "still"},
    ),
    Decision(
        "still",
        "given",
        _still,
        says=("At the last visit she was still on alfacalcidol.",),
        over={"She was still taking alfacalcidol.": "ongoing"},
    ),
    Decision(
        "prior",
        "prior",
        _prior,
        says=("Warfarin was taken before pregnancy.", "She was treated with calcium from ages 8 to 12."),
        over={"She had been taking aspirin.": "ongoing"},
    ),
    Decision(
        "ongoing",
        "prior",
        _ongoing,
        says=("She was on lamotrigine.",),
        over={"She had epilepsy, for which she was on lamotrigine.": "comorbid"},
    ),
    Decision(
        "comorbid",
        "prior",
        _comorbid,
        says=(
            "She had hypertension treated with amlodipine.",
            "He took aspirin for ischaemic heart disease.",
        ),
    ),
    Decision("told", "given", lambda told: True, says=("She received teriparatide.",)),
)


#: What these decide holds until the illness is treated.
UNLESS_UNDER_WAY = frozenset({"ongoing", "comorbid"})


def decide(told: Told) -> Decision:
    """The decision on a drug's status: the first that holds."""
    return next(decision for decision in DECISIONS if decision.holds(told))
