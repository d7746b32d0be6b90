"""Which dose, frequency, route and duration belongs to which drug of a sentence.

A drug and its dose make an anchor ("1200 mg of calcium", "vitamin D (800 IU)"). The words between
two anchors belong to the anchor before, unless they lead over to the next one ("oral", "a single
infusion of"). In a list the last member's frequency counts for the members before it that have a
dose and none of their own. Offsets are those of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.drugs.frequency import Frequency, find_frequencies, times_per
from extractors.drugs.patterns import JOIN
from extractors.drugs.regimen import Dose, Duration, Route, find_doses, find_durations, find_routes

Item = Dose | Frequency | Route | Duration

#: Words that may stand between a drug and its dose.
_FILL = frozenset(
    """
    a about active additional administered administrated ampoule ampoules an and/or applied approximately
    as at average be been begun bolus both by capsule capsules carried chewable commenced containing
    continued continuous continuously corrected cream d3 daily day decreased depot dosage dosages dose
    doses dosing down drops e.g each effervescent elemental elixir equivalent er escalated established
    every extended-release f/b first followed form forte from full further gel given granule granules had
    half has have high human hydrochloride i.e i.m. i.v. ie im implant in increased increasing infused
    infusion infusions inhaler initial initially initiated injected injection injections instilled
    instituted intake intramuscular intramuscularly intravenous intravenously introduced is iv loading
    long-term low maintenance maximum medication modified-release month monthly mouth mr nasal of
    ointment on once one only oral oral-dose orally p.o. patch patches per pills po po. powder
    preparation prescribed provided pulse pulses rate received recombinant reduced regimen reinstituted
    repeated replaced replacement replenished repleted restarted resumed retard s.c. sachet sachets
    salmon salt sc self-administered self-injected single single-dose slow-release sodium soluble
    solution spray sr start started starting stat strength subcutaneous subcutaneously substituted
    supplement supplementation supplemented supplements suppository suspension sustained-release
    synthetic syrup tab tablet tablets tabs taken tapered tapering target temporarily the then therapy
    three times titrated to total treatment twice two up upto used using vial was week weekly weight were
    which with xl xr
    """.split()
)
_WORD = re.compile(r"[a-z][a-z./-]*|[^\s\w]|\w+")
#: A brand or maker in brackets: "(Forsteo; Lilly, Houten)", or before a dose: "(Forsteo, 20 µg)".
_BRACKETED_NAME = re.compile(
    r"\s*(?:[('\"][^()\d]{2,40}[)'\"]|\([a-z][a-z-]{2,20}\s?[®™]?\s?[,;:]|[®™]?\s?[;,][^()\d]{2,60}\))"
)
_SOFT = frozenset(",(:-=®™)[]/'\"")
_DOSE_JOIN = re.compile(r"\s*(?:/|\+|,|and|or|,\s*and)\s*")
_STEP = re.compile(
    r"\b(?:followed|then|thereafter|later|subsequent(?:ly)?|afterwards|increas\w+|reduc\w+|decreas\w+|"
    r"taper\w*|titrat\w+|rais\w+|f/b|maintained|"
    r"lower\w+|to|escalat\w+|after|next|maintenance|again|once more|changed)\b"
)
_THEN = re.compile(r"\b(?:then|thereafter|followed by)\s$")
_NO_STEP = re.compile(r"[;]|\b(?:calcium|she|he|level|weight)\b")
_STOP = re.compile(
    r"[;:]|\b(?:but|while|whereas|although|she|he|they|it|pain|symptoms?|"
    r"which(?!\s(?:was|were|had been|has been|is)\s(?:\w+ly\s)?(?:given|taken|administered|injected|infused|"
    r"used|prescribed))|who|that|because|due|"
    r"delivery|history|persist\w*|last(?:ed|ing)|"
    r"follow-?up|surgery|fracture\w*|serum|level\w*|hours? after|breast-?feeding|breastfe\w+|fever|"
    r"weight|old|age[d]?)\b"
)
_LEAD_STOP = re.compile(
    r"[,;.()]|\b(?:and|or|plus|was|were|but|then|followed|had|to|after|before|during|because|until|since|while)\b"
)
#: Between a dose and a name behind it these show that the dose is another drug's ("1 g replaced ...").
_AHEAD_STOP = re.compile(
    r"[,()]|\b(?:replaced|substituted|was|were|is|been|and|with|to|by|then|followed|had|has|given|started|received|"
    r"which|switched)\b"
)
#: "..., by name": a form and a comma lead to the name ("a daily injection, Forsteo").
_FORM_COMMA = re.compile(
    r"\s(?:oral |subcutaneous )?(?:injections?|tablets?|infusions?|capsules?|pills?|spray|drip),\s$"
)
#: "1 mg in the morning and 0.5 mg in the evening".
_TIME_OF_DAY = re.compile(
    r"\s(?:(?:in the|every|each) morning|at (?:breakfast|noon|midday|lunch)|mane|am|a\.m\.)(?:,? and|,)\s$"
)
#: "X followed by a single infusion of Y", "X by weekly Y": the words lead to the next drug.
_LEADS = re.compile(r"\b(?:followed|by|then|to|from|on|with|using|[a-z]*ing)\b|,")
_RANGE_WORDS = 9


@dataclass(slots=True)
class Anchor:
    """A drug's name at [start, end) of the sentence, with what was found to belong to it."""

    start: int
    end: int
    name_start: int
    name_end: int
    dose: Dose | None = None
    frequency: Frequency | None = None
    route: Route | None = None
    duration: Duration | None = None
    steps: list[Anchor] = field(default_factory=list)  # later doses of the same drug
    shared: bool = False  # its frequency is told behind a later member of the list
    quote: tuple[int, int] | None = None  # the whole list, where doses stand behind it


@dataclass(slots=True)
class _Found:
    doses: list[Dose]
    items: list[Item]


def attach(lower: str, names: Sequence[tuple[int, int]]) -> list[Anchor]:
    """One anchor for each name, in order. `lower` is the sentence in lower case."""
    anchors = [Anchor(start, end, start, end) for start, end in names]
    found = _find(lower, names)
    rest = _list_doses(lower, anchors, found.doses)
    rest = _near_doses(lower, anchors, rest)
    _step_doses(lower, anchors, rest)
    _place(lower, anchors, found.items)
    _share(lower, anchors)
    return anchors


def joined(lower: str, before: Anchor, after: Anchor) -> bool:
    """Whether two anchors are neighbours in one list."""
    end = max([before.end, *(s.end for s in before.steps)])
    return end <= after.start and after.start - end < 60 and bool(JOIN.fullmatch(lower, end, after.start))


def _find(lower: str, names: Sequence[tuple[int, int]]) -> _Found:
    def outside(item: Item) -> bool:
        return all(item.end <= start or item.start >= end for start, end in names)

    has_digit = any(c.isdigit() for c in lower)
    doses = [d for d in find_doses(lower) if outside(d)] if has_digit else []
    items: list[Item] = [*find_frequencies(lower), *find_routes(lower), *find_durations(lower)]
    kept = (i for i in items if isinstance(i, Route) or outside(i))  # "nasal calcitonin" tells a route
    return _Found(doses, sorted(kept, key=lambda i: i.start))


# ------------------------------------------------------------------ doses
def _list_doses(lower: str, anchors: list[Anchor], doses: list[Dose]) -> list[Dose]:
    """Lists of names and of doses that stand side by side: "calcium/vitamin D (1000 mg/800 IU)"."""
    left = list(doses)
    for group in _dose_groups(lower, doses):
        n = len(group)
        for i in range(len(anchors) - n + 1):
            run = anchors[i : i + n]
            if any(a.dose for a in run) or not all(
                JOIN.fullmatch(lower, run[k].name_end, run[k + 1].name_start) for k in range(n - 1)
            ):
                continue
            behind = run[-1].name_end <= group[0].start and _fills(lower[run[-1].name_end : group[0].start])
            ahead = group[-1].end <= run[0].name_start and _fills(lower[group[-1].end : run[0].name_start])
            if not (behind or ahead):
                continue
            for anchor, dose in zip(run, group, strict=True):
                anchor.dose = dose
                anchor.quote = min(run[0].start, group[0].start), max(run[-1].end, group[-1].end)
                left.remove(dose)
            whole = run[-1] if behind else run[0]
            whole.start, whole.end = min(whole.start, group[0].start), max(whole.end, group[-1].end)
            break
    return left


def _dose_groups(lower: str, doses: list[Dose]) -> list[list[Dose]]:
    groups: list[list[Dose]] = []
    for dose in doses:
        if groups and _DOSE_JOIN.fullmatch(lower, groups[-1][-1].end, dose.start):
            groups[-1].append(dose)
        else:
            groups.append([dose])
    return [g for g in groups if len(g) > 1]


def _fills(gap: str) -> bool:
    """Whether a gap holds only words that may stand between a drug and its dose."""
    return _cost(gap) is not None


def _cost(gap: str) -> float | None:
    """How far apart a name and a dose are, None if other words come between."""
    if len(gap) > 90:
        return None
    name = _BRACKETED_NAME.match(gap)
    if name:
        gap = gap[name.end() :]
    words = _WORD.findall(gap)
    if len(words) > 14:
        return None
    cost = 0.0
    for word in words:
        if word in _SOFT:
            cost += 0.6 if word in ",/" else 0.2
        elif word in _FILL:
            cost += 0.3
        else:
            return None
    return cost


def _near_doses(lower: str, anchors: list[Anchor], doses: list[Dose]) -> list[Dose]:
    """Give each dose to the name it stands nearest to, nearest pairs first."""
    pairs: list[tuple[float, int, int]] = []
    for d, dose in enumerate(doses):
        for a, anchor in enumerate(anchors):
            if anchor.dose or (dose.unit == "%" and not _direct(lower, anchor, dose)):
                continue
            if anchor.name_end <= dose.start:
                if a + 1 < len(anchors) and anchors[a + 1].name_end <= dose.start:
                    continue
                gap = lower[anchor.name_end : dose.start]
                cost = _cost(gap)
                extra = 0.5
            elif dose.end <= anchor.name_start:
                if a and anchors[a - 1].name_start >= dose.end:
                    continue
                gap = lower[dose.end : anchor.name_start]
                cost = None if _AHEAD_STOP.search(gap) else _cost(gap.replace(" of ", "  "))
                extra = 0.0
            else:
                continue
            if cost is not None:
                pairs.append((cost + extra, d, a))
    taken: set[int] = set()
    for _, d, a in sorted(pairs):
        if d in taken or anchors[a].dose:
            continue
        taken.add(d)
        anchors[a].dose = doses[d]
        anchors[a].start = min(anchors[a].start, doses[d].start)
        anchors[a].end = max(anchors[a].end, doses[d].end)
        anchors[a].frequency = _multiple(doses[d])
    return [dose for d, dose in enumerate(doses) if d not in taken]


def _multiple(dose: Dose) -> Frequency | None:
    """How often a day "3 x 500 mg" is taken."""
    return Frequency(dose.start, dose.end, times_per(dose.times, "day")) if dose.times else None


def _direct(lower: str, anchor: Anchor, dose: Dose) -> bool:
    """Whether nothing but a space stands between a name and a strength ("10% calcium gluconate")."""
    gap = (
        lower[dose.end : anchor.name_start]
        if dose.end <= anchor.name_start
        else lower[anchor.name_end : dose.start]
    )
    return not gap.strip(" (")


def _step_doses(lower: str, anchors: list[Anchor], doses: list[Dose]) -> None:
    """Later doses of the drug before: "..., followed by 2000 IU daily", "increased to 20 mg"."""
    for dose in doses:
        before = [a for a in anchors if a.end <= dose.start]
        if not before or any(a.start <= dose.start < a.end for a in anchors):
            continue
        anchor = before[-1]
        last = anchor.steps[-1] if anchor.steps else anchor
        gap = lower[last.end : dose.start]
        if dose.unit == "%":
            continue
        near = len(gap) < 80 or (len(gap) < 130 and _THEN.search(gap))
        step = _TIME_OF_DAY.search(gap) or _STEP.search(gap)
        if near and step and not _NO_STEP.search(gap):
            if anchor.dose is None:
                anchor.dose, anchor.end = dose, dose.end
            else:
                anchor.steps.append(Anchor(dose.start, dose.end, anchor.name_start, anchor.name_end, dose))


# ------------------------------------------------------------------ frequency, route, duration
def _place(lower: str, anchors: list[Anchor], items: list[Item]) -> None:
    flat = sorted((x for a in anchors for x in (a, *a.steps)), key=lambda x: x.start)
    for item in reversed(items):  # from the end, so that a leading item may lead to a leading item
        owner = _owner(lower, flat, item)
        if owner is not None:
            _set(owner, item)
    for item in items:
        owner = _follower(lower, flat, item)
        if owner is not None:
            _set(owner, item)


def _owner(lower: str, flat: list[Anchor], item: Item) -> Anchor | None:
    """The anchor that an item lies in or leads over to."""
    for anchor in flat:
        if anchor.start <= item.start and item.end <= anchor.end:
            return anchor
        if item.start < anchor.start < item.end:
            anchor.start = item.start
            return anchor
        if anchor.start >= item.end:
            gap = lower[item.end : anchor.start]
            leads = len(gap) <= 45 and len(gap.split()) <= 5 and not _LEAD_STOP.search(gap)
            leads = leads or (anchor is flat[0] and bool(_FORM_COMMA.fullmatch(gap)))
            if not leads or _trails(lower, flat, item):
                return None
            anchor.start = item.start
            return anchor
    return None


def _trails(lower: str, flat: list[Anchor], item: Item) -> bool:
    """Whether an item stands behind another anchor with nothing but its own regimen's words between."""
    before = [a for a in flat if a.end <= item.start]
    if not before:
        return False
    gap = lower[max(a.end for a in before) : item.start]
    return not gap.strip(" ,(/") or (_fills(gap) and not _LEADS.search(gap))


def _follower(lower: str, flat: list[Anchor], item: Item) -> Anchor | None:
    """The anchor before an item, if nothing but its own regimen comes between."""
    before = [a for a in flat if a.end <= item.start]
    if not before:
        return None
    anchor = max(before, key=lambda a: a.end)
    if any(a.start <= item.start < a.end for a in flat):
        return None
    gap = lower[anchor.end : item.start]
    if len(gap) > 80 or len(gap.split()) > _RANGE_WORDS or _STOP.search(gap):
        return None
    return anchor


def _set(anchor: Anchor, item: Item) -> None:
    if isinstance(item, Frequency):
        if anchor.frequency is None or (item.text == "as needed" and anchor.frequency.text != item.text):
            anchor.frequency = item
        else:
            return
    elif isinstance(item, Route):
        if anchor.route is None or (anchor.route.form and not item.form):
            anchor.route = item
        else:
            return
    elif isinstance(item, Duration):
        if anchor.duration is not None:
            return
        anchor.duration = item
    else:
        return
    anchor.end = max(anchor.end, item.end)


def _share(lower: str, anchors: list[Anchor]) -> None:
    """The frequency behind a list counts for the members before it that have a dose alone."""
    for i in range(len(anchors) - 2, -1, -1):
        here, after = anchors[i], anchors[i + 1]
        if here.frequency or not after.frequency or not joined(lower, here, after):
            continue
        behind = after.frequency.start >= max(after.name_end, after.dose.end if after.dose else 0)
        each = re.search(
            r"\b(?:both|each|all)\s$", lower[max(0, after.frequency.start - 6) : after.frequency.start]
        )
        alike = here.dose is not None and (bool(each) or _taken_alike(after))
        if (behind and alike and (after.dose or each)) or each or (after.shared and here.dose):
            here.frequency, here.shared = after.frequency, True
    for here, after in pairwise(anchors):
        if _leads(lower, here) and _goes_on(lower, after) and joined(lower, here, after):
            after.frequency, after.shared = here.frequency, True


def _taken_alike(anchor: Anchor) -> bool:
    """Whether a frequency may hold for a whole list: "weekly" is that of the last ("calcium 1 g and
    alendronate 70 mg weekly") unless doses are counted per body weight or surface."""
    frequency, dose = anchor.frequency, anchor.dose
    daily = frequency is not None and _OFTEN.search(frequency.text) is not None
    return daily or (dose is not None and "/" in dose.unit)


_OFTEN = re.compile(r"dai|day|hour|needed|night|morning|evening|meal")
#: Behind a frequency: what follows is a list of doses.
_OF_A_LIST = re.compile(
    r"\s(?:oral\s)?(?:intake|doses?|administration|supplementation|supplements?|treatment)\s(?:of|with)\b"
)


def _leads(lower: str, anchor: Anchor) -> bool:
    """Whether a frequency in front leads a whole list: "a daily intake of 5 mg of A and 200 mg of B"."""
    frequency, dose = anchor.frequency, anchor.dose
    if frequency is None or dose is None or frequency.end > dose.start:
        return False
    return anchor.shared or bool(_OF_A_LIST.match(lower, frequency.end))


def _goes_on(lower: str, anchor: Anchor) -> bool:
    """Whether a drug goes on with such a list: "and 200 mg of B", no "and B 20 mg"."""
    dose = anchor.dose
    if anchor.frequency is not None or dose is None:
        return False
    return lower[dose.end : anchor.name_start].strip() == "of"
