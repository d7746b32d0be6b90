"""Cue words of the drug extractor: what makes a row, what forbids one, and a drug's status."""

from __future__ import annotations

import re

#: A salt, ester or form that belongs to the name before it.
SALT = re.compile(
    r"(?:[ -](?:sodium|disodium|potassium|calcium|hydrochloride|hcl|hydrobromide|fumarate|maleate|"
    r"tartrate|succinate|mesylate|"
    r"mesilate|acetate|phosphate|sulfate|sulphate|citrate|besylate|hydrate|monohydrate|trihydrate|axetil|"
    r"decanoate|hemihydrate|"
    r"alfa|pegol|dipivoxil))(?!\w)"
)
#: After a name: a laboratory value, a disease, a protein or an allergy, never a treatment.
NO_DRUG_AFTER = re.compile(
    r"[\s-]*(?:\([^)]{0,12}\)\s)?(?:(?:(?:and|or)\s\w+\s)(?=(?:levels?|concentrations?)\b))?(?:receptors?|deficien\w*|insufficien\w*|sufficiency|levels?|"
    r"concentrations?|status|metaboli\w+|"
    r"homeostasis|binding|secret\w+|producing|production|resistan\w+|suscept\w+|allerg\w+|"
    r"hypersensitivity|intoleran\w+|channels?|"
    r"antibod\w+|assays?|excretion|absorption|malabsorption|balance|deposit\w*|crystals?|stones?|stain\w*|"
    r"scans?|scintigra\w+|troughs?|overload|synthesis|antagonis[tm]\w*|analysis|measurements?|tests?|"
    r"testing|label\w*|"
    r"(?:loading|tolerance|challenge|suppression|stimulation|infusion) tests?|reabsorption|wasting|"
    r"loss|stores?|content|clearance|ratio|product|turnover|transport\w*|requirements?|pathway|signal\w*|"
    r"sensitivity|sensitive|"
    r"catheter|pump failure|abuse|addiction|dependence|score|supply|restriction|free|derivatives?|"
    r"toxicity|poisoning|intoxication|"
    r"lab\b|values?|peaks?|closure|responsive|mmol|overproduction|excess|axis|withdrawal bleed\w*)(?!\w)"
)
#: Before a name: it is an analyte, an antigen or a cause of an allergy.
NO_DRUG_BEFORE = re.compile(
    r"(?:\b(?:serum|plasma|urinary|urine|blood|ionized|ionised|corrected|adjusted|free|endogenous|"
    r"bioavailable|dietary|"
    r"faecal|fecal|salivary|hair|csf|capillary|fasting|random|anti-?|ectopic|bound|levels? of|"
    r"concentrations? of|deficiency of|"
    r"deficiency in|lack of|deficit of|allerg\w+ to|hypersensitivity to|sensitive to|sensitivity to|"
    r"resistant to|resistance to|"
    r"susceptible to|susceptibility to|intoleran\w+ to|excretion of|reabsorption of|absorption of|"
    r"metabolism of|measurement of|"
    r"measured|secretion of|production of|release of|infiltration of|antibodies against|antibodies to|"
    r"analogs? of|"
    r"cortisol (?:level )?(?:after|following) (?:overnight )?(?:\d(?:\.5)? ?mg )?(?:of )?(?:oral )?)\s*|"
    r"\b(?:anti|poly|non|low|high|hypo|hyper|delta)-|"
    r"\b1,\s?25[\s-]?(?:\(oh\)|oh|di-?hydroxy)?[\s-]?[2₂]?[\s-]?|\b25[\s-]?(?:\(oh\)|oh|hydroxy)[\s-]?)$"
)
#: A sentence on what a microbe is killed by names no treatment.
MICROBIOLOGY = re.compile(
    r"\b(?:susceptib\w+|resistan\w+ to|sensitiv(?:e|ity) to|antibiogram|minimum inhibitory)"
)
MICROBE_CLASSES = frozenset({"antibiotic", "antifungal", "antituberculosis drug"})
#: What is eaten or ought to be: "her diet contained 400 mg of calcium", "calcium intake was low".
DIET = re.compile(
    r"\b(?:diet\s(?:contain\w*|includ\w*|provid\w*|was|with)|(?:in|from|with|by)\s(?:the\s|her\s|"
    r"his\s)?(?:diet|food)|"
    r"dietary|dairy|milk|recommended (?:daily |dietary )?(?:intake|allowance|dose)|requirements?)\b|"
    r"\bintake\s(?:\w+\s){0,3}?(?:was|is|were|estimated)\b"
)
NUTRIENTS = frozenset({"calcium", "mineral", "vitamin d", "vitamin", "vitamin k", "iron", "supplement"})
NOT_DIET = re.compile(
    r"\b(?:supplement\w*|tablets?|prescri\w+|started|commenced|treated|therapy|treatment|administered|"
    r"given)\b"
)
#: Words of treatment, before or after a name, that an analyte's name needs.
TREATMENT_BEFORE = re.compile(
    r"\b(?:given|gave|giving|receiv(?:ed?|ing)|prescri\w+|start(?:ed|ing)?|commenc\w+|took|take[ns]?|"
    r"taking|treat(?:ed|ment|ing)|"
    r"therap(?:y|ies)|administ\w+|supplement\w*|replace\w*|substitut\w+|using|use of|uses?|used|usage|"
    r"added|adding|initiated|put on|"
    r"placed on|regimen|medications?|drugs?|corrected (?:by|with)|infus\w+|inject\w+|doses? of|tablets?|"
    r"intake of|oral(?:ly)?|"
    r"intravenous(?:ly)?|i\.?v\.?|parenteral|subcutaneous|topical|intranasal|nasal|transdermal|vaginal|"
    r"intramuscular|together with|"
    r"combin\w+|along with|high-dose|low-dose|continu\w+|course of|courses of|on|discharged (?:with|on)|"
    r"supplemented|swallow\w*|tab\.|cap\.|inj\.|syp?\.|"
    r"advised|recommended|maintained|managed with|stopped|discontinued|preparations?|bolus(?:es)? of|"
    r"denied|refus\w+|declin\w+|avoid\w+|history of)\b"
)
TREATMENT_AFTER = re.compile(
    r"(?:\s+(?:and|/|or|with|plus)\s+(?:\w+\s){0,2}\w+|\s*/\s*[\w ]+)?[\s-]+(?:\w+\s)?(?:supplement\w*|"
    r"tablets?|therapy|treatment|replacement|"
    r"preparations?|infusions?|injections?|drops|capsules?|administration|substitution|nasal spray|spray|"
    r"gel|patch(?:es)?|"
    r"sachets?|pills?|boluses|bolus|usage|use|"
    r"(?:was|were|had been|has been)\s(?:\w+ly\s|also\s|then\s|both\s)?(?:given|"
    r"started|prescribed|administered|"
    r"commenced|added|initiated|supplemented|replaced|continued|discontinued|stopped|infused|injected|"
    r"recommended|taken|used|"
    r"increased|begun|withdrawn|introduced|advised)|from\s(?:the\s)?ages?\s(?:of\s)?\d+|for\s\d+\s(?:weeks|months|years))\b"
)
#: Words that make a preceding treatment word mean a laboratory statement after all.
LAB_BETWEEN = re.compile(
    r"\b(?:levels?|serum|concentrations?|normal|low|lower|high|higher|elevated|increased|decreased|"
    r"reduced|raised|blood|samples?|tests?|"
    r"laborator\w+|mmol|ng|measured|showed|revealed|deficien\w+|status|within|mg/dl|values?|monitor\w*|"
    r"homeostasis|rose|fell|"
    r"hyper\w+|hypo\w+|positive|negative|immunohisto\w+|stain\w*|urine|urinary)\b"
)
#: A value with a unit of concentration right behind: a laboratory result.
LAB_VALUE_AFTER = re.compile(
    r"\s*(?:\([^)]{0,30}\))?\s*(?:(?:(?:levels?|concentration)\s)?(?:back\s)?(?:down|up)\s(?:to|by)|to|by|from|was|"
    r"were|is|of|at|:|=|,|\()?\s*(?:<|>|≤|≥|"
    r"only\s)?\s*\d[\d.,]*\s*(?:-\s*\d[\d.,]*\s*)?(?:[munpµ]?(?:g|mol|eq|iu|u)\s?/\s?\d*\s?"
    r"(?:m|d|µ|u)?l\b)",
    re.IGNORECASE,
)
#: "310 mg/24 h" of an analyte is what the urine held.
COLLECTED = re.compile(r"\s?(?:/|per|in)\s?24")
NORMAL_AFTER = re.compile(
    r"\s(?:\w+\s)?(?:fell|rose|dropped|normali[sz]ed|returned|reached|climbed|peaked|declined|decreased|"
    r"increased|remained|showed)\b|"
    r"[^.;]{0,60}?\b(?:was|were|is|are|remained|became)\s(?:all\s|also\s|both\s|\w+ly\s){0,2}(?:normal|"
    r"low|high|elevated|raised|decreased|within|reduced|"
    r"increased|undetectable|detected|negative|positive|unremarkable|measured|suppressed|deficient|"
    r"adequate|insufficient|replete|sufficient|mildly)\b"
)

#: A statement about the drug itself: "Heparin is worse", "Menatetrenone can ...".
PRESENT_AFTER = re.compile(
    r"\s(?:itself\s|also\s|therapy\s|treatment\s)?(?:is|are|does|do|can|may|might|remains?|appears?|"
    r"seems?|acts?|carries|carry|"
    r"inhibits?|increases|reduces|decreases|causes?|has been|have been)\b(?!\s(?:planned|scheduled|being|"
    r"now|currently|still|continu\w+|to be|"
    r"started|given|ongoing|well|added|stopped|initiated|administered|discontinued|prescribed))"
)
#: Words between a verb and its object: no second verb among them.
_OBJECT_WORDS = r"(?:(?!(?:and|but|or|then|prescribed|given|received|was|were)\b)[\w'-]+\s){0,4}"
#: Given by nobody, or discussed only.
REFUSED_BEFORE = re.compile(
    r"\b(?:refus\w+|declin\w+|reject\w+|avoided|avoidance of|contraindicat\w+|withheld|(?:decided|"
    r"opted|advised|chose) against|refrain\w+ from|abstain\w+ from|instead of|"
    r"rather than|ineligible for)"
    rf"\s{_OBJECT_WORDS}$|"
    r"\bavoid(?:ing)?\s(?:(?:any|all|further|the|use|of|using|oral|systemic|concomitant|additional|other)\s){0,4}$"
)
NOT_DONE_AFTER = re.compile(
    r"(?:\b(?:not|never)\s(?:\w+\s){0,2}?(?:given|started|used|pursued|taken?|prescribed|administered|"
    r"initiated|reimbursed|available|needed|"
    r"accepted|considered|performed|commenced|begun|added|indicated|possible|required|necessary|chosen|"
    r"retained|continued with|wish|want)|"
    r"\b(?:refused|declined|rejected|deferred|avoided|preferred not|postponed|turned down|"
    r"contraindicated|discarded|"
    r"decided against|opposed)|\bunavailable|\bwas denied|\bwere denied)\b"
)
STOPPED_AFTER = re.compile(
    r"\b(?:(?:was|were|been|being|be|then|and|therefore|had)\s(?:\w+ly\s|then\s|therefore\s|also\s|"
    r"thus\s|both\s|first\s|to be\s)*"
    r"(?:stopped|discontinued|withdrawn|ceased|interrupted|suspended|terminated|tapered off|"
    r"tapered and stopped|weaned off|given up|"
    r"abandoned|withheld|paused|replaced(?=\s(?:by|with|after|due|because|when|at|\d|one|two|three))|switched|changed|substituted|halted|exchanged)|"
    r"(?:discontinuation|withdrawal|cessation)(?!\w))"
)
STOPPED_BEFORE = re.compile(
    r"\b(?:stopp(?:ed|ing)|discontinu(?:ed|ing|ation of)|withdr(?:ew|awal of|awing|awn from)|"
    r"cessation of|ceas(?:ed|ing)|"
    r"interrupti(?:on of|ng)|interrupted|suspend(?:ed|ing)|suspension of|weaned (?:off|from)|"
    r"weaning from|tapered off|coming off|"
    r"switch(?:ed|ing)? from|changed from|transition(?:ed)? from|converted from)\s(?:(?:the|her|his|all|"
    r"of|taking|using|"
    r"(?:treatment|therapy|medication)(?:\swith)?|both|oral|daily)\s){0,4}$"
)
PLANNED_AFTER = re.compile(
    r"\b(?:(?:was|were|is|are|has been|have been|being)\s(?:\w+ly\s|also\s|then\s|both\s)?(?:planned|"
    r"offered|proposed|considered|"
    r"recommended|advised|suggested|scheduled|discussed|intended|envisaged|contemplated)|"
    r"will (?:then |therefore |probably |also )?be|"
    r"is to be|are to be)\b"
)
PLANNED_BEFORE = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|will|offer(?:ed)?|propos(?:ed|ing)|consider(?:ed|ing)?|recommend(?:ed|"
    r"ing)?|advis(?:ed|ing)|suggest(?:ed|ing)?|"
    r"await(?:s|ing)|intend(?:ed|s)?)\s"
    rf"{_OBJECT_WORDS}$"
)
PRIOR_BEFORE = re.compile(
    r"\bhad\s(?:\w+\s){0,2}?(?:been\s(?:\w+\s)?(?:taking|treated|on|given|using|prescribed|receiving|"
    r"started|maintained|managed)|taken|used|"
    r"received|swallowed|tried|undergone|completed|injected|self-medicated)\b|"
    r"\b(?:history of|h/o|previous(?:ly)?|prior|formerly|earlier|in the past|long-term|longstanding|"
    r"long-standing|chronic|chronically|"
    r"before (?:presentation|admission|referral|pregnancy|conception|surgery|the pregnancy)|"
    r"during (?:the |her |this |early |late )?"
    r"(?:first |second |third )?(?:pregnancy|gestation|trimester)|in (?:the|her) (?:first|second|third|"
    r"last|previous) (?:trimester|pregnancy)|"
    r"years (?:ago|earlier|before)|months (?:ago|earlier|before)|elsewhere|"
    r"at (?:another|an outside|the referring|"
    r"a local|a different) \w+|"
    r"home medications?|regular medications?|current medications?|usual medications?|her medications?|"
    r"his medications?|"
    r"medication(?:s)? (?:included|at|on|were|was|consisted)|concomitant|background of|in (?:her|"
    r"his) childhood|as a child)\b|"
    r"\b(?:was|were|is|been)\s(?:already\s|still\s|then\s|currently\s|also\s|only\s|regularly\s)?(?:on|"
    r"taking|receiving|using|being treated|"
    r"maintained|currently treated|treated at home)\b|\bmaintained on\b|\bcurrently\b|\b(?:who|"
    r"which) (?:took|takes|used|uses|was on|"
    r"had been on|is on|received)\b|\busing\b|\btaking\b"
)
PRIOR_AFTER = re.compile(
    r"\bhad (?:previously |already |also )?been\b|\bbefore (?:presentation|admission|referral|she|he|the|"
    r"pregnancy|conception|conceiving|surgery)\b|"
    r"\b(?:years?|months?|weeks?|days?) (?:ago|before|earlier|previously|prior)\b|\bfor the (?:last|past)\b|"
    r"\bsince (?:childhood|\d{4}|the|early|age)\b|\bin (?:the|her) (?:first|second|third|last|previous|"
    r"early|late) (?:trimester|pregnancy)|"
    r"\b(?:during|throughout) (?:the |her |this |early |late |all of )?(?:first |second |third )?"
    r"(?:pregnancy|gestation|trimester)\b|\bprior to\b|\bat home\b|"
    r"\belsewhere\b|\bin childhood\b|\bas a child\b|^\sfrom (?:the )?ages? (?:of )?\d|"
    r"\bin the past\b|^[- ](?:induced|associated|dependent|treated|"
    r"related)\b|\bpreviously\b"
)
#: Behind a list: a singular clause about its last member.
WHICH_WAS = re.compile(r"\s?,?\s(?:which|that|the latter)\s(?:was|has|had|is)\b")
#: "... and is now on teriparatide"
NOW_BEFORE = re.compile(
    r"\b(?:is|was|are|were)\s(?:now|currently|presently|at present)\s(?:on|taking|receiving|using|"
    r"being given|(?:being )?(?:treated|managed|maintained)(?: with| on)?)\s(?:[\w-]+\s){0,3}$"
)
FORMERLY = re.compile(r"\b(?:previously|formerly|earlier|in the past|once|years before)\b")
#: The next clause or sentence about the only drug: "It was discontinued after three doses".
IT_STOPPED = re.compile(
    r"(?:it|this|which|(?:the |this )?(?:drug|treatment|therapy|medication|injections?|infusions?|course))\s"
    r"(?:(?:was|were|had to be|has been|had been)\s(?:\w+ly\s|then\s|therefore\s|later\s)*"
    r"(?:stopped|discontinued|withdrawn|ceased|interrupted|suspended|terminated|abandoned|given up)|"
    r"(?:could|was) not (?:be )?(?:tolerated|continued))\b"
)
#: "At follow-up she was still taking calcium": given, not taken before.
STILL = re.compile(r"\bstill\b|\bfollow-?up\b")
STARTED = re.compile(
    r"\b(?:was|were|is|has been)\s(?:\w+ly\s|also\s|then\s)?(?:started|commenced|initiated|begun|added|"
    r"switched|put|placed|treated)\b"
    r"|\b(?:replaced (?:by|with)|switched to|changed to|converted to|substituted with|"
    r"substituted by)\s(?:[\w-]+\s){0,2}$"
)
#: Behind a drug: it is the subject of a clause of its own, not the last of a list of objects.
OWN_CLAUSE = re.compile(r"[^,;.]{0,30}?\s(?:was|were|is|had|has)\b")
#: "the bisphosphonate", "this antibiotic": a drug named before.
ANAPHOR = re.compile(
    r"\b(?:the|this|that|these|both|such|her|his|same)\s(?:(?:same|oral|intravenous|second|first)\s)?$"
)
#: Between the members of a list.
JOIN = re.compile(
    r"\)?\s*(?:\([^)]{0,30}\)\s*)?(?:,|/|\+|&|-|and/or|and|or|with|plus|nor|as well as|in combination with|"
    r"combined with|together with|along with|"
    r"in addition to|,\s*(?:and|or|with|plus|nor))?\s*(?:(?:an?|the|also|oral|intravenous|iv|daily|"
    r"weekly|elemental|inhaled|topical|"
    r"high-dose|low-dose|subcutaneous|systemic|either|both|of|any|other|adequate|active)\s+){0,3}"
)
