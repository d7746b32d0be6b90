"""A birth told by how long ago it was at the visit: "she had delivered two months earlier"."""

from __future__ import annotations

import re

from extractors.rules.rule import Glue, Rule
from extractors.time.delivery import span_of
from extractors.time.when import When, from_delivery

#: A birth further back (days) is another one's, not what the visit is about.
_AT_MOST = 400


#: "Pain began after giving birth a year ago": the birth dates it, not the visit.
_AFTER = Glue(r"\b(?:after|since|following|before|upon|until|with) (?:[\w-]+ ){0,2}$")
_AFTER_REACH = 40


def _since_birth(m: re.Match[str]) -> When | None:
    days = span_of(m)
    if _AFTER.within(m.string, m.start() - _AFTER_REACH, m.start()):
        return None
    return None if days is None or days[1] > _AT_MOST else from_delivery(m, days)


_TWO_MONTHS, _FOUR_WEEKS = When("delivery", 61, 61), When("delivery", 28, 28)

RULES = (
    Rule(
        "birth units ago",
        r"\b(?:{birth}|(?:had|has) (?:had )?(?:an?|her|the) (?:[\w-]+ ){0,3}?(?:{baby})|"
        r"(?:{baby}) (?:had been|has been|was|were) (?:born|delivered))\b"
        r"(?:,? (?!{no word of a birth}\b)(?:[\w'/-]+|\([\w ,'-]{1,40}\))){0,9}?"
        r"(?: (?:was|took place|had been))? "
        r"(?P<time>{duration} {ago})",
        _since_birth,
        says={
            "She had delivered her second baby 2 months ago.": _TWO_MONTHS,
            "She had given birth to a girl four weeks earlier.": _FOUR_WEEKS,
            "She had delivered at home (unattended) four weeks prior to admission.": _FOUR_WEEKS,
            "Eutocia of a full-term girl four weeks before admission.": _FOUR_WEEKS,
            "She was s/p vaginal delivery 4 weeks ago.": _FOUR_WEEKS,
            "Her last delivery was 4 weeks before admission.": _FOUR_WEEKS,
            "She had had her first child two months before admission.": _TWO_MONTHS,
            "A mother who delivered 2 months back was seen.": _TWO_MONTHS,
            "Her first child had been born two months earlier.": _TWO_MONTHS,
            "The patient, whose daughter was born four weeks before, had pain.": _FOUR_WEEKS,
        },
        silent=(
            "She delivered a boy and fell 2 months ago.",
            "She had delivered 2 months after her fall.",
            "After delivery pain began 2 weeks ago.",
            "She had delivered two months before the pain began.",
        ),
    ),
    Rule(
        "birth dated back",
        r"\b(?:{birth}) (?:dated|dates|went|goes|lay|lies|was|is) back (?:about )?(?P<time>{duration})\b",
        _since_birth,
        says={"Her delivery dated back two months.": _TWO_MONTHS},
        silent=("Her back pain dated back two months.",),
    ),
    Rule(
        "units ago birth",
        r"(?<![\w.+])(?P<time>{duration} (?:ago|back|earlier|previously|before)),? "
        r"(?:(?:she|who|i|the patient|the woman) )?(?:(?:had|has) )?(?:just )?"
        r"(?:delivered|given birth|gave birth|(?:had|undergone) (?:an?|her|the) (?:[\w-]+ ){0,3}?"
        r"(?:{baby}|{birth}))\b",
        _since_birth,
        says={
            "Four weeks ago she had delivered her second baby.": _FOUR_WEEKS,
            "Two months earlier, the patient gave birth.": _TWO_MONTHS,
            "Four weeks before, she had undergone a caesarean section.": _FOUR_WEEKS,
        },
        silent=("Four weeks after she had delivered, she fell.", "Four weeks ago she had a fall."),
    ),
)
