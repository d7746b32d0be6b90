"""Births: children and their weights, how they were delivered, pregnancies that were lost."""

from __future__ import annotations

import re

from extractors.language.numbers import parse_number
from extractors.pregnancies.fact import ABORTION, LIVE, MISCARRIAGE, ONGOING, STILLBIRTH
from extractors.pregnancies.said import Said, always
from extractors.pregnancies.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Rule

#: Grams between which a newborn's weight lies.
_LIGHTEST, _HEAVIEST = 300, 6500
_GRAMS = {"kg": 1000.0, "g": 1.0, "lb": 453.592, "oz": 28.3495}
_MANY = {"twin": 2, "trip": 3, "quad": 4}
_COUNTS = {"two": 2, "three": 3, "both": 2}
_SLOTS = SLOTS | {
    # groups several, child: "a healthy baby girl", "twins"
    "a child": (
        r"(?:(?:an?|her|his|the|their|my|one|two|three|both) )?"
        r"(?:(?:{of a child}|\d[\d.,·]*[ -]?(?:kg|g|gm|gr|grams?)),? ){0,6}"
        r"(?:(?P<several>{several})|(?P<child>(?:{child})(?:s|ren)?))\b"
    ),
    # groups n, unit, oz: "3.2 kg", "7 lb 4 oz"
    "weight": (
        r"(?<![\d.])(?P<n>\d{1,2}[.,·]\d{1,3}|\d,\d{3}|\d{1,4})[ -]?"
        r"(?P<unit>kg|kilograms?|g|gm|gr|grams?|lbs?|pounds?)\b\.?"
        r"(?:,? (?:and )?(?P<oz>\d{1,2}(?:\.\d)?) ?(?:oz|ounces?))?"
    ),
    "gave birth": r"(?:g[ai]ve[sn]?|giving) birth",
    "weighs": r"birth-?\s?weights?|weight at birth|weigh(?:ed|ing|s)|with a weight of|weight",
}


def _born(m: re.Match[str]) -> Said:
    return Said(outcome=LIVE, infants=_infants(m))


def _infants(m: re.Match[str]) -> int | None:
    if m["several"]:
        return _MANY.get(m["several"][:4])
    counted = re.search(r"\b(?:two|three|both)\b", m[0])
    if counted:
        return _COUNTS[counted[0]]
    return None if m["child"].endswith(("s", "ren")) else 1  # babies, boys, children


def _several(m: re.Match[str]) -> Said:
    return Said(infants=_MANY.get(m["several"][:4]))


def _grams(m: re.Match[str]) -> Said | None:
    unit = m["unit"][0]
    grams = parse_number(m["n"]) * _GRAMS[{"k": "kg", "l": "lb", "p": "lb"}.get(unit, "g")]
    if m["oz"]:
        grams += parse_number(m["oz"]) * _GRAMS["oz"]
    one = 1 if re.search(r"\b(?:girl|boy|infant|baby|child|son|daughter|newborn|neonate)\b", m[0]) else None
    return Said(weight=round(grams), infants=one) if _LIGHTEST <= grams <= _HEAVIEST else None


WEIGHTS = (
    Rule(
        "birth weight",
        r"\b(?:the (?:infant|baby|newborn|child|girl|boy),? (?:whose |had a |with a )?)?{weighs}"
        r"(?:,? (?:was|were|is|of|about|approximately|at birth|=)|:|,|=| \(){0,3} ?{weight}",
        _grams,
        says={
            "a girl weighing 3240 g": Said(weight=3240),
            "The birth weight was 2.9 kg.": Said(weight=2900),
            "weighing 7 lb 4 oz": Said(weight=3289),
        },
        silent=("She weighed 54 kg.", "weighing 12 kg"),
    ),
    Rule(
        "weight beside a birth",
        r"\([^()]{0,40}?\b(?:delivery|section|birth|labou?r|boy|girl|infant|male|female|newborn),? "
        r"{weight}\)",
        _grams,
        says={"after her labour (vacuum delivery, 3150 g)": Said(weight=3150)},
        silent=("a cyst (male, 12 kg)", "(delivery of 300 mg)"),
    ),
    Rule(
        "child with its weight in brackets",
        r"\b(?:{child}) \({weight}(?=[,;)])",
        _grams,
        says={
            "a healthy boy (3.2 kg)": Said(weight=3200, infants=1),
            "a girl (2,750 g; Apgar 9)": Said(weight=2750, infants=1),
        },
        silent=("The boy (12 kg) was seen.", "a tablet (400 mg)"),
    ),
    Rule(
        "child and its weight",
        r"\b(?:{child})(?:,? (?:of|with)(?: a weight of)?|,|:| -)? {weight}",
        _grams,
        says={
            "She had a boy of 3150 g.": Said(weight=3150, infants=1),
            "LSCS, male infant, 2.7 kg": Said(weight=2700, infants=1),
        },
        silent=("a boy of 12 kg", "The boy took 400 mg."),
    ),
    Rule(
        "child of a weight",
        r"{weight},? (?:{of a child},? ){0,4}(?:{child})\b",
        _grams,
        says={
            "a healthy 3.4kg girl": Said(weight=3400, infants=1),
            "a 2800 g male infant": Said(weight=2800, infants=1),
            "a 3,120-g girl": Said(weight=3120, infants=1),
        },
        silent=("a 12 kg child",),
    ),
)
CHILDREN = (
    Rule(
        "delivered of a child",
        r"\b(?:{gave birth}(?:(?: at (?:[\w+]+ ){1,3}?(?:weeks?|term),?)? to)?|delivered(?: of)?|delivering|"
        r"(?:delivery|birth)(?: at (?:[\w+]+ ){1,4}?(?:weeks?|term),?)? of|"
        r"became (?:the )?mother of|bore|had(?! (?:two|three) (?:\w+ ){0,2}children\b)) "
        r"(?:\([^()]{1,30}\) )?(?:(?:vaginally|spontaneously|by (?:an? )?(?:{caesarean}|{instrumental})),? "
        r"(?:at (?:[\w+]+ ){1,3}?(?:weeks?|term),? )?(?:of |to )?)?{a child}",
        _born,
        says={
            "She gave birth to a healthy girl.": Said(LIVE, infants=1),
            "the delivery of a healthy 3.4kg girl": Said(LIVE, infants=1),
            "She was delivered of twins.": Said(LIVE, infants=2),
            "She delivered vaginally at 39 weeks a male newborn.": Said(LIVE, infants=1),
            "the birth of her son": Said(LIVE, infants=1),
            "a forceps delivery at 40 weeks of a healthy girl": Said(LIVE, infants=1),
        },
        silent=("The delivery of the placenta was normal.", "A child was seen."),
    ),
    Rule(
        "mode and child",
        r"\b(?:{caesarean}|{vaginal}|{instrumental})(?<!ies)(?<!ons)"
        r"(?: (?:at|in|on|for|due to|because of) [^.;,()]{1,40}?)?"
        r"(?:,| of|:|;| and) {a child}(?! (?:had|has|developed|with a fracture)\b)",
        _born,
        says={
            "LSCS at 38 weeks, male infant": Said(LIVE, infants=1),
            "She had an FTND of a live female baby.": Said(LIVE, infants=1),
        },
        silent=("two normal deliveries of two boys", "After the caesarean section she fed the baby."),
    ),
    Rule(
        "live birth",
        r"\blive[- ]?birth\b(?! (?:rate|order))",
        always(Said(LIVE)),
        says={"It ended in a live birth.": Said(LIVE)},
        silent=("the live birth rate", "live births"),
    ),
    Rule(
        "gave birth",
        r"\b(?:{gave birth}|childbirth|birth-?giving)\b",
        always(Said(LIVE)),
        says={"Two weeks after giving birth she fell.": Said(LIVE)},
        silent=("the birth canal",),
    ),
    Rule(
        "child born",
        r"\b(?:(?P<several>twins|triplets)|(?P<child>(?:{child})(?:s|ren)?))"
        r"(?:,? (?:weighing|of) [^;]{1,15}?,?)? (?:was|were|had been) (?:\w+ ){0,2}(?:born|delivered)\b"
        r"(?! (?:dead|still))",
        _born,
        says={
            "A healthy boy was born.": Said(LIVE, infants=1),
            "A girl of 2.4 kg was born.": Said(LIVE, infants=1),
        },
        silent=("The child was born dead.", "The child was seen."),
    ),
    Rule(
        "several children",
        r"\b(?P<several>{several})\b",
        _several,
        says={"A twin pregnancy ended at term.": Said(infants=2), "The twins were well.": Said(infants=2)},
        silent=("a twinge of pain",),
    ),
)


def _mode(mode: str, says: str, silent: str) -> Rule:
    return Rule(
        mode,
        rf"(?<!post-)(?<!post )\b(?:{{{mode}}})\b(?! (?:scar|hysterectomy|rate))",
        always(Said(mode=mode)),
        says={says: Said(mode=mode)},
        silent=(silent,),
    )


DELIVERIES = (
    _mode("caesarean", "She had a cesarean section.", "A caesarean scar was seen."),
    _mode("instrumental", "It ended with a vacuum extraction.", "The vacuum was lost."),
    _mode("vaginal", "After a normal vaginal delivery she fell.", "vaginal bleeding"),
    Rule(
        "vaginal in a note",
        r"\b(?:deliver(?:y|ed)|birth|mode(?: of delivery)?)(?: was|:| mode:| -|,)? vaginal(?:ly)?"
        r"(?=[,.;)]|$| route| at| and| but)|"
        r"\b(?:by|via|through|per) (?:the )?(?:vaginal route|vaginam)\b",
        always(Said(mode="vaginal")),
        says={
            "Second delivery: vaginal, boy 3500 g.": Said(mode="vaginal"),
            "She delivered by the vaginal route.": Said(mode="vaginal"),
        },
        silent=("The discharge was vaginal.", "bleeding per vaginal examination"),
    ),
    Rule(
        "by forceps",
        r"\b(?:deliver\w*|birth|born|extract\w*|labou?r|{child})(?:,? \(?(?!biopsy\b)[\w-]+){0,8}?"
        r"(?:,? \(?)?(?<!biopsy )(?:forceps|ventouse|vacuum|kiwi)\b(?! biops)",
        always(Said(mode="instrumental")),
        says={
            "The baby was delivered with outlet forceps.": Said(mode="instrumental"),
            "First child 2014, forceps.": Said(mode="instrumental"),
        },
        silent=("The biopsy forceps was removed.",),
    ),
    Rule(
        "stillbirth",
        r"\b(?:still-?births?|still-?born|(?:intra-?uterine|fo?etal) (?:fo?etal )?(?:death|demise)|iufd|"
        r"born dead|dead (?:fo?etus|infant|baby|child))\b",
        always(Said(STILLBIRTH)),
        says={"The pregnancy ended in a stillbirth.": Said(STILLBIRTH)},
        silent=("The birth was still ahead.",),
    ),
    Rule(  # told in the present, when the report was written
        "ongoing",
        r"\b(?:she|(?:the|our) patient|woman|lady|and) is "
        r"(?:(?:now|currently|again|presently|once more|at present),? ){0,2}"
        r"(?:[\w+-]+ (?:full )?weeks )?pregnant\b|"
        r"\bis (?:now |currently |presently )?in (?:the|her) [\w-]+ (?:week|month|trimester) of "
        r"(?:her|a|the|this) (?:\w+ )?pregnancy\b|"
        r"\b(?:the|her|this) (?:\w+ )?pregnancy is (?:still |now |currently )?"
        r"(?:ongoing|in progress|progressing|proceeding|continuing)\b",
        always(Said(ONGOING)),
        says={
            "She is now 20 weeks pregnant.": Said(ONGOING),
            "Our patient is currently in the sixth month of her second pregnancy.": Said(ONGOING),
            "Her second pregnancy is ongoing.": Said(ONGOING),
        },
        silent=("She was 20 weeks pregnant.", "Women are pregnant.", "while she was in the sixth month"),
    ),
    Rule(
        "miscarriage",
        r"\b(?:miscarriages?|miscarried|(?:spontaneous|missed|incomplete) abortions?|"
        r"aborted spontaneously|(?<=\d )sabs?|sabs?(?= ?[x×] ?\d))\b",
        always(Said(MISCARRIAGE)),
        says={
            "She had had a miscarriage.": Said(MISCARRIAGE),
            "G4P3 (SAB x1)": Said(MISCARRIAGE),
        },
        silent=("an induced abortion", "an MRI of the SAB"),
    ),
    Rule(
        "abortion",
        r"\b(?:(?:induced|elective|voluntary|therapeutic|artificial|legal|medical) abortions?|"
        r"(?:underwent|had|by|requested and had) (?:an? |the )?(?:[\w-]+ ){0,2}"
        r"(?:termination|interruption) of (?:the |her |a |this )?pregnancy|"
        r"pregnancy was (?:\w+ )?terminated)\b",
        always(Said(ABORTION)),
        says={"She had an induced abortion.": Said(ABORTION)},
        silent=("a spontaneous abortion",),
    ),
)
#: What is said; in each book the earlier rule counts where two overlap.
BOOKS = (
    Book("pregnancies.weight", WEIGHTS, _SLOTS),
    Book("pregnancies.birth", CHILDREN, _SLOTS),
    Book("pregnancies.delivery", DELIVERIES, _SLOTS),
)
#: The rules by which a pregnancy is lost.
LOSSES = frozenset({"miscarriage", "abortion"})
#: The rules beside which the gestation is that of the birth.
ENDS = frozenset(rule.name for rule in (*CHILDREN[:5], *DELIVERIES)) - {"ongoing"}
