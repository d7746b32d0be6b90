"""What stands around an age and tells whose it is, or that it is not the present one."""

from __future__ import annotations

from extractors.rules.book import Book
from extractors.rules.rule import Glue, Pattern, Rule
from extractors.rules.words import Vocabulary, Words

_CLASSES = (
    "limit", "limit within", "limit behind", "spread", "event at", "about an age", "reached", "when",
    "someone", "was then", "only", "afterwards", "afterwards behind", "later", "visit", "past", "owner",
    "article", "became", "became when", "bearing", "before a child", "case section", "numbered",
    "further", "one described", "born", "anybody", "at present", "long ago", "long ago about",
)  # fmt: skip
ROLE_WORDS = Vocabulary(
    "extractors.person",
    "role_words.csv",
    columns=("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(_CLASSES)},
)
_SLOTS: dict[str, str | Pattern] = {name: Words(ROLE_WORDS, {"class": name}) for name in _CLASSES}
_OF_OTHERS = ("numbered", "further", "one described")


def _glue(phrase: str) -> Glue:
    return Glue(phrase, _SLOTS)


# ------------------------------------------------------------------ a mean or a limit
COHORT_BEFORE = _glue(r"\b{limit}\b[^,;.()]{0,30}$|[<>≥≤] ?=? ?$|± ?$")
COHORT_AFTER = _glue(r" ?(?:±|\+/-|{limit behind}|\(?{spread}\b)")
COHORT_WITHIN = _glue(r"\b{limit within}\b|[<>≥≤]")

# ------------------------------------------------------------------ an event of before or afterwards
#: "at the age of 31", "when she was 12", "since age 5", "by 3 months of age"
EVENT_BEFORE = _glue(
    r"\b{event at} (?:{about an age} ){0,3}$|"
    r"\b{reached} (?:the )?$|"
    r"\b(?:{when}|once) {someone}? ?(?:{was then} )?(?:{only} )?$"
)
#: "when aged 12": an event, while "aged 12" by itself is the present age.
WHEN_AGED = _glue(r"\b{when} (?:she|he)? ?$")
NOW_BEFORE = _glue(r"\b{afterwards}\b[^.;]{0,25}$")
NOW_AFTER = _glue(r"[ ,]*{afterwards behind}\b")
FOLLOW_UP = _glue(r"\b{later}\b")
#: A clause that tells the visit; one that tells of before.
PRESENTS = _glue(r"\b{visit}\b")
PAST = _glue(r"\b{past}\b")
#: "The patient, now 40 years old"; "since the age of 12"
PRESENT = _glue(r"\b{at present}\b[^.;]{0,25}$")
LONG_AGO = _glue(r"\b{long ago} (?:{long ago about} )*$")

# ------------------------------------------------------------------ somebody else
POSSESSED = _glue(r"(?:\b{owner}|'s) (?:[\w-]+ ){0,3}$")
#: "Our patient was 36 years old, a mother of two": what follows is said of the patient.
SAID_OF_PATIENT = _glue(r"\b(?:{one described}|she|he|who) (?:was|is) (?:{only} )?$")
INDEFINITE = _glue(r"\b{article} (?:[\w-]+ ){0,3}$|^\W*$")
#: "A 33-year-old women": one person, whatever the noun's form.
ONE = _glue(r"\b(?:an?|one) $")
PRONOUN_SUBJECT = _glue(r"\b(?:she|he) {became} (?:{became when} )?$")
AFTER_PRONOUN = _glue(r"\b(?:she|he) (?:was|is) an? $")
#: What a mother does with a child, and what is said of the child before its age.
BEARING = _glue(r"\b{bearing} (?:{before a child} ){0,3}$")
#: The parent of a newborn patient.
BORN_TO = _glue(r"\b{born} (?:[\w-]+ ){0,6}(?:to|by|from|of) (?:an?|the) (?:[\w-]+,? ){0,3}$")
#: "Cousin 2:", "Brother 1 (": a relative by the number of a patient.
NUMBERED = _glue(r" (?:no\.? ?)?\d{1,2} ?[:.,(-]")
#: "Married to an unrelated 47-year-old man", "wife of a 40-year-old teacher".
MARRIED_TO = _glue(r"\b(?:married|wed|wife|husband|partner) (?:to|of) (?:an?|the) (?:[\w-]+ ){0,2}$")
#: "Even a 10-day-old infant cries": nobody in particular.
GENERIC = _glue(r"\b{anybody} (?:an? |in )?(?:an? )?$")
CASE_SECTION = _glue(r"\b{case section}\b")
#: Words that turn to another patient.
OTHER_PATIENT = Book(
    "person.other patient",
    (
        Rule(
            "patient by number",
            r"\b{numbered} (?:no\.? ?|number )?(?:\d{1,2}|[a-h]|[ivx]{1,4})\b",
            says={"Case no. 2 was a man.": "case no. 2", "Patient B fell.": "patient b"},
            silent=("The patient was well.", "Cases 2 and 3 were men."),
        ),
        Rule("number sign", r"# ?\d\b", says={"Then #2 came.": "#2"}, silent=("No. 2",)),
        Rule(
            "one of several",
            r"\b{further} (?:\w+ )?{one described}\b",
            says={"The second young woman fell.": "second young woman", "Another case": "another case"},
            silent=("Her second pregnancy was normal.", "The woman fell."),
        ),
        Rule(
            "place of a patient",
            r"^the (?:second|third|fourth|fifth),",
            says={"The second, aged 30, fell.": "the second,"},
            silent=("The second fracture healed.", "It was the second, not the first."),
        ),
    ),
    {name: _SLOTS[name] for name in _OF_OTHERS},
)
