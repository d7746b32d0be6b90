"""Which vertebral levels a procedure was done at: "kyphoplasty of T12 and L1", "L2 vertebroplasty"."""

from __future__ import annotations

from extractors.fractures.levels import LevelRef, levels_in, levels_of
from extractors.rules.rule import Glue
from extractors.text import Sentence, View

#: Procedures that have a level.
LEVELLED = frozenset({"vertebroplasty", "kyphoplasty", "spinal surgery", "bone biopsy"})
#: Between a procedure and its levels.
_LEADS = Glue(
    r"(?: \([a-z]{2,5}\))?(?: (?:was|were|had been|is))?(?: (?:\w+ly|then|also|therefore|subsequently|"
    r"successfully))?"
    r"(?: (?:performed|done|carried out|undertaken|applied|conducted|executed|injected|taken|obtained|"
    r"introduced|instilled|placed|with (?:bone )?cement|of cement|under [\w ]{3,25}?|using [\w ]{3,25}?))?"
    r"(?:,? (?:at|of|in|on|for|from|into|to|involving|including|targeting|between))"
    r"(?: (?:the|all|her|his|both|levels?|vertebra\w*|bod(?:y|ies)|segments?|fractures?|fractured|"
    r"compression|"
    r"collapsed|affected|acute|two|three|four|five|six|\d|[\w-]+ (?:fractures?|levels|vertebrae) (?:at|of|"
    r"in)|of|"
    r"at)){0,6} ?\(?$"
    r"|(?: (?:fusion|fixation))? ?\(? ?$"
)
#: Between levels and the procedure named behind them.
_FOLLOWS = Glue(
    r"(?: (?:vertebral|vertebra|body|vertebrae|bodies|level|levels))* ?"
    r"(?:(?:fractures? )?(?:was|were|had been) (?:\w+ly |then |also )?(?:treated|augmented|managed|"
    r"stabili[sz]ed|"
    r"cemented|fixed) (?:by|with|using|via) (?:an? )?)?"
    r"(?:(?:percutaneous|balloon|transpedicular|posterior|anterior|posterolateral|bilateral|spinal|needle|"
    r"decompressive|instrumented|pedicle screw|bone|interbody|lumbar) ?)*"
)
_REACH = 140


def levels_at(view: View, sentence: Sentence, start: int, end: int) -> str:
    """The levels of a procedure named at [start, end) of the text, "; " between; "" where none is told."""
    refs = levels_in(view, sentence)
    begin, stop = start - sentence.start, end - sentence.start
    inside = [ref for ref in refs if begin <= ref.start < stop]
    chain = _chain(sentence.lower, refs, begin, stop) if not inside else inside[0].chain
    return "; ".join(levels_of([ref for ref in refs if ref.chain == chain])) if chain is not None else ""


def _chain(lower: str, refs: list[LevelRef], start: int, end: int) -> int | None:
    """The list of levels that belongs to a name: the one it leads to, else the one right before it."""
    ahead = next((ref for ref in refs if ref.start >= end), None)
    if ahead is not None and ahead.start - end <= _REACH and _LEADS.fills(lower, end, ahead.start):
        return ahead.chain
    behind = next((ref for ref in reversed(refs) if ref.end <= start), None)
    if behind is not None and _FOLLOWS.fills(lower, behind.end, start):
        return behind.chain
    return None
