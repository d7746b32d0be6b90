"""The component `casebook.vertebrae`: fractured vertebral levels and all other fracture sites."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.base import Context, store
from extractors.factory import register
from extractors.fractures.fact import FractureMention
from extractors.fractures.judge import SentenceJudge, Verdict, find_cues, tells_fracture
from extractors.fractures.levels import LevelRef, parse_levels
from extractors.fractures.patterns import manner
from extractors.fractures.sites import SPINE, SiteMention, find_site_fractures
from extractors.language.context import context_of
from extractors.text import Sentence, View, view
from extractors.time.times import time_of

#: Classes of cues that may tell a fracture.
_TELLING = frozenset({"strong", "weak"})
#: Others' patients, where the context rules see no author.
_ELSEWHERE = re.compile(
    r"\bcohorts?\b|\bseries\sof\b|\bisolated\scases\b|\bin\sother\sfamilies\b|\b(?:reported|"
    r"published)\scases\b|\b\d+%\s(?:had|have)\b|\b\d+%\sof\s(?:\w+\s)?(?:patients|women|cases|"
    r"fractures)\b|\bin\sthe\sliterature\b|\bha(?:s|ve)\sbeen\s(?:\w+\s)?(?:reported|described|"
    r"published)\b|\b(?:commonly|typical|typically|usually|most\scommon)\b|\b(?:are|is)\s(?:the\smost\s|"
    r"very\s|more\s|less\s|relatively\s|not\s)?(?:common|frequent|rare|typical|uncommon)\b"
)
_FRACTURE_PAPER = re.compile(
    r"(?:vertebral|spinal|spine|compression|insufficiency|fragility)\s(?:\w+\s){0,3}(?:fractur|collaps)|"
    r"fractured\s(?:vertebra|bod)|fractures?\sof\s(?:\w+\s){0,4}vertebra"
)
#: A quote is widened to the fracture word if that stands no further away than this.
_WIDEN = 25


class Vertebrae:
    """Finds fractured levels and fracture sites; see `extractors.fractures`."""

    def find(self, v: View) -> list[FractureMention]:
        """All fractures that the text states, negated ones left out.

        Statements about relatives or patients in general are kept and say so in their context.
        """
        out: list[FractureMention] = []
        by_sentence = find_cues(v)
        if not any(c.kind in _TELLING for cues in by_sentence.values() for c in cues):
            return out
        fracture_paper: bool | None = None
        told = False
        for sentence in v.sentences:
            if sentence.first:
                told = False
            cues = by_sentence.get(sentence.index, [])
            has_cue = any(c.kind in _TELLING for c in cues)
            if not has_cue and not told:
                continue
            refs = parse_levels(sentence.text)
            if fracture_paper is None:
                fracture_paper = bool(_FRACTURE_PAPER.search(v.lower))
            if refs:
                judge = SentenceJudge(v, sentence, refs, cues, told, fracture_paper)
                for ref in refs:
                    verdict = judge.verdict(ref)
                    if verdict is not None:
                        out.extend(self._level_mentions(v, sentence, ref, judge.levels_of(ref), verdict))
            if has_cue:
                out.extend(
                    self._site_mentions(
                        v, sentence, find_site_fractures(sentence, cues, refs, fracture_paper)
                    )
                )
            told = tells_fracture(cues) or (told and bool(refs) and not cues)
        return out

    def _level_mentions(
        self, v: View, s: Sentence, ref: LevelRef, levels: tuple[str, ...], verdict: Verdict
    ) -> list[FractureMention]:
        start, end = s.start + ref.start, s.start + ref.end
        context = _context(v, s, start, end)
        cue = verdict.cue
        if context.negated and not verdict.stated and not (cue and _negation_ended(s, context, cue.start)):
            return []
        told = manner(s.lower, ref.start, ref.end, (cue.start, cue.end) if cue else None)
        if cue and ref.start >= cue.end and ref.start - cue.end <= _WIDEN:
            start = s.start + cue.start
        elif cue and cue.start >= ref.end and cue.start - ref.end <= _WIDEN:
            end = s.start + cue.end
        when = time_of(v, s, s.start + ref.start, s.start + ref.end)
        return [
            FractureMention(
                start=start,
                end=end,
                rule=verdict.rule,
                certainty=verdict.certainty,
                context=replace(context, negated=False),
                time=when,
                site="sacrum" if level[0] == "S" else "vertebra",
                level=level,
                kind=told.kind,
                modality=told.modality,
                age=told.age,
            )
            for level in levels
        ]

    def _site_mentions(self, v: View, s: Sentence, found: list[SiteMention]) -> list[FractureMention]:
        out: list[FractureMention] = []
        for site in found:
            start, end = s.start + site.start, s.start + site.end
            context = _context(v, s, s.start + site.site_start, s.start + site.site_end)
            if context.negated and not _negation_ended(s, context, site.cue_start):
                continue
            told = manner(s.lower, site.site_start, site.site_end, (site.cue_start, site.cue_end))
            out.append(
                FractureMention(
                    start=start,
                    end=end,
                    rule=site.rule,
                    certainty=site.certainty,
                    context=replace(context, negated=False),
                    time=time_of(v, s, start, end),
                    site=site.site,
                    side=site.side,
                    kind=told.kind,
                    modality=told.modality,
                    age=told.age,
                    unnamed=site.site in SPINE,
                )
            )
        return out

    def __call__(self, doc: Doc) -> Doc:
        """Store the mentions on the Doc under "vertebrae"."""
        return store(doc, "vertebrae", self.find(view(doc)))


def _context(v: View, s: Sentence, start: int, end: int) -> Context:
    context = context_of(v, s, start, end)
    return replace(context, general=True) if not context.general and _ELSEWHERE.search(s.lower) else context


def _negation_ended(s: Sentence, context: Context, cue_start: int) -> bool:
    """Whether the negation has its own object before the fracture word: "without trauma, fractures of T8"."""
    for _, end in context.cues:
        between = s.lower[end - s.start : cue_start]
        if (
            end - s.start > cue_start
            or "," not in between
            or re.search(r"\bn?or\b", s.lower[end - s.start :])
        ):
            return False
    return bool(context.cues)


def create(nlp: Language, name: str) -> Vertebrae:
    """The spaCy factory of `casebook.vertebrae`."""
    return Vertebrae()


register("vertebrae", create)
