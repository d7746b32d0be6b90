"""Context of a statement: negation with its scope, family, history, uncertainty, plan, generality.

After ConText (Harkema et al., J Biomed Inform 2009;42:839), with two changes for case reports.
A negation's scope is found from the clause's finite verbs, so that it covers long lists and
subjects alike ("A, B and C were all asked and none was positive"). And a statement can be
*general*: about guidelines, cohorts and other authors' patients.

Cues are data (context_cues.csv: cue, kind, direction, exact, source). They are found in one pass
over the text; the scopes of a sentence are worked out when its first statement is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.base import Context
from extractors.language.clauses import SEPARATOR, Clauses, breaks
from extractors.language.numbers import WORD_NUMBER, parse_count
from extractors.rules.lexicon import Entry, Hit, Lexicon, read_rows
from extractors.rules.quick import any_of
from extractors.text import Sentence, View, Zone

_CACHE_KEY = ("context",)
_CHILD_BELOW_YEARS = 12
_COHORT_FROM = 10  # as many patients are no longer described one by one
_COUNT_BEFORE = re.compile(r"(?<![\d.,-])(\d{1,5})\s(?:[a-z-]+\s){0,2}$")

_DESCRIBED = re.compile(
    r"\s(?:of (?:a|one|two|three|four|five)\b|aged)|-to-"
)  # "a mother of two", "mother aged 30"
#: Words that make a sentence one about the report's patient.
_PATIENT_KINDS = frozenset({"patient", "ours"})
_FAMILY_KINDS = frozenset({"relative", "sibling", "offspring", "maternal"})
#: In a paper on an adult these are the patient, unless somebody's ("her mother").
_OWN_ROLES = frozenset({"mother", "parent", "partner", "wife"})
#: Verbs and prepositions whose object is a child or relative and not the subject of what follows.
_OBJECT_BEFORE = re.compile(
    r"\b(?:deliver(?:ed|y|ies|ing)?|gave birth|birth|born|has|have|had|having|breast-?(?:fed|feeding|feeds?)|"
    r"nurs(?:ed|ing)|feeding|fed|lift(?:ed|ing)|carr(?:ied|ying)|hold(?:ing)?|wean(?:ed|ing)|"
    r"mother|care|caring|raising|picking up|pick up|nulliparous|with|lives? with|lived with|as an?)"
    r"\b(?:\s+(?:of|to|for|up|a|an|the|her|his|their|my|two|three|four|one|first|second|third|healthy|"
    r"normal|term|full|"
    r"live|living|female|male|single|only|other|own|both|[\w-]+))?(?:\s+[\w-]+){0,3}\s*$"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|be|being)\s(?:\w+\s)?$")
#: "... and the infant with vitamin D": a second subject in the same clause.
_GAPPED = re.compile(r"\b(?:and|while|whereas)\s(?:the|her|his|their|both)\s(?:\w+\s)?$")
_PREDICATE = re.compile(
    r"\s(?:was|were|with|on|received|had|got|took|takes|is|are|has)\b|:|"
    r"[^;:]{0,60}?\s(?:[a-z]{3,}ed|broke|breaks|fell|fractures|uses|suffers)\b"
)
_DETERMINERS = r"(?:her|his|the|their|both|one|an?|my|patient's|maternal|paternal|elder|older|younger)"
#: A noun behind these is no subject ("transplantation from an identical sister was done").
_PREPOSITION = re.compile(r"\b(?:from|by|to|for|with|of|in|like)\s(?:[\w-]+\s){0,3}$")
_MATERNITY = re.compile(r"\b(?:pregnan|wom[ae]n\b|primipar|primigravid|postpartum|lactation)")
#: One of these stands in every text in which the pattern matches.
_MATERNITY_PARTS = ("pregnan", "woman", "women", "primip", "primig", "postpartum", "lactation")
_INSIDE = re.compile(rf"\b(?:in|of)\s+(?:{_DETERMINERS}\s+){{0,3}}$")
_POSSESSIVE = re.compile(r"(?:\b(?:her|his|their|my)|'s|\bmaternal|\bpaternal)\s+(?:[\w-]+\s+){0,2}$")
#: "a 33 year old farmer's wife" is the patient.
_WIFE_OF_A_TRADE = re.compile(r"\b(?:an?|old|aged \d\d,?)\s(?:[\w-]+\s){0,4}[\w-]+'s\s$")
_ADULT = re.compile(
    r"\b(?:(?:wom[ae]n|m[ae]n|lady|gentleman)\b|primigravida?|primipara|multigravida|gravida|housewife|pregnan|"
    r"postpartum)"
)
_AGE = re.compile(
    rf"\b(?:(\d{{1,3}}(?:\.\d)?|{WORD_NUMBER})[- ]?(year|yr|month|week|day|hour)s?[- ]?(?:old|of age)|"
    r"(?:male|female|term|preterm|premature)\s+(?:infant|newborn|neonate|baby)\b)"
)
_SIBLING_PATIENTS = re.compile(
    r"\b(?:two|three|both|these|our|affected)\s+(?:\w+\s+)?(?:sisters|brothers|siblings)\b|\bsisters\s+with\b"
)
_GENERAL_SECTION = re.compile(
    r"\b(?:differential diagnosis|pathophysiology|epidemiology|"
    r"introduction|background|discussion|conclusions?|review of (?:the )?literature|literature review|"
    r"learning points?|take-?home|summary of the literature)\b"
)
_CASE_SECTION = re.compile(
    r"\b(?:cases?|patients?|presentation|history|report|results?|findings|follow-?up|treatment)\b"
)
_OPENING = re.compile(
    r"(?:(introduction|background|discussion|conclusions?|objectives?|aims?)|"
    r"(cases?(?: (?:report|presentation|description|summary|\d))?|methods?|results?|patients?|"
    r"clinical (?:case|presentation)))(?:[:.]|\s)"
)
#: A relative's word this near to a sentence's beginning (characters) may stand behind its label.
_LABEL_REACH = 60
_CARRY = re.compile(r"(?:they|their|these authors|the authors|all of them|of these|among them)\b")
#: "Case 3: The sister of Case 1 ...", "Patient 2, her 32-year-old sister": a relative who is a patient.
_LABELLED_KIN = re.compile(
    r"(?:case|patient|subject)\s(?:no\.?\s?|number\s)?(?:\d{1,2}|[ivx]{1,4}|[a-h])\s?[:.,;(-]\s?"
    r"(?:(?:this|the|an?|her|his|our)\s)?(?:(?:case|patient)\s\w{1,3}'s\s)?(?:[\w-]+,?\s){0,3}$"
)
_CASE_LABEL = re.compile(
    r"^(?:case|patient)\s(?:report\s|presentation\s)?(?:no\.?\s?|#)?(\d|[iv]{1,3})\b", re.MULTILINE
)
#: "Patient 2. A 31-year-old ..."
_PATIENT_OPENS = re.compile(
    r"(?:case|patient)\s(?:report\s)?(?:no\.?\s?|#)?(?:\d{1,2}|[ivx]{1,4}|[a-h])\s?[.:)-](?:\s|$)"
)
_SEARCH_WORDS = ("search", "we found", "we identified", "we collected", "we retrieved")
#: From here on a paragraph tells of what was found elsewhere.
_SEARCHED = re.compile(
    r"\bliterature\ssearch|\bsearch(?:ed|ing)?\s(?:of\s)?(?:the\s)?(?:english\s|medical\s)?(?:literature|pubmed|medline)|"
    r"\bwe\s(?:found|identified|collected|retrieved)\s(?:only\s)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\s"
    r"(?:(?:published|reported)\s(?:cases|patients|women)|(?:\w+\s){0,2}(?:reports|articles|papers|publications))\b"
)
#: Headings before a case that may have no heading of its own.
_LEAD_IN = re.compile(r"introduction|background|learning points?|key points?|highlights|objectives?|aims?")
_INTRODUCED = re.compile(
    r"(?:we\s(?:report|describe|present)\s)?an?\s(?:[\w-]+,?\s){0,3}\d\d[- ]year[- ]old\s"
    r"(?!.*\b(?:et al|reported by|described by|literature)\b)"
)
_ONE_OF_SERIES = re.compile(r"\b(?:cases?|patients?)\s(?:no\.?\s?|#)?(?:\d{1,2}|[ivx]{1,4})\b")
_NUMBER_WORD = re.compile(r"(?:\b(?:our|all|both|these|the|two|three|four|five|six|\d)|of the)\s+$")


@dataclass(frozen=True, slots=True)
class _Cue:
    kinds: tuple[str, ...]
    direction: str


@dataclass(frozen=True, slots=True)
class _Scope:
    """Words [start, end) of the text that a cue governs."""

    kind: str
    start: int
    end: int
    cue: tuple[int, int]


@dataclass(slots=True)
class _Notes:
    """What is worked out once per view."""

    by_sentence: dict[int, list[Hit[_Cue]]]
    scopes: dict[int, tuple[_Scope, ...]]
    general_part: dict[int, bool]
    child: bool
    maternity: bool  # the patient is a mother or mother-to-be
    sibling_patients: bool
    series: bool  # the patients are told under "Case 1", "Case 2"


@cache
def _lexicon() -> Lexicon[_Cue]:
    return Lexicon(
        Entry(row["cue"], _Cue(tuple(row["kind"].split(";")), row["direction"]), row["exact"] == "yes")
        for row in read_rows("extractors.language", "context_cues.csv")
    )


def context_of(view: View, sentence: Sentence, start: int, end: int) -> Context:
    """How the words [start, end) of a sentence are meant (see `extractors.base.Context`).

    Negation, history, uncertainty and plan hold where a cue's scope reaches the words; cues that
    lie inside the words themselves do not count. `family` and `general` are those of the clause.
    """
    notes = _notes(view)
    scopes = _scopes(view, notes, sentence)
    hits = [s for s in scopes if s.start <= start and end <= s.end and not _within(s, start, end)]
    kinds = {s.kind for s in hits}
    general = "ours" not in kinds and (
        "literature" in kinds or (bool(kinds & {"cohort", "general"}) and "patient" not in kinds)
    )
    if not general and notes.general_part.get(sentence.index) and not _speaks_of_patient(notes, sentence):
        general = True
    return Context(
        negated="negation" in kinds,
        uncertain="uncertain" in kinds,
        historical="history" in kinds,
        family="family" in kinds,
        planned="planned" in kinds,
        general=general,
        cues=tuple(s.cue for s in hits if s.kind not in _PATIENT_KINDS),
    )


def patient_is_child(view: View) -> bool:
    """Whether the paper's patient is an infant or child, so that "the mother" is a relative."""
    return _notes(view).child


def is_general_part(view: View, sentence: Sentence) -> bool:
    """Whether a sentence stands in an introduction, discussion or conclusion."""
    return _notes(view).general_part.get(sentence.index, False)


def clause_bounds(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Absolute offsets of the clause that holds the words [start, end): up to a strong boundary."""
    lower, base = sentence.lower, sentence.start
    left, right = 0, len(lower)
    for match in breaks(lower):
        if match[1] <= start - base:
            left = match[1]
        elif match[0] >= end - base:
            right = match[0]
            break
    return base + left, base + right


def _within(scope: _Scope, start: int, end: int) -> bool:
    return start <= scope.cue[0] and scope.cue[1] <= end


def _notes(view: View) -> _Notes:
    found = view.cache.get(_CACHE_KEY)
    if isinstance(found, _Notes):
        return found
    by_sentence: dict[int, list[Hit[_Cue]]] = {}
    for hit in _lexicon().find(view.text, view.lower):
        sentence = view.sentence_at(hit.start)
        if sentence is not None and "pseudo" not in hit.value.kinds:
            by_sentence.setdefault(sentence.index, []).append(hit)
    lower = view.lower
    siblings = ("sister" in lower or "brother" in lower or "sibling" in lower) and bool(
        _SIBLING_PATIENTS.search(lower)
    )
    child = _child(view)
    maternity = not child and any_of(lower, _MATERNITY_PARTS) and bool(_MATERNITY.search(lower))
    notes = _Notes(by_sentence, {}, _general_parts(view), child, maternity, siblings, _series(view))
    view.cache[_CACHE_KEY] = notes
    return notes


def _series(view: View) -> bool:
    """Whether sections or paragraphs are labelled as those of several patients."""
    if not any_of(view.lower, ("case", "patient")):
        return False
    sections = {zone.section.lower() for zone in view.zones}
    labels = {m.group(1) for section in sections if (m := _CASE_LABEL.match(section))}
    if "\ncase" in view.lower or "\npatient" in view.lower:
        labels.update(m.group(1) for m in _CASE_LABEL.finditer(view.lower))
    return len(labels) > 1


def _child(view: View) -> bool:
    """Judged by the first age or person that the readable text describes."""
    match = _AGE.search(view.lower)
    if match is None:
        return False
    if match.group(2) is None:
        adult = _ADULT.search(view.lower)
        return adult is None or adult.start() > match.start()
    if match.group(2) not in ("year", "yr"):
        adult = _ADULT.search(view.lower, 0, match.start())
        return adult is None
    years = parse_count(match.group(1))
    return years is not None and years < _CHILD_BELOW_YEARS


def _general_parts(view: View) -> dict[int, bool]:
    out: dict[int, bool] = {}
    zone: Zone | None = None
    general = False
    searched = any_of(view.lower, _SEARCH_WORDS)
    told: str | None = None  # the section in which labelled patients are told, whatever its heading says
    for sentence in view.sentences:
        if sentence.zone is not zone:
            zone = sentence.zone
            section = zone.section.lower()
            general = bool(section and _GENERAL_SECTION.search(section) and not _CASE_SECTION.search(section))
        if sentence.first and (
            _PATIENT_OPENS.match(sentence.lower)
            or (general and _LEAD_IN.search(section) and _INTRODUCED.match(sentence.lower))
        ):
            told = section
        if sentence.first and told == section:
            general = False
        general = general or (searched and _SEARCHED.search(sentence.lower) is not None)
        opening = _OPENING.match(sentence.lower) if sentence.text[:1].isupper() else None
        if opening and _is_label(sentence, opening.end()):
            general = opening.group(1) is not None
        if general:
            out[sentence.index] = True
    return out


def _is_label(sentence: Sentence, end: int) -> bool:
    """Whether the words before `end` are a run-in heading ("Discussion: ...", "Discussion The ...")."""
    if sentence.text[end - 1] in ":.":
        return True
    return sentence.first and sentence.text[end : end + 1].isupper()


def _speaks_of_patient(notes: _Notes, sentence: Sentence) -> bool:
    if notes.series and _ONE_OF_SERIES.search(sentence.lower):
        return True
    return any(_PATIENT_KINDS.intersection(h.value.kinds) for h in notes.by_sentence.get(sentence.index, ()))


def _scopes(view: View, notes: _Notes, sentence: Sentence) -> tuple[_Scope, ...]:
    found = notes.scopes.get(sentence.index)
    if found is None:
        found = tuple(_make_scopes(view, notes, sentence))
        notes.scopes[sentence.index] = found
    return found


def _make_scopes(view: View, notes: _Notes, sentence: Sentence) -> list[_Scope]:
    hits = notes.by_sentence.get(sentence.index, [])
    out: list[_Scope] = []
    if not hits and not _CARRY.match(sentence.lower):
        return out
    base = sentence.start
    clauses = Clauses(sentence.lower)
    for hit in hits:
        begin, end = hit.start - base, hit.end - base
        for kind in hit.value.kinds:
            if kind in _FAMILY_KINDS:
                span = _family_span(kind, (begin, end), clauses, notes)
            else:
                span = _span(kind, hit.value.direction, (begin, end), clauses)
            if span:
                name = "family" if kind in _FAMILY_KINDS else "cohort" if kind == "counted" else kind
                out.append(_Scope(name, base + span[0], base + span[1], (hit.start, hit.end)))
    before = view.previous(sentence)
    if before is not None and _CARRY.match(sentence.lower):
        out.extend(
            _Scope("literature", sentence.start, sentence.end, s.cue)
            for s in _scopes(view, notes, before)
            if s.kind == "literature"
        )
    return out


def _span(kind: str, direction: str, cue: tuple[int, int], clauses: Clauses) -> tuple[int, int] | None:
    """The words of the sentence that a cue governs."""
    begin, end = cue
    if kind in ("cohort", "counted") and not _is_cohort(kind, clauses.lower, begin):
        return None
    if direction == "short":
        stop = SEPARATOR.search(clauses.lower, end, clauses.around(begin, end)[1])
        return begin, stop.start() if stop else clauses.around(begin, end)[1]
    if direction == "pre":
        return begin, clauses.after(begin, end)
    if direction == "post":
        return clauses.before(begin), clauses.after_predicate(end)
    if direction == "both":
        passive = _PASSIVE.search(clauses.lower, max(0, begin - 20), begin)
        if passive:
            return clauses.before(begin), clauses.after_predicate(end)
        return clauses.before(begin), clauses.after(begin, end)
    return clauses.around(begin, end)


def _is_cohort(kind: str, lower: str, begin: int) -> bool:
    """Whether "patients" and the like are a cohort: ten or more, or no number and not "our", "both", ..."""
    count = _COUNT_BEFORE.search(lower, max(0, begin - 25), begin)
    if count:
        return int(count.group(1)) >= _COHORT_FROM
    return kind == "cohort" and not _NUMBER_WORD.search(lower, max(0, begin - 12), begin)


def opens_as_patient(lower: str, begin: int) -> bool:
    """Whether a label before a relative's word makes the relative one of the paper's patients.

    `lower` is the sentence in lower case, `begin` where the word begins.
    """
    return begin < _LABEL_REACH and _LABELLED_KIN.match(lower[:begin]) is not None


def _family_span(kind: str, cue: tuple[int, int], clauses: Clauses, notes: _Notes) -> tuple[int, int] | None:
    """The words that are about a relative or child, None where the patient stays the subject."""
    begin, end = cue
    lower = clauses.lower
    if kind == "sibling" and (notes.sibling_patients or opens_as_patient(lower, begin)):
        return None
    if kind == "maternal":
        return (begin, clauses.after(begin, end)) if notes.child else None
    if kind == "offspring" and notes.child:
        return None
    if _DESCRIBED.match(lower, end):
        return None
    left, right = clauses.around(begin, end)
    ahead = lower[max(left, begin - 60) : begin]
    patient_may_be = not (notes.child or notes.sibling_patients)
    if patient_may_be and lower[begin:end] in _OWN_ROLES and not _POSSESSIVE.search(ahead):
        return None
    if lower[begin:end] == "wife" and _WIFE_OF_A_TRADE.search(ahead):
        return None
    if lower[begin:end] == "mother" and ahead.endswith("his ") and notes.maternity:
        return None
    if _INSIDE.search(ahead) and not _OBJECT_BEFORE.search(ahead):
        return clauses.before(begin), clauses.after_predicate(end)
    if lower.startswith("'s", end):
        return begin, clauses.after(begin, end)
    if _GAPPED.search(ahead) and _PREDICATE.match(lower, end):
        return begin, right
    if _OBJECT_BEFORE.search(ahead) or _PREPOSITION.search(ahead) or clauses.has_verb(left, begin):
        return None
    if not clauses.has_verb(end, right) and not _PREDICATE.match(lower, end):
        return None  # a heading or a note: "DCDA twins, aspirin 75 mg"
    return begin, right
