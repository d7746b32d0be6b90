"""Whether a story has come to its treatment, so that what "she was receiving" is part of it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.rules.rule import Glue
from extractors.text import Sentence, View

#: A sentence with which a patient's story begins.
_INTRODUCTION = Glue(r"\b(?:\d{1,3}|\w+)[- ](?:year|month|week|day)s?[- ](?:old|of age)\b|\baged \d")
#: What is done between a patient's coming and the treatment.
_EXAMINED = Glue(
    r"\b(?:examin|laborator|blood (?:test|count|pressure|cultur)|biops|radiogra|tomogra|magnetic|"
    r"ultraso|x-?ray|diagnos|ct\b|mri\b)"
)
#: Words that place a sentence within the course by themselves.
_IN_COURSE = Glue(
    r"\b(?:at (?:this|that) (?:time|point|period|stage)|thereafter|meanwhile|besides|post-?operative(?:ly)?|"
    r"during (?:the |her |his |this )?(?:hospital|stay|course|follow-?up|treatment)|on day \d|"
    r"so far|until now|up to now|(?<!up )to date|at present|"
    r"(?:days?|weeks?|months?|years?) (?:later|after)|last (?:visit|follow-?up|review))\b"
)
#: What came to light later was so before.
_CAME_TO_LIGHT = Glue(
    r"\b(?:reveal|disclos|discover|learn|admit|report|stat|turned out|history|found)\w*(?: \w+){0,2} "
    r"(?:she|he|patient) (?:was|had)\b"
)
#: So many sentences back a story is looked for.
_BACK = 60


def under_way(view: View, sentence: Sentence, begun: Sequence[int]) -> bool:
    """Whether the patient was examined and treated before a sentence, or it says that it tells the course.

    `begun` are the numbers of the sentences in which something was given, in order.
    """
    if _introduces(sentence) or _CAME_TO_LIGHT.within(sentence.lower, 0, len(sentence.lower)):
        return False
    if _IN_COURSE.within(sentence.lower, 0, len(sentence.lower)):
        return True
    examined = given = False
    for index in range(sentence.index - 1, max(-1, sentence.index - _BACK), -1):
        before = view.sentences[index]
        given = given or index in begun
        examined = examined or _EXAMINED.within(before.lower, 0, len(before.lower)) is not None
        if given and examined:
            return True
        if _introduces(before):
            return False
    return False


def _introduces(sentence: Sentence) -> bool:
    return _INTRODUCTION.within(sentence.lower, 0, len(sentence.lower)) is not None
