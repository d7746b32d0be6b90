"""Is a level said to be fractured? The cue that governs it decides.

Of all cues of the sentence - fracture words, densitometry, discs, nerves, procedures - the one
directly after the level governs it ("T12 wedge fracture", "L4-L5 disc", "L1-L4 T-score"), else
the nearest before it ("fractures of T8 and L1"), else a fracture word later in the clause ("in T8
and L1 height loss was found"), else the fracture of the sentence before ("They involved T8").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.fractures import patterns as p
from extractors.fractures.levels import LevelRef
from extractors.fractures.soundness import SOUND_AFTER, SOUND_BEFORE
from extractors.rules.lexicon import Entry, Lexicon, read_rows
from extractors.text import Sentence, View


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word at [start, end) of a sentence; `kind` is its class in cues.csv."""

    start: int
    end: int
    kind: str
    fact: bool = True  # False: feared, prevented, denied


@dataclass(frozen=True, slots=True)
class Verdict:
    """`cue` is the fracture word in the sentence (None if it stands in the one before)."""

    rule: str
    certainty: float
    cue: Cue | None
    stated: bool = False  # whatever negation the context sees


@cache
def _lexicon() -> Lexicon[str]:
    return Lexicon(Entry(row["cue"], row["class"]) for row in read_rows("extractors.fractures", "cues.csv"))


def find_cues(view: View) -> dict[int, list[Cue]]:
    """The cues of every sentence that has any, by the sentence's index, with offsets in the sentence."""
    out: dict[int, list[Cue]] = {}
    for hit in _lexicon().find(view.text, view.lower):
        sentence = view.sentence_at(hit.start)
        if sentence is None or hit.end > sentence.end:
            continue
        start, end = hit.start - sentence.start, hit.end - sentence.start
        cues = out.setdefault(sentence.index, [])
        if hit.value == "height":
            if not cues or cues[-1].kind != "height":
                cues.append(Cue(start, end, "height"))
        else:
            fact = hit.value not in ("strong", "weak") or _is_fact(sentence.lower, start, end)
            cues.append(Cue(start, end, hit.value, fact))
    if "#" in view.text:
        _add_signs(view, out)
    for index, cues in out.items():
        if any(c.kind == "height" for c in cues):
            kept = [c for c in cues if c.kind != "height"] + _height_losses(view.sentences[index].lower)
            out[index] = sorted(kept, key=lambda c: (c.start, c.end))
    return out


#: The sign that clinical notes use for a fracture: "# T12, L1", "multiple #s: T6", "NOF #".
_SIGN = re.compile(
    r"#s?(?=[\s:]{1,2}(?:of\s|at\s)?(?:the\s)?(?:left\s|right\s)?(?:[tdl]h?\s?\d|ribs?|sacr|pelvi|hip|wrist|nof|"
    r"neck|femur|femoral|radius|vertebra))|(?<=nof\s)#|(?<=vertebral\s)#s?|(?<=crush\s)#s?|(?<=wedge\s)#s?"
)


def _add_signs(view: View, out: dict[int, list[Cue]]) -> None:
    for match in _SIGN.finditer(view.lower):
        sentence = view.sentence_at(match.start())
        if sentence is not None:
            start, end = match.start() - sentence.start, match.end() - sentence.start
            cues = out.setdefault(sentence.index, [])
            cues.append(Cue(start, end, "strong", _is_fact(sentence.lower, start, end)))
            cues.sort(key=lambda c: (c.start, c.end))


def _height_losses(lower: str) -> list[Cue]:
    """Losses of vertebral height and depressions of endplates; not those of the patient's stature."""
    return [
        Cue(m.start(), m.end(), "strong", _is_fact(lower, m.start(), m.end()))
        for m in p.HEIGHT_LOSS.finditer(lower)
        if not p.STATURE.search(lower, m.start(), min(len(lower), m.end() + 16))
    ]


def _is_fact(lower: str, start: int, end: int) -> bool:
    return not (
        lower[max(0, start - 4) : start] in ("non-", "non ")
        or p.NOT_A_FACT.search(lower[max(0, start - 90) : start])
        or p.NOT_THE_EVENT.match(lower, end)
        or p.ONLY_THOUGHT.match(lower, end)
    )


_FILLER = re.compile(
    r"(?:\s|\(|\)|\b(?:vertebra(?:e|l|s)?|bod(?:y|ies)|soma(?:s|ta)?|corp(?:us|ora)|levels?|spinal|spine|segments?|anterior|superior|"
    r"inferior|upper|lower|"
    r"osteoporotic|acute|recent|new|old|fresh|chronic|mild|moderate|severe|marked|slight|grade|type|"
    r"partial|complete|anteriorly|"
    r"end-?plates?|central|benign|fragility|insufficiency|pathologic|pathological|traumatic|atraumatic|"
    r"multiple|stable|unstable|"
    r"was|were|is|are|had|has|have|been|being|showed|show|shows|appeared|found|to|be|the|a|an|with|of|"
    r"all|both|also|each|"
    r"then|subsequently|newly|further|markedly|mildly|moderately|severely|slightly|partially|completely|"
    r"genant|[123iv]+|"
    r"revealed|demonstrated|displayed|presented|exhibited|suffered|sustained|transverse|spinous|"
    r"process(?:es)?|lamina|pedicle|odontoid|percutaneous|balloon|intervertebral)\b)*"
)
_GOVERNS = re.compile(
    r"(?:\s|\b(?:of|at|in|on|over|from|to|between|involving|the|levels?|vertebra(?:e|l)?|bod(?:y|ies)|"
    r"was|were|performed|seen|"
    r"noted|is|spinous|processes|around|near|for|and|process|spine|segments?|using|through|into|with|"
    r"[(:,])\b|[(:,])*"
)
_IMAGED = re.compile(
    r"\b(?:radiogra\w+|x-?rays?|films?|mri|ct|scans?|imaging|images?|views?|evaluat\w+|assess\w+|"
    r"analy[sz]\w+|examin\w+|range|extending|regions?)"
    r"\s(?:(?:of|from|between|at)\s)(?:the\s)?(?:levels?\s)?$"
)
_IMAGED_SPINE = re.compile(
    r"\b(?:radiogra\w+|x-?rays?|films?|mri|ct|scans?|imaging|images?|tomography)\s(?:of|from)\s(?:the|"
    r"her|his)\s(?:[\w-]+\s){0,4}(?:spine|vertebral\scolumn|column|vertebrae)\s?\(?(?:from\s|between\s)?$"
)
#: "Of the vertebrae from T4 to L4, T6 and T8 were fractured": those looked at.
_OUT_OF = re.compile(
    r"(?:^|[.;,]\s|\band\s)(?:out\s)?of\s(?:all\s)?(?:the\s)?(?:\w+\s){0,2}"
    r"(?:vertebrae|levels|bodies|segments)\s(?:\w+\s){0,2}?\(?(?:from\s|between\s)?$"
)
#: Levels that a scan was confined to: "densitometry, limited to L4 because of the fractures".
_CONFINED = re.compile(r"(?:\s[\w-]+){0,2},?\s(?:\w+\s){0,2}(?:confined|limited|restricted)\sto\s(?:the\s)?")
#: A level left out of the densitometry for its fracture, whose exclusion is no denial.
_LEFT_OUT_BEFORE = re.compile(
    r"\b(?:exclu\w+|omit\w+|except\w*|leaving\sout|without|minus)\s(?:of\s|for\s)?(?:the\s)?"
    r"(?:fractured|collapsed|compressed|deformed|wedged|crushed)\s(?:vertebra\w*\s|level\s)?$"
)
_LEFT_OUT_AFTER = re.compile(
    r"(?:\svertebra\w*)?\s(?:was|were|is|being|had\sbeen|had\sto\sbe)\s(?:excluded|omitted|left\sout|"
    r"(?:not|un)\s?(?:\w+\s)?(?:analy|evalua|measur|includ|assess|interpret)\w+)"
    r"[^.;]{0,50}?\b(?:because\sof|due\sto|owing\sto|on\saccount\sof|for)\s(?:\w+\s){0,4}"
    r"(?:fractur|collaps|compress|wedg|deform|crush)"
)
_SIGNAL_ON = re.compile(
    r"\b(?:signals?|\w*intens\w*|sequences?|images?|imaging|bright|dark)\s(?:\w+\s){0,3}(?:on|in|"
    r"at)\s(?:both\s)?$|\b(?:high|low)\son\s$"
)
_VITAMIN = re.compile(r"(?:\bvit(?:amin|\.)?|hydroxy\w*|calciferol|calcidiol|\boh\)?|\))[\s-]*$")
_THYROID = re.compile(r"\bthyro|\btsh\b|\bfree\st[34]|\bft[34]\b|triiodo")
_COMPLEMENT = re.compile(r"\bcomplement|\bana\b|\bigg\b|c3\sand\sc4|hepatitis|heart\ssounds?|murmur")
_ACUTENESS = re.compile(
    r"\b(?:recent|acute|fresh|old|new|active|o?edema|oedematous|healed)[\s,]*(?:with\s|except|but)?"
)
#: Treatments of the fractured body itself; screws and rods reach over its neighbours.
_AUGMENTED = re.compile(r"vertebroplast|kyphoplast|augment|cement|pmma|inject")
_REASON = re.compile(r"\b(?:because\sof|due\sto|owing\sto|for)\s(?:\w+\s){0,3}$")
_LIST_ALONE = re.compile(r"(?:^\W*(?:levels?|vertebrae|at|in)?:?\s?|:\s)$")
_SINGULAR = re.compile(r"\s(?:was|is|remains|appears|looks|seems|keeps|has|being)\b")
_MRI_WEIGHT = re.compile(
    r"\*?(?:\s?-|\s?w\b|\s?wi\b|w\d|\s(?:and|or|/|weighted|sequence|image|signal|sagittal|relax|mapping|"
    r"hyper|hypo|iso-?(?:intens|signal)|low\b|high\b|bright|dark|intermediate|contrast|post-?\s?contrast|fat|fs|stir|"
    r"coronal|axial|mr|tse|with)|\s?/\s?t2|\s?[,:]\s?(?!t|l|and))"
)


class SentenceJudge:
    """Judges the levels of one sentence. `told_before`: the sentence before told of a fracture."""

    def __init__(
        self,
        view: View,
        sentence: Sentence,
        refs: list[LevelRef],
        cues: list[Cue],
        told_before: bool,
        fracture_paper: bool,
    ) -> None:
        self.lower = sentence.lower
        self.sentence = sentence
        self.refs = refs
        self.cues = cues
        self.told_before = told_before
        self.fracture_paper = fracture_paper
        self.chains: dict[int, tuple[int, int]] = {}
        for ref in refs:
            start, end = self.chains.get(ref.chain, (ref.start, ref.end))
            self.chains[ref.chain] = (min(start, ref.start), max(end, ref.end))
        self.sound_refs = [ref for ref in refs if self._sound(ref)]
        self.sound_levels = {level for ref in self.sound_refs for level in ref.levels}

    def levels_of(self, ref: LevelRef) -> tuple[str, ...]:
        """The levels of a reference without those that the sentence calls sound."""
        if len(ref.levels) == 1:
            return ref.levels
        return tuple(level for level in ref.levels if level not in self.sound_levels)

    def verdict(self, ref: LevelRef) -> Verdict | None:
        """How a reference is said to be fractured, None if it is not."""
        start, end = self.chains[ref.chain]
        if _LEFT_OUT_BEFORE.search(self.lower, max(0, start - 50), start) or _LEFT_OUT_AFTER.match(
            self.lower, end
        ):
            return Verdict("levels-left-out", 0.8, None, stated=True)
        if ref in self.sound_refs or self._is_no_level(ref) or p.ONLY_THOUGHT.match(self.lower, end):
            return None
        after = self._directly_after(end)
        if self._is_imaged(ref, start, after is not None):
            return None
        if after is not None:
            return self._by_cue(after, "after") if after.kind in ("strong", "weak", "vague") else None
        before = self._nearest_before(start)
        if before is not None and before.kind == "strong":
            return self._by_cue(before, "before")
        later = self._later_in_clause(end)
        elsewhere = (
            before is not None and before.kind not in ("weak", "vague") and self._governs(before, start)
        )
        if before is not None and elsewhere and (later is None or not self._treated_for(before, end, later)):
            return None
        if later is not None:
            return self._by_cue(later, "later")
        if before is not None and before.kind in ("weak", "vague"):
            return self._by_cue(before, "before")
        return Verdict("levels-carried", 0.8, None) if before is None and self._goes_on(start) else None

    def _by_cue(self, cue: Cue, place: str) -> Verdict | None:
        if cue.kind == "strong":
            return Verdict(f"levels-{place}", 1.0 if place != "later" else 0.9, cue) if cue.fact else None
        if not cue.fact:
            return None
        left = self.lower.rfind(";", 0, cue.start) + 1
        right = self.lower.find(";", cue.end)
        near = [c for c in self.cues if c.start >= left and (right < 0 or c.end <= right)]
        strong_here = any(c.kind == "strong" and c.fact for c in near)
        if any(c.kind in ("tumour", "nerve") for c in near) and not strong_here:
            return None
        if strong_here or self.told_before or (cue.kind == "weak" and self.fracture_paper):
            return Verdict(f"levels-{cue.kind}", 0.8 if strong_here or self.told_before else 0.7, cue)
        return None

    def _goes_on(self, start: int) -> bool:
        """Whether the sentence goes on with the fractures of the one before."""
        if not self.told_before:
            return False
        if p.ANAPHORA.match(self.lower):
            return True
        alone = all(c.kind in ("strong", "weak", "vague") for c in self.cues)
        return alone and bool(_LIST_ALONE.search(self.lower[:start]))

    def _is_imaged(self, ref: LevelRef, start: int, told_after: bool) -> bool:
        """Whether levels only say what was imaged: "MRI of the spine (T1-L5)", "radiographs of T4 to L5"."""
        if _IMAGED_SPINE.search(self.lower, max(0, start - 90), start):
            return True
        if len(ref.levels) > 1 and _OUT_OF.search(self.lower, max(0, ref.start - 60), ref.start):
            return True
        single = len(ref.levels) == 1 and told_after  # "MRI of T12 showed a fracture"
        return not single and bool(_IMAGED.search(self.lower, max(0, start - 40), start))

    def _treated_for(self, treatment: Cue, end: int, later: Cue) -> bool:
        """Whether levels were augmented for a fracture that has no level of its own."""
        own = any(r.start >= end and (r.end <= later.start or r.start >= later.end) for r in self.refs)
        return (
            treatment.kind == "treated"
            and bool(_AUGMENTED.match(self.lower, treatment.start))
            and bool(_REASON.search(self.lower, end, later.start))
            and not own
        )

    def _directly_after(self, end: int) -> Cue | None:
        following = next((c for c in self.cues if c.start >= end), None)
        if following is None or following.start - end > 70:
            return None
        filler = _FILLER.match(self.lower, end)
        if filler is None or filler.end() < following.start:
            return None
        if following.kind not in ("strong", "weak") and " with " in self.lower[end : following.start]:
            return None  # "compression of T9 with kyphosis"
        return following

    def _nearest_before(self, start: int) -> Cue | None:
        found = [c for c in self.cues if c.end <= start]
        return found[-1] if found else None

    def _governs(self, cue: Cue, start: int) -> bool:
        gap = self.lower[cue.end : start]
        if cue.kind == "measured" and _CONFINED.fullmatch(gap):
            return True
        return bool(_GOVERNS.fullmatch(gap)) or (len(gap) < 60 and not re.search(r"[,;:]", gap))

    def _later_in_clause(self, end: int) -> Cue | None:
        stop = re.compile(r"[;]|\b(?:but|whereas|while|however|although|though)\b").search(self.lower, end)
        limit = stop.start() if stop else len(self.lower)
        following = [c for c in self.cues if end <= c.start < limit]
        while following and following[0].kind == "pain":
            following = following[1:]
        return following[0] if following and following[0].kind in ("strong", "weak") else None

    def _sound(self, ref: LevelRef) -> bool:
        start, end = self.chains[ref.chain]
        after = SOUND_AFTER.match(self.lower, end)
        if (
            after
            and (ref.end == end or not _SINGULAR.match(self.lower, end))
            and ";" not in self.lower[ref.end : end]
        ):
            return True
        before = SOUND_BEFORE.search(self.lower[max(0, start - 110) : start])
        if before is None:
            return False
        # "all recent, with the exception of T5": T5 is fractured too
        place = max(0, start - 110) + before.start()
        return not _ACUTENESS.search(self.lower, max(0, place - 14), place)

    def _is_no_level(self, ref: LevelRef) -> bool:
        """Whether "T1" is a weighting of MRI, "D3" a vitamin, "T4" a hormone, "C3" complement."""
        if ref.form != "symbol":
            return False
        levels = set(ref.levels)
        if levels <= {"T1", "T2"} and (
            "weight" in self.lower
            or _MRI_WEIGHT.match(self.lower, ref.end)
            or _SIGNAL_ON.search(self.lower, max(0, ref.start - 60), ref.start)
        ):
            return True
        if (
            self.lower[ref.start] == "d"
            and levels <= {"T2", "T3"}
            and _VITAMIN.search(self.lower, max(0, ref.start - 20), ref.start)
        ):
            return True
        if levels <= {"T3", "T4"} and _THYROID.search(self.lower):
            return True
        return levels <= {"C3", "C4", "S1", "S2"} and bool(_COMPLEMENT.search(self.lower))


def tells_fracture(cues: list[Cue]) -> bool:
    """Whether a sentence states a fracture at all."""
    return any(c.kind == "strong" and c.fact for c in cues)
