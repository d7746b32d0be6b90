"""How the sites, measures and values of a sentence stand to each other: lists, brackets, prepositions.

Nothing is decided here; `extractors.bmd.assign` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.bmd import phrases as ph
from extractors.bmd.marks import Measure
from extractors.bmd.sites import Site
from extractors.bmd.values import Value
from extractors.bmd.vocabulary import known_words
from extractors.rules.rule import Glue

Event = Site | Measure | Value
#: A score without a site stands within so many characters of its name.
_NAMED_REACH = 25
_DIGIT = Glue(r"\d")
_PARTS_OF_NAMES = Glue(r"\b(?:values?|t-|z-)\b")


class Relations:
    """The events of one sentence, in order, and what ties them."""

    def __init__(self, lower: str, events: Sequence[Event]) -> None:
        self.lower = lower
        self.sites = [e for e in events if isinstance(e, Site)]
        self.measures = [e for e in events if isinstance(e, Measure)]
        self.values = [e for e in events if isinstance(e, Value)]
        self._brackets = ph.brackets(lower)

    # -------------------------------------------------------------- lists
    def value_lists(self) -> list[list[Value]]:
        """Runs of two or more values with nothing but separators (or brackets) between them."""
        aside: list[Value] = []  # in a bracket behind another value
        out = self._runs(self.values, aside)
        return sorted([*out, *self._runs(aside, [])], key=lambda run: run[0].start)

    def _runs(self, values: Sequence[Value], aside: list[Value]) -> list[list[Value]]:
        out: list[list[Value]] = []
        run: list[Value] = []
        for value in values:
            if run:
                gap = self.lower[run[-1].end : value.start]
                bare = ph.without_brackets(gap)
                inside = self.bracket(value)
                if inside != self.bracket(run[-1]) and inside is not None and self.bracket(run[-1]) is None:
                    aside.append(value)  # in a bracket behind the last one: not a member of the list
                    continue
                if inside == self.bracket(run[-1]) and ph.whole(ph.SEPARATOR, bare) and gap.strip():
                    run.append(value)
                    continue
                if len(run) > 1:
                    out.append(run)
                run = []
            run = [value]
        if len(run) > 1:
            out.append(run)
        return out

    def site_list(self, group: list[Value]) -> list[Site]:
        """The list of sites before the values, else the one right after them, as long as they are."""
        start, end = group[0].start, group[-1].end
        before = [s for s in self.sites if s.end <= start]
        run = self._run(before[::-1])[::-1]
        if len(run) == len(group):
            return run
        after = [s for s in self.sites if s.start >= end]
        if after and ph.TO_SITE.within(self.lower, end, after[0].start):
            run = self._run(after)
            if len(run) == len(group):
                return run
        return []

    def sites_before(self, group: list[Value]) -> list[Site]:
        """The list of sites before the values, however long."""
        return self._run([s for s in self.sites if s.end <= group[0].start][::-1])[::-1]

    def _run(self, sites: list[Site]) -> list[Site]:
        """The first sites of a sequence that stand in one list."""
        run = sites[:1]
        for site in sites[1:]:
            first, second = (run[-1], site) if run[-1].start < site.start else (site, run[-1])
            gap = self._without(self.measures, first.end, second.start)
            if _has_digit(gap) or not ph.whole(ph.SITE_SEPARATOR, ph.without_brackets(gap)):
                break
            run.append(site)
        return run

    def _without(self, events: Sequence[Event], start: int, end: int) -> str:
        """The words [start, end) without the names of some events."""
        gap = self.lower[start:end]
        for event in events:
            if start <= event.start and event.end <= end:
                gap = gap.replace(self.lower[event.start : event.end], "")
        return gap

    def measure_names(self, group: list[Value]) -> tuple[list[str], list[Value]]:
        """The measures named as a list somewhere before the values, and the other values in between."""
        start = group[0].start
        before = [m for m in self.measures if m.end <= start]
        run: list[Measure] = before[-1:]
        for measure in before[-2::-1]:
            gap = self.lower[measure.end : run[-1].start]
            if measure.measure == "bmd" and not gap.strip():
                continue  # "BMD T-score" is one measure
            gap = self._without(self.sites, measure.end, run[-1].start)
            if _has_digit(gap) or not ph.whole(ph.SITE_SEPARATOR, _PARTS_OF_NAMES.pattern.sub("", gap)):
                break
            run.append(measure)
        found = [m.measure for m in run[::-1]]
        between = [
            v for v in self.values if run and v.start > run[0].end and v.end <= start and v not in group
        ]
        return found, between

    # -------------------------------------------------------------- sites
    def bracket(self, event: Event) -> tuple[int, int] | None:
        """The innermost bracket around an event."""
        inside = [b for b in self._brackets if b[0] < event.start and event.end <= b[1]]
        return inside[-1] if inside else None

    def alone_in_bracket(self, measure: Measure) -> bool:
        """Whether a bracket holds nothing but a measure's name: "The T-score (Z-score)"."""
        found = self.bracket(measure)
        inside = self.lower[found[0] : found[1]].strip("([ ") if found else ""
        return inside == self.lower[measure.start : measure.end]

    def site_after(self, value: Value, bare: bool) -> Site | None:
        """The site that a preposition or bracket ties to the value just before it; `bare`: or nothing."""
        following = next((s for s in self.sites if s.start >= value.end), None)
        if following is None or self._beyond_its_bracket(value, following):
            return None
        gap = self._gap(value, following)
        if ph.whole(ph.TO_SITE, gap) is None or self._begins_anew(gap, value, following):
            return None
        if not bare and not (ph.TO_SITE_PREPOSITION.behind(gap, 0) or gap.strip()[:1] in ("(", "[")):
            return None
        # "(femoral neck -2.1)": the site is that of the value behind it
        return None if self._of_next_value(value, following) else following

    def _beyond_its_bracket(self, value: Value, site: Site) -> bool:
        own = self.bracket(value)
        return own is not None and own != self.bracket(site) and site.start > own[1]

    def _gap(self, value: Value, site: Site) -> str:
        """The words from a value to a site behind it, without a noun of change and brackets of others."""
        gap = self.lower[value.end : site.start]
        if value.unit == "%":
            gap = ph.CHANGE_NOUN.pattern.sub("", gap, count=1)
        own, other = self.bracket(value), self.bracket(site)
        opened = other is not None and other[0] >= value.end and gap.strip() in ("(", "[")
        return ph.without_brackets(gap) if own == other or opened else gap

    def _begins_anew(self, gap: str, value: Value, site: Site) -> bool:
        """Whether a site behind a comma leads the next value: "... spine -3.0, at the hip -2.0"."""
        told = any(s.end <= value.start for s in self.sites)
        return told and gap.lstrip().startswith(",") and self._leads(site)

    def _of_next_value(self, value: Value, site: Site) -> bool:
        """Whether a site in a bracket of its own has a value behind it there; a region alone has not."""
        own, other = self.bracket(value), self.bracket(site)
        if other is None or other == own or self._region_only(site):
            return False
        return any(site.end <= v.start < other[1] and v.usable for v in self.values)

    def _leads(self, site: Site) -> bool:
        """Whether a value stands right behind a site: ", at the hip -2.0"."""
        following = next((v for v in self.values if v.start >= site.end), None)
        return following is not None and bool(ph.LEADING.fills(self.lower, site.end, following.start))

    def _region_only(self, site: Site) -> bool:
        return (
            self.lower[site.start : site.start + 1] == "l"
            and self.lower[site.start + 1 : site.start + 2].isdigit()
        )

    def site_directly_after(self, value: Value) -> Site | None:
        """The site that follows a value without anything between."""
        following = next((s for s in self.sites if s.start >= value.end), None)
        if following is None:
            return None
        gap = self.lower[value.end : following.start]
        return following if ph.whole(ph.DIRECTLY_TO_SITE, ph.without_brackets(gap)) else None

    def own_site_behind(self, value: Value) -> Site | None:
        """The site right behind a value that leads no value of its own: "and -1.6 total hip"."""
        found = self.site_directly_after(value)
        return None if found is None or self._leads(found) else found

    def only_site(self, value: Value) -> Site | None:
        """The sentence's only site, told later in the same clause ("... of -4.2 was found at the spine")."""
        if len({s.site for s in self.sites}) != 1 or self.sites[0].start < value.end:
            return None
        start = self.sites[0].start
        other = ph.OTHER_CLAUSE.within(self.lower, value.end, start)
        return None if other or start - value.end > 80 else self.sites[0]

    def names(self, measure: str, value: Value) -> bool:
        """Whether a measure's name stands right before a value."""
        named = [m for m in self.measures if m.measure == measure and m.end <= value.start]
        return bool(named) and value.start - named[-1].end <= _NAMED_REACH

    def spelt_out(self, measure: str, value: Value) -> bool:
        """Whether a measure's name before a value is more than its letter."""
        return any(
            m.measure == measure and m.end - m.start > 1 for m in self.measures if m.end <= value.start
        )

    def near(self, measure: Measure, value: Value) -> bool:
        """Whether the words before a value, back to a measure's name, are about densitometry."""
        events: list[Site | Value] = [*self.sites, *self.values]
        last = max(
            (e.end for e in events if measure.end <= e.start and e.end <= value.start), default=measure.end
        )
        words = ph.WORD.pattern.findall(self.lower, last, value.start)
        unknown = [word for word in words if word not in known_words()]
        return len(unknown) <= 3


def _has_digit(words: str) -> bool:
    return _DIGIT.within(words, 0, len(words)) is not None
