"""The relations of a course, with the sentences that prove them."""

from __future__ import annotations

from extractors.rules.rule import Relation

VISITED = Relation(
    "visit",
    "A visit is at the time told beside it.",
    says={
        "She presented to our clinic at 5 months postpartum.": {"event": "visit"},
        "Six weeks after delivery the patient was referred to us.": {"event": "visit"},
        "She was found, four months after delivery, to have a fracture.": {"event": "visit"},
        "Two weeks after delivery she slipped. MRI that evening showed oedema.": {"event": "visit"},
    },
    silent=(
        "She presented with pain.",
        "She presented with pain that began 2 weeks postpartum.",
        "She visited a local clinic 3 weeks after delivery.",
    ),
)
URGENTLY = Relation(
    "urgent visit",
    "Who is brought in as an emergency is seen when the symptom began or became worse.",
    says={
        "Ten days after delivery she felt a sharp back pain. She was carried to the emergency room.": {
            "event": "visit", "days": (10, 10)
        }
    },
    silent=("She was carried to the emergency room.",),
)  # fmt: skip
LASTING_PAIN = Relation(
    "visit after so long a complaint",
    "Who is seen with pain for 3 months is seen 3 months after its onset.",
    says={
        "Pain began 10 days after delivery. She was referred to us with a 3-month history of pain.": {
            "event": "visit", "days": (101, 101)
        }
    },
    silent=(
        "She was referred to us with a 3-month history of back pain.",
        "Back pain began 10 days after delivery. She was seen with a 3-month history of fever.",
    ),
)  # fmt: skip
IN_THE_PUERPERIUM = Relation(
    "woman after a birth",
    "A woman who is spoken of as so long after a birth is seen then, where no visit is told.",
    says={
        "A 28-year-old woman, 12 weeks postpartum, had sudden back pain.": {"event": "state"},
        "A 31-year-old lady who was three months post partum could not stand.": {"event": "state"},
        "A two-month postpartum woman had back pain.": {"event": "state"},
    },
    silent=(
        "A 28-year-old woman had back pain 12 weeks postpartum.",
        "Women three months postpartum lose bone.",
    ),
)
BIRTH = Relation(
    "birth",
    "A birth told as an event: what follows may be counted from it.",
    says={"She gave birth to a healthy girl.": {"event": "time", "days": (0, 0)}},
    silent=("After she gave birth to a girl she had pain.", "She had never given birth."),
)
AGAIN = Relation(
    "another pregnancy",
    "Deliveries told behind another pregnancy are later ones than that of the disease.",
    says={"Three years later she became pregnant again.": {"event": "again"}},
    silent=("She did not become pregnant again.", "She was pregnant."),
)
BEGINS = Relation(
    "begin of a drug",
    "A drug is begun at the time behind its verb, or when another one is over.",
    says={
        "Teriparatide was started nine weeks after delivery.": {"event": "begin", "name": "teriparatide"},
        "She was given teriparatide, followed by denosumab.": {"follows": "teriparatide"},
        "Alendronate was begun and continued for 18 months.": {"lasts": (548, 548)},
    },
    silent=("She took alendronate and was pain-free after one year.",),
)
ENDS = Relation(
    "end of a drug",
    "A drug ends where it is told to be stopped.",
    says={
        "She was given denosumab, which was stopped after two years.": {"event": "end", "name": "denosumab"}
    },
    silent=("She was given denosumab for two years.",),
)
BORN_ON = Relation(
    "date of a birth",
    "A date in the clause of a birth is that of the birth.",
    says={
        "She had delivered a boy on 12 March 2015.": {"event": "born", "days": (0, 0)},
        "In March 2015 she gave birth to twins.": {"event": "born"},
    },
    silent=(
        "After delivery, in June 2015, she was seen.",
        "The expected date of delivery was 3 May 2015.",
        "In June 2015 a woman presented who had delivered three months before.",
    ),
)
DATED = Relation(
    "stretch of a date",
    "What is told beside a date, or behind one that opens the story's next part, was then.",
    says={
        "In June 2015 the T-score was -3.1. CTX was 0.5.": {"event": "dated", "start": 0},
        "The T-score was -3.1 in 2014 and -2.9 in 2016.": {"event": "dated", "start": 0},
    },
    silent=("Teriparatide was started in July 2015.", "She delivered in March 2015."),
)
BIRTH_BEFORE = Relation(
    "visit so long after a birth",
    "Who had delivered so long before is seen so long after the delivery.",
    says={
        "She had delivered her second baby 2 months ago.": {"event": "visit", "days": (61, 61)},
        "Three years earlier, one month after delivery, she had had pain.": {"days": (1126, 1126)},
    },
    silent=("She delivered a boy. Three years earlier she had had pain.",),
)
AT_THAT_TIME = Relation(
    "at that time",
    "What was at that time was when the event before it was.",
    says={"At that time DXA was normal.": {"event": "same"}},
    silent=("At that hospital DXA was normal.",),
)
AFTER_WHICH = Relation(
    "after which",
    "What was after which was at the end of the course whose length is told before it.",
    says={"Alendronate was given for a year, after which DXA was normal.": {"event": "same", "name": "end"}},
    silent=("She was then started on alendronate.",),
)
TAKEN_FOR = Relation(
    "how long it was taken",
    "The drug told last was given for so long.",
    says={"She took it for one year.": {"event": "lasted", "lasts": (365, 365)}},
    silent=("She took it for pain.",),
)
WEANED = Relation(
    "weaning",
    "The child is weaned, at the time told beside it or at the visit.",
    says={"She weaned her baby.": {"event": "weaned"}},
    silent=("She did not wean her baby.", "She was not weaned."),
)
RELATIONS = (
    BIRTH_BEFORE, AT_THAT_TIME, AFTER_WHICH, TAKEN_FOR, WEANED, VISITED, URGENTLY, LASTING_PAIN, BIRTH, AGAIN,
    BEGINS, ENDS, BORN_ON, DATED,
)  # fmt: skip
