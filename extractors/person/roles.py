"""Whose age it is and when: the patient's at presentation, at another event, or somebody else's."""

from __future__ import annotations

import re

from extractors.language.scopes import opens_as_patient
from extractors.person.age_refs import AgeRef
from extractors.person.people import Noun, head_nouns
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue
from extractors.text import Sentence

_KIN = frozenset({"kin", "sibling", "offspring"})
_COHORT_BEFORE = re.compile(
    r"\b(?:mean|average|median|older\sthan|younger\sthan|over|under|above|below|less\sthan|more\sthan|"
    r"greater\sthan|at\sleast|up\sto|between|"
    r"ranging|range|ranged|minimum|maximum|exceeding|within|limit|beyond)\b[^,;.()]{0,30}$|[<>≥≤]\s?=?\s?$|"
    r"±\s?$"
)
_COHORT_AFTER = re.compile(
    r"\s?(?:±|\+/-|or\s(?:older|younger|over|above|more|less)|and\s(?:older|over|"
    r"above|younger|under)|\(?(?:sd|range|iqr)\b)"
)
_COHORT_WITHIN = re.compile(r"\b(?:mean|average|median)\b|[<>≥≤]|\b(?:over|under|above|below)\b")
#: "at the age of 31", "when she was 12", "since age 5", "by 3 months of age"
_EVENT_BEFORE = re.compile(
    r"\b(?:at|since|from|by|until|till|before|after|around|to)\s(?:about\s|around\s|approximately\s|the\s|"
    r"an?\s|her\s|his\s|early\s|young\s|only\s){0,3}$|"
    r"\b(?:reach(?:ed|ing)|attained|turned)\s(?:the\s)?$|"
    r"\b(?:when|while|until|since|once)\s(?:she|he|the\spatient|her|him|aged?)?\s?(?:(?:was|had\sbeen|"
    r"turned)\s)?(?:about\s|only\s|just\s|around\s)?$"
)
_NOW_BEFORE = re.compile(
    r"\b(?:now|currently|today|presently|at\slast\sfollow-?\s?up|last\sseen|years\slater|months\slater|"
    r"at\sfollow-?\s?up|until|died|death|deceased|alive)\b[^.;]{0,25}$"
)
_NOW_AFTER = re.compile(
    r"[\s,]*(?:now|at\s(?:the\s)?(?:last|latest|final)\sfollow-?\s?up|at\sdeath|"
    r"when\s(?:she|he)\sdied)\b"
)
_FOLLOW_UP = re.compile(r"follow-?\s?up|later\b|\bdied\b|\bat\slast\b|subsequent")
_PRESENTS = re.compile(
    r"\b(?:present(?:ed|s|ing|ation)|referr(?:ed|al)|admitted|admission|was\sseen|first\sseen|consult(?:ed|"
    r"ation)|visited|attended|examined|evaluat(?:ed|ion)|"
    r"came\sto|hospitali[sz]ed|brought\sto|sought|reported\sto|applied)\b"
)
_PAST = re.compile(
    r"\b(?:had\s(?:been|had|undergone|a\shistory|presented|developed|first|suffered|sustained)|"
    r"previous(?:ly)?|history|initially|originally|earlier|already|"
    r"childhood|past|diagnosed|menarche|menopause|married|since|underwent|later|again|then|re-?admitted)\b"
)
_POSSESSED = re.compile(
    r"(?:\b(?:her|his|their|whose|my|our|maternal|paternal|patient's|the\spatient's)|"
    r"'s)\s(?:[\w-]+\s){0,3}$"
)
_INDEFINITE = re.compile(r"\b(?:an?|another|this|our|the|one)\s(?:[\w-]+\s){0,3}$|^\W*$")
_PRONOUN_SUBJECT = re.compile(
    r"\b(?:she|he)\s(?:was|is|had\sbeen|turned|became|had\sturned|"
    r"reached)\s(?:now\s|then\s|about\s|only\s)?$"
)
_AFTER_PRONOUN = re.compile(r"\b(?:she|he)\s(?:was|is)\san?\s$")
_BEARING = re.compile(
    r"\b(?:mother\sof|parents?\sof|deliver(?:ed|y\sof)|gave\sbirth\sto|birth\sof|breast-?\s?feeding|"
    r"breast-?\s?fed|nursing|feeding|carrying|lifting|lifted|holding|"
    r"with|and|care\sof|caring\sfor|had|has|picking\sup|her|his)\s(?:(?:an?|her|his|the|their|healthy|own|"
    r"two|twin)\s){0,3}$"
)
_CASE_SECTION = re.compile(r"\b(?:case|patient|observation)\b")
_OTHER_PATIENT = re.compile(
    r"\b(?:case|patient|observation|subject)\s(?:no\.?\s?|number\s)?(?:\d{1,2}|[a-h]|[ivx]{1,4})\b|#\s?\d\b|"
    r"\b(?:first|second|third|fourth|fifth|sixth|last|other|another|next)\s(?:\w+\s)?(?:patient|case|woman|"
    r"man|lady|girl|boy|mother|sister|brother|proband)\b|"
    r"^the\s(?:second|third|fourth|fifth),"
)
_STOP = re.compile(r"[;.]")
#: "when aged 12": an event, while "aged 12" by itself is the present age.
_WHEN_AGED = re.compile(r"\b(?:when|while|until|since)\s(?:she|he)?\s?$")
#: The parent of a newborn patient.
_BORN_TO = re.compile(
    r"\b(?:born|delivered|birth)\s(?:[\w-]+\s){0,6}(?:to|by|from|of)\s(?:an?|"
    r"the)\s(?:[\w-]+,?\s){0,3}$"
)
#: "Cousin 2:", "Brother 1 (": a relative by the number of a patient.
_NUMBERED = Glue(r" (?:no\.? ?)?\d{1,2} ?[:.,(-]")
#: "Even a 10-day-old infant cries": nobody in particular.
_GENERIC = Glue(r"\b(?:even|any|every|each|if|like|as) (?:an? |in )?(?:an? )?$")
#: An adult's child is younger than this, where nothing else is said.
_INFANT_YEARS = 3.0


class Introduced:
    """The ages at presentation told so far of the patient who is being described."""

    def __init__(self) -> None:
        self.ages: set[float] = set()
        self._section = ""

    def enter(self, sentence: Sentence) -> None:
        """Forget the ages where the words since the last age turn to another patient."""
        lower = sentence.lower
        if sentence.zone.section != self._section:
            self._section = sentence.zone.section
            if _CASE_SECTION.search(self._section.lower()):
                self.ages.clear()
        if _OTHER_PATIENT.search(lower):
            self.ages.clear()

    def another(self, years: float | None) -> bool:
        """Whether an age differs from those told of this patient."""
        return years is not None and bool(self.ages) and all(abs(years - age) > 0.01 for age in self.ages)


def kin_before(hits: list[Hit[Noun]], lower: str, start: int) -> bool:
    """Whether the nearest person before the age is a relative ("her mother, aged 58")."""
    near = [
        h for h in hits if h.end <= start and start - h.end <= 40 and not _STOP.search(lower, h.end, start)
    ]
    for hit in near[-2:]:
        possessed = bool(_POSSESSED.search(lower, max(0, hit.start - 40), hit.start))
        # only words in the same bracket may stand between: "his mother (primipara, 32 years old)"
        if hit is not near[-1] and "(" not in lower[hit.end : near[-1].start]:
            continue
        if _NUMBERED.behind(lower, hit.end):
            continue  # "Cousin 1: 42 years old" is a patient
        if hit.value.kind in _KIN and hit.value.kind != "sibling" and start - hit.end <= 25:
            return True
        if hit.value.kind == "mother" and possessed:
            return True
    return False


def role_of(
    sentence: Sentence, ref: AgeRef, hits: list[Hit[Noun]], *, child: bool, introduced: Introduced
) -> str:
    """The role of an age: "presentation", "event" or "other".

    `child`: the paper's patient is one.
    """
    lower = sentence.lower
    before = lower[max(0, ref.start - 70) : ref.start]
    after = lower[ref.end : ref.end + 60]
    if _is_others(ref, lower, before, after, hits, child) or (
        introduced.ages and _other_sex(ref, lower, before, hits)
    ):
        return "other"
    if ref.shape == "event":
        return "event"
    if _NOW_BEFORE.search(before) or _NOW_AFTER.match(after):
        return "event"
    if _is_event(ref, before):
        return "presentation" if _presents(lower, ref) and not introduced.another(ref.years) else "event"
    if introduced.another(ref.years):
        if _PRONOUN_SUBJECT.search(before) or ref.shape == "was":
            return "event"
        if ref.shape in ("aged", "apposed") and before.endswith("(") and _FOLLOW_UP.search(lower):
            return "event"
    return "presentation"


#: Ways of telling an age that a noun for its owner follows.
_BEFORE_NOUN = frozenset({"old", "decade", "word", "newborn", "initial"})


def _is_others(ref: AgeRef, lower: str, before: str, after: str, hits: list[Hit[Noun]], child: bool) -> bool:
    if _GENERIC.within(before, 0, len(before)):
        return True
    if ref.shape in ("range", "list") or _is_cohort(ref, before, after) or _BORN_TO.search(before):
        return True
    nouns = head_nouns(hits, lower, ref.end) if ref.shape in _BEFORE_NOUN else []
    if nouns:
        last = nouns[-1]
        if last.value.kind != "plural" and opens_as_patient(lower, last.start):
            return False
        if _is_others_noun(last.value, before, ref.years, child):
            return True
        if child and last.value.kind == "child" and not _POSSESSED.search(before):
            return False  # "his mother, 31 years old, brought in a 7-month-old boy"
    elif not child and ref.years is not None and ref.years < _INFANT_YEARS:
        return True
    if any(h.value.kind == "plural" and 0 <= ref.start - h.end <= 2 for h in hits):
        return True
    return kin_before(hits, lower, ref.start)


def _is_cohort(ref: AgeRef, before: str, after: str) -> bool:
    """Whether an age is a mean or a limit."""
    return bool(
        _COHORT_BEFORE.search(before) or _COHORT_AFTER.match(after) or _COHORT_WITHIN.search(ref.text.lower())
    )


def _is_others_noun(noun: Noun, before: str, years: float | None, child: bool) -> bool:
    """Whether the noun behind an age names others than the patient; `before` are the words before the age."""
    possessed = bool(_POSSESSED.search(before))
    if noun.kind in _KIN:
        return possessed or noun.kind == "offspring" or not _INDEFINITE.search(before)
    if noun.kind == "mother":
        return possessed or child
    if noun.kind == "child":
        return not child and (possessed or bool(_BEARING.search(before)) or (years or 0) < _INFANT_YEARS)
    return noun.kind == "plural"


def _other_sex(ref: AgeRef, lower: str, before: str, hits: list[Hit[Noun]]) -> bool:
    """ "He was a 47-year-old man": somebody the sentence before has just spoken of, a donor for one."""
    return bool(_AFTER_PRONOUN.search(before)) and any(h.value.sex for h in head_nouns(hits, lower, ref.end))


def _is_event(ref: AgeRef, before: str) -> bool:
    if ref.shape == "aged" and ref.text.lower().startswith("aged"):
        return bool(_WHEN_AGED.search(before))
    return bool(_EVENT_BEFORE.search(before)) and ref.shape in ("old", "of age", "aged")


def _presents(lower: str, ref: AgeRef) -> bool:
    """Whether the clause around an "at the age of" tells the visit and not an earlier event."""
    left = max(lower.rfind(mark, 0, ref.start) for mark in (";", " but ", " and she ", " and he "))
    clause = lower[max(0, left, ref.start - 120) : ref.end + 70]
    return bool(_PRESENTS.search(clause)) and not _PAST.search(clause)
