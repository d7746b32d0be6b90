"""What may stand between, before and behind names, values and result words of a sentence in lower case."""

from __future__ import annotations

import re

from extractors.labs.words import CLASSES, WORDS, slots
from extractors.rules.endings import Endings
from extractors.rules.rule import Glue
from extractors.rules.words import Words

_SLOTS = slots(*CLASSES) | {
    "specimen behind": (
        r"(?:in|of|from) (?:(?:the|a|her|his) )?(?:{day long}[ -]+)?(?:spot )?"
        r"(?:urine|serum|plasma|blood|csf|cerebrospinal fluid)"
        r"(?: (?:collection|analysis|specimen|test)| samples?)?"
    ),
    # an effusion that was tapped, not only seen
    "examined": (
        r"(?= (?:fluid|analys[ei]s|study|examination|tap|puncture|aspirat\w+|drainage|sample|showed|revealed|"
        r"contained|yielded|protein|glucose|ldh|amylase|albumin|cell|was (?:an? )?(?:exud|transud))|:)"
    ),
    "exudative": r"(?:exudative|transudative|chylous|h(?:a)?emorrhagic|bloody|purulent)",
    # "cortisol after 1 mg of dexamethasone"
    "suppressed": (
        r"(?:after|following) (?:overnight )?(?:\d(?:\.5)? ?mg )?(?:of )?(?:(?:oral|overnight) )?"
        r"dexamethasone(?: suppression)?(?: test)?"
    ),
}


def _glue(phrase: str) -> Glue:
    return Glue(phrase, _SLOTS)


# ------------------------------------------------------------------ around a test's name
#: Words before a name that belong to it.
BEFORE_NAME = Endings(Words(WORDS, {"class": "before name"}))
#: Before such a word: the hour of "8 a.m. cortisol".
HOUR = _glue(r"\d{1,2}(?:[:.]\d\d)? ?$")
#: "S-calcium", "u-protein".
SPECIMEN_LETTER = _glue(r"(?<![a-z])[supb]-$")
#: Words behind a name that belong to it.
AFTER_NAME = _glue(r"(?:[ -](?:{after name}|{specimen behind}|{suppressed})(?!\w))+")
#: A specimen or an abbreviation in brackets right behind a name; over the text as printed.
BRACKET = re.compile(
    r"\s?(?:\((?P<round>[A-Za-zα-ωß0-9](?:[^()\[\]]|\([^()]{1,6}\)){0,26})\)|"
    r"\[(?P<square>[A-Za-zα-ωß0-9][^\[\]]{0,26})\])"
)
#: The same before a value in its bracket: "C-reactive protein (CRP; 300 mg/L)".
OPEN_ABBREVIATION = re.compile(r"\s?\([A-Za-zα-ω][\w/+-]{1,10}[;,:]\s?(?=[<>≤≥~]?\s?\d)")
ABBREVIATION = re.compile(r"[A-Za-zα-ωß][\w/+-]{1,10}$")
SPECIMEN = _glue(r"(?:in )?(?:{specimen}|{day long})(?: (?:{specimen}|{day long}))*")
#: The specimen that the words of a name and around it tell.
SPECIMENS = {
    "urine": _glue(r"\burin|\b24[ -]?h|\bexcretion|\bspot\b|^u-"),
    "csf": _glue(r"\bcsf\b|cerebrospinal"),
    "serum": _glue(r"\bserum\b|sérum|^s[.-]|^sr\b"),
    "plasma": _glue(r"\bplasma\b|^p-"),
    "blood": _glue(r"\bblood\b|^b-"),
}
#: Fluids whose examination a sentence tells.
FLUIDS = {
    "csf": _glue(r"\b(?:csf|cerebrospinal fluid|spinal fluid|lumbar puncture|spinal tap|liquor)\b"),
    "pleural fluid": _glue(
        r"\b(?:pleural (?:fluid|puncture|tap|effusion{examined})|{exudative} (?:pleural )?effusion|"
        r"thoracentesis|thoracocentesis)\b"
    ),
    "pericardial fluid": _glue(r"\b(?:pericardial (?:fluid|effusion{examined})|pericardiocentesis)\b"),
    "ascitic fluid": _glue(
        r"\b(?:ascit(?:ic|es) fluid|ascites{examined}|{exudative} ascites|paracentesis|peritoneal fluid)\b"
    ),
    "bronchoalveolar lavage": _glue(r"\b(?:broncho-?alveolar lavage|bal fluid)\b"),
    "synovial fluid": _glue(r"\b(?:synovial fluid|joint fluid|arthrocentesis|joint aspirat\w+)\b"),
}
#: What ends it.
OTHER_FLUID = _glue(
    r"\b(?:blood(?! cells?\b| corpuscles?\b)|serum|plasma|urin\w+|laboratory|"
    r"haematolog\w+|hematolog\w+|peripheral|csf|cerebrospinal|pleural|"
    r"ascit\w+|synovial|with(?:out)? (?:a )?(?:fever|normal blood))\b"
)
#: Cells that only a fluid's examination counts without a name: "120 cells/µL".
CELLS_OF_A_FLUID = _glue(
    r"(?<=\d )(?:(?:total|nucleated|white) )?cells?(?= ?(?:/|per ))|\b(?:total |nucleated )?cell counts?\b"
)
#: Between a name and cells that are its own: "pleocytosis (40 cells/µL)".
COUNTED_ALREADY = _glue(r"[ ,:=(\[]{0,3}(?:(?:of|with|at|was|were|is) )?[\d.,]+ ")
#: What makes the pH behind it that of the urine.
URINE_TEST = _glue(
    r"\b(?:urinalysis|urine (?:analysis|dipstick|examination|test|routine)|dipstick)\b"
    r"(?:(?!arterial|venous|blood|gas)[^.;,]){0,40}$"
)
#: Behind these words a name is no test: drugs and salts, genes, foods, diseases, procedures.
NO_TEST_BEHIND = _glue(r"[ -]*(?:{no test behind}|\(1[ -]34\))(?![a-z])")
#: Before cells that are counted, not the unit of another count: "12,400 leukocytes/mm3".
COUNT_BEFORE = _glue(
    r"(?:(?<![\w^.,)×*·])(?<![\^*×x] )(?<!10 )\d[\d.,]*|\d ?[×x*] ?10 ?\^?\(?\d{1,2}\)?) $"
)
#: Behind a name and its abbreviation: what was given in a test and not what was measured.
STIMULUS = _glue(r" ?-?{stimulus}\b")
#: "normal" cannot be said of the first word of a salt.
SALT = _glue(r" {salt}\b")
#: Between, behind and before two tests of which a ratio or a product is told and no result.
RATIO_JOINT = _glue(
    r" ?[/:×*–-] ?| x |[ -](?:to|over|and|by)[ -](?:(?:the|serum|plasma|free|total|urine|urinary) ){0,3}"
)
RATIO_BEHIND = _glue(r"[ -](?:(?:molar|mass|concentration) )?(?:ratio|quotient|product|index)s?\b")
RATIO_OF = _glue(
    r"\b(?:ratio|quotient|product)s? (?:of|between) (?:(?:the|her|serum|plasma|free|total|urine|"
    r"urinary) ){0,3}$"
)
NO_TEST_BEFORE = Endings(Words(WORDS, {"class": "no test before"}))
#: "mmol/mmol Cr"
BELOW_STROKE = _glue(r"(?:/|per ) ?(?:[mµu]?mol|m?g|[mµu]?m|d?l)? ?$")
#: Right before a name; what was positive for it is a sample or the patient, or tissue that was stained.
POSITIVE_FOR = _glue(r"\bpositiv\w+ for (?:(?:the|both|presence of|igg|igm) ){0,2}$")
OF_A_SAMPLE = _glue(
    r"\b(?:she|he|patient|infant|baby|mother|serum|plasma|blood|urine|csf|cerebrospinal fluid|sputum|stool|"
    r"swabs?|samples?|aspirate|lavage|pcr|polymerase chain reaction|tests?|tested|testing|serolog\w+|"
    r"cultures?|screen\w*|assays?|laboratory|work-?up|results?|urinalysis|dipstick|elisa|immunoassay|autoantibod\w+)\b"
)
OF_TISSUE = _glue(
    r"\b(?:cells?|tumou?rs?|stain\w*|immunohisto\w*|immunostain\w*|biops\w+|tissue|lesion|histolog\w+|"
    r"patholog\w+|specimens?|neoplas\w+|carcinoma|lymphoma|infiltrat\w*|immunophenotyp\w*|cytometry|"
    r"receptors?|family)\b"
)
#: A name defined with its abbreviation; over the text as printed.
DEFINED = re.compile(r"(?:\s(?:of|in)\s[\w\s-]{2,30}|\slevels?)?\s?\((?P<short>[A-Za-z][\w/-]{1,10})[);,]")

# ------------------------------------------------------------------ between a name and a result word
#: Verbs between a name and what is said of it.
VERB = _glue(r"\b{verb}\b|[:=]|(?:^|(?<=\w))- ?$")
#: A change told before the verb: what follows is about something else.
CHANGE = _glue(r"\b{change}\b")
#: Where tests were a search for causes, "negative" is said of any of them.
SEARCH = _glue(r"\b{search}\b")
#: Words before an adjective that opens a noun phrase ("a markedly low calcium").
BEFORE_ADJECTIVE = _glue(r"(?:^|[,;:(\[]|\b{before adjective}) ?$")
#: Behind an adjective: what was eaten, of a list as well: "a low protein, low sodium diet".
EATEN = _glue(
    r"[ -][\w-]+(?:(?:,| and|, and) (?:low|high|reduced|normal)[ -][\w-]+)*"
    r"[ -](?:diet|meal|food|formula|feed)s?\b"
)
#: Before a test of the child at birth.
AT_BIRTH = _glue(
    r"\b(?:umbilical|cord|neonatal|newborn|f(?:o?e|œ)tal|infant)"
    r"(?: (?:arter(?:y|ial)|ve(?:in|nous)|blood|serum|plasma|cord|scalp))* $"
)
#: Before an adjective in the singular, which speaks of one test: "a slightly".
ONE = _glue(r"\ban? (?:[\w-]+ )?$")
#: Between an adjective and its first test: it speaks of that alone.
OF_ONE = _glue(r"\b(?:level|concentration|value|titer|titre|count) of\b")
#: What joins the items of a list of tests.
JOINT = _glue(r"(?: [-–] |[ ,/&+]|\b{joint}\b)*")
AS_WERE = _glue(
    r"\b(?:as|so) (?:were|was|did|are|is) (?:also )?(?:(?:the|her|his) )?"
    r"(?:(?:serum|plasma|other|levels? of) ){0,2}$"
)
ALL_CLOSING = _glue(
    r"(?:^|[;,:.)] ?|\band |\bwhich )(?:(?:and|but) )?(?:all|both|these|they|each|which|everything)"
    r"(?: of (?:which|these|them|the above))?"
    r"(?P<but> (?:but|{except})(?: (?:for|of))? [^;]{1,60}?)?(?: \w+){0,4} ?$"
)
#: A bracket or colon behind what is told of all that stands in it.
STATE_OPENS = _glue(r",? ?(?:[(\[:]|with(?= )|to(?= ))")
OPENS = _glue(
    r" ?(?:(?:in|on) (?:the )?(?:serum|plasma|blood) )?[(\[:]|,? (?:including|namely|i\.e\.,?)(?= )"
)
#: Where a list behind a colon or "including" ends at the latest.
LIST_ENDS = _glue(r";|,? (?:but|while|whereas|although|except|apart|however|with)\b")
#: The same behind a panel that is told high or low: "raised transaminases with AST 120 and ALT 98 U/L".
OPENS_WITH = _glue(r" (?:with|of|especially|particularly|notably|mainly|i\.e\.,?)(?= )")
WAS = _glue(
    r",? ?(?:(?:levels|values|tests|results|profile|panel) )?(?:{verb}|{between verb and result}| |,)* ?"
)
#: Between one test and what its own clause says of it.
WAS_ONE = _glue(r"(?: levels?)? (?:was|is) (?:[\w-]{2,14} )?")
#: Tests of whatever kind that a word speaks of: "endocrine tests were", "all other results were".
TESTS_WERE = _glue(
    r"\b(?:tests?|results?|values|parameters|markers?|hormones?|screen(?:ing)?|(?:blood ?)?work(?:-?up)?|"
    r"profile|panel|studies|bloods|labs|laborator(?:y|ies)|(?:bio)?chemistry|ha?emogram|counts?|data|findings|"
    r"assays?|analys[ei]s|investigations?|examinations?|evaluation|levels|serolog(?:y|ies)|function)"
    r"(?: (?:for|of) (?:[\w/-]+ ){0,5}?[\w/-]+)?"
    r" (?:{verb}|{between verb and result}| )* ?$"
)
#: Before the tests of which neither is what a word behind them says.
NEITHER = _glue(r"\bneither (?:the |her |his )?(?:(?:serum|plasma) )?(?:levels? of )?$")
#: "none of which was abnormal"
NONE_OF = _glue(r"none of (?:which|these|them|the)\b")
#: Before a test that is the exception of a verdict: "all but the ferritin", "everything except X".
EXCEPTED = _glue(
    r"\b(?:all|everything|each|every \w+|the (?:rest|others?))(?: \w+)? (?:but|{except})(?: (?:for|of))? "
    r"(?:(?:the|a|an|her|his) )?$"
)
#: "PTH of the first sample, taken on day 3, was low"
ASIDE = _glue(r", (?:{aside})(?: [^,;]{2,45})?,")
#: A word right behind a result word that itself stands right behind a name, but "owing to", "and" ...
STRANGE_BEHIND = _glue(r" (?!(?:{going on})\b)[a-z]")
#: "calcium decreased to ..." is a change and no adjective.
CHANGED_BY = _glue(
    r" (?:to|from|by|with|in|after|the|her|his|(?:progressive|gradual|steadi|rapid|slow|quick)ly)\b"
)
CHANGED_TO = _glue(r"(?: \w{2,16}ly)? (?:to|from|by|with|after|following|under) ")
ELEVATED_FROM = _glue(r" (?:from|by) ")
NEXT_NAME = _glue(r" (?:serum |plasma )?(?=\S)")
#: "calcium was low phosphate diet": an adjective of something else that is no test.
QUALIFIED_NOUN = _glue(r" {qualified noun}\b")
CLAUSE_GOES_ON = _glue(r"\b(?:which|that|and) $")
PLURAL = _glue(r"\b(?:were|are|all|both|remained|stayed|lay|lie)\b")
BOTH = _glue(r"\bboth (?:(?:the|her|his|serum|plasma) )*$")
AND_THEN = _glue(r" *+(?:\) *+)?(?:, *+)?(?:and|then|but)\b")
#: Between a change and the norm that it ended in.
AND_THEN_BACK = _glue(r",? ?(?:(?:and|then|finally|thereby|eventually|rapidly|nearly|had|has) )*")
#: Between a panel and its tests, which the word behind them speaks of: "serology for HIV and HCV".
PANEL_OF = _glue(r" (?:(?:tests? )?(?:for|against) (?:the )?)?")
IN_BRACKETS = _glue(r" ?[(\[]")
#: Before a result word in brackets: "19 nmol/L (mildly deficient)".
OPENED = _glue(
    r"(?: ?[(\[] ?|,? (?:i\.e\.,?|that is,?|which (?:is|was|lay)) )"
    r"(?:(?:mildly|slightly|markedly|moderately|severely|very|abnormally) )?"
)
#: What begins a phrase that tells what a value means: "11 ng/mL, indicating deficiency".
MEANT = _glue(r"{meaning} ")
#: "PTH 98 pg/mL (H)", "↓", "calcium: N"; over the text as printed.
ARROW = re.compile(
    r"\s?[(\[]?[:=]?\s?(?:(?P<normal>N(?:L|AD)?(?=\s?[)\],;.]|$))|(?P<high>↑+|▲|HH?(?=\s?[(\[)\];,.]|$)|\(H\))|"
    r"(?P<low>↓+|▼|LL?(?=\s?[(\[)\];,.]|$)|\(L\)))"
)
#: Between what a test was and that it was normal again: " at the time of diagnosis, ".
LATER = _glue(
    r" *(?:(?:at|on|during|in|before|after|until|initially|first|with|by)\b"
    r"(?: (?!(?:and|but|while|which|who|before|then)\b)[\w-]+){0,8} *)?(?:,? ?(?:and|but|then|before)\b|,)"
    r"(?: (?:then|later|subsequently|gradually|rapidly|quickly|progressively|eventually|finally|completely|"
    r"slowly|soon|it|they|had|has|have|both|all|thereafter))* ?"
)
#: "... normalised, but never ..."
NOT_YET = _glue(r"[^.;]{0,40}\b(?:not|never)\b")
#: "Normal calcium is ..."
NORM_ITSELF = _glue(
    r"[ :(=]*\d[\d.,]*(?: ?[-–] ?| to )\d| (?:is|are|ranges?|range[sd]?|limits?|values? are|level is)\b"
)
#: "a normal range of ferritin" is a normal ferritin.
WITHIN_RANGE = _glue(r"\b(?:a|an|in|with|within) $")
BY_TO = _glue(r"by (?=\d)")
#: Behind cells of which a share is told: "86% of neutrophils," but not "... were CD4 positive".
SHARE_ENDS = _glue(r"[,.;)]|$| \(| and \d| (?:was|were) (?:noted|found|seen|observed|present)\b")
SHARE_OPENS = _glue(r"(?:\bwith (?:an? )?|\band |(?:/ ?(?:mm ?3|[mµu]?l)|\d) ?[(,;] ?)$")
SHARE_OF = _glue(r" (?:of (?:which|them|these|those) )?(?:(?:were|was|are|being) )?(?:the )?")
VALUE_OF = _glue(r" (?:of|for|in) (?:(?:the|her|his) )?(?:(?:serum|plasma|total|intact|urinary) ){0,2}")

# ------------------------------------------------------------------ between a name and its value
#: A threshold and no value, unless a verb or the patient stands before it.
THRESHOLD = _glue(r"{threshold}\b")
#: Before a name whose value with a comparator is aimed at, or an event waited for.
TARGET = _glue(
    r"\b(?:until|till|unless|if|target\w*|goal|aim\w*|to keep|keeping|kept|maintain\w*|"
    r"to achieve|so that|whenever)\b[^.;,()]{0,40}$"
)
#: The same where a plain value is told: right before a name, between it and its value, behind both.
AIMED_BEFORE = _glue(
    r"(?:\b(?:goals?|aims?|targets?|objectives?) (?:was|were|is|are|being|of|to (?:be|have|reach))|"
    r"\b(?:in order )?to (?:achieve|reach|attain|obtain|keep|maintain|ensure)) "
    r"(?:(?:a|an|the|her|his|normal) )?(?:(?:serum|plasma|blood|mean|minimum|stable) ){0,2}$"
)
AIMED_BETWEEN = _glue(
    r"\b(?:to (?:keep|maintain|be (?:kept|maintained))|(?:should|must|needs to) be|"
    r"(?:is|was|were) targeted)\b"
)
AIMED_BEHIND = _glue(
    r" (?:(?:is|was|were|are) )?(?:(?:appear|seem)\w* to be )?(?:needed|targeted|required|recommended|"
    r"desirable|desired|aimed|advised|the (?:goal|target|aim))\b|"
    r" (?:was|were) (?:\w+ly )?(?:added|given|infused|administered)\b"
)
WAITED = _glue(r"\b(?:when|once|as soon as) (?:[\w-]+ ){0,3}$")
PASSED = _glue(
    r"\b(?:fell|drop\w*|rose|decreas\w*|increas\w*|became|becomes|exceed\w*|reach\w*|falls|rises)\b"
)
#: A urine of a day, of which the amounts that follow are told.
COLLECTION = _glue(
    r"\b{day long}[- ](?:(?:timed|urine|urinary) ){0,2}(?:collection|urine|specimen|sample)s?\b|"
    r"\burine (?:was )?(?:collected|collection|sample) (?:over|of|for|during|in) {day long}"
)
CONTENT_OF = _glue(r" (?:of )?(?:(?:the|total|urinary) )?")
EXTREME = _glue(r"\ban? (?:maximum|minimum|peak|nadir|high|low) of\b")
HAS = _glue(r"\b(?:had|her|his|showed|revealed) (?:a|an|her|his)? ?$")
#: Right before a name: a change, of which an amount is told and no result: "a drop in haemoglobin of 3 g/dL".
CHANGE_OF = _glue(
    r"\b(?:drop|fall|decrease|reduction|decline|increase|increment|rise|change|difference|loss|gain)s? "
    r"(?:of|in) (?:(?:the|her|his|serum|plasma|total|blood|mean) ){0,2}$"
)
BY_AMOUNT = _glue(
    r" (?:(?:level|count|concentration|value)s? )?(?:of|by) (?:(?:about|at least|more than) )?$"
)
#: The last word before a value that ties it to what was said before.
TIE = _glue(r"(?:\b{tie}|[:=(]) ?$")
#: The same before a number without a unit.
BARE_TIE = _glue(r"[:=]$|\b{bare tie}$")
#: The same between names around strokes and their values.
BARE_TIES = _glue(r"(?: |[:=(–—-]|\b(?:{bare tie})\b|\blevels?\b)*")
#: A value behind one of these belongs to something else.
UNLINK = _glue(r"\b{unlink}\b|;")
#: Right before a number these make it a change or a multiple and not a value.
NO_VALUE_BEFORE = _glue(
    r"(?:\b{no value before}|\bcontrols?(?: (?:of|value))?[:=]?| control ?[:=]|\b(?:p ?[=<>]|n ?=)) ?$"
)
#: Right behind a number without unit these make it a count or a multiple.
NO_VALUE_BEHIND = _glue(
    r" ?(?:{no value behind}(?!\w)|×|of (?:the )?\d|and 1/2|:\d|\+|"
    r"(?:[x×] ?)?(?:n|uln)(?=[ ,;.)\]]|$)|"  # "2.5 N", of the norm
    r"(?:,? (?:and|to|or) |, ?|[-–])\d+(?:\.\d+)?[ -]?(?:times|fold)\b)"  # "3 and 4 times the norm"
)
#: Between a test and a word that tells how it was before: "which had been normal".
HAD_BEEN = _glue(r"\b(?:had (?:(?:always|previously|initially) )?been|(?:was|were) previously)\b")
#: Nouns that a number right before them counts, but for those of a result; what a number follows is a test.
COUNTED_BEHIND = _glue(
    r" (?:(?!{not counted}\b)[a-z]{2,12} )?(?!{not counted}\b)[a-z]{2,14}(?<![isu])s(?![\w/])(?! ?[:=(]? ?\d)"
)
#: What makes a bare number behind a drug's name its level and no dose.
DRUG_LEVEL = _glue(r"\b(?:levels?|concentrations?|troughs?|peaks?|titers?)\b")
#: Before an interval that a result lay in; "the normal values were 3-5" is none.
LAY_IN = _glue(
    r"(?<!range )(?<!values )(?<!limits )(?<!normal )(?<!interval )"
    r"(?:was|were|remained|between|level of|(?:elevated|raised|increased|high|low|decreased|reduced) at) "
    r"(?:about |around |only |between )?$"
)
CHANGE_FROM = _glue(r"\bfrom (?:\w+ ){0,3}$")
CHANGE_TO = _glue(
    r"(?:\bto (?:\w+ ){0,2}|→ ?|-> ?|\breach(?:ed|ing) |(?:then|later|subsequently|finally|thereafter) )$"
)
CHANGE_VERB = _glue(r"\b{changed}\b[^;]{0,45}$")
AND_BEFORE = _glue(r"(?:\band|,|/) (?:(?:the|serum|plasma) )?$")
WERE_BEHIND = _glue(r" (?:were|are) ")
WERE_BEFORE = _glue(r"\b(?:was|were) (?:\w+ ){0,2}$")
IS_BEFORE = _glue(
    r"\b(?:was|were|is|are|been|being|found|remained|stayed|noted|seemed|appeared|still)\b[^,;]*$"
)
STATE_IS = _glue(r"\b(?:was|were|is|had|showed)\b")
RESPECTIVELY = _glue(r"\brespectively\b")
#: A word that a value right behind it is of: "and alpha of 27 %".
NAMED_OF = _glue(r"(?<![\w-])(?P<name>[a-z\u0370-\u03ff][\w-]+) (?:of|=) ?$")
#: What joins the values of one list.
TIGHT = _glue(r" ?(?:[,;]|and,?|/|, and,?|to|→|->|then) ?$")
#: A day in a series: "2.61 on D4".
DAY = re.compile(r"(?:POD|[Dd]|[Ww]|[Mm])\d{1,3}")
#: A p-value, over the text as printed.
P_VALUE = re.compile(r"\b[Pp]\s?[=<>]")
P_IS = _glue(r"(?<![a-z])p ?= ?$")
P_ALONE = re.compile(r"P\s?[=<>]\s?0?\.")

#: What a verdict may be on that is no test of a laboratory: "A chest x-ray revealed no abnormalities".
OTHER_EXAMINATION = _glue(
    r"\b(?:x-? ?rays?|radiogra\w+|cts?|mri|scans?|scanning|ultraso\w+|echocardio\w+|ecgs?|eegs?|"
    r"electro(?!phor|ly)\w+|tomogra\w+|biops\w+|endoscop\w+|\w+oscopy|imaging|angiogra\w+|scintigra\w+|histolog\w+|skelet\w+|"
    r"neurologic\w*|physical|clinical|ophthalm\w+|karyotyp\w+)\b"
)

#: Between a result word and a name that it is not the adjective of.
NOT_OF_A_NAME = _glue(r"[.,;:)]|\b(?:and|but|was|were)\b")
#: Behind a name: a clause set between commas ends, whose subject is another name.
CLOSED_BEHIND = _glue(r" ?, (?:was|were|is|are|had)\b")
#: Sentences on germs' resistance, stained tissue and work in a laboratory tell nothing of a patient's blood.
NO_PATIENT = _glue(
    r"\b(?:buffer|incubat|lysis|primers?\b|cell lines?\b|mic\b|mics\b|resistant to|resistance to|susceptib|"
    r"intermediate to|sensitive to|vials?\b|syringe|ampoule|immunohisto|immunostain|stain|tumou?r cells)"
)
#: What comes between the items of a list.
LIST_GOES_ON = _glue(r"[,;)]|\band\b")
#: Before a name of what was given at a concentration.
GIVEN_BEFORE = _glue(
    r"\b(?:with|of|using|containing|received|given|dose of|infusion of|injection of) (?:a )?$"
)

# ------------------------------------------------------------------ around a word that states a result
DISEASE_BEFORE = _glue(r"\b(?:{disease before}|autosomal \w+|type \w+|renal(?= hyper))[ -]$")
#: "for" tells here what was found and not what was treated or sought.
FOUND_FOR = _glue(
    r"\b(?:refer\w*|admi[ts]\w*|hospitali\w*|address\w*|transfer\w*|consult\w*|seen|present\w*|notable|remarkable|"
    r"significant|except|but)\b[^,.;]{0,50} for $|(?:except|but) for $"
)
#: What an adjective of a state makes of it: "hypercalcaemic crisis".
EVENT_BEHIND = _glue(r" (?:(?:metabolic|generali[sz]ed|acute|severe) )?{event of a state}\b")
DISEASE_BEHIND = _glue(r"[ -]{disease behind}(?!\w)")
STATE_BEFORE = _glue(r"\b{state verb} $")
STATE_BEHIND = _glue(r" ?(?:[.,;:()]|$|{state going on}\b)")
RESOLVED = _glue(
    r",? (?:(?:and|or|as well as) (?:(?!(?:{verb}|had|with|which|found)\b)[\w-]+ ){1,5}|"
    r"which (?:was|were) \w+, )?"
    r"(?:(?:was|were|had|has|have|been|then|also|completely|quickly|rapidly|subsequently) )*{resolved}\b"
)
#: Before "studies": what makes it a patient's tests.
STUDIES_OF = _glue(r"\b{study} (?:and \w+ )?$")
#: What is told to be so had been so before.
AGAIN = _glue(r"\b(?:again|once more|anew|recur\w+|relaps\w+|return\w*|re-?normali[sz]\w+|re-?appear\w*)\b")
#: A day that is not the first.
ON_DAY = _glue(
    r"\b(?:on|by|at) (?:the )?(?:[\w-]+ )?"
    r"(?:day (?:[2-9]|\d\d)\b|(?:second|third|fourth|fifth|sixth|seventh|next) day\b)"
)
#: Before "women": what makes them those of a range ("the reference range for women").
RANGE_OF = _glue(r"\b(?:{range noun}|norms?|normal) (?:for|in|of) (?:[\w-]+ ){0,2}$")
