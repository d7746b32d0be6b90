"""How a level is written: T8, Th. 8, D VIII, LWK 2, eighth thoracic, lumbar vertebra 2, all lumbar.

Thoracic levels are also printed Th or, as dorsal ones, D; German prints BW, LW and HW (Brust-, Lenden-,
Halswirbel) and their bodies BWK, LWK, HWK; numbers may be Roman.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.fractures.anatomy import ORDER, expand, valid
from extractors.language.atoms import ATOMS
from extractors.language.numbers import parse_ordinal, parse_words
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

_ROMAN = {r: i + 1 for i, r in enumerate("I II III IV V VI VII VIII IX X XI XII".split())}
_WRITTEN = {
    **dict.fromkeys(("t", "th", "d", "tv", "dv", "bw", "bwk", "thoracic", "dorsal"), "T"),
    **dict.fromkeys(("l", "lv", "lw", "lwk", "lumbar", "lumber"), "L"),
    **dict.fromkeys(("c", "hw", "hwk", "cervical"), "C"),
    **dict.fromkeys(("s", "sacral"), "S"),
}
_FROM_BELOW = ("last", "lower", "lowest", "bottom", "lowermost")


@dataclass(frozen=True, slots=True)
class Atom:
    """One level, or a group told as one, at [start, end).

    `form` is "symbol" (T8), "word" (eighth thoracic), "bare" (the 9 of "T8, 9") or "group".
    """

    levels: tuple[str, ...]
    form: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def region(self) -> str:
        """The letter of its (last) region."""
        return self.levels[-1][0]


Atoms = tuple[Atom, ...]

SLOTS = ATOMS | {
    "region": r"thoracic|dorsal|lumb[ae]r|cervical|sacral",
    "arabic": r"1[0-2]|[1-9]",
    # "thoracic spine X-rays" names no level
    "roman": r"X(?![ -]?[Rr]ay)I{0,2}|IX|VI{0,3}|I?V|I{1,3}",
    "letters": r"Th|TH|th|TV|DV|LV|[BHL]WK|[BHL]W(?=\d)|T|D|L|C|S",
    "no unit": r"(?![\w%°]|\.\d)",
    "body": r"bod(?:y|ies)|levels?|segments?",
    "vertebra": r"vertebra(?:e|l|s)?(?: (?:{body}))?|{body}",
    "number sign": r"(?:nos?\.? |numbers? )?",
    "to": r"to|through|thru|until|till|down to|up to",
    "and or to": r"(?: ?[,;&+/] ?(?:and |or )?| and | or | ?- ?| (?:{to}) )(?:the |at |of the )?",
    "few": r"two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01]",
    "end": r"first|upper|uppermost|upper ?most|top|last|lower|lowest|bottom|lowermost",
    "and more": r"(?=,? and (?:all|the|every|first|upper|l|t)\b)",
    "whole": r"(?:vertebrae|vertebral bodies|bodies|levels|spine|vertebral column)",
    "of them": (
        r" (?:{vertebra}|ones?|was|were|is|are|had|has|have|showed|shows|appeared|demonstrated|revealed|"
        r"collapsed|fractured)\b"
    ),
    "broken": (
        r"vertebral|vertebra|spine|spinal|body|compression|wedge|crush|insufficiency|fragility|osteoporotic|"
        r"biconcave|pathological|burst"
    ),
    "many": r"(?:vertebrae|fractures?|bodies|collapses|deformities|levels|spine)",
    "numeral": r"\d{1,2}(?:st|nd|rd|th)|{ordinal}",
    "counted unit": (
        r"years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|min|mm|cm|mg|kg|g|ml|units?|million|per|points?"
    ),
    "counted thing": r"patients?|cases?|women|times|ribs?|others?|more|additional|further|new|old|recent",
}
_ONE_ORDINAL = Glue(r"\b{ordinal}\b", SLOTS)
_ONE_NUMBER = Glue(r"\b(?:{ordinal}|(?:{arabic})(?!\d))\b", SLOTS)
_TO = Glue(r"-|\b(?:{to})\b", SLOTS)
#: Behind a number: then it counts something and is no level.
COUNTED = Glue(
    r"[ -]?(?:{counted unit}|{counted thing}|fresh|acute|chronic|weighted|x|postpartum|"
    r"of (?:the|these|her|his|them|which))\b",
    SLOTS,
)


def _one(region: str, number: int, match: re.Match[str]) -> Atoms | None:
    level = valid(_WRITTEN[region.lower()], number)
    return (Atom((level,), "symbol", match.start(), match.end()),) if level else None


def _symbol(m: re.Match[str]) -> Atoms | None:
    return _one(m["pre"], int(m["num"]), m)


def _roman_symbol(m: re.Match[str]) -> Atoms | None:
    return _one(m["pre"], _ROMAN[m["num"]], m)


def _numbered(m: re.Match[str]) -> Atoms | None:
    if COUNTED.behind(m.string, m.end()):
        return None
    return _one(m["region"], int(m["num"]), m)


def _roman_numbered(m: re.Match[str]) -> Atoms | None:
    return _one(m["region"], _ROMAN[m["num"]], m)


def _ordinals(m: re.Match[str]) -> Atoms | None:
    """The atoms of "8th, 10th and 12th thoracic" or "fifth to the ninth thoracic"."""
    region = _WRITTEN[m["region"]]
    items = list(_ONE_ORDINAL.pattern.finditer(m.string, m.start("items"), m.end("items")))
    levels = [valid(region, parse_ordinal(item.group()) or 0) for item in items]
    told = [level for level in levels if level]
    if len(told) < len(items):
        return None
    return tuple(
        Atom(told_levels, "word", items[k].start(), m.end())
        for k, told_levels in _spans(m.string, items, told)
    )


def _spans(text: str, items: list[re.Match[str]], told: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first of each item's place and its levels, two with "to" between taken together."""
    k = 0
    while k < len(items):
        last = k
        if k + 1 < len(items) and _TO.within(text, items[k].end(), items[k + 1].start()):
            last = k + 1
        yield k, expand(told[k], told[last])
        k = last + 1


def _listed(m: re.Match[str]) -> Atoms | None:
    """The atoms of a list of numbers or ordinals whose region is told apart from it, in its place."""
    region = _WRITTEN[m["region"]]
    items = list(_ONE_NUMBER.pattern.finditer(m.string, m.start("items"), m.end("items")))
    read = [int(i.group()) if i.group().isdecimal() else parse_ordinal(i.group()) or 0 for i in items]
    told = [level for level in (valid(region, number) for number in read) if level]
    if len(told) < len(items):
        return None
    starts = [(k, levels) for k, levels in _spans(m.string, items, told)]
    lasts = [k for k, _ in starts[1:]] + [len(items)]
    return tuple(
        Atom(levels, "word", items[k].start(), items[last - 1].end())
        for (k, levels), last in zip(starts, lasts, strict=True)
    )


def _of_region(word: str) -> tuple[str, ...]:
    return tuple(level for level in ORDER if level[0] == _WRITTEN[word])


def _some(m: re.Match[str]) -> Atoms | None:
    """The levels of "the first three lumbar vertebrae"."""
    every = _of_region(m["region"])
    count = min(int(m["count"]) if m["count"].isdecimal() else (parse_words(m["count"]) or 1), len(every))
    levels = every[-count:] if m["end"] in _FROM_BELOW else every[:count]
    return (Atom(levels, "group", m.start(), m.end()),)


def _all(m: re.Match[str]) -> Atoms | None:
    """The levels of "all thoracic (and lumbar) vertebrae"."""
    second = _of_region(m["second"]) if m["second"] else ()
    return (Atom(_of_region(m["region"]) + second, "group", m.start(), m.end()),)


def bare_number(text: str, pos: int, region: str, roman: bool) -> Atom | None:
    """The level of a number alone at `pos`, in the region told before it; None for any other number."""
    match = (_BARE_ROMAN if roman else _BARE).behind(text, pos)
    if match is None or COUNTED.behind(text, match.end()) or _DATE.behind(text, match.end()):
        return None
    level = valid(region, _ROMAN[match["num"]] if roman else int(match["num"]))
    return Atom((level,), "bare", match.start(), match.end()) if level else None


_BARE = Glue(r"{num:arabic}{no unit}", SLOTS)
_BARE_ROMAN = Glue(r"{num:roman}(?!\w)", SLOTS)
_DATE = Glue(r"\.\d|/\d{4}")


def _level(*levels: str, form: str = "symbol") -> Atoms:
    return (Atom(levels, form),)


BOOK = Book(
    "fractures.levels",
    (
        Rule(
            "level symbol",
            r"(?<![\w^.]){pre:letters}(?:\. ?|[ -]|){num:arabic}{no unit}",
            _symbol,
            says={
                "A fracture of T8.": _level("T8"),
                "Th.12 was wedged.": _level("T12"),
                "D-7": _level("T7"),
                "LWK 2 was sintered.": _level("L2"),
            },
            silent=("8 mm", "T13", "T8.5", "PT8", "the 8th", "t8"),
            printed=True,
        ),
        Rule(
            "level symbol roman",
            # a blank before one Roman figure alone is too little but for "D X" and "Th V"
            r"(?<![\w^.]){pre:letters}"
            r"(?:\. ?|-| (?=[IVX]{2})|(?<=[Dh]) (?=[VX])|(?<=[TL]) (?=[VX](?:,| and [TL] [IVX])))"
            r"{num:roman}{no unit}",
            _roman_symbol,
            says={"wedging of D XII": _level("T12"), "Th V": _level("T5"), "L-III": _level("L3")},
            silent=("L I", "T XIV", "D Xray", "Type D X-ray"),
            printed=True,
        ),
        Rule(
            "level ordinal",
            r"\b(?P<items>{ordinal}(?:{and or to}{ordinal}){0,11}) {region:region}\b(?: \((?:th|t|d|l|c)\))?",
            _ordinals,
            says={
                "the 8th and 10th thoracic vertebrae": (Atom(("T8",), "word"), Atom(("T10",), "word")),
                "fifth to the seventh dorsal": _level("T5", "T6", "T7", form="word"),
            },
            silent=("13th thoracic", "the eighth week", "first lumbago"),
        ),
        Rule(
            "level ordinal of its region",
            r"\b(?:(?:of|among|amongst|in|within) (?:(?:the|her|his|all) )?{region:region} {whole},? "
            r"(?:only )?(?:the )?(?P<items>{ordinal}(?:{and or to}{ordinal}){0,11})(?={of them}))",
            _listed,
            says={
                "Of the thoracic vertebrae, the 7th and 9th were fractured.": _level("T7", form="word")
                + _level("T9", form="word"),
                "In the lumbar spine, the first to third vertebrae had collapsed.": _level(
                    "L1", "L2", "L3", form="word"
                ),
            },
            silent=(
                "Of the thoracic vertebrae, the second most common to break is T12.",
                "In the lumbar spine, the first sign was sclerosis.",
                "Of the vertebrae, the 7th was fractured.",
            ),
        ),
        Rule(
            "level ordinal before its region",
            r"\b(?P<items>{ordinal}(?:{and or to}{ordinal}){0,11}) {vertebra} (?:of|in|within) "
            r"(?:the|her|his) {region:region} (?:spine|column|region|segment|vertebral column)\b",
            _listed,
            says={
                "the 7th and 8th vertebrae of the thoracic spine": _level("T7", form="word")
                + _level("T8", form="word")
            },
            silent=("the 7th month of the thoracic pain", "the first vertebra of the spine"),
        ),
        Rule(
            "level numbers in brackets",
            # "(5, 7)" and "(5-7)" may be references
            r"\b{region:region} (?:{broken} ){0,4}?{many} ?\((?:the )?(?P<items>"
            r"(?:{arabic})(?:(?: ?, ?(?:{arabic})(?!\d)){0,10},? and | (?:to|through) )(?:{arabic})"
            r"(?=\)| {vertebra}\))|"
            r"{numeral}(?:{and or to}{numeral}){0,11}(?=\)| {vertebra}\))|"
            r"(?:{arabic})(?!\d)(?:{and or to}(?:{arabic})(?!\d)){0,11}(?= {vertebra}\)))",
            _listed,
            says={
                "thoracic fractures (5 and 8)": _level("T5", form="word") + _level("T8", form="word"),
                "lumbar compression fractures (2nd to 4th)": _level("L2", "L3", "L4", form="word"),
            },
            silent=(
                "thoracic vertebral fractures (5, 7)",
                "thoracic vertebral fractures (5-7)",
                "lumbar vertebral fractures (grade 1 and 2)",
                "thoracic vertebral fractures (5 in total)",
                "lumbar pain (2nd and 4th day)",
                "lumbar fractures (8 and 9)",
                "thoracic pain (5 and 7)",
            ),
        ),
        Rule(
            "level numbered",
            r"\b{region:region}(?: (?:{vertebra}|spines?))?(?: \((?:th|[tdlcs])\))? {number sign}{num:arabic}"
            r"{no unit}(?!,\d)",
            _numbered,
            says={"lumbar vertebra no. 3": _level("L3"), "thoracic (T) 8": _level("T8")},
            silent=("lumbar spine 3 months later", "thoracic 13", "lumbar 2.5 mg", "lumbar 0.8"),
        ),
        Rule(
            "level numbered roman",
            # "my lumbar spine I could not bend"
            r"\b(?P<region>(?i:{region}))(?: (?i:{vertebra}|spines?))? (?i:{number sign}){num:roman}"
            r"(?!\w)(?<! I(?= (?!and\b|or\b|to\b)))",
            _roman_numbered,
            says={"thoracic vertebrae VI and VIII": _level("T6"), "Lumbar vertebra I.": _level("L1")},
            silent=("lumbar spine I could not bend", "thoracic vi", "Thoracic spine X-rays"),
            printed=True,
        ),
        Rule(
            "level group counted",
            r"\b{end:end} {count:few} {region:region}(?:,? and {region})?(?: {vertebra}\b|{and more})",
            _some,
            says={
                "the first three lumbar vertebrae": _level("L1", "L2", "L3", form="group"),
                "the lower two thoracic levels": _level("T11", "T12", form="group"),
            },
            silent=("the first three vertebrae", "upper lumbar pain"),
        ),
        Rule(
            "level group all",
            r"\b(?:all|every|each|entire|whole)(?: of)?(?: the)?(?: (?:one|{few}))? {region:region}"
            r"(?:,? and {second:region})?(?: {vertebra}\b|{and more})",
            _all,
            says={"All lumbar vertebrae": _level("L1", "L2", "L3", "L4", "L5", form="group")},
            silent=("all vertebrae", "all lumbar pain"),
        ),
    ),
    SLOTS,
)
