"""Words that tell that a drug was taken before the disease was found, or for something else."""

from __future__ import annotations

from extractors.drugs.cues import FAR, NEXT, cue, cue_book

_NTH = "first |second |third |last |previous |early |late "
_PREGNANCY = "pregnancy|gestation|trimester"

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
        cue("earlier", r"\b{earlier}\b", FAR, ("She had a history of it.", "Formerly it"), ("She took it.",)),
        cue("before", r"\bbefore {before what}\b", FAR, ("Before conception it",), ("before breakfast",)),
        cue(
            "during the pregnancy",
            r"\bduring (?:the |her |this |early |late )?(?:first |second |third )?{pregnancy}\b",
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
        cue(
            "at another hospital",
            r"\bat (?:another|an outside|the referring|a different|"
            r"(?:a|the|her|his) (?:local|nearby|regional|district|primary|private|rural|peripheral)) \w+\b",
            FAR,
            ("At another hospital it",),
            ("at our hospital",),
        ),
        cue("who took", r"\b(?:who|which) {who took}\b", FAR, ("a woman who took it",), ("who fell",)),
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
            r"conception|conceiving)\b",
            FAR,
            ("It was taken before she came.",),
            ("before breakfast",),
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
            "in the nth trimester after",
            r"\bin (?:the|her) {nth}(?:trimester|pregnancy)",
            FAR,
            ("in her third trimester",),
            ("in her room",),
        ),
        cue(
            "during pregnancy after",
            r"\b(?:during|throughout) (?:the |her |this |early |late |all of )?(?:first |second |third )?"
            r"{pregnancy}\b",
            FAR,
            ("throughout pregnancy",),
            ("throughout the night",),
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
            "from an age",
            r" from (?:the )?ages? (?:of )?\d",
            NEXT,
            ("took it from age 10",),
            ("from the hospital",),
        ),
        cue("caused by it", r"[- ]{caused by}\b", NEXT, ("steroid-induced",), ("induced labour",)),
    ),
    {"nth": _NTH, "pregnancy": _PREGNANCY},
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

BOOKS = (PRIOR_BEFORE, PRIOR_AFTER, ONGOING_BEFORE, FORMERLY_BEFORE)
