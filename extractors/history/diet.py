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
    "dose": r"\d{2,4} ?(?:-|–|to)? ?\d{0,4} ?m?g\b",
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
            "calcium intake amounts to little",
            r"\b(?:{of calcium})\b[^.;]{0,60}?{dose}[^.;\d]{0,40}?"
            r"(?:\(|[,-] ?|\b(?:which|that|this) (?:is|was) |\bi\.e\. )"
            r"(?:(?:well|far|clearly|markedly|considered|too|very|thus|so|considerably) ){0,2}"
            r"(?:{too little}|under|less than (?:the )?recommended|not (?:{enough}))\b|"
            r"\b(?:{of calcium})\b[^.;\d]{0,40}?\b(?:only|merely|just|less than) (?:about )?\d{2,3} ?mg\b|"
            r"\b(?:intake|consum\w+|ate|diet)\b[^.;\d]{0,40}?\b(?:only|merely|just|less than) (?:about )?"
            r"\d{2,3} ?mg(?: ?/ ?d(?:ay)?| per day| daily| a day)? (?:of )?(?:dietary |elemental )?calcium\b",
            always(_LOW),
            says={
                "Her dietary calcium intake was about 300 mg, which is insufficient.": _LOW,
                "Calcium intake: 350 mg/day (low).": _LOW,
                "Her intake was only 400 mg of calcium per day.": _LOW,
            },
            silent=("Her calcium intake was 1200 mg/day.", "Her calcium intake was 900 mg, PTH was low."),
        ),
        Rule(
            "calcium intake noted",
            r"\b(?:{of calcium})\b(?: [\w-]+){0,2}? ?[:=-] ?(?:{too little})\b|"
            r"\b(?:{too little}) (?:(?:daily|dietary|oral|nutritional|habitual|total|overall) ){0,2}"
            r"(?:calcium|dairy|milk)(?: products?)? (?:intake|consumption)\b",
            always(_LOW),
            says={
                "Dietary calcium intake: poor.": _LOW,
                "An inadequate habitual calcium consumption was found.": _LOW,
            },
            silent=("Calcium: low.", "Dietary calcium intake: 1 g.", "low milk supply"),
        ),
        Rule(
            "diet poor in calcium",
            r"\bdiet\b{between} (?:{too little}) in (?:[\w-]+ ){0,2}?(?:calcium|dairy|milk)\b|"
            r"\bdiet (?:low|poor|deficient) in calcium\b|\blow-calcium diet\b|"
            r"\bdiet with (?:{too little} )(?:amounts? of )?(?:calcium|dairy|milk)\b|"
            r"\bdiet (?:contained|contains|provided|provides|included|includes|had|with) "
            r"(?:very |too |only |relatively ){0,2}(?:little|few|hardly any|no|almost no) "
            r"(?:calcium|dairy|milk)\b|"
            r"\b(?:dairy|milk)(?: (?:and|or) (?:milk|dairy|cheese))?(?: products?)? (?:was|were) not "
            r"(?:part of|included in) (?:her|his|the) diet\b",
            always(_LOW),
            says={
                "Her diet was poor in calcium.": _LOW,
                "a lactose-free diet with insufficient calcium": _LOW,
                "Her diet contained very little calcium.": _LOW,
                "Milk products were not part of her diet.": _LOW,
            },
            silent=("Her diet was rich in calcium.",),
        ),
        Rule(
            "calcium intake enough",
            r"\b(?:{of calcium})\b{between} {was} (?:{enough})\b|"
            r"\bdiet (?:with|containing) (?:{enough}|enough) (?:amounts? of )?(?:calcium|dairy)\b",
            always(_ENOUGH),
            says={
                "Her dietary calcium intake was adequate.": _ENOUGH,
                "She ate a balanced diet with enough calcium.": _ENOUGH,
            },
            silent=("Her calcium was normal.",),
        ),
        Rule(
            "hardly any milk",
            r"\b(?:drank|drinks|consumed|consumes|ate|eats|used|took|takes)(?: very| only)? "
            r"(?:little|few|hardly any|almost no|no) (?:[\w-]+ ){0,2}?(?:milk|dairy|cheese)\b|"
            r"\b(?:rarely|seldom|hardly(?: ever)?|scarcely) "
            r"(?:drank|drinks|consumed|consumes|ate|eats|takes|took) "
            r"(?:[\w-]+ ){0,2}?(?:milk|dairy|cheese)\b|"
            r"\b(?:disliked?|avoid(?:s|ed|ing)|refused|"
            r"(?:did|does|do) not (?:like|drink|consume|eat|tolerate|take)|never "
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
