"""Periods around a birth that have a name: "in the puerperium", "late postpartum", "while nursing"."""

from __future__ import annotations

from extractors.rules.rule import Rule
from extractors.time.delivery import always, told

#: Days of the periods; they are months where nobody weans.
_IMMEDIATE, _PUERPERIUM, _POSTPARTUM, _NURSING, _LATE = (0, 7), (0, 42), (0, 183), (0, 365), (42, 365)

#: Periods that have a name, those with more words before those with fewer.
PERIODS = (
    Rule(
        "early postpartum",
        r"\bearly (?:in (?:the )?)?(?:post-?\s?(?:partum|natal)|puerper\w+)(?: period)?",
        always(_PUERPERIUM),
        says={"Pain in the early puerperium.": told(0, 42)},
        silent=("an early fracture",),
    ),
    Rule(
        "immediately postpartum",
        r"\bimmediate (?:in (?:the )?)?(?:post-?\s?(?:partum|natal)|puerper\w+)(?: period)?",
        always(_IMMEDIATE),
        says={"Pain in the immediate puerperium.": told(0, 7)},
        silent=("immediate pain",),
    ),
    Rule(
        "late postpartum",
        r"\blate (?:in (?:the )?)?(?:post-?\s?(?:partum|natal)|puerper\w+)(?: period)?",
        always(_LATE),
        says={"Pain in the late postpartum period.": told(42, 365)},
        silent=("late pain",),
    ),
    Rule(
        "postpartum period",
        r"\bpost-?\s?partum period",
        always(_POSTPARTUM),
        says={"Pain in the postpartum period.": told(0, 183)},
        silent=("postpartum osteoporosis",),
    ),
    Rule(
        "postpartum alone",
        r"\bpost-?\s?partum(?=\s?[,.;)]|$)",
        always(_PUERPERIUM),
        says={"Postpartum, the pain increased.": told(0, 42)},
        silent=("postpartum osteoporosis",),
    ),
    Rule(
        "at birth",
        r"\b(?:during|at|in|with) (?:(?:the|her) )?(?:labou?r|delivery|childbirth)\b"
        r"(?! of (?:(?:the|an?) )?(?:\w+ )?(?:stent|device|catheter|balloon|coil|valve|dose|shock|drug)s?\b)",
        always((0, 0)),
        says={"Pain began during labour.": told(0)},
        silent=("Pain began during work.", "It broke during delivery of the stent."),
    ),
    Rule(
        "after birth",
        r"\b(?:after|following) {the}{delivery}",
        always(_PUERPERIUM),
        says={"Pain began after delivery.": told(0, 42)},
        silent=("Pain began after a fall.",),
    ),
    Rule(
        "puerperium",
        r"\b(?:during|in|while|throughout) {that nth}puerperium",
        always(_PUERPERIUM),
        says={"Pain in the puerperium.": told(0, 42)},
        silent=("Pain of puerperal origin.",),
    ),
    Rule(
        "while nursing",
        r"\b(?:during|in|while|throughout) {that nth}(?:lactation|breast-?\s?feeding|nursing|lactating)",
        always(_NURSING),
        says={"Pain while breastfeeding.": told(0, 365)},
        silent=("She stopped breastfeeding.",),
    ),
)
