"""Pain in the course, told by how it became, how it responded and how the patient felt."""

from __future__ import annotations

import re

from extractors.course.vocabulary import AROUND, SLOTS, Said
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

_ACHE = Glue(r"\b(?:{ache})\b", AROUND)
_NOT = Glue(r"\b{not}\b|\b(?:hardly|poorly|insufficiently|inadequately|little)\b", AROUND)
_MAY = Glue(r"\b(?:may|might|can|could|should|would|will|usually|often|typically|generally)\b")
#: Behind "worse": what makes any pain worse is its character, no course.
_CHARACTER = Glue(
    r" (?:by|with|on|when|while|at|in|upon|after|during) (?:(?:the|her|his|some|any|a) )?"
    r"(?:rest|resting|lying|sitting|standing|position\w*|walking|movement|motion|night|evening|morning|"
    r"bending|lifting|exertion|exercise|activit\w+|weight|cough\w*|sneez\w+|breath\w+|palpation|pressure)\b"
)


def _is_complaint(m: re.Match[str]) -> bool:
    return _ACHE.within(m.string, *m.span()) is None


def _became(m: re.Match[str]) -> Said | None:
    if _MAY.within(m.string, *m.span()) or _NOT.within(m.string, *m.span("way")):
        return None
    if m["worse"]:
        if _CHARACTER.behind(m.string, m.end()):
            return None
        return Said("pain", "worse", later=True, complaint=_is_complaint(m))
    return Said("pain", "resolved", later=m["gone"] != "no longer", complaint=_is_complaint(m))


def _responded(m: re.Match[str]) -> Said | None:
    if _MAY.within(m.string, *m.span()):
        return None
    if _NOT.within(m.string, *m.span()):
        return Said("pain", "unchanged", later=True, complaint=_is_complaint(m))
    return Said("pain", "improved", complaint=_is_complaint(m))


def _there(m: re.Match[str]) -> Said:
    return Said("pain", "present", later=True, complaint=_is_complaint(m))


BOOK = Book(
    "course.feeling",
    (
        Rule(
            "complaint became",
            r"\b(?:{ache}|{complaint})\b(?P<way>{of it}) (?:became|becomes|got|had become|has become|was|"
            r"were|is) "
            r"(?:(?:now|then|already|gradually|progressively|much|far|clearly|significantly|somewhat|even|"
            r"considerably|very|steadily) ){0,2}"
            r"(?:(?P<worse>more (?:severe|intense|frequent|pronounced|disabling|widespread)|stronger|worse|"
            r"unbearable|intolerable|excruciating)|"
            r"(?P<gone>no longer(?= (?:present|felt|noted|reported|perceptible|a problem|an issue))|absent|"
            r"nil))\b",
            _became,
            says={
                "Her back pain became more intense.": Said("pain", "worse", later=True),
                "The pain was no longer present.": Said("pain", "resolved"),
            },
            silent=("The pain was worse at night.", "The pain was dull.", "The pain may become worse."),
        ),
        Rule(
            "complaint responded",
            r"\b(?:{ache}|{complaint})\b(?P<way>{of it}) respond(?:ed)?"
            r"(?: (?:very|quite|only))?(?: (?:well|favou?rably|promptly|rapidly|quickly|dramatically|"
            r"partially|"
            r"excellently|poorly|insufficiently|inadequately|little))?(?= to\b|[.,;]|$| (?:within|after|"
            r"over)\b)",
            _responded,
            says={
                "Her pain responded well to calcitonin.": Said("pain", "improved"),
                "The pain responded poorly to analgesics.": Said("pain", "unchanged", later=True),
            },
            silent=("The pain usually may respond to calcitonin.", "The calcium responded well."),
        ),
        Rule(
            "felt better",
            r"\b(?:she|he|patient) (?:\w+ ){0,2}?(?:felt|feels|feeling) (?:(?:much|far|significantly|"
            r"clearly|a lot|"
            r"considerably|subjectively|already|somewhat|markedly) ){0,2}better\b",
            lambda match: Said("pain", "improved", later=True, complaint=True),
            says={"She felt much better.": Said("pain", "improved", later=True, complaint=True)},
            silent=("The bone felt better.", "She felt well."),
        ),
        Rule(
            "complaint still there",
            r"\bstill (?:ha[sd]|suffer(?:s|ed) from|complain(?:s|ed) of|experience[sd]|report(?:s|ed)|felt|"
            r"feels) "
            r"(?:(?!no\b)[\w-]+ ){0,4}?(?:{ache})\b",
            _there,
            says={"Two years later she still had some back pain.": Said("pain", "present", later=True)},
            silent=("She still had no pain.", "She still had fever."),
        ),
    ),
    SLOTS,
)
