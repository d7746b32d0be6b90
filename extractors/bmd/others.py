"""Sentences about limits, definitions and groups of people instead of the patient's own values."""

from __future__ import annotations

from extractors.bmd.vocabulary import slots
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import Sentence, View

_DEFINITIONS = Book(
    "bmd.definitions",
    (
        Rule(
            "is defined as",
            r"\b(?:is|are|be|was|were) (?:generally |usually |commonly )?(?:defined|classified|diagnosed) "
            r"(?:as|by|if|when|from|in|at)\b",
            says={"Osteoporosis is defined as a T-score of -2.5": "is defined as"},
            silent=("The patient was seen at", "defined"),
        ),
        Rule(
            "criterion",
            r"\bdefin(?:es|ition|ing)\b|\bcriteri(?:a|on)\b|\bthreshold|\bcut-?off|\bwho defin",
            says={"by WHO criteria": "criteria", "a threshold of -2.5": "threshold"},
            silent=("The WHO", "definite"),
        ),
        Rule(
            "would be diagnosed",
            r"\bwould be diagnosed|\bconsidered (?:normal|abnormal|low|osteopor\w+|as |if |when )",
            says={"is considered normal": "considered normal"},
            silent=("was considered", "would be treated"),
        ),
    ),
    {},
)
_GROUPS = Book(
    "bmd.groups",
    (
        Rule(
            "a kind of people",
            r"\b{kind of group} (?:\w+ )?{group}\b|\bin (?:women|patients|rats|mice|animals|dams)\b",
            says={"in healthy young women": "healthy young women", "in rats": "in rats"},
            silent=("a healthy woman", "the patients"),
        ),
        Rule(
            "those who",
            r"\bthose (?:given|treated|who|on|with)\b",
            says={"those given placebo": "those given"},
            silent=("those fractures",),
        ),
        Rule(
            "a study of many",
            r"\bcohorts?\b|\btrials?\b|\b(?:series|meta-analysis|registry)\b|\bmedian\b|\bn ?= ?\d",
            says={"in a cohort": "cohort", "(n = 12)": "n = 1"},
            silent=("a serious loss", "the medial"),
        ),
        Rule(
            "what density does",
            r"\b(?:bmd|bone (?:mineral )?density|bone mass) (?:(?:usual|general|typical|normal)ly |often )?"
            r"(?:falls|increases|decreases|declines|rises|improves|recovers|returns|drops)\b",
            says={"Lumbar BMD falls by 3%": "bmd falls"},
            silent=("BMD fell by 3%", "falls of her BMD"),
        ),
        Rule(
            "told elsewhere",
            r"\bpreviously reported\b"
            r"|\bis (?:started|recommended|indicated|advised|considered) (?:when|if|in)\b",
            says={"the previously reported gain": "previously reported"},
            silent=("is reported", "was started when"),
        ),
    ),
    slots("kind of group", "group"),
)
_OWN = Book(
    "bmd.own",
    (
        Rule(
            "our patient",
            r"\b(?:our|this|present) (?:patient|case|woman)|\b(?:she|her|his)\b",
            says={"in our patient": "our patient", "her T-score": "her"},
            silent=("the patients", "he was"),
        ),
    ),
    {},
)
_MEASURED = Book(
    "bmd.measured",
    (
        Rule(
            "measured in the patient",
            r"\b(?:her|his|patient|our|she|he|showed|revealed|measured)\b",
            says={"DXA showed": "showed"},
            silent=("the patients", "measure"),
        ),
    ),
    {},
)
BOOKS = (_DEFINITIONS, _GROUPS, _OWN, _MEASURED)


def about_others(view: View, sentence: Sentence) -> bool:
    """Whether a sentence gives a limit or definition, or values of a group of people."""
    defined = _DEFINITIONS.first(view, sentence)
    if defined is not None and _MEASURED.first(view, sentence, end=defined.start) is None:
        return True
    return _GROUPS.first(view, sentence) is not None and _OWN.first(view, sentence) is None
