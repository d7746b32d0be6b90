"""What a sentence tells around a drug's name: the cues before and behind it."""

from __future__ import annotations

from extractors.base import Context
from extractors.drugs.cues import Cue, after, before
from extractors.language.context import patient_is_child
from extractors.rules.book import Book
from extractors.rules.rule import Glue
from extractors.text import Sentence, View
from extractors.values import fixed

#: How far a cue may stand from the name, in characters.
NEAR, FAR, LONG = 70, 160, 260
#: Behind a drug: "from ages 6 through 13", "between the ages of 10 and 12".
_IN_YOUTH = Glue(
    r"[^.;,]{0,40}? (?:from (?:the )?ages? (?:of )?\d{1,2} (?:to|until|till|through) \d|"
    r"between the ages of \d|(?:in|during|throughout) (?:her|his) (?:(?:early|mid|late)[- ]?)?"
    r"(?:teens|teenage|adolescence|twenties|20s)\b|"
    r"as an? (?:teenager|adolescent|schoolgirl|schoolboy|student)\b)"
)
#: "Prednisone was tapered off at the age of 14": of an adult's youth.
_AT_AN_AGE = Glue(r"[^.;,]{0,40}? at (?:the )?age (?:of )?(?:\d|1\d)\b")
#: Right before a drug, or its form: it comes when another is over.
_TO_FOLLOW = Glue(r"\bto be (?:followed by|switched to|changed to|replaced by) (?:[\w-]+ ){0,2}$")
_LEAD = 50
#: "Anaesthesia was maintained with": no treatment that went on already.
_ASLEEP = Glue(
    r"\b(?:ana?esthesia|sedation|hypnosis|narcosis|muscle relaxation) (?:\w+ )?(?:was|were|is|being)\b"
)


@fixed(frozen=True, slots=True)
class Told:
    """What a sentence tells around a drug's name; offsets of the sentence.

    `left` is where its clause begins, `head` where the list that it belongs to begins, `end` where its
    name ends, `right` where the words about it end, `tail` where its list ends.
    """

    view: View
    sentence: Sentence
    left: int
    head: int
    end: int
    right: int
    context: Context
    tail: int = 0

    def before(self, book: Book, reach: int = NEAR) -> bool:
        """Whether a cue of a book stands before the drug's list, at most `reach` characters away."""
        since = max(self.left, self.head - reach)
        return before(self.view, self.sentence, book, since, max(self.head, self.left)) is not None

    def after(self, book: Book, reach: int = FAR) -> Cue | None:
        """The first cue of a book behind the name, at most `reach` characters away."""
        until = min(self.right, self.end + min(reach, LONG))
        return after(self.view, self.sentence, book, self.end, until)

    @property
    def in_youth(self) -> bool:
        """Whether the drug was taken between two ages that are told, or in a time of youth."""
        if _IN_YOUTH.behind(self.sentence.lower, self.end):
            return True
        told = _AT_AN_AGE.behind(self.sentence.lower, self.end)
        return told is not None and not patient_is_child(self.view)

    @property
    def to_follow(self) -> bool:
        """Whether another treatment is "to be followed by" the drug."""
        head = self.head
        return _TO_FOLLOW.within(self.sentence.lower, max(0, head - _LEAD), head) is not None

    @property
    def asleep(self) -> bool:
        """Whether the drug keeps the patient asleep."""
        return _ASLEEP.within(self.sentence.lower, self.left, max(self.head, self.left)) is not None
