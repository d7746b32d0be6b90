"""Fracture sites other than levels: bones and their parts, with their side, next to a fracture word.

A bone's name alone says nothing: a site counts where the fracture word belongs to it, before
("fracture of the left distal radius", "she broke her wrist") or after it ("rib and sternal
fractures", "the pubic ramus was fractured").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from extractors.fractures.judge import Cue
from extractors.fractures.levels import LevelRef
from extractors.rules.lexicon import Entry, Lexicon, read_rows
from extractors.text import Sentence

#: Sites of vertebral fractures whose level is not told.
SPINE = frozenset({"vertebra", "thoracic spine", "lumbar spine", "cervical spine"})


@dataclass(frozen=True, slots=True)
class SiteRef:
    """A bone named at [start, end); `side` is left, right, bilateral or "" where not told."""

    start: int
    end: int
    site: str
    side: str


@dataclass(frozen=True, slots=True)
class SiteMention:
    """A fractured bone: the stretch [start, end) from bone to fracture word, and both parts of it."""

    start: int
    end: int
    site: str
    side: str
    rule: str
    certainty: float
    site_start: int
    site_end: int
    cue_start: int
    cue_end: int


@cache
def _lexicon() -> Lexicon[str]:
    return Lexicon(Entry(row["alias"], row["site"]) for row in read_rows("extractors.fractures", "sites.csv"))


#: Words that may stand between a bone and its fracture word, in either order.
_ADJECTIVE = (
    r"(?:left|right|bilateral|bilaterally|both|lt|rt|sided|multiple|several|single|two|three|four|five|"
    r"six|many|numerous|various|old|new|recent|fresh|acute|chronic|healed|healing|"
    r"consecutive|adjacent|contralateral|ipsilateral|previous|prior|further|another|second|third|"
    r"additional|subsequent|complete|incomplete|partial|displaced|undisplaced|non-?displaced|minimally|"
    r"comminuted|simple|open|closed|transverse|oblique|spiral|hairline|linear|occult|spontaneous|"
    r"traumatic|atraumatic|non-?traumatic|non-?union|united|ununited|delayed|"
    r"surgical|anatomical|dorsal|ventral|stress|insufficiency|fragility|fatigue|osteoporotic|"
    r"pathologic(?:al)?|low-?(?:trauma|energy|impact)|minimal|trauma|compression|atypical|pseudo|looser|"
    r"looser's|impacted|avulsion|burst|"
    r"tension-?sided?|tensile|compressive|medial|lateral|anterior|posterior|superior|inferior|upper|"
    r"lower|middle|mid|distal|proximal|third|shaft|bone|bones|cortex|cortical|neck|head|base|wing|ala|"
    r"alae|"
    r"region|regions|end|part|side|diaphyseal|metaphyseal|vertical|horizontal|h-shaped|u-shaped|type|"
    r"osteopenic|symmetrical|asymmetrical|marked|severe|mild|periprosthetic|subchondral|"
    r"axillary|posterolateral|anterolateral|lateral|costochondral|spinous|head|(?:at|in|"
    r"aged)\s(?:the\sage\sof\s|age\s)?(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|childhood|adolescence|youth|infancy)(?:\syears?(?:\sold|\sof\sage)?|\smonths)?|"
    r"\d{1,2}(?:st|nd|rd|th)?|first|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|and|"
    r"or|as\swell\sas|plus|including|also|thoracic|lumbar)"
)
_SIDE_BEFORE = re.compile(
    r"\b(left|right|bilateral|bilaterally|both|lt|rt|left-?sided|right-?sided|either)\b"
    rf"(?:[\s,-]+(?:{_ADJECTIVE}|the|her|his|of|in|to|fractures?|sided))*[\s-]*$"
)
_SIDE_AFTER = re.compile(
    r"^(?:\s\d[\d\s,-]{0,12}(?:(?:and|to)\s\d{1,2})?(?=[\s,(]))?\s?(?:\w+\s)?(?:,\s|\()?(?:on\s(?:the|her|his)\s)?(left|right|bilateral|bilaterally|"
    r"on\sboth\ssides|both\ssides)(?:\sside|\))?(?![\s-]+(?:and\s)?\w*(?:femur|femor|rib|wrist|hip|tibia|"
    r"radius|humerus|ankle|foot|leg|arm|neck|\d))"
)
_SIDES = {
    "lt": "left",
    "rt": "right",
    "both": "bilateral",
    "either": "bilateral",
    "bilaterally": "bilateral",
    "left-sided": "left",
    "right-sided": "right",
    "leftsided": "left",
    "rightsided": "right",
    "on both sides": "bilateral",
    "both sides": "bilateral",
}


_LONG_BONES = frozenset({"femur", "humerus", "tibia", "radius"})
_PART_OF = re.compile(
    r"\b(?:(?:surgical\s|anatomical\s)?(?P<piece>neck|head|shaft|diaphysis)|(?P<end>distal|proximal|"
    r"lower|upper)\s(?:third|end|part|half|metaphysis|epiphysis))"
    r"\sof\s(?:the\s|her\s|his\s)?(?:left\s|right\s|both\s)?$"
)
_NECK = {"femur": "femoral neck", "radius": "radial head"}
_HEAD = {"femur": "femoral head", "radius": "radial head"}
_SHAFT = {"femur": "femoral shaft", "tibia": "tibial shaft", "humerus": "humeral shaft"}


def find_sites(text: str, lower: str | None = None) -> list[SiteRef]:
    """Every bone that a text names, with its side; vertebrae without a level have a site of `SPINE`."""
    low = text.lower() if lower is None else lower
    out: list[SiteRef] = []
    for hit in _lexicon().find(text, low):
        start, site = hit.start, hit.value
        part = _PART_OF.search(low, max(0, start - 50), start) if site in _LONG_BONES else None
        if part is not None:
            start, site = part.start(), _part_name(part, site)
        out.append(SiteRef(start, hit.end, site, _side(low, start, hit.end)))
    return out


def _part_name(part: re.Match[str], bone: str) -> str:
    """The site of "neck of the left <bone>", "distal third of the <bone>"."""
    if part["end"]:
        return f"{part['end'].replace('lower', 'distal').replace('upper', 'proximal')} {bone}"
    if bone == "humerus" and part["piece"] in ("neck", "head"):
        return "proximal humerus"
    return {"neck": _NECK, "head": _HEAD}.get(part["piece"], _SHAFT).get(bone, bone)


def _side(lower: str, start: int, end: int) -> str:
    inside = re.search(r"\b(left|right|both)\b", lower[start:end])
    if inside:
        return _SIDES.get(inside.group(1), inside.group(1))
    before = _SIDE_BEFORE.search(lower[max(0, start - 70) : start])
    if before:
        words = re.findall(r"\b(left|right)\b", before.group())
        if {"left", "right"} <= set(words):
            return "bilateral"
        return _SIDES.get(before.group(1), before.group(1))
    after = _SIDE_AFTER.match(lower[end : end + 40])
    return _SIDES.get(after.group(1), after.group(1)) if after else ""


_BETWEEN_SITE_AND_CUE = re.compile(rf"(?:[\s,/&()-]|\b{_ADJECTIVE}\b|@)*")
_PREDICATE = re.compile(
    rf"(?:[\s,/&()-]|\b{_ADJECTIVE}\b|@)*(?:,[^,;]{{0,60}},)?\s(?:was|were|had|has|have|is|are|being|"
    rf"been|showed|shows|revealed|demonstrated|disclosed|with|(?:consistent|compatible|in\skeeping)\swith|"
    rf"suggesti(?:ng|ve\sof)|indicating|indicative\sof|(?:due|corresponding)\sto)\s"
    rf"(?:(?:been|also|then|again|found|to|be|have|now|suffered|sustained|a|an|the|later|subsequently|"
    rf"\s)+\b)?(?:[\s,]|\b{_ADJECTIVE}\b)*"
)
_LINK = (
    r"(?:dislocations?|(?:sub)?luxations?|of|in|at|to|on|involving|affecting|through|across|within|over|along|around|near|including|for|"
    r"with|"
    r"namely|were|was|seen|noted|found|detected|identified|present|lines?|changes|lucenc(?:y|ies)|and|also|"
    r"(?:(?:a|the|large|lytic|brown|bone|old)\s)*(?:tumou?r|lesion|metastas[ie]s|cyst|defect))"
)
_BETWEEN_CUE_AND_SITE = re.compile(
    rf"(?:[\s,/&():-]|\b(?:{_LINK}|{_ADJECTIVE}|the|her|his|its|their|a|an|one|no\.|levels?|ramus|rami|"
    rf"body|bodies|vertebra(?:e|l)?)\b|@|~)*"
)
_VERB_OBJECT = re.compile(
    rf"\s(?:(?:her|his|the|a|an|my|their|one|both)\s)?(?:[\s,/&()-]|\b{_ADJECTIVE}\b|@|\b(?:her|his|the|"
    rf"my)\b)*"
)
#: The fracture word goes on to another bone of its own.
_OWN_OBJECT = re.compile(
    r"\s(?:lines?\s)?(?:of|in|at|involving)\s(?:(?:the|her|his|a|an|left|right|both)\s|[a-z-]+\s){0,3}[@~]"
)
_VERBS = frozenset({"broke", "broken", "breaking", "fractured", "fracturing", "cracked"})
_CUES = frozenset(
    "fracture fractured fractures fracturing refracture refractures refractured re-fracture re-fractures "
    "re-fractured fx fxs broke broken breaking crack cracks cracked pseudofracture pseudofractures "
    "pseudo-fracture pseudo-fractures".split()
) | {"looser zone", "looser zones", "looser's zone", "looser's zones"}
_BROKEN_SKIN = re.compile(r"\s(?:out|down|up|off|into)\b")
#: Tracer uptake in a bone, which is a fracture where the paper is about fractures.
_UPTAKE = frozenset(
    {"uptake", "hot spot", "hot spots", "hotspot", "increased activity", "hot lesion", "hot lesions"}
)
_MAX_GAP = 110


def find_site_fractures(
    sentence: Sentence, cues: list[Cue], levels: list[LevelRef], fracture_paper: bool = False
) -> list[SiteMention]:
    """The fractured bones of a sentence, offsets in the sentence; each site and side once.

    In a paper on fractures a bone's uptake on scintigraphy counts, with less certainty.
    """
    lower = sentence.lower
    breaks = [
        c
        for c in cues
        if c.kind == "strong"
        and c.fact
        and lower[c.start : c.end] in _CUES
        and not (lower[c.start : c.end] in ("broke", "broken") and _BROKEN_SKIN.match(lower, c.end))
    ]
    if fracture_paper and not any(c.kind == "tumour" for c in cues):
        breaks = sorted(
            [*breaks, *(c for c in cues if lower[c.start : c.end] in _UPTAKE and _is_positive(lower, c))],
            key=lambda c: c.start,
        )
    if not breaks:
        return []
    sites = find_sites(sentence.text, lower)
    if not sites:
        return []
    sites = _share_sides(lower, sites)
    masked = _mask(lower, sites, levels)
    out: dict[tuple[str, str], SiteMention] = {}
    for site in sites:
        if site.site in SPINE and levels:
            continue
        found = _belongs(masked, lower, site, breaks)
        if found is None:
            continue
        cue, rule = found
        unspecified = site.site in SPINE
        uptake = lower[cue.start : cue.end] in _UPTAKE
        if unspecified and uptake:
            continue
        out.setdefault(
            (site.site, site.side),
            SiteMention(
                start=min(cue.start, site.start),
                end=max(cue.end, site.end),
                site=site.site,
                side=site.side,
                rule="vertebra-unspecified" if unspecified else "site-uptake" if uptake else rule,
                certainty=0.4 if unspecified else 0.65 if uptake else 0.95 if rule != "site-verb" else 0.9,
                site_start=site.start,
                site_end=site.end,
                cue_start=cue.start,
                cue_end=cue.end,
            ),
        )
    return _narrowest(list(out.values()))


def _share_sides(lower: str, sites: list[SiteRef]) -> list[SiteRef]:
    """ "right tibia and fibula": the side is that of both."""
    out: list[SiteRef] = []
    for named in sites:
        site = named
        if (
            not site.side
            and out
            and out[-1].side in ("left", "right")
            and re.fullmatch(r"\s(?:and\s|/\s?|or\s)|\s?/\s?|,\s|\s\(", lower[out[-1].end : site.start])
        ):
            site = replace(site, side=out[-1].side)
        out.append(site)
    return out


#: A bone and the parts of it that name the same fracture more closely.
_PARTS = {
    "femur": ("femoral", "femur", "trochanter"),
    "hip": ("femoral neck", "femoral head", "trochant", "acetabulum"),
    "tibia": ("tibia",),
    "humerus": ("humer",),
    "radius": ("radius",),
    "wrist": ("radius", "scaphoid"),
    "forearm": ("radius", "ulna"),
    "arm": ("humer", "radius"),
    "pelvis": ("pub", "acetab", "isch", "ili", "sacr"),
    "pubis": ("pubic ramus",),
    "foot": ("metatarsal", "calcaneus", "talus", "toe"),
    "hand": ("metacarpal", "finger"),
    "jaw": ("mandible", "maxilla"),
    "lower leg": ("tibia", "fibula"),
    "ankle": ("distal tibia",),
    "shoulder": ("humer", "scapula"),
    "knee": ("tibial plateau", "patella", "distal femur"),
    "skull": ("orbit", "nasal"),
}


def is_part(site: str, of: str) -> bool:
    """Whether a site names a part of another one: "femoral neck" of "hip", "distal tibia" of "tibia"."""
    return site != of and any(site.startswith(part) or f" {part}" in site for part in _PARTS.get(of, ()))


#: Bones whose part, told anywhere in the sentence, is the same fracture.
_ONE_FRACTURE = frozenset({"femur", "hip", "tibia", "humerus", "radius", "wrist", "forearm", "jaw"})


def _narrowest(found: list[SiteMention]) -> list[SiteMention]:
    """Without a bone whose part is told ("subtrochanteric fracture of the femur"); it takes the side."""
    out: dict[int, SiteMention] = dict(enumerate(found))
    for i, general in enumerate(found):
        for k, part in enumerate(found):
            if (
                i == k
                or i not in out
                or k not in out
                or (part.side and general.side and part.side != general.side)
            ):
                continue
            again = part.site == general.site and not general.side
            if again or (is_part(part.site, general.site) and _same_fracture(general, part)):
                del out[i]
                out[k] = replace(out[k], side=out[k].side or general.side)
    return list(out.values())


def _same_fracture(general: SiteMention, part: SiteMention) -> bool:
    """Whether bone and part stand around one fracture word or side by side, not in a list of its own."""
    if part.cue_start != general.cue_start:
        return general.site in _ONE_FRACTURE and not general.side
    around = (part.site_end <= general.cue_start) != (general.site_end <= general.cue_start)
    return around or abs(part.site_start - general.site_end) <= 2


def _is_positive(lower: str, cue: Cue) -> bool:
    return not re.search(
        r"\b(?:no|without|normal|reduced|decreased)\s(?:\w+\s){0,2}$",
        lower[max(0, cue.start - 30) : cue.start],
    )


def _mask(lower: str, sites: list[SiteRef], levels: list[LevelRef]) -> str:
    """The sentence with other bones as "@" and levels as "~", of the same length."""
    chars = list(lower)
    for start, end, mark in [(s.start, s.end, "@") for s in sites] + [(r.start, r.end, "~") for r in levels]:
        for i in range(start, end):
            chars[i] = mark
    return "".join(chars)


def _belongs(masked: str, lower: str, site: SiteRef, breaks: list[Cue]) -> tuple[Cue, str] | None:
    """The fracture word that a site belongs to, and the rule that says so."""
    after = next((c for c in breaks if c.start >= site.end), None)
    before = next((c for c in reversed(breaks) if c.end <= site.start), None)
    if after and after.start - site.end <= _MAX_GAP:
        gap = masked[site.end : after.start]
        if _BETWEEN_SITE_AND_CUE.fullmatch(gap) and not _is_object_verb(lower, after):
            return after, "site-before"
        if (
            _PREDICATE.fullmatch(gap)
            and not re.search(r"\s(?:of|in|at|to)\s", gap)
            and not _OWN_OBJECT.match(masked, after.end)
        ):
            return after, "site-verb"
    if before and site.start - before.end <= _MAX_GAP:
        gap = masked[before.end : site.start]
        word = lower[before.start : before.end]
        if word in _VERBS:
            if _VERB_OBJECT.fullmatch(gap):
                return before, "site-object"
        elif _BETWEEN_CUE_AND_SITE.fullmatch(gap) and not (after and _closer_after(masked, site, after)):
            return before, "site-after"
    return None


def _is_object_verb(lower: str, cue: Cue) -> bool:
    """Whether "broke"/"fractured" has its own object ("after the fall she fractured her wrist")."""
    return lower[cue.start : cue.end] in ("broke", "fractured") and bool(
        re.match(r"\s(?:her|his|the|a|an|my|both)\s", lower[cue.end :])
    )


def _closer_after(masked: str, site: SiteRef, after: Cue) -> bool:
    return masked[site.end : after.start].strip() == ""
