"""Names that share a noun: "total and ionized calcium", "iron, folate and magnesium deficiencies"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.labs import glue
from extractors.labs.vocabulary import NameHit, Term, plain_names
from extractors.labs.words import plain, slots
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import Sentence, View

#: What joins a name cut short to the one that has the noun.
_JOINTS = (" and ", " or ", "/", " & ", ", ")
_LAST_WORD = re.compile(r"(?<![\w(-])[a-z\d][\w,()-]*(?: stimulating| specific)?$")
_OWN_WORD = re.compile(r"(?:total|free|serum|plasma|intact) $")


def shared_nouns(lower: str, hits: Sequence[NameHit]) -> Iterator[NameHit]:
    """Names cut short before one with their noun: "growth and parathyroid hormone"."""
    for hit in hits:
        if hit.term.flag or hit.term.symbol:
            continue
        own = _OWN_WORD.search(lower, max(0, hit.start - 8), hit.start)
        at = own.start() if own else hit.start
        if lower[at - 1 : at] in ("", "(") or not lower.endswith(_JOINTS, 0, at):
            continue
        phrase = lower[hit.start : hit.end]
        heads = ([phrase] if own or " " not in phrase else []) + _heads(phrase)
        while found := _cut_short(lower, at, heads):
            if any(h.start < found.end and found.start < h.end and _is_whole(h, found) for h in hits):
                break  # "parathyroid hormone and albumin levels" tells of no "hormone levels"
            yield found
            at = found.start


def _is_whole(hit: NameHit, cut: NameHit) -> bool:
    """Whether a name that a cut one touches is a name by itself: its rest, or the PT of "PT/INR"."""
    return hit.start < cut.start or (hit.term.symbol and (hit.start, hit.end) == (cut.start, cut.end))


def _heads(phrase: str) -> list[str]:
    """What several names may have in common: the words of one but the first ones, singular too."""
    words = phrase.split()
    heads = [" ".join(words[i:]) for i in range(1, len(words))]
    return heads + [h[:-1] for h in heads if h.endswith("s")]


def _cut_short(lower: str, at: int, heads: Sequence[str]) -> NameHit | None:
    joint = next((j for j in _JOINTS if lower.endswith(j, 0, at)), None)
    end = at - len(joint) if joint else 0
    if joint in (" and ", " or ", " & ") and lower[end - 1 : end] == ",":
        end -= 1
    word = _LAST_WORD.search(lower, max(0, end - 24), end) if joint else None
    if word is None:
        return None
    printed = word.group().rstrip("-")
    for head in heads:
        analyte = plain_names().get(f"{printed} {head}") or plain_names().get(f"{printed}-{head}")
        if analyte is not None:
            return NameHit(word.start(), end, Term(analyte))
    return None


#: The noun of what is lacking, behind its names.
BOOK = Book(
    "labs.deficiencies",
    (
        Rule(
            "deficiencies of a list",
            r" (?:deficienc(?:y|ies)|insufficienc(?:y|ies)|deficits?|depletion)\b(?! ana?emi)",
            lambda match: match.span(),
            says={"Iron and zinc deficiencies were found.": (13, 26)},
            silent=("A deficient diet.", "Iron deficiency anemia."),
        ),
    ),
    slots(),
)


def deficiencies(view: View, sentence: Sentence, hits: Sequence[NameHit]) -> list[NameHit]:
    """The names with those before "deficiencies" as words that state a result."""
    spans = [f.read() for f in BOOK.find(view, sentence)]
    if not spans:
        return list(hits)
    out = list(hits)
    for begin, end in spans:
        start = begin
        last = next((i for i in reversed(range(len(out))) if out[i].start < begin), None)
        while last is not None and last >= 0 and _is_lacking(sentence.lower, out, last, (start, end)):
            hit = out[last]
            if not hit.term.flag:
                out[last] = replace(hit, end=end, term=replace(hit.term, flag="low"))
            start, last = hit.start, last - 1
    return out


def _is_lacking(lower: str, hits: Sequence[NameHit], at: int, noun: tuple[int, int]) -> bool:
    """Whether a name stands right before the noun, or before the next one of its list."""
    hit = hits[at]
    if hit.term.flag:
        return hit.end == noun[1]  # "vitamin D deficiency"
    if hit.term.analyte.name not in plain("nutrient"):
        return False
    joined = lower[noun[0]] != " " and glue.JOINT.fills(lower, hit.end, noun[0])
    return hit.end == noun[0] or (hit.end < noun[0] and bool(joined))
