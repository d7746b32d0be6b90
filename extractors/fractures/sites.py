"""Fractured bones: a bone's name counts where a fracture word belongs to it.

Before it ("fracture of the left distal radius", "she broke her wrist") or behind it ("rib and sternal
fractures", "the pubic ramus was fractured"). Levels of the spine are `extractors.fractures.decisions`'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.fractures.bones import SLOTS as BONES
from extractors.fractures.bones import SiteRef, sites_in
from extractors.fractures.cues import Cue
from extractors.fractures.levels import LevelRef
from extractors.fractures.vocabulary import bones
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Relation
from extractors.text import Sentence, View


@dataclass(frozen=True, slots=True)
class SiteMention:
    """A fractured bone: its name, the fracture word it belongs to, the relation that says so."""

    site: SiteRef
    cue: Cue
    rule: str
    certainty: float

    @property
    def start(self) -> int:
        """Where the stretch from bone to fracture word begins."""
        return min(self.site.start, self.cue.start)

    @property
    def end(self) -> int:
        """Where it ends."""
        return max(self.site.end, self.cue.end)


BEHIND = Relation(
    "bone before its fracture word",
    "The fracture word stands right behind the bone.",
    says={"A right femoral neck fracture was fixed.": {"site": "femoral neck", "side": "right"}},
    silent=("She denied any previous wrist fracture.", "Hip pain led to a fracture clinic."),
)
PREDICATE = Relation(
    "bone said to be fractured",
    "The fracture word is what is said of the bone.",
    says={"The right clavicle was fractured.": {"site": "clavicle", "side": "right"}},
    silent=("MRI of the pelvis was normal.",),
)
OBJECT = Relation(
    "bone broken",
    "The bone is the object of a verb of breaking.",
    says={"She broke her wrist in a fall.": {"site": "wrist"}},
    silent=("Her voice broke when her wrist hurt.",),
)
FRACTURE_OF = Relation(
    "fracture of a bone",
    "The bone stands behind its fracture word.",
    says={"She sustained a fracture of the left distal radius.": {"site": "distal radius", "side": "left"}},
    silent=("There was no fracture of the sacrum.",),
)
UPTAKE = Relation(
    "uptake in a bone",
    "Uptake of a tracer in a paper on fractures.",
    says={
        "She had vertebral insufficiency fractures. Bone scan showed uptake in the sacrum.": {
            "site": "sacrum"
        }
    },
    silent=("Bone scan showed uptake in the sacrum.",),
)
SPINE = Relation(
    "vertebra without a level",
    "Vertebrae are said to be fractured, but not which.",
    says={"MRI showed vertebral fractures.": {"site": "vertebra", "level": ""}},
    silent=("MRI of the spine was normal.", "MRI showed a vertebral fracture of T8."),
)
_CERTAINTY = {BEHIND: 0.95, PREDICATE: 0.9, OBJECT: 0.95, FRACTURE_OF: 0.95, UPTAKE: 0.65, SPINE: 0.4}
BOOK = Book("fractures.sites", (), {}, tuple(_CERTAINTY))

SLOTS = BONES | {
    "between": r"[\s,/&()-]|\b{adjective}\b|@",
    "lesion of bone": (
        r"(?:(?:a|the|large|lytic|brown|bone|old) ){0,4}(?:tumou?r|lesion|metastas[ie]s|cyst|defect)"
    ),
    "article": r"the|her|his|its|their|a|an|one|no\.",
    "part of it": r"levels?|ramus|rami|body|bodies|vertebra(?:e|l)?",
}
_SITE_TO_CUE = Glue(r"(?:{between})*", SLOTS)
_SAID = Glue(
    r"(?:{between})*(?:,[^,;]{0,60},)? {predicate} (?:(?:{to be}| )+\b)?(?:[\s,]|\b{adjective}\b)*", SLOTS
)
_PREPOSITION = Glue(r" (?:of|in|at|to) ")
_CUE_TO_SITE = Glue(
    r"(?:[\s,/&():-]|\b(?:{link}|{lesion of bone}|{adjective}|{article}|{part of it})\b|@|~)*", SLOTS
)
_VERB_TO_SITE = Glue(r" (?:(?:{her}|a|an|my|their|one|both) )?(?:{between}|\b(?:{her}|my)\b)*", SLOTS)
#: The fracture word goes on to another bone of its own.
_OWN_OBJECT = Glue(
    r" (?:lines? )?(?:of|in|at|involving) (?:(?:{her}|a|an|left|right|both) |[a-z-]+ ){0,3}[@~]", SLOTS
)
#: "After the fall she fractured her wrist": the verb has its own object.
_ITS_OBJECT = Glue(r" (?:{her}|a|an|my|both) ", SLOTS)
_BROKEN_SKIN = Glue(r" (?:out|down|up|off|into)\b")
_SHARED_SIDE = Glue(r" (?:and |/ ?|or )| ?/ ?|, | \(")
_NEGATIVE = Glue(r"\b(?:no|without|normal|reduced|decreased) (?:\w+ ){0,2}$")
_REACH = 110


def site_fractures(
    view: View, sentence: Sentence, cues: Sequence[Cue], levels: Sequence[LevelRef], fracture_paper: bool
) -> list[SiteMention]:
    """The fractured bones of a sentence, offsets in the sentence; each site and side once.

    In a paper on fractures a bone's uptake on scintigraphy counts, with less certainty.
    """
    breaks = _breaks(sentence.lower, cues, fracture_paper)
    sites = _with_shared_sides(sentence.lower, sites_in(view, sentence)) if breaks else []
    if not sites:
        return []
    words = _Words(sentence.lower, _masked(sentence.lower, sites, levels), breaks)
    out: dict[tuple[str, str], SiteMention] = {}
    for site in sites:
        found = None if site.spine and levels else words.owner(site)
        if found is None or (site.spine and found[0].bone == "uptake"):
            continue
        cue, relation = found
        told = SPINE if site.spine else UPTAKE if cue.bone == "uptake" else relation
        out.setdefault((site.site, site.side), SiteMention(site, cue, told.name, _CERTAINTY[told]))
    return _narrowest(list(out.values()))


def _breaks(lower: str, cues: Sequence[Cue], fracture_paper: bool) -> list[Cue]:
    """The cues that can break a bone; uptake only where no tumour is spoken of."""
    uptake = fracture_paper and not any(c.kind == "tumour" for c in cues)
    return [
        c
        for c in cues
        if (c.bone == "break" and c.tells)
        or (c.bone == "verb" and c.tells and not _BROKEN_SKIN.behind(lower, c.end))
        or (c.bone == "uptake" and uptake and not _NEGATIVE.within(lower, c.start - 30, c.start))
    ]


def _with_shared_sides(lower: str, sites: Sequence[SiteRef]) -> list[SiteRef]:
    """ "right tibia and fibula": the side is that of both."""
    out: list[SiteRef] = []
    for site in sites:
        shared = not site.side and out and out[-1].side in ("left", "right")
        if shared and _SHARED_SIDE.fills(lower, out[-1].end, site.start):
            out.append(replace(site, side=out[-1].side))
        else:
            out.append(site)
    return out


def _masked(lower: str, sites: Sequence[SiteRef], levels: Sequence[LevelRef]) -> str:
    """The sentence with bones as "@" and levels as "~", of the same length."""
    chars = list(lower)
    for marked, mark in ((sites, "@"), (levels, "~")):
        for thing in marked:
            chars[thing.start : thing.end] = mark * (thing.end - thing.start)
    return "".join(chars)


@dataclass(frozen=True, slots=True)
class _Words:
    """A sentence, the same with bones and levels masked, and its words of breaking."""

    lower: str
    masked: str
    breaks: list[Cue]

    def owner(self, site: SiteRef) -> tuple[Cue, Relation] | None:
        """The fracture word that a bone belongs to, and the relation that says so."""
        behind = next((c for c in self.breaks if c.start >= site.end), None)
        before = next((c for c in reversed(self.breaks) if c.end <= site.start), None)
        if behind and behind.start - site.end <= _REACH and (found := self._to(site, behind)):
            return behind, found
        if before and site.start - before.end <= _REACH and (found := self._from(before, site, behind)):
            return before, found
        return None

    def _to(self, site: SiteRef, cue: Cue) -> Relation | None:
        """How a bone belongs to the fracture word behind it."""
        place = self.masked, site.end, cue.start
        with_object = cue.bone == "verb" and _ITS_OBJECT.behind(self.lower, cue.end)
        if _SITE_TO_CUE.fills(*place) and not with_object:
            return BEHIND
        said = _SAID.fills(*place) and not _PREPOSITION.within(*place)
        return PREDICATE if said and not _OWN_OBJECT.behind(self.masked, cue.end) else None

    def _from(self, cue: Cue, site: SiteRef, behind: Cue | None) -> Relation | None:
        """How a bone belongs to the fracture word before it; `behind` is the one behind it."""
        if cue.bone == "verb":
            return OBJECT if _VERB_TO_SITE.fills(self.masked, cue.end, site.start) else None
        closer = behind is not None and not self.masked[site.end : behind.start].strip()
        linked = _CUE_TO_SITE.fills(self.masked, cue.end, site.start)
        return FRACTURE_OF if linked and not closer else None


def _narrowest(found: list[SiteMention]) -> list[SiteMention]:
    """Without a bone whose part is told ("subtrochanteric fracture of the femur"); it takes the side."""
    out = dict(enumerate(found))
    for i, general in enumerate(found):
        for k, part in enumerate(found):
            if i != k and i in out and k in out and _same(general, part):
                side = out[k].site.side or general.site.side
                out[k] = replace(out[k], site=replace(out[k].site, side=side))
                del out[i]
    return list(out.values())


def _same(general: SiteMention, part: SiteMention) -> bool:
    """Whether a bone is told again more closely: by its part, or with its side."""
    one, other = general.site, part.site
    if one.side and other.side and one.side != other.side:
        return False
    if other.site == one.site:
        return not one.side
    return one.site in bones()[other.site].part_of and _same_fracture(general, part)


def _same_fracture(general: SiteMention, part: SiteMention) -> bool:
    """Whether bone and part stand around one fracture word or side by side, not in a list of its own."""
    cue, one, other = general.cue, general.site, part.site
    if part.cue.start != cue.start:
        return bones()[one.site].once and not one.side
    around = (other.end <= cue.start) != (one.end <= cue.start)
    return around or abs(other.start - one.end) <= 2
