"""What the story has told by a sentence: a pregnancy, a birth, a treatment. Bare times count from it."""

from __future__ import annotations

from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View
from extractors.time.atoms import SLOTS


def _book(*rules: Rule) -> Book:
    return Book(f"time.story {rules[0].name}", rules, SLOTS)


#: It speaks of pregnancy, birth or the time after it, whatever it says.
MOTHERHOOD = _book(
    Rule(
        "motherhood stem",
        r"{motherhood stem}",
        says={"Her puerperium was normal.": "puerper"},
        silent=("She had a fall.",),
    ),
    Rule(
        "motherhood",
        r"\b(?:{motherhood})(?!\w)",
        says={"After the accouchement she fell.": "accouchement", "Near term she fell.": "term"},
        silent=("The laboratory was closed.", "She came to terms with it."),
    ),
)
#: It speaks of a treatment or of densitometry.
TREATMENT = _book(
    Rule(
        "treatment spoken of",
        r"{treatment stem}",
        says={"The T-score rose.": "score", "She was treated.": "treat"},
        silent=("She was pregnant.",),
    )
)
#: A birth, as an event of which the text goes on to tell.
BIRTH = _book(
    Rule(
        "birth told",
        r"\b(?:{birth told}|birth (?:of|to)|became a mother|"
        r"(?:had|got) her (?:{ordinal} )?(?:{baby})(?! (?:with|(?:at|in|on) (?:her|his|the)\b)))\b",
        says={
            "She gave birth to a girl.": "gave birth",
            "After the birth of twins": "birth of",
            "She had her first child in May.": "had her first child",
        },
        silent=("Her birthday was in May.", "She had her baby with her."),
    )
)
#: A birth that has happened by then.
BORN = _book(
    Rule(
        "born",
        r"\b(?:was delivered|delivered (?:a|her|of|by|vaginally)|gave birth|was born|post-?\s?partum|"
        r"after (?:the )?delivery)\b",
        says={"She delivered a boy.": "delivered a"},
        silent=("The delivery was planned.",),
    )
)
#: She is with child when this is said.
WITH_CHILD = _book(
    Rule(
        "with child",
        r"\b(?:pregnant|primigravid\w*|gravida|in (?:her|this) (?:\w+ )?pregnancy)\b",
        says={
            "A primigravida had pain.": "primigravida",
            "In her ninth pregnancy she fell.": "in her ninth pregnancy",
        },
        silent=("She planned a pregnancy.",),
    )
)
PREGNANCY = _book(
    Rule(
        "pregnancy spoken of",
        r"\b(?:pregnan\w+|gestation|trimester|antenatal)",
        says={"She got pregnant.": "pregnant"},
        silent=("She got well.",),
    )
)
#: The same, in words that antenatal records have.
EXPECTING = _book(
    Rule(
        "expecting",
        r"\b(?:pregnan|gestation|trimester|primigravid|gravida|antenatal|obstetric)",
        says={"A primigravida had pain.": "primigravid"},
        silent=("She had pain.",),
    )
)
#: What begins "at 32 weeks" in a paper on pregnancy begins in one.
BEGAN = _book(
    Rule(
        "something began",
        r"\b(?:began|begun|started|onset|developed|noticed|noted|experienced|complained)\b",
        says={"Pain began at 32 weeks.": "began"},
        silent=("Pain beginnings",),
    )
)
#: Behind these a time counts from the treatment.
TREATED = _book(
    Rule(
        "treated",
        r"\b(?:treat(?:ed|ment)|therapy|started on|follow-?\s?up|prescribed|received|given|infusion|surgery|"
        r"vertebroplasty|discharged?|ago|history)\b",
        says={"She was treated with calcium.": "treated"},
        silent=("She treats herself.",),
    )
)
#: Weeks as late as only a pregnancy counts them, whether it is named or not.
AT_WEEKS = _book(
    Rule(
        "at late weeks",
        r"\b(?:at|by) (?:about )?(?:2\d|3\d|4[0-2])(?: ?\+ ?[0-6]\b|(?: ?\+ ?[0-6])? (?:weeks|wks)\b)",
        says={"At 34 weeks the pain had worsened.": "at 34 weeks", "By 33+4 she limped.": "by 33+4"},
        silent=("At 12 weeks she was well.",),
    )
)
#: Weeks with days, which only a pregnancy has.
PLUS_DAYS = _book(
    Rule(
        "weeks and days",
        r"\b(?:at|by) (?:2\d|3\d|4[0-2]) ?\+ ?[0-6]\b(?! ?(?:mg|%))",
        says={"At 34+2 she fell.": "at 34+2"},
        silent=("At 34 years she fell.", "At 12+3 she fell."),
    )
)
#: What befell the patient; what is told to follow it is counted from it.
_MISHAP = Rule(
    "mishap told",
    r"\b{mishap}\b(?! (?:to|below|short|asleep|pregnant|ill)\b)",
    says={"She fell in the bath.": "fell", "She slipped on ice.": "slipped"},
    silent=("Haemoglobin fell to 9 g/dL.", "She fell ill."),
)
#: The same with what was done to her; what follows the next day follows this.
INTERVENTION = Book(
    "time.story intervention",
    (
        Rule(
            "intervention told",
            r"\b(?:{intervention}|{treatment}|(?<!\bthe )(?:operation|surgery))\b",
            says={"Zoledronate was infused.": "zoledronate", "She underwent surgery.": "surgery"},
            silent=("The operation was uneventful.", "She delivered a girl."),
        ),
        Rule(
            "medication told",
            r"\b{given} (?!(?:[\w-]+ ){0,2}{of the birth itself}\b)",
            says={"She was put on calcium.": "put on "},
            silent=("She received an epidural block.",),
        ),
        _MISHAP,
    ),
    SLOTS,
    seldom=True,
)
BOOKS = (
    MOTHERHOOD, TREATMENT, BIRTH, BORN, WITH_CHILD, PREGNANCY, EXPECTING, BEGAN, TREATED, AT_WEEKS,
    PLUS_DAYS, INTERVENTION,
)  # fmt: skip

#: Before a word for delivery: it is not told as this one's event.
_NOT_TOLD = Glue(
    r"\b(?:before|previous|prior to|until|no|planned|first two|expected) (?:[\w-]+ ){0,2}$|"
    # what a device or a machine delivers
    r"(?:therapy|radiation|doses?|shocks?|gy|fractions|stent|current) (?:[\w-]+ ){0,4}(?:was|were|been) $",
    SLOTS,
)
#: Before an intervention: none took place, or not now.
_NOT_DONE = Glue(
    r"\b(?:no|not|never|without|den(?:ied|ies)|refused|declined|previous|prior|history of|before|until) "
    r"(?:[\w-]+ ){0,3}$"
)
_REACH = 60  # characters before a delivery in which it is said to be another one
#: So many sentences back a pregnancy may have been told.
_EXPECTING_REACH = 8


def tells(book: Book, view: View, sentence: Sentence) -> bool:
    """Whether a sentence tells what a book of the story looks for; worked out once for a sentence."""
    key = ("time.story", book.name, sentence.index)
    found = view.cache.get(key)
    if found is None:
        found = book.first(view, sentence) is not None
        view.cache[key] = found
    return bool(found)


def anywhere(book: Book, view: View) -> bool:
    """Whether any sentence of the text tells it."""
    return any(tells(book, view, sentence) for sentence in view.sentences)


def births(view: View, sentence: Sentence, end: int | None = None) -> list[tuple[int, int]]:
    """Offsets of the births told in a sentence (before `end`) as events: "previous deliveries" are none."""
    out = []
    for found in BIRTH.find(view, sentence):
        before = max(sentence.start, found.start - _REACH)
        if (end is None or found.end <= end) and not _NOT_TOLD.within(view.lower, before, found.start):
            out.append((found.start, found.end))
    return out


def intervened(view: View, sentence: Sentence, start: int, end: int, mishaps: bool = True) -> bool:
    """Whether something was done to the patient, or (`mishaps`) befell her, between two places."""
    for found in INTERVENTION.find(view, sentence):
        inside = start <= found.start and found.end <= end and (mishaps or found.rule is not _MISHAP)
        before = max(sentence.start, found.start - _REACH)
        if inside and not _NOT_DONE.within(view.lower, before, found.start):
            return True
    return False


def of_motherhood(view: View, sentence: Sentence) -> bool:
    """Whether a sentence, or the paragraph before it, is on a pregnancy or birth: bare weeks are its."""
    return tells(MOTHERHOOD, view, sentence) or (
        tells(AT_WEEKS, view, sentence) and _expecting(view, sentence)
    )


def _expecting(view: View, sentence: Sentence) -> bool:
    """Whether the paragraph before a sentence tells of a pregnancy and not yet of a birth: "At 34 weeks"."""
    before = view.previous(sentence)
    for _ in range(_EXPECTING_REACH):
        if before is None:
            began = tells(BEGAN, view, sentence) or tells(PLUS_DAYS, view, sentence)
            return began and anywhere(PREGNANCY, view)
        if tells(BORN, view, before):
            return False
        if tells(EXPECTING, view, before):
            return True
        before = view.previous(before)
    return False
