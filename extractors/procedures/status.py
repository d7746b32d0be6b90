"""Whether a procedure was done, planned or denied; None: no statement on the patient's procedures.

The decisions stand in order: the first that holds says the status.
"""

from __future__ import annotations

from extractors.base import Context
from extractors.language.context import clause_bounds, context_of
from extractors.procedures.vocabulary import SLOTS
from extractors.rules.rule import Glue
from extractors.text import Sentence, View

_DENIED, _PLANNED, _DONE = "denied", "planned", "done"

_REFUSED_BEFORE = Glue(r"\b{refused}\b(?! by)(?: (?!and|but|then|underwent|had\b)[\w'-]+){0,6} $", SLOTS)
#: "Declined surgery and a brace": the second is declined, too, where nothing is said of it.
_REFUSED_WITH = Glue(
    r"\b{refused}\b(?! by)(?: (?!and|but|then|underwent|had\b)[\w'-]+){0,5},? (?:and|or|as well as|nor) "
    r"(?:(?:an?|the|any|both|her|his|further) )?"
    r"(?:(?!wore|used|had|was|got|took|underwent|received|started|began|chose|preferred|accepted|opted)"
    r"[a-z-]+ )?$",
    SLOTS,
)
_SENTENCE_GOES_ON = Glue(r" ?(?:[.,;)]|$|(?:but|because|as|for|despite|at|in|due|until|so)\b)")
_REFUSED_AFTER = Glue(
    r"[^;.]{0,70}?\b(?:but|was|were|which|who|she|he|patient|pt|and|family|parents|husband|been) "
    r"(?:\w+ly |also |both )?{refused}\b"
    r"(?! (?:any|analges|further|smok|alcohol|trauma|pain|to (?:breast|be admitted)))",
    SLOTS,
)
#: It was done, and what is refused behind it is something else: "a brace was fitted and surgery was offered".
_DONE_FIRST = Glue(
    r"[^,;.]{0,40}? (?:was|were|had been) (?:\w+ly )?(?:fitted|worn|applied|performed|done|carried out|given|"
    r"provided|prescribed|used|started|undertaken|completed)\b[^;.,]{0,40}?,? (?:and|while|whereas) "
    r"(?!(?:she|he|it|the patient|then|this|was|were|\w*refus|declin)\w*\b)[\w -]{3,60} (?:was|were) "
)
_NOT_DONE = Glue(
    r"[^;.]{0,70}?\b(?:not|never|neither|nor) (?:[\w-]+ ){0,2}?{done}\b"
    r"|[^;.]{0,40}? (?:deemed|judged|felt|thought|considered) (?:to be )?(?:un\w+|inappropriate|"
    r"contraindicated|risky|too [\w-]+|not [\w-]+)\b"
    r"|[^;.]{0,40}? (?:was|were|be|is) (?:therefore |thus |also |both |\w+ly )?(?:{set aside})\b"
    r"|[^;.]{0,60}?\bbut (?:was |were |then |later |eventually |finally )?(?:{set aside})\b",
    SLOTS,
)
#: What ends after a time had begun: "bed rest was omitted after two weeks".
_ENDED = Glue(
    r"[^;.]{0,70}? (?:was|were) (?:\w+ly )?(?:omitted|abandoned|cancell?ed|given up) "
    r"(?:by (?:\w+ ){1,3}?)?after (?:\w+ )?(?:\d+|{count}) (?:days?|weeks?|months?)\b",
    SLOTS,
)
#: Who reads on is told that it was done after all.
_THEN_DONE = Glue(
    r"[^;]{0,120}?\b(?:and|then|finally|later|eventually|subsequently|which) (?:\w+ ){0,3}?"
    r"(?:performed|done|carried out|undertaken|underwent|successful)\b",
    SLOTS,
)
_COULD = Glue(r"\b(?:should|may|might|could|would|can|must|to be|would have)(?: [\w-]+){0,5} $")
_COULD_AFTER = Glue(
    r"(?: [\w-]+){0,6}? (?:should|may|might|could|would|can|must|has been|have been|is|are|remains?)"
    r"(?! (?:\w+ )?(?:performed|done|planned|scheduled|due|pending|awaited|recommended|advised|started|"
    r"ongoing|given))\b"
)
_CONSIDERED_BEFORE = Glue(r"\b{considered}\b(?: [\w'-]+){0,5} $", SLOTS)
_CONSIDERED_AFTER = Glue(
    r"[^;.]{0,40}? (?:was|were|had been|been) (?:also |then |initially |\w+ly |therefore )?{considered}\b",
    SLOTS,
)
_PROSPECT = Glue(
    r"\b{prospect} (?:of |for |to |in )?(?:(?!and\b|she\b|but\b|where\b|who\b)[\w'-]+ ){0,2}$", SLOTS
)
_PROSPECT_AFTER = Glue(
    r" (?:department|clinic|center|centre|unit|ward|team|specialist|consultant|surgeon|hospital|group|"
    r"cases|indications?|versus|vs|techniques?|guidelines?)\b"
)
_PLANNED_BEFORE = Glue(
    r"\b{planned}\b(?! (?:due|because|by))(?: (?!and then|which|she|underwent|after|following|until)"
    r"[\w',/-]+){0,9} $",
    SLOTS,
)
_PLANNED_AFTER = Glue(
    r"[^;.]{0,50}? (?:was|were|is|are|has been|had been|have been) (?:also |then |therefore |\w+ly )?"
    r"{planned}\b(?! (?:due|because|to (?:exclude|rule)))",
    SLOTS,
)
_INSTRUCTED = Glue(r"\b(?:instructed|taught|fitted|equipped|provided|supplied)\b[^;,]{0,60}$")
_ACTED = Glue(r"\b{action}\b(?:,? [\w'()/,-]+){0,7},? \(?$", SLOTS)
_ACTED_AFTER = Glue(
    r"(?: (?:for|of|on|at|with|in|to|and|from|by|via|through|under|between)\b[^;.]{0,60}?)? "
    r"(?:was|were|had been|has been|could be) "
    r"(?:\w+ly |then |also |therefore |subsequently )*"
    r"(?:performed|done|carried out|practi[cs]ed|undertaken|conducted|executed|started|initiated|begun|"
    r"commenced|"
    r"given|applied|used|prescribed|provided|required|needed|necessary|continued|completed|successful|"
    r"uneventful|instituted|introduced|added|arranged|obtained|sent|negative|normal|unremarkable)"
    r"|(?: (?:for|of|on|at|in)\b[^;.]{0,60}?)?,? (?:revealed|showed|did not|identified|detected|disclosed|"
    r"confirmed|demonstrated|found|led to|resulted in|excluded|failed|relieved|improved|helped)\b"
)
_EFFECT = Glue(r"\b{effect}\b", SLOTS)
_NO_NEED = Glue(r"(?:no|not|without|never|denied|denies|nor|neither|none|avoid\w*|lack of|nil)\b")
#: "No surgery was performed", "she had never had surgery": of earlier life, or of no need at all.
_LOOSE_NEED = Glue(
    r"\b(?:performed|done|required|needed|necessary|indicated|undertaken|carried out|without|declined|"
    r"refused)\b"
)


def status_of(view: View, sentence: Sentence, start: int, end: int, kind: str) -> str | None:
    """The status of a procedure named at [start, end) of the text; `kind` is that of its name."""
    left, _ = clause_bounds(sentence, start, end)
    base = sentence.start
    told = _Told(sentence.lower, start - base, end - base, left - base)
    if (told.after(_DONE_FIRST) or told.after(_ENDED)) and not told.before(_REFUSED_BEFORE):
        return _DONE
    refused = told.after(_REFUSED_AFTER) and not told.after(_THEN_DONE)
    listed = told.before(_REFUSED_WITH) and told.after(_SENTENCE_GOES_ON)
    if refused or listed or told.before(_REFUSED_BEFORE):
        return _DENIED
    if told.after(_NOT_DONE) and not told.after(_THEN_DONE):
        return _DENIED
    if _is_denied(told, context_of(view, sentence, start, end), base):
        return _DENIED if kind == "act" or _LOOSE_NEED.within(told.lower, told.left) else None
    return _positive(told, kind)


def _is_denied(told: _Told, context: Context, base: int) -> bool:
    """Whether a negation before the name denies it: no effect or result of it stands between."""
    if not context.negated:
        return False
    return any(
        begin - base < told.start
        and _NO_NEED.behind(told.lower, begin - base) is not None
        and _EFFECT.within(told.lower, begin - base, told.start) is None
        for begin, _ in context.cues
    )


def _positive(told: _Told, kind: str) -> str | None:
    """The status of what nobody denies."""
    acted = told.after(_ACTED_AFTER)
    if told.before(_COULD) or (told.after(_COULD_AFTER) and not acted):
        return None
    if told.before(_PROSPECT) or told.after(_PROSPECT_AFTER):
        return None
    done_after_all = acted or told.after(_THEN_DONE)
    if (told.before(_CONSIDERED_BEFORE) or told.after(_CONSIDERED_AFTER)) and not done_after_all:
        return None
    if told.after(_PLANNED_AFTER) and not told.after(_THEN_DONE):
        return _PLANNED
    if told.before(_PLANNED_BEFORE) and not told.before(_INSTRUCTED) and not done_after_all:
        return _PLANNED
    return _DONE if kind != "loose" or acted or told.before(_ACTED) else None


class _Told:
    """The words around a name: from its clause's begin at `left` to the sentence's end."""

    def __init__(self, lower: str, start: int, end: int, left: int) -> None:
        self.lower, self.start, self.end, self.left = lower, start, end, left

    def before(self, glue: Glue) -> bool:
        """Whether a phrase ends right before the name."""
        return glue.within(self.lower, self.left, self.start) is not None

    def after(self, glue: Glue) -> bool:
        """Whether a phrase begins right behind the name."""
        return glue.behind(self.lower, self.end) is not None
