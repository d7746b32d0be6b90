"""Patterns of time expressions, by what they count from; `times_reading` turns their matches into days.

All match lower-case text. A duration ("3 weeks") is found first and then its suffix ("after delivery");
whole expressions ("in the eighth month of pregnancy") are found on their own, behind the words of which
one must stand in the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.language.numbers import ORDINAL, WORD_NUMBER
from extractors.time import durations as du

BIRTH_WORDS = (
    "partum", "partal", "natal", "puerper", "deliver", "birth", "was born", "been born",
        "labor ", "labour", " section",
    "cesarean", "caesarean", "cesarian", "caesarian", "confinement", "lscs", "nsvd",
        "c-section", "c/s", " pp", "p.p", "lactat", "feeding",
    "nursing", " baby", "parturition",
)  # fmt: skip
PREGNANCY_WORDS = ("pregnan", "gestation", "gravid", "amenorr", " term", " gw")

_ORDER = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"1st|2nd|3rd|(?:[4-9]|1[0-2])th)"
)

# --- the birth of the child as an event to count from
_CESAREAN = (
    r"(?:c(?:a?e|a)sar[ei]an(?:\s(?:section|delivery|birth))?|c-?section|lscs|c/s|"
    r"(?:elective|emergency|urgent|planned|abdominal|repeat|segment)\ssection)"
)
#: "her son was born", "Mia was born": whoever it is, if not told by a pronoun (that may be the patient).
_BORN = (
    r"(?:(?:baby|child|son|daughter|infant|boy|girl|twins)'s\sbirth|"
    r"(?!(?:she|he|i|who|it|patient)\s)[\w'-]+\s(?:was|were|had\sbeen)\sborn)"
)
BIRTH = (
    r"(?:(?:having\s|being\s|been\s)?(?:deliver(?:y|ies|ed|ing)|child-?\s?births?|births?|birth-?giving|"
    r"parturition|"
    rf"gave\sbirth|giving\sbirth|given\sbirth|labou?r|confinement|{_CESAREAN}|nsvd|nvd|partus|accouchement)|"
    rf"having\s(?:her|a|the)\s(?:first\s|second\s|third\s)?(?:baby|child)|{_BORN})"
)
#: Words that end the stretch of adjectives before "delivery".
_NO_ADJECTIVE = (
    r"(?!(?:and|or|but|to|from|with|who|which|weeks?|months?|days?|discharge|surgery|admission|treatment|"
    r"therapy|after|before|"
    r"following|since|during|until|prior|for|in|at|by|onset|start|starting|stopping|visit|pain|"
    r"first\ssymptoms?|symptoms?|trauma|fall)\b|"
    r"(?!\w*(?:assisted|induced|complicated|planned|scheduled|expected|estimated|prolonged|protracted|"
    r"unattended|operated)\b)\w+ed\b)"
)
_TO_BIRTH = (
    rf"(?:(?:(?:time|date|day)\sof\s)|(?:(?P<nth_birth>{_ORDER})|{_NO_ADJECTIVE}[\w'-]+(?:/\w+)?)\s){{0,6}}?"
)
_AFTER = r"(?:after|following|post|since|from|of|subsequent\sto|upon|past|s/p|status\spost)"
_POSTPARTUM = (
    r"(?:post-?\s?partum|post-?\s?natal(?:ly)?|post-?\s?delivery|post-?\s?birth|postpartal(?:ly)?|"
    r"post-?\s?c(?:a?e|a)sarean|"
    r"into\s(?:the\s|her\s)?(?:puerperium|lactation|breast-?\s?feeding|nursing)|of\s(?:the\s|"
    r"her\s)?(?:puerperium|breast-?\s?feeding|lactation|nursing)|"
    r"pp(?!\w)|p\.p\.?)"
)
AFTER_BIRTH = rf"(?:later\s)?(?:{_AFTER}\s{_TO_BIRTH}{BIRTH}|{_POSTPARTUM})"
_BEFORE = rf"(?:before|prior\sto|preceding|previous\sto|ahead\sof)\s{_TO_BIRTH}{BIRTH}"
_BEFORE_TERM = (
    rf"(?:before|prior\sto)\s(?:the\s|her\s|full\s)?(?:expected\s)?(?:term|due\sdate)(?:\sof\s(?:her\s|"
    rf"the\s)?(?:(?P<nth_term>{_ORDER})\s)?pregnancy)?"
)
_BABY = r"(?:baby|infant|child|newborn|son|daughter|boy|girl|twins)"
_PREG = (
    rf"(?:(?:of|in|during|into)\s(?:the\s|her\s|this\s|my\s|a\s)?(?:(?P<nth_preg>{_ORDER})\s)?(?:normal\s|"
    rf"twin\s|singleton\s|current\s|last\s)?"
    r"(?:pregnan(?:cy|t)|gestation|gravidity|amenorrh(?:o?ea))|gestation(?:al\sage)?|pregnant|gravid|"
    r"ga(?!\w)|of\sgestational\sage)"
)

# --- the first visit, the start of treatment, the first symptom
_START_WORD = (
    r"(?:the|her|his|their|this|our|my|of|a|an|first|initial|last|second|third|start(?:ing)?|beginning|"
    r"initiation|initiating|commenc(?:ing|ement)|prescribing|"
    r"administration|introduction|institution|end|completion|cessation|discontinuation|stopping|receiving|"
    r"taking|oral|daily|intravenous|weekly|monthly|anabolic|"
    r"medical|drug|\w+ate|\w+tide|\w+mab|\w+ic\sacid|vitamin\s[dk]\d?)"
)
_START_EVENT = (
    rf"(?:{_START_WORD}\s){{0,6}}"
    r"(?:treatment|therapy|medication|follow-?\s?up|consultation|visit|presentation|admission|examination|"
    r"diagnosis|discharge|dose|infusion|injection|baseline|"
    r"surgery|operation|procedure|vertebroplasty|kyphoplasty|fixation|hospitali[sz]ation|supplementation|"
    r"weaning|teriparatide|zoledronate|zoledronic\sacid|"
    r"alendronate|denosumab|romosozumab|ibandronate|risedronate|pamidronate|vitamin\s[dk]\d?|"
    r"bisphosphonates?|tablets?)"
)
_FOLLOW_UP = (
    rf"(?:later|afterwards?|thereafter|on\b(?!\sthe)|(?:of|into|after|following|from|"
    rf"since)\s{_START_EVENT}|follow-?\s?up|"
    r"post-?\s?(?:operative(?:ly)?|treatment|surgery|op))"
)
_SYMPTOM_EVENT = (
    r"(?:after|following|from|since)\s(?:the\s)?(?:onset|first\ssymptoms?|symptom\sonset|"
    r"beginning\sof\s(?:the\s)?(?:pain|symptoms))"
)
_AGO = r"(?:ago|earlier|previously|before(?!\sdelivery)|prior)\b"

SUFFIXES = (
    ("after_birth", rf"(?:'s?)?[\s-](?:old\s)?{AFTER_BIRTH}"),
    ("before_birth", rf"\s{_BEFORE}"),
    ("before_term", rf"\s{_BEFORE_TERM}"),
    ("gestation", rf"'?[\s-](?:and\s(?P<g_days>[0-6]|one|two|three|four|five|six)\sdays?'?\s)?{_PREG}"),
    (
        "n_follow_up",
        r"[\s-](?:of\s)?(?:follow-?\s?up|control|visit|check-?up|review|dxa|dexa|densitometry|scan|"
        r"re-?evaluation|re-?assessment)\b",
    ),
    ("follow_up", rf"\s{_FOLLOW_UP}"),
    ("from_symptom", rf"\s{_SYMPTOM_EVENT}"),
    ("ago", rf"\s{_AGO}"),
    (
        "after_duration",
        r"(?!\s(?:of\sage|old|prior|before|ago|earlier|of\sgestation|of\spregnancy|gestation|postpartum|"
        r"after|following|history))",
    ),
)
#: A duration followed by none of these needs no look at the suffixes but the last.
SUFFIX_START = (
    r"'?s?[\s-](?:s/p|status|after|following|post|since|from|of|subsequent|upon|past|into|pp|p\.p|old|later|before|"
    r"prior|preceding|previous|ahead|and\s|in\s|during|"
    r"gesta|preg|gravid|ga\b|follow|control|visit|check|re|de?xa|densi|scan|on\b|thereafter|ago|earlier)"
)
LEAD = (
    r"(?:^|\s)(?P<lead>after|at|by|within|in|over|for)\s(?:(?:completing|finishing|completion\sof)\s)?"
    r"(?:a\sfurther\s|another\s|the\s)?(?P<first>first\s)?$"
)

_NTH = r"\b" + du.NTH_UNIT
_PERIOD_OF = r"(?:pregnancy|pregnant|gestation|lactation|breast-?\s?feeding|nursing|lactating|puerperium)"

#: name, words of which one must stand in the sentence, pattern
FREE = (
    (
        "nth_after_birth",
        BIRTH_WORDS,
        rf"(?:\b(?P<nth_from>{ORDINAL})\s(?:and|to|or)\s(?:the\s)?)?{_NTH}\s(?:{AFTER_BIRTH})",
    ),
    (
        "nth_puerperal",
        ("post", "puerper", "lactation"),
        rf"\b(?P<p_nth>{ORDINAL})\s(?:post-?\s?(?:partum|natal|delivery)|puerperal|postpartal|"
        rf"lactation)\s(?P<p_unit>day|week|month|year)|"
        rf"(?:post-?\s?(?:partum|natal|delivery)|puerperal)\s(?P<l_unit>day|week|month)\s(?P<l_count>\d+|"
        rf"{WORD_NUMBER})",
    ),
    (  # notes write weeks as "/52", months as "/12", days as "/7"
        "fraction",
        ("/52", "/12", "/7"),
        rf"(?<![\d/.])(?P<fr_count>\d{{1,2}})/(?P<fr_unit>52|12|7)\s(?:{AFTER_BIRTH}|p/?n\b)",
    ),
    (
        "day_n",
        (*BIRTH_WORDS, "ppd"),
        rf"\b(?:(?P<dn_unit>day|week|month)s?\s(?P<dn>\d+|{WORD_NUMBER})|d\s?\+?(?P<d_count>\d{{1,2}}))"
        rf"\s(?:{AFTER_BIRTH})|\bppd\s?#?(?P<ppd>\d{{1,3}})\b",
    ),
    (
        "soon",
        BIRTH_WORDS,
        r"\b(?:(?:within\s(?:a\sfew\s|a\scouple\sof\s|the\sfirst\s)?(?P<within_unit>hours|days|weeks|months)\sof|"
        r"(?:shortly|soon|immediately|right|directly|promptly|just|straight|early|(?:(?:in|over|"
        r"within)\s)?(?:the\s)?(?:a\s|first\s)?(?:few\s|couple\sof\s|several\s)?"
        rf"(?P<soon_unit>hours|days|weeks|months))\s(?:after|following))\s{_TO_BIRTH}{BIRTH}|"
        r"(?:shortly|soon|immediately|directly|early|(?:a\s|first\s)?(?:few\s|couple\sof\s|"
        r"several\s)(?P<soon_unit2>hours|days|weeks|months))\spost-?\s?(?:partum|delivery|natally))",
    ),
    (
        "day_after",
        BIRTH_WORDS,
        r"\b(?:the|on\sthe|the\svery)\s(?:very\s)?(?:next\s|same\s|following\s)?(?P<da_unit>day|week|"
        r"morning|night|evening)\s"
        rf"(?P<da_of>after|following|of)\s{_TO_BIRTH}{BIRTH}",
    ),
    ("since_birth", BIRTH_WORDS, rf"\b(?:ever\s)?since\s{_TO_BIRTH}{BIRTH}"),
    (
        "baby_age",
        (" old", "of age"),
        rf"\b(?:when|while|as|once|by\sthe\stime)\s(?:(?:the|her|his|my|this)\s{_BABY}|"
        r"(?!(?:she|he|i|it|we|they|patient|mother|woman|treatment|therapy)\b)[a-z'-]{2,}(?=\s\w+\s(?:only\s|just\s)?"
        r"[\w.-]+\s(?:days?|weeks?|months?)\sold))"
        rf"\s(?:was|had\sbeen|were)\s(?:only\s|just\s)?{du.DURATION}(?:\sold|\sof\sage)?",
    ),
    (  # what she did with the child tells its age and so the day
        "baby_held",
        ("-old", " old"),
        r"\b(?:lift\w*|hold\w*|carry\w*|carried|picking\sup|picked\sup|bath\w*|nursing|breast-?\s?feeding|feeding|"
        r"changing|mother\sof|bending\s(?:over|down)\s(?:to\s(?:\w+\s){1,3})?)\s(?:her|the|my|an?)\s"
        rf"{du.DURATION}-old\s(?:\w+\s)?{_BABY}",
    ),
    (
        "gestation_weeks",
        ("+", "/7", *(f"w{day}d" for day in range(7))),
        r"\b(?P<weeks>\d{1,2}\s?\+\s?[0-6](?:/7)?|\d{1,2}\s[0-6]/7|\d{1,2}\s?w\s?\+?[0-6]\s?d)(?:(?:\s|"
        r"-)?(?:completed\s)?(?:weeks?|wks?|w\b|gw\b)'?|(?<=d)\b)"
        rf"(?:\s{_PREG})?",
    ),
    (
        "gestation_label",
        ("gestation", "pregnan", "amenorr", "gw", "/40"),
        r"\b(?:gestational\sweek|week\sof\s(?:gestation|pregnancy)|gestational\sage(?:\sof)?|gw|"
        r"pregnancy\sweek)"
        r"\s?(?P<label_weeks>\d{1,2}(?:\s?\+\s?[0-6])?)\b|"
        r"\bweeks?\s(?P<label_weeks2>\d{1,2}(?:\s?\+\s?[0-6])?)\s(?:of\s(?:the\s|her\s)?(?:gestation|"
        r"pregnancy|amenorrh)|gestation)|"
        r"\b(?P<label_weeks3>\d{1,2}(?:\s?\+\s?[0-6])?)\s(?:gw|gestational\sweeks)\b|"
        r"(?<![\d/.])(?P<label_weeks4>[1-4]\d(?:\s?\+\s?[0-6])?)/40(?![\d/])",
    ),
    (
        "last_of_pregnancy",
        (*PREGNANCY_WORDS, *BIRTH_WORDS),
        rf"\b(?:last|final)\s(?:(?P<lp_count>\d+|{WORD_NUMBER}|few|couple\sof)\s)?(?P<lp_unit>days?|weeks?|fortnights?|"
        rf"months?)\s(?:of\s"
        rf"(?:the\s|her\s|this\s)?(?:(?P<lp_preg>{_ORDER})\s)?(?:pregnancy|gestation)|(?:before|prior\sto|"
        rf"preceding)\s(?:the\s|her\s)?(?:term|delivery|birth|labou?r))",
    ),
    (
        "nth_gestation",
        PREGNANCY_WORDS,
        rf"{_NTH}\s{_PREG}|\b(?P<ng>{ORDINAL})\s(?:gestational|pregnancy)\s(?P<ng_unit>week|month)\b|"
        rf"\b(?P<ng_month>month)\s(?P<ng_count>\d|{WORD_NUMBER})\sof\s(?:the\s|her\s)?(?:pregnancy|"
        rf"gestation)",
    ),
    (
        "trimester",
        ("trimester",),
        r"\b(?:(?P<tri_end>towards?\sthe\send|end|late|beginning|start|early)\s(?:of\s|in\s)(?:the\s|her\s))?"
        r"(?P<tri>first|second|third|last|final|1st|2nd|3rd|early|late|mid)[\s-](?:third\s|"
        r"and\s\w+\s)?trimester"
        rf"(?:\sof\s(?:the\s|her\s)?(?:(?P<tri_preg>{_ORDER})\s)?(?:pregnancy|gestation))?",
    ),
    (
        "half",
        PREGNANCY_WORDS,
        rf"\b(?P<half>first|second|last|latter)\shalf\sof\s(?:the\s|"
        rf"her\s)?(?:(?P<half_preg>{_ORDER})\s)?(?:pregnancy|gestation)",
    ),
    (
        "period",
        (*BIRTH_WORDS, *PREGNANCY_WORDS),
        r"\b(?P<period>post-?\s?partum(?=\s?[,.;)]|$)|at\s(?:full\s)?term\b|near\sterm|(?:early|immediate|"
        r"late)\s(?:in\s(?:the\s)?)?(?:post-?\s?(?:partum|natal)|puerper\w+)"
        r"(?:\speriod)?|(?:towards?\s(?:the\s)?end|end|last\spart|final\speriod)\sof\s(?:the\s|"
        r"her\s)?(?:pregnancy|gestation)|"
        r"(?:late|early|mid)[\s-](?:in\s)?(?:the\s|her\s)?(?:pregnancy|gestation)|in\sthe\spuerperium|"
        r"post-?\s?partum\speriod|"
        rf"(?:during|at|in|with)\s(?:the\s|her\s)?(?:labou?r|delivery|childbirth)\b|(?:after|"
        rf"following)\s{_TO_BIRTH}{BIRTH}|"
        rf"(?:during|in|while|throughout)\s(?:the\s|her\s|this\s|that\s)?(?:(?P<period_preg>{_ORDER}|last|"
        rf"previous)\s)?(?:twin\s)?"
        rf"{_PERIOD_OF})",
    ),
)

#: The course of a treatment counted: "at the end of the 12th month", "in the first year of therapy",
#: "at month 18", "at M12".
_COURSE_OF = (
    rf"(?:\s(?:of|after|on)\s{_START_EVENT}|\s(?:of\s)?(?:the\s)?(?:follow-?\s?up|control|visit|check-?up|"
    r"review|treatment|therapy))\b"
)
#: One of these stands in each of them.
COURSE_WORDS = (
    "end of", *(f"{nth} {unit}" for nth in ("st", "nd", "rd", "th") for unit in ("week", "month", "year")),
    *(f"{word} {unit} " for word in ("at", "by", "until") for unit in ("month", "year")),
    *(f" m{month}" for month in (3, 6, 12, 18, 24, 36)),
)  # fmt: skip
COURSE = (
    rf"\b(?:(?:at|in|by|during|until|after|on|within)\s(?:the\s)?(?:end\sof\s(?:the\s)?)?"
    rf"(?P<told_nth>{ORDINAL})\s(?P<told_unit>week|month|year){_COURSE_OF}|"
    rf"(?:(?:at|by|after|until)\s(?:the\s)?end\sof\s(?:the\s)?|at\s(?:the\s)?)"
    rf"(?P<end_nth>{ORDINAL})\s(?P<end_unit>month|year)\b|"
    rf"after\sthe\s(?P<year_nth>first|second|third)\s(?P<year_unit>year)\b|"
    rf"(?:at|by|until)\sthe\send\sof\s(?P<of_count>\d{{1,2}}|{WORD_NUMBER})\s(?P<of_unit>month|year)s?\b|"
    rf"(?:at|by|until)\s(?P<label_unit>month|year)\s(?P<label_count>\d{{1,2}}|{WORD_NUMBER})\b|"
    r"(?:at|by)\sm(?P<m_count>\d{1,2})\b)"
)

#: Words that tell the phase only.
PHASE = (
    r"\b(?:(?P<follow>(?:at|on|during|in)\s(?:the\s|her\s|his\s)?(?:last\s|latest\s|most\srecent\s|final\s|"
    r"subsequent\s|further\s|repeat\s|next\s|control\s)?"
    r"(?:follow-?\s?up|control)\b|"
    r"(?:at|after|following|by)\s(?:the\s|her\s)?(?:end|completion|conclusion|cessation)\sof\s(?:the\s|"
    r"her\s|this\s)?(?:(?:\w+\s){0,2}(?:treatment|therapy|course|follow-?\s?up)|"
    r"(?:teriparatide|denosumab|romosozumab|bisphosphonates?|zoledronic\sacid|\w+dronate)\b)|"
    r"(?:after|post|following)[\s-](?:the\s|this\s|that\s)?(?:treatment|therapy)\b|post-?treatment|"
    r"(?:at|on|during|in)\s(?:the\s|her\s|his\s|our\s)?(?:last|latest|most\srecent|final|subsequent|further|"
    r"repeat(?:ed)?|next)\s(?:visit|examination|assessment|evaluation|re-?evaluation|consultation|measurement|"
    r"scan|densitometry|dxa|dexa|appointment)|"
    r"re-?(?:examination|evaluation|assessment|measurement|investigation)\b|"
    r"(?:the\s|in\sthe\s)(?:following|next|subsequent)\syear|"
    rf"(?:{_ORDER}\s)?post-?\s?operative\s(?:day|week|month)s?(?:\s\d+)?|pod\s?#?\d+|"
    r"(?:at|on|upon|before)\s(?:the\stime\sof\s)?discharge\b|\bafter\swhich\b|"
    r"after\s(?:the\s)?(?:\d{1,2}|one|two|three|four|five|six|first|second|third|fourth|last|final)\s"
    r"(?:(?:\w+|zoledronic\sacid)\s)?(?:infusions?|doses|injections|cycles?|courses?))|"
    r"(?P<base>(?:at|on|upon|before|prior\sto|since)\s(?:the\s|her\s|his\s|"
    r"our\s)?(?:time\sof\s)?(?:initial\s|first\s|start\sof\s)?"
    r"(?:presentation|admission|referral|diagnosis|baseline|treatment|therapy|(?:(?<=initial\s)|"
    r"(?<=first\s))(?:visit|consultation|evaluation|examination))\b|"
    r"pre-?treatment|baseline|initial(?:ly)?\b))"
)

#: Free patterns tried before the durations, which they may contain.
BEFORE_DURATIONS = frozenset({"last_of_pregnancy", "gestation_weeks", "baby_age", "baby_held"})
#: Groups that may hold which pregnancy or birth it was.
PREGNANCY_GROUPS = ("nth_birth", "nth_preg", "nth_term", "tri_preg", "lp_preg", "half_preg", "period_preg")
_CHILD = (
    rf"\s(?:of|to)\s(?:her|the|a|my|their)\s(?P<nth>{_ORDER})(?:-born)?\s(?:child|baby|son|daughter|infant)"
)


@dataclass(frozen=True)
class Patterns:
    """The compiled patterns; see the module."""

    unit: re.Pattern[str]
    duration: re.Pattern[str]
    suffix_start: re.Pattern[str]
    suffixes: tuple[tuple[str, re.Pattern[str]], ...]
    lead: re.Pattern[str]
    free: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]
    course: re.Pattern[str]
    phase: re.Pattern[str]
    child: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """All patterns, compiled once."""
    return Patterns(
        unit=re.compile(du.UNIT + r"\b"),
        duration=re.compile(r"(?<![\w.+])" + du.DURATION),
        suffix_start=re.compile(SUFFIX_START),
        suffixes=tuple((name, re.compile(pattern)) for name, pattern in SUFFIXES),
        lead=re.compile(LEAD),
        free=tuple((name, words, re.compile(pattern)) for name, words, pattern in FREE),
        course=re.compile(COURSE),
        phase=re.compile(PHASE),
        child=re.compile(_CHILD),
    )
