"""Which site and which measure a value belongs to.

In order: lists of equal length are paired ("T-scores of the spine and hip were -2.9 and -1.7"),
a value takes the site right after it ("-2.1 at the hip", "-2.2 (total hip)"), one in brackets the
site of the value before the bracket ("0.61 g/cm2 (T-score -3.9) at L1-L4"), else the nearest site
before it, else the only site of the sentence before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.bmd import phrases as ph
from extractors.bmd.fact import SCORES, plausible
from extractors.bmd.measures import measure_of
from extractors.bmd.relations import Event, Relations
from extractors.bmd.sites import Site
from extractors.bmd.values import Value, other_subject
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Relation
from extractors.values import fixed

NEAREST = Relation(
    "value of the nearest site",
    "A value belongs to the site tied to it, else to the nearest before it.",
    says={"DXA showed a T-score of -2.9 at the femoral neck.": {"site": "femoral neck", "value": -2.9}},
    silent=("T-score was -3.1.", "The lumbar spine T-score was -25."),
)
LIST = Relation(
    "list of values",
    "As many values as sites or measures, told in one order.",
    says={"T-scores of the spine and hip were -2.8 and -1.6.": {"site": "total hip", "value": -1.6}},
    silent=("The T-score of the spine was -2.8.",),
)
LIST_TOLD = Relation(
    "list of values for what was told before",
    "As many values as sites or measures told before.",
    says={
        "L1-L4 BMD was 0.66 g/cm2 with a T-score of -3.4; femoral neck values were 0.71 g/cm2 and -1.7.": {
            "site": "femoral neck",
            "measure": "t_score",
        }
    },
    silent=("T-scores of the spine and hip were -2.8 and -1.6.",),
)
CHANGE = Relation(
    "change of density",
    "A percentage of which density is the subject.",
    says={"Lumbar BMD rose by 13.4%.": {"measure": "bmd_change", "value": 13.4}},
    silent=("Her weight increased by 12% after bone density was measured at the spine.",),
)
CARRIED = Relation(
    "value of the site told before",
    "A sentence without a site goes on with the only one told before.",
    says={"The lumbar spine was scanned. The T-score had reached -2.2.": {"site": "lumbar spine"}},
    silent=("The T-score had reached -2.2.",),
)
NO_SITE = Relation(
    "score without a site",
    "A T- or Z-score of which no site is told.",
    says={"Bone density was low (Z-score -2.9).": {"site": "", "measure": "z_score", "value": -2.9}},
    silent=("The T-score of the spine was -2.8.", "A T-score of -2.5 or lower is osteoporosis."),
)
BOTH = Relation(
    "one value of both scores",
    "One value is told for the T- and the Z-score.",
    says={"The T- and Z-scores of the spine were both -1.9.": {"measure": "t_score", "value": -1.9}},
    silent=("The T- and Z-scores of the spine were -1.9 and -1.7.",),
)
#: Before a value that is that of both scores told before it.
_BOTH = Glue(r"\b(?:both|each|alike|equally|identical|the same)(?: (?:at|of|being|with))? $")
#: The relations that tie values to sites and measures, by the names that their mentions carry.
BOOK = Book("bmd.assign", (), {}, (NEAREST, LIST, LIST_TOLD, CHANGE, CARRIED, NO_SITE, BOTH))


@fixed(frozen=True, slots=True)
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
    return before.decimals == value.decimals and 0.4 * before.value < value.value < 2.5 * before.value


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
        self.how: dict[Value, Relation] = {}

    def assigned(self) -> list[Assigned]:
        lists = {group[0]: group for group in self.rel.value_lists()}
        bare = False  # whether sites stand behind their values without a preposition
        for value in self.values:
            if value in lists:
                self._pair(lists[value])
            if value not in self.site_of:
                bare = self._place(value, bare)
            if value not in self.measure_of:
                measure = measure_of(self.rel, value, self.carry.measures)
                if measure:
                    self.measure_of[value] = measure
        self._share_measure()
        self._hand_on_unit()
        found = [a for v in self.values if (a := self._result(v)) is not None]
        return [*found, *(twin for a in found if (twin := self._of_both(a)) is not None)]

    def _of_both(self, told: Assigned) -> Assigned | None:
        """The other score of "T- and Z-scores were both -1.9", None where a value is that of one."""
        value = told.value
        names, between = self.rel.measure_names([value])
        if between or sorted(names) != sorted(SCORES) or not _BOTH.within(self.lower, 0, value.start):
            return None
        other = next(m for m in SCORES if m != told.measure)
        return replace(told, measure=other, rule=BOTH.name)

    def _place(self, value: Value, bare: bool) -> bool:
        """Find a value's site; whether sites stand bare behind their values from here on."""
        found = self.rel.site_after(value, bare)
        if found is None and self._after_value_with_site(value):
            found = self.rel.own_site_behind(value)
        found = found or self._site_of_head(value) or self._site_before(value)
        if found is None:
            found = self.rel.site_directly_after(value)
            bare = bare or found is not None
            found = found or self.rel.only_site(value)
        if found is not None:
            self.site_of[value] = found
        return bare

    def _after_value_with_site(self, value: Value) -> bool:
        """Whether the value before has its site behind it: "-2.2 for the spine and -1.6 total hip"."""
        before = [
            v for v in self.values if v.end <= value.start and self.rel.bracket(v) == self.rel.bracket(value)
        ]
        site = self.site_of.get(before[-1]) if before else None
        return site is not None and before[-1].end <= site.start < value.start

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
        if not value.usable or not self._can_be(value, measure):
            return None
        relation = CHANGE if measure == "bmd_change" else self.how.get(value, NEAREST)
        site = self.site_of.get(value)
        name, region, certainty = (site.site, site.region, 1.0) if site else self._carried(measure)
        bare = not name and self._is_bare(value, measure)
        if not name and not bare:
            return None
        unit = "SD" if measure in SCORES else value.unit or self.unit_of.get(value, "")
        if not unit:
            certainty = min(certainty, 0.8)
        left, right = self._stretch(value, site)
        rule = relation.name if site else NO_SITE.name if bare else CARRIED.name
        certainty = 0.7 if bare else certainty
        return Assigned(value, unit, left, right, name, region, measure, rule, certainty)

    def _is_bare(self, value: Value, measure: str) -> bool:
        """Whether a value is a score of bone density in a sentence without any site."""
        if measure not in SCORES or self.sites or not self.rel.names(measure, value):
            return False
        spelt = self.rel.spelt_out(measure, value)
        if not spelt and not value.decimals:
            return False  # "T-9" is a level
        return (spelt and measure == "t_score") or "bmd" in self.carry.measures or ph.of_bone(self.lower)

    def _can_be(self, value: Value, measure: str) -> bool:
        """Whether a value can be one of its measure: plausible, no difference, no other subject's change."""
        if not measure or not _possible(value, measure):
            return False
        if measure in SCORES:
            return not self.lower[: value.start].endswith("by ")
        return measure != "bmd_change" or self._of_density(value)

    def _of_density(self, value: Value) -> bool:
        about = self.measures or self.carry.density
        if not about and not ph.DENSITOMETRY.within(self.lower, 0, len(self.lower)):
            return False
        return not other_subject(self.lower, self._clause_start(value), value.start)

    def _stretch(self, value: Value, site: Site | None) -> tuple[int, int]:
        """Where the words needed to read a value begin and end: with its site, else its measure's name."""
        if site is not None and 0 <= value.start - site.start <= 90:
            return site.start, value.end
        right = value.end
        if site is not None and 0 <= site.end - value.start <= 60:
            right = max(right, site.end)
        names = [m.start for m in self.measures if m.end <= value.start and value.start - m.start <= 60]
        return (names[-1] if names else value.start), right

    def _carried(self, measure: str) -> tuple[str, str, float]:
        """Site, region and certainty for a value in a sentence that names no site; "" for none."""
        if self.sites:
            return "", "", 0.0
        names = {s.site for s in self.carry.sites}
        if len(names) == 1:
            return names.pop(), _common_region([s.region for s in self.carry.sites]), 0.75
        recalled = [(site, region) for told, site, region in self.carry.recalled if told == measure]
        if measure != "bmd_change" and len({site for site, _ in recalled}) == 1:
            return recalled[0][0], _common_region([region for _, region in recalled]), 0.6
        return "", "", 0.0

    def _clause_start(self, value: Value) -> int:
        return max((m.end() for m in ph.CLAUSE.pattern.finditer(self.lower, 0, value.start)), default=0)

    # -------------------------------------------------------------- lists
    def _pair(self, group: list[Value]) -> None:
        """Pair a list of values with a list of sites or of measures of the same length."""
        n = len(group)
        sites = [] if any(self._own_site(v) for v in group[:-1]) else self.rel.site_list(group)
        measures = self._measure_list(group)
        if self._pairs_of_sites(group, measures):
            return
        if len(measures) == n and len(set(measures)) == n and _fits(group, measures):
            self._set_measures(group, measures, LIST)
        elif len(sites) == n:
            for value, site in zip(group, sites, strict=True):
                self.site_of[value], self.how[value] = site, LIST
        elif len(measures) == 1 or not self._carry_order(group):
            told_sites = self._sites_told(group[0])
            if len(told_sites) == n and not any(self._own_site(v) for v in group):
                for value, site in zip(group, told_sites, strict=True):
                    self.site_of[value], self.how[value] = site, LIST_TOLD
        self._share_unit(group)

    def _pairs_of_sites(self, group: list[Value], measures: list[str]) -> bool:
        """Give "a/b and c/d" to two sites told in a list, a T and a Z of each; False where they are none."""
        pairs = [group[i : i + 2] for i in range(0, len(group), 2)]
        told = len(measures) == 2 and len(group) > 2 and len(group) % 2 == 0
        if not told or any(self.lower[a.end : b.start].strip() != "/" for a, b in pairs):
            return False
        sites = self.rel.sites_before(group)
        if len(sites) != len(pairs):
            return False
        for pair, site in zip(pairs, sites, strict=True):
            for value, measure in zip(pair, measures, strict=True):
                self.measure_of[value], self.site_of[value], self.how[value] = measure, site, LIST
        return True

    def _measure_list(self, group: list[Value]) -> list[str]:
        """The measures named right before the values, or before an earlier list paired with them."""
        found, between = self.rel.measure_names(group)
        if not between:
            return found
        pairs = len(found) > 1 and len(between) % len(found) == 0
        return found if pairs and all(self.how.get(v) == LIST for v in between) else []

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
            scores = [[m for m in order if m in SCORES] for order in (told, self.carry.measures)]
            for order in (told, list(self.carry.measures), *scores):
                if len(order) == n and _fits(group, order):
                    self._set_measures(group, order, LIST_TOLD)
                    return True
        return False

    def _set_measures(self, group: list[Value], measures: Sequence[str], how: Relation) -> None:
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


def _fits(group: Sequence[Value], measures: Sequence[str]) -> bool:
    return all(
        v.measure in ("", m) and (v.unit != "SD" or m != "bmd") for v, m in zip(group, measures, strict=True)
    )


def _possible(value: Value, measure: str) -> bool:
    return not (measure in SCORES and value.decimals > 2) and plausible(measure, value.value, value.unit)


def _common_region(regions: Sequence[str]) -> str:
    told = set(regions)
    return told.pop() if len(told) == 1 else ""
