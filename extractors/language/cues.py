"""The cues of context (context_cues.csv): what kind each is, and which way its scope reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.words import Vocabulary

#: What a cue says of the words in its scope. "pseudo" says nothing and hides a shorter cue; "ours" and
#: "patient" bring a sentence back to the report's patient; "counted" is a cohort from a number on.
KINDS = frozenset(
    {
        "negation",
        "uncertain",
        "history",
        "planned",
        "family",
        "relative",
        "sibling",
        "offspring",
        "maternal",
        "literature",
        "general",
        "cohort",
        "counted",
        "ours",
        "patient",
        "pseudo",
    }
)
#: Where the scope lies: behind the cue ("pre"), before it ("post"), on both sides, behind it up to the next
#: comma ("short"), the cue's whole clause, or what the cue is the subject of.
DIRECTIONS = frozenset({"pre", "post", "both", "short", "clause", "subject"})
CUES = Vocabulary(
    "extractors.language",
    "context_cues.csv",
    columns=("cue", "kind", "direction", "exact", "source"),
    key=("cue",),
    allowed={"kind": KINDS, "direction": DIRECTIONS, "exact": frozenset({"", "yes"})},
    several=frozenset({"kind"}),
)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue says (`KINDS`) and which way its scope reaches (one of `DIRECTIONS`)."""

    kinds: tuple[str, ...]
    direction: str


@cache
def lexicon() -> Lexicon[Cue]:
    """The cues as they are looked for. Raises VocabularyError where context_cues.csv breaks its schema."""
    return Lexicon(
        Entry(row["cue"], Cue(tuple(row["kind"].split(";")), row["direction"]), row["exact"] == "yes")
        for row in CUES.rows
    )
