"""The words between a drug's name and its dose."""

from __future__ import annotations

import re
from functools import cache

from extractors.drugs.vocabulary import cue_words

_WORD = re.compile(r"[a-z][a-z./-]*|[^\s\w]|\w+")
#: A brand or maker in brackets: "(Forsteo; Lilly, Houten)", or before a dose: "(Forsteo, 20 µg)".
_BRACKETED_NAME = re.compile(
    r"\s*(?:[('\"][^()\d]{2,40}[)'\"]|\([a-z][a-z-]{2,20}\s?[®™]?\s?[,;:]|[®™]?\s?[;,][^()\d]{2,60}\))"
)
_SOFT = frozenset(",(:-=®™)[]/'\"")
#: Characters and words between a name and its dose, at most.
_DOSE_WITHIN, _MOST_WORDS = 90, 14


@cache
def _fill() -> frozenset[str]:
    return frozenset(cue_words("fill").words)


def cost_of(gap: str) -> float | None:
    """How far apart a name and a dose are, None if other words than theirs come between."""
    if len(gap) > _DOSE_WITHIN:
        return None
    name = _BRACKETED_NAME.match(gap)
    words = _WORD.findall(gap[name.end() :] if name else gap)
    if len(words) > _MOST_WORDS:
        return None
    cost = 0.0
    for word in words:
        if word in _SOFT:
            cost += 0.6 if word in ",/" else 0.2
        elif word in _fill():
            cost += 0.3
        else:
            return None
    return cost


def fills(gap: str) -> bool:
    """Whether a gap holds only words that may stand between a drug and its dose."""
    return cost_of(gap) is not None
