"""The words of the test papers."""

from __future__ import annotations

TITLE = "Compression fractures of the spine in a young mother treated with anabolic agents"
AUTHORS = "Hanna Lindqvist, Oskar Berg, Mirja Salonen"
ABSTRACT = (
    "Fractures that follow pregnancy are rare and are recognised late. We describe a mother "
    "whose vertebrae collapsed while she nursed her first child. Weaning, bracing and an "
    "anabolic agent were followed by a gain in bone mass of eleven percent, and no further "
    "level was lost during the second year of observation."
)
BODY = [
    "# Introduction",
    "Loss of mineral from the maternal skeleton supplies the growing fetus and, afterwards, the "
    "milk. In nearly all women the deficit is made good within a year of weaning. A few sustain "
    "fractures of the vertebral bodies during the third trimester or the first weeks of "
    "lactation, often after trivial strain.",
    "The reasons are disputed. Inherited disorders of collagen, low body weight, immobilisation "
    "and treatment with heparin have been named in single reports, yet many patients carry none "
    "of them. Controlled studies are missing, and recommendations rest on the experience of "
    "small centres.",
    "# Case presentation",
    "A secretary aged 33 years came to our department because of pain between the shoulder "
    "blades. It had started in the ninth week after the birth of her daughter, when she lifted "
    "a pram over a kerb, and it had spread to the loins within days. She slept sitting upright "
    "and needed assistance with every transfer.",
    "Menarche had been at twelve years. She had never smoked and drank wine on festive "
    "occasions only. Her diet contained about 600 mg of calcium daily. No relative had suffered "
    "a fragility fracture, and she had not received steroids, anticonvulsants or anticoagulants "
    "at any time.",
    "Examination revealed tenderness over the mid-thoracic spine and a loss of four centimetres "
    "in height. Muscle strength and reflexes were symmetrical. The sclerae were white, joint "
    "mobility was ordinary and dentition was complete. Radiographs demonstrated wedge "
    "deformities of T6, T7 and T11, and resonance imaging showed that the lesions at T6 and T11 "
    "were recent.",
    "Absorptiometry yielded a density of 0.701 g/cm2 at the lumbar spine, equivalent to a "
    "Z-score of -3.1. Values at the femoral neck were moderately reduced. Biochemistry excluded "
    "hyperparathyroidism, myeloma and malabsorption. Concentrations of the resorption marker "
    "were twice the upper limit.",
    "Nursing was stopped on the following day. She was fitted with a brace and instructed by a "
    "physiotherapist. Injections of teriparatide 20 micrograms daily were begun after the "
    "approval of the insurer and continued for eighteen months. Supplements consisted of "
    "calcium and cholecalciferol.",
    "# Discussion",
    "This course resembles what larger series have described: pain begins late, several levels "
    "are affected, and the density of trabecular bone is particularly low. Recovery after "
    "weaning is the rule, so that the contribution of any drug remains uncertain. Our patient "
    "gained more than untreated mothers usually do.",
    "Whether a further pregnancy is advisable has to be decided individually. We counselled the "
    "family that the risk of recurrence is moderate, that supplements should be taken from "
    "conception onwards, and that the period of nursing ought to be short. Follow-up "
    "examinations are planned at yearly intervals.",
]
