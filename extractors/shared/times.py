"""Time expressions: when something was, relative to delivery, to the first visit or in gestation.

Weeks of gestation count from the last menstrual period; delivery is taken at 40 weeks 0 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.base import TimeRef
from extractors.shared import durations as du
from extractors.shared.numbers import ORDINAL, WORD_NUMBER, parse_count, parse_ordinal
from extractors.shared.view import Sentence, View

_TRIGGER = re.compile(
    r"day|week|wk|month|year|yr|hour|hr|trimester|partum|partal|natal|puerper|pregnan|gestation|term\b|deliver|birth|lactat|"
    r"breast|nursing|follow|later|treatment|therapy|baseline|admission|presentation|initial|labou?r\b|confinement"
)
#: Words for the birth of the child, as an event to count from.
BIRTH = (
    r"(?:(?:having |having been |being )?(?:deliver(?:y|ies|ed|ing)|child-?\s?births?|births?|birth-?giving|parturition|"
    r"gave birth|giving birth|given birth|labou?r|confinement|(?:c(?:a?e|a)sarean|c-?section)(?:\s(?:section|delivery))?|partus|accouchement))"
)
_BEFORE_BIRTH = (
    r"(?:(?:the|her|a|an|this|that|my|of|having|she|had|normal|spontaneous|vaginal|uneventful|uncomplicated|elective|emergency|term|full-term|"
    r"preterm|premature|last|previous|most|recent|successful|instrumental|forceps|lower|segment|repeat|(?P<nth_birth>first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th))\s){0,6}"
)
_AFTER = r"(?:after|following|post|since|from|of|subsequent to|upon)"
_POSTPARTUM = r"(?:post-?\s?partum|post-?\s?natal(?:ly)?|post-?\s?delivery|postpartal(?:ly)?|after birth|into the puerperium|of the puerperium|of (?:breast-?\s?feeding|lactation))"
_AFTER_BIRTH = rf"(?:later\s)?(?:{_AFTER}\s{_BEFORE_BIRTH}{BIRTH}|{_POSTPARTUM})"
_BEFORE = rf"(?:before|prior to|preceding|previous to)\s{_BEFORE_BIRTH}{BIRTH}"
_BABY = r"(?:baby|infant|child|newborn|son|daughter|boy|girl|twins)"
_PREG = r"(?:(?:of|in|during|into)\s(?:the\s|her\s|this\s|my\s)?(?:(?P<nth_preg>first|second|third|fourth|fifth|1st|2nd|3rd|4th)\s)?(?:normal\s|twin\s|singleton\s|current\s|last\s)?(?:pregnan(?:cy|t)|gestation|gravidity)|gestation(?:al age)?|pregnant|gravid|of amenorrh(?:o?ea))"

_START_EVENT = (
    r"(?:(?:the|her|his|their|this|our|my|of|a|an|first|initial|last|second|third|start(?:ing)?|beginning|initiation|initiating|commenc(?:ing|ement)|prescribing|"
    r"administration|introduction|institution|end|completion|cessation|discontinuation|stopping|receiving|taking|oral|daily|intravenous|weekly|monthly|anabolic|medical|drug|\w+ate|\w+tide|\w+mab|\w+ic acid|vitamin [dk]\d?)\s){0,6}"
    r"(?:treatment|therapy|medication|follow-?\s?up|consultation|visit|presentation|admission|examination|diagnosis|discharge|dose|infusion|injection|baseline|"
    r"surgery|operation|procedure|vertebroplasty|kyphoplasty|fixation|hospitali[sz]ation|supplementation|weaning|teriparatide|zoledronate|zoledronic acid|alendronate|denosumab|"
    r"romosozumab|ibandronate|risedronate|pamidronate|vitamin [dk]\d?|bisphosphonates?|tablets?)"
)
_FOLLOW_UP = r"(?:later|afterwards?|thereafter|on\b(?!\sthe)|(?:of|into|after|following|from|since)\s" + _START_EVENT + r"|follow-?\s?up|post-?\s?(?:operative(?:ly)?|treatment|surgery|op))"
_SYMPTOM_EVENT = r"(?:after|following|from|since)\s(?:the\s)?(?:onset|first symptoms?|symptom onset|beginning of (?:the )?(?:pain|symptoms))"
_AGO = r"(?:ago|earlier|previously|before(?!\sdelivery)|prior)\b"


@dataclass(frozen=True)
class _Patterns:
    """`suffixes`: what may follow a duration, tried in order right behind it; `free`: whole
    expressions, each with the words of which one must stand in the sentence."""

    duration: re.Pattern[str]
    suffixes: tuple[tuple[str, re.Pattern[str]], ...]
    lead: re.Pattern[str]
    free: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]


_BIRTH_WORDS = ("partum", "partal", "natal", "puerper", "deliver", "birth", "labo", "section", "cesarean", "caesarean", "confinement")
_PREGNANCY_WORDS = ("pregnan", "gestation", "gravid", "amenorr")
_ORDER = r"(?:first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)"


@cache
def _patterns() -> _Patterns:
    n = r"\b" + du.NTH_UNIT
    suffixes = (
        ("after_birth", rf"(?:'s?)?\s(?:old\s)?{_AFTER_BIRTH}"),
        ("before_birth", rf"\s{_BEFORE}"),
        ("gestation", rf"'?\s(?:and\s(?P<g_days>[0-6]|one|two|three|four|five|six)\sdays?\s)?{_PREG}"),
        ("n_follow_up", r"[\s-](?:of\s)?(?:follow-?\s?up|control|visit|check-?up|review)\b"),
        ("follow_up", rf"\s{_FOLLOW_UP}"),
        ("from_symptom", rf"\s{_SYMPTOM_EVENT}"),
        ("ago", rf"\s{_AGO}"),
        ("after_duration", r"(?!\s(?:of age|old|prior|before|ago|earlier|of gestation|of pregnancy|gestation|postpartum|after|following|history))"),
    )
    free = (
        ("nth_after_birth", _BIRTH_WORDS, n + rf"\s(?:{_AFTER_BIRTH})"),
        (
            "nth_puerperal",
            ("post", "puerper"),
            rf"\b(?P<p_nth>{ORDINAL})\s(?:post-?\s?(?:partum|natal)|puerperal|postpartal)\s(?P<p_unit>day|week|month|year)|"
            rf"(?:post-?\s?(?:partum|natal)|puerperal)\s(?P<l_unit>day|week|month)\s(?P<l_count>\d+|{WORD_NUMBER})",
        ),
        ("day_n", _BIRTH_WORDS, rf"\b(?P<dn_unit>day|week|month)s?\s(?P<dn>\d+|{WORD_NUMBER})\s(?:{_AFTER_BIRTH})"),
        (
            "soon",
            _BIRTH_WORDS,
            r"\b(?:shortly|soon|immediately|right|directly|promptly|just|straight|early|(?:a\s)?(?:few|couple of|several)\s"
            rf"(?P<soon_unit>hours|days|weeks|months))\s(?:after|following|post)\s?-?(?:{_BEFORE_BIRTH}{BIRTH}|partum)",
        ),
        (
            "day_after",
            _BIRTH_WORDS,
            r"\b(?:the|on the|the very)\s(?:next\s|same\s)?(?P<da_unit>day|week|morning|night|evening)\s"
            rf"(?:after|following|of)\s{_BEFORE_BIRTH}{BIRTH}",
        ),
        (
            "baby_age",
            (" old", "of age"),
            rf"\b(?:when|while|as|once)\s(?:the|her|his|my|this)\s{_BABY}\s(?:was|had been|were)\s(?:only\s)?{du.DURATION}(?:\sold|\sof age)?",
        ),
        (
            "gestation_weeks",
            ("+", "/7"),
            r"\b(?P<weeks>\d{1,2}\s?\+\s?[0-6](?:/7)?|\d{1,2}\s[0-6]/7)(?:\s|-)?(?:completed\s)?(?:weeks?|wks?|w\b)'?"
            rf"(?:\s{_PREG})?",
        ),
        (
            "gestation_label",
            ("week", "gw ", "month", "age"),
            r"\b(?:gestational week|week of gestation|week of pregnancy|gestational age(?: of)?|gw|pregnancy week)"
            r"\s(?P<label_weeks>\d{1,2}(?:\s?\+\s?[0-6])?)",
        ),
        (
            "last_of_pregnancy",
            _PREGNANCY_WORDS,
            rf"\b(?:last|final)\s(?:(?P<lp_count>\d+|{WORD_NUMBER}|few)\s)?(?P<lp_unit>days?|weeks?|months?)\sof\s"
            rf"(?:the\s|her\s|this\s)?(?:(?P<lp_preg>{_ORDER})\s)?(?:pregnancy|gestation)",
        ),
        ("nth_gestation", _PREGNANCY_WORDS, n + rf"\s{_PREG}"),
        (
            "trimester",
            ("trimester",),
            r"\b(?P<tri>first|second|third|last|final|1st|2nd|3rd|early|late|mid)[\s-](?:third\s|and\s\w+\s)?trimester"
            rf"(?:\sof\s(?:the\s|her\s)?(?:(?P<tri_preg>{_ORDER})\s)?(?:pregnancy|gestation))?",
        ),
        (
            "period",
            ("term", *_BIRTH_WORDS, *_PREGNANCY_WORDS, "lactat", "feeding", "nursing"),
            r"\b(?P<period>at (?:full )?term\b|near term|(?:early|immediate|late)\s(?:in (?:the\s)?)?(?:post-?\s?(?:partum|natal)|puerper\w+)"
            r"(?:\speriod)?|(?:towards?\s(?:the\s)?end|end)\sof\s(?:the\s|her\s)?pregnancy|"
            r"(?:late|early|mid)[\s-](?:in\s)?(?:the\s|her\s)?(?:pregnancy|gestation)|in the puerperium|post-?\s?partum period|"
            r"(?:during|at|in|with|after)\s(?:the\s|her\s)?(?:labou?r|delivery|childbirth)\b|"
            rf"(?:during|in|while|throughout)\s(?:the\s|her\s|this\s|that\s)?(?:(?P<period_preg>{_ORDER}|last|previous)\s)?(?:twin\s)?"
            r"(?:pregnancy|pregnant|gestation|lactation|breast-?\s?feeding|nursing|lactating|puerperium))",
        ),
        (
            "phase_word",
            ("follow", "control", "end", "complet", "conclu", "cessation", "treatment", "therapy", "presentation", "admission", "referral",
             "diagnosis", "baseline", "visit", "consultation", "initial", "evaluation", "examination"),
            r"\b(?:(?P<follow>(?:at|on|during|in)\s(?:the\s|her\s|his\s)?(?:last\s|latest\s|most recent\s|final\s|subsequent\s|further\s|repeat\s|next\s|control\s)?"
            r"(?:follow-?\s?up|control)\b|"
            r"(?:at|after|following|by)\s(?:the\s|her\s)?(?:end|completion|conclusion|cessation)\sof\s(?:the\s|her\s|this\s)?(?:\w+\s){0,2}(?:treatment|therapy|course|follow-?\s?up)|"
            r"(?:after|post|following)[\s-](?:the\s|this\s|that\s)?(?:treatment|therapy)\b|post-?treatment)|"
            r"(?P<base>(?:at|on|upon|before|prior to|since)\s(?:the\s|her\s|his\s|our\s)?(?:time of\s)?(?:initial\s|first\s|start of\s)?"
            r"(?:presentation|admission|referral|diagnosis|baseline|treatment|therapy|(?:(?<=initial )|(?<=first ))(?:visit|consultation|evaluation|examination))\b|"
            r"pre-?treatment|baseline|initial(?:ly)?\b))",
        ),
    )
    return _Patterns(
        duration=re.compile(r"(?<![\w.+])" + du.DURATION),
        suffixes=tuple((name, re.compile(pattern)) for name, pattern in suffixes),
        lead=re.compile(r"(?:^|\s)(?P<lead>after|at|by|within|in|over|for)\s(?:a further\s|another\s|the\s)?(?P<first>first\s)?$"),
        free=tuple((name, words, re.compile(pattern)) for name, words, pattern in free),
    )


def _ordinal(text: str | None) -> int | None:
    return parse_ordinal(text) if text else None


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _days(match: re.Match[str]) -> tuple[int, int] | None:
    return du.duration_days(match["count"], match["unit"], match["upto"])


Reading = tuple[str, int | None, int | None, str]  # anchor, days min and max, phase


def _read_free(name: str, m: re.Match[str]) -> Reading | None:
    """Whole expressions that need no duration in front."""
    if name == "phase_word":
        return ("baseline", None, None, "follow-up") if m["follow"] else ("baseline", 0, 0, "baseline")
    if name in _GESTATION_NAMES:
        return _read_gestation(name, m)
    if name == "nth_after_birth":
        n = _ordinal(m["nth"])
        return None if n is None else ("delivery", *_nth_span(n, m["nth_unit"]), "")
    if name == "nth_puerperal":
        return _puerperal(m)
    if name == "day_n":
        count = parse_count(m["dn"])
        return None if count is None else ("delivery", *_nth_span(int(count), m["dn_unit"]), "")
    if name == "soon":
        span = {"hours": 1, "days": 7, "weeks": 42, "months": 183}.get(_group(m, "soon_unit") or "", 14)
        return "delivery", 0, span, ""
    if name == "baby_age":
        days = du.duration_days(m["count"], m["unit"], m["upto"])
        return None if days is None else ("delivery", *days, "")
    day = {"day": (1, 1), "morning": (1, 1), "week": (7, 14)}.get(m["da_unit"], (0, 1))
    return ("delivery", *day, "")


def _puerperal(m: re.Match[str]) -> Reading | None:
    if m["p_nth"]:
        n, unit = _ordinal(m["p_nth"]), m["p_unit"]
    else:
        count = parse_count(m["l_count"])
        n, unit = (None if count is None else int(count)), m["l_unit"]
    return None if n is None else ("delivery", *_nth_span(n, unit), "")


def _nth_span(n: int, unit: str) -> tuple[int, int]:
    """Days that the n-th unit after delivery spans; a day is exact."""
    if unit.startswith("d"):
        return n, n
    per = du.unit_days(unit)
    return round((n - 1) * per), round(n * per)


_GESTATION_NAMES = ("gestation_weeks", "gestation_label", "last_of_pregnancy", "nth_gestation", "trimester", "period")


def _read_gestation(name: str, m: re.Match[str]) -> Reading | None:
    """Expressions inside a pregnancy, as days before delivery at term."""
    if name in ("gestation_label", "gestation_weeks"):
        day = du.gestation_days(m["label_weeks"] if name == "gestation_label" else m["weeks"])
        return None if day is None else ("gestation", day, day, "")
    if name == "nth_gestation":
        return _nth_of_pregnancy(m)
    if name == "trimester":
        which = {"first": 1, "1st": 1, "early": 1, "second": 2, "2nd": 2, "mid": 2}.get(m["tri"], 3)
        return ("gestation", *du.TRIMESTER_DAYS[which], "")
    if name == "last_of_pregnancy":
        count = 3.0 if m["lp_count"] == "few" else parse_count(m["lp_count"] or "one")
        return "gestation", -round((count or 1) * du.unit_days(m["lp_unit"])), 0, ""
    return _period_reading(m["period"])


def _nth_of_pregnancy(m: re.Match[str]) -> Reading | None:
    n, unit = _ordinal(m["nth"]), m["nth_unit"]
    if unit.startswith("t"):
        return ("gestation", *du.TRIMESTER_DAYS.get(n or 3, (-du.TERM_DAYS, 0)), "")
    if n is None:
        few = parse_count(m["few"]) if m["few"] and m["few"] != "few" else (3 if m["few"] else 1)
        return "gestation", -round((few or 1) * du.unit_days(unit)), 0, ""
    if unit.startswith("m"):
        return ("gestation", *du.month_of_pregnancy(n), "")
    if unit.startswith("w"):
        return "gestation", (n - 1) * 7 - du.TERM_DAYS, n * 7 - du.TERM_DAYS, ""
    return None


def _gestation_duration(m: re.Match[str], extra_days: str | None) -> Reading | None:
    """"34 weeks of gestation", "at 8 months of pregnancy"."""
    count = parse_count(m["count"])
    upto = parse_count(m["upto"]) if m["upto"] else None
    if count is None or m["unit"][0] not in "wm":
        return None
    if m["unit"].startswith("m"):
        if not 1 <= count <= 10:
            return None
        low, high = du.month_of_pregnancy(int(count))
        return "gestation", low, (du.month_of_pregnancy(int(upto))[1] if upto else high), ""
    day = round(count * 7) - du.TERM_DAYS + int(parse_count(extra_days) or 0 if extra_days else 0)
    last = round(upto * 7) - du.TERM_DAYS if upto else day
    return "gestation", day, max(day, last), ""


_PERIODS = (
    ("near term", "gestation", -28, 0),
    ("term", "gestation", -21, 7),
    ("early post", "delivery", 0, 42),
    ("immediate post", "delivery", 0, 7),
    ("late post", "delivery", 42, 365),
    ("end", "gestation", -61, 0),
    ("late", "gestation", -84, 0),
    ("early", "gestation", -280, -183),
    ("mid", "gestation", -182, -85),
    ("puerper", "delivery", 0, 42),
    ("partum period", "delivery", 0, 183),
    ("labo", "delivery", 0, 0),
    ("deliver", "delivery", 0, 0),
    ("childbirth", "delivery", 0, 0),
    ("lactat", "delivery", 0, 365),
    ("breast", "delivery", 0, 365),
    ("nursing", "delivery", 0, 365),
    ("pregnan", "gestation", -280, 0),
    ("gestation", "gestation", -280, 0),
)


def _period_reading(text: str) -> Reading | None:
    for word, anchor, low, high in _PERIODS:
        if word in text:
            if text.startswith("after") and word in ("labo", "deliver", "childbirth"):
                return "delivery", 0, 42, ""
            return anchor, low, high, ""
    return None


_NEEDS_LEAD = {"after_duration": ("after", "at", "by")}


def _read_duration(sentence: str, m: re.Match[str]) -> tuple[Reading, int, int, re.Match[str]] | None:
    """A duration with what follows it: the reading, start, end and the match of what followed."""
    patterns = _patterns()
    lead_match = patterns.lead.search(sentence, max(0, m.start() - 24), m.start())
    lead = lead_match["lead"] if lead_match else ""
    for name, pattern in patterns.suffixes:
        tail = pattern.match(sentence, m.end())
        if tail is None or (name in _NEEDS_LEAD and lead not in _NEEDS_LEAD[name]):
            continue
        reading = _duration_reading(name, m, tail, lead)
        if reading is not None:
            start = lead_match.start("lead") if lead_match and lead in ("after", "at", "within") else m.start()
            return reading, start, tail.end(), tail
    return None


def _duration_reading(name: str, m: re.Match[str], tail: re.Match[str], lead: str) -> Reading | None:
    if name == "gestation":
        return _gestation_duration(m, tail["g_days"])
    days = du.duration_days(m["count"], m["unit"], m["upto"])
    if days is None:
        return None
    if name == "before_birth":
        return "delivery", -days[1], -days[0], ""
    if name == "after_birth":
        return "delivery", 0 if lead == "within" else days[0], days[1], ""
    if name == "ago":
        return "baseline", -days[1], -days[0], "history"
    if name == "from_symptom":
        return "symptom", days[0], days[1], ""
    return "baseline", days[0], days[1], "follow-up"


_PREGNANCY_GROUPS = ("nth_birth", "nth_preg", "tri_preg", "lp_preg", "period_preg")
_OF_CHILD = re.compile(r"\sof\s(?:her|the|a|my|their)\s(?P<nth>first|second|third|fourth|fifth)(?:-born)?\s(?:child|baby|son|daughter|infant)")


def _pregnancy(match: re.Match[str], sentence: str, end: int) -> int | None:
    for group in _PREGNANCY_GROUPS:
        if number := _ordinal(_group(match, group)):
            return number
    child = _OF_CHILD.match(sentence, end)
    return _ordinal(child["nth"]) if child else None


#: Tried before the durations, which they may contain.
_BEFORE_DURATIONS = ("last_of_pregnancy", "gestation_weeks", "baby_age")


def _readings(view: View, sentence: Sentence) -> Iterator[TimeRef]:
    patterns, lower = _patterns(), sentence.lower

    def made(reading: Reading, start: int, end: int, match: re.Match[str]) -> TimeRef:
        begin, stop = sentence.start + start, sentence.start + end
        return TimeRef(begin, stop, view.text[begin:stop], *reading, pregnancy=_pregnancy(match, lower, end))

    def free(early: bool) -> Iterator[TimeRef]:
        for name, words, pattern in patterns.free:
            if (name in _BEFORE_DURATIONS) == early and any(word in lower for word in words):
                for match in pattern.finditer(lower):
                    reading = _read_free(name, match)
                    if reading is not None:
                        yield made(reading, match.start(), match.end(), match)

    yield from free(True)
    plain: list[TimeRef] = []
    for match in patterns.duration.finditer(lower):
        found = _read_duration(lower, match)
        if found:
            reading, start, end, tail = found
            time = made(reading, start, end, tail)
            if reading[0] in ("delivery", "gestation"):
                yield time
            else:
                plain.append(time)
    specific, phases = [], []
    for time in free(False):
        (phases if time.anchor == "baseline" else specific).append(time)
    yield from (*specific, *plain, *phases)


def find_times(view: View, sentence: Sentence) -> tuple[TimeRef, ...]:
    """All time expressions of a sentence, in order, with absolute offsets; the more specific wins."""
    key = ("times", sentence.index)
    cached = view.cache.get(key)
    if cached is None:
        cached = _find(view, sentence) if _TRIGGER.search(sentence.lower) else ()
        view.cache[key] = cached
    return cached  # type: ignore[no-any-return]


def _find(view: View, sentence: Sentence) -> tuple[TimeRef, ...]:
    kept: list[TimeRef] = []
    for time in _readings(view, sentence):
        if all(time.end <= k.start or time.start >= k.end for k in kept):
            kept.append(time)
    return tuple(sorted(kept, key=lambda t: t.start))


_CLAUSE_BREAK = re.compile(r";|\b(?:but|whereas|while|then|and (?:after|at|one|two|three|six|\d+))\b")


def time_of(view: View, sentence: Sentence, start: int, end: int) -> TimeRef | None:
    """The time that governs the words [start, end): the nearest before them in the sentence, else the
    nearest after them in their clause, else a follow-up time carried over within the paragraph."""
    times = find_times(view, sentence)
    before = [t for t in times if t.end <= end and t.start < start]
    if before:
        return before[-1]
    for time in times:
        if time.start >= end and not _CLAUSE_BREAK.search(view.text[end : time.start].lower()):
            return time
    return _carried(view, sentence)


def _carried(view: View, sentence: Sentence) -> TimeRef | None:
    """The last follow-up or baseline time of an earlier sentence of the paragraph."""
    earlier = view.previous(sentence)
    while earlier is not None:
        for time in reversed(find_times(view, earlier)):
            if time.phase in ("follow-up", "baseline"):
                return time
            if time.phase == "" and time.anchor == "delivery":
                return None
        earlier = view.previous(earlier)
    return None
