"""What tells the sex where no noun with the age does, and when a story has come to a later pregnancy."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.rules.book import Book
from extractors.rules.rule import Pattern, Rule
from extractors.rules.words import Vocabulary, Words

_CLASSES = (
    "female condition",
    "female subject",
    "male subject",
    "grown-up",
    "possession",
    "device",
    "thing",
    "animal",
)
CLUE_WORDS = Vocabulary(
    "extractors.person",
    "clue_words.csv",
    columns=("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(_CLASSES)},
)
_SLOTS: dict[str, str | Pattern] = {
    name.replace("-", " "): Words(CLUE_WORDS, {"class": name})
    for name in _CLASSES
    if name not in ("device", "thing")  # they stand beside an age found already
}


def _tells(sex: str) -> Callable[[re.Match[str]], str]:
    return lambda match: sex


def _sex(name: str, phrase: str, sex: str, says: tuple[str, ...], *silent: str) -> Rule:
    """A rule that tells one sex."""
    return Rule(name, phrase, _tells(sex), dict.fromkeys(says, sex), silent)


#: A pregnancy after the one that is reported.
AGAIN = Book(
    "person.again",
    (
        Rule(
            "pregnant again",
            r"\b(?:pregnant|conceived|conceiving|delivered) again\b",
            says={"She conceived again.": "conceived again"},
            silent=("She was pregnant.", "Again she was in pain."),
        ),
        Rule(
            "again pregnant",
            r"\bagain (?:became )?pregnant\b",
            says={"She was again pregnant.": "again pregnant"},
            silent=("She had pain again.",),
        ),
        Rule(
            "pregnant later",
            r"\b(?:later|afterwards|subsequently),? (?:she )?(?:became pregnant|conceived)\b",
            says={"Two years later, she conceived.": "later, she conceived"},
            silent=("Later, she fell.",),
        ),
        Rule(
            "pregnant with the next",
            r"\b(?:became|becoming) pregnant with her (?:second|third)\b",
            says={"She became pregnant with her second child.": "became pregnant with her second"},
            silent=("She became pregnant.",),
        ),
    ),
    _SLOTS,
    seldom=True,
)
#: What only a woman is or has.
FEMALE = Book(
    "person.female",
    (
        _sex(
            "female condition", r"\b{female condition}", "F", ("The pregnancy was normal.",), "The man fell."
        ),
        _sex("post partum", r"\bpost-? ?partum", "F", ("Post-partum pain", "post partum"), "She parted."),
        _sex("para", r"\bpara\b", "F", ("She was para 2.",), "The paracetamol helped."),
        _sex("gravida and para", r"\bg\d ?p\d", "F", ("She was G2 P1.",), "Grade 2"),
    ),
    _SLOTS,
    seldom=True,
)
#: A pronoun that speaks of the patient: subject, or possessor of what a patient has.
OWN_PRONOUN = Book(
    "person.own pronoun",
    (
        _sex("she", r"\bshe\b", "F", ("Then she fell.",), "Her mother fell."),
        _sex("he", r"\bhe\b", "M", ("Then he fell.",), "The mother fell."),
        _sex("her first", r"^her\b", "F", ("Her back hurt.",), "We saw her."),
        _sex("his first", r"^his\b", "M", ("His back hurt.",), "We saw his mother."),
        _sex("her own", r"\bher {possession}", "F", ("We took her medical history.",), "We saw her mother."),
        _sex("his own", r"\bhis {possession}", "M", ("We took his weight.",), "We saw his mother."),
    ),
    _SLOTS,
    seldom=True,
)
_YOUNG = r"\b(?:neonate|newborn|infant|baby|child|toddler|patient|proband) (?:was|is) an? (?:[\w-]+ ){0,3}?"
#: What a sentence says of a patient that has been named by a word without a sex.
SAID = Book(
    "person.sex said",
    (
        _sex(
            "said to be male",
            _YOUNG + r"(?:male|boy)\b",
            "M",
            ("The neonate was a macrosomic male.", "The baby is a boy."),
            "The male infant fell.",
        ),
        _sex(
            "said to be female",
            _YOUNG + r"(?:female|girl)\b",
            "F",
            ("The patient was a term female.",),
            "The female infant fell.",
        ),
    ),
    _SLOTS,
    seldom=True,
)
#: Any pronoun of a person.
PRONOUN = Book(
    "person.pronoun",
    (
        _sex("female pronoun", r"\b(?:she|her|herself)\b", "F", ("We saw her.",), "There it was."),
        _sex("male pronoun", r"\b(?:he|his|him|himself)\b", "M", ("We saw him.",), "This was it."),
    ),
    _SLOTS,
    seldom=True,
)
_GROUP = r"(?<!\d )\b(?:two|three|four|five|six|[2-6]|both|these) (?:[\w-]+ ){0,3}?"
#: The patients of a series, introduced together.
GROUP = Book(
    "person.group",
    (
        _sex(
            "group of women",
            _GROUP + r"(?:{female subject}s|women|ladies|sisters|mothers|prim(?:ipara|igravida)(?:e|s))\b",
            "F",
            ("Two young women were seen.", "We report three primiparae."),
            "The women fell.",
            "She was one of 42 women.",
        ),
        _sex(
            "group of men",
            _GROUP + r"(?:{male subject}s|men|brothers)\b",
            "M",
            ("Two elderly men were seen.", "both brothers"),
            "Two women were seen.",
            "The men fell.",
        ),
    ),
    _SLOTS,
    seldom=True,
)
MISTER = Book(
    "person.mister",
    (_sex("mister", r"\bmr\b", "M", ("Mr A., 30 years old, fell.",), "Mrs A. fell.", "MRI was normal."),),
    _SLOTS,
    seldom=True,
)
_ARTICLE = r"\b(?:an?|the|our|this) (?:[\w-]+ ){0,4}?"
#: The first individual that a text speaks of, by noun or pronoun.
SUBJECT_NOUN = (
    _sex("woman", _ARTICLE + r"{female subject}\b", "F", ("A young lady fell.",), "Women fell."),
    _sex("man", _ARTICLE + r"{male subject}\b", "M", ("Our patient, the man",), "The management"),
)
SUBJECT = Book(
    "person.subject",
    (
        *SUBJECT_NOUN,
        _sex("she as subject", r"\bshe\b", "F", ("Then she fell.",), "Her mother fell."),
        _sex("he as subject", r"\bhe\b", "M", ("Then he fell.",), "The mother fell."),
    ),
    _SLOTS,
    seldom=True,
)
#: Somebody beside whom a newborn is not the patient.
GROWN_UP = Book(
    "person.grown-up",
    (
        Rule(
            "grown-up named",
            r"\b{grown up}\b",
            says={"A woman was delivered.": "woman"},
            silent=("The manometry was normal.",),
        ),
        Rule(
            "years old",
            r"\byears?[- ]old\b",
            says={"30 years old": "years old"},
            silent=("After years",),
        ),
    ),
    _SLOTS,
    seldom=True,
)
ANIMAL = Book(
    "person.animal",
    (
        Rule(
            "animal of an age",
            r"\b{animal}\b",
            says={"Female mice were mated at 20 weeks of age.": "mice"},
            silent=("The rate was measured at 20 weeks of age.", "The category was one."),
        ),
    ),
    _SLOTS,
    seldom=True,
)
BOOKS = (ANIMAL, AGAIN, FEMALE, OWN_PRONOUN, SAID, PRONOUN, GROUP, MISTER, SUBJECT, GROWN_UP)
