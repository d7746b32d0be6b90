"""What is an event of the patient, and what is none: results, children, averted harm, vague spans."""

import pytest

from extractors import registry
from extractors.text import View

TOLD = {
    # "until", with what began then behind it
    "She was free of complaints until five months after delivery, when hip pain began.": (
        152,
        152,
        "hip pain",
    ),
    "She had remained asymptomatic until 22 weeks of gestation when she developed fever.": (
        -126,
        -126,
        "fever",
    ),
    # the object is a pronoun
    "She came with groin pain. She had first felt it on day 6 after delivery.": (6, 6, "groin pain"),
    # a trimester is no day of a visit, but of a complaint
    "She presented with hip pain during the second trimester of pregnancy.": (-182, -85, "hip pain"),
    "She was seen in the third trimester (36 weeks) of pregnancy with headache.": (-28, -28, "headache"),
    "She was received in our ward for pelvic pain at 10 weeks of pregnancy.": (-210, -210, "pelvic pain"),
    # what grew was the complaint
    "Her back pain, which increased at 32 weeks of pregnancy, was dull.": (-56, -56, "back pain"),
    "She had rib pain. Its severity increased at 30 weeks of gestation.": (-70, -70, "rib pain"),
    "She had rib pain, and one week after birth this extended to the chest.": (7, 7, "rib pain"),
    # counted from an operation that was the birth
    "She had a caesarean section. On postoperative day 3 she developed fever.": (3, 3, "fever"),
    "She had a caesarean section. On the second postoperative day chills began.": (2, 2, "chills"),
    # found beside a growth that is told as what followed
    "She noted an asymptomatic lump in her breast at 9 weeks of gestation, slowly increasing since.": (
        -217,
        -217,
        "lump",
    ),
    # told at the birth, begun long before
    "She gave birth. A 2-month history of hip pain was reported at delivery.": (-61, -61, "hip pain"),
    # in whatever words
    "In her seventh month of pregnancy she developed corneal melting.": (-97, -67, "corneal melting"),
    "The patient suffered from severe stress incontinence two weeks after delivery.": (
        14,
        14,
        "severe stress incontinence",
    ),
    "She was diagnosed with a 4-cm carcinoma of the cervix at 13 gestational weeks.": (
        -189,
        -189,
        "4-cm carcinoma of the cervix",
    ),
    # beside the birth
    "At 36 weeks labour was induced, during which she developed a fever.": (-28, -28, "fever"),
    "She came with vomiting five days post-normal vaginal delivery.": (5, 5, "vomiting"),
    # a disease and the complaints told with it
    "Right after delivery she had hypertension with headache.": (0, 14, "headache"),
    "She had groin pain at 33 weeks of gestation, and a month after it had ended her back began to ache; "
    "films showed a fracture of T4.": (30, 30, "back pain"),
}
SILENT = (
    # another operation, or none that was a birth
    "She had a caesarean section and a hysterectomy. On postoperative day 3 she developed fever.",
    "She delivered vaginally. On postoperative day 3 she developed fever.",
    # advice and rules of medicine
    "She was told to come back if pain recurred within two weeks of delivery.",
    "Think of it when hip pain starts suddenly in the third trimester.",
    "A backache deserves a film after the birth.",
    "At 30 weeks of gestation she developed a plan with her midwife.",
    "She presented at 11 weeks of gestation with a monochorionic twin pregnancy.",
    "She presented at 37 weeks of gestation, scheduled for elective surgery.",
    "She presented with four months of amenorrhea and acne.",
    "She presented at 24 weeks of gestation with gestational diabetes risk factors.",
    # a result that rose
    "She had edema. At 22 weeks of pregnancy, creatinine was increased.",
    "She had an infection, and creatinine increased to 375 by 11 weeks postpartum.",
    # any day of a pregnancy
    "Back pain developed during her pregnancy.",
    "Her tremor worsened throughout pregnancy.",
    # the patient's own birth, another's age, a day that is none
    "A 4-year-old boy had had abdominal pain since birth.",
    "A 6-year-old boy had seizures. His mother had fever at 30 weeks of pregnancy.",
    "A 37-year-old postpartum woman was seen with fever.",
    "She came with back pain two weeks past her expected date of delivery.",
    "A male neonate, 36 weeks of gestation, was admitted for respiratory distress.",
    "She was seen with a twin; the girl with a gestational age of 29 weeks had fever.",
    # a fetus lies so
    "The fetus was in breech presentation; she was not in labour.",
    # averted, or denied by the word before the verb
    "Heparin could prevent exacerbation of thrombocytopenia in the third trimester of pregnancy.",
    "She had no complaints and had not experienced symptoms at 20 weeks of pregnancy.",
    # a therapy is delivered as well
    "Brachytherapy to the neck was delivered. Dysphagia began four months later.",
)


def _found(text):
    return [m for m in registry.component("onset").find(View(text)) if m.context.about_patient]


@pytest.mark.parametrize("text", TOLD)
def test_an_event_is_told(text):
    assert TOLD[text] in [(m.days_min, m.days_max, m.symptom) for m in _found(text)]


@pytest.mark.parametrize("text", SILENT)
def test_no_event_is_told(text):
    assert [(m.days_min, m.days_max, m.symptom) for m in _found(text)] == []
