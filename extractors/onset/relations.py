"""How a time and an event belong together: the rules of onset that are code."""

from __future__ import annotations

from extractors.rules.rule import Relation

BEGAN = Relation(
    "began at",
    "a time and the nearest word of a beginning",
    says={
        "Back pain began shortly after the accouchement.": {"role": "onset", "days_min": 0, "days_max": 14},
        "Back pain began shortly after the partus.": {"role": "onset", "days_min": 0, "days_max": 14},
        "Back pain began shortly after NVD.": {"role": "onset", "days_min": 0, "days_max": 14},
        "Severe back pain began three weeks after NVD.": {"days_min": 21, "symptom": "back pain"},
    },
    silent=("She delivered a healthy boy at 39 weeks of gestation.",),
)
WORSENED = Relation(
    "worsened at",
    "a time and the nearest word of a worsening",
    says={"Her pain was exacerbated on the fourth postpartum day.": {"role": "worsening", "days_min": 4}},
    silent=("The pain resolved eight weeks after delivery.",),
)
SEEN = Relation(
    "seen at",
    "a time and the nearest word of a visit or a finding",
    says={"The woman was referred to us at 5 months postpartum.": {"role": "presentation", "days_min": 152}},
    silent=("BMD measured 12 months after delivery was 0.81 g/cm2.",),
)
SINCE = Relation(
    "symptom since",
    "a time behind since, from, starting and the symptom before it",
    says={"She had back pain since 2 months after cesarean delivery.": {"role": "onset", "days_min": 61}},
    silent=("She received heparin from the 12th week of gestation until delivery.",),
)
BESIDE = Relation(
    "symptom beside",
    "a time and a symptom beside it, with no verb",
    says={"Back pain during lactation was her first complaint.": {"role": "onset", "days_max": 365}},
    silent=("She had no back pain during pregnancy.",),
)
PRESENTED = Relation(
    "symptom presented",
    'a time and the symptom that a patient "presented", as translated reports say it',
    says={"She presented dorsal pain two weeks after delivery.": {"role": "onset", "days_min": 14}},
    silent=("She presented her child two weeks after delivery.",),
)
ANY = Relation(
    "any complaint",
    "a time and a verb whose object is what befell the patient, in whatever words",
    says={
        "In her seventh month of pregnancy she developed corneal melting.": {"symptom": "corneal melting"},
        "The patient presented at 30 weeks of gestation with a massive vulval lesion.": {"days_min": -70},
        "Two months after delivery, she developed PFAPA syndrome again.": {"symptom": "pfapa syndrome"},
    },
    silent=(
        "At 30 weeks of gestation she developed a healthy interest in sport.",
        "She presented at 11 weeks of gestation with a twin pregnancy.",
        "At 20 weeks of gestation the fetus developed ascites.",
    ),
)
RECKONED = Relation(
    "reckoned from a visit",
    "how long a complaint had lasted at a dated visit",
    says={
        "She was admitted at 5 months postpartum with a 3-month history of back pain.": {
            "role": "onset",
            "days_min": 61,
        }
    },
    silent=("She had a 3-month history of back pain.",),
)
#: The relation of a time to a cue, by the cue's role.
BY_ROLE = {"onset": BEGAN, "worsening": WORSENED, "presentation": SEEN}
RELATIONS = (BEGAN, WORSENED, SEEN, SINCE, BESIDE, PRESENTED, ANY, RECKONED)
