"""Measured sites: the names of sites.csv and the lumbar levels that are a region of measurement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.bmd.vocabulary import SLOTS as WORDS
from extractors.bmd.vocabulary import site_names
from extractors.fractures.levels import LevelRef, levels_in, parse_levels
from extractors.rules.book import Book, Found
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View


@dataclass(frozen=True, slots=True)
class Site:
    """A measured site at [start, end); `region` like "L1-L4", "" where not told."""

    start: int
    end: int
    site: str
    region: str = ""


SLOTS = WORDS | {
    "side": r"(?:left |right |both )?",
    "score mark": r"[tz](?:-? ?score)?",
}
_NOT_MEASURED_AFTER = Glue(r" (?:vertebra\w* )?(?:bod(?:y|ies) )?(?:compression )?{not measured}\b", SLOTS)
_NOT_MEASURED_BEFORE = Glue(
    r"(?:\b{finding at} (?:of|in|at|over|to) (?:the |her |his )?{side}|\bno )$", SLOTS
)
_FRACTURE_NEAR = Glue(
    r"(?<!non-)(?<!non )(?<!non)(?<!un)(?<!not )(?<!in)(?<!ef)(?<!trans)(?!discover){fracture near}", SLOTS
)
_TO_REGION = Glue(r" ?(?:[(\[,:] ?|,? {region word} )?(?:the )?(?:{region prefix} )*(?:of )?", SLOTS)
_FROM_REGION = Glue(r" ?(?:\)? ?(?:of|in|at) (?:the )?|\( ?|\) ?)?")
_TO_PART = Glue(r" ?[(\[:-]? ?(?:total )?")
_APART = Glue(r"/|\bto\b")
#: Two values side by side.
_VALUES = Glue(
    r"(?:\d\.\d{1,4}|[-+~] ?\d)(?: ?(?:sds?|%|m?g/cm\S{0,2}))?(?:,? and |, ?|; ?| ?/ ?)"
    r"(?:[-+~] ?)?(?:\d\.\d|(?<=[-+~ ])\d)"
)
#: So far from a list of levels their values stand (characters).
_VALUES_REACH = 120

_SHORT_FORM = Glue(r" ?\((?P<short>[A-Z]{2,6})\)")
#: So many characters before a site's name its short form may begin ("left total hip").
_WORDS_BEFORE = 12

#: The hip as a whole, whose part told right behind it counts ("hip (femoral neck)").
_HIP = frozenset(("proximal femur", "total hip"))
#: Parts of the hip, of which a "total" behind them is the whole.
OF_THE_HIP = frozenset(("femoral neck", "trochanter", "ward's triangle"))
_SINGLE = frozenset(("L1", "L2", "L3", "L4"))

#: A "total" that is a site by what stands before it; what a rule reads is the site.
BOOK = Book(
    "bmd.sites",
    (
        Rule(
            "total of levels",
            r"\b(?:total|mean|average)(?= ?[:=]? ?-?\d)",
            lambda _: "lumbar spine",
            says={"L1 -3.2, L2 -3.5, total -3.4": "lumbar spine"},
            silent=("total hip -3.4", "the average was -3"),
        ),
        Rule(
            "total of the hip",
            r"(?:(?<=[;,(] )|(?<=[;,(])|(?<=\band ))total"
            r"(?= ?[:=]? ?(?:{score mark} ?[:=]? ?- ?\d|{score mark} ?[:=]? ?\d|bmd\b|-? ?\d))",
            lambda _: "total hip",
            says={"neck: T -2.2; total: T -2.0": "total hip"},
            silent=("neck -2.2; total spine", "in total -2"),
        ),
    ),
    {"score mark": SLOTS["score mark"]},
)


def sites_in(view: View, sentence: Sentence) -> list[Site]:
    """The measured sites of a sentence, lumbar levels joined to their spine, offsets in the sentence."""
    hits = site_names().in_sentence(view, sentence)
    moved = [Hit(h.start - sentence.start, h.end - sentence.start, h.value) for h in hits]
    moved += _short_forms(view, sentence, moved)
    moved.sort()
    refs = levels_in(view, sentence) if "l" in sentence.lower else []
    if not moved and not refs:
        return []
    return _sites(sentence.lower, moved, refs, list(BOOK.find(view, sentence)))


def _defined(view: View) -> dict[str, str]:
    """The short forms of sites that a text defines: "left total hip (LTH)"; worked out once."""
    found: dict[str, str] | None = view.cache.get("bmd.short forms")
    if found is None:
        found = {}
        for sentence in view.sentences:
            for hit in site_names().in_sentence(view, sentence) if "(" in sentence.text else ():
                short = _SHORT_FORM.behind(view.text, hit.end)
                words = view.text[max(sentence.start, hit.start - _WORDS_BEFORE) : hit.end]
                if short and _stands_for(short["short"], words):
                    found.setdefault(short["short"], hit.value)
        view.cache["bmd.short forms"] = found
    return found


def _stands_for(short: str, words: str) -> bool:
    """Whether the letters of a short form begin the last words, in their order."""
    initials = "".join(word[0] for word in words.replace("-", " ").split())
    return initials.lower().endswith(short.lower())


def _short_forms(view: View, sentence: Sentence, known: Sequence[Hit[str]]) -> Iterator[Hit[str]]:
    """The short forms that a sentence uses for sites."""
    for short, site in _defined(view).items():
        at = sentence.text.find(short)
        while at >= 0:
            end = at + len(short)
            alone = not (sentence.text[at - 1 : at].isalnum() or sentence.text[end : end + 1].isalnum())
            if alone and not any(h.start < end and at < h.end for h in known):
                yield Hit(at, end, site)
            at = sentence.text.find(short, end)


def sites_of_label(text: str, lower: str) -> list[Site]:
    """The same of a label; `lower` is the folded `text` in lower case."""
    refs = parse_levels(text) if "l" in lower else []
    return _sites(lower, site_names().find(text, lower), refs, list(BOOK.in_text(text, lower)))


def _sites(
    lower: str, hits: Iterable[Hit[str]], refs: Sequence[LevelRef], totals: Sequence[Found]
) -> list[Site]:
    named = [Site(*hit) for hit in hits if _measured(lower, hit)]
    regions = list(_regions(lower, refs))
    out = [_with_region(lower, site, regions) for site in named]
    single = [r for r in regions if r.region in _SINGLE]
    out += [*regions, *_totals(totals, single, [s for s in named if s.site in OF_THE_HIP])]
    return _apart(lower, sorted(out, key=lambda s: s.start))


def _measured(lower: str, hit: Hit[str]) -> bool:
    return not (
        _NOT_MEASURED_AFTER.behind(lower, hit.end)
        or _NOT_MEASURED_BEFORE.within(lower, hit.start - 30, hit.start)
    )


def _with_region(lower: str, site: Site, regions: list[Site]) -> Site:
    """A spine with the levels told behind or before it, which are then taken from `regions`."""
    if site.site != "lumbar spine":
        return site
    behind = (r for r in regions if r.start >= site.end and _TO_REGION.fills(lower, site.end, r.start))
    before = (r for r in regions if r.end <= site.start and _FROM_REGION.fills(lower, r.end, site.start))
    taken = next(behind, None) or next(before, None)
    if taken is None:
        return site
    regions.remove(taken)
    return Site(min(site.start, taken.start), max(site.end, taken.end), site.site, taken.region)


def _totals(found: Sequence[Found], single: Sequence[Site], parts: Sequence[Site]) -> Iterator[Site]:
    """The "total" behind values of single levels, or of parts of the hip ("neck: T -2.2; total: T -2.0")."""
    for total in found:
        start, end = total.match.span()
        site = total.read()
        if site == "lumbar spine" and len(single) > 1 and start >= single[-1].end:
            yield Site(start, end, site, region_name([s.region for s in single]))
        elif site == "total hip" and parts and start >= parts[0].end:
            yield Site(start, end, site)


def _apart(lower: str, sites: Sequence[Site]) -> list[Site]:
    """Sites that do not overlap; of "hip (femoral neck)", "femur: neck" the narrower name counts."""
    out: list[Site] = []
    for site in sites:
        last = out[-1] if out else None
        if last is not None and site.start < last.end:
            continue
        if last is not None and _is_narrower(lower, last, site):
            out[-1] = Site(last.start, site.end, site.site)
        else:
            out.append(site)
    return out


def _is_narrower(lower: str, last: Site, site: Site) -> bool:
    within = last.site in _HIP and (site.site in OF_THE_HIP or site.site == "total hip")
    return within and _TO_PART.fills(lower, last.end, site.start) is not None


def _regions(lower: str, refs: Sequence[LevelRef]) -> Iterator[Site]:
    """Lumbar levels that may be a region of measurement; lists "L2 and L4" as one."""
    lumbar = [r for r in refs if r.form != "group" and all(level[0] == "L" for level in r.levels)]
    for group in _lists(lower, lumbar):
        start, end = min(r.start for r in group), max(r.end for r in group)
        if _FRACTURE_NEAR.within(lower, start - 30, start) or _FRACTURE_NEAR.within(
            lower, end, min(len(lower), end + 25)
        ):
            continue
        if _are_separate(lower, start, end, group):
            for ref in group:
                yield Site(ref.start, ref.end, "lumbar spine", region_name(ref.levels))
        else:
            levels = [level for ref in group for level in ref.levels]
            yield Site(start, end, "lumbar spine", region_name(levels))


def _lists(lower: str, refs: Sequence[LevelRef]) -> Iterator[list[LevelRef]]:
    """References of one list without a semicolon between."""
    for _, chain in groupby(refs, key=lambda r: r.chain):
        group: list[LevelRef] = []
        for ref in chain:
            if group and ";" in lower[group[-1].end : ref.start]:
                yield group
                group = []
            group.append(ref)
        yield group


def _are_separate(lower: str, start: int, end: int, group: Sequence[LevelRef]) -> bool:
    """Whether a list of levels at [start, end) is one of separate measurements ("L1, L2, L3 and L4 were -2,
    ..."); with one value beside it ("lumbar spine (L1, L3, L4) -2.9") it is one region."""
    if len(group) < 2 or _APART.within(lower, start, end):
        return False
    if any(len(r.levels) > 1 for r in group):
        return True
    return len(group) > 2 and bool(
        _VALUES.within(lower, end, min(len(lower), end + _VALUES_REACH))
        or _VALUES.within(lower, max(0, start - _VALUES_REACH), start)
    )


def region_name(levels: Iterable[str]) -> str:
    """ "L1-L4" for neighbours, "L2,L4" otherwise."""
    numbers = sorted({int(level[1:]) for level in levels})
    if len(numbers) == 1:
        return f"L{numbers[0]}"
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"L{numbers[0]}-L{numbers[-1]}"
    return ",".join(f"L{n}" for n in numbers)
