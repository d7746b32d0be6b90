"""The component `casebook.bmd`: bone density, T- and Z-scores and their changes."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import TimeRef, store
from extractors.bmd.assign import Assigned, Carry, assign
from extractors.bmd.fact import BmdMention
from extractors.bmd.marks import goes_on_with_density, measures_in, speaks_of_density
from extractors.bmd.others import about_others
from extractors.bmd.phrases import is_earlier, is_later, is_now
from extractors.bmd.relations import Event
from extractors.bmd.sites import Site, sites_in
from extractors.bmd.values import values_in
from extractors.factory import register
from extractors.language.context import context_of
from extractors.text import Sentence, View, view
from extractors.time.lists import with_listed_times
from extractors.time.times import time_behind, time_of
from extractors.time.years import with_years


class Bmd:
    """Finds densitometric values; see `extractors.bmd`."""

    def find(self, v: View) -> list[BmdMention]:
        """All values with a site that the text gives, limits and definitions left out."""
        dense = [speaks_of_density(v, s) for s in v.sentences]
        if not any(dense):
            return []
        dense = [told or goes_on_with_density(v, s) for told, s in zip(dense, v.sentences, strict=True)]
        out: list[BmdMention] = []
        carry = Carry()
        recalled: dict[tuple[str, str, str], None] = {}
        regions: dict[str, int] = {}  # where each was told first
        for sentence in v.sentences:
            if sentence.first:
                carry = Carry(recalled=tuple(recalled))
            if not (carry.density or dense[sentence.index]):
                continue
            events = _events(v, sentence)
            if not carry.sites and (before := v.previous(sentence)) is not None:
                carry = replace(carry, sites=tuple(sites_in(v, before)))
            found = [] if about_others(v, sentence) else assign(sentence.lower, events, carry)
            told_before = {(measure, site) for measure, site, _ in recalled}
            made = [_mention(v, sentence, a, (a.measure, a.site) in told_before) for a in found]
            out.extend(with_listed_times(v, sentence, made, _of_list))
            told = [e.region for e in events if isinstance(e, Site) and _names_spine(e)]
            for region in (*told, *(a.region for a in found)):
                regions.setdefault(region, sentence.start)
            recalled.update(((a.measure, a.site, a.region), None) for a in found)
            carry = _carry(dense[sentence.index], events, found, carry)
            carry = replace(carry, recalled=tuple(recalled))
        return with_years(v, _with_unit(_with_region(out, regions)), _of_list)

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "bmd"."""
        return store(doc, "bmd", self.find(view(doc)))


def _of_list(m: BmdMention) -> tuple[str, str, str]:
    return m.site, m.region, m.measure


def _names_spine(site: Site) -> bool:
    """Whether a region stands with its spine ("lumbar spine (L1-L4)"), not alone."""
    return bool(site.region) and site.end - site.start > len("lumbar L1-L4")


def _with_region(found: list[BmdMention], regions: dict[str, int]) -> list[BmdMention]:
    """A paper that tells one region of the lumbar spine means it from that sentence on."""
    told = set(regions) - {""}
    if len(told) != 1 or not any("-" in r for r in told):
        return found
    (region,) = told
    begin = regions[region]
    return [
        replace(m, region=region) if m.site == "lumbar spine" and not m.region and m.end > begin else m
        for m in found
    ]


def _with_unit(found: list[BmdMention]) -> list[BmdMention]:
    """A density without a unit has that of the site's density before ("... After a year BMD was 0.701").

    Of a change told in one go it stands behind the second one: "rose from 0.700 to 0.820 g/cm2".
    """
    last: dict[str, BmdMention] = {}
    out: list[BmdMention] = []
    for place, m in enumerate(found, 1):
        behind = found[place] if place < len(found) else None
        if m.measure == "bmd" and not m.unit and behind is not None and _goes_on(m, behind):
            m = replace(m, unit=behind.unit)  # noqa: PLW2901
        before = last.get(m.site)
        if m.measure == "bmd" and not m.unit and before is not None and 0.4 < m.value / before.value < 2.5:
            m = replace(m, unit=before.unit)  # noqa: PLW2901
        if m.measure == "bmd" and m.unit:
            last[m.site] = m
        out.append(m)
    return out


def _goes_on(m: BmdMention, behind: BmdMention) -> bool:
    """Whether a density right behind another one is the end of a change from it, or next in its list."""
    if behind.measure != "bmd" or not behind.unit or not 0.4 < m.value / behind.value < 2.5:
        return False
    return 0 < behind.end - m.end < 45


def _events(v: View, s: Sentence) -> list[Event]:
    sites, measures = sites_in(v, s), measures_in(v, s)
    values = values_in(v, s, [(e.start, e.end) for e in sites])
    return sorted([*sites, *measures, *values], key=lambda e: e.start)


def _carry(dense: bool, events: list[Event], found: list[Assigned], before: Carry) -> Carry:
    sites = tuple(e for e in events if isinstance(e, Site))
    if not dense and not found:
        return Carry(before.sites if not sites else (), (), False)
    order = tuple(dict.fromkeys(a.measure for a in found))
    return Carry(sites or before.sites, order or before.measures, True)


def _mention(v: View, s: Sentence, a: Assigned, again: bool) -> BmdMention:
    """The mention of a value; `again`: one of its site and measure was told before."""
    start, end = s.start + a.value.start, s.start + a.value.end
    # a printed figure was measured, whatever was excluded or not seen beside it
    context = replace(context_of(v, s, start, end), negated=False)
    if a.left < a.value.start and context.about_patient:
        # a figure in brackets belongs to whom its site belongs to: "her sister's hip BMD (T-score -1.2)"
        of_site = context_of(v, s, s.start + a.left, s.start + a.left + 1)
        context = replace(context, family=of_site.family, general=of_site.general)
    when = time_behind(v, s, end) or time_of(v, s, start, end)
    if is_earlier(s.lower, a.value.start) and (when is None or when.phase != "baseline"):
        when = TimeRef(start, end, "", phase="baseline", pregnancy=when.pregnancy if when else None)
    elif when is None and is_later(s.lower, a.value.start):
        when = TimeRef(start, end, "", phase="follow-up")
    if again and is_now(s.lower, a.value.start) and (when is None or when.start < s.start):
        when = TimeRef(start, end, "", phase="follow-up")
    return BmdMention(
        start=s.start + a.left,
        end=s.start + a.right,
        rule=a.rule,
        certainty=a.certainty,
        context=context,
        time=when,
        site=a.site,
        region=a.region,
        measure=a.measure,
        value=round(a.value.value, 4),
        unit=a.unit,
    )


def create(nlp: Language | None, name: str) -> Bmd:
    """The spaCy factory of `casebook.bmd`."""
    return Bmd()


register("bmd", create)
