"""Measured sites: the names of sites.csv and the lumbar levels that are a region of measurement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.fractures.levels import LevelRef, parse_levels
from extractors.rules.lexicon import Entry, Lexicon, read_rows


@dataclass(frozen=True, slots=True)
class Site:
    """A measured site at [start, end); `region` like "L1-L4", "" where not told."""

    start: int
    end: int
    site: str
    region: str = ""


@cache
def site_lexicon() -> Lexicon[str]:
    """The names of measured sites (sites.csv)."""
    return Lexicon(
        Entry(r["alias"], r["site"], r["exact"] == "yes") for r in read_rows("extractors.bmd", "sites.csv")
    )


_FRACTURE_NEAR = re.compile(
    r"fractur|collaps|compress|wedg|deformit|vertebroplast|kyphoplast|screw|fusion|oedema|edema|disc\b|disk"
)
_NOT_MEASURED_AFTER = re.compile(
    r"\s(?:vertebra\w*\s)?(?:bod(?:y|ies)\s)?(?:compression\s)?(?:pain|aches?|fractur\w*|surgery|mri|ct|"
    r"x-?\s?rays?|radiogra\w*|movements?|stiffness|tenderness|joints?|flexion|brace|replacement|"
    r"arthroplast\w*|kyphosis|puncture|osteoarthritis|deformit\w*|compression|muscles?|mobility|rom)\b"
)
_NOT_MEASURED_BEFORE = re.compile(
    r"(?:\b(?:fractur\w*|pain|mri|ct|radiographs?|x-?\s?rays?|films?|tenderness|surgery|imaging|"
    r"tomography|collapse|edema|oedema)\s(?:of|in|at|over|to)\s(?:the\s|her\s|his\s)?(?:left\s|right\s|"
    r"both\s)?|\bno\s)$"
)
_JOIN_REGION = re.compile(
    r"\s?(?:[(\[,:]\s?|,?\s(?:at|of|from|vertebrae|levels?|region|segments?|total|"
    r"bmd)\s)?(?:the\s)?(?:mean\s|average\s|region\s|levels?\s|vertebrae\s|ap\s|a-p\s|from\s|total\s|"
    r"antero-?posterior\s|segments?\s)*(?:of\s)?"
)


def sites_in(text: str, lower: str) -> list[Site]:
    """The measured sites of a sentence or label, lumbar levels joined to their spine."""
    named = [
        Site(h.start, h.end, h.value)
        for h in site_lexicon().find(text, lower)
        if not _NOT_MEASURED_AFTER.match(lower, h.end)
        and not _NOT_MEASURED_BEFORE.search(lower[max(0, h.start - 30) : h.start])
    ]
    regions = _regions(text, lower)
    out: list[Site] = []
    for site in named:
        taken = next(
            (
                r
                for r in regions
                if site.site == "lumbar spine" and _JOIN_REGION.fullmatch(lower, site.end, r.start)
            ),
            None,
        )
        if taken is None:
            taken = next(
                (
                    r
                    for r in regions
                    if site.site == "lumbar spine"
                    and re.fullmatch(
                        r"\s?(?:\)?\s?(?:of|in|at)\s(?:the\s)?|\(\s?|\)\s?)?", lower[r.end : site.start]
                    )
                    and r.end <= site.start
                ),
                None,
            )
        if taken is not None:
            regions.remove(taken)
            start, end = min(site.start, taken.start), max(site.end, taken.end)
            out.append(Site(start, end, site.site, taken.region))
        else:
            out.append(site)
    out.extend(regions)
    out.extend(_totals(lower, [r for r in regions if r.region in _SINGLE]))
    out.extend(_total_hips(lower, [s for s in named if s.site in OF_THE_HIP]))
    out.sort(key=lambda s: s.start)
    merged: list[Site] = []
    for site in out:  # "hip (femoral neck)", "femur: neck": the narrower name counts
        if merged and site.start < merged[-1].end:
            continue
        if (
            merged
            and merged[-1].site in ("proximal femur", "total hip")
            and site.site in ("femoral neck", "total hip", "trochanter", "ward's triangle")
            and re.fullmatch(r"\s?[(\[:,-]?\s?(?:total\s)?", lower[merged[-1].end : site.start])
            and "," not in lower[merged[-1].end : site.start]
        ):
            merged[-1] = Site(merged[-1].start, site.end, site.site)
            continue
        merged.append(site)
    return merged


_SINGLE = ("L1", "L2", "L3", "L4")
_TOTAL = re.compile(r"\b(?:total|mean|average)(?=\s?[:=]?\s?[-−–]?\d)")


#: Parts of the hip, of which a "total" behind them is the whole.
OF_THE_HIP = frozenset({"femoral neck", "trochanter", "ward's triangle"})
_TOTAL_OF_HIP = re.compile(
    r"(?:(?<=[;,(]\s)|(?<=[;,(])|(?<=\band\s))total"
    r"(?=\s?[:=]?\s?(?:[tz](?:-?\s?score)?\s?[:=]?\s?[-−–]?\s?\d|bmd\b|[-−–]?\d))"
)


def _total_hips(lower: str, parts: list[Site]) -> list[Site]:
    """The "total" behind values of parts of the hip ("neck: T -2.2; total: T -2.0")."""
    if not parts:
        return []
    return [Site(m.start(), m.end(), "total hip", "") for m in _TOTAL_OF_HIP.finditer(lower, parts[0].end)]


def _totals(lower: str, single: list[Site]) -> list[Site]:
    """The "total" behind values of single levels ("L1 -3.2, L2 -3.5, total -3.4")."""
    if len(single) < 2:
        return []
    region = region_name([s.region for s in single])
    return [Site(m.start(), m.end(), "lumbar spine", region) for m in _TOTAL.finditer(lower, single[-1].end)]


def _regions(text: str, lower: str) -> list[Site]:
    """Lumbar levels that may be a region of measurement; lists "L2 and L4" as one."""
    if "l" not in lower:
        return []
    refs = [r for r in parse_levels(text) if all(level[0] == "L" for level in r.levels) and r.form != "group"]
    out: list[Site] = []
    i = 0
    while i < len(refs):
        j = i + 1
        while (
            j < len(refs)
            and refs[j].chain == refs[i].chain
            and not re.search(r"[;]", text[refs[j - 1].end : refs[j].start])
        ):
            j += 1
        group = refs[i:j]
        start, end = min(r.start for r in group), max(r.end for r in group)
        around = lower[max(0, start - 30) : start] + " " + lower[end : end + 25]
        if not _FRACTURE_NEAR.search(around):
            if (
                len(group) > 1
                and re.search(r"(?:/|\bto\b)", text[start:end]) is None
                and _single_values(text, group)
            ):
                out.extend(Site(r.start, r.end, "lumbar spine", region_name(list(r.levels))) for r in group)
            else:
                out.append(
                    Site(
                        start, end, "lumbar spine", region_name([level for r in group for level in r.levels])
                    )
                )
        i = j
    return out


def _single_values(text: str, group: list[LevelRef]) -> bool:
    """Whether a list of levels is one of separate measurements ("L1, L2, L3 and L4 were -2, ...")."""
    return len(group) > 2 or any(len(r.levels) > 1 for r in group)


def region_name(levels: list[str]) -> str:
    """ "L1-L4" for neighbours, "L2,L4" otherwise."""
    numbers = sorted({int(level[1:]) for level in levels})
    if len(numbers) == 1:
        return f"L{numbers[0]}"
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"L{numbers[0]}-L{numbers[-1]}"
    return ",".join(f"L{n}" for n in numbers)
