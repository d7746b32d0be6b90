"""The vocabularies of fractures: cues and their classes, bones and their names, words of phrases."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extractors.language.atoms import ATOMS
from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.rule import Pattern
from extractors.rules.words import Vocabulary, Words

_PACKAGE = "extractors.fractures"
#: What a cue speaks of: a fracture (strong), a sign or involvement that may be one (weak, vague), or
#: something else that levels are named for.
CUE_CLASSES = frozenset("strong weak vague measured disc nerve pain treated tumour".split())
#: How a cue tells of a bone beside it: a noun or adjective of breaking, a verb, uptake of a tracer.
_OF_BONE = frozenset(("", "break", "verb", "uptake"))
_YES = frozenset(("", "yes"))
_SIDES = frozenset(("left", "right", "bilateral"))

CUES = Vocabulary(
    _PACKAGE,
    "cues.csv",
    ("cue", "class", "bone", "source"),
    key=("cue",),
    allowed={"class": CUE_CLASSES, "bone": _OF_BONE},
)
#: Bones: what they are part of, which piece of which long bone they are, whether a bone has one fracture
#: in a sentence, whether it is spine without a level, of which limb it is.
BONES = Vocabulary(
    _PACKAGE,
    "bones.csv",
    ("site", "part_of", "bone", "piece", "once", "spine", "limb", "source"),
    key=("site",),
    allowed={
        "piece": frozenset(("", "neck", "head", "shaft", "distal", "proximal")),
        "once": _YES,
        "limb": frozenset(("", "upper", "lower")),
        "spine": _YES,
    },
    several=frozenset(("piece", "part_of")),
)
SITES = Vocabulary(
    _PACKAGE, "sites.csv", ("site", "alias", "source"), key=("alias",), refers={"site": (BONES, "site")}
)
#: Words of a side, and whether they stand only before a bone or only behind it.
SIDES = Vocabulary(
    _PACKAGE,
    "sides.csv",
    ("word", "side", "place", "source"),
    key=("word",),
    allowed={"side": _SIDES, "place": frozenset(("", "before", "behind"))},
)
MANNER = Vocabulary(
    _PACKAGE,
    "manner.csv",
    ("word", "aspect", "value", "exact", "source"),
    key=("word",),
    allowed={"aspect": frozenset(("modality", "kind", "age")), "exact": _YES},
    filled=frozenset(("value",)),
)
#: Fractures with a name of their own: it stands before "fracture" (Jones), or its initials say it (AFF).
NAMED = Vocabulary(
    _PACKAGE,
    "named.csv",
    ("name", "site", "level", "form", "source"),
    key=("name",),
    allowed={"form": frozenset(("initials", "name"))},
    refers={"site": (BONES, "site")},
)
_CLASSES = """feared|prevented|sought|denied|epithet|no event|only thought|vertebra|part of vertebra|degree|
nature|saying|governing|imaging|looking|weighted look|lesion|sound subject|aside|copula|adverb|judged|sound|
except|sound noun|which|bone adjective|link|predicate|to be|
no level label|soft part|no fracture of it|confirmed|other finding|no finding|function word|hardware|
upper limb|lower limb"""
_WORD_CLASSES = tuple(name.strip() for name in _CLASSES.split("|"))
WORDS = Vocabulary(
    _PACKAGE,
    "words.csv",
    ("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset(_WORD_CLASSES)},
)
VOCABULARIES = (CUES, BONES, SITES, NAMED, SIDES, MANNER, WORDS)

#: The slots of all phrases of fractures: the classes of words.csv, the words of sides.
SLOTS: dict[str, str | Pattern] = {
    **ATOMS,
    **{name: Words(WORDS, {"class": name}) for name in _WORD_CLASSES},
    **{name or "side": Words(SIDES, {"place": name}) for name in ("", "before", "behind")},
}


class CueClass(NamedTuple):
    """A row of cues.csv: its class, and how it tells of a bone beside it."""

    kind: str
    bone: str


class NamedBone(NamedTuple):
    """A row of named.csv."""

    site: str
    level: str
    initials: bool


@cache
def named_fractures() -> Lexicon[NamedBone]:
    """Fractures that have a name. Raises VocabularyError."""
    return Lexicon(
        Entry(
            row["name"],
            NamedBone(row["site"], row["level"], row["form"] == "initials"),
            row["form"] == "initials",
        )
        for row in NAMED.rows
    )


class MannerWord(NamedTuple):
    """A row of manner.csv; `rank` is its value's place in the file."""

    aspect: str
    value: str
    rank: int


@cache
def cues() -> Lexicon[CueClass]:
    """The cues and their classes. Raises VocabularyError."""
    return Lexicon(Entry(row["cue"], CueClass(row["class"], row["bone"])) for row in CUES.rows)


@cache
def bone_names() -> Lexicon[str]:
    """The names of bones and their parts (sites.csv). Raises VocabularyError."""
    return Lexicon(Entry(row["alias"], row["site"]) for row in SITES.rows)


@cache
def manner_words() -> Lexicon[MannerWord]:
    """Words of the modality, kind and age of a fracture. Raises VocabularyError."""
    rank = {value: i for i, value in enumerate(dict.fromkeys(row["value"] for row in MANNER.rows))}
    return Lexicon(
        Entry(row["word"], MannerWord(row["aspect"], row["value"], rank[row["value"]]), row["exact"] == "yes")
        for row in MANNER.rows
    )


@cache
def sides() -> dict[str, str]:
    """Words of a side and the side: left, right, bilateral."""
    return {row["word"]: row["side"] for row in SIDES.rows}


class Bone(NamedTuple):
    """A row of bones.csv."""

    part_of: frozenset[str]
    once: bool
    spine: bool
    limb: str


@cache
def bones() -> dict[str, Bone]:
    """All sites by name. Raises VocabularyError."""
    return {
        row["site"]: Bone(
            frozenset(row["part_of"].split(";")), row["once"] == "yes", row["spine"] == "yes", row["limb"]
        )
        for row in BONES.rows
    }


@cache
def pieces() -> dict[tuple[str, str], str]:
    """The site of a bone's piece: ("femur", "neck") -> "femoral neck"."""
    return {
        (row["bone"], piece): row["site"]
        for row in BONES.rows
        if row["bone"]
        for piece in row["piece"].split(";")
    }
