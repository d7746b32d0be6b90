"""Words that tell that a drug was planned, or only thought of: an option, a subject of talk."""

from __future__ import annotations

from extractors.drugs.cues import FAR, Between, cue, cue_book
from extractors.drugs.status_cues import OBJECT

#: The same, of what is planned: "proposed for a new targeted therapy with".
PLAN = Between("a plan's words", OBJECT.words.replace("{0,4}", "{0,6}"))
_OPTION = r"(?:options?|alternatives?|possibilit(?:y|ies)|candidates?)"
#: No verb of treatment between options and the drug that is one of them.
_NAMED = Between(
    "the rest of a list of options",
    r"[ :(](?:(?!(?:was|were|had|has|received|given|started|she|he|we)\b)[\w',/-]+ ){0,8}",
)
#: Behind a drug: it was thought of. What is told to have been begun then was more than that.
CONSIDERED_AFTER = cue_book(
    "drugs.considered after",
    (
        cue(
            "was considered",
            r"\b(?:was|were|been|being) (?:\w+ly |also |then |both )?{considered}\b"
            r"(?![^.;]{0,120}?\b(?:and|then) (?:\w+ ){0,3}?{done}\b)"
            # a judgement of what was taken
            r"(?! (?:[\w-]+ ){0,5}?(?:caus\w+|culprit|responsible|contribut\w+|trigger\w*|risk)\b)",
            FAR,
            ("It was considered.", "It was then discussed.", "It was weighed against the risks."),
            ("It was considered and begun.", "It was considered the most likely cause."),
        ),
        cue(
            "was an option",
            r"\b(?:was|were|been|be|is|are) (?:\w+ly |also )?"
            r"(?:(?:regarded|viewed|seen|judged|deemed|evaluated|assessed|named|mentioned|thought of|"
            r"discussed) "
            r"as )?(?:an?|one|the|another)(?: [\w-]+){0,2}? {option}\b"
            r"(?![^.;]{0,120}?\b(?:and|then|which) (?:\w+ ){0,3}?{done}\b)",
            FAR,
            ("It was regarded as an alternative.", "It was one option.", "was the other treatment option"),
            ("It was the first drug.", "It was an option and was started.", "was optional"),
        ),
    ),
    {"option": _OPTION},
)
#: Before a drug that somebody thought or spoke of.
CONSIDERED_BEFORE = cue_book(
    "drugs.considered before",
    (
        cue(
            "thinking of",
            r"\b{thinking of}\b",
            PLAN,
            ("We thought about it.", "She asked about the newer it.", "was told about it"),
            ("She received it.", "She thought that it helped."),
        ),
        cue(
            "options were",
            r"\b{option}(?: (?:for|of|in|at|to) (?:[\w-]+ ){1,4}?| (?:\w+ )?)(?:were|was|are|included?|"
            r"remain(?:ed)?|being|discussed|considered)\b",
            _NAMED,
            ("Options were it or surgery.", "Alternatives for her included oral it."),
            ("She had no option but it.", "an optional dose"),
        ),
    ),
    {"option": _OPTION},
)
PLANNED_AFTER = cue_book(
    "drugs.planned after",
    (
        cue(
            "was planned",
            r"\b(?:was|were|is|are|has been|have been|being) (?:\w+ly |also |then |both )?{planned}\b"
            r"(?!(?: to (?:her|him|the patient))? and (?:then |\w+ly ){0,2}(?:taken|begun|started|given|"
            r"initiated|"
            r"administered|commenced|accepted|instituted|implemented|received|followed|injected|infused)\b)",
            FAR,
            ("It was also recommended.",),
            ("She planned a child.", "It was recommended and started."),
        ),
        cue(
            "will be",
            r"\b(?:will (?:then |therefore |probably |also )?be|(?:is|are) to be)\b",
            FAR,
            ("It will therefore be given.", "It is to be given."),
            ("She will walk.",),
        ),
    ),
)
PLANNED_BEFORE = cue_book(
    "drugs.planned before",
    (
        cue("planning", r"\b{planning}\b", PLAN, ("We advised it.",), ("We gave it.",)),
        cue(
            "to start it once",
            r"\bto (?:start|begin|commence|resume)\b(?=[^.;]{3,60}\b(?:once|as soon as|when|until)\b)"
            r"(?<!decided to start)(?<!able to start)(?<!agreed to start)",
            OBJECT,
            ("The clinic to start it once weaned.",),
            ("She was able to start it once home.", "to start it now"),
        ),
    ),
)

BOOKS = (CONSIDERED_AFTER, CONSIDERED_BEFORE, PLANNED_AFTER, PLANNED_BEFORE)
