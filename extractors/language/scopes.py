"""The words of a sentence that each of its cues governs."""

from __future__ import annotations

import re

from extractors.language import answers, cues
from extractors.language.clauses import SEPARATOR, Clauses, bracket_around
from extractors.language.cues import Cue
from extractors.language.parts import Story, story_of
from extractors.language.words import BESIDE
from extractors.rules.lexicon import Hit
from extractors.rules.rule import Glue
from extractors.text import Sentence, View
from extractors.values import fixed

_CACHE_KEY = "context.scopes"
#: Cues that make a sentence one about the report's patient.
PATIENT_KINDS = frozenset({"patient", "ours"})
_FAMILY_KINDS = frozenset({"relative", "sibling", "offspring", "maternal"})
#: In a paper on an adult these are the patient, unless somebody's ("her mother").
_OWN_ROLES = frozenset({"mother", "parent", "partner", "wife"})
_COHORT_FROM = 10  # as many patients are no longer described one by one
#: A relative's word this near to a sentence's beginning (characters) may stand behind its label.
_LABEL_REACH = 60

_COUNT_BEFORE = Glue(r"(?<![\d.,-])(\d{1,5}) (?:[a-z-]+ ){0,2}$")
#: "A 33-year-old women": one person, whatever the noun's form.
_ONE_OF_AN_AGE = Glue(r"\ban? [\w-]{1,14}[ -](?:years?|months?|yrs?)[ -]?old,? (?:[\w-]+ ){0,3}$")
_NUMBER_WORD = Glue(r"(?:\b(?:our|all|both|these|the|two|three|four|five|six|\d)|of the)\s+$")
#: "a mother of two", "mother aged 30", "Cousin 2: ..."
_DESCRIBED = Glue(r" (?:no\.? ?)?\d{1,2} ?[:.,(]| (?:of (?:a|one|two|three|four|five)\b|aged)|-to-")
#: Behind a relative: what is given is the patient's ("his father administered it", "gave him").
_GIVES = Glue(
    r" (?:(?:had|also|then|first|\w+ly) ){0,2}(?:administer|appl(?=ied)|instill|"
    r"g[ai]ven? (?:him|her|them|it to|the (?:child|baby|infant|bo|gir|patien))(?! birth))"
)
#: Behind what is said of relatives: a clause on one of those ("her brothers were well; one takes A").
_ONE_OF_THEM = Glue(
    r"(?:; |, )(?:and |but )?(?:one|two|both|another|the (?:other|eld(?:er|est)|young(?:er|est))(?: one)?) "
    r"(?:of (?:them|whom) )?(?:is|was|were|are|has|have|had|died|takes?|took|uses|suffers?|underwent|"
    r"receive[sd]?)\b"
)
#: Verbs and prepositions whose object is a child or relative and not the subject of what follows.
_OBJECT_BEFORE = Glue(r"\b{before an object}\b(?:\s+[\w-]+){0,4}\s*$", BESIDE)
_PASSIVE = Glue(r"\b(?:was|were|been|be|being) (?:\w+ )?$")
#: "... and the infant with vitamin D": a second subject in the same clause.
_GAPPED = Glue(r"\b(?:and|while|whereas) (?:the|her|his|their|both|an?|another) (?:\w+ )?$")
#: "... and her husband a vasectomy": the verb is that before.
_ELLIPTIC = Glue(r",? an? [a-z]")
#: Told of a relative whom the sentence names last: "was found in the father, who had broken ...".
_WHO = Glue(r"(?:,? \(?(?:aged )?\d\d)?,? \(?who(?: also| himself| herself)? (?!was (?:her|the) patient)")
_ONE_OF = Glue(r"\b(?:one|two|three|both|another|some|none|all) of (?:the|her|his|their) (?:\w+ )?$")
#: A mother with these is no woman who has just given birth.
_OF_AN_AGE = Glue(
    r",? (?!and\b)[^;.]{0,60}?\b(?:(?:post-?)?menopaus\w+|(?:at|aged) (?:the age of |age )?[5-9]\d\b"
    r"(?!\.\d| ?[/%]| ?-? ?(?:kg|g|cm|mg|weeks?|days?|months?|hours?|h|min|beats)\b))"
    r"|,? (?:now )?aged? [5-9]\d\b"
)
_PREDICATE = Glue(
    r" (?:was|were|with|on|received|had|got|took|takes|is|are|has)\b|:| w/ ?|"
    r", (?:now )?[\w ]{1,20}[ -]old,? (?:is |was )?(?:well|thriv|healthy|doing|fed|kept)|"
    r"[^;:]{0,60}? (?:[a-z]{3,}ed|broke|breaks|fell|fractures|uses|suffers)\b"
)
#: "the mother of the patient": the word names a relative however it begins.
_OF_THE_PATIENT = Glue(r" of (?:the|our|this) (?:index )?(?:patient|proband|case|proposita|propositus)\b")
#: What may stand between a relative and what is said of the relative: "her aunt, who is 60, had ...".
_ASIDE = Glue(
    r"(?: of (?:the|our|this) (?:index )?(?:patient|proband|case|proposita|propositus)\b)?"
    r"(?:,? \(?(?:who (?:is|was)|aged|now|then|an?|herself|himself|\d)\b[^,;()]{0,50}[,)])?"
)
#: "No. 2: A woman", "in case no. 2 it"; not "Trauma: no. 3 months later".
_NUMBER_SIGN = Glue(r"no\. ?\d{1,4}\b(?P<set_off> ?[:.)])?")
_NUMBERED = Glue(r"\b(?:cases?|patients?|subject|observation|protocol|registration|hospital|reference) $")
#: What the child tells of the time, and no more: "three months after her baby was born she fell".
_TELLS_TIME = Glue(
    r"\b(?:after|before|since|when|while|until|once|as|by the time) (?:her|the|his|my|this) (?:[\w-]+ ){0,2}$"
)
_OF_ITS_AGE = Glue(
    r" (?:was|were|had been) (?:(?:only|just|about) )?"
    r"(?:born|delivered|weaned|(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
    r"(?:days?|weeks?|months?|years?)\b)"
)
_WHEN = Glue(r"(?: old| of age)? when (?:she|her|the patient|the pain)\b")
#: A bracket that goes on with the words before it: "(which was not given)".
_GOES_ON = Glue(r" ?(?:which|that|who|but|and|although|though|it|this|these|both|all)\b")
#: A noun behind these is no subject ("transplantation from an identical sister was done").
_PREPOSITION = Glue(r"\b(?:from|by|to|for|with|of|in|like) (?:[\w-]+ ){0,3}$")
_INSIDE = Glue(
    r"\b(?:in|of)\s+"
    r"(?:(?:her|his|the|their|both|one|an?|my|patient's|maternal|paternal|elder|older|younger)\s+){0,3}$"
)
#: The patient as a subject, and the words before a relative that opens a clause.
_OWN_SUBJECT = Glue(r"\b(?:she|he|we|i|(?:the|our|this) (?:patient|woman|man|boy|girl|case))\b")
#: Words of which only the last ones may be the relative's: "was found in both sisters and in the mother".
_SEVERAL = Glue(
    r",| and | or |\b(?:not|similar|compar\w+|identical|like|as|than|that|those|both|also|too)\b"
)
_IN = Glue(r"\bin (?:[\w'-]+ ){0,3}$")
_OPENED_BY = Glue(r"(?:and |but |also )?in (?:[\w'-]+ ){0,3}")
_POSSESSIVE = Glue(r"(?:\b(?:her|his|their|my)|'s|\bmaternal|\bpaternal)\s+(?:[\w-]+\s+){0,2}$")
#: "a 33 year old farmer's wife" is the patient.
_WIFE_OF_A_TRADE = Glue(r"\b(?:an?|old|aged \d\d,?) (?:[\w-]+ ){0,4}[\w-]+'s $")
#: "who had taken part in | a study of": the study is the patient's own.
_TAKES_PART = Glue(r"\b{takes part}(?: [\w-]+){0,8} $", BESIDE)
_NOT_OUR_STUDY = Glue(
    r"\b(?:patients|women|men|subjects|participants|children|individuals|cases|studies|were)\b"
)
#: Somebody as the subject of what follows.
_ACTS = Glue(r" (?:we|she|he|they|(?:the|our|this) patient) (?=[a-z])")
#: "They" goes on with the authors of the sentence before.
_CARRY = Glue(r"(?:they|their|these authors|the authors|all of them|of these|among them)\b")
#: "Case 3: The sister of Case 1 ...", "Patient 2, her 32-year-old sister": a relative who is a patient.
_LABELLED_KIN = Glue(
    r"(?:case|patient|subject) (?:no\.? ?|number )?(?:\d{1,2}|[ivx]{1,4}|[a-h]) ?[:.,;(-] ?"
    r"(?:(?:this|the|an?|her|his|our) )?(?:(?:case|patient) \w{1,3}'s )?(?:[\w-]+,? ){0,3}$"
)


@fixed(frozen=True, slots=True)
class Scope:
    """Words [start, end) of the text that a cue governs; `cue` is where the cue stands."""

    kind: str
    start: int
    end: int
    cue: tuple[int, int]


def cues_of(view: View, sentence: Sentence) -> list[Hit[Cue]]:
    """The cues of a sentence that say something, with offsets into the view's text."""
    hits = (h for h in cues.lexicon().in_sentence(view, sentence) if "pseudo" not in h.value.kinds)
    return [h for h in hits if not _is_number_sign(view.lower, h.start)]


def _is_number_sign(lower: str, begin: int) -> bool:
    """Whether the word at `begin` is that of a number: "Case No. 2: ..."."""
    sign = _NUMBER_SIGN.behind(lower, begin)
    return sign is not None and bool(sign["set_off"] or _NUMBERED.within(lower, begin - 30, begin))


def _inside(cue: tuple[int, int], left: int, clauses: Clauses) -> tuple[int, int]:
    """What is told in or of a relative: "In her brother, A was 5", "A was 5 in her brother".

    The subject of the clause that begins at `left` belongs to it, unless it is the patient.
    """
    begin, end = cue
    lower = clauses.lower
    own = _OWN_SUBJECT.within(lower, left, begin)
    opened = _OPENED_BY.fills(lower, left, begin) and lower.startswith(", ", end)
    if opened and not _OWN_SUBJECT.behind(lower, end + 2):
        return begin, clauses.around(end + 2, end + 2)[1]
    alone = not own and _IN.within(lower, left, begin) and not _SEVERAL.within(lower, left, begin)
    return (left if alone else clauses.before(begin)), clauses.after_predicate(end)


def scopes_of(view: View, sentence: Sentence) -> tuple[Scope, ...]:
    """The scopes of a sentence's cues, worked out once."""
    key = (_CACHE_KEY, sentence.index)
    found: tuple[Scope, ...] | None = view.cache.get(key)
    if found is None:
        found = view.cache[key] = tuple(_made(view, sentence))
    return found


def _made(view: View, sentence: Sentence) -> list[Scope]:
    hits = cues_of(view, sentence)
    carried = _CARRY.behind(sentence.lower, 0) is not None
    base, answered = sentence.start, answers.find(sentence.lower)
    if not hits and not carried and not answered:
        return []
    story, clauses = story_of(view), Clauses(sentence.lower)
    asked = [h for h in hits if not any(a.start <= h.start - base < a.end for a in answered)]
    out = [scope for hit in asked for scope in _of_cue(hit, base, clauses, story)]
    out += [
        Scope("negation", base + a.key, base + a.end, (base + a.start, base + a.end))
        for a in answered
        if not a.yes
    ]
    before = view.previous(sentence) if carried else None
    if before is not None:
        out.extend(
            Scope("literature", sentence.start, sentence.end, s.cue)
            for s in scopes_of(view, before)
            if s.kind == "literature"
        )
    return out


def _of_cue(hit: Hit[Cue], base: int, clauses: Clauses, story: Story) -> list[Scope]:
    """The scopes of one cue, one for each of its kinds that holds here."""
    cue = hit.start - base, hit.end - base
    out: list[Scope] = []
    for kind in hit.value.kinds:
        family = kind in _FAMILY_KINDS
        span = (
            _family_span(kind, cue, clauses, story)
            if family
            else _span(kind, hit.value.direction, cue, clauses)
        )
        if span:
            span = _in_bracket(span, cue, clauses.lower) if "negation" in hit.value.kinds else span
            name = "family" if family else "cohort" if kind == "counted" else kind
            out.append(Scope(name, base + span[0], base + span[1], (hit.start, hit.end)))
    return out


def _in_bracket(span: tuple[int, int], cue: tuple[int, int], lower: str) -> tuple[int, int]:
    """What a negation governs, no more than its bracket where it stands in one with a subject of its own."""
    bracket = bracket_around(lower, *cue)
    if bracket is None:
        return span
    left, right = bracket
    has_subject = lower[left : cue[0]].strip() and not _GOES_ON.behind(lower, left)
    return (max(span[0], left) if has_subject else span[0]), min(span[1], right)


def _span(kind: str, direction: str, cue: tuple[int, int], clauses: Clauses) -> tuple[int, int] | None:
    """The words of the sentence that a cue governs."""
    begin, end = cue
    if kind in ("cohort", "counted") and not _is_cohort(kind, clauses.lower, begin):
        return None
    if kind == "literature" and _is_own_study(clauses.lower, begin):
        return None
    if direction == "short":
        last = clauses.around(begin, end)[1]
        return begin, min(s.start() if s else last for s in _short_ends(clauses.lower, end, last))
    if direction == "pre":
        return begin, clauses.after(begin, end)
    if direction == "post":
        return clauses.before(begin), clauses.after_predicate(end)
    if direction == "both":
        passive = _PASSIVE.within(clauses.lower, begin - 20, begin)
        if passive:
            return clauses.before(begin), clauses.after_predicate(end)
        return clauses.before(begin), clauses.after(begin, end)
    return clauses.around(begin, end)


def _short_ends(lower: str, end: int, last: int) -> tuple[re.Match[str] | None, ...]:
    """What ends a scope of few words: a mark, or somebody who acts ("instead of A she took B")."""
    return SEPARATOR.search(lower, end, last), _ACTS.within(lower, end, last)


def _is_own_study(lower: str, begin: int) -> bool:
    """Whether a study is one that a single person takes part in."""
    took = _TAKES_PART.within(lower, begin - 60, begin)
    return took is not None and not _NOT_OUR_STUDY.within(lower, 0, begin)


def _is_cohort(kind: str, lower: str, begin: int) -> bool:
    """Whether "patients" and the like are a cohort: ten or more, or no number and not "our", "both", ..."""
    if _ONE_OF_AN_AGE.within(lower, begin - 60, begin):
        return False
    count = _COUNT_BEFORE.within(lower, begin - 25, begin)
    if count:
        return int(count.group(1)) >= _COHORT_FROM
    return kind == "cohort" and not _NUMBER_WORD.within(lower, begin - 12, begin)


def opens_as_patient(lower: str, begin: int) -> bool:
    """Whether a label before a relative's word makes the relative one of the paper's patients.

    `lower` is the sentence in lower case, `begin` where the word begins.
    """
    return begin < _LABEL_REACH and _LABELLED_KIN.behind(lower, 0, begin) is not None


def _family_span(kind: str, cue: tuple[int, int], clauses: Clauses, story: Story) -> tuple[int, int] | None:
    """The words that are about a relative or child, None where the patient stays the subject."""
    begin, end = cue
    if kind == "maternal":
        return (begin, clauses.after(begin, end)) if story.child else None
    if _is_own_patient(kind, clauses.lower, begin, story) or _DESCRIBED.behind(clauses.lower, end):
        return None
    if _GIVES.behind(clauses.lower, end):
        return None
    left, _ = clauses.around(begin, end)
    ahead = clauses.lower[max(left, begin - 60) : begin]
    of_its_age = _OF_ITS_AGE.behind(clauses.lower, end) if kind == "offspring" else None
    if of_its_age and (_TELLS_TIME.within(ahead) or _WHEN.behind(clauses.lower, of_its_age.end())):
        return None
    of_the_patient = bool(
        _OF_THE_PATIENT.behind(clauses.lower, end)
        or (clauses.lower[begin:end] == "mother" and _OF_AN_AGE.behind(clauses.lower, end))
    )
    if not of_the_patient and _is_the_patient(clauses.lower[begin:end], ahead, story):
        return None
    span = _relative_span(cue, ahead, clauses)
    return span if span is None or kind == "offspring" else _with_one_of_them(span, clauses)


def _with_one_of_them(span: tuple[int, int], clauses: Clauses) -> tuple[int, int]:
    """What is said of relatives, with a clause on one of them ("her brothers were well; one is on A")."""
    one = _ONE_OF_THEM.behind(clauses.lower, span[1])
    return (span[0], clauses.around(one.end(), one.end())[1]) if one else span


def _is_own_patient(kind: str, lower: str, begin: int, story: Story) -> bool:
    """Whether the siblings or children of a paper are its patients."""
    if kind == "sibling":
        sisters = story.maternity and lower.startswith("brother", begin)  # the patients are sisters
        return (story.sibling_patients and not sisters) or opens_as_patient(lower, begin)
    return kind == "offspring" and story.child


def _is_the_patient(word: str, ahead: str, story: Story) -> bool:
    """Whether a relative's word names the patient herself; `ahead` are the words before it."""
    adult = not (story.child or story.sibling_patients)
    if adult and word in _OWN_ROLES and not _POSSESSIVE.within(ahead, 0, len(ahead)):
        return True
    if word == "wife":
        return _WIFE_OF_A_TRADE.within(ahead, 0, len(ahead)) is not None
    return word == "mother" and ahead.endswith("his ") and story.maternity


def _relative_span(cue: tuple[int, int], ahead: str, clauses: Clauses) -> tuple[int, int] | None:
    """What is said of a relative: where the word is no object, and a predicate follows or encloses it."""
    begin, end = cue
    lower, stop = clauses.lower, len(ahead)
    left, right = clauses.around(begin, end)
    left = max(left, lower.rfind(": ", 0, begin) + 1)  # "Her kin were seen: the aunt had ..."
    is_object = _OBJECT_BEFORE.within(ahead, 0, stop)
    inside = is_object or _PREPOSITION.within(ahead, 0, stop)
    whose = _WHO.behind(lower, end) if inside else None
    if whose:
        return whose.end(), right
    if _ONE_OF.within(ahead, 0, stop) and lower[end : end + 1] == ",":
        return begin, right
    if _INSIDE.within(ahead, 0, stop) and not is_object:
        return _inside(cue, left, clauses)
    if lower.startswith("'s", end):
        return begin, clauses.after(begin, end)
    has_predicate = _PREDICATE.behind(lower, end)
    aside = None if has_predicate else _ASIDE.behind(lower, end)
    if aside is not None and aside.end() > end:
        end = aside.end()
        right = clauses.around(begin, end)[1]
        has_predicate = _PREDICATE.behind(lower, end)
    gapped = _GAPPED.within(ahead, 0, stop)
    elliptic = _ELLIPTIC.behind(lower, cue[1]) if gapped or _POSSESSIVE.fills(ahead, 0, stop) else None
    if elliptic or (has_predicate and gapped):
        return begin, right
    if inside or clauses.has_verb(left, begin):
        return None
    if not has_predicate and not clauses.has_verb(end, right):
        return None  # a heading or a note: "DCDA twins, aspirin 75 mg"
    return begin, right
