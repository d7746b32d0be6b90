"""Times in a pregnancy: "at 32+4 weeks", "in the eighth month", "third trimester", "near term"."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.language.numbers import parse_count, parse_ordinal
from extractors.rules.rule import Rule
from extractors.time import durations as du
from extractors.time.delivery import span_of
from extractors.time.when import MOTHERHOOD, When, in_gestation, provided

#: "The last few weeks": as many as a few are.
_FEW = 3.0
#: "At 39 weeks" without more is gestation in a sentence on pregnancy or birth, from here to here.
_BARE_WEEKS = range(20, 43)
_MONTHS = range(1, 11)
_HALVES = {"first": (-du.TERM_DAYS, -141)}
_SECOND_HALF = (-140, 0)
_PREGNANCY, _EARLY, _MIDDLE, _LATE = (-du.TERM_DAYS, 0), (-du.TERM_DAYS, -183), (-182, -85), (-84, 0)
_END, _NEAR_TERM, _TERM = (-61, 0), (-28, 0), (-21, 7)
#: How much of a trimester its beginning or end is.
_PART = round(du.DAYS_PER_MONTH * 1.5)
_TRIMESTERS = {"first": 1, "1st": 1, "early": 1, "second": 2, "2nd": 2, "mid": 2}


def _weeks(m: re.Match[str]) -> When | None:
    day = du.gestation_days(m["weeks"])
    return None if day is None else in_gestation(m, (day, day))


def _counted(m: re.Match[str], extra: str | None = None) -> When | None:
    """ "34 weeks of gestation", "at 8 months of pregnancy"."""
    count = parse_count(m["count"])
    upto = parse_count(m["upto"]) if m["upto"] else None
    if "amenorr" in m[0] and m.string.endswith(("with ", "for "), 0, m.start()):
        return None  # a complaint: "presented with four months of amenorrhoea"
    if count is None or m["unit"][0] not in "wm":
        return None
    if m["unit"].startswith("m"):
        if not _MONTHS.start <= count < _MONTHS.stop:
            return None
        low, high = du.month_of_pregnancy(int(count))
        return in_gestation(m, (low, du.month_of_pregnancy(int(upto))[1] if upto else high))
    day = round(count * 7) - du.TERM_DAYS + int(parse_count(extra) or 0 if extra else 0)
    last = round(upto * 7) - du.TERM_DAYS if upto else day
    return in_gestation(m, (day, max(day, last)))


def _counted_and_days(m: re.Match[str]) -> When | None:
    return _counted(m, m["days"])


def _bare(m: re.Match[str]) -> When | None:
    count = parse_count(m["count"]) or 0
    return provided(_counted(m, m["days"]), MOTHERHOOD) if int(count) in _BARE_WEEKS else None


def _before_term(m: re.Match[str]) -> When | None:
    days = span_of(m)
    return None if days is None else in_gestation(m, (-days[1], -days[0]))


def _last_units(m: re.Match[str]) -> When:
    few = m["n"] in ("few", "couple of") or (m["n"] is None and m["unit"].endswith("s"))
    count = _FEW if few else parse_count(m["n"] or "one") or 1
    return in_gestation(m, (-round(count * du.unit_days(m["unit"])), 0))


def _nth(m: re.Match[str]) -> When | None:
    n, unit = parse_ordinal(m["nth"]), m["nth_unit"]
    if n is None:  # the last, the final
        few = parse_count(m["few"]) if m["few"] and m["few"] != "few" else (_FEW if m["few"] else 1)
        return in_gestation(m, (-round((few or 1) * du.unit_days(unit)), 0))
    return _month_or_week(m, n, unit)


def _month_or_week(m: re.Match[str], n: int, unit: str) -> When | None:
    if unit.startswith("m"):
        return in_gestation(m, du.month_of_pregnancy(n)) if n in _MONTHS else None
    if unit.startswith("w"):
        return in_gestation(m, ((n - 1) * 7 - du.TERM_DAYS, n * 7 - du.TERM_DAYS))
    return None


def _nth_gestational(m: re.Match[str]) -> When | None:
    n = parse_ordinal(m["nth"])
    return None if n is None else _month_or_week(m, n, m["unit"])


def _month_n(m: re.Match[str]) -> When | None:
    return _month_or_week(m, int(parse_count(m["n"]) or 0), "month")


def _trimester(m: re.Match[str]) -> When:
    low, high = du.TRIMESTER_DAYS[_TRIMESTERS.get(m["nth"], 3)]
    part = m["part"] or ""
    if "end" in part or "late" in part:
        low = high - _PART
    elif part:
        high = low + _PART
    return in_gestation(m, (low, high))


def _half(m: re.Match[str]) -> When:
    return in_gestation(m, _HALVES.get(m["half"], _SECOND_HALF))


def _always(days: du.Days) -> Callable[[re.Match[str]], When]:
    return lambda m: in_gestation(m, days)


def _told(low: int, high: int | None = None, pregnancy: int | None = None, given: str = "") -> When:
    return When("gestation", low, low if high is None else high, "", pregnancy, given)


#: Expressions that hold a duration, which would be read by itself otherwise.
EXACT = (
    Rule(
        "weeks and days",
        r"\b(?P<weeks>\d{1,2} ?\+ ?[0-6](?:/7)?|\d{1,2} [0-6]/7)[ -]?{completed weeks}(?: {pregnant})?",
        _weeks,
        says={
            "It began at 36+4 weeks of gestation.": _told(-24),
            "It began at 32 4/7 weeks.": _told(-52),
        },
        silent=("It began at 36 weeks.",),
    ),
    Rule(
        "weeks w days d",
        r"\b(?P<weeks>\d{1,2} ?w ?\+?[0-6] ?d)\b(?:[ -]?{completed weeks})?(?: {pregnant})?",
        _weeks,
        says={"It began at 32w4d.": _told(-52)},
        silent=("It was 32 with 4 doses.",),
    ),
    Rule(  # the exact week behind a vaguer word for it
        "week in brackets",
        r"\b(?:trimester|pregnancy|pregnant) \((?:(?:at|about|approximately) )?(?P<weeks>{weeks})[ -]?"
        r"{completed weeks}(?: {pregnant})?\)",
        _weeks,
        says={
            "It began in the third trimester (38 weeks).": _told(-14),
            "She was pregnant (at 30 weeks of gestation).": _told(-70),
        },
        silent=("She was pregnant (twins).", "It began in the third trimester (for 3 weeks)."),
    ),
    Rule(  # of the birth beside it: "(elective caesarean, 39 weeks)"
        "weeks beside a birth",
        r"\b(?:{birth})(?: \(?(?:due to|for|because of|on account of|owing to) (?:[\w-]+ ){0,3}?[\w-]+)?"
        r"(?:,| \() ?(?P<time>(?:at )?(?P<weeks>2[89]|3\d|4[0-2])[ -]?{completed weeks})"
        r"(?=[,;)])",
        _weeks,
        says={
            "She was well after the birth (elective caesarean, 39 weeks).": _told(-7),
            "a vaginal delivery (38 weeks)": _told(-14),
            "She had a caesarean for breech, 38 weeks, boy.": _told(-14),
        },
        silent=("after the delivery (12 weeks)", "a caesarean, 39 weeks ago"),
    ),
    Rule(
        "last units of pregnancy",
        r"\b(?:last|final|closing|concluding) (?:(?P<n>\d+|{number word}|few|couple of) )?"
        r"(?P<unit>days?|weeks?|fortnights?|months?) "
        r"(?:of {her pregnancy}|{before} (?:(?:the|her) )?(?:term|{birth})\b)",
        _last_units,
        says={
            "It began in the last two weeks of pregnancy.": _told(-14, 0),
            "It began in the last weeks of her first pregnancy.": _told(-21, 0, 1),
            "It began in the closing two weeks of her quiet pregnancy.": _told(-14, 0),
        },
        silent=("It began in the last two weeks of treatment.",),
    ),
)

#: A duration and the pregnancy that it is counted in.
COUNTED = (
    Rule(
        "units before term",
        r"(?<![\w.+]){lasting}(?P<time>{span} (?:before|prior to) (?:(?:the|her|full) )?(?:expected )?"
        r"(?:term|due date)(?: of (?:(?:her|the) )?(?:(?P<which>{ordinal}) )?pregnancy)?)",
        _before_term,
        says={"It began one month before the term of her first pregnancy.": _told(-30, pregnancy=1)},
        silent=("It began one month before the treatment.",),
    ),
    Rule(
        "units of gestation",
        r"(?<![\w.+]){lasting}(?P<time>{span}'?[ -]"
        r"(?:{and days}'? )?{pregnant})",
        _counted_and_days,
        says={
            "It began at 32 weeks' gestation.": _told(-56),
            "It began at 32 weeks and 4 days of gestation.": _told(-52),
            "It began at seven months gestation.": _told(-97, -67),
            "She was 30 weeks into her second pregnancy.": _told(-70, pregnancy=2),
            "It began at 30 weeks of an otherwise quiet twin pregnancy.": _told(-70),
            "It began at 30 weeks POG.": _told(-70),
        },
        silent=(
            "It began at 32 weeks of treatment.",
            "It began at 3 days of gestation.",
            "She came with four months of amenorrhea.",
        ),
    ),
)

#: Weeks alone, behind what counts them from a birth.
BARE = (
    Rule(
        "bare weeks plus days",
        r"(?<![\w.+-])(?:(?:at|by|in|until|till) |(?<=\())(?P<weeks>(?:2\d|3\d|4[0-2]) ?\+ ?[0-6])"
        r"(?=[\s),;]|\.(?!\d)|$)(?! ?(?:mg|g|years?|points?|%))",
        lambda m: provided(_weeks(m), MOTHERHOOD),
        says={
            "Labour began at 37+3.": _told(-18, given=MOTHERHOOD),
            "A girl was born (39 + 1) by caesarean.": _told(-6, given=MOTHERHOOD),
        },
        silent=("She delivered at 12+3.", "The count of the newborn was 38+2."),
    ),
    Rule(  # "37+ weeks": some days more
        "bare weeks and some",
        r"(?<![\w.+-])(?:(?:at|by|in|until|till) |(?<=\())(?P<weeks>2\d|3\d|4[0-2]) ?\+ "
        r"(?:weeks?|wks?)\b{not told}",
        lambda m: provided(_weeks(m), MOTHERHOOD),
        says={"A caesarean was done at 38+ weeks.": _told(-14, given=MOTHERHOOD)},
        silent=("At 12+ weeks she was well.", "She had delivered at 38+ weeks of age."),
    ),
    Rule(
        "bare weeks",
        r"(?<!\S)(?:at|by) {more}{duration}(?: ?{and days}\b{not told})?{not told}",
        _bare,
        says={
            "She delivered a boy at 39 weeks.": _told(-7, given=MOTHERHOOD),
            "It was a breech birth at 37 weeks and 3 days.": _told(-18, given=MOTHERHOOD),
            "It was a breech birth at 37 weeks + 3 days.": _told(-18, given=MOTHERHOOD),
            "It was a breech birth at 37 weeks 3 days.": _told(-18, given=MOTHERHOOD),
            "She delivered at 37 weeks, 3 days after the fall.": _told(-21, given=MOTHERHOOD),
            "By 33 weeks of a quiet time, near term, she limped.": _told(-49, given=MOTHERHOOD),
        },
        silent=("She delivered a boy at 39 weeks of age.", "At 12 weeks she was well."),
    ),
)

#: Expressions of their own: "gestational week 33", "third trimester", "at term".
NAMED = (
    Rule(
        "gestational week n",
        r"\b(?:gestational week|week of (?:gestation|pregnancy)|"
        r"(?:gestational age|period of gestation|ga|pog)(?: of)?|gw|pregnancy week)[ :]? ?"
        r"(?P<weeks>{weeks}(?: {completed weeks},? (?:and )?[0-6] days?)?)(?!\w|\.\d)",
        _weeks,
        says={
            "It began at gestational week 33.": _told(-49),
            "It began at GW 33.": _told(-49),
            "It began at GA 33+2.": _told(-47),
            "It began at a POG of 33 weeks 2 days.": _told(-47),
        },
        silent=("It began in the gestational period.",),
    ),
    Rule(
        "week n of gestation",
        r"\bweeks? {weeks:weeks} (?:{pregnant}|of amenorrh)",
        _weeks,
        says={
            "It began in week 30 of gestation.": _told(-70),
            "It began towards week 30 of her single pregnancy.": _told(-70),
        },
        silent=("It began in week 30 of treatment.",),
    ),
    Rule(
        "n gestational weeks",
        r"\b{weeks:weeks} (?:gw|gestational weeks)\b",
        _weeks,
        says={"It began at 33 gestational weeks.": _told(-49)},
        silent=("It began 33 weeks ago.",),
    ),
    Rule(
        "n of 40",
        r"(?<![\d/.])(?P<weeks>[1-4]\d(?: ?\+ ?[0-6])?)/40(?![\d/])",
        _weeks,
        says={"Hip pain at 34/40 was her first complaint.": _told(-42)},
        silent=("The score was 134/40.", "BP 120/40"),
    ),
    Rule(
        "trimester",
        r"\b(?:(?P<part>towards? the end|end|late|beginning|start|early) (?:of|in) (?:the|her) )?"
        r"(?P<nth>first|second|third|last|final|1st|2nd|3rd|early|late|mid)[ -](?:third |and \w+ )?trimester"
        r"(?: of {her pregnancy})?",
        _trimester,
        says={
            "It began in the third trimester of her second pregnancy.": _told(-84, 0, 2),
            "It began towards the end of the second trimester.": _told(-131, -85),
        },
        silent=("It began in a trimester.",),
    ),
    Rule(
        "nth unit of pregnancy",
        r"\b{nth unit} {pregnant}",
        _nth,
        says={
            "It began in the 28th week of her first pregnancy.": _told(-91, -84, 1),
            "It began in the 8th month of pregnancy.": _told(-67, -36),
        },
        silent=("It began in the 28th week of treatment.", "It began on the third day of gestation."),
    ),
    Rule(
        "nth gestational unit",
        r"\b{nth:ordinal} (?:gestational|pregnancy) (?P<unit>week|month)\b",
        _nth_gestational,
        says={"It began in the 35th gestational week.": _told(-42, -35)},
        silent=("It was her second gestational diabetes.",),
    ),
    Rule(
        "month n of pregnancy",
        r"\bmonth (?P<n>\d|{number word}) of (?:(?:the|her) )?(?:pregnancy|gestation)",
        _month_n,
        says={"It began in month 8 of pregnancy.": _told(-67, -36)},
        silent=("It began in month 8 of treatment.",),
    ),
    Rule(
        "half of pregnancy",
        r"\b(?P<half>first|second|last|latter) half of {her pregnancy}",
        _half,
        says={"It began in the second half of pregnancy.": _told(-140, 0)},
        silent=("It began in the second half of the year.",),
    ),
)

#: Periods that have a name, those with more words before those with fewer.
PERIODS = (
    Rule(
        "at term",
        r"\bat (?:full )?term\b",
        _always(_TERM),
        says={"It began at term.": _told(-21, 7)},
        silent=("It began in terms of pain.",),
    ),
    Rule(
        "near term",
        r"\bnear term",
        _always(_NEAR_TERM),
        says={"Pain began near term.": _told(-28, 0)},
        silent=("a near fall",),
    ),
    Rule(
        "end of pregnancy",
        r"\b(?:towards? (?:the )?end|end|last part|final period) of (?:(?:the|her) )?(?:pregnancy|gestation)",
        _always(_END),
        says={"It began towards the end of her pregnancy.": _told(-61, 0)},
        silent=("It began at the end of treatment.",),
    ),
    Rule(
        "late pregnancy",
        r"\blate[ -](?:in )?(?:(?:the|her) )?(?:pregnancy|gestation)",
        _always(_LATE),
        says={"It began in late pregnancy.": _told(-84, 0)},
        silent=("a late fracture",),
    ),
    Rule(
        "early pregnancy",
        r"\bearly[ -](?:in )?(?:(?:the|her) )?(?:pregnancy|gestation)",
        _always(_EARLY),
        says={"It began early in her pregnancy.": _told(-280, -183)},
        silent=("an early fracture",),
    ),
    Rule(
        "mid-pregnancy",
        r"\bmid[ -](?:in )?(?:(?:the|her) )?(?:pregnancy|gestation)",
        _always(_MIDDLE),
        says={"It began in mid-pregnancy.": _told(-182, -85)},
        silent=("pain in mid-back",),
    ),
    Rule(
        "during pregnancy",
        r"\b(?:during|in|while|throughout) {that nth}(?:pregnancy|pregnant|gestation)",
        _always(_PREGNANCY),
        says={"During her second pregnancy she had pain.": _told(-280, 0, 2)},
        silent=("She planned a pregnancy.",),
    ),
)
