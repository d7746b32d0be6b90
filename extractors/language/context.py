"""Context of a statement: negation with its scope, family, history, uncertainty, plan, generality.

After ConText (Harkema et al., J Biomed Inform 2009;42:839), with two changes for case reports.
A negation's scope is found from the clause's finite verbs, so that it covers long lists and
subjects alike ("A, B and C were all asked and none was positive"). And a statement can be
*general*: about guidelines, cohorts and other authors' patients.

Cues are data (context_cues.csv: cue, kind, direction, exact, source); the scopes of a sentence are
worked out when its first statement is asked for.
"""

from __future__ import annotations

from extractors.base import Context
from extractors.language.clauses import breaks
from extractors.language.parts import speaks_of_one, story_of
from extractors.language.scopes import PATIENT_KINDS, Scope, cues_of, scopes_of
from extractors.text import Sentence, View


def context_of(view: View, sentence: Sentence, start: int, end: int) -> Context:
    """How the words [start, end) of a sentence are meant (see `extractors.base.Context`).

    Negation, history, uncertainty and plan hold where a cue's scope reaches the words; cues that
    lie inside the words themselves do not count. `family` and `general` are those of the clause.
    """
    scopes = scopes_of(view, sentence)
    hits = [s for s in scopes if s.start <= start and end <= s.end and not _within(s, start, end)]
    kinds = {s.kind for s in hits}
    return Context(
        negated="negation" in kinds,
        uncertain="uncertain" in kinds,
        historical="history" in kinds,
        family="family" in kinds,
        planned="planned" in kinds,
        general=_says_general(kinds) or (is_general_part(view, sentence) and not _of_patient(view, sentence)),
        cues=tuple(s.cue for s in hits if s.kind not in PATIENT_KINDS),
    )


def _says_general(kinds: set[str]) -> bool:
    """Whether the cues around a statement make it one about others than the report's patients."""
    if "ours" in kinds:
        return False
    return "literature" in kinds or (bool(kinds & {"cohort", "general"}) and "patient" not in kinds)


def _of_patient(view: View, sentence: Sentence) -> bool:
    """Whether a sentence of a general part speaks of the report's patient nevertheless."""
    if story_of(view).series and speaks_of_one(view, sentence):
        return True
    return any(PATIENT_KINDS.intersection(hit.value.kinds) for hit in cues_of(view, sentence))


def patient_is_child(view: View) -> bool:
    """Whether the paper's patient is an infant or child, so that "the mother" is a relative."""
    return story_of(view).child


def is_general_part(view: View, sentence: Sentence) -> bool:
    """Whether a sentence stands in an introduction, discussion or conclusion."""
    return sentence.index in story_of(view).general


def clause_bounds(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Absolute offsets of the clause that holds the words [start, end): up to a strong boundary."""
    lower, base = sentence.lower, sentence.start
    left, right = 0, len(lower)
    for match in breaks(lower):
        if match[1] <= start - base:
            left = match[1]
        elif match[0] >= end - base:
            right = match[0]
            break
    return base + left, base + right


def _within(scope: Scope, start: int, end: int) -> bool:
    return start <= scope.cue[0] and scope.cue[1] <= end
