"""Statements about others' fractures, where the context sees no author; papers on vertebral fractures."""

from __future__ import annotations

from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule

_SLOTS = {
    "be": r"are|is",
    "epithets": r"(?:\w+[ -]){0,2}?",
    "degree": r"(?:the most |very |more |less |relatively |not )?",
    "spine": r"vertebral|spinal|spine",
    "kind": r"{spine}|compression|insufficiency|fragility",
}

#: Others' patients.
ELSEWHERE = Book(
    "fractures.elsewhere",
    (
        Rule(
            "a series of patients",
            r"\bcohorts?\b|\bseries of\b|\bisolated cases\b|\bin other families\b|\bin the literature\b",
            says={"In a cohort of 40 women T8 was fractured.": "cohort"},
            silent=("She had a serious fracture.", "a series"),
        ),
        Rule(
            "a review",
            r"\b(?:systematic|literature|scoping|narrative|pooled|comprehensive) (?:review|analys[ie]s)\b"
            r"|\bmeta-?analys[ie]s\b"
            r"|\breviews? of (?:\w+ ){0,3}?(?:literature|cases|patients|women|reports)\b"
            r"|\b(?:an?|one|their|another|recent|published) (?:\w+ )?review\b"
            r"(?! of (?:her|his|the|these|those|all|outside|old|previous|prior|past|\w+graphs|scans|films) )"
            r"|\bn ?= ?\d{2,}\b",
            says={
                "In a systematic review T12 was broken in most.": "a systematic review",
                "Two reviews of 96 cases found fractures of L1.": "reviews of 96 cases",
                "Fractures of T8 led the list (n=120).": "n=120",
            },
            silent=("On review of her radiographs T8 was fractured.", "A review of the films showed T8."),
        ),
        Rule(
            "the most frequent fractures",
            r"\b(?:most (?:\w+ly )?(?:frequent(?:ly)?|often|prevalent|prone)|commonest|"
            r"(?:four|five|three|two|\d) most common(?:ly)?|predilection|predominat(?:e|es|ed|ing) in)\b",
            says={
                "The most frequently fractured vertebrae were T12 and L1.": "most frequently",
                "The commonest level was T12.": "commonest",
            },
            silent=("The fracture most likely arose in labour.", "Frequent falls broke T12."),
        ),
        Rule(
            "cases reported",
            r"\b(?:reported|published) cases\b|\bha(?:s|ve) been (?:\w+ )?(?:reported|described|published)\b",
            says={
                "Rib fractures have been rarely described.": "have been rarely described",
                "published cases of sacral fracture": "published cases",
            },
            silent=("She reported a case.", "It has been treated."),
        ),
        Rule(
            "a percentage of patients",
            r"\b\d+% (?:had|have)\b|\b\d+% of (?:\w+ )?(?:patients|women|cases|fractures)\b",
            says={"60% had fractures of T8.": "60% had", "12% of these patients": "12% of these patients"},
            silent=("30% of its height", "60% loss of height"),
        ),
        Rule(
            "typical fractures",
            # what is typical of a fracture was seen in the patient
            r"\b(?:commonly|typical(?! (?:of|for) (?:an? |the )?(?:[\w-]+ ){0,3}fractur)|typically|usually|"
            r"most common)\b",
            says={"Fractures typically affect T11 to L2.": "typically"},
            silent=("an atypical fracture", "an unusual site", "It was typical of a sacral fracture."),
        ),
        Rule(
            "fractures are common",
            r"\b{be} {degree}(?:common|frequent|rare|typical|uncommon)\b",
            says={"Hip fractures are very common.": "are very common"},
            silent=("The common site is", "a rare fracture"),
        ),
        Rule(
            "a known risk",
            r"\b{be} (?:an? |the )?{epithets}"
            r"(?:risks?|complications?|side[ -]effects?|adverse \w+|"
            r"consequences?|hallmarks?|features?|manifestations?) "
            r"(?:of|in|after|with|for|during|associated)\b",
            says={"Hip fractures are a feared complication of falls.": "are a feared complication of"},
            silent=("The fracture was a complication of the fall.", "a risk of fracture"),
        ),
        Rule(
            "can break",
            r"\b(?:can|may|might|could) (?:\w+ )?"
            r"(?:occur|arise|develop|happen|appear|be seen|result|cause|lead)\b",
            says={"Such fractures may occur in pregnancy.": "may occur"},
            silent=("The fracture occurred in May.",),
        ),
    ),
    _SLOTS,
)

#: A fracture of one of the patient's children.
CHILDREN = Book(
    "fractures.children",
    (
        Rule(
            "one of the children",
            r"\b(?:one|both|two|either|another|the (?:first|second|other|smaller|larger)) of "
            r"(?:them|these|the (?:twins|triplets|babies|infants|newborns|children))\b",
            says={"One of them had a clavicular fracture.": "one of them"},
            silent=("One of the ribs was broken.", "one of her teeth"),
        ),
        Rule(
            "child as the subject",
            r"^(?:and |but |however, )?(?:the|her|this|both|our) (?:[\w-]+ ){0,3}?"
            r"(?:bab(?:y|ies)|infants?|newborns?|neonates?|sons?|daughters?|boys?|girls?|twins?|child) "
            r"(?:boy |girl )?(?:was|is|were|had|has|weighed|sustained|suffered|broke)\b"
            r"(?:(?!\b(?:she|he|her|patient|mother|woman|(?:mri|x-?rays?|radiographs?|imaging))\b)[^;])*?"
            r"\b(?:fractur|broke|broken)",
            says={
                "The baby had a clavicle fracture.": "the baby had a clavicle fractur",
            },
            silent=(
                "The baby was well, but she had a fracture of T12.",
                "Her son was 3 months old when her wrist was broken.",
            ),
        ),
        Rule(
            "child born with it",
            r"\b(?:delivered|delivery of|birth (?:to|of)|had|bore) an? (?:[\w,.-]+ ){0,4}?"
            r"(?:girl|boy|baby|infant|newborn|neonate|son|daughter),? "
            r"(?:with|who (?:was )?(?:had|has|sustained|suffered|found to have|born with|noted to have)) "
            r"(?:(?!(?:she|her|patient|mother|forceps|vacuum|sustained|suffered|developed|presented|was|then)\b)"
            r"[\w-]+,? ){0,7}?fractures?\b",
            says={
                "She delivered a girl who had a fracture of the clavicle.": (
                    "delivered a girl who had a fracture"
                ),
            },
            silent=(
                "She delivered a boy with forceps and broke her sacrum.",
                "She delivered a boy who was well and sustained a fracture.",
            ),
        ),
    ),
    {},
)
#: The children, where a sentence or the one before names them.
OFFSPRING = Book(
    "fractures.offspring",
    (
        Rule(
            "children",
            r"\b(?:twins?|triplets|bab(?:y|ies)|infants?|newborns?|neonates?|children|sons?|daughters?|girls?|boys?)\b",
            says={"Her twin boys were well.": "twin"},
            silent=("She was twice seen.",),
        ),
    ),
    {},
    seldom=True,
)

#: Before a bone in a report on a child: a parent whose it is.
PARENT = Glue(
    r"\b(?:mother|father|parents?)\b,? (?:who|whose|with|had|has|having)\b"
    r"(?:(?!\b(?:he|she|infant|child|baby|newborn|neonate|boy|girl|patient)\b)[^;])*$"
)

#: What shows that a paper is about vertebral fractures.
PAPER = Book(
    "fractures.paper",
    (
        Rule(
            "vertebral fracture",
            r"{kind} (?:\w+ ){0,3}(?:fractur|collaps)",
            says={"Insufficiency fractures of the sacrum": "insufficiency fractur"},
            silent=("a fracture of the hip", "spinal cord"),
        ),
        Rule(
            "fractured vertebra",
            r"fractured (?:vertebra|bod)|fractures? of (?:\w+ ){0,4}vertebra",
            says={"fracture of the first lumbar vertebra": "fracture of the first lumbar vertebra"},
            silent=("fracture of the body of the sternum", "fractured hip"),
        ),
    ),
    _SLOTS,
)
