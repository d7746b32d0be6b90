"""Words that tell that a patient came with a drug: "a man on warfarin presented", "occurred after use of"."""

from __future__ import annotations

from extractors.drugs.cues import FAR, Between, cue, cue_book

#: Words between a cue and its drug, no verb among them that tells of treatment.
WITH = Between(
    "doses and forms",
    r"\s?(?:(?!(?:and|but|presented|was|were|had|has|which)\b)[\w.,/%µ'-]+\s){0,7}",
    most=80,
)
USE = Between(
    "a course of ...",
    r"\s(?:(?!(?:and|but|was|were|had|has|treated|given|with|which)\b|improv|resol|recover)[\w'-]+\s){0,2}"
    r"(?:(?:the|a|an|of|first|second|third|\d+|doses?|cycles?|courses?|injections?|infusions?|administration|"
    r"single|initiation|starting|initiating|taking|receiving|using|use|treatment|therapy|oral|intravenous|"
    r"high-dose|low-dose|with|exposure|to|ingestion|intake|long-term|prolonged|started|commencing|weeks?|"
    r"days?|months?|years?|after|on)\s){0,7}",
    most=90,
)
_SLOTS = {
    "person": (
        r"year-? ?olds?|years? (?:old|of age)|month-? ?old|aged \d+|man|woman|male|female|boy|girl|lady|"
        r"gentleman|patient|recipient|hypertensive|diabetic|epileptic|smoker|child|infant|gravida"
    ),
    # what stands between somebody and the drug: no verb of the main clause
    "aside": (
        r"(?:(?!\b(?:presented|presenting|admitted|referred|developed|came|underwent|received|found|brought|"
        r"responded|started|we|she|he|they)\b|(?<!who )(?<!which )\b(?:was|were|is|are|had|has)\b)"
        r"[^.;]){0,120}?"
    ),
    "under": (
        r"on|receiving|taking|using|under|(?:treated|maintained|medicated|controlled|managed|anticoagulated|"
        r"immunosuppressed) (?:with|by|on)|(?:started|commenced|put) on|prescribed|after taking"
    ),
    "came": (
        r"presented|presents|presenting|came|attended|consulted|complained|developed|suffered|experienced|"
        r"collapsed|sustained|visited|noticed|noted|reported|underwent|"
        r"fell|was involved in|had an? (?:[\w-]+ )?(?:fall|seizure|stroke|fit|convulsion|sync\w+|accident|"
        r"cardiac arrest|heart attack|episode|miscarriage|collapse)|"
        r"was (?:\w+ly )?(?:admitted|referred|brought|seen|hospitali[sz]ed|transferred|found|evaluated|"
        r"diagnosed|scheduled|taken)"
    ),
    "arose": (
        r"developed|developing|develops|occurred|occurring|experienced|suffered|presented with|"
        r"presenting with|appeared|induced|complicated|who had"
    ),
}
#: Before a drug: somebody who is introduced with it ("a 60-year-old man on warfarin").
INTRODUCED_BEFORE = cue_book(
    "drugs.introduced before",
    (
        cue(
            "introduced with",
            r"\b(?:{person})\b{aside}\b(?:{under})(?!\w)",
            WITH,
            ("a 60-year-old man on it", "The patient, who was receiving it, fell.", "a diabetic taking it"),
            ("The patient was admitted and put on it.", "He came on foot."),
        ),
    ),
    _SLOTS,
)
#: Behind such a drug: the verb with which the story begins.
CAME_AFTER = cue_book(
    "drugs.came after",
    (
        cue(
            "came with",
            r"\b(?:{came})\b",
            FAR,
            ("and was urgently admitted", "presented with a rash"),
            ("was given", "at presentation"),
        ),
    ),
    _SLOTS,
)
#: Before a drug: what arose when it was taken for something else.
AROSE_BEFORE = cue_book(
    "drugs.arose before",
    (
        cue(
            "arose under it",
            r"\b(?:{arose})\b(?:(?!\b(?:improv|resol|recover|respon|treat|manag|success)\w*)[^.;]){0,140}?"
            r"\b(?:after|following|while|during|due to|secondary to|caused by|induced by|under)\b",
            USE,
            ("A rash occurred after it.", "who developed a cough two weeks after starting it"),
            ("It improved after it.", "Pain developed and resolved after it."),
        ),
    ),
    _SLOTS,
)

#: Before a drug: a lasting illness that it is taken for, not the one that is reported.
COMORBID_BEFORE = cue_book(
    "drugs.comorbid before",
    (
        cue(
            "lasting illness treated",
            r"(?:\b(?:had|has|with|known|history|suffer\w*|long-?standing|a)\b[^.;]{0,60}?|^)"
            r"\b(?<!gestational ){chronic}(?: \((?=[a-z])|(?:,? (?:\w+ )?on\b)|"
            r"[^.;]{0,40}?\b(?:treated|managed|controlled|under treatment|(?:quiet|stable|well) on)|"
            r",? for which (?:she|he) (?:took|takes|received|used|was (?:taking|given|prescribed|on)))\b",
            WITH,
            ("She had hypertension treated with it.", "diabetes, for which she took it", "Asthma on it."),
            ("Hypertension was found.", "The fever was treated with it."),
        ),
        cue(
            "somebody with a lasting illness",
            r"\b(?:known|an?) (?:\w+ )?(?:hypertensive|diabetic|epileptic|asthmatic|schizophrenic|"
            r"ha?emophiliac|hypothyroid)(?: (?:patient|wom[ae]n|m[ae]n|lady|male|female))?,? "
            r"(?:(?:(?:\w+ly|well) )?(?:treated|managed|controlled) (?:with|on|by)|on)\b",
            WITH,
            ("He was a known hypertensive on it.", "an asthmatic woman controlled with it"),
            ("A hypertensive crisis was treated with it.",),
        ),
    ),
)
TAKEN_BEFORE = cue_book(
    "drugs.taken before",
    (cue("takes", r"\b(?:took|takes|take|used|uses)\b", WITH, ("He took it.",), ("a taker",)),),
)
COMORBID_AFTER = cue_book(
    "drugs.comorbid after",
    (
        cue(
            "for a lasting illness",
            r"\bfor (?:(?:the|her|his|an?|known|chronic|long-?standing|treatment|control|of|mild|moderate|"
            r"well-?controlled|pre-?existing|underlying|essential|arterial|bronchial|allergic|seasonal|"
            r"childhood|"
            r"type|[12]|focal|generali[sz]ed|persistent|paroxysmal|occasional) ){0,4}{chronic}",
            FAR,
            ("daily for ischaemic heart disease", "for mild persistent asthma"),
            ("for back pain", "for severe hypertension"),
        ),
    ),
)

BOOKS = (
    INTRODUCED_BEFORE, CAME_AFTER, AROSE_BEFORE, COMORBID_BEFORE, TAKEN_BEFORE, COMORBID_AFTER,
)  # fmt: skip
