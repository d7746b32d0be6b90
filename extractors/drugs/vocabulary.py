"""Which words name a drug, and the words that say what is done with one.

drugs.csv: `name` (generic, lower case; a class where only the class is named), `alias` (as printed),
`class`, `exact` (only in this very case), `lab` (the word names an analyte too, so that a row needs
a sign of treatment). Names follow the WHO ATC index. classes.csv says what holds for a class's drugs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.words import Vocabulary, Words

_PACKAGE = "extractors.drugs"
_YES = frozenset({"", "yes"})
#: What the words of cue_words.csv tell.
CUE_CLASSES = frozenset(
    {
        "afraid of", "again", "ahead stop", "apart", "been before", "before what", "begun", "behind a route",
        "breathed anaesthetic", "broken off",
        "caused by", "changed to", "chronic",
        "consists of", "considered", "effect", "diet", "done", "earlier", "ending like a drug",
        "fill", "for a pregnancy", "for a while", "form after", "formerly", "formerly after", "general verb",
        "given", "it stopped", "join", "join word", "laboratory", "lacking",
        "lead stop", "leads to name", "medication of now", "microbiology", "need", "no diet", "no drug after",
        "no drug before", "no drug prefix", "no route", "not tolerating",
        "of the patient after all", "ongoing", "planned",
        "planning", "refusal", "refused", "result", "result verb",
        "salt", "set aside", "solvent", "somebody gave", "step",
        "stop", "stopped", "stopping", "stopping it", "supplemented", "thinking of", "took before",
        "treatment before",
        "wanted", "was on", "who took",
    }
)  # fmt: skip
#: Words about drugs by what they tell ("refusal", "stopped", "salt").
CUES = Vocabulary(
    _PACKAGE, "cue_words.csv", ("word", "class", "source"), ("word", "class"), allowed={"class": CUE_CLASSES}
)
#: `kind`: a nutrient is eaten too, an antimicrobial tested on microbes, bone and pain are what the
#: fractures are treated for; `substance`: the class is one
#: substance; `units`: what "units" of its drugs are.
CLASSES = Vocabulary(
    _PACKAGE,
    "classes.csv",
    ("class", "kind", "substance", "units", "source"),
    ("class",),
    allowed={
        "kind": frozenset({"", "nutrient", "antimicrobial", "bone", "pain"}),
        "substance": _YES,
        "units": frozenset({"", "IU"}),
    },
)
#: Names and aliases of drugs; their classes are those of classes.csv.
DRUGS = Vocabulary(
    _PACKAGE,
    "drugs.csv",
    ("name", "alias", "class", "exact", "lab", "source"),
    ("alias",),
    allowed={"exact": _YES, "lab": _YES},
    filled=frozenset({"name"}),
    refers={"class": (CLASSES, "class")},
)
#: Which other classes' drugs the words of a class cover too ("an analgesic (tramadol)"), and which drugs
#: alone where it is narrower than theirs ("a carbapenem").
MEMBERS = Vocabulary(
    _PACKAGE,
    "class_members.csv",
    ("name", "class", "drug", "source"),
    ("name", "class", "drug"),
    refers={"drug": (DRUGS, "name")},
    allowed={"drug": frozenset({""})},
)
#: What counts as the main bone treatment, and what counts where none of these is given ("else"): all drugs
#: of a class, or one of them.
MAIN_TREATMENTS = Vocabulary(
    _PACKAGE,
    "main_treatments.csv",
    ("class", "drug", "rank", "source"),
    ("class", "drug"),
    refers={"class": (CLASSES, "class")},
    allowed={"rank": frozenset({"main", "else"})},
)
#: Terms that only look like a drug's name.
NO_DRUGS = Vocabulary(_PACKAGE, "not_drugs.csv", ("phrase", "source"), ("phrase",))


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug's generic name and class. `name` is empty for a term that is no drug.

    `lab`: the name is an analyte's as well; `guessed`: it is the one nearest to what is printed.
    """

    name: str
    drug_class: str
    lab: bool = False
    guessed: bool = False

    @property
    def is_class(self) -> bool:
        """Whether only a class is named ("bisphosphonate")."""
        return self.name in class_names()


_NO_DRUG = Drug("", "")


@cache
def lexicon() -> Lexicon[Drug]:
    """All names and all terms that are none; the longest phrase wins, so "iron overload" hides "iron"."""
    entries = [
        Entry(row["alias"], Drug(row["name"], row["class"], row["lab"] == "yes"), row["exact"] == "yes")
        for row in DRUGS.rows
    ]
    entries += [Entry(row["phrase"], _NO_DRUG) for row in NO_DRUGS.rows]
    return Lexicon(entries)


@cache
def cue_words(told: str) -> Words:
    """The words of a class of cue_words.csv, as a slot of a phrase."""
    return Words(CUES, {"class": told})


@cache
def classes_of(kind: str) -> frozenset[str]:
    """The classes of a kind: "nutrient" or "antimicrobial"."""
    return frozenset(row["class"] for row in CLASSES.rows if row["kind"] == kind)


@cache
def of_the_disease() -> frozenset[str]:
    """The classes that are given for fractures and their pain."""
    return classes_of("bone") | classes_of("pain") | classes_of("nutrient")


@cache
def in_international_units() -> frozenset[str]:
    """The classes of which "units" are international ones."""
    return frozenset(row["class"] for row in CLASSES.rows if row["units"] == "IU")


@cache
def _ranks() -> dict[tuple[str, str], str]:
    return {(row["class"], row["drug"]): row["rank"] for row in MAIN_TREATMENTS.rows}


def rank_of(drug: str, drug_class: str) -> str:
    """How much of a bone treatment a drug is: "main", "else" (where no main one is given) or ""."""
    return _ranks().get((drug_class, "")) or _ranks().get((drug_class, drug), "")


@cache
def _wider() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in MEMBERS.rows:
        found.setdefault(row["name"], set()).update({row["class"]} - {""})
    return {name: frozenset(classes) for name, classes in found.items()}


@cache
def _narrow() -> dict[str, frozenset[str]]:
    """The drugs of each class that has no group of its own ("carbapenem")."""
    found: dict[str, set[str]] = {}
    for row in MEMBERS.rows:
        if row["drug"]:
            found.setdefault(row["name"], set()).add(row["drug"])
    return {name: frozenset(drugs) for name, drugs in found.items()}


@cache
def class_names() -> frozenset[str]:
    """The names that stand for a class: those equal to their class, and the wider ones."""
    single = {row["class"] for row in CLASSES.rows if row["substance"]}
    own = {row["name"] for row in DRUGS.rows if row["name"] == row["class"]}
    return frozenset((own | set(_wider())) - single)


def covers(wide: Drug, narrow: Drug) -> bool:
    """Whether `wide` names a class that `narrow` is a specific member of."""
    if not wide.is_class or wide.name == narrow.name or narrow.is_class:
        return False
    if wide.name in _narrow():
        return narrow.name in _narrow()[wide.name]
    return narrow.drug_class == wide.name or narrow.drug_class in _wider().get(wide.name, ())


def covers_class(wide: Drug, narrow: Drug) -> bool:
    """Whether `wide` and `narrow` name classes, one within the other ("immunosuppressant", "steroid")."""
    return wide.is_class and narrow.is_class and narrow.drug_class in _wider().get(wide.name, ())


@cache
def _members() -> dict[str, frozenset[str]]:
    """The drugs of each class by its name, none that is a class itself."""
    found: dict[str, set[str]] = {}
    for row in DRUGS.rows:
        if row["name"] not in class_names():
            found.setdefault(row["class"], set()).add(row["name"])
    return {name: frozenset(members) for name, members in found.items()}


@cache
def class_members(name: str) -> frozenset[str]:
    """The names of the drugs that a class's name covers; empty if the name is no class."""
    if name not in class_names():
        return frozenset()
    if name in _narrow():
        return _narrow()[name]
    classes = (name, *_wider().get(name, ()))
    return frozenset().union(*(_members().get(c, frozenset()) for c in classes)) - {name}
