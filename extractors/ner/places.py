"""Where the name of a drug stands that no list knows: behind a word of giving, beside a dose or a form of
treatment, in a list with a known drug.

Most chemicals in a case report are measured or seen under the microscope; these places are narrower than
those in which a known name is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.drugs.vocabulary import Drug
from extractors.rules.book import Book
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue, Rule, Slots
from extractors.rules.words import Vocabulary, Words
from extractors.text import Sentence, View

#: Words around the names of drugs, by what they tell.
WORDS = Vocabulary(
    "extractors.ner",
    "words.csv",
    ("word", "class", "source"),
    ("word", "class"),
    allowed={"class": frozenset({"gives", "lead", "form", "no drug", "was given"})},
)
#: What is given and no drug.
NO_DRUG = Words(WORDS, {"class": "no drug"})
_SLOTS: Slots = {
    **{told: Words(WORDS, {"class": told}) for told in ("gives", "lead", "form", "was given")},
    "word": r"[^\W\d_][\w'-]{3,24}",
    "name": "{word}(?: {word})?",
    "dose": r"(?<![\d.,])[\d.,]++ ?(?:mg|mcg|µg|ug|gm?|grams?|iu|units?|ml)\b{no level}",
    "amount": r"(?:{lead} |\(){0,4}[\d.,]++ ?(?:mg|mcg|µg|ug|gm?|grams?|iu|units?)\b{no level}",
    "no level": r"(?! ?(?:/|per) ?(?:d|m|100 ?m|µ)?l)",
}


def _read(match: re.Match[str]) -> tuple[int, int]:
    return match.span("called")


BOOK = Book(
    "ner.places",
    (
        Rule(
            "given",
            r"\b{gives} (?!(?<=\bon )the\b)(?:(?:{lead}|{dose}) )*+{called:name}",  # "on the ward"
            _read,
            says={
                "She was treated with oral ossifenol.": (26, 35),
                "He received 30 mg of ossifenol daily.": (21, 36),
            },
            silent=("He received it.", "She was treated.", "He was on the ventilator."),
        ),
        Rule(
            "was given",
            r"(?<![\w-]){called:name}(?: \([^()]{1,40}\))?(?: {form})? "
            r"(?:was|were|had been|has been)(?: (?:\w+ly|also|then|therefore)){0,2} {was given}\b",
            _read,
            says={"Ossifenol was then started.": (0, 9)},
            silent=("Ossifenol was high.",),
        ),
        Rule(
            "form",
            r"(?<![\w-]){called:word} {form}\b",
            _read,
            says={"Under ossifenol therapy he improved.": (6, 15)},
            silent=("Ossifenol levels rose.",),
        ),
        Rule(
            "before a dose",
            r"(?<![\w-]){called:word},? {amount}",
            _read,
            says={"On ossifenol 30 mg he improved.": (3, 12)},
            silent=("Ossifenol 30 mg/dl was found.",),
        ),
        Rule(
            "behind a dose",
            r"{dose}(?: ?/ ?(?:kg|day|d|m2))*(?: (?:of|{lead}))*+ {called:name}",
            _read,
            says={"30 mg of ossifenol daily helped him.": (9, 24)},
            silent=("Levels of 30 mg/dl of it.",),
        ),
    ),
    _SLOTS,
)
_NEXT = Glue(
    r"(?: \([^()]{1,40}\))?(?: {dose}(?: ?/ ?\w+)?(?: {lead}){0,6})?"
    r"(?:,? (?:and|or|plus|with) |, |/| ?\+ ?)(?:{lead} ){0,6}{called:name}",
    _SLOTS,
)
#: Behind a class, one of its drugs; behind a drug, only another name of it.
_MEMBER = Glue(r" \({called:name}", _SLOTS)
_BEFORE = Glue(r"(?<![\w-]){called:word}(?:,? (?:and|or|plus|with) |, |/| ?\+ ?)$", _SLOTS)
_REACH = 40


def places(view: View, sentence: Sentence, drugs: Sequence[Hit[Drug]]) -> Iterator[tuple[int, int]]:
    """Where a drug's name may stand in a sentence (offsets of it); `drugs` are the known ones there."""
    for found in BOOK.find(view, sentence):
        yield found.read()
    lower, at = sentence.lower, sentence.start
    for hit in drugs:
        start, end = hit.start - at, hit.end - at
        ahead = _BEFORE.within(lower, start - _REACH, start)
        member = _MEMBER.behind(lower, end) if hit.value.is_class else None
        yield from (found.span("called") for found in (ahead, member) if found is not None)
        yield from following(sentence, end)


def following(sentence: Sentence, end: int) -> Iterator[tuple[int, int]]:
    """Where the next member may stand of a list, one of whose names ends at `end`."""
    found = _NEXT.behind(sentence.lower, end)
    if found is not None:
        yield found.span("called")
