"""Pain in the course: resolved, improved, unchanged or worse; scores on a scale."""

from __future__ import annotations

import re

from extractors.course.vocabulary import AROUND, SLOTS, Said
from extractors.language.numbers import parse_decimal
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

#: Behind "improved": what eases any pain is its character, no course.
_CHARACTER = Glue(
    r"(?: (?:\w+ly|only|somewhat|a little|temporarily|transiently|briefly))?,? "
    r"(?:by|with|on|when|while|at|in|upon|after|during) (?:(?:the|her|his|some|a|simple|oral|slight) )?"
    r"(?:rest\b|resting|lying|lay|sitting|standing|recumb\w*|supine|position\w*|leaning|walking|movement|"
    r"night|changing|flexion|extension|analges\w*|paracetamol|acetaminophen|nsaids?|painkillers?|"
    r"non-?steroidal|ibuprofen|diclofenac|tramadol|opioids?|immobili\w+|heat|warm|activit\w+|exercise\b|"
    r"pregnancy|delivery)"
)
_BEFORE = Glue(r"\b(?:before|until|till|prior to|previously|that|which|if|when)\b[^.;]{0,40}$")
_UNTIL = Glue(r"(?: [\w-]+){0,3}? (?:until|till|before|prior to)\b")
_PARTLY = Glue(r"\b{partly}\b", AROUND)
_FULLY = Glue(r"\b{fully}\b", AROUND)
_NOT = Glue(r"\b{not}\b", AROUND)
#: Pain relief that is wanted, not reached.
_PURPOSE = Glue(r"\b(?:for|as|need\w*|require\w*|provide|achieve|obtain|to|seek\w*|toward) (?:[\w-]+ ){0,3}$")
_NO_RESULT = Glue(
    r" (?:is|are|dropped|decreased|medic\w*|drugs?|measures|with (?:paracet|nsaid|opio|analg)\w*|was "
    r"(?:not|needed|required|"
    r"given))\b"
)
_DENIED = Glue(r"\b(?:no|without|little|not|never|any)\b(?: [\w-]+){0,4} $")
_AT_AN_EXAMINATION = Glue(
    r" (?:on|upon|to|before|prior|until|till|at rest|during (?:the |her )?(?:first|previous|pregnan)|in "
    r"(?:her|the) (?:first|previous|other))\b"
)
_CAME = Glue(r" (?:\w+ )?(?:appeared|occurred|developed|recurred|reappeared|returned)\b")
_MAY = Glue(r"\b(?:may|might|can|could|should|would|will|to|usually|often|typically|generally|is|are)\b")
#: "almost completely gone" is not gone.
_ALMOST = Glue(r"\b(?:almost|nearly|virtually|practically|mostly|largely) (?:[a-z]+ly )?$")
#: Before "and disappeared": it had become less before.
_LESS_BEFORE = Glue(
    r"\b(?:{ache})\b[^.;]{0,60}?\b(?:relieved|improved|alleviated|eased|reduced|decreased|diminished|"
    r"lessened|"
    r"subsided|regressed)\b[^.;]{0,50}$",
    AROUND,
)
_ACHE = Glue(r"\b(?:{ache})\b", AROUND)


def _is_complaint(m: re.Match[str]) -> bool:
    return _ACHE.within(m.string, *m.span()) is None


def _changed(m: re.Match[str]) -> Said | None:
    """ "Her pain gradually subsided", "did not improve"."""
    words = m.string, m.start("way"), m.end("way")
    if _MAY.within(*words) and not _NOT.within(*words):
        return None
    if _CHARACTER.behind(m.string, m.end()):
        return None
    complaint = _is_complaint(m)
    if m["base"] is not None and not _NOT.within(*words):
        return None
    if _NOT.within(*words):
        return Said("pain", "unchanged", later=True, complaint=complaint)
    fully = _FULLY.within(m.string, m.start("way"), m.end() + 14) is not None
    ended = m["resolved"] is not None and _PARTLY.within(*words) is None
    if _almost(m, m.end("way") + 1):
        fully = ended = False
    return Said("pain", "resolved" if ended or fully else "improved", complaint=complaint)


def _almost(m: re.Match[str], end: int) -> bool:
    return _ALMOST.within(m.string, max(0, end - 30), end) is not None


def _gone_then(m: re.Match[str]) -> Said | None:
    """The end of a pain that was first said to have become less."""
    before = _LESS_BEFORE.within(m.string, max(0, m.start() - 130), m.start())
    return Said("pain", "resolved") if before else None


def _eased(m: re.Match[str]) -> Said | None:
    """ "Relief of her pain", "pain relief", "treatment relieved the pain"."""
    before = m.string, max(0, m.start() - 30), m.start()
    if _PURPOSE.within(*before) or _NO_RESULT.behind(m.string, m.end()) or _DENIED.within(*before):
        return None
    fully = _FULLY.within(m.string, max(0, m.start() - 14), m.end()) is not None
    return Said("pain", "resolved" if fully else "improved", complaint=_is_complaint(m))


def _ended(m: re.Match[str]) -> Said | None:
    if _DENIED.within(m.string, max(0, m.start() - 30), m.start()):
        return None
    partial = _PARTLY.within(m.string, max(0, m.start() - 25), m.end())
    return Said("pain", "improved" if partial else "resolved", complaint=_is_complaint(m))


def _free(m: re.Match[str]) -> Said | None:
    if _BEFORE.within(m.string, max(0, m.start() - 60), m.start()) or _UNTIL.behind(m.string, m.end()):
        return None
    status = "improved" if _almost(m, m.start()) else "resolved"
    return Said("pain", status, complaint=_is_complaint(m) and "pain" not in m.group())


def _none(m: re.Match[str]) -> Said | None:
    """ "No further pain": it has gone; "no pain appeared": it never came."""
    if _AT_AN_EXAMINATION.behind(m.string, m.end()):
        return None
    came = _CAME.behind(m.string, m.end()) or (m["again"] or "").startswith(("recurrence", "relapse"))
    return Said(
        "pain",
        "none" if came else "resolved",
        later=m["again"] is None and not came,
        complaint=_is_complaint(m),
    )


def _worse(m: re.Match[str]) -> Said | None:
    words = m.string, m.start("way"), m.end("way")
    if _MAY.within(*words) or _NOT.within(*words):
        return None
    return Said("pain", m.lastgroup or "worse", later=True, complaint=_is_complaint(m))


def _score(m: re.Match[str]) -> Said | None:
    """The score reached: of a change, or told at a follow-up."""
    scale = "NRS" if m["scale"].startswith(("n", "numeric")) else "VAS"
    to, begin = parse_decimal(m["to"]), m["from"]
    status = "resolved" if to == 0 else "improved"
    if begin is not None and parse_decimal(begin) <= to:
        status = "worse" if parse_decimal(begin) < to else "unchanged"
    return Said("pain", status, to, scale, later=begin is None)


def _out_of_ten(m: re.Match[str]) -> Said | None:
    """A score without the name of its scale; as many as at worst is no improvement."""
    to = parse_decimal(m["to"])
    if to > _BEARABLE:
        return None
    return Said("pain", "improved" if to else "resolved", to, later=True)


#: Scores above this tell of an attack, not of what became of the pain.
_BEARABLE = 6
_SCALE = (
    r"(?P<scale>vas|nrs|nprs|visual analog(?:ue)?(?: pain)? scale|numeric(?:al)? (?:pain )?rating scale|"
    r"numeric(?:al)? pain scale)"
)
_OUT_OF = r"(?:(?:/| out of | of )10\b(?: points?)?)?"

BOOK = Book(
    "course.pain",
    (
        Rule(
            "pain score changed",
            rf"\b{_SCALE}\b(?:[^.;]{{0,60}}?\bfrom |:? (?:score "
            rf")?)(?P<from>{{decimal}}){_OUT_OF}[^.;]{{0,40}}? (?:to|->|become|became) "
            rf"(?P<to>{{decimal}}){_OUT_OF}",
            _score,
            says={
                "The VAS decreased from 8 to 2 within a month.": Said("pain", "improved", 2.0, "VAS"),
                "The NRS score fell from 7/10 to 0/10.": Said("pain", "resolved", 0.0, "NRS"),
                "There was less pain (VAS 8 to 2).": Said("pain", "improved", 2.0, "VAS"),
            },
            silent=("The VAS was 8.", "It fell from 8 to 2."),
        ),
        Rule(
            "pain score from one to another",
            rf"\bfrom (?:an? )?{_SCALE}(?: pain)?(?: score)?(?: of)? (?P<from>{{decimal}}){_OUT_OF} "
            rf"(?:(?:at|on|in|before) [^.;,\d]{{1,40}} )?(?:down )?to "
            rf"(?:an? )?(?:vas|nrs|nprs)?(?: pain)?(?: score)?(?: of)? ?(?P<to>{{decimal}}){_OUT_OF}",
            _score,
            says={
                "It fell from NRS 7 to NRS 1.": Said("pain", "improved", 1.0, "NRS"),
                "It fell from NRS 7 at the first visit to NRS 1.": Said("pain", "improved", 1.0, "NRS"),
                "It was reduced from a VAS score of 9 to 3.": Said("pain", "improved", 3.0, "VAS"),
            },
            silent=("From VAS 8 she recovered.", "It fell from 8 to 2."),
        ),
        Rule(
            "pain score at first and then",
            rf"\b{_SCALE}\)?(?: pain)?(?: scores?)?(?: was|:|=)? (?P<from>{{decimal}}){_OUT_OF}(?: points?)? "
            r"(?:(?:at|on|before|upon|prior to) (?:the )?(?:admission|presentation|baseline|"
            r"(?:first|initial) visit|treatment|surgery|operation|start|onset)|before|initially|at first|"
            r"pre-?operatively|"
            r"pre-?treatment)(?:,|,? and|;) (?P<to>{decimal})" + _OUT_OF + r"(?: points?)? "
            r"(?:at|on|after|upon|by|post-?operatively|post-?treatment)\b",
            _score,
            says={
                "VAS was 7 points on admission, 1 point at discharge.": Said("pain", "improved", 1.0, "VAS"),
                "Pain (VAS) was 9 before and 2 after treatment.": Said("pain", "improved", 2.0, "VAS"),
            },
            silent=("VAS was 7 on admission and CRP 2 mg/l at discharge.",),
        ),
        Rule(
            "pain score at a follow-up",
            rf"\b{_SCALE}\b(?:[ )]{{0,2}}(?:scores?|(?:(?:for|of) )?(?:back )?pain)){{0,3}}[ )]{{0,2}}"
            rf"(?: (?:was|were|had|is|of|decreased|dropped|fell|improved|reduced|declined|went|down|to|"
            rf"now|only|by then|at)){{0,5}}[:=]? ?(?P<from>(?!))?(?P<to>{{decimal}})"
            rf"(?! ?(?:months?|weeks?|years?|days?|%|cm|-)){_OUT_OF}",
            _score,
            says={"VAS was 2/10.": Said("pain", "improved", 2.0, "VAS", later=True)},
            silent=("The VAS was high.", "VAS at 3 months"),
        ),
        Rule(
            "pain out of ten",
            r"\b(?:{ache})\b(?: (?:score|intensity|level|was|is|had|of|rated|scored|quoted|graded|now|only|"
            r"fallen|fell|dropped|decreased|reduced|improved|down|at|as|to)){0,6}[:=]? ?"
            r"(?P<to>{decimal})(?:/| out of )10\b",
            _out_of_ten,
            says={
                "At one year her back pain was rated 2/10.": Said("pain", "improved", 2.0, later=True),
                "Pain 3/10 by then.": Said("pain", "improved", 3.0, later=True),
            },
            silent=("Pain for 3/10 days", "The pain was severe.", "pain 3 months"),
        ),
        Rule(
            "complaint changed",
            r"\b(?:{ache}|{complaint})\b(?P<way>{of it}(?: {degree})*)?(?<! and)(?<! or)(?<! of)(?<! "
            r"with)(?<! a) "
            r"(?:(?P<resolved>{resolved})|{improved}|(?P<base>{base form}))\b",
            _changed,
            says={
                "Her back pain gradually subsided.": Said("pain", "resolved"),
                "The pain in the hips had almost disappeared.": Said("pain", "improved"),
                "Her symptoms improved.": Said("pain", "improved", complaint=True),
                "The pain did not lessen, the pain was not reduced.": Said("pain", "unchanged", later=True),
            },
            silent=(
                "The pain was dull.",
                "The calcium level decreased.",
                "Pain usually resolved, pain may be less",
            ),
        ),
        Rule(
            "complaint eased",
            r"\b(?:(?:pain|symptom(?:atic)?|symptoms) (?:relief|improvement|control|reduction|alleviation)|"
            r"(?:{relief}) (?:in|of|from) (?:[\w'-]+ ){0,4}?(?:{ache}|{complaint}))\b",
            _eased,
            says={
                "There was significant pain relief.": Said("pain", "improved"),
                "She had a marked reduction in back pain.": Said("pain", "improved"),
            },
            silent=("She had pain.", "improvement of bone density"),
        ),
        Rule(
            "complaint ended",
            r"\b(?:{end}) (?:of|in) (?:[\w'-]+ ){0,4}?(?:{ache}|{complaint})\b",
            _ended,
            says={"This led to complete resolution of her pain.": Said("pain", "resolved")},
            silent=("resolution of the oedema",),
        ),
        Rule(
            "something eased the complaint",
            r"\b(?:relieved|alleviated|eased|improved|reduced|resolved|lessened|decreased|diminished) "
            r"(?:(?:her|his|the|this|all|most|back|low|lower|severe|of|patient's) ){1,4}(?:{ache}|"
            r"{complaint})\b",
            _eased,
            says={"Calcitonin relieved her back pain.": Said("pain", "improved")},
            silent=("Her pain was severe.", "She was relieved."),
        ),
        Rule(
            "less and then gone",
            r"\b(?:and|then) (?:(?:then|finally|eventually|completely|fully|totally|later|subsequently|"
            r"had) ){0,2}"
            r"(?:disappeared|vanished|resolved|ceased|subsided)\b",
            _gone_then,
            says={
                "Her back pain was relieved within a week and then disappeared.": Said("pain", "resolved"),
                "Pain eased in a month and completely resolved in three.": Said("pain", "resolved"),
            },
            silent=("Her fever fell and disappeared.",),
        ),
        Rule(
            "free of pain",
            r"\b(?:pain|symptom|complaint)s?[- ]free\b|\bfree (?:of|from) (?:any )?(?:\w+ ){0,2}?"
            r"(?:{ache}|{complaint})\b|\bno longer (?:had|has|felt|complained of|suffered from|experienced|"
            r"reported) (?:any )?(?:\w+ ){0,2}?(?:{ache}|{complaint})\b"
            r"|\b(?:{later verb}) (?:\w+ly )?asymptomatic\b",
            _free,
            says={
                "At six months she was pain-free.": Said("pain", "resolved"),
                "She no longer had back pain.": Said("pain", "resolved"),
                "She has remained asymptomatic.": Said("pain", "resolved", complaint=True),
            },
            silent=("She was asymptomatic.", "She was free of fever."),
        ),
        Rule(
            "no pain any more",
            r"\b(?:no|without(?: any)?|not have(?: any)?|not complain of(?: any)?|not experience(?: any)?|"
            r"not report(?: any)?|denied(?: any)?) "
            r"(?P<again>(?:further|more|residual|recurrent|remaining|recurrence of|relapse of|persistent) )?"
            r"(?:(?:back|low|lower|hip|groin|bone|spinal|lumbar|pelvic|of|her|the) ){0,3}(?:{ache}|"
            r"{complaint})\b",
            _none,
            says={
                "There was no further back pain.": Said("pain", "resolved"),
                "A year later she had no pain.": Said("pain", "resolved", later=True),
            },
            silent=("She had pain.", "She had no fever."),
        ),
        Rule(
            "little pain left",
            r"\bonly (?:(?:an?|some|very|occasional|mild|slight|minimal|minor|intermittent|residual|"
            r"low-grade|little|rare) )+"
            r"(?:[\w-]+ ){0,3}?(?:{ache}|{complaint})\b"
            r"|\b(?:minimal|slight|occasional|residual|little) (?:[\w-]+ ){0,2}?(?:{ache})\b",
            lambda match: Said("pain", "improved", later=True, complaint=_is_complaint(match)),
            says={"At 12 months she had only mild back pain.": Said("pain", "improved", later=True)},
            silent=("She had mild back pain.",),
        ),
        Rule(
            "without symptoms",
            r"\b(?:is|was|been|being|patient) (?:completely |totally |entirely |clinically |now |"
            r"currently )?asymptomatic\b|^(?:completely |now )?asymptomatic (?=at|after|by|since|\d)",
            lambda match: Said("pain", "resolved", later=True, complaint=True),
            says={"After a year she was asymptomatic.": Said("pain", "resolved", later=True, complaint=True)},
            silent=("An asymptomatic nodule was seen.",),
        ),
        Rule(
            "complaint worse",
            r"\b(?:{ache}|{complaint})\b(?P<way>{of it}(?: {degree})*)? "
            r"(?:(?P<worse>{worse})|(?P<unchanged>{lasting}))\b",
            _worse,
            says={
                "The pain recurred.": Said("pain", "worse", later=True),
                "Back pain persisted.": Said("pain", "unchanged", later=True),
            },
            silent=("The pain was there.", "Calcium increased."),
        ),
    ),
    SLOTS,
)
