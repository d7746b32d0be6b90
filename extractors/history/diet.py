"""Calcium in the diet: "her dietary calcium intake was low"; and other habits told by a sentence."""

from __future__ import annotations

from extractors.history.fact import ABSENT
from extractors.history.told import Told, always
from extractors.history.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Rule

_LOW, _ENOUGH = Told("low calcium intake"), Told("low calcium intake", ABSENT)
_SLOTS = SLOTS | {
    "of calcium": (
        r"(?:calcium|dairy|milk)(?: products?)? (?:intake|consumption)|"
        r"(?:intake|consumption) of (?:calcium|dairy|milk)(?: products?)?|dietary calcium"
    ),
    "between": r"(?: (?!(?:not|no|never|adequate|sufficient|low|poor)\b)[\w'-]+| \([^()]{1,40}\)){0,9}?",
    "was": (
        r"(?:was|were|is|had been|seemed|as)"
        r"(?: (?:also|very|rather|quite|too|relatively|considered|always))*"
    ),
    "too little": r"low|poor|insufficient|inadequate|deficient|suboptimal|below|reduced|limited|minimal",
    "enough": r"adequate|sufficient|normal|good|satisfactory|appropriate|high",
}
BOOK = Book(
    "history.diet",
    (
        Rule(
            "calcium intake not enough",
            r"\b(?:{of calcium})\b{between} (?:not|never|n't) (?:(?:been|always|very) )?(?:{enough})\b",
            always(_LOW),
            says={"Her intake of calcium with the diet was not sufficient.": _LOW},
            silent=("Her calcium intake was sufficient.",),
        ),
        Rule(
            "calcium intake low",
            r"\b(?:{of calcium})\b{between} {was} (?:{too little})\b",
            always(_LOW),
            says={"Her dietary calcium intake was also low.": _LOW, "Dairy intake was poor.": _LOW},
            silent=("Her calcium was low.", "Her dietary calcium intake was adequate."),
        ),
        Rule(
            "diet poor in calcium",
            r"\bdiet\b{between} (?:{too little}) in (?:[\w-]+ ){0,2}?(?:calcium|dairy|milk)\b|"
            r"\bdiet (?:low|poor|deficient) in calcium\b|\blow-calcium diet\b|"
            r"\bdiet with (?:{too little} )(?:amounts? of )?(?:calcium|dairy|milk)\b",
            always(_LOW),
            says={
                "Her diet was poor in calcium.": _LOW,
                "a lactose-free diet with insufficient calcium": _LOW,
            },
            silent=("Her diet was rich in calcium.",),
        ),
        Rule(
            "calcium intake enough",
            r"\b(?:{of calcium})\b{between} {was} (?:{enough})\b",
            always(_ENOUGH),
            says={"Her dietary calcium intake was adequate.": _ENOUGH},
            silent=("Her calcium was normal.",),
        ),
        Rule(
            "hardly any milk",
            r"\b(?:drank|drinks|consumed|consumes|ate|eats|used|took|takes)(?: very| only)? "
            r"(?:little|few|hardly any|almost no|no) (?:[\w-]+ ){0,2}?(?:milk|dairy|cheese)\b|"
            r"\b(?:rarely|seldom|hardly(?: ever)?|scarcely) "
            r"(?:drank|drinks|consumed|consumes|ate|eats|takes|took) "
            r"(?:[\w-]+ ){0,2}?(?:milk|dairy|cheese)\b|"
            r"\b(?:disliked?|avoid(?:s|ed|ing)|refused|did not (?:like|drink|consume|eat|tolerate)|never "
            r"(?:drank|liked|consumed)) (?:[\w-]+ ){0,2}?(?:milk|dairy)\b(?! (?:formula|powder))",
            always(_LOW),
            says={
                "She drank little milk.": _LOW,
                "She avoided all dairy products.": _LOW,
                "She rarely eats dairy products.": _LOW,
            },
            silent=("She drank milk.",),
        ),
    ),
    _SLOTS,
)
