# ruff: noqa: E501 (an alternative a line reads better than a wrapped one)
"""Cue words and patterns of laboratory statements, reviewed in one place."""

from __future__ import annotations

import re

# ------------------------------------------------------------------ words around an analyte's name
_H24 = r"(?:24|twenty[\s-]four)[\s-]?(?:h(?:ou)?rs?|h)?"
SPECIMEN_WORDS = rf"(?:serum|plasma|blood|urinary|urine|spot|{_H24}|salivary|csf|cerebrospinal fluid|sérum)"
#: Words before a name that belong to it.
BEFORE_NAME = re.compile(
    rf"(?:(?:{SPECIMEN_WORDS}|(?:serum|plasma)\s(?:and|or|&)\surine|fasting|total|intact|morning|random|venous|arterial|capillary|basal|circulating|whole|"
    r"daily|maternal|peripheral|a\.?m\.?|p\.?m\.?|\d\s?(?:a\.?m\.?|am)|anti|excretion of|levels? of|concentrations? of|values? of|titers? of)[\s/-])+$|(?<![A-Za-z])[SsUuPB]-$",
    re.I,
)
#: The words that `BEFORE_NAME` can end with.
LAST_BEFORE_NAME = frozenset(
    """serum plasma blood urinary urine spot 24 24h hour hours h hr hrs salivary csf fluid sérum fasting total intact morning random venous
    arterial capillary basal circulating whole daily maternal peripheral anti am a.m. pm p.m. of s u p b""".split()
)
_SPECIMEN_AFTER = rf"(?:in|of|from)\s(?:the\s|a\s|her\s|his\s)?(?:{_H24}[\s-]+)?(?:spot\s)?(?:urine|serum|plasma|blood|csf|cerebrospinal fluid)(?:\scollection|\ssamples?)?"
#: "cortisol after 1 mg of dexamethasone"
_SUPPRESSED = (
    r"(?:after|following)\s(?:overnight\s)?(?:\d(?:\.5)?\s?mg\s)?(?:of\s)?(?:oral\s|overnight\s)?dexamethasone"
    r"(?:\ssuppression)?(?:\stest)?"
)
#: Words after a name that belong to it.
AFTER_NAME = re.compile(
    r"(?:[\s-](?:levels?|concentrations?|values?|activity|activities|titers?|titres?|excretion|results?|tests?|antibody|antibodies|assays?|"
    rf"status|measurements?|determinations?|counts?|iga|igg|igm|autoantibody|autoantibodies|{_SPECIMEN_AFTER}|{_SUPPRESSED}))+",
    re.I,
)
#: A specimen or an abbreviation in brackets right after a name.
BRACKET_AFTER_NAME = re.compile(
    r"\s?(?:\((?P<round>[A-Za-zα-ωß0-9](?:[^()\[\]]|\([^()]{1,6}\)){0,26})\)|\[(?P<square>[A-Za-zα-ωß0-9][^\[\]]{0,26})\])"
)
ABBREVIATION = re.compile(r"[A-Za-zα-ωß][\w/+-]{1,10}$")
URINE = re.compile(r"\burin|\b24[\s-]?h|\bexcretion|\bspot\b|^u-", re.I)
CSF = re.compile(r"\bcsf\b|cerebrospinal", re.I)
SERUM = re.compile(r"\bserum\b|sérum|^s-", re.I)
PLASMA = re.compile(r"\bplasma\b|^p-", re.I)
BLOOD = re.compile(r"\bblood\b|^b-", re.I)

#: After these words a name is no test: drugs and salts, genes, foods, diseases, procedures.
NOT_A_TEST_AFTER = re.compile(
    r"[\s-]*(?:intake|supplement\w*|supply|replacement|substitution|carbonate|citrate|gluconate|gluconolactate|sulfate|sulphate|pidolate|aspartate|"
    r"oxide|acetate|glubionate|hydroxide|hydroxyapatite|pyrophosphate|channel|antagonists?|agonists?|analogu?es?|analogs|blockers?|score|scoring|deposit\w*|"
    r"balance|metabolism|homeostasis|absorption|oxalate|oxide|rich|diet\w*|therapy|treatment|infusions?|injections?|administration|tablets?|capsules?|"
    r"drops|ampoules?|preparations?|products?|requirements?|consumption|load(?:ing)?|content|sensing|sensitive|receptors?|genes?|mutations?|"
    r"polymorphisms?|secreting|producing|secretion|production|dependent|independent|resistant|resistance|mediated|induced|lowering|binders?|"
    r"binding|inhibitors?|stones?|crystals?|signal\w*|uptake|utili[sz]ation|monitoring|control|tolerance|challenge|detemir|glargine|aspart|lispro|pump|pathway|axis|deficient|free|containing|wasting|leak|transport\w*|pump|mg\b|iu\b|doses?|dosage|"
    r"prescription|stimulat\w*|bound|stores?|mobili[sz]ation|fortified|concentrate|transfusions?|donors?|bank|1[\s-]34|\(1[\s-]34\)|1[\s-]84|expression|staining|"
    r"immunostain\w*|immunoreactiv\w*|positive\s(?:cells|patient|man|woman|breast|tumou?r)|infected|infection|disease|meal|powder|milk|"
    r"medication|drugs?|monotherapy|combination|fort[eé]|toxicity|ratio|fractures?|vertebra\w*|"
    r"/[µμu]L|/mm3|/hpf|pressure|vessels?|loss|flow|clots?|group|smear\b|donation|sampling|samples?\s(?:was|were)\s(?:taken|drawn))(?![a-z])",
    re.I,
)
#: Behind a name and its abbreviation: what was given in a test and not what was measured.
STIMULUS = re.compile(
    r"\s?-?(?:stimulat\w*|challenge|therapy|treatment|infusions?|injections?|administration)\b", re.I
)
#: "normal" cannot be said of these salts' first word.
SALT = re.compile(
    r"\s(?:bi)?(?:phosphates?|chlorides?|carbonates?|bicarbonates?|lactates?|fluorides?|citrates?|urate)\b",
    re.I,
)
ANIONS = frozenset({"phosphate", "chloride", "bicarbonate", "lactate", "fluoride", "iron"})
CATIONS = frozenset({"calcium", "sodium", "potassium", "magnesium", "lithium", "iron", "zinc", "ammonia"})
NOT_A_TEST_BEFORE = re.compile(
    r"(?:\boral|\bintravenous|\bparenteral|\biv|\bi\.v\.|\belemental|\bdietary|\btri|\bdi|\bsupplement(?:al|ary|ed with|s of)|\bneutral|\bsoluble|"
    r"\bdaily intake of|\bintake of|\bdoses? of|\btablets? of|\bplus|\breceiv(?:ed|ing)|\btak(?:ing|en|es)|\btook|\bprescribed|\badministered|\bgiven|"
    r"\bstarted on|\btreated with|\bsupplementation (?:of|with)|\btreatment with|\btherapy with|\bstain(?:ed|ing) for|\bimmunohistochemi\w+ for|"
    r"\bcorrect(?:ed|ion) (?:for|by|to)|\badjust(?:ed|ment|ing) (?:for|to)|\bdialysate|\bbath|\bcorrecting for|"
    r"\bpositiv\w+ for|\bgene for|\bvitamin(?=\sk|\sc\b))[\s-]$",
    re.I,
)

#: The words that `NOT_A_TEST_BEFORE` can end with.
LAST_BEFORE_NO_TEST = frozenset(
    """oral intravenous parenteral iv i.v. elemental dietary tri di supplement supplemental supplementary with of neutral soluble plus
    received receiving taking taken takes took prescribed administered given on for immunohistochemistry by to dialysate bath vitamin""".split()
)

# ------------------------------------------------------------------ result words
LOW, HIGH, NORMAL = "low", "high", "normal"
_RANGE_NOUN = r"(?:limits?|ranges?|values?|intervals?|levels?|bounds|standards)"
_ADVERB_NORMAL = (
    rf"(?:with)?in\s(?:the\s|its\s|their\s|a\s|our\s)?(?:(?:upper|lower|mid|low|high|age|adjusted|laboratory|expected)[\s-]){{0,2}}"
    rf"(?:normal|reference|physiological|physiologic|expected|therapeutic)\s(?:laboratory\s|reference\s|adult\s|limits?\sof\s)?{_RANGE_NOUN}(?:\slimits)?"
    r"|within\snormal(?!\s\w+\s\d)|wnl|within\s(?:the\s)?(?:range|limits)(?:\sof\s(?:normal|reference))?|in\s(?:the\s)?range\sof\snormal"
)
_TIMES = r"(?:\d+(?:\.\d+)?|two|three|four|five|six|ten|several)[\s-]?(?:times|fold|x|×)"
_NORM = r"(?:the\s)?(?:(?:upper|lower)\s)?(?:(?:normal|reference)(?:\s(?:upper|lower))?(?:\s(?:limits?|values?|ranges?|intervals?|levels?))?|limits?\sof\s(?:the\s)?(?:normal|reference)(?:\s(?:range|values?))?|[ul]ln)"
#: Result words by what they say; the first pattern that matches at a place counts.
_RESULTS: tuple[tuple[str, str], ...] = (
    ("back", r"(?:had\s|has\s|have\s)?(?:returned|return|came|back|recovered|fell|rose|decreased|increased|declined|dropped|risen|fallen|improved|corrected|restored|rising|falling)\s(?:back\s|down\s)?to\s(?:within\s)?(?:the\s|its\s|their\s|a\s)?(?:near[\s-])?(?:normal|reference)(?:\s(?:limits?|ranges?|values?|levels?|concentrations?))?"),
    ("back", r"to\s(?:within\s)?(?:the\s)?normal(?:\s(?:limits?|ranges?|values?|levels?))?|to\s(?:the\s|within\s(?:the\s)?)(?:reference|normal)\s(?:range|interval)|became\snormal|normali[sz](?:ed|ation(?:\sof|\sin)?|ing)|(?:had|has|have)\snormali[sz]ed"),
    ("normal", r"(?:not|never|neither|nor)\s(?:be\s|been\s)?(?:significantly\s|markedly\s|clearly\s)?(?:elevated|raised|increased|reduced|decreased|low|high|suppressed|abnormal|altered|pathological)"),
    ("normal", r"no\s(?:elevation|increase|abnormality|abnormalities|rise|alteration|pathology)\s(?:of|in)"),
    ("normal", r"(?:low|high|borderline|upper|lower|mid|near)[\s-](?:to[\s-])?normal|(?:at|in|near)\sthe\s(?:lower|upper)\s(?:limit|end|part|half|margin)s?\sof\s(?:the\s)?(?:normal|reference)(?:\s(?:range|values?|interval))?"),
    ("high", rf"(?:{_TIMES}|twice|double|triple|thrice)\s(?:(?:higher|greater|more)\sthan\s|above\s|that\sof\s)?{_NORM}|(?:above|over|exceeding|exceeded|beyond|higher\sthan|greater\sthan|more\sthan)\s{_NORM}"),
    ("low", rf"(?:below|under|beneath|lower\sthan|less\sthan)\s{_NORM}"),
    ("normal", _ADVERB_NORMAL),
    ("normal", r"unremarkable|(?:not|un)\s?remarkable|normal|inconspicuous|unsuspicious|sufficient|adequate|replete|satisfactory|without\s(?:any\s)?(?:pathological\s|relevant\s|significant\s)?(?:abnormalit(?:y|ies)|findings|particularit(?:y|ies)|alterations?|changes|anomal(?:y|ies)|deviations?|peculiarit(?:y|ies))|noncontributory|non-contributory|unaltered|intact(?=[,.;]|$)"),
    ("low", r"as\slow\sas"),
    ("high", r"as\shigh\sas"),
    ("low", r"low|deficient|insufficient|subnormal|hypo-?normal|diminished|depressed|undetectable|undetectably\slow|lowish|inadequate"),
    ("high", r"high|excessive|supranormal"),
    ("changed-low", r"decreased|reduced|suppressed|lowered"),
    ("changed-high", r"elevated|raised|increased"),
    ("clean", r"(?:showed|shows|revealed|disclosed|demonstrated|with|had|yielded)\s(?:no|not\sany)\s(?:significant\s|relevant\s|further\s|other\s)?(?:abnormal(?:it\w+)?(?:\s(?:findings?|results?|values?))?|patholog(?:y|ies)|pathological\s(?:findings?|values?|results?)|alterations?|deviations?|changes)"),
    ("none", r"(?:(?:showed|shows|revealed|disclosed|demonstrated|detected|found|displayed|was\swith|were\swith|with)\s)?(?:no|not\sany|absence\sof|neither)\s(?:any\s)?(?:evidence\sof\s|signs?\sof\s)?(?:an?\s)?(?:abnormal\w*|patholog\w*|monoclonal\s\w+|m-?\s?(?:peak|spike|component|gradient|band|protein)\w*|paraprotein\w*|alterations?|gammopathy|proteinuria)"),
    ("noun-high", r"(?:elevations?|rise)\s(?:of|in)|presence\sof|excess\sof"),
    ("noun-low", r"(?:deficiency|deficit|insufficiency)\s(?:of|in)"),
    ("negative", r"negative|non-?reactive|not\s(?:detected|found|detectable|present)|undetected|absent|nonreactive|absence\sof"),
    ("positive", r"positive|reactive"),
    ("absence", r"(?:no|without)(?:\s(?:evidence|signs?|presence|detectable|traces?))?(?:\sof)?"),
)  # fmt: skip
#: Over lower-cased text.
RESULT = re.compile("|".join(rf"(?P<r{i}>(?:{p})(?!\w))" for i, (_, p) in enumerate(_RESULTS)))
RESULT_KIND = {f"r{i}": kind for i, (kind, _) in enumerate(_RESULTS)}
#: The first letters of everything that `RESULT` matches: words that begin otherwise are not tried.
_OPENINGS = frozenset(
    """has had hav ret cam rec fel ros dec inc dro ris fal imp cor res to bec nor not nev nei no low hig bor upp mid nea at in wit
    two thr fou fiv six ten sev twi dou tri abo ove exc bey gre mor bel und ben les wnl unr un rem inc uns sat suf ade rep non una int
    def ins sub hyp dim dep low as sup red ele rai pre neg abs pos rea sho rev dis dem det fou yie was wer""".split()
)
_WORD_START = re.compile(r"(?<![\w-])\w[\w]*")


def find_results(lower: str) -> list[tuple[int, int, str]]:
    """All result words of a lower-cased text, as (start, end, kind)."""
    out: list[tuple[int, int, str]] = []
    upto = 0
    for word in _WORD_START.finditer(lower):
        at = word.start()
        if at < upto or not (lower[at : at + 3].rstrip() in _OPENINGS or lower[at].isdigit()):
            continue
        match = RESULT.match(lower, at)
        if match:
            out.append((at, match.end(), RESULT_KIND[match.lastgroup or ""]))
            upto = match.end()
    return out


#: Verbs between a name and what is said of it.
VERB = re.compile(
    r"(?:\b(?:was|were|is|are|being|been|be|remained|remains?|stayed|appeared|proved|became|showed|shows|tested|came|turned|lay|lies|fell\swithin|revealed|levels?\sof|all|both)\b|[:=]|(?:^|(?<=\w))-\s?$)",
    re.I,
)
#: Words that may stand between the verb and the result word.
BETWEEN_VERB_AND_RESULT = frozenset(
    """was were is are being been be also all both found to again still only just very slightly mildly moderately markedly severely
    significantly extremely massively considerably marginally minimally clearly highly strongly persistently profoundly somewhat a an little
    bit borderline relatively inappropriately consistently largely completely entirely generally abnormally quite too elevated however
    and the in at showed seen noted detected reported measured determined assessed as rather either well initially now then repeatedly
    once within not remarkably notably mostly essentially otherwise respectively out back up so more than each frankly subtly grossly
    dramatically substantially critically pathologically""".split()
)
#: A change told before the verb: what follows is about something else.
CHANGED = re.compile(r"\b(?:decreas\w+|increas\w+|fell|dropped|declined|rose|improved)\b", re.I)
#: Where tests were a search for causes, "negative" is said of any of them.
SEARCH = re.compile(r"\b(?:screen\w*|work-?ups?|secondary|evaluation|investigations?|causes)\b", re.I)
#: Words that make a sentence a general one or a plan, whatever the rest says.
NEVER_A_RESULT = re.compile(
    r"\b(?:usually|typically|often|generally|commonly|frequently|may|might|can|could|should|would|will|must|if|whether|recommended|"
    r"until|is\sdefined|are\sdefined|defined\sas|expected\sto|tends?\sto|in\smost|sometimes|normally|unless|targets?|goals?|aim(?:ed|ing)?)\b",
    re.I,
)
#: Anywhere in a sentence these make its statements general.
GENERAL_SENTENCE = re.compile(
    r"\b(?:contributes?\sto|leads?\sto|predisposes?|(?:is|are)\s(?:associated|common|thought|known|believed|usual|frequent|rare|related|considered|needed|required)|"
    r"plays?\s|risk\sfactors?|increases?\sthe\srisk|has\sbeen\s(?:reported|described|shown|suggested)|have\sbeen\s(?:reported|described|shown|suggested)|studies|"
    r"literature|guidelines?|et\sal)\b",
    re.I,
)
#: Adverbs and determiners before an adjective that opens a noun phrase ("a markedly low calcium").
BEFORE_ADJECTIVE = re.compile(
    r"(?:^|[,;:(\[]|\b(?:a|an|the|her|his|their|its|and|or|but|with|had|has|have|of|by|showed|shows|show|revealed|reveals|demonstrated|disclosed|"
    r"confirmed|found|noted|detected|identified|indicated|including|included|were|was|to|for|from|on|in|as|is|are|no|slightly|mildly|moderately|markedly|"
    r"severely|significantly|extremely|massively|persistently|very|highly|also|both|marginally|considerably|abnormally|inappropriately|dramatically|"
    r"profoundly|strongly|borderline|mild|except|namely|only|besides|although|despite|developed|presented|exhibited|clearly|yielded|gave|"
    r"chronically|transiently|greatly|substantially|remarkably|critically|isolated|observed|i\.e\.|and/or|plus))\s?$",
    re.I,
)
#: Words that may stand between such an adjective and the name.
BETWEEN_ADJECTIVE_AND_NAME = frozenset(
    """serum plasma blood levels level concentrations concentration values value of in the her his their total intact both free fasting
    for urinary urine titers titres titer activity mean morning circulating results result : 24-hour 24-h daily excretion tests test
    inorganic patient's bone peripheral whole routine basic other all following laboratory biochemical amounts amount adjusted renal
    fractional excretions random spot venous""".split()
)
#: What joins the items of a list of tests.
JOINT = re.compile(
    r"(?:\s|,|/|&|\+|\band\b|\bor\b|\bas well as\b|\bplus\b|\balong with\b|\btogether with\b|\bboth\b|\bthe\b|\bof\b|\blevels?\b|\bconcentrations?\b|"
    r"\bserum\b|\bplasma\b|\bblood\b|\burinary\b|\burine\b|\bher\b|\bhis\b|\bvalues?\b|\btotal\b|\bnor\b|\binclud(?:ing|ed)\b|\balso\b|\bin addition to\b|"
    r"\btests?\b|\bresults?\b|\bactivity\b|\ball\b|\bfor\b|\broutine\b|\bother\b|\brespectively\b|\bmeasurements?\b|\bstudies\b|\blike\b|\bsuch as\b)*$",
    re.I,
)
AS_WERE = re.compile(
    r"\b(?:as|so)\s(?:were|was|did|are|is)\s(?:also\s)?(?:the\s|her\s|his\s)?(?:(?:serum|plasma|other|levels? of)\s){0,2}$",
    re.I,
)
ALL_CLOSING = re.compile(
    r"(?:^|[;,:.)]\s?|\band\s|\bwhich\s)(?:(?:and|but)\s)?(?:all|both|these|they|each|which|everything)(?:\sof\s(?:which|these|them|the\sabove))?(?:\s\w+){0,4}\s?$",
    re.I,
)

#: What may follow a result word that stands right behind a name ("TSH undetectable owing to ...").
AFTER_RESULT = re.compile(
    r"\s(?!(?:and|or|but|with|while|whereas|at|in|on|for|except|owing|due|because|despite|although|without|which|than|after|before|during|until|from|by|as|"
    r"respectively|again|throughout|since|so|\()\b)[a-z]",
    re.I,
)
#: A threshold and no value, unless a verb or the patient stands before it.
THRESHOLD = re.compile(
    r"(?:above|below|over|under|more than|less than|greater than|higher than|lower than|at least|exceeding|at most|up to)\b",
    re.I,
)

# ------------------------------------------------------------------ between a name and its value
LINK_WORDS = frozenset(
    """was were is are of at being been be to level levels value values concentration concentrations found measured as with showed
    reported determined noted the a an had has have and only just about approximately around nearly almost ca circa approx all
    low high normal elevated raised increased decreased reduced suppressed deficient insufficient slightly mildly moderately markedly severely
    extremely significantly very still again also remained reached rose fell dropped risen fallen declined improved normalised normalized
    from up down further now then came increased rising falling serum plasma blood urine urinary result results test count activity titer titre
    undetectable detected equal equals in for by reading peak nadir peaked initial initially estimated calculated respectively
    unremarkable borderline within limits range both it that which decrease increase elevation positive negative showing revealed total
    excretion hour h day returned corrected worsened climbed became subnormal after before proved turned rebound persistently repeatedly initially""".split()
)
#: The last word before a value that ties it to what was said before.
TIE = re.compile(
    r"(?:\b(?:was|were|is|are|of|at|to|from|as|be|being|reach(?:ed|ing)|show(?:ed|ing)|reveal(?:ed|ing)|equal(?:led|s)?|only|about|approximately)|[:=(])\s?$",
    re.I,
)
#: Words between the values of one test told at several times.
SERIES_WORDS = LINK_WORDS | frozenset(
    """on or day days week weeks month months year years hour hours min minutes later admission discharge follow-up visit presentation
    treatment therapy surgery operation delivery postpartum baseline last next first second third one two three four five six twelve followed
    she he it her his our this during until prior follow then thereafter subsequently pre post preoperatively postoperatively pre-treatment
    post-treatment time end beginning start since starting stopping""".split()
)
#: A value behind one of these belongs to something else.
UNLINK = re.compile(
    r"\b(?:treat\w*|receiv\w*|given|giving|gave|prescri\w*|start\w*|supplement\w*|doses?|dosage|daily|infusions?|infused|tablets?|injection\w*|injected|"
    r"administ\w*|therapy|t-score\w*|z-score\w*|bmd|densit\w+|bmi|weigh\w*|height|temperature|pulse|heart|oral\w*|intraven\w*|"
    r"subcutaneous\w*|diet\w*|intake|aged|years?\sold|who|took|taking|tak(?:es|en)|scan|mri|ct|x-ray|ultraso\w+|lesions?|mass|sized?|fractures?|patients|"
    r"dialysate)\b|;",
    re.I,
)
#: Right before a number these make it a change or a multiple and not a value.
NOT_A_VALUE_BEFORE = re.compile(
    r"\b(?:by|every|each|day|days|week|month|year|case|patient|table|figure|fig\.?|p\s?[=<>]|n\s?=|type|grade|stage|page)\s?$",
    re.I,
)
#: Right after a number without unit these make it a count or a multiple.
NOT_A_VALUE_AFTER = re.compile(
    r"\s?(?:times|fold|-fold|x\b|×|of\s(?:the\s)?\d|out\sof|patients|cases|women|days|weeks|months|years|hours|minutes|more|other|different|consecutive|"
    r"separate|measurements|occasions|samples|tablets|doses|and\s1/2|st\b|nd\b|rd\b|th\b|:\d|mg\b|g\b|ml\b|units?\b|\+)",
    re.I,
)
CHANGE_FROM = re.compile(r"\bfrom\s(?:\w+\s){0,3}$", re.I)
CHANGE_TO = re.compile(
    r"(?:\bto\s(?:\w+\s){0,2}|→\s?|->\s?|\breach(?:ed|ing)\s|(?:then|later|subsequently|finally|thereafter)\s)$",
    re.I,
)
CHANGE_VERB = re.compile(
    r"\b(?:fell|fallen|dropped|drop|decreased|declined|increased|rose|risen|improved|normali[sz]ed|normali[sz]ation|returned|reduced|suppressed|reduction|decrease|"
    r"increase|raised|went|climbed|recovered|corrected|rise|fall|decline|came\sdown|changed|restored)\b[^;]{0,45}$",
    re.I,
)
