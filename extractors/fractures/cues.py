"""The words of a sentence that govern its levels and bones: fracture terms and other findings.

Fracture terms follow the semiquantitative reading of vertebral fractures (Genant et al., J Bone
Miner Res 1993;8:1137: wedge, biconcave and crush deformity, height loss) and the vocabulary of
radiology reports.
"""

from __future__ import annotations

from extractors.fractures.vocabulary import SLOTS, cues, named_fractures
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View
from extractors.values import fixed


@fixed(frozen=True, slots=True)
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
    "sign of a side": r"(?:(?:left|right|lt|rt|[lr])\.? )?",
    "noted bone": (
        r"(?:\d\w{1,2} )?(?:ribs?|sacr|pelvi|hip|wrist|nof|neck|femur|femoral|radius|vertebra|distal|"
        r"proximal|clavic|humer|tibi|fibul|ankle|metatars|metacarp|scaphoid|patell|ulna|foot|toe|finger|pubic|"
        r"olecranon|calcan)"
    ),
    "dislocation": r"(?:sub|dis)?-?(?:dis)?(?:location|luxation)s?",
    "in a row": r"(?:\w+ ){0,2}?",
    "pressed": r"compress(?:ion|ed|ing|es)|flatten(?:ed|ing)|deform(?:ation|ed|ing)|indent(?:ed|ing|ation)",
}


def _height_loss(_: object) -> str:
    return "height loss"


def _depression(_: object) -> str:
    return "depression"


def _sign(_: object) -> str:
    return "fracture"


def _nerve(_: object) -> str:
    return "nerve"


#: Fracture terms of more than one form; words are in cues.csv. What a rule reads is the kind it tells,
#: "nerve" for what presses soft parts and breaks no bone.
BOOK = Book(
    "fractures.cues",
    (
        Rule(
            "compression of soft parts",
            r"\b{soft part} (?:\w+ )?{pressed}\b"
            r"|\b{pressed} (?:of |on |upon )?(?:(?:the|her|his|its|both) )?{in a row}{soft part}\b",
            _nerve,
            says={
                "No dural compression was seen.": "nerve",
                "compression of the left main bronchus": "nerve",
                "It compressed the spinal cord.": "nerve",
            },
            silent=("compression of T12", "The sac was full; compression of L1"),
        ),
        Rule(
            "no compression of a bone",
            r"\b(?:compression|compressive|crush|burst|wedge) {no fracture of it}\b",
            _nerve,
            says={"compression stockings": "nerve", "a crush injury": "nerve", "wedge resection": "nerve"},
            silent=("compression fracture", "a crush fracture"),
        ),
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
            "fracture with dislocation",
            r"\b(?:re-?)?fractures?(?:[ /-]|-? (?:and|with) (?:an? )?(?:\w+ ){0,2}?){dislocation}\b"
            r"|\b{dislocation}[ -]fractures?\b",
            _sign,
            says={"a fracture-dislocation of the hip": "fracture", "dislocation fracture of L1": "fracture"},
            silent=("a dislocation of the hip", "a fracture; dislocation"),
        ),
        Rule(
            "fracture by its initials",
            r"(?<![\w/-])(?:S?IF|ISF|BSI)s?\b(?![\w/-]| ?\d)",
            _sign,
            says={"a left pubic ramus IF": "fracture", "SIF of the femoral head": "fracture"},
            silent=("if", "anti-IF", "IF-1"),
            printed=True,
        ),
        Rule(
            "number sign before a bone",
            r"#s?(?=[\s:]{0,2}(?:of |at )?(?:the )?(?:{sign of a side}{noted bone}|[tdl]h? ?\d))",
            _sign,
            says={"# T12, L1": "fracture", "multiple #s: T6": "fracture", "#L NOF": "fracture"},
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
    {name: SLOTS[name] for name in ("soft part", "no fracture of it")} | _SLOTS,
)
#: Words of the patient's stature, whose loss is no vertebra's.
_STATURE = Glue(r"\b(?:body|standing|her|his|patient's|total) (?:height|stature)\b|\d ?cm\b")
_STATURE_REACH = 16
#: A fracture that is only feared, prevented, counted or sought.
_NOT_A_FACT = Glue(r"\b(?:{feared}|{prevented}|{sought}|{denied})(?: {epithet}){0,6} $", SLOTS)
_SUSPECTED = Glue(r"suspect|suspicio")
_CONFIRMED = Glue(
    r"[^.;]{0,70}?\b(?:was|were|is|has been|have been|being) "
    r"(?:(?:then|later|subsequently|finally|soon|indeed) )?{confirmed}\b",
    SLOTS,
)
_CONFIRMED_BEFORE = Glue(r"\b{confirmed} (?:(?:the|this|our|her|his|a) )?(?:clinical(?:ly)? )?$", SLOTS)
_NON = Glue(r"\bnon[ -]$")
#: After "fracture": something else than the event.
_NOT_THE_EVENT = Glue(r" {no event}\b", SLOTS)
#: A probability: "hip fracture 3%".
_RISK = Glue(r":? ?(?:(?:was|of|at|is) )?\d+(?:[.,]\d+)? ?%(?! (?:height|loss|of|collapse|compress|wedg))")
#: After it too: a fracture that was thought of.
ONLY_THOUGHT = Glue(
    r" (?:(?:was|were) )?(?:(?:initially|first|at first|clinically) )?{only thought}\b"
    r"|,? (?:(?:which|that|but) )?(?:could not be|cannot be|was never|were never|was not|were not) "
    r"(?:\w+ )?{confirmed}\b",
    SLOTS,
)


def cues_in(view: View, sentence: Sentence) -> list[Cue]:
    """The cues of a sentence in order, with offsets in the sentence."""
    at, lower = sentence.start, sentence.lower
    found: list[Cue] = []
    whole: list[tuple[int, int]] = []
    for phrase in BOOK.leftmost(view, sentence):
        start, end, said = phrase.start - at, phrase.end - at, phrase.read()
        if said == "nerve":
            whole.append((start, end))
            found.append(Cue(start, end, said))
        elif said == "fracture":
            whole.append((start, end))
            found.append(Cue(start, end, "strong", _is_fact(lower, start, end), "break"))
        elif not _STATURE.within(lower, start, min(len(lower), end + _STATURE_REACH)):
            found.append(Cue(start, end, "strong", _is_fact(lower, start, end), "", said == "height loss"))
    for named in named_fractures().in_sentence(view, sentence):
        if named.value.initials:
            start, end = named.start - at, named.end - at
            found.append(Cue(start, end, "strong", _is_fact(lower, start, end), "break"))
    for hit in cues().in_sentence(view, sentence):
        start, end, (kind, bone) = hit.start - at, hit.end - at, hit.value
        if not any(a <= start and end <= b for a, b in whole):
            fact = kind not in ("strong", "weak") or _is_fact(lower, start, end)
            found.append(Cue(start, end, kind, fact, bone))
    found.sort(key=lambda c: (c.start, c.end))
    return found


def _is_fact(lower: str, start: int, end: int) -> bool:
    return not (
        _NON.within(lower, start - 4, start)
        or only_feared(lower, start, end)
        or _NOT_THE_EVENT.behind(lower, end)
        or (lower.startswith("fractur", start) and _RISK.behind(lower, end))
        or ONLY_THOUGHT.behind(lower, end)
    )


def only_feared(lower: str, start: int, end: int) -> bool:
    """Whether what stands at [start, end) is feared, prevented, denied, or suspected and never confirmed."""
    found = _NOT_A_FACT.within(lower, start - 90, start)
    if found is None:
        return False
    suspected = _SUSPECTED.behind(lower, found.start()) is not None
    confirmed = _CONFIRMED_BEFORE.within(lower, found.start() - 40, found.start()) or _CONFIRMED.behind(
        lower, end
    )
    return not (suspected and confirmed)


def tells_fracture(found: list[Cue]) -> bool:
    """Whether a sentence states a fracture at all."""
    return any(cue.tells for cue in found)
