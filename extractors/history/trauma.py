"""Trauma at the onset: a fall, however slight; none where it is denied."""

from __future__ import annotations

import re

from extractors.history.fact import ABSENT, TRAUMA
from extractors.history.told import Told, always, words_of
from extractors.history.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

_NONE = Told(TRAUMA, ABSENT)
#: A denial whose list goes on up to the place.
_DENIED_LIST = Glue(
    r"\b(?:denied|denies|denying|no history of|no h/o)\b"
    r"(?:(?!\b(?:but|except|apart|after|since|that|who|which|she|he|until|despite|however|due|from|when|"
    r"while|told)\b)"
    r"[^.;:]){2,90}(?:,|\band|\bor|\bnor) $"
)


def _in_a_denied_list(m: re.Match[str]) -> Told | None:
    return _NONE if _DENIED_LIST.within(m.string, m.start() - 130, m.start()) else None


def _happened(m: re.Match[str]) -> Told:
    return Told(TRAUMA, detail=words_of(m, "what"))


RULES = (
    Rule(
        "no trauma",
        r"\b(?:no|without|denied|denies|denying|absence of|absent|lack of|not recall|nor|never had|"
        r"nothing (?:to suggest|suggesting|suggestive of|pointing to)) "
        r"(?:(?:{before trauma}|,|and|or) ?){0,8}{trauma}\b"
        r"(?![ -](?:surgeon|cent|unit|bay|team|care|ward|scale))",
        always(_NONE),
        says={
            "Back pain began without trauma.": _NONE,
            "She had no history of preceding trauma.": _NONE,
            "There was no fall.": _NONE,
            "She denied any recent injury.": _NONE,
            "in the absence of significant trauma": _NONE,
            "She had no antecedent of a traumatic event.": _NONE,
        },
        silent=("No fracture was seen after trauma.", "There was no trauma surgeon.", "without a history"),
    ),
    Rule(
        "no trauma in a list",
        r"(?<=[,dr] )(?:any |recent |preceding )?{trauma}\b"
        r"(?![ -](?:surgeon|cent|unit|bay|team|care|ward|scale))",
        _in_a_denied_list,
        says={
            "She denied pets, itching or trauma.": _NONE,
            "He had no history of gout, falls, or pain.": _NONE,
        },
        silent=("She denied pain, and after a fall she limped.", "She denied fever but told of a fall."),
    ),
    Rule(
        "trauma denied behind",
        r"\b(?:an? |any |previous |preceding |recent )?{trauma}(?: (?:or|and) \w+)? (?:was|were|is|had been) "
        r"(?:denied|negated|excluded|ruled out|not (?:reported|remembered|recalled))\b|"
        r"\b{trauma} ?[:=] ?(?:none|no|nil|denied|absent|negative)\b",
        always(_NONE),
        says={
            "A fall was denied.": _NONE,
            "Trauma or strain was not remembered.": _NONE,
            "Trauma: none.": _NONE,
        },
        silent=("A fall was reported.",),
    ),
    Rule(
        "atraumatic",
        r"\b(?:atraumatic(?:ally)?|non-?traumatic|nontraumatically)\b"
        r"(?! (?:needle|clamp|forceps|technique|suture|grasp|care|intub|normoceph|head))",
        always(_NONE),
        says={"Atraumatic fractures of T8 were seen.": _NONE},
        silent=("Traumatic fractures were seen.", "An atraumatic needle was used."),
    ),
    Rule(
        "not injured",
        r"\b(?:not|never|neither|nor) (?:[\w-]+ (?:nor |or )?){0,2}"
        r"(?:injured|fallen|traumati[sz]ed)\b|\bdid not (?:fall|sustain (?:any |an? )?{trauma})\b",
        always(_NONE),
        says={"She had not fallen.": _NONE, "She did not fall.": _NONE},
        silent=("The vessel had fallen.",),
    ),
    Rule(
        "trauma told",
        r"\b(?:after|following|from|due to|by|because of|sustained|suffered|had|with|related to|"
        r"involved in|victim of|was in|were in|had been in) "
        r"(?:(?:{kind of trauma}|an?|the|her|his|,|and) ?){0,5}"
        r"(?P<what>(?:(?:slip and )?fall|slip|stumble|trauma|(?:road )?{of an accident} (?:accident|"
        r"collision|crash)|"
        r"rta|mva|mvc))\b"
        r"(?! (?:in|of) (?!her|his|the (?:bath|stair|house|street|ground|snow|ice|kitchen|garden|home))|s\b|"
        r"[- ](?:surgeon|cent|unit|team|risk))",
        _happened,
        says={
            "Back pain began after a minor fall.": Told(TRAUMA, detail="fall"),
            "She was admitted following a road traffic accident.": Told(
                TRAUMA, detail="road traffic accident"
            ),
            "He had been involved in a motor vehicle collision.": Told(TRAUMA, detail="vehicle collision"),
        },
        silent=("after a fall in haemoglobin", "after the birth of her son", "without a fall"),
    ),
    Rule(
        "landed",
        r"\b(?P<what>landed on (?:her|his|the) (?:\w+ )?"
        r"(?:bottom|buttocks?|back|backside|hips?|side|knees?|tailbone|behind|coccyx|outstretched hands?)|"
        r"(?:lost|losing) (?:her|his) (?:footing|balance) (?:and|on)|"
        r"missed (?:a|the) (?:last )?(?:step|stair))\b",
        _happened,
        says={
            "Her knee buckled and she landed on her back.": Told(TRAUMA, detail="landed on her back"),
            "She missed the last step.": Told(TRAUMA, detail="missed the last step"),
        },
        silent=("The helicopter landed on the roof.", "She lost her appetite."),
    ),
    Rule(
        "she fell",
        r"\b(?:she|he|patient|who|i|and) (?:had (?:just )?|has |also |then |accidentally |suddenly )?"
        r"(?P<what>fell|fallen|slipped|tripped|tumbled)\b(?! {no fall}\b)",
        _happened,
        says={
            "She slipped on ice.": Told(TRAUMA, detail="slipped"),
            "The patient had fallen from a chair.": Told(TRAUMA, detail="fallen"),
        },
        silent=("Calcium fell to 2.1 mmol/L.", "She fell asleep.", "She fell pregnant."),
    ),
)
#: Trauma told or denied; where two overlap the earlier rule's counts.
BOOK = Book("history.trauma", RULES, SLOTS)
