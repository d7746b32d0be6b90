"""Nutrients found lacking that are said to have been supplemented: "vitamin D and zinc were low, both were
replaced". Their names stand where results are told, and are treatments all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.drugs.vocabulary import Drug, classes_of, cue_words
from extractors.rules.book import Book, Found
from extractors.rules.rule import Glue, Rule, Slots
from extractors.text import Sentence, View

_SLOTS: Slots = {
    "which": (
        r"(?:both|all|each)(?: of (?:these|them|which))?(?: (?:two|three|four))?|these|those|they|which"
    ),
    "thing": r"(?: (?:missing |lacking |deficient )?{lacking})?",
    "lacking": cue_words("lacking"),
    "was": r"(?:was|were|has been|have been|had been)(?: (?:\w+ly|also|then|therefore|all|both)){0,2}",
    "supplemented": cue_words("supplemented"),
}
BOOK = Book(
    "drugs.supplemented",
    (
        Rule(
            "they were supplemented",
            r"(?:^|[,;(] ?|\b(?:and|but|so) ){which}{thing} {was} {supplemented}\b",
            says={
                "Zinc and iron were low, and both minerals were supplemented.": (
                    "and both minerals were supplemented"
                ),
                "She lacked zinc, which was then replaced.": ", which was then replaced",
                "All three were corrected with supplements.": "all three were corrected with supplements",
            },
            silent=("Both hips were replaced.", "Both vitamins were measured.", "Iron was supplemented."),
        ),
        Rule(
            "found and supplemented",
            r"\b(?:was|were) \w+ and (?:was |were )?(?:\w+ly )?{supplemented}\b",
            says={"Vitamin D deficiency was found and supplemented.": "was found and supplemented"},
            silent=("Vitamin D deficiency was found.", "Iron was supplemented."),
        ),
    ),
    _SLOTS,
    seldom=True,
)
_LACK = Glue(r"\b(?:deficien|insufficien|low|lack|deplet|decreas|reduced|deficit|below)")
#: A name at [start, end) of its sentence.
Named = tuple[int, int, Drug]


def supplemented(view: View, sentence: Sentence, names: Sequence[Named]) -> frozenset[int]:
    """Where the names of nutrients begin that were found lacking and supplemented, in the sentence."""
    nutrients = [start for start, _, drug in names if drug.drug_class in classes_of("nutrient")]
    if not nutrients or not _LACK.within(sentence.lower, 0, len(sentence.lower)):
        return frozenset()
    said = [f for f in BOOK.find(view, sentence) if f.start - sentence.start > nutrients[0]]
    if not said:
        following = view.sentences[sentence.index + 1 : sentence.index + 2]
        said = [
            f for s in following if s.zone is sentence.zone for f in BOOK.find(view, s) if f.start == s.start
        ]
    if not said:
        return frozenset()
    told = [start for start in nutrients if start < said[0].start - sentence.start]
    return frozenset(told[-2:] if _of_two(said[0]) else told)


def _of_two(found: Found) -> bool:
    return "both" in found.match.group()
