"""Words that speak of every patient of a series, or of some without saying which."""

from __future__ import annotations

from extractors.rules.book import Book
from extractors.rules.rule import Rule
from pipeline.cases.phrases import SLOTS

#: Words that speak of every patient of the series.
EVERYBODY = Book(
    "cases.everybody",
    (
        Rule(
            "all the patients",
            r"\b(?:all|both|each|none|neither|every|no) (?:one )?(?:of )?(?:(?:the|our|these) )?"
            r"(?:{two to eight} )?{one of all}s?\b",
            says={
                "Both patients recovered.": "both patients",
                "Calcium was given to each of our three women.": "each of our three women",
            },
            silent=("All fractures had healed.", "Both hips of the patient were painful."),
        ),
        Rule(
            "these patients",
            r"^(?:(?:later|then|subsequently|finally|afterwards),? )?(?:these|our|the) "
            r"(?:{two to eight} )?(?:patients|babies|infants|neonates|newborns|women|men|children) "
            r"(?:were|received|had|underwent|recovered|died)\b",
            says={
                "These babies were given paracetamol.": "these babies were",
                "The two patients received calcium.": "the two patients received",
            },
            silent=("Women were given calcium.", "It was found that these patients were well."),
        ),
        Rule(
            "all of the three",
            r"\b(?:both|all|none|neither|each|any) of the {two to eight}\b",
            says={"None of the three had taken it.": "none of the three"},
            silent=("One of the three had taken it.",),
        ),
        Rule(
            "any of the patients",
            r"\b(?:any|either) (?:of (?:the|our|these|those) (?:{two to eight} )?)?"
            r"(?:{one of all}s?|{relative of all}s?)\b",
            says={
                "It was not seen in either sister.": "either sister",
                "any of our women": "any of our women",
            },
            silent=("Any of the fractures", "In any other sister"),
        ),
        Rule(
            "all of them",
            r"(?:^|(?<=[;:] )|(?<=\b(?:in|to|by) )|(?<=\b(?:for|and|but) )|(?<=\b(?:that|with|from) ))"
            r"(?:both|all|none|neither|each|any|either) of them\b",
            says={
                "None of them smoked.": "none of them",
                "It was given to both of them.": "both of them",
                "We saw two sisters; all of them": "all of them",
            },
            silent=("The fractures, all of them old, had healed.", "One of them smoked."),
        ),
        Rule(
            "all of them did",
            r"\b(?:both|all|none|neither|each) of them (?:{befell them}|were {made of them})\b",
            says={
                "The sisters, both of them received calcium.": "both of them received",
                "Later all of them were treated.": "all of them were treated",
            },
            silent=("The fractures, all of them were old.",),
        ),
        Rule(
            "both did",
            r"(?<![\w,] )\b(?:both|neither|none|all {two to eight}) {both did}\b",
            says={"Both took calcium.": "both took", "(All three recovered.)": "all three recovered"},
            silent=("The hips, both were painful.", "Of these both were painful.", "Both hips were painful."),
        ),
        Rule(
            "in both",
            r"\bin (?:both|all)(?=[.,;]|$)",
            says={"Calcium was low in both.": "in both"},
            silent=("in both hips",),
        ),
    ),
    SLOTS,
    seldom=True,
)
#: Words that speak of some patients without saying which.
SOME = Book(
    "cases.some",
    (
        Rule(
            "in one",
            r"\bin (?:one|another|the others?|some|two|three)\b"
            r"(?! (?:weeks?|months?|years?|days?|doses|sessions))",
            says={"Calcium was low in one.": "in one", "In the other it rose.": "in the other"},
            silent=("It healed in two months.", "in both"),
        ),
        Rule(
            "one had",
            r"\b(?:one|another|two) (?:had|received|was|were|took|of (?:them|whom|the))\b",
            says={"One of them smoked.": "one of them", "Two took calcium.": "two took"},
            silent=("One fracture was old.", "Both took calcium."),
        ),
    ),
    SLOTS,
    seldom=True,
)
BOOKS = (EVERYBODY, SOME)
