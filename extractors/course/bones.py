"""Fractures in the course: new ones or none, healing."""

from __future__ import annotations

import re

from extractors.course.vocabulary import AROUND, SLOTS, Said, always
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

_SEEN = Glue(r"[^.;]{0,40}?\b(?:{seen})\b", AROUND)
_BEFELL = Glue(r"[^.;]{0,40}?\b(?:{befell})\b", AROUND)
_FEARED = Glue(r"\b(?:risks?|prevent\w*|avoid\w*|reduc\w*|possib\w*|likelihood|fear)\b(?: [\w-]+){0,3} $")
_PARTIAL = Glue(
    r"\b(?:partial\w*|partly|incomplete\w*|signs? of|evidence of|early|beginning|ongoing|progressive|"
    r"callus|in progress|progress\w*|healing(?= (?:fract|callus))|being)\b"
)
#: Before "healed fractures": what the first pictures show of long ago.
_OLD = Glue(r"\b(?:old|older|previous|prior|remote|former|ancient|earlier|chronic)(?:,|,? and)? $")
#: Where the clause begins in which healing is told.
_CLAUSE = Glue(r"[,;] |\b(?:and|but|while|whereas) (?:the|her|his|all|both|these|those) ")
_DELAYED = Glue(r"\b(?:delayed|delay|slow|impaired|poor)\b")
_NOT = Glue(r"\b(?:no|not|non|without|failed|lack|absence|never|absent)\b|\bnon-?union\b|\bnonunion\b")
_MAY = Glue(
    r"\b(?:may|might|can|could|should|would|will|usually|until|if|whether|for|allow|promote\w*|ensure)\b"
)


def _no_more(m: re.Match[str]) -> Said:
    """None at a follow-up; what is only said not to be seen may be of the first pictures."""
    plain = m["more"] is not None and (m["more"].startswith("new") or not _SEEN.behind(m.string, m.end()))
    verb = m["verb"] is not None or _BEFELL.behind(m.string, m.end()) is not None
    return Said("new fracture", "none", later=not (plain or (m["more"] is not None and verb)))


def _another(m: re.Match[str]) -> Said | None:
    if _FEARED.within(m.string, max(0, m.start() - 40), m.start()):
        return None
    return Said("new fracture", "present", later=m["sure"] is None)


def _healed(m: re.Match[str]) -> Said | None:
    left = max(0, m.start() - 30)
    clause = _CLAUSE.last(m.string, left, m.start())
    around = m.string, clause.end() if clause else left, m.end()
    if _OLD.within(m.string, m.start() - 20, m.start()) and m.group().startswith("healed"):
        return None
    if _MAY.within(*around) or _DELAYED.within(*around):
        return None
    if _NOT.within(*around):
        return Said("fracture healing", "none", later=True)
    return Said("fracture healing", "partial" if _PARTIAL.within(*around) else "complete")


def _cleared(m: re.Match[str]) -> Said | None:
    """What pictures showed of the broken bone's marrow has gone."""
    if _MAY.within(m.string, max(0, m.start() - 30), m.end()):
        return None
    partly = _PARTLY.within(m.string, max(0, m.start() - 30), m.end())
    return Said("fracture healing", "partial" if partly else "resolved", later=True)


_PARTLY = Glue(
    r"\b{partly}\b|\b(?:reduced|decreased|regressed|improve\w*|reduction|decrease|regression)\b", AROUND
)
_MARROW = (
    r"(?:marrow |bony |bone ){0,2}(?:o?edema|signal(?: \w+)?|hyperintensit(?:y|ies)|signal intensit(?:y|ies))"
)
_FRACTURE = r"(?:(?:[\w-]+|vertebral,?) ){0,4}?(?:re-?)?(?:fractures?|fxs?|collapses?)"

BOOK = Book(
    "course.fractures",
    (
        Rule(
            "no new fracture",
            r"\b(?:no|without|nor|not (?P<verb>(?:sustain|suffer|develop|experience|have|report|incur|show|"
            r"reveal|had|sustained|suffered|developed|experienced))(?: any)?|never (?:again "
            r")?(?:sustained|had|"
            r"suffered)|absence of|free of|free from)"
            r"(?: (?:any|developing|sustaining|experiencing|suffering|evidence of|signs of|occurrence of|"
            r"recurrence of|a|radiographic|radiological|clinical|have been)){0,3}"
            r" (?:(?P<more>(?:{more}))(?:,? (?:or (?:\w+ )?)?|/)|other )(?:(?:{more}) )?" + _FRACTURE + r"\b",
            _no_more,
            says={
                "No new fracture was seen.": Said("new fracture", "none"),
                "She did not sustain any further fractures.": Said("new fracture", "none"),
                "without developing any additional vertebral fracture": Said("new fracture", "none"),
                "No additional fracture was detected.": Said("new fracture", "none", later=True),
            },
            silent=("There was no fracture.", "A new fracture was seen.", "no new drugs"),
        ),
        Rule(
            "free of fractures",
            r"\b(?:remained|remains|has been|stayed) (?:fracture[- ]free|free (?:of|from) (?:new |further "
            r"|any |"
            r"additional )?fractures?)\b|\bno (?:recurrence|recurrences) of (?:the )?(?:\w+ )?fractures?\b"
            r"|\bno (?:re-?fracture|refracture)s?\b"
            r"|\bno (?:[\w-]+ ){0,2}?fractures? (?:has |have |had |were )?(?:occurred|developed|sustained|"
            r"happened|"
            r"occurring|recurred)\b[^.;]{0,30}? (?:thereafter|since|afterwards?|during (?:the |her |this |"
            r"a )?"
            r"(?:[\w-]+ ){0,3}?(?:follow-?up|observation|pregnancy|years?|months?|period)|"
            r"in (?:the|her) (?:following|next|subsequent|second|third))\b"
            r"|\bno (?:[\w-]+ ){0,2}?fractures? (?:(?:ever|at all) )?(?:since|thereafter|afterwards|"
            r"subsequently)\b"
            r"|\b(?:not|never) (?:re-?fractured|fractured again|broken (?:another|a further) (?:bone|"
            r"vertebra))\b"
            r"|\b(?:another|further|second|third|next|subsequent|later|two|more) pregnanc(?:y|ies) (?:\w+ "
            r"){0,2}?"
            r"(?:without|with no|free of) (?:(?:any|new|further) ){0,2}(?:\w+ )?fractures?\b",
            always("new fracture", "none"),
            says={
                "She has remained fracture-free.": Said("new fracture", "none"),
                "To date she has had no fractures since.": Said("new fracture", "none"),
                "Her second pregnancy passed without any fracture.": Said("new fracture", "none"),
                "She has not fractured again.": Said("new fracture", "none"),
            },
            silent=("She remained weak.", "She remained in bed with fractures."),
        ),
        Rule(
            "no fracture occurred",
            r"\bno (?:[\w-]+ ){0,2}?fractures? (?:(?:has|have|had|were) )?(?:occurred|developed|happened|"
            r"been sustained|been reported)\b",
            always("new fracture", "none", later=True),
            says={
                "No osteoporotic fractures occurred.": Said("new fracture", "none", later=True),
            },
            silent=("No fracture was seen.", "A fracture occurred."),
        ),
        Rule(
            "no further vertebra broke",
            r"\bno (?:further|additional|other|new|more) (?:vertebra(?:e|l bod(?:y|ies))?|bones?|levels?) "
            r"(?:(?:had|has|have|was|were) )?(?:\w+ly )?(?:collapsed|fractured|broken|broke|affected)\b",
            always("new fracture", "none"),
            says={"No additional vertebra had collapsed.": Said("new fracture", "none")},
            silent=("No vertebra was collapsed.", "No further vertebroplasty was done."),
        ),
        Rule(
            "another fracture",
            r"\b(?:(?P<sure>sustained|suffered|experienced|developed|incurred|had) "
            r"(?:(?:an?|two|three|several|multiple) )?(?:another|further|additional|subsequent|second|"
            r"third|new)"
            r"|(?:an?|two|three|several|multiple|\d) (?:new|further|additional|subsequent|second)"
            r"|another|new|additional|fresh|further) "
            r"(?:(?!without\b|no\b|free\b|pregnan|deliver|child|risk)[\w-]+ ){0,3}?fractures?\b"
            r"|\b(?:she|he|patient) (?:\w+ly |had |has ){0,2}re-?fractured\b",
            _another,
            says={
                "Two years later she sustained another vertebral fracture.": Said("new fracture", "present"),
                "A new fracture of L3 was seen.": Said("new fracture", "present", later=True),
            },
            silent=(
                "She had a fracture.",
                "She had another child.",
                "the risk of further fractures",
                "She had two further pregnancies without any fracture.",
            ),
        ),
        Rule(
            "fracture healed",
            r"\bfractures?\b[^.;]{0,60}?\b(?:healed|united|consolidated|healing|union|consolidation|callus|"
            r"non-?union)\b(?! (?:[\w-]+ )?fractures?\b)"
            r"|\b(?:complete|bony|radiographic|radiological|solid|osseous|partial|successful|full) "
            r"(?:bony |bone |fracture |radiographic )?(?:union|consolidation|healing)\b"
            r"|\bfractures? (?:did|had|has|have) (?:still )?not (?:healed|heal|united|unite|consolidated)\b"
            r"|\b(?:healing|union|consolidation|callus formation|callus|non-?union|remodell?ing) "
            r"(?:of|at|in|around) (?:[\w'-]+ ){0,5}?fractures?\b"
            r"|\bfracture (?:healing|union|consolidation)\b|\bhealed fractures?\b"
            r"|\b(?:sacrum|ribs?|ram(?:us|i)|pubis|femur|femoral necks?|tibia|vertebrae)\b[^.;]{0,25}? "
            r"(?:healed|united|consolidated)\b"
            r"|\b(?:callus(?: formation)? (?:was|were|had become|became|is) (?:\w+ly |already )?(?:visible|"
            r"seen|"
            r"evident|present|noted|observed|apparent)|(?:showed|revealed|demonstrated) (?:\w+ "
            r"){0,2}callus)\b",
            _healed,
            says={
                "The fractures had healed completely.": Said("fracture healing", "complete"),
                "Radiographs showed partial union of the fracture.": Said("fracture healing", "partial"),
                "At six weeks callus was visible.": Said("fracture healing", "partial"),
                "By then the sacrum had consolidated.": Said("fracture healing", "complete"),
            },
            silent=(
                "The fracture was fresh.",
                "The wound healed.",
                "Fractures of T7 and old healed fractures",
            ),
        ),
        Rule(
            "marrow cleared",
            rf"\b(?:resolution|disappearance|regression|normali[sz]ation) of (?:[\w-]+ ){{0,4}}?{_MARROW}\b"
            rf"|\b{_MARROW}\b[^.;]{{0,40}}? (?:resolved|disappeared|regressed|normali[sz]ed|vanished|"
            rf"subsided|cleared)\b"
            r"|\bno (?:\w+ )?(?:abnormal )?signal (?:intensit(?:y|ies)|abnormalit(?:y|ies)|changes?|"
            r"alterations?)\b"
            r"|\b(?:mri|magnetic resonance imaging|scan|radiographs?|x-?rays?)\b[^.;]{0,50}? "
            r"(?:was|were|became|had become) (?:now |again |completely )?clear\b",
            _cleared,
            says={
                "MRI showed resolution of the bone marrow oedema.": Said(
                    "fracture healing", "resolved", later=True
                ),
                "The marrow edema had completely disappeared.": Said(
                    "fracture healing", "resolved", later=True
                ),
            },
            silent=("There was oedema of both legs.", "MRI showed marrow oedema."),
        ),
    ),
    SLOTS,
)
