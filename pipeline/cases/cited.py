"""Phrases about other authors' patients, and about our own beside them."""

from __future__ import annotations

import re

from extractors.language.atoms import MONTH
from extractors.person.people import PEOPLE
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.rules.words import Words
from pipeline.cases.phrases import SLOTS, words

_NAME = (
    r"(?:[A-ZÀ-Þ][a-zà-ÿ'-]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?|"
    r"(?:van|von|de|di|da|del|la|le|el|al|ten|Mc|O')\s?[A-ZÀ-Þ][\w'-]+)"
)
_CITED = {
    **SLOTS,
    "name": _NAME,
    "authors": rf"{_NAME}(?:,? (?:and|&|et) (?:{_NAME}|al\.?|{{fellow authors}}))*",
    "some people": r"(?:{of others}|\d+) (?:[\w-]+ ){0,5}?{people}\b",
    "year": r"(?:19|20)\d\d",
    "kin": Words(PEOPLE, {"kind": "kin"}),
    "no author": rf"(?:{MONTH}|in|since)\b",
}


def _author(match: re.Match[str]) -> str | None:
    """The author that a report is told of; None where the first word is no name."""
    who = match["who"]
    return None if who.split()[0].lower() in words("no name") else who


#: A patient made up for the reader.
TYPICAL = Rule(
    "typical patient",
    r"\b(?:typical(?:ly, an?| case| patient)|hypothetical)\b",
    says={"The typical patient is thin.": "typical patient", "Typically, a mother": "typically, a"},
    silent=("A typical fracture",),
)
#: Other authors' patients by the words of one sentence.
CITED = Book(
    "cases.cited",
    (
        Rule(
            "author reported patients",
            r"(?:^|[;:] |^In (?:the )?\w+, )(?P<who>{authors}) ?(?:\(?\[?\d[\d,; -]*\]?\)? ?)?"
            r"(?:{has already} )*{reported by them} (?:(?:on|of|about) )?{some people}",
            _author,
            says={
                "Quiroga communicated a patient of 30.": "Quiroga",
                "Smith and Jones (1994) reported on two women.": "Smith and Jones",
                "In Japan, Sato et al. have described three mothers.": "Sato et al.",
            },
            silent=("Ada was reported to be well.", "Quiroga reported her pain."),
            printed=True,
        ),
        Rule(
            "author's patients",
            r"\b{name}'s? (?:\w+ ){0,2}{of an author}\b",
            says={"Weil's untreated patients had none.": "Weil's untreated patients"},
            silent=("Cushing's disease was excluded.",),
            printed=True,
        ),
        Rule(
            "other reports",
            r"\b(?:{of other reports} (?:reports?|authors?|stud(?:y|ies)|publications?|groups?|series)|"
            r"{of other reports} (?:(?:reported|published) cases?|case reports?))\b",
            says={
                "It was seen in another report.": "another report",
                "Other authors gave calcium.": "other authors",
                "In previously published cases it was so.": "previously published cases",
            },
            silent=("Another fracture was reported.",),
        ),
        Rule(
            "in the literature",
            r"\bin (?:the )?(?:(?:medical|world|english|published) )?literature\b",
            says={"In the English literature it is rare.": "in the english literature"},
            silent=("The literature was searched.",),
        ),
        TYPICAL,
        Rule(
            "has been described",
            r"\b(?:ha(?:s|ve) been (?:reported|described)|have been published|"
            r"was (?:first )?(?:reported|described) by)\b",
            says={
                "Ten women have been described.": "have been described",
                "It was first described by Weil.": "was first described by",
            },
            silent=("The lesion was described as old.", "She had been described as tall."),
        ),
        Rule(
            "and others",
            r"\bet al\b",
            says={"Sato et al treated three.": "et al"},
            silent=("The meal was light.",),
        ),
        Rule(
            "patient of the author",
            r"(?:patients?|cases?|wom[ae]n|series|reports?|stud(?:y|ies)|cohort) "
            r"(?:(?:described |reported |published )?by|of|from) "
            r"(?:{name} (?:et al|and|&|\d|\(|\[)|the literature)",
            says={
                "The patient of Haas and Weil was older.": "patient of Haas and",
                "the cases from the literature": "cases from the literature",
            },
            silent=("The patient of Dr Haas was older.", "A case of Paget disease"),
            printed=True,
        ),
        Rule(
            "review of an author",
            r"\b(?:[Ii]n|[Ff]rom|[Pp]er) (?:the|a) (?:(?:recent|large|larger|earlier|older) )?"
            r"(?:review|series|survey|cohort|report|paper|study) (?:of|by) {name},",
            says={
                "In the review of Prado, 22 of 34 had healed.": "In the review of Prado,",
                "In a large series by Weil, half had pain.": "In a large series by Weil,",
            },
            silent=("In the review of systems, she denied pain.", "In the study of Vitamin D3 levels"),
            printed=True,
        ),
    ),
    _CITED,
)
#: A person told of for the first time; with a citation beside, another author's.
NEWCOMER = Book(
    "cases.newcomer",
    (
        Rule(
            "newcomer",
            r"\b(?:an?|another|one) (?:[\w-]+ ){0,4}{newcomer}\b",
            says={"A nursing woman lost height.": "a nursing woman"},
            silent=("The woman lost height.", "A fracture was seen."),
        ),
    ),
    _CITED,
    seldom=True,
)
CITATION = Book(
    "cases.citation",
    (
        Rule(
            "number in brackets",
            # "10(9)/L", "T2(6)", "kg/m(2)": a power or a digit below the line, no source; nor is a count of
            # patients, "(1) A 26-year-old woman"
            r"\[\d{1,3}(?: ?[,-] ?\d{1,3})*\]|(?:(?<!\w)|(?<=[a-z]{3}))\(\d{1,3}(?:[,-] ?\d{1,3})*\)"
            r"(?! (?:an? )?\d\d[ -]?(?:years?|yrs?)\b|:)",
            says={"It is rare [12].": "[12]", "It is rare (3,4).": "(3,4)", "It is rare(5).": "(5)"},
            silent=(
                "(2) A 30-year-old woman",
                "Case (1): She fell.",
                "She was old (aged 61).",
                "61 x 10(9)/L",
                "It was T2(6)N0.",
                "25 kg/m(2)",
            ),
        ),
        Rule(
            "author and year in brackets",
            r"\((?!(?i:{no author}))[A-Z][\w'-]+(?: et al\.?| and \w+)?,? {year}\)",
            says={"It is rare (Haas, 1999).": "(Haas, 1999)", "(Haas et al. 2004)": "(Haas et al. 2004)"},
            silent=("She fell (May 2011).", "(In 1999)"),
            printed=True,
        ),
        Rule(
            "year in brackets behind its author",
            r"\b(?!(?i:{no author}))[A-Z][\w'-]{2,}(?: et al\.?| and \w+)? \({year}\)",
            says={"Haas and Weil (1999) saw it.": "Haas and Weil (1999)"},
            silent=("Since (1999)",),
            printed=True,
        ),
    ),
    _CITED,
)
#: A sentence is our own all the same.
OURS = Book(
    "cases.ours",
    (
        Rule(
            "our patient",
            r"\b(?:our|this|present|my|the index) {own case}\b",
            says={"This patient was younger.": "this patient", "in our report": "our report"},
            silent=("That patient was older.",),
        ),
        Rule(
            "labelled patient",
            r"^(?:case|patient) (?:no\.? ?)?{label number}(?: (?:was|is|had)\b|, )",
            says={"Case 2, a nurse, was seen.": "case 2, ", "Case 1 was a man.": "case 1 was"},
            silent=("Case 2 of Weil was younger.",),
        ),
        Rule(
            "we",
            r"\b(?:we|our patients|in our)\b",
            says={"We saw none.": "we", "That was so in our series.": "in our"},
            silent=("They saw none.",),
        ),
    ),
    _CITED,
    seldom=True,
)
#: Behind the patient's own first words: a sentence that opens with somebody else.
SOMEBODY = Book(
    "cases.somebody",
    (
        Rule(
            "in a patient with",
            r"^(?:In|For|With) (?:an?|one|another) (?:[\w-]+ ){0,2}{told beside} "
            r"(?:with|of|on|who|taking|treated)\b",
            says={"In a patient with coeliac disease it was high.": "In a patient with"},
            silent=("In a week with pain", "In our patient with pain"),
            printed=True,
        ),
        Rule(
            "one of that series",
            r"^(?:One|An?|Another) (?:[\w-]+ )?(?:patient|pt|case|woman|man) (?:of|in|from) "
            r"(?:that|their|the same|another|the other|the cited|the former|the latter) {other paper}\b",
            says={"One woman of that series died.": "One woman of that series"},
            silent=("One woman of our series died.",),
            printed=True,
        ),
    ),
    _CITED,
)
#: First words that go on with the persons of the sentence before.
GOES_ON = Book(
    "cases.goes on",
    (
        Rule(
            "goes on with them",
            r"^(?:{goes on}|the {another of them}|in (?:neither|both|one))\b",
            says={"One, aged 29, fell.": "one", "The latter had none.": "the latter"},
            silent=("The patient had none.", "Calcium was low in one."),
        ),
    ),
    _CITED,
    seldom=True,
)
#: A sentence about the patient's relative.
RELATIVE = Book(
    "cases.relative",
    (
        Rule(
            "of a relative",
            r"^(?:(?:both|also) )?(?:her|his|the patient's) (?:[\w-]+ ){0,3}?(?:mother|{kin})\b",
            says={"Her maternal aunt had osteoporosis.": "her maternal aunt"},
            silent=("Her bones were thin.", "Pain of her mother"),
        ),
    ),
    _CITED,
    seldom=True,
)
#: Of whose own pregnancy or delivery a sentence speaks.
MOTHERHOOD = Book(
    "cases.motherhood",
    (
        Rule(
            "with her own pregnancy",
            r"\b(?:(?:during|in|of|after|before|throughout) (?:(?:her|this|the|her first|her second) )?"
            r"(?:pregnanc(?:y|ies)|delivery|lactation|puerperium|labou?r)|pregnant|gave birth|delivered|"
            r"postpartum|breast-?fe(?:d|eding)|lactating|primipar\w*|gravida)\b",
            says={"She took iron during pregnancy.": "during pregnancy"},
            silent=("She took iron.",),
        ),
    ),
    _CITED,
    seldom=True,
)
BOOKS = (CITED, NEWCOMER, CITATION, OURS, SOMEBODY, GOES_ON, RELATIVE, MOTHERHOOD)
