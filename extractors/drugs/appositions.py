"""Each drug once: "oral bisphosphonates (risedronate)", "Forteo (teriparatide)", "tramadol, an opioid"."""

from __future__ import annotations

import re

from extractors.drugs.cues import JOIN
from extractors.drugs.vocabulary import Drug, covers, cue_words

#: "the bisphosphonate", "this antibiotic": a drug named before.
_ANAPHOR = re.compile(
    r"\b(?:the|this|that|these|both|such|her|his|same)\s(?:(?:same|oral|intravenous|second|first)\s)?$"
)
_ANAPHOR_WITHIN = 25
_PURPOSE = re.compile(r"(?<!such )(?<!well )\bas (?:an? |the |its )?(?:[\w-]+ )?$")
_PURPOSE_WITHIN = 35
_TRADE_MARKS = " ®™"
_OPENED = frozenset(("(", "[", "'(", "or", "('", "=", "(=", "/", ", i.e.", "- ", "(or"))
_OF_A_KIND = frozenset(("a", "an", "the", "(a", "(an", "which"))

Named = tuple[int, int, Drug]


def without_appositions(lower: str, names: list[Named], told: list[Drug]) -> list[Named]:
    """Each drug once: no class in apposition, no repetition in brackets, no "the bisphosphonate".

    That last one goes only where a bisphosphonate was `told` before. `lower` is the sentence.
    """
    spans, kept = list(names), list[Named]()
    for i, (start, end, drug) in enumerate(spans):
        if kept and _is_repeated(lower, kept, start, drug):
            kept[-1] = (kept[-1][0], end, kept[-1][2])
        elif i + 1 < len(spans) and _leads_to(lower, spans[i], spans[i + 1]):
            spans[i + 1] = (start, *spans[i + 1][1:])  # "oral bisphosphonates (risedronate)": one name
        elif not (
            (i and _explains(lower, spans[i - 1], spans[i]))
            or _points(lower, spans[i], told)
            or _is_purpose(lower, spans[i])
        ):
            kept.append((start, end, drug))
    return kept


def _is_repeated(lower: str, kept: list[Named], start: int, drug: Drug) -> bool:
    """Whether a name in brackets repeats the one before ("Fosamax (alendronate)")."""
    gap = lower[kept[-1][1] : start].strip(_TRADE_MARKS)
    return gap in _OPENED and (kept[-1][2].name == drug.name or _is_brand_of_both(lower, gap, kept, drug))


def _is_brand_of_both(lower: str, gap: str, kept: list[Named], drug: Drug) -> bool:
    """Whether a name in brackets is that of a preparation of the two named before it
    ("calcium and vitamin D (Calcichew D3)")."""
    if len(kept) < 2 or gap not in ("(", "["):
        return False
    first, second = kept[-2:]
    return JOIN.fits(lower, first[1], second[0]) and drug.drug_class in (
        first[2].drug_class,
        second[2].drug_class,
    )


def _leads_to(lower: str, wide: Named, narrow: Named) -> bool:
    """Whether a class leads to its drug: "bisphosphonates such as risedronate"."""
    if not covers(wide[2], narrow[2]):
        return False
    gap = lower[wide[1] : narrow[0]]
    words = _words(gap)
    if not words:
        return "," not in gap
    opened = gap.lstrip(_TRADE_MARKS).startswith("(")
    return len(words) <= 4 and ")" not in gap and (opened or _lead(words))


def _lead(words: list[str]) -> bool:
    return {"(", *cue_words("leads to name").words}.issuperset(words)


def _explains(lower: str, narrow: Named, wide: Named) -> bool:
    """Whether a class explains the drug before: "tramadol, an opioid"."""
    if not covers(wide[2], narrow[2]):
        return False
    words = _words(lower[narrow[1] : wide[0]])
    if len(words) == 2 and words[0] in ("was", "is") and wide[2].is_class:  # "A was the antibiotic of choice"
        return words[1] in _OF_A_KIND
    return 0 < len(words) <= 3 and words[0] in _OF_A_KIND


def _words(gap: str) -> list[str]:
    return gap.replace("®", "").strip(" ,:-").split()


def _is_purpose(lower: str, name: Named) -> bool:
    """Whether a class only says what another drug was for: "served as analgesic"."""
    start, _, drug = name
    return drug.is_class and _PURPOSE.search(lower, max(0, start - _PURPOSE_WITHIN), start) is not None


def _points(lower: str, name: Named, told: list[Drug]) -> bool:
    """Whether a class points at a drug told before: "the bisphosphonate"."""
    start, _, drug = name
    if not drug.is_class or not _ANAPHOR.search(lower, max(0, start - _ANAPHOR_WITHIN), start):
        return False
    return any(covers(drug, other) for other in told)
