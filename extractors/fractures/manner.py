"""How a fracture was seen, and of what kind and age it is: the words nearest to it (manner.csv)."""

from __future__ import annotations

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
#: Not the age of a fracture: "30-year-old".
_OF_AN_AGE = Glue(r"(?:-|years |year |yrs |yr )old$")
_PART = Glue(r"[;,]|\band\b")


def manner(view: View, sentence: Sentence, start: int, end: int, cue: Cue | None, cues: list[Cue]) -> Manner:
    """Modality, kind and age of the fracture told by `cue` for the words [start, end) of a sentence.

    `cues` are all of the sentence's.
    """
    words = _words(view, sentence)
    modality = _nearest(words, "modality", start, end)
    if cue is None:
        return Manner(modality)
    left, right = cue.start - _KIND_BEFORE, cue.end + _KIND_BEHIND
    lost = [_Word(c.start, c.end, "kind", "height loss", 99) for c in cues if c.height_loss]
    near = [w for w in [*words, *lost] if w.start >= left and w.end <= right]
    return Manner(modality, _nearest(near, "kind", cue.start, cue.end), _age(words, sentence.lower, cue))


def _age(words: list[_Word], lower: str, cue: Cue) -> str:
    """New or old, as told before a cue in its own part of the sentence."""
    left = max(0, cue.start - _AGE_BEFORE)
    left = max((m.end() for m in _PART.pattern.finditer(lower, left, cue.end)), default=left)
    told = {w.value for w in words if w.aspect == "age" and w.start >= left and w.end <= cue.end}
    return "new" if "new" in told else "old" if "old" in told else ""


def _nearest(words: list[_Word], aspect: str, start: int, end: int) -> str:
    """The value of the word that stands nearest to [start, end), "" if there is none."""
    told = [(max(start - w.end, w.start - end, 0), w.rank, w.value) for w in words if w.aspect == aspect]
    return min(told)[2] if told else ""


def _words(view: View, sentence: Sentence) -> list[_Word]:
    """The words of manner in a sentence, looked for once."""
    key = ("fractures.manner", sentence.index)
    if key not in view.cache:
        at, lower = sentence.start, sentence.lower
        found = [
            _Word(h.start - at, h.end - at, *h.value) for h in manner_words().in_sentence(view, sentence)
        ]
        found = [w for w in found if w.value != "old" or not _OF_AN_AGE.within(lower, w.start - 6, w.end)]
        found += [_Word(f.start - at, f.end - at, "kind", said, 0) for f, said in BOOK.apart(view, sentence)]
        view.cache[key] = found
    words: list[_Word] = view.cache[key]
    return words
