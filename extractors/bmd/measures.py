"""Which measure a value belongs to: its unit says it, or a name in its bracket, before or behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.bmd import phrases as ph
from extractors.bmd.fact import plausible
from extractors.bmd.marks import Measure
from extractors.bmd.relations import Relations
from extractors.bmd.values import Value


def measure_of(rel: Relations, value: Value, carried: Sequence[str]) -> str:
    """The measure of a value, "" where nothing says it; `carried` are those of the sentence before.

    The first question that has an answer decides; an answer may be that it has none.
    """
    for question in _QUESTIONS:
        answer = question(rel, value, carried)
        if answer is not None:
            return answer
    return ""


def _by_its_words(rel: Relations, value: Value, carried: Sequence[str]) -> str | None:
    """ "0.71 g/cm2", "3 SD below the mean for age"."""
    return value.measure or None


def _by_a_score_in_brackets(rel: Relations, value: Value, carried: Sequence[str]) -> str | None:
    """ "The T-score (Z-score) was -3.2 (-3.1)": a bracketed value and a name alone in brackets before it."""
    own, _, closed = _before(rel, value)
    if own or rel.bracket(value) is None:
        return None
    alone = [m for m in closed if rel.alone_in_bracket(m)]
    return alone[-1].measure if alone and alone[-1].measure != "bmd" else None


def _by_the_name_before(rel: Relations, value: Value, carried: Sequence[str]) -> str | None:
    """The nearest name before it, first in its own bracket, if only densitometry is spoken of between."""
    own, outside, closed = _before(rel, value)
    # "DXA (T-scores): spine -4.0, hip -3.2"
    headed = [m for m in closed if m.measure == "bmd" or (value.signed and _is_a_heading(rel, m))]
    before = [m for m in outside if m.measure != "bmd"] or headed or outside
    nearest = (own or before)[-1:]
    if nearest and nearest[0].measure == "bmd" and (value.signed or value.unit == "SD"):
        nearest = [m for m in before if m.measure != "bmd"][-1:]
    if not nearest or not rel.near(nearest[0], value):
        return None
    name = nearest[0]
    if name.measure == "bmd":
        plain = value.unit == "" and not value.signed and value.decimals >= 2
        return "bmd" if plain and plausible("bmd", value.value) else ""
    directly = ph.DIRECTLY.fills(rel.lower, name.end, value.start)
    return name.measure if _looks_like_a_score(value) or directly else ""


def _is_a_heading(rel: Relations, measure: Measure) -> bool:
    """Whether a name alone in its bracket stands before values and not right behind one."""
    return rel.alone_in_bracket(measure) and not any(0 <= measure.start - v.end < 5 for v in rel.values)


def _by_the_sentence_before(rel: Relations, value: Value, carried: Sequence[str]) -> str | None:
    """ "The lumbar T-score was -3.1. The femoral neck was at -2.1. A year later it was -1.9."."""
    scores = [m for m in carried if m != "bmd"]
    spoken_of = rel.sites or ph.IT_WAS.within(rel.lower, 0, value.start)
    told = len(scores) == 1 and value.signed and value.decimals and spoken_of and not rel.measures
    return scores[0] if told else None


def _by_the_name_behind(rel: Relations, value: Value, carried: Sequence[str]) -> str | None:
    """ "-3.0 SD (T-score)"."""
    behind = next((m for m in rel.measures if m.start >= value.end), None)
    if behind is None or behind.measure == "bmd" or not _looks_like_a_score(value):
        return None
    return behind.measure if ph.MEASURE_BEHIND.fills(rel.lower, value.end, behind.start) else None


_QUESTIONS: tuple[Callable[[Relations, Value, Sequence[str]], str | None], ...] = (
    _by_its_words,
    _by_a_score_in_brackets,
    _by_the_name_before,
    _by_the_sentence_before,
    _by_the_name_behind,
)


def _before(rel: Relations, value: Value) -> tuple[list[Measure], list[Measure], list[Measure]]:
    """The names before a value: in its own bracket, in none that is closed, in brackets closed before it."""
    bracket = rel.bracket(value)
    before = [m for m in rel.measures if m.end <= value.start]
    own = [m for m in before if bracket is not None and m.start > bracket[0]]
    outside: list[Measure] = []
    closed: list[Measure] = []
    for m in before:
        theirs = rel.bracket(m)
        (closed if theirs is not None and theirs[1] <= value.start else outside).append(m)
    return own, outside, closed


def _looks_like_a_score(value: Value) -> bool:
    return value.unit == "SD" or value.signed or value.decimals > 0
