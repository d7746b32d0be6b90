"""How a fracture was seen, and of what kind, age and grade it is: the words nearest to it (manner.csv).

Grades of vertebral deformity are those of the semiquantitative reading, 1 mild, 2 moderate, 3 severe
(Genant et al., J Bone Miner Res 1993;8:1137).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from extractors.fractures.cues import Cue
from extractors.fractures.vocabulary import manner_words
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View


@dataclass(frozen=True, slots=True)
class Manner:
    """How a fracture was seen and of what kind it is: fields of its mention, "" where not told."""

    modality: str = ""
    kind: str = ""
    age: str = ""
    grade: int | None = None

    def fields(self) -> dict[str, Any]:
        """Its fields by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    aspect: str
    value: str
    rank: int


_GRADES = {"1": 1, "2": 2, "3": 3, "i": 1, "ii": 2, "iii": 3, "mild": 1, "moderate": 2, "severe": 3}


def _grade(m: re.Match[str]) -> int:
    return _GRADES[m["n"]]


_GRADE_SLOTS = {
    "figure": r"[1-3]|i{1,3}",
    "degree": r"mild|moderate|severe",
    # "grade 2-3", "grade 1 and 2" are not one grade
    "alone": r"(?![\w%]|[.,]\d| ?(?:[-/&,]|to|and|or) ?(?:grade )?(?:[0-4]\b|i{1,3}\b|{degree}))",
    "kind": r"(?:(?:anterior|vertebral|body|wedge|biconcave|crush|compression|endplate|end-plate)[ -]){0,4}",
    "lesion": r"fractur|deformit|deformed|collaps|compress|wedg|biconcav|crush",
}
#: Grades of vertebral deformity; what a rule reads is 1, 2 or 3.
GRADES = Book(
    "fractures.grades",
    (
        Rule(
            "grade of Genant",
            r"\bgenant(?:'s)?,? (?:semi-?quantitative )?(?:grade |score )?{n:figure}{alone}"
            r"(?: {kind}{lesion})?",
            _grade,
            says={
                "a Genant grade 2 wedge deformity": 2,
                "a Genant grade 2 fracture of T8": 2,
                "T8 (Genant III)": 3,
            },
            silent=("Genant grade 2-3", "Genant 1993", "Genant grade 2 and 3", "Genant et al."),
        ),
        Rule(
            "grade of a fracture",
            r"\bgrade {n:figure} {kind}{lesion}",
            _grade,
            says={"a grade 3 wedge fracture": 3, "grade II vertebral compression fracture": 2},
            silent=("grade 2 spondylolisthesis", "grade 4 fracture", "a grade of 3"),
        ),
        Rule(
            "grade behind a number",
            r"(?<=\d),? grade {n:figure}{alone}",
            _grade,
            says={"T8 grade 1, L1 grade 2": 1, "L1, grade III": 3},
            silent=("T8 grade 1-2", "of grade 2"),
        ),
        Rule(
            "grade in brackets",
            r"\((?:grade {n:figure}|(?P<degree>{degree}))(?: {kind}(?:{lesion})\w*)?\)",
            lambda m: _GRADES[m["n"] or m["degree"]],
            says={"T7 (mild)": 1, "T8 (grade 3)": 3, "L1 (severe wedging)": 3},
            silent=("T8 (2)", "(severe pain)", "(grade 2-3)"),
        ),
        Rule(
            "degree of a fracture",
            r"\b{n:degree} {kind}{lesion}",
            _grade,
            says={"a moderate wedge deformity of T8": 2, "severe vertebral collapse": 3},
            silent=("severe back pain", "mild to moderate", "severe osteoporotic fractures"),
        ),
    ),
    _GRADE_SLOTS,
)
BOOK = Book(
    "fractures.manner",
    (
        Rule(
            "stress fracture",
            r"\b(?:stress|fatigue|march) (?:\w+ )?(?:fracture|reaction)",
            lambda _: "stress",
            says={"a stress fracture": "stress", "a fatigue femoral fracture": "stress"},
            silent=("a time of stress", "in March a slight reaction set in"),
        ),
    ),
    {},
)
#: Words this far before and behind a cue tell its kind, so far before it its age.
_KIND_BEFORE, _KIND_BEHIND, _AGE_BEFORE = 45, 25, 40
#: A grade stands right behind its level or beside its fracture word: characters between at the most.
_GRADE_BEHIND = 2
_OWN_DEGREE = Glue(r"[^.;,]{0,15}?\b{n:degree}\b", _GRADE_SLOTS)
#: Not the age of a fracture: "30-year-old".
_OF_AN_AGE = Glue(r"(?:-|years |year |yrs |yr )old$")
_OF_KIN = Glue(r" (?:affected )?(?:brother|sister|sibling|twin|cousin|child|patient|wom[ae]n|one)\b")
#: Before imaging that the next clause tells of: "... of T11, and the MRI showed".
_NEXT_CLAUSE = Glue(
    r"(?:;|\b(?:and|while|whereas|but|then)) (?:(?:an?|the|her|subsequent|later|further|spinal) ){0,2}$"
)
_PART = Glue(r"[;,]|\band\b")


def manner(view: View, sentence: Sentence, start: int, end: int, cue: Cue | None, cues: list[Cue]) -> Manner:
    """Modality, kind and age of the fracture told by `cue` for the words [start, end) of a sentence.

    `cues` are all of the sentence's.
    """
    words = _words(view, sentence)
    modality = _modality(words, sentence.lower, start, end)
    if cue is None:
        return Manner(modality)
    left, right = cue.start - _KIND_BEFORE, cue.end + _KIND_BEHIND
    lost = [_Word(c.start, c.end, "kind", "height loss", 99) for c in cues if c.height_loss]
    grade = _grade_of(view, sentence, (start, end), cue)
    near = [w for w in [*words, *lost] if w.start >= left and w.end <= right]
    near = [w for w in near if ";" not in sentence.lower[cue.end : w.start]]  # the next finding's
    return Manner(
        modality, _nearest(near, "kind", cue.start, cue.end), _age(words, sentence.lower, cue), grade
    )


def _grade_of(view: View, sentence: Sentence, level: tuple[int, int], cue: Cue) -> int | None:
    """The grade told in brackets right behind a level, else the only one told with its fracture word."""
    at = sentence.start
    told = [(f.start - at, f.end - at, f.read()) for f in GRADES.leftmost(view, sentence)]
    behind = [grade for start, _, grade in told if 0 <= start - level[1] <= _GRADE_BEHIND]
    if behind or not told:
        return behind[0] if behind else None
    own = _OWN_DEGREE.behind(sentence.lower, level[1])
    if own and not any(start <= own.start("n") < end for start, end, _ in told):
        return None  # "a moderate deformity of T8, and L1 a severe one"
    with_cue = {
        grade
        for start, end, grade in told
        if start <= cue.end + _GRADE_BEHIND and end >= cue.start - _GRADE_BEHIND
    }
    return with_cue.pop() if len(with_cue) == 1 else None


def grade_behind(lower: str, end: int) -> int | None:
    """The grade told right behind a level that ends at `end` of a cell in lower case, None for none."""
    found = (f for f in GRADES.leftmost_in(lower, lower) if 0 <= f.start - end <= _GRADE_BEHIND)
    first = next(found, None)
    return first.read() if first else None


def _age(words: list[_Word], lower: str, cue: Cue) -> str:
    """New or old, as told before a cue in its own part of the sentence."""
    left = max(0, cue.start - _AGE_BEFORE)
    left = max((m.end() for m in _PART.pattern.finditer(lower, left, cue.end)), default=left)
    told = {w.value for w in words if w.aspect == "age" and w.start >= left and w.end <= cue.end}
    return "new" if "new" in told else "old" if "old" in told else ""


def _modality(words: list[_Word], lower: str, start: int, end: int) -> str:
    """The imaging nearest to [start, end); one told before is not left for that of a clause behind it."""
    told = [w for w in words if w.aspect == "modality"]
    if any(w.end <= start for w in told):
        told = [w for w in told if w.start < end or not _NEXT_CLAUSE.within(lower, end, w.start)]
    return _nearest(told, "modality", start, end)


def _nearest(words: list[_Word], aspect: str, start: int, end: int) -> str:
    """The value of the word that stands nearest to [start, end), "" if there is none."""
    told = [(max(start - w.end, w.start - end, 0), w.rank, w.value) for w in words if w.aspect == aspect]
    return min(told)[2] if told else ""


def _is_of_a_person(lower: str, word: _Word) -> bool:
    """Whether "old" or "older" is a person's, no fracture's."""
    return bool(_OF_AN_AGE.within(lower, word.start - 6, word.end) or _OF_KIN.behind(lower, word.end))


def _words(view: View, sentence: Sentence) -> list[_Word]:
    """The words of manner in a sentence, looked for once."""
    key = ("fractures.manner", sentence.index)
    if key not in view.cache:
        at, lower = sentence.start, sentence.lower
        found = [
            _Word(h.start - at, h.end - at, *h.value) for h in manner_words().in_sentence(view, sentence)
        ]
        found = [w for w in found if w.value != "old" or not _is_of_a_person(lower, w)]
        found += [_Word(f.start - at, f.end - at, "kind", said, 0) for f, said in BOOK.apart(view, sentence)]
        view.cache[key] = found
    words: list[_Word] = view.cache[key]
    return words
