"""Fractured bones: a bone's name counts where a fracture word belongs to it.

Before it ("fracture of the left distal radius", "she broke her wrist") or behind it ("rib and sternal
fractures", "the pubic ramus was fractured"). Levels of the spine are `extractors.fractures.decisions`'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.fractures.bones import SLOTS as BONES
from extractors.fractures.bones import SiteRef, masked, side_at, sites_in
from extractors.fractures.cues import Cue, only_feared
from extractors.fractures.levels import LevelRef
from extractors.fractures.vocabulary import bones, named_fractures
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
    says={
        "She sustained a fracture of the left distal radius.": {"site": "distal radius", "side": "left"},
        "X-ray: fracture neck of femur (R).": {"site": "femoral neck", "side": "right"},
    },
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
ECHO = Relation(
    "fracture of the other side",
    "The bone is named on one side, and the fracture of the other side behind it without its name.",
    says={
        "MRI showed a fracture of the right femoral neck and a smaller one on the left.": {
            "site": "femoral neck",
            "side": "left",
        }
    },
    silent=("MRI showed a fracture of the right femoral neck and oedema on the left.",),
)
NAMED = Relation(
    "fracture with a name",
    "A fracture is told by its name or its initials.",
    says={
        "She had a Jones fracture of the left foot.": {"site": "metatarsal", "side": "left"},
        "A right AFF was fixed.": {"site": "femur", "side": "right"},
        "He had a hangman's fracture.": {"site": "vertebra", "level": "C2"},
    },
    silent=("Jones described the fracture.",),
)
_CERTAINTY = {
    NAMED: 0.9,
    BEHIND: 0.95,
    PREDICATE: 0.9,
    OBJECT: 0.95,
    FRACTURE_OF: 0.95,
    UPTAKE: 0.65,
    SPINE: 0.4,
    ECHO: 0.85,
}
BOOK = Book("fractures.sites", (), {}, tuple(_CERTAINTY))

SLOTS = BONES | {
    "between": r"[\s,/&()-]|\b{adjective}\b|@",
    "lesion of bone": (
        r"(?:(?:a|the|large|lytic|brown|bone|old) ){0,4}(?:tumou?r|lesion|metastas[ie]s|cyst|defect)"
    ),
    "article": r"the|her|his|its|their|a|an|one|no\.",
    "part of it": (
        r"levels?|ramus|rami|body|bodies|vertebra(?:e|l)?|areas?|regions?|sites?|locations?|parts?|aspects?|"
        r"portions?|surfaces?"
    ),
    "aside": r"\([^()@~]{1,40}\)",
    "was of": r"(?:had been|has been|was|were|is) (?:of|in|at)",  # "her only fracture had been of the wrist"
}
_NAME_TO_CUE = Glue(r"(?:(?: type)? (?:[ivx]{1,3}|\d)[a-d]?)?(?:(?: type)? ?{adjective}\b)* (?=\S)", SLOTS)
_SITE_TO_CUE = Glue(r"(?:{between})*", SLOTS)
#: Words of the noun group between a bone and its fracture word: "tibia plateau insufficiency fracture".
_GROUP_TO_CUE = Glue(r"(?:[\s/()-]|,(?=[^,;]{0,30}@)|@|(?>\b{adjective}\b|\b{plain}))*", SLOTS)
_SAID = Glue(
    r"(?:{between})*(?:,[^,;]{0,60},)? {predicate} (?:(?:{to be}| )+\b)?(?:[\s,]|\b{adjective}\b)*", SLOTS
)
_PREPOSITION = Glue(r" (?:of|in|at|to) ")
_CUE_TO_SITE = Glue(
    r"(?! ?(?:,|and|or|as well as|plus) ?(?:(?:an?|the) )?(?:{side} )?@)"
    r"(?:[\s,/&():-]|{aside}|\b(?:{link}|{lesion of bone}|{adjective}|{article}|{part of it}|{was of})\b|"
    r"\b[lr]\b|@|~)*",
    SLOTS,
)
#: The same with unknown words right before the bone or behind others: "of the mid-third @".
_GROUP_FROM_CUE = Glue(
    r" ?(?:(?:of|in|at|involving|affecting|through|to|:) |: ?|\()"
    r"(?:[\s,/&()-]|{aside}|@|~|(?>\b(?:{link}|{adjective}|{article}|{part of it})\b|\b{plain}))*",
    SLOTS,
)
_VERB_TO_SITE = Glue(
    r" (?:(?:{her}|a|an|my|their|one|both) )?(?:{between}|\b(?:{her}|my)\b|\b[lr]\b|@)*(?:{plain}[\s-])?",
    SLOTS,
)
_HARDWARE_BEFORE = Glue(r"\b{hardware}\b", SLOTS)
_HARDWARE_BEHIND = Glue(r"[\s-]{hardware}\b", SLOTS)
#: Behind a bone, what makes it no fracture of the fracture word before: "... and left hip effusion".
_OTHER_FINDING = Glue(
    r"(?:[\s-]{1,4}(?:joints?|bones?|{of the group})){0,2}[\s-]{1,4}{other finding}\b", SLOTS
)
_JOINED = Glue(r"[^@~]{0,60}[@~].{0,90}?(?:,|\band\b|\bor\b|\bwith\b)[^@~]{0,60}|\s(?:and|with|or)\b.*")
#: The fracture word goes on to another bone of its own.
_OWN_OBJECT = Glue(
    r" (?:lines? )?(?:of|in|at|involving) (?:(?:{her}|a|an|left|right|both) |[a-z-]+ ){0,3}[@~]", SLOTS
)
#: "After the fall she fractured her wrist": the verb has its own object.
_ITS_OBJECT = Glue(r" (?:{her}|a|an|my|both) ", SLOTS)
_BROKEN_SKIN = Glue(r" (?:out|down|up|off|into)\b")
#: Between a part and its whole: "metatarsal of the right foot", "humerus on the right arm".
_PART_OF = Glue(r"(?: (?:bones?|shaft|head|base|neck))? (?:of|in|on|at) [^,;:@~]{0,40}")
_SHARED_SIDE = Glue(r" (?:and |/ ?|or )| ?/ ?|, | \(")
_NEGATIVE = Glue(r"\b(?:no|without|normal|reduced|decreased) (?:\w+ ){0,2}$")
#: Behind a sided bone: a fracture on the other side.
_ON_THE_OTHER = Glue(
    r",? (?:and|with|followed(?: later)? by|then)(?: later| then| also| by)? (?:an? |the )?(?:[\w-]+ ){0,2}?"
    r"(?:one|another|fracture|same) (?:on|of|in) the (?P<side>left|right|other|opposite|contralateral)"
    r"(?: side| one)?(?=[,.;)]|$| (?:and|was|were|in|at|after|before|which|by|on|with|had)\b)"
)
_CONTRALATERAL = Glue(r"\b(?:contralateral|opposite) $")
OPPOSITE = {"left": "right", "right": "left"}
#: So far a fracture word may stand from its bone, and so far with unknown words between (characters).
_REACH, _GROUP_REACH = 110, 60


def site_fractures(
    view: View, sentence: Sentence, cues: Sequence[Cue], levels: Sequence[LevelRef], fracture_paper: bool
) -> list[SiteMention]:
    """The fractured bones of a sentence, offsets in the sentence; each site and side once.

    In a paper on fractures a bone's uptake on scintigraphy counts, with less certainty.
    """
    breaks = _breaks(sentence.lower, cues, fracture_paper)
    out = {(f.site.site, f.site.side, f.site.level): f for f in named(view, sentence, breaks)}
    sites = _with_shared_sides(sentence.lower, sites_in(view, sentence)) if breaks else []
    if not sites:
        return list(out.values())
    words = _Words(sentence.lower, _both_masked(sentence.lower, sites, levels), breaks)
    for site in sites:
        cranial = levels and sentence.lower.startswith("cranial", site.start)  # an end of the vertebra
        found = None if (site.spine and levels) or cranial else words.owner(site)
        if found is None or (site.spine and found[0].bone == "uptake"):
            continue
        cue, relation = found
        told = SPINE if site.spine else UPTAKE if cue.bone == "uptake" else relation
        out.setdefault((site.site, site.side, ""), SiteMention(site, cue, told.name, _CERTAINTY[told]))
    for echo in echoes(sentence.lower, list(out.values())):
        out.setdefault((echo.site.site, echo.site.side, ""), echo)
    return _narrowest(list(out.values()), words.masked)


def echoes(lower: str, found: Sequence[SiteMention]) -> Iterator[SiteMention]:
    """The same bone of the other side: "a fracture of the right femoral neck and another on the left"."""
    for one in found:
        told = _ON_THE_OTHER.behind(lower, one.end) if one.site.side in OPPOSITE else None
        if told is not None:
            side = told["side"] if told["side"] in OPPOSITE else OPPOSITE[one.site.side]
            end = told.end("side")
            yield replace(one, rule=ECHO.name, site=replace(one.site, end=end, side=side), certainty=0.85)


def owner_of(sentence: Sentence, word: SiteRef, breaks: Sequence[Cue]) -> Cue | None:
    """The fracture word that a word of a sentence belongs to as a bone's name does, None for none."""
    lower = sentence.lower
    found = _Words(lower, masked(lower, [(word.start, word.end, "")], "@"), list(breaks)).owner(word)
    return found[0] if found else None


def named(view: View, sentence: Sentence, breaks: Sequence[Cue]) -> Iterator[SiteMention]:
    """The fractures that have a name of their own: "a Jones fracture", "a right AFF"."""
    at = sentence.start
    for hit in named_fractures().in_sentence(view, sentence):
        start, end, bone = hit.start - at, hit.end - at, hit.value
        kind = None if bone.initials else _NAME_TO_CUE.behind(sentence.lower, end)
        told = start if bone.initials else kind.end() if kind else -1
        cue = next((c for c in breaks if c.start == told), None)
        if cue is not None:
            side = side_at(sentence.lower, start, end)
            site = SiteRef(start, end, bone.site, side, bone.level)
            yield SiteMention(site, cue, NAMED.name, _CERTAINTY[NAMED])


def _breaks(lower: str, cues: Sequence[Cue], fracture_paper: bool) -> list[Cue]:
    """The cues that can break a bone; uptake only where no tumour is spoken of."""
    uptake = fracture_paper and not any(c.kind == "tumour" for c in cues)
    # "an insufficiency fracture (IF)": the word counts, not its initials
    again = {c.start for b, c in pairwise(cues) if lower[b.end : c.start] == " (" and b.bone == c.bone}
    return [
        c
        for c in cues
        if (c.bone == "break" and c.tells and c.start not in again)
        or (c.bone == "verb" and c.tells and not _BROKEN_SKIN.behind(lower, c.end))
        or (
            c.kind == "weak"
            and c.bone == "uptake"
            and uptake
            and not _NEGATIVE.within(lower, c.start - 30, c.start)
        )
    ]


def _with_shared_sides(lower: str, sites: Sequence[SiteRef]) -> list[SiteRef]:
    """ "right tibia and fibula": the side is that of both."""
    out: list[SiteRef] = []
    for site in sites:
        shared = not site.side and out and out[-1].side in ("left", "right")
        told = [s.side for s in out if s.site == site.site and s.side in OPPOSITE]
        if not site.side and told and _CONTRALATERAL.within(lower, site.start - 16, site.start):
            out.append(replace(site, side=OPPOSITE[told[-1]]))
        elif shared and _SHARED_SIDE.fills(lower, out[-1].end, site.start):
            out.append(replace(site, side=out[-1].side))
        else:
            out.append(site)
    return out


def _both_masked(lower: str, sites: Sequence[SiteRef], levels: Sequence[LevelRef]) -> str:
    """The sentence with bones as "@" and levels as "~", of the same length."""
    bones_out = masked(lower, ((s.start, s.end, "") for s in sites), "@")
    return masked(bones_out, ((r.start, r.end, "") for r in levels), "~")


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
        if only_feared(self.lower, site.start, cue.end):
            return None
        with_object = cue.bone == "verb" and _ITS_OBJECT.behind(self.lower, cue.end)
        near = cue.start - site.end <= _GROUP_REACH and cue.bone == "break"
        if (_SITE_TO_CUE.fills(*place) or (near and _GROUP_TO_CUE.fills(*place))) and not with_object:
            return BEHIND
        said = _SAID.fills(*place) and not _PREPOSITION.within(*place)
        return PREDICATE if said and not _OWN_OBJECT.behind(self.masked, cue.end) else None

    def _from(self, cue: Cue, site: SiteRef, behind: Cue | None) -> Relation | None:
        """How a bone belongs to the fracture word before it; `behind` is the one behind it."""
        place = self.masked, cue.end, site.start
        if cue.bone == "verb":
            return OBJECT if _VERB_TO_SITE.fills(*place) else None
        if behind is not None and not self.masked[site.end : behind.start].strip():
            return None
        if _HARDWARE_BEFORE.within(*place) or _HARDWARE_BEHIND.behind(self.masked, site.end):
            return None
        if _OTHER_FINDING.behind(self.masked, site.end) and _JOINED.fills(*place):
            return None
        near = site.start - cue.end <= _GROUP_REACH
        return FRACTURE_OF if _CUE_TO_SITE.fills(*place) or (near and _GROUP_FROM_CUE.fills(*place)) else None


def _narrowest(found: list[SiteMention], masked_lower: str) -> list[SiteMention]:
    """Without a bone whose part is told ("subtrochanteric fracture of the femur"); it takes the side."""
    out = dict(enumerate(found))
    for i, general in enumerate(found):
        for k, part in enumerate(found):
            if i != k and i in out and k in out and _same(general, part, masked_lower):
                side = out[k].site.side or general.site.side
                out[k] = replace(out[k], site=replace(out[k].site, side=side))
                del out[i]
    return list(out.values())


def _same(general: SiteMention, part: SiteMention, masked_lower: str) -> bool:
    """Whether a bone is told again more closely: by its part, or with its side."""
    one, other = general.site, part.site
    if one.side and other.side and one.side != other.side:
        return False
    if other.site == one.site:
        return not one.side
    return one.site in bones()[other.site].part_of and _same_fracture(general, part, masked_lower)


def _same_fracture(general: SiteMention, part: SiteMention, masked_lower: str) -> bool:
    """Whether bone and part stand around one fracture word, side by side or one of the other, not listed."""
    cue, one, other = general.cue, general.site, part.site
    if part.cue.start != cue.start:
        return bones()[one.site].once and not one.side
    around = (other.end <= cue.start) != (one.end <= cue.start)
    of_it = other.end <= one.start and _PART_OF.fills(masked_lower, other.end, one.start)
    joined = masked_lower[other.end : one.start] in (" ", "-")  # "subcapital femoral fractures"
    return around or bool(of_it) or joined or abs(other.start - one.end) <= 2
