"""The phrases of a course: visits, how treatments begin, go on and end."""

from __future__ import annotations

import re
from typing import Any

from extractors.rules.book import Book
from extractors.rules.lexicon import Lexicon
from extractors.rules.rule import Glue, Rule
from extractors.rules.words import Vocabulary, Words
from extractors.time.atoms import SLOTS as TIMES
from extractors.time.durations import Days, duration_days
from extractors.timeline import relations

KINDS = frozenset({"seen", "urgent", "another event", "another doctor", "begun", "ended", "went on", "then"})
WORDS = Vocabulary(
    "extractors.timeline", "words.csv", ("word", "kind", "source"), ("word", "kind"), {"kind": KINDS}
)
_OWN = {kind: Words(WORDS, {"kind": kind}) for kind in sorted(KINDS)}
_SLOTS = {**TIMES, **_OWN}


def _days(m: re.Match[str]) -> Days | None:
    return duration_days(m["count"], m["unit"], m["upto"])


#: The patient is seen by a doctor.
VISITS = Book(
    "timeline.visit",
    (
        Rule(
            "seen",
            r"\b{seen}\b",
            says={"She presented at 5 months postpartum.": "presented", "She was seen in May.": "was seen"},
            silent=("She had never seen the sea.", "The presenting complaint was pain."),
        ),
        Rule(
            "visit after birth named",
            r"\b(?:post-?\s?natal|post-?\s?partum|puerperal|obstetric|well-child) "
            r"(?:visit|check(?:-?\s?up)?|appointment|consultation|review|examination|control)\b",
            says={"At her 8-week postnatal visit she was in pain.": "postnatal visit"},
            silent=("The postnatal ward was full.",),
        ),
    ),
    {"seen": _OWN["seen"]},
)
#: Pictures and tests of the day told just before.
THAT_DAY = Book(
    "timeline.that day",
    (
        Rule(
            "examined that day",
            r"\b{looked at}\b[^.;:]{0,30}? "
            r"(?<!until )(?<!since )(?<!from )(?<!before )(?<!after )(?:that|the same) (?:very |same )?"
            r"(?:night|evening|day|afternoon|morning)\b"
            r"|(?<!until )(?<!since )(?<!from )(?<!before )(?<!after )\b(?:that|the same) (?:very |same )?"
            r"(?:night|evening|day|afternoon|morning),? (?:(?!(?:she|he) (?:fell|felt)\b)[\w-]+ ){0,4}?"
            r"{looked at}\b",
            says={
                "MRI that night showed oedema.": "mri that night",
                "The same day an urgent CT was done.": "the same day an urgent ct",
            },
            silent=("MRI showed that oedema was gone.", "That night she slept.", "MRI since that day"),
        ),
    ),
    {
        "looked at": (
            r"(?:mri|mr imaging|ct|x-?rays?|radiographs?|films|bloods|blood tests?|admitted|admission|a&e|"
            r"emergency (?:department|room))"
        )
    },
)
_WHO = r"(?:woman|lady|female|patient|mother|primipara|multipara|wife|housewife|nurse|teacher)"
#: A woman who is spoken of, at the time before or behind.
WOMAN = Book(
    "timeline.woman",
    (
        Rule(
            "woman",
            rf"\b{_WHO}\b",
            says={"The woman fell.": "woman"},
            silent=("Women fall.",),
        ),
    ),
    {},
)
#: Before a time: it says how long after a birth she is.
WHO_IS = Glue(
    rf"\b{_WHO}(?:,| \(|,? who (?:is|was)|,? being)"
    r"(?: (?:now|then|currently|about|approximately|some|a|the|her|at))* ?$"
)
#: Behind a time: the same.
IS_WHO = Glue(rf" ?(?:,? (?:primiparous|multiparous|lactating|breast-?\s?feeding|nursing|old))*,? {_WHO}\b")
#: ... at once, when it happened.
URGENT = Book(
    "timeline.urgent",
    (
        Rule(
            "urgent",
            r"\b{urgent}\b",
            says={"She was carried to the emergency room.": "emergency"},
            silent=("She was carried upstairs.",),
        ),
    ),
    {"urgent": _OWN["urgent"]},
    seldom=True,
)
#: Another pregnancy is told.
AGAIN_PREGNANT = Book(
    "timeline.again",
    (
        Rule(
            "pregnant again",
            r"\b(?:second|third|fourth|fifth|next|subsequent|another|new|later|further) pregnancy\b|"
            r"\b(?:pregnant|conceived|delivered|gave birth) again\b|"
            r"\b(?:became|got|fell) pregnant\b|"
            r"\b(?:second|third|fourth|next|another) (?:child|baby|delivery|birth|son|daughter)\b",
            says={
                "Two years later she became pregnant.": "became pregnant",
                "In her second pregnancy she was well.": "second pregnancy",
                "She delivered again without pain.": "delivered again",
            },
            silent=("In this pregnancy she was well.", "She delivered a boy."),
        ),
    ),
    {},
)
#: Between a visit and a time: the time is that of something else.
ANOTHER_EVENT = Glue(r"\b{another event}\b|;", _SLOTS)
_NO_OTHER = r"(?!\b(?:{seen}|{another event}|{begun})\b)"
#: Before a date: the birth that was then.
BIRTH_BEFORE = Glue(
    rf"\b(?:{{birth}}|{{birth told}})\b(?:{_NO_OTHER}[^.;,]){{0,70}}$|"
    rf"\b(?:(?:had|was|has|she|who|and|were|been) (?:delivered|given birth|gave birth|born)|"
    rf"had (?:her|an?) (?:\w+ ){{0,2}}(?:child|baby|son|daughter|boy|girl))\b"
    rf"(?:{_NO_OTHER}[^.;]){{0,70}}$",
    _SLOTS,
)
#: Behind a date: the same.
BIRTH_BEHIND = Glue(
    r",?(?: (?!(?:{seen}|{another event}|after|since|months?|weeks?|days?)\b)[\w'-]+){0,9}? "
    r"(?:delivered|gave birth|given birth|(?:was|were) born|became a mother|"
    r"(?:had|underwent) (?:an? )?(?:\w+ ){0,2}(?:c(?:ae|e|a)sarean|delivery|birth|lscs))\b",
    _SLOTS,
)
#: A birth that is only expected then.
DUE = Glue(
    r"\b(?:expected|estimated|due|planned|scheduled|anticipated) (?:date|delivery|birth|on|in|for|day)\b"
)
#: Before a date: a treatment that was begun, or ended, then.
BEGUN_AT = Glue(r"\b{begun}\b[^,;.]{0,60}$", _SLOTS)
ENDED_BEFORE = Glue(r"\b(?:was|were|been|is) (?:\w+ly )?{ended}\b[^,;.]{0,30}$", _SLOTS)
#: Before a birth: it is told to say when something else was.
AROUND_A_BIRTH = Glue(
    r"\b(?:after|before|since|following|until|from|during|at|of|with|planned|previous|earlier|past|first two|"
    r"both|all|every|each) (?:(?!(?:and|but)\b)[\w-]+ ){0,4}$"
)
#: How a time ends by which a birth is told at a visit: "she had delivered two months ago".
BEFORE_THE_VISIT = Glue(r"(?:{ago}|before)$", _SLOTS)
DATED_BACK = Glue(r"\bback (?:about )?$")
#: Between two times: "three years earlier, one month after the birth ...".
AND_THEN_AFTER = Glue(r",? (?:at |about )?")
#: The sentence tells of another doctor's visit.
ANOTHER_DOCTOR = Glue(r"\b{another doctor}\b(?! to our)", _SLOTS)
#: Between a drug and a time behind it, as between a verb and the drug behind that: it was begun then.
BEGUN = Glue(r"\b{begun}\b", _SLOTS)
#: Behind a drug: its end.
IS_OVER = Glue(
    r"[^.;]{0,40}?\b(?:was|were|had been|been|is|has been|to be) (?:\w+ly )?{ended}\b|"
    # "which she gave up after five months"
    r"(?:[^.;,]{0,40},)?(?: (?:which|that|and|but)){0,2} (?:she|he|the patient|who) "
    r"(?:(?:\w+ly|had|then|soon|herself) ){0,2}(?:{ended}|gave up|gave it up|quit|broke off|dropped)"
    r"(?: (?:it|this|them|the drug|treatment|therapy|taking it))?\b"
    r"(?! (?:the |her |to |all )?(?:breast|nurs|lactat|smok|work|follow|drink))",
    _SLOTS,
)
#: Before a drug: its end.
END_OF = Glue(
    r"\b(?:when|once|after|on|upon|following|at) (?:the |her |this )?(?:end|completion|cessation|"
    r"discontinuation|withdrawal|course|completing|finishing|stopping|discontinuing|ending) (?:of )?"
    r"(?:the |her |this )?(?:[\w-]+ ){0,4}$",
    _SLOTS,
)
#: Between two drugs: the second follows when the first is over.
THEN = Glue(r"\b{then}\b|[,;] (?:and )?then\b", _SLOTS)
#: How a sentence begins that tells the next drug.
OPENS_WITH_THEN = Glue(r"(?:thereafter|subsequently|afterwards?|then|(?:this|it|which) was followed by)\b")
#: Between a verb, or a drug behind its verb, and the time of the begin.
TO_TIME = Glue(r"[^,;.]{0,60}?")
#: The same before a time that is counted from a birth, or a date: "was begun after weaning, six months ...".
TO_BIRTH = Glue(r"[^;.,]{0,60}?(?:, (?:at|on|in)? ?)?")
#: Between a drug and "at 8 weeks": it was begun then. No other clause may begin there.
BEGUN_THEN = Glue(
    r",?(?: (?!(?:and|but|with|which|who|while|then|for|until|after)\b)[\w.,/%-]+){0,6}? "
    r"(?:was|were|had been) (?:\w+ly |then |also ){0,2}{begun}"
    r"(?: (?:iv|i\.v\.|intravenously|orally|subcutaneously|once|as a single (?:dose|infusion)))? ?",
    _SLOTS,
)
#: Before a drug that is ended: "After three months | calcitonin was stopped".
RIGHT_BEFORE = Glue(r",? (?:the |her |oral |nasal |intravenous |treatment with ){0,2}")
#: Between the first drug of a list and how long all were given.
LISTED_FOR = Glue(
    r"(?:(?!\b(?:was|were|then|followed|after|until|when|switched|changed)\b)[^;.]){0,160}? "
    r"for (?:(?:a|the) )?(?:(?:total|period)(?: of)? )?{duration}",
    _SLOTS,
)
#: Between a verb and the time of the end.
ENDED_AT = Glue(r" ?(?:at|on|in|by|again)? ?")
#: How long a treatment went on.
LASTED = Glue(
    r"\b{went on}(?: (?:with|subcutaneously|intravenously|orally|daily|weekly|monthly))? "
    r"for (?:(?:a|the) )?(?:(?:total|period|whole|full|entire)(?: of)? )?(?:the )?{duration}\b",
    _SLOTS,
)
#: So long a treatment lasted: "a 2-year course of".
COURSE_OF = Glue(
    r"\b(?:an? |the )?{duration} (?:course|trial|cycle|period|treatment|therapy)(?: (?:of|with))? "
    r"(?:[\w-]+ ){0,3}$",
    _SLOTS,
)
#: What was told just before, once more.
AT_THAT_TIME = Book(
    "timeline.same",
    (
        Rule(
            "same time told",
            r"\bat (?:that|the same|this) (?:time|point|visit|moment|occasion|stage)\b|"
            r"\b(?:on|at) (?:that|the same) (?:day|occasion|examination)\b",
            says={"At that time DXA was normal.": "at that time", "It was 3 at this visit.": "at this visit"},
            silent=("At that hospital DXA was normal.", "All that time she was well."),
        ),
    ),
    {},
)
#: What is told behind the length of a course: it is of the course's end.
AFTER_WHICH = Book(
    "timeline.after which",
    (
        Rule(
            "after which told",
            r"(?:,|;|:) (?:after|following|upon completion of) which\b|"
            r"\b(?:was|were|is|stood|measured) then\b(?! (?:started|begun|given|treated|"
            r"switched|changed|referred|discharged|admitted|put|prescribed|advised|able|lost))|"
            r"\b(?:score|bmd|density|value|values|level) (?:then|thereafter|afterwards) (?:was|were|had)\b|"
            r"^(?:thereafter|afterwards),? (?:the|her) (?:\w+ ){0,4}?(?:score|bmd|density|level)",
            says={
                "Alendronate was given for a year, after which it was 3.": ", after which",
                "The score was then -2.5.": "was then",
                "The T-score then was -2.": "score then was",
            },
            silent=("She was then started on alendronate.", "Then she was well."),
        ),
    ),
    {},
)
#: The child is weaned.
WEANING = Book(
    "timeline.weaning",
    (
        Rule(
            "weaned",
            r"\b(?:weaned|weaning (?:was|took|occurred|followed)|(?<=after )weaning(?=,? ?\(?(?:at|by) )|"
            r"(?:stopped|ceased|discontinued|ended|interrupted) (?:breast-?\s?feeding|nursing|lactation)|"
            r"(?:breast-?\s?feeding|nursing|lactation) (?:(?:was|had been) )?(?:\w+ly )?"
            r"(?:stopped|ceased|discontinued|ended|interrupted|terminated|suspended|suppressed|withdrawn))\b",
            says={
                "She weaned her baby.": "weaned",
                "Lactation was immediately stopped.": "lactation was immediately stopped",
            },
            silent=("Breastfeeding was painful.", "Weaning is advised."),
        ),
    ),
    {},
)
#: Before a weaning: it is still to come, or was when this was told.
AHEAD = Glue(
    r"\b(?:once|until|till|when|if|as soon as|before|provided|will be|to be)(?: that)? "
    r"(?:(?:(?:her|the|she|he|has|had|is|are|have|be|fully|completely)|{baby}) ){0,5}$",
    _SLOTS,
)
#: How long the drug told before was given.
TAKEN_FOR = Book(
    "timeline.taken",
    (
        Rule(
            "it was taken for",
            r"\b(?:(?:she|who|patient|and) (?:\w+ly )?"
            r"(?:took|received|had|continued|used|remained on|stayed on|was on) "
            r"(?:it|this|them|the drug|(?:the |this )?(?:treatment|therapy|medication))(?: \w+ly)?|"
            r"(?:it|this|which|(?:the |this )?(?:treatment|therapy|medication)) "
            r"(?:was (?:\w+ly )?(?:continued|maintained|given|administered)|lasted|went on)) "
            r"for (?:a (?:total|period) of )?{duration}",
            _days,
            says={
                "She took it for one year.": (365, 365),
                "The treatment was continued for 18 months.": (548, 548),
            },
            silent=("She took it for pain.", "It was taken a year later."),
        ),
    ),
    TIMES,
)
BOOKS: tuple[Book, ...] = (
    AT_THAT_TIME,
    AFTER_WHICH,
    WEANING,
    TAKEN_FOR,
    VISITS,
    THAT_DAY,
    URGENT,
    AGAIN_PREGNANT,
    Book("timeline", (), {}, relations.RELATIONS),
)


def lasted(m: re.Match[str] | None) -> Days | None:
    """The days of a match that holds a duration."""
    return None if m is None else _days(m)


def lexicons() -> tuple[Lexicon[Any], ...]:
    """Nothing is looked up beside the phrases."""
    return ()
