"""The words of a sentence that govern its levels and bones: fracture terms and other findings.

Fracture terms follow the semiquantitative reading of vertebral fractures (Genant et al., J Bone
Miner Res 1993;8:1137: wedge, biconcave and crush deformity, height loss) and the vocabulary of
radiology reports.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.fractures.vocabulary import SLOTS, cues
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at [start, end) of a sentence. `kind` is its class in cues.csv, `bone` how it tells of a bone."""

    start: int
    end: int
    kind: str
    fact: bool = True  # False: feared, prevented, denied
    bone: str = ""
    height_loss: bool = False

    @property
    def tells(self) -> bool:
        """Whether it states a fracture by itself."""
        return self.kind == "strong" and self.fact

    @property
    def may_tell(self) -> bool:
        """Whether it speaks of a fracture or of a sign of one."""
        return self.kind in ("strong", "weak", "vague")


_SLOTS = {
    "plate": (r"(?:end|deck|cover|base|upper|lower|superior|inferior|vertebral)[ -]?(?:vertebral )?plates?"),
    "be": r"was|were|is|are|had|has|have",
    "lowered": r"reduced|decreased|diminished|lost|lowered|compressed",
    "noted bone": r"ribs?|sacr|pelvi|hip|wrist|nof|neck|femur|femoral|radius|vertebra",
}


def _height_loss(_: object) -> str:
    return "height loss"


def _depression(_: object) -> str:
    return "depression"


def _sign(_: object) -> str:
    return "fracture"


#: Fracture terms of more than one form; words are in cues.csv. What a rule reads is the kind it tells.
BOOK = Book(
    "fractures.cues",
    (
        Rule(
            "loss of height",
            r"\b(?:loss|reduction|decrease|diminution) (?:of|in) (?:the )?(?:\w+ ){0,3}heights?\b",
            _height_loss,
            says={"Loss of anterior vertebral height at T8": "height loss"},
            silent=("loss of weight", "the height of her loss"),
        ),
        Rule(
            "lost height",
            r"\b(?:reduced|decreased|diminished|lost) (?:in |(?!of )[\w%-]+ ){0,3}(?:of (?:its|their|the) )?"
            r"(?:\w+ )?heights?\b",
            _depression,
            says={"T9 was reduced in height.": "depression", "lost about half of its height": "depression"},
            silent=("reduced pain", "lost of sight"),
        ),
        Rule(
            "height loss",
            r"\bheights? (?:loss|reduction|decrease|(?:was|were) (?:lost|reduced|decreased))",
            _height_loss,
            says={"a height loss of 30%": "height loss", "Height was reduced at T11": "height loss"},
            silent=("height was 160 cm", "loss and height"),
        ),
        Rule(
            "height of a level lowered",
            r"\bheights?\b(?= (?:of|at|in) [^.;]{2,70}? {be} (?:\w+ ){0,2}{lowered}\b)",
            _depression,
            says={"The height of T9 was markedly reduced.": "depression"},
            silent=("The height of T9 was normal.", "height of T9; it was reduced"),
        ),
        Rule(
            "lost of its height",
            r"\blost\b(?= [^.;]{2,60}?\b(?:of|in) (?:its|their|the) (?:\w+ ){0,2}heights?\b)",
            _depression,
            says={"T7 had lost 30% and T8 half of its height.": "depression"},
            silent=("She lost 3 kg.", "lost the way"),
        ),
        Rule(
            "plate depression",
            r"\b{plate} (?:depressions?|impressions?|infractions?|indentations?)",
            _depression,
            says={"superior end-plate impressions of L1": "depression"},
            silent=("endplate changes", "clinical impression"),
        ),
        Rule(
            "impression of a plate",
            r"\bimpress(?:ed|ions?)\b(?=[^.;]{0,25}{plate})",
            _depression,
            says={"impression of the upper end plate": "depression"},
            silent=("impression of the team", "impression. The end plate"),
        ),
        Rule(
            "depression of a vertebra",
            r"\bdepress(?:ed|ions?)\b(?=[^.;]{0,30}(?:{plate}|vertebra|deformit|fractur))",
            _depression,
            says={"a depressed vertebral body": "depression", "depression of the endplate": "depression"},
            silent=("postpartum depression", "depressed; vertebrae"),
        ),
        Rule(
            "number sign before a bone",
            r"#s?(?=[\s:]{1,2}(?:of |at )?(?:the )?(?:left |right )?(?:[tdl]h? ?\d|{noted bone}))",
            _sign,
            says={"# T12, L1": "fracture", "multiple #s: T6": "fracture"},
            silent=("# 4", "case # 12"),
        ),
        Rule(
            "number sign behind a kind",
            r"(?<=nof )#|(?<=vertebral )#s?|(?<=crush )#s?|(?<=wedge )#s?",
            _sign,
            says={"NOF #": "fracture", "crush #s": "fracture"},
            silent=("room #", "no #"),
        ),
    ),
    _SLOTS,
)
#: Words of the patient's stature, whose loss is no vertebra's.
_STATURE = Glue(r"\b(?:body|standing|her|his|patient's|total) (?:height|stature)\b|\d ?cm\b")
_STATURE_REACH = 16
#: A fracture that is only feared, prevented, counted or sought.
_NOT_A_FACT = Glue(r"\b(?:{feared}|{prevented}|{sought}|{denied})(?: {epithet}){0,6} $", SLOTS)
_NON = Glue(r"non[ -]$")
#: After "fracture": something else than the event.
_NOT_THE_EVENT = Glue(r" {no event}\b", SLOTS)
#: After it too: a fracture that was thought of.
ONLY_THOUGHT = Glue(
    r" (?:(?:was|were) )?(?:(?:initially|first|at first|clinically) )?{only thought}\b", SLOTS
)


def cues_in(view: View, sentence: Sentence) -> list[Cue]:
    """The cues of a sentence in order, with offsets in the sentence."""
    at, lower = sentence.start, sentence.lower
    found = []
    for hit in cues().in_sentence(view, sentence):
        start, end, (kind, bone) = hit.start - at, hit.end - at, hit.value
        fact = kind not in ("strong", "weak") or _is_fact(lower, start, end)
        found.append(Cue(start, end, kind, fact, bone))
    for phrase in BOOK.leftmost(view, sentence):
        start, end, said = phrase.start - at, phrase.end - at, phrase.read()
        if said == "fracture" or not _STATURE.within(lower, start, min(len(lower), end + _STATURE_REACH)):
            lost, bone = said == "height loss", "break" if said == "fracture" else ""
            found.append(Cue(start, end, "strong", _is_fact(lower, start, end), bone, lost))
    found.sort(key=lambda c: (c.start, c.end))
    return found


def _is_fact(lower: str, start: int, end: int) -> bool:
    return not (
        _NON.within(lower, start - 4, start)
        or _NOT_A_FACT.within(lower, start - 90, start)
        or _NOT_THE_EVENT.behind(lower, end)
        or ONLY_THOUGHT.behind(lower, end)
    )


def tells_fracture(found: list[Cue]) -> bool:
    """Whether a sentence states a fracture at all."""
    return any(cue.tells for cue in found)
