"""Nursing: whether, how long, until when."""

from __future__ import annotations

import re

from extractors.language.numbers import parse_ordinal
from extractors.pregnancies.fact import NO, YES
from extractors.pregnancies.said import Said, always, middle
from extractors.pregnancies.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.time.durations import nth_span, unit_days

_SLOTS = SLOTS | {
    "nursing noun": r"breast-?\s?feeding|breast-?\s?nursing|nursing|lactation",
    "the child": r"(?:(?:her|the|this|each|every|both|a|his) )?(?:[\w-]+ )?"
    r"(?:{child}|children|twins|babies|infants)",
    "went on": r"continued|maintained|kept up|going on",
    "to formula": (
        r"(?:switched|changed|converted|transferred|moved) (?:over )?to (?:an? )?"
        r"(?:(?:infant|bottle|artificial|formula) )?(?:formula|bottles?|milk|feeding|feeds)"
    ),
    "weaned": (
        r"(?:weaned|weaning|(?:{stopped}) (?:{nursing noun}|lactating)|"
        r"(?:{nursing noun}) (?:was |had been )?(?:{stopped}))(?: {the child})?"
    ),
    "stopped": (
        r"stopped|gave up|given up|abandoned|suspended|suppressed|inhibited|withdrawn|ceased|discontinued|"
        r"terminated|ended|quit|finished|interrupted|halted"
    ),
    # behind it no nursing of hers is told: "lactation-associated osteoporosis", "nursing home"
    "no nursing": (
        r"-(?:associated|related|induced)|[ -](?:associated|related|induced|osteopo|home|staff|care|"
        r"consultant|facilit|support|specialist|difficult|fail|school|student|diagnos|note|record|assistant|personnel|team|"
        r"intervention|and lactation|women|mothers)| (?:and|or) pregnancy"
    ),
}


#: Nobody is nursed for more days: "a lactating 30-year-old".
_LONGEST = 1826
#: Behind a time: it is no duration ("stopped 3 months after delivery"), unless it is said to be one.
_COUNTED_FROM = re.compile(r" (?:before|earlier|ago|prior|after|later)\b")


def _nursed_for(m: re.Match[str]) -> Said | None:
    days = middle(m)
    if " for " not in m[0] and _COUNTED_FROM.match(m.string, m.end()):
        return None
    return None if days is None or days > _LONGEST else Said(breastfeeding=YES, nursed_days=days)


def _weaned_at(m: re.Match[str]) -> Said | None:
    days = middle(m)
    return None if days is None else Said(breastfeeding=YES, weaned_days=days)


def _nursed_until(m: re.Match[str]) -> Said | None:
    """Until the end of the nth week or month."""
    told = parse_ordinal(m["nth"])
    days = unit_days(m["unit"])
    return None if told is None else Said(breastfeeding=YES, nursed_days=round(told * days))


def _weaned_in(m: re.Match[str]) -> Said | None:
    """In the nth week or month, or on the nth day."""
    told = parse_ordinal(m["nth"])
    if told is None:
        return None
    low, high = nth_span(told, m["unit"])
    return Said(breastfeeding=YES, weaned_days=round((low + high) / 2))


def _weaned_fraction(m: re.Match[str]) -> Said | None:
    """In notes: "6/52" is six weeks."""
    unit = {"52": "week", "12": "month", "7": "day"}[m["of"]]
    return Said(breastfeeding=YES, weaned_days=round(int(m["n"]) * unit_days(unit)))


#: What is advised or planned tells that she is nursing.
#: A second child's duration, whose verb is that before.
AS_WELL, NOT_AS_WELL = "nursed for as well", "not nursed as well"
TOLD_TO_STOP = "told to stop nursing"
RULES = (
    Rule(
        "weaned at",
        r"\b(?:weaned|weaning|(?:{stopped}) (?:{nursing noun}|lactating)|"
        r"(?:{nursing noun}) (?:was |had been )?(?:{stopped})|{to formula})(?: {the child})?"
        r"(?:,? (?:at|after|by|when (?:[\w'-]+ ){1,3}(?:was|were)))? ?{duration}"
        r"(?! (?:ago|before|earlier|prior|later|after(?! (?:the )?(?:birth|delivery|childbirth)))\b)",
        _weaned_at,
        says={
            "She weaned her baby at 4 months.": Said(breastfeeding=YES, weaned_days=122),
            "She stopped breastfeeding 3 months after delivery.": Said(breastfeeding=YES, weaned_days=91),
            "Her son was changed to bottle feeding at 5 weeks.": Said(breastfeeding=YES, weaned_days=35),
            "After weaning, at 5 months, she came.": Said(breastfeeding=YES, weaned_days=152),
        },
        silent=("She stopped treatment at 4 months.",),
    ),
    Rule(
        "weaned in the nth",
        r"\b{weaned}(?: (?:was|took place|succeeded|occurred|followed|completed|achieved)){0,2} "
        r"(?:in|on|at|by|from|during) (?:the )?{nth:ordinal} (?:post-?\s?(?:partum|natal) )?"
        r"(?P<unit>day|week|month)\b(?! after)"
        r"(?! of (?!(?:the |her )?(?:lochia|puerper|post|lactation|nursing)))",
        _weaned_in,
        says={
            "Nursing was stopped on the 38th day.": Said(breastfeeding=YES, weaned_days=38),
            "Weaning succeeded in the ninth week.": Said(breastfeeding=YES, weaned_days=60),
        },
        silent=("Lactation was stopped in the 2nd week of hospital stay.", "Weaning was on a Monday."),
    ),
    Rule(
        "weaned at n of 52",
        r"\b{weaned} (?:at|by|after) (?P<n>\d{1,2})/(?P<of>52|12|7)\b",
        _weaned_fraction,
        says={"She gave up breastfeeding at 6/52.": Said(breastfeeding=YES, weaned_days=42)},
        silent=("She gave up work at 6/52.",),
    ),
    Rule(
        "nursed for",
        r"\b{nurse}\b(?: {the child})?"
        r"(?:,? (?:only|exclusively|fully|successfully|continued|(?:had |has )?lasted|"
        r"(?:was |had been |has been )?(?:{went on})|it|him|"
        r"period|was|lasting|of)){0,3}"
        r" \(?(?:for|during|until|up to|till)? ?(?:(?:the|a) )?(?:(?:first|total(?: of)?|period of) )?"
        r"(?<!than ){duration}",
        _nursed_for,
        says={
            "She breastfed her son for six months.": Said(breastfeeding=YES, nursed_days=183),
            "Breastfeeding lasted 4 months.": Said(breastfeeding=YES, nursed_days=122),
            "Breastfeeding was maintained for 5 months.": Said(breastfeeding=YES, nursed_days=152),
            "She went on breastfeeding (until 4 months).": Said(breastfeeding=YES, nursed_days=122),
        },
        silent=("Breastfeeding was painful.", "She nursed him for long."),
    ),
    Rule(
        "nursed until the nth",
        r"\b(?:{nurse}|breast-?\s?milk)\b(?: {the child})?(?:,? (?:was |had been |has been )?(?:{went on}))? "
        r"(?:until|till|up to|through) (?:the )?(?:end of (?:the )?)?(?P<nth>{nth}|\d{1,2}th) "
        r"(?P<unit>week|month)\b",
        _nursed_until,
        says={
            "Lactation was continued until the fifth month.": Said(breastfeeding=YES, nursed_days=152),
            "She nursed her girl until the 6th week.": Said(breastfeeding=YES, nursed_days=42),
        },
        silent=("Treatment went on until the fourth month.", "She breastfed until the second child."),
    ),
    Rule(
        "time of nursing",
        r"\b{duration} (?:of )?(?:(?:exclusive|full|partial|continued|total|uneventful) )?"
        r"(?:{nursing noun})\b",
        _nursed_for,
        says={"After 6 months of breastfeeding she fell.": Said(breastfeeding=YES, nursed_days=183)},
        silent=("After 6 months of pain she nursed.",),
    ),
    Rule(
        AS_WELL,
        r"\b(?:and|but) (?:the|her) {nth}(?: (?:{child}|one))? (?:only )?(?:for|until) (?:only )?{duration}",
        _nursed_for,
        says={"and her second for one month": Said(breastfeeding=YES, nursed_days=30)},
        silent=("and the second dose for one month", "and the second after one month"),
    ),
    Rule(
        TOLD_TO_STOP,
        r"\b(?:not (?:to )?continue|to (?:stop|discontinue|cease|terminate|quit|end|interrupt)|"
        r"(?:termination|cessation|discontinuation|interruption) of) (?:(?:her|the) )?(?:{nursing noun}|"
        r"breast-?\s?feed)\b|"
        r"\b(?:advis\w+|recommend\w*|told|asked|decided|urged|instructed) to wean\b"
        r"(?! (?:\w+ ){0,2}(?:off|from)\b)|"
        r"\b(?:{nursing noun}) (?:was|had been) (?:\w+ly )?(?:withdrawn|ceased)\b",
        always(Said(breastfeeding=YES)),
        says={
            "She was told to stop breastfeeding.": Said(breastfeeding=YES),
            "Cessation of lactation was advised.": Said(breastfeeding=YES),
            "She was advised to wean.": Said(breastfeeding=YES),
        },
        silent=("She was told to stop smoking.", "It was decided to wean her off the ventilator."),
    ),
    Rule(
        "not nursed",
        r"\b(?:(?:did|does|has|had|was|is|were|could|can)(?: ?not|n't| never)|never|no|without|neither|"
        r"nor|unable to|not) (?:[\w-]+ ){0,2}?"
        r"(?:breast-?\s?fe(?:ed|d|eding)|lactat(?:ed?|ing)|nursed?|nursing)\b|"
        r"\b(?:refrained from|abstained from|decided against|forwent|chose not to|opted not to|renounced) "
        r"(?:breast-?\s?feed(?:ing)?|nurs(?:e|ing)|lactation)\b",
        always(Said(breastfeeding=NO)),
        says={
            "She did not breastfeed.": Said(breastfeeding=NO),
            "He was never breastfed.": Said(breastfeeding=NO),
            "She had never nursed her child.": Said(breastfeeding=NO),
        },
        silent=("She breastfed.",),
    ),
    Rule(
        "fed otherwise",
        r"\b(?:bottle|formula|artificial(?:ly)?)[ -](?:fed|feeding)\b|"
        r"\b(?:fed|nourished) (?:only |exclusively )?(?:with|on|by) (?:an? |infant |artificial )?"
        r"(?:formula|bottle|milk powder|cow's milk|artificial milk)\b|"
        r"\b(?:to|would|and) (?:bottle|formula)[ -]feed\b|"
        r"\b(?:{nursing noun}) (?:was|is|had been) (?:proscribed|prohibited|contraindicated|forbidden|"
        r"avoided|not (?:allowed|recommended|possible|initiated|established|started|attempted))\b",
        always(Said(breastfeeding=NO)),
        says={
            "The baby was bottle-fed.": Said(breastfeeding=NO),
            "She preferred to bottle-feed.": Said(breastfeeding=NO),
        },
        silent=("The baby was fed.",),
    ),
    Rule(
        NOT_AS_WELL,
        r"\bbut not (?:the|her) {nth}(?: (?:{child}|one))?(?=[,.;)]|$)",
        always(Said(breastfeeding=NO)),
        says={"She nursed her first child but not her second.": Said(breastfeeding=NO)},
        silent=("but not her second complaint",),
    ),
    Rule(
        "lactation suppressed at once",
        r"\b(?:lactation|milk (?:secretion|production|flow)|galactopoiesis) (?:was|had been|were) "
        r"(?:\w+ly )?(?:suppressed|inhibited|prevented)(?: (?:with|by|using) [\w-]+(?: [\w.-]+){0,3}?)?,? "
        r"(?:immediately|directly|at once|straight|right|on the (?:first|second) day|from the start|"
        r"at (?:birth|delivery)|soon) ?(?:after|following)?\b"
        r"|\b(?:primary|immediate) (?:ablactation|weaning|suppression of lactation)\b",
        always(Said(breastfeeding=NO)),
        says={
            "Lactation was inhibited with cabergoline immediately after delivery.": Said(breastfeeding=NO),
            "Primary ablactation was carried out.": Said(breastfeeding=NO),
        },
        silent=("Lactation was suppressed because of the fractures.",),
    ),
    Rule(
        "lactation suppressed",
        r"\b(?:lactation|milk (?:secretion|production|flow)) (?:was|had been|were) "
        r"(?:\w+ly )?(?:suppressed|inhibited|prevented)\b",
        always(Said()),  # she may have nursed before, or not
        says={"Lactation was suppressed because of the fractures.": Said()},
        silent=("She stopped lactation.",),
    ),
    Rule(
        "nursing told",
        r"(?<!pregnancy and )(?<!pregnancy- and )(?<!pregnancy or )(?<!pregnancy/)"
        r"\b{nurse}\b(?!{no nursing})",
        always(Said(breastfeeding=YES)),
        says={
            "She was breastfeeding.": Said(breastfeeding=YES),
            "A lactating woman": Said(breastfeeding=YES),
        },
        silent=("lactation-associated osteoporosis", "a nursing home"),
    ),
)
#: What is said of nursing; the earlier rule counts where two overlap.
BOOK = Book("pregnancies.nursing", RULES, _SLOTS)
