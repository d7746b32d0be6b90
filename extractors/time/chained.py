"""Times that hang on what the story told last: a switch, an end, a weaning; and counts in brackets."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.rules.rule import Rule
from extractors.time.delivery import span_of
from extractors.time.when import When, from_visit

_AFTER = r"(?:after|following|on from|from|since)"
_ENDING = r"end|completion|cessation|conclusion|discontinuation|withdrawal|termination|stoppage"
_NURSING = r"(?:breast-?\s?feeding|lactation|nursing|lactating)"


def _from(m: re.Match[str], event: str) -> When | None:
    days = span_of(m)
    return None if days is None else from_visit(days, since=event)


def _switch(m: re.Match[str]) -> When | None:
    return _from(m, "treatment" if m["drug"] else "then")


def _end(m: re.Match[str]) -> When | None:
    days = span_of(m)
    return None if days is None else replace(When("baseline", None, None, "follow-up"), since="end", lag=days)


def _weaning(m: re.Match[str]) -> When | None:
    return _from(m, "weaning")


def _course(m: re.Match[str]) -> When | None:
    return _from(m, "course")


def _further(m: re.Match[str]) -> When | None:
    return _from(m, "then")


def _told(low: int, since: str) -> When:
    return When("baseline", low, low, "follow-up", since=since)


def _ended(days: int) -> When:
    return When("baseline", None, None, "follow-up", since="end", lag=(days, days))


#: They come before the times that are counted from a visit or a treatment.
RULES = (
    Rule(
        "units after a switch",
        rf"(?<![\w.+])(?P<time>{{span}} {_AFTER} (?:(?:the|this|that|her) )?"
        r"(?:switch(?:ing)?|transition(?:ing)?|chang(?:e|ing|eover)|conver(?:sion|ting)|crossover)\b"
        r"(?: (?:of (?:treatment|therapy) )?to (?:\w+ )?(?P<drug>{drug}))?)",
        _switch,
        says={
            "One year after the switch it was better.": _told(365, "then"),
            "One year after switching to denosumab it was better.": _told(365, "treatment"),
        },
        silent=("One year after the fracture it was better.", "She was better after the switch."),
    ),
    Rule(
        "units after its end",
        rf"(?<![\w.+])(?P<time>{{span}} (?:{_AFTER} (?:its|the|this|that|their) (?:{_ENDING})\b(?! of)|"
        rf"{_AFTER} (?:stopping|discontinuing|ceasing|completing|finishing) (?:it|them|this|the drug|"
        r"(?:the |this )?(?:treatment|therapy|medication))\b|"
        r"off (?:all )?(?:treatment|therapy|medication|{drug})))",
        _end,
        says={
            "Half a year after its end it was better.": _ended(183),
            "One year off treatment it was the same.": _ended(365),
        },
        silent=("One year after the end of May", "She was off work for a year."),
    ),
    Rule(
        "at the end of that time",
        r"\bat the end of (?:(?:that|this|the same|the) (?:year|period|time|course|interval|"
        r"treatment|therapy)\b(?! of)|which\b)",
        lambda m: _ended(0),
        says={"At the end of that year it was better.": _ended(0)},
        silent=("At the end of the year of her birth", "At the end of that road it was better."),
    ),
    Rule(
        "units after weaning",
        rf"(?<![\w.+])(?P<time>{{span}} (?:{_AFTER} (?:the )?(?:weaning\b|"
        rf"(?:{_ENDING}) of (?:her )?{_NURSING}|(?:stopping|ceasing|discontinuing|ending) (?:to )?{_NURSING}|"
        rf"(?:she|the patient) (?:had )?(?:weaned|stopped (?:her )?{_NURSING})|"
        rf"{_NURSING} (?:was|had been) (?:{{stopped}}))|post-?\s?weaning)\b)",
        _weaning,
        says={
            "Six months after weaning it was better.": _told(183, "weaning"),
            "Six months after cessation of breastfeeding it was better.": _told(183, "weaning"),
        },
        silent=("Six months after stopping smoking it was better.", "After weaning it was better."),
    ),
    Rule(
        "units in brackets",
        r"(?:(?<=[.,]\d [(\[])|(?<=[.,]\d\d [(\[])|(?<=[.,]\d{3} [(\[])|(?<=% [(\[])|(?<=%[(\[])|"
        r"(?<=sd [(\[])|(?<=cm2 [(\[])|(?<=ml [(\[])|(?<=/l [(\[]))"
        r"(?P<time>(?P<span>(?:at |after )?{duration}(?: later)?))(?=[)\],;])",
        _course,
        says={
            "It was -3.3 (6 months) and -2.9 (12 months).": _told(183, "course"),
            "It rose to 0.71 g/cm2 (after one year).": _told(365, "course"),
        },
        silent=("She took it for long (6 months).", "She took 70 mg (for 6 months).", "Case 2 (42 years)"),
    ),
    Rule(
        "units after the one before",
        rf"(?<![\w.+])(?P<time>{{span}} {_AFTER} (?:the |her )?(?:first|previous|last|initial|earlier)"
        r"(?: one)?)(?=\s?[,:;.)]|$)",
        _further,
        says={"The scan was repeated a year after the first: it was -2.1.": _told(365, "then")},
        silent=("A year after the first fracture it was -2.1.",),
    ),
    Rule(
        "after further units",
        r"(?<!\S)(?P<time>after (?:another|a further|an additional|an extra) {duration}\b)",
        _further,
        says={"After another six months it was better.": _told(183, "then")},
        silent=("After another doctor had seen her it was better.",),
    ),
    Rule(
        "within units",
        r"(?<!\S)(?P<time>within (?:(?:the )?(?:first|next|following) )?{count:count}(?P<upto>) "
        r"(?P<unit>month|year)s?\b)(?=[.,;)]|$| and\b| to\b)",
        _course,
        says={"It rose to 38 within three months.": _told(91, "course")},
        silent=("It rose within three months of delivery.", "It rose within three days."),
    ),
)
