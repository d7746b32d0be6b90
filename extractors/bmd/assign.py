"""Which site and which measure a value belongs to.

In order: lists of equal length are paired ("T-scores of the spine and hip were -2.9 and -1.7"),
a value takes the site right after it ("-2.1 at the hip", "-2.2 (total hip)"), one in brackets the
site of the value before the bracket ("0.61 g/cm2 (T-score -3.9) at L1-L4"), else the nearest site
before it, else the only site of the sentence before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.bmd import phrases as ph
from extractors.bmd.fact import SCORES, plausible
from extractors.bmd.marks import Event, Value, other_subject
from extractors.bmd.relations import Relations
from extractors.bmd.sites import Site


@dataclass(frozen=True, slots=True)
class Carry:
    """What the sentences before leave behind: sites told last and the order of measures."""

    sites: tuple[Site, ...] = ()
    measures: tuple[str, ...] = ()
    density: bool = False  # densitometry is what the paragraph speaks about
    recalled: tuple[tuple[str, str, str], ...] = ()  # (measure, site, region) of all values so far


@dataclass(frozen=True, slots=True)
class Assigned:
    """A value with its site and measure; `left` is where the words needed to read it begin."""

    value: Value
    unit: str
    left: int
    right: int
    site: str
    region: str
    measure: str
    rule: str
    certainty: float


def _same_scale(before: Value, value: Value) -> bool:
    """Whether two densities are of one size and printed alike ("0.68", "0.74")."""
    return before.decimals == value.decimals and 0.4 < value.value / before.value < 2.5


def assign(lower: str, events: Sequence[Event], carry: Carry) -> list[Assigned]:
    """Every usable value of a sentence with its site and measure; what stays unclear is left out."""
    return _Sentence(lower, events, carry).assigned()


class _Sentence:
    """Decides for one sentence, value by value from left to right."""

    def __init__(self, lower: str, events: Sequence[Event], carry: Carry) -> None:
        self.lower = lower
        self.rel = Relations(lower, events)
        self.sites, self.measures, self.values = self.rel.sites, self.rel.measures, self.rel.values
        self.carry = carry
        self.site_of: dict[Value, Site] = {}
        self.measure_of: dict[Value, str] = {}
        self.unit_of: dict[Value, str] = {}
        self.how: dict[Value, str] = {}

    def assigned(self) -> list[Assigned]:
        lists = {group[0]: group for group in self.rel.value_lists()}
        after_style = False
        for value in self.values:
            if value in lists:
                self._pair(lists[value])
            if value not in self.site_of:
                found = (
                    self.rel.site_after(value, after_style)
                    or self._site_of_head(value)
                    or self._site_before(value)
                )
                if found is None:
                    found = self.rel.site_directly_after(value)
                    after_style = after_style or found is not None
                    found = found or self.rel.only_site(value)
                if found is not None:
                    self.site_of[value] = found
            if value not in self.measure_of:
                measure = self._measure(value)
                if measure:
                    self.measure_of[value] = measure
        self._share_measure()
        self._hand_on_unit()
        return [a for v in self.values if (a := self._result(v)) is not None]

    def _hand_on_unit(self) -> None:
        """A density without a unit has that of the one before it ("0.68 g/cm2 at ..., total hip 0.74")."""
        densities = [v for v in self.values if self.measure_of.get(v) == "bmd"]
        for before, value in pairwise(densities):
            unit = before.unit or self.unit_of.get(before, "")
            if unit and not value.unit and value not in self.unit_of and _same_scale(before, value):
                self.unit_of[value] = unit

    # -------------------------------------------------------------- results
    def _result(self, value: Value) -> Assigned | None:
        measure = self.measure_of.get(value, "")
        if measure in SCORES and self.lower[: value.start].endswith("by "):
            return None  # a difference
        if not measure or not value.usable or not _possible(value, measure):
            return None
        site = self.site_of.get(value)
        rule, certainty = self.how.get(value, "nearest"), 1.0
        if measure == "bmd_change":
            about_density = self.measures or self.carry.density or ph.DENSITOMETRY.search(self.lower)
            if not about_density or other_subject(self.lower, self._clause_start(value), value.start):
                return None
            rule = "change"
        name, region = (site.site, site.region) if site else ("", "")
        left, right = value.start, value.end
        if site is None:
            carried = self._carried(measure)
            if carried is None:
                return None
            name, region, certainty = carried
            rule = f"{rule}-carried"
        elif 0 <= value.start - site.start <= 90:
            left = site.start
        elif 0 <= site.end - value.start <= 60:
            right = max(right, site.end)
        before = [m for m in self.measures if m.end <= value.start and value.start - m.start <= 60]
        if before and left == value.start:
            left = before[-1].start
        unit = value.unit or self.unit_of.get(value, "")
        if measure in SCORES:
            unit = "SD"
        elif not unit:
            certainty = min(certainty, 0.8)
        return Assigned(value, unit, left, right, name, region, measure, rule, certainty)

    def _carried(self, measure: str) -> tuple[str, str, float] | None:
        """Site, region and certainty for a value in a sentence that names no site."""
        if self.sites:
            return None
        names = {s.site for s in self.carry.sites}
        if len(names) == 1:
            return names.pop(), _common_region([s.region for s in self.carry.sites]), 0.75
        recalled = [(site, region) for told, site, region in self.carry.recalled if told == measure]
        if measure != "bmd_change" and len({site for site, _ in recalled}) == 1:
            return recalled[0][0], _common_region([region for _, region in recalled]), 0.6
        return None

    def _clause_start(self, value: Value) -> int:
        return max((m.end() for m in ph.CLAUSE.finditer(self.lower, 0, value.start)), default=0)

    # -------------------------------------------------------------- lists
    def _pair(self, group: list[Value]) -> None:
        """Pair a list of values with a list of sites or of measures of the same length."""
        n = len(group)
        sites = [] if any(self._own_site(v) for v in group[:-1]) else self.rel.site_list(group)
        measures = self._measure_list(group)
        if len(measures) == n and len(set(measures)) == n and _fits(group, measures):
            self._set_measures(group, measures, "list")
        elif len(sites) == n:
            for value, site in zip(group, sites, strict=True):
                self.site_of[value], self.how[value] = site, "list"
        elif len(measures) == 1 or not self._carry_order(group):
            told_sites = self._sites_told(group[0])
            if len(told_sites) == n and not any(self._own_site(v) for v in group):
                for value, site in zip(group, told_sites, strict=True):
                    self.site_of[value], self.how[value] = site, "list-carried"
        self._share_unit(group)

    def _measure_list(self, group: list[Value]) -> list[str]:
        """The measures named right before the values, or before an earlier list paired with them."""
        found, between = self.rel.measure_names(group)
        if not between:
            return found
        pairs = len(found) > 1 and len(between) % len(found) == 0
        return found if pairs and all(self.how.get(v) == "list" for v in between) else []

    def _carry_order(self, group: list[Value]) -> bool:
        """Give a list without measures those of the values before it, in order; False if none fit."""
        n = len(group)
        if self.sites:
            told = list(
                dict.fromkeys(
                    self.measure_of[v]
                    for v in self.values
                    if v.end <= group[0].start and v in self.measure_of
                )
            )
            for order in (told, list(self.carry.measures)):
                if len(order) == n and _fits(group, order):
                    self._set_measures(group, order, "list-carried")
                    return True
        return False

    def _set_measures(self, group: list[Value], measures: Sequence[str], how: str) -> None:
        """The measures of a list of values, which then share the site told behind the last one."""
        site = self.rel.site_after(group[-1], False)
        for value, measure in zip(group, measures, strict=True):
            self.measure_of[value], self.how[value] = measure, how
            if site is not None:
                self.site_of[value] = site

    def _sites_told(self, value: Value) -> list[Site]:
        """The sites of the values before, each once; those of the sentence before if there are none."""
        told = {s.site: s for v, s in self.site_of.items() if v.end <= value.start}
        if not told and not self.sites:
            told = {s.site: s for s in self.carry.sites}
        return list(told.values())

    def _share_unit(self, group: list[Value]) -> None:
        """ "0.61 and 0.70 g/cm2": the unit at the end is everybody's."""
        if group[-1].measure != "bmd":
            return
        for value in group[:-1]:
            if value.unit == "" and not value.signed and value.decimals >= 2 and value not in self.measure_of:
                self.measure_of[value] = "bmd"
                self.unit_of[value] = group[-1].unit

    def _share_measure(self) -> None:
        """ "from -2.1 to -3.0 SD (T-score)": the measure of the second value is the first one's too."""
        for first, second in zip(self.values, self.values[1:], strict=False):
            if (
                first not in self.measure_of
                and second in self.measure_of
                and self.lower[first.end : second.start].strip() == "to"
                and first.signed == second.signed
            ):
                self.measure_of[first] = self.measure_of[second]
                self.unit_of[first] = second.unit

    def _own_site(self, value: Value) -> bool:
        return self.rel.site_after(value, False) is not None

    # -------------------------------------------------------------- sites
    def _site_of_head(self, value: Value) -> Site | None:
        """For a value in brackets without a site of its own: that of the value before the bracket."""
        bracket = self.rel.bracket(value)
        if bracket is None or any(bracket[0] < s.start < value.start for s in self.sites):
            return None
        heads = [
            v for v in self.values if v.end <= bracket[0] and not self.lower[v.end : bracket[0]].strip(" sd,")
        ]
        if not heads:
            return None
        head = heads[-1]
        if head not in self.site_of:
            found = self.rel.site_after(head, False)
            if found is None:
                return None
            self.site_of[head] = found
        return self.site_of[head]

    def _site_before(self, value: Value) -> Site | None:
        return next((s for s in reversed(self.sites) if s.end <= value.start), None)

    # -------------------------------------------------------------- measures
    def _measure(self, value: Value) -> str:
        if value.measure:
            return value.measure
        bracket = self.rel.bracket(value)
        before = [m for m in self.measures if m.end <= value.start]
        own = [m for m in before if bracket is not None and m.start > bracket[0]]
        closed = [m for m in before if (b := self.rel.bracket(m)) is not None and b[1] <= value.start]
        if bracket is not None and not own:  # "The T-score (Z-score) was -3.2 (-3.1)"
            alone = [m for m in closed if self.rel.alone_in_bracket(m)]
            if alone and alone[-1].measure != "bmd":
                return alone[-1].measure
        before = [m for m in before if m not in closed] or [m for m in closed if m.measure == "bmd"]
        nearest = (own or before)[-1:]
        if nearest and nearest[0].measure == "bmd" and (value.signed or value.unit == "SD"):
            scores = [m for m in before if m.measure != "bmd"]
            nearest = scores[-1:]
        if nearest and self.rel.near(nearest[0], value):
            if nearest[0].measure == "bmd":
                plain = value.unit == "" and not value.signed and value.decimals >= 2
                return "bmd" if plain and plausible("bmd", value.value) else ""
            if value.unit == "SD" or value.signed or value.decimals:
                return nearest[0].measure
            directly = ph.DIRECTLY.fullmatch(self.lower[nearest[0].end : value.start])
            return nearest[0].measure if directly else ""
        carried = [m for m in self.carry.measures if m != "bmd"]
        if not self.measures and len(carried) == 1 and value.signed and value.decimals and self.sites:
            return carried[0]  # "The lumbar T-score was -3.1. The femoral neck was at -2.1."
        after = next((m for m in self.measures if m.start >= value.end), None)
        if (
            after is None
            or after.measure == "bmd"
            or not (value.signed or value.unit == "SD" or value.decimals)
        ):
            return ""
        return after.measure if ph.MEASURE_BEHIND.fullmatch(self.lower[value.end : after.start]) else ""


def _fits(group: Sequence[Value], measures: Sequence[str]) -> bool:
    return all(
        v.measure in ("", m) and (v.unit != "SD" or m != "bmd") for v, m in zip(group, measures, strict=True)
    )


def _possible(value: Value, measure: str) -> bool:
    return not (measure in SCORES and value.decimals > 2) and plausible(measure, value.value, value.unit)


def _common_region(regions: Sequence[str]) -> str:
    told = set(regions)
    return told.pop() if len(told) == 1 else ""
