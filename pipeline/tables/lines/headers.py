"""The header lines of a flattened table, split into the columns whose number the rows have told.

A header that cannot be split safely gives no header at all: wrong columns are worse than none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.tables.lines.rows import split_parts

_NUM = r"(?:\d{1,2}(?:st|nd|rd|th)?|[IVX]{1,4}|one|two|three|four|five|six|first|second|third|fourth)"
_UNITS = r"(?:years?|yrs?|months?|mo|weeks?|wks?|days?|hours?|trimester|y|m|d)\b"
_BRACKET = r"(?:\s?[(\[][^()\[\]]{1,40}[)\]])?"
_STEPS: tuple[str, ...] = (
    rf"(?:Case|Patient|Pat\.?|Pt\.?|Subject|No\.?|Nr\.?|Sister|Twin|Visit|Cycle|Delivery|Pregnancy|Day|Week|Month|Year|Time)"
    rf"\s?#?\s?{_NUM}\b{_BRACKET}",
    rf"{_NUM}\s(?:delivery|pregnancy|visit|partum|trimester|lactation|case|patient|admission|cycle|measurement|scan|child)\b"
    rf"{_BRACKET}",
    rf"(?:(?:at|after|before|month|by)\s)?{_NUM}\s?-?\s?{_UNITS}(?:\s(?:after|before|post|later|follow-?up|postpartum|"
    rf"post-?partum|of|treatment|therapy|delivery|partum|visit)\b){{0,4}}{_BRACKET}",
    rf"(?:Normal|Reference|Ref\.?)\s(?:range|values?|interval|limits?)s?\b{_BRACKET}",
    rf"(?:Before|After|During|At|Pre|Post|Prior to|Following)[ -](?:the\s)?(?:treatment|therapy|delivery|"
    rf"pregnancy|admission|diagnosis|presentation|discharge|surgery|weaning|lactation|birth|partum|follow-?up|baseline|operation|vertebroplasty|"
    rf"teriparatide|denosumab|romosozumab)\b{_BRACKET}",
    rf"(?:Initial|First|Second|Third|Last|Final|Latest|Follow-?up|Baseline|On)\s?(?:visit|value|presentation|admission|result|"
    rf"follow-?up|examination|DXA|scan|measurement)?\b{_BRACKET}",
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept?|Oct|Nov|Dec)\.?\s(?:19|20)\d\d\b",
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b|\d{1,2}[./-](?:19|20)\d\d\b|(?:19|20)\d\d\b",
)
_STUB_WORDS = (
    r"Parameters?|Variables?|Tests?|Blood tests?|Analytes?|Measures?|Measurements?",
    r"Characteristics?|Sites?|Regions?",
    r"Laborator\w+(?: (?:tests?|findings|data|parameters?|values?))?|Biochemi\w+(?: parameters?)?",
    r"Exam\w*|Items?",
    r"Investigations?|Markers?|Features?|Patients?|Cases?|No\.?|Date|Time|Age|Author|Study",
)
_STUBS = re.compile(rf"(?:{'|'.join(_STUB_WORDS)})\b" + _BRACKET, re.IGNORECASE)
_SINGLE = re.compile(
    r"(?:Results?|Values?|Units?|Baseline|Follow-?up|Range|Normal|Reference|Findings?|Dates?|Before|After|"
    r"Admission|Discharge|Onset|Age|Sex|Parity|Gravida|BMI|BMD|Treatment|Outcome|Delivery|Mother|Father|Controls?|"
    r"\u0394%?|%|Change|Time|Level|Levels|Side|Drug|Dose|Height|Weight)\b" + _BRACKET,
    re.IGNORECASE,
)
_STEP = re.compile("|".join(f"(?:{step})" for step in _STEPS), re.IGNORECASE)
_MEASURE_END = re.compile(r"(?:[TZ][- ]?scores?|BMD|BMC|SD|score)\b(?:\s?[(\[][^()\[\]]{1,30}[)\]])?")
_CASE = re.compile(r"(case|patient|subject|pt\.?|no\.?)\s?#?\s?(\d{1,2})", re.IGNORECASE)

#: words that end a name of several words, so that a line with one is not one word for each column
_SECOND_WORDS = frozenset(
    "neck hip spine range density mass phosphatase hormone radius body femur no number".split()
)


class Head(NamedTuple):
    """A header cell: its words and the columns [first, last] it stands over (0 = the row labels)."""

    text: str
    first: int
    last: int


def split_header(text: str, columns: int) -> list[str] | None:
    """A header line as `columns` words, or `columns` + 1 where the first names the row labels."""
    if "\t" in text or "|" in text or "  " in text:
        parts = [p for p in split_parts(text) if p]
        if len(parts) in (columns, columns + 1):
            return parts
        text = " ".join(parts)
    for split in (_by_steps, _by_measures, _by_words):
        parts = split(text, columns)
        if len(parts) in (columns, columns + 1):
            return parts
    return None


def is_head_cell(text: str) -> bool:
    """Whether a cell names a visit, a patient or a kind of value: `6 months`, `Case 2`, `Result`, a date."""
    return any([pattern.fullmatch(text) for pattern in (_STEP, _SINGLE, _STUBS)])


def is_stub(text: str) -> bool:
    """Whether a head names the row labels: `Parameter`, `Test`."""
    return _STUBS.fullmatch(text) is not None


def _by_steps(text: str, columns: int) -> list[str]:
    """Known kinds of header cells, one after the other, covering the whole line."""
    parts: list[str] = []
    position = 0
    while position < len(text):
        match = _STEP.match(text, position) or _SINGLE.match(text, position)
        if not parts:
            match = match or _STUBS.match(text, position)
        if not match or match.end() == position:
            return []
        parts.append(match.group().strip())
        position = match.end()
        while position < len(text) and text[position] in " ,;":
            position += 1
    return parts


def _by_measures(text: str, columns: int) -> list[str]:
    """Cells that each end in a measure: `L1-L4 T-score Femoral neck T-score`."""
    ends = [match.end() for match in _MEASURE_END.finditer(text)]
    if not ends or ends[-1] != len(text):
        return []
    parts: list[str] = []
    last = 0
    for end in ends:
        parts.append(text[last:end].strip(" ,;"))
        last = end
    if len(parts) != columns:
        return []
    stub = _STUBS.match(parts[0])
    if stub and stub.end() < len(parts[0]):
        parts = [stub.group().strip(), parts[0][stub.end() :].strip(), *parts[1:]]
    return parts


def _by_words(text: str, columns: int) -> list[str]:
    """One word for each column; brackets belong to the word before."""
    words: list[str] = []
    for word in text.split():
        if words and (word[0] in "([" or words[-1].count("(") > words[-1].count(")")):
            words[-1] += " " + word
        else:
            words.append(word)
    if len(words) > columns + 1:
        return _names(words)
    if any(word[0].islower() or word.lower() in _SECOND_WORDS for word in words):
        return []
    return words


def _names(words: list[str]) -> list[str]:
    """Words joined to names where one plainly goes on with the other: `Femoral neck T-score`."""
    names: list[str] = []
    for word in words:
        bare = word.split(" ")[0]
        goes_on = bare[0].islower() or bare.lower() in _SECOND_WORDS
        measure = _MEASURE.fullmatch(bare) is not None and bool(names) and _SITE_END.search(names[-1])
        if names and (goes_on or measure) and not _MEASURE.search(names[-1].split("(")[0]):
            names[-1] += " " + word
        else:
            names.append(word)
    return names


_MEASURE = re.compile(r"[TZ][- ]?scores?|BM[DC]|aBMD", re.IGNORECASE)
_SITE_END = re.compile(
    r"(?:\b(?:spine|neck|hip|femur|lumbar|femoral|radius|LS|FN|TH|body)|[LT]\d\d?-[LT]?\d)\W*$", re.IGNORECASE
)


def columns_of(parts: list[str], columns: int) -> list[Head]:
    """Header cells over their columns; one more than columns means that the first is over the labels."""
    shift = 0 if len(parts) > columns else 1
    return [Head(part, i + shift, i + shift) for i, part in enumerate(parts) if part]


def span_over(text: str, below: list[Head], columns: int) -> list[Head] | None:
    """The cells of the header line above `below`, each over the columns it can be proved to span."""
    cells = [head for head in below if head.first > 0]
    upper = _upper_parts(text)
    if not upper or len(cells) != columns:
        return None
    numbered = [_CASE.fullmatch(part) for part in upper]
    if all(numbered):
        free = [head.first for head in cells if not _CASE.match(head.text)]
        if free and len(free) < columns:
            runs = _runs(free)
            return (
                [Head(part, run[0], run[-1]) for part, run in zip(upper, runs, strict=True)]
                if len(runs) == len(upper)
                else None
            )
    if columns % len(upper) == 0 and len(upper) < columns:
        size = columns // len(upper)
        words = [head.text.lower() for head in cells]
        if len(upper) == 1 or all(words[i : i + size] == words[:size] for i in range(0, columns, size)):
            return [Head(part, 1 + i * size, (i + 1) * size) for i, part in enumerate(upper)]
    return None


def _upper_parts(text: str) -> list[str]:
    if "\t" in text or "|" in text or "  " in text:
        return [p for p in split_parts(text) if p]
    steps = _by_steps(text, 0)
    if steps:
        return steps
    stub = _STUBS.match(text)
    if stub and stub.end() < len(text):
        text = text[stub.end() :].lstrip()
    sites = re.findall(
        r"(?:Lumbar spine|Femoral neck|Femur neck|Total hip|Hip|Spine|Proximal femur|Femur|Radius|Whole body|"
        r"(?:Distal|Ultradistal|1/3) radius|L1-L?4|L2-L?4|Mother|Infant|Serum|Urine)" + _BRACKET,
        text,
        re.IGNORECASE,
    )
    if sites and " ".join(sites).replace(" ", "").lower() == text.replace(" ", "").lower():
        return [site.strip() for site in sites]
    return [text] if len(text.split()) < 7 else []


def _runs(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
