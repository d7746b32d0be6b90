"""Which site and which measure a value belongs to.

In order: lists of equal length are paired ("T-scores of the spine and hip were -2.9 and -1.7"),
a value takes the site right after it ("-2.1 at the hip", "-2.2 (total hip)"), one in brackets the
site of the value before the bracket ("0.61 g/cm2 (T-score -3.9) at L1-L4"), else the nearest site
before it, else the only site of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.bmd import phrases as ph
from extractors.bmd.events import LIMITS, Event, Measure, Site, Value, other_subject


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
    left: int
    right: int
    site: str
    region: str
    measure: str
    rule: str
    certainty: float


def assign(lower: str, events: Sequence[Event], carry: Carry) -> list[Assigned]:
    """Every usable value of a sentence with its site and measure; what stays unclear is left out."""
    return _Sentence(lower, events, carry).assigned()


class _Sentence:
    """One sentence's events and the relations between them."""

    def __init__(self, lower: str, events: Sequence[Event], carry: Carry) -> None:
        self.lower = lower
        self.sites = [e for e in events if isinstance(e, Site)]
        self.measures = [e for e in events if isinstance(e, Measure)]
        self.values = [e for e in events if isinstance(e, Value)]
        self.carry = carry
        self.brackets = ph.brackets(lower)
        self.site_of: dict[Value, Site] = {}
        self.measure_of: dict[Value, str] = {}
        self.how: dict[Value, str] = {}

    def assigned(self) -> list[Assigned]:
        lists = {group[0]: group for group in self._value_lists()}
        after_style = False
        for value in self.values:
            if value in lists:
                self._pair(lists[value])
            if value not in self.site_of:
                found = (
                    self._site_after(value, after_style)
                    or self._site_of_head(value)
                    or self._site_before(value)
                )
                if found is None:
                    found = self._site_directly_after(value)
                    after_style = after_style or found is not None
                    found = found or self._only_site(value)
                if found is not None:
                    self.site_of[value] = found
            if value not in self.measure_of:
                measure = self._measure(value)
                if measure:
                    self.measure_of[value] = measure
        self._share_measure()
        return [a for v in self.values if (a := self._result(v)) is not None]

    # -------------------------------------------------------------- results
    def _result(self, value: Value) -> Assigned | None:
        measure = self.measure_of.get(value, "")
        if measure in ("t_score", "z_score") and self.lower[: value.start].endswith("by "):
            return None  # a difference
        if not measure or not value.usable or not _possible(value, measure):
            return None
        site = self.site_of.get(value)
        rule, certainty = self.how.get(value, "nearest"), 1.0
        if measure == "bmd_change":
            if other_subject(self.lower, self._clause_start(value), value.start) or not (
                self.measures or self.carry.density
            ):
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
        else:
            if 0 <= value.start - site.start <= 90:
                left = site.start
            elif 0 <= site.end - value.start <= 60:
                right = max(right, site.end)
        before = [m for m in self.measures if m.end <= value.start and value.start - m.start <= 60]
        if before and left == value.start:
            left = before[-1].start
        if value.unit == "" and measure == "bmd":
            certainty = min(certainty, 0.8)
        return Assigned(value, left, right, name, region, measure, rule, certainty)

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
        begin = 0
        for match in re.finditer(
            r"[;]|\b(?:but|while|whereas)\b|,\sand\s|\band\sthe\b", self.lower[: value.start]
        ):
            begin = match.end()
        return begin

    # -------------------------------------------------------------- lists
    def _value_lists(self) -> list[list[Value]]:
        """Runs of two or more values with nothing but separators (or brackets) between them."""
        out: list[list[Value]] = []
        run: list[Value] = []
        for value in self.values:
            if run:
                gap = self.lower[run[-1].end : value.start]
                bare = ph.PAREN.sub("", gap)
                inside = self._bracket(value)
                if inside != self._bracket(run[-1]) and inside is not None and self._bracket(run[-1]) is None:
                    continue  # in a bracket behind the last one: not a member of the list
                if inside == self._bracket(run[-1]) and ph.SEPARATOR.fullmatch(bare) and gap.strip():
                    run.append(value)
                    continue
                if len(run) > 1:
                    out.append(run)
                run = []
            run = [value]
        if len(run) > 1:
            out.append(run)
        return out

    def _pair(self, group: list[Value]) -> None:
        """Pair a list of values with a list of sites or of measures of the same length."""
        n = len(group)
        sites = [] if any(self._own_site(v) for v in group[:-1]) else self._site_list(group)
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

    def _carry_order(self, group: list[Value]) -> bool:
        """Give a list without measures those of the values before it, in their order; False if they do not fit."""
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
        site = self._site_after(group[-1], False)
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

    def _share_measure(self) -> None:
        """ "from -2.1 to -3.0 SD (T-score)": the measure of the second value is the first one's too."""
        for first, second in zip(self.values, self.values[1:], strict=False):
            if (
                first not in self.measure_of
                and second in self.measure_of
                and self.lower[first.end : second.start].strip() == "to"
            ):
                if first.signed == second.signed:
                    self.measure_of[first] = self.measure_of[second]

    def _own_site(self, value: Value) -> bool:
        return self._site_after(value, False) is not None

    def _site_list(self, group: list[Value]) -> list[Site]:
        """The list of sites before the values, else the one right after them, as long as they are."""
        start, end = group[0].start, group[-1].end
        before = [s for s in self.sites if s.end <= start]
        run = self._run(before[::-1])[::-1]
        if len(run) == len(group):
            return run
        after = [s for s in self.sites if s.start >= end]
        if after and ph.TO_SITE.search(self.lower[end : after[0].start]):
            run = self._run(after)
            if len(run) == len(group):
                return run
        return []

    def _run(self, sites: list[Site]) -> list[Site]:
        """The first sites of a sequence that stand in one list."""
        run = sites[:1]
        for site in sites[1:]:
            first, second = (run[-1], site) if run[-1].start < site.start else (site, run[-1])
            gap = self.lower[first.end : second.start]
            for measure in self.measures:
                if first.end <= measure.start and measure.end <= second.start:
                    gap = gap.replace(self.lower[measure.start : measure.end], "")
            if re.search(r"\d", gap) or not ph.SITE_SEPARATOR.fullmatch(ph.PAREN.sub("", gap)):
                break
            run.append(site)
        return run

    def _measure_list(self, group: list[Value]) -> list[str]:
        """The measures named as a list before the values, or before an earlier list of as many values."""
        start = group[0].start
        before = [m for m in self.measures if m.end <= start]
        run: list[Measure] = before[-1:]
        for measure in before[-2::-1]:
            gap = self.lower[measure.end : run[-1].start]
            for site in self.sites:
                if measure.end <= site.start and site.end <= run[-1].start:
                    gap = gap.replace(self.lower[site.start : site.end], "")
            if re.search(r"\d", gap) or not ph.SITE_SEPARATOR.fullmatch(
                re.sub(r"\b(?:values?|t-|z-)\b", "", gap)
            ):
                break
            run.append(measure)
        found = [m.measure for m in run[::-1]]
        between = [
            v for v in self.values if run and v.start > run[0].end and v.end <= start and v not in group
        ]
        if not between:
            return found
        pairs = len(found) > 1 and len(between) % len(found) == 0
        return found if pairs and all(self.how.get(v) == "list" for v in between) else []

    # -------------------------------------------------------------- sites
    def _bracket(self, event: Event) -> tuple[int, int] | None:
        inside = [b for b in self.brackets if b[0] < event.start and event.end <= b[1]]
        return inside[-1] if inside else None

    def _site_after(self, value: Value, bare: bool) -> Site | None:
        """The site that a preposition or bracket ties to the value just before it."""
        following = next((s for s in self.sites if s.start >= value.end), None)
        if following is None:
            return None
        gap = self.lower[value.end : following.start]
        own, other = self._bracket(value), self._bracket(following)
        if own == other or (other is not None and other[0] >= value.end and gap.strip() in ("(", "[")):
            gap = ph.PAREN.sub("", gap)
        if own is not None and own != other and following.start > own[1]:
            return None
        if ph.TO_SITE.fullmatch(gap) is None:
            return None
        if (
            gap.lstrip().startswith(",")
            and self._leads(following)
            and any(s.end <= value.start for s in self.sites)
        ):
            return None
        tied = bool(ph.TO_SITE_PREPOSITION.match(gap)) or gap.strip()[:1] in ("(", "[")
        if not tied and not bare:
            return None
        # "(femoral neck -2.1)": the site is that of the value behind it
        if (
            other is not None
            and other != own
            and any(following.end <= v.start < other[1] and v.usable for v in self.values)
        ):
            return following if self._region_only(following) else None
        return following

    def _leads(self, site: Site) -> bool:
        """Whether a value stands right behind a site: ", at the hip -2.0"."""
        following = next((v for v in self.values if v.start >= site.end), None)
        return following is not None and bool(
            re.fullmatch(r"\s?(?:was|were|of|is|:|=)?\s?", self.lower[site.end : following.start])
        )

    def _region_only(self, site: Site) -> bool:
        return (
            self.lower[site.start : site.start + 1] == "l"
            and self.lower[site.start + 1 : site.start + 2].isdigit()
        )

    def _site_of_head(self, value: Value) -> Site | None:
        """For a value in brackets without a site of its own: that of the value before the bracket."""
        bracket = self._bracket(value)
        if bracket is None or any(bracket[0] < s.start < value.start for s in self.sites):
            return None
        heads = [
            v for v in self.values if v.end <= bracket[0] and not self.lower[v.end : bracket[0]].strip(" sd,")
        ]
        if not heads:
            return None
        head = heads[-1]
        if head not in self.site_of:
            found = self._site_after(head, False)
            if found is None:
                return None
            self.site_of[head] = found
        return self.site_of[head]

    def _site_before(self, value: Value) -> Site | None:
        found = [s for s in self.sites if s.end <= value.start]
        if not found:
            return None
        nearest = found[-1]
        # a site that a preposition tied to the value before it, with a new clause since, is that value's own
        return nearest

    def _site_directly_after(self, value: Value) -> Site | None:
        following = next((s for s in self.sites if s.start >= value.end), None)
        if following is None:
            return None
        gap = self.lower[value.end : following.start]
        return (
            following
            if re.fullmatch(
                r"\s?(?:sd)?\s?[(\[]?(?:at|in|of|for|on|the|left|right|total|both|\s)*", ph.PAREN.sub("", gap)
            )
            else None
        )

    def _only_site(self, value: Value) -> Site | None:
        """The sentence's only site, told later in the same clause ("A T-score of -4.2 was found at the spine")."""
        if len({s.site for s in self.sites}) != 1 or self.sites[0].start < value.end:
            return None
        gap = self.lower[value.end : self.sites[0].start]
        return None if re.search(r"[;]|\b(?:but|while|whereas)\b", gap) or len(gap) > 80 else self.sites[0]

    # -------------------------------------------------------------- measures
    def _measure(self, value: Value) -> str:
        if value.measure:
            return value.measure
        bracket = self._bracket(value)
        before = [m for m in self.measures if m.end <= value.start]
        own = [m for m in before if bracket is not None and m.start > bracket[0]]
        closed = [m for m in before if (b := self._bracket(m)) is not None and b[1] <= value.start]
        if bracket is not None and not own:  # "The T-score (Z-score) was -3.2 (-3.1)"
            alone = [
                m
                for m in closed
                if self.lower[slice(*(self._bracket(m) or (0, 0)))].strip("([ ")
                == self.lower[m.start : m.end]
            ]
            if alone and alone[-1].measure != "bmd":
                return alone[-1].measure
        before = [m for m in before if m not in closed] or [m for m in closed if m.measure == "bmd"]
        nearest = (own or before)[-1:]
        if nearest and nearest[0].measure == "bmd" and (value.signed or value.unit == "SD"):
            scores = [m for m in before if m.measure != "bmd"]
            nearest = scores[-1:]
        if nearest and self._near(nearest[0], value):
            if nearest[0].measure == "bmd":
                plain = value.unit == "" and not value.signed and value.decimals >= 2
                return "bmd" if plain and LIMITS["g/cm2"][0] <= value.value <= LIMITS["g/cm2"][1] else ""
            if value.unit == "SD" or value.signed or value.decimals:
                return nearest[0].measure
            return (
                nearest[0].measure
                if re.fullmatch(
                    r"\s?(?:score)?\s?(?:of|was|=|:|is)?\s?", self.lower[nearest[0].end : value.start]
                )
                else ""
            )
        after = next((m for m in self.measures if m.start >= value.end), None)
        if after and after.measure != "bmd" and (value.signed or value.unit == "SD" or value.decimals):
            if re.fullmatch(r"\s?[(\[]?(?:in\s|for\s|as\s)?(?:the\s)?", self.lower[value.end : after.start]):
                return after.measure
        return ""

    def _near(self, measure: Measure, value: Value) -> bool:
        """Whether the words between a measure's name and a value are about densitometry only."""
        gap = list(self.lower[measure.end : value.start])
        for event in (*self.sites, *self.values, *self.measures):
            if event.start < value.start and event.end > measure.end:
                for i in range(max(event.start, measure.end), min(event.end, value.start)):
                    gap[i - measure.end] = " "
        rest = "".join(gap)
        last = max(
            (e.end for e in (*self.sites, *self.values) if measure.end <= e.start and e.end <= value.start),
            default=measure.end,
        )
        tail = rest[last - measure.end :]
        unknown = [w for w in ph.UNKNOWN_WORD.findall(tail) if w not in ph.KNOWN]
        return len(unknown) <= 3


def _fits(group: Sequence[Value], measures: Sequence[str]) -> bool:
    return all(
        v.measure in ("", m) and (v.unit != "SD" or m != "bmd") for v, m in zip(group, measures, strict=True)
    )


def _possible(value: Value, measure: str) -> bool:
    if measure in ("t_score", "z_score"):
        if value.decimals > 2:
            return False
        low, high = LIMITS["score"]
    elif measure == "bmd_change":
        low, high = LIMITS["%"]
    else:
        low, high = LIMITS["mg/cm3" if value.unit == "mg/cm3" else "g/cm2"]
    return low <= value.value <= high


def _common_region(regions: Sequence[str]) -> str:
    told = set(regions)
    return told.pop() if len(told) == 1 else ""
