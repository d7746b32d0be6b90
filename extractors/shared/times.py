"""Time expressions: when something was, relative to delivery, to the first visit or in gestation.

Weeks of gestation count from the last menstrual period; delivery is taken at 40 weeks 0 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.base import TimeRef
from extractors.shared import durations as du
from extractors.shared.numbers import ORDINAL, WORD_NUMBER, parse_count, parse_ordinal
from extractors.shared.view import Sentence, View

_TRIGGER = re.compile(
    r"day|week|wk|month|year|yr|hour|hr|trimester|partum|partal|natal|puerper|pregnan|gestation|term\b|deliver|birth|lactat|"
    r"breast|nursing|follow|later|treatment|therapy|baseline|admission|presentation|initial|labou?r\b|confinement"
)
_SEVERAL = r"(?:a )?(?:few|couple of|several)"

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
_BABY = (
    r"(?:baby|infant|child|newborn|son|daughter|boy|girl|twins)"
)
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


def _compile(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    d, n = du.DURATION, du.NTH_UNIT
    return {
        # count + unit, then what it is counted from
        "after_birth": _compile(d, r"(?:'s?)?(?:\sold)?\s", rf"(?:{_AFTER_BIRTH})"),
        "before_birth": _compile(d, r"\s", _BEFORE),
        "gestation": _compile(
            r"(?P<weeks>\d{1,2}(?:\s?\+\s?[0-6](?:/7)?|\s[0-6]/7)?|" + WORD_NUMBER + r")(?:\s?(?:to|-)\s?(?P<to_weeks>\d{1,2}))?(?:\s|-)(?:completed\s)?(?P<g_unit>weeks?|wks?|months?)'?\s?"
            r"(?:and\s(?P<g_days>[0-6]|one|two|three|four|five|six)\sdays?\s)?", _PREG
        ),
        "gestation_label": re.compile(
            r"(?:gestational week|week of gestation|week of pregnancy|gestational age(?: of)?|gw|pregnancy week|pregnancy month)\s(?P<label_weeks>\d{1,2}(?:\s?\+\s?[0-6])?)"
        ),
        "nth_gestation": _compile(n, r"\s", _PREG),
        "nth_after_birth": _compile(n, r"\s", rf"(?:{_AFTER_BIRTH})"),
        "nth_puerperal": re.compile(
            rf"(?P<p_nth>{ORDINAL})\s(?:post-?\s?(?:partum|natal)|puerperal|postpartal)\s(?P<p_unit>day|week|month|year)|"
            rf"(?:post-?\s?(?:partum|natal)|puerperal)\s(?P<l_unit>day|week|month)\s(?P<l_count>\d+|{WORD_NUMBER})"
        ),
        "day_n": _compile(rf"(?P<dn_unit>day|week|month)s?\s(?P<dn>\d+|{WORD_NUMBER})\s", rf"(?:{_AFTER_BIRTH})"),
        "within": _compile(r"(?:within|in)\s", r"(?:the\s)?(?:first\s)?", d, r"\s", rf"(?:{_AFTER_BIRTH})"),
        "soon": _compile(
            r"(?:shortly|soon|immediately|right|directly|promptly|just|straight|early|(?:a\s)?(?:few|couple of|several)\s(?P<soon_unit>hours|days|weeks|months))\s(?:after|following|post)\s?-?(?:",
            _BEFORE_BIRTH, BIRTH, r"|partum)",
        ),
        "day_after": _compile(r"(?:the|on the|the very)\s(?:next\s|same\s)?(?P<da_unit>day|week|morning|night|evening)\s(?:after|following|of)\s", _BEFORE_BIRTH, BIRTH),
        "baby_age": _compile(r"(?:when|while|as|once)\s(?:the|her|his|my|this)\s", _BABY, r"\s(?:was|had been|were)\s(?:only\s)?", d, r"(?:\sold|\sof age)?"),
        "trimester": re.compile(
            r"(?P<tri>first|second|third|last|final|1st|2nd|3rd|early|late|mid)[\s-](?:third\s|and\s\w+\s)?trimester(?:\sof\s(?:the\s|her\s)?(?:(?P<tri_preg>first|second|third)\s)?(?:pregnancy|gestation))?"
        ),
        "last_of_pregnancy": re.compile(
            rf"(?:last|final)\s(?:(?P<lp_count>\d+|{WORD_NUMBER}|few)\s)?(?P<lp_unit>days?|weeks?|months?)\sof\s(?:the\s|her\s|this\s)?(?:(?P<lp_preg>first|second|third)\s)?(?:pregnancy|gestation)"
        ),
        "period": re.compile(
            r"(?P<period>at (?:full )?term\b|near term|(?:early|immediate|late)\s(?:in (?:the\s)?)?(?:post-?\s?(?:partum|natal)|puerper\w+)(?:\speriod)?|(?:towards?\s(?:the\s)?end|end)\sof\s(?:the\s|her\s)?pregnancy|"
            r"(?:late|early|mid)[\s-](?:in\s)?(?:the\s|her\s)?(?:pregnancy|gestation)|in the puerperium|post-?\s?partum period|(?:during|at|in|with|after)\s(?:the\s|her\s)?(?:labou?r|delivery|childbirth)\b|"
            r"(?:during|in|while|throughout)\s(?:the\s|her\s|this\s|that\s)?(?:(?P<period_preg>first|second|third|fourth|last|previous)\s)?(?:twin\s)?(?:pregnancy|pregnant|gestation|lactation|breast-?\s?feeding|nursing|lactating|puerperium))"
        ),
        "follow_up": _compile(r"(?:(?:after|at|within|over|for|by)\s)?", d, r"\s", _FOLLOW_UP),
        "after_duration": _compile(r"\b(?:after|at|by)\s(?:a further\s|another\s|the\s)?", d, r"(?!\s(?:of age|old|prior|before|ago|earlier|of gestation|of pregnancy|gestation|postpartum|after|following|history))"),
        "n_follow_up": _compile(d, r"[\s-](?:follow-?\s?up|control|visit|check-?up|review)"),
        "from_symptom": _compile(d, r"\s", _SYMPTOM_EVENT),
        "ago": _compile(d, r"\s", _AGO),
        "phase_word": re.compile(
            r"(?P<follow>(?:at|on|during|in)\s(?:the\s|her\s|his\s)?(?:last\s|latest\s|most recent\s|final\s|subsequent\s|further\s|repeat\s|next\s|control\s)?(?:follow-?\s?up|control)\b|"
            r"(?:at|after|following|by)\s(?:the\s|her\s)?(?:end|completion|conclusion|cessation)\sof\s(?:the\s|her\s|this\s)?(?:\w+\s){0,2}(?:treatment|therapy|course|follow-?\s?up)|"
            r"(?:after|post|following)[\s-](?:the\s|this\s|that\s)?(?:treatment|therapy)\b|post-?treatment)|"
            r"(?P<base>(?:at|on|upon|before|prior to|since)\s(?:the\s|her\s|his\s|our\s)?(?:time of\s)?(?:initial\s|first\s|start of\s)?(?:presentation|admission|referral|diagnosis|baseline|treatment|therapy|(?:(?<=initial )|(?<=first ))(?:visit|consultation|evaluation|examination))\b|"
            r"pre-?treatment|baseline|initial(?:ly)?\b)"
        ),
    }


def _ordinal(text: str | None) -> int | None:
    return parse_ordinal(text) if text else None


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _days(match: re.Match[str]) -> tuple[int, int] | None:
    return du.duration_days(match["count"], match["unit"], match["upto"])


Reading = tuple[str, int | None, int | None, str]  # anchor, days min and max, phase


def _read_birth(name: str, m: re.Match[str]) -> Reading | None:
    """Expressions counted from delivery."""
    if name in ("after_birth", "before_birth", "within", "baby_age"):
        days = _days(m)
        if days is None:
            return None
        if name == "before_birth":
            return "delivery", -days[1], -days[0], ""
        return "delivery", 0 if name == "within" else days[0], days[1], ""
    if name == "nth_after_birth":
        n = _ordinal(m["nth"])
        if n is None:
            return None
        return ("delivery", *_nth_span(n, m["nth_unit"]), "")
    if name == "nth_puerperal":
        if m["p_nth"]:
            n, unit = _ordinal(m["p_nth"]), m["p_unit"]
        else:
            count = parse_count(m["l_count"])
            n, unit = (None if count is None else int(count)), m["l_unit"]
        return None if n is None else ("delivery", *_nth_span(n, unit), "")
    if name == "day_n":
        count = parse_count(m["dn"])
        return None if count is None else ("delivery", *_nth_span(int(count), m["dn_unit"]), "")
    if name == "soon":
        span = {"hours": 1, "days": 7, "weeks": 42, "months": 183}.get(_group(m, "soon_unit") or "", 14)
        return "delivery", 0, span, ""
    day = {"day": (1, 1), "morning": (1, 1), "week": (7, 14)}.get(m["da_unit"], (0, 1))
    return ("delivery", *day, "")


def _nth_span(n: int, unit: str) -> tuple[int, int]:
    """Days that the n-th unit after delivery spans; a day is exact."""
    if unit.startswith("d"):
        return n, n
    per = du.unit_days(unit)
    return round((n - 1) * per), round(n * per)


def _read_gestation(name: str, m: re.Match[str]) -> Reading | None:
    """Expressions inside a pregnancy, as days before delivery at term."""
    if name == "gestation":
        return _weeks_reading(m)
    if name == "gestation_label":
        day = du.gestation_days(m["label_weeks"])
        return None if day is None else ("gestation", day, day, "")
    if name == "nth_gestation":
        n, unit = _ordinal(m["nth"]), m["nth_unit"]
        if unit.startswith("t"):
            n = 3 if n is None else n
            return ("gestation", *du.TRIMESTER_DAYS.get(n, (-280, 0)), "")
        if n is None:
            few = parse_count(m["few"]) if m["few"] and m["few"] != "few" else (3 if m["few"] else 1)
            return "gestation", -round((few or 1) * du.unit_days(unit)), 0, ""
        if unit.startswith("m"):
            return ("gestation", *du.month_of_pregnancy(n), "")
        if unit.startswith("w"):
            return "gestation", (n - 1) * 7 - du.TERM_DAYS, n * 7 - du.TERM_DAYS, ""
        return None
    if name == "trimester":
        which = {"first": 1, "1st": 1, "early": 1, "second": 2, "2nd": 2, "mid": 2}.get(m["tri"], 3)
        return ("gestation", *du.TRIMESTER_DAYS[which], "")
    if name == "last_of_pregnancy":
        count = 3.0 if m["lp_count"] == "few" else parse_count(m["lp_count"] or "one")
        return "gestation", -round((count or 1) * du.unit_days(m["lp_unit"])), 0, ""
    return _period_reading(m["period"])


def _weeks_reading(m: re.Match[str]) -> Reading | None:
    if m["g_unit"].startswith("m"):
        months = parse_count(m["weeks"])
        if months is None or not 1 <= months <= 10:
            return None
        low, high = du.month_of_pregnancy(int(months))
        if m["to_weeks"]:
            high = du.month_of_pregnancy(int(m["to_weeks"]))[1]
        return "gestation", low, high, ""
    low_day = du.gestation_days(m["weeks"])
    if low_day is None:
        return None
    extra = parse_count(m["g_days"]) if m["g_days"] else 0
    low_day += int(extra or 0)
    high_day = du.gestation_days(m["to_weeks"]) if m["to_weeks"] else low_day
    return "gestation", low_day, max(low_day, high_day if high_day is not None else low_day), ""


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


def _read_follow_up(name: str, m: re.Match[str]) -> Reading | None:
    """Expressions counted from the first visit or the start of treatment, and bare phases."""
    if name == "phase_word":
        return ("baseline", None, None, "follow-up") if m["follow"] else ("baseline", 0, 0, "baseline")
    days = _days(m)
    if days is None:
        return None
    if name == "ago":
        return "baseline", -days[1], -days[0], "history"
    if name == "from_symptom":
        return "symptom", days[0], days[1], ""
    return "baseline", days[0], days[1], "follow-up"


_BIRTH_NAMES = ("within", "after_birth", "before_birth", "nth_after_birth", "nth_puerperal", "day_n", "soon", "day_after", "baby_age")
_GESTATION_NAMES = ("gestation", "gestation_label", "last_of_pregnancy", "nth_gestation", "trimester", "period")
_FOLLOW_NAMES = ("n_follow_up", "follow_up", "from_symptom", "ago", "after_duration", "phase_word")
_PREGNANCY_GROUPS = ("nth_birth", "nth_preg", "tri_preg", "lp_preg", "period_preg")


def _readings(view: View, sentence: Sentence) -> Iterator[TimeRef]:
    patterns = _patterns()
    for names, reader in ((_BIRTH_NAMES, _read_birth), (_GESTATION_NAMES, _read_gestation), (_FOLLOW_NAMES, _read_follow_up)):
        for name in names:
            for match in patterns[name].finditer(sentence.lower):
                reading = reader(name, match)
                if reading is None:
                    continue
                pregnancy = next((o for g in _PREGNANCY_GROUPS if (o := _ordinal(_group(match, g)))), None)
                start, end = sentence.start + match.start(), sentence.start + match.end()
                yield TimeRef(start, end, view.text[start:end], *reading, pregnancy=pregnancy)


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
