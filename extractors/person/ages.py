"""Ages in every notation: "32-year-old", "34 y/o", "aged 29", "3 years and 6 months of age"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.language.numbers import WORD_NUMBER, parse_count
from extractors.rules.lexicon import Entry, Lexicon, read_rows
from extractors.rules.quick import any_of

#: Units of an age in years; a month is a twelfth, weeks and days are of the mean Gregorian year.
_YEARS_PER = {
    "y": 1.0,
    "mo": 1 / 12,
    "mt": 1 / 12,
    "m/": 1 / 12,
    "w": 7 / 365.25,
    "d": 1 / 365.25,
    "h": 1 / 8766,
}
_OLDEST = 115

_DASH = r"[\s\-‐‑–]"
_HALF = r"(?:\s?½|\s?1/2|[-\s]and[-\s]a[-\s]half)"
NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?{_HALF}?|½|{WORD_NUMBER}{_HALF}?)"
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LEFT = r"(?<![\w.,/])"
_LONG_UNIT = r"(?:years?|yrs?|months?|mths?|weeks?|wks?|days?|hours?|hrs?)"
#: "and 6 months" behind a first part
_SECOND = rf"(?:(?:,\s|\s|-)?(?:and[\s-])?(?P<n2>{NUMBER}){_DASH}(?P<u2>months?|mos?|weeks?|wks?|days?))?"

_OLD = rf"{_LEFT}(?P<n>{NUMBER}){_DASH}{{0,3}}(?P<u>{_LONG_UNIT}|mos?)\.?'?{_SECOND}{_DASH}{{0,3}}olds?\b"
_SHORT = (
    rf"{_LEFT}(?P<n>\d{{1,3}}(?:\.\d)?)[\s-]?(?P<u>y|yr|m|mo|w|wk|d)s?(?:/o\b|\.o\b\.?|o\b|\.?[\s-]old\b|"
    rf"\.?\s?of\sage)"
)
_OF_AGE = rf"{_LEFT}(?P<n>{NUMBER}){_DASH}(?P<u>{_LONG_UNIT}|mos?){_SECOND}\s(?:of\s|in\s)?age\b"
_AGE_FILLER = (
    r"(?:\s?[:=,]\s?|\s(?:of|is|was|were|being|about|around|approximately|approx\.?|only|just|now|"
    r"currently)\b|"
    r"\s?\(?(?:in\s)?(?:years?|yrs?|y)\)?\s?:|\s(?:at|on|upon)\s(?:the\s)?(?:time\sof\s)?(?:presentation|"
    r"admission|referral|diagnosis|visit|evaluation|examination)|\s?~)"
)
_AGED = (
    rf"\bage[ds]?{_AGE_FILLER}{{0,4}}\s?(?P<n>{NUMBER})(?![\d.]*\d|\s?[%/])"
    rf"(?:{_DASH}?(?P<u>{_LONG_UNIT}|mos?|y)\b{_SECOND})?"
)
_EVENT_AT = (
    r"\b(?:menarche|menopause|married|marriage|diagnosed|diagnosis|died|death|menstruat\w+|periods?|"
    r"thelarche|pubarche|retired)"
    r"\b(?:\s\w+){0,4}?\sat\s(?:about\s|around\s)?(?P<n>\d{1,2}(?:\.\d)?)(?!\d|\.\d|\s?[%/:+-]|"
    r"\s?(?:weeks?|months?|days?|hours?|h|a\.?m|p\.?m|cm|kg|mg|wk|centers?|centres?|hospitals?|levels?|"
    r"sites?)\b)(?:\s(?P<u>years?|yrs?)\b)?"
)
_DECADE_WORD = (
    r"(?:teens|twenties|thirties|forties|fourties|fifties|sixties|seventies|eighties|nineties|"
    r"[1-9]0'?s)"
)
_DECADE = (
    rf"\bin\s(?:her|his|their|the)\s(?:very\s)?(?:(?:early|mid|middle|"
    rf"late)[\s-]?(?:to[\s-]late[\s-])?)?{_DECADE_WORD}(?!\w)|"
    r"\bin\s(?:her|his|their|the)\s(?:second|third|fourth|fifth|sixth|seventh|eighth|"
    r"ninth)\sdecade(?:\sof\slife)?|"
    rf"\b(?:early|mid|late)[\s-]{_DECADE_WORD}(?!\w)"
)
_PERSON = (
    r"(?:wom[ae]n|m[ae]n|lady|patient|gentleman|boy|girl|primipara|primigravida|multipara|housewife|wife|"
    r"widow|fe?male|mother)"
)
#: "woman (38 years)", "patient, 35 yrs,", "Patient 1 (28 years)", "Mrs L., 36,"
_APPOSED = (
    rf"\b(?:{_PERSON}|(?:patient|case|subject)\s(?:no\.?\s?)?(?:\d{{1,2}}|[a-h]|[ivx]{{1,4}}))\s?"
    rf"[,(:]\s?(?:(?:wo)?man,\s|(?:fe)?male,\s|[fm],\s)?(?P<n>\d{{1,2}}(?:\.\d)?)\s?(?P<u>years?|yrs?|"
    rf"y)\b(?=\s?[,);.])|"
    r"\b(?:mrs|mr|ms|miss)\.?\s[\w.]{1,15}\s?[,(]\s?(?P<n_2>[1-9]\d)\s?(?:years?|yrs?)?(?=\s?[,)])"
)
_TWO_FIGURES = (
    rf"(?:[1-9]\d|(?:{'|'.join(TENS)})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:thir|"
    rf"four|fif|six|seven|eigh|nine)teen)"
)
#: "a woman of 29", "a man of fifty-six years"
_PERSON_OF = (
    rf"\b{_PERSON}\sof\s(?:about\s|only\s)?(?P<n>{_TWO_FIGURES})\b(?!\s?[%-]|\s(?:children|weeks|days|"
    rf"patients))(?:\s(?P<u>years?|yrs?|months?)\b)?"
)
#: "She was twenty-eight when", "I'm 34,"
_WAS = (
    rf"\b(?:she|he|i)(?:\swas|\sis|\sam|'m|'s)\s(?:only\s|just\s|then\s|now\s|aged?\s)?(?P<n>{_TWO_FIGURES})"
    r"(?:\s(?P<u>years?|yrs?)\b)?(?=[,.;]\s|[.;]?$|\s(?:when|and|but|at\sthe\stime|at\spresentation|"
    r"at\sdiagnosis|at\sonset)\b)"
)
#: Before a number: it is the upper end of a range or one of a list.
_JOINED = re.compile(
    rf"(?:{NUMBER})(?:{_DASH}?(?:{_LONG_UNIT}))?(?P<join>\s?[-–]\s?(?:to\s)?|\s?to\s|"
    rf"\sthrough\s|\sor\s|\sand\s|-?\sto\s|-\sand\s|,\s(?:and\s)?)$"
)
_UPTO = re.compile(rf"\s?(?P<join>-|–|to\s|\sto\s|\sor\s)\s?(?P<upto>{NUMBER})(?:{_DASH}(?:{_LONG_UNIT}))?\b")
_LIST = re.compile(
    rf"(?:,\s{NUMBER})*,?\s(?:and|&)\s(?P<last>{NUMBER})\b(?!\s?(?:months?|weeks?|days?|"
    rf"hours?|kg|cm|other|of|patients|women|were|had))"
)
_GESTATIONAL = re.compile(
    r"\b(?:gestational|bone|skeletal|f(?:o?e)tal|mental|developmental|corrected|"
    r"menstrual|conceptional|dental|paternal|advanced|old|young)[\s-]$"
)
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?(?:ages?\sof\s)?$")


@dataclass(frozen=True, slots=True)
class AgeRef:
    """An age in a sentence, offsets of the sentence. `years` is None for a decade, a range or a word.

    `shape` is how it is told: old | of age | aged | apposed | event | decade | word | range | list | initial.
    """

    start: int
    end: int
    years: float | None
    text: str
    shape: str
    sex: str | None = None


@cache
def _patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Shape, words of which one must stand in the sentence, pattern."""
    named = (
        ("old", ("old",), _OLD),
        ("of age", ("age",), _OF_AGE),
        ("old", ("/o", "y.o", "yo", "y old", "yr old", "y-old", "yr-old", "m.o", "mo "), _SHORT),
        ("aged", ("age",), _AGED),
        ("event", _EVENT_WORDS, _EVENT_AT),
    )
    return tuple((name, words, re.compile(pattern)) for name, words, pattern in named)


@cache
def _loose() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Shapes that need a number of two figures and no word for age."""
    named = (
        ("apposed", (" years", " yrs", " y)", "y,", "mrs", "mr", "ms.", "ms ", "miss "), _APPOSED),
        (
            "person of",
            (
                "man of ",
                "men of ",
                "lady of ",
                "fe of ",
                "widow of ",
                "patient of ",
                "male of ",
                "girl of ",
                "boy of ",
                "para of ",
                "gravida of ",
            ),
            _PERSON_OF,
        ),
        ("was", ("she was", "she is", "he was", "he is", "i'm ", "i am", "i was", "she's", "he's"), _WAS),
    )
    return tuple((name, words, re.compile(pattern)) for name, words, pattern in named)


@cache
def _decade() -> re.Pattern[str]:
    return re.compile(_DECADE)


@cache
def _words() -> Lexicon[str]:
    return Lexicon(
        Entry(row["phrase"], row["who"]) for row in read_rows("extractors.person", "age_words.csv")
    )


#: "31/2" is how 3½ arrives where fractions are written out.
_STUCK_HALF = re.compile(r"^(\d{1,2})1/2$")


def to_years(count: str, unit: str | None) -> float | None:
    """Years for a count and its unit's word ("13", "month"), None if unreadable or beyond a lifetime."""
    count = _STUCK_HALF.sub(r"\1 1/2", count.strip())
    number = parse_count(re.sub(r"-and-a-half|-and a half", " and a half", count.strip()))
    if number is None:
        return None
    word = (unit or "years").lower()
    per = next(
        (value for key, value in _YEARS_PER.items() if word.startswith(key)), 1 / 12 if word == "m" else 1.0
    )
    years = number * per
    return years if years <= _OLDEST else None


def read_age(match: re.Match[str]) -> float | None:
    """Decimal years of a match with the groups n, u, n2 and u2."""
    groups = match.groupdict()
    years = to_years(groups.get("n") or groups.get("n_2") or "", groups.get("u"))
    if years is not None and groups.get("n2"):
        more = to_years(groups["n2"], groups["u2"])
        years += more or 0.0
    return None if years is None else round(years, 4)


#: A number of two figures, or one in words, as the loose shapes need.
_TWO = re.compile(
    r"[1-9]\d(?!\d|[.,]\d|\s?(?:%|mg|mm|cm|kg|ml|/))|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|teen\b"
)
_EVENT_WORDS = (
    "menarche",
    "menopause",
    "married",
    "marriage",
    "diagnos",
    "died",
    "death",
    "menstruat",
    "period",
    "arche",
    "retired",
)
_DECADE_WORDS = ("teens", "ties", "0s", "0's", "decade")
_WORD_PARTS = ("aged", "elderly", "teen", "genarian", "born", "neonate")


#: A number up to this behind "patient" is the patient's in the series.
_MOST_CASES = 12
_LABELLED = re.compile(r"(?:\b(?:patient|case|subject|pt|observation|no\.?|number)|#)\s?$")


def may_tell(lower: str) -> bool:
    """Whether a sentence without any word for age holds a number that may be one."""
    return bool(_TWO.search(lower)) or (any_of(lower, _EVENT_WORDS) and " at " in lower)


def find_ages(text: str, lower: str) -> list[AgeRef]:
    """All ages that a sentence tells, in order; `lower` is its text in lower case."""
    found: list[AgeRef] = []

    def free(start: int, end: int) -> bool:
        return all(end <= ref.start or start >= ref.end for ref in found)

    tried = [(shape, pattern) for shape, words, pattern in _patterns() if any_of(lower, words)]
    if _TWO.search(lower):
        tried.extend((shape, pattern) for shape, words, pattern in _loose() if any_of(lower, words))
    for shape, pattern in tried:
        for match in pattern.finditer(lower):
            before = max(0, match.start() - 18)
            if not free(match.start(), match.end()) or _GESTATIONAL.search(lower, before, match.start()):
                continue
            if _LABELLED.search(lower, before, match.start()):
                continue  # "Patient 3, female" is a label
            ref = _made(text, lower, match, shape)
            if ref is not None and free(ref.start, ref.end):
                found.append(ref)
    if any_of(lower, _DECADE_WORDS):
        found.extend(
            AgeRef(m.start(), m.end(), None, text[m.start() : m.end()], "decade")
            for m in _decade().finditer(lower)
            if free(m.start(), m.end())
        )
    if any_of(lower, _WORD_PARTS):
        found.extend(
            AgeRef(h.start, h.end, None, text[h.start : h.end], "word" if h.value == "adult" else "newborn")
            for h in _words().find(text, lower)
            if free(h.start, h.end)
        )
    named = _NAMED.match(text)
    if named:
        found.append(AgeRef(named.start("n"), named.end("n"), float(named["n"]), named["n"], "named"))
    return sorted(found, key=lambda ref: ref.start)


def _made(text: str, lower: str, match: re.Match[str], shape: str) -> AgeRef | None:
    years = read_age(match)
    start, end = match.start(), match.end()
    if years is None or (
        shape == "aged"
        and match["u"] is None
        and lower.startswith(("-", "-"), end)
        and lower[end + 1 : end + 2].isalpha()
    ):
        return None
    upto = _UPTO.match(lower, end) if shape in ("aged", "of age") else None
    if upto:
        return AgeRef(start, upto.end(), None, text[start : upto.end()], "range")
    joined = _JOINED.search(lower, max(0, start - 30), start) if shape in ("old", "of age") else None
    number_start = match.start("n") if match["n"] else start
    if joined is not None and _LABELLED.search(lower, max(0, joined.start() - 14), joined.start()):
        joined = None  # "Case 1, 36 years old"
    if joined is not None:
        if "," in joined["join"] and not _LIST_BEFORE.search(lower, 0, start):
            joined = None
        elif "and" in joined["join"] or "," in joined["join"]:
            between = _BETWEEN.search(lower, 0, joined.start())
            return AgeRef(
                joined.start(), end, None, text[joined.start() : end], "range" if between else "list"
            )
        else:
            return AgeRef(joined.start(), end, None, text[joined.start() : end], "range")
    if shape == "aged":
        if _BETWEEN.search(lower, 0, number_start) or "between" in lower[start:number_start]:
            return AgeRef(start, end, None, text[start:end], "range")
        listed = _LIST.match(lower, end)
        if listed:
            return AgeRef(start, listed.end(), None, text[start : listed.end()], "list")
    return AgeRef(start, end, years, text[start:end], shape)


_LIST_BEFORE = re.compile(rf"{NUMBER}(?:,\s{NUMBER})*,?\s(?:and\s)?$")

#: "Sarah (name changed), 27, a teacher"
_NAMED = re.compile(
    r"^[A-Z][\w']{2,15}(?:\s[A-Z][\w.]{0,15})?(?:\s\([\w\s]{3,30}\))?,\s(?P<n>[1-9]\d),\s"
    r"(?=an?\s|presented|was\s|had\s|came\s|is\s)"
)

#: "28F", "38/F", "28 y F", "32, F"; a letter alone needs a place where a patient is introduced.
_INITIAL = re.compile(
    r"(?:(?:^|[(\[;:]\s?|\b(?:[Aa]n?|[Pp]atient|[Cc]ase)\s(?:\d{1,2}[.:,]?\s)?)(?!18F|"
    r"1[234]M)(?P<bare>[1-9]\d?)\s?[/,-]?\s?|"
    r"(?<![\w.,/])(?P<aged>\d{1,2}(?:\.\d)?)\s?(?:years?|yrs?|y\.?o?\.?|y/o)[\s,/-]{1,2})"
    r"(?P<sex>F|M|[Ff]emale|[Mm]ale)\b(?!\s?(?:catheter|sheath|French|tube|drain|stent|and\s\d|patients))"
)
_INITIAL_FIRST = re.compile(
    r"(?:(?<=[(\[,;:/]\s)|(?<=[(\[,;:])|^|(?<=\b[Aa]\s))(?P<sex>F|M|[Ff]emale|"
    r"[Mm]ale)\s?[,/;:]\s?(?P<n>[1-9]\d?)\b"
    r"(?:\s?(?:years?|yrs?|y\.?o?\.?|y/o)\b\.?(?:\sold)?)?(?=[\s,;).]|$)(?!\s?(?:months|weeks|days|%|mg|kg|"
    r"cm|/))"
)


def find_initials(text: str) -> list[AgeRef]:
    """Ages told with the letter or word for the sex only: "28F", "(F, 32)", "38/F", "32-M"."""
    out: list[AgeRef] = []
    for match in _INITIAL.finditer(text):
        bare = match["bare"]
        if bare and len(bare) == 1 and match.start() == 0:
            continue  # "3M" is a company, a dose or three months
        if bare and int(bare) <= _MOST_CASES and _LABELLED.search(text.lower(), 0, match.start("bare")):
            continue  # "Patient 3, female" is a label
        if (
            bare
            and match["sex"].lower() in ("male", "female")
            and text[match.end(1) : match.start("sex")].strip() not in ("/", ",")
        ):
            continue
        group = "bare" if bare else "aged"
        out.append(_initial(text, match.start(group), match.end(), match[group], match["sex"]))
    for match in _INITIAL_FIRST.finditer(text):
        if all(match.end() <= ref.start or match.start() >= ref.end for ref in out):
            out.append(_initial(text, match.start("sex"), match.end(), match["n"], match["sex"]))
    return out


_ALONE = re.compile(rf"(?<![\w.]){NUMBER}(?![\d.]*\d)")


def _initial(text: str, start: int, end: int, number: str, sex: str) -> AgeRef:
    told = text[start:end].rstrip(". ")
    return AgeRef(start, start + len(told), float(number), told, "initial", sex[0].upper())


def numbers_of(ref: AgeRef) -> list[float]:
    """The single numbers of an age told as a list ("aged 28, 30 and 35")."""
    found = _ALONE.findall(ref.text.lower())
    return [value for part in found if (value := to_years(part, "years")) is not None]
