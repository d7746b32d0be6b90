"""The clauses of a sentence by its finite verbs: how far a cue word's scope reaches.

No parser is needed: a scope ends at a strong boundary ("but", ";", a new subject), or at the last
comma or "and" before the finite verb of the next clause.
"""

from __future__ import annotations

import re
from functools import lru_cache

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
#: "She did not breast-feed (cabergoline 1 mg once)": the bracket tells what was done.
_HABIT = re.compile(r"\s(?:breast-?\s?feed|nurse|lactate|smoke|drink)\b(?=\s?\()")
#: "no fever after zoledronate": what follows such a word is no part of the negation.
_CIRCUMSTANCE = re.compile(
    r"\s(?:after|during|following|despite|since|under|upon)\s|,\s(?:which|who|whose|where)\s"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|what|as)\s+$")
#: Here every scope ends.
_STRONG = re.compile(
    r"[;]|\b(?:but|however|except|excepting|although|though|whereas|while|yet|nevertheless|apart from|"
    r"aside from|other than|besides|until|because)\b"
)
#: Here a new clause about another subject begins.
_NEW_SUBJECT = re.compile(
    r"(?:,|and(?<!\wand))\s+(?:and\s+|so\s+|then\s+|therefore\s+)?"
    r"(?:she|he|they|we|it|there|(?:the|our|this)\s+(?:patient|mother|woman))\b"
)
#: Between the members of a list, and around brackets.
SEPARATOR = re.compile(r",|\band\b|\(|\)")
_PIECE = re.compile(r",(?: and| but)?\s|\s(?:and|after|when|since|as|if|before|once|that|where)\s")
_OWN_VERB = re.compile(r"\s(?:(?:\w+ly|also|all|both|been|then|therefore)\s)*")
_SAME_SUBJECT = re.compile(r"\w+(?: all)?(?: [\w-]+){1,3},? (?:and|but)? ?")


class Clauses:
    """The finite verbs and boundaries of one sentence, in offsets of the sentence."""

    def __init__(self, lower: str) -> None:
        self.lower = lower
        found = _FINITE.finditer(lower)
        every = list(found)
        self.verbs = [m for m in every if self._is_finite(m)]
        self.relative_verbs = [m for m in every if _RELATIVE.search(lower, max(0, m.start() - 7), m.start())]
        self.breaks = breaks(lower)

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
        aside = _HABIT.match(self.lower, end)
        if aside:
            right = min(right, aside.end())
        circumstance = _CIRCUMSTANCE.search(self.lower, end, right)
        if circumstance:
            right = circumstance.start()
        verbs = [v for v in self.verbs if end <= v.start() < right]
        own = self.has_verb(left, end) or any(left <= v.start() < begin for v in self.relative_verbs)
        if not own and not _PRONOUN.search(self.lower, left, begin):
            if not verbs:
                return right
            separator = SEPARATOR.search(self.lower, verbs[0].end(), right)
            return separator.start() if separator else right
        if not verbs:
            return right
        last = None
        for separator in SEPARATOR.finditer(self.lower, end, verbs[0].start()):
            if separator.group() in (",", "and"):
                last = separator
        return last.start() if last else right

    def after_predicate(self, end: int) -> int:
        """Where the predicate that a backward cue belongs to ends."""
        separator = SEPARATOR.search(self.lower, end, self.around(end, end)[1])
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


@lru_cache(maxsize=32)
def breaks(lower: str) -> tuple[tuple[int, int], ...]:
    """Where scopes end, in order: offsets of the boundary words. A sentence is asked about several times."""
    found = [(m.start(), m.end()) for m in _STRONG.finditer(lower)]
    for match in _NEW_SUBJECT.finditer(lower):
        begin = match.start()
        found.append((begin, begin + (lower[begin] == ",")))
    return tuple(sorted(found))
