"""The clauses of a sentence by its finite verbs: how far a cue word's scope reaches.

No parser is needed: a scope ends at a strong boundary ("but", ";", a new subject), or at the last
comma or "and" before the finite verb of the next clause.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.language.words import CONTEXT_WORDS, SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.rules.words import Words

_FINITE = Rule(
    "finite verb",
    r"\b(?:{finite verb}|{auxiliary verb})\b",
    says={"She had pain.": "had", "MRI revealed oedema.": "revealed"},
    silent=("Pain in the back", "a wish", "hadn"),
)
#: Here every scope ends.
_STRONG = Rule(
    "end of scope",
    r"[;]|\b{end of scope}\b",
    says={"No fever; severe pain": ";", "No fever apart from chills": "apart from"},
    silent=("No fever and no pain", "butter"),
)
#: Here a new clause about another subject begins.
_NEW_SUBJECT = Rule(
    "new subject",
    r"(?:,|and(?<!\wand))\s+(?:and\s+|so\s+|then\s+|therefore\s+)?"
    r"(?:she|he|they|we|it|there|(?:the|our|this)\s+(?:patient|mother|woman))\b",
    says={"No trauma, and she had pain": ", and she", "Pain ceased and the patient left": "and the patient"},
    silent=("no pain and no trauma", "The hand she broke"),
)
#: What bounds a clause. Asked of single sentences only.
BOOKS = tuple(
    Book(f"language.{rule.name}", (rule,), SLOTS, seldom=True) for rule in (_FINITE, _STRONG, _NEW_SUBJECT)
)
#: After these a verb's form in -ed is a participle of the same clause.
_AUXILIARY = Glue(
    r"\b(?:was|were|is|are|has|have|had|been|be|being|never|not|did|to|or|could|would|will) (?:\w+ly )?$"
)
_PRONOUN = Glue(r"\b(?:she|he|they|we|i|patient|woman|man)\b")
#: "She did not breast-feed (cabergoline 1 mg once)": the bracket tells what was done.
_HABIT = Glue(r" (?:breast-?\s?feed|nurse|lactate|smoke|drink)\b(?= ?\()")
#: "no fever after zoledronate": what follows such a word is no part of the negation.
_CIRCUMSTANCE = Glue(
    r" (?:after|during|following|despite|since|upon|"
    r"(?<!put )(?<!put h\w\w )(?<!put the patient )(?<!placed )(?<!placed h\w\w )under) |"
    r", (?:which|who|whose|where) "
)
#: Words right before a verb without a subject of its own.
_AND_VERB = Glue(r"\b(?:and|but)\s+$")
#: "Although she had no fever, the CRP was high": the main clause begins with its own subject.
_SUBORDINATE = Glue(
    r"(?:although|though|even though|while|whereas|because|since|as|when|despite|given that) "
)
_MAIN_CLAUSE = Glue(r",(?= (?:the|her|his|an?|this|these|our|its) )")
_RELATIVE = Glue(r"\b(?:that|which|who|whom|what|as)\s+$")
#: Between the members of a list, and around brackets.
SEPARATOR = re.compile(r",|\band\b|\(|\)")
_PIECE = re.compile(r",(?: and| but)?\s|\s(?:and|after|when|since|as|if|before|once|that|where)\s")
_OWN_VERB = Glue(r" (?:(?:\w+ly|also|all|both|been|then|therefore) )*")
_SAME_SUBJECT = Glue(r"\w+(?: all)?(?: [\w-]+){1,3},? (?:and|but)? ?")


@cache
def _pattern(rule: Rule) -> re.Pattern[str]:
    book = next(book for book in BOOKS if rule in book.rules)
    return book.pattern(rule.name)


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(Words(CONTEXT_WORDS, {"class": "auxiliary verb"}).words)


class Clauses:
    """The finite verbs and boundaries of one sentence, in offsets of the sentence."""

    def __init__(self, lower: str) -> None:
        self.lower = lower
        every = list(_pattern(_FINITE).finditer(lower))
        self.verbs = [m for m in every if self._is_finite(m)]
        self.relative_verbs = [m for m in every if _RELATIVE.within(lower, m.start() - 7, m.start())]
        self.breaks = breaks(lower)

    def _is_finite(self, verb: re.Match[str]) -> bool:
        if _RELATIVE.within(self.lower, verb.start() - 7, verb.start()):
            return False
        if verb.group() in _auxiliaries():
            return True
        return not _AUXILIARY.within(self.lower, verb.start() - 20, verb.start())

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
        aside = _HABIT.behind(self.lower, end)
        if aside:
            right = min(right, aside.end())
        circumstance = _CIRCUMSTANCE.within(self.lower, end, right)
        if circumstance:
            right = circumstance.start()
        if _SUBORDINATE.behind(self.lower, left):
            main = _MAIN_CLAUSE.within(self.lower, end, right)
            right = main.start() if main and self.has_verb(main.end(), right) else right
        verbs = [v for v in self.verbs if end <= v.start() < right]
        goes_on = _AND_VERB.within(self.lower, end, verbs[0].start()) if verbs else None
        if goes_on:  # "no fever and was treated": the verb has the subject of the sentence
            return goes_on.start()
        own = self.has_verb(left, end) or any(left <= v.start() < begin for v in self.relative_verbs)
        if not own and not _PRONOUN.within(self.lower, left, begin):
            if not verbs:
                return right
            separator = SEPARATOR.search(self.lower, verbs[0].end(), right)
            return separator.start() if separator else right
        if not verbs:
            return right
        return self._last_joint(end, verbs[0].start()) or right

    def _last_joint(self, begin: int, end: int) -> int:
        """Where the last comma or "and" stands that is in no bracket opened in the words; 0 for none."""
        last = depth = 0
        for separator in SEPARATOR.finditer(self.lower, begin, end):
            if separator.group() in ("(", ")"):
                depth += 1 if separator.group() == "(" else -1
            elif depth <= 0:
                last = separator.start()
        return last

    def after_predicate(self, end: int) -> int:
        """Where the predicate that a backward cue belongs to ends."""
        separator = SEPARATOR.search(self.lower, end, self.around(end, end)[1])
        return separator.start() if separator else self.around(end, end)[1]

    def before(self, begin: int) -> int:
        """Where the subject of a backward cue begins: after the clause before, if there is one."""
        left, _ = self.around(begin, begin)
        verbs = [v for v in self.verbs if left <= v.start() < begin]
        while verbs and _OWN_VERB.fills(self.lower, verbs[-1].end(), begin):
            verbs.pop()
        # "were all asked and none was positive": the verb just before belongs to the same subject
        if verbs and _SAME_SUBJECT.fills(self.lower, verbs[-1].start(), begin):
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


def bracket_around(lower: str, begin: int, end: int) -> tuple[int, int] | None:
    """What stands in the round bracket that holds [begin, end), None where none does."""
    depth, left = 0, begin
    while depth >= 0:
        left = max(lower.rfind("(", 0, left), lower.rfind(")", 0, left))
        if left < 0:
            return None
        depth += 1 if lower[left] == ")" else -1
    right = lower.find(")", end)
    return left + 1, right if right >= 0 else len(lower)


@lru_cache(maxsize=32)
def breaks(lower: str) -> tuple[tuple[int, int], ...]:
    """Where scopes end, in order: offsets of the boundary words. A sentence is asked about several times."""
    found = [(m.start(), m.end()) for m in _pattern(_STRONG).finditer(lower)]
    for match in _pattern(_NEW_SUBJECT).finditer(lower):
        begin = match.start()
        found.append((begin, begin + (lower[begin] == ",")))
    return tuple(sorted(found))
