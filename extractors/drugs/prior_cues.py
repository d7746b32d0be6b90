"""Words that tell that a drug was taken before the disease was found, or for something else."""

from __future__ import annotations

from extractors.drugs.cues import FAR, NEXT, cue, cue_book
from extractors.drugs.status_cues import OBJECT
from extractors.rules.rule import Glue

_NTH = "first |second |third |last |previous |early |late "
_PREGNANCY = "pregnancy|gestation|trimester"

#: Who treats a patient before the authors do, and where.
_OTHER_DOCTOR = (
    r"(?:gp|general practitioner|family (?:doctor|physician)|primary care (?:physician|doctor|provider)|"
    r"pharmacist|urgent care(?: cent(?:er|re))?|gyna?ecologist|local (?:doctor|physician|clinic|nurse)|"
    r"private (?:doctor|clinic))"
)
_ELSEWHERE = (
    r"at (?:another|an outside|the referring|a different|"
    r"(?:an?|the|her|his) (?:local|nearby|regional|district|primary|private|rural|peripheral))"
)

#: "By then she had received": told of the course.
BY_THEN = Glue(r"by (?:then|(?:this|that) (?:time|point|day))\b")
#: "At the time of writing she had received": the course up to now.
SO_FAR = Glue(
    r"\b(?:by|at|until|up to) (?:the )?(?:time|date|moment) of "
    r"(?:(?:this|the|our) )?(?:writing|report(?:ing)?|publication|submission|manuscript|last follow-?up)\b"
)

#: "Discharge medications were", "on discharge her medications included": what the patient goes home with.
AT_DISCHARGE = Glue(
    r"\bdischarge (?:medic\w+|drugs?|treatment|therapy|prescriptions?|regimen|meds)\b|"
    r"^(?:on|at|upon) (?:(?:hospital|her|his) )?discharge,? (?:her|his|the|current)? ?"
    r"(?:medic\w+|drugs?|treatment|therapy|prescriptions?|regimen|meds)\b|"
    r"\b(?:medic\w+|drugs?|meds) (?:on|at|upon) (?:hospital )?discharge\b"
)

PRIOR_BEFORE = cue_book(
    "drugs.prior before",
    (
        cue(
            "had taken",
            r"\bhad (?:\w+ ){0,2}?{took before}\b",
            FAR,
            ("She had often used it.",),
            ("She had pain.",),
        ),
        cue(
            "had been on",
            r"\bhad (?:\w+ ){0,2}?been (?:\w+ )?{been before}\b",
            FAR,
            ("She had been taking it.",),
            ("She had been well.",),
        ),
        cue(
            "had had",
            r"\bhad had\b[^.;]{3,90}\b(?:after|for) which\b",
            FAR,
            ("She had had a thrombosis at 24, after which it",),
            ("She had had a fever, which it lowered.",),
        ),
        cue("earlier", r"\b{earlier}\b", FAR, ("She had a history of it.", "Formerly it"), ("She took it.",)),
        cue("before", r"\bbefore {before what}\b", FAR, ("Before conception it",), ("before breakfast",)),
        cue("who took", r"\b(?:who|which) {who took}\b", FAR, ("a woman who took it",), ("who fell",)),
        cue(
            "list of medicines",
            r"\b(?:meds|medications?|drug history|home medicines?) ?[:=] |"
            r"^(?:pmhx?|phx|past (?:medical )?history|medical history|comorbidit(?:y|ies)|co-?morbid "
            r"conditions|"
            r"background) ?[:=–-] ",
            FAR,
            ("Meds: it 5 mg OD.", "PMH: reflux (it)."),
            ("Her medication was changed.", "PMH nil, given it"),
        ),
        cue(
            "conceived with",
            r"\bconceiv(?:ed|ing) (?:\w+ ){0,3}(?:after|with|by|following)\b",
            FAR,
            ("She conceived after it.",),
            ("She conceived in May.",),
        ),
        cue(
            "for which she took",
            r"\bfor which (?:she|he|i) (?:\w+ly |also |had )?"
            r"(?:took|taken|used|uses|takes|swallowed|lived on)\b",
            FAR,
            ("reflux, for which she used it",),
            ("for which she received it",),
        ),
    ),
    {"pregnancy": _PREGNANCY},
)
PRIOR_AFTER = cue_book(
    "drugs.prior after",
    (
        cue(
            "had been", r"\bhad (?:previously |already |also )?been\b", FAR, ("It had been given.",), ("had",)
        ),
        cue(
            "before something",
            r"\bbefore (?:presentation|admission|referral|she|he|the(?! (?:operation|surgery))|pregnancy|"
            r"conception|conceiving)\b|"
            r"\b(?:until|till|up to) (?:(?:her|the) )?(?:conception|conceiving|pregnancy|she (?:had )?"
            r"(?:conceived|became pregnant|got pregnant)|(?:a )?positive pregnancy test)\b",
            FAR,
            ("It was taken before she came.", "It was used until conception."),
            ("before breakfast", "until delivery"),
        ),
        cue(
            "so long ago",
            r"\b(?:years?|months?|weeks?|days?) (?:ago|before|earlier|previously|prior)\b"
            r"(?!(?: to)? (?:the |her |his )?(?:surgery|operation|resection))",
            FAR,
            ("two years ago",),
            ("two years later",),
        ),
        cue(
            "since childhood",
            r"\bsince (?:childhood|\d{4}|the|early|age)\b",
            FAR,
            ("since childhood",),
            ("since she fell",),
        ),
        cue(
            "for a pregnancy",
            r"\bfor (?:\w+ )?{for a pregnancy}\b|\bto conceive\b",
            FAR,
            ("for early labour", "in order to conceive"),
            ("for back pain",),
        ),
        cue("formerly after", r"\b{formerly after}\b", FAR, ("for the last months",), ("for a month",)),
        cue(
            "in years of age",
            r"\bfrom (?:ages? )?\d{1,2} (?:to|through|until) \d{1,2} years? of age\b|"
            r"\bfrom ages? \d{1,2} (?:to|until|through) \d",
            FAR,
            ("from 16 to 20 years of age", "from ages 8 through 11"),
            ("from 10 to 20 mg",),
        ),
        cue(
            "from an age",
            r" from (?:the )?ages? (?:of )?\d",
            NEXT,
            ("took it from age 10",),
            ("from the hospital",),
        ),
        cue(
            "between pregnancies",
            r"\bbetween (?:(?:the|her|two|both) )*pregnancies\b",
            FAR,
            ("for two years between her pregnancies",),
            ("between visits",),
        ),
        cue("caused by it", r"[- ]{caused by}\b", NEXT, ("steroid-induced",), ("induced labour",)),
    ),
    {"nth": _NTH, "pregnancy": _PREGNANCY},
)
#: Before or behind a drug: others gave it, before the patient came.
ELSEWHERE = cue_book(
    "drugs.elsewhere",
    (
        cue(
            "at another hospital",
            r"\b{elsewhere} \w+\b",
            FAR,
            ("At another hospital it", "it was given at a private clinic"),
            ("at our hospital",),
        ),
        cue(
            "from another doctor",
            r"\b{other doctor}\b(?:(?!\band\b)[^.;]){0,25}?"
            r"\b(?:prescribed|gave|started|administered|treated)\b",
            FAR,
            ("Her general practitioner prescribed it.", "The GP gave me it."),
            ("The patient was given it.", "She saw her GP and was treated with it."),
        ),
    ),
    {"elsewhere": _ELSEWHERE, "other doctor": _OTHER_DOCTOR},
)
#: What somebody was on: before the illness at the beginning of a story, for it once it is treated.
ONGOING_BEFORE = cue_book(
    "drugs.ongoing before",
    (
        cue(
            "was on",
            r"\b(?:was|were|is|been) (?:already |still |then |currently |also |only |regularly )?{was on}\b",
            FAR,
            ("She was already on it.",),
            ("She was well.",),
        ),
        cue(
            "compliant with",
            r"\b(?:(?:non-?|poorly |partially |not )?(?:complian(?:t|ce)|adheren(?:t|ce)) (?:with|to)|"
            r"(?:been )?(?:irregular|regular) with|defaulter of)\b",
            OBJECT,
            ("He was not compliant with it.",),
            ("The lung was compliant.",),
        ),
        cue(
            "quiet under it",
            r"(?:\b(?:was|is|been|being|had|with|patient|woman|man),?|,) (?:[\w-]+ ){0,3}?"
            r"(?:stable|quiescent|inactive|euthyroid|seizure-free|normotensive|in (?:[\w-]+ ){0,2}?remission|"
            r"well[ -]controlled),? (?:while )?(?:on|under|taking)\b",
            OBJECT,
            ("Lupus was stable on it.", "colitis was in remission under it", "She, euthyroid on it,"),
            ("The fracture was unstable on it.", "went into remission on it"),
        ),
        cue(
            "ongoing",
            r"\b{ongoing}\b",
            FAR,
            ("She currently takes it.", "concomitant treatment with it"),
            ("She took it.",),
        ),
    ),
)
FORMERLY_BEFORE = cue_book(
    "drugs.formerly before",
    (cue("formerly", r"\b{formerly}\b", FAR, ("Previously it was given.",), ("It was given.",)),),
)

#: Taken in the pregnancy, which is before the disease where that is one of the bones of mothers.
IN_PREGNANCY_BEFORE = cue_book(
    "drugs.in pregnancy before",
    (
        cue(
            "during the pregnancy",
            r"\b(?:during|throughout) "
            r"(?:the |her |this |early |late |all |both |each |every |most of |all of )?"
            r"(?:the |her |of her )?(?:first |second |third |two |whole |entire |full )?"
            r"(?:{pregnancy}|pregnancies)\b",
            FAR,
            ("During her first pregnancy it",),
            ("during the night",),
        ),
        cue(
            "in the nth trimester",
            r"\bin (?:the|her) (?:first|second|third|last|previous) (?:trimester|pregnancy)\b",
            FAR,
            ("In the third trimester it",),
            ("in the hospital",),
        ),
    ),
    {"pregnancy": _PREGNANCY},
)
#: Before a drug: it was given for an illness of a pregnancy.
ILLNESS_OF_PREGNANCY = cue_book(
    "drugs.illness of pregnancy",
    (
        cue(
            "an illness of pregnancy treated",
            r"\b{for a pregnancy}\b[^.;,]{0,60}?\b(?:treated|managed|suppressed|controlled|arrested|"
            r"prevented) "
            r"(?:with|by)\b",
            FAR,
            ("Preterm labour at 28 weeks was treated with it.",),
            ("Pain was treated with it.",),
        ),
    ),
)
IN_PREGNANCY_AFTER = cue_book(
    "drugs.in pregnancy after",
    (
        cue(
            "in the nth trimester after",
            r"\bin (?:the|her) {nth}(?:trimester|pregnancy)",
            FAR,
            ("in her third trimester",),
            ("in her room",),
        ),
        cue(
            "during pregnancy after",
            r"\b(?:(?:during|throughout|all through) "
            r"(?:the |her |this |early |late |all |both |each |every |all of |most of )?|"
            r"for the (?:duration|remainder|rest|whole|length) of (?:the |her |this )?)"
            r"(?:the |her )?(?:first |second |third |two |whole |entire |full )?(?:{pregnancy}|"
            r"pregnancies)\b",
            FAR,
            ("throughout pregnancy", "during her whole pregnancy"),
            ("throughout the night",),
        ),
    ),
    {"pregnancy": _PREGNANCY, "nth": _NTH},
)
#: Behind a drug that was begun: for no longer than a pregnancy.
FOR_THE_PREGNANCY = cue_book(
    "drugs.for the pregnancy",
    (
        cue(
            "for the pregnancy",
            r"\b(?:throughout|for the (?:duration|remainder|rest|whole|length) of) (?:the |her |this )?"
            r"(?:\w+ )?(?:pregnancy|gestation)\b",
            FAR,
            ("for the rest of the pregnancy",),
            ("for the rest of the year",),
        ),
    ),
)

BOOKS = (
    IN_PREGNANCY_BEFORE,
    IN_PREGNANCY_AFTER,
    ILLNESS_OF_PREGNANCY,
    FOR_THE_PREGNANCY,
    PRIOR_BEFORE,
    PRIOR_AFTER,
    ELSEWHERE,
    ONGOING_BEFORE,
    FORMERLY_BEFORE,
)
