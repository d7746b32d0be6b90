"""Times counted from a birth: "3 weeks after delivery", "postpartum day 5", "soon after birth"."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.language.numbers import parse_count, parse_ordinal
from extractors.rules.rule import Rule
from extractors.time import durations as du
from extractors.time.when import MOTHERHOOD, When, from_delivery, provided

#: Days after delivery that a vague "soon" or "in the weeks after" may span.
_SOON = {"hours": (0, 1), "days": (0, 7), "weeks": (0, 42), "months": (0, 183)}
_SHORTLY = (0, 14)
_SINCE = (0, 7)
#: Units by the letter that stands for them in "at M4 post-partum".
_LETTERS = {"d": "day", "w": "week", "m": "month"}
#: What "the next day" and the like after a birth stand for.
_NEXT = {"day": (1, 1), "morning": (1, 1), "week": (7, 14)}
#: "The first few days": as many as a few are.
_FEW = 3.0
#: Days: at a visit with a child so young its birth is not far.
_YOUNG = 400
#: "A 37-year-old postpartum woman", "two weeks past her expected date of delivery".
_AGE_OR_DUE = re.compile(r"\byears?-old\b|\b(?:expected|estimated|due|anticipated|scheduled|planned)\b")


def span_of(m: re.Match[str]) -> du.Days | None:
    """The days of the duration that a phrase holds, None if it cannot be read."""
    days = du.duration_days(m["count"], m["unit"], m["upto"])
    told = m.groupdict()
    years = parse_count(told.get("years") or "") or 0
    more = round(years * du.DAYS_PER_YEAR + (du.unit_days(m["unit"]) / 2 if told.get("half") else 0))
    return None if days is None else (days[0] + more, days[1] + more)


def _after(m: re.Match[str]) -> When | None:
    days = span_of(m)
    if days is None or m["howlong"]:
        return None  # how long, not when: "pain for 4 months following delivery"
    if _AGE_OR_DUE.search(m["time"]):
        return None
    return from_delivery(m, (0, days[1]) if m["lead"] == "within" else days)


def _before(m: re.Match[str]) -> When | None:
    days = span_of(m)
    return None if days is None else from_delivery(m, (-days[1], -days[0]))


def _age(m: re.Match[str]) -> When | None:
    days = span_of(m)
    return None if days is None else from_delivery(m, days)


def _nth(m: re.Match[str]) -> When | None:
    n, unit = parse_ordinal(m["nth"]), m["nth_unit"]
    if n is None:
        return None
    low, high = du.nth_span(n, unit)
    if n == 1 and (m["few"] or unit.endswith("s")):
        low, high = 0, round((parse_count(m["few"] or "") or _FEW) * du.unit_days(unit))
    start = parse_ordinal(m["nth_from"] or "")
    if start is not None and start < n:
        low = du.nth_span(start, unit)[0]
    return from_delivery(m, (low, high))


def _nth_puerperal(m: re.Match[str]) -> When | None:
    n = parse_ordinal(m["nth"])
    return None if n is None else from_delivery(m, du.nth_span(n, m["unit"]))


def _numbered(m: re.Match[str]) -> When | None:
    count = parse_count(m["n"])
    return None if count is None else from_delivery(m, du.point(int(count), m["unit"]))


def _day(m: re.Match[str]) -> When:
    return from_delivery(m, du.point(int(m["n"]), _LETTERS[m.groupdict().get("unit") or "d"]))


def _fraction(m: re.Match[str]) -> When:
    unit = {"52": "weeks", "12": "months", "7": "days"}[m["unit"]]
    return from_delivery(m, du.point(int(m["n"]), unit))


def _soon(m: re.Match[str]) -> When:
    return from_delivery(m, _SOON[m["unit"]])


def _same_day(m: re.Match[str]) -> When:
    return from_delivery(m, (0, 1) if m["unit"] in ("night", "evening") else (0, 0))


def _young(m: re.Match[str]) -> When | None:
    """The age of a child who is so young that the visit is one after its birth."""
    age = _age(m)
    return age if age is not None and (age.high or 0) <= _YOUNG else None


def _next(m: re.Match[str]) -> When:
    return from_delivery(m, _NEXT.get(m["unit"], (0, 1)))


def always(days: du.Days) -> Callable[[re.Match[str]], When]:
    """A reader of a phrase that always stands for the same days."""
    return lambda m: from_delivery(m, days)


def told(low: int, high: int | None = None, pregnancy: int | None = None) -> When:
    """What a rule's sentence says: days from delivery."""
    return When("delivery", low, low if high is None else high, pregnancy=pregnancy)


#: The child's age, which is the time from its birth.
CHILD = (
    Rule(
        "age of the child",
        r"\b(?:when|while|as|once|by the time) (?:(?:the|her|his|my|this) {baby}|{child named}) "
        r"(?:was|had been|were) (?:(?:only|just) )?{duration}(?: old| of age)?",
        _age,
        says={
            "She came when the baby was 3 months old.": told(91),
            "It began when Edda was five weeks old.": told(35),
        },
        silent=("It began when she was 14 years old.", "when the treatment was 3 months old"),
    ),
    Rule(
        "age of the child when",
        r"\b(?:her|the|my|our patient's|the patient's|\w+n's) {baby} (?:was|were) "
        r"(?:(?:only|just|about) )?{duration}(?: old| of age) when "
        r"(?=the (?:patient|pain)\b|her\b|she (?:\w+ly |first |herself )?"
        r"(?:felt|noticed|experienced|complained|presented|came|sought|was (?:seen|referred|admitted))\b)",
        _age,
        says={
            "Her daughter was five months old when she first felt pain.": told(152),
            "The baby was 3 weeks old when her back pain began.": told(21),
        },
        silent=("Her son was 3 months old when he fell.", "The girl was 3 years old."),
    ),
    Rule(  # what she did with the child tells its age and so the day
        "age of the child held",
        r"\b(?:lift\w*|hold\w*|carry\w*|carried|picking up|picked up|bath\w*|nursing|breast-?\s?feeding|"
        r"feeding|changing|mother of|bending (?:over|down) (?:to (?:\w+ ){1,3})?) (?:her|the|my|an?) "
        r"{duration}-old (?:\w+ )?{baby}",
        _age,
        says={"It began while lifting her 3-month-old healthy son.": told(91)},
        silent=("The mother of a 30-year-old woman had osteoporosis.",),
    ),
    Rule(
        "age of the child she has",
        r"\b(?:with|has|had|having|mother to) (?:an?|her|one) (?:(?:healthy|first|breast-?fed) )?"
        r"{duration}-old (?:\w+ )?{baby}\b(?! with\b)",
        _young,
        says={
            "She had a 4-month-old baby and pain in her back.": told(122),
            "A woman with a healthy three-week-old daughter came.": told(21),
        },
        silent=(
            "A woman with a 5-year-old son came.",
            "She had a 4-month-old fracture.",
            "She had a 4-month-old son with rickets.",
        ),
    ),
)

#: A duration and the birth that it is counted from.
COUNTED = (
    Rule(
        "units after birth",
        r"(?<![\w.+]){lasting}(?P<time>{span}(?:'s?)?[ -](?:old )?{after birth})",
        _after,
        says={
            "Pain began 4 weeks after her first delivery.": told(28, pregnancy=1),
            "It began within 48 hours of a normal labour.": told(0, 2),
            "It began two weeks after the birth of her second child.": told(14, pregnancy=2),
            "Severe back pain began three weeks after NVD.": told(21),
            "Ten days out from delivery she felt back pain.": told(10),
            "It was felt a fortnight after the accouchement.": told(14),
            "It began three weeks after her baby was born.": told(21),
            "It began two to three months postpartum.": told(61, 91),
            "DXA two years and one month after delivery": told(760),
            "DXA a year and a half after delivery": told(548),
        },
        silent=(
            "She had had pain for 4 months following delivery.",
            "A 37-year-old postpartum woman was seen.",
            "She came two weeks past her expected date of delivery.",
            "Two weeks after surgery she was well.",
            "It rose 3 weeks after laboratory tests.",
        ),
    ),
    Rule(
        "units before birth",
        r"(?<![\w.+]){lasting}(?P<time>{span} {before birth})",
        _before,
        says={
            "It began two weeks prior to delivery.": told(-14),
            "It began 10 days before giving birth.": told(-10),
        },
        silent=("It began two weeks before surgery.",),
    ),
)

#: A duration that a pregnancy's end or the nursing that began with it is told around.
AROUND = (
    Rule(
        "units after pregnancy",
        r"(?<![\w.+]){lasting}(?P<time>{span} (?:after|following) "
        r"(?:(?:(?:the )?end of )?{her pregnancy}(?: (?:had|was) (?:ended|over|completed))?|"
        r"(?:it|this|that) (?:had|was) (?:ended|over)))\b",
        _after,
        says={
            "Two months after her first pregnancy she felt pain.": told(61, pregnancy=1),
            "Pain began a week after the end of her pregnancy.": told(7),
            "Her pregnancy was quiet; a month after it had ended she fell.": told(30),
        },
        silent=("Two months after her treatment she felt pain.",),
    ),
    Rule(
        "nursing for units when",
        r"\b(?P<time>(?:breast-?\s?(?:feeding|fed)|nurs(?:ing|ed)|lactating|suckl(?:ing|ed)|"
        r"g(?:iven|iving|ave) (?:her (?:\w+ )?)?(?:the )?breast)"
        r"(?: (?:(?:her|the|this|a) )?(?:\w+ )?{baby})? "
        r"for {duration})(?= when\b|, when\b| before\b)",
        _age,
        says={
            "She had been breastfeeding for three months when she felt pain.": told(91),
            "She had nursed her small son for two months when she felt pain.": told(61),
            "She had given the breast for ten weeks when pain came on.": told(70),
        },
        silent=("She breastfed her son for two months.",),
    ),
)

#: Expressions of their own: "on the second day after delivery", "shortly after birth", "in the puerperium".
NAMED = (
    Rule(
        "nth unit after birth",
        r"(?:\b{nth_from:ordinal} (?:and|to|or) (?:the )?)?\b{nth unit} {after birth}",
        _nth,
        says={
            "It was worse on the fourth day after the delivery.": told(4),
            "It spread within the first week after birth.": told(0, 7),
            "Between the second and third month after delivery she fell.": told(30, 91),
            "It began in the first few days postpartum.": told(0, 3),
            "In the third month of lactation she fell.": told(61, 91),
        },
        silent=("In the third month of treatment she fell.",),
    ),
    Rule(
        "nth puerperal unit",
        r"\b{nth:ordinal} (?:post-?\s?(?:partum|natal|delivery)|puerperal|postpartal|lactation) "
        r"(?P<unit>day|week|month|year)",
        _nth_puerperal,
        says={
            "On the first postpartum day she fell.": told(1),
            "In the second postpartum month she fell.": told(30, 61),
        },
        silent=("On the first postoperative day she fell.",),
    ),
    Rule(
        "postpartum unit n",
        r"(?:post-?\s?(?:partum|natal|delivery|c(?:ae|e|a)sarean)|puerperal) (?P<unit>day|week|month)s? #?"
        r"(?P<n>\d+|{number word})",
        _numbered,
        says={"On postpartum day 5 she fell.": told(5), "On postpartum days #1 and #3 she fell.": told(1)},
        silent=("The puerperal day was long.",),
    ),
    Rule(  # notes write weeks as "/52", months as "/12", days as "/7"
        "n of 52 after birth",
        r"(?<![\d/.])(?P<n>\d{1,2})/(?P<unit>52|12|7) (?:{after birth}|p/?n\b)",
        _fraction,
        says={"Back pain since 2/52 PN.": told(14), "Back pain began 3/12 post partum.": told(91)},
        silent=("Pain was 7/12 today.",),
    ),
    Rule(
        "unit n after birth",
        r"\b(?P<unit>day|week|month)s? (?P<n>\d+|{number word}) {after birth}",
        _numbered,
        says={"On day 5 after delivery she fell.": told(5)},
        silent=("On day 5 after surgery she fell.",),
    ),
    Rule(
        "D n after birth",
        r"\b(?<!vitamin )(?<!vit )(?<!vit\. )(?:at )?(?P<unit>[dwm]) ?\+?(?P<n>\d{1,2}) {after birth}",
        _day,
        says={
            "She was seen at D10 postpartum.": told(10),
            "She was seen at M4 of the post-partum.": told(122),
            "It was well by W6 of the puerperium.": told(42),
        },
        silent=("vitamin D3 after surgery", "She took vitamin D3 after delivery.", "at M12 of treatment"),
    ),
    Rule(
        "at D n",
        r"\b(?:stopped|started|began|begun|weaned|ended|appeared|discharged|consulted|was seen|readmitted) "
        r"(?P<time>at d(?P<n>\d{1,2}))\b(?![-/\d]|,? of |(?:,| and| to| &) [dtl]\d| (?:level|vertebra))",
        lambda m: provided(_day(m), MOTHERHOOD),
        says={"Breastfeeding was stopped at D15.": When("delivery", 15, 15, given=MOTHERHOOD)},
        silent=("It was stopped at D5 of the cycle.", "Pain began at D9 level.", "wedges at D5, D6 and D9"),
    ),
    Rule(  # after a caesarean the days after surgery are those after the birth
        "postoperative day n of a birth",
        r"\b(?:pod|post-?\s?op(?:erative)? day) ?#?(?P<n>\d{1,2}),? {after birth}",
        _day,
        says={
            "POD#6 s/p repeat LTCS, brought in with back pain.": told(6),
            "On POD 4 after her caesarean she fell.": told(4),
        },
        silent=("On POD 3 after a laminectomy she fell.",),
    ),
    Rule(
        "PPD n",
        r"\bppd ?#?(?P<n>\d{1,3})\b",
        _day,
        says={"Seen on PPD 5, she complained of pain.": told(5)},
        silent=("PPD was negative.",),
    ),
    Rule(
        "within units of birth",
        r"\bwithin (?:(?:a|the) )?(?:(?:few|couple of|first) )?(?P<unit>hours|days|weeks|months) of "
        r"{the}{delivery}",
        _soon,
        says={"She had back pain within days of childbirth.": told(0, 7)},
        silent=("It healed within weeks of surgery.",),
    ),
    Rule(
        "few units after birth",
        r"\b(?:(?:in|over|within) )?(?:the )?(?:(?:a|first) )?(?:{few} )?(?P<unit>hours|days|weeks|months) "
        r"(?:after|following) {the}{delivery}",
        _soon,
        says={
            "A few days after delivery she fell.": told(0, 7),
            "In the weeks after birth she fell.": told(0, 42),
        },
        silent=("A few days after surgery she fell.",),
    ),
    Rule(
        "soon after birth",
        r"\b{soon} (?:after|following) {the}{delivery}",
        always(_SHORTLY),
        says={
            "Shortly after delivery she fell.": told(0, 14),
            "Back pain began shortly after the accouchement.": told(0, 14),
            "Back pain began shortly after the partus.": told(0, 14),
            "Back pain began shortly after NVD.": told(0, 14),
        },
        silent=("Soon after the operation she fell.",),
    ),
    Rule(
        "few units postpartum",
        r"\b(?:(?:a|first) )?{few} (?P<unit>hours|days|weeks|months) post-?\s?(?:partum|delivery|natally)",
        _soon,
        says={"She fell a few days postpartum.": told(0, 7)},
        silent=("She fell a few days ago.",),
    ),
    Rule(
        "soon postpartum",
        r"\b(?:shortly|soon|immediately|directly|early) post-?\s?(?:partum|delivery|natally)",
        always(_SHORTLY),
        says={"She fell shortly postpartum.": told(0, 14)},
        silent=("It improved shortly.", "Just postpartum"),
    ),
    Rule(
        "day of birth",
        r"\b(?:on )?the (?:very )?(?:(?:next|same|following) )?(?P<unit>day|week|morning|night|evening) of "
        r"{the}{delivery}",
        _same_day,
        says={"On the day of delivery she fell.": told(0), "On the night of her delivery": told(0, 1)},
        silent=("On the day of surgery she fell.",),
    ),
    Rule(
        "day after birth",
        r"\b(?:on )?the (?:very )?(?:(?:next|same|following) )?(?P<unit>day|week|morning|night|evening) "
        r"(?:after|following) {the}{delivery}",
        _next,
        says={"The day after her caesarean she fell.": told(1)},
        silent=("The day after surgery she fell.",),
    ),
    Rule(
        "since birth",
        r"\b(?:ever )?since (?!birth\b(?! of)){the}{delivery}",
        always(_SINCE),
        says={"Pain since the delivery.": told(0, 7), "Pain since the birth of twins.": told(0, 7)},
        silent=("Pain since the accident.", "He had had jaundice since birth."),  # the patient's own
    ),
)
