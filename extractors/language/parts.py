"""What a paper is about, told once per view: a child or a mother, siblings, a series; its general parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.language.background import background
from extractors.language.numbers import parse_count
from extractors.language.words import BESIDE, SLOTS
from extractors.rules.book import Book, Found
from extractors.rules.rule import Glue, Rule
from extractors.section import Section
from extractors.text import Sentence, View, Zone

#: Below the first a patient is a child, below the second one where no mother-to-be is spoken of.
_CHILD_BELOW_YEARS, _GROWN_FROM = 12, 18
_CACHE_KEY = ("context.story",)


def _years(match: re.Match[str]) -> float | None:
    return parse_count(match["n"] or match["m"])


_YEARS = Rule(
    "somebody of years",
    r"\b(?P<n>\d{1,3}(?:\.\d)?|{number word})(?:[- ]and[- ]a[- ]half)?[- ]?(?:year|yr)s?[- ]?"
    r"(?:old|of age|{somebody}\b)|\baged (?P<m>\d{1,3}|{number word}) ?(?:year|yr)s?\b",
    _years,
    says={
        "A 7-year-old girl fell.": 7.0,
        "At twelve years of age": 12.0,
        "a one-and-a-half-year-old boy": 1.0,
        "A 9 years boy was seen.": 9.0,
        "A woman aged 33 years": 33.0,
    },
    silent=("after 7 years", "a 7-month-old girl", "12 years boycott"),
)
_INFANT = Rule(
    "somebody of months",
    r"\b(?:\d{1,3}(?:\.\d)?|{number word})[- ]?(?:month|week|day|hour)s?[- ]?(?:old|of age|{somebody}\b)|"
    r"\baged (?:\d{1,3}|{number word}) ?(?:month|week|day|hour)s?\b",
    says={
        "A 3-week-old boy was seen.": "3-week-old",
        "at six months of age": "six months of age",
        "A 13 months toddler came.": "13 months toddler",
        "a girl aged 5 months": "aged 5 months",
    },
    silent=("a 30-year-old woman", "after 3 weeks", "a 3-month girlhood"),
)
_NEWBORN = Rule(
    "newborn named",
    r"\b(?:male|female|term|pre-?term|premature|new-?born)\s+(?:[\w-]+ )?(?:infant|newborn|neonate|baby)\b|"
    r"\bnew-?born (?:boy|girl|male|female)\b",
    says={
        "A preterm infant had fractures.": "preterm infant",
        "a male near-term neonate": "male near-term neonate",
        "A newborn girl had a rash.": "newborn girl",
    },
    silent=("The infant was well.", "A term pregnancy was told."),
)
_ADULT = Rule(
    "adult named",
    r"\b{adult}(?!\w)",
    says={"The woman fell.": "woman", "A primigravida came.": "primigravida", "Two men fell.": "men"},
    silent=("The manufacturing of the brace", "She mentioned it.", "her ladylike friend"),
)
_MATERNITY = Rule(
    "maternity named",
    r"\b{maternity}(?!\w)",
    says={"She was pregnant.": "pregnant", "A primiparous patient": "primiparous"},
    silent=("The man was well.",),
)
_SIBLINGS = Rule(
    "siblings are patients",
    r"\b(?:two|three|both|these|our|affected)\s+(?:\w+\s+)?(?:sisters|brothers|siblings)\b",
    says={"Two affected sisters are described.": "two affected sisters", "both brothers": "both brothers"},
    silent=("She had a sister.", "her sisters"),
)
_SISTERS_WITH = Rule(
    "sisters with it",
    r"\bsisters\s+with\b",
    says={"We saw sisters with fractures.": "sisters with"},
    silent=("Her sister was with her.",),
)
_SEARCHED = (
    Rule(
        "literature search",
        r"\bliterature search",
        says={"In a literature search, 82 women were seen.": "literature search"},
        silent=("The literature was silent.",),
    ),
    Rule(
        "literature searched",
        r"\bsearch(?:ed|ing)? (?:of )?(?:the )?(?:english |medical )?(?:literature|pubmed|medline)",
        says={"We searched the English literature.": "searched the english literature"},
        silent=("We searched her records.",),
    ),
    Rule(
        "found patients published",
        r"\bwe (?:found|identified|collected|retrieved) (?:only )?(?:\d+|{number word}) "
        r"(?:published|reported) (?:cases|patients|women)\b",
        says={"We found 12 published cases.": "we found 12 published cases"},
        silent=("We found five women in our records.",),
    ),
    Rule(
        "found papers",
        r"\bwe (?:found|identified|collected|retrieved) (?:only )?(?:\d+|{number word}) "
        r"(?:\w+ ){0,2}(?:reports|articles|papers|publications)\b",
        says={"We identified only nine case reports.": "we identified only nine case reports"},
        silent=("We found nine fractures.",),
    ),
)
#: Who is spoken of, and where a search of the literature begins.
PEOPLE = Book(
    "language.people",
    (_YEARS, _INFANT, _NEWBORN, _ADULT, _SIBLINGS, _SISTERS_WITH, *_SEARCHED),
    SLOTS | {"somebody": r"(?: (?:girl|boy|male|female|child|infant|baby|toddler|neonate|newborn))"},
)
#: "pregnant woman" is an adult and a mother: a book of its own.
MOTHERS = Book("language.mothers", (_MATERNITY,), SLOTS)
#: A patient of several by a label.
LABELS = Book(
    "language.labels",
    (
        Rule(
            "one of a series",
            r"\b(?:cases?|patients?) (?:no\.? ?|#)?(?:\d{1,2}|[ivx]{1,4})\b",
            says={"In case 2 it healed.": "case 2", "Patient No. IV was well.": "patient no. iv"},
            silent=("The patient was well.", "12 patients"),
        ),
    ),
    SLOTS,
)
BOOKS = (PEOPLE, MOTHERS, LABELS)

#: A run-in heading: "Discussion: ...", "Case report The patient ...".
_OPENING = Glue(
    r"(?:{general:general label}|"
    r"{case label}(?: (?:report|presentation|description|summary|\d))?)(?:[:.]| )",
    BESIDE,
)
_CASE_LABEL = Glue(r"(?:case|patient) (?:report |presentation )?(?:no\.? ?|#)?(?P<n>\d|[iv]{1,3})\b")
#: "Patient 2. A 31-year-old ..."
_PATIENT_OPENS = Glue(
    r"(?:case|patient) (?:report )?(?:no\.? ?|#)?(?:\d{1,2}|[ivx]{1,4}|[a-h]) ?[.:)-](?: |$)"
)
#: A case that has no heading of its own, not another author's.
_INTRODUCED = Glue(
    r"(?:(?:we (?:report|describe|present) )?an? (?:[\w-]+,? ){0,3})?\d\d[- ]year[- ]old "
    r"(?!.{0,200}\b(?:et al|reported by|described by|literature)\b)"
)
#: the kind of the block that holds a paper's title
_TITLE = "title"
#: A paragraph that goes on with the story of the one before.
_GOES_ON = Glue(
    r"(?:she|he|her|his|(?:the|our) patient|(?:physical|clinical|laboratory) (?:exam\w*|findings?|tests?|"
    r"data|results?|work-?up|investigations?|evaluation|course)|on (?:\w+ )?exam\w*)\b"
)


#: "His mother, 31 years old, brought ...": the age is a parent's.
_PARENT_BEFORE = Glue(
    r"(?:\b(?:his|their|child's|boy's|girl's|infant's|baby's) (?:\w+ )?(?:mother|father|parents)?|"
    r"^(?:her|the) (?:mother|father|grandmother))(?:, | \(|, (?:who is|who was|aged) | was | is )?$"
)


#: Who is no mother-to-be.
_MALE = Glue(r"[ -](?:[\w-]+ ){0,2}(?:boy|male|schoolboy)\b")


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of a paper's patients, and which of its sentences are general (by index)."""

    general: frozenset[int]
    child: bool
    maternity: bool  # the patient is a mother or mother-to-be
    sibling_patients: bool
    series: bool  # the patients are told under "Case 1", "Case 2"


def story_of(view: View) -> Story:
    """A view's story, worked out once."""
    found = view.cache.get(_CACHE_KEY)
    if not isinstance(found, Story):
        found = view.cache[_CACHE_KEY] = _story(view)
    return found


def speaks_of_one(view: View, sentence: Sentence) -> bool:
    """Whether a sentence names one of the patients of a series."""
    return LABELS.first(view, sentence) is not None


def _story(view: View) -> Story:
    people = list(PEOPLE.everywhere(view))
    maternity = next(MOTHERS.everywhere(view), None) is not None
    patients = [f for f in people if not _PARENT_BEFORE.within(view.lower, f.start - 40, f.start)]
    child = _is_child(view, patients, maternity)
    return Story(
        general=_general_parts(
            view,
            {f.start for f in people if f.rule in _SEARCHED},
            [f.start for f in people if f.rule is _YEARS],
        )
        | background(view, (f.start for f in people if f.rule not in _SEARCHED)),
        child=child,
        maternity=not child and maternity,
        sibling_patients=any(f.rule in (_SIBLINGS, _SISTERS_WITH) for f in people),
        series=_is_series(view),
    )


def _is_child(view: View, people: list[Found], maternity: bool) -> bool:
    """Judged by the first age or person that the readable text describes."""
    aged = [f for f in people if f.rule in (_YEARS, _INFANT, _NEWBORN)]
    if not aged:
        return False
    first = min(aged, key=lambda f: f.start)
    if first.rule is _YEARS:
        years = first.read()
        if years is None or years >= _GROWN_FROM:
            return False
        return years < _CHILD_BELOW_YEARS or not maternity or _MALE.behind(view.lower, first.end) is not None
    if first.rule is _NEWBORN and any(_is_grown_patient(view, f) for f in aged):
        return False  # "A male infant was delivered to our 30-year-old patient"
    return not any(f.rule is _ADULT and f.start < first.start for f in people)


def _is_grown_patient(view: View, age: Found) -> bool:
    """Whether an adult's age is told of the patient by that word."""
    years = age.read() if age.rule is _YEARS else None
    return years is not None and years >= _GROWN_FROM and view.lower.startswith(" patient", age.end)


def _is_series(view: View) -> bool:
    """Whether sections or paragraphs are labelled as those of several patients."""
    lines = (s.lower for s in view.sentences if s.start == 0 or view.lower[s.start - 1] == "\n")
    heads = (*{zone.section.lower() for zone in view.zones}, *lines)
    labels = {m["n"] for head in heads if head[:4] in ("case", "pati") and (m := _CASE_LABEL.behind(head, 0))}
    return len(labels) > 1


def _first_told(view: View, ages: list[int]) -> tuple[Sentence | None, bool]:
    """The sentence behind the title that tells an age first, and whether general sections alone tell one."""
    told = [s for at in sorted(ages) if (s := view.sentence_at(at)) is not None and s.zone.kind != _TITLE]
    return (told[0] if told else None), all(Section.GENERAL in s.zone.role for s in told)


def _general_parts(view: View, searches: set[int], ages: list[int]) -> frozenset[int]:
    """The sentences of introductions, discussions and the like, and those behind a search's beginning.

    `ages` are where somebody's years are told: whatever the section, a paragraph that begins with the first
    of them tells the case, and so do the words behind it where no other part can.
    """
    first, alone = _first_told(view, ages)
    out: set[int] = set()
    zone: Zone | None = None
    general = story = False
    told: str | None = None  # the section in which labelled patients are told, whatever its heading says
    for sentence in view.sentences:
        if sentence.zone is not zone:
            zone = sentence.zone
            general = Section.GENERAL in zone.role
        if sentence.first and _opens_a_case(sentence, general):
            told = zone.section.lower()
        if sentence.first and told == zone.section.lower():
            general = False
        if sentence is first:
            story = _tells_a_case(sentence, alone)
        elif sentence.first:
            story = story and _GOES_ON.behind(sentence.lower, 0) is not None
        general = general or any(sentence.start <= at < sentence.end for at in searches)
        general = _labelled(sentence, general)
        if general and not story:
            out.add(sentence.index)
    return frozenset(out)


def _tells_a_case(sentence: Sentence, alone: bool) -> bool:
    """Whether the sentence with the first age tells a case: it opens a paragraph, or no other can."""
    if alone:
        return _INTRODUCED.within(sentence.lower) is not None
    return sentence.first and _INTRODUCED.behind(sentence.lower, 0) is not None


def _opens_a_case(sentence: Sentence, general: bool) -> bool:
    """Whether a paragraph begins to tell a patient's story under a heading that promises none."""
    if _PATIENT_OPENS.behind(sentence.lower, 0):
        return True
    lead_in = Section.LEAD_IN in sentence.zone.role
    return general and lead_in and _INTRODUCED.behind(sentence.lower, 0) is not None


def _labelled(sentence: Sentence, general: bool) -> bool:
    """Whether a sentence is general, by its run-in heading where it has one."""
    opening = _OPENING.behind(sentence.lower, 0) if sentence.text[:1].isupper() else None
    if opening is None or not _is_label(sentence, opening.end()):
        return general
    return opening["general"] is not None


def _is_label(sentence: Sentence, end: int) -> bool:
    """Whether the words before `end` are a run-in heading ("Discussion: ...", "Discussion The ...")."""
    if sentence.text[end - 1] in ":.":
        return True
    return sentence.first and sentence.text[end : end + 1].isupper()
