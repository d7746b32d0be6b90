"""A complaint in whatever words: the object of a verb that takes any ("developed corneal melting")."""

from __future__ import annotations

from extractors.onset.events import Event
from extractors.onset.words import SYMPTOM
from extractors.rules.rule import Glue
from extractors.rules.words import Vocabulary, Words
from extractors.text import Sentence
from extractors.time.atoms import SLOTS

_KINDS = ("end of object", "no complaint", "no complaint stem", "child told of", "verb of a finding")
WORDS = Vocabulary(
    "extractors.onset",
    "objects.csv",
    ("word", "kind", "source"),
    ("word", "kind"),
    {"kind": frozenset(_KINDS)},
)
_SLOTS = SLOTS | {
    # ends the object; is no event of the patient, as a word and as a word's beginning
    kind: Words(WORDS, {"kind": kind})
    for kind in _KINDS
}
#: A verb that ends the reach of a negation.
FINITE = Glue(r"\b{verb of a finding}\b", _SLOTS)
#: The child is what an event is told of: "he developed", "a boy was born at term and had".
CHILD = Glue(
    r"(?:(?:^|[;,] |\band |\bbut )(?:then |later )?he|"
    r"(?:^|[;,] |\bbut )(?:the|an?|her|this|both) (?:\w+ )?{child told of})\b(?! of\b)[^;,]*$",
    _SLOTS,
)
_NOUNS = (
    r"(?:(?:an?|the|her|some) )?(?P<object>(?:(?!(?:{end of object}|{postpartum}|{number word}|post\w*)\b)"
    r"(?:[a-z]|\d+-)[\w'/-]*(?: |\b)){1,8})"
)
#: Right behind the verb: "developed", "suffered from", "complained of".
_DIRECT = Glue(r" (?:(?:from|of|with|as having) )?" + _NOUNS, _SLOTS)
#: A verb of a visit tells it behind a preposition: "presented at 30 weeks with".
_BEHIND = Glue(r"[^.;]{0,90}?\b(?:with|because of|due to|for|complaining of|as having) " + _NOUNS, _SLOTS)
_NO_COMPLAINT = Glue(
    r"\b(?:(?:{no complaint}|{baby}|{birth})\b|{no complaint stem}|\w*(?:pregnan|chorionic|amniotic))", _SLOTS
)
#: Who has it: the patient, told last before the verb.
_PATIENT = Glue(r"\b(?:she|who|i|patient|wom[ae]n|mother|lady|(?:primi|nulli|multi)\w+|gravida|female|mrs)\b")
#: Others that it may have befallen: told behind the patient, the verb is theirs.
_NOT_PATIENT = Glue(
    r"\b(?:he|{baby}|neonates?|f(?:o?e)tus(?:es)?|husband|partner|mothers|placenta|patients|women)\b", SLOTS
)
#: Left at the end where the object is too long.
_UNFINISHED = Glue(r"(?: (?:of|the|an?|her|his|right|left)){1,8} *$")
#: An object has a word of at least so many letters.
_LETTERS = 4


def any_complaint(s: Sentence, event: Event) -> Event | None:
    """The words behind a verb that name what befell the patient; None where they name no event of hers."""
    others = _NOT_PATIENT.last(s.lower, 0, event.start)
    if not _PATIENT.within(s.lower, others.end() if others else 0, event.start):
        return None
    direct = event.role == "onset" or event.word == "diagnosed"
    told = (_DIRECT if direct else _BEHIND).behind(s.lower, event.end)
    if told is None or _NO_COMPLAINT.within(s.lower, *told.span("object")):
        return None
    words = _UNFINISHED.pattern.sub("", told["object"]).strip(" -'")
    if all(len(word) < _LETTERS for word in words.split()):
        return None
    start = told.start("object")
    return Event(start, start + len(words), SYMPTOM, words)
