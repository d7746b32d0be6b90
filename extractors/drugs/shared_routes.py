"""A route in front of a list that holds for its further drugs: "oral ofloxacin and metronidazole"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.drugs.anchors import Anchor, joined
from extractors.drugs.vocabulary import Drug, classes_of, covers

#: Many drugs are given by these alone; a topical steroid says nothing of the next drug.
_COMMON = frozenset({"oral", "intravenous", "parenteral"})
#: Between a class with its route and the list of its drugs.
_OPENED = frozenset(("(", "[", ":"))


def share_routes(lower: str, anchors: Sequence[Anchor], drugs: Sequence[Drug]) -> None:
    """Hand a route in front of a drug on to the like drugs that its list goes on with."""
    for (here, first), (after, second) in pairwise(zip(anchors, drugs, strict=True)):
        route = here.route
        if route is None or route.form or route.text not in _COMMON or after.route is not None:
            continue
        if covers(first, second) and lower[here.end : after.start].strip() in _OPENED:
            after.route = route  # "antibiotics IV: A and B", "antibiotics were given orally (A, B)"
            continue
        if route.end <= here.name_start and _are_alike(first, second) and joined(lower, here, after):
            after.route = route


def _are_alike(first: Drug, second: Drug) -> bool:
    """Whether two drugs are of one class, or both kill microbes."""
    if first.drug_class == second.drug_class:
        return True
    microbes = classes_of("antimicrobial")
    return first.drug_class in microbes and second.drug_class in microbes
