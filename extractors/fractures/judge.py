"""Is a level said to be fractured? The cue that governs it decides.

Of all cues of the sentence - fracture words, densitometry, discs, nerves, procedures - the one
directly after the level governs it ("T12 wedge fracture", "L4-L5 disc", "L1-L4 T-score"), else
the nearest before it ("fractures of T8 and L1"), else a fracture word later in the clause ("in T8
and L1 height loss was found"), else the fracture of the sentence before ("They involved T8").
`extractors.fractures.decisions` asks these questions in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.fractures.cues import ONLY_THOUGHT, Cue
from extractors.fractures.levels import LevelRef
from extractors.fractures.no_level import is_no_level
from extractors.fractures.soundness import ALL_BUT, ALL_BUT_THE_NTH, SOUND_AFTER, SOUND_BEFORE
from extractors.fractures.vocabulary import SLOTS
from extractors.language.numbers import parse_ordinal
from extractors.rules.rule import Glue

_FILLER = Glue(
    r"(?: |\(|\)|\b(?:{vertebra}|{part of vertebra}|{degree}|{nature}|{saying}|[123iv]+)\b)*", SLOTS
)
#: Between a level and a finding of its own that is no fracture: "L2 showed merely a ...".
_BEARS = Glue(
    r"\)?(?: (?:vertebra|body))? (?:had|has|have|show(?:s|ed)|contain(?:s|ed)|harbou?r(?:s|ed)|bore|bears|"
    r"display(?:s|ed)|exhibit(?:s|ed)|presented)"
    r"(?: (?:only|merely|just|nothing but|no more than|an?|the|some|small|tiny|mild|slight|old|known|"
    r"incidental|two|several|typical)){0,4} "
)
_GOVERNS = Glue(r"(?: |\b{governing}\b|[(:,])*", SLOTS)
_NO_COMMA = Glue(r"[^,;:]{0,59}")
_IMAGED = Glue(r"\b(?:{imaging}|{looking}) (?:of|from|between|at) (?:the )?(?:levels? )?$", SLOTS)
_IMAGED_SPINE = Glue(
    r"\b(?:{imaging}|tomography) (?:of|from) (?:the|her|his) (?:[\w-]+ ){0,4}"
    r"(?:spine|vertebral column|column|vertebrae) ?\(?(?:from |between )?$",
    SLOTS,
)
#: "Of the vertebrae from T4 to L4, T6 and T8 were fractured": those looked at.
_OUT_OF = Glue(
    r"(?:^|[.;,] |\band )(?:out )?of (?:all )?(?:the )?(?:\w+ ){0,2}(?:vertebrae|levels|bodies|segments)"
    r" (?:\w+ ){0,2}?\(?(?:from |between )?$"
)
#: Levels that a scan was confined to: "densitometry, limited to L4 because of the fractures".
_CONFINED = Glue(r"(?: [\w-]+){0,2},? (?:\w+ ){0,2}(?:confined|limited|restricted) to (?:the )?")
#: A level left out of the densitometry for its fracture, whose exclusion is no denial.
_LEFT_OUT_BEFORE = Glue(
    r"\b(?:exclu\w+|omit\w+|except\w*|leaving out|without|minus) (?:of |for )?(?:the )?"
    r"(?:fractured|collapsed|compressed|deformed|wedged|crushed) (?:vertebra\w* |level )?$"
)
_LEFT_OUT_AFTER = Glue(
    r"(?: vertebra\w*)? (?:was|were|is|being|had been|had to be) (?:excluded|omitted|left out|"
    r"(?:not|un) ?(?:\w+ )?(?:analy|evalua|measur|includ|assess|interpret)\w+)"
    r"[^.;]{0,50}?\b(?:because of|due to|owing to|on account of|for) (?:\w+ ){0,4}"
    r"(?:fractur|collaps|compress|wedg|deform|crush)"
)
_ACUTENESS = Glue(
    r"\b(?:recent|acute|fresh|old|new|active|o?edema|oedematous|healed)[\s,]*(?:with |except|but)?"
)
#: Behind a list of levels in a report of images: how old their fractures are.
_OF_AN_AGE = Glue(
    r"(?: \(|, |: )(?:(?:both|all) )?(?:older|old|recent|acute|fresh|healed|subacute|chronic|new)"
    r"(?= with (?:bone )?(?:marrow )?o?edema| without o?edema|[;.)]|, [tld]\d|$)"
)
_REPORT = Glue(
    r"^\W*(?:(?:{imaging}|vfa|ct|radiographs?|x-rays?|mri|and|of|the|spine|plain)\b,? ?){1,6}: ", SLOTS
)
#: Treatments of the fractured body itself; screws and rods reach over its neighbours.
_AUGMENTED = Glue(r"vertebroplast|kyphoplast|augment|cement|pmma|inject")
_REASON = Glue(r"\b(?:because of|due to|owing to|for) (?:\w+ ){0,3}$")
_LIST_ALONE = Glue(r"(?:^\W*(?:levels?|vertebrae|at|in)?:? ?|: )$")
_SINGULAR = Glue(r" (?:was|is|remains|appears|looks|seems|keeps|has|being)\b")
_CLAUSE_END = Glue(r"[;]|\b(?:but|whereas|while|however|although|though)\b")
#: Starts a sentence that goes on about the fractures of the one before.
_ANAPHORA = Glue(
    r"(?:they|these|it|this|those|the (?:affected|involved|fractured|collapsed|injured|respective|"
    r"following)|affected|involved|involving|namely|(?:all|both|most) (?:of (?:these|them)|were)|"
    r"(?:the )?(?:levels?|sites?|fractures?|lesions?|deformities|vertebrae|bodies|locations?))\b"
)
#: Behind a level: it has a predicate of its own ("T12 had collapsed, L1 had ...").
_OWN_PREDICATE = Glue(
    r" (?:(?:alone|only|itself) )?(?:had|has|have|showed|shows|was|were|is|are|displayed)\b(?! also)"
)
_NEXT_SUBJECT = Glue(r"(?:,|;)? ?(?:(?:and|while|but|whereas) )?(?:(?:the|at|in) )?")
_OF_LEVEL = Glue(r" (?:of|at|in|involving|affecting|to) (?:(?:the|both) )?(?:{vertebra} )?(?:of )?", SLOTS)
#: Behind a tracer's uptake: another scan agreed, the fracture is confirmed.
_AGREED = Glue(
    r"[^.]{0,80}?(?:\b(?:{imaging}|tomography|radiology) (?:of (?:the )?[\w ,-]{1,30} )?"
    r"(?:(?:then|later|also|fully|findings?|subsequently|it|results?) ){0,2}"
    r"(?:{confirmed}|agreed|concurred|corresponded|concordant|bore)\b"
    r"|\b(?:{confirmed}|corresponding|concordant|matched|matching|borne out|seen again) "
    r"(?:(?:\w+ ){0,2}(?:by|on|with|in|to)) (?:[\w-]+ ){0,3}(?:{imaging}|tomography)\b)",
    SLOTS,
)
#: The same in the sentence behind: "X-rays confirmed both".
_AGREED_NEXT = Glue(
    r"(?:(?:a|an|the|these|this|both) )?(?:[\w-]+ ){0,3}?(?:{imaging}|tomography|findings?|all|both|these)"
    r" (?:\w+ ){0,3}?{confirmed} (?:(?:(?:compression )?fractures? )?(?:of|in|at) )?"
    r"(?:(?:all|both|these|those|them|this|it|the)\b|(?:by|on|with) (?:[\w-]+ ){0,3}{imaging})",
    SLOTS,
)
_DISAGREED = Glue(r"\b(?:not|never|neither|nor|no|without|failed|nothing|could)\b")
_NO_OTHER = Glue(
    r"\b(?:exclud\w+|ruled out|no|without|absence of) (?:\w+ ){0,3}?(?:fractur|collaps|compress)\w*"
    r"|\bfractur\w+ (?:(?:was|were|had been) )?(?:excluded|ruled out|absent|not )"
)
#: Characters that a cue right behind a level may be away.
_REACH = 70


@dataclass(frozen=True)
class Statement:
    """A sentence with its levels and cues. `told_before`: the one before told of a fracture.

    `fracture_paper`: the paper is about vertebral fractures. `behind`: the sentence behind it. `fractured`:
    levels told to be fractured before.
    """

    lower: str
    refs: Sequence[LevelRef]
    cues: Sequence[Cue]
    told_before: bool = False
    fracture_paper: bool = False
    behind: str = ""
    fractured: frozenset[str] = frozenset()

    @cached_property
    def chains(self) -> dict[int, tuple[int, int]]:
        """Where each list of levels begins and ends."""
        out: dict[int, tuple[int, int]] = {}
        for ref in self.refs:
            start, end = out.get(ref.chain, (ref.start, ref.end))
            out[ref.chain] = (min(start, ref.start), max(end, ref.end))
        return out

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Each level in its list."""
        return tuple(Place(self, ref, *self.chains[ref.chain]) for ref in self.refs)

    @cached_property
    def sound(self) -> frozenset[str]:
        """The levels that the sentence calls sound."""
        return frozenset(level for place in self.places if place.sound for level in place.ref.levels)

    def names_another(self, cue: Cue, place: Place) -> bool:
        """Whether a cue has a level of another list right behind it: "loss of height of T12"."""
        end = cue.end
        for following in self.cues:
            if following.start == end + 1 and following.kind == "strong":
                end = following.end
        others = (r for r in self.refs if r.start >= end and not place.start <= r.start < place.end)
        return any(_OF_LEVEL.fills(self.lower, end, r.start) for r in others)

    def levels_of(self, ref: LevelRef) -> tuple[str, ...]:
        """The levels of a reference without those that the sentence calls sound."""
        if len(ref.levels) == 1:
            return ref.levels
        nth = ALL_BUT_THE_NTH.behind(self.lower, ref.end) if ref.form == "group" else None
        left_out = f"{ref.levels[-1][0]}{parse_ordinal(nth['nth'])}" if nth else ""
        return tuple(level for level in ref.levels if level not in self.sound and level != left_out)


@dataclass(frozen=True)
class Place:
    """A level in its sentence; [start, end) is the list that it stands in."""

    told: Statement
    ref: LevelRef
    start: int
    end: int

    @cached_property
    def behind(self) -> Cue | None:
        """The cue right behind the list."""
        following = next((c for c in self.told.cues if c.start >= self.end), None)
        if following is None or following.start - self.end > _REACH:
            return None
        filler = _FILLER.behind(self.told.lower, self.end)
        if filler is None or filler.end() < following.start:
            own = following.kind not in ("strong", "weak", "vague")
            return following if own and _BEARS.fills(self.told.lower, self.end, following.start) else None
        accompanied = " with " in self.told.lower[self.end : following.start] and (
            following.kind not in ("strong", "weak") or self.told.names_another(following, self)
        )
        return None if accompanied else following  # "compression of T9 with kyphosis"

    @property
    def behind_kind(self) -> str:
        """The class of the cue right behind the list, "" for none."""
        return self.behind.kind if self.behind else ""

    @cached_property
    def before(self) -> Cue | None:
        """The nearest cue before the list, unless it is what is said of another level."""
        found = next((c for c in reversed(self.told.cues) if c.end <= self.start), None)
        return None if found is not None and self._of_another(found) else found

    def _of_another(self, cue: Cue) -> bool:
        """Whether a cue is the predicate of a level before: "T12 had collapsed, L1 had a new signal"."""
        lower = self.told.lower
        if not _OWN_PREDICATE.behind(lower, self.end) or not _NEXT_SUBJECT.fills(lower, cue.end, self.start):
            return False
        ends = [p.end for p in self.told.places if p.end <= cue.start]
        return bool(ends) and _OWN_PREDICATE.behind(lower, ends[-1], cue.start) is not None

    @cached_property
    def fracture_of(self) -> Cue | None:
        """The fracture word of which the list is the object: "a burst fracture of T12"."""
        cue = self.before
        if cue is None or cue.kind != "strong" or not _OF_LEVEL.fills(self.told.lower, cue.end, self.start):
            return None
        return cue

    @cached_property
    def later(self) -> Cue | None:
        """A fracture word or sign later in the clause, if it is the first cue that is no pain."""
        lower = self.told.lower
        group = self.ref.form == "group"
        left_out = group and (ALL_BUT_THE_NTH.behind(lower, self.end) or ALL_BUT.behind(lower, self.end))
        stop = _CLAUSE_END.within(lower, left_out.end() if left_out else self.end, len(lower))
        limit = stop.start() if stop else len(lower)
        found = (c for c in self.told.cues if self.end <= c.start < limit and c.kind != "pain")
        first = next(found, None)
        if first is not None and self.before is not None and self.told.names_another(first, self):
            return None  # "oedema of T11-L2 with loss of height of T12"
        return first if first is not None and first.kind in ("strong", "weak") else None

    @cached_property
    def sound(self) -> bool:
        """Whether the level is said to be sound."""
        lower = self.told.lower
        if self._all_but:
            return True
        if (
            SOUND_AFTER.behind(lower, self.end)
            and (self.ref.end == self.end or not _SINGULAR.behind(lower, self.end))
            and ";" not in lower[self.ref.end : self.end]
        ):
            return True
        before = SOUND_BEFORE.within(lower, self.start - 110, self.start)
        # "all recent, with the exception of T5": T5 is fractured too
        return before is not None and not _ACUTENESS.within(lower, before.start() - 14, before.start())

    @property
    def _all_but(self) -> bool:
        """Whether it is the one left out of a group: "all lumbar bodies but L5"."""
        groups = (r for r in self.told.refs if r.form == "group" and r.end <= self.start)
        return any(ALL_BUT.fills(self.told.lower, group.end, self.start) for group in groups)

    @property
    def left_out(self) -> bool:
        """Whether it was left out of a measurement for its fracture."""
        lower = self.told.lower
        return bool(
            _LEFT_OUT_BEFORE.within(lower, self.start - 50, self.start)
            or _LEFT_OUT_AFTER.behind(lower, self.end)
        )

    @property
    def no_level(self) -> bool:
        """Whether it is a weighting of MRI, a vitamin, a hormone, complement."""
        return is_no_level(self.told.lower, self.ref)

    @property
    def only_thought(self) -> bool:
        """Whether its fracture was suspected and no more."""
        return ONLY_THOUGHT.behind(self.told.lower, self.end) is not None

    @property
    def imaged(self) -> bool:
        """Whether it only says what was imaged: "MRI of the spine (T1-L5)", "radiographs of T4 to L5"."""
        lower, ref = self.told.lower, self.ref
        if _IMAGED_SPINE.within(lower, self.start - 90, self.start):
            return True
        if len(ref.levels) > 1 and _OUT_OF.within(lower, ref.start - 60, ref.start):
            return True
        single = len(ref.levels) == 1 and self.behind is not None  # "MRI of T12 showed a fracture"
        return not single and _IMAGED.within(lower, self.start - 40, self.start) is not None

    @property
    def governed_elsewhere(self) -> bool:
        """Whether something else before it governs it: densitometry, a disc, a procedure."""
        cue = self.before
        if cue is None or cue.kind in ("weak", "vague") or not self._governs(cue):
            return False
        return self.later is None or not self._treated_for(cue, self.later)

    def _governs(self, cue: Cue) -> bool:
        lower = self.told.lower
        if cue.kind == "measured" and _CONFINED.fills(lower, cue.end, self.start):
            return True
        return bool(_GOVERNS.fills(lower, cue.end, self.start) or _NO_COMMA.fills(lower, cue.end, self.start))

    def _treated_for(self, treatment: Cue, later: Cue) -> bool:
        """Whether it was augmented for a fracture that has no level of its own."""
        lower, refs = self.told.lower, self.told.refs
        own = any(r.start >= self.end and (r.end <= later.start or r.start >= later.end) for r in refs)
        return (
            treatment.kind == "treated"
            and _AUGMENTED.behind(lower, treatment.start) is not None
            and _REASON.within(lower, self.end, later.start) is not None
            and not own
        )

    @property
    def of_an_age(self) -> bool:
        """Whether a report of images lists it with the age of its fracture: "MRI: T5, old; T8, recent"."""
        told = self.told
        known = told.fracture_paper or told.told_before or any(c.tells for c in told.cues)
        if not known or (self.before and self.before.kind not in ("weak", "strong")):
            return False
        return bool(_OF_AN_AGE.behind(told.lower, self.end) and _REPORT.behind(told.lower, 0))

    @property
    def goes_on(self) -> bool:
        """Whether the sentence goes on with the fractures of the one before."""
        if not self.told.told_before or self.before is not None:
            return False
        if _ANAPHORA.behind(self.told.lower, 0):
            return True
        alone = all(c.kind in ("strong", "weak", "vague") for c in self.told.cues)
        return alone and _LIST_ALONE.within(self.told.lower, 0, self.start) is not None

    def accepts(self, cue: Cue) -> bool:
        """Whether a cue that governs it says that it is fractured."""
        if not cue.fact or not cue.may_tell:
            return False
        if cue.kind == "strong":
            return True
        if _NO_OTHER.within(self.told.lower, 0, len(self.told.lower)) and not any(
            c.tells for c in self._part(cue)
        ):
            return False  # "another fracture was excluded; there was oedema of T9"
        near = self._part(cue)
        if cue.kind == "vague" and any(c.kind == "tumour" for c in near):
            return False  # lesions of a tumour, whatever broke beside them
        if any(c.kind in ("tumour", "nerve") for c in near) and not any(c.tells for c in near):
            return False
        if cue.bone == "uptake" and not any(c.tells for c in near):
            spoken_of = self.told.told_before or (cue.kind == "weak" and self.told.fracture_paper)
            placed = bool(self.told.fractured)  # else it tells where the fractures spoken of are
            return spoken_of and (not placed or self._among_fractured or self._agreed(cue))
        if cue.kind == "weak" and self._only_of_another(cue):
            return False
        return self.sure(cue) or (cue.kind == "weak" and self.told.fracture_paper)

    def sure(self, cue: Cue) -> bool:
        """Whether a fracture is told beside a sign, in its part of the sentence or before."""
        told = (c for c in self._part(cue) if c.tells)
        return self.told.told_before or any(c is cue or not self.told.names_another(c, self) for c in told)

    def _only_of_another(self, cue: Cue) -> bool:
        """Whether the part around a sign tells fractures, each with a level of its own."""
        told = [c for c in self._part(cue) if c.tells and c is not cue]
        return bool(told) and all(self.told.names_another(c, self) for c in told)

    @property
    def _among_fractured(self) -> bool:
        """Whether other levels of its list are told to be fractured elsewhere."""
        chain = self.ref.chain
        listed = {level for ref in self.told.refs if ref.chain == chain for level in ref.levels}
        return len(listed - set(self.ref.levels)) > 0 and not listed.isdisjoint(self.told.fractured)

    def _agreed(self, cue: Cue) -> bool:
        """Whether another scan is said to have confirmed what took up the tracer."""
        lower = self.told.lower
        agreed = _AGREED.behind(lower, max(self.end, cue.end)) or _AGREED_NEXT.behind(self.told.behind)
        return agreed is not None and not _DISAGREED.within(agreed.group())

    def _part(self, cue: Cue) -> list[Cue]:
        """The cues between the semicolons around a cue."""
        lower = self.told.lower
        left = lower.rfind(";", 0, cue.start) + 1
        right = lower.find(";", cue.end)
        return [c for c in self.told.cues if c.start >= left and (right < 0 or c.end <= right)]
