"""Which dose, frequency, route and duration belongs to which drug of a sentence.

A drug and its dose make an anchor ("1200 mg of calcium", "vitamin D (800 IU)"). Offsets are those of
the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.drugs.anchors import Anchor, around, before, behind
from extractors.drugs.cues import JOIN
from extractors.drugs.doses import Dose, find_doses
from extractors.drugs.durations import find_durations
from extractors.drugs.frequency import Frequency, find_frequencies
from extractors.drugs.frequency_forms import times_per
from extractors.drugs.gaps import cost_of
from extractors.drugs.placing import Item, place, share
from extractors.drugs.routes import Route, find_routes
from extractors.drugs.switches import add_switches
from extractors.drugs.vocabulary import cue_words
from extractors.rules.rule import Glue
from extractors.text import Sentence, View

#: A dose behind a name is a little farther than one before it ("5 mg of A, B").
_BEHIND = 0.5
_AFTER_SEMICOLON = 1.5
_DOSE_JOIN = re.compile(r"\s*(?:/|\+|,|and|or|,\s*and)\s*")
_STEP = Glue(r"\b{step}\b", {"step": cue_words("step")})
#: "250,000 units stat and 100,000 units per hour"
_AT_ONCE = re.compile(
    r"\s(?:stat|(?:as (?:an? )?)?(?:bolus|loading dose))(?:,? (?:and|then|followed by)(?: then)?|,)\s$"
)
_THEN = re.compile(r"\b(?:then|thereafter|followed by)\s$")
#: Between a name and the dose beside it.
_TOUCH = frozenset(("", "of"))
_NO_STEP = re.compile(r"[;]|\b(?:calcium|she|he|level|weight)\b")
_LATER_BEHIND = re.compile(r"(?:\s\w+)?\s(?:thereafter|afterwards|later on|subsequently)\b")
#: "5 IU as a bolus, and | 10 IU | in 500 ml of saline": the drug's other dose.
_AND, _INFUSED = re.compile(r"\band\s$"), re.compile(
    r"\s(?:in|as|by|via)\s(?:an?\s|(?:slow|continuous|intravenous|iv)\s|\d[\d.,]*\s?(?:ml|cc|l)\s){0,3}"
    r"(?:of\s)?(?:infusion|drip|bolus|solution|saline|normal|ringer|dextrose|glucose)"
)
_STEP_WITHIN, _THEN_WITHIN = 80, 130
_STRENGTH = re.compile(r"(?<![\w.,])\d{1,2}(?:[.,]\d{1,2})? ?%")
#: Between a dose and a name behind it these show that the dose is another drug's ("1 g replaced ...").
_AHEAD_STOP = Glue(r"[,()]|\b{stop}\b", {"stop": cue_words("ahead stop")})
#: "1 mg in the morning and 0.5 mg in the evening".
_TIME_OF_DAY = re.compile(
    r"\s(?:(?:in the|every|each) morning|at (?:breakfast|noon|midday|lunch)|mane|am|a\.m\.)(?:,? and|,)\s$"
)


def attach(view: View, sentence: Sentence, names: Sequence[tuple[int, int]]) -> list[Anchor]:
    """One anchor for each name at [start, end) of the sentence, in order."""
    lower = sentence.lower
    anchors = [Anchor(start, end, start, end) for start, end in names]
    doses, items = _found(view, sentence, names)
    doses, twins = _without_twins(lower, _within_names(lower, anchors, doses))
    bare = _bare(lower, [*items, *twins])
    rest = _list_doses(lower, bare, anchors, doses)
    rest = _near_doses(lower, bare, anchors, rest)
    _step_doses(lower, anchors, rest)
    place(lower, anchors, items)
    add_switches(lower, anchors, items)
    share(lower, anchors)
    return anchors


def _found(view: View, sentence: Sentence, names: Sequence[tuple[int, int]]) -> tuple[list[Dose], list[Item]]:
    """The doses, and the other parts of regimens in order; "nasal calcitonin" tells a route by its name."""
    starts = [start for start, _ in names]

    def outside(item: Dose | Item) -> bool:
        i = bisect_right(starts, item.end - 1) - 1
        return i < 0 or names[i][1] <= item.start

    told: list[Item] = [*find_frequencies(view, sentence), *find_durations(view, sentence)]
    items: list[Item] = [*filter(outside, told), *find_routes(view, sentence)]
    doses = [
        d for d in find_doses(view, sentence) if outside(d) or sentence.lower[d.start - 1 : d.start] == "("
    ]
    return doses, sorted(items, key=_begin)


def _within_names(lower: str, anchors: list[Anchor], doses: list[Dose]) -> list[Dose]:
    """Give a dose in a name of two parts to it ("an opioid (5 mg of morphine)"); the other doses."""
    rest: list[Dose] = []
    for dose in doses:
        i = bisect_right(anchors, dose.start, key=_name_start) - 1
        if i >= 0 and dose.end <= anchors[i].name_end:
            anchors[i].dose = anchors[i].dose or dose
        else:
            rest.append(dose)
    return rest


def _without_twins(lower: str, doses: list[Dose]) -> tuple[list[Dose], list[Dose]]:
    """The doses, and those that tell one of them again in another unit: "555 MBq (15 mCi) of radioiodine"."""
    kept: list[Dose] = []
    twins: list[Dose] = []
    for dose in doses:
        last = kept[-1] if kept else None
        again = last is not None and dose.unit != last.unit and lower[last.end : dose.start].strip() in "(["
        if again and last and dose.start > last.end + 1 and lower[dose.end : dose.end + 1] in (")", "]"):
            twins.append(dose)
        else:
            kept.append(dose)
    return kept, twins


def _bare(lower: str, items: Sequence[Item | Dose]) -> str:
    """The sentence with blanks for what may stand between a name and its dose whatever its words: the
    other parts of the regimen, the strength of a solution ("glucose 5%")."""
    spans = [(item.start, item.end) for item in items]
    spans += [match.span() for match in _STRENGTH.finditer(lower)] if "%" in lower else []
    for start, end in spans:
        inside = lower[start - 1 : start] == "(" and lower.startswith(")", end)  # "7.5 g (in two doses) of"
        first, last = start - inside, end + inside
        lower = f"{lower[:first]}{' ' * (last - first)}{lower[last:]}"
    return lower


def _begin(item: Item) -> tuple[int, bool, bool]:
    return item.start, not isinstance(item, Frequency), not isinstance(item, Route)


# ------------------------------------------------------------------ lists of doses
def _list_doses(lower: str, bare: str, anchors: list[Anchor], doses: list[Dose]) -> list[Dose]:
    """Lists of names and of doses that stand side by side: "calcium/vitamin D (1000 mg/800 IU)"."""
    given: set[int] = set()
    for group in _dose_groups(lower, doses):
        run = _run_beside(lower, bare, anchors, group)
        if not run:
            continue
        whole = min(run[0].start, group[0].start), max(run[-1].end, group[-1].end)
        for anchor, dose in zip(run, group, strict=True):
            anchor.dose, anchor.quote = dose, whole
            given.add(dose.start)
        nearest = run[-1] if run[-1].name_end <= group[0].start else run[0]
        nearest.widen(group[0].start, group[-1].end)
    return [dose for dose in doses if dose.start not in given]


def _dose_groups(lower: str, doses: list[Dose]) -> list[list[Dose]]:
    groups: list[list[Dose]] = []
    for dose in doses:
        if groups and _DOSE_JOIN.fullmatch(lower, groups[-1][-1].end, dose.start):
            groups[-1].append(dose)
        else:
            groups.append([dose])
    return [g for g in groups if len(g) > 1]


def _run_beside(lower: str, bare: str, anchors: list[Anchor], group: list[Dose]) -> list[Anchor]:
    """The list of as many names right before a list of doses, else right behind it; empty for none."""
    n, start, end = len(group), group[0].start, group[-1].end
    last, first = before(anchors, start), behind(anchors, end)
    if last >= 0 and first < len(anchors):
        touches = bare[anchors[last].name_end : start], bare[end : anchors[first].name_start]
        if all(gap.strip() in _TOUCH for gap in touches):
            return []  # "A 5 mg, 10 mg B": each dose has its own name
    ahead = anchors[max(0, last + 1 - n) : last + 1]
    if len(ahead) == n and _is_list(lower, ahead) and cost_of(lower[ahead[-1].name_end : start]) is not None:
        return ahead
    after = anchors[first : first + n]
    if len(after) == n and _is_list(lower, after) and cost_of(lower[end : after[0].name_start]) is not None:
        return after
    return []


def _is_list(lower: str, run: list[Anchor]) -> bool:
    joints = pairwise(run)
    return not any(a.dose for a in run) and all(JOIN.fits(lower, a.name_end, b.name_start) for a, b in joints)


# ------------------------------------------------------------------ the dose of a name
def _near_doses(lower: str, bare: str, anchors: list[Anchor], doses: list[Dose]) -> list[Dose]:
    """Give each dose to the name it stands nearest to, nearest pairs first."""
    pairs = sorted(pair for d, dose in enumerate(doses) for pair in _pairs(lower, bare, anchors, d, dose))
    taken: set[int] = set()
    for _, d, a in pairs:
        if d in taken or anchors[a].dose:
            continue
        taken.add(d)
        anchors[a].dose = doses[d]
        anchors[a].widen(doses[d].start, doses[d].end)
        anchors[a].frequency = _multiple(doses[d])
    return [dose for d, dose in enumerate(doses) if d not in taken]


def _pairs(lower: str, bare: str, anchors: list[Anchor], d: int, dose: Dose) -> list[tuple[float, int, int]]:
    """The names before and behind a dose: how far it is to each, and the numbers of dose and name."""
    found: list[tuple[float, int, int]] = []
    ahead = bisect_right(anchors, dose.start, key=_name_end) - 1
    after = ahead + 1
    if ahead >= 0 and anchors[ahead].dose is None:
        cost = cost_of(bare[anchors[ahead].name_end : dose.start])
        if cost is None and _is_inside(bare, anchors[ahead].name_end, dose.start):
            cost = _AFTER_SEMICOLON
        if cost is not None:
            found.append((cost + _BEHIND, d, ahead))
    if after < len(anchors) and anchors[after].name_start >= dose.end and anchors[after].dose is None:
        start = anchors[after].name_start
        stopped = _AHEAD_STOP.within(bare, dose.end, start)
        cost = None if stopped else cost_of(bare[dose.end : start].replace(" of ", "  "))
        if cost is not None:
            found.append((cost, d, after))
    return found


def _is_inside(lower: str, end: int, start: int) -> bool:
    """Whether only a semicolon in a bracket stands between a name and its dose: "(menatetrenone; 45 mg)"."""
    return lower[end:start].strip() == ";" and lower.rfind("(", 0, start) > lower.rfind(")", 0, start)


def _name_start(anchor: Anchor) -> int:
    return anchor.name_start


def _name_end(anchor: Anchor) -> int:
    return anchor.name_end


def _multiple(dose: Dose) -> Frequency | None:
    """How often a day "3 x 500 mg" is taken."""
    return Frequency(dose.start, dose.end, times_per(dose.times, "day")) if dose.times else None


# ------------------------------------------------------------------ later doses
def _step_doses(lower: str, anchors: list[Anchor], doses: list[Dose]) -> None:
    """Later doses of the drug before: "..., followed by 2000 IU daily", "increased to 20 mg"."""
    for dose in doses:
        i = before(anchors, dose.start)
        if i < 0 or around(anchors, dose.start) is not None:
            continue
        anchor = anchors[i]
        last = anchor.steps[-1] if anchor.steps else anchor
        if not (_is_step(lower[last.end : dose.start]) or _is_later(lower, last.end, dose)):
            continue
        if anchor.dose is None:
            anchor.dose, anchor.end = dose, dose.end
        else:
            anchor.steps.append(Anchor(dose.start, dose.end, anchor.name_start, anchor.name_end, dose))


def _is_later(lower: str, since: int, dose: Dose) -> bool:
    """Whether the words behind a dose make it a later one: "..., and 20 mg thereafter"."""
    gap = lower[since : dose.start]
    told = _LATER_BEHIND.match(lower, dose.end) or (_AND.search(gap) and _INFUSED.match(lower, dose.end))
    return bool(told) and len(gap) < _STEP_WITHIN and not _NO_STEP.search(gap)


def _is_step(gap: str) -> bool:
    """Whether the words between two doses tell of one drug's later dose."""
    if len(gap) >= _THEN_WITHIN or (len(gap) >= _STEP_WITHIN and not _THEN.search(gap)):
        return False
    told = _TIME_OF_DAY.search(gap) or _AT_ONCE.search(gap) or _STEP.within(gap, 0, len(gap))
    return bool(told) and not _NO_STEP.search(gap)
