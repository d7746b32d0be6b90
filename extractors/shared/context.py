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
from extractors.shared.lexicon import Entry, Hit, Lexicon, read_rows
from extractors.shared.numbers import WORD_NUMBER, parse_count
from extractors.shared.view import Sentence, View, Zone

_CACHE_KEY = ("context",)
_CHILD_BELOW_YEARS = 12

#: Finite verbs that tell where one clause ends and the next one begins.
_FINITE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|does|do|can|could|will|would|may|might|should|shows?|showed|"
    r"reveal(?:s|ed)|demonstrated|disclosed|received|took|takes|started|began|underwent|presented|developed|"
    r"complained|reported|gave|remained|became|continued|returned|improved|resolved|noted|confirmed|"
    r"recommended|went|came|felt|noticed|lived|worked|weighed|measured|chose|wanted|wished|decided|refused|agreed|"
    r"accepted|declined|preferred|tried|needed|required|used|lost|fell|stopped|drank|smoked|walked|became)\b"
)
#: After these a verb's form in -ed is a participle of the same clause.
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|has|have|had|been|be|being|never|not|did|to|or|could|would|will)\s(?:\w+ly\s)?$"
)
_AUXILIARIES = frozenset(
    "was were is are has have had did does do can could will would may might should".split()
)
_PRONOUN = re.compile(r"\b(?:she|he|they|we|i|patient|woman|man)\b")
#: "no fever after zoledronate": what follows such a word is no part of the negation.
_CIRCUMSTANCE = re.compile(r"\s(?:after|during|following|despite|since|under|upon)\s")
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|what|as)\s+$")
#: Here every scope ends.
_STRONG = re.compile(
    r"[;]|\b(?:but|however|except|excepting|although|though|whereas|while|yet|nevertheless|apart from|"
    r"aside from|other than|besides|until|because)\b"
)
#: Here a new clause about another subject begins.
_NEW_SUBJECT = re.compile(
    r"(?:,|\band)\s+(?:and\s+|so\s+|then\s+|therefore\s+)?"
    r"(?:she|he|they|we|it|there|(?:the|our|this)\s+(?:patient|mother|woman))\b"
)
_SEPARATOR = re.compile(r",|\band\b|\(|\)")
_PIECE = re.compile(r",(?: and| but)?\s|\s(?:and|after|when|since|as|if|before|once|that|where)\s")
_OWN_VERB = re.compile(r"\s(?:(?:\w+ly|also|all|both|been|then|therefore)\s)*")
_SAME_SUBJECT = re.compile(r"\w+(?: all)?(?: [\w-]+){1,3},? (?:and|but)? ?")
_DESCRIBED = re.compile(r"\s(?:of (?:a|one|two|three|four|five)\b|aged)|-to-")  # "a mother of two", "mother aged 30"
_FAMILY_KINDS = frozenset({"relative", "sibling", "offspring", "maternal"})
#: In a paper on an adult these are the patient, unless somebody's ("her mother").
_OWN_ROLES = frozenset({"mother", "parent", "partner", "wife"})
#: Verbs and prepositions whose object is a child or relative and not the subject of what follows.
_OBJECT_BEFORE = re.compile(
    r"\b(?:deliver(?:ed|y|ies|ing)?|gave birth|birth|born|has|have|had|having|breast-?(?:fed|feeding|feeds?)|"
    r"nurs(?:ed|ing)|feeding|fed|lift(?:ed|ing)|carr(?:ied|ying)|hold(?:ing)?|wean(?:ed|ing)|"
    r"mother|care|caring|raising|picking up|pick up|nulliparous|with|lives? with|lived with|as an?)"
    r"\b(?:\s+(?:of|to|for|up|a|an|the|her|his|their|my|two|three|four|one|first|second|third|healthy|normal|term|full|"
    r"live|living|female|male|single|only|other|own|both|[\w-]+))?(?:\s+[\w-]+){0,3}\s*$"
)
_DETERMINERS = r"(?:her|his|the|their|both|one|an?|my|patient's|maternal|paternal|elder|older|younger)"
_INSIDE = re.compile(rf"\b(?:in|of|from|by)\s+(?:{_DETERMINERS}\s+){{0,3}}$")
_POSSESSIVE = re.compile(r"(?:\b(?:her|his|their|my)|'s|\bmaternal|\bpaternal)\s+(?:[\w-]+\s+){0,2}$")
_ADULT = re.compile(
    r"\b(?:wom[ae]n|m[ae]n|lady|gentleman|primigravida?|primipara|multigravida|gravida|housewife|pregnan|postpartum)"
)
_AGE = re.compile(
    rf"\b(?:(\d{{1,3}}(?:\.\d)?|{WORD_NUMBER})[- ]?(year|yr|month|week|day|hour)s?[- ]?(?:old|of age)|"
    r"(?:male|female|term|preterm|premature)\s+(?:infant|newborn|neonate|baby)\b)"
)
_SIBLING_PATIENTS = re.compile(
    r"\b(?:two|three|both|these|our|affected)\s+(?:\w+\s+)?(?:sisters|brothers|siblings)\b|\bsisters\s+with\b"
)
_GENERAL_SECTION = re.compile(
    r"\b(?:introduction|background|discussion|conclusions?|review of (?:the )?literature|literature review|"
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
_CARRY = re.compile(r"(?:they|their|these authors|the authors|all of them|of these|among them)\b")
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
    sibling_patients: bool


@cache
def _lexicon() -> Lexicon[_Cue]:
    return Lexicon(
        Entry(row["cue"], _Cue(tuple(row["kind"].split(";")), row["direction"]), row["exact"] == "yes")
        for row in read_rows("extractors.shared", "context_cues.csv")
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
    general = "literature" in kinds or (bool(kinds & {"cohort", "general"}) and "patient" not in kinds)
    if not general and notes.general_part.get(sentence.index) and not _speaks_of_patient(notes, sentence):
        general = True
    return Context(
        negated="negation" in kinds,
        uncertain="uncertain" in kinds,
        historical="history" in kinds,
        family="family" in kinds,
        planned="planned" in kinds,
        general=general,
        cues=tuple(s.cue for s in hits if s.kind != "patient"),
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
    for match in _breaks(lower):
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
    siblings = bool(_SIBLING_PATIENTS.search(view.lower))
    notes = _Notes(by_sentence, {}, _general_parts(view), _child(view), siblings)
    view.cache[_CACHE_KEY] = notes
    return notes


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
    for sentence in view.sentences:
        if sentence.zone is not zone:
            zone = sentence.zone
            section = zone.section.lower()
            general = bool(section and _GENERAL_SECTION.search(section) and not _CASE_SECTION.search(section))
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
    return any("patient" in h.value.kinds for h in notes.by_sentence.get(sentence.index, ()))


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
    clauses = _Clauses(sentence.lower)
    for hit in hits:
        begin, end = hit.start - base, hit.end - base
        for kind in hit.value.kinds:
            if kind in _FAMILY_KINDS:
                span = _family_span(kind, (begin, end), clauses, notes)
            else:
                span = _span(kind, hit.value.direction, (begin, end), clauses)
            if span:
                name = "family" if kind in _FAMILY_KINDS else kind
                out.append(_Scope(name, base + span[0], base + span[1], (hit.start, hit.end)))
    before = view.previous(sentence)
    if before is not None and _CARRY.match(sentence.lower):
        out.extend(
            _Scope("literature", sentence.start, sentence.end, s.cue)
            for s in _scopes(view, notes, before)
            if s.kind == "literature"
        )
    return out


def _span(kind: str, direction: str, cue: tuple[int, int], clauses: _Clauses) -> tuple[int, int] | None:
    """The words of the sentence that a cue governs."""
    begin, end = cue
    if kind == "cohort" and _NUMBER_WORD.search(clauses.lower, max(0, begin - 12), begin):
        return None
    if direction == "short":
        stop = _SEPARATOR.search(clauses.lower, end, clauses.around(begin, end)[1])
        return begin, stop.start() if stop else clauses.around(begin, end)[1]
    if direction == "pre":
        return begin, clauses.after(begin, end)
    if direction == "post":
        return clauses.before(begin), clauses.after_predicate(end)
    if direction == "both":
        return clauses.before(begin), clauses.after(begin, end)
    return clauses.around(begin, end)


def _family_span(
    kind: str, cue: tuple[int, int], clauses: _Clauses, notes: _Notes
) -> tuple[int, int] | None:
    """The words that are about a relative or child, None where the patient stays the subject."""
    begin, end = cue
    lower = clauses.lower
    if kind == "sibling" and notes.sibling_patients:
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
    if _INSIDE.search(ahead) and not _OBJECT_BEFORE.search(ahead):
        return clauses.before(begin), clauses.after_predicate(end)
    if lower.startswith("'s", end):
        return begin, clauses.after(begin, end)
    if _OBJECT_BEFORE.search(ahead) or clauses.has_verb(left, begin):
        return None
    return begin, right


class _Clauses:
    """The finite verbs and boundaries of one sentence, in offsets of the sentence."""

    def __init__(self, lower: str) -> None:
        self.lower = lower
        found = _FINITE.finditer(lower)
        every = list(found)
        self.verbs = [m for m in every if self._is_finite(m)]
        self.relative_verbs = [m for m in every if _RELATIVE.search(lower, max(0, m.start() - 7), m.start())]
        self.breaks = _breaks(lower)

    def _is_finite(self, verb: re.Match[str]) -> bool:
        if _RELATIVE.search(self.lower, max(0, verb.start() - 7), verb.start()):
            return False
        if verb.group() in _AUXILIARIES:
            return True
        return not _AUXILIARY.search(self.lower, max(0, verb.start() - 20), verb.start())

    def has_verb(self, begin: int, end: int) -> bool:
        """Whether a finite verb stands between two places."""
        return any(begin <= v.start() < end for v in self.verbs)

    def around(self, begin: int, end: int) -> tuple[int, int]:
        """The clause between strong boundaries."""
        left = max((b[1] for b in self.breaks if b[1] <= begin), default=0)
        right = min((b[0] for b in self.breaks if b[0] >= end), default=len(self.lower))
        return left, right

    def after(self, begin: int, end: int) -> int:
        """Where the scope of a forward cue at [begin, end) ends.

        After its own clause's verb ("She had no A, B or C"), the next verb begins a new clause at
        the last comma or "and" before it; a cue in subject position ("No A or B was found") keeps
        its verb.
        """
        left, right = self.around(begin, end)
        circumstance = _CIRCUMSTANCE.search(self.lower, end, right)
        if circumstance:
            right = circumstance.start()
        verbs = [v for v in self.verbs if end <= v.start() < right]
        own = self.has_verb(left, end) or any(left <= v.start() < begin for v in self.relative_verbs)
        if not own and not _PRONOUN.search(self.lower, left, begin):
            if not verbs:
                return right
            separator = _SEPARATOR.search(self.lower, verbs[0].end(), right)
            return separator.start() if separator else right
        if not verbs:
            return right
        last = None
        for separator in _SEPARATOR.finditer(self.lower, end, verbs[0].start()):
            if separator.group() in (",", "and"):
                last = separator
        return last.start() if last else right

    def after_predicate(self, end: int) -> int:
        """Where the predicate that a backward cue belongs to ends."""
        separator = _SEPARATOR.search(self.lower, end, self.around(end, end)[1])
        return separator.start() if separator else self.around(end, end)[1]

    def before(self, begin: int) -> int:
        """Where the subject of a backward cue begins: after the clause before, if there is one."""
        left, _ = self.around(begin, begin)
        verbs = [v for v in self.verbs if left <= v.start() < begin]
        while verbs and _OWN_VERB.fullmatch(self.lower, verbs[-1].end(), begin):
            verbs.pop()
        # "were all asked and none was positive": the verb just before belongs to the same subject
        if verbs and _SAME_SUBJECT.fullmatch(self.lower, verbs[-1].start(), begin):
            verbs.pop()
        if not verbs:
            return left
        start = verbs[-1].end()
        pieces = list(_PIECE.finditer(self.lower[start:begin]))
        place = start + pieces[0].end() if pieces else start
        for piece in pieces:  # a piece with a figure belongs to the clause before
            following = self.lower[start + piece.end() : begin]
            if not re.search(r"\d", following):
                return start + piece.end()
        return place


def _breaks(lower: str) -> list[tuple[int, int]]:
    found = [(m.start(), m.end()) for m in _STRONG.finditer(lower)]
    for match in _NEW_SUBJECT.finditer(lower):
        begin = match.start()
        found.append((begin, begin + (lower[begin] == ",")))
    return sorted(found)
