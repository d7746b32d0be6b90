"""A rule's gate, derived from its own pattern: what must stand in every text that it matches.

A gate is a conjunction of clauses; a clause is a set of strings of which one stands in every match.
"(?:shortly|soon) after birth" needs one of {"shortly after birth", "soon after birth"}. Because it is
derived, a gate can hold nothing back that its pattern would match; a test proves it for every rule.
A part that cannot be listed asks for nothing, so that the rule is tried too often, never too seldom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from math import prod

from extractors.rules.parts import MOST, Part, Texts, edge, joined, parts_of

Clause = frozenset[str]
#: The clause of a pattern that asks for a number; too frequent for places, it keeps whole sentences out.
DIGITS: Clause = frozenset("0123456789")
#: Strings of one clause at the most; more would ask for half a dictionary.
_MOST = 400
#: Clauses of a gate; more cost more than they save.
_CLAUSES = 3
#: The share of places at which a clause, and a further one, may stand and still be worth looking for.
_OFTEN, _FURTHER = 0.015, 0.006
#: The share of places at which each sign stands in clinical English, roughly; a digit, any other sign.
_LETTERS = (0.1, 0.075, 0.065, 0.06, 0.057, 0.057, 0.053, 0.05, 0.045, 0.033, 0.033, 0.03, 0.023, 0.02, 0.018)
_RARER = (0.02, 0.016, 0.015, 0.014, 0.013, 0.008, 0.005, 0.002, 0.001, 0.001, 0.001)
_SIGNS = {" ": 0.17, ".": 0.012, ",": 0.01, "-": 0.006, "(": 0.004, ")": 0.004}
_SHARES = _SIGNS | dict(zip("etaoinsrhldcumfpgwybvkxjqz", _LETTERS + _RARER, strict=True))
_DIGIT, _OTHER = 0.0025, 0.0005
#: Words that are far more frequent than their letters tell, and the share of places at which each begins.
_COMMON = frozenset(
    ("the", "of", "and", "in", "was", "were", "with", "to", "on", "at", "as", "for", "by", "is")
)
_WORD = 0.005


def clauses(pattern: str) -> tuple[Clause, ...]:
    """The gate of a pattern: its rarest clauses, the rarest first; empty where nothing is sure.

    The strings are in lower case, with a plain blank for any white space, as `View.lower` writes them;
    digits are those of ASCII. A clause seen at too many places tells nothing: a letter, "a " and the like.
    """
    found = {_least(c) for c in _clauses(parts_of(pattern)) if c and "" not in c}
    best: list[Clause] = []
    for clause in sorted(found, key=lambda c: (_frequency(c), sorted(c))):
        if _frequency(clause) >= (_FURTHER if best else _OFTEN) or len(best) == _CLAUSES:
            break
        if not any(_implies(rarer, clause) for rarer in best):
            best.append(clause)
    rare = tuple(best)
    sure = any(_has_digit(c) for c in rare)
    return (*rare, DIGITS) if not sure and any(_has_digit(c) for c in found) else rare


def _has_digit(clause: Clause) -> bool:
    return all(not DIGITS.isdisjoint(text) for text in clause)


def texts(pattern: str) -> frozenset[str] | None:
    """All texts that a pattern can match, in lower case; None where they are too many to list."""
    return joined(parts_of(pattern))


def _implies(clause: Clause, other: Clause) -> bool:
    """Whether a text with a string of one clause has one of the other for sure."""
    return all(any(part in text for part in other) for text in clause)


def _least(clause: AbstractSet[str]) -> Clause:
    """A clause without the strings that hold another one of it: the shorter is seen with them."""
    kept: list[str] = []
    for text in sorted(clause, key=len):
        if not any(short in text for short in kept):
            kept.append(text)
    return frozenset(kept)


def _ends(texts: AbstractSet[str]) -> set[str]:
    """Texts without those that end with another one: what follows stands behind the shorter too."""
    return {text for text in texts if not any(text[cut:] in texts for cut in range(1, len(text) + 1))}


def _frequency(clause: AbstractSet[str]) -> float:
    return float(sum(_WORD if text.strip() in _COMMON else prod(map(_share, text)) for text in clause))


def _share(char: str) -> float:
    return _SHARES.get(char, _DIGIT if char in DIGITS else _OTHER)


def _clauses(parts: Sequence[Part]) -> Iterator[Clause]:
    """What a sequence needs: each run of parts with few readings, and what the other parts need."""
    run: AbstractSet[str] = {""}
    for place, part in enumerate(parts):
        if part.ahead or part.behind:
            yield from _clauses(part.ahead or part.behind)
            following = edge(part.ahead, last=False)
            if len(following) * len(run) <= MOST:
                yield frozenset(head + tail for head in run for tail in following)
            continue
        if part.looks_around and not part.optional:
            yield from _needs(part)
        if part.texts is not None:
            longer = {head + tail for head in run for tail in part.texts}
            if len(longer) <= MOST:
                run = longer
                continue
            yield frozenset(run)
            run = _ends(_begun(run, part.texts))
            continue
        first = edge(parts[place:], last=False)
        fits = len(first) * len(run) <= MOST
        yield frozenset(head + tail for head in run for tail in first) if fits else frozenset(run)
        run = _ends(edge(parts[: place + 1], last=True))
        if not part.optional and not part.looks_around:
            yield from _needs(part)
    yield frozenset(run)


def _begun(run: AbstractSet[str], texts: Texts) -> AbstractSet[str]:
    """The texts of a part, each with the last sign of what stands before it, as far as they are few."""
    signs = {text[-1:] for text in run}
    return {sign + text for sign in signs for text in texts} if len(signs) * len(texts) <= MOST else texts


def _needs(part: Part) -> Iterator[Clause]:
    """What a part of many readings needs."""
    if len(part.ways) == 1:
        yield from _clauses(part.ways[0])
    elif part.ways:
        either = _either([list(_clauses(way)) for way in part.ways])
        if either is not None:
            yield either


def _either(branches: Sequence[Sequence[Clause]]) -> Clause | None:
    """One clause for several branches: the rarest of each taken together."""
    union: set[str] = set()
    for needed in branches:
        usable = [c for c in needed if c and "" not in c]
        if not usable:
            return None
        union |= min(usable, key=_frequency)
    return frozenset(union) if len(union) <= _MOST else None
