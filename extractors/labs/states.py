"""Words that state a result by themselves: hypocalcaemia, leukocytosis, vitamin D deficiency."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.labs import patterns as pt
from extractors.labs.fact import LabMention
from extractors.labs.vocabulary import NameHit
from extractors.language.context import context_of
from extractors.text import Sentence, View
from extractors.time.times import time_of

#: Right before the word these make it a disease's name or another kind of statement.
_DISEASE_BEFORE = re.compile(
    r"\b(?:familial|hypocalciuric|hereditary|congenital|x-linked|xlinked|autosomal\s\w+|linked|neonatal|inherited|familiar|pernicious|sickle[\s-]cell|"
    r"fanconi|fanconi's|aplastic|thalass\w+|cooley's|diamond-blackfan|haemolytic|hemolytic|mediterranean|idiopathic|essential|immune|heparin-induced|"
    r"type\s\w+|non|pseudo|absorptive|renal(?=\shyper)|post-?partum|gestational|physiological|risk\sof|risk\sfor|risks\sof|cause\sof|causes\sof|"
    r"history\sof|prevent(?:s|ing|ed|ion\sof)?|avoid(?:s|ing|ed|ance\sof)?|treatment\sof|management\sof|treat|for|against|such\sas|like|e\.g\.|monitor\w*\sfor|"
    r"signs?\s(?:and\ssymptoms\s)?of|symptoms?\sof|symptomatic\sof|effects?\sof|degree\sof|episodes?\sof|screen\w*\sfor|develop|rule\sout|exclud\w+|possible|"
    r"tendency\sto|predispos\w+\sto|correction\sof|correct|correcting|suspected|any|no|without|including)[\s-]$",
    re.I,
)
_DISEASE_AFTER = re.compile(
    r"[\s-](?:of\s(?:malignancy|pregnancy|prematurity|chronic)|rickets|osteomalacia|syndrome|disease\b|related|associated|induced|crisis|prevention|risk|"
    r"treatment|therapy|screening|type\s[1I]|in\s(?:children|women|patients|pregnancy|adults|general)|is\sdefined|is\sa\s|is\scommon|are\s|may\s|can\s|"
    r"was\s(?:excluded|ruled|never|not|absent|avoided|prevented)|should|were\s(?:excluded|ruled|absent|not)|and/or)",
    re.I,
)
_ADJECTIVE_BEFORE = re.compile(
    r"\b(?:was|were|became|remained|been|be|is|found|still|mildly|slightly|severely|profoundly|markedly|being|frankly|moderately|clinically|biochemically|and)\s$",
    re.I,
)
_ADJECTIVE_AFTER = re.compile(
    r"\s?(?:[.,;:()]|$|(?:and|at|with|on|in|when|after|before|despite|but|throughout|again|during|while|until)\b)",
    re.I,
)
_RESOLVED = re.compile(
    r"\s(?:was\s|were\s|had\s|has\s|have\s|been\s|then\s|also\s|completely\s|quickly\s|rapidly\s|subsequently\s)*(?:resolved|disappeared|normali[sz]ed|subsided|recovered)\b"
)
#: A state word may be the reading of another analyte's value.
SIBLINGS = {"calcium": ("calcium", "ionized calcium")}


def find_states(view: View, sentence: Sentence, states: Sequence[NameHit]) -> list[LabMention]:
    """The results that a sentence states in one word; offsets of `states` are relative to it.

    Words that only name what a measured value shows are sorted out by `summary.restated`.
    """
    out: list[LabMention] = []
    for hit in states:
        start, end = sentence.start + hit.start, sentence.start + hit.end
        if _names_a_disease(sentence.text, hit):
            continue
        analyte = hit.term.analyte
        context = context_of(view, sentence, start, end)
        if not context.about_patient or context.negated or context.planned or context.historical:
            continue
        time = time_of(view, sentence, start, end)
        out.append(
            LabMention(
                start=start, end=end, rule="labs.state", certainty=0.7, context=context, time=time,
                analyte=analyte.name, specimen=analyte.specimen, flag=hit.term.flag,
                pregnancy=time.pregnancy if time else None,
            )
        )  # fmt: skip
    return out


def _names_a_disease(text: str, hit: NameHit) -> bool:
    if _DISEASE_BEFORE.search(text, max(0, hit.start - 40), hit.start) or _DISEASE_AFTER.match(text, hit.end):
        return True
    if _RESOLVED.match(text, hit.end):
        return True
    if text[hit.end - 2 : hit.end] in ("ic", "nt", "id") and not (
        _ADJECTIVE_BEFORE.search(text, max(0, hit.start - 20), hit.start)
        and _ADJECTIVE_AFTER.match(text, hit.end)
    ):
        return True
    if pt.GENERAL_SENTENCE.search(text):
        return True
    clause = text[max(0, hit.start - 70) : hit.end]
    return pt.NEVER_A_RESULT.search(clause) is not None
