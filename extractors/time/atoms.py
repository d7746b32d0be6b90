"""Named parts of time expressions, from `words.csv`; every book that speaks of time shares them."""

from __future__ import annotations

from extractors.language.atoms import ATOMS
from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words

KINDS = frozenset(
    {
        "unit",
        "about",
        "birth",
        "postpartum",
        "nursing",
        "after",
        "before",
        "baby",
        "no adjective of a birth",
        "adjective of a birth",
        "adjective of a pregnancy",
        "soon",
        "few",
        "start",
        "event",
        "treatment",
        "visit",
        "later",
        "examination",
        "first visit",
        "motherhood",
        "motherhood stem",
        "birth told",
        "treatment stem",
        "changed",
        "later on",
        "intervention",
        "mishap",
        "given",
        "of the birth itself",
        "no word of a birth",
        "stopped",
    }
)
#: Kinds of words that no book looks for: they are asked of what was found.
ASKED = frozenset({"event of a visit", "event of another kind", "ended"})
#: The words of time: of one kind, all may stand for each other.
WORDS = Vocabulary(
    "extractors.time", "words.csv", ("word", "kind", "source"), ("word", "kind"), {"kind": KINDS | ASKED}
)


def _kind(name: str) -> Words:
    return Words(WORDS, {"kind": name})


_DURATION = {
    "about": r"{about word}|~",
    "upto": r" ?(?:to|-|or) ?",
    # groups count, upto, unit: "about 2 to 3 further weeks"
    "duration": (
        r"(?:{about} )?{count:count}(?:{upto}(?P<upto>\d+|{count}))?[ -]"
        r"(?:(?:short|full|more|further) )?{unit:unit}\b"
    ),
    "more": r"(?:(?:completing|finishing|completion of) )?(?:(?:a further|another|the) )?(?:first )?",
    # a duration with the preposition that belongs to it; "for" tells how long, not when
    "lasting": r"(?:(?<!\S)(?P<howlong>for) {more})?",
    "span": (
        r"(?:(?<!\S)(?P<lead>after|at|within) {more})?"
        r"(?P<span>(?<![\w.+])(?:(?P<years>{count})[ -]years? and (?=[\w.]+ months?\b))?"
        r"{duration}(?P<half> and a half\b)?)"
    ),
    # what follows a duration that is no time by itself: an age, a history, an anchor of its own
    "not told": (
        r"(?! (?:of age|old|prior|before|ago|earlier|of gestation|of pregnancy|gestation|postpartum|after|"
        r"following|history))"
    ),
    # groups nth, few, nth_unit: "the last two weeks", "the second postpartum month"
    "nth unit": (
        r"(?P<nth>{ordinal}|last|final) (?:(?P<few>two|three|few|2|3) )?"
        r"(?:(?:post-?\s?(?:partum|natal|operative)|puerperal|lactation|gestational) )?"
        r"(?P<nth_unit>hours?|days?|weeks?|months?|years?)\b"
    ),
}
_DELIVERY = {
    "born": (
        r"{baby}'s birth|having (?:her|a|the) (?:{ordinal} )?(?:baby|child)|"
        # "her son was born", "Mia was born": whoever it is, if no pronoun (that may be the patient)
        r"(?!(?:she|he|i|who|it|patient|and|or|that|which) )[\w'-]+ (?:was|were|had been) born"
    ),
    "delivery": r"(?:(?:having|being|been) )?(?:{birth}|{born})\b",
    # a word between "after" and "delivery": an adjective
    "adjective": (r"(?!{no adjective of a birth}\b|(?!\w*{adjective of a birth}\b)\w+ed\b)[\w'-]+(?:/\w+)?"),
    # group which: "the day of her second vaginal "
    "the": r"(?:(?:(?:time|date|day) of|(?P<which>{ordinal})|{adjective}) ){0,6}?",
    # who has a child by a name: "Edda was five weeks old"
    "child named": (
        r"(?!(?:she|he|i|it|we|they|patient|mother|woman|treatment|therapy)\b)[a-z'-]{2,}"
        r"(?= \w+ (?:only |just )?[\w.-]+ (?:days?|weeks?|months?) old)"
    ),
    "of nursing": r"(?:(?:the|her) )?{nursing}",
    "after birth": (
        r"(?:later )?(?:(?:{after} |post-){the}{delivery}|{postpartum}(?!\w)|(?:into|of) {of nursing}|"
        r"(?:of|in|into) (?:(?:the|her) )?(?:lochia|{postpartum})(?: period)?(?![\w-])|"
        r"of (?:the|her) (?:delivery|childbirth|parturition)\b)"
    ),
    "before birth": r"{before} {the}{delivery}",
    # behind a count: so long before the visit
    "ago": (
        r"(?:ago|back(?! pain)|(?:earlier|previously)(?! than\b)|"
        r"(?:before|prior to) (?:(?:the|her|this|our) )?(?:{first visit}|visit)\b|before(?=[.,;)]|$))"
    ),
}
_GESTATION = {
    "pregnancy": r"pregnan(?:cy|t)|gestation|gravidity|amenorrho?ea",
    # "so far quiet", "single": words between an article and a pregnancy
    "kind of pregnancy": r"(?:{adjective of a pregnancy}[ ,-] ?){0,4}",
    "her pregnancy": (
        r"(?:(?:the|her|this|an?) )?{kind of pregnancy}(?:(?P<which>{ordinal}) )?{kind of pregnancy}"
        r"(?:pregnancy|gestation)"
    ),
    # group which, behind a count: "of her second pregnancy", "gestation"
    "pregnant": (
        r"(?:of|in|during|into) (?:(?:the|her|this|my|an?|what was an?) )?{kind of pregnancy}"
        r"(?:(?P<which>{ordinal}) )?{kind of pregnancy}(?:{pregnancy})|"
        r"gestation(?:al age)?|pregnant|gravid|(?:ga|pog)(?!\w)|of gestational age|"
        r"(?:(?:period|duration) of )gestation"
    ),
    "that nth": r"(?:(?:the|her|this|that) )?(?:(?P<which>{ordinal}|last|previous) )?(?:twin )?",
    "completed weeks": r"(?:completed )?(?:weeks?|wks?|w\b|gw\b)'?",
    "weeks": r"\d{1,2}(?: ?\+ ?[0-6])?",
    # group days, behind weeks: "and 4 days", "+ 4 days"
    "and days": r"(?:,? ?and |, |\+ ?)?(?P<days>[0-6]|one|two|three|four|five|six) days?",
}
_VISIT = {
    "drug": r"{treatment}|\w+(?:ate|tide|mab|ic acid)|vitamin [dk]\d?",
    # what a follow-up is counted from: "the start of oral treatment"
    "start event": (
        r"(?:(?:{start}|{drug}) ){0,6}(?:{event}|{treatment}|vitamin [dk]\d?)"
        r"(?: of (?:the )?(?:{drug}))?"
    ),
    "follow up": r"follow-?\s?up",
    "treated": r"treatment|therapy",
    # behind a count: "of therapy", "of the follow-up"
    "of treatment": (
        r"(?:of|after|on) {start event}|"
        r"(?:of )?(?:the )?(?:{follow up}|control|visit|check-?up|review|{treated})"
    ),
}
#: Slots of what is asked, by kind.
ASKED_SLOTS: dict[str, str | Pattern] = {kind: _kind(kind) for kind in ASKED}
#: Slots by name: numbers and ordinals of all books, and those of time.
SLOTS: dict[str, str | Pattern] = {
    **ATOMS,
    **{("about word" if kind == "about" else kind): _kind(kind) for kind in KINDS},
    **_DURATION,
    **_DELIVERY,
    **_GESTATION,
    **_VISIT,
}
