"""The component `casebook.vertebrae`: fractured vertebral levels and all other fracture sites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import Context, TimeRef, store
from extractors.factory import register
from extractors.fractures.anaphora import LONGEST, REFERRED, referred
from extractors.fractures.bones import side_of_limb
from extractors.fractures.cues import Cue, cues_in, tells_fracture
from extractors.fractures.decisions import Verdict, decided
from extractors.fractures.earlier import is_fresh_again, is_long_ago, is_years_old
from extractors.fractures.fact import FractureMention
from extractors.fractures.judge import Place, Statement
from extractors.fractures.levels import levels_in
from extractors.fractures.manner import manner
from extractors.fractures.numbers import counted
from extractors.fractures.other_side import with_other_sides
from extractors.fractures.others import CHILDREN, ELSEWHERE, OFFSPRING, PAPER, PARENT
from extractors.fractures.sites import SiteMention, site_fractures
from extractors.language.context import context_of, patient_is_child
from extractors.rules.rule import Glue
from extractors.text import Sentence, View, view
from extractors.time.times import time_of

#: A quote is widened to the fracture word if that stands no further away than this.
_WIDEN = 25
_OR = Glue(r"\bn?or\b")
#: "none of which was recent", "neither of them had bled": the fractures are there.
_NONE_OF_THEM = Glue(
    r"(?:none|neither|not one|no one) of (?:which|them|these|those|the (?:fractures|vertebrae|levels))\b"
    r"(?! (?:could be|was|were|had been|are|is) (?:\w+ )?"
    r"(?:fractured|seen|visible|present|found|detected|confirmed|demonstrated|noted|evident|identified)\b)"
)
#: A fracture beside these words is a further one, whatever its kind.
_AGAIN = Glue(
    r"\b(?:new|another|second|further|contralateral|opposite|other|additional|subsequent\w*|recurrent|again|"
    r"follow-?\s?up|despite|heal\w*|union|united)\b"
)
#: Between a fracture and a time behind it: that of what came then.
_THEN = Glue(
    r"\b(?:relief|pain[- ]?free|free of|healed|united|union|asymptomatic|underwent|died|received|recovered|"
    r"improved|resolved|regained|walked|"
    r"(?:was|were) (?:\w+ly )?(?:treated|operated|given|started|discharged|managed|pain[- ]?free|able))\b"
)
_PRESENTED = Glue(
    r"\b(?:present(?:ed|s|ing)|admitted|referred|consulted|came|seen|attended|hospitali[sz]ed)\b"
)


class Vertebrae:
    """Finds fractured levels and fracture sites; see `extractors.fractures`."""

    def find(self, v: View) -> list[FractureMention]:
        """All fractures that the text states, negated ones left out.

        Statements about relatives or patients in general are kept and say so in their context.
        """
        cues = {s.index: found for s in v.sentences if (found := cues_in(v, s))}
        if not any(_may_tell(found) for found in cues.values()):
            return []
        on_fractures = any(PAPER.first(v, s) is not None for s in v.sentences)
        out: list[FractureMention] = []
        told = False
        for s in v.sentences:
            told = told and not s.first
            here = cues.get(s.index, [])
            if not told and not _may_tell(here):
                continue
            refs = levels_in(v, s)
            reader = _Reader(v, s, here)
            broken = frozenset(m.level for m in out if m.level and m.context.about_patient)
            statement = Statement(s.lower, refs, here, told, on_fractures, _behind(v, s), broken)
            out.extend(reader.levels(statement))
            if _may_tell(here):
                out.extend(reader.sites(site_fractures(v, s, here, refs, on_fractures)))
                out.extend(reader.referred())
            told = tells_fracture(here) or (told and bool(refs) and not here)
        return with_other_sides(v, out)

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "vertebrae"."""
        return store(doc, "vertebrae", self.find(view(doc)))


def _behind(v: View, s: Sentence) -> str:
    """The sentence behind one in its paragraph, in lower case."""
    following = v.sentences[s.index + 1 : s.index + 2]
    return following[0].lower if following and following[0].zone == s.zone else ""


def _may_tell(cues: Sequence[Cue]) -> bool:
    return any(c.kind in ("strong", "weak") for c in cues)


@dataclass(frozen=True)
class _Reader:
    """Makes the mentions of one sentence."""

    view: View
    sentence: Sentence
    cues: list[Cue]

    def levels(self, told: Statement) -> Iterator[FractureMention]:
        """The levels that are said to be fractured."""
        for place in told.places:
            _, verdict = decided(place)
            if verdict is not None:
                yield from self._level(told, place, verdict)

    def _level(self, told: Statement, place: Place, verdict: Verdict) -> Iterator[FractureMention]:
        base, ref, cue = self.sentence.start, place.ref, verdict.cue
        context = self._context(ref.start, ref.end)
        if context.negated and not verdict.stated and not (cue and self._negation_ended(context, cue)):
            return
        if cue is not None and cue.end <= ref.start and self._denied(cue):
            return
        if cue is not None and is_years_old(self.sentence.lower, ref.end, cue):
            context = replace(context, historical=True)
        told_manner = manner(self.view, self.sentence, ref.start, ref.end, cue, self.cues)
        if told_manner.age == "old" and self._fresh_again(ref.start, context):
            told_manner = replace(told_manner, age="new")
        start, end = _widened(ref.start, ref.end, cue)
        mention = FractureMention(
            start=base + start,
            end=base + end,
            rule=verdict.rule,
            certainty=verdict.certainty,
            context=replace(context, negated=False),
            time=self._time_at(base + ref.start, base + ref.end, told_manner.kind),
            site="vertebra",
            **told_manner.fields(),
        )
        for level in told.levels_of(ref):
            yield replace(mention, level=level, site="sacrum" if level[0] == "S" else "vertebra")

    def sites(self, found: Sequence[SiteMention]) -> Iterator[FractureMention]:
        """The other bones."""
        base = self.sentence.start
        unsided = not any(f.site.side for f in found)  # else the sides are those of other bones
        for fracture in found:
            site, cue = fracture.site, fracture.cue
            context = self._context(site.start, site.end)
            if context.negated and not self._negation_ended(context, cue):
                continue
            if is_years_old(self.sentence.lower, site.end, cue):
                context = replace(context, historical=True)
            told = manner(self.view, self.sentence, site.start, site.end, cue, self.cues)
            start, end = fracture.start, fracture.end
            number = None
            if site.spine and not site.level:
                number, start, end = counted(self.sentence.lower, start, end)
            start, end = base + start, base + end
            yield FractureMention(
                start=start,
                end=end,
                rule=fracture.rule,
                certainty=fracture.certainty,
                context=replace(context, negated=False),
                time=self._time_at(start, end, told.kind),
                site=site.site,
                side=site.side or (side_of_limb(self.sentence.lower, site) if unsided else ""),
                level=site.level,
                unnamed=site.spine,
                n_fractures=number,
                **told.fields(),
            )

    def referred(self) -> Iterator[FractureMention]:
        """What the sentence before names and this one says to be fractured."""
        base = self.sentence.start
        for found in referred(self.view, self.sentence, self.cues):
            cue = found.cue
            context = self._context(cue.start, cue.end)
            if context.negated and not self._negation_ended(context, cue):
                continue
            near = base + cue.end - found.start <= LONGEST
            told = manner(self.view, self.sentence, cue.start, cue.end, cue, self.cues)
            yield FractureMention(
                start=found.start,
                end=base + cue.end if near else found.end,
                rule=REFERRED.name,
                certainty=0.8,
                context=replace(context, negated=False),
                time=time_of(self.view, self.sentence, base + cue.start, base + cue.end),
                site=found.site,
                level=found.level,
                side=found.side,
                **told.fields(),
            )

    def _time_at(self, start: int, end: int, kind: str) -> TimeRef | None:
        """When a bone at [start, end) was found broken.

        What is told to have followed has its own time. The years on a drug that lead to an atypical fracture,
        or that a patient presents after, are no follow-up.
        """
        time = time_of(self.view, self.sentence, start, end)
        if time is not None and time.start >= end and _THEN.within(self.view.lower, end, time.start):
            return None
        years_on = time is not None and time.since is not None and time.since.event in ("treatment", "course")
        if not years_on or _AGAIN.within(self.sentence.lower, 0, len(self.sentence.lower)):
            return time
        first = kind == "atypical" or _PRESENTED.within(self.sentence.lower, 0, start - self.sentence.start)
        return None if first else time

    def _fresh_again(self, start: int, context: Context) -> bool:
        """Whether a bone at `start` is parted from the words of history before it by a fresh fracture."""
        cues = [(a - self.sentence.start, b - self.sentence.start) for a, b in context.cues]
        return is_fresh_again(self.sentence.lower, start, cues)

    def _of_a_parent(self, start: int) -> bool:
        """Whether a bone at `start` is told of the mother or father of a child who is the patient."""
        return patient_is_child(self.view) and PARENT.within(self.sentence.lower, 0, start) is not None

    @cached_property
    def _of_others(self) -> bool:
        return ELSEWHERE.first(self.view, self.sentence) is not None

    def _context(self, start: int, end: int) -> Context:
        base = self.sentence.start
        context = context_of(self.view, self.sentence, base + start, base + end)
        if not context.historical and is_long_ago(self.view, self.sentence, start):
            context = replace(context, historical=True)
        elif context.historical:
            context = replace(context, historical=not self._fresh_again(start, context))
        if self._of_a_parent(start):
            context = replace(context, family=True)
        if self._of_a_child is not None and base + start >= self._of_a_child:
            context = replace(context, family=True)
        return context if context.general or not self._of_others else replace(context, general=True)

    @cached_property
    def _of_a_child(self) -> int | None:
        """From where on the sentence speaks of one of the patient's children, None if it does not."""
        found = CHILDREN.first(self.view, self.sentence)
        if found is None or patient_is_child(self.view):
            return None
        told = [self.sentence, self.view.previous(self.sentence)]
        named = any(s is not None and OFFSPRING.first(self.view, s) is not None for s in told)
        return found.start if named else None

    def _denied(self, cue: Cue) -> bool:
        """Whether a fracture word is itself denied, whatever its negation reaches."""
        context = self._context(cue.start, cue.end)
        return context.negated and not self._negation_ended(context, cue)

    def _negation_ended(self, context: Context, cue: Cue) -> bool:
        """Whether no negation is that of a fracture word: its object stands before it ("without trauma,
        fractures"), or it tells how they were ("none of which was new")."""
        lower, base = self.sentence.lower, self.sentence.start
        for start, end in context.cues:
            behind = end - base
            if _NONE_OF_THEM.behind(lower, start - base):
                continue
            if behind > cue.start or "," not in lower[behind : cue.start]:
                return False
            if _OR.within(lower, behind, len(lower)):
                return False
        return bool(context.cues)


def _widened(start: int, end: int, cue: Cue | None) -> tuple[int, int]:
    """A level's stretch, the fracture word with it where that stands near."""
    if cue is not None and 0 <= start - cue.end <= _WIDEN:
        return cue.start, end
    if cue is not None and 0 <= cue.start - end <= _WIDEN:
        return start, cue.end
    return start, end


def create(nlp: Language | None, name: str) -> Vertebrae:
    """The spaCy factory of `casebook.vertebrae`."""
    return Vertebrae()


register("vertebrae", create)
