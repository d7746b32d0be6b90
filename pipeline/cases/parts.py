"""Sentences that tell of several patients one by one: which part is about whom."""

from __future__ import annotations

import itertools
import re

from extractors.text import Sentence
from pipeline.cases import markers
from pipeline.cases.everybody import EVERYBODY, SOME
from pipeline.cases.ordinals import former_and_latter

#: The place of a name in a sentence and the patients (indices) that it names.
Place = tuple[int, int, tuple[int, ...]]
_OPENS = re.compile(
    r"\b(?:and|while|whereas|but|in|of|for|the|our|however|finally|then|only|both)\b", re.IGNORECASE
)
#: Those whom the names before have left over.
_REST = re.compile(
    r"\bthe\s(?:others\b|(?:other|remaining)\s(?:(?:one|two|three|four|five|six)\b(?:\s(?:patients?|cases?|women))?"
    r"(?!\s(?:weeks?|months?|days?|years?))|(?:patients?|cases?|women|woman|ones?)\b))",
    re.IGNORECASE,
)


def parts_of(sentence: Sentence, index: dict[int, int]) -> list[tuple[int, tuple[int, ...]]]:
    """Parts of a sentence that names patients separately: (offset, owners) of each.

    "-3.1 in case 2 and -2.6 in case 3": a name closes its part; "in case 1 it was -2.5", "patients 1
    and 2 took A, patient 3 took B": it opens it. Empty where fewer than two are named. `index` maps a
    patient's number in the series to its place among the cases.
    """
    opening = markers.opening_label(sentence.text)
    if opening and opening.closed:
        further = [(at, index.get(label.number)) for at, label in markers.labels_behind(sentence.text)]
        if opening.number not in index or not further or any(owner is None for _, owner in further):
            return []
        owned = [(0, index[opening.number]), *((at, owner) for at, owner in further if owner is not None)]
        return [(sentence.start + at, (owner,)) for at, owner in owned]
    named = _places(markers.told_of(sentence.text), index)
    if aged := _aged(sentence, index, len(named)):
        return aged
    if aside := _in_brackets(sentence, named):
        everybody = tuple(sorted(index.values()))
        cuts = [(0, everybody)]
        for begin, end, owners in aside:
            cuts += [(begin, owners), (end, everybody)]
        return [(sentence.start + offset, owners) for offset, owners in cuts]
    if len({owners for _, _, owners in named}) < 2:
        return []
    out: list[tuple[int, tuple[int, ...]]] = []
    for begin, end in _segments(sentence.text):
        inside = [n for n in named if begin <= n[0] < end]
        if not inside:
            out.append((begin, ()))
            continue
        leads = not _OPENS.sub("", sentence.text[begin : inside[0][0]]).strip(" ,(")
        at = begin
        for i, (_, stop, owners) in enumerate(inside):
            out.append((at, owners))
            at = inside[i + 1][0] if leads and i + 1 < len(inside) else stop
    return [(sentence.start + offset, owners) for offset, owners in out]


_BRACKET = re.compile(r"\([^()]*\)")


def _aged(sentence: Sentence, index: dict[int, int], named: int) -> list[tuple[int, tuple[int, ...]]]:
    """Parts of a sentence that tells its patients apart by their ages, and names them no further.

    Around "two women (patient 1: 26 years; patient 2: 29 years) had pain" all are meant.
    """
    aged = markers.aged_labels(sentence.text)
    if len(aged) < named or any(label.number not in index for _, label in aged):
        return []
    owned: list[tuple[int, tuple[int, ...]]] = [(at, (index[label.number],)) for at, label in aged]
    for bracket in _BRACKET.finditer(sentence.text):
        if owned and bracket.start() < owned[0][0] and owned[-1][0] < bracket.end():
            everybody = tuple(sorted(index.values()))
            owned = [(0, everybody), *owned, (bracket.end(), everybody)]
            break
    return [(sentence.start + (at if i else 0), owners) for i, (at, owners) in enumerate(owned)]


def _in_brackets(sentence: Sentence, named: list[Place]) -> list[Place]:
    """The brackets of "Each woman received 5 mg (Patient B: 4 mg)", with whom each is about."""
    lower = sentence.lower
    if not named or not EVERYBODY.says(lower[: named[0][0]]) or SOME.says(lower):
        return []
    brackets = list(_BRACKET.finditer(sentence.text))
    out: list[Place] = []
    for begin, end, owners in named:
        bracket = next((b for b in brackets if b.start() < begin and end < b.end()), None)
        if bracket is None or (out and out[-1][0] == bracket.start()):
            return []
        out.append((bracket.start(), bracket.end(), owners))
    return out


def _places(text: str, index: dict[int, int]) -> list[Place]:
    """Where patients are named, each place with one patient or with a list of them ("cases 1 and 3")."""
    found: list[Place] = [
        (n.start, n.end, (index[n.number],)) for n in markers.single_names(text) if n.number in index
    ]
    pair = former_and_latter(text.lower(), len(index))
    found += [(a, b, (index[n],)) for a, b, n in pair if n in index]
    for match in markers.INSIDE.finditer(text):
        numbers = markers.inside_numbers(match.group())
        if len(numbers) > 1 and all(n in index for n in numbers):
            found.append((match.start(), match.end(), tuple(sorted(index[n] for n in numbers))))
    rest = _REST.search(text) if found else None
    if rest:
        told = {i for start, _, owners in found for i in owners if start < rest.start()}
        left = tuple(i for i in sorted(index.values()) if i not in told)
        if told and left and all(rest.end() <= a or b <= rest.start() for a, b, _ in found):
            found.append((rest.start(), rest.end(), left))
    return sorted(found)


def _segments(text: str) -> list[tuple[int, int]]:
    """A sentence cut at its semicolons."""
    cuts = [0, *(m.end() for m in re.finditer(r";\s", text)), len(text)]
    return list(itertools.pairwise(cuts))
