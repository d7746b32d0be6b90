"""The vocabularies of onset: symptoms, the sites of a bare "pain", and the words of events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.rules.lexicon import Entry, Lexicon
from extractors.rules.words import Vocabulary, Words

_PACKAGE = "extractors.onset"
#: What an event's word tells beside its role: see `Sign.kinds`.
EPISODE, PERCEIVED, VISIT_NOUN, INITIATED = "episode", "perceived", "visit noun", "initiated"
SHOWS, COMPLAINS, OF_THE_PATIENT, LABEL = "shows", "complains", "of the patient", "label"
TOLD = "told at a visit"
OF_A_QUANTITY, TAKES_ANY = "of a quantity", "takes any complaint"
#: Kinds of symptoms: one that is named by its site, one that is a worsening where another was told; any
#: other complaint, a disease by its name, a complication of the pregnancy itself.
SITED, INABILITY = "sited", "inability"
ILLNESS, CONDITION, OBSTETRIC = "illness", "condition", "obstetric"
SYMPTOM = "symptom"

_CUES = Vocabulary(
    _PACKAGE,
    "cues.csv",
    ("cue", "role", "kinds", "source"),
    ("cue",),
    {
        "role": frozenset({"onset", "worsening", "presentation", "birth", "other"}),
        "kinds": frozenset(
            {
                "",
                EPISODE,
                PERCEIVED,
                VISIT_NOUN,
                INITIATED,
                SHOWS,
                COMPLAINS,
                OF_THE_PATIENT,
                TOLD,
                LABEL,
                OF_A_QUANTITY,
                TAKES_ANY,
            }
        ),
    },
    several=frozenset({"kinds"}),
)
_SYMPTOMS = Vocabulary(
    _PACKAGE,
    "symptoms.csv",
    ("phrase", "symptom", "kind", "source"),
    ("phrase",),
    {"kind": frozenset({"", SITED, INABILITY, ILLNESS, CONDITION, OBSTETRIC})},
    filled=frozenset({"symptom"}),
)
SITES = Vocabulary(
    _PACKAGE,
    "sites.csv",
    ("site", "place", "symptom", "source"),
    ("site", "place"),
    {"place": frozenset({"before", "behind", "hurting"})},
    filled=frozenset({"symptom"}),
)
#: Slots: sites as they stand before and behind "pain".
SITE_SLOTS = {
    "site before": Words(SITES, {"place": "before"}, "site"),
    "site behind": Words(SITES, {"place": "behind"}, "site"),
}
#: A slot: the parts that hurt.
HURTING_PARTS = {"hurting part": Words(SITES, {"place": "hurting"}, "site")}


@dataclass(frozen=True, slots=True)
class Sign:
    """A vocabulary entry: a symptom (role "symptom") or a cue word with its role.

    `kinds` of a cue: "episode" is a symptom's own word, "perceived" takes the symptom as its object, a
    "visit noun" may only be counted from, what is "initiated" by somebody is no symptom, "shows" takes
    a symptom in translated reports, "complains" tells a visit's complaint as well as a beginning,
    "of the patient" tells no symptom, "label" heads a note, "of a quantity" is said of results as well as
    of complaints, "takes any complaint" is followed by one in whatever words.
    """

    role: str
    word: str
    kinds: frozenset[str] = frozenset()


@cache
def lexicon() -> Lexicon[Sign]:
    """Symptoms and cues in one automaton."""
    entries = [
        Entry(r["phrase"], Sign(SYMPTOM, r["symptom"], frozenset({r["kind"]}))) for r in _SYMPTOMS.rows
    ]
    entries += [
        Entry(r["cue"], Sign(r["role"], r["cue"], frozenset(r["kinds"].split(";")))) for r in _CUES.rows
    ]
    return Lexicon(entries)


@cache
def site_names() -> dict[str, str]:
    """The symptom that "pain" at a site is, by the site as printed."""
    names: dict[str, str] = {}
    for row in SITES.rows:
        if row["place"] != "hurting":
            names |= dict.fromkeys(_forms(row["site"]), row["symptom"])
    return names


@cache
def hurting_parts() -> dict[str, str]:
    """The symptom that a hurting part is, by the part as printed."""
    names: dict[str, str] = {}
    for row in SITES.rows:
        if row["place"] == "hurting":
            names |= dict.fromkeys(_forms(row["site"]), row["symptom"])
    return names


def _forms(site: str) -> tuple[str, str]:
    """A site in the singular and in the plural."""
    return site.replace("(s)", ""), site.replace("(s)", "s")
