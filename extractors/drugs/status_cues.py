"""Words that tell a drug's status: refused, stopped, begun (`plan_cues`, `prior_cues`: the others)."""

from __future__ import annotations

from extractors.drugs.cues import FAR, NEXT, REGIMEN, SPACE, Between, cue, cue_book

#: A verb and its object: no second verb among the words between.
OBJECT = Between(
    "an object's words",
    r"\s(?:(?!(?:and|but|or|then|prescribed|given|gave|received|took|was|were|we|she|he|they)\b)"
    r"[\w'-]+\s){0,4}",
)
SOME = Between("any, all the ...", r"\s(?:(?:any|all|further|the|use|of|using|oral|systemic|other)\s){0,4}")
ARTICLES = Between(
    "the, taking the ...",
    r"\s(?:(?:the|her|his|all|of|taking|using|(?:treatment|therapy|medication)(?:\swith)?|both|oral|"
    r"daily)\s){0,4}",
)
TWO = Between("two words", r"\s(?:[\w-]+\s){0,2}")
THREE = Between("three words", r"\s(?:[\w-]+\s){0,3}")
ITSELF = Between("itself, therapy ...", r"\s(?:itself\s|also\s|therapy\s|treatment\s)?")
CLAUSE = Between("no mark", r"[^,;.]{0,30}?\s")

_WAS = "was|were|been|being|be"
_ONCE_MORE = r"(?:\w+ly |then |therefore |also |thus |both |first |to be ){0,6}"
_MEDICATION = "drug|treatment|therapy|medication|injections?|infusions?|course"

# ------------------------------------------------------------------ refused, not done
#: Before a drug that was given by nobody.
REFUSED_BEFORE = cue_book(
    "drugs.refused before",
    (
        cue("refusing", r"\b{refusal}\b", OBJECT, ("She refused to take heparin.",), ("She fell.",)),
        cue(
            "declining",
            r"\b{decliner} (?:(?:had|have|has|also|again|then|later|\w+ly) ){0,2}declin(?:ed|es|ing)\b",
            OBJECT,
            ("The family declined it.", "She repeatedly declined it."),
            ("Her pain declined.", "a decline of it"),
        ),
        cue("avoiding", r"\bavoid(?:ing)?\b", SOME, ("to avoid any use of heparin",), ("unavoidable",)),
        cue("afraid of", r"\b{afraid of}(?!\w)", OBJECT, ("for fear of injections of it",), ("fearless",)),
    ),
    {
        "decliner": (
            r"(?:she|he|they|who|and|but|patient|family|parents?|mother|father|relatives|husband|wife|couple)"
        )
    },
)
#: Behind a drug: it was not used after all. Rules of `UNWANTED` have somebody as their subject.
NOT_DONE_AFTER = cue_book(
    "drugs.not done after",
    (
        cue(
            "not done",
            r"\b(?:not|never) (?:\w+ ){0,2}?{done}\b",
            FAR,
            ("It was never started.", "She did not take it."),
            ("It was given.", "She did not fall."),
        ),
        cue(
            "not wanted", r"\b(?:not|never) (?:\w+ ){0,2}?{wanted}\b", FAR, ("was not accepted",), ("wanted",)
        ),
        cue("refused", r"\b{refused}\b", FAR, ("but she declined",), ("a decline",)),
    ),
)
#: Behind a drug: nobody gave it now; whether it was taken before is told elsewhere.
SET_ASIDE_AFTER = cue_book(
    "drugs.set aside after",
    (
        cue("set aside", r"\b{set aside}\b", FAR, ("was postponed", "was unavailable"), ("was given",)),
        cue(
            "not again",
            r"\b(?:not|never) (?:be |been |therefore )?{again}\b",
            FAR,
            ("was not restarted", "could not be resumed"),
            ("was restarted",),
        ),
    ),
)
UNWANTED = frozenset({"not wanted", "refused"})

# ------------------------------------------------------------------ stopped
#: Behind a drug that was begun: it was not gone on with.
BROKEN_OFF_AFTER = cue_book(
    "drugs.broken off after",
    (
        cue(
            "not continued",
            r"\b(?:not|never) (?:be |been |further ){0,2}{broken off}\b",
            FAR,
            ("was not continued", "could not be tolerated"),
            ("was continued", "not given"),
        ),
        cue(
            "withheld for a while",
            r"\b(?:temporarily withheld|withheld {for a while})\b",
            FAR,
            ("was temporarily withheld", "was withheld until discharge"),
            ("was withheld",),
        ),
        cue(
            "held",
            r"\b(?:was|were) (?:\w+ly )?held\b(?! (?:to|that|at|constant|responsible|in|by))",
            FAR,
            ("It was held.",),
            ("is held to be harmless",),
        ),
    ),
)
BROKEN_OFF_BEFORE = cue_book(
    "drugs.broken off before",
    (
        cue(
            "not tolerating",
            r"\b{not tolerating}\b",
            OBJECT,
            ("She could not tolerate it.", "intolerant of it"),
            ("She tolerated it.",),
        ),
    ),
)
STOPPED_AFTER = cue_book(
    "drugs.stopped after",
    (
        cue(
            "was stopped",
            r"\b(?:{was}|then|and|therefore|had|but|yet|later|soon|subsequently) {once more}{stopped}\b"
            r"{no new form}",
            FAR,
            ("It was therefore stopped.", "and discontinued", "but later withdrawn"),
            ("She stopped walking.", "It was changed to oral form.", "and switched to 20 mg daily"),
        ),
        cue(
            "stopped told at once",
            r"\b{stopped}(?= (?:after|within|because|due|owing|for|at|by|(?:on|in) the \w+ "
            r"(?:hour|day|week|month)|on day)\b)",
            REGIMEN,
            ("withdrawn after a week (rash)", "stopped because of nausea", "abandoned on the third day"),
            ("stopped walking after a week",),
        ),
        cue(
            "was replaced",
            r"\b(?:{was}|then|and|therefore|had|but|later|subsequently) {once more}(?:replaced|substituted) "
            r"(?:by|with|after|due|because|when|at|\d|one|two|three)",
            FAR,
            ("It was replaced by another.",),
            ("Vitamin D was replaced.",),
        ),
        cue(
            "who stopped it",
            r"\b(?:which|but|and|that) (?:she|he|they|the patient) (?:(?:\w+ly|soon|then|had|later) ){0,2}"
            r"{stopping it}(?= (?:it|them|after|within|because|due|owing|at|by|in|on|when|as)\b|[,.;)]|$)",
            FAR,
            ("which she gave up after a month", "which he soon gave up."),
            ("which she took", "and she stopped walking"),
        ),
        cue(
            "dropped",
            r"\b{was} {once more}dropped\b(?! (?:to|by|from|\d))",
            FAR,
            ("made her drowsy and was dropped",),
            ("and dropped her platelets", "was dropped to 5 mg"),
        ),
        cue(
            "defaulted",
            r"(?:\b(?:and|but|then|which|that|who|yet)|,) (?:(?:she|he|they|the patient) )?"
            r"(?:(?:had|later|soon|then|has) )?defaulted\b"
            r"(?! (?:from |on |to )?(?:her |his |the )?(?:follow|clinic|appoint|review|visit|antenatal))",
            FAR,
            ("but she defaulted treatment", "and later defaulted"),
            ("but he defaulted from follow-up", "by default"),
        ),
        cue(
            "discontinued in shorthand",
            r"\bd/?c['’]?(?:ed|d)\b",
            FAR,
            ("no help, d/c'd", "dc'd on day 3"),
            ("DC shock",),
        ),
        cue(
            "its discontinuation",
            r"\b(?:discontinuation|withdrawal|cessation)(?!\w)",
            FAR,
            ("after its discontinuation",),
            ("It went on.",),
        ),
    ),
    {
        "was": _WAS,
        "once more": _ONCE_MORE,
        # the same drug in another dose or form
        "no new form": (
            r"(?! to (?:an? |the )?"
            r"(?:\d|(?:lower|higher|reduced|half|daily|weekly|monthly|every|once|twice)\b|"
            r"[\w-]+-(?:week|month|day|hour)|"
            r"(?:oral|intravenous|iv|i\.v\.|subcutaneous|parenteral|other|different|new) ?"
            r"(?:form|route|tablet|dos|regimen|schedule|preparation|administration|[.,;)]|for|during|after|"
            r"$)))"
        ),
    },
)
STOPPED_BEFORE = cue_book(
    "drugs.stopped before",
    (cue("stopping", r"\b{stopping}\b", ARTICLES, ("She stopped taking it.",), ("She took it.",)),),
)
#: The next clause or sentence about the only drug: "It was discontinued after three doses".
IT_STOPPED = cue_book(
    "drugs.it stopped",
    (
        cue(
            "it was stopped",
            r"^(?:it|this|which|(?:the |this )?{medication}) (?:was|were|had to be|has been|had been) "
            r"(?:\w+ly |then |therefore |later )*{it stopped}\b",
            NEXT,
            ("It was later stopped.", "The treatment had to be given up."),
            ("Pain stopped.", "Then it was stopped."),
        ),
        cue(
            "it was not tolerated",
            r"^(?:it|this|which|(?:the |this )?{medication}) "
            r"(?:could|was) not (?:be )?(?:tolerated|continued)\b",
            NEXT,
            ("The drug was not tolerated.",),
            ("She was not tolerant.",),
        ),
        cue(
            "somebody stopped it",
            r"^(?:(?:after|within|because of|due to|for|at|in) [^.;]{1,40}?,? )?"
            r"(?:but |and |so )?(?:she|he|we|they|the (?:\w+ )?(?:patient|woman|man|family|mother)) "
            r"(?:\w+ly |soon |then |later |therefore |had to ){0,3}"
            r"(?:{stopping it} (?:taking |using |with )?(?:it|this|them|the {medication})\b|"
            r"gave (?:it|them) up)",
            NEXT,
            ("After five injections she gave it up.", "The patient soon stopped taking it."),
            ("She stopped walking.",),
        ),
    ),
    {"medication": _MEDICATION},
)

# ------------------------------------------------------------------ begun, going on
STARTED_BEFORE = cue_book(
    "drugs.started before",
    (
        cue(
            "was started on",
            r"\b(?:was|were|is|has been) (?:\w+ly |also |then )?{begun}\b(?! on (?:the|a) (?:\w+ )?list)",
            FAR,
            ("She was then started on it.",),
            ("She started to walk.",),
        ),
        cue("changed to", r"\b{changed to}\b", TWO, ("switched to it",), ("switched on",)),
    ),
)
NOW_BEFORE = cue_book(
    "drugs.now before",
    (
        cue(
            "medication consists of",
            r"\b{medication of now} (?:still |now |currently |also )?{consists of}\b",
            FAR,
            ("His long-term medication consists of it.",),
            ("Her medication consisted of it.",),
        ),
        cue(
            "is now on",
            r"\b(?:is|was|are|were) (?:now|currently|presently|at present) (?:on|taking|receiving|using|"
            r"being given|(?:being )?(?:treated|managed|maintained)(?: with| on)?)\b",
            THREE,
            ("She is now on it.", "is currently being treated with it"),
            ("She is on it.",),
        ),
        cue(
            "now she takes",
            r"^(?:currently|presently|at present|at the moment|nowadays),? "
            r"(?:she|he|(?:the|our|this) (?:\w+ )?(?:patient|woman|man|girl|boy|child)) "
            r"(?:is (?:still )?(?:on|taking|receiving|using)|receives|takes|uses|continues)\b",
            THREE,
            ("Currently the patient receives it.", "At present, she takes it"),
            ("Currently she is well.", "She currently takes it."),
        ),
    ),
)
#: Behind a drug that was stopped: it was begun anew.
AGAIN_AFTER = cue_book(
    "drugs.again after",
    (
        cue(
            "begun again",
            r"\b(?:{was}|and|then|but) {once more}{again}\b",
            FAR,
            ("It was then restarted.", "was re-initiated", "paused and then resumed"),
            ("It was started.",),
        ),
    ),
    {"was": _WAS, "once more": _ONCE_MORE},
)
#: "At follow-up she was still taking calcium": given, not taken before.
STILL_BEFORE = cue_book(
    "drugs.still before",
    (cue("still", r"\b(?:still|follow-?up)\b", FAR, ("She still took it.",), ("a stillbirth",)),),
)
#: Whose object a drug is, so that one with a verb behind it begins another clause ("received A for a
#: year, and the B was stopped").
GIVEN_BEFORE = cue_book(
    "drugs.given before",
    (cue("somebody gave", r"\b{somebody gave}\b", FAR, ("She received it.",), ("a receipt",)),),
)

# ------------------------------------------------------------------ the drug as such
#: A statement about the drug itself: "Heparin is worse", "Menatetrenone can ...".
GENERAL_AFTER = cue_book(
    "drugs.general after",
    (
        cue(
            "does as such",
            r"(?<!\S){general verb}\b(?! {of the patient after all})",
            ITSELF,
            ("It is a known cause.", "Therapy can harm."),
            ("It is planned.", "It was given."),
        ),
    ),
)
#: Behind a list: a singular clause about its last member.
WHICH_WAS = cue_book(
    "drugs.which was",
    (
        cue(
            "which was",
            r",? (?:which|that|the latter) (?:was|has|had|is)\b",
            SPACE,
            ("A, which was given",),
            ("which were given",),
        ),
    ),
)
#: Behind a drug: it is the subject of a clause of its own, not the last of a list of objects.
OWN_CLAUSE = cue_book(
    "drugs.own clause",
    (
        cue(
            "its own verb",
            r"(?<!\S)(?:was|were|is|had|has)\b(?! {of somebody}\b)",
            CLAUSE,
            ("It was given.",),
            ("They are.", "was admitted with fever"),
        ),
    ),
    {
        # what is said of a patient who takes it
        "of somebody": (
            r"(?:\w+ly )?(?:admitted|referred|brought|hospitali[sz]ed|transferred|diagnosed|examined|"
            r"operated|found to|noted to|presented|seen|born|pregnant|unwell|febrile|an? \d)"
        )
    },
)

BOOKS = (
    REFUSED_BEFORE, NOT_DONE_AFTER, STOPPED_AFTER, STOPPED_BEFORE, IT_STOPPED, STARTED_BEFORE, NOW_BEFORE,
    SET_ASIDE_AFTER, BROKEN_OFF_AFTER, BROKEN_OFF_BEFORE, AGAIN_AFTER, STILL_BEFORE, GIVEN_BEFORE,
    GENERAL_AFTER, WHICH_WAS, OWN_CLAUSE,
)  # fmt: skip
