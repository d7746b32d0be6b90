"""Times counted from a visit, a treatment or a symptom, and words that tell no more than the phase."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from extractors.language.numbers import parse_count
from extractors.rules.rule import Glue, Rule
from extractors.time import durations as du
from extractors.time.atoms import ASKED_SLOTS, SLOTS
from extractors.time.delivery import span_of
from extractors.time.when import When, from_visit

#: "At 5 years" may be a follow-up; more years than these are an age.
_LONGEST_FOLLOW_UP = 7
_FIRST_VISIT = When("baseline", 0, 0, "baseline", since="visit")
_LATER = When("baseline", None, None, "follow-up")
_AT_THE_END = When("baseline", None, None, "follow-up", since="end", lag=(0, 0))
_AT_THE_BEGIN = When("baseline", 0, 0, "baseline", since="treatment")
_ENDED = Glue(r"\b{ended}\b", ASKED_SLOTS)
_OF_ANOTHER_KIND = Glue(r"\b{event of another kind}\b", ASKED_SLOTS)
_LAST_DOSE = Glue(r"\b(?:last|final) (?:infusion|injection|dose|tablet|application)")
_OF_SURGERY = Glue(r"\b(?:surgery|operation|procedure|vertebroplasty|kyphoplasty|fixation)\b")
_OF_A_VISIT = Glue(r"\b{event of a visit}\b", ASKED_SLOTS)
#: Before "twelve months later": the first value's time without its own "later".
_OF_A_PAIR = Glue(
    r"(?<!\w)(?<!\bat )(?<!after )(?<!\bin )(?<!\bby )(?<!\bfor )"  # "at one month and 9.8 two months later"
    r"(?:\d{1,2}|{number word}) (?:weeks?|months?|years?),? and (?:[^.;,]|\.\d){1,30}$", SLOTS
)
_PAIR_REACH = 60
_OF_FOLLOW_UP = Glue(r" (?:of|into) (?:the )?(?:{follow up}|observation)", SLOTS)


def _counted_from(words: str) -> str:
    """The event of a `Since` that the words behind a duration name, "" for another one."""
    if _ENDED.within(words):
        return "end"
    if _OF_FOLLOW_UP.behind(words):
        return "course"
    if _LAST_DOSE.within(words):
        return "end"
    if _OF_SURGERY.within(words):
        return "operation"
    if _OF_ANOTHER_KIND.within(words):
        return ""
    return "visit" if _OF_A_VISIT.within(words) else "treatment"


def _since(event: str) -> Callable[[re.Match[str]], When | None]:
    """Reads a duration that is counted from an event."""

    def read(m: re.Match[str]) -> When | None:
        days = span_of(m)
        return None if days is None else from_visit(days, since=event)

    return read


def _since_event(m: re.Match[str]) -> When | None:
    days = span_of(m)
    event = _counted_from(m.string[m.end("unit") : m.end()])
    return None if days is None else from_visit(days, since=event)


def _since_a_visit(m: re.Match[str]) -> When | None:
    days = span_of(m)
    first = (m["which_visit"] or "").strip() in ("first", "initial")
    return None if days is None else from_visit(days, since="visit" if first else "then")


def _since_operation(m: re.Match[str]) -> When | None:
    days = span_of(m)
    of_follow_up = m.string[m.end("unit") : m.end()].lstrip(" -").startswith("follow")
    return None if days is None else from_visit(days, since="course" if of_follow_up else "operation")


def _since_end(m: re.Match[str]) -> When | None:
    return replace(_LATER, since="end", lag=span_of(m))


def _ago(m: re.Match[str]) -> When | None:
    days = span_of(m)
    return None if days is None else from_visit((-days[1], -days[0]), "history", "visit")


def _from_symptom(m: re.Match[str]) -> When | None:
    days = span_of(m)
    return None if days is None else When("symptom", *days, since="symptom")


def _bare(m: re.Match[str]) -> When | None:
    years = m["unit"].startswith("y") and m["at"] == "at"
    if years and (parse_count(m["count"]) or 0) > _LONGEST_FOLLOW_UP:
        return None  # "menarche at 14 years" is an age
    return None if (days := span_of(m)) is None else from_visit(days)


def _at_first(m: re.Match[str]) -> When:
    return _FIRST_VISIT


def _units_later(m: re.Match[str]) -> When | None:
    """Counted from what was told before; of "six months and -2.4 twelve months later" both from one begin."""
    paired = _OF_A_PAIR.within(m.string, m.start() - _PAIR_REACH, m.start())
    return _since("course" if paired else "then")(m)


def _later(m: re.Match[str]) -> When:
    return _LATER


def _at_the_end(m: re.Match[str]) -> When:
    return _AT_THE_END


def _at_the_begin(m: re.Match[str]) -> When:
    return _AT_THE_BEGIN


def _told(low: int, since: str = "course", phase: str = "follow-up") -> When:
    return When("baseline", low, low, phase, since=since)


#: A duration and what it is counted from.
COUNTED = (
    Rule(
        "units follow-up",
        r"(?<![\w.+])(?P<time>{span}[ -](?:of )?{visit}\b(?!(?<=up) (?:after|following) {start event}))",
        _since("course"),
        says={
            "At the 2-year follow-up she was well.": _told(730),
            "The 12-month DXA was better.": _told(365),
        },
        silent=("The 12-month course was hard.",),
    ),
    Rule(
        "units later",
        r"(?<![\w.+])(?P<time>{span} (?:later|afterwards?|thereafter|"
        r"on\b(?=[.,;:)]|$| (?:she|he|her|his|we|there|dxa|bmd|repeat|follow|gave|"
        r"showed|revealed|had|was|were)\b)))",
        _units_later,
        says={"It rose six months later.": _told(183, "then")},
        silent=("For six months on the ward she was well.", "After 12 months on teriparatide it rose."),
    ),
    Rule(
        "units that the next are later",
        r"(?<![\w.+])(?<!\bat )(?<!after )(?<!\bin )(?<!\bby )(?<!\bfor )"
        r"(?!(?:at|after|in|by|for|within) )(?P<time>{span})"
        r"(?=,? and (?:[^.;,]|\.\d){1,30} (?:\d{1,2}|{number word}) "
        r"(?:weeks?|months?|years?) (?:later|afterwards?|thereafter)\b)",
        _since("course"),
        says={"It was -3.0 six months and -2.4 twelve months later.": _told(183)},
        silent=("It was -3.0 at six months and -2.4 two months later.",),
    ),
    Rule(
        "another unit later",
        r"\b(?P<time>(?:another|a further|one more) {unit:unit} (?:later|afterwards?|thereafter))\b",
        lambda m: from_visit(du.point(1, m["unit"]), since="then"),
        says={"Another year later it had risen.": _told(365, "then")},
        silent=("Another doctor later said so.",),
    ),
    Rule(
        "units after the end of treatment",
        r"(?<![\w.+])(?P<time>{span} (?:after|following|from|since) (?:(?:the|her|his) )?"
        r"(?:end|completion|cessation|conclusion|discontinuation|withdrawal|termination) of "
        r"(?:(?:the|her|his|this) )?\w+)",
        _since_end,
        says={"It fell two years after the end of treatment.": replace(_LATER, since="end", lag=(730, 730))},
        silent=("It fell two years after the start of treatment.", "It fell at the end of treatment."),
    ),
    Rule(
        "units after a visit",
        r"(?<![\w.+])(?P<time>{span} (?:after|following|on from|from|since) (?:that|this|the|her|his) "
        r"(?P<which_visit>(?:first|same|initial|previous) )?"
        r"(?:visit|scan|dxa|densitometry|consultation|measurement))",
        _since_a_visit,
        says={
            "A year after that visit DXA was better.": _told(365, "then"),
            "A year after the initial visit DXA was better.": _told(365, "visit"),
        },
        silent=("A year after that she was well.", "She came after that visit."),
    ),
    Rule(
        "units of treatment",
        r"(?<![\w.+])(?P<time>{span} (?:{follow up} (?=after|following))?"
        r"(?:of|into|on from|on|after|following|from|since) {start event})",
        _since_event,
        says={
            "At the 1-year follow-up after the first infusion it rose.": _told(365, "treatment"),
            "It rose after 12 months of treatment.": _told(365, "treatment"),
            "It rose 3 weeks after the start of oral alendronate.": _told(21, "treatment"),
            "It rose 3 weeks after stopping oral alendronate.": _told(21, "end"),
            "It rose 3 weeks after the first infusion.": _told(21, "treatment"),
            "It rose 3 weeks after the last infusion.": _told(21, "end"),
            "It rose after 12 months on teriparatide.": _told(365, "treatment"),
            "A year on from the infusion it had risen.": _told(365, "treatment"),
            "It rose 3 weeks after the first dose of minodronate.": _told(21, "treatment"),
            "She walked 3 weeks after surgery.": _told(21, "operation"),
            "It rose 3 weeks after the second infusion.": _told(21, ""),
            "It rose 3 weeks after admission.": _told(21, "visit"),
            "During 3 weeks of observation it rose.": _told(21),
        },
        silent=("It rose 12 months of pain.",),
    ),
    Rule(
        "units postoperative",
        r"(?<![\w.+])(?P<time>{span} (?:{follow up}|post-?\s?(?:operative(?:ly)?|treatment|surgery|op)))",
        _since_operation,
        says={"She walked 2 days postoperatively.": _told(2, "operation")},
        silent=("She walked 2 days postural.",),
    ),
    Rule(
        "units after symptoms",
        r"(?<![\w.+])(?P<time>{span} (?:after|following|from|since) (?:the )?"
        r"(?:onset|first symptoms?|symptom onset|beginning of (?:the )?(?:pain|symptoms)))",
        _from_symptom,
        says={"She was well three months after onset.": When("symptom", 91, 91, since="symptom")},
        silent=("She was well three months after a fall.",),
    ),
    Rule(
        "units ago",
        r"(?<![\w.+])(?P<time>{span} (?:ago|earlier|previously|before(?! delivery)|prior)\b)",
        _ago,
        says={"She was treated two years ago.": _told(-730, "visit", "history")},
        silent=("She was treated for two years.",),
    ),
    Rule(
        "after units",
        r"(?<!\S)(?:by {more}|(?=after |at ))(?P<time>(?:(?P<at>after|at) {more})?{duration}){not told}",
        _bare,
        says={"After completing 24 months she was well.": _told(730)},
        silent=("She was well at 14 years.", "She had a history of 24 months of pain.", "At 3 months old"),
    ),
)

#: Words that tell the phase only.
#: A picture of the follow-up; it says less of when than a time before it does.
PICTURED = (
    r"\b(?:follow-?\s?up|control) (?:[\w-]+ ){0,2}?"
    r"(?:mri|magnetic resonance imaging|ct|computed tomography|radiographs?|x-?rays?)\b"
)
PHASE = (
    Rule(
        "at follow-up",
        r"\b(?:at|on|during|in) (?:(?:the|her|his) )?(?:(?:{later}|control) )?(?:{follow up}|control)\b",
        _later,
        says={"At the last follow-up she was well.": _LATER},
        silent=("She was lost to follow-up.",),
    ),
    Rule(
        "after the end of treatment",
        r"\b(?:at|after|following|by|on|upon|with) (?:(?:the|her) )?"
        r"(?:end|completion|conclusion|cessation) of "
        r"(?:(?:the|her|this) )?(?:(?:\w+ ){0,2}(?:{treated}|course|{follow up})|"
        r"(?:{treatment}|\w+dronate)\b)",
        _at_the_end,
        says={"At the end of her oral treatment she was well.": _AT_THE_END},
        silent=("At the end of the day she was tired.",),
    ),
    Rule(
        "when a treatment was over",
        r"\b(?:when|once|after|by the time) (?:(?:the|her|this) )?(?:{drug}|{treated}|medication) "
        r"(?:(?:was|had been) (?:{stopped}|over)|ended|had ended|finished|came to an end)\b",
        _at_the_end,
        says={
            "When alendronate was stopped she was well.": _AT_THE_END,
            "When treatment ended she was well.": _AT_THE_END,
        },
        silent=("When alendronate was begun she was well.",),
    ),
    Rule(
        "before a drug",
        r"\b(?:before|prior to) (?:(?:the )?(?:start|initiation|beginning|commencement|introduction) of |"
        r"(?:starting|initiating|beginning|commencing) )?{treatment}\b",
        _at_the_begin,
        says={"P1NP was 40 before teriparatide.": _AT_THE_BEGIN},
        silent=("P1NP was 40 before breakfast.", "P1NP was 40 after teriparatide."),
    ),
    Rule(
        "after treatment",
        r"\b(?:after|post|following)[ -](?:(?:the|this|that) )?{treated}\b|\bpost-?treatment",
        _later,
        says={"After treatment it rose.": _LATER, "The post-treatment value was normal.": _LATER},
        silent=("The treatment was stopped.",),
    ),
    Rule(
        "at a later visit",
        r"\b(?:at|on|during|in) (?:(?:the|her|his|our) )?(?:{later}|repeated) {examination}",
        _later,
        says={"At her last visit she was well.": _LATER},
        silent=("At her visit she was well.",),
    ),
    Rule(
        "examined again",
        r"\bre-?(?:examination|evaluation|assessment|measurement|investigation)\b",
        _later,
        says={"Re-examination was normal.": _LATER},
        silent=("Examination was normal.",),
    ),
    Rule(
        "scanned again",
        r"\b(?:control|repeat(?:ed)?|new|second|third|subsequent|another|later) "
        r"(?:densitometr\w+|dxa|dexa|absorptiometr\w+|bmd|bone (?:mineral )?density)\b",
        _later,
        says={"Control densitometry was better.": _LATER, "A repeat DXA was normal.": _LATER},
        silent=("Densitometry was normal.", "the control group", "a new drug"),
    ),
    Rule(
        "pictured again",
        PICTURED,
        _later,
        says={"Follow-up MRI was better.": _LATER, "A follow-up CT of the spine was normal.": _LATER},
        silent=("MRI was normal.", "She was lost to follow-up."),
    ),
    Rule(
        "following year",
        r"\b(?:in )?the (?:following|next|subsequent) year",
        _later,
        says={"In the following year she was well.": _LATER},
        silent=("She was well this year.",),
    ),
    Rule(
        "postoperative day",
        r"\b(?:{ordinal} )?post-?\s?operative (?:day|week|month)s?(?: \d+)?|\bpod ?#?\d+",
        _later,
        says={"On postoperative day 3 she walked.": _LATER, "On POD 3 she walked.": _LATER},
        silent=("The postoperative course was good.",),
    ),
    Rule(
        "at discharge",
        r"\b(?:at|on|upon|before) (?:the time of )?discharge\b",
        _later,
        says={"At discharge she was well.": _LATER},
        silent=("There was no discharge.",),
    ),
    Rule(
        "after which",
        r"\bafter which\b",
        _later,
        says={"She had physiotherapy, after which she was well.": _LATER},
        silent=("The drug which she took.",),
    ),
    Rule(
        "after doses",
        r"\bafter (?:the )?(?:\d{1,2}|one|two|three|four|five|six|first|second|third|fourth|last|final) "
        r"(?:(?:\w+|zoledronic acid) )?(?:infusions?|doses|injections|cycles?|courses?)",
        _later,
        says={"After two infusions she was well.": _LATER},
        silent=("She had two infusions.",),
    ),
    Rule(
        "at presentation",
        r"\b(?:at|on|upon|before|prior to|since) (?:(?:the|her|his|our) )?(?:time of )?"
        r"(?:(?:initial|first|start of) )?(?:{first visit}|"
        r"(?:(?<=initial )|(?<=first ))(?:visit|consultation|evaluation|examination))\b",
        _at_first,
        says={"On admission she had fever.": _FIRST_VISIT, "At the first visit she limped.": _FIRST_VISIT},
        silent=("The admission was long.",),
    ),
    Rule(
        "baseline",
        r"\b(?:pre-?treatment|baseline|initial(?:ly)?\b)",
        _at_first,
        says={"The baseline value was low.": _FIRST_VISIT},
        silent=("The value was low.",),
    ),
)
