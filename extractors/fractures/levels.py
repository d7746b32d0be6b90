"""Vertebral levels in every notation, expanded: `T5-7-9-11-12`, `T12 through L5`, `8th and 10th thoracic`.

The spine has 7 cervical, 12 thoracic, 5 lumbar and 5 sacral segments (Terminologia Anatomica, TA2 1038-1071);
thoracic levels are also printed Th or, as dorsal ones, D; numbers may be Roman.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.language.numbers import ORDINAL, parse_ordinal, parse_words

SEGMENTS = {"C": 7, "T": 12, "L": 5, "S": 5}
#: All levels from top to bottom.
ORDER = tuple(f"{region}{n}" for region, count in SEGMENTS.items() for n in range(1, count + 1))
_INDEX = {level: i for i, level in enumerate(ORDER)}
_ROMAN = {r: i + 1 for i, r in enumerate("I II III IV V VI VII VIII IX X XI XII".split())}
_REGION_OF = {"th": "T", "t": "T", "d": "T", "tv": "T", "dv": "T", "l": "L", "lv": "L", "c": "C", "s": "S"}
#: German: Brustwirbel, Lendenwirbel, Halswirbel and their bodies (-körper).
_REGION_OF.update({"bw": "T", "bwk": "T", "lw": "L", "lwk": "L", "hw": "C", "hwk": "C"})
_REGION_WORDS = {"thoracic": "T", "dorsal": "T", "lumbar": "L", "lumber": "L", "cervical": "C", "sacral": "S"}


@dataclass(frozen=True, slots=True)
class LevelRef:
    """Levels told at [start, end): one, or all of a range. `chain` numbers the list it stands in.

    `form` is "symbol" (T8), "word" (eighth thoracic), "bare" (the 9 of "T8, 9") or "group"
    ("all lumbar vertebrae").
    """

    start: int
    end: int
    levels: tuple[str, ...]
    form: str
    chain: int


def expand(first: str, last: str) -> tuple[str, ...]:
    """All levels from `first` to `last` in either order, across regions ("T11", "L2" -> 4 levels).

    Raises KeyError for a level that does not exist.
    """
    a, b = sorted((_INDEX[first], _INDEX[last]))
    return ORDER[a : b + 1]


def valid(region: str, number: int) -> str | None:
    """The level's name if the spine has it, else None."""
    return f"{region}{number}" if 1 <= number <= SEGMENTS[region] else None


_REGION = r"(?:thoracic|dorsal|lumb[ae]r|cervical|sacral)"
_VERTEBRA = (
    r"(?:vertebra(?:e|l|s)?(?:\s(?:bod(?:y|ies)|levels?|segments?))?|bod(?:y|ies)|levels?|segments?|"
    r"spines?)"
)
#: "thoracic spine X-rays" names no level
_ROMAN_NUMBER = r"(?:X(?![\s-]?[Rr]ay)I{0,2}|IX|VI{0,3}|I?V|I{1,3})"
_SYMBOL = re.compile(
    r"(?<![\w^.])(?P<pre>Th|TH|th|TV|DV|LV|[BHL]WK|[BHL]W(?=\d)|T|D|L|C|S)(?:(?P<sep>\.\s?|[\s-]|)"
    # a space before one Roman figure alone is too little but for "D X" and "Th V"
    rf"(?P<num>1[0-2]|[1-9])|(?:\.\s?|-|\s(?=[IVX]{{2}})|(?<=[Dh])\s(?=[VX]))(?P<roman>{_ROMAN_NUMBER}))"
    r"(?![\w%°]|\.\d)"
)
_ORD_SEP = (
    r"(?:\s?[,;&+/]\s?(?:and\s|or\s)?|\sand\s|\sor\s|\s?[-–]\s?"
    r"|\s(?:to|through|thru|until|till|down to|up to)\s)(?:the\s|at\s|of\sthe\s)?"
)
_WORDS = re.compile(
    rf"\b(?P<items>{ORDINAL}(?:{_ORD_SEP}{ORDINAL}){{0,11}})\s(?P<region>{_REGION})\b(?:\s\((?:Th|T|D|L|"
    rf"C)\))?",
    re.IGNORECASE,
)
_ONE_ORDINAL = re.compile(rf"\b{ORDINAL}\b", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"\b(?P<region>{_REGION})(?:\s{_VERTEBRA})?\s(?:no\.?\s|nos\.?\s|numbers?\s)?(?:(?P<num>1[0-2]|"
    rf"[1-9])(?![\w%°]|[.,]\d)|(?-i:(?P<roman>{_ROMAN_NUMBER}))"
    # "my lumbar spine I could not bend"
    r"(?!\w)(?<!\sI(?=\s(?!and\b|or\b|to\b))))",
    re.IGNORECASE,
)
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01])"
_GROUP = re.compile(
    rf"\b(?:(?P<end>first|upper|uppermost|upper\s?most|top|last|lower|lowest|bottom|"
    rf"lowermost)\s(?P<count>{_COUNT})"
    rf"|(?P<all>all|every|each|entire|whole)(?:\sof)?(?:\sthe)?(?:\s(?:one|{_COUNT}))?)"
    rf"\s(?P<region>{_REGION})(?P<region2>(?:,?\sand\s{_REGION})?)"
    rf"(?:\s(?:vertebra[el]?s?|bod(?:y|ies)|levels?|segments?)|(?=,?\sand\s(?:all|the|every|first|upper|"
    rf"L|T)\b))",
    re.IGNORECASE,
)
_LAST_WORDS = ("last", "lower", "lowest", "bottom", "lowermost")
_RANGE = re.compile(
    r"\s?(?:[-–−~]|(?:\([^)]{1,20}\)\s)?(?:down\s|up\s)?\b(?:to|through|thru|until|"
    r"till)\b)\s?(?:and\sincluding\s)?(?:the\s)?(?:level\sof\s)?",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\s?(?:[,;&+/]|,?\s?\b(?:and|or|as\swell\sas|plus)\b)\s?(?:(?:and|or|also|as\swell\sas|"
    r"to\sa\slesser\sextent)\s)?(?:(?:of|at|in|on)\s)?(?:the\s)?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?P<num>1[0-2]|[1-9])(?![\w%°]|\.\d)")
_BARE_ROMAN = re.compile(rf"(?P<num>{_ROMAN_NUMBER})(?!\w)")
#: After a bare number: then it counts something and is no level.
_COUNTED = re.compile(
    r"[\s-]?(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|min|mm|cm|mg|kg|g|ml|units?|patients?|"
    r"cases?|women|times|"
    r"other|others|more|additional|further|new|old|recent|fresh|acute|chronic|ribs?|of\s(?:the|these|her|"
    r"his|them|which)|"
    r"weighted|x|million|per|points?|postpartum)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?(?:levels?\s)?(?:of\s)?(?:the\s)?$", re.IGNORECASE)
_TRIGGER = re.compile(
    r"(?<![A-Za-z])(?:[TDLCS]|[Tt][Hh]|[TDL]V|[BHL]WK?)[.\s-]?\s?[\dIVX]|thoracic|dorsal|lumb[ae]r|cervical|sacral"
)


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    levels: tuple[str, ...]
    form: str

    @property
    def region(self) -> str:
        return self.levels[-1][0]


def parse_levels(text: str, base: int = 0) -> list[LevelRef]:
    """Every level of a sentence, a table cell or a label, ranges and lists expanded, in order.

    Offsets count from `base`. What is read are notations, not meanings: the caller decides
    whether "T1" is a level or a magnetic resonance weighting.
    """
    if not _TRIGGER.search(text):
        return []
    atoms = _atoms(text)
    out: list[LevelRef] = []
    chain = -1
    previous: LevelRef | None = None
    i = 0
    while i < len(atoms):
        first = atoms[i]
        joined = previous is not None and (
            previous.end - base > first.start or bool(_LIST.fullmatch(text, previous.end - base, first.start))
        )
        if not joined:
            chain += 1
        run, i = _run(text, atoms, i)
        for part in run:
            out.append(LevelRef(part.start + base, part.end + base, part.levels, part.form, chain))
        previous = out[-1]
    return out


def _run(text: str, atoms: list[_Atom], i: int) -> tuple[list[_Atom], int]:
    """The atom at `i` with the bare numbers and range ends that follow it, and the next index."""
    items: list[_Atom] = [atoms[i]]
    joins: list[str] = []  # between items: "-", "to" or ","
    i += 1
    while True:
        last = items[-1]
        range_match = _RANGE.match(text, last.end)
        if range_match and range_match.end() > last.end:
            join, at = ("-" if range_match.group().strip() in "-–−~" else "to"), range_match.end()
            following = _next(text, atoms, i, at, last)
        else:
            following = None
        if following is None:
            list_match = _LIST.match(text, last.end)
            if not list_match or list_match.end() == last.end:
                break
            join, at = ",", list_match.end()
            following = _next(text, atoms, i, at, last)
            between = len(items) == 1 and _BETWEEN.search(text, max(0, last.start - 30), last.start)
            if between and "and" in list_match.group():
                join = "to"
            if following is None or (following.form != "bare" and join == ","):
                break  # a new symbol begins its own run; parse_levels sees that the list goes on
        if following.form != "bare":
            i += 1
        items.append(following)
        joins.append(join)
    return _merge(items, joins), i


def _next(text: str, atoms: list[_Atom], i: int, at: int, last: _Atom) -> _Atom | None:
    """What follows a connector at `at`: the next atom, or a bare number in the last atom's region."""
    if i < len(atoms) and atoms[i].start == at:
        return atoms[i]
    if last.form in ("word", "group") or (i < len(atoms) and atoms[i].start < at):
        return None
    roman = text[last.end - 1] in "IVX"
    bare = (_BARE_ROMAN if roman else _BARE).match(text, at)
    if (
        not bare
        or _COUNTED.match(text, bare.end())
        or re.match(r"\.\d|/\d{4}", text[bare.end() : bare.end() + 5])
    ):
        return None
    number = _ROMAN[bare["num"]] if roman else int(bare["num"])
    level = valid(last.region, number)
    if level is None or _INDEX[level] <= _INDEX[last.levels[-1]]:
        return None
    return _Atom(bare.start(), bare.end(), (level,), "bare")


def _merge(items: list[_Atom], joins: list[str]) -> list[_Atom]:
    """Ranges become one part; three or more numbers between hyphens are a list ("T5-7-9")."""
    parts: list[_Atom] = []
    k = 0
    while k < len(items):
        stop = k
        while stop < len(joins) and joins[stop] != ",":
            stop += 1
        group = items[k : stop + 1]
        if len(group) == 2:
            first, last = group
            levels = expand(first.levels[0], last.levels[-1])
            parts.append(_Atom(first.start, last.end, levels, first.form))
        else:
            parts.extend(group)
        k = stop + 1
    # a bare number is shown with the symbol that gives it its region
    shown: list[_Atom] = []
    for parsed in parts:
        part = parsed
        if part.form == "bare" and shown:
            symbol = next((p for p in reversed(shown) if p.form != "bare"), shown[0])
            start = symbol.start if part.end - symbol.start <= 40 else part.start
            part = _Atom(start, part.end, part.levels, "bare")
        shown.append(part)
    return shown


def _atoms(text: str) -> list[_Atom]:
    """Single levels and groups told by symbol, ordinal or region word, in order, not overlapping."""
    found: list[_Atom] = []
    for match in _SYMBOL.finditer(text):
        number = int(match["num"]) if match["num"] else _ROMAN.get(match["roman"], 0)
        level = valid(_REGION_OF[match["pre"].lower()], number)
        if level:
            found.append(_Atom(match.start(), match.end(), (level,), "symbol"))
    lower = text.lower()
    if any(word in lower for word in _REGION_WORDS):
        for match in _WORDS.finditer(text):
            found.extend(_ordinals(match))
        for match in _NUMBERED.finditer(text):
            number = int(match["num"]) if match["num"] else _ROMAN[match["roman"]]
            level = valid(_REGION_WORDS[match["region"].lower()], number)
            if level and not _COUNTED.match(text, match.end()):
                found.append(_Atom(match.start(), match.end(), (level,), "symbol"))
        for match in _GROUP.finditer(text):
            found.append(_Atom(match.start(), match.end(), _group(match), "group"))
    found.sort(key=lambda a: (a.start, a.end))
    kept: list[_Atom] = []
    for atom in found:
        if kept and atom.form != "word" and atom.start < kept[-1].end:
            continue
        kept.append(atom)
    return kept


def _group(match: re.Match[str]) -> tuple[str, ...]:
    """The levels of "the first three lumbar vertebrae" or "all thoracic vertebrae"."""
    region = _REGION_WORDS[match["region"].lower()]
    every = [level for level in ORDER if level[0] == region]
    if match["all"]:
        second = match["region2"].lower().split()[-1:]
        return tuple(every) + tuple(o for o in ORDER if second and o[0] == _REGION_WORDS[second[0]])
    word = match["count"].lower()
    count = min(int(word) if word.isdecimal() else (parse_words(word) or 1), len(every))
    return tuple(every[-count:] if match["end"].lower() in _LAST_WORDS else every[:count])


def _ordinals(match: re.Match[str]) -> list[_Atom]:
    """The atoms of "8th, 10th and 12th thoracic" or "fifth to the ninth thoracic"."""
    region = _REGION_WORDS[match["region"].lower()]
    items = list(_ONE_ORDINAL.finditer(match.string, match.start("items"), match.end("items")))
    numbers = [parse_ordinal(item.group()) for item in items]
    if any(n is None or valid(region, n) is None for n in numbers):
        return []
    atoms: list[_Atom] = []
    skip = False
    for k, (item, number) in enumerate(zip(items, numbers, strict=True)):
        if skip:
            skip = False
            continue
        last = number
        if k + 1 < len(items):
            between = match.string[item.end() : items[k + 1].start()]
            if re.search(r"[-–]|\b(?:to|through|thru|until|till)\b", between):
                last, skip = numbers[k + 1], True
        levels = expand(f"{region}{number}", f"{region}{last}")
        atoms.append(_Atom(item.start(), match.end(), levels, "word"))
    return atoms


def levels_of(refs: list[LevelRef]) -> list[str]:
    """The levels of some references, each once, from top to bottom."""
    return sorted({level for ref in refs for level in ref.levels}, key=_INDEX.__getitem__)


__all__ = ["ORDER", "SEGMENTS", "LevelRef", "expand", "levels_of", "parse_levels", "valid"]
