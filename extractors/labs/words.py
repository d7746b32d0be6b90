"""The words around names, values and results (words.csv, results.csv), as slots of phrases and as sets."""

from __future__ import annotations

from functools import cache

from extractors.language.atoms import ATOMS
from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words

#: Classes of words.csv; each is a slot of the same name.
CLASSES = (
    "specimen", "before name", "after name", "no test behind", "no test before", "stimulus", "salt", "anion",
    "cation", "verb", "between verb and result", "change", "search", "before adjective",
    "between adjective and name", "joint", "going on", "threshold", "link", "series", "tie", "bare tie",
    "unlink", "no value before", "no value behind", "changed", "no result", "general", "qualified noun",
    "disease before", "disease behind", "state verb", "state going on", "resolved", "laboratory", "requested",
    "except", "study", "told negative", "mixed panel", "no abbreviation", "own abbreviation",
    "unknown tie", "unknown stop", "unknown never", "unknown common", "unknown generic",
    "unknown level", "substance ending", "unit sign", "aside", "nutrient", "event of a state", "lasting",
    "not counted", "goes its own way", "studies of others", "grade too", "measured panel", "also a disease",
    "told positive", "panel of germs", "told in mass", "told to rise", "told in mm/h", "told as a share",
    "mineral", "electrolyte", "immunoglobulin", "lipid", "part of bilirubin", "complement factor",
    "gas pressure", "of blood alone",
)  # fmt: skip
#: Classes of results.csv, slots too: what a word says of a test, or its part in a longer phrase.
RESULT_CLASSES = (
    "normal", "low", "high", "changed low", "changed high", "negative", "positive", "return", "not abnormal",
    "times", "abnormality", "suppressed hormone",
)  # fmt: skip

WORDS = Vocabulary(
    "extractors.labs",
    "words.csv",
    ("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(CLASSES)},
)
RESULTS = Vocabulary(
    "extractors.labs",
    "results.csv",
    ("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(RESULT_CLASSES)},
)

_PHRASES = {
    "day long": r"(?:24|twenty[ -]four)[ -]?(?:h(?:ou)?rs?|h)?",
    "the": r"(?:the |her |his |its |their |our |a )?",
    "range noun": r"limits?|ranges?|values?|intervals?|levels?|concentrations?|bounds|standards",
    # "the limits", "its upper bound", "the norm"; no limit of something
    "extreme": r"(?:upper|lower|maxim(?:um|al)|minim(?:um|al))",
    "the norm": (
        r"(?:the|its|their|his|her) "
        r"(?:(?:{extreme}|age-\w+|adult|(?:local )?laboratory(?:'s)?|assay's|usual) ){0,2}"
        r"(?:norms?|limits?|ranges?|bounds?)(?! (?:of|at|for) (?:detect|quantif|motion|\w+ ?\d|\d)|[- ]\d)"
    ),
    "the norms": r"the (?:local |laboratory )?norms?",
    "norm": (
        r"(?:the )?(?:{extreme} )?(?:(?:normal|reference)(?: (?:upper|lower))?"
        r"(?: (?:limits?|values?|ranges?|intervals?|levels?))?|"
        r"(?:limits?|values?) of (?:the )?(?:normal|norm|reference)(?: (?:range|values?))?|[ul]ln)|{the norm}"
    ),
    "showed": "showed|shows|revealed|disclosed|demonstrated",
    "number": r"(?:\d+(?:\.\d+)?(?: ?[-–] ?| to | or ))?\d+(?:\.\d+)?",
    "multiple": r"(?:(?:{number}|{times})[ -]?(?:times|fold|x|×)|twice|double|triple|thrice)",
    "grown": "(?:elevated|raised|increased|higher|greater|more|up)",
    "roughly": (
        r"(?:(?:up to|about|approximately|around|almost|nearly|more than|greater than|over|at least|>) ?)?"
    ),
    # where a noun ends its phrase: not "increase to 12"
    "noun ends": (
        r"(?=[.,;)]|$| \(\d| "
        r"(?:(?:was|were) (?:also )?(?:noted|observed|seen|found|detected|recorded|present)|"
        r"and|but|with|without|on admission)\b(?! \d))"
    ),
    "meaning": (
        r"(?:indicating|suggesting|reflecting|confirming|showing|signifying|representing|denoting|"
        r"(?:consistent|compatible) with|in keeping with|indicative of|suggestive of)"
    ),
    "finding": "(?:findings?|results?|values?)",
    "m spike": r"m-? ?(?:peak|spike|component|gradient|band|protein)\w*",
    "aux": r"(?:(?:had|has|have) )?",
}


def slots(*classes: str) -> dict[str, str | Pattern]:
    """Slots for phrases: short parts of them, and the words of some classes under the classes' names."""
    return {**ATOMS, **_PHRASES, **{name: Words(_vocabulary(name), {"class": name}) for name in classes}}


def _vocabulary(name: str) -> Vocabulary:
    return RESULTS if name in RESULT_CLASSES else WORDS


@cache
def plain(name: str) -> frozenset[str]:
    """The words of a class that are written without signs, as a set."""
    return frozenset(Words(WORDS, {"class": name}).words)
