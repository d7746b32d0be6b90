"""The questions asked about a level, in order: the first that applies decides whether it is fractured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from extractors.fractures.cues import Cue
from extractors.fractures.judge import Place
from extractors.rules.book import Book
from extractors.rules.rule import Relation


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level is said to be fractured. `rule` is the decision's name.

    `cue` is the fracture word in the sentence (None if it stands in the one before).
    """

    rule: str
    certainty: float
    cue: Cue | None
    stated: bool = False  # whatever negation the context sees


@dataclass(frozen=True, eq=False)
class Decision:
    """One question. Where it `applies`, `cue` is what tells the fracture; without a cue there is none.

    `alone`: it tells a fracture without any cue; `stated`: whatever negation the context sees. `says` holds
    texts with the levels that it finds fractured in them, `denies` texts with levels that it finds not so,
    `silent` texts in which it does not apply.
    """

    name: str
    meaning: str
    applies: Callable[[Place], bool]
    cue: Callable[[Place], Cue | None] | None = None
    certainty: float = 1.0
    alone: bool = False
    stated: bool = False
    says: Mapping[str, str] = field(default_factory=dict)
    denies: Mapping[str, str] = field(default_factory=dict)
    silent: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether it can find a level fractured."""
        return self.alone or self.cue is not None

    def verdict(self, place: Place) -> Verdict | None:
        """What it decides where it applies: None for not fractured."""
        if self.alone:
            return Verdict(self.name, self.certainty, None, self.stated)
        found = self.cue(place) if self.cue else None
        if found is None or not place.accepts(found):
            return None
        certainty = self.certainty if found.kind == "strong" else 0.8 if place.sure(found) else 0.7
        return Verdict(self.name, certainty, found)


DECISIONS: tuple[Decision, ...] = (
    Decision(
        "level left out for its fracture",
        "A level left out of densitometry because it is fractured.",
        lambda place: place.left_out,
        certainty=0.8,
        alone=True,
        stated=True,
        says={
            "DXA of L1-L4 (excluding the fractured L3) was repeated.": "L3",
            "L4 was not analysed because of a compression fracture.": "L4",
        },
        silent=("DXA of L1-L4 (excluding L3) was repeated.",),
    ),
    Decision(
        "level said to be sound",
        "A level said to be intact, spared, of normal height.",
        lambda place: place.sound,
        denies={"Fractures of T8 and T10 were found, T9 being intact.": "T9"},
    ),
    Decision(
        "sign that is no level",
        "T1 of MRI, T4 of the thyroid, vitamin D3, complement C3.",
        lambda place: place.no_level,
        denies={"The fractures were treated with vitamin D3.": "T3"},
    ),
    Decision(
        "fracture only thought of",
        "Its fracture was suspected, feared, excluded.",
        lambda place: place.only_thought,
        denies={"Collapse of T12 was suspected at first.": "T12"},
    ),
    Decision(
        "level only imaged",
        "It says what was imaged.",
        lambda place: place.imaged,
        denies={"MRI of the thoracic and lumbar spine (T1-L5) showed fresh fractures of T7.": "T1"},
    ),
    Decision(
        "fracture of a level that was treated",
        "A fracture of the level is told, and behind it what was done for it or what hurt.",
        lambda place: place.fracture_of is not None and place.behind_kind in ("treated", "pain", "nerve"),
        lambda place: place.fracture_of,
        says={"A burst fracture of T12 was stabilized with screws at T10 and L2.": "T12"},
        silent=("Fractures of T8 and T12 were found.",),
    ),
    Decision(
        "cue right behind the level",
        "The cue right behind a level governs it: a fracture word, a disc, a score.",
        lambda place: place.behind is not None,
        lambda place: place.behind,
        says={"A T11 wedge fracture was found.": "T11", "T6, T7 and T12 had collapsed.": "T6 T7 T12"},
        denies={
            "MRI showed an L4-L5 disc protrusion.": "L4 L5",
            "Fractures of T8 were found; T10 harboured only a haemangioma.": "T10",
        },
    ),
    Decision(
        "fracture word before the level",
        "The nearest cue before it is a fracture word.",
        lambda place: place.before is not None and place.before.kind == "strong",
        lambda place: place.before,
        says={"MRI showed compression fractures of T7, T9 and L2.": "T7 T9 L2"},
        denies={"The fracture risk at T4 was high.": "T4"},
    ),
    Decision(
        "level of another finding",
        "The nearest cue before it is something else and governs it: densitometry, a disc, a procedure.",
        lambda place: place.governed_elsewhere,
        denies={"A T12 burst fracture was treated with posterior fusion from T10 to L2.": "T10 L2"},
    ),
    Decision(
        "level listed with an age",
        "A report of images lists it as old or recent, in a paper on fractures.",
        lambda place: place.of_an_age,
        certainty=0.8,
        alone=True,
        says={"She had vertebral fractures. MRI: T5 and T6, old; T8 and L1, recent.": "T5 T6 T8 L1"},
        silent=("She had vertebral fractures. MRI: L4-L5 disc, old.", "MRI: T5, old."),
    ),
    Decision(
        "fracture word later in the clause",
        "A fracture word later in the clause governs it.",
        lambda place: place.later is not None,
        lambda place: place.later,
        certainty=0.9,
        says={"On the lateral view, T9 and L1 showed some marked wedging.": "T9 L1"},
        denies={"In T9 and L1 one could see no fracture.": "T9 L1"},
    ),
    Decision(
        "sign before the level",
        "The nearest cue before it is a sign of a fracture, or its involvement.",
        lambda place: place.before is not None and place.before.kind in ("weak", "vague"),
        lambda place: place.before,
        says={"She had vertebral fractures. Bone marrow edema was present in T6 and T10.": "T6 T10"},
        denies={"The lesion was in T6.": "T6"},
    ),
    Decision(
        "level of the fracture told before",
        "The sentence goes on with the fractures of the one before.",
        lambda place: place.goes_on,
        certainty=0.8,
        alone=True,
        says={"Several vertebral fractures were seen. They were T5, T8 and L4.": "T5 T8 L4"},
        silent=("Vertebral fractures were seen. A biopsy of T5 was taken.",),
    ),
)


def decided(place: Place) -> tuple[Decision | None, Verdict | None]:
    """The decision that applies to a level, and what it says; None where nothing is told of it."""
    for decision in DECISIONS:
        if decision.applies(place):
            return decision, decision.verdict(place)
    return None, None


def _relation(decision: Decision) -> Relation:
    says = {text: {"level": levels.split()[0]} for text, levels in decision.says.items()}
    return Relation(decision.name, decision.meaning, says, (*decision.denies, *decision.silent))


#: The decisions that find fractures, by the names that their mentions carry.
BOOK = Book(
    "fractures.decisions",
    (),
    {},
    tuple(_relation(d) for d in DECISIONS if d.tells),
)
