"""Sentences about other authors' patients: a report that is cited, a person introduced beside ours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.person.fact import PersonMention
from extractors.text import Sentence, View
from pipeline.cases.phrases import COUNTED, words
from pipeline.paper import BlockKind
from pipeline.quick import any_of

_NAME = (
    r"(?:[A-ZÀ-Þ][a-zà-ÿ'-]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?|(?:van|von|de|di|da|del|la|le|el|al|ten|Mc|"
    r"O')\s?[A-ZÀ-Þ][\w'-]+)"
)
_AUTHORS = (
    rf"{_NAME}(?:,?\s(?:and|&|et)\s(?:{_NAME}|al\.?|coworkers|colleagues|co-workers|associates|"
    rf"others))*"
)
_REPORT = (
    r"(?:(?:has|have|had|also|first|recently|previously|later|already)\s)*(?:described?|reported?|"
    r"reports|communicated|published|presented|"
    r"observed|found|noted|documented|treated|managed|used|saw|studied|followed|gave|mentioned?|"
    r"reviewed|collected|analy[sz]ed)"
)
_PEOPLE = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|several|many|some|"
    r"the|their|his|her|another|other|similar)\s"
    r"(?:[\w-]+\s){0,5}?(?:patients?|cases?|women|woman|mothers?|men|man|girls?|boys?|females?|"
    r"males?|child(?:ren)?|infants?|primipara\w*|subjects|sisters|families|family|series)"
)
#: "Quiroga communicated a patient of ...", "Smith and Jones (1994) reported on a patient ...".
_CITED_REPORT = re.compile(
    rf"(?:^|[.;:,]\s|\b[Ii]n\s(?:the\s)?(?:literature|Japan|"
    rf"\w+),\s)(?P<who>{_AUTHORS})\s?(?:\(?\[?\d[\d,\s;-]*\]?\)?\s?)?{_REPORT}\s(?:on\s|of\s|"
    rf"about\s)?{_PEOPLE}\b"
)
#: "Weil's untreated patients".
_POSSESSIVE = re.compile(
    rf"\b{_NAME}'s?\s(?:\w+\s){{0,2}}(?:patients?|series|cases?|report|study|women|observations?)\b"
)
#: "In another report", "has been described".
_OTHERS = re.compile(
    r"\b(?:[Aa]nother|[Oo]ther|[Ss]imilar|[Pp]revious(?:ly)?|[Ee]arlier|[Rr]eported|"
    r"[Pp]ublished)\s(?:reports?|authors?|stud(?:y|ies)|publications?|reported\scases?|"
    r"published\scases?|groups?|series|case\sreports?)\b"
    r"|\b(?:[Ii]n\s(?:the\s)?(?:medical\s|world\s|english\s|published\s)?literature|"
    r"[Tt]ypical(?:ly,\san?|\scase|\spatient)|[Hh]ypothetical|has been (?:reported|described)|"
    r"have been (?:reported|described|published)|was (?:first )?(?:reported|described) by)\b"
    r"|\bet\sal\b"
)
#: One of these stands in every sentence that the patterns above and below can find.
_OTHERS_WORDS = (
    "another",
    "other",
    "similar",
    "previous",
    "earlier",
    "reported",
    "published",
    "literature",
    "typical",
    "hypothetical",
    "described",
    "et al",
)
_LINKS = (" of ", " by ", " from ")
#: "The patient of Haas and Weil", "the cases from the literature".
_PATIENT_OF = re.compile(
    r"(?:patients?|cases?|wom[ae]n|series|reports?|stud(?:y|ies)|cohort)\s(?:of|by|from|"
    rf"described by|reported by|published by)\s(?:{_NAME}\s(?:et\sal|and|&|\d|\(|\[)|"
    r"the\sliterature)"
)
_PERSON_WORDS = (
    "patient",
    "case",
    "wom",
    "man",
    "men",
    "mother",
    "girl",
    "boy",
    "male",
    "child",
    "infant",
    "primipar",
    "subject",
    "sister",
    "famil",
    "series",
    "report",
    "stud",
    "lady",
    "nurse",
    "author",
    "publication",
    "literature",
    "observation",
    "et al",
    "cohort",
    "described",
    "hypothetical",
    "typical",
    "group",
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|In|Since)\b"
)
_CITATION = re.compile(
    r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\(\d{1,3}(?:[,–-]\s?\d{1,3})*\)|"
    rf"\((?!{_MONTH})[A-Z][\w'-]+(?:\set\sal\.?|\sand\s\w+)?,?\s(?:19|20)\d\d\)|"
    rf"\b(?!{_MONTH})[A-Z][\w'-]{{2,}}(?:\set\sal\.?|\sand\s\w+)?\s\((?:19|20)\d\d\)"
)
_OURS = re.compile(
    (
        r"\b(?:our|this|the present|present|my|the index)\s(?:patient|case|woman|man|observation|"
        r"report|proband)|\b(?:we|our patients?)\b|\bin our\b"
    ),
    re.I,
)
_INDEFINITE = re.compile(r"\b(?:an?|another|one)\s(?:[\w-]+\s){0,4}$")
_INDEFINITE_PERSON = re.compile(
    (
        r"\b(?:an?|another|one)\s(?:[\w-]+\s){0,4}(?:patient|woman|man|mother|girl|boy|female|male|"
        r"primipara|lady|student|nurse)\b"
    ),
    re.I,
)


#: "In a patient with coeliac disease ...", behind the patient's own first words: somebody else.
_SOMEBODY = re.compile(
    r"(?:In|For|With) (?:an?|one|another) (?:[\w-]+ ){0,2}(?:patient|pt|woman|man|mother|girl|boy|child) "
    r"(?:with|of|on|who|taking|treated)\b|"
    r"(?:One|An?|Another) (?:[\w-]+ )?(?:patient|pt|case|woman|man) (?:of|in|from) "
    r"(?:that|their|the same|another|the other|the cited|the former|the latter) "
    r"(?:series|report|study|cohort|paper|group|article)\b"
)
_SOMEBODY_BEGINS = frozenset("IFWOA")
#: First words that go on with the persons of the sentence before.
_GOES_ON = re.compile(
    r"(?:One|Another|The (?:other|others|first|second|third|latter|former)|In (?:neither|both|"
    r"one)|Both|Neither|None|They|Their|Two|Three|"
    r"She|Her|He|His)\b"
)


def strangers_in(view: View, strangers: set[int]) -> set[int]:
    """Indices of the sentences about other authors' patients.

    `strangers` are sentences known by the ages in them. A sentence that goes on with the persons
    of such a sentence ("One, aged 29 years, ...") is about them, too.
    """
    out: set[int] = set()
    for sentence in view.sentences:
        follows = not sentence.first and sentence.index - 1 in out and _goes_on(sentence.text)
        if follows or sentence.index in strangers or cited_elsewhere(sentence):
            out.add(sentence.index)
    return out


def _goes_on(text: str) -> bool:
    return bool(_GOES_ON.match(text)) and not _OURS.search(text)


def cited_elsewhere(sentence: Sentence) -> bool:
    """Whether a sentence reports other authors' patients by its words alone."""
    text, lower = sentence.text, sentence.lower
    if not any_of(lower, _PERSON_WORDS):
        return False
    if COUNTED.says(lower):
        return True
    return _speaks_of_others(text, lower) and not _OURS.search(text)


def _speaks_of_others(text: str, lower: str) -> bool:
    if _is_cited_report(text, lower) or ("'" in text and _POSSESSIVE.search(text)):
        return True
    if any_of(lower, _OTHERS_WORDS) and _OTHERS.search(text):
        return True
    if any_of(lower, _LINKS) and _PATIENT_OF.search(text):
        return True
    bracketed = "(" in text or "[" in text
    return bracketed and bool(_CITATION.search(text) and _INDEFINITE_PERSON.search(text))


def _is_cited_report(text: str, lower: str) -> bool:
    """Whether a sentence has an author as its subject ("Quiroga communicated a patient of ...")."""
    first = text.split(" ", 1)[0].rstrip(",").lower()
    inside = ";" in text or ": " in text or lower.startswith("in ")
    no_names = words("no name")
    if first in no_names and not inside:
        return False
    match = _CITED_REPORT.search(text) if inside else _CITED_REPORT.match(text)
    return bool(match) and match["who"].split()[0].lower() not in no_names  # type: ignore[index]


#: Years: who is this old has a baby of less than that beside her, no other author's patient.
_GROWN, _BABY_BELOW = 14, 3


def _is_own(years: float, ages: set[float]) -> bool:
    """Whether an age is a patient's own, give or take a birthday."""
    return any(abs(years - age) < 1.01 for age in ages)


def other_persons(view: View, persons: Iterable[PersonMention], ages: set[float], first: int) -> set[int]:
    """Indices of sentences that introduce, behind the patient's first words, somebody of another age.

    `ages` are the patients' own ages in years; an age at another event of theirs is told with
    "at the age of" and not with "a 25-year-old woman".
    """
    out: set[int] = set()
    grown = min(ages, default=0) >= _GROWN
    for mention in persons:
        if grown and mention.years is not None and mention.years < _BABY_BELOW:
            continue  # "a mother of a 4-month-old baby"
        if (
            mention.years is None
            or mention.start <= first
            or any(abs(mention.years - a) < 1.01 for a in ages)
        ):
            continue
        sentence = view.sentence_at(mention.start)
        if sentence is None or _OURS.search(sentence.text):
            continue
        before = view.lower[max(sentence.start, mention.start - 60) : mention.start]
        if _INDEFINITE.search(before) or view.lower[mention.start : mention.start + 2] in ("a ", "an"):
            out.add(sentence.index)
    return out | {s.index for s in view.sentences if s.start > first and _is_somebody(s)}


def _is_somebody(sentence: Sentence) -> bool:
    """Whether a sentence of the body opens with a person who has not been spoken of."""
    if sentence.text[:1] not in _SOMEBODY_BEGINS or sentence.zone.kind == BlockKind.ABSTRACT.value:
        return False
    return _SOMEBODY.match(sentence.text) is not None and not _OURS.search(sentence.text)
