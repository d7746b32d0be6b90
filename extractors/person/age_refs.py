"""The ages that a sentence tells, in order, each with the way it is told; ranges and lists are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.person import ages
from extractors.rules.book import Found
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.rule import Glue
from extractors.rules.words import Vocabulary
from extractors.text import Sentence, View, lower_same_length
from extractors.values import fixed

AGE_WORDS = Vocabulary(
    "extractors.person",
    "age_words.csv",
    columns=("phrase", "who", "source"),
    key=("phrase",),
    allowed={"who": frozenset({"adult", "child"})},
)
#: How each rule tells an age, as far as it matters for whose it is.
_SHAPES = {
    "age old": "old",
    "age old of years": "old",
    "age years of a person": "old",
    "age of a little one": "old",
    "age child of": "person of",
    "age in letters": "old",
    "age of age": "of age",
    "age aged": "aged",
    "age event": "event",
    "age apposed": "apposed",
    "age apposed alone": "apposed",
    "age before a person": "old",
    "age of the next": "apposed",
    ages.LISTED: "list",
    "age titled": "apposed",
    "age of initials": "apposed",
    "age titled in years": "apposed",
    "age person of": "person of",
    "age was": "was",
}
#: Rules of an age that may be one at an event, by name.
DATED = frozenset(name for name, shape in _SHAPES.items() if shape in ("aged", "of age", "old"))
#: Rules of an age with its unit, which no label is.
_WITH_UNIT = frozenset({"age old", "age of age"})
#: Shapes that an upper end of a range may follow, and shapes that a lower end may precede.
_UP, _DOWN = ("aged", "of age"), ("old", "of age")
#: Characters before the last age of a list in which the others stand.
_LIST_REACH = 60
#: A number up to this behind "patient" is the patient's in the series.
_MOST_CASES = 12

_NOT_OF_LIFE = Glue(
    r"\b(?:gestational|bone|skeletal|f(?:o?e)tal|mental|developmental|corrected|menstrual|conceptional|"
    r"dental|paternal|advanced|old|young)[ -]$"
)
_LABEL = Glue(r"(?:\b(?:patient|case|subject|pt|observation|no\.?|number)|#) ?$")
#: Before a number with a letter for the sex: the begin of a sentence or bracket, "a", "Patient 2: ".
_INTRODUCED = Glue(r"(?:^|[(\[;:] ?|\b(?:[Aa]n?|[Pp]atient|[Cc]ase) (?:\d{1,2}[.:,]? )?)$")
#: "Mr. K, 48/M", "a case of 52/M", "she is 30/F": the form leaves no doubt.
_NOTED = Glue(r"(?:, ?| (?:of|is|was|aged?|old) (?:an? )?)$")
_JOINED = Glue(
    r"{age number}(?:{dash}?(?:{long unit}))?"
    r"(?P<join> ?- ?(?:to )?| ?to | through | or | and |-? to |- and |, (?:and )?)$",
    ages.SLOTS,
)
_UPTO = Glue(r" ?(?P<join>-|to | to | or ) ?{upto:age number}(?:{dash}(?:{long unit}))?\b", ages.SLOTS)
_LIST = Glue(
    r"(?:, {age number})*,? (?:and|&) {last:age number}\b"
    r"(?! ?(?:months?|weeks?|days?|hours?|kg|cm|other|of|patients|women|were|had))",
    ages.SLOTS,
)
_LIST_BEFORE = Glue(r"{age number}(?:, {age number})*,? (?:and )?$", ages.SLOTS)
_BETWEEN = Glue(r"\bbetween (?:the )?(?:ages? of )?$")
_ALONE = Glue(r"(?<![\w.]){age number}(?![\d.]*\d)", ages.SLOTS)
#: "Sarah (name changed), 27, a teacher"
_NAMED = Glue(
    r"[A-Z][\w']{2,15}(?: [A-Z][\w.]{0,15})?(?: \([\w ]{3,30}\))?, (?P<n>[1-9]\d), "
    r"(?=an? |presented|was |had |came |is )"
)


@fixed(frozen=True, slots=True)
class AgeRef:
    """An age in a sentence, offsets of the sentence. `years` is None for a decade, a range or a word.

    `shape` is how it is told: old | of age | aged | apposed | person of | was | event | decade | word |
    newborn | named | range | list | initial; `rule` names what found it.
    """

    start: int
    end: int
    years: float | None
    text: str
    shape: str
    rule: str
    sex: str | None = None

    def beside(self, start: int, end: int) -> bool:
        """Whether it has no character in common with [start, end)."""
        return end <= self.start or start >= self.end


@cache
def lexicon() -> Lexicon[str]:
    """Words for an age."""
    return Lexicon(Entry(row["phrase"], row["who"]) for row in AGE_WORDS.rows)


def find_ages(view: View, sentence: Sentence) -> list[AgeRef]:
    """All ages that a sentence tells but those with a letter for the sex, in order."""
    found: list[AgeRef] = []
    for ref in _all(view, sentence):
        if all(ref.beside(other.start, other.end) for other in found):
            found.append(ref)
    named = _NAMED.behind(sentence.text, 0)
    if named:
        found.append(
            AgeRef(named.start("n"), named.end("n"), float(named["n"]), named["n"], "named", "age named")
        )
    return sorted(found, key=lambda ref: ref.start)


def _all(view: View, sentence: Sentence) -> Iterator[AgeRef]:
    text = sentence.text
    for hit in ages.BOOK.find(view, sentence):
        start, end = hit.match.span()
        if hit.rule.name not in ages.EXACT:
            yield AgeRef(start, end, None, text[start:end], "decade", hit.rule.name)
            continue
        before = sentence.lower
        if _NOT_OF_LIFE.within(before, start - 18, start):
            continue
        if hit.rule.name not in _WITH_UNIT and _LABEL.within(before, start - 18, start):
            continue  # "Patient 3, female" is a label, "Patient 45 years old" is none
        ref = _made(sentence, hit)
        if ref is not None:
            yield ref
    for word in lexicon().in_sentence(view, sentence):
        start, end = word.start - sentence.start, word.end - sentence.start
        shape = "word" if word.value == "adult" else "newborn"
        yield AgeRef(start, end, None, text[start:end], shape, f"age {shape}")


def _made(sentence: Sentence, hit: Found) -> AgeRef | None:
    """The age of a phrase, or the range or list that it is an end of."""
    lower, text, shape = sentence.lower, sentence.text, _SHAPES[hit.rule.name]
    years = hit.read()
    start, end = hit.match.span()
    if hit.rule.name == ages.LISTED:
        start = hit.match.start("list")
        return AgeRef(start, end, None, text[start:end], "list", "age list")
    joined_at = start if shape in _DOWN else 0
    if years is None or (shape == "aged" and hit.match["u"] is None and _goes_on(lower, end)):
        return None

    def several(begin: int, stop: int, listed: bool) -> AgeRef:
        more = _LIST_BEFORE.within(lower, begin - _LIST_REACH, joined_at) if listed and joined_at else None
        begin = min(begin, more.start()) if more else begin
        name = "list" if listed else "range"
        return AgeRef(begin, stop, None, text[begin:stop], name, f"age {name}")

    upto = _UPTO.behind(lower, end) if shape in _UP else None
    if upto:
        return several(start, upto.end(), listed=False)
    joined = _joined(lower, start) if shape in _DOWN else None
    if joined is not None:
        listed = "and" in joined["join"] or "," in joined["join"]
        return several(joined.start(), end, listed and not _BETWEEN.within(lower, 0, joined.start()))
    if shape == "aged":
        number = hit.match.start("n")
        if _BETWEEN.within(lower, 0, number) or "between" in lower[start:number]:
            return several(start, end, listed=False)
        more = _LIST.behind(lower, end)
        if more:
            return several(start, more.end(), listed=True)
    return AgeRef(start, end, years, text[start:end], shape, hit.rule.name)


def _goes_on(lower: str, end: int) -> bool:
    """Whether a number is the first part of a word: "aged 30-something"."""
    return lower.startswith("-", end) and lower[end + 1 : end + 2].isalpha()


def _joined(lower: str, start: int) -> re.Match[str] | None:
    """A number before an age that belongs to it: a lower end, an earlier one of a list."""
    joined = _JOINED.within(lower, start - 30, start)
    if joined is None or _LABEL.within(lower, joined.start() - 14, joined.start()):
        return None  # "Case 1, 36 years old"
    if "," in joined["join"] and not _LIST_BEFORE.within(lower, 0, start):
        return None
    return joined


def find_initials(view: View, sentence: Sentence) -> list[AgeRef]:
    """Ages told with the letter or word for the sex only: "28F", "(F, 32)", "38/F", "32-M"."""
    out: list[AgeRef] = []
    for hit in ages.INITIALS.find(view, sentence):
        m, text = hit.match, sentence.text
        if hit.rule.name == "age before letter" and not _is_age(text, m):
            continue
        behind = hit.rule.name == "age behind letter"
        ref = _initial(text, m.start("sex" if behind else "n"), m.end(), m)
        if not behind or all(ref.beside(other.start, other.end) for other in out):
            out.append(ref)
    return out


def _is_age(text: str, m: re.Match[str]) -> bool:
    """Whether a bare number before a letter or word for the sex is an age."""
    number = m["n"]
    noted = len(number) == 2 and text[m.end("n")] == "/" and _NOTED.within(text, m.start() - 10, m.start())
    if not noted and not _INTRODUCED.within(text, m.start() - 14, m.start()):
        return False
    if len(number) == 1 and m.start() == 0:
        return False  # "3M" is a company, a dose or three months
    lower = lower_same_length(text)
    if int(number) <= _MOST_CASES and _LABEL.within(lower, 0, m.start("n")):
        return False  # "Patient 3, female" is a label
    spelled = m["sex"].lower() in ("male", "female")
    return not spelled or text[m.end("n") : m.start("sex")].strip() in ("/", ",")


def _initial(text: str, start: int, end: int, m: re.Match[str]) -> AgeRef:
    told = text[start:end].rstrip(". ")
    sex = m["sex"][0].upper()
    return AgeRef(start, start + len(told), float(m["n"]), told, "initial", "age letter", sex)


def numbers_of(ref: AgeRef) -> list[float]:
    """The single numbers of an age told as a list ("aged 28, 30 and 35")."""
    found = _ALONE.pattern.findall(ref.text.lower())
    return [value for part in found if (value := ages.to_years(part, "years")) is not None]
