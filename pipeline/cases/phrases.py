"""The phrases that tell whether somebody is described, several are, or relatives of one another."""

from __future__ import annotations

from functools import cache

from extractors.language.atoms import ATOMS
from extractors.person.clues import CLUE_WORDS
from extractors.rules.book import Book
from extractors.rules.rule import Pattern, Rule
from extractors.rules.words import Vocabulary, Words
from extractors.text import View

_CLASSES = (
    "individual", "told of one", "while", "reporting", "one described", "own words", "introduced",
    "introduced by", "happened", "marked by", "case told", "a text", "telling of", "several",
    "relatives", "child", "beside", "human", "author",
    "relative by number", "compared by", "compared to", "told of the other", "one of the series",
    "no name", "counted", "told of cases", "one of all", "relative of all", "befell them", "made of them",
    "both did", "of others", "people", "has already", "reported by them", "fellow authors",
    "of other reports", "of an author", "newcomer", "own case", "told beside", "other paper", "goes on",
    "another of them", "told as", "one of a series", "befell the second", "no patient", "done by a patient",
)  # fmt: skip
WORDS = Vocabulary(
    "pipeline.cases",
    "words.csv",
    ("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(_CLASSES)},
)
SLOTS: dict[str, str | Pattern] = {
    **ATOMS,
    "of whom": r"the|her|his|their|our|proband's|patient's",
    "affected": "affected|index",
    "elder": "elder|older|eldest|oldest|first-born",
    "younger": "younger|youngest|second-born",
    "kin by blood": "brother|sister|sibling|twin",
    "two to ten": r"two|three|four|five|six|seven|eight|nine|ten|[2-9]|1[0-9]",
    "two to eight": r"two|three|four|five|six|seven|eight",
    "label number": r"\d{1,2}|[ivx]{1,4}|[a-h]",
    "place": r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|1st|2nd|3rd|[4-9]th",
    "animal": Words(CLUE_WORDS, {"class": "animal"}),
    **{name: Words(WORDS, {"class": name}) for name in _CLASSES},
}


@cache
def words(name: str) -> frozenset[str]:
    """The words of a class that are written without signs, as a set."""
    return frozenset(Words(WORDS, {"class": name}).words)


#: Words that tell of one patient.
INDIVIDUAL = Book(
    "cases.individual",
    (
        Rule(
            "the patient was",
            r"\b(?:(?:the|our|this|index) (?:present )?{individual}"
            r"(?: with [\w ()-]{2,60}?|, [^,.;]{3,80},)?|she|he) (?:{while} )?{told of one}\b",
            says={
                "Our patient then received calcium.": "our patient then received",
                "She fell, he was": "he was",
                "The patient with sarcoidosis had": "the patient with sarcoidosis had",
                "The patient, a nurse, died.": "the patient, a nurse, died",
            },
            silent=("The patients were well.", "The authors reported it."),
        ),
        Rule(
            "we report one",
            r"\b(?:we|i|the authors?) (?:herein |hereby |here |also )?{reporting}\b"
            r"(?: case of|[^.]{0,80}?\b(?:an?|one|the) (?:[\w-]+ ){0,6}?{one described})\b",
            says={
                "We report the case of Z.": "we report the case",
                "The author describes case of rickets.": "the author describes case of",
            },
            silent=("We report ten fractures.",),
        ),
        Rule(
            "in the patient's words",
            r"\b(?:i|my) {own words}\b(?! {author})",
            says={"My back hurt.": "my back", "I felt pain.": "i felt"},
            silent=("Type I fractures", "I am grateful to Ada."),
        ),
        Rule(
            "a woman who",
            r"\ban? (?:[\w-]+ ){0,4}{introduced} (?:(?:with|on|after|receiving|taking) [^.;]{3,160}? )?"
            r"{introduced by}\b",
            says={
                "A young woman presented late.": "a young woman presented",
                "A mother with a broken rib was seen.": "a mother with a broken rib was",
            },
            silent=("A woman is at risk.",),
        ),
        Rule(
            "a case is described",
            r"\b(?:an?|the|one|rare|unusual) (?:[\w-]+ )?case of [^.;]{3,120}? (?:is|are) "
            r"(?:here |hereby )?{case told}\b|"
            r"\b(?:this|the present|our) {a text} (?:{telling of} )(?:an?|one|the case of) ",
            says={
                "A case of bone loss is described.": "a case of bone loss is described",
                "This report concerns a primipara.": "this report concerns a ",
            },
            silent=("A case of rickets was reported by Ada.", "This report concerns women."),
        ),
        Rule(
            "something done in one",
            r"\b{happened}\b(?! (?:first )?(?:reported|described|published|cited)\b)[^.;]{0,90}? "
            r"(?:in|to|by|for|on) (?:an?|one) (?:[\w-]+ ){0,3}{introduced} {marked by}\b",
            says={
                "Denosumab was given to a nursing mother with pain.": "was given to a nursing mother with",
                "Fractures occurred in a woman taking heparin.": "occurred in a woman taking",
            },
            silent=(
                "A fracture was reported in a patient with scoliosis.",
                "Calcium may be given to a woman with cramps.",
                "Loss of height was seen in women with fractures.",
            ),
        ),
    ),
    SLOTS,
    seldom=True,
)
#: Words that announce several patients.
SERIES = Book(
    "cases.series",
    (
        Rule(
            "several patients",
            r"\b{two to ten} (?:\w+ ){0,3}{several}\b",
            says={"Two young women are described.": "two young women", "9 cases": "9 cases"},
            silent=("Two fractures", "One woman"),
        ),
        Rule("case series", r"case series", says={"A case series": "case series"}, silent=("A series",)),
    ),
    SLOTS,
)
ANIMALS = Book(
    "cases.animals",
    (
        Rule(
            "animal",
            r"\b{animal}\b",
            says={"A 3-year-old mare fell.": "mare", "The rats were fed.": "rats"},
            silent=("The nightmare ended.", "The rate rose."),
        ),
    ),
    SLOTS,
    seldom=True,
)
#: An animal that is described as a patient is.
ANIMAL_OF_AN_AGE = Book(
    "cases.animal of an age",
    (
        Rule(
            "animal of an age",
            r"\b\d{1,2}(?:[.,]\d)?[- ](?:years?|yrs?|months?|weeks?)[- ]?old,? "
            r"(?:(?!(?:who|with|by|had|was|were|after|from|of|in|and|presented|bitten|scratched)\b|{human}\b)"
            r"[\w-]+,? ){0,7}{animal}\b"
            r"(?! (?:breed|own|handl|train|groom|lov|farm|keep|walk|rid|bit|scratch|shelter|hair))",
            says={
                "A 9-years-old castrated European shorthair cat was seen.": (
                    "9-years-old castrated european shorthair cat"
                ),
                "A 3 year old mare fell.": "3 year old mare",
            },
            silent=("A 30-year-old woman was bitten by a cat.", "A 30-year-old dog breeder fell."),
        ),
    ),
    SLOTS,
    seldom=True,
)
HUMANS = Book(
    "cases.humans",
    (
        Rule(
            "human being",
            r"\b{human}\b",
            says={"The women were well.": "women"},
            silent=("The patient was a dog.",),
        ),
    ),
    SLOTS,
    seldom=True,
)
#: How a paper announces that its patients are relatives.
KIN = Book(
    "cases.kin",
    (
        Rule(
            "two relatives",
            r"\b(?:two|three|both) (?:[\w-]+ ){0,3}{relatives}\b",
            says={"Two affected sisters": "two affected sisters"},
            silent=("Two patients", "Her sisters"),
        ),
        Rule(
            "brother and sister",
            r"\b(?:brother and (?:a |his )?sister|sister and (?:a |her )?brother)\b",
            says={"A brother and his sister": "brother and his sister"},
            silent=("Her brother was well.",),
        ),
        Rule(
            "mother and child",
            # what is safe "for the mother and the child" is so for everybody
            r"\b(?<!for )(?<!for the )(?<!for both )(?<!to )(?<!to the )mother and "
            r"(?:her |a |the )?(?:[\w-]+ )?{child}\b"
            # how they left is told of every birth
            r"(?! (?:(?:both|were|was|are|is|had|have|has|been|in|a) ){0,3}(?:\w+ly )?"
            r"(?:discharged|well|healthy|fine|recover\w+|surviv\w+|doing|stable|alive|safe|good|did)\b)",
            says={"A mother and her newborn": "mother and her newborn"},
            silent=(
                "The mother was well.",
                "Both the mother and the baby were discharged home.",
                "Exercise is safe for the mother and the child.",
            ),
        ),
    ),
    SLOTS,
)
#: Relatives beside the patients.
BESIDE = Book(
    "cases.beside",
    (
        Rule(
            "further relative",
            r"\b{beside}\b",
            says={"Her father was well.": "father", "The third sister": "third sister"},
            silent=("Her sister was well.",),
        ),
    ),
    SLOTS,
    seldom=True,
)
#: Who of two related patients is meant; the rule is the key.
RELATIVES = Book(
    "cases.relatives of one another",
    (
        Rule(
            "elder",
            r"\b(?:{of whom} (?:\w+'s )?(?:{affected} )?(?:{elder}|first) (?:{affected} )?{kin by blood}|"
            r"the {elder}(?: one| of (?:them|the two))?(?=,| \(| {befell the second}\b))",
            says={
                "Her elder sister had pain.": "her elder sister",
                "The elder, 32, fell.": "the elder",
                "The older affected brother": "the older affected brother",
            },
            silent=("The older fracture had healed.", "An elder sister"),
        ),
        Rule(
            "younger",
            r"\b(?:{of whom} (?:\w+'s )?(?:{affected} )?(?:{younger}|second) (?:{affected} )?{kin by blood}|"
            r"the {younger}(?: one| of (?:them|the two))?(?=,| \(| {befell the second}\b))",
            says={"The younger sister fell.": "the younger sister", "the younger one had": "the younger one"},
            silent=("The younger age group", "Younger sisters"),
        ),
        Rule(
            "proband",
            r"\b(?:proband|index (?:patient|case))\b(?!'s)",
            says={"The proband was 30.": "proband"},
            silent=("The proband's sister",),
        ),
        Rule(
            "child",
            r"\b(?:the|her|a|this) (?:\w+ )?(?:baby|infant|child|newborn|neonate)\b",
            says={"Her newborn was well.": "her newborn"},
            silent=("Childhood was normal.",),
        ),
        Rule(
            "mother",
            r"\b(?:the|her|his|whose|infant's|baby's|child's|\w+n's) (?:\w+ )?mother\b|"
            r"\bmaternal (?=serum|calcium|phosph|pth|vitamin|25|level|blood)",
            says={"His mother was well.": "his mother", "Maternal calcium": "maternal "},
            silent=("Maternal age was 30.",),
        ),
    ),
    SLOTS,
    seldom=True,
)
#: A patient who is only compared with the one that is told of: "as in case 1", "(ranges: see case 1)".
COMPARED = Book(
    "cases.compared",
    (
        Rule(
            "compared with another patient",
            r"\b(?:{compared by}|{compared to} (?:to|with)) (?:{told of the other} )?"
            r"(?:(?:in|for|of|with|to|under|by) )?(?:(?:the|our) )?"
            r"(?:(?:{place}|other|previous|preceding) (?:case|patient|woman|mother|one)\b|"
            r"(?:case|patient|subject|observation)s? (?:no\.? ?|number |#)?(?:{label number})\b"
            r"(?: ?(?:,|and|or|&|-) ?(?:{label number})\b)*)",
            says={
                "She was treated as in case 1.": "as in case 1",
                "Calcium was low (ranges: see cases 1 and 2).": "see cases 1 and 2",
                "She was older than the first woman.": "than the first woman",
                "Similar to the previous one, she fell.": "similar to the previous one",
            },
            silent=("In case 1 calcium was low.", "She was treated as an outpatient."),
        ),
    ),
    SLOTS,
    seldom=True,
)
#: "Only two women with PLO and coeliac disease had been described", whoever searched.
COUNTED = Book(
    "cases.counted",
    (
        Rule(
            "cases counted in the literature",
            r"\b(?:{counted}|\d+) (?:[\w-]+ ){0,3}(?:patients?|cases?|wom[ae]n|reports?)\b[^.;]{0,80}"
            r"\b(?:ha(?:s|ve|d) (?:ever |previously |so far |already )?been|were) (?:\w+ly )?{told of cases}",
            says={
                "Only two women had been described.": "two women had been described",
                "Few cases with coeliac disease were reported.": (
                    "few cases with coeliac disease were reported"
                ),
            },
            silent=("Two women were treated.", "The fractures had been described."),
        ),
    ),
    SLOTS,
)
#: A sentence begins with one more patient, or with all of them.
LAST = Book(
    "cases.last",
    (
        Rule(
            "last patient",
            r"^(?:in )?(?:the|our) (?:last|other|final) {one of the series}\b",
            says={"The last patient was old.": "the last patient", "In our final case": "in our final case"},
            silent=("At the last visit she was well.", "The last patients were well."),
        ),
    ),
    SLOTS,
    seldom=True,
)
NEXT = Book(
    "cases.next",
    (
        Rule(
            "next patient",
            r"^(?:another|(?:the|our|a) (?:other|second|third|fourth|next|last|further)) (?:[\w-]+ ){0,2}"
            r"{one of the series}\b|^the (?:other|second|third|fourth)(?=, (?:an? |aged? |who )| \()",
            says={
                "Another young woman came.": "another young woman",
                "The next patient": "the next patient",
                "The other, aged 29, fell.": "the other",
            },
            silent=("She saw another patient.", "The second pregnancy was normal."),
        ),
    ),
    SLOTS,
    seldom=True,
)
ALL = Book(
    "cases.all",
    (
        Rule(
            "so many patients",
            r"^(?:we (?:report|describe|present|saw|treated|here report) (?:on )?)?(?:(?:the|our|these) )?"
            r"(?P<n>\w+) (?:[\w-]+ ){0,3}(?!children|case ){several}\b",
            lambda match: match["n"],
            says={"The two women took calcium.": "two", "We report three sisters.": "three"},
            silent=("The two children were well.", "It was given to two women."),
        ),
    ),
    SLOTS,
    seldom=True,
)
BOOKS = (
    INDIVIDUAL, SERIES, ANIMALS, ANIMAL_OF_AN_AGE, HUMANS, KIN, BESIDE, RELATIVES, COMPARED, COUNTED, LAST,
    NEXT, ALL,
)  # fmt: skip


def announced(book: Book, view: View, zones: int) -> bool:
    """Whether the first zones of a paper, its title among them, have a phrase of a book."""
    end = view.zones[:zones][-1].end
    first = (s for s in view.sentences if s.start < end)
    return any(book.first(view, sentence) is not None for sentence in first)
