"""The component `casebook.vertebrae`: fractured vertebral levels and all other fracture sites."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import FractureMention, store
from extractors.shared.context import context_of
from extractors.shared.factory import register
from extractors.shared.times import time_of
from extractors.shared.view import Sentence, View, view
from extractors.vertebrae.judge import SentenceJudge, Verdict, cues_of, tells_fracture
from extractors.vertebrae.levels import LevelRef, parse_levels
from extractors.vertebrae.patterns import manner
from extractors.vertebrae.sites import SiteMention, find_site_fractures

_TRIGGER = re.compile(r"fractur|collaps|wedg|biconcav|crush|compress|height|deformit|\bbroke|vcf|(?:o|\b)edema|signal|intens|uptake|depress|\bvf")
_FRACTURE_PAPER = re.compile(r"(?:vertebral|spinal|spine|compression|insufficiency|fragility)\s(?:\w+\s)?(?:fractur|collaps)|fractured\s(?:vertebra|bod)|fractures?\sof\s(?:\w+\s){0,4}vertebra")
#: A quote is widened to the fracture word if that stands no further away than this.
_WIDEN = 25


class Vertebrae:
    """Finds fractured levels and fracture sites; see `extractors.vertebrae`."""

    def find(self, v: View) -> list[FractureMention]:
        """All fractures that the text states, negated ones left out.

        Statements about relatives or patients in general are kept and say so in their context.
        """
        out: list[FractureMention] = []
        fracture_paper: bool | None = None
        told = False
        for sentence in v.sentences:
            if sentence.first:
                told = False
            has_cue = bool(_TRIGGER.search(sentence.lower))
            if not has_cue and not told:
                continue
            refs = parse_levels(sentence.text)
            cues = cues_of(sentence)
            if refs:
                if fracture_paper is None:
                    fracture_paper = bool(_FRACTURE_PAPER.search(v.lower))
                judge = SentenceJudge(v, sentence, refs, cues, told, fracture_paper)
                for ref in refs:
                    verdict = judge.verdict(ref)
                    if verdict is not None:
                        out.extend(self._level_mentions(v, sentence, ref, judge.levels_of(ref), verdict))
            if has_cue:
                out.extend(self._site_mentions(v, sentence, find_site_fractures(sentence, cues, refs)))
            told = tells_fracture(cues) or (told and bool(refs) and not cues)
        return out

    def _level_mentions(
        self, v: View, s: Sentence, ref: LevelRef, levels: tuple[str, ...], verdict: Verdict
    ) -> list[FractureMention]:
        start, end = s.start + ref.start, s.start + ref.end
        context = context_of(v, s, start, end)
        if context.negated:
            return []
        cue = verdict.cue
        told = manner(s.lower, ref.start, ref.end, (cue.start, cue.end) if cue else None)
        if cue and ref.start >= cue.end and ref.start - cue.end <= _WIDEN:
            start = s.start + cue.start
        elif cue and cue.start >= ref.end and cue.start - ref.end <= _WIDEN:
            end = s.start + cue.end
        when = time_of(v, s, s.start + ref.start, s.start + ref.end)
        return [
            FractureMention(
                start=start, end=end, rule=verdict.rule, certainty=verdict.certainty, context=context, time=when,
                site="vertebra", level=level, kind=told.kind, modality=told.modality, age=told.age,
            )
            for level in levels
        ]

    def _site_mentions(self, v: View, s: Sentence, found: list[SiteMention]) -> list[FractureMention]:
        out: list[FractureMention] = []
        for site in found:
            start, end = s.start + site.start, s.start + site.end
            context = context_of(v, s, s.start + site.site_start, s.start + site.site_end)
            if context.negated:
                continue
            told = manner(s.lower, site.site_start, site.site_end, (site.cue_start, site.cue_end))
            out.append(
                FractureMention(
                    start=start, end=end, rule=site.rule, certainty=site.certainty, context=context,
                    time=time_of(v, s, start, end), site=site.site, side=site.side,
                    kind=told.kind, modality=told.modality, age=told.age,
                )
            )
        return out

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "vertebrae"."""
        return store(doc, "vertebrae", self.find(view(doc)))


def create(nlp: Language, name: str) -> Vertebrae:
    """The spaCy factory of `casebook.vertebrae`."""
    return Vertebrae()


register("vertebrae", create)
